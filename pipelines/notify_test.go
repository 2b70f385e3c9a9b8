package pipelines

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/notify"
	"github.com/qulaq-kz/qulaq/load"
	"github.com/qulaq-kz/qulaq/transform/publication"
)

// mailbox is services that keep what they get.
type mailbox struct {
	services []string
	got      []string         // "service: title"
	texts    []string         // of the same
	fails    map[string]error // by service
	after    func()           // when a message has arrived, before anybody knows
}

func (m *mailbox) Services() []string { return m.services }

func (m *mailbox) Send(_ context.Context, service string, x notify.Message) error {
	if err := m.fails[service]; err != nil {
		return err
	}
	m.got, m.texts = append(m.got, service+": "+x.Title), append(m.texts, x.Text)
	if m.after != nil {
		m.after()
	}
	return nil
}

// take returns what came since it was asked last.
func (m *mailbox) take() []string {
	got := m.got
	m.got, m.texts = nil, nil
	return got
}

var errDown = &qulaq.Error{Op: "notify", Object: "telegram", Kind: qulaq.Transient, Err: errors.New("403")}

// watched is a monitor of a few obligations whose states the test sets.
type watched struct {
	e     *Environment
	box   *mailbox
	first qulaq.Day
	runs  int
}

// TestTelling goes through the tests below with one warehouse, emptied for each.
func TestTelling(t *testing.T) {
	e := open(t, atServer(t))
	if _, err := e.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		test func(*testing.T, *Environment)
	}{
		{"only what settled", testTell},
		{"what is said", testTellWhat},
		{"twice a night", testTellTwiceANight},
		{"again after a failure", testTellAgain},
		{"after a kill", testTellKilled},
		{"heartbeats", testTellHeartbeats},
		{"by the whole monitor", testMonitorTells},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, e) })
	}
}

func newWatched(t *testing.T, e *Environment, services ...string) *watched {
	t.Helper()
	for _, table := range []string{"verdicts", "notifications"} {
		if err := e.Warehouse.Do(t.Context(), "TRUNCATE TABLE "+table); err != nil {
			t.Fatal(err)
		}
	}
	w := &watched{e: e, box: &mailbox{services: services, fails: map[string]error{}}, first: qulaq.Date(2023, 1, 30)}
	w.e.Config.Notify, w.e.Notify = Notify{Heartbeat: "never", Lang: "en", After: 2}, w.box
	return w
}

// night judges: obligation 0 is in the first state, and so on. day is counted from 1.
func (w *watched) night(t *testing.T, day int, states ...publication.State) *Result {
	t.Helper()
	today := w.first + qulaq.Day(day)
	w.e.Now = func() time.Time { return today.Time().Add(6 * time.Hour) }
	w.runs++
	r := &Result{Pipeline: "monitor", RunID: fmt.Sprintf("run%04d", w.runs)}
	var rows []load.Verdict
	for i, s := range states {
		o := publication.Obligation{Key: fmt.Sprintf("%d/plan/2022-H2", i), RegionCode: "100000000", Period: publication.HalfYear(qulaq.Date(2022, 7, 1))}
		j := Judged{Obligation: o, Name: fmt.Sprintf("Akimat %d", i), Verdict: publication.Verdict{State: s, Hash: "cafe", JudgedOn: today}}
		row, err := j.row(r.RunID, today)
		if err != nil {
			t.Fatal(err)
		}
		r.Judged, rows = append(r.Judged, j), append(rows, row)
	}
	if err := w.e.Warehouse.NoteVerdicts(t.Context(), rows); err != nil {
		t.Fatal(err)
	}
	return r
}

// tell is a night and what is told of it.
func (w *watched) tell(t *testing.T, day int, states ...publication.State) ([]string, error) {
	t.Helper()
	r := w.night(t, day, states...)
	err := w.e.tell(t.Context(), r)
	return w.box.take(), errors.Join(err, r.Err())
}

func toldTo(service, day string, changes int) string {
	return fmt.Sprintf("%s: qulaq, %s: publications that changed their state: %d", service, day, changes)
}

func testTell(t *testing.T, e *Environment) {
	w := newWatched(t, e, "telegram")
	for _, c := range []struct {
		day    int
		states []publication.State
		want   []string
	}{
		{1, []publication.State{publication.Pending, publication.Overdue, publication.Published}, nil},                                                                                                // nothing has settled
		{2, []publication.State{publication.Pending, publication.Overdue, publication.Published}, []string{"telegram: qulaq, 2023-02-01: first judgement; not found after the due day and grace: 1"}}, // only the overdue one is news
		{2, []publication.State{publication.Pending, publication.Overdue, publication.Published}, nil},                                                                                                // the same night again
		{3, []publication.State{publication.Published, publication.Overdue, publication.NotFound}, nil},                                                                                               // one night is none
		{4, []publication.State{publication.Pending, publication.Overdue, publication.Published}, nil},                                                                                                // it flickered
		{5, []publication.State{publication.Published, publication.Overdue, publication.Published}, nil},
		{6, []publication.State{publication.Published, publication.Late, publication.Published}, []string{toldTo("telegram", "2023-02-05", 1)}},
		{7, []publication.State{publication.Published, publication.Late, publication.Published}, []string{toldTo("telegram", "2023-02-06", 1)}},
		{8, []publication.State{publication.Published, publication.Late, publication.Published}, nil},
		{15, []publication.State{publication.Published, publication.Late, publication.NotFound}, nil}, // nights in between that nobody judged do not count
		{20, []publication.State{publication.Published, publication.Late, publication.NotFound}, []string{toldTo("telegram", "2023-02-19", 1)}},
	} {
		got, err := w.tell(t, c.day, c.states...)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("day %d %v: %s", c.day, c.states, diff)
		}
	}
}

func testTellWhat(t *testing.T, e *Environment) {
	w := newWatched(t, e, "telegram")
	w.e.Config.Notify.After = 1
	if _, err := w.tell(t, 1, publication.NotFound, publication.Pending); err != nil {
		t.Fatal(err)
	}
	r := w.night(t, 2, publication.Overdue, publication.Pending)
	if err := w.e.tell(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	if len(w.box.texts) != 1 {
		t.Fatalf("got %q", w.box.got)
	}
	for _, words := range []string{"not found after the due day and grace: 1", "• Akimat 0, 2022-H2, before: not found", "sha256 cafe"} {
		if !strings.Contains(w.box.texts[0], words) {
			t.Errorf("no %q in\n%s", words, w.box.texts[0])
		}
	}
	if strings.Contains(w.box.texts[0], "Akimat 1") {
		t.Errorf("what did not change is in\n%s", w.box.texts[0])
	}
}

// One digest a night: what a second run of the night finds is told the next night, if it is still so.
func testTellTwiceANight(t *testing.T, e *Environment) {
	w := newWatched(t, e, "telegram")
	w.e.Config.Notify.After = 1
	for i, c := range []struct {
		day    int
		states []publication.State
		want   []string
	}{
		{1, []publication.State{publication.NotFound, publication.NotFound}, nil},
		{2, []publication.State{publication.Published, publication.NotFound}, []string{toldTo("telegram", "2023-02-01", 1)}},
		{2, []publication.State{publication.NotFound, publication.Published}, nil}, // both changed again on the same day
		{3, []publication.State{publication.NotFound, publication.Published}, []string{toldTo("telegram", "2023-02-02", 2)}},
		{3, []publication.State{publication.NotFound, publication.Published}, nil},
	} {
		got, err := w.tell(t, c.day, c.states...)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%d: %s", i, diff)
		}
	}
}

// A service that fails gets the digest by a later run, also of another night; the other services do not get it again.
func testTellAgain(t *testing.T, e *Environment) {
	w := newWatched(t, e, "telegram", "smtp")
	w.e.Config.Notify.After = 1
	if _, err := w.tell(t, 1, publication.NotFound); err != nil {
		t.Fatal(err)
	}
	w.box.fails["telegram"] = errDown
	r := w.night(t, 2, publication.Overdue)
	err := errors.Join(w.e.tell(t.Context(), r), r.Err())
	got := w.box.take()
	wantError(t, err, qulaq.Transient, "telegram")
	if diff := cmp.Diff([]string{toldTo("smtp", "2023-02-01", 1)}, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Delivery{{Service: "telegram", Failed: 1}, {Service: "smtp", Messages: 1, Changes: 1}}, r.Told); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
	got, err = w.tell(t, 2, publication.Overdue)
	wantError(t, err, qulaq.Transient, "telegram")
	if got != nil {
		t.Errorf("the same night again: %q", got)
	}
	delete(w.box.fails, "telegram")
	w.e.Config.Notify.Heartbeat = "daily"
	r = w.night(t, 3, publication.Late)
	err = errors.Join(w.e.tell(t.Context(), r), r.Err())
	w.e.Config.Notify.Heartbeat = "never"
	got = slices.DeleteFunc(w.box.take(), func(title string) bool { return strings.HasSuffix(title, "alive") })
	if diff := cmp.Diff([]Delivery{{Service: "telegram", Messages: 3, Changes: 2, Heartbeats: 1}, {Service: "smtp", Messages: 2, Changes: 1, Heartbeats: 1}}, r.Told); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{toldTo("telegram", "2023-02-01", 1), toldTo("telegram", "2023-02-02", 1), toldTo("smtp", "2023-02-02", 1)}, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if diff := cmp.Diff([]string{"due |  | ", "failed | telegram | notify telegram: 403", "failed | telegram | notify telegram: 403", "sent | smtp | ", "sent | telegram | "},
		ask(t, w.e, "SELECT step, service, error FROM notifications WHERE message_id = 'digest 2023-02-01 1' ORDER BY step, service, at")); diff != "" {
		t.Error(diff)
	}
	// A service that is new gets what is due from now on.
	w.box.services = append(w.box.services, "slack")
	if got, err := w.tell(t, 3, publication.Late); err != nil || got != nil {
		t.Errorf("%q, %v", got, err)
	}
}

// A program that is killed between sending and writing that down sends once more; killed before, it sends then.
func testTellKilled(t *testing.T, e *Environment) {
	w := newWatched(t, e, "telegram")
	w.e.Config.Notify.After = 1
	if _, err := w.tell(t, 1, publication.NotFound); err != nil {
		t.Fatal(err)
	}
	type killed struct{}
	w.box.after = func() { panic(killed{}) }
	func() {
		defer func() {
			if p := recover(); p != (killed{}) {
				t.Fatalf("%v", p)
			}
		}()
		_, err := w.tell(t, 2, publication.Overdue)
		t.Fatalf("not killed: %v", err)
	}()
	w.box.after = nil
	want := []string{toldTo("telegram", "2023-02-01", 1)}
	if diff := cmp.Diff(want, w.box.take()); diff != "" {
		t.Error(diff)
	}
	for i, want := range [][]string{want, nil, nil} {
		got, err := w.tell(t, 2, publication.Overdue)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("run %d after: %s %v", i+1, diff, err)
		}
	}
	// Killed after the verdicts were written and before anything was due: the next night tells.
	w.night(t, 3, publication.Late)
	got, err := w.tell(t, 4, publication.Late)
	if diff := cmp.Diff([]string{toldTo("telegram", "2023-02-03", 1)}, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	// A run that is interrupted while it sends knows what was sent.
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	w.box.after = cancel
	if err := w.e.tell(ctx, w.night(t, 5, publication.Published)); err != nil {
		t.Error(err)
	}
	w.box.after = nil
	w.box.take()
	if got, err := w.tell(t, 5, publication.Published); err != nil || got != nil {
		t.Errorf("after an interruption: %q, %v", got, err)
	}
}

func testTellHeartbeats(t *testing.T, e *Environment) {
	for every, want := range map[string][]int{"daily": {1, 2, 7, 8}, "weekly": {1, 8}} {
		t.Run(every, func(t *testing.T) {
			w := newWatched(t, e, "telegram")
			w.e.Config.Notify.Heartbeat = every
			var days []int
			for _, day := range []int{1, 1, 2, 7, 8} {
				got, err := w.tell(t, day, publication.Pending)
				if err != nil {
					t.Fatal(err)
				}
				if len(got) > 0 {
					days = append(days, day)
				}
			}
			if diff := cmp.Diff(want, days); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("of those that failed only the last is sent", func(t *testing.T) {
		w := newWatched(t, e, "telegram")
		w.e.Config.Notify.Heartbeat = "daily"
		w.box.fails["telegram"] = errDown
		for day := range 3 {
			_, err := w.tell(t, day+1, publication.Pending)
			wantError(t, err, qulaq.Transient, "telegram")
		}
		delete(w.box.fails, "telegram")
		got, err := w.tell(t, 4, publication.Pending)
		if diff := cmp.Diff([]string{"telegram: qulaq, 2023-02-03: alive"}, got); diff != "" || err != nil {
			t.Error(diff, err)
		}
	})
}

// What is told night by night is what Settled says of the nights, as long as every night is told of.
func TestSettledLaw(t *testing.T) {
	states := publication.States()[:3]
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 4).Draw(t, "after")
		var nights []publication.Night
		var told publication.State
		for i := range rapid.IntRange(1, 30).Draw(t, "nights") {
			tonight := rapid.SampledFrom(states).Draw(t, "state")
			nights = append(nights, publication.Night{On: qulaq.Day(100 + i), State: tonight})
			from, ok := settled(nights, told, tonight, n)
			wantFrom, _, want := publication.Settled(nights, n)
			if ok != want || from != wantFrom {
				t.Fatalf("%v told %q: from %q %t, want %q %t", nights, told, from, ok, wantFrom, want)
			}
			if ok {
				told = tonight
			}
		}
	})
}

// The whole monitor, through the real program of a service, to a server on this machine.
func testMonitorTells(t *testing.T, e *Environment) {
	var got []string
	status := http.StatusServiceUnavailable
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
		if err != nil {
			t.Error(err)
		}
		got = append(got, string(body))
		w.WriteHeader(status)
	}))
	defer server.Close()
	newWatched(t, e)
	e.Now, e.Notify, e.Config.Notify = func() time.Time { return now }, nil, DefaultConfig().Notify
	e.Config.Notify.URLs = []Secret{Secret("generic+" + server.URL + "/sesame-7777?disabletls=yes")}
	r, err := e.RunMonitor(t.Context())
	if err != nil || len(r.Judged) == 0 {
		t.Fatalf("%+v, %v", r, err)
	}
	wantError(t, r.Err(), qulaq.Transient, "generic", "503")
	if text := fmt.Sprint(r.Err(), ask(t, e, "SELECT * FROM notifications"), ask(t, e, "SELECT error FROM runs")); strings.Contains(text, "sesame") || strings.Contains(text, "7777") {
		t.Errorf("the address is in %s", text)
	}
	status, got = http.StatusOK, nil
	for range 2 { // the second has nothing to say
		if r, err := e.RunMonitor(t.Context()); err != nil || r.Err() != nil {
			t.Fatalf("%v, %v", r.Err(), err)
		}
	}
	if len(got) != 1 || !strings.Contains(got[0], fmt.Sprintf("жив\n\nОбязательств: %d, проверены за 7 дн.: 0, последняя полная проверка всех мест: ещё не было.", len(r.Judged))) {
		t.Errorf("got %q", got)
	}
	wantSound(t, e)
}

func TestNotifyConfig(t *testing.T) {
	environ := func(name string) (string, bool) {
		return map[string]string{"A": "telegram://1:sesame@telegram?chats=1", "B": "pigeon://sesame"}[name], name != "C"
	}
	for _, c := range []struct{ text, wrong string }{
		{`notify: {urls: ["${A}"], lang: kk, after: 3, heartbeat: never}`, ""},
		{`notify: {}`, ""},
		{`notify: {urls: ["${B}"]}`, "urls[0]"},
		{`notify: {urls: ["${C}"]}`, "the environment has no C"},
		{`notify: {urls: [""]}`, "urls[0]: the address is empty"},
		{`notify: {lang: uk}`, `notify.lang is one of [ru kk en], not "uk"`},
		{`notify: {after: 0}`, "notify.after"},
		{`notify: {after: 31}`, "notify.after"},
		{`notify: {heartbeat: hourly}`, "notify.heartbeat"},
		{`notify: {url: x}`, "unknown field"},
		{`metrics: {textfile: /x/qulaq.prom}`, ""},
		{`metrics: {textfile: /x/qulaq.txt}`, "ends with .prom"},
	} {
		t.Run(c.text, func(t *testing.T) {
			config := DefaultConfig()
			err := config.parse([]byte(c.text), environ)
			switch {
			case c.wrong == "" && err != nil:
				t.Fatal(err)
			case c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong) || strings.Contains(err.Error(), "sesame")):
				t.Fatalf("error %v, want %q", err, c.wrong)
			}
			if text := fmt.Sprintf("%v %+v %#v", config, config, config); strings.Contains(text, "sesame") {
				t.Errorf("the address is in %s", text)
			}
		})
	}
	if !slices.Equal(notify.Langs[:], []string{"ru", "kk", "en"}) {
		t.Error("the README names other languages")
	}
}
