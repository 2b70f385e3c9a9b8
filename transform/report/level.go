package report

import (
	"slices"
	"strings"
)

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
	russian := !s.english && !s.kazakh
	if russian && isLevel(a.from-1) && adjective(s.tokens[a.from-1].key) && isLevel(a.to) {
		clear(levels) // «сельские акимы района» are of villages
	}
	for i := a.from - 1; i >= 0 && i >= a.from-maxLevelWords; i-- {
		if russian && !s.wordIs("and", i) && (!s.wordIs("l", i) || !adjective(s.tokens[i].key)) || !look(i, -1) {
			break // «сельскими акимами», but not «по области акимами»
		}
	}
	for i := a.from; i < a.to; i++ { // «глава региона», «градоначальник», «руководители областей»
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

// findMoreAkims finds those of other levels that share the word of the first: «акимы районов провели 150 встреч, сельские – 455».
func (s *sentence) findMoreAkims() {
	if !slices.ContainsFunc(s.agents, func(a agent) bool { return isAkims(a.channel) && !a.weak && !a.one }) {
		return
	}
	first := s.agents[0].to
	for dash := first + 1; dash+1 < len(s.tokens); dash++ {
		from := dash
		for from > first && !s.agentAt(from-1) && (s.wordIs("l", from-1) || s.wordIs("and", from-1) && from < dash) {
			from--
		}
		if from == dash || s.tokens[dash].key != "-" || s.tokens[dash+1].kind != number || s.tokens[from-1].kind != sign {
			continue
		}
		level, several := Channel(""), false
		for i := from; i < dash; i++ {
			if m, ok := s.markAt("l", i); ok {
				several = several || level != "" && levelOf[m.class] != level && level != AkimsRural
				level = levelOf[m.class]
			}
		}
		if !several {
			s.agents = append(s.agents, agent{from: from, to: dash, channel: level})
		}
	}
}

// levelOf are the channels of levels.
var levelOf = map[class]Channel{"l:all": Akims, "l:oblast": AkimsOblast, "l:district": AkimsDistrict, "l:rural": AkimsRural}

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
