package web

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
	"strings"
	"time"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/render"
)

// Page is how things stand, for people. It holds no personal data and no secrets.
type Page struct {
	At        time.Time
	Pipelines []Pipeline
	Sources   []Source
	Periods   []string // of the obligations, newest first
	Akimats   []Akimat
	Sizes     []Size
	Disks     []Disk
}

// Pipeline is one of complaints, plans, reports and monitor.
type Pipeline struct {
	Name     string
	State    string // of its last run: ok, contract, failed, interrupted, died, running; "" when it never ran
	Began    time.Time
	Took     time.Duration
	Loaded   int64
	Rejected int64
	Error    string
	Next     time.Time // by the schedule
}

// Bad says whether a person should look at the last run.
func (p Pipeline) Bad() bool { return p.State != "ok" && p.State != "running" && p.State != "" }

// Source is a listing of a site, or a place of exports.
type Source struct {
	Name    string
	Outcome string // of the last look or read
	Good    bool
	Last    time.Time // when it was last looked at; of exports, when the last new one came
}

// Akimat is a row of the publication table.
type Akimat struct {
	Code, Name string
	Cells      []Cell // in the order of Page.Periods
}

// Cell is the verdict on one obligation; the zero value says that nothing was owed.
type Cell struct {
	State       string
	PublishedOn qulaq.Day
	DaysLate    int
	URL         string
	Reason      string
}

// Link is the address of the publication, or "" when it is none of the web.
func (c Cell) Link() string {
	if strings.HasPrefix(c.URL, "https://") || strings.HasPrefix(c.URL, "http://") {
		return c.URL
	}
	return ""
}

// Size is what a kind of objects of the archive, or a table of the warehouse, takes.
type Size struct {
	Room  string // archive or warehouse
	Name  string
	Count uint64  // objects or rows
	Bytes uint64  // on the disk
	Grown *uint64 // of Bytes, those that came in the last 30 days; nil where nothing tells
}

// Disk is a disk that archive or warehouse lie on.
type Disk struct {
	Name        string
	Free, Total uint64  // bytes
	Days        *uint64 // until it is full, when it grows on as in the last 30; nil when it does not grow
}

//go:embed page.html
var pageText string

// words are the texts of the page: Russian, Kazakh, English.
var words = map[string][3]string{
	"title":     {"Кто опубликовал планы", "Жоспарды кім жариялады", "Who published the plans"},
	"akimat":    {"Акимат", "Әкімдік", "Akimat"},
	"pipelines": {"Прогоны", "Іске қосулар", "Runs"},
	"pipeline":  {"Конвейер", "Конвейер", "Pipeline"},
	"last":      {"Последний прогон", "Соңғы іске қосу", "Last run"},
	"took":      {"Длился", "Ұзақтығы", "Took"},
	"loaded":    {"Загружено", "Жүктелді", "Loaded"},
	"rejected":  {"Отвергнуто", "Қабылданбады", "Rejected"},
	"next":      {"Следующий", "Келесі", "Next"},
	"never":     {"ещё не было", "әлі болған жоқ", "never yet"},
	"sources":   {"Источники", "Дереккөздер", "Sources"},
	"source":    {"Источник", "Дереккөз", "Source"},
	"outcome":   {"Итог", "Нәтиже", "Outcome"},
	"looked":    {"Последний раз", "Соңғы рет", "Last time"},
	"sizes":     {"Размеры", "Көлемдер", "Sizes"},
	"room":      {"Где", "Қайда", "Where"},
	"archive":   {"архив", "мұрағат", "archive"},
	"warehouse": {"хранилище", "қойма", "warehouse"},
	"name":      {"Что", "Не", "What"},
	"count":     {"Число", "Саны", "Count"},
	"bytes":     {"На диске", "Дискіде", "On the disk"},
	"grown":     {"Из них за 30 дней", "Оның ішінде 30 күнде", "Of it in 30 days"},
	"disk":      {"Диск", "Диск", "Disk"},
	"free":      {"Свободно", "Бос", "Free"},
	"total":     {"Всего", "Барлығы", "Total"},
	"full":      {"Заполнится через, дней", "Толғанша, күн", "Full in days"},
	"nobody":    {"Вердиктов ещё нет.", "Үкімдер әлі жоқ.", "There are no verdicts yet."},
	"at":        {"Состояние на", "Күйі:", "As of"},
	"late":      {"опоздание, дней", "кешігу, күн", "days late"},
	"note": {
		"«Просрочено» стоит только там, где все места публикации были осмотрены исправно после срока. Доказательство: qulaq publications show РЕГИОН --period ПЕРИОД.",
		"«Мерзімі өтті» барлық жариялау орындары мерзімнен кейін ақаусыз қаралған жерде ғана тұрады. Дәлелі: qulaq publications show ӨҢІР --period КЕЗЕҢ.",
		"“Overdue” stands only where every place of publication was looked at in health after the due day. The proof: qulaq publications show REGION --period PERIOD.",
	},
	"pending":      {"ожидается", "күтілуде", "pending"},
	"published":    {"опубликован", "жарияланды", "published"},
	"late_state":   {"с опозданием", "кешігіп", "late"},
	"unreadable":   {"не читается", "оқылмайды", "unreadable"},
	"not_found":    {"не найден", "табылмады", "not found"},
	"overdue":      {"просрочен", "мерзімі өтті", "overdue"},
	"withdrawn":    {"отозван", "алып тасталды", "withdrawn"},
	"unverifiable": {"нельзя проверить", "тексеру мүмкін емес", "unverifiable"},
}

var langs = []string{"ru", "kk", "en"}

// langOf is the language a reader asked for: ?lang=, else the browser's first that the page has, else Russian.
func langOf(r *http.Request) int {
	wanted := append([]string{r.URL.Query().Get("lang")}, strings.Split(r.Header.Get("Accept-Language"), ",")...)
	for _, w := range wanted {
		for i, l := range langs {
			if strings.HasPrefix(strings.ToLower(strings.TrimSpace(w)), l) {
				return i
			}
		}
	}
	return 0
}

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{
	"say": func(lang int, key string) string {
		if text, ok := words[key]; ok {
			return text[lang]
		}
		return key // a state that the page does not know yet stands as it is called
	},
	"state": func(s string) string {
		if s == "late" {
			return "late_state"
		}
		return s
	},
	"time": func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.In(qulaq.Almaty()).Format("2006-01-02 15:04")
	},
	"bytes":   render.Bytes,
	"seconds": func(d time.Duration) string { return d.Round(100 * time.Millisecond).String() },
}).Parse(pageText))

// write writes the page, whole or not at all.
func (p *Page) write(w http.ResponseWriter, lang int) error {
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, struct {
		*Page
		L     int
		Lang  string
		Langs []string
	}{p, lang, langs[lang], langs}); err != nil {
		return err
	}
	// The page has one style of its own and nothing else that could run or be fetched.
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(b.Bytes()) // who hung up hears nothing
	return nil
}
