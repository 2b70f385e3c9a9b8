package doc

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/flow/flowtest"
	"github.com/qulaq-kz/qulaq/transform/story"
	"github.com/qulaq-kz/qulaq/transform/table"
)

var update = flag.Bool("update", false, "rewrite golden files")

func sample(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Files that an office program wrote.
func TestGolden(t *testing.T) {
	for name, unread := range map[string]int{"plan.doc": 0, "marks.doc": 1} { // a picture
		data := sample(t, name)
		d, err := Read(data, name, table.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if err := flowtest.Check(d.Parts); err != nil {
			t.Error(err)
		}
		if d.Format != Format || d.Name != name || d.Unread != unread || !Is(data) {
			t.Errorf("%s: %+v", name, d)
		}
		want := filepath.Join("testdata", strings.TrimSuffix(name, ".doc")+".golden")
		if *update {
			if err := os.WriteFile(want, []byte(flowtest.Show(d.Parts)), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		text, err := os.ReadFile(want)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(text), flowtest.Show(d.Parts)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
}

// main returns where the stream WordDocument begins: its sectors stand together in the samples.
func main(t testing.TB, data []byte) int {
	t.Helper()
	at := bytes.Index(data, []byte{0xEC, 0xA5})
	if at < 0 {
		t.Fatal("no stream WordDocument")
	}
	return at
}

func TestErrors(t *testing.T) {
	changed := func(at int, value ...byte) []byte {
		data := sample(t, "plan.doc")
		copy(data[main(t, data)+at:], value)
		return data
	}
	whole := sample(t, "plan.doc")
	for name, c := range map[string]struct {
		data   []byte
		limits table.Limits
		want   error
	}{
		"nothing":         {nil, table.Limits{}, table.ErrFormat},
		"a zip":           {[]byte("PK\x03\x04"), table.Limits{}, table.ErrFormat},
		"cut":             {whole[:3000], table.Limits{}, table.ErrDamaged},
		"Word 95":         {changed(versionAt, 101, 0), table.Limits{}, table.ErrFormat},
		"Word 2":          {changed(magicAt, 0xDB, 0xA5), table.Limits{}, table.ErrFormat},
		"a password":      {changed(flagsAt+1, 0x13), table.Limits{}, table.ErrEncrypted},
		"a long text":     {changed(textAt, 0xff, 0xff, 0xff, 0x7f), table.Limits{}, table.ErrDamaged},
		"a longer text":   {changed(textAt, 0, 0x10), table.Limits{}, table.ErrDamaged},
		"pieces nowhere":  {changed(listsAt+8*piecesList, 0xff, 0xff, 0xff, 0x7f), table.Limits{}, table.ErrDamaged},
		"no pieces":       {changed(listsAt+8*piecesList+4, 0, 0), table.Limits{}, table.ErrDamaged},
		"many paragraphs": {whole, table.Limits{Cells: 20}, table.ErrTooLarge},
		"many bytes":      {whole, table.Limits{DocumentBytes: 1000}, table.ErrTooLarge},
	} {
		_, err := Read(c.data, "a.doc", c.limits)
		if !errors.Is(err, c.want) || qulaq.KindOf(err) != qulaq.Contract || !strings.Contains(err.Error(), "a.doc") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestChanges(t *testing.T) {
	list := []byte{
		0x16, 0x24, 1, // in a table
		0x17, 0x24, 1, // ends a row
		0x49, 0x66, 2, 0, 0, 0, // depth
		0x08, 0xD6, 2*3 + 2*20 + 2, 0, // two cells
		2, 0xF6, 0xFF, 0x64, 0, 0xC8, 0,
	}
	cells := make([]byte, 40)
	cells[0] = 3 << 5 // begins a merged cell
	cells[20] = 1     // a part of the cell to its left
	list = append(list, cells...)
	list = append(list, 0x2B, 0xD6, 2, 1, 1) // the second goes on with the one above
	f := &file{}
	p := f.paragraph(list)
	want := paragraph{inTable: true, row: true, depth: 2, Definition: story.Definition{Left: -10, Ends: []story.End{{Right: 100, Top: true}, {Right: 200, Left: true, Above: true}}}}
	if diff := cmp.Diff(want, p, cmp.AllowUnexported(paragraph{})); diff != "" {
		t.Error(diff)
	}
	f.data = append([]byte{9, 9, 9, 0, 0}, list...)
	le.PutUint16(f.data[3:], uint16(len(list)))
	if diff := cmp.Diff(want, f.paragraph([]byte{0x46, 0x66, 3, 0, 0, 0}), cmp.AllowUnexported(paragraph{})); diff != "" {
		t.Errorf("properties that stand elsewhere: %s", diff)
	}
	for n := range list { // however it is cut
		f.paragraph(list[:n])
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"plan.doc", "marks.doc"} {
		f.Add(sample(f, name), uint32(1000), byte(7))
	}
	f.Fuzz(func(t *testing.T, data []byte, at uint32, value byte) {
		if len(data) > 0 {
			data = bytes.Clone(data)
			data[int(at)%len(data)] = value
		}
		d, err := Read(data, "x", table.Limits{Cells: 10_000, Columns: 100})
		if err != nil {
			if qulaq.KindOf(err) != qulaq.Contract {
				t.Errorf("%v", err)
			}
			return
		}
		if err := flowtest.Check(d.Parts); err != nil {
			t.Error(err)
		}
	})
}
