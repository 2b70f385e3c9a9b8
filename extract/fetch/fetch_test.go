package fetch

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/dns/dnsmessage"

	"github.com/qulaq-kz/qulaq"
)

var noon = time.Date(2026, 5, 20, 12, 0, 0, 0, qulaq.Almaty())

// fakeTime is a clock that only sleeping moves.
type fakeTime struct {
	mu    sync.Mutex
	now   time.Time
	slept []time.Duration
}

func (f *fakeTime) clock() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now
}

func (f *fakeTime) sleep(ctx context.Context, d time.Duration) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now = f.now.Add(d)
	f.slept = append(f.slept, d)
	return context.Cause(ctx)
}

// options are those of a test: trials on loopback, no real waiting, no chance.
func options(f *fakeTime) Options {
	return Options{
		UserAgent: "qulaq/test (+https://example.kz)", AllowPrivate: true,
		Clock: f.clock, Sleep: f.sleep, Rand: func() float64 { return 0.5 },
	}
}

func client(t *testing.T, o Options) *Client {
	t.Helper()
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func serve(t *testing.T, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

// answer answers a request as the nth step says; the last one goes on for ever.
func answer(steps ...http.HandlerFunc) http.HandlerFunc {
	var n atomic.Int64
	return func(w http.ResponseWriter, r *http.Request) {
		steps[min(int(n.Add(1)), len(steps))-1](w, r)
	}
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func text(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, body) }
}

// cut sends the beginning of a body and drops the connection.
func cut(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "1000")
	io.WriteString(w, "the beginning")
	w.(http.Flusher).Flush()
	panic(http.ErrAbortHandler)
}

func later(value string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Date", "Wed, 20 May 2026 06:00:00 GMT") // an hour behind our clock
		w.Header().Set("Retry-After", value)
		w.WriteHeader(http.StatusTooManyRequests)
	}
}

// get returns the last body that was given to read, whole or not.
func get(ctx context.Context, c *Client, r Request) (got string, attempts []Attempt, err error) {
	attempts, err = c.Get(ctx, r, func(resp *Response) error {
		b, err := io.ReadAll(resp.Body)
		got = string(b)
		return err
	})
	return got, attempts, err
}

func TestAnswers(t *testing.T) {
	for name, c := range map[string]struct {
		server   http.HandlerFunc
		want     string // the body; empty means an error
		kind     qulaq.Kind
		says     string // part of the error
		statuses []int  // of the attempts
		waits    []time.Duration
	}{
		"200":                {text("a;b\n"), "a;b\n", 0, "", []int{200}, nil},
		"200 and nothing":    {status(200), "", qulaq.Contract, "empty body", []int{200}, nil},
		"204":                {status(204), "", qulaq.Contract, "HTTP 204", []int{204}, nil},
		"206":                {status(206), "", qulaq.Contract, "HTTP 206", []int{206}, nil},
		"304 unasked":        {status(304), "", qulaq.Contract, "without a condition", []int{304}, nil},
		"400":                {status(400), "", qulaq.Contract, "HTTP 400", []int{400}, nil},
		"401":                {status(401), "", qulaq.Blocked, "HTTP 401", []int{401}, nil},
		"403":                {status(403), "", qulaq.Blocked, "HTTP 403", []int{403}, nil},
		"404":                {status(404), "", qulaq.Configuration, "HTTP 404", []int{404}, nil},
		"410":                {status(410), "", qulaq.Configuration, "HTTP 410", []int{410}, nil},
		"500 is not tried":   {status(500), "", qulaq.Transient, "HTTP 500", []int{500}, nil},
		"502 is not tried":   {status(502), "", qulaq.Transient, "HTTP 502", []int{502}, nil},
		"599":                {status(599), "", qulaq.Transient, "HTTP 599", []int{599}, nil},
		"503 and then":       {answer(status(503), text("x")), "x", 0, "", []int{503, 200}, []time.Duration{500}},
		"503 for ever":       {status(503), "", qulaq.Transient, "HTTP 503", []int{503, 503, 503, 503}, []time.Duration{500, 1000, 2000}},
		"429 for 7 s":        {answer(later("7"), text("x")), "x", 0, "", []int{429, 200}, []time.Duration{7000}},
		"429 till a date":    {answer(later("Wed, 20 May 2026 06:01:00 GMT"), text("x")), "x", 0, "", []int{429, 200}, []time.Duration{60_000}},
		"429 till yesterday": {answer(later("Tue, 19 May 2026 07:01:00 GMT"), text("x")), "x", 0, "", []int{429, 200}, []time.Duration{500}},
		"429 at will":        {answer(later("soon"), text("x")), "x", 0, "", []int{429, 200}, []time.Duration{500}},
		"429 for too long":   {later("3600"), "", qulaq.Transient, "come back at 2026-05-20T13:00:00+05:00", []int{429}, nil},
		"429 for an age":     {later("99999999999999999999999"), "", qulaq.Transient, "come back at 2162", []int{429}, nil},
		"cut and then":       {answer(cut, cut, text("whole")), "whole", 0, "", []int{200, 200, 200}, []time.Duration{500, 1000}},
		"cut for ever":       {cut, "", qulaq.Transient, "unexpected EOF (try 4)", []int{200, 200, 200, 200}, []time.Duration{500, 1000, 2000}},
		"no answer": {
			answer(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, text("x")), "x", 0, "",
			[]int{0, 200},
			[]time.Duration{500},
		},
		"too large, told": {
			func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Length", "1001") },
			"", qulaq.Contract, "1001 bytes are announced",
			[]int{200},
			nil,
		},
		"too large, not told": {func(w http.ResponseWriter, _ *http.Request) {
			for range 2000 {
				io.WriteString(w, "xxxxxxxxxx")
				w.(http.Flusher).Flush()
			}
		}, "", qulaq.Contract, "the limit is 1000", []int{200}, nil},
		"as large as allowed": {text(strings.Repeat("x", 1000)), strings.Repeat("x", 1000), 0, "", []int{200}, nil},
		"brotli": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "br")
			io.WriteString(w, "x")
		}, "", qulaq.Contract, `"br"`, []int{200}, nil},
		"a redirect to nowhere": {status(302), "", qulaq.Contract, "without a usable location", []int{302}, nil},
		"a redirect to a file": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "file:///etc/passwd")
			w.WriteHeader(302)
		}, "", qulaq.Contract, "a redirect from http to file:", []int{302}, nil},
		"a redirect to a foreign host": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "http://elsewhere.example/?token=s3cret")
			w.WriteHeader(302)
		}, "", qulaq.Contract, `"elsewhere.example" that no source names`, []int{302}, nil},
		"a loop": {
			func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/again", http.StatusFound) },
			"", qulaq.Contract, "more than 5 redirects",
			[]int{302, 302, 302, 302, 302, 302},
			nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := &fakeTime{now: noon}
			o := options(f)
			o.MaxBytes = 1000
			o.Pause = time.Nanosecond // a fake clock stands still while a server answers
			server := serve(t, c.server)
			address := strings.Replace(server.URL, "://", "://user:s3cret@", 1) + "/export.csv?apiKey=s3cret"
			got, attempts, err := get(t.Context(), client(t, o), Request{URL: address, Header: http.Header{"X-Key": {"s3cret"}}})

			if c.want != "" && (err != nil || got != c.want) {
				t.Errorf("got %q, %v; want %q", got, err, c.want)
			}
			if c.want == "" {
				if err == nil || qulaq.KindOf(err) != c.kind || !strings.Contains(err.Error(), c.says) {
					t.Errorf("error %v of kind %s, want kind %s and %q", err, qulaq.KindOf(err), c.kind, c.says)
				}
			}
			var statuses []int
			for _, a := range attempts {
				statuses = append(statuses, a.Status)
				if (a.Error == "") != (a.Status == 200 && c.want != "" && a == attempts[len(attempts)-1] || a.Status == 302 && name == "a loop") {
					t.Errorf("attempt %+v", a)
				}
			}
			if diff := cmp.Diff(c.statuses, statuses); diff != "" {
				t.Error(diff)
			}
			var waits []time.Duration
			for _, d := range f.slept {
				waits = append(waits, d/time.Millisecond)
			}
			if name != "a loop" {
				if diff := cmp.Diff(c.waits, waits); diff != "" {
					t.Error(diff)
				}
			}
			if all := fmt.Sprintf("%v %s %+v", err, qulaq.Hint(err), attempts); strings.Contains(all, "s3cret") {
				t.Errorf("a secret is shown: %s", all)
			}
		})
	}
}

func TestStatusCanBeFound(t *testing.T) {
	server := serve(t, status(404))
	_, _, err := get(t.Context(), client(t, options(&fakeTime{now: noon})), Request{URL: server.URL})
	var s StatusError
	if !errors.As(err, &s) || s != 404 {
		t.Errorf("%v", err)
	}
}

func TestAttempt(t *testing.T) {
	f := &fakeTime{now: noon}
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		f.sleep(context.Background(), 3*time.Second)
		io.WriteString(w, "12345")
	})
	_, attempts, err := get(t.Context(), client(t, options(f)), Request{URL: server.URL + "/a?b=1&token=2#c"})
	if err != nil {
		t.Fatal(err)
	}
	want := []Attempt{{At: noon, URL: server.URL + "/a?b=1&token=***", Status: 200, Duration: 3 * time.Second, Bytes: 5}}
	if diff := cmp.Diff(want, attempts); diff != "" {
		t.Error(diff)
	}
}

func TestResponse(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		for name, want := range map[string]string{
			"User-Agent": "qulaq/test (+https://example.kz)", "Accept-Encoding": "identity", "Accept-Language": "ru",
			"If-None-Match": "", "If-Modified-Since": "",
		} {
			if got := r.Header.Get(name); got != want {
				t.Errorf("%s: %q, want %q", name, got, want)
			}
		}
		w.Header().Set("Content-Type", "Text/CSV; charset=windows-1251")
		w.Header().Set("ETag", `"v1"`)
		w.Header().Set("Last-Modified", "Wed, 20 May 2026 07:00:00 GMT")
		io.WriteString(w, "a;b\n")
	})
	var got Response
	_, err := client(t, options(&fakeTime{now: noon})).Get(t.Context(), Request{
		URL: server.URL + "/a", Header: http.Header{"Accept-Language": {"ru"}, "User-Agent": {"Mozilla/5.0"}},
	}, func(r *Response) error {
		got = *r
		got.Body = nil
		return nil
	})
	want := Response{Status: 200, URL: server.URL + "/a", MediaType: "text/csv", ETag: `"v1"`, LastModified: "Wed, 20 May 2026 07:00:00 GMT", Size: 4}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestNotModified(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == `"v1"` && r.Header.Get("If-Modified-Since") == "Wed, 20 May 2026 07:00:00 GMT" {
			w.WriteHeader(http.StatusNotModified)
		}
	})
	reads := 0
	attempts, err := client(t, options(&fakeTime{now: noon})).Get(t.Context(),
		Request{URL: server.URL, ETag: `"v1"`, LastModified: "Wed, 20 May 2026 07:00:00 GMT"},
		func(r *Response) error {
			reads++
			b, err := io.ReadAll(r.Body)
			if r.Status != 304 || len(b) != 0 {
				t.Errorf("%+v with %d bytes", r, len(b))
			}
			return err
		})
	if err != nil || reads != 1 || len(attempts) != 1 || attempts[0].Status != 304 {
		t.Errorf("%v, read %d times, %v", err, reads, attempts)
	}
}

// TestPackedUnasked keeps the bytes as they came, for the readers know gzip by its first bytes.
func TestPackedUnasked(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		io.WriteString(z, "a;b\n")
		z.Close()
	})
	got, _, err := get(t.Context(), client(t, options(&fakeTime{now: noon})), Request{URL: server.URL})
	if err != nil || !strings.HasPrefix(got, "\x1f\x8b") {
		t.Errorf("%q, %v", got, err)
	}
}

func TestErrorOfTheReader(t *testing.T) {
	server := serve(t, text("x"))
	full := errors.New("the disk is full")
	reads := 0
	attempts, err := client(t, options(&fakeTime{now: noon})).Get(t.Context(), Request{URL: server.URL}, func(*Response) error {
		reads++
		return full
	})
	if err != full || reads != 1 || len(attempts) != 1 || attempts[0].Error != full.Error() {
		t.Errorf("%v after %d reads, %v", err, reads, attempts)
	}
}

// TestErrorOfTheBodyCounts keeps a reader from taking half a body for the whole.
func TestErrorOfTheBodyCounts(t *testing.T) {
	server := serve(t, cut)
	_, err := client(t, options(&fakeTime{now: noon})).Get(t.Context(), Request{URL: server.URL}, func(r *Response) error {
		io.Copy(io.Discard, r.Body)
		return nil
	})
	if qulaq.KindOf(err) != qulaq.Transient || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%v", err)
	}
}

func TestPauseBetweenRequests(t *testing.T) {
	f := &fakeTime{now: noon}
	var inside, most atomic.Int64
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		most.Store(max(most.Load(), inside.Add(1)))
		time.Sleep(2 * time.Millisecond)
		inside.Add(-1)
		io.WriteString(w, "x")
	})
	c := client(t, options(f))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if _, _, err := get(context.Background(), c, Request{URL: server.URL}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if most.Load() != 1 {
		t.Errorf("%d requests at once", most.Load())
	}
	half := 500 * time.Millisecond
	if diff := cmp.Diff([]time.Duration{half, half, half, half, half, half, half}, f.slept); diff != "" {
		t.Error(diff)
	}
}

func TestPauseEndsWithTheContext(t *testing.T) {
	server := serve(t, text("x"))
	o := options(&fakeTime{now: noon})
	o.Sleep, o.Pause = Sleep, time.Hour
	c := client(t, o)
	if _, _, err := get(t.Context(), c, Request{URL: server.URL}); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time shows that the turn was given back
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		_, attempts, err := get(ctx, c, Request{URL: server.URL})
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) || qulaq.KindOf(err) != qulaq.Transient || attempts != nil {
			t.Errorf("%v, %v", err, attempts)
		}
	}
}

func TestSlowServers(t *testing.T) {
	// The server of a handler sees when the client has gone.
	drip := func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			io.WriteString(w, "x")
			w.(http.Flusher).Flush()
			time.Sleep(5 * time.Millisecond)
		}
	}
	silent := func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "x")
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}
	mute := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	for name, c := range map[string]struct {
		server            http.HandlerFunc
		silence, deadline time.Duration
		want              error
		attempts          int
	}{
		"a body without end":           {drip, time.Minute, 100 * time.Millisecond, errDeadline, 1},
		"a body that stops":            {silent, 50 * time.Millisecond, time.Minute, errSilence, 2},
		"no headers":                   {mute, 50 * time.Millisecond, time.Minute, errSilence, 2},
		"no headers till the deadline": {mute, time.Minute, 50 * time.Millisecond, errDeadline, 1},
	} {
		t.Run(name, func(t *testing.T) {
			o := options(&fakeTime{now: noon})
			o.Silence, o.Deadline, o.Tries = c.silence, c.deadline, 2
			_, attempts, err := get(t.Context(), client(t, o), Request{URL: serve(t, c.server).URL})
			if !errors.Is(err, c.want) || qulaq.KindOf(err) != qulaq.Transient || len(attempts) != c.attempts {
				t.Errorf("%v after %d attempts", err, len(attempts))
			}
		})
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	server := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	_, attempts, err := get(ctx, client(t, options(&fakeTime{now: noon})), Request{URL: server.URL})
	if !errors.Is(err, context.Canceled) || len(attempts) != 1 {
		t.Errorf("%v after %d attempts", err, len(attempts))
	}
}

func TestAddressesThatAreNone(t *testing.T) {
	c := client(t, options(&fakeTime{now: noon}))
	for name, r := range map[string]Request{
		"empty":     {},
		"no scheme": {URL: "data.egov.kz/api?apiKey=s3cret"},
		"file":      {URL: "file:///etc/s3cret"},
		"no host":   {URL: "https:///a?apiKey=s3cret"},
		"bad port":  {URL: "https://user:s3cret@host:s3cret/"},
		"bad path":  {URL: "https://host/%zz?token=s3cret"},
		"header":    {URL: "https://host/", Header: http.Header{"X-Key": {"fine", "s3cret\r\nX: y"}}},
		"name":      {URL: "https://host/", Header: http.Header{"X Key": {"s3cret"}}},
	} {
		_, attempts, err := get(t.Context(), c, r)
		if qulaq.KindOf(err) != qulaq.Configuration || qulaq.Hint(err) == "" || attempts != nil {
			t.Errorf("%s: %v", name, err)
		}
		if name != "file" && strings.Contains(fmt.Sprint(err), "s3cret") {
			t.Errorf("%s: a secret is shown: %v", name, err)
		}
	}
}

func TestUserAgentIsNeeded(t *testing.T) {
	for _, agent := range []string{"", "a\nb"} {
		if _, err := New(Options{UserAgent: agent}); qulaq.KindOf(err) != qulaq.Configuration {
			t.Errorf("%q: %v", agent, err)
		}
	}
}

// names answers questions for addresses without a network.
func names(t *testing.T, table map[string]string) *net.Resolver {
	t.Helper()
	return &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		go func() {
			defer ours.Close()
			for {
				// Over a stream, two bytes of length stand before a message.
				var size [2]byte
				if _, err := io.ReadFull(ours, size[:]); err != nil {
					return
				}
				packed := make([]byte, int(size[0])<<8|int(size[1]))
				if _, err := io.ReadFull(ours, packed); err != nil {
					return
				}
				var m dnsmessage.Message
				if err := m.Unpack(packed); err != nil {
					t.Error(err)
					return
				}
				m.Response, m.Additionals = true, nil
				q := m.Questions[0]
				addr, err := netip.ParseAddr(table[strings.TrimSuffix(q.Name.String(), ".")])
				header := dnsmessage.ResourceHeader{Name: q.Name, Class: dnsmessage.ClassINET}
				switch {
				case err != nil:
					m.RCode = dnsmessage.RCodeNameError
				case addr.Is4() && q.Type == dnsmessage.TypeA:
					m.Answers = []dnsmessage.Resource{{Header: header, Body: &dnsmessage.AResource{A: addr.As4()}}}
				case addr.Is6() && q.Type == dnsmessage.TypeAAAA:
					m.Answers = []dnsmessage.Resource{{Header: header, Body: &dnsmessage.AAAAResource{AAAA: addr.As16()}}}
				}
				packed, err = m.Pack()
				if err != nil {
					t.Error(err)
					return
				}
				ours.Write(append([]byte{byte(len(packed) >> 8), byte(len(packed))}, packed...))
			}
		}()
		return theirs, nil
	}}
}

// TestPrivateAddresses takes 127.0.0.1 for the public internet and asks a server there to lead us astray.
func TestPrivateAddresses(t *testing.T) {
	reached := false
	private := serve(t, func(w http.ResponseWriter, _ *http.Request) { reached = true })
	_, port, _ := net.SplitHostPort(private.Listener.Addr().String())
	public := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://"+r.URL.Query().Get("to")+":"+port+"/", http.StatusFound)
	})
	_, publicPort, _ := net.SplitHostPort(public.Listener.Addr().String())

	all, err := privateNetworks()
	if err != nil {
		t.Fatal(err)
	}
	var forbidden []netip.Prefix
	for _, network := range all {
		if network.Contains(netip.MustParseAddr("127.0.0.1")) {
			network = netip.MustParsePrefix("127.0.0.2/32")
		}
		forbidden = append(forbidden, network)
	}
	hosts := map[string]string{
		"public.example": "127.0.0.1", "near.example": "127.0.0.2", "ten.example": "10.0.0.1",
		"mapped.example": "::ffff:10.0.0.1", "metadata.example": "169.254.169.254", "six.example": "fd00::1",
	}
	o := options(&fakeTime{now: noon}).defaults()
	o.Resolver = names(t, hosts)
	for name := range hosts {
		o.Hosts = append(o.Hosts, name)
	}
	o.Hosts = append(o.Hosts, "127.0.0.2", "10.0.0.1", "0.0.0.0", "::1")
	c := newClient(o, forbidden)
	for _, host := range append(o.Hosts[:len(o.Hosts):len(o.Hosts)], "[::ffff:7f00:2]", "[fd00::1]") {
		if host == "public.example" {
			continue
		}
		if strings.Contains(host, ":") && host[0] != '[' {
			host = "[" + host + "]"
		}
		// By a redirect.
		_, attempts, err := get(t.Context(), c, Request{URL: "http://public.example:" + publicPort + "/?to=" + url.QueryEscape(host)})
		if qulaq.KindOf(err) != qulaq.Contract || len(attempts) == 0 || attempts[0].Status != 302 {
			t.Errorf("redirected to %s: %v, %v", host, err, attempts)
		}
		// And at once.
		_, attempts, err = get(t.Context(), c, Request{URL: "http://" + host + ":" + port + "/"})
		if qulaq.KindOf(err) != qulaq.Configuration || !strings.Contains(qulaq.Hint(err), "allow_private") || len(attempts) != 1 {
			t.Errorf("asked for %s: %v, %v", host, err, attempts)
		}
	}
	if reached {
		t.Error("a private server was reached")
	}
	if _, _, err := get(t.Context(), c, Request{URL: "http://nobody.example/"}); qulaq.KindOf(err) != qulaq.Transient {
		t.Errorf("a name that nobody has: %v", err)
	}
}

func TestPrivateByDefault(t *testing.T) {
	o := options(&fakeTime{now: noon})
	o.AllowPrivate = false
	server := serve(t, text("x"))
	if _, _, err := get(t.Context(), client(t, o), Request{URL: server.URL}); qulaq.KindOf(err) != qulaq.Configuration {
		t.Errorf("%v", err)
	}
}

func TestProxyOfTheEnvironmentIsIgnored(t *testing.T) {
	for _, name := range []string{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY"} {
		t.Setenv(name, "http://127.0.0.1:1")
	}
	server := serve(t, text("x"))
	o := options(&fakeTime{now: noon})
	o.Resolver = names(t, map[string]string{"public.example": "127.0.0.1"})
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	if got, _, err := get(t.Context(), client(t, o), Request{URL: "http://public.example:" + port}); got != "x" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestGuard(t *testing.T) {
	forbidden, err := privateNetworks()
	if err != nil {
		t.Fatal(err)
	}
	check := guard(forbidden)
	for _, address := range []string{
		"0.0.0.0:80", "10.1.2.3:80", "100.64.0.1:80", "100.127.255.255:80", "127.0.0.1:80", "169.254.169.254:80", "172.16.0.1:80",
		"172.31.255.255:80", "192.168.1.1:80", "198.18.0.1:80", "224.0.0.1:80", "239.1.1.1:80", "255.255.255.255:80",
		"[::]:80", "[::1]:80", "[::ffff:10.0.0.1]:80", "[::127.0.0.1]:80", "[64:ff9b::10.0.0.1]:80", "[64:ff9b:1::1]:80",
		"[2001::1]:80", "[2002:a00:1::]:80", "[fc00::1]:80", "[fd12::1]:80", "[fe80::1%eth0]:80", "[ff02::1]:80", "nonsense",
	} {
		if check("tcp", address, nil) == nil {
			t.Errorf("%s is let through", address)
		}
	}
	for _, address := range []string{
		"8.8.8.8:53", "100.63.0.1:80", "100.128.0.1:80", "172.15.0.1:80", "172.32.0.1:80", "195.12.114.1:443",
		"[2a00:1450::1]:443", "[64:ff9b::8.8.8.8]:443", "[::ffff:8.8.8.8]:443",
	} {
		if err := check("tcp", address, nil); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestCredentialsStayWithTheirHost(t *testing.T) {
	secrets := func(r *http.Request) string { return r.Header.Get("Authorization") + r.Header.Get("X-Key") }
	var atOther, atOwn string
	other := serve(t, func(w http.ResponseWriter, r *http.Request) {
		atOther = secrets(r)
		io.WriteString(w, "x")
	})
	own := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/away":
			http.Redirect(w, r, strings.Replace(other.URL, "://", "://user:pass@", 1), http.StatusFound)
		case "/near":
			http.Redirect(w, r, "/here", http.StatusFound)
		default:
			atOwn = secrets(r)
			io.WriteString(w, "x")
		}
	})
	c := client(t, options(&fakeTime{now: noon}))
	header := http.Header{"Authorization": {"Bearer s3cret"}, "X-Key": {"k"}}
	for _, path := range []string{"/away", "/near"} {
		if _, _, err := get(t.Context(), c, Request{URL: own.URL + path, Header: header}); err != nil {
			t.Fatal(err)
		}
	}
	if atOther != "" {
		t.Errorf("another host got %q", atOther)
	}
	if atOwn != "Bearer s3cretk" {
		t.Errorf("the own host got %q", atOwn)
	}
	if _, _, err := get(t.Context(), c, Request{URL: strings.Replace(own.URL, "://", "://user:pass@", 1) + "/here"}); err != nil || atOwn != "Basic dXNlcjpwYXNz" {
		t.Errorf("user and password of the address: the host got %q, %v", atOwn, err)
	}
	if len(header) != 2 {
		t.Errorf("the caller's header was changed: %v", header)
	}
}

func TestTLS(t *testing.T) {
	server := httptest.NewUnstartedServer(answer(
		text("x"),
		func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://"+r.Host+"/", http.StatusFound)
		},
	))
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // it will complain of us
	server.StartTLS()
	t.Cleanup(server.Close)
	o := options(&fakeTime{now: noon})
	_, attempts, err := get(t.Context(), client(t, o), Request{URL: server.URL})
	if qulaq.KindOf(err) != qulaq.Configuration || !strings.Contains(qulaq.Hint(err), "certificate") || len(attempts) != 1 {
		t.Errorf("an unknown certificate: %v after %d attempts", err, len(attempts))
	}
	o.TLS = server.Client().Transport.(*http.Transport).TLSClientConfig
	c := client(t, o)
	if got, _, err := get(t.Context(), c, Request{URL: server.URL}); got != "x" {
		t.Errorf("a known certificate: %q, %v", got, err)
	}
	if _, _, err := get(t.Context(), c, Request{URL: server.URL}); qulaq.KindOf(err) != qulaq.Contract || !strings.Contains(err.Error(), "from https to http:") {
		t.Errorf("a redirect to plain HTTP: %v", err)
	}
}
