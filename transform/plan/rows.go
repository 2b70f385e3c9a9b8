package plan

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// reading gathers what a document holds while its tables are read from top to bottom.
type reading struct {
	*Reader
	file     File
	doc      *table.Document
	region   string    // of the plan, "" unknown
	scope    string    // the district that a title names beside its akim; "" for none
	year     int       // of the meetings, 0 unknown
	approved int       // the year of the approval, 0 unknown
	told     int       // the year that the deadlines of the present table name, 0 when they name none or several
	since    qulaq.Day // the first day of the meetings, 0 unknown
	dated    qulaq.Day // the day that the paper itself bears, 0 unknown
	district string    // of the section that rows stand in
	section  string    // its heading, when it names no district
	issue    string    // that the rows below a heading are measures against, in a table without a column of issues
	nested   bool      // sections that name no district are parts of one that does
	began    int       // how many items there were when the district began

	entry, entries int // of the lists in the cells of a row that holds several items

	seen [roles][2]string // the last cell of each column, and what was left of it without personal data

	items    []Item
	rejects  []qulaq.Reject
	findings []qulaq.Finding
}

// Bounds of what one publication may hold.
const (
	maxItems     = 20_000
	maxFindings  = 2000
	maxRejects   = 2000
	cellBytes    = 16 << 10
	sectionBytes = 400
)

// read reads the rows of a table.
func (d *reading) read(s *sheet) {
	d.issue = ""
	d.sectionAbove(s)
	d.told = s.yearTold()
	for at := s.first; at < len(s.grid.Rows); at++ {
		if len(d.items) >= maxItems {
			d.find(TooManyItems, s.grid.Name, fmt.Sprintf("only the first %d are read", maxItems), s.grid.Rows[at].Line, s)
			return
		}
		cells := distinct(s.grid, at)
		own := ownCells(cells, at)
		if len(own) == 0 || isNumbering(own) {
			continue
		}
		if next, again := d.headedAgain(s, at); again {
			at = next - 1
			continue
		}
		d.row(s, at, cells, own)
	}
}

// headedAgain says whether a heading begins at a row in the middle of a table, and which row is behind it: the same
// once more, or another one with a column of numbers. Without these an item's words could be taken for one.
func (d *reading) headedAgain(s *sheet, at int) (next int, again bool) {
	columns, next, ok := d.headerAt(s.grid, at)
	if !ok {
		return 0, false
	}
	if slices.EqualFunc(columns, s.said, func(a, b column) bool { return a.role == b.role || strings.Contains(b.text, a.text) }) {
		return next, true // of a heading at the top of a page lines may be lost
	}
	if !slices.ContainsFunc(columns, func(c column) bool { return c.role == colNumber }) {
		return 0, false
	}
	s.columns, s.said = columns, columns
	return next, true
}

// ownCells returns the filled cells that begin in a row.
func ownCells(cells []cell, at int) []cell {
	var own []cell
	for _, c := range cells {
		if c.top == at && strings.TrimSpace(c.text) != "" {
			own = append(own, c)
		}
	}
	return own
}

// row reads one row: an item, the heading of a section, or what is neither.
func (d *reading) row(s *sheet, at int, cells, own []cell) {
	first := own[0]
	no, rest := d.numberOf(s, own)
	switch {
	case d.begins("total", first.text), len(rest) > 0 && !isNumber(no) && d.begins("total", rest[0].text):
		return
	case len(own) <= 3 && no == "" && (d.begins("note", first.text) || d.begins("signature", first.text) || d.signed(own)):
		return
	case len(rest) == 0 && len(own) == 1 && isNumber(no):
		return // a number that stands alone: a row that nobody filled
	}
	if text, is := d.sectionOf(s, at, cells, own, no, rest); is {
		if d.issue = issueOf(s, text); d.issue == "" {
			d.begin(text)
		}
		return
	}
	if d.goesOnAbove(s, cells, own, no) {
		return
	}
	d.entries = d.listed(s, own)
	for d.entry = range d.entries {
		d.item(s, at)
	}
	d.entry, d.entries = 0, 0
}

// numberOf returns what stands in the column of numbers, and the other cells.
func (d *reading) numberOf(s *sheet, own []cell) (no string, rest []cell) {
	for _, c := range own {
		if c.width == 1 && s.role(c.column) == colNumber {
			no = oneLine(c.text)
			continue
		}
		rest = append(rest, c)
	}
	return no, rest
}

// sectionOf says whether a row is the heading of a section: one cell across the table, or one filled cell alone
// that names a place or stands where no item begins.
func (d *reading) sectionOf(s *sheet, at int, cells, own []cell, no string, rest []cell) (text string, is bool) {
	if len(rest) == 0 && len(own) == 1 { // in the column of numbers alone
		return no, no != "" && len(no) <= sectionBytes
	}
	if len(rest) != 1 || len(cells) > len(own) && d.reachesDown(cells, at) {
		return "", false
	}
	c := rest[0]
	text = oneLine(c.text)
	if len(text) > sectionBytes {
		return "", false
	}
	known := 0
	for i := c.column; i < c.column+c.width; i++ {
		if s.role(i) != colUnknown {
			known++
		}
	}
	switch {
	case c.width > 1 && (known >= 2 || 2*c.width > len(s.columns)):
		return text, true
	case no != "" && isNumber(no): // an item that says nothing more, or a place, or what the numbers below are parts of
		return text, d.isPlace(text) || strings.HasPrefix(d.nextNumber(s, at), itemNo(no)+".")
	case s.role(c.column) == colMeasure || s.role(c.column).ofMoney() || s.role(c.column) == colStatus:
		return "", false
	case c.column == 0 || no != "": // a Roman number or a letter before it
		return text, true
	}
	return text, d.isPlace(text) || d.begins("section", text) || shouted(text) || !d.goesOn(text)
}

// nextNumber returns the number of the row below.
func (d *reading) nextNumber(s *sheet, at int) string {
	no, _ := d.numberOf(s, ownCells(distinct(s.grid, at+1), at+1))
	return itemNo(no)
}

// reachesDown says whether a cell of a row began in a row above.
func (d *reading) reachesDown(cells []cell, at int) bool {
	for _, c := range cells {
		if c.top < at && strings.TrimSpace(c.text) != "" {
			return true
		}
	}
	return false
}

// isPlace says whether a text is the name of a district and nothing else.
func (d *reading) isPlace(text string) bool {
	return len(split(text)) <= 4 && d.districtOf(text, d.region) != ""
}

// goesOn says whether a text goes on with that of the row above: it begins with a small letter.
func (d *reading) goesOn(text string) bool { return len(d.items) > 0 && beginsLower(text) }

// shouted says whether a text has only capital letters.
func shouted(text string) bool {
	return strings.IndexFunc(text, unicode.IsLower) < 0 && strings.IndexFunc(text, unicode.IsUpper) >= 0
}

// issueOf returns the issue that a heading across a table without a column of issues names, «Вопрос 1. Нет воды», "" when
// it calls itself none.
func issueOf(s *sheet, heading string) string {
	if said := issueHeading.FindStringSubmatch(heading); said != nil && !s.has(colIssue) {
		return said[1]
	}
	return ""
}

var issueHeading = regexp.MustCompile(`(?i)^[\d.)\s-]*(?:проблемный\s+)?(?:вопрос|проблема|мәселе|сұрақ)\s*(?:№\s*)?\d*\s*[.:)–—-]+\s*(\S.*)$`)

// begin begins a section. One that names no district is inside the district before it when it follows its heading at
// once; behind items of a district it stands beside it, as «По области в целом» does.
func (d *reading) begin(text string) {
	if code := d.districtOf(text, d.region); code != "" {
		d.district, d.section, d.nested = code, "", false
		d.began = len(d.items)
		return
	}
	d.nested = d.nested || d.district != "" && d.began == len(d.items)
	if !d.nested {
		d.district = ""
	}
	d.section = d.masked(text)
}

// sectionAbove begins the section that a line between two tables, or the name of a sheet, names.
func (d *reading) sectionAbove(s *sheet) {
	if name := oneLine(s.grid.Name); d.districtOf(name, d.region) != "" {
		d.begin(name)
	}
	last := len(s.above) - 1
	for last > 0 && (s.above[last] == "" || d.begins("unit", s.above[last])) {
		last--
	}
	for i, line := range s.above {
		if len(line) > sectionBytes || d.begins("approval", line) {
			continue
		}
		if s.number > 1 || i == last && !d.isTitle(line) && !speaksOfAkim(line) {
			if d.districtOf(line, d.region) != "" {
				d.begin(line)
			}
		}
	}
	for at := 0; at < s.head; at++ { // of a sheet, above its columns
		for _, c := range distinct(s.grid, at) {
			line := oneLine(c.text)
			if c.top != at || len(line) > sectionBytes || d.isTitle(line) || d.begins("approval", line) || speaksOfAkim(line) {
				continue
			}
			if d.districtOf(line, d.region) != "" {
				d.begin(line)
			}
		}
	}
}

// signed says whether a row is of the block of signatures: it has a place to sign, or is a name and what its bearer is.
func (d *reading) signed(own []cell) bool {
	for _, c := range own {
		if strings.Contains(c.text, "___") {
			return true
		}
		text := oneLine(c.text)
		if masked := d.masked(text); masked != text && strings.TrimSpace(masked) == "[name]" {
			return true
		}
	}
	return false
}

// goesOnAbove joins a row that only goes on with the one before, as a page break leaves it: without a number and
// an issue, in small letters.
func (d *reading) goesOnAbove(s *sheet, cells, own []cell, no string) bool {
	if no != "" || len(d.items) == 0 || len(cells) < 2 {
		return false
	}
	last := &d.items[len(d.items)-1]
	if last.Table != s.number {
		return false
	}
	for _, c := range own {
		if field := last.field(s.role(c.column)); c.width > 1 || field == nil || *field == "" || !beginsLower(oneLine(c.text)) {
			return false
		}
	}
	for _, c := range cells {
		if c.top < last.row && s.role(c.column) != colUnknown {
			return false // a merged cell reaches down: this is one of several measures
		}
	}
	for _, c := range own {
		field := last.field(s.role(c.column))
		*field += " " + d.masked(oneLine(c.text))
	}
	return true
}

// role returns what a column holds.
func (s *sheet) role(i int) role {
	if i < 0 || i >= len(s.columns) {
		return colUnknown
	}
	return s.columns[i].role
}

// find adds a finding.
func (d *reading) find(kind qulaq.FindingKind, subject, detail string, line int, s *sheet) {
	subject = d.masked(cut(oneLine(subject), 200))
	for i := range d.findings {
		if f := &d.findings[i]; f.Kind == kind && f.Subject == subject && f.Table == s.label(d.doc) {
			f.Count++
			return
		}
	}
	if len(d.findings) >= maxFindings {
		last := &d.findings[maxFindings-1]
		if last.Kind != qulaq.ManyFindings {
			*last = qulaq.Finding{Kind: qulaq.ManyFindings, Subject: s.label(d.doc), Detail: "more are only counted", Count: 1}
		}
		last.Count++
		return
	}
	d.findings = append(d.findings, qulaq.Finding{Kind: kind, Subject: subject, Detail: detail, Count: 1, Line: int64(line), Table: s.label(d.doc)})
}

// member names the document where the file has several.
func (d *reading) member() string {
	if d.doc.Name == d.file.Name {
		return ""
	}
	return d.masked(d.doc.Name)
}

// label names a table for people: the sheet, else the document and the table's number.
func (s *sheet) label(doc *table.Document) string {
	if s.grid.Name != "" {
		return s.grid.Name
	}
	return strings.TrimSpace(fmt.Sprintf("%s table %d", doc.Name, s.number))
}
