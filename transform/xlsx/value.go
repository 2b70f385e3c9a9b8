package xlsx

import (
	"bytes"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// appendText appends text in which the writer may have put characters that XML cannot hold as _xHHHH_
// (ECMA-376, part 1, section 22.9.2.19): a UTF-16 unit, or _x005F_ for an underscore that is none.
func appendText(dst, text []byte) []byte {
	for {
		i := bytes.Index(text, []byte("_x"))
		if i < 0 {
			return append(dst, text...)
		}
		dst = append(dst, text[:i]...)
		r, n := escaped(text[i:])
		if n == 0 {
			dst = append(dst, "_x"...)
			n = len("_x")
		} else {
			dst = append(dst, string(r)...)
		}
		text = text[i+n:]
	}
}

// escaped reads an _xHHHH_ at the beginning of text, or two that make one character, and returns the
// character and the number of bytes; 0 bytes when there is none.
func escaped(text []byte) (rune, int) {
	const length = len("_x0000_")
	unit := func(b []byte) (rune, bool) {
		if len(b) < length || b[0] != '_' || b[1] != 'x' || b[length-1] != '_' {
			return 0, false
		}
		n, err := strconv.ParseUint(string(b[2:length-1]), 16, 16)
		return rune(n), err == nil
	}
	r, ok := unit(text)
	if !ok {
		return 0, 0
	}
	if !utf16.IsSurrogate(r) {
		return r, length
	}
	low, ok := unit(text[length:])
	if both := utf16.DecodeRune(r, low); ok && both != utf8.RuneError {
		return both, 2 * length
	}
	return 0, 0
}
