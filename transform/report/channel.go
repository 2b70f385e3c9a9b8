package report

import (
	"slices"
	"strings"
)

// agent is somebody whose work a sentence may speak of.
type agent struct {
	from, to int // tokens
	channel  Channel
	weak     bool // named by the way: it counts where nothing else was said
	one      bool // one person
	single   bool // one person, who may be the speaker
	city     bool // the akim of a city that is not named, of the text's own; or akims of it and of others
	end      int  // the token behind a ministry's name, 0 where none is named
	ministry subject
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
		if m.class == "c:other" && s.speech && isChief(s.tokens[m.from].key) {
			continue
		}
		if m.class == "c:other" && s.sentTo(m.from) {
			continue
		}
		if m.class == "c:nobody" { // whoever they belong to is named beside them
			continue
		}
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
		case "centre":
			s.centre = s.speech && !s.ofDecree(m)
			continue
		default:
			continue
		}
		if a.channel == "akim" { // one, but in a case in which nobody speaks
			a.channel, a.one = Akims, true
		}
		if a.channel == Akims && !a.weak {
			a.channel = s.akimLevel(&a)
		}
		if a.channel == Ministers && !a.weak {
			a.ministry, a.end = r.ministry(s, m.from)
		}
		if a.channel == Ministers && a.weak && a.one {
			if a.ministry, a.end = r.ministry(s, m.from); a.ministry.code == "" && len(s.speakers) > 0 {
				a.ministry = s.speakers[0].ministry // «по словам министра, министерством …»
			}
		}
		if a.single && s.speech && !s.acts(a) {
			s.speakers = append(s.speakers, a)
			continue
		}
		s.agents = append(s.agents, a)
	}
	for i := range s.tokens {
		if ministry, end := r.ministry(s, i); ministry.code != "" && !s.agentAt(i) {
			s.agents = append(s.agents, agent{from: i, to: i + 1, end: end, channel: Ministers, weak: true, ministry: ministry})
		}
	}
	s.findMoreAkims()
	for _, a := range slices.Clone(s.agents) {
		if a.ministry.code != "" {
			r.findMoreMinistries(s, a.end)
		}
	}
}

// acts says whether an akim or minister in a sentence that somebody says did something himself: «аким Шымкента провёл 8
// встреч, сообщили в акимате». At a session he speaks.
func (s *sentence) acts(a agent) bool {
	if s.has("session", 0, len(s.tokens)) {
		return false
	}
	i := a.to
	for i < len(s.tokens) && (s.capital(i) || s.placeCovers(i) || s.wordIs("l", i) || s.tokens[i].key == "of") {
		i++
	}
	return s.wordIs("did", i)
}

// sentTo says whether people are only sent to somebody: «разъяснён порядок обращения в суд».
func (s *sentence) sentTo(i int) bool {
	if i == 0 || s.english || s.kazakh {
		return false
	}
	switch s.tokens[i-1].key {
	case "к", "ко":
		return true
	case "в":
		return s.tokens[i].key == "суд" || strings.HasSuffix(s.tokens[i].key, "у")
	}
	return false
}

// isChief says whether a word is of one who heads an office. In a sentence that somebody says he is the speaker.
func isChief(key string) bool {
	for _, begin := range []string{"руководител", "начальник", "директор", "баскарма", "департамент", "болим"} {
		if strings.HasPrefix(key, begin) {
			return true
		}
	}
	return false
}

// findMoreMinistries finds those that share the word of the first: «министерства просвещения (21), здравоохранения (20)
// и сельского хозяйства (19)».
func (r *Reader) findMoreMinistries(s *sentence, end int) {
	if s.kazakh {
		return
	}
	noun := "Министерство"
	if s.english {
		noun = "Ministry of"
	}
	for s.isRow(end) && s.tokens[end].key == "(" {
		at := end
		for at < len(s.tokens) && s.tokens[at].key != ")" {
			at++
		}
		if at++; at < len(s.tokens) && s.tokens[at].key == "," {
			at++
		}
		if at < len(s.tokens) && s.wordIs("and", at) {
			at++
		}
		if end = at; end >= len(s.tokens) || s.tokens[end].kind != word {
			return
		}
		for end < len(s.tokens) && s.tokens[end].kind == word {
			end++
		}
		ministry := r.isMinistry(noun + " " + s.text[s.tokens[at].from:s.tokens[end-1].to])
		if ministry.code == "" {
			return
		}
		s.agents = append(s.agents, agent{from: at, to: at + 1, end: end, channel: Ministers, weak: true, ministry: ministry})
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

// names says whether a sentence names somebody of one of the channels.
func (s *sentence) names(channels ...Channel) bool {
	return slices.ContainsFunc(s.agents, func(a agent) bool { return slices.Contains(channels, a.channel) })
}

func (s *sentence) placeCovers(i int) bool {
	for _, p := range s.places {
		if p.from <= i && i < p.to {
			return true
		}
	}
	return false
}
