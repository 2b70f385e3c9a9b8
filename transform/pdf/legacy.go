package pdf

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Fonts of the nineties hold Cyrillic letters in the places of western ones, as the code page of their time had
// them, and files made with them say «Ïëàí» for «План». Such a font shows hardly anything but accented letters,
// which no western language does.
const (
	fewAccents  = 10  // letters with accents that prove nothing yet
	mostAccents = 0.6 // share of a font's letters that have accents when they stand for Cyrillic ones
)

// kazakh is where the Kazakh standard STRK 1048 differs from windows-1251: the Kazakh letters lie where that has
// those of other languages.
var kazakh = strings.NewReplacer(
	"Ќ", "Қ", "ќ", "қ", "Ћ", "Һ", "ћ", "һ", "Ў", "Ұ", "ў", "ұ", "Ј", "Ә", "ј", "ә", "Ґ", "Ө", "ґ", "ө",
	"Є", "Ғ", "є", "ғ", "Ї", "Ү", "ї", "ү", "Ѕ", "Ң", "ѕ", "ң",
)

// cyrillicByte returns what a byte of such a font stands for.
func cyrillicByte(b byte) string { return kazakh.Replace(string(charmap.Windows1251.DecodeByte(b))) }

// legacy puts right what a glyph stands for by its name, when the font is known for one of those.
func (f *font) legacy(t string) string {
	r, n := utf8.DecodeRuneInString(t)
	if !f.cyrillic || n != len(t) || r < 0x80 || unicode.Is(unicode.Cyrillic, r) {
		return t
	}
	if b, ok := charmap.Windows1252.EncodeRune(r); ok {
		return cyrillicByte(b)
	}
	return t
}

// count notes which letters the font shows.
func (f *font) count(t string) {
	r, _ := utf8.DecodeRuneInString(t)
	switch {
	case !unicode.IsLetter(r):
	case unicode.Is(unicode.Latin, r) && r >= 0x80:
		f.accented++
	default:
		f.plain++
	}
}

// misread says whether what the font has shown so far must be shown again: it was one of those, and nobody knew.
func (f *font) misread() bool {
	if f.cyrillic || f.accented <= fewAccents || float64(f.accented) < mostAccents*float64(f.accented+f.plain) {
		return false
	}
	f.cyrillic = true
	return true
}
