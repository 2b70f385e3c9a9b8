package report

import (
	"strconv"
	"time"

	"github.com/qulaq-kz/qulaq"
)

// period is a time that a sentence names, as far as it says it.
type period struct {
	from, to  int // tokens
	year      int // 0 where it is not said
	last      int // the last year of several: «2020–2022 годы»
	month     time.Month
	months    int // how many months it has; 12 is the year, 0 a single day, -1 as many as the text's time
	day       int
	until     qulaq.Day // the last day of several: «с 20 января по 28 февраля 2024 года»
	same      bool      // «за аналогичный период 2022 года»: the text's time in another year
	relative  int       // -1 «прошлый год», 1 this year, reportYear and soFar: the time is told by the paper's own
	somehalf  bool      // «за полугодие»: which half is told by the text's time
	past      bool      // «в прошлом квартале»: the last whole one before the text was written
	unknown   bool      // it is none that the text tells
	role      role      // what the sentence uses it for
	fromPaper bool      // the year came from elsewhere in the paper
	counted   bool      // «шесть месяцев», whichever they are
}

type role uint8

const (
	reported role = iota // the figures are of this time
	aimed                // «на 2023 год»: what is planned for it
	passing              // the date of a decree, a deadline, the time compared with
)

// reportYear is the relative year of «в отчётном году»: the first that the paper reports on.
const reportYear = 2

// soFar is that of «с начала года»: until when, the text's time may say.
const soFar = 3

// findPeriods reads the times of a sentence and marks their tokens as taken.
func (s *sentence) findPeriods() {
	for i := 0; i < len(s.tokens); i++ {
		p, ok := s.periodAt(i)
		if !ok {
			continue
		}
		p.from = i
		p.role = s.roleOf(p)
		if n := len(s.periods) - 1; n >= 0 && s.completes(p, s.periods[n]) {
			before := s.periods[n]
			if p.relative != 0 && before.relative == 0 {
				p.month, p.months = before.month, before.months
			}
			p.from, p.role, p.same = before.from, before.role, before.same
			if p.year == 0 && p.relative == 0 {
				p.relative = before.relative
			}
			s.periods = s.periods[:n]
		}
		s.periods = append(s.periods, p)
		for j := p.from; j < p.to; j++ {
			s.taken[j] = true
		}
		i = p.to - 1
	}
}

// periodAt reads the time that begins at a token, the longest way of saying it first.
func (s *sentence) periodAt(i int) (period, bool) {
	for _, read := range []func(int) (period, bool){s.samePeriod, s.partOfYear, s.daysFromTo, s.date, s.monthsOfYear, s.wholeYear, s.relativeYear} {
		if p, ok := read(i); ok {
			return p, true
		}
	}
	return period{}, false
}

// samePeriod reads «аналогичный период 2022 года», "the same period last year", «2022 жылдың сәйкес кезеңі».
func (s *sentence) samePeriod(i int) (period, bool) {
	p := period{same: true, months: -1}
	at := i
	if p.year, at = s.yearAt(i); p.year == 0 {
		if m, ok := s.markAt("d", i); ok && m.class == "d:last" {
			p.relative, at = -1, m.to
		}
	}
	behind := s.skip(at, "за", "в", "for", "in", "during", "the")
	if at == i {
		behind = i
	}
	m, ok := s.markAt("d", behind)
	if !ok || m.class != "d:same" {
		return p, false
	}
	p.to = m.to
	if at == i {
		if p.year, p.to = s.yearBehind(m.to); p.year == 0 {
			d, ok := s.markAt("d", s.skip(m.to, "in", "of", "the", "в"))
			if !ok || d.class != "d:last" {
				return p, false
			}
			p.relative, p.to = -1, d.to
		}
	}
	return p, true
}

// completes says whether a time only says more of the one before: «биылғы 9 айда», «за аналогичный период, то есть за 9
// месяцев 2024 года».
func (s *sentence) completes(p, before period) bool {
	if p.relative != 0 && !p.same && before.year == 0 && before.relative == 0 && before.months > 0 && s.skip(before.to, "of", "the", "in", "в") == p.from {
		return true // "the first six months of this year"
	}
	if before.to == p.from {
		return before.relative != 0 && !before.same && p.year == 0 && p.relative == 0 && p.months > 0
	}
	return (before.same || before.relative != 0 && p.year != 0) && s.onlySame(before.to, p.from)
}

// onlySame says whether nothing but «то есть» stands between two times.
func (s *sentence) onlySame(from, to int) bool {
	for i := from; i < to; i++ {
		if s.tokens[i].key != "," && !s.wordIs("same", i) && !s.wordIs("stop", i) {
			return false
		}
	}
	return s.has("same", from, to)
}

// skip returns the token behind those that only join: "of the", a comma, a hyphen.
func (s *sentence) skip(i int, keys ...string) int {
	for n := 0; n < 3 && i < len(s.tokens); n++ {
		found := false
		for _, key := range keys {
			found = found || s.tokens[i].key == key
		}
		if !found {
			break
		}
		i++
	}
	return i
}

func (s *sentence) monthAt(i int) (time.Month, int) {
	if i < len(s.tokens) {
		if m, ok := s.markAt("month", i); ok {
			n, _ := strconv.Atoi(m.class.value())
			return time.Month(n), m.to
		}
	}
	return 0, i
}

// monthsOfYear reads «9 месяцев 2022 года», «январь–июнь 2022 года», «в июне».
func (s *sentence) monthsOfYear(i int) (period, bool) {
	year, at := s.yearAt(i)
	if year != 0 {
		at = s.skip(at, "-")
	}
	n := s.dayAt(at)
	if m, ok := s.markAt("number", at); ok && m.to == at+1 {
		n, _ = strconv.Atoi(m.class.value()) // «девять месяцев», «тоғыз ай»
	}
	if n >= 2 && n <= 11 {
		if m, ok := s.markAt("d", s.skip(at+1, "-")); ok && m.class == "d:months" {
			p := period{year: year, month: time.January, months: n, to: m.to, counted: true}
			if last, after := s.monthAt(s.skip(m.to, "to", "ending", "through")); after > m.to+1 && int(last) >= n {
				p.month, p.to, p.counted = last-time.Month(n)+1, after, false // "the six months to June 2025"
				p.year, p.to = s.yearBehind(after)
				return p, true
			}
			if year == 0 {
				p.year, p.to = s.yearBehind(m.to)
			}
			return p, true
		}
	}
	if m, ok := s.markAt("d", at+1); ok && m.class == "d:quarter" && s.wordIs("number", at) && (n == 2 || n == 3) {
		p := period{year: year, month: time.January, months: 3 * n, to: m.to} // «за три квартала»
		if year == 0 {
			p.year, p.to = s.yearBehind(m.to)
		}
		return p, true
	}
	month, next := s.monthAt(at)
	if month == 0 || s.english && s.tokens[at].key == "may" && (at == 0 || !s.wordIs("stop", at-1)) || s.english && s.tokens[at].key == "march" && at == 0 {
		return period{}, false
	}
	p := period{year: year, month: month, months: 1, to: next}
	if m, ok := s.markAt("d", p.to); ok && m.class == "d:months" {
		p.to = m.to // «шілде айында»
	}
	if last, after := s.monthAt(s.skip(s.skip(next, "-", "по", "до", "to", "through", "until", "and", "и", "up"), "to", "the", "конец", "end", "of")); last > month {
		if until := s.skip(after, "деиин"); after > next+1 || !s.tokens[next].spaced || until > after { // «қаңтардан қыркүйекке дейін»
			p.months, p.to = int(last-month)+1, until
		}
	}
	if year == 0 {
		p.year, p.to = s.yearBehind(p.to)
	}
	return p, true
}
