package layout

import "slices"

const (
	tileGap  = 2.0    // points: half of the seam between coloured cells, at most
	maxTiles = 10_000 // of a page; more are a drawing
	mostText = 0.5    // share of a page's words that a table of coloured cells holds
)

// tiled finds tables whose cells are coloured areas with seams of paper between them instead of borders: the sides of
// the areas are the edges. Rows in two colours and coloured headings alone make no table here.
func tiled(p *Page, known []*grid) []*grid {
	if len(p.Fills) > maxTiles {
		return nil
	}
	var level, upright []span
	for _, f := range p.Fills {
		if slices.ContainsFunc(known, func(g *grid) bool { return g.meets(f) }) {
			continue
		}
		x0, y0, x1, y1 := f.X0-tileGap, f.Y0-tileGap, f.X1+tileGap, f.Y1+tileGap
		level = append(level, span{pos: y0, from: x0, to: x1}, span{pos: y1, from: x0, to: x1})
		upright = append(upright, span{pos: x0, from: y0, to: y1, upright: true}, span{pos: x1, from: y0, to: y1, upright: true})
	}
	level, upright = connect(level), connect(upright)
	if len(level)+len(upright) > maxSpans {
		return nil
	}
	var out []*grid
	for _, c := range components(level, upright) {
		if g := c.grid(); g != nil && len(g.rows) > 1 && float64(g.count(p.Words)) > mostText*float64(len(p.Words)) {
			out = append(out, g)
		}
	}
	return out
}

// meets says whether an area and a table have places in common.
func (g *grid) meets(b Box) bool {
	return b.X0 < g.xs[len(g.xs)-1] && b.X1 > g.xs[0] && b.Y0 < g.ys[len(g.ys)-1] && b.Y1 > g.ys[0]
}

// count tells how many words lie in the table.
func (g *grid) count(words []Word) int {
	n := 0
	for _, w := range words {
		if x, y := w.middle(); slot(g.xs, x) >= 0 && slot(g.ys, y) >= 0 {
			n++
		}
	}
	return n
}
