package embedded_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"testing"

	"github.com/qulaq-kz/qulaq/load/embedded"
	"github.com/qulaq-kz/qulaq/load/embedded/embeddedtest"
)

// parentVerb makes the test binary a program that owns an engine, for tests that kill such a program.
const parentVerb = "engine-parent"

func TestMain(m *testing.M) {
	if len(os.Args) == 4 && os.Args[1] == parentVerb {
		os.Exit(parent(os.Args[2], os.Args[3]))
	}
	embeddedtest.Main(m)
}

// parent starts an engine, prints its process id and address, and stops it when standard input ends.
func parent(dir, library string) int {
	e, err := embedded.Start(context.Background(), embedded.Options{Dir: dir, Library: library, Verb: "parent"})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Println(e.PID(), e.Addr())
	_, _ = io.Copy(io.Discard, bufio.NewReader(os.Stdin))
	if err := e.Stop(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}
