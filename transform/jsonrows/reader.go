package jsonrows

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/table"
)

const (
	headerWithin = 1000 // records whose members are the columns
	maxDepth     = 64   // arrays and objects in one another in a cell
)

// Reader reads the records of a JSON file as rows. It is a table.Reader. It is not safe for concurrent use.
type Reader struct {
	limits  table.Limits
	src     records
	header  []string
	columns map[string]int
	ahead   []record // read to find the columns
	ended   bool     // and there are no others

	now    record // the next record, when ready
	ready  bool
	reason qulaq.Reason // why it is no row; "" when it is one
	detail string
	data   []byte
	cells  []table.Span // by column
	name   []byte
	news   []string // names of its members that are no columns

	extra map[string]int // places in found
	found []qulaq.Finding
	err   error
}

var _ table.Reader = (*Reader)(nil)

// NewReader tells the shape of the file that r begins, and reads its first thousand records, or as many as
// a block has bytes, for the names of the columns. A file that cannot be believed as a whole, damaged in
// those records, is an error already here. An empty array is a table without columns and rows.
//
// Errors are *qulaq.Error of kind Contract, or what r returned.
func NewReader(r io.Reader, limits table.Limits) (*Reader, error) {
	limits = limits.Defaults()
	src, err := open(r, limits.RecordBytes)
	if err != nil {
		return nil, err
	}
	j := &Reader{limits: limits, src: src, columns: map[string]int{}, extra: map[string]int{}}
	if err := j.findColumns(); err != nil {
		return nil, err
	}
	return j, nil
}

func (j *Reader) findColumns() error {
	objects := 0
	for size := 0; len(j.ahead) < headerWithin && size < j.limits.BlockBytes; {
		rec, err := j.src.next()
		if err == io.EOF {
			j.ended = true
			break
		}
		if err != nil {
			return err
		}
		size += len(rec.raw)
		rec.raw = bytes.Clone(rec.raw)
		j.ahead = append(j.ahead, rec)
		j.take(rec)
		if j.reason != "" {
			continue
		}
		objects++
		for _, name := range j.news {
			if _, known := j.columns[name]; !known {
				j.columns[name] = len(j.header)
				j.header = append(j.header, name)
			}
		}
		if most := j.limits.Columns; len(j.header) > most {
			return contract(fmt.Errorf("more than %d different names of members", most), "")
		}
	}
	if objects == 0 && len(j.ahead) > 0 {
		return contract(fmt.Errorf("none of the first %d records is a JSON object; the first: %s", len(j.ahead), j.why(j.ahead[0])), repair)
	}
	return nil
}

func (j *Reader) why(rec record) string {
	j.take(rec)
	return j.detail
}

// Header returns the names of the columns, trimmed of space.
func (j *Reader) Header() []string { return j.header }

// Read fills b with the next rows, see table.Reader. Lines are those of the file for NDJSON, else numbers of
// elements from 1. In b.Bad are: values that are no objects, or nest deeper than 64 levels, and broken
// lines of NDJSON (not_an_object), lines beyond the limit of a record (too_large), bytes that are no UTF-8
// and \u escapes of half a character (bad_encoding), and zero bytes in strings (nul_byte). A syntax error
// in an array, an element beyond the limit and an end that is missing are errors: of such a file nothing
// can be believed.
func (j *Reader) Read(b *table.Block) error {
	b.Reset(len(j.header))
	size := 0 // of the block, with the records that are no rows
	for j.err == nil {
		if !j.ready {
			if j.err = j.next(); j.err != nil {
				break
			}
		}
		cost := len(j.data)
		if j.reason != "" {
			cost = min(len(j.now.raw), table.MaxRaw)
		}
		rows := b.Rows() + len(b.Bad)
		if rows == table.MaxRows || rows > 0 && size+cost > j.limits.BlockBytes {
			return nil
		}
		size += cost
		j.ready = false
		if j.reason != "" {
			b.Bad = append(b.Bad, qulaq.Reject{Line: j.now.line, Reason: j.reason, Detail: j.detail, Raw: shown(j.now.raw)})
			continue
		}
		for _, c := range j.cells {
			b.AppendCell(j.data[c.Start:c.End])
		}
		b.EndRow(j.now.line)
		j.count()
	}
	if j.err == io.EOF && b.Rows()+len(b.Bad) > 0 {
		return nil // the end is told by the next call
	}
	if j.err != io.EOF {
		b.Reset(len(j.header))
	}
	return j.err
}

// next makes the next record the present one.
func (j *Reader) next() error {
	switch {
	case len(j.ahead) > 0:
		j.now, j.ahead = j.ahead[0], j.ahead[1:]
	case j.ended:
		return io.EOF
	default:
		rec, err := j.src.next()
		if err != nil {
			return err
		}
		j.now = rec
	}
	j.take(j.now)
	j.ready = true
	return nil
}

const halfCharacter = `a \u escape of half a character`

// take takes a record apart, or says why it is no row.
func (j *Reader) take(rec record) {
	j.reason, j.detail = j.flaw(rec)
	if j.reason != "" {
		return
	}
	j.data = j.data[:0]
	j.news = j.news[:0]
	j.cells = slices.Grow(j.cells[:0], len(j.header))[:len(j.header)]
	clear(j.cells)
	bad := func(reason qulaq.Reason, detail string) {
		if j.reason == "" {
			j.reason, j.detail = reason, detail
		}
	}
	members(rec.raw, func(name, value []byte) {
		var ok bool
		if j.name, ok = appendString(j.name[:0], name); !ok {
			bad(qulaq.BadEncoding, halfCharacter)
			return
		}
		start := len(j.data)
		if depth(value) > maxDepth {
			bad(qulaq.NotAnObject, fmt.Sprintf("a value nests deeper than %d levels", maxDepth))
			return
		}
		if j.data, ok = appendCell(j.data, value); !ok {
			bad(qulaq.BadEncoding, halfCharacter)
			return
		}
		if bytes.IndexByte(j.data[start:], 0) >= 0 || bytes.IndexByte(j.name, 0) >= 0 {
			bad(qulaq.NulByte, "a zero byte in a string")
			return
		}
		key := bytes.TrimSpace(j.name)
		column, known := j.columns[string(key)]
		if !known {
			j.data = j.data[:start]
			j.news = append(j.news, string(key))
			return
		}
		j.cells[column] = table.Span{Start: uint32(start), End: uint32(len(j.data))}
	})
}

// flaw says why a record is no object in itself.
func (j *Reader) flaw(rec record) (qulaq.Reason, string) {
	switch {
	case rec.large:
		return qulaq.TooLarge, fmt.Sprintf("more than %d bytes", j.limits.RecordBytes)
	case !utf8.Valid(rec.raw):
		return qulaq.BadEncoding, "bytes that are no UTF-8"
	case bytes.IndexByte(rec.raw, 0) >= 0:
		return qulaq.NulByte, "a zero byte"
	case !rec.valid && !json.Valid(rec.raw):
		return qulaq.NotAnObject, "no valid JSON"
	case rec.raw[0] != '{':
		return qulaq.NotAnObject, "a JSON value, but no object"
	}
	return "", ""
}

// count notes the members of the present row that are no columns.
func (j *Reader) count() {
	for _, name := range j.news {
		i, known := j.extra[name]
		if !known {
			detail := fmt.Sprintf("a member that the first %d records do not have; it was not read", headerWithin)
			if len(j.found) > j.limits.Columns {
				name, detail = "", fmt.Sprintf("more than %d members that the first records do not have", j.limits.Columns)
			}
			if i, known = j.extra[name]; !known {
				i = len(j.found)
				j.extra[name] = i
				j.found = append(j.found, qulaq.Finding{Kind: qulaq.UnknownColumn, Subject: name, Detail: detail, Line: j.now.line})
			}
		}
		j.found[i].Count++
	}
}

// ExtraColumns returns, in order of first sight, the names that rows read so far have beside the columns,
// as findings of kind qulaq.UnknownColumn with how often and where first. What stood under them was not
// read. Beyond limits.Columns names the rest is counted together, under the subject "".
func (j *Reader) ExtraColumns() []qulaq.Finding { return j.found }

// shown makes a record fit to be kept with a reject.
func shown(raw []byte) string {
	if len(raw) > table.MaxRaw {
		cut := table.MaxRaw
		for cut > table.MaxRaw-utf8.UTFMax && !utf8.RuneStart(raw[cut]) {
			cut--
		}
		raw = raw[:cut]
	}
	return strings.ToValidUTF8(string(raw), "?")
}
