package category

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq/internal/fold"
)

const (
	natural = "ИСПОЛЬЗОВАНИЕ ПРИРОДНО-СЫРЬЕВЫХ, ЗЕМЕЛЬНЫХ И ВОДНЫХ РЕСУРСОВ, ЭКОЛОГИЯ И УТИЛИЗАЦИЯ"
	older   = "Использование природно-сырьевых, земельных и водных ресурсов, недропользование, экология и утилизация"
	housing = "ЖИЛИЩНО-КОММУНАЛЬНОЕ ХОЗЯЙСТВО"
	pipes   = "Тепло-, водо-, газоснабжение, освещение, канализация, лифтовое хозяйство, благоустройство и озеленение"
	energy  = "ПРОМЫШЛЕННОСТЬ И ЭНЕРГЕТИКА"
	pending = "В рассмотрении"
)

func TestFromTriple(t *testing.T) {
	table := table(t)
	for _, c := range []struct {
		category, issue, subissue string
		code                      string
		known                     bool
	}{
		// As the exports of e-Otinish print them.
		{natural, "Водные ресурсы", "Вопросы охраны водных ресурсов", "ecology", true},
		{natural, "Водные ресурсы", "Ирригация земель", "agriculture", true},
		{natural, "Водные ресурсы", "Питьевое и хозяйственное бытовое водоснабжение", "water", true},
		{natural, "Водные ресурсы", pending, "", true},
		{natural, "Экология", "Экологический контроль объектов окружающей среды", "ecology", true},
		{natural, "Экология", pending, "ecology", true},
		{natural, "Экология", "", "ecology", true},
		{natural, "Отходы", "Утилизация отходов", "ecology", true},
		{natural, "Отходы", "Утилизация бытовых отходов", "", true},
		{natural, pending, pending, "", true},
		{natural, "", "", "", true},
		{older, "Лесное хозяйство", pending, "ecology", true},
		{"Раздел до 01.08.2021", "Сельское хозяйство", "Лесное и охотничье хозяйство", "ecology", true},
		{"Раздел до 01.08.2021", "Сельское хозяйство", "Рыбное хозяйство", "", true},
		{energy, "Электроэнергетика", "Деятельность энергопредприятий в сфере электроэнергетики", "power", true},
		{energy, "Возобновляемые источники энергии", "", "power", true},
		{energy, "Недропользование", pending, "", true},
		{energy, "", "", "", true},
		{housing, pipes, "Теплоснабжение", "utilities", true},
		{housing, pipes, "Водоснабжение", "water", true},
		{housing, pipes, "Газоснабжение", "gas", true},
		{housing, pipes, "Уличное освещение", "improvement", true},
		{housing, pipes, "Строительство, реконструкция и модернизация систем водоснабжения и водоотведения", "", true},
		{housing, pipes, pending, "", true},
		{housing, pipes, "", "", true},
		{housing, "Жилищные вопросы", "Очередь на получение жилья", "housing", true},
		{housing, "", "", "utilities", true},
		{housing, pending, pending, "utilities", true},
		{"ЗДРАВООХРАНЕНИЕ, САНИТАРИЯ И ГИГИЕНА", "Вопросы санитарного и эпидемиологического контроля", "", "health", true},
		{"ЧРЕЗВЫЧАЙНЫЕ СИТУАЦИИ", "Вопросы в сфере промышленной безопасности", "Безопасность в угольной промышленности", "emergencies", true},
		{"ЧРЕЗВЫЧАЙНЫЕ СИТУАЦИИ", "Профилактика, предупреждение и ликвидация ЧС", "Безопасность на водоемах", "emergencies", true},
		{"СЕЛЬСКОЕ ХОЗЯЙСТВО И ЗЕМЕЛЬНЫЕ ОТНОШЕНИЯ", "Вопросы земли и землепользования", pending, "land", true},
		{"СЕЛЬСКОЕ ХОЗЯЙСТВО И ЗЕМЕЛЬНЫЕ ОТНОШЕНИЯ", "Сельскохозяйственная деятельность", "", "agriculture", true},
		{"СЕЛЬСКОЕ ХОЗЯЙСТВО И ЗЕМЕЛЬНЫЕ ОТНОШЕНИЯ", "", "", "", true},
		{"СЕЛЬСКОЕ ХОЗЯЙСТВО", "", "", "agriculture", true},
		{"ВОПРОСЫ ЗЕМЛИ И ЗЕМЛЕПОЛЬЗОВАНИЯ", "Соблюдение законодательства в сфере земельных отношений", "", "land", true},
		{"ЛИЦЕНЗИРОВАНИЕ, РАЗРЕШИТЕЛЬНЫЕ СИСТЕМЫ, ТЕХРЕГУЛИРОВАНИЕ", "Лицензирование", "Лицензирование в сфере охраны окружающей среды", "ecology", true},
		{"ЛИЦЕНЗИРОВАНИЕ, РАЗРЕШИТЕЛЬНЫЕ СИСТЕМЫ, ТЕХРЕГУЛИРОВАНИЕ", "Лицензирование", "", "", true},
		{"АДМИНИСТРАТИВНЫЕ ПРАВОНАРУШЕНИЯ, ОБЩЕСТВЕННАЯ И ДОРОЖНАЯ БЕЗОПАСНОСТЬ", "Дорожная безопасность", "", "public_order", true},
		{"Дороги", "Дорожная безопасность", "", "", true},

		// Spelled otherwise.
		{"Жилищно–коммунальное  хозяйство", "", "", "utilities", true},
		{energy, "Электроэнергетика", "Вопросы  электроснабжения\u00a0населённых пунктов.", "power", true},
		{energy, "Электроэнергетика", "Электроснабжение населенных пунктов", "power", true},
		{natural, "ЭКОЛОГИЯ", "Вопросы требования экологического законодательства на т", "ecology", true}, // cut off by a program
		{"", "", "Вопросы охраны  животного мира", "ecology", true},
		{"", "", "Жер мәселелері", "land", true},

		// What no table lists. A code above it stands only where it covers whatever may come.
		{housing, "Новый раздел", "", "", false},
		{housing, "Новый раздел", "Теплоснабжение", "utilities", true},
		{natural, "Экология", "Новый подраздел", "ecology", true},
		{natural, "Водные ресурсы", "Новый подраздел", "", false},
		{"НОВАЯ КАТЕГОРИЯ", "Экология", "", "ecology", true},
		{"НОВАЯ КАТЕГОРИЯ", pending, "", "", false},
		{"НОВАЯ КАТЕГОРИЯ", "", "", "", false},

		// Contact centres 109.
		{"БЛАГОУСТРОЙСТВО", "", "", "improvement", true},
		{"БЛАГОУСТРЙСТВО", "", "", "improvement", true},
		{"Благоустройство", "Вывоз мусора", "", "utilities", true},
		{"Благоустройство", "Летающие объекты", "", "", false},
		{"ЖКХ", "", "", "utilities", true},
		{"ЖКХ", "ЖКХ и благоустройство", "", "", true},
		{"Водоснабжение", "", "", "water", true},
		{"Водоснабжение", "Отсутствие горячей воды", "", "utilities", true},
		{"Водоснабжение", "Утечка воды", "", "water", true},
		{"", "Утечка воды", "", "", true},
		{"Электроснабжение", "", "", "power", true},
		{"Дороги", "", "", "roads", true},
		{"Дороги", "Вырубка деревьев", "", "ecology", true},
		{"Общественный транспорт", "", "", "transport", true},
		{"Отопление", "", "", "utilities", true},
		{"Лифты", "", "", "utilities", true},
		{"Вывоз мусора", "", "", "utilities", true},
		{"Уличное освещение", "", "", "improvement", true},
		{"Бродячие животные", "", "", "improvement", true},
		{"Экология", "Использование природно-сырьевых ресурсов, экология", "", "ecology", true},
		{"ЧС", "Подтопление", "", "emergencies", true},
		{"", "Подтопление", "", "", true},
		{"Прочее", "Благодарность", "", "other", true},
		{"Прочее", "", "", "", true}, // a source's rest is not our other

		// In Kazakh and English.
		{"Тұрғын үй-коммуналдық шаруашылық", "Жылумен жабдықтау", "", "utilities", true},
		{"Тұрғын үй-коммуналдық шаруашылық", "Ауыз су", "", "water", true},
		{"Жолдар", "Жол жөндеу", "", "roads", true},
		{"ТКШ", "Қаңғыбас иттер", "", "improvement", true},
		{"Денсаулық сақтау", "Қаралуда", "", "health", true},
		{"Сыбайлас жемқорлық", "", "", "justice", true},
		{"Social protection", "Pensions", "", "social_protection", true},

		// Nothing said.
		{"", "", "", "", true},
		{pending, pending, pending, "", true},
		{" ", "\u00a0", "\t", "", true},
		{`\N`, "null", "—", "", true},
		{"???", "", "", "", false},
		{"Эколог\xffия", "", "", "", false},
	} {
		code, known := table.FromTriple(c.category, c.issue, c.subissue)
		if code != c.code || known != c.known {
			t.Errorf("%q, %q, %q: %q, %v, want %q, %v", c.category, c.issue, c.subissue, code, known, c.code, c.known)
		}
	}
}

// Every row of the table is reached by the value as it is printed there, in any of the three columns.
func TestEveryRow(t *testing.T) {
	table := table(t)
	rows, err := fold.ReadTable(triplesFile, 3)
	if err != nil {
		t.Fatal(err)
	}
	reached := make(map[string]int)
	for _, row := range rows {
		value, under := strings.ReplaceAll(row[0], "…", " и так далее"), row[1]
		want := strings.Trim(strings.TrimSuffix(row[2], "?"), "*-")
		if want == "rest" { // a name of "other" for Line alone
			want = ""
		}
		answers := [][3]string{{"", under, value}}
		if under == "" {
			answers = [][3]string{{"", "", value}, {"", value, ""}, {value, "", ""}}
		}
		for _, a := range answers {
			code, known := table.FromTriple(a[0], a[1], a[2])
			if code != want || !known {
				t.Errorf("%q: %q, %v, want %q", a, code, known, want)
			}
		}
		reached[want]++
	}
	for _, c := range table.All() {
		if reached[c.Code] < 10 {
			t.Errorf("%s: %d rows, every category has words enough for ten", c.Code, reached[c.Code])
		}
	}
}

func TestNamesOfCategories(t *testing.T) {
	table := table(t)
	for _, c := range table.All() {
		want := c.Code
		if want == "other" {
			want = "" // a source's rest is not our other
		}
		for _, name := range []string{c.NameRU, c.NameKK, c.NameEN} {
			if code, known := table.FromTriple(name, "", ""); code != want || !known {
				t.Errorf("%q: %q, %v, want %q", name, code, known, want)
			}
		}
	}
}

func TestFromTripleLaws(t *testing.T) {
	table := table(t)
	codes := map[string]bool{"": true}
	for _, c := range table.All() {
		codes[c.Code] = true
	}
	rows, err := fold.ReadTable(triplesFile, 3)
	if err != nil {
		t.Fatal(err)
	}
	value := rapid.OneOf(
		rapid.Map(rapid.SampledFrom(rows), func(row []string) string { return row[0] }),
		rapid.SampledFrom([]string{"", pending, natural, housing, pipes, energy}),
		rapid.String(),
	)
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := value.Draw(t, "category"), value.Draw(t, "issue"), value.Draw(t, "subissue")
		code, known := table.FromTriple(a, b, c)
		if !codes[code] {
			t.Fatalf("%q is no code", code)
		}
		if code != "" && !known {
			t.Fatalf("code %q from values that are not known", code)
		}
		for _, change := range []func(string) string{
			strings.ToUpper, strings.ToLower,
			func(s string) string { return "\t " + strings.ReplaceAll(s, " ", " \u00a0 ") + " " },
		} {
			if code2, known2 := table.FromTriple(change(a), change(b), change(c)); code2 != code || known2 != known {
				t.Fatalf("%q, %q, %q: %q, %v, but spelled otherwise %q, %v", a, b, c, code, known, code2, known2)
			}
		}
	})
}

func FuzzFromTriple(f *testing.F) {
	f.Add(housing, pipes, "Теплоснабжение")
	f.Add(natural, "Экология", pending)
	f.Add("вопросы", " мәселелері", "Вопросы вопросы")
	f.Add("\xff", "", "\x00")
	table := table(f)
	codes := map[string]bool{"": true}
	for _, c := range table.All() {
		codes[c.Code] = true
	}
	f.Fuzz(func(t *testing.T, category, issue, subissue string) {
		code, known := table.FromTriple(category, issue, subissue)
		if !codes[code] || code != "" && !known {
			t.Fatalf("%q, %q, %q: %q, %v", category, issue, subissue, code, known)
		}
		code2, known2 := table.FromTriple(strings.ToUpper(category), " "+issue, strings.ToLower(subissue))
		if code2 != code || known2 != known {
			t.Fatalf("%q, %q, %q: %q, %v, but spelled otherwise %q, %v", category, issue, subissue, code, known, code2, known2)
		}
	})
}

func BenchmarkFromTriple(b *testing.B) {
	table := table(b)
	b.ReportAllocs()
	for b.Loop() {
		table.FromTriple(housing, pipes, "Теплоснабжение")
	}
}
