package report

import "slices"

// keepLevels remembers whether figures of akims of several levels have been told.
func (m *memory) keepLevels(s *sentence) {
	if len(s.figures) == 0 {
		return
	}
	told := make(map[Channel]bool)
	tell := func(c Channel) {
		told[c] = true
		m.levels = m.levels || m.level != "" && c != m.level
		m.level = c
	}
	if s.has("self", 0, len(s.tokens)) && isAkims(m.speaker) {
		tell(m.speaker)
	}
	for _, a := range s.agents {
		if isAkims(a.channel) && !a.weak {
			tell(a.channel)
		}
	}
	switch {
	case len(told) == 1:
		m.these = m.level
	case len(told) > 1:
		m.these = ""
	}
}

// keepChannel remembers whose work the text is about now.
func (m *memory) keepChannel(s *sentence, verdicts []verdict) {
	if s.item {
		return
	}
	base, several := Channel(""), false
	var ministry subject
	for _, a := range s.agents {
		switch {
		case a.channel == CentralList && s.heading && (s.names(akims...) || s.names(Ministers)):
			// «Итоги встреч акимов и перечень вопросов центрального уровня»: a part of the paper will say that it is of the list
		case a.channel == CentralList:
			m.central = true
			m.centralList = m.centralList || s.heading
			m.reset()
		case a.channel == EOtinish:
			if !s.has("link", 0, a.from) {
				m.appeals = EOtinish
			}
		case a.weak:
		case base == "":
			base, ministry = a.channel, a.ministry
		case base == a.channel:
			if ministry != a.ministry {
				ministry = subject{} // of several
			}
		case isAkims(base) && isAkims(a.channel):
			base = Akims
		default:
			several = true
		}
	}
	if base == "" && m.levels && isAkims(m.base) && s.has("sum", 0, len(s.tokens)) {
		m.base = Akims // «Всего в 80 встречах приняли участие …»: all of them
	}
	if base == "" || several || base == OtherChannel && len(s.figures) == 0 {
		return
	}
	if isAkims(base) && base != m.speaker && isAkims(m.speaker) && len(s.figures) > 0 && s.has("self", 0, len(s.tokens)) {
		base = Akims // «мною проведено 26 встреч, акимами сельских округов – 54»
	}
	if !s.names(CentralList) && !m.centralList && (m.base != base || len(s.figures) > 0) {
		m.central = false
	}
	if isAkims(m.base) && isAkims(base) && base != m.base && m.base != Akims && m.levels && len(s.figures) > 0 && !m.own {
		base = Akims // first the akim of the region, then those of districts: the text goes on about all
	}
	if len(s.figures) == 0 && s.has("session", 0, len(s.tokens)) {
		base = family(base) // «аким области провёл совещание»
	}
	if m.base == Akims && isAkims(base) && s.onlyReceived(verdicts) {
		return // «Кроме того, аким области принял 46 граждан»: the text goes on about the meetings of all
	}
	m.baseAt = s.place.Paragraph
	if m.base = base; isAkims(base) || base == Ministers {
		m.met = base
	}
	if !m.report {
		m.ministry, m.ministryAt = ministry, s.place.Paragraph
		m.everyone = m.everyone || base == Ministers && ministry.code == "" && len(s.figures) > 0
	}
	if base == Reception {
		m.appeals = Reception
	}
	if base == Ministers && len(s.places) == 0 {
		m.reset()
	}
}

// onlyReceived says whether a sentence speaks of people who were received, and counts nothing else that is known.
func (s *sentence) onlyReceived(verdicts []verdict) bool {
	n := 0
	for _, k := range s.marks {
		if k.class == "v:received" && len(s.figures) > 0 {
			n++
		}
	}
	for _, v := range verdicts {
		if v.ok {
			n++
		}
		if v.ok && v.metric != "citizens_received" && v.metric != "receptions_held" {
			return false
		}
	}
	return n > 0
}

// keepTime remembers the time of a sentence; of several the latest, the others are only compared with.
func (m *memory) keepTime(s *sentence) {
	var told []*period
	for i := range s.periods {
		p := &s.periods[i]
		switch {
		case p.role == aimed && p.year != 0:
			m.aimed = p.daysOf()
		case p.role != reported || p.year == 0 || p.same || m.isBeyond(s, p):
		case p.daysOf().before(m.period) && len(s.figures) > 0 && !(s.first && p.from <= 2):
			m.compared = p.daysOf()
		case p.relative < 0 && m.period.known && p.daysOf().to < m.period.to: // «в прошлом году их было 980»
		case s.isAhead(), p.months == 0 && s.speech, s.datesPaper(*p), s.has("than", 0, p.from):
		case s.has("aside", 0, len(s.tokens)):
			m.compared = p.daysOf()
		case s.group[p.from] != 0 && len(s.periods) > 1: // «(в I полугодии 2024 года – 451)»
		default:
			told = append(told, p)
		}
	}
	told = s.dropLater(dropParts(told, m.period))
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
	if (last.months >= 3 || last.months == 2 && len(s.figures) == 0) && s.group[last.from] == 0 && !s.item {
		m.period, m.announced = m.here, len(s.figures) == 0
	}
}

// datesPaper says whether a time only says when a text was written: a day or month that stands alone, or with a place.
func (s *sentence) datesPaper(p period) bool {
	if p.months > 1 {
		return false
	}
	for i, t := range s.tokens {
		if t.kind != sign && !s.taken[i] && !s.placeCovers(i) {
			return false
		}
	}
	return true
}

// isBeyond says whether a time is only mentioned: it lies behind the day on which the paper was written, or, where nothing is counted,
// behind what the paper tells of.
func (m *memory) isBeyond(s *sentence, p *period) bool {
	if now := m.now(); now != 0 {
		return p.year > now
	}
	return m.period.known && p.year > m.period.to.Time().Year() && !s.heading && !s.has("n", 0, len(s.tokens))
}

// now returns the year in which the paper was written, 0 where it is unknown.
func (m *memory) now() int {
	if m.hints.Date != 0 {
		return m.hints.Date.Time().Year()
	}
	return m.written
}

// dropLater drops a part of a time that a figure was told of before: «За 2025 год проведено 32 410 встреч, из них во втором полугодии –
// 17 050».
func (s *sentence) dropLater(told []*period) []*period {
	return slices.DeleteFunc(slices.Clone(told), func(p *period) bool {
		return slices.ContainsFunc(told, func(whole *period) bool {
			return p.within(whole.daysOf()) && slices.ContainsFunc(s.figures, func(f figure) bool { return whole.to <= f.from && f.from < p.from })
		})
	})
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
