package fold_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq/internal/fold"
)

func TestKey(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"В РАБОТЕ", "в работе"},
		{"  В\u00a0\u00a0работе . ", "в работе"},
		{"Тепло-, водо-, газоснабжение", "тепло водо газоснабжение"},
		{"«Жильё»", "жилье"},
		{"жилье\u0308", "жилье"}, // ё as two characters
		{"Йод", "иод"},
		{"и\u0306од", "иод"}, // й as two characters
		{"Ұлытау ҚАЛАСЫ", "ұлытау қаласы"},
		{"\ufeffЗаявление", "заявление"},
		{"Заяв\u00adление", "заявление"},
		{"за\u0301явление", "заявление"},
		{"Өтiнiш", "өтініш"},   // Latin i
		{"ЖT-2026", "жт 2026"}, // Latin T
		{"eGov", "egov"},       // all Latin stays Latin
		{"ЦОН и eGov", "цон и egov"},
		{"Прием ФЛ/ЮЛ", "прием фл юл"},
		{`\N`, `\n`},
		{"N", "n"},
		{"", ""},
		{" \t\r\n\u00a0\u200b\x00", ""},
		{"—", "—"},
		{" + ", "+"},
		{"? ? ?", "???"},
		{"...", "..."},
		{"№ 5", "5"},
		{"Жал\xffба", "жал\ufffdба"},
		{"\xff", "\ufffd"},
		{"ΟΔΟΣ ὁδός", "οδοσ ὁδόσ"},
	} {
		if got := fold.Key(c.in); got != c.want {
			t.Errorf("Key(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

// Every character gives the same key in both cases. Beyond the second plane there are only ideographs and tags.
func TestRussianKey(t *testing.T) {
	for in, want := range map[string]string{
		"Басқармасы":         "баскармасы",
		"Өңір үшін ұсыныс":   "онир ушин усыныс",
		"Әдіс, Һәм ғылым":    "адис хам гылым",
		"Исполнено":          "исполнено",
		"":                   "",
		"budget of 2023, қ.": "budget of 2023 к",
	} {
		if got := fold.RussianKey(in); got != want {
			t.Errorf("RussianKey(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestKeyOfEveryCharacter(t *testing.T) {
	for r := rune(0); r < 0x20000; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		key := fold.Key(string(r))
		if up, low := fold.Key(string(unicode.ToUpper(r))), fold.Key(string(unicode.ToLower(r))); up != key || low != key {
			t.Errorf("%U: key %q, in upper case %q, in lower case %q", r, key, up, low)
		}
		if again := fold.Key(key); again != key {
			t.Errorf("%U: key %q, its key %q", r, key, again)
		}
	}
}

func TestKeyLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.OneOf(
			rapid.RuneFrom([]rune("аеёйиовжықөабвiaecokT .,-—«»\u00a0\u0308\u0306\u200b+/0123456789")),
			rapid.Rune(),
		)).Draw(t, "s")
		key := fold.Key(s)
		for name, same := range map[string]string{
			"upper case":    strings.ToUpper(s),
			"lower case":    strings.ToLower(s),
			"more spaces":   strings.ReplaceAll(s, " ", " \u00a0 "),
			"spaces around": "\t" + s + "  ",
			"its key":       key,
		} {
			if got := fold.Key(same); got != key {
				t.Fatalf("Key(%q) = %q, but %s %q gives %q", s, key, name, same, got)
			}
		}
		if got := string(fold.AppendKey([]byte("x "), s)); got != "x "+key {
			t.Fatalf("AppendKey(%q, %q) = %q, want the key %q at the end", "x ", s, got, key)
		}
		if !utf8.ValidString(key) {
			t.Fatalf("Key(%q) = %q is no UTF-8", s, key)
		}
		if key != strings.TrimSpace(key) || strings.Contains(key, "  ") {
			t.Fatalf("Key(%q) = %q has loose spaces", s, key)
		}
	})
}

func FuzzKey(f *testing.F) {
	for _, s := range []string{"В работе", "Өтiнiш", "\xff\xfe", "—", `\N`, "е\u0308", "ЖT-2026"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		key := fold.Key(s)
		if again := fold.Key(key); again != key {
			t.Fatalf("Key(%q) = %q, its key %q", s, key, again)
		}
		if up := fold.Key(strings.ToUpper(s)); up != key {
			t.Fatalf("Key(%q) = %q, in upper case %q", s, key, up)
		}
	})
}

func TestAppendKeyDoesNotAllocate(t *testing.T) {
	const s = "Тепло-, водо-, газоснабжение, освещение, канализация"
	var room [256]byte
	if n := testing.AllocsPerRun(100, func() { fold.AppendKey(room[:0], s) }); n != 0 {
		t.Errorf("AppendKey allocates %v times", n)
	}
}

func BenchmarkAppendKey(b *testing.B) {
	const s = "Тепло-, водо-, газоснабжение, освещение, канализация, лифтовое хозяйство, благоустройство и озеленение"
	var room [512]byte
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		fold.AppendKey(room[:0], s)
	}
}
