//go:build linux

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/qulaq-kz/qulaq/internal/govsim"
	"github.com/qulaq-kz/qulaq/load/embedded"
)

func main() {
	if len(os.Args) > 1 {
		switch os.Args[1] {
		case embedded.Verb:
			os.Exit(embedded.Main(os.Args[2:]))
		case nightVerb:
			os.Exit(night(os.Args[2], os.Stdin, os.Stdout))
		}
	}
	rounds := flag.Int("rounds", 500, "faults to suffer")
	seed := flag.Uint64("seed", 1, "which faults, and when: the same seed picks the same faults, but moments are the machine's")
	dir := flag.String("dir", "", "folder for the lives; a temporary one when not given")
	verbose := flag.Bool("v", false, "say every round")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	t := &torturer{rounds: *rounds, verbose: *verbose, engines: os.Getenv("QULAQ_ENGINE_DIR"), rand: rand.New(rand.NewPCG(*seed, 826)), struck: map[string]int{}}
	err := t.run(ctx, *dir)
	t.print()
	if err == nil && t.bad() {
		err = errors.New("something was lost or doubled, or a night did not end well")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "torture:", err)
		os.Exit(1)
	}
}

// torturer breaks nights and keeps the tally.
type torturer struct {
	rounds  int
	verbose bool
	rand    *rand.Rand
	folder  string
	engines string // folder of the engine's library; "" is the user's cache
	library string
	site    string
	world   atomic.Pointer[govsim.World]

	want  []contents      // after each night of an undisturbed life
	steps []int           // of each night
	took  []time.Duration // likewise

	// The tally.
	done, unwell  int
	aborted       int // engines that died without being killed
	restarted     int // servers that were restarted after a full disk
	lost, doubled int64
	struck        map[string]int
	disk          error // why there is no small disk
}

// inbox and reports stand at one place for all lives, for facts remember where they came from.
func (t *torturer) inbox() string   { return filepath.Join(t.folder, "inbox") }
func (t *torturer) reports() string { return filepath.Join(t.folder, "reports") }

func (t *torturer) bad() bool { return t.lost+t.doubled > 0 || t.unwell > 0 }

func (t *torturer) show(night int) { t.world.Store(site(night)) }

func (t *torturer) run(ctx context.Context, dir string) (err error) {
	if t.folder, err = os.MkdirTemp(dir, "torture"); err != nil {
		return err
	}
	defer os.RemoveAll(t.folder)
	if t.library, err = embedded.Fetch(ctx, embedded.FetchOptions{Dir: t.engines}); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{ReadHeaderTimeout: 10 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { t.world.Load().ServeHTTP(w, r) })}
	go server.Serve(listener)
	defer server.Close()
	t.site = "http://" + listener.Addr().String()
	if err := t.undisturbed(ctx); err != nil {
		return fmt.Errorf("the undisturbed life: %w", err)
	}
	for n := 0; t.done < t.rounds && ctx.Err() == nil; n++ {
		if err := t.live(ctx, n); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// undisturbed lives once without a fault and learns what every night must leave.
func (t *torturer) undisturbed(ctx context.Context) (err error) {
	l, err := t.begin(ctx, true, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.end(ctx)) }()
	for night := range nights {
		if err := l.evening(night); err != nil {
			return err
		}
		end, err := l.clean(night)
		if err != nil {
			return fmt.Errorf("night %d: %w", night, err)
		}
		all, err := l.read(ctx)
		if err != nil {
			return err
		}
		t.want, t.steps, t.took = append(t.want, all), append(t.steps, end.Steps), append(t.took, end.Took)
	}
	return nil
}

// live is one life with faults in its nights. Lives take turns: the program at a server, with its own engine, and on a
// disk that can be full with the one or the other.
func (t *torturer) live(ctx context.Context, n int) (err error) {
	small := n%3 == 2 && t.disk == nil
	l, err := t.begin(ctx, n%2 == 0, small)
	if err != nil && small {
		t.disk = err // this machine lets nobody make one
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.end(context.WithoutCancel(ctx))) }()
	for night := 0; night < nights && t.done < t.rounds && ctx.Err() == nil; night++ {
		if err := l.evening(night); err != nil {
			return err
		}
		l.steps, l.took = t.steps[night], t.took[night]
		if !t.torture(ctx, l, night) {
			break // the next nights would only tell the same again
		}
	}
	return nil
}

// torture breaks a night one to four times, runs it once without a fault, and compares. It says whether all was well.
func (t *torturer) torture(ctx context.Context, l *life, night int) bool {
	var suffered []string
	err := func() error {
		for range min(1+t.rand.IntN(4), t.rounds-t.done) {
			f := t.pick(l)
			struck, err := l.strike(f, night, t.rand)
			if struck {
				t.done++
				t.struck[f.name]++
				suffered = append(suffered, f.name)
			}
			if err := first(err, l.dawn(ctx)); err != nil {
				return err
			}
		}
		_, err := l.clean(night)
		if err != nil && l.engineDied() { // it aborts now and then after a connection was cut: another night
			t.aborted++
			if err := l.dawn(ctx); err != nil {
				return err
			}
			_, err = l.clean(night)
		}
		if err != nil && l.server != nil && l.small { // a full disk may leave a part broken: docs/OPERATIONS.md says what to do
			t.restarted++
			if err := l.restart(ctx); err != nil {
				return err
			}
			_, err = l.clean(night)
		}
		return err
	}()
	var differences []difference
	if err == nil {
		var got contents
		if got, err = l.read(ctx); err == nil {
			differences = got.against(t.want[night])
		}
	}
	if err != nil {
		t.unwell++
		fmt.Fprintf(os.Stderr, "night %d after %v: %v\n", night, suffered, err)
	}
	for _, d := range differences {
		t.lost, t.doubled = t.lost+d.lost, t.doubled+d.doubled
		fmt.Fprintf(os.Stderr, "night %d after %v: table %s lacks %d rows and has %d too many\n  %s\n", night, suffered, d.table, d.lost, d.doubled, strings.Join(d.examples, "\n  "))
	}
	if t.verbose {
		fmt.Fprintf(os.Stderr, "%d of %d: night %d after %v\n", t.done, t.rounds, night, suffered)
	}
	return err == nil && len(differences) == 0
}

// pick picks a fault that the life can suffer.
func (t *torturer) pick(l *life) fault {
	fit := slices.DeleteFunc(slices.Clone(faults), func(f fault) bool { return !f.at(l) })
	return fit[t.rand.IntN(len(fit))]
}

func (t *torturer) print() {
	line := func(name string, value int64) { fmt.Printf("torture %s %d\n", name, value) }
	line("rounds", int64(t.done))
	line("lost", t.lost)
	line("doubled", t.doubled)
	line("nights_not_ended_well", int64(t.unwell))
	line("engine_died_by_itself", int64(t.aborted))
	line("server_restarted", int64(t.restarted))
	for _, name := range slices.Sorted(maps.Keys(t.struck)) {
		line(name, int64(t.struck[name]))
	}
	if t.disk != nil {
		fmt.Fprintf(os.Stderr, "torture: nothing was filled: %v\n", t.disk)
	}
}
