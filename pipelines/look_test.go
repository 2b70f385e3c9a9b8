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
	empty := look(1, day)
	since := now.AddDate(0, 0, -17)
	empty.Since, empty.Entries, empty.Outcome = &since, 0, "empty"
	broken := look(1, day)
	broken.Examined = false
	refused := func(days int) load.Look {
		l := look(days, day)
		l.FilesFailed = 3
		return l
	}
	for name, c := range map[string]struct {
		history []load.Look
		whole   bool
	}{
		"what was newest is gone":          {[]load.Look{look(2, day), empty}, true},
		"never looked":                     {nil, true},
		"yesterday's look broke off":       {[]load.Look{look(8, day), broken}, true},
		"looked yesterday":                 {[]load.Look{look(1, day)}, false},
		"yesterday files were refused":     {[]load.Look{refused(1)}, true},
		"a file is refused for ever":       {[]load.Look{refused(5), refused(4), refused(3), refused(1)}, false},
		"files came at last":               {[]load.Look{refused(2), look(1, day)}, false},
		"looked eight days ago":            {[]load.Look{look(8, day)}, true},
		"looked yesterday, depth unknown":  {[]load.Look{look(1)}, true},
		"depth known only of an old look":  {[]load.Look{look(8, day), look(1)}, true},
		"depth unknown only of an old one": {[]load.Look{look(3), look(1, day)}, false},
	} {
		if got := e.sinceLast(Source{}, listing.Lang("ru"), c.history); got.after.IsZero() != c.whole {
			t.Errorf("%s: asks for what is new since %v", name, got.after)
		}
	}
	older, fresh := look(1, day), last.AddDate(0, 0, -40)
	older.LastAt = &fresh
	if got := e.sinceLast(Source{}, listing.Lang("ru"), []load.Look{look(2, day), older}); !got.after.Equal(fresh.Add(-overlap)) {
		t.Errorf("the newest entry is gone, and what is new since %v is asked for", got.after)
	}
}
