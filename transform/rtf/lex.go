package rtf

import (
	"bytes"
	"fmt"

	"github.com/qulaq-kz/qulaq/transform/table"
)

// kind of a token.
type kind uint8

const (
	open kind = iota
	closing
	word      // \name, \name-12, \*
	plain     // bytes of text
	character // \'e4
)

type token struct {
	kind   kind
	name   string
	number int  // of a word, or the byte of a character
	told   bool // the word has a number
	text   []byte
}

type lexer struct {
	data []byte
	pos  int
}

const (
	maxWord   = 32           // letters of a control word
	maxNumber = 1 << 31 >> 1 // beyond it digits are passed over
)

// next returns the next token. The end of the data is an error: a whole document ends with the brace of its group.
func (x *lexer) next() (token, error) {
	for x.pos < len(x.data) {
		c := x.data[x.pos]
		switch c {
		case '{', '}':
			x.pos++
			return token{kind: map[byte]kind{'{': open, '}': closing}[c]}, nil
		case '\\':
			return x.control()
		case '\r', '\n', 0:
			x.pos++
			continue
		}
		n := bytes.IndexAny(x.data[x.pos:], "{}\\\r\n\x00")
		if n < 0 {
			n = len(x.data) - x.pos
		}
		t := token{kind: plain, text: x.data[x.pos : x.pos+n]}
		x.pos += n
		return t, nil
	}
	return token{}, fmt.Errorf("%w: it ends before its last group does", table.ErrDamaged)
}

func (x *lexer) control() (token, error) {
	x.pos++
	if x.pos == len(x.data) {
		return x.next()
	}
	c := x.data[x.pos]
	if !isLetter(c) {
		x.pos++
		if c == '\'' {
			return x.hex(), nil
		}
		return token{kind: word, name: string(c)}, nil
	}
	start := x.pos
	for x.pos < len(x.data) && isLetter(x.data[x.pos]) {
		x.pos++
	}
	t := token{kind: word, name: string(x.data[start:min(x.pos, start+maxWord)])}
	negative := x.pos+1 < len(x.data) && x.data[x.pos] == '-' && isDigit(x.data[x.pos+1])
	if negative {
		x.pos++
	}
	for ; x.pos < len(x.data) && isDigit(x.data[x.pos]); x.pos++ {
		t.told = true
		if t.number < maxNumber/10 {
			t.number = 10*t.number + int(x.data[x.pos]-'0')
		}
	}
	if negative {
		t.number = -t.number
	}
	if x.pos < len(x.data) && x.data[x.pos] == ' ' {
		x.pos++
	}
	if t.name == "bin" { // so many bytes that are no RTF
		x.pos += min(max(t.number, 0), len(x.data)-x.pos)
	}
	return t, nil
}

// hex reads the two digits of a byte. What is none reads as a space.
func (x *lexer) hex() token {
	t := token{kind: character}
	for range 2 {
		if x.pos == len(x.data) {
			break
		}
		c := x.data[x.pos] | 0x20
		switch {
		case isDigit(x.data[x.pos]):
			t.number = 16*t.number + int(c-'0')
		case 'a' <= c && c <= 'f':
			t.number = 16*t.number + int(c-'a') + 10
		default:
			t.number = ' '
			return t
		}
		x.pos++
	}
	return t
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
