package main

import (
	"context"

	"github.com/jonboulle/clockwork"
	"github.com/spf13/cobra"

	"github.com/qulaq-kz/qulaq/pipelines"
)

func (a *app) serveVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "serve",
		Short: "Stay up and run the pipelines by their schedule",
		Long: `Runs every pipeline by its schedule (five cron fields, Asia/Almaty), one run at a
time. At the start it looks into the ledger and runs at once what was missed
while the program was down. SIGINT and SIGTERM end it after the step under way.`,
		Example: `  qulaq serve --config /etc/qulaq.yaml
  qulaq serve --log-format json`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return a.withWarehouse(c, pipelines.Own, func(ctx context.Context, e *pipelines.Environment) error {
				if err := e.OpenArchive(); err != nil {
					return err
				}
				if engine := e.Engine(); engine != nil {
					e.Log.Info("the warehouse is up", "native", engine.Addr(), "http", engine.HTTPAddr())
				}
				return e.Serve(ctx, clockwork.NewRealClock(), func(r *pipelines.Result, err error) {
					total := r.Total()
					log := e.Log.With("pipeline", r.Pipeline, "run", r.RunID, "files", len(r.Files), "files_new", r.New(), "rows", total.Rows,
						"loaded", total.Loaded, "repeated", total.Repeated, "rejected", total.RejectedRows(), "seconds", r.Took.Seconds())
					if err = first(err, r.Err()); err != nil {
						log.Error("run failed", "why", err)
						return
					}
					log.Info("run ended well")
				})
			})
		},
	}
}
