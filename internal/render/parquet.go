package render

import (
	"io"
	"time"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/compress"
	"github.com/apache/arrow/go/v17/parquet/pqarrow"
)

// rowGroup is how many rows are held before they are written.
const rowGroup = 50_000

// arrowType returns the Arrow type for a ClickHouse type; what has no simple one becomes its text.
func arrowType(t string) arrow.DataType {
	name, _ := parseType(t)
	if a, ok := arrowTypes[name]; ok {
		return a
	}
	return arrow.BinaryTypes.String
}

var arrowTypes = map[string]arrow.DataType{
	"Bool": arrow.FixedWidthTypes.Boolean,
	"Int8": arrow.PrimitiveTypes.Int64, "Int16": arrow.PrimitiveTypes.Int64, "Int32": arrow.PrimitiveTypes.Int64, "Int64": arrow.PrimitiveTypes.Int64,
	"UInt8": arrow.PrimitiveTypes.Int64, "UInt16": arrow.PrimitiveTypes.Int64, "UInt32": arrow.PrimitiveTypes.Int64, "UInt64": arrow.PrimitiveTypes.Uint64,
	"Float32": arrow.PrimitiveTypes.Float64, "Float64": arrow.PrimitiveTypes.Float64,
	"Date": arrow.FixedWidthTypes.Date32, "Date32": arrow.FixedWidthTypes.Date32,
	"DateTime": arrow.FixedWidthTypes.Timestamp_ms, "DateTime64": arrow.FixedWidthTypes.Timestamp_ms,
}

func writeParquet(w io.Writer, rows Rows) error {
	types := rows.Types()
	fields := make([]arrow.Field, len(types))
	for i, name := range rows.Columns() {
		fields[i] = arrow.Field{Name: name, Type: arrowType(types[i]), Nullable: true}
	}
	schema := arrow.NewSchema(fields, nil)
	sink := &patient{w: w}
	out, err := pqarrow.NewFileWriter(schema, sink,
		parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Zstd)), pqarrow.DefaultWriterProps())
	if err != nil {
		return err
	}
	b := array.NewRecordBuilder(memory.NewGoAllocator(), schema)
	defer b.Release()
	flush := func() error {
		record := b.NewRecord()
		defer record.Release()
		if err := out.Write(record); err != nil {
			return err
		}
		return sink.err
	}
	n := 0
	err = each(rows, func(values []any) error {
		for i, v := range values {
			appendValue(b.Field(i), v, types[i])
		}
		if n++; n%rowGroup == 0 {
			return flush()
		}
		return nil
	})
	if err == nil {
		err = flush()
	}
	if e := out.Close(); err == nil {
		err = e
	}
	if sink.err != nil {
		return sink.err
	}
	return err
}

// patient keeps the library from two habits: it panics when the first bytes cannot be written, and closes
// what it can close, standard output as well. Errors are kept for the caller to ask for.
type patient struct {
	w   io.Writer
	err error
}

func (p *patient) Write(b []byte) (int, error) {
	if p.err == nil {
		_, p.err = p.w.Write(b)
	}
	return len(b), nil
}

// appendValue appends a value; one that does not fit the column's type is null.
func appendValue(to array.Builder, v any, columnType string) {
	switch b := to.(type) {
	case *array.BooleanBuilder:
		if x, ok := v.(bool); ok {
			b.Append(x)
			return
		}
	case *array.Int64Builder:
		if x, ok := integer(v); ok {
			b.Append(x)
			return
		}
	case *array.Uint64Builder:
		if x, ok := v.(uint64); ok {
			b.Append(x)
			return
		}
	case *array.Float64Builder:
		switch x := v.(type) {
		case float64:
			b.Append(x)
			return
		case float32:
			b.Append(float64(x))
			return
		}
	case *array.Date32Builder:
		if x, ok := v.(time.Time); ok {
			b.Append(arrow.Date32FromTime(x))
			return
		}
	case *array.TimestampBuilder:
		if x, ok := v.(time.Time); ok {
			b.Append(arrow.Timestamp(x.UnixMilli()))
			return
		}
	case *array.StringBuilder:
		if v != nil {
			b.Append(text(v, columnType))
			return
		}
	}
	to.AppendNull()
}

func integer(v any) (int64, bool) {
	switch x := v.(type) {
	case int8:
		return int64(x), true
	case int16:
		return int64(x), true
	case int32:
		return int64(x), true
	case int64:
		return x, true
	case uint8:
		return int64(x), true
	case uint16:
		return int64(x), true
	case uint32:
		return int64(x), true
	}
	return 0, false
}
