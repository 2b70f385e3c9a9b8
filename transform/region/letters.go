package region

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq/internal/fold"
)

// isWordRune says whether a rune is a letter or a digit, most often a Russian letter.
func isWordRune(r rune) bool {
	switch {
	case 'А' <= r && r <= 'я':
		return true
	case r < utf8.RuneSelf:
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r)
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// lower is unicode.ToLower without the difference of ё and е. It leaves Latin capitals as they are: Н looks
// like H and not like h.
func lower(r rune) rune {
	switch {
	case 'а' <= r && r <= 'я', r < utf8.RuneSelf:
		return r
	case 'А' <= r && r <= 'Я':
		return r + ('а' - 'А')
	case r == 'Ё', r == 'ё':
		return 'е'
	case r == 'Ə', r == 'ə': // the Latin schwa, met for the Cyrillic one
		return 'ә'
	}
	return unicode.ToLower(r)
}

// appendFolded appends a word of lower-case letters with every letter folded.
func appendFolded(dst, word []byte) []byte {
	if !hasKazakh(word) {
		return append(dst, word...)
	}
	for i := 0; i < len(word); {
		r, size := utf8.DecodeRune(word[i:])
		dst = utf8.AppendRune(dst, fold.RussianLike(r))
		i += size
	}
	return dst
}

// hasKazakh looks for the bytes that begin the letters of fold.RussianLike.
func hasKazakh(word []byte) bool {
	for i, b := range word {
		if b == 0xD2 || b == 0xD3 || b == 0xD1 && i+1 < len(word) && word[i+1] == 0x96 {
			return true
		}
	}
	return false
}

// likes are Latin letters that look like Cyrillic ones.
var likes = map[rune]rune{
	'A': 'а', 'B': 'в', 'C': 'с', 'E': 'е', 'H': 'н', 'I': 'і', 'K': 'к', 'M': 'м', 'O': 'о', 'P': 'р', 'T': 'т', 'X': 'х', 'Y': 'у',
	'a': 'а', 'c': 'с', 'e': 'е', 'h': 'һ', 'i': 'і', 'k': 'к', 'm': 'м', 'o': 'о', 'p': 'р', 't': 'т', 'x': 'х', 'y': 'у',
}

// replaceLikes replaces the Latin letters of the word from start on by their Cyrillic likes, where each has
// one: «Aлматы», and «Г.A.» in a text that is otherwise Cyrillic.
func replaceLikes(text []byte, start int) []byte {
	latin := false
	for _, b := range text[start:] {
		if b < utf8.RuneSelf && !isDigit(b) {
			if likes[rune(b)] == 0 {
				return text
			}
			latin = true
		}
	}
	if !latin {
		return text
	}
	word := string(text[start:])
	text = text[:start]
	for _, r := range word {
		if like := likes[r]; like != 0 {
			r = like
		}
		text = utf8.AppendRune(text, r)
	}
	return text
}

// replaceDigit replaces the one figure that looks like a letter in a word that is otherwise of Cyrillic letters:
// «3ападно». It says whether there was one.
func replaceDigit(text []byte, start int) ([]byte, bool) {
	word := text[start:]
	if isDigit(word[len(word)-1]) { // a house, a year
		return text, false
	}
	at := bytes.IndexByte(word, '3')
	if at < 0 {
		at = bytes.IndexByte(word, '0')
	}
	if at < 0 || len(word) < len("3пад") {
		return text, false
	}
	for i, b := range word {
		if b < utf8.RuneSelf && i != at {
			return text, false
		}
	}
	like := "з"
	if word[at] == '0' {
		like = "о"
	}
	rest := string(word[at+1:])
	return append(append(text[:start+at], like...), rest...), true
}

// hasCyrillic looks for the lead bytes of U+0400 to U+053F.
func hasCyrillic(s string) bool {
	for i := range len(s) {
		if hasLead(s[i]) {
			return true
		}
	}
	return false
}

func hasLead(b byte) bool { return 0xD0 <= b && b <= 0xD4 }

// sounds are letters of both scripts by what they sound like. Kazakh has had four Latin alphabets since 2017
// and English and Russian ways of writing besides; the letters on the right are what is left of all of them.
var sounds = map[rune]string{
	'а': "a", 'ә': "a", 'б': "b", 'в': "v", 'г': "g", 'ғ': "g", 'д': "d", 'е': "e", 'ж': "j", 'з': "z", 'и': "i", 'й': "i", 'і': "i",
	'к': "k", 'қ': "k", 'л': "l", 'м': "m", 'н': "n", 'ң': "n", 'о': "o", 'ө': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u",
	'ұ': "u", 'ү': "u", 'ф': "f", 'х': "h", 'һ': "h", 'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "shch", 'ъ': "", 'ы': "i", 'ь': "", 'э': "e",
	'ю': "iu", 'я': "ia",
	'á': "a", 'ä': "a", 'ă': "a", 'ǵ': "g", 'ğ': "g", 'ġ': "g", 'ı': "i", 'í': "i", 'ï': "i", 'ń': "n", 'ñ': "n", 'ŋ': "n", 'ó': "o", 'ö': "o",
	'ś': "sh", 'ş': "sh", 'š': "sh", 'ú': "u", 'ü': "u", 'ū': "u", 'ŭ': "u", 'ý': "u", 'ç': "ch", 'č': "ch", 'ć': "ch", 'ž': "j",
}

// appendSounds appends a lower-case word of either script in the letters of sounds, so that «Қарағанды»,
// "Qaraǵandy", "Qarağandy", "Karagandy" and "Qaraghandy" are one word: "karagandi".
func appendSounds(dst, word []byte) []byte {
	var ascii [128]byte
	letters := ascii[:0]
	for i := 0; i < len(word); {
		r, size := utf8.DecodeRune(word[i:])
		i += size
		if sound, ok := sounds[r]; ok {
			letters = append(letters, sound...)
		} else {
			letters = utf8.AppendRune(letters, r)
		}
	}
	start := len(dst)
	for i := 0; i < len(letters); i++ {
		b, next := letters[i], byte(0)
		if i+1 < len(letters) {
			next = letters[i+1]
		}
		switch {
		case b == 'z' && next == 'h':
			b, i = 'j', i+1
		case b == 'k' && next == 'h':
			b, i = 'h', i+1
		case b == 'g' && next == 'h':
			i++
		case b == 'y' && next == 'e' && i == 0: // Yesil, Yekibastuz
			b, i = 'e', i+1
		case b == 'q', b == 'c' && next != 'h':
			b = 'k'
		case b == 'y':
			b = 'i'
		case b == 'w':
			b = 'u'
		}
		if len(dst) == start || dst[len(dst)-1] != b || isDigit(b) { // Rudnyy, Rudny
			dst = append(dst, b)
		}
	}
	return dst
}

// isLatin says whether a word is of Latin letters, with or without digits.
func isLatin(word []byte) bool {
	letters := false
	if len(word) == 0 || hasLead(word[0]) {
		return false
	}
	for i := 0; i < len(word); {
		r, size := utf8.DecodeRune(word[i:])
		i += size
		switch {
		case 'a' <= r && r <= 'z', r >= utf8.RuneSelf && unicode.Is(unicode.Latin, r):
			letters = true
		case r >= utf8.RuneSelf || !isDigit(byte(r)):
			return false
		}
	}
	return letters
}

func isQuote(r rune) bool {
	switch r {
	case '"', '\'', '`', '«', '»', '“', '”', '„', '‘', '’', 'ʼ':
		return true
	}
	return false
}

func isHyphen(r rune) bool {
	switch r {
	case '-', '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212':
		return true
	}
	return false
}

// joins says whether the sign at i stands between two letters or digits and so inside a word.
func joins(text string, i int, sign rune) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(sign):])
	return isWordRune(before) && isWordRune(after)
}
