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
		{"a letter alone", []textLine{full("исполнител"), plain("ь")}, "исполнитель"},
		{"pieces of pieces", []textLine{full("отве"), full("тств"), full("енн"), plain("ый")}, "ответственный"},
		{"behind other words", []textLine{full("источник фин"), plain("ансирования")}, "источник финансирования"},
		{"a word of one letter", []textLine{full("Отдел архитектуры и"), plain("градостроительства")}, "Отдел архитектуры и градостроительства"},
		{"one letter of a word", []textLine{full("и"), plain("сполнитель")}, "исполнитель"},
		{"in capitals", []textLine{full("КОММУНАЛЬ"), plain("НОЕ хозяйство")}, "КОММУНАЛЬНОЕ хозяйство"},
		{"two words in capitals", []textLine{full("ЖОЛДАР"), plain("ЖӘНЕ көлік")}, "ЖОЛДАР ЖӘНЕ көлік"},
		{"a year", []textLine{full("до 31.12.20"), plain("23")}, "до 31.12.2023"},
		{"a year alone", []textLine{full("2023–202"), plain("4 годы")}, "2023–2024 годы"},
		{"a day and its year", []textLine{plain("до 31.12."), plain("2023")}, "до 31.12.2023"},
		{"a number of an item", []textLine{full("1"), plain("2")}, "12"},
		{"a sum", []textLine{full("1 234"), plain("567")}, "1 234 567"},
		{"a compound", []textLine{plain("жилищно-"), plain("коммунальное")}, "жилищно-коммунальное"},
		{"a compound in Kazakh", []textLine{plain("тұрғын үй-"), plain("коммуналдық")}, "тұрғын үй-коммуналдық"},
		{"a word with a hyphen", []textLine{plain("широкополо-"), plain("сному")}, "широкополосному"},
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
