package plan

import (
	"strings"
	"testing"

	"github.com/qulaq-kz/qulaq/transform/table"
)

func TestSpelling(t *testing.T) {
	r := newTestReader(t)
	for heading, want := range map[string]string{
		"Исчтоник финансирования":              "source",
		"Меропритяия по решению":               "measure",
		"Ответсвенные исполнители":             "responsible",
		"Жауап-ты мемле-кеттік органдар":       "responsible",
		"Мероприятия, направленные на решение": "measure",
		"Подписка": "",
		"Количество вопросов, направленных в ведомства": "other",
	} {
		if got := r.Heading(heading); got != want {
			t.Errorf("%q is %q, want %q", heading, got, want)
		}
	}
}

func TestCyrillic(t *testing.T) {
	for text, want := range map[string]string{
		"plan_meropriyatiy_vstrechi_akima_VKO_1_polugodie_2023.pdf": "план мероприятий встречи акима вко 1 полугодие 2023.пдф",
		"Is-sharalar zhospary 2024":                                 "ис-шаралар жоспары 2024",
		"план_мероприятий":                                          "план_мероприятий",
		"plan.pdf":                                                  "plan.pdf",
		"":                                                          "",
	} {
		if got := cyrillic(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	j := newTestReader(t).Judge("plan_meropriyatiy_vstrechi_akima_VKO_s_naseleniem_1_polugodie_2023.pdf", nil)
	if j.Kind != IsPlan || j.Region != "630000000" || j.PeriodTo.String() != "2023-06-30" {
		t.Errorf("a name of a file is %+v", j)
	}
}

// TestReread reads titles that recognition got wrong by a letter here and there.
func TestReread(t *testing.T) {
	r := newTestReader(t)
	d := &table.Document{Recognised: true, Format: table.PDF, Parts: []table.Part{
		{Text: "Е"},
		{Text: "Қызылорда облысы Шиелі ауданы эк1мінің 2025 жылдың 1-жартыжылдығында"},
		{Text: "тұрғындармен кездесулерінде котеріnген маселелерді шешу жөніндегі"},
		{Text: "ІС-ШАРАЛАР ЖОСПАРБІ"},
	}}
	j := r.Judge("", []*table.Document{d})
	if j.Kind != IsPlan || j.District != "435200000" || j.PeriodFrom.String() != "2025-01-01" || j.PeriodTo.String() != "2025-06-30" {
		t.Errorf("it is a %s of %s and %v-%v: %q", j.Kind, j.District, j.PeriodFrom, j.PeriodTo, j.Title)
	}
	for line, want := range map[string]string{
		"жылдың аппаратына 1-жартыжылдық 2023ж.": "жылдың аппаратына 1-жартыжылдық 2023ж.",
		"мер0приятий встречах":                   "мероприятий встречах",
		"жителей города Экибастуза":              "жителей города Экибастуза",
		"эдістемелік жүйесі":                     "әдістемелік жүйесі",
	} {
		if got := r.reread(line); got != want {
			t.Errorf("%q is reread as %q, want %q", line, got, want)
		}
	}
	for text, want := range map[string]string{
		"во И полугодии 2023":      "во II полугодии 2023",
		"Т кв. 2024":               "I кв. 2024",
		"Ш-ІУ кварталы 2023 г.":    "Ш-IV кварталы 2023 г.",
		"З кв. 2023 г.":            "3 кв. 2023 г.",
		"И тоқсан":                 "II тоқсан",
		"МЕСЯЦ И КВАРТАЛ":          "МЕСЯЦ И КВАРТАЛ",
		"Тепло и полугодовой план": "Тепло и полугодовой план",
	} {
		if got := withNumerals(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	if got := r.rereadAll(strings.Fields("а на плана")); len(got) != 1 {
		t.Errorf("kept %q", got)
	}
}
