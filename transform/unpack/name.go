package unpack

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// maxName is how many characters of a name are shown.
const maxName = 200

// Printable makes a name from outside fit to be shown and stored: runs of space become one space, control
// and formatting characters (that could hide or reverse text) and invalid bytes become U+FFFD, and what is
// longer than 200 characters is cut.
func Printable(name string) string {
	name = strings.Join(strings.Fields(name), " ")
	var b strings.Builder
	n := 0
	for _, r := range name { // an invalid byte comes as U+FFFD
		if n == maxName {
			b.WriteRune('…')
			break
		}
		if unicode.In(r, unicode.Cc, unicode.Cf) {
			r = utf8.RuneError
		}
		b.WriteRune(r)
		n++
	}
	return b.String()
}

// memberName decodes the name of a zip's member. Names that are no UTF-8 were written by Windows under a
// Russian locale, whose zip program uses code page 866; a wrong guess costs a garbled label and no data.
func memberName(raw string) string {
	if utf8.ValidString(raw) {
		return raw
	}
	decoded, err := charmap.CodePage866.NewDecoder().String(raw)
	if err != nil {
		return raw
	}
	return decoded
}

// litter says why a member of this name holds no export, or "".
func litter(name string) string {
	parts := strings.Split(name, "/")
	for _, p := range parts {
		if p == "__MACOSX" {
			return "a companion file of macOS"
		}
		if strings.HasPrefix(p, ".") && strings.Trim(p, ".") != "" {
			return "a hidden file"
		}
	}
	switch strings.ToLower(path.Base(name)) {
	case "thumbs.db", "desktop.ini":
		return "a companion file of Windows"
	}
	return ""
}
