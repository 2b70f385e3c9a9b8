package report

import "slices"

// withVerb finds what happened to a noun: by the words between the commas around the figure, then by the clause's own, then by
// those it shares, then as the figure beside it says, then as the line before the list says.
func (m *memory) withVerb(s *sentence, i int, noun string, bare bool, others []verdict) verdict {
	f, c := s.figures[i], s.clauses[i]
	future := s.ahead(c.from, c.to)
	if v := m.paidOneByOne(s, i, noun); v.ok {
		return v
	}
	if v := m.verbOfNext(s, i, noun); v.ok {
		return v
	}
	from, to := s.commas(f, c)
	for _, r := range [][2]int{{from, to}, {c.from, c.to}, {c.lo, c.hi}} {
		verbs := s.verbsIn(c, r[0], r[1])
		if i+1 < len(s.figures) && s.wholeOf(i, i+1) { // but not those of the whole: «212 из 227 запланированных»
			_, end := s.nounBehind(s.figures[i+1])
			if verbs = s.verbsIn(c, r[0], f.to); len(verbs) == 0 { // "held 121 of the 126 meetings planned"
				verbs = s.verbsIn(c, end, r[1])
			}
		}
		if noun == "meeting" && !bare && slices.Contains(verbs, "allocated") {
			verbs = append(verbs, "planned") // «графиком предусмотрено 20 встреч»
		}
		v := m.verdict(s, noun, verbs, future)
		if slices.Contains(verbs, "explained") && (!v.ok || v.verb == "raised") {
			return verdict{} // «қойылған сауалдардың 3 984-іне жауап берілді»
		}
		if v.ok {
			if v.verb == "progress" && s.hasVerb(c, "remaining") && m.told("issues_in_progress", others) {
				return m.verdict(s, noun, []string{"remaining"}, false) // "257 are in progress. The remaining 735 are in progress"
			}
			return v
		}
		if len(verbs) > 0 && s.verbBeside(f, c) {
			return verdict{}
		}
	}
	if _, ok := s.howMany(i); (ok || noun == "appeal" && (s.isReceivers(i) || m.appeals != "" && s.isPlainRow(i))) && len(s.verbsIn(c, c.from, c.to)) == 0 {
		return m.verdict(s, noun, []string{usual[noun]}, future)
	}
	if usual[noun] != "" && (s.thereWere(i) || bare && s.isHeading(i) && len(s.verbsIn(c, c.from, c.to)) == 0) {
		return m.verdict(s, noun, []string{usual[noun]}, future)
	}
	if v, ok := m.remark(s, i, noun, bare, others); ok {
		return v
	}
	own := s.hasPlaceOrAgent(c) || s.hasPeriod(c) || s.hasPlaceBefore(f)
	if bare && !own && !c.joined && !(s.item && len(m.lead.verbs) > 0) {
		if part := m.part(s, i, others); part.ok {
			return part
		}
		return verdict{}
	}
	if c.group != 0 && c.parent < 0 {
		if v := m.verdict(s, noun, s.verbsIn(clause{}, 0, len(s.tokens)), false); v.ok {
			return v
		}
	}
	if noun == "money" && c.group != 0 && c.parent >= 0 && others[c.parent].ok { // «профинансировано 19 вопросов (88,4 млрд тенге)»
		if v := m.verdict(s, noun, []string{others[c.parent].verb}, false); v.ok {
			return v
		}
	}
	if noun == "issue" && !bare && s.saysMore(f, c) || noun == "money" && !s.hasPlaceBefore(f) {
		return verdict{}
	}
	if noun == "issue" && !bare && (s.opensRow(i) || s.partFollows(i)) {
		return m.verdict(s, noun, []string{"raised"}, false)
	}
	if noun == "issue" && !bare && s.outcomeFollows(i) { // «Абай: 40 встреч, 96 вопросов, решено 70»; but of what the 96 are is not always said
		if s.hasPlaceBefore(s.figures[0]) || s.has("sum", 0, s.figures[0].from) {
			return m.verdict(s, noun, []string{"raised"}, false)
		}
		return verdict{}
	}
	if !bare && slices.Contains(s.verbsIn(c, c.from, c.to), "included") {
		return verdict{} // «включено 64 вопроса, из них исполнен 41»
	}
	if v := m.beside(s, i, noun, others); v.ok {
		return v
	}
	if s.item {
		return m.verdict(s, noun, m.lead.verbs, false)
	}
	return verdict{}
}

// verbOfNext takes for a Kazakh part what the end of the sentence says of the parts behind it: «1 530 мәселенің 604-і ғана, Абай
// облысында 2 112 мәселенің 971-і ғана шешілген».
func (m *memory) verbOfNext(s *sentence, i int, noun string) verdict {
	if c := s.clauses[i]; !s.kazakh || !s.stands(s.figures[i]) || len(s.verbsIn(c, c.from, c.to)) > 0 {
		return verdict{}
	}
	for j := i + 1; j < len(s.figures); j++ {
		c := s.clauses[j]
		if verbs := s.verbsIn(c, c.from, c.to); s.stands(s.figures[j]) && len(verbs) > 0 {
			return m.verdict(s, noun, verbs, s.ahead(c.from, c.to))
		}
	}
	return verdict{}
}

// paidOneByOne reads how many issues the sum behind was for: «по 9 вопросам, 38,7 млрд тенге выделено», "for 8 issues, 25.6 billion
// has been allocated", «қалған жеті мәселеге 14,8 млрд теңге бөлінді».
func (m *memory) paidOneByOne(s *sentence, i int, noun string) verdict {
	c, j := s.clauses[i], i+1
	if noun != "issue" || !s.oneByOne(s.figures[i]) || j >= len(s.figures) || s.figures[j].unit != KZT || s.clauses[j].group != c.group {
		return verdict{}
	}
	if verbs := s.verbsIn(c, c.from, c.to); len(verbs) > 1 || len(verbs) == 1 && verbs[0] != "remaining" {
		return verdict{}
	}
	next := s.clauses[j]
	return m.verdict(s, noun, s.verbsIn(next, next.from, next.to), s.ahead(next.from, next.to))
}

// oneByOne says whether a figure is of issues for which something was done: «по девяти», "for 8 issues", «9 мәселе бойынша»,
// «7 мәселеге».
func (s *sentence) oneByOne(f figure) bool {
	if f.from > 0 && (s.tokens[f.from-1].key == "по" || s.tokens[f.from-1].key == "for") {
		return true
	}
	_, end := s.nounBehind(f)
	return end < len(s.tokens) && s.tokens[end].key == "боиынша" || s.kazakh && end > f.to && dative(s.tokens[end-1].key)
}

// hasVerb says whether a verb stands in a clause.
func (s *sentence) hasVerb(c clause, verb string) bool {
	return slices.ContainsFunc(s.marks, func(k mark) bool {
		return k.class == class("v:"+verb) && k.from >= c.from && k.to <= c.to && c.owns(s, k.from)
	})
}

// told says whether a figure just before was of a metric: of the sentence, or of the one before it.
func (m *memory) told(metric Metric, others []verdict) bool {
	before := m.claims[max(0, len(m.claims)-2):]
	return slices.ContainsFunc(others, func(v verdict) bool { return v.ok && v.metric == metric }) ||
		slices.ContainsFunc(before, func(c Claim) bool { return c.Metric == metric })
}

// saysMore says whether words that nobody listed follow the noun of a figure: they may be what happened to it.
func (s *sentence) saysMore(f figure, c clause) bool {
	_, end := s.nounBehind(f)
	for i := end; i < c.to; i++ {
		if s.tokens[i].kind == word && !s.wordIs("stop", i) && !s.wordIs("n", i) && !s.wordIs("d", i) && !s.placeCovers(i) && !s.agentAt(i) && !s.wordIs("l", i) && !s.wordIs("and", i) && !s.taken[i] {
			return true
		}
	}
	return false
}

// verbBeside says whether a verb that does not fit stands next to the figure.
func (s *sentence) verbBeside(f figure, c clause) bool {
	_, end := s.nounBehind(f)
	for i := end; i < c.hi && i < end+3; i++ {
		if s.wordIs("v", i) {
			return true
		}
	}
	return false
}

// beside takes the verb of the nearest figure of the sentence whose verb fits the noun.
func (m *memory) beside(s *sentence, i int, noun string, others []verdict) verdict {
	order := make([]int, 0, len(others))
	for j := i - 1; j >= 0; j-- {
		order = append(order, j)
	}
	behind := make([]int, 0, len(others))
	for j := i + 1; j < len(others); j++ {
		behind = append(behind, j)
	}
	if s.kazakh {
		order = append(behind, order...)
	} else {
		order = append(order, behind...)
	}
	for _, j := range order {
		aside := s.clauses[j].group != 0 && s.clauses[j].group != s.clauses[i].group && s.clauses[j].parent >= 0
		if others[j].ok && others[j].verb != "" && !aside {
			if v := m.verdict(s, noun, []string{others[j].verb}, false); v.ok {
				return v
			}
		}
	}
	return verdict{}
}

// part is a figure that only says which part of the one before it is: "1,777 citizens were received, 700 of whom as
// part of visiting receptions".
func (m *memory) part(s *sentence, i int, others []verdict) verdict {
	f, c := s.figures[i], s.clauses[i]
	if i == 0 || !others[i-1].ok || len(s.verbsIn(c, c.from, c.to)) > 0 || !s.has("link", c.from, min(c.to, f.to+3)) {
		return verdict{}
	}
	for k := f.to; k < c.to; k++ {
		if n, ok := s.markAt("n", k); ok && (n.class == "n:reception" || n.class == "n:meeting") {
			v := others[i-1]
			v.detail = s.words(f.to, c.to)
			return v
		}
	}
	return verdict{}
}

// verdict looks a noun and its verbs up.
func (m *memory) verdict(s *sentence, noun string, verbs []string, future bool) verdict {
	if future && noun == "meeting" && slices.Contains(verbs, "held") {
		verbs = []string{"planned"}
	}
	near := func(noun string) bool {
		if noun == "reception" && (m.base == Reception || s.names(Reception)) {
			return true
		}
		for _, k := range s.marks {
			if k.class == class("n:"+noun) {
				return true
			}
		}
		return false
	}
	if m.centralList && m.offList != s.place.Paragraph && noun == "issue" && len(verbs) > 0 && (verbs[0] == "included" || verbs[0] == "formed" || verbs[0] == "raised") {
		verbs = []string{"central"} // «в перечень включено 74 вопроса»
	}
	r, ok := m.r.metrics.best(noun, verbs, future, near)
	if !ok {
		return verdict{}
	}
	return verdict{noun: noun, verb: r.verb, metric: r.metric, ok: true}
}
