package jsonrows

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/table"
)

const (
	window = 64 << 10 // bytes that are looked at to tell the shape
	slack  = 64 << 10 // white space that may stand between two records
)

// lists are the names under which an object may hold the rows.
var lists = []string{"data", "items", "rows"}

// record is one value that may be a row. raw is valid until the next record.
type record struct {
	raw   []byte
	line  int64 // of the file, or number of the element
	large bool  // beyond the limit; raw is its beginning
	valid bool  // raw is known to be valid JSON
}

// records gives the records of a file. It returns io.EOF after the last.
type records interface {
	next() (record, error)
}

// open tells the shape of a file.
func open(r io.Reader, most int) (records, error) {
	b := bufio.NewReaderSize(r, window)
	first, err := b.Peek(window)
	if err != nil && err != io.EOF {
		return nil, err
	}
	whole := err == io.EOF
	before := 0
	if bom := []byte("\xef\xbb\xbf"); bytes.HasPrefix(first, bom) {
		if before, err = b.Discard(len(bom)); err != nil {
			return nil, err
		}
		first = first[len(bom):]
	}
	first = trim(first)
	if len(first) == 0 && whole {
		return nil, contract(errors.New("the file holds no JSON value"), "fetch it again; a server that refuses may answer with nothing")
	}
	if len(first) == 0 || first[0] != '[' && first[0] != '{' {
		return &lines{r: b, most: most}, nil
	}
	list := -1
	if first[0] == '{' {
		if list = listMember(first); list < 0 {
			return &lines{r: b, most: most}, nil
		}
	}
	in := &metered{r: b}
	a := &array{in: in, dec: json.NewDecoder(in), most: most, wrapped: list >= 0, before: int64(before)}
	return a, a.enter(list)
}

// listMember returns which member of an object holds the rows, or -1 when none does: then the file is
// NDJSON. It is that too when another value follows the object.
func listMember(first []byte) int {
	var skipped json.RawMessage
	d := json.NewDecoder(bytes.NewReader(first))
	if d.Decode(&skipped) == nil && len(trim(first[d.InputOffset():])) > 0 {
		return -1
	}
	d = json.NewDecoder(bytes.NewReader(first))
	if _, err := d.Token(); err != nil {
		return -1
	}
	for i := 0; d.More(); i++ {
		name, err := d.Token()
		if err != nil {
			return -1
		}
		if isList(name) && holdsObjects(first[d.InputOffset():]) {
			return i
		}
		if d.Decode(&skipped) != nil {
			return -1
		}
	}
	return -1
}

func isList(name json.Token) bool {
	s, ok := name.(string)
	return ok && slices.Contains(lists, s)
}

// holdsObjects says whether an array of objects, or of nothing, begins behind the name of a member.
func holdsObjects(rest []byte) bool {
	for _, c := range []byte(":[") {
		if rest = trim(rest); len(rest) == 0 || rest[0] != c {
			return false
		}
		rest = rest[1:]
	}
	rest = trim(rest)
	return len(rest) == 0 || rest[0] == '{' || rest[0] == ']'
}

// lines gives the lines of NDJSON that are not blank.
type lines struct {
	r    *bufio.Reader
	most int
	line int64
	buf  []byte
}

func (l *lines) next() (record, error) {
	for {
		size, err := l.read()
		if err != nil && err != io.EOF {
			return record{}, err
		}
		if size > 0 {
			l.line++
			if raw := trim(l.buf); len(raw) > l.most || size > l.kept() {
				return record{raw: raw, line: l.line, large: true}, nil
			} else if len(raw) > 0 {
				return record{raw: raw, line: l.line}, nil
			}
		}
		if err == io.EOF {
			return record{}, err
		}
	}
}

// kept is how much of a line is kept: a record of the largest size, its line end, and enough to be shown.
func (l *lines) kept() int { return max(l.most, table.MaxRaw) + len("\r\n") }

// read reads a line and returns its size; of a line beyond the limit only the beginning is kept.
func (l *lines) read() (size int, err error) {
	l.buf = l.buf[:0]
	for {
		part, err := l.r.ReadSlice('\n')
		size += len(part)
		if room := l.kept() - len(l.buf); room > 0 {
			l.buf = append(l.buf, part[:min(room, len(part))]...)
		}
		if err != bufio.ErrBufferFull {
			return size, err
		}
	}
}

// array gives the elements of an array.
type array struct {
	in      *metered
	dec     *json.Decoder
	most    int
	wrapped bool // the array is a member of an object
	n       int64
	before  int64 // bytes that the decoder does not see: a byte order mark
	at      int64 // where the value or token begins, by the decoder
	raw     json.RawMessage
}

// metered lets a decoder read up to a bound, so that no value fills the memory, and remembers trouble that
// is not the bytes' fault.
type metered struct {
	r       io.Reader
	read    int64
	most    int64
	trouble error
}

var errLarge = errors.New("larger than the limit")

func (m *metered) Read(p []byte) (int, error) {
	if m.read >= m.most {
		return 0, errLarge
	}
	n, err := m.r.Read(p[:min(int64(len(p)), m.most-m.read)])
	m.read += int64(n)
	if err != nil && err != io.EOF {
		m.trouble = err
	}
	return n, err
}

// allow bounds what the next value may take, white space before it included.
func (a *array) allow() {
	a.at = a.dec.InputOffset()
	a.in.most = a.at + int64(a.most) + slack
}

func (a *array) token() (json.Token, error) {
	a.allow()
	t, err := a.dec.Token()
	return t, a.fault(err)
}

func (a *array) value() error {
	a.allow()
	err := a.fault(a.dec.Decode(&a.raw))
	if err == nil && len(a.raw) > a.most {
		err = a.fault(errLarge)
	}
	return err
}

func (a *array) more() bool {
	a.allow()
	return a.dec.More()
}

// enter goes to the first element of the array, which is the file or the member of this number.
func (a *array) enter(list int) error {
	if a.wrapped {
		if _, err := a.token(); err != nil { // {
			return err
		}
		for range list {
			if _, err := a.token(); err != nil { // a name
				return err
			}
			if err := a.value(); err != nil {
				return err
			}
		}
		if _, err := a.token(); err != nil { // the name of the list
			return err
		}
	}
	_, err := a.token() // [
	return err
}

func (a *array) next() (record, error) {
	if !a.more() {
		return record{}, a.leave()
	}
	a.n++
	if err := a.value(); err != nil {
		return record{}, err
	}
	return record{raw: a.raw, line: a.n, valid: true}, nil
}

// leave goes from the end of the array to the end of the file, and returns io.EOF when nothing is wrong
// with what stands there.
func (a *array) leave() error {
	if _, err := a.token(); err != nil { // ]
		return err
	}
	if a.wrapped {
		for a.more() {
			name, err := a.token()
			if err != nil {
				return err
			}
			if err := a.value(); err != nil {
				return err
			}
			if isList(name) && a.raw[0] == '[' {
				return contract(fmt.Errorf("a second list of rows, %q, behind byte %d", name, a.before+a.at), "keep one of them in the file")
			}
		}
		if _, err := a.token(); err != nil { // }
			return err
		}
	}
	a.allow()
	switch _, err := a.dec.Token(); {
	case err == io.EOF:
		return io.EOF
	case a.in.trouble != nil:
		return a.in.trouble
	}
	return contract(fmt.Errorf("something stands behind the end of the JSON value, at byte %d", a.before+a.at), repair)
}

const repair = "fetch the file again, or ask for it as CSV"

// fault gives an error of the decoder its place. The file as a whole is then not to be believed.
func (a *array) fault(err error) error {
	if err == nil {
		return nil
	}
	switch {
	case a.in.trouble != nil:
		return a.in.trouble
	case errors.Is(err, errLarge):
		return contract(fmt.Errorf("the value behind byte %d, element %d, is larger than %d bytes", a.before+a.at, a.n, a.most), "ask for the file as NDJSON, where one bad record does not spoil the others")
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return contract(fmt.Errorf("the file ends too early, in element %d, at byte %d", a.n, a.before+a.in.read), repair)
	}
	return contract(fmt.Errorf("no valid JSON in element %d, behind byte %d: %w", a.n, a.before+a.at, err), repair)
}

func contract(err error, hint string) error {
	return &qulaq.Error{Op: "read JSON", Kind: qulaq.Contract, Err: err, Hint: hint}
}
