package xls

import (
	"errors"
	"fmt"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"

	"github.com/qulaq-kz/qulaq/transform/table"
	"github.com/qulaq-kz/qulaq/transform/unpack"
	"github.com/qulaq-kz/qulaq/transform/xlsx/number"
)

// book is what stands before the sheets.
type book struct {
	stream   []byte
	left     int // bytes of the stream that sheets to come may have; they do not overlap
	biff8    bool
	page     encoding.Encoding // of BIFF5
	from1904 bool
	strings  []string
	own      map[int]number.Look // formats the workbook spells out
	formats  []int               // of each style of cells
	sheets   []sheetRef
}

// sheetRef is a sheet as the workbook lists it.
type sheetRef struct {
	name   string
	start  int // of its records in the stream
	hidden bool
	cells  bool // a sheet of cells, not a chart or a macro
}

const (
	biff5 = 0x0500
	biff8 = 0x0600
)

// openBook reads the records before the sheets.
func openBook(stream []byte) (*book, error) {
	b := &book{stream: stream, left: len(stream), page: charmap.Windows1251, own: map[int]number.Look{}}
	r := records{data: stream}
	if ok, err := r.next(); err != nil {
		return nil, err
	} else if !ok || r.kind != recBOF || len(r.body) < 4 {
		return nil, fmt.Errorf("the stream does not begin as one of Excel 5 or later: %w", table.ErrFormat)
	}
	switch version := le.Uint16(r.body); version {
	case biff5, biff8:
		b.biff8 = version == biff8
	default:
		return nil, fmt.Errorf("a workbook of version %#x: %w", version, table.ErrFormat)
	}
	for {
		ok, err := r.next()
		if err != nil {
			return nil, err
		}
		if !ok || r.kind == recEOF {
			return b, nil
		}
		if err := b.global(&r); err != nil {
			if errors.Is(err, errShort) {
				err = damaged("record %#x before the sheets: %w", r.kind, err)
			}
			return nil, err
		}
	}
}

func (b *book) global(r *records) error {
	c := r.cursor()
	switch r.kind {
	case recFilePass:
		return table.ErrEncrypted
	case recCodePage:
		n, err := c.u16()
		if page, ok := codePages[n]; ok {
			b.page = page
		}
		return err
	case recDate1904:
		n, err := c.u16()
		b.from1904 = n == 1
		return err
	case recSST:
		return b.shared(c)
	case recFormat:
		id, err := c.u16()
		if err != nil {
			return err
		}
		length := 1
		if b.biff8 {
			length = 2
		}
		code, err := b.text(&c, length)
		b.own[id] = number.LookOf(code)
		return err
	case recXF:
		if _, err := c.u16(); err != nil { // the font
			return err
		}
		id, err := c.u16()
		b.formats = append(b.formats, id)
		return err
	case recBoundSheet:
		return b.sheet(c)
	}
	return nil
}

// sheet reads a line of the list of sheets (2.4.28).
func (b *book) sheet(c cursor) error {
	start, err := c.u32()
	if err != nil {
		return err
	}
	state, err := c.u8()
	if err != nil {
		return err
	}
	kind, err := c.u8()
	if err != nil {
		return err
	}
	name, err := b.text(&c, 1)
	if err != nil {
		return err
	}
	if int64(start) > int64(len(b.stream)) {
		return damaged("sheet %q is behind the end", unpack.Printable(name))
	}
	b.sheets = append(b.sheets, sheetRef{
		name: unpack.Printable(name), start: int(start), hidden: state&3 != 0, cells: kind == 0,
	})
	return nil
}

// look returns what the format of a style makes of numbers.
func (b *book) look(style int) number.Look {
	if style >= len(b.formats) {
		return number.Plain
	}
	if l, ok := b.own[b.formats[style]]; ok {
		return l
	}
	return number.BuiltIn(b.formats[style])
}
