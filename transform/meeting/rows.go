package meeting

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/dates"
	"github.com/qulaq-kz/qulaq/transform/plan"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// reading gathers what a publication holds.
type reading struct {
	*Reader
	paper *Paper
	file  plan.File
	doc   *table.Document
	year  int // of days without one; 0 unknown
	sheet *sheet

	// Of the section that rows stand in.
	level    Level
	region   string
	district string
	span     dates.Range

	rows     []Row
	said     map[string]int // what rows of documents say, to which row first, from 1
	rejects  []qulaq.Reject
	findings []qulaq.Finding
}

// document reads the tables of a document; where they list nothing, its lines.
func (d *reading) document() {
	d.year = 0
	if p := d.paper; p.PeriodFrom != 0 && p.PeriodFrom.Time().Year() == p.PeriodTo.Time().Year() {
		d.year = p.PeriodFrom.Time().Year()
	}
	for _, f := range d.doc.Findings {
		d.find(f.Kind, f.Subject, f.Detail, int(f.Line))
	}
	if n := d.doc.Unread; n > 0 {
		d.find(UnreadPart, d.doc.Name, fmt.Sprintf("%d pages or pictures", n), 0)
	}
	if d.doc.Recognised {
		d.find(Recognised, d.doc.Name, "letters may be wrong", 0)
	}
	d.sheet = nil
	number, from := 0, len(d.rows)
	for i, part := range d.doc.Parts {
		if part.Grid == nil {
			if text := oneLine(part.Text); number > 0 && len(text) <= sectionBytes {
				d.section(text)
			}
			continue
		}
		number++
		d.grid(part.Grid, number, i)
	}
	if len(d.rows) == from {
		d.notice()
	}
}

// grid reads one table.
func (d *reading) grid(g *table.Grid, number, part int) {
	d.level, d.region, d.district, d.span = "", "", "", dates.Range{}
	if g.Name != "" {
		d.section(g.Name)
	}
	s := d.sheetOf(g, number, d.year, d.sheet)
	if s == nil {
		if d.countsOnly(g) {
			d.find(CountsOnly, fmt.Sprintf("table %d", number), "it counts meetings and lists none", part+1)
		}
		return
	}
	d.sheet = s
	for at := s.first; at < len(g.Rows); at++ {
		if len(d.rows) >= maxRows {
			d.find(TooMany, g.Name, fmt.Sprintf("only the first %d are read", maxRows), g.Rows[at].Line)
			return
		}
		if next, again := d.headedAgain(s, at, d.year); again {
			at = next - 1
			continue
		}
		d.row(s, at)
	}
}

// countsOnly says whether a table has a column that counts meetings among its first rows.
func (d *reading) countsOnly(g *table.Grid) bool {
	for at := range min(len(g.Rows), headerRows) {
		for _, c := range cells(g, at) {
			if c.text != "" && len(c.text) <= headerBytes && d.columnOf(c.text, 0).role == colMeetings {
				return true
			}
		}
	}
	return false
}

// section begins a section when a line names an official's level, a district or a span of time.
func (d *reading) section(text string) {
	if span, ok := spanOf(text, cmp.Or(yearIn(text), d.year)); ok {
		d.span = span
		return
	}
	level := d.levelIn(text, d.paper.Region)
	reg, district := d.districtOf(text, d.paper.Region)
	if level != "" {
		d.level, d.region, d.district = level, "", ""
	}
	if district != "" {
		d.region, d.district = reg, district
	}
}

// row reads one row of a table: the meetings that it lists, the heading of a section, or what is neither.
func (d *reading) row(s *sheet, at int) {
	own := own(s.grid, at)
	if len(own) == 0 || isNumbering(own) {
		return
	}
	first := own[0]
	if isNumber(first.text) && len(own) > 1 {
		first = own[1]
	}
	key := keyed(cut(first.text, sectionBytes))
	if d.says("row-total", key) != "" || len(own) <= 3 && d.says("row-note", key) != "" {
		return
	}
	if wide := 2*first.width > len(s.columns); len(own) == 1 && (wide || !named(s, first.column)) || len(own) == 2 && wide && first.column > 0 {
		if len(first.text) <= sectionBytes {
			d.section(oneLine(first.text))
		}
		return
	}
	if len(own) == 1 && isNumber(first.text) {
		return // a number that stands alone: a row that nobody filled
	}
	d.meetings(s, at)
}

// member names the document where the file has several.
func (d *reading) member() string {
	if len(d.file.Documents) < 2 {
		return ""
	}
	return d.masked(d.doc.Name)
}

// once drops the rows of a document that says the same as those before it: the same paper in another format.
func (d *reading) once(from int) {
	fresh := false
	for i := range d.rows[from:] {
		key := d.rows[from+i].key()
		fresh = fresh || d.said[key] == 0 || d.said[key] > from
		if d.said[key] == 0 {
			d.said[key] = from + i + 1
		}
	}
	if fresh || from == len(d.rows) || len(d.rows)-from > from {
		return
	}
	d.find(SameAgain, d.doc.Name, "it repeats another document", 0)
	d.rows = d.rows[:from]
}

// find adds a finding.
func (d *reading) find(kind qulaq.FindingKind, subject, detail string, line int) {
	subject = d.masked(cut(oneLine(subject), 200))
	for i := range d.findings {
		if f := &d.findings[i]; f.Kind == kind && f.Subject == subject {
			f.Count++
			return
		}
	}
	if len(d.findings) < maxFindings {
		f := qulaq.Finding{Kind: kind, Subject: subject, Detail: d.masked(detail), Count: 1, Line: int64(line)}
		if d.doc != nil {
			f.Table = d.masked(d.doc.Name)
		}
		d.findings = append(d.findings, f)
	}
}

// reject refuses a row.
func (d *reading) reject(s *sheet, row table.Row, at int) {
	if len(d.rejects) >= maxRejects {
		d.find(qulaq.ManyFindings, "rejects", fmt.Sprintf("only the first %d are kept", maxRejects), row.Line)
		return
	}
	var raw []string
	for _, c := range cells(s.grid, at) {
		raw = append(raw, oneLine(cut(c.text, cellBytes)))
	}
	d.rejects = append(d.rejects, qulaq.Reject{
		Table: strings.TrimSpace(fmt.Sprintf("%s table %d", d.doc.Name, s.number)), Line: int64(row.Line), Reason: NoDay,
		Detail: "neither a day nor an outcome", Raw: cut(strings.Join(raw, " | "), table.MaxRaw),
	})
}
