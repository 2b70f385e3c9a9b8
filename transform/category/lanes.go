package category

import "github.com/qulaq-kz/qulaq/transform/category/internal/word"

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

// entry is a word that was read before, and what it says: one line of the processor's cache.
type entry struct {
	word    word.Word
	weights lanes
}

// remembered is how many words are remembered; a later one takes the place of an earlier one.
const remembered = 1 << 15

// word returns what a word says, from memory if possible.
func (c *Classifier) word(w word.Word) *lanes {
	e := &c.seen[hash(uint64(w), remembered)]
	if e.word != w {
		*e = entry{w, c.table.model.word(w)}
	}
	return &e.weights
}
