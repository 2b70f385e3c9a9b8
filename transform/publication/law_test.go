package publication

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq"
)

// The laws hold for any looks and publications around the due day of one plan.

// someLook draws a look at one of the places of a plan, healthy or not.
func someLook(t *rapid.T, o Obligation) Look {
	p := rapid.SampledFrom(o.Places).Draw(t, "place")
	l := well(p, someDay(t, o, "look"))
	l.At = l.At.Add(time.Duration(rapid.IntRange(0, 20).Draw(t, "hour")) * time.Hour)
	switch rapid.IntRange(0, 9).Draw(t, "how") {
	case 0:
		l.Complete, l.Outcome = false, "cut"
	case 1:
		l.Failures = []Failure{"shrunk: 3 entries, at least 100 are usual"}
	case 2:
		l.Since = l.Day() - 14
	case 3:
		l.Since = o.SearchFrom
	case 4:
		l.Examined = false
	}
	if rapid.Bool().Draw(t, "shallow") {
		l.Oldest = nil
	}
	return l
}

func someDay(t *rapid.T, o Obligation, name string) qulaq.Day {
	return rapid.Custom(func(t *rapid.T) qulaq.Day {
		around := rapid.SampledFrom([]qulaq.Day{o.OpensOn, o.DueOn, o.GraceUntil, o.GraceUntil + MaxAge}).Draw(t, "around")
		return around + qulaq.Day(rapid.IntRange(-6, 6).Draw(t, "days"))
	}).Draw(t, name)
}

// someFound draws a publication that meets the plan, or may.
func someFound(t *rapid.T, o Obligation) Found {
	f := plan(o, rapid.StringMatching(`[1-9]`).Draw(t, "id"), someDay(t, o, "published"))
	f.Place = rapid.SampledFrom(o.Places).Draw(t, "listed in")
	f.FirstSeenOn = f.StampedOn + qulaq.Day(rapid.IntRange(0, 9).Draw(t, "seen after"))
	f.LastSeenOn = f.FirstSeenOn
	f.Readable = rapid.Bool().Draw(t, "readable")
	f.Current = rapid.Bool().Draw(t, "current")
	if rapid.IntRange(0, 3).Draw(t, "stamp") == 0 {
		f.StampedOn = 0
	}
	if rapid.IntRange(0, 4).Draw(t, "period") == 0 {
		f.Period = Period{}
	}
	if rapid.IntRange(0, 3).Draw(t, "gone") == 0 {
		f.GoneOn = f.LastSeenOn + 1
	}
	return f
}

type draw struct {
	o      Obligation
	looks  []Look
	founds []Found
	today  qulaq.Day
}

func drawn(t *rapid.T, o Obligation) draw {
	d := draw{
		o:     o,
		looks: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Look { return someLook(t, o) }), 0, 12).Draw(t, "looks"),
		today: someDay(t, o, "today"),
	}
	if rapid.Bool().Draw(t, "something was found") {
		d.founds = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Found { return someFound(t, o) }), 1, 3).Draw(t, "founds")
	}
	if rapid.Bool().Draw(t, "all places in one night") {
		on := someDay(t, o, "night")
		if rapid.Bool().Draw(t, "the last one") {
			on = d.today
		}
		d.looks = append(d.looks, looks(o, on, on, well)...)
	}
	return d
}

func (d draw) judge() Verdict { return Judge(d.o, d.founds, d.looks, Verdict{}, d.today) }

func TestLawNeverOverdueWithoutHealthyLooks(t *testing.T) {
	o := astana(t)
	overdue := 0
	rapid.Check(t, func(t *rapid.T) {
		d := drawn(t, o)
		if v := d.judge(); v.State != Overdue {
			return
		}
		overdue++
		if d.today <= o.GraceUntil {
			t.Fatalf("overdue on %s, and grace lasts until %s", d.today, o.GraceUntil)
		}
		for _, p := range o.Places {
			if !slices.ContainsFunc(d.looks, func(l Look) bool {
				return l.Place == p && l.Complete && l.Examined && len(l.Failures) == 0 && l.Day() > o.GraceUntil && l.Day() <= d.today && (l.Since == 0 || l.Since <= o.Period.From)
			}) {
				t.Fatalf("overdue, and %s was not looked at in health after grace", p)
			}
		}
		for _, f := range d.founds {
			if f.FirstSeenOn <= d.today && f.Period.Known() {
				t.Fatalf("overdue, and %s was seen", f.PublicationID)
			}
		}
	})
	if overdue == 0 {
		t.Error("nothing was ever overdue: the law was not tried")
	}
}

// Who did not see what came and went before grace was over accuses only by a listing that reaches back.
func TestLawOverdueIsWatchedOrReaches(t *testing.T) {
	o := astana(t)
	tried := 0
	rapid.Check(t, func(t *rapid.T) {
		d := drawn(t, o)
		if rapid.Bool().Draw(t, "watched") {
			for _, on := range []qulaq.Day{o.DueOn, o.GraceUntil + qulaq.Day(rapid.IntRange(1, 2*MaxAge).Draw(t, "after"))} {
				d.looks, d.today = append(d.looks, looks(o, on, on, well)...), max(d.today, on)
			}
		}
		if v := d.judge(); v.State != Overdue || v.Reason.Key != "overdue" {
			return
		}
		tried++
		for _, p := range o.Places {
			if !slices.ContainsFunc(d.looks, func(before Look) bool {
				return before.Place == p && before.Healthy() && before.Day() <= o.GraceUntil && slices.ContainsFunc(d.looks, func(after Look) bool {
					return after.Place == p && after.Healthy() && after.Day() > o.GraceUntil && after.Day() <= min(before.Day()+MaxAge, d.today)
				})
			}) {
				t.Fatalf("%s was not watched when grace ended, and nothing is said of how far it reaches back", p)
			}
		}
	})
	if tried == 0 {
		t.Error("nothing was ever overdue: the law was not tried")
	}
}

// rank orders the states by how well they speak of an akimat.
var rank = map[State]int{Overdue: 0, Unverifiable: 1, NotFound: 2, Pending: 2, Withdrawn: 3, Unreadable: 4, Late: 5, Published: 6}

func TestLawMoreFoundIsNeverWorse(t *testing.T) {
	o := astana(t)
	rapid.Check(t, func(t *rapid.T) {
		d := drawn(t, o)
		before := d.judge()
		f := someFound(t, o)
		f.GoneOn = 0
		d.founds = append(d.founds, f)
		if after := d.judge(); rank[after.State] < rank[before.State] {
			t.Fatalf("one more publication made %s (%s) of %s (%s)", after.State, after.Reason.Key, before.State, before.Reason.Key)
		}
	})
}

func TestLawAFailedLookMakesUnverifiableOrNothing(t *testing.T) {
	o := astana(t)
	rapid.Check(t, func(t *rapid.T) {
		d := drawn(t, o)
		before := d.judge()
		l := bad(rapid.SampledFrom(o.Places).Draw(t, "fails"), someDay(t, o, "failure"))
		d.looks = append(d.looks, l)
		after := d.judge()
		if after.State == before.State && after.State != Unverifiable {
			before.Evidence, after.Evidence = nil, nil
			if diff := cmp.Diff(before, after); diff != "" {
				t.Fatalf("a failed look changed more than the state:\n%s", diff)
			}
		}
		if after.State != before.State && after.State != Unverifiable {
			t.Fatalf("a failed look made %s of %s", after.State, before.State)
		}
	})
}

func TestLawAgainIsTheSame(t *testing.T) {
	o := astana(t)
	rapid.Check(t, func(t *rapid.T) {
		d := drawn(t, o)
		once := d.judge()
		if diff := cmp.Diff(once, Judge(d.o, d.founds, d.looks, once, d.today)); diff != "" {
			t.Fatalf("judged again:\n%s", diff)
		}
		if _, ok := Change(once, Judge(d.o, d.founds, d.looks, once, d.today)); ok {
			t.Fatal("judged again, and written down again")
		}
		d.founds, d.looks = rapid.Permutation(d.founds).Draw(t, "founds mixed"), rapid.Permutation(d.looks).Draw(t, "looks mixed")
		mixed := d.judge()
		if diff := cmp.Diff(once, mixed); diff != "" {
			t.Fatalf("in another order:\n%s", diff)
		}
	})
}

func TestLawDaysLate(t *testing.T) {
	o := astana(t)
	rapid.Check(t, func(t *rapid.T) {
		late := qulaq.Day(rapid.IntRange(-30, 60).Draw(t, "late"))
		f := plan(o, "1", o.DueOn+late)
		v := Judge(o, []Found{f}, nil, Verdict{}, f.FirstSeenOn)
		if late > 0 && (v.State != Late || v.DaysLate != int(late)) || late <= 0 && (v.State != Published || v.DaysLate != 0) {
			t.Fatalf("published %d days after the due day: %s, %d days late", late, v.State, v.DaysLate)
		}
	})
}

// The history of any nights is a chain: each entry begins where the last one ended, and no two follow each other that
// say the same.
func TestLawHistory(t *testing.T) {
	o := astana(t)
	rapid.Check(t, func(t *rapid.T) {
		d := drawn(t, o)
		var last Verdict
		var history []Entry
		for on := o.OpensOn - 5; on <= o.GraceUntil+10; on += 3 {
			v := Judge(o, d.founds, d.looks, last, on)
			if e, ok := Change(last, v); ok {
				history = append(history, e)
			}
			if v.Since > on {
				t.Fatalf("on %s something is so since %s", on, v.Since)
			}
			last = v
		}
		for i, e := range history[1:] {
			if before := history[i]; e.From != before.To || e.Was != before.PublicationID || e.On <= before.On || e.To == before.To && e.PublicationID == before.PublicationID {
				t.Fatalf("%+v follows %+v", e, before)
			}
		}
	})
}
