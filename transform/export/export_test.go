package export

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/csv"
	"github.com/qulaq-kz/qulaq/transform/table"
)

type file struct {
	*bytes.Reader
	closed int
}

func (f *file) Close() error {
	f.closed++
	return nil
}

func snapshot(f *file) qulaq.Snapshot {
	return qulaq.Snapshot{Name: "may", Size: f.Size(), Open: func() (io.ReadCloser, error) { return f, nil }}
}

// found is a table as it is read.
type found struct {
	Name     string
	Workbook bool
	Header   []string
	Rows     []string // cells with a bar between them
}

// tables reads all tables of a file, and says what was passed over.
func tables(t *testing.T, data []byte, o Options) (all []found, passed []string, err error) {
	t.Helper()
	raw := &file{Reader: bytes.NewReader(data)}
	f, err := Open(snapshot(raw), o)
	if err != nil {
		if raw.closed == 0 {
			t.Error("the bytes stay open when the file cannot be opened")
		}
		return nil, nil, err
	}
	defer func() {
		if e := f.Close(); e != nil || raw.closed == 0 {
			t.Errorf("closed %d times, with %v", raw.closed, e)
		}
	}()
	for {
		name, r, err := f.Next()
		if err != nil {
			for _, s := range f.Findings() {
				if s.Kind != qulaq.NothingToRead || s.Count != 1 || s.Detail == "" {
					t.Errorf("%+v", s)
				}
				passed = append(passed, s.Subject)
			}
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return all, passed, err
		}
		got := found{Name: name, Workbook: f.Workbook, Header: r.Header()}
		var b table.Block
		for {
			err := r.Read(&b)
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return all, passed, err
			}
			for row := range b.Rows() {
				var cells []string
				for c := range b.Width {
					cells = append(cells, string(b.Cell(row, c)))
				}
				got.Rows = append(got.Rows, strings.Join(cells, "|"))
			}
		}
		all = append(all, got)
	}
}

func gz(t *testing.T, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write(data)
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// packed puts members, name and content in turn, into a zip.
func packed(t *testing.T, members ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for m := range slices.Chunk(members, 2) {
		w, err := z.Create(m[0])
		if err == nil {
			_, err = io.WriteString(w, m[1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// workbook has two sheets of two rows, one of notes between them.
func workbook(t *testing.T) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for sheet, rows := range map[string][][]string{
		"Sheet1": {{"a", "b"}, {"1", "2"}}, "Заметки": {{"примечание"}}, "Ещё": {{"c", "d"}, {"3", "4"}},
	} {
		for i, row := range rows {
			if _, err := book.NewSheet(sheet); err != nil {
				t.Fatal(err)
			}
			if err := book.SetSheetRow(sheet, []string{"A1", "A2"}[i], &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	b, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTables(t *testing.T) {
	const text = "a,b\n1,2\n"
	one := []found{{Header: []string{"a", "b"}, Rows: []string{"1|2"}}}
	in := func(name string) []found { return []found{{Name: name, Header: one[0].Header, Rows: one[0].Rows}} }
	for name, c := range map[string]struct {
		data   []byte
		want   []found
		passed []string
	}{
		"text":                       {[]byte(text), one, nil},
		"a mark and text":            {[]byte("\ufeff" + text), one, nil},
		"array":                      {[]byte(`[{"a":"1","b":2}]`), one, nil},
		"array behind blank lines":   {[]byte("\n\r\n \t[{\"a\":\"1\",\"b\":2}]"), one, nil},
		"array behind a mark":        {[]byte("\ufeff [{\"a\":\"1\",\"b\":2}]"), one, nil},
		"lines of JSON":              {[]byte("{\"a\":1,\"b\":2}\n{\"b\":4}\n"), []found{{Header: one[0].Header, Rows: []string{"1|2", "|4"}}}, nil},
		"an empty array":             {[]byte("[]"), []found{{}}, nil},
		"a header alone":             {[]byte("a,b\n"), []found{{Header: one[0].Header}}, nil},
		"a column with a bracket":    {[]byte("a [кВт],b\n1,2\n"), []found{{Header: []string{"a [кВт]", "b"}, Rows: one[0].Rows}}, nil},
		"gz":                         {gz(t, []byte(text)), one, nil},
		"gz of JSON":                 {gz(t, []byte(`[{"a":"1","b":2}]`)), one, nil},
		"zip":                        {packed(t, "may/a.csv", text), in("may/a.csv"), nil},
		"zip with a wrong extension": {packed(t, "a.pdf", text), in("a.pdf"), nil},
		"gz in zip":                  {packed(t, "a.csv.gz", string(gz(t, []byte(text)))), in("a.csv.gz"), nil},
		"zip of two":                 {packed(t, "b.json", `[{"a":"1","b":2}]`, "a.csv", text), append(in("a.csv"), in("b.json")...), nil},
		"zip with a picture":         {packed(t, "a.csv", text, "a.png", "\x89PNG\r\n\x1a\n"), in("a.csv"), []string{"a.png"}},
		"zip of pictures":            {packed(t, "a.png", "\x89PNG\r\n\x1a\n"), nil, []string{"a.png", ""}},
		"an empty zip":               {packed(t), nil, []string{""}},
	} {
		t.Run(name, func(t *testing.T) {
			got, passed, err := tables(t, c.data, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			if !slices.Equal(passed, c.passed) {
				t.Errorf("passed over were %q", passed)
			}
		})
	}
}

// A workbook has as many tables as sheets with rows; in a zip they bear the names of both.
func TestWorkbooks(t *testing.T) {
	book := workbook(t)
	for name, c := range map[string]struct {
		data   []byte
		prefix string
		more   int // tables beside the sheets
	}{
		"alone":         {book, "", 0},
		"in a gz":       {gz(t, book), "", 0},
		"in a zip":      {packed(t, "may.xlsx", string(book)), "may.xlsx#", 0},
		"beside a text": {packed(t, "may.xlsx", string(book), "june.csv", "a,b\n1,2\n"), "may.xlsx#", 1},
	} {
		t.Run(name, func(t *testing.T) {
			got, passed, err := tables(t, c.data, Options{})
			if err != nil {
				t.Fatal(err)
			}
			var sheets []string
			for _, f := range got {
				if f.Workbook {
					sheets = append(sheets, f.Name+": "+strings.Join(f.Rows, ";"))
				}
			}
			slices.Sort(sheets)
			if want := []string{c.prefix + "Sheet1: 1|2", c.prefix + "Ещё: 3|4"}; !slices.Equal(sheets, want) {
				t.Errorf("the sheets are %q instead of %q", sheets, want)
			}
			if len(got) != len(sheets)+c.more {
				t.Errorf("%d tables, %d of them sheets", len(got), len(sheets))
			}
			if !slices.Equal(passed, []string{"Заметки"}) {
				t.Errorf("passed over were %q", passed)
			}
		})
	}
}

// What is said of text files is believed; JSON and workbooks do not care.
func TestWhatIsKnownOfTexts(t *testing.T) {
	no := false
	o := Options{CSV: csv.Options{Separator: ';', Quoted: &no, Encoding: "windows-1251"}}
	got, _, err := tables(t, []byte("a,b;\xe0\n\"1;2\n"), o)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]found{{Header: []string{"a,b", "а"}, Rows: []string{`"1|2`}}}, got); diff != "" {
		t.Error(diff)
	}
	if got, _, err = tables(t, []byte(`[{"a":"ы"}]`), o); err != nil || got[0].Rows[0] != "ы" {
		t.Errorf("%v, %v", got, err)
	}
}

// Limits reach the readers, whatever the format.
func TestLimits(t *testing.T) {
	long := strings.Repeat("x", 5000)
	for name, data := range map[string][]byte{
		"columns of text": []byte("a,b,c\n1,2,3\n"), "columns of JSON": []byte(`[{"a":1,"b":2,"c":3}]`),
		"unpacked":           gz(t, []byte("a,b\n"+strings.Repeat("1,2\n", 100_000))),
		"members":            packed(t, "a", "a,b\n", "b", "a,b\n", "c", "a,b\n"),
		"an element of JSON": []byte(`[{"a":"` + long + `"}]`),
	} {
		o := Options{Limits: table.Limits{Columns: 2, RecordBytes: 4096, BlockBytes: 8192, Members: 2, UnpackedBytes: 100_000}}
		if _, _, err := tables(t, data, o); qulaq.KindOf(err) != qulaq.Contract {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestErrors(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		says string
	}{
		"nothing":            {nil, "empty"},
		"a page":             {[]byte("<html><head><title>Вход в систему</title>"), "Вход в систему"},
		"a PDF":              {[]byte("%PDF-1.7\n"), "PDF"},
		"a page in a zip":    {packed(t, "a.csv", "a,b\n", "b.csv", "<!doctype html><title>404</title>"), "b.csv"},
		"a zip in a zip":     {packed(t, "a.zip", string(packed(t, "a.csv", "a,b\n"))), "a.zip"},
		"a zip that is cut":  {packed(t, "a.csv", "a,b\n")[:60], ""},
		"a gz that is cut":   {gz(t, []byte(strings.Repeat("a,b\n", 1000)))[:30], ""},
		"a JSON that is cut": {[]byte(`[{"a": 1}, {"a"`), "too early"},
		"no object":          {[]byte(`[1, 2]`), "object"},
	} {
		_, _, err := tables(t, c.data, Options{})
		if qulaq.KindOf(err) != qulaq.Contract || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v of kind %v does not say %q", name, err, qulaq.KindOf(err), c.says)
		}
	}
	gone := errors.New("gone")
	if _, err := Open(qulaq.Snapshot{Open: func() (io.ReadCloser, error) { return nil, gone }}, Options{}); !errors.Is(err, gone) {
		t.Errorf("a snapshot that cannot be opened gives %v", err)
	}
}

// A file may be closed in the middle of a sheet, or before anything was read.
func TestCloseInTheMiddle(t *testing.T) {
	for _, reads := range []int{0, 1, 2} {
		raw := &file{Reader: bytes.NewReader(workbook(t))}
		f, err := Open(snapshot(raw), Options{})
		if err != nil {
			t.Fatal(err)
		}
		for range reads {
			if _, _, err := f.Next(); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.Close(); err != nil || raw.closed != 1 {
			t.Errorf("after %d tables: closed %d times, %v", reads, raw.closed, err)
		}
	}
}
