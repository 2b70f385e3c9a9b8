package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/render"
	"github.com/qulaq-kz/qulaq/pipelines"
)

func (a *app) replayVerb() *cobra.Command {
	var format, since string
	c := &cobra.Command{
		Use:   "replay plans|complaints",
		Short: "Make the facts anew from the archive alone, without the network",
		Long: `Reads every listing and every document, or every export, of the archive again and puts what they
give in place of what lives. The same archive and the same program give the same facts; a replay that was
killed is done by the next one. No site is asked and no folder is looked into.

An export that was refused stays refused until it is offered again or ` + "`qulaq rejects retry`" + ` names it.`,
		Example: `  qulaq replay plans
  qulaq replay complaints                   the configured sources, every export
  qulaq replay plans --since 2026-11-01     only sources with a file first seen on that day or later`,
		Args: cobra.MatchAll(cobra.ExactArgs(1), cobra.OnlyValidArgs), ValidArgs: []string{"plans", "complaints"},
		RunE: func(c *cobra.Command, args []string) error {
			day, err := dayFlag("since", since)
			if err := first(err, oneOf("format", format, "text", "json")); err != nil {
				return err
			}
			replay := (*pipelines.Environment).ReplayPlans
			if args[0] == "complaints" {
				if err := a.configured(c); err != nil {
					return err
				}
				replay = (*pipelines.Environment).ReplayComplaints
			}
			return a.withWarehouse(c, pipelines.Own, func(ctx context.Context, e *pipelines.Environment) error {
				return a.work(ctx, e, format, func(ctx context.Context) (*pipelines.Result, error) { return replay(e, ctx, day) })
			})
		},
	}
	c.Flags().StringVar(&since, "since", "", "only what was first seen on this `day` or later: sources of plans with such a file, such exports")
	c.Flags().StringVar(&format, "format", "text", "`format` of the summary: text or json")
	return c
}

func (a *app) backfillVerb() *cobra.Command {
	var format, from, to string
	c := &cobra.Command{
		Use:   "backfill plans --from DAY --to DAY",
		Short: "Gather what was published in a range of days",
		Long: `Looks at the listings from a day on and fetches the files of what was published until the end of
another. It can be repeated: what is in the archive is not fetched again.

Complaints have no such range: an export holds the days that its publisher put into it, and a run loads every
export that a source offers, of whatever day.`,
		Example: `  qulaq backfill plans --from 2022-03-01 --to 2023-12-31`,
		Args:    cobra.MatchAll(cobra.ExactArgs(1), cobra.OnlyValidArgs), ValidArgs: []string{"plans", "complaints"},
		RunE: func(c *cobra.Command, args []string) error {
			begin, err1 := dayFlag("from", from)
			end, err2 := dayFlag("to", to)
			if err := first(err1, err2, oneOf("format", format, "text", "json")); err != nil {
				return err
			}
			if begin == 0 || end == 0 || end < begin {
				return usage("--from and --to are both needed, and in order")
			}
			if args[0] == "complaints" {
				return &qulaq.Error{
					Op: "backfill complaints", Kind: qulaq.Configuration,
					Err:  errors.New("an export holds the days that its publisher put into it; a source cannot be asked for others"),
					Hint: "put the exports of those days into the folder of their source and call `qulaq run complaints`; what was read before is made anew by `qulaq replay complaints`",
				}
			}
			return a.withWarehouse(c, pipelines.Own, func(ctx context.Context, e *pipelines.Environment) error {
				return a.work(ctx, e, format, func(ctx context.Context) (*pipelines.Result, error) { return e.BackfillPlans(ctx, begin, end) })
			})
		},
	}
	c.Flags().StringVar(&from, "from", "", "first `day`, YYYY-MM-DD")
	c.Flags().StringVar(&to, "to", "", "last `day`, YYYY-MM-DD")
	c.Flags().StringVar(&format, "format", "text", "`format` of the summary: text or json")
	return c
}

// dayFlag reads a day; an empty one is 0.
func dayFlag(name, value string) (qulaq.Day, error) {
	if value == "" {
		return 0, nil
	}
	d, err := qulaq.ParseDay(value)
	if err != nil {
		return 0, usage("--%s: %v", name, err)
	}
	return d, nil
}

func (a *app) sourcesVerb() *cobra.Command {
	c := &cobra.Command{
		Use: "sources", Short: "The sites of akimats that plans are gathered from",
		Example: `  qulaq sources list
  qulaq sources verify
  qulaq sources accept sko --reason "the site moved; compared by hand"`,
	}
	var format string
	list := &cobra.Command{
		Use: "list", Short: "List the sites", Example: `  qulaq sources list --format json`, Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := oneOf("format", format, "table", "json"); err != nil {
				return err
			}
			e, err := a.environment(c)
			if err != nil {
				return err
			}
			sources, err := e.PlanSources()
			if err != nil {
				return err
			}
			rows := render.NewListing(a.out, format, "key", "where", "region", "level", "how sure", "name")
			for _, s := range sources {
				kind, where, slugs := "gov.kz", s.Slug, s.Slugs()
				if s.Site != nil {
					kind, where, slugs = "site", s.Site.Base, []string{}
				}
				err := rows.Row(render.Object{
					{Name: "key", Value: s.Key},
					{Name: "source", Value: s.Archive()},
					{Name: "kind", Value: kind},
					{Name: "slugs", Value: slugs},
					{Name: "where", Value: where},
					{Name: "region_code", Value: s.Region},
					{Name: "district_code", Value: render.Text(s.District)},
					{Name: "level", Value: string(s.Level)},
					{Name: "how_sure", Value: render.Text(string(s.HowSure))},
					{Name: "name_ru", Value: s.Name.RU},
					{Name: "name_kk", Value: s.Name.KK},
				}, s.Key, where, s.Region, string(s.Level), string(s.HowSure), s.Name.RU)
				if err != nil {
					return err
				}
			}
			return rows.Flush()
		},
	}
	verify := &cobra.Command{
		Use: "verify", Short: "Ask whether every site is still there", Args: cobra.NoArgs,
		Long: `Asks gov.kz for its list of organisations and compares, and holds the first page of every other listing
against its profile. A site that gov.kz does not know any more, or whose page is not what the profile expects, ends the
program with code 3, for then the silence of that site means nothing.`,
		Example: `  qulaq sources verify`,
		RunE: func(c *cobra.Command, _ []string) error {
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
			checks, failure := e.VerifySources(c.Context())
			rows := render.NewListing(a.out, format, "key", "where", "state", "name")
			missing := 0
			for _, x := range checks {
				if x.State == "not_found" {
					missing++
				}
				err := rows.Row(render.Object{
					{Name: "key", Value: x.Key},
					{Name: "slug", Value: x.Slug},
					{Name: "state", Value: string(x.State)},
					{Name: "name", Value: render.Text(x.Name)},
					{Name: "detail", Value: render.Text(x.Detail)},
				}, x.Key, x.Slug, string(x.State), x.Name+x.Detail)
				if err != nil {
					return err
				}
			}
			if err := rows.Flush(); err != nil {
				return err
			}
			if failure == nil && missing > 0 {
				failure = &qulaq.Error{
					Op: "verify sources", Kind: qulaq.Contract, Err: fmt.Errorf("%d of %d sites are not found as they were", missing, len(checks)),
					Hint: "look at the site by hand; a new slug, or a profile that fits again, stands in the file of sources (plans.sources)",
				}
			}
			return failure
		},
	}
	for _, v := range []*cobra.Command{list, verify} {
		v.Flags().StringVar(&format, "format", "table", "`format`: table or json")
	}
	return group(c, list, verify, a.acceptVerb())
}

// plansText prints what a run of plans did, for a person.
func plansText(w io.Writer, r *pipelines.Result) error {
	if len(r.Looks) > 0 {
		t := render.NewTable(w, "site", "language", "listing", "pages", "entries", "candidates", "files", "")
		for _, i := range []int{3, 4, 5, 6} {
			t.Right(i)
		}
		for _, l := range r.Looks {
			what := "what is new"
			if l.After.IsZero() {
				what = "whole"
			}
			if err := t.Row(l.Source, l.Lang, what, number(int64(l.Pages)), number(int64(l.Entries)), number(int64(l.Candidates)), number(int64(l.FilesNew)), lookNote(l)); err != nil {
				return err
			}
		}
		if err := t.Flush(); err != nil {
			return err
		}
		fmt.Fprintln(w)
	}
	var plans, items, publications, rejected int64
	sources := 0
	t := render.NewTable(w, "source", "publications", "plans", "items", "rejected", "")
	for _, i := range []int{1, 2, 3, 4} {
		t.Right(i)
	}
	for _, f := range r.Files {
		if !f.New {
			continue
		}
		sources++
		plans, items, publications, rejected = plans+int64(f.Plans), items+int64(f.Loaded), publications+int64(f.Publications), rejected+f.RejectedRows()
		note := "loaded"
		if f.Err != nil {
			note = "FAILED, the facts before stay"
		}
		if err := t.Row(f.Source, number(int64(f.Publications)), number(int64(f.Plans)), number(int64(f.Loaded)), number(f.RejectedRows()), note); err != nil {
			return err
		}
	}
	if sources > 0 {
		if err := t.Flush(); err != nil {
			return err
		}
		fmt.Fprintln(w)
	}
	_, err := fmt.Fprintf(w, "%s: %d looks, %d of %d sources had something new: %s publications that may be plans, %s plans with %s items, %s rows rejected\n%.1f s\n",
		r.Pipeline, len(r.Looks), sources, len(r.Files), number(publications), number(plans), number(items), number(rejected), r.Took.Seconds())
	return err
}

// lookNote says how a look ended; of a good one nothing.
func lookNote(l pipelines.LookResult) string {
	note := ""
	if l.Outcome != "healthy" {
		note = string(l.Outcome)
	}
	if l.FilesFailed > 0 {
		note += fmt.Sprintf(" %d files not fetched", l.FilesFailed)
	}
	if len(l.Canaries) > 0 {
		note += " (" + strings.Join(l.Canaries, "; ") + ")"
	}
	return note
}

// plansJSON prints the same for programs.
func plansJSON(w io.Writer, r *pipelines.Result) error {
	for _, l := range r.Looks {
		hashes := make([]string, len(l.Hashes))
		for i, h := range l.Hashes {
			hashes[i] = h.String()
		}
		var since any
		if !l.After.IsZero() {
			since = l.After.In(qulaq.Almaty()).Format(time.RFC3339)
		}
		if err := render.WriteLine(w, render.Object{
			{Name: "kind", Value: "look"},
			{Name: "source", Value: l.Source},
			{Name: "lang", Value: l.Lang},
			{Name: "since", Value: since},
			{Name: "outcome", Value: string(l.Outcome)},
			{Name: "complete", Value: l.Complete},
			{Name: "pages", Value: l.Pages},
			{Name: "entries", Value: l.Entries},
			{Name: "candidates", Value: l.Candidates},
			{Name: "files_new", Value: l.FilesNew},
			{Name: "files_failed", Value: l.FilesFailed},
			{Name: "page_hashes", Value: hashes},
			{Name: "canaries", Value: l.Canaries},
			{Name: "findings", Value: len(l.Findings)},
			{Name: "error", Value: render.Text(l.Detail)},
		}); err != nil {
			return err
		}
	}
	var plans, items, publications int
	for _, f := range r.Files {
		plans, items, publications = plans+f.Plans, items+int(f.Loaded), publications+f.Publications
		var problem any
		if f.Err != nil {
			problem = f.Err.Error()
		}
		if err := render.WriteLine(w, render.Object{
			{Name: "kind", Value: "source"},
			{Name: "source", Value: f.Source},
			{Name: "new", Value: f.New},
			{Name: "publications", Value: f.Publications},
			{Name: "plans", Value: f.Plans},
			{Name: "items", Value: f.Loaded},
			{Name: "rejected", Value: f.RejectedRows()},
			{Name: "rejected_by_reason", Value: f.Rejected},
			{Name: "findings", Value: len(f.Findings)},
			{Name: "error", Value: problem},
		}); err != nil {
			return err
		}
	}
	return render.WriteLine(w, render.Object{
		{Name: "kind", Value: "run"},
		{Name: "pipeline", Value: r.Pipeline},
		{Name: "run_id", Value: r.RunID},
		{Name: "looks", Value: len(r.Looks)},
		{Name: "sources", Value: len(r.Files)},
		{Name: "sources_new", Value: r.New()},
		{Name: "publications", Value: publications},
		{Name: "plans", Value: plans},
		{Name: "items", Value: items},
		{Name: "seconds", Value: float64(r.Took.Milliseconds()) / 1000},
		{Name: "peak_memory_mb", Value: peakMemory()},
		{Name: "ok", Value: r.Err() == nil},
	})
}
