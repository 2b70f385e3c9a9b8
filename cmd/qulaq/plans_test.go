package main

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq/internal/govsim"
	"github.com/qulaq-kz/qulaq/internal/papers"
)

// The verbs of plans, through the program itself, against a small internet.

func paper(t *testing.T, name string) papers.Paper {
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

// rows reads JSON lines, the fields that are named of each.
func rows(t *testing.T, out string, fields ...string) (all []string) {
	t.Helper()
	for line := range strings.Lines(out) {
		var o map[string]any
		if err := json.Unmarshal([]byte(line), &o); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		if row, ok := o["row"].(map[string]any); ok {
			row["kind_of_line"] = o["kind"]
			o = row
		}
		var values []string
		for _, f := range fields {
			v, ok := o[f]
			if !ok {
				v = "?"
			}
			values = append(values, fmt.Sprint(v))
		}
		all = append(all, strings.Join(values, " "))
	}
	return all
}

func TestPlanVerbs(t *testing.T) {
	t.Parallel()
	world := govsim.New()
	docx := paper(t, "a_01_aktobe.docx")
	created := time.Date(2023, 1, 20, 6, 0, 0, 0, time.UTC)
	world.Add("aktobe", "ru", govsim.Entry{
		Title: "План мероприятий по вопросам, поднятым на встречах акима Актюбинской области с населением", Created: created,
		Files: []govsim.File{{Name: "план.docx", Data: docx.File}},
	})
	server := httptest.NewServer(world)
	defer server.Close()
	dir := t.TempDir()
	put(t, filepath.Join(dir, "qulaq.yaml"), fmt.Sprintf(
		"warehouse: %s\nplans: {base_url: %s, pause: 1ms, only: [aktobe, sko], recognise: false}\nnetwork: {allow_private: true, tries: 1}\n", database(t), server.URL))
	must := func(code int, args ...string) outcome {
		t.Helper()
		r := call(t, dir, args...)
		if r.code != code {
			t.Fatalf("%v: %v", args, r)
		}
		return r
	}
	first := must(0, "run", "plans", "--now", "2023-02-01", "--format", "json")
	if diff := cmp.Diff([]string{
		"look govkz/aktobe ru healthy 1 ?", "look govkz/aktobe kk empty 0 ?", "look govkz/sko ru empty 0 ?", "look govkz/sko kk empty 0 ?",
		fmt.Sprintf("source govkz/aktobe ? ? ? %d", len(docx.Truth.Items)), "source govkz/sko ? ? ? 0", fmt.Sprintf("run ? ? ? ? %d", len(docx.Truth.Items)),
	}, rows(t, first.out, "kind", "source", "lang", "outcome", "entries", "items")); diff != "" {
		t.Errorf("run (-want +got):\n%s", diff)
	}
	facts := func() string {
		return ask(t, dir, "SELECT * FROM (SELECT 'items' AS what, sum(cityHash64(formatRowNoNewline('TSV', * EXCEPT load_id))), count() FROM plan_items "+
			"UNION ALL SELECT 'plans', sum(cityHash64(formatRowNoNewline('TSV', * EXCEPT load_id))), count() FROM plans) ORDER BY what")
	}
	before := facts()
	must(0, "replay", "plans", "--now", "2023-02-02", "--quiet")
	must(0, "backfill", "plans", "--from", "2023-01-01", "--to", "2023-01-31", "--now", "2023-02-02", "--quiet")
	must(0, "run", "all", "--now", "2023-02-03", "--quiet")
	if after := facts(); after != before {
		t.Errorf("facts: %q, before %q", after, before)
	}
	must(0, "check")
	if r := must(0, "status", "--now", "2023-02-03", "--format", "json"); !strings.Contains(r.out, `"kind":"site","source":"govkz/aktobe"`) || !strings.Contains(r.out, `"pipeline":"plans","due_now":false`) {
		t.Errorf("status: %s", r.out)
	}
	must(0, "sources", "verify")
	must(0, "run", "monitor", "--now", "2023-02-14", "--quiet")
	if r := must(0, "publications", "--period", "2022-H2", "--now", "2023-02-03", "--format", "json"); !strings.HasPrefix(r.out, `{"region_code":"150000000","name":"Актюбинская область","obligation":"action_plan","period":"2022-H2","due_on":"2023-01-30","state":"published","published_on":"2023-01-20","days_late":null,`) {
		t.Errorf("publications: %s", r.out)
	}
	if r := must(0, "publications", "show", "150000000", "--period", "2022-H2", "--now", "2023-02-03"); !strings.Contains(r.out, "sha256 ") || !strings.Contains(r.out, "published_on     2023-01-20") {
		t.Errorf("publications show: %s", r.out)
	}
	if r := must(0, "publications", "--fail-on", "overdue", "--format", "csv", "--now", "2023-02-03"); !strings.HasPrefix(r.out, "region_code,name,obligation,period,due_on,state,") {
		t.Errorf("publications as CSV: %s", r.out)
	}
	if r := must(0, "publications", "show", "150000000", "--period", "2022-H2", "--now", "2023-02-03", "--format", "json"); !strings.Contains(r.out, "/documents?projects=aktobe\"],\"watched_since\":\"2023-0") {
		t.Errorf("publications show as JSON: %s", r.out)
	}
	if r := must(2, "publications", "--fail-on", "overdue", "--period", "2031-H2", "--now", "2023-02-03"); r.out != "" || !strings.Contains(r.errOut, "2022-H2") {
		t.Errorf("a period that has not begun: %v", r)
	}
	if r := must(2, "publications", "--period", "2022-Q3", "--now", "2023-02-03"); r.out != "" || !strings.Contains(r.errOut, "2022-H2") {
		t.Errorf("a period that nobody owes anything for: %v", r)
	}
	if r := must(2, "publications", "--fail-on", "overdue", "--now", "2023-01-01"); r.out != "" || !strings.Contains(r.errOut, "qulaq run plans") {
		t.Errorf("before anybody looked: %v", r)
	}
	list := must(0, "sources", "list", "--format", "json")
	if diff := cmp.Diff([]string{"aktobe 150000000", "sko 590000000"}, rows(t, list.out, "key", "region_code")); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}

	// A listing that reaches back behind the time in which the plan of the half-year may have been out, and has none, after
	// the days of grace.
	for _, lang := range []string{"ru", "kk"} {
		for _, title := range []string{"Об утверждении бюджета", "О внесении изменений в бюджет", "О бюджете"} {
			world.Add("sko", lang, govsim.Entry{Title: title, Created: created.AddDate(0, -4, 0), Content: "<p>текст</p>"})
		}
	}
	must(0, "run", "plans", "--now", "2023-02-20", "--quiet")
	if r := must(4, "publications", "--fail-on", "overdue", "--period", "2022-H2", "--now", "2023-02-21"); !strings.Contains(r.out, "overdue") || !strings.Contains(r.errOut, "1 of 2") {
		t.Errorf("an overdue plan: %v", r)
	}

	world.Spoil("aktobe", govsim.Mishap{Body: govsim.LoginPage})
	if r := must(1, "run", "plans", "--now", "2023-03-20"); !strings.Contains(r.errOut, "Вход в систему") || !strings.Contains(r.out, "login_page") {
		t.Errorf("a login page: %v", r)
	}
	world.Spoil("/graphql", govsim.Mishap{Body: "<html>"})
	if r := must(3, "sources", "verify"); !strings.Contains(r.out, "not_asked") {
		t.Errorf("verify against nonsense: %v", r)
	}
	for _, wrong := range [][]string{
		{"backfill", "plans", "--from", "2023-01-01"},
		{"backfill", "plans", "--from", "2023-02-01", "--to", "2023-01-01"},
		{"backfill", "complaints", "--from", "2023-01-01"},
		{"publications", "--period", "yesterday"},
		{"publications", "--fail-on", "late"},
		{"publications", "show", "nobody"},
		{"run", "plans", "--format", "xml"},
		{"replay", "plans", "--since", "yesterday"},
		{"sources", "accept", "sko"},
		{"sources", "accept", "nobody", "--reason", "it moved"},
		{"sources", "accept", "sko", "--reason", "it moved"}, // it is well
	} {
		if r := call(t, dir, wrong...); r.code != 2 {
			t.Errorf("%v: %v", wrong, r)
		}
	}
}

func TestPreviewPlan(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	docx := paper(t, "a_01_aktobe.docx")
	if err := os.WriteFile(filepath.Join(dir, "any.name"), docx.File, 0o600); err != nil {
		t.Fatal(err)
	}
	r := call(t, dir, "preview", "any.name", "--kind", "plan", "--format", "json")
	got := rows(t, r.out, "kind_of_line", "region_code", "period_from", "period_to", "items", "item_no")
	if r.code != 0 || len(got) != 1+len(docx.Truth.Items) || got[0] != fmt.Sprintf("plan 150000000 2022-07-01 2022-12-31 %d ?", len(docx.Truth.Items)) ||
		got[1] != "plan_item 150000000 ? ? ? 1" {
		t.Errorf("%v: %q", r, got)
	}
	if r := call(t, dir, "preview", "any.name", "--kind", "plan"); r.code != 0 || !strings.Contains(r.out, "period_from    2022-07-01") {
		t.Errorf("as a table: %v", r)
	}
	// What cannot be read is shown as that, not as nothing.
	put(t, filepath.Join(dir, "zeros"), strings.Repeat("\x00", 100))
	if r := call(t, dir, "preview", "zeros", "--kind", "plan", "--format", "json"); r.code != 0 || !strings.Contains(r.out, `"is_plan":false`) || strings.Contains(r.out, `"unreadable":null`) {
		t.Errorf("zeros: %v", r)
	}
	if r := call(t, dir, "preview", "nowhere", "--kind", "plan"); r.code != 2 {
		t.Errorf("no file: %v", r)
	}
}
