package pipelines

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/load"
)

func moment(t *testing.T, s string) time.Time {
	t.Helper()
	if s == "" {
		return time.Time{}
	}
	m, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMissedAndNext(t *testing.T) {
	const nightly = "30 2 * * *"
	for _, c := range []struct {
		name, schedule, last, now string
		missed                    bool
		next                      string
	}{
		{"nothing ever ran", nightly, "", "2026-07-01T12:00:00+05:00", true, "2026-07-02T02:30:00+05:00"},
		{"ran last night", nightly, "2026-07-01T02:30:00+05:00", "2026-07-01T12:00:00+05:00", false, "2026-07-02T02:30:00+05:00"},
		{"ran the day before", nightly, "2026-06-30T02:30:00+05:00", "2026-07-01T12:00:00+05:00", true, "2026-07-02T02:30:00+05:00"},
		{"ran by hand in the evening", nightly, "2026-06-30T22:00:00+05:00", "2026-07-01T02:29:59+05:00", false, "2026-07-01T02:30:00+05:00"},
		{"due this very second", nightly, "2026-06-30T22:00:00+05:00", "2026-07-01T02:30:00+05:00", true, "2026-07-02T02:30:00+05:00"},
		{"other zones mean the same moment", nightly, "2026-06-30T21:31:00Z", "2026-07-01T21:29:00Z", false, "2026-07-02T02:30:00+05:00"},
		{"UTC+6 before March 2024", nightly, "2024-02-28T20:30:00Z", "2024-02-29T20:29:00Z", false, "2024-03-01T02:30:00+05:00"},
		{"the clocks went back: an hour of midnight came twice", "30 23 * * *", "2024-02-28T17:30:00Z", "2024-02-29T12:00:00Z", false, "2024-02-29T23:30:00+06:00"},
		{"the clock went back: the last run is still to come", nightly, "2026-08-01T02:30:00+05:00", "2026-07-01T12:00:00+05:00", false, "2026-07-02T02:30:00+05:00"},
		{"Mondays", "0 9 * * 1", "2026-06-29T09:00:00+05:00", "2026-07-05T23:00:00+05:00", false, "2026-07-06T09:00:00+05:00"},
		{"Mondays, missed", "0 9 * * 1", "2026-06-29T08:59:00+05:00", "2026-07-05T23:00:00+05:00", true, "2026-07-06T09:00:00+05:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			missed, err := Missed(c.schedule, moment(t, c.last), moment(t, c.now))
			if err != nil || missed != c.missed {
				t.Errorf("missed: %t, %v; want %t", missed, err, c.missed)
			}
			next, err := Next(c.schedule, moment(t, c.now))
			if err != nil || next.Format(time.RFC3339) != c.next {
				t.Errorf("next: %s, %v; want %s", next.Format(time.RFC3339), err, c.next)
			}
		})
	}
	if _, err := Missed("whenever", now, now); err == nil {
		t.Error("Missed takes any schedule")
	}
	if _, err := Next("whenever", now); err == nil {
		t.Error("Next takes any schedule")
	}
}

// served is a program that stays up, and what it told of its runs.
type served struct {
	e     *Environment
	clock *clockwork.FakeClock
	runs  chan *Result
	ended chan error
	stop  context.CancelFunc
}

func serve(t *testing.T, e *Environment, at string) *served {
	t.Helper()
	return serveAs(t, e, at, Service{})
}

func serveAs(t *testing.T, e *Environment, at string, service Service) *served {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s := &served{e: e, clock: clockwork.NewFakeClockAt(moment(t, at)), runs: make(chan *Result, 10), ended: make(chan error, 1), stop: cancel}
	e.Now = s.clock.Now
	go func() {
		service.Clock, service.Done = s.clock, func(r *Result, err error) {
			if err != nil && !errors.Is(err, context.Canceled) && e.engineDied() == nil {
				t.Errorf("run: %v", err)
			}
			s.runs <- r
		}
		s.ended <- e.Serve(ctx, service)
	}()
	t.Cleanup(cancel)
	return s
}

// within waits for something that must happen soon.
func within[T any](t *testing.T, what string, c <-chan T) (v T) {
	t.Helper()
	select {
	case v = <-c:
	case <-time.After(30 * time.Second):
		t.Fatalf("%s: nothing for 30 s", what)
	}
	return v
}

// advance moves the clock once the scheduler waits for it.
func (s *served) advance(t *testing.T, d time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	if err := s.clock.BlockUntilContext(ctx, 1); err != nil {
		t.Fatalf("the scheduler waits for nothing: %v", err)
	}
	s.clock.Advance(d)
}

func TestServe(t *testing.T) {
	inbox := t.TempDir()
	write(t, filepath.Join(inbox, "eotinish_2026-06-01.csv"), row("1", "2026-05-01", "В работе", "г.Астана"))
	c := atServer(t, ComplaintSource{Source: "eotinish", Path: inbox})
	e := open(t, c)
	s := serve(t, e, "2026-07-01T02:00:00+05:00")
	if r := within(t, "the missed run at the start", s.runs); r.New() != 1 || r.Err() != nil {
		t.Errorf("the missed run: %+v", r)
	}
	s.advance(t, 29*time.Minute)
	if len(s.runs) > 0 {
		t.Error("it ran before its time")
	}
	s.advance(t, time.Minute)
	if r := within(t, "the run at 2:30", s.runs); r.New() != 0 || len(r.Files) != 1 {
		t.Errorf("the run at 2:30: %+v", r)
	}

	// A run that takes longer than a day has no second one beside it.
	write(t, filepath.Join(inbox, "eotinish_2026-06-02.csv"), row("2", "2026-05-01", "В работе", "г.Астана"))
	busy, goOn := make(chan struct{}), make(chan struct{})
	e.Step = func(step load.Step) error {
		if step == load.StepStaged {
			close(busy)
			<-goOn
		}
		return nil
	}
	s.advance(t, 24*time.Hour)
	within(t, "the run of the next night", busy)
	s.advance(t, 24*time.Hour)
	if n := ask(t, e, "SELECT count() FROM runs WHERE state = 'running'"); n[0] != "1" {
		t.Errorf("%s runs at once", n[0])
	}
	close(goOn)
	if r := within(t, "the end of the long run", s.runs); r.New() != 1 || r.Err() != nil {
		t.Errorf("the long run: %+v", r)
	}
	s.stop()
	if err := within(t, "the end", s.ended); err != nil {
		t.Errorf("Serve ends with %v", err)
	}

	// The run of the third night found the long one under way, or came just after it; which of both is the
	// machine's affair. One by hand stands for it: up again the same day, nothing was missed.
	e.Step = nil
	if _, err := e.RunComplaints(t.Context()); err != nil {
		t.Fatal(err)
	}
	for len(s.runs) > 0 {
		<-s.runs
	}
	again := serve(t, e, s.clock.Now().Add(time.Hour).Format(time.RFC3339))
	again.advance(t, time.Minute)
	again.stop()
	if err := within(t, "the second end", again.ended); err != nil {
		t.Errorf("Serve ends with %v", err)
	}
	if len(again.runs) > 0 {
		t.Errorf("a run that was not missed was caught up: %+v", <-again.runs)
	}
}

// A clock that jumps ten days forward makes one run due, and not ten; then nights go on.
func TestServeAfterTheClockJumped(t *testing.T) {
	e := open(t, atServer(t, ComplaintSource{Source: "eotinish", Path: t.TempDir()}))
	s := serve(t, e, "2026-07-01T02:00:00+05:00")
	within(t, "the missed run at the start", s.runs)
	s.advance(t, 10*24*time.Hour)
	within(t, "the run after the jump", s.runs)
	s.advance(t, 29*time.Minute)
	if err := s.clock.BlockUntilContext(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if n := ask(t, e, "SELECT count() FROM runs"); n[0] != "2" {
		t.Errorf("%s runs, want the missed one and one after the jump", n[0])
	}
	s.advance(t, time.Minute)
	within(t, "the run of the next night", s.runs)
}

func TestServeStopsInTheMiddleOfARun(t *testing.T) {
	inbox := t.TempDir()
	write(t, filepath.Join(inbox, "eotinish_2026-06-01.csv"), row("1", "2026-05-01", "В работе", "г.Астана"))
	e := open(t, atServer(t, ComplaintSource{Source: "eotinish", Path: inbox}))
	busy := make(chan struct{})
	var s *served
	e.Step = func(step load.Step) error {
		if step == load.StepStaged {
			<-busy
			s.stop()
		}
		return nil
	}
	s = serve(t, e, "2026-07-01T02:00:00+05:00")
	close(busy)
	if err := within(t, "the end", s.ended); err != nil {
		t.Errorf("Serve ends with %v", err)
	}
	if got := ask(t, e, "SELECT toString(state) FROM runs"); len(got) != 1 || got[0] != "interrupted" {
		t.Errorf("runs: %q", got)
	}
}

func TestServeEndsWithItsEngine(t *testing.T) {
	e := newEnvironment(ownEngine(t.TempDir()))
	attach(t, e)
	s := serve(t, e, "2026-07-01T02:00:00+05:00")
	within(t, "the missed run", s.runs)
	if err := killEngine(e); err != nil {
		t.Fatal(err)
	}
	wantError(t, within(t, "the end", s.ended), qulaq.Transient, "engine", "killed")
	if err := e.Close(context.Background()); err == nil {
		t.Error("nobody says at the end that the engine died")
	}
}
