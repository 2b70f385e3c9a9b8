package publication

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
)

func TestJudge(t *testing.T) {
	o := astana(t) // opens on 2023-01-01, due on 01-30, grace until 02-13
	ru, kk := o.Places[0], o.Places[1]
	on := func(text string) qulaq.Day { return day(t, text) }
	nightly := func(from, to string) []Look { return looks(o, on(from), on(to), well) }
	failed := func(from, to string) []Look { return looks(o, on(from), on(to), bad) }
	only := func(p Place, l []Look) []Look {
		return slices.DeleteFunc(slices.Clone(l), func(l Look) bool { return l.Place != p })
	}
	changed := func(l []Look, change func(*Look)) []Look {
		for i := range l {
			change(&l[i])
		}
		return l
	}
	found := func(id, on string, change ...func(*Found)) Found {
		f := plan(o, id, day(t, on))
		for _, c := range change {
			c(&f)
		}
		return f
	}
	undated := func(seen string) func(*Found) {
		return func(f *Found) { f.StampedOn, f.FirstSeenOn, f.LastSeenOn = 0, on(seen), on(seen) }
	}
	gone := func(day string) func(*Found) {
		return func(f *Found) { f.GoneOn, f.LastSeenOn = on(day), on(day)-1 }
	}
	of := func(period string) func(*Found) {
		return func(f *Found) { f.Period, _ = ParsePeriod(period) }
	}
	thrice := func(d string) []qulaq.Day { return []qulaq.Day{on(d), on(d), on(d)} }
	noPeriod := func(f *Found) { f.Period = Period{} }
	nowhere := o
	nowhere.Places = nil
	noDue := o
	noDue.DueOn, noDue.GraceUntil, noDue.OpensOn = 0, 0, 0

	for _, c := range []struct {
		name     string
		o        Obligation
		founds   []Found
		looks    []Look
		previous Verdict
		today    string
		state    State
		reason   string
		on       string // published on
		late     int
		says     string // within the English sentence
	}{
		{"the period is not over", o, nil, nightly("2022-12-01", "2022-12-31"), Verdict{}, "2022-12-31", Pending, "too_early", "", 0, "from 2023-01-01"},
		{"a failed look before the time has come", o, nil, failed("2022-12-01", "2022-12-31"), Verdict{}, "2022-12-31", Pending, "too_early", "", 0, ""},
		{"not looked yet", o, nil, nil, Verdict{}, "2023-01-10", Pending, "not_looked_yet", "", 0, "govkz/71 (ru), govkz/71 (kk)"},
		{"looked, not due", o, nil, nightly("2022-12-20", "2023-01-30"), Verdict{}, "2023-01-30", NotFound, "not_due", "", 0, "entries: 300"},
		{"due, within grace", o, nil, nightly("2022-12-20", "2023-01-31"), Verdict{}, "2023-01-31", NotFound, "within_grace", "", 0, "1 day(s) after the due day 2023-01-30"},
		{"the last day of grace", o, nil, nightly("2022-12-20", "2023-02-13"), Verdict{}, "2023-02-13", NotFound, "within_grace", "", 0, ""},
		{"grace is over", o, nil, nightly("2022-12-20", "2023-02-14"), Verdict{}, "2023-02-14", Overdue, "overdue", "", 0, "15 day(s) after the due day 2023-01-30"},
		{"grace is over, not looked since", o, nil, nightly("2022-12-20", "2023-02-13"), Verdict{}, "2023-02-14", NotFound, "awaiting_look", "", 0, ""},
		{"grace is over, one language not looked at since", o, nil, slices.Concat(nightly("2022-12-20", "2023-02-13"), only(ru, nightly("2023-02-14", "2023-02-20"))), Verdict{}, "2023-02-20", NotFound, "awaiting_look", "", 0, ""},
		{"one language never looked at", o, nil, only(ru, nightly("2022-12-20", "2023-02-20")), Verdict{}, "2023-02-20", Unverifiable, "not_looked", "", 0, "govkz/71 (kk)"},
		{"looks at what is new prove no absence", o, nil, changed(nightly("2023-02-01", "2023-02-20"), func(l *Look) { l.Since = l.Day() - 14 }), Verdict{}, "2023-02-20", Unverifiable, "not_looked", "", 0, ""},
		{"looks at all that may be it do", o, nil, changed(nightly("2023-02-01", "2023-02-20"), func(l *Look) { l.Since = on("2022-07-01") }), Verdict{}, "2023-02-20", Overdue, "overdue", "", 0, ""},
		{"a whole look, then what is new", o, nil, slices.Concat(nightly("2023-02-14", "2023-02-14"), changed(nightly("2023-02-15", "2023-02-20"), func(l *Look) { l.Since = l.Day() - 14 })), Verdict{}, "2023-02-20", Overdue, "overdue_reaching", "", 0, "last time on 2023-02-14, entries: 300. It is watched without a break since 2023-02-14"},
		{"the site is down since before the due day", o, nil, slices.Concat(nightly("2022-12-20", "2023-01-20"), failed("2023-01-21", "2023-02-21")), Verdict{}, "2023-02-21", Unverifiable, "look_failed", "", 0, "since 2023-01-21"},
		{"the site is down after it was overdue", o, nil, slices.Concat(nightly("2022-12-20", "2023-02-20"), failed("2023-02-21", "2023-02-21")), Verdict{}, "2023-02-21", Unverifiable, "look_failed", "", 0, "unreachable"},
		{"one language is down", o, nil, slices.Concat(nightly("2022-12-20", "2023-02-13"), only(ru, nightly("2023-02-14", "2023-02-20")), only(kk, failed("2023-02-14", "2023-02-20"))), Verdict{}, "2023-02-20", Unverifiable, "look_failed", "", 0, "govkz/71 (kk)"},
		{"a look was cut", o, nil, changed(nightly("2023-01-01", "2023-02-20"), func(l *Look) { l.Complete = false }), Verdict{}, "2023-02-20", Unverifiable, "look_failed", "", 0, "incomplete"},
		{"a canary died", o, nil, changed(nightly("2023-01-01", "2023-02-20"), func(l *Look) { l.Failures = []Failure{"shrunk: 3 entries, at least 100 are usual"} }), Verdict{}, "2023-02-20", Unverifiable, "look_failed", "", 0, "shrunk: 3 entries"},
		{"a canary died in a whole look, those at what is new are well", o, nil, slices.Concat(
			changed(nightly("2023-02-14", "2023-02-14"), func(l *Look) { l.Failures = []Failure{"shrunk: 3 entries, at least 100 are usual"} }),
			changed(nightly("2023-02-15", "2023-02-20"), func(l *Look) { l.Since = on("2022-07-01") }),
		), Verdict{}, "2023-02-20", Unverifiable, "look_failed", "", 0, "since 2023-02-14: govkz/71 (ru), govkz/71 (kk) (shrunk"},
		{"a whole look was cut, those at what is new are well", o, nil, slices.Concat(
			changed(nightly("2023-02-14", "2023-02-14"), func(l *Look) { l.Complete = false }),
			changed(nightly("2023-02-15", "2023-02-20"), func(l *Look) { l.Since = on("2022-07-01") }),
		), Verdict{}, "2023-02-20", Overdue, "overdue_reaching", "", 0, ""},
		{"canaries were not asked", o, nil, changed(nightly("2023-01-01", "2023-02-20"), func(l *Look) { l.Examined = false }), Verdict{}, "2023-02-20", Unverifiable, "look_failed", "", 0, "not_examined"},
		{"never looked at", o, nil, nil, Verdict{}, "2023-02-20", Unverifiable, "not_looked", "", 0, ""},
		{"last looked at long ago", o, nil, nightly("2023-02-01", "2023-02-20"), Verdict{}, "2023-03-23", Unverifiable, "stale", "", 0, "2023-02-20"},
		{"looked at not so long ago", o, nil, nightly("2023-02-01", "2023-02-20"), Verdict{}, "2023-03-22", Overdue, "overdue", "", 0, ""},
		{"looks of tomorrow do not count", o, nil, nightly("2023-02-01", "2023-03-20"), Verdict{}, "2023-02-10", NotFound, "within_grace", "", 0, "2023-02-10"},
		{"no place is known", nowhere, nil, nightly("2023-02-01", "2023-02-20"), Verdict{}, "2023-02-20", Unverifiable, "no_place", "", 0, ""},
		{"nothing is known to be due", noDue, nil, nightly("2023-02-01", "2023-02-20"), Verdict{}, "2023-02-20", Pending, "nothing_due", "", 0, ""},

		{"in time", o, []Found{found("1", "2023-01-30")}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Published, "in_time", "2023-01-30", 0, "Published on 2023-01-30"},
		{"early", o, []Found{found("1", "2022-12-10")}, nil, Verdict{}, "2022-12-15", Published, "in_time", "2022-12-10", 0, ""},
		{"nothing due, and there", noDue, []Found{found("1", "2022-12-10")}, nil, Verdict{}, "2022-12-15", Published, "no_term", "2022-12-10", 0, "no due day"},
		{"one day late", o, []Found{found("1", "2023-01-31")}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Late, "late", "2023-01-31", 1, "1 day(s) after"},
		{"in time, the site down since", o, []Found{found("1", "2023-01-30")}, failed("2023-02-01", "2023-02-20"), Verdict{}, "2023-02-20", Published, "in_time", "2023-01-30", 0, ""},
		{"seen tomorrow", o, []Found{found("1", "2023-02-10")}, nightly("2023-01-01", "2023-02-10"), Verdict{}, "2023-02-10", NotFound, "within_grace", "", 0, ""},
		{"a migration's stamp, dated by the document", o, []Found{found("1", "", undated("2023-02-10"), func(f *Found) { f.DatedOn = on("2023-01-20") })}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Published, "in_time", "2023-01-20", 0, ""},
		{"dated before the period: the date of a decree", o, []Found{found("1", "", undated("2023-02-10"), func(f *Found) { f.DatedOn = on("2022-03-03") })}, nil, Verdict{}, "2023-02-20", Published, "day_unknown", "", 0, ""},
		{"seen in time, its stamp renewed later", o, []Found{found("1", "2023-02-10", func(f *Found) { f.FirstSeenOn = on("2023-01-15") })}, nil, Verdict{}, "2023-02-20", Published, "in_time", "2023-01-15", 0, ""},
		{"stamped with a day to come, seen after the due day", o, []Found{found("1", "2093-01-20", func(f *Found) { f.FirstSeenOn = on("2023-02-10") })}, nightly("2023-02-10", "2023-02-20"), Verdict{}, "2023-02-20", Published, "day_unknown", "", 0, ""},
		{"stamped with a day to come, and a look after the due day did not show it", o, []Found{found("1", "2093-01-20", func(f *Found) { f.FirstSeenOn = on("2023-02-10") })}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Late, "late_at_least", "", 10, ""},
		{"no date, and no look before", o, []Found{found("1", "", undated("2023-02-10"))}, nightly("2023-02-10", "2023-02-20"), Verdict{}, "2023-02-20", Published, "day_unknown", "", 0, "not known"},
		{"no date, a look on the due day did not show it", o, []Found{found("1", "", undated("2023-02-10"))}, slices.Concat(nightly("2023-01-30", "2023-01-30"), nightly("2023-02-10", "2023-02-20")), Verdict{}, "2023-02-20", Published, "day_unknown", "", 0, ""},
		{"no date, failed looks after the due day", o, []Found{found("1", "", undated("2023-02-10"))}, slices.Concat(failed("2023-01-31", "2023-02-09"), nightly("2023-02-10", "2023-02-20")), Verdict{}, "2023-02-20", Published, "day_unknown", "", 0, ""},
		{"no date, looks at what is new after the due day", o, []Found{found("1", "", undated("2023-02-10"))}, changed(nightly("2023-01-31", "2023-02-20"), func(l *Look) { l.Since = on("2022-07-01") }), Verdict{}, "2023-02-20", Published, "day_unknown", "", 0, ""},
		{"no date, a whole look after the due day did not show it", o, []Found{found("1", "", undated("2023-02-10"))}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Late, "late_at_least", "", 10, "2023-02-09, did not show it: at least 10"},
		{"for a quarter", o, []Found{found("1", "2023-01-20", func(f *Found) { f.Period, _ = ParsePeriod("2022-Q4") })}, nil, Verdict{}, "2023-02-20", Published, "in_time", "2023-01-20", 0, ""},
		{"of another period", o, []Found{found("1", "2023-01-20", func(f *Found) { f.Period, _ = ParsePeriod("2022-H1") })}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Overdue, "overdue", "", 0, ""},
		{"of another akimat", o, []Found{found("1", "2023-01-20", func(f *Found) { f.RegionCode = "750000000" })}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Overdue, "overdue", "", 0, ""},
		{"of a district", o, []Found{found("1", "2023-01-20", func(f *Found) { f.DistrictCode = "711110000" })}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Overdue, "overdue", "", 0, ""},
		{"of another kind", o, []Found{found("1", "2023-01-20", func(f *Found) { f.Kind = Calendar })}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Overdue, "overdue", "", 0, ""},
		{"without a period, in these months", o, []Found{found("1", "2023-01-20", noPeriod)}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Unreadable, "period_unknown", "", 0, "(1)"},
		{"without a period, of long ago", o, []Found{found("1", "2022-06-30", noPeriod)}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Overdue, "overdue", "", 0, ""},
		{"without a period, much later", o, []Found{found("1", "2023-07-10", noPeriod)}, nightly("2023-01-01", "2023-07-20"), Verdict{}, "2023-07-20", Overdue, "overdue", "", 0, ""},
		{"a scan", o, []Found{found("1", "2023-01-20", func(f *Found) { f.Readable = false })}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Unreadable, "unreadable", "2023-01-20", 0, ""},
		{"a scan in time, a readable one later", o, []Found{found("1", "2023-01-20", func(f *Found) { f.Readable = false }), found("2", "2023-02-05")}, nil, Verdict{}, "2023-02-20", Published, "in_time", "2023-01-20", 0, ""},
		{"replaced late, published in time", o, []Found{found("1", "2023-01-20", func(f *Found) { f.Current = false }), found("2", "2023-02-05")}, nil, Verdict{}, "2023-02-20", Published, "in_time", "2023-01-20", 0, ""},

		{"not listed once", o, []Found{found("1", "2023-01-20", gone("2023-02-20"))}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Published, "in_time", "2023-01-20", 0, ""},
		{"not listed twice on one day", o, []Found{found("1", "2023-01-20", gone("2023-02-20"))}, slices.Concat(nightly("2023-01-01", "2023-02-20"), changed(nightly("2023-02-20", "2023-02-20"), func(l *Look) { l.At = l.At.Add(3 * time.Hour) })), Verdict{}, "2023-02-20", Published, "in_time", "2023-01-20", 0, ""},
		{"not listed on two days", o, []Found{found("1", "2023-01-20", gone("2023-02-19"))}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Withdrawn, "withdrawn", "2023-01-20", 0, "since 2023-02-19"},
		{"not listed, looks at what is new only", o, []Found{found("1", "2023-01-20", gone("2023-02-19"))}, slices.Concat(nightly("2023-01-01", "2023-02-18"), changed(nightly("2023-02-19", "2023-02-20"), func(l *Look) { l.Since = on("2023-02-05") })), Verdict{}, "2023-02-20", Published, "in_time", "2023-01-20", 0, ""},
		{"not listed while the site fails", o, []Found{found("1", "2023-01-20", gone("2023-02-19"))}, slices.Concat(nightly("2023-01-01", "2023-02-18"), failed("2023-02-19", "2023-02-20")), Verdict{}, "2023-02-20", Published, "in_time", "2023-01-20", 0, ""},
		{"withdrawn, and then the site fails", o, []Found{found("1", "2023-01-20", gone("2023-02-18"))}, slices.Concat(nightly("2023-01-01", "2023-02-19"), failed("2023-02-20", "2023-02-20")), Verdict{}, "2023-02-20", Unverifiable, "withdrawn_unsure", "", 0, ""},
		{"withdrawn, the translation is there", o, []Found{found("1", "2023-01-20", gone("2023-02-19")), found("2", "2023-01-25", func(f *Found) { f.Place, f.Current = kk, false })}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Published, "in_time", "2023-01-20", 0, ""},
		{"withdrawn tomorrow", o, []Found{found("1", "2023-01-20", gone("2023-02-19"))}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-18", Published, "in_time", "2023-01-20", 0, ""},
		{"withdrawn, its file is in another entry", o, []Found{found("1", "2023-01-20", gone("2023-02-19")), found("2", "2023-02-19", func(f *Found) { f.Kind, f.Period, f.File = Calendar, Period{}, "hash of 1" })}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Published, "in_time", "2023-01-20", 0, ""},
		{"withdrawn, and its file is in another entry that is gone too", o, []Found{found("1", "2023-01-20", gone("2023-02-19")), found("2", "2023-01-20", gone("2023-02-19"), func(f *Found) { f.Kind, f.Period, f.File = Calendar, Period{}, "hash of 1" })}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Withdrawn, "withdrawn", "2023-01-20", 0, ""},
		{"withdrawn, and one is there whose year was mistyped", o, []Found{found("1", "2023-01-12", gone("2023-02-19")), found("2", "2023-01-12", of("2023-H2"))}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Unreadable, "withdrawn_maybe", "2023-01-12", 0, "(1, 2)"},

		{"first read when grace was over, and it does not reach back", o, nil, changed(nightly("2026-11-20", "2026-11-20"), func(l *Look) { l.Oldest = thrice("2026-01-10") }), Verdict{}, "2026-11-20", Unverifiable, "watched_later", "", 0, "watched without a break since 2026-11-20, when grace was over, and these listings do not reach back to 2022-10-01, from when on it may have been out: govkz/71 (ru), govkz/71 (kk)"},
		{"first read when grace was over, what is old of its site is one in a language", o, nil, changed(nightly("2023-02-14", "2023-02-20"), func(l *Look) { l.Oldest = []qulaq.Day{on("2022-07-20")} }), Verdict{}, "2023-02-20", Unverifiable, "watched_later", "", 0, ""},
		{"first read when grace was over, one paper in two languages is old, and another one", o, nil, changed(nightly("2023-02-14", "2023-02-20"), func(l *Look) { l.Oldest = []qulaq.Day{on("2022-07-20"), on("2022-09-11")} }), Verdict{}, "2023-02-20", Unverifiable, "watched_later", "", 0, ""},
		{"first read when grace was over, one language reaches back", o, nil, changed(nightly("2023-02-14", "2023-02-20"), func(l *Look) {
			if l.Oldest = thrice("2022-09-11"); l.Lang == "kk" {
				l.Oldest = thrice("2023-02-10")
			}
		}), Verdict{}, "2023-02-20", Overdue, "overdue_reaching", "", 0, "reach back to 2022-09-11"},
		{"looked at once before, then not for a year, and it does not reach back", o, nil, changed(slices.Concat(nightly("2022-12-20", "2023-01-02"), nightly("2024-06-01", "2024-06-02")), func(l *Look) { l.Oldest = thrice("2024-01-10") }), Verdict{}, "2024-06-02", Unverifiable, "watched_later", "", 0, "watched without a break since 2024-06-01"},
		{"looked at once before, when it reached back, and now it does not", o, nil, changed(slices.Concat(nightly("2022-12-20", "2023-01-02"), nightly("2024-06-01", "2024-06-02")), func(l *Look) {
			if l.At.Year() == 2024 {
				l.Oldest = thrice("2024-01-10")
			}
		}), Verdict{}, "2024-06-02", Unverifiable, "watched_later", "", 0, "watched without a break since 2024-06-01"},
		{"looked at once before, then not for a year, and it reaches back", o, nil, slices.Concat(nightly("2022-12-20", "2023-01-02"), nightly("2024-06-01", "2024-06-02")), Verdict{}, "2024-06-02", Overdue, "overdue_reaching", "", 0, "watched without a break since 2024-06-01"},
		{"down for more than a month around the end of grace, and it does not reach back", o, nil, changed(slices.Concat(nightly("2022-12-20", "2023-01-20"), failed("2023-01-21", "2023-02-21"), nightly("2023-02-22", "2023-02-23")), func(l *Look) { l.Oldest = thrice("2023-02-10") }), Verdict{}, "2023-02-23", Unverifiable, "watched_later", "", 0, "watched without a break since 2023-02-22"},
		{"not looked at for as long as a look counts", o, nil, changed(slices.Concat(nightly("2022-12-20", "2023-01-20"), nightly("2023-02-19", "2023-02-20")), func(l *Look) { l.Oldest = nil }), Verdict{}, "2023-02-20", Overdue, "overdue", "", 0, ""},
		{"not looked at for long after it was known to be overdue", o, nil, changed(slices.Concat(nightly("2023-02-01", "2023-02-20"), nightly("2024-06-01", "2024-06-02")), func(l *Look) { l.Oldest = nil }), Verdict{}, "2024-06-02", Overdue, "overdue", "", 0, ""},
		{"first read when grace was over, and nobody knows how far back", o, nil, changed(nightly("2023-02-14", "2023-02-20"), func(l *Look) { l.Oldest = nil }), Verdict{}, "2023-02-20", Unverifiable, "watched_later", "", 0, ""},
		{"first read on the last day of grace, it need not reach back", o, nil, changed(nightly("2023-02-13", "2023-02-20"), func(l *Look) { l.Oldest = nil }), Verdict{}, "2023-02-20", Overdue, "overdue", "", 0, ""},
		{"first read when grace was over, and it reaches back", o, nil, changed(nightly("2023-02-14", "2023-02-20"), func(l *Look) { l.Oldest = thrice("2022-09-30") }), Verdict{}, "2023-02-20", Overdue, "overdue_reaching", "", 0, "It is watched without a break since 2023-02-14; the listings reach back to 2022-09-30"},
		{"first read when grace was over, and it reaches back no further than some days before the due day: the newest year is kept", o, nil, changed(nightly("2024-01-20", "2024-01-20"), func(l *Look) { l.Oldest = thrice("2023-01-21") }), Verdict{}, "2024-01-20", Unverifiable, "watched_later", "", 0, "2022-10-01"},

		{"for a period that has hardly begun", o, []Found{found("1", "2023-01-12", of("2023-H2"))}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Unreadable, "period_unknown", "", 0, "(1)"},
		{"for the year that has hardly begun", o, []Found{found("1", "2023-01-12", of("2023"))}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Unreadable, "period_unknown", "", 0, "(1)"},
		{"for the half-year that has hardly begun", o, []Found{found("1", "2022-12-31", of("2023-H1"))}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Unreadable, "period_unknown", "", 0, "(1)"},
		{"the next one's, in its own time", o, []Found{found("1", "2023-07-12", of("2023-H1"))}, nightly("2023-01-01", "2023-07-20"), Verdict{}, "2023-07-20", Overdue, "overdue", "", 0, ""},
		{"for it, before it was half over", o, []Found{found("1", "2022-07-12")}, nightly("2022-07-01", "2022-07-20"), Verdict{}, "2022-07-20", Pending, "too_early", "", 0, ""},

		{"it stands at another akimat", o, []Found{found("1", "2023-01-12", func(f *Found) { f.Place = Place{"govkz/55", "ru"} })}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Unverifiable, "astray", "", 0, "(1) stands in a place of another akimat: govkz/55 (ru)"},
		{"it stood at another akimat", o, []Found{found("1", "2023-01-12", gone("2023-02-01"), func(f *Found) { f.Place = Place{"govkz/55", "ru"} })}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Overdue, "overdue", "", 0, ""},

		{"the site was moved after the due day", o, []Found{found("1", "2024-06-05", func(f *Found) { f.Moved = true })}, nil, Verdict{}, "2026-11-20", Published, "day_unknown", "", 0, ""},
		{"the site was moved after the due day, the document has its own", o, []Found{found("1", "2024-06-05", func(f *Found) { f.Moved, f.DatedOn = true, on("2023-01-12") })}, nil, Verdict{}, "2026-11-20", Published, "in_time", "2023-01-12", 0, ""},
		{"the site was moved before the due day", o, []Found{found("1", "2023-01-20", func(f *Found) { f.Moved = true })}, nil, Verdict{}, "2023-02-20", Published, "in_time", "2023-01-20", 0, ""},

		{"dated back: looks after the due day did not show it", o, []Found{found("1", "2023-01-12", func(f *Found) { f.FirstSeenOn = on("2023-02-10") })}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Published, "back_dated", "2023-01-12", 0, "read whole on 2023-02-09"},
		{"seen later than its stamp, and nobody looked before", o, []Found{found("1", "2023-01-12", func(f *Found) { f.FirstSeenOn = on("2023-02-10") })}, nightly("2023-02-10", "2023-02-20"), Verdict{}, "2023-02-20", Published, "in_time", "2023-01-12", 0, ""},
		{"stamped before its period, seen in time", o, []Found{found("1", "2021-05-05", func(f *Found) { f.FirstSeenOn = on("2023-01-14") })}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Published, "in_time", "2023-01-14", 0, ""},
		{"stamped before its period, seen later", o, []Found{found("1", "2021-05-05", func(f *Found) { f.FirstSeenOn = on("2023-02-10") })}, nightly("2023-02-10", "2023-02-20"), Verdict{}, "2023-02-20", Published, "day_unknown", "", 0, ""},
		{"in an entry that held the plan before it", o, []Found{found("1", "2022-07-20", func(f *Found) { f.ListedOn, f.FirstSeenOn = on("2022-07-21"), on("2023-01-20") })}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Published, "in_time", "2023-01-20", 0, ""},
		{"in an entry that held something else, changed after the due day", o, []Found{found("1", "2023-01-12", func(f *Found) { f.ListedOn, f.FirstSeenOn = on("2023-01-13"), on("2023-02-18") })}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Published, "day_unknown", "", 0, ""},
		{"in an entry of long ago, and it does not say its period", o, []Found{found("1", "2021-03-01", noPeriod, func(f *Found) { f.ListedOn, f.FirstSeenOn = on("2022-10-01"), on("2023-01-20") })}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Unreadable, "period_unknown", "", 0, ""},
		{"late, and its title put right since", o, []Found{found("1", "2023-02-10"), found("1/2", "2023-02-10", func(f *Found) { f.ListedOn, f.FirstSeenOn = on("2023-02-11"), on("2023-02-15") })}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Late, "late", "2023-02-10", 11, ""},
		{"late on a day that nobody knows, and its title put right since", o, []Found{found("1", "", undated("2023-02-10")), found("1/2", "", undated("2023-02-15"), func(f *Found) { f.ListedOn = on("2023-02-10") })}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Late, "late_at_least", "", 10, ""},
		{"listed in time under another title, without a date", o, []Found{found("1", "", undated("2023-02-15"), func(f *Found) { f.ListedOn = on("2023-01-20") })}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Published, "day_unknown", "", 0, ""},
		{"in time, and changed since", o, []Found{found("1", "2023-01-12"), found("1/2", "2023-01-12", func(f *Found) { f.ListedOn, f.FirstSeenOn = on("2023-01-13"), on("2023-02-15") })}, nightly("2023-01-01", "2023-02-20"), Verdict{}, "2023-02-20", Published, "in_time", "2023-01-12", 0, ""},
		{"once known, and nothing is known of it", o, nil, nightly("2023-01-01", "2023-02-20"), Verdict{State: Unverifiable, Was: Published}, "2023-02-20", Unverifiable, "lost", "", 0, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := Judge(c.o, c.founds, c.looks, c.previous, on(c.today))
			says := v.Reason.Text("en")
			if v.State != c.state || v.Reason.Key != c.reason || v.PublishedOn != on(c.on) || v.DaysLate != c.late || !strings.Contains(says, c.says) {
				t.Errorf("%s (%s), published on %s, %d days late: %s", v.State, v.Reason.Key, v.PublishedOn, v.DaysLate, says)
			}
			for _, lang := range []string{"ru", "kk", "en"} {
				if text := v.Reason.Text(lang); text == "" || strings.ContainsAny(text, "{}?") {
					t.Errorf("a figure is missing: %s", text)
				}
			}
			if len(v.Evidence) == 0 && c.reason != "no_place" {
				t.Error("there is no evidence")
			}
		})
	}
}

func TestEvidence(t *testing.T) {
	o := astana(t)
	on := day(t, "2023-02-20")
	all := looks(o, on-60, on, well)
	f := plan(o, "7", day(t, "2023-01-20"))
	show := func(v Verdict) (list []string) {
		for _, e := range v.Evidence {
			list = append(list, fmt.Sprintf("%s %s %s %d %q", e.Place, e.On, e.PublicationID+e.Outcome, e.Entries, e.Hashes))
		}
		return list
	}
	if d := cmp.Diff([]string{`govkz/71 (ru) 2023-01-21 7 0 ["hash of 7"]`}, show(Judge(o, []Found{f}, all, Verdict{}, on))); d != "" {
		t.Errorf("published:\n%s", d)
	}
	if d := cmp.Diff([]string{
		`govkz/71 (ru) 2023-02-20 healthy 150 ["govkz/71 (ru) 2023-02-20"]`,
		`govkz/71 (kk) 2023-02-20 healthy 150 ["govkz/71 (kk) 2023-02-20"]`,
	}, show(Judge(o, nil, all, Verdict{}, on))); d != "" {
		t.Errorf("overdue:\n%s", d)
	}
	f.LastSeenOn, f.GoneOn = on-4, on-3
	if d := cmp.Diff([]string{
		`govkz/71 (ru) 2023-02-16 7 0 ["hash of 7"]`,
		`govkz/71 (ru) 2023-02-17 healthy 150 ["govkz/71 (ru) 2023-02-17"]`,
		`govkz/71 (ru) 2023-02-18 healthy 150 ["govkz/71 (ru) 2023-02-18"]`,
		`govkz/71 (ru) 2023-02-20 healthy 150 ["govkz/71 (ru) 2023-02-20"]`,
		`govkz/71 (kk) 2023-02-20 healthy 150 ["govkz/71 (kk) 2023-02-20"]`,
	}, show(Judge(o, []Found{f}, all, Verdict{}, on))); d != "" {
		t.Errorf("withdrawn:\n%s", d)
	}
	failing := slices.Concat(all, looks(o, on+1, on+2, bad)[2:3])
	v := Judge(o, nil, failing, Verdict{State: Overdue, Since: on - 6}, on+2)
	if d := cmp.Diff([]string{
		`govkz/71 (ru) 2023-02-20 healthy 150 ["govkz/71 (ru) 2023-02-20"]`,
		`govkz/71 (ru) 2023-02-22 unreachable 0 []`,
		`govkz/71 (kk) 2023-02-20 healthy 150 ["govkz/71 (kk) 2023-02-20"]`,
	}, show(v)); d != "" {
		t.Errorf("unverifiable:\n%s", d)
	}
	if v.Since != on+2 || v.CheckedAt != night(on) {
		t.Errorf("unverifiable since %s, checked at %s", v.Since, v.CheckedAt)
	}
	if d := cmp.Diff([]string{"govkz/71 (ru) 1970-01-01 not_looked 0 []", "govkz/71 (kk) 1970-01-01 not_looked 0 []"}, show(Judge(o, nil, nil, Verdict{}, on))); d != "" {
		t.Errorf("never looked at:\n%s", d)
	}
}

// TestReasons checks that every reason has its sentences, that no language names a figure that English does not, and
// that no sentence is left over.
func TestReasons(t *testing.T) {
	used := map[string]bool{"policy": true, "meetings": true}
	for _, state := range States() {
		used["meetings_"+string(state)] = true
	}
	for _, r := range rules {
		used[r.reason] = true
		named := func(lang string) []string {
			names := placeholder.FindAllString(sentences[r.reason][lang], -1)
			slices.Sort(names)
			return slices.Compact(names)
		}
		for _, lang := range langs {
			if d := cmp.Diff(named("en"), named(lang)); d != "" || len(sentences[r.reason]) == 0 {
				t.Errorf("%s in %s:\n%s", r.reason, lang, d)
			}
		}
	}
	for key := range sentences {
		if !used[key] {
			t.Errorf("no rule gives the reason %s", key)
		}
	}
	if got := (Reason{Key: "late", Figures: map[string]string{"due": "2023-01-30"}, Policy: true}).Text("de"); got != "Published on ?, ? day(s) after the due day 2023-01-30. The due day is a policy of the monitor; no act is known to set it." {
		t.Error(got)
	}
}

// TestRules shows the table: all its states are known, and overdue is said after all others.
func TestRules(t *testing.T) {
	for i, r := range rules {
		if !slices.Contains(States(), r.state) {
			t.Errorf("rule %d says %q", i+1, r.state)
		}
		if (r.state == Overdue) != (i >= len(rules)-2) {
			t.Errorf("rule %d of %d says %s", i+1, len(rules), r.state)
		}
	}
	text := Rules()
	if n := strings.Count(text, "\n"); n != len(rules)+2 || !strings.Contains(text, "`overdue` | overdue |") {
		t.Errorf("%d lines:\n%s", n, text)
	}
}
