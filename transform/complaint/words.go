package complaint

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/category"
	"github.com/qulaq-kz/qulaq/transform/pii"
	"github.com/qulaq-kz/qulaq/transform/status"
)

// wordMemo is what a vocabulary says of up to three cells, with the slots of their own words.
type wordMemo struct {
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
	var key []byte
	if id := r.cell(colApplicantID); id != nil {
		key = []byte(pii.Applicant(m.voc.ApplicantKey, string(id)))
	}
	m.applicantKey.add(key)
	m.content(r, fromSource)
}

// sure is the score from which on a guess from the text is believed: more likely right than not. That it is
// about nothing in particular is no category.
const sure = 0.5

// content appends the text without personal data, and what the text tells: its language, its fingerprint,
// and its category where the source's own words (fromSource) do not. Its words are cut once for all of these.
func (m *mapper) content(r *row, fromSource int32) {
	text := r.cell(colText)
	cut := m.personal.Redact(m.room[:0], m.memory.Read(text))
	masked := cut.Bytes
	if len(masked) > 0 && &masked[0] != &text[0] {
		m.room = masked
	}
	m.text.add(masked)
	m.fingerprint.add(m.fingerprints.Of(cut))
	m.language.code(m.language.slotOf(m.languages.Of(cut)))
	code, how := fromSource, "source"
	if fromSource == noSlot {
		how = ""
		if guess := m.classifier.FromWords(cut); guess.Score >= sure && guess.Code != category.Other {
			code, how = m.categoryCode.slotOf(guess.Code), "text"
		}
	}
	m.categoryCode.code(code)
	m.categoryHow.code(m.categoryHow.slotOf(how))
}

// ask returns the memo of up to three cells, asking the vocabulary at their first sight. The words of the
// cells go into the raw columns, where there are any.
func (m *mapper) ask(asked *memos[wordMemo], d *dict, cells [3][]byte, raw [3]*dict, answer func() (string, bool)) *wordMemo {
	got := asked.of(&cells)
	if got == nil {
		code, known := answer()
		got = &wordMemo{slot: d.slotOf(code), known: known}
		for i, r := range raw {
			if r != nil {
				got.raw[i] = r.textSlot(cells[i])
			}
		}
		asked.keep(&cells, got)
	}
	return got
}

func (m *mapper) place(r *row, out *batch, day qulaq.Day, k constants) {
	region, district := r.cell(colRegion), r.cell(colDistrict)
	cells := [3][]byte{m.era(day), region, district}
	got := m.places.of(&cells)
	if got == nil {
		rr, dd := m.voc.Places.Pair(string(region), string(district), day)
		got = &placeMemo{
			region: m.regionCode.slotOf(rr.Code), district: m.districtCode.slotOf(dd.Code),
			regionRaw: m.regionRaw.textSlot(region), districtRaw: m.districtRaw.textSlot(district),
			regionKnown: rr.Code != "" || region == nil, districtKnown: dd.Code != "" || district == nil,
		}
		m.places.keep(&cells, got)
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

// era returns a cell of its own for the era of a day.
func (m *mapper) era(day qulaq.Day) []byte {
	if m.dayEra == nil || day != m.day {
		n, _ := slices.BinarySearch(m.eras, day+1) // an era begins with its first day
		m.day, m.dayEra = day, m.eraCells[n:n+1]
	}
	return m.dayEra
}

func (m *mapper) flag(r *row, out *batch, c column, to *values[bool], k constants) {
	if r.at[c] < 0 {
		return // see constants
	}
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
		to.null()
		return
	}
	to.add(got.flag == status.FlagTrue)
}

// tidy forgets what has grown too large, between two blocks: hostile files have as many different values as
// rows. Memos hold slots of the raw columns, so they are forgotten together.
func (m *mapper) tidy() {
	large := len(m.places.all) > maxMemo || len(m.flags) > maxMemo
	asked := []*memos[wordMemo]{m.categories, m.statuses, m.kinds, m.applicants}
	for _, a := range asked {
		large = large || len(a.all) > maxMemo
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
	for _, a := range asked {
		a.forget()
	}
	m.places.forget()
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
