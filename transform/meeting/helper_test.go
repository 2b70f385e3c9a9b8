package meeting_test

import (
	"cmp"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/meeting"
	"github.com/qulaq-kz/qulaq/transform/plan"
	"github.com/qulaq-kz/qulaq/transform/table"
)

var builtIn = sync.OnceValues(plan.BuiltIn)

func newReader(t testing.TB) *meeting.Reader {
	t.Helper()
	v, err := builtIn()
	if err != nil {
		t.Fatal(err)
	}
	r, err := meeting.NewReader(v)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// paper makes a document: lines are paragraphs, lines with bars the rows of a table, which any other line ends.
func paper(text string) *table.Document {
	d := &table.Document{Format: table.HTML, Name: "paper.html"}
	var g *table.Grid
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if !strings.Contains(line, "|") {
			d.Parts, g = append(d.Parts, table.Part{Text: line}), nil
			continue
		}
		if g == nil {
			g = &table.Grid{}
			d.Parts = append(d.Parts, table.Part{Grid: g})
		}
		row := table.Row{Line: len(g.Rows) + 1}
		for i, cell := range strings.Split(line, "|") {
			row.Cells = append(row.Cells, table.Cell{Text: strings.ReplaceAll(strings.TrimSpace(cell), `\n`, "\n"), Top: len(g.Rows), Left: i})
		}
		g.Rows = append(g.Rows, row)
		g.Width = max(g.Width, len(row.Cells))
	}
	for _, p := range d.Parts {
		if p.Grid == nil {
			continue
		}
		for i := range p.Grid.Rows {
			row := &p.Grid.Rows[i]
			for n := len(row.Cells); n < p.Grid.Width; n++ {
				row.Cells = append(row.Cells, table.Cell{Top: i, Left: n})
			}
		}
	}
	return d
}

func publication(title string, docs ...*table.Document) plan.Publication {
	return plan.Publication{Title: title, Files: []plan.File{{Name: "paper.html", Documents: docs}}}
}

func day(d qulaq.Day) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

func number(c meeting.Count) string {
	if !c.Stated {
		return ""
	}
	return fmt.Sprint(c.N)
}

// paperLine is the judgement of a paper as the truth of the samples has it.
func paperLine(p meeting.Paper) string {
	return strings.Join([]string{string(p.Sort), string(p.Level), p.Region, p.District, day(p.PeriodFrom), day(p.PeriodTo)}, "\t")
}

// rowLine is a row in the same way.
func rowLine(m meeting.Row) string {
	return strings.Join([]string{
		string(m.Level), m.Region, m.District, m.Place, day(m.PlannedOn), day(m.PlannedFrom), day(m.PlannedTo), day(m.HeldOn), string(m.Status),
		number(m.Participants), number(m.Raised), number(m.Resolved), m.Time,
	}, "\t")
}

func lines(r meeting.Result) []string {
	all := []string{paperLine(r.Paper)}
	for _, m := range r.Rows {
		all = append(all, rowLine(m))
	}
	return all
}

// short is a row on one line for table tests: what is empty is left out.
func short(m meeting.Row) string {
	when := cmp.Or(day(m.PlannedOn), strings.Trim(day(m.PlannedFrom)+".."+day(m.PlannedTo), "."))
	return strings.Join(strings.Fields(fmt.Sprint(m.Level, " ", cmp.Or(m.District, m.Region), " ", when, " ", m.Time, " ", m.Status, " ", day(m.HeldOn))), " ")
}
