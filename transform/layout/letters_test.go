package layout

import (
	"math"
	"strings"
	"testing"
)

func wordsIn(text string) []Word {
	var out []Word
	for _, f := range strings.Fields(text) {
		out = append(out, Word{Text: f})
	}
	return out
}

// TestSensible: texts and lists of names make sense, letters by chance do not, and few words tell nothing.
func TestSensible(t *testing.T) {
	const text = `Отсутствует уличное освещение и водоснабжение в селе, жители просят провести средний ремонт дороги,
		построить детский сад и школу. Ауылда ауыз су тапшы, құбырлар тозған, көшелерді жарықтандыру қажет, балабақшада орын
		жетіспейді, әкімдік мәселені шешуі керек, тұрғындар бірнеше рет өтініш білдірді`
	const names = `Ахметов Байжанов Нұрсұлтан Ыбырай Жангельдинский Мендыкаринский Тарановский Узункольский Шевченко
		Петропавловск Әбдіхалықов Қуанышбаев Сарыкольский Алтынсаринский Камыстинский Наурзумский Аулиекольский
		Денисовский Житикаринский Карасуский Костанайский Федоровский`
	shifted := strings.Map(func(r rune) rune {
		if i := strings.IndexRune(alphabet, r); i >= 0 {
			letters := []rune(alphabet)
			return letters[(strings.Count(alphabet[:i], "")+16)%len(letters)]
		}
		return r
	}, strings.ToLower(text))
	for _, c := range []struct {
		name, text string
		want       bool
	}{{"text", text, true}, {"names", names, true}, {"letters by chance", shifted, false}, {"few words", "щыфжъ жъхцы", true}, {"English", "the plan of the measures", true}} {
		if got := Sensible(wordsIn(c.text)); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// TestLettersAreWhole: every context of letters.tsv has letters behind it, and likelihoods are those of letters.
func TestLettersAreWhole(t *testing.T) {
	f := letters()
	if len(f.begins) < 20_000 || len(f.seen) < 60_000 {
		t.Fatalf("%d contexts, %d runs", len(f.begins), len(f.seen))
	}
	for _, context := range []string{"^^^^", "^^^д", "орог", "ъъъъ"} {
		sum := 0.0
		for _, letter := range alphabet + string(wordEnd) {
			p := f.likely(context, letter)
			if p > 0 {
				t.Fatalf("%q behind %q: %v", letter, context, p)
			}
			sum += math.Exp(p)
		}
		if sum < 0.9 || sum > 1.001 {
			t.Errorf("behind %q all letters together are %.3f likely", context, sum)
		}
	}
}
