package report

import "slices"

// periodFor returns the time that a figure takes from what was said before: from its paragraph, from what the text has
// announced, from the last figure of that channel.
func (m *memory) periodFor(c Channel) days {
	if d, ok := m.periods[family(c)]; ok && !m.announced && !m.here.known {
		return d
	}
	return m.current()
}

// timeOf returns the time of a figure, and the words that say it, nil where none do; false where it is of a time that
// nothing says.
func (m *memory) timeOf(s *sentence, i int, v verdict, channel Channel) (d days, p *period, ok bool) {
	f, c := s.figures[i], s.clauses[i]
	d = m.periodFor(channel)
	if p = s.comparedTime(i); p == nil {
		p = s.periodOf(c.from, c.to, f.at, v.metric == "meetings_planned")
	}
	inside := p != nil && p.from >= c.from && p.to <= c.to
	if p != nil && p.from > f.at && !inside && p.role != passing && p.known().before(m.period) {
		p = nil // «решено 73,6 %, тогда как в 2023 году было 69,8 %»: the time is only compared with
	}
	switch {
	case s.isYearAgo(f.at, p):
		return d, p, false
	case p != nil && v.metric == "appeals_growth" && p.known().before(m.period) && (!inside || p.same):
		return m.period, nil, true // «в 2024 году их было 1 162; прирост – 7,5 %»: it has grown since
	case p != nil:
		return p.known(), p, !p.unknown
	case m.compared.known && s.has("then", 0, f.at):
		return m.compared, nil, true
	case s.goesOn() && m.just.known:
		return m.just, nil, true
	case v.metric == "meetings_planned" && m.aimed.known:
		return m.aimed, nil, true // «Календарь на 2026 год утверждён. По нему запланировано …»
	case v.metric == "meetings_planned" && s.has("till", 0, len(s.tokens)):
		return days{}, nil, true
	}
	return d, nil, true
}

// family makes one of the channels of akims, whose figures share their time.
func family(c Channel) Channel {
	if isAkims(c) {
		return Akims
	}
	return c
}

// periodOf returns the time that a sentence says of what stands at a token: the nearest time of its own clause, else
// the last one before it, else the only one there is; nil where it says none.
func (s *sentence) periodOf(from, to, at int, planned bool) *period {
	var own, before, any *period
	several := false
	for i := range s.periods {
		p := &s.periods[i]
		if p.role == passing || p.role == aimed && !planned {
			continue
		}
		if planned && p.months == 0 && slices.ContainsFunc(s.periods, func(q period) bool { return q.months > 0 }) {
			continue // «график на 2025 год, утверждённый 13 января, предусматривает …»
		}
		elsewhere := s.group[p.from] != 0 && s.group[p.from] != s.group[at]
		if elsewhere {
			continue
		}
		if p.same && at < p.from && !(p.from >= from && p.to <= to) {
			continue // «500 встреч, за аналогичный период 2023 года – 450»
		}
		if p.from >= from && p.to <= to && (own == nil || distance(p, at) < distance(own, at)) {
			own = p
		}
		if p.from < at && !(before != nil && before.year != 0 && p.year != 0 && p.within(before.daysOf())) {
			before = p // «26 встреч, из них 12 в первом полугодии, а акимами округов – 54»: those are of the whole year
		}
		several = several || any != nil
		if p.from < at || !s.opensNext(p) {
			any = p
		}
	}
	for _, p := range []*period{own, before} {
		if p != nil {
			return p
		}
	}
	if any != nil && !several && (any.from < at || !s.has("link", to, any.from)) { // «необходимо 5 млрд, из которых в 2024 году выделено 2»
		return any
	}
	return nil
}

// opensNext says whether a time opens the words of another figure: «побывали 41,7 тыс. горожан; в 2023 году – 36,2
// тыс.»
func (s *sentence) opensNext(p *period) bool {
	i := p.from
	for i > 0 && s.tokens[i-1].kind == word && s.wordIs("stop", i-1) {
		i--
	}
	return i > 0 && s.tokens[i-1].kind == sign && slices.ContainsFunc(s.figures, func(f figure) bool { return f.from >= p.to })
}

// comparedTime returns the time that a figure is compared with, where it stands alone in the bracket behind it: «на 7 %
// меньше, чем в 2025 году (52 173)».
func (s *sentence) comparedTime(i int) *period {
	f := s.figures[i]
	for k := range s.periods {
		p := &s.periods[k]
		if p.role != passing {
			continue
		}
		_, end := s.nounBehind(f)
		if s.group[f.at] != 0 && p.to == f.from-1 && end < len(s.tokens) && s.tokens[end].key == ")" {
			return p
		}
		if p.to+1 < f.from && s.tokens[p.to].key == "," && (s.tokens[p.to+1].key == "когда" || s.tokens[p.to+1].key == "when") {
			return p // «больше, чем в 2024 году, когда поступило 2 млн обращений»
		}
	}
	return nil
}

// isYearAgo says whether a figure is of the year before, and which that is nothing says: «7,4 %, тогда как годом ранее
// – 6,8 %».
func (s *sentence) isYearAgo(at int, p *period) bool {
	for _, k := range s.marks {
		if k.class == "yearago" && k.from < at && (p == nil || p.from < k.from) {
			return true
		}
	}
	return false
}

func distance(p *period, at int) int {
	if at < p.from {
		return p.from - at
	}
	return at - p.to
}

// known returns the days of a period, unknown where its year or its months are.
func (p *period) known() days {
	if p.year == 0 || p.months < 0 || p.unknown {
		return days{}
	}
	return p.daysOf()
}

func (p period) daysOf() days {
	from, to := p.days()
	return days{from, to, true}
}
