package pdf

import (
	"math"
	"strings"

	"github.com/qulaq-kz/qulaq/transform/layout"
)

func (r *reader) move(p point) {
	if r.points++; r.points <= maxPath {
		r.path = append(r.path, []point{p})
	}
}

func (r *reader) line(p point) {
	n := len(r.path)
	if r.points++; r.points <= maxPath && n > 0 {
		r.path[n-1] = append(r.path[n-1], p)
	}
}

// curve goes on behind a curve, which is no ruling: what follows is a new piece.
func (r *reader) curve(to point) { r.move(to) }

func (r *reader) closePath() {
	if n := len(r.path); n > 0 {
		r.line(r.path[n-1][0])
	}
}

// paint ends the path: its lines that are seen are kept.
func (r *reader) paint(op operator) {
	stroke := strings.ContainsAny(string(op), "SsBb") && !r.g.strokeWhite
	fill := strings.ContainsAny(string(op), "fFBb") && !r.g.fillWhite
	if op == "s" || op == "b" || op == "b*" {
		r.closePath()
	}
	if r.points <= maxPath {
		for _, piece := range r.path {
			if fill {
				r.thin(piece)
			}
			if !stroke {
				continue
			}
			for i := 1; i < len(piece); i++ {
				r.rule(piece[i-1], piece[i])
			}
		}
	}
	r.path, r.points = r.path[:0], 0
}

// thin keeps a filled area: as a line, or as a dot of one, when it is so thin, else as an area.
func (r *reader) thin(piece []point) {
	low, high := piece[0], piece[0]
	for _, p := range piece {
		low = point{min(low.x, p.x), min(low.y, p.y)}
		high = point{max(high.x, p.x), max(high.y, p.y)}
	}
	w, h := high.x-low.x, high.y-low.y
	switch {
	case len(piece) < 3:
	case w <= maxDot && h <= maxDot && low.near() && high.near(): // of a dotted line, level or upright: the next ones tell
		x, y := (low.x+high.x)/2, (low.y+high.y)/2
		r.out.rules = append(r.out.rules,
			layout.Rule{X0: low.x, X1: high.x, Y0: y, Y1: y}, layout.Rule{X0: x, X1: x, Y0: low.y, Y1: high.y})
	case h <= maxThin && w > slender*h:
		y := (low.y + high.y) / 2
		r.rule(point{low.x, y}, point{high.x, y})
	case w <= maxThin && h > slender*w:
		x := (low.x + high.x) / 2
		r.rule(point{x, low.y}, point{x, high.y})
	case len(piece) <= corners && low.near() && high.near():
		r.out.fills = append(r.out.fills, layout.Box{X0: low.x, Y0: low.y, X1: high.x, Y1: high.y})
	}
}

// corners is how many points a box has at most: four, the first again, and again when the path is closed.
const corners = 6

// rule keeps a line that is level or upright.
func (r *reader) rule(p, q point) {
	const slack = 1.0 // points of slope
	switch dx, dy := math.Abs(p.x-q.x), math.Abs(p.y-q.y); {
	case !p.near() || !q.near():
	case dy <= slack && dx > dy:
		y := (p.y + q.y) / 2
		r.out.rules = append(r.out.rules, layout.Rule{X0: min(p.x, q.x), X1: max(p.x, q.x), Y0: y, Y1: y})
	case dx <= slack && dy > dx:
		x := (p.x + q.x) / 2
		r.out.rules = append(r.out.rules, layout.Rule{X0: x, X1: x, Y0: min(p.y, q.y), Y1: max(p.y, q.y)})
	}
}
