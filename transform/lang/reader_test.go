package lang

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq/internal/words"
)

var pieces = []string{
	"для", "бойынша", "Прошу", "тұрғындар", "өтінемін", "і", "i", "I", "їжак", "ёлка", "қала", "вода", "5", " ", " ", ". ", "-", "\u00ad", "\xd0", "\xd2",
	"x", "«", "»", strings.Repeat("ы", 40), strings.Repeat("дня ", 14), strings.Repeat(" ", Limit-20),
}

// Words that were cut before change nothing.
func TestReaderLaw(t *testing.T) {
	m := words.NewMemory()
	r := NewReader(m)
	rapid.Check(t, func(t *rapid.T) {
		sameAsOf(t, r, m, []byte(strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 40).Draw(t, "text"), "")))
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
		t.Fatalf("%q: %q by words, %q by the text", text, got, want)
	}
}

func TestReaderOfHugeText(t *testing.T) {
	m := words.NewMemory()
	r := NewReader(m)
	text := m.Read([]byte(strings.Repeat("нет для ", words.Most)))
	for {
		if got := r.Of(text); got != Russian {
			t.Fatalf("the language of the stretch from %d is %q", text.From, got)
		}
		if !text.Next() {
			break
		}
	}
}
