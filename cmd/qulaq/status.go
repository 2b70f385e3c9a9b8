package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/qulaq-kz/qulaq/pipelines"
)

func (a *app) statusVerb() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "status",
		Short: "Last runs, freshness of every source, sizes, what is due",
		Long: `Shows the last runs, how fresh every source is, what archive and warehouse take on
the disk and how they grew in 30 days, in how many days the disk is full if they
grow on so, and which pipeline is due.`,
		Example: `  qulaq status --format json`,
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := oneOf("format", format, "table", "json"); err != nil {
				return err
			}
			return a.withWarehouse(c, pipelines.Visit, func(ctx context.Context, e *pipelines.Environment) error {
				if err := e.EnsureSchema(ctx); err != nil {
					return err
				}
				return e.Status(ctx, a.out, format)
			})
		},
	}
	c.Flags().StringVar(&format, "format", "table", "`format`: table or json")
	return c
}
