package report

import (
	"strconv"
	"strings"
	"time"
)

// romanNumbers are of halves and quarters. Kazakh keyboards write them with the letter І.
var romanNumbers = map[string]int{"I": 1, "II": 2, "III": 3, "IV": 4}

// ordinalAt reads 1 to 4 as digits, as a Roman number or as a word.
func (s *sentence) ordinalAt(i int) (n, next int) {
	if i >= len(s.tokens) {
		return 0, i
	}
	t := s.tokens[i]
	if t.kind == number {
		if len(t.key) == 1 && t.key >= "1" && t.key <= "4" {
			return int(t.key[0] - '0'), i + 1
		}
		return 0, i
	}
	if n := romanNumbers[strings.ReplaceAll(s.text[t.from:t.to], "І", "I")]; n != 0 {
		return n, i + 1
	}
	if m, ok := s.markAt("ordinal", i); ok {
		n, _ = strconv.Atoi(m.class.value())
		return n, m.to
	}
	return 0, i
}

// partOfYear reads halves and quarters: «2 полугодие 2022 года», «2022 жылдың екінші жартыжылдығы», "2H2022",
// "H2 2022", "2022-H2", "first half of the year"; and «на первое» where a later word says that it is of a half.
func (s *sentence) partOfYear(i int) (period, bool) {
	year, at := s.yearAt(i)
	if year != 0 {
		at = s.skip(at, "-")
	}
	if p, ok := s.glued(i, year, at); ok {
		return p, true
	}
	n, next := s.ordinalAt(at)
	if n == 0 {
		return period{}, false
	}
	unit, next := s.partUnit(next)
	if unit == "" {
		if unit = s.bareUnit(at); unit != "" {
			next = at + 1
		}
	}
	size := map[string]int{"half": 6, "quarter": 3}[unit]
	if size == 0 || n*size > 12 {
		return period{}, false
	}
	p := period{year: year, month: time.Month((n-1)*size + 1), months: size, to: next}
	if year == 0 {
		p.year, p.to = s.yearBehind(next)
	}
	return p, true
}

// partUnit reads the word for a half or a quarter.
func (s *sentence) partUnit(i int) (unit string, next int) {
	i = s.skip(i, "-")
	if m, ok := s.markAt("d", i); ok && (m.class == "d:half" || m.class == "d:quarter") {
		return m.class.value(), m.to
	}
	return "", i
}

// bareUnit returns of what an ordinal is that stands without a noun: of a half that is only named later, «55 – на первое, 172 –
// на второе полугодие», or of a quarter named before, «80 в первом квартале и 113 во втором».
func (s *sentence) bareUnit(i int) string {
	if i == 0 || !s.wordIs("bare", i) || !s.wordIs("stop", i-1) {
		return ""
	}
	if i+1 < len(s.tokens) && s.tokens[i+1].kind == word && !s.wordIs("stop", i+1) {
		return ""
	}
	unit, nearest := "", len(s.tokens)
	for _, m := range s.marks {
		if away := max(m.from-i, i-m.from); (m.class == "d:half" || m.class == "d:quarter") && away < nearest {
			unit, nearest = m.class.value(), away
		}
	}
	return unit
}

// glued reads "2H2022", "1H", "H2 2022", "Q3", "2022-H2".
func (s *sentence) glued(i, year, at int) (period, bool) {
	if at >= len(s.tokens) {
		return period{}, false
	}
	t := s.tokens[at]
	text := t.key
	if t.kind == number {
		text = t.suffix + t.key
	}
	if len(text) != 2 || text[1] < '1' || text[1] > '4' || t.kind == number && t.suffix == "" {
		return period{}, false
	}
	n, size := int(text[1]-'0'), map[byte]int{'h': 6, 'q': 3}[text[0]]
	if size == 0 || n*size > 12 {
		return period{}, false
	}
	p := period{year: year, month: time.Month((n-1)*size + 1), months: size, to: at + 1}
	if year == 0 {
		p.year, p.to = s.yearBehind(at + 1)
	}
	return p, true
}
