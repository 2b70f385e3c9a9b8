package body

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq/transform/region"
)

// has says whether a word is one of the names of the place or of its region, in any case.
func (p place) has(word string) bool {
	for _, s := range p.stems {
		rest, ok := strings.CutPrefix(word, s)
		if ok && utf8.RuneCountInString(rest) <= endingLetters(s) {
			return true
		}
	}
	return false
}

// endingLetters is how much longer than its stem a word may be: the shorter the stem, the less it tells.
func endingLetters(stem string) int {
	switch n := utf8.RuneCountInString(stem); {
	case n < 4:
		return 3
	case n == 4:
		return 5
	}
	return 7
}

// isStrict says whether only words beside a type word are a place's: a school or company may be called after a
// place, or after a person whose name is a place's.
func (n *reading) isStrict() bool {
	h := n.parts[0].head
	return h == nil || !h.kind.isAuthority()
}

// isShort says whether a word may be an abbreviation of a region, «ВКО».
func (it item) isShort() bool { return it.role == unlisted && utf8.RuneCountInString(it.key) == 3 }

// maySayPlace says whether it is worth asking the gazetteer.
func (n *reading) maySayPlace() bool {
	return !n.isStrict() || slices.ContainsFunc(n.items, item.isType) || slices.ContainsFunc(n.items, item.isShort)
}

// cover marks the words that only say where the body is: the names of the place and the type words beside them.
func (r *Registry) cover(n *reading, where place) {
	if where.code == "" {
		return
	}
	strict := n.isStrict()
	for from := 0; from < len(n.items); {
		to := from
		for to < len(n.items) && n.items[to].couldBeName() && where.has(n.items[to].key) {
			to++
		}
		if from, to := n.withoutVillage(from, to, where); to > from && (!strict || n.besideType(from, to)) {
			n.mark(from, to, where)
		}
		from = max(to, from+1)
	}
	if where.level == Rural {
		n.coverVillage(where)
	}
	r.coverAliases(n, where, strict)
}

// coverVillage marks the name beside the type word of a village that the gazetteer has found, for its Kazakh name
// may be another than the Russian: «Шүлбі кенті», «поселка Шульбинск».
func (n *reading) coverVillage(where place) {
	for i, it := range n.items {
		beside := i + 1
		if it.kazakh || i > 0 && isAdjective(n.items[i-1].key) {
			beside = i - 1
		}
		if it.is(rural) && beside >= 0 && beside < len(n.items) && n.items[beside].role == unlisted {
			n.mark(beside, beside+1, where)
		}
	}
}

// withoutVillage leaves out of a run of names of the place the one that is a smaller place's: a village or town of
// a district is often called as the district is, «села Акмол … Акмолинской области», «Абайского сельского округа
// Абайского района». A Russian type word stands before a noun and behind an adjective, a Kazakh one always behind.
func (n *reading) withoutVillage(from, to int, where place) (int, int) {
	if from > 0 && from < to {
		if before := n.items[from-1]; where.isAbove(before) && !before.kazakh && !isAdjective(n.items[from].key) {
			from++
		}
	}
	if from < to && to < len(n.items) {
		if behind := n.items[to]; where.isAbove(behind) && (behind.kazakh || isAdjective(n.items[to-1].key)) {
			to--
		}
	}
	return from, to
}

// isAdjective says whether a word is the Russian adjective of a place, in any case of the singular.
func isAdjective(word string) bool {
	return slices.ContainsFunc(adjectives, func(ending string) bool { return strings.HasSuffix(word, ending) })
}

var adjectives = strings.Fields("скии ского скому ским ском ская скои скую ское цкии цкого цкому цким цком")

// isAbove says whether a type word is that of a smaller place than p.
func (p place) isAbove(it item) bool {
	return p.level != Rural && (it.is(rural) || it.is(city) && p.kind == ofDistrict && !p.urban)
}

// besideType says whether a type word stands beside a run of items, and nobody is said to be commemorated.
func (n *reading) besideType(from, to int) bool {
	before, behind := from > 0, to < len(n.items)
	if before && n.items[from-1].is(commemorates) || behind && n.items[to].is(commemorates) {
		return false
	}
	return before && n.items[from-1].isType() || behind && n.items[to].isType()
}

// isType says whether an item is a type word of places or its adjective.
func (it item) isType() bool { return it.nature.isOfPlaces() }

// isTypeNoun says whether an item is a type word of the places that the gazetteer always knows.
func (it item) isTypeNoun() bool { return it.is(regional) || it.is(city) || it.is(district) }

// mark marks a run of items as the name of a place, with the type nouns beside it; «имени» may stand between.
func (n *reading) mark(from, to int, where place) {
	before, behind := from-1, to
	if before > 0 && n.items[before].is(commemorates) {
		before--
	}
	if behind+1 < len(n.items) && n.items[behind].is(commemorates) {
		behind++
	}
	for _, beside := range [...]int{before, behind} {
		if beside >= 0 && beside < len(n.items) && n.items[beside].isTypeNoun() && !where.isAbove(n.items[beside]) {
			n.items[beside].place = true
		}
	}
	for i := from; i < to; i++ {
		n.items[i].place = true
	}
}

// maxQuestions bounds how often the gazetteer is asked about a part of one name.
const maxQuestions = 16

// coverAliases marks names of the place that are not its official ones, as «Кустанайская область» and «ВКО»: the
// gazetteer is asked about unlisted words beside the type words that are left, about the shortest words, and
// where no word is marked at all, about every single one.
func (r *Registry) coverAliases(n *reading, where place, strict bool) {
	questions := 0
	ask := func(from, to int) {
		if from < 0 || to > len(n.items) || questions == maxQuestions {
			return
		}
		names := 0
		for _, it := range n.items[from:to] {
			if it.role == unlisted {
				names++
			}
			if it.place || it.role != unlisted && !it.isTypeNoun() {
				return
			}
		}
		if names == 0 {
			return
		}
		questions++
		code := r.places.Resolve(n.forGazetteer(from, to), region.Today).Code
		if code != "" && (code == where.code || code == where.region || code == where.district) {
			n.mark(from, to, where)
		}
	}
	for i, it := range n.items {
		if it.isTypeNoun() {
			for _, window := range [...][2]int{{i - 2, i + 1}, {i - 1, i + 1}, {i, i + 2}, {i, i + 3}} {
				ask(window[0], window[1])
			}
		}
		if it.isShort() {
			ask(i, i+1)
		}
	}
	if strict || n.saysPlace() {
		return
	}
	for i := range n.items {
		ask(i, i+1)
	}
}

// saysPlace says whether a word of the name is marked as a place's.
func (n *reading) saysPlace() bool {
	return slices.ContainsFunc(n.items, func(it item) bool { return it.place })
}
