package load

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/qulaq-kz/qulaq"
)

// Removal is a row of the table removals. See its column comments.
type Removal struct {
	RunID    string    `ch:"run_id"`
	At       time.Time `ch:"at"`
	Room     string    `ch:"room"`
	Kind     string    `ch:"kind"`
	Rule     string    `ch:"rule"`
	SHA256   string    `ch:"sha256"`
	Source   string    `ch:"source"`
	Name     string    `ch:"name"`
	Rows     uint64    `ch:"rows"`
	Bytes    uint64    `ch:"bytes"`
	WasProof bool      `ch:"was_proof"`
}

// NoteRemovals appends removals, all or none.
func (w *Warehouse) NoteRemovals(ctx context.Context, all []Removal) error {
	return insert(ctx, w, "removals", all)
}

// NotedRemovals returns when the objects of the archive were last removed, as the warehouse knows it.
func (w *Warehouse) NotedRemovals(ctx context.Context) (map[qulaq.Hash]time.Time, error) {
	return w.times(ctx, "removals", "SELECT sha256, max(at) FROM removals WHERE sha256 != '' GROUP BY sha256")
}

// LastShown returns for every page of a listing when a look was last shown it.
func (w *Warehouse) LastShown(ctx context.Context) (map[qulaq.Hash]time.Time, error) {
	return w.times(ctx, "looks", "SELECT page, max(at) FROM looks ARRAY JOIN page_hashes AS page GROUP BY page")
}

func (w *Warehouse) times(ctx context.Context, table, question string) (map[qulaq.Hash]time.Time, error) {
	rows, err := w.conn.Query(ctx, question)
	if err != nil {
		return nil, failed("read", table, err)
	}
	defer rows.Close()
	all := map[qulaq.Hash]time.Time{}
	for rows.Next() {
		var text string
		var at time.Time
		if err := rows.Scan(&text, &at); err != nil {
			return nil, failed("read", table, err)
		}
		h, err := qulaq.ParseHash(text)
		if err != nil {
			return nil, failed("read", table, err)
		}
		all[h] = at
	}
	if err := rows.Err(); err != nil {
		return nil, failed("read", table, err)
	}
	return all, nil
}

// bookkeeping are the tables whose column snapshot says that a file was read, not that something rests on it.
var bookkeeping = []string{"loads", "snapshots", "rejects", "findings"}

// More of what rests on content of the archive than the columns snapshot of facts say: the files of publications and what
// was read of meetings, what verdicts name, and of sources that are made anew whole all that was read of them.
var proofs = []string{
	"SELECT arrayJoin(splitByChar(' ', file_hashes)) FROM publications",
	"SELECT toString(file) FROM meeting_papers",
	"SELECT evidence_sha256 FROM verdicts",
	"SELECT arrayJoin(extractAll(evidence, '[0-9a-f]{64}')) FROM verdicts",
	"SELECT snapshot FROM snapshots WHERE " + madeWhole,
}

// madeWhole tells sources whose facts are made anew from all that the archive has of them.
const madeWhole = "(startsWith(source, 'govkz/') OR startsWith(source, 'site/') OR source = 'reports')"

// Proof returns the contents of the archive that a fact or a verdict rests on. A table of facts that comes later is asked
// by itself, for its column snapshot.
func (w *Warehouse) Proof(ctx context.Context) (map[qulaq.Hash]bool, error) {
	var tables []string
	if err := w.row(ctx, "list tables", w.database,
		"SELECT arraySort(groupArray(table)) FROM system.columns WHERE database = currentDatabase() AND name = 'snapshot' AND NOT startsWith(table, ?) "+
			"AND table NOT IN (?) AND table IN (SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree%')",
		[]any{stagePrefix, bookkeeping}, &tables); err != nil {
		return nil, err
	}
	questions := slices.Clone(proofs)
	for _, t := range tables {
		questions = append(questions, "SELECT toString(snapshot) FROM "+Quote(t))
	}
	return w.hashes(ctx, "facts", "SELECT DISTINCT * FROM ("+strings.Join(questions, " UNION ALL ")+") WHERE length(*) = 64")
}

// Read returns every content that the warehouse has read, whatever came of it.
func (w *Warehouse) Read(ctx context.Context) (map[qulaq.Hash]bool, error) {
	return w.hashes(ctx, "snapshots", "SELECT DISTINCT snapshot FROM snapshots")
}

// expiry is what grows old in the warehouse, and is no fact.
type expiry struct {
	table  string
	old    string // ? is the moment
	change string // what becomes of the rows
	also   string // a statement on what repeats them elsewhere; ? is the moment
}

// Of sources that are made anew whole, rejects and findings would come back the next night.
const oldFiles = "NOT " + madeWhole + " AND snapshot IN (SELECT snapshot FROM snapshots WHERE seen_at < toDateTime64(?, 3))"

var expiries = map[string]expiry{
	"texts": {
		table: "complaints", old: "registered_at < toDateTime(?) AND text != ''", change: "UPDATE text = ''",
		also: "ALTER TABLE systemic_groups UPDATE example = '' WHERE first_day <= toDate(toDateTime(?))", // the example may be one of them
	},
	"rejects":  {table: "rejects", old: oldFiles, change: "DELETE"},
	"findings": {table: "findings", old: oldFiles, change: "DELETE"},
	"attempts": {table: "attempts", old: "at < toDateTime64(?, 3)", change: "DELETE"},
}

// Expired counts what of a kind is older than a moment: texts, rejects, findings or attempts.
func (w *Warehouse) Expired(ctx context.Context, kind string, before time.Time) (rows uint64, err error) {
	x := expiries[kind]
	err = w.row(ctx, "count", x.table, "SELECT count() FROM "+x.table+" WHERE "+x.old, []any{before.Unix()}, &rows)
	return rows, err
}

// Expire removes it. The disk has it back when the engine has rewritten the parts, which this waits for.
func (w *Warehouse) Expire(ctx context.Context, kind string, before time.Time) error {
	x := expiries[kind]
	if x.also != "" {
		if err := w.exec(ctx, "remove what repeats what is old of", x.table, x.also+" SETTINGS mutations_sync = 2", before.Unix()); err != nil {
			return err
		}
	}
	return w.exec(ctx, "remove what is old from", x.table, "ALTER TABLE "+x.table+" "+x.change+" WHERE "+x.old+" SETTINGS mutations_sync = 2", before.Unix())
}
