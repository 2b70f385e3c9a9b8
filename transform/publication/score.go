package publication

import (
	"fmt"
	"strings"
)

// Figures are what is known of the plan that a verdict rests on, and of the meetings of its half-year; 0 where nothing
// is known.
type Figures struct {
	Items     int // of the plan
	Answered  int // of them those with a responsible body and a deadline
	Languages int // in how many of the two languages it is published
	Meetings  int // of the half-year, of which it can be told whether they were announced; see Verdict.Announced
	Announced int // of them those that were announced before their day
}

// Openness is the score of an akimat for a half-year: the mean of the parts that are known, weighted; 0 to 100.
type Openness struct {
	Parts []Part // all of them, always in the same order
	Score *float64
	Known float64 // which share of the weights is known, 0 to 1: a score of few parts says little
}

// Part is a part of the score.
type Part struct {
	Name   string
	Weight float64  // of 1
	Value  *float64 // 0 to 1; nil where it is not known
}

// part is a line of the formula.
type part struct {
	name   string
	weight float64 // of 1; a policy, as the whole score is
	means  string
	value  func(Verdict, Figures) *float64
}

// formula is the whole score. What cannot be known of a plan that is not there, such as whether it is readable, is
// null and not 0: it is out once already.
var formula = []part{
	{"published", 0.40, "1 when it is published; 0 when it is overdue or withdrawn; else null", func(v Verdict, _ Figures) *float64 {
		switch {
		case v.State == Overdue || v.State == Withdrawn:
			return some(0)
		case v.isOut():
			return some(1)
		}
		return nil
	}},
	{"in_time", 0.15, "1 when it was published by the due day, 0 when later or overdue; null when the day is not known", func(v Verdict, _ Figures) *float64 {
		switch {
		case v.State == Overdue || v.DaysLate > 0:
			return some(0)
		case (v.isOut() || v.State == Withdrawn) && v.PublishedOn != 0:
			return some(1)
		}
		return nil
	}},
	{"readable", 0.15, "1 when what it says can be read, 0 when not; null when nothing is out", func(v Verdict, _ Figures) *float64 {
		switch {
		case !v.isOut():
			return nil
		case v.State == Unreadable:
			return some(0)
		}
		return some(1)
	}},
	{"answered", 0.15, "share of its items with a responsible body and a deadline; null without items", func(v Verdict, f Figures) *float64 {
		if !v.isOut() {
			return nil
		}
		return share(f.Answered, f.Items)
	}},
	{"languages", 0.10, "1 when it is published in both languages, 0 when in one; null when nothing is out", func(v Verdict, f Figures) *float64 {
		switch {
		case !v.isOut() || f.Languages < 1:
			return nil
		case f.Languages == 1:
			return some(0)
		}
		return some(1)
	}},
	{"announced", 0.05, "share of the known meetings that were announced before their day, of those of which that can be told; null when there are none", func(_ Verdict, f Figures) *float64 {
		return share(f.Announced, f.Meetings)
	}},
}

// isOut says whether a publication is there that meets the obligation; one without a period may be another.
func (v Verdict) isOut() bool {
	return v.State == Published || v.State == Late || v.State == Unreadable && v.Reason.Key != periodUnknown && v.Reason.Key != withdrawnMaybe
}

// Score returns the score that follows from the verdict on a plan and its figures. There is none while it is not known
// whether the plan is published.
func Score(v Verdict, f Figures) Openness {
	var o Openness
	sum := 0.0
	for _, p := range formula {
		value := p.value(v, f)
		o.Parts = append(o.Parts, Part{p.name, p.weight, value})
		if value != nil {
			o.Known += p.weight
			sum += p.weight * *value
		}
	}
	if o.Parts[0].Value != nil {
		o.Score = some(100 * sum / o.Known)
	}
	return o
}

// Formula returns the formula as Markdown.
func Formula() string {
	var b strings.Builder
	b.WriteString("| part | weight | what it is |\n|---|---|---|\n")
	for _, p := range formula {
		fmt.Fprintf(&b, "| %s | %.2f | %s |\n", p.name, p.weight, p.means)
	}
	return b.String()
}

func some(v float64) *float64 { return &v }

// share returns n of all, nil when that is not known or makes no sense.
func share(n, all int) *float64 {
	if all <= 0 || n < 0 || n > all {
		return nil
	}
	return some(float64(n) / float64(all))
}
