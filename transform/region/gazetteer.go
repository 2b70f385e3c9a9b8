package region

import (
	"fmt"

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
	vocabulary  *vocabulary
	rows        []row
	index       *index
	slips       *slips
	byCode      map[string][]int // rows of a code, in the order of time
	settlements []Settlement
	villages    map[string][]village // settlements by their folded names
}

// New reads the built-in table of units. With the rows of the classifier, as ReadClassifier returns them,
// Resolve knows settlements and rural okrugs as well; the slice is the gazetteer's from then on.
func New(settlements ...Settlement) (*Gazetteer, error) {
	g, err := parse(unitsTSV)
	if err == nil && len(settlements) > 0 {
		err = g.addSettlements(settlements)
	}
	if err != nil {
		return nil, err
	}
	return g, nil
}

// parse reads a table in the format of units.tsv.
func parse(table string) (*Gazetteer, error) {
	broken := func(err error) (*Gazetteer, error) {
		return nil, &qulaq.Error{Op: "read gazetteer", Object: "units.tsv", Kind: qulaq.Bug, Err: err}
	}
	g := &Gazetteer{byCode: map[string][]int{}}
	var err error
	if g.vocabulary, err = readVocabulary(wordsTSV); err != nil {
		return broken(fmt.Errorf("words.tsv: %w", err))
	}
	if g.rows, err = readUnits(g.vocabulary, table); err != nil {
		return broken(err)
	}
	if err = g.link(); err != nil {
		return broken(err)
	}
	if g.index, err = newIndex(g.vocabulary, g.rows); err != nil {
		return broken(err)
	}
	g.slips = newSlips(g.index)
	return g, nil
}

// Resolve answers which unit one line of text names on a day: a region, a district, a town administration or a
// city district, alone, with its region in either order («Есильский район Акмолинской области») or inside
// other text; with the classifier imported a settlement too. The first MaxBytes bytes are read.
//
// A town with an administration of its own is the administration's code, never the town's inside it. A bare
// noun is a town (Алматы, Семей), not the district or region called after it; «Туркестан» alone is said of
// the town and of the region and is ambiguous.
func (g *Gazetteer) Resolve(text string, on qulaq.Day) Answer {
	p := readPhrase(g.vocabulary, text)
	defer p.release()
	if p.n == 0 {
		return Answer{How: None}
	}
	day := dayOf(on)
	if p.name && !p.broken(p.whole()) {
		if a := g.alone(p, day); a.How != None {
			return a
		}
	}
	if a := g.inText(p, day); a.How != None {
		return a
	}
	return g.misspeltAlone(p, day)
}

// alone answers for a text that is nothing but the name of one unit.
func (g *Gazetteer) alone(p *phrase, day qulaq.Day) Answer {
	name, w := p.named(p.whole())
	if !g.joined(p, name, w) {
		return Answer{How: None}
	}
	key := p.foldedText(name)
	m := g.match(key, w, scope{})
	if len(m.rows) > 0 {
		row := g.settle(m, day)
		return g.answer(row, g.spelling(row, p, p.whole(), m))
	}
	// A bare noun that only districts or regions bear is no name of theirs, but it may be said of several.
	if g.settle(g.match(key, w, scope{loose: true}), day) == several {
		return Answer{How: Ambiguous}
	}
	return Answer{How: None}
}

// joined says whether words may be one name: one word, or several that begin as such a name does. «Астана да»
// is not «Астанада», and «с. Кога» not «СҚО-ға».
func (g *Gazetteer) joined(p *phrase, s span, w word) bool {
	if s.to-s.from == 1 {
		return true
	}
	return (w.kind != untyped || !p.letter(s.from)) && !p.letter(s.to-1) && g.index.starts[string(p.foldedText(span{s.from, s.from + 1}))]
}

// misspeltAlone answers for a text that is nothing but the name of one unit with a slip of the hand in it.
func (g *Gazetteer) misspeltAlone(p *phrase, day qulaq.Day) Answer {
	if !p.name || p.broken(p.whole()) || p.n > nameWords/3 {
		return Answer{How: None}
	}
	name, w := p.named(p.whole())
	if !g.joined(p, name, w) {
		return Answer{How: None}
	}
	misspelt := g.misspelt(p.foldedText(name), w, scope{})
	if misspelt == "" {
		return Answer{How: None}
	}
	return g.answer(g.settle(g.match([]byte(misspelt), w, scope{}), day), Fuzzy)
}

// Pair answers for the two columns of a complaint. The district is looked up only within the region: an empty
// one, and one that was never there, is None. Where names and day are from two sides of a reform, the
// district decides and the region follows it; the table is in the package's comment.
//
// In its column a region may go without its type word («Атырау»), and so may a district.
func (g *Gazetteer) Pair(region, district string, on qulaq.Day) (r, d Answer) {
	rp, dp := readPhrase(g.vocabulary, region), readPhrase(g.vocabulary, district)
	defer rp.release()
	defer dp.release()
	if rp.n == 0 || !rp.name || rp.broken(rp.whole()) {
		return Answer{How: None}, Answer{How: None}
	}
	name, w := rp.named(rp.whole())
	named := g.match(rp.foldedText(name), w, scope{admits: isRegion, known: true, loose: true})
	var key []byte
	if w = (word{}); dp.n > 0 && dp.name && !dp.broken(dp.whole()) {
		name, w = dp.named(dp.whole())
		key = dp.foldedText(name)
	}
	pair := g.pair(named, key, w, scope{known: true, loose: true}, dayOf(on))
	r = g.answer(pair.region, g.spelling(pair.region, rp, rp.whole(), named))
	d = g.answer(pair.district, g.spelling(pair.district, dp, dp.whole(), pair.words))
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
	for _, how := range [...]How{Fuzzy, Inflected, Alias} {
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
