package flow

import (
	"slices"
	"strings"

	"github.com/qulaq-kz/qulaq/transform/table"
)

// sheet is a table as the source has it: rows of cells of different widths and heights.
type sheet struct {
	rows    []row
	line    int // of the last row
	section Section
	inRow   bool
}

type row struct {
	line    int
	section Section
	cells   []cell
}

type cell struct {
	Cell
	label string
	parts []table.Part
}

// last returns the last cell of the last row, nil when that row has none.
func (s *sheet) last() *cell {
	if len(s.rows) == 0 {
		return nil
	}
	if cells := s.rows[len(s.rows)-1].cells; len(cells) > 0 {
		return &cells[len(cells)-1]
	}
	return nil
}

// isLayout says that the table holds other tables and has no row with two filled cells.
func (s *sheet) isLayout() bool {
	holds := false
	for _, r := range s.rows {
		filled := 0
		for _, c := range r.cells {
			if len(c.parts) > 0 {
				filled++
			}
			holds = holds || slices.ContainsFunc(c.parts, func(p table.Part) bool { return p.Grid != nil })
		}
		if filled > 1 {
			return false
		}
	}
	return holds
}

// piece is what a cell covers of a row: the columns from start to before end.
type piece struct {
	start, end int
	top        int // row of the cell's first piece
	left       int // start of that piece
	until      int // the row after the last one that the cell covers
	merge      Merge
	text       string
}

// grid lays out a table, or returns nil when no cell has text or the limits do not suffice. Columns in which
// no cell begins are no columns: a heading that claims to span a hundred makes the table no wider.
func (b *Builder) grid(s *sheet) *table.Grid {
	slices.SortStableFunc(s.rows, func(x, y row) int { return int(x.section) - int(y.section) })
	lines := make([][]piece, len(s.rows))
	begins := make([]bool, b.limits.Columns)
	filled, total := false, 0
	ends := sectionEnds(s.rows)
	var above []piece
	for r := range s.rows {
		lines[r] = b.lay(s.rows[r].cells, above, r, ends[r])
		above = lines[r]
		if total += len(above); b.err != nil || total > b.places {
			b.tooLarge("more than %d places in tables", b.limits.Cells)
			return nil
		}
		for _, p := range above {
			begins[p.start] = true
			filled = filled || p.text != ""
		}
	}
	if !filled {
		return nil
	}
	column := make([]int, len(begins)+1) // where a column of the source stands in the grid
	for c, begin := range begins {
		column[c+1] = column[c]
		if begin {
			column[c+1]++
		}
	}
	return b.fill(s.rows, lines, column)
}

// sectionEnds returns for each row the number of the row after the last one of its section.
func sectionEnds(rows []row) []int {
	ends := make([]int, len(rows))
	for r := len(rows) - 1; r >= 0; r-- {
		ends[r] = r + 1
		if r+1 < len(rows) && rows[r+1].section == rows[r].section {
			ends[r] = ends[r+1]
		}
	}
	return ends
}

// lay puts the cells of row r between what reaches down from the row above. No cell covers rows from end on.
func (b *Builder) lay(cells []cell, above []piece, r, end int) []piece {
	pieces := make([]piece, 0, len(cells))
	reach := make([]piece, 0, 4) // of the row above, what reaches down
	for _, p := range above {
		if p.until > r {
			reach = append(reach, p)
		}
	}
	next := 0 // the first free column
	pass := func() {
		for len(reach) > 0 && reach[0].start <= next {
			pieces = append(pieces, reach[0])
			next = max(next, reach[0].end)
			reach = reach[1:]
		}
	}
	for i := range cells {
		c := &cells[i]
		for skip := min(max(c.Skip, 0), b.limits.Columns); skip > 0; skip-- {
			pass()
			next++
		}
		pass()
		if next >= b.limits.Columns {
			b.tooLarge("a table of more than %d columns", b.limits.Columns)
			return nil
		}
		p := piece{start: next, end: min(next+max(c.Columns, 1), b.limits.Columns), top: r, left: next, merge: c.Merge}
		if len(reach) > 0 {
			p.end = min(p.end, reach[0].start)
		}
		p.until = min(r+max(c.Rows, 1), end)
		if c.Rows < 0 {
			p.until = end
		}
		if c.Merge == Continues && b.joins(&p, above) {
			pieces = append(pieces, p)
		} else {
			p.text = b.textOf(c)
			pieces = append(pieces, p)
		}
		next = p.end
	}
	return append(pieces, reach...)
}

// joins lets p be a piece of the merged cell above it, if there is one.
func (b *Builder) joins(p *piece, above []piece) bool {
	i, found := slices.BinarySearchFunc(above, p.start, func(a piece, start int) int { return a.start - start })
	if !found || above[i].merge == Single {
		return false
	}
	p.top, p.left, p.text = above[i].top, above[i].left, above[i].text
	return true
}

// fill makes the grid: every place that no cell covers is an empty cell of its own.
func (b *Builder) fill(rows []row, lines [][]piece, column []int) *table.Grid {
	width := column[len(column)-1]
	if b.places -= width * len(rows); b.places < 0 {
		b.tooLarge("more than %d places in tables", b.limits.Cells)
		return nil
	}
	g := &table.Grid{Width: width, Rows: make([]table.Row, len(rows))}
	all := make([]table.Cell, width*len(rows))
	for r := range rows {
		cells := all[r*width : (r+1)*width : (r+1)*width]
		for c := range cells {
			cells[c] = table.Cell{Top: r, Left: c}
		}
		for _, p := range lines[r] {
			for c := column[p.start]; c < column[p.end]; c++ {
				cells[c] = table.Cell{Text: p.text, Top: p.top, Left: column[p.left]}
			}
		}
		g.Rows[r] = table.Row{Line: rows[r].line, Cells: cells}
	}
	return g
}

// The largest inner table that is a part of its cell. Plans have more columns.
const (
	smallWidth  = 3
	smallPlaces = 60
)

func isSmall(g *table.Grid) bool { return g.Width <= smallWidth && g.Width*len(g.Rows) <= smallPlaces }

// textOf returns the text of a cell: its paragraphs and small tables; without any, its number in a list.
func (b *Builder) textOf(c *cell) string {
	if len(c.parts) == 1 && c.parts[0].Grid == nil {
		return c.parts[0].Text
	}
	var own []string
	for _, p := range c.parts {
		switch {
		case p.Grid == nil:
			own = append(own, p.Text)
		case isSmall(p.Grid):
			own = append(own, linesOf(p.Grid)...)
		}
	}
	if len(own) == 0 && len(c.parts) == 0 {
		return c.label
	}
	text := strings.Join(own, "\n")
	if !b.spend(len(text)) {
		return ""
	}
	return text
}

// linesOf returns the rows of a grid that have text, each as one line.
func linesOf(g *table.Grid) []string {
	var lines []string
	for r, row := range g.Rows {
		var words []string
		for c, cell := range row.Cells {
			if cell.Text != "" && cell.Top == r && cell.Left == c {
				words = append(words, strings.ReplaceAll(cell.Text, "\n", " "))
			}
		}
		if len(words) > 0 {
			lines = append(lines, strings.Join(words, " "))
		}
	}
	return lines
}
