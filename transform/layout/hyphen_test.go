package layout

import "testing"

// TestSeams joins lines of cells: a word that fills its line may be cut there, and a hyphen may be the line's.
func TestSeams(t *testing.T) {
	full := func(s string) textLine { return textLine{text: s, full: true} }
	plain := func(s string) textLine { return textLine{text: s} }
	for _, c := range []struct {
		name  string
		lines []textLine
		want  string
	}{
		{"a common word begins a line", []textLine{full("Отсутствует"), plain("пандус в суде")}, "Отсутствует пандус в суде"},
		{"in Kazakh", []textLine{full("наурызға"), plain("дейін")}, "наурызға дейін"},
		{"a word that was cut", []textLine{full("Газоснабжен"), plain("ие села")}, "Газоснабжение села"},
		{"a hyphen that a program set", []textLine{plain("акушер\u2010"), plain("ский пункт")}, "акушерский пункт"},
		{"the document's own hyphen", []textLine{plain("социально\u2010важный северо\u2010"), plain("западный")}, "социально\u2010важный северо\u2010западный"},
	} {
		v := newVocabulary()
		v.learn(c.lines)
		if got := v.text(c.lines); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
