package meeting

import (
	"fmt"
	"strings"
	"testing"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/dates"
	"github.com/qulaq-kz/qulaq/transform/plan"
)

func (w when) String() string {
	text := func(d qulaq.Day) string {
		if d == 0 {
			return ""
		}
		return d.String()[5:]
	}
	if w.on != 0 {
		return text(w.on)
	}
	return text(w.from) + ".." + text(w.to)
}

func TestTimes(t *testing.T) {
	march := dates.Range{From: qulaq.Date(2023, 3, 1), To: qulaq.Date(2023, 3, 31)}
	for _, c := range []struct {
		text string
		span dates.Range
		want string // ? is not known
	}{
		{"15 февраля 2023 года", dates.Range{}, "02-15"},
		{"15.02.2023 г. 11.00", dates.Range{}, "02-15"},
		{"15 февраля 11.00", dates.Range{}, "02-15"},
		{"2023-02-15 00:00:00", dates.Range{}, "02-15"},
		{"15.02.2023 ж. сағат 11:00-де", dates.Range{}, "02-15"},
		{"15 февраля 2023 года (среда)", dates.Range{}, "02-15"},
		{"15 февраля и 16 марта", dates.Range{}, "02-15 03-16"},
		{"15 и 16 марта", dates.Range{}, "03-15 03-16"},
		{"15-ақпан, 16-наурыз", dates.Range{}, "02-15 03-16"},
		{"с 10.02 по 12.03", dates.Range{}, "02-10..03-12"},
		{"15-17 февраля", dates.Range{}, "02-15..02-17"},
		{"до конца марта", dates.Range{}, "..03-31"},
		{"февраль, май", dates.Range{}, "02-01..02-28 05-01..05-31"},
		{"5, 19", march, "03-05 03-19"},
		{"32", march, "?"},
		{"5", dates.Range{}, "?"},
		{"вторая половина марта", dates.Range{}, "?"},
		{"вторая половина 2023 года", dates.Range{}, "07-01..12-31"},
		{"31 февраля", dates.Range{}, "?"},
		{"еженедельно по пятницам", dates.Range{}, "?"},
		{"ежеквартально", dates.Range{}, ".."},
		{"", dates.Range{}, ""},
	} {
		all, known := times(c.text, 2023, c.span)
		var got []string
		for _, w := range all {
			got = append(got, w.String())
		}
		if said := strings.Join(got, " "); !known && c.want != "?" || known && said != c.want {
			t.Errorf("%q: %v %q, want %q", c.text, known, said, c.want)
		}
	}
}

func TestClock(t *testing.T) {
	for text, want := range map[string]string{
		"11:00": "11:00", "в 11.00": "11:00", "9-30 ч.": "09:30", "сағат 11.00": "11:00", "11:00-12:30": "11:00", "15.02.2023": "", "25:00": "", "00:00": "", "15.02": "",
		"с 10.02 по 12.03.2023": "", "15.02.2023 г. 16.30": "16:30",
	} {
		if got, _ := clock(text, false); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{"11.00": "11:00", "15-30": "15:30", "с 9.00 до 18.00": "09:00", "утром": ""} {
		if got, _ := clock(text, true); got != want {
			t.Errorf("in a column of hours %q: %q, want %q", text, got, want)
		}
	}
}

func TestCount(t *testing.T) {
	for text, want := range map[string]string{
		"": "-", "12": "12", "1 250 чел.": "1250", "около 400": "400", "12 вопросов": "12", "0": "0", "более 100 человек": "100", "120 адам": "120",
		"10 из 12": "?", "Ремонт дороги 5 км": "?", "1. Нет воды": "?", "50 %": "?", "много": "?", "99999999999": "?",
	} {
		n, known := count(text)
		got := "?"
		switch {
		case known && n.Stated:
			got = fmt.Sprint(n.N)
		case known:
			got = "-"
		}
		if got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestHeadings(t *testing.T) {
	v, err := plan.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	r, err := NewReader(v)
	if err != nil {
		t.Fatal(err)
	}
	for want, names := range map[role]string{
		colNumber:       "№ п/п;№;Р/с №",
		colWhen:         "Дата;Дата и время встречи;Срок проведения;Месяц;Дата приема;Кездесу күні мен уақыты;Мерзімі;Дни и часы приема",
		colPlanned:      "Дата (план);Плановая дата;Дата по графику;Жоспарланған күні",
		colHeld:         "Дата (факт);Фактическая дата проведения;Нақты өткізілген күні",
		colTime:         "Время;Время и место проведения;Сағаты;Уақыты",
		colVenue:        "Место проведения;Место встречи (адрес);Өткізу орны;Кездесу өтетін жер",
		colPlace:        "Населенный пункт;Сельский округ;Наименование с/о;Елді мекен;Ауылдық округ;Село",
		colDistrict:     "Район;Районы и города;Наименование района (города);Аудан атауы;Аудан, қала",
		colRegion:       "Регион;Область;Облыс",
		colWho:          "Ф.И.О. акима;Аким района;Должность;Әкімнің аты-жөні;Министр;Кто проводит;Фамилия, имя, отчество",
		colParticipants: "Количество участников;Кол-во присутствующих;Охват населения;Принято граждан;Количество принятых граждан;Қатысушылар саны;Участвовало, чел.;Участие (чел.)",
		colRaised:       "Поднято вопросов;Количество поднятых вопросов;Всего вопросов;Задано вопросов;Көтерілген мәселелер;Қойылған сұрақтар",
		colResolved:     "Решено;из них решено;Решено положительно;Шешілген мәселелер",
		colLeft:         "Не решено;В работе;Остаток на контроле;Шешілмеген мәселелер",
		colMeetings:     "Количество встреч;Проведено встреч;Кездесулер саны",
		colOutcome:      "Примечание;Статус;Отметка о проведении;Ескертпе",
		colMeasure:      "Принятые меры;Қабылданған шаралар",
		colOther:        "Ответственный;Телефон;День недели;Численность населения;Тема встречи",
		colSpan:         "I квартал;Январь;2 полугодие;ІІІ тоқсан;Наурыз;1 полугодие 2023 года",
		colUnknown:      "Слово",
	} {
		for name := range strings.SplitSeq(names, ";") {
			if got := r.columnOf(name, 0).role; got != want {
				t.Errorf("%q is %q, want %q", name, got, want)
			}
		}
	}
}
