package main

import (
	"context"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/qulaq-kz/qulaq/internal/render"
	"github.com/qulaq-kz/qulaq/pipelines"
)

func (a *app) sqlVerb() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   `sql "SELECT …"`,
		Short: "Ask the warehouse",
		Long: `Puts one question to the warehouse and prints the answer. Tables and views, with
their meaning: SELECT name, comment FROM system.tables WHERE database = currentDatabase()`,
		Example: `  qulaq sql "SELECT status, count() FROM complaints GROUP BY status"
  qulaq sql "SELECT * FROM complaint_trends" --format csv > trends.csv
  qulaq sql "SELECT * FROM complaints" --format parquet > complaints.parquet`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := oneOf("format", format, render.Formats...); err != nil {
				return err
			}
			if f, ok := a.out.(*os.File); ok && format == "parquet" && term.IsTerminal(int(f.Fd())) {
				return usage("Parquet is not for a terminal: send it to a file with > file.parquet")
			}
			return a.withWarehouse(c, pipelines.Visit, func(ctx context.Context, e *pipelines.Environment) error {
				answer, err := e.Warehouse.Ask(ctx, args[0])
				if err != nil {
					return err
				}
				defer answer.Close()
				return render.Write(a.out, format, answer)
			})
		},
	}
	c.Flags().StringVar(&format, "format", "table", "`format`: table, csv, json or parquet")
	return c
}
