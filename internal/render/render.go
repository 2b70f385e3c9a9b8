// Package render writes rows for people and for programs: as a table, CSV, JSON lines or Parquet.
//
// The rules are those of every output of the program: dates are YYYY-MM-DD, times RFC 3339 with the
// offset, an unknown value is null in JSON and empty elsewhere. No cell of CSV is a formula to a spreadsheet.
package render

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"math/big"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Rows is an answer, read row by row.
type Rows interface {
	Columns() []string
	Types() []string // ClickHouse's names of the types
	Into() []any     // new places for the values of one row
	Next() bool
	Scan(into ...any) error
	Err() error
}

// Formats lists what Write knows.
var Formats = []string{"table", "csv", "json", "parquet"}

// Write writes all rows in a format. A format it does not know is an error.
func Write(w io.Writer, format string, rows Rows) error {
	switch format {
	case "table":
		return writeTable(w, rows)
	case "csv":
		return writeCSV(w, rows)
	case "json":
		return writeJSON(w, rows)
	case "parquet":
		return writeParquet(w, rows)
	}
	return fmt.Errorf("there is no format %q: use %s", format, strings.Join(Formats, ", "))
}

// each calls f with the values of every row: nil for null, else a value of the column's Go type.
func each(rows Rows, f func([]any) error) error {
	into := rows.Into()
	values := make([]any, len(into))
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for i, p := range into {
			values[i] = deref(reflect.ValueOf(p).Elem())
		}
		if err := f(values); err != nil {
			return err
		}
	}
	return rows.Err()
}

func deref(v reflect.Value) any {
	for v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return nil
		}
		if n, ok := v.Interface().(*big.Int); ok {
			return n // it is printed by its address only
		}
		v = v.Elem()
	}
	return v.Interface()
}

// jsonValue turns a value into what encoding/json writes by our rules, those inside of arrays, maps and
// tuples too.
func jsonValue(v any, columnType string) any {
	switch x := v.(type) {
	case nil, string:
		return v
	case time.Time:
		if isDate(columnType) {
			return x.Format(time.DateOnly)
		}
		return x.Format(time.RFC3339Nano) // without a fraction when there is none
	case float64:
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return nil
		}
		return v
	case float32:
		if f := float64(x); math.IsNaN(f) || math.IsInf(f, 0) {
			return nil
		}
		return v
	case fmt.Stringer: // UUID and addresses know how they are written
		if isNumber(columnType) {
			return json.Number(x.String())
		}
		return v
	}
	r := reflect.ValueOf(v)
	_, inside := parseType(columnType)
	switch r.Kind() {
	case reflect.Pointer:
		return jsonValue(deref(r), columnType)
	case reflect.Slice, reflect.Array:
		list := make([]any, r.Len())
		for i := range list {
			list[i] = jsonValue(r.Index(i).Interface(), typeAt(inside, i))
		}
		return list
	case reflect.Map:
		return jsonMap(r, columnType, inside)
	}
	return v
}

// jsonMap writes a map, whose keys are in order, or a tuple with names, whose names are in theirs.
func jsonMap(m reflect.Value, columnType string, inside []typeOf) any {
	if name, _ := parseType(columnType); name == "Tuple" && m.Type().Key().Kind() == reflect.String {
		o := make(Object, 0, len(inside))
		for _, t := range inside {
			if value := m.MapIndex(reflect.ValueOf(t.name).Convert(m.Type().Key())); value.IsValid() {
				o = append(o, Field{t.name, jsonValue(value.Interface(), t.text)})
			}
		}
		if len(o) == m.Len() {
			return o
		}
	}
	out := make(map[string]any, m.Len())
	for i := m.MapRange(); i.Next(); {
		out[text(i.Key().Interface(), typeAt(inside, 0))] = jsonValue(i.Value().Interface(), typeAt(inside, 1))
	}
	return out
}

// text writes a value for people: null is empty.
func text(v any, columnType string) string {
	switch x := jsonValue(v, columnType).(type) {
	case nil:
		return ""
	case string:
		return x
	case bool:
		return strconv.FormatBool(x)
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	case float32:
		return strconv.FormatFloat(float64(x), 'f', -1, 32)
	case fmt.Stringer:
		return x.String()
	default:
		switch reflect.TypeOf(x).Kind() {
		case reflect.Slice, reflect.Map, reflect.Struct, reflect.Array:
			if b, err := marshal(x); err == nil {
				return string(b)
			}
		}
		return fmt.Sprint(x)
	}
}

func writeJSON(w io.Writer, rows Rows) error {
	return Each(rows, func(o Object) error { return WriteLine(w, o) })
}

// Each calls f with every row as a JSON object.
func Each(rows Rows, f func(Object) error) error {
	columns, types := rows.Columns(), rows.Types()
	return each(rows, func(values []any) error {
		o := make(Object, len(values))
		for i, v := range values {
			o[i] = Field{columns[i], jsonValue(v, types[i])}
		}
		return f(o)
	})
}

// Object is a JSON object whose fields keep their order.
type Object []Field

// Field is a name and a value.
type Field struct {
	Name  string
	Value any
}

// MarshalJSON implements json.Marshaler.
func (o Object) MarshalJSON() ([]byte, error) {
	b := []byte{'{'}
	for i, f := range o {
		if i > 0 {
			b = append(b, ',')
		}
		for j, part := range []any{f.Name, f.Value} {
			text, err := marshal(part)
			if err != nil {
				return nil, err
			}
			if j == 1 {
				b = append(b, ':')
			}
			b = append(b, text...)
		}
	}
	return append(b, '}'), nil
}

// marshal writes JSON as people read it: <, > and & stay as they are.
func marshal(v any) ([]byte, error) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return []byte(strings.TrimSuffix(b.String(), "\n")), nil
}

// WriteLine writes one JSON object and a line end.
func WriteLine(w io.Writer, o Object) error {
	b, err := o.MarshalJSON()
	if err != nil {
		return err
	}
	_, err = w.Write(append(b, '\n'))
	return err
}

func writeCSV(w io.Writer, rows Rows) error {
	types := rows.Types()
	out := csv.NewWriter(w)
	if err := out.Write(Cells(slices.Clone(rows.Columns()))); err != nil {
		return err
	}
	line := make([]string, len(types))
	err := each(rows, func(values []any) error {
		for i, v := range values {
			line[i] = Cell(text(v, types[i]))
		}
		return out.Write(line)
	})
	out.Flush()
	if err == nil {
		err = out.Error()
	}
	return err
}

// A table is measured on its first rows and then written as it comes, so that any number of rows fits.
const (
	measured = 1000
	widest   = 60 // characters of a cell
)

func writeTable(w io.Writer, rows Rows) error {
	types := rows.Types()
	t := NewTable(w, rows.Columns()...)
	for i, name := range types {
		if isNumber(name) {
			t.Right(i)
		}
	}
	err := each(rows, func(values []any) error {
		line := make([]string, len(values))
		for i, v := range values {
			line[i] = text(v, types[i])
		}
		return t.Row(line...)
	})
	if e := t.Flush(); err == nil {
		err = e
	}
	return err
}

// Table writes aligned columns. It is not safe for concurrent use.
type Table struct {
	w      io.Writer
	head   []string
	right  map[int]bool
	rows   [][]string
	widths []int
	err    error
}

// NewTable begins a table with a line of headings.
func NewTable(w io.Writer, head ...string) *Table {
	return &Table{w: w, head: head, right: map[int]bool{}}
}

// Right aligns a column to the right, as numbers are.
func (t *Table) Right(column int) { t.right[column] = true }

// Row adds a row.
func (t *Table) Row(cells ...string) error {
	row := make([]string, len(t.head))
	for i := range row {
		if i < len(cells) {
			row[i] = clip(cells[i])
		}
	}
	t.rows = append(t.rows, row)
	if len(t.rows) >= measured {
		return t.Flush()
	}
	return t.err
}

// clip makes a cell one line of bounded width.
func clip(s string) string {
	s = strings.Join(strings.FieldsFunc(s, commands), " ")
	if utf8.RuneCountInString(s) <= widest {
		return s
	}
	return string([]rune(s)[:widest-1]) + "…"
}

// commands says whether a character would command a terminal, or turn the line around, and not only be shown.
func commands(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }

// Plain is text with words of others in it, names of files or rows, as a terminal may be shown it. Its lines stay lines.
func Plain(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && commands(r) {
			return ' '
		}
		return r
	}, text)
}

// Flush writes what was not written yet.
func (t *Table) Flush() error {
	first := t.widths == nil
	if first {
		t.widths = make([]int, len(t.head))
		for _, row := range append([][]string{t.head}, t.rows...) {
			for i, c := range row {
				t.widths[i] = max(t.widths[i], utf8.RuneCountInString(c))
			}
		}
		t.line(t.head, ' ')
		t.line(make([]string, len(t.head)), '-')
	}
	for _, row := range t.rows {
		t.line(row, ' ')
	}
	t.rows = t.rows[:0]
	return t.err
}

func (t *Table) line(cells []string, fill rune) {
	if t.err != nil {
		return
	}
	var b strings.Builder
	for i, c := range cells {
		if i > 0 {
			b.WriteString("  ")
		}
		pad := strings.Repeat(string(fill), max(0, t.widths[i]-utf8.RuneCountInString(c)))
		if t.right[i] {
			b.WriteString(pad + c)
		} else {
			b.WriteString(c + pad)
		}
	}
	_, t.err = fmt.Fprintln(t.w, strings.TrimRight(b.String(), " "))
}
