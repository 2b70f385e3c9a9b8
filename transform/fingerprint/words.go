package fingerprint

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"math/bits"
	"strings"

	"github.com/qulaq-kz/qulaq/internal/fold"
)

// Letters are numbered from 1 by their place in the alphabet, small and capital alike. Kazakh letters have the number of
// the Russian letter that is typed for them on a keyboard without them.
const (
	alphabet   = "абвгдежзиклмнопрстуфхцчшщыьэюя"
	otherwise  = "ё=е й=и ъ=ь ә=а ғ=г қ=к ң=н ө=о ұ=у ү=у һ=х і=и"
	letterBits = 5
	foreign    = 1<<letterBits - 1 // a letter of another Cyrillic alphabet
)

// A word is the numbers of its first eight letters, the first highest, so that missing letters are zeros at the end. It
// is read in halves of four letters, which are eight bytes: that costs less than a look at every byte. The first half
// is the word's stem.
const (
	half     = 4
	halfBits = half * letterBits
)

// letters holds the numbers of the characters U+0400 to U+04FF.
var letters = func() (t [256]uint8) {
	for i := range t {
		t[i] = foreign
	}
	set := func(r rune, number int) {
		for _, c := range strings.ToUpper(string(r)) + string(r) {
			t[c-0x400] = uint8(number)
		}
	}
	for i, r := range []rune(alphabet) {
		set(r, i+1)
	}
	for pair := range strings.FieldsSeq(otherwise) {
		r := []rune(pair)
		set(r[0], int(t[r[2]-0x400]))
	}
	return t
}()

// isLead tells the first byte of these characters. In UTF-8 they are D0 80 to D3 BF.
func isLead(b byte) bool { return b-0xd0 < 4 }

// endsSentence tells the signs after which the next word is no neighbour of the last one.
var endsSentence = [256]bool{'.': true, '!': true, '?': true}

// eight returns the eight characters at i, as if they were Cyrillic, in two halves, zeros after the end of the text.
func eight(text []byte, i int) (first, second uint64) {
	if i+4*half > len(text) {
		return lastEight(text[i:])
	}
	c := (*[4 * half]byte)(text[i:])
	return binary.LittleEndian.Uint64(c[:]), binary.LittleEndian.Uint64(c[2*half:])
}

func lastEight(text []byte) (first, second uint64) {
	var c [4 * half]byte
	copy(c[:], text)
	return binary.LittleEndian.Uint64(c[:]), binary.LittleEndian.Uint64(c[2*half:])
}

// cyrillic returns how many characters of a half are Cyrillic before the first that is not.
func cyrillic(h uint64) int {
	const leads, marks = 0x00fc_00fc_00fc_00fc | 0xc000_c000_c000_c000, 0x00d0_00d0_00d0_00d0 | 0x8000_8000_8000_8000
	return bits.TrailingZeros64(h&leads^marks) / 16
}

// numbers returns the numbers of the letters of a half. They mean something for Cyrillic characters only.
func numbers(h uint64) uint64 {
	// From two bytes to the character's place after U+0400: two bits of the first, six of the second.
	h = h&0x0003_0003_0003_0003<<6 | h>>8&0x003f_003f_003f_003f
	return uint64(letters[uint8(h)])<<(3*letterBits) | uint64(letters[uint8(h>>16)])<<(2*letterBits) |
		uint64(letters[uint8(h>>32)])<<letterBits | uint64(letters[uint8(h>>48)])
}

// beginnings are masks of the first n letters of a word.
var beginnings = func() (t [16]uint64) {
	for n := range 2*half + 1 {
		t[n] = 1<<(2*halfBits) - 1<<(2*halfBits-n*letterBits)
	}
	return t
}()

// next returns the word that begins at i with the first byte of a letter, and where it ends. Such a byte alone is no
// letter, and the word is empty.
func next(text []byte, i int) (word uint64, to int) {
	first, second := eight(text, i)
	n := cyrillic(first)
	word = numbers(first) << halfBits
	if n == half {
		n += cyrillic(second)
		word |= numbers(second)
	}
	word &= beginnings[n&15]
	i += max(2*n, 1)
	if n == 2*half {
		i += rest(text[i:])
	}
	return word, i
}

// rest returns how many bytes of Cyrillic characters the text begins with.
func rest(text []byte) int {
	for i := 0; ; {
		first, second := eight(text, i)
		n := cyrillic(first)
		if n == half {
			n += cyrillic(second)
		}
		i += 2 * n
		if n < 2*half {
			return i
		}
	}
}

// set is a set of words: a hash table with open addressing, less than half full; 0 is a free place.
type set [1 << setBits]uint64

const setBits = 11

func (w *set) place(word uint64) uint64 {
	return word * 0x9e3779b97f4a7c15 >> (64 - setBits) % (1 << setBits)
}

// has tells whether a word is in the set. The empty word is.
func (w *set) has(word uint64) bool {
	i := w.place(word)
	for w[i] != word {
		if w[i] == 0 {
			return false
		}
		i = (i + 1) % (1 << setBits)
	}
	return true
}

func (w *set) add(word uint64) {
	i := w.place(word)
	for w[i] != word && w[i] != 0 {
		i = (i + 1) % (1 << setBits)
	}
	w[i] = word
}

//go:embed common.tsv
var commonFile string

// common is what common.tsv lists, and every single letter: they are prepositions and initials.
var common = func() (w set) {
	rows, err := fold.ReadTable(commonFile, 2)
	for number := range foreign + 1 {
		w.add(uint64(number) << (2*halfBits - letterBits))
	}
	for _, row := range rows {
		for text := range strings.FieldsSeq(row[1]) {
			if rest([]byte(text)) != len(text) {
				err = fmt.Errorf("%q is no word", text)
			}
			first, second := eight([]byte(text), 0)
			w.add((numbers(first)<<halfBits | numbers(second)) & beginnings[min(len(text)/2, 2*half)])
		}
	}
	if err != nil { // the file is built in, so only a broken build comes here
		panic("common.tsv: " + err.Error())
	}
	return w
}()
