package complaint

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/csv"
	"github.com/qulaq-kz/qulaq/transform/export"
	"github.com/qulaq-kz/qulaq/transform/table"
)

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
		p, at, found, err := r.bind(rows.Header())
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

// bind chooses the profile of a table by its header, and finds its columns.
func (r *Reader) bind(header []string) (p *Profile, at binding, found []qulaq.Finding, err error) {
	p = r.o.Profiles[0]
	if len(r.o.Profiles) > 1 {
		if p = Guess(r.o.Profiles, header); p == nil {
			return nil, at, nil, &qulaq.Error{
				Op: "choose a profile", Kind: qulaq.Contract,
				Err:  fmt.Errorf("no source writes such columns: %s", clipList(header)),
				Hint: "name the source, or write a profile for it",
			}
		}
	}
	at, found, err = p.bind(header)
	return p, at, found, err
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
