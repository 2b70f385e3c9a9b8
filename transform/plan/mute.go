package plan

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// anyPaper are words that stand for any paper.
var anyPaper = map[string]bool{
	"документ": true, "приложение": true, "файл": true, "скан": true, "копия": true, "без": true, "названия": true,
	"құжат": true, "қосымша": true, "көшірме": true, "document": true, "file": true, "scan": true, "copy": true, "doc": true, "docx": true, "pdf": true,
}

// SaysNothing says whether a title leaves open what an entry is. Such an entry may be a plan, though its title is no
// Candidate.
func SaysNothing(title string) bool {
	for _, w := range strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if utf8.RuneCountInString(w) > 2 && !anyPaper[w] {
			return false
		}
	}
	return true
}
