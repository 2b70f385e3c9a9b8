package region

import (
	"strings"

	"github.com/qulaq-kz/qulaq"
)

// Memo answers as a Gazetteer does and remembers its answers: exports repeat a few hundred names a million
// times. It belongs to one goroutine; any number of them may stand on one Gazetteer.
type Memo struct {
	gazetteer *Gazetteer
	young     map[asked]Answer // answers since the last change of generations
	old       map[asked]Answer // those of the generation before
}

type asked struct {
	text string
	on   qulaq.Day
}

// Bounds of a memo: at most 2 × 16,384 answers to lines of at most 512 bytes, some 20 MB; longer lines are
// seldom met twice.
const (
	memoAnswers = 1 << 14
	memoBytes   = 512
)

// Cached returns an empty memo on a gazetteer.
func Cached(g *Gazetteer) *Memo {
	return &Memo{gazetteer: g, young: make(map[asked]Answer)}
}

// Resolve answers as Gazetteer.Resolve does.
func (m *Memo) Resolve(text string, on qulaq.Day) Answer {
	if len(text) > memoBytes {
		return m.gazetteer.Resolve(text, on)
	}
	q := asked{text, on}
	if a, ok := m.young[q]; ok {
		return a
	}
	a, ok := m.old[q]
	if !ok {
		a = m.gazetteer.Resolve(text, on)
	}
	if len(m.young) == memoAnswers {
		m.old, m.young = m.young, make(map[asked]Answer, memoAnswers)
	}
	q.text = strings.Clone(text) // the line may be a part of a whole file
	m.young[q] = a
	return a
}
