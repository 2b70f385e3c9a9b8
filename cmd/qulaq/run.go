package main

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sys/unix"

	"github.com/qulaq-kz/qulaq/internal/render"
	"github.com/qulaq-kz/qulaq/pipelines"
)

// runs are the pipelines by their names.
var runs = map[string]func(*pipelines.Environment, context.Context) (*pipelines.Result, error){
	"complaints": (*pipelines.Environment).RunComplaints,
	"night":      (*pipelines.Environment).NightlyComplaints,
	"plans":      (*pipelines.Environment).RunPlans,
	"reports":    (*pipelines.Environment).RunReports,
	"monitor":    (*pipelines.Environment).RunMonitor,
	"prune":      (*pipelines.Environment).Prune,
}

func (a *app) runVerb() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "run [complaints|plans|reports|monitor|all]",
		Short: "Run the pipelines once, as nightly cron does",
		Long: `Looks at every source of the configuration, keeps new files in the archive and
loads them. Running again changes nothing; a run that was killed is completed
by the next one.

complaints   exports from folders and addresses
plans        action plans from the sites of akimats, politely: this takes minutes
reports      official reports, and what they claim
monitor      who has published and who has not: verdicts, written down day by day
all          all of them, as every night: it also finds what complaints repeat and makes ready
             what views read; reports where the configuration names places, plans and monitor only where it has a key ` + "`plans`" + `;
             at last ` + "`qulaq prune`" + ` where it has a retention`,
		Example: `  qulaq run complaints
  qulaq run plans --format json
  qulaq run all --config /etc/qulaq.yaml --quiet  from cron: silent unless something is wrong`,
		Args:      cobra.MatchAll(cobra.MaximumNArgs(1), cobra.OnlyValidArgs),
		ValidArgs: []string{"complaints", "plans", "reports", "monitor", "all"},
		RunE: func(c *cobra.Command, args []string) error {
			if err := oneOf("format", format, "text", "json"); err != nil {
				return err
			}
			if name := arg(args); name != "plans" && name != "monitor" { // who know their sites without a configuration
				if err := a.configured(c); err != nil {
					return err
				}
			}
			return a.withWarehouse(c, pipelines.Own, func(ctx context.Context, e *pipelines.Environment) error {
				names := []string{arg(args)}
				if names[0] == "" || names[0] == "all" {
					names = []string{"night"}
					if len(e.Config.Reports) > 0 {
						names = append(names, "reports")
					}
					if e.Config.Plans.Wanted {
						names = append(names, "plans", "monitor")
					}
					if e.Config.Retention.Wanted() {
						names = append(names, "prune")
					}
				}
				var works []func(context.Context) (*pipelines.Result, error)
				for _, name := range names {
					works = append(works, func(ctx context.Context) (*pipelines.Result, error) { return runs[name](e, ctx) })
				}
				return a.work(ctx, e, format, works...)
			})
		},
	}
	c.Flags().StringVar(&format, "format", "text", "`format` of the summary: text or json")
	return c
}

// work runs pipelines one after the other and prints what they did. One that fails does not keep the next from
// running; the error is all of theirs, the worst first.
func (a *app) work(ctx context.Context, e *pipelines.Environment, format string, works ...func(context.Context) (*pipelines.Result, error)) error {
	if err := e.OpenArchive(); err != nil {
		return err
	}
	if a.onTerminal() {
		e.Progress = newBar(a.err)
	}
	var failures []error
	for i, work := range works {
		r, err := e.Traced(ctx, work)
		if err != nil {
			failures = append(failures, err)
		}
		if !a.quiet || format == "json" {
			if i > 0 && format == "text" {
				fmt.Fprintln(a.out)
			}
			if format == "json" {
				err = resultJSON(a.out, r)
			} else {
				err = resultText(a.out, r)
			}
			if err != nil {
				return err
			}
		}
		failures = append(failures, r.Err())
		if engine := e.Engine(); ctx.Err() != nil || engine != nil && engine.Err() != nil {
			break // whoever follows would only say it again
		}
	}
	return pipelines.Worst(failures...)
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// resultText prints what a run did, for a person.
func resultText(w io.Writer, r *pipelines.Result) error {
	switch {
	case r.OfPlans():
		return plansText(w, r)
	case r.Pipeline == "monitor":
		return monitorText(w, r)
	case r.Pipeline == "prune":
		return pruneText(w, r)
	}
	if len(r.Files)+len(r.Twins) > 0 {
		t := render.NewTable(w, "source", "file", "rows", "loaded", "repeated", "rejected", "shift", "")
		for _, i := range []int{2, 3, 4, 5, 6} {
			t.Right(i)
		}
		for _, f := range r.Files {
			note := "loaded"
			if f.Replaced > 0 {
				note += fmt.Sprintf(", %s of them in place of older ones", number(int64(f.Replaced)))
			}
			switch {
			case f.Err != nil:
				note = "REFUSED"
			case !f.New:
				note = "known"
			}
			cells := []string{f.Source, f.Name, "", "", "", "", "", note}
			if f.New {
				cells = []string{
					f.Source, f.Name, number(f.Rows), number(int64(f.Loaded)), number(int64(f.Repeated)), number(f.RejectedRows()),
					hours(f.Shift), note,
				}
			}
			if err := t.Row(cells...); err != nil {
				return err
			}
		}
		for _, x := range r.Twins {
			if err := t.Row(x.Source, x.Name, "", "", "", "", "", "same as "+x.Of); err != nil {
				return err
			}
		}
		if err := t.Flush(); err != nil {
			return err
		}
		fmt.Fprintln(w)
	}
	for _, f := range r.Files {
		for i, x := range f.Findings {
			if i == 0 {
				fmt.Fprintf(w, "odd in %s:\n", render.Plain(f.Name))
			}
			if i == 8 {
				fmt.Fprintf(w, "  … and %d more: SELECT * FROM findings\n", len(f.Findings)-i)
				break
			}
			fmt.Fprintf(w, "  %s %q, %s rows: %s\n", x.Kind, x.Subject, number(x.Count), x.Detail)
		}
	}
	total := r.Total()
	if n := total.RejectedRows(); n > 0 {
		fmt.Fprintf(w, "rejected (`qulaq rejects list` shows them):\n  %s\n", pipelines.Reasons(total.Rejected))
	}
	seconds := r.Took.Seconds()
	_, err := fmt.Fprintf(w, "%s: %d files (%d new), %s rows: %s\n%.1f s, %s rows a second\n",
		r.Pipeline, len(r.Files), r.New(), number(total.Rows), sum(r, total), seconds, number(int64(float64(total.Rows)/max(seconds, 0.001))))
	return err
}

// sum says what became of all rows, so that its parts add up to them.
func sum(r *pipelines.Result, total pipelines.FileResult) string {
	text := number(int64(total.Loaded)) + " loaded"
	if total.Replaced > 0 {
		text += fmt.Sprintf(" (%s new, %s in place of older ones)", number(int64(total.Loaded-total.Replaced)), number(int64(total.Replaced)))
	}
	text += fmt.Sprintf(", %s repeated, %s rejected", number(int64(total.Repeated)), number(total.RejectedRows()))
	if n := r.NotLoaded(); n > 0 {
		text += fmt.Sprintf(", %s of refused files", number(n))
	}
	return text
}

// resultJSON prints the same for programs.
func resultJSON(w io.Writer, r *pipelines.Result) error {
	switch {
	case r.OfPlans():
		return plansJSON(w, r)
	case r.Pipeline == "monitor":
		return monitorJSON(w, r)
	case r.Pipeline == "prune":
		return pruneJSON(w, r)
	}
	for _, f := range r.Files {
		var problem any
		if f.Err != nil {
			problem = f.Err.Error()
		}
		if err := render.WriteLine(w, render.Object{
			{Name: "kind", Value: "file"},
			{Name: "source", Value: f.Source},
			{Name: "file", Value: f.Name},
			{Name: "snapshot", Value: f.Snapshot.String()},
			{Name: "new", Value: f.New},
			{Name: "rows", Value: f.Rows},
			{Name: "loaded", Value: f.Loaded},
			{Name: "repeated", Value: f.Repeated},
			{Name: "rejected", Value: f.RejectedRows()},
			{Name: "rejected_by_reason", Value: f.Rejected},
			{Name: "replaced", Value: f.Replaced},
			{Name: "findings", Value: len(f.Findings)},
			{Name: "time_shift_minutes", Value: int(f.Shift / time.Minute)},
			{Name: "error", Value: problem},
		}); err != nil {
			return err
		}
	}
	for _, x := range r.Twins {
		if err := render.WriteLine(w, render.Object{
			{Name: "kind", Value: "twin"},
			{Name: "source", Value: x.Source},
			{Name: "file", Value: x.Name},
			{Name: "same_as", Value: x.Of},
			{Name: "snapshot", Value: x.Snapshot.String()},
		}); err != nil {
			return err
		}
	}
	total := r.Total()
	return render.WriteLine(w, render.Object{
		{Name: "kind", Value: "run"},
		{Name: "pipeline", Value: r.Pipeline},
		{Name: "run_id", Value: r.RunID},
		{Name: "files", Value: len(r.Files)},
		{Name: "files_new", Value: r.New()},
		{Name: "rows", Value: total.Rows},
		{Name: "loaded", Value: total.Loaded},
		{Name: "repeated", Value: total.Repeated},
		{Name: "rejected", Value: total.RejectedRows()},
		{Name: "replaced", Value: total.Replaced},
		{Name: "not_loaded", Value: r.NotLoaded()},
		{Name: "seconds", Value: float64(r.Took.Milliseconds()) / 1000},
		{Name: "peak_memory_mb", Value: peakMemory()},
		{Name: "ok", Value: r.Err() == nil},
	})
}

// number writes 1234567 as 1,234,567.
func number(n int64) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func hours(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%+g h", d.Hours())
}

// peakMemory returns the most memory that this process held at once, in MB; the engine is another process.
func peakMemory() any {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		return nil
	}
	unit := int64(1024) // Linux counts in KiB
	if runtime.GOOS == "darwin" {
		unit = 1
	}
	return float64(int64(u.Maxrss)*unit/100_000) / 10
}
