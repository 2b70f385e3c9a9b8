package render

import "regexp"

// plainNumber is a number as a spreadsheet reads it: its sign begins no formula.
var plainNumber = regexp.MustCompile(`^[+-][0-9]+([.,][0-9]+)?([eE][+-]?[0-9]+)?%?$`)

// Cell returns a text as a cell of CSV that no spreadsheet runs. What is printed came from strangers, and a cell that
// begins with one of = + - @, a tab or the end of a line is a formula to a spreadsheet: it gets an apostrophe before
// it, which says that it is text. A number keeps its sign and stays a number.
func Cell(text string) string {
	if text == "" {
		return text
	}
	switch text[0] {
	case '=', '@', '\t', '\r', '\n':
		return "'" + text
	case '+', '-':
		if !plainNumber.MatchString(text) {
			return "'" + text
		}
	}
	return text
}

// Cells does so with every cell of a line, in place.
func Cells(line []string) []string {
	for i, text := range line {
		line[i] = Cell(text)
	}
	return line
}
