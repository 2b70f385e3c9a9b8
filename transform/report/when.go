package report

// periodFor returns the time that a figure takes from what was said before: from its paragraph, from what the text has
// announced, from the last figure of that channel.
func (m *memory) periodFor(c Channel) days {
	if m.here.known {
		return m.here
	}
	if d, ok := m.periods[family(c)]; ok && !m.announced {
		return d
	}
	return m.period
}

// family makes one of the channels of akims, whose figures share their time.
func family(c Channel) Channel {
	if isAkims(c) {
		return Akims
	}
	return c
}

// periodOf returns the time that a sentence says of what stands at a token: the nearest time of its own clause, else the
// last one before it, else the only one there is; nil where it says none.
func (s *sentence) periodOf(from, to, at int, planned bool) *period {
	var own, before, any *period
	several := false
	for i := range s.periods {
		p := &s.periods[i]
		if p.role == passing || p.role == aimed && !planned {
			continue
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
		any = p
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

// comparedTime returns the time that a figure is compared with, where it stands alone in the bracket behind it: «на 7 % меньше,
// чем в 2025 году (52 173)».
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

// isYearAgo says whether a figure is of the year before, and which that is nothing says: «7,4 %, тогда как годом ранее – 6,8 %».
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
	if p.year == 0 || p.months < 0 {
		return days{}
	}
	return p.daysOf()
}

// date finds the years of times that do not say theirs.
func (m *memory) date(s *sentence) {
	named, dated := 0, 0 // a year before this time, the day on which the sentence was said
	for _, p := range s.periods {
		if p.months == 0 && p.year != 0 && s.speech {
			dated = p.year
		}
	}
	for i := range s.periods {
		p := &s.periods[i]
		if p.months < 0 {
			d := m.current()
			if i > 0 && s.periods[i-1].months > 0 && s.periods[i-1].year != 0 && s.periods[i-1].role != passing {
				d = s.periods[i-1].daysOf()
			}
			if d.known {
				p.month, p.months = d.from.Time().Month(), months(d)
			}
			if d.known && p.relative != 0 {
				p.year = d.from.Time().Year() - 1 // not the last year of who writes
			}
		}
		if i > 0 && named == 0 && s.periods[i-1].role != passing && s.periods[i-1].months > 0 {
			named = s.periods[i-1].year
		}
		if p.year != 0 {
			if p.role == reported && p.months > 0 && m.said == 0 && !s.isAhead() {
				m.said = p.year
			}
			continue
		}
		switch {
		case p.relative != 0:
			if dated != 0 && p.relative != reportYear {
				p.year = dated + min(p.relative, 0)
			} else {
				p.year = m.relative(p.relative, named)
			}
		case p.months == 0: // a day is of no year in particular
		case i > 0 && s.periods[i-1].year != 0 && s.periods[i-1].role != passing:
			p.year = s.periods[i-1].year
		case named != 0 || i+1 < len(s.periods) && s.periods[i+1].role != passing && s.periods[i+1].year != 0 && s.group[s.periods[i+1].from] == s.group[p.from]:
			if p.year = named; named == 0 {
				p.year = s.periods[i+1].year
			}
		case p.months >= 3 || m.here.known:
			if p.year = m.year; p.year == 0 {
				p.year = m.firstYear()
			}
		}
		p.fromPaper = true
	}
	for _, p := range s.periods {
		if p.year != 0 && p.role == reported && !p.same && p.relative >= 0 {
			m.year = p.year
		}
	}
}

// current returns the time that the text speaks of.
func (m *memory) current() days {
	if m.here.known {
		return m.here
	}
	return m.period
}

// months returns how many months a time has.
func months(d days) int {
	from, to := d.from.Time(), d.to.Time()
	return (to.Year()-from.Year())*12 + int(to.Month()-from.Month()) + 1
}

// relative returns the year that «прошлый год» or "this year" is. A paper that does not say when it was written
// calls the year that it reports on the last one.
func (m *memory) relative(which, named int) int {
	if which == reportYear {
		if m.said == 0 {
			m.said = m.firstYear()
		}
		return m.said
	}
	if m.hints.Date != 0 {
		year := m.hints.Date.Time().Year()
		if which < 0 {
			year--
		}
		return year
	}
	switch {
	case which > 0:
		year, _ := m.onlyDay()
		return year
	case named != 0:
		return named - 1
	}
	if m.said == 0 {
		m.said = m.firstYear()
	}
	if m.said == 0 {
		if year, ok := m.onlyDay(); ok {
			return year - 1
		}
	}
	return m.said
}

// headlineTime returns the time of a headline that tells figures but not their time: the first of the sentences behind it.
func (m *memory) headlineTime() days {
	if len(m.sentences) == 0 || !m.sentences[0].heading || len(m.sentences[0].figures) == 0 || len(m.sentences[0].periods) > 0 {
		return days{}
	}
	for _, s := range m.sentences[1:min(len(m.sentences), 1+lookAhead)] {
		for _, p := range s.periods {
			if p.role == reported && p.year != 0 && p.months >= 3 && !s.isAhead() {
				return p.daysOf()
			}
		}
	}
	return days{}
}

// onlyDay returns the year of the days that a paper names at its beginning and end, where it is one. A day in the midst of
// an interview is of any time.
func (m *memory) onlyDay() (year int, ok bool) {
	last := m.sentences[len(m.sentences)-1].place.Paragraph
	for _, s := range m.sentences {
		if s.place.Paragraph > leadParagraphs && s.place.Paragraph < last {
			continue
		}
		for _, p := range s.periods {
			switch {
			case p.months > 0 || p.year == 0 || p.year == year:
			case year != 0:
				return 0, false
			default:
				year = p.year
			}
		}
	}
	return year, year != 0
}

// firstYear returns the first year that the paper reports on.
func (m *memory) firstYear() int {
	for _, s := range m.sentences {
		if s.isAhead() {
			continue
		}
		for _, p := range s.periods {
			if p.year != 0 && p.role == reported && p.months > 0 {
				return p.year
			}
		}
	}
	return 0
}

// keepTime remembers the time of a sentence; of several the latest, the others are only compared with.
func (m *memory) keepTime(s *sentence) {
	var told []*period
	for i := range s.periods {
		p := &s.periods[i]
		switch {
		case p.role != reported || p.year == 0 || p.same:
		case p.relative < 0 && m.period.known && p.daysOf().to < m.period.to: // «в прошлом году их было 980»
		case s.isAhead(), p.months == 0 && s.speech, s.has("than", 0, p.from):
		case s.group[p.from] != 0 && len(s.periods) > 1, s.has("aside", 0, len(s.tokens)): // «(в I полугодии 2024 года – 451)»
		default:
			told = append(told, p)
		}
	}
	told = dropParts(told, m.period)
	for _, whole := range told {
		told = dropParts(told, whole.daysOf())
	}
	if len(told) == 0 {
		return
	}
	last := told[0]
	for _, p := range told {
		if day, only := p.months == 0, last.months == 0; day == only && p.daysOf().to >= last.daysOf().to || only && !day {
			last = p // a day only says when something was said
		}
	}
	if m.here = last.daysOf(); m.here.before(m.period) && len(s.figures) > 0 {
		return // «В 2023 году их было 588»: only the paragraph goes on about it
	}
	if last.months >= 3 && s.group[last.from] == 0 && !s.item {
		m.period, m.announced = m.here, len(s.figures) == 0
	}
}

// dropParts drops the parts of a time where there are several: «193 встречи: 80 в первом квартале и 113 во втором». The text
// goes on about them all.
func dropParts(told []*period, whole days) []*period {
	var rest []*period
	for _, p := range told {
		if !p.within(whole) {
			rest = append(rest, p)
		}
	}
	if len(told)-len(rest) < 2 {
		return told
	}
	return rest
}

// within says whether a period is a part of a time, and not all of it.
func (p *period) within(d days) bool {
	own := p.daysOf()
	return d.known && own.from >= d.from && own.to <= d.to && own != d
}

// before says whether a time ends before another begins, and is near enough to be compared with it.
func (d days) before(other days) bool {
	return d.known && other.known && d.to < other.from && !apart(d.from.Time().Year(), other.from.Time().Year())
}

func (p period) daysOf() days {
	from, to := p.days()
	return days{from, to, true}
}
