package plan

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// spelling knows the words of a table of phrases and puts right those that are misspelt by one letter: one wrong, one
// missing, one too many, or two changed over. Short words are left alone, and so are the first letter and the last one of
// a stem: too many other words are near.
type spelling struct {
	exact map[string]bool
	stems []string
	near  []alternative // those long enough
	known map[string]string
}

// shortestSpelt is how many letters a stem has that misspelt words are near, at least; they have more.
const shortestSpelt = 6

// newSpelling puts words right that are near those of some entries. The words of others are known to be right.
func newSpelling(entries, others []entry) *spelling {
	s := &spelling{exact: map[string]bool{}, known: map[string]string{}}
	seen := map[alternative]bool{}
	for i, e := range append(slices.Clone(entries), others...) {
		for _, w := range e.words {
			for _, a := range w.any {
				if seen[a] {
					continue
				}
				seen[a] = true
				switch {
				case !a.stem:
					s.exact[a.text] = true
				case utf8.RuneCountInString(a.text) > 3: // any word may begin with less
					s.stems = append(s.stems, a.text)
				}
				if i < len(entries) && utf8.RuneCountInString(a.text) >= shortestSpelt {
					s.near = append(s.near, a)
				}
			}
		}
	}
	return s
}

// words returns folded words, those that are misspelt put right, and whether any was.
func (s *spelling) words(words []string) (out []string, changed bool) {
	out = make([]string, len(words))
	for i, w := range words {
		out[i] = s.word(w)
		changed = changed || out[i] != w
	}
	return out, changed
}

func (s *spelling) word(w string) string {
	if utf8.RuneCountInString(w) <= shortestSpelt || s.exact[w] {
		return w
	}
	if right, ok := s.known[w]; ok {
		return right
	}
	right := s.nearest(w)
	if len(s.known) < maxKnown {
		s.known[w] = right
	}
	return right
}

// nearest returns the listed word that a word is near, with the ending of the word; the word itself when it is listed,
// or near none or more than one.
func (s *spelling) nearest(w string) string {
	if slices.ContainsFunc(s.stems, func(stem string) bool { return strings.HasPrefix(w, stem) }) {
		return w
	}
	found := ""
	letters := []rune(w)
	for _, a := range s.near {
		stem := []rune(a.text)
		for n := len(stem) - 1; n <= len(stem)+1; n++ {
			if n > len(letters) || !a.stem && n != len(letters) || !near(letters[:n], stem) {
				continue
			}
			right := a.text + string(letters[n:])
			if found == "" || strings.HasPrefix(right, found) {
				found = right
			}
			break
		}
	}
	if found == "" {
		return w
	}
	return found
}

// near says whether a word is a stem but for a letter, or for two or three that changed places. Neither the first letter
// nor the last is that one.
func near(word, stem []rune) bool {
	if word[0] != stem[0] {
		return false
	}
	end := word[len(word)-1] == stem[len(stem)-1]
	for len(word) > 0 && len(stem) > 0 && word[0] == stem[0] {
		word, stem = word[1:], stem[1:]
	}
	for len(word) > 0 && len(stem) > 0 && word[len(word)-1] == stem[len(stem)-1] {
		word, stem = word[:len(word)-1], stem[:len(stem)-1]
	}
	if len(word) == len(stem) && len(word) <= 3 {
		a, b := slices.Clone(word), slices.Clone(stem)
		slices.Sort(a)
		slices.Sort(b)
		if slices.Equal(a, b) {
			return true
		}
	}
	return end && len(word) <= 1 && len(stem) <= 1
}

// misread are digits that recognition makes of letters inside words, and letters that it makes of Kazakh ones.
var (
	misread       = strings.NewReplacer("1", "і", "0", "о", "3", "з", "6", "б", "|", "і")
	misreadKazakh = strings.NewReplacer("э", "ә", "Э", "Ә")
)

// numerals are Roman digits, and a 3, before the word for a quarter or a half-year as recognition reads them.
var numerals = regexp.MustCompile(`(^|[\s(–-])(И|Ц|Т|Г|l|\||[IІl1ГТ]У|[1l]V|З)(\s?-?\s?(?:кв|полуг|тоқсан|жартыж))`)

// meant is what they were on paper.
var meant = map[string]string{"И": "II", "Ц": "II", "Т": "I", "Г": "I", "l": "I", "|": "I", "З": "3"}

// withNumerals returns a text with such digits put right.
func withNumerals(text string) string {
	return numerals.ReplaceAllStringFunc(text, func(found string) string {
		m := numerals.FindStringSubmatch(found)
		right := meant[m[2]]
		if right == "" {
			right = "IV"
		}
		return m[1] + right + m[3]
	})
}

// reread returns a recognised line with its words put right: digits within words are letters, and what is near a word of
// titles is that word.
func (r *Reader) reread(line string) string {
	words := strings.Fields(line)
	kazakh := strings.ContainsAny(strings.ToLower(line), "әғқңөұүһі")
	for i, w := range words {
		if strings.IndexFunc(w, unicode.IsLetter) != 0 { // 1-жартыжылдық, 2023ж.
			continue
		}
		w = misread.Replace(w)
		if kazakh {
			w = misreadKazakh.Replace(w)
		}
		folded := split(w)
		if len(folded) != 1 {
			words[i] = w
			continue
		}
		if right := r.titles.word(folded[0]); right != folded[0] {
			w = right
		}
		words[i] = w
	}
	return strings.Join(words, " ")
}

// rereadAll rereads lines, without those of a letter or two, which are dirt.
func (r *Reader) rereadAll(lines []string) []string {
	var kept []string
	for _, line := range lines {
		if utf8.RuneCountInString(line) > 2 {
			kept = append(kept, r.reread(line))
		}
	}
	return kept
}

// cyrillic returns a text that is written in Latin letters throughout, as names of files are, in the Cyrillic that was
// meant: "plan_meropriyatiy_vstrechi_akima". Any other text comes back as it is.
func cyrillic(text string) string {
	latin := 0
	for _, c := range text {
		if unicode.Is(unicode.Cyrillic, c) {
			return text
		}
		if unicode.Is(unicode.Latin, c) {
			latin++
		}
	}
	if latin < 8 {
		return text
	}
	return transliteration.Replace(strings.ToLower(strings.ReplaceAll(text, "_", " ")))
}

// transliteration undoes the ways to write Russian and Kazakh in Latin letters that names of files show.
var transliteration = strings.NewReplacer(
	"shch", "щ", "sch", "щ", "zh", "ж", "kh", "х", "ts", "ц", "ch", "ч", "sh", "ш", "yu", "ю", "ya", "я", "ye", "е", "yo", "ё", "ju", "ю", "ja", "я",
	"iya", "ия", "iy", "ий", "yi", "ый", "gh", "ғ", "ay", "ай", "ey", "ей", "oy", "ой",
	"a", "а", "b", "б", "c", "ц", "d", "д", "e", "е", "f", "ф", "g", "г", "h", "х", "i", "и", "j", "ж", "k", "к", "l", "л", "m", "м", "n", "н",
	"o", "о", "p", "п", "q", "қ", "r", "р", "s", "с", "t", "т", "u", "у", "v", "в", "w", "в", "x", "х", "y", "ы", "z", "з",
	"ä", "ә", "ğ", "ғ", "ı", "ы", "ñ", "ң", "ö", "ө", "ş", "ш", "ū", "ұ", "ü", "ү", "ç", "ч", "é", "е",
)
