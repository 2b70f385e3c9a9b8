package report

import "testing"

func TestSpelled(t *testing.T) {
	r := newReader(t)
	for text, want := range map[string]string{
		"двенадцать":            "12",
		"двадцать одну встречу": "21",
		"сто":                       "100",
		"триста двадцать":           "320",
		"двухсот сорока пяти":       "245",
		"он екі мәселе":             "12",
		"жиырма бес мәселе":         "25",
		"екі жүз елу үш мәселе":     "253",
		"төртеуі өтпеді, мәселе":    "4",
		"twenty-three":              "23",
		"one hundred and five":      "105",
		"two hundred fifty":         "250",
		"один из районов":           "",
		"бір мәселе":                "",
		"он провёл":                 "",
		"оң шешілген мәселелер":     "",
		"два три":                   "",
		"десять двадцать":           "",
		"двадцать двенадцать":       "",
		"сто сто сто сто сто":       "",
		"one":                       "",
		"дом":                       "",
		"hundred hundred million":   "",
		"тоғыз жүз сексен бес адам": "985",
	} {
		digits, _, ok := r.understand(text).spelled(0)
		if digits != want || ok != (want != "") {
			t.Errorf("%s is %q, want %q", text, digits, want)
		}
	}
	check(t, Hints{}, []example{
		{"В 2024 году аким Павлодарской области провёл двадцать одну встречу, на них пришли пять тысяч сто тридцать человек.", "55 akims_oblast meetings_held 2024 21|55 akims_oblast participants 2024 5130"},
		{"2024 жылы Павлодар облысының әкімі он екі кездесу өткізді.", "55 akims_oblast meetings_held 2024 12"},
		{"In 2024 the akim of Pavlodar region held twenty-three meetings with residents.", "55 akims_oblast meetings_held 2024 23"},
		{"В 2024 году акимы Павлодарской области решили сотни вопросов, десятки встреч провели.", ""},
		{"В 2024 году акимы Павлодарской области решили два миллиона сто тысяч вопросов.", "55 akims issues_resolved 2024 2100000"},
	})
}
