package plan_test

import (
	"strings"
	"testing"

	"github.com/qulaq-kz/qulaq/transform/plan"
)

const cardTitle = "План мероприятий по вопросам, поднятым на встречах акима Каркаралинского района Карагандинской области с населением за 1 полугодие 2025 года\n"

// TestCards reads plans that are no tables of items.
func TestCards(t *testing.T) {
	r := newReader(t)
	const both = "1: Нет света: Установить 12 опор: 2025-09-01; 2: Нужен водопровод: Построить сети: 2026-12-31"
	for name, c := range map[string]struct{ text, want string }{
		"a field a paragraph": {
			"Вопрос 1: Нет света\nМероприятие: Установить 12 опор\nСрок: до 1 сентября 2025 года\n" +
				"Вопрос 2: Нужен водопровод\nМероприятие: Построить сети\nСрок: до 31.12.2026", both,
		},
		"an item a paragraph": {
			"1. Вопрос: Нет света Принимаемые меры: Установить 12 опор Срок исполнения: до 1 сентября 2025 года\n" +
				"2. Вопрос: Нужен водопровод. Принимаемые меры: Построить сети. Срок исполнения: до 31.12.2026", both,
		},
		"names and values in turn": {
			"1. Нет света\nМероприятие\nУстановить 12 опор\nСрок\nдо 1 сентября 2025 года\n" +
				"2. Нужен водопровод\nМероприятие\nПостроить сети\nСрок\nдо 31.12.2026", both,
		},
		"a table an item": {
			"№ п/п|1\nВопрос|Нет света\nМероприятие|Установить 12 опор\nСрок|до 1 сентября 2025 года\n\n" +
				"№ п/п|2\nВопрос|Нужен водопровод\nМероприятие|Построить сети\nСрок|до 31.12.2026", both,
		},
		"dashes": {
			"Вопрос 1 – Нет света\nМероприятие – Установить 12 опор\nСрок – до 1 сентября 2025 года\n" +
				"Вопрос 2 – Нужен водопровод\nМероприятие – Построить сети. Срок – до 31.12.2026", both,
		},
		"an item a column": {
			"№ п/п|1|2\nВопрос|Нет света|Нужен водопровод\nМероприятие|Установить 12 опор|Построить сети\nСрок|до 1 сентября 2025 года|до 31.12.2026", both,
		},
		"lists in cells": {
			"Село|Вопросы|Меры|Срок|Ответственный\n" +
				`Бакты|1. Нет света\n2. Нужен водопровод|1. Установить\n12 опор\n2. Построить сети|1. до 1 сентября 2025 года\n2. до 31.12.2026|Отдел ЖКХ`, both,
		},
		"lists that do not answer one another": {
			"Село|Вопросы|Меры|Срок|Ответственный\n" + `Бакты|1. Нет света\n2. Нет воды|Построить сети|2025 год|Отдел ЖКХ`,
			": 1. Нет света 2. Нет воды: Построить сети: 2025-12-31",
		},
		"a title in two lines, and the name of a part above the first field": {
			"План мероприятий\nпо вопросам жителей\n1. Каракиянский район\nВопрос: Нет света\nМероприятие: Установить опоры\nСрок: 2025 год",
			": Нет света: Установить опоры: 2025-12-31",
		},
		"a measure more": {
			"Мәселе: Жарық жоқ\nІс-шара: Тірек орнату\nМерзімі: 2025 жыл\nІс-шара: Шам ілу\nМерзімі: 2026 жыл",
			": Жарық жоқ: Тірек орнату: 2025-12-31; : Жарық жоқ: Шам ілу: 2026-12-31",
		},
		"words that no field names": {"Решили: провести работу.\nСлушали: жителей.\nСрок: скоро", ""},
	} {
		got := r.Read(publication(document(cardTitle + c.text)))
		var items []string
		for _, it := range got.Items {
			items = append(items, strings.Join([]string{it.No, it.Issue, it.Measure, it.DeadlineTo.String()}, ": "))
		}
		if all := strings.Join(items, "; "); all != c.want || got.Plan.Kind != plan.IsPlan || got.Plan.District != "354800000" {
			t.Errorf("%s: %s of %s: %s, want %s", name, got.Plan.Kind, got.Plan.District, all, c.want)
		}
	}
}

// TestMinutesAndLetters tells papers that speak of a plan from those that hold one.
func TestMinutesAndLetters(t *testing.T) {
	r := newReader(t)
	const items = "\n№|Вопрос|Мероприятие|Срок|Ответственный\n1|Нет света|Установить опоры|2025 год|Отдел ЖКХ"
	long := strings.Repeat("Выступил житель села.\nАким дал пояснения.\n", 60)
	for name, c := range map[string]struct {
		text string
		want plan.Kind
		from string
	}{
		"minutes with a plan as annex":      {"ПРОТОКОЛ\nвстречи акима Шетского района с населением\n14 февраля 2025 года\n" + long + "Приложение\nПлан мероприятий по поднятым вопросам" + items, plan.IsPlan, "2025-01-01"},
		"an annex to minutes":               {"Приложение к протоколу встречи акима Павлодарской области с населением от 20 сентября 2024 года\nПЕРЕЧЕНЬ\nпоручений и мероприятий" + items, plan.IsPlan, "2024-07-01"},
		"Kazakh minutes":                    {"Ақсу ауданы әкімінің тұрғындармен кездесуінің\nХАТТАМАСЫ\n2024 жылғы 20 наурыз\nҚатысқандар: 90 адам\nХаттамаға қосымша\nМәселелерді шешу жөніндегі іс-шаралар жоспары" + items, plan.IsPlan, "2024-01-01"},
		"minutes without a plan":            {"ПРОТОКОЛ\nвстречи акима Шетского района с населением\n14 февраля 2025 года\n" + long, plan.Lookalike, "2025-01-01"},
		"a letter in lines":                 {"В соответствии с Указом сообщаем, что План\nмероприятий по вопросам, поднятым на встречах акима района с населением в 2023 году, размещён\nна сайте.", plan.Lookalike, "2023-01-01"},
		"a Kazakh letter":                   {"Әкімнің халықпен кездесулерінде көтерілген мәселелерді шешу жөніндегі\nіс-шаралар жоспарын жолдаймыз.", plan.Lookalike, "1970-01-01"},
		"a letter with the plan behind it":  {"Направляем План мероприятий по вопросам населения.\nПриложение\nПлан мероприятий по вопросам, поднятым на встречах акима района с населением за 2024 год" + items, plan.IsPlan, "2024-01-01"},
		"a letter that asks for the money":  {"Уважаемый аким!\nВ рамках Плана мероприятий по вопросам, поднятым на встречах акима района с населением, просим средства.\n№|Объект|Сумма\n1|Школа|10", plan.Lookalike, "1970-01-01"},
		"an agenda of a meeting of offices": {"О ходе исполнения плана мероприятий по итогам встреч акима области с населением\n№|Вопрос повестки|Докладчик\n1|О ремонте дорог|Управление дорог", plan.Lookalike, "1970-01-01"},
	} {
		got := r.Read(publication(document(c.text))).Plan
		if got.Kind != c.want || got.Kind == plan.IsPlan && got.Items != 1 || got.PeriodFrom.String() != c.from {
			t.Errorf("%s: %s of %v with %d items, want %s of %s: %q %q", name, got.Kind, got.PeriodFrom, got.Items, c.want, c.from, got.Title, got.Why)
		}
	}
}
