package xlsx

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/table"
	"github.com/qulaq-kz/qulaq/transform/xlsx/number"
)

// maxColumns is how many columns a sheet can have: A to XFD.
const maxColumns = 16384

// sheet reads the rows of one sheet. It is a table.Reader.
type sheet struct {
	book   *Workbook
	name   string
	x      *scanner
	header []string
	ahead  []row // rows behind the header that were read to find it
	ended  bool  // and there are no others
	row    row   // the next row, when waiting
	ready  bool
	last   int64  // number of the row read last
	value  []byte // of the present cell
	err    error
}

// row is one row of a sheet: its cells that are not empty, in order.
type row struct {
	line  int64
	data  []byte
	cells []cell
	large bool // beyond the limit of a record; data is cut
}

// cell is a cell that is not empty.
type cell struct {
	column int // from 0
	text   table.Span
	words  bool // text, not a number, a date or a truth value
}

func (r *row) text(c cell) []byte { return r.data[c.text.Start:c.text.End] }

// blank says whether a row holds nothing but space.
func (r *row) blank() bool { return !r.large && len(bytes.TrimSpace(r.data)) == 0 }

func (r *row) reset(line int64) { *r = row{line: line, data: r.data[:0], cells: r.cells[:0]} }

// Header returns the names of the columns, trimmed of space; a column without a name has "". Cells beyond
// the last name are no part of the table.
func (s *sheet) Header() []string { return s.header }

// Read fills b with the next rows, see table.Reader. Blank rows are passed over. A row that is shorter than
// the header is filled with empty cells; one with cells beyond it, with a zero byte, with bytes that are no
// UTF-8, or beyond the limit of a record is in b.Bad.
func (s *sheet) Read(b *table.Block) error {
	b.Reset(len(s.header))
	size := 0 // of the block, with the rows that are none
	for s.err == nil {
		if !s.ready {
			if s.err = s.next(); s.err != nil {
				break
			}
			s.ready = true
		}
		reason, detail := s.judge(&s.row)
		cost := len(s.row.data)
		if reason != "" {
			cost = min(cost, table.MaxRaw)
		}
		rows := b.Rows() + len(b.Bad)
		if rows == table.MaxRows || rows > 0 && size+cost > s.book.limits.BlockBytes {
			return nil
		}
		size += cost
		s.ready = false
		if reason != "" {
			b.Bad = append(b.Bad, qulaq.Reject{Line: s.row.line, Reason: reason, Detail: detail, Raw: s.row.raw()})
			continue
		}
		s.put(b)
	}
	if s.err == io.EOF && b.Rows()+len(b.Bad) > 0 {
		return nil // the end is told by the next call
	}
	if s.err != io.EOF {
		b.Reset(len(s.header))
	}
	return s.err
}

// put appends the present row to a block.
func (s *sheet) put(b *table.Block) {
	cells := s.row.cells
	for column := range s.header {
		var text []byte
		if len(cells) > 0 && cells[0].column == column {
			text, cells = s.row.text(cells[0]), cells[1:]
		}
		b.AppendCell(text)
	}
	b.EndRow(s.row.line)
}

// judge says why a row is none of the table; "" for a good one.
func (s *sheet) judge(r *row) (qulaq.Reason, string) {
	if reason, detail := s.flaw(r); reason != "" {
		return reason, detail
	}
	if width := r.width(); width > len(s.header) {
		return qulaq.FieldCount, fmt.Sprintf("%d fields, the header has %d", width, len(s.header))
	}
	return "", ""
}

// flaw says what is wrong with a row in itself.
func (s *sheet) flaw(r *row) (qulaq.Reason, string) {
	switch {
	case r.large:
		return qulaq.TooLarge, fmt.Sprintf("more than %d bytes", s.book.limits.RecordBytes)
	case !utf8.Valid(r.data):
		return qulaq.BadEncoding, "bytes that are no UTF-8"
	case bytes.IndexByte(r.data, 0) >= 0:
		return qulaq.NulByte, "a zero byte in a cell"
	}
	return "", ""
}

// width is the number of columns up to the last that holds more than space.
func (r *row) width() int {
	for i := len(r.cells) - 1; i >= 0; i-- {
		if len(bytes.TrimSpace(r.text(r.cells[i]))) > 0 {
			return r.cells[i].column + 1
		}
	}
	return 0
}

// raw shows a row to people: cells between tabs, cut to table.MaxRaw bytes.
func (r *row) raw() string {
	var b strings.Builder
	column := 0
	for _, c := range r.cells {
		for ; column < c.column; column++ {
			b.WriteByte('\t')
		}
		b.Write(r.text(c))
		if b.Len() > table.MaxRaw {
			break
		}
	}
	text := b.String()
	if len(text) > table.MaxRaw {
		cut := table.MaxRaw
		for cut > table.MaxRaw-utf8.UTFMax && !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = text[:cut]
	}
	return strings.ToValidUTF8(text, "?")
}

// next makes the next row that is not blank the present one. It returns io.EOF behind the last.
func (s *sheet) next() error {
	if len(s.ahead) > 0 {
		s.row, s.ahead = s.ahead[0], s.ahead[1:]
		return nil
	}
	if s.ended {
		return io.EOF
	}
	for {
		if err := s.read(&s.row); err != nil {
			return err
		}
		if !s.row.blank() {
			return nil
		}
	}
}

// read reads the next <row> of the sheet.
func (s *sheet) read(r *row) error {
	for {
		t, err := s.x.next()
		switch {
		case err != nil:
			return s.book.fault(s.name, err)
		case t == documentEnd:
			return io.EOF
		case t == elementStart && string(s.x.name) == "row":
			return s.book.fault(s.name, s.readRow(r))
		}
	}
}

func (s *sheet) readRow(r *row) error {
	line, err := s.lineOf(s.x.attr("r"))
	if err != nil {
		return err
	}
	s.last = line
	r.reset(line)
	column := -1
	for level := s.x.depth(); s.x.depth() >= level; {
		t, err := s.x.next()
		if err != nil {
			return err
		}
		if t != elementStart || string(s.x.name) != "c" {
			continue
		}
		if column, err = columnOf(s.x.attr("r"), line, column); err != nil {
			return err
		}
		if err := s.readCell(r, column); err != nil {
			return err
		}
	}
	s.book.shown += int64(len(r.data))
	if s.book.shown > s.book.limits.UnpackedBytes {
		return sizeError(fmt.Sprintf("cells of more than %d bytes in all", s.book.limits.UnpackedBytes))
	}
	return nil
}

// lineOf reads the number of a row; one without a number follows the row before.
func (s *sheet) lineOf(ref []byte) (int64, error) {
	if ref == nil {
		return s.last + 1, nil
	}
	line, err := strconv.ParseInt(string(ref), 10, 64)
	if err != nil || line <= s.last {
		return 0, markupError(fmt.Sprintf("row %.20q behind row %d", ref, s.last))
	}
	return line, nil
}

// columnOf reads a reference such as BC12, that must stand in this row and right of the column before.
// A cell without a reference follows the one before.
func columnOf(ref []byte, line int64, before int) (int, error) {
	column := before + 1
	if ref != nil {
		column = 0
		letters := ref
		for len(letters) > 0 && 'A' <= letters[0] && letters[0] <= 'Z' && column < maxColumns {
			column = column*26 + int(letters[0]-'A') + 1
			letters = letters[1:]
		}
		column--
		if n, err := strconv.ParseInt(string(letters), 10, 64); err != nil || n != line {
			return 0, markupError(fmt.Sprintf("cell %.20q in row %d", ref, line))
		}
	}
	if column <= before || column >= maxColumns {
		return 0, markupError(fmt.Sprintf("cell %.20q of row %d is out of place", ref, line))
	}
	return column, nil
}

// readCell reads the <c> that is the present token, and appends it when it is not empty.
func (s *sheet) readCell(r *row, column int) error {
	kind := cellKind(s.x.attr("t"))
	style := s.x.attr("s")
	l := number.Plain
	if style != nil && kind == "n" {
		if i, err := strconv.Atoi(string(style)); err == nil && 0 <= i && i < len(s.book.looks) {
			l = s.book.looks[i]
		}
	}
	s.value = s.value[:0]
	most := s.book.limits.RecordBytes
	for level := s.x.depth(); s.x.depth() >= level; {
		t, err := s.x.next()
		if err == nil && t == elementStart {
			switch string(s.x.name) {
			case "v":
				s.value, err = s.x.content(s.value, most)
			case "is":
				s.value, err = richText(s.x, s.value, most)
			default: // <f>, the formula: its value stands beside it
				err = s.x.skip()
			}
		}
		if err != nil {
			return err
		}
	}
	if len(s.value) == 0 || r.large {
		return nil
	}
	start := len(r.data)
	if err := s.show(r, kind, l); err != nil {
		return err
	}
	if len(r.data) > most {
		r.large = true
		r.data = r.data[:most]
	}
	if len(r.data) > start {
		span := table.Span{Start: uint32(start), End: uint32(len(r.data))}
		r.cells = append(r.cells, cell{column, span, kind == "s" || kind == "str" || kind == "inlineStr"})
	}
	return nil
}

// cellKind returns the type of a cell without holding on to the tag. Numbers need not say theirs.
func cellKind(t []byte) string {
	switch string(t) {
	case "s":
		return "s"
	case "str":
		return "str"
	case "inlineStr":
		return "inlineStr"
	case "b":
		return "b"
	case "e":
		return "e"
	case "d":
		return "d"
	}
	return "n"
}

// show appends the present value to a row as text.
func (s *sheet) show(r *row, kind string, l number.Look) error {
	switch kind {
	case "s":
		i, err := strconv.Atoi(string(bytes.TrimSpace(s.value)))
		text, ok := s.book.strings.get(i)
		if err != nil || !ok {
			return markupError(fmt.Sprintf("row %d refers to the shared string %.20q, which is not there", r.line, s.value))
		}
		r.data = append(r.data, text...)
	case "str", "inlineStr":
		r.data = appendText(r.data, s.value)
	case "b":
		text := "FALSE"
		if isTrue(bytes.TrimSpace(s.value)) {
			text = "TRUE"
		}
		r.data = append(r.data, text...)
	case "e": // #N/A: no value
	case "d":
		r.data = number.AppendISO(r.data, s.value)
	default:
		r.data = number.Append(r.data, s.value, l, s.book.from1904)
	}
	return nil
}
