package load

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/load/embedded"
	"github.com/qulaq-kz/qulaq/load/embedded/embeddedtest"
)

// TestABrokenPart says what an operator is told of a part that a full disk left without its marks, and that doing so helps:
// after a restart the rows are there, read from the parts that the broken one was made of.
func TestABrokenPart(t *testing.T) {
	dir := t.TempDir()
	start := func() (*embedded.Engine, *Warehouse) {
		t.Helper()
		e, err := embedded.Start(t.Context(), embedded.Options{Dir: dir, Library: embeddedtest.Library(t), HTTPPort: embedded.NoHTTP, Verb: "test"})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = e.Stop(context.Background()) })
		w, err := Open(t.Context(), Options{Address: "clickhouse://" + e.Addr() + "/default"})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = w.Close() })
		return e, w
	}
	e, w := start()
	for _, statement := range []string{
		"CREATE TABLE numbers (n UInt64) ENGINE = MergeTree ORDER BY n",
		"INSERT INTO numbers SELECT number FROM numbers(10)",
		"INSERT INTO numbers SELECT number FROM numbers(10)",
		"OPTIMIZE TABLE numbers FINAL",
	} {
		if err := w.Do(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	parts, err := filepath.Glob(filepath.Join(dir, "clickhouse", "store", "*", "*", "all_1_2_1", "data.cmrk*"))
	if err != nil || len(parts) != 1 {
		t.Fatalf("marks of the merged part: %q, %v", parts, err)
	}
	if err := os.Truncate(parts[0], 0); err != nil {
		t.Fatal(err)
	}
	if err := w.Do(t.Context(), "SYSTEM DROP MARK CACHE"); err != nil {
		t.Fatal(err)
	}
	var sum uint64
	err = w.row(t.Context(), "sum", "numbers", "SELECT sum(n) FROM numbers", nil, &sum)
	if qulaq.KindOf(err) != qulaq.Configuration || !strings.Contains(qulaq.Hint(err), "restart the server") {
		t.Errorf("%v (%s)", err, qulaq.Hint(err))
	}
	if err := e.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, w = start()
	if err := w.row(t.Context(), "sum", "numbers", "SELECT sum(n) FROM numbers", nil, &sum); err != nil || sum != 90 {
		t.Errorf("after a restart the sum is %d, %v", sum, err)
	}
}
