package report

import (
	"slices"
	"strings"
)

// judgeShare says what a percentage is the share of.
func (m *memory) judgeShare(s *sentence, i int, others []verdict) verdict {
	f, c := s.figures[i], s.clauses[i]
	if c.group != 0 && c.parent >= 0 && len(s.verbsIn(c, c.lo, c.hi)) == 0 {
		if change := s.changeBefore(f); change != "" {
			return m.verdict(s, "share-"+others[c.parent].noun, []string{change}, false)
		}
		return shareBeside(others[c.parent])
	}
	prev := s.before(s.clauses, i)
	if c.joined && prev >= 0 && s.figures[prev].unit != Percent {
		return shareBeside(others[prev])
	}
	if c.group != 0 && c.parent < 0 { // «большинство (68,8 %) обратившихся»: the words around the bracket are meant
		c = clause{to: len(s.tokens), hi: len(s.tokens), parent: -1}
	}
	verbs := s.verbsIn(c, c.from, c.to)
	if change := s.changeBefore(f); change != "" {
		verbs = append(verbs, change)
	}
	if s.kazakh && len(s.verbsIn(c, c.lo, c.hi)) == 0 { // «27%-ы …, 19%-ы құрылысқа қатысты болды»
		verbs = s.verbAtEnd(i)
	}
	noun, _ := s.nounBehind(f)
	switch noun {
	case "":
		if noun = m.shareNoun(s, i, c, others); s.ofNeed(f) {
			noun = "money"
		}
	case "issue", "appeal", "complaint":
	default:
		return verdict{}
	}
	if noun == "appeal" && s.complaintsAre(c, f) {
		noun, verbs = "complaint", []string{"share"} // «Жалобы составили 12 % обращений»
	}
	if noun == "issue" && (slices.Contains(verbs, "concern") || slices.Contains(verbs, "share") && !slices.Contains(verbs, "resolved") || changes(verbs)) || noun == "complaint" && changes(verbs) {
		return verdict{}
	}
	if changes(verbs) && !s.isChange(i, verbs) {
		return verdict{}
	}
	if (noun == "appeal") && changes(verbs) {
		verbs = slices.DeleteFunc(verbs, func(v string) bool { return v != "growth" && v != "decline" })
		if last := s.changeAhead(f, c); last != "" {
			verbs = []string{last}
		}
	}
	if s.wears(f, verbs) || s.ofThing(f) {
		return verdict{}
	}
	if noun == "money" && s.ofNeed(f) {
		verbs = append(verbs, m.paidFor(i, others)) // «Выделено 268,5 млрд. То есть 52,4 % от потребности»
	}
	v := m.verdict(s, "share-"+noun, verbs, s.ahead(c.from, c.to))
	if !v.ok && len(s.verbsIn(c, c.lo, c.hi)) == 0 || !v.ok && s.has("whole", c.from, c.to) {
		if prev >= 0 && s.figures[prev].unit != Percent {
			return shareBeside(others[prev])
		}
		if prev >= 0 && others[prev].ok && others[prev].verb != "local" && !changes([]string{others[prev].verb}) && (s.hasPlaceOrAgent(c) || s.labelBefore(i) != "" || s.has("respectively", 0, len(s.tokens))) {
			v = others[prev]
			v.detail = ""
		} else if m.nextRow && s.onlyShare(f) {
			v = shareBeside(m.row[len(m.row)-1]) // «Решён 871 вопрос. Это 74 %»
		} else if m.nextRow && i == 0 && s.hasPlaceBefore(f) && m.row[0].metric == "issues_resolved_share" {
			v = m.row[0] // «1. Павлодарская область – 95,2 % решённых. 2. Астана – 93,6 %»
		} else if s.item || i == 0 && s.isRowOfPlace() {
			v = m.verdict(s, "share-"+noun, m.lead.verbs, false)
		}
	}
	if !v.ok && noun == "issue" && !slices.Contains(verbs, "concern") && !changes(verbs) && s.has("rank", 0, len(s.tokens)) && s.hasPlaceBefore(f) {
		v = m.verdict(s, "share-issue", []string{"resolved"}, false)
	}
	if v.metric == "complaints_share" {
		if v.detail = m.shareDetail(s, i); v.detail == "" && !s.hasPlaceOrAgent(c) && !(noun == "complaint" && slices.Contains(verbs, "share")) {
			return verdict{}
		}
	}
	return v
}

// wears says whether a percentage is how far something went that nobody knows: «сети изношены на 67 %».
func (s *sentence) wears(f figure, verbs []string) bool {
	return f.from > 0 && s.tokens[f.from-1].key == "на" && !slices.Contains(verbs, "resolved") && !slices.Contains(verbs, "allocated") && !slices.Contains(verbs, "covered") && !changes(verbs)
}

// ofThing says whether a percentage is the share of a thing that nobody knows: «96 % плана», "96% of the plan", «бюджет исполнен на
// 98 %».
func (s *sentence) ofThing(f figure) bool {
	if s.kazakh || s.has("n", 0, len(s.tokens)) {
		return false
	}
	k := s.skip(f.to, "от", "of", "the")
	return f.from > 0 && s.tokens[f.from-1].key == "на" && s.has("thing", 0, f.from) || s.wordIs("thing", k)
}

// hasPlaceBefore says whether a place stands just before a figure: «Абай – 94 %», "Kostanay region (92.1%)".
func (s *sentence) hasPlaceBefore(f figure) bool {
	return s.placeEnds(f.from-1) && s.isRow(f.from-1)
}

// complaintsAre says whether a percentage is what complaints make up of something.
func (s *sentence) complaintsAre(c clause, f figure) bool {
	complaints := false
	for k := c.from; k < f.from; k++ {
		n, ok := s.markAt("n", k)
		if complaints && ok && n.class == "n:appeal" && s.tokens[f.from-1].key == "-" {
			return true // «Жалоб среди обращений – 5,3 %»
		}
		complaints = complaints || ok && n.class == "n:complaint"
		v, ok := s.markAt("v", k)
		if complaints && (s.wordIs("whole", k) || ok && v.class == "v:share") {
			return true
		}
	}
	return false
}

// onlyShare says whether a sentence has nothing but a percentage: «Это 74 процента», «Бұл – 74 пайыз», "That is 74%".
func (s *sentence) onlyShare(f figure) bool {
	for k := range s.tokens {
		if k >= f.from && k < f.to || s.tokens[k].kind == sign {
			continue
		}
		if !s.wordIs("same", k) && !s.wordIs("whole", k) && !s.wordIs("aux", k) && !s.wordIs("link", k) && !onlyWords[s.tokens[k].key] {
			return false
		}
	}
	return len(s.figures) == 1
}

// onlyWords stand beside a percentage and say nothing of their own.
var onlyWords = map[string]bool{"это": true, "бул": true, "this": true, "that": true, "it": true, "а": true, "от": true, "общего": true, "числа": true, "of": true, "the": true, "total": true}

// shareBeside is the share that stands beside a figure.
func shareBeside(v verdict) verdict {
	metric, ok := shareOf[v.metric]
	return verdict{noun: "share-" + v.noun, verb: v.verb, metric: metric, ok: ok && v.ok}
}

// changeBefore reads "up 7 percent".
func (s *sentence) changeBefore(f figure) string {
	if v, ok := s.covering("v", f.from-1); f.from == 0 || ok && v.class == "v:share" { // "made up 7 percent"
		return ""
	}
	return map[string]string{"up": "growth", "down": "decline", "+": "growth"}[s.tokens[f.from-1].key]
}

// changeAhead returns what was said last before a figure, growth or decline: «рост в Туркестанской области (на 19%), снижение – в
// Атырауской (на 7%)».
func (s *sentence) changeAhead(f figure, c clause) (last string) {
	for _, m := range s.marks {
		if v := m.class.value(); m.class.family() == "v" && (v == "growth" || v == "decline") && m.from >= c.lo && m.to <= f.from && !s.denied(m) {
			last = v
		}
	}
	return last
}

func changes(verbs []string) bool {
	return slices.Contains(verbs, "growth") || slices.Contains(verbs, "decline")
}

// isChange says whether a percentage is by how much something grew: «на 16 %», "by 16%", "a 16% increase".
func (s *sentence) isChange(i int, verbs []string) bool {
	f := s.figures[i]
	if s.changeBefore(f) != "" {
		return true
	}
	for k := f.from - 1; k >= 0 && k >= f.from-2; k-- {
		switch s.tokens[k].key {
		case "на", "by":
			return true
		}
	}
	if s.kazakh {
		return true
	}
	if f.from > 1 && s.wordIs("whole", f.from-1) && s.wordIs("v", f.from-2) {
		return true // «Рост составил 13 %»
	}
	for k := f.from - 1; k >= 0 && k >= f.from-4 && !s.wordIs("n", k); k-- {
		if s.wordIs("change", k) {
			return true // «прирост – 7,5 %», «прибавка скромнее, 2,3 %»
		}
	}
	return f.to < len(s.tokens) && s.wordIs("v", f.to) || f.to+1 < len(s.tokens) && s.wordIs("v", f.to+1) || f.from > 0 && s.wordIs("v", f.from-1)
}

// shareNoun returns what a percentage without a noun is the share of: the nearest noun of its own words, else that of the
// figures before it, else of the sentence or list before it.
func (m *memory) shareNoun(s *sentence, i int, c clause, others []verdict) string {
	f := s.figures[i]
	noun, object := "", len(s.tokens)
	for _, k := range s.marks {
		if k.class == "v:concern" && k.from >= c.lo && k.from < object {
			object = k.from
		}
	}
	for _, k := range s.marks {
		if k.from > object && noun != "" {
			break // «обращений касалось жилищных вопросов»
		}
		if !k.class.is("n") || k.from < c.lo || k.to > c.hi || !c.owns(s, k.from) || s.swallowed(k) {
			continue
		}
		switch v := k.class.value(); v {
		case "issue", "appeal", "complaint":
			if k.from < f.from || noun == "" {
				noun = v
			}
		}
	}
	if noun != "" {
		return noun
	}
	for j := i - 1; j >= 0; j-- {
		if s.figures[j].unit == KZT {
			return "money"
		}
		if others[j].ok {
			return strings.TrimPrefix(others[j].noun, "share-")
		}
	}
	if s.item && m.lead.noun != "" {
		return m.lead.noun
	}
	if s.has("link", 0, f.from) || s.has("v", 0, len(s.tokens)) || s.has("rank", 0, len(s.tokens)) {
		return m.noun
	}
	return ""
}

// swallowed says whether a noun is only a part of what happened: «обращаются по вопросам», which is said of appeals.
func (s *sentence) swallowed(noun mark) bool {
	m, ok := s.covering("v", noun.from)
	return ok && m.class == "v:concern" && m.to-m.from > 1
}

// verbAtEnd returns what a Kazakh sentence says at its end of all its percentages from one on.
func (s *sentence) verbAtEnd(i int) []string {
	for j := i + 1; j < len(s.figures) && s.figures[j].unit == Percent; j++ {
		if verbs := s.verbsIn(s.clauses[j], s.clauses[j].from, s.clauses[j].to); len(verbs) > 0 {
			return verbs
		}
	}
	return nil
}
