package layout

import (
	"bytes"
	_ "embed"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// textLine is a line of a cell or paragraph.
type textLine struct {
	text string
	// full says that the line leaves no room for another letter and that its last word, together with the first of
	// the next line, is wider than the column: it may be one word that was cut without a hyphen, as programs cut words
	// for which a column is too narrow.
	full bool

	room, width float64 // of the column and of the line, in points; 0 where no column bounds it
	begin, end  piece   // its first and its last word
}

// piece is the width of a word and the mean width of its letters, in points.
type piece struct{ width, letter float64 }

// fill finds out whether a line is full when another one follows it.
func (l *textLine) fill(next textLine) {
	letter := max(next.begin.letter, l.end.letter)
	l.full = l.room > 0 && l.room-l.width < wideLetter*letter && l.end.width+next.begin.width > l.room-letter
}

// vocabulary is what a document itself tells about its words, and so about a word at the end of a line.
type vocabulary struct {
	words  map[string]bool // in lower case; pieces at the ends of lines that may be cut are not among them
	firsts map[string]bool // first halves of words with a hyphen within a line
	// set is how much the hyphens at the ends of all lines look like those that a program sets to part words, as a sum
	// of logarithms; below zero they rather belong to their words.
	set   float64
	usual bool // U+2010 stands within lines: it is this document's ordinary hyphen
}

const (
	maxVocabulary = 200_000
	softHyphen    = "\u00ad"
	hyphens       = "-\u2010" + softHyphen
	doubt         = 1.5 // logarithm: how much better one reading must be where the document speaks for the other
	mostOfOne     = 3.0 // and what a single hyphen says of the document at most
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
		fields := strings.Fields(l.text)
		last := len(fields) - 1
		if left := strings.TrimRight(fields[last], hyphens); left != fields[last] {
			fields = fields[:last]
			if i+1 < len(ls) && startsSmall(ls[i+1].text) {
				right, _, _ := strings.Cut(ls[i+1].text, " ")
				v.set += max(-mostOfOne, min(mostOfOne, letters().oneWord(lastPart(bare(left)), bare(right))))
			}
		} else if l.full {
			fields = fields[:last]
		}
		v.usual = v.usual || strings.Contains(strings.Join(fields, " "), "\u2010")
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

// lastPart is what stands behind the last hyphen of a word.
func lastPart(s string) string { return s[strings.LastIndexByte(s, '-')+1:] }

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

// text joins lines by spaces; the parts of a word that was parted at lines' ends are joined without one.
func (v *vocabulary) text(ls []textLine) string {
	var out []byte
	full := false
	for _, l := range ls {
		words := strings.Fields(l.text)
		if len(words) == 0 {
			continue
		}
		if len(out) > 0 {
			drop, space := v.seam(string(out[bytes.LastIndexByte(out, ' ')+1:]), full, words[0])
			out = out[:len(out)-drop]
			if space {
				out = append(out, ' ')
			}
		}
		out = append(out, strings.Join(words, " ")...)
		full = l.full
	}
	return strings.ReplaceAll(string(out), softHyphen, "")
}

// seam says how a word at the end of a line, full or not, is joined with the one that begins the next: how many bytes
// of hyphens are dropped, and whether a space comes between.
func (v *vocabulary) seam(end string, full bool, next string) (drop int, space bool) {
	left := strings.TrimRight(end, hyphens)
	last, _ := utf8.DecodeLastRuneInString(left)
	first, _ := utf8.DecodeRuneInString(next)
	drop = len(end) - len(left)
	goesOn := unicode.IsLower(first) || unicode.IsUpper(first) && shouts(left) && shouts(next)
	switch {
	case left == "": // a dash
		return 0, true
	case strings.HasSuffix(end, softHyphen), strings.HasSuffix(end, "\u2010") && !v.usual && unicode.IsLower(first):
		return drop, false
	case strings.ContainsRune(")]»”.,;:!?", first) && !unicode.IsSpace(last) && drop == 0:
		return 0, false
	case strings.ContainsRune("/–—", last) && utf8.RuneCountInString(left) > 1: // и/или, 2023–2024
		return 0, false
	case unicode.IsDigit(first):
		joined := drop > 0 && unicode.IsLetter(last) || dayBefore.MatchString(end) ||
			drop == 0 && full && (yearAcross(left, next) || shortNumber.MatchString(left) && shortNumber.MatchString(next))
		return 0, !joined
	case !unicode.IsLetter(first):
		return 0, true
	case drop > 0 && (unicode.IsLetter(last) || unicode.IsDigit(last)):
		if goesOn && v.hyphenated(lastPart(bare(left)), bare(next)) {
			return drop, false
		}
		return 0, false
	case full && lists["capitals"][lastPart(bare(left))+bare(next)]:
		return 0, false
	case full && unicode.IsLetter(last) && goesOn && v.cut(lastPart(bare(left)), bare(next)):
		return 0, false
	}
	return 0, true
}

// shouts says whether a word is written in capitals.
func shouts(s string) bool {
	return utf8.RuneCountInString(s) > 1 && strings.ToUpper(s) == s
}

// What a narrow column parts: dates, 31.12. + 2023, years, 31.12.20 + 23, and numbers of items, 1 + 2.
var (
	dayBefore   = regexp.MustCompile(`^\D*\d{1,2}\.\d{1,2}\.$`)
	wholeYear   = regexp.MustCompile(`(^|\D)(19|20)\d\d$`)
	shortNumber = regexp.MustCompile(`^\d{1,2}\.?$`)
	firstYear   = regexp.MustCompile(`^(19|20)\d\d(\D|$)`)
)

// yearAcross says whether the digits at a seam are a year together, and none before it.
func yearAcross(left, right string) bool {
	digits := len(left) - len(strings.TrimRight(left, "0123456789"))
	return digits > 0 && !wholeYear.MatchString(left) && firstYear.MatchString(left[len(left)-digits:]+right)
}

// hyphenated says whether a hyphen at a line's end only parts a word: строи-тельство, but социально-экономический.
// The document decides where it can: it has the whole word elsewhere, or the first half with a hyphen within a
// line. Otherwise words.tsv decides, and where it does not tell, how letters follow one another in the two languages
// and whether this document's hyphens were set by a program.
func (v *vocabulary) hyphenated(left, right string) bool {
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
	}
	own := letters().oneWord(left, right)
	if others := v.set - max(-mostOfOne, min(mostOfOne, own)); others > doubt {
		return own > -doubt
	}
	return own > doubt
}

// cut says whether two pieces are one word that was cut at the end of its column without a hyphen. That the line has
// no room for a letter more is known; besides, the document has the whole word elsewhere, or they are likelier one word
// than two. A piece that is a word elsewhere in the document speaks against it.
func (v *vocabulary) cut(left, right string) bool {
	if left == "" || right == "" || v.words[left+right] {
		return left != "" && right != ""
	}
	need := doubt
	for _, s := range []string{left, right} {
		if v.words[s] {
			need += doubt
		}
	}
	if lists["short"][right] {
		need += doubt
	}
	if lists["lone"][left] {
		need += 2 * doubt
	}
	return letters().oneWord(left, right) > need
}

const vowels = "аеёиоуыэюяәіөүұaeiouy"
