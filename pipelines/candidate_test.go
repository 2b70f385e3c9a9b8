package pipelines

import (
	"strings"
	"testing"

	"github.com/qulaq-kz/qulaq/extract/listing"
)

func TestCaption(t *testing.T) {
	long := strings.Repeat("Ұзақ мәтін. ", 1000)
	for _, c := range []struct{ content, want string }{
		{"", ""},
		{"<p>План мероприятий по проблемным вопросам</p>", ""},
		{"<p><b>План</b>&nbsp;мероприятий</p>\n<TABLE border=1><tr><td>1</td></tr></table><p>после</p>", "План мероприятий"},
		{"<p>Один</p><table><tr><td>1</td></tr></table><p>Два</p><table>", "Один"},
		{"<tablet>x</tablet>", ""},
		{"<table><tr>", ""},
	} {
		if got := caption(c.content); got != c.want {
			t.Errorf("%q: %q, want %q", c.content, got, c.want)
		}
	}
	if got := caption(long + "<p>Жоспар</p><table>"); len(got) > captionBytes || !strings.HasSuffix(got, "Жоспар") || strings.ContainsRune(got, '\uFFFD') {
		t.Errorf("of a long text %d bytes: %q", len(got), got)
	}
}

// TestCandidates: what its text calls a plan is fetched and read whatever its title says, and other papers with tables
// are not.
func TestCandidates(t *testing.T) {
	e := newEnvironment(DefaultConfig())
	e.Config.Data = t.TempDir()
	r, err := e.planReader()
	if err != nil {
		t.Fatal(err)
	}
	table := "<table><tr><td>1</td></tr></table>"
	for _, c := range []struct {
		title, content string
		want           bool
	}{
		{planTitle, "", true},
		{"Информация для населения", "<p>" + planTitle + "</p>" + table, true},
		{"Информация для населения", "<p>" + planTitle + "</p>", false},
		{"Информация для населения", "<p>Перечень вакансий</p>" + table, false},
		{"Об исполнении бюджета", "<p>Доходы и расходы за первое полугодие 2022 года</p>" + table, false},
		{"Решение маслихата", "<p>План государственных закупок на 2023 год</p>" + table, false},
	} {
		if got := candidate(r.plans, listing.Entry{Title: c.title, Content: c.content}); got != c.want {
			t.Errorf("%s, %s: %v", c.title, c.content, got)
		}
	}
}
