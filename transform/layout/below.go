package layout

import "slices"

// restBelow gives tables that have level rules alone the row that the end of the page cuts off: no rule is drawn below
// it. It is the lines close below in which no word crosses an edge of the table's columns, with words in three columns at
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
		r := newGrid(g.xs, []float64{bottom, last + 1}).rows[0]
		r.page = s.number
		for i := range r.cells {
			r.cells[i] = &cell{}
		}
		filled := map[*cell]bool{}
		for _, w := range wordsOf(rest) {
			x, _ := w.middle()
			c := r.cells[slot(g.xs, x)]
			c.words = append(c.words, w)
			filled[c] = true
		}
		if len(filled) < 3 {
			continue
		}
		g.rows, g.ys, g.closed = append(g.rows, r), append(g.ys, last+1), nil
		s.lines = s.lines[:from]
	}
}
