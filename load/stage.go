package load

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/qulaq-kz/qulaq"
)

// Table is what a load must know of a table of facts. Its first partition key is the column source, so
// that sources never share a partition; it has the columns snapshot, source_table, source_row,
// exported_at and load_id.
type Table struct {
	Name string
	Key  string // column that names a fact within its source
}

// Complaints is the table of complaints.
var Complaints = Table{Name: "complaints", Key: "complaint_id"}

// Load names one load: one snapshot into one table.
type Load struct {
	ID       string // unique, ordered by time
	RunID    string
	Table    Table
	Source   string
	Snapshot qulaq.Hash
	Version  string           // of the program
	Owner    string           // machine and data folder, so that what a dead run left is known as ours
	Now      func() time.Time // for the ledger
	Step     func(Step) error // called before each step; an error stops the load there
}

// Step is a moment of a load, for progress and for those who pull the plug there.
type Step string

// The steps of a load, in order.
const (
	StepStage  Step = "stage"  // the staging table is there, rows are about to flow
	StepStaged Step = "staged" // all rows are in the staging table
	StepMerge  Step = "merge"  // proved; the living partitions are about to join
	StepIntent Step = "intent" // merged and proved; the intent is about to be recorded
	StepSwap   Step = "swap"   // before the swap of a unit; once for each
	StepProve  Step = "prove"  // after the swaps, before they are proved
	StepRecord Step = "record" // before the completion is recorded
	StepClean  Step = "clean"  // before the staging table is dropped
)

// Result says what a load did.
type Result struct {
	Rows     uint64   // rows brought
	Repeated uint64   // rows, brought or living, that a newer word replaced
	Loaded   uint64   // rows of this load that live now
	Units    []string // partitions that were replaced
}

// Stage is a load under way: a table of its own beside the living one. It belongs to one goroutine.
type Stage struct {
	w       *Warehouse
	l       Load
	name    string       // quoted
	losers  string       // quoted: the table of rows that a newer word replaced
	insert  *stream      // the one that takes rows, nil between two
	sending []chan error // the answers to those that the server is writing, oldest first
	enough  int64        // bytes of one insert
	texts   []string     // quoted: the columns of plain text
	filler  *filler

	rows uint64 // sent
	keys uint64 // sum of the hashes of their keys, as the server computes it
	text uint64 // sum of the lengths of their texts
}

// stagePrefix begins the names of staging tables: stage_<table>_<load id>.
const stagePrefix = "stage_"

// Begin makes the staging table. The caller ends the stage with Publish or Discard.
func (w *Warehouse) Begin(ctx context.Context, l Load) (*Stage, error) {
	if l.Step == nil {
		l.Step = func(Step) error { return nil }
	}
	name := stagePrefix + l.Table.Name + "_" + l.ID
	s := &Stage{w: w, l: l, name: Quote(name), losers: Quote(name + "_losers"), enough: insertBytes, filler: newFiller()}
	// No background merges: the parts that are proved are the parts that are swapped in, and merging them
	// here would be work done twice.
	if err := w.exec(ctx, "make staging table", name,
		"CREATE TABLE "+s.name+" AS "+Quote(l.Table.Name)+" SETTINGS max_bytes_to_merge_at_max_space_in_pool = 1 COMMENT ?",
		l.Owner); err != nil {
		return nil, err
	}
	if err := l.Step(StepStage); err != nil {
		return s, err
	}
	return s, nil
}

// Discard drops the staging table. The living table is as it was.
func (s *Stage) Discard(ctx context.Context) error {
	// What becomes of the inserts does not matter, the table goes anyway.
	for len(s.sending) > 0 {
		_ = s.sent(len(s.sending) - 1)
	}
	if s.insert != nil {
		_ = s.insert.batch.Abort()
	}
	return errors.Join(
		s.w.exec(ctx, "drop staging table", s.name, "DROP TABLE IF EXISTS "+s.name+" SYNC"),
		s.w.exec(ctx, "drop staging table", s.losers, "DROP TABLE IF EXISTS "+s.losers+" SYNC"))
}

// unit is a partition on its way.
type unit struct {
	id       string // ClickHouse's partition id
	label    string // its value, for people: ('eotinish',202604)
	rows     uint64
	own      uint64 // rows of them that this load brought
	keys     uint64 // sum of the hashes of the keys
	checksum uint64 // sum of the hashes of the facts
}

// Publish proves what was staged, merges it with the living partitions it touches, swaps the result in,
// proves it again and records it. After an error the living table holds either the old or the new rows of
// each partition, and the same load done again completes it; the caller discards the stage in both cases.
// note, if not nil, is called once the facts live and before the completion is recorded: it writes what
// else belongs to the load. A load without rows changes no fact; an earlier reading of the same snapshot
// stays, because an empty reading proves nothing.
func (s *Stage) Publish(ctx context.Context, note func(context.Context) error) (Result, error) {
	var done Result
	if s.rows == 0 {
		if note != nil {
			if err := note(ctx); err != nil {
				return done, err
			}
		}
		return done, s.record(ctx, "done", nil, 0, 0)
	}
	if err := errors.Join(s.send(), s.sent(0)); err != nil {
		return done, err
	}
	if err := s.l.Step(StepStaged); err != nil {
		return done, err
	}
	if err := s.proveStaged(ctx); err != nil {
		return done, err
	}
	if err := s.l.Step(StepMerge); err != nil {
		return done, err
	}
	emptied, repeated, err := s.merge(ctx)
	if err != nil {
		return done, err
	}
	units, err := s.units(ctx)
	if err != nil {
		return done, err
	}
	return s.swapIn(ctx, units, emptied, repeated, note)
}

// swapIn is the end of every load, once its stage is proved: the units take the places of the living partitions of
// their ids, and the emptied living ones are dropped; the intent stands in the ledger before, the completion after it.
func (s *Stage) swapIn(ctx context.Context, units, emptied []unit, repeated uint64, note func(context.Context) error) (Result, error) {
	var none Result
	if err := s.l.Step(StepIntent); err != nil {
		return none, err
	}
	if err := s.record(ctx, "intent", units, s.rows, repeated); err != nil {
		return none, err
	}
	for _, u := range units {
		if err := s.swap(ctx, u, " REPLACE PARTITION ID ? FROM "+s.name); err != nil {
			return none, err
		}
	}
	for _, u := range emptied {
		// Nothing is left of it; replacing it by nothing would fail.
		if err := s.swap(ctx, u, " DROP PARTITION ID ?"); err != nil {
			return none, err
		}
	}
	if err := s.l.Step(StepProve); err != nil {
		return none, err
	}
	if err := s.proveSwapped(ctx, units, emptied); err != nil {
		return none, err
	}
	if note != nil {
		if err := note(ctx); err != nil {
			return none, err
		}
	}
	if err := s.l.Step(StepRecord); err != nil {
		return none, err
	}
	if err := s.record(ctx, "done", units, s.rows, repeated); err != nil {
		return none, err
	}
	done := Result{Rows: s.rows, Repeated: repeated}
	for _, u := range units {
		done.Loaded += u.own
		done.Units = append(done.Units, u.label)
	}
	return done, s.l.Step(StepClean)
}

func (s *Stage) swap(ctx context.Context, u unit, how string) error {
	if err := s.l.Step(StepSwap); err != nil {
		return err
	}
	return s.w.exec(ctx, "swap in", s.l.Table.Name+" "+u.label, "ALTER TABLE "+Quote(s.l.Table.Name)+how, u.id)
}

// proveStaged compares what the server holds with what was sent.
func (s *Stage) proveStaged(ctx context.Context) error {
	var rows, keys, text uint64
	var strangers uint64
	question := "SELECT count(), " + s.keySum() + ", sum(length(" + strings.Join(s.texts, ") + length(") + ")), countIf(source != ? OR snapshot != ?) FROM " + s.name
	if err := s.w.row(ctx, "prove", s.name, question, []any{s.l.Source, s.l.Snapshot.String()}, &rows, &keys, &text, &strangers); err != nil {
		return err
	}
	if rows != s.rows || keys != s.keys || text != s.text {
		return s.disproved(fmt.Sprintf("sent %d rows (keys %x, %d bytes of text), the server holds %d (%x, %d)",
			s.rows, s.keys, s.text, rows, keys, text))
	}
	if strangers > 0 {
		return s.disproved(fmt.Sprintf("%d rows are of another source or snapshot", strangers))
	}
	return nil
}

func (s *Stage) disproved(what string) error {
	return &qulaq.Error{
		Op: "prove", Object: s.name, Kind: qulaq.Transient, Err: errors.New(what),
		Hint: "nothing was changed; run again",
	}
}

// How many keys the server looks at together, and of how many it does with their hashes, which take less memory.
const (
	keysAtOnce   = 1_000_000
	hashesAtOnce = 2_000_000
)

// buckets is into how many parts the keys of so many rows are divided, so that looking for repeats takes bounded memory
// on the server.
func buckets(rows, atOnce uint64) uint64 { return rows/atOnce + 1 }

// merge joins the living partitions that share keys with the stage, and deletes from the stage every row
// but the newest of its key. Joining shares files and deleting writes a mask, so an update costs what is
// new and not what was there. It returns the living partitions that lost all their rows to others.
func (s *Stage) merge(ctx context.Context) (emptied []unit, repeated uint64, err error) {
	living, err := s.touched(ctx)
	if err != nil {
		return nil, 0, err
	}
	for _, u := range living {
		if err := s.w.exec(ctx, "join living partition", u.label,
			"ALTER TABLE "+s.name+" ATTACH PARTITION ID ? FROM "+Quote(s.l.Table.Name), u.id); err != nil {
			return nil, 0, err
		}
	}
	if repeated, err = s.lose(ctx); err != nil {
		return nil, 0, err
	}
	if len(living) == 0 {
		return nil, repeated, nil
	}
	left, err := s.partitions(ctx, s.name)
	if err != nil {
		return nil, 0, err
	}
	for _, u := range living {
		if !slices.ContainsFunc(left, func(l unit) bool { return l.id == u.id }) {
			emptied = append(emptied, u)
		}
	}
	return emptied, repeated, nil
}

// touched returns the living partitions that hold a key of the stage, or rows of the same snapshot
// from an earlier load, and those that the stage itself will replace.
func (s *Stage) touched(ctx context.Context) ([]unit, error) {
	living, err := s.partitions(ctx, Quote(s.l.Table.Name))
	if err != nil || len(living) == 0 {
		return nil, err
	}
	staged, err := s.partitions(ctx, s.name)
	if err != nil {
		return nil, err
	}
	touched := map[string]bool{}
	for _, u := range staged {
		touched[u.id] = true
	}
	hash := "cityHash64(" + Quote(s.l.Table.Key) + ")"
	n := buckets(s.rows, hashesAtOnce)
	for b := range n {
		// Of a key that only shares its hash with another a partition joins for nothing.
		question := "SELECT DISTINCT _partition_id FROM " + Quote(s.l.Table.Name) + " WHERE source = ? AND (snapshot = ? OR " +
			hash + " IN (SELECT " + hash + " AS hash FROM " + s.name + " WHERE hash % ? = ?))"
		rows, err := s.w.conn.Query(ctx, question, s.l.Source, s.l.Snapshot.String(), n, b)
		if err != nil {
			return nil, failed("look for repeats", s.l.Table.Name, err)
		}
		for rows.Next() {
			var id string
			if err := rows.Scan(&id); err != nil {
				return nil, errors.Join(failed("look for repeats", s.l.Table.Name, err), rows.Close())
			}
			touched[id] = true
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return nil, failed("look for repeats", s.l.Table.Name, err)
		}
	}
	return slices.DeleteFunc(living, func(u unit) bool { return !touched[u.id] }), nil
}

// newestFirst orders the rows of one key. The later export is believed, then the later row; of the same
// row read twice, this load's reading.
const newestFirst = "exported_at DESC, snapshot DESC, source_table DESC, source_row DESC, load_id = %s DESC, load_id DESC"

// mark is which row of the stage is meant: the part that holds it, and where. The stage merges no parts, so both stay. Where a
// row was read from would not do: an engine that stopped on a full disk may bring back parts that a swap had replaced, and
// then the living partition holds the same rows twice. Beside it the key must be asked for: of a part whose projections are
// made the engine would look for the place in a projection, and find nothing to delete.
const mark = "_part, _part_offset"

// lose finds the rows of the stage that a newer word replaced and masks them. It returns how many they are,
// without those of an earlier reading of the same file.
func (s *Stage) lose(ctx context.Context) (uint64, error) {
	var total uint64
	if err := s.w.row(ctx, "count", s.name, "SELECT count() FROM "+s.name, nil, &total); err != nil {
		return 0, err
	}
	if err := s.w.exec(ctx, "make table of replaced rows", s.losers,
		"CREATE TABLE "+s.losers+" (part LowCardinality(String), place UInt64, key String, reread Bool, survived Bool) ENGINE = MergeTree ORDER BY () COMMENT ?", s.l.Owner); err != nil {
		return 0, err
	}
	key := Quote(s.l.Table.Key)
	id := "'" + s.l.ID + "'"
	hash := "cityHash64(" + key + ")"
	n := buckets(total, hashesAtOnce)
	for b := range n {
		// Which keys are there more than once is told by their hashes, which are grouped faster than the keys; a key
		// that only shares its hash is alone in its window. An earlier reading of the same file is replaced whole:
		// what it saw and this one does not see any more is gone too.
		question := "INSERT INTO " + s.losers +
			" SELECT " + mark + ", " + key + ", reread, survived FROM (" +
			"SELECT " + mark + ", " + key + ", snapshot = ? AND load_id != ? AS reread, " +
			"min(reread) OVER (PARTITION BY " + key + ") = 0 AS survived, " +
			"row_number() OVER (PARTITION BY " + key + " ORDER BY reread, " + fmt.Sprintf(newestFirst, id) + ") AS place FROM " + s.name +
			" WHERE " + hash + " % ? = ? AND (" +
			"(snapshot = ? AND load_id != ?) OR " + hash + " IN (SELECT " + hash + " AS hash FROM " + s.name +
			" WHERE hash % ? = ? GROUP BY hash HAVING count() > 1))" +
			") WHERE place > 1 OR reread"
		snapshot := s.l.Snapshot.String()
		if err := s.w.exec(ctx, "look for repeats", s.name, question,
			snapshot, s.l.ID, n, b, snapshot, s.l.ID, n, b); err != nil {
			return 0, err
		}
	}
	var lost, reread uint64
	if err := s.w.row(ctx, "count", s.losers, "SELECT count(), countIf(reread) FROM "+s.losers, nil, &lost, &reread); err != nil {
		return 0, err
	}
	if lost == 0 {
		return 0, nil
	}
	if err := s.w.exec(ctx, "delete replaced rows", s.name,
		"DELETE FROM "+s.name+" WHERE ("+mark+", "+key+") IN (SELECT part, place, key FROM "+s.losers+") SETTINGS lightweight_deletes_sync = 2"); err != nil {
		return 0, err
	}
	return lost - reread, s.proveUnique(ctx, total, lost)
}

// proveUnique proves after the deletion that as many rows are gone as had lost, and that of every key of theirs one row
// is left; none, where only an earlier reading of the same file had the key.
//
// So every key of the stage is left once at most, as if all had been counted: what came more than once was grouped by
// key, and all rows of a group but one have lost; the other keys came once. And no row that had not lost was deleted in
// place of one that had: that one would be left over.
func (s *Stage) proveUnique(ctx context.Context, total, lost uint64) error {
	var left, wrong uint64
	if err := s.w.row(ctx, "prove", s.name, "SELECT count() FROM "+s.name, nil, &left); err != nil {
		return err
	}
	key := Quote(s.l.Table.Key)
	n := buckets(lost, keysAtOnce)
	for b := range n {
		of := " FROM " + s.losers + " WHERE cityHash64(key) % ? = ?"
		question := "SELECT countIf(rows != wanted) FROM (SELECT key, sum(here) AS rows, max(survived) AS wanted FROM (" +
			"SELECT key, 0 AS here, survived" + of +
			" UNION ALL SELECT " + key + ", 1, false FROM " + s.name + " WHERE " + key + " IN (SELECT key" + of + ")" +
			") GROUP BY key)"
		var w uint64
		if err := s.w.row(ctx, "prove", s.name, question, []any{n, b, n, b}, &w); err != nil {
			return err
		}
		wrong += w
	}
	if left != total-lost || wrong > 0 {
		return s.disproved(fmt.Sprintf("%d rows less %d replaced ones left %d; of the keys of the replaced ones %d are not there as often as they should be",
			total, lost, left, wrong))
	}
	return nil
}

// partitions lists a table's partitions of the load's source that hold rows, in the order of their values.
func (s *Stage) partitions(ctx context.Context, table string) ([]unit, error) {
	return s.query(ctx, table, "toUInt64(0), toUInt64(0), toUInt64(0)")
}

// units lists the partitions of the stage with their own rows and the sums of their keys and facts.
func (s *Stage) units(ctx context.Context) ([]unit, error) {
	facts, err := s.w.Checksum(ctx, s.l.Table.Name)
	if err != nil {
		return nil, err
	}
	return s.query(ctx, s.name, "countIf(load_id = '"+s.l.ID+"'), "+s.keySum()+", "+facts)
}

func (s *Stage) keySum() string { return "sum(xxHash64(" + Quote(s.l.Table.Key) + "))" }

func (s *Stage) query(ctx context.Context, table, sums string) ([]unit, error) {
	rows, err := s.w.conn.Query(ctx, "SELECT _partition_id, toString(any(_partition_value)), count(), "+sums+
		" FROM "+table+" WHERE source = ? GROUP BY _partition_id ORDER BY 2", s.l.Source)
	if err != nil {
		return nil, failed("list partitions", s.l.Table.Name, err)
	}
	var units []unit
	for rows.Next() {
		var u unit
		if err := rows.Scan(&u.id, &u.label, &u.rows, &u.own, &u.keys, &u.checksum); err != nil {
			return nil, errors.Join(failed("list partitions", s.l.Table.Name, err), rows.Close())
		}
		units = append(units, u)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, failed("list partitions", s.l.Table.Name, err)
	}
	return units, nil
}

// proveSwapped compares the living partitions with what was swapped in: rows and keys; those that were
// emptied are gone. The whole facts were summed before; the swap shares their files and rewrites nothing.
func (s *Stage) proveSwapped(ctx context.Context, want, emptied []unit) error {
	living, err := s.query(ctx, Quote(s.l.Table.Name), "toUInt64(0), "+s.keySum()+", toUInt64(0)")
	if err != nil {
		return err
	}
	find := func(u unit) (unit, bool) {
		at := slices.IndexFunc(living, func(l unit) bool { return l.id == u.id })
		if at < 0 {
			return unit{}, false
		}
		return living[at], true
	}
	disproved := func(u unit) error {
		return &qulaq.Error{
			Op: "prove", Object: s.l.Table.Name + " " + u.label, Kind: qulaq.Transient,
			Err:  fmt.Errorf("the living partition is not the one staged, of %d rows", u.rows),
			Hint: "does another program write to this table? Run again",
		}
	}
	for _, u := range want {
		if l, ok := find(u); !ok || l.rows != u.rows || l.keys != u.keys {
			return disproved(u)
		}
	}
	for _, u := range emptied {
		if _, ok := find(u); ok {
			return disproved(unit{label: u.label})
		}
	}
	return nil
}

func (s *Stage) failed(op string, err error) error {
	return failed(op, s.l.Table.Name, err)
}
