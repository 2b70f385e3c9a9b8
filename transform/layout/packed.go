package layout

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Rows without borders may stand as close to one another as the lines within their cells. What tells them apart then is
// how cells stand in their row: all begin at its top, or all have their middle at its middle, or all end at its bottom, as
// spreadsheets print them unless told. Of all ways to part the
// lines into rows of one number at most, packed takes the one in which they do so best; where there are no numbers, cells
// must also begin as cells do, in a capital or a digit.

const (
	fewNumbers = 3    // rows with a number, at least
	mostLevels = 60   // heights of lines in one row
	numberless = 0.5  // lines' heights out of place that a row without a number is worth
	outOfPlace = 0.1  // of a line's height: how far a cell stands from its place in the mean, at most
	lapOver    = 0.3  // of a line's height: how much nearer to one another two rows may be than two lines
	sameLevel  = 0.3  // of a line's height: twice how far lines at one height may be apart
	headLine   = 0.01 // and each of its lines: one that may belong to the first number is not the heading's
	wideInside = 0.5  // of a line's height: more space than usual between lines parts cells
)

// level is lines of several columns at one height.
type level struct {
	lines  []line
	column []int  // of each line
	number bool   // the first column has a number of an item
	begins []bool // each line begins as cells do
	alone  bool   // none of the lines stands as others of its column do: it goes across the table
	across bool   // its words run over columns: it surely does
	y0, y1 float64
}

// packed returns the edges of rows that nothing but the places of their cells tells apart, nil when they do not. usual
// is the free space between two lines of one cell.
func packed(columns [][]Word, usual float64) []float64 {
	levels := levelsOf(columns)
	markAlone(levels, len(columns))
	numbers := 0
	for _, l := range levels {
		if l.number {
			numbers++
		}
	}
	if numbers < fewNumbers || len(levels) > manyRows {
		return nil
	}
	return edgesOf(levels, len(columns), usual, false)
}

// edgesOf returns the edges of the best rows of levels, nil when no way to part them is good.
func edgesOf(levels []level, columns int, usual float64, byWords bool) []float64 {
	var best []int
	least, off := math.Inf(1), math.Inf(1)
	for _, stand := range [...]stand{atTop, inMiddle, atBottom} {
		w := way{columns: columns, usual: usual, stand: stand, byWords: byWords}
		if cuts, mean, all := w.cut(levels); all < least {
			best, off, least = cuts, mean, all
		}
	}
	if best == nil || off > outOfPlace {
		return nil
	}
	ys := []float64{levels[0].y0 - 1}
	for _, at := range best {
		above, below := reach(levels, at)
		ys = append(ys, (above+below)/2)
	}
	bottom := levels[0].y1
	for _, l := range levels {
		bottom = max(bottom, l.y1)
	}
	ys = append(ys, bottom+1)
	slices.Sort(ys)
	return ys
}

// levelsOf puts the lines of all columns that stand at one height together, from top to bottom.
func levelsOf(columns [][]Word) []level {
	var all []level
	for c, words := range columns {
		for _, l := range lines(words) {
			all = append(all, level{
				lines: []line{l}, column: []int{c}, begins: []bool{beginsCell(l.text())}, y0: l.y0, y1: l.y1,
				number: c == 0 && itemNumber.MatchString(l.text()),
			})
		}
	}
	slices.SortStableFunc(all, func(a, b level) int { return cmp.Compare(a.y0+a.y1, b.y0+b.y1) })
	var out []level
	for _, l := range all {
		if n := len(out); n > 0 {
			if o := &out[n-1]; math.Abs((o.y0+o.y1)-(l.y0+l.y1)) < sameLevel*l.lines[0].height() {
				o.lines, o.column, o.begins = append(o.lines, l.lines...), append(o.column, l.column...), append(o.begins, l.begins...)
				o.number = o.number || l.number
				o.y0, o.y1 = min(o.y0, l.y0), max(o.y1, l.y1)
				continue
			}
		}
		out = append(out, l)
	}
	return out
}

// reach returns how far the lines above a cut reach down, and those below it up.
func reach(levels []level, at int) (above, below float64) {
	above, below = math.Inf(-1), math.Inf(1)
	for _, l := range levels[max(0, at-mostLevels):at] {
		above = max(above, l.y1)
	}
	for _, l := range levels[at:min(len(levels), at+mostLevels)] {
		below = min(below, l.y0)
	}
	return above, below
}

// stand is where in their rows cells stand.
type stand uint8

const (
	atTop stand = iota
	inMiddle
	atBottom
	stands
)

// way is how levels are parted into rows.
type way struct {
	columns int
	usual   float64 // free space between two lines of one cell
	stand   stand
	byWords bool // where no numbers tell them, rows are told by how cells begin, too
}

// What speaks against a row that is told by words, in lines' heights out of place.
const (
	smallStart  = 0.5 // of a cell that begins in a small letter
	capitalLine = 0.3 // of a line within a cell that begins as cells do
	emptyCell   = 1.0
	oneRow      = 0.1
	atLeft      = 1.0 // of a line alone in the first column: a heading that does not reach over its edge
)

// cut parts levels into rows whose cells stand where they do in their rows as well as possible. It
// returns before which levels rows begin, but for the first, how far a cell stands from its place in the mean, in heights
// of a line, and all that speaks against these rows; infinity when there is no way.
func (w way) cut(levels []level) (cuts []int, off, all float64) {
	free := make([]bool, len(levels)+1) // to cut before a level
	for at := 1; at < len(levels); at++ {
		above, below := reach(levels, at)
		free[at] = below-above >= w.usual-lapOver*levels[at].lines[0].height()
	}
	free[0], free[len(levels)] = true, true
	cost, cells, from := make([]float64, len(levels)+1), make([]int, len(levels)+1), make([]int, len(levels)+1)
	places := make([]float64, len(levels)+1) // how much of the cost is that of places
	for end := 1; end <= len(levels); end++ {
		cost[end] = math.Inf(1)
		if !free[end] {
			continue
		}
		r := newStacked(w)
		for start := end - 1; start >= max(0, end-mostLevels); start-- {
			if levels[start].alone && start < end-1 || r.alone {
				break
			}
			if r.add(levels[start]); r.numbers > 1 {
				break
			}
			if !free[start] || r.headed || math.IsInf(cost[start], 1) {
				continue
			}
			off, more := r.cost(end == len(levels))
			if c := cost[start] + off + more; c < cost[end] {
				cost[end], places[end], cells[end], from[end] = c, places[start]+off, cells[start]+r.cells, start
			}
		}
	}
	end := len(levels)
	if math.IsInf(cost[end], 1) {
		return nil, math.Inf(1), math.Inf(1)
	}
	for at := end; at > 0; at = from[at] {
		if from[at] > 0 {
			cuts = append(cuts, from[at])
		}
	}
	slices.Reverse(cuts)
	return cuts, places[end] / float64(max(1, cells[end])), cost[end]
}

// stacked is a row that grows upwards, level by level.
type stacked struct {
	way
	first, last []float64 // top of the first and bottom of the last line of each column
	filled      []bool
	begins      []bool // the first line begins as cells do
	cells       int
	small       int // cells whose first line does not
	capitals    int // other lines that do
	numbers     int
	levels      int
	headed      bool // the first column has something above the number
	alone       bool
	height      float64
	gaps        int // spaces within cells that are wider than usual
}

func newStacked(w way) *stacked {
	return &stacked{
		way: w, first: make([]float64, w.columns), last: make([]float64, w.columns),
		filled: make([]bool, w.columns), begins: make([]bool, w.columns),
	}
}

func (r *stacked) add(l level) {
	if l.number {
		r.numbers++
	}
	r.levels++
	r.alone = l.alone
	for i, c := range l.column {
		own := l.lines[i]
		r.headed = r.headed || c == 0 && r.numbers > 0 && !l.number
		r.height = max(r.height, own.height())
		switch {
		case !r.filled[c]:
			r.filled[c], r.last[c] = true, own.y1
			r.cells++
		case r.begins[c]:
			r.capitals++
		default:
			r.small--
		}
		if r.first[c] > 0 && r.first[c]-own.y1 > r.usual+wideInside*own.height() {
			r.gaps++
		}
		r.first[c], r.begins[c] = own.y0, l.begins[i]
		if !l.begins[i] {
			r.small++
		}
	}
}

// cost is how far the cells of the row stand from their places together, in heights of a line, and what more speaks
// against it. A row without a number, a heading above all, may have its cells stand elsewhere than the others, and so may the
// last one: the end of the page may part it.
func (r *stacked) cost(last bool) (off, more float64) {
	top, bottom := math.Inf(1), math.Inf(-1)
	for c, is := range r.filled {
		if is {
			top, bottom = min(top, r.first[c]), max(bottom, r.last[c])
		}
	}
	var by [stands]float64
	for c, is := range r.filled {
		if is {
			by[atTop] += r.first[c] - top
			by[inMiddle] += math.Abs(r.first[c]+r.last[c]-top-bottom) / 2
			by[atBottom] += bottom - r.last[c]
		}
	}
	off, more = by[r.stand], float64(r.gaps)
	anywhere := min(by[atTop], by[inMiddle], by[atBottom])
	switch {
	case r.byWords && r.alone:
	case r.byWords && r.levels == 1 && r.cells == 1 && r.filled[0] && r.begins[0]:
		more += atLeft
	case r.byWords:
		more += smallStart*float64(r.small) + capitalLine*float64(r.capitals) + emptyCell*float64(r.columns-r.cells) + oneRow
		if last {
			off = anywhere
		}
	case r.numbers == 0:
		off, more = anywhere, more+numberless+headLine*float64(r.levels)
	case last:
		off = anywhere
	}
	return off / r.height, more
}

// packedByWords is packed for a table without numbers.
func packedByWords(columns [][]Word, usual float64) []float64 {
	levels := levelsOf(columns)
	markAlone(levels, len(columns))
	if len(levels) > manyRows {
		return nil
	}
	for i := range levels {
		levels[i].number = false
	}
	return edgesOf(levels, len(columns), usual, true)
}

// splitAtStarts parts rows of a table without numbers at heights where all columns have a line that begins as a cell does,
// in a capital or a digit, but for one in four where some column had no line above.
func splitAtStarts(ys []float64, columns [][]Word, usual float64) []float64 {
	levels := levelsOf(columns)
	out := slices.Clone(ys)
	last := make([]float64, len(columns)) // where the line above ends
	for i := range last {
		last[i] = math.Inf(1)
	}
	for k, l := range levels {
		starts, small := false, 0
		for i, c := range l.column {
			own := l.lines[i]
			starts = starts || own.y0-last[c] > usual+wideInside*own.height()
			if !l.begins[i] {
				small++
			}
			last[c] = own.y1
		}
		if k == 0 || len(l.lines) < len(columns) || small > 0 && (!starts || small > max(1, len(columns)/4)) {
			continue
		}
		above, below := reach(levels, k)
		y := (above + below) / 2
		if below-above >= usual-lapOver*l.lines[0].height() && !slices.ContainsFunc(ys, func(e float64) bool { return math.Abs(e-y) < nearY }) {
			out = append(out, y)
		}
	}
	slices.Sort(out)
	return out
}

// beginsCell says whether a line begins as the first one of a cell does.
func beginsCell(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return !unicode.IsLower(first) && (unicode.IsLetter(first) || unicode.IsDigit(first) || strings.ContainsRune("«\"", first))
}
