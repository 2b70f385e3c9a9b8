package layout

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// line is words that stand beside one another, from left to right.
type line struct {
	words          []Word
	x0, y0, x1, y1 float64
}

func (l line) height() float64 { return l.y1 - l.y0 }

// lines parts words into lines, from top to bottom. Words belong to one line when the middle of one lies in
// the middle half of the other's height; a superscript does.
func lines(words []Word) []line {
	words = slices.Clone(words)
	slices.SortStableFunc(words, func(a, b Word) int {
		_, ya := a.middle()
		_, yb := b.middle()
		return cmp.Or(cmp.Compare(ya, yb), cmp.Compare(a.X0, b.X0))
	})
	var out []line
	for _, w := range words {
		_, y := w.middle()
		if n := len(out); n > 0 {
			l := &out[n-1]
			if middle, h := (l.y0+l.y1)/2, max(l.height(), w.height()); math.Abs(y-middle) < 0.3*h {
				l.words = append(l.words, w)
				if w.height() > l.height() { // the line is as high as its largest word
					l.y0, l.y1 = w.Y0, w.Y1
				}
				continue
			}
		}
		out = append(out, line{words: []Word{w}, y0: w.Y0, y1: w.Y1})
	}
	for i := range out {
		l := &out[i]
		slices.SortStableFunc(l.words, func(a, b Word) int { return cmp.Compare(a.X0, b.X0) })
		l.words = slices.CompactFunc(l.words, shadow)
		l.measure()
	}
	return out
}

func (l *line) measure() {
	l.x0, l.x1 = l.words[0].X0, l.words[0].X1
	for _, w := range l.words {
		l.x1 = max(l.x1, w.X1)
	}
}

// shadow says whether a word was drawn a second time, a hair beside the first, to look bold.
func shadow(a, b Word) bool {
	return a.Text == b.Text && math.Abs(a.X0-b.X0) < 0.15*a.height() && math.Abs(a.Y0-b.Y0) < 0.15*a.height()
}

// wordGap is which share of a line's height parts words.
const wordGap = 0.17

// text joins the words by spaces, but for pieces of one word that were drawn apart.
func (l line) text() string {
	var b strings.Builder
	for i, w := range l.words {
		if i > 0 && (w.Apart || w.X0-l.words[i-1].X1 > wordGap*min(w.height(), l.words[i-1].height())) {
			b.WriteByte(' ')
		}
		b.WriteString(w.Text)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// segments parts the line where the gap between words is wider than gap times its height.
func (l line) segments(gap float64) []line {
	var out []line
	start := 0
	cut := func(end int) {
		s := line{words: l.words[start:end], y0: l.y0, y1: l.y1}
		s.measure()
		out = append(out, s)
		start = end
	}
	right := math.Inf(-1)
	for i, w := range l.words {
		if i > start && w.X0-right > gap*l.height() {
			cut(i)
		}
		right = max(right, w.X1)
	}
	cut(len(l.words))
	return out
}

// straight returns the text lines of words that share a cell with room for so many points of text. Text that
// was turned in the cell is read in its own direction.
func straight(words []Word, room float64) []textLine {
	if len(words) == 0 {
		return nil
	}
	p := Page{Words: words}
	for _, w := range words {
		p.Width, p.Height = max(p.Width, w.X1), max(p.Height, w.Y1)
	}
	ls := lines(p.upright().Words)
	out := make([]textLine, len(ls))
	for i, l := range ls {
		out[i].text = l.text()
		if i+1 < len(ls) && !strings.Contains(out[i].text, " ") {
			next := ls[i+1].words[0]
			letter := max((next.X1-next.X0)/float64(max(1, utf8.RuneCountInString(next.Text))),
				(l.x1-l.x0)/float64(max(1, utf8.RuneCountInString(out[i].text))))
			out[i].full = room-(l.x1-l.x0) < 1.1*letter
		}
	}
	return out
}
