package layout

import (
	"cmp"
	"math"
	"slices"
)

const (
	joint      = 1.5 // points between two pieces of a level rule that meet
	sameJoint  = 3.0 // and between the joints of one column's edge
	mostJoints = 3   // rules that have a joint there, at least, and half of all
	maxPieces  = 5_000
)

// pieced finds a table that has level rules alone, drawn cell by cell: where pieces of the rules meet, one below the
// other, columns have their edges. A piece that goes on over such an edge above and below a row is that of a merged
// cell, and so is text that crosses it.
func pieced(p *Page, known []*grid) *grid {
	var all []span
	for _, r := range p.Rules {
		b := Box{r.X0, r.Y0 - nearY, r.X1, r.Y1 + nearY}
		if r.X1-r.X0 > r.Y1-r.Y0 && !slices.ContainsFunc(known, func(g *grid) bool { return g.meets(b) }) {
			all = append(all, span{pos: r.Y0, from: r.X0, to: r.X1})
		}
	}
	if len(all) > maxPieces {
		return nil
	}
	slices.SortFunc(all, func(a, b span) int { return cmp.Or(cmp.Compare(a.pos, b.pos), cmp.Compare(a.from, b.from)) })
	var rows [][]span
	for _, s := range all {
		if n := len(rows); n > 0 && s.pos-rows[n-1][0].pos < nearY {
			rows[n-1] = append(rows[n-1], s)
		} else {
			rows = append(rows, []span{s})
		}
	}
	xs := columnJoints(rows)
	if len(xs) < 2 || len(rows)*len(xs) > maxPlaces {
		return nil
	}
	left, right := extent(all)
	xs = append(append([]float64{left}, xs...), right)
	c := component{level: connect(slices.Clone(all))}
	for i := 1; i < len(rows); i++ {
		top, bottom := rows[i-1][0].pos, rows[i][0].pos
		var words []Word
		for _, w := range p.Words {
			if _, y := w.middle(); y > top && y < bottom {
				words = append(words, w)
			}
		}
		one, across := len(words) > 0, false // words of one column; or over edges
		for _, w := range words {
			one = one && slot(xs, w.X0) == slot(xs, words[0].X0)
			across = across || slices.ContainsFunc(xs, func(x float64) bool { return w.X0 < x-joint && w.X1 > x+joint })
		}
		across = across && !slices.ContainsFunc(lines(words), func(l line) bool { return l.pieces > 1 })
		for _, x := range xs {
			above, below := over(rows[i-1], x), over(rows[i], x)
			if above && below || (across || one && (above || below)) && x > left && x < right || slices.ContainsFunc(words, func(w Word) bool {
				return w.X0 < x-joint && w.X1 > x+joint
			}) {
				continue
			}
			c.upright = append(c.upright, span{pos: x, from: top, to: bottom, upright: true})
		}
	}
	g := c.grid()
	if g == nil || g.width() < 3 || float64(g.count(p.Words)) < mostText*float64(len(p.Words)) {
		return nil
	}
	g.pieced = true
	return g
}

// columnJoints returns the places at which pieces of many rules meet.
func columnJoints(rows [][]span) []float64 {
	type meeting struct {
		x   float64
		row int
	}
	var all []meeting
	with := 0
	for i, r := range rows {
		n := len(all)
		for _, a := range r {
			for _, b := range r {
				if math.Abs(a.to-b.from) <= joint && len(all) < maxPieces {
					all = append(all, meeting{(a.to + b.from) / 2, i})
				}
			}
		}
		if len(all) > n {
			with++
		}
	}
	slices.SortFunc(all, func(a, b meeting) int { return cmp.Compare(a.x, b.x) })
	var xs []float64
	for start := 0; start < len(all); {
		end, seen := start, map[int]bool{}
		for end < len(all) && all[end].x-all[start].x <= sameJoint {
			seen[all[end].row] = true
			end++
		}
		if len(seen) >= max(mostJoints, with/2) {
			xs = append(xs, (all[start].x+all[end-1].x)/2)
		}
		start = end
	}
	return xs
}

// over says whether a piece of a rule goes on over x.
func over(pieces []span, x float64) bool {
	return slices.ContainsFunc(pieces, func(s span) bool { return s.from < x-sameJoint && s.to > x+sameJoint })
}
