package pdf

import (
	"bytes"
	"context"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq/transform/layout"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// matrix maps (x, y) to (ax+cy+e, bx+dy+f).
type matrix struct{ a, b, c, d, e, f float64 }

var identity = matrix{a: 1, d: 1}

// then returns the matrix that does m first and n afterwards.
func (m matrix) then(n matrix) matrix {
	return matrix{
		m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d,
		m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d,
		m.e*n.a + m.f*n.c + n.e, m.e*n.b + m.f*n.d + n.f,
	}
}

func (m matrix) at(x, y float64) point { return point{m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f} }

type point struct{ x, y float64 }

// graphics is what q saves and Q brings back.
type graphics struct {
	ctm                  matrix
	font                 *font
	size                 float64
	charSpace, wordSpace float64
	stretch              float64 // horizontal scaling, 1 is none
	leading, rise        float64
	render               int // 3: invisible, as the text under a scan is
	lineWidth            float64
	strokeWhite          bool
	fillWhite            bool
}

// The greatest things of a page that are still looked at.
const (
	maxSaved     = 512     // q within q
	maxForms     = 16      // forms within forms
	maxWords     = 500_000 // of a document
	maxRules     = 200_000 // of a page; more are a drawing, and it is left out
	maxPath      = 4096    // points of a path; more are a drawing
	maxThin      = 8.0     // points; what is filled, no wider and
	slender      = 1.5     // so many times as long as wide is a line
	maxDot       = 2.0     // points; what is filled and no larger is a dot of a line
	maxOperands  = 512
	maxOperators = 10_000_000 // of a document
	checkEvery   = 4096       // operators between looks at the context
)

// reader interprets the content streams of one page.
type reader struct {
	ctx     context.Context
	file    *file
	fonts   map[ref]*font
	out     pageContent
	builder builder

	g      graphics
	saved  []graphics
	tm, lm matrix // of text and of its line
	path   [][]point
	points int
	forms  int
}

// pageContent is what a page shows.
type pageContent struct {
	rules     []layout.Rule
	fills     []layout.Box
	glyphs    int     // all but spaces
	unknown   int     // those of which nobody says which characters they are
	invisible int     // those under a picture
	sense     int     // those that make sense
	curves    int     // that were drawn: letters, where there are many and no glyphs
	pictures  float64 // points² of all pictures, on the page or not
}

// run interprets one stream of operators.
func (r *reader) run(data []byte, resources dict) error {
	l := lexer{data: data}
	var operands []object
	for {
		o, err := l.next()
		if err == errSyntax {
			continue
		}
		if err != nil {
			return nil // the end, or nesting that no page needs
		}
		op, ok := o.(operator)
		if !ok {
			if len(operands) < maxOperands {
				operands = append(operands, o)
			}
			continue
		}
		if r.file.operators++; r.file.operators%checkEvery == 0 {
			if err := r.ctx.Err(); err != nil {
				return err
			}
			if r.file.operators > maxOperators {
				return table.ErrTooLarge
			}
		}
		switch op {
		case "BI":
			skipImage(&l)
		case "Do":
			err = r.do(operands, resources)
		default:
			r.apply(op, operands, resources)
		}
		if err != nil {
			return err
		}
		r.out.rules = r.out.rules[:min(len(r.out.rules), maxRules)]
		r.out.fills = r.out.fills[:min(len(r.out.fills), maxRules)]
		if len(r.builder.words) > maxWords {
			return table.ErrTooLarge
		}
		operands = operands[:0]
	}
}

// skipImage steps over a picture that lies in the stream: to "EI" between spaces.
func skipImage(l *lexer) {
	for {
		i := bytes.Index(l.data[l.pos:], []byte("EI"))
		if i < 0 {
			l.pos = len(l.data)
			return
		}
		l.pos += i + 2
		before := l.pos - 3
		if before >= 0 && isSpace(l.data[before]) && (l.pos == len(l.data) || isSpace(l.data[l.pos])) {
			return
		}
	}
}

// do shows a form or a picture.
func (r *reader) do(operands []object, resources dict) error {
	if len(operands) != 1 {
		return nil
	}
	n, _ := operands[0].(name)
	s, ok := r.file.resolve(r.file.dict(resources["XObject"])[n]).(*stream)
	if !ok {
		return nil
	}
	if s.dict["Subtype"] == name("Image") {
		m := r.g.ctm
		r.out.pictures += math.Abs(m.a*m.d - m.b*m.c)
		r.thin([]point{m.at(0, 0), m.at(1, 0), m.at(1, 1), m.at(0, 1)})
		return nil
	}
	if s.dict["Subtype"] != name("Form") || r.forms >= maxForms {
		return nil
	}
	data, err := r.file.unpack(s)
	if err != nil {
		return err
	}
	own := r.file.dict(s.dict["Resources"])
	if own == nil {
		own = resources
	}
	saved, depth := r.g, len(r.saved)
	if m := r.file.floats(s.dict["Matrix"], 6); m != nil {
		r.g.ctm = matrix{m[0], m[1], m[2], m[3], m[4], m[5]}.then(r.g.ctm)
	}
	r.forms++
	err = r.run(data, own)
	r.forms--
	r.g, r.saved = saved, r.saved[:min(depth, len(r.saved))]
	return err
}

// apply does one operator; too few operands count as zeros.
func (r *reader) apply(op operator, operands []object, resources dict) {
	num := func(i int) float64 {
		if i < len(operands) {
			switch n := operands[i].(type) {
			case int:
				return float64(n)
			case float64:
				return n
			}
		}
		return 0
	}
	str := func(i int) text {
		if i < len(operands) {
			s, _ := operands[i].(text)
			return s
		}
		return ""
	}
	g := &r.g
	switch op {
	case "q":
		if len(r.saved) < maxSaved {
			r.saved = append(r.saved, *g)
		}
	case "Q":
		if n := len(r.saved); n > 0 {
			*g, r.saved = r.saved[n-1], r.saved[:n-1]
		}
	case "cm":
		g.ctm = matrix{num(0), num(1), num(2), num(3), num(4), num(5)}.then(g.ctm)
	case "w":
		g.lineWidth = num(0)
	case "g", "rg", "k", "sc", "scn":
		g.fillWhite = white(operands)
	case "G", "RG", "K", "SC", "SCN":
		g.strokeWhite = white(operands)
	case "cs":
		g.fillWhite = false
	case "CS":
		g.strokeWhite = false

	case "m":
		r.move(g.ctm.at(num(0), num(1)))
	case "l":
		r.line(g.ctm.at(num(0), num(1)))
	case "c":
		r.out.curves++
		r.curve(g.ctm.at(num(4), num(5)))
	case "v", "y":
		r.out.curves++
		r.curve(g.ctm.at(num(2), num(3)))
	case "h":
		r.closePath()
	case "re":
		x, y, w, h := num(0), num(1), num(2), num(3)
		r.move(g.ctm.at(x, y))
		r.line(g.ctm.at(x+w, y))
		r.line(g.ctm.at(x+w, y+h))
		r.line(g.ctm.at(x, y+h))
		r.closePath()
	case "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n":
		r.paint(op)

	case "BT":
		r.tm, r.lm = identity, identity
	case "Tf":
		if len(operands) > 0 {
			n, _ := operands[0].(name)
			g.font = r.font(r.file.dict(resources["Font"])[n])
			g.size = num(1)
		}
	case "Tc":
		g.charSpace = num(0)
	case "Tw":
		g.wordSpace = num(0)
	case "Tz":
		g.stretch = num(0) / 100
	case "TL":
		g.leading = num(0)
	case "Ts":
		g.rise = num(0)
	case "Tr":
		g.render = int(num(0))
	case "Td":
		r.nextLine(num(0), num(1))
	case "TD":
		g.leading = -num(1)
		r.nextLine(num(0), num(1))
	case "Tm":
		r.tm = matrix{num(0), num(1), num(2), num(3), num(4), num(5)}
		r.lm = r.tm
	case "T*":
		r.nextLine(0, -g.leading)
	case "Tj":
		r.show(str(0))
	case "'":
		r.nextLine(0, -g.leading)
		r.show(str(0))
	case "\"":
		g.wordSpace, g.charSpace = num(0), num(1)
		r.nextLine(0, -g.leading)
		r.show(str(2))
	case "TJ":
		if len(operands) == 0 {
			return
		}
		list, _ := operands[0].(array)
		for _, o := range list {
			switch o := o.(type) {
			case text:
				r.show(o)
			case int:
				r.shift(float64(o))
			case float64:
				r.shift(o)
			}
		}
	}
}

// white says whether a colour is white: a line in it is not seen.
func white(operands []object) bool {
	want := 1
	if len(operands) == 4 { // inks: white is none of them
		want = 0
	}
	for _, o := range operands {
		if n, ok := o.(float64); ok && n == float64(want) || o == want {
			continue
		}
		return false
	}
	return len(operands) > 0
}

func (r *reader) font(o object) *font {
	id, ok := o.(ref)
	if !ok {
		return r.file.font(o)
	}
	if f, ok := r.fonts[id]; ok {
		return f
	}
	f := r.file.font(o)
	r.fonts[id] = f
	return f
}

// makesSense says whether a character is one that pages are made of in the languages that are read.
func makesSense(r rune) bool {
	return unicode.Is(unicode.Cyrillic, r) || r < 0x80 && (unicode.IsLower(r) || unicode.IsDigit(r))
}

func (r *reader) nextLine(x, y float64) {
	r.lm = matrix{1, 0, 0, 1, x, y}.then(r.lm)
	r.tm = r.lm
}

// shift moves by thousandths of the font's size, backwards.
func (r *reader) shift(thousandths float64) {
	r.tm = matrix{1, 0, 0, 1, -thousandths / 1000 * r.g.size * r.g.stretch, 0}.then(r.tm)
}

// show draws a string.
func (r *reader) show(s text) {
	g := &r.g
	if g.font == nil {
		return
	}
	g.font.glyphs(s, func(c glyph) {
		m := matrix{g.size * g.stretch, 0, 0, g.size, 0, g.rise}.then(r.tm).then(g.ctm)
		advance := c.width*g.size + g.charSpace
		if c.space {
			advance += g.wordSpace
		}
		next := matrix{1, 0, 0, 1, advance * g.stretch, 0}.then(r.tm)
		r.out.glyphs++
		end := matrix{1, 0, 0, 1, 0, g.rise}.then(next).then(g.ctm)
		if strings.TrimFunc(c.text, unicode.IsSpace) == "" && c.text != "" {
			r.builder.space(point{m.e, m.f}, point{end.e, end.f}, m)
			r.out.glyphs--
		} else {
			if g.render == 3 {
				r.out.invisible++
			}
			if c.text == "" {
				r.out.unknown++
				c.text = string(unicode.ReplacementChar)
			}
			if first, _ := utf8.DecodeRuneInString(c.text); makesSense(first) {
				r.out.sense++
			}
			r.builder.add(c.text, point{m.e, m.f}, point{end.e, end.f}, math.Hypot(m.c, m.d), m)
		}
		r.tm = next
	})
}
