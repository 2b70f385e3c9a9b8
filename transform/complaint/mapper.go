package complaint

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/cespare/xxhash/v2"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/words"
	"github.com/qulaq-kz/qulaq/transform/category"
	"github.com/qulaq-kz/qulaq/transform/fingerprint"
	"github.com/qulaq-kz/qulaq/transform/lang"
	"github.com/qulaq-kz/qulaq/transform/pii"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// constants are what all rows of one table have in common.
type constants struct {
	source     string
	snapshot   string
	table      string
	exportedAt int64 // Unix seconds
	latest     int64 // Unix seconds: a later registration is impossible
	shift      wall
	measured   bool // whether deadlines are counted, to verify the shift
}

// The earliest registration believed: the first day of independence.
var earliest = qulaq.Date(1991, 12, 16)

// batch is what a block became.
type batch struct {
	record    arrow.Record // nil when no row became a fact
	rejects   []qulaq.Reject
	findings  findings
	deadlines deadlineTimes
	end       *constants // marks the end of a table instead of a block
	contentID []uint64   // of each row of a table without ids: 0 where the number is the id; else nil
}

// mapper turns blocks into batches. One goroutine owns it; mappers share nothing that changes.
type mapper struct {
	voc    *Vocabularies
	schema *arrow.Schema
	eras   []qulaq.Day
	zone   *zone
	mem    memory.Allocator

	// memos of what was asked of the vocabularies, by the raw cells
	places     map[string]placeMemo
	categories map[string]memo
	statuses   map[string]memo
	kinds      map[string]memo
	applicants map[string]memo
	flags      map[string]flagMemo
	key        []byte // scratch for keys of several cells
	room       []byte // scratch for a masked text

	// readers of texts, who share the words
	memory       *words.Memory
	personal     *pii.Reader
	languages    *lang.Reader
	fingerprints *fingerprint.Reader
	classifier   *category.Classifier

	id, regNumber, applicantKey, text             *array.StringBuilder
	registered, due, finished                     *array.TimestampBuilder
	registeredRaw, dueRaw, finishedRaw            *array.TimestampBuilder
	duplicate, forwarded, extForwarded            *array.BooleanBuilder
	source, kind, applicant, regionCode           *dict
	districtCode, body, categoryCode, categoryHow *dict
	statusCode                                    *dict
	language, regionRaw, districtRaw, categoryRaw *dict
	issueRaw, subissueRaw, stateRaw, overdueRaw   *dict
	snapshot, sourceTable                         *dict
	fingerprint                                   *array.Uint64Builder
	shiftMinutes                                  *array.Int16Builder
	sourceRow                                     *array.Uint32Builder
	exportedAt                                    *array.TimestampBuilder
	columns                                       []func() arrow.Array // finishers in the order of the schema
	reserve                                       []func(rows int)     // of every column
	dicts                                         []*dict
	raw                                           []*dict         // those that hold words of the source, which are many
	absent                                        []array.Builder // of the columns that a file may not have
}

func newMapper(voc *Vocabularies, mem memory.Allocator) *mapper {
	m := &mapper{
		voc: voc, memory: words.NewMemory(), schema: Schema(), eras: voc.eras(), zone: newZone(), mem: mem,
		places: map[string]placeMemo{}, categories: map[string]memo{}, statuses: map[string]memo{},
		kinds: map[string]memo{}, applicants: map[string]memo{}, flags: map[string]flagMemo{},
	}
	m.personal, m.classifier = voc.Personal.Reader(m.memory), voc.Categories.ClassifierOf(m.memory)
	m.languages, m.fingerprints = lang.NewReader(m.memory), fingerprint.NewReader(m.memory)
	str := func() *array.StringBuilder {
		b := array.NewStringBuilder(mem)
		m.columns = append(m.columns, b.NewArray)
		m.reserve = append(m.reserve, b.Reserve)
		return b
	}
	instants := func(t *arrow.TimestampType) *array.TimestampBuilder {
		b := array.NewTimestampBuilder(mem, t)
		m.columns = append(m.columns, b.NewArray)
		m.reserve = append(m.reserve, b.Reserve)
		return b
	}
	codes := func() *dict {
		d := newDict(mem)
		m.columns = append(m.columns, d.finish)
		m.reserve = append(m.reserve, d.keys.Reserve)
		m.dicts = append(m.dicts, d)
		return d
	}
	words := func() *dict {
		d := codes()
		d.masked = voc.Personal.Redact
		m.raw = append(m.raw, d)
		return d
	}
	flags := func() *array.BooleanBuilder {
		b := array.NewBooleanBuilder(mem)
		m.columns = append(m.columns, b.NewArray)
		m.reserve = append(m.reserve, b.Reserve)
		return b
	}
	// In the order of Schema.
	m.source, m.id, m.regNumber = codes(), str(), str()
	m.kind, m.applicant, m.applicantKey = codes(), codes(), str()
	m.registered, m.due, m.finished = instants(instant), instants(instant), instants(instant)
	m.regionCode, m.districtCode, m.body = codes(), codes(), words()
	m.categoryCode, m.categoryHow, m.statusCode = codes(), codes(), codes()
	m.duplicate, m.forwarded, m.extForwarded = flags(), flags(), flags()
	m.language, m.text = codes(), str()
	m.fingerprint = array.NewUint64Builder(mem)
	m.columns = append(m.columns, m.fingerprint.NewArray)
	m.registeredRaw, m.dueRaw, m.finishedRaw = instants(printed), instants(printed), instants(printed)
	m.shiftMinutes = array.NewInt16Builder(mem)
	m.columns = append(m.columns, m.shiftMinutes.NewArray)
	m.regionRaw, m.districtRaw = words(), words()
	m.categoryRaw, m.issueRaw, m.subissueRaw = words(), words(), words()
	m.stateRaw, m.overdueRaw = words(), words()
	m.snapshot, m.sourceTable = codes(), codes()
	m.sourceRow = array.NewUint32Builder(mem)
	m.columns = append(m.columns, m.sourceRow.NewArray)
	m.exportedAt = instants(instant)
	m.absent = []array.Builder{m.due, m.dueRaw, m.finished, m.finishedRaw, m.duplicate, m.forwarded, m.extForwarded}
	return m
}

// block maps one block.
func (m *mapper) block(b *table.Block, at binding, k constants) batch {
	m.tidy()
	out := batch{rejects: append([]qulaq.Reject(nil), b.Bad...)}
	for i := range out.rejects {
		out.rejects[i].Table = k.table
	}
	r := row{block: b, at: at}
	// Columns grow once and not by doubling.
	for _, reserve := range m.reserve {
		reserve(b.Rows())
	}
	if at[colText] >= 0 {
		m.text.ReserveData(len(b.Data))
	}
	rows := 0
	for r.n = range b.Rows() {
		registered, ok := m.times(&r, &out, k)
		if !ok {
			continue
		}
		m.identity(&r, &out)
		rows++
		m.sourceRow.Append(uint32(min(b.Lines[r.n], math.MaxUint32)))
		m.words(&r, &out, (registered + k.shift).day(), k)
	}
	m.constants(k, rows)
	// The rows that the reader refused stand before those refused here; people and bounds want them as they come.
	slices.SortStableFunc(out.rejects, func(a, b qulaq.Reject) int { return cmp.Compare(a.Line, b.Line) })
	if rows > 0 {
		out.record = m.finish(rows)
	}
	return out
}

// constants appends what all rows have in common, and to the columns that the file does not have as many nulls.
func (m *mapper) constants(k constants, rows int) {
	m.source.repeat(m.source.slotOf(k.source), rows)
	m.snapshot.repeat(m.snapshot.slotOf(k.snapshot), rows)
	m.sourceTable.repeat(m.sourceTable.textSlot([]byte(k.table)), rows)
	m.exportedAt.Reserve(rows)
	m.shiftMinutes.Reserve(rows)
	for range rows {
		m.exportedAt.UnsafeAppend(arrow.Timestamp(k.exportedAt))
		m.shiftMinutes.UnsafeAppend(int16(k.shift / wallSecond / 60))
	}
	for _, b := range m.absent {
		b.AppendNulls(rows - b.Len())
	}
}

// row is a cursor over a block by our columns.
type row struct {
	block *table.Block
	at    binding
	n     int
}

// cell returns a trimmed cell; nil when the file has no such column or says that there is nothing.
func (r *row) cell(c column) []byte {
	if i := r.at[c]; i >= 0 {
		return r.read(i)
	}
	return nil
}

func (r *row) read(i int) []byte {
	s := trim(r.block.Cell(r.n, i))
	if len(s) <= len("NULL") && isNothing(s) {
		return nil
	}
	return s
}

func (r *row) line() int64 { return r.block.Lines[r.n] }

// trim cuts ASCII space off both ends; bytes.TrimSpace is slow on text that begins beyond ASCII.
func trim(s []byte) []byte {
	for len(s) > 0 && s[0] <= ' ' {
		s = s[1:]
	}
	for len(s) > 0 && s[len(s)-1] <= ' ' {
		s = s[:len(s)-1]
	}
	return s
}

// isNothing knows the ways in which databases and table programs print the absence of a value.
func isNothing(s []byte) bool {
	if len(s) == 0 {
		return true
	}
	if c := s[0]; c != 'N' && c != 'n' && c != '\\' { // few short cells begin so, and there are many
		return false
	}
	switch string(s) {
	case "NULL", "Null", "null", "NONE", "None", "none", "NaN", "nan", `\N`:
		return true
	}
	return false
}

// times appends the three times, or rejects the row for its registration.
func (m *mapper) times(r *row, out *batch, k constants) (registered wall, ok bool) {
	raw := r.cell(colRegistered)
	registered, ok = parseWall(raw)
	if !ok {
		detail := fmt.Sprintf("registered at %q, which is no time", clipped(raw))
		if raw == nil {
			detail = "the registration time is empty"
		}
		m.reject(r, out, k, qulaq.BadDate, detail)
		return 0, false
	}
	instant := m.zone.unix(registered + k.shift)
	switch {
	case instant > k.latest:
		m.reject(r, out, k, qulaq.FutureDate, fmt.Sprintf("registered at %s, after the file was read", raw))
		return 0, false
	case (registered + k.shift).day() < earliest:
		m.reject(r, out, k, qulaq.AncientDate, fmt.Sprintf("registered at %s, before %s", raw, earliest))
		return 0, false
	}
	// The row may still be rejected for its id: nothing is appended before that is known.
	if r.at[colID] >= 0 && r.cell(colID) == nil {
		m.reject(r, out, k, qulaq.EmptyID, "the id is empty")
		return 0, false
	}
	m.registered.Append(arrow.Timestamp(instant))
	m.registeredRaw.Append(arrow.Timestamp(registered))
	due, ok := m.optionalTime(r, out, colDue, m.due, m.dueRaw, k)
	if ok && k.measured {
		out.deadlines.add(due, 1)
	}
	m.optionalTime(r, out, colFinished, m.finished, m.finishedRaw, k)
	return registered, true
}

func (m *mapper) optionalTime(r *row, out *batch, c column, at, raw *array.TimestampBuilder, k constants) (wall, bool) {
	if r.at[c] < 0 {
		return 0, false // see constants
	}
	cell := r.cell(c)
	if cell == nil {
		at.AppendNull()
		raw.AppendNull()
		return 0, false
	}
	w, ok := parseWall(cell)
	instant := m.zone.unix(w + k.shift)
	if !ok || instant < 0 || instant > math.MaxUint32 { // what a DateTime holds
		out.findings.add(qulaq.BadTime, columnNames[c], string(clipped(cell))+" is no time; the fact has none", r.line(), k.table)
		at.AppendNull()
		raw.AppendNull()
		return 0, false
	}
	at.Append(arrow.Timestamp(instant))
	raw.Append(arrow.Timestamp(w))
	return w, true
}

// identity appends the id and the number. Without a column of ids the number stands for it; without a
// number a hash of what does not change over a complaint's life, which the reader completes.
func (m *mapper) identity(r *row, out *batch) {
	number := r.cell(colRegNumber)
	id := r.cell(colID)
	if id == nil {
		id = number
	}
	if r.at[colID] < 0 {
		var content uint64
		if id == nil {
			content = contentHash(r)
		}
		out.contentID = append(out.contentID, content)
	}
	m.id.BinaryBuilder.Append(id)
	m.regNumber.BinaryBuilder.Append(number)
}

// lasting are the columns that stay as they are while a complaint is worked on.
var lasting = []column{
	colRegistered, colKind, colApplicant, colCategory, colIssue, colSubissue, colRegion, colDistrict, colBody, colText,
}

// contentHash is never 0, which stands for a row that has an id.
func contentHash(r *row) uint64 {
	h := xxhash.New()
	var size [4]byte
	for _, c := range lasting {
		cell := r.cell(c)
		binary.LittleEndian.PutUint32(size[:], uint32(len(cell)))
		_, _ = h.Write(size[:]) // so that two cells cannot be read as one
		_, _ = h.Write(cell)
	}
	return max(h.Sum64(), 1)
}

func (m *mapper) reject(r *row, out *batch, k constants, reason qulaq.Reason, detail string) {
	var raw []byte
	for i := range r.block.Width {
		if i > 0 {
			raw = append(raw, " | "...)
		}
		raw = append(raw, r.block.Cell(r.n, i)...)
		if len(raw) > table.MaxRaw {
			raw = raw[:table.MaxRaw]
			break
		}
	}
	out.rejects = append(out.rejects, qulaq.Reject{
		Table: k.table, Line: r.line(), Reason: reason, Detail: detail,
		Raw: string(bytes.ToValidUTF8(raw, []byte("\uFFFD"))),
	})
}

// finish makes the record of a block.
func (m *mapper) finish(rows int) arrow.Record {
	columns := make([]arrow.Array, len(m.columns))
	for i, finish := range m.columns {
		columns[i] = finish()
		defer columns[i].Release()
	}
	return array.NewRecord(m.schema, columns, int64(rows))
}
