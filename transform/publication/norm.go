package publication

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/qulaq-kz/qulaq"
)

// Kind says what is owed.
type Kind string

// The kinds of obligations.
const (
	ActionPlan   Kind = "action_plan"  // plan on the issues that people raised at meetings of a half-year
	Calendar     Kind = "calendar"     // of the meetings of a year
	Announcement Kind = "announcement" // of one meeting, before it
	Results      Kind = "results"      // of one meeting
	Schedule     Kind = "schedule"     // of a minister's meetings of a year
	Solutions    Kind = "solutions"    // to the issues of one meeting of a minister
	Summary      Kind = "summary"      // of a minister's meetings of a quarter
)

// Level says what sort of body owes something.
type Level string

// The levels.
const (
	Oblast   Level = "oblast"
	City     Level = "city" // of republican significance: Astana, Almaty, Shymkent
	District Level = "district"
	Ministry Level = "ministry"
)

// Basis says what a due day rests on.
type Basis string

// The bases.
const (
	Law    Basis = "law"    // an act sets the day for the publication itself
	Policy Basis = "policy" // no act is known that does; the day is a setting, or that of something close to it
)

// span says for which stretches of time something is owed.
type span string

const (
	halfYear span = "half_year"
	quarter  span = "quarter"
	year     span = "year"
	meeting  span = "meeting"
)

// Norm is an entry of norms.yaml; the head of that file says what its fields mean.
type Norm struct {
	ID      string  `yaml:"id"`
	Kind    Kind    `yaml:"kind"`
	Owes    []Level `yaml:"owes"`
	Span    span    `yaml:"period"`
	From    date    `yaml:"from"`
	To      date    `yaml:"to"` // 0: it holds today
	After   string  `yaml:"after"`
	Days    int     `yaml:"days"`
	Setting string  `yaml:"setting"`
	Basis   Basis   `yaml:"basis"`
	Early   int     `yaml:"early"`
	Fades   bool    `yaml:"fades"`
	Source  string  `yaml:"source"`
	Note    string  `yaml:"note"`
}

// date is a day in a YAML file.
type date qulaq.Day

// UnmarshalYAML reads YYYY-MM-DD.
func (d *date) UnmarshalYAML(unmarshal func(any) error) error {
	var text string
	if err := unmarshal(&text); err != nil {
		return err
	}
	day, err := qulaq.ParseDay(text)
	*d = date(day)
	return err
}

//go:embed norms.yaml
var normsFile []byte

var norms = mustNorms(normsFile)

// Norms returns all norms, in the order of the file.
func Norms() []Norm { return slices.Clone(norms) }

// NormTable returns the norms as Markdown, in the order of the file.
func NormTable() string {
	var b strings.Builder
	b.WriteString("| norm | what | who | for each | holds | due | basis | source |\n|---|---|---|---|---|---|---|---|\n")
	for _, n := range norms {
		who := make([]string, len(n.Owes))
		for i, l := range n.Owes {
			who[i] = string(l)
		}
		holds := qulaq.Day(n.From).String() + " …"
		if n.To != 0 {
			holds += " " + qulaq.Day(n.To).String()
		}
		fmt.Fprintf(&b, "| %s | `%s` | %s | %s | %s | %s | %s | %s |\n", n.ID, n.Kind, strings.Join(who, ", "), n.Span, holds, n.term(), n.Basis, n.Source)
	}
	return b.String()
}

// term says by when, in words.
func (n Norm) term() string {
	if n.Setting != "" {
		return "by the setting `" + n.Setting + "`"
	}
	if n.After == "start" {
		return fmt.Sprintf("day %d of it", n.Days+1)
	}
	return fmt.Sprintf("%d days after it", n.Days)
}

// mustNorms reads the norms that are built in: only a broken build does not pass.
func mustNorms(text []byte) []Norm {
	all, err := readNorms(text)
	if err != nil {
		panic(err)
	}
	return all
}

func readNorms(text []byte) ([]Norm, error) {
	var all []Norm
	if err := yaml.UnmarshalWithOptions(text, &all, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("norms.yaml: %w", err)
	}
	seen := map[string]bool{}
	for _, n := range all {
		if err := n.validate(); err != nil {
			return nil, fmt.Errorf("norms.yaml: %s: %w", n.ID, err)
		}
		if seen[n.ID] {
			return nil, fmt.Errorf("norms.yaml: %s stands there twice", n.ID)
		}
		seen[n.ID] = true
	}
	return all, nil
}

func (n Norm) validate() error {
	switch {
	case n.ID == "" || n.Kind == "" || len(n.Owes) == 0 || n.Source == "" || n.From == 0:
		return fmt.Errorf("id, kind, owes, from and source are needed")
	case !slices.Contains([]span{halfYear, quarter, year, meeting}, n.Span):
		return fmt.Errorf("%q is no period", n.Span)
	case n.After != "start" && n.After != "end":
		return fmt.Errorf("after is start or end, not %q", n.After)
	case n.Basis != Law && n.Basis != Policy:
		return fmt.Errorf("basis is law or policy, not %q", n.Basis)
	case n.Setting != "" && (n.Days != 0 || n.Basis == Law):
		return fmt.Errorf("a term that a setting gives is policy, and has no days of its own")
	case n.Early < 0 || n.To != 0 && n.To < n.From:
		return fmt.Errorf("early is below 0, or to before from")
	}
	if n.Setting != "" {
		if _, ok := (Config{}).setting(n.Setting); !ok {
			return fmt.Errorf("%q is no setting", n.Setting)
		}
	}
	return nil
}

// holds says whether the norm holds for a period that begins on a day.
func (n Norm) holds(first qulaq.Day) bool {
	return first >= qulaq.Day(n.From) && (n.To == 0 || first <= qulaq.Day(n.To))
}
