package main

import (
	"fmt"
	"html"
	"strings"
)

// author is who changed a text and when; every change has a number of its own.
func (d *docxFile) author() string {
	d.change++
	return fmt.Sprintf(`w:id="%d" w:author="Отдел 3" w:date="2023-01-%02dT10:15:00Z"`, d.change, 10+d.change%15)
}

// runs writes a text with its markup as Word does, a long text parted in the middle of a word.
func (d *docxFile) runs(s, rpr string) string {
	if d.hyphens {
		s = softHyphens(s)
	}
	var out strings.Builder
	for {
		m := mark.FindStringSubmatchIndex(s)
		if m == nil {
			out.WriteString(d.run(s, rpr))
			return out.String()
		}
		out.WriteString(d.run(s[:m[0]], rpr))
		sort, text := s[m[2]:m[3]], s[m[4]:m[5]]
		deleted := strings.NewReplacer("<w:t ", "<w:delText ", "</w:t>", "</w:delText>")
		switch sort {
		case "-":
			out.WriteString(`<w:del ` + d.author() + `>` + deleted.Replace(d.run(text, rpr)) + `</w:del>`)
		case "<":
			out.WriteString(d.moved("moveFrom", text, rpr))
		case "+":
			out.WriteString(`<w:ins ` + d.author() + `>` + d.run(text, rpr) + `</w:ins>`)
		case ">":
			out.WriteString(d.moved("moveTo", text, rpr))
		case "?":
			out.WriteString(d.run(text, rpr+"<w:vanish/>"))
		case "*":
			out.WriteString(d.run(text, rpr+"<w:b/>"))
		case "^":
			d.notes = append(d.notes, text)
			fmt.Fprintf(&out, `<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="%d"/></w:r>`, len(d.notes)+1)
		case "@":
			d.rels = append(d.rels, `Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://adilet.zan.kz/rus/docs/V1500010988" TargetMode="External"`)
			fmt.Fprintf(&out, `<w:hyperlink r:id="rId%d" w:history="1">%s</w:hyperlink>`, 9+len(d.rels), d.run(text, rpr+`<w:color w:val="0563C1"/><w:u w:val="single"/>`))
		case "=":
			out.WriteString(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> MERGEFIELD Дата \* MERGEFORMAT </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + d.run(text, rpr) + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`)
		case "_":
			out.WriteString(`<w:sdt><w:sdtPr><w:alias w:val="Статус"/><w:dropDownList><w:listItem w:displayText="Исполнено" w:value="1"/><w:listItem w:displayText="На исполнении" w:value="2"/><w:listItem w:displayText="Выберите элемент." w:value="0"/></w:dropDownList></w:sdtPr><w:sdtContent>` + d.run(text, rpr) + `</w:sdtContent></w:sdt>`)
		}
		s = s[m[1]:]
	}
}

// moved writes the old or the new place of a moved text.
func (d *docxFile) moved(end, text, rpr string) string {
	start := d.author()
	id := d.change
	return fmt.Sprintf(`<w:%[1]sRangeStart %[2]s w:name="move1"/><w:%[1]s %[3]s>%[4]s</w:%[1]s><w:%[1]sRangeEnd w:id="%[5]d"/>`,
		end, start, d.author(), d.run(text, rpr), id)
}

// run writes plain text as one run, or as two with a spelling mark between when it is long.
func (d *docxFile) run(s, rpr string) string {
	r := []rune(s)
	if len(r) > 24 && !d.hyphens {
		at := len(r) * 7 / 13
		return d.run1(string(r[:at]), rpr) + `<w:proofErr w:type="spellStart"/>` + d.run1(string(r[at:]), rpr) + `<w:proofErr w:type="spellEnd"/>`
	}
	return d.run1(s, rpr)
}

func (d *docxFile) run1(s, rpr string) string {
	if s == "" {
		return ""
	}
	t := `<w:t xml:space="preserve">` + html.EscapeString(s) + `</w:t>`
	for from, to := range map[string]string{
		"↵": `<w:br/>`, "→": `<w:tab/>`, "¬": `<w:softHyphen/>`, "\u2011": `<w:noBreakHyphen/>`,
		// A symbol stands in a run of its own.
		"☑": `</w:t></w:r><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r><w:r><w:t xml:space="preserve">`,
	} {
		if from != "☑" {
			to = `</w:t>` + to + `<w:t xml:space="preserve">`
		}
		t = strings.ReplaceAll(t, from, to)
	}
	return `<w:r w:rsidRPr="00B21C4D"><w:rPr>` + rpr + `</w:rPr>` + t + `</w:r>`
}

// softHyphens puts a soft hyphen between the syllables of long words, by the plain rule vowel-consonant-|-.
func softHyphens(s string) string {
	const vowels = "аеёиоуыэюяәіұүөАЕЁИОУЫЭЮЯ"
	letter := func(r rune) bool { return r >= 'А' && r <= 'я' || strings.ContainsRune("ёәғқңөұүһі", r) }
	r := []rune(s)
	var out []rune
	run := 0
	for i, c := range r {
		if letter(c) {
			run++
		} else {
			run = 0
		}
		out = append(out, c)
		if run >= 3 && i+3 < len(r) && strings.ContainsRune(vowels, c) && !strings.ContainsRune(vowels+"йьъ", r[i+1]) &&
			letter(r[i+1]) && letter(r[i+2]) && letter(r[i+3]) && strings.ContainsRune(vowels, r[i+2]) {
			out = append(out, '\u00ad')
			run = 0
		}
	}
	return string(out)
}
