package pipelines

import (
	"context"
	"errors"
	"time"

	"github.com/go-co-op/gocron/v2"
	"github.com/jonboulle/clockwork"
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
	all := []job{{"complaints", e.Config.Schedule.Complaints, e.RunComplaints}}
	if len(e.Config.Reports) > 0 {
		all = append(all, job{"reports", e.Config.Schedule.Reports, e.RunReports})
	}
	if e.Config.Plans.Wanted {
		all = append(all, job{"plans", e.Config.Schedule.Plans, e.RunPlans}, job{"monitor", e.Config.Schedule.Monitor, e.RunMonitor})
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

// Serve runs the pipelines by their schedules until the context ends: one run at a time, and at the start one for
// each pipeline that the ledger shows as missed while the program was down. done is told of every run. It returns
// when the run that was under way has ended, or why the warehouse is no more.
func (e *Environment) Serve(ctx context.Context, clock clockwork.Clock, done func(*Result, error)) error {
	if _, err := e.Migrate(ctx); err != nil {
		return err
	}
	// The runs have a context of their own: the scheduler cancels it when it is told to stop.
	s, err := gocron.NewScheduler(gocron.WithLocation(qulaq.Almaty()), gocron.WithClock(clock), gocron.WithStopTimeout(time.Minute),
		gocron.WithLimitConcurrentJobs(1, gocron.LimitModeWait))
	if err != nil {
		return err
	}
	for _, j := range e.jobs() {
		missed, last, err := e.missed(ctx, j)
		if err != nil {
			return errors.Join(err, s.Shutdown())
		}
		options := []gocron.JobOption{gocron.WithName(j.pipeline), gocron.WithSingletonMode(gocron.LimitModeReschedule), gocron.WithContext(ctx)}
		if missed {
			e.Log.Info("a run was missed, catching up", "pipeline", j.pipeline, "last", last)
			options = append(options, gocron.WithStartAt(gocron.WithStartImmediately()))
		}
		if _, err = s.NewJob(
			gocron.CronJob(j.schedule, false),
			gocron.NewTask(func(ctx context.Context) { done(j.run(ctx)) }),
			options...); err != nil {
			return errors.Join(err, s.Shutdown())
		}
		if next, err := Next(j.schedule, e.Now()); err == nil {
			e.Log.Info("scheduled", "pipeline", j.pipeline, "next", next)
		}
	}
	s.Start()
	var dead <-chan struct{}
	if e.engine != nil {
		dead = e.engine.Dead()
	}
	var why error
	select {
	case <-ctx.Done():
	case <-dead:
		why = e.engine.Err()
	}
	return errors.Join(why, s.Shutdown())
}
