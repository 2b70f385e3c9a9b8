package pipelines

import (
	"testing"
	"time"

	"github.com/qulaq-kz/qulaq/extract/listing"
	"github.com/qulaq-kz/qulaq/load"
)

// TestSinceLast asks for everything where a whole look is old, or does not say how far the listing reached back.
func TestSinceLast(t *testing.T) {
	e := newEnvironment(DefaultConfig())
	now := time.Date(2023, 4, 10, 3, 0, 0, 0, time.UTC)
	e.Now = func() time.Time { return now }
	last := now.AddDate(0, 0, -3)
	look := func(days int, oldest ...time.Time) load.Look {
		return load.Look{At: now.AddDate(0, 0, -days), Lang: "ru", Outcome: "healthy", Complete: true, Examined: true, Entries: 10, LastAt: &last, OldestOn: oldest}
	}
	day := now.AddDate(-1, 0, 0)
	for name, c := range map[string]struct {
		history []load.Look
		whole   bool
	}{
		"never looked":                     {nil, true},
		"looked yesterday":                 {[]load.Look{look(1, day)}, false},
		"looked eight days ago":            {[]load.Look{look(8, day)}, true},
		"looked yesterday, depth unknown":  {[]load.Look{look(1)}, true},
		"depth known only of an old look":  {[]load.Look{look(8, day), look(1)}, true},
		"depth unknown only of an old one": {[]load.Look{look(3), look(1, day)}, false},
	} {
		if got := e.sinceLast(Source{}, listing.Lang("ru"), c.history); got.after.IsZero() != c.whole {
			t.Errorf("%s: asks for what is new since %v", name, got.after)
		}
	}
}
