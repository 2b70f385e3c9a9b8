package plan_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/qulaq-kz/qulaq/transform/plan"
	"github.com/qulaq-kz/qulaq/transform/table"
)

var vocabularies = sync.OnceValues(plan.BuiltIn)

func newReader(t testing.TB) *plan.Reader {
	t.Helper()
	v, err := vocabularies()
	if err != nil {
		t.Fatal(err)
	}
	r, err := plan.NewReader(v)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// grid makes a table from lines with cells between bars. A cell of < goes on with the one to its left, a cell of ^ with
// the one above, \n is a line break.
func grid(text string) *table.Grid {
	g := &table.Grid{}
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		row := table.Row{Line: len(g.Rows) + 1}
		for i, cell := range strings.Split(line, "|") {
			c := table.Cell{Text: strings.ReplaceAll(strings.TrimSpace(cell), `\n`, "\n"), Top: len(g.Rows), Left: i}
			switch c.Text {
			case "<":
				c = row.Cells[i-1]
			case "^":
				c = g.Rows[len(g.Rows)-1].Cells[i]
			}
			row.Cells = append(row.Cells, c)
		}
		g.Rows = append(g.Rows, row)
		g.Width = max(g.Width, len(row.Cells))
	}
	return g
}

// document makes a document: lines are paragraphs, lines with bars the rows of a table, which an empty line ends.
func document(text string) *table.Document {
	d := &table.Document{Format: table.DOCX, Name: "plan.docx"}
	var rows []string
	flush := func() {
		if len(rows) > 0 {
			d.Parts = append(d.Parts, table.Part{Grid: grid(strings.Join(rows, "\n"))})
			rows = nil
		}
	}
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case strings.Contains(line, "|"):
			rows = append(rows, line)
		default:
			flush()
			if line != "" {
				d.Parts = append(d.Parts, table.Part{Text: line})
			}
		}
	}
	flush()
	return d
}

func publication(docs ...*table.Document) plan.Publication {
	return plan.Publication{Files: []plan.File{{Name: "plan.docx", Documents: docs}}}
}
