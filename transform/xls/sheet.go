package xls

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/qulaq-kz/qulaq/transform/table"
	"github.com/qulaq-kz/qulaq/transform/xlsx/grid"
	"github.com/qulaq-kz/qulaq/transform/xlsx/number"
)

// sheet is one that is being read.
type sheet struct {
	book *book
	grid grid.Sheet
	most int    // cells it may have
	said bool   // the next STRING is the value of the formula at:
	at   [2]int // row and column

	kind     uint16   // of the drawn object read last
	boxes    []string // texts of boxes that lie on the sheet, in the order in which they were drawn
	pictures int      // that lie on the sheet
}

// read reads the records of the sheet that begins at start. Charts that lie on it, sheets of their own inside
// it, are passed over.
func (s *sheet) read(start int) error {
	b := s.book
	r := records{data: b.stream[:min(len(b.stream), start+b.left)], pos: start}
	defer func() { b.left -= r.pos - start }()
	for depth := 0; ; {
		ok, err := r.next()
		if err != nil {
			return err
		}
		if !ok {
			return damaged("the sheet has no end")
		}
		switch {
		case r.kind == recBOF:
			depth++
		case depth == 0:
			return damaged("the sheet does not begin where the workbook says")
		case r.kind == recEOF:
			if depth--; depth == 0 {
				return nil
			}
		case depth == 1:
			if err := s.record(&r); err != nil {
				if errors.Is(err, errShort) {
					err = damaged("record %#x: %w", r.kind, err)
				}
				return err
			}
		}
	}
}

func (s *sheet) record(r *records) error {
	c := r.cursor()
	switch r.kind {
	case recRow:
		return s.row(c)
	case recColInfo:
		return s.columns(c)
	case recMergedCells:
		return s.merged(c)
	case recObject:
		s.object(c)
		return nil
	case recObjectText:
		s.objectText(c)
		return nil
	case recMulRK:
		return s.multiple(c)
	case recString:
		if !s.said {
			return nil
		}
		s.said = false
		text, err := s.book.text(&c, 2)
		return errors.Join(err, s.put(s.at[0], s.at[1], text))
	case recLabelSST, recLabel, recRString, recNumber, recRK, recBoolErr, recFormula:
	default:
		return nil
	}
	row, err := c.u16()
	if err != nil {
		return err
	}
	column, err := c.u16()
	if err != nil {
		return err
	}
	style, err := c.u16()
	if err != nil {
		return err
	}
	text, err := s.value(r.kind, &c, style, row, column)
	if err != nil {
		return err
	}
	return s.put(row, column, text)
}

func (s *sheet) put(row, column int, text string) error {
	if s.grid.Cells() >= s.most {
		return fmt.Errorf("more than %d cells: %w", s.most, table.ErrTooLarge)
	}
	s.grid.Put(row, column, text)
	return nil
}

// value reads what stands behind place and style of a cell.
func (s *sheet) value(kind uint16, c *cursor, style, row, column int) (string, error) {
	switch kind {
	case recLabelSST:
		i, err := c.u32()
		if err == nil && int64(i) >= int64(len(s.book.strings)) {
			err = damaged("row %d refers to the shared string %d, which is not there", row+1, i)
		}
		if err != nil {
			return "", err
		}
		return s.book.strings[i], nil
	case recLabel, recRString: // the runs of rich text behind it are not looked at
		return s.book.text(c, 2)
	case recRK:
		rk, err := c.u32()
		return s.number(unpackRK(rk), style), err
	case recNumber:
		b, err := c.take(8)
		if err != nil {
			return "", err
		}
		return s.number(math.Float64frombits(le.Uint64(b)), style), nil
	case recBoolErr:
		b, err := c.take(2)
		if err != nil || b[1] != 0 { // #N/A: no value
			return "", err
		}
		return truth(b[0]), nil
	}
	b, err := c.take(8)
	if err != nil {
		return "", err
	}
	s.said = false
	if b[6] != 0xFF || b[7] != 0xFF {
		return s.number(math.Float64frombits(le.Uint64(b)), style), nil
	}
	const text, boolean = 0, 1 // a formula's value that is no number (2.5.133)
	switch b[0] {
	case text:
		s.said, s.at = true, [2]int{row, column}
	case boolean:
		return truth(b[2]), nil
	}
	return "", nil
}

func truth(b byte) string {
	if b == 0 {
		return "FALSE"
	}
	return "TRUE"
}

func (s *sheet) number(f float64, style int) string {
	return string(number.AppendFloat(nil, f, s.book.look(style), s.book.from1904))
}

// unpackRK reads a number that was packed into four bytes (2.5.217): the upper bits of a float or an integer,
// perhaps a hundredfold.
func unpackRK(rk uint32) float64 {
	const hundredfold, whole = 1, 2
	var f float64
	if rk&whole != 0 {
		f = float64(int32(rk) >> 2)
	} else {
		f = math.Float64frombits(uint64(rk&^3) << 32)
	}
	if rk&hundredfold != 0 {
		f /= 100
	}
	return f
}

// multiple reads numbers that stand side by side (2.4.175).
func (s *sheet) multiple(c cursor) error {
	row, err := c.u16()
	if err != nil {
		return err
	}
	column, err := c.u16()
	if err != nil {
		return err
	}
	for ; len(c.now) >= 8; column++ { // behind them stands the last column
		style, err := c.u16()
		if err != nil {
			return err
		}
		rk, err := c.u32()
		if err != nil {
			return err
		}
		if err := s.put(row, column, s.number(unpackRK(rk), style)); err != nil {
			return err
		}
	}
	return nil
}

// row reads whether a row is hidden (2.4.221).
func (s *sheet) row(c cursor) error {
	const hidden = 0x20
	row, err := c.u16()
	if err != nil {
		return err
	}
	b, err := c.take(11) // the flags are at the end
	if err != nil {
		return err
	}
	if b[10]&hidden != 0 {
		s.grid.HideRows(row, row)
	}
	return nil
}

// columns reads whether columns are hidden (2.4.53).
func (s *sheet) columns(c cursor) error {
	b, err := c.take(10)
	if err != nil {
		return err
	}
	if b[8]&1 != 0 {
		s.grid.HideColumns(int(le.Uint16(b)), int(le.Uint16(b[2:])))
	}
	return nil
}

// merged reads merged areas (2.4.168).
func (s *sheet) merged(c cursor) error {
	count, err := c.u16()
	if err != nil {
		return err
	}
	for range count {
		b, err := c.take(8)
		if err != nil {
			return err
		}
		if s.grid.Areas() >= s.most {
			return fmt.Errorf("more than %d merged cells: %w", s.most, table.ErrTooLarge)
		}
		n := func(i int) int { return int(le.Uint16(b[2*i:])) }
		s.grid.Merge(n(0), n(2), n(1), n(3))
	}
	return nil
}

// object counts pictures (2.4.181; the kind is in 2.5.143). BIFF5 has another layout, and nothing depends on it.
func (s *sheet) object(c cursor) {
	const common, picture = 0x15, 8
	s.kind = 0
	if b, err := c.take(6); err == nil && le.Uint16(b) == common {
		s.kind = le.Uint16(b[4:])
	}
	if s.kind == picture {
		s.pictures++
	}
}

// objectText reads texts of drawn objects (2.4.329), other than notes to cells: the number of characters, and in the record
// that goes on the characters.
func (s *sheet) objectText(c cursor) {
	const note, sizes = 0x19, 18
	b, err := c.take(sizes)
	if err != nil || s.kind == note || le.Uint16(b[10:]) == 0 {
		return
	}
	text, err := unicodeText(&c, int(le.Uint16(b[10:])))
	if err != nil || len(s.boxes) >= maxBoxes {
		s.pictures++
		return
	}
	s.boxes = append(s.boxes, strings.Split(text, "\n")...)
}

// maxBoxes is how many lines are read of the text boxes of a sheet, or one box more.
const maxBoxes = 1000
