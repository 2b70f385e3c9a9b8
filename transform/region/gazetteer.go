package region

import (
	"github.com/qulaq-kz/qulaq"
)

// How says how sure an answer is, and why.
type How string

// The ways of an answer. None and Ambiguous have no code.
const (
	Exact     How = "exact"     // the official name of that day, in Russian or Kazakh
	Alias     How = "alias"     // another name or spelling: without its type word, of another day, an abbreviation
	Inflected How = "inflected" // in another case: «Акмолинской области»
	Fuzzy     How = "fuzzy"     // with a misspelling
	Ambiguous How = "ambiguous" // more than one place bears the name
	None      How = "none"      // no place, or none whose code of that day is known
)

// Answer is what a text means.
type Answer struct {
	Code   string // nine digits, or ""
	NameRU string // official Russian name of the unit on that day, or ""
	How    How
}

// Today is the day that stands for the division of today.
const Today qulaq.Day = 0

// Gazetteer knows places by name and day. It does not change and is safe for concurrent use.
type Gazetteer struct {
	rows   []row
	index  index
	byCode map[string][]int // rows of a code, in the order of time
}

// New reads the built-in table of units.
func New() (*Gazetteer, error) { return parse(unitsTSV) }

// parse reads a table in the format of units.tsv.
func parse(table string) (*Gazetteer, error) {
	broken := func(err error) (*Gazetteer, error) {
		return nil, &qulaq.Error{Op: "read gazetteer", Object: "units.tsv", Kind: qulaq.Bug, Err: err}
	}
	g := &Gazetteer{byCode: map[string][]int{}}
	var err error
	if g.rows, err = readUnits(table); err != nil {
		return broken(err)
	}
	if err = g.link(); err != nil {
		return broken(err)
	}
	if g.index, err = newIndex(g.rows); err != nil {
		return broken(err)
	}
	return g, nil
}

// Resolve answers which unit one line of text names on a day: a region, a district, a town administration or
// a city district, or a region and a district in either order («Есильский район Акмолинской области»).
//
// A town with an administration of its own is the administration's code, never the town's inside it. A bare
// noun is a town (Алматы, Семей), not the district or region called after it; «Туркестан» alone is said of
// the town and of the region and is ambiguous.
func (g *Gazetteer) Resolve(text string, on qulaq.Day) Answer {
	var p phrase
	if !p.read(text) {
		return Answer{How: None}
	}
	day := dayOf(on)
	if a := g.alone(&p, p.whole(), day); a.How != None {
		return a
	}
	rest := g.withoutRepublic(&p)
	if rest != p.whole() {
		if a := g.alone(&p, rest, day); a.How != None {
			return a
		}
	}
	return g.together(&p, rest, day)
}

// alone answers for words that name one unit.
func (g *Gazetteer) alone(p *phrase, s span, day qulaq.Day) Answer {
	if p.broken(s) {
		return Answer{How: None}
	}
	m := g.match(p, s, scope{})
	if len(m.rows) > 0 {
		row := g.settle(m, day)
		return g.answer(row, g.spelling(row, p, s, m))
	}
	// A bare noun that only districts or regions bear is no name of theirs, but it may be said of several.
	if g.settle(g.match(p, s, scope{loose: true}), day) == several {
		return Answer{How: Ambiguous}
	}
	return Answer{How: None}
}

// withoutRepublic returns the words without the name of the republic before or behind them.
func (g *Gazetteer) withoutRepublic(p *phrase) span {
	s := p.whole()
	republic := scope{admits: func(r *row) bool { return r.Level == Republic }}
	for n := min(2, p.n-1); n > 0; n-- {
		if len(g.match(p, span{0, n}, republic).rows) > 0 {
			return span{n, p.n}
		}
		if len(g.match(p, span{p.n - n, p.n}, republic).rows) > 0 {
			return span{0, p.n - n}
		}
	}
	return s
}

// together answers for words that name a region and a district of it, parted by a comma or by nothing.
func (g *Gazetteer) together(p *phrase, s span, day qulaq.Day) Answer {
	found := Answer{How: None}
	for at := s.from + 1; at < s.to; at++ {
		left, right := span{s.from, at}, span{at, s.to}
		if p.broken(left) || p.broken(right) || p.broken(s) && !p.breaks[at] {
			continue
		}
		for _, part := range [...]struct{ region, district span }{{left, right}, {right, left}} {
			named := g.match(p, part.region, scope{admits: isRegion})
			if len(named.rows) == 0 {
				continue
			}
			pair := g.pair(named, p, part.district, scope{known: true}, day)
			row := pair.district
			if row == nowhere && pair.moved {
				row = pair.region
			}
			if row == nowhere {
				continue
			}
			how := g.spelling(row, p, part.district, pair.words)
			if !pair.moved {
				how = looser(how, g.spelling(pair.region, p, part.region, named))
			}
			a := g.answer(row, how)
			if found.How != None && found.Code != a.Code {
				return Answer{How: Ambiguous}
			}
			found = a
		}
	}
	return found
}

// Pair answers for the two columns of a complaint. The district is looked up only within the region: an empty
// one, and one that was never there, is None. Where names and day are from two sides of a reform, the
// district decides and the region follows it; the table is in the package's comment.
//
// In its column a region may go without its type word («Атырау»), and so may a district.
func (g *Gazetteer) Pair(region, district string, on qulaq.Day) (r, d Answer) {
	var rp, dp phrase
	if !rp.read(region) || rp.broken(rp.whole()) {
		return Answer{How: None}, Answer{How: None}
	}
	words := span{}
	if dp.read(district) && !dp.broken(dp.whole()) {
		words = dp.whole()
	}
	named := g.match(&rp, rp.whole(), scope{admits: isRegion, known: true, loose: true})
	pair := g.pair(named, &dp, words, scope{known: true, loose: true}, dayOf(on))
	r = g.answer(pair.region, g.spelling(pair.region, &rp, rp.whole(), named))
	d = g.answer(pair.district, g.spelling(pair.district, &dp, words, pair.words))
	return r, d
}

// spelling says how the words for a row are spelled.
func (g *Gazetteer) spelling(i int, p *phrase, s span, m matches) How {
	if i < 0 {
		return None
	}
	r := &g.rows[i]
	switch plain := p.plainText(s); {
	case string(plain) == r.plainRU, string(plain) == r.plainKK:
		return Exact
	case m.inflected:
		return Inflected
	}
	return Alias
}

// looser returns the less certain of two ways to name a place.
func looser(a, b How) How {
	for _, how := range [...]How{Inflected, Alias} {
		if a == how || b == how {
			return how
		}
	}
	return Exact
}

// answer is the answer of a row, or of nowhere and several.
func (g *Gazetteer) answer(i int, how How) Answer {
	switch i {
	case nowhere:
		return Answer{How: None}
	case several:
		return Answer{How: Ambiguous}
	}
	return Answer{Code: g.rows[i].Code, NameRU: g.rows[i].NameRU, How: how}
}

// Units returns all units, by code and day. The slice is the caller's.
func (g *Gazetteer) Units() []Unit {
	units := make([]Unit, len(g.rows))
	for i := range g.rows {
		units[i] = g.rows[i].Unit
	}
	return units
}

// Today returns today's code for a code of any day. It returns "" where the code is unknown, where its unit
// was split, and where the code has meant different land: 630000000 was East Kazakhstan with and without
// Abai, 191000000 was Taldyqorgan and is Qonaev. Where the day is known, TodayOn knows more.
func (g *Gazetteer) Today(code string) string {
	today := ""
	for n, i := range g.byCode[code] {
		if n > 0 && g.rows[i].today() != today {
			return ""
		}
		today = g.rows[i].today()
	}
	return today
}

// TodayOn returns today's code for the unit that had a code on a day, or "" where there was none or it was
// split: a fact of East Kazakhstan without a district, of a day before June 2022, has no region of today.
func (g *Gazetteer) TodayOn(code string, on qulaq.Day) string {
	if i := g.rowOf(code, dayOf(on)); i != nowhere {
		return g.rows[i].today()
	}
	return ""
}

// dayOf turns Today into the last of days.
func dayOf(on qulaq.Day) qulaq.Day {
	if on == Today {
		return dusk - 1
	}
	return on
}
