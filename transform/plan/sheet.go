package plan

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/dates"
	"github.com/qulaq-kz/qulaq/transform/money"
	statuses "github.com/qulaq-kz/qulaq/transform/status"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// sheet is a table of items.
type sheet struct {
	part    int // which of Document.Parts
	last    int // the last of them, where it is made of several
	number  int // which of the document's tables, from 1
	grid    *table.Grid
	head    int        // the first row of its heading; 0 when it goes on from the table before
	first   int        // the row behind the heading
	columns []column   // as completed
	said    []column   // as the heading says them
	above   []string   // lines between the table before and this one
	guessed bool       // the columns are told by what stands in them
	unit    money.Unit // of all its sums, when a line above the table says it
}

// sheets finds the tables of items. A table without a heading goes on from the one before when it is as wide.
func (r *Reader) sheets(d *table.Document) []*sheet {
	var all []*sheet
	var above []string
	tables := 0
	for i, part := range d.Parts {
		if part.Grid == nil {
			above = append(above, oneLine(part.Text))
			continue
		}
		tables++
		s := &sheet{part: i, last: i, number: tables, grid: part.Grid, above: above}
		switch {
		case r.heading(s):
		case len(all) > 0 && part.Grid.Width == len(all[len(all)-1].columns) && part.Grid.Width > 1:
			s.columns, s.unit = all[len(all)-1].columns, all[len(all)-1].unit
		default:
			continue
		}
		if !s.wordy() {
			continue
		}
		above = nil
		s.unit = r.unitAbove(s)
		r.complete(s)
		all = append(all, s)
	}
	return all
}

// heading finds the heading of a table among its first rows.
func (r *Reader) heading(s *sheet) bool {
	for at := 0; at < len(s.grid.Rows) && at < headerStart; at++ {
		if columns, next, ok := r.headerAt(s.grid, at); ok {
			s.columns, s.head, s.first = columns, at, next
			return true
		}
	}
	return false
}

// wordy says whether the column of issues, or of measures, holds words: that of a report counts them.
func (s *sheet) wordy() bool {
	words, numbers := 0, 0
	for at := s.first; at < len(s.grid.Rows); at++ {
		for _, c := range distinct(s.grid, at) {
			if role := s.role(c.column); c.top != at || c.width > 1 || role != colIssue && role != colMeasure || strings.TrimSpace(c.text) == "" {
				continue
			}
			if isNumber(c.text) {
				numbers++
			} else {
				words++
			}
		}
	}
	return words >= numbers
}

// complete finds columns that their headings do not tell: notes that speak of what was done are a status, where no
// other column is, and else a column beside issues and measures whose heading is of words that nobody listed; and where
// issues have no measures, or measures no issues, the only other column of long texts is theirs.
func (r *Reader) complete(s *sheet) {
	s.said, s.columns = s.columns, slices.Clone(s.columns)
	for _, of := range [...]role{colNote, colUnknown} {
		for i, c := range s.columns {
			if c.role == of && (of == colNote || c.text != "" && s.whole()) && !s.has(colStatus) && s.mostly(i, r.isStatus) {
				s.columns[i].role = colStatus
			}
		}
	}
	r.sumsAlone(s)
	for i, c := range s.columns {
		switch {
		case i == 0 && c.role == colUnknown && !s.has(colNumber) && s.mostly(i, isNumber):
			s.columns[i].role = colNumber
		case c.role != colDone:
		case !s.has(colMeasure):
			s.columns[i].role = colMeasure
		case !s.has(colStatus):
			s.columns[i].role = colStatus
		}
	}
	for i, c := range s.columns {
		if c.role == colUnknown && c.text != "" && !s.has(colDeadline) && s.mostly(i, isTime) {
			s.columns[i].role = colDeadline
		}
	}
	for i, c := range s.columns {
		switch c.role {
		case colPlace, colPerson, colRaised, colOther:
			if !s.has(colIssue) && s.has(colMeasure) && r.says(c.text, colIssue) {
				s.columns[i].role = colIssue
			}
		}
	}
	r.datedStatus(s)
	r.twoAlike(s)
	missing := colMeasure
	if s.has(colMeasure) {
		missing = colIssue
	}
	if s.has(colIssue) == s.has(colMeasure) {
		return
	}
	found := -1
	for i, c := range s.columns {
		if c.role != colUnknown || s.meanLength(i) < longText {
			continue
		}
		if found >= 0 {
			return
		}
		found = i
	}
	if found >= 0 {
		s.columns[found].role = missing
	}
}

// whole says whether a table has issues and measures, and no column of what was done.
func (s *sheet) whole() bool { return s.has(colIssue) && s.has(colMeasure) && !s.has(colDone) }

// twoAlike tells columns apart that are headed alike, where one of the two that every plan has is missing. Of two
// columns of measures the first is what they are against: «Поручение» beside «Меры». Of two columns of what was done
// the first is the measure where the other has the words of statuses: «Ход решения вопроса» beside «Выполнение».
func (r *Reader) twoAlike(s *sheet) {
	var measures, done []int
	told, responsible := false, 0
	for _, c := range s.columns {
		if c.role == colResponsible {
			responsible++
		}
	}
	for i, c := range s.columns {
		switch {
		case c.role == colResponsible && responsible > 1 && (r.begins("joint", c.text) || r.begins("joint", c.leaf)): // they answer for nothing
			s.columns[i].role = colOther
			responsible--
		case c.role == colMeasure:
			measures = append(measures, i)
		case c.role == colDone, c.role == colStatus && len(done) == 0 && !r.begins("status", c.text):
			done = append(done, i)
		case c.role == colStatus, c.role == colNote:
			told = told || s.mostly(i, r.isStatus)
		}
	}
	switch {
	case len(measures) > 1 && !s.has(colIssue):
		s.columns[measures[0]].role = colIssue
	case len(measures) == 1 && len(done) > 0 && told && !s.has(colIssue) && r.begins("order", s.columns[measures[0]].text):
		s.columns[measures[0]].role, s.columns[done[0]].role = colIssue, colMeasure
	case len(measures) == 0 && len(done) > 0 && told:
		s.columns[done[0]].role = colMeasure
		for i, c := range s.columns {
			if c.role == colNote && !s.has(colStatus) && s.mostly(i, r.isStatus) {
				s.columns[i].role = colStatus
			}
		}
	}
}

// mostly says whether more than half of a column's cells are of a kind.
func (s *sheet) mostly(column int, is func(string) bool) bool {
	texts := s.cellsOf(column)
	n := 0
	for _, text := range texts {
		if is(text) {
			n++
		}
	}
	return 2*n > len(texts)
}

// isTime says whether a cell is a deadline with a date or a period in it.
func isTime(text string) bool {
	r, known := dates.ParseDeadline(text, dates.Context{})
	return known && r.To != 0
}

// saysSource says whether a heading asks whose money it is.
func saysSource(heading string) bool {
	for _, w := range split(heading) {
		if strings.HasPrefix(w, "источник") || strings.HasPrefix(w, "коз") || strings.HasPrefix(w, "бюджет") {
			return true
		}
	}
	return false
}

// onlySums says whether the cells of a column are sums and nothing else, but for one in four.
func (r *Reader) onlySums(s *sheet, column int) bool {
	texts := s.cellsOf(column)
	others := 0
	for _, text := range texts {
		if !isSum(text) {
			others++
		}
	}
	return 4*others <= len(texts)
}

// sumsAlone tells a column of nothing but sums whose heading leaves that open: «Финансирование».
func (r *Reader) sumsAlone(s *sheet) {
	for i, c := range s.columns {
		if c.role == colFunding && !saysSource(c.text) && r.onlySums(s, i) {
			s.columns[i].role = colCost
		}
	}
}

// isSum says whether a cell is a dash, a number, a number with its unit, or says that no money is needed: it names no
// source.
func isSum(text string) bool {
	if strings.Trim(text, "-–— ") == "" || isNumber(text) {
		return true
	}
	unit := money.UnitOf(text)
	c, known := money.ParseCost(text, money.Tenge)
	if !known || !c.Stated {
		return false
	}
	letter, digit := strings.IndexFunc(text, unicode.IsLetter), strings.IndexFunc(text, unicode.IsDigit)
	return c.Tenge == 0 && digit < 0 || unit != money.Unspecified && digit >= 0 && digit < letter && !namesSource.MatchString(text)
}

// namesSource is whose money it is, beside a sum: «412 млн тенге, республиканский бюджет», «38 250 тыс. тенге, МБ».
var namesSource = regexp.MustCompile(`(?i)бюджет|спонсор|инвест|[^\pL](?:рб|об|мб|гб|жб|қб|нф|гчп)(?:$|[^\pL])`)

// longText is the mean length, in bytes, from which cells are sentences rather than words.
const longText = 30

// meanLength is the mean length of the filled cells of a column.
func (s *sheet) meanLength(column int) int {
	bytes, n := 0, 1
	for _, text := range s.cellsOf(column) {
		bytes, n = bytes+len(text), n+1
	}
	return bytes / max(n-1, 1)
}

// cellsOf returns the filled cells of a column below the heading that are of it alone, in the first lookRows rows.
func (s *sheet) cellsOf(column int) []string {
	var texts []string
	for at := s.first; at < min(len(s.grid.Rows), s.first+lookRows); at++ {
		row := s.grid.Rows[at].Cells
		if column >= len(row) || row[column].Top != at || covers(row, column) {
			continue
		}
		if text := oneLine(cut(row[column].Text, headerBytes)); text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}

// lookRows is how many rows show what a column holds.
const lookRows = 1000

// isStatus says whether a cell has the wording of a status.
func (r *Reader) isStatus(text string) bool {
	code, known := r.v.Statuses.PlanItem(text)
	return known && code != statuses.Unknown
}

// unitAbove returns the unit of sums that a short line above the columns names: «(млн тенге)».
func (r *Reader) unitAbove(s *sheet) money.Unit {
	unit := s.unit
	lines := s.above
	for at := 0; at < s.head; at++ {
		for _, c := range distinct(s.grid, at) {
			lines = append(lines[:len(lines):len(lines)], c.text)
		}
	}
	for _, line := range lines {
		if tail := unitTail.FindStringSubmatch(line); tail != nil {
			line = tail[1]
		}
		if found := money.UnitOf(line); found != money.Unspecified && r.begins("unit", line) {
			unit = found
		}
	}
	return unit
}

// unitTail is a unit behind a whole sentence: the line below a title that was read as one with it, or what a caption
// says at its end: «Гульдалинский округ (суммы в тыс. тенге)».
var unitTail = regexp.MustCompile(`(?i)(?:[).»]\s+\(?|[(,;]\s*)(?:(?:сумм|стоимост|объ[её]м|расход|сома|қаржы)\pL*\s+)?(?:в\s+)?` +
	`((?:тыс|тысяч|млн|миллион|млрд|мың)\pL*\.?\s*(?:тенге|теңге|тг)\.?)\)?$`)

// evidence is how much a table looks like one of a plan.
func (s *sheet) evidence() int {
	var seen [roles]bool
	for _, c := range s.columns {
		seen[c.role] = true
	}
	switch {
	case seen[colIssue] && seen[colMeasure]:
		return tableScore
	case seen[colIssue] && (seen[colStatus] || seen[colResponsible] || seen[colDeadline]):
		return 2
	case seen[colMeasure] && seen[colDeadline] && seen[colResponsible]:
		return 1
	}
	return 0
}

// unheaded returns findings for tables that may hold items and were not understood.
func unheaded(p *paper) []qulaq.Finding {
	known := map[int]bool{}
	for _, s := range p.sheets {
		for i := s.part; i <= s.last; i++ {
			known[i] = true
		}
	}
	var all []qulaq.Finding
	tables := 0
	for i, part := range p.doc.Parts {
		if part.Grid == nil {
			continue
		}
		tables++
		if known[i] || part.Grid.Width < 3 || len(part.Grid.Rows) < 3 {
			continue
		}
		all = append(all, qulaq.Finding{
			Kind: UnknownTable, Subject: fmt.Sprintf("table %d", tables), Count: 1, Table: part.Grid.Name,
			Detail: fmt.Sprintf("no column of issues or measures among %d", part.Grid.Width), Line: int64(part.Grid.Rows[0].Line),
		})
	}
	return all
}

// cell is a cell of a row once, however many columns it covers.
type cell struct {
	column, width int
	top           int // the row in which it begins
	text          string
}

// distinct returns the cells of a row, each once, with their texts on one line each where they had several.
func distinct(g *table.Grid, at int) []cell {
	if at < 0 || at >= len(g.Rows) {
		return nil
	}
	row := g.Rows[at].Cells
	cells := make([]cell, 0, len(row))
	for i, c := range row {
		if i > 0 && c.Top == row[i-1].Top && c.Left == row[i-1].Left && c.Left < i {
			cells[len(cells)-1].width++
			continue
		}
		cells = append(cells, cell{column: i, width: 1, top: min(c.Top, at), text: c.Text})
	}
	return cells
}

// isNumbering says whether a row only numbers the columns: 1 2 3 4 5, or А 1 2 3 4.
func isNumbering(cells []cell) bool {
	last, n := 0, 0
	for i, c := range cells {
		text := oneLine(c.text)
		if text == "" || i == 0 && utf8.RuneCountInString(text) == 1 && !isDigits(text) {
			continue
		}
		if !isDigits(text) || len(text) > 2 {
			return false
		}
		value := int(text[len(text)-1] - '0')
		if len(text) == 2 {
			value += 10 * int(text[0]-'0')
		}
		if value <= last || n == 0 && value > 2 {
			return false
		}
		last = value
		n++
	}
	return n >= 3
}
