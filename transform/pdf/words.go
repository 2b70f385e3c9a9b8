package pdf

import (
	"math"
	"strings"
	"unicode"

	"github.com/qulaq-kz/qulaq/transform/layout"
)

// Shares of a font's size.
const (
	letterGap = 0.05 // between letters: more begins a new word, which layout may put together again
	tightest  = 0.2  // how far a pair of letters may be pulled together or apart, as those of уд are
	ascent    = 0.75 // from the base line to the top of a word's box
	descent   = 0.22
)

// builder makes words of letters as they are drawn. Its coordinates are those of the page as it is seen: in
// points, y downwards.
type builder struct {
	words []layout.Word
	open  bool // the last word may still grow
	apart bool // what was drawn last is a space
	turn  int
	size  float64
	line  float64 // of the last word's base line, across its direction
	end   float64 // where its last letter ends, along it, or a space behind it
	ink   float64 // where its last letter ends
	blank float64 // where the last space begins
	begin float64 // and where that begins
	last  string  // that letter
}

// near says whether a point is where a page may be, and a number at all.
func (p point) near() bool { return math.Abs(p.x)+math.Abs(p.y) <= 1e5 }

// along gives a point's place along and across text of a direction: across grows towards the next line.
func along(p point, turn int) (u, v float64) {
	switch turn {
	case 1:
		return p.y, -p.x
	case 2:
		return -p.x, -p.y
	case 3:
		return -p.y, p.x
	}
	return p.x, p.y
}

func back(u, v float64, turn int) point {
	switch turn {
	case 1:
		return point{-v, u}
	case 2:
		return point{-u, -v}
	case 3:
		return point{v, -u}
	}
	return point{u, v}
}

// direction returns the quarter turns of text whose letters are drawn by m; letters that stand askew, as those
// of a stamp across the page, are none.
func direction(m matrix) (turn int, ok bool) {
	const slope = 0.1
	switch a, b := math.Abs(m.a), math.Abs(m.b); {
	case b <= slope*a && m.a > 0:
		return 0, true
	case b <= slope*a && m.a < 0:
		return 2, true
	case a <= slope*b && m.b > 0:
		return 1, true
	case a <= slope*b && m.b < 0:
		return 3, true
	}
	return 0, false
}

// space draws a space from start to end: it parts words that stand around it.
func (b *builder) space(start, end point, m matrix) {
	b.open, b.apart = false, true
	b.turn, _ = direction(m)
	b.blank, _ = along(start, b.turn)
	b.end, b.line = along(end, b.turn)
}

// add draws a letter from start to end of its base line, of a size, in the direction of m.
func (b *builder) add(s string, start, end point, size float64, m matrix) {
	turn, ok := direction(m)
	s = clean(s)
	if !ok || s == "" || !(size > 0.1 && size < 1000) || !start.near() || !end.near() {
		b.open = false
		return
	}
	u0, v := along(start, turn)
	u1, _ := along(end, turn)
	u1 = max(u1, u0)
	u1 = min(u1, u0+4*size)
	again := turn == b.turn && s == b.last && math.Abs(v-b.line) < letterGap*size && math.Abs(u0-b.begin) < 0.15*size
	if b.open && again { // the same letter a hair beside itself, to look bold
		return
	}
	b.begin, b.last = u0, s
	if b.apart && len(b.words) > 0 && math.Abs(v-b.line) < 0.2*size && math.Abs(u0-b.blank) < 0.02*size && math.Abs(u0-b.ink) < tightest*size {
		// The space was drawn over: it is what browsers draw for a soft hyphen within a line.
		b.open, b.apart, b.end = true, false, b.ink
	}
	grows := b.open && turn == b.turn && math.Abs(v-b.line) < 0.2*size && math.Abs(size-b.size) < 0.3*size &&
		u0-b.end < letterGap*size && u0-b.end > -0.5*size
	n := len(b.words)
	if !grows || len(b.words[n-1].Text) > 200 {
		b.words = append(b.words, box(u0, v, u1, size, turn))
		b.words[n].Text = s
		b.words[n].Apart = b.apart && turn == b.turn && math.Abs(v-b.line) < 0.2*size && math.Abs(u0-b.end) < 0.3*size
		b.apart = false
		b.open, b.turn, b.size, b.line, b.end, b.ink = true, turn, size, v, u1, u1
		return
	}
	w := &b.words[n-1]
	w.Text += s
	p := back(u1, v, turn)
	if turn%2 == 0 {
		w.X0, w.X1 = min(w.X0, p.x), max(w.X1, p.x)
	} else {
		w.Y0, w.Y1 = min(w.Y0, p.y), max(w.Y1, p.y)
	}
	b.end, b.ink = u1, u1
}

func box(u0, v, u1, size float64, turn int) layout.Word {
	p, q := back(u0, v-ascent*size, turn), back(u1, v+descent*size, turn)
	return layout.Word{X0: min(p.x, q.x), Y0: min(p.y, q.y), X1: max(p.x, q.x), Y1: max(p.y, q.y), Turn: turn}
}

// clean drops what is not seen; a soft hyphen stays, layout wants it.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u00ad' || r == unicode.ReplacementChar:
			return r
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s)
}

// unframed takes from recognised words the bars that were borders of cells.
func unframed(words []layout.Word) []layout.Word {
	out := words[:0]
	for _, w := range words {
		if w.Text = strings.Trim(w.Text, "|¦"); w.Text != "" {
			out = append(out, w)
		}
	}
	return out
}
