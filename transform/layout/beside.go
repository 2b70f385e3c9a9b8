package layout

import (
	"math"
	"slices"
)

const (
	sameHeight = 1.5 // points: rows of one table that is wider than a page are as high on both pages
	varied     = 3   // rows at least, not all of one height, before equal heights mean anything
)

// beside joins tables that are wider than a page, as spreadsheets print them: the columns that found no room follow on
// the next pages, in rows of the same heights. Where other lines stand between, because the columns of a title or of a
// block of approval went there too, the rows must also begin at the same heights of their pages.
func beside(blocks []block) []block {
	var out []block
	table := -1 // the last one of out
	for _, b := range blocks {
		if b.grid != nil && table >= 0 {
			if g := out[table].grid; (table == len(out)-1 || g.level(b.grid)) && g.sameRows(b.grid) {
				g.widen(b.grid)
				continue
			}
		}
		if b.grid != nil {
			table = len(out)
		}
		out = append(out, b)
	}
	return out
}

// level says whether two tables begin at the same height of their pages.
func (g *grid) level(o *grid) bool {
	return len(g.rows) > 0 && len(o.rows) > 0 && math.Abs(g.rows[0].y0-o.rows[0].y0) <= sameHeight
}

// sameRows says whether a table on later pages has rows of the heights of this one, page by page, and gives both the
// same rows: where one of them has a row for several of the other, its cells are merged down.
func (g *grid) sameRows(o *grid) bool {
	if len(g.rows) < varied || len(o.rows) < varied || g.unruled || o.unruled {
		return false
	}
	pages := g.rows[len(g.rows)-1].page - g.rows[0].page + 1
	var mine, its []row
	low, high := math.Inf(1), 0.0
	i, j := 0, 0
	for i < len(g.rows) && j < len(o.rows) {
		fromI, fromJ := i, j
		a, b := g.rows[i].height(), o.rows[j].height()
		for math.Abs(a-b) > sameHeight {
			switch {
			case a < b && i+1 < len(g.rows):
				i++
				a += g.rows[i].height()
			case a > b && j+1 < len(o.rows):
				j++
				b += o.rows[j].height()
			default:
				return false
			}
		}
		if i > fromI && j > fromJ || o.rows[j].page != g.rows[i].page+pages {
			return false
		}
		for k := range max(i-fromI, j-fromJ) + 1 {
			mine, its = append(mine, g.rows[min(fromI+k, i)]), append(its, o.rows[min(fromJ+k, j)])
		}
		low, high = min(low, a), max(high, a)
		i, j = i+1, j+1
	}
	if i < len(g.rows) || j < len(o.rows) || high-low <= 2*sameHeight {
		return false
	}
	g.rows, o.rows = mine, its
	return true
}

func (r row) height() float64 { return r.y1 - r.y0 }

// widen puts the columns of another table behind its own. What goes across a row goes on across the rest of it.
func (g *grid) widen(o *grid) {
	for i := range g.rows {
		cells, more := slices.Clone(g.rows[i].cells), slices.Clone(o.rows[i].cells)
		if first := cells[0]; len(cells) > 1 && cells[len(cells)-1] == first && o.rows[i].blank() {
			for j := range more {
				more[j] = first
			}
		}
		g.rows[i].cells = append(cells, more...)
	}
	shift := g.xs[len(g.xs)-1] - o.xs[0]
	for _, x := range o.xs[1:] {
		g.xs = append(g.xs, x+shift)
	}
}
