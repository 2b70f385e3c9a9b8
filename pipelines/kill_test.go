package pipelines

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/sample"
	"github.com/qulaq-kz/qulaq/load"
)

// planVariable tells the test binary to be a run of complaints that ends itself.
const planVariable = "QULAQ_TEST_KILL_PLAN"

// plug says where a run ends itself.
type plug struct {
	Data, Inbox, Engine string
	Step                load.Step
	Nth                 int // of that step in the whole run, from 1
}

// child runs the complaints and pulls its own plug at the step of the plug. It returns only when there
// was no such step.
func child(text string) int {
	var p plug
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	ctx := context.Background()
	c := ownEngine(p.Data, ComplaintSource{Source: "eotinish", Path: p.Inbox})
	c.Engine.Folder = p.Engine
	e := newEnvironment(c)
	e.Step = func(s load.Step) error {
		if s == p.Step {
			if p.Nth--; p.Nth == 0 {
				if err := syscall.Kill(os.Getpid(), syscall.SIGKILL); err != nil {
					return err
				}
				select {} // until the signal arrives
			}
		}
		return nil
	}
	err := e.OpenWarehouse(ctx, "test", Own)
	if err == nil {
		err = e.OpenArchive()
	}
	if err == nil {
		var r *Result
		r, err = e.RunComplaints(ctx)
		err = errors.Join(err, r.Err())
	}
	fmt.Fprintf(os.Stderr, "the run ended without its plug being pulled: %v\n", err)
	return 3
}

// overlapping writes two exports of which the second updates a part of the first: complaints of March get
// newer states, one moves from February to March, the only one of January moves to April, others are new.
func overlapping(t testing.TB, inbox string) {
	t.Helper()
	first := [][]string{row("only", "2026-01-15", "В работе", "г.Астана")}
	for i := range 40 {
		first = append(first, row(fmt.Sprint("f", i), fmt.Sprintf("2026-02-%02d", i%28+1), "В работе", "г.Алматы"))
		first = append(first, row(fmt.Sprint("m", i), fmt.Sprintf("2026-03-%02d", i%28+1), "В работе", "область Абай"))
	}
	first = append(first, row("", "2026-03-01", "В работе", "г.Астана")) // no id
	second := [][]string{row("only", "2026-04-15", "Завершено", "г.Астана"), row("f7", "2026-03-30", "Завершено", "г.Алматы")}
	for i := range 20 {
		second = append(second, row(fmt.Sprint("m", i), fmt.Sprintf("2026-03-%02d", i%28+1), "Завершено с просрочкой", "область Абай"))
		second = append(second, row(fmt.Sprint("a", i), fmt.Sprintf("2026-04-%02d", i%28+1), "В работе", "Атлантида"))
	}
	second = append(second, row("a3", "2026-04-04", "Завершено", "Атлантида"), row("bad", "2026-02-31", "В работе", "г.Астана"))
	write(t, filepath.Join(inbox, "eotinish_2026-04-01.csv"), first...)
	write(t, filepath.Join(inbox, "eotinish_2026-05-01.csv"), second...)
}

// undisturbed returns what a run without trouble leaves, and its steps.
func undisturbed(t *testing.T, inbox string) (want []string, steps []load.Step) {
	t.Helper()
	e := open(t, ownEngine(t.TempDir(), ComplaintSource{Source: "eotinish", Path: inbox}))
	e.Step = func(s load.Step) error {
		steps = append(steps, s)
		return nil
	}
	if err := run(t, e).Err(); err != nil {
		t.Fatal(err)
	}
	wantSound(t, e)
	return fingerprint(t, e), steps
}

// completes runs again in a folder where a run died, and compares.
func completes(t *testing.T, c Config, want []string) {
	t.Helper()
	e := open(t, c)
	r := run(t, e)
	if err := r.Err(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, fingerprint(t, e)); diff != "" {
		t.Errorf("after another run (-undisturbed +got):\n%s", diff)
	}
	wantSound(t, e)
	if n := ask(t, e, "SELECT count() FROM runs WHERE state = 'running'"); n[0] != "0" {
		t.Errorf("%s runs are said to be running", n[0])
	}
}

// TestKilledAtEachStep kills the program, and with it its engine, at each step of a load that merges and
// swaps several months.
func TestKilledAtEachStep(t *testing.T) {
	inbox := t.TempDir()
	overlapping(t, inbox)
	want, steps := undisturbed(t, inbox)
	count := map[load.Step]int{}
	for _, s := range steps {
		count[s]++
	}
	if count[load.StepStage] != 2 || count[load.StepSwap] != 7 { // January to March; February to April, and January emptied
		t.Fatalf("the steps of the whole run are %v", steps)
	}
	type moment struct {
		step load.Step
		nth  int
	}
	moments := []moment{{load.StepSwap, 2}} // in the first load, the others in the second
	seen := map[load.Step]int{}
	for i, s := range steps {
		seen[s]++
		if i >= len(steps)-11 && (s != load.StepSwap || seen[s] == 4 || seen[s] == 5 || seen[s] == count[s]) {
			moments = append(moments, moment{s, seen[s]})
		}
	}
	if len(moments) != 11 {
		t.Fatalf("%d moments: %v", len(moments), moments)
	}
	for _, m := range moments {
		t.Run(fmt.Sprint(m.step, " ", m.nth), func(t *testing.T) {
			t.Parallel() // most of it is waiting
			c := ownEngine(t.TempDir(), ComplaintSource{Source: "eotinish", Path: inbox})
			text, err := json.Marshal(plug{c.Data, inbox, c.Engine.Folder, m.step, m.nth})
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			var said bytes.Buffer
			program := exec.CommandContext(ctx, os.Args[0])
			program.Env = append(os.Environ(), planVariable+"="+string(text))
			program.Stderr = &said
			err = program.Run()
			if s, ok := program.ProcessState.Sys().(syscall.WaitStatus); !ok || !s.Signaled() || s.Signal() != syscall.SIGKILL || ctx.Err() != nil {
				t.Fatalf("the run did not kill itself: %v\n%s", err, said.String())
			}
			completes(t, c, want)
		})
	}
}

// killEngine kills the engine as the system does when memory runs short, and waits for its end.
func killEngine(e *Environment) error {
	if err := syscall.Kill(e.Engine().PID(), syscall.SIGKILL); err != nil {
		return err
	}
	<-e.Engine().Dead()
	return nil
}

// failsSoon demands that a run whose engine dies says so and does not hang.
func failsSoon(t *testing.T, e *Environment) {
	t.Helper()
	type ended struct {
		r   *Result
		err error
	}
	end := make(chan ended, 1)
	go func() {
		r, err := e.RunComplaints(context.Background())
		end <- ended{r, err}
	}()
	select {
	case x := <-end:
		wantError(t, errors.Join(x.err, x.r.Err()), qulaq.Transient)
		wantError(t, x.err, qulaq.Transient, "engine", "killed")
		if qulaq.Hint(x.err) == "" {
			t.Error("the error does not say what to do")
		}
	case <-time.After(40 * time.Second):
		t.Fatal("the run hangs")
	}
	if err := e.Close(context.Background()); err == nil {
		t.Error("nobody says at the end that the engine died")
	}
}

// Whatever runs when the engine dies, or after it, says that it died.
func TestEveryRunSaysThatTheEngineDied(t *testing.T) {
	e := newEnvironment(ownEngine(t.TempDir()))
	attach(t, e)
	kill := func(r *Result) error {
		err := killEngine(e)
		_, asked := e.Warehouse.LastRun(t.Context(), "plans")
		r.Errors = append(r.Errors, asked)
		return errors.Join(err, asked)
	}
	if _, err := e.recorded(t.Context(), "plans", kill); qulaq.Hint(err) == "" {
		t.Errorf("no help: %v", err)
	} else {
		wantError(t, err, qulaq.Transient, "engine", "killed")
	}
	_, err := e.RunMonitor(t.Context())
	wantError(t, err, qulaq.Transient, "engine", "killed")
	if err := e.Close(context.Background()); err == nil {
		t.Error("nobody says at the end that the engine died")
	}
}

// meter calls once when so much was read.
type meter struct {
	silent
	left atomic.Int64
	call func()
}

func (m *meter) Read(n int) {
	if before := m.left.Add(-int64(n)); before <= 0 && before+int64(n) > 0 {
		m.call()
	}
}

func TestEngineKilledInTheMiddleOfAnInsert(t *testing.T) {
	inbox := t.TempDir()
	path := filepath.Join(inbox, "eotinish_2026-07-01.csv")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sample.Write(f, sample.Spec{Format: sample.AnalyticText, Rows: 20_000, Seed: 3, Repeats: 0.01, Dirty: 0.01}); err != nil {
		t.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil || f.Close() != nil {
		t.Fatal(err)
	}
	settle(t, path)
	want, _ := undisturbed(t, inbox)

	c := ownEngine(t.TempDir(), ComplaintSource{Source: "eotinish", Path: inbox})
	e := newEnvironment(c)
	m := &meter{call: func() {
		if err := killEngine(e); err != nil {
			t.Error(err)
		}
	}}
	m.left.Store(info.Size() * 9 / 10)
	e.Progress = m
	attach(t, e)
	var steps []load.Step
	e.Step = func(s load.Step) error {
		steps = append(steps, s)
		return nil
	}
	failsSoon(t, e)
	if diff := cmp.Diff([]load.Step{load.StepStage}, steps); diff != "" {
		t.Errorf("it did not die in the middle of the insert: steps (-want +got):\n%s", diff)
	}
	completes(t, c, want)
}

func TestEngineKilledAroundTheSwap(t *testing.T) {
	inbox := t.TempDir()
	overlapping(t, inbox)
	want, _ := undisturbed(t, inbox)
	for _, at := range []struct {
		step load.Step
		nth  int
	}{{load.StepSwap, 5}, {load.StepProve, 2}} {
		t.Run(string(at.step), func(t *testing.T) {
			t.Parallel()
			c := ownEngine(t.TempDir(), ComplaintSource{Source: "eotinish", Path: inbox})
			e := newEnvironment(c)
			attach(t, e)
			n := 0
			e.Step = func(s load.Step) error {
				if s == at.step {
					if n++; n == at.nth {
						return killEngine(e)
					}
				}
				return nil
			}
			failsSoon(t, e)
			completes(t, c, want)
		})
	}
}

func TestInterrupted(t *testing.T) {
	inbox := t.TempDir()
	overlapping(t, inbox)
	want, _ := undisturbed(t, inbox)
	for _, at := range []struct {
		step   load.Step
		nth    int
		before bool // nothing of the second file lives
	}{{load.StepIntent, 2, true}, {load.StepSwap, 5, false}, {load.StepRecord, 2, false}} {
		t.Run(string(at.step), func(t *testing.T) {
			t.Parallel()
			c := atServer(t, ComplaintSource{Source: "eotinish", Path: inbox})
			e := newEnvironment(c)
			attach(t, e)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			n := 0
			e.Step = func(s load.Step) error {
				if s == at.step {
					if n++; n == at.nth {
						cancel()
					}
				}
				return nil
			}
			r, err := e.RunComplaints(ctx)
			if !errors.Is(err, context.Canceled) {
				t.Errorf("the run says %v", err)
			}
			if len(r.Files) != 1 || r.Files[0].Err != nil {
				t.Errorf("files of the interrupted run: %+v", r.Files)
			}
			if got := ask(t, e, "SELECT toString(state), finished_at IS NOT NULL FROM runs"); got[0] != "interrupted | 1" {
				t.Errorf("the ledger says %q", got)
			}
			if at.before {
				if got := ask(t, e, "SELECT count(), uniqExact(snapshot), countIf(status = 'open') FROM complaints"); got[0] != "81 | 1 | 81" {
					t.Errorf("living: %q; the rows of the first file should stay as they were", got)
				}
			}
			if left := ask(t, e, "SELECT name FROM system.tables WHERE database = currentDatabase() AND startsWith(name, 'stage_')"); len(left) > 0 {
				t.Errorf("staging tables are left: %q", left)
			}
			if err := e.Close(context.Background()); err != nil {
				t.Error(err)
			}
			completes(t, c, want)
		})
	}
}
