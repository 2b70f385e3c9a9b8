// Package warehousesql holds the public interface of the warehouse: the migrations that make its tables, the views
// and queries that analysts read, and the checks of what must always hold. All of it is SQL; this file
// only hands it out.
package warehousesql

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

//go:embed migrations/*.sql views/*.sql checks/*.sql
var files embed.FS

// Migrations returns the folder of migrations, for goose.
func Migrations() (fs.FS, error) { return fs.Sub(files, "migrations") }

// Statement is one SQL file.
type Statement struct {
	Name  string // the file's name without number and ending: "complaint_trends"
	About string // its leading comment, one line
	Text  string
}

// Views returns the views in the order of their files: a view may read those before it.
func Views() ([]Statement, error) { return statements("views") }

// Checks returns the checks. A check is a query whose rows are violations: no row, no complaint.
func Checks() ([]Statement, error) { return statements("checks") }

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
		if _, name, ok := strings.Cut(s.Name, "_"); ok {
			s.Name = name
		}
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
