package pdf

import (
	"bytes"
	"errors"
	"math"
	"strconv"
)

// object is any value of the file: nil, bool, int, float64, text, name, ref, array, dict, *stream, and
// operator in a content stream. Every use is a type switch or one of the helpers of file.go, so a value of
// an unexpected kind counts as missing.
type object any

type (
	text     string // a string, as its bytes
	name     string // without the slash
	operator string // a bare word of a content stream
	array    []object
	dict     map[name]object
	ref      struct{ number, generation int }
)

// stream is a dictionary and the bytes that follow it, as they lie in the file.
type stream struct {
	dict  dict
	raw   []byte
	whole bool // its end is in the file
	id    ref  // of the object, for decryption
}

// maxNesting bounds arrays and dictionaries within one another. Real files stay below ten.
const maxNesting = 64

var (
	errSyntax  = errors.New("bytes that are no object")
	errEnd     = errors.New("the end of the bytes")
	errNesting = errors.New("arrays or dictionaries nested too deeply")
)

// lexer reads objects one after another from bytes.
type lexer struct {
	data []byte
	pos  int
	refs bool // "12 0 R" is a reference: in a file, not in a content stream
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

// skipSpace goes on to the next byte that is neither space nor comment.
func (l *lexer) skipSpace() {
	for l.pos < len(l.data) {
		switch c := l.data[l.pos]; {
		case isSpace(c):
			l.pos++
		case c == '%':
			for l.pos < len(l.data) && l.data[l.pos] != '\n' && l.data[l.pos] != '\r' {
				l.pos++
			}
		default:
			return
		}
	}
}

// word returns the bytes up to the next space or delimiter.
func (l *lexer) word() []byte {
	start := l.pos
	for l.pos < len(l.data) && !isSpace(l.data[l.pos]) && !isDelimiter(l.data[l.pos]) {
		l.pos++
	}
	return l.data[start:l.pos]
}

// next reads one object. A closing bracket that nothing opened is errSyntax; it is stepped over, so that a
// caller may go on behind it.
func (l *lexer) next() (object, error) { return l.object(0) }

func (l *lexer) object(depth int) (object, error) {
	l.skipSpace()
	if l.pos >= len(l.data) {
		return nil, errEnd
	}
	if depth > maxNesting {
		return nil, errNesting
	}
	switch c := l.data[l.pos]; c {
	case '/':
		return l.name(), nil
	case '(':
		return l.literal(), nil
	case '[':
		l.pos++
		return l.array(depth)
	case '<':
		if l.pos+1 < len(l.data) && l.data[l.pos+1] == '<' {
			l.pos += 2
			return l.dict(depth)
		}
		return l.hex(), nil
	case '>', ')', ']', '{', '}':
		l.pos++
		return nil, errSyntax
	}
	w := l.word()
	switch n, isInt := number(w); n := n.(type) {
	case nil:
	case int:
		if r, ok := l.reference(n); l.refs && isInt && ok {
			return r, nil
		}
		return n, nil
	default:
		return n, nil
	}
	switch string(w) {
	case "true":
		return true, nil
	case "false":
		return false, nil
	case "null":
		return nil, nil
	}
	return operator(w), nil
}

// number reads an integer or a real number; of anything else the result is nil. A whole number too large
// for an int32 becomes a real one, so that sums of integers cannot overflow.
func number(w []byte) (n object, isInt bool) {
	if len(w) == 0 || len(w) > 40 {
		return nil, false
	}
	for _, c := range w {
		if (c < '0' || c > '9') && c != '.' && c != '-' && c != '+' {
			return nil, false
		}
	}
	if i, err := strconv.Atoi(string(w)); err == nil && i <= math.MaxInt32 && i >= math.MinInt32 {
		return i, true
	}
	if f, err := strconv.ParseFloat(string(w), 64); err == nil {
		return f, false
	}
	if i := bytes.LastIndexByte(w, '-'); i > 0 { // "12.-34" and "--5" are met in old files
		n, isInt = number(w[:i])
		if n == nil {
			return number(w[i:])
		}
		return n, isInt
	}
	return nil, false
}

// reference looks whether "G R" follows a whole number.
func (l *lexer) reference(n int) (ref, bool) {
	at := l.pos
	l.skipSpace()
	g, isInt := number(l.word())
	if isInt {
		l.skipSpace()
		if l.pos < len(l.data) && l.data[l.pos] == 'R' &&
			(l.pos+1 == len(l.data) || isSpace(l.data[l.pos+1]) || isDelimiter(l.data[l.pos+1])) {
			l.pos++
			return ref{n, g.(int)}, true
		}
	}
	l.pos = at
	return ref{}, false
}

func (l *lexer) name() name {
	l.pos++ // the slash
	w := l.word()
	if bytes.IndexByte(w, '#') < 0 {
		return name(w)
	}
	out := make([]byte, 0, len(w))
	for i := 0; i < len(w); i++ {
		if w[i] == '#' && i+2 < len(w) && hexDigit(w[i+1]) >= 0 && hexDigit(w[i+2]) >= 0 {
			out = append(out, byte(hexDigit(w[i+1])<<4|hexDigit(w[i+2])))
			i += 2
			continue
		}
		out = append(out, w[i])
	}
	return name(out)
}

func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// hex reads <48656C6C6F>; what is no digit is passed over, a missing last digit is 0.
func (l *lexer) hex() text {
	l.pos++
	var out []byte
	half := -1
	for l.pos < len(l.data) {
		c := l.data[l.pos]
		l.pos++
		if c == '>' {
			break
		}
		d := hexDigit(c)
		switch {
		case d < 0:
		case half < 0:
			half = d
		default:
			out = append(out, byte(half<<4|d))
			half = -1
		}
	}
	if half >= 0 {
		out = append(out, byte(half<<4))
	}
	return text(out)
}

var escapes = map[byte]byte{'n': '\n', 'r': '\r', 't': '\t', 'b': '\b', 'f': '\f'}

// literal reads (text with \( escapes and (balanced) brackets).
func (l *lexer) literal() text {
	l.pos++
	var out []byte
	for depth := 1; l.pos < len(l.data); l.pos++ {
		c := l.data[l.pos]
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				l.pos++
				return text(out)
			}
		case '\\':
			l.pos++
			if l.pos < len(l.data) {
				out = l.escape(out)
			}
			continue
		}
		out = append(out, c)
	}
	l.pos = min(l.pos, len(l.data)) // a backslash may be the last byte
	return text(out)
}

// escape reads what follows a backslash and stops at its last byte.
func (l *lexer) escape(out []byte) []byte {
	c := l.data[l.pos]
	if e, ok := escapes[c]; ok {
		return append(out, e)
	}
	switch {
	case c == '\r':
		if l.pos+1 < len(l.data) && l.data[l.pos+1] == '\n' {
			l.pos++
		}
		return out
	case c == '\n':
		return out
	case c < '0' || c > '7':
		return append(out, c)
	}
	v := 0
	for i := 0; i < 3 && l.pos < len(l.data) && l.data[l.pos] >= '0' && l.data[l.pos] <= '7'; i++ {
		v = v<<3 | int(l.data[l.pos]-'0')
		l.pos++
	}
	l.pos--
	return append(out, byte(v))
}

// array reads up to the closing bracket; one that is missing ends with the bytes.
func (l *lexer) array(depth int) (object, error) {
	a := array{}
	for {
		l.skipSpace()
		if l.pos < len(l.data) && l.data[l.pos] == ']' {
			l.pos++
			return a, nil
		}
		o, err := l.object(depth + 1)
		switch err {
		case nil:
			a = append(a, o)
		case errSyntax:
		default:
			return a, err
		}
	}
}

func (l *lexer) dict(depth int) (object, error) {
	d := dict{}
	for {
		l.skipSpace()
		if bytes.HasPrefix(l.data[l.pos:], []byte(">>")) {
			l.pos += 2
			return d, nil
		}
		key, err := l.object(depth + 1)
		if err != nil && err != errSyntax {
			return d, err
		}
		k, ok := key.(name)
		if !ok {
			if w, isWord := key.(operator); isWord && (w == "endobj" || w == "stream") {
				return d, errSyntax // the dictionary was never closed
			}
			continue
		}
		l.skipSpace()
		if bytes.HasPrefix(l.data[l.pos:], []byte(">>")) {
			continue // a key without a value
		}
		v, err := l.object(depth + 1)
		if err != nil && err != errSyntax {
			return d, err
		}
		d[k] = v
	}
}
