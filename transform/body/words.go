package body

import (
	"strings"
	"unicode"
	"unicode/utf8"

	folding "github.com/qulaq-kz/qulaq/internal/fold"
)

// word is a word of a name.
type word struct {
	from, to int    // where it stands in the text
	key      string // as the tables spell it, see fold
	keyed    int    // where the key ends among those of all words
}

// maxWords is how many words of a name are read.
const maxWords = 250

// fold returns a word as it is compared: lower case, й as и, and Kazakh letters as the Russian ones that are
// typed for them, so that «Басқармасы» and «баскармасы» are one.
func fold(s string) string { return string(appendFolded(nil, s)) }

func appendFolded(dst []byte, s string) []byte {
	var room [64]byte
	for key := folding.AppendKey(room[:0], s); len(key) > 0; {
		r, size := utf8.DecodeRune(key)
		dst = utf8.AppendRune(dst, folding.RussianLike(r))
		key = key[size:]
	}
	return dst
}

// beginningOf returns as much of a name as is read, in whole characters.
func beginningOf(name string) string {
	if len(name) <= MaxBytes {
		return name
	}
	end := MaxBytes
	for end > MaxBytes-utf8.UTFMax && !utf8.RuneStart(name[end]) {
		end--
	}
	return name[:end]
}

// wordsOf splits a text into words. Masks, as personal data is replaced by, part words and are none.
func wordsOf(text string) []word {
	words := make([]word, 0, len(text)/12+1)
	keys := make([]byte, 0, len(text)+8) // of all words, so that they are one string
	start := -1
	end := func(at int) {
		if start >= 0 && len(words) < maxWords {
			before := len(keys)
			if keys = appendFolded(keys, text[start:at]); len(keys) > before {
				words = append(words, word{from: start, to: at, keyed: len(keys)})
			}
		}
		start = -1
	}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == '[' && maskLength(text[i:]) > 0:
			end(i)
			size = maskLength(text[i:])
		case isOfWord(r):
			if start < 0 {
				start = i
			}
		default:
			end(i)
		}
		i += size
	}
	end(len(text))
	all, at := string(keys), 0
	for i := range words {
		words[i].key, at = all[at:words[i].keyed], words[i].keyed
	}
	return words
}

// isOfWord says whether a character belongs to a word: letters and digits, and what is invisible between them.
func isOfWord(r rune) bool {
	return isCyrillic(r) || unicode.IsLetter(r) || unicode.IsDigit(r) || r == utf8.RuneError || unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf)
}

// isCyrillic tells the letters that names are made of without a look into the tables of Unicode.
func isCyrillic(r rune) bool { return r >= 0x400 && r < 0x530 }

// maskLength returns the length of the mask that s begins with, «[name]» or «[phone]», or 0.
func maskLength(s string) int {
	for i := 1; i < len(s) && i < 24; i++ {
		switch b := s[i]; {
		case b == ']' && i > 1:
			return i + 1
		case b|0x20 >= 'a' && b|0x20 <= 'z', b == '_':
		default:
			return 0
		}
	}
	return 0
}

// tidied returns the name without legal form, quotation marks and masks.
func (n *reading) tidied() string {
	return n.written(0, len(n.items), func(_ item, words string) string { return words })
}

// forGazetteer returns a run of items in one letter case, whatever it was typed in: of the words that no table lists the
// shortest in capitals, for they may be «ВКО», and the others with one.
func (n *reading) forGazetteer(from, to int) string {
	return n.written(from, to, func(it item, words string) string {
		if it.role == unlisted && utf8.RuneCountInString(it.key) <= 3 {
			return strings.ToUpper(words)
		}
		words = strings.ToLower(words)
		if it.role == unlisted || it.role == matter && it.couldBeName() {
			first, size := utf8.DecodeRuneInString(words)
			return string(unicode.ToUpper(first)) + words[size:]
		}
		return words
	})
}

// written writes a run of items anew without legal form, quotation marks and masks; each is spelled by the caller.
func (n *reading) written(from, to int, spell func(it item, words string) string) string {
	if from == to {
		return ""
	}
	b := make([]byte, 0, len(n.text))
	at := n.words[n.items[from].from].from
	for _, it := range n.items[from:to] {
		start, end := n.words[it.from].from, n.words[it.to-1].to
		b = appendTidy(b, n.text[at:start])
		if it.role != form {
			b = appendTidy(b, spell(it, n.text[start:end]))
		} else {
			b = appendSpace(b)
		}
		at = end
	}
	if to == len(n.items) { // a dot or bracket behind the last word
		b = appendTidy(b, n.text[at:])
	}
	return strings.Trim(string(b), " ,;:-–—/|")
}

// appendTidy appends a stretch of a name without quotation marks, masks, control and invisible characters, and
// with single spaces.
func appendTidy(b []byte, s string) []byte {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == '[' && maskLength(s[i:]) > 0 {
			size, r = maskLength(s[i:]), ' '
		}
		switch {
		case isCyrillic(r):
			b = utf8.AppendRune(b, r)
		case strings.ContainsRune(" \"«»„“”‟‹›*", r), unicode.IsControl(r), unicode.IsSpace(r):
			b = appendSpace(b)
		case r == ')' && len(b) > 0 && b[len(b)-1] == '(': // «(ТОО)» without what was in it
			b = b[:len(b)-1]
		case !unicode.Is(unicode.Cf, r):
			b = utf8.AppendRune(b, r)
		}
		i += size
	}
	return b
}

// appendSpace appends a space where there is none, and none at the beginning and behind a bracket.
func appendSpace(b []byte) []byte {
	if n := len(b); n > 0 && b[n-1] != ' ' && b[n-1] != '(' {
		return append(b, ' ')
	}
	return b
}

// stem returns a word that no table lists without its ending. It need not be right, only the same for the cases
// of one word, and keep different words apart: four letters stay, and three before a single one («Абая»).
func stem(word string) string {
	word = cut(word, caseEndings)
	if noun := cut(word, adjectiveEndings); noun != word {
		return cut(noun, caseEndings)
	}
	return word
}

// cut cuts the first ending that leaves enough.
func cut(word string, endings []string) string {
	for _, ending := range endings {
		rest, ok := strings.CutSuffix(word, ending)
		if stays := utf8.RuneCountInString(rest); ok && (stays >= 4 || stays == 3 && len(ending) == len("а")) {
			return rest
		}
	}
	return word
}

// Endings as fold leaves them, the longer before the shorter.
var (
	caseEndings = strings.Fields(`
		ларынын лерини ларын лерин лары лери нын нин дын дин тын тин сынын синин сынын сына сине сы си
		ами ями ого его ому ему ыми ими ая яя ое ее ые ие ыи ии ои ую юю ых их ым им ом ем ам ям ах ях ов ев еи
		а я о е у ю ы и ь`)
	adjectiveEndings = []string{"инск", "енск", "ск"}
)

func hasLetter(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }
