package report

import (
	"unicode/utf8"
)

// isOrdinal says whether a number is a place in a row: «2-й», "2nd", «5-ші».
func (s *sentence) isOrdinal(t token) bool {
	switch t.suffix {
	case "и", "ыи", "ии", "го", "ого", "му", "ому", "м", "ом", "е", "ое", "я", "ая", "ю", "ую", "st", "nd", "rd", "th", "ши", "шы":
		return t.suffix != "и" || !s.kazakh
	}
	return false
}

// isReference says whether a number is the name of a thing: № 1135, статья 5, slide 3.
func (s *sentence) isReference(i int) bool {
	t := s.tokens[i]
	if i > 0 {
		switch before := s.tokens[i-1]; before.key {
		case "+": // of a telephone, but not «+4,8 %»
			return i+1 >= len(s.tokens) || s.tokens[i+1].key != "%"
		case "№", "#", "n", "no", "ст", "статья", "статьи", "статье", "пункт", "пункта", "п", "пп", "слаид", "слаиде", "article", "slide", "number", "paragraph",
			"page", "стр", "страница", "странице", "страницы", "таблица", "table", "приложение", "annex", "бап", "covid", "d", "школа", "школы", "кв", "дом":
			return true
		case "-":
			if i > 1 && s.tokens[i-2].kind == word && !before.spaced && !t.spaced {
				return true // «ПК-12»
			}
		}
	}
	return utf8.RuneCountInString(t.key) > 1 && t.key[0] == '0'
}

// isRange says whether a number is one end of a range: «5–10», «от 5 до 10», "from 5 to 10".
func (s *sentence) isRange(i int) bool {
	next := func(at, step int, keys ...string) (int, bool) {
		at += step
		if at < 0 || at >= len(s.tokens) {
			return 0, false
		}
		for _, key := range keys {
			if s.tokens[at].key == key {
				return at, true
			}
		}
		return 0, false
	}
	isNumber := func(at int) bool { return at >= 0 && at < len(s.tokens) && s.tokens[at].kind == number && !s.taken[at] }
	for _, step := range []int{-1, 1} {
		if at, ok := next(i, step, "-", "..."); ok && isNumber(at+step) && !s.isRemark(at) && !s.falls(at) {
			return true
		}
	}
	// Words and a multiplier may stand between the ends.
	for at := i + 1; at < len(s.tokens) && at <= i+4; at++ {
		if key := s.tokens[at].key; (key == "до" || key == "to" || key == "and") && isNumber(at+1) && i > 0 {
			switch s.tokens[i-1].key {
			case "от", "с", "from", "between":
				return true
			}
		}
	}
	if i > 0 {
		switch s.tokens[i-1].key {
		case "до", "to", "and":
			for at := i - 2; at >= 1 && at >= i-5; at-- {
				if isNumber(at) {
					switch s.tokens[at-1].key {
					case "от", "с", "from", "between":
						return true
					}
				}
			}
		}
	}
	return false
}

// isRemark says whether a dash between two numbers only adds a remark: "came to 41,208 - 6% more than in 2023".
func (s *sentence) isRemark(dash int) bool {
	percent := func(i int) bool {
		m, ok := s.covering("m", i)
		return i < len(s.tokens) && s.tokens[i].key == "%" || ok && m.class == "m:percent"
	}
	return s.tokens[dash].spaced && percent(dash+2) && !percent(dash-1)
}

// falls says whether the number before a dash is greater than the one behind: no range then, «из 1 268 – 1 119».
func (s *sentence) falls(dash int) bool {
	before, ok := parseNumber(s.tokens[dash-1].key, 0, true, s.english)
	behind, also := parseNumber(s.tokens[dash+1].key, 0, true, s.english)
	return ok && also && before > behind && !s.wordIs("m", dash+2)
}

// bareYear says whether a number without a unit is a year: four digits behind a preposition, or at the beginning.
func (s *sentence) bareYear(i int, f figure) bool {
	return f.unit == Count && isYear(s.tokens[i]) && f.to == i+1 && (i == 0 || s.tokens[i-1].kind == sign || s.wordIs("stop", i-1) || s.wordIs("d", i-1) || s.wordIs("month", i-1))
}

// isYear says whether a token is four digits from 1990 to 2099.
func isYear(t token) bool {
	return t.kind == number && len(t.key) == 4 && t.key >= "1990" && t.key <= "2099"
}
