package xlsx

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq/transform/table"
)

const (
	maxToken = 1 << 20 // bytes of one tag or one run of text; a cell of Excel holds 32,767 characters
	maxDepth = 256     // elements inside one another; a workbook needs ten
)

// token is what a scanner stands on.
type token uint8

const (
	documentEnd token = iota
	elementStart
	elementEnd
	characters
)

// markupError says what is wrong with the XML of a part.
type markupError string

func (e markupError) Error() string { return string(e) }

// Is makes it found as damage.
func (e markupError) Is(target error) bool { return target == table.ErrDamaged }

// sizeError says what about a part is larger than allowed.
type sizeError string

func (e sizeError) Error() string { return string(e) }

// Is makes it found as what it is.
func (e sizeError) Is(target error) bool { return target == table.ErrTooLarge }

// scanner reads the XML of a part of a workbook, token by token, in memory of one token. It knows what
// such parts may contain: elements, attributes, text and the five entities, in UTF-8. A document type is
// refused, names are not checked against the standard, and prefixes of names are cut off without looking
// them up.
type scanner struct {
	r        io.Reader
	buf      []byte
	pos, end int // unread is buf[pos:end]
	eof      bool

	open    []byte // the names of open elements, one behind another
	marks   []int  // where each of them starts
	rooted  bool   // the root was seen
	closing bool   // <a/>: its end is the next token

	// Of the present token; valid until the next one.
	name  []byte
	text  []byte
	attrs []attribute

	decoded []byte
}

type attribute struct{ name, value []byte }

func newScanner(r io.Reader) *scanner { return &scanner{r: r, buf: make([]byte, 64<<10)} }

func (s *scanner) depth() int { return len(s.marks) }

// next goes to the next token. It returns documentEnd once the root element is closed and the bytes have
// ended, a markupError or a sizeError for what is no XML
// of a workbook, and the reader's own errors.
func (s *scanner) next() (token, error) {
	s.decoded = s.decoded[:0]
	s.attrs = s.attrs[:0]
	if s.closing {
		s.closing = false
		return s.leave(), nil
	}
	for {
		if err := s.want(2); err != nil {
			return 0, err
		}
		rest := s.buf[s.pos:s.end]
		switch {
		case len(rest) == 0:
			if !s.rooted || s.depth() > 0 {
				return 0, markupError("the document ends too early")
			}
			return documentEnd, nil
		case rest[0] != '<':
			if s.depth() > 0 {
				return s.run()
			}
			if err := s.between(); err != nil {
				return 0, err
			}
		case len(rest) < 2:
			return 0, markupError("the document ends inside a tag")
		case rest[1] == '?':
			if err := s.instruction(); err != nil {
				return 0, err
			}
		case rest[1] == '!':
			if more, err := s.special(); err != nil || !more {
				return characters, err
			}
		case rest[1] == '/':
			name, err := s.take(len("</"), ">")
			if err != nil {
				return 0, err
			}
			return s.pop(trimRight(name))
		default:
			return s.tag()
		}
	}
}

// special reads a CDATA section, which is text, or passes over a comment; more says that it was a comment.
func (s *scanner) special() (more bool, err error) {
	if err := s.want(len("<![CDATA[")); err != nil {
		return false, err
	}
	rest := s.buf[s.pos:s.end]
	switch {
	case bytes.HasPrefix(rest, []byte("<!--")):
		_, err = s.take(len("<!--"), "-->")
		return true, err
	case !bytes.HasPrefix(rest, []byte("<![CDATA[")):
		return false, markupError("a document type, which no workbook has")
	case s.depth() == 0:
		return false, markupError("text outside the root element")
	}
	s.text, err = s.take(len("<![CDATA["), "]]>")
	return false, err
}

// attr returns the value of an attribute by its whole name, nil when the element has none.
func (s *scanner) attr(name string) []byte {
	for _, a := range s.attrs {
		if string(a.name) == name {
			return a.value
		}
	}
	return nil
}

// skip goes to the end of the element whose start is the present token.
func (s *scanner) skip() error {
	for level := s.depth(); s.depth() >= level; {
		if _, err := s.next(); err != nil {
			return err
		}
	}
	return nil
}

// content appends the text of the element whose start is the present token and goes to its end. Beyond
// most bytes nothing more is appended.
func (s *scanner) content(dst []byte, most int) ([]byte, error) {
	for level := s.depth(); s.depth() >= level; {
		t, err := s.next()
		if err != nil {
			return dst, err
		}
		if t == characters && len(dst) <= most {
			dst = append(dst, s.text...)
		}
	}
	return dst, nil
}

// fill reads more bytes behind the unread ones. It returns false when there are none.
func (s *scanner) fill() (bool, error) {
	if s.eof {
		return false, nil
	}
	if s.pos > 0 {
		s.end = copy(s.buf, s.buf[s.pos:s.end])
		s.pos = 0
	}
	if s.end == len(s.buf) {
		if s.end >= maxToken {
			return false, sizeError(fmt.Sprintf("a tag or a text of more than %d bytes", maxToken))
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	n, err := io.ReadFull(s.r, s.buf[s.end:])
	s.end += n
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		s.eof, err = true, nil
	}
	return n > 0, err
}

// want sees to it that n bytes are unread, or all that are left.
func (s *scanner) want(n int) error {
	for s.end-s.pos < n {
		if more, err := s.fill(); err != nil || !more {
			return err
		}
	}
	return nil
}

// take consumes skip bytes and all up to and with stop; it returns what stands between.
func (s *scanner) take(skip int, stop string) ([]byte, error) {
	for {
		if rest := s.buf[s.pos:s.end]; len(rest) >= skip {
			if i := bytes.Index(rest[skip:], []byte(stop)); i >= 0 {
				s.pos += skip + i + len(stop)
				return rest[skip : skip+i], nil
			}
		}
		if more, err := s.fill(); err != nil {
			return nil, err
		} else if !more {
			return nil, markupError("the document ends too early")
		}
	}
}

// run reads text up to the next tag.
func (s *scanner) run() (token, error) {
	for {
		rest := s.buf[s.pos:s.end]
		if i := bytes.IndexByte(rest, '<'); i >= 0 {
			s.pos += i
			var err error
			s.text, err = s.decode(rest[:i])
			return characters, err
		}
		if more, err := s.fill(); err != nil {
			return 0, err
		} else if !more {
			return 0, markupError("the document ends too early")
		}
	}
}

// between passes over white space, and a byte order mark, outside the root element.
func (s *scanner) between() error {
	rest := s.buf[s.pos:s.end]
	if !s.rooted && bytes.HasPrefix(rest, []byte("\xef\xbb\xbf")) {
		s.pos += 3
		return nil
	}
	if !isSpace(rest[0]) {
		return markupError("text outside the root element, or an encoding other than UTF-8")
	}
	s.pos++
	return nil
}

// instruction passes over <?…?>; the declaration must agree to UTF-8, of which ASCII is a part.
func (s *scanner) instruction() error {
	text, err := s.take(len("<?"), "?>")
	if err != nil {
		return err
	}
	if !bytes.HasPrefix(text, []byte("xml ")) {
		return nil
	}
	_, encoding, found := bytes.Cut(text, []byte("encoding"))
	lower := bytes.ToLower(encoding)
	if found && !bytes.Contains(lower, []byte("utf-8")) && !bytes.Contains(lower, []byte("ascii")) {
		return markupError("an encoding other than UTF-8")
	}
	return nil
}

// tag reads a start tag.
func (s *scanner) tag() (token, error) {
	var body []byte
	for {
		rest := s.buf[s.pos:s.end]
		if i := tagEnd(rest); i >= 0 {
			body = rest[1:i]
			s.pos += i + 1
			break
		}
		if more, err := s.fill(); err != nil {
			return 0, err
		} else if !more {
			return 0, markupError("the document ends inside a tag")
		}
	}
	if n := len(body); n > 0 && body[n-1] == '/' {
		s.closing = true
		body = body[:n-1]
	}
	n := 0
	for n < len(body) && !isSpace(body[n]) {
		n++
	}
	if err := s.push(body[:n]); err != nil {
		return 0, err
	}
	return elementStart, s.attributes(body[n:])
}

// tagEnd returns where the > stands that ends a tag, or -1. Values of attributes may hold a > too.
func tagEnd(tag []byte) int {
	var quote byte
	for i, c := range tag {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i
		}
	}
	return -1
}

func (s *scanner) attributes(list []byte) error {
	for {
		list = trimLeft(list)
		if len(list) == 0 {
			return nil
		}
		eq := bytes.IndexByte(list, '=')
		if eq < 1 {
			return markupError("an attribute without a value")
		}
		name := trimRight(list[:eq])
		list = trimLeft(list[eq+1:])
		if len(list) == 0 || list[0] != '"' && list[0] != '\'' {
			return markupError("an attribute without quotes")
		}
		end := bytes.IndexByte(list[1:], list[0])
		if end < 0 {
			return markupError("an attribute without a closing quote")
		}
		value, err := s.decode(list[1 : 1+end])
		if err != nil {
			return err
		}
		s.attrs = append(s.attrs, attribute{name, value})
		list = list[end+2:]
	}
}

func (s *scanner) push(name []byte) error {
	if len(name) == 0 {
		return markupError("a tag without a name")
	}
	if s.depth() == 0 && s.rooted {
		return markupError("two root elements")
	}
	if s.depth() == maxDepth {
		return sizeError(fmt.Sprintf("elements nest deeper than %d", maxDepth))
	}
	s.rooted = true
	s.marks = append(s.marks, len(s.open))
	s.open = append(s.open, name...)
	s.name = local(name)
	return nil
}

// pop closes the element that was opened last, which must have this name.
func (s *scanner) pop(name []byte) (token, error) {
	if s.depth() == 0 {
		return 0, markupError("an end tag without a start")
	}
	if opened := s.open[s.marks[s.depth()-1]:]; !bytes.Equal(opened, name) {
		return 0, markupError(fmt.Sprintf("element %.40q is closed by %.40q", opened, name))
	}
	return s.leave(), nil
}

func (s *scanner) leave() token {
	last := s.depth() - 1
	start := s.marks[last]
	s.name = local(s.open[start:]) // stays there until the next push
	s.open, s.marks = s.open[:start], s.marks[:last]
	return elementEnd
}

func local(name []byte) []byte { return name[bytes.IndexByte(name, ':')+1:] }

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }

func trimLeft(b []byte) []byte {
	for len(b) > 0 && isSpace(b[0]) {
		b = b[1:]
	}
	return b
}

func trimRight(b []byte) []byte {
	for len(b) > 0 && isSpace(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	return b
}

// decode replaces entities, and makes line ends \n as XML has it. It returns text itself when there is
// nothing to do.
func (s *scanner) decode(text []byte) ([]byte, error) {
	if bytes.IndexByte(text, '&') < 0 && bytes.IndexByte(text, '\r') < 0 {
		return text, nil
	}
	start := len(s.decoded)
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '\r':
			if i+1 < len(text) && text[i+1] == '\n' {
				continue
			}
			s.decoded = append(s.decoded, '\n')
		case '&':
			end := bytes.IndexByte(text[i:], ';')
			if end < 0 {
				return nil, markupError("an entity without an end")
			}
			r, ok := entity(string(text[i+1 : i+end]))
			if !ok {
				return nil, markupError(fmt.Sprintf("an unknown entity %.20q", text[i:i+end+1]))
			}
			s.decoded = utf8.AppendRune(s.decoded, r)
			i += end
		default:
			s.decoded = append(s.decoded, c)
		}
	}
	return s.decoded[start:], nil
}

func entity(name string) (rune, bool) {
	switch name {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
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
