package pipelines

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract"
	"github.com/qulaq-kz/qulaq/extract/inbox"
	"github.com/qulaq-kz/qulaq/internal/render"
	"github.com/qulaq-kz/qulaq/transform/complaint"
	"github.com/qulaq-kz/qulaq/transform/meeting"
	"github.com/qulaq-kz/qulaq/transform/plan"
)

// PreviewComplaints reads an export, a file or an address, and hands over every row that would be loaded, in the order of the
// file, without touching warehouse or archive. source names the profile; "" finds it out.
func (e *Environment) PreviewComplaints(ctx context.Context, target, source string, row func(render.Object) error) (complaint.Summary, error) {
	if err := e.loadVocabularies(); err != nil {
		return complaint.Summary{}, err
	}
	profiles, err := complaint.Profiles()
	if err != nil {
		return complaint.Summary{}, err
	}
	if source != "" {
		p, err := findProfile(profiles, source)
		if err != nil {
			return complaint.Summary{}, err
		}
		profiles = []*complaint.Profile{p}
	}
	snap, forget, err := e.previewed(ctx, target)
	if err != nil {
		return complaint.Summary{}, err
	}
	defer forget()
	o := e.readerOptions(profiles...)
	o.KeepRejects = 1_000_000
	return e.read(ctx, snap, o, func(record arrow.Record) error { return rowsOf(record, row) })
}

// previewed is a snapshot of a file or an address, and what ends it.
func (e *Environment) previewed(ctx context.Context, target string) (snap qulaq.Snapshot, forget func(), err error) {
	if !strings.HasPrefix(target, "http://") && !strings.HasPrefix(target, "https://") {
		snap, err = e.fileSnapshot(target)
		return snap, func() {}, err
	}
	folder, err := os.MkdirTemp("", "qulaq-preview-")
	if err != nil {
		return snap, nil, &qulaq.Error{Op: "preview", Object: RedactURL(target), Kind: qulaq.Configuration, Err: err}
	}
	if snap, err = e.fetched(ctx, folder, target); err != nil {
		_ = os.RemoveAll(folder)
		return snap, nil, err
	}
	return snap, func() { _ = os.RemoveAll(folder) }, nil // what is left is the system's to clean
}

// fetched is what an address gives now, kept in an archive of its own.
func (e *Environment) fetched(ctx context.Context, folder, address string) (snap qulaq.Snapshot, err error) {
	archive, err := extract.OpenArchive(folder, e.Now)
	if err != nil {
		return snap, err
	}
	client, err := e.client()
	if err != nil {
		return snap, err
	}
	found, _, err := inbox.URL{Source: "preview", URL: address, Archive: archive, Client: client}.Look(ctx)
	if err != nil {
		return snap, err
	}
	for _, f := range found {
		if f.Err != nil {
			return snap, f.Err
		}
		snap = f.Snapshot
	}
	return snap, nil
}

// fileSnapshot is a snapshot of a file as it stands, kept nowhere.
func (e *Environment) fileSnapshot(path string) (qulaq.Snapshot, error) {
	fail := func(err error) (qulaq.Snapshot, error) {
		return qulaq.Snapshot{}, &qulaq.Error{Op: "read", Object: path, Kind: qulaq.Configuration, Err: err}
	}
	f, err := os.Open(path)
	if err != nil {
		return fail(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fail(err)
	}
	if !info.Mode().IsRegular() {
		return fail(errors.New("it is no file"))
	}
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return fail(err)
	}
	origin, err := filepath.Abs(path)
	if err != nil {
		return fail(err)
	}
	now := e.Now()
	return qulaq.Snapshot{
		Hash: qulaq.Hash(h.Sum(nil)), Size: info.Size(), Origin: origin, Name: filepath.Base(path), SeenAt: now,
		ExportedAt: extract.ExportedAt(filepath.Base(path), info.ModTime(), now),
		Open:       func() (io.ReadCloser, error) { return os.Open(path) },
	}, nil
}

// rowsOf turns the rows of a record into JSON objects.
func rowsOf(record arrow.Record, row func(render.Object) error) error {
	fields := record.Schema().Fields()
	for i := range int(record.NumRows()) {
		o := make(render.Object, len(fields))
		for c, f := range fields {
			o[c] = render.Field{Name: f.Name, Value: valueOf(record.Column(c), i)}
		}
		if err := row(o); err != nil {
			return err
		}
	}
	return nil
}

// valueOf returns a value as JSON shows it: nil for null, and for a text that is not there.
func valueOf(column arrow.Array, i int) any {
	if column.IsNull(i) {
		return nil
	}
	switch a := column.(type) {
	case *array.Dictionary:
		return render.Text(a.Dictionary().(*array.String).Value(a.GetValueIndex(i)))
	case *array.String:
		return render.Text(a.Value(i))
	case *array.Boolean:
		return a.Value(i)
	case *array.Int16:
		return a.Value(i)
	case *array.Uint32:
		return a.Value(i)
	case *array.Timestamp:
		t := a.DataType().(*arrow.TimestampType)
		if t.TimeZone == "" { // as printed
			return a.Value(i).ToTime(t.Unit).Format("2006-01-02 15:04:05.000")
		}
		return a.Value(i).ToTime(t.Unit).In(qulaq.Almaty()).Format(time.RFC3339)
	}
	return fmt.Sprint(column.GetOneForMarshal(i))
}

// PlanPreview is what a document says as an action plan, and as a paper on meetings: a calendar, an announcement, results.
type PlanPreview struct {
	plan.Result
	Meetings meeting.Result
}

// PreviewPlan reads a document, a file or an address, as the publication of an action plan or of meetings, without
// touching warehouse or archive. A document that cannot be read is no error but a plan that says why.
func (e *Environment) PreviewPlan(ctx context.Context, target string) (PlanPreview, error) {
	var none PlanPreview
	reader, err := e.planReader()
	if err != nil {
		return none, err
	}
	snap, forget, err := e.previewed(ctx, target)
	if err != nil {
		return none, err
	}
	defer forget()
	file := plan.File{Name: snap.Name, Hash: snap.Hash}
	file.Documents, file.Err = e.readFile(ctx, reader, snap)
	if ctx.Err() != nil {
		return none, ctx.Err()
	}
	pub := plan.Publication{Files: []plan.File{file}}
	if strings.HasPrefix(snap.Origin, "http") {
		pub.URL = snap.Origin
	}
	return PlanPreview{reader.plans.Read(pub), reader.meetings.Read(pub)}, nil
}

// PlanRow is a plan as preview shows it.
func PlanRow(p plan.Plan) render.Object {
	return render.Object{
		{Name: "is_plan", Value: p.Kind == plan.IsPlan},
		{Name: "kind", Value: string(p.Kind)},
		{Name: "title", Value: render.Text(p.Title)},
		{Name: "region_code", Value: render.Text(p.Region)},
		{Name: "district_code", Value: render.Text(p.District)},
		{Name: "period_from", Value: render.Day(p.PeriodFrom)},
		{Name: "period_to", Value: render.Day(p.PeriodTo)},
		{Name: "published_on", Value: render.Day(p.PublishedOn)},
		{Name: "lang", Value: render.Text(p.Lang)},
		{Name: "url", Value: render.Text(p.URL)},
		{Name: "sha256", Value: p.Hash.String()},
		{Name: "items", Value: p.Items},
		{Name: "unreadable", Value: render.Text(p.Unreadable)},
		{Name: "why", Value: strings.Join(p.Why, "; ")},
	}
}

// PlanItemRow is a plan's item as preview shows it.
func PlanItemRow(i plan.Item) render.Object {
	var cost any
	if i.Cost.Stated {
		cost = i.Cost.Tenge
	}
	return render.Object{
		{Name: "item_no", Value: render.Text(i.No)},
		{Name: "section", Value: render.Text(i.Section)},
		{Name: "issue", Value: render.Text(i.Issue)},
		{Name: "measure", Value: render.Text(i.Measure)},
		{Name: "completion_form", Value: render.Text(i.Completion)},
		{Name: "responsible", Value: render.Text(i.Responsible)},
		{Name: "deadline_from", Value: render.Day(i.DeadlineFrom)},
		{Name: "deadline_to", Value: render.Day(i.DeadlineTo)},
		{Name: "deadline_text", Value: render.Text(i.DeadlineText)},
		{Name: "cost_kzt", Value: cost},
		{Name: "cost_text", Value: render.Text(i.CostText)},
		{Name: "funding_source", Value: render.Text(i.FundingSource)},
		{Name: "status", Value: render.Text(i.Status)},
		{Name: "status_text", Value: render.Text(i.StatusText)},
		{Name: "category_code", Value: render.Text(i.Category)},
		{Name: "region_code", Value: render.Text(i.Region)},
		{Name: "district_code", Value: render.Text(i.District)},
		{Name: "lang", Value: render.Text(i.Lang)},
		{Name: "table", Value: i.Where()},
		{Name: "row", Value: i.Line},
		{Name: "page", Value: i.Page},
	}
}
