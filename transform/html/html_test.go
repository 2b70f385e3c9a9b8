package html

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/flow/flowtest"
	"github.com/qulaq-kz/qulaq/transform/table"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	utf16 "golang.org/x/text/encoding/unicode"
)

func lines(l ...string) string {
	if len(l) == 0 {
		return ""
	}
	return strings.Join(l, "\n") + "\n"
}

func TestRead(t *testing.T) {
	for _, c := range []struct{ name, page, want string }{
		{"fragment", "<p>План</p><p>на&nbsp;2022&nbsp;год</p>текст", lines("План", "на 2022 год", "текст")},
		{"whole page", "<!DOCTYPE html><html><head><title>т</title><style>p{}</style></head><body><h1>План</h1>\n<div>а<span>б</span> <b>в</b></div></body></html>", lines("План", "аб в")},
		{"empty", "", ""},
		{"entities", "<p>&laquo;А&raquo; &amp; Б&mdash;В &#1056;&#x435;&shy;ка &lt;p&gt;</p>", lines("«А» & Б—В Река <p>")},
		{"unclosed paragraphs", "<p>а<p>б<div>в<p>г</div>д<ul><li>е<li>ё</ul>", lines("а", "б", "в", "г", "д", "е", "ё")},
		{"line breaks", "а<br>б<br/>\n<br>в</br>г", lines("а б", "в г")},
		{"table", "<table><thead><tr><th>№</th><th>Вопрос</th></tr></thead><tbody><tr><td>1</td><td><p>Дорога</p><p>до<br>села</p></td></tr></tbody></table>", lines("1| № | Вопрос |", "2| 1 | Дорога/до/села |")},
		{"spans", `<table><tr><td rowspan=2>а<td colspan="2">б<tr><td>в<td>г<tr><td colspan="3">д</table>`, lines("1| а | б | < |", "2| ^ | в | г |", "3| д | < | < |")},
		{"spans that are nothing", `<table><tr><td rowspan="-1" colspan="x">а<td colspan=0>б<td colspan=99999999999999999999>в<td colspan=" 2px">г<td>д<tr><td>1<td>2<td>3<td>4<td>5<td>6</table>`, lines("1| а | б | в | г | < | д |", "2| 1 | 2 | 3 | 4 | 5 | 6 |")},
		{"span to the end", `<table><tr><td rowspan="0">а<td>б<tr><td>в<tr><td>г</table>`, lines("1| а | б |", "2| ^ | в |", "3| ^ | г |")},
		{"foot before body", "<table><tfoot><tr><td>всего<tbody><tr><td>а<thead><tr><td>№</table>", lines("3| № |", "2| а |", "1| всего |")},
		{"caption and strays", "<table><caption>Приложение</caption>мимо<tr>тоже <td>а</td> мимо</tr></table>", lines("Приложение", "мимотоже мимо", "1| а |")},
		{"unclosed everything", "<table><tr><td><b>1<td>а<tr><td>2<td>б<p>в</table>конец", lines("1| 1 | а |", "2| 2 | б/в |", "конец")},
		{"stray ends", "</td></tr></table></p>а</div></body></html>б", lines("а", "б")},
		{"table in a cell", "<table><tr><td>1<td>а<table><tr><td>в<td>г</table>б<tr><td>2<td>д</table>", lines("1| 1 | а/в г/б |", "2| 2 | д |")},
		{"layout table", "<table><tr><td><h2>План</h2><table><tr><td>1<td>а</table></td></tr></table>", lines("План", "1| 1 | а |")},
		{"tables between headings", "<h3>Район А</h3><table><tr><td>1</table><h3>Район Б</h3><table><tr><td>2</table>", lines("Район А", "1| 1 |", "Район Б", "1| 2 |")},
		{"cells outside of tables", "<tr><td>а</td><td>б</td></tr>", lines("аб")},
		{"not shown", "<script>a<b</script><style>x</style><template><p>x</template><noscript>x</noscript><!-- x --><select><option>x</select><textarea><td>x</textarea><svg><title>x</title><text>x</text></svg>да", lines("да")},
		{"hidden", `<div style="color:red; DISPLAY : none !important">x<div>x</div>x</div>а<span style="mso-hide:all">x</span><i hidden>x</i><b style="visibility:hidden">x</b><p style="display:block">б`, lines("а", "б")},
		{"hidden rows and cells", `<table><tr><td>а<td style="display:none">x<td>б</tr><tr hidden><td>x<td>x</tr><tr><td>в<td>г</table>`, lines("1| а | б |", "2| в | г |")},
		{"hidden and unclosed", `<table><tr style="display:none"><td>x<td>x<tr><td>а<td>б<span hidden>x</td><td hidden>x<table><tr><td>x</table>x<tr><td>в<tbody hidden><tr><td>x<tbody><tr><td>г</table><p hidden>x<p>д<ul><li hidden>x<ul><li>x</ul>x<li>е<li hidden>x</ul><div hidden>x</body>ё`, lines("1| а | б |", "2| в |  |", "3| г |  |", "д", "е", "ё")},
		{"hidden breaks and void elements", `а<br hidden>б<img hidden width=900>в<input hidden>г`, lines("абвг")},
		{"marks of footnotes", `<p>вывоз ТБО<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a> и КГО<a href="#_ftn2" name="_ftnref2"><span>[2]</span></a> 5 м<sup>2</sup></p>`, lines("вывоз ТБО и КГО 5 м2")},
		{"Word", `<p class=MsoNormal style='mso-list:l0'><![if !supportLists]>1.<span style='font:7pt'>&nbsp;&nbsp; </span><![endif]>Дорога<o:p></o:p></p><!--[if gte mso 9]><xml>x</xml><![endif]-->`, lines("1. Дорога")},
		{"numbered items", "<table><tr><td><ol><li></ol><td>а<tr><td><ol start=2><li><p></ol><td>б<tr><td><ol><li value=7></ol><td><ol><li>в<li>г</ol><tr><td><ul><li></ul><td>д</table>", lines("1| 1. | а |", "2| 2. | б |", "3| 7. | в/г |", "4|  | д |")},
		{"preformatted", "<pre>\nа  б\nв</pre>г\nд", lines("а б в", "г д")},
		{"empty table", "<table><tr><td>&nbsp;<td></table>а", lines("а")},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, err := Read([]byte(c.page), "страница", table.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want, flowtest.Show(doc.Parts)); d != "" {
				t.Errorf("-want +got\n%s", d)
			}
			if err := flowtest.Check(doc.Parts); err != nil {
				t.Error(err)
			}
			if doc.Format != table.HTML || doc.Name != "страница" {
				t.Errorf("%q, %q", doc.Format, doc.Name)
			}
		})
	}
}

func TestTitle(t *testing.T) {
	for page, want := range map[string]string{
		"<title> План\n мероприятий &amp; т.д. </title><p>а": "План мероприятий & т.д.",
		"<title></title><p>а": "",
		"<svg><title>x</title></svg><title>а</title><title>б</title><p>а": "а",
	} {
		doc, err := Read([]byte(page), "", table.Limits{})
		if err != nil || doc.Title != want || flowtest.Show(doc.Parts) != "а\n" {
			t.Errorf("%s: %q, %v", page, doc.Title, err)
		}
	}
}

func TestUnread(t *testing.T) {
	for page, want := range map[string]int{
		"<p>а": 0,
		`<img src=a><img width=900 height="1200px"><img width="100%">`:     3,
		`<img width=16 height=16><img width=900 height=20><img hidden>`:    0,
		`<iframe src=a.pdf>x</iframe><object>x<img></object><embed src=a>`: 3,
		`<div hidden><img></div>`: 0,
	} {
		doc, err := Read([]byte(page), "", table.Limits{})
		if err != nil || doc.Unread != want {
			t.Errorf("%s: %d, %v", page, doc.Unread, err)
		}
	}
}

func encode(t *testing.T, e encoding.Encoding, text string) string {
	t.Helper()
	s, err := e.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestCut(t *testing.T) {
	for page, want := range map[string]string{
		"<table><tr><td>а</table>б":               "",
		"</table><p>а":                            "",
		"<table><tr><td>а</table><p>б<table><tr>": "it ends within a table: the page may have been cut",
		"<table><tr><td><table></table>а":         "it ends within a table: the page may have been cut",
		"<p>а<script>б</p><p>в":                   "it ends within an element that is not shown, <script>: what stands behind its beginning is left out",
	} {
		doc, err := Read([]byte(page), "страница", table.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, f := range doc.Findings {
			got += f.Detail
		}
		if got != want {
			t.Errorf("%s: %q", page, got)
		}
	}
}

func TestEncodings(t *testing.T) {
	const text = "План мероприятий по решению проблемных вопросов ДОРОГА"
	little, big := utf16.UTF16(utf16.LittleEndian, utf16.IgnoreBOM), utf16.UTF16(utf16.BigEndian, utf16.IgnoreBOM)
	for name, page := range map[string]string{
		"UTF-8":                             "<p>" + text,
		"UTF-8 with a mark":                 "\xef\xbb\xbf<p>" + text,
		"UTF-8 declared as another":         `<meta charset="windows-1251"><p>` + text,
		"windows-1251":                      encode(t, charmap.Windows1251, "<p>"+text),
		"windows-1251 declared":             encode(t, charmap.Windows1251, `<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>`+text),
		"windows-1251 declared as UTF-8":    encode(t, charmap.Windows1251, `<meta charset=utf-8><p>`+text),
		"windows-1251 declared as Latin":    encode(t, charmap.Windows1251, `<meta charset=iso-8859-1><p>`+text),
		"windows-1251 declared as nonsense": encode(t, charmap.Windows1251, `<meta charset=xyz><p>`+text),
		"KOI8-R":                            encode(t, charmap.KOI8R, "<p>"+text),
		"KOI8-R declared":                   encode(t, charmap.KOI8R, "<meta charset=koi8-r><p>"+text),
		"code page 866":                     encode(t, charmap.CodePage866, "<p>"+text),
		"UTF-16, little end first":          encode(t, little, "<p>"+text),
		"UTF-16, little, with a mark":       "\xff\xfe" + encode(t, little, "<p>"+text),
		"UTF-16, big end first":             encode(t, big, "<p>"+text),
		"UTF-16, big, with a mark":          "\xfe\xff" + encode(t, big, "<p>"+text),
	} {
		doc, err := Read([]byte(page), "", table.Limits{})
		if err != nil || flowtest.Show(doc.Parts) != text+"\n" {
			t.Errorf("%s: %v, %v", name, doc.Parts, err)
		}
	}
	declared := encode(t, charmap.KOI8R, "<meta charset=koi8-r><p>ДОРОГА") // capitals look like small letters of windows-1251
	doc, err := Read([]byte(declared), "", table.Limits{})
	if err != nil || flowtest.Show(doc.Parts) != "ДОРОГА\n" {
		t.Errorf("a declaration alone: %+v, %v", doc, err)
	}
	damaged := strings.Repeat(text, 3) + "\xd0"
	doc, err = Read([]byte(damaged), "", table.Limits{})
	if err != nil || flowtest.Show(doc.Parts) != strings.Repeat(text, 3)+"\ufffd\n" {
		t.Errorf("damaged UTF-8: %+v, %v", doc, err)
	}
}

func TestRefused(t *testing.T) {
	for name, c := range map[string]struct {
		page   string
		limits table.Limits
	}{
		"too long":       {strings.Repeat("a", 101), table.Limits{DocumentBytes: 100}},
		"too deep":       {strings.Repeat("<table><tr><td>", 100_000), table.Limits{}},
		"too many cells": {"<table>" + strings.Repeat("<tr><td>а<td>б", 100), table.Limits{Cells: 100}},
		"cells that reach down": {
			"<table><tr>" + strings.Repeat("<td rowspan=65534>а", 1000) + strings.Repeat("<tr>", 65534), table.Limits{},
		},
		"cells that reach far": {"<table>" + strings.Repeat("<tr><td colspan=1000>а<td colspan=1000>б<td>в", 100), table.Limits{}},
	} {
		_, err := Read([]byte(c.page), "страница", c.limits)
		if !errors.Is(err, table.ErrTooLarge) || qulaq.KindOf(err) != qulaq.Contract || !strings.Contains(err.Error(), "страница") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Markup that costs a tree of elements dearly costs time in proportion to its length: each takes a fraction of a second,
// and minutes if any were read again and again. The bound leaves room for a busy machine.
func TestHostile(t *testing.T) {
	formats := "<p>"
	for i := range 480 {
		formats += fmt.Sprintf("<b a=%d>", i)
	}
	for name, page := range map[string]string{
		"open formats": formats + strings.Repeat("</p><p>x", 100_000),
		"deep":         strings.Repeat("<div>", 500_000),
		"attributes":   "<p " + strings.Repeat("a ", 500_000) + ">",
		"ends":         strings.Repeat("</table></td>", 200_000),
		"lists":        strings.Repeat("<ol><li>", 200_000),
		"comments":     strings.Repeat("<!--", 500_000),
		"raw text":     strings.Repeat("<script>", 200_000),
	} {
		start := time.Now()
		if _, err := Read([]byte(page), "", table.Limits{}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if d := time.Since(start); d > 20*time.Second {
			t.Errorf("%s: %d kB took %v", name, len(page)/1024, d)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`<title>а</title><table><thead><tr><td rowspan=2 colspan=3>б<table><tr><td>в</table><tfoot><tr><td hidden>г</table><ol start=3><li>д<pre>а` + "\n\n" + `б<br><p style="display:none">`))
	f.Add([]byte("<meta charset=koi8-r>\xf0\xcc\xc1\xce"))
	f.Add([]byte("\xff\xfe<\x00p\x00>\x00"))
	f.Add([]byte("<svg><title><textarea></svg><noscript><object><iframe></body>"))
	f.Fuzz(func(t *testing.T, page []byte) {
		doc, err := Read(page, "", table.Limits{Cells: 10_000})
		if err != nil {
			if !errors.Is(err, table.ErrTooLarge) {
				t.Fatal(err)
			}
			return
		}
		if err := flowtest.Check(doc.Parts); err != nil {
			t.Fatal(err)
		}
	})
}

// A page of 200 rows of eight cells, as Word saves it.
func BenchmarkRead(b *testing.B) {
	var page strings.Builder
	page.WriteString("<table class=MsoTableGrid>")
	for range 200 {
		page.WriteString("<tr style='mso-yfti-irow:1'>")
		for range 8 {
			page.WriteString(`<td width=87 style='width:65.45pt;border:solid windowtext 1.0pt;padding:0cm 5.4pt'><p class=MsoNormal align=center style='text-align:center'><span lang=RU style='font-size:12.0pt'>Капитальный ремонт дороги «Западная» до&nbsp;села</span><o:p></o:p></p></td>`)
		}
		page.WriteString("</tr>")
	}
	data := []byte(page.String())
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := Read(data, "", table.Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}
