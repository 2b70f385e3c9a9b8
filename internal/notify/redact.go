package notify

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// hidden stands where something secret stood.
const hidden = "(hidden)"

// A server may answer with anything: so many letters of an error are looked at, and so many of what is left are shown.
const (
	maxSaid   = 5000
	maxReason = 300
)

// shortest is how many letters a part of an address has at least to be looked for by itself. Users and passwords are
// looked for whatever their length.
const shortest = 4

var (
	anyAddress = regexp.MustCompile(`[A-Za-z][A-Za-z0-9+.-]*:/{1,2}\S+`)
	word       = regexp.MustCompile(`[\p{L}\p{N}]+`)
)

// redact returns what a service said without anything that its address holds, as one line of bounded length. It rather
// hides too much: besides the address itself, every address, and every part and word of the host, user, password,
// path, query and fragment, as written and as decoded.
func redact(text, address string) string {
	text = oneLine(text, maxSaid)
	cut := strings.HasSuffix(text, "…")
	text = anyAddress.ReplaceAllLiteralString(strings.ReplaceAll(text, address, hidden), hidden)
	if all := secrets(address); len(all) > 0 {
		// In one pass, so that what was put in is not searched again; in either case of letters, as hosts are lowered.
		text = regexp.MustCompile("(?i)"+strings.Join(all, "|")).ReplaceAllLiteralString(text, hidden)
	}
	if cut { // through the middle of a secret, perhaps
		text = text[:max(0, len(text)-maxAddress)]
	}
	text = oneLine(strings.ToValidUTF8(text, ""), maxReason)
	if text == "" {
		return "the service did not say why"
	}
	return text
}

// secrets lists what must not be seen of an address as expressions, the longest first, so that no part is left of a whole.
func secrets(address string) []string {
	_, rest, _ := strings.Cut(address, "://")
	var list []string
	add := func(least int, parts ...string) {
		for _, p := range parts {
			if len(p) >= least {
				list = append(list, regexp.QuoteMeta(oneLine(strings.ToValidUTF8(p, ""), maxAddress)))
			}
		}
	}
	pieces := []string{rest}
	if u, err := url.Parse(address); err == nil {
		password, _ := u.User.Password()
		add(1, u.User.Username(), password, url.PathEscape(u.User.Username()), url.PathEscape(password), url.QueryEscape(password))
		pieces = append(pieces, u.Hostname(), u.Path, u.RawQuery, u.Fragment)
		for _, values := range u.Query() {
			pieces = append(pieces, values...)
		}
	}
	for _, p := range pieces {
		add(shortest, p)
		add(shortest, strings.FieldsFunc(p, func(r rune) bool { return strings.ContainsRune("/?&=@:,;#", r) })...)
		add(shortest, word.FindAllString(p, -1)...)
		if decoded, err := url.QueryUnescape(p); err == nil {
			add(shortest, decoded)
			add(shortest, word.FindAllString(decoded, -1)...)
		}
	}
	list = slices.DeleteFunc(list, func(s string) bool { return s == "" })
	slices.SortFunc(list, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	return slices.Compact(list)
}

// oneLine returns a text without control characters, with single spaces, and of so many letters at most.
func oneLine(text string, most int) string {
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsGraphic(r) }), " ")
	if letters := []rune(text); len(letters) > most {
		return string(letters[:most-1]) + "…"
	}
	return text
}
