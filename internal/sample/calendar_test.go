package sample

import (
	"math/rand/v2"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq"
)

// The moments of a calendar lie within its days and only grow, wherever in its slot a complaint falls.
func TestCalendarGrows(t *testing.T) {
	w := mustLoad(t, Spec{Format: CC109})
	rapid.Check(t, func(t *rapid.T) {
		from := qulaq.Day(rapid.IntRange(int(firstDay), int(lastDay)-200).Draw(t, "from"))
		s := Spec{Format: CC109, From: from, To: from + qulaq.Day(rapid.IntRange(0, 100).Draw(t, "days"))}.withDefaults()
		n := int64(rapid.IntRange(1, 3000).Draw(t, "complaints"))
		c := newCalendar(s, n, w.rhythm)
		jitter := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "jitter"), 0))
		before := midnight(s.From) - 1
		for place := range n {
			at := c.at(place, jitter.Int64N(jitters))
			if at <= before || at.day() > s.To {
				t.Fatalf("place %d is at %d, the one before at %d", place, at, before)
			}
			before = at
		}
	})
}

// As many calls as are allowed, on one day, still have moments of their own.
func TestCalendarIsFineEnough(t *testing.T) {
	day := qulaq.Date(2026, time.March, 2)
	s := Spec{Format: CC109, From: day, To: day}.withDefaults()
	c := newCalendar(s, maxCalls, mustLoad(t, s).rhythm)
	before := midnight(day) - 1
	for place := range int64(maxCalls) {
		at := c.at(place, place*7919%jitters)
		if at <= before {
			t.Fatalf("places %d and %d share a moment", place-1, place)
		}
		before = at
	}
}

func TestDue(t *testing.T) {
	application := &kind{days: 15, working: true}
	for _, c := range []struct {
		kind       *kind
		registered string
		want       string
	}{
		{application, "2026-04-01 08:01", "2026-04-21"},
		{application, "2026-04-03 10:00", "2026-04-23"},                     // a Friday
		{application, "2026-04-03 18:31", "2026-04-24"},                     // after working hours: Monday
		{application, "2026-04-04 12:00", "2026-04-24"},                     // a Saturday: Monday
		{&kind{days: 20, working: true}, "2026-04-01 08:01", "2026-04-28"},  // complaint
		{&kind{days: 3, working: true}, "2026-04-13 08:01", "2026-04-15"},   // bailiff
		{&kind{days: 7, working: false}, "2026-04-15 08:01", "2026-04-21"},  // press
		{&kind{days: 15, working: false}, "2026-04-15 19:00", "2026-04-30"}, // information, after working hours
		{&kind{days: 1, working: true}, "2026-04-05 23:59", "2026-04-06"},   // a Sunday
		{&kind{days: 6, working: true}, "2026-04-10 09:00", "2026-04-17"},   // Friday to Friday
		{&kind{days: 5, working: true}, "2026-04-06 18:30", "2026-04-10"},   // the last minute of the day counts
	} {
		at, err := time.Parse("2006-01-02 15:04", c.registered)
		if err != nil {
			t.Fatal(err)
		}
		if got := due(c.kind, moment(at.UnixMilli())).String(); got != c.want {
			t.Errorf("%v from %s is due on %s, not %s", *c.kind, c.registered, got, c.want)
		}
	}
}

func TestClock(t *testing.T) {
	for m, want := range map[moment]string{
		0:                              "00:00:00.000",
		midnight(20000) + fullDay - 1:  "23:59:59.999",
		midnight(20000) + clock(13, 5): "13:05:00.000",
		midnight(20000) + 29_180_490:   "08:06:20.490",
	} {
		if got := string(appendClock([]byte("x"), m)); got != "x"+want {
			t.Errorf("%d is %s, not %s", m, got, want)
		}
	}
}
