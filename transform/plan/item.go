package plan

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/category"
	"github.com/qulaq-kz/qulaq/transform/dates"
	"github.com/qulaq-kz/qulaq/transform/lang"
	"github.com/qulaq-kz/qulaq/transform/money"
	"github.com/qulaq-kz/qulaq/transform/region"
)

// Item is an issue and one measure against it: a row of a plan. An empty text is null, and so is a Day of 0. Texts are
// on one line and free of personal data.
type Item struct {
	No          string // as printed, without the last dot; the same for all measures against one issue
	Issue       string
	Measure     string
	Responsible string
	Completion  string // what proves that it is done

	DeadlineFrom, DeadlineTo qulaq.Day
	DeadlineText             string
	Cost                     money.Cost
	CostText                 string
	FundingSource            string // the cell that says whose money; with the sum when both stand in one column
	Status                   string // a code of transform/status; "" when the table has no such column
	StatusText               string

	Region, District string // KATO
	Section          string // heading that the row stands under, when it names no district
	Category         string // code of transform/category; "" where the text does not tell it for sure
	CategoryHow      string // the words that told it
	Lang             string

	// Where it comes from.
	Hash   qulaq.Hash
	File   string
	Member string // name of the document when the file is an archive of several; "" otherwise
	Table  int    // of the document, from 1
	Sheet  string // name of the sheet, "" where there is none
	Line   int    // see table.Row.Line
	Page   int

	row int // in its grid
}

// Where says in which table of its file an item stands: the member of an archive, the sheet, the table's number.
func (i *Item) Where() string {
	parts := make([]string, 0, 3)
	if i.Member != "" {
		parts = append(parts, i.Member)
	}
	if i.Sheet != "" {
		parts = append(parts, i.Sheet)
	}
	return strings.Join(append(parts, strconv.Itoa(i.Table)), ", ")
}

// field returns where the text of a column goes, nil for columns that are read in another way.
func (i *Item) field(r role) *string {
	switch r {
	case colIssue:
		return &i.Issue
	case colMeasure:
		return &i.Measure
	case colResponsible:
		return &i.Responsible
	case colCompletion:
		return &i.Completion
	case colStatus:
		return &i.StatusText
	}
	return nil
}

// item reads a row that is an item, or rejects it.
func (d *reading) item(s *sheet, at int) {
	row := s.grid.Rows[at]
	it := Item{
		Region: d.region, District: d.district, Section: d.section, Hash: d.file.Hash, File: d.masked(d.file.Name), Member: d.member(), Table: s.number,
		Sheet: s.grid.Name, Line: row.Line, Page: row.Page, row: at,
	}
	said := ""
	var by [roles][]string
	start := "" // of the work, where it has a column
	for _, c := range distinct(s.grid, at) {
		text := d.text(s, c, row.Line)
		if text == "" {
			continue
		}
		r := s.role(c.column)
		if r != colUnknown && s.columns[c.column].timed && !s.has(colDeadline) {
			if d.entries <= 1 {
				text = cut(c.text, cellBytes) // with its lines: the deadline may have one of its own
			}
			when := ""
			if text, when = cutTime(text, d.yearFor(s)); when != "" {
				by[colDeadline] = append(by[colDeadline], when)
			}
			if text == "" {
				continue
			}
		}
		if r == colStatus && mark.MatchString(text) {
			if head := cmp.Or(s.columns[c.column].leaf, s.columns[c.column].text); d.isStatus(head) { // a cross below «исполнено»
				text = head
			}
		}
		if r == colDeadline && d.begins("start", s.columns[c.column].text) {
			start = text
		}
		by[r] = append(by[r], text)
	}
	it.No = itemNo(strings.Join(by[colNumber], " "))
	if d.entries > 1 && !isNumber(it.No) {
		it.No = strconv.Itoa(d.entry + 1)
	}
	for _, r := range []role{colIssue, colMeasure, colResponsible, colCompletion} {
		*it.field(r) = d.maskedCell(r, strings.Join(by[r], "; "))
	}
	if it.Issue == "" {
		it.Issue = d.masked(d.issue)
	}
	if it.Issue == "" && it.Measure == "" {
		d.reject(s, at, NoIssue, "neither an issue nor a measure")
		return
	}
	d.repeat(s, &it)
	d.deadline(s, &it, strings.Join(by[colDeadline], "; "), row.Line)
	d.starts(s, &it, start, by[colDeadline])
	d.money(s, &it, at)
	d.status(s, &it, by)
	if len(by[colDistrict]) > 0 {
		said = by[colDistrict][0]
	}
	d.place(s, &it, said, strings.Join(append(by[colPlace], by[colRaised]...), ", "), row.Line)
	d.topic(&it)
	it.Lang = lang.Of([]byte(it.Issue + "\n" + it.Measure))
	d.items = append(d.items, it)
}

// maskedCell returns a cell without personal data. A cell that was merged down many rows is read once.
func (d *reading) maskedCell(r role, text string) string {
	text = strings.TrimLeft(text, "☐☑☒ ") // a box to tick
	if last := &d.seen[r]; last[0] != text {
		*last = [2]string{text, d.masked(text)}
	}
	return d.seen[r][1]
}

// text returns a cell's text on one line, "" for a dash.
func (d *reading) text(s *sheet, c cell, line int) string {
	if len(c.text) > cellBytes {
		d.find(LongCell, "cells", fmt.Sprintf("only the first %d bytes are kept", cellBytes), line, s)
	}
	text := c.text
	if d.entries > 1 {
		if lines := numberedLines(text); len(lines) == d.entries {
			text = lines[d.entry]
		}
	}
	text = oneLine(cut(text, cellBytes))
	if strings.Trim(text, "-–—−‒ .…") == "" {
		return ""
	}
	return text
}

// itemNo returns a number as printed, without the last dot and without the signs that recognition makes of lines.
func itemNo(text string) string {
	return strings.TrimSpace(strings.TrimSuffix(strings.Trim(text, " -–—_°|:;,"), "."))
}

// sure is the score from which a guess is more likely right than not, and is written.
const sure = 0.5

// topic guesses what an item is about, from its issue; from the measure where there is none.
func (d *reading) topic(it *Item) {
	guess := d.topics.FromText([]byte(cmp.Or(it.Issue, it.Measure)))
	if guess.Score >= sure && guess.Code != category.Other {
		it.Category, it.CategoryHow = guess.Code, guess.How()
	}
}

// repeat gives a row without number and issue those of the row above: a second measure against it, where a reader could
// not tell that the cells above it reach down.
func (d *reading) repeat(s *sheet, it *Item) {
	if it.Issue != "" || it.No != "" || len(d.items) == 0 || !s.has(colIssue) {
		return
	}
	if last := d.items[len(d.items)-1]; last.Table == s.number {
		it.Issue, it.No = last.Issue, last.No
	}
}

// has says whether a table has a column.
func (s *sheet) has(r role) bool {
	for _, c := range s.columns {
		if c.role == r {
			return true
		}
	}
	return false
}

func (d *reading) deadline(s *sheet, it *Item, text string, line int) {
	if text == "" {
		return
	}
	it.DeadlineText = d.masked(text)
	read := func(part string) (dates.Range, bool) {
		return dates.ParseDeadline(part, dates.Context{Year: d.yearFor(s)})
	}
	found, known := readList(text, read, joinDays)
	if !known {
		found, known = readParts(text, read)
	}
	if !known && d.doc.Recognised {
		found, known = readParts(withNumerals(text), read)
	}
	if !known { // «до 1 мая 2023 года – исполнено»
		if rest, when := cutTime(text, d.yearFor(s)); when != "" && d.isStatus(rest) {
			found, known = read(when)
		}
	}
	if !known {
		d.find(UnknownDeadline, text, "the deadline is not understood", line, s)
	}
	if found.To != 0 && found.To < d.since || found.From != 0 && found.From < d.since {
		// Nothing is due before the meetings, and no work on what is raised there begins before them («в течение года» after
		// those of autumn): a year that was not said is not theirs.
		if said, _ := dates.ParseDeadline(text, dates.Context{}); said != found {
			return
		}
	}
	it.DeadlineFrom, it.DeadlineTo = found.From, found.To
}

// mark is what is put into a column that stands for one status.
var mark = regexp.MustCompile(`(?i)^(?:[+vхx✓✔√]|да|иә)$`)

// starts reads a deadline that has two columns, one of them of beginnings: both are its bounds.
func (d *reading) starts(s *sheet, it *Item, start string, texts []string) {
	if start == "" || len(texts) != 2 {
		return
	}
	end := texts[0]
	if end == start {
		end = texts[1]
	}
	c := dates.Context{Year: d.yearFor(s)}
	if both, known := dates.ParseDeadline("с "+start+" по "+end, c); known && both.To != 0 {
		it.DeadlineFrom, it.DeadlineTo = both.From, both.To
	}
}

// readParts reads a cell; one that is not understood may say the same twice, in two languages parted by a slash.
func readParts[T comparable](text string, read func(string) (T, bool)) (T, bool) {
	whole, known := read(text)
	if known || !strings.Contains(text, "/") || len(text) > region.MaxBytes {
		return whole, known
	}
	var nothing, same T
	for i, part := range strings.Split(text, "/") {
		found, known := read(part)
		if !known || i > 0 && found != same {
			return nothing, false
		}
		same = found
	}
	return same, true
}

// listNumber is the number of an entry in a cell: «1) март 2023 г.; 2) 2024 г.», «1. до 1 мая 2. до 1 июня».
var listNumber = regexp.MustCompile(`(?:^|[;,]?\s)([0-9]{1,2})(?:\)\s*|\.\s+)`)

// readList reads a list of deadlines or of costs with the numbers 1, 2 and so on; join makes one of two.
func readList[T any](text string, read func(string) (T, bool), join func(a, b T) (T, bool)) (all T, known bool) {
	var nothing T
	signs := listNumber.FindAllStringSubmatchIndex(text, maxEntries)
	if len(signs) < 2 || signs[0][0] != 0 {
		return nothing, false
	}
	for i, sign := range signs {
		end := len(text)
		if i+1 < len(signs) {
			end = signs[i+1][0]
		}
		found, known := read(strings.Trim(text[sign[1]:end], " ;,"))
		if known && i > 0 {
			found, known = join(all, found)
		}
		if !known || text[sign[2]:sign[3]] != strconv.Itoa(i+1) {
			return nothing, false
		}
		all = found
	}
	return all, true
}

// joinDays returns the days from the first of the earliest to the last of the latest.
func joinDays(a, b dates.Range) (dates.Range, bool) {
	return dates.Range{From: min(a.From, b.From), To: max(a.To, b.To)}, a.To != 0 && b.To != 0
}

// joinCosts adds what the entries of a list cost, of which one at least says a sum.
func joinCosts(a, b money.Cost) (money.Cost, bool) {
	return money.Cost{Tenge: a.Tenge + b.Tenge, Stated: a.Stated || b.Stated}, b.Tenge <= math.MaxInt64-a.Tenge
}

// maxEntries is how many entries of a list in a cell are told apart.
const maxEntries = 50

// yearFor returns the year of dates without one: that of the column's heading, else of the approval, else the one that
// the other deadlines of the table name, else of the meetings.
func (d *reading) yearFor(s *sheet) int {
	for _, c := range s.columns {
		if c.role == colDeadline && c.year != 0 {
			return c.year
		}
	}
	return cmp.Or(d.approved, d.told, d.year)
}

// yearTold returns the year that at least half of the deadlines of a table name, where the others name none.
func (s *sheet) yearTold() int {
	year, cells, told := 0, 0, 0
	for i, c := range s.columns {
		if c.role != colDeadline {
			continue
		}
		for _, text := range s.cellsOf(i) {
			cells++
			found := yearOf(text)
			switch {
			case found == 0 && strings.Contains(text, "20"):
				return 0 // several years, or a date that is no single one
			case found == 0:
				continue
			case year != 0 && found != year:
				return 0
			}
			year = found
			told++
		}
	}
	if 2*told < cells {
		return 0
	}
	return year
}

// money reads the columns of funding. Parts that are columns of their own are summed unless a column has their total;
// the names of those that are filled are then the source, where no column says it.
func (d *reading) money(s *sheet, it *Item, at int) {
	var whole, sum money.Cost
	var texts, sources []string
	for _, c := range distinct(s.grid, at) {
		r := s.role(c.column)
		if !r.ofMoney() {
			continue
		}
		text := d.text(s, c, s.grid.Rows[at].Line)
		if text == "" {
			continue
		}
		if r == colSource || r == colFunding {
			sources = append(sources, text)
		}
		head := s.columns[c.column]
		unit := head.unit
		if unit == money.Unspecified {
			unit = s.unit
		}
		if r == colSource {
			// A column of sources may still say that no money is needed, or hold the sum against its heading.
			if found, known := money.ParseCost(text, money.Unspecified); known && found.Stated && !whole.Stated && !s.has(colCost) {
				whole = found
			}
			continue
		}
		texts = append(texts, text)
		read := func(part string) (money.Cost, bool) { return money.ParseCost(part, unit) }
		found, known := readList(text, read, joinCosts)
		if !known {
			found, known = readParts(text, read)
		}
		if !known {
			d.find(UnknownCost, text, "the cost is not understood", s.grid.Rows[at].Line, s)
			continue
		}
		switch {
		case !found.Stated:
		case r == colBudget:
			sum = money.Cost{Tenge: sum.Tenge + found.Tenge, Stated: true}
		case !whole.Stated || r == colTotal:
			whole = found
		}
	}
	if whole.Stated {
		it.Cost = whole
	} else {
		it.Cost = sum
	}
	it.CostText = d.masked(strings.Join(texts, "; "))
	it.FundingSource = d.masked(strings.Join(sources, "; "))
}

// status reads what was done: the column of it, else that of notes when it speaks of it.
func (d *reading) status(s *sheet, it *Item, by [roles][]string) {
	if s.has(colStatus) {
		text := strings.Join(by[colStatus], "; ")
		if text == "" && len(by[colDeadline]) > 0 && !s.has(colDeadline) {
			return // of a column of both only the deadline was filled in
		}
		code, known := d.v.Statuses.PlanItem(text)
		if !known {
			d.find(qulaq.UnknownStatus, text, "no listed wording", it.Line, s)
		}
		it.Status, it.StatusText = code, d.maskedCell(colStatus, text)
		return
	}
}

// place finds the district of a row: its column goes first, then the section the row stands in, the column of villages,
// whose people were met, or of when and where that was, and last what the issue names.
func (d *reading) place(s *sheet, it *Item, said, spot string, line int) {
	code := ""
	if said != "" {
		if code = d.districtOf(said, d.region); code == "" {
			d.find(qulaq.UnknownDistrict, said, "no district of the plan's region", line, s)
		}
	}
	it.District = cmp.Or(code, d.district, d.districtOf(spot, d.region), d.scope, d.districtOf(it.Issue, d.region))
}

// reject refuses a row.
func (d *reading) reject(s *sheet, at int, reason qulaq.Reason, detail string) {
	if len(d.rejects) >= maxRejects {
		d.find(qulaq.ManyFindings, "rejects", fmt.Sprintf("only the first %d are kept", maxRejects), s.grid.Rows[at].Line, s)
		return
	}
	var raw []string
	for _, c := range distinct(s.grid, at) {
		raw = append(raw, oneLine(cut(c.text, cellBytes)))
	}
	d.rejects = append(d.rejects, qulaq.Reject{
		Table: s.label(d.doc), Line: int64(s.grid.Rows[at].Line), Reason: reason, Detail: detail, Raw: cut(strings.Join(raw, " | "), maxRaw),
	})
}
