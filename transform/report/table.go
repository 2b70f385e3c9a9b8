package report

import (
	"slices"
	"strings"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/region"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// Bounds of a table of figures.
const (
	maxRows    = 2000
	maxColumns = 40
	headRows   = 4   // of headings
	maxCell    = 300 // bytes; a longer cell is text, not a figure or a heading
)

// column is a column of a table whose heading says what it counts.
type column struct {
	at      int
	verdict verdict
	unit    Unit
	power   int // of a multiplier in the heading: «млн тенге»
	heading *sentence
}

// sheet is a table of figures: a place to a row, what is counted to a column.
type sheet struct {
	columns []column
	first   int // row of figures
	grid    *table.Grid
}

// addGrid takes a table as a part of the text and returns how many bytes it has. A table whose first columns have places
// and whose headings say what is counted is read as figures. Of any other the long cells are paragraphs: some papers lay
// their text out with tables.
func (m *memory) addGrid(number int, g *table.Grid) int {
	size := 0
	for _, row := range g.Rows[:min(len(g.Rows), maxRows)] {
		for _, c := range row.Cells {
			size += len(c.Text)
		}
	}
	if len(g.Rows) > maxRows {
		m.findings = append(m.findings, qulaq.Finding{Kind: NotAllRead, Subject: "table", Detail: "the rest of a long table was not read", Count: 1, Line: int64(number)})
	}
	if t := m.sheetOf(g); len(t.columns) > 0 {
		m.sentences = append(m.sentences, &sentence{place: Place{Paragraph: number}, sheet: t, first: true})
		return size
	}
	for i, row := range g.Rows[:min(len(g.Rows), maxRows)] {
		for c, cell := range row.Cells {
			if cell.Top == i && cell.Left == c && len(cell.Text) > maxCell && len(cell.Text) <= maxParagraphBytes {
				m.addParagraph(number, 0, cell.Text)
			}
		}
	}
	return size
}

// sheetOf finds the columns of a table, or none.
func (m *memory) sheetOf(g *table.Grid) *sheet {
	t := &sheet{grid: g, first: -1}
	for i := range g.Rows[:min(len(g.Rows), headRows+1)] {
		if p, _ := m.rowPlace(g, i); p.code != "" {
			t.first = i
			break
		}
	}
	if t.first < 1 {
		return t
	}
	for c := range min(g.Width, maxColumns) {
		heading, last := "", ""
		for i := range t.first {
			text := g.Rows[i].Cells[c].Text
			if text != last && len(text) <= maxCell {
				heading += " " + text
			}
			last = text
		}
		before := ""
		if n := len(t.columns); n > 0 {
			before = strings.TrimPrefix(t.columns[n-1].verdict.noun, "share-")
		}
		if col, ok := m.columnOf(strings.TrimSpace(heading), before); ok {
			col.at = c
			t.columns = append(t.columns, col)
		}
	}
	return t
}

// columnOf reads a heading: «Поднято вопросов», «Доля решенных, %», «Потребность, млн тенге»; before is what the column before it
// counts: issues are meant by «решено» where they stand there.
func (m *memory) columnOf(heading, before string) (column, bool) {
	s := m.r.understand(heading)
	c := column{unit: Count, heading: s}
	noun := ""
	for _, k := range s.marks {
		switch {
		case k.class.is("n") && k.class != "n:akimat" && (noun == "" || k.class == "n:issue"):
			noun = k.class.value()
		case k.class == "m:tenge":
			c.unit = KZT
		case k.class == "m:percent":
			c.unit = Percent
		case k.class.is("m"):
			c.power = powers[k.class.value()]
		}
	}
	if strings.Contains(heading, "%") {
		c.unit = Percent
	}
	verbs := s.verbsIn(clause{}, 0, len(s.tokens))
	if noun == "" && before == "issue" && len(verbs) > 0 && slices.Contains(saidOf["issue"], verbs[0]) {
		noun = before
	}
	switch c.unit {
	case KZT:
		noun = "money"
	case Percent:
		if noun == "" && s.has("outcome", 0, len(s.tokens)) {
			noun, verbs = "issue", []string{"resolved"} // «% исполнения»
		}
		if c.power != 0 || noun != "issue" || changes(verbs) {
			return c, false
		}
		noun = "share-issue"
	}
	c.verdict = m.verdict(s, noun, verbs, false)
	return c, c.verdict.ok && c.verdict.metric != "plan_not_published"
}

// rowPlace returns the place that a row is about: the first of its first two cells that is one.
func (m *memory) rowPlace(g *table.Grid, row int) (p place, total bool) {
	for c := range min(2, g.Width) {
		text := strings.TrimSpace(g.Rows[row].Cells[c].Text)
		if text == "" || len(text) > maxCell || text[0] >= '0' && text[0] <= '9' {
			continue
		}
		if a := m.r.places.Resolve(text, region.Today); a.Code == republic {
			return place{subject: subject{republic, a.NameRU}}, true
		}
		if p, ok := m.r.resolve(text, !strings.Contains(text, " ")); ok {
			return p, false
		}
		s := m.r.understand(text)
		if s.has("sum", 0, len(s.tokens)) || s.has("nation", 0, len(s.tokens)) {
			return place{subject: m.subject}, true
		}
	}
	return place{}, false
}

// readSheet makes the claims of a table.
func (m *memory) readSheet(at int) {
	t, where := m.sentences[at].sheet, m.sentences[at].place
	m.date(m.sentences[at])
	for i := t.first; i < min(len(t.grid.Rows), maxRows); i++ {
		p, _ := m.rowPlace(t.grid, i)
		if p.code == "" {
			continue
		}
		for _, c := range t.columns {
			cell := t.grid.Rows[i].Cells[c.at]
			if cell.Top != i || len(cell.Text) > maxCell {
				continue
			}
			f, ok := figureOf(cell.Text, c)
			if !ok {
				continue
			}
			channel := m.base
			if a, found := firstAgent(c.heading); found {
				channel = a.channel
			}
			if channel == "" {
				channel = m.later(at)
			}
			if channel == "" {
				continue
			}
			m.date(c.heading)
			d := m.periodFor(channel)
			if p := c.heading.periodOf(0, len(c.heading.tokens), 0, c.verdict.metric == "meetings_planned"); p != nil {
				d = p.known()
			}
			row := &sentence{text: c.heading.text + ": " + p.name + " – " + strings.TrimSpace(cell.Text), place: Place{where.Paragraph, t.grid.Rows[i].Line}}
			m.add(Claim{SubjectCode: p.code, Subject: p.name, Channel: channel, Metric: c.verdict.metric, Value: f, Unit: c.unit, Qualifier: Exact}, d, row)
		}
	}
}

func firstAgent(s *sentence) (agent, bool) {
	for _, a := range s.agents {
		if !a.weak && a.channel != OtherChannel {
			return a, true
		}
	}
	return agent{}, false
}

// figureOf reads a cell that holds nothing but a number.
func figureOf(text string, c column) (int64, bool) {
	text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "%"))
	if text == "" || text[0] < '0' || text[0] > '9' || numberEnd(text, 0) != len(text) {
		return 0, false
	}
	v, ok := parseNumber(text, c.power, c.unit == Count, false)
	switch {
	case !ok || c.unit == Percent && v > 100*hundredths:
		return 0, false
	case c.unit != Percent && v%hundredths != 0:
		return 0, false
	}
	return v, true
}
