package layout

import (
	"math"
	"slices"
)

const (
	lowest    = 0.75 // of a page's height: a table that goes on over the page reaches down to there
	mostOnTop = 0.7  // share of a table's rows that begin with their numbers
	lineAhead = 4    // lines within which a row must follow one that goes across the table
)

// continued finds the rest of a table without borders that reached the end of the page before: the lines at the top
// whose words keep to its columns. It returns the table and how many lines are its own, nil when there is none.
func (s *sheet) continued(ls []line, above *grid) (g *grid, n int) {
	if above == nil || !above.unruled || len(s.grids) > 0 {
		return nil, 0
	}
	rows := false
	for i, l := range ls {
		if above.keeps(l) {
			n, rows = i+1, rows || l.pieces > 1 || l.x0 > above.xs[1]
			continue
		}
		ahead := ls[i+1 : min(len(ls), i+lineAhead)]
		if !slices.ContainsFunc(ahead, func(o line) bool { return above.keeps(o) && o.pieces > 2 }) {
			break
		}
	}
	if !rows {
		return nil, 0
	}
	g = above.rowsBelow(ls[:n], s.rows)
	if y, ok := g.firstNumber(); ok && above.numbersOnTop() {
		g = fillRows(wordsOf(ls[:n]), above.xs, slices.Insert(slices.Clone(g.ys), 1, y-1))
	}
	return g, n
}

// rowsBelow makes rows of the lines with which a table goes on. What few lines do not tell of its rows those of the page
// before do: both are looked at as if one stood right below the other.
func (g *grid) rowsBelow(ls []line, rules []Rule) *grid {
	if len(rules) > 0 {
		return rowsOf(ls, g.xs, rules)
	}
	var all []Word
	bottom := math.Inf(-1)
	for _, w := range g.words() {
		all, bottom = append(all, w), max(bottom, w.Y1)
	}
	own := wordsOf(ls)
	top := math.Inf(1)
	for _, w := range own {
		top = min(top, w.Y0)
	}
	down := bottom - top + max(0, usualGap(byColumn(own, g.xs)))
	for _, w := range own {
		w.Y0, w.Y1 = w.Y0+down, w.Y1+down
		all = append(all, w)
	}
	ys := []float64{top - 1}
	for _, y := range rowEdges(all, g.xs, nil) {
		if y -= down; y > top {
			ys = append(ys, y)
		}
	}
	return fillRows(own, g.xs, ys)
}

// words returns the words of all cells.
func (g *grid) words() []Word {
	var words []Word
	seen := map[*cell]bool{}
	for _, r := range g.rows {
		for _, c := range r.cells {
			if !seen[c] {
				seen[c], words = true, append(words, c.words...)
			}
		}
	}
	return words
}

// firstNumber returns the top of the number in the first row when there is text above it.
func (g *grid) firstNumber() (y float64, ok bool) {
	r := g.rows[0]
	number := lines(r.cells[0].words)
	if len(number) != 1 || !itemNumber.MatchString(number[0].text()) {
		return 0, false
	}
	return number[0].y0, number[0].y0 > r.top()+nearY
}

// numbersOnTop says whether the rows of a table begin at the height of their numbers.
func (g *grid) numbersOnTop() bool {
	on, all := 0, 0
	for _, r := range g.rows {
		if number := lines(r.cells[0].words); len(number) == 1 && itemNumber.MatchString(number[0].text()) {
			all++
			if number[0].y0 <= r.top()+nearY {
				on++
			}
		}
	}
	return all > 0 && float64(on) > mostOnTop*float64(all)
}

// top is where the first word of a row begins.
func (r row) top() float64 {
	top := r.y1
	for _, c := range r.cells {
		for _, w := range c.words {
			top = min(top, w.Y0)
		}
	}
	return top
}

// keeps says whether no word of a line leaves the column in which it lies.
func (g *grid) keeps(l line) bool {
	const slack = 1.0
	return !slices.ContainsFunc(l.words, func(w Word) bool {
		x, _ := w.middle()
		c := slot(g.xs, x)
		if c < 0 {
			return true
		}
		return c > 0 && w.X0 < g.xs[c]-slack || c+1 < g.width() && w.X1 > g.xs[c+1]+slack
	})
}

// last returns the table with which the page ends, nil when it ends with something else.
func (s *sheet) last(blocks []block) *grid {
	if len(blocks) == 0 {
		return nil
	}
	g := blocks[len(blocks)-1].grid
	if g == nil || len(g.rows) == 0 || g.rows[len(g.rows)-1].y1 < lowest*s.page.Height {
		return nil
	}
	return g
}
