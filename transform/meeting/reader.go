package meeting

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/fold"
	"github.com/qulaq-kz/qulaq/transform/pii"
	"github.com/qulaq-kz/qulaq/transform/plan"
	"github.com/qulaq-kz/qulaq/transform/region"
)

//go:embed words.tsv
var wordsFile string

//go:embed header.tsv
var headerFile string

// Reader understands papers on meetings. It remembers places and words, so one goroutine owns it; its answers do not
// depend on what it has read before.
type Reader struct {
	plans    *plan.Reader // tells plans from all else, and whose a paper is
	places   *region.Memo
	pairs    *region.Gazetteer
	units    map[string]region.Unit // today's, by code
	personal *pii.Redactor
	headers  []entry
	words    map[string][]entry // by group
	known    map[string]role    // headings met
}

// NewReader returns a reader that shares the vocabularies of plans. An error is of kind Bug: the tables contradict
// themselves.
func NewReader(v plan.Vocabularies) (*Reader, error) {
	plans, err := plan.NewReader(v)
	if err != nil {
		return nil, err
	}
	r := &Reader{
		plans: plans, places: region.Cached(v.Places), pairs: v.Places, personal: v.Personal,
		units: map[string]region.Unit{}, words: map[string][]entry{}, known: map[string]role{},
	}
	for _, u := range v.Places.Units() {
		if u.ValidTo == 0 {
			r.units[u.Code] = u
		}
	}
	fail := func(file string, err error) (*Reader, error) {
		return nil, &qulaq.Error{Op: "read the words of meetings", Object: file, Kind: qulaq.Bug, Err: err}
	}
	if r.headers, err = readEntries(headerFile); err != nil {
		return fail("header.tsv", err)
	}
	for _, e := range r.headers {
		if roleNamed(e.means) == colUnknown {
			return fail("header.tsv", fmt.Errorf("%q is no role", e.means))
		}
	}
	all, err := readEntries(wordsFile)
	if err != nil {
		return fail("words.tsv", err)
	}
	for _, e := range all {
		r.words[e.means] = append(r.words[e.means], e)
	}
	return r, nil
}

// entry is a phrase of a table and what it means.
type entry struct {
	means, text string // as listed
	phrase      *regexp.Regexp
}

// readEntries reads a table of two columns: a meaning and its phrases.
func readEntries(file string) ([]entry, error) {
	rows, err := fold.ReadTable(file, 2)
	if err != nil {
		return nil, err
	}
	var all []entry
	for _, row := range rows {
		for text := range strings.SplitSeq(row[1], ";") {
			if text = strings.TrimSpace(text); text == "" {
				continue
			}
			phrase, err := compile(text)
			if err != nil {
				return nil, err
			}
			all = append(all, entry{row[0], text, phrase})
		}
	}
	return all, nil
}

// compile makes a regular expression of a phrase, over words as keyed puts them: each with a space behind it. The head
// of words.tsv says what the notation is.
func compile(text string) (*regexp.Regexp, error) {
	text, start := strings.CutPrefix(text, "^")
	text, end := strings.CutSuffix(text, "$")
	pattern := "(?:^| )"
	if start {
		pattern = "^ "
	}
	for _, w := range strings.Fields(text) {
		if w == "~" {
			pattern += `(?:\S+ ){0,8}?`
			continue
		}
		var any []string
		for a := range strings.SplitSeq(w, "|") {
			a, stem := strings.CutSuffix(a, "…")
			if a = regexp.QuoteMeta(fold.RussianKey(a)); stem {
				a += `\S*`
			}
			any = append(any, a)
		}
		pattern += "(?:" + strings.Join(any, "|") + ") "
	}
	if end {
		pattern += "$"
	}
	return regexp.Compile(pattern)
}

// maxKeyed is how many bytes of a text are looked at: no title, heading or line that tells is longer.
const maxKeyed = 2000

// keyed returns a text as the phrases expect it: folded words, with a space before the first and behind each.
func keyed(text string) string {
	return " " + fold.RussianKey(cut(text, maxKeyed)) + " "
}

// says returns the first phrase of a group that a keyed text has, "" for none.
func (r *Reader) says(group, key string) string {
	for _, e := range r.words[group] {
		if e.phrase.MatchString(key) {
			return e.text
		}
	}
	return ""
}

// masked returns a text without personal data, on one line.
func (r *Reader) masked(text string) string {
	return string(r.personal.Redact(nil, []byte(oneLine(text))))
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// cut bounds a text, at a whole character.
func cut(text string, n int) string {
	if len(text) <= n {
		return text
	}
	return strings.ToValidUTF8(text[:n], "")
}
