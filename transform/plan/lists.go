package plan

import (
	"strconv"
	"strings"
	"unicode"
)

// A row may hold several items: the cell of issues is a list with numbers, and the cell of measures answers each of
// them under the same number. Then every pair is an item; cells that are no such list are of all of them. A row with
// a number of its own is one item, whatever lists it has.

// listed returns how many items a row holds.
func (d *reading) listed(s *sheet, own []cell) int {
	n := map[role]int{}
	for _, c := range own {
		switch r := s.role(c.column); {
		case c.width > 1:
		case r == colNumber && isNumber(c.text):
			return 1
		case r == colIssue, r == colMeasure:
			n[r] = len(numberedLines(c.text))
		}
	}
	if n[colIssue] > 1 && n[colIssue] == n[colMeasure] {
		return n[colIssue]
	}
	return 1
}

// numberedLines returns the entries of a list, nil when a text is none: its lines begin with 1, 2, 3 and so on. Lines
// without a number go on with the entry before.
func numberedLines(text string) []string {
	if !strings.Contains(text, "\n") {
		return nil
	}
	var entries []string
	for line := range strings.SplitSeq(cut(text, cellBytes), "\n") {
		line = oneLine(line)
		rest, found := strings.CutPrefix(line, strconv.Itoa(len(entries)+1))
		switch {
		case found && rest != "" && (rest[0] == '.' || rest[0] == ')') && (len(rest) < 2 || !unicode.IsDigit(rune(rest[1]))):
			entries = append(entries, strings.TrimSpace(rest[1:]))
		case len(entries) == 0:
			return nil
		case line != "":
			entries[len(entries)-1] += " " + line
		}
	}
	return entries
}
