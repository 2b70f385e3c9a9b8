package load

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
)

func TestPlace(t *testing.T) {
	for place, want := range map[string]bool{
		"File('/mnt/x')":                       true,
		`File('/mnt/it\'s')`:                   true,
		"Disk('backups', 'night/1')":           true,
		"S3(backups, 'night')":                 true,
		"S3(backups)":                          true,
		"":                                     false,
		"/mnt/x":                               false,
		"S3('https://host/b', 'key', 'sesam')": false,
		"S3( 'https://host/b', 'a', 'sesam')":  false,
		"S3(\n'https://host/b')":               false,
		"S3(backups, 'key', 'sesam')":          false,
		"AzureBlobStorage('key=sesam', 'a')":   false,
		"AzureBlobStorage( 'key=sesam')":       false,
		"AzureBlobStorage(backups, 'a', 'b')":  false,
		"File('/mnt/x') ASYNC":                 false,
		"File('/mnt/x'); DROP TABLE runs":      false,
		"Memory('x')":                          false,
	} {
		if err := Place(place).Check(); (err == nil) != want {
			t.Errorf("%q: %v", place, err)
		}
	}
	for _, path := range []string{"/mnt/x", `/mnt/it's`, `/mnt/back\slash`, "/mnt/қала"} {
		if err := InFolder(path).Check(); err != nil {
			t.Errorf("%q: %v", path, err)
		}
	}
}

// filled is a warehouse with rows in tables of every sort.
func filled(t *testing.T) *Warehouse {
	t.Helper()
	w := migrated(t)
	export{"eotinish", 1, "2026-04-01", []fact{{"a", "2026-03-01", "бірінші"}, {"b", "2026-03-02", "второй"}, {"c", "2026-04-02", ""}}}.mustLoad(t, w)
	for _, statement := range []string{
		"INSERT INTO runs (run_id, pipeline, started_at, state) VALUES ('r', 'complaints', now64(3), 'ok')",
		"INSERT INTO verdicts (run_id, judged_on, obligation_id, openness, openness_parts) VALUES ('r', today(), 'o', 0.5, {'a': 0.25})",
		"INSERT INTO looks (run_id, source, page_hashes) VALUES ('r', 'govkz/aqtobe', ['x', 'y'])",
	} {
		if err := w.Do(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

// another opens an empty database on the same server.
func another(t *testing.T) *Warehouse {
	t.Helper()
	w := connect(t)
	t.Cleanup(func() { // what a restore that failed leaves beside it
		options := *w.options
		options.Auth.Database = ""
		conn, err := clickhouse.Open(&options)
		if err == nil {
			err = errors.Join(conn.Exec(t.Context(), "DROP DATABASE IF EXISTS "+Quote(w.database+restoring)), conn.Close())
		}
		if err != nil && t.Context().Err() == nil {
			t.Error(err)
		}
	})
	return w
}

func TestBackupAndRestore(t *testing.T) {
	w := filled(t)
	folder := t.TempDir()
	sums, place, err := w.Backup(t.Context(), func(int) Place { return InFolder(filepath.Join(folder, "whole")) })
	if err != nil {
		t.Fatal(err)
	}
	tables, err := w.Tables(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(sums) != len(tables) || !slices.ContainsFunc(sums, func(s TableSum) bool { return s.Table == "complaints" && s.Rows == 3 && s.Origins != 0 }) {
		t.Errorf("%d tables, summed up: %v", len(tables), sums)
	}
	to := another(t)
	if err := to.Restore(t.Context(), place, w.Database(), sums); err != nil {
		t.Fatal(err)
	}
	if _, err := to.MigrateIfNew(t.Context()); err != nil {
		t.Fatal(err)
	}
	got, err := to.Contents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i := range sums { // migrations make reference tables anew, with the same rows
		if diff := cmp.Diff(sums[i], got[i]); diff != "" {
			t.Error(diff)
		}
	}
	if n := ask(t, to, "SELECT count() > 0 FROM system.tables WHERE database = currentDatabase() AND engine = 'View'"); n[0] != "1" {
		t.Errorf("are there views: %q", n)
	}
	if living(t, to); !slices.Equal(living(t, to), living(t, w)) {
		t.Error("other complaints")
	}
	// What is there is not overwritten.
	err = to.Restore(t.Context(), place, w.Database(), sums)
	wantError(t, err, qulaq.Configuration, "not empty")
}

func TestBackupWhileSomebodyWrites(t *testing.T) {
	w := migrated(t)
	folder := t.TempDir()
	for writes, want := range map[int]string{1: "try-1", backupTries: ""} {
		sums, place, err := w.Backup(t.Context(), func(try int) Place {
			if try < writes {
				if err := w.Do(t.Context(), "INSERT INTO runs (run_id, state) VALUES ('r', 'ok')"); err != nil {
					t.Fatal(err)
				}
			}
			return InFolder(filepath.Join(folder, fmt.Sprint(writes), fmt.Sprint("try-", try)))
		})
		if want == "" {
			wantError(t, err, qulaq.Transient, "somebody wrote")
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(place), want) {
			t.Errorf("it is at %s", place)
		}
		if now, err := w.Contents(t.Context()); err != nil || !slices.Equal(sums, now) {
			t.Errorf("the sums are of an earlier try: %v and %v, %v", sums, now, err)
		}
	}
	// Where the server may not write it says so.
	_, _, err := w.Backup(t.Context(), func(int) Place { return "Disk('nowhere', 'x')" })
	if err == nil || qulaq.Hint(err) == "" && qulaq.KindOf(err) == qulaq.Configuration {
		t.Errorf("a place that is none: %v", err)
	}
}

func TestBackupIsBroken(t *testing.T) {
	w := filled(t)
	folder := t.TempDir()
	sums, _, err := w.Backup(t.Context(), func(int) Place { return InFolder(filepath.Join(folder, "whole")) })
	if err != nil {
		t.Fatal(err)
	}
	for name, harm := range map[string]func(t *testing.T, folder string, sums []TableSum){
		"a file is gone": func(t *testing.T, folder string, _ []TableSum) {
			if err := os.Remove(someFile(t, folder, "complaints", "data.bin")); err != nil {
				t.Fatal(err)
			}
		},
		"a file is cut": func(t *testing.T, folder string, _ []TableSum) {
			if err := os.Truncate(someFile(t, folder, "complaints", "data.bin"), 10); err != nil {
				t.Fatal(err)
			}
		},
		"a byte is another": func(t *testing.T, folder string, _ []TableSum) {
			path := someFile(t, folder, "complaints", "data.bin")
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			content[len(content)/2] ^= 1
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
		},
		"the list is gone": func(t *testing.T, folder string, _ []TableSum) {
			if err := os.Remove(filepath.Join(folder, ".backup")); err != nil {
				t.Fatal(err)
			}
		},
		"it holds other rows": func(_ *testing.T, _ string, sums []TableSum) { sums[0].Rows++ },
		"it holds other values": func(_ *testing.T, _ string, sums []TableSum) {
			sums[slices.IndexFunc(sums, func(s TableSum) bool { return s.Table == "runs" })].Checksum++
		},
	} {
		t.Run(name, func(t *testing.T) {
			copied, want := t.TempDir(), slices.Clone(sums)
			if err := os.CopyFS(copied, os.DirFS(filepath.Join(folder, "whole"))); err != nil {
				t.Fatal(err)
			}
			harm(t, copied, want)
			to := another(t)
			err := to.Restore(t.Context(), InFolder(copied), w.Database(), want)
			if !errors.Is(err, ErrBroken) || qulaq.Hint(err) == "" {
				t.Fatalf("error: %v", err)
			}
			if there, err := to.Tables(t.Context()); err != nil || len(there) > 0 {
				t.Errorf("the warehouse is not as empty as before: %q, %v", there, err)
			}
		})
	}
}

// TestBackupRestoresOverNobody says that a restore, which drops the database, does so only where everything is the program's.
func TestBackupRestoresOverNobody(t *testing.T) {
	w := migrated(t)
	do := func(statement string) {
		t.Helper()
		if err := w.Do(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	// The schema, its own rows and what a load that died had staged are no reason to refuse.
	do("CREATE TABLE stage_complaints_load1 AS complaints")
	if err := w.WantEmpty(t.Context()); err != nil {
		t.Fatal(err)
	}
	without := ask(t, w, "SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree%' AND name NOT IN "+
		"(SELECT table FROM system.columns WHERE database = currentDatabase() AND name IN ('load_id', 'run_id')) ORDER BY name")
	if !slices.Equal(without, remade) {
		t.Errorf("without load_id and run_id are %q, taken for remade %q", without, remade)
	}
	for _, c := range []struct{ name, kind, of string }{
		{"customers", "TABLE", "(a Int8) ENGINE = MergeTree ORDER BY a"},
		{"customers", "TABLE", "(a Int8) ENGINE = Memory"},
		{"customers", "VIEW", "AS SELECT 1"},
		{"stage_customers", "TABLE", "(a Int8) ENGINE = MergeTree ORDER BY a"},
	} {
		do("CREATE " + c.kind + " " + c.name + " " + c.of)
		err := w.Restore(t.Context(), InFolder("/nowhere"), "x", nil)
		wantError(t, err, qulaq.Configuration, c.name+" is no table of this program")
		if qulaq.Hint(err) == "" {
			t.Error("no hint")
		}
		do("DROP " + c.kind + " " + c.name)
	}
	// A table of the program's name that somebody else filled.
	do("DROP TABLE runs")
	do("CREATE TABLE runs (a Int8) ENGINE = MergeTree ORDER BY a AS SELECT 1")
	wantError(t, w.Restore(t.Context(), InFolder("/nowhere"), "x", nil), qulaq.Configuration, "runs has 1 rows")
}

// someFile finds a file of a table in a backup.
func someFile(t *testing.T, folder, table, name string) (found string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && d.Name() == name && strings.Contains(path, "/"+table+"/") {
			found = path
		}
		return err
	})
	if err != nil || found == "" {
		t.Fatalf("no %s of %s in the backup: %v", name, table, err)
	}
	return found
}
