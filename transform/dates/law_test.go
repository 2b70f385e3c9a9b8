package dates

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq"
)

var (
	ofMonthRU = strings.Fields("января февраля марта апреля мая июня июля августа сентября октября ноября декабря")
	monthsKK  = strings.Fields("қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан")
	monthsEN  = strings.Fields("January February March April May June July August September October November December")
	romanN    = []string{"I", "II", "III", "IV"}
)

// dayNotations write a day as plans do.
var dayNotations = []func(y, m, d int) string{
	func(y, m, d int) string { return fmt.Sprintf("%02d.%02d.%d", d, m, y) },
	func(y, m, d int) string { return fmt.Sprintf("%d.%02d.%d г.", d, m, y) },
	func(y, m, d int) string { return fmt.Sprintf("%02d/%02d/%d", d, m, y) },
	func(y, m, d int) string { return fmt.Sprintf("%d-%02d-%02d", y, m, d) },
	func(y, m, d int) string { return fmt.Sprintf("%d %s %d года", d, ofMonthRU[m-1], y) },
	func(y, m, d int) string { return fmt.Sprintf("%d %s %dг", d, ofMonthRU[m-1], y) },
	func(y, m, d int) string { return fmt.Sprintf("%d жылғы %d %s", y, d, monthsKK[m-1]) },
	func(y, m, d int) string { return fmt.Sprintf("%s %d, %d", monthsEN[m-1], d, y) },
	func(y, m, d int) string { return fmt.Sprintf("%d %s %d", d, monthsEN[m-1], y) },
}

// spellings are changes that must not change a meaning.
var spellings = []func(string) string{
	strings.ToUpper,
	strings.ToLower,
	func(s string) string { return "\t " + strings.ReplaceAll(s, " ", " \u00a0 ") + " " },
}

func anyDay(t *rapid.T, name string) qulaq.Day {
	return qulaq.Day(rapid.Int32Range(int32(qulaq.Date(firstYear, 1, 1)), int32(qulaq.Date(lastYear, 12, 31))).Draw(t, name))
}

func write(d qulaq.Day, notation int) string {
	at := d.Time()
	return dayNotations[notation](at.Year(), int(at.Month()), at.Day())
}

// A day in any notation reads back, bare, bounded and as the side of a range, however its letters are written.
func TestLawDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyDay(t, "a"), anyDay(t, "b")
		notation := rapid.IntRange(0, len(dayNotations)-1)
		textA, textB := write(a, notation.Draw(t, "notation")), write(b, notation.Draw(t, "other"))
		spell := rapid.SampledFrom(spellings).Draw(t, "spelling")
		if d, ok := ParseDay(spell(textA)); !ok || d != a {
			t.Fatalf("ParseDay(%q) = %v, %v, want %v", spell(textA), d, ok, a)
		}
		for _, c := range []struct {
			text string
			want Range
		}{
			{textA, Range{To: a}},
			{"до " + textA, Range{To: a}},
			{textA + " дейін", Range{To: a}},
			{textA + ", " + textB, Range{To: max(a, b)}},
			{"с " + textA, Range{From: a}},
			{"с " + textA + " по " + textB, Range{a, b}},
			{textA + " – " + textB, Range{a, b}},
		} {
			if c.want.From != 0 && c.want.To != 0 && c.want.From > c.want.To {
				c.want = Range{}
			}
			r, known := ParseDeadline(spell(c.text), Context{})
			if r != c.want || known != (c.want != Range{}) {
				t.Fatalf("ParseDeadline(%q) = %v, %v, want %v", spell(c.text), r, known, c.want)
			}
		}
	})
}

// A period in any notation is the same period, as a deadline and in a title.
func TestLawPeriods(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y := rapid.IntRange(firstYear, lastYear).Draw(t, "year")
		q := rapid.IntRange(1, 4).Draw(t, "quarter")
		want := Range{qulaq.Date(y, 1, 1), qulaq.Date(y+1, 1, 0)}
		want.From, want.To, _ = monthsOf(y, 3*q-2, 3)
		spell := rapid.SampledFrom(spellings).Draw(t, "spelling")
		for _, text := range []string{
			fmt.Sprintf("%d квартал %d года", q, y),
			fmt.Sprintf("%s квартал %d г.", romanN[q-1], y),
			fmt.Sprintf("%d-й кв. %dг", q, y),
			fmt.Sprintf("%d жылғы %s тоқсан", y, romanN[q-1]),
			fmt.Sprintf("%d жылдың %d-тоқсаны", y, q),
			fmt.Sprintf("Q%d %d", q, y),
			fmt.Sprintf("%s–%s %d", monthsEN[3*q-3], monthsEN[3*q-1], y),
			fmt.Sprintf("%d жылғы %s-%s", y, monthsKK[3*q-3], monthsKK[3*q-1]),
		} {
			if r, known := ParseDeadline(spell(text), Context{}); r != want || !known {
				t.Fatalf("ParseDeadline(%q) = %v, %v, want %v", spell(text), r, known, want)
			}
			if r, known := ParsePeriod(spell("План по встречам " + text + " акимов района")); r != want || !known {
				t.Fatalf("ParsePeriod of %q = %v, %v, want %v", spell(text), r, known, want)
			}
		}
		// Without its year it takes that of the surroundings, or none.
		text := spell(fmt.Sprintf("%d квартал", q))
		if r, known := ParseDeadline(text, Context{Year: y}); r != want || !known {
			t.Fatalf("ParseDeadline(%q) in %d = %v, %v", text, y, r, known)
		}
		if r, known := ParseDeadline(text, Context{}); r != (Range{}) || !known {
			t.Fatalf("ParseDeadline(%q) = %v, %v", text, r, known)
		}
	})
}

// Whatever words of the lexicon stand together, a range is in order and the spelling does not matter.
func TestLawAnyWords(t *testing.T) {
	var said []string
	for word := range listed.words {
		said = append(said, word)
	}
	piece := rapid.OneOf(
		rapid.SampledFrom(append(said, "—", "-", ",", ".", "/", "2023", "2024", "22", "1", "2", "15", "IV", "01.09.2023")),
		rapid.SampledFrom([]string{"2023", "года", "до", "с", "по", "1", "квартал", "марта", "-", ",", "конца", "дейін"}),
	)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 1, 8).Draw(t, "pieces"), " ")
		check(t, text)
	})
}

func check(t interface{ Fatalf(string, ...any) }, text string) {
	r, known := ParseDeadline(text, Context{Year: 2023})
	if !known && r != (Range{}) || r.From != 0 && r.To != 0 && r.From > r.To {
		t.Fatalf("ParseDeadline(%q) = %v, %v", text, r, known)
	}
	if strings.ToValidUTF8(text, "") == text {
		for _, spell := range spellings[:2] {
			if again, known2 := ParseDeadline(spell(text), Context{Year: 2023}); again != r || known2 != known {
				t.Fatalf("ParseDeadline(%q) = %v, ParseDeadline(%q) = %v", text, r, spell(text), again)
			}
		}
	}
	if p, known := ParsePeriod(text); known && (p.From == 0 || p.From > p.To) || !known && p != (Range{}) {
		t.Fatalf("ParsePeriod(%q) = %v, %v", text, p, known)
	}
	for _, d := range Days(text) {
		if y := d.Time().Year(); y < firstYear || y > lastYear {
			t.Fatalf("Days(%q) has %v", text, d)
		}
	}
	if r, known := PartOf(text, 2023); known && (r.From.Time().Year() != 2023 || r.From > r.To) || !known && r != (Range{}) {
		t.Fatalf("PartOf(%q) = %v, %v", text, r, known)
	}
	if d, ok := ParseDay(text); ok {
		if r, known := ParseDeadline(text, Context{}); !known || r.To != d && r.From != d {
			t.Fatalf("ParseDay(%q) = %v, but ParseDeadline %v, %v", text, d, r, known)
		}
	}
}

func FuzzDates(f *testing.F) {
	for _, s := range []string{
		"до 15 января 2023 года", "20.09.22 г.", "IV тоқсан 2023", "2022 жылғы желтоқсан – 2023 жылғы наурыз", "15 числа ежемесячно", "т.г.",
		"за 2 полугодие 2022 года", "\xff", "1V квартал", "2023-01-15T00:00:00", strings.Repeat("1,", 500), strings.Repeat("9", 5000),
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { check(t, s) })
}

func TestHostile(t *testing.T) {
	for _, s := range []string{
		strings.Repeat("1", 1<<20), strings.Repeat("1 ", 1<<19), strings.Repeat("2023-", 1<<18), strings.Repeat("\u0301", 1<<19), strings.Repeat("до ", 1<<18),
		strings.Repeat("я", 1<<20), strings.Repeat("\xff", 1<<20), strings.Repeat("(", 1<<20),
	} {
		if r, _ := ParseDeadline(s, Context{Year: 2023}); r != (Range{}) {
			t.Errorf("%.20q… is %v", s, r)
		}
		if r, known := ParsePeriod(s); known {
			t.Errorf("%.20q… is the period %v", s, r)
		}
	}
}

func TestLexiconRefuses(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"month\t1\n", "line 1: 2 cells, want 3"},
		{"moon\t1\tлуна\n", `"moon", "1": no class or no value`},
		{"month\tone\tянварь\n", `"month", "one": no class or no value`},
		{"month\t1\tянварь\nmonth\t2\tЯНВАРЬ\n", `"ЯНВАРЬ" is listed twice`},
	} {
		if _, err := readLexicon(c.text); err == nil || err.Error() != c.want {
			t.Errorf("error %v, want %s", err, c.want)
		}
	}
}

func BenchmarkParseDeadline(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		ParseDeadline("2023 жылғы 1 тоқсан – до 15 января 2024 года", Context{})
	}
}
