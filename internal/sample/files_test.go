package sample

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
)

func mustMake(t *testing.T, folder string, files []File, force bool) Manifest {
	t.Helper()
	m, err := Make(t.Context(), folder, files, force)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestDemoOnDisk(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "new", "demo")
	files := Demo(2000, 1)
	made := mustMake(t, folder, files, false)
	var rows int64
	for _, f := range files {
		export, err := os.ReadFile(filepath.Join(folder, f.Name))
		if err != nil {
			t.Fatal(err)
		}
		want, direct := makeSample(t, f.Spec)
		if string(export) != string(direct) {
			t.Errorf("%s is not what Write gives", f.Name)
		}
		if diff := cmp.Diff(want, made.Files[f.Name].Truth); diff != "" {
			t.Error(diff)
		}
		rows += want.Rows
	}
	if rows != 2000 {
		t.Errorf("%d rows in all", rows)
	}
	read, err := readManifest(folder)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(made, read); diff != "" {
		t.Errorf("%s differs:\n%s", TruthName, diff)
	}
	names, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(names) != len(files)+1 {
		t.Errorf("in the folder: %v, %v", names, err)
	}
}

func TestMakeSkipsWhatIsThere(t *testing.T) {
	folder := t.TempDir()
	old := time.Unix(1_000_000_000, 0)
	path := filepath.Join(folder, "bench_500.csv")
	mustMake(t, folder, Bench(500, 1), false)
	mustMake(t, folder, Bench(600, 1), false)
	for _, step := range []struct {
		name  string
		spoil func() error
		seed  uint64
		force bool
		anew  bool
	}{
		{"the same", func() error { return nil }, 1, false, false},
		{"force", func() error { return nil }, 1, true, true},
		{"another seed", func() error { return nil }, 2, false, true},
		{"cut short", func() error { return os.Truncate(path, 100) }, 2, false, true},
		{"lost", func() error { return os.Remove(path) }, 2, false, true},
		{"truth lost", func() error { return os.Remove(filepath.Join(folder, TruthName)) }, 2, false, true},
	} {
		if err := step.spoil(); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, old, old); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		made := mustMake(t, folder, Bench(500, step.seed), step.force)
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if anew := !info.ModTime().Equal(old); anew != step.anew {
			t.Errorf("%s: made anew: %v", step.name, anew)
		}
		if made.Files["bench_500.csv"].Truth.Bytes != info.Size() {
			t.Errorf("%s: the truth says %d bytes of %d", step.name, made.Files["bench_500.csv"].Truth.Bytes, info.Size())
		}
	}
}

func TestMakeKeepsTheTruthOfOtherFiles(t *testing.T) {
	folder := t.TempDir()
	mustMake(t, folder, Bench(500, 1), false)
	if made := mustMake(t, folder, Bench(600, 1), false); len(made.Files) != 2 {
		t.Errorf("%d files are known", len(made.Files))
	}
}

func TestMakeInterrupted(t *testing.T) {
	folder := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Make(ctx, folder, Bench(500, 1), false); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if left, _ := filepath.Glob(filepath.Join(folder, "*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestMakeFails(t *testing.T) {
	broken := t.TempDir()
	if err := os.WriteFile(filepath.Join(broken, TruthName), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	notFolder := filepath.Join(broken, TruthName)
	occupied := t.TempDir()
	if err := os.MkdirAll(filepath.Join(occupied, "bench_500.csv", "inside"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, folder := range map[string]string{"broken truth": broken, "no folder": notFolder, "occupied": occupied} {
		if _, err := Make(t.Context(), folder, Bench(500, 1), false); qulaq.KindOf(err) != qulaq.Configuration {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Make(t.Context(), broken, Bench(500, 1), true); err != nil {
		t.Errorf("force does not mend a broken truth: %v", err)
	}
	if _, err := Make(t.Context(), t.TempDir(), Bench(0, 1), false); qulaq.KindOf(err) != qulaq.Configuration {
		t.Errorf("no rows: %v", err)
	}
}
