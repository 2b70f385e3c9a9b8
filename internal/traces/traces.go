// Package traces sends spans to an OpenTelemetry collector, where the environment asks for it.
//
// A collector that is slow, refuses or is not there costs nothing but its spans: they wait in a queue that drops what does not
// fit, and the end of the program waits for them no longer than Patience. Nothing of it is global: no other part of the program
// comes to send spans because this one does.
package traces

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"strings"
	"sync"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// Patience is how long the end of the program waits for spans that are not delivered yet.
const Patience = 3 * time.Second

// Wanted says whether the environment asks for traces, by the names that OpenTelemetry gives: an address to send them to, or the
// exporter otlp. why is what keeps them off though something was asked for; "" when nothing does.
func Wanted(environ func(string) (string, bool)) (wanted bool, why string) {
	get := func(name string) string {
		value, _ := environ(name)
		return strings.TrimSpace(value)
	}
	exporter := strings.ToLower(get("OTEL_TRACES_EXPORTER"))
	protocol := get("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL")
	if protocol == "" {
		protocol = get("OTEL_EXPORTER_OTLP_PROTOCOL")
	}
	asked := exporter != "" || get("OTEL_EXPORTER_OTLP_ENDPOINT") != "" || get("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") != ""
	switch {
	case !asked, exporter == "none", strings.EqualFold(get("OTEL_SDK_DISABLED"), "true"):
		return false, ""
	case exporter != "" && exporter != "otlp":
		return false, "OTEL_TRACES_EXPORTER is otlp or none"
	case protocol != "" && protocol != "http/protobuf":
		return false, "traces are sent by the protocol http/protobuf alone"
	}
	return true, ""
}

// Open returns where spans go, or nil when nobody asks for them, and what ends it. Addresses, headers, certificates, time limits,
// the name of the service and the share of runs that are traced are those of the environment of the process, as OpenTelemetry
// names them.
func Open(ctx context.Context, environ func(string) (string, bool), version string, log *slog.Logger) (provider trace.TracerProvider, end func(context.Context)) {
	nothing := func(context.Context) {}
	wanted, why := Wanted(environ)
	if why != "" {
		log.Warn("no traces are sent", "why", why)
	}
	if !wanted {
		return nil, nothing
	}
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		log.Warn("no traces are sent", "why", reason(err))
		return nil, nothing
	}
	about := []attribute.KeyValue{attribute.String("service.name", "qulaq"), attribute.String("service.version", version)}
	// Neither the command line nor the machine is told, unless the environment says so; its words come last and win.
	service, err := resource.New(ctx, resource.WithTelemetrySDK(), resource.WithAttributes(about...), resource.WithFromEnv())
	if err != nil {
		log.Warn("the resource of the traces is not as the environment says", "why", reason(err))
	}
	sdk := sdktrace.NewTracerProvider(sdktrace.WithBatcher(&calm{SpanExporter: exporter, log: log}), sdktrace.WithResource(service))
	return sdk, func(ctx context.Context) {
		ctx, cancel := context.WithTimeout(ctx, Patience)
		defer cancel()
		if err := sdk.Shutdown(ctx); err != nil {
			log.Info("spans were left at the end", "why", reason(err))
		}
	}
}

// calm tells the log once that spans do not arrive, and nobody else: a night does not depend on them.
type calm struct {
	sdktrace.SpanExporter
	log  *slog.Logger
	once sync.Once
}

// ExportSpans implements sdktrace.SpanExporter.
func (c *calm) ExportSpans(ctx context.Context, spans []sdktrace.ReadOnlySpan) error {
	if err := c.SpanExporter.ExportSpans(ctx, spans); err != nil {
		c.once.Do(func() { c.log.Info("spans were not delivered", "why", reason(err)) })
	}
	return nil
}

// reason is an error without the collector's address, which may hold a key.
func reason(err error) string {
	var at *url.Error
	switch {
	case errors.As(err, &at):
		return at.Err.Error()
	case errors.Is(err, context.DeadlineExceeded):
		return "no answer in time"
	}
	return "the collector does not take them"
}
