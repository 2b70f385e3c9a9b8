package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/qulaq-kz/qulaq/pipelines"
)

func (a *app) referenceVerb() *cobra.Command {
	c := &cobra.Command{
		Use: "reference", Short: "Reference data that the program does not carry",
		Example: `  qulaq reference import КАТО_17.07.2026.xlsx`,
	}
	return group(c, &cobra.Command{
		Use:   "import FILE",
		Short: "Read the classifier of places, so that settlements are known",
		Long: `Reads the whole KATO classifier, the official workbook or a CSV with the columns kato, level,
name_ru, name_kk. Its settlements go into the table settlements and into the data folder, where
` + "`normalize region`" + ` and the pipelines find them from the next run on. Regions and districts are
built in and stay as they are.`,
		Example: `  qulaq reference import КАТО_17.07.2026.xlsx
  qulaq reference import kato.csv`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.withWarehouse(c, pipelines.Own, func(ctx context.Context, e *pipelines.Environment) error {
				n, err := e.ImportClassifier(ctx, args[0])
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(a.out, "%d settlements are known\n", n)
				return err
			})
		},
	})
}
