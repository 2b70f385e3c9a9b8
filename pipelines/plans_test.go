package pipelines

import (
	"errors"
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/govsim"
	"github.com/qulaq-kz/qulaq/internal/papers"
	"github.com/qulaq-kz/qulaq/load"
)

// small is a small internet and an environment that looks at two of its akimats.
type small struct {
	*govsim.World
	e *Environment
}

func newSite(t *testing.T) *small {
	t.Helper()
	w := govsim.New()
	server := httptest.NewServer(w)
	t.Cleanup(server.Close)
	c := atServer(t)
	c.Plans.BaseURL, c.Plans.Pause, c.Plans.Only = server.URL, time.Microsecond, []string{"aktobe", "sko"}
	c.Network.AllowPrivate, c.Network.Tries = true, 1
	return &small{w, open(t, c)}
}

// at lets later runs be of another day.
func (s *small) at(day string) {
	d, err := time.ParseInLocation(time.DateOnly, day, qulaq.Almaty())
	if err != nil {
		panic(err)
	}
	s.e.Now = func() time.Time { return d.Add(3 * time.Hour) }
}

func (s *small) run(t *testing.T) *Result {
	t.Helper()
	r, err := s.e.RunPlans(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// page is a plan as the text of a page, its items as "issue|until|status".
func page(of, period string, items ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<p>План мероприятий по решению проблемных вопросов, поднятых на встречах акима %s с населением за %s</p><table><tr><th>№</th><th>Проблемный вопрос</th><th>Срок исполнения</th><th>Ответственные</th><th>Исполнение</th></tr>", of, period)
	for i, it := range items {
		f := strings.Split(it, "|")
		fmt.Fprintf(&b, "<tr><td>%d</td><td>%s</td><td>%s</td><td>Управление энергетики</td><td>%s</td></tr>", i+1, f[0], f[1], f[2])
	}
	return b.String() + "</table>"
}

func entry(title, day, content string, files ...govsim.File) govsim.Entry {
	created, err := time.Parse(time.RFC3339, day+"T06:30:00Z")
	if err != nil {
		panic(err)
	}
	return govsim.Entry{Title: title, Created: created, Content: content, Files: files}
}

const planTitle = "План мероприятий по проблемным вопросам, поднятым на встречах акима с населением за 2 полугодие 2022 года"

func dev(t *testing.T, name string) papers.Paper {
	t.Helper()
	all, err := papers.Read(papers.Dev)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(p papers.Paper) bool { return p.Name == name })
	if i < 0 {
		t.Fatalf("there is no paper %s", name)
	}
	return all[i]
}

const (
	planLines = "SELECT plan_id, publication_id, items, readable, toString(published_on), versions FROM plans ORDER BY plan_id"
	itemLines = "SELECT plan_id, issue, toString(deadline_to), toString(status), toString(first_seen_on), toString(vanished_on) FROM plan_items ORDER BY ALL"
	pubLines  = "SELECT publication_id, kind, role FROM publications ORDER BY ALL"
	lookLines = "SELECT source, lang, since IS NULL, outcome, complete, entries, candidates, files_new, files_failed FROM looks WHERE run_id = (SELECT max(run_id) FROM looks) ORDER BY ALL"
)

// everything of the facts, to tell whether two warehouses are the same.
func everything(t *testing.T, e *Environment) []string {
	t.Helper()
	var all []string
	for _, table := range []load.Table{load.Plans, load.PlanItems, load.Publications} {
		all = append(all, ask(t, e, "SELECT * EXCEPT load_id FROM "+table.Name+" ORDER BY ALL")...)
	}
	return append(all, ask(t, e, "SELECT * EXCEPT load_id FROM snapshots ORDER BY ALL")...)
}

func TestRunPlans(t *testing.T) {
	s := newSite(t)
	docx := dev(t, "a_01_aktobe.docx")
	s.Add("aktobe", "ru", entry(planTitle, "2023-01-20", "", govsim.File{Name: "план.docx", Data: docx.File}))
	s.Add("aktobe", "ru", entry("Об утверждении правил землепользования", "2023-01-21", "<p>текст</p>", govsim.File{Name: "a.pdf", Data: []byte("%PDF-1.4")}))
	s.Add("sko", "ru", entry(planTitle, "2023-01-18", page("Северо-Казахстанской области", "2 полугодие 2022 года", "нет дороги в селе Булаево|до 01.06.2023|исполнено", "мало воды|постоянно|на исполнении")))

	r := s.run(t)
	if err := r.Err(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{
		fmt.Sprintf("govkz/aktobe/150000000/2022-H2 | 1001/ru | %d | true | 2023-01-20 | 1", len(docx.Truth.Items)),
		"govkz/sko/590000000/2022-H2 | 1003/ru | 2 | true | 2023-01-18 | 1",
	}, ask(t, s.e, planLines)); diff != "" {
		t.Errorf("plans (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{
		"govkz/aktobe | kk | 1 | empty | true | 0 | 0 | 0 | 0", "govkz/aktobe | ru | 1 | healthy | true | 2 | 1 | 1 | 0",
		"govkz/sko | kk | 1 | empty | true | 0 | 0 | 0 | 0", "govkz/sko | ru | 1 | healthy | true | 1 | 1 | 0 | 0",
	}, ask(t, s.e, lookLines)); diff != "" {
		t.Errorf("looks (-want +got):\n%s", diff)
	}
	for _, c := range mustCheck(t, s.e) {
		if c.Violations > 0 {
			t.Errorf("check %s: %v", c.Name, c.Shown)
		}
	}

	t.Run("again is the same, and no file is fetched twice", func(t *testing.T) {
		before := everything(t, s.e)
		s.Forget()
		r := s.run(t)
		if n := r.New(); n != 0 || len(r.Files) != 2 {
			t.Errorf("%d of %d sources are new", n, len(r.Files))
		}
		if n := s.Count("/uploads/"); n != 0 {
			t.Errorf("%d files were fetched again", n)
		}
		if diff := cmp.Diff(before, everything(t, s.e)); diff != "" {
			t.Errorf("(-before +after):\n%s", diff)
		}
	})

	t.Run("a replay without the network gives the same", func(t *testing.T) {
		before := everything(t, s.e)
		s.Forget()
		r, err := s.e.ReplayPlans(t.Context(), 0)
		if err != nil || r.Err() != nil || r.New() != 2 {
			t.Fatalf("%+v, %v", r, err)
		}
		if n := s.Count(""); n != 0 {
			t.Errorf("%d requests", n)
		}
		if diff := cmp.Diff(before, everything(t, s.e)); diff != "" {
			t.Errorf("(-before +after):\n%s", diff)
		}
	})

	t.Run("a site that fails is told of, its facts stay, the others go on", func(t *testing.T) {
		before := everything(t, s.e)
		for outcome, m := range map[string]govsim.Mishap{
			"login_page": {Body: govsim.LoginPage}, "captcha": {Body: govsim.CaptchaPage}, "unreachable": {Drop: true}, "changed_shape": {Object: true}, "refused": {Status: 403},
		} {
			s.Spoil("sko", m)
			s.at("2023-02-01")
			r := s.run(t)
			if r.Err() == nil || qulaq.KindOf(r.Err()) == qulaq.Bug {
				t.Errorf("%s: error %v", outcome, r.Err())
			}
			if got := ask(t, s.e, "SELECT DISTINCT outcome, complete FROM looks WHERE source = 'govkz/sko' AND run_id = ?", r.RunID); len(got) != 1 || got[0] != outcome+" | false" {
				t.Errorf("%s: looks %q", outcome, got)
			}
			if got := ask(t, s.e, "SELECT DISTINCT outcome FROM looks WHERE source = 'govkz/aktobe' AND run_id = ?", r.RunID); len(got) == 0 {
				t.Errorf("%s: the other site was not looked at", outcome)
			}
		}
		s.Spoil("sko", govsim.Mishap{})
		if diff := cmp.Diff(before, everything(t, s.e)); diff != "" {
			t.Errorf("facts changed (-before +after):\n%s", diff)
		}
	})
}

func mustCheck(t *testing.T, e *Environment) []CheckResult {
	t.Helper()
	results, err := e.Check(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return results
}

func TestPlanVersions(t *testing.T) {
	s := newSite(t)
	s.at("2023-01-25")
	content := func(items ...string) string {
		return page("Актюбинской области", "2 полугодие 2022 года", items...)
	}
	first := entry(planTitle, "2023-01-20", content("нет дороги в ауле Копа|до 01.06.2023|на исполнении", "мало воды|до 01.07.2023|на исполнении", "нет света|до 01.08.2023|на исполнении"))
	first.ID = 7
	s.Add("aktobe", "ru", first)
	s.run(t)

	s.at("2023-03-10")
	s.Add("aktobe", "ru", entry(planTitle+" (уточнённый)", "2023-03-05", content("нет дороги в ауле Копа|до 01.06.2023|исполнено", "мало воды|до 01.09.2023|на исполнении", "нет газа|до 01.12.2023|планируется")))
	if err := s.run(t).Err(); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"govkz/aktobe/150000000/2022-H2 | мало воды | 2023-09-01 | in_progress | 2023-01-20 | null",
		"govkz/aktobe/150000000/2022-H2 | нет газа | 2023-12-01 | planned | 2023-03-05 | null",
		"govkz/aktobe/150000000/2022-H2 | нет дороги в ауле Копа | 2023-06-01 | resolved | 2023-01-20 | null",
		"govkz/aktobe/150000000/2022-H2 | нет света | 2023-08-01 | in_progress | 2023-01-20 | 2023-03-05",
	}
	if diff := cmp.Diff(want, ask(t, s.e, itemLines)); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"1002/ru | plan | current", "7/ru | plan | replaced"}, ask(t, s.e, pubLines)); diff != "" {
		t.Errorf("publications (-want +got):\n%s", diff)
	}
}

// TestProvePlansAreKilled stops a run at each step of its loads; the next run gives what an undisturbed one gives.
func TestProvePlansAreKilled(t *testing.T) {
	s := newSite(t)
	s.Add("aktobe", "ru", entry(planTitle, "2023-01-20", page("Актюбинской области", "2 полугодие 2022 года", "нет дороги|до 01.06.2023|исполнено")))
	s.run(t)
	want := everything(t, s.e)
	plug := errors.New("the plug is pulled")
	for n := range 21 { // three tables of seven steps
		for _, table := range []string{"plans", "plan_items", "publications", "snapshots", "loads"} {
			if err := s.e.Warehouse.Do(t.Context(), "TRUNCATE TABLE "+table+" SYNC"); err != nil {
				t.Fatal(err)
			}
		}
		at := 0
		s.e.Step = func(load.Step) error {
			if at++; at == n+1 {
				return plug
			}
			return nil
		}
		r, err := s.e.RunPlans(t.Context())
		if !errors.Is(errors.Join(err, r.Err()), plug) {
			t.Fatalf("step %d: %v, %v", n, err, r.Err())
		}
		s.e.Step = nil
		if err := s.run(t).Err(); err != nil {
			t.Fatalf("step %d, again: %v", n, err)
		}
		if diff := cmp.Diff(want, everything(t, s.e)); diff != "" {
			t.Fatalf("step %d (-want +got):\n%s", n, diff)
		}
		for _, c := range mustCheck(t, s.e) {
			if c.Violations > 0 {
				t.Errorf("step %d, check %s: %v", n, c.Name, c.Shown)
			}
		}
	}
}

func TestBackfillPlans(t *testing.T) {
	s := newSite(t)
	for _, year := range []string{"2022", "2023", "2024"} {
		s.Add("aktobe", "ru", entry("План мероприятий по вопросам, поднятым на встречах акима Актюбинской области с населением за "+year+" год", year+"-08-20", "",
			govsim.File{Name: "a.html", Data: []byte(page("Актюбинской области", year+" год", "нет дороги|до 01.06.2023|исполнено"))}))
	}
	r, err := s.e.BackfillPlans(t.Context(), qulaq.Date(2023, 1, 1), qulaq.Date(2023, 12, 31))
	if err != nil || r.Err() != nil {
		t.Fatal(err, r.Err())
	}
	if got := s.Count("/uploads/"); got != 1 {
		t.Errorf("%d files were fetched, want that of 2023", got)
	}
	got := ask(t, s.e, "SELECT plan_id FROM plans WHERE readable ORDER BY 1")
	if diff := cmp.Diff([]string{"govkz/aktobe/150000000/2023"}, got); diff != "" {
		t.Errorf("readable plans (-want +got):\n%s", diff)
	}
	// The night that was missed meanwhile is still missed.
	if due, _, err := s.e.missed(t.Context(), job{pipeline: "plans", schedule: "0 1 * * *"}); err != nil || !due {
		t.Errorf("the night is due: %v, %v", due, err)
	}
	if _, err := s.e.BackfillPlans(t.Context(), qulaq.Date(2022, 1, 1), qulaq.Date(2024, 12, 31)); err != nil {
		t.Fatal(err)
	}
	if got := s.Count("/uploads/"); got != 3 {
		t.Errorf("%d files were fetched in all, want 3", got)
	}
}

// What an entry has beside a file that nobody can open does not make it something else than the plan it may be.
func TestAFileThatCannotBeOpened(t *testing.T) {
	s := newSite(t)
	rar := govsim.File{Name: "план.rar", Data: []byte("Rar!\x1a\x07\x00 and what nobody unpacks")}
	s.Add("aktobe", "ru", entry("О встречах акима с населением", "2023-01-20", "<p>Документ прикреплён.</p>", rar))
	s.Add("aktobe", "ru", entry("О встречах акима с населением", "2023-01-19", "<p>Текст.</p>"))
	if err := s.run(t).Err(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{
		"1001/ru | unreadable | it is of a format that is not read", "1002/ru | lookalike | meeting +6: встреч… ~ аким|акима|акимов|акимом|акимами|акиме|акимы",
	}, ask(t, s.e, "SELECT publication_id, kind, why FROM publications ORDER BY ALL")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
