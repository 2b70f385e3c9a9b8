package report

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/qulaq-kz/qulaq/internal/fold"
)

//go:embed words.tsv
var wordsFile string

// class is what a phrase of words.tsv does: "n:issue", "v:held", "speech".
type class string

// is says whether the class is of a family: "n:issue" is of "n".
func (c class) is(family string) bool { return c.family() == family }

func (c class) family() string {
	family, _, _ := strings.Cut(string(c), ":")
	return family
}

// value is what stands behind the colon.
func (c class) value() string {
	_, value, _ := strings.Cut(string(c), ":")
	return value
}

// layer is the family among whose phrases only the longest at a place counts: "prime minister" is no minister, but a
// «регион» is both a body and a level.
func (c class) layer() string {
	switch family := c.family(); family {
	case "c", "w", "s", "nation", "centre":
		return "who"
	default:
		return family
	}
}

// phrase is a line's phrase, word by word.
type phrase struct {
	class class
	words []string // "*" for any word; "реш*" for the beginning of one
}

// vocabulary finds phrases in a sentence. It does not change.
type vocabulary struct {
	byStart map[string][]phrase // by the first word, or by its first letters where it is only a beginning
}

const startLetters = 3 // of a beginning, in runes

func readVocabulary(text string) (*vocabulary, error) {
	rows, err := fold.ReadTable(text, 2)
	if err != nil {
		return nil, err
	}
	v := &vocabulary{byStart: make(map[string][]phrase)}
	for _, row := range rows {
		for text := range strings.SplitSeq(row[1], ";") {
			forms := inflected(text)
			if len(forms) == 0 {
				return nil, fmt.Errorf("a phrase of %s has a tilde behind no verb: %q", row[0], text)
			}
			for _, text := range forms {
				p, err := readPhrase(class(row[0]), text)
				if err != nil {
					return nil, err
				}
				start := p.words[0]
				if before, ok := strings.CutSuffix(start, "*"); ok {
					start = begin(before) + "*"
				}
				v.byStart[start] = append(v.byStart[start], p)
			}
		}
	}
	for _, list := range v.byStart {
		slices.SortStableFunc(list, func(a, b phrase) int {
			return cmp.Or(len(b.words)-len(a.words), a.wildcards()-b.wildcards()) // «решить не удалось» before «решить * удалось»
		})
	}
	return v, nil
}

func readPhrase(c class, text string) (phrase, error) {
	p := phrase{class: c}
	for _, word := range strings.Fields(text) {
		if word == "*" {
			p.words = append(p.words, word)
			continue
		}
		// A word is what lex makes of it: one with a hyphen is two.
		for _, t := range lex(word) {
			if t.kind == sign && t.key == "*" && len(p.words) > 0 {
				p.words[len(p.words)-1] += "*"
			} else {
				p.words = append(p.words, t.key)
			}
		}
	}
	if len(p.words) == 0 || p.words[0] == "*" {
		return p, fmt.Errorf("a phrase of %s begins with nothing: %q", c, text)
	}
	return p, nil
}

// wildcards counts the words that stand for any one.
func (p phrase) wildcards() int {
	n := 0
	for _, w := range p.words {
		if w == "*" {
			n++
		}
	}
	return n
}

// begin returns the first letters of a word.
func begin(word string) string {
	n := 0
	for i := range word {
		if n == startLetters {
			return word[:i]
		}
		n++
	}
	return word
}

// mark is a phrase found: tokens from to to, exclusive.
type mark struct {
	class    class
	from, to int
}

// find returns the phrases of a sentence in their order, in each layer the longest of those that begin at a word and
// none inside another.
func (v *vocabulary) find(tokens []token) []mark {
	var marks []mark
	taken := make(map[string]int) // of a layer, the first token that is free
	for i := range tokens {
		if tokens[i].kind == sign {
			continue
		}
		for _, list := range [][]phrase{v.byStart[tokens[i].key], v.byStart[begin(tokens[i].key)+"*"]} {
			for _, p := range list {
				layer := p.class.layer()
				if n := len(p.words); taken[layer] <= i && p.at(tokens[i:]) {
					marks = append(marks, mark{p.class, i, i + n})
					taken[layer] = i + n
				}
			}
		}
	}
	return marks
}

// at says whether the tokens begin with the phrase.
func (p phrase) at(tokens []token) bool {
	if len(tokens) < len(p.words) {
		return false
	}
	for i, w := range p.words {
		t := tokens[i]
		if t.kind == sign || i > 0 && t.kind == number {
			return false
		}
		if before, star := strings.CutSuffix(w, "*"); star && !strings.HasPrefix(t.key, before) || !star && w != t.key {
			return false
		}
	}
	return true
}
