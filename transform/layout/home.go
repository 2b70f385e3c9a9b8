package layout

import (
	"math"
	"slices"
	"strings"
)

// What goes across a table without borders may be narrower than one of its columns. It is told by its place: the lines of
// a column begin at one place, or have their middles there, and it does neither.

// home is where the lines of a column begin, and where they have their middles.
type home struct{ left, middle float64 }

// columnHomes are those of all columns.
type columnHomes []home

// homes finds them for columns of which most lines agree; NaN where they do not.
func homes(columns [][]line) columnHomes {
	out := make(columnHomes, len(columns))
	for c, own := range columns {
		var lefts, middles []float64
		for _, l := range own {
			lefts, middles = append(lefts, l.x0), append(middles, (l.x0+l.x1)/2)
		}
		out[c] = home{usualPlace(lefts), usualPlace(middles)}
	}
	return out
}

const (
	mostAtHome = 0.7 // share of a column's lines that stand at one place, at least
	atHome     = 2.0 // points
	offMiddle  = 2.0 // heights of a line: how far what goes across a table has its middle from the table's
	spaceGap   = 0.5 // of a line's height: a space, at most
	fewAtHome  = 6   // lines of a column that tell where they stand
)

// usualPlace returns the place at which most values are, NaN for none.
func usualPlace(values []float64) float64 {
	if len(values) < fewAtHome {
		return math.NaN()
	}
	slices.Sort(values)
	middle := values[len(values)/2]
	n := 0
	for _, v := range values {
		if math.Abs(v-middle) <= atHome {
			n++
		}
	}
	if float64(n) < mostAtHome*float64(len(values)) {
		return math.NaN()
	}
	return middle
}

// has says whether a line stands where the lines of its column do, or nobody can tell.
func (h home) has(l line) bool {
	if math.IsNaN(h.left) && math.IsNaN(h.middle) {
		return true
	}
	return math.Abs(l.x0-h.left) <= atHome || math.Abs((l.x0+l.x1)/2-h.middle) <= atHome
}

// strange says whether the words of a row are one line that stands in no column as its lines do: a heading across the
// table that is narrower than a column.
func (at columnHomes) strange(words []Word, xs []float64) bool {
	ls := lines(words)
	if len(ls) != 1 || len(ls[0].segments(wideGap)) != 1 {
		return false
	}
	c := slot(xs, (ls[0].x0+ls[0].x1)/2)
	return c > 0 && ls[0].inMiddle(xs[0], xs[len(xs)-1]) && ls[0].x0 >= xs[c] && ls[0].x1 <= xs[c+1] && !at[c].has(ls[0])
}

// inMiddle says whether a line has its middle between two sides.
func (l line) inMiddle(left, right float64) bool {
	return math.Abs(l.x0+l.x1-left-right)/2 <= offMiddle*l.height()
}

// markAlone marks levels that go across the table.
func markAlone(levels []level, columns int) {
	own := make([][]line, columns)
	left, right := math.Inf(1), math.Inf(-1)
	for _, l := range levels {
		for i, c := range l.column {
			own[c] = append(own[c], l.lines[i])
			left, right = min(left, l.lines[i].x0), max(right, l.lines[i].x1)
		}
	}
	at := homes(own)
	numbers, second := besideNumbers(levels)
	for k := range levels {
		l := &levels[k]
		whole := line{x0: math.Inf(1), x1: math.Inf(-1), y0: l.y0, y1: l.y1}
		l.alone = len(l.lines) < columns && !slices.Contains(l.column, 0) && (len(l.lines) == 1 || l.oneRun(wideGap))
		one := l.oneRun(spaceGap)
		heads := one && beginsHeading(l.text())
		for i, c := range l.column {
			whole.x0, whole.x1 = min(whole.x0, l.lines[i].x0), max(whole.x1, l.lines[i].x1)
			l.alone = l.alone && (heads || !at[c].has(l.lines[i]))
		}
		l.alone = l.alone && whole.inMiddle(left, right)
		l.across = l.alone && heads ||
			!l.number && (one || len(l.lines) == 1) && whole.x0 < numbers && whole.x1 > second+l.lines[0].height()
		l.alone = l.alone || l.across
	}
}

// oneRun says whether the lines of a level are one run of words over columns side by side: no more than a gap, as a share
// of their height, is between them.
func (l *level) oneRun(gap float64) bool {
	for i := 1; i < len(l.lines); i++ {
		if l.column[i] != l.column[i-1]+1 || l.lines[i].x0-l.lines[i-1].x1 > gap*l.lines[i].height() {
			return false
		}
	}
	return len(l.lines) > 1
}

// apartAcross adds to the edges of rows those above and below lines that run over columns.
func apartAcross(ys []float64, columns [][]Word) []float64 {
	levels := levelsOf(columns)
	if len(levels) > manyRows {
		return ys
	}
	markAlone(levels, len(columns))
	out := slices.Clone(ys)
	for k, l := range levels {
		if !l.across {
			continue
		}
		for _, at := range [...]int{k, k + 1} {
			above, below := reach(levels, at)
			y := (above + below) / 2
			if at > 0 && at < len(levels) && below-above >= -lapOver*l.lines[0].height() && !slices.ContainsFunc(out, func(e float64) bool { return math.Abs(e-y) < nearY }) {
				out = append(out, y)
			}
		}
	}
	slices.Sort(out)
	return out
}

// besideNumbers returns where the numbers of items end that a table has in its first column, and nothing else, and where
// its second column begins: what begins before the one and ends behind the other goes across. Both are -Inf for other
// tables.
func besideNumbers(levels []level) (end, second float64) {
	end, second = math.Inf(-1), math.Inf(1)
	numbers := 0
	for _, l := range levels {
		if !l.number {
			continue
		}
		numbers++
		for i, c := range l.column {
			switch c {
			case 0:
				end = max(end, l.lines[i].x1)
			case 1:
				second = min(second, l.lines[i].x0)
			}
		}
	}
	if numbers < fewNumbers || math.IsInf(second, 1) {
		return math.Inf(-1), math.Inf(-1)
	}
	return end, second
}

// text is what all lines of a level say.
func (l *level) text() string {
	var b strings.Builder
	for _, own := range l.lines {
		b.WriteString(own.text() + " ")
	}
	return b.String()
}
