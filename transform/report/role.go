package report

import (
	"strings"
	"time"

	"github.com/qulaq-kz/qulaq"
)

// roleOf says what a time is there for, by the words before it.
func (s *sentence) roleOf(p period) role {
	if p.from == 0 || p.until != 0 {
		return reported
	}
	for i := p.from - 1; i >= 0 && i >= p.from-5; i-- {
		if s.wordIs("than", i) {
			return passing
		}
		if s.tokens[i].kind != word {
			break
		}
	}
	if p.same {
		for _, m := range s.marks {
			if m.class == "v:growth" || m.class == "v:decline" {
				return passing
			}
		}
	}
	behind := ""
	if p.to < len(s.tokens) {
		behind = s.tokens[p.to].key
	}
	if behind == "№" || behind == "дейин" || behind == "карай" || behind == "n" {
		return passing
	}
	if p.relative != 0 && (s.tokens[p.from-1].kind == number || s.wordIs("month", p.from-1)) {
		return passing // "on August 5 last year": the day is meant
	}
	if p.from > 1 && p.year == 0 && strings.HasPrefix(s.tokens[p.from-2].key, "бюджет") {
		return passing // «при уточнении бюджета в августе»
	}
	at := p.from - 1
	if s.tokens[at].key == "the" && at > 0 {
		at--
	}
	before := s.tokens[at].key
	if before == "с" && p.months > 1 {
		return reported // «с января по июнь»
	}
	switch before {
	case "on":
		if at > 0 && s.tokens[at-1].key == "%" { // "up 5 % on the first half of 2024"
			return passing
		}
	case "of":
		if p.from > 1 && s.tokens[p.from-2].key == "as" {
			return passing
		}
	case "от", "dated", "до", "by", "until", "before", "till", "к", "с", "since", "after", "после", "началу", "концу":
		return passing
	case "на":
		return aimed
	case "for":
		if p.from > 1 {
			switch s.tokens[p.from-2].key {
			case "budget", "budgets", "plan", "plans", "schedule", "calendar", "scheduled", "planned":
				return aimed
			}
		}
	case "конца", "конец", "end", "начала", "beginning", "start":
		return passing
	}
	if p.to < len(s.tokens) && s.tokens[p.to].kind == word {
		switch s.tokens[p.to].key {
		case "budget", "schedule", "calendar", "бюджети", "бюджетин", "кестеси", "арналган":
			return aimed
		}
	}
	return reported
}

// days returns the first and last day of a period whose year is known.
func (p period) days() (from, to qulaq.Day) {
	last := p.last
	if last == 0 {
		last = p.year
	}
	if p.until != 0 {
		return qulaq.Date(p.year, p.month, p.day), p.until
	}
	if p.months == 0 {
		d := qulaq.Date(p.year, p.month, p.day)
		return d, d
	}
	return qulaq.Date(p.year, p.month, 1), qulaq.Date(last, p.month+time.Month(p.months), 1) - 1
}
