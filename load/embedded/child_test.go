package embedded

import (
	"io"
	"os"
	"strings"
	"testing"
	"time"
)

func TestMainNeedsArguments(t *testing.T) {
	for _, args := range [][]string{nil, {"libchdb.so"}} {
		if got := Main(args); got != exitUsage {
			t.Errorf("Main(%q) is %d, want %d", args, got, exitUsage)
		}
	}
}

func TestLifelineEndsTheEngineWithTheParent(t *testing.T) {
	parentR, parentW, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	engineR, engineW, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer engineR.Close()
	ended, code := make(chan struct{}), make(chan int, 1)
	go lifeline{parent: parentR, engine: engineW}.guard(ended, 100*time.Millisecond, func(c int) { code <- c })
	if _, err := io.WriteString(parentW, "not for the engine\n"); err != nil {
		t.Fatal(err)
	}
	select {
	case <-ended:
		t.Fatal("the engine's input ended before the parent's")
	case <-time.After(200 * time.Millisecond):
	}
	parentW.Close()
	if text, err := io.ReadAll(engineR); err != nil || len(text) != 0 {
		t.Errorf("the engine read %q, %v", text, err)
	}
	<-ended
	select { // this engine has not ended when its input did
	case c := <-code:
		if c != exitStuck {
			t.Errorf("exit code %d, want %d", c, exitStuck)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("an engine that does not end is not ended by force")
	}
}

func TestRunLibraryWithoutTheEngine(t *testing.T) {
	// Any library that is no engine will do; on Linux this one is always there.
	for _, path := range []string{"libm.so.6", "no-such-library.so"} {
		if _, err := runLibrary(path, []string{"clickhouse"}); err == nil || !strings.HasPrefix(err.Error(), "load library: ") {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestTail(t *testing.T) {
	var all strings.Builder
	tl := &tail{limit: 5, next: &all}
	for _, s := range []string{"ab", "cdefgh", "", "i\n"} {
		if n, err := tl.Write([]byte(s)); n != len(s) || err != nil {
			t.Errorf("Write(%q) = %d, %v", s, n, err)
		}
	}
	if got := tl.String(); got != "fghi" {
		t.Errorf("kept %q", got)
	}
	if got := all.String(); got != "abcdefghi\n" {
		t.Errorf("passed on %q", got)
	}
}
