// Package status turns the words that sources use of an appeal itself into codes: how far it has come, of
// what kind it is, who sent it, and the yes and no of its flags; and what the cells of action plans say of how
// far an item has come. It is pure and knows no file but its own.
//
// Where to look:
//
//	states.tsv, kinds.tsv, applicants.tsv  the words and their meaning
//	status.go                              the tables as Go values; kind and applicant
//	complaint.go                           the status from two columns that may disagree
//	flag.go                                yes, no and nothing
//	plan.tsv                               the wordings of action plans, and which of several is the status
//	plan.go                                the status of a plan's item
//	wording.go                             the rows of plan.tsv as Go values
//	find.go                                how they are found in a cell
//	line.go                                one line that may be of either vocabulary
package status

import (
	_ "embed"
	"fmt"
	"slices"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/fold"
)

//go:embed states.tsv
var statesFile string

//go:embed kinds.tsv
var kindsFile string

//go:embed applicants.tsv
var applicantsFile string

//go:embed plan.tsv
var planFile string

// Kinds of appeals. The codes are public.
const (
	KindApplication = "application" // заявление
	KindComplaint   = "complaint"   // жалоба
	KindRequest     = "request"     // запрос
	KindReport      = "report"      // сообщение
	KindProposal    = "proposal"    // предложение
	KindResponse    = "response"    // отклик
	KindOther       = "other"
)

// Applicants. The codes are public.
const (
	Person      = "person"
	LegalEntity = "legal_entity"
)

// Table is the vocabulary of statuses, kinds, applicants and plan items. It does not change after New, and many
// goroutines may use it. Lookups do not depend on letter case, on runs of spaces, or on punctuation.
type Table struct {
	states     fold.Words[progress]
	kinds      fold.Words[string]
	applicants fold.Words[string]
	wordings   []*wording
	byFirst    map[string][]*wording // by a word they begin with; under "" those that begin with a part of one
	spelled    map[string]string     // words of wordings, and the alternatives they belong to
	long       map[int][][]rune      // those of them that may be misspelled, by length
}

// New reads the tables that are built in. An error is of kind Bug: the tables contradict themselves.
func New() (*Table, error) {
	t, err := parse(statesFile, kindsFile, applicantsFile, planFile)
	if err != nil {
		return nil, &qulaq.Error{Op: "read the tables of statuses", Kind: qulaq.Bug, Err: err}
	}
	return t, nil
}

func parse(states, kinds, applicants, plan string) (*Table, error) {
	t := &Table{}
	if err := t.readStates(states); err != nil {
		return nil, fmt.Errorf("states.tsv: %w", err)
	}
	if err := readCodes(&t.kinds, kinds, KindApplication, KindComplaint, KindRequest, KindReport, KindProposal,
		KindResponse, KindOther); err != nil {
		return nil, fmt.Errorf("kinds.tsv: %w", err)
	}
	if err := readCodes(&t.applicants, applicants, Person, LegalEntity); err != nil {
		return nil, fmt.Errorf("applicants.tsv: %w", err)
	}
	if err := t.readWordings(plan); err != nil {
		return nil, fmt.Errorf("plan.tsv: %w", err)
	}
	t.long = t.longWords()
	return t, nil
}

// readCodes reads a table of values and codes; an empty code is a value that says nothing.
func readCodes(words *fold.Words[string], text string, codes ...string) error {
	rows, err := fold.ReadTable(text, 2)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if row[1] != "" && !slices.Contains(codes, row[1]) {
			return fmt.Errorf("%q: %q is no code", row[0], row[1])
		}
		if err := words.Add(row[0], row[1]); err != nil {
			return err
		}
	}
	return nil
}

// keyRoom is enough for nearly all values; longer ones take memory of their own.
const keyRoom = 256

// Kind returns the code of a kind of appeal: «Заявление» is "application". A value that says nothing gives
// an empty code, which is null. A value that no table lists gives "other" and false: worth a finding.
func (t *Table) Kind(s string) (code string, known bool) {
	var room [keyRoom]byte
	key := fold.AppendKey(room[:0], s)
	if len(key) == 0 {
		return "", true
	}
	if code, known = t.kinds.Find(key); !known {
		return KindOther, false
	}
	return code, true
}

// Applicant returns who complains: «Физическое лицо» is "person", «Юридическое лицо» "legal_entity". A value
// that says nothing gives an empty code and true, one that no table lists an empty code and false.
func (t *Table) Applicant(s string) (code string, known bool) {
	var room [keyRoom]byte
	key := fold.AppendKey(room[:0], s)
	if len(key) == 0 {
		return "", true
	}
	return t.applicants.Find(key)
}

// FromNumber returns who complains as the registration number of e-Otinish tells it: ЖТ-2026-01586920 is of
// a person (жеке тұлға), ЗТ-2026-01340356 of a legal entity (заңды тұлға). Other numbers give an empty code:
// ҰЖ, for one, has been seen on collective appeals.
func FromNumber(regNumber string) (code string) {
	const length = len("жт ")
	var room [keyRoom]byte
	key := fold.AppendKey(room[:0], regNumber)
	if len(key) < length {
		return ""
	}
	switch string(key[:length]) {
	case "жт ":
		return Person
	case "зт ":
		return LegalEntity
	}
	return ""
}
