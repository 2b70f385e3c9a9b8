package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The bad servers of the world, one by one, through the program itself.

// secret is the token that every source of these tests has, in its header, in its address, or in both.
const secret = "s3cr3tT0ken"

// remote adds a source on a server to the configuration of a warehouse that holds the first export, and gives
// the state before.
func remote(t *testing.T, url, network string) (dir string, before picture) {
	t.Helper()
	dir = t.TempDir()
	warehouse(t, dir, network)
	before = look(t, dir)
	config := filepath.Join(dir, "qulaq.yaml")
	text, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	source := fmt.Sprintf("complaints:\n- source: eotinish\n  url: %s\n  header: \"X-Token: ${TOKEN}\"\n", url)
	put(t, config, strings.Replace(string(text), "complaints:\n", source, 1))
	return dir, before
}

const network = "network: {allow_private: true, pause: 1ms, tries: 2, timeout: 2s}"

// served is an export of 30 complaints, the first of them with number 100.
var served = header + good(100, 30)

func TestBadServers(t *testing.T) {
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", code) }
	}
	// first answers the first request in its own way and any later one as it should.
	first := func(answer http.HandlerFunc) http.HandlerFunc {
		var n atomic.Int64
		return func(w http.ResponseWriter, r *http.Request) {
			if n.Add(1) == 1 {
				answer(w, r)
				return
			}
			fmt.Fprint(w, served)
		}
	}
	cut := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", fmt.Sprint(len(served)))
		fmt.Fprint(w, served[:len(served)/2])
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	}
	busy := func(seconds string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", seconds)
			http.Error(w, "slow down", http.StatusTooManyRequests)
		}
	}
	tests := []struct {
		name    string
		answer  http.HandlerFunc
		network string
		code    int
		says    []string
		adds    int
		gets    int64 // requests that the server must see
	}{
		{name: "200", answer: func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, served) }, adds: 30, gets: 1},
		{
			name: "200 with an empty body", answer: func(http.ResponseWriter, *http.Request) {},
			code: 3, says: []string{`HTTP 200 with an empty body`, `help: .*credentials`}, gets: 1,
		},
		{
			name: "200 with an error page", answer: func(w http.ResponseWriter, _ *http.Request) {
				fmt.Fprint(w, "<html><body>Log in, please</body></html>")
			},
			code: 3, says: []string{`(?i)html`, `help: `}, gets: 1,
		},
		{name: "401", answer: status(401), code: 1, says: []string{`HTTP 401 Unauthorized`, `help: `}, gets: 1},
		{name: "403", answer: status(403), code: 1, says: []string{`HTTP 403 Forbidden`, `help: `}, gets: 1},
		{name: "404", answer: status(404), code: 2, says: []string{`HTTP 404 Not Found`, `help: `}, gets: 1},
		{name: "429 that wants a second", answer: first(busy("1")), adds: 30, gets: 2},
		{name: "429 that wants an hour", answer: busy("3600"), code: 1, says: []string{`HTTP 429`, `come back at 2026-07-02T01:00`}, gets: 1},
		{name: "500", answer: status(500), code: 1, says: []string{`HTTP 500 Internal Server Error`}, gets: 1},
		{name: "503 that passes", answer: first(status(503)), adds: 30, gets: 2},
		{name: "cut in the middle, once", answer: first(cut), adds: 30, gets: 2},
		{name: "cut in the middle, always", answer: cut, code: 1, says: []string{`unexpected EOF`, `try 2`}, gets: 2},
		{
			name: "slow", answer: func(w http.ResponseWriter, r *http.Request) {
				fmt.Fprint(w, served[:10])
				w.(http.Flusher).Flush()
				<-r.Context().Done()
			},
			network: strings.Replace(network, "2s", "300ms", 1), code: 1, says: []string{`out of time`}, gets: 1,
		},
		{
			name: "too large", answer: func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, served) },
			network: strings.Replace(network, "pause", "max_bytes: 1000, pause", 1), code: 3, says: []string{`too large`}, gets: 1,
		},
		{
			name: "a private address", answer: func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, served) },
			network: strings.Replace(network, "true", "false", 1), code: 2,
			says: []string{`127\.0\.0\.1 is a private or reserved address`, `help: .*network\.allow_private`}, gets: 0,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var gets atomic.Int64
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				gets.Add(1)
				if r.Header.Get("X-Token") != secret || r.URL.Query().Get("token") != secret {
					t.Error("the credentials did not arrive")
				}
				tt.answer(w, r)
			}))
			t.Cleanup(server.Close)
			if tt.network == "" {
				tt.network = network
			}
			dir, before := remote(t, server.URL+"/export.csv?token=${TOKEN}", tt.network)
			r := call(t, dir, "run", "complaints", "--now", today, "--log-format", "text")
			if r.code != tt.code {
				t.Errorf("want code %d: %v", tt.code, r)
			}
			for _, pattern := range tt.says {
				if !regexp.MustCompile(pattern).MatchString(r.errOut) {
					t.Errorf("nothing matches %q: %v", pattern, r)
				}
			}
			if diff := cmp.Diff(picture{first: before.first, others: tt.adds}, look(t, dir), cmp.AllowUnexported(picture{})); diff != "" {
				t.Errorf("the warehouse (-want +got):\n%s", diff)
			}
			if got := gets.Load(); got != tt.gets {
				t.Errorf("%d requests, want %d", got, tt.gets)
			}
			again := call(t, dir, "run", "complaints", "--now", today, "--log-format", "json", "--format", "json")
			if again.code != tt.code {
				t.Errorf("the second run: want code %d: %v", tt.code, again)
			}
			noSecret(t, dir, r, again)
		})
	}
}

// noSecret looks for the secret in what the program printed, in the ledger and in the archive's journal.
func noSecret(t *testing.T, dir string, printed ...outcome) {
	t.Helper()
	ledger := call(t, dir, "sql", `SELECT toString(tuple(*)) FROM runs UNION ALL SELECT toString(tuple(*)) FROM loads
		UNION ALL SELECT toString(tuple(*)) FROM snapshots`)
	if !strings.Contains(ledger.out, "complaints") {
		t.Errorf("the ledger: %v", ledger)
	}
	printed = append(printed, ledger, call(t, dir, "config", "validate"))
	for _, r := range printed {
		if strings.Contains(r.out+r.errOut, secret) {
			t.Errorf("the secret is shown: %v", r)
		}
	}
	err := filepath.WalkDir(filepath.Join(dir, "data"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if bytes.Contains(text, []byte(secret)) {
			t.Errorf("the secret is in %s", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestNotModified(t *testing.T) {
	t.Parallel()
	var conditions []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conditions = append(conditions, r.Header.Get("If-None-Match"))
		w.Header().Set("ETag", `"first"`)
		if r.Header.Get("If-None-Match") == `"first"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(w, served)
	}))
	t.Cleanup(server.Close)
	dir, before := remote(t, server.URL+"/export.csv", network)
	want := picture{first: before.first, others: 30}
	for i, files := range []string{`"files_new":1`, `"files_new":0`} {
		r := call(t, dir, "run", "complaints", "--now", today, "--format", "json")
		if r.code != 0 || !strings.Contains(r.out, files) {
			t.Errorf("run %d: want %s: %v", i+1, files, r)
		}
		if diff := cmp.Diff(want, look(t, dir), cmp.AllowUnexported(picture{})); diff != "" {
			t.Errorf("run %d (-want +got):\n%s", i+1, diff)
		}
	}
	if diff := cmp.Diff([]string{"", `"first"`}, conditions); diff != "" {
		t.Errorf("If-None-Match (-want +got):\n%s", diff)
	}
}

// A password in the address of the warehouse or of a source, or a broken header, is not shown either.
func TestSecretsOfTheConfiguration(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]string{
		"warehouse":   "warehouse: clickhouse://qulaq:" + secret + "@127.0.0.1:1/qulaq\n",
		"user of url": "complaints: [{source: eotinish, url: 'https://user:" + secret + "@[::1]:1/x.csv'}]\nnetwork: {tries: 1}\n",
		"bad header":  "complaints: [{source: eotinish, url: 'https://example.org/x.csv', header: " + secret + "}]\n",
		"bad key":     "complaints: [{source: eotinish, token: " + secret + "}]\n",
		"bad yaml":    "warehouse: [clickhouse://" + secret + "\n",
		"bad type":    "bounds: {max_rejects: " + secret + "}\nwarehouse: clickhouse://qulaq:" + secret + "@127.0.0.1:1/qulaq\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			put(t, filepath.Join(dir, "qulaq.yaml"), config)
			for _, verb := range [][]string{{"config", "validate"}, {"run"}, {"run", "--log-format", "json", "--format", "json"}} {
				r := call(t, dir, verb...)
				if strings.Contains(r.out+r.errOut, secret) {
					t.Errorf("qulaq %v shows the secret: %v", verb, r)
				}
				if verb[0] == "run" && r.code == 0 {
					t.Errorf("qulaq %v: %v", verb, r)
				}
			}
		})
	}
}
