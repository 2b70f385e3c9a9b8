package report

import (
	"slices"
	"strings"
)

// ministryOf says of which ministry a figure of ministers is, none where that is not said; known is false where it is of a place, or of
// them all.
func (m *memory) ministryOf(s *sentence, i int, a agent) (whose subject, known bool) {
	c, here := s.clauses[i], len(s.places) == 0
	theme, named := s.theme(s.figures[i].from)
	switch {
	case a.ministry.code != "":
		return a.ministry, true
	case a.channel == "" && m.acted.code != "" && here && !s.has("sum", c.from, c.to):
		return m.acted, true // «Министр здравоохранения провела 14 встреч, на которых поднято 203 вопроса»
	case a.channel == "" && here && named:
		return theme, true
	case m.report && a.channel != "" && !a.weak && !a.one && !strings.HasPrefix(s.tokens[a.from].key, "вице"):
		return m.r.named(republic), true // a minister's report that compares him with all
	case m.report && a.channel == "" && s.hasPlace(c):
		return subject{}, true // «в Костанайской области поднято 40 вопросов»: to a ministry, but not all of its own
	case (a.channel == "" || a.weak || m.report) && m.ministry.code != "" && (here || m.report):
		if m.everyone && !m.report && s.place.Paragraph != m.ministryAt {
			if s.has("sum", 0, len(s.tokens)) {
				return m.subject, true
			}
			return subject{}, true // of all again, or of that ministry still
		}
		return m.ministry, true
	case m.sole.code != "" && here:
		return m.sole, true
	}
	return subject{}, a.weak && a.one // one ministry, but which is not said
}

// hasPlace says whether the words of a figure name a place other than the country.
func (s *sentence) hasPlace(c clause) bool {
	return slices.ContainsFunc(s.places, func(p place) bool { return p.code != republic && p.from >= c.from && p.to <= c.to })
}

// asked says whether people have turned to a ministry: «Министерству транспорта задали 187 вопросов», «спрашивали с Министерства
// здравоохранения».
func (s *sentence) asked(a agent) bool {
	if a.ministry.code == "" || s.speech {
		return false
	}
	if key := s.tokens[a.from].key; key == "министерству" || s.kazakh && (strings.HasSuffix(key, "не") || strings.HasSuffix(key, "нен")) {
		return true
	}
	if a.from == 0 {
		return false
	}
	switch s.tokens[s.back(a.from-1, "the")].key {
	case "с", "со", "к", "ко", "у", "перед", "to", "from", "of":
		return true
	}
	return false
}

// theme returns the ministry with whose name a sentence begins, which all of it is of: "The Ministry of Energy alone held 24, where 330
// questions were asked". Where one is named elsewhere before a figure, nobody knows whether that is its own.
func (s *sentence) theme(at int) (whose subject, named bool) {
	if s.speech || slices.ContainsFunc(s.agents, s.ofAll) {
		return subject{}, false
	}
	for _, a := range s.agents {
		if a.ministry.code == "" || a.from >= at {
			continue
		}
		if named = true; a.from <= 1 {
			whose = a.ministry
		}
	}
	return whose, named
}

// countedBy returns the ministry that a dash, a bracket or a verb joins to its figure: «Министерство юстиции – 96 870», "the Ministry of
// Justice received 96,870".
func (s *sentence) countedBy(f figure) (whose subject, ok bool) {
	for _, a := range s.agents {
		if a.ministry.code == "" {
			continue
		}
		end := a.end
		if s.isRow(end) || s.wordIs("v", end) {
			end++
		}
		if end == f.from {
			return a.ministry, true
		}
	}
	return subject{}, false
}

// addressee returns the one ministry to which the words of a figure say that something was sent: «в Министерство
// юстиции поступило». One without a name is the only one that the text tells of.
func (m *memory) addressee(s *sentence, c clause) (to subject, ok bool) {
	for _, a := range s.agents {
		ministry, unnamed := a.ministry, a.ministry.code == ""
		if a.channel != Ministers || unnamed && !(a.weak && a.one) || a.from < max(c.from, 1) || a.from >= c.to {
			continue
		}
		if unnamed {
			ministry = m.sole
		}
		switch before, key := s.tokens[s.back(a.from-1, "the")].key, s.tokens[a.from].key; {
		case before == "в" && !strings.HasSuffix(key, "е"), before == "во", before == "to", s.kazakh && strings.HasSuffix(key, "не"):
		default:
			continue
		}
		if ok && to != ministry {
			return subject{}, false
		}
		to, ok = ministry, true
	}
	return to, ok
}
