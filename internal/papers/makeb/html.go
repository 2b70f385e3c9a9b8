package main

import (
	"fmt"
	"html"
	"strings"
)

// page is how an HTML body is written.
type page struct {
	style    string // <style>; a whole page with it, a fragment without
	charset  string // of the meta element, "" none
	entities bool   // quotes, dashes and spaces as entities
	broken   bool   // </td>, </tr> and </p> left out
	heading  string // the element of H paragraphs
	attrs    string // of tables
	repeat   bool   // <thead>
}

// render writes the blocks as HTML.
func (pg page) render(bs []block) string {
	var s strings.Builder
	if pg.style != "" {
		s.WriteString("<!DOCTYPE html>\n<html><head>")
		if pg.charset != "" {
			s.WriteString(`<meta http-equiv="Content-Type" content="text/html; charset=` + pg.charset + `">`)
		}
		s.WriteString("<title>Документ</title><style>" + pg.style + "</style></head><body>\n")
	}
	for _, b := range bs {
		if b.rows != nil {
			s.WriteString(pg.table(b))
			continue
		}
		tag, attr := "p", map[byte]string{'R': ` style="text-align:right"`, 'C': ` style="text-align:center"`}[b.align]
		if b.align == 'H' && pg.heading != "" {
			tag = pg.heading
		}
		text := strings.ReplaceAll(pg.text(b.text), "¶", "<br />")
		if b.align == 'C' {
			text = "<strong>" + text + "</strong>"
		}
		end := "</" + tag + ">"
		if pg.broken && tag == "p" {
			end = ""
		}
		s.WriteString("<" + tag + attr + ">" + text + end + "\n")
	}
	if pg.style != "" {
		s.WriteString("</body></html>\n")
	}
	return s.String()
}

func (pg page) table(b block) string {
	var s strings.Builder
	s.WriteString("<table" + pg.attrs + ">\n")
	if !pg.repeat {
		s.WriteString("<tbody>")
	}
	var group string
	for i, r := range b.rows {
		if pg.repeat {
			want := "tbody"
			if r.kind == '!' {
				want = "thead"
			}
			if want != group {
				if group != "" {
					s.WriteString("</" + group + ">")
				}
				s.WriteString("<" + want + ">")
				group = want
			}
		}
		s.WriteString("<tr>")
		for c, cell := range r.cells {
			if cell == "^" || cell == "<" {
				continue
			}
			right, down := 1, 1
			for c+right < len(r.cells) && r.cells[c+right] == "<" {
				right++
			}
			for i+down < len(b.rows) && b.rows[i+down].cells[c] == "^" {
				down++
			}
			tag, attr := "td", ""
			if r.kind == '!' && pg.repeat {
				tag = "th"
			}
			if right > 1 {
				attr += fmt.Sprintf(` colspan="%d"`, right)
			}
			if down > 1 {
				attr += fmt.Sprintf(` rowspan="%d"`, down)
			}
			text := pg.text(cell)
			if strings.Contains(text, "¶") {
				text = "<p>" + strings.ReplaceAll(text, "¶", "</p><p>") + "</p>"
			}
			if pg.broken {
				text = strings.ReplaceAll(text, "</p>", "")
				s.WriteString("<" + tag + attr + ">" + text + "\n")
				continue
			}
			s.WriteString("<" + tag + attr + ">" + text + "</" + tag + ">")
		}
		if !pg.broken {
			s.WriteString("</tr>")
		}
		s.WriteString("\n")
	}
	if group == "" {
		group = "tbody"
	}
	if pg.broken {
		return s.String() + "</table>\n"
	}
	return s.String() + "</" + group + "></table>\n"
}

// text writes a text with its markup.
func (pg page) text(s string) string {
	var out strings.Builder
	for {
		m := mark.FindStringSubmatchIndex(s)
		if m == nil {
			out.WriteString(pg.escape(s))
			return out.String()
		}
		out.WriteString(pg.escape(s[:m[0]]))
		text := pg.escape(s[m[4]:m[5]])
		switch s[m[2]:m[3]] {
		case "?":
			text = `<span style="display:none">` + text + `</span>`
		case "*":
			text = `<b>` + text + `</b>`
		case "@":
			text = `<a href="https://adilet.zan.kz/rus/docs/V1500010988">` + text + `</a>`
		case "#":
			text = `<table><tr><td>` + strings.NewReplacer(" &amp; ", "</td><td>", ` \\ `, "</td></tr><tr><td>").Replace(text) + `</td></tr></table>`
		}
		out.WriteString(text)
		s = s[m[1]:]
	}
}

func (pg page) escape(s string) string {
	s = strings.NewReplacer("↵", "<br>", "¬", "&shy;", "→", " ").Replace(html.EscapeString(s))
	if pg.entities {
		s = strings.NewReplacer("«", "&laquo;", "»", "&raquo;", "–", "&ndash;", "—", "&mdash;", "№ ", "&#8470;&nbsp;", "\u00a0", "&nbsp;", "қ", "&#1179;", "ә", "&#x4d9;").Replace(s)
	}
	return s
}
