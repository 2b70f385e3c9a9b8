package category

import (
	"strings"

	"github.com/qulaq-kz/qulaq/internal/fold"
)

// Line guesses what one line is about that may be any of:
//
//   - a source's own classification, its levels parted by "/", "|", ";", ">", "→" or tabs, or a single value of
//     one: where triples.tsv lists every level, it decides. The score is 1 and How says "triple"; or 0 and
//     "triple, undecided" with the code "other" where the levels say nothing («В рассмотрении») or several
//     things («ПРОМЫШЛЕННОСТЬ И ЭНЕРГЕТИКА»);
//   - free text, which is read as FromText does it;
//   - nothing: "other" with the score 0.
//
// It allocates where a line has separators.
func (c *Classifier) Line(line string) Guess {
	if code, ok := c.table.fromLine(line); ok && code != "" {
		return Guess{Code: code, Score: 1, rule: "triple"}
	} else if ok {
		return Guess{Code: Other, rule: "triple, undecided"}
	}
	return c.FromText([]byte(line))
}

// fromLine answers for a line that is nothing but listed values. A line without any value is not.
func (t *Table) fromLine(line string) (code string, ok bool) {
	if t.listed(line) { // «Прием ФЛ/ЮЛ» is one value
		code, _ = t.FromTriple(line, "", "")
		return code, true
	}
	var levels [3]string
	n := 0
	for level := range strings.FieldsFuncSeq(line, parts) {
		if strings.TrimSpace(level) == "" {
			continue
		}
		if n == len(levels) {
			return "", false
		}
		levels[n] = level
		n++
	}
	if n < 2 {
		return "", false
	}
	for i, level := range levels[:n] {
		if !t.listed(level) && !t.listedUnder(level, levels[:i]) {
			return "", false
		}
	}
	code, _ = t.FromTriple(levels[0], levels[1], levels[2])
	return code, true
}

// parts tells what sources part levels with.
func parts(r rune) bool { return strings.ContainsRune("/|;>→\t\n", r) }

// listed says whether the value has a row of its own.
func (t *Table) listed(value string) bool {
	var room [keyRoom]byte
	_, ok := t.topics.Find(topic(fold.AppendKey(room[:0], value)))
	return ok
}

// listedUnder says whether the value has a row below one of the others.
func (t *Table) listedUnder(value string, others []string) bool {
	for _, other := range others {
		if _, ok := t.inside[context{topicOf(value), topicOf(other)}]; ok {
			return true
		}
	}
	return false
}
