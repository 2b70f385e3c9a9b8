package region

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
)

var someSettlements = []Settlement{
	{"190000000", "Алматинская область", "Алматы облысы"}, // units are passed over
	{"101010000", "г.Семей", "Семей қ."},                  // the town of the administration
	{"196220000", "Талгарская г.а.", "Талғар қ.ә."},
	{"196220100", "г.Талгар", "Талғар қ."},
	{"194230000", "Узынагашский с.о.", "Ұзынағаш а.о."},
	{"194230100", "с.Узынагаш", "Ұзынағаш а."},
	{"314030100", "с.Узынагаш", "Ұзынағаш а."}, // another of that name, of Zhambyl region
	{"153441100", "с.Карабутак", "Қарабұтақ а."},
	{"615430100", "с.Абай", "Абай а."},
	{"615440100", "с.Абай", "Абай а."}, // two in one district
	{"153230100", "зимовка Карабутак", "Қарабұтақ қыстауы"},
}

func TestSettlements(t *testing.T) {
	g, err := New(someSettlements...)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, on, code string }{
		{"село Узынагаш Жамбылского района Алматинской области", "", "194230100"},
		{"Узынагаш, Алматинская область", "", "194230100"},
		{"Ұзынағаш ауылы, Алматы облысы", "", "194230100"},
		{"с. Узынагаш, Жамбылская область", "", "314030100"},
		{"село Узынагаш", "", ""}, // one of two
		{"Карабутак", "", ""},     // without a type word
		{"с. Карабутак", "", "153441100"},
		{"Қарабұтақ ауылында су жоқ", "", "153441100"},
		{"Узынагашский сельский округ", "", "194230000"},
		{"Узынагашского сельского округа Алматинской области", "", "194230000"},
		{"Ұзынағаш ауылдық округі", "", "194230000"},
		{"г. Талгар", "", "196220100"},
		{"Алматинская область, Талгарский район, г. Талгар, ул. Абая 5", "", "196220100"},
		{"Талгарский район", "", "196200000"},
		{"г. Семей", "", "101000000"},
		{"с. Абай Сарыагашского района", "", "615400000"}, // one of two: the district is certain
		{"с. Карабутак", "2021-01-01", ""},                // the district's code of that day is not established
		{"район имени Карабутак", "", ""},
	} {
		if a := g.Resolve(c.text, day(t, c.on)); a.Code != c.code {
			t.Errorf("%q on %q is %v, not %q", c.text, c.on, a, c.code)
		}
	}
	if _, err := New(Settlement{Code: "12"}); qulaq.KindOf(err) != qulaq.Contract {
		t.Errorf("a code of two digits: %v", err)
	}
}

// rowsOf returns what ReadClassifier reads from: lines of cells parted by bars.
func rowsOf(lines ...string) func() ([]string, error) {
	return func() ([]string, error) {
		if len(lines) == 0 {
			return nil, io.EOF
		}
		line := lines[0]
		lines = lines[1:]
		return strings.Split(line, "|"), nil
	}
}

func TestReadClassifier(t *testing.T) {
	want := []Settlement{{"196220100", "г.Талгар", "Талғар қ."}, {"100000000", "область Абай", ""}}
	for name, next := range map[string]func() ([]string, error){
		"republished": rowsOf("kato|kato_version|level|type_code|name_ru|name_kk", "196220100|NK|settlement|1|г.Талгар|Талғар қ.", "100000000|NK|oblast|0|область Абай"),
		"official":    rowsOf("\ufeffte|ab|cd|ef|hij|k|kaz_name|rus_name|nn", "196220100|19|62|20|100|1|Талғар қ.| г.Талгар |7", "||||||||", "100000000|10|00|00|000|0||область Абай|8"),
		"other order": rowsOf("NAME_RU|name_kk|KATO", "г.Талгар|Талғар қ.|196220100", "область Абай||100000000"),
	} {
		got, err := ReadClassifier(next)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s:\n%s", name, d)
		}
	}
}

func TestReadClassifierRefuses(t *testing.T) {
	const head = "kato|name_ru|name_kk"
	for line, next := range map[string]func() ([]string, error){
		"line 1: there are no headings":                   rowsOf(),
		"line 1: no column is called name_kk or kaz_name": rowsOf("kato|name_ru"),
		`line 3: "19" is no code of nine digits`:          rowsOf(head, "196220100|г.Талгар|", "19|г.Талгар|"),
		"line 2: 196220100 has no Russian name":           rowsOf(head, "196220100||Талғар қ."),
		"line 4: 196220100 is on line 2 already":          rowsOf(head, "196220100|г.Талгар|", "||", "196220100|г.Талгар|"),
	} {
		_, err := ReadClassifier(next)
		if qulaq.KindOf(err) != qulaq.Contract || err == nil || err.Error() != "read classifier "+line {
			t.Errorf("%v, not %s", err, line)
		}
	}
	broken := errors.New("cut off")
	if _, err := ReadClassifier(func() ([]string, error) { return nil, broken }); err != broken {
		t.Errorf("%v, not the error of the reader", err)
	}
}

func TestMemo(t *testing.T) {
	g := newGazetteer(t)
	m := Cached(g)
	ask := func(text string) {
		for _, on := range []string{"", "2018-06-18"} {
			for range 2 {
				if got, want := m.Resolve(text, day(t, on)), g.Resolve(text, day(t, on)); got != want {
					t.Fatalf("%.40q on %q is %v, not %v", text, on, got, want)
				}
			}
		}
	}
	ask("г.Шымкент")
	ask(strings.Repeat("вода ", 200) + "г. Алматы")
	for i := range 3 * memoAnswers {
		m.Resolve("дом "+strings.Repeat("1", i%7)+string(rune('а'+i%1000)), qulaq.Day(i))
	}
	if n := len(m.young) + len(m.old); n > 2*memoAnswers {
		t.Errorf("it remembers %d answers", n)
	}
	ask("г.Шымкент")
}

func BenchmarkMemo(b *testing.B) {
	m := Cached(newGazetteer(b))
	lines := []string{"г. Астана", "Есильский район Акмолинской области", "Аппарат акима Бостандыкского района города Алматы", "неизвестно"}
	n := 0
	for b.Loop() {
		m.Resolve(lines[n%len(lines)], Today)
		n++
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "lines/s")
}

func BenchmarkNewWithSettlements(b *testing.B) {
	var many []Settlement
	for i := range 15000 {
		s := someSettlements[5]
		s.Code = "19423" + string(rune('1'+i/1000%9)) + string(rune('0'+i/100%10)) + string(rune('0'+i/10%10)) + string(rune('0'+i%10))
		s.NameRU += string(rune('а'+i%32)) + string(rune('а'+i/32%32)) + string(rune('а'+i/1024))
		many = append(many, s)
	}
	for b.Loop() {
		if _, err := New(many...); err != nil {
			b.Fatal(err)
		}
	}
}
