package pipelines

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/apache/arrow/go/v17/arrow"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/load"
	"github.com/qulaq-kz/qulaq/transform/complaint"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// RunComplaints looks at all sources of complaints and loads what is not loaded yet: new exports, and
// those that an earlier run archived but could not complete. Each file is one load; a file that fails
// leaves the rows that live untouched and does not keep the others from being loaded. The error is that
// of the run itself; what became of the files is in the result.
func (e *Environment) RunComplaints(ctx context.Context) (*Result, error) {
	return e.runComplaints(ctx, func(string) error { return nil })
}

// NightlyComplaints is RunComplaints for the night: afterwards it brings up to date what is made of all complaints
// together and takes long, what they repeat and what makes views fast.
func (e *Environment) NightlyComplaints(ctx context.Context) (*Result, error) {
	return e.runComplaints(ctx, func(runID string) error { return e.refresh(ctx, runID) })
}

func (e *Environment) runComplaints(ctx context.Context, afterwards func(runID string) error) (*Result, error) {
	return e.recorded(ctx, "complaints", func(r *Result) error {
		if err := e.complaints(ctx, r); err != nil {
			return err
		}
		return errors.Join(e.setBodies(ctx), afterwards(r.RunID))
	})
}

// Reload reads snapshots again from the archive and loads them in place of what they gave before. prefix
// is the beginning of their hash.
func (e *Environment) Reload(ctx context.Context, prefix string) (*Result, error) {
	return e.recorded(ctx, "reload", func(r *Result) error {
		err := e.archived(prefix, func(s ComplaintSource, p *complaint.Profile, snap qulaq.Snapshot) error {
			r.Files = append(r.Files, e.loadComplaints(ctx, r.RunID, snap, p, s.AllowEmpty))
			return ctx.Err()
		})
		if err != nil {
			return err
		}
		return e.setBodies(ctx)
	})
}

// ReplayComplaints makes the facts of the configured sources anew from the archive alone, of all exports first seen on a day
// or later; the zero day means all. Each is a load, so a replay that dies leaves rows of either reading, and done again ends
// as if it had not died. The newest export is read first: what it does not tell any more is then known when the older ones
// come, whose words live on. An export that is known to be refused was no good, and is not tried.
func (e *Environment) ReplayComplaints(ctx context.Context, since qulaq.Day) (*Result, error) {
	return e.recorded(ctx, "replay complaints", func(r *Result) error {
		err := e.exported(func(s ComplaintSource, p *complaint.Profile) error {
			loaded, refused, err := e.settled(ctx, p.Source)
			if err != nil {
				return err
			}
			for _, snap := range slices.Backward(e.Archive.Snapshots(p.Source)) {
				if qulaq.DayOf(snap.SeenAt.In(qulaq.Almaty())) < since && since != 0 {
					continue
				}
				if refused[snap.Hash] && !loaded[snap.Hash] {
					e.Log.Warn("not replayed", "source", p.Source, "file", snap.Name, "why", "it was refused; `qulaq rejects retry "+snap.Hash.Short()+"` reads it again")
					continue
				}
				r.Files = append(r.Files, e.loadComplaints(ctx, r.RunID, snap, p, s.AllowEmpty))
				if err := errors.Join(ctx.Err(), e.engineDied()); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		return errors.Join(e.setBodies(ctx), e.refresh(ctx, r.RunID))
	})
}

// exported calls f for every configured source once, however many places it has.
func (e *Environment) exported(f func(ComplaintSource, *complaint.Profile) error) error {
	done := map[string]bool{}
	for _, s := range e.Config.Complaints {
		p, err := e.profile(s)
		if err != nil {
			return err
		}
		if done[p.Source] {
			continue
		}
		done[p.Source] = true
		if err := f(s, p); err != nil {
			return err
		}
	}
	return nil
}

// refresh makes anew from the facts what is kept of views that take long, and the projections that the others read. A night that dies here
// leaves it to the next one.
func (e *Environment) refresh(ctx context.Context, runID string) error {
	for _, kept := range []load.Kept{load.SystemicGroups, load.AnomalyMonths} {
		if err := e.Warehouse.Keep(ctx, kept, e.owner, load.Entry{RunID: runID, At: e.Now(), Version: e.Version}); err != nil {
			return err
		}
	}
	_, err := e.Warehouse.MakeProjections(ctx)
	return err
}

// complaints goes through the sources in the order of the configuration.
func (e *Environment) complaints(ctx context.Context, result *Result) error {
	seen := map[qulaq.Hash]bool{} // what the places of a source hold today
	for _, s := range e.Config.Complaints {
		looked, err := e.look(ctx, s)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			result.Errors = append(result.Errors, err)
			continue
		}
		for _, h := range looked.hashes {
			seen[h] = true
		}
		result.Twins = append(result.Twins, looked.twins...)
		result.Errors = append(result.Errors, looked.errs...)
		for _, f := range looked.findings {
			e.Log.Warn("not read", "source", s.Source, "file", f.Subject, "why", f.Detail)
		}
	}
	return e.exported(func(s ComplaintSource, p *complaint.Profile) error {
		return e.loadPending(ctx, p, s.AllowEmpty, seen, result)
	})
}

// settled says of which exports of a source a load was completed, and which were refused.
func (e *Environment) settled(ctx context.Context, source string) (loaded, refused map[qulaq.Hash]bool, err error) {
	if loaded, err = e.Warehouse.Loaded(ctx, load.Complaints, source); err != nil {
		return nil, nil, err
	}
	refused, err = e.Warehouse.Refused(ctx, source)
	return loaded, refused, err
}

// loadPending loads the snapshots of a source that no load completed.
func (e *Environment) loadPending(ctx context.Context, p *complaint.Profile, allowEmpty bool, seen map[qulaq.Hash]bool, result *Result) error {
	loaded, refused, err := e.settled(ctx, p.Source)
	if err != nil {
		return err
	}
	for _, snap := range e.Archive.Snapshots(p.Source) {
		switch {
		case loaded[snap.Hash]:
			if seen[snap.Hash] {
				result.Files = append(result.Files, FileResult{Source: p.Source, Name: snap.Name, Snapshot: snap.Hash})
			}
			continue
		case refused[snap.Hash] && !seen[snap.Hash]:
			continue // it was no good, and the operator took it away
		}
		f := e.loadComplaints(ctx, result.RunID, snap, p, allowEmpty)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		result.Files = append(result.Files, f)
		if f.Err != nil && e.engineDied() != nil {
			return e.engineDied()
		}
	}
	return nil
}

// loadComplaints loads one export.
func (e *Environment) loadComplaints(ctx context.Context, runID string, snap qulaq.Snapshot, p *complaint.Profile, allowEmpty bool) FileResult {
	f := FileResult{Source: p.Source, Name: snap.Name, Snapshot: snap.Hash, New: true}
	e.Progress.File(snap.Name, snap.Size)
	defer e.Progress.Done()
	id := e.newID()
	summary, done, err := e.stream(ctx, load.Load{
		ID: id, RunID: runID, Table: load.Complaints, Source: p.Source, Snapshot: snap.Hash,
		Version: e.Version, Owner: e.owner, Now: e.Now, Step: e.Step,
	}, snap, p, allowEmpty)
	f.Rows, f.Rejected, f.Findings, f.Dialect, f.Shift = summary.Rows, summary.Rejected, summary.Findings, summary.Dialect, summary.Shift
	f.Loaded, f.Repeated = done.Loaded, done.Rows-done.Loaded // of a load that completed
	f.Replaced = done.Repeated - f.Repeated
	f.Err = err
	if ctx.Err() == nil && qulaq.KindOf(err) == qulaq.Contract {
		f.Err = errors.Join(err, e.noteRefused(ctx, snapshotRow(snap, id, summary, "refused", err.Error())))
	}
	return f
}

// noteRefused writes down that a file is no good: that is a fact about it, and its rejects help to mend it.
// Of a file whose earlier reading lives nothing is noted, for what is said of that reading still holds.
func (e *Environment) noteRefused(ctx context.Context, row load.Snapshot) error {
	loaded, err := e.Warehouse.Loaded(ctx, load.Complaints, row.Source)
	if err != nil || loaded[row.Hash] {
		return err
	}
	return e.Warehouse.NoteSnapshot(ctx, row)
}

// counting tells the progress how much was read.
type counting struct {
	io.ReadCloser
	read func(int)
}

func (c counting) Read(b []byte) (int, error) {
	n, err := c.ReadCloser.Read(b)
	c.read(n)
	return n, err
}

// countingAt keeps random access of what has it.
type countingAt struct {
	counting
	io.ReaderAt
	size int64
}

func (c countingAt) Size() int64 { return c.size }

// watched returns the snapshot with its reading shown as progress.
func (e *Environment) watched(snap qulaq.Snapshot) qulaq.Snapshot {
	open := snap.Open
	snap.Open = func() (io.ReadCloser, error) {
		r, err := open()
		if err != nil {
			return nil, err
		}
		c := counting{r, e.Progress.Read}
		if at, ok := r.(io.ReaderAt); ok {
			return countingAt{c, at, snap.Size}, nil
		}
		return c, nil
	}
	return snap
}

// stream reads an export into a stage and publishes it.
func (e *Environment) stream(ctx context.Context, l load.Load, snap qulaq.Snapshot, p *complaint.Profile, allowEmpty bool) (complaint.Summary, load.Result, error) {
	var none load.Result
	stage, err := e.Warehouse.Begin(ctx, l)
	if err != nil {
		return complaint.Summary{}, none, err
	}
	defer e.discard(ctx, stage)
	summary, err := e.read(ctx, e.watched(snap), e.readerOptions(p), func(record arrow.Record) error { return stage.Append(ctx, record) })
	if err != nil {
		return summary, none, err
	}
	if err := e.bounds(snap, summary, allowEmpty); err != nil {
		return summary, none, err
	}
	row := snapshotRow(snap, l.ID, summary, "loaded", "")
	done, err := stage.Publish(ctx, func(ctx context.Context) error { return e.Warehouse.NoteSnapshot(ctx, row) })
	return summary, done, err
}

// discard drops a stage, also of a run that was interrupted.
func (e *Environment) discard(ctx context.Context, stage *load.Stage) {
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err := stage.Discard(closing); err != nil && e.engineDied() == nil {
		e.Log.Warn("a staging table is left; the next run drops it", "why", err)
	}
}

func (e *Environment) readerOptions(profiles ...*complaint.Profile) complaint.Options {
	b := e.Config.Bounds
	workers := b.Workers
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	return complaint.Options{
		Profiles: profiles, Vocabularies: e.Vocabularies, Workers: workers, KeepRejects: b.KeepRejects,
		Limits: e.limits(),
	}
}

// limits of what is read, as configured.
func (e *Environment) limits() table.Limits {
	return table.Limits{RecordBytes: e.Config.Bounds.RecordBytes, UnpackedBytes: e.Config.Bounds.MaxUnpacked}
}

// bounds refuses a file that is empty, of which too many rows were rejected, or which was evidently read wrongly.
func (e *Environment) bounds(snap qulaq.Snapshot, s complaint.Summary, allowEmpty bool) error {
	if s.Rows == 0 && !allowEmpty {
		return &qulaq.Error{
			Op: "load export", Object: snap.Name, Kind: qulaq.Contract, Err: errors.New("it has a header and not one complaint"),
			Hint: "ask the publisher again; if an empty export is right, set `allow_empty: true` for this source",
		}
	}
	rejected := s.RejectedRows()
	if share := float64(rejected) / float64(max(s.Rows, 1)); share > e.Config.Bounds.MaxRejects {
		return &qulaq.Error{
			Op: "load export", Object: snap.Name, Kind: qulaq.Contract,
			Err:  fmt.Errorf("%d of %d rows were rejected (%s), more than the bound of %.1f %%", rejected, s.Rows, Reasons(s.Rejected), e.Config.Bounds.MaxRejects*100),
			Hint: "`qulaq rejects list` shows the rows; if they are to be left out, raise `bounds.max_rejects`",
		}
	}
	regions, states := share(s, qulaq.UnknownRegion), share(s, qulaq.UnknownStatus)
	if s.Facts > 0 && min(regions, states) >= nonsense {
		return &qulaq.Error{
			Op: "load export", Object: snap.Name, Kind: qulaq.Contract,
			Err:  fmt.Errorf("of its rows %.0f %% have a region and %.0f %% a state that nobody knows", regions*100, states*100),
			Hint: "is its encoding another one, or is it an export of another source? `qulaq preview` shows how it is read; `encoding:` of the source says otherwise",
		}
	}
	return nil
}

// nonsense is the share of rows without a known region, and without a known state, from which on a file was read wrongly: in
// another encoding, or by the columns of another source.
const nonsense = 0.9

// share of the facts that a kind of finding is about.
func share(s complaint.Summary, kind qulaq.FindingKind) float64 {
	var n int64
	for _, f := range s.Findings {
		if f.Kind == kind {
			n += f.Count
		}
	}
	return float64(n) / float64(max(s.Facts, 1))
}

func snapshotRow(snap qulaq.Snapshot, id string, s complaint.Summary, state, reason string) load.Snapshot {
	return load.Snapshot{
		Snapshot: snap, LoadID: id, State: state, Reason: reason, Dialect: s.Dialect,
		ShiftMinutes: int16(s.Shift / time.Minute), Rows: uint64(s.Rows), Facts: uint64(s.Facts),
		Rejected: uint64(s.RejectedRows()), Rejects: s.Rejects, Findings: s.Findings,
	}
}

// Rejected reads snapshots again from the archive and hands over their rejects as they stand there.
func (e *Environment) Rejected(ctx context.Context, prefix string, each func(qulaq.Reject) error) error {
	if err := e.loadVocabularies(); err != nil {
		return err
	}
	return e.archived(prefix, func(_ ComplaintSource, p *complaint.Profile, snap qulaq.Snapshot) error {
		s, err := e.read(ctx, snap, e.readerOptions(p), func(arrow.Record) error { return nil })
		for _, r := range s.Rejects {
			if err := each(r); err != nil {
				return err
			}
		}
		return err
	})
}

// archived calls f for every snapshot whose hash begins with prefix. None is an error.
func (e *Environment) archived(prefix string, f func(ComplaintSource, *complaint.Profile, qulaq.Snapshot) error) error {
	found := false
	err := e.exported(func(s ComplaintSource, p *complaint.Profile) error {
		for _, snap := range e.Archive.Snapshots(p.Source) {
			if !strings.HasPrefix(snap.Hash.String(), prefix) {
				continue
			}
			found = true
			if err := f(s, p, snap); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if !found {
		for _, r := range e.Archive.Removals() {
			if strings.HasPrefix(r.Hash.String(), prefix) {
				_, err := e.Archive.Open(r.Hash) // says when it was removed
				return err
			}
		}
		return &qulaq.Error{
			Op: "find snapshot", Object: prefix, Kind: qulaq.Configuration, Err: errors.New("the archive has none whose hash begins so"),
			Hint: "`qulaq rejects list` shows the hashes",
		}
	}
	return nil
}

// read hands the records of a snapshot over, one after another.
func (e *Environment) read(ctx context.Context, snap qulaq.Snapshot, o complaint.Options, each func(arrow.Record) error) (complaint.Summary, error) {
	r, err := complaint.Open(ctx, snap, o)
	if err != nil {
		return complaint.Summary{}, err
	}
	defer r.Close()
	for {
		record, err := r.Next()
		if errors.Is(err, io.EOF) {
			return r.Summary(), nil
		}
		if err != nil {
			return r.Summary(), err
		}
		err = each(record)
		record.Release()
		if err != nil {
			return r.Summary(), err
		}
	}
}
