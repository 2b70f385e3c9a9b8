package layout

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
)

// splitRows parts rows of bordered tables that hold several rows: some programs draw the borders of columns and of the
// heading alone. Either the borders of columns come in pieces, row by row, or the row has one number below the other in
// its first column, each greater than the last.
func (s *sheet) splitRows(g *grid) {
	if g.width() < 3 {
		return
	}
	seams := g.seams(s.page.Rules)
	var rows []row
	ys := g.ys[:1:1]
	for i, r := range g.rows {
		parts := g.parts(i, seams, s.rows)
		if parts == nil {
			rows, ys = append(rows, r), append(ys, r.y1)
			continue
		}
		rows, ys = append(rows, parts.rows...), append(ys, parts.ys[1:]...)
	}
	g.rows, g.ys = rows, ys
}

// parts returns the rows that one row consists of, or nil when it is one.
func (g *grid) parts(i int, seams []float64, rules []Rule) *grid {
	var words []Word
	cells := g.rows[i].cells
	for j, c := range cells {
		shared := j > 0 && cells[j-1] == c || i > 0 && g.rows[i-1].cells[j] == c || i+1 < len(g.rows) && g.rows[i+1].cells[j] == c
		if shared || slices.ContainsFunc(c.words, func(w Word) bool { return w.Turn != 0 }) {
			return nil
		}
		words = append(words, c.words...)
	}
	ys := []float64{g.rows[i].y0}
	for _, y := range seams {
		if y > g.rows[i].y0+nearY && y < g.rows[i].y1-nearY {
			ys = append(ys, y)
		}
	}
	numbers, first := g.numbers(cells)
	switch {
	case len(ys) > 1:
	case numbers > 1:
		ys = rowEdges(words, g.xs, rules)
		if len(ys) <= numbers {
			return nil
		}
		ys = ys[:len(ys)-1]
		if first > 0 && first < ys[1]-nearY && !slices.ContainsFunc(words, func(w Word) bool { return w.Y0 < first && w.Y1 > first }) {
			ys = slices.Insert(ys, 1, first)
		}
		ys[0] = g.rows[i].y0
	default:
		return nil
	}
	parts := fillRows(words, g.xs, append(ys, g.rows[i].y1))
	for k := range parts.rows {
		parts.rows[k].page = g.rows[i].page
	}
	return parts
}

// numbers counts the numbers below one another in the first cell of a row, the lines of a heading aside that no border
// parts from the first of them; 0 when it holds anything else, or a number that was cut because its column is narrower.
// Where there is a heading, first is where the first number begins.
func (g *grid) numbers(cells []*cell) (n int, first float64) {
	ls := lines(cells[0].words)
	if len(lines(cells[1].words)) < len(ls) {
		return 0, 0
	}
	head := slices.IndexFunc(ls, func(l line) bool { return atoi(l) > 0 })
	if head < 0 || len(ls)-head < 2 {
		return 0, 0
	}
	if head > 0 {
		first = ls[head].y0 - 1
	}
	last := 0
	for i, l := range ls[head:] {
		n := atoi(l)
		if n <= last || i > 0 && head > 0 && n != last+1 || g.xs[1]-g.xs[0]-(l.x1-l.x0) < tight*l.mean() {
			return 0, 0
		}
		last = n
	}
	return len(ls) - head, first
}

// atoi returns the number that a line is, 0 when it is none.
func atoi(l line) int {
	n, err := strconv.Atoi(strings.TrimRight(l.text(), ".)"))
	if err != nil {
		return 0
	}
	return n
}

const (
	tight    = 3.0 // mean widths of a letter, padding with it: a column with no more room than that cuts numbers
	mostMeet = 0.8 // share of a table's upright borders that meet their next pieces at one height
)

// seams returns the heights at which pieces of nearly all upright borders of a table meet.
func (g *grid) seams(rules []Rule) []float64 {
	left, right, top, bottom := g.xs[0], g.xs[len(g.xs)-1], g.ys[0], g.ys[len(g.ys)-1]
	columns := map[int][]Rule{} // by edge
	for _, r := range rules {
		if r.Y1-r.Y0 <= r.X1-r.X0 || r.X0 < left-nearX || r.X0 > right+nearX || r.Y1 < top || r.Y0 > bottom || len(columns) > maxPieces {
			continue
		}
		i, _ := slices.BinarySearch(g.xs, r.X0-nearX/2)
		columns[i] = append(columns[i], r)
	}
	meet := map[int]int{} // by height
	for _, c := range columns {
		slices.SortFunc(c, func(a, b Rule) int { return cmp.Compare(a.Y0, b.Y0) })
		for i := 1; i < len(c); i++ {
			if y := c[i].Y0; math.Abs(c[i-1].Y1-y) <= joint && c[i].Y1-y > shortest && c[i-1].Y1-c[i-1].Y0 > shortest {
				meet[int(math.Round(y))]++
			}
		}
	}
	var out []float64
	for y, n := range meet {
		if n += meet[y+1]; float64(n) >= mostMeet*float64(len(g.xs)) && n > 3 {
			out = append(out, float64(y))
		}
	}
	slices.Sort(out)
	return slices.CompactFunc(out, func(a, b float64) bool { return math.Abs(b-a) < nearY })
}
