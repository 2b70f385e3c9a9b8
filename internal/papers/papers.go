// Package papers holds documents with their truth: action plans as akimats publish them, and papers that
// are none, each beside a JSON file that says what a person reads in it. Readers are measured on them.
// All of it is invented, the people above all.
//
//	papers.go  the documents and the form of their truth
//	align.go   which item of a produced plan answers which item of the truth
//	score.go   how much of a plan was read right, wrong or not at all
//	data/dev   for whoever writes readers
//	data/test  for measuring alone: made by somebody who had not read the readers, and not opened by who writes them
//	make       the generator of a_*, from sources that carry both text and truth
//	makeb      the generator of b_*
//
// Papers f_* of data/test are written by LibreOffice and zip, the HTML by hand; they are kept as data alone.
// Papers r_* are what readers once stumbled over, written by LibreOffice and Chromium from invented rows; they are kept as
// data alone.
//
// How the truth was written down, where the contract leaves it open:
//
//   - A text field is the text of the cell, whatever it says; a merged cell's text is that of every item it
//     covers. An empty cell and a dash are null.
//   - FundingSource is the cell of a column that is about the source of the money, alone or together with its
//     amount («Источник и объём финансирования»); a column of nothing but amounts makes it null.
//   - Of a table in two languages, side by side in one cell, the text is both.
//   - A plan of an oblast has DistrictCode null; the district of an item is that of its section row, its
//     district column or the place that its text names. In a district's own plan it is that district.
//   - A row over which a number or an issue is merged down is an item of its own, with that number and issue.
//     Hidden rows, columns and sheets are not read.
//   - A real date of a workbook is a bare date: null to that day.
package papers

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

//go:embed data
var data embed.FS

// The halves of the corpus, as Read takes them.
const (
	Dev  = "dev"
	Test = "test"
)

// Paper is a document and what it says.
type Paper struct {
	Name  string // of the file, with its extension, which may lie: "a_01_aktobe.docx"
	File  []byte
	Truth Truth
}

// Truth is what a person reads in a document.
type Truth struct {
	Why    string `json:"why"`     // what is special about it
	IsPlan bool   `json:"is_plan"` // an action plan on issues raised at an akim's meetings with the population
	// Kind is what a paper is that is no plan: development, procurement, anticorruption, calendar, report, other;
	// unreadable when it is locked.
	Kind         string  `json:"kind,omitempty"`
	RegionCode   *string `json:"region_code"`   // whose plan it is, nine-digit KATO
	DistrictCode *string `json:"district_code"` // when it is a district akimat's
	PeriodFrom   *string `json:"period_from"`   // of the meetings, YYYY-MM-DD
	PeriodTo     *string `json:"period_to"`
	Items        []Item  `json:"items"`
}

// Item is a row of a plan; nil is null. Days are YYYY-MM-DD, cost is in whole tenge.
type Item struct {
	ItemNo         *string `json:"item_no"`
	Issue          *string `json:"issue"`
	Measure        *string `json:"measure"`
	Responsible    *string `json:"responsible"`
	CompletionForm *string `json:"completion_form"`
	DeadlineFrom   *string `json:"deadline_from"`
	DeadlineTo     *string `json:"deadline_to"`
	CostKZT        *int64  `json:"cost_kzt"`
	FundingSource  *string `json:"funding_source"`
	Status         *string `json:"status"`
	StatusText     *string `json:"status_text"`
	DistrictCode   *string `json:"district_code"`
}

// Read returns the papers of a half, Dev or Test, in the order of their names. An error says that the data
// of this package is not as it should be: a truth without a document, a document with two truths.
func Read(half string) ([]Paper, error) {
	dir := path.Join("data", half)
	entries, err := fs.ReadDir(data, dir)
	if err != nil {
		return nil, fmt.Errorf("read the papers of %q: %w", half, err)
	}
	stem := func(name string) string { return strings.TrimSuffix(name, path.Ext(name)) }
	truths := map[string]bool{}
	for _, e := range entries {
		if path.Ext(e.Name()) == ".json" {
			truths[stem(e.Name())] = true
		}
	}
	var all []Paper
	for _, e := range entries {
		if path.Ext(e.Name()) == ".json" {
			continue
		}
		if !truths[stem(e.Name())] {
			return nil, fmt.Errorf("%s/%s has no truth, or its truth is another's", dir, e.Name())
		}
		delete(truths, stem(e.Name()))
		p := Paper{Name: e.Name()}
		if p.File, err = data.ReadFile(path.Join(dir, e.Name())); err != nil {
			return nil, err
		}
		if p.Truth, err = readTruth(path.Join(dir, stem(e.Name())+".json")); err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	for name := range truths {
		return nil, fmt.Errorf("%s/%s.json is the truth of no document", dir, name)
	}
	return all, nil
}

func readTruth(name string) (Truth, error) {
	raw, err := data.ReadFile(name)
	if err != nil {
		return Truth{}, err
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	var t Truth
	if err := d.Decode(&t); err != nil {
		return Truth{}, fmt.Errorf("%s: %w", name, err)
	}
	return t, nil
}
