package report

import "slices"

// agent is somebody whose work a sentence may speak of.
type agent struct {
	from, to int // tokens
	channel  Channel
	weak     bool // named by the way: it counts where nothing else was said
	one      bool // one person
	single   bool // one person, who may be the speaker
	ministry string
	name     string // of the ministry
}

// findAgents finds who is named in a sentence. In a sentence that somebody says, one akim or minister is taken for the
// speaker and is no agent: his report is of others.
func (r *Reader) findAgents(s *sentence) {
	for _, m := range s.marks {
		if m.class == "speech" {
			s.speech = true
		}
	}
	for _, m := range s.marks {
		a := agent{from: m.from, to: m.to, channel: Channel(m.class.value())}
		switch m.class.family() {
		case "c":
		case "w":
			a.weak, a.one = true, isMinistryWord(s.tokens[m.from].key)
		case "s":
			a.single, a.one = true, true
			if a.channel = Akims; m.class == "s:minister" {
				a.channel = Ministers
			}
		case "nation":
			s.nation = true
			continue
		default:
			continue
		}
		if a.channel == "akim" { // one, but in a case in which nobody speaks
			a.channel, a.one = Akims, true
		}
		if a.channel == Akims && !a.weak {
			a.channel = s.akimLevel(a)
		}
		if a.channel == Ministers && !a.weak {
			a.ministry, a.name = r.ministry(s, m.from)
		}
		if a.channel == Ministers && a.weak && a.one {
			if a.ministry, a.name = r.ministry(s, m.from); a.ministry == "" && len(s.speakers) > 0 {
				a.ministry, a.name = s.speakers[0].ministry, s.speakers[0].name // «по словам министра, министерством …»
			}
		}
		if a.single && s.speech {
			s.speakers = append(s.speakers, a)
			continue
		}
		s.agents = append(s.agents, a)
	}
	for i := range s.tokens {
		if key, name := r.ministry(s, i); key != "" && !s.agentAt(i) {
			s.agents = append(s.agents, agent{from: i, to: i + 1, channel: Ministers, weak: true, ministry: key, name: name})
		}
	}
}

// isMinistryWord says whether a word is one ministry.
func isMinistryWord(key string) bool {
	switch key {
	case "министерство", "министерством", "министерства", "ведомством", "ведомство", "ministry":
		return true
	}
	return false
}

func (s *sentence) agentAt(i int) bool {
	for _, a := range slices.Concat(s.agents, s.speakers) {
		if a.from <= i && i < a.to {
			return true
		}
	}
	return false
}

func (s *sentence) placeCovers(i int) bool {
	for _, p := range s.places {
		if p.from <= i && i < p.to {
			return true
		}
	}
	return false
}

// akimLevel reads of which level akims are, by the words that belong to them: «акимами районов и городов», "rural
// akims", «ауыл әкімдері».
func (s *sentence) akimLevel(a agent) Channel {
	rank := map[string]int{"oblast": 1, "district": 2, "rural": 3, "all": 4}
	best, cities := "", false
	look := func(i int) bool {
		if i < 0 || i >= len(s.tokens) || s.tokens[i].kind != word {
			return false
		}
		m, ok := s.covering("l", i)
		if !a.one && s.placeCovers(i) { // all akims of one region
			return true
		}
		if ok && rank[m.class.value()] > rank[best] {
			best = m.class.value()
		}
		cities = cities || ok && m.class == "l:district"
		return ok || s.wordIs("and", i) || s.capital(i) || s.tokens[i].key == "of" || s.tokens[i].key == "the"
	}
	if !s.kazakh {
		for i := a.to; i < a.to+6 && look(i); i++ {
		}
	}
	for i := a.from - 1; i >= 0 && i >= a.from-5; i-- {
		if !s.english && !s.kazakh && !s.wordIs("l", i) && !s.wordIs("and", i) || !look(i) {
			break
		}
	}
	switch best {
	case "oblast":
		return AkimsOblast
	case "rural":
		return AkimsRural
	case "district":
		// A city that is a region has an akim of that level.
		for _, p := range s.places {
			if p.from >= a.from && p.from <= a.to+2 && p.code >= "710000000" && isRegion(p.code) {
				return AkimsOblast
			}
		}
		return AkimsDistrict
	}
	return Akims
}
