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
	if f.to >= len(s.tokens) || s.tokens[f.to].kind != word || s.stands(f) {
		return true
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
	if f.unit == Count && (s.isVoid(f.to) || s.isMoreThan(f.to)) {
		return f, false
	}
	if f.unit == Count && power == 0 && s.inPercent(f) {
		f.unit = Percent
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

// inPercent says whether the words before a number tell that it is in percent, and nothing behind it what it counts: «решены
// 2 050, если в процентах, то 73,7».
func (s *sentence) inPercent(f figure) bool {
	if f.to < len(s.tokens) && s.tokens[f.to].kind == word {
		return false
	}
	for k := f.from - 1; k >= 0 && k >= f.from-maxPercentWords && s.tokens[k].kind != number; k-- {
		if s.wordIs("inpercent", k) {
			return true
		}
	}
	return false
}

// maxPercentWords is how many words and signs may stand between «в процентах» and its number.
const maxPercentWords = 4

// isMoreThan says whether a number is by how many something is more or less: "eight fewer than planned".
func (s *sentence) isMoreThan(i int) bool {
	if i >= len(s.tokens) {
		return false
	}
	switch s.tokens[i].key {
	case "fewer", "more", "less", "больше", "меньше":
		for k := i + 1; k < min(i+maxMoreWords, len(s.tokens)); k++ {
			if s.tokens[k].key == "than" || s.tokens[k].key == "чем" {
				return true
			}
		}
	}
	return false
}

// maxMoreWords is how far "than" may stand behind "more".
const maxMoreWords = 4

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
