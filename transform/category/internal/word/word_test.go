package word

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func words(text string) string {
	var all []string
	for at := 0; at < len(text); {
		w, _, to := Next([]byte(text), at)
		if at = to; w == 0 {
			break
		}
		all = append(all, w.String())
	}
	return strings.Join(all, " ")
}

func TestNext(t *testing.T) {
	for text, want := range map[string]string{
		"Нет воды, света!":           "нет воды света",
		"ҚОҢЫРӘУЛІ көше":             "коныраули коше",
		"Ёлка йод и\u0306од":         "елка иод иод",
		"электроснабжение":           "электроснабж",
		"за\u0301явка во\u00adда":    "заявка вода",
		"\ufeffгаз\u200bовик 4G":     "газовик г",
		"кв.5а/7":                    "кв а",
		"cвет":                       "свет", // Latin c
		"\xd0":                       "",
		"св\xffет":                   "св ет",
		"":                           "",
		"🙂 шу 🙂":                     "шу",
		strings.Repeat("ы", 100_000): "ыыыыыыыыыыыы",
	} {
		if got := words(text); got != want {
			t.Errorf("%.40q: %q, want %q", text, got, want)
		}
	}
}

func TestNextTellsWhere(t *testing.T) {
	text := []byte("— Нет воды")
	w, from, to := Next(text, 0)
	if w.String() != "нет" || string(text[from:to]) != "Нет" {
		t.Errorf("%v at %d to %d", w, from, to)
	}
	if w, _, to := Next(text, len(text)); w != 0 || to != len(text) {
		t.Errorf("at the end: %v, %d", w, to)
	}
}

func TestParts(t *testing.T) {
	for text, want := range map[string]string{
		"су":         "су су…",
		"вода":       "вода во… вод… вода…",
		"я":          "я",
		"водопровод": "водопровод во… вод… водо… водоп… водопр…",
	} {
		w, _, _ := Next([]byte(text), 0)
		var got []string
		for _, part := range w.AppendParts(nil) {
			got = append(got, part.String())
			if again := ParsePart(part.String()); again != part {
				t.Errorf("%q is read as %q", part, again)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
		if len(got) > MaxParts {
			t.Errorf("%q: %d parts", text, len(got))
		}
	}
	for _, text := range []string{"", "…", "две части", "вода.", " вода"} {
		if part := ParsePart(text); part != 0 {
			t.Errorf("%q is part %q", text, part)
		}
	}
}

func TestNextLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.RuneFrom([]rune("аёйЯқҚ -1Zi\u0306\u00ad")))).Draw(t, "text")
		once := words(s)
		if again := words(once); again != once {
			t.Fatalf("%q: %q, and of that %q", s, once, again)
		}
	})
}

func FuzzNext(f *testing.F) {
	f.Add([]byte("Су жоқ \xd0\xef\xbb\xbf\xcc"))
	f.Fuzz(func(t *testing.T, text []byte) {
		for at := 0; at < len(text); {
			w, from, to := Next(text, at)
			if to <= at || w != 0 && (from < at || from >= to) || to > len(text) {
				t.Fatalf("%q at %d: %v from %d to %d", text, at, w, from, to)
			}
			if at = to; w != 0 && ParsePart(w.String()) != Part(w) {
				t.Fatalf("%v is not read back", w)
			}
		}
	})
}
