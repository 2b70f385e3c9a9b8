package web_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/web"
)

// state answers with a page that holds what an attacker would like to be run.
type state struct {
	broken error
	asked  atomic.Int64
}

func (s *state) Ready(context.Context) error { return s.broken }

func (s *state) Figures(context.Context) (prometheus.Gatherer, error) {
	r := prometheus.NewRegistry()
	g := prometheus.NewGauge(prometheus.GaugeOpts{Name: "qulaq_test"})
	g.Set(7)
	r.MustRegister(g)
	return r, s.broken
}

func (s *state) Page(context.Context) (*web.Page, error) {
	s.asked.Add(1)
	if s.broken != nil {
		return nil, s.broken
	}
	grown, days := uint64(1_500_000), uint64(412)
	return &web.Page{
		At:        time.Date(2023, 1, 20, 3, 0, 0, 0, time.UTC),
		Pipelines: []web.Pipeline{{Name: "plans", State: "failed", Error: "<script>alert(1)</script>"}, {Name: "reports"}},
		Sources:   []web.Source{{Name: "abay ru", Outcome: "healthy", Good: true}},
		Periods:   []string{"2022-H2"},
		Akimats: []web.Akimat{
			{Code: "630000000", Name: "Восточно-Казахстанская область", Cells: []web.Cell{{State: "overdue", Reason: `"><img src=x>`}}},
			{Code: "100000000", Name: "область Абай", Cells: []web.Cell{{State: "late", URL: "javascript:alert(2)", PublishedOn: qulaq.Date(2023, 2, 1), DaysLate: 2}}},
			{Code: "110000000", Name: "Акмолинская область", Cells: []web.Cell{{State: "published", URL: "https://www.gov.kz/x"}}},
			{Code: "620000000", Name: "область Ұлытау", Cells: []web.Cell{{}}},
		},
		Sizes: []web.Size{
			{Room: "archive", Name: "exports", Count: 31, Bytes: 2_000_000, Grown: &grown},
			{Room: "warehouse", Name: "<iframe>", Count: 7, Bytes: 100},
		},
		Disks: []web.Disk{{Name: `warehouse <iframe src="x">`, Free: 3_000_000_000, Total: 8_000_000_000, Days: &days}, {Name: "data", Total: 1}},
	}, nil
}

func ask(t *testing.T, h http.Handler, path string, edit func(*http.Request)) (int, http.Header, string) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://127.0.0.1:8077"+path, nil)
	if edit != nil {
		edit(r)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code, w.Header(), w.Body.String()
}

var quiet = slog.New(slog.DiscardHandler)

func TestPage(t *testing.T) {
	h := web.Handler(&state{}, "", quiet)
	code, header, body := ask(t, h, "/", nil)
	if code != http.StatusOK {
		t.Fatalf("%d %s", code, body)
	}
	for _, want := range []string{"Восточно-Казахстанская область", "просрочен", "с опозданием", "опоздание, дней: 2", "2023-02-01", `href="https://www.gov.kz/x"`, "2023-01-20 09:00", "ещё не было"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, never := range []string{"<script>alert", "<img", "<iframe", "javascript:"} {
		if strings.Contains(body, never) {
			t.Errorf("the page has %q", never)
		}
	}
	// A size of which nothing tells the growth, and a disk that does not fill up, have an empty cell.
	for _, want := range []string{
		`<td>архив</td><th scope="row">exports</th><td class="n">31</td><td class="n">2.0 MB</td><td class="n">1.5 MB</td>`,
		`<td>хранилище</td><th scope="row">&lt;iframe&gt;</th><td class="n">7</td><td class="n">100 B</td><td class="n"></td>`,
		`<td class="n">3.0 GB</td><td class="n">8.0 GB</td><td class="n">412</td>`,
		`<th scope="row">data</th><td class="n">0 B</td><td class="n">1 B</td><td class="n"></td>`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for lang, want := range map[string][]string{
		"ru": {"Размеры", "Из них за 30 дней", "Заполнится через, дней"},
		"kk": {"Көлемдер", "мұрағат", "Толғанша, күн"},
		"en": {"Sizes", "warehouse", "Full in days"},
	} {
		_, _, body := ask(t, h, "/?lang="+lang, nil)
		for _, w := range want {
			if !strings.Contains(body, w) {
				t.Errorf("in %s the page lacks %q", lang, w)
			}
		}
	}
	if csp := header.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "default-src 'none'") {
		t.Errorf("policy %q", csp)
	}
	for lang, want := range map[string]string{"kk": "мерзімі өтті", "en": "overdue", "de": "просрочен"} {
		if _, _, body := ask(t, h, "/?lang="+lang, nil); !strings.Contains(body, want) {
			t.Errorf("in %s the page lacks %q", lang, want)
		}
	}
	if _, _, body := ask(t, h, "/", func(r *http.Request) { r.Header.Set("Accept-Language", "de-DE, kk;q=0.8, en") }); !strings.Contains(body, `<html lang="kk">`) {
		t.Error("the browser's language does not count")
	}
}

func TestAnswers(t *testing.T) {
	broken := &state{broken: errors.New("password=hunter2")}
	for _, c := range []struct {
		name, path string
		state      *state
		code       int
		body       string
	}{
		{"it lives", "/healthz", &state{}, 200, "ok"},
		{"it lives though the warehouse does not", "/healthz", broken, 200, "ok"},
		{"ready", "/readyz", &state{}, 200, "ready"},
		{"not ready", "/readyz", broken, 503, "not ready"},
		{"figures", "/metrics", &state{}, 200, "qulaq_test 7"},
		{"no figures", "/metrics", broken, 503, "no answer"},
		{"no page", "/", broken, 503, "no answer"},
		{"nothing there", "/admin", &state{}, 404, "not found"},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, _, body := ask(t, web.Handler(c.state, "", quiet), c.path, nil)
			if code != c.code || !strings.Contains(body, c.body) {
				t.Errorf("%d %q; want %d %q", code, body, c.code, c.body)
			}
			if strings.Contains(body, "hunter2") {
				t.Error("a stranger reads why")
			}
		})
	}
}

func TestGuard(t *testing.T) {
	const token = "sixteen letters!"
	bearer := func(v string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+v) }
	}
	for _, c := range []struct {
		name, token, path string
		edit              func(*http.Request)
		code              int
	}{
		{"loopback", "", "/", nil, 200},
		{"loopback by name", "", "/", func(r *http.Request) { r.Host = "localhost:8077" }, 200},
		{"loopback of the sixth version", "", "/", func(r *http.Request) { r.Host = "[::1]:8077" }, 200},
		{"a page of the web asks through a browser", "", "/", func(r *http.Request) { r.Host = "evil.example:8077" }, 403},
		{"no token", token, "/", nil, 401},
		{"no token for figures", token, "/metrics", nil, 401},
		{"a wrong token", token, "/", bearer("sixteen letters?"), 401},
		{"an empty token", token, "/", bearer(""), 401},
		{"the token", token, "/", bearer(token), 200},
		{"the token by another name of the machine", token, "/", func(r *http.Request) { r.Host = "qulaq.gov.example"; bearer(token)(r) }, 200},
		{"the token as a password", token, "/metrics", func(r *http.Request) { r.SetBasicAuth("anybody", token) }, 200},
		{"a supervisor", token, "/healthz", nil, 200},
		{"readiness", token, "/readyz", nil, 200},
	} {
		t.Run(c.name, func(t *testing.T) {
			if code, _, body := ask(t, web.Handler(&state{}, c.token, quiet), c.path, c.edit); code != c.code {
				t.Errorf("%d %s; want %d", code, body, c.code)
			}
		})
	}
}

// However many ask, the warehouse is asked once in a while; a failure is not kept.
func TestAsksOnce(t *testing.T) {
	s := &state{}
	h := web.Handler(s, "", quiet)
	for range 20 {
		ask(t, h, "/", nil)
	}
	if n := s.asked.Load(); n != 1 {
		t.Errorf("asked %d times", n)
	}
	s = &state{broken: errors.New("no")}
	h = web.Handler(s, "", quiet)
	ask(t, h, "/", nil)
	s.broken = nil
	if code, _, _ := ask(t, h, "/", nil); code != 200 {
		t.Errorf("after it is mended: %d", code)
	}
}

func TestServe(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	up, ended := make(chan net.Addr, 1), make(chan error, 1)
	go func() {
		ended <- web.Serve(ctx, "127.0.0.1:0", web.Handler(&state{}, "", quiet), func(a net.Addr) { up <- a })
	}()
	address := (<-up).String()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/healthz", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(answer.Body)
	answer.Body.Close()
	if string(body) != "ok\n" {
		t.Errorf("%q", body)
	}
	err = web.Serve(ctx, address, http.NotFoundHandler(), func(net.Addr) { t.Error("two listen at one port") })
	if qulaq.KindOf(err) != qulaq.Configuration || qulaq.Hint(err) == "" {
		t.Errorf("a port that is taken: %v", err)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("the end: %v", err)
	}
}

func TestLoopback(t *testing.T) {
	for address, want := range map[string]bool{
		"127.0.0.1:80": true, "localhost:80": true, "[::1]:80": true, "127.8.8.8:80": true,
		":80": false, "0.0.0.0:80": false, "10.0.0.1:80": false, "qulaq.example:80": false, "127.0.0.1": false,
	} {
		if web.Loopback(address) != want {
			t.Errorf("%s: %v", address, !want)
		}
	}
}
