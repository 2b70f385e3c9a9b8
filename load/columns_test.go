package load

import (
	"context"
	"flag"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/column"
	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// pair is a way from an Arrow column to a ClickHouse column. Values are drawn as what the server prints
// for them.
type pair struct {
	to    string
	from  arrow.DataType
	print string // expression of the column c
	draw  func(*rapid.T) (value any, printed string)
}

func (p pair) nullable() bool { return strings.Contains(p.to, "Nullable") }

func drawText(r *rapid.T) (any, string) {
	s := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "a", "ңғүұқө", "\x00", strings.Repeat("ж", 200)})).Draw(r, "text")
	return s, s
}

func drawNumber(low, high int64) func(*rapid.T) (any, string) {
	return func(r *rapid.T) (any, string) {
		n := rapid.Int64Range(low, high).Draw(r, "number")
		return n, fmt.Sprint(n)
	}
}

var pairs = []pair{
	{"String", arrow.BinaryTypes.String, "c", drawText},
	{"Nullable(String)", arrow.BinaryTypes.String, "c", drawText},
	{"LowCardinality(String)", dictionary, "c", drawText},
	{"LowCardinality(Nullable(String))", dictionary, "c", drawText},
	{"DateTime('Asia/Almaty')", seconds, "toUnixTimestamp(c)", drawNumber(0, math.MaxUint32)},
	{"Nullable(DateTime('Asia/Almaty'))", seconds, "toUnixTimestamp(c)", drawNumber(0, math.MaxUint32)},
	{"DateTime64(3, 'UTC')", millis, "toUnixTimestamp64Milli(c)", drawNumber(-2e12, 4e12)},
	{"Nullable(DateTime64(3, 'UTC'))", millis, "toUnixTimestamp64Milli(c)", drawNumber(-2e12, 4e12)},
	{"Nullable(Bool)", arrow.FixedWidthTypes.Boolean, "toUInt8(c)", func(r *rapid.T) (any, string) {
		b := rapid.Bool().Draw(r, "flag")
		return b, map[bool]string{true: "1", false: "0"}[b]
	}},
	{"Int16", arrow.PrimitiveTypes.Int16, "c", drawNumber(math.MinInt16, math.MaxInt16)},
	{"UInt32", arrow.PrimitiveTypes.Uint32, "c", drawNumber(0, math.MaxUint32)},
}

func appendTo(b array.Builder, v any) {
	switch b := b.(type) {
	case *array.StringBuilder:
		b.Append(v.(string))
	case *array.BinaryDictionaryBuilder:
		if err := b.AppendString(v.(string)); err != nil {
			panic(err)
		}
	case *array.TimestampBuilder:
		b.Append(arrow.Timestamp(v.(int64)))
	case *array.BooleanBuilder:
		b.Append(v.(bool))
	case *array.Int16Builder:
		b.Append(int16(v.(int64)))
	case *array.Uint32Builder:
		b.Append(uint32(v.(int64)))
	}
}

// TestColumnsComeBackEqual is the law of columns: what Arrow holds is what the server prints, nulls
// included, whatever block came before and also of a slice.
func TestColumnsComeBackEqual(t *testing.T) {
	checks := flag.Lookup("rapid.checks")
	if few := checks.Value.String(); few == "100" {
		if err := checks.Value.Set("40"); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = checks.Value.Set(few) }()
	}
	w := connect(t)
	ctx := context.Background()
	var columns, prints []string
	var fields []arrow.Field
	for i, p := range pairs {
		name := fmt.Sprintf("c%d", i)
		columns = append(columns, name+" "+p.to)
		prints = append(prints, "toString("+strings.ReplaceAll(p.print, "c", name)+")")
		if strings.HasPrefix(p.print, "to") {
			prints[i] = "toString(" + strings.ReplaceAll(p.print, "(c)", "("+name+")") + ")"
		}
		fields = append(fields, arrow.Field{Name: name, Type: p.from, Nullable: p.nullable()})
	}
	if err := w.Do(ctx, "CREATE TABLE t (n UInt32, "+strings.Join(columns, ", ")+") ENGINE = MergeTree ORDER BY n"); err != nil {
		t.Fatal(err)
	}
	fields = append(fields, arrow.Field{Name: "n", Type: arrow.PrimitiveTypes.Uint32})
	schema := arrow.NewSchema(fields, nil)
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name
	}
	rapid.Check(t, func(r *rapid.T) {
		if err := w.Do(ctx, "TRUNCATE TABLE t SYNC"); err != nil {
			r.Fatal(err)
		}
		batch, err := w.conn.PrepareBatch(ctx, "INSERT INTO t ("+strings.Join(names, ", ")+")")
		if err != nil {
			r.Fatal(err)
		}
		defer batch.Close()
		f := newFiller()
		want := []string{}
		var n uint32
		for range rapid.IntRange(1, 3).Draw(r, "blocks") {
			b := array.NewRecordBuilder(arrowMemory, schema)
			rows := rapid.IntRange(1, 20).Draw(r, "rows")
			from := rapid.IntRange(0, rows-1).Draw(r, "from")
			to := rapid.IntRange(from+1, rows).Draw(r, "to")
			nulls := rapid.SampledFrom([]string{"none", "some", "all"}).Draw(r, "nulls")
			for row := range rows {
				line := make([]string, len(pairs))
				for i, p := range pairs {
					if p.nullable() && (nulls == "all" || nulls == "some" && rapid.Bool().Draw(r, "null")) {
						b.Field(i).AppendNull()
						line[i] = "null"
						continue
					}
					var v any
					v, line[i] = p.draw(r)
					appendTo(b.Field(i), v)
				}
				b.Field(len(pairs)).(*array.Uint32Builder).Append(n)
				n++
				if from <= row && row < to {
					want = append(want, strings.Join(line, " | "))
				}
			}
			whole := b.NewRecord()
			record := whole.NewSlice(int64(from), int64(to))
			for i, c := range record.Columns() {
				if err := f.fill(batch.Columns()[i], c); err != nil {
					r.Fatal(err)
				}
			}
			record.Release()
			whole.Release()
			b.Release()
			if err := batch.Flush(); err != nil {
				r.Fatal(err)
			}
		}
		if err := batch.Send(); err != nil {
			r.Fatal(err)
		}
		if diff := cmp.Diff(want, ask(t, w, "SELECT "+strings.Join(prints, ", ")+" FROM t ORDER BY n")); diff != "" {
			r.Fatalf("read back (-written +read):\n%s", diff)
		}
	})
}

// newColumn makes a column of a block as the driver does.
func newColumn(t testing.TB, kind string) column.Interface {
	t.Helper()
	c, err := column.Type(kind).Column("c", &column.ServerContext{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// sampleOf is an array of two values, or of two nulls.
func sampleOf(dt arrow.DataType, null bool) arrow.Array {
	b := array.NewBuilder(arrowMemory, dt)
	defer b.Release()
	for range 2 {
		if null {
			b.AppendNull()
		} else {
			b.AppendEmptyValue()
		}
	}
	return b.NewArray()
}

func TestColumnsThatDoNotFitAreErrors(t *testing.T) {
	good := map[string]bool{}
	for _, p := range pairs {
		good[p.from.String()+" to "+p.to] = true
	}
	froms := []arrow.DataType{
		arrow.BinaryTypes.String, dictionary, seconds, millis, arrow.FixedWidthTypes.Boolean,
		arrow.PrimitiveTypes.Int16, arrow.PrimitiveTypes.Uint32,
		arrow.PrimitiveTypes.Int8, arrow.PrimitiveTypes.Float64, arrow.FixedWidthTypes.Date32, arrow.BinaryTypes.Binary,
		&arrow.TimestampType{Unit: arrow.Microsecond},
		&arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int32, ValueType: arrow.BinaryTypes.String},
		&arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Uint16, ValueType: arrow.PrimitiveTypes.Int64},
	}
	for _, p := range pairs {
		for _, from := range froms {
			name := from.String() + " to " + p.to
			t.Run(name, func(t *testing.T) {
				values := sampleOf(from, false)
				defer values.Release()
				err := newFiller().fill(newColumn(t, p.to), values)
				if good[name] != (err == nil) {
					t.Errorf("values: %v", err)
				}
				if !good[name] {
					return
				}
				nulls := sampleOf(from, true)
				defer nulls.Release()
				if err := newFiller().fill(newColumn(t, p.to), nulls); p.nullable() != (err == nil) {
					t.Errorf("nulls: %v", err)
				}
			})
		}
	}
}

func TestDictionaries(t *testing.T) {
	w := connect(t)
	ctx := context.Background()
	if err := w.Do(ctx, "CREATE TABLE t (a LowCardinality(String), b LowCardinality(Nullable(String))) ENGINE = MergeTree ORDER BY tuple()"); err != nil {
		t.Fatal(err)
	}
	build := func(values, rows int) arrow.Array {
		words := array.NewStringBuilder(arrowMemory)
		defer words.Release()
		for i := range values {
			words.Append(fmt.Sprint("value", i))
		}
		list := words.NewArray()
		defer list.Release()
		keys := array.NewUint16Builder(arrowMemory)
		defer keys.Release()
		for i := range rows {
			keys.Append(uint16(i % max(values, 1)))
		}
		indexes := keys.NewArray()
		defer indexes.Release()
		return array.NewDictionaryArray(dictionary, indexes, list)
	}
	send := func(c arrow.Array) error {
		batch, err := w.conn.PrepareBatch(clickhouse.Context(ctx), "INSERT INTO t (a, b)")
		if err != nil {
			return err
		}
		defer batch.Close()
		f := newFiller()
		for _, to := range batch.Columns() {
			if err := f.fill(to, c); err != nil {
				return err
			}
		}
		return batch.Send()
	}
	for _, c := range []struct {
		name                     string
		values, rows             int
		unique, uniqueNull, last string
	}{
		{"values that no row uses", 10, 1, "1", "1", "value0"},
		{"one value of many rows", 1, 40_000, "1", "1", "value0"},
		{"as many as a block has rows", 1 << 15, 1 << 15, "32768", "32768", "value32767"},
		{"the most that sixteen bits leave beside the default", math.MaxUint16, math.MaxUint16, "65535", "65535", "value65534"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := w.Do(ctx, "TRUNCATE TABLE t SYNC"); err != nil {
				t.Fatal(err)
			}
			a := build(c.values, c.rows)
			defer a.Release()
			if err := send(a); err != nil {
				t.Fatal(err)
			}
			got := ask(t, w, "SELECT toString(count()), toString(uniqExact(a)), toString(uniqExact(b)), toString(argMaxOrNull(toString(b), length(b) * 100000 + toUInt32OrZero(substring(toString(b), 6)))) FROM t")
			if want := fmt.Sprintf("%d | %s | %s | %s", c.rows, c.unique, c.uniqueNull, c.last); got[0] != want {
				t.Errorf("%s, want %s", got[0], want)
			}
		})
	}
}
