package main

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/render"
	"github.com/qulaq-kz/qulaq/pipelines"
	"github.com/qulaq-kz/qulaq/transform/publication"
)

func judged(kind publication.Kind, name, address string) pipelines.Judged {
	due := qulaq.Date(2024, 3, 11)
	return pipelines.Judged{
		Obligation: publication.Obligation{RegionCode: "590000000", Kind: kind, Period: publication.HalfYear(due), DueOn: due},
		Name:       name,
		Verdict:    publication.Verdict{State: publication.Late, DaysLate: 3, DueOn: due, PublishedOn: due + 3, PublicationID: "1/ru", URL: address},
	}
}

// What sites say of themselves is no formula in somebody's spreadsheet.
func TestPublicationsAsCSV(t *testing.T) {
	var b bytes.Buffer
	if err := writeJudged(&b, "csv", "en", []pipelines.Judged{
		judged(publication.ActionPlan, "=HYPERLINK(\"http://example.kz\")", "@SUM(A1)"), judged(publication.ActionPlan, "-1+1", "+https://example.kz"), judged(publication.ActionPlan, "\t=1", "https://example.kz"),
	}); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var got [][]string
	for _, line := range lines {
		got = append(got, []string{line[0], line[1], line[7], line[8]})
	}
	if diff := cmp.Diff([][]string{
		{"region_code", "name", "days_late", "url"},
		{"590000000", "'=HYPERLINK(\"http://example.kz\")", "3", "'@SUM(A1)"},
		{"590000000", "'-1+1", "3", "'+https://example.kz"},
		{"590000000", "'=1", "3", "https://example.kz"},
	}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A table of plans alone needs no word for what is owed, one of several things does.
func TestPublicationsAsTable(t *testing.T) {
	for _, c := range []struct {
		kinds []publication.Kind
		head  string
	}{
		{[]publication.Kind{publication.ActionPlan, publication.ActionPlan}, "akimat period due"},
		{[]publication.Kind{publication.ActionPlan, publication.Announcement}, "akimat what period due"},
	} {
		var b bytes.Buffer
		var all []pipelines.Judged
		for _, k := range c.kinds {
			all = append(all, judged(k, "СКО", ""))
		}
		if err := writeJudged(&b, "table", "en", all); err != nil {
			t.Fatal(err)
		}
		head, _, _ := strings.Cut(b.String(), "\n")
		if got := strings.Join(strings.Fields(head), " "); !strings.HasPrefix(got, c.head) {
			t.Errorf("%v: %s", c.kinds, got)
		}
	}
}

// A proof names the meetings that it sums up, what was found of each, and the operator who accepted the site.
func TestProof(t *testing.T) {
	j := judged(publication.Announcement, "СКО", "https://example.kz/1")
	on := qulaq.Date(2024, 3, 14)
	day := publication.Period{From: on, To: on, Label: "2024-03-14"}
	j.Verdict.Each = []publication.Single{{For: day, Verdict: publication.Verdict{State: publication.Late, Reason: publication.Reason{Key: "day_unknown"}}}}
	j.Verdict.Evidence = []publication.Evidence{
		{Place: publication.Place{Source: "govkz/sko", Lang: "ru"}, On: on, PublicationID: "1/ru", For: "2024-03-14", URL: "https://example.kz/1", Hashes: []string{"cafe"}},
		{Place: publication.Place{Source: "govkz/sko"}, On: on - 9, Outcome: "accepted", Note: "Айгуль: новая платформа"},
	}
	var b bytes.Buffer
	watched := []pipelines.Watched{
		{Place: publication.Place{Source: "govkz/sko", Lang: "ru"}, Addresses: []string{"https://example.kz/documents?projects=sko"}, Since: on - 40},
		{Place: publication.Place{Source: "govkz/sko", Lang: "kk"}, Addresses: []string{"https://example.kz/documents?projects=sko"}},
	}
	writeProof(&b, "en", j, watched)
	for _, want := range []string{
		"due_on           2024-03-11\n", "meeting          2024-03-14: late; Published; on which day is not known.\n",
		"found            govkz/sko (ru): publication 1/ru, of the meeting of 2024-03-14, seen 2024-03-14\n", "sha256 cafe\n",
		"accepted         govkz/sko as it is since 2024-03-05, by Айгуль: новая платформа\n",
		"place            govkz/sko (ru): watched since 2024-02-03\n                 https://example.kz/documents?projects=sko\n",
		"place            govkz/sko (kk): never read whole\n", "only the listings of documents",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
	b.Reset()
	if err := render.WriteLine(&b, proofRow("en", j, watched)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`{"region_code":"590000000",`, `"places":[{"source":"govkz/sko","lang":"ru","addresses":["https://example.kz/documents?projects=sko"],"watched_since":"2024-02-03"},`,
		`"watched_since":null}`, `"meetings":[{"day":"2024-03-14","state":"late",`, `"kind":"publication","source":"govkz/sko",`, `"sha256":["cafe"]`, `"kind":"acceptance"`, `"note":"Айгуль: новая платформа"`,
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s in\n%s", want, b.String())
		}
	}
}

// A reason stands whole in the table, and what all of them end with once below it.
func TestReasonsAreWhole(t *testing.T) {
	j := judged(publication.ActionPlan, "СКО", "")
	j.Verdict.Reason = publication.Reason{Key: "day_unknown", Policy: true}
	whole := j.Verdict.Reason.Text("ru")
	var b bytes.Buffer
	if err := writeJudged(&b, "table", "ru", []pipelines.Judged{j, j}); err != nil {
		t.Fatal(err)
	}
	policy := "Срок — правило наблюдателя, закон его не называет."
	if n := strings.Count(b.String(), policy); n != 1 || !strings.HasSuffix(b.String(), policy+"\n") || strings.Contains(b.String(), "…") || !strings.HasSuffix(whole, policy) {
		t.Errorf("%d times in\n%s", n, b.String())
	}
	for text, want := range map[string][]string{"": {""}, "а бв  где": {"а бв", "где"}, "абвгдеё ж": {"абвгдеё", "ж"}, "абвгд": {"абвгд"}} {
		if diff := cmp.Diff(want, wrap(text, 5)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

// A period that nobody owes anything for is a slip.
func TestPeriodThatIsNone(t *testing.T) {
	all := []pipelines.Judged{judged(publication.ActionPlan, "СКО", ""), judged(publication.ActionPlan, "ВКО", "")}
	for period, want := range map[string]int{"": 2, "2024-H1": 2, "2024-Q1": 0, "2031-H2": 0} {
		got, err := ofPeriod(all, period)
		if len(got) != want || (err == nil) != (want > 0) || err != nil && (qulaq.KindOf(err) != qulaq.Configuration || !strings.HasSuffix(qulaq.Hint(err), ": 2024-H1")) {
			t.Errorf("%q: %d, %v", period, len(got), err)
		}
	}
	if _, err := ofPeriod(nil, "2024-H1"); qulaq.KindOf(err) != qulaq.Configuration {
		t.Error(err)
	}
}

func TestToldText(t *testing.T) {
	for want, all := range map[string][]pipelines.Delivery{
		"": nil,
		"told: telegram: 2 messages, 5 changes, 1 heartbeats; smtp: nothing new\n": {{Service: "telegram", Messages: 2, Changes: 5, Heartbeats: 1}, {Service: "smtp"}},
		"told: slack: 0 messages, 0 changes, 1 FAILED, the next run tries again\n": {{Service: "slack", Failed: 1}},
	} {
		if got := toldText(all); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
