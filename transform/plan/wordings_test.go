package plan_test

import (
	"testing"

	"github.com/qulaq-kz/qulaq/internal/labelled"
)

// TestWordings holds titles and headings that were labelled by somebody who did not know the tables to what is
// reached on their dev half.
func TestWordings(t *testing.T) {
	r := newReader(t)
	titles, err := labelled.PlanTitles(labelled.Dev)
	if err != nil {
		t.Fatal(err)
	}
	headings, err := labelled.PlanHeadings(labelled.Dev)
	if err != nil {
		t.Fatal(err)
	}
	var kind, akimat, period, heading share
	for _, c := range titles {
		j := r.Judge(c.Title, nil)
		kind.add(t, string(j.Kind) == c.Kind, "%s\n is a %s, want %s (%q)", c.Title, j.Kind, c.Kind, j.Why)
		if !r.Candidate(c.Title) && c.Kind == "plan" {
			t.Errorf("%s\n is no candidate", c.Title)
		}
		if c.Kind != "plan" {
			continue
		}
		akimat.add(t, j.Region == c.Region && j.District == c.District, "%s\n is of %s %s, want %s %s", c.Title, j.Region, j.District, c.Region, c.District)
		period.add(t, j.PeriodFrom == c.From && j.PeriodTo == c.To, "%s\n is of %v-%v, want %v-%v", c.Title, j.PeriodFrom, j.PeriodTo, c.From, c.To)
	}
	for _, c := range headings {
		got := r.Heading(c.Heading)
		heading.add(t, got == c.Role, "column %s\n holds %q, want %s", c.Heading, got, c.Role)
	}
	for name, s := range map[string]share{"kind": kind, "akimat": akimat, "period": period, "heading": heading} {
		if s.right*100 < s.all*99 {
			t.Errorf("%s: %d of %d are right", name, s.right, s.all)
		}
	}
}

// share counts what is right, and logs what is not.
type share struct{ right, all int }

func (s *share) add(t *testing.T, right bool, format string, args ...any) {
	t.Helper()
	if s.all++; right {
		s.right++
		return
	}
	t.Logf(format, args...)
}
