package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/qulaq-kz/qulaq/load"
	"github.com/qulaq-kz/qulaq/pipelines"
)

func (a *app) migrateVerb() *cobra.Command {
	var roles bool
	c := &cobra.Command{
		Use:   "migrate",
		Short: "Bring the schema, the views and the reference tables up to date",
		Long: `Every run does this by itself; the verb is for those who want it apart.

With --roles it also makes the roles qulaq_loader, qulaq_analyst (reads all but the
texts of complaints) and qulaq_monitor (reads runs, looks and verdicts) on a
server; again after an update, so that they know new tables. Accounts and their
passwords are yours: docs/OPERATIONS.md. The embedded engine keeps no roles, it
has the users loader, analyst and monitor by itself.`,
		Example: `  qulaq migrate --config qulaq.yaml
  qulaq migrate --roles`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return a.withWarehouse(c, pipelines.Own, func(ctx context.Context, e *pipelines.Environment) error {
				applied, err := e.Migrate(ctx)
				if err != nil {
					return err
				}
				var made []load.Role
				if roles {
					if made, err = e.Warehouse.MakeRoles(ctx); err != nil {
						return err
					}
				}
				if a.quiet {
					return nil
				}
				for _, name := range applied {
					fmt.Fprintf(a.out, "applied %s\n", name)
				}
				_, err = fmt.Fprintf(a.out, "%s is up to date (%d migrations applied)\n", e.Warehouse.Database(), len(applied))
				for _, r := range made {
					fmt.Fprintf(a.out, "role %-14s %s\n", r.Name, r.About)
				}
				return err
			})
		},
	}
	c.Flags().BoolVar(&roles, "roles", false, "also make the roles of a server")
	return c
}
