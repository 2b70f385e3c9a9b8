package layout

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"
)

// textLine is a line of a cell or paragraph.
type textLine struct {
	text string
	// full says that the line is one word which leaves no room for another letter: the word may have been cut
	// where the column ends, without a hyphen, as LibreOffice cuts words that are wider than their column.
	full bool
}

// vocabulary is what a document itself tells about its words, and so about a word at the end of a line.
type vocabulary struct {
	words   map[string]bool // in lower case; pieces at the ends of lines that may be cut are not among them
	firsts  map[string]bool // first halves of words with a hyphen within a line
	lines   int             // all
	hyphens int             // those that end in a hyphen before a small letter
	usual   bool            // U+2010 stands within lines: it is this document's ordinary hyphen
}

const (
	maxVocabulary = 200_000
	softHyphen    = "\u00ad"
	hyphens       = "-\u2010" + softHyphen
	// automatic is the share of lines that end in a hyphen when a program set them: fewer hyphens are those
	// that belong to their words.
	automatic = 0.025
)

//go:embed words.tsv
var wordsTSV string

//go:embed starts.txt
var startsText string

// lists are the lists of words.tsv by name; starts.txt goes to those that may begin a line.
var lists = func() map[string]map[string]bool {
	m := map[string]map[string]bool{}
	add := func(list, words string) {
		if m[list] == nil {
			m[list] = map[string]bool{}
		}
		for _, w := range strings.Fields(words) {
			m[list][w] = true
		}
	}
	for line := range strings.Lines(wordsTSV) {
		list, words, _ := strings.Cut(strings.TrimSpace(line), "\t")
		add(list, words)
	}
	for line := range strings.Lines(startsText) {
		if !strings.HasPrefix(line, "#") {
			add("short", line)
		}
	}
	return m
}()

func newVocabulary() *vocabulary {
	return &vocabulary{words: map[string]bool{}, firsts: map[string]bool{}}
}

// learn notes the words of lines that follow one another.
func (v *vocabulary) learn(ls []textLine) {
	for i, l := range ls {
		if l.text == "" || len(v.words) >= maxVocabulary {
			continue
		}
		v.lines++
		fields := strings.Fields(l.text)
		if last := len(fields) - 1; strings.TrimRight(fields[last], hyphens) != fields[last] {
			fields = fields[:last]
			if i+1 < len(ls) && startsSmall(ls[i+1].text) {
				v.hyphens++
			}
		}
		v.usual = v.usual || strings.Contains(strings.Join(fields, " "), "\u2010")
		if l.full {
			continue
		}
		if i > 0 && len(fields) > 0 && (ls[i-1].full || strings.ContainsAny(lastRune(ls[i-1].text), hyphens)) {
			fields = fields[1:]
		}
		for _, f := range fields {
			s := bare(f)
			v.words[s] = true
			if first, _, ok := strings.Cut(s, "-"); ok {
				v.firsts[first] = true
			}
		}
	}
}

func lastRune(s string) string {
	_, n := utf8.DecodeLastRuneInString(s)
	return s[len(s)-n:]
}

func startsSmall(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// bare returns a word in small letters without what stands around it.
func bare(s string) string {
	return strings.ToLower(strings.TrimFunc(strings.ReplaceAll(s, softHyphen, ""), func(r rune) bool { return !unicode.IsLetter(r) }))
}

// text joins lines by spaces; the halves of a word that was parted at a line's end are joined without one.
func (v *vocabulary) text(ls []textLine) string {
	var out []byte
	before := textLine{}
	for _, l := range ls {
		words := strings.Fields(l.text)
		if len(words) == 0 {
			continue
		}
		if before.text != "" {
			drop, space := v.seam(before, words[0])
			out = out[:len(out)-drop]
			if space {
				out = append(out, ' ')
			}
		}
		out = append(out, strings.Join(words, " ")...)
		before = textLine{text: words[len(words)-1], full: l.full && len(words) == 1}
	}
	return strings.ReplaceAll(string(out), softHyphen, "")
}

// seam says how a word at the end of a line is joined with the one that begins the next: how many bytes of
// hyphens are dropped, and whether a space comes between.
func (v *vocabulary) seam(end textLine, next string) (drop int, space bool) {
	left := strings.TrimRight(end.text, hyphens)
	last, _ := utf8.DecodeLastRuneInString(left)
	first, _ := utf8.DecodeRuneInString(next)
	drop = len(end.text) - len(left)
	switch {
	case left == "": // a dash
		return 0, true
	case strings.HasSuffix(end.text, softHyphen), strings.HasSuffix(end.text, "\u2010") && !v.usual && unicode.IsLower(first):
		return drop, false
	case strings.ContainsRune(")]»”.,;:!?", first) && !unicode.IsSpace(last) && drop == 0:
		return 0, false
	case strings.ContainsRune("/–—", last) && utf8.RuneCountInString(left) > 1: // и/или, 2023–2024
		return 0, false
	case !unicode.IsLetter(first):
		return 0, true
	case drop > 0 && (unicode.IsLetter(last) || unicode.IsDigit(last)):
		if unicode.IsLower(first) && v.hyphenated(bare(left), bare(next)) {
			return drop, false
		}
		return 0, false
	case end.full && unicode.IsLetter(last) && unicode.IsLower(first) && v.cut(bare(left), bare(next)):
		return 0, false
	}
	return 0, true
}

// hyphenated says whether a hyphen at a line's end only parts a word: строи-тельство, but социально-экономический.
// The document decides where it can: it has the whole word elsewhere, or the first half with a hyphen within a
// line. Otherwise words.tsv and the form of the first half decide, and where they do not tell, whether the
// document has so many hyphens at the ends of lines that a program must have set them.
func (v *vocabulary) hyphenated(left, right string) bool {
	if i := strings.LastIndexByte(left, '-'); i >= 0 {
		left = left[i+1:]
	}
	n := utf8.RuneCountInString(left)
	switch {
	case left == "" || right == "":
		return false
	case v.words[left+right]:
		return true
	case v.firsts[left], !strings.ContainsAny(left, vowels), !strings.ContainsAny(right, vowels):
		return false // no vowel is no syllable: кол-во
	case lists["prefix"][left]:
		return true
	case lists["first"][left], lists["second"][right], n > 2 && v.words[left] && v.words[right]:
		return false
	case n >= 5 && utf8.RuneCountInString(right) >= 4 && endsIn(left, "compound"):
		return false
	}
	return float64(v.hyphens) >= automatic*float64(v.lines)
}

func endsIn(s, list string) bool {
	for ending := range lists[list] {
		if strings.HasSuffix(s, ending) {
			return true
		}
	}
	return false
}

// cut says whether two pieces are one word that was cut at the end of its column without a hyphen. That the
// line has no room for a letter more is known; besides, the document has the whole word elsewhere, or it has
// neither piece, the first does not end as words do, and the second is short and no word that is known.
func (v *vocabulary) cut(left, right string) bool {
	if i := strings.LastIndexByte(left, '-'); i >= 0 {
		left = left[i+1:]
	}
	n, m := utf8.RuneCountInString(left), utf8.RuneCountInString(right)
	switch {
	case n < 3 || m == 0:
		return false
	case v.words[left+right]:
		return true
	case v.words[left] || m > n || m > 6:
		return false
	case m <= 2:
		return endsIn(left+right, "ending")
	}
	return !v.words[right] && !lists["short"][right] && !endsIn(left, "whole")
}

const vowels = "аеёиоуыэюяәіөүұaeiouy"
