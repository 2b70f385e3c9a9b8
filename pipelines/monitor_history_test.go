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

const meetingsSection = `## Meetings

Announcements and results are owed for meetings that are known, and for no others: planned for a day by the akimat's own calendar or
by an announcement, or told of by results. One obligation a half-year sums them up; each of its meetings is judged by the rules
above, with its own due day, and the obligation says how many are in which state and speaks of the gravest. So that nobody is
accused wrongly:

- Where no meeting is known, nothing is owed and nothing is said. A meeting of which only the month is known is none.
- For a meeting that was cancelled, or moved from its day, nothing is owed; for one that was missed, no announcement. A planned
  meeting of which nothing is told, while results tell of one at its place in the half-year that nobody had planned, may be that
  one, held on another day: no results are owed for it, nor an announcement where none is out; and where one is out for the first
  day, none is owed for the other.
- What is missing counts as overdue only where two such papers of the same akimat, on different days, were out before the due
  day: an akimat may announce its meetings elsewhere, or in a way that the program does not know.
- An announcement may be taken down when its meeting is over. One that was found stays found. One that was not found is overdue
  only where every place was read in health between the due day and the meeting; who begins to watch later cannot know.
- Where the akimat's results are papers on several meetings of a longer time, the days are counted from the end of the half-year.
- Results published before a meeting say nothing of it; a paper on its day, or on a time with its day in it, meets what is owed.

The days are the settings ` + "`publication.announce_days_before`" + ` (3) and ` + "`publication.results_days_after`" + ` (10), and policy. The state of
the half-year is the first of these that one of its meetings is in:

`

const canariesSection = `## Sites that change

A look counts only when its canaries pass: what tells a site that was changed, or broke, from one that has nothing new.

| canary | it does not pass when | learned from |
|---|---|---|
| emptied | there is no entry at all | |
| blank | an element of the listing cannot be read: a publication may be that one | |
| known_missing | most of the entries that were known are not listed, or have other titles | the last whole look in health |
| shrunk | there are fewer than 0.8 of the usual number of entries, less where it varied; with one or two looks before, fewer than 0.6 | the last 30 whole looks in health |
| mute | most titles say nothing, and some did before | the last whole look in health |
| unrecognised | most of the known plans are listed and not recognised any more | what was known |
| frozen | nothing newer has come for more than 7 days and three times the longest pause: a copy from somebody's memory, or a slug that was left behind | looks of a year that saw it move ten times or more |

A site that changed for good stays ` + "`unverifiable`" + ` until an operator has looked: ` + "`qulaq sources accept AKIMAT --reason TEXT`" + ` writes down
who accepted it, when and why (table ` + "`acceptances`" + `), and the proofs of ` + "`qulaq publications show`" + ` name it from then on. The next look is
a whole one, and the canaries that learn begin anew with it; what was judged before stays, and what the site dropped when it changed
does not count as withdrawn. Accepted are the listings in the languages in which they are doubted, and no others. Only what
compares the site with itself before is over then: ` + "`known_missing`, `shrunk` and `frozen`" + `. That the program reads or recognises nothing there is a doubt
of its own, and no acceptance lifts it: a listing that is empty (` + "`emptied`" + `), has elements that cannot be read (` + "`blank`" + `), has titles that
say nothing (` + "`mute`" + `) or plans that are not recognised (` + "`unrecognised`" + `), or whose latest look did not answer, cannot be accepted,
whatever else is held against it.

A page of the listing may show an entry that another page showed. Where the site shows it once more at the head of a page, out of the
order of days, or at the head of every page, it is a pin and hides nothing. Else it stands in the place of another: the listing is read
again, and the look is ` + "`cut`" + ` when it is so again.

An entry that says something else than before, or holds another file, is another publication; its stamp is that of the first. A stamp
from before the due day then says nothing of what it holds now, and no look since the entry was first listed failed to show it.

Where a plan is gone that was listed in the 30 days before, the newest 20 entries of these days are read whatever they are called: it
may stand there in another file. It is ` + "`withdrawn`" + ` when none of them is it.

On the site of a region, a plan of an akim's meetings with the people of one district or city is the region's, unless it names another
akim: «акима города Караганды» is the city's, «акима с населением города Караганды» the region's. The plan of the region's centre does
not stand for that of the region.

## What is left

What the rules cannot tell, and why they stay as they are:

- A listing that stands still where too little is known of its rhythm, or for less than the days above, is not told from one that has
  nothing new.
- A plan under a title that says something else, and whose text is not in the listing, is not told from absence: thousands of files would
  have to be fetched. So is one that is older than the newest 20 of a listing whose titles say nothing.
- On a site of its own, a file or a page that is changed under its old address is not read again. On gov.kz a changed file has a new one.
- How far a site reaches back is told by three entries of one language and by what follows them without a gap of two years. A site that
  keeps papers of all years and drops plans alone is taken for one that keeps all.
- An entry that is taken off while a listing of several pages is read moves the others up, and one of them slips from a page that is
  still to come to one that was read. It is one entry of all, in one look, and the next night's sees it when it is new. To notice it
  would take as many requests again as there are pages, every time.
- A pin on two pages alone that is not out of the order of days on the first is taken for an entry in another's place, and so is any
  where the listing is not known to have the newest first. The akimat is ` + "`unverifiable`" + ` while it is so.
- A listing in a language in which nothing was ever published is ` + "`emptied`" + ` for ever: whether the site has nothing in it or hides it
  cannot be told. An akimat that publishes in one language alone is never called overdue there.
- Day and hour are those of the machine, or of ` + "`--now`" + `. A clock that runs ahead calls overdue what is not due yet. The answers of sites
  bear a time of their own, but those of a cache, or of a night that is run again with ` + "`--now`" + `, are of another day on purpose; ` + "`qulaq doctor`" + `
  looks at the clock against that of the warehouse and of the last run.
`

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
	b.WriteString("\n## Looks\n\nWhat a night, a day in Almaty, saw at one place is its best look. A look that broke off, because the program was stopped before it\n" +
		"could be examined or because the facts of its source could not be made anew, is superseded by a finished one of the same place in the same night, in whatever order they came; where none\n" +
		"finished, it counts as a look that failed. Both stay in the table `looks`: nothing is rewritten.\n")
	b.WriteString("\n" + meetingsSection)
	for i, state := range publication.Gravity() {
		fmt.Fprintf(&b, "%d. `%s`\n", i+1, state)
	}
	b.WriteString("\n" + canariesSection)
	b.WriteString("\n## Norms\n\nWho owes what for which period, and by when. Law means that the act sets the day for the publication itself; policy, that no act is\n" +
		"known that does, and the day is a setting or that of something close to it. Verdicts name it so.\n\n" + publication.NormTable())
	b.WriteString("\n## Score of openness\n\nThe mean of the parts that are known, by weight, times 100. There is none while it is not known whether the plan is published.\n\n" + publication.Formula())
	golden(t, "VERDICTS.md", b.String())
}
