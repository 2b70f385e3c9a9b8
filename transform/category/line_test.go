package category

import "testing"

func TestLine(t *testing.T) {
	c := table(t).Classifier()
	for _, want := range []struct {
		line, code, how string // how is "" where words decide
	}{
		// A source's own words.
		{housing + " / " + pipes + " / Теплоснабжение", "utilities", "triple"},
		{housing + "\t" + pipes + "\tВодоснабжение", "water", "triple"},
		{natural + " → Экология → " + pending, "ecology", "triple"},
		{"БЛАГОУСТРЙСТВО", "improvement", "triple"},
		{"Благоустройство | Вывоз мусора", "utilities", "triple"},
		{"Экология;Новый подраздел", "ecology", ""},
		{"Вопросы уличного освещения", "improvement", ""},
		{"Уличное освещение", "improvement", "triple"},
		{natural + " > Отходы > Утилизация отходов", "ecology", "triple"},

		// Listed, and they do not tell.
		{pending, "other", "triple, undecided"},
		{energy, "other", "triple, undecided"},
		{natural + " / " + pending + " / " + pending, "other", "triple, undecided"},

		{"В работе", "other", "triple, undecided"},

		// A name of "other", where nothing else is said.
		{"Прочее", "other", "triple"},
		{"Басқа мәселелер", "other", "triple"},
		{"Дороги / Прочее", "roads", "triple"},

		// Listed in part.
		{"Дороги / Ямы", "roads", ""},
		{"ЖКХ / xyzzy", "utilities", "triple, in part"},
		{"Образование / Кружки", "education", ""},
		{"ЖКХ / Аварийный дом под снос", "housing", ""}, // the words tell of something else
		{"Xyzzy / plugh", "other", ""},

		// Free text, with separators of its own.
		{"Нет воды и/или света? В ауле нет питьевой воды, колонка сломана", "water", ""},
		{"Лифт/подъезд: КСК не ремонтирует лифт", "utilities", ""},
		{"; / |", "other", "nothing to read"},
		{"", "other", "nothing to read"},
	} {
		g := c.Line(want.line)
		if how := g.How(); g.Code != want.code || want.how != "" && how != want.how {
			t.Errorf("%q: %s %.2f (%s), want %s (%s)", want.line, g.Code, g.Score, how, want.code, want.how)
		}
		if want.how == "triple" && g.Score != 1 || want.how == "triple, undecided" && g.Score != 0 {
			t.Errorf("%q: score %v", want.line, g.Score)
		}
	}
}
