package plan

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq/transform/money"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// Some plans are no tables of items: they say «Вопрос: … Мероприятие: … Срок: …» in paragraphs, or have a small table
// of two columns for every item, with the names of the fields on the left. Cards reads both: it finds the names of
// fields, puts what they name into a table of its own, and the rest of the package reads that.

// named is a field of a card: what it holds and what it says.
type named struct {
	column
	text string
	no   string // a number that stands beside the name: «Вопрос 1:», «1. Вопрос:»
	part int
	line int
	page int
	is   bool // false for a paragraph between fields
	spot bool // such a paragraph, and it names a place
}

// Bounds of a card.
const (
	nameWords = 5  // of the name of a field within a paragraph
	nameBytes = 80 // of one that stands alone
)

// cards returns the table that the cards of a document make, nil when it has none: at least one must have an issue, a
// measure and one more field.
func (r *Reader) cards(d *table.Document) *sheet {
	fields := r.fields(d)
	fields = headedByIssue(numberedAbove(fields))
	s := &sheet{part: -1, number: 1, grid: &table.Grid{}}
	var seen [roles]bool
	for _, f := range fields {
		if !f.is {
			continue
		}
		if s.part < 0 {
			s.part = f.part
		}
		s.last = f.part
		if f.no != "" && !seen[colNumber] {
			seen[colNumber] = true
			s.columns = append([]column{{role: colNumber}}, s.columns...)
		}
		if !seen[f.role] && len(s.columns) < maxColumns {
			seen[f.role] = true
			s.columns = append(s.columns, f.column)
		}
	}
	if !seen[colIssue] || !seen[colMeasure] || len(s.columns) < 3 {
		return nil
	}
	s.said, s.grid.Width = s.columns, len(s.columns)
	s.deal(fields)
	r.sumsAlone(s)
	return s
}

// deal puts fields into rows: one begins with a field that the row before has already. A short paragraph above the
// first field of a row becomes a row of its own, as headings of sections are.
func (s *sheet) deal(fields []named) {
	at := map[role]int{}
	for i, c := range s.columns {
		at[c.role] = i
	}
	var full [roles]bool
	var heading *named
	for i, f := range fields {
		if !f.is {
			if heading = nil; len(f.text) <= sectionBytes {
				heading = &fields[i]
			}
			continue
		}
		if len(s.grid.Rows) == 0 || full[f.role] || f.no != "" && full[colNumber] {
			if heading != nil && (heading.part > s.part || heading.spot) { // what stands above the first may be of the title
				row := s.begin(*heading)
				for j := range row.Cells {
					row.Cells[j] = table.Cell{Text: heading.text, Top: len(s.grid.Rows) - 1}
				}
			}
			s.begin(f)
			full = [roles]bool{}
		}
		heading = nil
		row := &s.grid.Rows[len(s.grid.Rows)-1]
		full[f.role] = true
		row.Cells[at[f.role]].Text = f.text
		if f.no != "" {
			full[colNumber] = true
			row.Cells[at[colNumber]].Text = f.no
		}
	}
}

// begin adds an empty row where a field stands.
func (s *sheet) begin(f named) *table.Row {
	row := table.Row{Line: f.line, Page: f.page, Cells: make([]table.Cell, len(s.columns))}
	for i := range row.Cells {
		row.Cells[i] = table.Cell{Top: len(s.grid.Rows), Left: i}
	}
	s.grid.Rows = append(s.grid.Rows, row)
	return &s.grid.Rows[len(s.grid.Rows)-1]
}

// fields finds the fields of a document, and the paragraphs between them.
func (r *Reader) fields(d *table.Document) []named {
	var all []named
	alone := -1 // the field whose name stood alone in the paragraph before
	for i, part := range d.Parts {
		if part.Grid != nil {
			all = append(all, r.fieldsOfGrid(part.Grid, i)...)
			continue
		}
		text := oneLine(part.Text)
		if text == "" || len(text) > cellBytes {
			continue
		}
		found := r.fieldsIn(text)
		switch {
		case len(found) > 0:
			alone = -1
		case r.isName(text) && !callsPlan(text) && !r.namesPlace(text):
			alone = len(all)
			found = []named{r.nameOf(text)}
		case alone == len(all)-1 && alone >= 0:
			all[alone].text, alone = text, -1
			continue
		default:
			found = []named{{text: text, spot: r.namesPlace(text)}}
		}
		for _, f := range found {
			f.part, f.line, f.page = i, i+1, part.Page
			all = append(all, f)
		}
	}
	return all
}

// fieldsOfGrid reads a table with names on the left, and an item in each of its other columns.
func (r *Reader) fieldsOfGrid(g *table.Grid, part int) []named {
	if g.Width < 2 || g.Width > maxColumns {
		return nil
	}
	names := 0
	for at := range g.Rows {
		if cells := distinct(g, at); len(cells) == g.Width && r.isName(oneLine(cells[0].text)) {
			names++
		}
	}
	if names == 0 || g.Width > 2 && 2*names <= len(g.Rows) {
		return nil
	}
	var all []named
	for column := 1; column < g.Width; column++ {
		for at, row := range g.Rows {
			cells := distinct(g, at)
			if len(cells) != g.Width || cells[0].top != at || !r.isName(oneLine(cells[0].text)) {
				continue
			}
			f := r.nameOf(oneLine(cells[0].text))
			f.text, f.part, f.line, f.page = cells[column].text, part, row.Line, row.Page
			all = append(all, f)
		}
	}
	return all
}

// callsPlan says whether a line that stands alone is of a title, «План мероприятий», rather than the name of a field.
func callsPlan(text string) bool {
	return slices.ContainsFunc(split(text), func(w string) bool {
		return strings.HasPrefix(w, "план") || strings.HasPrefix(w, "жоспар") || strings.HasPrefix(w, "карт")
	})
}

// namesPlace says whether a line that stands alone is the heading of a part, «1. Каракиянский район».
func (r *Reader) namesPlace(text string) bool {
	if len(text) > nameBytes {
		return false
	}
	role := r.nameOf(text).role
	return (role == colDistrict || role == colPlace) && len(split(numberless(text))) > 1
}

// isName says whether a text is the name of a field and nothing else.
func (r *Reader) isName(text string) bool {
	name := numberless(text)
	return len(text) <= nameBytes && !strings.HasSuffix(text, ".") && !strings.ContainsAny(name, "0123456789") &&
		len(split(text)) <= nameWords && r.roleOf(name) != colUnknown
}

// nameOf makes a field of its name.
func (r *Reader) nameOf(name string) named {
	no := ""
	for _, w := range strings.Fields(name) {
		if w = strings.Trim(w, "№#.):"); isNumber(w) {
			no = w
		}
	}
	name = strings.TrimRight(numberless(name), ": ")
	return named{is: true, no: no, column: column{role: r.roleOf(name), text: name, unit: money.UnitOf(name), year: yearOf(name)}}
}

// numberless returns a name without numbers that stand before or behind it.
func numberless(name string) string {
	return strings.TrimSpace(strings.TrimFunc(name, func(c rune) bool { return !unicode.IsLetter(c) && c != ')' && c != '(' }))
}

// fieldsIn finds the fields within a paragraph: the words before a colon, from a capital letter on, are a name when they
// are known; before a dash only where a sentence begins. What follows up to the next name is the field.
func (r *Reader) fieldsIn(text string) []named {
	var all []named
	end := 0 // of the last name
	for _, sign := range nameEnd.FindAllStringIndex(text, -1) {
		from := r.nameBefore(text[end:sign[0]])
		if from < 0 {
			continue
		}
		before := strings.TrimSpace(text[end : end+from])
		numbered := isNumber(strings.TrimLeft(before, "№ "))
		if starts := before == "" || numbered; !starts && (len(all) == 0 || text[sign[0]] != ':' && !strings.HasSuffix(before, ".")) {
			continue
		}
		f := r.nameOf(text[end+from : sign[0]])
		if n := len(all); n > 0 {
			all[n-1].text = strings.TrimRight(before, " .;,")
		} else if numbered {
			f.no = strings.TrimLeft(before, "№ ")
		}
		all = append(all, f)
		end = sign[1]
	}
	if n := len(all); n > 0 {
		all[n-1].text = strings.TrimSpace(text[end:])
	}
	return all
}

// nameEnd is what stands between the name of a field and what it says.
var nameEnd = regexp.MustCompile(`:|\s[-–—]\s`)

// nameBefore returns where the name begins that a text ends with, -1 when it ends with none.
func (r *Reader) nameBefore(text string) int {
	at := len(text)
	for range nameWords {
		begin := strings.LastIndexByte(strings.TrimRight(text[:at], " "), ' ') + 1
		first, _ := utf8.DecodeRuneInString(text[begin:])
		if unicode.IsUpper(first) && r.isName(text[begin:]) {
			return begin
		}
		if at = begin; at == 0 {
			break
		}
	}
	return -1
}

// numberedAbove gives a field the number of a line above it that says nothing more: «Вопрос 1» above «Вопрос: Нет воды».
func numberedAbove(fields []named) []named {
	out := make([]named, 0, len(fields))
	for i, f := range fields {
		if f.is && f.text == "" && f.no != "" && i+1 < len(fields) && fields[i+1].is && fields[i+1].role == f.role && fields[i+1].no == "" {
			fields[i+1].no = f.no
			continue
		}
		out = append(out, f)
	}
	return out
}

// headedByIssue gives cards without a field for the issue that of the paragraph above them, which is their heading.
func headedByIssue(fields []named) []named {
	for _, f := range fields {
		if f.is && f.role == colIssue {
			return fields
		}
	}
	out := make([]named, 0, len(fields))
	for i, f := range fields {
		if !f.is && i+1 < len(fields) && fields[i+1].is && len(f.text) <= sectionBytes {
			no, rest, found := strings.Cut(f.text, " ")
			if !found || !isNumber(no) {
				no, rest = "", f.text
			}
			f.is, f.no, f.text, f.column = true, no, rest, column{role: colIssue}
		}
		out = append(out, f)
	}
	return out
}
