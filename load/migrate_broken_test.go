package load

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	warehousesql "github.com/qulaq-kz/qulaq/sql"
)

// schemaOf is the schema without the name of its database.
func schemaOf(t *testing.T, w *Warehouse) []string {
	t.Helper()
	return strings.Split(strings.ReplaceAll(strings.Join(schema(t, w), "\x00"), w.database+".", ""), "\x00")
}

// The engine has no transactions: a program that is killed in the middle of a migration leaves a part of it, or all of it
// without the note that it was applied, and the next one begins it again. So every statement of a migration can be said twice.
func TestMigrationsThatBrokeOff(t *testing.T) {
	want := migrated(t)
	w := connect(t)
	migrations, err := warehousesql.Migrations()
	if err != nil {
		t.Fatal(err)
	}
	provider, db, err := w.provider(migrations)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, source := range provider.ListSources() {
		text, err := fs.ReadFile(migrations, source.Path)
		if err != nil {
			t.Fatal(err)
		}
		up, _, ok := strings.Cut(string(text), "-- +goose Down")
		if !ok {
			t.Fatalf("%s has no way down", source.Path)
		}
		for _, statement := range split(up) {
			if err := w.Do(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := provider.UpTo(t.Context(), source.Version); err != nil {
			t.Fatalf("%s, when all of it was done and not noted: %v", source.Path, err)
		}
	}
	if _, err := w.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	const facts = "SELECT * FROM (SELECT 'population', count(), sum(people) FROM population UNION ALL SELECT 'meeting_norms', count(), sum(meetings) FROM meeting_norms) ORDER BY 1"
	for name, of := range map[string]func(*Warehouse) []string{
		"schema": func(w *Warehouse) []string { return schemaOf(t, w) },
		"rows":   func(w *Warehouse) []string { return ask(t, w, facts) },
	} {
		if diff := cmp.Diff(of(want), of(w)); diff != "" {
			t.Errorf("%s (-undisturbed +broken off):\n%s", name, diff)
		}
	}
}

// The table of migrations is made before its first row is written; killed in between, the next run goes on.
func TestMigrationsThatHardlyBegan(t *testing.T) {
	other := migrated(t)
	w := connect(t)
	text := ask(t, other, "SELECT create_table_query FROM system.tables WHERE database = currentDatabase() AND name = ?", migrationsTable)[0]
	_, columns, _ := strings.Cut(text, "(")
	if err := w.Do(t.Context(), "CREATE TABLE "+migrationsTable+" ("+columns); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(schemaOf(t, other), schemaOf(t, w)); diff != "" {
		t.Errorf("(-undisturbed +broken off):\n%s", diff)
	}
}
