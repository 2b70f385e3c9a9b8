package jsonrows

import (
	"bytes"
	"encoding/json"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// members calls visit for every member of an object that is valid JSON in valid UTF-8. Name and value are
// as printed, the name with its quotes.
func members(object []byte, visit func(name, value []byte)) {
	rest := trim(object[1 : len(object)-1])
	for len(rest) > 0 {
		n := stringEnd(rest)
		name := rest[:n]
		rest = trim(rest[n:])[1:] // the colon
		rest = trim(rest)
		n = valueEnd(rest)
		visit(name, rest[:n])
		rest = trim(rest[n:])
		if len(rest) > 0 { // the comma
			rest = trim(rest[1:])
		}
	}
}

// trim cuts what JSON counts as white space.
func trim(b []byte) []byte {
	for len(b) > 0 && isSpace(b[0]) {
		b = b[1:]
	}
	for len(b) > 0 && isSpace(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	return b
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }

// stringEnd returns where the string ends that b begins with.
func stringEnd(b []byte) int {
	for i := 1; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(b)
}

// valueEnd returns where the value ends that b begins with.
func valueEnd(b []byte) int {
	switch b[0] {
	case '"':
		return stringEnd(b)
	case '{', '[':
		depth := 0
		for i := 0; i < len(b); i++ {
			switch b[i] {
			case '"':
				i += stringEnd(b[i:]) - 1
			case '{', '[':
				depth++
			case '}', ']':
				if depth--; depth == 0 {
					return i + 1
				}
			}
		}
		return len(b)
	}
	if i := bytes.IndexAny(b, ", \t\r\n"); i >= 0 {
		return i
	}
	return len(b)
}

// depth returns how deep arrays and objects of a valid value stand in one another.
func depth(value []byte) int {
	deepest, now := 0, 0
	for i := 0; i < len(value); i++ {
		switch value[i] {
		case '"':
			i += stringEnd(value[i:]) - 1
		case '{', '[':
			now++
			deepest = max(deepest, now)
		case '}', ']':
			now--
		}
	}
	return deepest
}

// appendCell appends a valid value as the text of a cell. It returns false when a string holds half a
// character: a \u escape of a surrogate without its other half.
func appendCell(dst, value []byte) ([]byte, bool) {
	switch value[0] {
	case '"':
		return appendString(dst, value)
	case '{', '[':
		b := bytes.NewBuffer(dst)
		if json.Compact(b, value) != nil { // it is valid, so this cannot be
			return dst, false
		}
		return b.Bytes(), true
	case 'n': // null
		return dst, true
	}
	return append(dst, value...), true
}

// escapes are the characters that stand behind a backslash for another one.
var escapes = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// appendString appends what a valid string with its quotes means.
func appendString(dst, quoted []byte) ([]byte, bool) {
	rest := quoted[1 : len(quoted)-1]
	for {
		i := bytes.IndexByte(rest, '\\')
		if i < 0 {
			return append(dst, rest...), true
		}
		dst = append(dst, rest[:i]...)
		rest = rest[i:]
		if c := escapes[rest[1]]; c != 0 {
			dst, rest = append(dst, c), rest[2:]
			continue
		}
		r := unit(rest)
		rest = rest[6:]
		if utf16.IsSurrogate(r) {
			if r = utf16.DecodeRune(r, unit(rest)); r == utf8.RuneError {
				return dst, false
			}
			rest = rest[6:]
		}
		dst = utf8.AppendRune(dst, r)
	}
}

// unit reads the \uHHHH that b begins with; 0 when it does not.
func unit(b []byte) rune {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return 0
	}
	n, err := strconv.ParseUint(string(b[2:6]), 16, 16)
	if err != nil {
		return 0
	}
	return rune(n)
}
