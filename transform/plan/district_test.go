package plan

import "testing"

func TestDistrictOf(t *testing.T) {
	r := newTestReader(t)
	for line, want := range map[string]string{
		"Хромтауский":                   "156000000",
		"2. Хромтауский район":          "156000000",
		"II. Хромтауский район":         "156000000",
		"ІІ) Темирский район":           "155600000",
		"Х. Мартукский район":           "154600000",
		"3 - Байганинский район":        "153600000",
		"• Хобдинский район:":           "154200000",
		"Хромтау ауданы":                "156000000",
		"1.2. Ремонт дороги":            "",
		"Бурабайский район":             "", // of another region
		"IV. Жилищно-коммунальные дела": "",
	} {
		if got := r.districtOf(line, "150000000"); got != want {
			t.Errorf("%q is %q, want %q", line, got, want)
		}
	}
}
