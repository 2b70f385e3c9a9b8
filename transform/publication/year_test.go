package publication

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
)

// The second half of 2022: of twenty akimats five had not published their plans, and were named by a minister: East
// Kazakhstan, North Kazakhstan, Pavlodar, Ulytau and Astana. Two of the others are published in the last days, one of them
// after the due day and within grace, one site is down, one plan is a scan.
func TestSecondHalfOf2022(t *testing.T) {
	const eastKazakhstan, northKazakhstan, pavlodar, ulytau, astana = "630000000", "590000000", "550000000", "620000000", "710000000"
	five := []string{pavlodar, northKazakhstan, ulytau, eastKazakhstan, astana}
	overdueOn := day(t, "2023-02-14")
	c := DefaultConfig()
	c.Kinds = []Kind{ActionPlan}
	all := Due(c, akimats(t), day(t, "2022-07-01"), day(t, "2022-12-31"))
	if len(all) != 20 {
		t.Fatalf("%d plans are owed", len(all))
	}
	var named []string
	for _, o := range all {
		on := day(t, "2023-01-18")
		look := well
		want := Published
		var change func(*Found)
		switch o.RegionCode {
		case "390000000":
			on = o.DueOn
		case "470000000":
			on, want = o.DueOn+5, Late
		case "230000000":
			change, want = func(f *Found) { f.Readable = false }, Unreadable
		case "270000000":
			look, on, want = bad, day(t, "2030-01-01"), Unverifiable
		}
		f := plan(o, "plan of "+o.RegionCode, on)
		if change != nil {
			change(&f)
		}
		founds := []Found{f}
		if slices.Contains(five, o.RegionCode) {
			founds, want = nil, Overdue
		}
		_, nights, last := diary(o, day(t, "2022-12-25"), day(t, "2023-03-15"), func(qulaq.Day) []Found { return founds }, look)
		if last.State != want {
			t.Errorf("%s: %s, want %s", o.Key, last.State, want)
		}
		for _, n := range nights {
			if n.State == Overdue && n.On < overdueOn || n.On == overdueOn && (n.State == Overdue) != slices.Contains(five, o.RegionCode) {
				t.Errorf("%s: %s on %s", o.Key, n.State, n.On)
			}
		}
		if last.State == Overdue {
			named = append(named, o.RegionCode)
			if last.Since != overdueOn {
				t.Errorf("%s: overdue since %s", o.Key, last.Since)
			}
		}
	}
	slices.Sort(named)
	slices.Sort(five)
	if d := cmp.Diff(five, named); d != "" {
		t.Error(d)
	}
}

// A whole year, judged every night with all looks of the year, takes a fraction of a second an akimat.
func TestYear(t *testing.T) {
	began := time.Now()
	from, to := day(t, "2022-12-01"), day(t, "2023-11-30")
	verdicts := 0
	for _, s := range akimats(t)[:5] {
		owed := Due(DefaultConfig(), []Subject{s}, day(t, "2022-01-01"), to)
		// The calendar of 2022 was read: without one nobody knows how calendars look there, and none is accused.
		known := plan(owed[0], "calendar of 2022", day(t, "2022-03-20"))
		known.Kind, known.Period = Calendar, yearOf(day(t, "2022-03-20"))
		var seen []Look
		last := map[string]Verdict{}
		for d := from; d <= to; d++ {
			seen = append(seen, looks(owed[0], d, d, well)...)
			for _, o := range owed {
				last[o.Key] = Judge(o, []Found{known}, seen, last[o.Key], d)
				verdicts++
			}
		}
		for key, v := range last {
			if want := Overdue; v.State != want && key[len(key)-7:] != "2023-H2" {
				t.Errorf("%s: %s", key, v.State)
			}
		}
	}
	t.Logf("%d verdicts in %s", verdicts, time.Since(began).Round(time.Millisecond))
}
