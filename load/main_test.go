package load

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/load/embedded/embeddedtest"
)

func TestMain(m *testing.M) { embeddedtest.Main(m) }

// connect opens a warehouse on an empty database.
func connect(t testing.TB) *Warehouse {
	t.Helper()
	addr, database := embeddedtest.Database(t)
	w, err := Open(t.Context(), Options{Address: "clickhouse://" + addr + "/" + database + embeddedtest.Hurried, Memory: 1 << 30, Program: "test", Version: "1"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w
}

// migrated opens a warehouse with all tables and views.
func migrated(t testing.TB) *Warehouse {
	t.Helper()
	w := connect(t)
	if _, err := w.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return w
}

// empty removes all complaints and forgets their loads; sooner than another schema is made.
func empty(t testing.TB, w *Warehouse) {
	t.Helper()
	for _, table := range []string{"complaints", "loads"} {
		if err := w.Do(context.Background(), "TRUNCATE TABLE "+table+" SYNC"); err != nil {
			t.Fatal(err)
		}
	}
}

// ask returns an answer as lines of words between bars.
func ask(t testing.TB, w *Warehouse, question string, args ...any) []string {
	t.Helper()
	a, err := w.Ask(context.Background(), question, args...)
	if err != nil {
		t.Fatal(err)
	}
	return embeddedtest.Lines(t, a)
}

// wantError demands an error of a kind that says certain words.
func wantError(t testing.TB, err error, kind qulaq.Kind, words ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error; want one of kind %s", kind)
	}
	if qulaq.KindOf(err) != kind {
		t.Errorf("kind %s, want %s: %v", qulaq.KindOf(err), kind, err)
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("the error does not say %q: %v", word, err)
		}
	}
}

var (
	dictionary = &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Uint16, ValueType: arrow.BinaryTypes.String}
	seconds    = &arrow.TimestampType{Unit: arrow.Second, TimeZone: "Asia/Almaty"}
	millis     = &arrow.TimestampType{Unit: arrow.Millisecond}
)

// fact is a complaint as these tests tell them apart.
type fact struct {
	ID   string
	Day  string // of registration, YYYY-MM-DD
	Text string
}

// export is a file of one source, made at one time.
type export struct {
	Source string
	Hash   byte   // tells snapshots apart
	Made   string // YYYY-MM-DD
	Facts  []fact
}

func (x export) hash() qulaq.Hash { return qulaq.Hash{x.Hash} }

func at(t testing.TB, day string) time.Time {
	t.Helper()
	d, err := time.ParseInLocation(time.DateOnly, day, qulaq.Almaty())
	if err != nil {
		t.Fatal(err)
	}
	return d.Add(12 * time.Hour)
}

// record holds some columns of all complaints; the server fills the others with their defaults.
func (x export) record(t testing.TB) arrow.Record { return x.records(t, len(x.Facts))[0] }

// records holds them in records of so many rows.
func (x export) records(t testing.TB, size int) []arrow.Record {
	t.Helper()
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "source", Type: dictionary},
		{Name: "complaint_id", Type: arrow.BinaryTypes.String},
		{Name: "registered_at", Type: seconds},
		{Name: "registered_raw", Type: millis},
		{Name: "status", Type: dictionary},
		{Name: "region_code", Type: dictionary, Nullable: true},
		{Name: "is_duplicate", Type: arrow.FixedWidthTypes.Boolean, Nullable: true},
		{Name: "text", Type: arrow.BinaryTypes.String},
		{Name: "snapshot", Type: dictionary},
		{Name: "source_row", Type: arrow.PrimitiveTypes.Uint32},
		{Name: "exported_at", Type: seconds},
	}, nil)
	b := array.NewRecordBuilder(arrowMemory, schema)
	defer b.Release()
	word := func(i int, s string) {
		if err := b.Field(i).(*array.BinaryDictionaryBuilder).AppendString(s); err != nil {
			t.Fatal(err)
		}
	}
	var all []arrow.Record
	for row, f := range x.Facts {
		registered := at(t, f.Day)
		word(0, x.Source)
		b.Field(1).(*array.StringBuilder).Append(f.ID)
		b.Field(2).(*array.TimestampBuilder).Append(arrow.Timestamp(registered.Unix()))
		b.Field(3).(*array.TimestampBuilder).Append(arrow.Timestamp(registered.UnixMilli()))
		word(4, "open")
		if row%2 == 0 {
			b.Field(5).AppendNull()
			b.Field(6).AppendNull()
		} else {
			word(5, "750000000")
			b.Field(6).(*array.BooleanBuilder).Append(true)
		}
		b.Field(7).(*array.StringBuilder).Append(f.Text)
		word(8, x.hash().String())
		b.Field(9).(*array.Uint32Builder).Append(uint32(row + 2))
		b.Field(10).(*array.TimestampBuilder).Append(arrow.Timestamp(at(t, x.Made).Unix()))
		if (row+1)%size == 0 || row+1 == len(x.Facts) {
			all = append(all, b.NewRecord())
		}
	}
	return all
}

var loads int // gives every load of this test process an id of its own

// load loads an export and drops its stage. An error of the step hook stops it there.
func (x export) load(t testing.TB, w *Warehouse, step func(*Stage, Step) error) (Result, error) {
	t.Helper()
	ctx := context.Background()
	loads++
	var s *Stage
	l := Load{
		ID: fmt.Sprintf("load%05d", loads), RunID: "run", Table: Complaints, Source: x.Source, Snapshot: x.hash(),
		Version: "1", Owner: "tests", Now: func() time.Time { return at(t, "2026-07-01") },
		Step: func(name Step) error {
			if step == nil {
				return nil
			}
			return step(s, name)
		},
	}
	var err error
	s, err = w.Begin(ctx, l)
	if s != nil {
		defer func() {
			if err := s.Discard(ctx); err != nil {
				t.Errorf("discard: %v", err)
			}
		}()
	}
	if err != nil {
		return Result{}, err
	}
	s.enough = 1 // every record is an insert of its own
	for _, record := range x.records(t, 2) {
		err := s.Append(ctx, record)
		record.Release()
		if err != nil {
			return Result{}, err
		}
	}
	return s.Publish(ctx, nil)
}

// mustLoad loads an export that is in order.
func (x export) mustLoad(t testing.TB, w *Warehouse) Result {
	t.Helper()
	done, err := x.load(t, w, nil)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// living lists all complaints: source, id, day, text, first two digits of the snapshot.
func living(t testing.TB, w *Warehouse) []string {
	t.Helper()
	return ask(t, w, "SELECT toString(source), complaint_id, toString(toDate(registered_at)), text, substring(toString(snapshot), 1, 2) "+
		"FROM complaints ORDER BY 1, 2, 3, 4, 5")
}

// stages lists what staging tables there are.
func stages(t testing.TB, w *Warehouse) []string {
	t.Helper()
	return ask(t, w, "SELECT name FROM system.tables WHERE database = currentDatabase() AND startsWith(name, 'stage_') ORDER BY name")
}

// sum returns the checksum of all complaints.
func sum(t testing.TB, w *Warehouse) string {
	t.Helper()
	expression, err := w.Checksum(context.Background(), "complaints")
	if err != nil {
		t.Fatal(err)
	}
	return ask(t, w, "SELECT toString(count()), toString("+expression+") FROM complaints")[0]
}

var errPlug = errors.New("the plug was pulled")

// constantRecord has one column of one value.
func constantRecord(name, value string, n int) arrow.Record {
	c := constant(value, n)
	defer c.Release()
	return array.NewRecord(arrow.NewSchema([]arrow.Field{{Name: name, Type: c.DataType()}}, nil), []arrow.Array{c}, int64(n))
}
