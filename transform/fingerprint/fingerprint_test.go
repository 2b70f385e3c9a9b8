package fingerprint

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const (
	pit  = "Дорога от трассы до посёлка разрушена, асфальта не осталось. Машины ломают подвеску, скорая отказывается заезжать. Весной щебень смыло водой."
	tap  = "Үш тәуліктен бері шүмектен су ақпайды, диспетчер тұтқаны көтермейді. Су таситын машина күніне бір рет келеді, бәріне жетпейді."
	lamp = "Фонарь возле поликлиники погас, столб накренился."
)

// alike says what the package means by it.
func alike(a, b uint64) bool {
	if a == 0 || b == 0 {
		return false
	}
	for _, x := range Keys(a) {
		for _, y := range Keys(b) {
			if x == y {
				return true
			}
		}
	}
	return false
}

func TestAlike(t *testing.T) {
	for _, c := range []struct {
		name, a, b string
		want       bool
	}{
		{"itself", pit, pit, true},
		{"letter case", pit, strings.ToUpper(pit), true},
		{"greeting, name, closing", pit, "Уважаемый аким! Пишет вам [name]. " + pit + " Прошу принять меры, тел. [phone].", true},
		{"numbers and signs", pit, strings.ReplaceAll(pit, ",", " - 15 км -"), true},
		{"other inflections", pit, "Дороги от трассы до посёлка разрушены, асфальт не остался. Машина ломает подвески, скорые отказались заезжать. Весна щебень смыла водами.", true},
		{"order of sentences", pit, "Машины ломают подвеску, скорая отказывается заезжать. Весной щебень смыло водой. Дорога от трассы до посёлка разрушена, асфальта не осталось.", true},
		{"Kazakh", tap, "Құрметті әкім! " + strings.ToUpper(tap) + " Шара қабылдаңыз.", true},
		{"Kazakh typed without its letters", tap, strings.NewReplacer("ү", "у", "ә", "а", "қ", "к", "ұ", "у", "ө", "о", "і", "и").Replace(tap), true},
		{"short", lamp, "Здравствуйте, 23.11.2026 фонарь возле поликлиники погас, столб накренился!", true},
		{"short, another word", lamp, "Фонарь возле поликлиники погас, кабель накренился.", false},
		{"another problem", pit, tap, false},
		{"one topic", pit, "На перекрёстке возле рынка провалился люк, водители объезжают его по тротуару. Вчера в яму попал велосипедист и сломал руку. Ночью темно.", false},
		{"one form, other problems", "Уважаемый аким! Прошу принять меры: крыша школы протекает, штукатурка падает на детей. Прошу дать письменный ответ в установленный срок.", "Уважаемый аким! Прошу принять меры: река вышла из берегов, подвал затоплен. Прошу дать письменный ответ в установленный срок.", false},
	} {
		if got := alike(Of([]byte(c.a)), Of([]byte(c.b))); got != c.want {
			t.Errorf("%s: alike is %v\n%016x %s\n%016x %s", c.name, got, Of([]byte(c.a)), c.a, Of([]byte(c.b)), c.b)
		}
	}
}

func TestTooShort(t *testing.T) {
	for _, text := range []string{
		"", " \n", "Нет воды", "Здравствуйте! Прошу принять меры и дать письменный ответ.", "Қайырлы күн, көмек сұраймыз!",
		"12.05.2026 +7 777 123", "HIDDEN *** [name]", "There is no water in our village, please help us.", "\xd0\xd0\xd0\xd1\xff", "Щ", "\xd0",
		strings.Repeat("а б в г ", 100), strings.Repeat("1", 1000),
	} {
		if f := Of([]byte(text)); f != 0 {
			t.Errorf("%q: %016x, want none", text, f)
		}
	}
}

// Where a word ends must not depend on how it lies in the text: words are read in halves of eight bytes.
func TestWordsOfEveryLength(t *testing.T) {
	long := []rune("водопроводностроительного")
	for n := 2; n <= len(long); n++ {
		word := string(long[:n])
		text := "насос котёл труба " + word + " вентиль задвижка"
		want := Of([]byte(text))
		for name, same := range map[string]string{
			"at the end":     "задвижка вентиль " + word + " труба котёл насос",
			"before a sign":  "насос котёл труба " + word + "; вентиль задвижка",
			"before letters": "насос котёл труба " + word + "abc вентиль задвижка",
			"cut off":        text + "\xd0",
			"within more":    text + strings.Repeat(" 1", 20),
		} {
			if got := Of([]byte(same)); got != want || want == 0 {
				t.Errorf("%d letters, %s: %016x, want %016x", n, name, got, want)
			}
		}
	}
}

func TestKeys(t *testing.T) {
	want := [...]uint64{0x1111_2222_3333, 0x1111_2222_4444, 0x1111_3333_4444, 0x2222_3333_4444}
	if got := Keys(0x1111_2222_3333_4444); got != want {
		t.Errorf("%x, want %x", got, want)
	}
}

func TestCommon(t *testing.T) {
	listed := 0
	for _, w := range common {
		if w != 0 {
			listed++
		}
	}
	if listed > len(common)/2 {
		t.Errorf("%d words in a table of %d: it must stay half empty to be fast", listed, len(common))
	}
	for text, want := range map[string]bool{
		"прошу": true, "ПРОШУ": true, "Здравствуйте": true, "көмектесіңіздер": true, "комектесиниздер": true, "щ": true, "вода": false, "проша": false, "су": false,
	} {
		first, second := eight([]byte(text), 0)
		n := min(len(text)/2, 2*half)
		if got := common.has((numbers(first)<<halfBits | numbers(second)) & beginnings[n]); got != want {
			t.Errorf("%q is common: %v", text, got)
		}
	}
}

// TestNearDuplicates measures what the package's documentation says, and holds it a little below.
func TestNearDuplicates(t *testing.T) {
	const retellings = 20
	list := problems(t)
	for _, c := range []struct {
		name                  string
		degree                int
		leastPairs, leastTold float64
	}{
		{"form letter", light, 0.94, 0.98},
		{"edited", medium, 0.50, 0.84},
		{"rewritten", heavy, 0.08, 0.40},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(1, 2))
			all := make([][retellings]uint64, len(list))
			found, pairs, told, joined, strangers := 0, 0, 0, 0, 0
			for i, p := range list {
				for n := range all[i] {
					all[i][n] = Of([]byte(retell(r, p, c.degree)))
				}
				told += largest(all[i][:])
				for n, a := range all[i] {
					for _, b := range all[i][:n] {
						pairs++
						if alike(a, b) {
							found++
						}
					}
				}
				for j, q := range list[:i] {
					if q.language != p.language {
						continue
					}
					for _, a := range all[i] {
						for _, b := range all[j] {
							strangers++
							if alike(a, b) {
								joined++
								t.Logf("joined: %s / %s", p.text, q.text)
							}
						}
					}
				}
			}
			pairShare, toldShare := float64(found)/float64(pairs), float64(told)/float64(len(list)*retellings)
			t.Logf("alike in pairs %.3f, in one group %.3f; %d of %d strangers joined", pairShare, toldShare, joined, strangers)
			if pairShare < c.leastPairs || toldShare < c.leastTold || joined > strangers/50_000 {
				t.Errorf("want at least %.2f and %.2f, and at most one in 50,000", c.leastPairs, c.leastTold)
			}
		})
	}
}

// largest returns the size of the largest group when likeness is passed on three times, as the warehouse does it.
func largest(told []uint64) int {
	label := make([]uint64, len(told))
	copy(label, told)
	for range 3 {
		smallest := map[uint64]uint64{}
		for i, f := range told {
			for _, k := range Keys(f) {
				if old, ok := smallest[k]; !ok || label[i] < old {
					smallest[k] = label[i]
				}
			}
		}
		for i, f := range told {
			for _, k := range Keys(f) {
				label[i] = min(label[i], smallest[k])
			}
		}
	}
	sizes, most := map[uint64]int{}, 0
	for i, l := range label {
		if told[i] != 0 {
			sizes[l]++
			most = max(most, sizes[l])
		}
	}
	return most
}

func TestLaws(t *testing.T) {
	list := problems(t)
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.OneOf(
			rapid.Map(rapid.IntRange(0, len(list)-1), func(i int) string { return list[i].text }),
			rapid.StringOfN(rapid.RuneFrom([]rune("абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі.-1")), 0, 30, -1),
		), 0, 8).Draw(t, "parts")
		s := strings.Join(words, ". ")
		want := Of([]byte(s))
		for name, same := range map[string]string{
			"upper case":             strings.ToUpper(s),
			"lower case":             strings.ToLower(s),
			"white space":            "\n " + strings.ReplaceAll(s, " ", " \r\n\t ") + " ",
			"numbers between":        strings.ReplaceAll(s, " ", " 12 "),
			"masks between":          strings.ReplaceAll(s, " ", " [name] HIDDEN *** "),
			"a greeting":             "Уважаемый аким, здравствуйте! " + s,
			"a request":              s + ". Просим принять меры",
			"without Kazakh letters": strings.NewReplacer("ә", "а", "ғ", "г", "қ", "к", "ң", "н", "ө", "о", "ұ", "у", "ү", "у", "һ", "х", "і", "и", "ё", "е").Replace(s),
		} {
			if got := Of([]byte(same)); got != want {
				t.Fatalf("%q: %016x, with %s %016x", s, want, name, got)
			}
		}
		backwards := strings.Join(reversed(words), ". ")
		if got := Of([]byte(backwards)); got != want {
			t.Fatalf("%q: %016x, in another order %016x", s, want, got)
		}
	})
}

func reversed(list []string) []string {
	out := make([]string, 0, len(list))
	for i := range list {
		out = append(out, list[len(list)-1-i])
	}
	return out
}

func FuzzOf(f *testing.F) {
	for _, s := range []string{pit, tap, lamp, "", "\xd0", "ы\xd1\x8b\xd3", "\u200e\u202eвода\u200bвода", strings.Repeat("ы", 100), "😀 е\u0308"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		before := bytes.Clone(text)
		got := Of(text)
		if !bytes.Equal(text, before) {
			t.Fatalf("%q has become %q", before, text)
		}
		// What follows in memory must not be read as text.
		more := append(bytes.Clone(text), "ыыыыыыыы"...)
		if again := Of(more[:len(text)]); again != got {
			t.Fatalf("%q: %016x, before other bytes %016x", text, got, again)
		}
		if spaced := Of(append([]byte("1 "), text...)); spaced != got {
			t.Fatalf("%q: %016x, moved by two bytes %016x", text, got, spaced)
		}
	})
}

func TestOfDoesNotAllocate(t *testing.T) {
	text := []byte(pit)
	if n := testing.AllocsPerRun(100, func() { Of(text) }); n != 0 {
		t.Errorf("Of allocates %v times", n)
	}
}

// BenchmarkOf reads many different texts: one text again and again would teach the machine where its words end.
func BenchmarkOf(b *testing.B) {
	r := rand.New(rand.NewPCG(3, 4))
	var texts [][]byte
	size := 0
	list := problems(b)
	for range 20_000 {
		text := []byte(retell(r, list[r.IntN(len(list))], r.IntN(heavy+1)))
		texts = append(texts, text)
		size += len(text)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, text := range texts {
			Of(text)
		}
	}
}
