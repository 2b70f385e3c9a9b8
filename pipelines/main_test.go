package pipelines

import (
	"context"
	"encoding/csv"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/load/embedded/embeddedtest"
)

// TestMain is also the program that kill_test.go starts and kills.
func TestMain(m *testing.M) {
	if plan := os.Getenv(planVariable); plan != "" {
		os.Exit(child(plan))
	}
	embeddedtest.Main(m)
}

// now is the moment of all runs, so that what they write can be compared.
var now = time.Date(2026, time.July, 1, 9, 0, 0, 0, qulaq.Almaty())

// newEnvironment has a clock that stands.
func newEnvironment(c Config) *Environment {
	return &Environment{Config: c, Now: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler), Version: "test"}
}

// ownEngine is a configuration with an engine of its own.
func ownEngine(data string, sources ...ComplaintSource) Config {
	c := DefaultConfig()
	c.Data, c.Complaints = data, sources
	c.Engine.Folder = os.Getenv(embeddedtest.CacheVariable)
	c.Engine.Memory = 2 << 30
	c.Serve.Listen = "" // tests of the page say where
	return c
}

// atServer is a configuration of a server: the engine that these tests share.
func atServer(t testing.TB, sources ...ComplaintSource) Config {
	t.Helper()
	addr, database := embeddedtest.Database(t)
	c := ownEngine(t.TempDir(), sources...)
	c.Warehouse = Secret("clickhouse://" + addr + "/" + database + embeddedtest.Hurried)
	return c
}

// open opens warehouse and archive and closes them when the test ends.
func open(t testing.TB, c Config) *Environment {
	t.Helper()
	e := newEnvironment(c)
	attach(t, e)
	t.Cleanup(func() {
		if err := e.Close(context.Background()); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return e
}

// attach opens warehouse and archive; the caller closes the environment.
func attach(t testing.TB, e *Environment) {
	t.Helper()
	if err := e.OpenWarehouse(context.Background(), "test", Own); err != nil {
		t.Fatal(err)
	}
	if err := e.OpenArchive(); err != nil {
		t.Fatal(err)
	}
}

// run runs the complaints once; the run itself must not fail, though files may.
func run(t testing.TB, e *Environment) *Result {
	t.Helper()
	r, err := e.RunComplaints(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// header of the exports that these tests write by hand.
var header = []string{"appeal_id", "current_working_state", "category", "region", "raion", "org_name", "created_date", "deadline", "finish_dt"}

// row is a complaint of an export; other columns are filled in.
func row(id, day, state, region string) []string {
	return []string{id, state, "", region, "", "Акимат", day + " 10:00:00", day + " 23:59:59", ""}
}

// write puts an export into a folder. It is made to look old, so that nobody waits for it to settle.
func write(t testing.TB, path string, rows ...[]string) {
	t.Helper()
	var b strings.Builder
	w := csv.NewWriter(&b)
	if err := w.WriteAll(append([][]string{header}, rows...)); err != nil {
		t.Fatal(err)
	}
	writeText(t, path, b.String())
}

func writeText(t testing.TB, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	settle(t, path)
}

func settle(t testing.TB, path string) {
	t.Helper()
	if old := time.Now().Add(-time.Hour); os.Chtimes(path, old, old) != nil {
		t.Fatalf("%s: its time cannot be set", path)
	}
}

// ask returns an answer as lines of values between bars; the columns are texts or numbers.
func ask(t testing.TB, e *Environment, question string, args ...any) []string {
	t.Helper()
	a, err := e.Warehouse.Ask(context.Background(), question, args...)
	if err != nil {
		t.Fatal(err)
	}
	return embeddedtest.Lines(t, a)
}

// living lists the complaints: id, day, status.
func living(t testing.TB, e *Environment) []string {
	t.Helper()
	return ask(t, e, "SELECT complaint_id, toString(toDate(registered_at)), toString(status) FROM complaints ORDER BY source, complaint_id")
}

// fingerprint is everything that a warehouse holds about complaints and files, without ids of loads and runs.
func fingerprint(t testing.TB, e *Environment) []string {
	t.Helper()
	sum, err := e.Warehouse.Checksum(context.Background(), "complaints")
	if err != nil {
		t.Fatal(err)
	}
	lines := ask(t, e, "SELECT count(), "+sum+" FROM complaints")
	for _, table := range []string{"rejects", "findings", "snapshots"} {
		lines = append(lines, ask(t, e, "SELECT ?, toString(tuple(* EXCEPT load_id)) AS line FROM "+table+" ORDER BY line", table)...)
	}
	return append(lines, ask(t, e, "SELECT 'done', source, snapshot, uniqExact(step) FROM loads WHERE unit = '' AND step = 'done' GROUP BY source, snapshot ORDER BY source, snapshot")...)
}

// wantSound demands that no staging table is left and that every check is silent.
func wantSound(t testing.TB, e *Environment) {
	t.Helper()
	if left := ask(t, e, "SELECT name FROM system.tables WHERE database = currentDatabase() AND startsWith(name, 'stage_')"); len(left) > 0 {
		t.Errorf("staging tables are left: %q", left)
	}
	results, err := e.Check(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		if r.Violations > 0 {
			t.Errorf("check %s: %v", r.Name, r.Shown)
		}
	}
}

// wantError demands an error of a kind that says certain words.
func wantError(t testing.TB, err error, kind qulaq.Kind, words ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error; want one of kind %s", kind)
	}
	if qulaq.KindOf(err) != kind {
		t.Errorf("kind %s, want %s: %v", qulaq.KindOf(err), kind, err)
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("the error does not say %q: %v", word, err)
		}
	}
}
