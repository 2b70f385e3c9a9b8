// Package category says what a complaint is about: the table of categories, the words by which sources name
// them, and a classifier for what citizens write. It is pure and knows no file but its own tables.
//
// Where to look:
//
//	categories.tsv  the categories: code, names, scope
//	triples.tsv     the words of sources and the code of each
//	training.tsv    texts that teach the classifier
//	lexicon.tsv     words and phrases that teach it, too
//	model.tsv       what it has learnt, made by train
//	category.go     the tables as Go values
//	triple.go       from a source's category, issue and subissue to a code
//	text.go         from a free text to a code
//	line.go         from a line that may be either
//	model.go        the weights of words
//	lanes.go        adding them fast
//	README.md       what was measured before this way was chosen
package category

import (
	_ "embed"
	"fmt"
	"slices"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/fold"
)

//go:embed categories.tsv
var categoriesFile string

//go:embed triples.tsv
var triplesFile string

// Category is one kind of concern.
type Category struct {
	Code   string // "utilities": lower case, public, never renamed
	NameRU string
	NameKK string
	NameEN string
	Scope  string // what belongs here, in English, for people and for the documentation
}

// Table is the vocabulary of categories. It does not change after New, and many goroutines may use it.
type Table struct {
	all    []Category
	topics fold.Words[verdict]
	inside map[context]verdict // what a value says only below another
	model  model
}

// New reads the tables that are built in. An error is of kind Bug: the tables contradict themselves.
func New() (*Table, error) {
	t, err := parse(categoriesFile, triplesFile)
	if err == nil {
		err = t.readModel(modelFile)
	}
	if err != nil {
		return nil, &qulaq.Error{Op: "read the tables of categories", Kind: qulaq.Bug, Err: err}
	}
	return t, nil
}

// All returns every category in the order of the table. The slice is the caller's own.
func (t *Table) All() []Category { return slices.Clone(t.all) }

func parse(categories, triples string) (*Table, error) {
	t := &Table{inside: make(map[context]verdict)}
	if err := t.readCategories(categories); err != nil {
		return nil, fmt.Errorf("categories.tsv: %w", err)
	}
	if err := t.readTriples(triples); err != nil {
		return nil, fmt.Errorf("triples.tsv: %w", err)
	}
	return t, t.addNames()
}

func (t *Table) readCategories(text string) error {
	rows, err := fold.ReadTable(text, 5)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if t.has(row[0]) {
			return fmt.Errorf("%q is there twice", row[0])
		}
		t.all = append(t.all, Category{row[0], row[1], row[2], row[3], row[4]})
	}
	return nil
}

func (t *Table) has(code string) bool {
	return slices.ContainsFunc(t.all, func(c Category) bool { return c.Code == code })
}
