package pipelines

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/govsim"
	"github.com/qulaq-kz/qulaq/load"
)

// twoYears publishes plans of two akimats over two years, each in a file.
func twoYears(s *small) {
	for _, akimat := range []struct{ slug, name string }{{"aktobe", "Актюбинской области"}, {"sko", "Северо-Казахстанской области"}} {
		for _, year := range []string{"2022", "2023"} {
			title := "План мероприятий по вопросам, поднятым на встречах акима " + akimat.name + " с населением за " + year + " год"
			text := page(akimat.name, year+" год", "нет дороги|до 01.06.2024|исполнено", "нет воды|до 01.07.2024|на исполнении")
			s.Add(akimat.slug, "ru", entry(title, year+"-08-20", "", govsim.File{Name: "a.html", Data: []byte(text)}))
		}
	}
}

// forget empties the tables of facts and the ledger; the archive and what was seen stay.
func forget(t *testing.T, e *Environment) {
	t.Helper()
	for _, table := range []string{"plans", "plan_items", "publications", "meetings", "meeting_papers", "snapshots", "rejects", "findings", "loads"} {
		if err := e.Warehouse.Do(t.Context(), "TRUNCATE TABLE "+table+" SYNC"); err != nil {
			t.Fatal(err)
		}
	}
}

// facts of plans and meetings. Files are left out: a backfill asks for listings in other words than a nightly run does.
func facts(t *testing.T, e *Environment) (all []string) {
	t.Helper()
	for _, table := range []string{"plans", "plan_items", "publications", "meetings", "meeting_papers"} {
		all = append(all, ask(t, e, "SELECT '"+table+"', * EXCEPT load_id FROM "+table+" ORDER BY ALL")...)
	}
	return all
}

// wantFacts compares with the facts that nightly runs gave.
func wantFacts(t *testing.T, want, got []string, killed string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("killed %s, and done again (-nightly +got):\n%s", killed, diff)
	}
}

// killedAt pulls the plug before the nth step of a piece of work.
func killedAt(t *testing.T, e *Environment, n int, work func() (*Result, error)) {
	t.Helper()
	plug := errors.New("the plug is pulled")
	at := 0
	e.Step = func(load.Step) error {
		if at++; at == n {
			return plug
		}
		return nil
	}
	defer func() { e.Step = nil }()
	r, err := work()
	if err = errors.Join(err, r.Err()); !errors.Is(err, plug) {
		t.Fatalf("killed at step %d of %d: %v", n, at, err)
	}
}

// A replay that was killed and is done again gives what the nightly runs gave, from the archive alone: who saw what first,
// which versions there were, and what vanished.
func TestProveReplayThatWasKilled(t *testing.T) {
	s := newSite(t)
	s.Add("sko", "ru", entry(planTitle, "2023-01-22", page("Северо-Казахстанской области", "2 полугодие 2022 года", "нет света|до 01.06.2023|исполнено")))
	for _, night := range []struct{ day, items string }{{"2023-02-01", "нет дороги|до 01.06.2023|исполнено"}, {"2023-02-05", "нет моста|до 01.08.2023|на исполнении"}} {
		s.Add("aktobe", "ru", entry(planTitle, "2023-01-20", page("Актюбинской области", "2 полугодие 2022 года", night.items)))
		s.at(night.day)
		if err := s.run(t).Err(); err != nil {
			t.Fatal(err)
		}
	}
	want := everything(t, s.e)
	s.at("2023-03-01")
	replay := func() (*Result, error) { return s.e.ReplayPlans(t.Context(), qulaq.Date(2023, 2, 1)) }
	for _, n := range []int{3, 20, 45} { // in tables of both akimats
		forget(t, s.e)
		killedAt(t, s.e, n, replay)
		r, err := replay()
		if err = errors.Join(err, r.Err()); err != nil {
			t.Fatal(err)
		}
		wantFacts(t, want, everything(t, s.e), fmt.Sprint("at step ", n))
	}
	wantSound(t, s.e)
}

// A backfill that was killed while it fetched, or while it loaded, and is done again gives what a nightly run gives that saw
// the same; no file is fetched twice.
func TestProveBackfillThatWasKilled(t *testing.T) {
	s := newSite(t)
	twoYears(s)
	var left atomic.Int64 // requests until the program is interrupted
	var interrupt atomic.Pointer[context.CancelFunc]
	gate := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if left.Add(-1) == 0 {
			(*interrupt.Load())()
		}
		s.ServeHTTP(w, r)
	}))
	t.Cleanup(gate.Close)
	s.e.Config.Plans.BaseURL = gate.URL
	s.at("2024-02-01")

	c := atServer(t)
	c.Plans, c.Network = s.e.Config.Plans, s.e.Config.Network
	nightly := open(t, c)
	nightly.Now = s.e.Now
	if r, err := nightly.RunPlans(t.Context()); errors.Join(err, r.Err()) != nil {
		t.Fatal(err, r.Err())
	}
	want := facts(t, nightly)
	files := s.Count("/uploads/")
	backfill := func(ctx context.Context) (*Result, error) {
		return s.e.BackfillPlans(ctx, qulaq.Date(2022, 1, 1), qulaq.Date(2023, 12, 31))
	}
	for _, n := range []int64{3, 12, 0} { // 0: not interrupted any more
		ctx, cancel := context.WithCancel(t.Context())
		interrupt.Store(&cancel)
		left.Store(n)
		r, err := backfill(ctx)
		cancel()
		if err = errors.Join(err, r.Err()); n > 0 != errors.Is(err, context.Canceled) || n == 0 && err != nil {
			t.Fatalf("interrupted at request %d: %v", n, err)
		}
	}
	if got := s.Count("/uploads/") - files; got > files+files/2 { // one that was cut is asked for again
		t.Errorf("%d files were fetched, there are %d", got, files)
	}
	wantFacts(t, want, facts(t, s.e), "again and again while it fetched")
	for _, n := range []int{10, 45} {
		forget(t, s.e)
		killedAt(t, s.e, n, func() (*Result, error) { return backfill(t.Context()) })
		r, err := backfill(t.Context())
		if err = errors.Join(err, r.Err()); err != nil {
			t.Fatal(err)
		}
		wantFacts(t, want, facts(t, s.e), fmt.Sprint("at step ", n))
	}
	wantSound(t, s.e)
}

// A replay of complaints gives what the nightly runs gave, from the archive alone, into a warehouse that is empty or full,
// and when it was killed; what was refused and taken away stays out.
func TestProveReplayOfComplaintsThatWasKilled(t *testing.T) {
	inbox := t.TempDir()
	e := open(t, atServer(t, ComplaintSource{Source: "eotinish", Path: inbox}))
	night := func() error {
		t.Helper()
		r, err := e.NightlyComplaints(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return r.Err()
	}
	good(t, inbox)
	first := night()
	write(t, filepath.Join(inbox, "eotinish_2026-06-01.csv"), row("2", "2026-04-01", "Завершено", "г.Алматы"), row("3", "2026-05-01", "В работе", "Атлантида"))
	if err := errors.Join(first, night()); err != nil {
		t.Fatal(err)
	}
	bad := filepath.Join(inbox, "eotinish_2026-06-15.csv")
	write(t, bad, row("1", "2026-03-01", "Завершено", "г.Астана"), row("", "2026-03-01", "Завершено", "г.Астана"))
	if err := night(); qulaq.KindOf(err) != qulaq.Contract {
		t.Fatalf("the bad file: %v", err)
	}
	if err := os.RemoveAll(inbox); err != nil { // nobody looks there
		t.Fatal(err)
	}
	want := fingerprint(t, e)
	rows := living(t, e)
	if diff := cmp.Diff([]string{"1 | 2026-03-01 | open", "2 | 2026-04-01 | closed", "3 | 2026-05-01 | open"}, rows); diff != "" {
		t.Fatalf("nights (-want +got):\n%s", diff)
	}
	replay := func() (*Result, error) { return e.ReplayComplaints(t.Context(), 0) }
	for _, empty := range []bool{false, true} {
		for _, n := range []int{2, 5, 9, 13} {
			if empty {
				for _, table := range []string{"complaints", "loads"} { // that a file was refused is known still
					if err := e.Warehouse.Do(t.Context(), "TRUNCATE TABLE "+table+" SYNC"); err != nil {
						t.Fatal(err)
					}
				}
			}
			killedAt(t, e, n, replay)
			r, err := replay()
			if err = errors.Join(err, r.Err()); err != nil || len(r.Files) != 2 {
				t.Fatalf("%d files, %v", len(r.Files), err)
			}
			wantFacts(t, want, fingerprint(t, e), fmt.Sprintf("at step %d, of an empty warehouse: %t", n, empty))
		}
	}
	r, err := e.ReplayComplaints(t.Context(), qulaq.Date(2026, 7, 2))
	if err = errors.Join(err, r.Err()); err != nil || len(r.Files) != 0 {
		t.Errorf("since a day after the last file: %d files, %v", len(r.Files), err)
	}
	wantSound(t, e)
}

// A row that a new reading of the newest export does not give any more leaves its complaint to the word of an older one, as
// if there had never been another reading.
func TestReplayOfComplaintsReadAnotherWay(t *testing.T) {
	inbox := t.TempDir()
	built, err := os.ReadFile("../transform/complaint/profiles/eotinish.yaml")
	if err != nil {
		t.Fatal(err)
	}
	profile := filepath.Join(t.TempDir(), "eotinish.yaml")
	writeText(t, profile, string(built))
	c := atServer(t, ComplaintSource{Source: "eotinish", Path: inbox, Profile: profile})
	c.Bounds.MaxRejects = 1
	e := open(t, c)
	good(t, inbox)
	newer := row("1", "2026-03-01", "Завершено", "г.Астана")
	newer[7] = "soon"
	write(t, filepath.Join(inbox, "eotinish_2026-06-01.csv"), newer, row("3", "2026-05-01", "В работе", "г.Астана"))
	if err := run(t, e).Err(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"1 | 2026-03-01 | closed", "2 | 2026-04-01 | open", "3 | 2026-05-01 | open"}, living(t, e)); diff != "" {
		t.Fatalf("read as ever (-want +got):\n%s", diff)
	}
	changed := strings.NewReplacer("[created_date,", "[deadline,", "[deadline, deadline_dt]", "[deadline_dt]").Replace(string(built))
	writeText(t, profile, changed)
	r, err := e.ReplayComplaints(t.Context(), 0)
	if err = errors.Join(err, r.Err()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"1 | 2026-03-01 | open", "2 | 2026-04-01 | open", "3 | 2026-05-01 | open"}, living(t, e)); diff != "" {
		t.Errorf("read another way (-want +got):\n%s", diff)
	}
	wantSound(t, e)
}
