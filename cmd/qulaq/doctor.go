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

var errTroubles = errors.New("not all is as it should be")

func (a *app) doctorVerb() *cobra.Command {
	var o pipelines.DoctorOptions
	var format string
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Look for what is wrong, and say how to mend it",
		Long: `Looks at the clock, the disk, the schema, dead runs, staging tables, loads that never
ended, every object of the archive, files and facts that do not fit together, and
the folders of exports. With --fix it mends what is safe to mend and says what it
did: it marks dead runs, drops their staging tables, loads again from the archive
what was begun and never ended, and sets damaged objects aside. It never removes
a fact or a file.

It ends with code 3 when some trouble remains. No other run may be at work.`,
		Example: `  qulaq doctor
  qulaq doctor --fix
  qulaq doctor --network               also ask every site whether it answers
  qulaq doctor --format json`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := oneOf("format", format, "table", "json"); err != nil {
				return err
			}
			return a.withWarehouse(c, pipelines.Own, func(ctx context.Context, e *pipelines.Environment) error {
				if err := e.OpenArchive(); err != nil {
					return err
				}
				left := 0
				err := e.Doctor(ctx, o, func(d pipelines.Diagnosis) error {
					if d.Err != nil {
						left++
					}
					for _, t := range d.Troubles {
						if t.Mended == "" {
							left++
						}
					}
					if format == "json" {
						return a.diagnosisLines(d)
					}
					return a.diagnosisText(d)
				})
				if err == nil && left > 0 {
					err = &qulaq.Error{Op: "examine", Object: fmt.Sprintf("%d troubles", left), Kind: qulaq.Contract, Err: errTroubles, Hint: "each says above what can be done; `qulaq doctor --fix` mends what is safe"}
				}
				return err
			})
		},
	}
	f := c.Flags()
	f.BoolVar(&o.Fix, "fix", false, "mend what is safe to mend")
	f.BoolVar(&o.Network, "network", false, "ask every site whether it answers")
	f.StringVar(&format, "format", "table", "`format`: table, or json (one object a line)")
	return c
}

// diagnosisLines prints an examination as JSON: a line for each trouble, or one that says that there is none.
func (a *app) diagnosisLines(d pipelines.Diagnosis) error {
	line := func(state string, t pipelines.Trouble) error {
		return render.WriteLine(a.out, render.Object{
			{Name: "examination", Value: d.Examination},
			{Name: "state", Value: state},
			{Name: "object", Value: render.Text(t.Object)},
			{Name: "what", Value: render.Text(t.What)},
			{Name: "hint", Value: render.Text(t.Hint)},
			{Name: "mended", Value: render.Text(t.Mended)},
		})
	}
	if d.Err != nil {
		return line("unknown", pipelines.Trouble{What: d.Err.Error(), Hint: qulaq.Hint(d.Err)})
	}
	if len(d.Troubles) == 0 {
		return line("well", pipelines.Trouble{})
	}
	for _, t := range d.Troubles {
		state := "trouble"
		if t.Mended != "" {
			state = "mended"
		}
		if err := line(state, t); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) diagnosisText(d pipelines.Diagnosis) error {
	switch {
	case d.Err != nil:
		fmt.Fprintf(a.out, "?     %-10s %s\n        could not be examined: %s\n", d.Examination, d.About, render.Plain(d.Err.Error()))
	case len(d.Troubles) == 0:
		if !a.quiet {
			fmt.Fprintf(a.out, "well  %-10s %s\n", d.Examination, d.About)
		}
	default:
		fmt.Fprintf(a.out, "ILL   %-10s %s\n", d.Examination, d.About)
	}
	for _, t := range d.Troubles {
		fmt.Fprintf(a.out, "        %s: %s\n", render.Plain(t.Object), render.Plain(t.What))
		if t.Mended != "" {
			fmt.Fprintf(a.out, "          mended: %s\n", render.Plain(t.Mended))
		} else if t.Hint != "" {
			fmt.Fprintf(a.out, "          help: %s\n", render.Plain(t.Hint))
		}
	}
	return nil
}
