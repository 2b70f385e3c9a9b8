package layout

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// lookAlikes are letters that recognition takes for one another in Kazakh: it knows more of Russian.
var lookAlikes = []string{"кқ", "гғ", "нң", "оөё", "уүұ", "эә", "хһ"}

const (
	beam      = 32  // spellings of the first part of a word that are followed up
	perLetter = 1.5 // how much likelier, as a logarithm, each letter that differs must make a word
)

// Spell returns the spelling of a text in Kazakh that recognition most likely saw: every word with those of the letters
// that look alike which its neighbours ask for. Words that are likely enough as they are stay, and so do capitals.
func Spell(text string) string {
	var b strings.Builder
	for len(text) > 0 {
		end := strings.IndexFunc(text, func(r rune) bool { return !unicode.Is(unicode.Cyrillic, r) })
		if end == 0 {
			end = strings.IndexFunc(text, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
			if end < 0 {
				end = len(text)
			}
			b.WriteString(text[:end])
		} else {
			if end < 0 {
				end = len(text)
			}
			b.WriteString(spellWord(text[:end]))
		}
		text = text[end:]
	}
	return b.String()
}

func spellWord(word string) string {
	type spelling struct {
		letters []rune
		likely  float64
		changes int
	}
	original := []rune(word)
	if len(original) < 3 || len(original) > 40 {
		return word
	}
	f := letters()
	score := func(s spelling) float64 { return s.likely - perLetter*float64(s.changes) }
	all := []spelling{{}}
	for _, r := range append(slices.Clone(original), wordEnd) {
		small := unicode.ToLower(r)
		choices := string(small)
		for _, l := range lookAlikes {
			if strings.ContainsRune(l, small) {
				choices = l
			}
		}
		var next []spelling
		for _, s := range all {
			context := append([]rune(strings.Repeat(string(wordStart), before)), s.letters...)
			for _, c := range choices {
				n := spelling{append(slices.Clone(s.letters), c), s.likely + f.likely(string(context[len(context)-before:]), c), s.changes}
				if c != small {
					n.changes++
				}
				next = append(next, n)
			}
		}
		slices.SortStableFunc(next, func(a, b spelling) int {
			return cmp.Compare(score(b), score(a))
		})
		all = next[:min(beam, len(next))]
	}
	for i := range original {
		if best := all[0].letters[i]; best != unicode.ToLower(original[i]) {
			if unicode.IsUpper(original[i]) {
				best = unicode.ToUpper(best)
			}
			original[i] = best
		}
	}
	return string(original)
}
