package grid

import (
	"slices"

	"github.com/qulaq-kz/qulaq/transform/table"
)

// area is a merged cell; both places belong to it.
type area struct{ first, last place }

// unhide moves the text of a merged cell whose first place is hidden to the first of its places that is seen,
// as spreadsheet programs show it.
func (s *Sheet) unhide(most int) error {
	if len(s.areas) > most {
		return tooLarge(most)
	}
	var moved []cell
	for i, a := range s.areas {
		seen := place{s.rows.after(a.first.row), s.columns.after(a.first.column)}
		if seen == a.first || seen.row > a.last.row || seen.column > a.last.column {
			continue
		}
		if text := s.find(a.first); text != "" {
			moved = append(moved, cell{seen, text})
			s.areas[i].first = seen
		}
	}
	if len(moved) > 0 {
		s.cells = append(s.cells, moved...)
		s.settle()
	}
	return nil
}

// expand gives every place of a merged cell that is in the grid its text and its first place. Other text below
// a merged cell, which nobody sees, goes. An empty merged cell becomes as many empty cells.
func (s *Sheet) expand(g *table.Grid, rows, columns []int, most int) error {
	merged := make([]bool, len(rows)*len(columns))
	looked := 0
	for _, a := range s.areas {
		top, bottom := within(rows, a.first.row, a.last.row)
		left, right := within(columns, a.first.column, a.last.column)
		if top == bottom || left == right {
			continue
		}
		if looked += (bottom - top) * (right - left); looked > 2*most { // honest areas do not overlap
			return tooLarge(most)
		}
		if touches(merged, g.Width, top, bottom, left, right) {
			continue
		}
		text := s.find(a.first)
		for r := top; r < bottom; r++ {
			for c := left; c < right; c++ {
				merged[r*g.Width+c] = true
				at := table.Cell{Text: text, Top: top, Left: left}
				if text == "" {
					at = table.Cell{Top: r, Left: c}
				}
				g.Rows[r].Cells[c] = at
			}
		}
	}
	return nil
}

func touches(merged []bool, width, top, bottom, left, right int) bool {
	for r := top; r < bottom; r++ {
		if slices.Contains(merged[r*width+left:r*width+right], true) {
			return true
		}
	}
	return false
}

// within returns which of the ordered numbers are from first to last, as a half-open range.
func within(ordered []int, first, last int) (from, to int) {
	from, _ = slices.BinarySearch(ordered, first)
	to, _ = slices.BinarySearch(ordered, last+1)
	return from, to
}

// compact removes the rows and columns that hold nothing of their own once merged cells are expanded; nil when
// nothing is left.
func compact(g *table.Grid) *table.Grid {
	rowAt, columnAt := make([]int, len(g.Rows)), make([]int, g.Width) // new numbers; −1 goes
	for i := range rowAt {
		rowAt[i] = -1
	}
	for i := range columnAt {
		columnAt[i] = -1
	}
	for r, row := range g.Rows {
		for c, cell := range row.Cells {
			if cell.Text != "" && cell.Top == r {
				rowAt[r] = 0
			}
			if cell.Text != "" && cell.Left == c {
				columnAt[c] = 0
			}
		}
	}
	height, width := renumber(rowAt), renumber(columnAt)
	if height == 0 {
		return nil
	}
	if height == len(g.Rows) && width == g.Width {
		return g
	}
	small := &table.Grid{Name: g.Name, Width: width, Rows: make([]table.Row, 0, height)}
	for r, row := range g.Rows {
		if rowAt[r] < 0 {
			continue
		}
		cells := row.Cells[:0]
		for c, cell := range row.Cells {
			if columnAt[c] < 0 {
				continue
			}
			if cell.Text == "" {
				cell.Top, cell.Left = r, c
			}
			cell.Top, cell.Left = rowAt[cell.Top], columnAt[cell.Left]
			cells = append(cells, cell)
		}
		row.Cells = cells
		small.Rows = append(small.Rows, row)
	}
	return small
}

// renumber counts what stays from 0 and returns how many do.
func renumber(at []int) int {
	n := 0
	for i, v := range at {
		if v >= 0 {
			at[i] = n
			n++
		}
	}
	return n
}
