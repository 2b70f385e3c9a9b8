package xls

import (
	"fmt"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"

	"github.com/qulaq-kz/qulaq/transform/xlsx/grid"
)

// codePages are the encodings of BIFF5 files by the number in the CODEPAGE record. A file that names none, or
// another one, is taken for a Russian one. The first 128 characters are the same in all.
var codePages = map[int]encoding.Encoding{
	866: charmap.CodePage866, 1250: charmap.Windows1250, 1251: charmap.Windows1251, 1252: charmap.Windows1252,
	1253: charmap.Windows1253, 1254: charmap.Windows1254, 1257: charmap.Windows1257,
	10000: charmap.Macintosh, 10007: charmap.MacintoshCyrillic, 0x8000: charmap.Macintosh, 0x8001: charmap.Windows1252,
}

// text reads a string whose length, one or two bytes of it, stands before it.
func (b *book) text(c *cursor, lengthBytes int) (string, error) {
	var n int
	var err error
	if lengthBytes == 1 {
		var short byte
		short, err = c.u8()
		n = int(short)
	} else {
		n, err = c.u16()
	}
	if err != nil {
		return "", err
	}
	if b.biff8 {
		return unicodeText(c, n)
	}
	raw, err := c.take(n)
	if err != nil {
		return "", err
	}
	decoded, err := b.page.NewDecoder().Bytes(raw)
	if err != nil {
		return "", damaged("a string that is not in the code page")
	}
	return grid.Text(string(decoded)), nil
}

// unicodeText reads n characters of a BIFF8 string (2.5.293, 2.5.294) and passes over what may stand behind
// them: the runs of rich text, and how it is pronounced.
func unicodeText(c *cursor, n int) (string, error) {
	const wide, extended, rich = 1, 4, 8
	flags, err := c.u8()
	if err != nil {
		return "", err
	}
	behind := int64(0)
	if flags&rich != 0 {
		runs, err := c.u16()
		if err != nil {
			return "", err
		}
		behind += 4 * int64(runs)
	}
	if flags&extended != 0 {
		size, err := c.u32()
		if err != nil {
			return "", err
		}
		behind += int64(size)
	}
	var out []byte
	var units []uint16
	for n > 0 {
		if len(c.now) == 0 { // the string goes on in the next piece, perhaps in the other width
			if !c.turn() {
				return "", errShort
			}
			if flags, err = c.u8(); err != nil {
				return "", err
			}
		}
		width := 1 + int(flags&wide)
		here := min(n, len(c.now)/width)
		if here == 0 && len(c.now) > 0 {
			return "", fmt.Errorf("a character is split: %w", errShort)
		}
		for i := range here {
			if width == 1 {
				units = append(units, uint16(c.now[i]))
			} else {
				units = append(units, le.Uint16(c.now[2*i:]))
			}
		}
		c.now = c.now[here*width:]
		n -= here
	}
	for _, r := range utf16.Decode(units) {
		out = utf8.AppendRune(out, r)
	}
	return grid.Text(string(out)), c.skip(behind)
}

// shared reads the table of strings that cells refer to (SST). A file whose table is shorter than it says is
// read as far as it goes: a cell that refers to more is found out.
func (b *book) shared(c cursor) error {
	if err := c.skip(4); err != nil { // how often they are used
		return err
	}
	count, err := c.u32()
	if err != nil {
		return err
	}
	for range count {
		if !c.turn() {
			return nil
		}
		text, err := b.text(&c, 2)
		if err != nil {
			return fmt.Errorf("shared string %d: %w", len(b.strings), err)
		}
		b.strings = append(b.strings, text)
	}
	return nil
}
