package main

import (
	"context"
	"fmt"
	"os/user"

	"github.com/spf13/cobra"

	"github.com/qulaq-kz/qulaq/internal/render"
	"github.com/qulaq-kz/qulaq/load"
	"github.com/qulaq-kz/qulaq/pipelines"
)

// acceptVerb is `qulaq sources accept`: an operator says that a site changed for good.
func (a *app) acceptVerb() *cobra.Command {
	var reason, by, format string
	c := &cobra.Command{
		Use: "accept AKIMAT --reason TEXT", Short: "Say that a site changed for good, so that its publications can be verified again",
		Long: `A site that has lost most of its entries, or whose entries have other numbers or titles, counts as another
one, and what is not found there is unverifiable until somebody has looked. This verb writes down who has, and
why the site is accepted as it is: from now on the canaries learn anew what is usual there. What was judged
before stays, what the site dropped does not count as withdrawn, and the proof shows the acceptance.

AKIMAT is the key of a source, a KATO code, or a part of the name. Accepted are the listings in those languages
in which they are doubted. One that the latest whole look found well, that does not answer, that is empty or has
elements that cannot be read, or on which titles say nothing or plans are not recognised is not accepted: that the
program sees no plans there does not mean that there are none.`,
		Example: `  qulaq sources accept sko --reason "the site moved to a new platform; compared by hand on 3 March"`,
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := oneOf("format", format, "table", "json"); err != nil {
				return err
			}
			if reason == "" {
				return usage("--reason is needed: it stands in the proof of what is judged from now on")
			}
			who := by
			if who == "" {
				who = login()
			}
			return a.withWarehouse(c, pipelines.Own, func(ctx context.Context, e *pipelines.Environment) error {
				accepted, err := e.AcceptSites(ctx, args[0], who, reason)
				if err != nil {
					return err
				}
				return a.writeAccepted(format, accepted)
			})
		},
	}
	c.Flags().StringVar(&reason, "reason", "", "why, in a `sentence`")
	c.Flags().StringVar(&by, "by", "", "`who` accepts it; the name of this login when not given")
	c.Flags().StringVar(&format, "format", "table", "`format`: table or json")
	return c
}

// login is the name of who runs the program.
func login() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username
	}
	return "unknown"
}

// writeAccepted prints what was held against each site that is accepted now.
func (a *app) writeAccepted(format string, accepted []load.Acceptance) error {
	rows := render.NewListing(a.out, format, "source", "accepted by", "doubt that is over")
	for _, x := range accepted {
		doubts := x.Doubts
		if format == "json" {
			doubts = doubts[:1] // one object holds all
		}
		for _, doubt := range doubts {
			err := rows.Row(render.Object{
				{Name: "source", Value: x.Source},
				{Name: "at", Value: x.At.Format("2006-01-02T15:04:05Z07:00")},
				{Name: "who", Value: x.Who},
				{Name: "reason", Value: x.Reason},
				{Name: "doubts", Value: x.Doubts},
			}, x.Source, x.Who, doubt)
			if err != nil {
				return err
			}
		}
	}
	if err := rows.Flush(); err != nil || format == "json" || a.quiet {
		return err
	}
	_, err := fmt.Fprintln(a.out, "the next `qulaq run plans` reads it whole and learns anew")
	return err
}
