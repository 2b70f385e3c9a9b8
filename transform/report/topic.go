package report

import (
	"slices"
	"strings"
)

// reset makes the subject what the text, or the part of it below a heading, is about.
func (m *memory) reset() {
	if m.subject = m.seat; m.section.code != "" {
		m.subject = m.section
	}
}

// turn says of whom a text goes on with a sentence, before its figures are judged. A place stays for its paragraph; the
// next one is of the whole again, unless it names a place or points back to one.
func (m *memory) turn(s *sentence) {
	place, several := s.onePlace()
	if s.first && m.named.code != "" && !s.has("thisplace", 0, len(s.tokens)) {
		m.named = subject{}
	}
	none := place.code == "" && !several
	speaker := s.speech && (len(s.speakers) > 0 || s.nation || s.centre)
	if s.nation || s.centre || speaker && byMinister(s.speakers) || s.first && place.code != "" && m.section.code != "" && regionOf(place.code) != regionOf(m.section.code) {
		m.section = subject{}
	}
	switch {
	case (s.nation || s.centre) && place.code == "":
		m.subject = m.r.named(republic)
	case speaker && place.code != "" && !several && !byMinister(s.speakers) && (isRegion(place.code) || s.speaksFor(place)):
		m.subject = place.subject
	case speaker && byMinister(s.speakers):
		m.reset()
	case s.onlyPlace() && !s.heading:
		m.subject = place.subject // «Шемонаихинский район. Там поднято 196 вопросов»: its paragraph is of it
	case !s.title && s.heading && place.code != "" && !several && len(s.figures) == 0:
		m.subject, m.section = place.subject, place.subject
	case s.heading && none && s.namesRepublic() && m.seat.code == republic:
		m.section = subject{}
		m.reset()
	case none && m.named.code != "" && (s.has("thisplace", 0, len(s.tokens)) || !s.first && m.subject.code == republic && !s.ofAllOblasts() && s.has("local", 0, len(s.tokens))):
		m.subject = m.named
	case none && m.districtHere(s).code != "":
		m.subject = m.districtHere(s)
	case none && !s.first && m.named.code != "" && m.named.code != nowhere && s.has("itsregion", 0, len(s.tokens)) && m.seat.code == republic && !s.ofAllOblasts():
		m.subject = m.r.named(regionOf(m.named.code)) // «Акимы области отчитались», «области нужен 41 млрд тенге»
	case none && s.first && !s.item && !slices.ContainsFunc(s.agents, ofOne) && !s.has("parent", 0, len(s.tokens)):
		m.reset()
	case none:
		m.widen(s)
	}
	if s.speech && slices.ContainsFunc(s.speakers, ofOne) && m.subject.code != republic && m.subject.code != nowhere {
		m.section = m.subject // the akim of a region reports: the text goes on about it
	}
	if place.code != "" {
		m.named = place.subject
	} else if several {
		m.named = subject{nowhere, ""}
	}
}

// ofAllOblasts says whether akims of oblasts are told of beside those of districts: «Облыс әкімдері 83, аудан әкімдері 3 655 кездесу
// өткізді» is of the country.
func (s *sentence) ofAllOblasts() bool {
	return s.names(AkimsDistrict, AkimsRural) && slices.ContainsFunc(s.agents, func(a agent) bool { return a.channel == AkimsOblast && !a.one })
}

// districtHere returns the district or town that a sentence means by «в районе», «в городе»: the one that was named last, or the text's own.
func (m *memory) districtHere(s *sentence) subject {
	for _, k := range s.marks {
		if k.class != "local" {
			continue
		}
		district, city := isDistrictWord(s.tokens[k.to-1].key), strings.HasPrefix(s.tokens[k.to-1].key, "город") || strings.HasPrefix(s.tokens[k.to-1].key, "кала") || s.tokens[k.to-1].key == "city"
		for _, p := range []subject{m.named, m.seat} {
			town := strings.HasSuffix(p.name, "Г.А.")
			if p.code != "" && p.code != nowhere && !isRegion(p.code) && (district && !town || city && town) {
				return p
			}
		}
	}
	return subject{}
}

// speaksFor says whether a place is that of who speaks: «отметил аким Казалинского района».
func (s *sentence) speaksFor(p place) bool {
	return slices.ContainsFunc(s.speakers, func(a agent) bool { return a.from-p.to <= 1 && p.from-a.to <= 1 })
}

func byMinister(speakers []agent) bool {
	return slices.ContainsFunc(speakers, func(a agent) bool { return a.channel == Ministers })
}

// widen goes from a district to its region where a sentence speaks of that without its name: «В целом по области …».
func (m *memory) widen(s *sentence) {
	if m.subject.code == nowhere {
		return
	}
	whole := m.subject.code[:2] + republic[2:]
	for _, k := range s.marks {
		if k.class.is("parent") && !isRegion(m.subject.code) && (k.class == "parent:city") == isCityRegion(whole) {
			m.subject = m.r.named(whole)
		}
	}
}
