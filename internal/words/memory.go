package words

import (
	"encoding/binary"
	"math/bits"
)

// Memory gives words numbers, in the order in which it meets them, so that what is known of the most usual words lies
// close together. One goroutine owns it. What readers answer must not depend on what it remembers.
//
// It holds Capacity words and takes some three megabytes then, besides the notes. When it is full, new words have no
// number until the next text, at the beginning of which everything is forgotten: even a file without an equal pair of
// words costs no more than learning each of them.
type Memory struct {
	known  []entry  // by number
	forget []func() // for the notes of every reader
	full   bool
	text   Text
	tail   [short]byte // the end of a text, with zeros after it
	slots  [1 << 16]ID // a hash table of the words, half full at most; 0 is free
}

const (
	// Capacity is one more than the highest number of a word.
	Capacity = 1 << 15

	// probes is how many places a word may stand at: words that were chosen to collide are not remembered.
	probes = 16
)

// entry is a word as it is compared: a line of the processor's cache.
type entry struct {
	key
	size uint8
}

// key holds the bytes of a word, eight to a number, zeros after the last.
type key [7]uint64

// Longest is how many bytes a word has at most to be remembered.
const Longest = 8 * len(key{})

// NewMemory returns an empty one.
func NewMemory() *Memory {
	m := &Memory{known: make([]entry, FirstWord, 1<<10)}
	m.text.memory = m
	return m
}

// Notes returns a place for every word a reader may note something in, by its number. All are zero at first, and again
// when the memory has forgotten its words.
func Notes[T any](m *Memory) []T {
	notes := make([]T, Capacity)
	m.forget = append(m.forget, func() { clear(notes[:len(m.known)]) })
	return notes
}

// Read cuts a text. What was read before is void: the Text, and when the memory was full the numbers of words, too.
func (m *Memory) Read(text []byte) *Text {
	if m.full {
		m.clear()
	}
	t := &m.text
	t.Bytes, t.From, t.To = text, 0, 0
	t.cut()
	return t
}

func (m *Memory) clear() {
	for _, forget := range m.forget {
		forget()
	}
	clear(m.slots[:])
	m.known, m.full = m.known[:FirstWord], false
}

// ID returns the number of a word that a reader has found itself, whatever it is made of; Other if it has none.
func (m *Memory) ID(word []byte) ID {
	if len(word) == 0 || len(word) > Longest {
		return Other
	}
	var k key
	for i := 0; i < len(word); i += 8 {
		k[i/8] = eight(word[i:])
	}
	return m.find(&k, len(word))
}

// short is how many bytes are looked at to find the end of a word of less than sixteen letters, as nearly all have.
const short = 32

// read returns where the word of Cyrillic letters ends that begins at i, and its number; i when there is none, or it is
// too long, or what follows may be of the word, too.
func (m *Memory) read(text []byte, i int) (to int, id ID) {
	c := &m.tail
	if i+short <= len(text) {
		c = (*[short]byte)(text[i:])
	} else {
		*c = [short]byte{}
		copy(c[:], text[i:])
	}
	var v1, v2, v3 uint64
	v0, letters := cut(binary.LittleEndian.Uint64(c[0:]))
	to = i + 2*letters
	if letters == 4 {
		v1, letters = cut(binary.LittleEndian.Uint64(c[8:]))
		to += 2 * letters
		if letters == 4 {
			v2, letters = cut(binary.LittleEndian.Uint64(c[16:]))
			to += 2 * letters
			if letters == 4 {
				v3, letters = cut(binary.LittleEndian.Uint64(c[24:]))
				to += 2 * letters
				if letters == 4 {
					return m.readLong(text, i)
				}
			}
		}
	}
	if to == i || goesOn(text, to) {
		return i, Other
	}
	if id = m.slots[hash(v0, v1, v2, v3)]; id != 0 {
		if e := &m.known[id]; e.key[0] == v0 && e.key[1] == v1 && e.key[2] == v2 && e.key[3] == v3 && int(e.size) == to-i {
			return to, id
		}
	}
	return to, m.find(&key{v0, v1, v2, v3}, to-i)
}

// cut leaves of eight bytes the Cyrillic letters before anything else, and counts them. Such a letter is a byte from d0
// to d3 and one from 80 to bf. Four are told at a time: these bits of eight bytes must be those. That costs less than a
// decision about each.
func cut(v uint64) (uint64, int) {
	const (
		leadBits, leads = 0x00fc_00fc_00fc_00fc, 0x00d0_00d0_00d0_00d0
		markBits, marks = 0xc000_c000_c000_c000, 0x8000_8000_8000_8000
	)
	x := v&(leadBits|markBits) ^ (leads | marks)
	if x == 0 {
		return v, 4
	}
	n := bits.TrailingZeros64(x) / 16
	return v & (1<<(16*n%64) - 1), n
}

// readLong is read for words of any length.
func (m *Memory) readLong(text []byte, i int) (to int, id ID) {
	var k key
	to = i
	for n := range k {
		var letters int
		k[n], letters = cut(eight(text[to:]))
		if to += 2 * letters; letters < 4 {
			break
		}
	}
	if goesOn(text, to) {
		return i, Other
	}
	return to, m.find(&k, to-i)
}

// eight returns the eight bytes that a text begins with, zeros after its end.
func eight(text []byte) uint64 {
	if len(text) >= 8 {
		return binary.LittleEndian.Uint64(text)
	}
	var b [8]byte
	copy(b[:], text)
	return binary.LittleEndian.Uint64(b[:])
}

// hash returns a place in the table.
func hash(v0, v1, v2, v3 uint64) uint16 {
	return uint16((v0*0x9e3779b97f4a7c15 + v1*0xd6e8feb86659fd93 + v2*0xbf58476d1ce4e5b9 + v3*0x94d049bb133111eb) >> 48)
}

// find returns the number of a word of so many bytes, a new one if it has none.
func (m *Memory) find(k *key, size int) ID {
	place := hash(k[0], k[1], k[2], k[3]^k[4]^k[5]^k[6])
	for range probes {
		id := m.slots[place]
		if id == 0 {
			return m.learn(place, k, size)
		}
		if e := &m.known[id]; int(e.size) == size && e.key == *k {
			return id
		}
		place++
	}
	return Other
}

func (m *Memory) learn(place uint16, k *key, size int) ID {
	if len(m.known) == Capacity {
		m.full = true
		return Other
	}
	id := ID(len(m.known))
	m.slots[place] = id
	m.known = append(m.known, entry{*k, uint8(size)})
	return id
}
