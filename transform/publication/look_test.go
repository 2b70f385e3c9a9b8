package publication

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq"
)

func TestCanaries(t *testing.T) {
	p := Place{"govkz/71", "ru"}
	on := day(t, "2023-02-01")
	steady := func(entries ...int) []Look {
		var all []Look
		for i, n := range entries {
			l := well(p, on-1)
			l.At = l.At.AddDate(0, 0, -i)
			l.Entries = n
			all = append(all, l)
		}
		return all
	}
	now := func(change func(*Look)) Look {
		l := well(p, on)
		l.Entries = 100
		change(&l)
		return l
	}
	moving := func(nights, pause int, last qulaq.Day) []Look { // looks of every night until yesterday, of a listing that moved until a day
		var all []Look
		for d := last - qulaq.Day(nights); d < on; d++ {
			l := well(p, d)
			l.Newest = min(d, last)
			l.Newest -= (l.Newest - last + 1000*qulaq.Day(pause)) % qulaq.Day(pause)
			l.Entries = 100
			all = append(all, l)
		}
		return all
	}
	otherPlace := steady(1000, 1000, 1000, 1000)
	for i := range otherPlace {
		otherPlace[i].Lang = "kk"
	}
	broken := steady(1, 1, 1, 1)
	for i := range broken {
		broken[i].Complete = false
	}
	for _, c := range []struct {
		name    string
		look    Look
		history []Look
		want    string // names of what failed
	}{
		{"the first look", now(func(l *Look) {}), nil, ""},
		{"nothing there, ever", now(func(l *Look) { l.Entries, l.Outcome = 0, "empty" }), nil, "emptied"},
		{"as usual", now(func(l *Look) {}), steady(100, 99, 98), ""},
		{"grown", now(func(l *Look) { l.Entries = 500 }), steady(100, 99, 98), ""},
		{"a little less", now(func(l *Look) { l.Entries = 80 }), steady(100, 100, 100), ""},
		{"less than ever", now(func(l *Look) { l.Entries = 79 }), steady(100, 100, 100), "shrunk"},
		{"a listing that always varies", now(func(l *Look) { l.Entries = 50 }), steady(100, 62, 110, 100, 101), ""},
		{"a listing that always varies, far less", now(func(l *Look) { l.Entries = 48 }), steady(100, 62, 110, 100, 101), "shrunk"},
		{"however it varies", now(func(l *Look) { l.Entries = 39 }), steady(100, 5, 100, 100), "shrunk"},
		{"little is known", now(func(l *Look) { l.Entries = 60 }), steady(100, 100), ""},
		{"little is known, and half is gone", now(func(l *Look) { l.Entries = 59 }), steady(100, 100), "shrunk"},
		{"one look is known, and half is gone", now(func(l *Look) { l.Entries = 59 }), steady(100), "shrunk"},
		{"one of few is gone", now(func(l *Look) { l.Entries = 2 }), steady(3), ""},
		{"it moves every other day", now(func(l *Look) { l.Newest = on - 1 }), moving(40, 2, on), ""},
		{"it stands as long as at a holiday", now(func(l *Look) { l.Newest = on - 8 }), moving(40, 2, on-7), ""},
		{"it stands for longer", now(func(l *Look) { l.Newest = on - 9 }), moving(40, 2, on-8), "frozen"},
		{"it stands for longer, as looks at what is new see", now(func(l *Look) { l.Newest, l.Since = on-9, on-30 }), moving(40, 2, on-8), "frozen"},
		{"it moves again", now(func(l *Look) { l.Newest = on }), moving(40, 2, on-60), ""},
		{"it moves seldom", now(func(l *Look) { l.Newest = on - 40 }), moving(240, 20, on-40), ""},
		{"it moved seldom, and stands for longer than three times that", now(func(l *Look) { l.Newest = on - 62 }), moving(240, 20, on-61), "frozen"},
		{"it was not seen to move often", now(func(l *Look) { l.Newest = on - 60 }), moving(18, 2, on-60), ""},
		{"no entry bears a day", now(func(l *Look) {}), moving(40, 2, on-60), ""},
		{"a look at what is new", now(func(l *Look) { l.Entries, l.Since = 5, on-14 }), steady(100, 100, 100), ""},
		{"a look at what is new, with nothing", now(func(l *Look) { l.Entries, l.Since = 0, on-14 }), steady(100, 100, 100), "emptied"},
		{"broken looks teach nothing", now(func(l *Look) { l.Entries = 50 }), append(broken, steady(100, 100, 100)...), "shrunk"},
		{"other places teach nothing", now(func(l *Look) {}), otherPlace, ""},
		{"most that was known is missing", now(func(l *Look) { l.KnownSeen, l.KnownMissing = 1, 2 }), nil, "known_missing"},
		{"all that was known is missing", now(func(l *Look) { l.KnownSeen, l.KnownMissing = 0, 2 }), nil, "known_missing"},
		{"half of it", now(func(l *Look) { l.KnownSeen, l.KnownMissing = 2, 2 }), nil, ""},
		{"one, and only one was known", now(func(l *Look) { l.KnownSeen, l.KnownMissing = 0, 1 }), nil, ""},
		{"the plans are not recognised", now(func(l *Look) { l.PlansKept, l.PlansLost = 0, 1 }), nil, "unrecognised"},
		{"most are not", now(func(l *Look) { l.PlansKept, l.PlansLost = 1, 2 }), nil, "unrecognised"},
		{"one of two was renamed", now(func(l *Look) { l.PlansKept, l.PlansLost = 1, 1 }), nil, ""},
		{"an element that cannot be read", now(func(l *Look) { l.Blank = 1 }), nil, "blank"},
		{"half of the titles say nothing", now(func(l *Look) { l.Mute = 50 }), nil, ""},
		{"most titles say nothing", now(func(l *Look) { l.Mute = 51 }), nil, "mute"},
		{"everything at once", now(func(l *Look) { l.Entries, l.KnownSeen, l.KnownMissing, l.PlansLost = 3, 1, 9, 1 }), steady(100, 100, 100), "known_missing unrecognised shrunk"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var names []string
			for _, f := range Canaries(c.look, c.history) {
				name, figures, ok := strings.Cut(string(f), ": ")
				if !ok || figures == "" {
					t.Errorf("%q has no figures", f)
				}
				names = append(names, name)
			}
			if got := strings.Join(names, " "); got != c.want {
				t.Errorf("failed: %q, want %q", got, c.want)
			}
			if l := Examine(c.look, c.history); l.Healthy() != (c.want == "") {
				t.Errorf("healthy: %v", l.Healthy())
			}
		})
	}
}

// A listing that only grows never fails for its volume, and one entry less than is usual always does; the order of the
// history does not matter.
func TestLawVolume(t *testing.T) {
	p := Place{"govkz/71", "ru"}
	rapid.Check(t, func(t *rapid.T) {
		var history []Look
		n := 1
		on := qulaq.Date(2023, 1, 1)
		for range rapid.IntRange(volumeNeeds, 50).Draw(t, "looks") {
			n += rapid.IntRange(0, 20).Draw(t, "more")
			l := well(p, on)
			l.Entries = n
			history = append(history, l)
			on++
		}
		l := well(p, on)
		l.Entries = n + rapid.IntRange(0, 1000).Draw(t, "new")
		if got := Canaries(l, history); len(got) > 0 {
			t.Fatalf("it grew to %d, and %v", l.Entries, got)
		}
		slices.Reverse(history)
		l.Entries = max(usual(l, history)-1, 0)
		if got := Canaries(l, history); l.Entries > 0 && len(got) == 0 {
			t.Fatalf("it shrank to %d, and nothing failed", l.Entries)
		}
	})
}

// Only what compares the site with itself is over when an operator accepts it: a doubt whether the program sees what is
// there stays.
func TestLearned(t *testing.T) {
	for name, want := range map[string]bool{
		knownMissing: true, shrunk: true, frozen: true,
		emptied: false, blank: false, mute: false, unrecognised: false, "one of a later version": false,
	} {
		if f := Failure(name + ": 3 of 4"); f.Learned() != want {
			t.Errorf("%s: %t, want %t", f, f.Learned(), want)
		}
	}
}

func TestDepth(t *testing.T) {
	for _, c := range []struct{ name, days, oldest, moved string }{
		{"no entries", "", "", ""},
		{"two", "2015-11-01 2015-01-01", "2015-01-01 2015-11-01", ""},
		{"the third oldest", "2026-01-01 2025-11-01 2025-03-04 2025-06-30", "2025-03-04 2025-06-30 2025-11-01", ""},
		{"statutes of long ago, and the newest year", "2019-03-01 2019-03-01 2019-03-01 2019-09-05 2021-06-11 2025-12-01 2026-01-10 2026-02-20 2026-03-30", "2025-12-01 2026-01-10 2026-02-20", ""},
		{"an entry every other year", "2019-03-01 2021-03-01 2023-03-02 2025-02-10", "2019-03-01 2021-03-01 2023-03-02", ""},
		{"one after years of silence", "2019-03-01 2019-04-01 2019-05-01 2026-01-10", "2026-01-10", ""},
		{"broken clocks say nothing", "1970-01-02 1970-01-02 1970-01-02 2026-01-10", "2026-01-10", ""},
		{"moved on one day", "2024-06-05 2024-06-05 2024-06-05 2024-06-05 2024-09-01 2025-01-01", "2024-06-05 2024-06-05 2024-06-05", "2024-06-05"},
		{"half of it is not most", "2024-06-05 2024-06-05 2024-06-05 2024-09-01 2025-01-01 2025-02-01", "2024-06-05 2024-06-05 2024-06-05", ""},
		{"few say nothing", "2024-06-05 2024-06-05 2024-06-05 2024-06-05", "2024-06-05 2024-06-05 2024-06-05", ""},
	} {
		var days []qulaq.Day
		for _, d := range strings.Fields(c.days) {
			days = append(days, day(t, d))
		}
		oldest, moved := Depth(days)
		if got := strings.Trim(fmt.Sprint(oldest), "[]"); got != c.oldest || moved != day(t, c.moved) {
			t.Errorf("%s: %s, %s", c.name, got, moved)
		}
	}
}
