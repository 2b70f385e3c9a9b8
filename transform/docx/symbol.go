package docx

import (
	"strconv"
	"strings"
	"unicode"
)

// symbols are the characters of symbol fonts that papers use, by the font's first word in small letters and the
// code.
var symbols = map[string]map[rune]string{
	"symbol": {
		0x2d: "−", 0xa3: "≤", 0xb0: "°", 0xb1: "±", 0xb3: "≥", 0xb4: "×", 0xb7: "•", 0xd7: "·", 0xde: "⇒",
	},
	"wingdings": {
		0x6c: "●", 0x6e: "■", 0x6f: "□", 0x76: "❖", 0xa7: "▪", 0xa8: "□", 0xd8: "➢", 0xe0: "→", 0xfb: "✗", 0xfc: "✓",
		0xfd: "☒", 0xfe: "☑",
	},
}

// symbol returns the character that a w:sym shows. Codes from F000 to F0FF stand for those of the font; one that
// no table lists is a space, which parts words as the picture does.
func symbol(font, char string) string {
	code, err := strconv.ParseUint(char, 16, 32)
	if err != nil || code > unicode.MaxRune {
		return " "
	}
	r := rune(code)
	name, _, _ := strings.Cut(strings.ToLower(font), " ")
	of, known := symbols[name]
	if !known && !unicode.IsControl(r) {
		return string(r) // a private one the builder makes a space
	}
	if r >= 0xf000 && r <= 0xf0ff {
		r -= 0xf000
	}
	if s, ok := of[r]; ok {
		return s
	}
	return " "
}
