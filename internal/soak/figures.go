//go:build linux

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// figures are what was counted at one moment, by name.
type figures map[string]int64

// measured are all figures, and by how much each may be more at the end than after ten nights: what is said of a thing a
// year long takes some room, a thing that is left behind every night takes more.
var measured = []struct {
	name    string
	allowed int64
	count   func(*year, context.Context) (int64, error)
}{
	// How many connections the first questions made is chance.
	{"goroutines", 15, func(*year, context.Context) (int64, error) { return int64(runtime.NumGoroutine()), nil }},
	{"open_files", 15, func(*year, context.Context) (int64, error) { return entries("/proc/self/fd") }},
	// The archive knows every file that it ever saw, some hundred bytes each.
	{"heap_kb", 4 << 10, func(*year, context.Context) (int64, error) { return heap() }},
	// How many files of its parts an engine holds open depends on what was asked since it started.
	{"engine_open_files", 1000, func(y *year, _ context.Context) (int64, error) {
		return entries(fmt.Sprintf("/proc/%d/fd", y.server.PID()))
	}},
	{"engine_memory_mb", 400, func(y *year, _ context.Context) (int64, error) { return resident(y.server.PID()) }},
	{"staging_tables", 0, ask("SELECT count() FROM system.tables WHERE database = currentDatabase() AND startsWith(name, 'stage_')")},
	{"running_runs", 0, ask("SELECT count() FROM runs WHERE state = 'running'")},
	{"unfinished_mutations", 0, ask("SELECT count() FROM system.mutations WHERE database = currentDatabase() AND NOT is_done")},
	// A year has more months than ten nights, so parts are counted within one.
	{"most_parts_of_a_partition", 12, ask("SELECT max(n) FROM (SELECT count() AS n FROM system.parts WHERE database = currentDatabase() AND active GROUP BY table, partition_id)")},
	{"archive_incoming", 0, func(y *year, _ context.Context) (int64, error) {
		return entries(filepath.Join(y.e.Archive.Dir(), "incoming"))
	}},
}

// measure counts everything at a moment when nothing is under way.
func (y *year) measure(ctx context.Context) (figures, error) {
	y.cable.Cut() // how many connections wait for the next night is chance
	if err := y.calm(ctx); err != nil {
		return nil, err
	}
	all := figures{}
	for _, m := range measured {
		n, err := m.count(y, ctx)
		if err != nil {
			return nil, fmt.Errorf("count %s: %w", m.name, err)
		}
		all[m.name] = n
	}
	return all, nil
}

// calm waits until the engine has merged what it wants to merge.
func (y *year) calm(ctx context.Context) error {
	merging := ask("SELECT count() FROM system.merges")
	for quiet := 0; quiet < 5; {
		n, err := merging(y, ctx)
		if err != nil {
			return err
		}
		if quiet++; n > 0 {
			quiet = 0
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
	return nil
}

// against says what is more than it may be.
func (f figures) against(before figures) error {
	var errs []error
	for _, m := range measured {
		if grown := f[m.name] - before[m.name]; grown > m.allowed {
			errs = append(errs, fmt.Errorf("%s grew by %d, from %d to %d; %d is allowed", m.name, grown, before[m.name], f[m.name], m.allowed))
		}
	}
	return errors.Join(errs...)
}

// complaints counts rows, complaints and those that are closed.
func (y *year) complaints(ctx context.Context) (rows, ids, closed int64, err error) {
	for question, n := range map[string]*int64{"count()": &rows, "uniqExact(complaint_id)": &ids, "countIf(status = 'closed')": &closed} {
		if *n, err = ask("SELECT "+question+" FROM complaints")(y, ctx); err != nil {
			return 0, 0, 0, err
		}
	}
	return rows, ids, closed, nil
}

// ask asks the warehouse for a number.
func ask(question string) func(*year, context.Context) (int64, error) {
	return func(y *year, ctx context.Context) (n int64, err error) {
		a, err := y.e.Warehouse.Ask(ctx, "SELECT toInt64(("+question+"))")
		if err != nil {
			return 0, err
		}
		defer a.Close()
		for a.Next() {
			if err := a.Scan(&n); err != nil {
				return 0, err
			}
		}
		return n, a.Err()
	}
}

func entries(folder string) (int64, error) {
	all, err := os.ReadDir(folder)
	return int64(len(all)), err
}

// heap is what is used after everything was collected that nobody holds.
func heap() (int64, error) {
	runtime.GC()
	runtime.GC() // pools are emptied by the second
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc >> 10), nil
}

// resident is the memory of a process, MB.
func resident(pid int) (int64, error) {
	f, err := os.Open(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if kb, ok := strings.CutPrefix(lines.Text(), "VmRSS:"); ok {
			n, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(kb, "kB")), 10, 64)
			return n >> 10, err
		}
	}
	return 0, errors.New("it does not say its memory")
}
