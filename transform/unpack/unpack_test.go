package unpack

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/table"
	"github.com/xuri/excelize/v2"
)

const csv = "id,date\n1,2026-05-01\n"

// file is what an archive of snapshots gives: bytes at any place, of a size, to be closed.
type file struct {
	*bytes.Reader
	closed int
}

func (f *file) Close() error { f.closed++; return nil }

func fileOf(data []byte) *file { return &file{Reader: bytes.NewReader(data)} }

func gz(t testing.TB, texts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, s := range texts {
		w := gzip.NewWriter(&b)
		if _, err := io.WriteString(w, s); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

// pack makes a zip of pairs of name and content.
func pack(t testing.TB, pairs ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		f, err := w.Create(pairs[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, pairs[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func workbook(t testing.TB, opts ...excelize.Options) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetRow("Sheet1", "A1", &[]any{"id", "date"}); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b, opts...); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// given is what a test compares of a member.
type given struct {
	Name string
	Kind Kind
	Text string
	Size int64
}

func walk(a *Archive) ([]given, error) {
	var all []given
	for {
		m, err := a.Next()
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		g := given{Name: m.Name, Kind: m.Kind, Size: m.Size}
		if m.Kind == Text {
			text, err := io.ReadAll(m.Reader)
			if err != nil {
				return all, err
			}
			g.Text = string(text)
		}
		all = append(all, g)
	}
}

func unpackAll(data []byte, limits table.Limits) ([]given, []qulaq.Finding, error) {
	a, err := Open(fileOf(data), "file", limits)
	if err != nil {
		return nil, nil, err
	}
	defer a.Close()
	all, err := walk(a)
	return all, a.Skipped(), err
}

func TestMembers(t *testing.T) {
	book := workbook(t)
	text := func(name string) given { return given{Name: name, Kind: Text, Text: csv} }
	for _, c := range []struct {
		name    string
		data    []byte
		want    []given
		skipped []string
	}{
		{"plain", []byte(csv), []given{text("")}, nil},
		{"plain of one byte", []byte("1"), []given{{Kind: Text, Text: "1"}}, nil},
		{"gzip", gz(t, csv), []given{text("")}, nil},
		{"gzip of several streams", gz(t, "id,date\n", "", "1,2026-05-01\n"), []given{text("")}, nil},
		{"zip in order of names", pack(t, "b.csv", csv, "a/z.csv", csv, "a.csv", csv), []given{text("a.csv"), text("a/z.csv"), text("b.csv")}, nil},
		{"gzip in zip", pack(t, "a.csv.gz", string(gz(t, csv))), []given{text("a.csv.gz")}, nil},
		{"workbook", book, []given{{Kind: Workbook, Size: int64(len(book))}}, nil},
		{"workbook in zip", pack(t, "a.csv", csv, "may.xlsx", string(book)), []given{text("a.csv"), {Name: "may.xlsx", Kind: Workbook, Size: int64(len(book))}}, nil},
		{"workbook in gzip", gz(t, string(book)), []given{{Kind: Workbook, Size: int64(len(book))}}, nil},
		{"workbook in gzip in zip", pack(t, "may.xlsx.gz", string(gz(t, string(book)))), []given{{Name: "may.xlsx.gz", Kind: Workbook, Size: int64(len(book))}}, nil},
		{
			"litter", pack(t, "a.csv", csv, "dir/", "", "__MACOSX/a.csv", "x", "dir/.DS_Store", "x", "Thumbs.db", "\xd0\xcf\x11\xe0", "e.csv", "", "p.pdf", "%PDF-1.7", "s.jpg", "\xff\xd8\xff\xe0", "letter.docx", string(pack(t, "[Content_Types].xml", "", "word/document.xml", ""))),
			[]given{text("a.csv")},
			[]string{
				"Thumbs.db: a companion file of Windows", "__MACOSX/a.csv: a companion file of macOS", "dir/.DS_Store: a hidden file",
				"e.csv: empty", "letter.docx: a text document or a presentation, not an export", "p.pdf: a PDF document, not an export", "s.jpg: a picture, not an export",
			},
		},
		{"zip of nothing", pack(t), nil, []string{": nothing in the zip could be an export"}},
		{"zip of a PDF", pack(t, "p.pdf", "%PDF-1.7"), nil, []string{"p.pdf: a PDF document, not an export", ": nothing in the zip could be an export"}},
		{"name in windows-1251", pack(t, "\xcf\xeb\xe0\xed \xe7\xe0 2 \xef\xee\xeb\xf3\xe3\xee\xe4\xe8\xe5.csv", csv), []given{text("План за 2 полугодие.csv")}, nil},
		{"name in code page 866", pack(t, "\xac\xa0\xa9.csv", csv), []given{text("май.csv")}, nil},
		{"name with controls", pack(t, "a\x1b[2J\u202e.csv", csv), []given{text("a\ufffd[2J\ufffd.csv")}, nil},
		{"name that climbs", pack(t, "../../etc/passwd", csv, `c:\x.csv`, csv), []given{text("../../etc/passwd"), text(`c:\x.csv`)}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, findings, err := unpackAll(c.data, table.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("members (-want +got):\n%s", d)
			}
			var skipped []string
			for _, f := range findings {
				skipped = append(skipped, f.Subject+": "+f.Detail)
				if f.Kind != qulaq.NothingToRead || f.Count != 1 || f.Table != f.Subject {
					t.Errorf("finding %+v", f)
				}
			}
			skippedInOrder := cmp.Transformer("set", func(s []string) map[string]bool {
				m := map[string]bool{}
				for _, x := range s {
					m[x] = true
				}
				return m
			})
			if d := cmp.Diff(c.skipped, skipped, skippedInOrder); d != "" {
				t.Errorf("skipped (-want +got):\n%s", d)
			}
		})
	}
}

// flip returns a copy of data with the bits of one byte turned over.
func flip(data []byte, at int) []byte {
	data = bytes.Clone(data)
	data[at] ^= 0xff
	return data
}

// every replaces all occurrences of a pattern; it fails the test when there is none.
func every(t *testing.T, data []byte, old, with string) []byte {
	t.Helper()
	if !bytes.Contains(data, []byte(old)) {
		t.Fatalf("%q is not in the data", old)
	}
	return bytes.ReplaceAll(data, []byte(old), []byte(with))
}

// stored makes a zip of one stored member by hand, with the flags, method and sizes that a test wants.
func stored(name string, flags, method uint16, content string, claimed uint32, times int) []byte {
	var b bytes.Buffer
	field := func(values ...any) {
		for _, v := range values {
			if err := binary.Write(&b, binary.LittleEndian, v); err != nil {
				panic(err)
			}
		}
	}
	crc := crc32.ChecksumIEEE([]byte(content))
	size := uint32(len(content))
	field(uint32(0x04034b50), uint16(20), flags, method, uint32(0), crc, size, claimed, uint16(len(name)), uint16(0))
	b.WriteString(name + content)
	start := b.Len()
	for i := range times {
		n := name
		if i > 0 {
			n = fmt.Sprintf("%d%s", i, name)
		}
		field(uint32(0x02014b50), uint16(20), uint16(20), flags, method, uint32(0), crc, size, claimed, uint16(len(n)),
			uint16(0), uint16(0), uint16(0), uint16(0), uint32(0), uint32(0))
		b.WriteString(n)
	}
	list := uint32(b.Len() - start)
	field(uint32(0x06054b50), uint32(0), uint16(times), uint16(times), list, uint32(start), uint16(0))
	return b.Bytes()
}

func TestRefused(t *testing.T) {
	long := gz(t, strings.Repeat("ЖТ-2026-01586920;", 5000))
	zipped := pack(t, "a.csv", strings.Repeat(csv, 1000))
	page := "\ufeff \n<!DOCTYPE HTML>\n<html><head><title>502\n Bad  Gateway</title></head></html>"
	for _, c := range []struct {
		name string
		data []byte
		want string // in the message
		hint string
	}{
		{"empty", nil, "the file is empty", "fetch it again"},
		{"empty in gzip", gz(t, ""), "the file is empty", "fetch it again"},
		{"page", []byte(page), `the file is an HTML page titled "502 Bad Gateway", not an export`, "login"},
		{"page in gzip", gz(t, page), `an HTML page titled "502 Bad Gateway"`, "login"},
		{"page in zip", pack(t, "a.csv", page), `member "a.csv" is an HTML page titled "502 Bad Gateway"`, "login"},
		{"page without title", []byte("<html><body>"), "the file is an HTML page, not an export", "login"},
		{"PDF", []byte("%PDF-1.4\n"), "a PDF document", "CSV"},
		{"xls", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "an old Office file", "save it as .xlsx"},
		{"xls in zip", pack(t, "a.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), `member "a.xls" is an old Office file`, "save it as .xlsx"},
		{"locked workbook", workbook(t, excelize.Options{Password: "secret"}), "the file is a workbook locked with a password", "without a password"},
		{"RAR", []byte("Rar!\x1a\x07\x01\x00"), "a RAR archive", ".zip or .gz"},
		{"7z in zip", pack(t, "a.7z", "7z\xbc\xaf\x27\x1c\x00"), `member "a.7z" is a 7z archive`, ".zip or .gz"},
		{"Word", pack(t, "[Content_Types].xml", "", "word/document.xml", ""), "a text document", "CSV"},
		{"binary workbook", pack(t, "[Content_Types].xml", "", "xl/workbook.bin", ""), "a spreadsheet of another format", "save it as .xlsx"},
		{"ODS", pack(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", ""), "a spreadsheet of another format", "save it as .xlsx"},
		{"ODT", pack(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", ""), "a text document", "CSV"},
		{"zip in zip", pack(t, "in.zip", string(zipped)), `member "in.zip" is a zip`, "directly"},
		{"zip in gzip", gz(t, string(zipped)), "the file is a zip", "directly"},
		{"gzip in gzip", gz(t, string(gz(t, csv))), "the file is a gzip file", ""},
		{"truncated gzip", long[:len(long)/2], "bytes unpacked from 145: is truncated", "fetch it again"},
		{"gzip cut in its trailer", long[:len(long)-3], "is truncated", "fetch it again"},
		{"gzip cut in its header", long[:5], "is truncated", "fetch it again"},
		{"gzip with a wrong checksum", flip(long, len(long)-6), "has a wrong checksum", "fetch it again"},
		{"gzip with damage", flip(long, 40), "is damaged", "fetch it again"},
		{"gzip with garbage behind", append(bytes.Clone(long), "garbage garbage"...), "has bytes that are no gzip", "fetch it again"},
		{"truncated zip", zipped[:len(zipped)-30], "list of members, at its end, is missing", "fetch it again"},
		{"zip with damage", flip(zipped, 40), `member "a.csv", after`, "fetch it again"},
		{"zip with a wrong checksum", every(t, stored("a.csv", 0, 0, csv, uint32(len(csv)), 1), "2026", "2027"), "has a wrong checksum", "fetch it again"},
		{"zip that claims too little", stored("a.csv", 0, 0, csv, 3, 1), "differs from what the zip says", "fetch it again"},
		{"zip that claims too much", stored("a.csv", 0, 0, csv, 3000, 1), "is truncated", "fetch it again"},
		{"locked member", stored("a.csv", 1, 0, csv, uint32(len(csv)), 1), `member "a.csv" is locked with a password`, "without a password"},
		{"unknown method", stored("a.csv", 0, 9, csv, uint32(len(csv)), 1), `member "a.csv" is packed by method 9`, "deflate"},
		{"two of one name", pack(t, "a.csv", csv, "a.csv", csv), `two members named "a.csv"`, "one file of each name"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := unpackAll(c.data, table.Limits{})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("error %v, want %q in it", err, c.want)
			}
			if k := qulaq.KindOf(err); k != qulaq.Contract {
				t.Errorf("kind %v, want contract: %v", k, err)
			}
			if h := qulaq.Hint(err); !strings.Contains(h, c.hint) {
				t.Errorf("hint %q, want %q in it", h, c.hint)
			}
			if !strings.Contains(err.Error(), "file") {
				t.Errorf("%q does not name the file", err)
			}
		})
	}
}

func TestBombs(t *testing.T) {
	zeros := strings.Repeat("0", bombFloor+1<<20)
	var small strings.Builder // 1 MiB that packs 60 : 1, which is honest
	for i := 0; small.Len() < 1<<20; i++ {
		fmt.Fprintf(&small, "%d%s\n", i%1000, strings.Repeat("complaint", 30))
	}
	overlapping := func() []byte {
		one := pack(t, "a", small.String())
		z, err := zip.NewReader(bytes.NewReader(one), int64(len(one)))
		if err != nil {
			t.Fatal(err)
		}
		f := z.File[0]
		raw, err := f.OpenRaw()
		if err != nil {
			t.Fatal(err)
		}
		packed, err := io.ReadAll(raw)
		if err != nil {
			t.Fatal(err)
		}
		if ratio := small.Len() / len(packed); ratio > bombRatio/2 {
			t.Fatalf("packs %d : 1, a bomb by itself", ratio)
		}
		data := stored("a", 0, zip.Deflate, string(packed), uint32(small.Len()), 100)
		return every(t, data, string(binary.LittleEndian.AppendUint32(nil, crc32.ChecksumIEEE(packed))),
			string(binary.LittleEndian.AppendUint32(nil, f.CRC32)))
	}
	for _, c := range []struct {
		name   string
		data   []byte
		limits table.Limits
		want   string
	}{
		{"gzip", gz(t, zeros), table.Limits{}, "zip bomb?"},
		{"zip", pack(t, "a", zeros), table.Limits{}, "zip bomb?"},
		{"gzip in zip", pack(t, "a", string(gz(t, zeros))), table.Limits{}, "zip bomb?"},
		{"empty streams in gzip in zip", pack(t, "a", strings.Repeat(string(gz(t, "")), 3_000_000)), table.Limits{}, "zip bomb?"},
		{"members that share their bytes", overlapping(), table.Limits{}, "zip bomb?"},
		{"too much of one", gz(t, csv), table.Limits{UnpackedBytes: 10}, "unpacks to more than the limit of 10 bytes"},
		{"too much of all", pack(t, "a", "123456", "b", "123456"), table.Limits{UnpackedBytes: 10}, "unpacks to more than the limit of 10 bytes"},
		{"too many members", pack(t, "a", "1", "b", "2", "c", "3"), table.Limits{Members: 2}, "3 members, more than the limit of 2"},
		{"far too many members", stored("a", 0, 0, "1", 1, 60000), table.Limits{}, "longer than 1000 members need"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := unpackAll(c.data, c.limits)
			if err == nil || !strings.Contains(err.Error(), c.want) || qulaq.KindOf(err) != qulaq.Contract {
				t.Errorf("error %v of kind %v, want contract with %q", err, qulaq.KindOf(err), c.want)
			}
		})
	}
}

// An honest text that packs well passes, however large.
func TestNoBomb(t *testing.T) {
	var b strings.Builder
	for i := 0; b.Len() < bombFloor+1<<20; i++ {
		fmt.Fprintf(&b, "ЖТ-2026-%08d;Завершено;Управление № %d\n", i, i%7)
	}
	all, _, err := unpackAll(gz(t, b.String()), table.Limits{})
	if err != nil || len(all) != 1 || all[0].Text != b.String() {
		t.Errorf("%d members, error %v", len(all), err)
	}
}

// Trouble with reading is not blamed on the bytes, so that a run tries again.
func TestTroubleOfTheDisk(t *testing.T) {
	trouble := &qulaq.Error{Op: "read", Kind: qulaq.Transient}
	whole := gz(t, strings.Repeat(csv, 100_000))
	a, err := Open(io.NopCloser(io.MultiReader(bytes.NewReader(whole[:len(whole)/2]), iotest.ErrReader(trouble))), "file", table.Limits{})
	if err == nil {
		_, err = walk(a)
	}
	if !errors.Is(err, trouble) {
		t.Errorf("error %v, want the disk's", err)
	}
}

// brokenDisk fails to read beyond a place.
type brokenDisk struct {
	*file
	good int64
	err  error
}

func (d brokenDisk) ReadAt(p []byte, off int64) (int, error) {
	if off < d.good {
		return 0, d.err
	}
	return d.file.ReadAt(p, off)
}

func TestTroubleOfTheDiskInZip(t *testing.T) {
	trouble := &qulaq.Error{Op: "read", Kind: qulaq.Transient}
	data := pack(t, "a.csv", csv)
	for name, good := range map[string]int64{"list": int64(len(data)), "member": int64(len(data)) - 100} {
		a, err := Open(brokenDisk{fileOf(data), good, trouble}, "file", table.Limits{})
		if err == nil {
			_, err = walk(a)
		}
		if !errors.Is(err, trouble) {
			t.Errorf("%s: error %v, want the disk's", name, err)
		}
	}
	src := &source{at: bytes.NewReader(data), m: newMeter("file", 1)}
	if _, err := src.ReadAt(make([]byte, 1), -1); err != io.EOF || src.trouble != nil {
		t.Errorf("an offset below zero gives %v and trouble %v", err, src.trouble)
	}
}

// Links are passed over: what they point to is not in the zip.
func TestLinks(t *testing.T) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	h := &zip.FileHeader{Name: "a.csv"}
	h.SetMode(0o777 | fs.ModeSymlink)
	f, err := w.CreateHeader(h)
	if err == nil {
		_, err = io.WriteString(f, "/etc/passwd")
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	all, skipped, err := unpackAll(b.Bytes(), table.Limits{})
	if err != nil || len(all) != 0 || len(skipped) != 2 || skipped[0].Detail != "a link or a device, not a file" {
		t.Errorf("%+v, %+v, %v", all, skipped, err)
	}
}

func TestPlacesOfBytes(t *testing.T) {
	data := pack(t, "a.csv", csv)
	path := filepath.Join(t.TempDir(), "a.zip")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	disk, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]io.ReadCloser{
		"disk":      disk,
		"memory":    fileOf(data),
		"stream":    io.NopCloser(io.MultiReader(bytes.NewReader(data))),
		"byte wise": io.NopCloser(iotest.OneByteReader(bytes.NewReader(data))),
	} {
		t.Run(name, func(t *testing.T) {
			a, err := Open(r, "file", table.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			all, err := walk(a)
			if d := cmp.Diff([]given{{Name: "a.csv", Kind: Text, Text: csv}}, all); d != "" || err != nil {
				t.Errorf("error %v\n%s", err, d)
			}
			if err := a.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

// A zip beyond the bound that comes as a stream is refused with a hint.
func TestStreamTooLarge(t *testing.T) {
	endless := io.MultiReader(strings.NewReader("PK\x03\x04"), zeroes{})
	_, err := Open(io.NopCloser(endless), "file", table.Limits{})
	if err == nil || !strings.Contains(err.Error(), "larger than 134217728 bytes") || qulaq.Hint(err) == "" {
		t.Errorf("error %v, hint %q", err, qulaq.Hint(err))
	}
}

type zeroes struct{}

func (zeroes) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestCloses(t *testing.T) {
	good := fileOf([]byte(csv))
	a, err := Open(good, "file", table.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil || good.closed != 1 {
		t.Errorf("closed %d times, error %v", good.closed, err)
	}
	bad := fileOf([]byte("PK\x03\x04"))
	if _, err := Open(bad, "file", table.Limits{}); err == nil || bad.closed != 1 {
		t.Errorf("closed %d times, error %v", bad.closed, err)
	}
}

// An error stays: nobody reads past a damaged member by asking again.
func TestErrorStays(t *testing.T) {
	a, err := Open(fileOf(pack(t, "a.rar", "Rar!\x1a\x07\x00", "b.csv", csv)), "file", table.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	_, first := a.Next()
	_, second := a.Next()
	if first == nil || first == io.EOF || first != second {
		t.Errorf("first %v, then %v", first, second)
	}
}

func TestZipFile(t *testing.T) {
	data := pack(t, "xl/workbook.xml", "<workbook/>", `xl\Styles.xml`, "<styles/>")
	z, err := OpenZip(bytes.NewReader(data), int64(len(data)), "file", table.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if !z.Has("xl/workbook.xml") || !z.Has("xl/styles.xml") || z.Has("xl/none.xml") {
		t.Error("Has is wrong")
	}
	if n := z.Claimed("xl/workbook.xml"); n != 11 {
		t.Errorf("claimed %d", n)
	}
	r, err := z.Open("xl/styles.xml")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil || string(text) != "<styles/>" {
		t.Errorf("%q, %v", text, err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if _, err := z.Open("xl/none.xml"); qulaq.KindOf(err) != qulaq.Contract {
		t.Errorf("missing member: %v", err)
	}
}

// The members as readers of documents want them, and the reasons that they look for.
func TestEntries(t *testing.T) {
	data := pack(t, "б.docx", "2", "a/", "", "a/a.txt", "1", "__MACOSX/._x", "0")
	z, err := OpenZip(bytes.NewReader(data), int64(len(data)), "file", table.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range z.Entries() {
		text, err := z.Bytes(e)
		if err != nil {
			t.Error(err)
		}
		got = append(got, fmt.Sprintf("%s=%s %s", e.Name, text, e.Litter))
	}
	if d := cmp.Diff([]string{"б.docx=2 ", "a/a.txt=1 ", "__MACOSX/._x=0 a companion file of macOS"}, got); d != "" {
		t.Error(d)
	}
	if n := z.ClaimedTotal(); n != 3 {
		t.Errorf("claimed %d", n)
	}
	if k, err := z.Kind(); k != Zip || err != nil {
		t.Errorf("%v, %v", k, err)
	}
	for name, c := range map[string]struct {
		data   []byte
		limits table.Limits
		want   error
	}{
		"no list":      {data[:len(data)-5], table.Limits{}, table.ErrDamaged},
		"too much":     {data, table.Limits{UnpackedBytes: 2}, table.ErrTooLarge},
		"a wrong size": {stored("a", 0, 0, "text", 9, 1), table.Limits{}, table.ErrDamaged},
		"locked":       {stored("a", 1, 0, "text", 4, 1), table.Limits{}, table.ErrEncrypted},
	} {
		z, err := OpenZip(bytes.NewReader(c.data), int64(len(c.data)), "file", c.limits)
		if err == nil {
			for _, e := range z.Entries() {
				if _, err = z.Bytes(e); err != nil {
					break
				}
			}
		}
		if !errors.Is(err, c.want) || qulaq.KindOf(err) != qulaq.Contract {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestSniff(t *testing.T) {
	for _, c := range []struct {
		first string
		want  Kind
	}{
		{"", Empty},
		{"id,date", Text},
		{"\xef\xbb\xbfid,date", Text},
		{"[{", Text},
		{"<", Text},
		{"<table>", Text},
		{"\x1f", Text},
		{"\x1f\x8b", Gzip},
		{"PK", Text},
		{"PK\x03\x04", Zip},
		{"PK\x05\x06", Zip},
		{"\xd0\xcf\x11\xe0", OldWorkbook},
		{"%PDF-1.7", PDF},
		{"\x89PNG\r\n\x1a\n", Image},
		{"II*\x00\x08", Image},
		{"MM\x00*\x00", Image},
		{"GIF89a", Image},
		{"AT&TFORM\x00", Image},
		{`{\rtf1\ansi`, RTF},
		{`{"rtf": 1}`, Text},
		{"Rar!\x1a\x07\x00", RAR},
		{"7z\xbc\xaf\x27\x1c", SevenZip},
		{"\x28\xb5\x2f\xfd", Zstd},
		{"\xfd7zXZ\x00", XZ},
		{"BZh91AY&SY", Bzip2},
		{"<!doctype html>", HTML},
		{"\xef\xbb\xbf\r\n <HTML lang=ru>", HTML},
		{`<?xml version="1.0"?><!DOCTYPE x><html>`, HTML},
		{`<?xml version="1.0"?><rows/>`, Text},
		{"<!-- saved from url --><html>", HTML},
		{strings.Repeat(" ", SniffLen) + "<html>", Text},
	} {
		if got := Sniff([]byte(c.first)); got != c.want {
			t.Errorf("Sniff(%q) = %v, want %v", c.first, got, c.want)
		}
	}
}

// Every kind has a name, and every kind that is refused tells what to do.
func TestKinds(t *testing.T) {
	for k := range kinds {
		k := Kind(k)
		if kinds[k].called == "" || strings.HasPrefix(k.String(), "kind(") {
			t.Errorf("kind %d has no name", k)
		}
		readable := k == Text || k == Gzip || k == Workbook
		if !readable && kinds[k].hint == "" {
			t.Errorf("%v has no hint", k)
		}
	}
	if got := Kind(200).String(); got != "kind(200)" {
		t.Error(got)
	}
}

func TestTitle(t *testing.T) {
	for _, c := range []struct{ page, want string }{
		{"<title>502 Bad Gateway</title>", "502 Bad Gateway"},
		{"<html><head><title>\n Вход &amp;  регистрация\t</title>", "Вход & регистрация"},
		{`<meta charset="windows-1251"><title>` + "\xc2\xf5\xee\xe4" + "</title>", "Вход"},
		{"<title>" + strings.Repeat("я", 300) + "</title>", strings.Repeat("я", 200) + "…"},
		{"<html><body>no title", ""},
		{strings.Repeat(" ", titleBytes) + "<title>late</title>", ""},
		{"", ""},
	} {
		if got := Title(strings.NewReader(c.page)); got != c.want {
			t.Errorf("Title(%.60q) = %q, want %q", c.page, got, c.want)
		}
	}
}
