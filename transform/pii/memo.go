package pii

import (
	"encoding/binary"
	"math/bits"
)

// desk is what a pass works with: it is kept from text to text.
type desk struct {
	memo  memo
	index index
}

// memo remembers what words are, for complaints use few words and those again and again. What it answers does not
// depend on what it remembers. One pass at a time owns it.
type memo [memoWords]struct {
	n    uint8 // bytes of the word; 0 for an empty place
	word [memoLongest]byte
	part part
}

const (
	memoWords   = 1 << 11 // a power of two
	memoLongest = 39      // bytes of a word that is remembered
)

// part returns what a token may be in a name.
func (p *pass) part(t token) part {
	if t.what != aWord || t.to-t.from >= longestWord {
		return part{token: t}
	}
	word := p.text[t.from:t.to]
	if len(word) > memoLongest {
		return p.judge(t)
	}
	e := &p.memo[place(word)]
	if int(e.n) != len(word) || string(e.word[:e.n]) != string(word) {
		e.part = p.judge(t)
		e.n = uint8(len(word))
		copy(e.word[:], word)
	}
	x := e.part
	x.token = t
	return x
}

// roles returns what a token may be; a number or a mask is nothing.
func (p *pass) roles(t token) role { return p.part(t).role }

// place returns where a word is remembered.
func place(word []byte) uint64 {
	const mix = 0x9e3779b97f4a7c15
	h := uint64(len(word)) * mix
	for ; len(word) >= 8; word = word[8:] {
		h = bits.RotateLeft64(h^binary.LittleEndian.Uint64(word), 29) * mix
	}
	for _, b := range word {
		h = (h ^ uint64(b)) * mix
	}
	return h >> (64 - 11) % memoWords
}
