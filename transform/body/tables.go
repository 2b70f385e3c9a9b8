package body

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/qulaq-kz/qulaq"
	folding "github.com/qulaq-kz/qulaq/internal/fold"
	"github.com/qulaq-kz/qulaq/transform/region"
)

// tables are the texts of the tables.
type tables struct{ kinds, topics, forms, ministries, companies string }

var (
	//go:embed kinds.tsv
	kindsTSV string
	//go:embed topics.tsv
	topicsTSV string
	//go:embed forms.tsv
	formsTSV string
	//go:embed ministries.tsv
	ministriesTSV string
	//go:embed companies.tsv
	companiesTSV string

	builtIn = tables{kindsTSV, topicsTSV, formsTSV, ministriesTSV, companiesTSV}
)

// role is what a spelling of the tables does in a name.
type role uint8

const (
	unlisted role = iota // no table has the word
	matter               // says what a body is about, or where
	head                 // says its kind
	form                 // says its legal form
)

// nature says what else a matter decides.
type nature uint8

const (
	plain        nature = iota
	central             // a department of this matter is of a central body
	police              // it is the police
	company             // it is the name of a company
	commemorates        // «имени»
	regional            // type words of places
	city
	district
	rural
	ofRegion // and their adjectives
	ofCity
	ofDistrict
)

// isOfPlaces says whether it is that of a type word of places, or of its adjective.
func (k nature) isOfPlaces() bool { return k >= regional }

var natures = map[string]nature{
	"-": plain, "central": central, "police": police, "commemorates": commemorates,
	"region": regional, "city": city, "district": district, "rural": rural,
	"of-region": ofRegion, "of-city": ofCity, "of-district": ofDistrict,
}

// meaning is what a line of the tables says.
type meaning struct {
	role   role
	nature nature
	says   []string // for the key
	kind   Kind     // of heads and forms, or ""
	scope  Scope
	level  Level // of heads
	kazakh bool  // a head that closes its part, a type word that stands behind its name
	part   bool  // a head that beside another is a matter
	behind bool  // a form only behind a name
}

// notListed is the meaning of a word that no table has.
var notListed meaning

// legalForm is what the legal form says of a body.
type legalForm struct {
	kind  Kind // or ""
	scope Scope
}

// Ministry is a ministry, agency or committee of a time.
type Ministry struct {
	Key    string // as Identity has it
	Kind   Kind
	NameRU string
	NameKK string
	NameEN string
	also   []string  // other full names
	Since  qulaq.Day // first day; 0 is open: before all records, or not established
	Until  qulaq.Day // first day on which it was no longer there; 0 is open
}

// parse reads the tables.
func parse(places *region.Gazetteer, t tables) (*Registry, error) {
	r := &Registry{places: places, byMatters: make(map[string]string)}
	for _, table := range []struct {
		name, text string
		columns    int
		read       func(cells []string) error
	}{
		{"forms.tsv", t.forms, 4, r.addForm},
		{"kinds.tsv", t.kinds, 7, r.addKind},
		{"topics.tsv", t.topics, 3, r.addTopic},
		{"companies.tsv", t.companies, 2, r.addCompany},
		{"ministries.tsv", t.ministries, 6, r.addMinistry},
	} {
		rows, err := folding.ReadTable(table.text, table.columns)
		for _, row := range rows {
			if err = table.read(row); err != nil {
				break
			}
		}
		if err != nil {
			return nil, &qulaq.Error{Op: "read the tables of bodies", Object: table.name, Kind: qulaq.Bug, Err: err}
		}
	}
	r.lexicon.sort()
	if err := r.nameMinistries(); err != nil {
		return nil, &qulaq.Error{Op: "read the tables of bodies", Object: "ministries.tsv", Kind: qulaq.Bug, Err: err}
	}
	r.readUnits()
	return r, nil
}

// add lists spellings parted by semicolons.
func (r *Registry) add(spellings string, m meaning) error {
	for _, spelling := range strings.Split(spellings, ";") {
		if err := r.lexicon.add(spelling, &m); err != nil {
			return err
		}
	}
	return nil
}

func (r *Registry) addForm(cells []string) error {
	kind, err := kindOf(cells[1])
	if err != nil {
		return err
	}
	scope, ok := scopes[cells[0]]
	if where := cells[2]; !ok || where != "any" && where != "behind" {
		return fmt.Errorf("%q, %q: not known", cells[0], where)
	}
	return r.add(cells[3], meaning{role: form, kind: kind, scope: scope, behind: cells[2] == "behind"})
}

func (r *Registry) addKind(cells []string) error {
	m := meaning{role: head, kazakh: cells[3] == "kk", part: cells[4] == "part", says: meanings(cells[5])}
	var err error
	if m.kind, err = kindOf(cells[0]); err != nil {
		return err
	}
	var knownScope, knownLevel bool
	m.scope, knownScope = scopes[cells[1]]
	m.level, knownLevel = levels[cells[2]]
	if !knownScope || !knownLevel || !m.kazakh && cells[3] != "ru" || !m.part && cells[4] != "-" {
		return fmt.Errorf("%q: not known", cells[1:5])
	}
	if m.kind == Police {
		m.nature = police
	}
	return r.add(cells[6], m)
}

func (r *Registry) addTopic(cells []string) error {
	name, kazakh := strings.CutSuffix(cells[1], "-kk")
	what, ok := natures[name]
	if !ok {
		return fmt.Errorf("%q is no nature", cells[1])
	}
	return r.add(cells[2], meaning{role: matter, nature: what, kazakh: kazakh, says: meanings(cells[0])})
}

func (r *Registry) addCompany(cells []string) error {
	return r.add(cells[1], meaning{role: matter, nature: company, says: meanings(cells[0])})
}

func (r *Registry) addMinistry(cells []string) error {
	kind, err := kindOf(cells[0])
	if err != nil {
		return err
	}
	m := Ministry{Key: string(kind) + ":" + cells[1], Kind: kind}
	if m.Since, err = dayOf(cells[2]); err != nil {
		return err
	}
	if m.Until, err = dayOf(cells[3]); err != nil {
		return err
	}
	if m.Until != 0 && m.Until <= m.Since {
		return fmt.Errorf("%s ended before it began", m.Key)
	}
	names := strings.Split(cells[4], "; ")
	if len(names) < 3 {
		return fmt.Errorf("%s has no names in three languages", m.Key)
	}
	m.NameRU, m.NameKK, m.NameEN, m.also = names[0], names[1], names[2], names[3:]
	r.ministries = append(r.ministries, m)
	if cells[5] == "-" {
		return nil
	}
	return r.add(cells[5], meaning{role: head, kind: kind, scope: Central, level: Republic, says: []string{cells[1]}})
}

// nameMinistries notes which matters the full names of ministries say, in any language and order, so that they
// are found as every other body is.
func (r *Registry) nameMinistries() error {
	for _, m := range r.ministries {
		for _, name := range append([]string{m.NameRU, m.NameKK, m.NameEN}, m.also...) {
			main := r.read(name).parts[0]
			if main.head == nil || main.head.kind != m.Kind {
				return fmt.Errorf("%q is no name of a %s", name, m.Kind)
			}
			_, meaning, _ := strings.Cut(m.Key, ":")
			matters := string(m.Kind) + ":" + joined(main.matters(verdict{kind: m.Kind}, place{}))
			if other, ok := r.byMatters[matters]; ok && other != meaning {
				return fmt.Errorf("%q is %s and %s", name, other, meaning)
			}
			r.byMatters[matters] = meaning
		}
	}
	return nil
}

// meanings splits what the key says of a line.
func meanings(cell string) []string {
	if cell == "-" {
		return nil
	}
	return strings.Split(cell, "+")
}

// kindOf reads a kind; "-" is none.
func kindOf(cell string) (Kind, error) {
	kind := Kind(cell)
	if cell == "-" {
		kind = ""
	}
	if kind != "" && !slices.Contains(kinds, kind) {
		return "", fmt.Errorf("%q is no kind", cell)
	}
	return kind, nil
}

func dayOf(cell string) (qulaq.Day, error) {
	if cell == "" {
		return 0, nil
	}
	return qulaq.ParseDay(cell)
}
