package pipelines

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/load"
)

// examined runs the doctor and returns a line for each trouble, by examination, with how it ended.
func examined(t *testing.T, e *Environment, o DoctorOptions) (lines []string, hints string) {
	t.Helper()
	seen := 0
	err := e.Doctor(context.Background(), o, func(d Diagnosis) error {
		seen++
		if d.Err != nil {
			lines = append(lines, d.Examination+": unknown: "+d.Err.Error())
		}
		for _, x := range d.Troubles {
			state := "left"
			if x.Mended != "" {
				state = "mended"
			}
			lines = append(lines, fmt.Sprintf("%s: %s", d.Examination, state))
			if x.Hint == "" || x.Object == "" || x.What == "" {
				t.Errorf("a trouble does not say all: %+v", x)
			}
			hints += x.Object + ": " + x.What + "\n"
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := 10; seen != want && !o.Network {
		t.Errorf("%d examinations, want %d", seen, want)
	}
	return lines, hints
}

// realTime gives an environment the clock of the machine, which the engine has too.
func realTime(e *Environment) *Environment {
	e.Now = func() time.Time { return time.Now().In(qulaq.Almaty()) }
	return e
}

func TestDoctorFindsNothingWhereAllIsWell(t *testing.T) {
	inbox := t.TempDir()
	overlapping(t, inbox)
	e := realTime(open(t, atServer(t, ComplaintSource{Source: "eotinish", Path: inbox})))
	if err := run(t, e).Err(); err != nil {
		t.Fatal(err)
	}
	if got, what := examined(t, e, DoctorOptions{}); len(got) > 0 {
		t.Errorf("%q\n%s", got, what)
	}
}

func TestDoctor(t *testing.T) {
	inbox := t.TempDir()
	overlapping(t, inbox)
	want, _ := undisturbed(t, inbox)
	c := atServer(t, ComplaintSource{Source: "eotinish", Path: inbox})
	e := open(t, c)
	if err := run(t, e).Err(); err != nil {
		t.Fatal(err)
	}
	do := func(statement string, args ...any) {
		t.Helper()
		if err := e.Warehouse.Do(t.Context(), statement, args...); err != nil {
			t.Fatal(err)
		}
	}
	snapshots := e.Archive.Snapshots("eotinish")
	first, second := snapshots[0].Hash.String(), snapshots[1].Hash.String()
	// A program that died in a load: a run that is said to be running, its staging table, an intent, and half the facts.
	do("INSERT INTO runs (run_id, pipeline, owner, started_at, state) VALUES ('dead', 'complaints', ?, now64(3) - 60, 'running')", e.owner)
	do("CREATE TABLE stage_complaints_dead (a Int8) ENGINE = MergeTree ORDER BY a COMMENT '" + e.owner + "'")
	do("CREATE TABLE stage_complaints_other (a Int8) ENGINE = MergeTree ORDER BY a COMMENT 'another machine'")
	do("INSERT INTO loads (load_id, at, step, target, source, snapshot) VALUES ('dead', now64(3) + 1, 'intent', 'complaints', 'eotinish', ?)", second)
	do("ALTER TABLE complaints DELETE WHERE toMonth(registered_at) = 4 SETTINGS mutations_sync = 2")
	// Facts of nowhere, a file that the archive lost, a column of other hands, and a folder that is gone.
	do("INSERT INTO complaints (source, complaint_id, snapshot) VALUES ('eotinish', 'nowhere', 'feed')")
	do("INSERT INTO snapshots (source, snapshot, name, state) VALUES ('eotinish', ?, 'lost.csv', 'loaded')", strings.Repeat("ab", 32))
	do("ALTER TABLE attempts ADD COLUMN mood String")
	damaged := filepath.Join(e.Archive.Dir(), "objects", first[:2], first+".zst")
	content, err := os.ReadFile(damaged)
	if err != nil {
		t.Fatal(err)
	}
	content[len(content)/2] ^= 1
	if err := os.WriteFile(damaged, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := e.OpenArchive(); err != nil { // as another process does, which trusts nothing that it did not write
		t.Fatal(err)
	}
	realTime(e)
	e.Config.Reports = []ReportSource{{Path: filepath.Join(inbox, "gone")}}

	all := []string{"schema: left", "runs: left", "staging: left", "staging: left", "loads: left", "archive: left", "snapshots: left", "facts: left", "sources: left"}
	got, what := examined(t, e, DoctorOptions{})
	if diff := cmp.Diff(all, got); diff != "" {
		t.Fatalf("(-want +got):\n%s\n%s", diff, what)
	}
	if n := ask(t, e, "SELECT count() FROM runs WHERE state = 'running'"); n[0] != "1" {
		t.Error("it mends without being told")
	}
	// The damaged object is set aside before the files are looked at, and so one more is not there.
	mended := []string{"schema: left", "runs: mended", "staging: mended", "staging: left", "loads: mended", "archive: mended", "snapshots: left", "snapshots: left", "facts: left", "sources: left"}
	if got, what := examined(t, e, DoctorOptions{Fix: true}); !slices.Equal(got, mended) {
		t.Fatalf("mended: %s\n%s", cmp.Diff(mended, got), what)
	}
	// What it could mend is mended; the object that was set aside is missing now.
	left := []string{"schema: left", "staging: left", "archive: left", "snapshots: left", "snapshots: left", "facts: left", "sources: left"}
	if got, what := examined(t, e, DoctorOptions{Fix: true}); !slices.Equal(got, left) {
		t.Fatalf("left: %s\n%s", cmp.Diff(left, got), what)
	}
	do("ALTER TABLE complaints DELETE WHERE snapshot = 'feed' SETTINGS mutations_sync = 2")
	sum, err := e.Warehouse.Checksum(t.Context(), "complaints")
	if err != nil {
		t.Fatal(err)
	}
	if facts := ask(t, e, "SELECT count(), "+sum+" FROM complaints"); facts[0] != want[0] {
		t.Errorf("facts after mending: %s, undisturbed: %s", facts[0], want[0])
	}
	// The run that sees the export again keeps it anew.
	settle(t, filepath.Join(inbox, "eotinish_2026-04-01.csv"))
	if err := os.Chtimes(filepath.Join(inbox, "eotinish_2026-04-01.csv"), now, now.Add(-2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := run(t, e).Err(); err != nil {
		t.Fatal(err)
	}
	if h, _ := qulaq.ParseHash(first); !e.Archive.Has(h) {
		t.Error("the export that still lies in its folder was not kept anew")
	}
}

func TestDoctorSeesClocksThatDiffer(t *testing.T) {
	e := realTime(open(t, atServer(t)))
	if err := e.EnsureSchema(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := e.Warehouse.StartRun(t.Context(), load.Run{ID: "late", Pipeline: "plans", Owner: "another machine", StartedAt: time.Now().Add(24 * time.Hour), State: "ok"}); err != nil {
		t.Fatal(err)
	}
	if got, what := examined(t, e, DoctorOptions{}); !slices.Equal(got, []string{"clock: left"}) || !strings.Contains(what, "still to come") {
		t.Errorf("a run of tomorrow: %q\n%s", got, what)
	}
	e.Now = func() time.Time { return time.Now().Add(48 * time.Hour) }
	if got, what := examined(t, e, DoctorOptions{}); !slices.Equal(got, []string{"clock: left"}) || !strings.Contains(what, "that of the warehouse") {
		t.Errorf("a clock two days ahead: %q\n%s", got, what)
	}
}

func TestDoctorAsksSites(t *testing.T) {
	answer := http.StatusNotFound
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			t.Errorf("it asks for %s", r.URL.Path)
		}
		w.WriteHeader(answer)
	}))
	defer site.Close()
	c := atServer(t)
	c.Plans.BaseURL, c.Plans.Wanted, c.Network.AllowPrivate = site.URL, true, true
	e := realTime(open(t, c))
	if got, what := examined(t, e, DoctorOptions{Network: true}); len(got) > 0 {
		t.Errorf("a site that answers: %q\n%s", got, what)
	}
	answer = http.StatusBadGateway
	if got, _ := examined(t, e, DoctorOptions{Network: true}); !slices.Equal(got, []string{"sites: left"}) {
		t.Errorf("a site in trouble: %q", got)
	}
	site.Close()
	if got, _ := examined(t, e, DoctorOptions{Network: true}); !slices.Equal(got, []string{"sites: left"}) {
		t.Errorf("a site that is down: %q", got)
	}
}
