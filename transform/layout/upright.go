package layout

import (
	"math"
	"slices"
)

const (
	uprights  = 4   // upright rules of equal height that bound columns, at least
	sameReach = 8.0 // points: their ends are as high as one another
)

// striped finds a table whose columns have borders and whose rows have none, as pages with rows in two colours are
// printed: upright rules of equal height. It returns the table and which lines are its own, nil when there is none.
func (s *sheet) striped(ls []line) (g *grid, from, to int) {
	for i, first := range s.uprights {
		xs := []float64{first.pos}
		for _, other := range s.uprights[i+1:] {
			if math.Abs(other.from-first.from) <= sameReach && math.Abs(other.to-first.to) <= sameReach {
				xs = append(xs, other.pos)
			}
		}
		slices.Sort(xs)
		xs = slices.CompactFunc(xs, func(a, b float64) bool { return math.Abs(b-a) <= nearX })
		if len(xs) < uprights {
			continue
		}
		for from = 0; from < len(ls) && (ls[from].y0+ls[from].y1)/2 < first.from; from++ {
		}
		for to = from; to < len(ls) && (ls[to].y0+ls[to].y1)/2 < first.to; to++ {
		}
		if to-from < 2 || to-from > manyRows || slices.ContainsFunc(ls[from:to], func(l line) bool { return l.x0 < xs[0]-nearX || l.x1 > xs[len(xs)-1]+nearX }) {
			continue
		}
		return rowsOf(ls[from:to], xs, s.rows), from, to
	}
	return nil, 0, 0
}

// betweenUprights says whether a line is of such a table: upright rules pass it.
func (s *sheet) betweenUprights(l line) bool {
	passing := 0
	for _, u := range s.uprights {
		if y := (l.y0 + l.y1) / 2; u.from < y && y < u.to {
			passing++
		}
	}
	return passing >= uprights
}
