package report

import (
	"math"
	"strings"
	"unicode/utf8"
)

// figure is a number of a sentence with what belongs to it: «более 33,4 тыс.» is one.
type figure struct {
	at        int // token of the digits
	from, to  int // tokens with qualifier, multiplier and unit
	value     int64
	unit      Unit
	power     int // of ten, of its multiplier
	qualifier Qualifier
	other     bool // it counts something that no claim is about, or is denied
	denied    bool // «не 120, а 112»: the next figure is said instead
}

// findFigures finds the numbers of a sentence that may be claims: neither days nor years, nor numbers of decrees, ranges,
// multiples.
func (s *sentence) findFigures() []figure {
	var list []figure
	for i := 0; i < len(s.tokens); i++ {
		f, ok := s.figure(i)
		if !ok {
			continue
		}
		if n := len(list); n > 0 && list[n-1].unit == KZT && f.unit == Count && f.power >= 6 && s.isBare(f) {
			f.unit = KZT // «Из 485 млрд тенге выделено 253,8 млрд»
		}
		f.denied = s.isDenied(f)
		switch other := s.countsOther(f); {
		case f.denied:
			f.other = true
			list = append(list, f)
		case !other:
			list = append(list, f)
		case i == 0 || !s.wordIs("stop", i-1) || s.ownClause(list, i): // it parts the words of the figures beside it all the same
			f.other = true
			list = append(list, f)
		}
		i = f.to - 1
	}
	return list
}

// isDenied says whether a number is named as one that is wrong: «не 120, а 112», "not 120 but 112", «120 емес».
func (s *sentence) isDenied(f figure) bool {
	if s.kazakh {
		_, end := s.nounBehind(f)
		return f.to < len(s.tokens) && s.tokens[f.to].key == "емес" || end < len(s.tokens) && s.tokens[end].key == "емес"
	}
	return f.from > 0 && (s.tokens[f.from-1].key == "не" || s.tokens[f.from-1].key == "not")
}

// ownClause says whether a comma parts a number from the figure before it: «разъяснено 96, отказано в 15 случаях».
func (s *sentence) ownClause(before []figure, i int) bool {
	if len(before) == 0 {
		return false
	}
	for k := before[len(before)-1].to; k < i; k++ {
		if s.tokens[k].key == "," || s.tokens[k].key == ";" {
			return true
		}
	}
	return false
}

// countsOther says whether a number counts something that no claim is about: «из 7 регионов», «15 школ».
func (s *sentence) countsOther(f figure) bool {
	if f.unit != Count {
		return false
	}
	noun, _ := s.nounBehind(f)
	switch noun {
	case "akimat":
		for _, m := range s.marks {
			if m.class == "v:unpublished" {
				return false
			}
		}
		return true
	case "":
		return !s.isBare(f)
	}
	return false
}

// isBare says whether a number stands without a noun: no word follows it but those that say what happened.
func (s *sentence) isBare(f figure) bool {
	if f.to >= len(s.tokens) || s.tokens[f.to].kind != word || s.kazakh && s.tokens[f.at].suffix != "" && f.to == f.at+1 {
		return true // «100-ін» are a hundred of them
	}
	for _, family := range []string{"aux", "stop", "same", "v", "link", "future", "whole"} {
		if s.wordIs(family, f.to) {
			return true
		}
	}
	return f.unit == Count && !s.kazakh && !s.english && s.ungoverned(f)
}

// ungoverned says whether the word behind a Russian number cannot be what it counts: behind five and more stands a genitive
// plural, and none of them ends in a vowel. «7 госорганы не поддержали», «12 получили ответ».
func (s *sentence) ungoverned(f figure) bool {
	if n := f.value / hundredths; f.power == 0 && n%10 >= 1 && n%10 <= 4 && n%100/10 != 1 {
		return false
	}
	t := s.tokens[f.to]
	last, _ := utf8.DecodeLastRuneInString(strings.ToLower(s.text[t.from:t.to]))
	return strings.ContainsRune("аеёиоуыэюя", last)
}

func (s *sentence) figure(i int) (figure, bool) {
	t := s.tokens[i]
	digits, end := t.key, i+1
	if t.kind == word {
		var ok bool
		if digits, end, ok = s.spelled(i); !ok || s.wordIs("vague", end) || s.numeral(i-1) {
			return figure{}, false
		}
	} else if t.kind != number {
		return figure{}, false
	}
	if i == 0 && len(s.tokens) > 2 && (s.tokens[1].key == "." || s.tokens[1].key == ")") && s.tokens[2].kind == word {
		return figure{}, false // of a list: «1. Актюбинская область»
	}
	if s.taken[i] || s.isOrdinal(t) || s.isReference(i) || s.isRange(i) {
		return figure{}, false
	}
	f := figure{at: i, from: i, to: end, unit: Count}
	power, ok := s.multiplier(&f)
	if !ok {
		return f, false
	}
	if before, ok := s.covering("m", i-1); ok && before.class == "m:tenge" && s.tokens[i-1].key == "kzt" || i > 0 && s.tokens[i-1].key == "₸" {
		f.unit, f.from = KZT, i-1 // "KZT 120 billion"
	}
	if f.unit == Count && f.to < len(s.tokens) && s.tokens[f.to].key == "₸" {
		f.unit, f.to = KZT, f.to+1
	}
	if f.unit == Count && s.isVoid(f.to) {
		return f, false
	}
	if t.suffix != "" && power == 0 && powerOf(t.suffix) > 0 {
		power = powerOf(t.suffix)
	}
	f.power = power
	if f.value, ok = parseNumber(digits, power, f.unit == Count, s.english); !ok {
		return f, false
	}
	s.addSmaller(&f, digits)
	switch f.unit {
	case Count:
		ok = f.value%hundredths == 0 && f.value > 0
	case Percent:
		ok = f.value <= 1000*hundredths
	case KZT:
		ok = f.value%hundredths == 0 && f.value > 0
	}
	if !ok || s.bareYear(i, f) {
		return f, false
	}
	s.qualify(&f)
	return f, true
}

// isVoid says whether a word behind a number makes it none of a claim: a multiple, a place in a list.
func (s *sentence) isVoid(i int) bool {
	return s.wordIs("void", i) || s.wordIs("times", i) && !s.wordIs("n", i) || s.wordIs("item", i) && !s.wordIs("n", i)
}

// addSmaller adds what is said in smaller units: «1 млн 412 тыс.», «28 тысяч 312».
func (s *sentence) addSmaller(f *figure, digits string) {
	if f.power == 0 || f.unit == Percent || f.to >= len(s.tokens) || strings.ContainsAny(digits, ",.") || s.taken[f.to] || s.isReference(f.to) || s.isRange(f.to) {
		return
	}
	t := s.tokens[f.to]
	rest, end, spelled := s.spelled(f.to)
	if !spelled {
		rest, end = t.key, f.to+1
	}
	next := figure{at: f.to, from: f.to, to: end, unit: Count}
	if t.kind != number && !spelled || t.suffix != "" && powerOf(t.suffix) == 0 || isYear(t) {
		return
	}
	power, ok := s.multiplier(&next)
	power = max(power, powerOf(t.suffix))
	if !ok || power >= f.power || next.unit == Percent || next.unit != f.unit && f.unit == KZT {
		return
	}
	value, ok := parseNumber(rest, power, true, false)
	if !ok || value >= int64(math.Pow10(f.power))*hundredths {
		return
	}
	f.value, f.to, f.unit = f.value+value, next.to, next.unit
}

// multiplier reads what stands behind the digits: «тыс.», «млрд. тенге», "%". Two multipliers are none.
func (s *sentence) multiplier(f *figure) (power int, ok bool) {
	for n := 0; n < 3 && f.to < len(s.tokens); n++ {
		t := s.tokens[f.to]
		if t.key == "." && f.to > f.at+1 && f.to+1 < len(s.tokens) && s.tokens[f.to+1].kind == word {
			f.to++ // of «тыс.»
			n--
			continue
		}
		if t.kind == sign && t.key == "%" {
			f.unit = Percent
			f.to++
			continue
		}
		m, found := s.markAt("m", f.to)
		if !found {
			break
		}
		switch v := m.class.value(); v {
		case "tenge":
			f.unit = KZT
		case "percent":
			f.unit = Percent
		default:
			if power > 0 {
				return 0, false
			}
			power = powers[v]
		}
		f.to = m.to
	}
	return power, f.unit != Percent || power == 0
}

// qualify reads how exact the number is.
func (s *sentence) qualify(f *figure) {
	f.qualifier = Exact
	for i := f.from - 1; i >= 0 && i >= f.at-3; i-- {
		if m, ok := s.covering("q", i); ok && (m.to == f.from || i == f.from-1) {
			f.qualifier, f.from = Qualifier(m.class.value()), m.from
			return
		}
		if key := s.tokens[i].key; key != "чем" && key != "a" && key != "из" && key != "than" && key != "на" {
			break
		}
	}
	for i := f.to; i < len(s.tokens) && i < f.to+1; i++ {
		if m, ok := s.markAt("a", i); ok && !(f.unit == Percent && s.wordIs("v", i)) { // «14 пайызға көп» is by how much
			f.qualifier, f.to = Qualifier(m.class.value()), m.to
		} else if s.tokens[i].key == "+" {
			f.qualifier, f.to = Over, i+1
		}
	}
}

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
		if at, ok := next(i, step, "-", "..."); ok && isNumber(at+step) && !s.isRemark(at) {
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

// bareYear says whether a number without a unit is a year: four digits behind a preposition, or at the beginning.
func (s *sentence) bareYear(i int, f figure) bool {
	return f.unit == Count && isYear(s.tokens[i]) && f.to == i+1 && (i == 0 || s.tokens[i-1].kind == sign || s.wordIs("stop", i-1) || s.wordIs("d", i-1) || s.wordIs("month", i-1))
}

// isYear says whether a token is four digits from 1990 to 2099.
func isYear(t token) bool {
	return t.kind == number && len(t.key) == 4 && t.key >= "1990" && t.key <= "2099"
}
