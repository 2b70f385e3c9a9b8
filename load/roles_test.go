package load

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/load/embedded"
	"github.com/qulaq-kz/qulaq/load/embedded/embeddedtest"
	warehousesql "github.com/qulaq-kz/qulaq/sql"
)

// as opens a warehouse as one of the users.
func as(t *testing.T, e *embedded.Engine, user string) *Warehouse {
	t.Helper()
	w, err := Open(t.Context(), Options{Address: "clickhouse://" + user + "@" + e.Addr() + "/qulaq" + embeddedtest.Hurried, Memory: 1 << 30})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w
}

// TestRoles runs on an engine that has the users of the roles: what they may is what the same grants mean on a server.
func TestRoles(t *testing.T) {
	var users []embedded.User
	for _, r := range Roles() {
		users = append(users, embedded.User{Name: r.User, Writes: r.Reads == nil, Grants: r.UserGrants("qulaq")})
	}
	e, err := embedded.Start(t.Context(), embedded.Options{
		Dir: t.TempDir(), Library: embeddedtest.Library(t), HTTPPort: embedded.NoHTTP, Verb: "test", Users: users,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	// The loader does all that the program does.
	loader := as(t, e, "loader")
	if _, err := loader.Migrate(t.Context()); err != nil {
		t.Fatal("the loader may not migrate:", err)
	}
	export{"eotinish", 1, "2026-04-01", []fact{{"a", "2026-03-01", "слова человека"}, {"b", "2026-03-02", "другие"}}}.mustLoad(t, loader)
	export{"eotinish", 2, "2026-04-02", []fact{{"a", "2026-03-01", "новые слова"}}}.mustLoad(t, loader)
	if d, err := loader.Drift(t.Context()); err != nil || len(d) > 0 {
		t.Errorf("the loader may not compare schemas: %q, %v", d, err)
	}
	if _, err := loader.MakeProjections(t.Context()); err != nil {
		t.Error("the loader may not make projections:", err)
	}
	if err := loader.Keep(t.Context(), SystemicGroups, "loader", Entry{RunID: "r", At: time.Now()}); err != nil {
		t.Error("the loader may not look for repetition:", err)
	}
	if _, err := loader.Sizes(t.Context()); err != nil {
		t.Error("the loader may not look at sizes:", err)
	}
	for _, statement := range []string{
		"CREATE USER more", "CREATE DATABASE other", "GRANT SELECT ON *.* TO analyst",
		"INSERT INTO FUNCTION file('stolen.csv', 'CSV', 'a String') SELECT text FROM complaints",
	} {
		wantError(t, loader.Do(t.Context(), statement), qulaq.Configuration, "Not enough privileges")
	}

	wantReaders(t, loader, as(t, e, "analyst"), as(t, e, "monitor"))
}

// shown are the columns of all tables and views.
func shown(t *testing.T, w *Warehouse) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for _, line := range ask(t, w, "SELECT table, name FROM system.columns WHERE database = 'qulaq' ORDER BY table, position") {
		table, column, _ := strings.Cut(line, " | ")
		all[table] = append(all[table], column)
	}
	return all
}

// wantReaders demands that analyst and monitor may read what roles.tsv says, and do nothing else. loader sees everything; two
// complaints are loaded.
func wantReaders(t *testing.T, loader, analyst, monitor *Warehouse) {
	t.Helper()
	listed := map[string]warehousesql.Access{}
	for _, a := range warehousesql.Accesses() {
		if _, twice := listed[a.Name]; twice {
			t.Errorf("roles.tsv names %s twice", a.Name)
		}
		listed[a.Name] = a
	}
	all := shown(t, loader)
	for name, a := range listed {
		for _, c := range a.Columns {
			if !slices.Contains(all[name], c) {
				t.Errorf("roles.tsv withholds %s.%s, which is not there", name, c)
			}
		}
	}
	readers := map[string]*Warehouse{"analyst": analyst, "monitor": monitor}
	for name, columns := range all {
		a, known := listed[name]
		if !known {
			t.Errorf("roles.tsv does not say who may read %s", name)
			continue
		}
		for user, reads := range map[string]warehousesql.Reading{"analyst": a.Analyst, "monitor": a.Monitor} {
			w := readers[user]
			shown := slices.DeleteFunc(slices.Clone(columns), func(c string) bool { return slices.Contains(a.Columns, c) })
			err := w.Do(t.Context(), "SELECT "+strings.Join(shown, ", ")+" FROM "+Quote(name)+" LIMIT 0")
			if reads && err != nil {
				t.Errorf("%s may not read %s, or what it reads: %v", user, name, err)
			}
			if !reads && err == nil {
				t.Errorf("%s may read %s", user, name)
			}
			for _, c := range a.Columns {
				if w.Do(t.Context(), "SELECT "+c+" FROM "+Quote(name)) == nil {
					t.Errorf("%s may read %s.%s", user, name, c)
				}
			}
		}
	}
	for user, w := range readers {
		for _, statement := range []string{
			"INSERT INTO runs (run_id) VALUES ('x')", "DROP TABLE runs", "ALTER TABLE runs DELETE WHERE 1", "CREATE TABLE mine (a Int8) ENGINE = Memory",
			"SELECT text FROM complaints", "SELECT * FROM complaints", "SELECT * FROM systemic_issues", "SELECT text FROM merge('qulaq', '^complaints$')",
			"SELECT * FROM file('/etc/passwd', 'LineAsString', 'l String')", "SELECT * FROM url('http://127.0.0.1:1/')", "SELECT * FROM system.processes", "SELECT * FROM system.query_log",
			"BACKUP TABLE qulaq.complaints TO File('/tmp/qulaq-stolen')", "SET readonly = 0",
		} {
			if err := w.Do(t.Context(), statement); err == nil {
				t.Errorf("%s may: %s", user, statement)
			}
		}
	}
	if got := ask(t, readers["analyst"], "SELECT count(), uniqExact(complaint_id) FROM complaints_today"); got[0] != "2 | 2" {
		t.Errorf("the analyst counts %q", got)
	}
}

// TestGrantsOfAServer makes an engine hold the very grants that a server is given, which name columns and not what is withheld of
// them: its users are in a file that is written when the tables are known, for the engine keeps no accounts of SQL.
func TestGrantsOfAServer(t *testing.T) {
	dir := t.TempDir()
	start := func(users []embedded.User) *embedded.Engine {
		t.Helper()
		e, err := embedded.Start(t.Context(), embedded.Options{Dir: dir, Library: embeddedtest.Library(t), HTTPPort: embedded.NoHTTP, Verb: "test", Users: users})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := e.Stop(context.Background()); err != nil {
				t.Error(err)
			}
		})
		return e
	}
	e := start(nil)
	all := as(t, e, "default")
	if _, err := all.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	export{"eotinish", 1, "2026-04-01", []fact{{"a", "2026-03-01", "слова человека"}, {"b", "2026-03-02", "другие"}}}.mustLoad(t, all)
	columns := shown(t, all)
	var users []embedded.User
	for _, r := range Roles() {
		u := embedded.User{Name: r.User, Writes: r.Reads == nil}
		for _, g := range r.grants("qulaq", columns) {
			u.Grants = append(u.Grants, "GRANT "+g)
		}
		users = append(users, u)
	}
	all.Close()
	if err := e.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	e = start(users)
	wantReaders(t, as(t, e, "loader"), as(t, e, "analyst"), as(t, e, "monitor"))
}

// TestRolesOnServer shows the statements for a server. The embedded engine keeps no accounts, so it only parses them.
func TestRolesOnServer(t *testing.T) {
	w := migrated(t)
	columns := map[string][]string{"complaints": {"complaint_id", "text"}, "runs": {"run_id"}, "new_one": {"a"}}
	var all []string
	for _, r := range Roles() {
		for _, s := range r.statements("qulaq", columns) {
			if got := ask(t, w, "EXPLAIN AST "+s); len(got) == 0 {
				t.Errorf("not understood: %s", s)
			}
			all = append(all, s)
		}
	}
	text := strings.Join(all, "\n")
	for _, want := range []string{
		"CREATE ROLE IF NOT EXISTS `qulaq_analyst`",
		"ALTER ROLE `qulaq_analyst` SETTINGS readonly = 2",
		"GRANT SELECT(`complaint_id`, _partition_value) ON `qulaq`.`complaints`, SELECT ON `qulaq`.`runs` TO `qulaq_analyst` WITH REPLACE OPTION",
		"GRANT SELECT ON `qulaq`.`runs` TO `qulaq_monitor` WITH REPLACE OPTION",
		"BACKUP ON `qulaq_being_restored`.*",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "new_one") || strings.Contains(text, "`text`") {
		t.Errorf("too much is granted:\n%s", text)
	}
	_, err := w.MakeRoles(t.Context())
	wantError(t, err, qulaq.Configuration, "no writeable access storage")
	if hint := qulaq.Hint(err); !strings.Contains(hint, "analyst") {
		t.Error(fmt.Sprint("no help: ", hint))
	}
}
