package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/render"
	"github.com/qulaq-kz/qulaq/pipelines"
	"github.com/qulaq-kz/qulaq/transform/publication"
)

// errOverdue is the reason why publications ends with code 4.
var errOverdue = errors.New("not published, past the day and the days of grace")

// errNobodyLooked is what --fail-on says where nobody is overdue because nobody looked.
var errNobodyLooked = &qulaq.Error{
	Op: "judge publications", Object: "the warehouse", Kind: qulaq.Configuration,
	Err: errors.New("no site was ever looked at, so that nothing can be said"), Hint: "`qulaq run plans` looks",
}

func (a *app) publicationsVerb() *cobra.Command {
	var format, period, failOn, lang string
	c := &cobra.Command{
		Use:   "publications",
		Short: "Who has published, who has not, with the evidence",
		Long: `Judges every obligation by what is in the warehouse now and writes nothing; ` + "`qulaq run monitor`" + ` writes the
verdicts down. An akimat is overdue only where every place in which its publication was to be looked for was
read to its end, in health, after the last day of grace. Everything else is said as what it is.`,
		Example: `  qulaq publications --period 2022-H2
  qulaq publications --format csv > who.csv
  qulaq publications --fail-on overdue            ends with code 4 when one is, with 2 when nobody ever looked
  qulaq publications show 630000000 --period 2022-H2     the proof, to be sent to the akimat`,
		Args: cobra.NoArgs,
	}
	list := func(c *cobra.Command, each func(context.Context, *pipelines.Environment, []pipelines.Judged) error) error {
		if period != "" {
			if _, err := publication.ParsePeriod(period); err != nil {
				return usage("--period: %v", err)
			}
		}
		if err := oneOf("lang", lang, "ru", "kk", "en"); err != nil {
			return err
		}
		return a.withWarehouse(c, pipelines.Visit, func(ctx context.Context, e *pipelines.Environment) error {
			if err := e.EnsureSchema(ctx); err != nil {
				return err
			}
			judged, err := e.Publications(ctx, "")
			if err != nil {
				return err
			}
			if failOn != "" {
				looked, err := e.EverLooked(ctx)
				if err != nil {
					return err
				}
				if !looked || len(judged) == 0 {
					return errNobodyLooked
				}
			}
			if judged, err = ofPeriod(judged, period); err != nil {
				return err
			}
			return each(ctx, e, judged)
		})
	}
	c.RunE = func(c *cobra.Command, _ []string) error {
		if err := first(oneOf("format", format, "table", "json", "csv"), oneOf("fail-on", failOn, "", "overdue")); err != nil {
			return err
		}
		return list(c, func(_ context.Context, _ *pipelines.Environment, judged []pipelines.Judged) error {
			if err := writeJudged(a.out, format, lang, judged); err != nil {
				return err
			}
			late := 0
			for _, j := range judged {
				if j.Verdict.State == publication.Overdue {
					late++
				}
			}
			if failOn == "overdue" && late > 0 {
				return &qulaq.Error{
					Op: "judge publications", Object: fmt.Sprintf("%d of %d", late, len(judged)), Kind: qulaq.Contract, Err: errOverdue,
					Hint: "`qulaq publications show REGION --period P` shows the proof",
				}
			}
			return nil
		})
	}
	f := c.Flags()
	f.StringVar(&format, "format", "table", "`format`: table, json (one object a line) or csv")
	f.StringVar(&failOn, "fail-on", "", "end with code 4 when a publication is in this `state`: overdue")
	c.PersistentFlags().StringVar(&period, "period", "", "only this `period`: 2022-H2; all when not given")
	c.PersistentFlags().StringVar(&lang, "lang", "ru", "`language` of the reasons: ru, kk or en")

	var proofFormat string
	show := &cobra.Command{
		Use: "show REGION", Short: "Print one verdict with its proof, fit to be sent to the akimat", Args: cobra.ExactArgs(1),
		Long: `REGION is a KATO code, or a part of the akimat's name. The hashes lead to the bytes: of what was found, or of the
pages of the listings that were read and do not have it. The listings are named with their addresses and the day
since which each is watched.`,
		Example: `  qulaq publications show 630000000 --period 2022-H2
  qulaq publications show Павлодар --period 2022-H2 --lang kk
  qulaq publications show 630000000 --period 2022-H2 --format json`,
		RunE: func(c *cobra.Command, args []string) error {
			if err := oneOf("format", proofFormat, "text", "json"); err != nil {
				return err
			}
			return list(c, func(ctx context.Context, e *pipelines.Environment, judged []pipelines.Judged) error {
				judged = slices.DeleteFunc(judged, func(j pipelines.Judged) bool {
					return j.Obligation.RegionCode != args[0] && !strings.Contains(strings.ToLower(j.Name+" "+j.NameKK), strings.ToLower(args[0]))
				})
				if len(judged) == 0 {
					return usage("nobody that owes something is called %q", args[0])
				}
				for i, j := range judged {
					watched, err := e.Watched(ctx, j.Obligation.RegionCode, j.Obligation.DistrictCode)
					if err != nil {
						return err
					}
					if proofFormat == "json" {
						if err := render.WriteLine(a.out, proofRow(lang, j, watched)); err != nil {
							return err
						}
						continue
					}
					if i > 0 {
						fmt.Fprintln(a.out)
					}
					writeProof(a.out, lang, j, watched)
				}
				return nil
			})
		},
	}
	show.Flags().StringVar(&proofFormat, "format", "text", "`format`: text or json (one object a line)")
	c.AddCommand(show)
	return c
}

// ofPeriod leaves what is owed for a period, "" for all. A period for which nobody owes anything is a slip of who asks: an
// empty answer would be silence for ever.
func ofPeriod(judged []pipelines.Judged, period string) ([]pipelines.Judged, error) {
	if period == "" {
		return judged, nil
	}
	var of []pipelines.Judged
	var labels []string
	for _, j := range judged {
		label := j.Obligation.Period.Label
		if label == period {
			of = append(of, j)
		}
		labels = append(labels, label)
	}
	if len(of) > 0 {
		return of, nil
	}
	slices.Sort(labels)
	hint := "nothing is owed yet: `qulaq config validate` shows what is configured"
	if labels = slices.Compact(labels); len(labels) > 0 {
		hint = "periods that there are: " + strings.Join(labels, ", ")
	}
	return nil, &qulaq.Error{Op: "judge publications", Object: period, Kind: qulaq.Configuration, Err: errors.New("nobody owes anything for this period, or it has not begun"), Hint: hint}
}

// judgedColumns are the columns of a verdict, in the table, as CSV and as fields of JSON.
var judgedColumns = []string{
	"region_code", "name", "obligation", "period", "due_on", "state", "published_on", "days_late", "url", "evidence_sha256", "checked_at", "reason",
}

func judgedRow(j pipelines.Judged, lang string) render.Object {
	v, o := j.Verdict, j.Obligation
	name := j.Name
	if lang == "kk" && j.NameKK != "" {
		name = j.NameKK
	}
	var late, checked any
	if v.State == publication.Late {
		late = v.DaysLate
	}
	if !v.CheckedAt.IsZero() {
		checked = v.CheckedAt.In(qulaq.Almaty()).Format(time.RFC3339)
	}
	values := []any{
		o.RegionCode, name, string(o.Kind), o.Period.Label, render.Day(v.DueOn), string(v.State), render.Day(v.PublishedOn), late, render.Text(v.URL), render.Text(j.Hash()), checked, v.Reason.Text(lang),
	}
	row := make(render.Object, len(values))
	for i, name := range judgedColumns {
		row[i] = render.Field{Name: name, Value: values[i]}
	}
	return row
}

func writeJudged(w io.Writer, format, lang string, judged []pipelines.Judged) error {
	switch format {
	case "json":
		for _, j := range judged {
			row := judgedRow(j, lang)
			if j.Obligation.DistrictCode != "" {
				row = append(row, render.Field{Name: "district_code", Value: j.Obligation.DistrictCode})
			}
			if err := render.WriteLine(w, row); err != nil {
				return err
			}
		}
		return nil
	case "csv":
		out := csv.NewWriter(w)
		if err := out.Write(judgedColumns); err != nil {
			return err
		}
		for _, j := range judged {
			if err := out.Write(render.Cells(pick(judgedRow(j, lang), judgedColumns))); err != nil {
				return err
			}
		}
		out.Flush()
		return out.Error()
	}
	shown := []string{"name", "period", "due_on", "state", "published_on", "days_late", "evidence_sha256", "reason"}
	heads := []string{"akimat", "period", "due", "state", "published", "late", "proof", "reason"}
	if slices.ContainsFunc(judged, func(j pipelines.Judged) bool { return j.Obligation.Kind != publication.ActionPlan }) {
		shown, heads = slices.Insert(shown, 1, "obligation"), slices.Insert(heads, 1, "what") // plans alone need no word for it
	}
	proof, reason := slices.Index(shown, "evidence_sha256"), slices.Index(shown, "reason")
	t := render.NewTable(w, heads...)
	policy := "" // what most reasons end with is said once, below
	for _, j := range judged {
		if r := j.Verdict.Reason; r.Policy {
			whole := r.Text(lang)
			j.Verdict.Reason.Policy = false
			policy = strings.TrimSpace(strings.TrimPrefix(whole, j.Verdict.Reason.Text(lang)))
		}
		cells := pick(judgedRow(j, lang), shown)
		cells[proof] = cells[proof][:min(12, len(cells[proof]))]
		lines := wrap(cells[reason], reasonWidth)
		for i, line := range lines {
			if i > 0 {
				cells = make([]string, len(cells))
			}
			cells[reason] = line
			if err := t.Row(cells...); err != nil {
				return err
			}
		}
	}
	if err := t.Flush(); err != nil || policy == "" {
		return err
	}
	_, err := fmt.Fprintln(w, policy)
	return err
}

// reasonWidth is how many characters of a reason stand on one line of a table, which cuts longer cells off.
const reasonWidth = 60

// wrap cuts a text between words into lines of at most so many characters; a longer word stands alone. There is one
// line at least.
func wrap(text string, most int) []string {
	lines := []string{""}
	for _, w := range strings.Fields(text) {
		last := &lines[len(lines)-1]
		switch {
		case *last == "":
			*last = w
		case utf8.RuneCountInString(*last)+1+utf8.RuneCountInString(w) > most:
			lines = append(lines, w)
		default:
			*last += " " + w
		}
	}
	return lines
}

// whereWords say what of a site is read.
var whereWords = map[string]string{
	"ru": "читаются только списки документов по этим адресам; новости, статьи и другие разделы не читаются",
	"kk": "тек осы мекенжайлардағы құжаттар тізімдері оқылады; жаңалықтар, мақалалар және басқа бөлімдер оқылмайды",
	"en": "only the listings of documents at these addresses are read; news, articles and other sections are not",
}

// proofRow is a verdict and all that it rests on, for programs.
func proofRow(lang string, j pipelines.Judged, watched []pipelines.Watched) render.Object {
	places := make([]render.Object, len(watched))
	for i, p := range watched {
		places[i] = render.Object{
			{Name: "source", Value: p.Place.Source},
			{Name: "lang", Value: p.Place.Lang},
			{Name: "addresses", Value: p.Addresses},
			{Name: "watched_since", Value: render.Day(p.Since)},
		}
	}
	meetings := make([]render.Object, len(j.Verdict.Each))
	for i, one := range j.Verdict.Each {
		meetings[i] = render.Object{{Name: "day", Value: one.For.Label}, {Name: "state", Value: string(one.State)}, {Name: "reason", Value: one.Reason.Text(lang)}}
	}
	evidence := make([]render.Object, len(j.Verdict.Evidence))
	for i, e := range j.Verdict.Evidence {
		kind := "look"
		switch {
		case e.Note != "":
			kind = "acceptance"
		case e.PublicationID != "":
			kind = "publication"
		}
		hashes, failures := e.Hashes, e.Failures
		if hashes == nil {
			hashes = []string{}
		}
		if failures == nil {
			failures = []publication.Failure{}
		}
		evidence[i] = render.Object{
			{Name: "kind", Value: kind},
			{Name: "source", Value: e.Source},
			{Name: "lang", Value: render.Text(e.Lang)},
			{Name: "on", Value: render.Day(e.On)},
			{Name: "publication_id", Value: render.Text(e.PublicationID)},
			{Name: "meeting", Value: render.Text(e.For)},
			{Name: "url", Value: render.Text(e.URL)},
			{Name: "outcome", Value: render.Text(e.Outcome)},
			{Name: "pages", Value: e.Pages},
			{Name: "entries", Value: e.Entries},
			{Name: "canaries", Value: failures},
			{Name: "sha256", Value: hashes},
			{Name: "note", Value: render.Text(e.Note)},
		}
	}
	return append(
		judgedRow(j, lang),
		render.Field{Name: "district_code", Value: render.Text(j.Obligation.DistrictCode)},
		render.Field{Name: "norm", Value: j.Obligation.Norm},
		render.Field{Name: "basis", Value: string(j.Obligation.Basis)},
		render.Field{Name: "grace_until", Value: render.Day(j.Verdict.GraceUntil)},
		render.Field{Name: "places", Value: places},
		render.Field{Name: "places_are", Value: whereWords[lang]},
		render.Field{Name: "meetings", Value: meetings},
		render.Field{Name: "evidence", Value: evidence},
	)
}

// writeProof prints a verdict and all that it rests on.
func writeProof(w io.Writer, lang string, j pipelines.Judged, watched []pipelines.Watched) {
	for _, f := range judgedRow(j, lang) {
		if f.Value != nil {
			fmt.Fprintf(w, "%-16s %v\n", f.Name, f.Value)
		}
	}
	o := j.Obligation
	fmt.Fprintf(w, "%-16s %s (%s); days of grace until %v\n", "norm", o.Norm, o.Basis, render.Day(j.Verdict.GraceUntil))
	for _, p := range watched {
		since := "never read whole"
		if p.Since != 0 {
			since = "watched since " + p.Since.String()
		}
		fmt.Fprintf(w, "place            %s: %s\n", p.Place, since)
		for _, address := range p.Addresses {
			fmt.Fprintf(w, "                 %s\n", address)
		}
	}
	if len(watched) > 0 {
		fmt.Fprintf(w, "places are       %s\n", whereWords[lang])
	}
	for _, one := range j.Verdict.Each {
		fmt.Fprintf(w, "meeting          %s: %s; %s\n", one.For.Label, one.State, one.Reason.Text(lang))
	}
	for _, e := range j.Verdict.Evidence {
		switch {
		case e.Note != "":
			fmt.Fprintf(w, "accepted         %s as it is since %s, by %s\n", e.Source, e.On, e.Note)
		case e.PublicationID != "":
			of := ""
			if e.For != "" {
				of = ", of the meeting of " + e.For
			}
			fmt.Fprintf(w, "found            %s: publication %s%s, seen %s\n                 %s\n", e.Place, e.PublicationID, of, e.On, e.URL)
		default:
			fmt.Fprintf(w, "looked           %s on %s: %s, %d pages, %d entries\n", e.Place, e.On, e.Outcome, e.Pages, e.Entries)
		}
		for _, failure := range e.Failures {
			fmt.Fprintf(w, "                 canary %s\n", failure)
		}
		for _, h := range e.Hashes {
			fmt.Fprintf(w, "                 sha256 %s\n", h)
		}
	}
}

// monitorText prints what the monitor said that is new, and how many are in which state.
func monitorText(w io.Writer, r *pipelines.Result) error {
	var changed []pipelines.Judged
	states := map[publication.State]int{}
	for _, j := range r.Judged {
		states[j.Verdict.State]++
		if j.Changed {
			changed = append(changed, j)
		}
	}
	if len(changed) > 0 {
		if err := writeJudged(w, "table", "ru", changed); err != nil {
			return err
		}
		fmt.Fprintln(w)
	}
	var counts []string
	for _, s := range publication.States() {
		if states[s] > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", states[s], s))
		}
	}
	_, err := fmt.Fprintf(w, "monitor: %d obligations, %d changed: %s\n%s%.1f s\n", len(r.Judged), len(changed), strings.Join(counts, ", "), toldText(r.Told), r.Took.Seconds())
	return err
}

// toldText is the line that says what people were told; nothing where nobody is to be told anything.
func toldText(all []pipelines.Delivery) string {
	if len(all) == 0 {
		return ""
	}
	parts := make([]string, len(all))
	for i, d := range all {
		of := []string{fmt.Sprintf("%d messages, %d changes", d.Messages, d.Changes)}
		if d.Messages == 0 && d.Failed == 0 {
			of = []string{"nothing new"}
		}
		if d.Heartbeats > 0 {
			of = append(of, fmt.Sprintf("%d heartbeats", d.Heartbeats))
		}
		if d.Failed > 0 {
			of = append(of, fmt.Sprintf("%d FAILED, the next run tries again", d.Failed))
		}
		parts[i] = d.Service + ": " + strings.Join(of, ", ")
	}
	return "told: " + strings.Join(parts, "; ") + "\n"
}

// monitorJSON prints the same for programs.
func monitorJSON(w io.Writer, r *pipelines.Result) error {
	states := map[string]int{}
	changed := 0
	for _, j := range r.Judged {
		states[string(j.Verdict.State)]++
		if !j.Changed {
			continue
		}
		changed++
		line := append(render.Object{{Name: "kind", Value: "change"}, {Name: "event", Value: string(j.Entry.Event)}, {Name: "state_before", Value: render.Text(string(j.Entry.From))}}, judgedRow(j, "ru")...)
		if err := render.WriteLine(w, line); err != nil {
			return err
		}
	}
	told := make([]render.Object, len(r.Told))
	for i, d := range r.Told {
		told[i] = render.Object{
			{Name: "service", Value: d.Service},
			{Name: "messages", Value: d.Messages},
			{Name: "changes", Value: d.Changes},
			{Name: "heartbeats", Value: d.Heartbeats},
			{Name: "failed", Value: d.Failed},
		}
	}
	return render.WriteLine(w, render.Object{
		{Name: "kind", Value: "run"},
		{Name: "pipeline", Value: r.Pipeline},
		{Name: "run_id", Value: r.RunID},
		{Name: "obligations", Value: len(r.Judged)},
		{Name: "changed", Value: changed},
		{Name: "states", Value: states},
		{Name: "told", Value: told},
		{Name: "seconds", Value: float64(r.Took.Milliseconds()) / 1000},
		{Name: "ok", Value: r.Err() == nil},
	})
}
