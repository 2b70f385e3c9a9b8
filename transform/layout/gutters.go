package layout

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"unicode/utf8"
)

// Columns without borders are parted by strips that their lines leave free.

const (
	minGutter = 4.5 // points; a gap between columns that nearly all lines leave free
	narrow    = 2.0 // one that so many lines leave free all of them that chance did not make it
	manyLines = 8
	crossing  = 0.2 // share of lines that may cross a gutter: rows that go across the table
	flush     = 1.5 // points: words that begin at one gutter
	manyFlush = 3   // of them show that a narrow gutter is one
	headLines = 2   // of the heading of a column of numbers
	hair      = 1.0 // points: a gap that spreadsheets leave at least
	fewAlone  = 2   // lines of a column that have none beside them
	edgeWidth = 4.0 // heights of a line: what begins there begins in the column that has its edge here
	mostMark  = 3   // letters of what stands before an entry of a list, and is no column
	// columnLines is the share of a table's lines that have words in a column, at least.
	columnLines = 0.2
	mostOnEdge  = 0.7 // share of a column's lines that begin at its edge
)

// gutters returns the upright strips that (nearly) all lines leave free, between their outer sides.
func gutters(ls []line) [][2]float64 {
	left, right := math.Inf(1), math.Inf(-1)
	for _, l := range ls {
		left, right = min(left, l.x0), max(right, l.x1)
	}
	width := int(right-left) + 1
	if width <= 0 || width > 20_000 {
		return nil
	}
	const step = 2 // bins a point
	cover := make([]int, width*step+1)
	most := int(crossing*float64(len(ls)) + 0.5)
	ls = withoutHeadings(ls, left, right, most)
	for _, l := range ls {
		weight := 1
		switch l.pieces {
		case 1:
		case 2:
			weight = 2
		default:
			weight = most + 1 // its words stand in columns: none crosses a gutter
		}
		last := -1
		for _, w := range l.words {
			for b := max(last+1, int((w.X0-left)*step)); b <= int((w.X1-left)*step) && b < len(cover); b++ {
				cover[b] += weight
				last = b
			}
		}
	}
	var out [][2]float64
	var doubtful []bool // strips that are as narrow as a space
	for i := 0; i < len(cover); {
		end := i
		for end < len(cover) && cover[end] <= most {
			end++
		}
		if i > 0 && end < len(cover) && end > i {
			a, b := freest(cover, i, end, most, int(minGutter*step))
			from, to := left+float64(a)/step, left+float64(b)/step
			free := cover[a] == 0 && len(ls) >= manyLines && to-from >= hair
			wide := to-from >= minGutter
			counted := !wide && cover[a] == 0 && len(out) < 2 && beginAt(ls, to) >= manyFlush && behindNumbers(ls, [2]float64{from, to})
			if counted { // what is free before them parts them from their heading alone
				out, doubtful = out[:0], doubtful[:0]
			}
			flushed := !wide && len(ls) >= manyLines && to-from >= hair && beginsColumn(ls, out, [2]float64{from, to})
			if wide || free || counted || flushed {
				out = append(out, [2]float64{from, to})
				doubtful = append(doubtful, !wide && !counted && !flushed && (to-from < narrow || beginAt(ls, to) < manyFlush))
			}
		}
		i = end + 1
	}
	return parting(ls, out, doubtful, left, right)
}

// withoutHeadings leaves out lines of one run that may be headings over all columns between two sides, so many at most:
// they say nothing of columns.
func withoutHeadings(ls []line, left, right float64, most int) []line {
	n := 0
	return slices.DeleteFunc(slices.Clone(ls), func(l line) bool {
		heads := n < most && l.headsAll(left, right)
		if heads {
			n++
		}
		return heads
	})
}

// headsAll says whether a line of one run may be a heading over all columns between two sides: it begins as cells do, at
// the left side or in the middle.
func (l line) headsAll(left, right float64) bool {
	return l.pieces == 1 && (l.x0-left <= flush || l.inMiddle(left, right)) && beginsHeading(l.text())
}

// beginsHeading says whether a line begins as cells do or with a shortened word before a name: «г. Рудный».
func beginsHeading(text string) bool { return beginsCell(text) || shortBefore.MatchString(text) }

var shortBefore = regexp.MustCompile(`^\p{Ll}{1,2}\. ?\p{Lu}`)

// parting leaves out doubtful strips that lie in a column and not between two.
func parting(ls []line, strips [][2]float64, doubtful []bool, left, right float64) [][2]float64 {
	var out [][2]float64
	for i, s := range strips {
		from, to := left, right
		if i > 0 {
			from = strips[i-1][1]
		}
		if i+1 < len(strips) {
			to = strips[i+1][0]
		}
		if !doubtful[i] || parts(ls, from, s, to) {
			out = append(out, s)
		}
	}
	return out
}

// parts says whether a narrow strip that no line crosses is between two columns: in either of them many lines have
// words, and most of those leave more space over the strip than a word leaves before the next.
func parts(ls []line, from float64, strip [2]float64, to float64) bool {
	var lines, wide [2]int // in the column on the left, and on the right
	for _, l := range ls {
		last, first := math.Inf(-1), math.Inf(1)
		for _, w := range l.words {
			if x, _ := w.middle(); x < strip[0] {
				last = max(last, w.X1)
			} else {
				first = min(first, w.X0)
			}
		}
		for side, has := range [2]bool{last > from, first < to} {
			if has {
				lines[side]++
				if first-last > wideGap*l.height() {
					wide[side]++
				}
			}
		}
	}
	few := max(manyFlush, int(columnLines*float64(len(ls))))
	return min(lines[0], lines[1]) >= few && 2*wide[0] > lines[0] && 2*wide[1] > lines[1]
}

// behindNumbers says whether a narrow strip is the one behind a column of numbers: spreadsheets put them at its right side,
// where the words of the next one begin, many of them at its edge. Left of it are numbers that count up, and the heading of their column.
func behindNumbers(ls []line, strip [2]float64) bool {
	counted, other := 0, 0
	for _, l := range ls {
		text := ""
		for _, w := range l.words {
			if x, _ := w.middle(); x < strip[0] {
				text += w.Text
			}
		}
		switch {
		case text == strconv.Itoa(counted+1):
			counted++
		case text != "":
			other++
		}
	}
	return counted >= manyFlush && other <= headLines
}

// beginsColumn says whether a column begins behind a strip however narrow: most of its lines begin at one edge, and some of
// them where the column before, behind the last of the strips before, has none.
func beginsColumn(ls []line, before [][2]float64, strip [2]float64) bool {
	left := math.Inf(-1)
	if n := len(before); n > 0 {
		left = before[n-1][1]
	}
	begin, near, alone, told := 0, 0, 0, 0
	for _, l := range ls {
		first, beside := math.Inf(1), 0
		for _, w := range l.words {
			switch x, _ := w.middle(); {
			case x > strip[0]:
				first = min(first, w.X0)
			case x > left:
				beside += utf8.RuneCountInString(w.Text)
			}
		}
		if first-strip[1] < edgeWidth*l.height() {
			near++
		}
		if first-strip[1] <= flush {
			begin++
			if beside == 0 {
				alone++
			}
		}
		if beside > mostMark {
			told++
		}
	}
	few := max(manyFlush, int(columnLines*float64(len(ls))))
	return min(begin, told) >= few && float64(begin) > mostOnEdge*float64(near) && alone >= fewAlone
}

// beginAt counts the lines of which a word begins at x.
func beginAt(ls []line, x float64) int {
	n := 0
	for _, l := range ls {
		if slices.ContainsFunc(l.words, func(w Word) bool { return math.Abs(w.X0-x) <= flush }) {
			n++
		}
	}
	return n
}

// freest returns the longest part of cover[from:to] that the fewest lines cover; when it is shorter than enough, the
// longest that so few more cover that it is not.
func freest(cover []int, from, to, most, enough int) (a, b int) {
	least := slices.Min(cover[from:to])
	for limit := least; limit <= most; limit++ {
		c, d := longest(cover, from, to, limit)
		if limit == least {
			a, b = c, d
		}
		if d-c >= enough {
			return c, d
		}
	}
	return a, b
}

// longest returns the longest part of cover[from:to] that no more lines cover than a limit.
func longest(cover []int, from, to, limit int) (a, b int) {
	for i := from; i < to; {
		j := i
		for j < to && cover[j] <= limit {
			j++
		}
		if j-i > b-a {
			a, b = i, j
		}
		i = max(j, i+1)
	}
	return a, b
}

// leaves returns what a line leaves free of each of the gutters of other lines, and whether that still parts columns: what
// stands in a heading may be wider than all below it.
func leaves(l line, strips [][2]float64) (free [][2]float64, fits bool) {
	for _, s := range strips {
		best, from := [2]float64{}, s[0]
		for _, w := range append(slices.Clone(l.words), Word{X0: s[1], X1: s[1]}) {
			if to := min(w.X0, s[1]); to-from > best[1]-best[0] {
				best = [2]float64{from, to}
			}
			from = max(from, w.X1)
		}
		if best[1]-best[0] < min(hair, s[1]-s[0]) {
			return nil, false
		}
		free = append(free, best)
	}
	return free, true
}
