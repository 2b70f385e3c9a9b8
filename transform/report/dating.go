package report

import (
	"time"

	"github.com/qulaq-kz/qulaq"
)

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
		if p.unknown {
			continue
		}
		if p.somehalf {
			m.findHalf(p)
			continue
		}
		if p.past {
			p.findPast(m.day)
			continue
		}
		if d := m.current(); p.counted && p.year == 0 && p.relative == 0 && d.known && months(d) == p.months {
			p.year, p.month, p.fromPaper = d.from.Time().Year(), d.from.Time().Month(), true // «за те же шесть месяцев»
			continue
		}
		if p.relative == soFar {
			if d := m.current(); d.known && d.from.Time().Month() == time.January && months(d) < 12 {
				p.year, p.months, p.fromPaper = d.from.Time().Year(), months(d), true
			}
			continue
		}
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
		case p.months == 1 && m.lastWith(p.month) != 0:
			p.year = m.lastWith(p.month)
		case p.months >= 3 || m.here.known:
			if p.year = m.year; p.year == 0 {
				p.year = m.first
			}
			if p.year == 0 {
				p.year = m.ended(p)
			}
		}
		p.fromPaper = true
	}
	for _, p := range s.periods {
		if p.year != 0 && p.role == reported && p.months > 0 && !p.same && p.relative >= 0 && !p.daysOf().before(m.period) && !m.isBeyond(s, &p) {
			m.year = p.year
		}
	}
}

// findHalf dates «за полугодие»: it is the half in which the time of the text lies.
func (m *memory) findHalf(p *period) {
	d := m.current()
	if !d.known || p.year != 0 && d.from.Time().Year() != p.year {
		p.unknown = true
		return
	}
	p.year, p.month = d.from.Time().Year(), 1
	if d.from.Time().Month() > 6 {
		p.month = 7
	}
	p.unknown = d.to > p.daysOf().to
}

// findPast dates «в прошлом квартале»: the last whole one before the day on which the text was written.
func (p *period) findPast(written qulaq.Day) {
	if p.unknown = written == 0; p.unknown {
		return
	}
	day := written.Time()
	begin := time.Date(day.Year(), day.Month()-(day.Month()-1)%time.Month(p.months)-time.Month(p.months), 1, 0, 0, 0, 0, time.UTC)
	p.year, p.month = begin.Year(), begin.Month()
}

// lastWith returns the year of the text's time, if that has the month in one year only; else 0.
func (m *memory) lastWith(month time.Month) int {
	year := m.period.from.Time().Year()
	first := qulaq.Date(year, month, 1)
	if !m.period.known || m.period.to.Time().Year() != year || first < m.period.from || first > m.period.to {
		return 0
	}
	return year
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
			m.said = m.first
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
	case which > 0 && m.written == 0 && m.period.known && months(m.period) < 12 && m.period.to.Time().Month() < time.December:
		return m.period.to.Time().Year() // a paper on nine months is written in their year
	case which > 0:
		return m.written
	case m.written != 0:
		return m.written - 1
	case named != 0:
		return named - 1
	}
	if m.said == 0 {
		m.said = m.first
	}
	return m.said
}

// mainTime returns the time that a paper reports on: the first that it names and does not only compare with. A year that is
// not said there is the first one that it reports on. A paper whose first paragraph with figures says no time tells of a day.
func (m *memory) mainTime() days {
	figures := 0 // paragraph of the first ones
	for _, s := range m.sentences {
		if figures != 0 && s.place.Paragraph > figures {
			break
		}
		if len(s.figures) > 0 && !s.heading && figures == 0 {
			figures = s.place.Paragraph
		}
		if s.isAhead() {
			continue
		}
		for _, p := range s.periods {
			if p.role == passing || p.same || p.unknown || p.past || s.datesPaper(p) || p.relative == soFar || p.relative < 0 && m.written == 0 || p.months < 1 && p.until == 0 || p.months < 3 && len(s.figures) == 0 {
				continue
			}
			switch {
			case p.year != 0:
			case p.relative != 0:
				p.year = m.relative(p.relative, 0)
			case m.first != 0:
				p.year = m.first
			default:
				p.year = m.ended(&p)
			}
			if p.year != 0 {
				return p.daysOf()
			}
		}
	}
	return days{}
}

// onlyDay returns the day that a paper names at its beginning or end; 0 where those are of several years. A day in the midst of an
// interview is of any time.
func (m *memory) onlyDay() (day qulaq.Day) {
	last := m.sentences[len(m.sentences)-1].place.Paragraph
	for _, s := range m.sentences {
		if s.place.Paragraph > leadParagraphs && s.place.Paragraph < last {
			continue
		}
		for _, p := range s.periods {
			switch {
			case p.months > 0 && !s.datesPaper(p) || p.year == 0 || day != 0 && p.year == day.Time().Year():
			case day != 0:
				return 0
			default:
				day = p.daysOf().to
			}
		}
	}
	return day
}

// ended returns the year in which a part of the year last ended before the paper was written, 0 where that is unknown: «с января по
// июнь» in a paper of August.
func (m *memory) ended(p *period) int {
	if m.day == 0 || p.role != reported || p.same {
		return 0
	}
	q := *p
	if q.year = m.day.Time().Year(); q.daysOf().to > m.day {
		q.year--
	}
	return q.year
}

// firstYear returns the first year that the paper reports on.
func (m *memory) firstYear() int {
	for _, s := range m.sentences {
		if s.isAhead() {
			continue
		}
		for _, p := range s.periods {
			if p.year != 0 && p.role == reported && p.months > 0 && !s.datesPaper(p) {
				return p.year
			}
		}
	}
	return 0
}
