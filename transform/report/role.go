package report

import (
	"slices"
	"strings"
	"time"

	"github.com/qulaq-kz/qulaq"
)

// roleOf says what a time is there for, by the words before it.
func (s *sentence) roleOf(p period) role {
	behind := ""
	if p.to < len(s.tokens) {
		behind = s.tokens[p.to].key
	}
	switch {
	case behind == "№" || behind == "n", behind == "деиин" || behind == "караи", s.wordIs("season", p.to):
		return passing // «2027 жылға дейін», «2022 жылдың қысында»
	case p.same && s.comparesWith(p):
		return passing
	case p.from == 0 || p.until != 0:
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
	if s.ofOneEvent(p) {
		return passing
	}
	if p.relative != 0 && (s.tokens[p.from-1].kind == number && !s.isReference(p.from-1) || s.wordIs("month", p.from-1)) {
		return passing // "on August 5 last year": the day is meant; «Указом № 826 в прошлом году» has none
	}
	if p.from > 1 && p.year == 0 && strings.HasPrefix(s.tokens[p.from-2].key, "бюджет") {
		return passing // «при уточнении бюджета в августе»
	}
	at := p.from - 1
	if s.tokens[at].key == "the" && at > 0 {
		at--
	}
	before := s.tokens[at].key
	if (before == "с" || before == "начала" || before == "since") && p.months > 1 && p.months < 12 && !p.counted {
		return reported // «с января по июнь», «с начала января по конец июня»
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

// comparesWith says whether the same months of another year are only compared with: «больше аналогичного периода», «к тому же
// периоду», «осы кезеңмен салыстырғанда». Not so where they open what is told: «За тот же период 2024 года их было больше».
func (s *sentence) comparesWith(p period) bool {
	if s.kazakh {
		last := s.tokens[p.to-1].key
		instrumental := strings.HasSuffix(last, "мен") && last != "мен" || strings.HasSuffix(last, "нен")
		return instrumental || s.wordIs("than", p.to)
	}
	if p.from == 0 {
		return false
	}
	switch s.tokens[s.back(p.from-1, "the")].key {
	case "к", "с", "со", "to", "from", "on", "with", "against":
		return true
	}
	return slices.ContainsFunc(s.marks, func(k mark) bool {
		return (k.class == "v:growth" || k.class == "v:decline") && k.from < p.from
	})
}

// back returns the token before one that only joins.
func (s *sentence) back(i int, key string) int {
	if i > 0 && s.tokens[i].key == key {
		return i - 1
	}
	return i
}

// ofOneEvent says whether a time is only of one thing that is told by the way: «зимой 2022 года», «последняя прошла в ноябре».
func (s *sentence) ofOneEvent(p period) bool {
	return s.wordIs("season", s.back(s.back(p.from-1, "the"), "of")) || s.byTheWay(p.from, p.to)
}

// byTheWay says whether what stands between two tokens is only told of one thing: «последняя прошла в ноябре в Зайсане», "whose
// heating failed in Ekibastuz in 2022". «Вопросы, которые подняли в 2024 году» are all of that time.
func (s *sentence) byTheWay(from, to int) bool {
	for from > 0 && s.tokens[from-1].kind != sign {
		if from--; s.wordIs("instance", from) {
			return true
		}
	}
	if from == 0 || !s.wordIs("relative", from) && !s.wordIs("relative", from+1) {
		return false
	}
	for to < len(s.tokens) && s.tokens[to].kind != sign {
		to++
	}
	return !s.has("v", from, to) && !s.has("n", from, to)
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
