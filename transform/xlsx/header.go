package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// headerWithin is how many rows, blank ones aside, are looked at for the header.
const headerWithin = 32

// findHeader reads rows until the header is known, and keeps those behind it. It returns false when the
// sheet holds no table: nothing at all, or notes.
//
// Reports begin with a title, with the name of a period beside its value, with an empty row. The header is
// the first row that
//
//   - has at least two cells, and half as many as the row of middle width is wide, so that a title is none;
//   - has text in all of them, three quarters of it different, so that a row of data is none;
//   - has more cells than any row above it, so that a table without a header does not lose its first rows.
func (s *sheet) findHeader() (bool, error) {
	var rows []row
	var widths []int
	for size := 0; len(rows) < headerWithin && size < s.book.limits.BlockBytes; {
		var r row
		err := s.read(&r)
		if err == io.EOF {
			s.ended = true
			break
		}
		if err != nil {
			return false, err
		}
		if !r.blank() {
			rows = append(rows, r)
			widths = append(widths, r.width())
			size += len(r.data)
		}
	}
	if len(rows) == 0 {
		return false, nil
	}
	middle := slices.Sorted(slices.Values(widths))[len(widths)/2]
	most := 1 // cells of a row above the one looked at
	for i := range rows {
		cells := len(rows[i].cells)
		if cells > most && 2*cells >= middle && namesColumns(&rows[i]) {
			s.ahead = rows[i+1:]
			return true, s.setHeader(&rows[i])
		}
		most = max(most, cells)
	}
	if most == 1 {
		s.book.skip(s.name, "notes: no row has two cells")
		return false, nil
	}
	return false, s.book.contract(s.name, errors.New("no row looks like a header of the table"),
		"put the names of the columns into the first row, or remove the sheet")
}

// namesColumns says whether a row's cells could be names.
func namesColumns(r *row) bool {
	different := map[string]bool{}
	for _, c := range r.cells {
		if !c.words {
			return false
		}
		different[string(bytes.TrimSpace(r.text(c)))] = true
	}
	return !r.large && 4*len(different) >= 3*len(r.cells)
}

func (s *sheet) setHeader(r *row) error {
	if _, flaw := s.flaw(r); flaw != "" {
		return s.book.contract(s.name, fmt.Errorf("the header, row %d: %s", r.line, flaw), "")
	}
	width := r.width()
	if most := s.book.limits.Columns; width > most {
		return s.book.contract(s.name, fmt.Errorf("the header has %d columns, more than the limit of %d", width, most), "")
	}
	s.header = make([]string, width)
	for _, c := range r.cells {
		if c.column < width {
			s.header[c.column] = strings.TrimSpace(string(r.text(c)))
		}
	}
	return nil
}
