package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/render"
	"github.com/qulaq-kz/qulaq/pipelines"
)

func (a *app) rejectsVerb() *cobra.Command {
	var format string
	var limit int
	c := &cobra.Command{
		Use:   "rejects",
		Short: "What was refused, why, and where it came from",
		Example: `  qulaq rejects list
  qulaq rejects show 3fa9c2           the rows of a file as they were read
  qulaq rejects retry 3fa9c2          read the file again, after a change of profile or bounds`,
	}
	list := &cobra.Command{
		Use:   "list [SNAPSHOT]",
		Short: "List rejected rows; SNAPSHOT is the beginning of a file's hash",
		Example: `  qulaq rejects list
  qulaq rejects list 3fa9c2 --format json --limit 1000`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := oneOf("format", format, "table", "json"); err != nil {
				return err
			}
			return a.withWarehouse(c, pipelines.Visit, func(ctx context.Context, e *pipelines.Environment) error {
				if err := e.EnsureSchema(ctx); err != nil {
					return err
				}
				rows, err := e.Warehouse.Rejects(ctx, arg(args), limit)
				if err != nil {
					return err
				}
				list := render.NewListing(a.out, format, "snapshot", "file", "table", "line", "reason", "detail")
				list.Right(3)
				for _, r := range rows {
					err := list.Row(render.Object{
						{Name: "source", Value: r.Source},
						{Name: "snapshot", Value: r.Snapshot},
						{Name: "file", Value: r.Name},
						{Name: "table", Value: r.Table},
						{Name: "line", Value: r.Row},
						{Name: "reason", Value: r.Reason},
						{Name: "detail", Value: r.Detail},
					}, r.Snapshot[:12], r.Name, r.Table, strconv.FormatUint(r.Row, 10), r.Reason, r.Detail)
					if err != nil {
						return err
					}
				}
				return list.Flush()
			})
		},
	}
	show := &cobra.Command{
		Use:   "show SNAPSHOT",
		Short: "Show the rejected rows of a file as they were read, from the archive",
		Long: `The text of rejected rows is not in the warehouse, for it may hold personal data:
it is read from the archive again.`,
		Example: `  qulaq rejects show 3fa9c2
  qulaq rejects show 3fa9c2 --format json`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := oneOf("format", format, "table", "json"); err != nil {
				return err
			}
			e, err := a.environment(c)
			if err != nil {
				return err
			}
			if err := e.OpenArchive(); err != nil {
				return err
			}
			return e.Rejected(c.Context(), args[0], func(r qulaq.Reject) error {
				if format == "json" {
					return render.WriteLine(a.out, render.Object{
						{Name: "line", Value: r.Line},
						{Name: "table", Value: r.Table},
						{Name: "reason", Value: string(r.Reason)},
						{Name: "detail", Value: r.Detail},
						{Name: "raw", Value: r.Raw},
					})
				}
				_, err := fmt.Fprintf(a.out, "line %d: %s: %s\n    %s\n", r.Line, r.Reason, render.Plain(r.Detail), render.Plain(r.Raw))
				return err
			})
		},
	}
	retry := &cobra.Command{
		Use:   "retry SNAPSHOT",
		Short: "Read a file again from the archive and load it in place of what it gave before",
		Long: `After a change of the profile, of the bounds, or of the program itself: rows of the
file that live are replaced by what it gives now.`,
		Example: "  qulaq rejects retry 3fa9c2",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.withWarehouse(c, pipelines.Own, func(ctx context.Context, e *pipelines.Environment) error {
				if err := e.OpenArchive(); err != nil {
					return err
				}
				r, err := e.Traced(ctx, func(ctx context.Context) (*pipelines.Result, error) { return e.Reload(ctx, args[0]) })
				if err == nil && !a.quiet {
					err = resultText(a.out, r)
				}
				return first(err, r.Err())
			})
		},
	}
	for _, sub := range []*cobra.Command{list, show} {
		sub.Flags().StringVar(&format, "format", "table", "`format`: table or json")
	}
	list.Flags().IntVar(&limit, "limit", 200, "at most so many `rows`")
	return group(c, list, show, retry)
}

func arg(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}
