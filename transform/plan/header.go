package plan

import (
	"regexp"
	"slices"
	"strings"

	"github.com/qulaq-kz/qulaq/transform/money"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// role is what a column holds.
type role uint8

const (
	colUnknown role = iota
	colNumber
	colIssue
	colMeasure
	colResponsible
	colCompletion
	colDeadline
	colFunding // source and cost in one
	colSource
	colCost
	colBudget // a part of the cost, named by whose budget or by its year
	colTotal  // the cost, where its parts have columns too
	colStatus
	colDone // what was done: the status where a measure has a column, else the measure
	colNote
	colDistrict
	colPlace
	colPerson
	colRaised // when an issue was raised
	colOther
	roles // how many there are
)

// roleNames are those of header.tsv, in the order of the roles.
var roleNames = []string{
	"", "no", "issue", "measure", "responsible", "completion", "deadline", "funding", "source", "cost", "budget", "total",
	"status", "done", "note", "district", "place", "person", "date_raised", "other",
}

// ofMoney says whether a column is about funding, in one way or another.
func (r role) ofMoney() bool { return r >= colFunding && r <= colTotal }

// column is a column of a table: what it holds, and what is said of it above.
type column struct {
	role  role
	text  string // of all lines of the heading, joined by spaces
	leaf  string // of those below cells over several columns
	unit  money.Unit
	year  int  // a year that the heading says, 0 when it says none
	timed bool // its cells say the deadline too
}

// Bounds of a heading.
const (
	headerRows  = 4   // lines of a heading, at most
	headerStart = 60  // rows above it, at most: titles of workbooks stand in rows
	headerBytes = 500 // of one cell; a longer one is no heading
	maxColumns  = 64  // of a table of items
)

// headerAt reads the heading that begins at a row: its columns, and the row behind it. It is one when an issue or a
// measure is among the columns, two more (one more in a narrow table) are known, and most are.
func (r *Reader) headerAt(g *table.Grid, at int) (columns []column, next int, ok bool) {
	if len(g.Rows[at].Cells) > maxColumns || !r.headerRow(g, at) {
		return nil, 0, false
	}
	next = at + 1
	for next < len(g.Rows) && next-at < headerRows && r.goesOn(g, at, next) {
		next++
	}
	columns = r.columns(g, at, next)
	var seen [roles]bool
	filled, known := 0, 0
	for _, c := range columns {
		if c.text == "" {
			continue
		}
		filled++
		if c.role != colUnknown {
			known++
			seen[c.role] = true
		}
	}
	different := 0
	for _, s := range seen {
		if s {
			different++
		}
	}
	need := 3
	if filled <= 3 {
		need = 2
	}
	return columns, next, (seen[colIssue] || seen[colMeasure]) && different >= need && 2*known > filled
}

// headerRow says whether a row may be the first of a heading: it has several short texts and no bare number.
func (r *Reader) headerRow(g *table.Grid, at int) bool {
	filled := 0
	for _, c := range distinct(g, at) {
		switch {
		case c.text == "":
			continue
		case len(c.text) > headerBytes || isNumber(c.text) && yearOf(c.text) == 0:
			return false
		}
		filled++
	}
	return filled >= 2
}

// goesOn says whether a row still is of the heading that began at a row: a cell of it reaches down from there, or it
// only names parts of columns that are named above it.
func (r *Reader) goesOn(g *table.Grid, from, at int) bool {
	cells := distinct(g, at)
	if isNumbering(cells) {
		return false
	}
	reaches, own, parts, places := false, 0, 0, 0
	for _, c := range cells {
		switch {
		case c.top >= from && c.top < at:
			reaches = true
		case c.text == "":
		case len(c.text) > headerBytes || isNumber(c.text) && yearOf(c.text) == 0:
			return false
		default:
			own++
			if r.roleOf(c.text) != colUnknown || yearOf(c.text) != 0 {
				parts++
			}
			if r.resolve(c.text) != "" {
				places++
			}
		}
	}
	if own == 1 && places == 1 { // the first section: «Кордайский район» names a column's part no more than «Район» a place
		return false
	}
	if reaches {
		return own == 0 || parts > 0 || len(cells) > 1
	}
	return own > 0 && parts == own && len(cells) > own
}

// columns reads the columns of a heading in rows from to next. A cell over several columns says what they have in
// common: what stands below it goes first, and the two together tell where that alone does not.
func (r *Reader) columns(g *table.Grid, from, next int) []column {
	columns := make([]column, len(g.Rows[from].Cells))
	for i := range columns {
		var parts []string
		below := 0 // parts[below:] stand below cells over several columns
		for at := from; at < next; at++ {
			row := g.Rows[at].Cells
			if i >= len(row) {
				break
			}
			text := oneLine(cut(row[i].Text, headerBytes))
			if text == "" || at > from && row[i].Top < at || len(parts) > 0 && parts[len(parts)-1] == text {
				continue
			}
			parts = append(parts, text)
			if covers(row, i) {
				below = len(parts)
			}
		}
		if len(parts) == 0 {
			continue
		}
		c := column{text: strings.Join(parts, " ")}
		leaf := strings.Join(parts[below:], " ")
		c.leaf = leaf
		c.unit, c.year = money.UnitOf(c.text), yearOf(c.text)
		if below > 0 && leaf != "" {
			c.role = r.roleOf(leaf)
		}
		if c.role == colUnknown {
			c.role = r.roleOf(c.text)
			if c.role.ofMoney() && below > 0 && yearOf(leaf) != 0 {
				c.role = colBudget
			}
		}
		if other, is := r.timed(c.text); is {
			c.role, c.timed = other, true
		}
		switch {
		case c.unit == money.Unspecified:
		case c.role == colSource: // «источник, млн тенге» has the sum too
			c.role = colFunding
		case c.role == colUnknown: // what is counted in tenge is money, whatever its name
			c.role = colCost
		}
		columns[i] = c
	}
	return columns
}

// covers says whether the cell at a place goes on to the right or comes from the left.
func covers(row []table.Cell, i int) bool {
	same := func(j int) bool {
		return j >= 0 && j < len(row) && row[j].Top == row[i].Top && row[j].Left == row[i].Left
	}
	return same(i-1) || same(i+1)
}

// roleOf returns what a heading says of its column. A heading that says nothing may have a word that was broken at the
// end of a line: «Ответственн ые», «заверше-ния»; then it is read with neighbours joined.
func (r *Reader) roleOf(text string) role {
	found, ok := r.known[text]
	if !ok {
		found = r.readHeading(text)
		if len(r.known) >= maxKnown {
			clear(r.known)
		}
		r.known[text] = found
	}
	return found
}

// Heading says what a column with this heading holds: number, issue, measure, responsible, completion, deadline,
// cost, source, funding (source and cost in one), status, district, place, person, date_raised or other; "" when the
// heading is of words that are not listed.
func (r *Reader) Heading(text string) string {
	switch role := r.roleOf(oneLine(cut(text, headerBytes))); role {
	case colUnknown:
		return ""
	case colNumber:
		return "number"
	case colBudget, colTotal:
		return roleNames[colCost]
	case colDone:
		return roleNames[colStatus]
	case colNote:
		return roleNames[colOther]
	default:
		return roleNames[role]
	}
}

// maxKnown bounds how many headings are remembered: every row is asked whether it is the heading once more.
const maxKnown = 4096

func (r *Reader) readHeading(text string) role {
	if outer := bracketed.ReplaceAllString(text, " "); outer != text {
		of, _ := r.roleOfWords(split(outer))
		in, _ := r.roleOfWords(split(strings.Join(bracketed.FindAllString(text, -1), " ")))
		if (of == colIssue || of == colMeasure) && slices.Contains(asides, in) {
			return of
		}
	}
	words := split(text)
	best, weight := r.roleOfWords(words)
	try := func(words []string) {
		if found, w := r.roleOfWords(words); w > weight {
			best, weight = found, w
		}
	}
	if right, changed := r.headings.words(words); changed {
		try(right)
	}
	if joined := brokenWord.ReplaceAllString(text, "$1$2"); joined != text {
		try(split(joined))
	}
	if best != colUnknown || len(words) > maxBroken {
		return best
	}
	for i := 0; i+1 < len(words); i++ {
		joined := append(slices.Clone(words[:i]), words[i]+words[i+1])
		try(append(joined, words[i+2:]...))
	}
	return best
}

// bracketed is what a heading says besides, and asides are what that may be without being what the column holds: of
// «Мероприятие (форма завершения)» and «Вопрос (Ф.И.О. заявителя)» the first word is the column's.
var (
	bracketed = regexp.MustCompile(`\([^()]*\)`)
	asides    = []role{colCompletion, colPerson, colRaised, colPlace, colDistrict}
)

// brokenWord is a word with a hyphen in it that may be that of a line's end: «мемле-кеттік».
var brokenWord = regexp.MustCompile(`(\pL{2})[-\x{2010}\x{ad}]\s?(\p{Ll}{2})`)

// maxBroken is how many words of a heading are tried to be joined.
const maxBroken = 12

func (r *Reader) roleOfWords(words []string) (best role, weight int) {
	stands := 0
	for i, at := range r.headers.find(words) {
		if e := &r.headers.all[i]; at != 0 && (e.weight > weight || e.weight == weight && at < stands) {
			best, weight, stands = roleNamed(e.means), e.weight, at
		}
	}
	return best, weight
}

// says whether a heading, whatever it says besides, names a column of a role: «Сельский округ, вопрос».
func (r *Reader) says(heading string, is role) bool {
	for i, at := range r.headers.find(split(heading)) {
		if at != 0 && roleNamed(r.headers.all[i].means) == is {
			return true
		}
	}
	return false
}

func roleNamed(name string) role {
	for i, n := range roleNames {
		if n == name {
			return role(i)
		}
	}
	return colUnknown
}

// yearOf returns the only year that a text names, from 2000 to 2099; 0 when there is none.
func yearOf(text string) int {
	year := 0
	for _, w := range split(text) {
		w = strings.TrimRight(w, "гжылодарн")
		if len(w) != 4 || !isDigits(w) || w < "2000" || w > "2099" {
			continue
		}
		found := int(w[2]-'0')*10 + int(w[3]-'0') + 2000
		if year != 0 && year != found {
			return 0
		}
		year = found
	}
	return year
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// isNumber says whether a text is a number and nothing else: «1», «1.», «2.3».
func isNumber(text string) bool {
	text = strings.TrimRight(strings.TrimSpace(text), ".)")
	digits := false
	for _, c := range text {
		if c >= '0' && c <= '9' {
			digits = true
		} else if c != '.' && c != ',' && c != ' ' {
			return false
		}
	}
	return digits
}
