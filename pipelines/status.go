package pipelines

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/qulaq-kz/qulaq/internal/render"
	warehousesql "github.com/qulaq-kz/qulaq/sql"
)

// questions of `qulaq status`, each with its heading.
var statusQuestions = []struct{ heading, question string }{
	{"Last runs", `SELECT 'run' AS kind, pipeline, started_at, finished_at, state, files, files_new, rows, loaded, repeated, rejected, error
		FROM runs ORDER BY started_at DESC LIMIT 10`},
	{"Sources", `SELECT 'source' AS kind, s.source AS source, s.files AS files, s.refused AS refused, s.newest_export AS newest_export,
			s.last_new_file AS last_new_file, nullIf(c.complaints, 0) AS complaints, c.newest_complaint AS newest_complaint
		FROM (SELECT source, countIf(state = 'loaded') AS files, countIf(state = 'refused') AS refused,
			max(exported_at) AS newest_export, max(seen_at) AS last_new_file FROM snapshots GROUP BY source) AS s
		LEFT JOIN (SELECT source, count() AS complaints, max(toNullable(toDate(registered_at))) AS newest_complaint
			FROM complaints GROUP BY source) AS c ON c.source = s.source
		WHERE s.source NOT IN (SELECT source FROM looks) ORDER BY source`},
	{"Sites of plans", `SELECT 'site' AS kind, l.source AS source, max(l.at) AS last_look, maxIf(toNullable(l.at), l.complete AND l.since IS NULL) AS last_whole_look,
			argMax(l.outcome, l.at) AS outcome, max(l.last_at) AS newest_publication, any(p.plans) AS plans, any(p.items) AS items
		FROM looks AS l
		LEFT JOIN (SELECT source, count() AS plans, sum(items) AS items FROM plans GROUP BY source) AS p ON p.source = l.source
		GROUP BY source ORDER BY source`},
}

// Status writes the last runs, the freshness of every source, sizes and what is due, as tables or JSON lines.
func (e *Environment) Status(ctx context.Context, w io.Writer, format string) error {
	for _, q := range statusQuestions {
		a, err := e.Warehouse.Ask(ctx, q.question)
		if err != nil {
			return err
		}
		if format == "table" {
			fmt.Fprintf(w, "%s\n\n", q.heading)
		}
		err = render.Write(w, format, a)
		a.Close()
		if err != nil {
			return err
		}
		if format == "table" {
			fmt.Fprintln(w)
		}
	}
	if err := e.sizes(ctx, w, format); err != nil {
		return err
	}
	for _, j := range e.jobs() {
		if err := e.due(ctx, w, format, j); err != nil {
			return err
		}
	}
	return nil
}

// due writes whether a pipeline is due.
func (e *Environment) due(ctx context.Context, w io.Writer, format string, j job) error {
	missed, _, err := e.missed(ctx, j)
	if err != nil {
		return err
	}
	next, err := Next(j.schedule, e.Now())
	if err != nil {
		return err
	}
	if format == "json" {
		return render.WriteLine(w, render.Object{
			{Name: "kind", Value: "due"},
			{Name: "pipeline", Value: j.pipeline},
			{Name: "due_now", Value: missed},
			{Name: "next", Value: next.Format(time.RFC3339)},
		})
	}
	state := "no run is due"
	if missed {
		state = "a run is due now"
	}
	_, err = fmt.Fprintf(w, "%s: %s; by the schedule %q (Asia/Almaty) the next is at %s\n", j.pipeline, state, j.schedule, next.Format("2006-01-02 15:04"))
	return err
}

// CheckResult is the outcome of one data check.
type CheckResult struct {
	Name       string
	About      string
	Warning    bool // what it finds stops nobody
	Violations int
	Shown      []render.Object // the first violations
}

// Check runs every data check. A check whose question fails is an error of the whole.
func (e *Environment) Check(ctx context.Context) ([]CheckResult, error) {
	checks, err := warehousesql.Checks()
	if err != nil {
		return nil, err
	}
	results := make([]CheckResult, 0, len(checks))
	for _, c := range checks {
		r := CheckResult{Name: c.Name, About: c.About, Warning: c.Warning}
		a, err := e.Warehouse.Ask(ctx, c.Text)
		if err != nil {
			return results, err
		}
		err = render.Each(a, func(o render.Object) error {
			r.Violations++
			if len(r.Shown) < 20 {
				r.Shown = append(r.Shown, o)
			}
			return nil
		})
		a.Close()
		if err != nil {
			return results, err
		}
		results = append(results, r)
	}
	return results, nil
}
