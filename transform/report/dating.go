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
			p.year = max(m.year, m.lastWith(p.month)) // a year that was only compared with is left again
			if p.year == 0 {
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
