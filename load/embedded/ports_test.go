package embedded

import (
	"errors"
	"net"
	"os"
	"testing"

	"github.com/qulaq-kz/qulaq"
)

// claimed is a listener that says it has a port which in truth is somebody else's.
type claimed struct {
	net.Listener
	theirs net.Addr
}

func (c claimed) Addr() net.Addr { return c.theirs }

func TestPortIsTakenBehindOurBack(t *testing.T) {
	lib, err := Fetch(t.Context(), FetchOptions{Dir: os.Getenv("QULAQ_ENGINE_DIR")})
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer theirs.Close()
	calls, lies := 0, 0 // the first so many calls lie
	sly := func(port int) (net.Listener, error) {
		l, err := reserve(port)
		if calls++; err == nil && calls <= lies {
			l = claimed{l, theirs.Addr()}
		}
		return l, err
	}
	opts := Options{Dir: t.TempDir(), Library: lib, HTTPPort: NoHTTP}

	lies = 2
	e, err := start(t.Context(), opts, sly)
	if err != nil {
		t.Fatalf("the third try should succeed: %v", err)
	}
	if calls != 3 || e.Addr() == theirs.Addr().String() {
		t.Errorf("%d tries, serving at %s", calls, e.Addr())
	}
	if err := e.Stop(t.Context()); err != nil {
		t.Error(err)
	}

	calls, lies = 0, 1000
	if _, err = start(t.Context(), opts, sly); !errors.Is(err, errPortTaken) || qulaq.KindOf(err) != qulaq.Configuration {
		t.Errorf("with every port taken: %v", err)
	}
	if calls != portTries {
		t.Errorf("%d tries, want %d", calls, portTries)
	}

	calls = 0
	opts.TCPPort, opts.HTTPPort = pickFree(t), pickFree(t) // given ports are tried once
	if _, err = start(t.Context(), opts, sly); !errors.Is(err, errPortTaken) || calls != 2 {
		t.Errorf("with given ports: %d calls, %v", calls, err)
	}
}

func pickFree(t *testing.T) int {
	t.Helper()
	l, err := reserve(0)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}
