package govsim

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func day(d int) time.Time { return time.Date(2023, 1, d, 9, 30, 0, 0, time.UTC) }

// ask returns the status and the body of an answer.
func ask(t *testing.T, address, lang string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Language", lang)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err.Error()
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return resp.StatusCode, "cut: " + string(b)
	}
	return resp.StatusCode, string(b)
}

func TestShapeOfTheAPI(t *testing.T) {
	w := New()
	server := httptest.NewServer(w)
	defer server.Close()
	at := w.Add("aqmola", "ru", Entry{Title: "План", Created: day(20), Content: "<p>т</p>", Files: []File{{Name: "п.DOCX", Data: []byte("12345")}}})
	w.Add("aqmola", "ru", Entry{Title: "Приказ", Created: day(19)})
	w.Add("aqmola", "kk", Entry{Title: "Жоспар", Created: day(20)})
	w.Add("aqmola-burabay", "ru", Entry{Title: "Районный", Created: day(1)})
	w.Robots("User-agent: *\nDisallow: /search\n")
	docs := server.URL + apiPath + "documents?"
	plan := `{"activities":{"items":[{"title":"Документы"}]},"content":"\u003cp\u003eт\u003c/p\u003e","created_date":"2023-01-20T09:30:00.000+00:00",` +
		`"full_text":[{"document":"` + at[0] + `"}],"gosorgan":{"items":[{"project_name":"Акимат «aqmola»"}]},"id":1001,"title":"План"}`
	for _, c := range []struct {
		address, lang string
		status        int
		want          string // the whole answer, or a part of it behind a tilde
	}{
		{docs + "projects=aqmola&page=1&size=1", "ru", 200, "[" + plan + "]"},
		{docs + "projects=eq:aqmola&page=1&created_date=gt:2023-01-19T09:30:00", "ru", 200, "[" + plan + "]"},
		{docs + "projects=aqmola&page=1&title=" + "план", "ru", 200, "[" + plan + "]"},
		{docs + "projects=aqmola&page=2&size=1", "ru", 200, "~Приказ"},
		{docs + "projects=aqmola&page=3&size=1", "ru", 200, "[]"},
		{docs + "projects=aqmola&page=1", "kk", 200, "~Жоспар"},
		{docs + "projects=contains:aqmola&page=1", "ru", 200, "~Районный"},
		{docs + "projects=nobody&page=1", "ru", 200, "[]"},
		{docs + "projects=aqmola&page=0", "ru", 500, "~Page index"},
		{docs + "projects=aqmola&page=1&created_date=gte:2023-01-19T09:30:00", "ru", 500, "~Internal"},
		{server.URL + apiPath + "documents/1001", "ru", 200, "{}"},
		{server.URL + apiPath + "news?projects=aqmola", "ru", 400, "~notAllowed"},
		{server.URL + at[0], "ru", 200, "12345"},
		{server.URL + "/uploads/none.pdf", "ru", 404, "~<html"},
		{server.URL + "/memleket/entities/aqmola", "ru", 200, ShellPage},
		{server.URL + "/robots.txt", "ru", 200, "User-agent: *\nDisallow: /search\n"},
	} {
		status, got := ask(t, c.address, c.lang)
		part, isPart := strings.CutPrefix(c.want, "~")
		if status != c.status || isPart && !strings.Contains(got, part) || !isPart && got != c.want {
			t.Errorf("%s: %d %s\nwant %d %s", c.address, status, got, c.status, c.want)
		}
	}
	if !strings.HasSuffix(at[0], "_original.5.DOCX") || !strings.HasPrefix(at[0], "/uploads/2023/1/20/") || w.Count("documents?") != 10 {
		t.Errorf("%s, %d", at[0], w.Count("documents?"))
	}
	w.Remove("aqmola")
	if _, got := ask(t, docs+"projects=aqmola&page=1", "ru"); got != "[]" {
		t.Error(got)
	}
}

func TestMishaps(t *testing.T) {
	w := New()
	server := httptest.NewServer(w)
	defer server.Close()
	for i := range 4 {
		w.Add("sko", "ru", Entry{Title: "Приказ", Created: day(i + 1), ID: i + 1})
	}
	right := `"id":4`
	for name, c := range map[string]struct {
		mishap Mishap
		status int
		want   string // a part of the answer
		not    string // what is no part of it
	}{
		"none":         {Mishap{}, 200, right, "{}"},
		"status":       {Mishap{Status: 403}, 403, "Forbidden", right},
		"body":         {Mishap{Body: CaptchaPage}, 200, "не робот", right},
		"drop":         {Mishap{Drop: true}, 0, "EOF", right},
		"cut":          {Mishap{CutAfter: 5}, 200, "cut: ", right},
		"end":          {Mishap{EndAfter: 5}, 200, "[", right},
		"cap":          {Mishap{SizeCap: 1}, 200, right, `"id":3`},
		"empty every":  {Mishap{EmptyEvery: 2}, 200, ",{},", `"id":3`},
		"empty":        {Mishap{Empty: true}, 200, "[]", right},
		"object":       {Mishap{Object: true}, 200, `"items":[`, "~"},
		"rename":       {Mishap{Rename: map[string]string{"id": "uuid", "title": ""}}, 200, `"uuid":4`, "title\":\"Приказ"},
		"windows-1251": {Mishap{Windows: true}, 200, "\xcf\xf0\xe8\xea\xe0\xe7", "Приказ"},
		"wait":         {Mishap{Wait: time.Millisecond}, 200, right, "{}"},
		"filter":       {Mishap{NoFilter: true}, 200, `"id":1`, "{}"},
		"same page":    {Mishap{SamePage: true}, 200, right, "{}"},
		"gzip":         {Mishap{Gzip: true}, 200, right, "{}"}, // the standard client unpacks it
		"retry later":  {Mishap{Status: 429, Header: map[string]string{"Retry-After": "5"}}, 429, "", right},
	} {
		w.Spoil("sko", c.mishap)
		page := "1"
		if name == "same page" {
			page = "7"
		}
		address := server.URL + apiPath + "documents?projects=sko&page=" + page
		if name == "filter" {
			address += "&created_date=gt:2023-01-03T00:00:00"
		}
		status, got := ask(t, address, "ru")
		if status != c.status || !strings.Contains(got, c.want) || strings.Contains(got, c.not) {
			t.Errorf("%s: %d %s", name, status, got)
		}
	}
	w.Spoil("sko", Mishap{Status: 503, Times: 2})
	var statuses []int
	for range 3 {
		status, _ := ask(t, server.URL+apiPath+"documents?projects=sko&page=1", "ru")
		statuses = append(statuses, status)
	}
	if !slices.Equal(statuses, []int{503, 503, 200}) {
		t.Error(statuses)
	}
	w.Spoil("*", Mishap{Status: 503})
	if status, _ := ask(t, server.URL+"/anything", "ru"); status != 503 {
		t.Error(status)
	}
}

func TestNumbering(t *testing.T) {
	w := New()
	server := httptest.NewServer(w)
	defer server.Close()
	w.Add("sko", "ru", Entry{Title: "новое", Created: day(2)})
	w.Add("sko", "ru", Entry{Title: "старое", Created: day(1)})
	for numbering, want := range map[Numbering][]string{
		FromOne: {"Page index", "новое", "старое"}, FromZero: {"новое", "старое", "[]"}, Lenient: {"новое", "новое", "старое"},
	} {
		w.CountPages(numbering)
		for page, part := range want {
			if _, got := ask(t, server.URL+apiPath+"documents?projects=sko&size=1&page="+string(rune('0'+page)), "ru"); !strings.Contains(got, part) {
				t.Errorf("numbering %d, page %d: %s", numbering, page, got)
			}
		}
	}
}

func TestRefuseAfter(t *testing.T) {
	w := New()
	server := httptest.NewServer(w)
	defer server.Close()
	at := w.Add("sko", "ru", Entry{Created: day(1), Files: []File{{Name: "a.pdf", Data: []byte("x")}}})[0]
	w.RefuseAfter(2)
	for i, want := range []int{200, 200, 0} {
		if status, _ := ask(t, server.URL+at, "ru"); status != want {
			t.Errorf("download %d: %d", i, status)
		}
	}
	w.Forget()
	if status, _ := ask(t, server.URL+at, "ru"); status != 200 || len(w.Requests()) != 1 || w.AtOnce() != 1 {
		t.Error(status, w.Requests())
	}
}

func TestGraphQL(t *testing.T) {
	w := New()
	server := httptest.NewServer(w)
	defer server.Close()
	w.Akimat("sko-x", "Район", "sko")
	resp, err := http.Post(server.URL+"/graphql", "application/json", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil || !strings.HasPrefix(string(b), `{"data":{"projectdetails":[{"class":{"name":"Акиматы"},"id":"abay",`) ||
		!strings.Contains(string(b), `"id":"sko-x","parent_govorg":{"id":"sko"},"project_name":"Район"`) {
		t.Errorf("%s, %v", b, err)
	}
}

func TestFolder(t *testing.T) {
	w := New()
	err := w.AddFolder(fstest.MapFS{
		"sko/ru/2023-01-20 План действий.docx": {Data: []byte("PK")},
		"sko/ru/2023-01-20 План действий.html": {Data: []byte("<p>a")},
		"sko/kk/2023-01-21 Жоспар.html":        {Data: []byte("<p>b")},
	})
	if err != nil {
		t.Fatal(err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	var got []string
	for _, p := range w.akimats["sko"].entries {
		got = append(got, p.lang+" "+p.Created.Format(time.DateTime)+" "+p.Title+" "+p.Content)
	}
	if diff := cmp.Diff([]string{"ru 2023-01-20 04:00:00 План действий <p>a", "kk 2023-01-21 04:00:00 Жоспар <p>b"}, got); diff != "" {
		t.Error(diff)
	}
	if err := New().AddFolder(fstest.MapFS{"sko/ru/План.docx": {}}); err == nil {
		t.Error("a name without a day")
	}
}

func TestSite(t *testing.T) {
	w := New()
	server := httptest.NewServer(w)
	defer server.Close()
	entries := []Entry{
		{ID: 1, Title: "План <1>", Created: day(20), Content: "<p>т</p>", Files: []File{{Name: "план 1.docx", Data: []byte("PK")}}},
		{ID: 2, Title: "Приказ", Created: day(19)},
	}
	w.Site(Site{Listing: "/ru/plans", PerPage: 1, Entries: entries})
	has := func(at, part string) {
		t.Helper()
		if status, got := ask(t, server.URL+at, "ru"); status != 200 || !strings.Contains(got, part) {
			t.Errorf("%s: %d %s", at, status, got)
		}
	}
	has("/ru/plans", `<time>20.01.2023</time><a class="title" href="/ru/plans/1">План &lt;1&gt;</a>`)
	has("/ru/plans", `<a rel="next" href="?page=2">`)
	has("/ru/plans?page=2", "Приказ")
	has("/ru/plans/1", `<p>т</p><p><a class="file" href="1/план 1.docx">`)
	has("/ru/plans/1/%D0%BF%D0%BB%D0%B0%D0%BD%201.docx", "PK")
	w.Site(Site{Listing: "/ru/plans"})
	has("/ru/plans", `<p class="nothing">`)
	has("/ru/plans?page=2", ShellPage)
}
