package lang

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/qulaq-kz/qulaq/internal/fold"
)

//go:embed words.tsv
var wordsFile string

// Letters are numbered from 1 by their place here, small and capital alike. The Kazakh letters that Russian
// does not have come last; ё is е.
const (
	russianLetters = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
	kazakhLetters  = "әғқңөұүһі"
	letterE        = 6 // е
	firstKazakh    = 33
	letterI        = 41 // і, which is often typed as the Latin i
)

// letters holds the numbers of the characters U+0400 to U+04FF, Cyrillic; 0 is no letter of ours. In UTF-8
// they are D0 80 to D3 BF. The table has a place for any two bytes, so one look tells the letter or that there is none.
var letters = func() (t [1 << 16]uint8) {
	set := func(r rune, number uint8) {
		two := string(r)
		t[place(two[0], two[1])] = number
	}
	for _, alphabet := range []string{russianLetters + kazakhLetters, strings.ToUpper(russianLetters + kazakhLetters)} {
		for i, r := range []rune(alphabet) {
			set(r, uint8(i+1))
		}
	}
	set('ё', letterE)
	set('Ё', letterE)
	return t
}()

func place(first, second byte) uint16 { return uint16(first) | uint16(second)<<8 }

// isLead tells the first byte of these characters.
func isLead(b byte) bool { return b-leadByte < 4 }

const leadByte = 0xd0

// A word is packed into a number, six bits a letter, the last letter lowest. Of a word of more than ten letters
// the last ten are kept, with a mark.
const (
	letterBits  = 6
	lettersKept = 10
	wordMask    = 1<<(lettersKept*letterBits) - 1
	longMark    = 1 << 63
)

// An ending is packed as a word is, with a mark of its own. All have three letters.
const (
	endingMask   = 1<<(3*letterBits) - 1
	endingMark   = 1 << 62
	endingWithin = 5 // letters of the shortest word that is asked for its ending
)

func pack(word uint64, length int) uint64 {
	word &= wordMask
	if length > lettersKept {
		word |= longMark
	}
	return word
}

// points are what a word is worth to each language.
type points struct{ ru, kk uint8 }

// sum is what words are worth together.
type sum struct{ ru, kk int }

func (s *sum) add(more sum) { s.ru, s.kk = s.ru+more.ru, s.kk+more.kk }

func (p points) sum() sum { return sum{int(p.ru), int(p.kk)} }

// table knows the points of words and endings. It is a hash table with open addressing, less than half full;
// the word 0 is a free place.
type table [1 << tableBits]struct {
	word uint64
	points
}

const tableBits = 11

func (t *table) find(word uint64) int {
	i := word * 0x9e3779b97f4a7c15 >> (64 - tableBits)
	for t[i].word != word && t[i].word != 0 {
		i = (i + 1) % (1 << tableBits)
	}
	return int(i)
}

// vocabulary is what words.tsv lists; its head says what the columns mean.
var vocabulary = func() (t table) {
	rows, err := fold.ReadTable(wordsFile, 3)
	for _, row := range rows {
		var p points
		switch row[0] + row[1] {
		case "ru1":
			p.ru = 1
		case "ru2":
			p.ru = 2
		case "kk1":
			p.kk = 1
		case "kk2":
			p.kk = 2
		default:
			err = fmt.Errorf("language %q, weight %q", row[0], row[1])
		}
		for text := range strings.FieldsSeq(row[2]) {
			key := packText(text)
			i := t.find(key)
			if key == 0 || t[i].word != 0 {
				err = fmt.Errorf("%q is no word, or listed twice", text)
			}
			t[i].word, t[i].points = key, p
		}
	}
	if err != nil { // the file is built in, so only a broken build comes here
		panic("words.tsv: " + err.Error())
	}
	return t
}()

// packText packs a word of words.tsv. It returns 0 for what is neither a word nor an ending.
func packText(text string) uint64 {
	text, isEnding := strings.CutPrefix(text, "-")
	var word uint64
	length := 0
	for _, r := range text {
		if r < 0x400 || r >= 0x500 {
			return 0
		}
		two := string(r)
		letter := letters[place(two[0], two[1])]
		if letter == 0 {
			return 0
		}
		word = word<<letterBits | uint64(letter)
		length++
	}
	if isEnding {
		return word | endingMark
	}
	return pack(word, length)
}

// weigh adds up the points of the first so many words, and returns how many words less are left to weigh, and the rest
// of the text. The Latin i beside Cyrillic letters is і.
func weigh(text []byte, words int) (s sum, left int, rest []byte) {
	i := 0
	for words > 0 {
		// What parts words goes first. Only a lead byte or a Latin i before one can begin a word.
		for i < len(text) && !isLead(text[i]) && !(isLatinI(text[i]) && i+1 < len(text) && isLead(text[i+1])) {
			i++
		}
		if i == len(text) {
			break
		}
		w, size := next(text[i:])
		i += max(size, 1)
		if size == 0 {
			continue
		}
		words--
		s.add(w.worth().sum())
	}
	return s, words, text[i:]
}

func isLatinI(b byte) bool { return b|0x20 == 'i' }

// word is a word of a text.
type word struct {
	letters uint64 // packed, the first ones lost if there are more than fit
	length  int
	kazakh  bool // has a letter that Russian does not have
}

// next returns the word that the text begins with and its size in bytes, 0 if it begins with none.
func next(text []byte) (w word, size int) {
	var marks uint8 // the highest bit is set by a Kazakh letter
	i := 0
	for {
		for i+1 < len(text) {
			letter := letters[place(text[i], text[i+1])]
			if letter == 0 {
				break
			}
			w.letters = w.letters<<letterBits | uint64(letter)
			w.length++
			marks |= letter + (0x80 - firstKazakh)
			i += 2
		}
		if i == len(text) || !isLatinI(text[i]) {
			break
		}
		w.letters = w.letters<<letterBits | letterI
		w.length++
		marks = 0x80
		i++
	}
	w.kazakh = marks >= 0x80
	return w, i
}

func (w word) worth() points {
	found := &vocabulary[vocabulary.find(pack(w.letters, w.length))]
	switch {
	case found.word != 0:
		return found.points
	case w.kazakh && w.length > 1:
		return points{kk: 1}
	case w.kazakh || w.length < endingWithin:
		return points{}
	}
	return vocabulary[vocabulary.find(w.letters&endingMask|endingMark)].points
}
