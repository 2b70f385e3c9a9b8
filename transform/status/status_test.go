package status

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/fold"
)

func table(t testing.TB) *Table {
	t.Helper()
	table, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestKind(t *testing.T) {
	table := table(t)
	for _, c := range []struct {
		in, code string
		known    bool
	}{
		{"Заявление", KindApplication, true},
		{"ЗАЯВЛЕНИЕ.", KindApplication, true},
		{"Заявление на прием ФЛ/ЮЛ", KindApplication, true},
		{"Заявление на приём ФЛ / ЮЛ", KindApplication, true},
		{"Жалоба", KindComplaint, true},
		{"Жалоба по вопросам  оказания государственных услуг", KindComplaint, true},
		{"Запрос", KindRequest, true},
		{"Запросы средств массовой информации", KindRequest, true},
		{"Запросы судебных исполнителей", KindRequest, true},
		{"Запросы о предоставлении информации", KindRequest, true},
		{"Запрос депутата", KindRequest, true}, // not listed, but its first word is
		{"Сообщение", KindReport, true},
		{"Предложение", KindProposal, true},
		{"Отклик", KindResponse, true},
		{"Петиция", KindOther, true},
		{"Обращение", KindOther, true},
		{"Өтініш", KindApplication, true},
		{"Өтiнiш", KindApplication, true}, // Latin i
		{"Шағым", KindComplaint, true},
		{"Сұрау салу", KindRequest, true},
		{"Хабарлама", KindReport, true},
		{"Ұсыныс", KindProposal, true},
		{"Үн қосу", KindResponse, true},
		{"complaint", KindComplaint, true},
		{"", "", true},
		{" \u00a0", "", true},
		{"Не указано", "", true},
		{`\N`, "", true},
		{"Запросник", KindOther, false},
		{"Заявление-жалоба", KindOther, false},
		{"Жал\xffба", KindOther, false},
		{"?", KindOther, false},
	} {
		if code, known := table.Kind(c.in); code != c.code || known != c.known {
			t.Errorf("Kind(%q) = %q, %v, want %q, %v", c.in, code, known, c.code, c.known)
		}
	}
}

func TestApplicant(t *testing.T) {
	table := table(t)
	for _, c := range []struct {
		in, code string
		known    bool
	}{
		{"Физическое лицо", Person, true},
		{"ФИЗИЧЕСКОЕ  ЛИЦО", Person, true},
		{"ФЛ", Person, true},
		{"ИП", Person, true},
		{"Индивидуальный предприниматель", Person, true},
		{"Жеке тұлға", Person, true},
		{"Юридическое лицо", LegalEntity, true},
		{"ЮЛ", LegalEntity, true},
		{"Юр.лицо", LegalEntity, true},
		{"Заңды тұлға", LegalEntity, true},
		{"Заңды тұлғалар", LegalEntity, true},
		{"legal_entity", LegalEntity, true},
		{"", "", true},
		{"—", "", true},
		{"Группа лиц", "", false},
		{"Физическое лицо, юридическое лицо", "", false},
	} {
		if code, known := table.Applicant(c.in); code != c.code || known != c.known {
			t.Errorf("Applicant(%q) = %q, %v, want %q, %v", c.in, code, known, c.code, c.known)
		}
	}
}

func TestFromNumber(t *testing.T) {
	for in, want := range map[string]string{
		"ЖТ-2026-01586920":   Person,
		"ЖТ-2026-01296751/1": Person,
		"жт 2026":            Person,
		"ЖT-2026-01586920":   Person, // Latin T
		"ЗТ-2026-01340356":   LegalEntity,
		" ЗТ–2026–01340356":  LegalEntity,
		"ҰЖ-2021-00666533":   "",
		"ЖТО-2026-1":         "",
		"ЖТ":                 "",
		"2026-01586920":      "",
		"":                   "",
		"\xff\xfe":           "",
	} {
		if got := FromNumber(in); got != want {
			t.Errorf("FromNumber(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestParseFlag(t *testing.T) {
	for _, c := range []struct {
		words string // parted by bars
		want  Flag
		ok    bool
	}{
		{"Да|ДА|да.|Иә|иә|Y|y|Yes|1|1.0|+|true|TRUE|T", FlagTrue, true},
		{"Нет|НЕТ|Жоқ|жок|N|no|0|0.0|-|−|false|F", FlagFalse, true},
		{"| |\u00a0|null|NaN|None|\\N|Не указано", FlagNull, true},
		{"—|–|2|10|да нет|возможно|\xff|Д\xffа|?", FlagNull, false},
	} {
		for _, word := range strings.Split(c.words, "|") {
			if got, ok := ParseFlag(word); got != c.want || ok != c.ok {
				t.Errorf("ParseFlag(%q) = %v, %v, want %v, %v", word, got, ok, c.want, c.ok)
			}
		}
	}
}

func TestFlagString(t *testing.T) {
	for f, want := range map[Flag]string{FlagNull: "null", FlagFalse: "false", FlagTrue: "true"} {
		if got := f.String(); got != want {
			t.Errorf("%d.String() = %q, want %q", f, got, want)
		}
	}
}

func TestTablesThatContradictThemselves(t *testing.T) {
	for _, c := range []struct{ states, kinds, applicants, plan, want string }{
		{"Завершено\tclosed\n", "", "", "", "states.tsv: line 1: 2 cells, want 3"},
		{"Завершено\tended\t-\n", "", "", "", `states.tsv: "Завершено": "ended" is no phase`},
		{"Завершено\tclosed\tmaybe\n", "", "", "", `states.tsv: "Завершено": lateness is yes, no or -, not "maybe"`},
		{"Завершено\tclosed\t-\nЗАВЕРШЕНО\topen\t-\n", "", "", "", `states.tsv: "ЗАВЕРШЕНО" is listed twice`},
		{"", "Жалоба\n", "", "", "kinds.tsv: line 1: 1 cells, want 2"},
		{"", "Жалоба\tobjection\n", "", "", `kinds.tsv: "Жалоба": "objection" is no code`},
		{"", "", "ИП\tentrepreneur\n", "", `applicants.tsv: "ИП": "entrepreneur" is no code`},
		{"", "", "ИП\tperson\nИП\tperson\n", "", `applicants.tsv: "ИП" is listed twice`},
		{"", "", "", "1\tdone\tисполнено\n", `plan.tsv: "исполнено": "done" is no status`},
		{"", "", "", "0\tresolved\tисполнено\n", `plan.tsv: "исполнено": rank "0" is not a number from 1 to 98`},
		{"", "", "", "-\tresolved\tисполнено\n", `plan.tsv: "исполнено": a rank and a status go together`},
		{"", "", "", "1\tresolved\t~ исполнено\n", `plan.tsv: "~ исполнено" begins and ends with a word`},
		{"", "", "", "1\tresolved\tисполнено|\n", `plan.tsv: "исполнено|": "" is no word`},
	} {
		_, err := parse(c.states, c.kinds, c.applicants, c.plan)
		if err == nil || err.Error() != c.want {
			t.Errorf("error %v, want %s", err, c.want)
		}
	}
	if _, err := New(); err != nil {
		t.Errorf("the built-in tables: %v, of kind %v", err, qulaq.KindOf(err))
	}
}

// spellings are changes that must not change a meaning.
var spellings = []func(string) string{
	strings.ToUpper,
	strings.ToLower,
	func(s string) string { return "\t " + strings.ReplaceAll(s, " ", " \u00a0 ") + " " },
}

// listed draws values of the tables, sometimes something else.
func listed(t testing.TB, files ...string) *rapid.Generator[string] {
	t.Helper()
	values := []string{"", "Да", "0", "+", "−", "—"}
	for _, file := range files {
		for line := range strings.Lines(file) {
			if value, _, ok := strings.Cut(line, "\t"); ok && value[0] != '#' {
				values = append(values, value)
			}
		}
	}
	return rapid.OneOf(rapid.SampledFrom(values), rapid.SampledFrom(values), rapid.String())
}

func TestLaws(t *testing.T) {
	table := table(t)
	value := listed(t, kindsFile, applicantsFile)
	rapid.Check(t, func(t *rapid.T) {
		s := value.Draw(t, "s")
		kind, kindKnown := table.Kind(s)
		who, whoKnown := table.Applicant(s)
		flag, ok := ParseFlag(s)
		if !slices.Contains(kinds, kind) || !kindKnown && kind != KindOther {
			t.Fatalf("Kind(%q) = %q, %v", s, kind, kindKnown)
		}
		if !slices.Contains([]string{"", Person, LegalEntity}, who) || !whoKnown && who != "" {
			t.Fatalf("Applicant(%q) = %q, %v", s, who, whoKnown)
		}
		if !ok && flag != FlagNull {
			t.Fatalf("ParseFlag(%q) = %v, %v", s, flag, ok)
		}
		for _, spell := range spellings {
			if again, known := table.Kind(spell(s)); again != kind || known != kindKnown {
				t.Fatalf("Kind(%q) = %q, Kind(%q) = %q", s, kind, spell(s), again)
			}
			if again, known := table.Applicant(spell(s)); again != who || known != whoKnown {
				t.Fatalf("Applicant(%q) = %q, Applicant(%q) = %q", s, who, spell(s), again)
			}
			if again, ok2 := ParseFlag(spell(s)); again != flag || ok2 != ok {
				t.Fatalf("ParseFlag(%q) = %v, ParseFlag(%q) = %v", s, flag, spell(s), again)
			}
			if again := FromNumber(spell(s)); again != FromNumber(s) {
				t.Fatalf("FromNumber(%q) = %q, FromNumber(%q) = %q", s, FromNumber(s), spell(s), again)
			}
		}
	})
}

var kinds = []string{
	"", KindApplication, KindComplaint, KindRequest, KindReport, KindProposal, KindResponse, KindOther,
}

func FuzzWords(f *testing.F) {
	for _, s := range []string{"Заявление", "Запрос …", "ФЛ", "Да", "−", "ЖТ-2026-1", "\xff", ""} {
		f.Add(s)
	}
	table := table(f)
	f.Fuzz(func(t *testing.T, s string) {
		kind, known := table.Kind(s)
		if !slices.Contains(kinds, kind) {
			t.Errorf("Kind(%q) = %q", s, kind)
		}
		if up, known2 := table.Kind(strings.ToUpper(s)); up != kind || known2 != known {
			t.Errorf("Kind(%q) = %q, in upper case %q", s, kind, up)
		}
		if who, known := table.Applicant(s); !known && who != "" {
			t.Errorf("Applicant(%q) = %q and not known", s, who)
		}
		if flag, ok := ParseFlag(s); !ok && flag != FlagNull {
			t.Errorf("ParseFlag(%q) = %v and not ok", s, flag)
		}
		key := fold.Key(s)
		told := strings.HasPrefix(key, "жт ") || strings.HasPrefix(key, "зт ")
		if who := FromNumber(s); (who != "") != told {
			t.Errorf("FromNumber(%q) = %q", s, who)
		}
	})
}
