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

// dropSecond drops what a paper says of the same work and time once more with another value, and flags it: it is of a part by
// topic or by place that was not understood, or of another time. The first value stays, unless a later one is so much larger that
// the first was of the part.
func (m *memory) dropSecond() {
	whole := make(map[string]int64)
	key := func(c Claim) string {
		return fmt.Sprint(c.SubjectCode, c.Channel, c.Metric, *c.PeriodFrom, *c.PeriodTo)
	}
	once := func(c Claim) bool { return c.PeriodFrom != nil && saidOnce[c.Metric] }
	for _, c := range m.claims {
		if !once(c) {
			continue
		}
		if value, told := whole[key(c)]; !told || c.Value > value*wholeToPart {
			whole[key(c)] = c.Value
		}
	}
	m.claims = slices.DeleteFunc(m.claims, func(c Claim) bool {
		if !once(c) || rounded(whole[key(c)], c.Value) {
			return false
		}
		m.find(SecondValue, string(c.Metric), fmt.Sprintf("%d is not claimed, the paper says %d of the same work and time", c.Value/hundredths, whole[key(c)]/hundredths), c.Place.Paragraph)
		return true
	})
}

// wholeToPart is how many times larger than a part a whole is at least.
const wholeToPart = 4

// rounded says whether two values are the same but for rounding.
func rounded(a, b int64) bool { return max(a, b)-min(a, b) <= max(a, b)/20 }

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
