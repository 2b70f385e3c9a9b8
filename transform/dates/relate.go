package dates

// relation says which sides of a group are bounded.
type relation uint8

const (
	at      relation = iota // a span by itself
	until                   // до
	since                   // с
	between                 // с … по, a dash
)

// group is one member of a list: a span, or a range of two.
type group struct {
	relation    relation
	first, last span
	atEnd       bool // the end of the span is meant
}

// reading is what a text says.
type reading struct {
	groups          []group
	open, recurring bool
	ok              bool
}

// read makes a reading of tokens.
func read(tokens []token, c Context) reading {
	r := reader{tokens: tidy(tokens), context: c}
	r.readItems()
	if r.failed || !r.giveUnits() || !r.giveYears() {
		return reading{}
	}
	out := reading{open: r.open, recurring: r.recurring, ok: true}
	out.groups, out.ok = relate(r.items)
	return out
}

// giveUnits gives a number without a unit that of the next span in the list: «I, III квартал», «1–15 марта».
func (r *reader) giveUnits() bool {
	for i := len(r.items) - 1; i >= 0; i-- {
		if r.items[i].class != number {
			continue
		}
		next := i + 1
		for next < len(r.items) && r.items[next].class != spanItem && r.items[next].class != year && r.items[next].class != number {
			next++
		}
		if next == len(r.items) || next == i+1 || r.items[next].class != spanItem || r.items[next].span.unit == month {
			return false
		}
		s := r.items[next].span
		if s.n = r.items[i].span.n; s.n < 1 || s.n > mostOf[s.unit] {
			return false
		}
		r.items[i] = item{class: spanItem, span: s}
	}
	return true
}

// giveYears gives every span a year: the free one that stands directly before it (2022 жылғы 8 маусым), else
// the nearest behind it, else the nearest before it, else that of the context. Years of a range of years are
// nobody else's. Years that nobody took are spans themselves.
func (r *reader) giveYears() bool {
	inRange := r.yearRanges()
	anyYear := false
	for i := range r.items {
		anyYear = anyYear || r.items[i].class == year
	}
	for i := range r.items {
		s := &r.items[i].span
		if r.items[i].class != spanItem || s.year != 0 {
			continue
		}
		if giver := r.giver(i, inRange); giver >= 0 {
			s.year, s.explicit = r.items[giver].span.year, r.items[giver].span.explicit
			r.items[giver].used = true
			continue
		}
		if anyYear || s.unit == months {
			return false
		}
		if s.year = unknownYear; r.context.Year != 0 {
			s.year = r.context.Year
		}
	}
	var kept []item
	for i, it := range r.items {
		if it.class == year && (!it.used || r.ends(i)) {
			it.class = spanItem
		}
		if it.class != year {
			kept = append(kept, it)
		}
	}
	r.items = kept
	return true
}

// ends reports whether the end of the year at i is meant, which is then more than somebody's year.
func (r *reader) ends(i int) bool {
	return i > 0 && r.items[i-1].class == end || i+1 < len(r.items) && r.items[i+1].class == end
}

// giver returns the place of the item whose year the span at i takes, or -1.
func (r *reader) giver(i int, inRange map[int]bool) int {
	gives := func(j int) bool {
		it := r.items[j]
		return it.class == year && !inRange[j] || it.class == spanItem && it.span.explicit && it.span.year != 0
	}
	if i > 0 && r.items[i-1].class == year && !inRange[i-1] && !r.items[i-1].used {
		return i - 1
	}
	for j := i + 1; j < len(r.items); j++ {
		if gives(j) {
			return j
		}
	}
	for j := i - 1; j >= 0; j-- {
		if gives(j) {
			return j
		}
	}
	return -1
}

// yearRanges returns the places of years that bound a range: 2023–2025, and not «1 мая 2023 – 2024 жылғы 1 мамыр».
func (r *reader) yearRanges() map[int]bool {
	lacks := func(i int) bool {
		return i >= 0 && i < len(r.items) && r.items[i].class == spanItem && r.items[i].span.year == 0
	}
	in := make(map[int]bool)
	for i := 2; i < len(r.items); i++ {
		if r.items[i].class == year && r.items[i-2].class == year && joins(r.items[i-1].class) && !(lacks(i-3) && lacks(i+1)) {
			in[i-2], in[i] = true, true
		}
	}
	return in
}

// joins reports whether a word between two spans may make them a range.
func joins(c class) bool { return c == dash || c == to || c == untilWord || c == fromBehind }

// relate parts items into the members of a list.
func relate(items []item) ([]group, bool) {
	var groups []group
	for len(items) > 0 {
		g, found, size, ok := relateOne(items)
		if !ok {
			return nil, false
		}
		if found {
			groups = append(groups, g)
		}
		items = items[size:]
	}
	return groups, true
}

// relateOne reads one member and what bounds it; without a span it takes one item that relates nothing.
func relateOne(items []item) (g group, found bool, size int, ok bool) {
	peek := func(i int) class {
		if i < len(items) {
			return items[i].class
		}
		return ""
	}
	i := 0
	bound := class("")
	for ; peek(i) == untilWord || peek(i) == fromWord || peek(i) == to || peek(i) == end; i++ {
		if peek(i) == end {
			g.atEnd = true
		} else {
			bound = peek(i)
		}
	}
	if peek(i) != spanItem {
		return g, false, max(i, 1), true
	}
	g.first = items[i].span
	g.last = g.first
	i++
	behind := func() {
		for ; peek(i) == untilBehind || peek(i) == fromBehind || peek(i) == end && peek(i+1) != spanItem; i++ {
			if peek(i) == end {
				g.atEnd = true
			} else {
				bound = peek(i)
			}
		}
	}
	behind()
	open := bound == fromWord || bound == fromBehind
	join := 0
	switch {
	case peek(i) == dash && peek(i+1) == spanItem:
		if bound == untilWord || bound == to || bound == untilBehind || g.atEnd {
			return g, false, 0, false // «до 1–15 марта»
		}
		join = 1
	case peek(i) == dash && peek(i+1) == to && peek(i+2) == spanItem:
		join = 2
	case (peek(i) == to || open && peek(i) == untilWord) && peek(i+1) == spanItem:
		join = 1
	case open && (peek(i) == to || peek(i) == untilWord) && peek(i+1) == end && peek(i+2) == spanItem:
		join = 2
	case bound == fromBehind && peek(i) == spanItem:
		join = 0
	default:
		switch {
		case bound == untilWord || bound == to || bound == untilBehind || g.atEnd && !open:
			g.relation = until
		case open:
			g.relation = since
		}
		return g, true, i, true
	}
	i += join
	g.relation, g.last = between, items[i].span
	i++
	behind()
	if peek(i) == dash && peek(i+1) == spanItem || bound == fromBehind && peek(i) == spanItem {
		return g, false, 0, false // a range of three
	}
	return g, true, i, true
}

// silent reports whether tokens say nothing at all: an empty cell, a dash, «х».
func silent(tokens []token) bool {
	for _, t := range tokens {
		if t.class != dash && t.class != dot && t.class != comma && !(len(tokens) == 1 && t.class == number && t.n == 10 && t.digits == 0) {
			return false
		}
	}
	return true
}

// bounds returns the days of a group; exists is false for a day that no calendar has and for a range that runs
// backwards.
func (g group) bounds() (r Range, exists bool) {
	first, last := g.first, g.last
	if first.year == unknownYear || last.year == unknownYear {
		first.year, last.year = 2000, 2000 // a leap year, to see whether the days exist at all
	}
	from, firstTo, ok := first.days()
	_, to, ok2 := last.days()
	if !ok || !ok2 || from > to || firstTo > to {
		return Range{}, false
	}
	switch {
	case g.relation == since:
		return Range{From: from}, true
	case g.relation == until, g.relation == at && first.unit == day:
		return Range{To: to}, true
	}
	return Range{from, to}, true
}

func (g group) yearUnknown() bool { return g.first.year == unknownYear || g.last.year == unknownYear }

// deadline returns what a reading means as a deadline.
func (r reading) deadline() (Range, bool) {
	if !r.ok || len(r.groups) == 0 {
		return Range{}, r.ok && (r.open || r.recurring)
	}
	var all Range
	nothing := false
	for i, g := range r.groups {
		b, exists := g.bounds()
		if !exists || i > 0 && !alike(r.groups[0], g) {
			return Range{}, false
		}
		nothing = nothing || g.yearUnknown() || r.recurring && !(g.first.explicit && g.last.explicit)
		if i == 0 {
			all = b
			continue
		}
		all = Range{min(all.From, b.From), max(all.To, b.To)}
	}
	if nothing {
		return Range{}, true
	}
	return all, true
}

// alike reports whether two groups may stand in one list: both periods or both final days, and no whole year
// beside a part of one. Two beginnings are no list.
func alike(a, b group) bool {
	final := func(g group) bool { return g.relation == until || g.relation == at && g.first.unit == day }
	if a.relation == since || b.relation == since || final(a) != final(b) {
		return false
	}
	return final(a) || a.relation == between || b.relation == between || (a.first.unit == year) == (b.first.unit == year)
}
