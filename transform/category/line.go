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
//     things («ПРОМЫШЛЕННОСТЬ И ЭНЕРГЕТИКА»). «Прочее» alone is a name of "other";
//   - a classification with levels that nobody lists below one that does and names one code: «Дороги / Ямы». The
//     code is that one's, and How says "triple, in part". Where the words of the others tell of something else, below
//     an umbrella such as «ЖКХ», they decide;
//   - free text, which is read as FromText does it;
//   - nothing: "other" with the score 0.
//
// It allocates where a line has separators.
func (c *Classifier) Line(line string) Guess {
	if v, ok := c.table.fromLine(line); ok && v.code != "" {
		return Guess{Code: v.code, Score: 1, rule: "triple"}
	} else if ok {
		return Guess{Code: Other, rule: "triple, undecided"}
	}
	text := c.FromText([]byte(line))
	v, rest := c.table.inPart(line)
	if v.code == "" || v.code == text.Code && text.Score > inPart {
		return text
	}
	if other := c.FromText([]byte(rest)); v.says == umbrella && other.Code != Other && other.Score >= contradicts {
		return text
	}
	return Guess{Code: v.code, Score: inPart, rule: "triple, in part"}
}

// inPart is the score of a classification that is known in part, and contradicts the score from which the words of the
// other part speak against an umbrella.
const (
	inPart      = 0.75
	contradicts = 0.5
)

// fromLine answers for a line that is nothing but listed values. A line without any value is not.
func (t *Table) fromLine(line string) (v verdict, ok bool) {
	if v, ok := t.topics.Find([]byte(topicOf(line))); ok { // «Прием ФЛ/ЮЛ» is one value
		return v, true
	}
	levels, n := levelsOf(line)
	if n < 2 {
		return v, false
	}
	for i, level := range levels[:n] {
		if !t.listed(level) && !t.listedUnder(level, levels[:i]) {
			return v, false
		}
	}
	v.code, _ = t.FromTriple(levels[0], levels[1], levels[2])
	return v, true
}

// maxLevelWords is how many words a level has that is a name and no sentence.
const maxLevelWords = 5

// inPart returns what the deepest listed level names, if the first one is listed too and none is a sentence, and the
// levels that are not listed.
func (t *Table) inPart(line string) (named verdict, rest string) {
	levels, n := levelsOf(line)
	if n < 2 || !t.listed(levels[0]) {
		return verdict{}, ""
	}
	for i, level := range levels[:n] {
		switch v, listed := t.find([]byte(topicOf(level)), topicsOf(levels[:i])); {
		case !listed && (len(strings.Fields(level)) > maxLevelWords || strings.ContainsAny(level, ".!?:")):
			return verdict{}, ""
		case !listed:
			rest += level + "\n"
		case v.says == exactly, v.says == umbrella:
			named = v
		case v.says == mixture:
			named = verdict{}
		}
	}
	return named, rest
}

func topicsOf(levels []string) [][]byte {
	topics := make([][]byte, len(levels))
	for i, level := range levels {
		topics[i] = []byte(topicOf(level))
	}
	return topics
}

// levelsOf parts a line into the values of its levels. There are none where it has more than three.
func levelsOf(line string) (levels [3]string, n int) {
	for level := range strings.FieldsFuncSeq(line, parts) {
		if strings.TrimSpace(level) == "" {
			continue
		}
		if n == len(levels) {
			return levels, 0
		}
		levels[n] = level
		n++
	}
	return levels, n
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
