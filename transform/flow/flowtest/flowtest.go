// Package flowtest shows and checks the parts of documents, for the tests of those who read them.
package flowtest

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq/transform/table"
)

// Show writes parts so that a test can say what it wants: a paragraph as its line, a row of a grid as its
// cells between bars, the first with the number of its line. "/" is a line break. A place of a merged cell
// that is not its first shows where the first is: "<" to the left, "^" above, "\" both.
//
//	План мероприятий
//	1| № | Вопрос |
//	2| 1 | Дорога/до села |
func Show(parts []table.Part) string {
	var b strings.Builder
	for i, p := range parts {
		if p.Grid == nil {
			b.WriteString(p.Text + "\n")
			continue
		}
		if i > 0 && parts[i-1].Grid != nil {
			b.WriteString("--\n")
		}
		for r, row := range p.Grid.Rows {
			fmt.Fprintf(&b, "%d|", row.Line)
			for c, cell := range row.Cells {
				text := strings.ReplaceAll(cell.Text, "\n", "/")
				switch {
				case cell.Top < r && cell.Left < c:
					text = `\`
				case cell.Top < r:
					text = "^"
				case cell.Left < c:
					text = "<"
				}
				b.WriteString(" " + text + " |")
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

// Check says what is wrong with parts as any reader of flowing text makes them; nil when nothing is.
func Check(parts []table.Part) error {
	for i, p := range parts {
		if p.Grid == nil {
			if err := checkText(p.Text); err != nil || strings.Contains(p.Text, "\n") || p.Text == "" {
				return fmt.Errorf("paragraph %d, %.100q: %v", i, p.Text, err)
			}
			continue
		}
		if err := checkGrid(p.Grid); err != nil {
			return fmt.Errorf("part %d: %w", i, err)
		}
	}
	return nil
}

func checkGrid(g *table.Grid) error {
	line := 0
	for r, row := range g.Rows {
		if len(row.Cells) != g.Width || g.Width == 0 {
			return fmt.Errorf("row %d has %d cells, the grid %d columns", r, len(row.Cells), g.Width)
		}
		if row.Line < 1 {
			return fmt.Errorf("row %d has line %d", r, row.Line)
		}
		line = max(line, row.Line)
		for c, cell := range row.Cells {
			if err := checkText(cell.Text); err != nil {
				return fmt.Errorf("cell %d, %d, %.100q: %w", r, c, cell.Text, err)
			}
			if cell.Top < 0 || cell.Top > r || cell.Left < 0 || cell.Left > c {
				return fmt.Errorf("cell %d, %d begins at %d, %d", r, c, cell.Top, cell.Left)
			}
			first := g.Rows[cell.Top].Cells[cell.Left]
			if first.Top != cell.Top || first.Left != cell.Left || first.Text != cell.Text {
				return fmt.Errorf("cell %d, %d begins at %d, %d, which is not its beginning", r, c, cell.Top, cell.Left)
			}
		}
	}
	if line < len(g.Rows) {
		return fmt.Errorf("%d rows, the last line is %d", len(g.Rows), line)
	}
	return nil
}

// checkText wants valid text without space that shows nowhere.
func checkText(text string) error {
	switch {
	case !utf8.ValidString(text):
		return fmt.Errorf("not UTF-8")
	case strings.TrimSpace(text) != text, strings.Contains(text, "  "), strings.Contains(text, "\n\n"),
		strings.Contains(text, " \n"), strings.Contains(text, "\n "):
		return fmt.Errorf("space that shows nowhere")
	case strings.ContainsAny(text, "\t\r\u00a0\u00ad\u200b\ufeff"):
		return fmt.Errorf("characters that show nowhere")
	}
	return nil
}
