package pipelines

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
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
	"golang.org/x/text/encoding/charmap"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/render"
	"github.com/qulaq-kz/qulaq/load"
)

// good is an export in order; it is older than what the tests put beside it.
func good(t *testing.T, inbox string) {
	t.Helper()
	write(t, filepath.Join(inbox, "eotinish_2026-05-01.csv"), row("1", "2026-03-01", "В работе", "г.Астана"), row("2", "2026-04-01", "В работе", "г.Алматы"))
}

var goodRows = []string{"1 | 2026-03-01 | open", "2 | 2026-04-01 | open"}

// TestRefusedFiles puts a bad newer file beside a good one: the rows that live stay, the good file loads,
// and the bad one is reported as long as it lies there.
func TestRefusedFiles(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	fmt.Fprintln(z, strings.Join(header, ","))
	for i := range 2000 {
		fmt.Fprintln(z, strings.Join(row(fmt.Sprint("z", i*7919), "2026-03-01", "Завершено", "г.Астана"), ","))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	head := strings.Join(header, ",") + "\n"
	for _, c := range []struct{ name, file, text, says string }{
		{"too many rejects", "bad_2026-06-01.csv", head + strings.Join(row("1", "2026-03-01", "Завершено", "г.Астана"), ",") + "\n" + strings.Join(row("", "2026-03-01", "Завершено", "г.Астана"), ",") + "\n", "1 empty_id"},
		{"a missing column", "bad_2026-06-01.csv", "appeal_id,region,created_date\n1,г.Астана,2026-03-01 10:00:00\n", "current_working_state"},
		{"a truncated gz", "bad_2026-06-01.csv.gz", packed.String()[:packed.Len()/2], "bad_2026-06-01.csv.gz"},
		{"an HTML page", "bad_2026-06-01.csv", "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>", "bad_2026-06-01.csv"},
		{"an empty file", "bad_2026-06-01.csv", "", "bad_2026-06-01.csv"},
		{"a header alone", "bad_2026-06-01.csv", head, "not one complaint"},
		{"KOI8-R, read as windows-1251", "bad_2026-06-01.csv", head + koi8(t, strings.Join(row("1", "2026-03-01", "Завершено", "г.Астана"), ",")+"\n"), "that nobody knows"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			inbox := t.TempDir()
			good(t, inbox)
			e := open(t, atServer(t, ComplaintSource{Source: "eotinish", Path: inbox}))
			if err := run(t, e).Err(); err != nil {
				t.Fatal(err)
			}
			before := fingerprint(t, e)[0]
			bad := filepath.Join(inbox, c.file)
			writeText(t, bad, c.text)
			for _, again := range []string{"at first", "again"} {
				r := run(t, e)
				wantError(t, r.Err(), qulaq.Contract, c.says)
				if len(r.Files) != 2 || r.New() != 1 {
					t.Errorf("%s: files %+v", again, r.Files)
				}
				if got := fingerprint(t, e)[0]; got != before {
					t.Errorf("%s: the living rows changed from %s to %s", again, before, got)
				}
				if got := ask(t, e, "SELECT count(), countIf(reason != '') FROM snapshots WHERE state = 'refused'"); got[0] != "1 | 1" {
					t.Errorf("%s: refused snapshots %q", again, got)
				}
			}
			if got := ask(t, e, "SELECT toString(state), files_new, error != '' FROM runs ORDER BY started_at DESC, run_id DESC LIMIT 1"); got[0] != "contract | 1 | 1" {
				t.Errorf("the ledger says %q", got)
			}
			if err := os.Remove(bad); err != nil {
				t.Fatal(err)
			}
			r := run(t, e)
			if err := r.Err(); err != nil || len(r.Files) != 1 {
				t.Errorf("after it was taken away: %v, %+v", err, r.Files)
			}
			wantSound(t, e)
		})
	}
}

func koi8(t *testing.T, text string) string {
	t.Helper()
	text, err := charmap.KOI8R.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestNothingNew(t *testing.T) {
	inbox := t.TempDir()
	good(t, inbox)
	e := open(t, atServer(t, ComplaintSource{Source: "eotinish", Path: inbox}))
	first := run(t, e)
	if got := first.Total(); first.New() != 1 || got.Rows != 2 || got.Loaded != 2 {
		t.Errorf("the first run: %+v", first)
	}
	parts := "SELECT name, toString(modification_time) FROM system.parts WHERE database = currentDatabase() AND active AND table != 'runs' ORDER BY table, name"
	before := ask(t, e, parts)
	second := run(t, e)
	if second.New() != 0 || len(second.Files) != 1 || second.Err() != nil || second.Total().Loaded != 0 {
		t.Errorf("the second run: %+v", second)
	}
	if diff := cmp.Diff(before, ask(t, e, parts)); diff != "" {
		t.Errorf("the second run wrote something (-before +after):\n%s", diff)
	}
	// The same bytes under another name are no other file.
	data, err := os.ReadFile(filepath.Join(inbox, "eotinish_2026-05-01.csv"))
	if err != nil {
		t.Fatal(err)
	}
	writeText(t, filepath.Join(inbox, "copy", "eotinish_2026-06-01.csv"), string(data))
	third := run(t, e)
	if third.New() != 0 || len(third.Files) != 1 || third.Err() != nil {
		t.Errorf("with a copy beside it: %+v", third)
	}
	if diff := cmp.Diff(goodRows, living(t, e)); diff != "" {
		t.Errorf("living (-want +got):\n%s", diff)
	}
	wantSound(t, e)
}

func TestSeveralSources(t *testing.T) {
	inbox, other := t.TempDir(), t.TempDir()
	good(t, inbox)
	writeText(t, filepath.Join(other, "cc109_2026-05-01.csv"), "created_date,region,category,character,status\n2026-02-03 10:00:00,Астана,ЖКХ,Вода,Завершено\n")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Key") != "s3cr3t-w0rd" {
			w.WriteHeader(http.StatusUnauthorized)
		}
	}))
	defer server.Close()
	c := atServer(t,
		ComplaintSource{Source: "eotinish_text", Path: filepath.Join(inbox, "no-such-folder")},
		ComplaintSource{Source: "eotinish", Path: inbox},
		ComplaintSource{Source: "eotinish", URL: server.URL + "/export.csv", Header: "X-Key: s3cr3t-w0rd-2"},
		ComplaintSource{Source: "cc109", Path: other})
	c.Network.AllowPrivate, c.Network.Tries, c.Network.Pause = true, 1, 0
	e := open(t, c)
	r := run(t, e)
	wantError(t, r.Err(), qulaq.Configuration, "no-such-folder", "401")
	if strings.Contains(r.Err().Error(), "s3cr3t") {
		t.Errorf("the error shows the key: %v", r.Err())
	}
	if len(r.Errors) != 2 || r.New() != 2 {
		t.Errorf("errors %v, files %+v", r.Errors, r.Files)
	}
	if got := ask(t, e, "SELECT toString(source), count() FROM complaints GROUP BY source ORDER BY source"); !slices.Equal(got, []string{"cc109 | 1", "eotinish | 2"}) {
		t.Errorf("living: %q", got)
	}
	if got := ask(t, e, "SELECT toString(state) FROM runs"); !slices.Equal(got, []string{"failed"}) {
		t.Errorf("runs: %q", got)
	}
	wantSound(t, e)
}

func TestErrOfAResultIsItsWorst(t *testing.T) {
	of := func(k qulaq.Kind) error { return &qulaq.Error{Op: k.String(), Kind: k} }
	order := []qulaq.Kind{qulaq.Transient, qulaq.Blocked, qulaq.Contract, qulaq.Locked, qulaq.Configuration, qulaq.Bug}
	for i := range order {
		r := Result{Errors: []error{of(order[0])}}
		for _, k := range order[:i+1] {
			r.Files = append(r.Files, FileResult{Err: of(k)}, FileResult{})
		}
		if got := qulaq.KindOf(r.Err()); got != order[i] {
			t.Errorf("up to %s: %s", order[i], got)
		}
	}
	if err := (&Result{Files: []FileResult{{}}}).Err(); err != nil {
		t.Errorf("nothing failed: %v", err)
	}
}

func TestFileThatGrowsIsLeftForTheNextRun(t *testing.T) {
	inbox := t.TempDir()
	good(t, inbox)
	path := filepath.Join(inbox, "eotinish_2026-06-01.csv")
	write(t, path, row("3", "2026-05-01", "В работе", "г.Астана"))
	e := open(t, atServer(t, ComplaintSource{Source: "eotinish", Path: inbox}))
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	line := strings.Join(row("4", "2026-05-02", "В работе", "г.Астана"), ",") + "\n"
	stop, stopped := make(chan struct{}), make(chan error)
	grown := make(chan struct{})
	go func() { // half a line at a time, as a copy over a slow line comes
		for i := 0; ; i++ {
			if i == 1 {
				close(grown)
			}
			select {
			case <-stop:
				stopped <- nil
				return
			default:
			}
			if _, err := f.WriteString(line[:10]); err != nil {
				stopped <- err
				return
			}
			if i > 200 {
				if err := f.Truncate(200); err != nil {
					stopped <- err
					return
				}
			}
		}
	}()
	<-grown
	r := run(t, e)
	close(stop)
	if err := <-stopped; err != nil {
		t.Fatal(err)
	}
	if r.New() != 1 || r.Err() != nil {
		t.Errorf("while it grew: %+v, %v", r.Files, r.Err())
	}
	if diff := cmp.Diff(goodRows, living(t, e)); diff != "" {
		t.Errorf("living while it grew (-want +got):\n%s", diff)
	}
	write(t, path, row("3", "2026-05-01", "В работе", "г.Астана"))
	if r := run(t, e); r.New() != 1 || r.Err() != nil || len(living(t, e)) != 3 {
		t.Errorf("when it was whole: %+v, %q", r.Files, living(t, e))
	}
}

func TestReloadAndRejected(t *testing.T) {
	inbox := t.TempDir()
	good(t, inbox)
	rows := [][]string{row("1", "2026-03-01", "Завершено", "г.Астана")}
	for i := range 30 {
		rows = append(rows, row(fmt.Sprint("r", i), "2026-03-02", "Завершено", "Атлантида"))
	}
	write(t, filepath.Join(inbox, "eotinish_2026-06-01.csv"), append(rows, row("", "2026-03-03", "Завершено", "Иваново"))...)
	c := atServer(t, ComplaintSource{Source: "eotinish", Path: inbox})
	e := open(t, c)
	first := run(t, e)
	if first.Err() != nil {
		t.Fatal(first.Err())
	}
	newer := first.Files[slices.IndexFunc(first.Files, func(f FileResult) bool { return f.Rows == 32 })].Snapshot
	before := fingerprint(t, e)
	for _, f := range first.Files { // the older one, too: its word must not come back
		r, err := e.Reload(t.Context(), f.Snapshot.Short())
		if err != nil || r.Err() != nil || len(r.Files) != 1 || r.Files[0].Snapshot != f.Snapshot {
			t.Errorf("reload of %s: %v, %v, %+v", f.Name, err, r.Err(), r.Files)
		}
	}
	if diff := cmp.Diff(before, fingerprint(t, e)); diff != "" {
		t.Errorf("reloading changed something (-before +after):\n%s", diff)
	}
	wantSound(t, e)

	var rejects []qulaq.Reject
	if err := e.Rejected(t.Context(), newer.String(), func(r qulaq.Reject) error { rejects = append(rejects, r); return nil }); err != nil {
		t.Fatal(err)
	}
	if len(rejects) != 1 || rejects[0].Reason != qulaq.EmptyID || rejects[0].Line != 33 || !strings.Contains(rejects[0].Raw, "Иваново") {
		t.Errorf("rejects: %+v", rejects)
	}
	if n := ask(t, e, "SELECT count() FROM rejects WHERE position(detail, 'Иваново') > 0"); n[0] != "0" {
		t.Error("the text of a reject is in the warehouse")
	}
	enough := errors.New("enough")
	if err := e.Rejected(t.Context(), newer.String(), func(qulaq.Reject) error { return enough }); !errors.Is(err, enough) {
		t.Errorf("the caller's error: %v", err)
	}
	wantError(t, e.Rejected(t.Context(), "ffffffff", nil), qulaq.Configuration, "ffffffff")
	_, err := e.Reload(t.Context(), "ffffffff")
	wantError(t, err, qulaq.Configuration, "ffffffff")

	// A reading that is refused leaves what lives, and what is said of its file.
	e.Config.Bounds.MaxRejects = 0
	r, err := e.Reload(t.Context(), newer.String())
	if err != nil {
		t.Fatal(err)
	}
	wantError(t, r.Err(), qulaq.Contract, "empty_id")
	if diff := cmp.Diff(before[0], fingerprint(t, e)[0]); diff != "" {
		t.Errorf("a refused reading changed the facts (-before +after):\n%s", diff)
	}
	wantSound(t, e)
}

func TestPreviewIsWhatIsLoaded(t *testing.T) {
	inbox := t.TempDir()
	path := filepath.Join(inbox, "eotinish_2026-06-01.csv")
	write(t, path,
		row("1", "2021-03-01", "В работе", "Восточно-Казахстанская область"), row("2", "2023-03-02", "Завершено с просрочкой", "г.Астана"),
		row("3", "2023-03-02", "", ""))
	e := open(t, atServer(t, ComplaintSource{Source: "eotinish", Path: inbox}))
	var shown []string
	fields := []string{"complaint_id", "registered_at", "due_at", "finished_at", "region_code", "district_code", "status", "body", "category_code", "kind"}
	for _, source := range []string{"", "eotinish"} {
		shown = nil
		s, err := e.PreviewComplaints(t.Context(), path, source, func(o render.Object) error {
			words := make([]string, len(fields))
			for i, name := range fields {
				at := slices.IndexFunc(o, func(f render.Field) bool { return f.Name == name })
				if o[at].Value == nil {
					words[i] = "null"
					continue
				}
				words[i] = strings.TrimSuffix(strings.TrimSuffix(fmt.Sprint(o[at].Value), "+05:00"), "+06:00")
			}
			shown = append(shown, strings.Join(words, " | "))
			return nil
		})
		if err != nil || s.Facts != 3 || s.Profile != "eotinish" {
			t.Errorf("preview as %q: %+v, %v", source, s, err)
		}
	}
	if got := ask(t, e, "SELECT count() FROM system.tables WHERE database = currentDatabase()"); got[0] != "0" {
		t.Errorf("the preview made %s tables", got[0])
	}
	if err := run(t, e).Err(); err != nil {
		t.Fatal(err)
	}
	const time = "formatDateTime(%s, '%%Y-%%m-%%dT%%H:%%i:%%S')"
	loaded := ask(t, e, "SELECT complaint_id, "+fmt.Sprintf(time, "registered_at")+", "+fmt.Sprintf(time, "due_at")+", "+fmt.Sprintf(time, "finished_at")+
		", toString(region_code), toString(district_code), toString(status), toString(body), toString(category_code), toString(kind) FROM complaints ORDER BY source_row")
	if diff := cmp.Diff(loaded, shown); diff != "" {
		t.Errorf("(-loaded +shown):\n%s", diff)
	}
	if want := "1 | 2021-03-01T10:00:00 | 2021-03-01T23:59:59 | null | 630000000 | null | open | Акимат | null | null"; shown[0] != want {
		t.Errorf("shown %s, want %s", shown[0], want)
	}
	enough := errors.New("enough")
	if _, err := e.PreviewComplaints(t.Context(), path, "", func(render.Object) error { return enough }); !errors.Is(err, enough) {
		t.Errorf("the caller's error: %v", err)
	}
	_, err := e.PreviewComplaints(t.Context(), filepath.Join(inbox, "none.csv"), "", nil)
	wantError(t, err, qulaq.Configuration, "none.csv")
	_, err = e.PreviewComplaints(t.Context(), inbox, "", nil)
	wantError(t, err, qulaq.Configuration, inbox)
	_, err = e.PreviewComplaints(t.Context(), path, "nobody", nil)
	wantError(t, err, qulaq.Configuration, "nobody")
}

// TestOneWriter proves the lock of a data folder whose warehouse is a server, by two programs' worth of
// environments.
// An address that gives nothing is an error, and leaves nothing behind.
func TestPreviewOfAnAddress(t *testing.T) {
	answer := http.StatusNotFound
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(answer) }))
	defer server.Close()
	t.Setenv("TMPDIR", t.TempDir())
	c := DefaultConfig()
	c.Data, c.Network.AllowPrivate, c.Network.Tries = t.TempDir(), true, 1
	ask := func(what string) {
		t.Helper()
		e := newEnvironment(c)
		_, err := e.PreviewComplaints(t.Context(), server.URL+"/export.csv", "", func(render.Object) error { return nil })
		_, planErr := e.PreviewPlan(t.Context(), server.URL+"/plan.docx")
		if err == nil || planErr == nil {
			t.Errorf("%s: %v, %v", what, err, planErr)
		}
		if left, _ := os.ReadDir(os.TempDir()); len(left) > 0 {
			t.Errorf("%s: %v is left", what, left)
		}
	}
	ask("404")
	answer = http.StatusInternalServerError
	ask("500")
	server.Close()
	ask("a server that is not there")
}

func TestOneWriter(t *testing.T) {
	inbox := t.TempDir()
	good(t, inbox)
	c := atServer(t, ComplaintSource{Source: "eotinish", Path: inbox})
	first := newEnvironment(c)
	attach(t, first)
	second := newEnvironment(c)
	err := second.OpenWarehouse(t.Context(), "run", Own)
	wantError(t, err, qulaq.Locked, c.Data, "qulaq test", fmt.Sprint(os.Getpid()))
	if qulaq.Hint(err) == "" {
		t.Error("the error does not say what to do")
	}
	if err := second.Close(t.Context()); err != nil {
		t.Error(err)
	}
	visitor := newEnvironment(c)
	if err := visitor.OpenWarehouse(t.Context(), "sql", Visit); err != nil {
		t.Errorf("one who only asks is refused: %v", err)
	}
	if err := run(t, first).Err(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(goodRows, living(t, visitor)); diff != "" {
		t.Errorf("living (-want +got):\n%s", diff)
	}
	for _, e := range []*Environment{first, visitor} {
		if err := e.Close(context.Background()); err != nil {
			t.Error(err)
		}
	}
	third := open(t, c)
	if r := run(t, third); r.New() != 0 || r.Err() != nil {
		t.Errorf("after the first ended: %+v", r)
	}
}

// Two programs with data folders of their own do not write into one warehouse at once: of two that swap the same months one
// would lose its rows. One that was at work long ago is dead.
func TestOneWriterOfAWarehouse(t *testing.T) {
	inbox := t.TempDir()
	good(t, inbox)
	c := atServer(t, ComplaintSource{Source: "eotinish", Path: inbox})
	first := open(t, c)
	c.Data = t.TempDir()
	second := open(t, c)
	var met error
	first.Step = func(step load.Step) error {
		if step == load.StepStaged {
			_, met = second.RunComplaints(t.Context())
		}
		return nil
	}
	if err := run(t, first).Err(); err != nil {
		t.Fatal(err)
	}
	wantError(t, met, qulaq.Locked, "complaints of "+first.owner, "at work")
	if qulaq.Hint(met) == "" {
		t.Error("the error does not say what to do")
	}
	if diff := cmp.Diff(goodRows, living(t, first)); diff != "" {
		t.Errorf("living (-want +got):\n%s", diff)
	}
	if got := ask(t, first, "SELECT toString(state) FROM runs ORDER BY state"); !slices.Equal(got, []string{"failed", "ok"}) {
		t.Errorf("runs: %q", got)
	}
	if err := first.Warehouse.Do(t.Context(), "INSERT INTO runs (run_id, pipeline, owner, started_at, state) VALUES ('x', 'plans', 'a machine of old', '2026-06-30 20:59:00', 'running')"); err != nil {
		t.Fatal(err)
	}
	if r := run(t, second); r.Err() != nil {
		t.Errorf("after the first ended: %+v", r)
	}
}

// By the address of the engine that a program has started nobody else writes from its data folder; who started it only to
// lend it, lets others write.
func TestOneWriterAtTheAddressOfAnEngine(t *testing.T) {
	for verb, kind := range map[string]qulaq.Kind{"serve": qulaq.Locked, ClickhouseVerb: qulaq.Bug} {
		c := ownEngine(t.TempDir())
		first := newEnvironment(c)
		if err := first.OpenWarehouse(t.Context(), verb, Own); err != nil {
			t.Fatal(err)
		}
		c.Warehouse = Secret("clickhouse://" + first.Engine().Addr() + "/qulaq")
		second := newEnvironment(c)
		err := second.OpenWarehouse(t.Context(), "run", Own)
		if qulaq.KindOf(err) != kind || kind == qulaq.Bug && err != nil {
			t.Errorf("beside %s a run by the address of its engine: %v", verb, err)
		}
		for _, e := range []*Environment{second, first} {
			if err := e.Close(context.Background()); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestStatus(t *testing.T) {
	inbox := t.TempDir()
	good(t, inbox)
	e := open(t, atServer(t, ComplaintSource{Source: "eotinish", Path: inbox}))
	if err := e.EnsureSchema(t.Context()); err != nil {
		t.Fatal(err)
	}
	var empty, full bytes.Buffer
	if err := e.Status(t.Context(), &empty, "table"); err != nil || !strings.Contains(empty.String(), "a run is due now") {
		t.Errorf("before any run: %v\n%s", err, empty.String())
	}
	run(t, e)
	e.Now = func() time.Time { return now.Add(time.Hour) }
	if err := e.Status(t.Context(), &full, "json"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"complaints":2`, `"newest_complaint":"2026-04-01"`, `"state":"ok"`, `"due_now":false`, `"next":"2026-07-02T02:30:00+05:00"`} {
		if !strings.Contains(full.String(), want) {
			t.Errorf("no %s in\n%s", want, full.String())
		}
	}
}

// The night also finds what complaints repeat; a single run does not.
func TestNightlyComplaints(t *testing.T) {
	inbox := t.TempDir()
	good(t, inbox)
	e := open(t, atServer(t, ComplaintSource{Source: "eotinish", Path: inbox}))
	looked := func() string {
		t.Helper()
		return ask(t, e, "SELECT count() FROM loads WHERE target = 'systemic_groups' AND step = 'done'")[0]
	}
	if _, err := e.RunComplaints(t.Context()); err != nil || looked() != "0" {
		t.Fatalf("a single run: %v, %s times looked for repetition", err, looked())
	}
	for range 2 { // the second night loads nothing
		if _, err := e.NightlyComplaints(t.Context()); err != nil || looked() != "1" {
			t.Fatalf("a night: %v, %s times looked for repetition", err, looked())
		}
	}
}
