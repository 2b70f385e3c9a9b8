package plan

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq/transform/dates"
)

// A column may be headed «Срок исполнения и ответственные» or «Пути решения, сроки»: its cells begin or end with the
// deadline, and the rest of them is what its other heading says; see also datedStatus.

// headingParts are what parts the names of a column that holds several things.
var headingParts = regexp.MustCompile(`[,;/+&]|\s(?:и|және|мен)\s`)

// timed returns the role of a column whose heading asks for a deadline and for one thing more.
func (r *Reader) timed(heading string) (other role, is bool) {
	when := false
	for _, part := range headingParts.Split(heading, -1) {
		switch role := r.roleOf(oneLine(part)); role {
		case colDeadline:
			when = true
		case colMeasure, colResponsible, colCompletion:
			if other != colUnknown && other != role {
				return colUnknown, false
			}
			other = role
		}
	}
	return other, when && other != colUnknown
}

// datedStatus finds the status of a table without a column of it in the column of deadlines, whose cells go on with it:
// «до 1 июня 2023 года. Исполнено».
func (r *Reader) datedStatus(s *sheet) {
	if s.has(colStatus) || s.has(colDone) {
		return
	}
	for i, c := range s.columns {
		if c.role == colDeadline && s.mostly(i, func(text string) bool {
			rest, when := cutTime(text, anyYear)
			return when != "" && r.isStatus(rest)
		}) {
			s.columns[i].role, s.columns[i].timed = colStatus, true
		}
	}
}

// cutTime parts the deadline that a cell begins or ends with from the rest of it; year is that of its surroundings.
func cutTime(text string, year int) (rest, when string) {
	var words []string
	ends := []bool{true} // before which words the writer parted what he says, and behind the last
	for line := range strings.Lines(text) {
		own := strings.Fields(line)
		for i, w := range own {
			ends = append(ends, i+1 == len(own) || parted(w) || sentenceEnds(w, own[i+1]))
		}
		words = append(words, own...)
	}
	for _, atEnds := range [...]bool{true, false} { // «Ремонт моста, 2024 год» is parted where its writer parted it
		for n := len(words); n > 0; n-- {
			head, tail := words[:n], words[len(words)-n:]
			switch {
			case (!atEnds || ends[n]) && saysWhen(head, year):
				return trimParted(words[n:]), trimParted(head)
			case (!atEnds || ends[len(words)-n]) && saysWhen(tail, year):
				return trimParted(words[:len(words)-n]), trimParted(tail)
			}
		}
	}
	return strings.Join(words, " "), ""
}

// parted says whether a word ends with a sign that parts what a cell says.
func parted(word string) bool {
	return strings.HasSuffix(word, ",") || strings.HasSuffix(word, ";") || word == "-" || word == "–" || word == "—"
}

// sentenceEnds says whether a word ends a sentence: the next one begins with a capital letter.
func sentenceEnds(word, next string) bool {
	first, _ := utf8.DecodeRuneInString(next)
	return strings.HasSuffix(word, ".") && unicode.IsUpper(first)
}

func trimParted(words []string) string {
	return strings.Trim(strings.Join(words, " "), " ,;–—-")
}

// saysWhen says whether words are a deadline with a day in it, or one that recurs.
func saysWhen(words []string, year int) bool {
	first, _ := utf8.DecodeRuneInString(words[0])
	if len(words) > longestTime || !unicode.IsLetter(first) && !unicode.IsDigit(first) && !strings.ContainsRune("«\"(", first) {
		return false
	}
	found, known := dates.ParseDeadline(trimParted(words), dates.Context{Year: year})
	return known && (found.To != 0 || len(words) == 1 && utf8.RuneCountInString(words[0]) > longestFiller)
}

// anyYear stands for that of the surroundings where only the form of a deadline counts.
const anyYear = 2000

// longestTime is how many words a deadline has, at most, within a cell that says something else too; and longestFiller
// how many letters a word has that says nothing of time: «постоянно» says something.
const longestTime, longestFiller = 14, 6
