// Package fold brings words of exports and words of our vocabularies to one form, so that «В  РАБОТЕ» and
// "в работе." are the same word. It knows nothing of what the words mean.
//
//	fold.go   the canonical form of a value
//	words.go  a vocabulary keyed by it, and the files vocabularies come from
package fold

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Key returns the canonical form of a value, to be compared and never shown:
//
//   - letters are lower case, ё is е and й is и (typists and normalisation forms disagree about both);
//   - letters and digits stay, everything else parts words, and words are parted by one space;
//   - accents and invisible characters (BOM, soft hyphen, zero width space) are gone;
//   - in a word that has Cyrillic letters, Latin letters that look like them are Cyrillic: «өтiнiш» is often
//     typed with a Latin i;
//   - a backslash stays, because `\N` is how databases print null and is not the letter N;
//   - bytes that are no UTF-8 become U+FFFD and stay, so that a damaged word is not taken for a whole one;
//   - a value without any letter or digit keeps its signs: «—» and "+" are not empty.
//
// The result is empty only for a value of spaces, control and invisible characters. It does not depend on
// letter case, and Key(Key(s)) is Key(s).
func Key(s string) string { return string(AppendKey(nil, s)) }

// AppendKey appends the canonical form of s to dst and returns the longer slice. With room in dst it
// allocates nothing unless scripts are mixed in a word.
func AppendKey(dst []byte, s string) []byte {
	start := len(dst)
	word := start // where the current word begins
	var scripts script
	for _, r := range s {
		r = letter(r)
		switch {
		case r == gone:
			continue
		case r == space:
			if len(dst) > word {
				dst = append(oneScript(dst, word, scripts), ' ')
				word, scripts = len(dst), 0
			}
			continue
		}
		scripts |= scriptOf(r)
		dst = utf8.AppendRune(dst, r)
	}
	if len(dst) > word {
		return oneScript(dst, word, scripts)
	}
	if word > start {
		return dst[:word-1] // the space after the last word
	}
	return appendSigns(dst, s)
}

// RussianKey is Key with every Kazakh letter as the Russian one that is typed for it.
func RussianKey(s string) string { return strings.Map(RussianLike, Key(s)) }

// RussianLike returns the Russian letter that is typed for a small Kazakh one where a keyboard has no other, and
// any other character as it is.
func RussianLike(r rune) rune {
	if r <= 'я' {
		return r
	}
	switch r {
	case 'ә':
		return 'а'
	case 'ғ':
		return 'г'
	case 'қ':
		return 'к'
	case 'ң':
		return 'н'
	case 'ө':
		return 'о'
	case 'ұ', 'ү':
		return 'у'
	case 'һ':
		return 'х'
	case 'і':
		return 'и'
	}
	return r
}

// What letter returns for characters that are not kept.
const (
	gone  rune = -1
	space rune = ' '
)

// letter returns the form of one character: itself in lower case, space or gone.
func letter(r rune) rune {
	if int(r) < len(common) {
		return common[r]
	}
	return slowLetter(r)
}

// common holds the answers for ASCII, Latin, Greek and Cyrillic, which is all that exports are made of.
var common = func() (t [0x530]rune) {
	for r := range t {
		t[r] = slowLetter(rune(r))
	}
	return t
}()

func slowLetter(r rune) rune {
	r = lower(r)
	switch {
	case r == 'ё':
		return 'е'
	case r == 'й':
		return 'и'
	case unicode.IsLetter(r), unicode.IsDigit(r), r == '\\', r == utf8.RuneError:
		return r
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return gone
	}
	return space
}

// lower goes by way of the upper case, so that letters with several small forms (σ and ς) have one.
func lower(r rune) rune { return unicode.ToLower(unicode.ToUpper(r)) }

// appendSigns appends the signs of a value that has nothing else, without spaces.
func appendSigns(dst []byte, s string) []byte {
	for _, r := range s {
		if r = lower(r); unicode.IsSpace(r) || unicode.IsControl(r) || slowLetter(r) == gone {
			continue
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}

type script uint8

const (
	cyrillic script = 1 << iota
	latin
)

func scriptOf(r rune) script {
	switch {
	case r >= 'a' && r <= 'z':
		return latin
	case r >= 0x400 && r < 0x530:
		return cyrillic
	}
	return 0
}

// oneScript makes the word that begins at word all Cyrillic if it is a mixture that only looks like one word.
func oneScript(dst []byte, word int, scripts script) []byte {
	if scripts != cyrillic|latin {
		return dst
	}
	mixed := string(dst[word:])
	dst = dst[:word]
	for _, r := range mixed {
		dst = utf8.AppendRune(dst, lookAlike(r))
	}
	return dst
}

// lookAlike returns the Cyrillic letter that a Latin one is taken for in both cases. B and H are left out:
// their small forms look like other letters (ь, Kazakh һ).
func lookAlike(r rune) rune {
	switch r {
	case 'a':
		return 'а'
	case 'c':
		return 'с'
	case 'e':
		return 'е'
	case 'i':
		return 'і'
	case 'k':
		return 'к'
	case 'm':
		return 'м'
	case 'o':
		return 'о'
	case 'p':
		return 'р'
	case 't':
		return 'т'
	case 'x':
		return 'х'
	case 'y':
		return 'у'
	}
	return r
}
