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

// memberName decodes the name of a zip's member, which may be all that says whose plan is inside and of when. Names that
// are no UTF-8 were written under a Russian locale: in code page 866 as Windows has it or, by programs that do not
// know better, in windows-1251, most of whose letters are signs for drawing frames in the other.
func memberName(raw string) string {
	if utf8.ValidString(raw) {
		return raw
	}
	best := raw
	for _, page := range []*charmap.Charmap{charmap.CodePage866, charmap.Windows1251} {
		if decoded, err := page.NewDecoder().String(raw); err == nil && (best == raw || letters(decoded) > letters(best)) {
			best = decoded
		}
	}
	return best
}

func letters(name string) (n int) {
	for _, r := range name {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
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
		if strings.HasPrefix(p, "~$") {
			return "a note of an office program that somebody has the document open"
		}
	}
	switch strings.ToLower(path.Base(name)) {
	case "thumbs.db", "desktop.ini":
		return "a companion file of Windows"
	}
	return ""
}
