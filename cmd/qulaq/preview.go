package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/qulaq-kz/qulaq/internal/render"
)

func (a *app) previewVerb() *cobra.Command {
	var format, kind, source string
	c := &cobra.Command{
		Use:   "preview FILE|URL",
		Short: "Show what would be loaded, load nothing",
		Example: `  qulaq preview export.csv.gz
  qulaq preview export.xlsx --format json | head
  qulaq preview dump.csv --source cc109`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := first(oneOf("format", format, "table", "json"), oneOf("kind", kind, "complaints")); err != nil {
				return err
			}
			e, err := a.environment(c)
			if err != nil {
				return err
			}
			line := func(kind string, row render.Object) error {
				return render.WriteLine(a.out, render.Object{{Name: "kind", Value: kind}, {Name: "row", Value: row}})
			}
			shown := 0
			t := render.NewTable(a.out, previewColumns...)
			s, err := e.PreviewComplaints(c.Context(), args[0], source, func(row render.Object) error {
				if format == "json" {
					return line("complaint", row)
				}
				if shown++; shown > 20 {
					return nil
				}
				return t.Row(pick(row, previewColumns)...)
			})
			if format == "json" {
				for _, r := range s.Rejects {
					if err := line("reject", render.Object{
						{Name: "line", Value: r.Line},
						{Name: "table", Value: r.Table},
						{Name: "reason", Value: string(r.Reason)},
						{Name: "detail", Value: r.Detail},
						{Name: "raw", Value: r.Raw},
					}); err != nil {
						return err
					}
				}
				return err
			}
			if err != nil {
				return err
			}
			if err := t.Flush(); err != nil {
				return err
			}
			if shown > 20 {
				fmt.Fprintf(a.out, "… and %s more rows\n", number(int64(shown-20)))
			}
			fmt.Fprintf(a.out, "\n%s rows of %s: %s facts, %s rejected", number(s.Rows), s.Profile, number(s.Facts), number(s.RejectedRows()))
			if s.Dialect != "" {
				fmt.Fprintf(a.out, "; %s", s.Dialect)
			}
			if s.Shift != 0 {
				fmt.Fprintf(a.out, "; times moved by %s", hours(s.Shift))
			}
			fmt.Fprintln(a.out)
			for i, r := range s.Rejects {
				if i == 20 {
					fmt.Fprintf(a.out, "… and %s more rejects\n", number(int64(len(s.Rejects)-i)))
					break
				}
				fmt.Fprintf(a.out, "  line %d: %s: %s\n", r.Line, r.Reason, r.Detail)
			}
			for _, f := range s.Findings {
				fmt.Fprintf(a.out, "  %s %q, %s rows: %s\n", f.Kind, f.Subject, number(f.Count), f.Detail)
			}
			return nil
		},
	}
	c.Flags().StringVar(&format, "format", "table", "`format`: table or json (one object a line)")
	c.Flags().StringVar(&kind, "kind", "complaints", "what the file is: `complaints`")
	c.Flags().StringVar(&source, "source", "", "profile to read it with; found out by the columns if not given")
	return c
}

var previewColumns = []string{
	"complaint_id", "kind", "registered_at", "due_at", "finished_at", "region_code", "district_code", "category_code", "status", "body",
}

// pick returns some fields of a row as text.
func pick(row render.Object, names []string) []string {
	cells := make([]string, len(names))
	for i, name := range names {
		for _, f := range row {
			if f.Name == name && f.Value != nil {
				cells[i] = strings.TrimSpace(fmt.Sprint(f.Value))
			}
		}
	}
	return cells
}
