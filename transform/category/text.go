package category

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/qulaq-kz/qulaq/internal/words"
	"github.com/qulaq-kz/qulaq/transform/category/internal/word"
)

// Limit is how many bytes of a text are looked at.
const Limit = 4 << 10

// Classifier guesses categories from free text. It remembers words, so one goroutine owns it; it takes up to five
// megabytes and is worth keeping. Its answers do not depend on what it has read before.
type Classifier struct {
	memory *words.Memory
	seen   []entry // by the number of the word
	table  *Table
	other  int // the place of Other in the table
}

// Classifier returns a new one, with a memory of its own.
func (t *Table) Classifier() *Classifier { return t.ClassifierOf(words.NewMemory()) }

// ClassifierOf returns one that shares a memory of words with other readers.
func (t *Table) ClassifierOf(m *words.Memory) *Classifier {
	other := slices.IndexFunc(t.all, func(c Category) bool { return c.Code == Other })
	return &Classifier{memory: m, seen: words.Notes[entry](m), table: t, other: other}
}

// Other is the code of what belongs nowhere else, and of texts that do not say what they are about.
const Other = "other"

// Guess is what a text seems to be about.
type Guess struct {
	Code string // never empty
	// Score is about the probability that the code is right, 0 to 1. Below Unsure the code is "other" because
	// the text does not tell enough.
	Score float64

	rule   string // of an answer that no text decided
	unsure bool
	text   []byte
	at     int // the place of the likeliest category in the table
	table  *Table
}

// Unsure is the score that a category must reach to be the answer.
const Unsure = 0.3

// fewWords is how many words are no sentence. Without one that names a subject they are a scrap («вложение», «asdf») and
// not a text without a subject: a quarter of the score is left. A subject that the model knows by nothing but the
// beginnings of other words («транш», by «траншея») is never more likely right than not.
const (
	fewWords  = 2
	scrap     = 0.25
	beginning = 0.45
)

// plainOther is the score that thanks, greetings and the like reach. Below it nothing speaks for a subject, which is
// not the same as that there is none, and half the score is left.
const plainOther = 0.75

// FromText guesses what a text is about: Russian, Kazakh or both at once, Kazakh on a Russian keyboard too. It
// looks at the first 4 KiB, allocates nothing and never fails.
//
// A text that does not say enough is "other" with a score below one half, and so are one or two words that name no
// subject, and an empty text, with the score 0. A longer text that is recognised as thanks, a greeting or an invitation
// is "other" with a good score.
//
// Letter case, punctuation, digits and runs of spaces do not matter. The guess holds on to the text for How.
func (c *Classifier) FromText(text []byte) Guess {
	return c.FromWords(c.memory.Read(text[:min(len(text), Limit)]))
}

// FromWords is FromText for the text that the memory has just read.
func (c *Classifier) FromWords(t *words.Text) Guess {
	text := t.Bytes[:min(len(t.Bytes), Limit)]
	var sums adder
	if !t.Whole() {
		c.read(&sums, text)
		t = &words.Text{}
	}
	for i := range t.Words {
		w := &t.Words[i]
		if w.From >= len(text) {
			break
		}
		if w.ID == words.Number {
			continue
		}
		if w.ID >= words.FirstWord && w.To <= len(text) {
			if e := c.entry(w.ID, text[w.From:w.To]); e.one {
				sums.add(&e.weights, e.known)
				continue
			}
		}
		c.read(&sums, text[w.From:min(w.To, len(text))])
	}
	total, n := sums.total()
	if n == 0 {
		return Guess{Code: Other, rule: "nothing to read"}
	}
	if total == (sum{}) {
		return Guess{Code: Other, rule: "no word that tells"}
	}
	scores := c.table.model.scores(&total, n)
	best := 0
	for i, score := range scores {
		if score > scores[best] {
			best = i
		}
	}
	g := Guess{Code: c.table.all[best].Code, Score: scores[best], text: text, at: best, table: c.table}
	if few := n <= fewWords; few && best == c.other {
		g.Score *= scrap
		return g
	} else if few && sums.known == 0 {
		g.Score *= beginning
	}
	switch {
	case g.Score < Unsure:
		g.Code, g.Score, g.unsure = Other, scores[c.other], true
	case best == c.other && g.Score < plainOther:
		g.Score /= 2
	}
	return g
}

// read adds what all words of a piece of text say.
func (c *Classifier) read(sums *adder, text []byte) {
	for at := 0; at < len(text); {
		w, from, to := word.Next(text, at)
		if at = to; w == 0 {
			return
		}
		if id := c.memory.ID(text[from:to]); id != words.Other {
			if e := c.entry(id, text[from:to]); e.one {
				sums.add(&e.weights, e.known)
				continue
			}
		}
		says := c.table.model.word(w)
		sums.add(&says, c.table.model.has(w))
	}
}

// How says what decided: the words that spoke most for the code, at most three in the order of their weight
// and in lower case («вода, напор»); "triple" for a source's own classification; "nothing to read"; "no
// word that tells"; or "unsure, perhaps water". It reads the text once more, which must not have changed since.
func (g Guess) How() string {
	if g.rule != "" || g.table == nil {
		return g.rule
	}
	if g.unsure {
		return "unsure, perhaps " + g.table.all[g.at].Code
	}
	type evidence struct {
		word   word.Word
		weight int32
		print  string
	}
	var found []evidence
	for at := 0; at < len(g.text); {
		w, from, to := word.Next(g.text, at)
		at = to
		if w == 0 || slices.ContainsFunc(found, func(e evidence) bool { return e.word == w }) {
			continue
		}
		var s sum
		says := g.table.model.word(w)
		says.addTo(&s)
		if weight := categories*s[g.at] - s.total(); weight > 0 {
			found = append(found, evidence{w, weight, string(bytes.ToValidUTF8(bytes.ToLower(g.text[from:to]), nil))})
		}
		if len(found) > 64 {
			break
		}
	}
	slices.SortStableFunc(found, func(a, b evidence) int { return cmp.Compare(b.weight, a.weight) })
	var words []string
	for _, e := range found[:min(len(found), 3)] {
		if e.weight*5 > found[0].weight {
			words = append(words, e.print)
		}
	}
	if words == nil {
		return "no word that tells"
	}
	return strings.Join(words, ", ")
}

func (s *sum) total() (n int32) {
	for _, weight := range s {
		n += weight
	}
	return n
}
