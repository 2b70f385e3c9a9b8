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
	spaced         float64 // points between letters that were placed one by one
	pieces         int     // runs of words that may stand in columns of their own; of whole lines alone
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
		l.pieces = len(l.segments(wideGap))
	}
	return out
}

func (l *line) measure() {
	l.x0, l.x1 = l.words[0].X0, l.words[0].X1
	for _, w := range l.words {
		l.x1 = max(l.x1, w.X1)
	}
	l.spaced = l.spacing()
}

// shadow says whether a word was drawn a second time, a hair beside the first, to look bold.
func shadow(a, b Word) bool {
	return a.Text == b.Text && math.Abs(a.X0-b.X0) < 0.15*a.height() && math.Abs(a.Y0-b.Y0) < 0.15*a.height()
}

// wideLetter is how much wider than the mean a letter may be: ш, ы.
const wideLetter = 1.8

// wordGap is which share of a line's height parts words.
const wordGap = 0.2

// text joins the words by spaces, but for pieces of one word that were drawn apart. Marks of notes are left out.
func (l line) text() string {
	var b strings.Builder
	for i, w := range l.words {
		if l.noteMark(i) {
			continue
		}
		if i > 0 && l.spaceBefore(i) {
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
		out = append(out, l.part(start, end))
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
		end, begin := l.lastWord(), l.firstWord()
		out[i] = textLine{
			text: l.text(), room: room, width: l.x1 - l.x0,
			end: piece{end.x1 - end.x0, end.mean()}, begin: piece{begin.x1 - begin.x0, begin.mean()},
		}
		if i > 0 {
			out[i-1].fill(out[i])
		}
	}
	return out
}

// spaceBefore says whether a space stands before word i of the line.
func (l line) spaceBefore(i int) bool {
	w, left := l.words[i], l.words[i-1]
	return w.Apart || w.X0-left.X1 > wordGap*min(w.height(), left.height())+l.spaced
}

// spacing returns how far apart single letters of a line stand: some programs place every letter for itself, and draw
// no spaces.
func (l line) spacing() float64 {
	var gaps []float64
	for i := 1; i < len(l.words); i++ {
		if utf8.RuneCountInString(l.words[i].Text) == 1 && utf8.RuneCountInString(l.words[i-1].Text) == 1 && !l.words[i].Apart {
			gaps = append(gaps, l.words[i].X0-l.words[i-1].X1)
		}
	}
	if len(gaps) < fewGaps || 2*len(gaps) < len(l.words) {
		return 0
	}
	slices.Sort(gaps)
	return max(0, gaps[len(gaps)/2])
}

// fewGaps is how many gaps between single letters tell that a line is made of such.
const fewGaps = 3

// lastWord and firstWord return the pieces behind the last space and before the first one.
func (l line) lastWord() line {
	i := len(l.words) - 1
	for i > 0 && !l.spaceBefore(i) {
		i--
	}
	return l.part(i, len(l.words))
}

func (l line) firstWord() line {
	i := 1
	for i < len(l.words) && !l.spaceBefore(i) {
		i++
	}
	return l.part(0, i)
}

// part is a piece of the line.
func (l line) part(from, to int) line {
	p := line{words: l.words[from:to], y0: l.y0, y1: l.y1}
	p.measure()
	p.spaced = max(p.spaced, l.spaced)
	return p
}

// mean is the mean width of the line's letters.
func (l line) mean() float64 {
	n := 0
	for _, w := range l.words {
		n += utf8.RuneCountInString(w.Text)
	}
	return (l.x1 - l.x0) / float64(max(1, n))
}
