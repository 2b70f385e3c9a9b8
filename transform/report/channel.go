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

// akimLevel reads of which level akims are, by the words that belong to them: «акимами районов и городов», "rural
// akims", «ауыл әкімдері». Those of several levels are akims.
func (s *sentence) akimLevel(a *agent) Channel {
	rank := map[string]int{"oblast": 1, "district": 2, "rural": 3, "all": 4}
	levels := make(map[string]bool)
	best, city, several := "", false, false
	part := func() { // one of «районов, городов и сельских округов»
		if best != "" {
			levels[best] = true
		}
		best = ""
	}
	isLevel := func(i int) bool { return i >= 0 && i < len(s.tokens) && s.wordIs("l", i) }
	look := func(i, step int) bool {
		if i < 0 || i >= len(s.tokens) {
			return false
		}
		if s.wordIs("and", i) || s.tokens[i].key == "," && isLevel(i+1) && isLevel(i-1) {
			several = several || isLevel(i+step)
			part()
			return s.tokens[i].kind == word || isLevel(i+step)
		}
		if s.tokens[i].kind != word {
			return false
		}
		if !a.one && s.placeCovers(i) { // all akims of one region
			return true
		}
		m, ok := s.covering("l", i)
		if ok && rank[m.class.value()] > rank[best] {
			best = m.class.value()
		}
		city = city || ok && (strings.HasPrefix(s.tokens[i].key, "город") || strings.HasPrefix(s.tokens[i].key, "кала")) || s.tokens[i].key == "city"
		return ok || s.capital(i) || s.tokens[i].key == "of" || s.tokens[i].key == "the"
	}
	if !s.kazakh {
		for i := a.to; i < a.to+maxLevelWords && look(i, 1); i++ {
		}
		part()
	}
	for i := a.from - 1; i >= 0 && i >= a.from-maxLevelWords; i-- {
		russian := !s.english && !s.kazakh // «сельскими акимами», but not «по области акимами»
		if russian && !s.wordIs("and", i) && (!s.wordIs("l", i) || !adjective(s.tokens[i].key)) || !look(i, -1) {
			break
		}
	}
	for i := a.from; i < a.to && a.one; i++ { // «глава региона», «градоначальник»
		if m, ok := s.covering("l", i); ok && best == "" {
			best = m.class.value()
			city = city || !strings.HasPrefix(s.tokens[i].key, "раион") && best == "district"
		}
	}
	part()
	if s.besidePronoun(a.from) {
		return Akims // «он и акимы районов», «моих и сельских акимов»
	}
	switch {
	case len(levels) == 0 && !s.kazakh:
		return s.levelOfPlace(*a)
	case len(levels) != 1:
		return Akims
	case levels["oblast"] && !a.one && a.to < len(s.tokens) && s.hasNumber() && s.tokens[a.to].key == "области":
		return Akims // «акимов области»: an oblast has but one of its own
	case levels["oblast"]:
		return AkimsOblast
	case levels["rural"]:
		return AkimsRural
	case levels["district"]:
		// A city that is a region has an akim of that level.
		for _, p := range s.places { // "mayor of Shymkent" too
			behind, before := p.from >= a.from && p.from <= a.to+2, s.kazakh && p.to <= a.from && p.to >= a.from-1
			if (behind || before) && a.one && isCityRegion(p.code) {
				return AkimsOblast
			}
		}
		a.city = city && (a.one || several) // but not «акимы районов города»
		return AkimsDistrict
	}
	return Akims
}

// hasNumber says whether a sentence tells a number. The heading of a column does not.
func (s *sentence) hasNumber() bool {
	return slices.ContainsFunc(s.tokens, func(t token) bool { return t.kind == number })
}

// besidePronoun says whether «и» joins what stands before a token, and its levels, to somebody who was named before.
func (s *sentence) besidePronoun(at int) bool {
	for at > 0 && s.wordIs("l", at-1) {
		at--
	}
	return at >= 2 && s.wordIs("and", at-1) && isPronoun(s.tokens[at-2].key)
}

// isPronoun says whether a word is somebody who was named before.
func isPronoun(key string) bool {
	switch key {
	case "он", "она", "им", "ею", "мною", "мы", "моих", "мои", "моими", "he", "she", "him", "her", "mine":
		return true
	}
	return false
}

// levelOfPlace is the level of «аким Рудного», who is named by his place alone.
func (s *sentence) levelOfPlace(a agent) Channel {
	for _, p := range s.places {
		switch {
		case !a.one || p.from != s.skip(a.to, "of", "the") || p.code == republic:
		case isRegion(p.code):
			return AkimsOblast
		default:
			return AkimsDistrict
		}
	}
	return Akims
}

// maxLevelWords is how far from "akims" the words may stand that say of which level they are.
const maxLevelWords = 9

// isCityRegion says whether a code is of a city that is a region of its own.
func isCityRegion(code string) bool { return isRegion(code) && code >= "710000000" }
