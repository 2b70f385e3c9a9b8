package complaint

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"sort"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/cespare/xxhash/v2"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/category"
	"github.com/qulaq-kz/qulaq/transform/fingerprint"
	"github.com/qulaq-kz/qulaq/transform/lang"
	"github.com/qulaq-kz/qulaq/transform/pii"
	"github.com/qulaq-kz/qulaq/transform/status"
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
	classifier *category.Classifier

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
	raw                                           []*dict // those that hold words of the source, which are many
}

// memo is the answer to up to three cells, with the slots of their own words.
type memo struct {
	slot  int32
	known bool
	raw   [3]int32
}

type placeMemo struct {
	region, district           int32
	regionRaw, districtRaw     int32
	regionKnown, districtKnown bool
}

type flagMemo struct {
	flag  status.Flag
	known bool
}

// maxMemo bounds a memo.
const maxMemo = 1 << 17

func newMapper(voc *Vocabularies, mem memory.Allocator) *mapper {
	m := &mapper{
		voc: voc, classifier: voc.Categories.Classifier(), schema: Schema(), eras: voc.eras(), zone: newZone(), mem: mem,
		places: map[string]placeMemo{}, categories: map[string]memo{}, statuses: map[string]memo{},
		kinds: map[string]memo{}, applicants: map[string]memo{}, flags: map[string]flagMemo{},
	}
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
	source, snapshot, sourceTable := m.source.slotOf(k.source), m.snapshot.slotOf(k.snapshot), []byte(k.table)
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
		m.source.code(source)
		m.snapshot.code(snapshot)
		m.sourceTable.text(sourceTable)
		m.sourceRow.Append(uint32(min(b.Lines[r.n], math.MaxUint32)))
		m.exportedAt.Append(arrow.Timestamp(k.exportedAt))
		m.shiftMinutes.Append(int16(k.shift / wallSecond / 60))
		m.words(&r, &out, (registered + k.shift).day(), k)
	}
	// The rows that the reader refused stand before those refused here; people and bounds want them as they come.
	slices.SortStableFunc(out.rejects, func(a, b qulaq.Reject) int { return cmp.Compare(a.Line, b.Line) })
	if rows > 0 {
		out.record = m.finish(rows)
	}
	return out
}

// row is a cursor over a block by our columns.
type row struct {
	block *table.Block
	at    binding
	n     int
}

// cell returns a trimmed cell; nil when the file has no such column or says that there is nothing.
func (r *row) cell(c column) []byte {
	i := r.at[c]
	if i < 0 {
		return nil
	}
	s := trim(r.block.Cell(r.n, i))
	if len(s) <= 4 && isNothing(s) {
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
	switch string(s) {
	case "", "NULL", "Null", "null", "NONE", "None", "none", "NaN", "nan", `\N`:
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

// words appends everything that comes from a vocabulary.
func (m *mapper) words(r *row, out *batch, day qulaq.Day, k constants) {
	m.place(r, out, day, k)

	cat, issue, sub := r.cell(colCategory), r.cell(colIssue), r.cell(colSubissue)
	c := m.ask(m.categories, m.categoryCode, [3][]byte{cat, issue, sub}, [3]*dict{m.categoryRaw, m.issueRaw, m.subissueRaw}, func() (string, bool) {
		return m.voc.Categories.FromTriple(string(cat), string(issue), string(sub))
	})
	if !c.known && len(cat)+len(issue)+len(sub) > 0 {
		out.findings.add(qulaq.UnknownCategory, join(cat, issue, sub), "no table lists it; the code is null", r.line(), k.table)
	}
	fromSource := c.slot
	m.categoryRaw.code(c.raw[0])
	m.issueRaw.code(c.raw[1])
	m.subissueRaw.code(c.raw[2])

	state, overdue := r.cell(colState), r.cell(colOverdue)
	c = m.ask(m.statuses, m.statusCode, [3][]byte{state, overdue}, [3]*dict{m.stateRaw, m.overdueRaw}, func() (string, bool) {
		return m.voc.Statuses.Complaint(string(state), string(overdue))
	})
	if !c.known {
		out.findings.add(qulaq.UnknownStatus, join(state, overdue), "no table lists it; the status is unknown", r.line(), k.table)
	}
	m.statusCode.code(c.slot)
	m.stateRaw.code(c.raw[0])
	m.overdueRaw.code(c.raw[1])

	kind := r.cell(colKind)
	c = m.ask(m.kinds, m.kind, [3][]byte{kind}, [3]*dict{}, func() (string, bool) { return m.voc.Statuses.Kind(string(kind)) })
	if !c.known {
		out.findings.add(qulaq.UnknownType, string(clipped(kind)), "no table lists it; the kind is other", r.line(), k.table)
	}
	m.kind.code(c.slot)

	applicant, number := r.cell(colApplicant), r.cell(colRegNumber)
	prefix := number[:min(len(number), len("ЖТ"))]
	c = m.ask(m.applicants, m.applicant, [3][]byte{applicant, prefix}, [3]*dict{}, func() (string, bool) {
		if applicant == nil {
			return status.FromNumber(string(prefix) + "-0"), true
		}
		return m.voc.Statuses.Applicant(string(applicant))
	})
	if !c.known {
		out.findings.add(qulaq.UnknownType, string(clipped(applicant)), "no table lists this type of applicant; it is null", r.line(), k.table)
	}
	m.applicant.code(c.slot)

	m.flag(r, out, colDuplicate, m.duplicate, k)
	m.flag(r, out, colForwarded, m.forwarded, k)
	m.flag(r, out, colExtForwarded, m.extForwarded, k)

	m.body.orNull(r.cell(colBody))
	m.applicantKey.Append(pii.Applicant(m.voc.ApplicantKey, string(r.cell(colApplicantID))))
	m.content(r, fromSource)
}

// sure is the score from which on a guess from the text is believed: more likely right than not. That it is
// about nothing in particular is no category.
const sure = 0.5

// content appends the text without personal data, and what the text tells: its language, its fingerprint,
// and its category where the source's own words (fromSource) do not.
func (m *mapper) content(r *row, fromSource int32) {
	text := r.cell(colText)
	masked := m.voc.Personal.Redact(m.room[:0], text)
	if len(masked) > 0 && &masked[0] != &text[0] {
		m.room = masked
	}
	m.text.BinaryBuilder.Append(masked)
	m.fingerprint.Append(fingerprint.Of(masked))
	m.language.code(m.language.slotOf(lang.Of(masked)))
	code, how := fromSource, "source"
	if fromSource == noSlot {
		how = ""
		if guess := m.classifier.FromText(masked); guess.Score >= sure && guess.Code != category.Other {
			code, how = m.categoryCode.slotOf(guess.Code), "text"
		}
	}
	m.categoryCode.code(code)
	m.categoryHow.code(m.categoryHow.slotOf(how))
}

// ask returns the memo of up to three cells, asking the vocabulary at their first sight. The words of the
// cells go into the raw columns, where there are any.
func (m *mapper) ask(memos map[string]memo, d *dict, cells [3][]byte, raw [3]*dict, answer func() (string, bool)) memo {
	m.key = m.key[:0]
	for _, c := range cells {
		m.key = append(append(m.key, c...), 0)
	}
	got, ok := memos[string(m.key)]
	if !ok {
		code, known := answer()
		got = memo{slot: d.slotOf(code), known: known}
		for i, r := range raw {
			if r != nil {
				got.raw[i] = r.textSlot(cells[i])
			}
		}
		memos[string(m.key)] = got
	}
	return got
}

func (m *mapper) place(r *row, out *batch, day qulaq.Day, k constants) {
	region, district := r.cell(colRegion), r.cell(colDistrict)
	era := sort.Search(len(m.eras), func(i int) bool { return m.eras[i] > day })
	m.key = append(append(append(append(m.key[:0], byte(era)), region...), 0), district...)
	got, ok := m.places[string(m.key)]
	if !ok {
		rr, dd := m.voc.Places.Pair(string(region), string(district), day)
		got = placeMemo{
			region: m.regionCode.slotOf(rr.Code), district: m.districtCode.slotOf(dd.Code),
			regionRaw: m.regionRaw.textSlot(region), districtRaw: m.districtRaw.textSlot(district),
			regionKnown: rr.Code != "" || region == nil, districtKnown: dd.Code != "" || district == nil,
		}
		m.places[string(m.key)] = got
	}
	if !got.regionKnown {
		out.findings.add(qulaq.UnknownRegion, string(clipped(region)), "no region of that day has this name; the code is null", r.line(), k.table)
	}
	if !got.districtKnown {
		out.findings.add(qulaq.UnknownDistrict, join(region, district, nil), "no district of that region and day has this name; the code is null", r.line(), k.table)
	}
	m.regionCode.code(got.region)
	m.districtCode.code(got.district)
	m.regionRaw.code(got.regionRaw)
	m.districtRaw.code(got.districtRaw)
}

func (m *mapper) flag(r *row, out *batch, c column, b *array.BooleanBuilder, k constants) {
	cell := r.cell(c)
	got, ok := m.flags[string(cell)]
	if !ok {
		f, known := status.ParseFlag(string(cell))
		got = flagMemo{f, known}
		m.flags[string(cell)] = got
	}
	if !got.known {
		out.findings.add(qulaq.UnknownFlag, columnNames[c], fmt.Sprintf("%q is neither yes nor no; it is null", clipped(cell)), r.line(), k.table)
	}
	if got.flag == status.FlagNull {
		b.AppendNull()
		return
	}
	b.Append(got.flag == status.FlagTrue)
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

// tidy forgets what has grown too large, between two blocks: hostile files have as many different values as
// rows. Memos hold slots of the raw columns, so they are forgotten together.
func (m *mapper) tidy() {
	large := len(m.places) > maxMemo || len(m.flags) > maxMemo
	memos := []map[string]memo{m.categories, m.statuses, m.kinds, m.applicants}
	for _, known := range memos {
		large = large || len(known) > maxMemo
	}
	for _, d := range m.raw {
		large = large || d.full()
	}
	if !large {
		return
	}
	for _, d := range m.raw {
		d.forget()
	}
	for _, known := range memos {
		clear(known)
	}
	clear(m.places)
	clear(m.flags)
}

// clipped keeps the beginning of a value for a message.
func clipped(s []byte) []byte {
	const most = 120
	if len(s) <= most {
		return s
	}
	return append(bytes.ToValidUTF8(s[:most], nil), "…"...)
}

// join writes several cells as one subject.
func join(cells ...[]byte) string {
	var b []byte
	for _, c := range cells {
		if len(c) == 0 {
			continue
		}
		if len(b) > 0 {
			b = append(b, " / "...)
		}
		b = append(b, c...)
	}
	return string(clipped(b))
}
