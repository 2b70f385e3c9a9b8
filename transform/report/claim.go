package report

import (
	"slices"
	"strings"
)

// claim makes the claim of a figure whose metric is known, if it is known whose it is.
func (m *memory) claim(at, i int, v verdict) {
	s := m.sentences[at]
	f, c := s.figures[i], s.clauses[i]
	channel, a := m.channelOf(at, i, v)
	if channel == "" || s.opensStrange() {
		return
	}
	m.metAkims = m.metAkims || isAkims(channel)
	if m.base == "" && (a.weak && isAkims(channel) || s.item && channel == Akims) {
		m.base = channel // what follows is of the same akims, not of the next who is named
	}
	whose, ok := m.subjectOf(s, i, v, channel, a)
	if !ok {
		return
	}
	if a.channel == "" && isAkims(channel) && m.last != "" && whose.code != m.last && !m.visits(s, channel, whose) {
		channel, m.base = Akims, Akims // the level was that of another place
	}
	if m.acted = (subject{}); strings.HasPrefix(whose.code, "ministry:") {
		m.acted = whose
	}
	if m.goesOnAbout(s, i, whose) && !s.has("aside", 0, len(s.tokens)) {
		m.subject = whose
	}
	if channel == CentralList {
		m.central, m.offList = true, 0
	}
	if channel == Reception && m.base == "" {
		m.base = Reception
	}
	if channel == CentralList && v.metric == "issues_raised" {
		v.metric = "issues_central_level" // what stands on that list was not raised there
	}
	claim := Claim{SubjectCode: whose.code, Subject: whose.name, Channel: channel, Metric: v.metric, Value: f.value, Unit: f.unit, Qualifier: f.qualifier}
	if v.verb == "decline" {
		claim.Value = -claim.Value
	}
	if v.detail != "" {
		detail := m.masked(v.detail)
		claim.Detail = &detail
	}
	d, p, ok := m.timeOf(s, i, v, channel)
	if !ok {
		return
	}
	if d.known && months(d) > 1 && c.group == 0 && !(p != nil && (p.same || p.role == passing)) && !d.before(m.period) && !s.has("aside", 0, len(s.tokens)) {
		m.periods[family(channel)] = d
	}
	m.just = d
	if p != nil && !p.same && p.role != passing && s.hasPlaceOrAgent(clause{from: 0, to: len(s.tokens)}) {
		m.telling[s.place] = true
	}
	m.add(claim, d, s)
}

// goesOn says whether a sentence takes up the one before it: «Из них решено 17».
func (s *sentence) goesOn() bool { return !s.first && s.has("link", 0, min(2, len(s.tokens))) }

// opensStrange says whether a sentence opens with a name of a place that nobody knows: «В Костанайской прибавка скромнее». Its
// figures are not those of the place before.
func (s *sentence) opensStrange() bool {
	for k := range min(2, len(s.tokens)-1) {
		name := s.tokens[k+1].key
		if s.tokens[k].key == "в" && s.capital(k+1) && !s.placeCovers(k+1) && !s.agentAt(k+1) && (strings.HasSuffix(name, "скои") || strings.HasSuffix(name, "ском")) {
			return true
		}
	}
	return false
}

// goesOnAbout says whether a text goes on about the place of a figure: where the sentence opens with it, «В Алматинской области
// проведено …», or the first figures of the text are its akim's.
func (m *memory) goesOnAbout(s *sentence, i int, whose subject) bool {
	p, several := s.onePlace()
	if several || p.code != whose.code || s.item || s.figures[i].unit == Percent {
		return false
	}
	if !isRegion(whose.code) && isRegion(m.subject.code) && m.subject.code != republic {
		return false
	}
	akims := slices.ContainsFunc(s.agents, func(a agent) bool { return a.one && a.to == p.from })
	return p.from <= 2 || akims && len(m.claims) == 0
}

// takeBack drops what was claimed before and is denied now: «Пишут, что поднято 2 100 вопросов. Не 2 100, а 1 960.»
func (m *memory) takeBack(f figure, v verdict) {
	m.claims = slices.DeleteFunc(m.claims, func(c Claim) bool { return c.Metric == v.metric && c.Unit == f.unit && c.Value == f.value })
}

// add keeps a claim that was not made before, if its place is known.
func (m *memory) add(c Claim, d days, s *sentence) {
	if c.SubjectCode == nowhere {
		return
	}
	if d.known {
		from, to := d.from, d.to
		c.PeriodFrom, c.PeriodTo = &from, &to
	}
	key := c.String()
	if c.Detail != nil {
		key += *c.Detail
	}
	if m.seen[key] {
		return
	}
	m.seen[key] = true
	c.Quote, c.Place = m.masked(s.text), s.place
	m.claims = append(m.claims, c)
}

func (m *memory) masked(text string) string {
	if m.r.personal == nil {
		return text
	}
	return string(m.r.personal.Redact(nil, []byte(text)))
}
