package sample

import (
	"fmt"
	"strings"
	"time"

	"github.com/qulaq-kz/qulaq"
)

// Format says whose export is made.
type Format string

// The formats.
const (
	Analytic     Format = "analytic"      // e-Otinish, the analytic export: no text
	AnalyticText Format = "analytic_text" // ten columns of it, the last one being the text
	Text         Format = "text"          // e-Otinish, the dump of texts
	CC109        Format = "cc109"         // a contact centre 109: no ids, no text
)

// Layout says how rows are written down.
type Layout string

// The layouts.
const (
	CSV    Layout = "csv"
	JSON   Layout = "json"   // one array of flat objects, all values strings
	NDJSON Layout = "ndjson" // one object a line
	XLSX   Layout = "xlsx"   // one sheet, all cells text; at most MaxSheetRows rows
)

// MaxSheetRows is the most rows of an XLSX sample: enough for tests, small enough for memory.
const MaxSheetRows = 20_000

// Quoting says which fields of a CSV stand in quotes.
type Quoting string

// The ways of quoting.
const (
	Minimal Quoting = "minimal" // the fields that need it (RFC 4180)
	Always  Quoting = "always"  // every field
	Never   Quoting = "never"   // none, and quotes inside a field are bare; only for backticks and without texts
)

// Encoding says which bytes a CSV is of.
type Encoding string

// The encodings.
const (
	UTF8        Encoding = "utf8"
	UTF8BOM     Encoding = "utf8bom"
	Windows1251 Encoding = "windows1251" // letters that it lacks, as most Kazakh ones, become '?'
)

// Columns says which cut of the columns is printed.
type Columns string

// The cuts.
const (
	Usual   Columns = "usual"
	Renamed Columns = "renamed" // Analytic only: type_name_ru, issue_category_name_ru, start_dt; flags are Y and N
	Cut     Columns = "cut"     // Analytic only: renamed in part, in another order, without appeal_id, year and month
)

// Pack says what the bytes are wrapped in.
type Pack string

// The wrappings.
const (
	Plain Pack = "plain"
	Gzip  Pack = "gzip"
	Zip   Pack = "zip" // with one member
)

// Spec says which export to make. Zero fields take the value that is usual for the format, as the comments say.
type Spec struct {
	Format Format // required
	Rows   int    // rows below the heading, repeats and broken ones included; required
	Seed   uint64

	From, To qulaq.Day // first and last day of registration; default is the first half of 2026
	Exported qulaq.Day // the morning on which states are as shown, not before To; default is the day after To.
	// A later day and otherwise the same Spec give the same complaints with newer states.

	Layout    Layout   // default CSV
	Columns   Columns  // default Usual
	Separator byte     // of a CSV: ',', ';', '\t' or '`'; default '`', but ';' for Text and ',' for AnalyticText
	Quoting   Quoting  // default Minimal, but Always for Text
	Encoding  Encoding // default UTF8
	CRLF      bool     // lines of a CSV end with \r\n
	Pack      Pack     // default Plain

	// Shift exports all times ten hours early, as e-Otinish does. Only where there is a deadline to measure it by:
	// Analytic and AnalyticText.
	Shift bool
	// Dirty is the share of rows that are broken, each kind of breakage in turn; see Truth.Rejected and Findings.
	Dirty float64
	// Repeats is the share of rows that show a complaint a second time, later in the file and with its newer
	// state. Not for exports without ids.
	Repeats float64
}

// maxShare bounds Dirty and Repeats, so that every repeat finds a complaint of its own.
const maxShare = 0.3

// withDefaults fills what is zero.
func (s Spec) withDefaults() Spec {
	if s.From == 0 && s.To == 0 {
		s.From, s.To = qulaq.Date(2026, time.January, 1), qulaq.Date(2026, time.June, 30)
	}
	orDefault(&s.Exported, s.To+1)
	orDefault(&s.Layout, CSV)
	orDefault(&s.Columns, Usual)
	orDefault(&s.Encoding, UTF8)
	orDefault(&s.Pack, Plain)
	switch s.Format {
	case Text:
		orDefault(&s.Separator, ';')
		orDefault(&s.Quoting, Always)
	case AnalyticText:
		orDefault(&s.Separator, ',')
	}
	orDefault(&s.Separator, '`')
	orDefault(&s.Quoting, Minimal)
	return s
}

func orDefault[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

// check says what is wrong with a Spec whose defaults are filled in.
func (s Spec) check() error {
	hasID := s.Format != CC109 && s.Columns != Cut
	rules := []struct {
		broken bool
		why    string
	}{
		{!oneOf(s.Format, Analytic, AnalyticText, Text, CC109), fmt.Sprintf("unknown format %q", s.Format)},
		{!oneOf(s.Layout, CSV, JSON, NDJSON, XLSX), fmt.Sprintf("unknown layout %q", s.Layout)},
		{!oneOf(s.Columns, Usual, Renamed, Cut), fmt.Sprintf("unknown columns %q", s.Columns)},
		{!oneOf(s.Quoting, Minimal, Always, Never), fmt.Sprintf("unknown quoting %q", s.Quoting)},
		{!oneOf(s.Encoding, UTF8, UTF8BOM, Windows1251), fmt.Sprintf("unknown encoding %q", s.Encoding)},
		{!oneOf(s.Pack, Plain, Gzip, Zip), fmt.Sprintf("unknown pack %q", s.Pack)},
		{!oneOf(s.Separator, ',', ';', '\t', '`'), fmt.Sprintf("unknown separator %q", s.Separator)},
		{s.Rows < 1 || s.Rows > maxRows, fmt.Sprintf("rows must be between 1 and %d, not %d", maxRows, s.Rows)},
		{s.From > s.To || s.Exported < s.To, "the days must be in the order From, To, Exported"},
		{s.From < firstDay || s.Exported > lastDay, fmt.Sprintf("the days must be within %v and %v", firstDay, lastDay)},
		{s.Format == CC109 && s.Rows > maxCalls, fmt.Sprintf("at most %d calls keep moments of their own", maxCalls)},
		{!(s.Dirty >= 0 && s.Dirty <= maxShare), fmt.Sprintf("dirty must be between 0 and %v", maxShare)},
		{!(s.Repeats >= 0 && s.Repeats <= maxShare), fmt.Sprintf("repeats must be between 0 and %v", maxShare)},
		{s.Repeats > 0 && !hasID, "a complaint without an id cannot be repeated"},
		{s.Shift && !oneOf(s.Format, Analytic, AnalyticText), "a shift cannot be measured without deadlines"},
		{s.Columns != Usual && s.Format != Analytic, "only the analytic export has other cuts"},
		{s.Layout == XLSX && s.Rows > MaxSheetRows, fmt.Sprintf("a sheet holds at most %d rows", MaxSheetRows)},
		{s.Encoding != UTF8 && s.Layout != CSV, "JSON and XLSX are UTF-8"},
		{
			s.Quoting == Never && (s.Separator != '`' || !oneOf(s.Format, Analytic, CC109)),
			"without quotes only backticks can part the fields, and texts cannot be printed",
		},
	}
	for _, r := range rules {
		if r.broken {
			return fmt.Errorf("%s", r.why)
		}
	}
	return nil
}

const (
	maxRows = 50_000_000 // registration numbers have eight digits
	// A contact centre has no ids: rows differ because their moments do, which are milliseconds of a day.
	maxCalls = 1_000_000
	firstDay = qulaq.Day(10957) // 2000-01-01
	lastDay  = qulaq.Day(47116) // 2098-12-31: mishaps use 2099 as the future
)

func oneOf[T comparable](v T, list ...T) bool {
	for _, l := range list {
		if v == l {
			return true
		}
	}
	return false
}

// String names everything that decides the bytes, in one line: two Specs with the same string make the same export.
func (s Spec) String() string {
	s = s.withDefaults()
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s rows=%d seed=%d days=%v..%v exported=%v", s.Format, s.Columns, s.Layout, s.Rows,
		s.Seed, s.From, s.To, s.Exported)
	fmt.Fprintf(&b, " separator=%q quoting=%s encoding=%s crlf=%v pack=%s", s.Separator, s.Quoting, s.Encoding,
		s.CRLF, s.Pack)
	fmt.Fprintf(&b, " shift=%v dirty=%v repeats=%v", s.Shift, s.Dirty, s.Repeats)
	return b.String()
}
