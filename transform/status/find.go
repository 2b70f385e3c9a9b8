package status

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq/internal/fold"
)

// Limits of a cell.
const (
	maxText  = 4 << 10 // bytes that are read; a status stands at the beginning
	maxWords = 200
	minTypo  = 7 // letters of a word that may be misspelled
)

// cellWord is a word of a cell and the sentence that it stands in.
type cellWord struct {
	text     string
	sentence int
}

// negations are the words that turn a statement round: Russian ones stand before it, Kazakh ones behind.
var (
	negatedBefore = map[string]bool{"не": true, "ни": true}
	negatedBehind = map[string]bool{"жок": true, "емес": true}
)

// fraction finds the decimals of a number: 99,5 % is less than 100, and its point ends no sentence.
var fraction = regexp.MustCompile(`([0-9])[.,][0-9]+`)

// words parts a cell into words, as the wordings spell them.
func (t *Table) words(text string) []cellWord {
	if len(text) > maxText {
		text = text[:maxText]
	}
	var words []cellWord
	sentence := 0
	text = fraction.ReplaceAllString(text, "$1")
	text = strings.ReplaceAll(text, "%", " процентов ")
	for part := range strings.FieldsFuncSeq(text, endsSentence) {
		for word := range strings.FieldsSeq(fold.RussianKey(part)) {
			if len(words) == maxWords {
				return words
			}
			words = append(words, cellWord{t.spell(word), sentence})
		}
		sentence++
	}
	return words
}

func endsSentence(r rune) bool {
	return r == '.' || r == ';' || r == '!' || r == '?' || r == '\n' || r == '\r'
}

// spell mends a word that is one slip away from listed words of one meaning. Damaged bytes are no slip.
func (t *Table) spell(word string) string {
	if _, ok := t.spelled[word]; ok || strings.ContainsRune(word, utf8.RuneError) {
		return word
	}
	letters := []rune(word)
	n := len(letters)
	if n < minTypo {
		return word
	}
	mended, meaning := "", ""
	for length := n - 1; length <= n+1; length++ {
		for _, listed := range t.long[length] {
			if !oneSlip(letters, listed) || willBe(word) != willBe(string(listed)) {
				continue
			}
			means := t.spelled[string(listed)]
			if meaning != "" && means != meaning {
				return word
			}
			if mended == "" {
				mended, meaning = string(listed), means
			}
		}
	}
	if mended == "" {
		return word
	}
	return mended
}

// willBe says whether a Kazakh verb tells what is still to come, which is one letter away from what was done: «асырылады»,
// «асырылды».
func willBe(word string) bool {
	ends := func(endings ...string) bool {
		return slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(word, e) })
	}
	return ends("ады", "еди", "иды", "иди") && !ends("бады", "беди", "мады", "меди", "пады", "педи") // «қабылданбады» was not done
}

// longWords returns the listed words that may be misspelled, by their length.
func (t *Table) longWords() map[int][][]rune {
	long := make(map[int][][]rune)
	for word := range t.spelled {
		if letters := []rune(word); len(letters) >= minTypo {
			long[len(letters)] = append(long[len(letters)], letters)
		}
	}
	for _, words := range long {
		slices.SortFunc(words, slices.Compare)
	}
	return long
}

// oneSlip reports whether two different words are one letter apart: one too many, one missing, another one,
// or two that changed places.
func oneSlip(x, y []rune) bool {
	if len(x) > len(y) {
		x, y = y, x
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	switch len(y) - len(x) {
	case 1:
		return slices.Equal(x[i:], y[i+1:])
	case 0:
		return i < len(x) && (slices.Equal(x[i+1:], y[i+1:]) ||
			i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] && slices.Equal(x[i+2:], y[i+2:]))
	}
	return false
}

// find is a wording found in a cell.
type find struct {
	*wording
	at []int // the places of its words
}

// findAll returns the wordings of a cell that hold: of those that share a word the one with more words, then
// the one of lower rank, then the first.
func (t *Table) findAll(words []cellWord) []find {
	var all []find
	for i, word := range words {
		for _, some := range [][]*wording{t.byFirst[word.text], t.byFirst[""]} {
			for _, w := range some {
				if at := w.match(words, i); at != nil {
					all = append(all, find{w, at})
				}
			}
		}
	}
	slices.SortStableFunc(all, func(a, b find) int {
		return cmp.Or(cmp.Compare(len(b.at), len(a.at)), cmp.Compare(a.rank, b.rank), cmp.Compare(a.at[0], b.at[0]))
	})
	taken := make([]bool, len(words))
	return slices.DeleteFunc(all, func(f find) bool {
		for _, place := range f.at {
			if taken[place] {
				return true
			}
		}
		for _, place := range f.at {
			taken[place] = true
		}
		return false
	})
}

// match returns the places of the wording's words when the first of them is at i, or nil.
func (w *wording) match(words []cellWord, i int) []int {
	if !w.slots[0].fits(words[i].text) {
		return nil
	}
	at := make([]int, 1, len(w.slots))
	at[0] = i
	for s := range w.slots[1:] {
		next, ok := w.slots[s+1].seek(words, at[s])
		if !ok {
			return nil
		}
		at = append(at, next)
	}
	return at
}

// seek returns the place of the slot's word behind another word.
func (s *slot) seek(words []cellWord, behind int) (int, bool) {
	for i := behind + 1; i < len(words) && i <= behind+1+s.reach; i++ {
		word := words[i]
		switch {
		case i > behind+1 && word.sentence != words[behind].sentence:
			return 0, false
		case s.fits(word.text):
			return i, true
		case negatedBefore[word.text] || negatedBehind[word.text]:
			return 0, false
		}
	}
	return 0, false
}
