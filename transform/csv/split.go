package csv

import (
	"bytes"

	"github.com/qulaq-kz/qulaq/transform/table"
)

// splitter finds the fields of one record. It is the innermost loop of a load, so it looks for bytes
// with bytes.IndexByte (vector instructions) instead of stepping through them.
type splitter struct {
	sep    byte
	quoted bool
	// oneLine forbids quoted fields to cross a line end: set once a quote was found that never closes.
	oneLine bool

	cells   []table.Span // of the current record, without quotes
	escaped []int        // cells that hold doubled quotes
	crosses bool         // a field of the current record crosses a line end
}

type recordState uint8

const (
	recordWhole    recordState = iota // ended with a line end, or with the data when that is all there is
	recordCut                         // the data ends before the record does
	recordUnclosed                    // the data ends inside a quoted field and there is no more
)

// record splits the record that begins at data[pos], appending its cells, and returns where the next one
// begins. last says that no bytes follow data.
func (s *splitter) record(data []byte, pos int, last bool) (next int, state recordState) {
	s.escaped, s.crosses = s.escaped[:0], false
	lineEnd, next, ok := lineFrom(data, pos, last)
	if !ok {
		return 0, recordCut
	}
	for {
		if s.quoted && pos < lineEnd && data[pos] == '"' {
			closing, escaped := s.closing(data, pos+1, lineEnd, last)
			if closing < 0 {
				if !last {
					return 0, recordCut
				}
				return next, recordUnclosed
			}
			if escaped {
				s.escaped = append(s.escaped, len(s.cells))
			}
			s.cells = append(s.cells, table.Span{Start: uint32(pos + 1), End: uint32(closing)})
			pos = closing + 1
			if pos > lineEnd { // the field crossed line ends
				s.crosses = true
				if lineEnd, next, ok = lineFrom(data, pos, last); !ok {
					return 0, recordCut
				}
			}
			if pos >= lineEnd {
				return next, recordWhole
			}
			pos++ // the separator
			continue
		}
		i := bytes.IndexByte(data[pos:lineEnd], s.sep)
		if i < 0 {
			s.cells = append(s.cells, table.Span{Start: uint32(pos), End: uint32(lineEnd)})
			return next, recordWhole
		}
		s.cells = append(s.cells, table.Span{Start: uint32(pos), End: uint32(pos + i)})
		pos += i + 1
	}
}

// lineFrom returns where the line that holds pos ends (before \r\n or \n) and where the next begins.
func lineFrom(data []byte, pos int, last bool) (end, next int, ok bool) {
	i := bytes.IndexByte(data[pos:], '\n')
	switch {
	case i >= 0:
		end, next = pos+i, pos+i+1
	case last:
		end, next = len(data), len(data)
	default:
		return 0, 0, false
	}
	if end > pos && data[end-1] == '\r' {
		end--
	}
	return end, next, true
}

// closing returns the position of the quote that ends the field whose text begins at from, or -1. A quote
// ends a field only before a separator or a line end: exports hold «"Қазақтелеком" АҚ» in quotes that
// nobody doubled.
func (s *splitter) closing(data []byte, from, lineEnd int, last bool) (at int, escaped bool) {
	limit := len(data)
	if s.oneLine {
		limit = lineEnd
	}
	for pos := from; pos < limit; {
		i := bytes.IndexByte(data[pos:limit], '"')
		if i < 0 {
			return -1, false
		}
		q := pos + i
		if q+1 >= len(data) {
			if last {
				return q, escaped
			}
			return -1, false
		}
		switch c := data[q+1]; {
		case c == '"':
			escaped = true
			pos = q + 2
		case c == s.sep || c == '\n':
			return q, escaped
		case c == '\r':
			if q+2 >= len(data) && !last {
				return -1, false
			}
			if q+2 >= len(data) || data[q+2] == '\n' {
				return q, escaped
			}
			pos = q + 1
		default:
			pos = q + 1
		}
	}
	return -1, false
}

// unescape turns doubled quotes of a cell into single ones, in place.
func unescape(data []byte, c table.Span) table.Span {
	text := data[c.Start:c.End]
	written, read := 0, 0
	for read < len(text) {
		upTo := len(text)
		if i := bytes.IndexByte(text[read:], '"'); i >= 0 {
			upTo = read + i + 1
		}
		written += copy(text[written:], text[read:upTo])
		if read = upTo; read < len(text) && text[read] == '"' {
			read++
		}
	}
	return table.Span{Start: c.Start, End: c.Start + uint32(written)}
}
