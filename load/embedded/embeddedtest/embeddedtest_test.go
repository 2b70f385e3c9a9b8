package embeddedtest_test

import (
	"context"
	"strings"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2"

	"github.com/qulaq-kz/qulaq/load/embedded/embeddedtest"
)

func TestMain(m *testing.M) { embeddedtest.Main(m) }

func TestDatabaseIsFreshAndDropped(t *testing.T) {
	var addr, first string
	t.Run("first, it's named after the test", func(t *testing.T) {
		addr, first = embeddedtest.Database(t)
		if !strings.HasPrefix(first, "TestDatabaseIsFreshAndDropped_first") {
			t.Errorf("the database is called %q", first)
		}
		ask(t, addr, "SELECT count() FROM system.tables WHERE database = '"+first+"'", 0)
	})
	again, second := embeddedtest.Database(t)
	if again != addr || second == first {
		t.Errorf("%s at %s, then %s at %s: want one engine and two databases", first, addr, second, again)
	}
	ask(t, addr, "SELECT count() FROM system.databases WHERE name = '"+first+"'", 0)
	ask(t, addr, "SELECT count() FROM system.databases WHERE name = '"+second+"'", 1)
}

func TestStart(t *testing.T) {
	e := embeddedtest.Start(t)
	if addr, _ := embeddedtest.Database(t); addr == e.Addr() {
		t.Error("the engine of one test is the shared one")
	}
	ask(t, e.Addr(), "SELECT count() FROM system.one", 1)
}

func ask(t *testing.T, addr, query string, want uint64) {
	t.Helper()
	conn, err := clickhouse.Open(&clickhouse.Options{Addr: []string{addr}})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	var got uint64
	if err := conn.QueryRow(context.Background(), query).Scan(&got); err != nil || got != want {
		t.Errorf("%s: %d, %v; want %d", query, got, err, want)
	}
}
