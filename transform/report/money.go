package report

import (
	"slices"
	"strings"
)

// judgeMoney says what a sum is for: only one that is for the issues raised is a claim.
func (m *memory) judgeMoney(s *sentence, i int, others []verdict) verdict {
	about := m.money && (s.has("link", 0, len(s.tokens)) || !s.otherPurpose()) || s.has("purpose", 0, len(s.tokens)) || s.item && m.lead.noun == "issue" || s.solvesThem()
	for _, k := range s.marks { // «все поднятое» is what was raised, by whatever name
		about = about || k.class == "n:issue" || k.class == "n:proposal" || k.class == "v:raised"
	}
	before := others[:i] // «по девяти предусмотрено 38,7 млрд», "22.4 billion for 11 of them"
	if i+1 < len(others) && s.oneByOne(s.figures[i+1]) {
		before = others[:i+2]
	}
	about = about || slices.ContainsFunc(before, func(v verdict) bool { return v.ok && v.noun == "issue" })
	if !about || s.ownPurpose(i) || s.has("programme", 0, len(s.tokens)) {
		return verdict{}
	}
	c := s.clauses[i]
	if len(before) > i && others[i+1].ok && len(s.verbsIn(c, c.from, c.to)) == 0 {
		return m.verdict(s, "money", []string{others[i+1].verb}, false) // "22.4 billion for 11 of them will be considered"
	}
	return m.withVerb(s, i, "money", false, others)
}

// solvesThem says whether a sentence speaks of solving what was told before: «на их исполнение», "dealing with them".
func (s *sentence) solvesThem() bool {
	for i := range s.tokens {
		if s.wordIs("solve", i) && s.has("them", max(0, i-maxThem), min(len(s.tokens), i+maxThem+1)) {
			return true
		}
	}
	return false
}

// maxThem is how many words may stand between solving and what is solved.
const maxThem = 3

// ownPurpose says whether a sum of several has another purpose by its own words: «на строительство школ – 60 млрд, а на решение
// вопросов – 27».
func (s *sentence) ownPurpose(i int) bool {
	sums, from, to := 0, 0, s.figures[i].to
	for to < len(s.tokens) && s.tokens[to].kind == word {
		to++
	}
	for j, f := range s.figures {
		if f.unit != KZT {
			continue
		}
		if sums++; j < i {
			from = f.to
		}
	}
	if sums < 2 || s.kazakh || s.has("purpose", from, to) || s.has("plan", from, to) || s.has("solve", from, to) {
		return false
	}
	other := false
	for k := from; k < to; k++ {
		if n, ok := s.markAt("n", k); ok && (n.class == "n:issue" || n.class == "n:proposal") {
			return false
		}
		switch s.tokens[k].key {
		case "на", "для", "for", "towards":
			other = other || k+1 < to && s.tokens[k+1].kind == word && !s.taken[k+1] && !s.wordIs("v", k+1)
		}
	}
	return other
}

// otherPurpose says whether a sentence names a purpose of its own for its sums, «на строительство дорог», or may do so.
func (s *sentence) otherPurpose() bool {
	for i, t := range s.tokens {
		if s.kazakh && t.kind == word && (t.key == "ушин" || dative(t.key)) && !s.taken[i] && !s.wordIs("stop", i) && !s.wordIs("purpose", i) && !s.wordIs("m", i) && !s.wordIs("v", i) && !s.wordIs("n", i) {
			return true
		}
		switch t.key {
		case "на", "для", "for", "to", "towards":
		default:
			continue
		}
		if i+1 < len(s.tokens) && s.tokens[i+1].kind == word && !s.taken[i+1] && !s.wordIs("them", i+1) && !s.wordIs("purpose", i) && !s.wordIs("v", i) && !s.wordIs("v", i+1) {
			return true
		}
	}
	return false
}

// dative says whether a Kazakh word ends as one does that says what for or whereto: «жолға», «мектептерге».
func dative(key string) bool {
	for _, end := range []string{"га", "ге", "ка", "ке", "на", "не"} {
		if strings.HasSuffix(key, end) {
			return true
		}
	}
	return false
}

// ofNeed says whether a percentage is of what is needed: «40 % от потребности», "25% of the need", «қажетті қаржының 41,4 пайызы».
func (s *sentence) ofNeed(f figure) bool {
	v, ok := s.markAt("v", s.skip(f.to, "от", "of", "the", "all", "всеи", "общеи"))
	if s.kazakh {
		v, ok = s.covering("v", f.from-1)
	}
	return ok && v.class == "v:needed"
}

// paidFor returns what happened to the last sum before a figure: of its sentence, else of the one before.
func (m *memory) paidFor(i int, others []verdict) string {
	for j := i - 1; j >= 0; j-- {
		if others[j].ok && others[j].noun == "money" {
			return others[j].verb
		}
	}
	return m.paid
}
