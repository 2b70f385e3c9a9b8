package layout

import (
	"math"
	"slices"

	"github.com/qulaq-kz/qulaq/transform/table"
)

// grid is a table on its way: where its edges are, and the words of its cells.
type grid struct {
	xs, ys []float64 // edges of columns and, on one page, of rows
	rows   []row
	// unruled says that the edges lie somewhere between the columns: nobody drew them.
	unruled bool
	pieced  bool   // level rules alone bound its rows
	closed  []bool // below which columns a border ends the table on its last page; nil when nobody drew any
}

type row struct {
	page  int
	y0    float64
	y1    float64
	cells []*cell // one a column; the same cell at all places that it covers
}

type cell struct {
	words []Word
	lines []textLine // made of words when they are complete
	top   int        // index of its first row, set at the end
	left  int
	done  bool
}

func (g *grid) width() int { return len(g.xs) - 1 }

// newGrid makes a grid without cells.
func newGrid(xs, ys []float64) *grid {
	g := &grid{xs: xs, ys: ys}
	for i := range len(ys) - 1 {
		g.rows = append(g.rows, row{y0: ys[i], y1: ys[i+1], cells: make([]*cell, len(xs)-1)})
	}
	return g
}

// merge makes the cells from groups of places (a forest over rows × columns). A group that is no rectangle
// was bounded badly: it is parted into its rows.
func (g *grid) merge(parent []int) {
	columns := g.width()
	type box struct{ top, left, bottom, right, count int }
	boxes := map[int]*box{}
	for i := range parent {
		r, c := i/columns, i%columns
		root := find(parent, i)
		b := boxes[root]
		if b == nil {
			b = &box{top: r, left: c, bottom: r, right: c}
			boxes[root] = b
		}
		b.left, b.bottom, b.right, b.count = min(b.left, c), max(b.bottom, r), max(b.right, c), b.count+1
	}
	cells := map[int]*cell{}
	for i := range parent {
		r, c := i/columns, i%columns
		root := find(parent, i)
		b := boxes[root]
		if (b.bottom-b.top+1)*(b.right-b.left+1) != b.count {
			if c > 0 && find(parent, i-1) == root {
				g.rows[r].cells[c] = g.rows[r].cells[c-1]
			} else {
				g.rows[r].cells[c] = &cell{}
			}
			continue
		}
		if cells[root] == nil {
			cells[root] = &cell{}
		}
		g.rows[r].cells[c] = cells[root]
	}
}

// take puts a word into the cell under its middle and says whether it did.
func (g *grid) take(w Word) bool {
	x, y := w.middle()
	c, r := slot(g.xs, x), slot(g.ys, y)
	if c < 0 || r < 0 {
		return false
	}
	cl := g.rows[r].cells[c]
	cl.words = append(cl.words, w)
	return true
}

// slot returns between which two edges v lies, -1 when it is outside.
func slot(edges []float64, v float64) int {
	i, exact := slices.BinarySearch(edges, v)
	switch {
	case exact && i < len(edges)-1:
		return i
	case i == 0 || i == len(edges):
		return -1
	}
	return i - 1
}

// holds says whether another grid lies within this one.
func (g *grid) holds(o *grid) bool {
	x, y := (o.xs[0]+o.xs[len(o.xs)-1])/2, (o.ys[0]+o.ys[len(o.ys)-1])/2
	return slot(g.xs, x) >= 0 && slot(g.ys, y) >= 0
}

// settle makes the text lines of all cells.
func (g *grid) settle() {
	from, to := g.textEdges()
	for _, r := range g.rows {
		for i, c := range r.cells {
			if c.done {
				continue
			}
			end := i
			for end+1 < len(r.cells) && r.cells[end+1] == c {
				end++
			}
			c.lines, c.words, c.done = append(c.lines, straight(c.words, to[end]-from[i])...), nil, true
		}
	}
}

// textEdges returns from where to where the lines of every column may go. Drawn edges are as far from the
// text on the right as they are seen to be on the left; where none are drawn, some line fills the column.
func (g *grid) textEdges() (from, to []float64) {
	const most = 12.0
	padding := most
	from, to = slices.Clone(g.xs[1:]), slices.Clone(g.xs[:g.width()])
	for _, r := range g.rows {
		for i, c := range r.cells {
			if i > 0 && r.cells[i-1] == c {
				continue
			}
			for _, w := range c.words {
				padding = min(padding, w.X0-g.xs[i])
				if i+1 == len(r.cells) || r.cells[i+1] != c {
					from[i], to[i] = min(from[i], w.X0), max(to[i], w.X1)
				}
			}
		}
	}
	if !g.unruled {
		padding = max(0, padding)
		for i := range from {
			from[i], to[i] = g.xs[i]+padding, g.xs[i+1]-padding
		}
	}
	return from, to
}

// teach gives the lines of every cell to the vocabulary.
func (g *grid) teach(v *vocabulary) {
	seen := map[*cell]bool{}
	for _, r := range g.rows {
		for _, c := range r.cells {
			if !seen[c] {
				v.learn(c.lines)
				seen[c] = true
			}
		}
	}
}

// finish makes the table of the document.
func (g *grid) finish(v *vocabulary) *table.Grid {
	g.settle()
	out := &table.Grid{Width: g.width(), Rows: make([]table.Row, len(g.rows))}
	known := map[*cell]string{}
	for i, r := range g.rows {
		cells := make([]table.Cell, len(r.cells))
		for j, c := range r.cells {
			text, seen := known[c]
			if !seen {
				text = v.text(c.lines)
				known[c], c.top, c.left = text, i, j
			}
			cells[j] = table.Cell{Text: text, Top: c.top, Left: c.left}
		}
		out.Rows[i] = table.Row{Line: i + 1, Page: r.page, Cells: cells}
	}
	return out
}

// blank says whether a table has no text: a drawing, such as the squares of a code on a stamp.
func (g *grid) blank() bool {
	return !slices.ContainsFunc(g.rows, func(r row) bool { return !r.blank() })
}

// blank says whether a row has no text.
func (r row) blank() bool {
	return !slices.ContainsFunc(r.cells, func(c *cell) bool { return len(c.lines) > 0 || len(c.words) > 0 })
}

// spread gives a grid the edges of a wider one: what covered a column then covers all that stand in its
// place. edges must hold every edge of g, within slack.
func (g *grid) spread(edges []float64) {
	for i := range g.rows {
		cells := make([]*cell, len(edges)-1)
		for j := range cells {
			middle := (edges[j] + edges[j+1]) / 2
			cells[j] = g.rows[i].cells[max(0, min(g.width()-1, slot(g.xs, middle)))]
		}
		g.rows[i].cells = cells
	}
	if g.closed != nil {
		closed := make([]bool, len(edges)-1)
		for j := range closed {
			closed[j] = g.closed[max(0, min(g.width()-1, slot(g.xs, (edges[j]+edges[j+1])/2)))]
		}
		g.closed = closed
	}
	g.xs = edges
}

// within says whether every value of part is in all, but for slack.
func within(part, all []float64, slack float64) bool {
	for _, p := range part {
		if !slices.ContainsFunc(all, func(a float64) bool { return math.Abs(a-p) <= slack }) {
			return false
		}
	}
	return true
}
