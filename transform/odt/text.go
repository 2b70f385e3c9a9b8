package odt

import (
	"strconv"
	"strings"

	"github.com/qulaq-kz/qulaq/transform/flow"
)

// passed are elements that are no text of the document, with all that is in them: what was deleted, comments, notes.
var passed = map[string]bool{
	"tracked-changes": true, "annotation": true, "annotation-end": true, "note": true, "hidden-text": true, "hidden-paragraph": true,
	"ruby-text": true, "forms": true, "sequence-decls": true, "variable-decls": true, "user-field-decls": true, "script": true,
	"named-expressions": true, "table-source": true, "title": true, "desc": true, "event-listeners": true, "glue-point": true,
}

// blocks reads the children of an element that holds paragraphs and tables.
func (r *reader) blocks() error { return r.x.Children(r.block) }

// block reads a paragraph, a table, or what is around several.
func (r *reader) block() error {
	if err := r.b.Err(); err != nil {
		return err
	}
	name := string(r.x.Name)
	switch {
	case passed[name]:
		return nil
	case name == "list":
		return r.list()
	case name == "p" || name == "h":
		if number := r.lists.take(); number != "" && !r.hidden[r.x.Attribute("style-name")] {
			r.b.Label(number)
		}
		err := r.inline()
		r.b.EndParagraph()
		return err
	case name == "table" || name == "sub-table":
		return r.table()
	case name == "section" && r.x.Attribute("display") == "none":
		return nil
	case isDrawn(name):
		return r.drawing()
	}
	return r.blocks() // sections, tables of contents
}

// inline reads the text of a paragraph, or of what stands in one.
func (r *reader) inline() error {
	if r.hidden[r.x.Attribute("style-name")] {
		return nil
	}
	return r.x.Mixed(func() error {
		name := string(r.x.Name)
		switch {
		case passed[name]:
			return nil
		case name == "s" || name == "tab":
			r.b.Text([]byte(" "))
		case name == "line-break":
			r.b.Break()
		case name == "soft-hyphen":
			return nil
		case isDrawn(name):
			return r.drawing()
		case name == "p" || name == "h" || name == "table" || name == "list" || name == "section": // of a field that holds whole paragraphs
			return r.block()
		}
		return r.inline()
	}, r.b.Text)
}

// drawn are frames and shapes.
var drawn = map[string]bool{
	"frame": true, "g": true, "custom-shape": true, "rect": true, "ellipse": true, "line": true, "polygon": true, "polyline": true,
	"path": true, "connector": true, "caption": true, "control": true, "regular-polygon": true, "circle": true,
}

func isDrawn(name string) bool { return drawn[name] }

// largePicture is the area, in square points, from which on a picture may be a page of text: three tenths of an A4 sheet.
const largePicture = 0.3 * 595 * 842

// drawing reads a frame or a shape: its text stands beside the paragraph, a large picture is unread.
func (r *reader) drawing() error {
	area := points(r.x.Attribute("width")) * points(r.x.Attribute("height"))
	counted := false // a frame may hold one thing in several forms
	r.b.Aside()
	err := r.x.Children(func() error {
		switch name := string(r.x.Name); {
		case passed[name]:
			return nil
		case name == "image" || name == "object" || name == "object-ole" || name == "plugin":
			if area >= largePicture && !counted {
				counted = true
				r.doc.Unread++
			}
			return nil
		case name == "text-box":
			return r.blocks()
		}
		return r.block()
	})
	r.b.EndAside()
	return err
}

// units are the lengths of OpenDocument in points.
var units = map[string]float64{"cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72, "pt": 1, "pc": 12, "px": 0.75, "inch": 72}

// points reads a length; 0 when it is none.
func points(length string) float64 {
	digits := strings.TrimRight(length, "abcdefghijklmnopqrstuvwxyz")
	n, err := strconv.ParseFloat(digits, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n * units[length[len(digits):]]
}

// lay says which columns of a table's present row are covered by cells of the rows above.
type lay struct {
	row, column int
	until       []int // column → the first row that is not covered
}

// table reads a table of a text.
func (r *reader) table() error {
	if r.hidden[r.x.Attribute("style-name")] {
		return nil
	}
	r.tables = append(r.tables, &lay{})
	r.b.Table()
	err := r.x.Children(r.tablePart)
	r.b.EndTable()
	r.tables = r.tables[:len(r.tables)-1]
	return err
}

func (r *reader) tablePart() error {
	if err := r.b.Err(); err != nil {
		return err
	}
	l := r.tables[len(r.tables)-1]
	switch string(r.x.Name) {
	case "table-row":
		r.b.Row()
		l.column = 0
		err := r.x.Children(r.cell)
		r.b.EndRow()
		l.row++
		return err
	case "table-header-rows", "table-rows", "table-row-group":
		return r.x.Children(r.tablePart)
	}
	return nil
}

// cell reads a cell, or one that another covers.
func (r *reader) cell() error {
	if err := r.b.Err(); err != nil {
		return err
	}
	name := string(r.x.Name)
	if name != "table-cell" && name != "covered-table-cell" {
		return nil
	}
	l := r.tables[len(r.tables)-1]
	c := flow.Cell{Columns: r.span("number-columns-spanned"), Rows: r.span("number-rows-spanned")}
	for i := range min(max(r.x.Number("number-columns-repeated"), 1), r.limits.Columns) {
		if name == "covered-table-cell" && l.covered() {
			l.column++
			continue
		}
		// What nothing covers, though it is said to be covered, is a cell of its own: else all that follow it would move.
		l.place(c)
		r.b.Cell(c)
		if i == 0 && name == "table-cell" { // Writer repeats empty cells alone
			if err := r.blocks(); err != nil {
				return err
			}
		}
		r.b.EndCell()
	}
	return nil
}

// span reads how many columns or rows a cell covers.
func (r *reader) span(attribute string) int {
	return min(max(r.x.Number(attribute), 1), r.limits.Cells)
}

// covered says whether a cell of this row or one above covers the next column.
func (l *lay) covered() bool { return l.column < len(l.until) && l.until[l.column] > l.row }

// place puts a cell at the next column.
func (l *lay) place(c flow.Cell) {
	for at := l.column; at < l.column+min(c.Columns, maxColumns) && at < maxColumns; at++ {
		for len(l.until) <= at {
			l.until = append(l.until, 0)
		}
		l.until[at] = l.row + c.Rows
	}
	l.column++
}
