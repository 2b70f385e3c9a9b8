package report

import (
	"slices"
	"strings"
)

// subjectOf says whose a figure is; false where that is not known. What one akim of a village did is of no place of ours, and what one of a
// district did not of its region.
func (m *memory) subjectOf(s *sentence, i int, v verdict, channel Channel, a agent) (whose subject, ok bool) {
	whose, ok = m.placeOf(s, i, v, channel, a)
	switch {
	case channel == AkimsRural && (a.one || a.channel == "" && m.akim == AkimsRural && m.alone):
		return subject{}, false
	case channel == AkimsDistrict && a.one && isRegion(whose.code):
		return subject{}, false
	}
	return whose, ok
}

// placeOf says whose a figure is: the ministry's that acted, the place's of its own words, the sentence's, the text's.
func (m *memory) placeOf(s *sentence, i int, v verdict, channel Channel, a agent) (whose subject, ok bool) {
	f, c := s.figures[i], s.clauses[i]
	appeals := strings.HasSuffix(v.noun, "appeal") || strings.HasSuffix(v.noun, "complaint")
	if ministry, ok := s.countedBy(f); ok && (appeals || channel == Ministers) {
		return ministry, true
	}
	if channel == Ministers {
		if whose, known := m.ministryOf(s, i, a); known {
			return whose, whose.code != ""
		}
	}
	toMinistry := channel == OtherChannel || channel == EOtinish && (m.report || s.names(Ministers))
	if len(s.places) == 0 && (toMinistry && m.base == Ministers && appeals || m.report && (channel == Reception || channel == EOtinish)) {
		return m.ministry, m.ministry.code != "" // they were sent to a ministry
	}
	if ministry, ok := m.addressee(s, c); ok && strings.HasSuffix(v.noun, "appeal") {
		return ministry, ministry.code != ""
	}
	if v.metric == "complaints_share" && v.detail != "" {
		if p, several := s.onePlace(); p.code == "" || several {
			return m.subject, true
		}
	}
	if v.metric == "plan_not_published" {
		return m.subject, true
	}
	if s.has("respectively", 0, len(s.tokens)) {
		if whose, ok, in := s.respective(i); in {
			return whose, ok
		}
	}
	if p, found, several := s.placeIn(c.from, c.to, f.at); several {
		return subject{}, false
	} else if found {
		return p.subject, true
	}
	if s.has("places", 0, f.at) && len(s.places) == 0 {
		return subject{}, false
	}
	if s.has("nation", c.from, c.to) {
		return m.r.named(republic), true
	}
	var before place
	codes := make(map[string]bool)
	for _, p := range s.places {
		if p.code == republic {
			continue
		}
		codes[p.code] = true
		if p.from < f.at {
			before = p
		}
	}
	switch {
	case len(codes) == 0:
		return m.subject, true
	case before.code != "" && (len(codes) == 1 || s.rows() || s.placesOwned()):
		return before.subject, true
	case len(codes) == 1 && s.clauses[i].group == 0 && len(s.figures) == 1:
		p, _ := s.onePlace()
		return p.subject, true
	case before.code == "":
		return m.subject, true
	}
	return subject{}, false
}

// dropHolders drops the places that only say whose akims all akims of the region's districts are: «акимами районов и городов
// Кокшетау, Степногорск», «аудан және Тараз қаласының әкімдері», "akims of districts and of Taraz city".
func (m *memory) dropHolders(s *sentence) {
	s.places = slices.DeleteFunc(s.places, func(p place) bool {
		if isRegion(p.code) || regionOf(p.code) != regionOf(m.seat.code) && regionOf(p.code) != regionOf(m.subject.code) {
			return false
		}
		return slices.ContainsFunc(s.agents, func(a agent) bool {
			return !a.one && isAkims(a.channel) && (s.holds(p, a.to, 1, s.kazakh && s.wordIs("l", a.from-1)) || s.holds(p, a.from-1, -1, false))
		})
	})
}

// holds says whether nothing stands between akims and a place but the levels that they are of, one of which has no name: told
// here, or before «аудан әкімдері мен Қызылорда қаласының әкімі».
func (s *sentence) holds(p place, i, step int, unnamed bool) bool {
	found := false
	for ; i >= 0 && i < len(s.tokens); i += step {
		switch {
		case s.placeCovers(i):
			found = found || p.from <= i && i < p.to
		case s.wordIs("l", i):
			unnamed = unnamed || !s.placeCovers(i-1) && !s.placeCovers(i+1)
		case s.wordIs("and", i), s.tokens[i].key == ",", s.tokens[i].key == "of", s.tokens[i].key == "the":
		default:
			return found && unnamed
		}
	}
	return found && unnamed
}

// respective returns the place of a figure by its order among those that follow each other: «в Абайской и Павлодарской
// областях решено соответственно 80 и 91 %»; in is false where it is none of several.
func (s *sentence) respective(i int) (whose subject, ok, in bool) {
	first, last := i, i
	for first > 0 && s.follow(first-1) {
		first--
	}
	for last+1 < len(s.figures) && s.follow(last) {
		last++
	}
	n := last - first + 1
	places := slices.DeleteFunc(slices.Clone(s.places), func(p place) bool { return p.code == republic || p.from > s.figures[first].from })
	joined := min(1, len(places)) // the last places that only «и» or a comma parts
	for joined > 0 && joined < len(places) && places[len(places)-joined].from-places[len(places)-joined-1].to <= 2 {
		joined++
	}
	if n == 1 || joined != n {
		return subject{}, false, n > 1 && joined > 1
	}
	places = places[len(places)-n:]
	return places[i-first].subject, true, true
}

// follow says whether nothing but «и» or a comma, and what they count, stands between a figure and the next.
func (s *sentence) follow(i int) bool {
	a, b := s.figures[i], s.figures[i+1]
	_, end := s.nounBehind(a)
	return a.unit == b.unit && b.from-max(end, a.to) <= 1
}

// placeIn returns the place between two tokens. Of several the one just before the figure is meant where it is said as
// in a list, else none is.
func (s *sentence) placeIn(from, to, at int) (p place, found, several bool) {
	for _, q := range s.places {
		if q.from < from || q.to > to || q.code == republic || s.rowOf(q.to) >= 0 && s.figures[s.rowOf(q.to)].at != at {
			continue
		}
		switch {
		case found && q.code != p.code && q.from < at && s.isRow(q.to):
		case found && q.code != p.code && q.from > at && s.isRow(p.to):
			continue
		case found && q.code != p.code:
			several = true
		}
		p, found = q, true
	}
	return p, found, several
}

// rowOf returns the figure that a dash or bracket joins to the name before it, -1 for none: «Абай (74 %)».
func (s *sentence) rowOf(end int) int {
	if !s.isRow(end) {
		return -1
	}
	for i, f := range s.figures {
		if f.from == end+1 {
			return i
		}
	}
	return -1
}

// rows says whether every place of a sentence is followed by its figure.
func (s *sentence) rows() bool {
	for _, p := range s.places {
		if p.code != republic && !s.isRow(p.to) {
			return false
		}
	}
	return true
}

// placesOwned says whether every place of the sentence stands in the words of one figure.
func (s *sentence) placesOwned() bool {
	for _, p := range s.places {
		n := 0
		for _, c := range s.clauses {
			if p.from >= c.from && p.to <= c.to && c.group == 0 {
				if _, _, several := s.placeIn(c.from, c.to, c.to); several {
					return false
				}
				n++
			}
		}
		if n == 0 {
			return false
		}
	}
	return true
}

// findNear finds the places that bear the name of others too, where one of them lies in the region that the text is
// about: «Абайский район» anywhere, and «Абайский – 702» in a list of a city's districts.
func (m *memory) findNear(s *sentence) {
	home := m.seat.code
	if home == republic || home == nowhere {
		home = m.subject.code
	}
	if home == republic || home == nowhere {
		return
	}
	for i := range s.places {
		p := &s.places[i]
		name := p.name
		switch {
		case p.code == nowhere && name != "":
		case p.to == p.from+1 && adjective(s.tokens[p.from].key) && p.code != republic && regionOf(p.code) != regionOf(m.seat.code) && m.seat.code == home:
			name = s.words(p.from, p.to)
		default:
			continue
		}
		if near, ok := m.r.near(regionOf(home), name); ok {
			p.subject = near
		}
	}
}

// onePlace returns the one place that a sentence names beside the country, and whether it names several.
func (s *sentence) onePlace() (p place, several bool) {
	for _, q := range s.places {
		if q.code == republic || q.code == p.code {
			continue
		}
		if p.code != "" {
			return place{}, true
		}
		p = q
	}
	return p, false
}

// onlyPlace says whether a sentence is nothing but the name of a place: «Жамбылская область.»
func (s *sentence) onlyPlace() bool {
	for i, t := range s.tokens {
		if t.kind != sign && !s.placeCovers(i) {
			return false
		}
	}
	p, several := s.onePlace()
	return p.code != "" && !several
}

func (s *sentence) namesRepublic() bool {
	for _, p := range s.places {
		if p.code == republic {
			return true
		}
	}
	return false
}
