package pipelines

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/govsim"
	"github.com/qulaq-kz/qulaq/transform/publication"
)

// withSites lets an environment look at sites beside what it looks at; each line is KEY REGION DISTRICT LISTING….
func (s *small) withSites(t *testing.T, sites ...string) {
	t.Helper()
	var b strings.Builder
	for _, line := range sites {
		f := strings.Fields(line)
		fmt.Fprintf(&b, "- key: %s\n  region: %q\n", f[0], f[1])
		if f[2] != "-" {
			fmt.Fprintf(&b, "  district: %q\n  level: district\n  name: {ru: Акимат района %s}\n", f[2], f[0])
		}
		fmt.Fprintf(&b, "  site:\n    base: %s\n    listings:\n", s.e.Config.Plans.BaseURL)
		for _, at := range f[3:] {
			fmt.Fprintf(&b, "      %s: [%s]\n", at[1:3], at)
		}
		b.WriteString("    " + govsim.SiteProfile)
		s.e.Config.Plans.Only = append(s.e.Config.Plans.Only, f[0])
	}
	s.e.Config.Plans.Sources = filepath.Join(t.TempDir(), "sources.yaml")
	if err := os.WriteFile(s.e.Config.Plans.Sources, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func numbered(id int, e govsim.Entry) govsim.Entry {
	e.ID = id
	return e
}

// others are entries of a site that no one takes for a plan.
func others(from, n int) (all []govsim.Entry) {
	for i := range n {
		all = append(all, numbered(from+i, entry(fmt.Sprintf("Об утверждении правил застройки, часть %d", i+1), fmt.Sprintf("2022-11-%02d", 28-i), "<p>Текст.</p>")))
	}
	return all
}

func TestSitesOfTheirOwn(t *testing.T) {
	s := newSite(t)
	s.e.Config.Plans.Only = []string{"sko"}
	s.withSites(t, "aktobe-site 150000000 - /ru/plans /kk/plans", "burabay 110000000 117000000 /ru/burabay")
	docx := dev(t, "a_01_aktobe.docx")
	plans := append([]govsim.Entry{
		numbered(1, entry(planTitle, "2023-01-20", "<p>Во вложении.</p>", govsim.File{Name: "План акимата (2 полугодие).docx", Data: docx.File})),
	}, others(10, 22)...)
	s.Site(govsim.Site{Listing: "/ru/plans", Entries: plans})
	s.Site(govsim.Site{Listing: "/kk/plans"})
	s.Site(govsim.Site{Listing: "/ru/burabay", Entries: []govsim.Entry{
		numbered(2, entry("План мероприятий по проблемным вопросам, поднятым на встречах акима Бурабайского района с населением за 4 квартал 2022 года", "2023-01-18",
			page("Бурабайского района Акмолинской области", "4 квартал 2022 года", "нет дороги в посёлок Бурабай|до 01.06.2023|исполнено"))),
	}})

	r := s.run(t)
	if err := r.Err(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{
		"govkz/sko | kk | 1 | empty | true | 0 | 0 | 0 | 0", "govkz/sko | ru | 1 | empty | true | 0 | 0 | 0 | 0",
		"site/aktobe-site | kk | 1 | empty | true | 0 | 0 | 0 | 0", "site/aktobe-site | ru | 1 | healthy | true | 23 | 1 | 1 | 0",
		"site/burabay | ru | 1 | healthy | true | 1 | 1 | 0 | 0",
	}, ask(t, s.e, lookLines)); diff != "" {
		t.Errorf("looks (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{
		fmt.Sprintf("site/aktobe-site/150000000/2022-H2 | %d | true | 2023-01-20 | docx | %s/ru/plans/1", len(docx.Truth.Items), s.e.Config.Plans.BaseURL),
		fmt.Sprintf("site/burabay/117000000/2022-Q4 | 1 | true | 2023-01-18 | html | %s/ru/burabay/2", s.e.Config.Plans.BaseURL),
	}, ask(t, s.e, "SELECT plan_id, items, readable, toString(published_on), format, url FROM plans ORDER BY plan_id")); diff != "" {
		t.Errorf("plans (-want +got):\n%s", diff)
	}
	if got := ask(t, s.e, "SELECT DISTINCT p.snapshot = l.snapshot FROM plans p JOIN publications l USING source, publication_id WHERE p.source = 'site/burabay'"); len(got) != 1 || got[0] != "0" {
		t.Errorf("the plan's birthplace is its own page, not the listing: %q", got)
	}
	wantSound(t, s.e)

	t.Run("again is the same, and no page or file is fetched twice", func(t *testing.T) {
		before := everything(t, s.e)
		s.Forget()
		if r := s.run(t); r.New() != 0 || r.Err() != nil {
			t.Errorf("%d sources are new, %v", r.New(), r.Err())
		}
		for _, at := range []string{"/ru/plans/1", "/ru/burabay/2"} {
			if n := s.Count(at); n != 0 {
				t.Errorf("%s: %d requests", at, n)
			}
		}
		if s.Count("page=3") != 0 {
			t.Error("a look at what is new turned all pages")
		}
		if diff := cmp.Diff(before, everything(t, s.e)); diff != "" {
			t.Errorf("(-before +after):\n%s", diff)
		}
	})

	t.Run("a replay without the network gives the same", func(t *testing.T) {
		before := everything(t, s.e)
		s.Forget()
		r, err := s.e.ReplayPlans(t.Context(), 0)
		if err != nil || r.Err() != nil || r.New() != 3 {
			t.Fatalf("%+v, %v", r, err)
		}
		if n := s.Count(""); n != 0 {
			t.Errorf("%d requests", n)
		}
		if diff := cmp.Diff(before, everything(t, s.e)); diff != "" {
			t.Errorf("(-before +after):\n%s", diff)
		}
	})

	t.Run("a site that misbehaves is told of, and its facts stay", func(t *testing.T) {
		before := everything(t, s.e)
		elsewhere := strings.Replace(s.e.Config.Plans.BaseURL, "127.0.0.1", "localhost", 1)
		s.at("2023-03-01") // whole looks are due
		for name, c := range map[string]struct {
			mishap  govsim.Mishap
			outcome string
		}{
			"a login page":              {govsim.Mishap{Body: govsim.LoginPage}, "login_page"},
			"a captcha":                 {govsim.Mishap{Body: govsim.CaptchaPage}, "captcha"},
			"other selectors":           {govsim.Mishap{Body: "<!doctype html><html><body><div class=card><a href=/x>План</a></div></body></html>"}, "changed_shape"},
			"a redirect to a new host":  {govsim.Mishap{Status: 302, Header: map[string]string{"Location": elsewhere + "/ru/plans?"}}, "changed_shape"},
			"refused":                   {govsim.Mishap{Status: 403}, "refused"},
			"gone":                      {govsim.Mishap{Status: 404}, "changed_shape"},
			"the connection is dropped": {govsim.Mishap{Drop: true}, "unreachable"},
		} {
			s.Spoil("/ru/plans", c.mishap)
			r := s.run(t)
			if r.Err() == nil || qulaq.KindOf(r.Err()) == qulaq.Bug {
				t.Errorf("%s: error %v", name, r.Err())
			}
			if got := ask(t, s.e, "SELECT outcome, complete FROM looks WHERE source = 'site/aktobe-site' AND lang = 'ru' AND run_id = ?", r.RunID); len(got) != 1 || got[0] != c.outcome+" | false" {
				t.Errorf("%s: looks %q, want %s", name, got, c.outcome)
			}
		}
		s.Spoil("/ru/plans", govsim.Mishap{})
		if diff := cmp.Diff(before, everything(t, s.e)); diff != "" {
			t.Errorf("facts changed (-before +after):\n%s", diff)
		}
	})

	t.Run("verify", func(t *testing.T) {
		states := func() string {
			checks, _ := s.e.VerifySources(t.Context())
			var all []string
			for _, c := range checks {
				all = append(all, c.Key+" "+string(c.State))
			}
			return strings.Join(all, ", ")
		}
		if got := states(); got != "sko found, aktobe-site found, burabay found" {
			t.Error(got)
		}
		s.Spoil("/ru/burabay", govsim.Mishap{Status: 404})
		s.Spoil("/kk/plans", govsim.Mishap{Status: 503})
		if got := states(); got != "sko found, aktobe-site not_asked, burabay not_found" {
			t.Error(got)
		}
	})
}

func TestBackfillOfASite(t *testing.T) {
	s := newSite(t)
	s.e.Config.Plans.Only = nil
	s.withSites(t, "aktobe-site 150000000 - /ru/plans")
	var entries []govsim.Entry
	for i, year := range []string{"2024", "2023", "2022"} {
		entries = append(entries, numbered(i+1, entry("План мероприятий по вопросам, поднятым на встречах акима Актюбинской области с населением за "+year+" год", year+"-08-20",
			page("Актюбинской области", year+" год", "нет дороги|до 01.06.2023|исполнено"))))
	}
	s.Site(govsim.Site{Listing: "/ru/plans", Entries: entries})
	r, err := s.e.BackfillPlans(t.Context(), qulaq.Date(2023, 1, 1), qulaq.Date(2023, 12, 31))
	if err != nil || r.Err() != nil {
		t.Fatal(err, r.Err())
	}
	if diff := cmp.Diff([]string{"site/aktobe-site/150000000/2023"}, ask(t, s.e, "SELECT plan_id FROM plans WHERE readable")); diff != "" {
		t.Errorf("plans (-want +got):\n%s", diff)
	}
	for i, want := range []int{0, 1, 0} {
		if got := s.Count(fmt.Sprintf("/ru/plans/%d", i+1)); got != want {
			t.Errorf("entry %d: %d requests, want %d", i+1, got, want)
		}
	}
}

// An akimat with a site of its own beside gov.kz owes a plan in either, and is accused only when both were read.
func TestMonitorOfASite(t *testing.T) {
	t.Parallel()
	s := newWatch(t, "aktobe")
	a := s.akimats(t)[0]
	s.withSites(t, "aktobe-site 150000000 - /ru/plans")
	listed := others(10, 8)
	for i := range 3 { // so that the listing reaches back behind the meetings
		listed = append(listed, numbered(30+i, entry(fmt.Sprintf("О бюджете, часть %d", i+1), fmt.Sprintf("2022-09-%02d", 20-i), "<p>Текст.</p>")))
	}
	s.Site(govsim.Site{Listing: "/ru/plans", Entries: listed, PerPage: 5})
	say := func(day string, want publication.State, words string) {
		t.Helper()
		s.at(day)
		s.run(t)
		r, err := s.e.RunMonitor(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, j := range r.Judged {
			if j.Obligation.Period.Label != half {
				continue
			}
			n++
			if v := j.Verdict; v.State != want || !strings.Contains(v.Reason.Text("en"), words) {
				t.Errorf("%s: %s (%s), want %s", day, v.State, v.Reason.Text("en"), want)
			}
			if j.Name != a.Name.RU {
				t.Errorf("its name is %q", j.Name)
			}
			if want == publication.Overdue && len(j.Verdict.Evidence) != 3 {
				t.Errorf("%s: an accusation by %d looks: %+v", day, len(j.Verdict.Evidence), j.Verdict.Evidence)
			}
		}
		if n != 1 {
			t.Errorf("%s: %d verdicts of one akimat", day, n)
		}
	}
	say("2023-01-05", publication.NotFound, "")
	s.Spoil("/ru/plans", govsim.Mishap{Body: "<html><body>Сайт обновлён</body></html>"})
	say("2023-01-14", publication.Unverifiable, "site/aktobe-site")
	say(overdueOn, publication.Unverifiable, "site/aktobe-site")
	s.Spoil("/ru/plans", govsim.Mishap{})
	say("2023-02-20", publication.Overdue, "")
	s.Site(govsim.Site{Listing: "/ru/plans", PerPage: 5, Entries: append([]govsim.Entry{
		numbered(99, entry(planTitle, "2023-01-25", page(a.Name.RU, "2 полугодие 2022 года", "нет дороги в аул Копа|до 01.06.2023|исполнено"))),
	}, listed...)})
	say("2023-02-28", publication.Published, "")
}

func TestSourcesThatAreNone(t *testing.T) {
	site := "  site:\n    base: https://a.kz\n    listings: {ru: [/p]}\n    item: li\n"
	own := "- key: a\n  region: \"150000000\"\n" + site
	all, err := readSources([]byte(own))
	if err != nil || len(all) != 21 || all[20].Level != "oblast" || all[20].Name.RU != "Актюбинская область" || all[20].Archive() != "site/a" {
		t.Fatalf("%+v, %v", all, err)
	}
	for text, says := range map[string]string{
		own + "    itme: x\n":    "[7:5]",
		"- key: a\n  slugg: b\n": "[2:3]",
		own + "  slug: b\n":      "of gov.kz",
		own + own:                "this key",
		strings.Replace(own, "key: a", "key: aktobe", 1):   "this key",
		strings.Replace(own, "li\n", "'a['\n", 1):          "selector",
		strings.Replace(own, "150000000", "151000000", 1):  "level",
		own + "  level: city\n":                            "another level",
		"- key: a\n  region: \"150000000\"\n  site: {}\n":  "item",
		"- key: a\n  region: \"150000000\"\n  site: []\n":  "[3:",
		"- key: a\n  region: \"150000000\"\n  site: https": "[3:",
	} {
		if _, err := readSources([]byte(text)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %q", text, err, says)
		}
	}
}
