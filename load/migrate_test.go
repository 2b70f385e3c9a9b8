package load

import (
	"context"
	"io/fs"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	warehousesql "github.com/qulaq-kz/qulaq/sql"
)

// schema describes every table and column of the database.
func schema(t *testing.T, w *Warehouse) []string {
	t.Helper()
	return append(
		ask(t, w, "SELECT name, create_table_query FROM system.tables WHERE database = currentDatabase() ORDER BY name"),
		ask(t, w, "SELECT table, name, type, comment FROM system.columns WHERE database = currentDatabase() ORDER BY table, position")...)
}

func files(t *testing.T) []string {
	t.Helper()
	migrations, err := warehousesql.Migrations()
	if err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(migrations, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestMigrateTwice(t *testing.T) {
	w := connect(t)
	if has, err := w.HasSchema(t.Context()); has || err != nil {
		t.Errorf("an empty database has a schema: %t, %v", has, err)
	}
	applied, err := w.Migrate(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(files(t), applied); diff != "" {
		t.Errorf("applied at first (-want +got):\n%s", diff)
	}
	if has, err := w.HasSchema(t.Context()); !has || err != nil {
		t.Errorf("a migrated database has no schema: %t, %v", has, err)
	}
	before := schema(t, w)
	export{Source: "eotinish", Hash: 1, Made: "2026-05-01", Facts: []fact{{"1", "2026-04-01", "т"}}}.mustLoad(t, w)
	if applied, err = w.Migrate(t.Context()); err != nil || len(applied) != 0 {
		t.Errorf("the second time it applied %q, %v", applied, err)
	}
	if diff := cmp.Diff(before, schema(t, w)); diff != "" {
		t.Errorf("the second time changed the schema (-first +second):\n%s", diff)
	}
	if got := living(t, w); len(got) != 1 {
		t.Errorf("the second time changed the facts: %q", got)
	}
	// Where the schema is the program's nothing is made anew; where it is another's, all is.
	for _, again := range []bool{false, true} {
		if again {
			if err := w.Do(t.Context(), "ALTER TABLE "+migrationsTable+" MODIFY COMMENT 'schema of another program'"); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Do(t.Context(), "DROP VIEW complaint_trends"); err != nil && !again {
			t.Fatal(err)
		}
		if _, err := w.MigrateIfNew(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := ask(t, w, "SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'complaint_trends'"); (n[0] == "1") != again {
			t.Errorf("another program's schema: %t; views: %s", again, n[0])
		}
	}
}

func TestEverythingHasAComment(t *testing.T) {
	w := migrated(t)
	views, err := warehousesql.Views()
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, v := range views {
		want = append(want, v.Name)
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, ask(t, w, "SELECT name FROM system.tables WHERE database = currentDatabase() AND engine = 'View' ORDER BY name")); diff != "" {
		t.Errorf("views (-files +warehouse):\n%s", diff)
	}
	if n := ask(t, w, "SELECT count() FROM system.tables WHERE database = currentDatabase() AND engine = 'MergeTree' AND name != ?", migrationsTable); n[0] != "27" {
		t.Errorf("%s tables, want 27: is this the whole schema?", n[0])
	}
	if bare := ask(t, w, "SELECT name FROM system.tables WHERE database = currentDatabase() AND name != ? AND empty(trim(comment))", migrationsTable); len(bare) > 0 {
		t.Errorf("without a comment: %q", bare)
	}
	if bare := ask(t, w, "SELECT table, name FROM system.columns WHERE database = currentDatabase() AND table != ? AND empty(trim(comment)) "+
		"AND table NOT IN (SELECT name FROM system.tables WHERE database = currentDatabase() AND engine = 'View')", migrationsTable); len(bare) > 0 {
		t.Errorf("columns without a comment: %q", bare)
	}
}

func TestMigrationsGoDownAndUpAgain(t *testing.T) {
	w := migrated(t)
	before := schema(t, w)
	migrations, err := warehousesql.Migrations()
	if err != nil {
		t.Fatal(err)
	}
	provider, db, err := w.provider(migrations)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for range files(t) {
		if _, err := provider.Down(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	if left := ask(t, w, "SELECT name FROM system.tables WHERE database = currentDatabase() AND engine != 'View' AND name != ?", migrationsTable); len(left) > 0 {
		t.Errorf("left after all went down: %q", left)
	}
	if _, err := w.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, schema(t, w)); diff != "" {
		t.Errorf("down and up again (-before +after):\n%s", diff)
	}
}
