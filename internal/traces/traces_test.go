package traces_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/qulaq-kz/qulaq/internal/traces"
	"github.com/qulaq-kz/qulaq/internal/traces/tracestest"
)

func environ(pairs map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		value, ok := pairs[name]
		return value, ok
	}
}

// said is a log that may be written while it is read.
type said struct {
	mu   sync.Mutex
	text strings.Builder
}

func (s *said) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(b)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

func TestWanted(t *testing.T) {
	const at = "OTEL_EXPORTER_OTLP_ENDPOINT"
	for _, c := range []struct {
		name   string
		pairs  map[string]string
		wanted bool
		why    string
	}{
		{"nothing is asked for", nil, false, ""},
		{"empty values ask for nothing", map[string]string{at: "", "OTEL_TRACES_EXPORTER": ""}, false, ""},
		{"an address", map[string]string{at: "http://127.0.0.1:4318"}, true, ""},
		{"an address of traces", map[string]string{"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://127.0.0.1:4318/v1/traces"}, true, ""},
		{"the exporter", map[string]string{"OTEL_TRACES_EXPORTER": "otlp"}, true, ""},
		{"an address, but none", map[string]string{at: "http://127.0.0.1:4318", "OTEL_TRACES_EXPORTER": "none"}, false, ""},
		{"all is off", map[string]string{at: "http://127.0.0.1:4318", "OTEL_SDK_DISABLED": "true"}, false, ""},
		{"an exporter that is not here", map[string]string{"OTEL_TRACES_EXPORTER": "jaeger"}, false, "otlp or none"},
		{"a protocol that is not here", map[string]string{at: "http://127.0.0.1:4317", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"}, false, "http/protobuf alone"},
		{"the protocol of traces counts", map[string]string{at: "http://127.0.0.1:4318", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL": "http/protobuf"}, true, ""},
		{"nothing is asked for by a protocol", map[string]string{"OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"}, false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			wanted, why := traces.Wanted(environ(c.pairs))
			if wanted != c.wanted || (why == "") != (c.why == "") || !strings.Contains(why, c.why) {
				t.Errorf("%t, %q", wanted, why)
			}
			if wanted {
				return
			}
			var log said
			provider, end := traces.Open(t.Context(), environ(c.pairs), "v", slog.New(slog.NewTextHandler(&log, nil)))
			end(t.Context())
			if provider != nil || (log.String() != "") != (c.why != "") {
				t.Errorf("a provider %v; log: %s", provider, &log)
			}
		})
	}
}

// open opens traces to an address, by the environment of the process, which the exporter reads itself.
func open(t *testing.T, address string, log *said) func(context.Context) time.Duration {
	t.Helper()
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", address)
	provider, end := traces.Open(t.Context(), environ(map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": address}), "v1", slog.New(slog.NewTextHandler(log, nil)))
	if provider == nil {
		t.Fatalf("no provider: %s", log)
	}
	begin := time.Now()
	tracer := provider.Tracer("test")
	for range 10_000 { // more than the queue holds
		_, span := tracer.Start(t.Context(), "night")
		span.End()
	}
	if took := time.Since(begin); took > 2*time.Second {
		t.Errorf("spans held up the work for %v", took)
	}
	return func(ctx context.Context) time.Duration {
		begin := time.Now()
		end(ctx)
		return time.Since(begin)
	}
}

func TestSpansArrive(t *testing.T) {
	c := tracestest.New(t)
	var log said
	t.Setenv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment=night")
	open(t, c.URL, &log)(t.Context())
	spans := c.Spans()
	if len(spans) == 0 {
		t.Fatal("none arrived")
	}
	for name, want := range map[string]string{"service.name": "qulaq", "service.version": "v1", "deployment.environment": "night"} {
		if got := spans[0].Resource[name]; got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	for _, never := range []string{"host.name", "process.command_args"} {
		if got, ok := spans[0].Resource[never]; ok {
			t.Errorf("%s is told: %q", never, got)
		}
	}
	if log.String() != "" {
		t.Errorf("log: %s", &log)
	}
}

// A collector that is no help neither holds up the program nor fails it, and its address stays unsaid.
func TestBadCollectors(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	ended := make(chan struct{})
	silent := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-ended:
		case <-r.Context().Done():
		}
	}))
	defer silent.Close()
	defer close(ended)
	refusing := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) }))
	defer refusing.Close()
	for name, address := range map[string]string{"gone": gone.URL, "silent": silent.URL, "refusing": refusing.URL} {
		t.Run(name, func(t *testing.T) {
			var log said
			end := open(t, strings.Replace(address, "http://", "http://user:s3cr3t@", 1), &log)
			if took := end(t.Context()); took > traces.Patience+2*time.Second {
				t.Errorf("the end took %v", took)
			}
			if strings.Count(log.String(), "level=INFO") == 0 || strings.Contains(log.String(), "level=WARN") {
				t.Errorf("log: %s", &log)
			}
			if strings.Contains(log.String(), "s3cr3t") || strings.Contains(log.String(), address) {
				t.Errorf("the log tells the address: %s", &log)
			}
		})
	}
}
