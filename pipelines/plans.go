package pipelines

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract/listing"
	"github.com/qulaq-kz/qulaq/load"
	"github.com/qulaq-kz/qulaq/transform/plan"
	"github.com/qulaq-kz/qulaq/transform/publication"
)

// maxMute is how many entries of a look, or of a page, are read though their title says nothing, or something else: the
// newest ones. In a listing without titles they would be all.
const maxMute = 20

// planLangs are the languages in which the platform is asked for a listing: the versions of one document in two
// languages are entries of their own.
var planLangs = []listing.Lang{"ru", "kk"}

// overlap is how far behind the newest stamp the next look begins: publications appear days after their stamp.
const overlap = 14 * 24 * time.Hour

// RunPlans looks at the sites of all akimats, fetches the files of what may be an action plan, and makes the facts of
// every source anew that has something new in the archive. A site that fails is marked and the others go on.
func (e *Environment) RunPlans(ctx context.Context) (*Result, error) {
	return e.recorded(ctx, "plans", func(r *Result) error { return e.plans(ctx, r, e.sinceLast) })
}

// BackfillPlans looks at what was published from a day on, as far as the sites still show it, up to the end of
// another day. Doing it again changes nothing. The ledger calls it backfill, for it is no night: what is new it may not see.
func (e *Environment) BackfillPlans(ctx context.Context, from, to qulaq.Day) (*Result, error) {
	after := from.Time().Add(-24 * time.Hour) // the sites' days begin before those of UTC
	return e.recorded(ctx, "backfill", func(r *Result) error {
		return e.plans(ctx, r, func(Source, listing.Lang, []load.Look) window {
			return window{after: after, before: to.Time().Add(24 * time.Hour)}
		})
	})
}

// ReplayPlans makes the facts anew from the archive alone, of all sources that have a file first seen on a day or
// later; the zero day means all.
func (e *Environment) ReplayPlans(ctx context.Context, since qulaq.Day) (*Result, error) {
	return e.recorded(ctx, "replay", func(r *Result) error {
		sources, err := e.PlanSources()
		if err != nil {
			return err
		}
		c, err := e.clients(sources)
		if err != nil {
			return err
		}
		defer c.close()
		reader, err := e.planReader()
		if err != nil {
			return err
		}
		for _, s := range sources {
			if since != 0 && !slices.ContainsFunc(e.Archive.Snapshots(s.Archive()), func(snap qulaq.Snapshot) bool {
				return qulaq.DayOf(snap.SeenAt.In(qulaq.Almaty())) >= since
			}) {
				continue
			}
			if err := e.register(ctx, r, reader, s, c.of(s), true); err != nil {
				return err
			}
		}
		return nil
	})
}

// asking says what a look asks for, from the looks at the source before, oldest first.
type asking func(s Source, lang listing.Lang, history []load.Look) window

// window is the time whose publications a look asks for; zero ends are open.
type window struct{ after, before time.Time }

// has says whether the files of an entry are wanted. One without a time is.
func (w window) has(e listing.Entry) bool {
	return e.CreatedAt.IsZero() || !e.CreatedAt.Before(w.after) && (w.before.IsZero() || e.CreatedAt.Before(w.before))
}

// sinceLast asks for what is new, and for everything now and then and when grace ended since: only a whole look shows
// what was changed, dated back or withdrawn, or that something is not there. A whole look that a canary doubts is made
// again, at first the next night, then after twice as long and so on, so that a site that stays another one is not read
// whole every night. A look at what is new that shows nothing asked from an entry on that was taken down: what is newest
// is known from the next whole one.
func (e *Environment) sinceLast(s Source, lang listing.Lang, history []load.Look) window {
	if !s.Filters() {
		return window{}
	}
	now := e.Now()
	var whole, doubted, newest time.Time
	for _, l := range history {
		look := lookOf(l)
		if l.Lang != string(lang) || !look.Answered() || !look.Examined { // of what nobody examined nothing is known
			continue
		}
		if l.Since != nil && l.Entries == 0 {
			whole = time.Time{}
			continue
		}
		early := l.LastAt != nil && len(l.OldestOn) == 0 // how far it reached back was not kept yet
		if l.Since == nil && !early {
			whole, newest = l.At, time.Time{} // what was newer is gone
			if look.Healthy() && l.FilesFailed == 0 {
				doubted = time.Time{}
			} else if doubted.IsZero() {
				doubted = l.At
			}
		}
		if l.LastAt != nil && l.LastAt.After(newest) && !l.LastAt.After(l.At) {
			newest = *l.LastAt
		}
	}
	pause := time.Duration(e.Config.Plans.FullLook) * 24 * time.Hour
	if !doubted.IsZero() {
		pause = min(pause, whole.Sub(doubted))
	}
	if newest.IsZero() || now.Sub(whole) >= pause-time.Hour {
		return window{}
	}
	today, seen := localDay(now), localDay(whole)
	for _, o := range publication.Due(e.duties(), []publication.Subject{subjectOf([]Source{s})}, beginning, today) {
		if seen <= o.GraceUntil && o.GraceUntil < today {
			return window{}
		}
	}
	return window{after: newest.Add(-overlap)}
}

func (e *Environment) plans(ctx context.Context, r *Result, ask asking) error {
	sources, err := e.PlanSources()
	if err != nil {
		return err
	}
	c, err := e.clients(sources)
	if err != nil {
		return err
	}
	defer c.close()
	reader, err := e.planReader()
	if err != nil {
		return err
	}
	for _, s := range sources {
		if err := e.gather(ctx, r, c.of(s), reader, s, ask); err != nil {
			return err
		}
	}
	return nil
}

// gather looks at one source in all languages, makes its facts anew and writes down what the looks are worth: that is
// known only when what they brought was read.
func (e *Environment) gather(ctx context.Context, r *Result, from lister, reader *planReader, s Source, ask asking) error {
	history, err := e.Warehouse.Looks(ctx, s.Archive(), e.Now())
	if err != nil {
		return err
	}
	history, relearn, err := e.learned(ctx, s, history)
	if err != nil {
		return err
	}
	var looks []LookResult
	var known [][]load.Known
	for _, lang := range s.Langs() {
		w := ask(s, lang, history)
		k, err := e.Warehouse.KnownEntries(ctx, s.Archive(), string(lang))
		if err != nil {
			return err
		}
		known = append(known, k)
		looks = append(looks, e.lookAt(ctx, from, reader.plans, s, lang, w, k, listedLately(history, lang, e.Now())))
	}
	failure := ctx.Err()
	before, files := r.New(), len(r.Files)
	if failure == nil {
		failure = e.register(ctx, r, reader, s, from, false)
	}
	// Facts that could not be made anew do not know what the looks brought: these say nothing of what is not there.
	var unmade error
	for _, f := range r.Files[files:] {
		unmade = errors.Join(unmade, f.Err)
	}
	// Even an interrupted run writes down what it asked for.
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	for i := range looks {
		l := &looks[i]
		row := l.row(r.RunID)
		switch {
		case unmade != nil:
			row.Error = cmp.Or(row.Error, unmade.Error())
		case failure == nil:
			after := known[i]
			if r.New() > before { // the facts were made anew
				if after, err = e.Warehouse.KnownEntries(ctx, s.Archive(), l.Lang); err != nil {
					return err
				}
			}
			x := l.examine(known[i], after, history, relearn[l.Lang])
			row.Examined = x.Examined
			row.KnownSeen, row.KnownMissing, row.PlansKept, row.PlansLost = uint32(x.KnownSeen), uint32(x.KnownMissing), uint32(x.PlansKept), uint32(x.PlansLost)
			for _, f := range x.Failures {
				l.Canaries = append(l.Canaries, string(f))
			}
			row.Failures = l.Canaries
		}
		row.Listed = l.Listed
		if err := e.Warehouse.NoteLook(closing, row, l.requests(r.RunID)); err != nil {
			return errors.Join(failure, err)
		}
		r.Looks = append(r.Looks, *l)
		r.Errors = append(r.Errors, l.Errors...)
	}
	return failure
}

// LookResult says what a look at one listing found out.
type LookResult struct {
	listing.Look
	At          time.Time
	Lang        string
	After       time.Time // zero: the whole listing
	Candidates  int       // entries whose title could be that of a plan
	Listed      []string  // their ids, and those of entries that are read though their title says nothing
	Canaries    []string  // that did not pass: see publication.Canaries
	FilesNew    int
	FilesFailed int
	Errors      []error // of the look, and of single files

	ids   map[string]bool // of all entries
	days  []qulaq.Day     // that entries bear, but those to come: a stamp in the future is that of a broken clock
	last  time.Time       // the latest stamp, of the same and without those of a migration
	mute  int             // entries whose title says nothing
	blank int             // elements of the listing that gave no entry
}

// ownersOf says of the addresses from which the files of known plans came whose entries they are.
func ownersOf(known []load.Known, held []qulaq.Snapshot) map[string]string {
	byHash := map[string]string{}
	for _, k := range known {
		if !k.Plan {
			continue
		}
		for _, hash := range k.Files {
			byHash[hash] = k.ID
		}
	}
	owners := map[string]string{}
	for _, snap := range held {
		if id, ok := byHash[snap.Hash.String()]; ok {
			owners[snap.Origin] = id
		}
	}
	return owners
}

// listedLately returns the entries that looks listed in the time for which a look counts.
func listedLately(history []load.Look, lang listing.Lang, now time.Time) map[string]bool {
	lately := map[string]bool{}
	for _, l := range history {
		if l.Lang == string(lang) && now.Sub(l.At) <= publication.MaxAge*24*time.Hour {
			for _, id := range l.Listed {
				lately[id] = true
			}
		}
	}
	return lately
}

// lookAt reads a listing and fetches the texts and files of those entries that may be plans. A known plan whose file
// stands in another entry now, under whatever title, is listed as it was. Where a plan is gone that was listed lately, it
// may be in another file and under a title that says nothing of it: then what is new is fetched too, whatever it is called.
func (e *Environment) lookAt(ctx context.Context, from lister, plans *plan.Reader, s Source, lang listing.Lang, w window, known []load.Known, lately map[string]bool) LookResult {
	l := LookResult{At: e.Now(), Lang: string(lang), ids: map[string]bool{}}
	if s.Filters() {
		l.After = w.after
	}
	e.Progress.File(s.Archive()+"/"+string(lang), 0)
	defer e.Progress.Done()
	var wanted, others []listing.Entry // others may be plans by nothing that the listing says
	owners := ownersOf(known, e.Archive.Snapshots(s.Archive()))
	kept := map[string]bool{} // entries whose files are there
	var err error
	l.Look, err = from.Look(ctx, lang, l.After, func(entry listing.Entry) error {
		l.ids[entry.ID] = true
		if at := entry.CreatedAt; !at.IsZero() && !at.After(l.At) {
			l.days = append(l.days, publication.LocalDay(s.Region, at))
			if !entry.Migrated && at.After(l.last) {
				l.last = at
			}
		}
		for _, f := range entry.Files {
			if id, ok := owners[f.URL]; ok {
				kept[id] = true
			}
		}
		titled, silent := plans.Candidate(entry.Title), plan.SaysNothing(entry.Title)
		switch { // counted are titles: when all have lost their words, the canaries are to see it, whatever texts say
		case titled:
			l.Candidates++
		case silent:
			l.mute++
		}
		if !candidate(plans, entry) && (!silent || l.mute > maxMute) {
			if len(others) < maxMute && l.At.Sub(entry.CreatedAt) <= publication.MaxAge*24*time.Hour {
				entry.Content = ""
				others = append(others, entry)
			}
			return nil
		}
		l.Listed = append(l.Listed, entry.ID)
		if w.has(entry) {
			wanted = append(wanted, entry)
		}
		return nil
	})
	if err != nil {
		l.Errors = append(l.Errors, err)
	}
	for _, id := range slices.Sorted(maps.Keys(kept)) {
		if l.ids[id] = true; !slices.Contains(l.Listed, id) {
			l.Listed = append(l.Listed, id)
		}
	}
	if l.Complete && slices.ContainsFunc(known, func(k load.Known) bool {
		return k.Plan && lately[k.ID] && !l.ids[k.ID] && (l.After.IsZero() || k.Stamp != nil && k.Stamp.After(l.After))
	}) {
		wanted = append(wanted, others...)
	}
	for _, f := range l.Findings {
		if f.Kind == listing.EmptyCard || f.Kind == listing.BadCard || f.Kind == listing.NoID {
			l.blank += int(f.Count)
		}
	}
	// What was listed before a page failed is good.
	for _, entry := range wanted {
		if ctx.Err() != nil {
			return l
		}
		l.fetch(ctx, from, entry)
	}
	return l
}

// fetch brings the text and the files of an entry into the archive.
func (l *LookResult) fetch(ctx context.Context, from lister, entry listing.Entry) {
	failed := func(err error) {
		l.FilesFailed++
		l.Errors = append(l.Errors, err)
	}
	d, err := from.Detail(ctx, entry)
	l.Attempts, l.Findings = append(l.Attempts, d.Attempts...), append(l.Findings, d.Findings...)
	if err != nil {
		failed(err)
	}
	for _, f := range d.Entry.Files {
		if ctx.Err() != nil {
			return
		}
		got, err := from.File(ctx, f)
		l.Attempts, l.Findings = append(l.Attempts, got.Attempts...), append(l.Findings, got.Findings...)
		switch {
		case err != nil:
			failed(err)
		case got.New:
			l.FilesNew++
		}
	}
}

// row is the look as the warehouse keeps it, without what the canaries said.
func (l *LookResult) row(runID string) load.Look {
	row := load.Look{
		RunID: runID, At: l.At, Source: l.Source, Lang: l.Lang, Since: timeOrNull(l.After), Outcome: string(l.Outcome), Complete: l.Complete,
		Pages: uint32(l.Pages), Entries: uint32(l.Entries), Candidates: uint32(l.Candidates), Bytes: uint64(l.Bytes),
		FirstAt: timeOrNull(l.First), LastAt: timeOrNull(l.last), FilesNew: uint32(l.FilesNew), FilesFailed: uint32(l.FilesFailed), Error: l.Detail,
	}
	for _, h := range l.Hashes {
		row.PageHashes = append(row.PageHashes, h.String())
	}
	oldest, moved := publication.Depth(l.days)
	for _, d := range oldest {
		row.OldestOn = append(row.OldestOn, d.Time())
	}
	if l.After.IsZero() {
		row.MovedOn = dayTime(moved)
	}
	if row.Error == "" && len(l.Errors) > 0 {
		row.Error = l.Errors[0].Error()
	}
	return row
}

func (l *LookResult) requests(runID string) []load.Attempt {
	all := make([]load.Attempt, len(l.Attempts))
	for i, a := range l.Attempts {
		all[i] = load.Attempt{
			RunID: runID, At: a.At, Source: l.Source, URL: a.URL, Status: uint16(a.Status), Bytes: uint64(a.Bytes),
			Duration: uint32(a.Duration.Milliseconds()), Error: a.Error,
		}
	}
	return all
}

func timeOrNull(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
