package report

import (
	"strconv"
	"strings"
)

// spelled reads a number below a thousand that words say: «двадцать один», «он екі», "one hundred and five". It returns its
// digits and the token behind it. One alone is none: «один из районов», "one reception" are no counts, but one thousand is, and
// «тысяча двести» says it without the one.
func (s *sentence) spelled(i int) (digits string, end int, ok bool) {
	if s.thousands(i) && s.wordIs("number", i+1) && (i == 0 || s.tokens[i-1].kind != number && !s.numeral(i-1)) {
		return "1", i, true
	}
	value, least := 0, 1000
	for end = i; end < len(s.tokens); {
		m, found := s.markAt("number", end)
		if !found && value >= 100 && end+1 < len(s.tokens) && s.tokens[end].key == "and" { // "one hundred and five"
			m, found = s.markAt("number", end+1)
		}
		if !found {
			break
		}
		if t := s.tokens[end]; t.key == "он" && (!s.kazakh || !strings.EqualFold(s.text[t.from:t.to], "он")) {
			return "", i, false // the Russian "he", and «оң шешілді», solved well
		}
		n, err := strconv.Atoi(m.class.value())
		switch {
		case err == nil && n == 100 && value > 0 && value < 10: // «екі жүз»
			value, least = value*n, n
		case err == nil && n < least:
			value, least = value+n, magnitude(n)
		default:
			return "", i, false // «два три»
		}
		end = m.to
	}
	if value == 0 || value == 1 && !s.thousands(end) {
		return "", i, false
	}
	return strconv.Itoa(value), end, true
}

// magnitude returns what a word behind a numeral must be smaller than.
func magnitude(n int) int {
	switch {
	case n >= 100:
		return 100
	case n >= 20 || n == 10: // «он екі»; in Russian nothing follows ten
		return 10
	}
	return 0
}

// thousands says whether a word is a thousand, million or more.
func (s *sentence) thousands(i int) bool {
	m, ok := s.markAt("m", i)
	return ok && powers[m.class.value()] > 0 && s.tokens[i].kind == word
}

// plainNumerals are the Kazakh words for numbers as they stand before a noun. Any other form stands for the things themselves,
// «сегізі» are eight of them.
const plainNumerals = " бир еки уш торт бес алты жети сегиз тогыз он жиырма отыз кырык елу алпыс жетпис сексен жуз "

// stands says whether a Kazakh number stands for what it counts: «100-ін», «алтауының».
func (s *sentence) stands(f figure) bool {
	last := s.tokens[f.to-1]
	return s.kazakh && (s.tokens[f.at].suffix != "" && f.to == f.at+1 || last.kind == word && s.wordIs("number", f.to-1) && !strings.Contains(plainNumerals, " "+last.key+" "))
}

// numeral says whether a token is a part of a number in words.
func (s *sentence) numeral(i int) bool { return s.wordIs("number", i) || s.wordIs("vague", i) }
