package main

import (
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq/internal/papers"
)

// TestDataIsOfSources: the truths that are kept are those of the sources, and every source was made.
func TestDataIsOfSources(t *testing.T) {
	kept := map[string]papers.Truth{}
	for _, half := range []string{papers.Dev, papers.Test} {
		all, err := papers.Read(half)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range all {
			if strings.HasPrefix(p.Name, "a_") {
				kept[half+"/"+strings.TrimSuffix(p.Name, path.Ext(p.Name))] = p.Truth
			}
		}
	}
	entries, err := sources.ReadDir("sources")
	if err != nil {
		t.Fatal(err)
	}
	made := map[string]papers.Truth{}
	for _, e := range entries {
		raw, err := sources.ReadFile("sources/" + e.Name())
		if err != nil {
			t.Fatal(err)
		}
		s, err := parse(raw)
		if err != nil {
			t.Fatalf("%s: %v", e.Name(), err)
		}
		truth, err := s.truth()
		if err != nil {
			t.Fatalf("%s: %v", e.Name(), err)
		}
		made[s.head["half"]+"/"+strings.TrimSuffix(e.Name(), path.Ext(e.Name()))] = truth
	}
	if diff := cmp.Diff(made, kept); diff != "" {
		t.Errorf("go run ./internal/papers/make (- sources, + data):\n%s", diff)
	}
}

// TestMarksAreDemanded: what a mark must say is asked for, and what no person would see is not in the page.
func TestMarksAreDemanded(t *testing.T) {
	const head = "half: dev\nout: html\n\n"
	for _, c := range []struct{ why, page, want string }{
		{"a deadline without a meaning", `<table q="issue deadline"><tr><td>a<td>до 1 мая`, "what does the deadline"},
		{"a cost without a meaning", `<table q="issue cost"><tr><td>a<td>5 млн`, "what does the cost"},
		{"a status without a meaning", `<table q="issue status"><tr><td>a<td>исполнено`, "what does the status"},
		{"a cell too few", `<table q="issue measure"><tr><td>a`, "no column 2"},
		{"a cell too many", `<table q="issue"><tr><td>a<td>b`, "more cells than columns"},
		{"an unknown column", `<table q="isue"><tr><td>a`, `no column "isue"`},
		{"a plan without items", `<p>План`, "0 items"},
	} {
		s, err := parse([]byte(head + c.page))
		if err != nil {
			t.Fatal(err)
		}
		if _, err = s.truth(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one with %q", c.why, err, c.want)
		}
	}
	s, err := parse([]byte(head + `<table q="issue deadline status"><tr s=151000000><td colspan=3>г. Актобе<tr><td>a<td to=2023-01-15>b<td st=resolved>c`))
	if err != nil {
		t.Fatal(err)
	}
	want := `<table><tbody><tr><td colspan="3">г. Актобе</td></tr><tr><td>a</td><td>b</td><td>c</td></tr></tbody></table>`
	if got := string(s.body()); got != want {
		t.Errorf("the page is %s\nwant        %s", got, want)
	}
}
