package sample

import (
	"archive/zip"
	"compress/gzip"
	"fmt"
	"io"

	"github.com/qulaq-kz/qulaq"
)

// Write makes the export that the Spec asks for and says what is true of it. It holds no more in memory than a
// buffer and the word lists, whatever the number of rows (an XLSX excepted), and may be called from several
// goroutines at once. Errors are *qulaq.Error of kind Configuration: the Spec cannot be, or the writer failed.
func Write(w io.Writer, s Spec) (Truth, error) {
	s = s.withDefaults()
	counted := &countingWriter{w: w}
	err := s.check()
	var truth Truth
	if err == nil {
		truth, err = write(counted, s)
	}
	if err != nil {
		return Truth{}, &qulaq.Error{Op: "make sample", Object: string(s.Format), Kind: qulaq.Configuration, Err: err}
	}
	truth.Bytes = counted.bytes
	return truth, nil
}

func write(w io.Writer, s Spec) (Truth, error) {
	words, err := loadWords(s)
	if err != nil {
		return Truth{}, err
	}
	box, err := pack(w, s)
	if err != nil {
		return Truth{}, err
	}
	out, err := newSink(box, s)
	if err != nil {
		return Truth{}, err
	}
	truth, err := writeRows(out, s, words)
	if err != nil {
		return Truth{}, err
	}
	if err := out.close(); err != nil {
		return Truth{}, err
	}
	return truth, box.Close()
}

// writeRows is the loop: which row comes next, what it says, what is true of it.
func writeRows(out sink, s Spec, w *words) (Truth, error) {
	columns := columnsOf(s.Format, s.Columns)
	has := func(r role) bool { return find(columns, r) >= 0 }
	if err := out.heading(columns); err != nil {
		return Truth{}, err
	}
	order := newOrder(s)
	author := newAuthor(s, w, newCalendar(s, order.complaints, w.rhythm), has(textCell))
	printer := newPrinter(s, author)
	tally := newTally(s, w)
	broken := breakagesFor(s, columns)
	var line line
	for {
		what, number, more := order.next()
		if !more {
			return tally.truth(s, w, has), nil
		}
		// A broken row is registered with its neighbours.
		complaint := author.write(number, min(number, order.shown, order.complaints-1))
		var breakage breakage
		switch what {
		case fresh:
			tally.complaint(complaint)
		case premature:
			tally.complaint(complaint)
			complaint.rewind()
		case repeat:
			tally.repeated++
		case mishap:
			breakage = broken[(number-order.complaints)%int64(len(broken))]
			if breakage.apply == nil {
				author.misplace()
				tally.complaint(complaint)
				tally.findings[qulaq.UnknownRegion]++
			} else {
				tally.rejected[breakage.reason]++
			}
		}
		cells := line.print(columns, printer)
		if breakage.apply != nil {
			cells = breakage.apply(cells, find(columns, breakage.needs))
		}
		if err := out.row(cells); err != nil {
			return Truth{}, err
		}
	}
}

// line is a row of printed cells, one after another in one piece of memory that is used again.
type line struct {
	bytes []byte
	ends  []int
	cells [][]byte
}

// print returns the cells, valid until the next call.
func (l *line) print(columns []column, p *printer) [][]byte {
	l.bytes, l.ends, l.cells = l.bytes[:0], l.ends[:0], l.cells[:0]
	for _, c := range columns {
		l.bytes = c.print(l.bytes, p)
		l.ends = append(l.ends, len(l.bytes))
	}
	start := 0
	for _, end := range l.ends {
		l.cells = append(l.cells, l.bytes[start:end:end])
		start = end
	}
	return l.cells
}

func newSink(w io.Writer, s Spec) (sink, error) {
	switch s.Layout {
	case XLSX:
		return newXLSXSink(w)
	case JSON, NDJSON:
		return newJSONSink(w, s), nil
	}
	return newCSVSink(w, s), nil
}

// pack wraps the writer. Closing the box leaves the writer open. Nothing in it tells the time.
func pack(w io.Writer, s Spec) (io.WriteCloser, error) {
	switch s.Pack {
	case Gzip:
		return gzip.NewWriterLevel(w, gzip.BestSpeed)
	case Zip:
		archive := zip.NewWriter(w)
		member, err := archive.Create(fmt.Sprintf("%s.%s", s.Format, s.Layout))
		return struct {
			io.Writer
			io.Closer
		}{member, archive}, err
	}
	return plainBox{w}, nil
}

type plainBox struct{ io.Writer }

func (plainBox) Close() error { return nil }

type countingWriter struct {
	w     io.Writer
	bytes int64
}

func (c *countingWriter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.bytes += int64(n)
	return n, err
}
