package pii

import (
	"bytes"
	"fmt"
	"math"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/sys/unix"
	"pgregory.net/rapid"
)

var seeds = []string{
	dirty, clean, "Иванов И.И. И. И. Иванов", "тел. 25-14-36, 25-14-37", "\xd0", "\xd05 кв 5", "[name] Иванов [house]-5",
	"KZ86 125K ZT50 0410 0100", "a@b.c@d.ru", "улица \xff дом 5", "\u202e87011234567", "кв. 5 кв. 5, 6 и 7", "😀 8701😀1234567",
	"меня зовут айгуль", "Иван Иванович Иванов Иван", "№ 7527-25-00-2/318", "дома 5, 7 и 9", "Абая 15 - 42", "мкр [house] 5",
	"8&nbsp;701&#160;1234567 &#8209", "a (at) b.ru собака [at", "Актау 7-12-34", "7О1о2 8*701_1234567", "O'Rin'a Ким", "Я Ким, сосед иванов и.",
	"ИвановИ.И. Serik B. Ким, t.me/aigerim_s @aigerim.nur @serik_k", "Абая-15-20 общежитие №3, комната 214", "акимат Сырыма Датова",
	"Оспанов е. \xd0\".", // half a letter is no initial
}

// Whatever comes: nothing breaks, what stays is byte for byte of the text, masking again changes nothing.
func FuzzRedact(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	r := redactor(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		in := bytes.Clone(text)
		var counts Counts
		out := r.RedactCount(nil, text, &counts)
		if !bytes.Equal(in, text) {
			t.Fatal("the text was changed")
		}
		if counts.Total() == 0 && !bytes.Equal(in, out) {
			t.Fatalf("nothing masked, but %q became %q", in, out)
		}
		if again := r.Redact(nil, out); !bytes.Equal(again, out) {
			t.Fatalf("%q\nfirst  %q\nsecond %q", in, out, again)
		}
		rest := string(in)
		for i, piece := range pieces(string(out)) {
			at := strings.Index(rest, piece)
			if at < 0 || i == 0 && at > 0 {
				t.Fatalf("%q of %q is not of %q", piece, out, in)
			}
			rest = rest[at+len(piece):]
		}
	})
}

// pieces cuts a masked text at its masks.
func pieces(s string) (out []string) {
	from := 0
	for i := 0; i < len(s); i++ {
		if s[i] == '[' {
			if end := maskEnd([]byte(s), i); end > 0 {
				out = append(out, s[from:i])
				from, i = end, end-1
			}
		}
	}
	return append(out, s[from:])
}

func digits(t *rapid.T, n int, label string) string {
	return rapid.StringOfN(rapid.RuneFrom([]rune("0123456789")), n, n, n).Draw(t, label)
}

func drawIIN(t *rapid.T) string {
	for {
		s := fmt.Sprintf("%02d%02d%02d%d%s", rapid.IntRange(0, 99).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"),
			rapid.IntRange(1, 28).Draw(t, "day"), rapid.IntRange(1, 6).Draw(t, "century"), digits(t, 4, "register"))
		for c := '0'; c <= '9'; c++ {
			var f figures
			f.read([]byte(s+string(c)), 0)
			if validIIN(&f) {
				return s + string(c)
			}
		}
	}
}

// secrets make personal data that must be masked whatever stands around it.
var secrets = map[string]func(t *rapid.T) string{
	"iin": drawIIN,
	"iin spaced": func(t *rapid.T) string {
		s, sep := drawIIN(t), rapid.SampledFrom([]string{" ", "-", "\u00a0", "\u200b"}).Draw(t, "sep")
		return s[:6] + sep + s[6:9] + sep + s[9:]
	},
	"phone": func(t *rapid.T) string {
		n := rapid.SampledFrom([]string{"701", "705", "747", "777", "708"}).Draw(t, "code") + digits(t, 7, "number")
		form := rapid.SampledFrom([]string{"+7 (%s) %s-%s-%s", "8%s%s%s%s", "8 %s %s %s %s", "8-%s-%s-%s-%s", "+7%s%s%s%s", "7%s%s%s%s", "8(%s)%s.%s.%s", "8\u00a0%s\u00a0%s\u2013%s\u2013%s"}).Draw(t, "form")
		return fmt.Sprintf(form, n[:3], n[3:6], n[6:8], n[8:])
	},
	"email": func(t *rapid.T) string {
		return rapid.StringMatching(`[a-z]{3,9}[._]?[a-z0-9]{1,5}@(mail\.ru|gmail\.com|bk\.kz)`).Draw(t, "mail")
	},
	"name": func(t *rapid.T) string {
		return rapid.SampledFrom([]string{
			"Ахметов Серик Болатович", "Ахметовой Айгуль Сериковне", "Серік Болатұлы", "Сериков А. Б.", "А.Б. Серикова", "Иванову Ивану Ивановичу",
			"АХМЕТОВА АЙГУЛЬ СЕРИКОВНА", "Жұмабекова Гүлнар Әділқызы",
		}).Draw(t, "name")
	},
}

var surroundings = []string{
	"Прошу %s помочь", "%s.", "обращаюсь: %s, прошу", "(%s)", "\n%s\n", "в 2024 году %s обращение № 5", "Мен, %s, өтінемін", "%s — мои данные",
}

func TestSecretsAreGone(t *testing.T) {
	r := redactor(t)
	for kind, draw := range secrets {
		t.Run(kind, rapid.MakeCheck(func(t *rapid.T) {
			secret := draw(t)
			text := fmt.Sprintf(rapid.SampledFrom(surroundings).Draw(t, "around"), secret)
			got := string(r.Redact(nil, []byte(text)))
			for word := range strings.FieldsFuncSeq(secret, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
				if len(word) > 4 && strings.Contains(got, word) {
					t.Fatalf("%q became %q", text, got)
				}
			}
		}))
	}
}

// harmless make numbers that are nobody's.
var harmless = map[string]func(t *rapid.T) string{
	"date": func(t *rapid.T) string {
		return fmt.Sprintf("%02d.%02d.%d", rapid.IntRange(1, 31).Draw(t, "day"), rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1990, 2030).Draw(t, "year"))
	},
	"time": func(t *rapid.T) string {
		return fmt.Sprintf("%02d:%02d", rapid.IntRange(0, 23).Draw(t, "hour"), rapid.IntRange(0, 59).Draw(t, "minute"))
	},
	"sum": func(t *rapid.T) string {
		return fmt.Sprintf("%d %03d %03d тенге", rapid.IntRange(1, 999).Draw(t, "millions"), rapid.IntRange(0, 999).Draw(t, "thousands"), rapid.IntRange(0, 999).Draw(t, "ones"))
	},
	"registration": func(t *rapid.T) string {
		return fmt.Sprintf("%s-%d-%s", rapid.SampledFrom([]string{"ЖТ", "ЗТ"}).Draw(t, "who"), rapid.IntRange(2020, 2030).Draw(t, "year"), digits(t, 8, "number"))
	},
	"company": func(t *rapid.T) string {
		return fmt.Sprintf("БИН %02d%02d%d%s", rapid.IntRange(0, 26).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(4, 6).Draw(t, "type"), digits(t, 7, "rest"))
	},
	"short": func(t *rapid.T) string {
		return rapid.SampledFrom([]string{"101", "102", "103", "109", "112", "1414", "1439", "1450"}).Draw(t, "short")
	},
	"count": func(t *rapid.T) string {
		return fmt.Sprint(rapid.IntRange(2, 900).Draw(t, "n")) + " " + rapid.SampledFrom([]string{"человек", "домов", "квартир", "дней", "жителей", "тұрғын", "км", "этажей", "процентов"}).Draw(t, "what")
	},
	"law": func(t *rapid.T) string { return "№ " + fmt.Sprint(rapid.IntRange(1, 999).Draw(t, "n")) + "-V ЗРК" },
}

func TestHarmlessStays(t *testing.T) {
	r := redactor(t)
	for kind, draw := range harmless {
		t.Run(kind, rapid.MakeCheck(func(t *rapid.T) {
			text := fmt.Sprintf(rapid.SampledFrom(surroundings).Draw(t, "around"), draw(t))
			if got := string(r.Redact(nil, []byte(text))); got != text {
				t.Fatalf("%q became %q", text, got)
			}
		}))
	}
}

// units are what texts that no person wrote are made of, again and again.
var units = []string{
	"5", "Я", "я", "Ив", "ив", "A.", "А.Б.", "А.Б. ", "а.б.", "Иванов ", "Иванов", "5 ", "12 ", "кв", "кв ", "@", "a@", "@a", "@a.", "a@a.b ", "at.", "at ",
	"собака.", "[name]", "[", "\u200b", "5\u200b", "-", "5-", "И", "И-", "\xd0", "дом ", "дом 5, ", "ул. ", "8701 ", "8 (", "ова ", ".", ". ", ",", ", ",
	"«", "\"", " ", "\n", "иван ", "иванов иван ", "A 1 ", "123 ABC ", "D 123 456 ", "а 1234 ", "Ю ", "Иванов Т ", "мастер цеха Иванов ", "٨", "с.о.",
	"&#", "&nbsp;", "&#x2011;", "O'", "KZ", "KZ86 ", "/", "а/", "Абая 5-", "t.me/", "фио ",
	"я, Иванов И.И., ул. «Абая» 5, кв. 7, @a, тел. 8 701", "ул. кв @ 5-5 «,» А.Б. Ив",
}

// Whatever a text is made of, four times as much of it takes four times as long; were its square the measure, sixteen.
func TestHugeTexts(t *testing.T) {
	const (
		size  = 1 << 16
		most  = 8 // times; between four and sixteen
		tries = 5 // of which the least time counts
	)
	r := redactor(t)
	var out []byte
	least := func(known time.Duration, text []byte) time.Duration {
		begun := worked(t)
		out = r.Redact(out[:0], text)
		return min(known, worked(t)-begun)
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	for _, unit := range units {
		one := []byte(strings.Repeat(unit, size/len(unit)))
		four := bytes.Repeat(one, 4)
		short, long := time.Duration(math.MaxInt64), time.Duration(math.MaxInt64)
		for try := 0; try < tries && (try == 0 || long > most*short); try++ {
			short, long = least(short, one), least(long, four)
		}
		if long > most*short {
			t.Errorf("%q: %d bytes take %v, four times as many %v", unit, len(one), short, long)
		}
		if len(out) > 8*len(four) {
			t.Errorf("%q: %d bytes became %d", unit, len(four), len(out))
		}
	}
}

// worked returns for how long this thread has had a processor: what else the machine does hardly matters to that.
func worked(t *testing.T) time.Duration {
	var at unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &at); err != nil {
		t.Fatal(err)
	}
	return time.Duration(at.Nano())
}

// disguises change how a text is written and not what it says.
var disguises = []func(string) string{
	func(s string) string { return s },
	strings.ToLower,
	strings.ToUpper,
	func(s string) string { return strings.ReplaceAll(s, " ", "\u00a0") },
	func(s string) string { return strings.ReplaceAll(s, " ", "  ") },
	func(s string) string { return strings.ReplaceAll(s, "а", "a") },
	func(s string) string { return strings.ReplaceAll(s, "о", "о\u200b") },
	func(s string) string { return strings.ReplaceAll(s, " ", "\n") },
	func(s string) string { return strings.ReplaceAll(s, "1", "１") },
	func(s string) string { return strings.ReplaceAll(s, "7", "٧") },
	func(s string) string { return strings.ReplaceAll(s, " ", "&nbsp;") },
	func(s string) string { return strings.ReplaceAll(s, ".", "") },
}

// Masking twice gives the same as once, however a text is disguised and whatever follows what.
func TestMaskingTwice(t *testing.T) {
	r := redactor(t)
	words := append([]string{
		"Иванов", "Иван", "иванов", "иван", "ким", "Ю", "Ро", "Сағат", "Б.", "Т", "А.И.", "водитель", "автобуса", "Ұлы", "қызы", "Аружан",
		"Самал", "Ертаев", "Абая", "машина", "госномер", "123", "ABC", "02", "D", "456", "а", "1234", "АТ", "12-34", "АТА", ",", "KZ", "с.о.", "деген",
		"\"", "[name]", "[plate]", "дом", "15", "кв", "домашний", "262-18-45", "Болатұлы", "Орынбасар", "и",
	}, seeds...)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 14).Draw(t, "words"), rapid.SampledFrom([]string{" ", "", ", "}).Draw(t, "between"))
		text = rapid.SampledFrom(disguises).Draw(t, "disguise")(text)
		once := string(r.Redact(nil, []byte(text)))
		if twice := string(r.Redact(nil, []byte(once))); twice != once {
			t.Fatalf("%q\nfirst  %q\nsecond %q", text, once, twice)
		}
	})
}
