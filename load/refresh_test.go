package load

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestMakeProjections says that a month with many rows gets its projections, a small one does not, and that a month that is
// loaded again afterwards lives on with the same rows.
func TestMakeProjections(t *testing.T) {
	w := migrated(t)
	x := export{"eotinish", 1, "2026-05-01", []fact{{"1", "2026-03-05", "один"}, {"2", "2026-04-05", "екі"}}}
	x.mustLoad(t, w)
	if err := w.Do(t.Context(), "INSERT INTO complaints (source, complaint_id, registered_at, registered_raw, status, snapshot) "+
		"SELECT 'eotinish', concat('n', toString(number)), '2026-03-06 10:00:00', '2026-03-06 10:00:00', 'open', 'feed' FROM numbers(?)", fewRows); err != nil {
		t.Fatal(err)
	}
	if n, err := w.MakeProjections(t.Context()); n != 1 || err != nil {
		t.Fatalf("asked for %d partitions, %v; want 1", n, err)
	}
	for begin := time.Now(); ask(t, w, "SELECT count() FROM system.mutations WHERE database = currentDatabase() AND table = 'complaints' AND NOT is_done")[0] != "0"; {
		if time.Since(begin) > time.Minute {
			t.Fatal("the projections are not made after a minute")
		}
		time.Sleep(20 * time.Millisecond)
	}
	made := ask(t, w, "SELECT partition_id = (SELECT any(_partition_id) FROM complaints WHERE toMonth(registered_at) = 3), name FROM system.projection_parts "+
		"WHERE database = currentDatabase() AND table = 'complaints' AND active GROUP BY ALL ORDER BY ALL")
	if diff := cmp.Diff([]string{"1 | by_body", "1 | by_district", "1 | by_matter", "1 | by_place", "1 | by_status"}, made); diff != "" {
		t.Errorf("projections (-want +got):\n%s", diff)
	}
	if n, err := w.MakeProjections(t.Context()); n != 0 || err != nil {
		t.Errorf("the second time it asked for %d partitions, %v", n, err)
	}
	export{"eotinish", 2, "2026-06-01", []fact{{"1", "2026-03-05", "снова"}}}.mustLoad(t, w)
	if diff := cmp.Diff([]string{"10002 | 1"}, ask(t, w, "SELECT count(), countIf(text = 'снова') FROM complaints")); diff != "" {
		t.Errorf("after another load (-want +got):\n%s", diff)
	}
	if n, err := w.MakeProjections(t.Context()); n != 1 || err != nil {
		t.Errorf("after another load it asked for %d partitions, %v; want 1", n, err)
	}
}

// TestKeepGroups says when groups are made anew: after a load, and only then.
func TestKeepGroups(t *testing.T) {
	w := migrated(t)
	set := func(want string) {
		t.Helper()
		if err := w.Keep(t.Context(), SystemicGroups, "tests", Entry{RunID: "run", At: at(t, "2026-07-01"), Version: "1"}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{want}, ask(t, w, "SELECT count(), sum(complaints) FROM systemic_groups")); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if left := stages(t, w); len(left) > 0 {
			t.Errorf("left behind: %q", left)
		}
	}
	repeated := func(ids ...string) {
		t.Helper()
		for i, id := range ids {
			if err := w.Do(t.Context(), "INSERT INTO complaints (source, complaint_id, registered_at, registered_raw, region_code, status, text, text_fingerprint, snapshot) "+
				"VALUES ('eotinish', ?, addDays(toDateTime('2026-02-01 10:00:00'), ?), '2026-02-01 10:00:00', '750000000', 'open', 'яма', 7, 'feed')", id, i); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Do(t.Context(), "INSERT INTO regions (code, level, region_code, name_ru, today_code) VALUES ('750000000', 'region', '750000000', 'Алматы', '750000000')"); err != nil {
		t.Fatal(err)
	}
	set("0 | 0") // nothing was ever loaded
	export{"eotinish", 1, "2026-05-01", []fact{{"1", "2026-03-05", ""}}}.mustLoad(t, w)
	repeated("a", "b", "c")
	set("1 | 3")
	repeated("d")
	set("1 | 3") // no load was completed since
	export{"eotinish", 2, "2026-06-01", []fact{{"2", "2026-03-05", ""}}}.mustLoad(t, w)
	set("1 | 4")
	// Nothing repeats any more.
	if err := w.Do(t.Context(), "ALTER TABLE complaints DELETE WHERE text = 'яма' SETTINGS mutations_sync = 2"); err != nil {
		t.Fatal(err)
	}
	export{"eotinish", 3, "2026-06-02", []fact{{"3", "2026-03-05", ""}}}.mustLoad(t, w)
	set("0 | 0")
}

// TestKeepAnomalies says that the view answers the same whether its rows are kept or not: what was kept counts until a load is
// begun, and for the version that kept it.
func TestKeepAnomalies(t *testing.T) {
	w := migrated(t)
	do := func(statements ...string) {
		t.Helper()
		for _, s := range statements {
			if err := w.Do(t.Context(), s); err != nil {
				t.Fatal(err)
			}
		}
	}
	keep := func(version string) {
		t.Helper()
		if err := w.Keep(t.Context(), AnomalyMonths, "tests", Entry{RunID: "run", At: at(t, "2026-07-01"), Version: version}); err != nil {
			t.Fatal(err)
		}
	}
	says := func(when string, want ...string) {
		t.Helper()
		if diff := cmp.Diff(want, ask(t, w, "SELECT state, count(), sum(complaints) FROM anomalies GROUP BY state ORDER BY state")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", when, diff)
		}
	}
	do("INSERT INTO regions (code, level, region_code, name_ru, today_code) VALUES ('750000000', 'region', '750000000', 'Алматы', '750000000')",
		"INSERT INTO categories (code) VALUES ('water')")
	month := func(first string, rows int) {
		t.Helper()
		do(fmt.Sprintf("INSERT INTO complaints (source, complaint_id, registered_at, registered_raw, region_code, category_code, status, snapshot) "+
			"SELECT 'eotinish', concat('%[1]s', toString(number)), '%[1]s 10:00:00', '%[1]s 10:00:00', '750000000', 'water', 'open', 'feed' FROM numbers(%[2]d)", first, rows))
	}
	for n := range 12 {
		month(fmt.Sprintf("2025-%02d-28", n+1), 20)
	}
	month("2026-01-31", 90)
	export{"eotinish", 1, "2026-05-01", []fact{{"1", "2026-02-05", ""}}}.mustLoad(t, w)
	says("computed", "insufficient_history | 12 | 240", "jump | 1 | 90")
	keep("1")
	says("kept", "insufficient_history | 12 | 240", "jump | 1 | 90")
	month("2026-02-28", 95)
	says("kept, and changed behind the back of the ledger", "insufficient_history | 12 | 240", "jump | 1 | 90")
	keep("1")
	says("kept before", "insufficient_history | 12 | 240", "jump | 1 | 90")
	keep("2")
	says("kept by another version", "insufficient_history | 12 | 240", "jump | 2 | 185")
	month("2026-03-31", 100)
	if err := w.Record(t.Context(), Entry{LoadID: "z", RunID: "run", At: at(t, "2026-07-02"), Step: "intent", Target: Complaints.Name}); err != nil {
		t.Fatal(err)
	}
	says("while a load is under way", "insufficient_history | 12 | 240", "jump | 3 | 285")
	keep("2")
	if got := ask(t, w, "SELECT count() FROM anomaly_months"); got[0] != "15" {
		t.Errorf("%s rows are kept, want 15", got[0])
	}
}
