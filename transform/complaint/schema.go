package complaint

import (
	"github.com/apache/arrow/go/v17/arrow"

	"github.com/qulaq-kz/qulaq"
)

var (
	// code is a value of a small vocabulary or one that repeats: the batch carries each value once.
	code    = &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Uint16, ValueType: arrow.BinaryTypes.String}
	text    = arrow.BinaryTypes.String
	instant = &arrow.TimestampType{Unit: arrow.Second, TimeZone: qulaq.Almaty().String()}
	printed = &arrow.TimestampType{Unit: arrow.Millisecond} // without zone: as the export shows it
	flag    = arrow.FixedWidthTypes.Boolean
)

// Schema returns the columns of a complaint, named as in the table complaints of the warehouse, whose
// column comments give their meaning.
func Schema() *arrow.Schema {
	must := func(name string, t arrow.DataType) arrow.Field { return arrow.Field{Name: name, Type: t} }
	may := func(name string, t arrow.DataType) arrow.Field {
		return arrow.Field{Name: name, Type: t, Nullable: true}
	}
	return arrow.NewSchema([]arrow.Field{
		must("source", code), must("complaint_id", text), must("reg_number", text),
		may("kind", code), may("applicant_type", code), must("applicant_key", text),
		must("registered_at", instant), may("due_at", instant), may("finished_at", instant),
		may("region_code", code), may("district_code", code), may("body", code),
		may("category_code", code), may("category_how", code), must("status", code),
		may("is_duplicate", flag), may("is_forwarded", flag), may("is_ext_forwarded", flag),
		may("lang", code), must("text", text), must("text_fingerprint", arrow.PrimitiveTypes.Uint64),
		must("registered_raw", printed), may("due_raw", printed), may("finished_raw", printed),
		must("time_shift_minutes", arrow.PrimitiveTypes.Int16),
		must("region_raw", code), must("district_raw", code),
		must("category_raw", code), must("issue_raw", code), must("subissue_raw", code),
		must("state_raw", code), must("overdue_raw", code),
		must("snapshot", code), must("source_table", code), must("source_row", arrow.PrimitiveTypes.Uint32),
		must("exported_at", instant),
	}, nil)
}
