package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/qulaq-kz/qulaq/load/embedded/embeddedtest"
)

// TestMain makes the test binary two programs: the tests, and qulaq itself under its own name, which starts
// its engine by running itself once more.
func TestMain(m *testing.M) {
	testscript.Main(suite{m}, map[string]func(){"qulaq": func() { os.Exit(run(os.Args)) }})
}

// suite stops the shared server when all tests have ended.
type suite struct{ *testing.M }

func (s suite) Run() int {
	code := s.M.Run()
	if err := shared.stop(); err != nil {
		fmt.Fprintln(os.Stderr, "the shared server:", err)
		code = max(code, 1)
	}
	return code
}

// server is `qulaq clickhouse` at work, a server for tests that need no engine of their own.
type server struct {
	once      sync.Once
	command   *exec.Cmd
	folder    string
	address   string // clickhouse://127.0.0.1:port/, a database's name short
	err       error
	databases atomic.Int64
}

var shared server

// database returns the address of a new empty database.
func database(t testing.TB) string {
	t.Helper()
	shared.once.Do(shared.start)
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	return fmt.Sprintf("%stest%d", shared.address, shared.databases.Add(1)) + embeddedtest.Hurried
}

var nativeAddress = regexp.MustCompile(`^native +(clickhouse://127\.0\.0\.1:\d+/)qulaq$`)

func (s *server) start() {
	if s.folder, s.err = os.MkdirTemp("", "qulaq-test"); s.err != nil {
		return
	}
	config := filepath.Join(s.folder, "qulaq.yaml")
	if s.err = os.WriteFile(config, []byte("data: ./data\n"), 0o600); s.err != nil {
		return
	}
	s.command = exec.Command("qulaq", "clickhouse", "--config", config)
	s.command.Stderr = os.Stderr
	out, err := s.command.StdoutPipe()
	if err != nil {
		s.err = err
		return
	}
	if s.err = s.command.Start(); s.err != nil {
		return
	}
	lines := bufio.NewScanner(out)
	for s.address == "" && lines.Scan() {
		if m := nativeAddress.FindStringSubmatch(lines.Text()); m != nil {
			s.address = m[1]
		}
	}
	if s.address == "" {
		s.err = errors.Join(errors.New("qulaq clickhouse printed no native address"), lines.Err())
	}
	go func() { // what else it prints
		for lines.Scan() {
		}
	}()
}

func (s *server) stop() error {
	if s.command == nil || s.command.Process == nil {
		return nil
	}
	err := s.command.Process.Signal(os.Interrupt)
	return errors.Join(err, s.command.Wait(), os.RemoveAll(s.folder))
}

// home passes on what tells where the engine's library is kept: scripts have no home of their own.
var home = []string{"HOME", "XDG_CACHE_HOME", "QULAQ_ENGINE_DIR"}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			for _, name := range home {
				if value, ok := os.LookupEnv(name); ok {
					e.Setenv(name, value)
				}
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code": code, "await": await, "server": serverCommand,
			"fields": fields, "export": exportCommand, "http": httpCommand,
		},
	})
}

// code runs a program that must end with an exit code: code 2 qulaq bogus.
func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code NUMBER PROGRAM ARGUMENT…")
	}
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if fmt.Sprint(got) != args[0] {
		ts.Fatalf("%s ended with code %d, want %s", args[1], got, args[0])
	}
}

// patience is how long a test waits for another process.
const patience = 60 * time.Second

// await waits until what a program prints matches: await VARIABLE PATTERN FILE, or with a program in place
// of the file, await VARIABLE PATTERN -- PROGRAM ARGUMENT…. The first group goes to the variable.
func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: await VARIABLE PATTERN FILE|-- PROGRAM…")
	}
	pattern := regexp.MustCompile("(?m)" + args[1])
	text := ""
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if args[2] == "--" {
			_ = ts.Exec(args[3], args[4:]...) // it may fail until it is time
			text = ts.ReadFile("stdout")
		} else if b, err := os.ReadFile(ts.MkAbs(args[2])); err == nil {
			text = string(b)
		}
		if m := pattern.FindStringSubmatch(text); m != nil {
			ts.Setenv(args[0], m[len(m)-1])
			return
		}
	}
	ts.Fatalf("nothing matched %q; the last was:\n%s", args[1], text)
}

// serverCommand puts the address of a new database on the shared server into a variable: server VARIABLE.
func serverCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: server VARIABLE")
	}
	shared.once.Do(shared.start)
	ts.Check(shared.err)
	ts.Setenv(args[0], fmt.Sprintf("%stest%d", shared.address, shared.databases.Add(1))+embeddedtest.Hurried)
}

// outcome is the outcome of one call of the program.
type outcome struct {
	code        int
	out, errOut string
}

func (r outcome) String() string {
	return fmt.Sprintf("code %d\nstdout:\n%s\nstderr:\n%s", r.code, r.out, r.errOut)
}

// call runs the program in a folder.
func call(t testing.TB, dir string, args ...string) outcome {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*patience)
	defer cancel()
	c := exec.CommandContext(ctx, "qulaq", args...)
	c.Dir = dir
	c.Env = append(os.Environ(), "TOKEN="+secret)
	var out, errOut strings.Builder
	c.Stdout, c.Stderr = &out, &errOut
	err := c.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return outcome{c.ProcessState.ExitCode(), out.String(), errOut.String()}
}
