package pipelines

import (
	"context"
	"testing"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/cable"
	"github.com/qulaq-kz/qulaq/load/embedded/embeddedtest"
)

// A server that is being restarted is waited for by who writes, and by nobody else.
func TestAServerIsWaitedFor(t *testing.T) {
	addr, database := embeddedtest.Database(t)
	for _, c := range []struct {
		name string
		how  Attach
		cuts int // first answers that do not come
		ok   bool
	}{
		{"who writes waits", Own, 2, true},
		{"but not for ever", Own, 3, false},
		{"who asks is told at once", Visit, 1, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			line, err := cable.New(addr)
			if err != nil {
				t.Fatal(err)
			}
			defer line.Close()
			line.LoseAnswer()
			config := ownEngine(t.TempDir())
			config.Warehouse = Secret("clickhouse://" + line.Addr() + "/" + database + embeddedtest.Hurried)
			e := newEnvironment(config)
			e.Wait = func(_ context.Context, attempts int) bool {
				if attempts < c.cuts {
					line.LoseAnswer()
				}
				return attempts < 3
			}
			err = e.OpenWarehouse(t.Context(), "run", c.how)
			defer e.Close(context.Background())
			if (err == nil) != c.ok || err != nil && qulaq.KindOf(err) != qulaq.Transient {
				t.Errorf("%v", err)
			}
		})
	}
}
