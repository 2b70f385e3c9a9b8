package money

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestUnitOf(t *testing.T) {
	for heading, want := range map[string]Unit{
		"Объём финансирования, тыс. тенге":             Thousand,
		"Источник и объём финансирования (млн. тенге)": Million,
		"(мың теңге)": Thousand,
		"Қаржыландыру көзі, млн теңге": Million,
		"млн. теңге":           Million,
		"Сумма, млрд. тенге":   Billion,
		"Сумма (тг)":           Tenge,
		"Стоимость, тенге":     Tenge,
		"тыс.тг":               Thousand,
		"т.тенге":              Thousand,
		"т.тг.":                Thousand,
		"млн.тг":               Million,
		"МЛН ТЕНГЕ":            Million,
		"млн":                  Million,
		"KZT mln":              Million,
		"million tenge":        Million,
		"in millions of tenge": Million,
		"thousand KZT":         Thousand,
		"трлн тенге":           Trillion,
		"Охват, тыс. человек":  Unspecified,
		"Охват, тыс. человек; сумма, млн тенге": Million,
		"тыс. тенге / млн тенге":                Unspecified,
		"Источник финансирования":               Unspecified,
		"":     Unspecified,
		"\xff": Unspecified,
		"Объем финансирования (тыс. тенге) всего, тыс. тенге": Thousand,
	} {
		if got := UnitOf(heading); got != want {
			t.Errorf("UnitOf(%q) = %d, want %d", heading, got, want)
		}
	}
}

// show writes an answer as the tables of tests do.
func show(c Cost, known bool) string {
	switch {
	case !known && c == Cost{}:
		return "?"
	case known && !c.Stated && c.Tenge == 0:
		return "null"
	case known && c.Stated:
		return strconv.FormatInt(c.Tenge, 10)
	}
	return "wrong"
}

func TestParseCost(t *testing.T) {
	for _, c := range []struct {
		unit        Unit
		texts, want string // texts are parted by bars
	}{
		{Unspecified, "1 234,5 тыс. тенге|1\u00a0234,5 тыс.тенге|1\u2009234,5 тыс тг|1\u202f234.5 тысяч тенге|1234,5 мың теңге|1'234,5 т.тг|1,2345 млн тенге|1 234 500 тенге|1 234 500,00 тг.|1234500 ₸|KZT 1234500|₸ 1 234 500|1,234,500 тенге|1.234.500 тенге|" +
			"1,234,500.00 tenge|1 234 500,4 тенге|около 1 234,5 тыс. тенге|1 234,5 тыс. тенге из местного бюджета|МБ – 1 234,5 тыс. тенге|1 234,5 тыс. тенге (РБ)", "1234500"},
		{Unspecified, "12 000 000 (двенадцать миллионов) тенге|12 000 000 (он екі миллион теңге)|12 (двенадцать) млн тенге", "12000000"},
		{Unspecified, "1 млрд 84,5 млн тенге|1 млрд. 84 млн. 500 тыс. тенге", "1084500000"},
		{Million, "2023 год - 100,0 2024 год - 200,0|2023 г. – 100 2024 г. – 200", "300000000"},
		{Million, "Не требуются дополнительные средства", "0"},
		{Thousand, "два миллиона|(двенадцать) 5|5 (двенадцать", "?"},
		{Unspecified, "20,2 млрд тенге|20.2 billion tenge|20,2 млрд. теңге|KZT 20.2 billion|20 200 млн тенге|20.2 bln KZT|20,2 миллиардов тенге|В РБ предусмотрено 20,2 млрд. тенге", "20200000000"},
		{Unspecified, "2.5 млн.тг|2,5 млн тенге|2,50 миллиона тенге|2 500 тыс. тенге|2 500 000 тенге|2,500,000 тенге|2.500 млн тенге", "2500000"},
		{Unspecified, "1 млрд 200 млн тенге|1 млрд. 200 млн. тенге (МБ)", "1200000000"},
		{Unspecified, "350 000 тенге|350 000 теңге|350000 тг|350,000 тенге|350.000 тенге|0,35 млн тенге|350 тыс.тенге|350 тыс. тг", "350000"},
		{Unspecified, "1,5 млрд. тенге (РБ)|1,5 млрд.|МБ - 1,5 млрд тенге|республиканский бюджет – 1,5 млрд тенге|1 500 млн.тенге на 2023 год|2023 год – 1,5 млрд тенге", "1500000000"},
		{Unspecified, "1,234 million tenge|1,234 mln KZT", "1234000000"},
		{Unspecified, "1,234 млн тенге|1.234 млн тенге|1.234 million tenge", "1234000"},
		{Thousand, "12 345,6|12345,6|12 345.6|12 345,60|12 345 600 тенге|12,3456 млн тенге", "12345600"},
		{Million, "1 200,5|1200,5", "1200500000"},
		{Tenge, "1 200 000|1200000|1.200.000|1,200,000.00|1200000,49", "1200000"},
		{Tenge, "0,5|1", "1"},
		{Million, "100", "100000000"},
		{Thousand, "2023", "2023000"},

		// Parts.
		{Unspecified, "РБ – 1 200,0; МБ – 300,0 млн|РБ - 1 200,0 млн; МБ - 300,0 млн тенге|1 500 млн тенге, в том числе РБ – 1 200,0, МБ – 300,0|РБ 1,2 млрд тенге; МБ 300 млн тенге|1 200 + 300 млн тенге|" +
			"2023 г. – 1 200 млн тенге, 2024 г. – 300 млн тенге|Всего – 1 500,0 млн тенге, в т.ч. РБ – 1 200,0; МБ – 300,0|1 500 млн тенге (РБ – 1 200, МБ – 300)|республиканский бюджет – 1 200 млн, местный бюджет – 300 млн|1 200 млн тенге – РБ\n300 млн тенге – МБ", "1500000000"},
		{Thousand, "РБ – 1 200,0; МБ – 300,0|ОБ: 1 200,0 МБ: 300,0|АБ 1 200 ЧИ 300|Всего 1 500,0, из них РБ 1 200,0|2023 – 1 200,0; 2024 – 300,0", "1500000"},
		{Thousand, "РБ – 1 200,0; МБ – 300,0 млн", "?"},
		{Million, "РБ – 1 200,0; МБ – 300,0 млн", "1500000000"},
		{Million, "1 000 (РБ) 250,5 (МБ)|1 000 (РБ), 250,5 (МБ)|1 000 (2023 г.), 250,5 (2024 г.)|1 250,5, из них выделено 500", "1250500000"},
		{Million, "РБ, 1 000; МБ, 250,5|1 000; 250,5 (МБ)", "?"},
		{Unspecified, "Всего – 1 000,0 млн тенге, в т.ч. РБ – 1 200,0; МБ – 300,0", "?"},

		// Nothing is needed.
		{Thousand, "не требуется (средства компании)|не требует финансирования|не треб. фин.|қаржысыз|Не требует финансирования.|финансирование не требуется|Не требуется|не треб.|не требует дополнительного финансирования|қаржыландыруды талап етпейді|қаржыландыру талап етілмейді|қаржыны қажет етпейді|без финансирования|без дополнительного финансирования|" +
			"финансовых затрат не требует|no funding required|0|0,0|0 тенге|не требует выделения бюджетных средств", "0"},
		{Unspecified, "0|0,00", "0"},

		// Nothing is said.
		{Thousand, "—|ЧИ|ГЧП|-|||–|в пределах выделенных средств|В пределах предусмотренных средств|в рамках бюджета|за счет средств местного бюджета|МБ|РБ, МБ|бөлінген қаражат шегінде|бөлінген қаржы шеңберінде|местный бюджет|нет|н/д|жергілікті бюджет|" +
			"республиканский бюджет|собственные средства|определяется ПСД|согласно ПСД|внебюджетные средства|2023 год", "null"},

		// Not understood.
		{Thousand, "100–200|100-200 млн тенге|от 100 до 200 млн тенге|до 50 млн тенге|более 50 млн тенге|50 млн теңгеден астам|-500|- 500 млн|−500|-5 млн тенге|1.234|1,234|150,000|12 34|1 2345|100 долларов США|100 млн руб.|$100|50 %|5 млн тенге в год|5 млн 6 млрд тенге|5 млн 2000 тыс тенге|" +
			"двадцать миллионов|3 школы|школа № 5|01.08.2026|1.2.3|1,2,3 тыс. тенге|экономия 5 млн тенге|акимат района|999999999999999999 млрд тенге|9999999999999999999|1234567890123456789012345|разработка ПСД не требуется для школы|" +
			"РБ – 100; 200|20 млн тенге за 1 км|не требует финансирования, 5 млн тенге|\xff|🙂|ежегодно 5 млн тенге|млн тенге|не выделено 5 млн тенге|.5", "?"},
		{Unspecified, "12 345,6|350 000|1", "?"},
		{Million, "150,000|150.000", "?"},
	} {
		for _, text := range strings.Split(c.texts, "|") {
			if got := show(ParseCost(text, c.unit)); got != c.want {
				t.Errorf("ParseCost(%q, %d) is %s, want %s", text, c.unit, got, c.want)
			}
		}
	}
}

// spellings are changes that must not change a meaning.
var spellings = []func(string) string{
	strings.ToUpper,
	strings.ToLower,
	func(s string) string { return "\t" + strings.ReplaceAll(s, " ", "\u00a0") + " " },
	func(s string) string { return strings.ReplaceAll(s, " ", "\u202f") },
}

// grouped writes a number with a sign between thousands.
func grouped(n int64, sign string) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + sign + s[i:]
	}
	return s
}

// An amount in any notation reads back.
func TestLawNotations(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, 1e15).Draw(t, "n")
		spell := rapid.SampledFrom(spellings).Draw(t, "spelling")
		want := strconv.FormatInt(n, 10)
		tenth := strconv.FormatInt(n%1000/100, 10)
		for _, c := range []struct {
			text string
			unit Unit
			want string
		}{
			{want, Tenge, want},
			{want + " тенге", Million, want},
			{grouped(n, " ") + " тенге", Unspecified, want},
			{grouped(n, " ") + ",00 теңге", Unspecified, want},
			{grouped(n, ".") + " тг", Unspecified, want},
			{grouped(n, ",") + ".00 tenge", Unspecified, want},
			{"РБ – " + grouped(n, " ") + " тенге", Unspecified, want},
			{grouped(n/1000, " ") + "," + tenth + " тыс. тенге", Million, strconv.FormatInt(n/100*100, 10)},
			{grouped(n/1000, " ") + "." + tenth, Thousand, strconv.FormatInt(n/100*100, 10)},
			{"Источник: РБ – " + grouped(n, " ") + "; МБ – 0 тенге", Unspecified, "?"}, // «источник» is not listed
			{"РБ – " + grouped(n, " ") + "; МБ – 1 тенге", Unspecified, strconv.FormatInt(n+1, 10)},
		} {
			if got := show(ParseCost(spell(c.text), c.unit)); got != c.want {
				t.Fatalf("ParseCost(%q, %d) is %s, want %s", spell(c.text), c.unit, got, c.want)
			}
		}
	})
}

// Whatever words stand together: no amount below zero, and the spelling does not matter.
func TestLawAnyWords(t *testing.T) {
	said := []string{"—", "-", ",", ";", "(", ")", "+", "1", "200", "1 200,5", "2023", "0", "1.234"}
	for word := range listed {
		said = append(said, word)
	}
	piece := rapid.OneOf(rapid.SampledFrom(said), rapid.SampledFrom([]string{"1", "2,5", "млн", "тенге", "РБ", ";", "в том числе"}), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		check(t, strings.Join(rapid.SliceOfN(piece, 1, 8).Draw(t, "pieces"), " "), Thousand)
	})
}

func check(t interface{ Fatalf(string, ...any) }, text string, unit Unit) {
	c, known := ParseCost(text, unit)
	if c.Tenge < 0 || !known && c != (Cost{}) || !c.Stated && c.Tenge != 0 {
		t.Fatalf("ParseCost(%q) = %v, %v", text, c, known)
	}
	for _, spell := range spellings[:2] {
		if again, known2 := ParseCost(spell(text), unit); again != c || known2 != known {
			t.Fatalf("ParseCost(%q) = %v, ParseCost(%q) = %v", text, c, spell(text), again)
		}
	}
	if u := UnitOf(text); u < 0 || u > Trillion {
		t.Fatalf("UnitOf(%q) = %d", text, u)
	}
}

func FuzzCost(f *testing.F) {
	for _, s := range []string{
		"1 234,5 тыс. тенге", "РБ – 1 200,0; МБ – 300,0 млн", "не требует финансирования", "1.234.567,89", "\xff", "— 5", "KZT 20.2 billion", "18446744073709551615 трлн",
	} {
		f.Add(s, int64(Thousand))
	}
	f.Fuzz(func(t *testing.T, s string, unit int64) {
		for _, u := range []Unit{Unspecified, Tenge, Thousand, Million, Billion, Trillion} {
			check(t, s, u)
		}
	})
}

func TestLimits(t *testing.T) {
	for text, want := range map[string]string{
		"9 223 372,036854775807 трлн тенге":                                  "?",
		"9223372036854775 тыс. тенге":                                        "9223372036854775000",
		"9223372036854776 тыс. тенге":                                        "?",
		"999 999 999 999 999 999 тенге":                                      "999999999999999999",
		"РБ – 9223372036854775 тыс. тенге; МБ – 9223372036854775 тыс. тенге": "?",
	} {
		if got := show(ParseCost(text, Unspecified)); got != want {
			t.Errorf("ParseCost(%q) is %s, want %s", text, got, want)
		}
	}
	if _, ok := (number{digits: math.MaxUint64}).tenge(Trillion, false); ok {
		t.Error("an overflow is known")
	}
}

func TestHostile(t *testing.T) {
	for _, s := range []string{
		strings.Repeat("1", 1<<20), strings.Repeat("1 ", 1<<19), strings.Repeat("1,", 1<<19), strings.Repeat("123 ", 1<<18), strings.Repeat("я", 1<<20),
		strings.Repeat("\u0301", 1<<19), strings.Repeat("\xff", 1<<20), strings.Repeat("РБ 1;", 1<<17),
	} {
		if c, known := ParseCost(s, Tenge); known && c.Stated {
			t.Errorf("%.20q… is %v", s, c)
		}
	}
}

func TestWordsRefuse(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"tenge\n", "line 1: 1 cells, want 2"},
		{"shekel\tшекель\n", `"шекель": "shekel" is no class`},
		{"english\tdozen\n", `"dozen": "english" is no class`},
		{"tenge\tтенге\nsource\tТЕҢГЕ\n", `"ТЕҢГЕ" is listed twice`},
	} {
		if _, err := readWords(c.text); err == nil || err.Error() != c.want {
			t.Errorf("error %v, want %s", err, c.want)
		}
	}
}

func BenchmarkParseCost(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		ParseCost("РБ – 1 200,0; МБ – 300,0 млн тенге", Unspecified)
	}
}
