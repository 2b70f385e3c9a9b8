package region

import (
	"sync"
	"unicode"
	"unicode/utf8"
)

// How much of a line is read, and what may still be nothing but the name of a place.
const (
	// MaxBytes is how much of a line Resolve reads: a place that is named later is not seen.
	MaxBytes  = 2000
	maxWords  = 320
	nameBytes = 400
	nameWords = 12
)

// mark is what stands between a word and the one before it, by how much it parts them.
type mark uint8

const (
	nothing mark = iota
	dot
	quote
	dash // with spaces: inside a word it is nothing
	comma
)

// token is a word of a phrase.
type token struct {
	plain, folded int // where it begins
	before        mark
	capital       bool // begins with one
	dotted        bool // a dot follows
	numeric       bool // begins with a digit
	quoted        bool // stands between quotation marks
	bears         bool // «имени» stands before it or «атындағы» behind it
	damaged       bool // has a sign that is no letter in place of one
	ended         bool // had a Kazakh ending behind a hyphen, which is left out
	covered       bool // is part of the name of a place, for reading
	word          word // the type word that it is, or that it begins with the next one: «Г.А.»
	words         int  // how many words that type word takes: 0, 1 or 2
}

// phrase is a line of text as words. The words stand one after the other without anything between them, so
// that «Усть-Каменогорск», «Усть Каменогорск» and «Устькаменогорск» are one name.
type phrase struct {
	vocabulary *vocabulary
	plain      []byte    // words in lower case; Latin ones by their sounds
	folded     []byte    // the same as the index spells them: Kazakh letters as their Russian likes
	tokens     []token   // one more than there are words
	n          int       // words
	name       bool      // it may be nothing but the name of a place
	small, big bool      // it has small letters, and capitals
	mentions   []mention // of places, for reading
}

var phrases = sync.Pool{New: func() any { return new(phrase) }}

// span is a run of words, from inclusive, to exclusive.
type span struct{ from, to int }

func (p *phrase) whole() span { return span{0, p.n} }

func (p *phrase) plainText(s span) []byte {
	return p.plain[p.tokens[s.from].plain:p.tokens[s.to].plain]
}

func (p *phrase) foldedText(s span) []byte {
	return p.folded[p.tokens[s.from].folded:p.tokens[s.to].folded]
}

// readPhrase splits a text into words. The phrase is to be released.
func readPhrase(v *vocabulary, text string) *phrase {
	p := phrases.Get().(*phrase)
	p.vocabulary = v
	p.read(text)
	return p
}

func (p *phrase) release() { phrases.Put(p) }

// read splits a text into words.
func (p *phrase) read(text string) {
	p.plain, p.folded, p.tokens, p.n = p.plain[:0], p.folded[:0], append(p.tokens[:0], token{}), 0
	p.name, p.small, p.big = len(text) <= nameBytes, false, false
	if len(text) > MaxBytes {
		text = text[:MaxBytes]
	}
	cyrillic, open, skip := hasCyrillic(text), false, 0
	for i, r := range text {
		if i < skip {
			continue
		}
		t := &p.tokens[p.n]
		switch {
		case isWordRune(r):
			if p.n == maxWords {
				p.name = false
				return
			}
			small := lower(r)
			big := small != r && small != 'е' || 'A' <= r && r <= 'Z' || r == 'Е' || r == 'Ё'
			if len(p.plain) == t.plain {
				t.capital, t.numeric, t.quoted = big, r <= '9', open
			}
			p.big = p.big || big
			p.small = p.small || !big && r > '9'
			p.plain = utf8.AppendRune(p.plain, small)
		case r == ' ':
			p.endWord(cyrillic, nothing)
		case r == '.':
			t.dotted = true
			p.endWord(cyrillic, dot)
		case isHyphen(r) && isAbbreviation(p.plain[t.plain:]) && kazakhEnding(text[i+utf8.RuneLen(r):]) > 0: // «СҚО-да»
			p.endWord(cyrillic, nothing)
			p.tokens[p.n-1].ended = true
			skip = i + utf8.RuneLen(r) + kazakhEnding(text[i+utf8.RuneLen(r):])
		case isHyphen(r) && joins(text, i, r), (r == '\'' || r == '’' || r == 'ʼ' || r == '`') && joins(text, i, r):
		case r == '/' && p.initial(text[i+1:]):
		case r == '\u0306' && p.endsWith("и"): // a breve of its own: й in two signs
			p.plain = append(p.plain[:len(p.plain)-len("и")], "й"...)
		case unicode.In(r, unicode.Mn, unicode.Cf) || r == '\ufeff':
		case isQuote(r):
			p.endWord(cyrillic, quote)
			if r != '\'' && r != '’' && r != '‘' && r != '`' {
				open = r == '«' || r == '„' || r == '“' && !open || r == '"' && !open
			}
		case isHyphen(r) && i > 0 && text[i-1] == '.': // «Вост.-Каз.»
			p.endWord(cyrillic, dot)
		case isHyphen(r):
			p.endWord(cyrillic, dash)
		case r == ',' || r == ';' || r == '/' || r == '\n':
			p.endWord(cyrillic, comma)
		case unicode.IsSpace(r):
			p.endWord(cyrillic, nothing)
		case r == utf8.RuneError, r == '?' && i+1 < len(text) && text[i+1] > ' ': // a letter was here
			p.name, t.damaged = false, true
			p.plain = append(p.plain, '?')
		default:
			p.name = false
			p.endWord(cyrillic, comma)
		}
	}
	p.endWord(cyrillic, comma)
	p.name = p.name && p.n <= nameWords
}

// endWord completes the word that was added to p.plain, if one was, and notes what stands behind it.
func (p *phrase) endWord(cyrillic bool, behind mark) {
	t := &p.tokens[p.n]
	if len(p.plain) == t.plain {
		t.before = max(t.before, behind)
		t.dotted, t.damaged = false, false
		if behind == dot && p.n > 0 {
			p.tokens[p.n-1].dotted = true
		}
		return
	}
	if cyrillic {
		p.plain = replaceLikes(p.plain, t.plain)
		var letter bool
		p.plain, letter = replaceDigit(p.plain, t.plain)
		t.numeric = t.numeric && !letter
	}
	word := p.plain[t.plain:]
	for i, b := range word { // Latin capitals were kept for replaceLikes
		if 'A' <= b && b <= 'Z' {
			word[i] += 'a' - 'A'
		}
	}
	if isLatin(word) {
		p.folded = appendSounds(p.folded, word)
		p.plain = append(p.plain[:t.plain], p.folded[t.folded:]...)
	} else {
		p.folded = appendFolded(p.folded, word)
	}
	if where := p.vocabulary.fillers[string(p.folded[t.folded:])]; where != "" {
		p.plain, p.folded = p.plain[:t.plain], p.folded[:t.folded]
		*t = token{plain: t.plain, folded: t.folded, before: t.before, bears: t.bears || where == "before"}
		if where == "behind" && p.n > 0 {
			p.tokens[p.n-1].bears = true
		}
		return
	}
	if len(p.folded) == t.folded { // a word of silent letters
		p.plain = p.plain[:t.plain]
		return
	}
	p.n++
	p.tokens = append(p.tokens, token{plain: len(p.plain), folded: len(p.folded), before: behind})
	if behind == dot {
		p.joinInitials()
	}
}

// joinInitials makes one word of the last three if they are «З.К.О.».
func (p *phrase) joinInitials() {
	first := p.n - 3
	if first < 0 || !isAbbreviation(p.plainText(span{first, p.n})) {
		return
	}
	for i := first; i < p.n; i++ {
		if !p.letter(i) || i > first && p.tokens[i].before != dot {
			return
		}
	}
	p.tokens[first+1] = p.tokens[p.n]
	p.tokens[first].dotted = false
	p.n = first + 1
	p.tokens = p.tokens[:p.n+1]
}

// initial says whether a slash stands between two single letters: «р/н».
func (p *phrase) initial(rest string) bool {
	if utf8.RuneCount(p.plain[p.tokens[p.n].plain:]) != 1 {
		return false
	}
	first, size := utf8.DecodeRuneInString(rest)
	second, _ := utf8.DecodeRuneInString(rest[size:])
	return isWordRune(first) && (size == len(rest) || !isWordRune(second))
}

// endsWith says whether the word that is being read ends so.
func (p *phrase) endsWith(ending string) bool {
	n := len(p.plain) - len(ending)
	return n >= p.tokens[p.n].plain && string(p.plain[n:]) == ending
}

// broken says whether a comma or slash stands between the words of s.
func (p *phrase) broken(s span) bool {
	for i := s.from + 1; i < s.to; i++ {
		if p.tokens[i].before == comma {
			return true
		}
	}
	return false
}

// named parts a run of words into the name and its type word, which may stand before it, behind it, or both:
// «г.Актау Г.А.». Where the two differ, a single letter in front is an initial: «Ғ.Мүсірепов ауданы».
func (p *phrase) named(s span) (name span, w word) {
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
	return span{s.from + lead, s.to - tail}, w
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
		if w, ok := p.typeWord(at); ok && w.kind.isUnit() {
			return n, w
		}
	}
	return 0, word{}
}

// typeWord looks one word, or two single letters, up as a type word.
func (p *phrase) typeWord(s span) (word, bool) {
	words := p.vocabulary.types
	if s.to-s.from == 2 {
		if !p.letter(s.from) || !p.letter(s.from+1) {
			return word{}, false
		}
		words = p.vocabulary.pairs
	}
	w, ok := words[string(p.plainText(s))]
	return w, ok
}

// letter says whether word i is a single letter.
func (p *phrase) letter(i int) bool {
	w := p.foldedText(span{i, i + 1})
	return len(w) < utf8.UTFMax && utf8.RuneCount(w) == 1
}
