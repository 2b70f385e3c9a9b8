package pdf

import (
	"bytes"
	"errors"
	"fmt"

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

// rules finds long, thin runs of ink. Scans lie askew, so a rule climbs by a dot now and then: runs that touch
// end to end on neighbouring rows are one rule.
func (p *picture) rules() []stretch {
	level := p.runs(p.width, p.height, 1, p.width, inch/2)
	upright := p.runs(p.height, p.width, p.width, 1, inch/4)
	for i, r := range upright {
		upright[i] = stretch{r.y0, r.x0, r.y1, r.x1}
	}
	return append(level, upright...)
}

// runs finds runs along lines of a picture whose dots are step apart along and jump apart across. A run may
// have gaps of two dots; pieces of a quarter inch count, when together they are at least as long as least.
func (p *picture) runs(along, across, step, jump, least int) []stretch {
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
			if p.gray[u*step+v*jump] >= dark {
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
		if len(all) < specks {
			for _, j := range all {
				p.gray[j] = 255
			}
		}
	}
}

// piece says where a part of a sheet of cuttings came from: rows top to bottom of the sheet, in points, and
// how far right and down its words lie on the page.
type piece struct{ top, bottom, right, down float64 }

// cut puts boxes that hold some ink below one another on a sheet.
func (p *picture) cut(boxes []layout.Box) (*picture, []piece) {
	const inner, around, most = 3, 20, 400 // dots; boxes
	type area struct{ x0, y0, x1, y1 int }
	var areas []area
	sheet := &picture{height: around}
	for _, b := range boxes {
		a := area{
			max(0, int(b.X0/dot)+inner), max(0, int(b.Y0/dot)+inner),
			min(p.width, int(b.X1/dot)-inner), min(p.height, int(b.Y1/dot)-inner),
		}
		if a.x1 <= a.x0 || a.y1 <= a.y0 || len(areas) >= most || p.ink(a.x0, a.y0, a.x1, a.y1) < 2*specks {
			continue
		}
		areas = append(areas, a)
		sheet.width = max(sheet.width, a.x1-a.x0+2*around)
		sheet.height += a.y1 - a.y0 + around
	}
	if len(areas) == 0 || sheet.height > maxSide {
		return nil, nil
	}
	sheet.gray = bytes.Repeat([]byte{255}, sheet.width*sheet.height)
	pieces := make([]piece, len(areas))
	y := around
	for i, a := range areas {
		pieces[i] = piece{
			top: float64(y) * dot, bottom: float64(y+a.y1-a.y0) * dot,
			right: float64(a.x0-around) * dot, down: float64(a.y0-y) * dot,
		}
		for r := a.y0; r < a.y1; r++ {
			copy(sheet.gray[y*sheet.width+around:], p.gray[r*p.width+a.x0:r*p.width+a.x1])
			y++
		}
		y += around
	}
	return sheet, pieces
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
