package report

import "slices"

// bareNoun returns what a number without a noun counts.
func (m *memory) bareNoun(s *sentence, i int, others []verdict) string {
	f := s.figures[i]
	if i+1 < len(s.figures) && s.wholeOf(i, i+1) {
		noun, _ := s.nounBehind(s.figures[i+1])
		return noun
	}
	if noun, ok := s.nounBefore(i); ok {
		return noun
	}
	if s.ofThings(i) {
		return ""
	}
	if c := s.clauses[i]; c.group != 0 && c.parent >= 0 && others[c.parent].metric == "issues_resolved_share" {
		return "issue" // «95,2 % решённых вопросов (поднято 2 086, решено 1 986)»
	}
	for j := i - 1; j >= 0; j-- {
		if others[j].ok && s.figures[j].unit == Count {
			return others[j].noun
		}
		if noun, _ := s.nounBehind(s.figures[j]); noun != "" && s.figures[j].unit == Count {
			return noun
		}
	}
	if noun, ok := s.howMany(i); ok {
		return noun
	}
	if m.noun == "appeal" && s.isReceivers(i) {
		return m.noun
	}
	if c := s.clauses[i]; f.from > 1 && (s.tokens[f.from-1].key == "-" || s.tokens[f.from-1].key == ":") { // «Поднято вопросов – 3 210»
		for k := f.from - 2; k >= c.from; k-- {
			if n, ok := s.markAt("n", k); ok && n.class != "n:akimat" {
				return n.class.value()
			}
		}
	}
	if s.hasPlaceBefore(f) || s.item { // «Решено вопросов: в Актюбинской области – 4 259»
		for k := 0; k < s.figures[0].from; k++ {
			if n, ok := s.markAt("n", k); ok && n.class != "n:akimat" {
				return n.class.value()
			}
		}
	}
	if s.has("link", 0, min(f.to+3, len(s.tokens))) && m.noun != "" && m.noun != "money" {
		for k := 0; k < f.from; k++ { // «Из общего числа вопросов 37 решены»
			if n, ok := s.markAt("n", k); ok && (n.class == "n:issue" || n.class == "n:appeal") {
				return n.class.value()
			}
		}
		return m.noun
	}
	if s.kazakh {
		for j := i + 1; j < len(s.figures); j++ {
			if noun, _ := s.nounBehind(s.figures[j]); noun != "" && s.figures[j].unit == Count {
				return noun
			}
		}
	}
	if s.item && m.lead.noun != "" && !m.strangeRow(s, f) {
		return m.lead.noun
	}
	c := s.clauses[i]
	verbs := s.verbsIn(c, c.from, c.to)
	if len(verbs) == 0 {
		verbs = s.verbsIn(c, c.lo, c.hi)
	}
	if c.group != 0 && c.parent < 0 { // «Больше всего решённых – в Алакольском районе (388)»
		verbs = s.verbsIn(clause{}, 0, len(s.tokens))
	}
	for _, v := range verbs {
		if m.noun == "issue" && (v == "allocated" || v == "consider") && s.oneByOne(f) {
			return m.noun // «по девяти в бюджете предусмотрено 38,7 млрд тенге»
		}
		if slices.Contains(saidOf[m.noun], v) || v == "raised" && m.noun == "issue" && (s.item || s.verbBeside(f, c)) { // «Озвучено 1 150 проблем. Решены 870.»
			return m.noun
		}
	}
	if usual[m.noun] != "" && m.noun != "issue" && s.thereWere(i) && !s.has("n", c.from, f.from) && !s.saysLastYear() {
		return m.noun // «В 2023 году их было 850»; which year the last one is, the figure before may not agree
	}
	return ""
}

// ofThings says whether a number without a noun is of things that nobody knows: «46 дорог отремонтировано, 12 в работе», "of 203
// projects, 96 have been completed". They stand before it with a number of their own, and nothing known between.
func (s *sentence) ofThings(i int) bool {
	for k := s.figures[i].from - 1; k >= 0; k-- {
		switch {
		case s.wordIs("n", k), s.wordIs("link", k), s.tokens[k].key == ";":
			return false
		case s.tokens[k].kind != number || s.taken[k]:
			continue
		}
		f, ok := s.figure(k)
		if !ok || f.unit != Count {
			return false
		}
		noun, _ := s.nounBehind(f)
		return noun == "" && !s.isBare(f) && !s.known(f.to) && (k == 0 || s.tokens[k-1].key == "из" || s.tokens[k-1].key == "of")
	}
	return false
}

// saysLastYear says whether a sentence names a year only by the time of its text.
func (s *sentence) saysLastYear() bool {
	return slices.ContainsFunc(s.periods, func(p period) bool { return p.relative == -1 })
}

// saidOf are the verbs that say of a noun of the sentence before that it is meant again.
var saidOf = map[string][]string{
	"issue":   {"resolved", "unresolved", "unsupported", "progress", "longterm", "nodocs", "remaining"},
	"meeting": {"held", "missed", "planned"},
	"appeal":  {"arrived", "applied", "sent", "received", "came"},
}

// nounBefore reads «встреч акимов было 640», «вопросов поднято 3 210»: a genitive that opens its clause is what the number counts.
func (s *sentence) nounBefore(i int) (noun string, ok bool) {
	f, c := s.figures[i], s.clauses[i]
	joins := s.kazakh && s.wordIs("exists", f.to)
	for k := f.from - 1; k >= c.from; k-- {
		if n, found := s.markAt("n", k); found && s.wordIs("many", k) {
			return n.class.value(), joins && s.opensClause(k, c.from)
		}
		joins = joins || s.wordIs("exists", k) || s.wordIs("v", k) || s.wordIs("whole", k) || s.tokens[k].key == "-" || s.tokens[k].key == ":"
		if s.tokens[k].kind == word && !s.known(k) && !s.wordIs("n", k) && !s.wordIs("pronoun", k) {
			return "", false
		}
	}
	return "", false
}

// isHeading says whether a number is told behind its noun and a dash or colon, with no word of what happened: «встреч акимов – 640».
func (s *sentence) isHeading(i int) bool {
	f := s.figures[i]
	if f.from == 0 || s.tokens[f.from-1].key != "-" && s.tokens[f.from-1].key != ":" {
		return false
	}
	_, ok := s.nounBefore(i)
	return ok
}

// opensClause says whether nothing but conjunctions, times and places stands before a word, or the verb.
func (s *sentence) opensClause(i, from int) bool {
	if i == from || s.tokens[i-1].kind == sign || s.taken[i-1] || s.placeCovers(i-1) || s.kazakh && s.agentAt(i-1) {
		return true
	}
	switch s.tokens[i-1].key {
	case "и", "а", "но", "всего", "таких", "этих", "же", "что":
		return true
	}
	return s.wordIs("v", i-1) || s.wordIs("aux", i-1)
}

// known says whether a word has a meaning of its own in words.tsv or is a name: it hides no other thing that is counted.
func (s *sentence) known(i int) bool {
	return s.wordIs("stop", i) || s.wordIs("v", i) || s.wordIs("aux", i) || s.wordIs("exists", i) || s.wordIs("whole", i) || s.wordIs("q", i) ||
		s.wordIs("l", i) || s.wordIs("and", i) || s.wordIs("link", i) || s.taken[i] || s.placeCovers(i) || s.agentAt(i)
}

// thereWere says whether a sentence tells of a figure only that there were so many: «у меня было 38 встреч», «640 кездесу
// болды», "there were 640 meetings". Of issues that is said beside the meetings where they were raised.
func (s *sentence) thereWere(i int) bool {
	f, from := s.figures[i], 0
	noun, end := s.nounBehind(f)
	if _, before := s.nounBefore(i); noun == "" && !before {
		from = s.clauses[i].from // «было 402 вопроса, решить тогда удалось 263»
	}
	exists := false
	for k := from; k < min(end+2, len(s.tokens)); k++ {
		if s.wordIs("v", k) && k < end {
			return false
		}
		exists = exists || s.wordIs("exists", k)
	}
	return exists && (noun != "issue" || s.has("n", 0, f.from))
}

// howMany reads «количество встреч в регионе составило 640», «кездесулердің саны 412 болды»: what a number without a noun
// is the number of.
func (s *sentence) howMany(i int) (noun string, ok bool) {
	f, c := s.figures[i], s.clauses[i]
	joins := f.from > 0 && (s.has("whole", f.from-1, f.at) || s.tokens[f.from-1].key == "-" || s.tokens[f.from-1].key == ":") || s.kazakh && s.wordIs("howmany", f.from-1) ||
		s.english && f.from > 0 && (s.tokens[f.from-1].key == "was" || s.tokens[f.from-1].key == "were")
	if !joins {
		return "", false
	}
	for k := f.from - 1; k >= c.from; k-- {
		n, found := s.markAt("n", k)
		if found && n.class != "n:akimat" && (s.kazakh && s.wordIs("howmany", n.to) || !s.kazakh && s.has("howmany", max(c.from, k-3), k)) {
			noun, ok = n.class.value(), true
		}
	}
	return noun, ok
}

// usual is what happens to what is counted where only its number is told.
var usual = map[string]string{"meeting": "held", "reception": "held", "issue": "raised", "proposal": "raised", "appeal": "arrived"}

// wholeFrom says whether a figure is only named as the whole of others, «212 из 227 встреч», «Из 62 вопросов: 10 – …», and
// where the words begin that say so. What happened to the parts did not happen to it.
func (s *sentence) wholeFrom(i int) (from int, ok bool) {
	for k := s.figures[i].from - 1; k >= 0 && k >= s.figures[i].from-4; k-- {
		switch key := s.tokens[k].key; {
		case s.wordIs("link", k):
			return 0, false
		case key == "из" || key == "of":
			if k == 0 || s.tokens[k-1].kind != word || s.tokens[k-1].key == "out" || s.wordIs("stop", k-1) || s.wordIs("d", k-1) || s.wordIs("m", k-1) {
				return k, true
			}
			return k, i > 0 && s.wholeOf(i-1, i) || s.partBehind(i)
		case adjective(key) && !s.partBehind(i):
			if noun, _ := s.nounBehind(s.figures[i]); noun == "" {
				return 0, false // «из поддержанных восемь уже исполнены»
			}
		case !wholeWords[key] && !adjective(key):
			return 0, false
		}
	}
	return 0, false
}

// wholeWords may stand between «из» and the whole.
var wholeWords = map[string]bool{"the": true, "all": true, "its": true, "their": true, "these": true, "those": true, "общего": true, "числа": true, "всех": true}

// partBehind says whether another number of the same is told behind a figure, with no comma between: «из 214 вопросов закрыто 187».
func (s *sentence) partBehind(i int) bool {
	f := s.figures[i]
	if i+1 >= len(s.figures) || s.figures[i+1].unit != f.unit || s.clauses[i+1].group != s.clauses[i].group {
		return false
	}
	for k := f.to; k < s.figures[i+1].from; k++ {
		if s.tokens[k].kind == sign {
			return false
		}
	}
	noun, _ := s.nounBehind(s.figures[i+1])
	return noun == ""
}

// wholeOf says whether a figure is the whole of another: nothing but «из» stands between them.
func (s *sentence) wholeOf(part, whole int) bool {
	from, to := s.figures[part].to, s.figures[whole].from
	if from >= to || to-from > 3 || s.figures[whole].unit == Percent {
		return false
	}
	for _, t := range s.tokens[from:to] {
		if t.key != "из" && t.key != "of" && t.key != "out" && !wholeWords[t.key] {
			return false
		}
	}
	return true
}
