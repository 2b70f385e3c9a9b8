package docx

import (
	"strconv"
	"strings"

	"github.com/qulaq-kz/qulaq/transform/markup"
)

// levels is how many levels a list has.
const levels = 9

// lists are the numbered lists of a document and how far each of them is.
type lists struct {
	byNumber map[string]*list
}

// list is a way to use a design; several lists of one design count on together.
type list struct {
	design   *design
	restarts map[int]int // levels that this list starts anew, and with what
}

// design is what a list looks like.
type design struct {
	levels  [levels]listLevel
	reached [levels]int  // the last number of each level
	counted [levels]bool // whether the level has a number
}

type listLevel struct {
	start   int
	decimal bool
	text    string // "%1.%2."
}

// style is what a style says that matters here.
type style struct {
	list, depth string // of the list that it puts paragraphs into
	hidden      bool
	parent      string
}

type styles map[string]style

// inheritance is the most styles that are followed from one to the next.
const inheritance = 20

// find returns a style with all that it inherits.
func (s styles) find(id string) style {
	found := s[id]
	for parent, n := found.parent, 0; parent != "" && n < inheritance; n++ {
		p := s[parent]
		if found.list == "" {
			found.list, found.depth = p.list, p.depth
		}
		found.hidden = found.hidden || p.hidden
		parent = p.parent
	}
	return found
}

func (p *parts) styles() (styles, error) {
	all := styles{}
	err := p.each(p.folder+"/styles.xml", func(x *markup.Scanner) error {
		if string(x.Name) != "style" {
			return nil
		}
		id := x.Attribute("styleId")
		var s style
		err := x.Children(func() error {
			switch string(x.Name) {
			case "basedOn":
				s.parent = x.Attribute("val")
			case "rPr":
				return x.Children(func() error {
					if string(x.Name) == "vanish" {
						s.hidden = on(x.Attribute("val"))
					}
					return nil
				})
			case "pPr":
				return x.Children(func() error {
					if string(x.Name) != "numPr" {
						return nil
					}
					return x.Children(func() error {
						switch string(x.Name) {
						case "numId":
							s.list = x.Attribute("val")
						case "ilvl":
							s.depth = x.Attribute("val")
						}
						return nil
					})
				})
			}
			return nil
		})
		all[id] = s
		return err
	})
	return all, err
}

func (p *parts) numbering() (*lists, error) {
	all := &lists{byNumber: map[string]*list{}}
	designs := map[string]*design{}
	err := p.each(p.folder+"/numbering.xml", func(x *markup.Scanner) error {
		switch string(x.Name) {
		case "abstractNum":
			d := &design{}
			designs[x.Attribute("abstractNumId")] = d
			return x.Children(func() error {
				if string(x.Name) != "lvl" {
					return nil
				}
				n := x.Number("ilvl")
				if n < 0 || n >= levels {
					return nil
				}
				return readLevel(x, &d.levels[n])
			})
		case "num":
			l := &list{restarts: map[int]int{}}
			all.byNumber[x.Attribute("numId")] = l
			return x.Children(func() error {
				switch string(x.Name) {
				case "abstractNumId":
					l.design = designs[x.Attribute("val")]
				case "lvlOverride":
					n := x.Number("ilvl")
					return x.Children(func() error {
						if string(x.Name) == "startOverride" {
							l.restarts[n] = x.Number("val")
						}
						return nil
					})
				}
				return nil
			})
		}
		return nil
	})
	return all, err
}

func readLevel(x *markup.Scanner, l *listLevel) error {
	return x.Children(func() error {
		switch string(x.Name) {
		case "start":
			l.start = x.Number("val")
		case "numFmt":
			l.decimal = x.Attribute("val") == "decimal"
		case "lvlText":
			if text := x.Attribute("val"); len(text) <= 40 {
				l.text = text
			}
		}
		return nil
	})
}

// next counts a paragraph of a list and returns the number that is shown before it, or "" when it is none of
// decimal digits. A deeper level begins anew after each number of a higher one.
func (all *lists) next(number, depth string) string {
	l := all.byNumber[number]
	if l == nil || l.design == nil {
		return ""
	}
	at, err := strconv.Atoi(depth)
	if depth != "" && (err != nil || at < 0 || at >= levels) {
		return ""
	}
	d := l.design
	if start, ok := l.restarts[at]; ok {
		d.reached[at], d.counted[at] = start-1, true
		delete(l.restarts, at)
	}
	for i := range at + 1 {
		if !d.counted[i] {
			d.counted[i] = true
			d.reached[i] = d.levels[i].start
			if i == at {
				d.reached[i]--
			}
		}
	}
	d.reached[at]++
	for i := at + 1; i < levels; i++ {
		d.counted[i] = false
	}
	return d.show(at)
}

// show returns the number of a level as its pattern has it.
func (d *design) show(at int) string {
	text := d.levels[at].text
	if !strings.Contains(text, "%") {
		return "" // a bullet
	}
	for i := range at + 1 {
		mark := "%" + strconv.Itoa(i+1)
		if !strings.Contains(text, mark) {
			continue
		}
		if !d.levels[i].decimal {
			return ""
		}
		text = strings.ReplaceAll(text, mark, strconv.Itoa(d.reached[i]))
	}
	return text
}
