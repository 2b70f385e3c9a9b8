package main

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/qulaq-kz/qulaq/internal/render"
	"github.com/qulaq-kz/qulaq/pipelines"
)

func (a *app) pruneVerb() *cobra.Command {
	var dry bool
	var format string
	c := &cobra.Command{
		Use:   "prune",
		Short: "Remove what the configuration says is old",
		Long: `Removes from archive and warehouse what is older than the ages under ` + "`retention`" + `
of the configuration; without that key nothing. It is the last part of ` + "`qulaq run all`" + `.

Facts stay. So does every file that a fact or a verdict rests on, and what still lies
where it came from; every export that no run has read yet, and all of a site whose
plans this warehouse has not loaded yet. What was removed is written down with its
hash, in the table removals and in the archive.`,
		Example: `  qulaq prune --dry-run
  qulaq prune --format json`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := oneOf("format", format, "text", "json"); err != nil {
				return err
			}
			return a.withWarehouse(c, pipelines.Own, func(ctx context.Context, e *pipelines.Environment) error {
				if !dry {
					return a.work(ctx, e, format, e.Prune)
				}
				if err := e.EnsureSchema(ctx); err != nil {
					return err
				}
				if err := e.OpenArchive(); err != nil {
					return err
				}
				removed, err := e.WouldPrune(ctx)
				if err != nil {
					return err
				}
				if format == "json" {
					return prunedJSON(a.out, removed)
				}
				return prunedText(a.out, "would be removed", removed)
			})
		},
	}
	f := c.Flags()
	f.BoolVar(&dry, "dry-run", false, "say what would be removed, and change nothing")
	f.StringVar(&format, "format", "text", "`format` of the summary: text or json")
	return c
}

// pruneText prints what was removed.
func pruneText(w io.Writer, r *pipelines.Result) error {
	if err := prunedText(w, "removed", r.Removed); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "prune: %d rules\n%.1f s\n", len(r.Removed), r.Took.Seconds())
	return err
}

func prunedText(w io.Writer, what string, removed []pipelines.Removed) error {
	if len(removed) == 0 {
		_, err := fmt.Fprintln(w, "the configuration has no `retention`: everything is kept")
		return err
	}
	t := render.NewTable(w, "from", "kind", "older than", "before", what, "bytes", "facts rested on", "kept")
	for _, i := range []int{4, 5, 6, 7} {
		t.Right(i)
	}
	for _, x := range removed {
		cells := []string{x.Room, x.Kind, string(x.Age), x.Before.Format(time.DateOnly), strconv.FormatUint(x.Rows, 10) + " rows", "", "", ""}
		if x.Room == "archive" {
			cells = append(cells[:4], strconv.Itoa(x.Objects)+" objects", render.Bytes(uint64(x.Bytes)), strconv.Itoa(x.Proof), strconv.Itoa(x.Kept))
		}
		if err := t.Row(cells...); err != nil {
			return err
		}
	}
	return t.Flush()
}

// pruneJSON prints the same for programs.
func pruneJSON(w io.Writer, r *pipelines.Result) error {
	if err := prunedJSON(w, r.Removed); err != nil {
		return err
	}
	return render.WriteLine(w, render.Object{
		{Name: "kind", Value: "run"},
		{Name: "pipeline", Value: r.Pipeline},
		{Name: "run_id", Value: r.RunID},
		{Name: "rules", Value: len(r.Removed)},
		{Name: "seconds", Value: float64(r.Took.Milliseconds()) / 1000},
		{Name: "ok", Value: r.Err() == nil},
	})
}

func prunedJSON(w io.Writer, removed []pipelines.Removed) error {
	for _, x := range removed {
		if err := render.WriteLine(w, render.Object{
			{Name: "kind", Value: "removed"},
			{Name: "room", Value: x.Room},
			{Name: "what", Value: x.Kind},
			{Name: "rule", Value: string(x.Age)},
			{Name: "before", Value: x.Before.Format(time.RFC3339)},
			{Name: "objects", Value: x.Objects},
			{Name: "bytes", Value: x.Bytes},
			{Name: "rows", Value: x.Rows},
			{Name: "proof", Value: x.Proof},
			{Name: "kept", Value: x.Kept},
		}); err != nil {
			return err
		}
	}
	return nil
}
