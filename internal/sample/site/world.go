// Command site shows the small internet of the demo until it is interrupted: twenty akimats that published, or did
// not, what they had to after their meetings of 2022.
//
//	go run ./internal/sample/site -addr 127.0.0.1:0
//
// Its address is printed once it can be asked. Fifteen akimats published plans for both half-years of 2022, each
// with items of its own; five published none for the second, as a minister said of these five in January 2023.
// Among the plans stand the real office documents of internal/papers. All else is invented.
package main

import (
	"fmt"
	"html"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract/govkz"
	"github.com/qulaq-kz/qulaq/internal/govsim"
	"github.com/qulaq-kz/qulaq/internal/papers"
	"github.com/qulaq-kz/qulaq/transform/region"
)

// silent are the akimats that were named on 24 January 2023 as those that had not published their plans.
var silent = []string{"akimvko", "sko", "pavlodar", "ulytau", "astana"}

// half is a half-year of meetings, and the day around which its plans appear.
type half struct {
	year, number int
	published    time.Time
}

var halves = []half{
	{2022, 1, time.Date(2022, 7, 18, 5, 0, 0, 0, time.UTC)},
	{2022, 2, time.Date(2023, 1, 16, 5, 0, 0, 0, time.UTC)},
}

// issues are what people raise, with the measure that answers.
var issues = []struct{ issue, measure, responsible string }{
	{"Разбитая дорога к центру района", "Средний ремонт дороги, 14 км", "Управление пассажирского транспорта и автомобильных дорог"},
	{"Нехватка питьевой воды летом", "Бурение второй скважины и замена насоса", "Управление энергетики и жилищно-коммунального хозяйства"},
	{"Школа работает в три смены", "Строительство школы на 600 мест", "Управление образования"},
	{"В амбулатории нет врача", "Направить врача общей практики, выделить служебное жильё", "Управление здравоохранения"},
	{"Нет газа в трёх сёлах", "Разработка ПСД на подводящий газопровод", "Управление энергетики и жилищно-коммунального хозяйства"},
	{"Стаи бродячих собак у школы", "Отлов и стерилизация, строительство приюта", "Управление ветеринарии"},
	{"Не вывозят мусор", "Закупить два мусоровоза, установить контейнеры", "Акимат района"},
	{"Нет мобильного интернета", "Установить базовую станцию", "Управление цифровых технологий"},
	{"Аварийное состояние дома культуры", "Капитальный ремонт дома культуры", "Управление культуры"},
	{"Очередь на земельные участки", "Подвести инженерные сети к новому массиву", "Управление земельных отношений"},
	{"Перебои с электричеством", "Заменить трансформатор и 6 км линий", "Управление энергетики и жилищно-коммунального хозяйства"},
	{"Подтопление улиц весной", "Очистить арыки, построить дамбу", "Управление по чрезвычайным ситуациям"},
}

// answers are states of an item, with what they cost in millions and until when they are due.
var answers = []struct{ status, cost, until string }{
	{"исполнено", "12,5", "до 1 декабря %d года"},
	{"исполнено", "не требует финансирования", "3 квартал %d г."},
	{"на исполнении", "148", "до 30 июня %d года"},
	{"на исполнении", "36,4", "%d год"},
	{"планируется при выделении финансирования", "820", "%d год"},
	{"отсутствует ПСД", "—", "постоянно"},
	{"не поддерживается", "—", "—"},
	{"даны разъяснения", "не требует финансирования", "1 квартал %d г."},
}

// world fills the small internet. It is the same every time.
func world() (*govsim.World, error) {
	w := govsim.New()
	sources, err := govkz.Sources(nil)
	if err != nil {
		return nil, err
	}
	places, err := region.New()
	if err != nil {
		return nil, err
	}
	r := rand.New(rand.NewPCG(2022, 826))
	slugs := map[string]string{} // region → slug
	for _, s := range sources {
		slugs[s.Region] = s.Slug
		w.Akimat(s.Slug, s.Name.RU, "")
		for _, h := range halves {
			if h.number == 2 && slices.Contains(silent, s.Slug) {
				continue
			}
			if since, ok := s.SinceDay(); ok && h.number == 1 && since > qulaq.Date(2022, 1, 1) {
				continue // founded in June: it held no meetings before
			}
			w.Add(s.Slug, "ru", plan(r, s, h, districts(places, s.Region)))
		}
		for month, title := range []string{"Об утверждении правил благоустройства", "О внесении изменений в решение о бюджете", "О создании комиссии"} {
			w.Add(s.Slug, "ru", govsim.Entry{
				Title: title, Created: time.Date(2022, time.Month(7+month), 5, 6, 0, 0, 0, time.UTC), Content: "<p>Решение маслихата.</p>",
			})
		}
		w.Add(s.Slug, "ru", govsim.Entry{
			Title:   "График встреч акима с населением на 2023 год",
			Created: time.Date(2023, 1, 11, 6, 0, 0, 0, time.UTC),
			Content: "<table><tr><th>Район</th><th>Дата встречи</th></tr><tr><td>Все районы</td><td>февраль – март 2023 года</td></tr></table>",
		})
		w.Add(s.Slug, "kk", govsim.Entry{
			Title:   "2023 жылға арналған әкімнің халықпен кездесулерінің кестесі",
			Created: time.Date(2023, 1, 11, 6, 0, 0, 0, time.UTC),
			Content: "<table><tr><th>Аудан</th><th>Кездесу күні</th></tr><tr><td>Барлық аудандар</td><td>2023 жылғы ақпан – наурыз</td></tr></table>",
		})
	}
	return w, office(w, slugs)
}

// districts returns the names of a region's districts.
func districts(places *region.Gazetteer, code string) (names []string) {
	for _, u := range places.Units() {
		if u.Region == code && u.Code != code && u.ValidTo == 0 {
			names = append(names, u.NameRU)
		}
	}
	return names
}

func plan(r *rand.Rand, s govkz.Source, h half, districts []string) govsim.Entry {
	title := fmt.Sprintf("План мероприятий по решению проблемных вопросов, поднятых на встречах акима с населением за %d полугодие %d года (%s)", h.number, h.year, s.Name.RU)
	var b strings.Builder
	fmt.Fprintf(&b, "<p style=\"text-align:center\"><strong>%s</strong></p><table border=\"1\"><thead><tr><th>№ п/п</th><th>Проблемный вопрос</th><th>Мероприятие</th><th>Срок исполнения</th><th>Ответственные исполнители</th><th>Объём финансирования, млн тенге</th><th>Статус</th></tr></thead>", title)
	n := 0
	for i, at := range r.Perm(len(districts)) {
		if i == 4 {
			break
		}
		fmt.Fprintf(&b, "<tr><td colspan=\"7\">%s</td></tr>", html.EscapeString(districts[at]))
		for _, k := range r.Perm(len(issues))[:2+r.IntN(4)] {
			n++
			it, a := issues[k], answers[r.IntN(len(answers))]
			until := a.until
			if strings.Contains(until, "%d") {
				until = fmt.Sprintf(until, h.year+1)
			}
			fmt.Fprintf(&b, "<tr><td>%d</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>", n, it.issue, it.measure, until, it.responsible, a.cost, a.status)
		}
	}
	b.WriteString("</table>")
	return govsim.Entry{Title: title, Created: h.published.AddDate(0, 0, r.IntN(14)), Content: b.String()}
}

// office publishes the real office documents that say whose they are and of which period.
func office(w *govsim.World, slugs map[string]string) error {
	all, err := papers.Read(papers.Dev)
	if err != nil {
		return err
	}
	for _, p := range all {
		t := p.Truth
		if t.RegionCode == nil || t.PeriodTo == nil || *t.PeriodTo == "2022-12-31" {
			continue // the half-year that the demo asks about stays as it was
		}
		if strings.Contains(p.Name, "_wrongext_") {
			continue // a page under the name of a paper is what a site gives that is broken
		}
		end, err := time.Parse(time.DateOnly, *t.PeriodTo)
		if err != nil {
			return err
		}
		w.Add(slugs[*t.RegionCode], "ru", govsim.Entry{
			Title:   "План мероприятий по вопросам, поднятым на встречах с населением",
			Created: end.AddDate(0, 0, 20).Add(5 * time.Hour),
			Files:   []govsim.File{{Name: p.Name, Data: p.File}},
		})
	}
	return nil
}
