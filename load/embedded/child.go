package embedded

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"
	"unsafe"

	"github.com/ebitengine/purego"
	"golang.org/x/sys/unix"
)

// Verb is the hidden first argument that makes a program the engine: when os.Args[1] is Verb, call
// os.Exit(Main(os.Args[2:])) before anything else.
const Verb = "engine-child"

// orphanGrace is how long the engine may take to end when its standard input has ended. An idle engine takes
// 0.1 s. One that works on a query gives it 5 s.
const orphanGrace = 8 * time.Second

const (
	// lockFD is the descriptor of the data folder's lock, which the child holds to its end.
	lockFD = 3
	// loaded is what the child prints when the library is in memory.
	loaded = "loaded"
)

// Exit codes of the child.
const (
	exitEnded  = 0 // standard input ended, the engine shut down
	exitFailed = 1 // the engine gave up; the reason is on standard error
	exitUsage  = 2
	exitStuck  = 3 // standard input ended, the engine did not
)

// Main is the child process: it loads the library args[0] and runs it with the arguments args[1:] until
// standard input ends. It returns the exit code. Start calls it, through a new process; it takes over
// standard input, signals and the calling thread, so a program that is anything else must not call it.
func Main(args []string) int {
	if len(args) < 2 {
		fmt.Fprintln(os.Stderr, "this verb is for qulaq itself: it runs the engine and needs a library and arguments")
		return exitUsage
	}
	// The parent decides when the engine ends: Ctrl-C and the signals of a service manager go to all
	// processes at once, and a query cut short here would be an error there.
	signal.Ignore(syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGPIPE)
	syscall.CloseOnExec(lockFD)
	parent, err := interpose()
	if err != nil {
		fmt.Fprintln(os.Stderr, "take over standard input:", err)
		return exitFailed
	}
	ended := make(chan struct{})
	go parent.guard(ended, orphanGrace, os.Exit)
	runtime.LockOSThread()
	if err := dieOfCrashes(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exitFailed
	}
	complaint, err := runLibrary(args[0], args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exitFailed
	}
	select {
	case <-ended:
		return exitEnded
	default: // the library reports an error only by returning early; it has printed the reason
		if complaint != "" {
			fmt.Fprintln(os.Stderr, complaint)
		}
		return exitFailed
	}
}

// lifeline is the pipe from the parent, and the pipe that stands between it and the engine.
type lifeline struct{ parent, engine *os.File }

// interpose puts a pipe of our own at standard input and keeps the parent's aside. So we see the parent's end
// as soon as the engine does, and can end the process if the engine does not.
func interpose() (lifeline, error) {
	fd, err := unix.FcntlInt(0, unix.F_DUPFD_CLOEXEC, lockFD+1)
	if err != nil {
		return lifeline{}, err
	}
	r, w, err := os.Pipe()
	if err != nil {
		return lifeline{}, err
	}
	defer r.Close()
	if err := unix.Dup2(int(r.Fd()), 0); err != nil {
		return lifeline{}, err
	}
	return lifeline{parent: os.NewFile(uintptr(fd), "parent"), engine: w}, nil
}

// guard waits until the parent has closed its end or is gone, closes ended and tells the engine. If the process
// is still there after the grace, guard ends it by force.
func (l lifeline) guard(ended chan<- struct{}, grace time.Duration, exit func(code int)) {
	_, _ = io.Copy(io.Discard, l.parent)
	close(ended)
	l.engine.Close()
	time.Sleep(grace)
	fmt.Fprintln(os.Stderr, "the engine did not end within", grace)
	exit(exitStuck)
}

// dieOfCrashes gives the signals of a crash their plain meaning back: the process dies of them, and the parent
// sees which it was. Go would print the stacks of goroutines that have nothing to say about C++. A core file
// would hold the complaints, so none is written.
func dieOfCrashes() error {
	if err := unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}); err != nil {
		return fmt.Errorf("forbid core files: %w", err)
	}
	symbol, err := purego.Dlsym(purego.RTLD_DEFAULT, "signal")
	if err != nil {
		return fmt.Errorf("find signal(2): %w", err)
	}
	var set func(signal int32, handler uintptr) uintptr
	purego.RegisterFunc(&set, symbol)
	const sigDfl = 0
	for _, s := range []syscall.Signal{
		syscall.SIGABRT, syscall.SIGBUS, syscall.SIGFPE, syscall.SIGILL, syscall.SIGSEGV, syscall.SIGSYS, syscall.SIGTRAP,
	} {
		set(int32(s), sigDfl)
	}
	return nil
}

// runLibrary loads the library and calls its command line, which returns when the engine has ended. The string
// is what the library complains of, if it does.
func runLibrary(path string, args []string) (complaint string, err error) {
	lib, err := purego.Dlopen(path, purego.RTLD_NOW|purego.RTLD_LOCAL)
	if err != nil {
		return "", fmt.Errorf("load library: %w", err)
	}
	var (
		signals func(enabled int32)
		run     func(argc int32, argv unsafe.Pointer) uintptr
		failure func(result uintptr) string
	)
	for name, function := range map[string]any{
		"chdb_set_signal_handlers_enabled": &signals,
		"chdb_query_cmdline":               &run,
		"chdb_result_error":                &failure,
	} {
		symbol, err := purego.Dlsym(lib, name)
		if err != nil {
			return "", fmt.Errorf("load library: %w", err)
		}
		purego.RegisterFunc(function, symbol)
	}
	fmt.Println(loaded)
	signals(0) // the library's own handler of a crash sleeps for minutes before the process dies

	var pins runtime.Pinner
	defer pins.Unpin()
	argv := make([]*byte, 0, len(args)+1)
	for _, a := range args {
		b, err := unix.BytePtrFromString(a)
		if err != nil {
			return "", fmt.Errorf("argument %q: %w", a, err)
		}
		pins.Pin(b)
		argv = append(argv, b)
	}
	argv = append(argv, nil)
	pins.Pin(&argv[0])
	result := run(int32(len(args)), unsafe.Pointer(&argv[0]))
	if result == 0 {
		return "", errors.New("the library gave no result")
	}
	return failure(result), nil
}
