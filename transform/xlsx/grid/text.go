package grid

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text makes the raw text of a cell fit for a document: runs of space become one, line breaks stay where lines
// have text, and what cannot be seen (soft hyphens, zero bytes, marks of direction) goes. Bytes that are no
// UTF-8 become U+FFFD.
func Text(raw string) string {
	if isTidy(raw) {
		return raw
	}
	var b strings.Builder
	b.Grow(len(raw))
	pending := byte(0) // what parts the next character from the one before: 0, a space or a line break
	for _, r := range raw {
		switch {
		case r == '\n' || r == '\r' || r == '\v' || r == '\u2028' || r == '\u2029':
			pending = '\n'
		case unicode.IsSpace(r):
			if pending == 0 {
				pending = ' '
			}
		case unicode.In(r, unicode.Cc, unicode.Cf):
		default:
			if pending != 0 && b.Len() > 0 {
				b.WriteByte(pending)
			}
			pending = 0
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isTidy says that Text would change nothing. It may say no without need.
func isTidy(raw string) bool {
	space := true // at the beginning, and behind a space, none may follow
	for _, r := range raw {
		switch {
		case r == ' ':
			if space {
				return false
			}
			space = true
		case r < ' ' || r >= 0x7f && (r == utf8.RuneError || unicode.IsSpace(r) || unicode.In(r, unicode.Cc, unicode.Cf)):
			return false
		default:
			space = false
		}
	}
	return !space || raw == ""
}
