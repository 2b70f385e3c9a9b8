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

// Serve runs the pipelines by their schedules until the context ends: one run at a time a pipeline, and at
// the start one for what the ledger shows as missed while the program was down. done is told of every
// run. It returns when the runs that were under way have ended, or why the warehouse is no more.
func (e *Environment) Serve(ctx context.Context, clock clockwork.Clock, done func(*Result, error)) error {
	if _, err := e.Migrate(ctx); err != nil {
		return err
	}
	last, err := e.Warehouse.LastRun(ctx, "complaints", "ok", "contract")
	if err != nil {
		return err
	}
	missed, err := Missed(e.Config.Schedule.Complaints, last.StartedAt, e.Now())
	if err != nil {
		return err
	}
	// The runs have a context of their own: the scheduler cancels it when it is told to stop.
	s, err := gocron.NewScheduler(gocron.WithLocation(qulaq.Almaty()), gocron.WithClock(clock), gocron.WithStopTimeout(time.Minute))
	if err != nil {
		return err
	}
	options := []gocron.JobOption{gocron.WithName("complaints"), gocron.WithSingletonMode(gocron.LimitModeReschedule), gocron.WithContext(ctx)}
	if missed {
		e.Log.Info("a run was missed, catching up", "pipeline", "complaints", "last", last.StartedAt)
		options = append(options, gocron.WithStartAt(gocron.WithStartImmediately()))
	}
	_, err = s.NewJob(
		gocron.CronJob(e.Config.Schedule.Complaints, false),
		gocron.NewTask(func(ctx context.Context) { done(e.RunComplaints(ctx)) }),
		options...)
	if err != nil {
		return errors.Join(err, s.Shutdown())
	}
	s.Start()
	next, err := Next(e.Config.Schedule.Complaints, e.Now())
	if err == nil {
		e.Log.Info("scheduled", "pipeline", "complaints", "next", next)
	}
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
