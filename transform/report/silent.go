package report

import (
	"slices"
	"strings"
)

// onlyWished says whether what a clause tells has not happened: «должны решить». What was to be held by plan has been planned.
func (s *sentence) onlyWished(c clause) bool {
	verbs := s.verbsIn(c, c.from, c.to)
	return s.wishes(c.from, c.to) && !slices.ContainsFunc(verbs, func(v string) bool { return v == "planned" || v == "remaining" || v == "selected" })
}

// wishes says whether a word between two tokens makes what is told a wish. The words of "per cent" and "every level" do
// not, nor those of a phrase that says what happened, nor does solving each of them: «чтобы закрыть каждый вопрос».
func (s *sentence) wishes(from, to int) bool {
	for i := from; i < to; i++ {
		if s.wordIs("unreal", i) && !s.wordIs("m", i) && !s.wordIs("l", i) && !s.wordIs("v", i) && !s.wordIs("yearago", i) && !s.wordIs("inpercent", i) && !s.isPurpose(i) && !s.wordIs("solve", i-1) {
			return true
		}
	}
	return false
}

// isPurpose says whether a word says what something is for, and wishes nothing: «чтобы решить их, нужно».
func (s *sentence) isPurpose(i int) bool {
	if s.tokens[i].key != "чтобы" || i+1 >= len(s.tokens) {
		return false
	}
	next := s.tokens[i+1].key
	return strings.HasSuffix(next, "ть") || strings.HasSuffix(next, "ти") || strings.HasSuffix(next, "ться")
}

// ofTopic says whether a figure is of a part of issues, proposals or appeals by what they are about: «по дорогам решено 96», «жол
// туралы 240 мәселе». What stands behind them all describes them: «поднято 1 200 вопросов по благоустройству и дорогам».
func (s *sentence) ofTopic(f figure, c clause, noun string) bool {
	if noun != "issue" && noun != "proposal" && noun != "appeal" {
		return false
	}
	from, _ := s.commas(f, c)
	for k := from; k < f.from; k++ {
		if !s.wordIs("topic", k) || s.agentAt(k) || s.placeCovers(k) {
			continue
		}
		if k > 0 && aboutBefore[s.tokens[k-1].key] || k+1 < f.from && aboutBehind[s.tokens[k+1].key] {
			return true
		}
	}
	return false
}

// ofOneMeeting says whether a sentence tells of one meeting where many were counted before.
func (m *memory) ofOneMeeting(s *sentence, noun string) bool {
	return noun != "meeting" && s.has("onemeeting", 0, len(s.tokens)) && slices.ContainsFunc(m.claims, func(c Claim) bool { return c.Metric == "meetings_held" && c.Value > hundredths })
}

// aboutBefore and aboutBehind are what stands before a topic, and in Kazakh behind it.
var (
	aboutBefore = map[string]bool{"по": true, "о": true, "об": true, "on": true, "about": true}
	aboutBehind = map[string]bool{"туралы": true, "боиынша": true, "жонинде": true, "катысты": true}
)

// elsewhere says whether a sentence tells of meetings with others than the people. The name of a ministry does not, nor do
// others beside a figure of the people's: «640 встреч с населением, 46 – с предпринимателями».
func (s *sentence) elsewhere(f figure, c clause) bool {
	if from, to := s.commas(f, c); s.has("pronoun", from, to) && !s.has("elsewhere", from, to) {
		return false
	}
	for i := range s.tokens {
		if s.wordIs("elsewhere", i) && !slices.ContainsFunc(s.agents, func(a agent) bool { return a.from <= i && i < a.end }) {
			return true
		}
	}
	return false
}

// isDifference says whether a number is by how much something grew: «на 300 больше».
func (s *sentence) isDifference(i int) bool {
	f, c := s.figures[i], s.clauses[i]
	if f.from == 0 {
		return false
	}
	before := s.tokens[f.from-1].key
	if before != "на" && before != "by" {
		return false
	}
	for _, v := range s.verbsIn(c, c.lo, c.hi) {
		if v == "growth" || v == "decline" {
			return true
		}
	}
	return false
}
