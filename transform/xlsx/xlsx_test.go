package xlsx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/table"
	"github.com/qulaq-kz/qulaq/transform/unpack"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// tableOf is what a test compares of a table.
type tableOf struct {
	Name   string
	Header []string
	Rows   [][]string
	Lines  []int64
	Bad    []qulaq.Reject
	Blocks int
}

// readAll reads all tables of a workbook, and checks on the way what holds for every block.
func readAll(t testing.TB, data []byte, limits table.Limits) (tables []tableOf, skipped []qulaq.Finding, err error) {
	t.Helper()
	w, err := Open(bytes.NewReader(data), int64(len(data)), "book.xlsx", limits)
	if err != nil {
		return nil, nil, err
	}
	defer w.Close()
	for {
		name, r, err := w.Next()
		if err == io.EOF {
			return tables, w.Skipped(), nil
		}
		if err != nil {
			return tables, w.Skipped(), err
		}
		got := tableOf{Name: name, Header: r.Header()}
		var b table.Block
		for {
			err := r.Read(&b)
			if b.Width != len(got.Header) || len(b.Cells) != b.Rows()*b.Width {
				t.Fatalf("%d cells in %d rows of %d", len(b.Cells), b.Rows(), b.Width)
			}
			if rows := b.Rows() + len(b.Bad); rows > table.MaxRows || rows > 1 && len(b.Data) > limits.Defaults().BlockBytes {
				t.Fatalf("a block of %d rows and %d bytes", rows, len(b.Data))
			}
			if err != nil && b.Rows()+len(b.Bad) > 0 {
				t.Fatal("rows together with an error")
			}
			if err == io.EOF {
				break
			}
			if err != nil {
				return tables, w.Skipped(), err
			}
			got.Blocks++
			got.Lines = append(got.Lines, b.Lines...)
			got.Bad = append(got.Bad, b.Bad...)
			for i := range b.Rows() {
				row := make([]string, b.Width)
				for c := range row {
					row[c] = string(b.Cell(i, c))
				}
				got.Rows = append(got.Rows, row)
			}
		}
		tables = append(tables, got)
	}
}

// The workbook of another author: testdata/make.sh makes it with LibreOffice.
func TestLibreOffice(t *testing.T) {
	data, err := os.ReadFile("testdata/export.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	got, skipped, err := readAll(t, data, table.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	want := []tableOf{
		{
			Name:   "Обращения",
			Header: []string{"appeal_id", "reg_number", "created_date", "deadline", "is_duplicate", "hour", "took", "share", "computed", "DATA"},
			Rows: [][]string{
				{"20231219080620", "ЖТ-2026-00000001", "2026-05-14 22:01:00.000", "2026-05-21", "TRUE", "08:06:20.000", "1.5", "0.257", "0.3", "Прошу срочно починить <мост> & «дорогу»\nвторая строка"},
				{"20231219080621", "ЖТ-2026-00000002", "", "", "FALSE", "", "", "", "", ""},
			},
			Lines:  []int64{5, 7},
			Bad:    []qulaq.Reject{{Line: 8, Reason: qulaq.FieldCount, Detail: "11 fields, the header has 10", Raw: "20231219080622\tЖТ-2026\t\t\t\t\t\t\t\t\tлишнее"}},
			Blocks: 1,
		},
		{Name: "Июнь", Header: []string{"id", "date"}, Rows: [][]string{{"000123", "14.06.2026"}}, Lines: []int64{2}, Blocks: 1},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("tables (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]qulaq.Finding{finding("Заметки", "notes: no row has two cells"), finding("Справочник", "a hidden sheet")}, skipped); d != "" {
		t.Errorf("skipped (-want +got):\n%s", d)
	}
}

func finding(sheet, detail string) qulaq.Finding {
	return qulaq.Finding{Kind: qulaq.NothingToRead, Subject: sheet, Table: sheet, Detail: detail, Count: 1}
}

// made makes a workbook with excelize.
func made(t testing.TB, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func set(t testing.TB, f *excelize.File, cell string, row ...any) {
	t.Helper()
	if err := f.SetSheetRow("Sheet1", cell, &row); err != nil {
		t.Fatal(err)
	}
}

func TestExcelize(t *testing.T) {
	at := time.Date(2026, 4, 14, 22, 1, 0, 0, time.UTC)
	data := made(t, func(f *excelize.File) {
		set(t, f, "A1", "id", "at", "day", "flag", "text", "money")
		set(t, f, "A2", 20231219080620, at, 46126, true, "a\tb\n«я»", 1234.5)
		set(t, f, "A4", int64(999999999999999), nil, nil, false, "  space  ", 0.1+0.2)
		style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellStyle("Sheet1", "C2", "C2", style); err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellRichText("Sheet1", "E5", []excelize.RichTextRun{{Text: "rich "}, {Text: "text", Font: &excelize.Font{Bold: true}}}); err != nil {
			t.Fatal(err)
		}
	})
	got, _, err := readAll(t, data, table.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"20231219080620", "2026-04-14 22:01:00.000", "2026-04-14", "TRUE", "a\tb\n«я»", "1234.5"},
		{"999999999999999", "", "", "FALSE", "  space  ", "0.3"},
		{"", "", "", "", "rich text", ""},
	}
	if len(got) != 1 || got[0].Name != "Sheet1" {
		t.Fatalf("tables %+v", got)
	}
	if d := cmp.Diff(want, got[0].Rows); d != "" {
		t.Errorf("rows (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]int64{2, 4, 5}, got[0].Lines); d != "" {
		t.Error(d)
	}
}

// What was written as text or as a whole number is read as it was, wherever the writer puts it.
func TestTextSurvives(t *testing.T) {
	letter := rapid.SampledFrom([]rune("aЯқ№ <>&\"'_0\n\t;`\u00a0\U0001f600"))
	text := rapid.StringOfN(letter, 0, 20, -1)
	rapid.Check(t, func(rt *rapid.T) {
		width := rapid.IntRange(2, 5).Draw(rt, "width")
		streamed := rapid.Bool().Draw(rt, "streamed")
		header := make([]any, width)
		for c := range header {
			header[c] = fmt.Sprintf("column %d", c)
		}
		cells := [][]any{header}
		var want [][]string
		for range rapid.IntRange(1, 8).Draw(rt, "rows") {
			row, shown := make([]any, width), make([]string, width)
			row[0], shown[0] = "x", "x" // no blank row
			for c := 1; c < width; c++ {
				if rapid.Bool().Draw(rt, "number") {
					n := rapid.Int64Range(-1e15, 1e15).Draw(rt, "value")
					row[c], shown[c] = n, fmt.Sprint(n)
				} else {
					s := text.Draw(rt, "text")
					row[c], shown[c] = s, s
				}
			}
			cells, want = append(cells, row), append(want, shown)
		}
		data := made(t, func(f *excelize.File) {
			if !streamed {
				for i, row := range cells {
					set(t, f, fmt.Sprintf("A%d", i+1), row...)
				}
				return
			}
			w, err := f.NewStreamWriter("Sheet1")
			if err != nil {
				t.Fatal(err)
			}
			for i, row := range cells {
				if err := w.SetRow(fmt.Sprintf("A%d", i+1), row); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.Flush(); err != nil {
				t.Fatal(err)
			}
		})
		got, _, err := readAll(t, data, table.Limits{})
		if err != nil || len(got) != 1 {
			rt.Fatalf("%d tables, %v", len(got), err)
		}
		if d := cmp.Diff(want, got[0].Rows); d != "" {
			rt.Errorf("rows (-want +got):\n%s", d)
		}
	})
}

// parts are the parts of a workbook that a test writes by hand; what it leaves out is plain.
type parts struct {
	workbook, rels, styles, strings, sheet string
}

const (
	workbookXML = `<workbook><sheets><sheet name="Лист &amp; 1" sheetId="1" r:id="r1"/></sheets></workbook>`
	relsXML     = `<Relationships><Relationship Id="r1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="r2" Type="http://x/styles" Target="/xl/styles.xml"/>` +
		`<Relationship Id="r3" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>`
	stylesXML = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy\ hh:mm"/></numFmts>` +
		`<cellStyleXfs><xf numFmtId="22"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>`
	stringsXML = `<sst><si><t>id</t></si><si><t>date</t></si><si><r><t>ж</t></r><r><t xml:space="preserve"> т</t></r><rPh><t>no</t></rPh></si></sst>`
	// The header of sheets that a test writes by hand.
	headerXML = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>`
)

func sheetXML(rows string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="m"><sheetData>` + rows + `</sheetData></worksheet>`
}

func (p parts) zip(t testing.TB) []byte {
	t.Helper()
	or := func(s, plain string) string {
		if s == "" {
			return plain
		}
		return s
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, part := range [][2]string{
		{"[Content_Types].xml", "<Types/>"},
		{"_rels/.rels", `<Relationships><Relationship Id="a" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", or(p.workbook, workbookXML)},
		{"xl/_rels/workbook.xml.rels", or(p.rels, relsXML)},
		{"xl/styles.xml", or(p.styles, stylesXML)},
		{"xl/sharedStrings.xml", or(p.strings, stringsXML)},
		{"xl/worksheets/sheet1.xml", or(p.sheet, sheetXML(headerXML))},
	} {
		f, err := w.Create(part[0])
		if err == nil {
			_, err = io.WriteString(f, part[1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCells(t *testing.T) {
	for _, c := range []struct{ name, cell, want string }{
		{"shared", `<c r="A2" t="s"><v>2</v></c>`, "ж т"},
		{"inline", `<c r="A2" t="inlineStr"><is><t>a</t></is></c>`, "a"},
		{"inline runs", `<c r="A2" t="inlineStr"><is><r><rPr><b/></rPr><t>a</t></r><r><t>b</t></r></is></c>`, "ab"},
		{"CDATA", `<c r="A2" t="inlineStr"><is><t><![CDATA[<a> & ]]>b</t></is></c>`, "<a> & b"},
		{"comment inside", `<c r="A2" t="str"><v>a<!-- < > -->b</v></c>`, "ab"},
		{"escaped characters", `<c r="A2" t="str"><v>a_x000D_&#10;b_x005F_x000D_</v></c>`, "a\r\nb_x000D_"},
		{"formula", `<c r="A2"><f>SUM(B1:B9)</f><v>7</v></c>`, "7"},
		{"formula of text", `<c r="A2" t="str"><f>"a"</f><v>a</v></c>`, "a"},
		{"formula without a value", `<c r="A2"><f>SUM(B1:B9)</f></c>`, ""},
		{"error", `<c r="A2" t="e"><v>#N/A</v></c>`, ""},
		{"truth", `<c r="A2" t="b"><v>1</v></c>`, "TRUE"},
		{"untruth", `<c r="A2" t="b"><v>0</v></c>`, "FALSE"},
		{"number", `<c r="A2" s="0"><v>20231219080620</v></c>`, "20231219080620"},
		{"number with an exponent", `<c r="A2"><v>2.023121908062E13</v></c>`, "20231219080620"},
		{"day", `<c r="A2" s="1"><v>46126</v></c>`, "2026-04-14"},
		{"day and time", `<c r="A2" s="2"><v>46126.917361111111</v></c>`, "2026-04-14 22:01:00.000"},
		{"date in text", `<c r="A2" s="2" t="str"><v>46126.9</v></c>`, "46126.9"},
		{"date of type d", `<c r="A2" t="d"><v>2026-04-14T22:01:00</v></c>`, "2026-04-14 22:01:00.000"},
		{"a format that is not there", `<c r="A2" s="99"><v>46126</v></c>`, "46126"},
		{"prefix", `<x:c r="A2" t="str"><x:v>a</x:v></x:c>`, "a"},
		{"no reference", `<c t="str"><v>a</v></c>`, "a"},
		{"single quotes", `<c r='A2' t='str'><v>"</v></c >`, `"`},
		{"extension", `<c r="A2" t="str"><v>a</v><extLst><ext><v>b</v></ext></extLst></c>`, "a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			row := `<row r="2">` + c.cell + `<c r="B2" t="str"><v>x</v></c></row>`
			got, _, err := readAll(t, parts{sheet: sheetXML(headerXML + row)}.zip(t), table.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff([][]string{{c.want, "x"}}, got[0].Rows); d != "" {
				t.Error(d)
			}
			if got[0].Name != "Лист & 1" {
				t.Errorf("name %q", got[0].Name)
			}
		})
	}
}

func TestCalendarOf1904(t *testing.T) {
	p := parts{
		workbook: strings.Replace(workbookXML, "<sheets>", `<workbookPr date1904="true"/><sheets>`, 1),
		sheet:    sheetXML(headerXML + `<row r="2"><c r="A2" s="1"><v>44664</v></c></row>`),
	}
	got, _, err := readAll(t, p.zip(t), table.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([][]string{{"2026-04-14", ""}}, got[0].Rows); d != "" {
		t.Error(d)
	}
}

func TestBadRows(t *testing.T) {
	text := func(s string) string { return `<c t="str"><v>` + s + `</v></c>` }
	rows := headerXML +
		`<row r="2">` + text("1") + text("good") + `</row>` +
		`<row r="3">` + text("2") + text("long") + text("3") + `</row>` +
		`<row r="4">` + text("3") + text("space beyond") + text("  ") + `</row>` +
		`<row r="5">` + text(" ") + text("") + `</row>` +
		`<row r="7">` + text("zero_x0000_") + `</row>` +
		`<row r="8">` + text("\xff\xfe") + `</row>` +
		`<row r="9">` + text(strings.Repeat("я", 2000)) + `</row>` +
		`<row r="12">` + text("4") + `</row>`
	got, _, err := readAll(t, parts{sheet: sheetXML(rows)}.zip(t), table.Limits{RecordBytes: 3000})
	if err != nil {
		t.Fatal(err)
	}
	want := []qulaq.Reject{
		{Line: 3, Reason: qulaq.FieldCount, Detail: "3 fields, the header has 2", Raw: "2\tlong\t3"},
		{Line: 7, Reason: qulaq.NulByte, Detail: "a zero byte in a cell", Raw: "zero\x00"},
		{Line: 8, Reason: qulaq.BadEncoding, Detail: "bytes that are no UTF-8", Raw: "?"},
		{Line: 9, Reason: qulaq.TooLarge, Detail: "more than 3000 bytes", Raw: strings.Repeat("я", 1000)},
	}
	if d := cmp.Diff(want, got[0].Bad); d != "" {
		t.Errorf("bad (-want +got):\n%s", d)
	}
	if d := cmp.Diff([][]string{{"1", "good"}, {"3", "space beyond"}, {"4", ""}}, got[0].Rows); d != "" {
		t.Errorf("rows (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]int64{2, 4, 12}, got[0].Lines); d != "" {
		t.Errorf("lines (-want +got):\n%s", d)
	}
}

// rowsOf writes rows of text; a cell that begins with = is a number, an empty one is left out.
func rowsOf(rows ...[]string) string {
	var b strings.Builder
	for i, row := range rows {
		fmt.Fprintf(&b, `<row r="%d">`, i+1)
		for c, text := range row {
			switch n, isNumber := strings.CutPrefix(text, "="); {
			case isNumber:
				fmt.Fprintf(&b, `<c r="%c%d"><v>%s</v></c>`, 'A'+c, i+1, n)
			case text != "":
				fmt.Fprintf(&b, `<c r="%c%d" t="str"><v>%s</v></c>`, 'A'+c, i+1, text)
			}
		}
		b.WriteString("</row>")
	}
	return sheetXML(b.String())
}

func TestHeader(t *testing.T) {
	type rows = [][]string
	names := []string{"id", " date ", "text"}
	for _, c := range []struct {
		name string
		rows rows
		want []string // nil: no table
		line int64    // of the first row of data; 0: none
		skip string
		err  string
	}{
		{"first row", rows{names, {"=1", "a", "b"}}, []string{"id", "date", "text"}, 2, "", ""},
		{"no data", rows{names}, []string{"id", "date", "text"}, 0, "", ""},
		{"behind a title", rows{{"Отчёт"}, {}, names, {"=1", "a", "b"}}, []string{"id", "date", "text"}, 4, "", ""},
		{"behind a period", rows{{"Отчёт"}, {"с", "", "по"}, {"a", "b", "c", "d", "e", "f", "g"}, {"=1", "", "", "", "", "", "x"}, {"=2", "", "", "", "", "", "y"}}, []string{"a", "b", "c", "d", "e", "f", "g"}, 4, "", ""},
		{"behind a number", rows{{"Год", "=2026"}, names, {"=1", "a", "b"}}, []string{"id", "date", "text"}, 3, "", ""},
		{"with a column without a name", rows{{"id", "", "text"}, {"=1", "a", "b"}}, []string{"id", "", "text"}, 2, "", ""},
		{"not at the first column", rows{{"", "id", "date"}, {"", "=1", "a"}}, []string{"", "id", "date"}, 2, "", ""},
		{"a name twice in four", rows{{"id", "date", "date", "text"}, {"=1", "a", "b", "c"}}, []string{"id", "date", "date", "text"}, 2, "", ""},
		{"numbered columns below", rows{names, {"=1", "=2", "=3"}}, []string{"id", "date", "text"}, 2, "", ""},
		{"empty", rows{}, nil, 0, "no sheet of the workbook has a table", ""},
		{"one note", rows{{"Выгружено"}, {"вчера"}}, nil, 0, "notes: no row has two cells", ""},
		{"numbers only", rows{{"=1", "=2"}, {"=3", "=4"}}, nil, 0, "", "no row looks like a header"},
		{"data before words", rows{{"=1", "a", "b"}, {"c", "d", "e"}}, nil, 0, "", "no row looks like a header"},
		{"all names alike", rows{{"Да", "Да", "Да"}, {"Да", "Нет", "=1"}}, nil, 0, "", "no row looks like a header"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, skipped, err := readAll(t, parts{sheet: rowsOf(c.rows...)}.zip(t), table.Limits{})
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) || qulaq.KindOf(err) != qulaq.Contract || qulaq.Hint(err) == "" {
					t.Errorf("error %v with hint %q", err, qulaq.Hint(err))
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if c.want == nil {
				if len(got) != 0 || skipped[0].Detail != c.skip {
					t.Errorf("tables %+v, skipped %+v", got, skipped)
				}
				return
			}
			if d := cmp.Diff(c.want, got[0].Header); d != "" {
				t.Error(d)
			}
			first := int64(0)
			if len(got[0].Lines) > 0 {
				first = got[0].Lines[0]
			}
			if first != c.line {
				t.Errorf("data from row %d, want %d", first, c.line)
			}
		})
	}
}

func TestRefused(t *testing.T) {
	zeros := strings.Repeat(`<row><c><v>0</v></c></row>`, 3<<20)
	for _, c := range []struct {
		name   string
		data   []byte
		limits table.Limits
		want   string
	}{
		{"no zip", []byte("id,date\n"), table.Limits{}, "the file is no workbook but of kind text"},
		{"nothing", nil, table.Limits{}, "of kind empty"},
		{"locked", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), table.Limits{}, "of kind old_workbook"},
		{"another zip", zipOf(t, "a.csv", "id"), table.Limits{}, "a zip without a workbook"},
		{"no main part", zipOf(t, "_rels/.rels", `<Relationships><Relationship Type="x/officeDocument" Target="none.xml"/></Relationships>`), table.Limits{}, `member "none.xml" is missing`},
		{"truncated", parts{}.zip(t)[:500], table.Limits{}, "list of members, at its end, is missing"},
		{"damaged", damaged(t, parts{}.zip(t)), table.Limits{}, "is damaged"},
		{"sheet ends early", parts{sheet: `<worksheet><sheetData><row>`}.zip(t), table.Limits{}, `sheet "Лист & 1": the document ends too early`},
		{"rows out of order", parts{sheet: sheetXML(headerXML + `<row r="1"/>`)}.zip(t), table.Limits{}, `row "1" behind row 1`},
		{"cells out of order", parts{sheet: sheetXML(`<row r="1"><c r="B1"/><c r="A1"/></row>`)}.zip(t), table.Limits{}, `cell "A1" of row 1 is out of place`},
		{"cell of another row", parts{sheet: sheetXML(`<row r="1"><c r="A2"/></row>`)}.zip(t), table.Limits{}, `cell "A2" in row 1`},
		{"column beyond the last", parts{sheet: sheetXML(`<row r="1"><c r="XFE1"/></row>`)}.zip(t), table.Limits{}, `cell "XFE1" of row 1 is out of place`},
		{"column of many letters", parts{sheet: sheetXML(`<row r="1"><c r="` + strings.Repeat("Z", 100) + `1"/></row>`)}.zip(t), table.Limits{}, "in row 1"},
		{"no such shared string", parts{sheet: sheetXML(`<row r="1"><c r="A1" t="s"><v>3</v></c></row>`)}.zip(t), table.Limits{}, `shared string "3", which is not there`},
		{"document type", parts{sheet: `<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>`}.zip(t), table.Limits{}, "a document type"},
		{"unknown entity", parts{sheet: sheetXML(`<row><c t="str"><v>&a;</v></c></row>`)}.zip(t), table.Limits{}, "an unknown entity"},
		{"too deep", parts{sheet: strings.Repeat("<a>", 1000)}.zip(t), table.Limits{}, "deeper than 256"},
		{"a token without an end", parts{sheet: `<worksheet a="` + random(maxToken+1)}.zip(t), table.Limits{}, "more than 1048576 bytes"},
		{"too many columns", parts{}.zip(t), table.Limits{Columns: 1}, "the header has 2 columns, more than the limit of 1"},
		{"zero byte in the header", parts{sheet: sheetXML(`<row><c t="str"><v>a_x0000_</v></c><c t="str"><v>b</v></c></row>`)}.zip(t), table.Limits{}, "the header, row 1: a zero byte"},
		{"bomb", parts{sheet: sheetXML(headerXML + zeros)}.zip(t), table.Limits{}, "zip bomb?"},
		{"bomb of references", parts{strings: `<sst><si><t>` + strings.Repeat("a", 1000) + `</t></si></sst>`, sheet: sheetXML(`<row><c t="str"><v>id</v></c><c t="str"><v>date</v></c></row>` + strings.Repeat(`<row><c t="s"><v>0</v></c></row>`, 200))}.zip(t), table.Limits{UnpackedBytes: 50_000}, "cells of more than 50000 bytes in all"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := readAll(t, c.data, c.limits)
			if err == nil || !strings.Contains(err.Error(), c.want) || qulaq.KindOf(err) != qulaq.Contract {
				t.Errorf("error %v of kind %v, want contract with %q", err, qulaq.KindOf(err), c.want)
			}
			if err != nil && !strings.Contains(err.Error(), "book.xlsx") {
				t.Errorf("%q does not name the file", err)
			}
		})
	}
}

func zipOf(t testing.TB, name, content string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.Create(name)
	if err == nil {
		_, err = io.WriteString(f, content)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// damaged turns over a byte in the packed sheet.
func damaged(t testing.TB, data []byte) []byte {
	t.Helper()
	i := bytes.Index(data, []byte("xl/worksheets/sheet1.xml"))
	if i < 0 {
		t.Fatal("no sheet")
	}
	data[i+len("xl/worksheets/sheet1.xml")] ^= 0xff
	return data
}

// random returns n characters that hardly pack.
func random(n int) string {
	b := make([]byte, n)
	x := uint32(1)
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = 'a' + byte(x>>24)%26
	}
	return string(b)
}

func TestSharedStringsAreBounded(t *testing.T) {
	for part, most := range map[string]int{
		"<sst><si><t>12345678</t></si></sst>":        8 + 4,
		"<sst><si/><si/><si/></sst>":                 3 * 4,
		"<sst><si><r><t>12</t></r><r/></si></sst>":   2 + 4,
		"<sst><si><t>a<!-- -->b</t></si><si/></sst>": 2 + 2*4,
	} {
		data := zipOf(t, "s.xml", part)
		z, err := unpack.OpenZip(bytes.NewReader(data), int64(len(data)), "book.xlsx", table.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := readStrings(z, "s.xml", most); err != nil {
			t.Errorf("%s in %d bytes: %v", part, most, err)
		}
		if _, err := readStrings(z, "s.xml", most-1); err == nil {
			t.Errorf("%s in %d bytes: no error", part, most-1)
		}
	}
}

// Charts and sheets whose part is of another kind are passed over.
func TestChartSheet(t *testing.T) {
	p := parts{workbook: strings.Replace(workbookXML, "</sheets>", `<sheet name="График" sheetId="2" r:id="r9"/><sheet name="Скрытый" sheetId="3" state="veryHidden" r:id="r1"/></sheets>`, 1)}
	got, skipped, err := readAll(t, p.zip(t), table.Limits{})
	if err != nil || len(got) != 1 {
		t.Fatalf("%d tables, %v", len(got), err)
	}
	if d := cmp.Diff([]qulaq.Finding{finding("График", "a chart or a dialogue, not a table"), finding("Скрытый", "a hidden sheet")}, skipped); d != "" {
		t.Error(d)
	}
}

// A workbook comes from unpack as it is, also out of a zip.
func TestFromArchive(t *testing.T) {
	data := zipOf(t, "may.xlsx", string(parts{sheet: rowsOf([]string{"id", "date"}, []string{"=1", "x"})}.zip(t)))
	a, err := unpack.Open(io.NopCloser(bytes.NewReader(data)), "may.zip", table.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	m, err := a.Next()
	if err != nil || m.Kind != unpack.Workbook {
		t.Fatalf("%v, %v", m.Kind, err)
	}
	w, err := Open(m.At, m.Size, m.Name, table.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	name, r, err := w.Next()
	if err != nil {
		t.Fatal(err)
	}
	var b table.Block
	if err := r.Read(&b); err != nil || name != "Лист & 1" || string(b.Cell(0, 1)) != "x" {
		t.Errorf("sheet %q of %d rows, %v", name, b.Rows(), err)
	}
}

// The raw text of a rejected row is cut between two characters, wherever its cells end.
func TestRawIsCut(t *testing.T) {
	for n := range 8 {
		r := row{data: []byte(strings.Repeat("a", n) + strings.Repeat("я", 2000))}
		end := uint32(len(r.data))
		for name, cells := range map[string][]cell{
			"one cell":  {{0, table.Span{Start: 0, End: end}, true}},
			"two cells": {{1, table.Span{Start: 0, End: uint32(n)}, true}, {3, table.Span{Start: 0, End: end}, true}},
		} {
			r.cells = cells
			if got := r.raw(); len(got) > table.MaxRaw || len(got) < table.MaxRaw-1 || strings.Contains(got, "?") {
				t.Errorf("%s behind %d: %d bytes, the end is %q", name, n, len(got), got[len(got)-10:])
			}
		}
	}
}

func TestBlocks(t *testing.T) {
	var rows strings.Builder
	const n = table.MaxRows + 10
	for range n {
		rows.WriteString(`<row><c t="str"><v>12345678</v></c></row>`)
	}
	data := parts{sheet: sheetXML(headerXML + rows.String())}.zip(t)
	for _, c := range []struct {
		name   string
		limits table.Limits
		blocks int
	}{
		{"rows", table.Limits{}, 2},
		{"bytes", table.Limits{BlockBytes: 80_000}, 4},
		{"bytes of one row", table.Limits{BlockBytes: 7}, n},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, _, err := readAll(t, data, c.limits)
			if err != nil {
				t.Fatal(err)
			}
			if got[0].Blocks != c.blocks || len(got[0].Rows) != n || got[0].Lines[n-1] != n+1 {
				t.Errorf("%d blocks of %d rows, the last is %d", got[0].Blocks, len(got[0].Rows), got[0].Lines[n-1])
			}
		})
	}
}

// After an error, and after the end, every call says the same.
func TestEndStays(t *testing.T) {
	open := func(p parts) *Workbook {
		data := p.zip(t)
		w, err := Open(bytes.NewReader(data), int64(len(data)), "book.xlsx", table.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	w := open(parts{sheet: sheetXML(headerXML + `<row r="0"/>`)})
	_, _, first := w.Next()
	if _, _, second := w.Next(); first == nil || first != second {
		t.Errorf("%v, then %v", first, second)
	}
	w = open(parts{})
	_, r, err := w.Next()
	if err != nil {
		t.Fatal(err)
	}
	var b table.Block
	for range 2 {
		if err := r.Read(&b); err != io.EOF {
			t.Error(err)
		}
	}
	for range 2 {
		if _, _, err := w.Next(); err != io.EOF {
			t.Error(err)
		}
	}
	if len(w.Skipped()) != 0 {
		t.Errorf("skipped %+v", w.Skipped())
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
}

// A sheet damaged behind its first rows gives an error and not the rows that were whole.
func TestErrorInTheMiddle(t *testing.T) {
	var rows strings.Builder
	for range 100 {
		rows.WriteString(`<row><c t="str"><v>1</v></c></row>`)
	}
	tables, _, err := readAll(t, parts{sheet: sheetXML(headerXML + rows.String() + "<row><c></row>")}.zip(t), table.Limits{})
	if len(tables) != 0 || err == nil || !strings.Contains(err.Error(), `element "c" is closed by "row"`) {
		t.Errorf("%d tables, error %v", len(tables), err)
	}
}

func BenchmarkRead(b *testing.B) {
	var data []byte
	{
		f := excelize.NewFile()
		w, err := f.NewStreamWriter("Sheet1")
		if err != nil {
			b.Fatal(err)
		}
		row := make([]any, 20)
		for r := range 5000 {
			for c := range row {
				switch {
				case r == 0:
					row[c] = fmt.Sprintf("column %d", c)
				case c%2 == 0:
					row[c] = 20231219080620 + r
				default:
					row[c] = fmt.Sprintf("ЖТ-2026-%08d", r)
				}
			}
			if err := w.SetRow(fmt.Sprintf("A%d", r+1), row); err != nil {
				b.Fatal(err)
			}
		}
		if err := w.Flush(); err != nil {
			b.Fatal(err)
		}
		var out bytes.Buffer
		if err := f.Write(&out); err != nil {
			b.Fatal(err)
		}
		data = out.Bytes()
	}
	b.ReportAllocs()
	for b.Loop() {
		w, err := Open(bytes.NewReader(data), int64(len(data)), "book.xlsx", table.Limits{})
		if err != nil {
			b.Fatal(err)
		}
		_, r, err := w.Next()
		if err != nil {
			b.Fatal(err)
		}
		var block table.Block
		for err == nil {
			err = r.Read(&block)
		}
		if err != io.EOF {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*5000/b.Elapsed().Seconds(), "rows/s")
}
