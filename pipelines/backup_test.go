package pipelines

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/load"
)

// restored restores a backup into an empty place and returns the environment, or what went wrong.
func restored(t *testing.T, c Config, folder string) (*Environment, error) {
	t.Helper()
	e := newEnvironment(c)
	if err := e.OpenWarehouse(t.Context(), RestoreVerb, Own); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		// What a restore that failed leaves beside its database.
		err := e.Warehouse.Do(context.Background(), "DROP DATABASE IF EXISTS "+load.Quote(e.Warehouse.Database()+"_being_restored")+" SYNC")
		if err = errors.Join(err, e.Close(context.Background())); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	_, err := e.Restore(t.Context(), RestoreOptions{Folder: folder})
	return e, err
}

// grown are the sums of the tables that loads and runs fill.
func grown(t *testing.T, e *Environment) []load.TableSum {
	t.Helper()
	all, err := e.Warehouse.Contents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(all, func(s load.TableSum) bool { return s.Origins == 0 })
}

func TestBackupAndRestore(t *testing.T) {
	inbox := t.TempDir()
	overlapping(t, inbox)
	source := ComplaintSource{Source: "eotinish", Path: inbox}
	e := open(t, atServer(t, source))
	if err := run(t, e).Err(); err != nil {
		t.Fatal(err)
	}
	writeText(t, noteOf(e), "kept\n")
	folder := filepath.Join(t.TempDir(), "night")
	m, err := e.Backup(t.Context(), BackupOptions{Folder: folder})
	if err != nil {
		t.Fatal(err)
	}
	if m.Archive == nil || m.Archive.Objects != len(e.Archive.Snapshots("eotinish")) || m.Rows() == 0 || len(m.Reference) != 1 {
		t.Errorf("the manifest says %+v", m)
	}
	want, facts := grown(t, e), fingerprint(t, e)

	t.Run("all of it", func(t *testing.T) {
		got, err := restored(t, atServer(t, source), folder)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, grown(t, got)); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(facts, fingerprint(t, got)); diff != "" {
			t.Error(diff)
		}
		if err := got.OpenArchive(); err != nil {
			t.Fatal(err)
		}
		wantSound(t, got)
		for _, examine := range []func(context.Context) ([]Trouble, error){got.examineArchive, got.examineSnapshots, got.examineFacts, got.examineLoads, got.examineSchema} {
			if troubles, err := examine(t.Context()); err != nil || len(troubles) > 0 {
				t.Errorf("the doctor finds %+v, %v", troubles, err)
			}
		}
		if text, err := os.ReadFile(noteOf(got)); err != nil || string(text) != "kept\n" {
			t.Errorf("reference: %q, %v", text, err)
		}
		if r := run(t, got); r.New() != 0 || r.Err() != nil {
			t.Errorf("the run after it: %+v", r)
		}
		// It is not empty any more.
		_, err = got.Restore(t.Context(), RestoreOptions{Folder: folder})
		wantError(t, err, qulaq.Configuration, "not empty")
	})

	// Where a restore may be killed, and what it has done by then.
	for name, kill := range map[string]func(t *testing.T, e *Environment){
		"when it had begun": func(t *testing.T, e *Environment) {
			half := filepath.Join(e.Config.Data, "archive", "sightings.ndjson")
			writeText(t, half, "{")
			if err := e.mark(restoreMark{From: folder, Archive: true}); err != nil {
				t.Fatal(err)
			}
		},
		"in the middle of the tables": func(t *testing.T, e *Environment) {
			beside := load.Quote(e.Warehouse.Database() + "_being_restored")
			for _, statement := range []string{"CREATE DATABASE " + beside, "CREATE TABLE " + beside + ".runs (a Int8) ENGINE = MergeTree ORDER BY a"} {
				if err := e.Warehouse.Do(t.Context(), statement); err != nil {
					t.Fatal(err)
				}
			}
			if err := e.mark(restoreMark{From: folder, Archive: true}); err != nil {
				t.Fatal(err)
			}
		},
		"when the tables had their names": func(t *testing.T, e *Environment) {
			if err := e.Warehouse.Restore(t.Context(), load.InFolder(filepath.Join(folder, m.Warehouse)), m.Database, m.Tables); err != nil {
				t.Fatal(err)
			}
			if err := e.mark(restoreMark{From: folder, Archive: true}); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run("killed "+name, func(t *testing.T) {
			c := atServer(t, source)
			killed := newEnvironment(c)
			if err := killed.OpenWarehouse(t.Context(), RestoreVerb, Own); err != nil {
				t.Fatal(err)
			}
			kill(t, killed)
			if err := killed.Close(t.Context()); err != nil {
				t.Fatal(err)
			}
			// Half of it is not taken for the whole.
			err := newEnvironment(c).OpenWarehouse(t.Context(), "run", Own)
			wantError(t, err, qulaq.Configuration, "a restore was begun here and did not end")
			got, err := restored(t, c, folder)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(facts, fingerprint(t, got)); diff != "" {
				t.Error(diff)
			}
			if err := got.OpenArchive(); err != nil {
				t.Fatal(err)
			}
			wantSound(t, got)
			if err := got.wantWhole(); err != nil {
				t.Error(err)
			}
		})
	}

	for name, harm := range map[string]func(t *testing.T, folder string){
		"it was not finished": func(t *testing.T, folder string) { remove(t, filepath.Join(folder, manifestName)) },
		"its manifest is cut": func(t *testing.T, folder string) {
			if err := os.Truncate(filepath.Join(folder, manifestName), 40); err != nil {
				t.Fatal(err)
			}
		},
		"an object is gone": func(t *testing.T, folder string) {
			remove(t, glob(t, filepath.Join(folder, "archive", "objects", "*", "*")))
		},
		"an object is another": func(t *testing.T, folder string) {
			writeText(t, glob(t, filepath.Join(folder, "archive", "objects", "*", "*")), "of other hands")
		},
		"its journal is another": func(t *testing.T, folder string) {
			writeText(t, filepath.Join(folder, "archive", "sightings.ndjson"), "")
		},
		"a reference file is gone": func(t *testing.T, folder string) {
			remove(t, filepath.Join(folder, "reference", "note.csv"))
		},
		"the tables are gone": func(t *testing.T, folder string) {
			if err := os.RemoveAll(filepath.Join(folder, "warehouse", "data")); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run("broken: "+name, func(t *testing.T) {
			bad := filepath.Join(t.TempDir(), "bad")
			if err := os.CopyFS(bad, os.DirFS(folder)); err != nil {
				t.Fatal(err)
			}
			harm(t, bad)
			c := atServer(t, source)
			got, err := restored(t, c, bad)
			if !errors.Is(err, ErrBroken) || qulaq.Hint(err) == "" {
				t.Fatalf("error: %v", err)
			}
			if rows := grown(t, got); len(rows) > 0 {
				t.Errorf("the warehouse holds %v", rows)
			}
			if got.wantWhole() == nil && len(filesBelow(t, filepath.Join(c.Data, "archive"))) > 0 {
				t.Error("half of it is taken for the whole")
			}
			if name != "an object is gone" {
				return
			}
			// A good one can be restored in its place.
			if _, err := got.Restore(t.Context(), RestoreOptions{Folder: folder}); err != nil {
				t.Errorf("a good one after it: %v", err)
			}
		})
	}
}

// noteOf is a file among the reference files.
func noteOf(e *Environment) string {
	return filepath.Join(filepath.Dir(e.settlementsFile()), "note.csv")
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

// glob returns the first file that matches.
func glob(t *testing.T, pattern string) string {
	t.Helper()
	found, err := filepath.Glob(pattern)
	if err != nil || len(found) == 0 {
		t.Fatalf("nothing matches %s: %v", pattern, err)
	}
	return found[0]
}

// filesBelow lists the plain files below a folder.
func filesBelow(t *testing.T, folder string) (all []string) {
	t.Helper()
	if err := filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			all = append(all, path)
		}
		return err
	}); err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return all
}

func TestBackupRefuses(t *testing.T) {
	e := open(t, atServer(t))
	if err := e.EnsureSchema(t.Context()); err != nil {
		t.Fatal(err)
	}
	full := t.TempDir()
	writeText(t, filepath.Join(full, "note.txt"), "mine")
	for folder, why := range map[string]string{full: "not empty", filepath.Join(e.Config.Data, "backup"): "inside"} {
		_, err := e.Backup(t.Context(), BackupOptions{Folder: folder})
		wantError(t, err, qulaq.Configuration)
		if why == "not empty" && !strings.Contains(err.Error(), why) {
			t.Error(err)
		}
	}
	// Without the archive, what is restored says nothing of the one that is there.
	folder := filepath.Join(t.TempDir(), "night")
	m, err := e.Backup(t.Context(), BackupOptions{Folder: folder, NoArchive: true})
	if err != nil || m.Archive != nil {
		t.Fatalf("%+v, %v", m, err)
	}
	c := atServer(t)
	writeText(t, filepath.Join(c.Data, "archive", "objects", "mine"), "mine")
	if _, err := restored(t, c, folder); err != nil {
		t.Fatal(err)
	}
	if len(filesBelow(t, filepath.Join(c.Data, "archive"))) == 0 {
		t.Error("the archive that was there is gone")
	}
	// Nor does it take away what a restore of another backup had begun to put there, nor leave it as if it were its own.
	c = atServer(t)
	half := filepath.Join(c.Data, "archive", "objects", "half")
	writeText(t, half, "half")
	if err := newEnvironment(c).mark(restoreMark{From: "/other", Archive: true}); err != nil {
		t.Fatal(err)
	}
	begun, err := restored(t, c, folder)
	wantError(t, err, qulaq.Configuration, "has no archive to put in its place")
	if hint := qulaq.Hint(err); !strings.Contains(hint, filepath.Join(c.Data, "archive")) || !strings.Contains(hint, "/other") {
		t.Errorf("the hint is %q", hint)
	}
	remove(t, half)
	if _, err := begun.Restore(t.Context(), RestoreOptions{Folder: folder}); err != nil {
		t.Errorf("when it was removed: %v", err)
	}
	// A newer program's schema is not read.
	text, err := os.ReadFile(filepath.Join(folder, manifestName))
	if err != nil {
		t.Fatal(err)
	}
	writeText(t, filepath.Join(folder, manifestName), strings.Replace(string(text), `"schema": `, `"schema": 9`, 1))
	_, err = restored(t, atServer(t), folder)
	wantError(t, err, qulaq.Configuration, "migrations")
}

// TestRestoreOverwritesNoReference restores beside reference files that are there already.
func TestRestoreOverwritesNoReference(t *testing.T) {
	e := open(t, atServer(t))
	if err := e.EnsureSchema(t.Context()); err != nil {
		t.Fatal(err)
	}
	writeText(t, noteOf(e), "kept\n")
	folder := filepath.Join(t.TempDir(), "night")
	if _, err := e.Backup(t.Context(), BackupOptions{Folder: folder, NoArchive: true}); err != nil {
		t.Fatal(err)
	}
	c := atServer(t)
	note := noteOf(newEnvironment(c))
	mine := filepath.Join(filepath.Dir(note), "mine.csv")
	writeText(t, mine, "mine\n")
	writeText(t, note, "mine\n")
	got, err := restored(t, c, folder)
	wantError(t, err, qulaq.Configuration, "another one than was backed up")
	for name, text := range map[string]string{"the same size": "mine\n", "another size": "mine, too\n"} {
		writeText(t, note, text)
		_, err := got.Restore(t.Context(), RestoreOptions{Folder: folder})
		wantError(t, err, qulaq.Configuration, "another one than was backed up")
		if there, err := os.ReadFile(note); err != nil || string(there) != text {
			t.Errorf("%s: it holds %q, %v", name, there, err)
		}
		if err := got.wantWhole(); err != nil {
			t.Errorf("%s: the data folder is marked: %v", name, err)
		}
	}
	writeText(t, note, "kept\n")
	if _, err := got.Restore(t.Context(), RestoreOptions{Folder: folder}); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{note: "kept\n", mine: "mine\n"} {
		if there, err := os.ReadFile(path); err != nil || string(there) != want {
			t.Errorf("%s holds %q, %v", path, there, err)
		}
	}
	// What is read back is proved: a file that an earlier hand left in its size is not taken for the one backed up.
	want, err := sumFolder(filepath.Join(folder, "reference"))
	if err != nil {
		t.Fatal(err)
	}
	writeText(t, note, "mine\n")
	err = restoreReference(t.Context(), filepath.Join(folder, "reference"), filepath.Dir(note), want)
	wantError(t, err, qulaq.Configuration, "not what is read back")
}
