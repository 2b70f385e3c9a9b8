package region

import (
	"slices"

	"github.com/qulaq-kz/qulaq"
)

// scope says which rows a name may mean and how strictly it is read.
type scope struct {
	admits func(*row) bool // nil admits all
	known  bool            // the region is known: local names count
	loose  bool            // it is a column of such names: a name without its type word counts
	near   bool            // the name is a guess: those that are too short to guess at do not count
}

// matches are the rows that a name may mean.
type matches struct {
	rows      []int
	inflected bool
}

// match finds what a name may mean, given its type word. Names that are spoken so go before other cases of
// names, before those that count only in a scope, and before a type word of another language: «район Нұра» is
// the one of Astana, though «Нұра ауданы» is also one of Karaganda region.
func (g *Gazetteer) match(key []byte, w word, in scope) matches {
	var found [3]matches
	typed := w.kind != untyped
	for _, e := range g.index.find(key) {
		r := &g.rows[e.row]
		rank := 2
		switch {
		case typed && w.kind != r.kind, in.admits != nil && !in.admits(r), e.local && !in.known, in.near && !e.guessable(r):
			continue
		case !e.local && (typed && e.languages&w.language != 0 || !typed && e.bare):
			rank = 0
			if e.inflected {
				rank = 1
			}
		case e.inflected && typed && e.languages&w.language == 0, !typed && (!in.loose || e.short || e.inflected):
			continue
		}
		m := &found[rank]
		m.rows = append(m.rows, int(e.row))
		m.inflected = m.inflected || e.inflected
	}
	for _, m := range found {
		if len(m.rows) > 0 {
			m.inflected = m.inflected || w.inflected
			return m
		}
	}
	return matches{}
}

// What matches may come to instead of a row.
const (
	nowhere = -1 // no place, or none whose code of the day is known
	several = -2 // more than one place
)

// settle returns the one row of a day that matches mean, or nowhere, or several. A match whose code of that
// day is not established counts as a place of its own: without it an answer might seem unique.
func (g *Gazetteer) settle(m matches, day qulaq.Day) int {
	found, unknown := nowhere, ""
	for _, i := range m.rows {
		on, existed := g.rowOn(i, day)
		switch place := g.rows[i].place; {
		case !existed:
		case on == nowhere && found == nowhere && (unknown == "" || unknown == place):
			unknown = place
		case on != nowhere && unknown == "" && (found == nowhere || found == on):
			found = on
		default:
			return several
		}
	}
	return found
}

// rowOn returns the row that was, on a day, the place of row i or the unit that it then lay inside of, or
// nowhere, if its code of that day is not known. It says false where the place had ceased to exist.
func (g *Gazetteer) rowOn(i int, day qulaq.Day) (on int, existed bool) {
	r := &g.rows[i]
	for _, sibling := range r.siblings {
		if g.rows[sibling].validOn(day) {
			return sibling, true
		}
	}
	if day < r.since && r.originRow != nowhere {
		return g.rowOn(r.originRow, day)
	}
	return nowhere, day < r.since
}

// pairing is what the words for a region and a district come to.
type pairing struct {
	region, district int     // rows, or nowhere, or several
	words            matches // of the district
	moved            bool    // the district decided the region
}

// pair settles the name of a district, "" for none, within the region that was named.
func (g *Gazetteer) pair(named matches, key []byte, w word, in scope, day qulaq.Day) pairing {
	pair := pairing{region: g.settle(named, day), district: nowhere}
	if pair.region < 0 {
		return pair
	}
	if r := &g.rows[pair.region]; r.Level == District { // a region of today that was a town
		pair.region = g.rowOf(r.Region, day)
	}
	if len(key) == 0 {
		return pair
	}
	in.admits = func(d *row) bool { return g.liesIn(d, named) }
	pair.words = g.match(key, w, in)
	if len(pair.words.rows) == 0 {
		in.admits = func(d *row) bool { return g.movedFrom(d, named) }
		pair.words = g.match(key, w, in)
	}
	pair.district = g.settle(pair.words, day)
	if pair.district < 0 {
		return pair
	}
	region := pair.district
	if d := &g.rows[pair.district]; d.Level == Region { // a town of the old days that is a region
		pair.district = nowhere
	} else {
		region = g.rowOf(d.Region, day)
	}
	pair.moved = region != pair.region
	pair.region = region
	return pair
}

// liesIn says whether a district was ever in one of the regions named.
func (g *Gazetteer) liesIn(d *row, regions matches) bool {
	return isDistrict(d) && slices.ContainsFunc(regions.rows, func(i int) bool {
		r := &g.rows[i]
		return d.Region == r.Code && d.overlaps(r)
	})
}

// movedFrom says whether a district came, when its region was founded, from one of the regions named: there
// it was before, under a code that may not be known.
func (g *Gazetteer) movedFrom(d *row, regions matches) bool {
	if !isDistrict(d) {
		return false
	}
	founded := &g.rows[g.byCode[d.Region][0]]
	return d.since <= founded.since && slices.ContainsFunc(regions.rows, func(i int) bool {
		return founded.bornOf == g.rows[i].Code
	})
}

func isRegion(r *row) bool { return r.Level == Region || r.Level == Republic }

func isDistrict(r *row) bool { return r.Level == District || r.Level == CityDistrict }
