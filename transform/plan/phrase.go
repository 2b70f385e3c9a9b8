package plan

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq/internal/fold"
)

// word is one word of a phrase: any of several, each whole or only its beginning.
type word struct {
	any []alternative
	gap bool // up to maxGap other words may stand before it
}

type alternative struct {
	text string
	stem bool // any word that begins so
}

// phrase is what the tables list: words in a row. The notation is that of the tables' heads: a|b is either, a… is
// any word that begins so, ~ stands for up to maxGap other words, ^ at the beginning binds the phrase to the
// beginning of the text, $ at the end to its end.
type phrase struct {
	words      []word
	start, end bool
}

const (
	maxGap   = 8   // words that ~ may stand for
	maxWords = 400 // of a text that is looked at; no title and no heading is longer
)

// parsePhrase reads the notation. Every word of it is folded as texts are.
func parsePhrase(text string) (phrase, error) {
	var p phrase
	text, p.start = strings.CutPrefix(strings.TrimSpace(text), "^")
	text, p.end = strings.CutSuffix(text, "$")
	gap := false
	for _, w := range strings.Fields(text) {
		if w == "~" {
			gap = true
			continue
		}
		var next word
		for _, a := range strings.Split(w, "|") {
			a, stem := strings.CutSuffix(a, "…")
			key := fold.RussianKey(a)
			if key == "" || strings.Contains(key, " ") {
				return phrase{}, fmt.Errorf("%q is not one word", a)
			}
			next.any = append(next.any, alternative{key, stem})
		}
		next.gap, gap = gap, false
		p.words = append(p.words, next)
	}
	if len(p.words) == 0 || gap || p.words[0].gap {
		return phrase{}, fmt.Errorf("%q is no phrase", text)
	}
	return p, nil
}

// split returns the folded words of a text, the first maxWords of them.
func split(text string) []string {
	if len(text) > 64*maxWords {
		text = strings.ToValidUTF8(text[:64*maxWords], "")
	}
	words := strings.Fields(fold.RussianKey(text))
	return words[:min(len(words), maxWords)]
}

// at says whether the phrase stands at a place, and where it ends. A gap is as short as can be.
func (p *phrase) at(words []string, i int) (int, bool) {
	for _, w := range p.words {
		skip := 0
		if w.gap {
			skip = maxGap
		}
		for i < len(words) && skip > 0 && !w.matches(words[i]) {
			i, skip = i+1, skip-1
		}
		if i >= len(words) || !w.matches(words[i]) {
			return 0, false
		}
		i++
	}
	return i, !p.end || i == len(words)
}

func (w *word) matches(text string) bool {
	for _, a := range w.any {
		if text == a.text || a.stem && strings.HasPrefix(text, a.text) {
			return true
		}
	}
	return false
}

// wordings are a table of phrases that texts are searched for. The first letters of their first words leave few of them
// to be looked at for each word of a text.
type wordings struct {
	all     []entry
	byFirst map[rune][]int // places in all
	stands  []int          // scratch: the place of the word, from 1, where each phrase of a text first stands; 0 for none
}

func newWordings(all []entry) *wordings {
	w := &wordings{all: all, byFirst: map[rune][]int{}, stands: make([]int, len(all))}
	for i, e := range all {
		seen := map[rune]bool{}
		for _, a := range e.words[0].any {
			if first, _ := utf8.DecodeRuneInString(a.text); !seen[first] {
				seen[first] = true
				w.byFirst[first] = append(w.byFirst[first], i)
			}
		}
	}
	return w
}

// find returns for every phrase of the table the place of the word, from 1, where it first stands in a text; 0 where it
// does not. The answer holds until the next question.
func (w *wordings) find(words []string) []int {
	clear(w.stands)
	for from, word := range words {
		first, _ := utf8.DecodeRuneInString(word)
		for _, i := range w.byFirst[first] {
			if e := &w.all[i]; w.stands[i] != 0 || e.start && from > 0 {
				continue
			} else if _, ok := e.at(words, from); ok {
				w.stands[i] = from + 1
			}
		}
	}
	return w.stands
}

// entry is a row of a table of phrases: what a phrase means, and how much it weighs.
type entry struct {
	phrase
	means  string
	weight int
	text   string // as listed
}

// readPhrases reads a table of three columns: meaning, weight, phrases parted by semicolons.
func readPhrases(file string) ([]entry, error) {
	rows, err := fold.ReadTable(file, 3)
	if err != nil {
		return nil, err
	}
	var all []entry
	for _, row := range rows {
		weight, err := strconv.Atoi(row[1])
		if err != nil {
			return nil, fmt.Errorf("weight %q is no number", row[1])
		}
		for _, text := range strings.Split(row[2], ";") {
			p, err := parsePhrase(text)
			if err != nil {
				return nil, err
			}
			all = append(all, entry{p, row[0], weight, strings.TrimSpace(text)})
		}
	}
	return all, nil
}
