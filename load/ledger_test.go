package load

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
)

func run(t *testing.T, id, owner, day string) Run {
	t.Helper()
	return Run{ID: id, Pipeline: "complaints", Owner: owner, Version: "1", StartedAt: at(t, day).Add(123 * time.Millisecond), State: "running"}
}

func TestStartRunSweepsWhatTheDeadLeft(t *testing.T) {
	w := migrated(t)
	ctx := context.Background()
	for _, r := range []Run{run(t, "r1", "ours", "2026-05-01"), run(t, "r2", "theirs", "2026-04-30")} {
		if err := w.StartRun(ctx, r); err != nil {
			t.Fatal(err)
		}
	}
	load := Load{ID: "a1", RunID: "r1", Table: Complaints, Source: "eotinish", Version: "1", Owner: "ours", Now: time.Now}
	if _, err := w.Begin(ctx, load); err != nil {
		t.Fatal(err)
	}
	load.ID, load.Owner = "b1", "theirs"
	theirs, err := w.Begin(ctx, load)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Do(ctx, "CREATE TABLE stage_by_hand AS complaints COMMENT 'somebody''s work'"); err != nil {
		t.Fatal(err)
	}
	if err := w.Do(ctx, "CREATE TABLE not_a_stage (a Int8) ENGINE = MergeTree ORDER BY a COMMENT 'ours'"); err != nil {
		t.Fatal(err)
	}
	if err := w.StartRun(ctx, run(t, "r3", "ours", "2026-05-02")); err != nil {
		t.Fatal(err)
	}
	want := []string{"r1 | died", "r2 | running", "r3 | running"}
	if diff := cmp.Diff(want, ask(t, w, "SELECT run_id, toString(state) FROM runs ORDER BY run_id")); diff != "" {
		t.Errorf("runs (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"stage_by_hand", "stage_complaints_b1"}, stages(t, w)); diff != "" {
		t.Errorf("staging tables (-want +got):\n%s", diff)
	}
	if n := ask(t, w, "SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'not_a_stage'"); n[0] != "1" {
		t.Error("a table that is no stage was dropped")
	}
	if err := theirs.Discard(ctx); err != nil {
		t.Error(err)
	}
}

func TestFinishRun(t *testing.T) {
	w := migrated(t)
	ctx := context.Background()
	r, other := run(t, "r1", "ours", "2026-05-01"), run(t, "r2", "ours", "2026-05-02")
	if err := w.StartRun(ctx, r); err != nil {
		t.Fatal(err)
	}
	end := r.StartedAt.Add(2500 * time.Millisecond)
	r.FinishedAt, r.State, r.Error = &end, "failed", "it's \\ broken\n; DROP TABLE runs"
	r.Files, r.FilesNew, r.Rows, r.Loaded, r.Repeated, r.Rejected = 1, 2, 3, 4, 5, 6
	if err := w.FinishRun(ctx, r); err != nil {
		t.Fatal(err)
	}
	if err := w.StartRun(ctx, other); err != nil {
		t.Fatal(err)
	}
	got, err := w.LastRun(ctx, "complaints", "ok", "failed")
	if err != nil {
		t.Fatal(err)
	}
	if got.FinishedAt == nil || got.FinishedAt.Before(got.StartedAt) {
		t.Errorf("it ended at %v and began at %v", got.FinishedAt, got.StartedAt)
	}
	sameTime := cmp.Comparer(func(a, b time.Time) bool { return a.Truncate(time.Second).Equal(b.Truncate(time.Second)) })
	if diff := cmp.Diff(r, got, sameTime); diff != "" {
		t.Errorf("the run (-want +got):\n%s", diff)
	}
	if !got.StartedAt.Equal(r.StartedAt) {
		t.Errorf("it began at %v, the ledger says %v", r.StartedAt, got.StartedAt)
	}
	for _, states := range [][]string{{"ok"}, {"ok", "contract"}} {
		if none, err := w.LastRun(ctx, "complaints", states...); err != nil || none.ID != "" {
			t.Errorf("LastRun(%q) = %q, %v; want none", states, none.ID, err)
		}
	}
	if none, err := w.LastRun(ctx, "plans", "failed"); err != nil || none.ID != "" {
		t.Errorf("the last run of another pipeline is %q, %v", none.ID, err)
	}
}

func TestLedgerOfALoad(t *testing.T) {
	w := migrated(t)
	x := export{"eotinish", 1, "2026-05-01", []fact{{"1", "2026-03-05", "один"}, {"2", "2026-04-05", "два"}, {"3", "2026-04-06", "три"}}}
	x.mustLoad(t, w)
	expression, err := w.Checksum(t.Context(), "complaints")
	if err != nil {
		t.Fatal(err)
	}
	sums := ask(t, w, "SELECT toString("+expression+") FROM complaints GROUP BY toYYYYMM(registered_at) ORDER BY toYYYYMM(registered_at)")
	zero := " | 0 | run | eotinish | complaints | " + x.hash().String()
	want := []string{
		"done |  | 3" + zero,
		"done | ('eotinish',202603) | 1 | " + sums[0] + " | run | eotinish | complaints | " + x.hash().String(),
		"done | ('eotinish',202604) | 2 | " + sums[1] + " | run | eotinish | complaints | " + x.hash().String(),
		"intent |  | 3" + zero,
		"intent | ('eotinish',202603) | 1 | " + sums[0] + " | run | eotinish | complaints | " + x.hash().String(),
		"intent | ('eotinish',202604) | 2 | " + sums[1] + " | run | eotinish | complaints | " + x.hash().String(),
	}
	got := ask(t, w, "SELECT toString(step), unit, toString(rows), toString(checksum), run_id, toString(source), toString(target), snapshot FROM loads ORDER BY step, unit")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ledger (-want +got):\n%s", diff)
	}
	if got := ask(t, w, "SELECT DISTINCT toString(at) FROM loads"); !cmp.Equal(got, []string{"2026-07-01 12:00:00.000"}) {
		t.Errorf("recorded at %q, not by the clock that was passed in", got)
	}
	for source, want := range map[string]int{"eotinish": 1, "cc109": 0} {
		loaded, err := w.Loaded(t.Context(), Complaints, source)
		if err != nil || len(loaded) != want || want == 1 && !loaded[x.hash()] {
			t.Errorf("loaded of %s: %v, %v", source, loaded, err)
		}
	}
}

func TestNoteSnapshotReplacesWhatAnEarlierLoadWrote(t *testing.T) {
	w := migrated(t)
	ctx := context.Background()
	other := Snapshot{
		Snapshot: qulaq.Snapshot{Hash: qulaq.Hash{2}, Source: "eotinish", Name: "other.csv", ExportedAt: at(t, "2026-05-01"), SeenAt: at(t, "2026-05-01")},
		LoadID:   "l0", State: "loaded", Rejects: []qulaq.Reject{{Line: 7, Reason: qulaq.BadDate, Detail: "other"}},
	}
	s := Snapshot{
		Snapshot: qulaq.Snapshot{Hash: qulaq.Hash{1}, Source: "eotinish", Origin: "/in/a.csv", Name: "a.csv", Size: 10, ExportedAt: at(t, "2026-05-01"), SeenAt: at(t, "2026-05-02")},
		LoadID:   "l1", State: "refused", Reason: "it's bad", Dialect: "tab", ShiftMinutes: -600, Rows: 3, Facts: 1, Rejected: 2,
		Rejects:  []qulaq.Reject{{Line: 2, Reason: qulaq.BadDate, Detail: "31.02", Raw: "Иванов"}, {Line: 3, Reason: qulaq.EmptyID, Detail: "the id is empty", Table: "a"}},
		Findings: []qulaq.Finding{{Kind: qulaq.UnknownColumn, Subject: "x", Detail: "?", Count: 3, Line: 1}},
	}
	for _, note := range []Snapshot{other, s} {
		if err := w.NoteSnapshot(ctx, note); err != nil {
			t.Fatal(err)
		}
	}
	refused, err := w.Refused(ctx, "eotinish")
	if diff := cmp.Diff(map[qulaq.Hash]bool{{1}: true}, refused); err != nil || diff != "" {
		t.Errorf("refused: %v\n%s", err, diff)
	}
	s.LoadID, s.State, s.Reason, s.Rejects, s.Findings = "l2", "loaded", "", s.Rejects[1:], nil
	if err := w.NoteSnapshot(ctx, s); err != nil {
		t.Fatal(err)
	}
	if refused, err = w.Refused(ctx, "eotinish"); err != nil || len(refused) > 0 {
		t.Errorf("refused after it was loaded: %v, %v", refused, err)
	}
	rows, err := w.Rejects(ctx, "", 10)
	if err != nil {
		t.Fatal(err)
	}
	want := []RejectedRow{
		{"eotinish", s.Hash.String(), "a.csv", "a", 3, "empty_id", "the id is empty"},
		{"eotinish", other.Hash.String(), "other.csv", "", 7, "bad_date", "other"},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("rejects (-want +got):\n%s", diff)
	}
	if rows, err = w.Rejects(ctx, other.Hash.String()[:6], 10); err != nil || len(rows) != 1 || rows[0].Name != "other.csv" {
		t.Errorf("rejects by the beginning of a hash: %v, %v", rows, err)
	}
	got := ask(t, w, "SELECT name, toString(state), reason, dialect, toString(time_shift_minutes), rows, facts, rejected, load_id, toString(exported_at), toString(seen_at) FROM snapshots ORDER BY name")
	if diff := cmp.Diff([]string{
		"a.csv | loaded |  | tab | -600 | 3 | 1 | 2 | l2 | 2026-05-01 12:00:00 | 2026-05-02 12:00:00.000",
		"other.csv | loaded |  |  | 0 | 0 | 0 | 0 | l0 | 2026-05-01 12:00:00 | 2026-05-01 12:00:00.000",
	}, got); diff != "" {
		t.Errorf("snapshots (-want +got):\n%s", diff)
	}
	if n := ask(t, w, "SELECT count() FROM findings"); n[0] != "0" {
		t.Errorf("%s findings of the older load are left", n[0])
	}
	for _, table := range []string{"rejects", "findings", "snapshots"} { // the row as read stays in the archive
		columns := ask(t, w, "SELECT name FROM system.columns WHERE database = currentDatabase() AND table = ?", table)
		if strings.Contains(strings.Join(columns, " "), "raw") {
			t.Errorf("%s holds raw text: %q", table, columns)
		}
	}
}

func TestChecksum(t *testing.T) {
	w := migrated(t)
	ctx := context.Background()
	one := export{"eotinish", 1, "2026-05-01", []fact{{"1", "2026-03-05", "один"}, {"2", "2026-04-05", "два"}}}
	one.mustLoad(t, w)
	first := sum(t, w)
	one.mustLoad(t, w)
	if got := ask(t, w, "SELECT DISTINCT toString(load_id) FROM complaints"); len(got) != 1 {
		t.Fatalf("the second load left rows of the first: %q", got)
	}
	if got := sum(t, w); got != first {
		t.Errorf("checksum %s after another load of the same, want %s", got, first)
	}
	// Every other column counts, and a null is not the default value.
	var changed []string
	for _, column := range ask(t, w, "SELECT name FROM system.columns WHERE database = currentDatabase() AND table = 'complaints' AND name NOT IN ('load_id')") {
		kind := ask(t, w, "SELECT type FROM system.columns WHERE database = currentDatabase() AND table = 'complaints' AND name = ?", column)[0]
		value := "'changed'"
		switch {
		case strings.Contains(kind, "Nullable"):
			value = "if(isNull(" + column + "), defaultValueOfArgumentType(assumeNotNull(" + column + ")), NULL)"
		case !strings.Contains(kind, "String"):
			value = column + " + 1"
		}
		expression, err := w.Checksum(ctx, "complaints")
		if err != nil {
			t.Fatal(err)
		}
		got := ask(t, w, "SELECT toString("+expression+") FROM (SELECT * REPLACE (CAST("+value+", '"+strings.ReplaceAll(kind, "'", "\\'")+"') AS "+column+") FROM complaints)")[0]
		if "2 | "+got == first {
			changed = append(changed, column)
		}
	}
	if len(changed) > 0 {
		t.Errorf("the checksum does not see changes of %q", changed)
	}
}
