package grid

import (
	"cmp"
	"slices"
)

// spans is a set of numbers as ranges, both ends included. Questions may be asked once it is settled.
type spans []span

type span struct{ from, to int }

// with adds a range. Ranges that come in order grow the last one.
func (s spans) with(from, to int) spans {
	if to < from {
		return s
	}
	if n := len(s); n > 0 && s[n-1].from <= from && from <= s[n-1].to+1 {
		s[n-1].to = max(s[n-1].to, to)
		return s
	}
	return append(s, span{from, to})
}

// settled returns the same set as ranges in order that neither touch nor overlap.
func (s spans) settled() spans {
	slices.SortFunc(s, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	var out spans
	for _, x := range s {
		out = out.with(x.from, x.to)
	}
	return out
}

// after returns the first number from n on that is not in the set.
func (s spans) after(n int) int {
	i, found := slices.BinarySearchFunc(s, n, func(x span, n int) int { return cmp.Compare(x.from, n) })
	if !found {
		i--
	}
	if i >= 0 && n <= s[i].to {
		return s[i].to + 1
	}
	return n
}

func (s spans) has(n int) bool { return s.after(n) != n }
