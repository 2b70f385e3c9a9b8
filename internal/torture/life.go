//go:build linux

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/qulaq-kz/qulaq/internal/cable"
	"github.com/qulaq-kz/qulaq/load/embedded"
	"github.com/qulaq-kz/qulaq/pipelines"
)

// patience is how long a night may take; one that takes longer hangs.
const patience = 3 * time.Minute

// smallDisk is the size of the disk of a life that shall see it full.
const smallDisk = 1 << 30

// life is a data folder that lives through the nights.
type life struct {
	torturer *torturer
	folder   string
	small    bool // it lives on a small disk of its own

	server *embedded.Engine // nil: the program has an engine of its own
	cable  *cable.Cable

	steps int           // of a night without a fault, as the reference had it
	took  time.Duration // likewise
}

// begin makes a life: with an engine that the program only talks to, or with one of the program's own.
func (t *torturer) begin(ctx context.Context, atServer, small bool) (l *life, err error) {
	l = &life{torturer: t}
	if l.folder, err = os.MkdirTemp(t.folder, "life"); err != nil {
		return nil, err
	}
	if small {
		if err := syscall.Mount("tmpfs", l.folder, "tmpfs", 0, fmt.Sprintf("size=%d", smallDisk)); err != nil {
			return nil, fmt.Errorf("no small disk: %w", err)
		}
		l.small = true
	}
	for _, folder := range []string{filepath.Join(l.folder, "data"), filepath.Join(l.folder, "engine"), t.inbox(), t.reports()} {
		if err := errors.Join(os.RemoveAll(folder), os.Mkdir(folder, 0o700)); err != nil {
			return nil, err
		}
	}
	if !atServer {
		return l, nil
	}
	if err := l.startServer(ctx); err != nil {
		return nil, err
	}
	l.cable, err = cable.New(l.server.Addr())
	return l, err
}

func (l *life) startServer(ctx context.Context) (err error) {
	l.server, err = embedded.Start(ctx, embedded.Options{
		Dir: filepath.Join(l.folder, "engine"), Library: l.torturer.library, HTTPPort: embedded.NoHTTP, Memory: 2 << 30, Verb: "torture", Since: time.Now(),
	})
	return err
}

// dawn mends what the faults broke: the cable, the disk, and the engine when it is dead.
func (l *life) dawn(ctx context.Context) error {
	if err := l.empty(); err != nil {
		return err
	}
	if l.server == nil {
		return nil
	}
	l.cable.Mend()
	if !l.engineDied() {
		return nil
	}
	return l.restart(ctx)
}

// restart stops the server, if it lives, and starts it again.
func (l *life) restart(ctx context.Context) error {
	_ = l.server.Stop(ctx) // where it was killed it says so, which is known
	if err := l.startServer(ctx); err != nil {
		return err
	}
	l.cable.Lead(l.server.Addr())
	return nil
}

// engineDied says whether the engine of a life at a server is no more.
func (l *life) engineDied() bool { return l.server != nil && l.server.Err() != nil }

// end takes the life's folder away.
func (l *life) end(ctx context.Context) error {
	var errs []error
	if l.server != nil {
		_ = l.server.Stop(ctx) // on a busy machine it may take too long and be killed; its folder goes in any case
		errs = append(errs, l.cable.Close())
	}
	if l.small {
		errs = append(errs, syscall.Unmount(l.folder, 0))
	}
	return errors.Join(append(errs, os.RemoveAll(l.folder))...)
}

// evening brings the new exports, reports and publications of a night.
func (l *life) evening(night int) error {
	l.torturer.show(night)
	return errors.Join(exports(l.torturer.inbox(), night), reports(l.torturer.reports(), night))
}

func (l *life) order(night int) order {
	o := order{
		Warehouse: pipelines.Embedded, Data: filepath.Join(l.folder, "data"), Engine: l.torturer.engines, Inbox: l.torturer.inbox(),
		Reports: l.torturer.reports(), Site: l.torturer.site, Now: moment(night),
	}
	if l.server != nil {
		o.Warehouse = "clickhouse://" + l.cable.Addr() + "/qulaq"
	}
	return o
}

// clean runs a night without a fault.
func (l *life) clean(night int) (said, error) {
	p, err := start(l.order(night))
	if err != nil {
		return said{}, err
	}
	defer p.kill()
	if err := p.wait(); err != nil {
		return said{}, err
	}
	if end := p.end.Load(); end != nil && end.Error == "" {
		return *end, nil
	}
	return said{}, fmt.Errorf("the night did not end well: %s", p.why())
}

// read reads what the warehouse holds.
func (l *life) read(ctx context.Context) (contents, error) {
	c := pipelines.DefaultConfig()
	o := l.order(0)
	c.Warehouse, c.Data, c.Engine.Folder = pipelines.Secret(o.Warehouse), o.Data, o.Engine
	e := &pipelines.Environment{Config: c, Now: time.Now, Log: slog.New(slog.DiscardHandler), Version: "torture"}
	if err := e.OpenWarehouse(ctx, "torture", pipelines.Own); err != nil {
		return nil, errors.Join(err, e.Close(ctx))
	}
	all, err := read(ctx, e.Warehouse)
	return all, errors.Join(err, e.Close(ctx))
}

// process is a night under way.
type process struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	step   chan said     // it waits before a step
	ended  chan struct{} // it is no more
	engine atomic.Int64
	end    atomic.Pointer[said]
	stderr lastWords
}

func start(o order) (*process, error) {
	text, err := json.Marshal(o)
	if err != nil {
		return nil, err
	}
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	p := &process{cmd: exec.Command(program, nightVerb, string(text)), step: make(chan said, 1), ended: make(chan struct{})}
	p.cmd.Stderr = &p.stderr
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		defer close(p.ended)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			var s said
			if json.Unmarshal(lines.Bytes(), &s) != nil {
				continue // it was killed in the middle of a word
			}
			switch {
			case s.Engine > 0:
				p.engine.Store(int64(s.Engine))
			case s.Finished:
				p.end.Store(&s)
			default:
				p.step <- s
			}
		}
		_ = p.cmd.Wait() // how it ended was said, or it was killed
	}()
	return p, nil
}

// paused waits until the program waits before its step; false when it ended without.
func (p *process) paused() (bool, error) {
	select {
	case <-p.step:
		return true, nil
	case <-p.ended:
		return false, nil
	case <-time.After(patience):
		return false, p.hangs()
	}
}

// goOn lets it take the step that it waits before.
func (p *process) goOn() error {
	_, err := p.in.Write([]byte("\n"))
	return err
}

// alive waits, and says whether the program still runs.
func (p *process) alive(after time.Duration) bool {
	select {
	case <-p.ended:
		return false
	case <-time.After(after):
		return true
	}
}

// wait waits for the end.
func (p *process) wait() error {
	select {
	case <-p.ended:
		return nil
	case <-time.After(patience):
		return p.hangs()
	}
}

func (p *process) hangs() error {
	return first(p.kill(), fmt.Errorf("a night hangs for %v", patience))
}

func (p *process) kill() error {
	err := p.cmd.Process.Kill()
	if errors.Is(err, os.ErrProcessDone) {
		err = nil
	}
	<-p.ended
	return err
}

// why is what the program said of its end.
func (p *process) why() string {
	if end := p.end.Load(); end != nil {
		return end.Error
	}
	return "no word, but: " + p.stderr.String()
}

// lastWords keeps the end of what is written to it.
type lastWords struct{ text []byte }

func (w *lastWords) Write(b []byte) (int, error) {
	w.text = append(w.text, b...)
	w.text = w.text[max(0, len(w.text)-4<<10):]
	return len(b), nil
}

func (w *lastWords) String() string { return string(w.text) }
