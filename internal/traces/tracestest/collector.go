// Package tracestest is a collector of spans for tests.
package tracestest

import (
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	common "go.opentelemetry.io/proto/otlp/common/v1"
	"google.golang.org/protobuf/proto"
)

// Span is one that arrived.
type Span struct {
	ID, Parent string
	Name       string
	Error      string // the description of a failure; "-" when there is none
	Attributes map[string]string
	Resource   map[string]string
	Start, End time.Time
}

// Collector takes spans over HTTP and keeps them.
type Collector struct {
	URL string

	mu    sync.Mutex
	spans []Span
	raw   []byte
}

// New starts a collector that ends with the test.
func New(t testing.TB) *Collector {
	t.Helper()
	c := &Collector{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		var request collector.ExportTraceServiceRequest
		if err == nil {
			err = proto.Unmarshal(body, &request)
		}
		if err != nil || r.URL.Path != "/v1/traces" {
			t.Errorf("%s: what was sent are no spans: %v", r.URL.Path, err)
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		c.take(body, &request)
		w.Header().Set("Content-Type", "application/x-protobuf")
	}))
	t.Cleanup(server.Close)
	c.URL = server.URL
	return c
}

func (c *Collector) take(body []byte, request *collector.ExportTraceServiceRequest) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.raw = append(c.raw, body...)
	for _, r := range request.ResourceSpans {
		for _, scope := range r.ScopeSpans {
			for _, s := range scope.Spans {
				failure := "-"
				if s.Status.GetCode() == 2 { // error
					failure = s.Status.GetMessage()
				}
				c.spans = append(c.spans, Span{
					ID: hex.EncodeToString(s.SpanId), Parent: hex.EncodeToString(s.ParentSpanId), Name: s.Name, Error: failure,
					Attributes: attributes(s.Attributes), Resource: attributes(r.Resource.GetAttributes()),
					Start: time.Unix(0, int64(s.StartTimeUnixNano)), End: time.Unix(0, int64(s.EndTimeUnixNano)),
				})
			}
		}
	}
}

func attributes(pairs []*common.KeyValue) map[string]string {
	all := map[string]string{}
	for _, p := range pairs {
		switch v := p.Value.Value.(type) {
		case *common.AnyValue_StringValue:
			all[p.Key] = v.StringValue
		case *common.AnyValue_IntValue:
			all[p.Key] = fmt.Sprint(v.IntValue)
		case *common.AnyValue_BoolValue:
			all[p.Key] = fmt.Sprint(v.BoolValue)
		default:
			all[p.Key] = fmt.Sprint(p.Value)
		}
	}
	return all
}

// Spans returns those that arrived, in the order in which they began.
func (c *Collector) Spans() []Span {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := slices.Clone(c.spans)
	slices.SortStableFunc(all, func(a, b Span) int { return a.Start.Compare(b.Start) })
	return all
}

// Sent says whether these bytes were in anything that arrived.
func (c *Collector) Sent(text string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return strings.Contains(string(c.raw), text)
}

// Tree writes the spans below one another, each with the values of some attributes, those that began first first.
func (c *Collector) Tree(shown ...string) string {
	spans := c.Spans()
	known := map[string]bool{}
	for _, s := range spans {
		known[s.ID] = true
	}
	var b strings.Builder
	var write func(parent, indent string)
	write = func(parent, indent string) {
		for _, s := range spans {
			if s.Parent != parent && (parent != "" || known[s.Parent]) {
				continue
			}
			b.WriteString(indent + s.Name)
			for _, name := range shown {
				if value, ok := s.Attributes[name]; ok {
					b.WriteString(" " + value)
				}
			}
			if s.Error != "-" {
				b.WriteString(" !" + s.Error)
			}
			b.WriteString("\n")
			write(s.ID, indent+"  ")
		}
	}
	write("", "")
	return b.String()
}
