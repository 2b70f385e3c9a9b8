package report

import (
	"strings"

	"github.com/qulaq-kz/qulaq/transform/region"
)

// strangePlace reads a name that no vocabulary knows, of what its type word says is a district, or a village where something was:
// «в Кукуевском районе», "Kukuev District", «в селе Мерке». Whose figures stand there is not known, but they are not those of the
// place that was told of before. A village has no name here: it may bear that of a district.
func (s *sentence) strangePlace(i int) (place, bool) {
	at := func(n int, begins ...string) bool {
		if i+n < 0 || i+n >= len(s.tokens) || s.tokens[i+n].kind != word {
			return false
		}
		for _, begin := range begins {
			if strings.HasPrefix(s.tokens[i+n].key, begin) {
				return true
			}
		}
		return false
	}
	name := func(n int) bool {
		return i+n < len(s.tokens) && s.capital(i+n) && !s.wordIs("l", i+n) && !s.wordIs("stop", i+n)
	}
	in := i > 0 && (s.tokens[i-1].key == "в" || s.tokens[i-1].key == "in")
	strange := place{subject: subject{code: nowhere}, from: i}
	switch {
	case !name(0):
		if in && at(0, "селе", "поселке", "ауле", "городе") && name(1) {
			strange.to = i + 2
		}
		if at(-1, "the") && at(0, "village", "city", "town") && at(1, "of") && name(2) {
			strange.to = i + 3
		}
	case at(1, "раион") && isOfName(s.tokens[i].key), at(1, "ауданы"), i > 0 && at(1, "district") && !s.wordIs("n", i):
		strange.name, strange.to = s.words(i, i+2), i+2
	case s.strangeName(i, in):
		strange.to = i + 1
	case at(1, "ауылынд", "кентинд", "каласынд"), in && at(1, "village", "city", "town"):
		strange.to = i + 2
	case at(1, "ауылдык") && at(2, "округинд"), in && at(1, "rural") && at(2, "district", "okrug"), in && at(1, "сельском") && at(2, "округе"):
		strange.to = i + 3
	}
	return strange, strange.to > i
}

// trim drops the words beside a name that are none of it: «Кокшетау представил Общественному», "Low rates in Abai region".
func (r *Reader) trim(s *sentence, p *place, ofRegion bool) {
	same := func(from, to int) bool {
		q, ok := r.resolve(s.text[s.tokens[from].from:s.tokens[to-1].to], ofRegion)
		return ok && q.code == p.code
	}
	for p.to > p.from+1 && !isTypeWord(s.tokens[p.to-1].key) && same(p.from, p.to-1) {
		p.to--
	}
	for p.from < p.to-1 && !isTypeWord(s.tokens[p.from].key) && same(p.from+1, p.to) {
		p.from++
	}
}

// strangeName says whether a word is the name of a place by where it stands: «В Кульсары поднято 96 вопросов», "In Kulsary 96 issues were
// raised", «Мұқрыда бес кездесу жоспарланған».
func (s *sentence) strangeName(i int, in bool) bool {
	if i == 0 || i+1 >= len(s.tokens) || s.shouted(i) {
		return false
	}
	for family := range s.covers {
		if s.wordIs(family, i) {
			return false
		}
	}
	counts := s.tokens[i+1].kind == number || s.wordIs("number", i+1)
	if s.kazakh {
		key := s.tokens[i].key
		local := strings.HasSuffix(key, "да") || strings.HasSuffix(key, "де") || strings.HasSuffix(key, "та") || strings.HasSuffix(key, "те")
		return local && counts && s.tokens[i-1].kind == word && !s.capital(i-1)
	}
	return in && (i == 1 || s.tokens[i-2].kind == sign) && (counts || s.wordIs("v", i+1) || s.isRow(i+1) && s.tokens[i+2].kind == number)
}

// isOfName says whether a Russian adjective is made of a name: «Кукуевский», «Кукуевском».
func isOfName(key string) bool {
	for _, end := range []string{"скии", "ского", "ском", "скому", "ским"} {
		if strings.HasSuffix(key, end) {
			return true
		}
	}
	return false
}

// near returns the district of a region that bears a name, or one so like it that nothing else can be meant there.
func (r *Reader) near(code, name string) (subject, bool) {
	if _, d := r.places.Pair(r.names[code], name, region.Today); d.Code != "" {
		return subject{d.Code, d.NameRU}, true
	}
	a := r.places.Resolve(name, region.Today)
	return subject{a.Code, a.NameRU}, a.How == region.Fuzzy && !isRegion(a.Code) && regionOf(a.Code) == code
}
