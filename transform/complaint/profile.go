package complaint

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/csv"
)

// A Profile says how one source writes its exports: which of its columns means what.
type Profile struct {
	Source  string              `yaml:"source"`  // the code that facts carry: "eotinish"
	Title   string              `yaml:"title"`   // for people
	Columns map[string][]string `yaml:"columns"` // our name → their names, the preferred first; letter case does not matter
	Ignored []string            `yaml:"ignored"` // their columns that say nothing new
	Needed  []string            `yaml:"needed"`  // our names without which a file is no export of this source
	Shift   ShiftRule           `yaml:"shift"`   // how the shift of its times is found

	// What is said here is not found out from the file.
	Separator string `yaml:"separator"` // backtick, tab, semicolon, bar, comma
	Quoted    *bool  `yaml:"quoted"`
	Encoding  string `yaml:"encoding"` // utf-8, windows-1251, utf-16le, utf-16be
}

// ShiftRule says how the shift between a source's printed times and local time is found.
type ShiftRule string

// The rules of shift.
const (
	// NoShift means that times are local as printed.
	NoShift ShiftRule = "none"
	// ByDeadlines means that a deadline is the last second of a day: 23:59:59 minus the most common time
	// of the deadlines is the shift. e-Otinish prints 13:59:59, ten hours early.
	ByDeadlines ShiftRule = "deadlines"
)

// column is one of our columns; the order is that of columnNames.
type column int

const (
	colID column = iota
	colRegNumber
	colKind
	colApplicant
	colApplicantID
	colState
	colOverdue
	colDuplicate
	colForwarded
	colExtForwarded
	colCategory
	colIssue
	colSubissue
	colRegion
	colDistrict
	colBody
	colRegistered
	colDue
	colFinished
	colText
	columnCount
)

var columnNames = [columnCount]string{
	"complaint_id", "reg_number", "kind", "applicant_type", "applicant_id", "state", "overdue", "is_duplicate", "is_forwarded",
	"is_ext_forwarded", "category", "issue", "subissue", "region", "district", "body",
	"registered_at", "due_at", "finished_at", "text",
}

//go:embed profiles/*.yaml
var builtIn embed.FS

// Profiles returns the built-in profiles by source name, in the order of names.
func Profiles() ([]*Profile, error) {
	names, err := fs.Glob(builtIn, "profiles/*.yaml")
	if err != nil {
		return nil, err
	}
	profiles := make([]*Profile, len(names))
	for i, name := range names {
		text, err := builtIn.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if profiles[i], err = ParseProfile(name, text); err != nil {
			return nil, err
		}
	}
	return profiles, nil
}

// ParseProfile reads a profile; name is shown in errors. Errors are of kind Configuration.
func ParseProfile(name string, text []byte) (*Profile, error) {
	var p Profile
	err := yaml.UnmarshalWithOptions(text, &p, yaml.Strict())
	if err == nil {
		err = p.Validate()
	}
	if err != nil {
		return nil, &qulaq.Error{
			Op: "read profile", Object: name, Kind: qulaq.Configuration, Err: err,
			Hint: "our names of columns are: " + strings.Join(columnNames[:], ", "),
		}
	}
	return &p, nil
}

// Validate says what is wrong with a profile, and fills in what is left out.
func (p *Profile) Validate() error {
	if p.Source == "" {
		return errors.New("source is missing")
	}
	if p.Shift == "" {
		p.Shift = NoShift
	}
	if p.Shift != NoShift && p.Shift != ByDeadlines {
		return fmt.Errorf("shift is %q, but may be %s or %s", p.Shift, NoShift, ByDeadlines)
	}
	owner := map[string]string{}
	for ours, theirs := range p.Columns {
		if !slices.Contains(columnNames[:], ours) {
			return fmt.Errorf("there is no column %q", ours)
		}
		for _, name := range theirs {
			key := headerKey(name)
			if other := owner[key]; other != "" {
				return fmt.Errorf("%q stands for both %s and %s", name, other, ours)
			}
			owner[key] = ours
		}
	}
	for _, ours := range append([]string{"registered_at"}, p.Needed...) {
		if len(p.Columns[ours]) == 0 {
			return fmt.Errorf("the needed column %q has no name in the source", ours)
		}
	}
	if _, err := csv.Separator(p.Separator); err != nil {
		return err
	}
	_, err := csv.Encoding(p.Encoding)
	return err
}

// headerKey is the form in which names of columns are compared.
func headerKey(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// binding says where each of our columns stands in a file; -1 means nowhere.
type binding [columnCount]int

// bind finds the profile's columns in a header. A column that nobody knows is a finding; a needed one
// that is missing is an error of kind Contract.
func (p *Profile) bind(header []string) (binding, []qulaq.Finding, error) {
	at := map[string]int{}
	var findings []qulaq.Finding
	for i, name := range header {
		if j, twice := at[headerKey(name)]; twice {
			findings = append(findings, qulaq.Finding{
				Kind: qulaq.UnknownColumn, Subject: clipList([]string{name}), Count: 1, Line: 1,
				Detail: fmt.Sprintf("column %d has the name of column %d and is not read", i+1, j+1),
			})
			continue
		}
		at[headerKey(name)] = i
	}
	var b binding
	used := map[int]bool{}
	var missing []string
	for c := range columnCount {
		ours := columnNames[c]
		b[c] = -1
		for _, name := range p.Columns[ours] {
			if i, ok := at[headerKey(name)]; ok {
				b[c] = i
				used[i] = true
				break
			}
		}
		if b[c] < 0 && slices.Contains(p.Needed, ours) {
			missing = append(missing, fmt.Sprintf("%s (%s)", ours, strings.Join(p.Columns[ours], ", ")))
		}
	}
	if missing != nil {
		return b, findings, &qulaq.Error{
			Op: "find columns of " + p.Source, Kind: qulaq.Contract,
			Err:  fmt.Errorf("missing: %s; the header has: %s", strings.Join(missing, "; "), clipList(header)),
			Hint: "is it an export of another source? If the publisher renamed a column, add the new name to the profile",
		}
	}
	for _, name := range p.Ignored {
		if i, ok := at[headerKey(name)]; ok {
			used[i] = true
		}
	}
	for i, name := range header {
		if at[headerKey(name)] == i && !used[i] {
			findings = append(findings, qulaq.Finding{
				Kind: qulaq.UnknownColumn, Subject: clipList([]string{name}), Count: 1, Line: 1,
				Detail: "the profile " + p.Source + " does not know this column; it is not read",
			})
		}
	}
	return b, findings, nil
}

// clipList shows the names of a header. A name that is long or holds a long number is none but a cell of somebody's
// row, of a file without a header: it is left out.
func clipList(names []string) string {
	shown := make([]string, len(names))
	for i, name := range names {
		if shown[i] = name; !isName(name) {
			shown[i] = "…"
		}
	}
	s := strings.Join(shown, ", ")
	if len(s) > 300 {
		s = strings.ToValidUTF8(s[:300], "") + "…"
	}
	return s
}

// isName tells the name of a column from a cell.
func isName(s string) bool {
	digits := 0
	for _, c := range s {
		if c >= '0' && c <= '9' {
			digits++
		}
	}
	return digits < 5 && len(s) <= 100
}

// match says how well a header fits: the number of columns known, or -1 when a needed one is missing.
func (p *Profile) match(header []string) int {
	b, findings, err := p.bind(header)
	if err != nil {
		return -1
	}
	known := -len(findings)
	for _, i := range b {
		if i >= 0 {
			known += 2
		}
	}
	return max(known, 0)
}

// Guess returns the profile of a set that fits a header best, or nil when none does.
func Guess(profiles []*Profile, header []string) *Profile {
	var best *Profile
	score := -1
	for _, p := range profiles {
		if s := p.match(header); s > score {
			best, score = p, s
		}
	}
	return best
}
