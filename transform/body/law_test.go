package body

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq/transform/region"
)

// disguises are spellings of a name that mean the same body.
var disguises = map[string]func(string) string{
	"upper case":        strings.ToUpper,
	"lower case":        strings.ToLower,
	"spaces around":     func(s string) string { return "\n\t " + s + "\u00a0 " },
	"wide spaces":       func(s string) string { return strings.ReplaceAll(s, " ", " \u00a0 ") },
	"quotes":            func(s string) string { return "«" + s + "»" },
	"quotes in quotes":  func(s string) string { return "\"“" + s + "”\"" },
	"other quotes":      func(s string) string { return strings.NewReplacer("«", `"`, "»", `"`, `"`, "“").Replace(s) },
	"no quotes":         func(s string) string { return strings.NewReplacer("«", "", "»", "", `"`, "").Replace(s) },
	"a mask behind":     func(s string) string { return s + " [name]" },
	"a mask in front":   func(s string) string { return "[name] " + s },
	"a Russian form":    func(s string) string { return "Государственное учреждение \"" + s + "\"" },
	"a short form":      func(s string) string { return "ГУ " + s },
	"a Kazakh form":     func(s string) string { return "«" + s + "» мемлекеттік мекемесі" },
	"a short one of it": func(s string) string { return s + " КММ" },
	"its tidied name":   nil, // set where a registry is at hand
}

// Case, quotation marks, spaces, masks and legal form do not change the key.
func TestDisguises(t *testing.T) {
	r := newRegistry(t)
	disguises := withTidied(r)
	for _, c := range knownNames(t) {
		key := r.Identify(c.name).Key
		for what, disguise := range disguises {
			if got := r.Identify(disguise(c.name)).Key; got != key {
				t.Errorf("%s is %q, with %s %q", c.name, key, what, got)
			}
		}
	}
}

func withTidied(r *Registry) map[string]func(string) string {
	all := map[string]func(string) string{}
	for what, disguise := range disguises {
		all[what] = disguise
	}
	all["its tidied name"] = func(s string) string { return r.Identify(s).Name }
	return all
}

// Names put together of the words of real ones keep the laws too, two disguises over one another.
func TestLaws(t *testing.T) {
	r := newRegistry(t)
	disguises := withTidied(r)
	var names, whats []string
	for _, c := range knownNames(t) {
		names = append(names, c.name)
	}
	for what := range disguises {
		whats = append(whats, what)
	}
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(names).Draw(t, "name")
		first := rapid.SampledFrom(whats).Draw(t, "first")
		second := rapid.SampledFrom(whats).Draw(t, "second")
		id := r.Identify(name)
		if got := r.Identify(disguises[second](disguises[first](name))); got.Key != id.Key {
			t.Fatalf("%s is %q, with %s and %s %q", name, id.Key, first, second, got.Key)
		}
	})
}

// Whatever is read, the answer has the form that is promised.
func checkForm(t interface{ Fatalf(string, ...any) }, r *Registry, name string) {
	id := r.Identify(name)
	if id != r.Identify(name) {
		t.Fatalf("Identify(%q) is not the same twice", name)
	}
	if id.Key != strings.ToLower(id.Key) || strings.ContainsAny(id.Key, "\n\t") {
		t.Fatalf("Identify(%q).Key = %q", name, id.Key)
	}
	if !utf8.ValidString(id.Key) || !utf8.ValidString(id.Name) {
		t.Fatalf("Identify(%q) = %+v is no UTF-8", name, id)
	}
	if id.Key == "" && (id.Kind != Other || id.Level != UnknownLevel || id.Scope != UnknownScope || id.Region != "") {
		t.Fatalf("Identify(%q) = %+v knows more than the key", name, id)
	}
	if id.District != "" && (id.Region == "" || r.units[id.District] == nil || r.units[id.District].region != id.Region) {
		t.Fatalf("Identify(%q) = %+v: the district is not in the region", name, id)
	}
}

func TestForm(t *testing.T) {
	r := newRegistry(t)
	words := strings.Fields(`Управление отдел департаменті басқармасы әкімінің аппараты Министерство ГУ КММ АҚ ТОО " « » [name]
		образования білім города г. қаласы Алматы Абай района ауданы Семей облысы области имени № 5 села ауылы и по
		бойынша отдела управления Казахтелеком полиции суд школа [ ] ( ) , - \xff 🙂`)
	rapid.Check(t, func(t *rapid.T) {
		name := strings.Join(rapid.SliceOf(rapid.OneOf(rapid.SampledFrom(words), rapid.String())).Draw(t, "words"), " ")
		checkForm(t, r, name)
	})
}

func FuzzIdentify(f *testing.F) {
	r := newRegistry(f)
	for _, c := range knownNames(f) {
		f.Add(c.name)
	}
	f.Add("\xff\xd0 АҚ АҚ\u200b\u202e[name")
	f.Fuzz(func(t *testing.T, name string) { checkForm(t, r, name) })
}

// A name of any length is read in bounded time: what is behind MaxBytes does not count.
func TestEndlessNames(t *testing.T) {
	r := newRegistry(t)
	for _, word := range []string{"я", "управление ", "города Семей ", "1", "«", "[", "\u200b", "\xff", "АҚ ", "и "} {
		long := strings.Repeat(word, 1<<20/len(word))
		if got, want := r.Identify(long).Key, r.Identify(beginningOf(long)).Key; got != want {
			t.Errorf("%q many times: %.80q, its beginning %.80q", word, got, want)
		}
	}
}

func BenchmarkIdentify(b *testing.B) {
	r := newRegistry(b)
	names := knownNames(b)
	n := 0
	for b.Loop() {
		r.Identify(names[n%len(names)].name)
		n++
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "names/s")
}

func BenchmarkNew(b *testing.B) {
	places := newRegistry(b).places
	for b.Loop() {
		if _, err := New(places); err != nil {
			b.Fatal(err)
		}
	}
}

// The office of every akim of the country has the code of its place in the key, in both languages.
func TestEveryUnit(t *testing.T) {
	r := newRegistry(t)
	names := map[string][2]string{}
	for _, u := range r.places.Units() {
		if u.ValidTo == 0 {
			names[u.Code] = [2]string{u.NameRU, u.NameKK}
		}
	}
	for _, u := range r.places.Units() {
		if u.ValidTo != 0 || u.Level == region.Republic {
			continue
		}
		ru, kk := u.NameRU, u.NameKK
		genitive := inGenitive(u.NameRU)
		if u.Level != region.Region {
			ru, kk = ru+", "+names[u.Region][0], names[u.Region][1]+" "+kk
			genitive += " " + inGenitive(names[u.Region][0])
		}
		for _, name := range []string{"Аппарат акима, " + ru, "Аппарат акима " + genitive, kk + " әкімінің аппараты", kk + "ның әкім аппараты"} {
			if got := r.Identify(name); got.Key != "apparat:"+u.Code {
				t.Errorf("Identify(%q).Key = %q, want %q", name, got.Key, "apparat:"+u.Code)
			}
		}
	}
}

// inGenitive puts the name of a unit in the genitive as far as adjectives and type words go; nouns stay as they are,
// which is how names in quotation marks are printed.
func inGenitive(name string) string {
	if town, ok := strings.CutSuffix(name, " Г.А."); ok {
		return "города " + town
	}
	return strings.NewReplacer(
		"ская область", "ской области", "ский район", "ского района", "область ", "области ", "район ", "района ", "г.", "города ",
	).Replace(strings.ToLower(name[:2]) + name[2:])
}
