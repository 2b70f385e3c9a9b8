package pipelines

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/govsim"
	"github.com/qulaq-kz/qulaq/transform/publication"
)

var update = flag.Bool("update", false, "rewrite the pages in docs that tests make")

// The half-year that these tests are about, the last day on which its plan is in time, and the first on which it is
// called overdue.
const (
	half      = "2022-H2"
	dueOn     = "2023-01-30"
	overdueOn = "2023-02-14"
)

// watch is a small internet, an environment that watches some of its akimats, and the clock of both program and archive.
type watch struct {
	*small
	clock     time.Time
	forbidden string // of robots.txt
}

// newWatch watches the akimats of some keys; none means all.
func newWatch(t *testing.T, only ...string) *watch {
	t.Helper()
	w := govsim.New()
	server := httptest.NewServer(w)
	t.Cleanup(server.Close)
	c := atServer(t)
	c.Plans.BaseURL, c.Plans.Pause, c.Plans.Only = server.URL, time.Microsecond, only
	c.Network.AllowPrivate, c.Network.Tries = true, 1
	s := &watch{small: &small{w, newEnvironment(c)}}
	s.at("2022-12-01")
	s.e.Now = func() time.Time { return s.clock }
	attach(t, s.e)
	t.Cleanup(func() {
		if err := s.e.Close(context.Background()); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

// at makes it three in the morning of a day.
func (s *watch) at(day string) {
	d, err := time.ParseInLocation(time.DateOnly, day, qulaq.Almaty())
	if err != nil {
		panic(err)
	}
	s.clock = d.Add(3 * time.Hour)
}

// akimat is what one akimat publishes. What a test changes here is shown when it is put up again.
type akimat struct {
	Source
	at     *watch
	ru, kk []govsim.Entry
	paths  []string // of the files, in the order of the entries
}

// akimats returns those of the configuration, each with a listing as it stood in December 2022: the plan of the first
// half-year where the region was there already, papers that look like plans, and others.
func (s *watch) akimats(t *testing.T) []*akimat {
	t.Helper()
	sources, err := s.e.PlanSources()
	if err != nil {
		t.Fatal(err)
	}
	var all []*akimat
	for i, source := range sources {
		a := &akimat{Source: source, at: s}
		add := func(lang, title, day, content string) {
			x := entry(title, day, content)
			to := &a.ru
			if lang == "kk" {
				to = &a.kk
			}
			x.ID = 1000*(i+1) + len(a.ru) + len(a.kk)
			*to = append(*to, x)
		}
		if _, young := source.SinceDay(); !young {
			add("ru", "План мероприятий по проблемным вопросам, поднятым на встречах акима с населением за 1 полугодие 2022 года", "2022-07-20",
				page(source.Name.RU, "1 полугодие 2022 года", "нет дороги в село|до 01.06.2023|на исполнении", "мало воды|постоянно|на исполнении"))
		}
		add("ru", "График встреч акима с населением на 2022 год", "2022-03-15", "<p>График встреч.</p>")
		add("ru", "Об итогах встреч акима с населением", "2022-08-02", "<p>Встречи прошли.</p>")
		for n, title := range []string{
			"О внесении изменений в решение о бюджете", "Об утверждении правил застройки", "О создании комиссии", "Вакансии на 1 сентября",
			"Об установлении карантина", "О переименовании улиц", "Отчёт об исполнении бюджета за третий квартал",
		} {
			add("ru", title, fmt.Sprintf("2022-%02d-12", 5+n), "<p>Текст решения.</p>")
		}
		add("kk", "2022 жылға арналған әкімнің халықпен кездесулерінің кестесі", "2022-03-15", "<p>Кесте.</p>")
		for n, title := range []string{"Бюджет туралы шешімге өзгерістер енгізу туралы", "Құрылыс ережелерін бекіту туралы", "Комиссия құру туралы", "Бос орындар"} {
			add("kk", title, fmt.Sprintf("2022-%02d-12", 5+n), "<p>Шешім мәтіні.</p>")
		}
		a.show()
		all = append(all, a)
	}
	return all
}

// show puts up what the akimat publishes now.
func (a *akimat) show() { a.showAt(a.Slug) }

func (a *akimat) showAt(slug string) {
	a.at.Remove(a.Slug)
	a.paths = nil
	for _, x := range a.ru {
		a.paths = append(a.paths, a.at.Add(slug, "ru", x)...)
	}
	for _, x := range a.kk {
		a.paths = append(a.paths, a.at.Add(slug, "kk", x)...)
	}
}

// plan is the akimat's plan of the half-year, stamped with a day. Its number is the same however often it is made.
func (a *akimat) plan(day string, files ...govsim.File) govsim.Entry {
	content := ""
	if len(files) == 0 {
		content = page(a.Name.RU, "2 полугодие 2022 года", "нет дороги в аул Копа|до 01.06.2023|исполнено", "мало воды|до 01.07.2023|на исполнении")
	}
	x := entry(planTitle, day, content, files...)
	x.ID = a.ru[0].ID + 900
	return x
}

// publish puts up the plan of the half-year.
func (a *akimat) publish(day string) {
	a.ru = append(a.ru, a.plan(day))
	a.show()
}

// night runs the pipelines as they are run every night, and returns what is said of the half-year, by source.
func (s *watch) night(t *testing.T, day string) map[string]Judged {
	t.Helper()
	s.at(day)
	s.run(t) // sites may fail, the run must not
	return s.monitor(t)
}

func (s *watch) monitor(t *testing.T) map[string]Judged {
	t.Helper()
	r, err := s.e.RunMonitor(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s.said(t, r.Judged)
}

func (s *watch) said(t *testing.T, judged []Judged) map[string]Judged {
	t.Helper()
	sources, err := s.e.PlanSources()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]Judged{}
	for _, j := range judged {
		if j.Obligation.Period.Label != half || j.Obligation.Kind != publication.ActionPlan {
			continue
		}
		i := slices.IndexFunc(sources, func(x Source) bool { return x.Region == j.Obligation.RegionCode })
		all[sources[i].Key] = j
		s.wantProof(t, j)
	}
	return all
}

// wantProof demands that every hash that a verdict names is in the archive, and that an accusation names some.
func (s *watch) wantProof(t *testing.T, j Judged) {
	t.Helper()
	places := map[publication.Place]bool{}
	for _, e := range j.Verdict.Evidence {
		for _, text := range e.Hashes {
			h, err := qulaq.ParseHash(text)
			if err != nil || !s.e.Archive.Has(h) {
				t.Errorf("%s is %s by %q of %s, which is not in the archive (%v)", j.Name, j.Verdict.State, text, e.Place, err)
			}
		}
		if len(e.Hashes) > 0 && e.PublicationID == "" && e.Outcome == "healthy" && len(e.Failures) == 0 && e.Entries > 0 {
			places[e.Place] = true
		}
	}
	switch j.Verdict.State {
	case publication.Overdue:
		if len(places) != len(planLangs) {
			t.Errorf("%s is overdue, and a whole healthy look is shown of %d places only: %+v", j.Name, len(places), j.Verdict.Evidence)
		}
	case publication.Published, publication.Late, publication.Withdrawn:
		if j.Verdict.Hash == "" || j.Verdict.URL == "" {
			t.Errorf("%s is %s without a hash or an address: %+v", j.Name, j.Verdict.State, j.Verdict)
		}
	}
}

// history returns what is written of the half-year's history of a region, a line a change.
func (s *watch) history(t *testing.T, region string) []string {
	t.Helper()
	return ask(t, s.e, "SELECT toString(judged_on), event, state_before, state, publication_id FROM verdicts WHERE period = ? AND region_code = ? AND obligation = 'action_plan' AND event != '' ORDER BY judged_on, run_id", half, region)
}

// golden compares a page of the docs with what a test makes of it.
func golden(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join("..", "docs", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; go test ./pipelines -run %s -update writes it", err, t.Name())
	}
	if diff := cmp.Diff(strings.Split(string(have), "\n"), strings.Split(text, "\n")); diff != "" {
		t.Errorf("%s is not what the program does; read the difference, then -update (-page +program):\n%s", path, diff)
	}
}

// unpublished are the five akimats that were named in January 2023 as those that had not published their plans.
var unpublished = []string{"akimvko", "astana", "pavlodar", "sko", "ulytau"}

// The second half of 2022 as it was, watched from New Year to March: fifteen akimats publish in time, five do not. Of the
// fifteen, the sites of five are down for more than a month around the due day, each in its own way.
func TestSecondHalfOf2022(t *testing.T) {
	t.Parallel()
	s := newWatch(t)
	s.e.Config.Plans.FullLook = 1 // the sites are small
	down := map[string]govsim.Mishap{
		"abay": {Drop: true}, "karaganda": {Status: 500}, "kostanay": {Body: govsim.LoginPage}, "mangystau": {Body: govsim.CaptchaPage}, "shymkent": {Status: 403},
	}
	all := s.akimats(t)
	regions := map[string]string{}
	for _, a := range all {
		regions[a.Key] = a.Region
	}
	stamp := map[string]string{}
	publish := func(odd int, day string) {
		for i, a := range all {
			if i%2 == odd && !slices.Contains(unpublished, a.Key) {
				stamp[a.Key] = day
				a.publish(day)
			}
		}
	}
	for _, day := range []string{"2023-01-02", "2023-01-14", "2023-01-31", "2023-02-13", overdueOn, "2023-02-20"} {
		switch day {
		case "2023-01-14":
			publish(0, "2023-01-12")
			for key, m := range down {
				s.Spoil(key, m)
			}
		case "2023-01-31":
			publish(1, dueOn)
		case "2023-02-20":
			for key := range down {
				s.Spoil(key, govsim.Mishap{})
			}
			i := slices.IndexFunc(all, func(a *akimat) bool { return a.Key == "pavlodar" })
			stamp["pavlodar"] = "2023-02-19"
			all[i].publish(stamp["pavlodar"])
			s.e.Config.Plans.Only = append(slices.Sorted(maps.Keys(down)), "pavlodar", "sko") // of the others nothing is new
		}
		said := s.night(t, day)
		if len(said) != 20 && s.e.Config.Plans.Only == nil {
			t.Fatalf("%s: %d verdicts", day, len(said))
		}
		var named []string
		for key, j := range said {
			v := j.Verdict
			_, isDown := down[key]
			isDown = isDown && "2023-01-14" <= day && day < "2023-02-20"
			want := publication.NotFound
			switch {
			case key == "pavlodar" && day >= "2023-02-20":
				want = publication.Late
			case slices.Contains(unpublished, key) && day >= overdueOn:
				want = publication.Overdue
			case isDown:
				want = publication.Unverifiable
				if v.Since.String() != "2023-01-14" {
					t.Errorf("%s, %s: unverifiable since %s", day, key, v.Since)
				}
			case stamp[key] != "":
				want = publication.Published
			}
			if v.State != want {
				t.Errorf("%s, %s: %s (%s), want %s", day, key, v.State, v.Reason.Text("en"), want)
			}
			if out := v.State == publication.Published || v.State == publication.Late; out && v.PublishedOn.String() != stamp[key] {
				t.Errorf("%s, %s: published on %s, stamped %s", day, key, v.PublishedOn, stamp[key])
			}
			if v.State == publication.Late && v.DaysLate != 20 {
				t.Errorf("%s, %s: %d days late", day, key, v.DaysLate)
			}
			if v.State == publication.Overdue {
				named = append(named, key)
			}
		}
		slices.Sort(named)
		if day == overdueOn {
			if diff := cmp.Diff(unpublished, named); diff != "" {
				t.Errorf("%s (-want +named):\n%s", day, diff)
			}
		} else if day < overdueOn && len(named) > 0 {
			t.Errorf("%s: %v are named", day, named)
		}
	}
	for key, want := range map[string][]string{
		"sko":      {"2023-01-02 | opened |  | not_found | ", overdueOn + " | changed | not_found | overdue | "},
		"pavlodar": {"2023-01-02 | opened |  | not_found | ", overdueOn + " | changed | not_found | overdue | ", "2023-02-20 | changed | overdue | late | 13900/ru"},
	} {
		if key == "pavlodar" {
			i := slices.IndexFunc(all, func(a *akimat) bool { return a.Key == key })
			want[2] = fmt.Sprintf("2023-02-20 | changed | overdue | late | %d/ru", all[i].plan("2023-02-19").ID)
		}
		if diff := cmp.Diff(want, s.history(t, regions[key])); diff != "" {
			t.Errorf("history of %s (-want +got):\n%s", key, diff)
		}
	}
	for key := range down {
		got := s.history(t, regions[key])
		if len(got) != 3 || !strings.HasPrefix(got[1], "2023-01-14 | changed | not_found | unverifiable") || !strings.HasPrefix(got[2], "2023-02-20 | changed | unverifiable | published") {
			t.Errorf("history of %s, which was down: %q", key, got)
		}
	}
	// Every verdict is in the table once a day, and what was said on a day stays said.
	if got := ask(t, s.e, "SELECT obligation_id, toString(judged_on) FROM verdicts GROUP BY ALL HAVING count() > 1"); len(got) > 0 {
		t.Errorf("said more than once on a day: %q", got)
	}
	wantSound(t, s.e)
}

// A night that cannot make a source's facts anew does not know what its looks saw: what was published since is in no fact,
// and nobody is accused by it.
func TestFactsThatCannotBeMade(t *testing.T) {
	s := newWatch(t, "aqmola")
	a := s.akimats(t)[0]
	for _, day := range []string{"2022-12-01", "2022-12-02", "2023-01-05"} {
		s.night(t, day)
	}
	page := s.e.Archive.Snapshots(a.Archive())[0].Hash
	path := filepath.Join(s.e.Archive.Dir(), "objects", page.String()[:2], page.String()+".zst")
	kept := filepath.Join(t.TempDir(), "object")
	if err := os.Rename(path, kept); err != nil {
		t.Fatal(err)
	}
	a.publish("2023-01-12")
	for _, day := range []string{"2023-01-20", overdueOn, "2023-02-15"} {
		s.at(day)
		r, err := s.e.RunPlans(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		wantError(t, r.Err(), qulaq.Contract, page.Short())
		if r, err = s.e.RunMonitor(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, j := range r.Judged {
			if j.Obligation.Period.Label == half && j.Verdict.State != publication.Unverifiable {
				t.Errorf("%s: a plan that was published is %s, because a page of the archive is gone", day, j.Verdict.State)
			}
		}
	}
	if why := ask(t, s.e, "SELECT DISTINCT error FROM looks WHERE at >= '2023-02-15'"); len(why) != 1 || !strings.Contains(why[0], page.Short()) {
		t.Errorf("the looks do not say why they were not examined: %q", why)
	}
	if err := os.Rename(kept, path); err != nil {
		t.Fatal(err)
	}
	for key, said := range s.night(t, "2023-02-16") {
		if said.Verdict.State != publication.Published {
			t.Errorf("%s is %s when the page is back: %s", key, said.Verdict.State, said.Verdict.Reason.Text("en"))
		}
	}
}
