package xlsx

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// said is a document as a list of tokens, text joined.
func said(r io.Reader) ([]string, error) {
	s := newScanner(r)
	var all []string
	text := ""
	for {
		t, err := s.next()
		if err != nil {
			return nil, err
		}
		if t == characters {
			text += string(s.text)
			continue
		}
		if text != "" {
			all = append(all, fmt.Sprintf("text %q", text))
			text = ""
		}
		switch t {
		case elementStart:
			tag := "start " + string(s.name)
			for _, a := range s.attrs {
				tag += fmt.Sprintf(" %s=%q", a.name, a.value)
			}
			all = append(all, tag)
		case elementEnd:
			all = append(all, "end "+string(s.name))
		case documentEnd:
			return all, nil
		}
	}
}

// saidByStandard is the same by encoding/xml.
func saidByStandard(r io.Reader) ([]string, error) {
	d := xml.NewDecoder(r)
	var all []string
	text := ""
	for depth := 0; ; {
		t, err := d.RawToken()
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		if c, ok := t.(xml.CharData); ok {
			if depth > 0 {
				text += string(c)
			}
			continue
		}
		switch t.(type) {
		case xml.StartElement, xml.EndElement:
			if text != "" {
				all = append(all, fmt.Sprintf("text %q", text))
				text = ""
			}
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth++
			tag := "start " + t.Name.Local
			for _, a := range t.Attr {
				name := a.Name.Local
				if a.Name.Space != "" {
					name = a.Name.Space + ":" + name
				}
				tag += fmt.Sprintf(" %s=%q", name, a.Value)
			}
			all = append(all, tag)
		case xml.EndElement:
			depth--
			all = append(all, "end "+t.Name.Local)
		}
	}
}

var documents = []string{
	`<a/>`,
	`<?xml version="1.0" encoding="UTF-8"?>` + "\r\n<a b='1' c:d=\"&lt;&#x416;&quot;\"><c:e>x &amp; y\r\nz</c:e ><!-- - > --><![CDATA[<&>]]>\t</a>\n",
	"\ufeff<a></a>",
	sheetXML(headerXML), workbookXML, relsXML, stylesXML, stringsXML,
}

func TestScanner(t *testing.T) {
	for _, doc := range documents {
		got, err := said(strings.NewReader(doc))
		if err != nil {
			t.Errorf("%q: %v", doc, err)
		}
		want, err := saidByStandard(strings.NewReader(strings.TrimPrefix(doc, "\ufeff")))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%q (-standard +got):\n%s", doc, d)
		}
	}
	for _, doc := range []string{
		"", " ", "a", "<", "<a", "<a>", "</a>", "<a></b>", "<a/><b/>", "<a/>b", "<a/><![CDATA[b]]>", "<a b></a>", "<a b=1></a>", "<a b='1></a>",
		"<a =''></a>", "<></a>", "<a>&b;</a>", "<a>&#0;</a>", "<a>&#xD800;</a>", "<a>&#x110000;</a>", "<a>&amp</a>", "<a>&;</a>", "<a>&#;</a>", "<a>&#x;</a>",
		"<a><!-- </a>", "<a><![CDATA[</a>", "<!DOCTYPE a><a/>", `<?xml version="1.0" encoding="windows-1251"?><a/>`, "<?xml", "<x:a></y:a>",
		"\xff\xfe<\x00a\x00",
	} {
		if got, err := said(strings.NewReader(doc)); err == nil {
			t.Errorf("%q is read as %q", doc, got)
		}
	}
}

// Where both this scanner and the standard library can read a document, they read the same; and it does
// not matter how the bytes come in.
func FuzzScanner(f *testing.F) {
	for _, doc := range documents {
		f.Add([]byte(doc))
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		got, err := said(bytes.NewReader(doc))
		again, err2 := said(iotest.OneByteReader(bytes.NewReader(doc)))
		if d := cmp.Diff(got, again); d != "" || fmt.Sprint(err) != fmt.Sprint(err2) {
			t.Fatalf("whole: %v; byte by byte: %v\n%s", err, err2, d)
		}
		if err != nil {
			return
		}
		want, err := saidByStandard(bytes.NewReader(bytes.TrimPrefix(doc, []byte("\ufeff"))))
		if err != nil {
			return // it checks names and characters too
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%q (-standard +got):\n%s", doc, d)
		}
	})
}

// Whatever the XML of the parts: no panic, whole blocks, an error of the data's kind.
func FuzzWorkbook(f *testing.F) {
	f.Add(workbookXML, stylesXML, stringsXML, sheetXML(headerXML))
	f.Add(workbookXML, stylesXML, stringsXML, rowsOf([]string{"a", "b"}, []string{"=1", "=46126.5"}, []string{"x", "y", "z"}))
	f.Add("<workbook/>", "<a/>", "<sst><si/></sst>", sheetXML(`<row r="7"><c r="XFD7" t="s"><v>0</v></c></row>`))
	f.Fuzz(func(t *testing.T, workbook, styles, strings, sheet string) {
		data := parts{workbook: workbook, styles: styles, strings: strings, sheet: sheet}.zip(t)
		limits := table.Limits{BlockBytes: 64, RecordBytes: 100, Columns: 30}
		got, skipped, err := readAll(t, data, limits)
		if err != nil && qulaq.KindOf(err) != qulaq.Contract {
			t.Errorf("kind %v of %v", qulaq.KindOf(err), err)
		}
		if err == nil && len(got) == 0 && len(skipped) == 0 {
			t.Error("neither a table nor a word why not")
		}
		for _, g := range got {
			for i := 1; i < len(g.Lines); i++ {
				if g.Lines[i] <= g.Lines[i-1] {
					t.Errorf("row %d behind row %d", g.Lines[i], g.Lines[i-1])
				}
			}
		}
	})
}

// Whatever the bytes of the file.
func FuzzFile(f *testing.F) {
	f.Add(parts{}.zip(f))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _, err := readAll(t, data, table.Limits{UnpackedBytes: 1 << 20})
		if err != nil && qulaq.KindOf(err) != qulaq.Contract {
			t.Errorf("kind %v of %v", qulaq.KindOf(err), err)
		}
	})
}
