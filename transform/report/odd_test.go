package report

import (
	"strings"
	"testing"
)

// Two values of the same work and time are of a whole and of a part that was not understood, see odd.go.
func TestSecondValue(t *testing.T) {
	held := "В 2024 году акимы Павлодарской области провели 640 встреч, поднято 1 200 вопросов. "
	told := "55 akims meetings_held 2024 640|55 akims issues_raised 2024 1200"
	for text, want := range map[string]string{
		"На этих встречах молодёжь подняла 96 вопросов.":                  told,
		"В 2023 году поднято 96 вопросов.":                                told + "|55 akims issues_raised 2023 96",
		"Иначе говоря, акимы области провели более 630 встреч.":           told + "|55 akims meetings_held 2024 630 over",
		"Всего акимы области провели за год 6 400 встреч с населением.":   told + "|55 akims meetings_held 2024 6400", // it says whose and when
		"По другим данным, акимы области провели 655 встреч.":             told + "|55 akims meetings_held 2024 655",  // a contradiction is a fact
		"Акимами сельских округов области проведено 530 встреч.":          told + "|55 akims_rural meetings_held 2024 530",
		"В Экибастузе на встречах с акимами озвучено 96 вопросов за год.": told + "|552200000 akims issues_raised 2024 96",
	} {
		check(t, Hints{}, []example{{held + text, want}})
	}
	for text, detail := range map[string]string{
		"На этих встречах молодёжь подняла 96 вопросов.":      "96 is not claimed",
		"По другим данным, акимы области провели 655 встреч.": "the paper says 640 and 655",
	} {
		_, findings := newReader(t).Read(Paragraphs(held+text), Hints{})
		if len(findings) != 1 || findings[0].Kind != SecondValue || !strings.Contains(findings[0].Detail, detail) {
			t.Error(findings)
		}
	}
}
