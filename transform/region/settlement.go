package region

import (
	"fmt"
	"slices"

	"github.com/qulaq-kz/qulaq"
)

// Settlement is a row of the classifier below the districts: a town, a village or a rural okrug.
type Settlement struct {
	Code   string // nine digits
	NameRU string // with its type word: «с.Узынагаш», «Узынагашский с.о.»
	NameKK string // the same in Kazakh: «Ұзынағаш а.»
}

// village is what the name of a settlement may mean.
type village struct {
	at   int32 // index of the settlement
	kind kind  // city, settlement or okrug
}

// addSettlements reads the settlements into the gazetteer. Units of the table are passed over, and so are towns that
// are the whole of an administration: «г.Семей» is «Семей Г.А.». Wintering places and other rows without a
// type word that people use are no settlements.
func (g *Gazetteer) addSettlements(settlements []Settlement) error {
	g.settlements = settlements
	g.villages = make(map[string][]village, 2*len(settlements))
	for i := range settlements {
		s := &settlements[i]
		if !isCode(s.Code) {
			return &qulaq.Error{Op: "read settlements", Object: s.Code, Kind: qulaq.Contract, Err: fmt.Errorf("%q is no KATO code", s.Code)}
		}
		if len(g.byCode[s.Code]) > 0 {
			continue
		}
		for _, name := range [...]string{s.NameRU, s.NameKK} {
			g.addVillage(int32(i), s.Code, name)
		}
	}
	return nil
}

// addVillage adds one name of a settlement.
func (g *Gazetteer) addVillage(i int32, code, name string) {
	p := readPhrase(g.vocabulary, name)
	defer p.release()
	r := reading{Gazetteer: g, phrase: p}
	r.markTypes()
	s, w := p.whole(), word{}
	switch {
	case p.n > 1 && p.tokens[0].words == 1:
		w, s.from = p.tokens[0].word, 1
	case p.n > 1 && p.tokens[p.n-1].words == 1:
		w, s.to = p.tokens[p.n-1].word, p.n-1
	case p.n > 2 && p.tokens[p.n-2].words == 2:
		w, s.to = p.tokens[p.n-2].word, p.n-2
	}
	if s.from == s.to || w.kind != city && w.kind != settlement && w.kind != okrug {
		return
	}
	key := string(p.foldedText(s))
	for _, u := range g.byCode[code[:4]+"00000"] {
		if row := &g.rows[u]; row.kind == city && w.kind == city {
			return
		}
	}
	if code[6:] == "000" { // «Талгарская г.а.»: the land around the town of Talgar, with it
		w.kind = okrug
	}
	v := village{i, w.kind}
	known := g.villages[key]
	if len(known) == 0 || known[len(known)-1] != v { // in both languages the name may be one
		g.villages[key] = append(known, v)
	}
}

// villageMention is a run of words of a text that names settlements.
type villageMention struct {
	found []village
	kind  kind // untyped where no type word says it
}

// village reads the name of a settlement with its type word that begins at word i.
func (r *reading) village(i int) bool {
	if len(r.Gazetteer.villages) == 0 || r.tokens[i].words > 0 {
		return false
	}
	for to := min(i+longestName, r.n); to > i; to-- {
		s := span{i, to}
		found := r.Gazetteer.villages[string(r.villageKey(s))]
		if len(found) == 0 || r.parted(s) {
			continue
		}
		w, from := r.typeBefore(i)
		words := span{from, to}
		if w.kind == untyped {
			w, words.to = r.typeAfter(to)
		}
		if w.kind != city && w.kind != settlement && w.kind != okrug {
			continue
		}
		r.villages = append(r.villages, villageMention{found, w.kind})
		r.take(words)
		return true
	}
	return false
}

// villageKey returns the name of a settlement; of a rural okrug, in the nominative.
func (r *reading) villageKey(s span) []byte {
	key := r.foldedText(s)
	for _, ending := range [...]string{"ского", "скому", "ском", "ским"} {
		if stem := len(key) - len(ending); stem > 0 && string(key[stem:]) == ending {
			return append(append([]byte(nil), key[:stem]...), "ский"...)
		}
	}
	return key
}

// bareVillages reads names of settlements that stand alone between signs: «Узынагаш, Алматинская область».
func (r *reading) bareVillages() {
	if len(r.Gazetteer.villages) == 0 {
		return
	}
	for i := 0; i < r.n; i++ {
		if i > 0 && !r.ends(i) || r.tokens[i].covered {
			continue
		}
		s := r.segment(span{i, i + 1})
		if s.to-s.from > longestName {
			continue
		}
		if found := r.Gazetteer.villages[string(r.foldedText(s))]; len(found) > 0 {
			r.villages = append(r.villages, villageMention{found, untyped})
		}
	}
}

// within makes an answer more precise by the settlements that the text names: there must be one of that name
// in the unit answered, or, with a type word and where the text names no unit at all, in the country.
func (r *reading) within(a Answer, day qulaq.Day) Answer {
	var districts []int // that a repeated name may mean
	prefix := ""
	switch row := r.rowOf(a.Code, day); {
	case a.How == Ambiguous && len(r.mentions) == 1 && !r.plural: // «с. Узынагаш, Жамбылский район»
		districts = r.matchAs(&r.mentions[0], scope{admits: isDistrict}).rows
	case a.Code == "" && (a.How == Ambiguous || r.foreign || r.stranger || r.spot || len(r.mentions) > 0):
		return a
	case row != nowhere && r.rows[row].Level == Region:
		prefix = a.Code[:2]
	case row != nowhere && r.rows[row].Level == District:
		prefix = a.Code[:4]
	case a.Code != "":
		return a
	}
	best, precision := -1, kind(0)
	for _, m := range r.villages {
		if m.kind == untyped && prefix == "" && districts == nil {
			continue
		}
		one := r.one(m, prefix, districts, day)
		switch {
		case one < 0 || m.kind == okrug && precision > 0 && precision != okrug:
		case best < 0 || precision == okrug && m.kind != okrug:
			best, precision = one, max(m.kind, city)
		case best != one && (m.kind == okrug) == (precision == okrug):
			return a
		}
	}
	if best < 0 {
		return a
	}
	return Answer{Code: r.settlements[best].Code, NameRU: r.settlements[best].NameRU, How: Alias}
}

// one returns the one settlement of a name inside a unit, or -1. Codes are those of today: on a day when their
// district had another code, or did not exist, they do not count.
func (r *reading) one(m villageMention, prefix string, districts []int, day qulaq.Day) int {
	found := -1
	for _, v := range m.found {
		code := r.settlements[v.at].Code
		switch {
		case code[:len(prefix)] != prefix, m.kind == untyped && v.kind == okrug, m.kind != untyped && m.kind != v.kind:
			continue
		case r.rowOf(code[:4]+"00000", day) == nowhere:
			continue
		case districts != nil && !slices.ContainsFunc(districts, func(i int) bool { return r.rows[i].Code[:4] == code[:4] }):
			continue
		case found >= 0:
			return -1
		}
		found = int(v.at)
	}
	return found
}
