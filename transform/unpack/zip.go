package unpack

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// MaxInMemory is the most bytes that are held in memory of a zip that can only be read from front to back.
const MaxInMemory = 128 << 20

// ZipFile is an open zip whose reading is metered. It is not safe for concurrent use, and one member is read
// at a time.
type ZipFile struct {
	files []*zip.File
	src   *source
}

// OpenZip reads the list of members of a zip of size bytes. object names the file in errors. The list may
// be as long as a list of limits.Members generous names is; longer ones are refused before they fill memory.
// Errors are *qulaq.Error of kind Contract, or what at returned.
func OpenZip(at io.ReaderAt, size int64, object string, limits table.Limits) (*ZipFile, error) {
	limits = limits.Defaults()
	src := &source{at: at, m: newMeter(object, limits.UnpackedBytes)}
	list := &budget{at: src, left: 1<<20 + int64(limits.Members)*2048}
	r, err := zip.NewReader(list, size)
	switch {
	case list.left < 0:
		return nil, src.m.contract(because(table.ErrTooLarge, fmt.Errorf("the zip's list of members is longer than %d members need", limits.Members)), packAnew)
	case src.trouble != nil:
		return nil, src.trouble
	case err != nil && !errors.Is(err, zip.ErrInsecurePath): // names are never paths here
		return nil, src.m.contract(because(table.ErrDamaged, errors.New("the zip's list of members, at its end, is missing or damaged")),
			"the file was cut or damaged on its way: fetch it again")
	}
	list.done = true
	src.m.size = size
	src.m.total.in = 0 // what the list cost is no packed data
	return &ZipFile{files: r.File, src: src}, nil
}

// budget bounds what reading the list of members may cost; afterwards it lets everything pass.
type budget struct {
	at   io.ReaderAt
	left int64
	done bool
}

func (b *budget) ReadAt(p []byte, off int64) (int, error) {
	if !b.done {
		if b.left -= int64(len(p)); b.left < 0 {
			return 0, errors.New("the list of members is too long")
		}
	}
	return b.at.ReadAt(p, off)
}

// find returns the member of exactly this name, or of a name that differs in case or slashes only, as some
// writers of workbooks have it; nil when there is none.
func (z *ZipFile) find(name string) *zip.File {
	same := func(f *zip.File) bool { return strings.EqualFold(strings.ReplaceAll(f.Name, `\`, "/"), name) }
	if i := slices.IndexFunc(z.files, func(f *zip.File) bool { return f.Name == name }); i >= 0 {
		return z.files[i]
	}
	if i := slices.IndexFunc(z.files, same); i >= 0 {
		return z.files[i]
	}
	return nil
}

// Has says whether there is a member of this name, case and the direction of slashes aside.
func (z *ZipFile) Has(name string) bool { return z.find(name) != nil }

// Open returns the bytes of a member; its name is compared as by Has. Reading gives *qulaq.Error of kind
// Contract for damage, locks and bombs. The caller closes it.
func (z *ZipFile) Open(name string) (io.ReadCloser, error) {
	f := z.find(name)
	if f == nil {
		return nil, z.src.m.contract(because(table.ErrDamaged, fmt.Errorf("member %q is missing", Printable(name))), "")
	}
	return z.open(f)
}

// Claimed returns how large the zip says a member is: a hint for memory, never a truth.
func (z *ZipFile) Claimed(name string) uint64 {
	if f := z.find(name); f != nil {
		return f.UncompressedSize64
	}
	return 0
}

type member struct {
	io.Reader
	io.Closer
}

func (z *ZipFile) open(f *zip.File) (io.ReadCloser, error) {
	if err := z.readable(f); err != nil {
		return nil, err
	}
	z.src.m.begin()
	what := fmt.Sprintf("member %q", Printable(memberName(f.Name)))
	r, err := f.Open()
	if err != nil {
		return nil, z.src.damage(err, what, 0)
	}
	return member{&layer{r: r, src: z.src, what: what}, r}, nil
}

// readable refuses a member that is locked, or packed in a way that is not opened.
func (z *ZipFile) readable(f *zip.File) error {
	name := Printable(memberName(f.Name))
	const locked = 0x1 // general purpose bit 0
	if f.Flags&locked != 0 {
		return z.src.m.contract(because(table.ErrEncrypted, fmt.Errorf("member %q is locked with a password", name)), "pack it without a password")
	}
	if f.Method != zip.Store && f.Method != zip.Deflate {
		return z.src.m.contract(because(table.ErrFormat, fmt.Errorf("member %q is packed by method %d, which is not opened", name, f.Method)),
			"pack it with the ordinary method (deflate); Windows uses another one beyond 2 GB: use .gz there")
	}
	return nil
}

// Kind tells a workbook and other office documents from a plain zip.
func (z *ZipFile) Kind() (Kind, error) {
	if z.Has("[Content_Types].xml") {
		part := func(folder string) bool {
			return slices.ContainsFunc(z.files, func(f *zip.File) bool {
				name := strings.ReplaceAll(f.Name, `\`, "/")
				return len(name) > len(folder) && strings.EqualFold(name[:len(folder)], folder)
			})
		}
		switch {
		case z.Has("xl/workbook.bin"):
			return OtherWorkbook, nil
		case part("xl/"):
			return Workbook, nil
		case part("word/"), part("ppt/"):
			return Document, nil
		}
	}
	if z.Has("mimetype") && z.Has("content.xml") { // OpenDocument
		r, err := z.Open("mimetype")
		if err != nil {
			return 0, err
		}
		defer r.Close()
		mime, err := io.ReadAll(io.LimitReader(r, 100))
		if err != nil {
			return 0, err
		}
		if strings.Contains(string(mime), "opendocument.spreadsheet") {
			return OtherWorkbook, nil
		}
		return Document, nil
	}
	return Zip, nil
}

// readerAt returns r as what a zip needs, bytes at any place and their number, if it is that.
func readerAt(r io.Reader) (at io.ReaderAt, size int64, ok bool) {
	switch r := r.(type) {
	case interface {
		io.ReaderAt
		Size() int64
	}:
		return r, r.Size(), true
	case interface {
		io.ReaderAt
		Stat() (fs.FileInfo, error)
	}:
		info, err := r.Stat()
		if err != nil || !info.Mode().IsRegular() {
			return nil, 0, false
		}
		return r, info.Size(), true
	}
	return nil, 0, false
}

// inMemory reads what is left of r, at most MaxInMemory bytes.
func inMemory(object, what string, r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxInMemory+1))
	if err != nil {
		return nil, err
	}
	if len(data) > MaxInMemory {
		return nil, &qulaq.Error{
			Op: "open", Object: object, Kind: qulaq.Contract,
			Err:  fmt.Errorf("%s is larger than %d bytes and cannot be read at any place", what, MaxInMemory),
			Hint: "give it as a plain file on disk, not inside another archive",
		}
	}
	return data, nil
}
