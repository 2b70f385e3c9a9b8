package report

import "slices"

// company says of words that count anything, what they count beside another: times are meetings where people meet, «встречались
// 14 раз», items are issues where a list is told, «в перечень вошел 41 пункт».
var company = map[class]struct {
	beside []class
	noun   class
}{
	"times": {[]class{"v:met", "v:metwith"}, "n:meeting"},
	"item":  {[]class{"c:central_list", "v:central"}, "n:issue"},
}

// findCompany makes nouns of the words that count something only in company. «Мәрте» is no March.
func (s *sentence) findCompany() {
	times := make(map[int]bool)
	for _, m := range s.marks {
		if m.class == "times" && s.kazakh {
			times[m.from] = true
		}
	}
	s.marks = slices.DeleteFunc(s.marks, func(m mark) bool { return m.class.is("month") && times[m.from] })
	for n, m := range s.marks {
		c, ok := company[m.class]
		if !ok || !s.counts(m) {
			continue
		}
		if slices.ContainsFunc(s.marks, func(k mark) bool { return slices.Contains(c.beside, k.class) }) {
			s.marks[n].class = c.noun
		}
	}
}

// counts says whether a word has a number before it that is no multiple: «в 3 раза», «3 раза больше», «3 раза в неделю».
func (s *sentence) counts(m mark) bool {
	if m.from < 1 || s.tokens[m.from-1].kind == sign || m.from > 1 && s.tokens[m.from-2].key == "в" {
		return false
	}
	if m.to < len(s.tokens) {
		switch s.tokens[m.to].key {
		case "в", "a", "per", "more", "less", "больше", "меньше", "чаще", "реже", "коп":
			return false
		}
	}
	return true
}
