package publication

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq"
)

// calendarOf2024 is what Astana owes by 15 January 2024; grace lasts until 29 January.
func calendarOf2024(t testing.TB) Obligation {
	t.Helper()
	for _, s := range akimats(t) {
		if s.RegionCode != "710000000" {
			continue
		}
		c := DefaultConfig()
		c.Kinds = []Kind{Calendar}
		return Due(c, []Subject{s}, day(t, "2024-01-01"), day(t, "2024-01-01"))[0]
	}
	t.Fatal("there is no Astana")
	return Obligation{}
}

// TestCalendars checks the verdicts on a calendar. It is accused under the conditions of a plan, and only where the
// program has read a calendar of the same akimat before.
func TestCalendars(t *testing.T) {
	o := calendarOf2024(t)
	if o.DueOn.String() != "2024-01-15" || o.GraceUntil.String() != "2024-01-29" || o.Basis != Policy || o.Norm != "calendar-2024" {
		t.Fatalf("%+v", o)
	}
	on := func(text string) qulaq.Day { return day(t, text) }
	nightly := looks(o, on("2023-12-01"), on("2024-02-10"), well)
	broken := slices.Concat(looks(o, on("2023-12-01"), on("2024-01-20"), well), looks(o, on("2024-01-21"), on("2024-02-10"), bad))
	of := func(kind Kind, published string, change ...func(*Found)) Found {
		f := plan(o, "of "+published, on(published))
		f.Kind = kind
		f.Period = yearOf(f.StampedOn + 31) // a calendar comes at the turn of the year
		for _, c := range change {
			c(&f)
		}
		return f
	}
	last := of(Calendar, "2022-12-20")
	if last.Period.Label != "2023" {
		t.Fatal(last.Period)
	}
	noPeriod := func(f *Found) { f.Period = Period{} }
	scan := func(f *Found) { f.Readable = false }
	for _, c := range []struct {
		name   string
		founds []Found
		looks  []Look
		today  string
		state  State
		reason string
	}{
		{"in December", []Found{last}, nightly, "2023-12-31", Pending, "too_early"},
		{"published in December, for the year to come", []Found{last, of(Calendar, "2023-12-28")}, nightly, "2024-02-10", Published, "in_time"},
		{"published on the last day", []Found{of(Calendar, "2024-01-15")}, nightly, "2024-02-10", Published, "in_time"},
		{"published a day late", []Found{of(Calendar, "2024-01-16")}, nightly, "2024-02-10", Late, "late"},
		{"a scan", []Found{last, of(Calendar, "2024-01-10", scan)}, nightly, "2024-02-10", Unreadable, "unreadable"},
		{"one that does not say its year", []Found{last, of(Calendar, "2024-01-10", noPeriod)}, nightly, "2024-02-10", Unreadable, "period_unknown"},
		{"within grace", []Found{last}, nightly, "2024-01-29", NotFound, "within_grace"},
		{"that of last year was read, and there is none", []Found{last}, nightly, "2024-02-10", Overdue, "overdue"},
		{"none was ever read", nil, nightly, "2024-02-10", Unverifiable, "never_recognised"},
		{"that of last year is a scan", []Found{of(Calendar, "2022-12-20", scan)}, nightly, "2024-02-10", Unverifiable, "never_recognised"},
		{"only a plan was read", []Found{of(ActionPlan, "2023-01-20")}, nightly, "2024-02-10", Unverifiable, "never_recognised"},
		{"only that of another akimat was read", []Found{of(Calendar, "2022-12-20", func(f *Found) { f.RegionCode = "750000000" })}, nightly, "2024-02-10", Unverifiable, "never_recognised"},
		{"looks fail", []Found{last}, broken, "2024-02-10", Unverifiable, "look_failed"},
		{"nobody looked", []Found{last}, nil, "2024-02-10", Unverifiable, "not_looked"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := Judge(o, c.founds, c.looks, Verdict{}, on(c.today))
			if v.State != c.state || v.Reason.Key != c.reason {
				t.Errorf("%s, %s: %s", v.State, v.Reason.Key, v.Reason.Text("en"))
			}
			if v.State == Overdue && !strings.Contains(v.Reason.Text("ru"), "правило наблюдателя") {
				t.Errorf("it does not say that the day is policy: %s", v.Reason.Text("ru"))
			}
		})
	}
}

func TestNormTable(t *testing.T) {
	text := NormTable()
	if n := strings.Count(text, "\n"); n != len(Norms())+2 {
		t.Errorf("%d lines:\n%s", n, text)
	}
	for _, want := range []string{
		"| calendar-2024 | `calendar` | oblast, city | year | 2024-01-01 … | day 15 of it | policy |",
		"| ministers-solutions-2022 | `solutions` | ministry | meeting | 2022-04-07 … 2024-01-08 | 10 days after it | law |",
		"| by the setting `plan_days_after_period` | policy |",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("it lacks %s:\n%s", want, text)
		}
	}
}

// TestACalendarIsAccusedWithSightOnly checks for any looks and publications that a calendar is overdue only where a
// readable one of the same akimat is known.
func TestACalendarIsAccusedWithSightOnly(t *testing.T) {
	o := calendarOf2024(t)
	rapid.Check(t, func(t *rapid.T) {
		var seen []Look
		for range rapid.IntRange(0, 12).Draw(t, "looks") {
			seen = append(seen, someLook(t, o))
		}
		var founds []Found
		for range rapid.IntRange(0, 3).Draw(t, "publications") {
			f := someFound(t, o)
			f.Kind = rapid.SampledFrom([]Kind{Calendar, ActionPlan}).Draw(t, "kind")
			f.Period = yearOf(o.Period.From - 300)
			founds = append(founds, f)
		}
		v := Judge(o, founds, seen, Verdict{}, someDay(t, o, "today"))
		shown := slices.ContainsFunc(founds, func(f Found) bool { return f.Kind == Calendar && f.Readable && f.FirstSeenOn <= v.JudgedOn })
		if v.State == Overdue && !shown {
			t.Fatalf("overdue, and no calendar was ever read: %v", founds)
		}
	})
}
