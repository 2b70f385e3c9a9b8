package main

import (
	"context"
	"math/rand/v2"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/spf13/cobra"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/pipelines"
)

func (a *app) serveVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "serve",
		Short: "Stay up and run the pipelines by their schedule",
		Long: `Runs every pipeline by its schedule (five cron fields, Asia/Almaty), one run at a
time. At the start it looks into the ledger and runs at once what was missed
while the program was down.

At serve.listen (127.0.0.1:8077) it shows a status page; /healthz and /readyz for
a supervisor; /metrics for Prometheus.

SIGHUP reads the configuration again; a broken one is reported, and the one
before holds. SIGINT and SIGTERM end the program after the step under way, at
the latest after serve.stop_within.`,
		Example: `  qulaq serve --config /etc/qulaq.yaml
  qulaq serve --log-format json
  kill -HUP PID                        read the configuration again`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			// From the beginning: before, a hangup would end the program, and to a supervisor in peace.
			reload, forget := hangups(c.Context())
			defer forget()
			return a.withWarehouse(c, pipelines.Own, func(ctx context.Context, e *pipelines.Environment) error {
				if err := e.OpenArchive(); err != nil {
					return err
				}
				if engine := e.Engine(); engine != nil {
					e.Log.Info("the warehouse is up", "native", engine.Addr(), "http", engine.HTTPAddr())
				}
				return e.Serve(ctx, pipelines.Service{
					Clock: clockwork.NewRealClock(), Reload: reload,
					Read:  func() (pipelines.Config, error) { return a.config(c) },
					Delay: func(jitter time.Duration) time.Duration { return rand.N(jitter) },
					Done:  func(r *pipelines.Result, err error) { logRun(e, r, err) },
				})
			})
		},
	}
}

// hangups tells of every SIGHUP; several that come while one is being served are one.
func hangups(ctx context.Context) (told <-chan struct{}, forget func()) {
	signals, reload := make(chan os.Signal, 1), make(chan struct{})
	signal.Notify(signals, syscall.SIGHUP)
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-signals:
			}
			select {
			case <-ctx.Done():
				return
			case reload <- struct{}{}:
			}
		}
	}()
	return reload, func() { signal.Stop(signals) }
}

func logRun(e *pipelines.Environment, r *pipelines.Result, err error) {
	total := r.Total()
	log := e.Log.With("pipeline", r.Pipeline, "run", r.RunID, "files", len(r.Files), "files_new", r.New(), "rows", total.Rows,
		"loaded", total.Loaded, "repeated", total.Repeated, "rejected", total.RejectedRows(), "seconds", r.Took.Seconds())
	if err = first(err, r.Err()); err != nil {
		log.Error("run failed", "why", err, "hint", qulaq.Hint(err))
		return
	}
	log.Info("run ended well")
}
