package unpack

import (
	"bytes"
	"io"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// Whatever the bytes: no panic, bounded output, an error of the data's kind, and the same answer however
// the bytes come in.
func FuzzArchive(f *testing.F) {
	for _, seed := range [][]byte{
		nil, []byte(csv), []byte("<html><title>x</title>"), gz(f, csv), gz(f, csv, csv), pack(f, "a.csv", csv, "b.csv.gz", string(gz(f, csv))),
		stored("a.csv", 1, 0, csv, uint32(len(csv)), 2), pack(f, "w.xlsx", string(pack(f, "[Content_Types].xml", "", "xl/workbook.xml", ""))),
		append([]byte("\xd0\xcf\x11\xe0"), make([]byte, 600)...),
	} {
		f.Add(seed)
	}
	limits := table.Limits{UnpackedBytes: 1 << 20, Members: 20}
	f.Fuzz(func(t *testing.T, data []byte) {
		whole, findings, err := unpackAll(data, limits)
		var out int
		for _, g := range whole {
			out += len(g.Text)
		}
		if out > max(1<<20, len(data)) {
			t.Errorf("%d bytes came out", out)
		}
		if err != nil && qulaq.KindOf(err) != qulaq.Contract {
			t.Errorf("kind %v of %v", qulaq.KindOf(err), err)
		}
		a, err2 := Open(io.NopCloser(iotest.OneByteReader(bytes.NewReader(data))), "file", limits)
		var again []given
		var findings2 []qulaq.Finding
		if err2 == nil {
			again, err2 = walk(a)
			findings2 = a.Skipped()
		}
		if (err == nil) != (err2 == nil) {
			t.Fatalf("whole: %v; byte by byte: %v", err, err2)
		}
		if d := cmp.Diff(whole, again); d != "" {
			t.Error(d)
		}
		if d := cmp.Diff(findings, findings2); d != "" {
			t.Error(d)
		}
	})
}

func FuzzPrintable(f *testing.F) {
	f.Add("a.csv")
	f.Add("\x00\u202e\xff  я")
	f.Fuzz(func(t *testing.T, name string) {
		got := Printable(memberName(name))
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > maxName+1 {
			t.Errorf("%q", got)
		}
		if again := Printable(got); utf8.RuneCountInString(got) <= maxName && again != got {
			t.Errorf("%q, then %q", got, again)
		}
	})
}

func FuzzTitle(f *testing.F) {
	f.Add([]byte("<title>502 Bad Gateway</title>"))
	f.Add([]byte(`<meta charset="utf-7"><svg><title>x`))
	f.Fuzz(func(t *testing.T, page []byte) {
		if got := Title(bytes.NewReader(page)); !utf8.ValidString(got) || utf8.RuneCountInString(got) > maxName+1 {
			t.Errorf("%q", got)
		}
	})
}
