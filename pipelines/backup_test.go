package pipelines

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
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

	// Killed after a number of words with the file system and the server: each time it goes on, or is taken back.
	t.Run("killed anywhere", func(t *testing.T) {
		c := atServer(t, source)
		writeText(t, filepath.Join(c.Data, "reference", "mine.csv"), "mine\n")
		attempt := func(words int, work func(context.Context, *Environment) error) error {
			t.Helper()
			e := newEnvironment(c)
			if err := e.OpenWarehouse(t.Context(), RestoreVerb, Own); err != nil {
				t.Fatal(err)
			}
			defer func() {
				if err := e.Close(context.Background()); err != nil {
					t.Error(err)
				}
			}()
			return work(dyingAfter(t, words), e)
		}
		restore := func(ctx context.Context, e *Environment) error {
			_, err := e.Restore(ctx, RestoreOptions{Folder: folder})
			return err
		}
		undo := func(ctx context.Context, e *Environment) error { return e.UndoRestore(ctx) }
		marked := 0
		for words := 0; ; words += 4 + words/3 {
			err := attempt(words, restore)
			begun := newEnvironment(c).wantWhole()
			if err == nil {
				if begun != nil {
					t.Error(begun)
				}
				break
			}
			if begun == nil {
				continue // it had put nothing there
			}
			// Half of it is not taken for the whole.
			wantError(t, newEnvironment(c).OpenWarehouse(t.Context(), "run", Own), qulaq.Configuration, "a restore was begun here and did not end")
			if marked++; marked%2 == 0 {
				continue // the next one goes on
			}
			if err := attempt(1_000_000, undo); err != nil {
				t.Fatalf("undo after %d words: %v", words, err)
			}
			if got := filesBelow(t, filepath.Join(c.Data, "archive")); len(got) > 0 {
				t.Fatalf("after the undo there are %q", got)
			}
			if got := filesBelow(t, c.Data); len(got) == 0 || slices.ContainsFunc(got, func(path string) bool { return filepath.Base(path) == "note.csv" || filepath.Base(path) == listName }) {
				t.Errorf("after the undo there are %q", got)
			}
		}
		if marked < 6 {
			t.Errorf("it was killed in the middle %d times only", marked)
		}
		got := open(t, c)
		if diff := cmp.Diff(facts, fingerprint(t, got)); diff != "" {
			t.Error(diff)
		}
		wantSound(t, got)
		for name, want := range map[string]string{"mine.csv": "mine\n", "note.csv": "kept\n"} {
			if text, err := os.ReadFile(filepath.Join(c.Data, "reference", name)); err != nil || string(text) != want {
				t.Errorf("%s: %q, %v", name, text, err)
			}
		}
		wantError(t, got.UndoRestore(t.Context()), qulaq.Configuration, "none was begun here")
	})

	// begun is an environment in which a restore was killed when its tables had their names.
	begun := func(t *testing.T) *Environment {
		t.Helper()
		e, err := restored(t, atServer(t, source), folder)
		if err != nil {
			t.Fatal(err)
		}
		list, err := newEnvironment(ownEngine(t.TempDir())).toPut(t.Context(), folder, m)
		if err != nil {
			t.Fatal(err)
		}
		sum, err := sumFile(filepath.Join(folder, manifestName))
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(e.writeList(list), e.mark(restoreMark{From: folder, Manifest: sum, Archive: true, Schema: m.Schema, Tables: m.Tables})); err != nil {
			t.Fatal(err)
		}
		return e
	}
	mine := func(e *Environment) string { return filepath.Join(e.Config.Data, "archive", "objects", "mine") }

	t.Run("killed when the tables had their names", func(t *testing.T) {
		e := begun(t)
		if _, err := e.Restore(t.Context(), RestoreOptions{Folder: folder}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(facts, fingerprint(t, e)); diff != "" {
			t.Error(diff)
		}
	})

	t.Run("what somebody else put there stays", func(t *testing.T) {
		e := begun(t)
		writeText(t, mine(e), "mine")
		journal := filepath.Join(e.Config.Data, "archive", "sightings.ndjson")
		writeText(t, journal, "mine")
		_, err := e.Restore(t.Context(), RestoreOptions{Folder: folder})
		wantError(t, err, qulaq.Configuration, "did not put it there")
		wantError(t, e.UndoRestore(t.Context()), qulaq.Configuration, "not known to be its own")
		if got := filesBelow(t, filepath.Join(e.Config.Data, "archive")); !slices.Equal(got, []string{mine(e), journal}) {
			t.Errorf("there are %q", got)
		}
		remove(t, mine(e))
		remove(t, journal)
		if err := e.UndoRestore(t.Context()); err != nil {
			t.Error(err)
		}
	})

	t.Run("a warehouse that somebody else filled stays", func(t *testing.T) {
		e := begun(t)
		if err := e.Warehouse.Do(t.Context(), "INSERT INTO runs (run_id, pipeline, started_at, state) VALUES ('r', 'complaints', now64(3), 'ok')"); err != nil {
			t.Fatal(err)
		}
		before, files := grown(t, e), filesBelow(t, e.Config.Data)
		wantError(t, e.UndoRestore(t.Context()), qulaq.Configuration, "something else than the restore put there")
		_, err := e.Restore(t.Context(), RestoreOptions{Folder: folder})
		wantError(t, err, qulaq.Configuration, "not empty")
		if diff := cmp.Diff(before, grown(t, e)); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(files, filesBelow(t, e.Config.Data)); diff != "" {
			t.Error(diff)
		}
	})

	t.Run("the backup of another night takes its place", func(t *testing.T) {
		empty := open(t, atServer(t))
		if err := empty.EnsureSchema(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := empty.OpenArchive(); err != nil {
			t.Fatal(err)
		}
		other := filepath.Join(t.TempDir(), "other")
		if _, err := empty.Backup(t.Context(), BackupOptions{Folder: other}); err != nil {
			t.Fatal(err)
		}
		e := begun(t)
		if _, err := e.Restore(t.Context(), RestoreOptions{Folder: other}); err != nil {
			t.Fatal(err)
		}
		if got := ask(t, e, "SELECT count() FROM complaints"); !slices.Equal(got, []string{"0"}) {
			t.Errorf("complaints: %q", got)
		}
		if got := filesBelow(t, filepath.Join(e.Config.Data, "archive", "objects")); len(got) > 0 {
			t.Errorf("objects: %q", got)
		}
		if err := e.wantWhole(); err != nil {
			t.Error(err)
		}
	})

	t.Run("a file that lost its bytes is copied anew", func(t *testing.T) {
		e := begun(t)
		object := glob(t, filepath.Join(e.Config.Data, "archive", "objects", "*", "*"))
		text, err := os.ReadFile(object)
		if err != nil {
			t.Fatal(err)
		}
		writeText(t, object, strings.Repeat("\x00", len(text)))
		if _, err := e.Restore(t.Context(), RestoreOptions{Folder: folder}); err != nil {
			t.Fatal(err)
		}
		if again, err := os.ReadFile(object); err != nil || string(again) != string(text) {
			t.Errorf("it is not: %v", err)
		}
	})

	t.Run("another warehouse is not taken for it", func(t *testing.T) {
		e := begun(t)
		mark, _, err := e.restoreMark()
		if err != nil {
			t.Fatal(err)
		}
		mark.Named = true
		if err := e.mark(mark); err != nil {
			t.Fatal(err)
		}
		c := atServer(t, source)
		c.Data = e.Config.Data
		if err := e.lock.Close(); err != nil {
			t.Fatal(err)
		}
		e.lock = nil
		got, err := restored(t, c, folder)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(facts, fingerprint(t, got)); diff != "" {
			t.Error(diff)
		}
	})

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

// dying is a context that is asked a number of times, and then has ended.
type dying struct {
	context.Context
	end  context.CancelFunc
	left atomic.Int64
}

func dyingAfter(t *testing.T, words int) *dying {
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	d := &dying{Context: ctx, end: cancel}
	d.left.Store(int64(words))
	return d
}

func (d *dying) ask() {
	if d.left.Add(-1) < 0 {
		d.end()
	}
}

func (d *dying) Err() error {
	d.ask()
	return d.Context.Err()
}

func (d *dying) Done() <-chan struct{} {
	d.ask()
	return d.Context.Done()
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

// What was under way where a backup was made keeps nobody waiting where it is restored.
func TestRestoreBuriesRuns(t *testing.T) {
	e := open(t, atServer(t))
	run(t, e)
	if err := e.Warehouse.Do(t.Context(), "INSERT INTO runs (run_id, pipeline, owner, started_at, state) VALUES ('x', 'plans', 'elsewhere', '2026-07-01 08:00:00', 'running')"); err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(t.TempDir(), "backup")
	if _, err := e.Backup(t.Context(), BackupOptions{Folder: folder}); err != nil {
		t.Fatal(err)
	}
	got, err := restored(t, atServer(t), folder)
	if err != nil {
		t.Fatal(err)
	}
	if err := got.OpenArchive(); err != nil {
		t.Fatal(err)
	}
	run(t, got)
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
	wantError(t, err, qulaq.Configuration, "not known to be its own")
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
