package unpack

import (
	"archive/zip"
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// Archive is the files inside a file, one by one. It is not safe for concurrent use.
type Archive struct {
	object  string
	limits  table.Limits
	file    io.Closer
	entries []entry // not yet handed out
	open    io.Closer
	given   int
	skipped []qulaq.Finding
	err     error
}

// entry is a file that may be handed out.
type entry struct {
	name string // "" for the file itself
	open func() (io.ReadCloser, error)
	src  *source
	book *Member // the file itself when it is a workbook
}

// Member is one file that can be read.
type Member struct {
	Name string // as the zip has it, fit to be shown; "" for the file itself and for what a .gz holds
	Kind Kind   // Text or Workbook
	// Reader gives the bytes of a Text. It is valid until the next call of Next or Close. Its errors are
	// *qulaq.Error of kind Contract when the archive is damaged, locked or a bomb, else what reading the
	// file gave.
	Reader io.Reader
	// At and Size are the bytes of a Workbook: valid as long as Reader is.
	At   io.ReaderAt
	Size int64
}

// Open looks at the first bytes of file and makes its members ready. file is what qulaq.Snapshot.Open
// returns: positioned at its beginning; a zip should be an io.ReaderAt with Size() int64 or an *os.File,
// else up to MaxInMemory bytes of it are read into memory. object names the file in errors. Open takes file
// over: Close closes it, and so does Open when it fails.
//
// A zip is refused as a whole when it has more than limits.Members members, two of one name, one that is
// locked, or one that is packed in an unknown way. Errors are *qulaq.Error of kind Contract, or what file
// returned.
func Open(file io.ReadCloser, object string, limits table.Limits) (*Archive, error) {
	a := &Archive{object: object, limits: limits.Defaults(), file: file}
	if err := a.start(file); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return a, nil
}

func (a *Archive) start(file io.Reader) error {
	src := &source{r: file, m: newMeter(a.object, a.limits.UnpackedBytes)}
	bytes := bufio.NewReaderSize(src, bufferSize)
	first, err := peek(bytes)
	if err != nil {
		return err
	}
	if Sniff(first) != Zip {
		a.entries = []entry{{src: src, open: func() (io.ReadCloser, error) { return io.NopCloser(bytes), nil }}}
		return nil
	}
	at, size, ok := readerAt(file)
	if !ok {
		if at, size, err = a.load("the zip", bytes); err != nil {
			return err
		}
	}
	z, err := OpenZip(at, size, a.object, a.limits)
	if err != nil {
		return err
	}
	kind, err := z.Kind()
	switch {
	case err != nil:
		return err
	case kind == Zip:
		return a.list(z)
	case kind == Workbook:
		a.entries = []entry{{book: &Member{Kind: Workbook, At: at, Size: size}}}
		return nil
	}
	return refusal(a.object, "", kind, "")
}

// list makes the members of a zip ready, by name.
func (a *Archive) list(z *ZipFile) error {
	if len(z.files) > a.limits.Members {
		return z.src.m.contract(fmt.Errorf("the zip has %d members, more than the limit of %d", len(z.files), a.limits.Members),
			"split it, or raise the limit of members")
	}
	files := slices.Clone(z.files)
	slices.SortStableFunc(files, func(x, y *zip.File) int { return cmp.Compare(memberName(x.Name), memberName(y.Name)) })
	for i, f := range files {
		name := memberName(f.Name)
		shown := Printable(name)
		if i > 0 && name == memberName(files[i-1].Name) {
			return z.src.m.contract(fmt.Errorf("the zip has two members named %q", shown), "pack it anew, with one file of each name")
		}
		mode := f.Mode()
		if mode.IsDir() || strings.HasSuffix(name, "/") {
			continue // it holds nothing: its files are members of their own
		}
		if why := litter(name); why != "" {
			a.skip(shown, why)
			continue
		}
		if !mode.IsRegular() {
			a.skip(shown, "a link or a device, not a file")
			continue
		}
		if err := z.readable(f); err != nil {
			return err
		}
		a.entries = append(a.entries, entry{name: shown, src: z.src, open: func() (io.ReadCloser, error) { return z.open(f) }})
	}
	return nil
}

// Next returns the next member, or io.EOF after the last. The member before is then no longer valid.
//
// A file, or the content of a .gz, that is no export at all (a PDF, a page, a packing that is not opened,
// nothing) is an error that says what it is. So is such a member of a zip if it may hold an export: an
// archive, an old workbook, a page. Members that are none for sure (empty ones, pictures, PDF and text
// documents) are passed over and stand in Skipped. After an error every call returns it again.
func (a *Archive) Next() (Member, error) {
	for a.err == nil {
		if a.err = a.closeMember(); a.err != nil {
			break
		}
		if len(a.entries) == 0 {
			a.err = io.EOF
			if a.given == 0 {
				a.skip("", "nothing in the zip could be an export")
			}
			break
		}
		e := a.entries[0]
		a.entries = a.entries[1:]
		m, kind, err := a.member(e)
		switch {
		case err != nil:
			a.err = err
		case kind == Text, kind == Workbook:
			a.given++
			return m, nil
		default:
			a.skip(e.name, kinds[kind].called)
		}
	}
	return Member{}, a.err
}

// Skipped returns what was passed over so far, one finding of kind qulaq.NothingToRead a member. When Next
// has returned io.EOF without any member, one more finding says so of the file as a whole.
func (a *Archive) Skipped() []qulaq.Finding { return a.skipped }

// Close closes the file. Members are no longer valid.
func (a *Archive) Close() error {
	return errors.Join(a.closeMember(), a.file.Close())
}

func (a *Archive) closeMember() error {
	if a.open == nil {
		return nil
	}
	err := a.open.Close()
	a.open = nil
	return err
}

func (a *Archive) skip(name, why string) {
	a.skipped = append(a.skipped, qulaq.Finding{Kind: qulaq.NothingToRead, Subject: name, Table: name, Detail: why, Count: 1})
}

// member opens an entry. A kind other than Text and Workbook says that the entry is to be passed over.
func (a *Archive) member(e entry) (Member, Kind, error) {
	if e.book != nil {
		return *e.book, Workbook, nil
	}
	r, err := e.open()
	if err != nil {
		return Member{}, 0, err
	}
	a.open = r
	return a.classify(e, bufio.NewReaderSize(r, bufferSize), false)
}

const bufferSize = 64 << 10

// peek returns the first bytes without consuming them. A short file is no error.
func peek(r *bufio.Reader) ([]byte, error) {
	first, err := r.Peek(SniffLen)
	if err == io.EOF {
		err = nil
	}
	return first, err
}

// classify says what an entry is and makes it readable. unpacked says that one gzip was opened already.
func (a *Archive) classify(e entry, r *bufio.Reader, unpacked bool) (Member, Kind, error) {
	first, err := peek(r)
	if err != nil {
		return Member{}, 0, err
	}
	kind := Sniff(first)
	switch {
	case kind == Text:
		return Member{Name: e.name, Kind: Text, Reader: r}, Text, nil
	case kind == Gzip && !unpacked:
		inner, err := gunzip(e, r)
		if err != nil {
			return Member{}, 0, err
		}
		return a.classify(e, bufio.NewReaderSize(inner, bufferSize), true)
	case kind == Zip:
		return a.inner(e, r)
	}
	return a.pass(e, kind, r)
}

// gunzip opens a gzip file of one or more streams.
func gunzip(e entry, r *bufio.Reader) (io.Reader, error) {
	what := "the gzip stream"
	if e.name != "" {
		what = fmt.Sprintf("the gzip stream in member %q", e.name)
	}
	g, err := gzip.NewReader(r)
	if err != nil {
		return nil, e.src.damage(err, what, 0)
	}
	return &layer{r: g, src: e.src, what: what}, nil
}

// inner opens a zip that stands inside a zip or a gzip: a workbook is read, an archive is refused.
func (a *Archive) inner(e entry, r io.Reader) (Member, Kind, error) {
	what := "the zip inside the gzip"
	if e.name != "" {
		what = fmt.Sprintf("member %q", e.name)
	}
	at, size, err := a.load(what, r)
	if err != nil {
		return Member{}, 0, err
	}
	z, err := OpenZip(at, size, a.object+" "+e.name, a.limits)
	if err != nil {
		return Member{}, 0, err
	}
	kind, err := z.Kind()
	if err != nil {
		return Member{}, 0, err
	}
	if kind == Workbook {
		return Member{Name: e.name, Kind: Workbook, At: at, Size: size}, Workbook, nil
	}
	return a.pass(e, kind, nil)
}

// load reads r into memory, for a zip.
func (a *Archive) load(what string, r io.Reader) (io.ReaderAt, int64, error) {
	data, err := inMemory(a.object, what, r)
	if err != nil {
		return nil, 0, err
	}
	return bytes.NewReader(data), int64(len(data)), nil
}

// pass decides about an entry that cannot be read: pass it over, or refuse the file. r is at its beginning.
func (a *Archive) pass(e entry, kind Kind, r *bufio.Reader) (Member, Kind, error) {
	title := ""
	switch kind {
	case Empty, PDF, Image, RTF, Document:
		if e.name != "" {
			return Member{}, kind, nil
		}
	case HTML:
		title = Title(r)
	case OldWorkbook:
		if isLocked(r) {
			kind = LockedWorkbook
		}
	}
	return Member{}, 0, refusal(a.object, e.name, kind, title)
}
