package layout

import (
	"cmp"
	"math"
	"slices"
)

const (
	leading  = 0.75 // of a line's height: more space between lines begins a new paragraph
	farApart = 3.0  // of a line's height: between blocks that stand beside one another
	abreast  = 32   // blocks that may stand beside one another
)

// flow makes paragraphs, and tables without borders, of lines outside of bordered tables.
func (s *sheet) flow(ls []line) []block {
	if g, from, to := s.striped(ls); g != nil {
		out := append(s.flow(ls[:from]), s.table(g))
		return append(out, s.flow(ls[to:])...)
	}
	var out []block
	at := 0
	for _, run := range tableRuns(ls) {
		if s.endsInHeading(ls, run) {
			run[1]++
		}
		g := unruled(ls[run[0]:run[1]], s.rows)
		if g == nil {
			continue
		}
		out = append(out, s.paragraphs(ls[at:run[0]])...)
		out = append(out, s.table(g))
		at = run[1]
	}
	return append(out, s.paragraphs(ls[at:])...)
}

// endsInHeading says whether the last line of a page, close below a table that ends with the page, is a heading across the
// table: the rows below it are on the next page.
func (s *sheet) endsInHeading(ls []line, run [2]int) bool {
	if run[1]+1 != len(ls) {
		return false
	}
	l, above := ls[run[1]], ls[run[1]-1]
	left, right := math.Inf(1), math.Inf(-1)
	for _, o := range ls[run[0]:run[1]] {
		left, right = min(left, o.x0), max(right, o.x1)
	}
	return l.y1 > lowest*s.page.Height && l.y0-above.y1 < leading*l.height() && l.headsAll(left, right)
}

// paragraph is one that still grows.
type paragraph struct {
	top   float64
	last  line
	lines []textLine
}

// paragraphs joins lines. Blocks that stand beside one another, as those of approval do, are joined each for
// itself.
func (s *sheet) paragraphs(ls []line) []block {
	if from, to, x := s.abreast(ls); from < to {
		left, right := halves(ls[from:to], x)
		out := append(s.paragraphs(ls[:from]), s.paragraphs(left)...)
		out = append(out, s.paragraphs(right)...)
		return append(out, s.paragraphs(ls[to:])...)
	}
	var done, growing []paragraph
	for _, l := range ls {
		for _, piece := range l.segments(farApart) {
			i := slices.IndexFunc(growing, func(p paragraph) bool { return follows(p.last, piece) && !s.leavesRight(p.last, piece) })
			if i < 0 {
				if len(growing) > 2*abreast {
					done, growing = append(done, growing[0]), growing[1:]
				}
				growing = append(growing, paragraph{top: piece.y0, last: piece, lines: []textLine{{text: piece.text()}}})
				continue
			}
			growing[i].lines, growing[i].last = append(growing[i].lines, textLine{text: piece.text()}), piece
		}
		var still []paragraph
		for i, p := range growing {
			if l.y1-p.last.y1 > 3*l.height() || len(growing)-i > abreast {
				done = append(done, p)
			} else {
				still = append(still, p)
			}
		}
		growing = still
	}
	done = append(done, growing...)
	slices.SortStableFunc(done, func(a, b paragraph) int { return cmp.Compare(a.top, b.top) })
	var out []block
	for _, p := range done {
		out = append(out, block{page: s.number, top: p.top, lines: p.lines})
	}
	return out
}

// leavesRight says whether a line stands in the right half of the page and the next one begins in the left half: a block
// of approval, and a title that is nearly as wide as the page.
func (s *sheet) leavesRight(above, l line) bool {
	middle := s.page.Width / 2
	return above.x0 > middle && l.x0 < middle-farApart*l.height()
}

// follows says whether a line goes on a paragraph: near below, in letters of the same size, and flush left,
// flush right or centred with the line before, or that one's indented second line.
func follows(above, l line) bool {
	h := max(above.height(), l.height())
	gap := l.y0 - above.y1
	if gap < -0.5*h || gap > leading*h || math.Abs(above.height()-l.height()) > 0.15*h {
		return false
	}
	left, right := l.x0-above.x0, l.x1-above.x1
	switch {
	case math.Abs(left) < 0.3*h, math.Abs(right) < 0.3*h && left < 0, math.Abs(left+right) < h:
		return true
	}
	return left < 0 && left > -5*h && above.x1 >= l.x1-3*h
}
