package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"sort"
	"strings"
)

// dress is how a DOCX is laid out. The zero value is A4 upright, 12 points, ruled tables.
type dress struct {
	landscape bool
	halfPts   int    // size of the font in half points; 0 is 24
	font      string // "" is Times New Roman
	unruled   bool   // tables without lines
	repeat    bool   // header rows come again on every page
	whole     bool   // rows do not break over pages
	header    string // running text above
	numbered  bool   // page numbers below
	hyphens   bool   // words carry soft hyphens
	narrow    bool   // margins of 1 cm
	controls  bool   // content controls around rows, cells and their paragraphs
}

// docxFile collects the parts of a DOCX.
type docxFile struct {
	dress
	body   strings.Builder
	rels   []string // of word/document.xml, from rId10 on
	notes  []string
	media  [][]byte // JPEG pictures
	change int      // counter of w:id
	inside bool     // a table within a cell
	title  string   // docProps/core.xml
}

const wordNS = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ` +
	`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
	`xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" ` +
	`xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" ` +
	`xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" ` +
	`xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ` +
	`xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" ` +
	`xmlns:v="urn:schemas-microsoft-com:vml" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" ` +
	`xmlns:o="urn:schemas-microsoft-com:office:office" mc:Ignorable="w14"`

// blocks writes paragraphs and tables one after the other.
func (d *docxFile) blocks(bs []block) {
	for _, b := range bs {
		if b.rows == nil {
			d.body.WriteString(d.paragraph(b.align, b.text))
			continue
		}
		d.body.WriteString(d.table(b))
	}
}

// paragraph writes the lines of one text, parted by ¶.
func (d *docxFile) paragraph(align byte, text string) string {
	jc, rpr := map[byte]string{'L': "left", 'R': "right", 'C': "center", 'H': "center"}[align], ""
	if align == 'H' || align == 'C' {
		rpr = "<w:b/>"
	}
	var s strings.Builder
	for _, line := range strings.Split(text, "¶") {
		ppr := `<w:jc w:val="` + jc + `"/>`
		if align == 'H' {
			ppr = `<w:pStyle w:val="Heading1"/>` + ppr
		}
		if align == 'R' {
			ppr = `<w:ind w:left="5103"/>` + strings.Replace(ppr, "right", "left", 1)
		}
		s.WriteString("<w:p><w:pPr>" + ppr + "</w:pPr>" + d.runs(line, rpr) + "</w:p>")
	}
	return s.String()
}

// table writes a grid; ^ becomes w:vMerge, < becomes w:gridSpan.
func (d *docxFile) table(b block) string {
	width := 9638
	if d.landscape {
		width = 14570
	}
	if d.narrow {
		width += 1100
	}
	if d.inside {
		width = 2900
	}
	n := len(b.rows[0].cells)
	widths := shares(b.widths, n, width)
	border := "single"
	if d.unruled || b.rows[0].kind == '~' {
		border = "none"
	}
	var s strings.Builder
	s.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(&s, `<w:%s w:val="%s" w:sz="4" w:space="0" w:color="auto"/>`, side, border)
	}
	s.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblLook w:val="04A0"/></w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		fmt.Fprintf(&s, `<w:gridCol w:w="%d"/>`, w)
	}
	s.WriteString(`</w:tblGrid>`)
	for i := range b.rows {
		s.WriteString(d.row(b.rows, i, widths))
	}
	s.WriteString(`</w:tbl>`)
	if !d.inside {
		s.WriteString(`<w:p/>`)
	}
	return s.String()
}

func (d *docxFile) row(rows []row, i int, widths []int) string {
	r := rows[i]
	var trpr, s strings.Builder
	n := len(r.cells)
	before, after := 0, 0
	for before < n && r.cells[before] == absent {
		before++
	}
	for after < n-before && r.cells[n-1-after] == absent {
		after++
	}
	if before > 0 {
		fmt.Fprintf(&trpr, `<w:gridBefore w:val="%d"/><w:wBefore w:w="%d" w:type="dxa"/>`, before, sum(widths[:before]))
	}
	if after > 0 {
		fmt.Fprintf(&trpr, `<w:gridAfter w:val="%d"/><w:wAfter w:w="%d" w:type="dxa"/>`, after, sum(widths[n-after:]))
	}
	if d.whole {
		trpr.WriteString(`<w:cantSplit/>`)
	}
	if r.kind == '!' && d.repeat {
		trpr.WriteString(`<w:tblHeader/>`)
	}
	switch r.kind {
	case '-':
		trpr.WriteString(`<w:del ` + d.author() + `/>`)
	case '+':
		trpr.WriteString(`<w:ins ` + d.author() + `/>`)
	}
	s.WriteString(`<w:tr w:rsidR="00A77B3E"><w:trPr>` + trpr.String() + `</w:trPr>`)
	for c := before; c < n-after; {
		span := 1
		for c+span < n-after && r.cells[c+span] == "<" {
			span++
		}
		tcpr := fmt.Sprintf(`<w:tcW w:w="%d" w:type="dxa"/>`, sum(widths[c:c+span]))
		if span > 1 {
			tcpr += fmt.Sprintf(`<w:gridSpan w:val="%d"/>`, span)
		}
		text := r.cells[c]
		switch {
		case text == "^":
			tcpr += `<w:vMerge/>`
			text = ""
		case i+1 < len(rows) && rows[i+1].cells[c] == "^":
			tcpr += `<w:vMerge w:val="restart"/>`
		}
		s.WriteString(d.control(i%3 == 2 && c == 1, `<w:tc><w:tcPr>`+tcpr+`</w:tcPr>`+d.cell(r, text)+`</w:tc>`))
		c += span
	}
	return d.control(i%2 == 1, s.String()+`</w:tr>`)
}

// cell writes the paragraphs of a cell.
func (d *docxFile) cell(r row, text string) string {
	rpr, ppr := "", ""
	if r.kind == '!' || r.kind == '#' {
		rpr, ppr = "<w:b/>", `<w:jc w:val="center"/>`
	}
	var s strings.Builder
	lines := strings.Split(text, "¶")
	for i, line := range lines {
		if rest, ok := strings.CutPrefix(line, "⟦#"); ok {
			s.WriteString(d.nested(strings.TrimSuffix(rest, "⟧")))
			if i == len(lines)-1 {
				s.WriteString("<w:p/>")
			}
			continue
		}
		runs := ""
		if strings.HasPrefix(line, "⟦№") {
			s.WriteString(`<w:p><w:pPr><w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:p>`)
			continue
		}
		switch r.kind {
		case '-':
			runs = `<w:del ` + d.author() + `>` + strings.NewReplacer("<w:t ", "<w:delText ", "</w:t>", "</w:delText>").Replace(d.runs(line, rpr)) + `</w:del>`
		case '+':
			runs = `<w:ins ` + d.author() + `>` + d.runs(line, rpr) + `</w:ins>`
		default:
			runs = d.runs(line, rpr)
		}
		s.WriteString(d.control(r.kind == 0 && !strings.Contains(line, "⟦"), `<w:p><w:pPr>`+ppr+`</w:pPr>`+runs+`</w:p>`))
	}
	return s.String()
}

// nested writes a table inside a cell: rows parted by \\, cells by &.
func (d *docxFile) nested(text string) string {
	b := block{}
	for _, line := range strings.Split(text, ` \\ `) {
		b.rows = append(b.rows, row{kind: '%', cells: strings.Split(line, " & ")})
	}
	inner := docxFile{inside: true}
	return inner.table(b)
}

// bytes packs the parts.
func (d *docxFile) bytes() ([]byte, error) {
	orient, w, h := "", 11906, 16838
	if d.landscape {
		orient, w, h = ` w:orient="landscape"`, h, w
	}
	margin := 1134
	if d.narrow {
		margin = 567
	}
	size, font := d.halfPts, d.font
	if size == 0 {
		size = 24
	}
	if font == "" {
		font = "Times New Roman"
	}
	const relNS = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	rels := `<Relationship Id="rId1" Type="` + relNS + `/styles" Target="styles.xml"/>` +
		`<Relationship Id="rId2" Type="` + relNS + `/numbering" Target="numbering.xml"/>` +
		`<Relationship Id="rId3" Type="` + relNS + `/footnotes" Target="footnotes.xml"/>` +
		`<Relationship Id="rId4" Type="` + relNS + `/header" Target="header1.xml"/>` +
		`<Relationship Id="rId5" Type="` + relNS + `/footer" Target="footer1.xml"/>`
	for i, rel := range d.rels {
		rels += fmt.Sprintf(`<Relationship Id="rId%d" %s/>`, 10+i, rel)
	}
	footer := ""
	if d.numbered {
		footer = `<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>`
	}
	notes := `<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>`
	for i, n := range d.notes {
		notes += fmt.Sprintf(`<w:footnote w:id="%d"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> %s</w:t></w:r></w:p></w:footnote>`, i+2, html.EscapeString(n))
	}
	parts := map[string]string{
		"[Content_Types].xml": head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/>` +
			contentType("document", "document.main") + contentType("styles", "styles") + contentType("numbering", "numbering") + contentType("footnotes", "footnotes") + contentType("header1", "header") + contentType("footer1", "footer") +
			`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`,
		"_rels/.rels":       head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + relNS + `/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
		"docProps/core.xml": head + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` + html.EscapeString(d.title) + `</dc:title></cp:coreProperties>`,
		"word/document.xml": head + `<w:document ` + wordNS + `><w:body>` + d.body.String() +
			fmt.Sprintf(`<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/><w:pgSz w:w="%d" w:h="%d"%s/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="400" w:footer="400" w:gutter="0"/></w:sectPr></w:body></w:document>`, w, h, orient, margin, margin, margin, margin),
		"word/styles.xml":              head + `<w:styles ` + wordNS + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="` + font + `" w:hAnsi="` + font + `" w:cs="` + font + `"/>` + fmt.Sprintf(`<w:sz w:val="%d"/>`, size) + `</w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr><w:spacing w:before="120" w:after="120"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="ListParagraph"><w:name w:val="List Paragraph"/></w:style></w:styles>`,
		"word/numbering.xml":           head + `<w:numbering ` + wordNS + `><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
		"word/footnotes.xml":           head + `<w:footnotes ` + wordNS + `>` + notes + `</w:footnotes>`,
		"word/header1.xml":             head + `<w:hdr ` + wordNS + `><w:p>` + d.run1(d.header, `<w:i/>`) + `</w:p></w:hdr>`,
		"word/footer1.xml":             head + `<w:ftr ` + wordNS + `><w:p><w:pPr><w:jc w:val="center"/></w:pPr>` + footer + `</w:p></w:ftr>`,
		"word/_rels/document.xml.rels": head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + rels + `</Relationships>`,
	}
	for i, m := range d.media {
		parts[fmt.Sprintf("word/media/image%d.jpeg", i+1)] = string(m)
	}
	return pack(parts)
}

func contentType(part, kind string) string {
	return `<Override PartName="/word/` + part + `.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.` + kind + `+xml"/>`
}

// pack makes a zip whose bytes depend on the parts alone; [Content_Types].xml sorts first.
func pack(parts map[string]string) ([]byte, error) {
	names := make([]string, 0, len(parts))
	for name := range parts {
		names = append(names, name)
	}
	sort.Strings(names)
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, name := range names {
		w, err := z.Create(name)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write([]byte(parts[name])); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

// shares spreads a width over n columns by their shares.
func shares(by []int, n, width int) []int {
	out := make([]int, n)
	if len(by) != n {
		by = make([]int, n)
		for i := range by {
			by[i] = 1
		}
	}
	total := sum(by)
	for i := range out {
		out[i] = width * by[i] / total
	}
	return out
}

func sum(xs []int) int {
	n := 0
	for _, x := range xs {
		n += x
	}
	return n
}
