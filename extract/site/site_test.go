package site

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract"
	"github.com/qulaq-kz/qulaq/extract/fetch"
	"github.com/qulaq-kz/qulaq/extract/listing"
	"github.com/qulaq-kz/qulaq/internal/govsim"
)

var noon = time.Date(2026, 5, 20, 12, 0, 0, 0, qulaq.Almaty())

// stage is a site and a client of it that does not really wait.
type stage struct {
	*govsim.World
	*Client
	profile Profile
	base    string
	archive *extract.Archive
}

func newStage(t *testing.T, profile string) *stage {
	t.Helper()
	s := &stage{World: govsim.New()}
	server := httptest.NewServer(s.World)
	t.Cleanup(server.Close)
	archive, err := extract.OpenArchive(t.TempDir(), func() time.Time { return noon })
	if err != nil {
		t.Fatal(err)
	}
	now := noon
	web, err := fetch.New(fetch.Options{
		UserAgent: "qulaq/test (+https://example.kz)", Hosts: []string{"127.0.0.1"}, AllowPrivate: true,
		Clock: func() time.Time { return now },
		Sleep: func(ctx context.Context, d time.Duration) error { now = now.Add(d); return context.Cause(ctx) },
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Client, s.archive = New(web, archive), archive
	s.base, s.profile = server.URL, mustProfile(t, strings.ReplaceAll(profile, "BASE", server.URL))
	return s
}

func profileOf(text string) (p Profile, err error) {
	if err = listing.ReadYAML([]byte(text), &p); err == nil {
		err = p.Complete("akimat")
	}
	return p, err
}

func mustProfile(t testing.TB, text string) Profile {
	t.Helper()
	p, err := profileOf(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const ordinary = `
base: BASE
listings: {ru: [/plans?page=1]}
item: .item
link: a.title
date: .date
next: a.next
file: a[href*="/files/"]
body: article
expect: {min: 2, max: 4}
`

// listed is a page of n entries, numbered from one on; next is the link to the next page.
func listed(from, n int, next string) string {
	var b strings.Builder
	b.WriteString("<!doctype html><html><head><meta charset=utf-8><title>Планы</title></head><body>")
	for i := range n {
		fmt.Fprintf(&b, `<div class="item"><span class="date"> 0%d.02.2023 </span><a class="title" href="/plan/%d#top"> План <b>%d</b></a><a href="/files/%d.docx">файл</a></div>`, from+i, from+i, from+i, from+i)
	}
	if next != "" {
		fmt.Fprintf(&b, `<a class="next" href="%s">→</a>`, next)
	}
	b.WriteString("</body></html>")
	return b.String()
}

func (s *stage) look(t *testing.T) (all []listing.Entry, l listing.Look, err error) {
	l, err = s.Look(t.Context(), s.profile, "ru", time.Time{}, func(e listing.Entry) error {
		all = append(all, e)
		return nil
	})
	return all, l, err
}

func TestLook(t *testing.T) {
	s := newStage(t, ordinary)
	s.Page("/plans?page=1", "text/html", []byte(listed(1, 2, "?page=2")))
	s.Page("/plans?page=2", "text/html", []byte(listed(3, 2, "?page=3")))
	s.Page("/plans?page=3", "text/html", []byte(listed(5, 1, "?page=3"))) // the last may be short, and points to itself
	all, l, err := s.look(t)
	if err != nil || l.Outcome != listing.Healthy || !l.Complete || l.Pages != 3 || l.Entries != 5 || len(all) != 5 || len(l.Findings) != 0 {
		t.Fatalf("%+v, %v", l, err)
	}
	e := all[4]
	base := s.base
	want := listing.Entry{
		ID: idOf(base + "/plan/5"), URL: base + "/plan/5", Title: "План 5", Lang: "ru", Page: l.Hashes[2],
		CreatedAt: time.Date(2023, 2, 5, 0, 0, 0, 0, qulaq.Almaty()),
		Files:     []listing.File{{URL: base + "/files/5.docx", Name: "5.docx", Bytes: -1}},
	}
	if diff := cmp.Diff(want, e); diff != "" {
		t.Error(diff)
	}
	if !l.First.Equal(time.Date(2023, 2, 1, 0, 0, 0, 0, qulaq.Almaty())) || l.Source != "site/akimat" || s.AtOnce() != 1 || s.Count("robots.txt") != 1 {
		t.Errorf("%+v", l)
	}
}

func TestOutcomes(t *testing.T) {
	page := func(text string) govsim.Mishap { return govsim.Mishap{Body: text} }
	for name, c := range map[string]struct {
		mishap govsim.Mishap
		want   listing.Outcome
		says   string
	}{
		"healthy":              {govsim.Mishap{}, listing.Healthy, ""},
		"packed":               {govsim.Mishap{Gzip: true}, listing.Healthy, ""},
		"nothing listed":       {page(listed(1, 0, "")), listing.ChangedShape, `no element ".item"`},
		"too few":              {page(listed(1, 1, "")), listing.ChangedShape, "at least 2"},
		"too few behind":       {page(listed(1, 1, "/plans?page=2")), listing.ChangedShape, "at least 2"},
		"too many":             {page(listed(1, 5, "")), listing.ChangedShape, "at most 4"},
		"no links":             {page(strings.ReplaceAll(listed(1, 3, ""), `class="title"`, "")), listing.ChangedShape, "only 0 have a link"},
		"a login page":         {page(govsim.LoginPage), listing.LoginPage, "Вход"},
		"a captcha":            {page(govsim.CaptchaPage), listing.Captcha, "captcha"},
		"a program":            {page(govsim.ShellPage), listing.ChangedShape, "Единая платформа"},
		"JSON":                 {page(`{"a":1}`), listing.ChangedShape, "no page of HTML"},
		"nested without end":   {page("<html>" + strings.Repeat("<div>", 5000)), listing.ChangedShape, ""},
		"forbidden":            {govsim.Mishap{Status: 403}, listing.Refused, "403"},
		"gone":                 {govsim.Mishap{Status: 404}, listing.ChangedShape, "404"},
		"broken":               {govsim.Mishap{Status: 500}, listing.Unreachable, "500"},
		"packed and cut":       {govsim.Mishap{Gzip: true, EndAfter: 60}, listing.Cut, "unpacked"},
		"cut":                  {govsim.Mishap{CutAfter: 50}, listing.Unreachable, "EOF"},
		"a page that says so":  {page(strings.Replace(listed(1, 0, ""), "<body>", `<body><p class="none">Нет записей</p>`, 1)), listing.Empty, ""},
		"no dates":             {page(strings.ReplaceAll(listed(1, 3, ""), `class="date"`, "")), listing.ChangedShape, "only 0 have a date"},
		"a form beside a list": {page(strings.Replace(listed(1, 3, ""), "<body>", `<body><form><input type="password"></form><div class="g-recaptcha"></div>`, 1)), listing.Healthy, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, ordinary+"empty: .none\n")
			s.Page("/plans?page=1", "text/html", []byte(listed(1, 3, "")))
			s.Spoil("/plans", c.mishap)
			_, l, err := s.look(t)
			if l.Outcome != c.want || !strings.Contains(l.Detail, c.says) || l.Complete != (err == nil) || l.Complete != (c.want == listing.Healthy || c.want == listing.Empty) {
				t.Errorf("%s, want %s: %s, %v", l.Outcome, c.want, l.Detail, err)
			}
		})
	}
}

func TestPagesHaveALimit(t *testing.T) {
	s := newStage(t, ordinary+"pages: 3\n")
	for i := range 9 {
		s.Page(fmt.Sprintf("/plans?page=%d", i+1), "text/html", []byte(listed(1, 3, fmt.Sprintf("?page=%d", i+2))))
	}
	_, l, err := s.look(t)
	if err == nil || l.Pages != 3 || l.Outcome != listing.ChangedShape {
		t.Errorf("%+v, %v", l, err)
	}
}

// A listing whose pages lead in a circle, or are always the same one, is none that was read to its end.
func TestPagesInACircle(t *testing.T) {
	for name, c := range map[string]struct {
		pages []string
		want  listing.Outcome
		says  string
	}{
		"back to the first":      {[]string{listed(1, 3, "?page=2"), listed(4, 3, "?page=1")}, listing.Healthy, ""},
		"back into the middle":   {[]string{listed(1, 2, "?page=2"), listed(3, 2, "?page=3"), listed(5, 2, "?page=2")}, listing.ChangedShape, "read already"},
		"always the same":        {[]string{listed(1, 3, "?page=2"), listed(1, 3, "?page=3"), listed(1, 3, "?page=4"), listed(1, 3, "?page=5")}, listing.ChangedShape, "nothing new"},
		"one page of old things": {[]string{listed(1, 3, "?page=2"), listed(1, 3, "?page=3"), listed(4, 3, "")}, listing.Cut, "read twice"},
		"one on two pages":       {[]string{listed(1, 3, "?page=2"), listed(3, 3, "")}, listing.Cut, "read twice"},
	} {
		s := newStage(t, ordinary)
		for i, text := range c.pages {
			s.Page(fmt.Sprintf("/plans?page=%d", i+1), "text/html", []byte(text))
		}
		if _, l, _ := s.look(t); l.Outcome != c.want || !strings.Contains(l.Detail, c.says) {
			t.Errorf("%s: %s: %s", name, l.Outcome, l.Detail)
		}
	}
}

// With the newest first, a look at what is new turns no more pages than it must.
func TestWhatIsNew(t *testing.T) {
	for form, want := range map[string][2]int{"newest_first: true": {2, 2}, "newest_first: false": {3, 6}} {
		s := newStage(t, ordinary+form+"\n")
		turned := func(first int, next string) string { // the same page, its entries in the other order
			head, items, _ := strings.Cut(listed(first, 2, next), `<div`)
			items, tail, _ := strings.Cut(items, "</div><div")
			return head + "<div" + strings.Replace(tail, "</div>", "</div><div"+items+"</div>", 1)
		}
		s.Page("/plans?page=1", "text/html", []byte(turned(6, "?page=2")))
		s.Page("/plans?page=2", "text/html", []byte(turned(4, "?page=3")))
		s.Page("/plans?page=3", "text/html", []byte(turned(2, "")))
		var all []listing.Entry
		l, err := s.Look(t.Context(), s.profile, "ru", time.Date(2023, 2, 6, 0, 0, 0, 0, qulaq.Almaty()), func(e listing.Entry) error {
			all = append(all, e)
			return nil
		})
		if err != nil || !l.Complete || l.Pages != want[0] || len(all) != want[1] || all[0].Title != "План 7" {
			t.Errorf("%s: %d pages, %d entries, want %v: %v", form, l.Pages, len(all), want, err)
		}
	}
}

// TestPublishedMeanwhile: what is published between two pages moves the others on; read again, the listing is whole.
func TestPublishedMeanwhile(t *testing.T) {
	s := newStage(t, ordinary)
	s.Page("/plans?page=1", "text/html", []byte(listed(2, 3, "?page=2")))
	s.Page("/plans?page=2", "text/html", []byte(listed(4, 2, "")))
	n := 0
	l, err := s.Look(t.Context(), s.profile, "ru", time.Time{}, func(listing.Entry) error {
		if n++; n == 1 {
			s.Page("/plans?page=1", "text/html", []byte(listed(1, 3, "?page=2")))
		}
		return nil
	})
	if err != nil || !l.Complete || l.Outcome != listing.Healthy || l.Pages != 4 || l.Entries != 5 || n != 5 || len(l.Findings) != 0 {
		t.Errorf("%d entries given, %+v, %v", n, l, err)
	}
}

// What Look gives, the archive gives again without the network.
func TestAgainFromTheArchive(t *testing.T) {
	s := newStage(t, ordinary)
	s.Page("/plans?page=1", "text/html", []byte(listed(1, 3, "?page=2")))
	s.Page("/plans?page=2", "text/html", []byte(listed(4, 2, "")))
	s.Page("/plan/1", "text/html", []byte(`<html><article>Жол</article>`))
	all, _, err := s.look(t)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := s.Kept(s.profile, all[0]); ok {
		t.Error("a page that was never asked for is kept")
	}
	want, err := s.Detail(t.Context(), s.profile, all[0])
	if err != nil {
		t.Fatal(err)
	}
	s.Forget()
	var again []listing.Entry
	for _, snap := range s.archive.Snapshots("site/akimat") {
		if !IsListing(snap.Origin) {
			continue
		}
		if err := s.profile.Entries(snap, func(e listing.Entry) error { again = append(again, e); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	slices.SortFunc(again, func(a, b listing.Entry) int { return strings.Compare(a.URL, b.URL) })
	if diff := cmp.Diff(all, again); diff != "" {
		t.Errorf("(-look +archive):\n%s", diff)
	}
	if d, ok := s.Kept(s.profile, all[0]); !ok || d.Entry.Content != want.Entry.Content || d.Page.Hash != want.Page.Hash || s.Count("") != 0 {
		t.Errorf("%+v, %v, %d requests", d, ok, s.Count(""))
	}
}

func TestCheck(t *testing.T) {
	s := newStage(t, ordinary)
	s.Page("/plans?page=1", "text/html", []byte(listed(1, 3, "?page=2")))
	if attempts, err := s.Check(t.Context(), s.profile); err != nil || len(attempts) != 2 || s.Count("page=2") != 0 {
		t.Errorf("%v, %v", attempts, err) // robots.txt and the page
	}
	s.Spoil("/plans", govsim.Mishap{Body: govsim.LoginPage})
	if _, err := s.Check(t.Context(), s.profile); qulaq.KindOf(err) != qulaq.Blocked {
		t.Errorf("a login page: %v", err)
	}
}

func TestNextOnAnotherHost(t *testing.T) {
	s := newStage(t, ordinary)
	s.Page("/plans?page=1", "text/html", []byte(listed(1, 3, "http://169.254.169.254/latest")))
	_, l, err := s.look(t)
	if l.Outcome != listing.ChangedShape || !strings.Contains(l.Detail, "no") || qulaq.KindOf(err) != qulaq.Contract {
		t.Errorf("%+v, %v", l, err)
	}
}

func TestWindows1251(t *testing.T) {
	s := newStage(t, ordinary)
	text, err := charmap.Windows1251.NewEncoder().String(strings.Replace(listed(1, 2, ""), "<meta charset=utf-8>", "", 1))
	if err != nil {
		t.Fatal(err)
	}
	s.Page("/plans?page=1", "text/html", []byte(strings.ReplaceAll(text, "→", "")))
	all, _, err := s.look(t)
	if err != nil || len(all) != 2 || all[0].Title != "План 1" {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestOddEntries(t *testing.T) {
	s := newStage(t, ordinary)
	odd := `<div class="item"><a class="title" href="javascript:void(0)">x</a></div>` +
		`<div class="item"><a class="title" href="/plan/9"> </a><span class="date">скоро</span><a href="/files/a b.pdf">1</a><a href="/files/a b.pdf#2">1</a><a href="mailto:/files/">2</a></div>`
	s.Page("/plans?page=1", "text/html", []byte(strings.Replace(listed(1, 2, ""), "</body>", odd+"</body>", 1)))
	all, l, err := s.look(t)
	if err != nil || len(all) != 3 || len(all[2].Files) != 1 || all[2].Files[0].Name != "a b.pdf" || !all[2].CreatedAt.IsZero() {
		t.Fatalf("%+v, %v", all, err)
	}
	kinds := map[qulaq.FindingKind]int64{}
	for _, f := range l.Findings {
		kinds[f.Kind] += f.Count
	}
	if diff := cmp.Diff(map[qulaq.FindingKind]int64{listing.BadLink: 2, listing.BadField: 2}, kinds); diff != "" {
		t.Error(diff, l.Findings)
	}
}

func TestDetailAndFile(t *testing.T) {
	s := newStage(t, ordinary)
	s.Page("/plans?page=1", "text/html", []byte(listed(1, 2, "")))
	s.Page("/plan/1", "text/html", []byte(`<html><article><table><tr><td>Жол</td></tr></table><a href="/files/1.docx">a</a><a href="/files/2.pdf">b</a></article>`))
	s.Page("/plan/2", "text/html", []byte(`<html><body>nothing`))
	s.Page("/files/2.pdf", "application/pdf", []byte("%PDF-1"))
	all, _, err := s.look(t)
	if err != nil {
		t.Fatal(err)
	}
	s.Spoil("/plan/1", govsim.Mishap{Body: govsim.CaptchaPage, Times: 1})
	if _, err := s.Detail(t.Context(), s.profile, all[0]); qulaq.KindOf(err) != qulaq.Blocked {
		t.Errorf("a captcha: %v", err)
	}
	var d Detailed
	for range 2 { // once more from the archive
		if d, err = s.Detail(t.Context(), s.profile, all[0]); err != nil || !strings.Contains(d.Entry.Content, "<td>Жол</td>") || len(d.Entry.Files) != 2 {
			t.Fatalf("%+v, %v", d, err)
		}
	}
	if s.Count("/plan/1") != 2 || len(all[0].Files) != 1 {
		t.Errorf("asked %d times, %v", s.Count("/plan/1"), all[0].Files)
	}
	if _, err := s.Detail(t.Context(), s.profile, all[1]); qulaq.KindOf(err) != qulaq.Contract {
		t.Errorf("a page without its element: %v", err)
	}
	for range 2 {
		f, err := s.File(t.Context(), s.profile, d.Entry.Files[1])
		if err != nil {
			t.Fatal(err)
		}
		r, err := f.Snapshot.Open()
		if err != nil {
			t.Fatal(err)
		}
		if b, err := io.ReadAll(r); string(b) != "%PDF-1" || err != nil {
			t.Errorf("%q, %v", b, err)
		}
		r.Close()
	}
	if n := s.Count("/files/2.pdf"); n != 1 {
		t.Errorf("fetched %d times", n)
	}
	e := all[0]
	e.URL = "https://akimat.example/plan.PDF"
	if d, err := s.Detail(t.Context(), s.profile, e); err != nil || len(d.Entry.Files) != 2 || d.Entry.Files[1].Name != "plan.PDF" || d.Attempts != nil {
		t.Errorf("%+v, %v", d, err)
	}
}

func TestErrorOfEach(t *testing.T) {
	s := newStage(t, ordinary)
	s.Page("/plans?page=1", "text/html", []byte(listed(1, 2, "")))
	full := errors.New("the disk is full")
	if l, err := s.Look(t.Context(), s.profile, "ru", time.Time{}, func(listing.Entry) error { return full }); err != full || l.Complete {
		t.Errorf("%+v, %v", l, err)
	}
}

func TestProfilesThatAreNone(t *testing.T) {
	whole := "{base: https://a.kz, listings: {ru: [/plans], kk: [https://b.kz/j]}, item: li, hosts: [c.kz]"
	p := mustProfile(t, whole+"}")
	if diff := cmp.Diff([]string{"a.kz", "b.kz", "c.kz"}, p.Hosts()); diff != "" || p.Pages != 100 || p.Listings["ru"][0] != "https://a.kz/plans" {
		t.Fatal(diff, p)
	}
	for text, says := range map[string]string{
		"base: a\niteml: x":                                                "[2:1]",
		"{item: li}":                                                       "base",
		"{base: https://a.kz, item: li}":                                   "listings",
		"{base: https://a.kz, listings: {ru: [/]}}":                        "item",
		"{base: https://a.kz, listings: {de: [/]}, item: li}":              "ru, kk or en",
		"{base: https://a.kz, listings: {ru: []}, item: li}":               "no address",
		"{base: https://a.kz, listings: {ru: [\"ftp://x/\"]}, item: li}":   "ftp",
		"{base: \"https://u:p@a.kz\", listings: {ru: [/]}, item: li}":      "base",
		"{base: \"file:///etc\", listings: {ru: [/]}, item: li}":           "base",
		whole + ", item: \"\"}":                                            "",
		whole + ", next: \"a[\"}":                                          "selector",
		whole + ", empty: \"a[\"}":                                         "selector",
		whole + ", file: \"" + strings.Repeat("a", 501) + "\"}":            "selector",
		whole + ", date_forms: [\"02.01\"]}":                               "whole date",
		whole + ", expect: {min: 5, max: 2}}":                              "expect",
		whole + ", expect: {min: -1}}":                                     "expect",
		whole + ", pages: -1}":                                             "pages",
		whole + ", newest_first: true}":                                    "newest_first",
		strings.Replace(whole, "c.kz", "\"c.kz/x\"", 1) + "}":              "host",
		strings.Replace(whole, "item: li", "item: li, region: x", 1) + "}": "region",
	} {
		if _, err := profileOf(text); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, key := range []string{"", "А", "a/b"} {
		if err := p.Complete(key); err == nil || !strings.Contains(err.Error(), "key") {
			t.Errorf("key %q: %v", key, err)
		}
	}
}

func FuzzPage(f *testing.F) {
	f.Add(listed(1, 3, "?page=2"))
	f.Add("<html><base href='//x'><div class=item><a class=title href='%zz'>")
	p := mustProfile(f, strings.ReplaceAll(ordinary, "BASE", "https://a.kz"))
	f.Fuzz(func(t *testing.T, text string) {
		snap := qulaq.Snapshot{Origin: "https://a.kz/plans", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}
		var found listing.Findings
		r, err := p.page(snap, "ru", &found)
		if err != nil && qulaq.KindOf(err) != qulaq.Contract {
			t.Errorf("%v", err)
		}
		for _, e := range r.entries {
			if !strings.HasPrefix(e.URL, "http") || strings.ContainsAny(e.Title, "\n\x00") {
				t.Errorf("%+v", e)
			}
		}
		if d, err := p.detail(snap, listing.Entry{}); err == nil && len(d.Entry.Content) > maxBody {
			t.Error("too long")
		}
	})
}

// TestPinned: an entry that stands at the head of the first page besides its own place hides no other.
func TestPinned(t *testing.T) {
	for form, want := range map[string]listing.Outcome{"newest_first: true": listing.Healthy, "newest_first: false": listing.Cut} {
		s := newStage(t, ordinary+form+"\n")
		pin, _, _ := strings.Cut(listed(1, 2, ""), "</div>")
		pin = pin[strings.Index(pin, "<div"):] + "</div>"
		first := strings.Replace(listed(5, 1, "?page=2"), "<body>", "<body>"+pin, 1)
		second := strings.Replace(listed(4, 1, ""), "</body>", pin+"</body>", 1)
		s.Page("/plans?page=1", "text/html", []byte(first))
		s.Page("/plans?page=2", "text/html", []byte(second))
		if all, l, err := s.look(t); l.Outcome != want || len(all) != 3 || l.Complete != (err == nil) {
			t.Errorf("%s: %s of %d entries: %v", form, l.Outcome, len(all), err)
		}
	}
}
