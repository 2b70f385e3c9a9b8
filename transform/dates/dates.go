// Package dates reads what plans and their titles say of time: deadlines, periods, the dates of documents, in
// Russian, Kazakh and English. It is pure: a year that is not said comes from the caller, never from a clock.
//
// Where to look:
//
//	words.tsv   months, units, prepositions and what else is understood
//	dates.go    the questions: ParseDeadline, ParseDay
//	period.go   what titles say: ParsePeriod, PartOf
//	days.go     dates beside other words: Days
//	lex.go      a text as words, numbers and signs
//	read.go     words and numbers as days, quarters, years
//	relate.go   what «до», «с … по …», a dash and a list make of them
//
// Every word of a deadline must be listed in words.tsv. A cell with anything else is not known, because the
// strange word may turn the meaning round.
package dates

import (
	"regexp"

	"github.com/qulaq-kz/qulaq"
)

// Range is a closed range of days. The zero Day, 1970-01-01, is null: the range is open on that side, or
// nothing is said. No plan reaches back to it.
type Range struct{ From, To qulaq.Day }

// Context is what the surroundings of a cell say.
type Context struct {
	Year int // the year of the plan; 0 when it is not known
}

// ParseDeadline reads the deadline of a plan's item:
//
//   - a period is its first to its last day: «2 квартал 2023 г.», «июль–август 2023», «2023–2025 годы», «IV тоқсан»;
//   - «до X», «X-ке дейін», «к X», the end of something and a bare date X are null to X; of a period X its last
//     day: «до 2025 года» is null to 2025-12-31, as plans use the word;
//   - «с X по Y», «X – Y», «X-тен Y-ке дейін» are X to Y, and «с X» alone is X to null;
//   - a list of periods is the first day of the earliest to the last of the latest, a list of dates null to the
//     latest; a list of both is not known;
//   - «постоянно», «ежеквартально», «15 числа ежемесячно», «—» and an empty cell are null to null;
//   - a year that is missing comes from the other dates of the cell, to the right first, then from the context;
//     if neither has one, the answer is null to null, and known. What recurs takes no year from the context;
//   - a remark in brackets that says nothing of time is left out where the cell is not known with it.
//
// Years are 1990 to 2099; two digits are of this century. Numeric dates are day, month, year, or ISO. A date
// that does not exist (31.02), a range that runs backwards and anything not understood is not known.
func ParseDeadline(text string, c Context) (r Range, known bool) {
	tokens := lex(text)
	if silent(tokens) {
		return Range{}, true
	}
	if r, known = read(tokens, c).deadline(); known {
		return r, true
	}
	if rest := remark.ReplaceAllStringFunc(text, withoutTime); rest != text {
		return read(lex(rest), c).deadline()
	}
	return Range{}, false
}

// remark is what stands in brackets.
var remark = regexp.MustCompile(`\([^()]*\)`)

// withoutTime returns a remark that says anything of time, and nothing for one that does not: «(исполнено)».
func withoutTime(text string) string {
	for _, t := range lex(text) {
		switch t.class {
		case strange, filler, open, comma, dash, dot, to, fromWord:
		default:
			return text
		}
	}
	return ""
}

// ParseDay reads a single whole date, with a year, and nothing besides: «2022 жылғы 8 маусым», «24.09.2026»,
// "January 15, 2023", «от 15 января 2023 года».
func ParseDay(text string) (qulaq.Day, bool) {
	r := read(lex(text), Context{})
	if !r.ok || len(r.groups) != 1 {
		return 0, false
	}
	g := r.groups[0]
	if g.relation != at && g.relation != since || g.first.unit != day || !g.first.explicit {
		return 0, false
	}
	d, _, ok := g.first.days()
	return d, ok
}
