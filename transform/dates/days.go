package dates

import (
	"slices"

	"github.com/qulaq-kz/qulaq"
)

// Days returns the whole dates, each with its day, month and year, that a text names beside other words, in their
// order and each once: «Утверждаю. «12» января 2023 года», «от 12.01.2023 г. № 18-р», «2023 жылғы 12 қаңтар». A date
// that does not exist, one whose day or month is left out («__» января 2023 года) and the ends of a range are none.
func Days(text string) []qulaq.Day {
	var all []qulaq.Day
	for _, s := range segments(lex(text)) {
		for _, d := range s.days() {
			if !slices.Contains(all, d) {
				all = append(all, d)
			}
		}
	}
	return all
}

// days returns the whole dates of a segment. Before «от» the number of a document may stand: «№ 54 от 24.09.2026».
func (s segment) days() []qulaq.Day {
	var all []qulaq.Day
	r := read(s.tokens, Context{})
	if i := slices.IndexFunc(s.tokens, func(t token) bool { return t.text == "от" }); !r.ok && i > 0 {
		r = read(s.tokens[i:], Context{})
	}
	if !r.ok {
		return nil
	}
	for _, g := range r.groups {
		if g.relation == between || g.first.unit != day || !g.first.explicit {
			continue
		}
		if d, _, exists := g.first.days(); exists {
			all = append(all, d)
		}
	}
	return all
}
