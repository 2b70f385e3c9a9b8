package pipelines

import (
	"context"
	"fmt"
	"slices"

	"github.com/apache/arrow/go/v17/arrow"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract/inbox"
	"github.com/qulaq-kz/qulaq/internal/render"
	"github.com/qulaq-kz/qulaq/load"
	"github.com/qulaq-kz/qulaq/transform/body"
	"github.com/qulaq-kz/qulaq/transform/document"
	"github.com/qulaq-kz/qulaq/transform/report"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// reportSource is what the archive and the facts call official reports, wherever they come from.
const reportSource = "reports"

// RunReports reads what is new at the places of official reports and, when something is, makes the claims anew from the
// reports of the archive.
func (e *Environment) RunReports(ctx context.Context) (*Result, error) {
	return e.recorded(ctx, "reports", func(r *Result) error { return e.reports(ctx, r) })
}

func (e *Environment) reports(ctx context.Context, r *Result) error {
	for _, s := range e.Config.Reports {
		place, err := e.reportPlace(s)
		if err != nil {
			return err
		}
		found, findings, err := place.Look(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			r.Errors = append(r.Errors, err)
		}
		for _, f := range found {
			if f.Err != nil {
				r.Errors = append(r.Errors, f.Err)
			}
		}
		for _, f := range findings {
			e.Log.Warn("not read", "source", reportSource, "file", f.Subject, "why", f.Detail)
		}
	}
	held := e.Archive.Snapshots(reportSource)
	if len(held) == 0 {
		return nil
	}
	standing := e.Archive.Standing(reportSource)
	inputs := e.inputsOf(slices.Concat(held, standing))
	latest, err := e.Warehouse.Latest(ctx, load.Claims, reportSource)
	if err != nil {
		return err
	}
	if latest == inputs {
		for _, s := range held {
			r.Files = append(r.Files, FileResult{Source: reportSource, Name: s.Name, Snapshot: s.Hash})
		}
		return nil
	}
	return e.loadReports(ctx, r, held, standing, inputs)
}

func (e *Environment) reportPlace(s ReportSource) (place, error) {
	if s.Path != "" {
		return inbox.Folder{Source: reportSource, Path: s.Path, Archive: e.Archive}, nil
	}
	client, err := e.client()
	if err != nil {
		return nil, err
	}
	return inbox.URL{Source: reportSource, URL: s.URL, Archive: e.Archive, Client: client}, nil
}

// loadReports reads all reports and puts the claims of those that count in place of those that live.
func (e *Environment) loadReports(ctx context.Context, r *Result, held, standing []qulaq.Snapshot, inputs qulaq.Hash) error {
	reader, err := e.reportReader()
	if err != nil {
		return err
	}
	id := e.newID()
	claims := map[qulaq.Hash][]report.Stated{}
	var notes []load.Snapshot
	for _, snap := range held {
		read, findings, err := reader.read(ctx, e, snap)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		claims[snap.Hash] = read
		f := FileResult{Source: reportSource, Name: snap.Name, Snapshot: snap.Hash, New: true, Rows: int64(len(read)), Findings: findings, Err: err}
		note := load.Snapshot{Snapshot: snap, LoadID: id, State: "loaded", Rows: uint64(len(read)), Facts: uint64(len(read)), Findings: findings}
		if err != nil { // one report that cannot be read stops no other
			note.State, note.Reason = "refused", err.Error()
		}
		r.Files, notes = append(r.Files, f), append(notes, note)
	}
	counts := reportsThatCount(held, standing, claims)
	var all []report.Stated
	for i, f := range r.Files {
		if counts[f.Snapshot] {
			r.Files[i].Loaded = uint64(f.Rows)
			all = append(all, claims[f.Snapshot]...)
		} else {
			r.Files[i].Repeated = uint64(f.Rows)
		}
	}
	var rows arrow.Record
	if len(all) > 0 {
		rows = report.Record(reportSource, all)
	}
	return e.loadWhole(ctx, load.Load{
		ID: id, RunID: r.RunID, Table: load.Claims, Source: reportSource, Snapshot: inputs,
		Version: e.Version, Owner: e.owner, Now: e.Now, Step: e.Step,
	}, rows, func(ctx context.Context) error { return e.Warehouse.NoteSource(ctx, reportSource, id, notes) })
}

// reportsThatCount names the reports whose claims live: of each origin the one that stands there, for it corrects those that
// stood there before. Where nothing is claimed in that one, as in a file that cannot be read or in the error page of a site, it
// takes nothing back, and the newest before it counts.
func reportsThatCount(held, standing []qulaq.Snapshot, claims map[qulaq.Hash][]report.Stated) map[qulaq.Hash]bool {
	newest := map[string]qulaq.Snapshot{}
	for _, s := range held {
		if last, known := newest[s.Origin]; len(claims[s.Hash]) > 0 && (!known || last.SeenAt.Before(s.SeenAt)) {
			newest[s.Origin] = s
		}
	}
	counts := map[qulaq.Hash]bool{}
	for _, s := range standing {
		if len(claims[s.Hash]) == 0 {
			s = newest[s.Origin]
		}
		counts[s.Hash] = true
	}
	return counts
}

// reportReader is what turns a report into claims.
type reportReader struct {
	claims    *report.Reader
	documents document.Reader
}

func (e *Environment) reportReader() (*reportReader, error) {
	if err := e.loadVocabularies(); err != nil {
		return nil, err
	}
	bodies, err := body.New(e.Vocabularies.Places)
	if err != nil {
		return nil, err
	}
	claims, err := report.New(report.Vocabularies{Places: e.Vocabularies.Places, Bodies: bodies, Personal: e.Vocabularies.Personal})
	if err != nil {
		return nil, err
	}
	return &reportReader{claims, document.Reader{Limits: e.limits(), Outside: e.Outside}}, nil
}

// read reads one report.
func (r *reportReader) read(ctx context.Context, e *Environment, snap qulaq.Snapshot) (all []report.Stated, findings []qulaq.Finding, err error) {
	docs, err := e.readDocuments(ctx, r.documents, snap)
	if err != nil {
		return nil, nil, err
	}
	for _, d := range docs {
		claims, odd := r.claims.Read(d, report.Hints{})
		findings = append(findings, odd...)
		findings = append(findings, d.Findings...)
		for _, c := range claims {
			all = append(all, report.Stated{Claim: c, Hash: snap.Hash, Member: memberOf(docs, d), Made: snap.ExportedAt})
		}
	}
	report.Number(all)
	for i := range findings { // what a paper says may be somebody's name
		findings[i].Subject, findings[i].Detail = e.masked(findings[i].Subject), e.masked(findings[i].Detail)
	}
	return all, findings, nil
}

func (e *Environment) masked(text string) string {
	return string(e.Vocabularies.Personal.Redact(nil, []byte(text)))
}

// memberOf names a document that is one of several in a file.
func memberOf(docs []*table.Document, d *table.Document) string {
	if len(docs) > 1 {
		return d.Name
	}
	return ""
}

// PreviewReport reads a report, a file or an address, without touching warehouse or archive.
func (e *Environment) PreviewReport(ctx context.Context, target string) ([]report.Stated, []qulaq.Finding, error) {
	reader, err := e.reportReader()
	if err != nil {
		return nil, nil, err
	}
	snap, forget, err := e.previewed(ctx, target)
	if err != nil {
		return nil, nil, err
	}
	defer forget()
	return reader.read(ctx, e, snap)
}

// ClaimRow is a claim as preview shows it.
func ClaimRow(s report.Stated) render.Object {
	var value any = s.Figure()
	if s.Value%100 == 0 {
		value = s.Value / 100
	}
	var detail any
	if s.Detail != nil {
		detail = *s.Detail
	}
	day := func(d *qulaq.Day) any {
		if d == nil {
			return nil
		}
		return d.String()
	}
	return render.Object{
		{Name: "subject_code", Value: s.SubjectCode},
		{Name: "subject", Value: render.Text(s.Subject)},
		{Name: "channel", Value: string(s.Channel)},
		{Name: "metric", Value: string(s.Metric)},
		{Name: "detail", Value: detail},
		{Name: "period_from", Value: day(s.PeriodFrom)},
		{Name: "period_to", Value: day(s.PeriodTo)},
		{Name: "value", Value: value},
		{Name: "unit", Value: string(s.Unit)},
		{Name: "qualifier", Value: string(s.Qualifier)},
		{Name: "quote", Value: s.Quote},
		{Name: "place", Value: fmt.Sprintf("%d.%d", s.Place.Paragraph, s.Place.Sentence)},
	}
}
