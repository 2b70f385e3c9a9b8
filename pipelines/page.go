package pipelines

import (
	"context"
	"slices"
	"strings"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/qulaq-kz/qulaq/internal/web"
	"github.com/qulaq-kz/qulaq/load"
	"github.com/qulaq-kz/qulaq/transform/publication"
)

// shownPeriods is how many periods the status page shows: two years.
const shownPeriods = 4

// Ready says whether the warehouse answers. It implements web.State.
func (s *serving) Ready(ctx context.Context) error {
	_, err := s.e.Warehouse.HasSchema(ctx)
	return err
}

// Figures are those of a run's textfile, and what only a program that stays up can tell. It implements web.State.
func (s *serving) Figures(ctx context.Context) (prometheus.Gatherer, error) {
	jobs := s.planned()
	set, err := s.still.figures(ctx, jobs)
	if err != nil {
		return nil, err
	}
	for _, j := range jobs {
		next, err := Next(j.schedule, s.e.Now())
		if err != nil {
			return nil, err
		}
		if err := set.Put("qulaq_schedule_next_timestamp_seconds", float64(next.Unix()), j.pipeline); err != nil {
			return nil, err
		}
	}
	s.mu.Lock()
	good := 0.0
	if s.goodConfig {
		good = 1
	}
	s.mu.Unlock()
	return set.Gatherer(), set.Put("qulaq_config_good", good)
}

// Page is how things stand. It implements web.State.
func (s *serving) Page(ctx context.Context) (*web.Page, error) {
	p := &web.Page{At: s.e.Now()}
	for _, part := range []func(context.Context, *web.Page) error{s.pipelines, s.listings, s.verdicts, s.sizes} {
		if err := part(ctx, p); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func (s *serving) pipelines(ctx context.Context, p *web.Page) error {
	for _, j := range s.planned() {
		run, err := s.e.Warehouse.LastRun(ctx, j.pipeline)
		if err != nil {
			return err
		}
		shown := web.Pipeline{
			Name: j.pipeline, State: run.State, Began: run.StartedAt, Loaded: int64(run.Loaded), Rejected: int64(run.Rejected), Error: run.Error,
		}
		if run.FinishedAt != nil {
			shown.Took = run.FinishedAt.Sub(run.StartedAt)
		}
		if shown.Next, err = Next(j.schedule, p.At); err != nil {
			return err
		}
		p.Pipelines = append(p.Pipelines, shown)
	}
	return nil
}

// listings are the last look at every listing, and when the last new export of every source of complaints came.
func (s *serving) listings(ctx context.Context, p *web.Page) error {
	const question = `SELECT concat(source, ' ', lang), outcome, ` + lookIsHealthy + `, at
		FROM looks ORDER BY source, lang, at DESC, run_id DESC LIMIT 1 BY source, lang
		UNION ALL
		SELECT source, argMax(state, seen_at), argMax(state, seen_at) = 'loaded', toDateTime64(max(seen_at), 3, 'Asia/Almaty')
		FROM snapshots WHERE source NOT IN (SELECT source FROM looks) GROUP BY source ORDER BY source`
	a, err := s.e.Warehouse.Ask(ctx, question)
	if err != nil {
		return err
	}
	defer a.Close()
	for a.Next() {
		var l web.Source
		if err := a.Scan(&l.Name, &l.Outcome, &l.Good, &l.Last); err != nil {
			return err
		}
		p.Sources = append(p.Sources, l)
	}
	return a.Err()
}

// verdicts is the table of akimats and periods, of their action plans.
func (s *serving) verdicts(ctx context.Context, p *web.Page) error {
	last, err := s.e.Warehouse.LastVerdicts(ctx, p.At)
	if err != nil {
		return err
	}
	last = slices.DeleteFunc(last, func(v load.Verdict) bool { return v.Obligation != string(publication.ActionPlan) })
	for _, v := range last {
		if !slices.Contains(p.Periods, v.Period) {
			p.Periods = append(p.Periods, v.Period)
		}
	}
	slices.SortFunc(p.Periods, func(a, b string) int { return strings.Compare(b, a) })
	p.Periods = p.Periods[:min(shownPeriods, len(p.Periods))]
	rows := map[string]*web.Akimat{}
	for _, v := range last {
		at := slices.Index(p.Periods, v.Period)
		if at < 0 {
			continue
		}
		row := rows[placeOf(v)]
		if row == nil {
			row = &web.Akimat{Code: placeOf(v), Name: v.Name, Cells: make([]web.Cell, len(p.Periods))}
			rows[placeOf(v)] = row
		}
		cell := web.Cell{State: v.State, PublishedOn: dayOf(v.PublishedOn), URL: v.URL, Reason: v.ReasonRU}
		if v.DaysLate != nil {
			cell.DaysLate = int(*v.DaysLate)
		}
		row.Cells[at] = cell
	}
	for _, row := range rows {
		p.Akimats = append(p.Akimats, *row)
	}
	slices.SortFunc(p.Akimats, func(a, b web.Akimat) int { return strings.Compare(a.Code, b.Code) })
	return nil
}

// sizes are what archive and warehouse take and how they grew, and the disks under them. What takes nothing is left out.
func (s *serving) sizes(ctx context.Context, p *web.Page) error {
	sizes, disks, err := s.still.Sizes(ctx)
	if err != nil {
		return err
	}
	for _, x := range sizes {
		if x.Bytes > 0 {
			p.Sizes = append(p.Sizes, web.Size(x))
		}
	}
	for _, d := range disks {
		p.Disks = append(p.Disks, web.Disk(d))
	}
	return nil
}
