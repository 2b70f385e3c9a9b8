package load

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq"
)

// months lists the months that hold complaints.
func months(t testing.TB, w *Warehouse) []string {
	t.Helper()
	return ask(t, w, "SELECT DISTINCT partition FROM system.parts WHERE database = currentDatabase() AND table = 'complaints' AND active AND rows > 0 ORDER BY 1")
}

func TestFirstLoad(t *testing.T) {
	w := migrated(t)
	x := export{"eotinish", 1, "2026-05-01", []fact{{"1", "2026-03-05", "один"}, {"2", "2026-04-05", "екі ңғүұқө"}, {"3", "2026-04-06", ""}}}
	done := x.mustLoad(t, w)
	want := Result{Rows: 3, Loaded: 3, Units: []string{"('eotinish',202603)", "('eotinish',202604)"}}
	if diff := cmp.Diff(want, done); diff != "" {
		t.Errorf("result (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{
		"eotinish | 1 | 2026-03-05 | один | 01",
		"eotinish | 2 | 2026-04-05 | екі ңғүұқө | 01",
		"eotinish | 3 | 2026-04-06 |  | 01",
	}, living(t, w)); diff != "" {
		t.Errorf("living (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"1 | null | null", "2 | 750000000 | 1", "3 | null | null"},
		ask(t, w, "SELECT complaint_id, toString(region_code), toString(toUInt8(is_duplicate)) FROM complaints ORDER BY 1")); diff != "" {
		t.Errorf("nulls (-want +got):\n%s", diff)
	}
	if left := stages(t, w); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

func TestUpdates(t *testing.T) {
	april := export{"eotinish", 1, "2026-05-01", []fact{{"1", "2026-03-05", "старое"}, {"2", "2026-04-05", "старое"}, {"3", "2026-04-06", "старое"}}}
	may := export{"eotinish", 2, "2026-06-01", []fact{{"2", "2026-04-05", "новое"}, {"4", "2026-05-05", "новое"}}}
	both := []string{
		"eotinish | 1 | 2026-03-05 | старое | 01",
		"eotinish | 2 | 2026-04-05 | новое | 02",
		"eotinish | 3 | 2026-04-06 | старое | 01",
		"eotinish | 4 | 2026-05-05 | новое | 02",
	}
	w := migrated(t)
	for _, c := range []struct {
		name   string
		loads  []export
		want   []string
		months string
		last   Result // of the last load
	}{
		{
			"the newer one last",
			[]export{april, may},
			both, "202603 202604 202605",
			Result{Rows: 2, Repeated: 1, Loaded: 2, Units: []string{"('eotinish',202604)", "('eotinish',202605)"}},
		},
		{
			"the newer one first",
			[]export{may, april},
			both, "202603 202604 202605",
			Result{Rows: 3, Repeated: 1, Loaded: 2, Units: []string{"('eotinish',202603)", "('eotinish',202604)"}},
		},
		{
			"a repeat inside a file",
			[]export{{"eotinish", 1, "2026-05-01", []fact{{"1", "2026-03-05", "раз"}, {"2", "2026-03-06", "раз"}, {"1", "2026-04-05", "два"}, {"1", "2026-03-05", "три"}}}},
			[]string{"eotinish | 1 | 2026-03-05 | три | 01", "eotinish | 2 | 2026-03-06 | раз | 01"},
			"202603",
			Result{Rows: 4, Repeated: 2, Loaded: 2, Units: []string{"('eotinish',202603)"}},
		},
		{
			"a complaint that moved to another month, others stay",
			[]export{april, {"eotinish", 2, "2026-06-01", []fact{{"2", "2026-05-05", "новое"}}}},
			[]string{"eotinish | 1 | 2026-03-05 | старое | 01", "eotinish | 2 | 2026-05-05 | новое | 02", "eotinish | 3 | 2026-04-06 | старое | 01"},
			"202603 202604 202605",
			Result{Rows: 1, Repeated: 1, Loaded: 1, Units: []string{"('eotinish',202604)", "('eotinish',202605)"}},
		},
		{
			"the only complaint of a month moved away",
			[]export{april, {"eotinish", 2, "2026-06-01", []fact{{"1", "2026-05-05", "новое"}}}},
			[]string{"eotinish | 1 | 2026-05-05 | новое | 02", "eotinish | 2 | 2026-04-05 | старое | 01", "eotinish | 3 | 2026-04-06 | старое | 01"},
			"202604 202605",
			Result{Rows: 1, Repeated: 1, Loaded: 1, Units: []string{"('eotinish',202605)"}},
		},
		{
			"an old export of a complaint that moved brings nothing back",
			[]export{{"eotinish", 2, "2026-06-01", []fact{{"1", "2026-05-05", "новое"}}}, {"eotinish", 1, "2026-05-01", []fact{{"1", "2026-03-05", "старое"}}}},
			[]string{"eotinish | 1 | 2026-05-05 | новое | 02"},
			"202605",
			Result{Rows: 1, Repeated: 1, Units: []string{"('eotinish',202605)"}},
		},
		{
			"two sources with the same ids",
			[]export{april, {"cc109", 2, "2026-06-01", []fact{{"1", "2026-03-05", "чужое"}, {"2", "2026-04-05", "чужое"}}}},
			[]string{
				"cc109 | 1 | 2026-03-05 | чужое | 02", "cc109 | 2 | 2026-04-05 | чужое | 02",
				"eotinish | 1 | 2026-03-05 | старое | 01", "eotinish | 2 | 2026-04-05 | старое | 01", "eotinish | 3 | 2026-04-06 | старое | 01",
			},
			"202603 202604",
			Result{Rows: 2, Loaded: 2, Units: []string{"('cc109',202603)", "('cc109',202604)"}},
		},
		{
			"a second reading that does not see a row any more",
			[]export{april, may, {"eotinish", 1, "2026-05-01", []fact{{"3", "2026-04-06", "читано иначе"}}}},
			[]string{"eotinish | 2 | 2026-04-05 | новое | 02", "eotinish | 3 | 2026-04-06 | читано иначе | 01", "eotinish | 4 | 2026-05-05 | новое | 02"},
			"202604 202605",
			Result{Rows: 1, Loaded: 1, Units: []string{"('eotinish',202604)"}},
		},
		{
			"an empty load",
			[]export{april, {Source: "eotinish", Hash: 2, Made: "2026-06-01"}},
			[]string{"eotinish | 1 | 2026-03-05 | старое | 01", "eotinish | 2 | 2026-04-05 | старое | 01", "eotinish | 3 | 2026-04-06 | старое | 01"},
			"202603 202604",
			Result{},
		},
		{
			"an empty second reading",
			[]export{april, {Source: "eotinish", Hash: 1, Made: "2026-05-01"}},
			[]string{"eotinish | 1 | 2026-03-05 | старое | 01", "eotinish | 2 | 2026-04-05 | старое | 01", "eotinish | 3 | 2026-04-06 | старое | 01"},
			"202603 202604",
			Result{},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			empty(t, w)
			var done Result
			for _, x := range c.loads {
				done = x.mustLoad(t, w)
			}
			if diff := cmp.Diff(c.want, living(t, w)); diff != "" {
				t.Errorf("living (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.last, done); diff != "" {
				t.Errorf("result (-want +got):\n%s", diff)
			}
			var have []string
			for _, m := range months(t, w) {
				have = append(have, strings.TrimSuffix(m[strings.LastIndex(m, ",")+1:], ")"))
			}
			slices.Sort(have)
			if got := strings.Join(slices.Compact(have), " "); got != c.months {
				t.Errorf("months %s, want %s", got, c.months)
			}
			if left := stages(t, w); len(left) > 0 {
				t.Errorf("left behind: %q", left)
			}
		})
	}
}

func TestSameSnapshotTwice(t *testing.T) {
	w := migrated(t)
	x := export{"eotinish", 1, "2026-05-01", []fact{{"1", "2026-03-05", "один"}, {"2", "2026-04-05", "два"}, {"2", "2026-04-05", "три"}}}
	x.mustLoad(t, w)
	rows, before := living(t, w), sum(t, w)
	done := x.mustLoad(t, w)
	if diff := cmp.Diff(rows, living(t, w)); diff != "" || sum(t, w) != before {
		t.Errorf("the facts changed: %s, then %s (-first +second):\n%s", before, sum(t, w), diff)
	}
	if done.Rows != 3 || done.Loaded != 2 {
		t.Errorf("the second load says %+v", done)
	}
}

// TestProof changes rows behind the program's back, through a connection of its own.
func TestProof(t *testing.T) {
	old := export{"eotinish", 1, "2026-05-01", []fact{{"1", "2026-03-05", "старое"}, {"3", "2026-02-05", "старое"}}}
	x := export{"eotinish", 2, "2026-06-01", []fact{{"1", "2026-03-05", "новое"}, {"2", "2026-03-06", "новое"}, {"3", "2026-04-06", "новое"}}}
	const stray = "INSERT INTO %s (source, complaint_id, registered_at, text, snapshot, source_row, load_id) " +
		"VALUES ('eotinish', 'stray', '2026-03-07 00:00:00', 'новое', '%s', 99, '%s')"
	w := migrated(t)
	for _, c := range []struct {
		name     string
		at       Step
		table    string // "" is the stage
		does     string // with the table in place of {}
		replaced bool   // the new rows live already
	}{
		{"a row is added to the stage", StepStaged, "", "add", false},
		{"a row is lost from the stage", StepStaged, "", "DELETE FROM {} WHERE complaint_id = '2'", false},
		{"a text of the stage is cut", StepStaged, "", "ALTER TABLE {} UPDATE text = 'нов' WHERE complaint_id = '2' SETTINGS mutations_sync = 2", false},
		{"a row of the stage is swapped for another", StepStaged, "", "swap", false},
		{"a row of the stage belongs to another source", StepStaged, "", "ALTER TABLE {} UPDATE snapshot = 'another' WHERE complaint_id = '2' SETTINGS mutations_sync = 2", false},
		{"all is lost", StepStaged, "", "TRUNCATE TABLE {}", false},
		{"a row is lost between the swap and its proof", StepProve, "complaints", "DELETE FROM {} WHERE complaint_id = '2'", true},
		{"a row is added between the swap and its proof", StepProve, "complaints", "add", true},
		{"a row is swapped for another between the swap and its proof", StepProve, "complaints", "swap", true},
		{"an emptied month comes back", StepProve, "complaints", "february", true},
		{"a row is added to the stage after its checksum", StepSwap, "", "add", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			empty(t, w)
			old.mustLoad(t, w)
			before := living(t, w)
			second, err := Open(t.Context(), Options{Address: "clickhouse://" + w.options.Addr[0] + "/" + w.database})
			if err != nil {
				t.Fatal(err)
			}
			defer second.Close()
			hit := false
			_, err = x.load(t, w, func(s *Stage, step Step) error {
				if step != c.at || hit {
					return nil
				}
				hit = true
				table := c.table
				if table == "" {
					table = s.name
				}
				statement := strings.ReplaceAll(c.does, "{}", table)
				if c.does == "swap" { // for one whose text is as long
					if err := second.Do(context.Background(), "DELETE FROM "+table+" WHERE complaint_id = '2'"); err != nil {
						return err
					}
				}
				if c.does == "add" || c.does == "swap" {
					statement = fmt.Sprintf(stray, table, x.hash(), s.l.ID)
				}
				if c.does == "february" { // whose only complaint moved to April
					statement = strings.Replace(fmt.Sprintf(stray, table, x.hash(), s.l.ID), "2026-03", "2026-02", 1)
				}
				return second.Do(context.Background(), statement)
			})
			wantError(t, err, qulaq.Transient, "prove")
			if qulaq.Hint(err) == "" {
				t.Error("the error does not say what to do")
			}
			if !c.replaced {
				if diff := cmp.Diff(before, living(t, w)); diff != "" {
					t.Errorf("the living rows changed (-before +after):\n%s", diff)
				}
			}
			if loaded, err := w.Loaded(t.Context(), Complaints, "eotinish"); err != nil || loaded[x.hash()] {
				t.Errorf("the ledger says that it is loaded (%v)", err)
			}
			if !c.replaced {
				return // what a load does after one that changed nothing stands in other tests
			}
			// Again, undisturbed, gives what a load without trouble gives.
			x.mustLoad(t, w)
			if diff := cmp.Diff([]string{
				"eotinish | 1 | 2026-03-05 | новое | 02", "eotinish | 2 | 2026-03-06 | новое | 02", "eotinish | 3 | 2026-04-06 | новое | 02",
			}, living(t, w)); diff != "" {
				t.Errorf("after another load (-want +got):\n%s", diff)
			}
		})
	}
}

// A deletion that took other rows than it should, or left some, is noticed before anything is swapped in.
func TestDeletionIsProved(t *testing.T) {
	w := migrated(t)
	ctx := context.Background()
	x := export{"eotinish", 1, "2026-05-01", []fact{{"1", "2026-03-05", "раз"}, {"1", "2026-03-05", "два"}, {"2", "2026-03-06", "раз"}, {"3", "2026-04-06", "раз"}}}
	record := x.record(t)
	defer record.Release()
	for _, c := range []struct {
		name, tamper string // what happens to the stage %s after the deletion
		ok           bool
	}{
		{"nothing happens", "", true},
		{"a row more", "INSERT INTO %[1]s SELECT * FROM %[1]s WHERE complaint_id = '2'", false},
		{"a row less", "DELETE FROM %s WHERE complaint_id = '2'", false},
		{"the row that lost in place of another", "INSERT INTO %[1]s SELECT * FROM %[1]s WHERE complaint_id = '1'; DELETE FROM %[1]s WHERE complaint_id = '2'", false},
		{"the row that won in place of another", "INSERT INTO %[1]s SELECT * REPLACE('4' AS complaint_id) FROM %[1]s WHERE complaint_id = '2'; DELETE FROM %[1]s WHERE complaint_id = '1'", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := w.Begin(ctx, Load{ID: "a", RunID: "r", Table: Complaints, Source: x.Source, Snapshot: x.hash(), Owner: "tests", Now: time.Now})
			if err != nil {
				t.Fatal(err)
			}
			defer func() {
				if err := s.Discard(ctx); err != nil {
					t.Error(err)
				}
			}()
			if err := errors.Join(s.Append(ctx, record), s.send(), s.sent(0)); err != nil {
				t.Fatal(err)
			}
			if repeated, err := s.lose(ctx); err != nil || repeated != 1 {
				t.Fatalf("%d repeated, %v", repeated, err)
			}
			for statement := range strings.SplitSeq(c.tamper, ";") {
				if statement == "" {
					continue
				}
				if err := w.Do(ctx, fmt.Sprintf(statement, s.name)); err != nil {
					t.Fatal(err)
				}
			}
			if err = s.proveUnique(ctx, 4, 1); c.ok && err != nil {
				t.Error(err)
			} else if !c.ok {
				wantError(t, err, qulaq.Transient, "replaced ones left")
			}
		})
	}
}

// TestTwins has the same rows twice in a living partition, as an engine leaves them that stopped on a full disk before it had
// removed what a swap replaced. The next load that touches the partition leaves each once.
func TestTwins(t *testing.T) {
	w := migrated(t)
	export{Source: "eotinish", Hash: 1, Made: "2026-05-01", Facts: []fact{
		{"1", "2026-03-01", "a"}, {"2", "2026-03-02", "b"}, {"3", "2026-03-03", "c"}, {"4", "2026-04-01", "d"},
	}}.mustLoad(t, w)
	if err := w.Do(t.Context(), "INSERT INTO complaints SELECT * FROM complaints WHERE toMonth(registered_at) = 3"); err != nil {
		t.Fatal(err)
	}
	export{Source: "eotinish", Hash: 2, Made: "2026-06-01", Facts: []fact{{"2", "2026-03-02", "new"}}}.mustLoad(t, w)
	want := []string{"1 | 2026-03-01 | a", "2 | 2026-03-02 | new", "3 | 2026-03-03 | c", "4 | 2026-04-01 | d"}
	if diff := cmp.Diff(want, ask(t, w, "SELECT complaint_id, toString(toDate(registered_at)), text FROM complaints ORDER BY 1")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDiscardLeavesNothing(t *testing.T) {
	w := migrated(t)
	ctx := context.Background()
	x := export{"eotinish", 1, "2026-05-01", []fact{{"1", "2026-03-05", "один"}}}
	record := x.record(t)
	defer record.Release()
	l := Load{ID: "a", RunID: "r", Table: Complaints, Source: "eotinish", Snapshot: x.hash(), Owner: "tests", Now: time.Now}
	for _, c := range []struct {
		name string
		do   func(*Stage) error
	}{
		{"before any row", func(*Stage) error { return nil }},
		{"after some rows", func(s *Stage) error { return s.Append(ctx, record) }},
		{"twice", func(s *Stage) error { return s.Discard(ctx) }},
	} {
		s, err := w.Begin(ctx, l)
		if err != nil {
			t.Fatal(err)
		}
		if len(stages(t, w)) != 1 {
			t.Fatalf("%s: staging tables %q", c.name, stages(t, w))
		}
		if err := c.do(s); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if err := s.Discard(ctx); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if left := stages(t, w); len(left) > 0 {
			t.Errorf("%s: left behind %q", c.name, left)
		}
	}
	if got := living(t, w); len(got) > 0 {
		t.Errorf("rows of a discarded load live: %q", got)
	}
	if n := ask(t, w, "SELECT count() FROM loads"); n[0] != "0" {
		t.Errorf("the ledger has %s entries of discarded loads", n[0])
	}
}

func TestStepsComeInOrder(t *testing.T) {
	w := migrated(t)
	steps := func(x export) string {
		var names []string
		if _, err := x.load(t, w, func(_ *Stage, step Step) error { names = append(names, string(step)); return nil }); err != nil {
			t.Fatal(err)
		}
		return strings.Join(names, " ")
	}
	first := export{"eotinish", 1, "2026-05-01", []fact{{"1", "2026-03-05", "т"}, {"2", "2026-04-05", "т"}}}
	if got, want := steps(first), "stage staged merge intent swap swap prove record clean"; got != want {
		t.Errorf("steps: %s, want %s", got, want)
	}
	// One month is replaced, one is emptied and one is new.
	second := export{"eotinish", 2, "2026-06-01", []fact{{"1", "2026-04-07", "т"}, {"3", "2026-05-05", "т"}}}
	if got, want := steps(second), "stage staged merge intent swap swap swap prove record clean"; got != want {
		t.Errorf("steps: %s, want %s", got, want)
	}
}

func TestPublishRecordsOnlyWhenTheNoteIsWritten(t *testing.T) {
	w := migrated(t)
	ctx := context.Background()
	for _, x := range []export{
		{"eotinish", 1, "2026-05-01", []fact{{"1", "2026-03-05", "т"}}},
		{"eotinish", 2, "2026-05-01", nil},
	} {
		s, err := w.Begin(ctx, Load{ID: "n" + x.Made[:4] + string('0'+rune(x.Hash)), Table: Complaints, Source: x.Source, Snapshot: x.hash(), Owner: "tests", Now: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		if len(x.Facts) > 0 {
			record := x.record(t)
			if err := s.Append(ctx, record); err != nil {
				t.Fatal(err)
			}
			record.Release()
		}
		if _, err := s.Publish(ctx, func(context.Context) error { return errPlug }); err != errPlug {
			t.Errorf("Publish says %v, want the note's error", err)
		}
		if err := s.Discard(ctx); err != nil {
			t.Error(err)
		}
		if loaded, err := w.Loaded(ctx, Complaints, x.Source); err != nil || loaded[x.hash()] {
			t.Errorf("the ledger says that it is loaded (%v)", err)
		}
		x.mustLoad(t, w)
		if loaded, err := w.Loaded(ctx, Complaints, x.Source); err != nil || !loaded[x.hash()] {
			t.Errorf("the ledger does not say that it is loaded (%v)", err)
		}
	}
}

func TestAppendRefusesWhatDoesNotFit(t *testing.T) {
	w := migrated(t)
	ctx := context.Background()
	s, err := w.Begin(ctx, Load{ID: "a", Table: Complaints, Source: "eotinish", Owner: "tests", Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Discard(ctx); err != nil {
			t.Error(err)
		}
	}()
	wrong := constantRecord("no_such_column", "x", 2)
	defer wrong.Release()
	if err := s.Append(ctx, wrong); err == nil || !strings.Contains(err.Error(), "no_such_column") {
		t.Errorf("a column that the table has not: %v", err)
	}
}

// TestLoadsInAnyOrderWithAnyStop is the law of loading: whatever exports are loaded in whatever order, and
// wherever loads stop to be done again, each complaint lives once, with the word of its newest export.
func TestLoadsInAnyOrderWithAnyStop(t *testing.T) {
	checks := flag.Lookup("rapid.checks")
	few := checks.Value.String()
	if few == "100" { // of loads against a real engine, a few at every test; -rapid.checks gives more
		if err := checks.Value.Set("6"); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = checks.Value.Set(few) }()
	}
	w := migrated(t)
	steps := []Step{StepStage, StepStaged, StepMerge, StepIntent, StepSwap, StepProve, StepRecord, StepClean}
	rapid.Check(t, func(r *rapid.T) {
		empty(t, w)
		drawn := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) export {
			x := export{Source: rapid.SampledFrom([]string{"a", "b"}).Draw(r, "source"), Made: rapid.SampledFrom([]string{"2026-06-01", "2026-06-02"}).Draw(r, "made")}
			for range rapid.IntRange(1, 4).Draw(r, "rows") {
				x.Facts = append(x.Facts, fact{
					ID:   rapid.SampledFrom([]string{"1", "2", "3"}).Draw(r, "id"),
					Day:  rapid.SampledFrom([]string{"2026-03-05", "2026-04-05", "2026-05-05"}).Draw(r, "day"),
					Text: rapid.StringMatching(`[a-z]{0,3}`).Draw(r, "text"),
				})
			}
			return x
		}), 1, 3).Draw(r, "exports")
		newest := map[string]export{} // of source and id
		words := map[string]fact{}
		for i := range drawn {
			drawn[i].Hash = byte(i + 1)
			x := drawn[i]
			for _, f := range x.Facts {
				key := x.Source + " | " + f.ID
				if n, ok := newest[key]; !ok || x.Made > n.Made || x.Made == n.Made && x.Hash >= n.Hash {
					newest[key], words[key] = x, f
				}
			}
		}
		var want []string
		for key, f := range words {
			want = append(want, fmt.Sprintf("%s | %s | %s | %02x", key, f.Day, f.Text, newest[key].Hash))
		}
		slices.Sort(want)
		for _, x := range rapid.Permutation(drawn).Draw(r, "order") {
			stop := rapid.SampledFrom(append(steps, "")).Draw(r, "stop")
			left := rapid.IntRange(0, 1).Draw(r, "skip")
			_, err := x.load(t, w, func(_ *Stage, step Step) error {
				if step == stop {
					if left == 0 {
						return errPlug
					}
					left--
				}
				return nil
			})
			if err != nil {
				if err != errPlug {
					r.Fatal(err)
				}
				// Sometimes others load in between; the stopped one is always done again.
				other := rapid.SampledFrom(drawn).Draw(r, "between")
				other.mustLoad(t, w)
				x.mustLoad(t, w)
			}
		}
		if diff := cmp.Diff(want, living(t, w)); diff != "" {
			r.Fatalf("living (-want +got):\n%s", diff)
		}
	})
	if left := stages(t, w); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}
