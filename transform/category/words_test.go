package category

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq/internal/words"
	"github.com/qulaq-kz/qulaq/transform/category/internal/word"
)

var pieces = []string{
	"вода", "электроснабжение", "ҚАЛА", "жол", "и", "лифт", "су", "їжак", "вёл", "5", " ", " ", " ", ". ", "-", "x", "\u00ad", "\xd0", "«", "»", "[house]",
	"и\u0306од", strings.Repeat("ы", 40), strings.Repeat("яма ", 60),
}

// plain is FromText without any memory: every word of the text on its own.
func plain(c *Classifier, text []byte) (total sum, n int) {
	text = text[:min(len(text), Limit)]
	for at := 0; at < len(text); {
		w, _, to := word.Next(text, at)
		if at = to; w == 0 {
			break
		}
		n++
		says := c.table.model.word(w)
		says.addTo(&total)
	}
	return total, n
}

// What is remembered of words, and how they were cut, changes nothing.
func TestWordsLaw(t *testing.T) {
	table, err := New()
	if err != nil {
		t.Fatal(err)
	}
	c := table.Classifier()
	check := func(t interface{ Fatalf(string, ...any) }, text []byte) {
		g := c.FromWords(c.memory.Read(text))
		total, n := plain(c, text)
		switch {
		case n == 0:
			if g.rule != "nothing to read" {
				t.Fatalf("%q: %+v", text, g)
			}
		case total == sum{}:
			if g.rule != "no word that tells" {
				t.Fatalf("%q: %+v", text, g)
			}
		default:
			scores := c.table.model.scores(&total, n)
			for i, score := range scores {
				if score > scores[g.at] || g.rule != "" {
					t.Fatalf("%q: %+v, but %s has %v", text, g, c.table.all[i].Code, score)
				}
			}
			few := n <= fewWords && (g.Score == scores[g.at]*scrap && g.Code == Other || g.Score == scores[g.at]*beginning)
			if !g.unsure && !few && g.Score != scores[g.at] && (g.Code != Other || g.Score != scores[g.at]/2) {
				t.Fatalf("%q: %+v, but the score is %v", text, g, scores[g.at])
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		check(t, []byte(strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, "text"), "")))
	})
	check(t, []byte(strings.Repeat("вода жол қала ", words.Most)))
}
