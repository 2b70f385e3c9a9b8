package pii

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq/internal/words"
)

// A Reader masks what the Redactor masks, whatever its memory holds, and the words it returns are those of the masked text.
func TestReaderLaw(t *testing.T) {
	redactor := redactor(t)
	m := words.NewMemory()
	r := redactor.Reader(m)
	all := append(append([]string{}, seeds...), " ", ". ", ", ", "-", "5", "дом 5", "кв. 7-9", "А15/3-в", "ул. Абая 15", "\u00ad", "«", "[", "]")
	rapid.Check(t, func(t *rapid.T) {
		text := []byte(strings.Join(rapid.SliceOfN(rapid.SampledFrom(all), 0, 12).Draw(t, "text"), ""))
		want := redactor.Redact(nil, text)
		got := r.Redact(nil, m.Read(text))
		if !bytes.Equal(got.Bytes, want) {
			t.Fatalf("%q: %q, want %q", text, got.Bytes, want)
		}
		if !got.Whole() {
			return
		}
		end := 0
		for _, w := range got.Words {
			if w.From < end || w.To <= w.From || w.To > len(want) || bytes.ContainsAny(want[end:w.From], "0123456789абвд[") {
				t.Fatalf("%q: the words %v", want, got.Words)
			}
			if w.ID >= words.FirstWord && m.ID(want[w.From:w.To]) != w.ID {
				t.Fatalf("%q: %q has the number %d", want, want[w.From:w.To], w.ID)
			}
			end = w.To
		}
	})
}
