package pipelines

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract"
)

func TestAge(t *testing.T) {
	day := time.Date(2026, time.March, 31, 9, 0, 0, 0, qulaq.Almaty())
	for age, want := range map[Age]string{
		"400d": "2025-02-24", "1d": "2026-03-30", "6m": "2025-10-01", "3y": "2023-03-31",
		"": "", "keep": "", "0d": "", "-1d": "", "1h": "", "400": "", "1d ": "", "99999d": "",
	} {
		got := ""
		if before, ok := age.Before(day); ok {
			got = before.Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("%q before %s is %q, want %q", age, day.Format(time.DateOnly), got, want)
		}
	}
}

func TestRetentionInConfig(t *testing.T) {
	for text, want := range map[string]string{
		"archive: {listings: 400d, documents: 5y, exports: 36m, even_proof: [exports]}": "",
		"warehouse: {texts: 10y, rejects: 90d, findings: 90d, attempts: 30d}":           "",
		"{}":                                    "",
		"archive: {listings: old}":              `retention.archive.listings is an age such as 400d, 6m (months) or 3y, not "old"`,
		"warehouse: {attempts: 29d}":            "retention.warehouse.attempts is at least 30d",
		"warehouse: {looks: 400d}":              "verdicts are made of all of them",
		"archive: {facts: 3y}":                  `unknown field "facts"`,
		"archive: {even_proof: [exports]}":      "needs an age",
		"archive: {even_proof: [listings]}":     "made anew from the archive",
		"archive: {exports: 3y, even_proof: 1}": "sequence",
	} {
		c, _, err := readConfig(t, "retention:\n  "+text+"\n")
		switch {
		case want == "" && err != nil:
			t.Errorf("%s: %v", text, err)
		case want == "" && c.Retention.Wanted() != (text != "{}"):
			t.Errorf("%s: wanted %v", text, c.Retention.Wanted())
		case want != "":
			wantError(t, err, qulaq.Configuration, want)
		}
	}
	if DefaultConfig().Retention.Wanted() {
		t.Error("by default something is removed")
	}
	e := newEnvironment(DefaultConfig())
	scheduled := func() bool {
		return slices.ContainsFunc(e.jobs(), func(j job) bool { return j.pipeline == "prune" && j.schedule == "30 7 * * *" })
	}
	if scheduled() {
		t.Error("by default it is scheduled")
	}
	if e.Config.Retention.Warehouse.Attempts = "90d"; !scheduled() {
		t.Error("it is wanted and not scheduled")
	}
}

// kept lists what the archive keeps, as words that the test gave to the contents.
func kept(e *Environment, names map[string]qulaq.Hash) (all []string) {
	for name, h := range names {
		if e.Archive.Has(h) {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}

func TestPrune(t *testing.T) {
	inbox := t.TempDir()
	path := func(name string) string { return filepath.Join(inbox, name) }
	write(t, path("replaced_2024-01-01.csv"), row("a", "2023-12-01", "В работе", "г.Астана"))
	write(t, path("here_2024-02-01.csv"), row("a", "2023-12-01", "В работе", "г.Алматы"))
	write(t, path("facts_2024-03-01.csv"), row("a", "2023-12-01", "Завершено", "г.Астана"), row("b", "2023-12-02", "В работе", "г.Астана"), row("", "2023-12-03", "В работе", "г.Астана"))
	writeText(t, path("refused_2024-03-02.csv"), "what,is,this\n1,2,3\n")
	c := atServer(t, ComplaintSource{Source: "eotinish", Path: inbox})
	c.Bounds.MaxRejects = 1
	e := open(t, c)
	at := func(year int) { // the archive, too, has the new clock
		e.Now = func() time.Time { return time.Date(year, time.March, 3, 9, 0, 0, 0, qulaq.Almaty()) }
		if err := e.OpenArchive(); err != nil {
			t.Fatal(err)
		}
	}
	at(2024)
	run(t, e)
	names := map[string]qulaq.Hash{}
	for _, s := range e.Archive.Snapshots("eotinish") {
		name, _, _ := strings.Cut(s.Name, "_")
		names[name] = s.Hash
	}
	// What of the platform's listings is there is old, but for a page that was shown lately.
	put := func(name, source, origin string) {
		s, err := e.Archive.Put(t.Context(), strings.NewReader("content of "+name), extract.Sighting{Source: source, Origin: origin})
		if err != nil {
			t.Fatal(err)
		}
		names[name] = s.Hash
	}
	const listing = "https://www.gov.kz/api/v1/public/content-manager/documents?projects=eq:aktobe&page=%d"
	put("page", "govkz/aktobe", fmt.Sprintf(listing, 1))
	put("page of a verdict", "govkz/aktobe", fmt.Sprintf(listing, 2))
	put("page shown lately", "govkz/aktobe", fmt.Sprintf(listing, 3))
	put("page of a fact", "govkz/aktobe", fmt.Sprintf(listing, 4))
	put("document", "govkz/aktobe", "https://www.gov.kz/a.pdf")
	put("document of a fact", "govkz/aktobe", "https://www.gov.kz/b.pdf")
	put("document still there", "govkz/aktobe", "https://www.gov.kz/c.pdf")
	if _, err := e.Archive.Put(t.Context(), strings.NewReader("changed"), extract.Sighting{Source: "govkz/aktobe", Origin: "https://www.gov.kz/a.pdf"}); err != nil {
		t.Fatal(err)
	}
	put("report", reportSource, "/gone/report.html")
	put("never read", "eotinish", "/gone/never.csv")
	do := func(statement string, args ...any) {
		t.Helper()
		if err := e.Warehouse.Do(t.Context(), statement, args...); err != nil {
			t.Fatal(err)
		}
	}
	do("INSERT INTO looks (run_id, at, source, page_hashes) VALUES ('r', '2026-02-20 00:00:00', 'govkz/aktobe', [?])", names["page shown lately"].String())
	do("INSERT INTO verdicts (run_id, obligation_id, evidence) VALUES ('r', 'o', ?)", `[{"Hashes":["`+names["page of a verdict"].String()+`"]}]`)
	do("INSERT INTO publications (source, publication_id, snapshot, file_hashes) VALUES ('govkz/aktobe', '1/ru', ?, ?)", names["page of a fact"].String(), strings.Repeat("ab", 32)+" "+names["document of a fact"].String())
	do("INSERT INTO loads (load_id, at, step, target, source) VALUES ('l', '2024-03-04 00:00:00', 'done', 'plans', 'govkz/aktobe')")
	do("INSERT INTO attempts (run_id, at) VALUES ('r', '2024-03-01 00:00:00'), ('r', '2026-02-20 00:00:00')")
	do("ALTER TABLE complaints UPDATE text = 'слова' WHERE 1 SETTINGS mutations_sync = 2")
	for _, gone := range []string{"replaced_2024-01-01.csv", "facts_2024-03-01.csv", "refused_2024-03-02.csv"} {
		remove(t, path(gone))
	}

	at(2026)
	before := fingerprint(t, e)
	r, err := e.Prune(t.Context()) // without a policy
	if err != nil || len(r.Removed) > 0 {
		t.Fatalf("by default: %+v, %v", r.Removed, err)
	}
	if got := kept(e, names); len(got) != len(names) {
		t.Fatalf("by default only these are kept: %q", got)
	}

	archive := &e.Config.Retention.Archive
	archive.Listings, archive.Documents, archive.Exports = "400d", "1y", "18m"
	would, err := e.WouldPrune(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got := kept(e, names); len(got) != len(names) {
		t.Errorf("a look at what would go removes: left are %q", got)
	}
	// A run that is killed when the archive has removed and the warehouse has not heard of it.
	old, err := e.oldObjects(t.Context(), slices.Clone(would))
	if err != nil {
		t.Fatal(err)
	}
	for i := range old {
		old[i].On = e.Now()
	}
	killed, kill := context.WithCancel(t.Context())
	kill()
	if err := e.Archive.Remove(killed, old); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if err := e.Archive.Remove(t.Context(), old[:2]); err != nil {
		t.Fatal(err)
	}
	at(2026)
	if _, err = e.Prune(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := []string{"document of a fact", "document still there", "facts", "here", "never read", "page of a fact", "page of a verdict", "page shown lately", "report"}
	if diff := cmp.Diff(want, kept(e, names)); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
	if got := ask(t, e, "SELECT kind, rule, source, name, bytes > 0, was_proof, count() FROM removals GROUP BY ALL ORDER BY ALL"); !slices.Equal(got, []string{
		"documents | 1y | govkz/aktobe | a.pdf | 1 | false | 1", "exports | 18m | eotinish | refused_2024-03-02.csv | 1 | false | 1",
		"exports | 18m | eotinish | replaced_2024-01-01.csv | 1 | false | 1", "listings | 400d | govkz/aktobe | documents?projects=eq:aktobe&page=1 | 1 | false | 1",
	}) {
		t.Errorf("written down: %q", got)
	}
	if objects, of := would[0].Objects+would[1].Objects+would[2].Objects, would[2]; objects != 4 || of.Kept != 3 || of.Proof != 0 {
		t.Errorf("told before: %+v", would)
	}
	if r, err = e.Prune(t.Context()); err != nil || r.Removed[0].Objects+r.Removed[1].Objects+r.Removed[2].Objects != 0 {
		t.Errorf("again: %+v, %v", r.Removed, err)
	}
	healthy := func() {
		t.Helper()
		for _, examine := range []func(context.Context) ([]Trouble, error){e.examineArchive, e.examineFacts, e.examineLoads, e.examineRuns} {
			if troubles, err := examine(t.Context()); err != nil || len(troubles) > 0 {
				t.Errorf("the doctor finds %+v, %v", troubles, err)
			}
		}
		troubles, err := e.examineSnapshots(t.Context())
		if err != nil || len(troubles) != 1 || !strings.Contains(troubles[0].What, "never read it") {
			t.Errorf("the doctor finds of files %+v, %v", troubles, err)
		}
	}
	healthy()

	// Proof goes only when it is asked for, and the facts stay.
	archive.EvenProof = []string{exports}
	if r, err = e.Prune(t.Context()); err != nil || r.Removed[2].Objects != 1 || r.Removed[2].Proof != 1 {
		t.Fatalf("proof: %+v, %v", r.Removed, err)
	}
	healthy()
	if diff := cmp.Diff(before, fingerprint(t, e)); diff != "" {
		t.Errorf("facts (-before +after):\n%s", diff)
	}
	if got := ask(t, e, "SELECT name FROM removals WHERE was_proof"); !slices.Equal(got, []string{"facts_2024-03-01.csv"}) {
		t.Errorf("proof that was removed: %q", got)
	}
	if err := e.Rejected(t.Context(), names["facts"].String(), func(qulaq.Reject) error { return nil }); !errors.Is(err, extract.ErrRemoved) {
		t.Errorf("reading what was removed: %v", err)
	}

	// The warehouse.
	w := &e.Config.Retention.Warehouse
	w.Texts, w.Rejects, w.Findings, w.Attempts = "1y", "1y", "1y", "90d"
	if _, err = e.Prune(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := ask(t, e, "SELECT (SELECT count() FROM complaints), (SELECT countIf(text != '') FROM complaints), (SELECT count() FROM rejects), (SELECT count() FROM attempts)"); got[0] != "2 | 0 | 0 | 1" {
		t.Errorf("complaints, texts, rejects, attempts: %q", got)
	}
	if got := ask(t, e, "SELECT kind, rule, rows > 0 FROM removals WHERE room = 'warehouse' ORDER BY kind"); len(got) < 3 || !slices.Contains(got, "texts | 1y | 1") || !slices.Contains(got, "attempts | 90d | 1") {
		t.Errorf("written down: %q", got)
	}
}

// TestProvePruneKeepsWhatFactsAreMadeOf prunes the archive of a source that was looked at for months: made anew from the rest, its
// facts are the same.
func TestProvePruneKeepsWhatFactsAreMadeOf(t *testing.T) {
	s := newSite(t)
	body := page("Актюбинской области", "2 полугодие 2022 года", "нет дороги|до 01.06.2023|исполнено", "мало воды|постоянно|на исполнении")
	corrected := page("Актюбинской области", "2 полугодие 2022 года", "нет дороги|до 01.09.2023|на исполнении")
	var nights []string
	for day := time.Date(2023, 1, 20, 0, 0, 0, 0, time.UTC); len(nights) < 6; day = day.AddDate(0, 0, 7) {
		nights = append(nights, day.Format(time.DateOnly))
	}
	for i, day := range nights {
		switch i {
		case 1:
			s.Add("aktobe", "ru", entry(planTitle, day, body))
		case 3:
			s.Add("aktobe", "ru", entry(planTitle+" (с изменениями)", day, corrected))
		default: // other news, which change the page
			s.Add("aktobe", "ru", entry(fmt.Sprintf("Об утверждении правил землепользования, %d", i), day, "<p>текст</p>"))
		}
		s.at(day)
		if err := s.e.OpenArchive(); err != nil { // with that day's clock
			t.Fatal(err)
		}
		s.Forget()
		if err := s.run(t).Err(); err != nil {
			t.Fatal(err)
		}
	}
	before := everything(t, s.e)
	held := len(s.e.Archive.Snapshots("govkz/aktobe"))
	s.e.Config.Retention.Archive.Listings, s.e.Config.Retention.Archive.Documents = "90d", "90d"
	s.at("2025-06-01")
	r, err := s.e.Prune(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	left := len(s.e.Archive.Snapshots("govkz/aktobe"))
	if left == 0 || left >= held || r.Removed[0].Objects < held-left {
		t.Fatalf("of %d contents %d are left: %+v", held, left, r.Removed)
	}
	again, err := s.e.ReplayPlans(t.Context(), 0)
	if err != nil || again.Err() != nil {
		t.Fatal(err, again.Err())
	}
	if diff := cmp.Diff(before, everything(t, s.e)); diff != "" {
		t.Errorf("facts (-before +after):\n%s", diff)
	}
}

// TestPruneBesideAnotherWarehouse prunes a whole archive beside a warehouse that has not read it: nothing goes.
func TestPruneBesideAnotherWarehouse(t *testing.T) {
	s := newSite(t)
	body := page("Актюбинской области", "2 полугодие 2022 года", "нет дороги|до 01.06.2023|исполнено")
	s.at("2023-01-20")
	if err := s.e.OpenArchive(); err != nil { // with that day's clock
		t.Fatal(err)
	}
	s.Add("aktobe", "ru", entry(planTitle, "2023-01-20", body))
	if err := s.run(t).Err(); err != nil {
		t.Fatal(err)
	}
	s.at("2025-06-01")
	archive := &s.e.Config.Retention.Archive
	archive.Listings, archive.Documents = "90d", "90d"
	held := len(s.e.Archive.Snapshots("govkz/aktobe"))
	empty := open(t, atServer(t))
	empty.Now, empty.Config.Retention, empty.Archive = s.e.Now, s.e.Config.Retention, s.e.Archive
	if err := empty.EnsureSchema(t.Context()); err != nil {
		t.Fatal(err)
	}
	keeps := func(step string) {
		t.Helper()
		would, err := empty.WouldPrune(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if old := would[0].Objects + would[1].Objects; held == 0 || old != 0 || would[0].Kept+would[1].Kept == 0 {
			t.Errorf("%s: of %d contents %d would go: %+v", step, held, old, would)
		}
	}
	keeps("nothing loaded")
	// Neither a load that did not end nor one of another source or table makes a difference.
	if err := empty.Warehouse.Do(t.Context(), "INSERT INTO loads (load_id, at, step, target, source, unit) VALUES ('a', now(), 'begin', 'plans', 'govkz/aktobe', ''), "+
		"('b', now(), 'done', 'plans', 'govkz/aktobe', '2023'), ('c', now(), 'done', 'plans', 'govkz/sko', ''), ('d', now(), 'done', 'publications', 'govkz/aktobe', '')"); err != nil {
		t.Fatal(err)
	}
	keeps("half loaded")
	if err := empty.Warehouse.Do(t.Context(), "INSERT INTO loads (load_id, at, step, target, source) VALUES ('e', now(), 'done', 'plans', 'govkz/aktobe')"); err != nil {
		t.Fatal(err)
	}
	would, err := empty.WouldPrune(t.Context())
	if err != nil || would[0].Objects == 0 {
		t.Errorf("when it was loaded and nothing rests on it, the listings still stay: %+v, %v", would, err)
	}
}
