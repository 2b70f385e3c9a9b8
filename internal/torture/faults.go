//go:build linux

package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// fault is a way to break a night. Some wait until the program is about to take a step of a load, others strike at any
// moment.
type fault struct {
	name   string
	at     func(*life) bool // whether this life can suffer it
	atStep bool
	strike func(*life, *process, *rand.Rand) error
}

func atServer(l *life) bool { return l.server != nil }
func every(*life) bool      { return true }

// faults are all of them. A fault that strikes at a step finds the program waiting there, and lets it go on.
var faults = []fault{
	{"killed", every, false, func(_ *life, p *process, _ *rand.Rand) error { return p.kill() }},
	{"killed_at_step", every, true, func(_ *life, p *process, _ *rand.Rand) error { return p.kill() }},
	{"engine_killed", every, false, func(l *life, p *process, _ *rand.Rand) error { return l.killEngine(p) }},
	{"engine_killed_at_step", every, true, func(l *life, p *process, _ *rand.Rand) error {
		return first(l.killEngine(p), p.goOn())
	}},
	{"cut", atServer, false, func(l *life, _ *process, _ *rand.Rand) error { l.cable.Cut(); return nil }},
	{"cut_in_a_message", atServer, false, func(l *life, _ *process, r *rand.Rand) error {
		l.cable.CutInMessage(r.Int64N(60_000))
		return nil
	}},
	{"cut_in_an_answer", atServer, false, func(l *life, _ *process, r *rand.Rand) error {
		l.cable.CutInAnswer(r.Int64N(20_000))
		return nil
	}},
	{"answer_lost_at_step", atServer, true, func(l *life, p *process, _ *rand.Rand) error {
		l.cable.LoseAnswer()
		return p.goOn()
	}},
	{"cut_at_step", atServer, true, func(l *life, p *process, _ *rand.Rand) error {
		l.cable.Cut()
		return p.goOn()
	}},
	{"disk_full", func(l *life) bool { return l.small }, false, func(l *life, _ *process, r *rand.Rand) error {
		return l.fill(int64(r.IntN(4 << 20)))
	}},
	{"disk_full_at_step", func(l *life) bool { return l.small }, true, func(l *life, p *process, r *rand.Rand) error {
		return first(l.fill(int64(r.IntN(1<<20))), p.goOn())
	}},
}

// strike breaks a night: it starts the program, waits for the moment, and strikes. It returns once the program has ended,
// and says whether the moment came: a night that earlier faults have left little of may be over before.
func (l *life) strike(f fault, night int, r *rand.Rand) (struck bool, err error) {
	o := l.order(night)
	if f.atStep {
		o.Pause = 1 + r.IntN(l.steps)
	}
	p, err := start(o)
	if err != nil {
		return false, err
	}
	defer p.kill()
	if f.atStep {
		if paused, err := p.paused(); err != nil || !paused {
			return false, first(err, p.wait())
		}
	} else if !p.alive(time.Duration(r.Int64N(int64(l.took)))) {
		return false, p.wait()
	}
	if err := f.strike(l, p, r); err != nil {
		return false, fmt.Errorf("%s: %w", f.name, err)
	}
	return true, p.wait()
}

// killEngine kills the engine, wherever it runs.
func (l *life) killEngine(p *process) error {
	if l.server != nil {
		pid := l.server.PID()
		if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
			return err
		}
		<-l.server.Dead()
		return nil
	}
	if pid := p.engine.Load(); pid > 0 {
		if err := syscall.Kill(int(pid), syscall.SIGKILL); err != nil && err != syscall.ESRCH {
			return err
		}
	}
	return nil
}

// fill leaves so many bytes of the small disk.
func (l *life) fill(leave int64) error {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(l.folder, &disk); err != nil {
		return err
	}
	free := int64(disk.Bavail)*disk.Bsize - leave
	if free <= 0 {
		return nil
	}
	f, err := os.Create(filepath.Join(l.folder, "ballast"))
	if err != nil {
		return err
	}
	defer f.Close()
	if err := syscall.Fallocate(int(f.Fd()), 0, 0, free); err != nil && err != syscall.ENOSPC {
		return err
	}
	return nil
}

// empty gives the space back.
func (l *life) empty() error {
	err := os.Remove(filepath.Join(l.folder, "ballast"))
	if os.IsNotExist(err) {
		return nil
	}
	return err
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
