package report

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq/transform/table"
)

// unwrapped joins the lines of a plain text that was cut to a width: where a line breaks a word with a hyphen, all lines that
// go on in the midst of a sentence belong to the one before.
func unwrapped(parts []table.Part) []table.Part {
	breaks := func(a, b string) bool {
		head, ok := strings.CutSuffix(a, "-")
		last, _ := utf8.DecodeLastRuneInString(head)
		next, _ := utf8.DecodeRuneInString(b)
		return ok && unicode.IsLower(last) && unicode.IsLower(next)
	}
	wrapped := false
	for i := 1; i < len(parts); i++ {
		wrapped = wrapped || parts[i-1].Grid == nil && parts[i].Grid == nil && breaks(parts[i-1].Text, parts[i].Text)
	}
	if !wrapped {
		return parts
	}
	parts = slices.Clone(parts)
	for i, at := 1, 0; i < len(parts); i++ { // the part that is joined leaves an empty one, so that the others keep their numbers
		switch before, text := parts[at].Text, parts[i].Text; {
		case parts[at].Grid != nil || parts[i].Grid != nil || !goesOn(before, text) || len(before)+len(text) > maxParagraphBytes:
			at = i
		case breaks(before, text):
			parts[at].Text, parts[i].Text = strings.TrimSuffix(before, "-")+text, ""
		default:
			parts[at].Text, parts[i].Text = before+" "+text, ""
		}
	}
	return parts
}

// goesOn says whether a line goes on with the sentence of the one before.
func goesOn(before, line string) bool {
	first, n := utf8.DecodeRuneInString(line)
	if before == "" || isItem(line) || strings.HasPrefix(line[n:], ")") || strings.ContainsAny(before[len(before)-1:], ":;!?") {
		return false
	}
	return unicode.IsLower(first) || unicode.IsDigit(first) && !strings.HasSuffix(before, ".")
}
