package unpack

import (
	"archive/zip"
	"compress/flate"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// The bound of a bomb. Text shrinks by 5 to 30; deflate can do 1,032. Below the floor nobody is hurt.
const (
	bombFloor = 64 << 20 // bytes out
	bombRatio = 200      // bytes out for a byte in
)

// flow is how many bytes went into decompression and came out.
type flow struct{ in, out int64 }

func (f flow) bomb() bool { return f.out > bombFloor && f.out > bombRatio*f.in }

// meter counts what a container costs, as a whole and in its present member. A container is read by one
// goroutine.
type meter struct {
	object string
	most   int64 // bytes that may come out in all
	size   int64 // bytes of the container: members that share bytes do not make it larger
	total  flow
	member flow
}

func newMeter(object string, most int64) *meter {
	return &meter{object: object, most: most, size: math.MaxInt64}
}

func (m *meter) begin() { m.member = flow{} }

func (m *meter) took(n int) {
	m.total.in = min(m.total.in+int64(n), m.size)
	m.member.in = min(m.member.in+int64(n), m.size)
}

// gave counts n bytes that came out, and refuses a bomb.
func (m *meter) gave(n int) error {
	m.total.out += int64(n)
	m.member.out += int64(n)
	for _, f := range [...]flow{m.member, m.total} {
		if f.bomb() {
			return m.contract(because(table.ErrTooLarge, fmt.Errorf("zip bomb? %d bytes came out of %d", f.out, f.in)),
				"if the file is honest, unpack it by hand and give the bare file")
		}
	}
	if m.total.out > m.most {
		return m.contract(because(table.ErrTooLarge, fmt.Errorf("unpacks to more than the limit of %d bytes", m.most)),
			"if the file is honest, split it or raise the limit of unpacked bytes")
	}
	return nil
}

// because gives an error one of the reasons of package table, without a word more.
func because(reason, err error) error { return reasoned{err, reason} }

type reasoned struct {
	error
	reason error
}

// Unwrap makes both found.
func (r reasoned) Unwrap() []error { return []error{r.error, r.reason} }

func (m *meter) contract(err error, hint string) error {
	return &qulaq.Error{Op: "unpack", Object: m.object, Kind: qulaq.Contract, Err: err, Hint: hint}
}

// source is the packed bytes. It counts them, and it remembers trouble that is not the bytes' fault, which
// a decompressor might report as damage.
type source struct {
	r       io.Reader
	at      io.ReaderAt
	m       *meter
	trouble error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	s.note(n, err)
	return n, err
}

func (s *source) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 { // an offset that the container made up
		return 0, io.EOF
	}
	n, err := s.at.ReadAt(p, off)
	s.note(n, err)
	return n, err
}

func (s *source) note(n int, err error) {
	s.m.took(n)
	if err != nil && err != io.EOF {
		s.trouble = err
	}
}

// layer is one unpacking: bytes come out, are counted, and damage gets a name.
type layer struct {
	r    io.Reader
	src  *source
	what string // "the gzip stream", `member "may.csv"`
	out  int64
	err  error
}

func (l *layer) Read(p []byte) (int, error) {
	if l.err != nil {
		return 0, l.err
	}
	n, err := l.r.Read(p)
	l.out += int64(n)
	if e := l.src.m.gave(n); e != nil {
		l.err = e
		return 0, e
	}
	if err != nil && err != io.EOF {
		err = l.src.damage(err, l.what, l.out)
	}
	l.err = err
	return n, err
}

// damage names what is wrong with packed bytes, unless reading them failed or the error has its name.
func (s *source) damage(err error, what string, out int64) error {
	if s.trouble != nil {
		return s.trouble
	}
	var named *qulaq.Error
	if errors.As(err, &named) {
		return err
	}
	var corrupt flate.CorruptInputError
	where := fmt.Sprintf("%s, after %d bytes unpacked from %d", what, out, s.m.member.in)
	reason := "is damaged"
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		reason = "is truncated"
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, zip.ErrChecksum):
		reason = "has a wrong checksum"
	case errors.Is(err, gzip.ErrHeader):
		reason = "has bytes that are no gzip"
	case errors.Is(err, zip.ErrFormat):
		reason = "differs from what the zip says of it"
	case errors.As(err, &corrupt):
		reason = fmt.Sprintf("is damaged at packed byte %d", int64(corrupt))
	}
	return s.m.contract(because(table.ErrDamaged, fmt.Errorf("%s: %s", where, reason)), "the file was cut or damaged on its way: fetch it again")
}
