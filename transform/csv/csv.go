// Package csv reads exports that are text with separators: any separator of four, quoted or not, in
// UTF-8, UTF-16 or windows-1251, all of it found out from the first megabyte unless told.
//
// It is hand-made because it stands on the hot path and because real exports break the rules that
// encoding/csv keeps: separators are backticks, quotes stand undoubled inside quoted fields, a file mixes
// encodings. It allocates nothing per row: cells are spans of the block that was read.
package csv

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/segmentio/asm/utf8" // validates with vector instructions: the standard library's loop cost a quarter of a load

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// Options tell what is known of a file; zero values mean: find out.
type Options struct {
	Separator byte
	Quoted    *bool
	Encoding  string // a name that Encoding returned
	Limits    table.Limits
}

// Reader reads one text file. It implements table.Reader. It is not safe for concurrent use.
type Reader struct {
	src     io.Reader // decoded to UTF-8
	dialect Dialect
	limits  table.Limits
	header  []string

	split splitter
	carry []byte // read but not yet handed out: the beginning of the next block
	line  int64  // number of the line that the next record begins on
	ended bool   // src has no more
	err   error  // sticky
}

// sampleBytes is how much of the beginning decides encoding and dialect.
const sampleBytes = 1 << 20

// NewReader looks at the beginning of r and reads the header. Errors: kind Contract when there is no
// header to read; what r returned otherwise.
func NewReader(r io.Reader, o Options) (*Reader, error) {
	limits := o.Limits.Defaults()
	limits.RecordBytes = min(limits.RecordBytes, limits.BlockBytes) // a record fits a block
	raw, ended, err := readUpTo(r, nil, sampleBytes)
	if err != nil {
		return nil, err
	}
	encoding := o.Encoding
	if encoding == "" {
		encoding = findEncoding(raw)
	}
	if encoding == "utf-8" {
		raw = bytes.TrimPrefix(raw, boms[0].bytes)
	}
	rest := io.Reader(bytes.NewReader(raw))
	if !ended {
		rest = io.MultiReader(rest, r)
	}
	c := &Reader{src: decoder(rest, encoding), limits: limits, line: 1}
	if c.carry, c.ended, err = readUpTo(c.src, nil, sampleBytes); err != nil {
		return nil, err
	}
	c.dialect = findDialect(c.carry, c.ended, o.Separator, o.Quoted)
	c.dialect.Encoding = encoding
	c.split = splitter{sep: c.dialect.Separator, quoted: c.dialect.Quoted}
	if err := c.readHeader(); err != nil {
		return nil, err
	}
	return c, nil
}

// readUpTo appends to buf until it has n bytes or r has ended. It reads by itself because io.ReadFull
// makes a plain end of file look like the cut stream that a decompressor reports.
func readUpTo(r io.Reader, buf []byte, n int) (_ []byte, ended bool, err error) {
	if cap(buf) < n {
		buf = append(make([]byte, 0, n), buf...)
	}
	for idle := 0; len(buf) < n; {
		m, err := r.Read(buf[len(buf):n])
		buf = buf[:len(buf)+m]
		switch {
		case errors.Is(err, io.EOF):
			return buf, true, nil
		case err != nil:
			return buf, false, err
		case m > 0:
			idle = 0
		default:
			if idle++; idle > 100 {
				return buf, false, io.ErrNoProgress
			}
		}
	}
	return buf, false, nil
}

// Dialect returns what was found out or told.
func (c *Reader) Dialect() Dialect { return c.dialect }

// Header implements table.Reader.
func (c *Reader) Header() []string { return c.header }

func (c *Reader) readHeader() error {
	for len(c.carry) > 0 {
		c.split.cells = c.split.cells[:0]
		end, state := c.split.record(c.carry, 0, c.ended)
		if state != recordWhole {
			return &qulaq.Error{
				Op: "read header", Kind: qulaq.Contract,
				Err:  fmt.Errorf("the first line does not end within %d bytes", len(c.carry)),
				Hint: "is this a text export? look at its first line",
			}
		}
		blank := len(bytes.TrimSpace(c.carry[:end])) == 0
		if !blank {
			if len(c.split.cells) > c.limits.Columns {
				return &qulaq.Error{
					Op: "read header", Kind: qulaq.Contract,
					Err: fmt.Errorf("%d columns, more than the limit of %d", len(c.split.cells), c.limits.Columns),
				}
			}
			for _, i := range c.split.escaped {
				c.split.cells[i] = unescape(c.carry, c.split.cells[i])
			}
			for _, cell := range c.split.cells {
				c.header = append(c.header, strings.TrimSpace(string(c.carry[cell.Start:cell.End])))
			}
		}
		c.line += int64(bytes.Count(c.carry[:end], []byte{'\n'}))
		c.carry = c.carry[end:]
		if !blank {
			return nil
		}
	}
	return &qulaq.Error{
		Op: "read header", Kind: qulaq.Contract, Err: errors.New("the file is empty: not even a header"),
		Hint: "an export without complaints still has a header; ask the publisher again",
	}
}

// Read implements table.Reader.
func (c *Reader) Read(b *table.Block) error {
	b.Reset(len(c.header))
	for c.err == nil && b.Rows() == 0 && len(b.Bad) == 0 {
		c.err = c.fill(b)
	}
	if b.Rows() == 0 && len(b.Bad) == 0 {
		return c.err
	}
	return nil
}

// fill reads a block's worth of bytes behind the carry and splits what is whole.
func (c *Reader) fill(b *table.Block) error {
	b.Data = append(b.Data[:0], c.carry...)
	c.carry = c.carry[:0]
	if !c.ended {
		var err error
		if b.Data, c.ended, err = readUpTo(c.src, b.Data, max(c.limits.BlockBytes, len(b.Data))); err != nil {
			return err
		}
	}
	if len(b.Data) == 0 {
		return io.EOF
	}
	clean := bytes.IndexByte(b.Data, 0) < 0
	whole := b.Data
	if !c.ended { // the last line may be cut inside a rune
		whole = whole[:bytes.LastIndexByte(whole, '\n')+1]
	}
	valid := utf8.Valid(whole)
	pos := 0
	c.split.cells = b.Cells
	defer func() { b.Cells = c.split.cells }()
	for pos < len(b.Data) && b.Rows() < table.MaxRows {
		before := len(c.split.cells)
		end, state := c.split.record(b.Data, pos, c.ended)
		switch state {
		case recordCut:
			c.split.cells = c.split.cells[:before]
			if len(b.Data)-pos < c.limits.RecordBytes {
				c.carry = append(c.carry, b.Data[pos:]...)
				return nil
			}
			return c.skipLarge(b, pos)
		case recordUnclosed:
			c.split.cells = c.split.cells[:before]
			c.split.oneLine = true
			c.reject(b, b.Data[pos:end], qulaq.UnclosedQuote, "a quoted field that begins on this line never ends")
			c.line++
			pos = end
			continue
		}
		record := b.Data[pos:end]
		n := int64(1)
		if c.split.crosses {
			n = int64(bytes.Count(record, []byte{'\n'})) // before accept unescapes the record in place
		}
		c.accept(b, record, n, before, clean, valid, end == len(b.Data) && c.ended)
		c.line += n
		pos = end
	}
	c.carry = append(c.carry, b.Data[pos:]...)
	return nil
}

// accept keeps the record of n lines, whose cells begin at before, as a row, or rejects it.
func (c *Reader) accept(b *table.Block, record []byte, n int64, before int, clean, valid, atEnd bool) {
	cells := c.split.cells[before:]
	reason, detail := qulaq.Reason(""), ""
	switch {
	case len(cells) == 1 && len(c.header) > 1 && len(bytes.TrimSpace(record)) == 0:
		c.split.cells = c.split.cells[:before] // a blank line is no row
		return
	case len(record) > c.limits.RecordBytes:
		reason, detail = qulaq.TooLarge, c.tooLarge(len(record))
	case !clean && bytes.IndexByte(record, 0) >= 0:
		reason, detail = qulaq.NulByte, "a zero byte inside the row"
	case !valid && !utf8.Valid(record):
		reason, detail = qulaq.BadEncoding, "not "+c.dialect.Encoding+" text, as the rest of the file is"
	case len(cells) != len(c.header):
		reason = qulaq.FieldCount
		detail = fmt.Sprintf("%d fields, the header has %d", len(cells), len(c.header))
		if n > 1 {
			detail += fmt.Sprintf("; the row goes on to line %d", c.line+n-1)
		}
		if atEnd && record[len(record)-1] != '\n' {
			detail += "; the file ends here without a line end, it may be cut short"
		}
	default:
		for _, i := range c.split.escaped {
			c.split.cells[i] = unescape(b.Data, c.split.cells[i])
		}
		b.EndRow(c.line)
		return
	}
	c.split.cells = c.split.cells[:before]
	c.reject(b, record, reason, detail)
}

func (c *Reader) reject(b *table.Block, record []byte, reason qulaq.Reason, detail string) {
	b.Bad = append(b.Bad, qulaq.Reject{Line: c.line, Reason: reason, Detail: detail, Raw: clip(record)})
}

// clip keeps the beginning of a rejected record as valid text.
func clip(record []byte) string {
	record = bytes.TrimRight(record, "\r\n")
	if len(record) > table.MaxRaw {
		record = record[:table.MaxRaw]
	}
	return strings.ToValidUTF8(string(record), "\uFFFD")
}

// skipLarge passes over a record beyond the limit of size without holding it, and rejects it. A quoted
// field that nobody closes would swallow the file: then the rest of it is not to be believed.
func (c *Reader) skipLarge(b *table.Block, pos int) error {
	first := c.line
	raw := clip(b.Data[pos:])
	skip := skipper{sep: c.split.sep, quoted: c.split.quoted && !c.split.oneLine, fieldStart: true}
	size := 0
	data := b.Data[pos:]
	buf := make([]byte, 0, 64<<10)
	for {
		n, done := skip.advance(data)
		size += n
		c.line += int64(bytes.Count(data[:n], []byte{'\n'}))
		if done {
			c.carry = append(c.carry, data[n:]...)
			break
		}
		if c.ended {
			if skip.inQuote {
				return &qulaq.Error{
					Op: "read row", Object: fmt.Sprintf("at line %d", first), Kind: qulaq.Contract,
					Err:  errors.New("a quoted field that begins here never ends: the rest of the file cannot be told apart"),
					Hint: "ask for the export again, or set `quoted: false` for this source if its quotes are plain text",
				}
			}
			break
		}
		var err error
		if buf, c.ended, err = readUpTo(c.src, buf[:0], cap(buf)); err != nil {
			return err
		}
		data = buf
	}
	b.Bad = append(b.Bad, qulaq.Reject{Line: first, Reason: qulaq.TooLarge, Raw: raw, Detail: c.tooLarge(size)})
	return nil
}

func (c *Reader) tooLarge(size int) string {
	return fmt.Sprintf("%d bytes, the limit of a row is %d", size, c.limits.RecordBytes)
}

// skipper follows a record byte by byte over any number of pieces: slow, bounded, and rarely needed.
type skipper struct {
	sep        byte
	quoted     bool
	fieldStart bool
	inQuote    bool
	quoteSeen  bool // the byte before was a quote that may close the field
}

// advance returns how many bytes of data still belong to the record and whether it ended there.
func (s *skipper) advance(data []byte) (n int, done bool) {
	for i, ch := range data {
		switch {
		case s.inQuote && s.quoteSeen:
			s.quoteSeen = false
			switch ch {
			case s.sep:
				s.inQuote, s.fieldStart = false, true
			case '\n':
				return i + 1, true
			case '\r':
				s.quoteSeen = true // the line end decides
			}
		case s.inQuote:
			s.quoteSeen = ch == '"'
		case ch == '\n':
			return i + 1, true
		case ch == '"' && s.fieldStart && s.quoted:
			s.inQuote, s.fieldStart = true, false
		default:
			s.fieldStart = ch == s.sep
		}
	}
	return len(data), false
}
