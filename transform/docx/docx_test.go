package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/flow"
	"github.com/qulaq-kz/qulaq/transform/flow/flowtest"
	"github.com/qulaq-kz/qulaq/transform/markup"
	"github.com/qulaq-kz/qulaq/transform/table"
	"pgregory.net/rapid"
)

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

// body makes the part of a document of what is in its body. Elements without a prefix are those of w; P and C
// are a paragraph of one run and a cell of one paragraph.
func body(content string) string {
	for short, long := range map[string]string{
		"<P>": "<p><r><t>", "</P>": "</t></r></p>", "<C>": "<tc><p><r><t>", "</C>": "</t></r></p></tc>", "<R>": "<r><t>", "</R>": "</t></r>",
	} {
		content = strings.ReplaceAll(content, short, long)
	}
	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n<document><body>" + content + "<sectPr><pgSz w='1'/></sectPr></body></document>"
}

// file makes a document; more are further members.
func file(t testing.TB, content string, more ...string) []byte {
	return pack(t, append([]string{"word/document.xml", body(content)}, more...)...)
}

func lines(l ...string) string {
	if len(l) == 0 {
		return ""
	}
	return strings.Join(l, "\n") + "\n"
}

func TestRead(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"paragraphs", `<P>План</P><p/><p><pPr><jc val="center"/></pPr><R>на 2022</R><R> год</R></p>`, lines("План", "на 2022 год")},
		{"characters", `<p><r><t>а</t><tab/><t>б&amp;&#1074;</t><br/><t>г</t><noBreakHyphen/><t>д</t><softHyphen/><t>е&#xAD;ё</t><cr/><t><![CDATA[<ж>]]></t></r></p>`, lines("а б&в г-деё <ж>")},
		{"symbols", `<p><r><sym font="Wingdings" char="F0FC"/><sym font="Symbol" char="F0B7"/><sym font="Wingdings 2" char="F001"/><t>а</t><sym font="Times" char="2116"/><sym char="x"/><sym font="Webdings" char="F0E4"/><sym char="110000"/><sym char="1"/></r></p>`, lines("✓• а№")},
		{"page break", `<p><R>а</R><r><br type="page"/></r><R>б</R></p>`, lines("а б")},
		{"table", `<tbl><tblPr/><tblGrid/><tr><C>№</C><C>Вопрос</C></tr><tr><C>1</C><tc><P>Дорога</P><P>до села</P></tc></tr></tbl><P>конец</P>`, lines("1| № | Вопрос |", "2| 1 | Дорога/до села |", "конец")},
		{"line break in a cell", `<tbl><tr><tc><p><r><t>а</t><br/><t>б</t></r></p></tc></tr></tbl>`, lines("1| а/б |")},
		{"columns merged", `<tbl><tr><tc><tcPr><gridSpan val="2"/></tcPr><P>а</P></tc><C>б</C></tr><tr><C>в</C><C>г</C><C>д</C></tr></tbl>`, lines("1| а | < | б |", "2| в | г | д |")},
		{"columns merged the older way", `<tbl><tr><tc><tcPr><hMerge val="restart"/></tcPr><P>а</P></tc><tc><tcPr><hMerge/></tcPr><p/></tc><C>б</C></tr><tr><C>в</C><C>г</C><C>д</C></tr></tbl>`, lines("1| а | < | б |", "2| в | г | д |")},
		{"rows merged", `<tbl><tr><tc><tcPr><vMerge val="restart"/></tcPr><P>а</P></tc><C>б</C></tr><tr><tc><tcPr><vMerge/></tcPr><p/></tc><C>в</C></tr><tr><tc><tcPr><vMerge val="continue"/></tcPr><p/></tc><C>г</C></tr></tbl>`, lines("1| а | б |", "2| ^ | в |", "3| ^ | г |")},
		{"columns left out", `<tbl><tr><C>а</C><C>б</C><C>в</C></tr><tr><trPr><gridBefore val="1"/><gridAfter val="1"/></trPr><C>г</C></tr></tbl>`, lines("1| а | б | в |", "2|  | г |  |")},
		{"small table in a cell", `<tbl><tr><C>1</C><tc><P>а</P><tbl><tr><C>б</C><C>в</C></tr></tbl><p/></tc></tr></tbl>`, lines("1| 1 | а/б в |")},
		{"layout table", `<tbl><tr><tc><P>Заголовок</P><tbl><tr><C>б</C><C>в</C></tr></tbl><p/></tc></tr></tbl>`, lines("Заголовок", "1| б | в |")},
		{"two tables", `<tbl><tr><C>а</C></tr></tbl><P>Район</P><tbl><tr><C>б</C></tr></tbl>`, lines("1| а |", "Район", "1| б |")},
		{"rows in other elements", `<tbl><sdt><sdtPr><text/></sdtPr><sdtContent><tr><customXml><C>а</C></customXml></tr></sdtContent></sdt><customXml><tr><C>б</C></tr></customXml><tr/></tbl>`, lines("1| а |", "2| б |", "3|  |")},
		{"links and controls", `<sdt><sdtPr><alias val="x"/></sdtPr><sdtContent><p><hyperlink><R>а</R></hyperlink><sdt><sdtContent><R>б</R></sdtContent></sdt><smartTag><R>в</R></smartTag><bookmarkStart/></p></sdtContent></sdt>`, lines("абв")},
		{"fields", `<p><r><fldChar fldCharType="begin"/></r><r><instrText>PAGE</instrText><t>x</t></r><r><fldChar fldCharType="separate"/></r><R>7</R><r><fldChar fldCharType="end"/></r><fldSimple instr="DATE"><R> мая</R></fldSimple></p>`, lines("7 мая")},
		{"field in an instruction", `<p><r><fldChar fldCharType="begin"/><fldChar fldCharType="begin"/><fldChar fldCharType="separate"/><t>x</t><fldChar fldCharType="end"/><fldChar fldCharType="separate"/><t>а</t><fldChar fldCharType="end"/></r></p>`, lines("а")},
		{"field without an end", `<p><r><fldChar fldCharType="end"/><fldChar fldCharType="begin"/><t>x</t></r></p><P>а</P>`, lines("а")},
		{"changes", `<p><ins><R>новое</R></ins><del><r><delText>x</delText><t>x</t></r></del><moveFrom><R>x</R></moveFrom><moveTo><R> место</R></moveTo></p>`, lines("новое место")},
		{"end of a paragraph deleted", `<p><pPr><rPr><del/></rPr></pPr><R>а</R></p><p><R>б</R></p><p><pPr><rPr><moveFrom/></rPr></pPr><moveFrom><R>x</R></moveFrom></p><tbl><tr><C>в</C></tr></tbl>`, lines("аб", "1| в |")},
		{"rows deleted", `<tbl><tr><tc><tcPr><vMerge val="restart"/></tcPr><P>а</P></tc><C>б</C></tr><tr><trPr><del/></trPr><tc><tcPr><vMerge/></tcPr><p/></tc><C>x</C></tr><tr><trPr><ins/></trPr><tc><tcPr><vMerge/></tcPr><p/></tc><C>в</C></tr><tr><trPr><hidden/></trPr><C>x</C></tr></tbl>`, lines("1| а | б |", "2| ^ | в |")},
		{"first row of a merged cell deleted", `<tbl><tr><C>а</C><C>б</C></tr><tr><trPr><del/></trPr><tc><tcPr><vMerge val="restart"/></tcPr><P>x</P></tc><C>x</C></tr><tr><tc><tcPr><vMerge/></tcPr><p/></tc><C>в</C></tr></tbl>`, lines("1| а | б |", "2|  | в |")},
		{"cell deleted", `<tbl><tr><C>а</C><tc><tcPr><cellDel/></tcPr><P>x</P></tc><C>б</C></tr></tbl>`, lines("1| а | б |")},
		{"old properties", `<p><pPr><pPrChange><pPr><rPr><del/></rPr></pPr></pPrChange></pPr><r><rPr><rPrChange><rPr><vanish/></rPr></rPrChange></rPr><t>а</t></r></p><P>б</P>`, lines("а", "б")},
		{"hidden text", `<p><r><rPr><vanish/></rPr><t>x</t><tab/><br/></r><R>а</R><r><rPr><vanish val="0"/></rPr><t>б</t></r></p>`, lines("аб")},
		{"text hidden until it is printed", `<p><r><rPr><webHidden/></rPr><t>а</t></r></p>`, lines("а")},
		{"many fields", `<p>` + strings.Repeat(`<r><fldChar fldCharType="begin"/></r>`, 1000) + strings.Repeat(`<r><fldChar fldCharType="separate"/></r>`, 30) + `</p><P>а</P>`, lines("а")},
		{"text box", `<p><R>до </R><r><AlternateContent><Choice Requires="wps"><drawing><anchor><extent cx="9999999" cy="9999999"/><graphic><wsp><txbx><txbxContent><P>УТВЕРЖДАЮ</P><tbl><tr><C>а</C></tr></tbl></txbxContent></txbx></wsp></graphic></anchor></drawing></Choice><Fallback><pict><textbox><txbxContent><P>x</P></txbxContent></textbox></pict></Fallback></AlternateContent></r><R>после</R></p>`, lines("до после", "УТВЕРЖДАЮ", "1| а |")},
		{"text box, the older way", `<p><r><pict><shape><textbox><txbxContent><P>УТВЕРЖДАЮ</P></txbxContent></textbox></shape></pict></r></p>`, lines("УТВЕРЖДАЮ")},
		{"text box in a cell", `<tbl><tr><tc><p><r><pict><txbxContent><P>рамка</P></txbxContent></pict></r><R>а</R></p></tc><C>б</C></tr></tbl>`, lines("1| а/рамка | б |")},
		{"text box in a deleted row", `<tbl><tr><C>а</C></tr><tr><trPr><del/></trPr><tc><p><r><pict><txbxContent><P>x</P></txbxContent></pict></r></p></tc></tr></tbl>`, lines("1| а |")},
		{"hidden text box", `<p><r><rPr><vanish/></rPr><pict><txbxContent><P>x</P></txbxContent></pict></r><R>а</R></p>`, lines("а")},
		{"only an older way", `<p><r><AlternateContent><Fallback><t>а</t></Fallback></AlternateContent></r></p>`, lines("а")},
		{"notes", `<p><R>а</R><r><footnoteReference id="1"/><commentReference id="1"/></r></p>`, lines("а")},
		{"formula", `<p><R>S = </R><oMath><r><t>a</t></r><sSup><e><r><t>b</t></r></e></sSup></oMath></p>`, lines("S = ab")},
		{"comments and instructions", `<!-- <p> --><?x y?><P>а</P>`, lines("а")},
		{"other content", `<P>а</P><proofErr/><permStart/><unknown><P>x</P></unknown>`, lines("а")},
		{"nothing", ``, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, err := Read(file(t, c.body), "план.docx", table.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want, flowtest.Show(doc.Parts)); d != "" {
				t.Errorf("-want +got\n%s", d)
			}
			if err := flowtest.Check(doc.Parts); err != nil {
				t.Error(err)
			}
			if doc.Format != table.DOCX || doc.Name != "план.docx" || doc.Unread != 0 {
				t.Errorf("%+v", doc)
			}
		})
	}
}

// lvl is a level of a list.
func lvl(n int, format, text string, start int) string {
	return fmt.Sprintf(`<lvl ilvl="%d"><start val="%d"/><numFmt val="%s"/><lvlText val="%s"/></lvl>`, n, start, format, text)
}

func TestNumbers(t *testing.T) {
	const numbering = `<numbering><abstractNum abstractNumId="0">%s</abstractNum><abstractNum abstractNumId="1">%s</abstractNum>` +
		`<num numId="1"><abstractNumId val="0"/></num><num numId="2"><abstractNumId val="1"/></num>` +
		`<num numId="3"><abstractNumId val="0"/><lvlOverride ilvl="0"><startOverride val="5"/></lvlOverride></num><num numId="4"/></numbering>`
	members := []string{
		"word/numbering.xml", fmt.Sprintf(numbering, lvl(0, "decimal", "%1.", 1)+lvl(1, "decimal", "%1.%2)", 1), lvl(0, "bullet", "•", 1)+lvl(1, "lowerLetter", "%2)", 1)+lvl(2, "decimal", "№ %3", 4)),
		"word/styles.xml", `<styles><style styleId="base"><pPr><numPr><numId val="1"/></numPr></pPr></style><style styleId="derived"><basedOn val="base"/></style>` +
			`<style styleId="loop"><basedOn val="loop"/></style><style styleId="secret"><rPr><vanish/></rPr></style></styles>`,
	}
	row := func(paragraphs string) string { return "<tr><tc>" + paragraphs + "</tc><C>а</C></tr>" }
	numbered := func(list, level string) string {
		return row(`<p><pPr><numPr><ilvl val="` + level + `"/><numId val="` + list + `"/></numPr></pPr></p>`)
	}
	styled := func(style, text string) string {
		return row(`<p><pPr><pStyle val="` + style + `"/></pPr><R>` + text + `</R></p>`)
	}
	for _, c := range []struct {
		name, rows string
		want       []string
	}{
		{"one level", numbered("1", "0") + numbered("1", "0"), []string{"1.", "2."}},
		{"levels", numbered("1", "0") + numbered("1", "1") + numbered("1", "1") + numbered("1", "0") + numbered("1", "1"), []string{"1.", "1.1)", "1.2)", "2.", "2.1)"}},
		{"deeper level first", numbered("1", "1"), []string{"1.1)"}},
		{"start", numbered("2", "2") + numbered("2", "2"), []string{"№ 4", "№ 5"}},
		{"started anew", numbered("1", "0") + numbered("3", "0") + numbered("3", "0"), []string{"1.", "5.", "6."}},
		{"by style", styled("derived", "") + styled("base", "") + styled("loop", ""), []string{"1.", "2.", ""}},
		{"bullets and letters", numbered("2", "0") + numbered("2", "1"), []string{"", ""}},
		{"no list", numbered("0", "0") + numbered("9", "0") + numbered("4", "0") + numbered("1", "9") + numbered("1", "-1") + numbered("1", "x"), []string{"", "", "", "", "", ""}},
		{"beside text", styled("base", "б") + styled("base", ""), []string{"б", "2."}},
		{"hidden run", row(`<p><r><rPr><rStyle val="secret"/></rPr><t>x</t></r><r><rPr><rStyle val="secret"/><vanish val="false"/></rPr><t>б</t></r></p>`), []string{"б"}},
		{"hidden style", styled("secret", "x"), []string{""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, err := Read(file(t, "<tbl>"+c.rows+"</tbl>", members...), "", table.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, row := range doc.Parts[0].Grid.Rows {
				got = append(got, row.Cells[0].Text)
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("-want +got\n%s", d)
			}
		})
	}
}

func TestUnread(t *testing.T) {
	for content, want := range map[string]int{
		`<drawing><inline><extent cx="6000000" cy="8000000"/><blip embed="rId1"/></inline></drawing>`:                                                1,
		`<drawing><inline><extent cx="1000000" cy="1000000"/><blip embed="rId1"/></inline></drawing>`:                                                0,
		`<drawing><inline><extent cx="6000000" cy="8000000"/><chart/></inline></drawing>`:                                                            1,
		`<drawing><inline><extent cx="6000000" cy="8000000"/><txbxContent/></inline></drawing>`:                                                      0,
		`<drawing><inline><extent cx="6000000" cy="8000000"/><txbxContent/><blip/></inline></drawing>`:                                               1,
		`<pict><shape style="position:absolute; width:467.5pt;height:22cm"><imagedata id="rId1"/></shape></pict>`:                                    1,
		`<pict><shape style="width:100px;height:1in"><imagedata id="rId1"/></shape></pict><pict><shape style="width:x"/></pict>`:                     0,
		`<object><shape style="width:10pt;height:10pt"/><OLEObject/></object>`:                                                                       1,
		`<AlternateContent><Choice><drawing><extent cx="6000000" cy="8000000"/></drawing></Choice><Fallback><object/></Fallback></AlternateContent>`: 1,
		`<rPr><vanish/></rPr><object/>`: 0,
	} {
		doc, err := Read(file(t, "<p><r>"+content+"</r></p>"), "", table.Limits{})
		if err != nil || doc.Unread != want {
			t.Errorf("%s: %+v, %v; want %d", content, doc, err, want)
		}
	}
	doc, err := Read(file(t, `<altChunk id="rId1"/>`), "", table.Limits{})
	if err != nil || doc.Unread != 1 {
		t.Errorf("embedded document: %+v, %v", doc, err)
	}
}

func TestPictures(t *testing.T) {
	picture := func(id string) string {
		return `<p><r><drawing><inline><extent cx="6000000" cy="8000000"/><blip embed="` + id + `"/></inline></drawing></r></p>`
	}
	data := file(t, picture("r2")+"<P>а</P>"+picture("r1")+picture("r3")+picture("r4")+picture("r5")+`<p><r><pict><shape style="width:20cm;height:20cm"><imagedata id="r6"/></shape><shape><imagedata/></shape></pict></r></p>`,
		"word/_rels/document.xml.rels", `<Relationships><Relationship Id="r1" Target="media/a.png"/><Relationship Id="r2" Target="/word/media/b.jpg"/><Relationship Id="r3" Target="http://x/c.png" TargetMode="External"/><Relationship Id="r4" Target="../../../none"/><Relationship Id="r6" Target="media/../media/c.emf"/></Relationships>`,
		"word/media/a.png", "A", "word/media/b.jpg", "B", "word/media/c.emf", "C")
	got, err := Pictures(data, "", table.Limits{})
	want := []Picture{{"word/media/b.jpg", []byte("B")}, {"word/media/a.png", []byte("A")}, {"word/media/c.emf", []byte("C")}}
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Errorf("%v\n%s", err, d)
	}
	if _, err := Pictures(data, "", table.Limits{Pages: 2}); !errors.Is(err, table.ErrTooLarge) {
		t.Error(err)
	}
	if _, err := Pictures([]byte("PK"), "", table.Limits{}); !errors.Is(err, table.ErrDamaged) {
		t.Error(err)
	}
}

func TestPackage(t *testing.T) {
	moved := pack(t, "_rels/.rels", `<Relationships><Relationship Type="a/metadata/core-properties" Target="x"/><Relationship Type="a/officeDocument" Target="/word/document2.xml"/></Relationships>`,
		"word/document2.xml", body("<P>а</P>"), `docProps\core.xml`, "<coreProperties><dc:creator>x</dc:creator><dc:title> План\n &lt;1&gt; </dc:title></coreProperties>")
	doc, err := Read(moved, "", table.Limits{})
	if err != nil || flowtest.Show(doc.Parts) != "а\n" || doc.Title != "План <1>" {
		t.Errorf("%+v, %v", doc, err)
	}
}

func TestRefused(t *testing.T) {
	ole := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600)
	good := string(file(t, "<P>"+strings.Repeat("план мероприятий ", 1000)+"</P>"))
	for _, c := range []struct {
		name   string
		data   string
		limits table.Limits
		want   error
		hint   string
	}{
		{"nothing", "", table.Limits{}, table.ErrFormat, ".docx"},
		{"text", "План", table.Limits{}, table.ErrFormat, ".docx"},
		{"password", ole + string(wide("EncryptedPackage")), table.Limits{}, table.ErrEncrypted, "password"},
		{".doc", ole + string(wide("WordDocument")), table.Limits{}, table.ErrFormat, ".docx"},
		{".xls", ole + string(wide("Workbook")), table.Limits{}, table.ErrFormat, ".docx"},
		{"workbook", string(pack(t, "_rels/.rels", `<r><r Type="x/officeDocument" Target="xl/workbook.xml"/></r>`, "xl/workbook.xml", "<workbook/>")), table.Limits{}, table.ErrFormat, ".docx"},
		{"cut", good[:len(good)/2], table.Limits{}, table.ErrDamaged, "again"},
		{"damage", good[:60] + "xxxxxxxx" + good[68:], table.Limits{}, table.ErrDamaged, "again"},
		{"beginning of a zip", "PK\x03\x04", table.Limits{}, table.ErrDamaged, "again"},
		{"part that is empty", string(pack(t, "word/document.xml", "")), table.Limits{}, table.ErrDamaged, "again"},
		{"relations that are no XML", string(pack(t, "_rels/.rels", "<a", "word/document.xml", body(""))), table.Limits{}, table.ErrDamaged, "again"},
		{"styles that are no XML", string(file(t, "", "word/styles.xml", "<a><b></a>")), table.Limits{}, table.ErrDamaged, "again"},
		{"numbering that is no XML", string(file(t, "", "word/numbering.xml", "<a>&x;</a>")), table.Limits{}, table.ErrDamaged, "again"},
		{"properties that are no XML", string(file(t, "", "docProps/core.xml", "<a")), table.Limits{}, table.ErrDamaged, "again"},
		{"too much text", good, table.Limits{DocumentBytes: 1000}, table.ErrTooLarge, "limits"},
		{"too deep", string(file(t, strings.Repeat("<sdt>", 300)+strings.Repeat("</sdt>", 300))), table.Limits{}, table.ErrTooLarge, "limits"},
		{"too many cells", string(file(t, "<tbl>"+strings.Repeat("<tr><C>а</C><C>б</C></tr>", 50)+"</tbl>")), table.Limits{Cells: 50}, table.ErrTooLarge, "limits"},
		{"too many columns", string(file(t, `<tbl><tr><trPr><gridBefore val="2000000000"/></trPr><C>а</C></tr></tbl>`)), table.Limits{}, table.ErrTooLarge, "limits"},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, err := Read([]byte(c.data), "план.docx", c.limits)
			if !errors.Is(err, c.want) || qulaq.KindOf(err) != qulaq.Contract || !strings.Contains(qulaq.Hint(err), c.hint) {
				t.Errorf("%+v, %v, hint %q", doc, err, qulaq.Hint(err))
			}
		})
	}
}

// A part that unpacks to far more than it takes is refused before it fills memory.
func TestBomb(t *testing.T) {
	data := file(t, "<P>"+strings.Repeat("0", 100<<20)+"</P>")
	if _, err := Read(data, "", table.Limits{}); err == nil || !strings.Contains(err.Error(), "bomb") {
		t.Error(err)
	}
	if _, err := Read(data, "", table.Limits{DocumentBytes: 10 << 20}); !errors.Is(err, table.ErrTooLarge) {
		t.Error(err)
	}
}

// known is elements that mean something to the reader, in any order and any other, which no schema allows.
var known = strings.Fields(`p pPr pStyle numPr numId ilvl rPr del moveFrom r t tab br noBreakHyphen sym fldChar vanish rStyle tbl tr
	trPr gridBefore hidden tc tcPr gridSpan vMerge hMerge cellDel sdt sdtContent ins AlternateContent Choice Fallback drawing pict object
	extent blip shape txbxContent oMath altChunk`)

var values = []string{"", `val="1"`, `val="restart"`, `val="0"`, `val="-3"`, `val="99999"`, `fldCharType="begin"`, `fldCharType="end"`, `cx="9000000" cy="9000000"`}

func tree(t *rapid.T, depth int) string {
	name := rapid.SampledFrom(known).Draw(t, "name")
	var b strings.Builder
	fmt.Fprintf(&b, "<%s %s>", name, rapid.SampledFrom(values).Draw(t, "attribute"))
	if name == "t" {
		b.WriteString(rapid.SampledFrom([]string{"а", " б ", "&#173;"}).Draw(t, "text"))
	} else if depth > 0 {
		for range rapid.IntRange(0, 4).Draw(t, "children") {
			b.WriteString(tree(t, depth-1))
		}
	}
	b.WriteString("</" + name + ">")
	return b.String()
}

// Elements in any order make sound parts.
func TestLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		content := tree(t, 6) + tree(t, 6)
		x := reader{x: markup.New([]byte(body(content)), 100), b: flow.New(table.Limits{}), doc: &table.Document{}, lists: &lists{}}
		if err := x.read(); err != nil {
			if !errors.Is(err, table.ErrTooLarge) {
				t.Fatal(err)
			}
			return
		}
		parts, err := x.b.Parts()
		if err == nil {
			err = flowtest.Check(parts)
		}
		if err != nil {
			t.Fatal(err)
		}
	})
}

// The fuzzer changes the parts, not the zip, whose damage package unpack is tried with.
func FuzzRead(f *testing.F) {
	f.Add(body(`<p><pPr><pStyle val="s"/><numPr><ilvl val="1"/><numId val="1"/></numPr><rPr><del/></rPr></pPr><r><t>а&#1;</t><br/><tab/></r></p><tbl><tr><trPr><gridBefore val="3"/></trPr><tc><tcPr><gridSpan val="2"/><vMerge val="restart"/></tcPr><tbl><tr><tc/></tr></tbl></tc></tr><tr><tc><tcPr><vMerge/><hMerge/></tcPr></tc></tr></tbl>`),
		`<styles><style styleId="s"><basedOn val="s"/><pPr><numPr><numId val="1"/></numPr></pPr></style></styles>`,
		`<numbering><abstractNum abstractNumId="0"><lvl ilvl="0"><start val="99"/><numFmt val="decimal"/><lvlText val="%1.%2"/></lvl></abstractNum><num numId="1"><abstractNumId val="0"/></num></numbering>`)
	f.Add(body(`<AlternateContent><Choice><drawing><extent cx="9" cy="-1"/><txbxContent><p><r><fldChar fldCharType="begin"/></r></p></txbxContent></drawing></Choice></AlternateContent><object/><sym font="Symbol" char="FFFFFFFF"/>`), "<a/>", "")
	f.Fuzz(func(t *testing.T, text, styles, numbering string) {
		doc, err := Read(pack(t, "word/document.xml", text, "word/styles.xml", styles, "word/numbering.xml", numbering), "", table.Limits{Cells: 10_000})
		if err != nil {
			if !errors.Is(err, table.ErrDamaged) && !errors.Is(err, table.ErrTooLarge) && !errors.Is(err, table.ErrFormat) {
				t.Fatal(err)
			}
			return
		}
		if err := flowtest.Check(doc.Parts); err != nil {
			t.Fatal(err)
		}
	})
}

// A table of 200 rows of eight cells, as a word processor writes it.
func BenchmarkRead(b *testing.B) {
	const cell = `<w:tc><w:tcPr><w:tcW w:w="2223" w:type="dxa"/><w:tcBorders><w:top w:val="single" w:sz="6" w:space="0" w:color="808080"/></w:tcBorders><w:vAlign w:val="center"/></w:tcPr><w:p w:rsidR="00A77B3E" w:rsidRDefault="00A77B3E"><w:pPr><w:pStyle w:val="TableHeading"/><w:bidi w:val="0"/><w:jc w:val="center"/><w:rPr><w:sz w:val="20"/></w:rPr></w:pPr><w:r w:rsidRPr="00A77B3E"><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="20"/><w:lang w:val="ru-RU"/></w:rPr><w:t xml:space="preserve">Капитальный ремонт дороги </w:t></w:r><w:r><w:t>«Западная» до села</w:t></w:r></w:p></w:tc>`
	data := file(b, "<w:tbl>"+strings.Repeat("<w:tr>"+strings.Repeat(cell, 8)+"</w:tr>", 200)+"</w:tbl>")
	b.SetBytes(int64(200 * 8 * len(cell)))
	for b.Loop() {
		if _, err := Read(data, "", table.Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}
