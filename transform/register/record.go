package register

import (
	"strings"
	"time"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"

	"github.com/qulaq-kz/qulaq"
)

// column is one column of a table: its Arrow field and how a row fills it. The names are those of the tables in
// the warehouse, where each has its meaning as a comment.
type column[T any] struct {
	field arrow.Field
	fill  func(array.Builder, T)
}

var words = &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Uint16, ValueType: arrow.BinaryTypes.String}

func text[T any](name string, value func(T) string) column[T] {
	return column[T]{arrow.Field{Name: name, Type: arrow.BinaryTypes.String}, func(b array.Builder, row T) {
		b.(*array.StringBuilder).Append(value(row))
	}}
}

// word is a text of few different values.
func word[T any](name string, value func(T) string) column[T] {
	return column[T]{arrow.Field{Name: name, Type: words}, func(b array.Builder, row T) {
		_ = b.(*array.BinaryDictionaryBuilder).AppendString(value(row)) // fails for values of another type only
	}}
}

// code is a word that is null when it is empty.
func code[T any](name string, value func(T) string) column[T] {
	return column[T]{arrow.Field{Name: name, Type: words, Nullable: true}, func(b array.Builder, row T) {
		if v := value(row); v == "" {
			b.AppendNull()
		} else {
			_ = b.(*array.BinaryDictionaryBuilder).AppendString(v)
		}
	}}
}

// day is null when it is 0.
func day[T any](name string, value func(T) qulaq.Day) column[T] {
	return column[T]{arrow.Field{Name: name, Type: arrow.FixedWidthTypes.Date32, Nullable: true}, func(b array.Builder, row T) {
		if v := value(row); v == 0 {
			b.AppendNull()
		} else {
			b.(*array.Date32Builder).Append(arrow.Date32(v))
		}
	}}
}

func yes[T any](name string, value func(T) bool) column[T] {
	return column[T]{arrow.Field{Name: name, Type: arrow.FixedWidthTypes.Boolean}, func(b array.Builder, row T) {
		b.(*array.BooleanBuilder).Append(value(row))
	}}
}

func small[T any](name string, value func(T) int) column[T] {
	return column[T]{arrow.Field{Name: name, Type: arrow.PrimitiveTypes.Uint16}, func(b array.Builder, row T) {
		b.(*array.Uint16Builder).Append(uint16(min(max(value(row), 0), 1<<16-1)))
	}}
}

func count[T any](name string, value func(T) int) column[T] {
	return column[T]{arrow.Field{Name: name, Type: arrow.PrimitiveTypes.Uint32}, func(b array.Builder, row T) {
		b.(*array.Uint32Builder).Append(uint32(max(value(row), 0)))
	}}
}

var seconds = &arrow.TimestampType{Unit: arrow.Second, TimeZone: "Asia/Almaty"}

func moment[T any](name string, value func(T) time.Time) column[T] {
	return column[T]{arrow.Field{Name: name, Type: seconds}, func(b array.Builder, row T) {
		b.(*array.TimestampBuilder).Append(arrow.Timestamp(value(row).Unix()))
	}}
}

// momentOrNull is null when it is zero.
func momentOrNull[T any](name string, value func(T) time.Time) column[T] {
	return column[T]{arrow.Field{Name: name, Type: seconds, Nullable: true}, func(b array.Builder, row T) {
		if v := value(row); v.IsZero() {
			b.AppendNull()
		} else {
			b.(*array.TimestampBuilder).Append(arrow.Timestamp(v.Unix()))
		}
	}}
}

func planColumns(source string) []column[Plan] {
	return []column[Plan]{
		word("source", func(Plan) string { return source }),
		text("plan_id", func(p Plan) string { return p.ID }),
		code("region_code", func(p Plan) string { return p.Main.Result.Plan.Region }),
		code("district_code", func(p Plan) string { return p.Main.Result.Plan.District }),
		day("period_from", func(p Plan) qulaq.Day { return p.Main.Result.Plan.PeriodFrom }),
		day("period_to", func(p Plan) qulaq.Day { return p.Main.Result.Plan.PeriodTo }),
		text("title", func(p Plan) string { return p.Main.Result.Plan.Title }),
		word("lang", func(p Plan) string { return p.Main.Result.Plan.Lang }),
		day("published_on", func(p Plan) qulaq.Day { return p.Main.day }),
		day("first_published_on", func(p Plan) qulaq.Day { return p.First }),
		small("versions", func(p Plan) int { return p.Versions }),
		count("items", func(p Plan) int { return p.Items }),
		yes("readable", func(p Plan) bool { return p.Items > 0 }),
		text("unreadable_why", func(p Plan) string { return p.Main.Result.Plan.Unreadable }),
		yes("recognised", func(p Plan) bool { return p.Main.Recognised }),
		word("format", func(p Plan) string { return string(p.Main.Format) }),
		text("publication_id", func(p Plan) string { return p.MainID }),
		text("url", func(p Plan) string { return p.Main.Result.Plan.URL }),
		word("snapshot", func(p Plan) string { return p.Main.Result.Plan.Hash.String() }),
		word("source_table", func(p Plan) string { return "" }),
		count("source_row", func(Plan) int { return 0 }),
		moment("exported_at", func(p Plan) time.Time { return p.Main.FileSeenAt }),
	}
}

func itemColumns(source string) []column[Item] {
	return []column[Item]{
		word("source", func(Item) string { return source }),
		text("item_id", func(i Item) string { return i.ID }),
		text("plan_id", func(i Item) string { return i.PlanID }),
		text("item_no", func(i Item) string { return i.No }),
		text("section", func(i Item) string { return i.Section }),
		text("issue", func(i Item) string { return i.Issue }),
		text("measure", func(i Item) string { return i.Measure }),
		text("completion_form", func(i Item) string { return i.Completion }),
		text("responsible", func(i Item) string { return i.Responsible }),
		day("deadline_from", func(i Item) qulaq.Day { return i.DeadlineFrom }),
		day("deadline_to", func(i Item) qulaq.Day { return i.DeadlineTo }),
		text("deadline_text", func(i Item) string { return i.DeadlineText }),
		{arrow.Field{Name: "cost_kzt", Type: arrow.PrimitiveTypes.Int64, Nullable: true}, func(b array.Builder, i Item) {
			if i.Cost.Stated {
				b.(*array.Int64Builder).Append(i.Cost.Tenge)
			} else {
				b.AppendNull()
			}
		}},
		text("cost_text", func(i Item) string { return i.CostText }),
		text("funding_source", func(i Item) string { return i.FundingSource }),
		code("status", func(i Item) string { return i.Status }),
		text("status_text", func(i Item) string { return i.StatusText }),
		code("category_code", func(i Item) string { return i.Category }),
		code("region_code", func(i Item) string { return i.Region }),
		code("district_code", func(i Item) string { return i.District }),
		word("lang", func(i Item) string { return i.Lang }),
		day("first_seen_on", func(i Item) qulaq.Day { return i.First }),
		day("vanished_on", func(i Item) qulaq.Day { return i.Vanished }),
		word("snapshot", func(i Item) string { return i.Hash.String() }),
		word("source_table", func(i Item) string { return i.Where() }),
		count("source_row", func(i Item) int { return i.Line }),
		small("page", func(i Item) int { return i.Page }),
		moment("exported_at", func(i Item) time.Time { return i.SeenAt }),
	}
}

func publicationColumns(source string) []column[Publication] {
	return []column[Publication]{
		word("source", func(Publication) string { return source }),
		text("publication_id", func(p Publication) string { return p.ID }),
		word("lang", func(p Publication) string { return p.Form.Lang }),
		text("title", func(p Publication) string { return p.Form.Result.Plan.Title }),
		text("url", func(p Publication) string { return p.Form.Result.Plan.URL }),
		momentOrNull("published_at", func(p Publication) time.Time { return p.Form.Stamp }),
		word("kind", func(p Publication) string { return p.Kind }),
		text("why", func(p Publication) string { return p.Why }),
		word("role", func(p Publication) string { return string(p.Role) }),
		text("plan_id", func(p Publication) string { return p.PlanID }),
		code("region_code", func(p Publication) string { return p.Form.Result.Plan.Region }),
		code("district_code", func(p Publication) string { return p.Form.Result.Plan.District }),
		day("period_from", func(p Publication) qulaq.Day { return p.Form.Result.Plan.PeriodFrom }),
		day("period_to", func(p Publication) qulaq.Day { return p.Form.Result.Plan.PeriodTo }),
		count("items", func(p Publication) int { return len(p.Form.Result.Items) }),
		small("files", func(p Publication) int { return p.Form.Files }),
		text("file_hashes", func(p Publication) string {
			all := make([]string, len(p.Form.Hashes))
			for i, h := range p.Form.Hashes {
				all[i] = h.String()
			}
			return strings.Join(all, " ")
		}),
		word("snapshot", func(p Publication) string { return p.Form.Page.String() }),
		word("source_table", func(Publication) string { return "" }),
		count("source_row", func(p Publication) int { return p.Form.Index }),
		moment("exported_at", func(p Publication) time.Time { return p.Form.SeenAt }),
	}
}

// PlanRecord returns the rows of plans, nil when there are none. The caller releases it, as the other records.
func (f Facts) PlanRecord() arrow.Record { return record(planColumns(f.Source), f.Plans) }

// ItemRecord returns the rows of plan_items.
func (f Facts) ItemRecord() arrow.Record { return record(itemColumns(f.Source), f.Items) }

// PublicationRecord returns the rows of publications.
func (f Facts) PublicationRecord() arrow.Record {
	return record(publicationColumns(f.Source), f.Publications)
}

func record[T any](columns []column[T], rows []T) arrow.Record {
	if len(rows) == 0 {
		return nil
	}
	fields := make([]arrow.Field, len(columns))
	for i, c := range columns {
		fields[i] = c.field
	}
	b := array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema(fields, nil))
	defer b.Release()
	for _, row := range rows {
		for i, c := range columns {
			c.fill(b.Field(i), row)
		}
	}
	return b.NewRecord()
}
