package meeting

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/qulaq-kz/qulaq/transform/plan"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// cell is a cell of a row once, however many columns it covers.
type cell struct {
	column, width int
	top           int // the row in which it begins
	text          string
}

// cells returns the cells of a row, each once.
func cells(g *table.Grid, at int) []cell {
	row := g.Rows[at].Cells
	var all []cell
	for i, c := range row {
		if i > 0 && c.Left < i && c.Top == row[i-1].Top && c.Left == row[i-1].Left {
			all[len(all)-1].width++
			continue
		}
		all = append(all, cell{column: i, width: 1, top: min(c.Top, at), text: strings.TrimSpace(c.Text)})
	}
	return all
}

// own returns the filled cells that begin in a row.
func own(g *table.Grid, at int) []cell {
	return slices.DeleteFunc(cells(g, at), func(c cell) bool { return c.top != at || c.text == "" })
}

// isNumber says whether a text is digits with dots at most.
func isNumber(text string) bool {
	return strings.IndexFunc(text, unicode.IsDigit) >= 0 && strings.Trim(text, "0123456789. )") == ""
}

// isNumbering says whether a row only numbers the columns: 1 2 3 4 5.
func isNumbering(row []cell) bool {
	for i, c := range row {
		if n, err := strconv.Atoi(c.text); err != nil || n > maxColumns || i > 0 && strconv.Itoa(n-1) != row[i-1].text {
			return false
		}
	}
	return len(row) >= 3
}

// text returns a cell on one line, "" for a dash.
func (d *reading) text(text string, line int) string {
	if len(text) > cellBytes {
		d.find(plan.LongCell, "cells", fmt.Sprintf("only the first %d bytes are kept", cellBytes), line)
		text = cut(text, cellBytes)
	}
	if text = oneLine(text); isDash(text) {
		return ""
	}
	return text
}

func isDash(text string) bool { return strings.Trim(text, "-–—_. \n") == "" }

var (
	// counted is a cell that holds a number of people or issues, and no sentence in which a number stands.
	counted = regexp.MustCompile(`(?i)^(?:около|более|свыше|порядка|примерно|шамамен|~|≈)?\s*(\d+)\s*(?:(?:чел|граждан|жител|участник|вопрос|обращен|предложен|проблем|адам|азамат|тұрғын|мәселе|сұрақ|қатысушы|өтініш)\pL*)?\.?\s*(?:астам|жуық)?$`)
	parted  = regexp.MustCompile(`(\d)[  ](\d{3})(\D|$)`)
)

// count reads a cell that holds one whole number; an empty cell is known and not stated.
func count(text string) (n Count, known bool) {
	if text == "" {
		return Count{}, true
	}
	for parted.MatchString(text) {
		text = parted.ReplaceAllString(text, "$1$2$3")
	}
	found := counted.FindStringSubmatch(text)
	if found == nil {
		return Count{}, false
	}
	value, err := strconv.ParseInt(found[1], 10, 64)
	if err != nil || value > maxCount {
		return Count{}, false
	}
	return Count{value, true}, true
}
