package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/render"
	"github.com/qulaq-kz/qulaq/pipelines"
)

func (a *app) checkVerb() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:     "check",
		Short:   "Check what must always hold of the data",
		Long:    "Runs every data check. A check that finds something ends the program with code 3, unless\nit is one that only warns; with --quiet the table shows only checks that found something.",
		Example: "  qulaq check\n  qulaq check --format json",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := oneOf("format", format, "table", "json"); err != nil {
				return err
			}
			return a.withWarehouse(c, pipelines.Visit, func(ctx context.Context, e *pipelines.Environment) error {
				if err := e.EnsureSchema(ctx); err != nil {
					return err
				}
				results, err := e.Check(ctx)
				if err != nil {
					return err
				}
				bad := 0
				for _, r := range results {
					word, severity := "ok  ", "error"
					if r.Warning {
						severity = "warning"
					}
					switch {
					case r.Violations == 0 && a.quiet && format != "json":
						continue
					case r.Violations > 0 && r.Warning:
						word = "warn"
					case r.Violations > 0:
						word = "FAIL"
						bad++
					}
					if format == "json" {
						if err := render.WriteLine(a.out, render.Object{
							{Name: "check", Value: r.Name},
							{Name: "ok", Value: r.Violations == 0},
							{Name: "violations", Value: r.Violations},
							{Name: "shown", Value: r.Shown},
							{Name: "severity", Value: severity},
						}); err != nil {
							return err
						}
						continue
					}
					fmt.Fprintf(a.out, "%s  %-22s %s\n", word, r.Name, r.About)
					for _, o := range r.Shown {
						line, err := o.MarshalJSON()
						if err != nil {
							return err
						}
						fmt.Fprintf(a.out, "        %s\n", line)
					}
				}
				if bad > 0 {
					return &qulaq.Error{
						Op: "check the data", Kind: qulaq.Contract, Err: fmt.Errorf("%d of %d checks found violations", bad, len(results)),
						Hint: "the rows above show them; load_id and snapshot tell where they came from",
					}
				}
				if len(results) == 0 {
					return errors.New("there are no checks")
				}
				return nil
			})
		},
	}
	c.Flags().StringVar(&format, "format", "table", "`format`: table or json")
	return c
}
