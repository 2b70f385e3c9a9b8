package outside

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/qulaq-kz/qulaq"
)

// shell makes a command that runs a script, as a program of its own would run.
func shell(script string, args ...string) Command {
	return Command{Program: "sh", Args: append([]string{"-c", script, "sh"}, args...)}
}

func TestRun(t *testing.T) {
	c := shell(`cat; cat given.txt; echo "$1"; echo made >made.txt; ln -s /etc/passwd link.txt`, `$(echo no) "; 'x'`)
	c.Stdin = []byte("in\n")
	c.Files = map[string][]byte{"given.txt": []byte("given\n")}
	c.Collect = "*.txt"
	r, err := Run(t.Context(), c, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(r.Stdout), "in\ngiven\n$(echo no) \"; 'x'\n"; got != want {
		t.Errorf("stdout is %q, want %q", got, want)
	}
	if len(r.Files) != 2 || string(r.Files["made.txt"]) != "made\n" || string(r.Files["given.txt"]) != "given\n" {
		t.Errorf("files are %q", r.Files)
	}
}

func TestTrouble(t *testing.T) {
	brief := Limits{Wall: 300 * time.Millisecond}
	tests := []struct {
		name   string
		c      Command
		limits Limits
		want   error
		kind   qulaq.Kind
		says   string
	}{
		{"missing", Command{Program: "no-such-program-of-qulaq"}, Limits{}, ErrMissing, qulaq.Configuration, "no-such-program"},
		{"failed", shell("echo; echo first >&2; echo second >&2; exit 3"), Limits{}, ErrFailed, qulaq.Contract, "exit status 3: first"},
		{"slow", shell("sleep 20"), brief, ErrSlow, qulaq.Contract, ""},
		{"slow with children", shell("sleep 20 & sleep 20 & wait"), brief, ErrSlow, qulaq.Contract, ""},
		{"processor", shell("while :; do :; done"), Limits{CPU: time.Second, Wall: 10 * time.Second}, ErrSlow, qulaq.Contract, ""},
		{"large", shell("while :; do echo 0123456789; done"), Limits{Output: 1000}, ErrLarge, qulaq.Contract, ""},
		{"large file", func() Command {
			c := shell("printf 0123456789 >f")
			c.Collect = "f"
			return c
		}(), Limits{Output: 5}, ErrLarge, qulaq.Contract, ""},
		{"bad name", Command{Program: "sh", Files: map[string][]byte{"../f": nil}}, Limits{}, nil, qulaq.Bug, "../f"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			temp := t.TempDir()
			t.Setenv("TMPDIR", temp)
			start := time.Now()
			_, err := Run(t.Context(), test.c, test.limits)
			if err == nil || test.want != nil && !errors.Is(err, test.want) {
				t.Fatalf("the error is %v, want %v", err, test.want)
			}
			if qulaq.KindOf(err) != test.kind {
				t.Errorf("its kind is %v, want %v", qulaq.KindOf(err), test.kind)
			}
			if !strings.Contains(err.Error(), test.says) {
				t.Errorf("%q does not say %q", err, test.says)
			}
			if d := time.Since(start); d > 5*time.Second {
				t.Errorf("it took %v", d)
			}
			if left, _ := filepath.Glob(filepath.Join(temp, "*")); len(left) > 0 {
				t.Errorf("left behind: %q", left)
			}
		})
	}
}

func TestMemoryIsBounded(t *testing.T) {
	// The shell has to hold the whole line; what it says when it cannot differs, so only the end is looked at.
	c := shell(`x=0123456789abcdef; i=0; while [ $i -lt 24 ]; do x=$x$x; i=$((i+1)); done; echo done`)
	if r, err := Run(t.Context(), c, Limits{Memory: 64 << 20, Wall: 20 * time.Second}); err == nil {
		t.Errorf("a program of 256 MB ran within 64: %q", r.Stdout)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(100*time.Millisecond, cancel)
	if _, err := Run(ctx, shell("sleep 20"), Limits{}); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v, want that of the context", err)
	}
}

func TestChildrenDieToo(t *testing.T) {
	mark := filepath.Join(t.TempDir(), "mark")
	c := shell(`(sleep 0.7; echo alive >"$1") >/dev/null 2>&1 & echo started`, mark)
	if _, err := Run(t.Context(), c, Limits{}); err != nil {
		t.Fatal(err)
	}
	time.Sleep(1200 * time.Millisecond)
	if _, err := os.Stat(mark); err == nil {
		t.Error("a child outlived its program")
	}
}
