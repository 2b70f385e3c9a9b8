package pipelines

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/qulaq-kz/qulaq/internal/govsim"
	"github.com/qulaq-kz/qulaq/transform/publication"
)

// said is what a night of the akimat sko is to say.
type said struct {
	day    string
	do     func()
	state  publication.State
	reason string
}

// tell runs the nights and holds what they say against what they are to say.
func (s *watch) tell(t *testing.T, nights []said) {
	t.Helper()
	for _, n := range nights {
		if n.do != nil {
			n.do()
		}
		if v := s.night(t, n.day)["sko"].Verdict; v.State != n.state || v.Reason.Key != n.reason {
			t.Errorf("%s: %s, %s (%s), want %s, %s", n.day, v.State, v.Reason.Key, v.Reason.Text("en"), n.state, n.reason)
		}
	}
}

// What came and went while nobody looked is not absent: a site that keeps its newest year only is accused where it was
// watched, and nowhere else.
func TestWhoLooksLaterDoubts(t *testing.T) {
	t.Parallel()
	s, a := newSmall(t)
	statutes := []govsim.Entry{
		entry("Положение об аппарате акима", "2019-03-11", "<p>Положение.</p>"), entry("Регламент акимата", "2019-04-12", "<p>Регламент.</p>"),
		entry("Устав", "2019-05-13", "<p>Устав.</p>"), entry("Кодекс этики", "2019-06-14", "<p>Кодекс.</p>"),
	}
	s.tell(t, []said{
		{"2022-12-20", nil, publication.Pending, "too_early"},
		{"2024-06-01", func() { // a year and a half without a look
			a.ru, a.kk = statutes, a.kk[:1]
			for n := range 8 {
				a.ru = append(a.ru, entry(fmt.Sprintf("О бюджете, постановление № %d", n), fmt.Sprintf("2024-0%d-02", 1+n/2), "<p>Текст.</p>"))
			}
			for i := range a.ru {
				a.ru[i].ID = 5000 + i
			}
			a.show()
		}, unverifiable, "look_failed"}, // it lists nothing that was known
	})
	if _, err := s.e.AcceptSites(t.Context(), "sko", "operator", "the site keeps one year"); err != nil {
		t.Fatal(err)
	}
	s.tell(t, []said{{"2024-06-02", nil, unverifiable, "watched_later"}})
}

// Who begins to look when grace is over accuses by a site that reaches back, and by no other.
func TestFirstLookAfterGrace(t *testing.T) {
	for reason, state := range map[string]publication.State{"overdue_reaching": overdue, "watched_later": unverifiable} {
		t.Run(reason, func(t *testing.T) {
			t.Parallel()
			s, a := newSmall(t)
			if state == unverifiable {
				a.ru = slices.DeleteFunc(a.ru, func(x govsim.Entry) bool { return x.Created.Month() < time.September })
				a.kk = a.kk[len(a.kk)-2:]
				a.show()
			}
			s.tell(t, []said{{"2023-03-01", nil, state, reason}, {"2023-03-02", nil, state, reason}})
		})
	}
}

// A plan on the site of another akimat is no absence.
func TestAstray(t *testing.T) {
	t.Parallel()
	s := newWatch(t, "aktobe", "sko")
	all := s.akimats(t)
	i := slices.IndexFunc(all, func(a *akimat) bool { return a.Key == "aktobe" })
	x := all[1-i].plan("2023-01-12")
	x.Title = "План мероприятий по проблемным вопросам, поднятым на встречах акима Северо-Казахстанской области с населением за 2 полугодие 2022 года"
	s.tell(t, []said{
		{"2023-01-20", nil, publication.NotFound, "not_due"},
		{"2023-02-13", func() { all[i].ru = append(all[i].ru, x); all[i].show() }, unverifiable, "astray"},
		{overdueOn, nil, unverifiable, "astray"},
		{"2023-02-15", func() { all[i].ru = all[i].ru[:len(all[i].ru)-1]; all[i].show() }, unverifiable, "astray"}, // read whole on the 14th
		{"2023-02-23", nil, overdue, "overdue"},
	})
}

// An entry in another's place leaves open what that is; two of them on one page do not.
func TestAnEntryComesTwice(t *testing.T) {
	t.Parallel()
	s, a := newSmall(t)
	s.e.Config.Plans.FullLook = 1
	twice := a.ru[3] // by another stamp, so that it comes on two pages
	twice.Created = twice.Created.AddDate(0, 4, 0)
	s.tell(t, []said{
		{"2023-01-20", nil, publication.NotFound, "not_due"},
		{"2023-02-13", func() { a.ru = append(a.ru, twice); a.show() }, publication.NotFound, "within_grace"}, // one page
		{overdueOn, func() { s.Spoil("sko", govsim.Mishap{SizeCap: 3}) }, unverifiable, "look_failed"},
		{"2023-02-15", func() { a.ru = a.ru[:len(a.ru)-1]; a.show() }, overdue, "overdue"},
	})
}

// The entry of the plan before is used again: the new plan is there, since the day on which it was seen.
func TestAnEntryIsUsedAgain(t *testing.T) {
	t.Parallel()
	s, a := newSmall(t)
	s.e.Config.Plans.FullLook = 1
	i := slices.IndexFunc(a.ru, func(x govsim.Entry) bool { return strings.Contains(x.Title, "1 полугодие") })
	s.tell(t, []said{
		{"2023-01-05", nil, publication.NotFound, "not_due"},
		{"2023-01-20", func() {
			a.ru[i].Title, a.ru[i].Content = planTitle, a.plan("2023-01-20").Content // its stamp stays that of July
			a.show()
		}, published, "in_time"},
		{overdueOn, nil, published, "in_time"},
	})
	if got := ask(t, s.e, "SELECT publication_id, toString(toDate(listed_at)), toString(toDate(exported_at)) FROM publications WHERE publication_id LIKE ? ORDER BY 1", fmt.Sprintf("%d/ru%%", a.ru[i].ID)); len(got) != 2 || got[1] != fmt.Sprintf("%d/ru/2 | 2023-01-05 | 2023-01-20", a.ru[i].ID) {
		t.Errorf("%q", got)
	}
}

// A plan that stood there all the while under a title that says something else is not one that the listing did not show.
// Where its file is the one that was there, that was the plan; of another file nobody knows.
func TestATitleIsPutRight(t *testing.T) {
	for name, reason := range map[string]string{"план.html": "in_time", "другой.html": "day_unknown"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, a := newSmall(t)
			s.e.Config.Plans.FullLook = 1
			right := a.plan("2023-01-12", govsim.File{Name: name, Data: append(written(t, a), name...)})
			x := a.plan("2023-01-12", govsim.File{Name: "план.html", Data: append(written(t, a), "план.html"...)})
			x.Title = "Информация о работе за полугодие"
			a.ru = append(a.ru, x)
			a.show()
			s.tell(t, []said{
				{"2023-01-14", nil, publication.NotFound, "not_due"},
				{"2023-02-12", nil, publication.NotFound, "within_grace"},
				{overdueOn, nil, overdue, "overdue"}, // nobody can know
				{"2023-02-20", func() { a.ru[len(a.ru)-1] = right; a.show() }, published, reason},
			})
		})
	}
}

// What was newest is taken down: one night is lost, not all until the next whole look.
func TestTheNewestIsTakenDown(t *testing.T) {
	t.Parallel()
	s, a := newSmall(t)
	x := entry("О бюджете на 2023 год", "2023-01-11", "<p>Текст.</p>")
	x.ID = a.ru[0].ID + 800
	a.ru = append(a.ru, x)
	a.show()
	s.tell(t, []said{
		{"2023-01-12", nil, publication.NotFound, "not_due"},
		{"2023-01-13", nil, publication.NotFound, "not_due"},
		{"2023-01-14", func() { a.ru = a.ru[:len(a.ru)-1]; a.show() }, unverifiable, "look_failed"},
		{"2023-01-15", nil, publication.NotFound, "not_due"}, // read whole
		{"2023-01-16", nil, publication.NotFound, "not_due"}, // what is new, by the newest that is left
	})
}

// A plan that is taken down and stands again in another file, whatever it is called now, is not withdrawn; one that is
// gone is, and nobody reads what else is new for ever.
func TestAPlanIsMoved(t *testing.T) {
	for _, title := range []string{"План", "Приложение", "Информация для населения", ""} {
		t.Run(title, func(t *testing.T) {
			t.Parallel()
			s, a := newSmall(t)
			a.ru = append(a.ru, a.plan("2023-01-12", govsim.File{Name: "план.html", Data: written(t, a)}))
			a.show()
			state, reason := published, "in_time"
			if title == "" {
				state, reason = publication.Withdrawn, "withdrawn"
			}
			s.tell(t, []said{
				{"2023-01-14", nil, published, "in_time"},
				{"2023-01-22", func() {
					x := a.plan("2023-01-21", govsim.File{Name: "новый.html", Data: append(written(t, a), "<p>Подпись.</p>"...)})
					x.ID, x.Title = x.ID+7, title
					if title == "" {
						x = entry("О бюджете", "2023-01-21", "", govsim.File{Name: "бюджет.html", Data: []byte("<p>Бюджет.</p>")})
						x.ID = a.ru[0].ID + 907
					}
					a.ru[len(a.ru)-1] = x
					a.show()
				}, published, "in_time"},
				{"2023-01-23", nil, state, reason},
				{overdueOn, nil, state, reason},
			})
			s.Forget()
			x := entry("О комиссии", "2023-03-01", "", govsim.File{Name: "комиссия.html", Data: []byte("<p>Комиссия.</p>")})
			x.ID = a.ru[0].ID + 908
			a.ru = append(a.ru, x)
			a.show()
			s.tell(t, []said{{"2023-03-02", nil, state, reason}})
			if n := s.Count("/uploads/"); n > 0 {
				t.Errorf("%d files were fetched", n)
			}
		})
	}
}

// A stamp to come does not hide that a copy is served: what is newest besides tells.
func TestACopyWithAStampToCome(t *testing.T) {
	t.Parallel()
	s, a := newSmall(t)
	s.e.Config.Plans.FullLook = 1
	x := entry("О бюджете", "2093-01-01", "<p>Текст.</p>")
	x.ID = a.ru[0].ID + 800
	a.ru = append(a.ru, x)
	start := time.Date(2022, 12, 20, 0, 0, 0, 0, time.UTC)
	for night := range rhythmNights {
		day := start.AddDate(0, 0, night)
		for n, list := range []*[]govsim.Entry{&a.ru, &a.kk} {
			x := entry("О комиссии", day.Format(time.DateOnly), "<p>Текст.</p>")
			x.Created, x.ID = x.Created.Add(-12*time.Hour), a.ru[0].ID+810+2*night+n
			*list = append(*list, x)
		}
		a.show()
		s.at(day.Format(time.DateOnly))
		s.run(t)
	}
	s.tell(t, []said{{"2023-02-14", nil, unverifiable, "look_failed"}})
}

// rhythmNights are enough for the canary frozen.
const rhythmNights = 12
