package report

import "slices"

// home returns the place that a text is about from its first word on: the region that published it, else the one region
// that it names before its first figure, where it names no other, no minister is in it by then and no figure is of the country;
// nowhere where it is of a place that it does not name; else the country.
func (m *memory) home() subject {
	if m.hints.Region != "" {
		return m.r.named(m.hints.Region)
	}
	found, inLead := "", false
	lead := true
	for _, s := range m.sentences {
		if s.ofCountry() || lead && s.ofMinister() {
			return m.r.named(republic)
		}
		for _, p := range s.allPlaces() {
			if p.code == republic || p.code == nowhere || p.dateline && p.code == capitalCode {
				continue
			}
			whole := p.code[:2] + republic[2:]
			if found != "" && found != whole {
				return m.r.named(republic)
			}
			found = whole
			switch {
			case !lead || len(s.figures) > 0 && p.from > s.figures[0].from:
			case isRegion(p.code):
				inLead = true
			case s.heading || s.names(akims...):
				return m.r.named(republic) // it is about a district, as its own sentences say
			}
		}
		lead = lead && len(s.figures) == 0 && s.sheet == nil
	}
	if found == "" && m.ofUnnamed() {
		return subject{nowhere, ""}
	}
	if !inLead {
		return m.r.named(republic)
	}
	return m.r.named(found)
}

// capitalCode is the city from which all write who write of the country.
const capitalCode = "710000000"

// ofUnnamed says whether a text without a place tells of one all the same: «аким области», «всего по району».
func (m *memory) ofUnnamed() bool {
	return slices.ContainsFunc(m.sentences, func(s *sentence) bool {
		one := func(a agent) bool { return a.one && isAkims(a.channel) && a.channel != Akims }
		return s.sheet == nil && !s.namesRepublic() && (slices.ContainsFunc(s.agents, one) || s.has("parent", 0, len(s.tokens)))
	})
}

// ofCountry says whether a sentence tells figures of the country, of ministers or of all regions.
func (s *sentence) ofCountry() bool {
	if s.sheet != nil {
		return false
	}
	if s.names(CentralList) || s.heading && s.names(Ministers) {
		return true
	}
	if len(s.figures) == 0 && !s.heading {
		return false
	}
	return s.nation || s.ofMinister()
}

// ofMinister says whether a minister speaks or acts: he may be in a region, and tell of the country.
func (s *sentence) ofMinister() bool {
	minister := func(a agent) bool { return a.channel == Ministers && !a.weak }
	return slices.ContainsFunc(s.agents, minister) || slices.ContainsFunc(s.speakers, minister)
}

// allPlaces returns the places of a sentence, with the one where it was written.
func (s *sentence) allPlaces() []place {
	if s.dateline.code == "" {
		return s.places
	}
	return append([]place{s.dateline}, s.places...)
}
