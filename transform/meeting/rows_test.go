package meeting_test

import (
	"cmp"
	"fmt"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/meeting"
)

const (
	calendar = "График встреч акима Акмолинской области с населением на 2023 год"
	results  = "Информация об итогах встреч акима Акмолинской области с населением за 1 полугодие 2023 года"
)

func TestRows(t *testing.T) {
	r := newReader(t)
	for _, c := range []struct {
		name, title, text string
		want              []string
	}{
		{
			"columns in any order", calendar, "Место|Когда|Район\nДК|15.02.2023|Аккольский\nШкола|16.02.2023|Зерендинский район",
			[]string{"oblast 113200000 2023-02-15 planned", "oblast 115600000 2023-02-16 planned"},
		},
		{
			"hours within the cell of days", calendar, "Район|Дата и время\nАккольский район|15 февраля, 11:00\nБурабайский район|16.02.2023 г. в 10.30 ч.\nг. Кокшетау|среда, 1 марта 15-00 часов",
			[]string{"oblast 113200000 2023-02-15 11:00 planned", "oblast 117000000 2023-02-16 10:30 planned", "oblast 111000000 2023-03-01 15:00 planned"},
		},
		{
			"an hour behind a comma; a column of regions that holds districts", calendar, "Регион|Дата, время\nАккольский район|15.02.2023 г., 11-00\nг. Кокшетау|1 марта, 15-30",
			[]string{"oblast 113200000 2023-02-15 11:00 planned", "oblast 111000000 2023-03-01 15:30 planned"},
		},
		{
			"put off and then held; held on the day of the calendar", results,
			"Район|Дата по графику|Фактическая дата|Примечание\nАккольский район|15.02.2023|22.02.2023|перенесена\nБурабайский район|16.02.2023||проведена\nЗерендинский район|17.02.2023||перенесена",
			[]string{"oblast 113200000 2023-02-15 held 2023-02-22", "oblast 117000000 2023-02-16 held 2023-02-16", "oblast 115600000 2023-02-17 moved"},
		},
		{
			"a list of days is as many meetings; a day without its month has that of the next", calendar, "Район|Дата\nАккольский район|15, 16 февраля\nБурабайский район|1 марта; 2 апреля",
			[]string{
				"oblast 113200000 2023-02-15 planned", "oblast 113200000 2023-02-16 planned", "oblast 117000000 2023-03-01 planned", "oblast 117000000 2023-04-02 planned",
			},
		},
		{
			"months, quarters and what is due by a day are no days", calendar, "Район|Срок\nАккольский район|март\nБурабайский район|III квартал 2023 г.\nЗерендинский район|до 15 мая\nЕсильский район|с 1 по 3 июня",
			[]string{
				"oblast 113200000 2023-03-01..2023-03-31 planned", "oblast 117000000 2023-07-01..2023-09-30 planned", "oblast 115600000 2023-05-15 planned",
				"oblast 114800000 2023-06-01..2023-06-03 planned",
			},
		},
		{
			"what is not understood stays unknown, and is no guess", calendar, "Район|Дата\nАккольский район|по согласованию\nБурабайский район|31 февраля\nЗерендинский район|ежеквартально",
			[]string{"oblast 113200000 planned", "oblast 117000000 planned", "oblast 115600000 planned"},
		},
		{
			"a row without any time is refused", calendar, "Район|Дата|Место\nАккольский район|15 мая|ДК\nБурабайский район|—|ДК", []string{"oblast 113200000 2023-05-15 planned"},
		},
		{
			"levels by the column of who", "График встреч акимов с населением на 2023 год", "Кто проводит|Район|Дата\nАким Бурабайского района|Бурабайский район|15 мая\nАким сельского округа|Бурабайский район|16 мая\nАким Акмолинской области|Бурабайский район|17 мая",
			[]string{"district 117000000 2023-05-15 planned", "rural 117000000 2023-05-16 planned", "oblast 117000000 2023-05-17 planned"},
		},
		{
			"sections of levels and districts", "График встреч акимов Акмолинской области с населением на 2023 год",
			"№|Населенный пункт|Дата\nАкимы районов||\n1|с. Зеренда|15 мая\nБурабайский район||\nАкимы сельских округов||\n2|с. Обалы|16 мая\nАккольский район||\n3|с. Кына|17 мая",
			[]string{"district 110000000 2023-05-15 planned", "rural 110000000 2023-05-16 planned", "rural 113200000 2023-05-17 planned"},
		},
		{
			"places below quarters", calendar, "Месяц|I квартал|II квартал\nВстречи|Аккольский район|Бурабайский район\\nЗерендинский район\nИтого|1|2",
			[]string{
				"oblast 113200000 2023-01-01..2023-03-31 planned", "oblast 117000000 2023-04-01..2023-06-30 planned", "oblast 115600000 2023-04-01..2023-06-30 planned",
			},
		},
		{
			"statuses by what the paper says", results,
			"Район|Дата|Участников|Статус\nАккольский район|15.02.2023|10|проведена\nБурабайский район|16.02.2023||не состоялась\nЗерендинский район|17.02.2023||перенесена\nг. Кокшетау|18.02.2023||отменена",
			[]string{
				"oblast 113200000 held 2023-02-15", "oblast 117000000 2023-02-16 missed", "oblast 115600000 2023-02-17 moved", "oblast 111000000 2023-02-18 cancelled",
			},
		},
		{
			"the heading once more on a new page, and a table that goes on", calendar,
			"№|Район|Дата\n1|Аккольский район|15 мая\n№|Район|Дата\n2|Бурабайский район|16 мая\nпродолжение\n3|Зерендинский район|17 мая",
			[]string{"oblast 113200000 2023-05-15 planned", "oblast 117000000 2023-05-16 planned", "oblast 115600000 2023-05-17 planned"},
		},
		{
			"Kazakh", "Ақмола облысы әкімінің халықпен кездесу кестесі, 2023 жыл", "Аудан|Күні|Сағаты\nБурабай ауданы|15 мамыр|11.00\nКөкшетау қаласы|II тоқсан|",
			[]string{"oblast 117000000 2023-05-15 11:00 planned", "oblast 111000000 2023-04-01..2023-06-30 planned"},
		},
		{
			"when and where in one cell", calendar, "Район|Дата, время и место проведения\nАккольский район|15 мая в 11:00, Дом культуры\nБурабайский район|16.05.2023 школа № 4",
			[]string{"oblast 113200000 2023-05-15 11:00 planned", "oblast 117000000 2023-05-16 planned"},
		},
		{
			"the title below who approved it", "", "Утвержден распоряжением акима Бурабайского района\nГРАФИК\nвстреч акимов сельских округов Бурабайского района с населением на 2023 год\nСельский округ|Дата\nУрумкайский|15 мая",
			[]string{"rural 117000000 2023-05-15 planned"},
		},
		{
			"a district of another region is none", calendar, "Район|Дата\nШетский район|15 мая", []string{"oblast 110000000 2023-05-15 planned"},
		},
		{
			"a plan is no calendar", "План мероприятий по решению вопросов, поднятых на встречах акима Акмолинской области с населением за 2022 год",
			"Район|Вопрос|Мероприятие|Дата\nАккольский район|Нет воды|Провести|15.02.2023", nil,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			res := r.Read(publication(c.title, paper(c.text)))
			var got []string
			for _, m := range res.Rows {
				got = append(got, short(m))
			}
			if diff := gocmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s\n%v %v", diff, res.Findings, res.Rejects)
			}
			if res.Paper.Meetings != len(res.Rows) {
				t.Errorf("%d meetings, %d rows", res.Paper.Meetings, len(res.Rows))
			}
		})
	}
}

func TestWhatIsOddIsSaid(t *testing.T) {
	r := newReader(t)
	for _, c := range []struct {
		name, title, text, want string
		whole                   bool
	}{
		{"nothing", results, "Район|Дата|Участников\nАккольский район|15.02.2023|10", "", true},
		{"a day", calendar, "Район|Дата\nАккольский район|когда скажут", "unknown_day когда скажут", false},
		{"a count", results, "Район|Дата|Участников\nАккольский район|15.02.2023|10 из 12", "unknown_count 10 из 12", true},
		{"counts of meetings", results, "Район|Проведено встреч|Участников\nАккольский район|5|10", "counts_only table 1", false},
		{"a row without a day", results, "Район|Дата|Участников\nАккольский район|15.02.2023|10\nБурабайский район||", "no_day Бурабайский район |  | ", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			res := r.Read(publication(c.title, paper(c.text)))
			var got []string
			for _, f := range res.Findings {
				got = append(got, fmt.Sprintf("%s %s", f.Kind, f.Subject))
			}
			for _, x := range res.Rejects {
				got = append(got, fmt.Sprintf("%s %s", x.Reason, x.Raw))
			}
			if said := strings.Join(got, ", "); said != c.want || res.Paper.Whole != c.whole {
				t.Errorf("got %q whole %v, want %q", said, res.Paper.Whole, c.want)
			}
		})
	}
}

func TestCounts(t *testing.T) {
	r := newReader(t)
	text := "Район|Дата|Количество участников|Всего вопросов|Решено|Не решено|Меры\n" +
		"Аккольский район|15.02.2023|1 250 чел.|14|9|5|Звонить 8 701 123 45 67"
	res := r.Read(publication(results, paper(text)))
	if len(res.Rows) != 1 {
		t.Fatalf("%d rows, %v", len(res.Rows), res.Findings)
	}
	m := res.Rows[0]
	want := [3]meeting.Count{{N: 1250, Stated: true}, {N: 14, Stated: true}, {N: 9, Stated: true}}
	if got := [3]meeting.Count{m.Participants, m.Raised, m.Resolved}; got != want {
		t.Errorf("%v, want %v", got, want)
	}
	if strings.Contains(m.Measure, "701") {
		t.Errorf("a telephone is not masked: %s", m.Measure)
	}
	if m.Table != 1 || m.Line != 2 || m.File != "paper.html" {
		t.Errorf("its birthplace is %s, table %d, row %d", m.File, m.Table, m.Line)
	}
}

func TestNotices(t *testing.T) {
	r := newReader(t)
	for _, c := range []struct{ name, title, text, want string }{
		{
			"fields", "Анонс встречи акима Шетского района с населением", "Дата: 15 февраля 2023 года\nВремя: 11:00\nМесто: с. Аксу-Аюлы, Дом культуры",
			"district 356400000 2023-02-15 11:00 planned",
		},
		{
			"a sentence", "Объявление", "22.03.2024 года в 16.00 часов состоится встреча акима города Темиртау Карагандинской области с жителями.",
			"district 352400000 2024-03-22 16:00 planned",
		},
		{
			"two days are none", "Объявление о встрече акима Шетского района с населением", "15 февраля 2023 года утвержден график. 20 февраля 2023 года ждем всех.", "",
		},
		{
			"no day", "Объявление о встрече акима Шетского района с населением", "О дне сообщим дополнительно.", "",
		},
		{
			"results in fields", "Итоги встречи акима Шетского района с населением", "Дата проведения: 15.02.2023\nКоличество участников: 120\nПоднято вопросов: 9", "district 356400000 held 2023-02-15",
		},
		{
			"a small table of fields", "Объявление о встрече акима Шетского района с населением", "Дата|15.02.2023\nВремя|11:00\nМесто|Клуб", "district 356400000 2023-02-15 11:00 planned",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			res := r.Read(publication(c.title, paper(c.text)))
			got := ""
			if len(res.Rows) > 0 {
				got = short(res.Rows[0])
			}
			if got != c.want || len(res.Rows) > 1 {
				t.Errorf("got %d: %q, want %q: %+v %v", len(res.Rows), got, c.want, res.Paper.Judgement, res.Findings)
			}
			if p := res.Paper; c.want != "" && p.Sort == meeting.Announcement && p.PeriodFrom != res.Rows[0].PlannedOn {
				t.Errorf("the announcement is of %v", p.PeriodFrom)
			}
		})
	}
}

// TestTheSameTwice checks that a paper in two formats counts once.
func TestTheSameTwice(t *testing.T) {
	r := newReader(t)
	text := "Район|Дата\nАккольский район|15 мая\nБурабайский район|16 мая"
	res := r.Read(publication(calendar, paper(text), paper(text)))
	if len(res.Rows) != 2 {
		t.Errorf("%d rows", len(res.Rows))
	}
	other := r.Read(publication(calendar, paper(text), paper("Район|Дата\nЗерендинский район|17 мая")))
	if len(other.Rows) != 3 {
		t.Errorf("%d rows of two tables", len(other.Rows))
	}
}

func TestYearOfTheDays(t *testing.T) {
	r := newReader(t)
	res := r.Read(publication("График встреч акима Акмолинской области с населением", paper("Район|Дата\nАккольский район|15.05.2024\nБурабайский район|16.06.2024")))
	if p := res.Paper; p.PeriodFrom != qulaq.Date(2024, 1, 1) || p.PeriodTo != qulaq.Date(2024, 12, 31) {
		t.Errorf("%v to %v", p.PeriodFrom, p.PeriodTo)
	}
}

func TestCountsInSentences(t *testing.T) {
	r := newReader(t)
	for _, c := range []struct{ text, want string }{
		{"15 марта 2024 года состоялась встреча акима с населением. Приняли участие 1 120 человек, поднято 14 вопросов, из них 5 решены на месте.", "1120 14 5"},
		{"15.03.2024 жылы әкімнің халықпен кездесуі өтті. Кездесуге 85 адам қатысты, 9 мәселе көтерілді.", "85 9 ?"},
		{"15 марта 2024 года прошла встреча акима с населением, в ней участвовали жители. Поднято 14 вопросов, всего за год поднято 30 вопросов.", "? ? ?"},
	} {
		res := r.Read(publication("Итоги встречи акима Шетского района с населением", paper(c.text)))
		if len(res.Rows) != 1 {
			t.Errorf("%s: %d rows", c.text, len(res.Rows))
			continue
		}
		m := res.Rows[0]
		if got := fmt.Sprint(cmp.Or(number(m.Participants), "?"), " ", cmp.Or(number(m.Raised), "?"), " ", cmp.Or(number(m.Resolved), "?")); got != c.want {
			t.Errorf("%s: %s, want %s", c.text, got, c.want)
		}
	}
}
