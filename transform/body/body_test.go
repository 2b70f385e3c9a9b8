package body

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
	folding "github.com/qulaq-kz/qulaq/internal/fold"
	"github.com/qulaq-kz/qulaq/transform/region"
)

func newRegistry(t testing.TB) *Registry {
	t.Helper()
	places, err := region.New()
	if err != nil {
		t.Fatal(err)
	}
	r, err := New(places)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// known is a line of testdata/names.tsv.
type known struct {
	group, name string
	want        Identity // without key and name
}

func knownNames(t testing.TB) []known {
	t.Helper()
	text, err := os.ReadFile("testdata/names.tsv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := folding.ReadTable(string(text), 6)
	if err != nil {
		t.Fatal(err)
	}
	var names []known
	for _, row := range rows {
		want := Identity{Kind: Kind(row[1]), Level: Level(row[2]), Scope: Scope(row[3])}
		if code := row[4]; code != "" {
			want.Region = code[:2] + "0000000"
			if code != want.Region {
				want.District = code
			}
		}
		names = append(names, known{row[0], row[5], want})
	}
	return names
}

func TestIdentify(t *testing.T) {
	r := newRegistry(t)
	keys, groups := map[string]string{}, map[string]string{}
	for _, c := range knownNames(t) {
		got := r.Identify(c.name)
		if got.Key == "" {
			t.Errorf("%s: no key", c.name)
		}
		if first, ok := keys[c.group]; ok && first != got.Key {
			t.Errorf("%s: %s is %q, the first of its group %q", c.group, c.name, got.Key, first)
		} else if !ok {
			keys[c.group] = got.Key
			if other, ok := groups[got.Key]; ok {
				t.Errorf("%s: %s is %q, as %s is", c.group, c.name, got.Key, other)
			}
			groups[got.Key] = c.group
		}
		got.Key, got.Name = "", ""
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s (-want +got):\n%s", c.group, c.name, diff)
		}
	}
}

func TestKeys(t *testing.T) {
	r := newRegistry(t)
	for _, c := range []struct{ name, key string }{
		{"Министерство здравоохранения Республики Казахстан", "ministry:health"},
		{"Департамент экологии по Акмолинской области", "department:ecology:110000000"},
		{"Аппарат акима Бостандыкского района города Алматы", "apparat:751410000"},
		{"Общеобразовательная школа № 5 города Кокшетау", "institution:5+school:111000000"},
		{"АО «Казахтелеком»", "quasi_state:kazakhtelecom"},
		{"ТОО «Алатау Құрылыс»", "org:алатау курылыс"},
		{"Управление здравоохранения", "upravlenie:health"},
		{"Управление дирижаблей Атырауской области", "upravlenie:дирижабл:230000000"},
		{"Частный судебный исполнитель Ерекешов Тамерлан", "bailiff:private"}, // nobody's name
		{"", ""},
		{" \t\n", ""},
		{"—", ""},
		{"ГУ", ""},
		{"Товарищество с ограниченной ответственностью \"\"", ""},
		{"[name]", ""},
		{"№ 5", ""},
		{"г. Астана", ""},
		{"\xff\xfe", ""},
	} {
		if got := r.Identify(c.name); got.Key != c.key {
			t.Errorf("Identify(%q).Key = %q, want %q", c.name, got.Key, c.key)
		}
	}
}

func TestNames(t *testing.T) {
	r := newRegistry(t)
	for _, c := range []struct{ in, want string }{
		{"КГУ \"Аппарат акима  Бостандыкского района\n города Алматы\"", "Аппарат акима Бостандыкского района города Алматы"},
		{"«Қазақтелеком» АҚ", "Қазақтелеком"},
		{"«Ақ бота» балабақшасы", "Ақ бота балабақшасы"},
		{"ГКП на ПХВ «Городская поликлиника № 7» акимата г. Алматы", "Городская поликлиника № 7 акимата г. Алматы"},
		{"Частный судебный исполнитель [name], г. Алматы", "Частный судебный исполнитель , г. Алматы"},
		{"ТОО", ""},
	} {
		if got := r.Identify(c.in).Name; got != c.want {
			t.Errorf("Identify(%q).Name = %q, want %q", c.in, got, c.want)
		}
	}
}

// With settlements in the gazetteer a rural body has the code of its okrug, in both languages.
func TestSettlements(t *testing.T) {
	places, err := region.New(
		region.Settlement{Code: "194230000", NameRU: "Узынагашский с.о.", NameKK: "Ұзынағаш а.о."},
		region.Settlement{Code: "104165100", NameRU: "п.Шульбинск", NameKK: "Шүлбі к."},
		region.Settlement{Code: "353220100", NameRU: "г.Абай", NameKK: "Абай қ."},
	)
	if err != nil {
		t.Fatal(err)
	}
	r, err := New(places)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, key, region, district string }{
		{"Аппарат акима Узынагашского сельского округа Жамбылского района Алматинской области", "apparat:rural-okrug:194230000", "190000000", "194200000"},
		{"Алматы облысы Жамбыл ауданы Ұзынағаш ауылдық округі әкімінің аппараты", "apparat:rural-okrug:194230000", "190000000", "194200000"},
		{"Аппарат акима поселка Шульбинск района Жанасемей области Абай", "apparat:settlement:104165100", "100000000", "104100000"},
		{"Абай облысы Жаңасемей ауданы Шүлбі кенті әкімінің аппараты", "apparat:settlement:104165100", "100000000", "104100000"},
		{"Аппарат акима города Абай Абайского района Карагандинской области", "apparat:353220100", "350000000", "353200000"},
		{"Аппарат акима Абайского района Карагандинской области", "apparat:353200000", "350000000", "353200000"},
	} {
		got := r.Identify(c.name)
		if got.Key != c.key || got.Region != c.region || got.District != c.district || (got.Level == Rural) != (c.key != "apparat:353200000") {
			t.Errorf("Identify(%q) = %+v, want %s in %s, %s", c.name, got, c.key, c.region, c.district)
		}
	}
}

// The legal form decides where the words do not, and never the key.
func TestLegalForm(t *testing.T) {
	r := newRegistry(t)
	for _, c := range []struct {
		name  string
		kind  Kind
		scope Scope
	}{
		{"Тазалық", Other, UnknownScope},
		{"ТОО «Тазалық»", Company, UnknownScope},
		{"АО «Тазалық»", Company, UnknownScope},
		{"«Тазалық» ЖШС", Company, UnknownScope},
		{"ИП «Тазалық»", Company, UnknownScope},
		{"ГКП на ПХВ «Тазалық»", QuasiState, Local},
		{"«Тазалық» ШЖҚ МКК", QuasiState, Local},
		{"РГП «Тазалық»", QuasiState, Central},
		{"АО «НК «Тазалық»", QuasiState, UnknownScope},
		{"КГУ «Тазалық»", Institution, Local},
	} {
		got := r.Identify(c.name)
		if got.Key != "org:тазалык" || got.Kind != c.kind || got.Scope != c.scope {
			t.Errorf("Identify(%q) = %q, %s, %s, want %q, %s, %s", c.name, got.Key, got.Kind, got.Scope, "org:тазалык", c.kind, c.scope)
		}
	}
	for _, c := range []struct {
		name  string
		kind  Kind
		scope Scope
	}{
		{"Управление дирижаблей", Upravlenie, Local},
		{"РГУ «Управление дирижаблей»", Department, Central},
		{"ТОО «Управление дирижаблей»", Company, UnknownScope},
	} {
		got := r.Identify(c.name)
		if got.Key != "upravlenie:дирижабл" || got.Kind != c.kind || got.Scope != c.scope {
			t.Errorf("Identify(%q) = %q, %s, %s", c.name, got.Key, got.Kind, got.Scope)
		}
	}
}

func TestMinistries(t *testing.T) {
	r := newRegistry(t)
	for _, m := range r.ministries {
		for _, name := range []string{m.NameRU, m.NameKK, m.NameEN, m.NameRU + " Республики Казахстан", "Қазақстан Республикасының " + m.NameKK} {
			if got := r.Identify(name); got.Key != m.Key || got.Kind != m.Kind || got.Level != Republic || got.Scope != Central {
				t.Errorf("Identify(%q) = %+v, want %s", name, got, m.Key)
			}
		}
	}
}

// Tables that contradict themselves are a bug of the program.
func TestTablesThatAreWrong(t *testing.T) {
	places, err := region.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		change func(*tables)
		want   string
	}{
		{func(t *tables) { t.kinds += "ministry\tcentral\n" }, "7"},
		{func(t *tables) { t.kinds += "palace\tcentral\t-\tru\t-\t-\tдворец\n" }, "palace"},
		{func(t *tables) { t.kinds += "other\tcentral\t-\ten\t-\t-\tдворец\n" }, "not known"},
		{func(t *tables) { t.topics += "palace\tgolden\tдворец\n" }, "golden"},
		{func(t *tables) { t.topics += "palace\t-\tобразовани…\n" }, "listed twice"},
		{func(t *tables) { t.topics += "palace\t-\tдв…\n" }, "too short"},
		{func(t *tables) { t.companies += "palace\tдворец;\n" }, "empty"},
		{func(t *tables) { t.forms += "local\t-\tbefore\tдворец\n" }, "not known"},
		{func(t *tables) { t.ministries += "ministry\tpalace\t2020-01-02\t2020-01-01\tа; б; в\t-\n" }, "ended before"},
		{func(t *tables) { t.ministries += "ministry\tpalace\t\t\tДворец; Сарай; Palace\t-\n" }, "no name of"},
		{func(t *tables) {
			t.ministries += "ministry\tpalace\t\t\tМинистерство юстиции; Әділет министрлігі; Ministry of Justice\t-\n"
		}, "justice"},
	} {
		broken := builtIn
		c.change(&broken)
		_, err := parse(places, broken)
		if err == nil || qulaq.KindOf(err) != qulaq.Bug || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want a bug with %q", err, c.want)
		}
	}
}
