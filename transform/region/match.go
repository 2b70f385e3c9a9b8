package region

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/qulaq-kz/qulaq"
)

// entry says that a name may mean a row.
type entry struct {
	row       int
	languages language // of the type words that it is spoken with
	bare      bool     // also without a type word: a town, an adjective («Медеуский»), an alias without one
	local     bool     // only where the region is known
}

// index is from folded names to what they may mean.
type index map[string][]entry

// newIndex reads the names of all rows.
func newIndex(rows []row) (index, error) {
	ix := index{}
	var p phrase
	for i := range rows {
		r := &rows[i]
		names := append([]string{r.NameRU, r.NameKK, r.NameEN, r.ISO}, r.aliases...)
		for _, name := range names {
			if name == "" {
				continue
			}
			e := entry{row: i}
			name, e.local = strings.CutPrefix(name, "~")
			if !p.read(name) {
				return nil, fmt.Errorf("%s: unreadable name %q", r.Code, name)
			}
			key, w := p.name(p.whole())
			if w.kind != untyped && w.kind != r.kind {
				return nil, fmt.Errorf("%s: %q is a name of something else", r.Code, name)
			}
			e.bare = w.kind == untyped || w.kind == city || isAdjective(key)
			if e.languages = w.language; w.kind == untyped {
				e.languages = anyLanguage
			}
			ix.add(string(key), e)
		}
	}
	return ix, nil
}

// add adds an entry, or widens the one that the row has for this name in another language.
func (ix index) add(key string, e entry) {
	for i := range ix[key] {
		if known := &ix[key][i]; known.row == e.row && known.local == e.local {
			known.bare = known.bare || e.bare
			known.languages |= e.languages
			return
		}
	}
	ix[key] = append(ix[key], e)
}

// isAdjective says whether a name is a Russian adjective in the nominative, which is never said of a town:
// «Мангистауская», «Есильский».
func isAdjective(key []byte) bool {
	return bytes.HasSuffix(key, []byte("ская")) || bytes.HasSuffix(key, []byte("ский"))
}

// genitives are the endings of those adjectives in «Есильского района», «Акмолинской области».
var genitives = [...]struct{ genitive, nominative []byte }{
	{[]byte("ской"), []byte("ская")},
	{[]byte("ского"), []byte("ский")},
}

// find looks a name up; where it is unknown, as an adjective in the genitive.
func (ix index) find(key []byte) (entries []entry, inflected bool) {
	if entries = ix[string(key)]; entries != nil {
		return entries, false
	}
	for _, ending := range genitives {
		if stem, ok := bytes.CutSuffix(key, ending.genitive); ok {
			return ix[string(stem)+string(ending.nominative)], true
		}
	}
	return nil, false
}

// scope says which rows a name may mean and how strictly it is read.
type scope struct {
	admits func(*row) bool // nil admits all
	known  bool            // the region is known: local names count
	loose  bool            // it is a column of such names: a name without its type word counts
}

// matches are the rows that a name may mean.
type matches struct {
	rows      []int
	inflected bool
}

// match finds what a run of words may mean. Names that are spoken so go before those that count only in a
// scope, and before a type word of another language: «район Нұра» is the one of Astana, though «Нұра ауданы»
// is also one of Karaganda region.
func (g *Gazetteer) match(p *phrase, s span, in scope) matches {
	key, w := p.name(s)
	entries, inflected := g.index.find(key)
	m := matches{inflected: inflected || w.inflected}
	typed := w.kind != untyped
	var lesser []int
	for _, e := range entries {
		r := &g.rows[e.row]
		switch {
		case typed && w.kind != r.kind, in.admits != nil && !in.admits(r), e.local && !in.known:
		case !e.local && (typed && e.languages&w.language != 0 || !typed && e.bare):
			m.rows = append(m.rows, e.row)
		case typed || in.loose:
			lesser = append(lesser, e.row)
		}
	}
	if len(m.rows) == 0 {
		m.rows = lesser
	}
	return m
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

// pair settles the words for a district within the region that was named.
func (g *Gazetteer) pair(named matches, p *phrase, s span, in scope, day qulaq.Day) pairing {
	pair := pairing{region: g.settle(named, day), district: nowhere}
	if pair.region < 0 {
		return pair
	}
	if r := &g.rows[pair.region]; r.Level == District { // a region of today that was a town
		pair.region = g.rowOf(r.Region, day)
	}
	if s.from == s.to {
		return pair
	}
	in.admits = func(d *row) bool { return g.liesIn(d, named) }
	pair.words = g.match(p, s, in)
	if len(pair.words.rows) == 0 {
		in.admits = func(d *row) bool { return g.movedFrom(d, named) }
		pair.words = g.match(p, s, in)
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
