package main

import (
	"fmt"
	"html"
	"strconv"
	"strings"
)

// Cells of a workbook say by a prefix what they are: n: a number, t: one
// whose thousands are parted by spaces whatever the country, i: a number of an item, d: a date as its serial day, f:FORMULA=VALUE
// a formula with its last value, s: a number stored as text, r: text whose words have different fonts,
// else text; text alternates between shared and inline strings.

// workbook is a workbook of sheets.
type workbook struct {
	top    int          // empty rows above the first block
	hidden map[int]bool // columns, from 0
	secret []int        // hidden sheets, from 0
	shared []string
}

// bytes writes one sheet for every part.
func (wb *workbook) bytes(parts []part) ([]byte, error) {
	const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	const main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	const relNS = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	files := map[string]string{}
	var sheets, rels, types strings.Builder
	for i, p := range parts {
		name := p.name
		if name == "" {
			name = "Лист1"
		}
		state := ""
		for _, s := range wb.secret {
			if s == i {
				state = ` state="hidden"`
			}
		}
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>`, html.EscapeString(name), i+1, state, i+1)
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, relNS, i+1)
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, i+1)
		files[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)] = head + `<worksheet ` + main + `>` + wb.sheet(p) + `</worksheet>`
	}
	var sst strings.Builder
	for _, s := range wb.shared {
		sst.WriteString(`<si>` + s + `</si>`)
	}
	fmt.Fprintf(&rels, `<Relationship Id="rId90" Type="%s/styles" Target="styles.xml"/><Relationship Id="rId91" Type="%s/sharedStrings" Target="sharedStrings.xml"/>`, relNS, relNS)
	files["[Content_Types].xml"] = head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>` + types.String() + `</Types>`
	files["_rels/.rels"] = head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + relNS + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	files["xl/workbook.xml"] = head + `<workbook ` + main + `><sheets>` + sheets.String() + `</sheets></workbook>`
	files["xl/_rels/workbook.xml.rels"] = head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + rels.String() + `</Relationships>`
	files["xl/sharedStrings.xml"] = head + fmt.Sprintf(`<sst %s count="%d" uniqueCount="%d">`, main, len(wb.shared), len(wb.shared)) + sst.String() + `</sst>`
	files["xl/styles.xml"] = head + `<styleSheet ` + main + `><numFmts count="3"><numFmt numFmtId="164" formatCode="dd\.mm\.yyyy"/><numFmt numFmtId="165" formatCode="#,##0.0"/><numFmt numFmtId="166" formatCode="#\ ###\ ###\ ##0"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="8"><xf/>` +
		`<xf fontId="0" borderId="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf fontId="1" borderId="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf><xf numFmtId="164" borderId="1" applyNumberFormat="1"/><xf numFmtId="165" borderId="1" applyNumberFormat="1"/><xf fontId="1" applyAlignment="1"><alignment horizontal="center" wrapText="1"/></xf><xf/><xf numFmtId="166" borderId="1" applyNumberFormat="1"/></cellXfs></styleSheet>`
	return pack(files)
}

// sheet writes the columns, rows and merged cells of a part.
func (wb *workbook) sheet(p part) string {
	n, widths := 1, []int(nil)
	for _, b := range p.blocks {
		if b.rows != nil && len(b.rows[0].cells) > n {
			n, widths = len(b.rows[0].cells), b.widths
		}
	}
	var cols, rows strings.Builder
	wide := shares(widths, n, 130)
	for i, w := range wide {
		hidden := ""
		if wb.hidden[i] {
			hidden = ` hidden="1"`
		}
		fmt.Fprintf(&cols, `<col min="%d" max="%d" width="%d" customWidth="1"%s/>`, i+1, i+1, w, hidden)
	}
	var merges []string
	merge := func(r0, c0, r1, c1 int) {
		merges = append(merges, fmt.Sprintf(`<mergeCell ref="%s%d:%s%d"/>`, column(c0), r0, column(c1), r1))
	}
	line := wb.top
	for _, b := range p.blocks {
		if b.rows == nil {
			line++
			for _, text := range strings.Split(b.text, "¶") {
				at, style := 0, 6
				if b.align == 'R' && n > 2 {
					at = n - 2
				} else if n > 1 && b.align != 'L' {
					style = 5
					merge(line, 0, line, n-1)
				}
				tall := 15 * (1 + len([]rune(text))/100)
				fmt.Fprintf(&rows, `<row r="%d" ht="%d" customHeight="1">%s</row>`, line, tall, wb.value(text, line, at, style))
				line++
			}
			line--
			continue
		}
		for i, r := range b.rows {
			line++
			fmt.Fprintf(&rows, `<row r="%d" ht="%d" customHeight="1">`, line, height(r, wide))
			style := 1
			if r.kind == '!' || r.kind == '#' {
				style = 2
			}
			for c, text := range r.cells {
				if text == "^" || text == "<" {
					fmt.Fprintf(&rows, `<c r="%s%d" s="%d"/>`, column(c), line, style)
					continue
				}
				right, down := c, i
				for right+1 < len(r.cells) && r.cells[right+1] == "<" {
					right++
				}
				for down+1 < len(b.rows) && b.rows[down+1].cells[c] == "^" {
					down++
				}
				if right > c || down > i {
					merge(line, c, line+down-i, right)
				}
				rows.WriteString(wb.value(text, line, c, style))
			}
			rows.WriteString(`</row>`)
		}
	}
	s := `<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><cols>` + cols.String() + `</cols><sheetData>` + rows.String() + `</sheetData>`
	if len(merges) > 0 {
		s += fmt.Sprintf(`<mergeCells count="%d">`, len(merges)) + strings.Join(merges, "") + `</mergeCells>`
	}
	return s + `<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>`
}

// height guesses the height of a row in points, so that all of its text shows.
func height(r row, widths []int) int {
	most := 1
	for c, text := range r.cells {
		if r.kind == '#' {
			break
		}
		most = max(most, strings.Count(text, "¶")+1+len([]rune(plain(text)))*5/4/widths[c])
	}
	return 15 * most
}

func (wb *workbook) value(text string, line, col, style int) string {
	at := fmt.Sprintf(`r="%s%d"`, column(col), line)
	if text == "" {
		return fmt.Sprintf(`<c %s s="%d"/>`, at, style)
	}
	kind, rest, has := strings.Cut(text, ":")
	if has {
		switch kind {
		case "n":
			return fmt.Sprintf(`<c %s s="4"><v>%s</v></c>`, at, rest)
		case "t":
			return fmt.Sprintf(`<c %s s="7"><v>%s</v></c>`, at, rest)
		case "i":
			return fmt.Sprintf(`<c %s s="%d"><v>%s</v></c>`, at, style, rest)
		case "d":
			return fmt.Sprintf(`<c %s s="3"><v>%s</v></c>`, at, rest)
		case "f":
			formula, last, _ := strings.Cut(rest, "=")
			if _, err := strconv.ParseFloat(last, 64); err == nil {
				return fmt.Sprintf(`<c %s s="4"><f>%s</f><v>%s</v></c>`, at, html.EscapeString(formula), last)
			}
			return fmt.Sprintf(`<c %s s="%d" t="str"><f>%s</f><v>%s</v></c>`, at, style, html.EscapeString(formula), html.EscapeString(last))
		case "s":
			text = rest
		case "r":
			words := strings.SplitAfterN(rest, " ", 3)
			s := ""
			for i, w := range words {
				font := `<rPr><sz val="11"/><rFont val="Calibri"/></rPr>`
				if i == 1 {
					font = `<rPr><b/><sz val="11"/><color rgb="FFFF0000"/><rFont val="Calibri"/></rPr>`
				}
				s += `<r>` + font + `<t xml:space="preserve">` + html.EscapeString(lines(w)) + `</t></r>`
			}
			wb.shared = append(wb.shared, s)
			return fmt.Sprintf(`<c %s s="%d" t="s"><v>%d</v></c>`, at, style, len(wb.shared)-1)
		}
	}
	s := `<t xml:space="preserve">` + html.EscapeString(lines(text)) + `</t>`
	if (line+col)%2 == 0 {
		return fmt.Sprintf(`<c %s s="%d" t="inlineStr"><is>%s</is></c>`, at, style, s)
	}
	wb.shared = append(wb.shared, s)
	return fmt.Sprintf(`<c %s s="%d" t="s"><v>%d</v></c>`, at, style, len(wb.shared)-1)
}

// lines turns the breaks of the notation into those of a text.
func lines(s string) string { return strings.NewReplacer("¶", "\n", "↵", "\n").Replace(s) }

func column(i int) string { return string(rune('A' + i)) }
