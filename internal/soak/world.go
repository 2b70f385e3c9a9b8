//go:build linux

package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/govsim"
)

// slugs are the akimats of this small world, as the source list calls them.
var slugs = []string{"abay", "astana"}

const (
	perNight = 40 // complaints that a night's export has for the first time
	kept     = 14 // nights for which an export lies in its folder
)

// plans are published in time.
var plans = []struct {
	night int
	title string
}{
	{20, "План мероприятий по решению проблемных вопросов, поднятых на встречах акима с населением за 2 полугодие 2024 года"},
	{200, "План мероприятий по решению проблемных вопросов, поднятых на встречах акима с населением за 1 полугодие 2025 года"},
}

// midnight begins a night.
func midnight(night int) time.Time {
	return time.Date(2025, time.January, 1+night, 0, 0, 0, 0, qulaq.Almaty())
}

// exports brings a night's export, with new complaints and those of the night before, which are closed now, and takes an
// old one away.
func exports(inbox string, night int) error {
	rows := [][]string{{"appeal_id", "current_working_state", "category", "region", "raion", "org_name", "created_date", "deadline", "finish_dt"}}
	for id := perNight * max(0, night-1); id < perNight*(night+1); id++ {
		state, of := "В работе", id/perNight
		if of < night {
			state = "Завершено"
		}
		day := midnight(of - 1).Format(time.DateOnly)
		rows = append(rows, []string{fmt.Sprint(id), state, "ЖИЛИЩНО-КОММУНАЛЬНОЕ ХОЗЯЙСТВО", "г.Алматы", "", "Акимат", day + " 10:00:00", day + " 23:59:59", ""})
	}
	path := func(night int) string {
		return filepath.Join(inbox, fmt.Sprintf("eotinish_%s.csv", midnight(night).Format(time.DateOnly)))
	}
	f, err := os.Create(path(night))
	if err != nil {
		return err
	}
	if err := errors.Join(csv.NewWriter(f).WriteAll(rows), f.Close()); err != nil {
		return err
	}
	old := time.Now().Add(-time.Hour) // nobody waits for it to settle
	if err := os.Chtimes(path(night), old, old); err != nil || night < kept {
		return err
	}
	return os.Remove(path(night - kept))
}

// site is what the akimats show on a night: a decree a week, and the plan of each half-year.
func site(night int) *govsim.World {
	w := govsim.New()
	for i, slug := range slugs {
		for n := i; n <= night; n += 7 {
			at := midnight(n).Add(-10 * time.Hour).UTC()
			w.Add(slug, "ru", govsim.Entry{ID: 10_000*(i+1) + n, Title: fmt.Sprintf("О бюджете, постановление № %d", n), Created: at, Content: "<p>Постановление.</p>"})
			w.Add(slug, "kk", govsim.Entry{ID: 10_000*(i+1) + 5_000 + n, Title: fmt.Sprintf("Бюджет туралы № %d қаулы", n), Created: at, Content: "<p>Қаулы.</p>"})
		}
		for id, p := range plans {
			if title := p.title; night >= p.night {
				w.Add(slug, "ru", govsim.Entry{ID: 100*(i+1) + id, Title: title, Created: midnight(p.night).Add(-8 * time.Hour).UTC(), Content: plan(title, 5+id)})
			}
		}
	}
	return w
}

// plan is an action plan with so many items.
func plan(title string, items int) string {
	text := "<p><b>" + title + "</b></p><table border=\"1\"><tr><th>№</th><th>Проблемный вопрос</th><th>Мероприятие</th><th>Срок исполнения</th><th>Ответственные исполнители</th></tr>"
	for i := range items {
		text += fmt.Sprintf("<tr><td>%d</td><td>Разбитая дорога к селу № %d</td><td>Ремонт дороги, %d км</td><td>до %d марта 2026 года</td><td>Управление автомобильных дорог</td></tr>", i+1, i+1, i+2, i%28+1)
	}
	return text + "</table>"
}
