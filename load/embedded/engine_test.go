package embedded_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/load/embedded"
	"github.com/qulaq-kz/qulaq/load/embedded/embeddedtest"
)

// start starts an engine on a given folder.
func start(t *testing.T, opts embedded.Options) *embedded.Engine {
	t.Helper()
	if opts.Library == "" {
		opts.Library = embeddedtest.Library(t)
	}
	begun := time.Now()
	e, err := embedded.Start(t.Context(), opts)
	if err != nil {
		t.Fatalf("%v (%s)", err, qulaq.Hint(err))
	}
	t.Logf("started in %v", time.Since(begun).Round(time.Millisecond))
	t.Cleanup(func() { _ = e.Stop(context.Background()) }) // what it says is tested where it matters
	return e
}

func stop(t *testing.T, e *embedded.Engine) {
	t.Helper()
	begun := time.Now()
	if err := e.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Logf("stopped in %v", time.Since(begun).Round(time.Millisecond))
}

func connect(t *testing.T, addr string) driver.Conn {
	t.Helper()
	conn, err := clickhouse.Open(&clickhouse.Options{Addr: []string{addr}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

func run(t *testing.T, conn driver.Conn, statements ...string) {
	t.Helper()
	for _, s := range statements {
		if err := conn.Exec(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

// ask returns the one string that a query answers.
func ask(t *testing.T, conn driver.Conn, query string) (answer string) {
	t.Helper()
	if err := conn.QueryRow(t.Context(), query).Scan(&answer); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return answer
}

// fill makes a table of 1,000 rows, and count counts them.
func fill(t *testing.T, e *embedded.Engine) {
	t.Helper()
	run(t, connect(t, e.Addr()),
		"CREATE DATABASE akimat",
		"CREATE TABLE akimat.complaints (id UInt64, text String) ENGINE = MergeTree ORDER BY id",
		"INSERT INTO akimat.complaints SELECT number, 'жалоба' FROM numbers(1000)")
}

const count = "SELECT toString(count()) FROM akimat.complaints WHERE text = 'жалоба'"

// within fails the test when a channel is not closed in time.
func within(t *testing.T, limit time.Duration, what string, done <-chan struct{}) {
	t.Helper()
	select {
	case <-done:
	case <-time.After(limit):
		t.Fatalf("%s did not happen within %v", what, limit)
	}
}

// wantError checks an error's kind and that its message and hint say certain things.
func wantError(t *testing.T, err error, kind qulaq.Kind, words ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error; want %v: %q", kind, words)
	}
	text := err.Error() + " | " + qulaq.Hint(err)
	t.Log(text)
	if got := qulaq.KindOf(err); got != kind {
		t.Errorf("kind %v, want %v", got, kind)
	}
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("it does not say %q", w)
		}
	}
}

func TestStopAndStartKeepData(t *testing.T) {
	// A folder's name is the operator's choice, and goes through XML, a command line and SQL.
	dir := filepath.Join(t.TempDir(), "деректер & co's <data>")
	e := start(t, embedded.Options{Dir: dir})
	fill(t, e)
	stop(t, e)
	within(t, time.Second, "death", e.Dead())
	if err := e.Err(); err != nil {
		t.Errorf("after a good stop: %v", err)
	}
	stop(t, e) // again is no harm
	e = start(t, embedded.Options{Dir: dir})
	if got := ask(t, connect(t, e.Addr()), count); got != "1000" {
		t.Errorf("%s rows after a restart, want 1000", got)
	}
}

// A full disk leaves files of changes empty, over which the engine would not start.
func TestEmptyFilesOfChanges(t *testing.T) {
	dir := t.TempDir()
	e := start(t, embedded.Options{Dir: dir})
	fill(t, e)
	run(t, connect(t, e.Addr()), "ALTER TABLE akimat.complaints UPDATE text = 'changed' WHERE id = 7 SETTINGS mutations_sync = 2")
	stop(t, e)
	changes, err := filepath.Glob(filepath.Join(dir, "clickhouse", "store", "*", "*", "mutation_*.txt"))
	if err != nil || len(changes) != 1 {
		t.Fatalf("changes %q, %v", changes, err)
	}
	empty := filepath.Join(filepath.Dir(changes[0]), "mutation_99.txt")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	e = start(t, embedded.Options{Dir: dir})
	if got := ask(t, connect(t, e.Addr()), count); got != "999" {
		t.Errorf("%s rows are as they were, want 999", got)
	}
	if _, err := os.Stat(empty); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the empty file: %v", err)
	}
}

func TestSettings(t *testing.T) {
	t.Setenv("EOTINISH_TOKEN", "secret-of-ours")
	dir := t.TempDir()
	var printed strings.Builder
	e := start(t, embedded.Options{Dir: dir, Memory: 3 << 30, Stderr: &printed})
	conn := connect(t, e.Addr())
	for query, want := range map[string]string{
		"SELECT version()":     "26.7.2.1",
		"SELECT displayName()": "qulaq",
		"SELECT timezone()":    "UTC",
		"SELECT toString(getSetting('compile_expressions') OR getSetting('compile_aggregate_expressions'))": "false",
		"SELECT value FROM system.server_settings WHERE name = 'max_server_memory_usage'":                   fmt.Sprint(3 << 30),
		"SELECT value FROM system.server_settings WHERE name = 'merges_mutations_memory_usage_soft_limit'":  fmt.Sprint(3 << 29),
		"SELECT value FROM system.server_settings WHERE name = 'mark_cache_size'":                           fmt.Sprint(64 << 20),
	} {
		if got := ask(t, conn, query); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}

	resp, err := http.Get("http://" + e.HTTPAddr() + "/ping")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, err := io.ReadAll(resp.Body); err != nil || string(body) != "Ok.\n" {
		t.Errorf("HTTP answers %q, %v", body, err)
	}
	for _, addr := range []string{e.Addr(), e.HTTPAddr()} {
		_, port, _ := net.SplitHostPort(addr)
		if c, err := net.DialTimeout("tcp", "127.0.0.2:"+port, time.Second); err == nil {
			c.Close()
			t.Errorf("port %s is open on more than 127.0.0.1", port)
		}
	}
	if err := conn.Exec(t.Context(), "SELECT no_such_column"); err == nil {
		t.Error("a wrong query passed")
	}
	if env, err := os.ReadFile(fmt.Sprintf("/proc/%d/environ", e.PID())); err == nil && strings.Contains(string(env), "secret") {
		t.Error("the engine knows our secrets")
	}
	stop(t, e) // the log is written a little later than things happen
	if !strings.Contains(printed.String(), "engine.log") {
		t.Errorf("what the engine printed was not passed on: %q", printed.String())
	}
	if log, err := os.ReadFile(filepath.Join(dir, "engine.log")); err != nil || !strings.Contains(string(log), "no_such_column") || strings.Contains(string(log), "<Debug>") {
		t.Errorf("the log should hold errors and no chatter (%v):\n%.500s", err, log)
	}
}

func TestNoHTTP(t *testing.T) {
	e := start(t, embedded.Options{Dir: t.TempDir(), HTTPPort: embedded.NoHTTP})
	if got := e.HTTPAddr(); got != "" {
		t.Errorf("HTTP at %q", got)
	}
	if got := ask(t, connect(t, e.Addr()), "SELECT toString(count()) FROM system.server_settings WHERE name = 'http_port'"); got != "0" {
		t.Error("the engine knows an HTTP port")
	}
}

func TestMemoryIsBounded(t *testing.T) {
	e := start(t, embedded.Options{Dir: t.TempDir(), Memory: 400 << 20})
	conn := connect(t, e.Addr())
	err := conn.Exec(t.Context(), "SELECT length(groupArray(number)) FROM numbers(200000000)")
	var refusal *clickhouse.Exception
	if !errors.As(err, &refusal) || refusal.Name != "DB::Exception" || refusal.Code != 241 { // MEMORY_LIMIT_EXCEEDED
		t.Errorf("a query of 1.6 GB: %v", err)
	}
	if got := ask(t, conn, "SELECT 'alive'"); got != "alive" { // the query fails, not the engine
		t.Error(got)
	}
}

func TestOneOwner(t *testing.T) {
	dir := t.TempDir()
	since := time.Date(2026, 5, 1, 10, 0, 0, 0, qulaq.Almaty())
	e := start(t, embedded.Options{Dir: dir, Verb: "clickhouse", Since: since})
	begun := time.Now()
	_, err := embedded.Start(t.Context(), embedded.Options{Dir: dir, Library: embeddedtest.Library(t)})
	wantError(t, err, qulaq.Locked, dir, fmt.Sprintf("qulaq pid %d (clickhouse) since 2026-05-01T10:00:00+05:00", os.Getpid()),
		"clickhouse://"+e.Addr())
	if took := time.Since(begun); took > time.Second {
		t.Errorf("the refusal took %v", took)
	}
	if got := ask(t, connect(t, e.Addr()), "SELECT 'alive'"); got != "alive" {
		t.Error("the owner's engine suffered")
	}
	if addr, ok := embedded.Running(dir); !ok || addr != e.Addr() {
		t.Errorf("running at %q, %v; want %s", addr, ok, e.Addr())
	}
	stop(t, e)
	if addr, ok := embedded.Running(dir); ok {
		t.Errorf("after the stop, still running at %s", addr)
	}
	if addr, ok := embedded.Running(t.TempDir()); ok {
		t.Errorf("in an empty folder, running at %s", addr)
	}
}

func TestOtherClickHouseOnSameData(t *testing.T) {
	theirs, ours := t.TempDir(), t.TempDir()
	start(t, embedded.Options{Dir: theirs})
	if err := os.Symlink(filepath.Join(theirs, "clickhouse"), filepath.Join(ours, "clickhouse")); err != nil {
		t.Fatal(err)
	}
	_, err := embedded.Start(t.Context(), embedded.Options{Dir: ours, Library: embeddedtest.Library(t)})
	wantError(t, err, qulaq.Locked, "another ClickHouse", filepath.Join(ours, "clickhouse", "status"))
}

func TestSignalsAreTheParentsBusiness(t *testing.T) {
	e := start(t, embedded.Options{Dir: t.TempDir()})
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		if err := syscall.Kill(e.PID(), s); err != nil {
			t.Fatal(err)
		}
	}
	if group, err := syscall.Getpgid(e.PID()); err != nil || group == syscall.Getpgrp() {
		t.Errorf("the engine is in our process group (%v): a terminal's Ctrl-C would reach it", err)
	}
	time.Sleep(100 * time.Millisecond) // for a signal that was not ignored to do its work
	if got := ask(t, connect(t, e.Addr()), "SELECT 'alive'"); got != "alive" {
		t.Error(got)
	}
	stop(t, e)
}

func TestKilledEngine(t *testing.T) {
	dir := t.TempDir()
	e := start(t, embedded.Options{Dir: dir})
	fill(t, e)
	if err := e.Err(); err != nil {
		t.Fatalf("while it lives: %v", err)
	}
	if err := syscall.Kill(e.PID(), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	within(t, 5*time.Second, "death", e.Dead())
	wantError(t, e.Err(), qulaq.Transient, dir, "signal: killed", "memory")
	if err := e.Stop(t.Context()); err != e.Err() {
		t.Errorf("Stop says %v", err)
	}
	e = start(t, embedded.Options{Dir: dir}) // the dead engine's lock is gone
	if got := ask(t, connect(t, e.Addr()), count); got != "1000" {
		t.Errorf("%s rows after a kill, want 1000", got)
	}
}

func TestCrashedEngine(t *testing.T) {
	e := start(t, embedded.Options{Dir: t.TempDir()})
	if err := syscall.Kill(e.PID(), syscall.SIGSEGV); err != nil {
		t.Fatal(err)
	}
	within(t, 5*time.Second, "death", e.Dead()) // the library's own handler would sleep for minutes
	wantError(t, e.Err(), qulaq.Transient, "signal: segmentation fault", "engine.log")
}

func TestKilledParent(t *testing.T) {
	dir := t.TempDir()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	parent := exec.Command(program, parentVerb, dir, embeddedtest.Library(t))
	parent.Stderr = os.Stderr
	stdin, err := parent.StdinPipe() // stays open: only the kill ends the parent
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	stdout, err := parent.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	var child int
	var addr string
	if _, err := fmt.Fscan(bufio.NewReader(stdout), &child, &addr); err != nil {
		t.Fatal(err)
	}
	run(t, connect(t, addr),
		"CREATE DATABASE akimat",
		"CREATE TABLE akimat.complaints (id UInt64, text String) ENGINE = MergeTree ORDER BY id",
		"INSERT INTO akimat.complaints SELECT number, 'жалоба' FROM numbers(1000)")

	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = parent.Wait() // "signal: killed"
	begun := time.Now()
	e := start(t, embedded.Options{Dir: dir}) // waits for the orphan's lock
	t.Logf("owned again after %v", time.Since(begun).Round(time.Millisecond))
	// Gone, or dead and not yet reaped by the system.
	if state, _ := exec.Command("ps", "-o", "stat=", "-p", strconv.Itoa(child)).Output(); len(state) > 0 && state[0] != 'Z' {
		t.Errorf("the orphan lives on: %s", state)
	}
	if got := ask(t, connect(t, e.Addr()), count); got != "1000" {
		t.Errorf("%s rows after the parent's death, want 1000", got)
	}
}

func TestStopOfBusyEngineIsBounded(t *testing.T) {
	dir := t.TempDir()
	e := start(t, embedded.Options{Dir: dir})
	conn := connect(t, e.Addr())
	go func() { // ends with the engine
		_ = conn.Exec(context.Background(), "SELECT sleepEachRow(1) FROM numbers(60) SETTINGS max_block_size = 1")
	}()
	watcher := connect(t, e.Addr())
	for ask(t, watcher, "SELECT toString(count()) FROM system.processes WHERE query LIKE '%sleepEachRow(1) FROM numbers(60)%' AND query NOT LIKE '%processes%'") == "0" {
		time.Sleep(10 * time.Millisecond)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	begun := time.Now()
	wantError(t, e.Stop(ctx), qulaq.Transient, "did not end in the time given and was killed")
	if took := time.Since(begun); took > 3*time.Second {
		t.Errorf("the stop took %v", took)
	}
	stop(t, start(t, embedded.Options{Dir: dir}))
}

func TestGivenPortIsTaken(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	port := l.Addr().(*net.TCPAddr).Port
	lib := embeddedtest.Library(t)
	for name, opts := range map[string]embedded.Options{
		"native": {TCPPort: port},
		"HTTP":   {HTTPPort: port},
	} {
		t.Run(name, func(t *testing.T) {
			opts.Dir, opts.Library = t.TempDir(), lib
			_, err := embedded.Start(t.Context(), opts)
			wantError(t, err, qulaq.Configuration, fmt.Sprintf("127.0.0.1:%d", port), "in use", "other ports")
		})
	}
}

func TestBadLibrary(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, content []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	whole, err := os.Open(embeddedtest.Library(t))
	if err != nil {
		t.Fatal(err)
	}
	defer whole.Close()
	part, err := io.ReadAll(io.LimitReader(whole, 16<<20))
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct{ path, says string }{
		"missing":   {filepath.Join(dir, "none.so"), "no such file"},
		"empty":     {write("empty.so", nil), "file too short"},
		"junk":      {write("junk.so", []byte(strings.Repeat("junk", 1000))), "invalid ELF header"},
		"truncated": {write("truncated.so", part), "signal: bus error"},
	} {
		t.Run(name, func(t *testing.T) {
			data := t.TempDir()
			_, err := embedded.Start(t.Context(), embedded.Options{Dir: data, Library: test.path})
			wantError(t, err, qulaq.Configuration, test.says, "fetch the engine again")
		})
	}
}

func TestBadExecutable(t *testing.T) {
	stranger, err := exec.LookPath("false") // a program that does not know the verb
	if err != nil {
		t.Fatal(err)
	}
	for program, says := range map[string]string{
		filepath.Join(t.TempDir(), "none"): "no such file",
		stranger:                           "exit status 1",
	} {
		t.Run(filepath.Base(program), func(t *testing.T) {
			dir := t.TempDir()
			_, err := embedded.Start(t.Context(), embedded.Options{Dir: dir, Library: embeddedtest.Library(t), Executable: program})
			wantError(t, err, qulaq.Configuration, says)
			stop(t, start(t, embedded.Options{Dir: dir})) // the folder was let go
		})
	}
}

func TestBadFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for name, dir := range map[string]string{
		"none": "", "a file": file, "below a file": filepath.Join(file, "x"), "a line break": "a\nb", "bytes": "a\xff",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := embedded.Start(t.Context(), embedded.Options{Dir: dir, Library: embeddedtest.Library(t)})
			wantError(t, err, qulaq.Configuration)
		})
	}
}

func TestStartIsCalledOff(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	dir := t.TempDir()
	_, err := embedded.Start(ctx, embedded.Options{Dir: dir, Library: embeddedtest.Library(t)})
	wantError(t, err, qulaq.Transient, dir)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v does not wrap the context's error", err)
	}
	start(t, embedded.Options{Dir: dir}) // the folder was let go
}
