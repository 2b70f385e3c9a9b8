package meeting

import (
	"slices"
	"strings"

	"github.com/qulaq-kz/qulaq/transform/dates"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// role is what a column holds.
type role string

// The roles of header.tsv, and span: a month, a quarter or a half-year whose cells say that, when or where there is a
// meeting in it.
const (
	colUnknown      role = ""
	colNumber       role = "no"
	colParticipants role = "participants"
	colRaised       role = "raised"
	colResolved     role = "resolved"
	colMeetings     role = "meetings"
	colWhen         role = "when"
	colPlanned      role = "planned"
	colHeld         role = "held"
	colTime         role = "time"
	colOutcome      role = "outcome"
	colMeasure      role = "measure"
	colWho          role = "who"
	colPlace        role = "place"
	colDistrict     role = "district"
	colRegion       role = "region"
	colVenue        role = "venue"
	colLeft         role = "left"
	colOther        role = "other"
	colSpan         role = "span"
)

var roles = []role{
	colNumber, colParticipants, colRaised, colResolved, colMeetings, colWhen, colPlanned, colHeld, colTime, colOutcome, colMeasure, colWho, colPlace,
	colDistrict, colRegion, colVenue, colLeft, colOther,
}

// roleNamed returns the role of that name, colUnknown when there is none.
func roleNamed(name string) role {
	if i := slices.Index(roles, role(name)); i >= 0 {
		return roles[i]
	}
	return colUnknown
}

// column is a column of a table: what it holds, and the span of time that its heading names.
type column struct {
	role role
	span dates.Range // zero when it names none, or its year is not known
	part string      // the words of it; columns of the same words speak of the same meeting
	year int         // that the heading says; 0 when it says none
	both bool        // it says when and where: «Дата, время и место проведения»
}

// Bounds of a heading.
const (
	headerRows  = 4   // lines of a heading, at most
	headerStart = 40  // rows above it, at most: titles of workbooks stand in rows
	headerBytes = 300 // of one cell; a longer one is no heading
	maxColumns  = 64
	maxKnown    = 4096 // headings that are remembered
)

// sheet is a table of meetings.
type sheet struct {
	grid    *table.Grid
	number  int // which of the document's tables, from 1
	first   int // the row behind the heading
	columns []column
}

// sheetOf finds the heading of a table. It is one when a column says when, another whose or where, and most are known.
// A table that goes on without a heading has the columns of the one before it.
func (r *Reader) sheetOf(g *table.Grid, number, year int, before *sheet) *sheet {
	if g.Width < 2 || g.Width > maxColumns {
		return nil
	}
	goesOn := before != nil && len(before.columns) == g.Width
	for at := 0; at < min(len(g.Rows), headerStart); at++ {
		if columns, next, ok := r.headerAt(g, at, year); ok && !(goesOn && hasAny(columns, colSpan) && !slices.Equal(columns, before.columns)) {
			return &sheet{g, number, next, columns}
		}
	}
	if goesOn {
		return &sheet{g, number, 0, before.columns}
	}
	return nil
}

// headedAgain says whether the heading stands at a row once more, as at the top of a page, or another one with a
// column of numbers, and which row is behind it. Without these «с. Талды | март» could be taken for one.
func (r *Reader) headedAgain(s *sheet, at, year int) (next int, again bool) {
	columns, next, ok := r.headerAt(s.grid, at, year)
	switch {
	case !ok:
		return 0, false
	case hasAny(columns, colNumber):
		s.columns = columns
	case !slices.Equal(columns, s.columns):
		return 0, false
	}
	return next, true
}

// headerAt reads the heading that begins at a row, and says which row is behind it.
func (r *Reader) headerAt(g *table.Grid, at, year int) (columns []column, next int, ok bool) {
	if !r.headerLike(cells(g, at)) || len(g.Rows[at].Cells) > maxColumns {
		return nil, 0, false
	}
	next = at + 1
	for next < len(g.Rows) && next-at < headerRows && r.goesOn(g, at, next) {
		next++
	}
	columns = r.columns(g, at, next, year)
	filled, known := 0, 0
	for i, c := range columns {
		if strings.TrimSpace(g.Rows[at].Cells[i].Text) != "" {
			filled++
		}
		if c.role != colUnknown {
			known++
		}
	}
	timed := hasAny(columns, colWhen, colPlanned, colHeld, colSpan)
	placed := hasAny(columns, colDistrict, colPlace, colVenue, colRegion, colWho) || hasAny(columns[min(1, len(columns)):], colSpan)
	return columns, next, timed && placed && 2*known > filled
}

func hasAny(columns []column, roles ...role) bool {
	return slices.ContainsFunc(columns, func(c column) bool { return slices.Contains(roles, c.role) })
}

// headerLike says whether cells may be of a heading: several short texts, none of which is a bare number or a
// district.
func (r *Reader) headerLike(row []cell) bool {
	filled := 0
	for _, c := range row {
		switch {
		case c.text == "":
			continue
		case len(c.text) > headerBytes, isNumber(c.text) && len(c.text) != 4: // a year may head columns
			return false
		case r.isDistrict(c.text):
			return false
		}
		filled++
	}
	return filled >= 2
}

// goesOn says whether a row still is of the heading that began at a row: a cell of it reaches down from there and its
// own cells are names of columns, or all of them name parts of what stands above.
func (r *Reader) goesOn(g *table.Grid, from, at int) bool {
	row := cells(g, at)
	reaches, parts, filled := false, true, 0
	for _, c := range row {
		switch {
		case c.text == "":
			continue
		case c.top >= from && c.top < at:
			reaches = true
			continue
		case isNumber(c.text) || len(c.text) > headerBytes || r.columnOf(c.text, 0).role == colUnknown:
			return false
		}
		filled++
		parts = parts && partOf(g.Rows[from].Cells, c.column)
	}
	return reaches || filled > 0 && parts
}

// partOf says whether what stands below a column of a heading can be the name of a part of it: the heading's cell is
// empty there or goes over several columns.
func partOf(heading []table.Cell, column int) bool {
	same := func(i int) bool {
		return i >= 0 && i < len(heading) && heading[i].Top == heading[column].Top && heading[i].Left == heading[column].Left
	}
	return column < len(heading) && (strings.TrimSpace(heading[column].Text) == "" || same(column-1) || same(column+1))
}

// isDistrict says whether a text names a district, as a cell of a row does and no heading.
func (r *Reader) isDistrict(text string) bool {
	_, district := r.districtOf(text, "")
	return district != ""
}

// columns reads the columns of a heading in rows from to next: the lowest name goes first, and what stands above it
// says of which span of time it is.
func (r *Reader) columns(g *table.Grid, from, next, year int) []column {
	columns := make([]column, len(g.Rows[from].Cells))
	for i := range columns {
		var names []string
		for at := from; at < next; at++ {
			row := g.Rows[at].Cells
			if i >= len(row) || at > from && row[i].Top < at {
				continue
			}
			if text := oneLine(cut(row[i].Text, headerBytes)); text != "" && !slices.Contains(names, text) {
				names = append(names, text)
			}
		}
		whole := r.columnOf(strings.Join(names, " "), year)
		for n := len(names) - 1; n >= 0; n-- {
			c := r.columnOf(names[n], year)
			if columns[i].role == colUnknown {
				columns[i].role = c.role
			}
			if c.part != "" {
				columns[i].span, columns[i].part = c.span, columns[i].part+c.part
			}
		}
		if whole.part != "" && whole.span != (dates.Range{}) {
			columns[i].span = whole.span
		}
		if columns[i].role == colUnknown {
			columns[i].role = whole.role
		}
		columns[i].year, columns[i].both = whole.year, whole.both
	}
	return columns
}

// columnOf says what a heading means; its year is that of the paper where it names none.
func (r *Reader) columnOf(name string, year int) column {
	c := column{year: yearIn(name)}
	if c.year != 0 {
		year = c.year
	}
	if span, ok := spanOf(name, year); ok {
		c.role, c.span, c.part = colSpan, span, name
		return c
	}
	found, known := r.known[name]
	if !known {
		key := keyed(name)
		for _, e := range r.headers {
			if e.phrase.MatchString(key) {
				found = roleNamed(e.means)
				break
			}
		}
		if len(r.known) >= maxKnown {
			clear(r.known)
		}
		r.known[name] = found
	}
	c.role = found
	c.both = (found == colWhen || found == colTime || found == colPlanned || found == colHeld) && r.saysVenue(name)
	return c
}

// saysVenue says whether a heading asks for a place among other things.
func (r *Reader) saysVenue(name string) bool {
	key := keyed(name)
	return slices.ContainsFunc(r.headers, func(e entry) bool { return e.means == string(colVenue) && e.phrase.MatchString(key) })
}
