package plan_test

import (
	"testing"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/plan"
)

// TestDatedOn finds the day that a paper bears, and no other day.
func TestDatedOn(t *testing.T) {
	r := newReader(t)
	const head = "План мероприятий по вопросам, поднятым на встречах акима Шетского района с населением"
	const half = " за 2 полугодие 2022 года"
	for name, c := range map[string]struct{ text, want string }{
		"approved":                  {"УТВЕРЖДАЮ\nАким Шетского района\n________ А. Сейтов\n«12» января 2023 года\n" + head + half + items, "2023-01-12"},
		"approved, in Kazakh":       {"«БЕКІТЕМІН»\nШет ауданының әкімі\n2023 жылғы «12» қаңтар\n" + head + half + items, "2023-01-12"},
		"approved by an act":        {"Утвержден\nраспоряжением акима района\nот 12 января 2023 года № 18-р\n" + head + half + items, "2023-01-12"},
		"the year in another line":  {"Утверждаю\nАким Шетского района\n«12» января\n2023 года\n" + head + half + items, "2023-01-12"},
		"agreed and approved":       {"СОГЛАСОВАНО\nЗаместитель акима\n10 января 2023 года\nУТВЕРЖДАЮ\nАким района\n12 января 2023 года\n" + head + half + items, "2023-01-12"},
		"an annex to an act":        {"Приложение\nк распоряжению акима района\nот 12.01.2023 г. № 5\n" + head + half + items, "2023-01-12"},
		"a number in the title":     {"План мероприятий № 54 от 12.01.2023 г. по вопросам, поднятым на встречах акима Шетского района с населением" + half + items, "2023-01-12"},
		"approved, in the title":    {head + half + " (утверждён распоряжением акима от 12 января 2023 года № 7)" + items, "2023-01-12"},
		"a line that says it":       {"Дата составления: 12.01.2023\n" + head + half + items, "2023-01-12"},
		"signed":                    {head + half + items + "\nРуководитель аппарата ________ А. Сейтов\n12 января 2023 года", "2023-01-12"},
		"signed in the table":       {head + half + items + "|Руководитель аппарата|А. Сейтов|12.01.2023|\n", "2023-01-12"},
		"approved and signed":       {"Утверждаю\nАким района\n12.01.2023\n" + head + half + items + "\nИсполнитель А. Сейтов 09.01.2023", "2023-01-12"},
		"nothing":                   {head + half + items, ""},
		"left out":                  {"УТВЕРЖДАЮ\nАким района\n«___» ________ 2023 года\n" + head + half + items, ""},
		"two days":                  {"УТВЕРЖДАЮ\nАким района\n«12» января 2023 года «15» января 2023 года\n" + head + half + items, ""},
		"agreed alone":              {"Согласовано\nЗаместитель акима\n10 января 2023 года\n" + head + half + items, ""},
		"minutes":                   {"Приложение к протоколу\nвстречи акима от 12 октября 2022 года\n" + head + half + items, ""},
		"the day of the meeting":    {"План мероприятий по вопросам, поднятым на встрече акима Шетского района с населением от 12.10.2022" + items, ""},
		"a decree":                  {"Во исполнение Указа от 3 марта 2022 года № 826\n" + head + half + items, ""},
		"how it stood":              {head + half + items + "\nпо состоянию на 01.02.2023", ""},
		"a sentence below":          {head + half + items + "\nВсе вопросы взяты на контроль аппаратом акима района, и следующая встреча с жителями района пройдёт 12.02.2023 в доме культуры", ""},
		"before the meetings":       {"Утверждаю\nАким района\n12.01.2021\n" + head + half + items, ""},
		"long after the meetings":   {"Утверждаю\nАким района\n12.01.2026\n" + head + half + items, ""},
		"without a period":          {"Утверждаю\nАким района\n12.01.2023\n" + head + items, "2023-01-12"},
		"a lookalike":               {"Утверждаю\nАким района\n12.01.2023\nПлан мероприятий по противодействию коррупции" + items, ""},
		"a day that does not exist": {"Утверждаю\nАким района\n31.02.2023\n" + head + half + items, ""},
	} {
		p := r.Read(publication(document(c.text))).Plan
		got := ""
		if p.DatedOn != 0 {
			got = p.DatedOn.String()
		}
		if got != c.want {
			t.Errorf("%s: dated %q, want %q (%s: %q)", name, got, c.want, p.Kind, p.Title)
		}
		if p.PublishedOn != p.DatedOn {
			t.Errorf("%s: published on %v", name, p.PublishedOn)
		}
	}
	pub := publication(document("Утверждаю\nАким района\n12.01.2023\n" + head + half + items))
	pub.PublishedOn = qulaq.Date(2023, 1, 20)
	if p := r.Read(pub).Plan; p.PublishedOn != pub.PublishedOn || p.DatedOn != qulaq.Date(2023, 1, 12) {
		t.Errorf("with a stamp it is published on %v, dated %v", p.PublishedOn, p.DatedOn)
	}
}

// TestWhereElse finds period and akimat that the title does not say.
func TestWhereElse(t *testing.T) {
	r := newReader(t)
	const head = "План мероприятий по вопросам, поднятым на встречах акима Шетского района с населением"
	const regional = "План мероприятий по вопросам, поднятым на встречах акима области с населением за 2022 год"
	const met = "\n№|Дата встречи|Вопрос|Мероприятие|Срок\n"
	const sections = "\n№|Вопрос|Мероприятие|Срок\n"
	for name, c := range map[string]struct{ file, text, want string }{
		"meetings in a column":           {"", head + met + "1|14.09.2023|Яма|Засыпать|2024 г.\n2|20.10.2023|Вода|Провести|2024 г.", "356400000 2023-07-01 2023-12-31"},
		"meetings of a year":             {"", head + met + "1|14.02.2023|Яма|Засыпать|2024 г.\n2|20.10.2023|Вода|Провести|2024 г.", "356400000 2023-01-01 2023-12-31"},
		"meetings of two years":          {"", head + met + "1|14.02.2022|Яма|Засыпать|2024 г.\n2|20.10.2023|Вода|Провести|2024 г.", "356400000"},
		"meetings in sections":           {"", head + sections + "Встреча 14.09.2023 в с. Аксу|<|<|<\n1|Яма|Засыпать|2024 г.\n2|Вода|Провести|2024 г.", "356400000 2023-07-01 2023-12-31"},
		"meetings below":                 {"", head + items + "\nВстречи проведены в октябре-декабре 2023 года", "356400000 2023-10-01 2023-12-31"},
		"a decree on meetings is none":   {"", "Во исполнение Указа от 3 марта 2022 года № 826 «О проведении встреч акимов с населением»\n" + head + items, "356400000"},
		"the year in a line":             {"", head + " во втором полугодии\n2022 год" + items, "356400000 2022-07-01 2022-12-31"},
		"the year by the approval":       {"", "Утверждаю\nАким района\n12 января 2023 года\n" + head + " во втором полугодии" + items, "356400000 2022-07-01 2022-12-31"},
		"the half-year of the approval":  {"", "Утверждаю\nАким района\n12 июля 2023 года\n" + head + " в 1 полугодии" + items, "356400000 2023-01-01 2023-06-30"},
		"the name of the file":           {"план_встречи_акима_2_полугодие_2022.docx", head + items, "356400000 2022-07-01 2022-12-31"},
		"a year in it says nothing":      {"план_2022.docx", head + items, "356400000"},
		"the akimat in it":               {"plan_vstrechi_akima_VKO_1_polugodie_2023.docx", "План мероприятий по вопросам, поднятым на встречах акима с населением" + items, "630000000 2023-01-01 2023-06-30"},
		"the paper goes before its name": {"встреча_акима_ВКО_1_полугодие_2023.docx", head + " за 2 полугодие 2022 года" + items, "356400000 2022-07-01 2022-12-31"},
		"minutes with place and day":     {"", "ПРОТОКОЛ\nвстречи акима Шетского района с населением\nс. Аксу-Аюлы     21 февраля 2023 года\nПриложение к протоколу\nПлан мероприятий" + items, "356400000 2023-01-01 2023-06-30"},
		"the approval in two lines":      {"", "Утверждаю\nЗаместитель акима\nАтырауской области\n" + regional + items, "230000000 2022-01-01 2022-12-31"},
		"the place in a line":            {"", "Балқаш ауданы\nАлматы облысы\nАудан әкімінің 2022 жылы халықпен кездесулерінде көтерілген мәселелерді шешу жөніндегі іс-шаралар жоспары" + items, "193600000 2022-01-01 2022-12-31"},
		"a place of another sort":        {"", "г. Костанай\n" + regional + items, " 2022-01-01 2022-12-31"},
		"districts of one region":        {"", regional + sections + "Камыстинский район|<|<|<\n1|Яма|Засыпать|2024 г.\nДенисовский район|<|<|<\n2|Вода|Провести|2024 г.", "390000000 2022-01-01 2022-12-31"},
		"a single district":              {"", regional + sections + "Камыстинский район|<|<|<\n1|Яма|Засыпать|2024 г.\n2|Вода|Провести|2024 г.", " 2022-01-01 2022-12-31"},
		"districts of two regions":       {"", regional + sections + "Камыстинский район|<|<|<\n1|Яма|Засыпать|2024 г.\nШетский район|<|<|<\n2|Вода|Провести|2024 г.", " 2022-01-01 2022-12-31"},
	} {
		d := document(c.text)
		if c.file != "" {
			d.Name = c.file
		}
		p := r.Read(plan.Publication{Files: publication(d).Files}).Plan
		got := p.District
		if got == "" {
			got = p.Region
		}
		if p.PeriodFrom != 0 {
			got += " " + p.PeriodFrom.String() + " " + p.PeriodTo.String()
		}
		if p.Kind != plan.IsPlan || got != c.want {
			t.Errorf("%s: a %s of %q, want %q", name, p.Kind, got, c.want)
		}
	}
}
