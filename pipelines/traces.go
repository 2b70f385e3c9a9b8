package pipelines

import (
	"context"
	"sync"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract/fetch"
	"github.com/qulaq-kz/qulaq/load"
)

// Traced does a run with spans, where the environment has a place for them: of the run, of every look at a site and every file
// with the steps of its load, of every load of facts made from the archive, and of every HTTP attempt. They say what the ledger
// says of the same, and never a name of a file, a text or the whole of an error.
func (e *Environment) Traced(ctx context.Context, work func(context.Context) (*Result, error)) (*Result, error) {
	if e.Traces == nil {
		return work(ctx)
	}
	tracer := e.Traces.Tracer("github.com/qulaq-kz/qulaq/pipelines", trace.WithInstrumentationVersion(e.Version))
	ctx, span := tracer.Start(ctx, "run")
	t := &tracing{tracer: tracer, run: ctx, Progress: e.Progress, next: e.Step}
	e.Progress, e.Step = t, t.step
	defer func() { e.Progress, e.Step = t.Progress, t.next }()
	r, err := work(fetch.Watch(ctx, t.attempt))
	t.finish(r)
	describe(span, r, err)
	span.End()
	return r, err
}

// describe tells what a run did.
func describe(span trace.Span, r *Result, err error) {
	if r == nil {
		failedAs(span, err)
		return
	}
	if r.Pipeline != "" {
		span.SetName("run " + r.Pipeline)
	}
	total := r.Total()
	span.SetAttributes(
		attribute.String("qulaq.pipeline", r.Pipeline), attribute.String("qulaq.run_id", r.RunID),
		attribute.Int("qulaq.files", len(r.Files)), attribute.Int("qulaq.files_new", r.New()), attribute.Int("qulaq.looks", len(r.Looks)),
		attribute.Int64("qulaq.rows", total.Rows), attribute.Int64("qulaq.loaded", int64(total.Loaded)),
		attribute.Int64("qulaq.repeated", int64(total.Repeated)), attribute.Int64("qulaq.rejected", total.RejectedRows()),
	)
	failedAs(span, Worst(err, r.Err()))
}

// failedAs marks a span as failed, by the kind of the error: its text may quote what was read.
func failedAs(span trace.Span, err error) {
	if err != nil {
		span.SetStatus(codes.Error, qulaq.KindOf(err).String())
	}
}

// tracing makes spans of what a run tells those who watch it.
type tracing struct {
	tracer   trace.Tracer
	run      context.Context // with the span of the run
	Progress                 // of who watches too
	next     func(load.Step) error

	mu    sync.Mutex
	piece *piece     // the file or look under way, or nil
	whole *piece     // the load of facts under way, outside of any file, or nil
	now   trace.Span // the step under way, or nil
	ended []*piece   // files and looks: what came of them is told by the result of the run
}

// piece is a part of a run that takes a while.
type piece struct {
	name string
	ctx  context.Context
	span trace.Span
	end  time.Time
}

// begin begins a piece as a part of the run.
func (t *tracing) begin(kind, name string) *piece {
	ctx, span := t.tracer.Start(t.run, kind)
	return &piece{name: name, ctx: ctx, span: span}
}

// here is what begins now a part of.
func (t *tracing) here() context.Context {
	for _, p := range []*piece{t.piece, t.whole} {
		if p != nil {
			return p.ctx
		}
	}
	return t.run
}

// File implements Progress.
func (t *tracing) File(name string, size int64) {
	t.mu.Lock()
	t.close()
	t.piece = t.begin("file", name)
	t.mu.Unlock()
	t.Progress.File(name, size)
}

// Done implements Progress.
func (t *tracing) Done() {
	t.mu.Lock()
	t.close()
	t.mu.Unlock()
	t.Progress.Done()
}

// close ends what is under way.
func (t *tracing) close() {
	t.endStep()
	if t.piece != nil {
		t.piece.end = time.Now()
		t.ended, t.piece = append(t.ended, t.piece), nil
	}
	if t.whole != nil {
		t.whole.span.End()
		t.whole = nil
	}
}

func (t *tracing) endStep() {
	if t.now != nil {
		t.now.End()
		t.now = nil
	}
}

// step is a step of a load: it takes until the next one, the last until the end of its file.
func (t *tracing) step(s load.Step) error {
	t.mu.Lock()
	t.endStep()
	switch {
	case t.piece == nil && s == load.StepClean: // the last word of a load without a file
		t.close()
	case t.piece == nil && s == load.StepStage:
		t.close()
		t.whole = t.begin("load", "")
		fallthrough
	default:
		_, t.now = t.tracer.Start(t.here(), "step "+string(s))
	}
	t.mu.Unlock()
	if t.next == nil {
		return nil
	}
	return t.next(s)
}

// attempt is an HTTP request that has ended.
func (t *tracing) attempt(a fetch.Attempt) {
	t.mu.Lock()
	parent := t.here()
	t.mu.Unlock()
	end := time.Now()
	_, span := t.tracer.Start(parent, "HTTP", trace.WithTimestamp(end.Add(-a.Duration)), trace.WithSpanKind(trace.SpanKindClient),
		trace.WithAttributes(attribute.String("url.full", a.URL), attribute.Int64("http.response.body.size", a.Bytes)))
	if a.Status != 0 {
		span.SetAttributes(attribute.Int("http.response.status_code", a.Status))
	}
	if a.Error != "" {
		span.SetStatus(codes.Error, a.Error)
	}
	span.End(trace.WithTimestamp(end))
}

// finish ends all spans but that of the run, and says what came of files and looks.
func (t *tracing) finish(r *Result) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.close()
	files, looks := map[string][]FileResult{}, map[string][]LookResult{}
	if r != nil {
		for _, f := range r.Files {
			if f.New {
				files[f.Name] = append(files[f.Name], f)
			}
		}
		for _, l := range r.Looks {
			looks[l.Source+"/"+l.Lang] = append(looks[l.Source+"/"+l.Lang], l)
		}
	}
	for _, p := range t.ended {
		switch {
		case len(looks[p.name]) > 0:
			l := looks[p.name][0]
			looks[p.name] = looks[p.name][1:]
			p.span.SetName("look")
			p.span.SetAttributes(
				attribute.String("qulaq.source", l.Source), attribute.String("qulaq.lang", l.Lang), attribute.String("qulaq.outcome", string(l.Outcome)),
				attribute.Bool("qulaq.complete", l.Complete), attribute.Int("qulaq.pages", l.Pages), attribute.Int("qulaq.entries", l.Entries),
				attribute.Int("qulaq.files_new", l.FilesNew), attribute.Int("qulaq.files_failed", l.FilesFailed),
			)
			failedAs(p.span, Worst(l.Errors...))
		case len(files[p.name]) > 0:
			f := files[p.name][0]
			files[p.name] = files[p.name][1:]
			p.span.SetAttributes(
				attribute.String("qulaq.source", f.Source), attribute.String("qulaq.snapshot", f.Snapshot.String()), attribute.Int64("qulaq.rows", f.Rows),
				attribute.Int64("qulaq.loaded", int64(f.Loaded)), attribute.Int64("qulaq.repeated", int64(f.Repeated)), attribute.Int64("qulaq.rejected", f.RejectedRows()),
			)
			failedAs(p.span, f.Err)
		}
		p.span.End(trace.WithTimestamp(p.end))
	}
	t.ended = nil
}
