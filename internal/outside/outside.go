// Package outside runs programs that are installed beside this one (poppler, tesseract, LibreOffice) on bytes
// from anywhere. Such a program is not trusted with the machine: it gets a folder of its own that is removed
// afterwards, a short environment, limits on time, memory and output, and it is killed with its children.
//
// It works on Linux and macOS. macOS has no limit on memory to give; there the other limits hold.
package outside

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/qulaq-kz/qulaq"
)

// Why a program gave no answer. They are reasons of a *qulaq.Error; find them with errors.Is.
var (
	ErrMissing = errors.New("the program is not there")
	ErrSlow    = errors.New("the program took longer than it may")
	ErrLarge   = errors.New("the program's answer is larger than it may be")
	ErrFailed  = errors.New("the program failed")
)

// Command is a program, its arguments, and what it works on.
type Command struct {
	Program string   // a path, or a name to look for on PATH
	Args    []string // never seen by a shell; files are named as in Files
	Stdin   []byte
	Files   map[string][]byte // by name, put into the folder that the program starts in
	Env     []string          // in addition to the short environment: NAME=value
	Collect string            // a pattern of filepath.Match: files whose bytes are wanted afterwards; "" for none
}

// Limits bound a run. The zero value of a field means its default.
type Limits struct {
	Wall   time.Duration // default one minute
	CPU    time.Duration // of the program itself, in whole seconds; default twice Wall, as it may have threads
	Memory int64         // bytes of address space; default 2 GiB
	Output int64         // bytes of stdout and of the collected files, each; default 64 MiB
}

// Result is what a program answered.
type Result struct {
	Stdout []byte
	Files  map[string][]byte // by name
}

func (l Limits) defaults() Limits {
	if l.Wall <= 0 {
		l.Wall = time.Minute
	}
	if l.CPU <= 0 {
		l.CPU = 2 * l.Wall
	}
	if l.Memory <= 0 {
		l.Memory = 2 << 30
	}
	if l.Output <= 0 {
		l.Output = 64 << 20
	}
	return l
}

// launch sets the limits that a process inherits and becomes the program. What a system does not know
// (memory, on macOS) it leaves. The hard limit of processor time is a second above the soft one: where both are the same
// the kernel kills without saying why. Names and arguments come as parameters, so no shell reads them.
const launch = `ulimit -c 0 2>/dev/null; ulimit -H -t "$(($1 + 1))" 2>/dev/null; ulimit -S -t "$1" 2>/dev/null; ulimit -v "$2" 2>/dev/null; shift 2; exec "$@"`

// Run runs a command to its end. Errors are *qulaq.Error: of kind Configuration when the program is not there
// or no folder could be made for it, else of kind Contract, as the bytes are what made it fail; or the
// context's own error. It is safe for concurrent use.
func Run(ctx context.Context, c Command, limits Limits) (*Result, error) {
	limits = limits.defaults()
	path, err := exec.LookPath(c.Program)
	if err != nil {
		return nil, c.trouble(qulaq.Configuration, ErrMissing, "install it, or give its path")
	}
	if path, err = filepath.Abs(path); err != nil {
		return nil, c.trouble(qulaq.Configuration, err, "")
	}
	folder, err := os.MkdirTemp("", "qulaq-outside-")
	if err != nil {
		return nil, c.trouble(qulaq.Configuration, err, "make room for temporary files")
	}
	result, err := c.run(ctx, path, folder, limits)
	if rest := os.RemoveAll(folder); rest != nil && err == nil {
		return nil, c.trouble(qulaq.Configuration, rest, "remove the folder by hand")
	}
	return result, err
}

func (c Command) trouble(kind qulaq.Kind, err error, hint string) error {
	return &qulaq.Error{Op: "run", Object: filepath.Base(c.Program), Kind: kind, Err: err, Hint: hint}
}

func (c Command) run(ctx context.Context, path, folder string, limits Limits) (*Result, error) {
	for name, data := range c.Files {
		if !filepath.IsLocal(name) || filepath.Base(name) != name {
			return nil, c.trouble(qulaq.Bug, fmt.Errorf("%q is not the name of a file in a folder", name), "")
		}
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o600); err != nil {
			return nil, c.trouble(qulaq.Configuration, err, "make room for temporary files")
		}
	}
	within, cancel := context.WithTimeout(ctx, limits.Wall)
	defer cancel()
	seconds := int(math.Ceil(limits.CPU.Seconds()))
	args := append([]string{"-c", launch, "sh", strconv.Itoa(seconds), strconv.FormatInt(limits.Memory>>10, 10), path}, c.Args...)
	cmd := exec.CommandContext(within, "/bin/sh", args...)
	cmd.Dir = folder
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + folder, "TMPDIR=" + folder, "LANG=C.UTF-8"}, c.Env...)
	cmd.Stdin = bytes.NewReader(c.Stdin)
	stdout := &bounded{most: limits.Output, full: cancel}
	stderr := &bounded{most: 4096, full: func() {}}
	cmd.Stdout, cmd.Stderr = stdout, stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return killGroup(cmd.Process.Pid) }
	cmd.WaitDelay = 2 * time.Second
	if err := cmd.Start(); err != nil {
		return nil, c.trouble(qulaq.Configuration, err, "")
	}
	err := cmd.Wait()
	_ = killGroup(cmd.Process.Pid) // children that outlived it; usually there are none, which is an error
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case stdout.over:
		return nil, c.trouble(qulaq.Contract, ErrLarge, "")
	case within.Err() != nil, err != nil && usedUp(cmd.ProcessState, limits.CPU):
		return nil, c.trouble(qulaq.Contract, ErrSlow, "")
	case err != nil:
		why := err.Error()
		if line := firstLine(stderr.Bytes()); line != "" {
			why += ": " + line
		}
		return nil, c.trouble(qulaq.Contract, fmt.Errorf("%w: %s", ErrFailed, why), "")
	}
	files, err := c.collect(folder, limits.Output)
	if err != nil {
		return nil, err
	}
	return &Result{Stdout: stdout.Bytes(), Files: files}, nil
}

// killGroup ends a process and all of its children that did not leave its group.
func killGroup(pid int) error { return syscall.Kill(-pid, syscall.SIGKILL) }

// usedUp says whether a process was ended because its processor time was spent.
func usedUp(p *os.ProcessState, limit time.Duration) bool {
	status, ok := p.Sys().(syscall.WaitStatus)
	if !ok || !status.Signaled() {
		return false
	}
	return status.Signal() == syscall.SIGXCPU || p.UserTime()+p.SystemTime() >= limit-100*time.Millisecond
}

func firstLine(b []byte) string {
	for line := range strings.Lines(strings.ToValidUTF8(string(b), "?")) {
		if line = strings.TrimSpace(line); line != "" {
			return line
		}
	}
	return ""
}

// collect reads the files that were asked for.
func (c Command) collect(folder string, most int64) (map[string][]byte, error) {
	files := map[string][]byte{}
	if c.Collect == "" {
		return files, nil
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, c.trouble(qulaq.Configuration, err, "")
	}
	for _, e := range entries {
		if wanted, err := filepath.Match(c.Collect, e.Name()); err != nil {
			return nil, c.trouble(qulaq.Bug, err, "")
		} else if !wanted {
			continue
		}
		info, err := e.Info()
		if err != nil {
			return nil, c.trouble(qulaq.Configuration, err, "")
		}
		if !info.Mode().IsRegular() { // a link could lead anywhere
			continue
		}
		if most -= info.Size(); most < 0 {
			return nil, c.trouble(qulaq.Contract, ErrLarge, "")
		}
		if files[e.Name()], err = os.ReadFile(filepath.Join(folder, e.Name())); err != nil {
			return nil, c.trouble(qulaq.Configuration, err, "")
		}
	}
	return files, nil
}

// bounded keeps the first bytes that are written to it and tells when there are more.
type bounded struct {
	buf  bytes.Buffer
	most int64
	over bool
	full func()
}

// Bytes returns what was kept. It is read after the program has ended.
func (b *bounded) Bytes() []byte { return b.buf.Bytes() }

func (b *bounded) Write(p []byte) (int, error) {
	if room := b.most - int64(b.buf.Len()); int64(len(p)) > room {
		b.buf.Write(p[:room])
		b.over = true
		b.full()
		return len(p), nil
	}
	return b.buf.Write(p)
}
