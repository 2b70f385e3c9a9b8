package fetch

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
)

// site counts what it is asked for.
type site struct {
	mu    sync.Mutex
	asked map[string]int
}

func (s *site) serve(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s.asked = map[string]int{}
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked[r.URL.Path]++
		s.mu.Unlock()
		h(w, r)
	}).URL
}

func (s *site) count(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked[path]
}

// withRobots answers for robots.txt with one handler and for the rest with another.
func withRobots(robots, rest http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			robots(w, r)
			return
		}
		rest(w, r)
	}
}

func crawler(t *testing.T, f *fakeTime, address string) *Client {
	t.Helper()
	o := options(f)
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	o.Hosts = []string{u.Hostname()}
	return client(t, o)
}

func TestRobotsAreAskedOnceAndObeyed(t *testing.T) {
	packed := func(w http.ResponseWriter, _ *http.Request) {
		z := gzip.NewWriter(w)
		io.WriteString(z, "User-agent: *\nDisallow: /uploads\n")
		z.Close()
	}
	for name, c := range map[string]struct {
		robots http.HandlerFunc
		asked  int // for robots.txt, by three requests
		want   []qulaq.Kind
	}{
		"allowed":       {text("User-agent: *\nDisallow: /uploads\n"), 1, []qulaq.Kind{0, qulaq.Blocked, 0}},
		"packed":        {packed, 1, []qulaq.Kind{0, qulaq.Blocked, 0}},
		"empty":         {status(200), 1, []qulaq.Kind{0, 0, 0}},
		"none":          {status(404), 1, []qulaq.Kind{0, 0, 0}},
		"refused":       {status(403), 1, []qulaq.Kind{0, 0, 0}},
		"broken":        {status(500), 3, []qulaq.Kind{qulaq.Transient, qulaq.Transient, qulaq.Transient}},
		"busy and then": {answer(status(503), text("User-agent: qulaq\nDisallow: /")), 2, []qulaq.Kind{qulaq.Blocked, qulaq.Blocked, qulaq.Blocked}},
		"cut":           {cut, 5, []qulaq.Kind{qulaq.Transient, qulaq.Transient, qulaq.Transient}},
		"elsewhere": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://elsewhere.example/robots.txt", http.StatusFound)
		}, 3, []qulaq.Kind{qulaq.Transient, qulaq.Transient, qulaq.Transient}},
	} {
		t.Run(name, func(t *testing.T) {
			var s site
			address := s.serve(t, withRobots(c.robots, text("x")))
			web := crawler(t, &fakeTime{now: noon}, address)
			var kinds []qulaq.Kind
			for _, path := range []string{"/api", "/uploads/a.docx", "/api"} {
				got, _, err := get(t.Context(), web, Request{URL: address + path, Crawl: true})
				if (err == nil) != (got == "x") || (err != nil) != (qulaq.KindOf(err) != qulaq.Bug) || err != nil && qulaq.Hint(err) == "" {
					t.Errorf("%s: %q, %v", path, got, err)
				}
				if errors.Is(err, ErrRobots) != (qulaq.KindOf(err) == qulaq.Blocked) {
					t.Errorf("%s: %v", path, err)
				}
				kinds = append(kinds, qulaq.KindOf(err))
			}
			if diff := cmp.Diff(c.want, kinds); diff != "" {
				t.Error(diff)
			}
			if s.count("/robots.txt") != c.asked {
				t.Errorf("asked for robots.txt %d times", s.count("/robots.txt"))
			}
			if kinds[1] != qulaq.Bug && s.count("/uploads/a.docx") != 0 {
				t.Error("what robots.txt denies was asked for")
			}
		})
	}
}

func TestRobotsInARedirect(t *testing.T) {
	var s site
	address := s.serve(t, withRobots(text("User-agent: *\nDisallow: /b"), func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/b", http.StatusFound)
	}))
	_, attempts, err := get(t.Context(), crawler(t, &fakeTime{now: noon}, address), Request{URL: address + "/a", Crawl: true})
	if !errors.Is(err, ErrRobots) || s.count("/b") != 0 || len(attempts) != 2 {
		t.Errorf("%v, %v", err, attempts)
	}
}

func TestRobotsAreForgotten(t *testing.T) {
	f := &fakeTime{now: noon}
	var s site
	address := s.serve(t, withRobots(answer(status(404), text("User-agent: *\nDisallow: /")), text("x")))
	web := crawler(t, f, address)
	for i, want := range []error{nil, nil, ErrRobots} {
		if i == 2 {
			f.now = f.now.Add(oneRun + 1)
		}
		if _, _, err := get(t.Context(), web, Request{URL: address, Crawl: true}); !errors.Is(err, want) {
			t.Errorf("request %d: %v", i, err)
		}
	}
}

func TestCrawlDelay(t *testing.T) {
	f := &fakeTime{now: noon}
	address := serve(t, withRobots(text("User-agent: qulaq\nCrawl-delay: 7"), text("x"))).URL
	web := crawler(t, f, address)
	for range 2 {
		if _, _, err := get(t.Context(), web, Request{URL: address, Crawl: true}); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]time.Duration{7 * time.Second, 7 * time.Second}, f.slept); diff != "" {
		t.Error(diff)
	}
}

func TestCrawlDelayHasALimit(t *testing.T) {
	f := &fakeTime{now: noon}
	address := serve(t, withRobots(text("User-agent: *\nCrawl-delay: 99999"), text("x"))).URL
	if _, _, err := get(t.Context(), crawler(t, f, address), Request{URL: address, Crawl: true}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]time.Duration{30 * time.Second}, f.slept); diff != "" {
		t.Error(diff)
	}
}

// TestOnlyNamedHostsAreCrawled: an address out of a listing must not lead anywhere.
func TestOnlyNamedHostsAreCrawled(t *testing.T) {
	var s site
	address := s.serve(t, text("x"))
	o := options(&fakeTime{now: noon})
	o.Hosts = []string{"www.gov.kz"}
	c := client(t, o)
	_, attempts, err := get(t.Context(), c, Request{URL: address, Crawl: true})
	if qulaq.KindOf(err) != qulaq.Contract || len(attempts) != 0 || s.count("/")+s.count("/robots.txt") != 0 {
		t.Errorf("%v, %v", err, attempts)
	}
	if got, _, err := get(t.Context(), c, Request{URL: address}); got != "x" || s.count("/robots.txt") != 0 {
		t.Errorf("what the operator names: %q, %v", got, err)
	}
}

func TestPost(t *testing.T) {
	var got []string
	address := serve(t, answer(
		func(w http.ResponseWriter, r *http.Request) { panic(http.ErrAbortHandler) },
		func(w http.ResponseWriter, r *http.Request) {
			b, _ := io.ReadAll(r.Body)
			got = append(got, r.Method, r.Header.Get("Content-Type"), string(b), fmt.Sprint(r.ContentLength))
			io.WriteString(w, "x")
		},
		func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/b", http.StatusTemporaryRedirect) },
	)).URL
	c := client(t, options(&fakeTime{now: noon}))
	r := Request{URL: address, Body: []byte("{}"), Header: http.Header{"Content-Type": {"application/json"}}}
	if body, _, err := get(t.Context(), c, r); body != "x" || err != nil {
		t.Errorf("%q, %v", body, err)
	}
	if diff := cmp.Diff([]string{"POST", "application/json", "{}", "2"}, got); diff != "" {
		t.Error(diff)
	}
	if _, _, err := get(t.Context(), c, r); qulaq.KindOf(err) != qulaq.Contract || !strings.Contains(err.Error(), "posted") {
		t.Errorf("redirected: %v", err)
	}
}

func TestAHostThatRefusesRests(t *testing.T) {
	for name, c := range map[string]struct {
		server http.HandlerFunc
		asked  int // by ten requests
		rests  bool
	}{
		"refused by status":    {status(403), 5, true},
		"asked to slow down":   {later("3600"), 5, true},
		"no answer":            {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, 5, true},
		"broken":               {status(500), 10, false},
		"gone":                 {status(404), 10, false},
		"fine now and then":    {answer(status(403), status(403), status(403), text("x"), status(403), status(404), status(403), status(403), text("x")), 10, false},
		"refused by a captcha": {text("<html>captcha"), 10, false}, // what a body says is not known here
	} {
		t.Run(name, func(t *testing.T) {
			f := &fakeTime{now: noon}
			var s site
			address := s.serve(t, c.server)
			web := client(t, options(f))
			var err error
			for range 10 {
				_, _, err = get(t.Context(), web, Request{URL: address + "/a"})
			}
			if s.count("/a") != c.asked || errors.Is(err, ErrResting) != c.rests {
				t.Errorf("asked %d times, then %v", s.count("/a"), err)
			}
			if !c.rests {
				return
			}
			if qulaq.KindOf(err) != qulaq.Transient || qulaq.Hint(err) == "" {
				t.Errorf("%v", err)
			}
			f.now = f.now.Add(oneRun)
			if _, _, err = get(t.Context(), web, Request{URL: address + "/a"}); errors.Is(err, ErrResting) {
				t.Errorf("the next night: %v", err)
			}
		})
	}
}

// TestARefusalThatTheReaderFinds: who knows a captcha when it comes says so by an error of kind Blocked.
func TestARefusalThatTheReaderFinds(t *testing.T) {
	web := client(t, options(&fakeTime{now: noon}))
	address := serve(t, text("<html>captcha")).URL
	var err error
	for range 6 {
		_, err = web.Get(t.Context(), Request{URL: address}, func(*Response) error {
			return &qulaq.Error{Op: "read", Kind: qulaq.Blocked}
		})
	}
	if !errors.Is(err, ErrResting) {
		t.Errorf("%v", err)
	}
}

// TestNameThatChangesItsMind is public at the first request and private at the second, on a new connection.
func TestNameThatChangesItsMind(t *testing.T) {
	asked := 0
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		asked++
		w.Header().Set("Connection", "close")
		io.WriteString(w, "x")
	})
	table := map[string]string{"mind.example": "127.0.0.1"}
	o := options(&fakeTime{now: noon}).defaults()
	o.Resolver = names(t, table)
	c := newClient(o, []netip.Prefix{netip.MustParsePrefix("127.0.0.2/32"), netip.MustParsePrefix("10.0.0.0/8")})
	address := strings.Replace(server.URL, "127.0.0.1", "mind.example", 1)
	if got, _, err := get(t.Context(), c, Request{URL: address}); got != "x" {
		t.Fatalf("%q, %v", got, err)
	}
	for _, private := range []string{"127.0.0.2", "10.1.2.3"} {
		table["mind.example"] = private
		if _, _, err := get(t.Context(), c, Request{URL: address}); qulaq.KindOf(err) != qulaq.Configuration || asked != 1 {
			t.Errorf("%s: %v", private, err)
		}
	}
}

// TestTriesAreNoRefusals: one request alone never puts a host to rest, however often it is tried.
func TestTriesAreNoRefusals(t *testing.T) {
	o := options(&fakeTime{now: noon})
	o.Tries = 9
	address := serve(t, answer(status(503), status(503), status(503), status(503), status(503), status(503), status(503), status(503), text("x"))).URL
	if got, _, err := get(t.Context(), client(t, o), Request{URL: address}); got != "x" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestOneConnection(t *testing.T) {
	c := client(t, options(&fakeTime{now: noon}))
	if n := c.transport.(*http.Transport).MaxConnsPerHost; n != 1 {
		t.Errorf("%d connections", n)
	}
}
