package report

import (
	"fmt"
	"slices"

	"github.com/qulaq-kz/qulaq"
)

// dropJoint drops what was said of ministers and akims at once where the paper says elsewhere whose it was.
func (m *memory) dropJoint() {
	whose := make(map[string]bool)
	key := func(c Claim) string { return fmt.Sprint(c.Metric, c.SubjectCode, c.Value) }
	for _, c := range m.claims {
		if c.Channel != OtherChannel {
			whose[key(c)] = true
		}
	}
	m.claims = slices.DeleteFunc(m.claims, func(c Claim) bool { return c.Channel == OtherChannel && whose[key(c)] })
}

// dropSecond drops what a paper says of the same work and time once more with quite another value, and flags it: it is of a part by
// topic or by place that was not understood, or of another time. The first value stays, unless a later one is so much larger that
// the first was of the part. A sentence that says its time and its place itself is not doubted: it contradicts the other.
func (m *memory) dropSecond() {
	whole := make(map[string]Claim)
	key := func(c Claim) string {
		return fmt.Sprint(c.SubjectCode, c.Channel, c.Metric, *c.PeriodFrom, *c.PeriodTo)
	}
	once := func(c Claim) bool { return c.PeriodFrom != nil && saidOnce[c.Metric] }
	for _, c := range m.claims {
		if !once(c) {
			continue
		}
		if w, told := whole[key(c)]; !told || c.Value > w.Value*wholeToPart {
			whole[key(c)] = c
		}
	}
	m.claims = slices.DeleteFunc(m.claims, func(c Claim) bool {
		if !once(c) || rounded(whole[key(c)], c) {
			return false
		}
		if w := whole[key(c)].Value; m.telling[c.Place] || max(w, c.Value)-min(w, c.Value) <= max(w, c.Value)/contradicts {
			m.find(SecondValue, string(c.Metric), fmt.Sprintf("the paper says %d and %d of the same work and time", w/hundredths, c.Value/hundredths), c.Place.Paragraph)
			return false
		}
		m.find(SecondValue, string(c.Metric), fmt.Sprintf("%d is not claimed, the paper says %d of the same work and time", c.Value/hundredths, whole[key(c)].Value/hundredths), c.Place.Paragraph)
		return true
	})
}

// contradicts is the part of a value by which another may differ and still be meant to be the same: 33.1 of 33.4 thousand. Such
// values contradict each other, and both are claimed.
const contradicts = 10

// wholeToPart is how many times larger than a part a whole is at least.
const wholeToPart = 4

// rounded says whether two claims have the same value but for rounding: 1.4 million and 1 412 000, over 630 and 640.
func rounded(a, b Claim) bool {
	if max(a.Value, b.Value)-min(a.Value, b.Value) > max(a.Value, b.Value)/20 {
		return false
	}
	unit := func(v int64) int64 {
		u := int64(1)
		for v > 0 && v%(u*10) == 0 {
			u *= 10
		}
		return u
	}
	u := max(unit(a.Value), unit(b.Value))
	near := func(v int64) int64 { return (v + u/2) / u }
	return a.Qualifier != Exact || b.Qualifier != Exact || near(a.Value) == near(b.Value) || a.Value/u == b.Value/u
}

// saidOnce are the metrics of which a paper has one value for one time.
var saidOnce = map[Metric]bool{
	"meetings_planned": true, "meetings_held": true, "meetings_missed": true, "participants": true, "proposals_received": true,
	"issues_raised": true, "issues_resolved": true, "issues_in_progress": true, "issues_remaining": true, "issues_not_supported": true,
	"issues_long_term": true, "issues_no_documents": true, "issues_funded": true, "issues_funding_considered": true,
	"issues_central_level": true, "issues_selected_central": true, "issues_resolved_share": true,
	"budget_needed": true, "budget_allocated": true, "budget_considered": true, "budget_allocated_share": true,
}

// unlikelyYears flags claims whose year is far from all other years of the paper: a 2012 in a report on 2022 is most
// likely a slip of the hand, but which year was meant is not for the reader to say.
func (m *memory) unlikelyYears() {
	for i, c := range m.claims {
		if c.PeriodFrom == nil {
			continue
		}
		year, near, far := c.PeriodFrom.Time().Year(), 0, 0
		for _, s := range m.sentences {
			for _, p := range s.periods {
				switch {
				case p.year == 0 || p.fromPaper:
				case apart(p.year, year):
					far++
				default:
					near++
				}
			}
		}
		if far > near || far == near && far > 0 && apart(m.said, year) {
			m.find(UnlikelyYear, c.PeriodFrom.String()+".."+c.PeriodTo.String(), fmt.Sprintf("the paper speaks of other times elsewhere than %d; the period is as printed", year), m.claims[i].Place.Paragraph)
		}
	}
}

// apart says whether two years are so far from each other that one report hardly speaks of both.
func apart(a, b int) bool { return a-b > 4 || b-a > 4 }

// find counts an oddity.
func (m *memory) find(kind qulaq.FindingKind, subject, detail string, line int) {
	for i := range m.findings {
		if f := &m.findings[i]; f.Kind == kind && f.Subject == subject {
			f.Count++
			return
		}
	}
	m.findings = append(m.findings, qulaq.Finding{Kind: kind, Subject: subject, Detail: detail, Count: 1, Line: int64(line)})
}
