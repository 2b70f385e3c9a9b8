package warehousesql_test

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq/load"
	warehousesql "github.com/qulaq-kz/qulaq/sql"
)

var update = flag.Bool("update", false, "write docs/dictionary.md anew from the schema")

const dictionaryPage = "../docs/dictionary.md"

// TestDictionary holds the page to the schema: every table and view, every column, with the comments that the warehouse itself
// shows. The order is that of the files of this folder.
func TestDictionary(t *testing.T) {
	w := warehouse(t)
	views, err := warehousesql.Views()
	if err != nil {
		t.Fatal(err)
	}
	var viewNames []string
	for _, v := range views {
		viewNames = append(viewNames, v.Name)
	}
	tables := slices.DeleteFunc(
		ask(t, w, "SELECT name FROM system.tables WHERE database = currentDatabase() AND engine != 'View' AND name != 'schema_migrations' ORDER BY name"),
		func(name string) bool { return slices.Contains(viewNames, name) })
	made := strings.ReplaceAll(migrationText(t), "CREATE TABLE IF NOT EXISTS ", "CREATE TABLE ")
	slices.SortStableFunc(tables, func(a, b string) int {
		return strings.Index(made, "CREATE TABLE "+a+"\n") - strings.Index(made, "CREATE TABLE "+b+"\n")
	})

	var b strings.Builder
	b.WriteString(`# Dictionary

Every table and view of the warehouse, with its columns, made from the comments that the schema carries: the same that
` + "`DESCRIBE TABLE`" + ` shows. ` + "`go test ./sql -run Dictionary -update`" + ` makes this page anew; the test fails while page and schema differ.

A column of a view for which the view has no words of its own means what the column of that name means in the table that the view
reads. A type is that of ClickHouse, without LowCardinality, which only says how a column is kept; "or null" is Nullable. Times are
those of Asia/Almaty, codes of places are KATO, money is in tenge.

`)
	contents := func(heading string, names []string) {
		fmt.Fprintf(&b, "%s: ", heading)
		for i, name := range names {
			if i > 0 {
				b.WriteString(", ")
			}
			fmt.Fprintf(&b, "[%s](#%[1]s)", name)
		}
		b.WriteString("\n\n")
	}
	contents("Tables", tables)
	contents("Views", viewNames)
	b.WriteString("## Tables\n\n")
	for _, name := range tables {
		if silent := section(t, &b, w, name); len(silent) > 0 {
			t.Errorf("columns of %s have no comment: %q", name, silent)
		}
	}
	b.WriteString("## Views\n\nA view holds nothing: it is asked anew each time.\n\n")
	for _, name := range viewNames {
		if silent := section(t, &b, w, name); len(silent) > 0 {
			t.Errorf("columns of %s without a meaning: %q", name, silent)
		}
	}
	page := strings.TrimRight(b.String(), "\n") + "\n"
	if *update {
		if err := os.WriteFile(dictionaryPage, []byte(page), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(dictionaryPage)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(have), page); diff != "" {
		t.Errorf("the page is not that of the schema; go test ./sql -run Dictionary -update makes it anew (-page +schema):\n%s", diff)
	}
}

// section writes what a table or view is and what its columns mean, and returns the columns that do not say it.
func section(t *testing.T, b *strings.Builder, w *load.Warehouse, name string) (silent []string) {
	t.Helper()
	about := ask(t, w, "SELECT comment FROM system.tables WHERE database = currentDatabase() AND name = '"+name+"'")
	fmt.Fprintf(b, "### %s\n\n%s.\n\n| column | type | meaning |\n|---|---|---|\n", name, strings.TrimSuffix(cell(about[0]), "."))
	columns := ask(t, w, "SELECT name, type, comment FROM system.columns WHERE database = currentDatabase() AND table = '"+name+"' ORDER BY position")
	for _, c := range columns {
		parts := strings.SplitN(c, " | ", 3)
		if parts[2] == "" {
			parts[2] = inherited(t, w, name, parts[0])
		}
		if parts[2] == "" {
			silent = append(silent, parts[0])
		}
		fmt.Fprintf(b, "| `%s` | %s | %s |\n", parts[0], typeForPeople(parts[1]), cell(parts[2]))
	}
	b.WriteString("\n")
	return silent
}

var readsFrom = regexp.MustCompile(`(?:FROM|JOIN) \w+\.(\w+)`)

// inherited returns the comment of the column of this name in the first table or view, in the order of the text, that a view
// reads and that has one; empty when there is none.
func inherited(t *testing.T, w *load.Warehouse, view, column string) string {
	t.Helper()
	text := ask(t, w, "SELECT as_select FROM system.tables WHERE database = currentDatabase() AND name = '"+view+"'")
	for _, read := range readsFrom.FindAllStringSubmatch(text[0], -1) {
		found := ask(t, w, "SELECT comment FROM system.columns WHERE database = currentDatabase() AND table = '"+read[1]+"' AND name = '"+column+"'")
		if len(found) == 0 {
			continue
		}
		if found[0] != "" {
			return found[0]
		}
		if above := inherited(t, w, read[1], column); above != "" {
			return above
		}
	}
	return ""
}

var wrapped = regexp.MustCompile(`^(LowCardinality|Nullable)\((.*)\)$`)

// typeForPeople tells a type without how it is kept.
func typeForPeople(typ string) string {
	null := ""
	for m := wrapped.FindStringSubmatch(typ); m != nil; m = wrapped.FindStringSubmatch(typ) {
		if typ = m[2]; m[1] == "Nullable" {
			null = " or null"
		}
	}
	typ = strings.NewReplacer("('Asia/Almaty')", "", ", 'Asia/Almaty'", "", "LowCardinality(String)", "String").Replace(typ)
	return cell(typ) + null
}

// cell makes a text one that a table of Markdown can hold.
func cell(text string) string {
	return strings.NewReplacer("|", "\\|", "\n", " ", "<", "&lt;").Replace(text)
}

// migrationText returns all migrations, one after another.
func migrationText(t *testing.T) string {
	t.Helper()
	migrations, err := warehousesql.Migrations()
	if err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(migrations, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, name := range names {
		text, err := fs.ReadFile(migrations, name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	return all.String()
}
