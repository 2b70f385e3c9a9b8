package fingerprint

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq/internal/words"
)

var pieces = []string{
	"вода", "электроснабжение", "ҚАЛА", "жол", "и", "для", "Прошу", "їжак", "5", " ", " ", " ", ". ", "! ", "-", "x", "\u00ad", "\xd0", "«", "»", "[house]",
	strings.Repeat("ы", 40),
}

// Words that were cut before change nothing.
func TestReaderLaw(t *testing.T) {
	m := words.NewMemory()
	r := NewReader(m)
	rapid.Check(t, func(t *rapid.T) {
		sameAsOf(t, r, m, []byte(strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, "text"), "")))
	})
}

func FuzzReader(f *testing.F) {
	f.Add([]byte(strings.Join(pieces, " ")))
	f.Add([]byte(strings.Join(pieces, "")))
	m := words.NewMemory()
	r := NewReader(m)
	f.Fuzz(func(t *testing.T, text []byte) { sameAsOf(t, r, m, text) })
}

func sameAsOf(t interface{ Fatalf(string, ...any) }, r *Reader, m *words.Memory, text []byte) {
	if got, want := r.Of(m.Read(text)), Of(text); got != want {
		t.Fatalf("%q: %x by words, %x by the text", text, got, want)
	}
}

func TestReaderOfHugeText(t *testing.T) {
	m := words.NewMemory()
	r := NewReader(m)
	sameAsOf(t, r, m, []byte(strings.Repeat("вода жол қала ", words.Most)))
}
