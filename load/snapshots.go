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
	hash := s.Hash.String()
	rejects := make([]rejectRow, len(s.Rejects))
	for i, r := range s.Rejects {
		rejects[i] = rejectRow{s.Source, hash, r.Table, uint64(r.Line), string(r.Reason), r.Detail, s.LoadID}
	}
	findings := make([]findingRow, len(s.Findings))
	for i, f := range s.Findings {
		findings[i] = findingRow{s.Source, hash, f.Table, string(f.Kind), f.Subject, f.Detail, uint64(f.Count), uint64(f.Line), s.LoadID}
	}
	row := snapshotRow{
		hash, s.Source, s.Origin, s.Name, uint64(s.Size), s.ExportedAt, s.SeenAt, s.State, s.Reason, s.Dialect,
		s.ShiftMinutes, s.Rows, s.Facts, s.Rejected, s.LoadID,
	}
	if err := insert(ctx, w, "rejects", rejects); err != nil {
		return err
	}
	if err := insert(ctx, w, "findings", findings); err != nil {
		return err
	}
	if err := insert(ctx, w, "snapshots", []snapshotRow{row}); err != nil {
		return err
	}
	for _, table := range []string{"rejects", "findings", "snapshots"} {
		var old uint64
		where := " WHERE source = ? AND snapshot = ? AND load_id != ?"
		if err := w.row(ctx, "look for older rows", table, "SELECT count() FROM "+Quote(table)+where, []any{s.Source, hash, s.LoadID}, &old); err != nil {
			return err
		}
		if old == 0 {
			continue
		}
		if err := w.exec(ctx, "delete older rows", table, "DELETE FROM "+Quote(table)+where+" SETTINGS lightweight_deletes_sync = 2",
			s.Source, hash, s.LoadID); err != nil {
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
