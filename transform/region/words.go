package region

import (
	"unicode"
	"unicode/utf8"
)

// kind is what a type word says a name to be.
type kind uint8

const (
	untyped kind = iota // no type word; the kind of the republic too
	oblast
	city // of republican significance, or with an administration of its own
	district
)

// language is a set of languages.
type language uint8

const (
	russian language = 1 << iota
	kazakh
	english
	anyLanguage = russian | kazakh | english
)

// word is a type word: what kind it tells, in which language, and whether it stands in another case than the
// nominative.
type word struct {
	kind      kind
	language  language
	inflected bool
}

// typeWords are the words that say what a name is, in lower case. A Kazakh «к.» is none: it is a settlement,
// кент, and only «қ.» a town.
var typeWords = map[string]word{
	"область":   {oblast, russian, false},
	"обл":       {oblast, russian, false},
	"области":   {oblast, russian, true},
	"облысы":    {oblast, kazakh, false},
	"облыс":     {oblast, kazakh, false},
	"облысының": {oblast, kazakh, true},
	"облысынын": {oblast, kazakh, true},
	"region":    {oblast, english, false},
	"province":  {oblast, english, false},
	"oblast":    {oblast, english, false},
	"oblysy":    {oblast, english, false},
	"город":     {city, russian, false},
	"гор":       {city, russian, false},
	"г":         {city, russian, false},
	"га":        {city, russian, false},
	"города":    {city, russian, true},
	"қаласы":    {city, kazakh, false},
	"каласы":    {city, kazakh, false},
	"қала":      {city, kazakh, false},
	"қ":         {city, kazakh, false},
	"қә":        {city, kazakh, false},
	"қаласының": {city, kazakh, true},
	"каласынын": {city, kazakh, true},
	"city":      {city, english, false},
	"qalasy":    {city, english, false},
	"район":     {district, russian, false},
	"рн":        {district, russian, false},
	"района":    {district, russian, true},
	"ауданы":    {district, kazakh, false},
	"аудан":     {district, kazakh, false},
	"ауданының": {district, kazakh, true},
	"ауданынын": {district, kazakh, true},
	"district":  {district, english, false},
	"raion":     {district, english, false},
	"audany":    {district, english, false},
}

// letterPairs are type words written as two letters with dots or a slash: Г.А., Қ.Ә., р.а. (район
// администрации), р/н.
var letterPairs = map[string]word{
	"га": {city, russian, false},
	"қә": {city, kazakh, false},
	"қа": {city, kazakh, false},
	"ра": {district, russian, false},
	"рн": {district, russian, false},
}

// fillers are words inside names that are written or left out at will: «Район им.Габита Мусрепова».
var fillers = map[string]bool{"им": true, "имени": true, "атын": true, "атындагы": true}

// Limits of what may be the name of a place: a longer text is none.
const (
	maxBytes = 400
	maxWords = 12
)

// letters is text in a memory of its own: reading a line allocates nothing but where look-alikes are mended.
type letters struct {
	memory [2*maxBytes + utf8.UTFMax]byte // a Latin letter of one byte may become a Cyrillic one of two
	n      int
}

func (l *letters) add(r rune) { l.n += utf8.EncodeRune(l.memory[l.n:], r) }

func (l *letters) text(from, to int) []byte { return l.memory[from:to] }

// phrase is a line of text as words. The words stand one after the other without anything between them, so
// that «Усть-Каменогорск», «Усть Каменогорск» and «Устькаменогорск» are one name.
type phrase struct {
	plain  letters // words in lower case
	folded letters // the same as the index spells them: Kazakh letters as their Russian likes
	n      int     // words
	ends   [maxWords + 1]struct{ plain, folded int }
	breaks [maxWords + 1]bool // a comma or slash stands before word i
}

// span is a run of words, from inclusive, to exclusive.
type span struct{ from, to int }

func (p *phrase) whole() span { return span{0, p.n} }

func (p *phrase) plainText(s span) []byte {
	return p.plain.text(p.ends[s.from].plain, p.ends[s.to].plain)
}

func (p *phrase) foldedText(s span) []byte {
	return p.folded.text(p.ends[s.from].folded, p.ends[s.to].folded)
}

// read splits a text into words. It says false where the text cannot be the name of a place: it is empty or
// too long, is no UTF-8, or has signs that names have not.
func (p *phrase) read(text string) bool {
	p.plain.n, p.folded.n, p.n, p.breaks = 0, 0, 0, [maxWords + 1]bool{}
	if len(text) > maxBytes {
		return false
	}
	cyrillic := hasCyrillic(text)
	for i, r := range text {
		switch {
		case isWordRune(r):
			if p.n == maxWords {
				return false
			}
			p.plain.add(lower(r))
		case isHyphen(r) && joins(text, i, r):
		case r == ' ' || r == '.' || isHyphen(r) || unicode.IsSpace(r) && r != '\n':
			p.endWord(cyrillic)
		case r == ',' || r == ';' || r == '/' || r == '\n':
			p.endWord(cyrillic)
			p.breaks[p.n] = true
		case r == '\u0306' && p.endsWithI(): // a breve of its own: й in two signs
			p.plain.n -= len("и")
			p.plain.add('й')
		case isQuote(r) || unicode.In(r, unicode.Mn, unicode.Cf):
		default:
			return false
		}
	}
	p.endWord(cyrillic)
	return p.n > 0
}

// broken says whether a comma or slash stands between the words of s.
func (p *phrase) broken(s span) bool {
	for i := s.from + 1; i < s.to; i++ {
		if p.breaks[i] {
			return true
		}
	}
	return false
}

// endWord completes the word that was added to p.plain, if one was.
func (p *phrase) endWord(cyrillic bool) {
	start := p.ends[p.n]
	if p.plain.n == start.plain {
		return
	}
	if cyrillic {
		p.plain.replaceLikes(start.plain)
	}
	for i := start.plain; i < p.plain.n; {
		r, size := utf8.DecodeRune(p.plain.memory[i:p.plain.n])
		if 'A' <= r && r <= 'Z' { // Latin capitals were kept for replaceLikes
			r += 'a' - 'A'
			p.plain.memory[i] = byte(r)
		}
		p.folded.add(fold(r))
		i += size
	}
	if fillers[string(p.folded.text(start.folded, p.folded.n))] {
		p.plain.n, p.folded.n = start.plain, start.folded
		return
	}
	p.n++
	p.ends[p.n].plain, p.ends[p.n].folded = p.plain.n, p.folded.n
}

// endsWithI says whether и is the last letter so far.
func (p *phrase) endsWithI() bool {
	b := p.plain.text(p.ends[p.n].plain, p.plain.n)
	return len(b) >= len("и") && string(b[len(b)-len("и"):]) == "и"
}

// name parts a run of words into the name and its type word, which may stand before it, behind it, or both:
// «г.Актау Г.А.». Where the two differ, a single letter in front is an initial: «Ғ.Мүсірепов ауданы».
func (p *phrase) name(s span) (key []byte, w word) {
	lead, first := p.typeAt(s, false)
	tail, last := p.typeAt(span{s.from + lead, s.to}, true)
	if lead > 0 && tail > 0 && first.kind != last.kind {
		if p.letter(s.from) {
			lead, first = 0, word{}
		} else {
			tail, last = 0, word{}
		}
	}
	w = word{max(first.kind, last.kind), first.language | last.language, first.inflected || last.inflected}
	return p.foldedText(span{s.from + lead, s.to - tail}), w
}

// typeAt returns how many words at an end of s are its type word: none, one, or two single letters. The name
// itself keeps at least one word.
func (p *phrase) typeAt(s span, tail bool) (int, word) {
	for n := 2; n > 0; n-- {
		if s.to-s.from <= n {
			continue
		}
		at := span{s.from, s.from + n}
		if tail {
			at = span{s.to - n, s.to}
		}
		words := typeWords
		if n == 2 {
			if !p.letter(at.from) || !p.letter(at.from+1) {
				continue
			}
			words = letterPairs
		}
		if w, ok := words[string(p.plainText(at))]; ok {
			return n, w
		}
	}
	return 0, word{}
}

// letter says whether word i is a single letter.
func (p *phrase) letter(i int) bool { return utf8.RuneCount(p.foldedText(span{i, i + 1})) == 1 }

// isWordRune says whether a rune is a letter or a digit, most often a Russian letter.
func isWordRune(r rune) bool {
	switch {
	case 'А' <= r && r <= 'я':
		return true
	case r < utf8.RuneSelf:
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r)
}

// lower is unicode.ToLower without the difference of ё and е. It leaves Latin capitals as they are: Н looks
// like H and not like h.
func lower(r rune) rune {
	switch {
	case 'а' <= r && r <= 'я', r < utf8.RuneSelf:
		return r
	case 'А' <= r && r <= 'Я':
		return r + ('а' - 'А')
	case r == 'Ё', r == 'ё':
		return 'е'
	case r == 'Ə', r == 'ə': // the Latin schwa, met for the Cyrillic one
		return 'ә'
	}
	return unicode.ToLower(r)
}

// fold replaces a Kazakh letter by the Russian one that stands in for it where a keyboard has no other.
func fold(r rune) rune {
	if r <= 'я' {
		return r
	}
	switch r {
	case 'ә':
		return 'а'
	case 'ғ':
		return 'г'
	case 'қ':
		return 'к'
	case 'ң':
		return 'н'
	case 'ө':
		return 'о'
	case 'ұ', 'ү':
		return 'у'
	case 'һ':
		return 'х'
	case 'і':
		return 'и'
	}
	return r
}

// likes are Latin letters that look like Cyrillic ones.
var likes = map[rune]rune{
	'A': 'а', 'B': 'в', 'C': 'с', 'E': 'е', 'H': 'н', 'I': 'і', 'K': 'к', 'M': 'м', 'O': 'о', 'P': 'р', 'T': 'т', 'X': 'х', 'Y': 'у',
	'a': 'а', 'c': 'с', 'e': 'е', 'h': 'һ', 'i': 'і', 'k': 'к', 'm': 'м', 'o': 'о', 'p': 'р', 't': 'т', 'x': 'х', 'y': 'у',
}

// replaceLikes replaces the Latin letters of the word from start on by their Cyrillic likes, where each has
// one: «Aлматы», and «Г.A.» in a text that is otherwise Cyrillic.
func (l *letters) replaceLikes(start int) {
	latin := false
	for _, b := range l.text(start, l.n) {
		if b < utf8.RuneSelf && ('0' > b || b > '9') {
			if likes[rune(b)] == 0 {
				return
			}
			latin = true
		}
	}
	if !latin {
		return
	}
	w := string(l.text(start, l.n))
	l.n = start
	for _, r := range w {
		if like := likes[r]; like != 0 {
			r = like
		}
		l.add(r)
	}
}

// hasCyrillic looks for the lead bytes of U+0400 to U+053F.
func hasCyrillic(s string) bool {
	for i := range len(s) {
		if 0xD0 <= s[i] && s[i] <= 0xD4 {
			return true
		}
	}
	return false
}

func isQuote(r rune) bool {
	switch r {
	case '"', '\'', '`', '«', '»', '“', '”', '„', '‘', '’':
		return true
	}
	return false
}

func isHyphen(r rune) bool {
	switch r {
	case '-', '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212':
		return true
	}
	return false
}

// joins says whether the hyphen at i stands between two letters or digits and so inside a word.
func joins(text string, i int, hyphen rune) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(hyphen):])
	return isWordRune(before) && isWordRune(after)
}
