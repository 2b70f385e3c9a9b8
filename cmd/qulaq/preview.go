package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/render"
	"github.com/qulaq-kz/qulaq/pipelines"
	"github.com/qulaq-kz/qulaq/transform/meeting"
	"github.com/qulaq-kz/qulaq/transform/plan"
)

func (a *app) previewVerb() *cobra.Command {
	var format, kind, source string
	c := &cobra.Command{
		Use:   "preview FILE|URL|-",
		Short: "Show what would be loaded, load nothing",
		Long: `Reads a file, an address or, for -, the standard input, and shows what would be loaded of it.
The standard input is kept in a temporary file while it is read, for some formats end with their list of contents.`,
		Example: `  qulaq preview export.csv.gz
  qulaq preview план.docx --kind plan
  qulaq preview график-встреч.xlsx --kind plan
  qulaq preview отчёт.txt --kind report
  qulaq preview export.xlsx --format json | head
  qulaq preview dump.csv --source cc109
  unzip -p export.zip | qulaq preview -`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if kind == "complaints" { // as the pipeline is called
				kind = "complaint"
			}
			if err := first(oneOf("format", format, "table", "json"), oneOf("kind", kind, "plan", "complaint", "report")); err != nil {
				return err
			}
			e, err := a.environment(c)
			if err != nil {
				return err
			}
			target, forget, err := a.previewed(args[0])
			if err != nil {
				return err
			}
			defer forget()
			switch kind {
			case "plan":
				return a.previewPlan(c.Context(), e, target, format)
			case "report":
				return a.previewReport(c.Context(), e, target, format)
			}
			return a.previewComplaints(c.Context(), e, target, source, format)
		},
	}
	c.Flags().StringVar(&format, "format", "table", "`format`: table or json (one object a line)")
	c.Flags().StringVar(&kind, "kind", "complaint", "what the file is: plan, `complaint` or report")
	c.Flags().StringVar(&source, "source", "", "profile to read it with; found out by the columns if not given")
	return c
}

// previewed is what is to be read, and what ends it: for - a copy of the standard input.
func (a *app) previewed(target string) (_ string, forget func(), err error) {
	if target != "-" {
		return target, func() {}, nil
	}
	fail := func(err error) (string, func(), error) {
		return "", nil, &qulaq.Error{Op: "read", Object: "the standard input", Kind: qulaq.Configuration, Err: err}
	}
	folder, err := os.MkdirTemp("", "qulaq-preview-")
	if err != nil {
		return fail(err)
	}
	forget = func() { _ = os.RemoveAll(folder) } // what is left is the system's to clean
	copied, err := os.Create(filepath.Join(folder, "stdin"))
	if err == nil {
		_, err = io.Copy(copied, a.in)
		err = errors.Join(err, copied.Close())
	}
	if err != nil {
		forget()
		return fail(err)
	}
	return copied.Name(), forget, nil
}

var previewColumns = []string{
	"complaint_id", "kind", "registered_at", "due_at", "finished_at", "region_code", "district_code", "category_code", "status", "body",
}

// pick returns some fields of a row as text.
func pick(row render.Object, names []string) []string {
	cells := make([]string, len(names))
	for i, name := range names {
		for _, f := range row {
			if f.Name == name && f.Value != nil {
				cells[i] = strings.TrimSpace(fmt.Sprint(f.Value))
			}
		}
	}
	return cells
}

// previewLine prints a row of a kind as JSON.
func (a *app) previewLine(kind string, row render.Object) error {
	return render.WriteLine(a.out, render.Object{{Name: "kind", Value: kind}, {Name: "row", Value: row}})
}

// previewReject prints a rejected row as JSON.
func (a *app) previewReject(r qulaq.Reject) error {
	return a.previewLine("reject", render.Object{
		{Name: "line", Value: r.Line},
		{Name: "table", Value: r.Table},
		{Name: "reason", Value: string(r.Reason)},
		{Name: "detail", Value: r.Detail},
		{Name: "raw", Value: r.Raw},
	})
}

func (a *app) previewComplaints(ctx context.Context, e *pipelines.Environment, target, source, format string) error {
	shown := 0
	t := render.NewTable(a.out, previewColumns...)
	s, err := e.PreviewComplaints(ctx, target, source, func(row render.Object) error {
		if format == "json" {
			return a.previewLine("complaint", row)
		}
		if shown++; shown > 20 {
			return nil
		}
		return t.Row(pick(row, previewColumns)...)
	})
	if format == "json" {
		for _, r := range s.Rejects {
			if err := a.previewReject(r); err != nil {
				return err
			}
		}
		return err
	}
	if err != nil {
		return err
	}
	if err := t.Flush(); err != nil {
		return err
	}
	if shown > 20 {
		fmt.Fprintf(a.out, "… and %s more rows\n", number(int64(shown-20)))
	}
	fmt.Fprintf(a.out, "\n%s rows of %s: %s facts, %s rejected", number(s.Rows), s.Profile, number(s.Facts), number(s.RejectedRows()))
	if s.Dialect != "" {
		fmt.Fprintf(a.out, "; %s", s.Dialect)
	}
	if s.Shift != 0 {
		fmt.Fprintf(a.out, "; times moved by %s", hours(s.Shift))
	}
	fmt.Fprintln(a.out)
	for i, r := range s.Rejects {
		if i == 20 {
			fmt.Fprintf(a.out, "… and %s more rejects\n", number(int64(len(s.Rejects)-i)))
			break
		}
		fmt.Fprintf(a.out, "  line %d: %s: %s\n", r.Line, r.Reason, r.Detail)
	}
	for _, f := range s.Findings {
		fmt.Fprintf(a.out, "  %s %q, %s rows: %s\n", f.Kind, f.Subject, number(f.Count), f.Detail)
	}
	return nil
}

func (a *app) previewPlan(ctx context.Context, e *pipelines.Environment, target, format string) error {
	r, err := e.PreviewPlan(ctx, target)
	if err != nil {
		return err
	}
	if format == "json" {
		kind := "plan"
		if r.Plan.Kind != plan.IsPlan {
			kind = "paper" // whoever counts plans must not count what only looks like one
		}
		if err := a.previewLine(kind, pipelines.PlanRow(r.Plan)); err != nil {
			return err
		}
		for _, i := range r.Items {
			if err := a.previewLine("plan_item", pipelines.PlanItemRow(i)); err != nil {
				return err
			}
		}
		for _, m := range r.Meetings.Rows {
			if err := a.previewLine("meeting", pipelines.MeetingRow(m)); err != nil {
				return err
			}
		}
		for _, x := range slices.Concat(r.Rejects, r.Meetings.Rejects) {
			if err := a.previewReject(x); err != nil {
				return err
			}
		}
		return nil
	}
	if r.Meetings.Paper.Sort != meeting.None {
		return a.previewPaper(r.Meetings)
	}
	for _, f := range pipelines.PlanRow(r.Plan) {
		if f.Value != nil {
			fmt.Fprintf(a.out, "%-14s %v\n", f.Name, f.Value)
		}
	}
	fmt.Fprintln(a.out)
	t := render.NewTable(a.out, previewItems...)
	for _, i := range r.Items {
		if err := t.Row(pick(pipelines.PlanItemRow(i), previewItems)...); err != nil {
			return err
		}
	}
	if err := t.Flush(); err != nil {
		return err
	}
	a.oddities(r.Rejects, r.Findings)
	return nil
}

// previewPaper prints a calendar, an announcement or results for a person.
func (a *app) previewPaper(r meeting.Result) error {
	for _, f := range pipelines.PaperRow(r.Paper) {
		if f.Value != nil {
			fmt.Fprintf(a.out, "%-14s %v\n", f.Name, f.Value)
		}
	}
	fmt.Fprintln(a.out)
	t := render.NewTable(a.out, previewMeetings...)
	for _, m := range r.Rows {
		if err := t.Row(pick(pipelines.MeetingRow(m), previewMeetings)...); err != nil {
			return err
		}
	}
	if err := t.Flush(); err != nil {
		return err
	}
	a.oddities(r.Rejects, r.Findings)
	return nil
}

var previewMeetings = []string{"level", "region_code", "district_code", "place", "planned_from", "planned_to", "time", "held_on", "status", "participants", "issues_raised", "issues_resolved"}

// oddities prints what was refused of a document, and what was odd.
func (a *app) oddities(rejects []qulaq.Reject, findings []qulaq.Finding) {
	for _, x := range rejects {
		fmt.Fprintf(a.out, "  row %d: %s: %s\n", x.Line, x.Reason, x.Detail)
	}
	for _, f := range findings {
		fmt.Fprintf(a.out, "  %s %q, %s times: %s\n", f.Kind, f.Subject, number(f.Count), f.Detail)
	}
}

var previewItems = []string{"item_no", "issue", "measure", "responsible", "deadline_from", "deadline_to", "cost_kzt", "status", "category_code", "district_code"}

func (a *app) previewReport(ctx context.Context, e *pipelines.Environment, target, format string) error {
	claims, findings, err := e.PreviewReport(ctx, target)
	if err != nil {
		return err
	}
	t := render.NewTable(a.out, previewClaims...)
	for _, c := range claims {
		row := pipelines.ClaimRow(c)
		if format == "json" {
			err = a.previewLine("claim", row)
		} else {
			err = t.Row(pick(row, previewClaims)...)
		}
		if err != nil {
			return err
		}
	}
	if format == "json" {
		return nil
	}
	if err := t.Flush(); err != nil {
		return err
	}
	a.oddities(nil, findings)
	return nil
}

var previewClaims = []string{"subject", "channel", "metric", "detail", "period_from", "period_to", "value", "unit", "qualifier", "quote"}
