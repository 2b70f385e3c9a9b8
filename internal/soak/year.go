//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/qulaq-kz/qulaq/internal/cable"
	"github.com/qulaq-kz/qulaq/internal/govsim"
	"github.com/qulaq-kz/qulaq/load"
	"github.com/qulaq-kz/qulaq/load/embedded"
	"github.com/qulaq-kz/qulaq/pipelines"
)

const (
	// settled is after how many nights the first figures are taken: what is made once is made by then.
	settled = 10
	// patience is how long one run may take; one that takes longer hangs.
	patience = 3 * time.Minute
)

// work is what happens in a night, and when.
var work = []struct {
	pipeline string
	at       time.Duration // after midnight
	schedule string
}{
	{"complaints", 2 * time.Hour, "0 2 * * *"},
	{"plans", 3 * time.Hour, "0 3 * * *"},
	{"monitor", 4 * time.Hour, "0 4 * * *"},
}

// year is a program that lives through many nights.
type year struct {
	nights  int
	engines string // folder of the engine's library; "" is the user's cache
	tell    func(format string, args ...any)

	folder  string
	library string
	server  *embedded.Engine
	cable   *cable.Cable
	site    atomic.Pointer[govsim.World]
	e       *pipelines.Environment
	clock   *clockwork.FakeClock
	runs    chan run
	strike  func() error // before a step of tonight's loads; nil when nothing is to strike
	steps   int          // tonight's until it strikes

	lived, faults, failed int
	aborted               int // engines that died without being killed
	early, late           figures
}

// run is what a run came to.
type run struct {
	result *pipelines.Result
	err    error
}

// live lives through all nights and compares. The error says what went wrong or what grew.
func (y *year) live(ctx context.Context, dir string) (err error) {
	if y.tell == nil {
		y.tell = func(string, ...any) {}
	}
	if y.folder, err = os.MkdirTemp(dir, "soak"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(y.folder)) }()
	if err := os.Mkdir(y.inbox(), 0o700); err != nil {
		return err
	}
	if y.library, err = embedded.Fetch(ctx, embedded.FetchOptions{Dir: y.engines}); err != nil {
		return err
	}
	if err := y.startServer(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, y.server.Stop(context.WithoutCancel(ctx))) }()
	if y.cable, err = cable.New(y.server.Addr()); err != nil {
		return err
	}
	defer y.cable.Close()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{ReadHeaderTimeout: 10 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { y.site.Load().ServeHTTP(w, r) })}
	go server.Serve(listener)
	defer server.Close()
	return y.serve(ctx, "http://"+listener.Addr().String())
}

func (y *year) inbox() string { return filepath.Join(y.folder, "inbox") }

func (y *year) startServer(ctx context.Context) (err error) {
	y.server, err = embedded.Start(ctx, embedded.Options{
		Dir: filepath.Join(y.folder, "engine"), Library: y.library, HTTPPort: embedded.NoHTTP, Memory: 2 << 30, Verb: "soak", Since: time.Now(),
	})
	return err
}

// serve stays up as `qulaq serve` does, and turns the clock.
func (y *year) serve(ctx context.Context, site string) (err error) {
	y.clock, y.runs = clockwork.NewFakeClockAt(midnight(0).Add(5*time.Hour)), make(chan run, len(work))
	c := pipelines.DefaultConfig()
	// No plug of the machine's is pulled, so nobody waits for the disk.
	c.Warehouse, c.Data = pipelines.Secret("clickhouse://"+y.cable.Addr()+"/qulaq?fsync_metadata=0"), filepath.Join(y.folder, "data")
	c.Complaints = []pipelines.ComplaintSource{{Source: "eotinish", Path: y.inbox()}}
	c.Plans.BaseURL, c.Plans.Only, c.Plans.Wanted, c.Plans.Pause = site, slugs, true, time.Millisecond
	c.Network.AllowPrivate, c.Network.Pause, c.Network.Tries, c.Network.Timeout = true, time.Millisecond, 1, time.Minute
	c.Schedule.Complaints, c.Schedule.Plans, c.Schedule.Monitor, c.Schedule.Jitter = work[0].schedule, work[1].schedule, work[2].schedule, 0
	c.Serve.Listen = ""
	y.e = &pipelines.Environment{Config: c, Now: y.clock.Now, Log: slog.New(slog.DiscardHandler), Version: "soak", Step: y.step}
	defer func() { err = errors.Join(err, y.e.Close(context.WithoutCancel(ctx))) }()
	if err := errors.Join(y.e.OpenWarehouse(ctx, "soak", pipelines.Own), y.e.OpenArchive()); err != nil {
		return err
	}
	if err := y.firstNight(ctx); err != nil {
		return err
	}
	serving, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() {
		ended <- y.e.Serve(serving, pipelines.Service{Clock: y.clock, Done: func(r *pipelines.Result, err error) { y.runs <- run{r, err} }})
	}()
	err = y.allNights(ctx)
	stop()
	return errors.Join(err, <-ended)
}

// firstNight runs everything by hand, so that nothing was missed when the program starts to stay up.
func (y *year) firstNight(ctx context.Context) error {
	if err := y.evening(0, fault{}); err != nil {
		return err
	}
	for _, do := range []func(context.Context) (*pipelines.Result, error){y.e.RunComplaints, y.e.RunPlans, y.e.RunMonitor} {
		if r, err := do(ctx); errors.Join(err, r.Err()) != nil {
			return errors.Join(err, r.Err())
		}
	}
	return nil
}

func (y *year) allNights(ctx context.Context) (err error) {
	for night := 1; night < y.nights; night++ {
		f := y.faultOf(night)
		if err := y.evening(night, f); err != nil {
			return err
		}
		for _, w := range work {
			if err := y.turn(ctx, midnight(night).Add(w.at)); err != nil {
				return fmt.Errorf("night %d, %s: %w", night, w.pipeline, err)
			}
			if err := y.wait(ctx, night, w.pipeline, f); err != nil {
				return err
			}
		}
		if err := y.morning(ctx, f); err != nil {
			return fmt.Errorf("night %d, after %s: %w", night, f.name, err)
		}
		y.lived = night + 1
		if y.lived == settled {
			if y.early, err = y.measure(ctx); err != nil {
				return err
			}
		}
	}
	if y.late, err = y.measure(ctx); err != nil {
		return err
	}
	return errors.Join(y.late.against(y.early), y.sound(ctx))
}

// turn turns the clock once the scheduler waits for all its pipelines.
func (y *year) turn(ctx context.Context, to time.Time) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := y.clock.BlockUntilContext(ctx, len(work)); err != nil {
		return fmt.Errorf("the scheduler does not wait for %d pipelines: %w", len(work), err)
	}
	y.clock.Advance(to.Sub(y.clock.Now()))
	return nil
}

// wait waits for a run of a pipeline. In a night without a fault it must have gone well.
func (y *year) wait(ctx context.Context, night int, pipeline string, f fault) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(patience):
		return fmt.Errorf("night %d: a run hangs for %v", night, patience)
	case r := <-y.runs:
		if r.result.Pipeline != pipeline {
			return fmt.Errorf("night %d: %s ran when %s was due", night, r.result.Pipeline, pipeline)
		}
		err := errors.Join(r.err, r.result.Err())
		if err == nil {
			return nil
		}
		y.failed++
		if f.name == "" && y.server.Err() != nil { // it aborts now and then, as in torture; whoever keeps a server up starts it again
			y.aborted++
			y.tell("night %d: the engine died by itself: %v", night, y.server.Err())
			return startEngine(ctx, y)
		}
		if f.name == "" {
			return fmt.Errorf("night %d had no fault, and %s failed: %w", night, r.result.Pipeline, err)
		}
		y.tell("night %d, %s: %s: %v", night, f.name, r.result.Pipeline, err)
		return nil
	}
}

// evening brings what is new, and prepares tonight's fault.
func (y *year) evening(night int, f fault) error {
	y.site.Store(site(night))
	if err := exports(y.inbox(), night); err != nil {
		return err
	}
	if f.name == "" {
		return nil
	}
	y.faults++
	return f.prepare(y, night)
}

// morning mends what tonight's fault broke.
func (y *year) morning(ctx context.Context, f fault) error {
	y.strike = nil
	if f.mend == nil {
		return nil
	}
	return f.mend(ctx, y)
}

// step strikes before tonight's step.
func (y *year) step(load.Step) error {
	if y.strike == nil {
		return nil
	}
	if y.steps--; y.steps > 0 {
		return nil
	}
	strike := y.strike
	y.strike = nil
	return strike()
}

// sound demands that every complaint is there once, with its last word, and that every check is silent.
func (y *year) sound(ctx context.Context) error {
	var errs []error
	rows, ids, closed, err := y.complaints(ctx)
	errs = append(errs, err)
	if want := int64(perNight * y.nights); rows != want || ids != want || closed != want-perNight {
		errs = append(errs, fmt.Errorf("%d rows of %d complaints, %d of them closed; want %d, each once, all closed but those of the last night", rows, ids, closed, want))
	}
	checks, err := y.e.Check(ctx)
	errs = append(errs, err)
	for _, c := range checks {
		if c.Violations > 0 {
			errs = append(errs, fmt.Errorf("check %s: %v", c.Name, c.Shown))
		}
	}
	return errors.Join(errs...)
}

func (y *year) print(out io.Writer) {
	line := func(name string, value int64) { fmt.Fprintf(out, "soak %s %d\n", name, value) }
	line("nights", int64(y.lived))
	line("faults", int64(y.faults))
	line("failed_runs", int64(y.failed))
	line("engine_died_by_itself", int64(y.aborted))
	if y.late == nil {
		return
	}
	for _, f := range measured {
		line(f.name+"_after_ten", y.early[f.name])
		line(f.name+"_at_end", y.late[f.name])
	}
}
