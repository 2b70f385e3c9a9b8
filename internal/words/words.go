// Package words cuts a text into words once for all who read it, and remembers words, so that each reader finds out
// once what it wants to know of a word.
//
//	words.go   where the words of a text are
//	memory.go  the numbers of words, and what readers note of them
//
// Readers (pii, lang, fingerprint, category) do not agree on what a word is: one joins «мкр-н», another reads Latin
// letters, a third looks over soft hyphens. They agree on what nearly all texts consist of: Cyrillic letters between
// signs that part words whatever stands beside them, and numbers. These are cut here. All else is handed on as it
// stands between two such signs, for everyone to read in his own way.
package words

// ID is the number of a word in a Memory, or what a Word is instead of a remembered one.
type ID uint16

const (
	// Other is anything that is neither of the others: letters of any alphabet with digits and signs among them,
	// broken UTF-8, a Cyrillic word that is too long to be remembered or for which there was no room.
	Other ID = iota
	// Number is digits from 0 to 9, at most longestNumber of them.
	Number
	// FirstWord is the lowest number of a remembered word. In a Text that is Cyrillic letters and nothing else.
	FirstWord
)

// Word is a piece of a text. Signs that part words stand on both sides of it, or the ends of the text; a Number may also
// touch its neighbours («дом5», «2024г»). The text between two words has no letter and no digit.
type Word struct {
	From, To int // its bytes
	ID       ID
}

// Text is a stretch of a text, cut. It belongs to its Memory and is good until the Memory reads another one.
type Text struct {
	Bytes    []byte // the whole text
	Words    []Word // of the stretch, one at least unless no word is left
	From, To int    // the stretch
	memory   *Memory
	before   []Word // the room of Words before a change
}

// Most is how many words a stretch has at most: it bounds the memory for a text of any length.
const Most = 4096

const longestNumber = 64

// Whole tells that the stretch is all of the text, as it is of all but huge ones.
func (t *Text) Whole() bool { return t.From == 0 && t.To == len(t.Bytes) }

// Next goes on to the next stretch; false at the end of the text.
func (t *Text) Next() bool {
	if t.To == len(t.Bytes) {
		return false
	}
	t.cut()
	return true
}

// Change is a piece of a text in whose place Size other bytes stand, which begin and end with signs that part words.
type Change struct{ From, To, Size int }

// Change makes the Text that of another text, which the changes in their order have led to, without cutting it again; a
// text of several stretches is read anew. Words that were touched, and what stands in their place, are Other now, perhaps
// in several pieces.
func (t *Text) Change(text []byte, changes []Change) *Text {
	if !t.Whole() {
		return t.memory.Read(text)
	}
	t.Bytes, t.To = text, len(text)
	t.Words, t.before = t.before[:0], t.Words
	old, moved := t.before, 0
	add := func(from, to int, id ID) { t.Words = append(t.Words, Word{from + moved, to + moved, id}) }
	for _, c := range changes {
		for len(old) > 0 && old[0].To <= c.From {
			add(old[0].From, old[0].To, old[0].ID)
			old = old[1:]
		}
		if len(old) > 0 && old[0].From < c.From {
			add(old[0].From, c.From, Other)
		}
		add(c.From, c.From+c.Size, Other)
		for len(old) > 0 && old[0].To <= c.To {
			old = old[1:]
		}
		if len(old) > 0 && old[0].From < c.To {
			old[0] = Word{c.To, old[0].To, Other}
		}
		moved += c.Size - (c.To - c.From)
	}
	for i := range old {
		add(old[i].From, old[i].To, old[i].ID)
	}
	return t
}

// What a byte may do where no word is under way. Signs not in parts begin or join words for some reader: - / [ @ .
const (
	parts = iota // parts words for everyone
	digit
	lead  // the first byte of a Cyrillic letter
	sign  // parts words for everyone unless a letter stands before it
	wide  // the first byte of some longer signs
	other // anything of which this package knows nothing
)

var classes = func() (t [256]uint8) {
	for b := range t {
		t[b] = other
	}
	for b := range ' ' {
		t[b] = parts
	}
	for _, b := range []byte(" !\"'(),.:;?") {
		t[b] = parts
	}
	for _, b := range []byte("#$%&*+-/<=>\\]^_`{|}~") {
		t[b] = sign
	}
	for b := '0'; b <= '9'; b++ {
		t[b] = digit
	}
	for b := 0xd0; b <= 0xd3; b++ {
		t[b] = lead
	}
	t[0xc2], t[0xe2] = wide, wide
	return t
}()

// cut fills the stretch that begins where the last one ended.
func (t *Text) cut() {
	text, i, found := t.Bytes, t.To, t.Words[:0]
	t.From = i
	for i < len(text) && len(found) < Most {
		from, class := i, classes[text[i]]
		if class == parts || class == sign {
			i++
			continue
		}
		id := Other
		switch class {
		case lead:
			i, id = t.memory.read(text, from)
		case digit:
			i, id = numberEnd(text, from), Number
		case wide:
			if n := wideSign(text[i:]); n > 0 {
				i += n
				continue
			}
		}
		if i == from {
			id = Other
			for i < len(text) && classes[text[i]] != parts {
				i++
			}
		}
		found = append(found, Word{from, i, id})
		if i < len(text) && text[i] == ' ' { // as after nearly every word
			i++
		}
	}
	t.Words, t.To = found, i
}

// numberEnd returns where the digits end that begin at i; i if there are too many, or one of full width may follow.
func numberEnd(text []byte, i int) int {
	from := i
	for i < len(text) && classes[text[i]] == digit {
		i++
	}
	if i-from > longestNumber || i < len(text) && text[i] == 0xef {
		return from
	}
	return i
}

// wideSign returns the size of the sign that a text begins with, if it parts words for everyone: a no-break space,
// « » and other quotation marks, dashes, №.
func wideSign(text []byte) int {
	switch {
	case len(text) >= 2 && text[0] == 0xc2 && (text[1] == 0xa0 || text[1] == 0xab || text[1] == 0xbb):
		return 2
	case len(text) < 3 || text[0] != 0xe2:
		return 0
	case text[1] == 0x80 && (text[2] >= 0x90 && text[2] <= 0x95 || text[2] >= 0x98 && text[2] <= 0x9f),
		text[1] == 0x84 && text[2] == 0x96:
		return 3
	}
	return 0
}

// goesOn tells that what stands at i may be of the Cyrillic word before it, for some reader.
func goesOn(text []byte, i int) bool {
	return i < len(text) && classes[text[i]] > digit && wideSign(text[i:]) == 0
}
