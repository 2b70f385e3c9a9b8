package region

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/fold"
)

// anyDay draws a day around the reforms, or today.
func anyDay() *rapid.Generator[qulaq.Day] {
	return rapid.Custom(func(t *rapid.T) qulaq.Day {
		if rapid.Bool().Draw(t, "today") {
			return Today
		}
		from, to := qulaq.Date(2015, 1, 1), qulaq.Date(2027, 1, 1)
		return qulaq.Day(rapid.Int32Range(int32(from), int32(to)).Draw(t, "day"))
	})
}

// The name of an answer, asked for again on the same day, gives the answer again: alone, unless other units
// bear it too, and always within its region.
func TestLawNameOfAnswer(t *testing.T) {
	g := newGazetteer(t)
	names := slices.Sorted(func(yield func(string) bool) {
		for _, r := range g.rows {
			for _, name := range append([]string{r.NameRU, r.NameKK}, r.aliases...) {
				if !yield(strings.TrimPrefix(name, "~")) {
					return
				}
			}
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		on := anyDay().Draw(t, "on")
		a := g.Resolve(rapid.SampledFrom(names).Draw(t, "name"), on)
		if a.Code == "" {
			return
		}
		if again := g.Resolve(a.NameRU, on); again.Code != a.Code && again.How != Ambiguous {
			t.Fatalf("%v is called what is %v", a, again)
		}
		u := unitOn(t, g, a.Code, on)
		if u.Level != District && u.Level != CityDistrict {
			return
		}
		in := unitOn(t, g, u.Region, on)
		if r, d := g.Pair(in.NameRU, a.NameRU, on); r.Code != in.Code || d.Code != a.Code {
			t.Fatalf("%v in %s is %v, %v", a, in.NameRU, r, d)
		}
	})
}

// unitOn returns the unit of a code on a day, which must be there.
func unitOn(t interface{ Fatalf(string, ...any) }, g *Gazetteer, code string, on qulaq.Day) Unit {
	for _, u := range g.Units() {
		if u.Code == code && validOn(u, on) {
			return u
		}
	}
	t.Fatalf("there is no %s on %s", code, on)
	return Unit{}
}

// A place keeps its code however its letters, spaces and signs are mangled on the way.
func TestLawMangledNames(t *testing.T) {
	g := newGazetteer(t)
	units := slices.DeleteFunc(g.Units(), func(u Unit) bool { return u.ValidTo != 0 || u.Level == Republic })
	rapid.Check(t, func(t *rapid.T) {
		u := rapid.SampledFrom(units).Draw(t, "unit")
		name := rapid.SampledFrom([]string{u.NameRU, u.NameKK}).Draw(t, "name")
		name = mangle(t, name)
		if u.Level == Region {
			if r, _ := g.Pair(name, "", Today); r.Code != u.Code {
				t.Fatalf("%q is %v, not %s", name, r, u.Code)
			}
			return
		}
		in := unitOn(t, g, u.Region, Today)
		region := mangle(t, rapid.SampledFrom([]string{in.NameRU, in.NameKK}).Draw(t, "region"))
		if r, d := g.Pair(region, name, Today); r.Code != in.Code || d.Code != u.Code {
			t.Fatalf("(%q, %q) is %v, %v, not %s, %s", region, name, r, d, in.Code, u.Code)
		}
	})
}

// mangle writes a name as careless hands and old systems do.
func mangle(t *rapid.T, name string) string {
	latin := strings.NewReplacer("а", "a", "е", "e", "о", "o", "р", "p", "с", "c", "у", "y", "х", "x", "К", "K", "А", "A", "М", "M", "Т", "T")
	for _, way := range rapid.SliceOfDistinct(rapid.IntRange(0, 7), rapid.ID).Draw(t, "ways") {
		switch way {
		case 0:
			name = strings.ToUpper(name)
		case 1:
			name = strings.ToLower(name)
		case 2:
			name = strings.ReplaceAll(name, " ", "\u00a0 ")
		case 3:
			name = strings.ReplaceAll(name, ".", ". ")
		case 4:
			name = strings.ReplaceAll(name, "-", " ")
		case 5: // a keyboard without Kazakh letters; abbreviations are left, for «к.» is a settlement
			words := strings.Fields(name)
			for i, word := range words {
				if !strings.Contains(word, ".") {
					words[i] = strings.Map(foldAnyCase, word)
				}
			}
			name = strings.Join(words, " ")
		case 6:
			name = " «" + name + "» "
		case 7:
			words := strings.Fields(name)
			i := rapid.IntRange(0, len(words)-1).Draw(t, "word")
			words[i] = latin.Replace(words[i])
			name = strings.Join(words, " ")
		}
	}
	return name
}

func foldAnyCase(r rune) rune {
	if unicode.IsUpper(r) {
		return unicode.ToUpper(fold.RussianLike(unicode.ToLower(r)))
	}
	return fold.RussianLike(r)
}

// checkAnswer says what must hold of every answer.
func checkAnswer(t *testing.T, g *Gazetteer, a Answer, on qulaq.Day) {
	t.Helper()
	switch a.How {
	case None, Ambiguous:
		if a.Code != "" || a.NameRU != "" {
			t.Errorf("%v has a code", a)
		}
	case Exact, Alias, Inflected, Fuzzy:
		if u := unitOn(t, g, a.Code, on); u.NameRU != a.NameRU {
			t.Errorf("%v is called %q", a, u.NameRU)
		}
	default:
		t.Errorf("%v is of an unknown way", a)
	}
}

// One slip of the hand in an official name gives the unit, or no code, and never another unit's.
func TestLawSlips(t *testing.T) {
	g := newGazetteer(t)
	units := slices.DeleteFunc(g.Units(), func(u Unit) bool { return u.ValidTo != 0 || u.Level == Republic })
	rapid.Check(t, func(t *rapid.T) {
		u := rapid.SampledFrom(units).Draw(t, "unit")
		name := []rune(rapid.SampledFrom([]string{u.NameRU, u.NameKK}).Draw(t, "name"))
		if g.Resolve(string(name), Today).Code == "" {
			return
		}
		i := rapid.IntRange(0, len(name)-2).Draw(t, "at")
		other := rapid.SampledFrom([]rune("абвгдежзийклмнопрстуфхцчшщъыьэюя")).Draw(t, "letter")
		switch rapid.IntRange(0, 3).Draw(t, "slip") {
		case 0:
			name = slices.Delete(name, i, i+1)
		case 1:
			name = slices.Insert(name, i, other)
		case 2:
			name[i] = other
		case 3:
			name[i], name[i+1] = name[i+1], name[i]
		}
		if a := g.Resolve(string(name), Today); a.Code != "" && a.Code != u.Code && a.How == Fuzzy {
			t.Fatalf("%q for %s is %v", string(name), u.NameRU, a)
		}
	})
}

// A name keeps its meaning inside a sentence, and spaces around a text never count.
func TestLawText(t *testing.T) {
	g := newGazetteer(t)
	units := slices.DeleteFunc(g.Units(), func(u Unit) bool { return u.ValidTo != 0 || u.Level == Republic })
	rapid.Check(t, func(t *rapid.T) {
		u := rapid.SampledFrom(units).Draw(t, "unit")
		name := rapid.SampledFrom([]string{u.NameRU, u.NameKK}).Draw(t, "name")
		alone := g.Resolve(name, Today)
		before := rapid.SampledFrom([]string{"Адрес: ", "050000, ", "нет воды, ", "су жоқ, ", "("}).Draw(t, "before")
		after := rapid.SampledFrom([]string{", ул. Абая, 5", ". Прошу помочь", ", дом 7", ")", " !"}).Draw(t, "after")
		if a := g.Resolve(before+name+after, Today); a.Code != alone.Code {
			t.Fatalf("%q is %v, and alone %v", before+name+after, a, alone)
		}
		text := rapid.OneOf(rapid.String(), rapid.Just(before+name)).Draw(t, "text")
		if a, b := g.Resolve(text, Today), g.Resolve(" \t\u00a0"+text+"  ", Today); a != b {
			t.Fatalf("%q is %v, with spaces around %v", text, a, b)
		}
	})
}

func FuzzResolve(f *testing.F) {
	for _, text := range []string{
		"г.Алматы", "Есильский район Акмолинской области", "РК, область Абай, г.Семей", "Hура-Султaн", "г. а.", "\u0306и\u0306", "районй", "ЮКО/ВКО",
		"Qazaqstan; Aqmola", "Ⱥ İ", "г.г.г.г", ",,,", "Ғ.Мүсірепов ауданы",
	} {
		f.Add(text, int32(0))
		f.Add(text, int32(qulaq.Date(2018, 6, 18)))
		f.Add(text, int32(qulaq.Date(2022, 6, 7)))
	}
	g := newGazetteer(f)
	f.Fuzz(func(t *testing.T, text string, on int32) {
		checkAnswer(t, g, g.Resolve(text, qulaq.Day(on)), qulaq.Day(on))
	})
}

func FuzzClassifier(f *testing.F) {
	f.Add("kato|name_ru|name_kk\n194230100|с.Узынагаш|Ұзынағаш а.\n153441100|с.о.|\n", "с. Узынагаш, Алматинская область")
	f.Add("te|rus_name|kaz_name\n12|\n", "")
	f.Fuzz(func(t *testing.T, file, text string) {
		settlements, err := ReadClassifier(rowsOf(strings.Split(file, "\n")...))
		if err != nil {
			return
		}
		g, err := New(settlements...)
		if err != nil {
			t.Fatal(err)
		}
		a := g.Resolve(text, Today)
		known := slices.ContainsFunc(settlements, func(s Settlement) bool { return s.Code == a.Code && s.NameRU == a.NameRU })
		if !known {
			checkAnswer(t, g, a, Today)
		}
	})
}

func FuzzPair(f *testing.F) {
	for _, pair := range [][2]string{
		{"область Абай", "Семей Г.А."}, {"ВКО", "Семей"}, {"Шымкент", "Абайский район"}, {"Казахстан", "Казахстан"}, {"Алматы", "Алматы"}, {"", "г."},
	} {
		f.Add(pair[0], pair[1], int32(0))
		f.Add(pair[0], pair[1], int32(qulaq.Date(2018, 6, 18)))
		f.Add(pair[0], pair[1], int32(qulaq.Date(2021, 5, 1)))
	}
	g := newGazetteer(f)
	f.Fuzz(func(t *testing.T, region, district string, on int32) {
		r, d := g.Pair(region, district, qulaq.Day(on))
		checkAnswer(t, g, r, qulaq.Day(on))
		checkAnswer(t, g, d, qulaq.Day(on))
		if d.Code != "" && d.Code[:2] != r.Code[:2] {
			t.Errorf("%v is not in %v", d, r)
		}
	})
}

func FuzzTable(f *testing.F) {
	f.Add(unitsTSV[len(unitsTSV)-2000:])
	f.Add(strings.Join(columns, "\t") + "\n110000000\tregion\t\t\t\t\t\tАкмолинская область\tАқмола облысы\t\t\t~Акмола; AKM\n")
	f.Fuzz(func(t *testing.T, table string) {
		if g, err := parse(table); err == nil {
			g.Pair("Акмолинская область", "Есильский район", Today)
		}
	})
}
