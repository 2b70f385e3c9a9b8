package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/table"
	"github.com/xuri/excelize/v2"
)

// gridText prints the grids of a document: the sheet, then a row a line with its number, cells between bars.
func gridText(d *table.Document) string {
	var b strings.Builder
	for _, p := range d.Parts {
		if p.Grid == nil {
			b.WriteString(p.Text + "\n")
			continue
		}
		fmt.Fprintf(&b, "[%s]\n", p.Grid.Name)
		for _, r := range p.Grid.Rows {
			fmt.Fprintf(&b, "%d", r.Line)
			for _, c := range r.Cells {
				fmt.Fprintf(&b, "|%s", c.Text)
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestDocument(t *testing.T) {
	data := made(t, func(f *excelize.File) {
		must(t, f.SetSheetName("Sheet1", "План"))
		put := func(cell string, row ...any) { must(t, f.SetSheetRow("План", cell, &row)) }
		put("B1", "План мероприятий")
		must(t, f.MergeCell("План", "B1", "XFD1"))
		put("B3", "№", "служебное", "Вопрос", "Срок", "Сумма")
		put("B4", "Абайский район")
		must(t, f.MergeCell("План", "B4", "F4"))
		put("B5", 1, "x", "Дорога\r\nпо  ул. Абая", time.Date(2024, 5, 31, 0, 0, 0, 0, time.UTC), 1234567.5)
		put("B6", nil, "x", "Мост", "до 1 июля", 0.25)
		must(t, f.MergeCell("План", "B5", "B6"))
		put("B7", 2, "x", "скрыто", "", 1)
		put("B8", 3, "x", "", "постоянно", true)
		must(t, f.SetCellRichText("План", "D8", []excelize.RichTextRun{{Text: "Су "}, {Text: "құбыры", Font: &excelize.Font{Bold: true}}}))
		must(t, f.SetRowVisible("План", 7, false))
		must(t, f.SetColVisible("План", "C", false))
		money, err := f.NewStyle(&excelize.Style{CustomNumFmt: new(`# ##0.00 "₸"`)})
		must(t, err)
		must(t, f.SetCellStyle("План", "F5", "F5", money))
		percent, err := f.NewStyle(&excelize.Style{NumFmt: 9})
		must(t, err)
		must(t, f.SetCellStyle("План", "F6", "F6", percent))
		date, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		must(t, err)
		must(t, f.SetCellStyle("План", "E5", "E5", date))
		for _, name := range []string{"Пусто", "Тайное", "Тағы"} {
			_, err := f.NewSheet(name)
			must(t, err)
		}
		must(t, f.SetCellStr("Тайное", "A1", "x"))
		must(t, f.SetSheetVisible("Тайное", false))
		must(t, f.SetCellStr("Тағы", "C7", "жалғасы"))
		for _, cell := range []string{"C9", "A1"} {
			must(t, f.AddShape("Тағы", &excelize.Shape{Cell: cell, Type: "rect", Paragraph: []excelize.RichTextRun{{Text: "Бекітемін " + cell}, {Text: "әкім"}}}))
		}
		must(t, f.SetDocProps(&excelize.DocProperties{Title: "План  на 2024 год"}))
	})
	got, err := Document(data, "plan.xlsx", table.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	want := "[План]\n" +
		"1|План мероприятий|План мероприятий|План мероприятий|План мероприятий\n" +
		"3|№|Вопрос|Срок|Сумма\n" +
		"4|Абайский район|Абайский район|Абайский район|Абайский район\n" +
		"5|1|Дорога\nпо ул. Абая|2024-05-31|1234567.5\n" +
		"6|1|Мост|до 1 июля|25%\n" +
		"8|3|Су құбыры|постоянно|TRUE\n" +
		"Бекітемін C9\nәкім\nБекітемін A1\nәкім\n[Тағы]\n7|жалғасы\n"
	if d := cmp.Diff(want, gridText(got)); d != "" {
		t.Error(d)
	}
	if c := got.Parts[0].Grid.Rows[4].Cells; c[0].Top != 3 || c[0].Left != 0 || c[1].Top != 4 || c[1].Left != 1 {
		t.Errorf("merged %+v, not merged %+v", c[0], c[1])
	}
	findings := []qulaq.Finding{
		{Kind: qulaq.NothingToRead, Subject: "План", Table: "План", Detail: "hidden rows: 1, hidden columns: 1; left out", Count: 2},
		finding("Тайное", "a hidden sheet"),
	}
	if d := cmp.Diff(findings, got.Findings); d != "" {
		t.Error(d)
	}
	if got.Format != table.XLSX || got.Name != "plan.xlsx" || got.Title != "План на 2024 год" || got.Unread != 0 {
		t.Errorf("%s %q, titled %q, %d unread", got.Format, got.Name, got.Title, got.Unread)
	}
}

// What differs from the tables of Open, cell by cell.
func TestDocumentCells(t *testing.T) {
	for _, c := range []struct{ name, rows, want string }{
		{"nothing", "", ""},
		{"numbers only", `<row><c><v>1</v></c><c><v>2</v></c></row>`, "1|1|2\n"},
		{"one column", `<row r="5"><c t="str"><v>a</v></c></row><row r="9"><c t="str"><v>b</v></c></row>`, "5|a\n9|b\n"},
		{"formula", `<row><c t="str"><f>A2</f><v>РБ</v></c><c><f>1+1</f><v>2</v></c><c t="e"><v>#N/A</v></c></row>`, "1|РБ|2\n"},
		{"zero byte and bad bytes", `<row><c t="str"><v>a_x0000_b</v></c><c t="str"><v>` + "\xff" + `</v></c></row>`, "1|ab|\ufffd\n"},
		{"shared", `<row><c t="s"><v>2</v></c></row>`, "1|ж т\n"},
		{"a date that shows its month", `<row><c s="3"><v>46126</v></c><c s="1"><v>46126</v></c></row>`, "1|04.2026|2026-04-14\n"},
		{"merged without text", `<row><c t="str"><v>a</v></c></row></sheetData><mergeCells><mergeCell ref="B1:C9"/></mergeCells><sheetData>`, "1|a\n"},
		{"merged one cell", `<row><c t="str"><v>a</v></c></row></sheetData><mergeCells><mergeCell ref="A1"/></mergeCells><sheetData>`, "1|a\n"},
		{"merged whole sheet", `<row><c t="str"><v>a</v></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><sheetData>`, "1|a\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			styles := strings.Replace(stylesXML, "</cellXfs>", `<xf numFmtId="17"/></cellXfs>`, 1)
			d, err := Document(parts{sheet: sheetXML(c.rows), styles: styles}.zip(t), "book.xlsx", table.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.TrimPrefix(gridText(d), "[Лист & 1]\n"); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// Properties and drawings that are damaged do not spoil the cells.
func TestDocumentBeside(t *testing.T) {
	data := made(t, func(f *excelize.File) {
		must(t, f.SetCellStr("Sheet1", "A1", "a"))
		must(t, f.AddShape("Sheet1", &excelize.Shape{Cell: "A1", Type: "rect", Paragraph: []excelize.RichTextRun{{Text: "b"}}}))
	})
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(t, err)
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	spoiled := 0
	for _, f := range z.File {
		out, err := w.Create(f.Name)
		must(t, err)
		if f.Name == "docProps/core.xml" || strings.HasPrefix(f.Name, "xl/drawings/drawing") {
			spoiled++
			_, err = out.Write([]byte("<a><b></a>"))
			must(t, err)
			continue
		}
		in, err := f.Open()
		must(t, err)
		_, err = io.Copy(out, in)
		must(t, err)
	}
	must(t, w.Close())
	d, err := Document(b.Bytes(), "book.xlsx", table.Limits{})
	if err != nil || spoiled != 2 {
		t.Fatalf("%v, %d parts spoiled", err, spoiled)
	}
	if gridText(d) != "[Sheet1]\n1|a\n" || len(d.Findings) != 2 || d.Unread != 1 {
		t.Errorf("%q, %d unread, findings %+v", gridText(d), d.Unread, d.Findings)
	}
}

// Tables are data: they keep the day that a column of months does not show.
func TestTablesKeepWholeDates(t *testing.T) {
	p := parts{
		styles: strings.Replace(stylesXML, "</cellXfs>", `<xf numFmtId="17"/></cellXfs>`, 1),
		sheet:  sheetXML(headerXML + `<row r="2"><c r="A2" s="3"><v>46126</v></c></row>`),
	}
	got, _, err := readAll(t, p.zip(t), table.Limits{})
	if err != nil || got[0].Rows[0][0] != "2026-04-14" {
		t.Errorf("%v, %v", got, err)
	}
}

// reasonOf returns the reason of package table that an error has.
func reasonOf(err error) error {
	for _, reason := range []error{table.ErrEncrypted, table.ErrDamaged, table.ErrTooLarge, table.ErrFormat} {
		if errors.Is(err, reason) {
			return reason
		}
	}
	return nil
}

func TestDocumentRefused(t *testing.T) {
	merged := func(ref string) []byte {
		return parts{sheet: sheetXML(`<row><c><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="` + ref + `"/></mergeCells><sheetData>`)}.zip(t)
	}
	far := `<row><c><v>1</v></c></row>` + strings.Repeat(`<row><c><v>1</v></c></row>`, 10) + `<row><c r="XFD12"><v>1</v></c></row>`
	diagonal := ""
	for i := range 20 {
		diagonal += fmt.Sprintf(`<row r="%d"><c r="%c%d"><v>1</v></c></row>`, i+1, 'A'+i, i+1)
	}
	for _, c := range []struct {
		name   string
		data   []byte
		limits table.Limits
		want   error
	}{
		{"no zip", []byte("id"), table.Limits{}, table.ErrFormat},
		{"another zip", zipOf(t, "a.csv", "id"), table.Limits{}, table.ErrFormat},
		{"truncated", parts{}.zip(t)[:500], table.Limits{}, table.ErrDamaged},
		{"damaged", damaged(t, parts{}.zip(t)), table.Limits{}, table.ErrDamaged},
		{"ends early", parts{sheet: `<worksheet><sheetData><row>`}.zip(t), table.Limits{}, table.ErrDamaged},
		{"no such shared string", parts{sheet: sheetXML(`<row><c t="s"><v>3</v></c></row>`)}.zip(t), table.Limits{}, table.ErrDamaged},
		{"merged nowhere", merged("A1:"), table.Limits{}, table.ErrDamaged},
		{"merged upside down", merged("B2:A1"), table.Limits{}, table.ErrDamaged},
		{"merged beyond the sheet", merged("A1:XFE1"), table.Limits{}, table.ErrDamaged},
		{"row beyond the sheet", parts{sheet: sheetXML(`<row r="1048577"><c><v>1</v></c></row>`)}.zip(t), table.Limits{}, table.ErrDamaged},
		{"a cell too many", parts{sheet: sheetXML(`<row><c><v>1</v></c><c><v>1</v></c></row>`)}.zip(t), table.Limits{Cells: 1}, table.ErrTooLarge},
		{"cells far apart", parts{sheet: sheetXML(diagonal)}.zip(t), table.Limits{Cells: 399}, table.ErrTooLarge},
		{"a large row", parts{sheet: sheetXML(`<row><c t="str"><v>` + random(2000) + `</v></c></row>`)}.zip(t), table.Limits{RecordBytes: 1000}, table.ErrTooLarge},
		{"a large file", parts{sheet: sheetXML(`<row><c t="str"><v>` + random(2000) + `</v></c></row>`)}.zip(t), table.Limits{DocumentBytes: 2000}, table.ErrTooLarge},
		{"too deep", parts{sheet: strings.Repeat("<a>", 1000)}.zip(t), table.Limits{}, table.ErrTooLarge},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Document(c.data, "book.xlsx", c.limits)
			if !errors.Is(err, c.want) || qulaq.KindOf(err) != qulaq.Contract || !strings.Contains(err.Error(), "book.xlsx") {
				t.Errorf("error %v of kind %v, want %v", err, qulaq.KindOf(err), c.want)
			}
		})
	}
	if d, err := Document(parts{sheet: sheetXML(far)}.zip(t), "book.xlsx", table.Limits{Cells: 24}); err != nil || d.Parts[0].Grid.Width != 2 {
		t.Errorf("a cell in the last column: %v", err)
	}
}

// Whatever the XML of the parts: no panic, a grid that holds together, an error with a reason.
func FuzzDocument(f *testing.F) {
	f.Add(workbookXML, stylesXML, stringsXML, sheetXML(headerXML))
	f.Add(workbookXML, stylesXML, stringsXML, `<worksheet><cols><col min="2" max="16384" hidden="1"/></cols><sheetData>`+
		`<row r="1" hidden="1"><c r="A1" t="str"><v>a</v></c></row><row r="2"><c r="C2"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B9"/><mergeCell ref="B2:C3"/></mergeCells></worksheet>`)
	f.Fuzz(func(t *testing.T, workbook, styles, strings, sheet string) {
		const most = 1000
		data := parts{workbook: workbook, styles: styles, strings: strings, sheet: sheet}.zip(t)
		d, err := Document(data, "book.xlsx", table.Limits{Cells: most, RecordBytes: 1000})
		if err != nil {
			if qulaq.KindOf(err) != qulaq.Contract || reasonOf(err) == nil {
				t.Errorf("kind %v of %v", qulaq.KindOf(err), err)
			}
			return
		}
		checkGrids(t, d, most)
	})
}

// checkGrids fails when a grid breaks the promises of package table.
func checkGrids(t testing.TB, d *table.Document, most int) {
	t.Helper()
	for _, p := range d.Parts {
		if most -= len(p.Grid.Rows) * p.Grid.Width; most < 0 {
			t.Fatal("more cells than allowed")
		}
		for r, row := range p.Grid.Rows {
			if len(row.Cells) != p.Grid.Width || r > 0 && row.Line <= p.Grid.Rows[r-1].Line {
				t.Fatalf("row %d, line %d, has %d cells of %d", r, row.Line, len(row.Cells), p.Grid.Width)
			}
			for c, cell := range row.Cells {
				if cell.Top > r || cell.Left > c || p.Grid.Rows[cell.Top].Cells[cell.Left] != cell {
					t.Fatalf("%+v at %d, %d", cell, r, c)
				}
			}
		}
	}
}

func BenchmarkDocument(b *testing.B) {
	data := made(b, func(f *excelize.File) {
		for r := range 200 {
			set(b, f, fmt.Sprintf("A%d", r+1), r, strings.Repeat("Ремонт дороги ", 10), "Акимат района", "до 31 декабря 2024 года", 1250.5, "МБ", "в работе")
		}
		must(b, f.MergeCell("Sheet1", "B3", "B9"))
	})
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Document(bytes.Clone(data), "book.xlsx", table.Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}
