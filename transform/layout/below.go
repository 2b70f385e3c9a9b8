package layout

import "slices"

// Of tables that have level rules alone a row that the end of the page parts has no rule below its beginning, and none
// above its rest.

// restBelow gives such tables the row that the end of the page cuts off. It is the lines close below in which no word crosses an edge of the table's columns, with words in three columns at
// least, when nothing else follows on the page.
func (s *sheet) restBelow() {
	for _, g := range s.grids {
		bottom := g.ys[len(g.ys)-1]
		if !g.pieced || g.width() < 4 {
			continue
		}
		from := slices.IndexFunc(s.lines, func(l line) bool { return l.y0 > bottom-nearY })
		if from < 0 || len(s.lines)-from > headMost || s.lines[from].y0-bottom > headGap*s.lines[from].height() {
			continue
		}
		rest := s.lines[from:]
		last := rest[len(rest)-1].y1
		if last < lowest*s.page.Height || slices.ContainsFunc(rest, func(l line) bool { return !g.fits(l) }) {
			continue
		}
		r, filled := g.rowOf(rest, bottom, last+1, s.number)
		if filled < 3 {
			continue
		}
		g.rows, g.ys, g.closed = append(g.rows, r), append(g.ys, last+1), nil
		s.lines = s.lines[:from]
	}
}

// restAbove gives the first table of a page the rest of the row with which the same table ended on the page before: all
// lines above it, in which no word crosses an edge of its columns.
func (s *sheet) restAbove(before *sheet) {
	if len(s.grids) == 0 || len(before.grids) == 0 {
		return
	}
	g, above := s.grids[0], before.grids[len(before.grids)-1]
	n := slices.IndexFunc(s.lines, func(l line) bool { return l.y1 > g.ys[0]+nearY })
	if n < 0 {
		n = len(s.lines)
	}
	if n == 0 || n > headMost || !g.pieced || !above.pieced || above.width() != g.width() || !within(g.xs, above.xs, sameEdge) ||
		above.ys[len(above.ys)-1] < lowest*before.page.Height || slices.ContainsFunc(s.lines[:n], func(l line) bool { return !g.fits(l) }) {
		return
	}
	r, _ := g.rowOf(s.lines[:n], s.lines[0].y0, g.ys[0], s.number)
	g.rows, g.ys = slices.Insert(g.rows, 0, r), slices.Insert(g.ys, 0, r.y0)
	s.lines = s.lines[n:]
}

// rowOf makes a row of lines that keep to the columns, and says how many of its cells have words.
func (g *grid) rowOf(ls []line, top, bottom float64, page int) (r row, filled int) {
	r = row{page: page, y0: top, y1: bottom, cells: make([]*cell, g.width())}
	for i := range r.cells {
		r.cells[i] = &cell{}
	}
	for _, w := range wordsOf(ls) {
		x, _ := w.middle()
		c := r.cells[slot(g.xs, x)]
		if len(c.words) == 0 {
			filled++
		}
		c.words = append(c.words, w)
	}
	return r, filled
}
