package report

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq"
)

// Bounds of a report.
const (
	maxParagraphs     = 20_000
	maxParagraphBytes = 64 << 10
	maxSentenceBytes  = 4000 // a longer run without an end is no sentence
)

// abbreviations end with a point that ends no sentence, unless a capital letter follows where the value says so.
var abbreviations = map[string]bool{
	"тыс": true, "млн": true, "млрд": true, "трлн": true, "тг": true, "др": true, "пр": true, "гг": true,
	"г": false, "ст": false, "п": false, "пп": false, "им": false, "с": false, "ул": false, "т": false, "д": false, "обл": false, "р": false, "н": false,
	"стр": false, "см": false, "рис": false, "mr": false, "mrs": false, "ms": false, "dr": false, "no": false, "st": false, "е": false, "б": false, "ж": false, "қ": false,
	"vs": false, "approx": false, "ок": false, "чел": true, "жж": true, "мкр": false, "пос": false, "bln": true, "mln": true,
}

// sentences cuts a paragraph into sentences. A point ends one where a space and then a capital letter, a digit behind
// a word, or a sign follows, unless it belongs to an abbreviation or to the initial of a name.
func sentences(paragraph string) []string {
	var list []string
	from := 0
	add := func(to int) {
		if s := strings.TrimSpace(paragraph[from:to]); s != "" {
			list = append(list, s)
		}
		from = to
	}
	for i, r := range paragraph {
		switch {
		case i < from: // closes the sentence before
		case r == '\n' || r == '\r' || r == '\u2028':
			add(i)
		case strings.ContainsRune("!?…", r), r == '.' && endsSentence(paragraph[from:i], paragraph[i+1:]):
			rest := paragraph[i+utf8.RuneLen(r):]
			closing := len(rest) - len(strings.TrimLeft(rest, "»”\")!?.…"))
			if rest = rest[closing:]; rest == "" || rest[0] == ' ' || strings.HasPrefix(rest, "\u00a0") {
				add(i + utf8.RuneLen(r) + closing)
			}
		}
	}
	add(len(paragraph))
	return list
}

// endsSentence says whether a point between two texts ends a sentence.
func endsSentence(before, after string) bool {
	after = strings.TrimLeft(after, "»”\")")
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(after, " \u00a0«“\"–—-•("))
	if after != "" && after[0] != ' ' && !strings.HasPrefix(after, "\u00a0") {
		return false
	}
	if unicode.IsLower(next) {
		return false
	}
	if len(before) <= 3 && strings.Trim(before, "0123456789") == "" {
		return false // «1. Актюбинская область»
	}
	last := before[strings.LastIndexAny(before, " \u00a0(«\"-.")+1:]
	key := strings.ToLower(strings.Trim(last, " \u00a0«“("))
	if key == "г" || key == "ж" { // «2022 г. Всего», but «г. Астана»
		rest := strings.TrimRight(strings.TrimSuffix(before, last), " \u00a0")
		return digitAt(rest, len(rest)-1) && digitAt(rest, len(rest)-4) && !unicode.IsDigit(next)
	}
	if ends, ok := abbreviations[key]; ok {
		return ends && unicode.IsUpper(next)
	}
	if r, n := utf8.DecodeRuneInString(last); n == len(last) && n > 0 && unicode.IsUpper(r) {
		return false // an initial
	}
	return true
}

// sentence is a sentence with all that was found in it.
type sentence struct {
	text    string
	place   Place
	first   bool // of its paragraph
	heading bool // the paragraph is a line without an end
	title   bool // it stands at the beginning and says what the text is about
	item    bool // it stands in a list
	opens   bool // it ends with a colon: what follows is its list
	english bool
	kazakh  bool
	speech  bool // somebody says it
	nation  bool // it speaks of the whole country
	centre  bool // somebody says it who speaks of the whole country

	tokens   []token
	taken    []bool // the token belongs to a time
	group    []int  // the bracket a token stands in
	marks    []mark
	covers   map[string][]int // by family: the mark that covers a token, plus one
	periods  []period
	places   []place
	dateline place     // where it was written
	written  qulaq.Day // when, as its dateline says; 0 where it has none
	agents   []agent
	speakers []agent
	figures  []figure
	clauses  []clause

	sheet *sheet // the sentence stands for a table; it has no text
}

// understand finds everything in a sentence.
func (r *Reader) understand(text string) *sentence {
	s := &sentence{text: text, tokens: lex(text), covers: make(map[string][]int)}
	s.taken = make([]bool, len(s.tokens))
	s.english, s.kazakh = scripts(text)
	s.marks = r.words.find(s.tokens)
	s.findCompany()
	for n, m := range s.marks {
		family := m.class.family()
		if s.covers[family] == nil {
			s.covers[family] = make([]int, len(s.tokens))
		}
		for i := m.from; i < m.to; i++ {
			s.covers[family][i] = n + 1
		}
	}
	s.findBrackets()
	s.findPeriods()
	r.findPlaces(s)
	r.findAgents(s)
	s.figures = s.findFigures()
	s.clauses = s.findClauses()
	return s
}

// russianOnly are words that no Kazakh sentence has.
var russianOnly = map[string]bool{
	"в": true, "во": true, "на": true, "по": true, "из": true, "с": true, "со": true, "за": true, "к": true, "о": true, "об": true, "и": true, "для": true, "через": true,
}

// scripts says whether a text is in Latin letters, and whether in Kazakh ones. Kazakh names stand in Russian sentences
// too, and the system is called е-Өтініш in both.
func scripts(text string) (english, kazakh bool) {
	latin, cyrillic, own := 0, 0, 0
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		lower := strings.ToLower(word)
		russian := russianOnly[lower]
		if kazakhOnly[lower] {
			own += kazakhWeight
		}
		for _, r := range word {
			switch {
			case r < utf8.RuneSelf:
				latin++
			case unicode.Is(unicode.Cyrillic, r):
				cyrillic++
				if strings.ContainsRune("әғқңөұүһіӘҒҚҢӨҰҮҺІ", r) && !strings.HasPrefix(word, "Өтініш") {
					own++
				}
			}
		}
		if russian {
			own -= russianWeight
		}
	}
	return latin > cyrillic, own > 0 && own*25 > cyrillic
}

// kazakhOnly are words that no Russian sentence has, though their letters are Russian.
var kazakhOnly = map[string]bool{"саны": true, "болды": true, "бойынша": true, "мен": true, "адам": true, "барлығы": true, "соның": true}

// kazakhWeight is how many Kazakh letters such a word counts for.
const kazakhWeight = 2

// russianWeight is how many Kazakh letters a Russian preposition outweighs.
const russianWeight = 4

// covering returns the mark of a family that covers a token.
func (s *sentence) covering(family string, i int) (mark, bool) {
	c := s.covers[family]
	if i < 0 || i >= len(c) || c[i] == 0 {
		return mark{}, false
	}
	return s.marks[c[i]-1], true
}

// markAt returns the mark of a family that begins at a token.
func (s *sentence) markAt(family string, i int) (mark, bool) {
	m, ok := s.covering(family, i)
	return m, ok && m.from == i
}

// wordIs says whether a token belongs to a phrase of a family.
func (s *sentence) wordIs(family string, i int) bool {
	_, ok := s.covering(family, i)
	return ok
}

// has says whether a phrase of a family stands between two tokens.
func (s *sentence) has(family string, from, to int) bool {
	for i := from; i < to; i++ {
		if s.wordIs(family, i) {
			return true
		}
	}
	return false
}

// hasMark says whether a phrase of a class stands in the sentence.
func (s *sentence) hasMark(c class) bool {
	return slices.ContainsFunc(s.marks, func(k mark) bool { return k.class == c })
}
