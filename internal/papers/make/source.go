package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// source is a document and its truth.
//
// The head says:
//
//	half, out, created   dev or test; docx, pdf, xlsx, xls, pdf-calc, html, html-1251; the day it was made
//	why                  what is special about it
//	kind                 of a paper that is no plan; else it is one
//	region, district     whose plan it is
//	from, to             the period of the meetings
//	title, page, css     what the file says of itself; landscape; styles of a page
//	font                 size of the letters of a workbook
//	dress, scrub         how a body of HTML is spoiled: see web.go
//
// The marks of the page are attributes that the document does not have:
//
//	<table q="item_no issue - deadline funding+cost">  a table of items, and what its columns are; - is nothing
//	<tr x>                  a row that is no item; so are rows of a <thead> and hidden ones
//	<tr s=CODE>, <tr s>     a section row: the district of the rows below it, or that there is none any more
//	<tr d=CODE>             the district that the text of the row names
//	<td from=DAY to=DAY>    what the deadline means; none: it says no day
//	<td cost=TENGE>         what the cost means; none: it says no sum
//	<td st=STATUS>          what the words of the status mean
//	<td text="…">           what a person reads where that is not the plain text
//	<td code=CODE>          of a column "district"
//	<sheet name=…>          a sheet of a workbook; with hidden, a hidden one
//	<td num=… fmt=…>, <td date=DAY>   a number or a date of a workbook, its text as shown
type source struct {
	head map[string]string
	root *html.Node // <body>
}

// marks are the attributes that documents do not have.
var marks = []string{"q", "x", "s", "d", "from", "to", "none", "cost", "st", "text", "code", "num", "fmt", "date"}

var heads = []string{
	"half", "out", "created", "why", "kind", "region", "district", "from", "to", "title", "page", "css", "font", "dress", "scrub",
}

func parse(raw []byte) (*source, error) {
	head, page, ok := strings.Cut(string(raw), "\n\n")
	if !ok {
		return nil, fmt.Errorf("no empty line ends the head")
	}
	s := &source{head: map[string]string{}}
	for line := range strings.Lines(head) {
		key, value, _ := strings.Cut(line, ":")
		if !slices.Contains(heads, key) {
			return nil, fmt.Errorf("the head has no key %q", key)
		}
		s.head[key] = strings.TrimSpace(value)
	}
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return nil, err
	}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "body" {
			s.root = n
		}
	}
	return s, nil
}

// attr returns an attribute and whether it is there.
func attr(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

func has(n *html.Node, key string) bool {
	_, ok := attr(n, key)
	return ok
}

// elements returns the descendants of n with one of the names that are not inside of another table.
func elements(n *html.Node, names ...string) []*html.Node {
	var found []*html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		if slices.Contains(names, c.Data) {
			found = append(found, c)
			continue
		}
		if c.Data != "table" {
			found = append(found, elements(c, names...)...)
		}
	}
	return found
}

// text is what a person would type off: one line, spaces folded.
func text(n *html.Node) string { return strings.Join(strings.Fields(strings.Join(lines(n), " ")), " ") }

// lines is the text of a cell with the line breaks that were made on purpose.
func lines(n *html.Node) []string {
	var b bytes.Buffer
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(strings.Join(strings.FieldsFunc(n.Data, func(r rune) bool { return r == '\n' || r == '\r' }), " "))
		case n.Data == "br", n.Data == "p", n.Data == "div", n.Data == "li":
			b.WriteByte('\n')
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		walk(c)
	}
	var all []string
	for line := range strings.Lines(b.String()) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}
