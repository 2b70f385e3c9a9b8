package html

import (
	"bytes"

	"golang.org/x/net/html/atom"
)

// unseen are elements whose content is never shown as text of the page. A <title> is read elsewhere.
var unseen = setOf(atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Noframes, atom.Noembed, atom.Iframe,
	atom.Object, atom.Svg, atom.Math, atom.Select, atom.Datalist, atom.Textarea, atom.Title, atom.Audio, atom.Video,
	atom.Canvas)

// void are elements without content: nothing ends them.
var void = setOf(atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input, atom.Link,
	atom.Meta, atom.Param, atom.Source, atom.Track, atom.Wbr)

// hidden tells whether the present place of a page is inside an element that is not shown. It follows the
// element that hides by counting those of its name, and the tables and lists within, so that an end tag that was
// forgotten hides the rest of a cell and not of the page.
type hidden struct {
	by     atom.Atom // the element that hides; 0 when none does
	inside int       // open elements of that name, itself included
	tables int       // open tables within it
	lists  int       // open lists within it
}

func (h *hidden) on() bool { return h.by != 0 }

// start says whether an element that begins here is not shown.
func (h *hidden) start(tag atom.Atom, hides bool) bool {
	if h.on() && h.closedBy(tag) {
		*h = hidden{}
	}
	switch {
	case h.on():
		if tag == h.by {
			h.inside++
		}
		switch tag {
		case atom.Table:
			h.tables++
		case atom.Ol, atom.Ul:
			h.lists++
		}
		return true
	case void[tag]:
		return hides
	case hides && tag != 0, unseen[tag]:
		*h = hidden{by: tag, inside: 1}
		return true
	}
	return false
}

// closedBy says whether the beginning of tag ends the hiding element without an end tag of its own.
func (h *hidden) closedBy(tag atom.Atom) bool {
	if h.tables > 0 {
		return false
	}
	section := tag == atom.Thead || tag == atom.Tbody || tag == atom.Tfoot
	switch h.by {
	case atom.P:
		return blocks[tag] || tag == atom.Table
	case atom.Li:
		return tag == atom.Li && h.lists == 0
	case atom.Td, atom.Th:
		return tag == atom.Td || tag == atom.Th || tag == atom.Tr || section
	case atom.Tr:
		return tag == atom.Tr || section
	case atom.Thead, atom.Tbody, atom.Tfoot:
		return section
	}
	return false
}

// end says whether the end of an element is not shown.
func (h *hidden) end(tag atom.Atom) bool {
	if !h.on() {
		return false
	}
	if tag == h.by {
		if h.inside--; h.inside == 0 {
			*h = hidden{}
		}
		return true
	}
	outer := false // the end of something around the hiding element
	switch tag {
	case atom.Table:
		outer = h.tables == 0
		h.tables--
	case atom.Td, atom.Th, atom.Tr, atom.Thead, atom.Tbody, atom.Tfoot:
		outer = h.tables == 0 && !(h.by == atom.Tr && (tag == atom.Td || tag == atom.Th))
	case atom.Ol, atom.Ul:
		outer = h.by == atom.Li && h.lists == 0
		h.lists--
	case atom.Body, atom.Html:
		outer = true
	}
	if outer {
		*h = hidden{}
	}
	return !outer
}

// hiding are the rules of a style attribute that hide its element; mso-hide is hidden text of Word.
var hiding = [...]struct{ name, value []byte }{
	{[]byte("display"), []byte("none")},
	{[]byte("visibility"), []byte("hidden")},
	{[]byte("mso-hide"), []byte("all")},
}

// hides says whether a style attribute hides its element.
func hides(style []byte) bool {
	for len(style) > 0 {
		var rule []byte
		rule, style, _ = bytes.Cut(style, []byte(";"))
		name, value, _ := bytes.Cut(rule, []byte(":"))
		value, _, _ = bytes.Cut(value, []byte("!")) // !important
		name, value = bytes.TrimSpace(name), bytes.TrimSpace(value)
		for _, h := range hiding {
			if bytes.EqualFold(name, h.name) && bytes.EqualFold(value, h.value) {
				return true
			}
		}
	}
	return false
}
