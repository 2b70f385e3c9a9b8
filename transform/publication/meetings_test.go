package publication

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq"
)

// owedFor is what Akmola owes for its meetings of the first half of 2024: of one kind, for meetings on some days.
func owedFor(t testing.TB, kind Kind, days ...string) Obligation {
	t.Helper()
	s := akimats(t)[1]
	for _, d := range days {
		s.Meetings = append(s.Meetings, Meeting{On: day(t, d)})
	}
	c := DefaultConfig()
	c.Kinds = []Kind{kind}
	all := Due(c, []Subject{s}, day(t, "2024-01-01"), day(t, "2024-06-30"))
	if len(all) != 1 {
		t.Fatalf("%+v", all)
	}
	return all[0]
}

// paper is an announcement or a paper on results of a kind, for a day, published on another.
func paper(t testing.TB, o Obligation, of, on string) Found {
	t.Helper()
	f := plan(o, of+"/ru", day(t, on))
	f.Period = dayAlone(day(t, of))
	return f
}

func TestMeetingsOwe(t *testing.T) {
	show := func(o Obligation) string {
		text := fmt.Sprintf("%s due %s grace %s", o.Key, o.DueOn, o.GraceUntil)
		for _, one := range o.Each {
			text += fmt.Sprintf(" | %s opens %s due %s, %s", one.Period.Label, one.OpensOn, one.DueOn, one.Basis)
		}
		return text
	}
	for want, o := range map[string]Obligation{
		// Of results of the 14th of March the tenth day is a Sunday, and the 25th a holiday in place of the 23rd.
		"110000000/announcement/2024-H1 due 2024-05-13 grace 2024-05-27 | 2024-03-14 opens 2024-03-11 due 2024-03-11, policy | 2024-05-16 opens 2024-05-13 due 2024-05-13, policy": owedFor(t, Announcement, "2024-05-16", "2024-03-14", "2024-03-14"),
		"110000000/results/2024-H1 due 2024-03-26 grace 2024-04-09 | 2024-03-14 opens 2024-03-15 due 2024-03-26, policy":                                                           owedFor(t, Results, "2024-03-14"),
	} {
		if got := show(o); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	if o := owedFor(t, Results); o.DueOn != 0 || len(o.Each) != 0 {
		t.Errorf("without a known meeting something is due: %+v", o)
	}
	s := akimats(t)[1]
	s.Meetings = []Meeting{{On: day(t, "2024-03-14"), Excused: []Kind{Results}}}
	c := DefaultConfig()
	c.Kinds = []Kind{Announcement, Results}
	for _, o := range Due(c, []Subject{s}, day(t, "2024-01-01"), day(t, "2024-06-30")) {
		if want := map[Kind]int{Announcement: 1}[o.Kind]; len(o.Each) != want {
			t.Errorf("%s of %d meetings, want %d", o.Kind, len(o.Each), want)
		}
	}
}

// TestMeetingsAreJudged checks what is said of a half-year with meetings on 14 March and 16 May: two announcements of
// the year before show how such papers look there.
func TestMeetingsAreJudged(t *testing.T) {
	o := owedFor(t, Announcement, "2024-03-14", "2024-05-16")
	results := owedFor(t, Results, "2024-03-14", "2024-05-16")
	on := func(text string) qulaq.Day { return day(t, text) }
	nightly := func(from, to string) []Look { return looks(o, on(from), on(to), well) }
	year := nightly("2024-01-01", "2024-07-01")
	earlier := func(o Obligation) []Found {
		return []Found{paper(t, o, "2023-09-10", "2023-09-05"), paper(t, o, "2023-10-10", "2023-10-05")}
	}
	before := earlier(o)
	with := func(founds ...Found) []Found { return slices.Concat(before, founds) }
	march, may := paper(t, o, "2024-03-14", "2024-03-08"), paper(t, o, "2024-05-16", "2024-05-10")
	change := func(f Found, by func(*Found)) Found { by(&f); return f }
	takenDown := func(day string) func(*Found) {
		return func(f *Found) { f.GoneOn, f.LastSeenOn = on(day), on(day)-1 }
	}
	half := func(of string) Found {
		return change(paper(t, results, of, of), func(f *Found) {
			f.Period, f.Meetings = HalfYear(on(of)), 7
			f.StampedOn += 200
			f.FirstSeenOn += 200
			f.LastSeenOn += 200
		})
	}
	named := o
	named.Each = slices.Clone(o.Each)
	named.Each[0].Papers = []Ref{{o.Places[0].Source, "77/ru/2"}}
	unnamed := change(paper(t, o, "2024-03-14", "2024-03-08"), func(f *Found) { f.PublicationID, f.Period = "77/ru", Period{} })
	for _, c := range []struct {
		name   string
		o      Obligation
		founds []Found
		looks  []Look
		today  string
		state  State
		reason string // of the gravest
		sum    string // how many are in which state
	}{
		{"before the first", o, before, year, "2024-03-01", Pending, "too_early", "2 pending"},
		{"due, and not there", o, before, year, "2024-03-12", NotFound, "within_grace", "1 not_found, 1 pending"},
		{"past grace", o, before, year, "2024-04-01", Overdue, "overdue", "1 overdue, 1 pending"},
		{"one of two", o, with(march), year, "2024-06-30", Overdue, "overdue", "1 overdue, 1 published"},
		{"both", o, with(march, may), year, "2024-06-30", Published, "in_time", "2 published"},
		{"one a day before its meeting", o, with(march, paper(t, o, "2024-05-16", "2024-05-15")), year, "2024-06-30", Late, "late", "1 late, 1 published"},
		{"a scan", o, with(march, change(may, func(f *Found) { f.Readable = false })), year, "2024-06-30", Unreadable, "unreadable", "1 published, 1 unreadable"},
		{"taken down after the meetings", o, with(change(march, takenDown("2024-03-15")), change(may, takenDown("2024-06-01"))), year, "2024-06-30", Published, "in_time", "2 published"},
		{"taken down before the meeting", o, with(march, change(may, takenDown("2024-05-12"))), year, "2024-06-30", Withdrawn, "withdrawn", "1 published, 1 withdrawn"},
		{"nobody looked before the meeting", o, with(may), slices.Concat(nightly("2024-01-01", "2024-03-10"), nightly("2024-03-15", "2024-06-30")), "2024-06-30", Unverifiable, "not_watched", "1 published, 1 unverifiable"},
		{"watched only since the half-year was over", o, before, nightly("2024-07-01", "2024-07-20"), "2024-07-20", Unverifiable, "not_watched", "2 unverifiable"},
		{"looks fail", o, with(march, may), slices.Concat(nightly("2024-01-01", "2024-05-01"), looks(o, on("2024-05-02"), on("2024-06-30"), bad)), "2024-06-30", Published, "in_time", "2 published"},
		{"one was ever read", o, before[:1], year, "2024-06-30", Unverifiable, "never_recognised", "2 unverifiable"},
		{"two were read, and only since the meeting", o, []Found{paper(t, o, "2024-04-10", "2024-04-05"), paper(t, o, "2024-04-20", "2024-04-15")}, year, "2024-06-30", Overdue, "overdue", "1 overdue, 1 unverifiable"},
		{"it does not say its day, and rows name it", named, with(unnamed, may), year, "2024-06-30", Published, "in_time", "2 published"},
		{"results are not there", results, earlier(results), year, "2024-06-30", Overdue, "overdue", "2 overdue"},
		{"results of March say that they are of the half-year", results, slices.Concat(earlier(results), []Found{change(paper(t, results, "2024-03-14", "2024-03-20"), func(f *Found) { f.Period, f.Meetings = HalfYear(f.Period.From), 1 })}), year, "2024-06-30", Overdue, "overdue", "1 overdue, 1 published"},
		{"the akimat tells of a half-year in one paper, which is not due yet", results, slices.Concat(earlier(results), []Found{half("2023-01-10")}), year, "2024-06-30", Pending, "too_early", "2 pending"},
		{"the same, past grace", results, slices.Concat(earlier(results), []Found{half("2023-01-10")}), nightly("2024-01-01", "2024-08-01"), "2024-08-01", Overdue, "overdue", "2 overdue"},
		{"the same, and it is there", results, slices.Concat(earlier(results), []Found{half("2023-01-10"), change(half("2024-01-10"), func(f *Found) { f.StampedOn = on("2024-07-05"); f.FirstSeenOn = on("2024-07-06") })}), nightly("2024-01-01", "2024-08-01"), "2024-08-01", Published, "in_time", "2 published"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := Judge(c.o, c.founds, c.looks, Verdict{}, on(c.today))
			var states []string
			if v.Reason.Sum != nil {
				for _, s := range slices.Sorted(maps.Keys(v.Reason.Sum.States)) {
					states = append(states, fmt.Sprintf("%d %s", v.Reason.Sum.States[s], s))
				}
			}
			if v.State != c.state || v.Reason.Key != c.reason || strings.Join(states, ", ") != c.sum {
				t.Errorf("%s, %s, %s: %s", v.State, v.Reason.Key, states, v.Reason.Text("en"))
			}
			if diff := gocmp.Diff(v, Judge(c.o, c.founds, c.looks, v, on(c.today))); diff != "" {
				t.Errorf("judged again:\n%s", diff)
			}
			if out := v.State == Published || v.State == Late || v.State == Withdrawn; out != (v.PublicationID != "" && v.State != Unreadable) && v.State != Unverifiable {
				t.Errorf("%s rests on %q", v.State, v.PublicationID)
			}
		})
	}
}

// TestMeetingIsNotForgotten: an announcement that was found and is not recognised any more makes nobody overdue, however
// many nights pass.
func TestMeetingIsNotForgotten(t *testing.T) {
	o := owedFor(t, Announcement, "2024-03-14")
	before := []Found{paper(t, o, "2023-09-10", "2023-09-05"), paper(t, o, "2023-10-10", "2023-10-05")}
	nightly := looks(o, day(t, "2024-01-01"), day(t, "2024-07-01"), well)
	v := Judge(o, append(before, paper(t, o, "2024-03-14", "2024-03-08")), nightly, Verdict{}, day(t, "2024-03-20"))
	if v.State != Published {
		t.Fatal(v.State)
	}
	for _, on := range []string{"2024-04-01", "2024-04-02", "2024-06-01"} {
		if v = Judge(o, before, nightly, v, day(t, on)); v.State != Unverifiable || v.Reason.Key != lost {
			t.Errorf("%s: %s (%s)", on, v.State, v.Reason.Text("en"))
		}
	}
}

func TestAnnounced(t *testing.T) {
	o := owedFor(t, Announcement, "2024-03-14", "2024-04-11", "2024-05-16", "2024-06-27")
	founds := []Found{
		paper(t, o, "2023-09-10", "2023-09-05"), paper(t, o, "2023-10-10", "2023-10-05"),
		paper(t, o, "2024-03-14", "2024-03-13"), // late, and before the meeting
		paper(t, o, "2024-04-11", "2024-04-11"), // on its day
	}
	nightly := looks(o, day(t, "2024-01-01"), day(t, "2024-07-01"), well)
	v := Judge(o, founds, nightly, Verdict{}, day(t, "2024-06-28")) // that of June is not overdue yet
	if announced, known := v.Announced(); announced != 1 || known != 3 {
		t.Errorf("%d of %d: %s", announced, known, v.Reason.Text("en"))
	}
	v = Judge(o, founds, nil, Verdict{}, day(t, "2024-06-28"))
	if announced, known := v.Announced(); announced != 1 || known != 2 {
		t.Errorf("where nobody looked: %d of %d", announced, known)
	}
	if announced, known := (Verdict{State: Pending}).Announced(); announced != 0 || known != 0 {
		t.Errorf("without a meeting: %d of %d", announced, known)
	}
}

// A half-year is overdue only by a meeting that is: two such papers were out before it, every place was read in health
// after its grace, and an announcement would have been seen.
func TestLawMeetingsAreNeverAccusedInTheDark(t *testing.T) {
	overdue := 0
	rapid.Check(t, func(rt *rapid.T) {
		kind := rapid.SampledFrom([]Kind{Announcement, Results}).Draw(rt, "kind")
		o := owedFor(t, kind, "2024-03-14", "2024-05-16")
		var seen []Look
		for _, one := range o.Each {
			from := someDay(rt, one, "from")
			seen = append(seen, looks(o, from, from+qulaq.Day(rapid.IntRange(0, 30).Draw(rt, "nights")), well)...)
			for range rapid.IntRange(0, 4).Draw(rt, "looks") {
				seen = append(seen, someLook(rt, one))
			}
		}
		if rapid.Bool().Draw(rt, "every night") {
			seen = append(seen, looks(o, o.OpensOn, o.GraceUntil+5, well)...)
		}
		var founds []Found
		if rapid.Bool().Draw(rt, "such papers are known") {
			founds = append(founds, paper(t, o, "2023-09-10", "2023-09-05"), paper(t, o, "2023-10-10", "2023-10-05"))
		}
		for range rapid.IntRange(0, 2).Draw(rt, "publications") {
			one := rapid.SampledFrom(o.Each).Draw(rt, "of")
			f := someFound(rt, one)
			if rapid.Bool().Draw(rt, "of an earlier meeting") {
				f.Period = dayAlone(one.Period.From - 90)
				f.StampedOn, f.FirstSeenOn, f.LastSeenOn = f.StampedOn-90, f.FirstSeenOn-90, f.LastSeenOn-90
			}
			founds = append(founds, f)
		}
		today := someDay(rt, o.Each[rapid.IntRange(0, 1).Draw(rt, "around")], "today")
		v := Judge(o, founds, seen, Verdict{}, today)
		if v.State != Overdue {
			return
		}
		overdue++
		for _, one := range v.Each {
			if one.State != Overdue {
				continue
			}
			if today <= one.GraceUntil {
				rt.Fatalf("overdue on %s, and grace lasts until %s", today, one.GraceUntil)
			}
			shown := 0
			for _, f := range founds {
				if f.Readable && f.FirstSeenOn <= today && f.FirstSeenOn <= one.For.From+20 {
					shown++
				}
				tells := kind == Announcement || cmp.Or(f.StampedOn, f.FirstSeenOn) >= one.For.From
				if f.FirstSeenOn <= today && f.Period.Overlaps(one.For) && tells {
					rt.Fatalf("overdue, and %s was seen", f.PublicationID)
				}
			}
			if shown < 2 {
				rt.Fatalf("overdue, and only %d such papers were read before", shown)
			}
			for _, p := range o.Places {
				healthy := func(from, to qulaq.Day) bool {
					return slices.ContainsFunc(seen, func(l Look) bool { return l.Place == p && l.Healthy() && from <= l.Day() && l.Day() <= to })
				}
				if !healthy(one.GraceUntil+1, today) || kind == Announcement && !healthy(one.DueOn, one.For.From) {
					rt.Fatalf("overdue, and %s was not looked at when it had to be", p)
				}
			}
		}
	})
	if overdue == 0 {
		t.Error("nothing was ever overdue: the law was not tried")
	}
}
