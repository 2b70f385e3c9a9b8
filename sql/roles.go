package warehousesql

import (
	_ "embed"
	"fmt"
	"strings"
)

//go:embed roles.tsv
var rolesFile string

// Access says who may read a table or view.
type Access struct {
	Name    string   // of the table or view
	Analyst Reading  // people who ask, and never see the words of a complaint
	Monitor Reading  // programs that watch
	Columns []string // that neither reads
}

// Reading is whether a table or view may be read.
type Reading bool

// Accesses returns who may read what, in the order of roles.tsv. What it does not name nobody reads.
func Accesses() []Access {
	var all []Access
	for line := range strings.Lines(rolesFile) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(cells) != 5 { // the table is built in: only a broken build comes here
			panic(fmt.Sprintf("roles.tsv: %q", line))
		}
		a := Access{Name: cells[0], Analyst: cells[1] == "reads", Monitor: cells[2] == "reads"}
		if cells[3] != "" {
			a.Columns = strings.Split(cells[3], ",")
		}
		all = append(all, a)
	}
	return all
}
