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
	places     *memos[placeMemo]
	categories *memos[wordMemo]
	statuses   *memos[wordMemo]
	kinds      *memos[wordMemo]
	applicants *memos[wordMemo]
	flags      map[string]flagMemo
	eraCells   []byte    // a byte for each era
	day        qulaq.Day // the last one whose era was asked for
	dayEra     []byte    // its cell, nil at first
	room       []byte    // scratch for a masked text

	// readers of texts, who share the words
	memory       *words.Memory
	personal     *pii.Reader
	languages    *lang.Reader
	fingerprints *fingerprint.Reader
	classifier   *category.Classifier

	id, regNumber, applicantKey, text             *texts
	registered, due, finished                     *values[arrow.Timestamp]
	registeredRaw, dueRaw, finishedRaw            *values[arrow.Timestamp]
	duplicate, forwarded, extForwarded            *values[bool]
	source, kind, applicant, regionCode           *dict
	districtCode, body, categoryCode, categoryHow *dict
	statusCode                                    *dict
	language, regionRaw, districtRaw, categoryRaw *dict
	issueRaw, subissueRaw, stateRaw, overdueRaw   *dict
	snapshot, sourceTable                         *dict
	fingerprint                                   *values[uint64]
	shiftMinutes                                  *values[int16]
	sourceRow                                     *values[uint32]
	exportedAt                                    *values[arrow.Timestamp]
	columns                                       []func() arrow.Array // finishers in the order of the schema
	raw                                           []*dict              // those that hold words of the source, which are many
	absent                                        []func(rows int)     // fillers of the columns that a file may not have
}

func newMapper(voc *Vocabularies, mem memory.Allocator) *mapper {
	m := &mapper{
		voc: voc, memory: words.NewMemory(), schema: Schema(), eras: voc.eras(), zone: newZone(), mem: mem,
		places: newMemos[placeMemo](), categories: newMemos[wordMemo](), statuses: newMemos[wordMemo](),
		kinds: newMemos[wordMemo](), applicants: newMemos[wordMemo](), flags: map[string]flagMemo{},
	}
	for n := range len(m.eras) + 1 {
		m.eraCells = append(m.eraCells, byte(n))
	}
	m.personal, m.classifier = voc.Personal.Reader(m.memory), voc.Categories.ClassifierOf(m.memory)
	m.languages, m.fingerprints = lang.NewReader(m.memory), fingerprint.NewReader(m.memory)
	str := func() *texts {
		t := newTexts(mem)
		m.columns = append(m.columns, t.finish)
		return t
	}
	instants := func(t *arrow.TimestampType) *values[arrow.Timestamp] {
		v := valuesOf(array.NewTimestampBuilder(mem, t))
		m.columns = append(m.columns, v.finish)
		return v
	}
	codes := func() *dict {
		d := newDict(mem)
		m.columns = append(m.columns, d.finish)
		return d
	}
	words := func() *dict {
		d := codes()
		d.masked = voc.Personal.Redact
		m.raw = append(m.raw, d)
		return d
	}
	flags := func() *values[bool] {
		v := valuesOf(array.NewBooleanBuilder(mem))
		m.columns = append(m.columns, v.finish)
		return v
	}
	// In the order of Schema.
	m.source, m.id, m.regNumber = codes(), str(), str()
	m.kind, m.applicant, m.applicantKey = codes(), codes(), str()
	m.registered, m.due, m.finished = instants(instant), instants(instant), instants(instant)
	m.regionCode, m.districtCode, m.body = codes(), codes(), words()
	m.categoryCode, m.categoryHow, m.statusCode = codes(), codes(), codes()
	m.duplicate, m.forwarded, m.extForwarded = flags(), flags(), flags()
	m.language, m.text = codes(), str()
	m.fingerprint = valuesOf(array.NewUint64Builder(mem))
	m.columns = append(m.columns, m.fingerprint.finish)
	m.registeredRaw, m.dueRaw, m.finishedRaw = instants(printed), instants(printed), instants(printed)
	m.shiftMinutes = valuesOf(array.NewInt16Builder(mem))
	m.columns = append(m.columns, m.shiftMinutes.finish)
	m.regionRaw, m.districtRaw = words(), words()
	m.categoryRaw, m.issueRaw, m.subissueRaw = words(), words(), words()
	m.stateRaw, m.overdueRaw = words(), words()
	m.snapshot, m.sourceTable = codes(), codes()
	m.sourceRow = valuesOf(array.NewUint32Builder(mem))
	m.columns = append(m.columns, m.sourceRow.finish)
	m.exportedAt = instants(instant)
	m.absent = []func(int){
		m.due.fill, m.dueRaw.fill, m.finished.fill, m.finishedRaw.fill, m.duplicate.fill, m.forwarded.fill, m.extForwarded.fill,
	}
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
	if at[colText] >= 0 {
		m.text.reserve(len(b.Data)) // it grows once and not by doubling
	}
	rows := 0
	for r.n = range b.Rows() {
		registered, ok := m.times(&r, &out, k)
		if !ok {
			continue
		}
		m.identity(&r, &out)
		rows++
		m.sourceRow.add(uint32(min(b.Lines[r.n], math.MaxUint32)))
		m.words(&r, &out, registered.day(), k)
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
	if rows > 0 {
		m.exportedAt.add(arrow.Timestamp(k.exportedAt))
		m.exportedAt.repeat(rows - 1)
		m.shiftMinutes.add(int16(k.shift / wallSecond / 60))
		m.shiftMinutes.repeat(rows - 1)
	}
	for _, fill := range m.absent {
		fill(rows)
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

// times appends the three times, or rejects the row for its registration, whose local time it returns.
func (m *mapper) times(r *row, out *batch, k constants) (registered wall, ok bool) {
	raw := r.cell(colRegistered)
	printed, ok := parseTime(raw)
	if !ok {
		detail := fmt.Sprintf("registered at %q, which is no time", clipped(raw))
		if raw == nil {
			detail = "the registration time is empty"
		}
		m.reject(r, out, k, qulaq.BadDate, detail)
		return 0, false
	}
	registered, instant := m.zone.local(printed, k.shift)
	switch {
	case instant > k.latest:
		m.reject(r, out, k, qulaq.FutureDate, fmt.Sprintf("registered at %s, after the file was read", raw))
		return 0, false
	case registered.day() < earliest:
		m.reject(r, out, k, qulaq.AncientDate, fmt.Sprintf("registered at %s, before %s", raw, earliest))
		return 0, false
	}
	// The row may still be rejected for its id: nothing is appended before that is known.
	if r.at[colID] >= 0 && r.cell(colID) == nil {
		m.reject(r, out, k, qulaq.EmptyID, "the id is empty")
		return 0, false
	}
	m.registered.add(arrow.Timestamp(instant))
	m.registeredRaw.add(arrow.Timestamp(registered - k.shift)) // as printed, but for a time with an offset: on the clock of its file
	due, ok := m.optionalTime(r, out, colDue, m.due, m.dueRaw, k)
	if ok && k.measured && !due.zoned {
		out.deadlines.add(due.wall, 1)
	}
	m.optionalTime(r, out, colFinished, m.finished, m.finishedRaw, k)
	return registered, true
}

func (m *mapper) optionalTime(r *row, out *batch, c column, at, raw *values[arrow.Timestamp], k constants) (stamp, bool) {
	if r.at[c] < 0 {
		return stamp{}, false // see constants
	}
	cell := r.cell(c)
	if cell == nil {
		at.null()
		raw.null()
		return stamp{}, false
	}
	printed, ok := parseTime(cell)
	local, instant := m.zone.local(printed, k.shift)
	if !ok || instant < 0 || instant > math.MaxUint32 { // what a DateTime holds
		out.findings.add(qulaq.BadTime, columnNames[c], string(clipped(cell))+" is no time; the fact has none", r.line(), k.table)
		at.null()
		raw.null()
		return stamp{}, false
	}
	at.add(arrow.Timestamp(instant))
	raw.add(arrow.Timestamp(local - k.shift))
	return printed, true
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
	m.id.add(id)
	m.regNumber.add(number)
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
