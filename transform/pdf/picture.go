package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/qulaq-kz/qulaq/transform/layout"
)

// picture is a page as shades of gray, 0 is black.
type picture struct {
	width, height int
	gray          []byte
}

const (
	maxSide = 20_000 // dots
	dark    = 150    // shades below it are ink
	pale    = 180    // and below it of thin lines on a page that lay askew, where they bound more cells than the dark ones
	faint   = 215    // and below it of gray lines, where there are no others
	inch    = resolution
)

var errPGM = errors.New("a picture that is not in the format PGM")

// parsePGM reads "P5 width height 255" and the bytes.
func parsePGM(data []byte) (*picture, error) {
	l := lexer{data: data} // words between spaces, comments: the same as in a PDF, but for the beginning
	if !bytes.HasPrefix(data, []byte("P5")) {
		return nil, errPGM
	}
	l.pos = 2
	var n [3]int
	for i := range n {
		l.skipSpace()
		v, ok := wholeNumber(l.word())
		if !ok {
			return nil, errPGM
		}
		n[i] = v
	}
	p := &picture{width: n[0], height: n[1]}
	if p.width <= 0 || p.height <= 0 || p.width > maxSide || p.height > maxSide || n[2] != 255 ||
		len(data)-l.pos-1 < p.width*p.height {
		return nil, errPGM
	}
	p.gray = data[l.pos+1:][:p.width*p.height]
	return p, nil
}

func (p *picture) pgm() []byte {
	return append(fmt.Appendf(nil, "P5\n%d %d\n255\n", p.width, p.height), p.gray...)
}

// stretch is a straight run of ink: a box of dots, its far sides not in it.
type stretch struct{ x0, y0, x1, y1 int }

// frame finds the ruling lines of the page and the cells that they bound, and whitens lines, dirt and the paper. A line that was
// thin, or that was turned with the page, is paler than ink: what bounds more cells is the table.
func (p *picture) frame() (layout.Page, []layout.Box) {
	page := layout.Page{Width: float64(p.width) * dot, Height: float64(p.height) * dot}
	var rules []stretch
	var boxes []layout.Box
	for _, shade := range []byte{dark, pale, faint} {
		if shade == faint && len(boxes) > 0 {
			break
		}
		found := p.rules(shade)
		page.Rules = points(found)
		if b := layout.Empty(page); rules == nil || len(b) > len(boxes) {
			rules, boxes = found, b
		}
	}
	p.erase(rules)
	p.despeckle()
	p.clean()
	page.Rules = points(rules)
	return page, boxes
}

// rules finds long, thin runs of what is darker than a shade. Scans lie askew, so a rule climbs by a dot now and then:
// runs that touch end to end on neighbouring rows are one rule.
func (p *picture) rules(shade byte) []stretch {
	level := p.runs(p.width, p.height, 1, p.width, inch/2, shade)
	upright := p.runs(p.height, p.width, p.width, 1, inch/4, shade)
	for i, r := range upright {
		upright[i] = stretch{r.y0, r.x0, r.y1, r.x1}
	}
	return append(level, upright...)
}

// runs finds runs along lines of a picture whose dots are step apart along and jump apart across. A run may
// have gaps of two dots; pieces of a quarter inch count, when together they are at least as long as least.
func (p *picture) runs(along, across, step, jump, least int, shade byte) []stretch {
	const gap, piece = 2, inch / 5
	var open, done []stretch
	for v := range across {
		start, last := -1, -1
		end := func() {
			if start >= 0 && last-start+1 >= piece {
				open = attach(open, stretch{start, v, last + 1, v + 1})
			}
			start = -1
		}
		for u := range along {
			if p.gray[u*step+v*jump] >= shade {
				continue
			}
			if start >= 0 && u-last > gap+1 {
				end()
			}
			if start < 0 {
				start = u
			}
			last = u
		}
		end()
		still := open[:0]
		for _, s := range open {
			if s.y1 <= v-1 {
				done = append(done, s)
			} else {
				still = append(still, s)
			}
		}
		open = still
	}
	done = append(done, open...)
	out := done[:0]
	for _, s := range done {
		if w := s.x1 - s.x0; w >= least && s.y1-s.y0 <= max(8, w/25) {
			out = append(out, s)
		}
	}
	return out
}

// attach joins a run with those of the rows before that it touches.
func attach(open []stretch, s stretch) []stretch {
	out := open[:0]
	for _, o := range open {
		if o.x0 <= s.x1+2 && s.x0 <= o.x1+2 && s.y0 <= o.y1+1 {
			s = stretch{min(s.x0, o.x0), min(s.y0, o.y0), max(s.x1, o.x1), max(s.y1, o.y1)}
			continue
		}
		out = append(out, o)
	}
	return append(out, s)
}

// erase whitens rules: what is left is letters, which are then not taken for parts of a frame.
func (p *picture) erase(rules []stretch) {
	const around = 1
	for _, r := range rules {
		for y := max(0, r.y0-around); y < min(p.height, r.y1+around); y++ {
			line := p.gray[y*p.width:][:p.width]
			for x := max(0, r.x0-around); x < min(p.width, r.x1+around); x++ {
				line[x] = 255
			}
		}
	}
}

// points gives rules in points.
func points(rules []stretch) []layout.Rule {
	out := make([]layout.Rule, 0, len(rules))
	for _, r := range rules {
		x0, y0, x1, y1 := float64(r.x0)*dot, float64(r.y0)*dot, float64(r.x1)*dot, float64(r.y1)*dot
		if x1-x0 > y1-y0 {
			y := (y0 + y1) / 2
			out = append(out, layout.Rule{X0: x0, X1: x1, Y0: y, Y1: y})
		} else {
			x := (x0 + x1) / 2
			out = append(out, layout.Rule{X0: x, X1: x, Y0: y0, Y1: y1})
		}
	}
	return out
}

// specks is how many dots hang together in dirt at most; the point of a full stop has more.
const specks = 6

// despeckle whitens specks of dirt.
func (p *picture) despeckle() {
	for dots := range p.blots() {
		if len(dots) < specks {
			for _, j := range dots {
				p.gray[j] = 255
			}
		}
	}
}

// clean whitens what does not hang together with ink: the grain and the shadow of paper, in which recognition looks for
// letters for minutes. Thin strokes of letters are pale, but begin at dark ones.
func (p *picture) clean() {
	kept := make([]bool, len(p.gray))
	var stack []int
	for i, g := range p.gray {
		if g < dark {
			kept[i] = true
			stack = append(stack, i)
		}
	}
	for len(stack) > 0 {
		i := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		x, y := i%p.width, i/p.width
		for v := max(0, y-1); v <= min(p.height-1, y+1); v++ {
			for u := max(0, x-1); u <= min(p.width-1, x+1); u++ {
				if j := v*p.width + u; !kept[j] && p.gray[i] < faint {
					kept[j] = true // the last dot beside a stroke may be of any shade
					stack = append(stack, j)
				}
			}
		}
	}
	for i := range p.gray {
		if !kept[i] {
			p.gray[i] = 255
		}
	}
}

// blots yields the dots of every patch of ink that hangs together. The slice is valid until the next one.
func (p *picture) blots() iter.Seq[[]int] {
	return func(yield func([]int) bool) {
		seen := make([]bool, len(p.gray))
		var stack, all []int
		for i := range p.gray {
			if seen[i] || p.gray[i] >= dark {
				continue
			}
			stack, all = append(stack[:0], i), all[:0]
			seen[i] = true
			for len(stack) > 0 {
				j := stack[len(stack)-1]
				stack = stack[:len(stack)-1]
				all = append(all, j)
				x, y := j%p.width, j/p.width
				for dy := max(0, y-1); dy <= min(p.height-1, y+1); dy++ {
					for dx := max(0, x-1); dx <= min(p.width-1, x+1); dx++ {
						if k := dy*p.width + dx; !seen[k] && p.gray[k] < dark {
							seen[k] = true
							stack = append(stack, k)
						}
					}
				}
			}
			if !yield(all) {
				return
			}
		}
	}
}

// passed returns the places of what is as high as digits, or as wide as a dash, stands alone and in none of the words.
func (p *picture) passed(words []layout.Word) []layout.Box {
	const lowDigit, highDigit, widest, around, most = inch / 16, inch / 4, inch / 3, 4, 300 // dots; places
	var out []layout.Box
	for dots := range p.blots() {
		x0, y0, x1, y1 := p.width, p.height, 0, 0
		for _, j := range dots {
			x, y := j%p.width, j/p.width
			x0, x1, y0, y1 = min(x0, x), max(x1, x+1), min(y0, y), max(y1, y+1)
		}
		w, h := x1-x0, y1-y0
		if dash := h < lowDigit && w >= lowDigit; w > widest || h > highDigit || h < lowDigit && !dash || len(out) >= most {
			continue
		}
		b := layout.Box{X0: float64(x0-around) * dot, Y0: float64(y0-around) * dot, X1: float64(x1+around) * dot, Y1: float64(y1+around) * dot}
		if slices.ContainsFunc(words, func(w layout.Word) bool { return b.X0 < w.X1 && w.X0 < b.X1 && b.Y0 < w.Y1 && w.Y0 < b.Y1 }) {
			continue
		}
		// Digits of one number.
		if n := slices.IndexFunc(out, func(o layout.Box) bool { return b.X0 < o.X1 && o.X0 < b.X1 && b.Y0 < o.Y1 && o.Y0 < b.Y1 }); n >= 0 {
			out[n] = layout.Box{X0: min(b.X0, out[n].X0), Y0: min(b.Y0, out[n].Y0), X1: max(b.X1, out[n].X1), Y1: max(b.Y1, out[n].Y1)}
			continue
		}
		out = append(out, b)
	}
	return out
}

// piece is a part of a picture, and how far right and down of its own places, in points, its words lie on the page.
type piece struct {
	*picture
	right, down float64
}

// cut takes the boxes that hold some ink out of the picture, each onto a paper of its own with some white around it.
func (p *picture) cut(boxes []layout.Box) []piece {
	const inner, around, most = 2, 20, 2000 // dots; boxes
	var out []piece
	for _, b := range boxes {
		x0, y0 := max(0, int(b.X0/dot)+inner), max(0, int(b.Y0/dot)+inner)
		x1, y1 := min(p.width, int(b.X1/dot)-inner), min(p.height, int(b.Y1/dot)-inner)
		if x1 <= x0 || y1 <= y0 || len(out) >= most || p.ink(x0, y0, x1, y1) < 2*specks {
			continue
		}
		c := &picture{width: x1 - x0 + 2*around, height: y1 - y0 + 2*around}
		c.gray = bytes.Repeat([]byte{255}, c.width*c.height)
		for y := y0; y < y1; y++ {
			from := p.gray[y*p.width+x0 : y*p.width+x1]
			copy(c.gray[(y-y0+around)*c.width+around:], from)
			for i := range from {
				from[i] = 255
			}
		}
		out = append(out, piece{c, float64(x0-around) * dot, float64(y0-around) * dot})
	}
	return out
}

// dash says whether the piece shows a lone dash and nothing else, which recognition makes anything of, and returns it.
func (p piece) dash() (layout.Word, bool) {
	x0, y0, x1, y1 := p.width, p.height, 0, 0
	for y := range p.height {
		for x, g := range p.gray[y*p.width : (y+1)*p.width] {
			if g < dark {
				x0, x1, y0, y1 = min(x0, x), max(x1, x+1), min(y0, y), max(y1, y+1)
			}
		}
	}
	const thick, long, longest = 6, 2, inch / 4 // dots; times as long; dots
	if w, h := x1-x0, y1-y0; h > thick || w < long*h || w > longest {
		return layout.Word{}, false
	}
	return layout.Word{
		X0: float64(x0)*dot + p.right, X1: float64(x1)*dot + p.right,
		Y0: float64(y0)*dot + p.down, Y1: float64(y1)*dot + p.down, Text: "–", Apart: true,
	}, true
}

// ink counts dark dots.
func (p *picture) ink(x0, y0, x1, y1 int) int {
	n := 0
	for y := y0; y < y1; y++ {
		for _, g := range p.gray[y*p.width+x0 : y*p.width+x1] {
			if g < dark {
				n++
			}
		}
	}
	return n
}
