package category

import (
	"regexp"
	"strings"
	"testing"

	"github.com/qulaq-kz/qulaq"
)

func table(t testing.TB) *Table {
	t.Helper()
	table, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// The codes are public; scripts and the column comments of the warehouse know them by heart.
func TestCodes(t *testing.T) {
	const want = "utilities water power gas roads transport telecom housing land social_infrastructure construction " +
		"improvement ecology health education social_protection employment agriculture prices business public_order " +
		"emergencies culture_sport public_services finance justice governance other"
	var got []string
	for _, c := range table(t).All() {
		got = append(got, c.Code)
	}
	if strings.Join(got, " ") != want {
		t.Errorf("codes are %q,\nwant %q", got, want)
	}
}

func TestEveryCategoryIsComplete(t *testing.T) {
	russian, kazakh := regexp.MustCompile(`^[а-яА-ЯёЁ, ]+`), regexp.MustCompile(`^[а-яА-ЯәғқңөұүһіӘҒҚҢӨҰҮҺІ, -]+$`)
	latin := regexp.MustCompile(`^[a-zA-Z, -]+$`)
	for _, c := range table(t).All() {
		if !russian.MatchString(c.NameRU) || !kazakh.MatchString(c.NameKK) || !latin.MatchString(c.NameEN) {
			t.Errorf("%s: names %q, %q, %q", c.Code, c.NameRU, c.NameKK, c.NameEN)
		}
		if len(c.Scope) < 30 {
			t.Errorf("%s: scope %q says too little", c.Code, c.Scope)
		}
	}
}

func TestAllIsACopy(t *testing.T) {
	table := table(t)
	table.All()[0].Code = "mine"
	if got := table.All()[0].Code; got != "utilities" {
		t.Errorf("the first code is %q after a caller changed its copy", got)
	}
}

func TestTablesThatContradictThemselves(t *testing.T) {
	const categories = "water\tВода\tСу\tWater\tw\npower\tСвет\tЖарық\tPower\tp\n"
	for _, c := range []struct{ categories, triples, want string }{
		{"water\tВода\n", "", "categories.tsv: line 1: 2 cells, want 5"},
		{categories + "water\tВ\tС\tW\tw\n", "", `categories.tsv: "water" is there twice`},
		{"water\t\tСу\tWater\tw\n", "", `categories.tsv: "" is empty`},
		{categories, "Лужи\twater\n", "triples.tsv: line 1: 2 cells, want 3"},
		{categories, "Лужи\t\tpuddles\n", `triples.tsv: "Лужи": "puddles" is no code of a category`},
		{categories, "Лужи\t\t?\n", `triples.tsv: "Лужи": "" is no code of a category`},
		{categories, "Лужи\t\twater\nВопросы луж\t\twater\nЛУЖИ.\t\tpower\n", `triples.tsv: "лужи" is listed twice`},
		{categories, "Лужи\tДвор\twater\nлужи\tдвор\tpower\n", `triples.tsv: "лужи" is listed twice under "двор"`},
	} {
		_, err := parse(c.categories, c.triples)
		if err == nil || err.Error() != c.want {
			t.Errorf("%q and %q: error %v, want %s", c.categories, c.triples, err, c.want)
		}
	}
	if _, err := New(); err != nil {
		t.Errorf("the built-in tables: %v, of kind %v", err, qulaq.KindOf(err))
	}
}
