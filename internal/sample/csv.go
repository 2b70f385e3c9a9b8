package sample

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// sink writes rows of cells in some layout. The heading is the first row.
type sink interface {
	heading(columns []column) error
	row(cells [][]byte) error
	close() error // writes what is left; the writer below stays open
}

// bufferBytes is how much a sink gathers before it writes.
const bufferBytes = 256 << 10

// csvSink writes delimited text.
type csvSink struct {
	w         io.Writer
	separator byte
	quoting   Quoting
	encoding  Encoding
	lineEnd   string
	buffer    []byte
	encoded   []byte // the buffer in windows-1251
}

func newCSVSink(w io.Writer, s Spec) *csvSink {
	c := &csvSink{w: w, separator: s.Separator, quoting: s.Quoting, encoding: s.Encoding, lineEnd: "\n"}
	if s.CRLF {
		c.lineEnd = "\r\n"
	}
	if s.Encoding == UTF8BOM {
		c.buffer = append(c.buffer, "\ufeff"...)
	}
	return c
}

func (c *csvSink) heading(columns []column) error {
	cells := make([][]byte, len(columns))
	for i := range columns {
		cells[i] = []byte(columns[i].name)
	}
	return c.row(cells)
}

func (c *csvSink) row(cells [][]byte) error {
	for i, cell := range cells {
		if i > 0 {
			c.buffer = append(c.buffer, c.separator)
		}
		if c.quotes(cell) {
			c.buffer = appendQuoted(c.buffer, cell)
		} else {
			c.buffer = append(c.buffer, cell...)
		}
	}
	c.buffer = append(c.buffer, c.lineEnd...)
	if len(c.buffer) < bufferBytes {
		return nil
	}
	return c.close()
}

func (c *csvSink) quotes(cell []byte) bool {
	if c.quoting != Minimal {
		return c.quoting == Always
	}
	return bytes.IndexByte(cell, c.separator) >= 0 || bytes.IndexByte(cell, '"') >= 0 || bytes.IndexByte(cell, '\n') >= 0
}

func appendQuoted(dst, cell []byte) []byte {
	dst = append(dst, '"')
	for {
		i := bytes.IndexByte(cell, '"')
		if i < 0 {
			return append(append(dst, cell...), '"')
		}
		dst = append(append(dst, cell[:i+1]...), '"')
		cell = cell[i+1:]
	}
}

func (c *csvSink) close() error {
	out := c.buffer
	if c.encoding == Windows1251 {
		c.encoded = appendWindows1251(c.encoded[:0], c.buffer)
		out = c.encoded
	}
	_, err := c.w.Write(out)
	c.buffer = c.buffer[:0]
	return err
}

// appendWindows1251 writes '?' for what the encoding lacks, as the programs that make such exports do.
func appendWindows1251(dst, text []byte) []byte {
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		b, ok := charmap.Windows1251.EncodeRune(r)
		if !ok {
			b = '?'
		}
		dst, text = append(dst, b), text[size:]
	}
	return dst
}

// encodable tells whether a text survives the encoding.
func encodable(e Encoding, text string) bool {
	if e != Windows1251 {
		return true
	}
	for _, r := range text {
		if _, ok := charmap.Windows1251.EncodeRune(r); !ok {
			return false
		}
	}
	return true
}
