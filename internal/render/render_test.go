package render

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"math"
	"math/big"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/pqarrow"
	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/shopspring/decimal"
)

// column is a column of an answer as the driver hands it over: a Go type for each type of ClickHouse.
type column struct {
	name, columnType string
	values           []any // a nil pointer for null
}

// answer is Rows from memory.
type answer struct {
	columns []column
	row     int // the next
	scanErr error
	err     error
}

func (a *answer) Columns() (names []string) {
	for _, c := range a.columns {
		names = append(names, c.name)
	}
	return names
}

func (a *answer) Types() (types []string) {
	for _, c := range a.columns {
		types = append(types, c.columnType)
	}
	return types
}

func (a *answer) Into() (into []any) {
	for _, c := range a.columns {
		into = append(into, reflect.New(reflect.TypeOf(c.values[0])).Interface())
	}
	return into
}

func (a *answer) Next() bool {
	a.row++
	return a.row <= len(a.columns[0].values)
}

func (a *answer) Scan(into ...any) error {
	if a.scanErr != nil {
		return a.scanErr
	}
	for i, p := range into {
		reflect.ValueOf(p).Elem().Set(reflect.ValueOf(a.columns[i].values[a.row-1]))
	}
	return nil
}

func (a *answer) Err() error { return a.err }

func to[T any](v T) *T { return &v }

var (
	almaty = time.FixedZone("Asia/Almaty", 5*3600)
	day    = time.Date(2026, 4, 15, 0, 0, 0, 0, time.UTC)
	moment = time.Date(2026, 4, 15, 8, 1, 0, 0, almaty)
	huge   = func() *big.Int {
		n, _ := new(big.Int).SetString("170141183460469231731687303715884105727", 10)
		return n
	}()
)

// variety is an answer of two rows: one with a value of every type, one with nulls where there can be some.
func variety() *answer {
	return &answer{columns: []column{
		{"name", "String", []any{`«А & Б» <ТОО> "x"`, ""}},
		{"code", "LowCardinality(Nullable(String))", []any{to("750000000"), (*string)(nil)}},
		{"n", "UInt64", []any{uint64(math.MaxUint64), uint64(0)}},
		{"small", "Nullable(Int16)", []any{to(int16(-600)), (*int16)(nil)}},
		{"yes", "Bool", []any{true, false}},
		{"flag", "Nullable(Bool)", []any{to(false), (*bool)(nil)}},
		{"share", "Float64", []any{0.25, math.NaN()}},
		{"ratio", "Nullable(Float32)", []any{to(float32(0.1)), to(float32(math.Inf(1)))}},
		{"on", "Date", []any{day, day.AddDate(0, 0, 1)}},
		{"until", "Nullable(Date32)", []any{to(time.Date(1931, 12, 31, 0, 0, 0, 0, time.UTC)), (*time.Time)(nil)}},
		{"at", "DateTime('Asia/Almaty')", []any{moment, moment.Add(time.Hour)}},
		{"raw", "Nullable(DateTime64(3, 'UTC'))", []any{to(time.Date(2026, 4, 14, 22, 1, 0, 490e6, time.UTC)), (*time.Time)(nil)}},
		{"money", "Decimal(18, 2)", []any{decimal.RequireFromString("1234567890123456.78"), decimal.RequireFromString("-0.50")}},
		{"huge", "Int128", []any{huge, big.NewInt(-1)}},
		{"id", "UUID", []any{uuid.MustParse("5f5c5b3e-0b6f-4f5b-9c55-7a1f6f3b2a10"), uuid.Nil}},
		{"names", "Array(String)", []any{[]string{"а<б", "в"}, []string{}}},
		{"bytes", "Array(UInt8)", []any{[]uint8{1, 2, 255}, []uint8{}}},
		{"days", "Array(Date)", []any{[]time.Time{day}, []time.Time{}}},
		{"shares", "Array(Nullable(Float64))", []any{[]*float64{to(0.5), nil, to(math.NaN())}, []*float64{}}},
		{"pair", "Tuple(Date, DateTime('Asia/Almaty'))", []any{[]any{day, moment}, []any{day, moment}}},
		{"named", "Tuple(until Date, body String)", []any{map[string]any{"body": "a&b", "until": day}, map[string]any{"body": "", "until": day}}},
		{"by", "Map(String, UInt64)", []any{map[string]uint64{"ru": 2, "kk": 1}, map[string]uint64{}}},
	}}
}

func write(t *testing.T, format string, rows Rows) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, format, rows); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestJSON(t *testing.T) {
	want := []string{
		`{"name":"«А & Б» <ТОО> \"x\"","code":"750000000","n":18446744073709551615,"small":-600,"yes":true,"flag":false,` +
			`"share":0.25,"ratio":0.1,"on":"2026-04-15","until":"1931-12-31","at":"2026-04-15T08:01:00+05:00",` +
			`"raw":"2026-04-14T22:01:00.49Z","money":1234567890123456.78,"huge":170141183460469231731687303715884105727,` +
			`"id":"5f5c5b3e-0b6f-4f5b-9c55-7a1f6f3b2a10","names":["а<б","в"],"bytes":[1,2,255],"days":["2026-04-15"],` +
			`"shares":[0.5,null,null],"pair":["2026-04-15","2026-04-15T08:01:00+05:00"],` +
			`"named":{"until":"2026-04-15","body":"a&b"},"by":{"kk":1,"ru":2}}`,
		`{"name":"","code":null,"n":0,"small":null,"yes":false,"flag":null,"share":null,"ratio":null,"on":"2026-04-16",` +
			`"until":null,"at":"2026-04-15T09:01:00+05:00","raw":null,"money":-0.5,"huge":-1,` +
			`"id":"00000000-0000-0000-0000-000000000000","names":[],"bytes":[],"days":[],"shares":[],` +
			`"pair":["2026-04-15","2026-04-15T08:01:00+05:00"],"named":{"until":"2026-04-15","body":""},"by":{}}`,
	}
	got := strings.Split(strings.TrimSuffix(write(t, "json", variety()), "\n"), "\n")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, line := range got {
		if !json.Valid([]byte(line)) {
			t.Errorf("no JSON: %s", line)
		}
	}
}

func TestCSV(t *testing.T) {
	want := [][]string{
		{
			"name", "code", "n", "small", "yes", "flag", "share", "ratio", "on", "until", "at", "raw", "money", "huge", "id",
			"names", "bytes", "days", "shares", "pair", "named", "by",
		},
		{
			`«А & Б» <ТОО> "x"`, "750000000", "18446744073709551615", "-600", "true", "false", "0.25", "0.1", "2026-04-15",
			"1931-12-31", "2026-04-15T08:01:00+05:00", "2026-04-14T22:01:00.49Z", "1234567890123456.78",
			"170141183460469231731687303715884105727", "5f5c5b3e-0b6f-4f5b-9c55-7a1f6f3b2a10", `["а<б","в"]`, "[1,2,255]",
			`["2026-04-15"]`, "[0.5,null,null]", `["2026-04-15","2026-04-15T08:01:00+05:00"]`,
			`{"until":"2026-04-15","body":"a&b"}`, `{"kk":1,"ru":2}`,
		},
		{
			"", "", "0", "", "false", "", "", "", "2026-04-16", "", "2026-04-15T09:01:00+05:00", "", "-0.5", "-1",
			"00000000-0000-0000-0000-000000000000", "[]", "[]", "[]", "[]", `["2026-04-15","2026-04-15T08:01:00+05:00"]`,
			`{"until":"2026-04-15","body":""}`, "{}",
		},
	}
	got, err := csv.NewReader(strings.NewReader(write(t, "csv", variety()))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Numbers have no exponent for people: 1e+06 is not how a count is read.
func TestLargeFloatsInFull(t *testing.T) {
	a := &answer{columns: []column{{"x", "Float64", []any{1e15, 0.000001}}}}
	if got := write(t, "csv", a); got != "x\n1000000000000000\n0.000001\n" {
		t.Errorf("%q", got)
	}
}

func TestTable(t *testing.T) {
	rows := &answer{columns: []column{
		{"region", "LowCardinality(String)", []any{"г.Алматы", "область Ұлытау", "две\r\n\tстроки"}},
		{"n", "UInt64", []any{uint64(2290), uint64(7), uint64(0)}},
		{"share", "Nullable(Float64)", []any{to(0.5), (*float64)(nil), to(math.NaN())}},
		{"days", "Nullable(Decimal(9, 1))", []any{to(decimal.RequireFromString("12.5")), to(decimal.RequireFromString("3")), (*decimal.Decimal)(nil)}},
		{"last", "String", []any{"x", "", "конец"}},
	}}
	want := strings.Join([]string{
		"region             n  share  days  last",
		"--------------  ----  -----  ----  -----",
		"г.Алматы        2290    0.5  12.5  x",
		"область Ұлытау     7            3",
		"две строки         0               конец",
		"",
	}, "\n")
	if diff := cmp.Diff(want, write(t, "table", rows)); diff != "" {
		t.Error(diff)
	}
}

func TestTableClipsLongCells(t *testing.T) {
	long := strings.Repeat("ә", 61)
	rows := &answer{columns: []column{{"text", "String", []any{strings.Repeat("ә", 60), long}}}}
	lines := strings.Split(write(t, "table", rows), "\n")
	if lines[2] != strings.Repeat("ә", 60) {
		t.Errorf("a cell that just fits is %q", lines[2])
	}
	if lines[3] != strings.Repeat("ә", 59)+"…" {
		t.Errorf("a cell that does not fit is %q", lines[3])
	}
}

// A table is written as it comes. What is measured are its first rows; later ones may stick out, and all
// of them are there.
func TestTableOfManyRows(t *testing.T) {
	const rows = 2*measured + 1
	var text, n []any
	for i := range rows {
		text, n = append(text, "a"), append(n, uint64(i))
	}
	text[rows-1] = "wider than any"
	var b bytes.Buffer
	var after []int // rows written whenever something was
	out := writerFunc(func(p []byte) (int, error) {
		after = append(after, bytes.Count(p, []byte("\n")))
		return b.Write(p)
	})
	if err := Write(out, "table", &answer{columns: []column{{"t", "String", text}, {"n", "UInt64", n}}}); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	if len(lines) != rows+2 || len(after) != rows+2 {
		t.Fatalf("%d lines in %d pieces instead of %d", len(lines), len(after), rows+2)
	}
	for i, want := range map[int]string{0: "t    n", 1: "-  ---", 2: "a    0", 1001: "a  999", 1002: "a  1000", 2002: "wider than any  2000"} {
		if lines[i] != want {
			t.Errorf("line %d is %q instead of %q", i, lines[i], want)
		}
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

func TestTableByHand(t *testing.T) {
	var b strings.Builder
	table := NewTable(&b, "a", "b")
	for _, cells := range [][]string{{"1"}, {"2", "x", "beyond the headings"}, nil} {
		if err := table.Row(cells...); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 { // flushing again writes nothing again
		if err := table.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := b.String(), "a  b\n-  -\n1\n2  x\n\n"; got != want {
		t.Errorf("%q instead of %q", got, want)
	}
}

// No row at all: the headings still say what was asked.
func TestNoRows(t *testing.T) {
	none := func() *answer {
		a := variety()
		a.columns, a.row = a.columns[:2], 2
		return a
	}
	for format, want := range map[string]string{"json": "", "csv": "name,code\n", "table": "name  code\n----  ----\n"} {
		if got := write(t, format, none()); got != want {
			t.Errorf("%s: %q instead of %q", format, got, want)
		}
	}
	if got := readParquet(t, write(t, "parquet", none())); got.NumRows() != 0 || got.NumCols() != 2 {
		t.Errorf("parquet: %d rows of %d columns", got.NumRows(), got.NumCols())
	}
}

func readParquet(t *testing.T, data string) arrow.Table {
	t.Helper()
	r, err := file.NewParquetReader(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	fr, err := pqarrow.NewFileReader(r, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		t.Fatal(err)
	}
	table, err := fr.ReadTable(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestParquet(t *testing.T) {
	table := readParquet(t, write(t, "parquet", variety()))
	if table.NumRows() != 2 {
		t.Fatalf("%d rows", table.NumRows())
	}
	got := map[string][]string{}
	for i := range int(table.NumCols()) {
		c := table.Column(i)
		f := table.Schema().Field(i)
		values := []string{f.Type.String()}
		chunk := c.Data().Chunk(0)
		for row := range chunk.Len() {
			values = append(values, chunk.ValueStr(row))
		}
		if !f.Nullable {
			t.Errorf("%s cannot be null", f.Name)
		}
		got[f.Name] = values
	}
	null := array.NullValueStr
	want := map[string][]string{
		"name":  {"utf8", `«А & Б» <ТОО> "x"`, ""},
		"code":  {"utf8", "750000000", null},
		"n":     {"uint64", "18446744073709551615", "0"},
		"small": {"int64", "-600", null},
		"yes":   {"bool", "true", "false"},
		"flag":  {"bool", "false", null},
		"share": {"float64", "0.25", "NaN"}, // a float of Parquet can be one
		"ratio": {"float64", "0.10000000149011612", "+Inf"},
		"on":    {"date32", "2026-04-15", "2026-04-16"},
		"until": {"date32", "1931-12-31", null},
		"at":    {"timestamp[ms, tz=UTC]", "2026-04-15 03:01:00Z", "2026-04-15 04:01:00Z"},
		"raw":   {"timestamp[ms, tz=UTC]", "2026-04-14 22:01:00.49Z", null},
		// What has no simple type there is text.
		"money":  {"utf8", "1234567890123456.78", "-0.5"},
		"huge":   {"utf8", "170141183460469231731687303715884105727", "-1"},
		"id":     {"utf8", "5f5c5b3e-0b6f-4f5b-9c55-7a1f6f3b2a10", "00000000-0000-0000-0000-000000000000"},
		"names":  {"utf8", `["а<б","в"]`, "[]"},
		"bytes":  {"utf8", "[1,2,255]", "[]"},
		"days":   {"utf8", `["2026-04-15"]`, "[]"},
		"shares": {"utf8", "[0.5,null,null]", "[]"},
		"pair":   {"utf8", `["2026-04-15","2026-04-15T08:01:00+05:00"]`, `["2026-04-15","2026-04-15T08:01:00+05:00"]`},
		"named":  {"utf8", `{"until":"2026-04-15","body":"a&b"}`, `{"until":"2026-04-15","body":""}`},
		"by":     {"utf8", `{"kk":1,"ru":2}`, "{}"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// The rows before and behind the edge of a group are all there, and in order.
func TestParquetOfSeveralGroups(t *testing.T) {
	for _, rows := range []int{rowGroup - 1, rowGroup, rowGroup + 1} {
		var n []any
		for i := range rows {
			n = append(n, uint32(i))
		}
		table := readParquet(t, write(t, "parquet", &answer{columns: []column{{"n", "UInt32", n}}}))
		next := int64(0)
		for _, chunk := range table.Column(0).Data().Chunks() {
			for _, v := range chunk.(*array.Int64).Int64Values() {
				if v != next {
					t.Fatalf("row %d of %d is %d", next, rows, v)
				}
				next++
			}
		}
		if next != int64(rows) {
			t.Errorf("%d rows instead of %d", next, rows)
		}
	}
}

type closable struct {
	bytes.Buffer
	closed bool
}

func (c *closable) Close() error {
	c.closed = true
	return nil
}

// Standard output belongs to the program, which may still have something to say.
func TestWriterStaysOpen(t *testing.T) {
	for _, format := range Formats {
		var w closable
		if err := Write(&w, format, variety()); err != nil {
			t.Fatal(err)
		}
		if w.closed || w.Len() == 0 {
			t.Errorf("%s: %d bytes, closed: %v", format, w.Len(), w.closed)
		}
	}
}

// Whatever goes wrong, no format tells of success.
func TestErrorsAreReturned(t *testing.T) {
	broken := errors.New("broken")
	for _, format := range Formats {
		a := variety()
		a.scanErr = broken
		if err := Write(io.Discard, format, a); !errors.Is(err, broken) {
			t.Errorf("%s: a row that cannot be scanned gives %v", format, err)
		}
		a = variety()
		a.err = broken
		if err := Write(io.Discard, format, a); !errors.Is(err, broken) {
			t.Errorf("%s: rows that end early give %v", format, err)
		}
		full := writerFunc(func([]byte) (int, error) { return 0, broken })
		if err := Write(full, format, variety()); !errors.Is(err, broken) {
			t.Errorf("%s: a full disk gives %v", format, err)
		}
	}
	err := Write(io.Discard, "yaml", variety())
	if err == nil || !strings.Contains(err.Error(), "parquet") {
		t.Errorf("an unknown format gives %v, which does not list the known ones", err)
	}
}

func TestObjectKeepsItsOrder(t *testing.T) {
	var b strings.Builder
	o := Object{{"z", 1}, {"a", nil}, {"<b>", Object{{"y", "<&>"}, {"x", []string{"ү"}}}}, {"empty", Object{}}}
	if err := WriteLine(&b, o); err != nil {
		t.Fatal(err)
	}
	if got, want := b.String(), `{"z":1,"a":null,"<b>":{"y":"<&>","x":["ү"]},"empty":{}}`+"\n"; got != want {
		t.Errorf("%s instead of %s", got, want)
	}
	if err := WriteLine(io.Discard, Object{{"f", func() {}}}); err == nil {
		t.Error("a function is JSON")
	}
}

func TestParseType(t *testing.T) {
	for text, want := range map[string]struct {
		name   string
		inside []typeOf
	}{
		"String":                           {"String", nil},
		"LowCardinality(Nullable(String))": {"String", nil},
		"DateTime64(3, 'UTC')":             {"DateTime64", []typeOf{{"", "3"}, {"", "'UTC'"}}},
		"Array(Nullable(Date))":            {"Array", []typeOf{{"", "Nullable(Date)"}}},
		"Map(String, Array(Date))":         {"Map", []typeOf{{"", "String"}, {"", "Array(Date)"}}},
		"Tuple(a Date, `b c` Map(String, Tuple(x Date, y Date)), d String)": {
			"Tuple", []typeOf{{"a", "Date"}, {"b c", "Map(String, Tuple(x Date, y Date))"}, {"d", "String"}},
		},
	} {
		name, inside := parseType(text)
		if name != want.name {
			t.Errorf("%s is %q instead of %q", text, name, want.name)
		}
		if diff := cmp.Diff(want.inside, inside, cmp.AllowUnexported(typeOf{})); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
	for text, want := range map[string][2]bool{
		"Date": {true, false}, "Nullable(Date32)": {true, false}, "DateTime": {false, false}, "DateTime64(3)": {false, false},
		"Array(Date)": {false, false}, "UInt8": {false, true}, "LowCardinality(Nullable(Int64))": {false, true},
		"Nullable(Decimal(9, 2))": {false, true}, "Float32": {false, true}, "IntervalDay": {false, false}, "String": {false, false},
	} {
		if got := [2]bool{isDate(text), isNumber(text)}; got != want {
			t.Errorf("%s: date %v, number %v", text, got[0], got[1])
		}
	}
}
