package pipelines

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/cable"
	"github.com/qulaq-kz/qulaq/internal/sample"
	"github.com/qulaq-kz/qulaq/load"
	"github.com/qulaq-kz/qulaq/load/embedded"
	"github.com/qulaq-kz/qulaq/load/embedded/embeddedtest"
)

// Each failure of docs/OPERATIONS.md has a test. Those of the program and of its own engine are in kill_test.go, those of a
// service in serve_test.go and schedule_test.go, two writers in complaints_test.go; here are those of a server and of disks.

// tooFull is more free space than any disk has: the server refuses inserts as it does when its disk is full.
const tooFull = "1000000000000000"

// behind is a server that the program reaches by a cable.
type behind struct {
	*cable.Cable
	server *embedded.Engine
	folder string
	e      *Environment // at work
}

// behindCable makes a server of one test's own, so that it can be restarted.
func behindCable(t *testing.T) *behind {
	t.Helper()
	b := &behind{folder: t.TempDir()}
	b.start(t)
	t.Cleanup(func() {
		if err := b.server.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	var err error
	if b.Cable, err = cable.New(b.server.Addr()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

func (b *behind) start(t *testing.T) {
	t.Helper()
	var err error
	if b.server, err = embedded.Start(context.Background(), embedded.Options{
		Dir: b.folder, Library: embeddedtest.Library(t), HTTPPort: embedded.NoHTTP, Memory: 2 << 30, Verb: "test",
	}); err != nil {
		t.Fatal(err)
	}
}

// stop ends the server, and all connections with it.
func (b *behind) stop(t *testing.T) {
	t.Helper()
	if err := b.server.Stop(context.Background()); err != nil {
		t.Error(err)
	}
	b.server = nil
	b.Cut()
}

// mend brings back what is gone.
func (b *behind) mend(t *testing.T) {
	t.Helper()
	b.Mend()
	if b.server == nil {
		b.start(t)
		b.Lead(b.server.Addr())
	}
}

// restart is what an update of the machine does.
func (b *behind) restart(t *testing.T) {
	t.Helper()
	b.stop(t)
	b.mend(t)
}

// fill makes the disk of a table full, and empty again.
func (b *behind) fill(t *testing.T, table, full string) {
	t.Helper()
	if err := b.e.Warehouse.Do(context.Background(), "ALTER TABLE "+table+" MODIFY SETTING min_free_disk_bytes_to_perform_insert = "+full); err != nil {
		t.Error(err)
	}
}

// TestProveTheServerFails lets a server fail in the middle of a night's second load. The run says what happened, what was loaded
// before stays, and the next run of the same process gives what an undisturbed one gives.
func TestProveTheServerFails(t *testing.T) {
	inbox := t.TempDir()
	overlapping(t, inbox)
	want, _ := undisturbed(t, inbox)
	const fine = qulaq.Kind(255)
	b := behindCable(t)
	config := ownEngine(t.TempDir(), ComplaintSource{Source: "eotinish", Path: inbox})
	config.Warehouse = Secret("clickhouse://" + b.Addr() + "/qulaq" + embeddedtest.Hurried)
	b.e = open(t, config)
	if err := b.e.Prepare(t.Context()); err != nil {
		t.Fatal(err)
	}
	full := func(table string) func(*testing.T, *behind) {
		return func(t *testing.T, b *behind) { b.fill(t, table, tooFull) }
	}
	for _, c := range []struct {
		name   string
		step   load.Step
		nth    int // of that step in the run
		strike func(*testing.T, *behind)
		kind   qulaq.Kind // of what the run says; fine when it gets over it
		hint   string     // a word of it
	}{
		{"the network is cut in the middle of the rows", load.StepStage, 2, func(_ *testing.T, b *behind) { b.CutInMessage(2000) }, qulaq.Transient, ""},
		{"the answer to the intent is lost", load.StepIntent, 2, func(_ *testing.T, b *behind) { b.LoseAnswer() }, qulaq.Transient, ""},
		{"the answer to a swap is lost", load.StepSwap, 5, func(_ *testing.T, b *behind) { b.LoseAnswer() }, qulaq.Transient, ""},
		{"the answer to the completion is lost", load.StepRecord, 2, func(_ *testing.T, b *behind) { b.LoseAnswer() }, qulaq.Transient, ""},
		{"the network is cut while nothing is asked", load.StepStaged, 2, func(_ *testing.T, b *behind) { b.Cut() }, fine, ""},
		{"the server is restarted between two swaps", load.StepSwap, 5, func(t *testing.T, b *behind) { b.restart(t) }, fine, ""},
		{"the server stops between two swaps", load.StepSwap, 5, func(t *testing.T, b *behind) { b.stop(t) }, qulaq.Transient, ""},
		{"the disk is full when rows come", load.StepClean, 1, full("complaints"), qulaq.Configuration, "disk is full"},
		{"the disk is full when the intent is written", load.StepIntent, 2, full("loads"), qulaq.Configuration, "disk is full"},
		{"the disk is full when rejects are written", load.StepRecord, 1, full("rejects"), qulaq.Configuration, "disk is full"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, table := range []string{"complaints", "bodies", "loads", "runs", "snapshots", "rejects", "findings"} {
				if err := b.e.Warehouse.Do(t.Context(), "TRUNCATE TABLE "+table+" SYNC"); err != nil {
					t.Fatal(err)
				}
			}
			n := 0
			b.e.Step = func(s load.Step) error {
				if s == c.step {
					if n++; n == c.nth {
						c.strike(t, b)
					}
				}
				return nil
			}
			r, err := b.e.RunComplaints(t.Context())
			err = errors.Join(err, r.Err())
			if c.kind != fine {
				wantError(t, err, c.kind)
			} else if err != nil {
				t.Error(err)
			}
			if hint := qulaq.Hint(err); !strings.Contains(hint, c.hint) {
				t.Errorf("the hint is %q, it should speak of %q", hint, c.hint)
			}
			if n < c.nth {
				t.Fatalf("there was no %s %d: nothing was struck", c.step, c.nth)
			}
			b.e.Step = nil
			b.mend(t)
			for _, table := range []string{"complaints", "loads", "rejects"} {
				b.fill(t, table, "0")
			}
			if got := ask(t, b.e, "SELECT countIf(complaint_id LIKE 'm%') FROM complaints"); got[0] != "40" {
				t.Errorf("of the 40 complaints of March that were loaded %s are there", got[0])
			}
			if err := run(t, b.e).Err(); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, fingerprint(t, b.e)); diff != "" {
				t.Errorf("after another run (-undisturbed +got):\n%s", diff)
			}
			wantSound(t, b.e)
		})
	}
}

// A server that gives a query too little memory fails the run; with more the next one ends well.
func TestTheServerHasTooLittleMemory(t *testing.T) {
	inbox := t.TempDir()
	path := filepath.Join(inbox, "eotinish_2026-07-01.csv")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = sample.Write(f, sample.Spec{Format: sample.AnalyticText, Rows: 10_000, Seed: 3, Repeats: 0.01})
	if err = errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	settle(t, path)
	c := atServer(t, ComplaintSource{Source: "eotinish", Path: inbox})
	short := c
	short.Bounds.MemoryServer = 5 << 20
	e := newEnvironment(short)
	attach(t, e)
	r, err := e.RunComplaints(t.Context())
	err = errors.Join(err, r.Err())
	wantError(t, err, qulaq.Transient, "memory limit")
	if hint := qulaq.Hint(err); !strings.Contains(hint, "`bounds.memory_server`") || !strings.Contains(hint, "`engine.memory`") {
		t.Errorf("the hint names no keys of the configuration: %q", hint)
	}
	if err := e.Close(t.Context()); err != nil {
		t.Error(err)
	}
	e = open(t, c)
	if r := run(t, e); r.New() != 1 || r.Err() != nil {
		t.Errorf("with more memory: %+v", r)
	}
	wantSound(t, e)
}

// A disk that is full where the archive lies loads nothing, and says so; with space the next run ends well.
func TestTheArchiveHasNoSpace(t *testing.T) {
	const full = "/dev/full" // answers every write as a full disk does
	if _, err := os.Stat(full); err != nil {
		t.Fatal(err)
	}
	inbox := t.TempDir()
	overlapping(t, inbox)
	want, _ := undisturbed(t, inbox)
	e := open(t, atServer(t, ComplaintSource{Source: "eotinish", Path: inbox}))
	journal := filepath.Join(e.Archive.Dir(), "sightings.ndjson")
	if err := errors.Join(os.Remove(journal), os.Symlink(full, journal)); err != nil {
		t.Fatal(err)
	}
	r, err := e.RunComplaints(t.Context())
	err = errors.Join(err, r.Err())
	wantError(t, err, qulaq.Configuration, "no space left")
	if !strings.Contains(qulaq.Hint(err), "space") {
		t.Errorf("the hint is %q", qulaq.Hint(err))
	}
	if got := ask(t, e, "SELECT count() FROM complaints"); got[0] != "0" {
		t.Errorf("%s complaints are of files that nobody keeps", got[0])
	}
	if err := os.Remove(journal); err != nil {
		t.Fatal(err)
	}
	if err := run(t, e).Err(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, fingerprint(t, e)); diff != "" {
		t.Errorf("after another run (-undisturbed +got):\n%s", diff)
	}
}

// What is loaded does not depend on the clock: it may jump between two runs, forward or back, and the newest export wins.
func TestTheClockJumps(t *testing.T) {
	for _, jump := range []time.Duration{400 * 24 * time.Hour, -400 * 24 * time.Hour, -time.Second} {
		t.Run(fmt.Sprint(jump), func(t *testing.T) {
			inbox := t.TempDir()
			e := open(t, atServer(t, ComplaintSource{Source: "eotinish", Path: inbox}))
			write(t, filepath.Join(inbox, "eotinish_2026-06-01.csv"), row("1", "2026-05-01", "В работе", "г.Астана"), row("2", "2026-05-02", "В работе", "г.Астана"))
			if err := run(t, e).Err(); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(inbox, "eotinish_2026-06-02.csv"), row("1", "2026-05-01", "Завершено", "г.Астана"))
			e.Now = func() time.Time { return now.Add(jump) }
			if err := run(t, e).Err(); err != nil {
				t.Fatal(err)
			}
			if r := run(t, e); r.New() != 0 || r.Err() != nil {
				t.Errorf("run again: %+v", r)
			}
			if diff := cmp.Diff([]string{"1 | 2026-05-01 | closed", "2 | 2026-05-02 | open"}, living(t, e)); diff != "" {
				t.Errorf("living (-want +got):\n%s", diff)
			}
		})
	}
}
