package register

import (
	"cmp"
	"strings"
	"time"

	"github.com/apache/arrow/go/v17/arrow"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/record"
)

// The names of columns are those of the tables in the warehouse, where each has its meaning as a comment.

func planColumns(source string) []record.Column[Plan] {
	return []record.Column[Plan]{
		record.Word("source", func(Plan) string { return source }),
		record.Text("plan_id", func(p Plan) string { return p.ID }),
		record.Code("region_code", func(p Plan) string { return p.Main.Result.Plan.Region }),
		record.Code("district_code", func(p Plan) string { return p.Main.Result.Plan.District }),
		record.Day("period_from", func(p Plan) qulaq.Day { return p.Main.Result.Plan.PeriodFrom }),
		record.Day("period_to", func(p Plan) qulaq.Day { return p.Main.Result.Plan.PeriodTo }),
		record.Text("title", func(p Plan) string { return p.Main.Result.Plan.Title }),
		record.Word("lang", func(p Plan) string { return p.Main.Result.Plan.Lang }),
		record.Day("published_on", func(p Plan) qulaq.Day { return p.Main.day }),
		record.Day("first_published_on", func(p Plan) qulaq.Day { return p.First }),
		record.Small("versions", func(p Plan) int { return p.Versions }),
		record.Count("items", func(p Plan) int { return p.Items }),
		record.Yes("readable", func(p Plan) bool { return p.Items > 0 }),
		record.Text("unreadable_why", func(p Plan) string { return p.Main.Result.Plan.Unreadable }),
		record.Yes("recognised", func(p Plan) bool { return p.Main.Recognised }),
		record.Word("format", func(p Plan) string { return string(p.Main.Format) }),
		record.Text("publication_id", func(p Plan) string { return p.MainID }),
		record.Text("url", func(p Plan) string { return p.Main.Result.Plan.URL }),
		record.Word("snapshot", func(p Plan) string { return p.Main.Result.Plan.Hash.String() }),
		record.Word("source_table", func(p Plan) string { return "" }),
		record.Count("source_row", func(Plan) int { return 0 }),
		record.Moment("exported_at", func(p Plan) time.Time { return p.Main.FileSeenAt }),
	}
}

func itemColumns(source string) []record.Column[Item] {
	return []record.Column[Item]{
		record.Word("source", func(Item) string { return source }),
		record.Text("item_id", func(i Item) string { return i.ID }),
		record.Text("plan_id", func(i Item) string { return i.PlanID }),
		record.Text("item_no", func(i Item) string { return i.No }),
		record.Text("section", func(i Item) string { return i.Section }),
		record.Text("issue", func(i Item) string { return i.Issue }),
		record.Text("measure", func(i Item) string { return i.Measure }),
		record.Text("completion_form", func(i Item) string { return i.Completion }),
		record.Text("responsible", func(i Item) string { return i.Responsible }),
		record.Day("deadline_from", func(i Item) qulaq.Day { return i.DeadlineFrom }),
		record.Day("deadline_to", func(i Item) qulaq.Day { return i.DeadlineTo }),
		record.Text("deadline_text", func(i Item) string { return i.DeadlineText }),
		record.Whole("cost_kzt", func(i Item) (int64, bool) { return i.Cost.Tenge, i.Cost.Stated }),
		record.Text("cost_text", func(i Item) string { return i.CostText }),
		record.Text("funding_source", func(i Item) string { return i.FundingSource }),
		record.Code("status", func(i Item) string { return i.Status }),
		record.Text("status_text", func(i Item) string { return i.StatusText }),
		record.Code("category_code", func(i Item) string { return i.Category }),
		record.Code("region_code", func(i Item) string { return i.Region }),
		record.Code("district_code", func(i Item) string { return i.District }),
		record.Word("lang", func(i Item) string { return i.Lang }),
		record.Day("first_seen_on", func(i Item) qulaq.Day { return i.First }),
		record.Day("vanished_on", func(i Item) qulaq.Day { return i.Vanished }),
		record.Word("snapshot", func(i Item) string { return i.Hash.String() }),
		record.Word("source_table", func(i Item) string { return i.Where() }),
		record.Count("source_row", func(i Item) int { return i.Line }),
		record.Small("page", func(i Item) int { return i.Page }),
		record.Moment("exported_at", func(i Item) time.Time { return i.SeenAt }),
	}
}

func publicationColumns(source string) []record.Column[Publication] {
	return []record.Column[Publication]{
		record.Word("source", func(Publication) string { return source }),
		record.Text("publication_id", func(p Publication) string { return p.ID }),
		record.Word("lang", func(p Publication) string { return p.Form.Lang }),
		record.Text("title", func(p Publication) string { return p.Form.Result.Plan.Title }),
		record.Text("url", func(p Publication) string { return p.Form.Result.Plan.URL }),
		record.MomentOrNull("published_at", func(p Publication) time.Time { return p.Form.Stamp }),
		record.Day("dated_on", func(p Publication) qulaq.Day { return p.Form.Result.Plan.DatedOn }),
		record.Word("kind", func(p Publication) string { return p.Kind }),
		record.Text("why", func(p Publication) string { return p.Why }),
		record.Word("role", func(p Publication) string { return string(p.Role) }),
		record.Text("plan_id", func(p Publication) string { return p.PlanID }),
		record.Code("region_code", func(p Publication) string { return p.Form.Result.Plan.Region }),
		record.Code("district_code", func(p Publication) string { return p.Form.Result.Plan.District }),
		record.Day("period_from", func(p Publication) qulaq.Day { return p.Form.Result.Plan.PeriodFrom }),
		record.Day("period_to", func(p Publication) qulaq.Day { return p.Form.Result.Plan.PeriodTo }),
		record.Count("items", func(p Publication) int { return len(p.Form.Result.Items) }),
		record.Small("files", func(p Publication) int { return p.Form.Files }),
		record.Text("file_hashes", func(p Publication) string {
			all := make([]string, len(p.Form.Hashes))
			for i, h := range p.Form.Hashes {
				all[i] = h.String()
			}
			return strings.Join(all, " ")
		}),
		record.Word("snapshot", func(p Publication) string { return p.Form.Page.String() }),
		record.Word("source_table", func(Publication) string { return "" }),
		record.Count("source_row", func(p Publication) int { return p.Form.Index }),
		record.Moment("exported_at", func(p Publication) time.Time { return p.Form.SeenAt }),
		record.Moment("listed_at", func(p Publication) time.Time { return cmp.Or(p.Form.ListedAt, p.Form.SeenAt) }),
	}
}

// PlanRecord returns the rows of plans, nil when there are none. The caller releases it, as the other records.
func (f Facts) PlanRecord() arrow.Record { return record.Of(planColumns(f.Source), f.Plans) }

// ItemRecord returns the rows of plan_items.
func (f Facts) ItemRecord() arrow.Record { return record.Of(itemColumns(f.Source), f.Items) }

// PublicationRecord returns the rows of publications.
func (f Facts) PublicationRecord() arrow.Record {
	return record.Of(publicationColumns(f.Source), f.Publications)
}
