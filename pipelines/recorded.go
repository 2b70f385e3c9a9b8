package pipelines

import (
	"context"
	"errors"
	"time"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/load"
)

// recorded does some work as a run of the ledger.
func (e *Environment) recorded(ctx context.Context, pipeline string, work func(*Result) error) (*Result, error) {
	start := e.Now()
	result := &Result{Pipeline: pipeline, RunID: e.newID()}
	if err := e.engineDied(); err != nil {
		return result, err
	}
	if err := e.Prepare(ctx); err != nil {
		return result, err
	}
	run := load.Run{
		ID: result.RunID, Pipeline: pipeline, Owner: e.owner, Version: e.Version, StartedAt: start, State: "running",
	}
	if err := e.Warehouse.StartRun(ctx, run); err != nil {
		return result, err
	}
	err := work(result)
	result.Took = e.Now().Sub(start)
	// Even an interrupted run writes down its end.
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	err = errors.Join(err, e.finish(closing, run, result, err), e.measure(closing))
	if dead := e.engineDied(); dead != nil { // why all that was asked of it since had no answer
		return result, dead
	}
	return result, err
}

func (e *Environment) finish(ctx context.Context, run load.Run, result *Result, err error) error {
	total := result.Total()
	end := e.Now()
	run.FinishedAt = &end
	run.Files, run.FilesNew = uint64(len(result.Files)), uint64(result.New())
	run.Rows, run.Loaded, run.Repeated, run.Rejected = uint64(total.Rows), total.Loaded, total.Repeated, uint64(total.RejectedRows())
	all := errors.Join(err, result.Err())
	run.State = runState(all)
	if all != nil {
		run.Error = all.Error()
	}
	return e.Warehouse.FinishRun(ctx, run)
}

func runState(err error) string {
	switch {
	case err == nil:
		return "ok"
	case errors.Is(err, context.Canceled):
		return "interrupted"
	case qulaq.KindOf(err) == qulaq.Contract:
		return "contract"
	}
	return "failed"
}

// engineDied returns why the embedded engine is no more, or nil.
func (e *Environment) engineDied() error {
	if e.engine == nil {
		return nil
	}
	return e.engine.Err()
}
