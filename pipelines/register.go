package pipelines

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/apache/arrow/go/v17/arrow"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract/fetch"
	"github.com/qulaq-kz/qulaq/extract/listing"
	"github.com/qulaq-kz/qulaq/extract/site"
	"github.com/qulaq-kz/qulaq/load"
	"github.com/qulaq-kz/qulaq/transform/document"
	"github.com/qulaq-kz/qulaq/transform/html"
	"github.com/qulaq-kz/qulaq/transform/meeting"
	"github.com/qulaq-kz/qulaq/transform/pii"
	"github.com/qulaq-kz/qulaq/transform/plan"
	"github.com/qulaq-kz/qulaq/transform/register"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// planReader is what turns publications into plans.
type planReader struct {
	plans     *plan.Reader
	meetings  *meeting.Reader
	documents document.Reader
}

func (e *Environment) planReader() (*planReader, error) {
	if err := e.loadVocabularies(); err != nil {
		return nil, err
	}
	personal, err := pii.New(e.planPolicy())
	if err != nil {
		return nil, err
	}
	v := plan.Vocabularies{
		Places: e.Vocabularies.Places, Categories: e.Vocabularies.Categories, Statuses: e.Vocabularies.Statuses, Personal: personal,
	}
	plans, err := plan.NewReader(v)
	if err != nil {
		return nil, err
	}
	meetings, err := meeting.NewReader(v)
	if err != nil {
		return nil, err
	}
	return &planReader{plans: plans, meetings: meetings, documents: document.Reader{Limits: e.limits(), Outside: e.Outside}}, nil
}

// planPolicy masks in plans what plans may hold and the configuration wants masked.
func (e *Environment) planPolicy() pii.Policy {
	policy := plan.Personal()
	wanted := e.Config.Personal.Mask
	if len(wanted) == 0 {
		return policy
	}
	policy.Kinds = slices.DeleteFunc(policy.Kinds, func(kind string) bool { return !slices.Contains(wanted, kind) })
	if len(policy.Kinds) == 0 { // none at all would mean all
		policy.Kinds = []string{pii.Nothing}
	}
	return policy
}

// tables of a source's facts, in the order in which they are loaded: items before the plans that count them.
var planTables = []struct {
	table  load.Table
	record func(register.Facts) arrow.Record
}{
	{load.Publications, register.Facts.PublicationRecord},
	{load.PlanItems, register.Facts.ItemRecord},
	{load.Plans, register.Facts.PlanRecord},
}

// register makes the facts of a source from all that the archive holds of it. Without something new it does nothing,
// unless again is set.
func (e *Environment) register(ctx context.Context, r *Result, reader *planReader, s Source, from lister, again bool) error {
	source := s.Archive()
	held := e.Archive.Snapshots(source)
	if len(held) == 0 {
		return nil
	}
	inputs := e.inputsOf(held)
	f := FileResult{Source: source, Name: s.Name.RU, Snapshot: inputs}
	if !again {
		loaded, err := e.planLoaded(ctx, source, inputs)
		if loaded {
			loaded, err = e.meetingsLoaded(ctx, source, inputs)
		}
		if err != nil {
			return err
		}
		if loaded {
			r.Files = append(r.Files, f)
			return nil
		}
	}
	f.New = true
	facts, notes, err := e.facts(ctx, reader, s, from, held)
	if err == nil {
		for _, x := range notes.list() {
			f.Rows += int64(x.Facts) + int64(len(x.Rejects))
			f.Findings = append(f.Findings, x.Findings...)
			for _, reject := range x.Rejects {
				if f.Rejected == nil {
					f.Rejected = map[qulaq.Reason]int64{}
				}
				f.Rejected[reject.Reason]++
			}
		}
		if err = e.loadMeetings(ctx, r.RunID, meeting.New(source, notes.meetings), inputs); err == nil {
			err = e.loadFacts(ctx, r.RunID, facts, inputs, notes.list())
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err == nil {
		f.Loaded = uint64(len(facts.Items))
		f.Plans, f.Publications = len(facts.Plans), len(facts.Publications)
	}
	f.Err = err
	r.Files = append(r.Files, f)
	return e.engineDied()
}

// inputsOf names all that facts of plans are made of: the content of the archive, the program, and whether it can
// read scans.
func (e *Environment) inputsOf(held []qulaq.Snapshot) qulaq.Hash {
	h := sha256.New()
	fmt.Fprintln(h, e.Version, e.Outside.Tesseract != "" && e.Outside.PdfToPpm != "")
	for _, s := range held {
		fmt.Fprintln(h, s.Hash)
	}
	return qulaq.Hash(h.Sum(nil))
}

func (e *Environment) planLoaded(ctx context.Context, source string, inputs qulaq.Hash) (bool, error) {
	for _, t := range planTables {
		loaded, err := e.Warehouse.Latest(ctx, t.table, source)
		if err != nil || loaded != inputs {
			return false, err
		}
	}
	return true, nil
}

// loadFacts puts the facts of a source in place of those that live.
func (e *Environment) loadFacts(ctx context.Context, runID string, facts register.Facts, inputs qulaq.Hash, snapshots []load.Snapshot) error {
	id := e.newID()
	for i := range snapshots {
		snapshots[i].LoadID = id
	}
	for i, t := range planTables {
		note := func(context.Context) error { return nil }
		if i == len(planTables)-1 {
			note = func(ctx context.Context) error { return e.Warehouse.NoteSource(ctx, facts.Source, id, snapshots) }
		}
		if err := e.loadWhole(ctx, load.Load{
			ID: id, RunID: runID, Table: t.table, Source: facts.Source, Snapshot: inputs,
			Version: e.Version, Owner: e.owner, Now: e.Now, Step: e.Step,
		}, t.record(facts), note); err != nil {
			return err
		}
	}
	return nil
}

func (e *Environment) loadWhole(ctx context.Context, l load.Load, record arrow.Record, note func(context.Context) error) error {
	if record != nil {
		defer record.Release()
	}
	stage, err := e.Warehouse.Begin(ctx, l)
	if err != nil {
		return err
	}
	defer e.discard(ctx, stage)
	if record != nil {
		if err := stage.Append(ctx, record); err != nil {
			return err
		}
	}
	_, err = stage.PublishWhole(ctx, note)
	return err
}

// seen is an entry of a listing in one of its forms.
type seen struct {
	listing.Entry
	at   time.Time // when the form was first seen
	from time.Time // when the entry was, in whatever form
	page qulaq.Snapshot
	text qulaq.Snapshot // the page with its text: that of the listing, or its own
}

// facts reads all that the archive holds of a source.
func (e *Environment) facts(ctx context.Context, reader *planReader, s Source, from lister, held []qulaq.Snapshot) (register.Facts, *notes, error) {
	none := register.Facts{Source: s.Archive()}
	notes := newNotes()
	var forms []register.Form
	latest := map[string][32]byte{} // entry and language → its last form
	first := map[string]time.Time{} // the same → when it was first listed, whatever it said then
	pages := slices.Clone(held)
	slices.SortFunc(pages, func(a, b qulaq.Snapshot) int {
		if c := a.SeenAt.Compare(b.SeenAt); c != 0 {
			return c
		}
		return strings.Compare(a.Origin+a.Hash.String(), b.Origin+b.Hash.String())
	})
	for _, page := range pages {
		if !from.IsListing(page.Origin) {
			continue
		}
		mute := 0
		err := from.Entries(page, func(entry listing.Entry) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			key := entry.ID + "/" + string(entry.Lang)
			if first[key].IsZero() {
				first[key] = page.SeenAt
			}
			untold := !candidate(reader.plans, entry)
			switch {
			case !untold, e.holds(s, from.Kept(entry)): // for a reason
			case !plan.SaysNothing(entry.Title) || mute == maxMute:
				return nil
			default:
				mute++
			}
			form := formOf(entry)
			if latest[key] == form {
				return nil
			}
			latest[key] = form
			kept := from.Kept(entry) // the same all the while that the listing says the same
			at := seen{kept.Entry, page.SeenAt, first[key], page, page}
			if kept.Page.Open != nil {
				at.text = kept.Page
			}
			read, err := e.readPublication(ctx, reader, s, at, notes)
			if maybe := read.Result.Plan.Unreadable != "" && read.Files > 0; !untold || maybe || read.Result.Plan.Kind == plan.IsPlan {
				forms = append(forms, read)
			}
			return err
		})
		var trouble *listing.Trouble
		if err != nil && !errors.As(err, &trouble) { // a page that cannot be understood was told of when it came
			return none, nil, err
		}
	}
	return register.New(s.Archive(), forms), notes, nil
}

// holds says whether the archive has the page of an entry, or a file of it.
func (e *Environment) holds(s Source, kept site.Detailed) bool {
	return kept.Page.Open != nil || slices.ContainsFunc(kept.Entry.Files, func(f listing.File) bool {
		_, ok := e.archivedFile(s, f)
		return ok
	})
}

// formOf tells whether an entry is as it was.
func formOf(entry listing.Entry) [32]byte {
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00%s", entry.Title, entry.Content)
	for _, f := range entry.Files {
		fmt.Fprintf(h, "\x00%s", f.URL)
	}
	return [32]byte(h.Sum(nil))
}

// readPublication reads the text of an entry and its files.
func (e *Environment) readPublication(ctx context.Context, reader *planReader, s Source, at seen, notes *notes) (register.Form, error) {
	form := register.Form{
		ID: at.ID, Lang: string(at.Lang), SeenAt: at.at, ListedAt: at.from, Page: at.Page, Index: at.Index + 1, Files: len(at.Files),
	}
	pub := plan.Publication{Title: at.Title, URL: at.URL, Region: s.Region, District: s.District}
	if !at.CreatedAt.IsZero() && !at.Migrated {
		form.Stamp = at.CreatedAt
		pub.PublishedOn = qulaq.DayOf(at.CreatedAt.In(qulaq.Almaty()))
	}
	notes.see(at.page)
	firstSeen := map[qulaq.Hash]time.Time{at.Page: at.at}
	if at.text.Hash != at.Page {
		notes.see(at.text)
		firstSeen[at.text.Hash] = at.text.SeenAt
	}
	if at.Content != "" {
		doc, err := html.Read([]byte(at.Content), at.URL, e.limits())
		f := plan.File{Name: "text of the page", Hash: at.text.Hash, Err: err}
		if err == nil {
			f.Documents = []*table.Document{doc}
		}
		pub.Files = append(pub.Files, f)
	}
	for _, file := range at.Files {
		snap, ok := e.archivedFile(s, file)
		f := plan.File{Name: file.Name, Hash: snap.Hash}
		if !ok {
			f.Err = &qulaq.Error{Op: "read file", Object: file.URL, Kind: qulaq.Transient, Err: errors.New("it was not fetched yet")}
			pub.Files = append(pub.Files, f)
			continue
		}
		form.Hashes = append(form.Hashes, snap.Hash)
		firstSeen[snap.Hash] = snap.SeenAt
		f.Documents, f.Err = e.readFile(ctx, reader, snap)
		if ctx.Err() != nil {
			return form, ctx.Err()
		}
		notes.see(snap)
		if f.Err != nil {
			notes.refuse(snap, f.Err)
		}
		pub.Files = append(pub.Files, f)
	}
	form.Result = reader.plans.Read(pub)
	for _, f := range pub.Files {
		for _, d := range f.Documents {
			if f.Hash == form.Result.Plan.Hash && form.Format == "" {
				form.Format, form.Recognised = d.Format, d.Recognised
			}
		}
	}
	main := form.Result.Plan.Hash
	if _, known := firstSeen[main]; !known { // an entry without text and files
		main = at.Page
		form.Result.Plan.Hash = main
	}
	form.FileSeenAt = firstSeen[main]
	notes.add(main, form.Result)
	if read, ok := meetingForm(reader.meetings, pub, form); ok {
		notes.meet(read)
	}
	return form, nil
}

// archivedFile finds a file of an entry in the archive.
func (e *Environment) archivedFile(s Source, f listing.File) (qulaq.Snapshot, bool) {
	last, ok := e.Archive.Latest(s.Archive(), fetch.Redact(f.URL))
	if !ok {
		return qulaq.Snapshot{}, false
	}
	return e.Archive.Snapshot(s.Archive(), last.Hash)
}

func (e *Environment) readFile(ctx context.Context, reader *planReader, snap qulaq.Snapshot) ([]*table.Document, error) {
	return e.readDocuments(ctx, reader.documents, snap)
}

// readDocuments reads a snapshot as a document, or as the documents of a zip.
func (e *Environment) readDocuments(ctx context.Context, documents document.Reader, snap qulaq.Snapshot) ([]*table.Document, error) {
	if limit := e.Config.Plans.MaxFile; snap.Size > limit {
		return nil, &qulaq.Error{
			Op: "read document", Object: snap.Name, Kind: qulaq.Contract, Err: fmt.Errorf("%d bytes: %w", snap.Size, table.ErrTooLarge),
			Hint: "raise plans.max_file",
		}
	}
	body, err := snap.Open()
	if err != nil {
		return nil, err
	}
	defer body.Close()
	var data bytes.Buffer
	if _, err := io.Copy(&data, body); err != nil {
		return nil, err
	}
	return documents.Read(ctx, data.Bytes(), snap.Name)
}

// notes gathers what is said of the snapshots of a source, in the order in which they were read.
type notes struct {
	at       map[qulaq.Hash]int
	all      []load.Snapshot
	meetings []meeting.Form
}

func newNotes() *notes { return &notes{at: map[qulaq.Hash]int{}} }

func (n *notes) see(s qulaq.Snapshot) {
	if _, ok := n.at[s.Hash]; !ok {
		n.at[s.Hash] = len(n.all)
		n.all = append(n.all, load.Snapshot{Snapshot: s, State: "loaded"})
	}
}

// refuse marks a file that could not be read. The publication that it belongs to is a fact all the same.
func (n *notes) refuse(s qulaq.Snapshot, why error) {
	x := &n.all[n.at[s.Hash]]
	x.State, x.Reason = "refused", why.Error()
}

// add counts what a file gave.
func (n *notes) add(h qulaq.Hash, r plan.Result) {
	x := &n.all[n.at[h]]
	x.Facts += uint64(len(r.Items))
	x.Rejected += uint64(len(r.Rejects))
	x.Rows = x.Facts + x.Rejected
	x.Rejects = append(x.Rejects, r.Rejects...)
	x.Findings = append(x.Findings, r.Findings...)
	if len(r.Items) > 0 {
		x.State, x.Reason = "loaded", ""
	}
}

// meet keeps what a publication says of meetings, and what is odd about it with the file it was read from.
func (n *notes) meet(f meeting.Form) {
	n.meetings = append(n.meetings, f)
	if i, ok := n.at[f.Result.Paper.Hash]; ok {
		x := &n.all[i]
		x.Rejects, x.Findings = append(x.Rejects, f.Result.Rejects...), append(x.Findings, f.Result.Findings...)
		x.Rejected += uint64(len(f.Result.Rejects))
		x.Rows += uint64(len(f.Result.Rejects))
	}
}

func (n *notes) list() []load.Snapshot { return n.all }
