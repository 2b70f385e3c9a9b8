package publication

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/qulaq-kz/qulaq"
)

// What is owed for meetings is judged meeting by meeting, by the same rules as everything else, and said once for the
// half-year: of each meeting that is known, and of no other. The half-year's verdict is the gravest of its meetings'.

// Meeting is a day on which an akim met the people, or was to meet them by a calendar or an announcement.
type Meeting struct {
	On      qulaq.Day
	Excused []Kind         // that are not owed for it
	Papers  map[Kind][]Ref // publications that are known to tell of it, by what they are
}

// Ref names a publication.
type Ref struct{ Source, PublicationID string }

// entry is the publication in whatever form: "1072256/ru" of "1072256/ru/2".
func (r Ref) entry() Ref {
	if parts := strings.SplitN(r.PublicationID, "/", 3); len(parts) == 3 {
		r.PublicationID = parts[0] + "/" + parts[1]
	}
	return r
}

// Single is what is said of one meeting.
type Single struct {
	For Period // its day
	Verdict
}

// sums returns what is owed for the meetings of every half-year that begins between two days. One in which no meeting
// is known has no due day, so that it stays pending.
func (n Norm) sums(c Config, s Subject, from, to qulaq.Day) []Obligation {
	meetings := slices.SortedFunc(slices.Values(s.Meetings), func(a, b Meeting) int { return cmp.Compare(a.On, b.On) })
	half := n
	half.Span = halfYear
	var all []Obligation
	for _, p := range half.periods(max(from, HalfYear(qulaq.Day(n.From)).From), to) {
		o := half.obligation(c, s, p)
		o.SearchFrom, o.OpensOn, o.DueOn, o.GraceUntil = p.From, 0, 0, 0
		for _, m := range meetings {
			day := dayAlone(m.On)
			if !p.Overlaps(day) || !n.holds(m.On) || !s.existed(day) || slices.Contains(m.Excused, n.Kind) {
				continue
			}
			if last := len(o.Each) - 1; last >= 0 && o.Each[last].Period == day {
				o.Each[last].Papers = append(o.Each[last].Papers, m.Papers[n.Kind]...)
				continue
			}
			one := n.obligation(c, s, day)
			one.Single, one.Papers = true, slices.Clone(m.Papers[n.Kind])
			o.Each = append(o.Each, one)
		}
		for i, one := range o.Each {
			if i == 0 {
				o.OpensOn = one.OpensOn
			}
			o.SearchFrom, o.DueOn, o.GraceUntil = min(o.SearchFrom, one.SearchFrom), max(o.DueOn, one.DueOn), max(o.GraceUntil, one.GraceUntil)
		}
		if len(o.Each) > 0 || s.existed(p) && (n.To == 0 || p.To <= qulaq.Day(n.To)) {
			all = append(all, o)
		}
	}
	return all
}

// gravity orders the states of meetings: the first that one of them is in is that of the half-year.
var gravity = []State{Overdue, Withdrawn, Unverifiable, NotFound, Unreadable, Late, Published, Pending}

// judgeEach judges what is owed for each meeting, and sums it up.
func judgeEach(o Obligation, founds []Found, looks []Look, previous Verdict, today qulaq.Day) Verdict {
	whole := inOne(o, founds, today)
	singles := make([]Single, len(o.Each))
	for i, one := range o.Each {
		if whole {
			one = one.postponed(o.Period.To)
		}
		before := previous.evidenceOf(one.Period)
		was := Verdict{}
		if len(before) > 0 {
			was.Was, was.PublicationID = Published, before[0].PublicationID
		}
		v := Judge(one, founds, looks, was, today)
		if v.Reason.Key == lost {
			v.Evidence = append(before, v.Evidence...) // or it would be forgotten by tomorrow
		}
		if v.Reason.Key != periodUnknown {
			for j := range v.Evidence {
				if v.Evidence[j].PublicationID != "" {
					v.Evidence[j].For = one.Period.Label
				}
			}
		}
		singles[i] = Single{one.Period, v}
	}
	return sumUp(singles, previous, today)
}

// sumUp says of a half-year what is said of the gravest of its meetings, and how many are in which state. It rests on
// all publications that were found, and on the looks that the gravest state rests on.
func sumUp(singles []Single, previous Verdict, today qulaq.Day) Verdict {
	gravest := slices.MinFunc(singles, func(a, b Single) int { // the first of those
		return cmp.Or(cmp.Compare(slices.Index(gravity, a.State), slices.Index(gravity, b.State)), cmp.Compare(b.DaysLate, a.DaysLate))
	})
	v := gravest.Verdict
	v.Was, v.Each, v.Evidence = "", singles, nil
	counts := map[State]int{}
	for _, one := range singles {
		counts[one.State]++
		for _, e := range one.Evidence {
			known := slices.ContainsFunc(v.Evidence, func(k Evidence) bool { return k.same(e) })
			if !known && (e.PublicationID != "" || one.State == v.State) {
				v.Evidence = append(v.Evidence, e)
			}
		}
	}
	v.Reason.Sum = &Sum{For: gravest.For.Label, Meetings: len(singles), States: counts}
	v.Since = today
	for _, one := range singles {
		if one.State == v.State {
			v.Since = min(v.Since, one.Since)
		}
	}
	if previous.State == v.State && previous.Since != 0 {
		v.Since = min(previous.Since, today)
	}
	return v
}

// manner is the most days that a paper on single meetings covers.
const manner = 31

// inOne says whether the akimat tells of its meetings in papers on months or a half-year, as far as is known: then such
// a paper cannot be expected before the half-year is over.
func inOne(o Obligation, founds []Found, today qulaq.Day) bool {
	return slices.ContainsFunc(founds, func(f Found) bool {
		f, known := f.as(today)
		return known && f.shows(o) && f.Meetings > 1 && f.Period.To-f.Period.From >= manner
	})
}

// postponed counts the term of what is due after a meeting from the end of its half-year.
func (o Obligation) postponed(end qulaq.Day) Obligation {
	if o.term < 0 {
		return o
	}
	grace := o.GraceUntil - o.DueOn
	o.OpensOn, o.DueOn = end+1, NextWorking(end+o.term)
	o.GraceUntil = o.DueOn + grace
	return o
}

// evidenceOf returns the publications that an earlier verdict rested on for a meeting.
func (v Verdict) evidenceOf(day Period) []Evidence {
	var list []Evidence
	for _, e := range v.Evidence {
		if e.PublicationID != "" && e.For == day.Label {
			list = append(list, e)
		}
	}
	return list
}

// Announced says of how many meetings it can be told whether they were announced before their day, and how many of
// those were. What cannot be verified, or is not due yet, speaks neither for nor against.
func (v Verdict) Announced() (announced, known int) {
	for _, one := range v.Each {
		out := one.isOut() || one.State == Withdrawn
		switch {
		case one.State == Overdue || out && one.State == Late && one.PublishedOn == 0 && one.DueOn+qulaq.Day(one.DaysLate) >= one.For.From:
			known++
		case out && one.PublishedOn != 0:
			known++
			if one.PublishedOn < one.For.From {
				announced++
			}
		}
	}
	return announced, known
}

// Sum is what the reason of a half-year says besides that of its gravest meeting.
type Sum struct {
	For      string // the day of that meeting
	Meetings int
	States   map[State]int
}

// text writes how many meetings are in which state.
func (s *Sum) text(lang string) string {
	var counts []string
	for _, state := range States() {
		if n := s.States[state]; n > 0 {
			counts = append(counts, fill(sentence("meetings_"+string(state), lang), map[string]string{"n": strconv.Itoa(n)}))
		}
	}
	return fill(sentence("meetings", lang), map[string]string{"meetings": strconv.Itoa(s.Meetings), "states": strings.Join(counts, ", "), "day": s.For})
}
