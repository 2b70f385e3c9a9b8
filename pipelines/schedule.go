package pipelines

import (
	"context"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/qulaq-kz/qulaq"
)

// parseSchedule reads five cron fields: minute, hour, day of month, month, day of week.
func parseSchedule(s string) (cron.Schedule, error) { return cron.ParseStandard(s) }

// Missed says whether a schedule asked for a run after the last one began. Where nothing ever ran, one
// is due.
func Missed(schedule string, last, now time.Time) (bool, error) {
	s, err := parseSchedule(schedule)
	if err != nil {
		return false, err
	}
	if last.IsZero() {
		return true, nil
	}
	return !s.Next(last.In(qulaq.Almaty())).After(now), nil
}

// Next returns when a schedule asks for the next run.
func Next(schedule string, now time.Time) (time.Time, error) {
	s, err := parseSchedule(schedule)
	if err != nil {
		return time.Time{}, err
	}
	return s.Next(now.In(qulaq.Almaty())), nil
}

// job is a pipeline and when it runs.
type job struct {
	pipeline string
	schedule string
	run      func(context.Context) (*Result, error)
}

// jobs are the pipelines that the configuration wants.
func (e *Environment) jobs() []job {
	all := []job{{"complaints", e.Config.Schedule.Complaints, e.NightlyComplaints}}
	if len(e.Config.Reports) > 0 {
		all = append(all, job{"reports", e.Config.Schedule.Reports, e.RunReports})
	}
	if e.Config.Plans.Wanted {
		all = append(all, job{"plans", e.Config.Schedule.Plans, e.RunPlans}, job{"monitor", e.Config.Schedule.Monitor, e.RunMonitor})
	}
	if e.Config.Retention.Wanted() {
		all = append(all, job{"prune", e.Config.Schedule.Prune, e.Prune})
	}
	return all
}

// missed says whether the ledger shows that a run is due, and when the last one began.
func (e *Environment) missed(ctx context.Context, j job) (due bool, last time.Time, err error) {
	run, err := e.Warehouse.LastRun(ctx, j.pipeline, "ok", "contract")
	if err != nil {
		return false, last, err
	}
	due, err = Missed(j.schedule, run.StartedAt, e.Now())
	return due, run.StartedAt, err
}
