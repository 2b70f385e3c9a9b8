package qulaq

import (
	"crypto/sha256"
	"strings"
	"testing"
)

func TestHash(t *testing.T) {
	// The SHA-256 of nothing, as everybody knows it.
	const nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	h := Hash(sha256.Sum256(nil))
	if h.String() != nothing {
		t.Errorf("%s instead of %s", h, nothing)
	}
	if h.Short() != nothing[:12] {
		t.Errorf("%s is not the beginning of %s", h.Short(), nothing)
	}
	for _, s := range []string{nothing, strings.ToUpper(nothing)} {
		if got, err := ParseHash(s); err != nil || got != h {
			t.Errorf("ParseHash(%q) = %v, %v", s, got, err)
		}
	}
	for name, s := range map[string]string{
		"empty": "", "short": nothing[:63], "shortened": h.Short(), "long": nothing + "0",
		"a letter beyond f": "g" + nothing[1:], "bytes of Cyrillic": strings.Repeat("а", 32), "space": " " + nothing[1:],
	} {
		if got, err := ParseHash(s); err == nil {
			t.Errorf("%s: ParseHash(%q) = %v without an error", name, s, got)
		}
	}
}
