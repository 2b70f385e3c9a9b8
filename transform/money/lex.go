package money

import (
	_ "embed"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq/internal/fold"
)

//go:embed words.tsv
var wordsFile string

// class is what a token does. The classes of words are those of words.tsv, but for multipliers.
type class string

const (
	figure     class = "number"
	multiplier class = "multiplier"
	tenge      class = "tenge"
	source     class = "source"
	yearWord   class = "year"
	total      class = "total"
	parts      class = "parts"
	and        class = "and"
	free       class = "free"
	numeral    class = "numeral"
	nothing    class = "nothing"
	refuse     class = "refuse"
	dash       class = "-"
	breaks     class = ";" // parts of a cell
	plus       class = "+"
	strange    class = "?"
)

// token is a number, a word or phrase, or a sign of a text.
type token struct {
	class   class
	number  number
	unit    Unit // of a multiplier
	whole   bool // a multiplier that has the tenge in it
	english bool
	glued   bool // nothing stands between it and the token before
	text    string
}

// Limits of a cell.
const (
	maxText   = 8 << 10 // bytes
	maxTokens = 400
	maxPhrase = 3 // words
)

// listed says what words and phrases do; the words of a phrase are parted by spaces. It does not change. A
// table that contradicts itself is a broken build, as a test shows.
var listed = func() map[string]token {
	l, err := readWords(wordsFile)
	if err != nil {
		panic("words.tsv: " + err.Error())
	}
	return l
}()

var units = map[string]Unit{"1e3": Thousand, "1e6": Million, "1e9": Billion, "1e12": Trillion, "1e3t": Thousand}

// english are the multipliers of the class of that name, by how they begin.
var english = []struct {
	begins string
	unit   Unit
}{{"thous", Thousand}, {"m", Million}, {"b", Billion}, {"tr", Trillion}}

func readWords(text string) (map[string]token, error) {
	rows, err := fold.ReadTable(text, 2)
	if err != nil {
		return nil, err
	}
	l := make(map[string]token)
	for _, row := range rows {
		for _, word := range strings.Fields(row[1]) {
			key := fold.RussianKey(strings.ReplaceAll(word, "_", " "))
			t := token{class: class(row[0]), unit: units[row[0]]}
			switch t.class {
			case tenge, source, yearWord, total, parts, and, free, numeral, nothing, refuse:
			case "english":
				t.class, t.english = multiplier, true
				for _, e := range english {
					if strings.HasPrefix(key, e.begins) {
						t.unit = e.unit
						break
					}
				}
			default:
				t.class, t.whole = multiplier, row[0] == "1e3t"
			}
			if t.class == multiplier && t.unit == 0 {
				return nil, fmt.Errorf("%q: %q is no class", word, row[0])
			}
			if old, ok := l[key]; ok && old != t {
				return nil, fmt.Errorf("%q is listed twice", word)
			}
			l[key] = t
		}
	}
	return l, nil
}

// lex parts a text into tokens. One with too many ends with a strange one, one that is too long is nothing else.
func lex(text string) []token {
	if len(text) > maxText {
		return []token{{class: strange}}
	}
	var tokens []token
	glued := false
	for text != "" && len(tokens) < maxTokens {
		r, size := utf8.DecodeRuneInString(text)
		switch {
		case r >= '0' && r <= '9':
			var n number
			n, size = scanNumber(text)
			tokens = append(tokens, token{class: figure, number: n, glued: glued})
			glued = true
		case isLetter(r):
			size = runOf(text, isLetter)
			if key := fold.RussianKey(text[:size]); key != "" {
				tokens = append(tokens, token{class: strange, text: key, glued: glued})
				glued = true
			}
		case (r == '.' || r == ',') && !glued && digitsOf(text[1:]) > 0: // ,5 has lost what stood before it
			tokens = append(tokens, token{class: refuse})
		case r == '\n' || r == '\r':
			tokens = append(tokens, token{class: breaks})
			glued = false
		case unicode.IsSpace(r), unicode.IsControl(r), strings.ContainsRune(".«»\"“”=*~≈/", r):
			glued = false
		default:
			tokens = append(tokens, token{class: sign(r), glued: glued})
			glued = r == '-' || r == '−' || r == '–'
		}
		text = text[size:]
	}
	if text != "" {
		tokens = append(tokens, token{class: strange})
	}
	return withoutSpelled(joinPhrases(tokens))
}

// isLetter includes the marks and invisible characters inside words, which fold drops, and the sign of tenge.
func isLetter(r rune) bool {
	return unicode.IsLetter(r) || unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf)
}

func runOf(s string, of func(rune) bool) int {
	for i, r := range s {
		if !of(r) {
			return i
		}
	}
	return len(s)
}

func sign(r rune) class {
	switch r {
	case '-', '–', '—', '−', '‐', '‑', '―', ':':
		return dash
	case ',', ';', '(', ')':
		return breaks
	case '+':
		return plus
	case '₸':
		return tenge
	case '%', '$', '€', '₽':
		return refuse
	}
	return strange
}

// joinPhrases looks words up, the longest phrase first.
func joinPhrases(tokens []token) []token {
	out := tokens[:0]
	for i := 0; i < len(tokens); {
		found, size := tokens[i], 1
		phrase := ""
		for j := i; j < len(tokens) && j < i+maxPhrase && tokens[j].text != ""; j++ {
			phrase = strings.TrimPrefix(phrase+" "+tokens[j].text, " ")
			if t, ok := listed[phrase]; ok {
				found, size = t, j-i+1
				found.text, found.glued = tokens[i].text, tokens[i].glued
			}
		}
		out = append(out, found)
		i += size
	}
	return out
}

// withoutSpelled drops numbers in words that stand in brackets behind the same in digits, but for the currency among them:
// «12 000 000 (двенадцать миллионов) тенге». Elsewhere such words are strange.
func withoutSpelled(tokens []token) []token {
	out := tokens[:0]
	for i := 0; i < len(tokens); i++ {
		end, currency := spelledAt(tokens[i:])
		switch {
		case end > 0 && len(out) > 0 && out[len(out)-1].class == figure:
			if currency {
				out = append(out, token{class: tenge})
			}
			i += end
			continue
		case tokens[i].class == numeral:
			tokens[i].class = strange
		}
		out = append(out, tokens[i])
	}
	return out
}

// spelledAt returns where the brackets end that tokens begin with, 0 when they hold anything but a number in words, and
// whether the currency is in them.
func spelledAt(tokens []token) (end int, currency bool) {
	if tokens[0].class != breaks {
		return 0, false
	}
	numerals := 0
	for i, t := range tokens[1:] {
		switch t.class {
		case numeral:
			numerals++
		case multiplier:
		case tenge:
			currency = true
		case breaks:
			if numerals > 0 {
				return i + 1, currency
			}
			return 0, false
		default:
			return 0, false
		}
	}
	return 0, false
}
