package main

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"

	"golang.org/x/net/html"
)

// workbook is the source as a flat OpenDocument workbook: each <sheet> with its <table>. Columns come from <col w=5cm>, with
// hidden for hidden ones; rows of a <thead> are repeated when it is printed.
func (s *source) workbook() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:meta><meta:creation-date>%[1]sT10:00:00</meta:creation-date><dc:date>%[1]sT10:00:00</dc:date><dc:title>%[2]s</dc:title></office:meta>
<office:styles><style:default-style style:family="table-cell"><style:text-properties fo:language="ru" fo:country="RU" fo:font-size="%[3]s"/></style:default-style></office:styles>
<office:automatic-styles>
<style:page-layout style:name="page"><style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape" fo:margin="1.2cm" style:scale-to-X="1" style:scale-to-Y="0"/></style:page-layout>
<number:date-style style:name="day" number:language="ru" number:country="RU"><number:day number:style="long"/><number:text>.</number:text><number:month number:style="long"/><number:text>.</number:text><number:year number:style="long"/></number:date-style>
<number:number-style style:name="money" number:language="ru" number:country="RU"><number:number number:decimal-places="1" number:min-integer-digits="1" number:grouping="true"/></number:number-style>
<number:number-style style:name="whole" number:language="ru" number:country="RU"><number:number number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"/></number:number-style>
<style:style style:name="row" style:family="table-row"><style:table-row-properties style:use-optimal-row-height="true"/></style:style>
<style:style style:name="shown" style:family="table" style:master-page-name="Default"><style:table-properties table:display="true"/></style:style>
<style:style style:name="hidden" style:family="table" style:master-page-name="Default"><style:table-properties table:display="false"/></style:style>
<style:style style:name="plain" style:family="table-cell"><style:table-cell-properties fo:wrap-option="wrap"/></style:style>
<style:style style:name="big" style:family="table-cell"><style:table-cell-properties fo:wrap-option="wrap"/><style:paragraph-properties fo:text-align="center"/><style:text-properties fo:font-weight="bold"/></style:style>
`, s.head["created"], html.EscapeString(s.head["title"]), cmp.Or(s.head["font"], "10pt"))
	for _, f := range []string{"", "day", "money", "whole"} {
		data := ""
		if f != "" {
			data = fmt.Sprintf(` style:data-style-name="%s"`, f)
		}
		fmt.Fprintf(&b, `<style:style style:name="ruled%s" style:family="table-cell"%s><style:table-cell-properties fo:border="0.5pt solid #000000" fo:wrap-option="wrap" style:vertical-align="top"/></style:style>`, f, data)
	}
	sheets := elements(s.root, "sheet")
	for i, sheet := range sheets {
		for c, col := range columnsOf(sheet) {
			width, _ := attr(col, "w")
			fmt.Fprintf(&b, `<style:style style:name="c%d_%d" style:family="table-column"><style:table-column-properties style:column-width="%s"/></style:style>`, i, c, width)
		}
	}
	b.WriteString(`</office:automatic-styles><office:master-styles><style:master-page style:name="Default" style:page-layout-name="page"/></office:master-styles><office:body><office:spreadsheet>`)
	for i, sheet := range sheets {
		writeSheet(&b, i, sheet)
	}
	b.WriteString(`</office:spreadsheet></office:body></office:document>`)
	return b.Bytes()
}

func columnsOf(sheet *html.Node) []*html.Node { return elements(elements(sheet, "table")[0], "col") }

func writeSheet(b *bytes.Buffer, number int, sheet *html.Node) {
	name, _ := attr(sheet, "name")
	style := "shown"
	if has(sheet, "hidden") {
		style = "hidden"
	}
	fmt.Fprintf(b, `<table:table table:name="%s" table:style-name="%s">`, html.EscapeString(name), style)
	columns := columnsOf(sheet)
	for c, col := range columns {
		fmt.Fprintf(b, `<table:table-column table:style-name="c%d_%d"%s/>`, number, c, collapsed(col))
	}
	covered := make([]int, len(columns)) // rows still covered from above
	inHead := false
	for _, row := range elements(elements(sheet, "table")[0], "tr") {
		if head := row.Parent.Data == "thead"; head != inHead {
			b.WriteString(map[bool]string{true: "<table:table-header-rows>", false: "</table:table-header-rows>"}[head])
			inHead = head
		}
		fmt.Fprintf(b, `<table:table-row table:style-name="row"%s>`, collapsed(row))
		writeRow(b, row, covered)
		b.WriteString("</table:table-row>")
	}
	b.WriteString("</table:table>\n")
}

func collapsed(n *html.Node) string {
	if has(n, "hidden") {
		return ` table:visibility="collapse"`
	}
	return ""
}

// writeRow writes the cells of a row and those that are covered by merged ones.
func writeRow(b *bytes.Buffer, row *html.Node, covered []int) {
	const hole = "<table:covered-table-cell/>"
	cells := elements(row, "td", "th")
	for c := 0; c < len(covered); {
		if covered[c] > 0 {
			covered[c]--
			b.WriteString(hole)
			c++
			continue
		}
		if len(cells) == 0 {
			b.WriteString("<table:table-cell/>")
			c++
			continue
		}
		wide, high := span(cells[0], "colspan"), span(cells[0], "rowspan")
		writeCell(b, cells[0], wide, high)
		cells = cells[1:]
		for k := range wide {
			covered[c+k] = high - 1
			if k > 0 {
				b.WriteString(hole)
			}
		}
		c += wide
	}
}

func writeCell(b *bytes.Buffer, cell *html.Node, wide, high int) {
	style, _ := attr(cell, "class")
	if style == "" {
		style = "ruled"
	}
	format, _ := attr(cell, "fmt")
	kind := ` office:value-type="string"`
	if number, ok := attr(cell, "num"); ok {
		kind = fmt.Sprintf(` office:value-type="float" office:value="%s"`, number)
	}
	if day, ok := attr(cell, "date"); ok {
		kind = fmt.Sprintf(` office:value-type="date" office:date-value="%s"`, day)
		if format == "" {
			format = "day"
		}
	}
	typed := lines(cell)
	if len(typed) == 0 {
		kind = ""
	}
	fmt.Fprintf(b, `<table:table-cell table:style-name="%s%s" table:number-columns-spanned="%d" table:number-rows-spanned="%d"%s>`, style, format, wide, high, kind)
	for _, line := range typed {
		fmt.Fprintf(b, "<text:p>%s</text:p>", strings.ReplaceAll(html.EscapeString(line), "  ", " <text:s/>"))
	}
	b.WriteString("</table:table-cell>")
}
