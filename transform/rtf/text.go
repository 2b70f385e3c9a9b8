package rtf

import (
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

// cyrillic is the code page of a document that names none.
const cyrillic = 1251

// pages are the code pages of one byte a character that are met.
var pages = map[int]*charmap.Charmap{
	437: charmap.CodePage437, 850: charmap.CodePage850, 852: charmap.CodePage852, 855: charmap.CodePage855, 866: charmap.CodePage866,
	1250: charmap.Windows1250, 1251: charmap.Windows1251, 1252: charmap.Windows1252, 1253: charmap.Windows1253, 1254: charmap.Windows1254,
	1255: charmap.Windows1255, 1256: charmap.Windows1256, 1257: charmap.Windows1257, 1258: charmap.Windows1258,
	10000: charmap.Macintosh, 10007: charmap.MacintoshCyrillic,
}

// charsets are the code pages of the character sets of fonts. Of 0 and 1 it is that of the document.
var charsets = map[int]int{
	2: symbols, 77: 10000, 89: 10007, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257, 204: 1251, 238: 1250, 254: 437, 255: 850,
}

// symbols is the code page of fonts whose letters are pictures: they read as spaces.
const symbols = 42

// describe notes the code page of the font that is being described.
func (r *reader) describe(page int) {
	if page != 0 && len(r.fonts) < 10_000 {
		r.fonts[r.font] = page
	}
}

// codedByte takes a byte of the code page of the present font.
func (r *reader) codedByte(b int) {
	page := r.codePage
	if p, ok := r.fonts[r.top().font]; ok {
		page = p
	}
	if page != r.pendCP {
		r.flush()
		r.pendCP = page
	}
	r.pending = append(r.pending, byte(b))
}

// plain takes bytes as they stand: ASCII, as a rule.
func (r *reader) plain(text []byte) {
	if r.skip > 0 {
		n := min(r.skip, len(text))
		r.skip, text = r.skip-n, text[n:]
	}
	for _, b := range text {
		r.codedByte(int(b))
	}
}

// flush turns the bytes that wait into text.
func (r *reader) flush() {
	if len(r.pending) == 0 {
		return
	}
	waiting := r.pending
	r.pending = r.pending[:0]
	page, ok := pages[r.pendCP]
	if !ok {
		page = charmap.Windows1251
	}
	if r.pendCP == symbols {
		r.text(" ")
		return
	}
	decoded := make([]byte, 0, len(waiting)+len(waiting)/2)
	for _, b := range waiting {
		c := page.DecodeByte(b)
		if c < ' ' {
			c = ' '
		}
		decoded = append(decoded, string(c)...)
	}
	r.text(string(decoded))
}

// number takes a character by its number in UTF-16. So many of those that follow stand in for it.
func (r *reader) number(n int) {
	g := r.top()
	r.skip = g.uc
	c := rune(uint16(n))
	switch {
	case utf16.IsSurrogate(c) && c < 0xdc00:
		r.high = c
		return
	case utf16.IsSurrogate(c):
		c = utf16.DecodeRune(r.high, c)
	case c < ' ':
		c = ' '
	}
	r.text(string(c))
}

// text gives text to where the present group's goes.
func (r *reader) text(text string) {
	g := r.top()
	g.fresh, r.high = false, 0
	if g.hidden || g.gone {
		return
	}
	switch g.to {
	case body:
		r.story().Text(text)
	case titleText:
		if r.title.Len() < maxTitle {
			r.title.WriteString(text)
		}
	case labelText:
		if len(r.label) < maxLabel {
			r.label = append(r.label, text...)
		}
	}
}

const (
	maxTitle = 1000
	maxLabel = 50
)
