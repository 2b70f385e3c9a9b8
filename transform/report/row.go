package report

import "slices"

// remark reads a bracket that only compares: «61 204 обращения (2023 г. – 55 870)», «24 встречи (план – 24)».
func (m *memory) remark(s *sentence, i int, noun string, bare bool, others []verdict) (verdict, bool) {
	f, c := s.figures[i], s.clauses[i]
	if s.comparedTime(i) != nil {
		for j := i - 1; j >= 0; j-- {
			if others[j].ok && s.figures[j].unit == f.unit && s.clauses[j].group == 0 {
				return others[j], true
			}
		}
	}
	if !bare || c.group == 0 || c.parent < 0 || !others[c.parent].ok || s.figures[c.parent].unit != f.unit || f.from < 2 || s.tokens[f.from-1].key != "-" {
		return verdict{}, false
	}
	if s.wordIs("plan", f.from-2) {
		return m.verdict(s, noun, []string{"planned"}, false), true
	}
	return others[c.parent], s.hasPeriod(c)
}

// opensRow says whether a figure is the first of the line of a place, and the next one says what became of its issues:
// «Алмалинский – 96 вопросов, решено 70». Then it is all that were raised there.
func (s *sentence) opensRow(i int) bool {
	return s.item && i == 0 && s.hasPlaceBefore(s.figures[0]) && s.outcomeFollows(i)
}

// outcomeFollows says whether a number without a noun comes next, with a verb of its own.
func (s *sentence) outcomeFollows(i int) bool {
	own := slices.DeleteFunc(s.verbsIn(s.clauses[i], s.clauses[i].from, s.clauses[i].to), func(v string) bool { return v == "concern" || v == "share" })
	if i+1 >= len(s.figures) || len(own) > 0 {
		return false
	}
	noun, _ := s.nounBehind(s.figures[i+1])
	c := s.clauses[i+1]
	return noun == "" && s.figures[i+1].unit == Count && len(s.verbsIn(c, c.from, c.to)) > 0
}

// partFollows says whether the next figure is a part of a Kazakh one by its ending: «710 мәселе, 498-і орындалды».
func (s *sentence) partFollows(i int) bool {
	if !s.kazakh || i+1 >= len(s.figures) {
		return false
	}
	next := s.figures[i+1]
	noun, _ := s.nounBehind(next)
	switch s.tokens[next.at].suffix {
	case "i", "и", "ы", "си", "сы", "iн", "ин", "ын":
		return noun == "" && len(s.verbsIn(s.clauses[i], s.clauses[i].from, s.clauses[i].to)) == 0
	}
	return false
}

// isReceivers says whether a dash joins a figure to who received appeals: «Поступило 900 обращений. Через е-Өтініш – 800.»
func (s *sentence) isReceivers(i int) bool {
	f, c := s.figures[i], s.clauses[i]
	a, ok := s.receiver(c.from, c.to)
	return ok && a.to == f.from-1 && s.tokens[a.to].key == "-"
}

// isPlainRow says whether a figure is of a place and nothing is said of it but that: "By region: Almaty city, 141,200 appeals".
func (s *sentence) isPlainRow(i int) bool {
	f := s.figures[i]
	for k := range f.from {
		if s.tokens[k].kind == word && !s.placeCovers(k) && !s.wordIs("stop", k) && !s.wordIs("n", k) && !s.wordIs("l", k) {
			return false
		}
	}
	return s.hasPlaceBefore(f)
}

// strangeRow says whether the line of a list is of something that nobody knows: «Алгинский – 15».
func (m *memory) strangeRow(s *sentence, f figure) bool {
	for k := range f.from {
		if s.capital(k) && !s.placeCovers(k) && !s.agentAt(k) && !s.wordIs("n", k) && !s.wordIs("v", k) && !s.wordIs("stop", k) && !s.wordIs("l", k) {
			return true
		}
	}
	return false
}

// inPair says whether a figure is one of two that only their order tells apart: «поднято и решено 245 и 201 вопрос соответственно»,
// "2,210 / 1,768".
func (s *sentence) inPair(f figure) bool {
	slash := func(i int) bool { return i >= 0 && i < len(s.tokens) && s.tokens[i].key == "/" }
	if slash(f.from-1) || slash(f.to) {
		return true
	}
	if i := slices.IndexFunc(s.figures, func(g figure) bool { return g.at == f.at }); (i == 0 || !s.paired(i-1, i)) && (i+1 == len(s.figures) || !s.paired(i, i+1)) {
		return false // «поднято 86 вопросов, решён 51; в Аулиекольском районе – соответственно 73 и 44»
	}
	several := make(map[class]bool)
	for _, k := range s.marks {
		if k.class.is("v") {
			several[k.class] = true
		}
	}
	return len(several) > 1 && s.has("respectively", 0, len(s.tokens))
}

// countBeside reads the number that a share stands for: «решено 72,6 % вопросов, или 871», "72.6% (871) were resolved".
func (s *sentence) countBeside(i int, others []verdict) verdict {
	if i == 0 || others[i-1].metric != "issues_resolved_share" || s.figures[i-1].unit != Percent || s.figures[i].unit != Count {
		return verdict{}
	}
	f, c := s.figures[i], s.clauses[i]
	from, to := s.commas(f, c)
	if noun, _ := s.nounBehind(f); noun != "" && noun != "issue" || c.group != 0 && len(s.verbsIn(c, c.lo, c.hi)) > 0 || !c.joined && len(s.verbsIn(c, from, to)) > 0 {
		return verdict{}
	}
	_, behind := s.nounBehind(s.figures[i-1])
	for k := s.figures[i-1].to; k < f.from; k++ {
		switch key := s.tokens[k].key; {
		case k < behind, key == ",", key == "(", s.wordIs("same", k), s.wordIs("aux", k):
		default:
			return verdict{}
		}
	}
	return verdict{noun: "issue", verb: "resolved", metric: "issues_resolved", ok: true}
}

// leadPair reads the lines of a list whose heading says what their two figures are: «(поднято вопросов / решено): Алатауский район
// – 1 046 / 793».
func (m *memory) leadPair(s *sentence, i int) verdict {
	if !s.item || !m.lead.pair || len(s.figures) != 2 || s.figures[0].unit != Count || s.figures[1].unit != Count || s.figures[1].from-s.figures[0].to != 1 {
		return verdict{}
	}
	return m.verdict(s, m.lead.noun, m.lead.verbs[i:i+1], false)
}
