package odt

import (
	"archive/zip"
	"bytes"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/flow/flowtest"
	"github.com/qulaq-kz/qulaq/transform/table"
)

var update = flag.Bool("update", false, "rewrite golden files")

func lines(l ...string) string { return strings.Join(append(l, ""), "\n") }

// pack makes a zip of pairs of name and content.
func pack(t testing.TB, pairs ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		method := zip.Store
		if len(pairs[i+1]) > 1<<20 {
			method = zip.Deflate
		}
		f, err := w.CreateHeader(&zip.FileHeader{Name: pairs[i], Method: method})
		if err == nil {
			_, err = io.WriteString(f, pairs[i+1])
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

// short writes elements as these tests name them: <C> is a cell of one paragraph, <X> a covered one.
var short = strings.NewReplacer("<C>", "<table-cell><p>", "</C>", "</p></table-cell>", "<X/>", "<covered-table-cell/>",
	"<R>", "<table-row>", "</R>", "</table-row>", "<T>", "<table>", "</T>", "</table>")

func content(kind, body string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="x"><office:automatic-styles>` +
		`<style:style style:name="H"><style:text-properties text:display="none"/></style:style>` +
		`<style:style style:name="G"><style:table-properties table:display="false"/></style:style>` +
		`<text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>` +
		`<text:list-level-style-number text:level="2" style:num-format="1" text:display-levels="2" text:start-value="5"/>` +
		`<text:list-level-style-bullet text:level="3"/></text:list-style>` +
		`</office:automatic-styles><office:body><office:` + kind + `>` + short.Replace(body) + `</office:` + kind + `></office:body></office:document-content>`
}

func TestText(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"paragraphs", `<p>План</p><p/><h>на 2022<span> год</span></h>`, lines("План", "на 2022 год")},
		{"characters", `<p>а<s c="3"/>б<tab/>в&amp;<line-break/>г<a>ссылка</a>` + "\n д</p>", lines("а б в& гссылка д")},
		{"left out", `<tracked-changes><p>x</p></tracked-changes><p>а<note><p>x</p></note><annotation><p>x</p></annotation><change/><span style-name="H">x</span><hidden-text>x</hidden-text></p><p style-name="H">x</p><section display="none"><p>x</p></section>`, lines("а")},
		{"lists and sections", `<section><list><list-item><p>а</p></list-item><list-item><p>б</p></list-item></list></section>`, lines("а", "б")},
		{"numbers of lists", `<T><R><table-cell><list style-name="N"><list-item><p/></list-item></list></table-cell><table-cell><list style-name="N"><list-item><p>а</p></list-item></list></table-cell><table-cell><list style-name="N"><list-item start-value="3"><list><list-item><p/></list-item></list></list-item></list></table-cell><table-cell><list style-name="N"><list-header><p/></list-header></list></table-cell></R></T>`, lines("1| 1. | а | 3.5 |  |")},
		{"numbers of lists that go on", `<T><R><table-cell><list id="l" style-name="N"><list-item><p/></list-item></list></table-cell><table-cell><list style-name="N"><list-item><p/></list-item></list></table-cell><table-cell><list style-name="N" continue-numbering="true"><list-item><p/></list-item></list></table-cell><table-cell><list style-name="N" continue-list="l"><list-item><p/></list-item></list></table-cell></R></T>`, lines("1| 1. | 1. | 2. | 2. |")},
		{"table", `<T><table-column/><table-header-rows><R><C>№</C><C>Вопрос</C></R></table-header-rows><R><C>1</C><table-cell><p>Дорога</p><p>до<line-break/>села</p></table-cell></R></T><p>конец</p>`, lines("1| № | Вопрос |", "2| 1 | Дорога/до/села |", "конец")},
		{"columns merged", `<T><R><table-cell number-columns-spanned="2"><p>а</p></table-cell><X/><C>б</C></R><R><C>в</C><C>г</C><C>д</C></R></T>`, lines("1| а | < | б |", "2| в | г | д |")},
		{"rows merged", `<T><R><table-cell number-rows-spanned="2"><p>а</p></table-cell><C>б</C></R><R><X/><C>в</C></R><R><C>г</C><C>д</C></R></T>`, lines("1| а | б |", "2| ^ | в |", "3| г | д |")},
		{"both merged", `<T><R><table-cell number-rows-spanned="2" number-columns-spanned="2"><p>а</p></table-cell><X/><C>б</C></R><R><covered-table-cell number-columns-repeated="2"/><C>в</C></R><R><C>г</C><C>д</C><C>е</C></R></T>`, lines("1| а | < | б |", `2| ^ | \ | в |`, "3| г | д | е |")},
		{"covered by nothing", `<T><R><C>а</C><C>б</C><C>в</C></R><R><C>г</C><X/><C>д</C></R></T>`, lines("1| а | б | в |", "2| г |  | д |")},
		{"repeated", `<T><R><C>а</C><table-cell number-columns-repeated="2"/><C>б</C></R><R><C>1</C><C>2</C><C>3</C><C>4</C></R></T>`, lines("1| а |  |  | б |", "2| 1 | 2 | 3 | 4 |")},
		{"small table in a cell", `<T><R><C>1</C><table-cell><p>а</p><T><R><C>б</C><C>в</C></R></T></table-cell></R></T>`, lines("1| 1 | а/б в |")},
		{"text box", `<p>до <frame width="5cm" height="3cm"><text-box><p>УТВЕРЖДАЮ</p><p>Аким</p></text-box></frame>после</p><p>конец</p>`, lines("до после", "УТВЕРЖДАЮ", "Аким", "конец")},
		{"shape with text", `<p>а<custom-shape><p>б</p></custom-shape></p>`, lines("а", "б")},
		{"nothing", ``, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := Read(pack(t, "content.xml", content("text", c.body), "meta.xml", "<m><title>План а</title></m>"), "план.odt", table.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, flowtest.Show(d.Parts)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if err := flowtest.Check(d.Parts); err != nil {
				t.Error(err)
			}
			if d.Format != Text || d.Name != "план.odt" || d.Title != "План а" || d.Unread != 0 {
				t.Errorf("%+v", d)
			}
		})
	}
}

func TestSheets(t *testing.T) {
	const far = `<table-row number-rows-repeated="1048000"><table-cell number-columns-repeated="16384"/></table-row>`
	for _, c := range []struct{ name, body, want, found string }{
		{"cells", `<table name="Лист"><R><C>№</C><C>Вопрос</C></R><table-row/><R><table-cell value="1"/><table-cell value="2.5"><p>2,50</p></table-cell></R></table>`, lines("1| № | Вопрос |", "3| 1 | 2,50 |"), ""},
		{"far ends", `<T><R><C>а</C><table-cell number-columns-repeated="16383"/></R>` + far + `<R><C>б</C></R></T>`, lines("1| а |", "1048002| б |"), ""},
		{"merged", `<T><R><table-cell number-columns-spanned="2"><p>а</p></table-cell><X/><table-cell number-rows-spanned="2"><p>б</p></table-cell></R><R><C>в</C><C>г</C><X/></R></T>`, lines("1| а | < | б |", "2| в | г | ^ |"), ""},
		{"repeated", `<T><table-row number-rows-repeated="2"><table-cell number-columns-repeated="2"><p>а</p></table-cell></table-row></T>`, lines("1| а | а |", "2| а | а |"), ""},
		{"lines", `<T><R><table-cell><p>а</p><p>б<line-break/>в<s/>г<annotation><p>x</p></annotation></p></table-cell></R></T>`, lines("1| а/б/в г |"), ""},
		{"hidden", `<table style-name="G" name="x"><R><C>x</C></R></table><T><table-column/><table-column visibility="collapse"/><R><C>а</C><C>x</C><C>б</C></R><table-row visibility="filter"><C>x</C></table-row></T>`, lines("1| а | б |"), "a hidden sheet; hidden rows: 1, hidden columns: 1; left out"},
		{"drawn", `<T><shapes><frame/></shapes><R><table-cell><p>а</p><frame><image/></frame></table-cell></R></T>`, lines("1| а |"), "text boxes and pictures: 2; not read"},
		{"two sheets", `<T><R><C>а</C></R></T><T/><T><R><C>б</C></R></T>`, lines("1| а |", "--", "1| б |"), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := Read(pack(t, "content.xml", content("spreadsheet", c.body)), "план.ods", table.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, flowtest.Show(d.Parts)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			var all []string
			for _, f := range d.Findings {
				all = append(all, f.Detail)
			}
			if got := strings.Join(all, "; "); got != c.found || d.Format != Sheet {
				t.Errorf("findings %q, %+v", got, d)
			}
		})
	}
}

func TestUnread(t *testing.T) {
	for body, want := range map[string]int{
		`<p><frame width="17cm" height="24cm"><image/><image/></frame></p>`: 1,
		`<p><frame width="2cm" height="24mm"><image/></frame></p>`:          0,
		`<p><frame width="8in" height="11in"><object/></frame></p>`:         1,
		`<frame width="8in" height="11in"><image/></frame>`:                 1,
		`<p><frame width="-8in" height="x"><image/></frame></p>`:            0,
	} {
		d, err := Read(pack(t, "content.xml", content("text", body)), "x", table.Limits{})
		if err != nil || d.Unread != want {
			t.Errorf("%s: %+v, %v", body, d, err)
		}
	}
}

func TestErrors(t *testing.T) {
	text := func(body string) []byte { return pack(t, "content.xml", content("text", body)) }
	sheet := func(body string) []byte { return pack(t, "content.xml", content("spreadsheet", body)) }
	limits := table.Limits{Cells: 1000, Columns: 300, DocumentBytes: 1 << 20, Depth: 50}
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"no zip":          {[]byte("{}"), table.ErrFormat},
		"a cut zip":       {text("")[:100], table.ErrDamaged},
		"no content":      {pack(t, "a", "b"), table.ErrFormat},
		"another root":    {pack(t, "content.xml", "<a/>"), table.ErrFormat},
		"a presentation":  {pack(t, "content.xml", content("presentation", "")), table.ErrFormat},
		"no body":         {pack(t, "content.xml", "<document-content/>"), table.ErrFormat},
		"locked":          {pack(t, "content.xml", "\x00\x01", "META-INF/manifest.xml", "<m><file-entry><encryption-data/></file-entry></m>"), table.ErrEncrypted},
		"cut":             {pack(t, "content.xml", content("text", "")[:300]), table.ErrDamaged},
		"deep":            {text(strings.Repeat("<section>", 60) + strings.Repeat("</section>", 60)), table.ErrTooLarge},
		"many bytes":      {text("<p>" + strings.Repeat("0123456789abcdef", 1<<16) + "</p>"), table.ErrTooLarge},
		"many cells":      {text("<T>" + strings.Repeat(`<R><table-cell number-columns-repeated="200"/></R>`, 10) + "</T>"), table.ErrTooLarge},
		"many columns":    {text(`<T><R><table-cell number-columns-repeated="9999999"/></R><R><C>x</C></R></T>`), nil},
		"many repeated":   {sheet(`<T><table-row number-rows-repeated="1000000"><table-cell number-columns-repeated="10000"><p>x</p></table-cell></table-row></T>`), table.ErrTooLarge},
		"behind the last": {sheet(`<T><table-row number-rows-repeated="1048576"/><R><C>x</C></R></T>`), table.ErrDamaged},
	} {
		_, err := Read(c.data, "a.odt", limits)
		if !errors.Is(err, c.want) || err != nil && (qulaq.KindOf(err) != qulaq.Contract || !strings.Contains(err.Error(), "a.odt")) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Files that an office program wrote.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.od[ts]")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		d, err := Read(data, path, table.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if err := flowtest.Check(d.Parts); err != nil {
			t.Error(err)
		}
		if marks := strings.Contains(path, "marks"); marks != (d.Unread == 1) || marks && d.Title != "План действий" {
			t.Errorf("%s: %d unread, title %q", path, d.Unread, d.Title)
		}
		if *update {
			if err := os.WriteFile(path+".golden", []byte(flowtest.Show(d.Parts)), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		text, err := os.ReadFile(path + ".golden")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(text), flowtest.Show(d.Parts)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", path, diff)
		}
	}
}

func FuzzContent(f *testing.F) {
	f.Add(content("text", `<p>а<frame width="8in" height="9in"><image/></frame></p><T><R><table-cell number-rows-spanned="2" number-columns-spanned="2"><p>а</p></table-cell><X/></R><R><X/><X/><C>в</C></R></T>`))
	f.Add(content("spreadsheet", `<T><table-column visibility="collapse"/><table-row number-rows-repeated="9"><table-cell number-columns-spanned="2"><p>а</p></table-cell></table-row></T>`))
	f.Fuzz(func(t *testing.T, text string) {
		d, err := Read(pack(t, "content.xml", text), "x", table.Limits{Cells: 10_000, Columns: 100, DocumentBytes: 1 << 20})
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
