package pipelines

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/load"
)

// told is the configuration that a program is given when it is told to read it again.
type told struct {
	mu     sync.Mutex
	config Config
	err    error
	reload chan struct{}
}

func (t *told) read() (Config, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.config, t.err
}

func (t *told) again(c Config, err error) {
	t.mu.Lock()
	t.config, t.err = c, err
	t.mu.Unlock()
	t.reload <- struct{}{}
}

func get(t *testing.T, address net.Addr, path string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+address.String()+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

func TestServeReadsItsConfigurationAgain(t *testing.T) {
	first, second := t.TempDir(), t.TempDir()
	write(t, filepath.Join(first, "eotinish_2026-06-01.csv"), row("1", "2026-05-01", "В работе", "г.Астана"))
	write(t, filepath.Join(second, "eotinish_2026-06-02.csv"), row("2", "2026-05-01", "В работе", "г.Астана"))
	c := atServer(t, ComplaintSource{Source: "eotinish", Path: first})
	c.Serve.Listen = "127.0.0.1:0"
	e := open(t, c)
	busy, goOn := make(chan struct{}), make(chan struct{})
	e.Step = func(step load.Step) error {
		if step == load.StepStaged && busy != nil {
			close(busy)
			<-goOn
			busy = nil
		}
		return nil
	}
	waiting := busy
	again := &told{reload: make(chan struct{})}
	up := make(chan net.Addr, 1)
	s := serveAs(t, e, "2026-07-01T02:00:00+05:00", Service{Reload: again.reload, Read: again.read, Up: func(a net.Addr) { up <- a }})
	address := within(t, "the page", up)
	within(t, "the missed run at the start", waiting)

	// While a run is under way the new configuration waits, and holds right after it.
	other := c
	other.Complaints = []ComplaintSource{{Source: "eotinish", Path: second}}
	other.Schedule.Complaints = "0 * * * *"
	other.Data = t.TempDir()
	again.again(other, nil)
	if _, body := get(t, address, "/metrics"); !strings.Contains(body, "qulaq_config_good 1") {
		t.Errorf("figures: %s", body)
	}
	close(goOn)
	if r := within(t, "the end of the first run", s.runs); r.New() != 1 || r.Err() != nil {
		t.Errorf("the first run: %+v", r)
	}
	again.again(Config{}, &qulaq.Error{Op: "read configuration", Kind: qulaq.Configuration, Err: errors.New("line 3")})
	s.advance(t, time.Hour)
	if r := within(t, "the run at 3:00", s.runs); r.New() != 1 || len(r.Files) != 1 || r.Err() != nil {
		t.Errorf("the run of the new configuration: %+v", r)
	}
	if got := ask(t, e, "SELECT complaint_id FROM complaints ORDER BY 1"); !slices.Equal(got, []string{"1", "2"}) {
		t.Errorf("complaints: %q", got)
	}
	if e.Config.Data != c.Data {
		t.Error("the data folder changed under a running program")
	}
	s.stop()
	if err := within(t, "the end", s.ended); err != nil {
		t.Errorf("Serve ends with %v", err)
	}
}

func TestServeSaysThatTheConfigurationIsBroken(t *testing.T) {
	c := atServer(t, ComplaintSource{Source: "eotinish", Path: t.TempDir()})
	c.Serve.Listen = "127.0.0.1:0"
	e := open(t, c)
	again := &told{reload: make(chan struct{})}
	up := make(chan net.Addr, 1)
	s := serveAs(t, e, "2026-07-01T02:00:00+05:00", Service{Reload: again.reload, Read: again.read, Up: func(a net.Addr) { up <- a }})
	address := within(t, "the page", up)
	within(t, "the missed run", s.runs)
	again.again(Config{}, errors.New("line 3"))
	again.again(Config{}, errors.New("line 3")) // taken only when the first was done
	_, body := get(t, address, "/metrics")
	for _, want := range []string{"qulaq_config_good 0", `qulaq_schedule_next_timestamp_seconds{pipeline="complaints"} 1.7828`, `qulaq_run_last_timestamp_seconds{pipeline="complaints",state="ok"}`} {
		if !strings.Contains(body, want) {
			t.Errorf("figures lack %q:\n%s", want, body)
		}
	}
	for path, want := range map[string]string{"/healthz": "ok\n", "/readyz": "ready\n"} {
		if code, body := get(t, address, path); code != http.StatusOK || body != want {
			t.Errorf("%s: %d %q", path, code, body)
		}
	}
	code, body := get(t, address, "/?lang=en")
	for _, want := range []string{"complaints", "There are no verdicts yet.", `<td>warehouse</td><th scope="row">regions</th>`, "Full in days", `<th scope="row">data</th>`} {
		if code != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("the page: %d, lacks %q: %s", code, want, body)
		}
	}
}

// A run is delayed by the jitter, but not one that is late already.
func TestServeDelaysRuns(t *testing.T) {
	c := atServer(t, ComplaintSource{Source: "eotinish", Path: t.TempDir()})
	c.Schedule.Jitter = 20 * time.Minute
	e := open(t, c)
	s := serveAs(t, e, "2026-07-01T02:00:00+05:00", Service{Delay: func(jitter time.Duration) time.Duration { return jitter / 2 }})
	within(t, "the missed run", s.runs)
	s.advance(t, 30*time.Minute)
	if err := s.clock.BlockUntilContext(t.Context(), 2); err != nil { // the scheduler, and the run that waits
		t.Fatal(err)
	}
	if len(s.runs) > 0 {
		t.Error("the run was not delayed")
	}
	s.clock.Advance(10 * time.Minute)
	if r := within(t, "the delayed run", s.runs); r.Err() != nil {
		t.Errorf("%+v", r)
	}
}

func TestServingValidates(t *testing.T) {
	for _, c := range []struct {
		name string
		s    Serving
		want string
	}{
		{"loopback", Serving{Listen: "127.0.0.1:8077"}, ""},
		{"nowhere", Serving{}, ""},
		{"everywhere with a token", Serving{Listen: ":8077", Token: "0123456789abcdef"}, ""},
		{"everywhere", Serving{Listen: ":8077"}, "serve.token"},
		{"a short token", Serving{Listen: ":8077", Token: "short"}, "16 characters"},
		{"no port", Serving{Listen: "localhost"}, "host:port"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.s.StopWithin = time.Minute
			err := c.s.validate()
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v; want %q", err, c.want)
			}
		})
	}
	if (Serving{}).validate() == nil {
		t.Error("a program that has no time to stop")
	}
}

// What was missed is caught up once for each pipeline, in the order of a night, also where the time of the next run comes while
// it is under way or waits for its turn.
func TestServeCatchesUpOnce(t *testing.T) {
	inbox := t.TempDir()
	write(t, filepath.Join(inbox, "eotinish_2026-06-01.csv"), row("1", "2026-05-01", "В работе", "г.Астана"))
	c := atServer(t, ComplaintSource{Source: "eotinish", Path: inbox})
	c.Retention.Warehouse.Texts = "50y"
	c.Schedule.Prune = "30 3 1 * *"
	e := open(t, c)
	busy, goOn := make(chan struct{}), make(chan struct{})
	e.Step = func(step load.Step) error {
		if step == load.StepStaged {
			close(busy)
			<-goOn
		}
		return nil
	}
	s := serve(t, e, "2026-07-01T02:00:00+05:00")
	within(t, "the missed run of complaints", busy)
	pass := func(d time.Duration) { // once the timers of both pipelines are set
		t.Helper()
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		if err := s.clock.BlockUntilContext(ctx, 2); err != nil {
			t.Fatal(err)
		}
		s.clock.Advance(d)
	}
	pass(time.Hour) // 3:00, complaints would run
	pass(time.Hour) // 4:00, prune too
	pass(time.Hour) // both were asked
	close(goOn)
	for i, want := range []string{"complaints", "prune", "complaints", "complaints"} {
		if i > 1 {
			pass(24 * time.Hour)
		}
		if r := within(t, "a run of "+want, s.runs); r.Pipeline != want || r.Err() != nil {
			t.Errorf("run %d: %+v, want %s", i, r, want)
		}
	}
	s.stop()
	if err := within(t, "the end", s.ended); err != nil {
		t.Errorf("Serve ends with %v", err)
	}
	want := []string{"complaints | 2026-07-01 02:00:00.000", "prune | 2026-07-01 05:00:00.000", "complaints | 2026-07-02 05:00:00.000", "complaints | 2026-07-03 05:00:00.000"}
	if diff := cmp.Diff(want, ask(t, e, "SELECT pipeline, toString(started_at) FROM runs ORDER BY started_at")); diff != "" {
		t.Errorf("runs (-want +got):\n%s", diff)
	}
}
