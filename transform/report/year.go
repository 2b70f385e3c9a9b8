package report

import (
	"strconv"
	"strings"
	"time"
)

// yearAt reads «2022 года», "2022", and returns the token behind it.
func (s *sentence) yearAt(i int) (year, next int) {
	if i >= len(s.tokens) || !isYear(s.tokens[i]) {
		return 0, i
	}
	year, _ = strconv.Atoi(s.tokens[i].key)
	next = i + 1
	if m, ok := s.markAt("d", next); ok && m.class == "d:year" {
		next = m.to
		if next < len(s.tokens) && s.tokens[next].key == "." && s.tokens[next-1].to-s.tokens[next-1].from <= 4 {
			next++
		}
	}
	return year, next
}

// yearBehind reads the year behind a part of it: «2022 года», "of 2022", ", 2022", and «прошлого года» as none.
func (s *sentence) yearBehind(i int) (year, next int) {
	at := s.skip(i, "of", "the", "in", "года", "в", "year", ",")
	if end := s.currentYear(i); end > i {
		return 0, end
	}
	if year, next = s.yearAt(at); year == 0 {
		if at > i && s.tokens[at-1].key != "," && s.tokens[at-1].key != "in" && s.tokens[at-1].key != "в" {
			return 0, at
		}
		return 0, i
	}
	return year, next
}

// currentYear goes over «т.г.» and «с.г.», this year and the year of the paper.
func (s *sentence) currentYear(i int) (next int) {
	if i+2 < len(s.tokens) && (s.tokens[i].key == "т" || s.tokens[i].key == "с") && s.tokens[i+1].key == "." && s.tokens[i+2].key == "г" {
		return s.skip(i+3, ".")
	}
	return i
}

// wholeYear reads «2022 год», «в 2022-м», "in 2022", «2020–2022 годы».
func (s *sentence) wholeYear(i int) (period, bool) {
	year, next := s.yearAt(i)
	if year == 0 {
		return period{}, false
	}
	p := period{year: year, month: time.January, months: 12, to: next}
	if next == i+1 {
		if last, after := s.yearAt(s.skip(next, "-")); last > year && after > next+1 {
			p.last, p.to = last, after
			return p, true
		}
		if i == 0 || !s.wordIs("stop", i-1) && s.tokens[i].suffix == "" {
			return period{}, false
		}
	}
	return p, true
}

// relativeYear reads «в прошлом году», "this year"; and «за последние три года», of which nobody knows when they were.
func (s *sentence) relativeYear(i int) (period, bool) {
	if s.wordIs("past", i) && i+2 < len(s.tokens) && (s.tokens[i+1].kind == number || s.wordIs("number", i+1)) {
		if m, ok := s.markAt("d", i+2); ok && m.class == "d:year" {
			return period{month: time.January, months: 12, to: m.to, unknown: true}, true
		}
	}
	m, ok := s.markAt("d", i)
	if !ok {
		return period{}, false
	}
	p := period{month: time.January, months: 12, to: m.to}
	switch m.class {
	case "d:last":
		p.relative = -1
	case "d:this":
		p.relative = 1
	case "d:report":
		p.relative = reportYear
	case "d:since":
		p.relative = soFar
		at := s.skip(s.skip(m.to, "и", "and", "up", "по", "до", "to", "through"), "the", "конец", "конца", "end", "of")
		if last, after := s.monthAt(at); at > m.to && last > 0 {
			p.relative, p.months, p.to = 1, int(last), after // «с начала года по конец сентября»
		}
	case "d:past6", "d:past3", "d:past1":
		p.months, p.past = int(m.class[len(m.class)-1]-'0'), true
	case "d:earlier":
		p.unknown = true
	case "d:somehalf", "d:half":
		if m.class == "d:half" && !s.isSomeHalf(i) {
			return p, false
		}
		p.months, p.somehalf = 6, true
		p.year, p.to = s.yearBehind(m.to)
	case "d:whole": // the year that the text is about
		return p, s.endsTime(m.to)
	default:
		return p, false
	}
	return p, true
}

// isSomeHalf says whether a half of the year stands without its number: «за полугодие», «жарты жылда»; not so
// «половина», «екі жартыжылдық».
func (s *sentence) isSomeHalf(i int) bool {
	key := s.tokens[i].key
	if !strings.HasPrefix(key, "полугоди") && !strings.HasPrefix(key, "жартыжыл") && key != "жарты" {
		return false
	}
	return i > 0 && (s.wordIs("stop", i-1) || s.kazakh && s.tokens[i-1].kind == word && !s.wordIs("number", i-1) && !s.wordIs("ordinal", i-1))
}

// endsTime says whether what stands at a token begins something new: not so "during the year of its work".
func (s *sentence) endsTime(i int) bool {
	if i >= len(s.tokens) || s.tokens[i].kind != word {
		return true
	}
	if s.tokens[i].key == "of" {
		return false
	}
	for _, family := range []string{"stop", "v", "c", "w", "s"} {
		if s.wordIs(family, i) {
			return true
		}
	}
	return false
}
