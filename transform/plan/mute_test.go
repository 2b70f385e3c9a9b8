package plan_test

import (
	"testing"

	"github.com/qulaq-kz/qulaq/transform/plan"
)

func TestSaysNothing(t *testing.T) {
	for title, want := range map[string]bool{
		"": true, "Документ № 12": true, "12": true, "Приложение 1 к № 5-а": true, "Құжат": true, "без названия (2).docx": true,
		"Постановление № 12": false, "Документ о бюджете": false, "План": false, "Бюджет": false,
	} {
		if got := plan.SaysNothing(title); got != want {
			t.Errorf("%q: %v", title, got)
		}
	}
}
