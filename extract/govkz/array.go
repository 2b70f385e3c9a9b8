package govkz

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// What can be wrong with an array as a whole.
var (
	errNoArray  = errors.New("no JSON array")
	errTrailing = errors.New("there is more behind the array")
	errTooMany  = errors.New("too many elements")
)

const (
	maxElement  = 8 << 20 // an entry with its whole text; a page of a hundred takes some twenty megabytes
	maxElements = 100_000 // of one page
)

// eachElement gives the elements of one JSON array, as they stand and one at a time, so that what is held in
// memory is one element however long the array is. The bytes are good until take returns. An element longer
// than maxElement is given as nil with its size. That an element is good JSON is for take to find out.
//
// The error is that of take, or of r, or io.ErrUnexpectedEOF where the array does not end, or one of those
// above.
func eachElement(r io.Reader, take func(element []byte, size int64) error) error {
	in := bufio.NewReaderSize(r, 64<<10)
	first, err := skipSpace(in)
	if err != nil {
		return cut(err)
	}
	if first != '[' {
		return errNoArray
	}
	var element []byte
	var size int64
	keep := func(more ...byte) {
		if size += int64(len(more)); size <= maxElement {
			element = append(element, more...)
		}
	}
	depth, inText, escaped := 0, false, false
	count := 0
	for {
		if inText && !escaped { // most of a page is text: take what is buffered of it at once
			ahead, err := in.Peek(in.Buffered())
			if err != nil {
				return cut(err)
			}
			if end := bytes.IndexAny(ahead, `"\\`); end >= 0 {
				ahead = ahead[:end]
			}
			keep(ahead...)
			if _, err := in.Discard(len(ahead)); err != nil {
				return cut(err)
			}
		}
		c, err := in.ReadByte()
		if err != nil {
			return cut(err)
		}
		switch {
		case inText:
			inText = c != '"' || escaped
			escaped = c == '\\' && !escaped
		case c == '"':
			inText, escaped = true, false
		case c == '{' || c == '[':
			depth++
		case depth > 0 && (c == '}' || c == ']'):
			depth--
		case c == '}':
			return fmt.Errorf("%w: a bracket that nothing opened", errNoArray)
		case depth == 0 && (c == ',' || c == ']'):
			if size == 0 && (c == ',' || count > 0) {
				return fmt.Errorf("%w: nothing between two commas", errNoArray)
			}
			if size > 0 {
				if count++; count > maxElements {
					return errTooMany
				}
				whole := element
				if size > maxElement {
					whole = nil
				}
				if err := take(whole, size); err != nil {
					return err
				}
			}
			if c == ']' {
				return atEnd(in)
			}
			element, size = element[:0], 0
			continue
		case size == 0 && isSpace(c):
			continue
		}
		keep(c)
	}
}

// atEnd reads what is behind the array, so that the end of the stream is seen.
func atEnd(in *bufio.Reader) error {
	switch _, err := skipSpace(in); err {
	case io.EOF:
		return nil
	case nil:
		return errTrailing
	default:
		return err
	}
}

func skipSpace(in *bufio.Reader) (byte, error) {
	for {
		c, err := in.ReadByte()
		if err != nil || !isSpace(c) {
			return c, err
		}
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func cut(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
