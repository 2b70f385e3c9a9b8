package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/qulaq-kz/qulaq/pipelines"
)

func (a *app) migrateVerb() *cobra.Command {
	return &cobra.Command{
		Use:     "migrate",
		Short:   "Bring the schema, the views and the reference tables up to date",
		Long:    "Every run does this by itself; the verb is for those who want it apart.",
		Example: "  qulaq migrate --config qulaq.yaml",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return a.withWarehouse(c, pipelines.Own, func(ctx context.Context, e *pipelines.Environment) error {
				applied, err := e.Migrate(ctx)
				if err != nil || a.quiet {
					return err
				}
				for _, name := range applied {
					fmt.Fprintf(a.out, "applied %s\n", name)
				}
				_, err = fmt.Fprintf(a.out, "%s is up to date (%d migrations applied)\n", e.Warehouse.Database(), len(applied))
				return err
			})
		},
	}
}
