package dates

import (
	_ "embed"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq/internal/fold"
)

//go:embed words.tsv
var wordsFile string

// class is what a token does. The classes of words are those of words.tsv.
type class string

const (
	number  class = "number" // with as many digits as token.digits; 0 for Roman numerals and words
	dot     class = "."
	slash   class = "/"
	dash    class = "-"
	strange class = "?" // anything not listed

	day      class = "day"
	month    class = "month"
	quarter  class = "quarter"
	half     class = "half"
	decade   class = "decade"
	months   class = "months"
	year     class = "year"
	ordinal  class = "ordinal"
	suffix   class = "suffix"
	thisYear class = "this-year"

	untilWord   class = "until"
	untilBehind class = "until-behind"
	fromWord    class = "from"
	fromBehind  class = "from-behind"
	to          class = "to"
	end         class = "end"
	comma       class = "comma"
	recurring   class = "recurring"
	open        class = "open"
	filler      class = "filler"
)

var classes = map[class]bool{
	month: true, quarter: true, half: true, decade: true, months: true, year: true, ordinal: true, suffix: true,
	thisYear: true, untilWord: true, untilBehind: true, fromWord: true, fromBehind: true, to: true, end: true, comma: true, recurring: true,
	open: true, filler: true,
}

// token is a word, a number or a sign of a text.
type token struct {
	class    class
	n        int
	digits   int
	glued    bool   // nothing stands between it and the token before
	ablative bool   // in the Kazakh case that says from: қаңтардан
	text     string // the word, as the lexicon spells it
}

// Limits: a longer text is no deadline, and a longer number none of a date.
const (
	maxText   = 8 << 10 // bytes
	maxTokens = 400
	maxDigits = 4
	maxPhrase = 4 // words
)

// lexicon says what words and phrases do; the words of a phrase are parted by spaces. Suffixes are apart,
// for they are words only behind a number. It does not change.
type lexicon struct{ words, suffixes map[string]token }

// listed is the built-in lexicon. A table that contradicts itself is a broken build, as a test shows.
var listed = func() lexicon {
	l, err := readLexicon(wordsFile)
	if err != nil {
		panic("words.tsv: " + err.Error())
	}
	return l
}()

func readLexicon(text string) (lexicon, error) {
	l := lexicon{make(map[string]token), make(map[string]token)}
	rows, err := fold.ReadTable(text, 3)
	if err != nil {
		return l, err
	}
	for _, row := range rows {
		name, ablative := strings.CutSuffix(row[0], "-from")
		n, err := strconv.Atoi(row[1])
		if err != nil || !classes[class(name)] {
			return l, fmt.Errorf("%q, %q: no class or no value", row[0], row[1])
		}
		t := token{class: class(name), n: n, ablative: ablative}
		in := l.words
		if t.class == suffix {
			in = l.suffixes
		}
		for _, word := range strings.Fields(row[2]) {
			key := fold.RussianKey(strings.ReplaceAll(word, "_", " "))
			if old, ok := in[key]; ok && old != t {
				return l, fmt.Errorf("%q is listed twice", word)
			}
			in[key] = t
		}
	}
	return l, nil
}

// clock finds the time of day behind a numeric date, which says nothing of the day.
var clock = regexp.MustCompile(`(?i)([0-9]{2})[T ]\s*[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)?\s?(Z|[+-][0-9]{2}:?[0-9]{2})?`)

// lex parts a text into tokens. One with too many ends with a strange one, one that is too long is nothing else.
func lex(text string) []token {
	if len(text) > maxText {
		return []token{{class: strange}}
	}
	text = clock.ReplaceAllString(text, "$1 ")
	var tokens []token
	glued := false
	for text != "" && len(tokens) < maxTokens {
		r, size := utf8.DecodeRuneInString(text)
		switch {
		case r >= '0' && r <= '9':
			size = runOf(text, func(r rune) bool { return r >= '0' && r <= '9' })
			t := token{class: number, digits: size, glued: glued}
			if size > maxDigits {
				t.class = strange
			} else {
				t.n, _ = strconv.Atoi(text[:size])
			}
			tokens = append(tokens, t)
			glued = true
		case isLetter(r):
			size = runOf(text, isLetter)
			if n := numeralBefore(text[:size]); n > 0 {
				size = n
			}
			if key := fold.RussianKey(text[:size]); key != "" {
				t := wordToken(text[:size], key)
				t.glued = glued
				tokens = append(tokens, t)
				glued = true
			}
		case unicode.IsSpace(r) && r != '\n' && r != '\r', unicode.IsControl(r) && r != '\n' && r != '\r', strings.ContainsRune("«»\"“”„'`’*", r):
			glued = false
		default:
			t := token{class: sign(r), glued: glued}
			if r == '№' {
				t.text = "№"
			}
			tokens = append(tokens, t)
			glued = true
		}
		text = text[size:]
	}
	if text != "" {
		tokens = append(tokens, token{class: strange})
	}
	return joinPhrases(tokens)
}

// runOf returns the length of the beginning of s whose characters are all of a kind.
func runOf(s string, of func(rune) bool) int {
	for i, r := range s {
		if !of(r) {
			return i
		}
	}
	return len(s)
}

// isLetter includes the marks and invisible characters inside words, which fold drops.
func isLetter(r rune) bool {
	return unicode.IsLetter(r) || unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) || r == unicode.ReplacementChar
}

func sign(r rune) class {
	switch r {
	case '.':
		return dot
	case '/':
		return slash
	case '-', '–', '—', '−', '‐', '‑', '―':
		return dash
	case ',', ';', ':', '(', ')', '\n', '\r', '+', '&':
		return comma
	}
	return strange
}

// wordToken tells Roman numerals from words.
func wordToken(word, key string) token {
	if n := roman(word); n > 0 {
		return token{class: number, n: n, text: key}
	}
	return token{class: strange, text: key}
}

var romans = map[string]int{
	"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12,
}

var romanLetters = strings.NewReplacer("І", "i", "і", "i", "Х", "x", "х", "x", "I", "i", "V", "v", "X", "x")

// roman returns the value of a Roman numeral up to twelve, Cyrillic letters among its own or not, and 0 for
// any other word.
func roman(word string) int { return romans[romanLetters.Replace(word)] }

// numeralBefore returns the length of a Roman numeral to which the word for a unit is glued, «IVкв», and 0 for any other
// word.
func numeralBefore(word string) int {
	n := runOf(word, func(r rune) bool { return strings.ContainsRune("IVXІХiі", r) })
	if n == 0 || n == len(word) || roman(word[:n]) == 0 {
		return 0
	}
	if unit := listed.words[fold.RussianKey(word[n:])]; unit.class != quarter && unit.class != half {
		return 0
	}
	return n
}

// joinPhrases looks words up, the longest phrase first; dots between the words of a phrase are those of
// abbreviations: т.г.
func joinPhrases(tokens []token) []token {
	out := tokens[:0]
	for i := 0; i < len(tokens); {
		t, size := lookUp(tokens[i:], out)
		out = append(out, t)
		i += size
	}
	return out
}

// lookUp returns what the token at the beginning of rest is, and how many tokens it takes.
func lookUp(rest, before []token) (token, int) {
	first := rest[0]
	if first.text == "" {
		return first, 1
	}
	two := first.class == number && (first.n == 2 || first.n == 3) // ІІ of «І-ІІ тоқсан» folds as the suffix ий does
	if s, ok := listed.suffixes[first.text]; ok && !two && behindNumber(first, before) {
		s.glued = true
		return s, 1
	}
	phrase, found, size := "", token{}, 0
	for i, used := 0, 0; i < len(rest) && used < maxPhrase; i++ {
		if rest[i].class == dot {
			continue
		}
		if rest[i].text == "" {
			break
		}
		phrase = strings.TrimPrefix(phrase+" "+rest[i].text, " ")
		used++
		if t, ok := listed.words[phrase]; ok {
			found, size = t, i+1
		}
	}
	switch {
	case size == 0, first.class == number && found.class == comma:
		return first, 1 // a Roman numeral, «І» among them that folds as «и» does, or a strange word
	case found.class == ordinal:
		found = token{class: number, n: found.n}
	}
	found.glued, found.text = first.glued, first.text
	return found, size
}

// behindNumber reports whether a token is glued to a number, with or without a dash between.
func behindNumber(t token, before []token) bool {
	n := len(before)
	if t.glued && n > 1 && before[n-1].class == dash && before[n-1].glued {
		n--
	}
	return t.glued && n > 0 && before[n-1].class == number
}
