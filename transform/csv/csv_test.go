package csv

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// read returns everything a reader of text gives, in the order of the file.
func read(t testing.TB, r io.Reader, o Options) (header []string, rows [][]string, lines []int64, bad []qulaq.Reject, err error) {
	t.Helper()
	c, err := NewReader(r, o)
	if err != nil {
		return nil, nil, nil, nil, err
	}
	var b table.Block
	for {
		if err := c.Read(&b); err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return c.Header(), rows, lines, bad, err
		}
		for i := range b.Rows() {
			row := make([]string, b.Width)
			for j := range row {
				row[j] = string(b.Cell(i, j))
			}
			rows = append(rows, row)
		}
		lines = append(lines, b.Lines...)
		bad = append(bad, b.Bad...)
	}
}

func TestDialects(t *testing.T) {
	for _, sep := range []string{"`", "\t", ";", "|", ","} {
		for _, quoted := range []bool{true, false} {
			for _, eol := range []string{"\n", "\r\n"} {
				q := func(s string) string {
					if quoted {
						return `"` + s + `"`
					}
					return s
				}
				text := q("id") + sep + q("region") + sep + q("org") + eol +
					q("1") + sep + q("г. Астана") + sep + q("Акимат") + eol +
					q("2") + sep + q("Актау Г.А.") + sep + q("") + eol
				_, rows, lines, bad, err := read(t, strings.NewReader(text), Options{})
				if err != nil || len(bad) > 0 {
					t.Fatalf("%q: %v, %v", text, err, bad)
				}
				want := [][]string{{"1", "г. Астана", "Акимат"}, {"2", "Актау Г.А.", ""}}
				if d := cmp.Diff(want, rows); d != "" {
					t.Errorf("%q:\n%s", text, d)
				}
				if d := cmp.Diff([]int64{2, 3}, lines); d != "" {
					t.Errorf("%q: lines\n%s", text, d)
				}
			}
		}
	}
}

func TestRows(t *testing.T) {
	for _, tt := range []struct {
		name  string
		text  string
		rows  [][]string
		lines []int64
		bad   []qulaq.Reject
	}{
		{
			name:  "line breaks, separators and doubled quotes inside a field",
			text:  "id;text\n1;\"первая\nвторая; \"\"третья\"\"\r\n\"\n2;x\n",
			rows:  [][]string{{"1", "первая\nвторая; \"третья\"\r\n"}, {"2", "x"}},
			lines: []int64{2, 5},
		},
		{
			name:  "quotes that nobody doubled",
			text:  "id;org;n\n1;\"АО \"Қазақтелеком\" филиал\";5\n",
			rows:  [][]string{{"1", `АО "Қазақтелеком" филиал`, "5"}},
			lines: []int64{2},
		},
		{
			name:  "backtick files hold plain quotes",
			text:  "id`org`n\n1`\"Қазақтелеком\" АҚ`5\n2`ГУ \"Акимат\"`6\n",
			rows:  [][]string{{"1", `"Қазақтелеком" АҚ`, "5"}, {"2", `ГУ "Акимат"`, "6"}},
			lines: []int64{2, 3},
		},
		{
			name:  "backtick files that quote",
			text:  "id`org`n\n1`\"ГУ \"\"Акимат\"\"\"`5\n2`x`6\n",
			rows:  [][]string{{"1", `ГУ "Акимат"`, "5"}, {"2", "x", "6"}},
			lines: []int64{2, 3},
		},
		{
			name:  "no line end at the end, blank lines, spaces",
			text:  "\n id ; b \n1;2\n\n  \n3;4",
			rows:  [][]string{{"1", "2"}, {"3", "4"}},
			lines: []int64{3, 6},
		},
		{
			name:  "too many and too few fields",
			text:  "a,b,c\n1,2,3\n1,2\n1,2,3,4\n5,6,7\n8,9,10\n",
			rows:  [][]string{{"1", "2", "3"}, {"5", "6", "7"}, {"8", "9", "10"}},
			lines: []int64{2, 5, 6},
			bad: []qulaq.Reject{
				{Line: 3, Reason: qulaq.FieldCount, Detail: "2 fields, the header has 3", Raw: "1,2"},
				{Line: 4, Reason: qulaq.FieldCount, Detail: "4 fields, the header has 3", Raw: "1,2,3,4"},
			},
		},
		{
			name:  "cut short in the last row",
			text:  "a,b,c\n1,2,3\n4,5",
			rows:  [][]string{{"1", "2", "3"}},
			lines: []int64{2},
			bad: []qulaq.Reject{{
				Line: 3, Reason: qulaq.FieldCount, Raw: "4,5",
				Detail: "2 fields, the header has 3; the file ends here without a line end, it may be cut short",
			}},
		},
		{
			name:  "a quote that never closes",
			text:  "a;b\n1;x\n2;\"y\n3;z\n4;\"w\"x\n",
			rows:  [][]string{{"1", "x"}, {"3", "z"}},
			lines: []int64{2, 4},
			bad: []qulaq.Reject{
				{Line: 3, Reason: qulaq.UnclosedQuote, Detail: "a quoted field that begins on this line never ends", Raw: `2;"y`},
				{Line: 5, Reason: qulaq.UnclosedQuote, Detail: "a quoted field that begins on this line never ends", Raw: `4;"w"x`},
			},
		},
		{
			name:  "zero bytes and broken text",
			text:  "a;b\n1;x\x00\n2;\xd0\n3;мир\n",
			rows:  [][]string{{"3", "мир"}},
			lines: []int64{4},
			bad: []qulaq.Reject{
				{Line: 2, Reason: qulaq.NulByte, Detail: "a zero byte inside the row", Raw: "1;x\x00"},
				{Line: 3, Reason: qulaq.BadEncoding, Detail: "not utf-8 text, as the rest of the file is", Raw: "2;\uFFFD"},
			},
		},
		{
			name: "a header alone",
			text: "id;region;text\n",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for name, r := range map[string]io.Reader{
				"at once":       strings.NewReader(tt.text),
				"byte by byte":  iotest.OneByteReader(strings.NewReader(tt.text)),
				"end with data": iotest.DataErrReader(strings.NewReader(tt.text)),
			} {
				o := Options{}
				if name == "byte by byte" { // also with blocks of a few rows
					o.Limits = table.Limits{BlockBytes: 64, RecordBytes: 64}
				}
				_, rows, lines, bad, err := read(t, r, o)
				if err != nil {
					t.Fatal(err)
				}
				for what, d := range map[string]string{
					"rows": cmp.Diff(tt.rows, rows), "lines": cmp.Diff(tt.lines, lines), "bad": cmp.Diff(tt.bad, bad),
				} {
					if d != "" {
						t.Errorf("%s, %s:\n%s", name, what, d)
					}
				}
			}
		})
	}
}

func TestEncodings(t *testing.T) {
	const text = "id;город;область\n1;Алматы;Жамбылская\n2;Шымкент;Абай\n"
	cp1251, err := charmap.Windows1251.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	utf16 := "\xff\xfe"
	for _, r := range text {
		utf16 += string([]byte{byte(r), byte(r >> 8)})
	}
	for name, file := range map[string]string{
		"utf-8": text, "with BOM": "\ufeff" + text, "windows-1251": cp1251, "utf-16le": utf16,
	} {
		header, rows, _, bad, err := read(t, strings.NewReader(file), Options{})
		if err != nil || len(bad) > 0 {
			t.Fatalf("%s: %v, %v", name, err, bad)
		}
		if d := cmp.Diff([]string{"id", "город", "область"}, header); d != "" {
			t.Errorf("%s: header\n%s", name, d)
		}
		if d := cmp.Diff([][]string{{"1", "Алматы", "Жамбылская"}, {"2", "Шымкент", "Абай"}}, rows); d != "" {
			t.Errorf("%s: rows\n%s", name, d)
		}
	}
}

func TestMixedEncodings(t *testing.T) {
	cp1251, err := charmap.Windows1251.NewEncoder().String("3;Шымкент\n")
	if err != nil {
		t.Fatal(err)
	}
	_, rows, _, bad, err := read(t, strings.NewReader("id;город\n1;Алматы\n2;Астана\n"+cp1251+"4;Абай\n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 3 || len(bad) != 1 || bad[0].Reason != qulaq.BadEncoding || bad[0].Line != 4 {
		t.Errorf("rows %v, bad %v", rows, bad)
	}
}

func TestOverrides(t *testing.T) {
	no := false
	_, rows, _, _, err := read(t, strings.NewReader("a,b;c\n\"1,2;3\n"), Options{Separator: ';', Quoted: &no})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([][]string{{`"1,2`, "3"}}, rows); d != "" {
		t.Error(d)
	}
}

func TestLargeRecords(t *testing.T) {
	limits := table.Limits{BlockBytes: 1 << 16, RecordBytes: 1 << 16}
	huge := strings.Repeat("мәтін ", 50_000)
	for _, tt := range []struct{ name, row string }{
		{"plain", "2;" + huge + "\n"},
		{"quoted with line breaks", "2;\"" + strings.ReplaceAll(huge, " ", "\n;\"\"") + "\"\n"},
	} {
		text := "id;text\n1;a\n" + tt.row + "3;b\n"
		_, rows, lines, bad, err := read(t, strings.NewReader(text), Options{Limits: limits})
		if err != nil {
			t.Fatal(tt.name, err)
		}
		if d := cmp.Diff([][]string{{"1", "a"}, {"3", "b"}}, rows); d != "" {
			t.Errorf("%s:\n%s", tt.name, d)
		}
		if want := int64(2 + strings.Count(tt.row, "\n") + 1); lines[1] != want {
			t.Errorf("%s: the row after stands on line %d, want %d", tt.name, lines[1], want)
		}
		if len(bad) != 1 || bad[0].Reason != qulaq.TooLarge || bad[0].Line != 3 || len(bad[0].Raw) > table.MaxRaw+3 {
			t.Errorf("%s: bad %+v", tt.name, len(bad))
		}
	}
	_, _, _, _, err := read(t, strings.NewReader("id;text\n1;\"x\"\n2;\"a"+strings.Repeat("b\n", 1_000_000)), Options{Limits: limits})
	if qulaq.KindOf(err) != qulaq.Contract || !strings.Contains(fmt.Sprint(err), "line 3") {
		t.Errorf("a quote that swallows the file: %v", err)
	}
}

func TestNoHeader(t *testing.T) {
	for _, text := range []string{"", "\n\n  \n", "\ufeff"} {
		if _, err := NewReader(strings.NewReader(text), Options{}); qulaq.KindOf(err) != qulaq.Contract || qulaq.Hint(err) == "" {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestBrokenReader(t *testing.T) {
	cut := io.MultiReader(strings.NewReader("a;b\n1;2\n"), iotest.ErrReader(io.ErrUnexpectedEOF))
	if _, _, _, _, err := read(t, cut, Options{}); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a cut stream read as %v", err)
	}
}

// What a writer of quoted text wrote comes back, whatever the size of the blocks.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(2, 5).Draw(t, "width")
		cell := rapid.StringOf(rapid.RuneFrom([]rune("аbқ0 ,;\"\n\r`\t")))
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, width, width), 1, 30).Draw(t, "rows")
		sep := rapid.SampledFrom([]string{",", ";", "\t", "`"}).Draw(t, "separator")
		var text bytes.Buffer
		for i := range width {
			fmt.Fprintf(&text, "%s\"h%d\"", strings.Repeat(sep, min(i, 1)), i)
		}
		text.WriteByte('\n')
		for _, row := range rows {
			for i, c := range row {
				fmt.Fprintf(&text, "%s\"%s\"", strings.Repeat(sep, min(i, 1)), strings.ReplaceAll(c, `"`, `""`))
			}
			text.WriteByte('\n')
		}
		yes := true
		size := rapid.IntRange(600, 4000).Draw(t, "block")
		c, err := NewReader(&text, Options{Separator: sep[0], Quoted: &yes, Encoding: "utf-8", Limits: table.Limits{BlockBytes: size}})
		if err != nil {
			t.Fatal(err)
		}
		var b table.Block
		var got [][]string
		for c.Read(&b) == nil {
			if len(b.Bad) > 0 {
				t.Fatalf("rejected %+v", b.Bad)
			}
			for i := range b.Rows() {
				row := make([]string, width)
				for j := range row {
					row[j] = string(b.Cell(i, j))
				}
				got = append(got, row)
			}
		}
		if d := cmp.Diff(rows, got); d != "" {
			t.Fatal(d)
		}
	})
}

// Of every pair of quotes one stays, and nothing outside the cell is touched.
func TestUnescape(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune(`""aб`))).Draw(t, "text")
		data := []byte("<" + text + ">")
		cell := unescape(data, table.Span{Start: 1, End: uint32(len(data) - 1)})
		if got, want := string(data[cell.Start:cell.End]), strings.ReplaceAll(text, `""`, `"`); got != want {
			t.Errorf("%q became %q, not %q", text, got, want)
		}
		if data[0] != '<' || data[len(data)-1] != '>' {
			t.Errorf("%q touched its neighbours: %q", text, data)
		}
	})
}

func FuzzReader(f *testing.F) {
	f.Add([]byte("id;text\n1;\"a\"\"b\nc\"\n2;\"x"), 64)
	f.Add([]byte("\xff\xfea\x00;\x00b\x00\n\x00"), 64)
	f.Add([]byte("a`b\n\"x\" y`2\r\n"), 200)
	f.Fuzz(func(t *testing.T, text []byte, size int) {
		if size < 16 || size > 1<<16 {
			size = 64
		}
		c, err := NewReader(bytes.NewReader(text), Options{Limits: table.Limits{BlockBytes: size, RecordBytes: size}})
		if err != nil {
			return
		}
		var b table.Block
		last := int64(0)
		for c.Read(&b) == nil {
			if len(b.Cells) != b.Rows()*b.Width {
				t.Fatalf("%d cells for %d rows of %d", len(b.Cells), b.Rows(), b.Width)
			}
			for i := range b.Rows() {
				if b.Lines[i] <= last {
					t.Fatalf("line %d after %d", b.Lines[i], last)
				}
				last = b.Lines[i]
				for j := range b.Width {
					b.Cell(i, j)
				}
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	row := "20260414220100;ЖТ-2026-01586920;Заявление;В работе;г. Астана;район Есиль;\"" + strings.Repeat("Нет горячей воды, ", 16) + "\"\n"
	text := "a;b;c;d;e;f;g\n" + strings.Repeat(row, 20_000)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	var block table.Block
	for b.Loop() {
		c, err := NewReader(strings.NewReader(text), Options{})
		if err != nil {
			b.Fatal(err)
		}
		for c.Read(&block) == nil {
		}
	}
}
