//go:build linux

package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"

	"github.com/qulaq-kz/qulaq/internal/govsim"
)

// fault is what goes wrong in a night.
type fault struct {
	name    string
	prepare func(y *year, night int) error
	mend    func(context.Context, *year) error // in the morning; nil when there is nothing to mend
}

// faults take turns.
var faults = []fault{
	{"site_down", spoil(govsim.Mishap{Drop: true}), nil},
	{"engine_killed", striking((*year).killEngine), startEngine},
	{"answers_cut", spoil(govsim.Mishap{CutAfter: 200}), nil},
	{"connection_cut", striking(func(y *year) error { y.cable.CutInMessage(2000); return nil }), mendCable},
	{"answer_lost", striking(func(y *year) error { y.cable.LoseAnswer(); return nil }), mendCable},
	{"engine_disk_full", leaving("1000000000000000"), func(ctx context.Context, y *year) error { return y.leave(ctx, "0") }},
	{"archive_disk_broken", func(y *year, _ int) error { return y.replaceIncoming() }, func(_ context.Context, y *year) error { return y.restoreIncoming() }},
}

// faultOf says what goes wrong in a night: in every tenth something does, but in the last, which shows what the nights before it
// have left.
func (y *year) faultOf(night int) fault {
	if night%10 != 5 || night == y.nights-1 {
		return fault{}
	}
	return faults[night/10%len(faults)]
}

func spoil(m govsim.Mishap) func(*year, int) error {
	return func(y *year, _ int) error {
		y.site.Load().Spoil("*", m) // tomorrow there is another world
		return nil
	}
}

// striking strikes before a step of the night's loads, each night before another one.
func striking(strike func(*year) error) func(*year, int) error {
	return func(y *year, night int) error {
		y.strike, y.steps = func() error { return strike(y) }, 1+night/10%6
		return nil
	}
}

// killEngine kills the engine. It is away for the rest of the night.
func (y *year) killEngine() error {
	err := syscall.Kill(y.server.PID(), syscall.SIGKILL)
	<-y.server.Dead()
	return err
}

func startEngine(ctx context.Context, y *year) error {
	_ = y.server.Stop(ctx) // it says that it was killed, which is known
	if err := y.startServer(ctx); err != nil {
		return err
	}
	y.cable.Lead(y.server.Addr())
	return nil
}

func mendCable(_ context.Context, y *year) error {
	y.cable.Mend()
	return nil
}

// leave lets the engine refuse complaints when less than so many bytes of its disk are free.
func (y *year) leave(ctx context.Context, free string) error {
	return y.e.Warehouse.Do(ctx, "ALTER TABLE complaints MODIFY SETTING min_free_disk_bytes_to_perform_insert = "+free)
}

func leaving(free string) func(*year, int) error {
	return func(y *year, _ int) error { return y.leave(context.Background(), free) }
}

// replaceIncoming puts a file where the archive makes its own.
func (y *year) replaceIncoming() error {
	folder := filepath.Join(y.e.Archive.Dir(), "incoming")
	return errors.Join(os.Rename(folder, folder+".away"), os.WriteFile(folder, nil, 0o600))
}

func (y *year) restoreIncoming() error {
	folder := filepath.Join(y.e.Archive.Dir(), "incoming")
	return errors.Join(os.Remove(folder), os.Rename(folder+".away", folder))
}
