package pipelines

import (
	"context"
	"strings"

	"github.com/apache/arrow/go/v17/arrow"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/render"
	"github.com/qulaq-kz/qulaq/load"
	"github.com/qulaq-kz/qulaq/transform/meeting"
	"github.com/qulaq-kz/qulaq/transform/plan"
	"github.com/qulaq-kz/qulaq/transform/publication"
	"github.com/qulaq-kz/qulaq/transform/register"
)

// Calendars, announcements and results of meetings stand on the same sites as plans and are read with them: the looks
// and the archive are those of plans.go, and a source's facts are made anew from all that the archive holds of it.

// meetingTables are the tables of a source's meetings, in the order in which they are loaded: papers before the
// meetings that name them.
var meetingTables = []struct {
	table  load.Table
	record func(meeting.Facts) arrow.Record
}{
	{load.Table{Name: "meeting_papers", Key: "publication_id"}, meeting.Facts.PaperRecord},
	{load.Table{Name: "meetings", Key: "meeting_id"}, meeting.Facts.MeetingRecord},
}

// meetingForm reads a publication, of which the register has read what it says of a plan, as a paper on meetings. ok
// is false when it is none.
func meetingForm(r *meeting.Reader, pub plan.Publication, as register.Form) (form meeting.Form, ok bool) {
	read := r.Read(pub)
	if read.Paper.Sort == meeting.None {
		return meeting.Form{}, false
	}
	if read.Paper.Hash == (qulaq.Hash{}) { // an entry without text and files
		read.Paper.Hash = as.Page
	}
	return meeting.Form{
		ID: as.ID, Lang: as.Lang, Stamp: as.Stamp, SeenAt: as.SeenAt, ListedAt: as.ListedAt, FileSeenAt: as.FileSeenAt, Page: as.Page, Index: as.Index, Result: read,
	}, true
}

// loadMeetings puts the meetings of a source in place of those that live. inputs names all that they are made of.
func (e *Environment) loadMeetings(ctx context.Context, runID string, facts meeting.Facts, inputs qulaq.Hash) error {
	id := e.newID()
	for _, t := range meetingTables {
		err := e.loadWhole(ctx, load.Load{
			ID: id, RunID: runID, Table: t.table, Source: facts.Source, Snapshot: inputs,
			Version: e.Version, Owner: e.owner, Now: e.Now, Step: e.Step,
		}, t.record(facts), func(context.Context) error { return nil })
		if err != nil {
			return err
		}
	}
	return nil
}

// meetingsLoaded says whether the meetings of a source were made of these inputs.
func (e *Environment) meetingsLoaded(ctx context.Context, source string, inputs qulaq.Hash) (bool, error) {
	for _, t := range meetingTables {
		loaded, err := e.Warehouse.Latest(ctx, t.table, source)
		if err != nil || loaded != inputs {
			return false, err
		}
	}
	return true, nil
}

// meetingPapers returns the calendars, announcements and results that are known, as the monitor asks for publications.
// Kind is that of the obligation which they meet.
func (e *Environment) meetingPapers(ctx context.Context) ([]load.Publication, error) {
	answer, err := e.Warehouse.Ask(ctx,
		"SELECT source, publication_id, lang, url, published_at, sort, role, ifNull(region_code, ''), ifNull(district_code, ''), period_from, period_to, meetings, file, exported_at, listed_at "+
			"FROM meeting_papers WHERE kind = 'meeting' ORDER BY source, publication_id")
	if err != nil {
		return nil, err
	}
	defer answer.Close()
	var all []load.Publication
	for answer.Next() {
		var p load.Publication
		if err := answer.Scan(&p.Source, &p.ID, &p.Lang, &p.URL, &p.Stamp, &p.Kind, &p.Role, &p.Region, &p.District, &p.PeriodFrom, &p.PeriodTo, &p.Items, &p.Hash, &p.SeenAt, &p.ListedAt); err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, answer.Err()
}

// obligationsOf returns which obligations a publication may meet, by its kind: what could not be read may be anything
// that is judged, and what is told from its looks is that alone.
func obligationsOf(kind string, judged []publication.Kind) []publication.Kind {
	switch kind {
	case string(plan.IsPlan):
		return []publication.Kind{publication.ActionPlan}
	case string(publication.Calendar), string(publication.Announcement), string(publication.Results):
		return []publication.Kind{publication.Kind(kind)}
	}
	return judged
}

// MeetingRow is a meeting as preview shows it.
func MeetingRow(m meeting.Row) render.Object {
	count := func(c meeting.Count) any {
		if !c.Stated {
			return nil
		}
		return c.N
	}
	return render.Object{
		{Name: "level", Value: render.Text(string(m.Level))},
		{Name: "region_code", Value: render.Text(m.Region)},
		{Name: "district_code", Value: render.Text(m.District)},
		{Name: "planned_on", Value: render.Day(m.PlannedOn)},
		{Name: "held_on", Value: render.Day(m.HeldOn)},
		{Name: "status", Value: string(m.Status)},
		{Name: "participants", Value: count(m.Participants)},
		{Name: "issues_raised", Value: count(m.Raised)},
		{Name: "issues_resolved", Value: count(m.Resolved)},
		{Name: "meeting_kind", Value: string(m.Kind)},
		{Name: "planned_from", Value: render.Day(m.PlannedFrom)},
		{Name: "planned_to", Value: render.Day(m.PlannedTo)},
		{Name: "planned_text", Value: render.Text(m.PlannedText)},
		{Name: "time", Value: render.Text(m.Time)},
		{Name: "place", Value: render.Text(m.Place)},
		{Name: "venue", Value: render.Text(m.Venue)},
		{Name: "who", Value: render.Text(m.Who)},
		{Name: "note", Value: render.Text(m.Note)},
		{Name: "measure", Value: render.Text(m.Measure)},
		{Name: "lang", Value: render.Text(m.Lang)},
		{Name: "table", Value: m.Where()},
		{Name: "row", Value: m.Line},
		{Name: "page", Value: m.Page},
	}
}

// PaperRow is a paper on meetings as preview shows it.
func PaperRow(p meeting.Paper) render.Object {
	return render.Object{
		{Name: "sort", Value: string(p.Sort)},
		{Name: "title", Value: render.Text(p.Title)},
		{Name: "level", Value: render.Text(string(p.Level))},
		{Name: "region_code", Value: render.Text(p.Region)},
		{Name: "district_code", Value: render.Text(p.District)},
		{Name: "period_from", Value: render.Day(p.PeriodFrom)},
		{Name: "period_to", Value: render.Day(p.PeriodTo)},
		{Name: "meetings", Value: p.Meetings},
		{Name: "unreadable", Value: render.Text(p.Unreadable)},
		{Name: "why", Value: strings.Join(p.Why, "; ")},
	}
}
