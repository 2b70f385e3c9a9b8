// Package word reads a text as the classifier sees it: words folded to one alphabet, and the parts of words
// that tell what a text is about. The classifier and the program that trains it must agree on both, so both
// come from here.
//
//	word.go  from bytes to words
//	part.go  from a word to its parts
package word

// Word is a word of a text, folded and cut to its first twelve letters: five bits a letter from the left, the
// last four bits zero. The zero Word is no word.
//
// Folding is coarser than that of internal/fold, since complaints are typed in haste: letter case, ё and й are
// gone, and so are the letters that only Kazakh has. «Көше», «КӨШЕ» and «коше» are one word, as people write
// Kazakh on a Russian keyboard. Latin letters become the Cyrillic ones they look or sound like.
type Word uint64

// Letters is how many letters of a word are kept.
const Letters = 12

const (
	letterBits = 5
	topLetter  = 64 - letterBits
	alphabet   = "абвгдежзиклмнопрстуфхцчшщъыьэюя" // code 1 is а
)

// What the tables hold besides the codes of letters.
const (
	parts = 0    // a character that parts words
	skip  = 0xff // a character that leaves no trace: an accent, a soft hyphen
)

// Next returns the first word at or after the given place, and where its bytes begin and end. At the end of
// the text the word is zero. Everything that is no letter parts words, digits and broken UTF-8, too.
func Next(text []byte, at int) (w Word, from, to int) {
	shift := topLetter
	for at < len(text) {
		var code byte
		next := at + 1
		switch c := text[at]; {
		case c < 0x80:
			code = ascii[c]
		case c&0xfc == 0xd0 && next < len(text) && text[next]&0xc0 == 0x80:
			code = cyrillic[int(c&3)<<6|int(text[next]&0x3f)]
			next++
		default:
			code, next = invisible(text, at)
		}
		switch {
		case code == parts:
			if w != 0 {
				return w, from, at
			}
		case code != skip && shift > 0:
			if w == 0 {
				from = at
			}
			w |= Word(code) << shift
			shift -= letterBits
		}
		at = next
	}
	return w, from, at
}

// invisible tells characters without width from those that part words. None is longer than three bytes.
func invisible(text []byte, at int) (code byte, next int) {
	rest := text[at:]
	switch {
	case len(rest) >= 2 && rest[0] == 0xc2 && rest[1] == 0xad, // soft hyphen
		len(rest) >= 2 && rest[0] == 0xcc && rest[1]&0xc0 == 0x80, // accents, and the breves of й
		len(rest) >= 2 && rest[0] == 0xcd && rest[1] >= 0x80 && rest[1] < 0xb0:
		return skip, at + 2
	case len(rest) >= 3 && rest[0] == 0xe2 && rest[1] == 0x80 && rest[2] >= 0x8b && rest[2] <= 0x8f, // zero width
		len(rest) >= 3 && rest[0] == 0xef && rest[1] == 0xbb && rest[2] == 0xbf: // byte order mark
		return skip, at + 3
	}
	return parts, at + 1
}

// String returns the word as folded.
func (w Word) String() string {
	var s []rune
	for ; w != 0; w <<= letterBits {
		s = append(s, letters[w>>topLetter])
	}
	return string(s)
}

var letters = append([]rune{' '}, []rune(alphabet)...)

var ascii, cyrillic = func() (ascii [0x80]byte, cyrillic [0x100]byte) {
	code := make(map[rune]byte)
	for i, r := range letters[1:] {
		code[r] = byte(i + 1)
	}
	set := func(from, to string) {
		as := []rune(to)
		for i, r := range []rune(from) {
			if r < 0x80 {
				ascii[r] = code[as[i]]
			} else {
				cyrillic[r-0x400] = code[as[i]]
			}
		}
	}
	set(alphabet, alphabet)
	set("АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ", alphabet)
	set("ёйәғқңөұүһіЁЙӘҒҚҢӨҰҮҺІ", "еиагкноуухиеиагкноуухи")
	const latin = "абсдефгхижклмноркрстуввхуз"
	set("abcdefghijklmnopqrstuvwxyz", latin)
	set("ABCDEFGHIJKLMNOPQRSTUVWXYZ", latin)
	return ascii, cyrillic
}()
