package load

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2"

	"github.com/qulaq-kz/qulaq"
	warehousesql "github.com/qulaq-kz/qulaq/sql"
)

// Role is what a group of accounts may do.
type Role struct {
	Name  string // on a server: qulaq_analyst
	User  string // of the embedded engine: analyst
	About string
	Reads func(warehousesql.Access) warehousesql.Reading // nil: everything of the warehouse
}

// Roles are the three that a warehouse has.
func Roles() []Role {
	return []Role{
		{Name: "qulaq_loader", User: "loader", About: "loads: what this program needs"},
		{
			Name: "qulaq_analyst", User: "analyst", About: "reads all tables and views but the texts of complaints",
			Reads: func(a warehousesql.Access) warehousesql.Reading { return a.Analyst },
		},
		{
			Name: "qulaq_monitor", User: "monitor", About: "reads runs, looks and verdicts",
			Reads: func(a warehousesql.Access) warehousesql.Reading { return a.Monitor },
		},
	}
}

// system are the tables of the server that the program asks. Of tables and columns everybody sees those that he may read.
var system = []string{"columns", "databases", "disks", "mutations", "parts", "projection_parts", "projections", "tables"}

// writing is what the program does with a database.
const writing = "SELECT, INSERT, ALTER, CREATE, DROP, TRUNCATE, OPTIMIZE, SHOW, BACKUP"

// databases are those that the program works in: the warehouse, what the doctor compares it with, and what a restore fills.
func databases(warehouse string) []string {
	return []string{warehouse, warehouse + comparing, warehouse + restoring}
}

// grants are the privileges of a role. columns are all columns of the warehouse's tables and views; of a table that it does
// not have there is none.
func (r Role) grants(database string, columns map[string][]string) (all []string) {
	if r.Reads == nil {
		for _, d := range databases(database) {
			all = append(all, writing+" ON "+Quote(d)+".*")
		}
		for _, table := range system {
			all = append(all, "SELECT ON system."+table)
		}
		return append(all, "TABLE ENGINE ON MergeTree")
	}
	for _, a := range warehousesql.Accesses() {
		has := columns[a.Name]
		if !r.Reads(a) || len(has) == 0 {
			continue
		}
		what := "SELECT"
		if len(a.Columns) > 0 {
			var shown []string
			for _, c := range has {
				if !slices.Contains(a.Columns, c) {
					shown = append(shown, Quote(c))
				}
			}
			// Views read the source of a row in the value of its partition.
			what += "(" + strings.Join(append(shown, "_partition_value"), ", ") + ")"
		}
		all = append(all, what+" ON "+Quote(database)+"."+Quote(a.Name))
	}
	return all
}

// statements make a role, or make it as it should be: its privileges are replaced in one step, so that nobody may ever read
// more than he should.
func (r Role) statements(database string, columns map[string][]string) []string {
	settings := "readonly = 2" // no writing; settings of a session may be set, which drivers do
	if r.Reads == nil {
		settings = "NONE"
	}
	return []string{
		"CREATE ROLE IF NOT EXISTS " + Quote(r.Name),
		"ALTER ROLE " + Quote(r.Name) + " SETTINGS " + settings,
		"GRANT " + strings.Join(r.grants(database, columns), ", ") + " TO " + Quote(r.Name) + " WITH REPLACE OPTION",
	}
}

// UserGrants are the same for a server whose users are in a file, which is written before anybody knows the tables.
func (r Role) UserGrants(database string) (statements []string) {
	if r.Reads == nil {
		for _, g := range r.grants(database, nil) {
			statements = append(statements, "GRANT "+g)
		}
		return statements
	}
	for _, a := range warehousesql.Accesses() {
		if !r.Reads(a) {
			continue
		}
		on := " ON " + Quote(database) + "." + Quote(a.Name)
		statements = append(statements, "GRANT SELECT"+on)
		if len(a.Columns) > 0 {
			statements = append(statements, "REVOKE SELECT("+strings.Join(a.Columns, ", ")+")"+on)
		}
	}
	return statements
}

// MakeRoles makes the roles on a server, from the tables and views that it has. Accounts are the operator's: no password
// goes through this program.
func (w *Warehouse) MakeRoles(ctx context.Context) ([]Role, error) {
	columns := map[string][]string{}
	a, err := w.Ask(ctx, "SELECT table, name FROM system.columns WHERE database = currentDatabase() ORDER BY table, position")
	if err != nil {
		return nil, err
	}
	defer a.Close()
	for a.Next() {
		var table, name string
		if err := a.Scan(&table, &name); err != nil {
			return nil, err
		}
		columns[table] = append(columns[table], name)
	}
	if err := a.Err(); err != nil {
		return nil, err
	}
	roles := Roles()
	for _, r := range roles {
		for _, statement := range r.statements(w.database, columns) {
			if err := w.exec(ctx, "make role", r.Name, statement); err != nil {
				return nil, unmade(err, r)
			}
		}
	}
	return roles, nil
}

// unmade says why a role could not be made.
func unmade(err error, r Role) error {
	var x *clickhouse.Exception
	if !errors.As(err, &x) {
		return err
	}
	e := &qulaq.Error{Op: "make role", Object: r.Name, Kind: qulaq.Configuration, Err: err}
	switch x.Code {
	case codeNoAccessStorage:
		e.Hint = "this engine keeps no accounts. The embedded one has the users analyst and monitor by itself"
	case codeAccessDenied:
		e.Hint = "the account of `warehouse` may not make roles: GRANT CREATE ROLE, ROLE ADMIN ON *.* TO it, with GRANT OPTION for what they grant; or let an administrator run `qulaq migrate --roles`"
	default:
		return fmt.Errorf("role %s: %w", r.Name, err)
	}
	return e
}
