package lang

import (
	"bytes"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

var sentences = []struct{ text, want string }{
	// Russian.
	{"Третий день нет отопления в доме по улице Абая 15, дети мёрзнут.", Russian},
	{"Прошу отремонтировать дорогу, ямы по колено.", Russian},
	{"В нашем селе уже месяц отсутствует питьевая вода, просим принять меры.", Russian},
	{"Уличное освещение не работает с ноября.", Russian},
	{"Когда будет построена новая школа в микрорайоне Нұрсат?", Russian},
	{"Лифт сломан вторую неделю, пожилые люди не могут выйти из дома", Russian},
	{"Здравствуйте! Почему автобус 32 не ходит по графику?", Russian},
	{"МУСОР НЕ ВЫВОЗЯТ УЖЕ НЕДЕЛЮ, БАКИ ПЕРЕПОЛНЕНЫ", Russian},
	{"Бродячие собаки напали на ребёнка возле школы.", Russian},
	{"Мне отказали в назначении адресной социальной помощи без объяснения причин.", Russian},
	{"Жалоба на бездействие акимата: на обращение не ответили.", Russian},
	{"Интернет в посёлке не работает, сотовой связи тоже нет.", Russian},
	{"Не выплачивают заработную плату третий месяц", Russian},
	{"Сосед самовольно захватил земельный участок, прошу провести проверку.", Russian},
	{"Во дворе нет детской площадки, детям негде играть", Russian},
	{"Напряжение в сети падает до 160 вольт, техника горит.", Russian},
	{"Прошу разъяснить порядок постановки в очередь на жильё.", Russian},
	{"Газ обещали провести в 2021 году, до сих пор ничего не сделано.", Russian},
	{"Выражаю благодарность врачам городской больницы за внимательное отношение", Russian},
	{"Завод по ночам выбрасывает дым, дышать невозможно", Russian},
	{"После дождя улицу затапливает, арыки забиты.", Russian},
	{"Нет воды", Russian},
	{"Почему так дорого?", Russian},
	{"Обращаюсь по поводу моста через реку Қарасу возле села Үшқоңыр в Жамбылском районе", Russian},
	{"Судебный исполнитель арестовал карту, хотя долга нет.", Russian},
	{"Акимат города Қонаев не отвечает на письма ОСИ «Бірлік»", Russian},

	// Kazakh.
	{"Үйімізде үшінші күн жылу жоқ, балалар тоңып отыр.", Kazakh},
	{"Ауылымызда ауыз су жоқ, көмектесіңіздерші.", Kazakh},
	{"Көшеміздің жолы өте нашар, жөндеп беруіңізді сұраймыз.", Kazakh},
	{"Көше жарығы жанбайды, кешке қараңғы.", Kazakh},
	{"Құрметті әкім! Мектебіміздің шатыры ағып тұр.", Kazakh},
	{"Автобус уақытында келмейді, қыста аялдамада тоңып қаламыз.", Kazakh},
	{"Қоқыс екі аптадан бері шығарылмай жатыр", Kazakh},
	{"Қаңғыбас иттер көбейіп кетті, балалар мектепке баруға қорқады.", Kazakh},
	{"Баспана кезегінде он жыл тұрмын, қашан беріледі?", Kazakh},
	{"Жер телімін алу үшін қайда өтініш беру керек?", Kazakh},
	{"Сәлеметсіз бе, емханада дәрігердің қабылдауына жазылу мүмкін емес.", Kazakh},
	{"Жалақымызды үш ай бойы бермей жатыр, көмек сұраймыз.", Kazakh},
	{"Ауылда интернет нашар, балалар сабаққа қосыла алмайды", Kazakh},
	{"ЖАРЫҚ ЖОҚ, ТРАНСФОРМАТОР КҮЙІП КЕТТІ", Kazakh},
	{"Мал дәрігері жоқ, малымыз ауырып жатыр.", Kazakh},
	{"Атаулы әлеуметтік көмек неге тағайындалмады?", Kazakh},
	{"Газ құбырын тартып беруді сұраймыз.", Kazakh},
	{"Зауыттан шыққан түтіннен дем алу қиын", Kazakh},
	{"Біздің көшеде қар тазаланбайды.", Kazakh},
	{"Лифт жұмыс істемейді, қарт адамдар үйден шыға алмай отыр.", Kazakh},
	{"Тасқын судан үйіміз зардап шекті, өтемақы әлі төленген жоқ.", Kazakh},
	{"Балабақша кезегі туралы ақпарат беріңіздерші", Kazakh},
	{"Дәрігерлерге алғысымды білдіремін, рахмет!", Kazakh},
	{"Су жоқ, көмектесіңіз", Kazakh},

	// Kazakh with Russian terms, as people write.
	{"Біздің үйде отопление жоқ, аварийная служба жауап бермейді.", Kazakh},
	{"КСК төрағасы жөндеу жасамайды, подъезд өте лас, лифт істемейді.", Kazakh},
	{"Ипотека бойынша банк процентті көтеріп жіберді, заңды ма?", Kazakh},

	// Kazakh as typed without its own letters, or with a Latin i.
	{"Салеметсиз бе, уйде жылу жок, комектесиниздер", Kazakh},
	{"Ауылда су жок, калай омир суремиз, жауап бериниз", Kazakh},
	{"Жол керек, айдан бери жондеу жок", Kazakh},
	{"Ауылда су joq", Kazakh},
	{"Көшемiзде жарық жоқ, өтiнiш бергенбiз, жауап келмедi", Kazakh},

	// Both, a sentence or more in each.
	{"Прошу решить вопрос с водой в нашем селе. Ауылымызда ауыз су жоқ, көмектесіңіздерші, өтінеміз.", Mixed},
	{"Құрметті әкім! Көшеміздің жолын жөндеп беруіңізді сұраймыз. Уважаемый аким! Просим отремонтировать нашу улицу.", Mixed},
	{"Здравствуйте, у нас третий день нет отопления и никто не отвечает. Үйіміз суық, балалар ауырып жатыр, өте қиын.", Mixed},
	{"Жарық жиі өшеді, техникамыз күйіп кетті, кімге шағымданамыз? Когда будет нормальное напряжение, почему не ставят новый трансформатор?", Mixed},

	// Neither for certain: too short, names and addresses, numbers, other scripts.
	{"", ""},
	{"   \n\t", ""},
	{"Вода", ""},
	{"Жылу", ""},
	{"ул. Қабанбай батыра 12", ""},
	{"г. Алматы, мкр. Нұрсат, 5", ""},
	{"Ұлытау, Қонаев", ""},
	{"Ахметов А. Б.", ""},
	{"Газ", ""},
	{"+7 777 123-45-67", ""},
	{"12.05.2023 14:30", ""},
	{"HIDDEN *** HIDDEN", ""},
	{"There is no water in our village, please help us.", ""},
	{"Auylda su joq, kömektesiñizder", ""},
	{"我们没有水", ""},
	{"\xff\xfe\x00\xd0\xd0\xd1", ""},
}

func TestSentences(t *testing.T) {
	for _, s := range sentences {
		if got := Of([]byte(s.text)); got != s.want {
			ru, kk, _ := weigh([]byte(s.text), math.MaxInt)
			t.Errorf("%q: %q, want %q (ru %d, kk %d)", s.text, got, s.want, ru, kk)
		}
	}
}

// A single foreign sentence inside a long letter does not change its language.
func TestOneForeignSentence(t *testing.T) {
	const russian = "В нашем селе уже месяц отсутствует питьевая вода, просим принять меры. "
	const kazakh = "Ауылымызда ауыз су жоқ, көмектесіңіздерші, өтінеміз. "
	for _, c := range []struct {
		russian, kazakh int
		want            string
	}{
		{9, 1, Russian},
		{1, 11, Kazakh},
		{5, 5, Mixed},
	} {
		text := strings.Repeat(russian, c.russian) + strings.Repeat(kazakh, c.kazakh)
		if got := Of([]byte(text)); got != c.want {
			ru, kk, _ := weigh([]byte(text), math.MaxInt)
			t.Errorf("%d Russian and %d Kazakh sentences: %q, want %q (ru %d, kk %d)", c.russian, c.kazakh, got, c.want, ru, kk)
		}
	}
}

func TestOnlyTheBeginningCounts(t *testing.T) {
	russian := strings.Repeat("Нет воды в доме. ", Limit/20)
	text := russian + strings.Repeat("Үйімізде су жоқ. ", Limit)
	if got := Of([]byte(text)); got != Russian {
		t.Errorf("%d bytes in Russian and then Kazakh: %q, want ru", len(russian), got)
	}
}

func TestSample(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       int
	}{
		{"short", "Нет воды", 15},
		{"exact", strings.Repeat("ы", Limit/2), Limit},
		{"cut after a word", strings.Repeat("нет ", Limit), Limit / 7 * 7},
		{"without spaces", strings.Repeat("ы", Limit), Limit},
	} {
		got := sample([]byte(c.text))
		if len(got) != c.want {
			t.Errorf("%s: %d bytes, want %d", c.name, len(got), c.want)
		}
		if !utf8.Valid(got) {
			t.Errorf("%s: a character is cut in half", c.name)
		}
	}
}

// The table is read when the program starts; here its rows are held against the rule that reads them.
func TestEveryWordCounts(t *testing.T) {
	listed := 0
	for i := range vocabulary {
		if vocabulary[i].word == 0 {
			continue
		}
		listed++
		if p := vocabulary[i].points; (p.ru == 0) == (p.kk == 0) || p.ru+p.kk > 2 {
			t.Errorf("place %d: points %+v", i, p)
		}
	}
	if listed > len(vocabulary)/2 {
		t.Errorf("%d words in a table of %d: it must stay half empty to be fast", listed, len(vocabulary))
	}
	for _, c := range []struct {
		word   string
		ru, kk int
	}{
		{"для", 2, 0},
		{"ДЛЯ", 2, 0},
		{"ещё", 2, 0},
		{"он", 1, 0},
		{"здравствуйте", 2, 0}, // more letters than are kept
		{"отопление", 1, 0},    // by its ending
		{"ной", 0, 0},          // an ending is no word
		{"аким", 0, 0},
		{"бойынша", 0, 2},
		{"жоқ", 0, 2},
		{"әкім", 0, 1}, // by its letters
		{"Өмiр", 0, 1},
		{"і", 0, 0},
		{"көмектесіңіздер", 0, 2},
		{"газ", 0, 0},
	} {
		if got, _, _ := weigh([]byte(c.word), math.MaxInt); got != (sum{c.ru, c.kk}) {
			t.Errorf("%q: %+v, want %d and %d", c.word, got, c.ru, c.kk)
		}
	}
}

func TestLaws(t *testing.T) {
	text := rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SliceOfN(rapid.OneOf(
			rapid.Map(rapid.IntRange(0, len(sentences)-1), func(i int) string { return sentences[i].text }),
			rapid.StringOfN(rapid.RuneFrom([]rune("абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһіiIAZ .,-1")), 0, 40, -1),
		), 0, 6).Draw(t, "parts")
		return strings.Join(parts, " ")
	})
	rapid.Check(t, func(t *rapid.T) {
		s := text.Draw(t, "text")
		want := Of([]byte(s))
		for name, same := range map[string]string{
			"upper case":      strings.ToUpper(s),
			"lower case":      strings.ToLower(s),
			"runs of spaces":  strings.ReplaceAll(s, " ", " \n "),
			"spaces around":   "  " + s + "  ",
			"numbers between": strings.ReplaceAll(s, " ", " 12 "),
		} {
			if len(same) > Limit || len(s) > Limit {
				continue // another part of the text would be seen
			}
			if got := Of([]byte(same)); got != want {
				t.Fatalf("%q: %q, with %s %q", s, want, name, got)
			}
		}
	})
}

func FuzzOf(f *testing.F) {
	for _, s := range sentences {
		f.Add([]byte(s.text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		before := bytes.Clone(text)
		got := Of(text)
		switch got {
		case "", Russian, Kazakh, Mixed:
		default:
			t.Fatalf("%q: %q", text, got)
		}
		if !bytes.Equal(text, before) {
			t.Fatalf("%q has become %q", before, text)
		}
		if spaced := append([]byte(" "), text...); len(spaced) <= Limit && Of(spaced) != got {
			t.Fatalf("%q: %q, after a space %q", text, got, Of(spaced))
		}
	})
}

func TestOfDoesNotAllocate(t *testing.T) {
	text := []byte(sentences[0].text)
	if n := testing.AllocsPerRun(100, func() { Of(text) }); n != 0 {
		t.Errorf("Of allocates %v times", n)
	}
}

func BenchmarkOf(b *testing.B) {
	var all []string
	for _, s := range sentences {
		all = append(all, s.text)
	}
	for _, c := range []struct {
		name string
		text string
	}{
		{"sentence", sentences[2].text},
		{"letter", strings.Join(all, " ")[:2000]},
		{"long", strings.Repeat(strings.Join(all, " "), 20)},
	} {
		b.Run(c.name, func(b *testing.B) {
			text := []byte(c.text)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				Of(text)
			}
		})
	}
}
