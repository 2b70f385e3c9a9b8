// Package complaint turns exports of complaints into facts: Arrow records with the columns of the table
// complaints, codes in place of words, local times, and for every row the place it was read from.
//
// Where to look:
//
//	profile.go, profiles/  which column of a source means what
//	times.go               printed times, their shift, the zone
//	mapper.go              one block of raw rows to one record
//	words.go               its words to codes, its texts to what they tell
//	memos.go               what was said of cells before
//	vocabularies.go        what the words are asked of
//	columns.go             columns of codes, of numbers and of texts
//	memory.go              buffers that are used again
//	reader.go              a whole file: blocks to several mappers, records back in order
//
// It is pure: the same snapshot gives the same records, whatever the number of workers.
package complaint

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/csv"
	"github.com/qulaq-kz/qulaq/transform/export"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// Options say how a snapshot is read.
type Options struct {
	Profiles     []*Profile // the one to use, or several to choose from by the header
	Vocabularies *Vocabularies
	Workers      int // mappers that work at once; at least 1
	Limits       table.Limits
	Memory       memory.Allocator // nil: buffers are reused within the file
	KeepRejects  int              // how many rejects are kept whole; all are counted
}

// Summary says what became of a file. Rows = facts + rejects.
type Summary struct {
	Profile  string // source of the profile that read it
	Dialect  string // for people: separator, quoting, encoding; empty for JSON and workbooks
	Tables   int
	Rows     int64 // rows met, without headers and blank lines
	Facts    int64
	Rejected map[qulaq.Reason]int64
	Rejects  []qulaq.Reject // the first ones
	Findings []qulaq.Finding
	Shift    time.Duration // added to printed times; of the last table
}

// RejectedRows returns how many rows were rejected, for whatever reason.
func (s *Summary) RejectedRows() int64 {
	var n int64
	for _, c := range s.Rejected {
		n += c
	}
	return n
}

// Reader reads one snapshot. Next and Summary belong to one goroutine.
type Reader struct {
	snap qulaq.Snapshot
	o    Options

	batches chan chan batch // in the order of the file
	free    chan *table.Block
	ctx     context.Context // ends with Close, or with that of Open
	cancel  context.CancelFunc
	done    sync.WaitGroup

	mu       sync.Mutex // guards what the feeding goroutine writes while batches flow
	err      error
	summary  Summary
	findings findings

	deadlines deadlineTimes     // of the table being read
	ordinals  map[uint64]uint32 // how often a content was met, for sources without ids
}

// Open begins to read a snapshot. The caller closes the reader.
func Open(ctx context.Context, snap qulaq.Snapshot, o Options) (*Reader, error) {
	o.Workers = max(o.Workers, 1)
	o.Limits = o.Limits.Defaults()
	if o.Memory == nil {
		o.Memory = new(pool)
	}
	if len(o.Profiles) == 0 {
		return nil, &qulaq.Error{Op: "read export", Object: snap.Name, Err: errors.New("no profile was given")}
	}
	only := o.Profiles[0]
	if len(o.Profiles) > 1 { // what a profile says of its files holds only once it is chosen
		only = &Profile{}
	}
	separator, err := csv.Separator(only.Separator)
	if err != nil {
		return nil, err
	}
	encoding, err := csv.Encoding(only.Encoding)
	if err != nil {
		return nil, err
	}
	file, err := export.Open(snap, export.Options{
		CSV:    csv.Options{Separator: separator, Quoted: only.Quoted, Encoding: encoding},
		Limits: o.Limits,
	})
	if err != nil {
		return nil, wrap(snap, "", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	blocks := 2*o.Workers + 2 // some being filled, some being mapped, some waiting
	r := &Reader{
		snap: snap, o: o, ctx: ctx, cancel: cancel,
		batches: make(chan chan batch, o.Workers),
		free:    make(chan *table.Block, blocks),
	}
	r.summary.Rejected = map[qulaq.Reason]int64{}
	for range blocks {
		r.free <- new(table.Block)
	}
	jobs := make(chan job)
	for range o.Workers {
		r.done.Go(func() { r.work(ctx, jobs) })
	}
	r.done.Go(func() {
		defer close(r.batches)
		defer close(jobs)
		err := r.feed(ctx, file, jobs)
		if e := file.Close(); err == nil {
			err = e
		}
		r.mu.Lock()
		r.err = err
		r.mu.Unlock()
	})
	return r, nil
}

// wrap says which file, and which table of it, an error is about.
func wrap(snap qulaq.Snapshot, name string, err error) error {
	object := snap.Name
	if name != "" {
		object += ", " + name
	}
	return &qulaq.Error{Op: "read export", Object: object, Kind: qulaq.KindOf(err), Err: err}
}

// job is a block on its way to a record.
type job struct {
	block *table.Block
	at    binding
	k     constants
	out   chan batch
}

func (r *Reader) work(ctx context.Context, jobs <-chan job) {
	m := newMapper(r.o.Vocabularies, r.o.Memory)
	for j := range jobs {
		j.out <- m.block(j.block, j.at, j.k)
		select {
		case r.free <- j.block:
		case <-ctx.Done():
		}
	}
}

// feed reads the tables of a file one after another and hands their blocks to the workers.
func (r *Reader) feed(ctx context.Context, file *export.File, jobs chan<- job) error {
	var odd []error // sheets that are no exports
	for {
		name, rows, err := file.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return wrap(r.snap, name, err)
		}
		if !file.Workbook && slices.ContainsFunc(rows.Header(), loneReturn) {
			return wrap(r.snap, name, &qulaq.Error{
				Op: "find lines", Kind: qulaq.Contract, Err: errors.New("its lines end with a carriage return alone, so the whole file is one line"),
				Hint: "turn the ends into line feeds: tr '\\r' '\\n' < FILE",
			})
		}
		p := r.o.Profiles[0]
		if len(r.o.Profiles) > 1 {
			if p = Guess(r.o.Profiles, rows.Header()); p == nil {
				p = r.o.Profiles[0]
				err = &qulaq.Error{
					Op: "choose a profile", Kind: qulaq.Contract,
					Err:  fmt.Errorf("no source writes such columns: %s", clipList(rows.Header())),
					Hint: "name the source, or write a profile for it",
				}
			}
		}
		var at binding
		var found []qulaq.Finding
		if err == nil {
			at, found, err = p.bind(rows.Header())
		}
		if err != nil {
			if !file.Workbook {
				return wrap(r.snap, name, err)
			}
			odd = append(odd, wrap(r.snap, name, err))
			r.note(name, qulaq.Finding{Kind: qulaq.NothingToRead, Subject: name, Detail: err.Error(), Count: 1})
			continue
		}
		r.mu.Lock()
		r.summary.Tables++
		r.summary.Profile = p.Source
		if d, ok := rows.(interface{ Dialect() csv.Dialect }); ok {
			r.summary.Dialect = d.Dialect().String()
		}
		r.mu.Unlock()
		if n := len(found); n > maxUnknownColumns { // the first line was no header, or somebody's experiment
			found = append(found[:maxUnknownColumns:maxUnknownColumns], qulaq.Finding{
				Kind: qulaq.ManyFindings, Subject: r.snap.Name, Count: int64(n - maxUnknownColumns), Line: 1,
				Detail: fmt.Sprintf("more than %d columns that the profile does not know; the rest is only counted", maxUnknownColumns),
			})
		}
		r.note(name, found...)
		if err := r.table(ctx, name, rows, p, at, jobs); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return wrap(r.snap, name, err)
		}
	}
	r.note("", file.Findings()...)
	if r.summary.Tables > 0 { // only this goroutine writes it
		return nil
	}
	if odd != nil {
		return odd[0]
	}
	return wrap(r.snap, "", &qulaq.Error{
		Op: "find a table", Kind: qulaq.Contract, Err: errors.New("the file holds nothing that could be an export"),
		Hint: "look into it: an export is CSV, XLSX, JSON or NDJSON, plain, in .gz or in .zip",
	})
}

// maxUnknownColumns is how many unknown columns of a table are told one by one.
const maxUnknownColumns = 40

// loneReturn says whether a name of a column holds the end of a line as old Macintoshes wrote it.
func loneReturn(name string) bool {
	return strings.Count(name, "\r") > strings.Count(name, "\r\n")
}

// note keeps findings about a table as a whole.
func (r *Reader) note(name string, found ...qulaq.Finding) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, f := range found {
		f.Table = name
		r.findings.put(f)
	}
}

// The shift is measured on the first blocks of a table, so many rows or blocks, and verified on all.
const (
	shiftRows   = 20_000
	shiftBlocks = 3 // fewer than there are, so that a free one remains
)

// table reads one table.
func (r *Reader) table(ctx context.Context, name string, rows table.Reader, p *Profile, at binding, jobs chan<- job) error {
	k := constants{
		source: p.Source, snapshot: r.snap.Hash.String(), table: name,
		exportedAt: r.snap.ExportedAt.Unix(), latest: r.snap.SeenAt.Add(24 * time.Hour).Unix(),
		measured: p.Shift == ByDeadlines && at[colDue] >= 0,
	}
	var first []*table.Block
	var sample deadlineTimes
	var zoned, plain bool // whether there are times with an offset, which need no shift, and without one
	for n := 0; k.measured && n < shiftRows && len(first) < shiftBlocks; {
		b, err := r.next(ctx, rows)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		first = append(first, b)
		n += b.Rows()
		cells := row{block: b, at: at}
		for cells.n = range b.Rows() {
			for _, c := range [...]column{colDue, colRegistered, colFinished} {
				t, ok := parseTime(cells.cell(c))
				switch {
				case !ok:
				case t.zoned:
					zoned = true
				case c == colDue:
					plain = true
					sample.add(t.wall, 1)
				default:
					plain = true
				}
			}
		}
	}
	shift, ok := sample.shift()
	k.shift = shift
	if k.measured && !ok {
		k.measured = false
		if plain || !zoned {
			r.note(name, qulaq.Finding{
				Kind: qulaq.ShiftUnknown, Subject: p.Source, Count: 1,
				Detail: "the deadlines do not tell by how much its times are shifted; they stay as printed",
			})
		}
	}
	r.mu.Lock()
	r.summary.Shift = time.Duration(k.shift) * time.Millisecond
	r.mu.Unlock()
	for _, b := range first {
		if err := r.hand(ctx, job{block: b, at: at, k: k}, jobs); err != nil {
			return err
		}
	}
	for {
		b, err := r.next(ctx, rows)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if err := r.hand(ctx, job{block: b, at: at, k: k}, jobs); err != nil {
			return err
		}
	}
	if x, ok := rows.(interface{ ExtraColumns() []qulaq.Finding }); ok { // that only later rows had
		r.note(name, x.ExtraColumns()...)
	}
	// A marker behind the last block of the table: what was measured is compared with the whole.
	return r.hand(ctx, job{k: k}, nil)
}

// next reads a block into a free one.
func (r *Reader) next(ctx context.Context, rows table.Reader) (*table.Block, error) {
	select {
	case b := <-r.free:
		err := rows.Read(b)
		if err != nil {
			r.free <- b
		}
		return b, err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// hand gives a job to a worker and its place in the order to the consumer. Without workers (nil) the job
// marks the end of a table.
func (r *Reader) hand(ctx context.Context, j job, jobs chan<- job) error {
	j.out = make(chan batch, 1)
	if jobs == nil {
		j.out <- batch{end: &j.k}
	} else {
		select {
		case jobs <- j:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	select {
	case r.batches <- j.out:
		return nil
	case <-ctx.Done():
		if b := <-j.out; b.record != nil { // a worker has it, or it is the marker
			b.record.Release()
		}
		return ctx.Err()
	}
}

// Next returns the next record, which the caller releases, or io.EOF after the last. Any other error means
// that nothing of the file should be believed.
func (r *Reader) Next() (arrow.Record, error) {
	for out := range r.batches {
		b := <-out
		if b.end != nil {
			if err := r.verifyShift(*b.end); err != nil {
				return nil, err
			}
			continue
		}
		r.account(&b)
		if b.record == nil {
			continue
		}
		if b.contentID != nil {
			return r.nameByContent(&b)
		}
		return b.record, nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err != nil {
		return nil, r.err
	}
	if err := r.ctx.Err(); err != nil { // an end that was called off proves nothing
		return nil, err
	}
	return nil, io.EOF
}

// account adds what a batch tells to the summary.
func (r *Reader) account(b *batch) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, j := range b.rejects {
		r.summary.Rejected[j.Reason]++
		if len(r.summary.Rejects) < r.o.KeepRejects {
			j.Detail = r.o.Vocabularies.masked(j.Detail)
			r.summary.Rejects = append(r.summary.Rejects, j)
		}
	}
	r.summary.Rows += int64(len(b.rejects))
	if b.record != nil {
		r.summary.Rows += b.record.NumRows()
		r.summary.Facts += b.record.NumRows()
	}
	r.findings.merge(&b.findings)
	r.deadlines.merge(&b.deadlines)
}

// verifyShift compares the shift measured on a table's beginning with the one of the whole table.
func (r *Reader) verifyShift(k constants) error {
	whole := r.deadlines
	r.deadlines = deadlineTimes{}
	if !k.measured {
		return nil
	}
	if shift, ok := whole.shift(); whole.total > 0 && (!ok || shift != k.shift) {
		return wrap(r.snap, k.table, &qulaq.Error{
			Op: "measure the time shift", Kind: qulaq.Contract,
			Err:  fmt.Errorf("the deadlines of the first rows say %v, those of the whole file do not agree", time.Duration(k.shift)*time.Millisecond),
			Hint: "the file seems to be put together from exports of different shifts; load them one by one",
		})
	}
	return nil
}

// maxOrdinals bounds what is remembered to tell rows of equal content apart: 4 million rows, some 100 MB.
const maxOrdinals = 4 << 20

// nameByContent completes the ids of a record from a source without ids: the hash of the content, and
// from the second row of the same content on its ordinal. It runs in the order of the file, so the same
// file names its rows alike.
func (r *Reader) nameByContent(b *batch) (arrow.Record, error) {
	defer b.record.Release()
	if r.ordinals == nil {
		r.ordinals = map[uint64]uint32{}
	}
	const idColumn = 1 // in Schema
	have := b.record.Column(idColumn).(*array.String)
	ids := array.NewStringBuilder(r.o.Memory)
	defer ids.Release()
	var id []byte
	for i, content := range b.contentID {
		if content == 0 {
			ids.Append(have.Value(i))
			continue
		}
		r.ordinals[content]++
		id = strconv.AppendUint(id[:0], content|1<<63, 16) // the bit keeps sixteen digits
		if n := r.ordinals[content]; n > 1 {
			id = strconv.AppendUint(append(id, '-'), uint64(n), 10)
		}
		ids.BinaryBuilder.Append(id)
	}
	if len(r.ordinals) > maxOrdinals {
		return nil, wrap(r.snap, "", &qulaq.Error{
			Op: "tell rows without ids apart", Kind: qulaq.Contract,
			Err: fmt.Errorf("more than %d different rows", maxOrdinals), Hint: "split the export, by year for example",
		})
	}
	column := ids.NewArray()
	defer column.Release()
	return b.record.SetColumn(idColumn, column)
}

// Summary returns what became of the rows so far; it is complete once Next has returned io.EOF.
func (r *Reader) Summary() Summary {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.summary
	s.Findings = r.findings.sorted()
	for i := range s.Findings {
		f := &s.Findings[i]
		f.Subject, f.Detail = r.o.Vocabularies.masked(f.Subject), r.o.Vocabularies.masked(f.Detail)
	}
	if r.findings.lost > 0 {
		s.Findings = append(s.Findings, qulaq.Finding{
			Kind: qulaq.ManyFindings, Subject: r.snap.Name, Count: r.findings.lost,
			Detail: fmt.Sprintf("more than %d different findings; the rest is only counted", maxFindings),
		})
	}
	return s
}

// Close stops reading and frees what was read ahead. It is safe to call at any time.
func (r *Reader) Close() {
	r.cancel()
	r.done.Wait()
	for out := range r.batches {
		select {
		case b := <-out:
			if b.record != nil {
				b.record.Release()
			}
		default: // no worker took the job
		}
	}
}
