package region

import (
	"github.com/qulaq-kz/qulaq"
)

// inText answers for a text that mentions places among other words.
func (g *Gazetteer) inText(p *phrase, day qulaq.Day) Answer {
	r := reading{Gazetteer: g, phrase: p}
	r.read()
	a := r.unit(day)
	if len(r.villages) > 0 {
		return r.within(a, day)
	}
	return a
}

// unit answers which unit a text mentions.
func (r *reading) unit(day qulaq.Day) Answer {
	if r.foreign {
		return Answer{How: None}
	}
	if r.plural {
		return Answer{How: Ambiguous}
	}
	var named matches // of the region
	anchor := -1
	for i := range r.mentions {
		if m := &r.mentions[i]; m.sure && r.isOfRegion(m) {
			regions := r.matchAs(m, scope{admits: isOblast})
			if anchor < 0 {
				anchor, named = i, regions
				continue
			}
			switch one, other := r.settle(named, day), r.settle(regions, day); {
			case one == other:
			case r.contains(regions, &r.mentions[anchor], day): // «Шымкент, ЮКО»
				anchor, named = i, regions
			case !r.contains(named, m, day):
				return Answer{How: Ambiguous}
			}
		}
	}
	if anchor < 0 {
		return r.withoutRegion(day)
	}
	return r.withinRegion(anchor, named, day)
}

// matchAs finds what a mention may mean.
func (r *reading) matchAs(m *mention, in scope) matches { return r.match(m.key, m.word, in) }

func isOblast(r *row) bool { return r.Level == Region }

// isOfRegion says whether a mention means a region and no district beside it, as «Туркестан» does.
func (r *reading) isOfRegion(m *mention) bool {
	regions := r.matchAs(m, scope{admits: isOblast})
	if len(regions.rows) == 0 {
		return false
	}
	place := r.rows[regions.rows[0]].place
	for _, i := range r.matchAs(m, scope{}).rows {
		if r.rows[i].place != place {
			return false
		}
	}
	return true
}

// contains says whether a region has or had what a mention means.
func (r *reading) contains(named matches, m *mention, day qulaq.Day) bool {
	pair := r.pair(named, m.key, m.word, scope{known: true}, day)
	return pair.district >= 0 || pair.moved
}

// withoutRegion answers where no region is mentioned: all mentions must mean one unit.
func (r *reading) withoutRegion(day qulaq.Day) Answer {
	found := Answer{How: None}
	for i := range r.mentions {
		m := &r.mentions[i]
		words := r.matchAs(m, scope{admits: notRepublic})
		row := r.settle(words, day)
		if row == nowhere {
			continue
		}
		if !m.sure {
			continue
		}
		a := r.answer(row, r.spelled(row, m, words))
		if a.How == Ambiguous || found.Code != "" && found.Code != a.Code {
			return Answer{How: Ambiguous}
		}
		found = a
	}
	if found.How != None && r.doubted(found.Code, day) {
		return Answer{How: Ambiguous}
	}
	return found
}

func notRepublic(r *row) bool { return r.Level != Republic }

// doubted says whether the answer stands on a name without a type word, while another such name means
// something else: «трасса Алматы — Талдыкорган».
func (r *reading) doubted(code string, day qulaq.Day) bool {
	other := false
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.sure && m.word.kind != untyped {
			return false
		}
		row := r.settle(r.matchAs(m, scope{admits: notRepublic}), day)
		other = other || row >= 0 && !(m.dead && !r.dashed(m)) && r.rows[row].Code != code && !isAdjectival(m.key)
	}
	return other
}

// dashed says whether a dash stands behind a mention, as in the names of roads.
func (r *reading) dashed(m *mention) bool {
	return m.words.to < r.n && r.tokens[m.words.to].before == dash
}

// withinRegion answers where a region is mentioned: with the district in it that is mentioned too, or with the
// region.
func (r *reading) withinRegion(anchor int, named matches, day qulaq.Day) Answer {
	r.meet(named)
	region := &r.mentions[anchor]
	found := Answer{How: None}
	for i := range r.mentions {
		m := &r.mentions[i]
		if i == anchor || !m.sure || r.means(m, isRepublic) {
			continue
		}
		pair := r.pair(named, m.key, m.word, scope{known: true}, day)
		row := pair.district
		if row == nowhere && pair.moved {
			row = pair.region
		}
		switch {
		case row == several:
			return Answer{How: Ambiguous}
		case row == nowhere && r.settle(r.matchAs(m, scope{admits: isOblast}), day) == r.settle(named, day):
			continue
		case row == nowhere && m.word.kind == district:
			return Answer{How: None}
		case row == nowhere:
			return Answer{How: Ambiguous}
		}
		how := r.spelled(row, m, pair.words)
		if !pair.moved {
			how = looser(how, r.spelled(pair.region, region, named))
		}
		a := r.answer(row, how)
		if found.Code != "" && found.Code != a.Code {
			return Answer{How: Ambiguous}
		}
		found = a
	}
	row := r.settle(named, day)
	if found.How != None || r.stranger || r.spot && row >= 0 && r.rows[row].kind == oblast {
		return found
	}
	if r.doubted(r.answer(row, Alias).Code, day) {
		return Answer{How: Ambiguous}
	}
	return r.answer(row, r.spelled(row, region, named))
}

func isRepublic(r *row) bool { return r.Level == Republic }

// means says whether a mention means a row that is admitted.
func (r *reading) means(m *mention, admits func(*row) bool) bool {
	return len(r.matchAs(m, scope{admits: admits}).rows) > 0
}

// spelled says how a mention spells a row.
func (r *reading) spelled(row int, m *mention, words matches) How {
	if m.fuzzy {
		return Fuzzy
	}
	return r.spelling(row, r.phrase, m.words, words)
}
