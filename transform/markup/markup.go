// Package markup scans the XML of a part of an office document that is in memory.
package markup

import (
	"bytes"
	"fmt"
	"strconv"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq/transform/table"
)

// Token is what a Scanner stands on.
type Token uint8

// The tokens.
const (
	End Token = iota // of the document
	ElementStart
	ElementEnd
	Characters
)

// Scanner reads the XML of a part that is in memory. It knows elements, attributes, text and the five
// entities, in UTF-8; a document type is refused. Prefixes of names are cut off without looking them up, and
// attributes are looked at only where one is asked for. encoding/xml takes ten times as long.
type Scanner struct {
	data  []byte
	pos   int
	depth int // the most elements within one another

	open    []name // of open elements
	rooted  bool   // the root was seen
	closing bool   // <a/>: its end is the next token

	// Of the present token.
	Name       []byte // local name
	attributes []byte // as written
	Text       []byte // of characters; entities replaced
}

// name is where the full name of an element stands.
type name struct{ start, end int }

// New returns a Scanner of a part. Elements within one another deeper than depth are table.ErrTooLarge.
func New(data []byte, depth int) *Scanner {
	return &Scanner{data: bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), depth: depth}
}

// damaged is the error of markup that is none.
func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{table.ErrDamaged}, args...)...)
}

// Next goes to the next token. It returns End when the root element is closed and nothing is left;
// errors wrap table.ErrDamaged or table.ErrTooLarge.
func (x *Scanner) Next() (Token, error) {
	if x.closing {
		x.closing = false
		x.open = x.open[:len(x.open)-1]
		return ElementEnd, nil
	}
	for {
		rest := x.data[x.pos:]
		at := bytes.IndexByte(rest, '<')
		switch {
		case at < 0:
			if len(x.open) > 0 || !x.rooted || len(bytes.TrimSpace(rest)) > 0 {
				return 0, damaged("the markup ends too early")
			}
			return End, nil
		case at > 0 && len(x.open) > 0:
			x.pos += at
			return x.characters(rest[:at])
		case at > 0 && len(bytes.TrimSpace(rest[:at])) > 0:
			return 0, damaged("text outside of the root element, or an encoding other than UTF-8")
		}
		x.pos += at
		rest = rest[at:]
		switch {
		case bytes.HasPrefix(rest, []byte("</")):
			return x.end()
		case bytes.HasPrefix(rest, []byte("<?")):
			if _, err := x.take("<?", "?>"); err != nil {
				return 0, err
			}
		case bytes.HasPrefix(rest, []byte("<!--")):
			if _, err := x.take("<!--", "-->"); err != nil {
				return 0, err
			}
		case bytes.HasPrefix(rest, []byte("<![CDATA[")) && len(x.open) > 0:
			text, err := x.take("<![CDATA[", "]]>")
			x.Text = text
			return Characters, err
		case bytes.HasPrefix(rest, []byte("<!")):
			return 0, damaged("a document type, which no part has")
		default:
			return x.start()
		}
	}
}

// take consumes what stands between first, where the scanner is, and last.
func (x *Scanner) take(first, last string) ([]byte, error) {
	rest := x.data[x.pos+len(first):]
	n := bytes.Index(rest, []byte(last))
	if n < 0 {
		return nil, damaged("the markup ends too early")
	}
	x.pos += len(first) + n + len(last)
	return rest[:n], nil
}

func (x *Scanner) start() (Token, error) {
	end := tagEnd(x.data[x.pos:])
	if end < 0 {
		return 0, damaged("the markup ends inside a tag")
	}
	tag := x.data[x.pos+1 : x.pos+end]
	begin := x.pos + 1
	x.pos += end + 1
	if n := len(tag); n > 0 && tag[n-1] == '/' {
		x.closing = true
		tag = tag[:n-1]
	}
	n := 0
	for n < len(tag) && !isSpace(tag[n]) {
		n++
	}
	switch {
	case n == 0:
		return 0, damaged("a tag without a name")
	case x.rooted && len(x.open) == 0:
		return 0, damaged("two root elements")
	case len(x.open) >= x.depth:
		return 0, fmt.Errorf("%w: elements within one another, deeper than %d", table.ErrTooLarge, x.depth)
	}
	x.rooted = true
	x.open = append(x.open, name{begin, begin + n})
	x.Name, x.attributes = local(tag[:n]), tag[n:]
	return ElementStart, nil
}

// tagEnd returns where the > stands that ends a tag, or -1: one inside quotes does not.
func tagEnd(tag []byte) int {
	for i := 0; i < len(tag); i++ {
		switch c := tag[i]; c {
		case '>':
			return i
		case '"', '\'':
			n := bytes.IndexByte(tag[i+1:], c)
			if n < 0 {
				return -1
			}
			i += n + 1
		}
	}
	return -1
}

func (x *Scanner) end() (Token, error) {
	tag, err := x.take("</", ">")
	if err != nil {
		return 0, err
	}
	for len(tag) > 0 && isSpace(tag[len(tag)-1]) {
		tag = tag[:len(tag)-1]
	}
	last := len(x.open) - 1
	if last < 0 || !bytes.Equal(x.data[x.open[last].start:x.open[last].end], tag) {
		return 0, damaged("an end of %.40q that does not belong there", tag)
	}
	x.open = x.open[:last]
	return ElementEnd, nil
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }

func local(name []byte) []byte { return name[bytes.IndexByte(name, ':')+1:] }

// Attribute returns the value of an attribute of the element whose start is the present Token, by its local
// name; "" when it has none.
func (x *Scanner) Attribute(name string) string {
	for list := x.attributes; ; {
		eq := bytes.IndexByte(list, '=')
		if eq < 0 {
			return ""
		}
		key := local(bytes.TrimSpace(list[:eq]))
		list = bytes.TrimLeft(list[eq+1:], " \t\r\n")
		if len(list) == 0 || list[0] != '"' && list[0] != '\'' {
			return ""
		}
		end := bytes.IndexByte(list[1:], list[0])
		if end < 0 {
			return ""
		}
		if string(key) == name {
			value, err := unescape(list[1 : 1+end])
			if err != nil {
				return ""
			}
			return string(value)
		}
		list = list[end+2:]
	}
}

// Number returns an attribute that is a whole number, and 0 for all else.
func (x *Scanner) Number(name string) int {
	n, err := strconv.Atoi(x.Attribute(name))
	if err != nil {
		return 0
	}
	return n
}

// Children calls f at the start of every child of the element whose start is the present token, and goes to
// that element's end. What f has not read of a child is passed over.
func (x *Scanner) Children(f func() error) error { return x.Mixed(f, func([]byte) {}) }

// Mixed is Children that calls text besides with every piece of text that stands between them.
func (x *Scanner) Mixed(child func() error, text func([]byte)) error {
	for level := len(x.open); len(x.open) >= level; {
		t, err := x.Next()
		if err != nil {
			return err
		}
		switch t {
		case Characters:
			text(x.Text)
		case ElementStart:
			if err := child(); err != nil {
				return err
			}
			if err := x.leave(level); err != nil {
				return err
			}
		}
	}
	return nil
}

// leave goes on until no more than level elements are open.
func (x *Scanner) leave(level int) error {
	for len(x.open) > level {
		if _, err := x.Next(); err != nil {
			return err
		}
	}
	return nil
}

// Content calls f with every piece of text of the element whose start is the present Token, and goes to that
// element's end.
func (x *Scanner) Content(f func(text []byte)) error {
	for level := len(x.open); len(x.open) >= level; {
		t, err := x.Next()
		if err != nil {
			return err
		}
		if t == Characters {
			f(x.Text)
		}
	}
	return nil
}

func (x *Scanner) characters(text []byte) (Token, error) {
	text, err := unescape(text)
	x.Text = text
	return Characters, err
}

// unescape replaces entities. It returns text itself when there are none.
func unescape(text []byte) ([]byte, error) {
	at := bytes.IndexByte(text, '&')
	if at < 0 {
		return text, nil
	}
	var out []byte
	for ; at >= 0; at = bytes.IndexByte(text, '&') {
		out = append(out, text[:at]...)
		text = text[at:]
		end := bytes.IndexByte(text[:min(len(text), 12)], ';')
		if end < 0 {
			return nil, damaged("an entity without an end")
		}
		r, ok := entity(string(text[1:end]))
		if !ok {
			return nil, damaged("an unknown entity %q", text[:end+1])
		}
		out = utf8.AppendRune(out, r)
		text = text[end+1:]
	}
	return append(out, text...), nil
}

var entities = map[string]rune{"amp": '&', "lt": '<', "gt": '>', "quot": '"', "apos": '\''}

func entity(name string) (rune, bool) {
	if r, ok := entities[name]; ok {
		return r, true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n == 0 || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
		return 0, false
	}
	return rune(n), true
}
