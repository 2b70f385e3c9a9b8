package load

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
)

// promise is a plan's item as these tests tell them apart.
type promise struct {
	Source, ID string
	Until      qulaq.Day // 0 is null
	Page       uint16
}

func promises(t testing.TB, all ...promise) arrow.Record {
	t.Helper()
	b := array.NewRecordBuilder(arrowMemory, arrow.NewSchema([]arrow.Field{
		{Name: "source", Type: dictionary},
		{Name: "item_id", Type: arrow.BinaryTypes.String},
		{Name: "plan_id", Type: arrow.BinaryTypes.String},
		{Name: "deadline_to", Type: arrow.FixedWidthTypes.Date32, Nullable: true},
		{Name: "page", Type: arrow.PrimitiveTypes.Uint16},
	}, nil))
	defer b.Release()
	for _, p := range all {
		if err := b.Field(0).(*array.BinaryDictionaryBuilder).AppendString(p.Source); err != nil {
			t.Fatal(err)
		}
		b.Field(1).(*array.StringBuilder).Append(p.ID)
		b.Field(2).(*array.StringBuilder).Append("plan")
		if until := b.Field(3).(*array.Date32Builder); p.Until == 0 {
			until.AppendNull()
		} else {
			until.Append(arrow.Date32(p.Until))
		}
		b.Field(4).(*array.Uint16Builder).Append(p.Page)
	}
	return b.NewRecord()
}

// loadWhole makes the source's items equal to those given.
func loadWhole(t testing.TB, w *Warehouse, source, id string, step func(Step) error, all ...promise) (Result, error) {
	t.Helper()
	stage, err := w.Begin(t.Context(), Load{
		ID: id, RunID: "r", Table: PlanItems, Source: source, Snapshot: qulaq.Hash{1}, Version: "1", Owner: "o", Now: time.Now, Step: step,
	})
	if err != nil {
		return Result{}, err
	}
	defer func() {
		if err := stage.Discard(context.Background()); err != nil {
			t.Error(err)
		}
	}()
	if len(all) > 0 {
		if err := stage.Append(t.Context(), promises(t, all...)); err != nil {
			return Result{}, err
		}
	}
	return stage.PublishWhole(t.Context(), nil)
}

const livingItems = "SELECT source, item_id, toString(deadline_to), page FROM plan_items ORDER BY ALL"

func TestWholeLoads(t *testing.T) {
	w := migrated(t)
	may := qulaq.Date(2023, 5, 31)
	for _, step := range []struct {
		name   string
		source string
		items  []promise
		want   []string
	}{
		{"nothing of a source that was never there", "a", nil, []string{}},
		{"the first", "a", []promise{{"a", "1", may, 0}, {"a", "2", 0, 7}}, []string{"a | 1 | 2023-05-31 | 0", "a | 2 | null | 7"}},
		{"another source", "b", []promise{{"b", "1", 0, 0}}, []string{"a | 1 | 2023-05-31 | 0", "a | 2 | null | 7", "b | 1 | null | 0"}},
		{"again, otherwise", "a", []promise{{"a", "2", may, 8}, {"a", "3", -1, 0}}, []string{"a | 2 | 2023-05-31 | 8", "a | 3 | 1969-12-31 | 0", "b | 1 | null | 0"}},
		{"nothing any more", "a", nil, []string{"b | 1 | null | 0"}},
	} {
		done, err := loadWhole(t, w, step.source, "id"+string(rune('0'+len(step.name)%10)), nil, step.items...)
		if err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		if done.Loaded != uint64(len(step.items)) {
			t.Errorf("%s: %+v", step.name, done)
		}
		if diff := cmp.Diff(step.want, ask(t, w, livingItems)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step.name, diff)
		}
		loaded, err := w.Loaded(t.Context(), PlanItems, step.source)
		if err != nil || !loaded[qulaq.Hash{1}] {
			t.Errorf("%s: loaded %v, %v", step.name, loaded, err)
		}
	}
	if left := stages(t, w); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

func TestWholeLoadsRefuse(t *testing.T) {
	w := migrated(t)
	if _, err := loadWhole(t, w, "a", "l0", nil, promise{"a", "1", 0, 0}); err != nil {
		t.Fatal(err)
	}
	_, err := loadWhole(t, w, "a", "l1", nil, promise{"a", "2", 0, 0}, promise{"a", "2", 0, 0})
	wantError(t, err, qulaq.Bug, "2 rows have only 1 different keys")
	_, err = loadWhole(t, w, "a", "l2", nil, promise{"a", "2", 0, 0}, promise{"b", "3", 0, 0})
	wantError(t, err, qulaq.Transient, "of another source")
	if diff := cmp.Diff([]string{"a | 1 | null | 0"}, ask(t, w, livingItems)); diff != "" {
		t.Errorf("living (-want +got):\n%s", diff)
	}
}

// TestWholeLoadsAreKilled stops a load at each of its steps; doing it again gives what it would have given.
func TestWholeLoadsAreKilled(t *testing.T) {
	w := migrated(t)
	plug := errors.New("the plug is pulled")
	for i, at := range []Step{StepStage, StepStaged, StepIntent, StepSwap, StepProve, StepRecord, StepClean} {
		if _, err := loadWhole(t, w, "a", "before", nil, promise{"a", "old", 0, 0}); err != nil {
			t.Fatal(err)
		}
		_, err := loadWhole(t, w, "a", "killed"+string(rune('a'+i)), func(s Step) error {
			if s == at {
				return plug
			}
			return nil
		}, promise{"a", "new", 0, 0})
		if !errors.Is(err, plug) {
			t.Errorf("%s: %v", at, err)
		}
		got := ask(t, w, livingItems)
		if len(got) != 1 || got[0] != "a | old | null | 0" && got[0] != "a | new | null | 0" {
			t.Errorf("%s: %q lives", at, got)
		}
		if _, err := loadWhole(t, w, "a", "again"+string(rune('a'+i)), nil, promise{"a", "new", 0, 0}); err != nil {
			t.Fatal(err)
		}
		if got := ask(t, w, livingItems); len(got) != 1 || got[0] != "a | new | null | 0" {
			t.Errorf("%s, again: %q lives", at, got)
		}
	}
}

func TestNoteSource(t *testing.T) {
	w := migrated(t)
	snap := func(hash byte, load string, rejects int) Snapshot {
		return Snapshot{
			Snapshot: qulaq.Snapshot{Hash: qulaq.Hash{hash}, Source: "a", SeenAt: at(t, "2026-07-01"), ExportedAt: at(t, "2026-07-01")},
			LoadID:   load, State: "loaded", Rejects: make([]qulaq.Reject, rejects), Findings: []qulaq.Finding{{Kind: qulaq.UnknownColumn, Subject: "x", Count: 1}},
		}
	}
	other := snap(9, "z", 1)
	other.Source = "b"
	if err := w.NoteSnapshot(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	if err := w.NoteSource(t.Context(), "a", "l1", []Snapshot{snap(1, "l1", 2), snap(2, "l1", 0)}); err != nil {
		t.Fatal(err)
	}
	if err := w.NoteSource(t.Context(), "a", "l2", []Snapshot{snap(2, "l2", 1)}); err != nil {
		t.Fatal(err)
	}
	for table, want := range map[string][]string{
		"snapshots": {"a | 02 | l2", "b | 09 | z"}, "rejects": {"a | 02 | l2", "b | 09 | z"}, "findings": {"a | 02 | l2", "b | 09 | z"},
	} {
		if diff := cmp.Diff(want, ask(t, w, "SELECT source, substring(snapshot, 1, 2), load_id FROM "+table+" ORDER BY ALL")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", table, diff)
		}
	}
}

func TestLooks(t *testing.T) {
	w := migrated(t)
	since := at(t, "2026-07-02")
	look := func(day, outcome string, since *time.Time) {
		t.Helper()
		l := Look{RunID: "r", At: at(t, day), Source: "a", Lang: "ru", Outcome: outcome, Complete: true, Since: since, PageHashes: []string{"x", "y"}}
		if err := w.NoteLook(t.Context(), l, []Attempt{{RunID: "r", At: at(t, day), Source: "a", URL: "u", Status: 200, Bytes: 7}}); err != nil {
			t.Fatal(err)
		}
	}
	look("2026-07-01", "healthy", nil)
	look("2026-07-03", "empty", &since)
	if got := ask(t, w, "SELECT count(), sum(a.bytes), any(page_hashes), any(toString(toDate(since))) FROM looks AS l LEFT JOIN attempts AS a ON a.at = l.at WHERE outcome = 'empty'"); got[0] != "1 | 7 | [x y] | 2026-07-02" {
		t.Errorf("looks and attempts: %q", got)
	}
}
