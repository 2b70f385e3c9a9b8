package fetch

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
)

// Hidden stands in a redacted address where a secret was.
const Hidden = "***"

// unreadable stands for an address that cannot be parsed: nobody knows where its secrets are.
const unreadable = "(unreadable address)"

// Redact returns an address that may be shown, logged and stored: without user and password, without
// fragment, and with Hidden for the value of every query parameter whose name sounds like a secret
// (apiKey, access_token, X-Amz-Signature, …). Other parameters stay, since they are part of what was
// asked. A secret in the path is not recognised.
func Redact(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Opaque != "" {
		return unreadable
	}
	return redact(u)
}

func redact(u *url.URL) string {
	shown := *u
	shown.User, shown.Fragment, shown.RawFragment = nil, "", ""
	if u.RawQuery != "" {
		pairs := strings.Split(u.RawQuery, "&")
		for i, pair := range pairs {
			name, _, _ := strings.Cut(pair, "=")
			if plain, err := url.QueryUnescape(name); err != nil || isSecret(plain) {
				pairs[i] = name + "=" + Hidden
			}
		}
		shown.RawQuery = strings.Join(pairs, "&")
	}
	return shown.String()
}

var (
	// secretWords make a name secret when they stand in it as a word: api_key, X-Amz-Signature.
	secretWords = []string{"key", "pass", "pwd", "auth", "authorization", "bearer", "sig", "sid", "jwt", "session", "credential", "credentials"}
	// secretEnds make a name secret when a word ends so: accesstoken, clientsecret.
	secretEnds = []string{"token", "secret", "password", "passwd", "signature", "apikey", "accesskey", "sessionid"}
)

// isSecret reports whether a parameter's name says that its value is a secret.
func isSecret(name string) bool {
	for _, word := range words(name) {
		if slices.Contains(secretWords, word) || slices.ContainsFunc(secretEnds, func(end string) bool { return strings.HasSuffix(word, end) }) {
			return true
		}
	}
	return false
}

// words splits a name where it is not made of letters, and where a capital follows a small letter.
func words(name string) []string {
	var spaced strings.Builder
	var before rune
	for _, r := range name {
		if unicode.IsUpper(r) && unicode.IsLower(before) {
			spaced.WriteByte(' ')
		}
		spaced.WriteRune(unicode.ToLower(r))
		before = r
	}
	return strings.FieldsFunc(spaced.String(), func(r rune) bool { return !unicode.IsLetter(r) })
}
