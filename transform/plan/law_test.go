package plan_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestOrderOfColumns: whatever the order of the columns, the items are the same.
func TestOrderOfColumns(t *testing.T) {
	r := newReader(t)
	rows := [][]string{
		{"№ п/п", "Проблемный вопрос", "Пути решения", "Форма завершения", "Срок исполнения", "Ответственные", "Сумма, тыс. тенге", "Источник", "Статус", "Район"},
		{"1.", "Нет света", "Купить опоры", "Акт", "до 1 мая 2023 года", "Управление энергетики", "1 200,5", "МБ", "Исполнено", "Бурабайский район"},
		{"2.", "Нет воды", "Провести воду", "—", "2 квартал 2023 г.", "Акимат", "не требуется", "", "В работе", "г. Кокшетау"},
	}
	read := func(order []int) string {
		var b strings.Builder
		b.WriteString(title)
		for _, row := range rows {
			cells := make([]string, len(order))
			for i, from := range order {
				cells[i] = row[from]
			}
			b.WriteString("\n" + strings.Join(cells, "|"))
		}
		var items []string
		for _, it := range r.Read(publication(document(strings.ReplaceAll(b.String(), "\n\n", "\n")))).Items {
			items = append(items, show(it))
		}
		return strings.Join(items, "\n")
	}
	order := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}
	want := read(order)
	if strings.Count(want, "\n") != 1 {
		t.Fatalf("the items are\n%s", want)
	}
	rapid.Check(t, func(t *rapid.T) {
		shuffled := rapid.Permutation(slices.Clone(order)).Draw(t, "order")
		if got := read(shuffled); got != want {
			t.Fatalf("in the order %v the items are\n%s\nand not\n%s", shuffled, got, want)
		}
	})
}
