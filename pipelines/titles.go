package pipelines

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxMute is how many entries of a look, or of a page, are read though their title says nothing: the newest ones. In a
// listing without titles they would be all.
const maxMute = 20

// anyPaper are words that stand for any paper.
var anyPaper = map[string]bool{
	"документ": true, "приложение": true, "файл": true, "скан": true, "копия": true, "без": true, "названия": true,
	"құжат": true, "қосымша": true, "көшірме": true, "document": true, "file": true, "scan": true, "copy": true, "doc": true, "docx": true, "pdf": true,
}

// saysNothing says whether a title leaves open what an entry is. Such an entry may be a plan.
func saysNothing(title string) bool {
	for _, w := range strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if utf8.RuneCountInString(w) > 2 && !anyPaper[w] {
			return false
		}
	}
	return true
}
