package publication

import (
	"cmp"
	"slices"

	"github.com/qulaq-kz/qulaq"
)

// Config holds what no norm says. Kinds names the kinds that are judged: one that nobody recognises on the sites must
// not be among them, or everybody would seem to owe it.
type Config struct {
	Kinds               []Kind
	PlanDaysAfterPeriod int // a plan is due so many days after the last day of its half-year
	AnnounceDaysBefore  int // a meeting is to be announced so many days before it
	ResultsDaysAfter    int // its results are due so many days after it
	GraceDays           int // after the due day, before anything is called overdue
}

// DefaultConfig is the policy where the operator says nothing.
func DefaultConfig() Config {
	return Config{Kinds: []Kind{ActionPlan, Calendar}, PlanDaysAfterPeriod: 30, AnnounceDaysBefore: 3, ResultsDaysAfter: 10, GraceDays: 14}
}

// setting returns the days that a setting of norms.yaml means, counted from the anchor.
func (c Config) setting(name string) (days int, ok bool) {
	switch name {
	case "plan_days_after_period":
		return c.PlanDaysAfterPeriod, true
	case "announce_days_before":
		return -c.AnnounceDaysBefore, true
	case "results_days_after":
		return c.ResultsDaysAfter, true
	}
	return 0, false
}

// Place is where something is looked for: one listing in one language.
type Place struct {
	Source string // "govkz/aktobe"
	Lang   string // ru or kk
}

// String returns "govkz/aktobe (ru)".
func (p Place) String() string { return p.Source + " (" + p.Lang + ")" }

// Subject is somebody who owes publications.
type Subject struct {
	RegionCode   string // KATO of the region; "000000000" for a ministry
	DistrictCode string // KATO of the district, of a district's akimat; "" for a region's
	Body         string // tells ministries apart; "" for akimats
	Level        Level
	Since, Until qulaq.Day // first and last day of its existence; 0 is open
	Places       []Place   // all places in which its publications are looked for
	Meetings     []Meeting // that are known
	Accepted     []Acceptance
}

func (s Subject) key() string { return cmp.Or(s.Body, s.DistrictCode, s.RegionCode) }

// existed says whether the subject existed for the whole of a period. Akimats of the regions founded on 8 June 2022 so
// owe nothing for the first half of that year: most of its meetings were held by the akims of the regions they came
// from, whose plans cover them.
func (s Subject) existed(p Period) bool {
	return (s.Since == 0 || s.Since <= p.From) && (s.Until == 0 || s.Until >= p.To)
}

// Obligation is one publication that somebody owes.
type Obligation struct {
	Key          string // unique, for ever the same: "550000000/action_plan/2022-H2"
	RegionCode   string
	DistrictCode string
	Kind         Kind
	Period       Period
	SearchFrom   qulaq.Day // the first day on which it may have been published
	OpensOn      qulaq.Day // the first day on which its absence says something
	DueOn        qulaq.Day // the last day on which it is in time; 0: nothing is known to be due
	GraceUntil   qulaq.Day // the last day on which it is not called overdue
	Basis        Basis     // of the due day
	Norm         string    // ID of the norm
	Places       []Place
	Accepted     []Acceptance // of the sites of the places

	// Each is what is owed for the meetings of the period that are known, of an obligation that sums them up: one for
	// each day. Without any nothing is known to be due.
	Each   []Obligation
	Single bool  // it is one of those
	Fades  bool  // it may be taken off the site when its period is over
	Papers []Ref // of a single one: publications that are known to tell of its meeting

	term qulaq.Day // days from the period to the due day, before it moves to a working day; below 0 before the period
}

// closes says whether it tells of a whole period that is over, as a plan of its meetings does.
func (o Obligation) closes() bool { return !o.Single && o.OpensOn > o.Period.To }

// earliest is the first day on which it may have been published: what tells of a period is drawn up when half of it is
// over at the soonest.
func (o Obligation) earliest() qulaq.Day {
	if o.closes() {
		return o.Period.middle()
	}
	return o.SearchFrom
}

// latest is the last day for which obligations are computed: a bound for whoever asks for the year 9999.
var latest = qulaq.Date(2100, 1, 1)

// Due returns what the subjects owe for all periods that begin between two days, both inclusive, in the order of
// period, subject and kind. A due day that is no working day moves to the next one. What is owed for meetings is one
// obligation a half-year; its due day is that of its last meeting.
func Due(c Config, subjects []Subject, from, to qulaq.Day) []Obligation {
	var all []Obligation
	for _, n := range norms {
		if !slices.Contains(c.Kinds, n.Kind) {
			continue
		}
		for _, s := range subjects {
			if !slices.Contains(n.Owes, s.Level) {
				continue
			}
			if n.Span == meeting {
				all = append(all, n.sums(c, s, from, min(to, latest))...)
				continue
			}
			for _, p := range n.periods(max(from, qulaq.Day(n.From)), min(to, latest)) {
				if n.holds(p.From) && s.existed(p) {
					all = append(all, n.obligation(c, s, p))
				}
			}
		}
	}
	slices.SortFunc(all, func(a, b Obligation) int {
		return cmp.Or(cmp.Compare(a.Period.From, b.Period.From), cmp.Compare(a.Period.To, b.Period.To), cmp.Compare(a.Key, b.Key))
	})
	return slices.CompactFunc(all, func(a, b Obligation) bool { return a.Key == b.Key })
}

// periods returns those that begin between two days.
func (n Norm) periods(from, to qulaq.Day) []Period {
	var all []Period
	for d := from; d <= to; {
		p := spans[n.Span](d)
		if p.From >= from {
			all = append(all, p)
		}
		d = p.To + 1
	}
	return all
}

func (n Norm) obligation(c Config, s Subject, p Period) Obligation {
	days := n.Days
	if n.Setting != "" {
		days, _ = c.setting(n.Setting) // validate has seen to it
	}
	o := Obligation{
		Key:        s.key() + "/" + string(n.Kind) + "/" + p.Label,
		RegionCode: s.RegionCode, DistrictCode: s.DistrictCode, Kind: n.Kind, Period: p,
		SearchFrom: p.From - qulaq.Day(n.Early), Basis: n.Basis, Norm: n.ID, Places: slices.Clone(s.Places), Accepted: s.Accepted, Fades: n.Fades,
	}
	opens, anchor := p.From, p.From
	if n.After == "end" {
		opens, anchor = p.To+1, p.To
	}
	o.term = qulaq.Day(days)
	o.DueOn = anchor + o.term
	if days >= 0 { // what is due before a meeting does not move behind it
		o.DueOn = NextWorking(o.DueOn)
	}
	o.OpensOn = min(opens, o.DueOn)
	o.GraceUntil = o.DueOn + qulaq.Day(max(c.GraceDays, 0))
	return o
}
