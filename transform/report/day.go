package report

import (
	"strconv"
	"time"

	"github.com/qulaq-kz/qulaq"
)

// date reads a day with its month: «21 ноября 2019 года», "November 21, 2019", «2019 жылғы 21 қараша».
func (s *sentence) date(i int) (period, bool) {
	year, at := s.yearAt(i)
	if s.tokens[i].kind == number && year == 0 || year != 0 {
		if day := s.dayAt(at); day != 0 {
			if month, next := s.monthAt(at + 1); month != 0 {
				p := period{year: year, month: month, day: day, to: next}
				if year == 0 {
					p.year, p.to = s.yearAt(next)
				}
				return p, p.exists()
			}
		}
	}
	if month, next := s.monthAt(i); month != 0 && s.english {
		if day := s.dayAt(next); day != 0 {
			p := period{month: month, day: day, to: next + 1}
			if year, after := s.yearAt(s.skip(next+1, ",")); year != 0 {
				p.year, p.to = year, after
			}
			return p, p.exists()
		}
	}
	return period{}, false
}

// daysFromTo reads «с 20 января по 28 февраля 2024 года», «15–20 января 2024 года», "from January 20 to February 28, 2024".
func (s *sentence) daysFromTo(i int) (period, bool) {
	first, ok := s.date(i)
	if !ok || first.to == 0 {
		month, day := time.Month(0), s.dayAt(i)
		if day == 0 || i+2 >= len(s.tokens) || s.tokens[i].kind != number || s.tokens[i+1].key != "-" && s.tokens[i+1].key != "по" {
			return period{}, false
		}
		first = period{month: month, day: day, to: i + 1}
	}
	at := s.skip(first.to, "по", "-", "to", "until", "through", "and", "до")
	if at == first.to || at >= len(s.tokens) {
		return period{}, false
	}
	last, ok := s.date(at)
	if !ok || last.year == 0 {
		return period{}, false
	}
	if first.month == 0 {
		first.month = last.month
	}
	if first.year == 0 {
		if first.year = last.year; first.month > last.month {
			first.year--
		}
	}
	first.until, first.to = qulaq.Date(last.year, last.month, last.day), last.to
	return first, first.exists() && first.until > qulaq.Date(first.year, first.month, first.day)
}

func (s *sentence) dayAt(i int) int {
	if i >= len(s.tokens) || s.tokens[i].kind != number || len(s.tokens[i].key) > 2 {
		return 0
	}
	n, _ := strconv.Atoi(s.tokens[i].key)
	if n > 31 {
		return 0
	}
	return n
}

// exists says whether the day is one, in the year or in any.
func (p period) exists() bool {
	year := p.year
	if year == 0 {
		year = 2024
	}
	return time.Date(year, p.month, p.day, 0, 0, 0, 0, time.UTC).Day() == p.day
}
