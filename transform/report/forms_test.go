package report

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestForms(t *testing.T) {
	for phrase, want := range map[string]string{
		"решил~":                "решил решила решило решили",
		"решен~":                "решен решена решено решены",
		"обратился~":            "обратился обратилась обратилось обратились",
		"снят~":                 "снят снята снято сняты",
		"шешілді~":              "шешілді шешілген шешілгені шешіліп шешілсе шешілдік шешілдім",
		"шешті~":                "шешті шешкен шешкені шешіп шешсе шештік шештім",
		"қаралды~":              "қаралды қаралған қаралғаны қаралып қаралса қаралдық қаралдым",
		"айтты~":                "айтты айтқан айтқаны айтып айтса айттық айттым",
		"өтпеді~":               "өтпеді өтпеген өтпегені өтпей өтпесе өтпедік өтпедім",
		"решено":                "решено",
		"not a verb at all of~": "",
	} {
		if diff := cmp.Diff(want, strings.Join(inflected(phrase), " ")); diff != "" {
			t.Error(phrase, diff)
		}
	}
	if diff := cmp.Diff([]string{"не решил на месте", "не решила на месте", "не решило на месте", "не решили на месте"}, inflected("не решил~ на месте")); diff != "" {
		t.Error(diff)
	}
	if _, err := readVocabulary("v:held\tпроведено; дом~"); err == nil {
		t.Error("a tilde behind no verb is no error")
	}
}
