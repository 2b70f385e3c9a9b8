// Package embeddedtest gives tests a real ClickHouse. A package that wants one needs two lines:
//
//	func TestMain(m *testing.M) { embeddedtest.Main(m) }
//
//	addr, database := embeddedtest.Database(t)
//
// The first test that asks starts the engine, all tests of the package share it, and every call gives a
// database of its own. The library comes from the cache that the program uses; where it is not there yet,
// the first test brings it (see embedded.Fetch), which takes a while.
package embeddedtest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/load/embedded"
)

// CacheVariable names the environment variable that moves the cache of engines, for tests as for the program.
const CacheVariable = "QULAQ_ENGINE_DIR"

// shared is the engine of this test process, and the number of databases it has given out. Tests have no
// other place to share a thing that lives longer than they do.
var shared struct {
	once      sync.Once
	folder    string
	engine    *embedded.Engine
	err       error
	databases atomic.Int64
}

// Main runs the tests of a package, or becomes the engine when Start has re-executed the test binary. It does
// not return.
func Main(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == embedded.Verb {
		os.Exit(embedded.Main(os.Args[2:]))
	}
	code := m.Run()
	if shared.engine != nil {
		if err := shared.engine.Stop(context.Background()); err != nil {
			fmt.Fprintln(os.Stderr, explain(err))
			code = max(code, 1)
		}
	}
	if shared.folder != "" {
		_ = os.RemoveAll(shared.folder)
	}
	os.Exit(code)
}

// Library returns the path of the engine's library, fetching it if need be.
func Library(t testing.TB) string {
	t.Helper()
	lib, err := fetch()
	if err != nil {
		t.Fatal(explain(err))
	}
	return lib
}

// Start starts an engine for one test, on a folder of its own, and stops it when the test ends. Most tests
// are better served by Database.
func Start(t testing.TB) *embedded.Engine {
	t.Helper()
	e, err := embedded.Start(t.Context(), embedded.Options{Dir: t.TempDir(), Library: Library(t), Verb: "test"})
	if err != nil {
		t.Fatal(explain(err))
	}
	t.Cleanup(func() {
		if err := e.Stop(context.Background()); err != nil {
			t.Error(explain(err))
		}
	})
	return e
}

// Hurried goes behind an address. A schema is some two hundred statements, and the engine makes each of them durable before it
// goes on; tests that pull no plug need not wait for the disk.
const Hurried = "?fsync_metadata=0"

// Database makes an empty database on the engine that the package's tests share and drops it when the test
// ends. The address is of the native protocol; user default, no password.
func Database(t testing.TB) (addr, database string) {
	t.Helper()
	shared.once.Do(startShared)
	if shared.err != nil {
		t.Fatal(explain(shared.err))
	}
	addr = shared.engine.Addr()
	database = fmt.Sprintf("%s_%d", identifier(t.Name()), shared.databases.Add(1))
	if err := exec(addr, "CREATE DATABASE "+database); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := exec(addr, "DROP DATABASE "+database+" SYNC"); err != nil {
			t.Error(err)
		}
	})
	return addr, database
}

func startShared() {
	var lib string
	if lib, shared.err = fetch(); shared.err != nil {
		return
	}
	if shared.folder, shared.err = os.MkdirTemp("", "embeddedtest"); shared.err != nil {
		return
	}
	shared.engine, shared.err = embedded.Start(context.Background(), embedded.Options{
		Dir: shared.folder, Library: lib, HTTPPort: embedded.NoHTTP, Verb: filepath.Base(os.Args[0]),
	})
}

func fetch() (string, error) {
	return embedded.Fetch(context.Background(), embedded.FetchOptions{
		Dir: os.Getenv(CacheVariable),
		Progress: func(stage embedded.Stage, done int64) {
			if done == 0 { // a person who waits should know what for
				fmt.Fprintf(os.Stderr, "fetching the engine for tests: %s\n", stage)
			}
		},
	})
}

// exec runs one statement on a connection of its own.
func exec(addr, statement string) error {
	conn, err := clickhouse.Open(&clickhouse.Options{Addr: []string{addr}})
	if err != nil {
		return err
	}
	defer conn.Close()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return conn.Exec(ctx, statement)
}

// identifier makes a name that needs no quotes of a test's name.
func identifier(name string) string {
	const most = 60
	name = strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		}
		return '_'
	}, name)
	return name[:min(len(name), most)]
}

func explain(err error) string {
	if hint := qulaq.Hint(err); hint != "" {
		return err.Error() + " (" + hint + ")"
	}
	return err.Error()
}
