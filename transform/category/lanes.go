package category

import (
	"github.com/qulaq-kz/qulaq/internal/words"
	"github.com/qulaq-kz/qulaq/transform/category/internal/word"
)

// sum holds a weight for every category, in the order of the table.
type sum [categories]int32

// lanes is a sum with four weights to a number, sixteen bits each, so that seven additions add a word. A
// number is its weights times the powers of 2¹⁶, added up modulo 2⁶⁴: sums of such numbers are right whatever
// their signs, and can be taken apart as long as no weight exceeds 2¹⁵.
type lanes [categories / 4]uint64

// fits is how many words' weights lanes can hold.
const fits = (1<<15 - 1) / maxWeight

func (s *sum) lanes() (l lanes) {
	for i, weight := range s {
		l[i/4] += uint64(int64(weight)) << (i % 4 * 16)
	}
	return l
}

func (l *lanes) add(other *lanes) {
	for i := range l {
		l[i] += other[i]
	}
}

// addTo takes the weights apart and adds them.
func (l *lanes) addTo(s *sum) {
	const middle = 1 << 15
	const middles = middle * (1 + 1<<16 + 1<<32 + 1<<48)
	for i := range s {
		s[i] += int32((l[i/4]+middles)>>(i%4*16)&0xffff) - middle
	}
}

// adder adds up the weights of the words of a text.
type adder struct {
	block lanes // of the last words, as many as its lanes can hold
	sum   sum   // of those before
	words int
	known int // of them, how many the model has as they stand, and not only by their beginnings
}

func (a *adder) add(l *lanes, known bool) {
	a.block.add(l)
	a.words++
	if known {
		a.known++
	}
	if a.words%fits == 0 {
		a.flush()
	}
}

func (a *adder) flush() {
	a.block.addTo(&a.sum)
	a.block = lanes{}
}

// total returns the sum and the number of words.
func (a *adder) total() (sum, int) {
	a.flush()
	return a.sum, a.words
}

// entry is what a word says that was read before: one line of the processor's cache.
type entry struct {
	weights lanes
	one     bool // it is one word here, too
	known   bool // the model has it as it stands
	asked   bool
}

// entry returns what a word says, from memory if possible.
func (c *Classifier) entry(id words.ID, text []byte) *entry {
	e := &c.seen[id]
	if !e.asked {
		c.learn(e, text)
	}
	return e
}

func (c *Classifier) learn(e *entry, text []byte) {
	w, _, to := word.Next(text, 0)
	*e = entry{asked: true, one: w != 0 && to == len(text)}
	if e.one {
		e.weights, e.known = c.table.model.word(w), c.table.model.has(w)
	}
}
