package category

import (
	"os"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq/internal/fold"
)

// trainingFile is not embedded: the program does without it.
func trainingFile(t testing.TB) string {
	t.Helper()
	content, err := os.ReadFile("training.tsv")
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// Texts that training.tsv does not have, one or more for every category and most boundaries between two.
func TestFromText(t *testing.T) {
	c := table(t).Classifier()
	for _, want := range []struct{ code, text string }{
		{"utilities", "Вторую неделю сидим без горячей воды, управляющая компания молчит"},
		{"utilities", "Лифтіміз тағы тоқтап қалды, МИБ төрағасы хабарласпайды"},
		{"utilities", "БАТАРЕИ ХОЛОДНЫЕ!!! КОГДА ПУСТЯТ ТЕПЛО"},
		{"water", "В нашем ауле нет питьевой воды, колонка не работает с весны"},
		{"water", "Ауылға ауыз су құбыры қашан тартылады?"},
		{"power", "После ветра опять нет света, провода оборвало"},
		{"power", "кернеу томен, тонгазыткыш куйип кетти"},
		{"gas", "Соседнее село газифицировали, а нам газ не проводят"},
		{"roads", "Дарога в ямах, асвальт весь разбит"},
		{"roads", "Көшеміздің жолы шұңқыр, асфальт төсеп беріңіздер"},
		{"transport", "Автобус номер 12 ходит раз в час, на остановке мёрзнем"},
		{"telecom", "Ауылда интернет өте баяу, байланыс ұстамайды"},
		{"housing", "Стою в очереди на квартиру с 2009 года, дом признан аварийным"},
		{"land", "Жер телімін алуға кезекте тұрмын, комиссия бас тартты"},
		{"social_infrastructure", "Просим построить в селе новую школу и спортивный зал"},
		{"education", "В школе не хватает учителей физики, уроки не ведут"},
		{"construction", "Застройщик без разрешения на строительство роет котлован под окнами"},
		{"improvement", "Уличное освещение не горит, бродячие собаки бегают по двору"},
		{"ecology", "Завод сливает отходы в реку, рядом горит стихийная свалка"},
		{"health", "В поликлинике нет педиатра, талонов к врачу не достать"},
		{"social_protection", "Мне отказали в АСП, пособие на детей не приходит"},
		{"employment", "Работодатель третий месяц не выплачивает зарплату"},
		{"agriculture", "Нет поливной воды, хлопок на полях сохнет"},
		{"prices", "Цены на сахар и мясо в магазинах выросли вдвое"},
		{"business", "Результаты тендера по госзакупкам вызывают сомнение, поставщик один"},
		{"public_order", "Көршілер түнде шулайды, учаскелік полиция келмейді"},
		{"emergencies", "Талая вода топит дома, дамбу прорвало, нужны спасатели"},
		{"culture_sport", "В сельской библиотеке нет новых книг, тренер секции бокса уволился"},
		{"public_services", "В ЦОНе не выдают удостоверение личности, ЭЦП не работает"},
		{"finance", "Банк не даёт отсрочку по ипотеке, проценты по кредиту растут"},
		{"justice", "Частный судебный исполнитель арестовал счёт, алименты уплачены"},
		{"governance", "Акимат не ответил на моё обращение, прислали отписку"},
		{"other", "Прошу рассмотреть и помочь"},
		{"other", "Здравствуйте! Поздравляю вас с праздником, желаю здоровья"},
		{"other", "Үлкен рахмет сіздерге, алғыс айтамын"},
		{"water", "Сәлеметсіз бе! Прошу помочь: в ауле нет питьевой воды, ауыз суды тасып ішеміз. Заранее спасибо, [name], [phone]"},
	} {
		if g := c.FromText([]byte(want.text)); g.Code != want.code || g.Score < 0.5 {
			t.Errorf("%q: %s %.2f (%s), want %s", want.text, g.Code, g.Score, g.How(), want.code)
		}
	}
}

func TestTextsThatDoNotTell(t *testing.T) {
	c := table(t).Classifier()
	for _, text := range []string{
		"", " \n\t", "12.05.2023 14:30", "+7 777 000 00 00", "\xff\xfe", "我们没有水", "🙂🙂",
		"ул. Кабанбай батыра, 12", "Xyzzy plugh", "лорем ипсум", "ааааааа", "asdf", "привет", "вложение",
	} {
		g := c.FromText([]byte(text))
		if g.Code != Other || g.Score >= 0.5 {
			t.Errorf("%q: %s %.2f (%s), want other and less than 0.5", text, g.Code, g.Score, g.How())
		}
	}
}

// A word that is known by the beginnings of others alone decides nothing surely.
func TestScrapsAreUnsure(t *testing.T) {
	c := table(t).Classifier()
	for _, text := range []string{"транш", "водоврап", "дорлгнй"} {
		if g := c.FromText([]byte(text)); g.Score >= 0.5 {
			t.Errorf("%q: %s %.2f (%s)", text, g.Code, g.Score, g.How())
		}
	}
	for text, code := range map[string]string{"водопровод": "water", "электроснабжение": "power", "яма": "roads"} {
		if g := c.FromText([]byte(text)); g.Code != code || g.Score < 0.75 {
			t.Errorf("%q: %s %.2f, want %s", text, g.Code, g.Score, code)
		}
	}
}

func TestHow(t *testing.T) {
	c := table(t).Classifier()
	for text, want := range map[string]string{
		"Водопровод разбит, НАПОРА нет": "водопровод, напора",
		"ГАЗОПРОВОД": "газопровод",
		"":           "nothing to read",
		"123":        "nothing to read",
	} {
		if got := c.FromText([]byte(text)).How(); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := c.FromText([]byte("Xyzzy plugh")).How(); got != "no word that tells" && !strings.HasPrefix(got, "unsure, perhaps ") {
		t.Errorf("how is %q", got)
	}
	if got := (Guess{}).How(); got != "" {
		t.Errorf("the zero guess says %q", got)
	}
}

// What was learnt must be known by heart, give or take; a model that is older than its texts is not.
func TestModelFitsItsTexts(t *testing.T) {
	rows, err := fold.ReadTable(trainingFile(t), 2)
	if err != nil {
		t.Fatal(err)
	}
	c := table(t).Classifier()
	right, all := 0, 0
	for _, row := range rows {
		if row[0] == "-" {
			continue
		}
		all++
		if c.FromText([]byte(row[1])).Code == row[0] {
			right++
		}
	}
	if all < 2000 || right*100 < all*97 {
		t.Errorf("%d of %d texts are told right", right, all)
	}
}

// text is what people send, put together from sentences and from rubbish.
func text(t testing.TB) *rapid.Generator[string] {
	rows, err := fold.ReadTable(trainingFile(t), 2)
	if err != nil {
		t.Fatal(err)
	}
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.OneOf(
			rapid.Map(rapid.SampledFrom(rows), func(row []string) string { return row[1] }),
			rapid.StringOfN(rapid.RuneFrom([]rune("абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһіiaZ .,-1/;")), 0, 40, -1),
		), 0, 4).Draw(t, "parts"), " ")
	})
}

func TestFromTextLaws(t *testing.T) {
	table := table(t)
	c, texts := table.Classifier(), text(t)
	rapid.Check(t, func(t *rapid.T) {
		s := texts.Draw(t, "text")
		want := c.FromText([]byte(s))
		if want.Score < 0 || want.Score > 1 || want.Code == "" {
			t.Fatalf("%q: %s %v", s, want.Code, want.Score)
		}
		if again := table.Classifier().FromText([]byte(s)); again.Code != want.Code || again.Score != want.Score {
			t.Fatalf("%q: %s %v, but to a fresh classifier %s %v", s, want.Code, want.Score, again.Code, again.Score)
		}
		for name, same := range map[string]string{
			"upper case":    strings.ToUpper(s),
			"lower case":    strings.ToLower(s),
			"more spaces":   strings.ReplaceAll(s, " ", " \n\u00a0"),
			"spaces around": "\t" + s + "  ",
			"numbers":       strings.ReplaceAll(s, " ", " 12 "),
			"Kazakh on a Russian keyboard": strings.NewReplacer("ә", "а", "ғ", "г", "қ", "к", "ң", "н", "ө", "о",
				"ұ", "у", "ү", "у", "һ", "х", "і", "и", "i", "и", "ё", "е").Replace(s),
		} {
			if len(same) > Limit || len(s) > Limit {
				continue
			}
			if got := c.FromText([]byte(same)); got.Code != want.Code || got.Score != want.Score {
				t.Fatalf("%q: %s %v, but in %s %s %v", s, want.Code, want.Score, name, got.Code, got.Score)
			}
		}
	})
}

func TestOnlyTheBeginningCounts(t *testing.T) {
	c := table(t).Classifier()
	water := strings.Repeat("Нет питьевой воды. ", Limit/20)
	if g := c.FromText([]byte(water + strings.Repeat("Нет газа. ", Limit))); g.Code != "water" {
		t.Errorf("%s, want water", g.Code)
	}
	start := time.Now()
	for _, s := range []string{strings.Repeat("ы", 1<<19), strings.Repeat("\xd0", 1<<20), strings.Repeat("1", 1<<20)} {
		c.FromText([]byte(s)).How()
		c.Line(s)
	}
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("three megabytes without a space took %v", took)
	}
}

func TestFromTextDoesNotAllocate(t *testing.T) {
	c := table(t).Classifier()
	text := []byte("Ауылда ауыз су жоқ, просим принять меры")
	if n := testing.AllocsPerRun(100, func() { c.FromText(text) }); n != 0 {
		t.Errorf("FromText allocates %v times", n)
	}
}

func FuzzFromText(f *testing.F) {
	f.Add([]byte("Нет воды / света; ауыз су жоқ"))
	f.Add([]byte("\xd0\xff\xcc\x80\xef\xbb\xbf\xe2\x80\x8b"))
	f.Add([]byte(strings.Repeat("вода", 2000)))
	c := table(f).Classifier()
	codes := map[string]bool{}
	for _, category := range c.table.all {
		codes[category.Code] = true
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, g := range []Guess{c.FromText(text), c.Line(string(text))} {
			if !codes[g.Code] || !(g.Score >= 0 && g.Score <= 1) {
				t.Fatalf("%q: %q %v", text, g.Code, g.Score)
			}
			if how := g.How(); strings.ContainsAny(how, "\t\n") {
				t.Fatalf("%q: how is %q", text, how)
			}
		}
	})
}
