package load

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDrift(t *testing.T) {
	ctx := context.Background()
	w := migrated(t)
	if got, err := w.Drift(ctx); err != nil || len(got) > 0 {
		t.Fatalf("a new warehouse differs: %q, %v", got, err)
	}
	for _, statement := range []string{
		"ALTER TABLE rejects DROP COLUMN detail",
		"ALTER TABLE runs ADD COLUMN mood String",
		"ALTER TABLE claims MODIFY COLUMN quote LowCardinality(String)",
		"CREATE TABLE stage_complaints_1 (a Int8) ENGINE = Memory",
		"DROP TABLE findings SYNC",
	} {
		if err := w.Do(ctx, statement); err != nil {
			t.Fatal(err)
		}
	}
	got, err := w.Drift(ctx)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"claims.quote is LowCardinality(String) and should be String",
		"findings is missing",
		"rejects.detail is missing (String)",
		"runs.mood is not of this program (String)",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	var left uint64
	if err := w.row(ctx, "count", "databases", "SELECT count() FROM system.databases WHERE endsWith(name, 'as_it_should_be')", nil, &left); err != nil || left != 0 {
		t.Errorf("%d databases are left, %v", left, err)
	}
}
