package pipelines

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/load"
	"github.com/qulaq-kz/qulaq/transform/body"
	"github.com/qulaq-kz/qulaq/transform/complaint"
	"github.com/qulaq-kz/qulaq/transform/export"
	"github.com/qulaq-kz/qulaq/transform/pii"
	"github.com/qulaq-kz/qulaq/transform/region"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// loadVocabularies reads what turns words into codes: what is built in, what was imported, and what the
// configuration says of personal data.
func (e *Environment) loadVocabularies() error {
	if e.Vocabularies != nil {
		return nil
	}
	places, err := e.Places()
	if err != nil {
		return err
	}
	personal, err := e.Redactor()
	if err != nil {
		return err
	}
	v, err := complaint.NewVocabularies(places, personal)
	if err != nil {
		return err
	}
	v.ApplicantKey = []byte(e.Config.Personal.Key)
	e.Vocabularies = v
	return nil
}

// Places returns the gazetteer: the regions and districts that are built in, and the settlements of the
// last import.
func (e *Environment) Places() (*region.Gazetteer, error) {
	path := e.settlementsFile()
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return region.New()
	}
	settlements, err := e.readClassifier(path)
	if err != nil {
		return nil, err
	}
	return region.New(settlements...)
}

// Redactor returns what masks personal data as the configuration says.
func (e *Environment) Redactor() (*pii.Redactor, error) {
	return pii.New(pii.Policy{Kinds: e.Config.Personal.Mask})
}

// settlementsFile is where the imported classifier is kept.
func (e *Environment) settlementsFile() string {
	return filepath.Join(e.Config.Data, "reference", "settlements.csv")
}

// ImportClassifier reads a file of the KATO classifier, CSV or workbook, keeps its settlements under the data
// folder and puts them into the warehouse. It returns how many settlements are known now. A file that is no
// classifier changes nothing.
func (e *Environment) ImportClassifier(ctx context.Context, path string) (int, error) {
	all, err := e.readClassifier(path)
	if err != nil {
		return 0, err
	}
	places, err := region.New(all...) // proves them
	if err != nil {
		return 0, err
	}
	built := map[string]bool{}
	for _, u := range places.Units() {
		built[u.Code] = true
	}
	settlements := slices.DeleteFunc(all, func(s region.Settlement) bool { return built[s.Code] })
	if len(settlements) == 0 {
		return 0, &qulaq.Error{
			Op: "import classifier", Object: path, Kind: qulaq.Contract, Err: errors.New("it has no settlement"),
			Hint: "is it cut? The whole classifier has some 15,000 rows",
		}
	}
	if err := e.Prepare(ctx); err != nil {
		return 0, err
	}
	rows := make([]load.Settlement, len(settlements))
	for i, s := range settlements {
		rows[i] = load.Settlement{Code: s.Code, NameRU: s.NameRU, NameKK: s.NameKK, Region: s.Code[:2] + "0000000", District: s.Code[:4] + "00000"}
	}
	if err := e.Warehouse.SetSettlements(ctx, e.owner, rows); err != nil {
		return 0, err
	}
	return len(settlements), e.keepSettlements(settlements)
}

// keepSettlements writes the file of settlements, whole or not at all.
func (e *Environment) keepSettlements(settlements []region.Settlement) error {
	path := e.settlementsFile()
	all := [][]string{{"kato", "name_ru", "name_kk"}}
	for _, s := range settlements {
		all = append(all, []string{s.Code, s.NameRU, s.NameKK})
	}
	var text bytes.Buffer
	err := csv.NewWriter(&text).WriteAll(all)
	if err == nil {
		err = writeDurably(path, text.Bytes())
	}
	if err != nil {
		return &qulaq.Error{Op: "keep settlements", Object: path, Kind: qulaq.Configuration, Err: err}
	}
	return nil
}

// readClassifier reads the first table of a file that is a classifier.
func (e *Environment) readClassifier(path string) ([]region.Settlement, error) {
	snap, err := e.fileSnapshot(path)
	if err != nil {
		return nil, err
	}
	file, err := export.Open(snap, export.Options{Limits: e.limits()})
	if err != nil {
		return nil, err
	}
	defer file.Close()
	_, rows, err := file.Next()
	if errors.Is(err, io.EOF) {
		err = &qulaq.Error{Op: "read classifier", Object: path, Kind: qulaq.Contract, Err: errors.New("the file holds no table")}
	}
	if err != nil {
		return nil, err
	}
	settlements, err := region.ReadClassifier(cellsOf(rows))
	if err != nil {
		return nil, &qulaq.Error{Op: "import", Object: path, Kind: qulaq.KindOf(err), Err: err}
	}
	return settlements, nil
}

// cellsOf hands over a table row by row, the header first.
func cellsOf(rows table.Reader) func() ([]string, error) {
	var b table.Block
	at := -1
	return func() ([]string, error) {
		if at < 0 {
			at = 0
			return rows.Header(), nil
		}
		for at == b.Rows() {
			if err := rows.Read(&b); err != nil {
				return nil, err
			}
			at = 0
			if len(b.Bad) > 0 {
				return nil, &qulaq.Error{
					Op: "read row", Object: fmt.Sprintf("line %d", b.Bad[0].Line), Kind: qulaq.Contract, Err: errors.New(b.Bad[0].Detail),
				}
			}
		}
		cells := make([]string, b.Width)
		for c := range cells {
			cells[c] = string(b.Cell(at, c))
		}
		at++
		return cells, nil
	}
}

// setBodies says of every spelling of a body in the complaints which body it is. It looks at all of them, so
// that a new version of the program says it anew.
func (e *Environment) setBodies(ctx context.Context) error {
	names, err := e.Warehouse.BodyNames(ctx)
	if err != nil {
		return err
	}
	bodies, err := body.New(e.Vocabularies.Places)
	if err != nil {
		return err
	}
	rows := make([]load.Body, len(names))
	for i, name := range names {
		b := bodies.Identify(name)
		rows[i] = load.Body{
			Body: name, Key: b.Key, Name: b.Name, Kind: string(b.Kind), Level: string(b.Level), Scope: string(b.Scope),
			Region: textOrNull(b.Region), District: textOrNull(b.District),
		}
	}
	return e.Warehouse.SetBodies(ctx, e.owner, rows)
}

func textOrNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// reference turns the vocabularies into rows.
func (e *Environment) reference() (load.Reference, error) {
	var r load.Reference
	for _, u := range e.Vocabularies.Places.Units() {
		row := load.Region{
			Code: u.Code, Level: string(u.Level), Region: u.Region, NameRU: u.NameRU, NameKK: u.NameKK,
			NameEN: u.NameEN, ISO: u.ISO, ValidFrom: dayOrNull(u.ValidFrom), ValidTo: dayOrNull(u.ValidTo),
		}
		switch {
		case u.ValidTo == 0:
			row.TodayCode = &u.Code
		case u.Successor != "":
			row.TodayCode = &u.Successor
		}
		r.Regions = append(r.Regions, row)
	}
	for _, c := range e.Vocabularies.Categories.All() {
		r.Categories = append(r.Categories, load.Category(c))
	}
	profiles, err := complaint.Profiles()
	if err != nil {
		return r, err
	}
	known := map[string]bool{}
	for _, p := range profiles {
		known[p.Source] = true
		r.Sources = append(r.Sources, load.Source{Source: p.Source, Title: p.Title, Kind: "complaints"})
	}
	for _, s := range e.Config.Complaints {
		p, err := e.profile(s)
		if err != nil {
			return r, err
		}
		if !known[p.Source] {
			known[p.Source] = true
			r.Sources = append(r.Sources, load.Source{Source: p.Source, Title: p.Title, Kind: "complaints"})
		}
	}
	// All of them, also those that the configuration does not choose today: their facts may live. A file of sources that is
	// broken must not stop complaints; the run of plans says what is wrong with it.
	all := *e
	all.Config.Plans.Only = nil
	if sites, err := all.PlanSources(); err == nil {
		for _, s := range sites {
			r.Sources = append(r.Sources, load.Source{Source: s.Archive(), Title: cmp.Or(s.Name.RU, s.Name.KK), Kind: "plans"})
		}
	}
	r.Sources = append(r.Sources, load.Source{Source: reportSource, Title: "Официальные отчёты и сообщения", Kind: "reports"})
	return r, nil
}

func dayOrNull(d qulaq.Day) *string {
	if d == 0 {
		return nil
	}
	s := d.String()
	return &s
}
