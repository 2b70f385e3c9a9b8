package document

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/doc"
	"github.com/qulaq-kz/qulaq/transform/odt"
	"github.com/qulaq-kz/qulaq/transform/rtf"
	"github.com/qulaq-kz/qulaq/transform/table"
	"golang.org/x/text/encoding/charmap"
)

const page = "<html><head><title>План</title></head><body><p>Дороги</p><table><tr><td>№</td><td>Вопрос</td></tr></table></body></html>"

func pack(t testing.TB, members ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		f, err := w.Create(members[i])
		if err == nil {
			_, err = f.Write([]byte(members[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func gz(t testing.TB, data string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(data)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func wordFile(t testing.TB) string {
	return pack(t, "[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml", `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Су құбыры</w:t></w:r></w:p></w:body></w:document>`)
}

func workbook(t testing.TB) string {
	return pack(t, "[Content_Types].xml", "<Types/>",
		"_rels/.rels", `<Relationships><Relationship Id="a" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml", `<workbook><sheets><sheet name="Лист" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml", `<worksheet><sheetData><row><c t="str"><v>Мост</v></c></row></sheetData></worksheet>`)
}

// pdfFile is the smallest PDF of one page with a line of text.
func pdfOf(line string) string {
	var b strings.Builder
	b.WriteString("%PDF-1.4\n")
	content := "BT /F1 12 Tf 72 700 Td (" + line + ") Tj ET"
	var at []int
	for i, object := range []string{
		"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(content), content),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
	} {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := b.Len()
	b.WriteString("xref\n0 6\n0000000000 65535 f \n")
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", start)
	return b.String()
}

// sample is a file that the tests of a reader keep.
func sample(t testing.TB, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func old(t testing.TB) string { return sample(t, "../xls/testdata/plan.xls") }

func utf16LE(s string) string {
	b := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}

func cyrillic(t testing.TB, c *charmap.Charmap, s string) string {
	t.Helper()
	out, err := c.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func read(data string, l table.Limits) ([]*table.Document, error) {
	r := Reader{Limits: l}
	return r.Read(context.Background(), []byte(data), "file.bin")
}

// words returns all text of a document.
func words(d *table.Document) string {
	var all []string
	for _, p := range d.Parts {
		if p.Grid == nil {
			all = append(all, p.Text)
			continue
		}
		for _, row := range p.Grid.Rows {
			for _, c := range row.Cells {
				all = append(all, c.Text)
			}
		}
	}
	return strings.Join(all, " ")
}

// Lines of a text whose cells tabs part are a table; tabs that only indent are none.
func TestTabbedText(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string // the paragraphs, of a table its rows
	}{
		{"a table", "Итоги\n№\tРегион\tВстреч\n1\tАбай\t1 204\n\n\tВсего\t1 204\nИсп. А.", []string{"Итоги", "№|Регион|Встреч / 1|Абай|1 204 / |Всего|1 204", "Исп. А."}},
		{"two tables", "а\tб\tв\nг\tд\tе\nа\tб\tв\tг\nг\tд\tе\tж", []string{"а|б|в / г|д|е", "а|б|в|г / г|д|е|ж"}},
		{"one line", "Аким:\t\tА. Иванов\nКонец", []string{"Аким: А. Иванов", "Конец"}},
		{"indented", "\t\tПервое\n\t\tВторое", []string{"Первое", "Второе"}},
		{"one tab", "Первое\tдва\nВторое\tтри", []string{"Первое два", "Второе три"}},
	} {
		docs, err := read(c.text, table.Limits{})
		if err != nil || len(docs) != 1 {
			t.Fatal(c.name, len(docs), err)
		}
		var got []string
		for _, p := range docs[0].Parts {
			if p.Grid == nil {
				got = append(got, p.Text)
				continue
			}
			var rows []string
			for i, row := range p.Grid.Rows {
				var cells []string
				for c, cell := range row.Cells {
					if cell.Top != i || cell.Left != c {
						t.Errorf("the cell %d of row %d stands at %d of %d", c, i, cell.Left, cell.Top)
					}
					cells = append(cells, cell.Text)
				}
				rows = append(rows, strings.Join(cells, "|"))
			}
			got = append(got, strings.Join(rows, " / "))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s\n%s", c.name, diff)
		}
	}
	if _, err := read("а\tб\tв\nг\tд\tе", table.Limits{Cells: 5}); !errors.Is(err, table.ErrTooLarge) {
		t.Errorf("six cells of five: %v", err)
	}
}

func TestFormats(t *testing.T) {
	const russian = "Ремонт дорог,\r\nмост"
	for _, c := range []struct {
		name, data string
		format     table.Format
		want       string // stands in its text
	}{
		{"docx", wordFile(t), table.DOCX, "Су құбыры"},
		{"xlsx", workbook(t), table.XLSX, "Мост"},
		{"xls", old(t), table.XLS, "Абайский район"},
		{"doc", sample(t, "../doc/testdata/plan.doc"), doc.Format, "Нет дороги"},
		{"rtf", sample(t, "../rtf/testdata/plan.rtf"), rtf.Format, "Нет дороги"},
		{"rtf behind space", "\r\n {\\rtf1 Roads}", rtf.Format, "Roads"},
		{"odt", sample(t, "../odt/testdata/plan.odt"), odt.Text, "Нет дороги"},
		{"ods", sample(t, "../odt/testdata/sheet.ods"), odt.Sheet, "Нет дороги"},
		{"pdf", pdfOf("Roads"), table.PDF, "Roads"},
		{"pdf behind lines of a server", "\r\n\r\n" + pdfOf("Roads"), table.PDF, "Roads"},
		{"html", page, table.HTML, "Дороги"},
		{"a table that was saved as .xls", "\ufeff\n<TABLE border=1><tr><td>Дороги</td></tr></TABLE>", table.HTML, "Дороги"},
		{"the body of a page", "<p style='x'>Дороги</p><p>мост</p>", table.HTML, "Дороги"},
		{"the body of a page that begins with words", strings.Repeat("План ", 300) + "<table><tr><td>Дороги</td></tr></table>", table.HTML, "Дороги"},
		{"the body of a page that begins with a sign", "&nbsp;<p>Дороги</p>", table.HTML, "Дороги"},
		{"the body of a page that begins with a tag of an editor", "<w:sdt><p>Дороги</p>", table.HTML, "Дороги"},
		{"a table that calls itself XML", `<?xml version="1.0"?><x><td>Дороги</td></x>`, table.HTML, "Дороги"},
		{"text with a sign", "x < y, мост", table.Text, "x < y, мост"},
		{"html behind much space", strings.Repeat("\r\n", 2000) + page, table.HTML, "Дороги"},
		{"html in UTF-16", utf16LE(page), table.HTML, "Дороги"},
		{"xhtml", `<?xml version="1.0"?>` + page, table.HTML, "Дороги"},
		{"text", russian, table.Text, "Ремонт дорог, мост"},
		{"text with a mark", "\ufeff" + russian, table.Text, "Ремонт дорог, мост"},
		{"text in windows-1251", cyrillic(t, charmap.Windows1251, russian), table.Text, "Ремонт дорог, мост"},
		{"text in UTF-16", utf16LE(russian), table.Text, "Ремонт дорог, мост"},
		{"long text in UTF-8", "x" + strings.Repeat("Ремонт дорог ", 300), table.Text, "xРемонт дорог"},
		{"gzip", gz(t, page), table.HTML, "Дороги"},
		{"gzip of a workbook", gz(t, workbook(t)), table.XLSX, "Мост"},
	} {
		t.Run(c.name, func(t *testing.T) {
			docs, err := read(c.data, table.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if d := docs[0]; len(docs) != 1 || d.Format != c.format || d.Name != "file.bin" || !strings.Contains(words(d), c.want) {
				t.Errorf("%d documents, the first is %s %q: %q", len(docs), d.Format, d.Name, words(d))
			}
		})
	}
}

func TestTablesInText(t *testing.T) {
	const rows = "1;Дороги;Ремонт;май\n2;\"Мост; тротуар\";\"Построить\nоба \"\"сразу\"\"\";июнь\n3;Газ;Провести;\n"
	for _, c := range []struct{ name, data, want string }{
		{
			"semicolons below a title", "План\r\n\r\n№;Вопрос;Меры;Срок\n" + rows + "Исп. отдел",
			"План/№|Вопрос|Меры|Срок/1|Дороги|Ремонт|май/2|Мост; тротуар|Построить\nоба \"сразу\"|июнь/3|Газ|Провести|/Исп. отдел",
		},
		{"tabs", "a\tb\tc\td\n1\t2\t3; 4\t5\n6\t7\t8\t9", "a|b|c|d/1|2|3; 4|5/6|7|8|9"},
		{"a mark that is not closed", "a;b;c;d\n\"x;y;z;w\n1;2;3;4", "a|b|c|d/\"x|y|z|w/1|2|3|4"},
		{"too few rows", "a;b;c;d\n1;2;3;4\nend", "a;b;c;d/1;2;3;4/end"},
		{"a list", "дороги; мосты; вода\nгаз; свет; школы\nпарки; дворы; клубы", "дороги; мосты; вода/газ; свет; школы/парки; дворы; клубы"},
	} {
		t.Run(c.name, func(t *testing.T) {
			docs, err := read(c.data, table.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range docs[0].Parts {
				if p.Grid == nil {
					got = append(got, p.Text)
					continue
				}
				for _, row := range p.Grid.Rows {
					var cells []string
					for _, cell := range row.Cells {
						cells = append(cells, cell.Text)
					}
					got = append(got, strings.Join(cells, "|"))
				}
			}
			if got := strings.Join(got, "/"); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
	if _, err := read("a;b;c;d\n"+rows, table.Limits{Cells: 10}); !errors.Is(err, table.ErrTooLarge) {
		t.Errorf("16 cells where 10 are allowed: %v", err)
	}
}

func TestRefused(t *testing.T) {
	deep := pack(t, "a.html", page)
	for range maxDepth {
		deep = pack(t, "a.zip", deep)
	}
	open := func(mime string) string { return pack(t, "mimetype", mime, "content.xml", "<a/>") }
	for _, c := range []struct {
		name, data string
		limits     table.Limits
		want       error
		text       string
	}{
		{"nothing", "", table.Limits{}, table.ErrDamaged, "empty"},
		{"space", " \r\n", table.Limits{}, table.ErrDamaged, "empty"},
		{"zero bytes", "\x00\x00\x00\x00", table.Limits{}, table.ErrFormat, "neither text"},
		{"bytes", "abc\x01\x02\xff", table.Limits{}, table.ErrFormat, "neither text"},
		{"zero byte in the middle", strings.Repeat("text ", 1000) + "\x00", table.Limits{}, table.ErrFormat, ""},
		{"png", "\x89PNG\r\n\x1a\n0000", table.Limits{}, table.ErrFormat, "picture"},
		{"tiff", "II*\x00\x00\x00", table.Limits{}, table.ErrFormat, "picture"},
		{"cut rtf", `{\rtf1\ansi x`, table.Limits{}, table.ErrDamaged, "last group"},
		{"odt of other markup", open("application/vnd.oasis.opendocument.text"), table.Limits{}, table.ErrFormat, "root"},
		{"ods of other markup", open("application/vnd.oasis.opendocument.spreadsheet"), table.Limits{}, table.ErrFormat, "root"},
		{"xlsb", pack(t, "[Content_Types].xml", "", "xl/workbook.bin", ""), table.Limits{}, table.ErrFormat, ".xlsb"},
		{"cut doc", sample(t, "../doc/testdata/plan.doc")[:3000], table.Limits{}, table.ErrDamaged, ""},
		{"pptx", pack(t, "[Content_Types].xml", "", "ppt/presentation.xml", ""), table.Limits{}, table.ErrFormat, "presentation"},
		{"mht", "MIME-Version: 1.0\r\nContent-Type: multipart/related", table.Limits{}, table.ErrFormat, ".mht"},
		{"xml of Word 2003", `<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>`, table.Limits{}, table.ErrFormat, "XML"},
		{"rar", "Rar!\x1a\x07\x00", table.Limits{}, table.ErrFormat, "archive"},
		{"ole", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("x", 600), table.Limits{}, table.ErrDamaged, ""},
		{"cut docx", wordFile(t)[:300], table.Limits{}, table.ErrDamaged, ""},
		{"cut gzip", gz(t, page)[:30], table.Limits{}, table.ErrDamaged, "gzip"},
		{"gzip of nothing", gz(t, ""), table.Limits{}, table.ErrDamaged, "empty"},
		{"empty zip", pack(t), table.Limits{}, table.ErrFormat, "no file in the zip"},
		{"zip of pictures", pack(t, "1.png", "\x89PNG\r\n\x1a\n0000", "2.png", "\x89PNG\r\n\x1a\n0000"), table.Limits{}, table.ErrFormat, "no file in the zip"},
		{"zip of a cut docx", pack(t, "a.docx", wordFile(t)[:300]), table.Limits{}, table.ErrDamaged, "no file in the zip"},
		{"zip in zip in zip in zip", deep, table.Limits{}, table.ErrTooLarge, "inside one another"},
		{"gzip in gzip in gzip in gzip", gz(t, gz(t, gz(t, gz(t, page)))), table.Limits{}, table.ErrTooLarge, "inside one another"},
		{"larger than allowed", page, table.Limits{DocumentBytes: 10}, table.ErrTooLarge, "10 bytes"},
		{"gzip that grows", gz(t, strings.Repeat("text ", 1000)), table.Limits{DocumentBytes: 2000}, table.ErrTooLarge, "2000 bytes"},
		{"zip that grows", pack(t, "a", strings.Repeat("text ", 1000)), table.Limits{DocumentBytes: 2000}, table.ErrTooLarge, "2000 bytes"},
		{"too many members", pack(t, "a", "1", "b", "2"), table.Limits{Members: 1}, table.ErrTooLarge, "1 files"},
		{"too many lines", "a\nb\nc", table.Limits{Cells: 2}, table.ErrTooLarge, "2 lines"},
	} {
		t.Run(c.name, func(t *testing.T) {
			docs, err := read(c.data, c.limits)
			if !errors.Is(err, c.want) || qulaq.KindOf(err) != qulaq.Contract || !strings.Contains(err.Error(), c.text) || !strings.Contains(err.Error(), "file.bin") {
				t.Errorf("%d documents, error %v of kind %v, want %v with %q", len(docs), err, qulaq.KindOf(err), c.want, c.text)
			}
		})
	}
}

// One bad member does not stop the others, and nothing is passed over in silence.
func TestArchive(t *testing.T) {
	picture := "\xff\xd8\xff0000"
	data := pack(t,
		"__MACOSX/._plan.docx", "x", "folder/", "", "б/~$план.docx", "\x05user",
		"б/план.docx", wordFile(t), "а.html", page,
		"broken.xlsx", workbook(t)[:200], "empty.txt", "", "locked.bin", "\x00\x01",
		"scan1.jpg", picture, "scan2.jpg", picture,
		"inner.zip", pack(t, "text.txt", "Мост", "bad.rtf", `{\rtf1`, "scan.jpg", picture),
		"page.html.gz", gz(t, page))
	docs, err := read(data, table.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, d := range docs {
		names = append(names, fmt.Sprintf("%s %s", d.Format, d.Name))
	}
	if d := cmp.Diff([]string{"docx б/план.docx", "html а.html", "text inner.zip/text.txt", "html page.html.gz"}, names); d != "" {
		t.Error(d)
	}
	var findings []string
	for _, f := range docs[0].Findings {
		if f.Kind != qulaq.NothingToRead {
			t.Errorf("%+v", f)
		}
		findings = append(findings, fmt.Sprintf("%s: %s (%d)", f.Subject, f.Detail, f.Count))
	}
	want := []string{
		"broken.xlsx: the zip's list of members, at its end, is missing or damaged (1)",
		"empty.txt: the file is empty: it is damaged (1)",
		"locked.bin: the file is neither text nor of a known format: it is of a format that is not read (1)",
		"inner.zip/bad.rtf: it is damaged: it ends before its last group does (1)",
		"inner.zip: pictures: 1; not read (1)",
		"file.bin: pictures: 2; not read (2)",
	}
	if d := cmp.Diff(want, findings); d != "" {
		t.Error(d)
	}
	if docs[0].Unread != 7 {
		t.Errorf("%d members are unread", docs[0].Unread)
	}
	for _, d := range docs[1:] {
		if len(d.Findings) > 0 || d.Unread > 0 {
			t.Errorf("%s has findings: %+v", d.Name, d.Findings)
		}
	}
}

// What all members unpack to is bounded together, and so is their number.
func TestArchiveIsBoundedAsAWhole(t *testing.T) {
	inner := pack(t, "a.txt", strings.Repeat("a", 1000))
	data := pack(t, "1.zip", inner, "2.zip", inner, "3.zip", inner)
	if docs, err := read(data, table.Limits{}); err != nil || len(docs) != 3 {
		t.Errorf("%d documents, %v", len(docs), err)
	}
	l := table.Limits{DocumentBytes: int64(len(data) + 3*len(inner) + 2500)}
	docs, err := read(data, l)
	if err != nil || len(docs) != 2 || !strings.Contains(docs[0].Findings[0].Detail, "bytes unpacked") {
		t.Errorf("%d documents, %v", len(docs), err)
	}
	docs, err = read(data, table.Limits{Members: 5})
	if err != nil || len(docs) != 2 || !strings.Contains(docs[0].Findings[0].Detail, "5 files") {
		t.Errorf("%d documents, %v", len(docs), err)
	}
	office := pack(t, "1.xlsx", workbook(t), "2.xlsx", workbook(t))
	l = table.Limits{DocumentBytes: int64(len(office) + 2*len(workbook(t)) + 500)}
	docs, err = read(office, l)
	if err != nil || len(docs) != 1 || !strings.Contains(docs[0].Findings[0].Detail, "bytes unpacked") {
		t.Errorf("%d documents, %v", len(docs), err)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, data := range []string{page, pack(t, "a.html", page)} {
		if _, err := new(Reader).Read(ctx, []byte(data), "file"); !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
	}
}

// Whatever the bytes: no panic, documents with names, an error with a reason.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		page, wordFile(f), workbook(f), pdfOf("Roads"), gz(f, page), utf16LE("Мост"), "\x00", `{\rtf1}`, "a;b;c;d\n1;\"2\n\";3;4\n5;6;7;8",
		pack(f, "a.html", page, "b.zip", pack(f, "c.txt", "Мост"), "d.png", "\x89PNG\r\n\x1a\n"),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data string) {
		docs, err := read(data, table.Limits{DocumentBytes: 1 << 20, Cells: 1000})
		if err == nil {
			if len(docs) == 0 {
				t.Error("neither a document nor an error")
			}
			for _, d := range docs {
				if d.Name == "" || d.Format == "" {
					t.Errorf("%q is %q", d.Name, d.Format)
				}
			}
			return
		}
		known := false
		for _, reason := range []error{table.ErrEncrypted, table.ErrDamaged, table.ErrTooLarge, table.ErrFormat} {
			known = known || errors.Is(err, reason)
		}
		if !known || qulaq.KindOf(err) != qulaq.Contract {
			t.Errorf("kind %v of %v", qulaq.KindOf(err), err)
		}
	})
}
