package pipelines

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq/internal/govsim"
	"github.com/qulaq-kz/qulaq/internal/traces"
	"github.com/qulaq-kz/qulaq/internal/traces/tracestest"
	"github.com/qulaq-kz/qulaq/load"
)

// traced gives an environment a place for its spans; end sends what is left of them.
func traced(t *testing.T, e *Environment) (c *tracestest.Collector, end func()) {
	t.Helper()
	c = tracestest.New(t)
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", c.URL)
	provider, stop := traces.Open(t.Context(), os.LookupEnv, "test", slog.New(slog.DiscardHandler))
	e.Traces = provider
	return c, func() { stop(context.Background()) }
}

// watching is who watches a run beside its spans.
type watching struct{ silent }

func TestSpansOfComplaints(t *testing.T) {
	inbox := t.TempDir()
	write(t, filepath.Join(inbox, "eotinish_Ахметов_2026-06-01.csv"), row("1", "2026-05-01", "В работе", "г.Астана"))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) }))
	defer server.Close()
	c := atServer(t, ComplaintSource{Source: "eotinish", Path: inbox},
		ComplaintSource{Source: "eotinish", URL: strings.Replace(server.URL, "http://", "http://user:s3cr3t@", 1) + "/export.csv?apiKey=s3cr3t", Header: "X-Key: s3cr3t"})
	c.Network.AllowPrivate, c.Network.Tries, c.Network.Pause = true, 1, 0
	e := open(t, c)
	spans, end := traced(t, e)
	var steps []load.Step
	e.Step = func(s load.Step) error { steps = append(steps, s); return nil }
	before := watching{}
	e.Progress = before
	r, err := e.Traced(t.Context(), e.RunComplaints)
	if err != nil || r.New() != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	if e.Progress != before || len(steps) == 0 {
		t.Errorf("who watched beside is not told any more: %v, %q", e.Progress, steps)
	}
	end()
	want := `run complaints complaints 1 !blocked
  HTTP ` + server.URL + `/export.csv?apiKey=*** 401 !HTTP 401 Unauthorized
  file eotinish 1
    step stage
    step staged
    step merge
    step intent
    step swap
    step prove
    step record
    step clean
`
	if diff := cmp.Diff(want, spans.Tree("qulaq.pipeline", "qulaq.source", "qulaq.rows", "url.full", "http.response.status_code")); diff != "" {
		t.Errorf("spans (-want +got):\n%s", diff)
	}
	for _, s := range spans.Spans() {
		if s.End.Before(s.Start) {
			t.Errorf("%s ends before it begins", s.Name)
		}
		if s.Name == "run complaints" && s.Attributes["qulaq.run_id"] != r.RunID {
			t.Errorf("run %q, want %q", s.Attributes["qulaq.run_id"], r.RunID)
		}
	}
	for _, never := range []string{"s3cr3t", "Ахметов"} {
		if spans.Sent(never) {
			t.Errorf("%q was sent", never)
		}
	}
}

func TestSpansOfPlans(t *testing.T) {
	s := newSite(t)
	s.Add("sko", "ru", entry(planTitle, "2023-01-18", page("Северо-Казахстанской области", "2 полугодие 2022 года", "нет дороги в селе Булаево|до 01.06.2023|исполнено")))
	s.Spoil("aktobe", govsim.Mishap{Status: 403})
	spans, end := traced(t, s.e)
	if _, err := s.e.Traced(t.Context(), s.e.RunPlans); err != nil {
		t.Fatal(err)
	}
	end()
	tree := spans.Tree("qulaq.source", "qulaq.lang", "qulaq.outcome", "http.response.status_code")
	for _, want := range []string{
		"run plans !blocked\n  look govkz/aktobe ru refused !blocked\n",
		"\n    HTTP 403 !HTTP 403 Forbidden\n  look govkz/aktobe kk refused !blocked\n",
		"\n  look govkz/sko ru healthy\n    HTTP 200\n",
		"\n  look govkz/sko kk empty\n    HTTP 200\n",
		"\n  load\n    step stage\n    step staged\n    step intent\n    step swap\n    step prove\n    step record\n",
	} {
		if !strings.Contains(tree, want) {
			t.Errorf("spans lack %q:\n%s", want, tree)
		}
	}
}

// A run that fails says so, and by its kind only; without a place for spans nothing is made of it.
func TestSpansOfAFailure(t *testing.T) {
	e := newEnvironment(ownEngine(t.TempDir()))
	spans, end := traced(t, e)
	broken := func(context.Context) (*Result, error) {
		return &Result{Pipeline: "plans"}, errors.New("Иванов Иван")
	}
	for _, on := range []bool{true, false} {
		if !on {
			e.Traces = nil
		}
		if r, err := e.Traced(t.Context(), broken); r == nil || err == nil {
			t.Errorf("%v, %v", r, err)
		}
	}
	end()
	if got := spans.Tree(); got != "run plans !bug\n" {
		t.Errorf("spans:\n%s", got)
	}
	if spans.Sent("Иванов") {
		t.Error("the text of an error was sent")
	}
}
