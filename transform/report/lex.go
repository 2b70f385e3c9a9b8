package report

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq/internal/fold"
)

// kind says what a token is.
type kind uint8

const (
	word kind = iota
	number
	sign
)

// token is a word, a number or a sign of a sentence. Quotation marks are none, they would only stand between words;
// a hyphen inside a word parts it in two.
type token struct {
	kind     kind
	key      string // of a word as fold.RussianKey writes it, of a number and a sign as it stands
	from, to int    // bytes of the sentence
	suffix   string // what is glued to a number: «5-ти», "1st"
	spaced   bool   // a space stands before it
}

// maxTokens is how many words and signs of a sentence are read.
const maxTokens = 600

// lex cuts a sentence into tokens.
func lex(s string) []token {
	var tokens []token
	spaced := false
	for i := 0; i < len(s) && len(tokens) < maxTokens; {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsSpace(r) || isQuote(r) || unicode.IsControl(r) || r == '\u00ad' || r == '\u200b' || r == '\ufeff':
			spaced = spaced || unicode.IsSpace(r)
			i += n
			continue
		case r >= '0' && r <= '9':
			end := numberEnd(s, i)
			t := token{kind: number, key: s[i:end], from: i, spaced: spaced}
			t.suffix, t.to = suffixOf(s, end)
			tokens = append(tokens, t)
			i = t.to
		case unicode.IsLetter(r):
			end := i
			for end < len(s) {
				r, n := utf8.DecodeRuneInString(s[end:])
				if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) && !unicode.IsDigit(r) && (r != '\'' && r != '’' || !letterAt(s, end+n)) {
					break
				}
				end += n
			}
			key := strings.ReplaceAll(fold.RussianKey(s[i:end]), " ", "")
			tokens = append(tokens, token{kind: word, key: key, from: i, to: end, spaced: spaced})
			i = end
			if i < len(s)-1 && isHyphen(s[i:]) && letterAt(s, i+hyphenLen(s[i:])) {
				i += hyphenLen(s[i:])
			}
		default:
			key := string(r)
			if isDash(r) {
				key = "-"
			}
			tokens = append(tokens, token{kind: sign, key: key, from: i, to: i + n, spaced: spaced})
			i += n
		}
		spaced = false
	}
	return tokens
}

func isQuote(r rune) bool { return strings.ContainsRune("«»“”„‟\"‘‹›", r) }
func isDash(r rune) bool  { return strings.ContainsRune("-–—−‐‑‒―", r) }

// isHyphen says whether a text begins with a sign that joins two words.
func isHyphen(s string) bool { return hyphenLen(s) > 0 }

func hyphenLen(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	if r == '-' || r == '‐' || r == '‑' {
		return n
	}
	return 0
}

func letterAt(s string, i int) bool {
	if i >= len(s) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(r)
}

func digitAt(s string, i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }

// numberEnd returns where the number that begins at i ends: digits, groups of three behind a space, comma, point or
// apostrophe, and a fraction. What looks like a date or a time ("01.08.2026", "10:30") is taken as a whole; it is no
// number then, see parseNumber.
func numberEnd(s string, i int) int {
	end := i
	for digitAt(s, end) {
		end++
	}
	grouped := end-i <= 3 && s[i] != '0'
	for end < len(s) {
		r, n := utf8.DecodeRuneInString(s[end:])
		digits := 0
		for digitAt(s, end+n+digits) {
			digits++
		}
		switch {
		case digits == 0:
			return end
		case r == ' ' || r == '\u00a0' || r == '\u202f' || r == '\u2009':
			if !grouped || digits != 3 {
				return end
			}
		case r == ',' || r == '.' || r == '\'' || r == '’' || r == ':' || r == '/':
		default:
			return end
		}
		end += n + digits
	}
	return end
}

// suffixOf returns the letters that are glued to a number, and where they end: «5-ти», «1241-і», "2nd", "2H".
func suffixOf(s string, end int) (string, int) {
	from := end
	if isHyphen(s[end:]) {
		from += hyphenLen(s[end:])
	}
	to := from
	for letterAt(s, to) {
		_, n := utf8.DecodeRuneInString(s[to:])
		to += n
	}
	if to == from {
		return "", end
	}
	suffix := fold.RussianKey(s[from:to])
	if utf8.RuneCountInString(suffix) > 6 {
		return "", end
	}
	return suffix, to
}
