// Package grid makes the grid of a document out of what readers of spreadsheets, old and new, find on a sheet:
// cells, merged areas, hidden rows and columns, in any order.
//
// A grid has the rows and columns of the sheet that a person sees and that hold something of their own. A row
// that holds only the lower part of merged cells is none: all of it stands in the row where they begin. So a
// title that is merged over all 16,384 columns of a sheet makes no column, and a table whose items are two rows
// high has one row an item.
//
// Where to look:
//
//	grid.go    Sheet, and how it becomes a grid
//	merge.go   merged cells
//	spans.go   sets of rows or columns
//	text.go    the text of a cell
package grid

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// Sheet is what was found on a sheet so far. Rows and columns count from 0. The zero value is an empty sheet.
// It is not safe for concurrent use.
type Sheet struct {
	Name    string
	cells   []cell
	areas   []area
	rows    spans // hidden ones
	columns spans
}

type place struct{ row, column int }

func (p place) compare(q place) int {
	return cmp.Or(cmp.Compare(p.row, q.row), cmp.Compare(p.column, q.column))
}

type cell struct {
	place
	text string
}

// Put says what stands in a cell. Of two texts for one place the later is believed. Text is as Text returns it.
func (s *Sheet) Put(row, column int, text string) {
	if text != "" {
		s.cells = append(s.cells, cell{place{row, column}, text})
	}
}

// Cells returns how many texts were put.
func (s *Sheet) Cells() int { return len(s.cells) }

// Merge says that all places from the first to the last row and column are one cell, whose text is that of the
// first place. An area that overlaps one named before is not heeded.
func (s *Sheet) Merge(top, left, bottom, right int) {
	if top <= bottom && left <= right {
		s.areas = append(s.areas, area{place{top, left}, place{bottom, right}})
	}
}

// Areas returns how many merged cells were named.
func (s *Sheet) Areas() int { return len(s.areas) }

// HideRows and HideColumns say that these rows or columns, both ends included, are not seen.
func (s *Sheet) HideRows(from, to int) { s.rows = s.rows.with(from, to) }

// HideColumns is HideRows for columns.
func (s *Sheet) HideColumns(from, to int) { s.columns = s.columns.with(from, to) }

// Grid returns the grid, nil when nothing is to be seen on the sheet, and findings about what was hidden. most
// is how many places it may have; more are table.ErrTooLarge. The sheet is used up.
func (s *Sheet) Grid(most int) (*table.Grid, []qulaq.Finding, error) {
	s.settle()
	if err := s.unhide(most); err != nil {
		return nil, nil, err
	}
	findings := s.leaveOut()
	if len(s.cells) == 0 {
		return nil, findings, nil
	}
	rows := kept(s.cells, func(c cell) int { return c.row })
	columns := kept(s.cells, func(c cell) int { return c.column })
	if len(rows) > most/len(columns) {
		return nil, nil, tooLarge(most)
	}
	g := &table.Grid{Name: s.Name, Width: len(columns), Rows: make([]table.Row, len(rows))}
	places := make([]table.Cell, len(rows)*len(columns))
	for r := range g.Rows {
		g.Rows[r] = table.Row{Line: rows[r] + 1, Cells: places[r*g.Width : (r+1)*g.Width : (r+1)*g.Width]}
		for c := range g.Rows[r].Cells {
			g.Rows[r].Cells[c] = table.Cell{Top: r, Left: c}
		}
	}
	r := 0
	for _, c := range s.cells {
		for rows[r] != c.row {
			r++
		}
		column, _ := slices.BinarySearch(columns, c.column)
		g.Rows[r].Cells[column].Text = c.text
	}
	if err := s.expand(g, rows, columns, most); err != nil {
		return nil, nil, err
	}
	return compact(g), findings, nil
}

func tooLarge(most int) error {
	return fmt.Errorf("a sheet of more than %d cells: %w", most, table.ErrTooLarge)
}

// settle puts the cells in order, one for a place, and makes hidden rows and columns fit for questions.
func (s *Sheet) settle() {
	before := func(a, b cell) int { return a.compare(b.place) }
	if !slices.IsSortedFunc(s.cells, before) {
		slices.SortStableFunc(s.cells, before)
	}
	last := s.cells[:0]
	for _, c := range s.cells {
		if n := len(last); n > 0 && last[n-1].place == c.place {
			last[n-1] = c
			continue
		}
		last = append(last, c)
	}
	s.cells = last
	s.rows, s.columns = s.rows.settled(), s.columns.settled()
}

// find returns the text of a place.
func (s *Sheet) find(p place) string {
	i, ok := slices.BinarySearchFunc(s.cells, p, func(c cell, p place) int { return c.compare(p) })
	if !ok {
		return ""
	}
	return s.cells[i].text
}

// leaveOut removes the cells of hidden rows and columns, and says of how many rows and columns.
func (s *Sheet) leaveOut() []qulaq.Finding {
	rows, columns := 0, map[int]bool{}
	last := -1
	s.cells = slices.DeleteFunc(s.cells, func(c cell) bool {
		switch {
		case s.rows.has(c.row):
			if c.row != last {
				rows, last = rows+1, c.row
			}
		case s.columns.has(c.column):
			columns[c.column] = true
		default:
			return false
		}
		return true
	})
	if rows+len(columns) == 0 {
		return nil
	}
	return []qulaq.Finding{{
		Kind: qulaq.NothingToRead, Subject: s.Name, Table: s.Name, Count: int64(rows + len(columns)),
		Detail: fmt.Sprintf("hidden rows: %d, hidden columns: %d; left out", rows, len(columns)),
	}}
}

// kept returns the different values of cells, in order.
func kept(cells []cell, of func(cell) int) []int {
	all := make([]int, len(cells))
	for i, c := range cells {
		all[i] = of(c)
	}
	if !slices.IsSorted(all) {
		slices.Sort(all)
	}
	return slices.Clip(slices.Compact(all))
}
