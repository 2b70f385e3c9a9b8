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
