package qulaq

// Reason says why a row did not become a fact. Reasons are codes: they are shown, counted and stored.
type Reason string

// The reasons of rejects.
const (
	FieldCount    Reason = "field_count"    // more or fewer fields than the header has
	UnclosedQuote Reason = "unclosed_quote" // a quoted field that never ends
	TooLarge      Reason = "too_large"      // a record beyond the limit of size
	BadEncoding   Reason = "bad_encoding"   // bytes that are no text in the file's encoding
	NulByte       Reason = "nul_byte"       // a zero byte inside a record
	NotAnObject   Reason = "not_an_object"  // a JSON value that is no flat object
	EmptyID       Reason = "empty_id"       // the column of ids is there, the id is not
	BadDate       Reason = "bad_date"       // a registration date that is empty, no date, or 31.02
	FutureDate    Reason = "future_date"    // registered after the file was read
	AncientDate   Reason = "ancient_date"   // registered before the republic existed
)

// Reject is a row that could not become a fact: where it stands and why. Raw is the row as read, or its
// cells parted by bars, cut to a bounded length; it may hold personal data, so it is shown on request and
// never written to the warehouse.
type Reject struct {
	Table  string // member of a zip or sheet of a workbook; empty for a plain file
	Line   int64  // line of a text file (the record's first), row of a sheet, number of a JSON object; from 1
	Reason Reason
	Detail string // for a person: "18 fields, the header has 17"
	Raw    string
}

// FindingKind says what sort of oddity a finding is.
type FindingKind string

// The kinds of findings.
const (
	UnknownColumn   FindingKind = "unknown_column"   // a column that the profile does not know
	UnknownRegion   FindingKind = "unknown_region"   // a region without a code; the fact's code is null
	UnknownDistrict FindingKind = "unknown_district" // a district without a code
	UnknownCategory FindingKind = "unknown_category" // a category triple that no table lists
	UnknownStatus   FindingKind = "unknown_status"   // a status that no table lists; the fact says unknown
	UnknownType     FindingKind = "unknown_kind"     // a kind of appeal that no table lists; the fact says other
	UnknownFlag     FindingKind = "unknown_flag"     // a yes or no that is neither; the fact says null
	BadTime         FindingKind = "bad_time"         // a deadline or finish that is no time; null
	ShiftUnknown    FindingKind = "shift_unknown"    // the time shift could not be measured; times stay as printed
	StillWritten    FindingKind = "still_written"    // a file that grows or is marked as unfinished; left for later
	ManyFindings    FindingKind = "many_findings"    // more different findings than are kept apart
	NothingToRead   FindingKind = "nothing_to_read"  // a member or a file that is no export at all
)

// Finding is something odd that did not stop a row: an unknown column, a value without a code.
// One finding stands for all rows that show the same oddity.
type Finding struct {
	Kind    FindingKind
	Subject string // the column or the value
	Detail  string // for a person
	Count   int64  // how often, at least 1
	Line    int64  // where first; 0 when it belongs to the file as a whole
	Table   string
}
