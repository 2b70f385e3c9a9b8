//go:build linux

package main

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/govsim"
)

// nights is how many nights a life has.
const nights = 6

// slugs are the akimats of this small world, as the source list calls them.
var slugs = []string{"abay", "astana", "pavlodar"}

// moment is when a night's programs run. They have a clock that stands.
func moment(night int) time.Time {
	return time.Date(2023, time.January, 20+9*night, 3, 0, 0, 0, qulaq.Almaty())
}

// exports are the complaints of a night: a hundred new ones, and newer states of half of those of the night before, some
// of which have moved to another month. Each night has rows that cannot be read, and rows that come twice.
func exports(inbox string, night int) error {
	r := rand.New(rand.NewPCG(1, uint64(night)))
	header := []string{"appeal_id", "current_working_state", "category", "region", "raion", "org_name", "created_date", "deadline", "finish_dt"}
	rows := [][]string{header}
	states := []string{"В работе", "Завершено", "Завершено с просрочкой", "В работе с просрочкой"}
	places := []string{"г.Алматы", "г. Астана", "область Абай", "Мангистауская область", "Атлантида"}
	for id := max(0, 100*night-50); id < 100*night+100; id++ {
		month := 9 + id%4
		if id%17 == 0 { // moved since the last export
			month = 9 + (id+night)%4
		}
		day := fmt.Sprintf("2022-%02d-%02d", month, id%28+1)
		state := states[(id+night)%len(states)]
		row := []string{fmt.Sprint(id), state, "ЖИЛИЩНО-КОММУНАЛЬНОЕ ХОЗЯЙСТВО", places[id%len(places)], "", "Акимат", day + " 10:00:00", day + " 23:59:59", ""}
		switch {
		case id%67 == 0:
			row[0] = "" // a reject
		case id%71 == 0:
			row[6] = "2022-02-31 10:00:00" // another
		case id%29 == 0:
			rows = append(rows, row)
		}
		rows = append(rows, row)
	}
	r.Shuffle(len(rows)-1, func(i, j int) { rows[i+1], rows[j+1] = rows[j+1], rows[i+1] })
	path := filepath.Join(inbox, fmt.Sprintf("eotinish_%s.csv", moment(night).Format(time.DateOnly)))
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	err = csv.NewWriter(f).WriteAll(rows)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	old := time.Now().Add(-time.Hour) // nobody waits for it to settle
	return os.Chtimes(path, old, old)
}

// reports are the official words of a night.
func reports(folder string, night int) error {
	if night%2 == 1 {
		return nil
	}
	text := fmt.Sprintf("Отчёт об итогах встреч акимов с населением\n\nЗа 2 полугодие 2022 года акимами области Абай проведено %d встреч, в которых приняли участие %d тыс. человек. "+
		"Поднято %d вопросов, из них решено %d.\n", 100+night, 10+night, 200+10*night, 150+5*night)
	path := filepath.Join(folder, fmt.Sprintf("report_%s.txt", moment(night).Format(time.DateOnly)))
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		return err
	}
	old := moment(night).Add(-time.Hour)
	return os.Chtimes(path, old, old)
}

// plan is an action plan with so many items.
func plan(title string, items int) string {
	text := "<p><b>" + title + "</b></p><table border=\"1\"><tr><th>№</th><th>Проблемный вопрос</th><th>Мероприятие</th><th>Срок исполнения</th><th>Ответственные исполнители</th></tr>"
	for i := range items {
		text += fmt.Sprintf("<tr><td>%d</td><td>Разбитая дорога к селу № %d</td><td>Ремонт дороги, %d км</td><td>до %d марта 2023 года</td><td>Управление автомобильных дорог</td></tr>", i+1, i+1, i+2, i%28+1)
	}
	return text + "</table>"
}

// site is what the akimats show on a night.
func site(night int) *govsim.World {
	w := govsim.New()
	for n := range night + 1 {
		at := moment(n).Add(-10 * time.Hour).UTC()
		w.Add("abay", "ru", govsim.Entry{ID: 2000 + n, Title: fmt.Sprintf("О бюджете, постановление № %d", n), Created: at, Content: "<p>Постановление.</p>"})
		w.Add("astana", "kk", govsim.Entry{ID: 3000 + n, Title: fmt.Sprintf("Бюджет туралы № %d қаулы", n), Created: at, Content: "<p>Қаулы.</p>"})
	}
	const title = "План мероприятий по решению проблемных вопросов, поднятых на встречах акима с населением за 2 полугодие 2022 года"
	for _, p := range []struct {
		slug, title string
		id, items   int
		from, until int // nights
	}{
		{"abay", title + " (область Абай)", 100, 5, 0, nights},
		{"astana", title + " (город Астана)", 101, 4, 1, 2}, // taken back, and replaced
		{"astana", title + " (город Астана), с изменениями", 102, 6, 3, nights},
		{"pavlodar", title + " (Павлодарская область)", 103, 3, 2, 3}, // withdrawn
	} {
		if night >= p.from && night <= p.until {
			w.Add(p.slug, "ru", govsim.Entry{ID: p.id, Title: p.title, Created: moment(p.from).Add(-8 * time.Hour).UTC(), Content: plan(p.title, p.items)})
		}
	}
	return w
}
