package region

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// role returns what word i says of a name beside it.
func (r *reading) role(i int, lang language) role {
	if i < 0 || i >= r.n || r.tokens[i].dotted && r.letter(i) { // an initial
		return 0
	}
	return r.Gazetteer.vocabulary.roleOf(r.foldedText(span{i, i + 1}), lang)
}

// beside returns what the words next to a mention say of it: the one in front if it is Russian or English, the
// one behind if it is Kazakh or English. A comma parts them.
func (r *reading) beside(m *mention) (before, after role) {
	if r.tokens[m.words.from].before < dash {
		before = r.role(m.words.from-1, russian) | r.role(m.words.from-1, english)
	}
	if m.words.to < r.n && r.tokens[m.words.to].before < dash {
		after = r.role(m.words.to, kazakh) | r.role(m.words.to, english)&thing
	}
	return before, after
}

// said says whether a name without a type word is said as places are. It is strict: cities lend their names
// to streets, firms and people.
func (r *reading) said(m *mention) bool {
	first, last := &r.tokens[m.name.from], &r.tokens[m.name.to-1]
	if at := m.name.from - 1; at >= 0 && r.abbreviated(at) {
		return false
	}
	before, after := r.beside(m)
	ending := r.inflectedKazakh(m)
	if first.bears || last.bears || before&thing != 0 || after&thing != 0 && !ending { // «Шымкентте су жоқ»
		m.dead = true
		return false
	}
	if isAdjectival(m.key) {
		m.dead = r.tokens[m.words.to].numeric && m.words.to < r.n && !r.isYear(m.words.to) // «Карагандинская 15» is a street
		return !m.dead && r.onlyPlaces(span{0, r.n})
	}
	if r.linked(m.words.from, m.words.from-1) || r.linked(m.words.to, m.words.to) { // «Кокшетау – Боровое»
		m.dead = true
		return false
	}
	if isAbbreviation(r.plainText(m.name)) && first.capital {
		return true
	}
	segment := r.segment(m.name)
	alone := r.onlyPlaces(segment)
	if !alone && !isSurname(m.key) && first.capital && (r.role(m.words.to, russian)&street != 0 || r.micro(m.words.to)) {
		alone = r.onlyPlaces(span{segment.from, m.words.to}) // «Костанай ул. Алтынсарина 12»
	}
	if isSurname(m.key) {
		return alone && r.onlyPlaces(span{0, r.n}) || before&inside != 0 && first.capital
	}
	if alone && (!first.quoted || segment == r.whole()) {
		return true
	}
	if first.quoted || r.big && !first.capital || r.ordinary(m) && !first.capital {
		return false
	}
	if after&head != 0 || ending {
		return true
	}
	if m.words.to < r.n { // «в Алматы Арене»
		next := &r.tokens[m.words.to]
		if r.small && next.before == nothing && next.capital && !next.covered {
			return false
		}
	}
	return before&(inside|head) != 0 || m.name.to-m.name.from > 1
}

// micro says whether the number of a micro-district begins at word i: «Степногорск 7 мкр».
func (r *reading) micro(i int) bool {
	return i+1 < r.n && r.tokens[i].numeric && r.tokens[i].before == nothing && r.role(i+1, russian)&street != 0
}

// linked says whether a dash before word i parts a name from a word that may be another one.
func (r *reading) linked(i, other int) bool {
	return i > 0 && i < r.n && r.tokens[i].before == dash && r.tokens[other].capital && !r.tokens[other].covered
}

// abbreviated says whether word i is an abbreviation that we do not know: «уч.Караганды».
func (r *reading) abbreviated(i int) bool {
	t := &r.tokens[i]
	return t.dotted && !t.numeric && !t.word.kind.isUnit() && !t.covered && r.tokens[i+1].before == dot &&
		utf8.RuneCount(r.foldedText(span{i, i + 1})) <= 4
}

// ordinary says whether a name is a word of the language as well: «для многодетных семей».
func (r *reading) ordinary(m *mention) bool {
	return (r.Gazetteer.vocabulary.roleOf(m.key, russian)|r.Gazetteer.vocabulary.roleOf(m.key, kazakh))&ordinary != 0
}

// inflectedKazakh says whether a name has an ending that only Kazakh has: «Астанада», «Қарағандыдағы».
func (r *reading) inflectedKazakh(m *mention) bool {
	if r.tokens[m.name.to-1].ended {
		return true
	}
	for _, e := range r.index.find(m.key) {
		if !e.inflected {
			return false
		}
	}
	for _, ending := range kazakhEndings {
		if bytes.HasSuffix(r.plainText(m.name), []byte(ending)) {
			return true
		}
	}
	return false
}

// kazakhEndings are the cases of a place that Russian has nothing like.
var kazakhEndings = [...]string{"да", "де", "та", "те", "дан", "ден", "тан", "тен", "ның", "нің", "дың", "дің", "тың", "тің", "дағы", "дегі", "тағы", "тегі", "ға", "ге", "қа"}

// kazakhEnding returns how many bytes of a text are a Kazakh ending and nothing else of a word.
func kazakhEnding(text string) int {
	for _, ending := range kazakhEndings {
		if rest, ok := strings.CutPrefix(text, ending); ok {
			if next, _ := utf8.DecodeRuneInString(rest); !isWordRune(next) {
				return len(ending)
			}
		}
	}
	return 0
}

// isAbbreviation says whether a word is one of ВКО, ЗКО, СКО, ЮКО and their Kazakh sisters.
func isAbbreviation(plain []byte) bool {
	return utf8.RuneCount(plain) == 3 && (bytes.HasSuffix(plain, []byte("ко")) || bytes.HasSuffix(plain, []byte("қо")))
}

// isSurname says whether a town is called as people are: Сатпаев, Курчатов, Шевченко.
func isSurname(key []byte) bool {
	for _, ending := range [...]string{"ев", "ов", "ева", "ова", "еву", "ову", "еве", "ове", "евым", "овым", "евом", "овом", "енко", "aev", "atov"} {
		if bytes.HasSuffix(key, []byte(ending)) {
			return true
		}
	}
	return false
}

// segment returns the words around a name up to the next signs.
func (r *reading) segment(s span) span {
	for s.from > 0 && !r.ends(s.from) {
		s.from--
	}
	for s.to < r.n && !r.ends(s.to) {
		s.to++
	}
	return s
}

// ends says whether a segment ends before word i. The dot of an abbreviation ends none.
func (r *reading) ends(i int) bool {
	switch r.tokens[i].before {
	case nothing:
		return false
	case dot:
		return r.tokens[i-1].words == 0
	}
	return true
}

// onlyPlaces says whether a run of words has only names of places, type words and numbers.
func (r *reading) onlyPlaces(s span) bool {
	for i := s.from; i < s.to; i++ {
		t := &r.tokens[i]
		if !t.covered && !t.numeric && !t.word.kind.isUnit() && (r.role(i, russian)|r.role(i, english))&inside == 0 {
			return false
		}
	}
	return true
}
