package load

import (
	"context"
	"time"

	"github.com/qulaq-kz/qulaq"
)

// Snapshot is a row of the table snapshots, with what was odd about its rows.
type Snapshot struct {
	qulaq.Snapshot
	LoadID       string
	State        string // loaded or refused
	Reason       string
	Dialect      string
	ShiftMinutes int16
	Rows         uint64
	Facts        uint64
	Rejected     uint64
	Rejects      []qulaq.Reject
	Findings     []qulaq.Finding
}

type snapshotRow struct {
	Snapshot     string    `ch:"snapshot"`
	Source       string    `ch:"source"`
	Origin       string    `ch:"origin"`
	Name         string    `ch:"name"`
	Size         uint64    `ch:"size"`
	ExportedAt   time.Time `ch:"exported_at"`
	SeenAt       time.Time `ch:"seen_at"`
	State        string    `ch:"state"`
	Reason       string    `ch:"reason"`
	Dialect      string    `ch:"dialect"`
	ShiftMinutes int16     `ch:"time_shift_minutes"`
	Rows         uint64    `ch:"rows"`
	Facts        uint64    `ch:"facts"`
	Rejected     uint64    `ch:"rejected"`
	LoadID       string    `ch:"load_id"`
}

type rejectRow struct {
	Source   string `ch:"source"`
	Snapshot string `ch:"snapshot"`
	Table    string `ch:"source_table"`
	Row      uint64 `ch:"source_row"`
	Reason   string `ch:"reason"`
	Detail   string `ch:"detail"`
	LoadID   string `ch:"load_id"`
}

type findingRow struct {
	Source   string `ch:"source"`
	Snapshot string `ch:"snapshot"`
	Table    string `ch:"source_table"`
	Kind     string `ch:"kind"`
	Subject  string `ch:"subject"`
	Detail   string `ch:"detail"`
	Count    uint64 `ch:"count"`
	FirstRow uint64 `ch:"first_row"`
	LoadID   string `ch:"load_id"`
}

// NoteSnapshot writes what was read of a snapshot, in place of what an earlier load of it wrote. The new
// rows come first and the old ones go after, so a kill in between leaves both, and the next load of the
// snapshot, which is then due, mends it.
func (w *Warehouse) NoteSnapshot(ctx context.Context, s Snapshot) error {
	return w.note(ctx, []Snapshot{s}, "source = ? AND snapshot = ? AND load_id != ?", s.Source, s.Hash.String(), s.LoadID)
}

// NoteSource writes what a load read of all snapshots of a source, in place of all that earlier loads wrote.
func (w *Warehouse) NoteSource(ctx context.Context, source, loadID string, all []Snapshot) error {
	return w.note(ctx, all, "source = ? AND load_id != ?", source, loadID)
}

// note writes what was read of snapshots, and deletes the rows that are older.
func (w *Warehouse) note(ctx context.Context, all []Snapshot, older string, args ...any) error {
	var snapshots []snapshotRow
	var rejects []rejectRow
	var findings []findingRow
	for _, s := range all {
		hash := s.Hash.String()
		for _, r := range s.Rejects {
			rejects = append(rejects, rejectRow{s.Source, hash, r.Table, uint64(r.Line), string(r.Reason), r.Detail, s.LoadID})
		}
		for _, f := range s.Findings {
			findings = append(findings, findingRow{s.Source, hash, f.Table, string(f.Kind), f.Subject, f.Detail, uint64(f.Count), uint64(f.Line), s.LoadID})
		}
		snapshots = append(snapshots, snapshotRow{
			hash, s.Source, s.Origin, s.Name, uint64(s.Size), s.ExportedAt, s.SeenAt, s.State, s.Reason, s.Dialect,
			s.ShiftMinutes, s.Rows, s.Facts, s.Rejected, s.LoadID,
		})
	}
	if err := insert(ctx, w, "rejects", rejects); err != nil {
		return err
	}
	if err := insert(ctx, w, "findings", findings); err != nil {
		return err
	}
	if err := insert(ctx, w, "snapshots", snapshots); err != nil {
		return err
	}
	for _, table := range []string{"rejects", "findings", "snapshots"} {
		var old uint64
		if err := w.row(ctx, "look for older rows", table, "SELECT count() FROM "+Quote(table)+" WHERE "+older, args, &old); err != nil {
			return err
		}
		if old == 0 {
			continue
		}
		if err := w.exec(ctx, "delete older rows", table, "DELETE FROM "+Quote(table)+" WHERE "+older+" SETTINGS lightweight_deletes_sync = 2", args...); err != nil {
			return err
		}
	}
	return nil
}

// Rejects lists the rows that could not become facts, the newest files first; snapshot "" means all, and
// may be the beginning of a hash.
func (w *Warehouse) Rejects(ctx context.Context, snapshot string, limit int) ([]RejectedRow, error) {
	var rows []RejectedRow
	if err := w.conn.Select(ctx, &rows,
		"SELECT r.source AS source, r.snapshot AS snapshot, s.name AS name, r.source_table AS source_table, r.source_row AS source_row, "+
			"r.reason AS reason, r.detail AS detail FROM rejects AS r LEFT JOIN snapshots AS s ON s.source = r.source AND s.snapshot = r.snapshot "+
			"WHERE startsWith(r.snapshot, ?) ORDER BY s.seen_at DESC, r.snapshot, r.source_table, r.source_row LIMIT ?",
		snapshot, limit); err != nil {
		return nil, failed("read", "rejects", err)
	}
	return rows, nil
}

// RejectedRow is a reject with the name of its file.
type RejectedRow struct {
	Source   string `ch:"source" json:"source"`
	Snapshot string `ch:"snapshot" json:"snapshot"`
	Name     string `ch:"name" json:"file"`
	Table    string `ch:"source_table" json:"table"`
	Row      uint64 `ch:"source_row" json:"line"`
	Reason   string `ch:"reason" json:"reason"`
	Detail   string `ch:"detail" json:"detail"`
}
