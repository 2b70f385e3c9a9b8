package embedded

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
)

// deadPID returns the id of a process that has ended.
func deadPID(t *testing.T) int {
	t.Helper()
	cmd := exec.Command("true")
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	return cmd.Process.Pid
}

// held locks a folder in the name of an owner.
func held(t *testing.T, dir string, o owner) *os.File {
	t.Helper()
	f, err := tryLock(filepath.Join(dir, "lock"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	if o.PID != 0 {
		if err := writeOwner(f, o); err != nil {
			t.Fatal(err)
		}
	}
	return f
}

func TestOwnFolderWaitsForTheDeadOnly(t *testing.T) {
	const patience = 300 * time.Millisecond
	since := time.Date(2026, 5, 1, 10, 0, 0, 0, qulaq.Almaty())
	alive := owner{PID: os.Getpid(), Verb: "run", Since: since, TCP: 9000}
	lends := owner{PID: os.Getpid(), Verb: "clickhouse", Since: since, TCP: 9000}
	dead := owner{PID: deadPID(t), Verb: "run", Engine: 4711}
	for name, test := range map[string]struct {
		holder owner // of PID 0: the lock file says nothing
		waits  bool
		says   string
		hint   string // the whole of it
	}{
		"living":  {alive, false, "(run) since 2026-05-01T10:00:00+05:00", "stop it"},
		"lending": {lends, false, "(clickhouse) since ", `stop it, or set "warehouse: clickhouse://127.0.0.1:9000/qulaq" to use it`},
		"dead":    {dead, true, "engine pid 4711", "wait for pid 4711 to end, or end it"},
		"unknown": {owner{}, true, "another program", "stop that program"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			held(t, dir, test.holder)
			begun := time.Now()
			_, err := ownFolder(t.Context(), dir, patience)
			if waited := time.Since(begun) >= patience; waited != test.waits {
				t.Errorf("it waited %v", time.Since(begun))
			}
			if qulaq.KindOf(err) != qulaq.Locked || !strings.Contains(err.Error(), test.says) || qulaq.Hint(err) != test.hint {
				t.Errorf("kind %v, %v (%s)", qulaq.KindOf(err), err, qulaq.Hint(err))
			}
		})
	}
}

func TestOwnFolderAfterTheDeadHasLetGo(t *testing.T) {
	dir := t.TempDir()
	f := held(t, dir, owner{PID: deadPID(t)})
	time.AfterFunc(200*time.Millisecond, func() { f.Close() })
	mine, err := ownFolder(t.Context(), dir, 10*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	defer mine.Close()
	if text, err := os.ReadFile(mine.Name()); err != nil || len(text) != 0 {
		t.Errorf("the lock file still tells of the last owner: %q, %v", text, err)
	}
}

func TestOwnFolderIsCalledOff(t *testing.T) {
	dir := t.TempDir()
	held(t, dir, owner{PID: deadPID(t)})
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := ownFolder(ctx, dir, time.Minute); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

func TestOwnFolderThatCannotBeLocked(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "lock"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := ownFolder(t.Context(), dir, time.Minute); qulaq.KindOf(err) != qulaq.Configuration {
		t.Errorf("kind %v: %v", qulaq.KindOf(err), err)
	}
}

func TestLockIsHeldByEveryCopy(t *testing.T) {
	dir := t.TempDir()
	f := held(t, dir, owner{PID: os.Getpid()})
	child := exec.Command("sleep", "60")
	child.ExtraFiles = []*os.File{f}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	f.Close()
	if _, err := tryLock(f.Name()); err != errLocked {
		t.Errorf("while a child holds it: %v", err)
	}
	_ = child.Process.Kill()
	_ = child.Wait()
	again, err := tryLock(f.Name())
	if err != nil {
		t.Fatal(err)
	}
	again.Close()
}

func TestOwnerRoundTrip(t *testing.T) {
	dir := t.TempDir()
	f := held(t, dir, owner{PID: 1, Verb: strings.Repeat("long", 100)}) // a longer one first
	want := owner{PID: 42, Verb: "clickhouse", Since: time.Date(2026, 5, 1, 5, 0, 0, 0, time.UTC), TCP: 9000, HTTP: 8123, Engine: 43}
	if err := writeOwner(f, want); err != nil {
		t.Fatal(err)
	}
	r, err := os.Open(f.Name())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	got, ok := readOwner(r)
	if diff := cmp.Diff(want, got); !ok || diff != "" {
		t.Errorf("ok %v\n%s", ok, diff)
	}
}

func FuzzReadOwner(f *testing.F) {
	f.Add(`{"pid":42,"verb":"run","since":"2026-05-01T10:00:00+05:00","tcp_port":9000}`)
	f.Add(`{"pid":-1}`)
	f.Add(`{"pid":1`)
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		o, ok := readOwner(strings.NewReader(text))
		if ok != (o.PID > 0) { // kill(2) of 0 or less means process groups
			t.Errorf("ok %v, %+v", ok, o)
		}
	})
}
