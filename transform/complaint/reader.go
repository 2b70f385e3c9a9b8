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
//	feed.go                a whole file: its tables, block by block, to several mappers
//	reader.go              the records back in the order of the file, and what became of it
//
// It is pure: the same snapshot gives the same records, whatever the number of workers.
package complaint

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
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
