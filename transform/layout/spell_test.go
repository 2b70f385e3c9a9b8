package layout

import "testing"

// TestSpell: letters that look alike are told by their neighbours; Russian words and names stay.
func TestSpell(t *testing.T) {
	for text, want := range map[string]string{
		"кабылдау":               "қабылдау",
		"Курылыс баскармасы":     "Құрылыс басқармасы",
		"(жарыктандыру)":         "(жарықтандыру)",
		"каржыландыру":           "қаржыландыру",
		"тұрақты":                "тұрақты",
		"Управление образования": "Управление образования",
		"КГУ, 12 500 тенге":      "КГУ, 12 500 тенге",
		"":                       "",
	} {
		if got := Spell(text); got != want {
			t.Errorf("%q is spelt %q, want %q", text, got, want)
		}
	}
}
