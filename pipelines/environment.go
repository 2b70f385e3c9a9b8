package pipelines

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"
	"go.opentelemetry.io/otel/trace"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract"
	"github.com/qulaq-kz/qulaq/extract/fetch"
	"github.com/qulaq-kz/qulaq/load"
	"github.com/qulaq-kz/qulaq/load/embedded"
	"github.com/qulaq-kz/qulaq/transform/complaint"
	"github.com/qulaq-kz/qulaq/transform/pdf"
)

// Environment is what a pipeline works with: everything that is not pure, passed in.
type Environment struct {
	Config   Config
	Now      func() time.Time
	Log      *slog.Logger
	Version  string
	Progress Progress              // nil: nobody watches
	Step     func(load.Step) error // nil; the tests' hand on the plug
	Outside  pdf.Tools             // programs that recognise scans; none: scans stay unread
	Notify   Notifier              // nil: the services that the configuration names
	Traces   trace.TracerProvider  // nil: nobody is sent spans
	// Wait waits after so many attempts of a verb that writes to reach a server, and says whether to try again; nil: no.
	Wait func(ctx context.Context, attempts int) bool

	Archive      *extract.Archive
	Warehouse    *load.Warehouse
	Vocabularies *complaint.Vocabularies

	migrated bool // the schema is up to date
	engine   *embedded.Engine
	http     *fetch.Client
	owner    string
	lock     *os.File
}

// Progress is told how far a pipeline is.
type Progress interface {
	// File begins a file of so many bytes; Read adds bytes that were read of it; Done ends it.
	File(name string, size int64)
	Read(n int)
	Done()
}

type silent struct{}

func (silent) File(string, int64) {}
func (silent) Read(int)           {}
func (silent) Done()              {}

// Attach says how an environment comes to its warehouse.
type Attach bool

// The ways to the warehouse.
const (
	// Own takes the data folder: for verbs that write. A second owner is refused.
	Own Attach = false
	// Visit also makes do with the embedded engine of another program that is running: for verbs that
	// only ask.
	Visit Attach = true
)

// ClickhouseVerb is the verb that runs the engine for others and writes nothing but the schema.
const ClickhouseVerb = "clickhouse"

// OpenWarehouse connects to the warehouse, starting the embedded engine when the configuration names no
// server. verb is shown to others who find the folder locked.
func (e *Environment) OpenWarehouse(ctx context.Context, verb string, how Attach) error {
	if e.Progress == nil {
		e.Progress = silent{}
	}
	if verb != RestoreVerb {
		if err := e.wantWhole(); err != nil {
			return err
		}
	}
	host, err := os.Hostname()
	if err != nil {
		host = "unknown host"
	}
	e.owner = host + ":" + e.Config.Data
	address := string(e.Config.Warehouse)
	if address == Embedded {
		if address, err = e.startEngine(ctx, verb, how); err != nil {
			return err
		}
	}
	// Whoever writes holds this lock too where the engine's own is held already: its address is one that others may write by.
	// ClickhouseVerb only lends the engine, for them to do so.
	if how == Own && verb != ClickhouseVerb {
		if err := e.takeLock(verb); err != nil {
			return err
		}
	}
	err = e.reach(ctx, address, how)
	if err != nil && e.engine != nil {
		select {
		case <-e.engine.Dead():
			return e.engine.Err()
		default:
		}
	}
	return err
}

// reach connects to the warehouse. A night may meet a server that is being restarted: who writes waits for it a while.
func (e *Environment) reach(ctx context.Context, address string, how Attach) (err error) {
	for n := 1; ; n++ {
		e.Warehouse, err = load.Open(ctx, load.Options{
			Address: address, Memory: e.Config.Bounds.MemoryServer, Program: "qulaq", Version: e.Version,
		})
		again := how == Own && e.engine == nil && e.Wait != nil && qulaq.KindOf(err) == qulaq.Transient
		if err == nil || !again || !e.Wait(ctx, n) {
			return err
		}
	}
}

// startEngine starts the embedded engine, or finds the one that runs.
func (e *Environment) startEngine(ctx context.Context, verb string, how Attach) (address string, err error) {
	library, err := embedded.Fetch(ctx, embedded.FetchOptions{Dir: e.Config.Engine.Folder})
	if err != nil {
		return "", err
	}
	var users []embedded.User
	for _, r := range load.Roles() {
		users = append(users, embedded.User{Name: r.User, Writes: r.Reads == nil, Grants: r.UserGrants("qulaq")})
	}
	e.engine, err = embedded.Start(ctx, embedded.Options{
		Dir: e.engineFolder(), Library: library, Verb: verb, Since: e.Now(),
		TCPPort: e.Config.Engine.TCPPort, HTTPPort: e.httpPort(verb), Memory: e.Config.Engine.Memory, Users: users,
	})
	if err == nil {
		return "clickhouse://" + e.engine.Addr() + "/qulaq", nil
	}
	if how == Visit && qulaq.KindOf(err) == qulaq.Locked {
		if addr, ok := embedded.Running(e.engineFolder()); ok {
			return "clickhouse://" + addr + "/qulaq", nil
		}
	}
	return "", err
}

func (e *Environment) engineFolder() string { return filepath.Join(e.Config.Data, "engine") }

// httpPort leaves HTTP out unless somebody stays to use it.
func (e *Environment) httpPort(verb string) int {
	if verb == ClickhouseVerb || verb == "serve" || e.Config.Engine.HTTPPort != 0 {
		return e.Config.Engine.HTTPPort
	}
	return embedded.NoHTTP
}

// Engine returns the embedded engine that this environment owns, or nil.
func (e *Environment) Engine() *embedded.Engine { return e.engine }

// OpenArchive opens the archive under the data folder.
func (e *Environment) OpenArchive() error {
	var err error
	if e.Archive, err = extract.OpenArchive(e.Config.Data, e.Now); err != nil {
		return err
	}
	e.Archive.Limit = e.Config.Bounds.MaxFile
	return nil
}

// Migrate brings the schema and the reference tables up to date, and makes all views anew. It names the migrations that it
// applied.
func (e *Environment) Migrate(ctx context.Context) ([]string, error) {
	return e.migrate(ctx, e.Warehouse.Migrate)
}

// Prepare does the same for those who are about to write, but nothing where the schema is that of this program already,
// and nothing twice.
func (e *Environment) Prepare(ctx context.Context) error {
	if e.migrated {
		return nil
	}
	_, err := e.migrate(ctx, e.Warehouse.MigrateIfNew)
	return err
}

func (e *Environment) migrate(ctx context.Context, schema func(context.Context) ([]string, error)) ([]string, error) {
	if err := e.loadVocabularies(); err != nil {
		return nil, err
	}
	applied, err := schema(ctx)
	if err != nil {
		return applied, err
	}
	reference, err := e.reference()
	if err != nil {
		return applied, err
	}
	err = e.Warehouse.SetReference(ctx, e.owner, reference)
	e.migrated = err == nil
	return applied, err
}

// EnsureSchema makes the schema where there is none, for verbs that only ask: an empty warehouse answers
// with nothing instead of an error.
func (e *Environment) EnsureSchema(ctx context.Context) error {
	ok, err := e.Warehouse.HasSchema(ctx)
	if err != nil || ok {
		return err
	}
	return e.Prepare(ctx)
}

// newID returns an id that orders by time, of letters and digits only.
func (e *Environment) newID() string {
	id, err := uuid.NewV7()
	if err != nil { // no randomness on this machine: the clock alone must do
		return fmt.Sprintf("%032x", e.Now().UnixNano())
	}
	return fmt.Sprintf("%x", id[:])
}

// Close ends what the environment started, in reverse order.
func (e *Environment) Close(ctx context.Context) error {
	var errs []error
	if e.Warehouse != nil {
		errs = append(errs, e.Warehouse.Close())
	}
	if e.engine != nil {
		errs = append(errs, e.engine.Stop(ctx))
	}
	if e.lock != nil {
		errs = append(errs, e.lock.Close())
	}
	return errors.Join(errs...)
}
