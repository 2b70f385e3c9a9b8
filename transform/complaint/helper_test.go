package complaint

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/render"
	"github.com/qulaq-kz/qulaq/transform/pii"
	"github.com/qulaq-kz/qulaq/transform/region"
)

var vocabularies = sync.OnceValues(func() (*Vocabularies, error) {
	places, err := region.New()
	if err != nil {
		return nil, err
	}
	personal, err := pii.New(pii.Policy{})
	if err != nil {
		return nil, err
	}
	return NewVocabularies(places, personal)
})

// options are those of a usual reading by one profile, or by a guessed one.
func options(t testing.TB, source string) Options {
	t.Helper()
	voc, err := vocabularies()
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Vocabularies: voc, Workers: 2, KeepRejects: 1 << 20}
	if source == "" {
		o.Profiles = profiles(t)
	} else {
		o.Profiles = []*Profile{profile(t, source)}
	}
	return o
}

// seen is when the exports of these tests were read.
var seen = time.Date(2026, 7, 1, 9, 0, 0, 0, qulaq.Almaty())

type inMemory struct{ *bytes.Reader }

func (inMemory) Close() error { return nil }

// snapshot is a file that came from nowhere.
func snapshot(name string, data []byte) qulaq.Snapshot {
	return qulaq.Snapshot{
		Hash: sha256.Sum256(data), Size: int64(len(data)), Name: name, ExportedAt: seen.Add(-3 * time.Hour), SeenAt: seen,
		Open: func() (io.ReadCloser, error) { return inMemory{bytes.NewReader(data)}, nil },
	}
}

// reading is all that came of a file.
type reading struct {
	Facts   []render.Object
	Summary Summary
}

// read reads a whole snapshot; the records are handed over before they are released.
func read(t testing.TB, snap qulaq.Snapshot, o Options, each func(arrow.Record)) (Summary, error) {
	t.Helper()
	r, err := Open(t.Context(), snap, o)
	if err != nil {
		return Summary{}, err
	}
	defer r.Close()
	for {
		record, err := r.Next()
		if errors.Is(err, io.EOF) {
			return r.Summary(), nil
		}
		if err != nil {
			return r.Summary(), err
		}
		each(record)
		record.Release()
	}
}

// readAll reads a snapshot that is in order.
func readAll(t testing.TB, snap qulaq.Snapshot, o Options) reading {
	t.Helper()
	var got reading
	summary, err := read(t, snap, o, func(r arrow.Record) { got.Facts = append(got.Facts, rowsOf(t, r)...) })
	if err != nil {
		t.Fatal(err)
	}
	got.Summary = summary
	if int64(len(got.Facts)) != summary.Facts || summary.Rows != summary.Facts+summary.RejectedRows() {
		t.Fatalf("%d facts were read, the summary says %+v", len(got.Facts), summary)
	}
	return got
}

// rowsOf shows the rows of a record with the values of their columns.
func rowsOf(t testing.TB, record arrow.Record) []render.Object {
	t.Helper()
	if !record.Schema().Equal(Schema()) {
		t.Fatalf("the schema of the record is %v", record.Schema())
	}
	rows := make([]render.Object, record.NumRows())
	for i := range rows {
		for c, f := range record.Schema().Fields() {
			v := valueOf(t, record.Column(c), i)
			if v == nil && !f.Nullable {
				t.Fatalf("%s is null", f.Name)
			}
			rows[i] = append(rows[i], render.Field{Name: f.Name, Value: v})
		}
	}
	return rows
}

// valueOf returns a value for people; nil is null.
func valueOf(t testing.TB, column arrow.Array, i int) any {
	if column.IsNull(i) {
		return nil
	}
	switch a := column.(type) {
	case *array.Dictionary:
		return strings.Clone(a.Dictionary().(*array.String).Value(a.GetValueIndex(i)))
	case *array.String:
		return strings.Clone(a.Value(i))
	case *array.Boolean:
		return a.Value(i)
	case *array.Int16:
		return a.Value(i)
	case *array.Uint32:
		return a.Value(i)
	case *array.Uint64: // as JSON shows what does not fit a double
		return strconv.FormatUint(a.Value(i), 10)
	case *array.Timestamp:
		unit := a.DataType().(*arrow.TimestampType)
		at := a.Value(i).ToTime(unit.Unit)
		if unit.TimeZone == "" {
			return at.Format("2006-01-02 15:04:05.000")
		}
		return at.In(qulaq.Almaty()).Format(time.RFC3339)
	}
	t.Fatalf("a column of type %v", column.DataType())
	return nil
}

// field returns a field of a fact; a null code is "".
func field(o render.Object, name string) string {
	for _, f := range o {
		if f.Name == name {
			s, _ := f.Value.(string)
			return s
		}
	}
	panic("no field " + name)
}

// column returns a field of all facts.
func (r reading) column(name string) (values []string) {
	for _, o := range r.Facts {
		values = append(values, field(o, name))
	}
	return values
}

// without returns the facts without some of their fields.
func (r reading) without(names ...string) []map[string]any {
	var out []map[string]any
	for _, o := range r.Facts {
		m := map[string]any{}
		for _, f := range o {
			m[f.Name] = f.Value
		}
		for _, n := range names {
			delete(m, n)
		}
		out = append(out, m)
	}
	return out
}

// lines prints a reading as JSON lines: the facts, the rejects, the findings, the summary.
func (r reading) lines(t testing.TB) string {
	t.Helper()
	var b strings.Builder
	line := func(kind string, v any) {
		if err := render.WriteLine(&b, render.Object{{Name: kind, Value: v}}); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range r.Facts {
		line("fact", f)
	}
	s := r.Summary
	for _, j := range s.Rejects {
		line("reject", j)
	}
	for _, f := range s.Findings {
		line("finding", f)
	}
	s.Rejects, s.Findings = nil, nil
	line("summary", s)
	return b.String()
}

// kinds counts findings by their kind.
func kinds(findings []qulaq.Finding) map[qulaq.FindingKind]int64 {
	counts := map[qulaq.FindingKind]int64{}
	for _, f := range findings {
		counts[f.Kind] += f.Count
	}
	return counts
}
