package listing

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"
)

// Clip puts a text on one line, without characters that cannot be shown, and cuts it to so many of them.
func Clip(text string, most int) string {
	var b strings.Builder
	n, space := 0, false
	for _, r := range text {
		if unicode.IsSpace(r) || !unicode.IsGraphic(r) {
			space = space || unicode.IsSpace(r)
			continue
		}
		if space && n > 0 {
			b.WriteByte(' ')
			n++
		}
		space = false
		if n >= most {
			return strings.TrimSpace(b.String()) + "…"
		}
		b.WriteRune(r)
		n++
	}
	return b.String()
}

// UTF8 returns a text in UTF-8. What is none already is what its byte order mark or its meta element says,
// and else windows-1251, which is what old pages of the region are when they do not tell.
func UTF8(text []byte) []byte {
	if utf8.Valid(text) {
		return bytes.TrimPrefix(text, []byte("\uFEFF"))
	}
	e, name, _ := charset.DetermineEncoding(text[:min(len(text), 1024)], "")
	if name == "windows-1252" { // what the standard has for pages that do not tell; nobody here writes in it
		e = charmap.Windows1251
	}
	decoded, err := e.NewDecoder().Bytes(text)
	if err != nil { // what cannot be decoded becomes U+FFFD, so this is the encoding's own failure
		return bytes.ToValidUTF8(text, []byte("\uFFFD"))
	}
	return decoded
}
