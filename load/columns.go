package load

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"unsafe"

	chproto "github.com/ClickHouse/ch-go/proto"
	"github.com/ClickHouse/clickhouse-go/v2/lib/column"
	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
)

// filler moves Arrow columns into the columns of a ClickHouse block.
//
// The driver's own Append takes values one by one, boxed: for a column of codes that is an allocation and
// a hash a row. But its columns also decode the native format, which for fixed widths is the very memory
// of an Arrow column, and for a LowCardinality column is a dictionary and keys, as Arrow has them. So a
// column is written once into a scratch buffer in the native format, and decoded from there: a copy of
// memory, nothing per row.
type filler struct {
	scratch []byte
	texts   []string // headers of one column at a time
	source  bytes.Reader
	reader  *chproto.Reader
}

func newFiller() *filler {
	f := &filler{}
	f.reader = chproto.NewReader(&f.source)
	return f
}

// fill replaces a column's content by an Arrow array's.
func (f *filler) fill(to column.Interface, from arrow.Array) error {
	to.Reset()
	if from.Len() == 0 {
		return nil
	}
	if s, ok := from.(*array.String); ok && s.NullN() == 0 && to.Type() == "String" {
		f.texts = f.texts[:0]
		for i := range s.Len() {
			f.texts = append(f.texts, s.Value(i))
		}
		_, err := to.Append(f.texts)
		return err
	}
	f.scratch = f.scratch[:0]
	if strings.HasPrefix(string(to.Type()), "Nullable(") {
		f.nulls(from)
	} else if from.NullN() > 0 && from.DataType().ID() != arrow.DICTIONARY {
		return fmt.Errorf("column %s cannot hold %d nulls", to.Name(), from.NullN())
	}
	if !fits(string(to.Type()), from) {
		return fmt.Errorf("column %s: no way from Arrow %s to %s", to.Name(), from.DataType(), to.Type())
	}
	if err := f.values(to, from); err != nil {
		return err
	}
	f.source.Reset(f.scratch)
	if err := to.Decode(f.reader, from.Len()); err != nil {
		return fmt.Errorf("column %s: %w", to.Name(), err)
	}
	if _, err := f.reader.ReadByte(); to.Rows() != from.Len() || !errors.Is(err, io.EOF) {
		return fmt.Errorf("column %s took %d of %d rows", to.Name(), to.Rows(), from.Len())
	}
	return nil
}

// fits says whether values of an Arrow column mean the same in a column of that ClickHouse type. Widths
// alone do not tell: a DateTime would take any 32 bits.
func fits(columnType string, from arrow.Array) bool {
	columnType = strings.TrimSuffix(strings.TrimPrefix(columnType, "Nullable("), ")")
	switch from.DataType().ID() {
	case arrow.BOOL:
		return columnType == "Bool"
	case arrow.STRING:
		return columnType == "String"
	case arrow.TIMESTAMP:
		return strings.HasPrefix(columnType, "DateTime")
	case arrow.DICTIONARY:
		return strings.HasPrefix(columnType, "LowCardinality(")
	case arrow.DATE32:
		return columnType == "Date32"
	case arrow.INT16:
		return columnType == "Int16"
	case arrow.UINT16:
		return columnType == "UInt16"
	case arrow.INT64:
		return columnType == "Int64"
	case arrow.UINT32:
		return columnType == "UInt32"
	case arrow.FLOAT64:
		return columnType == "Float64"
	case arrow.UINT64:
		return columnType == "UInt64"
	}
	return false
}

// nulls writes a byte a row: 1 for null.
func (f *filler) nulls(from arrow.Array) {
	if from.NullN() == 0 {
		f.scratch = append(f.scratch, make([]byte, from.Len())...)
		return
	}
	for i := range from.Len() {
		b := byte(0)
		if from.IsNull(i) {
			b = 1
		}
		f.scratch = append(f.scratch, b)
	}
}

// values writes the values in the native format of the column's type. The format is little-endian, as
// all machines are that the engine runs on.
func (f *filler) values(to column.Interface, from arrow.Array) error {
	switch a := from.(type) {
	case *array.Timestamp:
		return f.timestamps(to, a)
	case *array.Uint32:
		f.scratch = append(f.scratch, bytesOf(a.Uint32Values())...)
	case *array.Uint64:
		f.scratch = append(f.scratch, bytesOf(a.Uint64Values())...)
	case *array.Int64:
		f.scratch = append(f.scratch, bytesOf(a.Int64Values())...)
	case *array.Date32:
		f.scratch = append(f.scratch, bytesOf(a.Date32Values())...)
	case *array.Float64:
		f.scratch = append(f.scratch, bytesOf(a.Float64Values())...)
	case *array.Int16:
		f.scratch = append(f.scratch, bytesOf(a.Int16Values())...)
	case *array.Uint16:
		f.scratch = append(f.scratch, bytesOf(a.Uint16Values())...)
	case *array.Boolean:
		for i := range a.Len() {
			b := byte(0)
			if a.IsValid(i) && a.Value(i) {
				b = 1
			}
			f.scratch = append(f.scratch, b)
		}
	case *array.String:
		for i := range a.Len() {
			f.text(a.Value(i))
		}
	case *array.Dictionary:
		return f.dictionary(to, a)
	default:
		return fmt.Errorf("column %s: no way from Arrow %s to %s", to.Name(), from.DataType(), to.Type())
	}
	return nil
}

// timestamps writes a DateTime (seconds, 32 bits) or a DateTime64 (the Arrow unit, 64 bits).
func (f *filler) timestamps(to column.Interface, a *array.Timestamp) error {
	unit := a.DataType().(*arrow.TimestampType).Unit
	wide := strings.Contains(string(to.Type()), "DateTime64")
	if wide != (unit == arrow.Millisecond) || !wide && unit != arrow.Second {
		return fmt.Errorf("column %s: no way from timestamps in %s to %s", to.Name(), unit, to.Type())
	}
	if wide && a.NullN() == 0 {
		f.scratch = append(f.scratch, bytesOf(a.TimestampValues())...)
		return nil
	}
	for i, t := range a.TimestampValues() {
		if a.IsNull(i) {
			t = 0 // Arrow leaves it open
		}
		if !wide && (t < 0 || t > math.MaxUint32) {
			return fmt.Errorf("column %s: %d seconds do not fit %s", to.Name(), t, to.Type())
		}
		if wide {
			f.scratch = binary.LittleEndian.AppendUint64(f.scratch, uint64(t))
		} else {
			f.scratch = binary.LittleEndian.AppendUint32(f.scratch, uint32(t))
		}
	}
	return nil
}

// The head of a LowCardinality column: 16-bit keys, a dictionary of its own that replaces the one before.
const lowCardinality16 = 1 | 1<<9 | 1<<10

// dictionary writes a LowCardinality column. The server's dictionaries begin with the default value, or
// with null where the type allows it: Arrow's indexes move up by one.
func (f *filler) dictionary(to column.Interface, a *array.Dictionary) error {
	values, ok := a.Dictionary().(*array.String)
	keys, ok16 := a.Indices().(*array.Uint16)
	if !ok || !ok16 {
		return fmt.Errorf("column %s: no way from Arrow %s to %s", to.Name(), a.DataType(), to.Type())
	}
	if values.Len() > math.MaxUint16 { // the keys move up by one
		return fmt.Errorf("column %s: a dictionary of %d values", to.Name(), values.Len())
	}
	nullable := strings.Contains(string(to.Type()), "Nullable")
	if a.NullN() > 0 && !nullable {
		return fmt.Errorf("column %s cannot hold %d nulls", to.Name(), a.NullN())
	}
	f.scratch = binary.LittleEndian.AppendUint64(f.scratch, lowCardinality16)
	f.scratch = binary.LittleEndian.AppendUint64(f.scratch, uint64(values.Len()+1))
	f.text("")
	for i := range values.Len() {
		f.text(values.Value(i))
	}
	f.scratch = binary.LittleEndian.AppendUint64(f.scratch, uint64(keys.Len()))
	if keys.NullN() == 0 {
		for _, k := range keys.Uint16Values() {
			f.scratch = binary.LittleEndian.AppendUint16(f.scratch, k+1)
		}
		return nil
	}
	for i, k := range keys.Uint16Values() {
		if keys.IsNull(i) {
			k = ^uint16(0) // becomes 0
		}
		f.scratch = binary.LittleEndian.AppendUint16(f.scratch, k+1)
	}
	return nil
}

func (f *filler) text(s string) {
	f.scratch = binary.AppendUvarint(f.scratch, uint64(len(s)))
	f.scratch = append(f.scratch, s...)
}

// bytesOf views numbers as the bytes they are in memory.
func bytesOf[T ~int16 | ~uint16 | ~int32 | ~uint32 | ~int64 | ~uint64 | ~float64](v []T) []byte {
	if len(v) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(&v[0])), len(v)*int(unsafe.Sizeof(v[0])))
}
