package html

import (
	"bytes"
	"io"
	"strconv"
	"strings"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/flow"
	"github.com/qulaq-kz/qulaq/transform/table"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// blocks are the elements that stand on lines of their own.
var blocks = setOf(atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Center,
	atom.Dd, atom.Details, atom.Dialog, atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption,
	atom.Figure, atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header,
	atom.Hr, atom.Legend, atom.Li, atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.P, atom.Pre, atom.Section,
	atom.Summary, atom.Ul)

// sections are the parts of a table.
var sections = map[atom.Atom]flow.Section{atom.Thead: flow.Head, atom.Tbody: flow.Body, atom.Tfoot: flow.Foot}

// The most that a cell may cover, as the standard has it.
const (
	maxColumns = 1000
	maxRows    = 65534
)

// smallPicture is the width or height in pixels below which a picture holds no page of text.
const smallPicture = 300

func setOf(names ...atom.Atom) map[atom.Atom]bool {
	set := make(map[atom.Atom]bool, len(names))
	for _, n := range names {
		set[n] = true
	}
	return set
}

// reader turns the tokens of a page into calls of a builder.
type reader struct {
	b      *flow.Builder
	doc    *table.Document
	hidden hidden
	tables int   // open ones
	pre    int   // open <pre>: line ends count
	items  []int // the last number of every open list; -1 for one without numbers
}

// attributes are those of a tag that matter.
type attributes struct {
	columns, rows int
	width, height int // of a picture, in pixels; 0 when not said
	start, value  int // of a list and its item; 0 when not said
	hidden        bool
}

// read goes through the page. It stops when the builder has met a limit.
func (r *reader) read(page []byte) error {
	z := html.NewTokenizer(bytes.NewReader(page))
	for r.b.Err() == nil {
		switch z.Next() {
		case html.ErrorToken:
			if err := z.Err(); err != io.EOF {
				return err
			}
			r.atEnd()
			return nil
		case html.TextToken:
			r.text(z)
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			tag := atom.Lookup(name)
			r.start(tag, readAttributes(z, more))
		case html.EndTagToken:
			name, _ := z.TagName()
			r.end(atom.Lookup(name))
		}
	}
	return nil // the builder says it
}

// atEnd tells of a page that ends before it is over. Markup is never wrong, but rows may be missing.
func (r *reader) atEnd() {
	odd := func(detail string) {
		r.doc.Findings = append(r.doc.Findings, qulaq.Finding{Kind: qulaq.NothingToRead, Subject: r.doc.Name, Detail: detail, Count: 1})
	}
	if r.tables > 0 {
		odd("it ends within a table: the page may have been cut")
	}
	if r.hidden.on() {
		odd("it ends within an element that is not shown, <" + r.hidden.by.String() + ">: what stands behind its beginning is left out")
	}
}

func (r *reader) text(z *html.Tokenizer) {
	text := z.Text()
	if r.hidden.on() {
		if r.hidden.by == atom.Title && r.doc.Title == "" {
			r.doc.Title = strings.Join(strings.Fields(string(text)), " ")
		}
		return
	}
	if r.pre == 0 {
		r.b.Text(text)
		return
	}
	for line := range bytes.Lines(text) {
		r.b.Text(line)
		if bytes.HasSuffix(line, []byte("\n")) {
			r.b.Break()
		}
	}
}

func (r *reader) start(tag atom.Atom, a attributes) {
	if !r.hidden.on() && !a.hidden && mayHoldText(tag, a) {
		r.doc.Unread++
	}
	if r.hidden.start(tag, a.hidden) {
		return
	}
	switch tag {
	case atom.Br:
		r.b.Break()
	case atom.Table:
		r.tables++
		r.b.Table()
	case atom.Thead, atom.Tbody, atom.Tfoot:
		r.b.Section(sections[tag])
	case atom.Tr:
		r.b.Row()
	case atom.Td, atom.Th:
		r.b.Cell(flow.Cell{Columns: a.columns, Rows: a.rows})
	}
	if !blocks[tag] {
		return
	}
	r.b.EndParagraph()
	switch tag {
	case atom.Pre:
		r.pre++
	case atom.Ol, atom.Ul, atom.Menu:
		last := -1
		if tag == atom.Ol {
			last = max(a.start, 1) - 1
		}
		r.items = append(r.items, last)
	case atom.Li:
		r.item(a.value)
	}
}

// mayHoldText says of an element that it shows something that is not read: a picture that is not declared
// small, or another document.
func mayHoldText(tag atom.Atom, a attributes) bool {
	switch tag {
	case atom.Img:
		return (a.width == 0 || a.width >= smallPicture) && (a.height == 0 || a.height >= smallPicture)
	case atom.Iframe, atom.Embed, atom.Object:
		return true
	}
	return false
}

// item numbers an item of a list.
func (r *reader) item(value int) {
	if len(r.items) == 0 || r.items[len(r.items)-1] < 0 {
		return
	}
	last := &r.items[len(r.items)-1]
	if *last++; value > 0 {
		*last = value
	}
	r.b.Label(strconv.Itoa(*last) + ".")
}

func (r *reader) end(tag atom.Atom) {
	if r.hidden.end(tag) {
		return
	}
	switch tag {
	case atom.Br: // browsers read </br> as <br>
		r.b.Break()
	case atom.Table:
		r.tables = max(r.tables-1, 0)
		r.b.EndTable()
	case atom.Thead, atom.Tbody, atom.Tfoot:
		r.b.Section(flow.Body)
	case atom.Tr:
		r.b.EndRow()
	case atom.Td, atom.Th:
		r.b.EndCell()
	}
	if !blocks[tag] {
		return
	}
	r.b.EndParagraph()
	switch tag {
	case atom.Pre:
		r.pre = max(r.pre-1, 0)
	case atom.Ol, atom.Ul, atom.Menu:
		r.items = r.items[:max(len(r.items)-1, 0)]
	}
}

// readAttributes reads the attributes of the present tag.
func readAttributes(z *html.Tokenizer, more bool) attributes {
	var a attributes
	for more {
		var name, value []byte
		name, value, more = z.TagAttr()
		switch string(name) {
		case "colspan":
			a.columns = min(number(value), maxColumns)
		case "rowspan":
			a.rows = min(number(value), maxRows)
			if strings.TrimSpace(string(value)) == "0" {
				a.rows = -1
			}
		case "width":
			a.width = pixels(value)
		case "height":
			a.height = pixels(value)
		case "start":
			a.start = number(value)
		case "value":
			a.value = number(value)
		case "hidden":
			a.hidden = true
		case "href":
			a.hidden = a.hidden || leadsToNote(value)
		case "style":
			a.hidden = a.hidden || hides(value)
		}
	}
	return a
}

// leadsToNote says whether a link is the mark of a footnote, which is no part of the text, as office programs write it.
func leadsToNote(href []byte) bool {
	for _, note := range [...]string{"#sdfootnote", "#sdendnote", "#_ftn", "#_edn"} {
		if bytes.HasPrefix(href, []byte(note)) {
			return true
		}
	}
	return false
}

// number reads the digits that a value begins with; 0 when there are none or too many.
func number(value []byte) int {
	value = bytes.TrimSpace(value)
	n := 0
	for n < len(value) && value[n] >= '0' && value[n] <= '9' {
		n++
	}
	i, err := strconv.Atoi(string(value[:n]))
	if err != nil {
		return 0
	}
	return i
}

// pixels reads a length; one in per cent says nothing of pixels.
func pixels(value []byte) int {
	if bytes.ContainsRune(value, '%') {
		return 0
	}
	return number(value)
}
