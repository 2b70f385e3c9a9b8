package odt

import (
	"fmt"
	"strings"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/table"
	"github.com/qulaq-kz/qulaq/transform/unpack"
	"github.com/qulaq-kz/qulaq/transform/xlsx/grid"
)

// How many rows and columns a sheet can have.
const (
	maxRows    = 1 << 20
	maxColumns = 1 << 14
)

// sheets reads a spreadsheet.
func (r *reader) sheets() error {
	return r.x.Children(func() error {
		if string(r.x.Name) != "table" {
			return nil
		}
		name := unpack.Printable(r.x.Attribute("name"))
		if r.hidden[r.x.Attribute("style-name")] {
			r.found(name, "a hidden sheet", 1)
			return nil
		}
		s := sheet{reader: r, grid: grid.Sheet{Name: name}}
		if err := r.x.Children(s.element); err != nil {
			return fmt.Errorf("sheet %q: %w", name, err)
		}
		g, findings, err := s.grid.Grid(r.left)
		if err != nil {
			return fmt.Errorf("sheet %q: %w", name, err)
		}
		r.doc.Findings = append(r.doc.Findings, findings...)
		if g != nil {
			r.left -= g.Width * len(g.Rows)
			r.doc.Parts = append(r.doc.Parts, table.Part{Grid: g})
		}
		if s.drawn > 0 {
			r.doc.Unread += s.drawn
			r.found(name, fmt.Sprintf("text boxes and pictures: %d; not read", s.drawn), int64(s.drawn))
		}
		return nil
	})
}

func (r *reader) found(sheet, detail string, count int64) {
	r.doc.Findings = append(r.doc.Findings, qulaq.Finding{
		Kind: qulaq.NothingToRead, Subject: sheet, Table: sheet, Detail: detail, Count: count,
	})
}

// sheet is one that is being read.
type sheet struct {
	*reader
	grid   grid.Sheet
	row    int // the next one, from 0
	column int // the next one: of the present row, or of those that are described
	drawn  int // boxes and pictures that lie on it
}

// element reads a child of a sheet, or of what is around several of its rows or columns.
func (s *sheet) element() error {
	switch string(s.x.Name) {
	case "table-header-rows", "table-rows", "table-row-group", "table-header-columns", "table-columns", "table-column-group":
		return s.x.Children(s.element)
	case "shapes":
		return s.x.Children(func() error { s.drawn++; return nil })
	case "table-column":
		n := s.repeated("number-columns-repeated", maxColumns)
		if s.isHidden() {
			s.grid.HideColumns(s.column, s.column+n-1)
		}
		s.column = min(s.column+n, maxColumns)
	case "table-row":
		return s.rows()
	}
	return nil
}

func (s *sheet) isHidden() bool {
	v := s.x.Attribute("visibility")
	return v == "collapse" || v == "filter"
}

func (s *sheet) repeated(attribute string, most int) int {
	return min(max(s.x.Number(attribute), 1), most)
}

// found is a cell of a row with what it covers.
type found struct {
	column, repeated int
	text             string
	columns, rows    int
}

// rows reads a row, which may stand for several that are the same.
func (s *sheet) rows() error {
	n := s.repeated("number-rows-repeated", maxRows)
	if s.isHidden() {
		s.grid.HideRows(s.row, s.row+n-1)
	}
	s.column = 0
	var cells []found
	if err := s.x.Children(func() error {
		name := string(s.x.Name)
		if name != "table-cell" && name != "covered-table-cell" {
			return nil
		}
		c := found{
			column: s.column, repeated: s.repeated("number-columns-repeated", maxColumns),
			columns: s.repeated("number-columns-spanned", maxColumns), rows: s.repeated("number-rows-spanned", maxRows),
		}
		s.column = min(s.column+c.repeated, maxColumns)
		if name == "covered-table-cell" {
			return nil // the text below a merged cell is not seen
		}
		var err error
		if c.text, err = s.text(); c.text != "" {
			cells = append(cells, c)
		}
		return err
	}); err != nil {
		return err
	}
	for _, c := range cells {
		if s.row+n > maxRows || c.column+c.repeated > maxColumns {
			return fmt.Errorf("%w: a cell behind the last that a sheet can have", table.ErrDamaged)
		}
		if s.grid.Cells()+n*c.repeated > s.left { // no more than 2^34
			return fmt.Errorf("%w: more than %d cells", table.ErrTooLarge, s.limits.Cells)
		}
		for i := range n {
			for j := range c.repeated {
				s.grid.Put(s.row+i, c.column+j, c.text)
				if c.columns > 1 || c.rows > 1 {
					s.grid.Merge(s.row+i, c.column+j, s.row+i+c.rows-1, c.column+j+c.columns-1)
				}
			}
		}
	}
	s.row = min(s.row+n, maxRows)
	return nil
}

// text returns what a cell shows; of a number that is shown nowhere its value.
func (s *sheet) text() (string, error) {
	value := s.x.Attribute("value")
	var lines []string
	err := s.x.Children(func() error {
		switch name := string(s.x.Name); {
		case name == "p":
			var b strings.Builder
			err := s.line(&b)
			lines = append(lines, b.String())
			return err
		case isDrawn(name):
			s.drawn++
		}
		return nil
	})
	if len(lines) == 0 {
		return grid.Text(value), err
	}
	return grid.Text(strings.Join(lines, "\n")), err
}

// line reads a paragraph of a cell.
func (s *sheet) line(b *strings.Builder) error {
	if s.hidden[s.x.Attribute("style-name")] {
		return nil
	}
	return s.x.Mixed(func() error {
		switch name := string(s.x.Name); {
		case passed[name]:
			return nil
		case name == "s" || name == "tab":
			b.WriteByte(' ')
		case name == "line-break":
			b.WriteByte('\n')
		}
		return s.line(b)
	}, func(text []byte) { b.WriteString(strings.ReplaceAll(string(text), "\n", " ")) })
}
