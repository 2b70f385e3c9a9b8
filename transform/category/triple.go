package category

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/qulaq-kz/qulaq/internal/fold"
)

// verdict is what a value of a source says about the category.
type verdict struct {
	says says
	code string // empty unless it says exactly or umbrella, or is a name of "other"
}

type says uint8

const (
	nothing  says = iota // «В рассмотрении»; with the code "other" «Прочее»
	mixture              // several categories, and which of them is not known
	umbrella             // a category as long as the levels below say nothing
	exactly              // a category, whatever stands below
)

// context is a value below another one, both as keys.
type context struct{ value, under string }

// FromTriple returns the code of a source's own classification. Any of the three levels may be empty, and a
// source with fewer levels uses any of them.
//
// From the deepest level up, the first that names a category exactly decides; an umbrella such as
// ЖИЛИЩНО-КОММУНАЛЬНОЕ ХОЗЯЙСТВО decides only as long as the levels below it are empty or say nothing
// («В рассмотрении»), since beneath it stand water and housing, too. A mixture such as ПРОМЫШЛЕННОСТЬ И
// ЭНЕРГЕТИКА never decides.
//
// The code is empty where nothing decides. Then known tells the reasons apart: true when every level that is
// not empty is listed, so there is nothing to do; false when one is not, which is worth a finding.
// With a code, known is true.
//
// The answer does not depend on letter case, on runs of spaces, or on punctuation. It costs a few
// microseconds; an export repeats a few hundred triples, so callers with many rows should remember answers.
func (t *Table) FromTriple(category, issue, subissue string) (code string, known bool) {
	var room [3][keyRoom]byte
	levels := [3][]byte{
		topic(fold.AppendKey(room[0][:0], subissue)),
		topic(fold.AppendKey(room[1][:0], issue)),
		topic(fold.AppendKey(room[2][:0], category)),
	}
	known = true
	silent := true // the levels so far say nothing
	for i, level := range levels {
		if len(level) == 0 {
			continue
		}
		v, listed := t.find(level, levels[i+1:])
		if v.says == exactly || v.says == umbrella && silent {
			return v.code, true
		}
		known = known && listed
		silent = silent && listed && v.says == nothing
	}
	return "", known
}

// keyRoom is enough for nearly all values; longer ones take memory of their own.
const keyRoom = 256

// find returns what a value says below the levels above it, else what it says anywhere.
func (t *Table) find(value []byte, above [][]byte) (verdict, bool) {
	for _, under := range above {
		if v, ok := t.inside[context{string(value), string(under)}]; ok {
			return v, true
		}
	}
	return t.topics.Find(value)
}

// topic strips a key of the words for "questions of", which sources put before a topic, in Kazakh after it,
// as often as not.
func topic(key []byte) []byte {
	for _, word := range questionsBefore {
		if rest, ok := bytes.CutPrefix(key, []byte(word)); ok {
			return rest
		}
	}
	for _, word := range questionsAfter {
		if rest, ok := bytes.CutSuffix(key, []byte(word)); ok {
			return rest
		}
	}
	return key
}

var (
	questionsBefore = [...]string{"вопросы ", "вопрос ", "вопросам ", "по вопросам ", "по вопросу "}
	questionsAfter  = [...]string{" мәселелері", " мәселесі"}
)

func topicOf(text string) string { return string(topic([]byte(fold.Key(text)))) }

// readTriples lists the rows of triples.tsv; its head says what the columns mean.
func (t *Table) readTriples(text string) error {
	rows, err := fold.ReadTable(text, 3)
	if err != nil {
		return err
	}
	for _, row := range rows {
		value, under := row[0], row[1]
		v, err := t.verdict(row[2])
		if err != nil {
			return fmt.Errorf("%q: %w", value, err)
		}
		if under != "" {
			c := context{topicOf(value), topicOf(under)}
			if _, ok := t.inside[c]; ok {
				return fmt.Errorf("%q is listed twice under %q", value, under)
			}
			t.inside[c] = v
			continue
		}
		key := topicOf(value)
		if strings.HasSuffix(value, "…") {
			key += "…"
		}
		if err := t.topics.Add(key, v); err != nil {
			return err
		}
	}
	return nil
}

func (t *Table) verdict(cell string) (verdict, error) {
	switch cell {
	case "-":
		return verdict{says: nothing}, nil
	case "rest":
		return verdict{says: nothing, code: Other}, nil
	case "*":
		return verdict{says: mixture}, nil
	}
	v := verdict{exactly, cell}
	if code, ok := strings.CutSuffix(cell, "?"); ok {
		v = verdict{umbrella, code}
	}
	if !t.has(v.code) {
		return v, fmt.Errorf("%q is no code of a category", v.code)
	}
	return v, nil
}

// addNames lists the names of the categories themselves as umbrellas, where no row says otherwise.
func (t *Table) addNames() error {
	for _, c := range t.all {
		for _, name := range [...]string{c.NameRU, c.NameKK, c.NameEN} {
			key := topicOf(name)
			if _, ok := t.topics.Find([]byte(key)); ok {
				continue
			}
			if err := t.topics.Add(key, verdict{umbrella, c.Code}); err != nil {
				return fmt.Errorf("categories.tsv: %w", err)
			}
		}
	}
	return nil
}
