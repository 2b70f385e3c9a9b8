package pdf

import (
	"bytes"
	"errors"

	"github.com/qulaq-kz/qulaq/transform/table"
)

// file finds the objects of a PDF. It is not safe for concurrent use.
type file struct {
	data    []byte
	at      map[int]place
	objects map[int]object // read already
	reading map[int]bool   // being read: an object that needs itself is missing
	streams map[int]*packed
	trailer dict
	crypt   *crypt
	rebuilt bool // at was made by looking through the whole file
	lost    int  // pages, or nodes of their tree, that are not where at says, or whose content is not there as a whole
	// operators counts those of all pages together, forms that are shown again included.
	operators int
	left      int // bytes that may still be unpacked or read; what makes every loop below end
}

// place is where an object lies: at an offset of the file, or as the index-th in an object stream.
type place struct {
	offset   int
	inStream int // number of the object stream; 0 when the object lies in the file itself
}

// packed is an object stream, unpacked: bytes and where the objects begin.
type packed struct {
	data    []byte
	offsets map[int]int // by number of the object
}

// open reads the table of objects, or makes one by looking through the whole file when there is none that
// leads to pages. allowance is how many bytes all of the file's streams may unpack to.
func open(data []byte, allowance int) (*file, error) {
	start := bytes.Index(data[:min(len(data), 1024)], []byte("%PDF-"))
	if start < 0 {
		return nil, errors.New("it does not begin as a PDF does")
	}
	f := &file{data: data[start:], left: allowance}
	f.reset()
	f.readTables()
	if err := f.unlock(); err != nil {
		return nil, err
	}
	if f.catalog() == nil {
		if err := f.rebuild(); err != nil {
			return nil, err
		}
	}
	if f.catalog() == nil {
		return nil, errNoPages
	}
	return f, nil
}

func (f *file) reset() {
	f.at, f.trailer = map[int]place{}, dict{}
	f.objects, f.reading, f.streams = map[int]object{}, map[int]bool{}, map[int]*packed{}
}

// spend takes n bytes from the allowance.
func (f *file) spend(n int) error {
	if n > f.left {
		f.left = 0
		return table.ErrTooLarge
	}
	f.left -= n
	return nil
}

// catalog returns the root of the document when it has pages.
func (f *file) catalog() dict {
	root := f.dict(f.trailer["Root"])
	if f.dict(root["Pages"]) == nil {
		return nil
	}
	return root
}

// resolve follows references. What is missing, or needs itself, is nil.
func (f *file) resolve(o object) object {
	for range 16 { // a reference to a reference is met, a chain of them is not
		r, ok := o.(ref)
		if !ok {
			return o
		}
		o = f.load(r.number)
	}
	return nil
}

func (f *file) load(number int) object {
	if o, ok := f.objects[number]; ok {
		return o
	}
	p, ok := f.at[number]
	if !ok || f.reading[number] || f.left == 0 {
		return nil
	}
	f.reading[number] = true
	defer delete(f.reading, number)
	var o object
	if p.inStream > 0 {
		pack := f.pack(p.inStream)
		if offset, ok := pack.offsets[number]; ok {
			l := lexer{data: pack.data, pos: offset, refs: true}
			o, _ = l.next()
			_ = f.spend(l.pos - offset) // a spent allowance shows at the next load
		}
	} else {
		o = f.objectAt(p.offset, number)
	}
	f.objects[number] = o
	return o
}

// objectAt reads "N G obj …" at an offset. A number that is not the expected one (unless that is -1) means a
// wrong table: the object is missing.
func (f *file) objectAt(offset, number int) object {
	if offset < 0 || offset >= len(f.data) {
		return nil
	}
	l := &lexer{data: f.data, pos: offset, refs: true}
	n, _ := l.next()
	g, _ := l.next()
	word, err := l.next()
	id, ok1 := n.(int)
	generation, ok2 := g.(int)
	if err != nil || !ok1 || !ok2 || word != operator("obj") || number >= 0 && id != number {
		return nil
	}
	o, err := l.next()
	if f.spend(l.pos-offset) != nil || err != nil && o == nil {
		return nil
	}
	d, ok := o.(dict)
	if !ok {
		return o
	}
	l.skipSpace()
	if !bytes.HasPrefix(f.data[l.pos:], []byte("stream")) {
		return o
	}
	l.pos += len("stream")
	if l.pos < len(f.data) && f.data[l.pos] == '\r' {
		l.pos++
	}
	if l.pos < len(f.data) && f.data[l.pos] == '\n' {
		l.pos++
	}
	raw, whole := f.raw(d, l.pos)
	return &stream{dict: d, raw: raw, whole: whole, id: ref{id, generation}}
}

// raw finds the bytes of a stream: as many as it says when "endstream" follows them, else up to that word. Without it
// they are not whole: the file was cut.
func (f *file) raw(d dict, start int) (raw []byte, whole bool) {
	rest := f.data[min(start, len(f.data)):]
	if n := f.int(d["Length"], -1); n >= 0 && n <= len(rest) {
		l := lexer{data: rest, pos: n}
		for l.pos < len(rest) && isSpace(rest[l.pos]) {
			l.pos++
		}
		if bytes.HasPrefix(rest[l.pos:], []byte("endstream")) {
			return rest[:n], true
		}
	}
	n := bytes.Index(rest, []byte("endstream"))
	if n >= 0 {
		rest = rest[:n]
	}
	if f.spend(len(rest)) != nil {
		return nil, false
	}
	return rest, n >= 0
}

// pack unpacks an object stream, once.
func (f *file) pack(number int) *packed {
	if p, ok := f.streams[number]; ok {
		return p
	}
	p := &packed{offsets: map[int]int{}}
	f.streams[number] = p
	s, ok := f.resolve(ref{number: number}).(*stream)
	if !ok {
		return p
	}
	data, err := f.unpack(s)
	if err != nil {
		return p
	}
	p.data = data
	first := f.int(s.dict["First"], 0)
	l := lexer{data: data}
	for range f.int(s.dict["N"], 0) {
		n, err := l.next()
		o, err2 := l.next()
		id, ok1 := n.(int)
		offset, ok2 := o.(int)
		if err != nil || err2 != nil {
			break
		}
		if at := first + offset; ok1 && ok2 && at >= 0 && at < len(data) {
			p.offsets[id] = at
		}
	}
	return p
}

// The helpers below give what a value is when it is of the kind that is wanted, else nothing.

// get returns the value of the first key that is there.
func (f *file) get(d dict, keys ...name) object {
	for _, k := range keys {
		if v := f.resolve(d[k]); v != nil {
			return v
		}
	}
	return nil
}

func (f *file) dict(o object) dict {
	switch o := f.resolve(o).(type) {
	case dict:
		return o
	case *stream:
		return o.dict
	}
	return nil
}

func (f *file) int(o object, otherwise int) int {
	switch n := f.resolve(o).(type) {
	case int:
		return n
	case float64:
		if n > -1e9 && n < 1e9 {
			return int(n)
		}
	}
	return otherwise
}

func (f *file) float(o object, otherwise float64) float64 {
	switch n := f.resolve(o).(type) {
	case int:
		return float64(n)
	case float64:
		return n
	}
	return otherwise
}

// floats returns the numbers of an array when it has n of them, else nil.
func (f *file) floats(o object, n int) []float64 {
	a, _ := f.resolve(o).(array)
	if len(a) != n {
		return nil
	}
	out := make([]float64, n)
	for i, v := range a {
		out[i] = f.float(v, 0)
	}
	return out
}
