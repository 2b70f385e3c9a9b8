package embedded

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/ClickHouse/clickhouse-go/v2"

	"github.com/qulaq-kz/qulaq"
)

const (
	// startLimit bounds a start. It takes 0.5 s when the library is in the page cache; 11 s were seen when
	// it was not.
	startLimit = 60 * time.Second
	// startPause is how long to wait between two pings of an engine that starts.
	startPause = 10 * time.Millisecond
	// stopLimit bounds a stop. The child ends itself within orphanGrace.
	stopLimit = orphanGrace + 2*time.Second
	// portTries is how often to pick other ports when somebody is faster.
	portTries = 5
	// maxTail bounds what is kept of the child's words, in bytes.
	maxTail = 8 << 10
)

// NoHTTP as Options.HTTPPort starts the engine without HTTP.
const NoHTTP = -1

// Options say how to run an engine. Dir and Library are needed, the rest may be zero.
type Options struct {
	Dir     string // data folder; made if need be, readable by this user only
	Library string // what Fetch returned

	TCPPort  int // of the native protocol; 0 picks a free one
	HTTPPort int // 0 picks a free one; NoHTTP leaves HTTP out

	Users []User // who may read besides the user default

	Memory int64 // bytes the engine may use for queries and merges; 0 means nine tenths of the machine's

	Verb  string    // what the owner is doing, for those who find the folder locked: "clickhouse"
	Since time.Time // when it began, likewise; zero leaves it out

	Executable string    // program to re-execute with Verb; "" means the running one
	Stderr     io.Writer // gets what the child prints; nil keeps only the end of it, for errors
}

// Engine is a running ClickHouse. Its methods are safe for concurrent use.
type Engine struct {
	dir       string
	tcp, http int
	cmd       *exec.Cmd
	parent    io.Closer // the write end of the child's standard input
	lock      *os.File
	loaded    *watchword  // on the child's standard output
	errs      *tail       // its standard error
	stopping  atomic.Bool // Stop was called
	forced    atomic.Bool // and we killed it
	dead      chan struct{}
	err       error // why it died; set before dead is closed
}

// Start takes the data folder and starts an engine on it. It returns when the engine answers queries. The
// context bounds the start only; Stop ends the engine.
//
// Errors: kind Locked when another program owns the folder (the message says which); Configuration when the
// folder, the library or a given port cannot be used; Transient when the engine dies or does not answer.
func Start(ctx context.Context, opts Options) (*Engine, error) {
	return start(ctx, opts, reserve)
}

func start(ctx context.Context, opts Options, reserve func(port int) (net.Listener, error)) (*Engine, error) {
	for try := 1; ; try++ {
		e, err := startOnce(ctx, opts, reserve)
		picked := opts.TCPPort == 0 || opts.HTTPPort == 0
		if errors.Is(err, errPortTaken) && picked && try < portTries {
			continue
		}
		return e, err
	}
}

// startOnce starts an engine on ports that may turn out to be taken.
func startOnce(ctx context.Context, opts Options, reserve func(port int) (net.Listener, error)) (*Engine, error) {
	if _, err := os.Stat(opts.Library); err != nil {
		return nil, misconfigured(opts.Library, err, "fetch the engine again")
	}
	dir, err := makeFolder(opts.Dir)
	if err != nil {
		return nil, misconfigured("", err, "name another data folder")
	}
	lock, err := ownFolder(ctx, dir, orphanLimit)
	if err != nil {
		return nil, started(dir, err)
	}
	if err := sweep(dir); err != nil {
		lock.Close()
		return nil, started(dir, err)
	}
	e, err := launch(opts, dir, lock, reserve)
	if err != nil {
		lock.Close()
		return nil, err
	}
	err = writeOwner(lock, owner{
		PID: os.Getpid(), Verb: opts.Verb, Since: opts.Since, TCP: e.tcp, HTTP: e.http, Engine: e.PID(),
	})
	go e.watch() // closes the lock
	if err == nil {
		err = e.await(ctx)
	}
	if err != nil {
		e.kill()
		<-e.dead
		return nil, started(dir, err)
	}
	return e, nil
}

// launch starts the child, with the lock as its descriptor lockFD. Its errors are of kind Configuration.
func launch(opts Options, dir string, lock *os.File, reserve func(port int) (net.Listener, error)) (*Engine, error) {
	program := opts.Executable
	if program == "" {
		var err error
		if program, err = os.Executable(); err != nil {
			return nil, misconfigured("", err, "")
		}
	}
	tcp, http, err := pickPorts(opts.TCPPort, opts.HTTPPort, reserve)
	if err != nil {
		return nil, misconfigured("", err, otherPorts)
	}
	if err := writeFile(configPath(dir), configure(dir, tcp, http, opts.Memory).String()); err != nil {
		return nil, misconfigured("", err, "")
	}
	if err := writeFile(usersPath(dir), describe(opts.Users)); err != nil {
		return nil, misconfigured("", err, "")
	}
	e := &Engine{
		dir: dir, tcp: tcp, http: http, lock: lock,
		loaded: &watchword{word: loaded},
		errs:   &tail{limit: maxTail, next: opts.Stderr},
		dead:   make(chan struct{}),
	}
	e.cmd = exec.Command(program, append([]string{Verb, opts.Library}, arguments(dir, http != 0)...)...)
	e.cmd.Env = environment()
	e.cmd.Stdout, e.cmd.Stderr = e.loaded, e.errs
	e.cmd.ExtraFiles = []*os.File{lock}
	e.cmd.WaitDelay = time.Second
	// Its own process group keeps the terminal's Ctrl-C away from it.
	e.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if e.parent, err = e.cmd.StdinPipe(); err != nil {
		return nil, misconfigured("", err, "")
	}
	if err := e.cmd.Start(); err != nil {
		return nil, misconfigured(program, err, "")
	}
	return e, nil
}

// noSpace is the hint when a disk is full.
const noSpace = "make space on the disk of the data folder"

// fullDisk says whether a disk, or what one may take of it, is full.
func fullDisk(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

func misconfigured(object string, err error, hint string) error {
	if fullDisk(err) {
		hint = noSpace
	}
	return &qulaq.Error{Op: "start engine", Object: object, Kind: qulaq.Configuration, Err: err, Hint: hint}
}

// otherPorts is the hint when a port is taken.
const otherPorts = "name other ports, or none to have free ones picked"

// started wraps what went wrong in a start, keeping the kind it has.
func started(dir string, err error) error {
	var known *qulaq.Error
	if errors.As(err, &known) {
		return err
	}
	if fullDisk(err) {
		return misconfigured(dir, err, "")
	}
	return &qulaq.Error{Op: "start engine", Object: dir, Kind: qulaq.Transient, Err: err}
}

// makeFolder makes the data folder and returns its one true name, as the engine will report it.
func makeFolder(dir string) (string, error) {
	switch {
	case dir == "":
		return "", errors.New("no data folder is named")
	case !utf8.ValidString(dir) || strings.ContainsFunc(dir, unicode.IsControl):
		return "", fmt.Errorf("the engine's configuration cannot spell %q", dir)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(dir)
}

// reserve takes a port of the loopback interface; 0 takes a free one.
func reserve(port int) (net.Listener, error) {
	return net.Listen("tcp4", address(port))
}

func address(port int) string { return net.JoinHostPort(loopback, strconv.Itoa(port)) }

// pickPorts finds the ports free and lets them go again, for the engine to take. Somebody may be faster: see
// errPortTaken.
func pickPorts(tcp, http int, reserve func(port int) (net.Listener, error)) (tcpPort, httpPort int, err error) {
	l, err := reserve(tcp)
	if err != nil {
		return 0, 0, err
	}
	defer l.Close()
	tcpPort = l.Addr().(*net.TCPAddr).Port
	if http == NoHTTP {
		return tcpPort, 0, nil
	}
	h, err := reserve(http)
	if err != nil {
		return 0, 0, err
	}
	defer h.Close()
	return tcpPort, h.Addr().(*net.TCPAddr).Port, nil
}

// environment is what the child may know of ours: enough to run, no tokens. The engine's time zone is UTC on
// every machine, as in the server's image.
func environment() []string {
	env := []string{"TZ=UTC"}
	for _, name := range []string{"PATH", "HOME", "TMPDIR", "LANG", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "GOCOVERDIR"} {
		if v, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+v)
		}
	}
	return env
}

// watch waits for the child's end, says why it came, and lets the folder go.
func (e *Engine) watch() {
	err := e.cmd.Wait()
	if err == nil && !e.stopping.Load() {
		err = errors.New("it ended by itself")
	}
	if err != nil {
		e.err = e.death(err)
	}
	_ = e.lock.Truncate(0) // what it says of us ends being true; at worst the next owner clears it
	e.lock.Close()
	close(e.dead)
}

// Reasons of death that the child's words tell.
var (
	errPortTaken  = errors.New("another program took the port")
	errDataInUse  = errors.New("another ClickHouse works on the same data")
	errBadLibrary = errors.New("the library cannot be loaded")
	errForced     = errors.New("it did not end in the time given and was killed")
)

// death makes an error of how the child ended and what it said.
func (e *Engine) death(state error) error {
	words := e.words()
	d := &qulaq.Error{Op: "run engine", Object: e.dir, Kind: qulaq.Transient, Hint: "see " + logPath(e.dir)}
	switch {
	case e.forced.Load():
		d.Err = errForced
		return d
	case strings.Contains(words, "Address already in use"):
		d.Kind, d.Err = qulaq.Configuration, errPortTaken
		d.Hint = otherPorts
		return d
	case strings.Contains(words, "Cannot lock file"):
		d.Kind, d.Err = qulaq.Locked, errDataInUse
		d.Hint = "stop the other ClickHouse; it holds " + dataPath(e.dir) + "status"
		return d
	case killed(state):
		d.Hint = "the system kills when memory runs short: see its log, or give the engine less memory"
	case !e.loaded.said.Load():
		d.Kind, state = qulaq.Configuration, fmt.Errorf("%w (%w)", errBadLibrary, state)
		d.Hint = "delete the library and fetch the engine again"
	}
	d.Err = fmt.Errorf("it died: %w%s", state, lastWords(words))
	return d
}

// words returns the end of what the child printed, without the line that the engine prints every time.
func (e *Engine) words() string {
	return strings.TrimSpace(strings.Replace(e.errs.String(), "Logging warning to "+logPath(e.dir), "", 1))
}

// killed says whether the child was ended with SIGKILL.
func killed(state error) bool {
	var exit *exec.ExitError
	if !errors.As(state, &exit) {
		return false
	}
	s, ok := exit.Sys().(syscall.WaitStatus)
	return ok && s.Signaled() && s.Signal() == syscall.SIGKILL
}

// lastWords cuts the child's words to what fits a message.
func lastWords(words string) string {
	const most = 600
	if words == "" {
		return ""
	}
	if len(words) > most {
		words = "…" + strings.ToValidUTF8(words[len(words)-most:], "")
	}
	return "; its last words: " + words
}

// await returns when the engine answers. The pings have a goroutine of their own: one that hangs on somebody
// else's port must not hide that the engine died.
func (e *Engine) await(ctx context.Context) error {
	limited, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	answered := make(chan struct{})
	go func() {
		for limited.Err() == nil {
			if e.ping(limited) == nil {
				close(answered)
				return
			}
			time.Sleep(startPause)
		}
	}()
	select {
	case <-answered:
		return nil
	case <-e.dead:
		return e.err
	case <-limited.Done():
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return fmt.Errorf("it did not answer within %s%s", startLimit, lastWords(e.words()))
	}
}

// ping asks the engine where its data lie: on a port that was picked, somebody else might answer.
func (e *Engine) ping(ctx context.Context) error {
	conn, err := clickhouse.Open(&clickhouse.Options{Addr: []string{e.Addr()}, DialTimeout: time.Second, MaxOpenConns: 1})
	if err != nil {
		return err
	}
	defer conn.Close()
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	var path string
	if err := conn.QueryRow(ctx, "SELECT path FROM system.disks WHERE name = 'default'").Scan(&path); err != nil {
		return err
	}
	if path != dataPath(e.dir) {
		return fmt.Errorf("the engine at %s works on %s", e.Addr(), path)
	}
	return nil
}

// Addr returns where the native protocol is served, "127.0.0.1:port". User default, no password.
func (e *Engine) Addr() string { return address(e.tcp) }

// HTTPAddr returns where HTTP is served, or "" with NoHTTP. A browser finds a console at /play.
func (e *Engine) HTTPAddr() string {
	if e.http == 0 {
		return ""
	}
	return address(e.http)
}

// PID returns the id of the child process.
func (e *Engine) PID() int { return e.cmd.Process.Pid }

// Dead returns a channel that is closed when the engine has ended, by Stop or by itself. From then on the
// data folder is free.
func (e *Engine) Dead() <-chan struct{} { return e.dead }

// Err returns why the engine died: nil while it lives and after a Stop that went well.
func (e *Engine) Err() error {
	select {
	case <-e.dead:
		return e.err
	default:
		return nil
	}
}

// Stop ends the engine and returns when it has ended. Queries that run are given 5 s. An engine that has not
// ended after 10 s, or when the context ends, is killed, which is an error of kind Transient; data that were
// written stay written. An engine that had died before gives the error of Err. Stop may be called again.
func (e *Engine) Stop(ctx context.Context) error {
	e.stopping.Store(true)
	_ = e.parent.Close() // an error means that the child is gone, or that it was closed before
	limit := time.NewTimer(stopLimit)
	defer limit.Stop()
	select {
	case <-e.dead:
		return e.err
	case <-ctx.Done():
	case <-limit.C:
	}
	e.kill()
	<-e.dead
	return e.err
}

// kill ends the child by force. It may be dead already.
func (e *Engine) kill() {
	e.forced.Store(true)
	_ = e.cmd.Process.Kill()
}
