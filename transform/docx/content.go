package docx

import (
	"fmt"

	"github.com/qulaq-kz/qulaq/transform/flow"
	"github.com/qulaq-kz/qulaq/transform/markup"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// reader goes through the document's part and tells a builder what it meets.
type reader struct {
	x      *markup.Scanner
	b      *flow.Builder
	doc    *table.Document
	styles styles
	lists  *lists

	row    *rowState // the row that is being read, nil outside of tables
	fields []bool    // of every open field: whether its result was reached
	hidden bool      // the style of the paragraph hides it
	unseen bool      // the run is hidden

	pictures []string // relations that lead to the pictures that count as unread
}

// read reads the whole part, whose root must be w:document.
func (r *reader) read() error {
	t, err := r.x.Next()
	if err != nil {
		return err
	}
	if t != markup.ElementStart || string(r.x.Name) != "document" {
		return fmt.Errorf("%w: the part with the text has the root %.40q", table.ErrFormat, r.x.Name)
	}
	if err := r.content(); err != nil {
		return err
	}
	_, err = r.x.Next() // there must be nothing behind the root
	return err
}

// content reads the children of the present element.
func (r *reader) content() error { return r.x.Children(r.element) }

// element reads the element whose start is the present token. What it does not know is passed over, with all
// that is inside.
func (r *reader) element() error {
	if err := r.b.Err(); err != nil {
		return err
	}
	switch string(r.x.Name) {
	case "body", "sdt", "sdtContent", "customXml", "smartTag", "hyperlink", "fldSimple", "dir", "bdo", "ins", "moveTo", "ruby", "rubyBase":
		return r.content()
	case "AlternateContent":
		return r.alternate(r.element)
	case "p":
		return r.paragraph()
	case "tbl":
		return r.table()
	case "tr":
		return r.tableRow()
	case "tc":
		return r.cell()
	case "r":
		return r.run()
	case "t":
		return r.x.Content(r.text)
	case "tab", "ptab":
		r.text([]byte(" "))
	case "noBreakHyphen":
		r.text([]byte("-"))
	case "sym":
		r.text([]byte(symbol(r.x.Attribute("font"), r.x.Attribute("char"))))
	case "br", "cr":
		if r.shown() {
			r.b.Break()
		}
	case "fldChar":
		r.field(r.x.Attribute("fldCharType"))
	case "oMath", "oMathPara":
		return r.x.Content(r.text)
	case "drawing", "pict", "object":
		return r.drawing()
	case "altChunk", "subDoc": // a document in another format, in another part or file
		r.doc.Unread++
	}
	return nil
}

// alternate reads the first of several ways in which the same thing is said. f reads the children of that way.
func (r *reader) alternate(f func() error) error {
	taken := false
	return r.x.Children(func() error {
		name := string(r.x.Name)
		if taken || name != "Choice" && name != "Fallback" {
			return nil
		}
		taken = true
		return r.x.Children(f)
	})
}

func (r *reader) shown() bool {
	if r.hidden || r.unseen {
		return false
	}
	for _, result := range r.fields {
		if !result {
			return false
		}
	}
	return true
}

func (r *reader) text(text []byte) {
	if r.shown() {
		r.b.Text(text)
	}
}

// maxFields is how many fields may be open within one another; beyond them marks are passed over.
const maxFields = 20

// field follows the marks of a field: an instruction, then its result.
func (r *reader) field(mark string) {
	last := len(r.fields) - 1
	switch {
	case mark == "begin":
		if len(r.fields) < maxFields {
			r.fields = append(r.fields, false)
		}
	case last < 0:
	case mark == "separate":
		r.fields[last] = true
	case mark == "end":
		r.fields = r.fields[:last]
	}
}

func (r *reader) paragraph() error {
	goesOn := false // accepting the changes joins it with the next paragraph
	r.hidden = false
	err := r.x.Children(func() error {
		if string(r.x.Name) != "pPr" {
			return r.element()
		}
		var style, list, depth string
		err := r.x.Children(func() error {
			switch string(r.x.Name) {
			case "pStyle":
				style = r.x.Attribute("val")
			case "numPr":
				return r.x.Children(func() error {
					switch string(r.x.Name) {
					case "numId":
						list = r.x.Attribute("val")
					case "ilvl":
						depth = r.x.Attribute("val")
					}
					return nil
				})
			case "rPr": // of the mark that ends the paragraph
				return r.x.Children(func() error {
					name := string(r.x.Name)
					goesOn = goesOn || name == "del" || name == "moveFrom"
					return nil
				})
			}
			return nil
		})
		s := r.styles.find(style)
		if list == "" {
			list, depth = s.list, s.depth
		}
		r.hidden = s.hidden
		if label := r.lists.next(list, depth); label != "" && !r.hidden {
			r.b.Label(label)
		}
		return err
	})
	if !goesOn {
		r.b.EndParagraph()
	}
	r.hidden = false
	for i := range r.fields { // no instruction goes on in another paragraph: a forgotten mark hides the rest of its own
		r.fields[i] = true
	}
	return err
}

func (r *reader) run() error {
	r.unseen = false
	err := r.x.Children(func() error {
		if string(r.x.Name) != "rPr" {
			return r.element()
		}
		return r.x.Children(func() error {
			switch string(r.x.Name) {
			case "vanish":
				r.unseen = on(r.x.Attribute("val"))
			case "rStyle":
				r.unseen = r.styles.find(r.x.Attribute("val")).hidden
			}
			return nil
		})
	})
	r.unseen = false
	return err
}

// on reads a switch, which is on when it has no value.
func on(value string) bool {
	switch value {
	case "0", "false", "off":
		return false
	}
	return true
}
