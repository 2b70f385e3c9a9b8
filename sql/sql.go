// Package warehousesql holds the public interface of the warehouse: the migrations that make its tables, the views
// and queries that analysts read, the published figures that answers are put beside, and the checks of what must
// always hold. All of it is SQL; this file only hands it out.
package warehousesql

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

//go:embed migrations/*.sql reference/*.sql views/*.sql queries/*.sql checks/*.sql
var files embed.FS

// Migrations returns the folder of migrations, for goose.
func Migrations() (fs.FS, error) { return fs.Sub(files, "migrations") }

// Statement is one SQL file.
type Statement struct {
	Name  string // the file's name without number and ending: "complaint_trends"
	About string // its leading comment, one line
	Text  string
}

// Views returns the views in the order of their files: a view may read those before it. First come those that hold data of
// the program, the published figures, and what puts them beside what was read.
func Views() ([]Statement, error) {
	reference, err := statements("reference")
	if err != nil {
		return nil, err
	}
	views, err := statements("views")
	return append(reference, views...), err
}

// Check is a query whose rows are violations: no row, no complaint.
type Check struct {
	Statement
	// Warning says that what it finds may be true of the world, such as two reports that contradict each other, and
	// stops nobody. Its comment begins with this word.
	Warning bool
}

// warning begins the comment of a check that only warns.
const warning = "Warning: "

// Checks returns the checks.
func Checks() ([]Check, error) {
	all, err := statements("checks")
	if err != nil {
		return nil, err
	}
	checks := make([]Check, len(all))
	for i, s := range all {
		about, warns := strings.CutPrefix(s.About, warning)
		s.About = about
		checks[i] = Check{Statement: s, Warning: warns}
	}
	return checks, nil
}

// Query is a question with its answer in SQL.
type Query struct {
	Statement
	Question   string      // the first line of its comment, which ends with a question mark
	Parameters []Parameter // in the order of the file
}

// Parameter is a value that a query can be asked with. In the text of the query it stands as {name:Type}.
type Parameter struct {
	Name    string
	Default string
	About   string // what values mean
}

// A query's file sets its parameters itself, so that any client can run it as it is:
//
//	SET param_period = '2022'; -- what values mean
var parameterLine = regexp.MustCompile(`(?m)^SET param_([a-z]+) = '([^']*)'; -- (.+)\n`)

// Queries returns the named queries in the order of their names. Their text is without the lines that set parameters.
func Queries() ([]Query, error) {
	all, err := statements("queries")
	if err != nil {
		return nil, err
	}
	queries := make([]Query, len(all))
	for i, s := range all {
		q := Query{Statement: s}
		for _, set := range parameterLine.FindAllStringSubmatch(s.Text, -1) {
			q.Parameters = append(q.Parameters, Parameter{Name: set[1], Default: set[2], About: set[3]})
		}
		q.Text = parameterLine.ReplaceAllString(s.Text, "")
		first, _, _ := strings.Cut(s.Text, "\n")
		q.Question = strings.TrimSpace(strings.TrimPrefix(first, "--"))
		queries[i] = q
	}
	return queries, nil
}

func statements(dir string) ([]Statement, error) {
	entries, err := files.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	list := make([]Statement, 0, len(entries))
	for _, e := range entries {
		text, err := files.ReadFile(path.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		s := Statement{Name: strings.TrimSuffix(e.Name(), ".sql"), Text: string(text)}
		s.Name = strings.TrimLeft(s.Name, "0123456789_") // views and checks are numbered, queries are not
		var about []string
		for line := range strings.Lines(s.Text) {
			comment, ok := strings.CutPrefix(strings.TrimSpace(line), "--")
			if !ok {
				break
			}
			about = append(about, strings.TrimSpace(comment))
		}
		if s.About = strings.Join(about, " "); s.About == "" {
			return nil, fmt.Errorf("%s/%s does not begin with a comment that says what it is", dir, e.Name())
		}
		list = append(list, s)
	}
	return list, nil
}
