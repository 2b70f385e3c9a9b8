package xls

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/cfb/cfbtest"
	"github.com/qulaq-kz/qulaq/transform/table"
	"github.com/qulaq-kz/qulaq/transform/xlsx"
	"golang.org/x/text/encoding/charmap"
)

// The workbooks of another author, in the old format and the new: testdata/make.py makes both from one source.
func TestLibreOffice(t *testing.T) {
	read := func(name string, how func([]byte, string, table.Limits) (*table.Document, error)) *table.Document {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		d, err := how(data, name, table.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		checkGrids(t, d, 1000)
		return d
	}
	old, today := read("plan.xls", Read), read("plan.xlsx", xlsx.Document)
	if d := cmp.Diff(today.Parts, old.Parts); d != "" {
		t.Errorf("parts (-xlsx +xls):\n%s", d)
	}
	if d := cmp.Diff(today.Findings, old.Findings); d != "" {
		t.Errorf("findings (-xlsx +xls):\n%s", d)
	}
	if old.Format != table.XLS || old.Name != "plan.xls" || old.Unread != 0 {
		t.Errorf("%s %q, %d unread", old.Format, old.Name, old.Unread)
	}
	text := gridText(old)
	for _, want := range []string{
		"[План]\n1|План мероприятий по вопросам, поднятым на встречах акима с населением\nза 2 полугодие 2023 года|",
		"\n4|№|Проблемный вопрос|Финансирование|Финансирование|Срок|Доля|Принято\n" +
			"5|№|Проблемный вопрос|сумма, тыс. тенге|источник|Срок|Доля|Принято\n",
		"\n7|1|Ремонт дороги\nпо ул. Абая|12500.5|МБ|2024-05-31|25%|TRUE\n" +
			"8|2|Әлеуметтік нысандар: іңғүұқөһ ІҢҒҮҰҚӨҺ ҚР|-1234567|МБ|2 квартал 2024 г.|0.3|FALSE\n" +
			"10|4|Строительство школы «Жас ұрпақ»|20231219080620|РБ|2024-01-01 10:30:00.000||\n",
		"Көше 399 жөндеуді қажет етеді;|3||||\n12|Итого||0.5||||\n[Қосымша]\n1|а|б\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

func TestCells(t *testing.T) {
	const f64 = 46126.917361111111
	styles := join(
		rec(recFormat, 164, wide(`dd.mm.yyyy\ hh:mm`)),
		rec(recXF, 0, 0, make([]byte, 16)), rec(recXF, 0, 14, make([]byte, 16)), rec(recXF, 0, 164, make([]byte, 16)))
	sst := func(count uint32, pieces ...[]byte) []byte {
		return join(append([][]byte{rec(recSST, uint32(9), count, pieces[0])}, pieces[1:]...)...)
	}
	for _, c := range []struct {
		name    string
		globals []byte
		records []byte
		want    string
	}{
		{"nothing", nil, nil, ""},
		{"number", styles, rec(recNumber, 0, 0, 0, 20231219080620.0), "1|20231219080620\n"},
		{"fraction", styles, rec(recNumber, 0, 0, 0, 0.1+0.2), "1|0.3\n"},
		{"no number", styles, rec(recNumber, 0, 0, 0, uint32(0), uint32(0x7ff80000)), ""},
		{"date", styles, rec(recNumber, 0, 0, 1, 46126.0), "1|2026-04-14\n"},
		{"date and time", styles, rec(recNumber, 0, 0, 2, f64), "1|2026-04-14 22:01:00.000\n"},
		{"date that shows its month", join(styles, rec(recXF, 0, 17, make([]byte, 16))), rec(recNumber, 0, 0, 3, 46126.0), "1|04.2026\n"},
		{"calendar of 1904", join(styles, rec(recDate1904, 1)), rec(recNumber, 0, 0, 1, 44664.0), "1|2026-04-14\n"},
		{"style that is not there", styles, rec(recNumber, 0, 0, 9, 46126.0), "1|46126\n"},
		{"packed integer", nil, rec(recRK, 4, 2, 0, uint32(7<<2|2)), "5|7\n"},
		{"packed negative integer", nil, rec(recRK, 4, 2, 0, ^uint32(7<<2)&^1|2), "5|-8\n"},
		{"packed hundredfold", nil, rec(recRK, 4, 2, 0, uint32(12345<<2|3)), "5|123.45\n"},
		{"packed float", nil, rec(recRK, 0, 0, 0, uint32(0x3FF80000)), "1|1.5\n"},
		{"side by side", nil, rec(recMulRK, 1, 3, 0, uint32(1<<2|2), 0, uint32(2<<2|2), 4), "2|1|2\n"},
		{"text in the cell", nil, rec(recLabel, 0, 0, 0, wide("  Қала  жолы ")), "1|Қала жолы\n"},
		{"rich text in the cell", nil, rec(recRString, 0, 0, 0, wide("бай"), 1, 0, 5), "1|бай\n"},
		{"of one byte a character", nil, rec(recLabel, 0, 0, 0, 4, byte(0), "caf\xe9"), "1|café\n"},
		{"truth", nil, join(rec(recBoolErr, 0, 0, 0, byte(1), byte(0)), rec(recBoolErr, 0, 1, 0, byte(0), byte(0))), "1|TRUE|FALSE\n"},
		{"error", nil, rec(recBoolErr, 0, 0, 0, byte(42), byte(1)), ""},
		{"formula of a number", nil, rec(recFormula, 0, 0, 0, 3.0, make([]byte, 6)), "1|3\n"},
		{"formula of a text", nil, join(rec(recFormula, 0, 0, 0, uint32(0), 0, 0xFFFF, make([]byte, 6)), rec(0x04BC, 1), rec(recString, wide("РБ"))), "1|РБ\n"},
		{"formula of a text that is not there", nil, join(rec(recFormula, 0, 0, 0, uint32(0), 0, 0xFFFF), rec(recFormula, 0, 1, 0, 3.0), rec(recString, wide("РБ"))), "1|3\n"},
		{"formula of truth", nil, rec(recFormula, 0, 0, 0, uint32(1|1<<16), 0, 0xFFFF), "1|TRUE\n"},
		{"formula of an error", nil, rec(recFormula, 0, 0, 0, uint32(2|42<<16), 0, 0xFFFF), ""},
		{"formula of nothing", nil, rec(recFormula, 0, 0, 0, uint32(3), 0, 0xFFFF), ""},
		{"string of nobody", nil, rec(recString, wide("РБ")), ""},
		{"shared", sst(2, join(wide("а"), wide("б"))), join(rec(recLabelSST, 0, 0, 0, uint32(1)), rec(recLabelSST, 0, 1, 0, uint32(0))), "1|б|а\n"},
		{"shared, fewer than said", sst(1<<31, wide("а")), rec(recLabelSST, 0, 0, 0, uint32(0)), "1|а\n"},
		{"shared, rich and pronounced", sst(2, join([]byte{1, 0, 13, 1, 0, 3, 0, 0, 0, 0x16, 4, 0, 0, 0, 0, 1, 2, 3}, wide("б"))), join(rec(recLabelSST, 0, 0, 0, uint32(0)), rec(recLabelSST, 0, 1, 0, uint32(1))), "1|Ж|б\n"},
		{"shared, between two records", sst(2, wide("а"), rec(recContinue, wide("б"))), rec(recLabelSST, 0, 0, 0, uint32(1)), "1|б\n"},
		{
			"shared, over two records in two widths", sst(2, []byte{4, 0, 0, 'a', 'b'}, rec(recContinue, byte(1), utf16LE("жш"), wide("б"))),
			join(rec(recLabelSST, 0, 0, 0, uint32(0)), rec(recLabelSST, 0, 1, 0, uint32(1))), "1|abжш|б\n",
		},
		{
			"shared, runs over two records", sst(2, []byte{1, 0, 8, 2, 0, 'a', 1, 2, 3}, rec(recContinue, []byte{4, 5, 6, 7, 8}, wide("б"))),
			join(rec(recLabelSST, 0, 0, 0, uint32(0)), rec(recLabelSST, 0, 1, 0, uint32(1))), "1|a|б\n",
		},
		{"a chart on the sheet", nil, join(rec(recBOF, biff8, 0x20), rec(recNumber, 0, 0, 0, 9.0), rec(recEOF), rec(recNumber, 1, 0, 0, 8.0)), "2|8\n"},
		{"merged", nil, join(rec(recNumber, 0, 0, 0, 1.0), rec(recNumber, 1, 1, 0, 2.0), rec(recMergedCells, 1, 0, 1, 0, 0)), "1|1|\n2|1|2\n"},
		{"hidden", nil, join(rec(recRow, 0, 0, 2, 255, 0, 0, 0x20, 15), rec(recColInfo, 1, 255, 9, 0, 1, 0), rec(recNumber, 0, 0, 0, 1.0), rec(recNumber, 1, 0, 0, 2.0), rec(recNumber, 1, 1, 0, 3.0)), "2|2\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := cfbtest.Of(map[string][]byte{"Workbook": bookOf(biff8, c.globals, sheetOf{name: "Лист", records: c.records})})
			d, err := Read(data, "book.xls", table.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, strings.TrimPrefix(gridText(d), "[Лист]\n")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Files of before 1997 have bytes in a code page.
func TestBIFF5(t *testing.T) {
	ansi, err := charmap.Windows1251.NewEncoder().String("Қала жолы") // ends at the first letter that 1251 has not
	if err == nil {
		t.Fatalf("windows-1251 has %q", ansi)
	}
	for page, charset := range map[int]*charmap.Charmap{0: charmap.Windows1251, 1251: charmap.Windows1251, 866: charmap.CodePage866} {
		encoded := func(s string) string {
			out, err := charset.NewEncoder().String(s)
			if err != nil {
				t.Fatal(err)
			}
			return out
		}
		var globals []byte
		if page > 0 {
			globals = rec(recCodePage, page)
		}
		text := encoded("Ремонт дорог")
		globals = join(globals, rec(recFormat, 164, byte(6), "d.m.yy"), rec(recXF, 0, 164, make([]byte, 12)))
		records := join(rec(recLabel, 0, 0, 0, len(text), text), rec(recNumber, 0, 1, 0, 46126.0), rec(recFormula, 0, 2, 0, uint32(0), 0, 0xFFFF), rec(recString, 2, encoded("РБ")))
		data := cfbtest.Of(map[string][]byte{"Book": bookOf(biff5, globals, sheetOf{name: encoded("План"), records: records})})
		d, err := Read(data, "book.xls", table.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := gridText(d), "[План]\n1|Ремонт дорог|2026-04-14|РБ\n"; got != want {
			t.Errorf("code page %d: %q", page, got)
		}
	}
}

func TestSheets(t *testing.T) {
	cell := rec(recNumber, 0, 0, 0, 1.0)
	data := cfbtest.Of(map[string][]byte{
		"Workbook": bookOf(biff8, nil,
			sheetOf{name: "Бір", records: cell}, sheetOf{name: "Жасырын", state: 2, records: cell}, sheetOf{name: "График", kind: 2}, sheetOf{name: "Пусто"},
			sheetOf{name: "Екі", records: join(cell, rec(recObject, 0x15, 0x12, 8), rec(recObject, 0x15, 0x12, 0x19), rec(recObjectText, make([]byte, 10), 5, make([]byte, 6)),
				rec(recObject, 0x15, 0x12, 6), rec(recObjectText, make([]byte, 10), 9, make([]byte, 6)), rec(recContinue, byte(1), utf16LE("План\n2 с.")),
				rec(recObject, 0x15, 0x12, 6), rec(recObjectText, make([]byte, 10), 8, make([]byte, 6)))}),
		"Book": []byte("of another age"),
	})
	d, err := Read(data, "book.xls", table.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if got := gridText(d); got != "[Бір]\n1|1\nПлан\n2 с.\n[Екі]\n1|1\n" {
		t.Errorf("%q", got)
	}
	want := []qulaq.Finding{
		{Kind: qulaq.NothingToRead, Subject: "Жасырын", Table: "Жасырын", Detail: "a hidden sheet", Count: 1},
		{Kind: qulaq.NothingToRead, Subject: "График", Table: "График", Detail: "a chart or a macro, not a table", Count: 1},
		{Kind: qulaq.NothingToRead, Subject: "Екі", Table: "Екі", Detail: "pictures: 2; not read", Count: 2},
	}
	if diff := cmp.Diff(want, d.Findings); diff != "" || d.Unread != 2 {
		t.Errorf("%d unread; findings\n%s", d.Unread, diff)
	}
}

func TestRefused(t *testing.T) {
	one := func(globals, records []byte) []byte {
		return cfbtest.Of(map[string][]byte{"Workbook": bookOf(biff8, globals, sheetOf{name: "a", records: records})})
	}
	cells := join(rec(recNumber, 0, 0, 0, 1.0), rec(recNumber, 1, 1, 0, 1.0), rec(recNumber, 2, 2, 0, 1.0))
	good := one(nil, cells)
	patched := func(at int, b ...byte) []byte {
		data := append([]byte(nil), good...)
		copy(data[at:], b)
		return data
	}
	// Fifty sheets that are one and the same: reading all would cost fifty times the file.
	same := rec(recBOF, biff8, 5)
	start := uint32(len(same) + 50*len(rec(recBoundSheet, uint32(0), byte(0), byte(0), byte(1), byte(0), "a")) + len(rec(recEOF)))
	for range 50 {
		same = append(same, rec(recBoundSheet, start, byte(0), byte(0), byte(1), byte(0), "a")...)
	}
	same = join(same, rec(recEOF), rec(recBOF, biff8, 0x10), rec(recLabel, 0, 0, 0, wide(strings.Repeat("a", 1000))), rec(recEOF))
	for _, c := range []struct {
		name   string
		data   []byte
		limits table.Limits
		want   error
		text   string
	}{
		{"nothing", nil, table.Limits{}, table.ErrFormat, "no OLE"},
		{"a head alone", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), table.Limits{}, table.ErrFormat, "no OLE"},
		{"truncated", good[:600], table.Limits{}, table.ErrDamaged, ""},
		{"odd sectors", patched(30, 11), table.Limits{}, table.ErrDamaged, "sectors of 2^11"},
		{"directory nowhere", patched(48, 0xff, 0xff), table.Limits{}, table.ErrDamaged, "the directory"},
		{"locked with a password", one(rec(recFilePass, 0), nil), table.Limits{}, table.ErrEncrypted, ""},
		{"a locked new workbook", cfbtest.Of(map[string][]byte{"EncryptionInfo": nil, "EncryptedPackage": []byte("x")}), table.Limits{}, table.ErrEncrypted, "locked with a password"},
		{"a text document", cfbtest.Of(map[string][]byte{"WordDocument": []byte("x")}), table.Limits{}, table.ErrFormat, ".doc"},
		{"a presentation", cfbtest.Of(map[string][]byte{"PowerPoint Document": []byte("x")}), table.Limits{}, table.ErrFormat, ".ppt"},
		{"something else", cfbtest.Of(map[string][]byte{"x": []byte("x")}), table.Limits{}, table.ErrFormat, "without a workbook"},
		{"no records", cfbtest.Of(map[string][]byte{"Workbook": []byte("x")}), table.Limits{}, table.ErrFormat, ""},
		{"of Excel 4", cfbtest.Of(map[string][]byte{"Workbook": rec(0x0409, 0, 0)}), table.Limits{}, table.ErrFormat, ""},
		{"of a version to come", cfbtest.Of(map[string][]byte{"Workbook": rec(recBOF, 0x0700, 5)}), table.Limits{}, table.ErrFormat, "0x700"},
		{"a cell too short", one(nil, rec(recNumber, 0, 0, 0, 1)), table.Limits{}, table.ErrDamaged, "0x203"},
		{"shared string not there", one(nil, rec(recLabelSST, 0, 0, 0, uint32(0))), table.Limits{}, table.ErrDamaged, "shared string 0"},
		{"shared strings cut", one(rec(recSST, uint32(1), uint32(1), 9, byte(0), "abc"), nil), table.Limits{}, table.ErrDamaged, "shared string 0"},
		{"merged cells cut", one(nil, rec(recMergedCells, 2, 0, 0, 0, 0)), table.Limits{}, table.ErrDamaged, "0xe5"},
		{"sheet behind the end", cfbtest.Of(map[string][]byte{"Workbook": join(rec(recBOF, biff8, 5), rec(recBoundSheet, uint32(9999), byte(0), byte(0), byte(1), byte(0), "a"))}), table.Limits{}, table.ErrDamaged, "behind the end"},
		{"sheet at no beginning", cfbtest.Of(map[string][]byte{"Workbook": join(rec(recBOF, biff8, 5), rec(recBoundSheet, uint32(8), byte(0), byte(0), byte(1), byte(0), "a"), rec(recEOF))}), table.Limits{}, table.ErrDamaged, "does not begin"},
		{"many sheets at one place", cfbtest.Of(map[string][]byte{"Workbook": same}), table.Limits{}, table.ErrDamaged, ""},
		{"a cell too many", good, table.Limits{Cells: 2}, table.ErrTooLarge, "more than 2 cells"},
		{"cells far apart", good, table.Limits{Cells: 8}, table.ErrTooLarge, "more than 8 cells"},
		{"too many merged cells", one(nil, rec(recMergedCells, 2, make([]byte, 16))), table.Limits{Cells: 1}, table.ErrTooLarge, "merged"},
		{"a large file", good, table.Limits{DocumentBytes: 100}, table.ErrTooLarge, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Read(c.data, "book.xls", c.limits)
			if !errors.Is(err, c.want) || qulaq.KindOf(err) != qulaq.Contract || !strings.Contains(err.Error(), "book.xls") || !strings.Contains(err.Error(), c.text) {
				t.Errorf("error %v of kind %v, want %v with %q", err, qulaq.KindOf(err), c.want, c.text)
			}
		})
	}
}

// The workbook inside a text document is not the document.
func TestEmbeddedWorkbook(t *testing.T) {
	data := cfbtest.Of(map[string][]byte{"Workbook": bookOf(biff8, nil, sheetOf{name: "a", records: rec(recNumber, 0, 0, 0, 1.0)})})
	if _, err := Read(data, "a.xls", table.Limits{}); err != nil {
		t.Fatal(err)
	}
	root := strings.Index(string(data), string(utf16LE("Root Entry")))
	copy(data[root+76:], "\xff\xff\xff\xff") // now nothing is in the root folder
	if _, err := Read(data, "a.xls", table.Limits{}); !errors.Is(err, table.ErrFormat) {
		t.Errorf("%v", err)
	}
}

func FuzzRecords(f *testing.F) {
	for _, records := range [][]byte{
		join(rec(recNumber, 0, 0, 0, 1.0), rec(recMergedCells, 1, 0, 1, 0, 0), rec(recLabel, 1, 1, 0, wide("Қала"))),
		join(rec(recMulRK, 1, 3, 0, uint32(6), 0, uint32(10), 4), rec(recFormula, 0, 0, 0, uint32(0), 0, 0xFFFF), rec(recString, wide("РБ"))),
		join(rec(recRow, 0, 0, 2, 255, 0, 0, 0x20, 15), rec(recColInfo, 1, 255, 9, 0, 1, 0), rec(recLabelSST, 0, 0, 0, uint32(0))),
	} {
		f.Add(true, join(rec(recSST, uint32(1), uint32(1), 4, byte(0), "ab"), rec(recContinue, byte(1), utf16LE("жш"))), records)
		f.Add(false, rec(recFormat, 164, byte(2), "yy"), records)
	}
	f.Fuzz(func(t *testing.T, unicode bool, globals, records []byte) {
		version, name := biff8, "Workbook"
		if !unicode {
			version, name = biff5, "Book"
		}
		readAny(t, cfbtest.Of(map[string][]byte{name: bookOf(version, globals, sheetOf{name: "a", records: records})}))
	})
}

func FuzzFile(f *testing.F) {
	data, err := os.ReadFile("testdata/plan.xls")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add(cfbtest.Of(map[string][]byte{"Workbook": bookOf(biff8, nil, sheetOf{name: "a", records: rec(recNumber, 0, 0, 0, 1.0)})}))
	f.Add(cfbtest.Of(map[string][]byte{"WordDocument": nil, "EncryptedPackage": nil}))
	f.Fuzz(readAny)
}

// readAny reads whatever the bytes: no panic, grids that hold together, an error with a reason.
func readAny(t *testing.T, data []byte) {
	const most = 1000
	d, err := Read(data, "book.xls", table.Limits{Cells: most})
	if err == nil {
		checkGrids(t, d, most)
		return
	}
	reasons := []error{table.ErrEncrypted, table.ErrDamaged, table.ErrTooLarge, table.ErrFormat}
	known := false
	for _, reason := range reasons {
		known = known || errors.Is(err, reason)
	}
	if !known || qulaq.KindOf(err) != qulaq.Contract {
		t.Errorf("kind %v of %v", qulaq.KindOf(err), err)
	}
}

func BenchmarkRead(b *testing.B) {
	data, err := os.ReadFile("testdata/plan.xls")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(data, "plan.xls", table.Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}
