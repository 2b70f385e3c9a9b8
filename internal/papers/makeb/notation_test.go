package main

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq/internal/papers"
)

// statuses are those of a plan's item.
var statuses = map[string]bool{
	"resolved": true, "in_progress": true, "planned": true, "funded": true, "funding_considered": true,
	"no_documents": true, "not_supported": true, "long_term": true, "explained": true, "unknown": true,
}

// Every paper has a builder and a truth that can be true.
func TestPapers(t *testing.T) {
	files, err := os.ReadDir("papers")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(builders) {
		t.Errorf("%d texts, %d builders", len(files), len(builders))
	}
	for _, f := range files {
		name := strings.TrimSuffix(f.Name(), ".txt")
		t.Run(name, func(t *testing.T) {
			if builders[name] == nil {
				t.Fatal("no builder")
			}
			text, err := os.ReadFile("papers/" + f.Name())
			if err != nil {
				t.Fatal(err)
			}
			p, err := parse(string(text))
			if err != nil {
				t.Fatal(err)
			}
			if p.truth.Why == "" || p.ext == "" || (p.half != "dev" && p.half != "test") {
				t.Errorf("the head is not complete: %q %q %q", p.truth.Why, p.ext, p.half)
			}
			if !p.truth.IsPlan {
				if p.truth.Kind == "" || p.truth.RegionCode != nil || len(p.truth.Items) > 0 {
					t.Error("no plan, and yet something of one")
				}
				return
			}
			if p.truth.RegionCode == nil {
				t.Fatal("a plan of nobody")
			}
			checkDays(t, p.truth.PeriodFrom, p.truth.PeriodTo)
			for _, it := range p.truth.Items {
				checkItem(t, *p.truth.RegionCode, it)
			}
		})
	}
}

func checkItem(t *testing.T, region string, it papers.Item) {
	t.Helper()
	checkDays(t, it.DeadlineFrom, it.DeadlineTo)
	if d := it.DistrictCode; d != nil && (len(*d) != 9 || (*d)[:2] != region[:2]) {
		t.Errorf("district %s is not of %s", *d, region)
	}
	if it.Status != nil && !statuses[*it.Status] {
		t.Errorf("status %q", *it.Status)
	}
	if it.Issue == nil || it.Measure == nil {
		t.Errorf("item without issue or measure: %+v", it)
	}
	for _, s := range []*string{it.ItemNo, it.Issue, it.Measure, it.Responsible, it.CompletionForm, it.FundingSource, it.StatusText} {
		if s != nil && strings.ContainsAny(*s, "⟦⟧¶↵→¬☑⊣|^<") {
			t.Errorf("notation is left in %q", *s)
		}
	}
}

func checkDays(t *testing.T, from, to *string) {
	t.Helper()
	var days []time.Time
	for _, s := range []*string{from, to} {
		if s == nil {
			continue
		}
		d, err := time.Parse(time.DateOnly, *s)
		if err != nil {
			t.Error(err)
		}
		days = append(days, d)
	}
	if len(days) == 2 && days[0].After(days[1]) {
		t.Errorf("%s is after %s", *from, *to)
	}
}

func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"Ремонт ⟦-дорог⟧⟦+улиц⟧ ⟦<а⟧⟦>б⟧": "Ремонт улиц б",
		"вода⟦^ сноска⟧ и⟦? тайна⟧ газ":   "вода и газ",
		"одно¬го↵ряда→и¶ещё":              "одного ряда и ещё",
		"⟦#а & б \\\\ в & г⟧":             "а б в г",
		"☑ 0,4‑10 ⟦№7⟧":                   "0,4-10 7",
		"f:A1+B1=12":                      "12",
	} {
		if got := plain(in); got != want {
			t.Errorf("plain(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestParse(t *testing.T) {
	p, err := parse("why: a test\nhalf: dev\next: docx\nregion: 150000000\nperiod: 2023-01-01 2023-06-30\n---\n" +
		"C: План\ncols: no issue measure due cost\n! № | В | М | С | т\n~ 1 | 2 | 3 | 4 | 5\n# Алга => 153200000\n" +
		"1. | а | б | до 2 мая => ..2023-05-02 | 1,5 => 1500\n^ | ^ | в | — | не нужно => 0\n2 | г | д | — | — @@ 151000000\n")
	if err != nil {
		t.Fatal(err)
	}
	s := func(v string) *string { return &v }
	n := func(v int64) *int64 { return &v }
	want := []papers.Item{
		{ItemNo: s("1"), Issue: s("а"), Measure: s("б"), DeadlineTo: s("2023-05-02"), CostKZT: n(1500), DistrictCode: s("153200000")},
		{ItemNo: s("1"), Issue: s("а"), Measure: s("в"), CostKZT: n(0), DistrictCode: s("153200000")},
		{ItemNo: s("2"), Issue: s("г"), Measure: s("д"), DistrictCode: s("151000000")},
	}
	if diff := cmp.Diff(want, p.truth.Items); diff != "" {
		t.Error(diff)
	}
	for _, bad := range []string{
		"why: no body",
		"why: x\n---\ncols: no issue\n1 | a | b\n",
		"why: x\n---\ncols: issue due\nа | до мая\n",
		"why: x\n---\nC: nothing\n",
		"who: x\n---\n",
	} {
		if _, err := parse(bad); err == nil {
			t.Errorf("parse(%q) found no fault", bad)
		}
	}
}
