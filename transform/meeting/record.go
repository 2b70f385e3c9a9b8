package meeting

import (
	"cmp"
	"time"

	"github.com/apache/arrow/go/v17/arrow"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/record"
)

// The names of columns are those of the tables in the warehouse, where each has its meaning as a comment.

func factColumns(source string) []record.Column[Fact] {
	whole := func(of func(Fact) Count) func(Fact) (int64, bool) {
		return func(f Fact) (int64, bool) { return of(f).N, of(f).Stated }
	}
	return []record.Column[Fact]{
		record.Word("source", func(Fact) string { return source }),
		record.Text("meeting_id", func(f Fact) string { return f.ID }),
		record.Word("kind", func(f Fact) string { return string(f.Kind) }),
		record.Code("level", func(f Fact) string { return string(f.Level) }),
		record.Code("region_code", func(f Fact) string { return f.Region }),
		record.Code("district_code", func(f Fact) string { return f.District }),
		record.Text("place", func(f Fact) string { return f.Place }),
		record.Text("place_key", func(f Fact) string { return placeKey(f.Place) }),
		record.Text("venue", func(f Fact) string { return f.Venue }),
		record.Text("who", func(f Fact) string { return f.Who }),
		record.Word("time", func(f Fact) string { return f.Time }),
		record.Day("planned_on", func(f Fact) qulaq.Day { return f.PlannedOn }),
		record.Day("planned_from", func(f Fact) qulaq.Day { return f.PlannedFrom }),
		record.Day("planned_to", func(f Fact) qulaq.Day { return f.PlannedTo }),
		record.Text("planned_text", func(f Fact) string { return f.PlannedText }),
		record.Day("held_on", func(f Fact) qulaq.Day { return f.HeldOn }),
		record.Word("status", func(f Fact) string { return string(f.Status) }),
		record.Text("note", func(f Fact) string { return f.Note }),
		record.Whole("participants", whole(func(f Fact) Count { return f.Participants })),
		record.Whole("issues_raised", whole(func(f Fact) Count { return f.Raised })),
		record.Whole("issues_resolved", whole(func(f Fact) Count { return f.Resolved })),
		record.Text("measure", func(f Fact) string { return f.Measure }),
		record.Word("lang", func(f Fact) string { return f.Lang }),
		record.Text("calendar_id", func(f Fact) string { return f.CalendarID }),
		record.Text("announcement_id", func(f Fact) string { return f.AnnouncementID }),
		record.Text("results_id", func(f Fact) string { return f.ResultsID }),
		record.Word("snapshot", func(f Fact) string { return f.Hash.String() }),
		record.Word("source_table", func(f Fact) string { return f.Where() }),
		record.Count("source_row", func(f Fact) int { return f.Line }),
		record.Small("page", func(f Fact) int { return f.Page }),
		record.Moment("exported_at", func(f Fact) time.Time { return f.SeenAt }),
	}
}

func paperColumns(source string) []record.Column[Publication] {
	return []record.Column[Publication]{
		record.Word("source", func(Publication) string { return source }),
		record.Text("publication_id", func(p Publication) string { return p.ID }),
		record.Word("lang", func(p Publication) string { return p.Form.Lang }),
		record.Word("sort", func(p Publication) string { return string(p.Form.Result.Paper.Sort) }),
		record.Word("kind", func(p Publication) string { return string(p.Form.Result.Paper.Kind) }),
		record.Word("role", func(p Publication) string { return string(p.Role) }),
		record.Text("title", func(p Publication) string { return p.Form.Result.Paper.Title }),
		record.Text("url", func(p Publication) string { return p.Form.Result.Paper.URL }),
		record.MomentOrNull("published_at", func(p Publication) time.Time { return p.Form.Stamp }),
		record.Code("level", func(p Publication) string { return string(p.Form.Result.Paper.Level) }),
		record.Code("region_code", func(p Publication) string { return p.Form.Result.Paper.Region }),
		record.Code("district_code", func(p Publication) string { return p.Form.Result.Paper.District }),
		record.Day("period_from", func(p Publication) qulaq.Day { return p.Form.Result.Paper.PeriodFrom }),
		record.Day("period_to", func(p Publication) qulaq.Day { return p.Form.Result.Paper.PeriodTo }),
		record.Count("meetings", func(p Publication) int { return p.Form.Result.Paper.Meetings }),
		record.Yes("whole", func(p Publication) bool { return p.Form.Result.Paper.Whole }),
		record.Text("unreadable_why", func(p Publication) string { return p.Form.Result.Paper.Unreadable }),
		record.Word("file", func(p Publication) string { return p.Form.Result.Paper.Hash.String() }),
		record.Word("snapshot", func(p Publication) string { return p.Form.Page.String() }),
		record.Word("source_table", func(Publication) string { return "" }),
		record.Count("source_row", func(p Publication) int { return p.Form.Index }),
		record.Moment("exported_at", func(p Publication) time.Time { return p.Form.SeenAt }),
		record.Moment("listed_at", func(p Publication) time.Time { return cmp.Or(p.Form.ListedAt, p.Form.SeenAt) }),
	}
}

// MeetingRecord returns the rows of meetings, nil when there are none. The caller releases it, as the other record.
func (f Facts) MeetingRecord() arrow.Record { return record.Of(factColumns(f.Source), f.Meetings) }

// PaperRecord returns the rows of meeting_papers.
func (f Facts) PaperRecord() arrow.Record { return record.Of(paperColumns(f.Source), f.Papers) }
