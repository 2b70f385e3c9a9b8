package body

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"
)

// lexicon finds entries of one or more words at the beginning of words. It does not change once it is built.
type lexicon struct {
	entries map[string][]entry // by the first letters of their first word; the best match first
}

// entry is one spelling of a table.
type entry struct {
	words   []pattern
	letters int // bytes of all its words
	meaning *meaning
}

// pattern is a word of an entry: the whole word, or its beginning.
type pattern struct {
	text string
	open bool // "…": any ending may follow
}

// stemLetters is by how many letters entries are found, and so the least that must stand before "…".
const stemLetters = 3

// add lists a spelling. It fails for one that is empty, too short to be open, or listed with another meaning.
func (l *lexicon) add(text string, m *meaning) error {
	e := entry{meaning: m}
	for _, field := range strings.Fields(text) {
		text, open := strings.CutSuffix(field, "…")
		text = fold(text)
		if text == "" || open && utf8.RuneCountInString(text) < stemLetters {
			return fmt.Errorf("%q is too short", field)
		}
		e.words = append(e.words, pattern{text, open})
		e.letters += len(text)
	}
	if len(e.words) == 0 {
		return errors.New("an empty spelling")
	}
	if l.entries == nil {
		l.entries = make(map[string][]entry)
	}
	start := beginning(e.words[0].text)
	for _, old := range l.entries[start] {
		if !slices.Equal(old.words, e.words) {
			continue
		}
		if reflect.DeepEqual(old.meaning, m) { // «КТЖ» and «ҚТЖ» are one to us
			return nil
		}
		return fmt.Errorf("%q is listed twice", strings.TrimSpace(text))
	}
	l.entries[start] = append(l.entries[start], e)
	return nil
}

// sort puts the best match first: the one with the most words, then with the most letters.
func (l *lexicon) sort() {
	for _, entries := range l.entries {
		slices.SortStableFunc(entries, func(a, b entry) int {
			return cmp.Or(cmp.Compare(len(b.words), len(a.words)), cmp.Compare(b.letters, a.letters))
		})
	}
}

// find returns what the best entry at the beginning of words means, and how many of them it takes; a word that is
// not listed is taken alone.
func (l *lexicon) find(words []word) (*meaning, int) {
	for _, e := range l.entries[beginning(words[0].key)] {
		if e.fits(words) {
			return e.meaning, len(e.words)
		}
	}
	return &notListed, 1
}

func (e *entry) fits(words []word) bool {
	if len(words) < len(e.words) {
		return false
	}
	for i, p := range e.words {
		if key := words[i].key; key != p.text && !(p.open && strings.HasPrefix(key, p.text)) {
			return false
		}
	}
	return true
}

// beginning returns the letters by which a word is found.
func beginning(word string) string {
	n := 0
	for i := range word {
		if n == stemLetters {
			return word[:i]
		}
		n++
	}
	return word
}
