package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// page is the source as a whole page without marks, for Writer. Its table headings (<thead>) are repeated on
// every page.
func (s *source) page() []byte {
	size := "21cm 29.7cm"
	if s.head["page"] == "landscape" {
		size = "29.7cm 21cm"
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, `<html lang="ru-RU"><head><meta http-equiv="content-type" content="text/html; charset=utf-8"><title>%s</title>
<meta name="created" content="%[2]sT10:00:00"><meta name="changed" content="%[2]sT10:00:00">
<style>@page {size: %[3]s; margin: 1.5cm 1.5cm}
body, td, th, p {font-family: "Liberation Serif"; font-size: 11pt} p, h1, h2, h3 {margin: 0}
%[4]s</style></head>`,
		html.EscapeString(s.head["title"]), s.head["created"], size, s.head["css"])
	b.Write(render(s.bare()))
	b.WriteString("</html>")
	return b.Bytes()
}

// body is the source as a content management system stores it: a fragment without <html>, spoiled as "dress"
// says.
func (s *source) body() []byte {
	root := s.bare()
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && (n.Data == "td" || n.Data == "th") {
			s.dressCell(n)
		}
	}
	var b bytes.Buffer
	for c := root.FirstChild; c != nil; c = c.NextSibling {
		b.Write(render(c))
	}
	out := b.String()
	if s.head["scrub"] == "open" { // as an old editor left it: nobody closed rows and cells
		out = strings.NewReplacer("</td>", "", "</tr>", "\r\n", "</p>", "", "<tbody>", "", "</tbody>", "").Replace(out)
	}
	return []byte(out)
}

// dressCell wraps the content of a cell as the editors of pages do.
func (s *source) dressCell(cell *html.Node) {
	var wrap []*html.Node
	switch s.head["dress"] {
	case "mso": // pasted from Word
		cell.Attr = append(cell.Attr, html.Attribute{Key: "style", Val: "border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt 0cm 5.4pt"})
		wrap = []*html.Node{
			element("p", "class", "MsoNormal", "style", "margin-bottom:0cm;line-height:normal"),
			element("span", "style", `font-size:12.0pt;font-family:"Times New Roman",serif;mso-ansi-language:RU`),
		}
	case "spans": // each of several clicks on a toolbar left its mark
		wrap = []*html.Node{
			element("span", "style", "font-size: 14px;"), element("span", "style", "color: #000000;"),
			element("span", "style", "font-family: arial, helvetica, sans-serif;"),
		}
	case "divs": // from a site builder
		wrap = []*html.Node{element("div", "class", "t-cell"), element("div", "class", "t-cell__inner"), element("p")}
	default:
		return
	}
	for i := 1; i < len(wrap); i++ {
		wrap[i-1].AppendChild(wrap[i])
	}
	inner := wrap[len(wrap)-1]
	for cell.FirstChild != nil {
		c := cell.FirstChild
		cell.RemoveChild(c)
		inner.AppendChild(c)
	}
	cell.AppendChild(wrap[0])
}

func element(name string, attrs ...string) *html.Node {
	n := &html.Node{Type: html.ElementNode, Data: name}
	for i := 0; i+1 < len(attrs); i += 2 {
		n.Attr = append(n.Attr, html.Attribute{Key: attrs[i], Val: attrs[i+1]})
	}
	return n
}

// bare returns a copy of the page without marks.
func (s *source) bare() *html.Node {
	var copyOf func(*html.Node) *html.Node
	copyOf = func(n *html.Node) *html.Node {
		c := &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom}
		for _, a := range n.Attr {
			if !slices.Contains(marks, a.Key) {
				c.Attr = append(c.Attr, a)
			}
		}
		for k := n.FirstChild; k != nil; k = k.NextSibling {
			c.AppendChild(copyOf(k))
		}
		return c
	}
	return copyOf(s.root)
}

// render writes a tree; into memory that cannot fail, and the trees here are those of the parser.
func render(n *html.Node) []byte {
	var b bytes.Buffer
	if err := html.Render(&b, n); err != nil {
		panic(err)
	}
	return b.Bytes()
}
