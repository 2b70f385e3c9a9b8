//go:build linux

// Command soak lets a program live through a year of nights, and looks whether it is afterwards what it was after ten. It runs
// on Linux.
//
//	go run ./internal/soak -nights 366
//
// The program under test is the one that stays up: pipelines.Environment.Serve with a clock that is turned from night to
// night. It runs in this process and not as one of its own, because a leak is seen from inside: goroutines, the heap after a
// collection and open files can be counted exactly, at a moment when nothing is under way. A program that cron starts
// leaks nothing from one night into the next; what it leaves in the warehouse is the same. The engine is a server in
// another process, so that it can be killed without us; the program reaches it by a cable that can be cut.
//
// Every night brings an export that overlaps the one before, and a publication. Every tenth night has a fault: the site
// is down or cuts its answers, the connection to the engine is cut or loses an answer, the engine is killed, its disk or
// that of the archive takes nothing. Any other night must go well, and at the end every complaint must be there once.
//
// It prints one line a figure: soak NAME VALUE. The code is 1 when anything grew beyond what figures.go allows.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/qulaq-kz/qulaq/load/embedded"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == embedded.Verb {
		os.Exit(embedded.Main(os.Args[2:]))
	}
	nights := flag.Int("nights", 366, "nights to live through")
	dir := flag.String("dir", "", "folder for the data; a temporary one when not given")
	verbose := flag.Bool("v", false, "say every fault")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	y := &year{nights: *nights, engines: os.Getenv("QULAQ_ENGINE_DIR")}
	if *verbose {
		y.tell = func(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }
	}
	err := y.live(ctx, *dir)
	y.print(os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "soak:", err)
		os.Exit(1)
	}
}
