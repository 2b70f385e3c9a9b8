package layout

import (
	"cmp"
	"math"
	"slices"
)

// Distances in points.
const (
	nearX    = 7.0 // columns' edges that are the same: a border drawn twice, or rows that were pulled askew
	nearY    = 3.0 // and those of rows
	touching = 3.5 // how far a rule may end before the one that it meets
	shortest = 5.0 // what is shorter after joining is no border
	overhang = 8.0 // a rule that goes on so far beyond the last crossing one has an open cell behind it
)

// More than these are a drawing: places that the borders of one table span, and rules of a page.
const (
	maxPlaces = 100_000
	maxSpans  = 5_000
)

// span is a stretch of a level or upright rule; pos is its y or x.
type span struct {
	pos, from, to float64
	upright       bool
}

// ruled finds the tables of a page by their borders. rest and alone are the level and upright rules that belong to none.
func ruled(p *Page) (grids []*grid, rest []Rule, alone []span) {
	var level, upright []span
	for _, r := range p.Rules {
		if r.Y1-r.Y0 <= r.X1-r.X0 {
			level = append(level, span{pos: (r.Y0 + r.Y1) / 2, from: r.X0, to: r.X1})
		} else {
			upright = append(upright, span{pos: (r.X0 + r.X1) / 2, from: r.Y0, to: r.Y1, upright: true})
		}
	}
	level, upright = connect(level), connect(upright)
	if len(level)+len(upright) > maxSpans {
		return nil, nil, nil
	}
	for _, c := range components(level, upright) {
		g := c.grid()
		if g == nil || slices.ContainsFunc(grids, func(o *grid) bool { return o.holds(g) }) {
			for _, s := range c.level {
				rest = append(rest, Rule{X0: s.from, X1: s.to, Y0: s.pos, Y1: s.pos})
			}
			alone = append(alone, c.upright...)
			continue
		}
		grids = append(grids, g)
	}
	return grids, rest, alone
}

// connect joins the pieces of rules that continue one another.
func connect(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.pos, b.pos) })
	var out []span
	for start := 0; start < len(spans); {
		end := start + 1
		for end < len(spans) && spans[end].pos-spans[start].pos < nearY/2 {
			end++
		}
		group := spans[start:end]
		slices.SortFunc(group, func(a, b span) int { return cmp.Compare(a.from, b.from) })
		current := group[0]
		for _, s := range group[1:] {
			if s.from <= current.to+touching {
				current.to = max(current.to, s.to)
				continue
			}
			out = append(out, current)
			current = s
		}
		out = append(out, current)
		start = end
	}
	return slices.DeleteFunc(out, func(s span) bool { return s.to-s.from < shortest })
}

// component is rules that touch one another.
type component struct {
	level, upright []span
}

// components parts rules into those that touch, the ones with most area first.
func components(level, upright []span) []component {
	parent := make([]int, len(level)+len(upright))
	for i := range parent {
		parent[i] = i
	}
	for i, h := range level {
		for j, v := range upright {
			if v.pos >= h.from-touching && v.pos <= h.to+touching && h.pos >= v.from-touching && h.pos <= v.to+touching {
				unite(parent, i, len(level)+j)
			}
		}
	}
	byRoot := map[int]*component{}
	var roots []int
	at := func(i int) *component {
		root := find(parent, i)
		if byRoot[root] == nil {
			byRoot[root] = &component{}
			roots = append(roots, root)
		}
		return byRoot[root]
	}
	for i, h := range level {
		c := at(i)
		c.level = append(c.level, h)
	}
	for j, v := range upright {
		c := at(len(level) + j)
		c.upright = append(c.upright, v)
	}
	out := make([]component, 0, len(roots))
	for _, r := range roots {
		out = append(out, *byRoot[r])
	}
	slices.SortStableFunc(out, func(a, b component) int { return cmp.Compare(b.area(), a.area()) })
	return out
}

func find(parent []int, i int) int {
	for parent[i] != i {
		parent[i] = parent[parent[i]]
		i = parent[i]
	}
	return i
}

func unite(parent []int, a, b int) { parent[find(parent, a)] = find(parent, b) }

func (c component) area() float64 {
	if len(c.level) == 0 || len(c.upright) == 0 {
		return 0
	}
	x0, x1 := extent(c.level)
	y0, y1 := extent(c.upright)
	return (x1 - x0) * (y1 - y0)
}

func extent(spans []span) (from, to float64) {
	from, to = math.Inf(1), math.Inf(-1)
	for _, s := range spans {
		from, to = min(from, s.from), max(to, s.to)
	}
	return from, to
}

// grid makes the table that the rules bound, or nil when they bound less than two columns.
func (c component) grid() *grid {
	if len(c.level) < 2 || len(c.upright) < 1 {
		return nil
	}
	xs, ys := edges(c.upright, c.level, nearX), edges(c.level, c.upright, nearY)
	columns, rows := len(xs)-1, len(ys)-1
	if columns < 2 || rows < 1 || columns*rows > maxPlaces {
		return nil
	}
	g := newGrid(xs, ys)
	parent := make([]int, columns*rows)
	for i := range parent {
		parent[i] = i
	}
	right, below := barriers(c.upright, xs, ys, nearX), barriers(c.level, ys, xs, nearY)
	for r := range rows {
		for col := range columns {
			if col+1 < columns && !right[col+1][r] {
				unite(parent, r*columns+col, r*columns+col+1)
			}
			if r+1 < rows && !below[r+1][col] {
				unite(parent, r*columns+col, (r+1)*columns+col)
			}
		}
	}
	g.merge(parent)
	g.closed = below[rows]
	return g
}

// edges lists the positions of rules, those of one border once, and closes sides that are open.
func edges(spans, across []span, near float64) []float64 {
	positions := make([]float64, 0, len(spans)+2)
	for _, s := range spans {
		positions = append(positions, s.pos)
	}
	slices.Sort(positions)
	out := positions[:1]
	for _, p := range positions[1:] {
		if p-out[len(out)-1] > near {
			out = append(out, p)
		}
	}
	from, to := extent(across)
	if from < out[0]-overhang {
		out = slices.Insert(out, 0, from)
	}
	if to > out[len(out)-1]+overhang {
		out = append(out, to)
	}
	return out
}

// barriers says for every edge, and every step between the edges that cross it, whether a rule is drawn there:
// over half of the step at least.
func barriers(spans []span, edges, steps []float64, near float64) [][]bool {
	out := make([][]bool, len(edges))
	drawn := make([]float64, len(steps)-1)
	for i, e := range edges {
		clear(drawn)
		for _, s := range spans {
			if math.Abs(s.pos-e) > near+0.01 {
				continue
			}
			for j := range drawn {
				if d := min(s.to, steps[j+1]) - max(s.from, steps[j]); d > 0 {
					drawn[j] += d
				}
			}
		}
		out[i] = make([]bool, len(drawn))
		for j, d := range drawn {
			out[i][j] = d > (steps[j+1]-steps[j])/2
		}
	}
	return out
}

// Box is a place on a page, in points.
type Box struct{ X0, Y0, X1, Y1 float64 }

// Empty lists the cells with drawn borders in which the page has no words: where recognition may have missed
// something small.
func Empty(p Page) []Box {
	grids, _, _ := ruled(&p)
	s := sheet{grids: grids}
	s.fill(p.Words)
	var out []Box
	for _, g := range grids {
		bottom := map[*cell]int{}
		for i, r := range g.rows {
			for _, c := range r.cells {
				bottom[c] = i
			}
		}
		for i, r := range g.rows {
			for j, c := range r.cells {
				if len(c.words) > 0 || j > 0 && r.cells[j-1] == c || i > 0 && g.rows[i-1].cells[j] == c {
					continue
				}
				right := j
				for right+1 < len(r.cells) && r.cells[right+1] == c {
					right++
				}
				out = append(out, Box{X0: g.xs[j], Y0: g.ys[i], X1: g.xs[right+1], Y1: g.ys[bottom[c]+1]})
			}
		}
	}
	return out
}
