package pii

import (
	"bytes"
	"strconv"
	"unicode/utf8"
	"unsafe"
)

// Exports of web forms hold entities of HTML: «8&nbsp;701», «Абая&#160;15». Such a thing is one sign, as in a browser.

const longestEntity = len("&#x2011;")

// entitySigns are the entities that people's texts hold, by their names.
var entitySigns = map[string]gap{
	"nbsp": spaces, "ensp": spaces, "emsp": spaces, "thinsp": spaces, "ndash": dashes, "mdash": dashes, "minus": dashes,
	"hyphen": dashes, "dash": dashes, "quot": quotes, "apos": quotes, "laquo": quotes, "raquo": quotes, "ldquo": quotes,
	"rdquo": quotes, "bdquo": quotes, "lsquo": quotes, "rsquo": quotes, "numero": numero, "plus": pluses, "lpar": parens,
	"rpar": parens, "period": dots, "comma": commas, "colon": colons, "sol": slashes, "amp": others, "lt": others, "gt": others,
}

// entityAt returns the meaning and size of the entity that begins with the & at i; an & that begins none is a sign.
func entityAt(text []byte, i int) (gap, int) {
	rest := text[i:min(i+longestEntity, len(text))]
	end := bytes.IndexByte(rest, ';')
	if end < len("&lt") {
		return others, 1
	}
	if rest[1] != '#' {
		if g, known := entitySigns[string(rest[1:end])]; known {
			return g, end + 1
		}
		return others, 1
	}
	digits, base := rest[2:end], 10
	if digits[0]|0x20 == 'x' {
		digits, base = digits[1:], 16
	}
	r, err := strconv.ParseUint(unsafe.String(unsafe.SliceData(digits), len(digits)), base, 16) // the string is not kept
	if err != nil {
		return others, 1
	}
	var room [utf8.UTFMax]byte
	sign := utf8.AppendRune(room[:0], rune(r))
	if _, n := digitAt(sign, 0); n > 0 || letterAt(sign, 0) > 0 {
		return others, 1
	}
	g, _ := signAt(sign, 0)
	return g, end + 1
}

// entityEnd returns where the entity ends whose name or number begins at i, 0 when there is none.
func entityEnd(text []byte, i int) int {
	i--
	if i > 0 && text[i] == '#' {
		i--
	}
	if i < 0 || text[i] != '&' {
		return 0
	}
	if _, n := entityAt(text, i); n > 1 {
		return i + n
	}
	return 0
}
