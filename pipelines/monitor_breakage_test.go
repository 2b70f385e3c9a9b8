package pipelines

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/qulaq-kz/qulaq/internal/govsim"
	"github.com/qulaq-kz/qulaq/transform/publication"
)

// breakage is one way in which a site breaks between New Year and the due day, with the plan of the half-year behind it.
type breakage struct {
	name string
	// plan publishes the plan, in time, in another way than as the text of a Russian page.
	plan   func(*testing.T, *akimat)
	spoil  func(*akimat)     // breaks the site
	young  bool              // the region is new, so that no plan of the half-year before is known
	fresh  bool              // the site is known from one look and not from three
	lively bool              // it was seen to get something new every night
	want   publication.State // on the first night after grace
	then   publication.State // when the site is mended; published unless said otherwise
}

// nothing is published for the half-year.
func nothing(*testing.T, *akimat) {}

// as publishes the plan as a file.
func as(name string, data func(*testing.T, *akimat) []byte) func(*testing.T, *akimat) {
	return func(t *testing.T, a *akimat) {
		a.ru = append(a.ru, a.plan("2023-01-12", govsim.File{Name: name, Data: data(t, a)}))
	}
}

// written is the plan as a page of HTML.
func written(_ *testing.T, a *akimat) []byte { return []byte(a.plan("2023-01-12").Content) }

// titled publishes the plan under a title of its own.
func titled(title string, change func(*govsim.Entry)) func(*testing.T, *akimat) {
	return func(_ *testing.T, a *akimat) {
		x := a.plan("2023-01-12")
		x.Title = title
		change(&x)
		a.ru = append(a.ru, x)
	}
}

// kazakh publishes the plan in Kazakh alone.
func kazakh(_ *testing.T, a *akimat) {
	x := a.plan("2023-01-12")
	x.Title = "2022 жылдың 2 жартыжылдығындағы әкімнің халықпен кездесулерінде көтерілген мәселелер бойынша іс-шаралар жоспары"
	x.Content = "<p>" + x.Title + "</p><table><tr><th>№</th><th>Көтерілген мәселе</th><th>Орындау мерзімі</th><th>Жауапты орындаушылар</th></tr>" +
		"<tr><td>1</td><td>Ауылға жол жоқ</td><td>2023 жылғы 1 маусымға дейін</td><td>Энергетика басқармасы</td></tr></table>"
	a.kk = append(a.kk, x)
}

// by lets the listing of the akimat go wrong in a way of the small internet.
func by(m govsim.Mishap) func(*akimat) {
	return func(a *akimat) { a.at.Spoil(a.Slug, m) }
}

// forbid adds a line to the robots.txt of the platform.
func (a *akimat) forbid(path string) {
	if a.at.forbidden == "" {
		a.at.forbidden = "User-agent: *\n"
	}
	a.at.forbidden += "Disallow: " + path + "\n"
	a.at.Robots(a.at.forbidden)
}

// files lets the plan's file go wrong.
func files(m govsim.Mishap) func(*akimat) {
	return func(a *akimat) { a.at.Spoil(a.paths[len(a.paths)-1], m) }
}

// every changes all entries.
func every(change func(i int, x *govsim.Entry)) func(*akimat) {
	return func(a *akimat) {
		for _, list := range [][]govsim.Entry{a.ru, a.kk} {
			for i := range list {
				change(i, &list[i])
			}
		}
		a.show()
	}
}

func renamed(old, now string) govsim.Mishap {
	return govsim.Mishap{Rename: map[string]string{old: now}}
}

func locked(t *testing.T, _ *akimat) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "transform", "pdf", "testdata", "locked.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func zipped(t *testing.T, a *akimat) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("план.html")
	if err == nil {
		_, err = w.Write(written(t, a))
	}
	if err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	published    = publication.Published
	unreadable   = publication.Unreadable
	unverifiable = publication.Unverifiable
	overdue      = publication.Overdue
)

// breakages are the ways. The states are what a person would say who sees no more than the program does.
var breakages = []breakage{
	{name: "nothing is broken, and the plan is there", want: published},
	{name: "nothing is broken, and there is no plan", plan: nothing, want: overdue, then: overdue},
	{name: "nothing is broken, and there are only papers that look like a plan", plan: func(_ *testing.T, a *akimat) {
		for i, title := range []string{"График встреч акима с населением на 2023 год", "Отчёт о встречах акима с населением за 2 полугодие 2022 года", "План государственных закупок на 2023 год"} {
			x := entry(title, "2023-01-12", "<p>Текст.</p>")
			x.ID = a.ru[0].ID + 950 + i
			a.ru = append(a.ru, x)
		}
	}, want: overdue, then: overdue},

	// Nobody answers, or not us.
	{name: "the connection is dropped", spoil: by(govsim.Mishap{Drop: true}), want: unverifiable},
	{name: "HTTP 500", spoil: by(govsim.Mishap{Status: 500}), want: unverifiable},
	{name: "HTTP 404: the slug is gone", spoil: by(govsim.Mishap{Status: 404}), want: unverifiable},
	{name: "HTTP 403", spoil: by(govsim.Mishap{Status: 403}), want: unverifiable},
	{name: "an endless redirect", spoil: func(a *akimat) {
		by(govsim.Mishap{Status: 302, Header: map[string]string{"Location": "?projects=" + a.Slug}})(a)
	}, want: unverifiable},
	{name: "HTTP 503", spoil: by(govsim.Mishap{Status: 503}), want: unverifiable},
	{name: "a redirect to a private address", spoil: by(govsim.Mishap{Status: 302, Header: map[string]string{"Location": "http://10.0.0.1/"}}), want: unverifiable},
	{name: "HTTP 429 with a Retry-After of a day", spoil: by(govsim.Mishap{Status: 429, Header: map[string]string{"Retry-After": "86400"}}), want: unverifiable},
	{name: "robots.txt forbids the listing", spoil: func(a *akimat) { a.forbid("/*projects=" + a.Slug + "&") }, want: unverifiable},

	// Something else answers.
	{name: "a login page with HTTP 200", spoil: by(govsim.Mishap{Body: govsim.LoginPage}), want: unverifiable},
	{name: "a captcha with HTTP 200", spoil: by(govsim.Mishap{Body: govsim.CaptchaPage}), want: unverifiable},
	{name: "the shell of the site's program in place of data", spoil: by(govsim.Mishap{Body: govsim.ShellPage}), want: unverifiable},

	// The shape changes.
	{name: "the array is a field of an object", spoil: by(govsim.Mishap{Object: true}), want: unverifiable},
	{name: "no title", spoil: by(renamed("title", "")), want: published},
	{name: "no created_date", spoil: by(renamed("created_date", "")), want: published},
	{name: "no content", spoil: by(renamed("content", "")), want: unreadable},
	{name: "no full_text, where the plan is a file", plan: as("план.html", written), spoil: by(renamed("full_text", "")), want: unreadable},
	{name: "id is called uuid", spoil: by(renamed("id", "uuid")), want: unverifiable},
	{name: "windows-1251, and no header says so", spoil: by(govsim.Mishap{Windows: true}), want: published},
	{name: "packed by gzip, unasked", spoil: by(govsim.Mishap{Gzip: true}), want: published},
	{name: "pages count from 0, for all sites beside this one too", spoil: func(a *akimat) { a.at.CountPages(govsim.FromZero) }, want: published},

	// Less comes than there is.
	{name: "the page is cut, and the connection closed", spoil: by(govsim.Mishap{CutAfter: 900}), want: unverifiable},
	{name: "the page is cut, and the server calls it whole", spoil: by(govsim.Mishap{EndAfter: 900}), want: unverifiable},
	{name: "both listings are empty", spoil: by(govsim.Mishap{Empty: true}), want: unverifiable},
	{name: "the listing of the plan's language is empty, the other is not", plan: kazakh, spoil: func(a *akimat) { a.kk = nil; a.show() }, want: unverifiable},
	{name: "everything moved to another slug", spoil: func(a *akimat) { a.showAt(a.Slug + "-new") }, want: unverifiable},
	{name: "pages are capped at three entries", spoil: by(govsim.Mishap{SizeCap: 3}), want: published},
	{name: "every page is the first", spoil: by(govsim.Mishap{SamePage: true}), want: published},
	{name: "half of the entries are gone, the newest too", spoil: func(a *akimat) { a.ru = a.ru[:len(a.ru)/2]; a.show() }, want: unverifiable},
	{name: "one entry is {}, the plan", plan: func(_ *testing.T, a *akimat) {
		a.ru = append(a.ru, a.plan("2022-01-12")) // so that it is the oldest
	}, spoil: func(a *akimat) { by(govsim.Mishap{EmptyEvery: len(a.ru)})(a) }, want: unverifiable},
	{name: "half of the entries are gone, the newest too, and only one look is known before", fresh: true, spoil: func(a *akimat) { a.ru = a.ru[:len(a.ru)/2]; a.show() }, want: unverifiable},
	{name: "a copy of the listing from before the plan is served, where there was something new every day", lively: true, spoil: func(a *akimat) { a.ru = a.ru[:len(a.ru)-1]; a.show() }, want: unverifiable},
	{name: "the plan and all that is new stand under another slug, the old one is left as it was, where there was something new every day", lively: true, spoil: func(a *akimat) {
		a.at.Add(a.Slug+"-new", "ru", a.ru[len(a.ru)-1])
		a.ru = a.ru[:len(a.ru)-1]
		a.show()
	}, want: unverifiable},

	// It is all there, and says other things.
	{name: "all titles are «Документ № 12»", spoil: every(func(_ int, x *govsim.Entry) { x.Title = "Документ № 12" }), want: published},
	{name: "all titles are «Документ № 12», where no plan was known before", young: true, spoil: every(func(_ int, x *govsim.Entry) { x.Title = "Документ № 12" }), want: published},
	{name: "all titles are «Документ № 12», and there is no plan", plan: nothing, young: true, spoil: every(func(_ int, x *govsim.Entry) { x.Title = "Документ № 12" }), want: unverifiable, then: overdue},
	{name: "the plan's title is «Документ № 12», its file says what it is", plan: titled("Документ № 12", func(x *govsim.Entry) {
		x.Files, x.Content = []govsim.File{{Name: "план.html", Data: []byte(x.Content)}}, ""
	}), want: published},
	{name: "the plan's title is «Информация для населения», its text says what it is", plan: titled("Информация для населения", func(*govsim.Entry) {}), want: published},
	{name: "all dates are midnight", spoil: every(func(_ int, x *govsim.Entry) { x.Created = x.Created.Truncate(24 * time.Hour) }), want: published},
	{name: "all dates lie in the future", spoil: every(func(_ int, x *govsim.Entry) { x.Created = x.Created.AddDate(70, 0, 0) }), want: published},
	{name: "all dates are that of a move of the site, after the due day", spoil: every(func(i int, x *govsim.Entry) {
		x.Created = time.Date(2023, 2, 10, 6, i, 0, 0, time.UTC)
	}), want: published},
	{name: "all ids are others", spoil: every(func(_ int, x *govsim.Entry) { x.ID += 500_000 }), want: published},
	{name: "the listing is that of another akimat", spoil: func(a *akimat) {
		a.ru = a.ru[:len(a.ru)-1] // which has not published
		every(func(_ int, x *govsim.Entry) {
			x.ID += 500_000
			x.Content = strings.ReplaceAll(x.Content, a.Name.RU, "города Байконыра")
		})(a)
	}, want: unverifiable},

	// The plan is there, and its words are not.
	{name: "the plan is pictures, and nothing here recognises them", plan: as("план.docx", func(t *testing.T, _ *akimat) []byte { return dev(t, "b_docx_pictures.docx").File }), want: unreadable, then: unreadable},
	{name: "the plan is locked by a password", plan: as("план.pdf", locked), want: unreadable, then: unreadable},
	{name: "the plan's file answers 404", plan: as("план.html", written), spoil: files(govsim.Mishap{Status: 404}), want: unreadable},
	{name: "the plan's file is a login page", plan: as("план.html", written), spoil: files(govsim.Mishap{Body: govsim.LoginPage}), want: unreadable},
	{name: "robots.txt forbids the plan's file", plan: as("план.html", written), spoil: func(a *akimat) { a.forbid(a.paths[len(a.paths)-1]) }, want: unreadable},
	{name: "the plan is in a zip", plan: as("план.zip", zipped), want: published},
	{name: "the plan is published in Kazakh alone", plan: kazakh, want: published},
	{name: "the plan does not say its period", plan: titled("План мероприятий по проблемным вопросам, поднятым на встречах акима с населением", func(x *govsim.Entry) {
		x.Content = strings.ReplaceAll(x.Content, " за 2 полугодие 2022 года", "")
	}), want: unreadable, then: unreadable},
}

// afterwards are the nights with the site broken; the last is the first with grace over.
var afterwards = []string{"2023-01-16", overdueOn}

// mended is a night after the site was mended.
const mended = "2023-02-22"

// Each way is watched from a healthy history until grace is over. Whatever happens to a site, nobody is accused who
// published, and something is always said.
func TestProveBreakages(t *testing.T) {
	const atOnce = 17 // akimats of old regions
	outcomes := map[string]string{}
	var mu sync.Mutex
	t.Run("worlds", func(t *testing.T) {
		for of := range slices.Chunk(breakages, atOnce) {
			t.Run(of[0].name, func(t *testing.T) {
				t.Parallel()
				watchBreakages(t, of, func(b breakage, line string) {
					mu.Lock()
					defer mu.Unlock()
					outcomes[b.name] = line
				})
			})
		}
	})
	var page strings.Builder
	page.WriteString(`# What is said of a site that breaks

Each line is one way in which a site breaks. An akimat's site is well until January 2023, and known from three looks. On 12
January the plan of 2022-H2 is published, unless the line says otherwise, and the site breaks before the program sees
it. The plan is due on 30 January, grace ends on 13 February. Said are the states of the nights of 16 January and 14
February with the site broken, then that of 22 February with the site mended; the reason is that of 14 February.

This page is made by the test of the pipelines; ` + "`go test ./pipelines -run TestProveBreakages -update`" + ` makes it anew.

| | the site | said while it is broken | why | noticed besides | said when it is mended |
|---|---|---|---|---|---|
`)
	for i, b := range breakages {
		fmt.Fprintf(&page, "| %d | %s | %s\n", i+1, b.name, outcomes[b.name])
	}
	if !t.Failed() {
		golden(t, "BREAKAGES.md", page.String())
	}
}

func watchBreakages(t *testing.T, of []breakage, note func(breakage, string)) {
	s := newWatch(t)
	var old, young, all []*akimat
	for _, a := range s.akimats(t) {
		if _, ok := a.SinceDay(); ok {
			young = append(young, a)
		} else {
			old = append(old, a)
		}
	}
	for _, b := range of {
		from := &old
		if b.young {
			from = &young
		}
		a := (*from)[0]
		*from = (*from)[1:]
		all = append(all, a)
		s.e.Config.Plans.Only = append(s.e.Config.Plans.Only, a.Key)
	}
	fresh := []string{"''"}
	for i, a := range all {
		if of[i].lively {
			for n, list := range []*[]govsim.Entry{&a.ru, &a.kk} {
				x := entry("О бюджете", "2023-01-04", "<p>Текст.</p>")
				x.ID = a.ru[0].ID + 800 + n
				*list = append(*list, x)
			}
			a.show()
		}
		if of[i].fresh {
			fresh = append(fresh, "'"+a.Source.Archive()+"'")
		}
	}
	for key, j := range s.night(t, "2023-01-05") {
		if j.Verdict.State != publication.NotFound {
			t.Fatalf("%s: %s (%s)", key, j.Verdict.State, j.Verdict.Reason.Text("en"))
		}
	}
	for _, days := range []int{8, 16} { // nights before, on which the sites were the same
		if err := s.e.Warehouse.Do(t.Context(), fmt.Sprintf("INSERT INTO looks SELECT * REPLACE (at - INTERVAL %d DAY AS at) FROM looks WHERE source NOT IN (%s)", days, strings.Join(fresh, ", "))); err != nil {
			t.Fatal(err)
		}
	}
	for i, a := range all {
		if !of[i].lively {
			continue
		}
		for days := range 20 { // nights on which the newest entry was that of the evening before
			if err := s.e.Warehouse.Do(t.Context(), fmt.Sprintf("INSERT INTO looks SELECT * EXCEPT seen REPLACE (seen AS at, toDateTime(seen) - INTERVAL 9 HOUR AS last_at) "+
				"FROM (SELECT *, at - INTERVAL %d DAY AS seen FROM looks WHERE source = '%s' AND toDate(at, 'Asia/Almaty') = '2023-01-05')", days+1, a.Source.Archive())); err != nil {
				t.Fatal(err)
			}
		}
	}
	sound := map[string]akimat{}
	for i, a := range all {
		b := of[i]
		if b.plan == nil {
			a.ru = append(a.ru, a.plan("2023-01-12"))
		} else {
			b.plan(t, a)
		}
		a.show()
		sound[a.Key] = akimat{ru: slices.Clone(a.ru), kk: slices.Clone(a.kk)}
		if b.spoil != nil {
			b.spoil(a)
		}
	}
	states := map[string][]publication.State{}
	why, besides := map[string]string{}, map[string]string{}
	for _, day := range afterwards {
		s.at(day)
		r := s.run(t)
		said := s.monitor(t)
		for i, a := range all {
			b, v := of[i], said[a.Key].Verdict
			states[a.Key] = append(states[a.Key], v.State)
			why[a.Key], besides[a.Key] = v.Reason.Text("en"), noticed(r, a)
			if v.State == publication.Late || v.State == publication.Withdrawn || v.State == overdue && b.want != overdue {
				t.Errorf("%s, %s: %s is accused: %s (%s)", b.name, day, a.Key, v.State, why[a.Key])
			}
			if v.State == overdue && day < overdueOn {
				t.Errorf("%s, %s: too early", b.name, day)
			}
			if day >= overdueOn && v.State != b.want {
				t.Errorf("%s, %s: %s (%s), want %s; noticed: %s", b.name, day, v.State, why[a.Key], b.want, besides[a.Key])
			}
		}
	}
	s.Robots("")
	s.forbidden = ""
	s.CountPages(govsim.FromOne)
	for _, a := range all {
		s.Spoil(a.Slug, govsim.Mishap{})
		for _, path := range a.paths {
			s.Spoil(path, govsim.Mishap{})
		}
		s.Remove(a.Slug + "-new")
		a.ru, a.kk = sound[a.Key].ru, sound[a.Key].kk
		a.show()
	}
	s.at(mended)
	s.run(t)
	said := s.monitor(t)
	for i, a := range all {
		b, v := of[i], said[a.Key].Verdict
		then := b.then
		if then == "" {
			then = published
		}
		if v.State != then || v.State == published && v.PublishedOn.String() > dueOn {
			t.Errorf("%s, mended: %s on %s (%s), want %s", b.name, v.State, v.PublishedOn, v.Reason.Text("en"), then)
		}
		note(b, fmt.Sprintf("%s | %s | %s | %s |", path(states[a.Key]), strings.ReplaceAll(why[a.Key], a.Source.Archive(), "the site"), besides[a.Key], v.State))
	}
}

// path writes states in their order, each that lasts once.
func path(states []publication.State) string {
	var all []string
	for i, s := range slices.Compact(states) {
		if i > 0 {
			all = append(all, "→")
		}
		all = append(all, "`"+string(s)+"`")
	}
	return strings.Join(all, " ")
}

// noticed lists the kinds of findings of a night at a site, and the files that could not be fetched.
func noticed(r *Result, a *akimat) string {
	var kinds []string
	for _, l := range r.Looks {
		if l.Source != a.Source.Archive() {
			continue
		}
		for _, f := range l.Findings {
			kinds = append(kinds, string(f.Kind))
		}
		if l.FilesFailed > 0 {
			kinds = append(kinds, "a file was not fetched")
		}
	}
	slices.Sort(kinds)
	return strings.Join(slices.Compact(kinds), ", ")
}
