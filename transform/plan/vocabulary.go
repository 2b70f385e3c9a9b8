package plan

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/category"
	"github.com/qulaq-kz/qulaq/transform/pii"
	"github.com/qulaq-kz/qulaq/transform/region"
	"github.com/qulaq-kz/qulaq/transform/status"
)

//go:embed header.tsv
var headerFile string

//go:embed judge.tsv
var judgeFile string

//go:embed rows.tsv
var rowsFile string

// Vocabularies turn words into codes and take personal data out of them. They are immutable, and many
// readers may use them at once.
type Vocabularies struct {
	Places     *region.Gazetteer
	Categories *category.Table
	Statuses   *status.Table
	Personal   *pii.Redactor // see Personal for what plans mask
}

// BuiltIn returns the vocabularies that come with the program, masking what Personal says.
func BuiltIn() (v Vocabularies, err error) {
	if v.Places, err = region.New(); err != nil {
		return v, err
	}
	if v.Categories, err = category.New(); err != nil {
		return v, err
	}
	if v.Statuses, err = status.New(); err != nil {
		return v, err
	}
	v.Personal, err = pii.New(Personal())
	return v, err
}

// Personal are the kinds of personal data that are masked in plans: all but the numbers of houses, which say where
// a roof leaks or a lamp is to be hung; flats are masked.
func Personal() pii.Policy {
	return pii.Policy{Kinds: []string{"iin", "phone", "email", "card", "iban", "plate", "document", "name", "flat"}}
}

// Reader understands publications. It remembers places and words, so one goroutine owns it; its answers do not
// depend on what it has read before.
type Reader struct {
	v        Vocabularies
	places   *region.Memo
	topics   *category.Classifier
	units    map[string]region.Unit // today's, by code
	headers  *wordings
	known    map[string]role // headings met
	judging  *wordings
	rows     *wordings
	headings *spelling // of headings
	titles   *spelling // of titles
}

// NewReader returns a reader. An error is of kind Bug: the tables contradict themselves.
func NewReader(v Vocabularies) (*Reader, error) {
	r := &Reader{v: v, places: region.Cached(v.Places), topics: v.Categories.Classifier(), units: map[string]region.Unit{}, known: map[string]role{}}
	for _, u := range v.Places.Units() {
		if u.ValidTo == 0 {
			r.units[u.Code] = u
		}
	}
	for _, t := range []struct {
		name, text string
		to         **wordings
		means      []string
	}{
		{"header.tsv", headerFile, &r.headers, roleNames[1:]},
		{"judge.tsv", judgeFile, &r.judging, groups},
		{"rows.tsv", rowsFile, &r.rows, rowKinds},
	} {
		all, err := readPhrases(t.text)
		if err == nil {
			err = listed(all, t.means)
		}
		if err != nil {
			return nil, &qulaq.Error{Op: "read the words of plans", Object: t.name, Kind: qulaq.Bug, Err: err}
		}
		*t.to = newWordings(all)
	}
	r.headings, r.titles = newSpelling(r.headers.all, nil), newSpelling(r.judging.all, r.rows.all)
	return r, nil
}

// listed says whether every entry means something that the program knows; what ends in "-" stands for all that
// begin so.
func listed(all []entry, means []string) error {
	for _, e := range all {
		known := false
		for _, m := range means {
			known = known || e.means == m || strings.HasSuffix(m, "-") && strings.HasPrefix(e.means, m)
		}
		if !known {
			return fmt.Errorf("%q is not known", e.means)
		}
	}
	return nil
}

// masked returns a text without personal data.
func (r *Reader) masked(s string) string { return string(r.v.Personal.Redact(nil, []byte(s))) }
