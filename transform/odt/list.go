package odt

import (
	"strconv"
	"strings"

	"github.com/qulaq-kz/qulaq/transform/markup"
)

// levels is how many levels a list has.
const levels = 10

// listLevel is what the numbers of one level look like.
type listLevel struct {
	decimal        bool
	prefix, suffix string
	start          int
	shown          int // of how many levels the numbers stand in it
}

// listStyle is what a list looks like.
type listStyle [levels]listLevel

// count is how far a list has come; lists that go on with one another share it.
type count [levels]int

// lists are the numbered lists of a text.
type lists struct {
	styles map[string]*listStyle
	named  map[string]*count // by the list's own name
	last   map[string]*count // of every style
	open   []openList        // in one another
	number string            // of an item whose paragraph comes now
}

type openList struct {
	style string
	*count
}

// listStyle reads a style of lists.
func (l *lists) style(x *markup.Scanner) error {
	s := &listStyle{}
	l.styles[x.Attribute("name")] = s
	return x.Children(func() error {
		n := x.Number("level")
		if string(x.Name) != "list-level-style-number" || n < 1 || n > levels {
			return nil // a bullet
		}
		s[n-1] = listLevel{
			decimal: x.Attribute("num-format") == "1",
			prefix:  x.Attribute("num-prefix"), suffix: x.Attribute("num-suffix"),
			start: 1, shown: max(1, x.Number("display-levels")),
		}
		if start := x.Number("start-value"); start > 0 {
			s[n-1].start = start
		}
		return nil
	})
}

// list reads a list, or one within another.
func (r *reader) list() error {
	l := &r.lists
	o := openList{style: r.x.Attribute("style-name"), count: &count{}}
	if n := len(l.open); n > 0 {
		o.count = l.open[n-1].count
		if o.style == "" {
			o.style = l.open[n-1].style
		}
	} else if before := l.goesOn(r.x.Attribute("continue-list"), r.x.Attribute("continue-numbering") == "true", o.style); before != nil {
		o.count = before
	}
	if id := r.x.Attribute("id"); id != "" && len(l.open) == 0 {
		l.named[id] = o.count
	}
	l.last[o.style] = o.count
	l.open = append(l.open, o)
	err := r.x.Children(func() error {
		l.number = ""
		switch string(r.x.Name) {
		case "list-item":
			l.number = l.next(r.x.Number("start-value"))
			return r.blocks()
		case "list-header":
			return r.blocks()
		}
		return nil
	})
	l.number = ""
	l.open = l.open[:len(l.open)-1]
	return err
}

// goesOn returns the count with which a list goes on; nil when it begins anew.
func (l *lists) goesOn(name string, on bool, style string) *count {
	if c := l.named[name]; name != "" && c != nil {
		return c
	}
	if on {
		return l.last[style]
	}
	return nil
}

// next counts an item, from a number of its own when that is not 0, and returns the number that is shown before it; ""
// when it is none of decimal digits. The levels below begin anew.
func (l *lists) next(from int) string {
	at := len(l.open) - 1
	o := l.open[at]
	s := l.styles[o.style]
	if s == nil || at >= levels {
		return ""
	}
	switch {
	case from > 0:
		o.count[at] = from
	case o.count[at] == 0:
		o.count[at] = s[at].start
	default:
		o.count[at]++
	}
	clear(o.count[at+1:])
	if !s[at].decimal {
		return ""
	}
	var shown []string
	for i := max(0, at+1-s[at].shown); i <= at; i++ {
		if s[i].decimal {
			shown = append(shown, strconv.Itoa(max(o.count[i], s[i].start)))
		}
	}
	return s[at].prefix + strings.Join(shown, ".") + s[at].suffix
}

// take returns the number that stands before the paragraph that begins now.
func (l *lists) take() string {
	n := l.number
	l.number = ""
	return n
}
