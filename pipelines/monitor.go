package pipelines

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/load"
	"github.com/qulaq-kz/qulaq/transform/publication"
)

// Judged is an obligation and what is to be said of it today.
type Judged struct {
	Obligation publication.Obligation
	Name       string // of the akimat, in Russian
	NameKK     string
	Verdict    publication.Verdict
	Entry      publication.Entry // of the history
	Changed    bool              // Entry is one
	Openness   publication.Openness
}

// RunMonitor judges every obligation and writes down what is to be said of it: once a day, and again when it changed.
func (e *Environment) RunMonitor(ctx context.Context) (*Result, error) {
	return e.recorded(ctx, "monitor", func(r *Result) error {
		judged, last, err := e.judge(ctx)
		if err != nil {
			return err
		}
		today := qulaq.DayOf(e.Now())
		var rows []load.Verdict
		for _, j := range judged {
			if before, ok := last[j.Obligation.Key]; ok && !j.Changed && qulaq.DayOf(before.JudgedOn) == today {
				continue // said already
			}
			row, err := j.row(r.RunID, today)
			if err != nil {
				return err
			}
			rows = append(rows, row)
		}
		r.Judged = judged
		if err := e.Warehouse.NoteVerdicts(ctx, rows); err != nil {
			return err
		}
		return e.tell(ctx, r)
	})
}

// Publications judges every obligation of a period, "" means all, and writes nothing.
func (e *Environment) Publications(ctx context.Context, period string) ([]Judged, error) {
	judged, _, err := e.judge(ctx)
	return slices.DeleteFunc(judged, func(j Judged) bool { return period != "" && j.Obligation.Period.Label != period }), err
}

// beginning is the first day of the first period that the decree asks for.
var beginning = qulaq.Date(2022, 1, 1)

// judge says what is to be said of every obligation today. last are the verdicts before, by obligation.
func (e *Environment) judge(ctx context.Context) (judged []Judged, last map[string]load.Verdict, err error) {
	sources, err := e.PlanSources()
	if err != nil {
		return nil, nil, err
	}
	now := e.Now()
	today := qulaq.DayOf(now)
	before, err := e.Warehouse.LastVerdicts(ctx, now)
	if err != nil {
		return nil, nil, err
	}
	rows, err := e.Warehouse.Looks(ctx, "", now)
	if err != nil {
		return nil, nil, err
	}
	published, err := e.Warehouse.PlanPublications(ctx)
	if err != nil {
		return nil, nil, err
	}
	papers, err := e.meetingPapers(ctx)
	if err != nil {
		return nil, nil, err
	}
	meetings, err := e.knownMeetings(ctx)
	if err != nil {
		return nil, nil, err
	}
	figures, err := e.Warehouse.Figures(ctx)
	if err != nil {
		return nil, nil, err
	}
	accepted, err := e.acceptances(ctx)
	if err != nil {
		return nil, nil, err
	}
	last = map[string]load.Verdict{}
	for _, v := range before {
		last[v.ObligationID] = v
	}
	duties := e.duties()
	plans := map[string]string{} // source and publication → plan
	looks := map[string][]publication.Look{}
	listed := map[publication.Place][]listedLook{}
	for _, l := range rows {
		look := lookOf(l)
		looks[l.Source] = append(looks[l.Source], look)
		listed[look.Place] = append(listed[look.Place], listedLook{l, look.Healthy()})
	}
	bySource, byAkimat := map[string]Source{}, map[string][]Source{}
	for _, s := range sources {
		bySource[s.Archive()] = s
		byAkimat[s.akimat()] = append(byAkimat[s.akimat()], s)
	}
	founds := map[string][]publication.Found{}
	astray := map[string][]publication.Found{} // by the akimat that they are of, where its sites are others
	for _, p := range slices.Concat(published, papers) {
		s, ok := bySource[p.Source]
		if !ok {
			continue
		}
		if p.PlanID != "" {
			plans[p.Source+"\x00"+p.ID] = p.PlanID
		}
		f := foundOf(p, s, listed[publication.Place{Source: p.Source, Lang: p.Lang}], acceptedIn(p.Lang, accepted[p.Source]))
		for _, f.Kind = range obligationsOf(p.Kind, duties.Kinds) {
			founds[p.Source] = append(founds[p.Source], f)
			if akimat := akimatOf(f.RegionCode, f.DistrictCode); akimat != s.akimat() {
				astray[akimat] = append(astray[akimat], f)
			}
		}
	}
	var subjects []publication.Subject
	for _, s := range sources {
		if of := byAkimat[s.akimat()]; of[0].Archive() == s.Archive() {
			subject := subjectOf(of)
			subject.Meetings = meetings[s.akimat()]
			for _, s := range of {
				subject.Accepted = append(subject.Accepted, accepted[s.Archive()]...)
			}
			subjects = append(subjects, subject)
		}
	}
	var planOf []string // of each that is judged
	for _, o := range publication.Due(duties, subjects, beginning, today) {
		akimat := akimatOf(o.RegionCode, o.DistrictCode)
		of := byAkimat[akimat]
		previous, err := verdictOf(last[o.Key])
		if err != nil {
			return nil, nil, err
		}
		found := slices.Clone(astray[akimat])
		var seen []publication.Look
		for _, s := range of {
			found, seen = append(found, founds[s.Archive()]...), append(seen, looks[s.Archive()]...)
		}
		v := publication.Judge(o, found, seen, previous, today)
		if v.DueOn == 0 && previous.State == "" {
			continue // no meeting is known, and none ever was
		}
		j := Judged{Obligation: o, Name: of[0].Name.RU, NameKK: of[0].Name.KK, Verdict: v}
		j.Entry, j.Changed = publication.Change(previous, v)
		id := ""
		for _, s := range of {
			id = cmp.Or(id, plans[s.Archive()+"\x00"+v.PublicationID])
		}
		judged, planOf = append(judged, j), append(planOf, id)
	}
	score(judged, figures, planOf)
	return judged, last, nil
}

func lookOf(l load.Look) publication.Look {
	look := publication.Look{
		Place: publication.Place{Source: l.Source, Lang: l.Lang}, At: l.At.In(qulaq.Almaty()), Outcome: l.Outcome, Complete: l.Complete,
		Pages: int(l.Pages), Entries: int(l.Entries), Hashes: l.PageHashes, Error: l.Error,
		KnownSeen: int(l.KnownSeen), KnownMissing: int(l.KnownMissing), PlansKept: int(l.PlansKept), PlansLost: int(l.PlansLost), Examined: l.Examined,
	}
	if l.Since != nil {
		look.Since = localDay(*l.Since) + 1 // of the day itself only what came after the moment was asked for
	}
	if l.LastAt != nil && !l.LastAt.After(l.At) { // a stamp in the future is that of a broken clock
		look.Newest = localDay(*l.LastAt)
	}
	for _, d := range l.OldestOn {
		look.Oldest = append(look.Oldest, qulaq.DayOf(d))
	}
	look.Moved = dayOf(l.MovedOn)
	for _, f := range l.Failures {
		look.Failures = append(look.Failures, publication.Failure(f))
	}
	return look
}

// examine asks the canaries of a look: what it showed of what it had to show, and whether the program still takes for
// plans what it took for plans. before and after are what was known of the listing when the look began and now, and
// history are the looks before, oldest first. relearn is when an operator accepted the listing as it is, zero when never:
// the history begins there, and of what was known before only what was seen again since is asked for.
func (l *LookResult) examine(before, after []load.Known, history []load.Look, relearn time.Time) publication.Look {
	var past []publication.Look
	var accepted *load.Look // the last whole look in health: what it did not show is gone, and not missing
	var doubtful time.Time  // since when no look was in health: what was first seen then does not vouch for the listing
	for i, h := range history {
		if h.Lang != l.Lang {
			continue
		}
		look := lookOf(h)
		past = append(past, look)
		switch {
		case !look.Healthy():
			if doubtful.IsZero() {
				doubtful = h.At
			}
		case h.Since == nil:
			accepted, doubtful = &history[i], time.Time{}
		}
	}
	row := l.row("")
	look := lookOf(row)
	look.Blank = l.blank
	if accepted != nil && accepted.Candidates > 0 && l.Candidates == 0 && l.After.IsZero() {
		look.Mute = l.mute
	}
	plan := map[string]bool{}
	for _, k := range after {
		plan[k.ID] = k.Plan
	}
	for _, k := range before {
		due := l.After.IsZero() || k.Stamp != nil && k.Stamp.After(l.After)
		gone := accepted != nil && !k.SeenAt.After(accepted.At) && !slices.Contains(accepted.Listed, k.ID)
		strange := accepted != nil && !doubtful.IsZero() && !k.SeenAt.Before(doubtful)
		renamed := l.ids[k.ID] && !slices.Contains(l.Listed, k.ID) // its title says that it is something else, or nothing
		if renamed {
			l.Listed = append(l.Listed, k.ID)
		}
		forgotten := k.SeenAt.Before(relearn) && (accepted == nil || !slices.Contains(accepted.Listed, k.ID))
		switch {
		case strange, forgotten:
		case renamed && !k.Plan:
			look.KnownMissing++
		case l.ids[k.ID]:
			look.KnownSeen++
			if k.Plan && plan[k.ID] && !renamed {
				look.PlansKept++
			} else if k.Plan {
				look.PlansLost++
			}
		case due && !gone:
			look.KnownMissing++
		}
	}
	return publication.Examine(look, past)
}

// dayOf is the day of a Date of the warehouse, 0 for null. dayTime goes the other way.
func dayOf(t *time.Time) qulaq.Day {
	if t == nil {
		return 0
	}
	return qulaq.DayOf(*t)
}

func localDay(t time.Time) qulaq.Day { return qulaq.DayOf(t.In(qulaq.Almaty())) }

// listedLook is a look at a listing; only a healthy one can say that something is gone.
type listedLook struct {
	load.Look
	healthy bool
}

// foundOf says of a publication when it was seen, from the looks at its listing, oldest first. What a site dropped when
// it became the one that an operator accepted was not withdrawn, as far as anybody knows.
func foundOf(p load.Publication, s Source, looks []listedLook, accepted []publication.Acceptance) publication.Found {
	f := publication.Found{
		PublicationID: p.ID, Place: publication.Place{Source: p.Source, Lang: p.Lang}, RegionCode: p.Region, DistrictCode: p.District,
		Kind: publication.ActionPlan, FirstSeenOn: localDay(p.SeenAt), ListedOn: localDay(p.ListedAt), Meetings: int(p.Items), Readable: p.Items > 0, Current: p.Role == "current", URL: p.URL, Hash: p.Hash, File: p.File,
	}
	if f.RegionCode == "" {
		f.RegionCode, f.DistrictCode = s.Region, s.District
	}
	if p.Stamp != nil {
		f.StampedOn = publication.LocalDay(f.RegionCode, *p.Stamp)
		f.Moved = slices.ContainsFunc(looks, func(l listedLook) bool { return l.healthy && dayOf(l.MovedOn) == f.StampedOn })
	}
	f.DatedOn = dayOf(p.DatedOn)
	if p.PeriodFrom != nil && p.PeriodTo != nil {
		f.Period = publication.Period{From: qulaq.DayOf(*p.PeriodFrom), To: qulaq.DayOf(*p.PeriodTo)}
	}
	entry, _, _ := strings.Cut(p.ID, "/")
	f.LastSeenOn = f.FirstSeenOn
	dropped := false
	for _, l := range looks {
		on := localDay(l.At)
		if on < f.FirstSeenOn {
			continue
		}
		for ; len(accepted) > 0 && !l.At.Before(accepted[0].At); accepted = accepted[1:] {
			dropped = f.GoneOn == 0
		}
		switch {
		case slices.Contains(l.Listed, entry):
			f.LastSeenOn, f.GoneOn, dropped = on, 0, false
		case f.GoneOn == 0 && !dropped && l.healthy && (l.Since == nil || p.Stamp != nil && p.Stamp.After(*l.Since)):
			f.GoneOn = on
		}
	}
	return f
}

// row is the verdict as the warehouse keeps it.
func (j Judged) row(runID string, today qulaq.Day) (load.Verdict, error) {
	o, v := j.Obligation, j.Verdict
	evidence, err := json.Marshal(v.Evidence)
	if err != nil {
		return load.Verdict{}, &qulaq.Error{Op: "write evidence", Object: o.Key, Kind: qulaq.Bug, Err: err}
	}
	row := load.Verdict{
		RunID: runID, JudgedOn: today.Time(), ObligationID: o.Key, Region: o.RegionCode, District: textOrNull(o.DistrictCode), Name: j.Name,
		Obligation: string(o.Kind), Period: o.Period.Label, PeriodFrom: o.Period.From.Time(), PeriodTo: o.Period.To.Time(),
		DueOn: dayTime(v.DueOn), GraceUntil: dayTime(v.GraceUntil), Basis: string(o.Basis), Norm: o.Norm, State: string(v.State),
		Since: dayTime(v.Since), PublishedOn: dayTime(v.PublishedOn), PublicationID: v.PublicationID, URL: v.URL, Hash: j.Hash(), Evidence: string(evidence),
		CheckedAt: timeOrNull(v.CheckedAt), ReasonKey: v.Reason.Key, ReasonRU: v.Reason.Text("ru"), ReasonKK: v.Reason.Text("kk"), ReasonEN: v.Reason.Text("en"),
		Was: string(v.Was), Openness: j.Openness.Score, OpennessKnown: j.Openness.Known, OpennessParts: load.Parts{},
	}
	if j.Changed {
		row.Event, row.StateBefore = string(j.Entry.Event), string(j.Entry.From)
	}
	if v.State == publication.Late {
		days := int32(v.DaysLate)
		row.DaysLate = &days
	}
	for _, p := range j.Openness.Parts {
		if p.Value != nil {
			row.OpennessParts[p.Name] = *p.Value
		}
	}
	return row, nil
}

// Hash is the one hash that leads to the proof: of the publication's main file, or for an absence of the first page
// of the listings that was read.
func (j Judged) Hash() string {
	if j.Verdict.Hash != "" {
		return j.Verdict.Hash
	}
	for _, e := range j.Verdict.Evidence {
		if len(e.Hashes) > 0 {
			return e.Hashes[0]
		}
	}
	return ""
}

func dayTime(d qulaq.Day) *time.Time {
	if d == 0 {
		return nil
	}
	t := d.Time()
	return &t
}

func dayFrom(t *time.Time) qulaq.Day {
	if t == nil {
		return 0
	}
	return qulaq.DayOf(*t)
}

// verdictOf is what judging asks of the verdict before.
func verdictOf(row load.Verdict) (publication.Verdict, error) {
	v := publication.Verdict{
		State: publication.State(row.State), PublishedOn: dayFrom(row.PublishedOn), PublicationID: row.PublicationID, URL: row.URL, Hash: row.Hash,
		Since: dayFrom(row.Since), Was: publication.State(row.Was), Reason: publication.Reason{Key: row.ReasonKey},
	}
	if row.ObligationID == "" {
		return publication.Verdict{}, nil
	}
	v.JudgedOn = qulaq.DayOf(row.JudgedOn)
	if row.DaysLate != nil {
		v.DaysLate = int(*row.DaysLate)
	}
	if row.CheckedAt != nil {
		v.CheckedAt = row.CheckedAt.In(qulaq.Almaty())
	}
	if err := json.Unmarshal([]byte(row.Evidence), &v.Evidence); err != nil {
		return v, &qulaq.Error{Op: "read evidence", Object: row.ObligationID, Kind: qulaq.Contract, Err: err}
	}
	return v, nil
}
