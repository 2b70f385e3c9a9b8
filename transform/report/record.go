package report

import (
	"fmt"
	"time"

	"github.com/apache/arrow/go/v17/arrow"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/record"
)

// Stated is a claim and the file it was read from.
type Stated struct {
	Claim
	Hash   qulaq.Hash
	Member string    // of a zip; "" for a plain file
	Made   time.Time // when the report was made
	number int       // among the claims of its file, from 1
}

// Number gives the claims of one file their numbers, by which they are told apart.
func Number(all []Stated) {
	for i := range all {
		all[i].number = i + 1
	}
}

// Figure returns the value in units: 75.5 percent, 1,679 meetings, tenge.
func (c Claim) Figure() float64 { return float64(c.Value) / 100 }

// Record returns claims as rows of the table claims, nil when there are none. The caller releases it.
func Record(source string, all []Stated) arrow.Record {
	day := func(d *qulaq.Day) qulaq.Day {
		if d == nil {
			return 0
		}
		return *d
	}
	return record.Of([]record.Column[Stated]{
		record.Word("source", func(Stated) string { return source }),
		record.Text("claim_id", func(s Stated) string { return fmt.Sprintf("%s/%d", s.Hash, s.number) }),
		record.Word("subject_code", func(s Stated) string { return s.SubjectCode }),
		record.Word("subject", func(s Stated) string { return s.Subject }),
		record.Word("channel", func(s Stated) string { return string(s.Channel) }),
		record.Word("metric", func(s Stated) string { return string(s.Metric) }),
		record.Code("detail", func(s Stated) string {
			if s.Detail == nil {
				return ""
			}
			return *s.Detail
		}),
		record.Day("period_from", func(s Stated) qulaq.Day { return day(s.PeriodFrom) }),
		record.Day("period_to", func(s Stated) qulaq.Day { return day(s.PeriodTo) }),
		record.Float("value", func(s Stated) float64 { return s.Figure() }),
		record.Word("unit", func(s Stated) string { return string(s.Unit) }),
		record.Word("qualifier", func(s Stated) string { return string(s.Qualifier) }),
		record.Text("quote", func(s Stated) string { return s.Quote }),
		record.Count("sentence", func(s Stated) int { return s.Place.Sentence }),
		record.Word("snapshot", func(s Stated) string { return s.Hash.String() }),
		record.Word("source_table", func(s Stated) string { return s.Member }),
		record.Count("source_row", func(s Stated) int { return s.Place.Paragraph }),
		record.Moment("exported_at", func(s Stated) time.Time { return s.Made }),
	}, all)
}
