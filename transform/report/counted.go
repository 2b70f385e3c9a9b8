package report

import "strings"

// maxNounWords is how many words may stand between a number and what it counts.
const maxNounWords = 3

// nounBehind returns what a number counts by the words behind it, and the token behind the noun; "" where they do not
// say it. Of «предложений и вопросов» the issues are meant.
func (s *sentence) nounBehind(f figure) (noun string, end int) {
	i := f.to
	if f.unit == Percent {
		i = s.skip(i, "от", "of", "all", "всех", "the", "общего", "числа", "total", "number", "из")
	}
	i = s.behindBracket(f, i)
	for n := 0; n <= maxNounWords && i < len(s.tokens); n++ {
		if m, ok := s.markAt("n", i); ok {
			return s.nounsFrom(m)
		}
		t := s.tokens[i]
		if m, ok := s.markAt("n", i+2); ok && s.english && s.isPeople(i) && isApostrophe(s.tokens[i+1].key) {
			return s.nounsFrom(m) // "14,200 akims' meetings"
		}
		if t.kind != word || s.wordIs("stop", i) || s.wordIs("aux", i) || s.wordIs("m", i) || s.isPeople(i) || n > 0 && s.english && s.wordIs("v", i) {
			break
		}
		if !s.english && !s.kazakh && !adjective(t.key) || s.kazakh && inCase(t.key) {
			break
		}
		i++
	}
	return "", f.to
}

func isApostrophe(key string) bool { return key == "'" || key == "’" }

// isPeople says whether a word is who acts, and not an adjective like "ministerial".
func (s *sentence) isPeople(i int) bool {
	m, ok := s.covering("c", i)
	return ok && m.class != "c:e_otinish" && s.tokens[i].key != "ministerial" && s.tokens[i].key != "akim"
}

// behindBracket goes over a bracket between a number and its noun, and out of one that holds nothing but the number:
// «1 241 (74 %) вопрос», «большинство (68,8 %) обратившихся».
func (s *sentence) behindBracket(f figure, i int) int {
	if i < len(s.tokens) && (s.tokens[i].key == "(" && s.group[f.at] == 0 || s.tokens[i].key == ")" && f.unit == Percent && s.tokens[max(0, f.from-1)].key == "(") {
		for g := s.group[i]; g != 0 && i < len(s.tokens) && s.group[i] == g; {
			i++
		}
		return s.skip(i, "от", "of", "all", "всех")
	}
	return i
}

// nounsFrom reads "proposals and questions" as one noun.
func (s *sentence) nounsFrom(m mark) (noun string, end int) {
	noun, end = m.class.value(), m.to
	for n := 0; n < 3; n++ {
		at := end
		for at < len(s.tokens) && (s.tokens[at].key == "," || s.wordIs("and", at)) {
			at++
		}
		if at == end || at-end > 2 {
			break
		}
		for k := 0; k < 2 && at < len(s.tokens) && s.tokens[at].kind == word && (adjective(s.tokens[at].key) && !s.english) && !s.wordIs("n", at); k++ {
			at++
		}
		next, ok := s.markAt("n", at)
		if _, happens := s.covering("v", at); !ok || happens { // «5 315 вопросов, решаемость составила 76,5 %»
			break
		}
		v := next.class.value()
		if v != "issue" && v != "proposal" && v != "appeal" && v != "complaint" && v != noun {
			break
		}
		if noun != "issue" && v == "issue" {
			noun = v
		}
		end = next.to
	}
	return noun, end
}

// inCase says whether a Kazakh word ends as a noun does that is none before another one: «12 ауылда су мәселесі», «340 отбасының
// мәселесі» count villages and families.
func inCase(key string) bool {
	for _, end := range []string{"да", "де", "та", "те", "дан", "ден", "тан", "тен", "нан", "нен", "нын", "нин", "дын", "дин", "тын", "тин"} {
		if len(key) > len(end)+4 && strings.HasSuffix(key, end) {
			return true
		}
	}
	return false
}

// adjective says whether a Russian word ends as an adjective or participle does. Keys have no й.
func adjective(key string) bool {
	for _, end := range []string{"ых", "их", "ые", "ие", "ыи", "ии", "ои", "ая", "ого", "его", "ым", "им", "ыми", "ими", "ую", "ем"} {
		if len(key) > len(end)+4 && key[len(key)-len(end):] == end {
			return true
		}
	}
	return false
}
