package flow

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// line is a paragraph while it is written. Spaces and breaks are kept back until something follows them.
type line struct {
	text   []byte
	space  bool // before the next character
	breaks int  // before the next character
	marks  bool // there are marks to be joined with their letters
}

// reset returns an empty line in the same memory.
func (l line) reset() line { return line{text: l.text[:0]} }

// take returns the text and empties the line.
func (l *line) take() string {
	text := l.text
	if l.marks {
		text = norm.NFC.Bytes(text)
	}
	*l = l.reset()
	return string(text)
}

// add appends text. It stops before a character that two breaks part from what was written so far: then it
// returns that character and all behind it, and broken.
func (l *line) add(text []byte) (rest []byte, broken bool) {
	for i := 0; i < len(text); {
		r, n := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRune(text[i:]) // bytes that are no UTF-8 become U+FFFD
		}
		switch {
		case r > ' ' && r < 0x7f, r >= 0x400 && r < 0x482, r >= 0x48a && r < 0x530: // ASCII, Cyrillic: nearly all there is
		case unicode.IsSpace(r), unicode.IsControl(r), unicode.Is(unicode.Co, r): // private: pictures of symbol fonts
			l.space = true
			i += n
			continue
		case invisible(r):
			i += n
			continue
		case r == 0x2011: // a hyphen that keeps the line together
			r = '-'
		case unicode.Is(unicode.Mn, r):
			l.marks = true
		}
		if (l.space || l.breaks > 0) && l.gap() {
			return text[i:], true
		}
		l.text = utf8.AppendRune(l.text, r)
		i += n
	}
	return nil, false
}

// gap writes the spaces or the break that were kept back, and says whether they end the paragraph.
func (l *line) gap() (broken bool) {
	space, breaks := l.space, l.breaks
	l.space, l.breaks = false, 0
	switch {
	case len(l.text) == 0:
	case breaks > 1:
		return true
	case breaks == 1:
		l.text = append(l.text, '\n')
	case space:
		l.text = append(l.text, ' ')
	}
	return false
}

// invisible says of a character that it only tells where a line may break or which way text runs, as the
// soft hyphen does.
func invisible(r rune) bool {
	return r == 0xad || r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2060 && r <= 0x2069 || r == 0xfeff
}
