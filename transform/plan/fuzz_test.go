package plan_test

import (
	"testing"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq/transform/plan"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// hostile bends where merged cells begin: readers promise that it lies inside the grid, nothing here may rely on it.
func hostile(d *table.Document, bends []byte) {
	at := 0
	next := func() int {
		if len(bends) == 0 {
			return 0
		}
		at++
		return int(int8(bends[at%len(bends)]))
	}
	for _, p := range d.Parts {
		if p.Grid == nil {
			continue
		}
		for i := range p.Grid.Rows {
			row := &p.Grid.Rows[i]
			for c := range row.Cells {
				row.Cells[c].Top += next()
				row.Cells[c].Left += next()
			}
			if n := next(); n < 0 {
				row.Cells = row.Cells[:len(row.Cells)*3/4]
			}
		}
		p.Grid.Width += next()
	}
}

func FuzzRead(f *testing.F) {
	f.Add("", title+"№|Вопрос|Мероприятие|Срок\n1|Нет света|Купить|2023 г.", []byte(nil))
	f.Add("План", russian, []byte{1, 0, 0})
	f.Add("Жоспар", kazakh, []byte{0, 255, 0, 1, 200})
	f.Add("График встреч акима", "a|b|c\n1|2|3\n\nВопрос|<\nx|^", []byte{0})
	f.Add("\xff", "№|Вопрос|Меры|Сумма|<\n^|^|^|РБ|МБ\nI|Дороги|<|<|<\n1|a|b|1|2\n||c||\nИтого||||3", []byte{0, 0, 0, 0, 7})
	f.Add("", "УТВЕРЖДАЮ\nАким района\n«12» января\n2023 года\nП Л А Н\nмероприятий по вопросам встреч акима\n№|Дата встречи|Вопрос|Меры|Срок\n1|12.10.2022|a|b|1) май; 2) июнь\n||А. Сейтов|12.01.2023|", []byte(nil))
	f.Add("", "План\nпо вопросам жителей, поднятым на встречах акима области\n1. Камыстинский район\nВопрос: a\nМеры: b\nСрок: 2 квартал", []byte{0, 1})
	r := newReader(f)
	f.Fuzz(func(t *testing.T, entry, text string, bends []byte) {
		if len(text) > 4000 {
			return
		}
		for _, c := range text { // the helper's own notation
			if c == '<' || c == '^' {
				return
			}
		}
		d := document(text)
		hostile(d, bends)
		got := r.Read(plan.Publication{Title: entry, Files: []plan.File{{Name: "x", Documents: []*table.Document{d, d}}}})
		again := r.Read(plan.Publication{Title: entry, Files: []plan.File{{Name: "x", Documents: []*table.Document{d, d}}}})
		if len(got.Items) != len(again.Items) || len(got.Findings) != len(again.Findings) {
			t.Error("read twice, two answers")
		}
		if got.Plan.Items != len(got.Items) || got.Plan.Kind != plan.IsPlan && len(got.Items) > 0 {
			t.Errorf("%+v with %d items", got.Plan, len(got.Items))
		}
		if p := got.Plan; p.PeriodFrom > p.PeriodTo || p.DatedOn != 0 && (p.DatedOn < p.PeriodFrom || p.Kind != plan.IsPlan) || p.PublishedOn != p.DatedOn {
			t.Errorf("of %v to %v, dated %v, published on %v", p.PeriodFrom, p.PeriodTo, p.DatedOn, p.PublishedOn)
		}
		for _, it := range got.Items {
			if it.Issue == "" && it.Measure == "" {
				t.Errorf("an item of nothing: %+v", it)
			}
			if it.DeadlineFrom != 0 && it.DeadlineTo != 0 && it.DeadlineFrom > it.DeadlineTo {
				t.Errorf("a deadline runs backwards: %+v", it)
			}
			if it.Cost.Stated && it.Cost.Tenge < 0 {
				t.Errorf("a negative cost: %+v", it)
			}
			if it.District != "" && it.Region != "" && it.District[:2] != it.Region[:2] {
				t.Errorf("a district of another region: %+v", it)
			}
			if utf8.ValidString(text) && !utf8.ValidString(it.Issue+it.Measure) {
				t.Errorf("a character was cut: %q", it.Issue)
			}
		}
		r.Candidate(entry)
	})
}

func BenchmarkRead(b *testing.B) {
	r := newReader(b)
	text := title + "№|Вопрос|Мероприятие|Срок|Ответственный|Сумма, млн тенге\n"
	for range 200 {
		text += "1|В селе Кенесары нет света и дорог|Купить опоры для сельского округа и заменить провода|до 01.02.2023|Управление энергетики|1,5\n"
	}
	d := document(text)
	for b.Loop() {
		if got := r.Read(publication(d)); len(got.Items) != 200 {
			b.Fatal(len(got.Items))
		}
	}
}
