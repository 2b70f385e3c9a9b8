package layout

import "slices"

const (
	headGap   = 1.2 // of a line's height: how far a heading without borders stands above its table
	headShare = 0.6 // of the columns that it names, at least
	headMost  = 12  // lines of it
)

// headAbove gives bordered tables the heading that stands above them without borders, as some style sheets leave it:
// lines close above in which no word crosses an edge of the table's columns, and which have words in most columns. Text
// that runs over the table's width crosses some.
func (s *sheet) headAbove() {
	for _, g := range s.grids {
		if g.width() < 4 {
			continue
		}
		from, to := s.linesAbove(g)
		if from == to {
			continue
		}
		r, named := g.rowOf(s.lines[from:to], s.lines[from].y0, g.ys[0], s.number)
		if named < 3 || float64(named) < headShare*float64(g.width()) {
			continue
		}
		g.rows = slices.Insert(g.rows, 0, r)
		g.ys = slices.Insert(g.ys, 0, r.y0)
		s.lines = slices.Delete(s.lines, from, to)
	}
}

// linesAbove returns which lines may be a heading of a table.
func (s *sheet) linesAbove(g *grid) (from, to int) {
	top := g.ys[0]
	for to < len(s.lines) && s.lines[to].y1 <= top+nearY {
		to++
	}
	from = to
	for from > 0 && to-from < headMost {
		l := s.lines[from-1]
		if top-l.y1 > headGap*l.height() || !g.fits(l) {
			break
		}
		from--
		top = min(top, l.y0)
	}
	return from, to
}

// fits says whether every word of a line lies in one column.
func (g *grid) fits(l line) bool {
	return !slices.ContainsFunc(l.words, func(w Word) bool {
		x, _ := w.middle()
		c := slot(g.xs, x)
		return w.Turn != 0 || c < 0 || w.X0 < g.xs[c]-1 || w.X1 > g.xs[c+1]+1
	})
}
