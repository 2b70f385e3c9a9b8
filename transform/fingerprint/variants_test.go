package fingerprint

import (
	_ "embed"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq/internal/fold"
)

//go:embed testdata/problems.tsv
var problemsFile string

// problem is a complaint of the corpus.
type problem struct{ topic, language, text string }

func problems(t testing.TB) []problem {
	t.Helper()
	rows, err := fold.ReadTable(problemsFile, 3)
	if err != nil {
		t.Fatal(err)
	}
	list := make([]problem, len(rows))
	for i, r := range rows {
		list[i] = problem{r[0], r[1], r[2]}
	}
	return list
}

// How far a retelling goes from the text it tells.
const (
	light  = iota // another greeting, closing, numbers, punctuation and letter case: a campaign's form letter
	medium        // and sentences in another order, one word in twenty dropped, changed in its ending or put in
	heavy         // and one word in ten dropped, one in ten with another ending, one in ten put in, a sentence left out
)

var phrases = map[string]struct{ openings, closings, extra, endings []string }{
	"ru": {
		openings: []string{
			"", "Здравствуйте!", "Добрый день, уважаемый аким!", "Уважаемая редакция, пишет вам пенсионерка [name] из дома [house].",
			"Обращаюсь к вам 14.03.2026 повторно, прошлое обращение ЖТ-2026-00000017 осталось без ответа.", "Мы, нижеподписавшиеся жильцы, просим помощи.",
		},
		closings: []string{
			"", "Прошу принять меры.", "С уважением, HIDDEN, тел. [phone].", "Прошу рассмотреть и дать письменный ответ в установленный законом срок.",
			"Надеемся на вашу поддержку, 48 подписей прилагаем.", "В случае отказа обратимся в прокуратуру и на телевидение!!!",
		},
		extra:   strings.Fields("вообще просто кстати реально опять сильно совсем буквально вчера здесь люди очень снова якобы ужасно наконец"),
		endings: []string{"а", "ы", "у", "е", "ой", "ом", "ами", "ах", "ов", "и", ""},
	},
	"kk": {
		openings: []string{
			"", "Сәлеметсіз бе!", "Құрметті әкім, қайырлы күн!", "Сізге зейнеткер [name] жазып отыр, [house] үйде тұрамын.",
			"2026 жылғы 14 наурызда ЖТ-2026-00000017 өтініш бергенмін, жауап болмады.", "Біз, төменде қол қойған тұрғындар, көмек сұраймыз.",
		},
		closings: []string{
			"", "Шара қабылдауыңызды сұраймыз.", "Құрметпен, ***, тел. [phone].", "Өтінішімізді қарап, заңда белгіленген мерзімде жазбаша жауап беріңіздер.",
			"Қолдайды деп сенеміз, 48 адам қол қойды.", "Шешілмесе прокуратураға барамыз!!!",
		},
		extra:   strings.Fields("тіпті мүлдем шынымен негізі қатты әбден осында тағы адамдар өте қайтадан кеше мысалы ақыры"),
		endings: []string{"ны", "ның", "да", "дан", "ға", "мен", "лар", "ы", "ымыз", ""},
	},
}

// retell tells a complaint again, so far from its text as the degree says.
func retell(r *rand.Rand, p problem, degree int) string {
	words := phrases[p.language]
	sentences := strings.SplitAfter(p.text, ".")
	sentences = slices.DeleteFunc(sentences, func(s string) bool { return strings.TrimSpace(s) == "" })
	share := [...]float64{0, 0.05, 0.1}[degree]
	if degree >= medium {
		r.Shuffle(len(sentences), func(i, j int) { sentences[i], sentences[j] = sentences[j], sentences[i] })
	}
	if degree == heavy {
		sentences = sentences[1:]
	}
	var out []string
	for _, s := range sentences {
		for _, w := range strings.Fields(s) {
			if r.Float64() < share {
				continue
			}
			if r.Float64() < share {
				out = append(out, words.extra[r.IntN(len(words.extra))])
			}
			if r.Float64() < share {
				w = inflect(r, w, words.endings)
			}
			out = append(out, w)
		}
		if r.IntN(3) == 0 {
			out = append(out, fmt.Sprint(1+r.IntN(300)))
		}
	}
	text := strings.Join(out, " ")
	switch r.IntN(4) {
	case 0:
		text = strings.ToUpper(text)
	case 1:
		text = strings.Map(func(c rune) rune {
			if unicode.IsPunct(c) {
				return -1
			}
			return unicode.ToLower(c)
		}, text)
	case 2:
		text = strings.NewReplacer(". ", "!!! ", ", ", " - ", " ", "  ").Replace(text)
	}
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	return strings.TrimSpace(pick(words.openings) + "\n" + text + " " + pick(words.closings))
}

// inflect gives a word of six letters or more another ending.
func inflect(r *rand.Rand, word string, endings []string) string {
	bare := strings.TrimRightFunc(word, unicode.IsPunct)
	if utf8.RuneCountInString(bare) < 6 {
		return word
	}
	letters := []rune(bare)
	return string(letters[:len(letters)-1-r.IntN(2)]) + endings[r.IntN(len(endings))] + word[len(bare):]
}
