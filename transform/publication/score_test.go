package publication

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq"
)

func TestScore(t *testing.T) {
	on := qulaq.Date(2023, 1, 20)
	full := Figures{Items: 10, Answered: 10, Languages: 2, Meetings: 4, Announced: 4}
	for _, c := range []struct {
		name    string
		v       Verdict
		f       Figures
		parts   string // published, in time, readable, answered, languages, announced
		score   string
		weights float64
	}{
		{"all is well", Verdict{State: Published, PublishedOn: on}, full, "1 1 1 1 1 1", "100.0", 1},
		{"late", Verdict{State: Late, PublishedOn: on, DaysLate: 3}, full, "1 0 1 1 1 1", "85.0", 1},
		{"late by an unknown number of days", Verdict{State: Late, DaysLate: 3}, full, "1 0 1 1 1 1", "85.0", 1},
		{"the day is unknown", Verdict{State: Published}, full, "1 - 1 1 1 1", "100.0", 0.85},
		{"half of the items say who and when, one language", Verdict{State: Published, PublishedOn: on}, Figures{Items: 10, Answered: 5, Languages: 1}, "1 1 1 0.5 0 -", "81.6", 0.95},
		{"a scan", Verdict{State: Unreadable, PublishedOn: on}, Figures{Languages: 1}, "1 1 0 - 0 -", "68.8", 0.80},
		{"a scan that came late", Verdict{State: Unreadable, PublishedOn: on, DaysLate: 1}, Figures{Languages: 1}, "1 0 0 - 0 -", "50.0", 0.80},
		{"something without a period", Verdict{State: Unreadable, Reason: Reason{Key: periodUnknown}}, full, "- - - - - 1", "-", 0.05},
		{"overdue", Verdict{State: Overdue}, Figures{Meetings: 4, Announced: 1}, "0 0 - - - 0.25", "2.1", 0.60},
		{"withdrawn", Verdict{State: Withdrawn, PublishedOn: on}, Figures{}, "0 1 - - - -", "27.3", 0.55},
		{"pending", Verdict{State: Pending}, full, "- - - - - 1", "-", 0.05},
		{"not found", Verdict{State: NotFound}, full, "- - - - - 1", "-", 0.05},
		{"unverifiable", Verdict{State: Unverifiable}, full, "- - - - - 1", "-", 0.05},
		{"figures that make no sense", Verdict{State: Published, PublishedOn: on}, Figures{Items: 1, Answered: 2, Meetings: -1}, "1 1 1 - - -", "100.0", 0.70},
	} {
		o := Score(c.v, c.f)
		var parts []string
		for _, p := range o.Parts {
			parts = append(parts, shown(p.Value, "%.4g"))
		}
		if got := strings.Join(parts, " "); got != c.parts || shown(o.Score, "%.1f") != c.score || math.Abs(o.Known-c.weights) > 1e-9 {
			t.Errorf("%s: %s, %s of %.2f", c.name, got, shown(o.Score, "%.1f"), o.Known)
		}
	}
	if text := Formula(); strings.Count(text, "\n") != len(formula)+2 || !strings.Contains(text, "| published | 0.40 |") {
		t.Error(text)
	}
}

func shown(v *float64, format string) string {
	if v == nil {
		return "-"
	}
	return fmt.Sprintf(format, *v)
}

// The weights come to 1, and every score lies between 0 and 100.
func TestLawScore(t *testing.T) {
	sum := 0.0
	for _, p := range formula {
		sum += p.weight
	}
	if math.Abs(sum-1) > 1e-9 {
		t.Errorf("the weights come to %f", sum)
	}
	rapid.Check(t, func(t *rapid.T) {
		n := func(name string) int { return rapid.IntRange(-2, 20).Draw(t, name) }
		v := Verdict{State: rapid.SampledFrom(States()).Draw(t, "state"), DaysLate: max(n("late"), 0), PublishedOn: qulaq.Day(max(n("on"), 0))}
		o := Score(v, Figures{n("items"), n("answered"), n("languages"), n("meetings"), n("announced")})
		if o.Score != nil && (*o.Score < 0 || *o.Score > 100.0001) || o.Known < 0 || o.Known > 1.0001 {
			t.Fatalf("score %v of %f", shown(o.Score, "%f"), o.Known)
		}
	})
}
