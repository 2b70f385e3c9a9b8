// Package record makes Arrow records of a few rows, column by column: for facts that are not so many that a value at a
// time would cost anything.
package record

import (
	"time"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"

	"github.com/qulaq-kz/qulaq"
)

// Column is one column of a table: its Arrow field and how a row fills it. The names are those of the tables in
// the warehouse, where each has its meaning as a comment.
type Column[T any] struct {
	Field arrow.Field
	Fill  func(array.Builder, T)
}

var words = &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Uint16, ValueType: arrow.BinaryTypes.String}

// Text is a text.
func Text[T any](name string, value func(T) string) Column[T] {
	return Column[T]{arrow.Field{Name: name, Type: arrow.BinaryTypes.String}, func(b array.Builder, row T) {
		b.(*array.StringBuilder).Append(value(row))
	}}
}

// Word is a text of few different values.
func Word[T any](name string, value func(T) string) Column[T] {
	return Column[T]{arrow.Field{Name: name, Type: words}, func(b array.Builder, row T) {
		_ = b.(*array.BinaryDictionaryBuilder).AppendString(value(row)) // fails for values of another type only
	}}
}

// Code is a word that is null when it is empty.
func Code[T any](name string, value func(T) string) Column[T] {
	return Column[T]{arrow.Field{Name: name, Type: words, Nullable: true}, func(b array.Builder, row T) {
		if v := value(row); v == "" {
			b.AppendNull()
		} else {
			_ = b.(*array.BinaryDictionaryBuilder).AppendString(v)
		}
	}}
}

// Day is null when it is 0.
func Day[T any](name string, value func(T) qulaq.Day) Column[T] {
	return Column[T]{arrow.Field{Name: name, Type: arrow.FixedWidthTypes.Date32, Nullable: true}, func(b array.Builder, row T) {
		if v := value(row); v == 0 {
			b.AppendNull()
		} else {
			b.(*array.Date32Builder).Append(arrow.Date32(v))
		}
	}}
}

// Yes is a truth value.
func Yes[T any](name string, value func(T) bool) Column[T] {
	return Column[T]{arrow.Field{Name: name, Type: arrow.FixedWidthTypes.Boolean}, func(b array.Builder, row T) {
		b.(*array.BooleanBuilder).Append(value(row))
	}}
}

// Small is a number up to 65,535; a larger one is cut to that, a negative one to 0.
func Small[T any](name string, value func(T) int) Column[T] {
	return Column[T]{arrow.Field{Name: name, Type: arrow.PrimitiveTypes.Uint16}, func(b array.Builder, row T) {
		b.(*array.Uint16Builder).Append(uint16(min(max(value(row), 0), 1<<16-1)))
	}}
}

// Count is a number that is not negative.
func Count[T any](name string, value func(T) int) Column[T] {
	return Column[T]{arrow.Field{Name: name, Type: arrow.PrimitiveTypes.Uint32}, func(b array.Builder, row T) {
		b.(*array.Uint32Builder).Append(uint32(max(value(row), 0)))
	}}
}

var seconds = &arrow.TimestampType{Unit: arrow.Second, TimeZone: "Asia/Almaty"}

// Moment is a time, to the second.
func Moment[T any](name string, value func(T) time.Time) Column[T] {
	return Column[T]{arrow.Field{Name: name, Type: seconds}, func(b array.Builder, row T) {
		b.(*array.TimestampBuilder).Append(arrow.Timestamp(value(row).Unix()))
	}}
}

// MomentOrNull is a moment that is null when it is zero.
func MomentOrNull[T any](name string, value func(T) time.Time) Column[T] {
	return Column[T]{arrow.Field{Name: name, Type: seconds, Nullable: true}, func(b array.Builder, row T) {
		if v := value(row); v.IsZero() {
			b.AppendNull()
		} else {
			b.(*array.TimestampBuilder).Append(arrow.Timestamp(v.Unix()))
		}
	}}
}

// Whole is a whole number that is null when ok is false.
func Whole[T any](name string, value func(T) (n int64, ok bool)) Column[T] {
	return Column[T]{arrow.Field{Name: name, Type: arrow.PrimitiveTypes.Int64, Nullable: true}, func(b array.Builder, row T) {
		if n, ok := value(row); ok {
			b.(*array.Int64Builder).Append(n)
		} else {
			b.AppendNull()
		}
	}}
}

// Float is a number with a fraction.
func Float[T any](name string, value func(T) float64) Column[T] {
	return Column[T]{arrow.Field{Name: name, Type: arrow.PrimitiveTypes.Float64}, func(b array.Builder, row T) {
		b.(*array.Float64Builder).Append(value(row))
	}}
}

// Of makes a record, nil of no rows. The caller releases it.
func Of[T any](columns []Column[T], rows []T) arrow.Record {
	if len(rows) == 0 {
		return nil
	}
	fields := make([]arrow.Field, len(columns))
	for i, c := range columns {
		fields[i] = c.Field
	}
	b := array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema(fields, nil))
	defer b.Release()
	for _, row := range rows {
		for i, c := range columns {
			c.Fill(b.Field(i), row)
		}
	}
	return b.NewRecord()
}
