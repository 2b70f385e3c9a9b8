package load

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"

	"github.com/qulaq-kz/qulaq"
)

// Checksum returns the expression that sums the hashes of a table's facts: all columns but load columns,
// so that the same facts have the same sum however they came in. Each column is hashed by itself first: of a
// LowCardinality column that hashes its dictionary and not its rows. The hash of null is null and counts as
// 0; a column whose values are hashed together with others gives two of them, whether it is null, and what it
// is otherwise.
func (w *Warehouse) Checksum(ctx context.Context, table string) (string, error) {
	var names []string
	if err := w.row(ctx, "list columns", table,
		"SELECT groupArray(multiIf("+
			"type LIKE 'LowCardinality(%' OR type = 'String', concat('ifNull(xxh3(', c, '), 0)'), "+
			"type LIKE '%Nullable(%', concat('isNull(', c, '), ifNull(', c, ', defaultValueOfArgumentType(assumeNotNull(', c, ')))'), c)) "+
			"FROM (SELECT concat('`', name, '`') AS c, type FROM system.columns WHERE database = currentDatabase() AND table = ? "+
			"AND name NOT IN ('load_id', 'run_id') ORDER BY position)",
		[]any{table}, &names); err != nil {
		return "", err
	}
	return "sum(cityHash64(" + strings.Join(names, ", ") + "))", nil
}

// record writes a step of the load into the ledger: a row a unit, and for "done" first the units and last
// the load as a whole, which alone makes the snapshot loaded.
func (s *Stage) record(ctx context.Context, step string, units []unit, rows, repeated uint64) error {
	list := make([]Entry, 0, len(units)+1)
	entry := Entry{
		LoadID: s.l.ID, RunID: s.l.RunID, At: s.l.Now(), Step: step, Target: s.l.Table.Name,
		Source: s.l.Source, Snapshot: s.l.Snapshot.String(), Version: s.l.Version,
	}
	for _, u := range units {
		e := entry
		e.Unit, e.Rows, e.Checksum = u.label, u.rows, u.checksum
		list = append(list, e)
	}
	entry.Rows, entry.Repeated = rows, repeated
	return s.w.Record(ctx, append(list, entry)...)
}

// Entry is a row of the ledger of loads. See the table loads.
type Entry struct {
	LoadID   string    `ch:"load_id"`
	RunID    string    `ch:"run_id"`
	At       time.Time `ch:"at"`
	Step     string    `ch:"step"`
	Target   string    `ch:"target"`
	Source   string    `ch:"source"`
	Snapshot string    `ch:"snapshot"`
	Unit     string    `ch:"unit"`
	Rows     uint64    `ch:"rows"`
	Repeated uint64    `ch:"repeated"`
	Checksum uint64    `ch:"checksum"`
	Version  string    `ch:"version"`
	Error    string    `ch:"error"`
}

// Record appends entries to the ledger of loads, in one insert.
func (w *Warehouse) Record(ctx context.Context, entries ...Entry) error {
	return insert(ctx, w, "loads", entries)
}

// insert writes a few rows into a small table, in one block: all or none.
func insert[T any](ctx context.Context, w *Warehouse, table string, rows []T) error {
	if len(rows) == 0 {
		return nil
	}
	batch, err := w.conn.PrepareBatch(
		clickhouse.Context(ctx, clickhouse.WithSettings(w.with(insertSettings))), "INSERT INTO "+Quote(table))
	if err != nil {
		return failed("write to", table, err)
	}
	defer batch.Close()
	for i := range rows {
		if err := batch.AppendStruct(&rows[i]); err != nil {
			return failed("write to", table, err)
		}
	}
	if err := batch.Send(); err != nil {
		return failed("write to", table, err)
	}
	return nil
}

// Loaded returns which snapshots of a source are loaded into a table.
func (w *Warehouse) Loaded(ctx context.Context, table Table, source string) (map[qulaq.Hash]bool, error) {
	return w.hashes(ctx, "loads",
		"SELECT DISTINCT snapshot FROM loads WHERE target = ? AND source = ? AND step = 'done' AND unit = ''", table.Name, source)
}

// LoadedSources returns the sources of which a load into a table was completed, whenever.
func (w *Warehouse) LoadedSources(ctx context.Context, table Table) (map[string]bool, error) {
	var names []string
	if err := w.row(ctx, "read", "loads", "SELECT groupUniqArray(toString(source)) FROM loads WHERE target = ? AND step = 'done' AND unit = ''",
		[]any{table.Name}, &names); err != nil {
		return nil, err
	}
	all := make(map[string]bool, len(names))
	for _, name := range names {
		all[name] = true
	}
	return all, nil
}

// Latest returns what the last completed load of a source into a table was of; the zero hash when there was none.
func (w *Warehouse) Latest(ctx context.Context, table Table, source string) (qulaq.Hash, error) {
	var text string
	if err := w.row(ctx, "read", "loads", "SELECT argMax(snapshot, (at, load_id)) FROM loads WHERE target = ? AND source = ? AND step = 'done' AND unit = ''",
		[]any{table.Name, source}, &text); err != nil || text == "" {
		return qulaq.Hash{}, err
	}
	return qulaq.ParseHash(text)
}

// Refused returns which snapshots of a source were refused for what they are.
func (w *Warehouse) Refused(ctx context.Context, source string) (map[qulaq.Hash]bool, error) {
	return w.hashes(ctx, "snapshots", "SELECT DISTINCT snapshot FROM snapshots WHERE source = ? AND state = 'refused'", source)
}

func (w *Warehouse) hashes(ctx context.Context, table, question string, args ...any) (map[qulaq.Hash]bool, error) {
	rows, err := w.conn.Query(ctx, question, args...)
	if err != nil {
		return nil, failed("read", table, err)
	}
	defer rows.Close()
	set := map[qulaq.Hash]bool{}
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, failed("read", table, err)
		}
		h, err := qulaq.ParseHash(text)
		if err != nil {
			return nil, failed("read", table, err)
		}
		set[h] = true
	}
	if err := rows.Err(); err != nil {
		return nil, failed("read", table, err)
	}
	return set, nil
}

// Run is a row of the table runs.
type Run struct {
	ID         string     `ch:"run_id"`
	Pipeline   string     `ch:"pipeline"`
	Owner      string     `ch:"owner"`
	Version    string     `ch:"version"`
	StartedAt  time.Time  `ch:"started_at"`
	FinishedAt *time.Time `ch:"finished_at"`
	State      string     `ch:"state"`
	Files      uint64     `ch:"files"`
	FilesNew   uint64     `ch:"files_new"`
	Rows       uint64     `ch:"rows"`
	Loaded     uint64     `ch:"loaded"`
	Repeated   uint64     `ch:"repeated"`
	Rejected   uint64     `ch:"rejected"`
	Error      string     `ch:"error"`
}

// longestRun is after how long a run of another owner, who may be a machine that is no more, is taken for dead. None takes half
// as long.
const longestRun = 12 * time.Hour

// StartRun writes a run that begins. What an earlier run of the same owner left behind, because it died, is
// marked and swept: the owner holds a lock, so nobody else of that name is alive. While a run of another owner is at work, with
// a data folder and so a lock of its own, the run ends here, with an error of kind Locked: of two that swap partitions at once
// one loses its rows. Two that begin in the same moment may both be refused.
func (w *Warehouse) StartRun(ctx context.Context, r Run) error {
	if _, err := w.Bury(ctx, r.Owner); err != nil {
		return err
	}
	if _, err := w.Sweep(ctx, r.Owner); err != nil {
		return err
	}
	if err := insert(ctx, w, "runs", []Run{r}); err != nil {
		return err
	}
	var other string // looked for when this run can be seen itself, so that one of two sees the other
	at := r.StartedAt.UnixMilli()
	if err := w.row(ctx, "look for other runs", "runs", `SELECT ifNull(anyOrNull(concat(pipeline, ' of ', owner, ' since ', toString(started_at))), '')
		FROM runs WHERE state = 'running' AND owner != ? AND abs(toUnixTimestamp64Milli(started_at) - ?) < ?`,
		[]any{r.Owner, at, longestRun.Milliseconds()}, &other); err != nil || other == "" {
		return err
	}
	busy := &qulaq.Error{
		Op: "start run", Object: w.database, Kind: qulaq.Locked, Err: fmt.Errorf("%s is at work in this warehouse", other),
		Hint: "wait until it ends; a warehouse is written from one data folder. Of one that is gone for good the run is taken for dead after 12 hours",
	}
	r.State, r.FinishedAt, r.Error = "failed", &r.StartedAt, busy.Error()
	return errors.Join(busy, w.FinishRun(ctx, r))
}

// Everybody is all owners, which only somebody who made the warehouse himself may bury.
const Everybody = ""

// Bury marks the runs of an owner that are said to be running as dead, and says how many. Only the owner, who holds the
// lock, may say so.
func (w *Warehouse) Bury(ctx context.Context, owner string) (dead uint64, err error) {
	if err := w.row(ctx, "look for dead runs", "runs", "SELECT countIf(state = 'running' AND (owner = ? OR ?)) FROM runs", []any{owner, owner == Everybody}, &dead); err != nil || dead == 0 {
		return 0, err
	}
	return dead, w.exec(ctx, "mark dead runs", "runs",
		"ALTER TABLE runs UPDATE state = 'died' WHERE state = 'running' AND (owner = ? OR ?) SETTINGS mutations_sync = 2", owner, owner == Everybody)
}

// Sweep drops the staging tables that a dead run of this owner left, and names them.
func (w *Warehouse) Sweep(ctx context.Context, owner string) (names []string, err error) {
	if err := w.row(ctx, "look for staging tables", w.database,
		"SELECT groupArray(name) FROM system.tables WHERE database = currentDatabase() AND startsWith(name, ?) AND comment = ?",
		[]any{stagePrefix, owner}, &names); err != nil {
		return nil, err
	}
	for _, name := range names {
		if err := w.exec(ctx, "drop staging table", name, "DROP TABLE IF EXISTS "+Quote(name)+" SYNC"); err != nil {
			return names, err
		}
	}
	return names, nil
}

// FinishRun replaces the row of a run by its end.
func (w *Warehouse) FinishRun(ctx context.Context, r Run) error {
	return w.exec(ctx, "finish run", r.ID,
		"ALTER TABLE runs UPDATE finished_at = fromUnixTimestamp64Milli(?, 'Asia/Almaty'), state = ?, files = ?, files_new = ?, rows = ?, loaded = ?, repeated = ?, rejected = ?, error = ? "+
			"WHERE run_id = ? SETTINGS mutations_sync = 2",
		r.FinishedAt.UnixMilli(), r.State, r.Files, r.FilesNew, r.Rows, r.Loaded, r.Repeated, r.Rejected, r.Error, r.ID)
}

// LastRun returns the last run of a pipeline that is in one of the states, or a zero Run. No states are all.
func (w *Warehouse) LastRun(ctx context.Context, pipeline string, states ...string) (Run, error) {
	var r Run
	rows, err := w.conn.Query(ctx, "SELECT * FROM runs WHERE pipeline = ? AND (state IN (?) OR ?) ORDER BY started_at DESC, run_id DESC LIMIT 1", pipeline, states, len(states) == 0)
	if err != nil {
		return r, failed("read", "runs", err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.ScanStruct(&r); err != nil {
			return r, failed("read", "runs", err)
		}
	}
	if err := rows.Err(); err != nil {
		return r, failed("read", "runs", err)
	}
	return r, nil
}
