package pipelines

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq/internal/govsim"
	"github.com/qulaq-kz/qulaq/transform/publication"
)

// newSmall watches one akimat that is well.
func newSmall(t *testing.T) (*watch, *akimat) {
	t.Helper()
	s := newWatch(t, "sko")
	return s, s.akimats(t)[0]
}

// A plan that is published, replaced, withdrawn and put back: each is one line of the history, whatever else is run.
func TestPlanComesAndGoes(t *testing.T) {
	t.Parallel()
	s, a := newSmall(t)
	s.e.Config.Plans.FullLook = 1
	s.night(t, "2023-01-05")

	a.publish("2023-01-31") // a day after it was due
	j := s.night(t, "2023-02-01")["sko"]
	if v := j.Verdict; v.State != publication.Late || v.DaysLate != 1 {
		t.Errorf("a plan that is one day late: %s, %d days (%s)", v.State, v.DaysLate, v.Reason.Text("en"))
	}
	first := j.Verdict.PublicationID

	better := a.plan("2023-02-03")
	better.ID++
	better.Title += " (уточнённый)"
	better.Content = strings.ReplaceAll(better.Content, "на исполнении", "исполнено")
	before := slices.Clone(a.ru)
	a.ru = append(a.ru, better)
	a.show()
	s.night(t, "2023-02-04")
	second := fmt.Sprintf("%d/ru", better.ID)

	a.ru = before[:len(before)-1]
	a.show()
	if j := s.night(t, "2023-02-06")["sko"]; j.Verdict.State != publication.Late {
		t.Errorf("one look that does not list it: %s", j.Verdict.State)
	}
	s.night(t, "2023-02-07")

	a.ru = append(before, better)
	a.show()
	s.night(t, "2023-02-10")
	s.night(t, "2023-02-11")

	want := []string{
		"2023-01-05 | opened |  | not_found | ",
		"2023-02-01 | changed | not_found | late | " + first,
		"2023-02-04 | replaced | late | late | " + second,
		"2023-02-07 | changed | late | withdrawn | " + second,
		"2023-02-10 | changed | withdrawn | late | " + second,
	}
	if diff := cmp.Diff(want, s.history(t, a.Region)); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}

	t.Run("a second run on a day adds nothing", func(t *testing.T) {
		all := "SELECT toString(tuple(*)) FROM verdicts ORDER BY 1"
		was := ask(t, s.e, all)
		s.monitor(t)
		if diff := cmp.Diff(was, ask(t, s.e, all)); diff != "" {
			t.Errorf("(-before +after):\n%s", diff)
		}
	})

	t.Run("a run that is stopped leaves no half a night", func(t *testing.T) {
		s.at("2023-02-12")
		s.run(t)
		count := "SELECT toString(count()) FROM verdicts WHERE judged_on = '2023-02-12'"
		whole := ask(t, s.e, strings.ReplaceAll(count, "02-12", "02-11"))[0]
		now, stopped := s.e.Now, 0
		for nth := 1; ; nth++ { // the clock is asked at several steps of a run: it is stopped at the first, the second, …
			ctx, cancel := context.WithCancel(t.Context())
			asked := 0
			s.e.Now = func() time.Time {
				if asked++; asked == nth {
					cancel()
				}
				return now()
			}
			_, err := s.e.RunMonitor(ctx)
			cancel()
			s.e.Now = now
			got := ask(t, s.e, count)[0]
			if got != "0" && got != whole {
				t.Fatalf("stopped at step %d, %s of %s verdicts are written", nth, got, whole)
			}
			if err == nil {
				break
			}
			stopped++
		}
		if got := ask(t, s.e, count)[0]; got != whole || stopped == 0 {
			t.Errorf("%s verdicts in the end, want %s; it was stopped %d times", got, whole, stopped)
		}
	})

	t.Run("a warehouse that fails is an error and no verdict", func(t *testing.T) {
		s.at("2023-02-13")
		for _, table := range []string{"looks", "publications"} {
			if err := s.e.Warehouse.Do(t.Context(), "RENAME TABLE "+table+" TO away"); err != nil {
				t.Fatal(err)
			}
			if _, err := s.e.RunMonitor(t.Context()); err == nil {
				t.Errorf("without %s the run passes", table)
			}
			if err := s.e.Warehouse.Do(t.Context(), "RENAME TABLE away TO "+table); err != nil {
				t.Fatal(err)
			}
		}
		if got := ask(t, s.e, "SELECT toString(count()) FROM verdicts WHERE judged_on = '2023-02-13'")[0]; got != "0" {
			t.Errorf("%s verdicts", got)
		}
	})
}

// With looks at what is new on most nights, as is usual: the verdict falls on its day, and what a whole look doubted stays
// doubted until a whole look finds it well.
func TestLooksAtWhatIsNew(t *testing.T) {
	t.Parallel()
	s, a := newSmall(t)
	all := slices.Clone(a.ru)
	for _, night := range []struct {
		day  string
		do   func()
		want publication.State
	}{
		{day: "2022-12-20", want: publication.Pending},
		{day: "2022-12-28", want: publication.Pending},
		{day: "2023-01-06", want: publication.NotFound},
		{day: "2023-01-14", do: func() { a.ru = a.ru[len(a.ru)-4:]; a.show() }, want: unverifiable}, // whole
		{day: "2023-01-15", want: unverifiable},                                                     // whole, again
		{day: "2023-01-16", want: unverifiable},
		{day: "2023-01-18", do: func() { a.ru = all; a.show() }, want: publication.NotFound},
		{day: "2023-02-11", want: publication.NotFound},
		{day: "2023-02-13", want: publication.NotFound},
		{day: overdueOn, want: overdue},
		{day: "2023-02-15", do: func() { s.Spoil("sko", govsim.Mishap{Drop: true}) }, want: unverifiable},
		{day: "2023-02-16", do: func() { s.Spoil("sko", govsim.Mishap{}) }, want: overdue},
	} {
		if night.do != nil {
			night.do()
		}
		if v := s.night(t, night.day)["sko"].Verdict; v.State != night.want {
			t.Errorf("%s: %s (%s), want %s", night.day, v.State, v.Reason.Text("en"), night.want)
		}
	}
	whole := ask(t, s.e, "SELECT toString(toDate(at, 'Asia/Almaty')) FROM looks WHERE since IS NULL AND lang = 'ru' ORDER BY at")
	if diff := cmp.Diff([]string{"2022-12-20", "2022-12-28", "2023-01-06", "2023-01-14", "2023-01-15", "2023-01-16", "2023-01-18", "2023-02-11", overdueOn}, whole); diff != "" {
		t.Errorf("whole looks (-want +got):\n%s", diff)
	}
}

// words say what the states mean.
var words = map[publication.State]string{
	publication.Pending:      "nothing can be expected yet, or nothing is known to be due",
	publication.Published:    "it is there and can be read; in time, or nobody can tell on which day it came",
	publication.Late:         "it is there and can be read, and came after the due day",
	publication.Unreadable:   "something is there, and what it says cannot be read, or not of which period it is",
	publication.NotFound:     "every place was read whole and in health, and it is not there; it is not yet due, or grace lasts",
	publication.Overdue:      "the same, and grace is over",
	publication.Withdrawn:    "it was there, and two healthy looks on different days did not list it any more",
	publication.Unverifiable: "nobody can tell: a look failed, or the site is not the one that was known",
}

// The page of verdicts says what the program does.
func TestVerdictsPage(t *testing.T) {
	var b strings.Builder
	b.WriteString("# Verdicts\n\nWhat is said of a publication that an akimat owes, and when. This page is made from the program's own tables;\n" +
		"`go test ./pipelines -run TestVerdictsPage -update` makes it anew. What is said of a site that breaks is in\n[BREAKAGES.md](BREAKAGES.md).\n\n" +
		"## States\n\n| state | meaning |\n|---|---|\n")
	for _, s := range publication.States() {
		if words[s] == "" {
			t.Errorf("%s has no words", s)
		}
		fmt.Fprintf(&b, "| `%s` | %s |\n", s, words[s])
	}
	b.WriteString("\n## Rules\n\nThe first rule that holds decides.\n\n" + publication.Rules())
	b.WriteString("\n## Norms\n\nWho owes what for which period, and by when. Law means that the act sets the day for the publication itself; policy, that no act is\n" +
		"known that does, and the day is a setting or that of something close to it. Verdicts name it so.\n\n" + publication.NormTable())
	b.WriteString("\n## Score of openness\n\nThe mean of the parts that are known, by weight, times 100. There is none while it is not known whether the plan is published.\n\n" + publication.Formula())
	golden(t, "VERDICTS.md", b.String())
}
