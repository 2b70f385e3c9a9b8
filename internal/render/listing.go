package render

import (
	"io"

	"github.com/qulaq-kz/qulaq"
)

// Text is the value of a text of which "" means unknown: nil then, which JSON shows as null.
func Text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// Day is the value of a day, YYYY-MM-DD, or nil when it is not known.
func Day(d qulaq.Day) any {
	if d == 0 {
		return nil
	}
	return d.String()
}

// Listing prints rows as a table for people or, on request, as one JSON object a line. It is not safe for
// concurrent use.
type Listing struct {
	w     io.Writer
	table *Table // nil when JSON is asked for
}

// NewListing begins a listing; format is "json" or anything else for a table with these headings.
func NewListing(w io.Writer, format string, head ...string) *Listing {
	if format == "json" {
		return &Listing{w: w}
	}
	return &Listing{table: NewTable(w, head...)}
}

// Right aligns a column of the table to the right, as numbers are.
func (l *Listing) Right(column int) {
	if l.table != nil {
		l.table.Right(column)
	}
}

// Row prints a row: the object as JSON, or the cells in the table.
func (l *Listing) Row(o Object, cells ...string) error {
	if l.table == nil {
		return WriteLine(l.w, o)
	}
	return l.table.Row(cells...)
}

// Flush writes what was not written yet.
func (l *Listing) Flush() error {
	if l.table == nil {
		return nil
	}
	return l.table.Flush()
}
