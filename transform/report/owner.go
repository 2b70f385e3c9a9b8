package report

import (
	"slices"
	"strings"
)

// owner returns the ministry whose own work a text tells: the one that its title or lead names in the words on its
// meetings or receptions, «Министр здравоохранения отчиталась о приёмах граждан». A ministry that stands there alone
// has only written the text; one that tells of ministers, akims or the list of the centre has only gathered what they
// did; and the Government hears a minister on all of them.
func (m *memory) owner() subject {
	if whose := m.letterhead(); whose.code != "" {
		return whose
	}
	var found subject
	for _, s := range m.sentences {
		lead := len(s.figures) > 0 && !s.heading || s.sheet != nil
		if s.sheet == nil && s.toldOfMany() {
			return subject{}
		}
		for _, a := range slices.Concat(s.agents, s.speakers) {
			if lead && a.from > s.opening() || a.ministry.code == "" || s.shouted(a.from) || !s.has("meets", 0, len(s.tokens)) {
				continue
			}
			if found.code != "" && found.code != a.ministry.code {
				return subject{}
			}
			if found.code == "" {
				found = a.ministry
			}
		}
		if lead {
			return found
		}
	}
	return found
}

// letterhead returns the ministry whose name alone is the first line of a paper that tells of no other ministry, nor of many.
func (m *memory) letterhead() subject {
	s := m.sentences[0]
	if !s.heading || s.has("v", 0, len(s.tokens)) || s.has("n", 0, len(s.tokens)) || slices.ContainsFunc(m.sentences, (*sentence).toldOfMany) {
		return subject{}
	}
	for _, a := range s.agents {
		switch s.tokens[a.from].key {
		case "министерство", "министрлиги", "ministry":
			if a.ministry == m.soleMinistry() {
				return a.ministry
			}
		}
	}
	return subject{}
}

// toldOfMany says whether a sentence tells of ministers, akims or lists, or of the Government that hears of them.
func (s *sentence) toldOfMany() bool {
	many := func(a agent) bool { return isAkims(a.channel) || a.channel == CentralList || s.ofAll(a) }
	return s.nation || s.namesCentre(len(s.tokens)) || slices.ContainsFunc(slices.Concat(s.agents, s.speakers), many)
}

// ofAll says whether an agent are the ministers of all ministries; the deputies of a minister are not.
func (s *sentence) ofAll(a agent) bool {
	deputies := s.tokens[a.from].key == "vice" || s.tokens[a.from].key == "deputy" || strings.HasPrefix(s.tokens[a.from].key, "вице")
	return a.channel == Ministers && !a.weak && !a.one && a.ministry.code == "" && !deputies
}

// soleMinistry returns the only ministry that a text names, where no ministers are told of together: a minister without a name is
// its minister.
func (m *memory) soleMinistry() (found subject) {
	for _, s := range m.sentences {
		for _, a := range slices.Concat(s.agents, s.speakers) {
			switch {
			case a.channel != Ministers:
			case a.ministry.code == "":
				if s.ofAll(a) {
					return subject{}
				}
			case found.code != "" && found.code != a.ministry.code:
				return subject{}
			default:
				found = a.ministry
			}
		}
	}
	return found
}
