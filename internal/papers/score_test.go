package papers

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func word(s string) *string { return &s }

func tenge(n int64) *int64 { return &n }

// example is a plan of three items; every call returns a new one.
func example() Truth {
	return Truth{
		IsPlan: true, RegionCode: word("150000000"), PeriodFrom: word("2022-07-01"), PeriodTo: word("2022-12-31"),
		Items: []Item{
			{
				ItemNo: word("1"), Issue: word("Аварийное состояние моста через Илек"), Measure: word("Капитальный ремонт"),
				Responsible: word("Отдел ЖКХ"), DeadlineTo: word("2023-01-15"), CostKZT: tenge(12_500_000),
			},
			{
				ItemNo: word("2"), Issue: word("Нет учителя физики"), Measure: word("Принять молодого специалиста"),
				Responsible: word("Отдел образования"), Status: word("resolved"),
			},
			{
				ItemNo: word("3"), Issue: word("Бродячие собаки во дворах"), Measure: word("Построить приют"),
				CompletionForm: word("Акт приёмки"), DistrictCode: word("151000000"),
			},
		},
	}
}

func TestCompare(t *testing.T) {
	const all = 6 + 5 + 5 // values of the example's items
	for _, c := range []struct {
		why   string
		spoil func(*Truth)
		cells Counts
	}{
		{"nothing is spoiled", func(*Truth) {}, Counts{Right: all}},
		{"a value is another", func(p *Truth) { p.Items[0].DeadlineTo = word("2023-01-16") }, Counts{Right: all - 1, Wrong: 1}},
		{"a value is not there", func(p *Truth) { p.Items[0].CostKZT = nil }, Counts{Right: all - 1, Missing: 1}},
		{"a value is invented", func(p *Truth) { p.Items[1].CostKZT = tenge(0) }, Counts{Right: all, Wrong: 1}},
		{"a text has other signs", func(p *Truth) { p.Items[0].Responsible = word(" отдел  \u00a0жкх. ") }, Counts{Right: all}},
		{"a text has other words", func(p *Truth) { p.Items[0].Responsible = word("Отдел ЖКХ района") }, Counts{Right: all - 1, Wrong: 1}},
		{"the first item is lost", func(p *Truth) { p.Items = p.Items[1:] }, Counts{Right: all - 6, Missing: 6}},
		{"an item in the middle is lost", func(p *Truth) { p.Items = append(p.Items[:1], p.Items[2]) }, Counts{Right: all - 5, Missing: 5}},
		{"a heading became an item", func(p *Truth) {
			p.Items = append([]Item{{ItemNo: word("№"), Issue: word("Проблемный вопрос")}}, p.Items...)
		}, Counts{Right: all, Wrong: 2}},
		{"an item was cut in two", func(p *Truth) {
			p.Items = append(p.Items, Item{Measure: word("животных")})
		}, Counts{Right: all, Wrong: 1}},
		{"all items are lost", func(p *Truth) { p.Items = nil }, Counts{Missing: all}},
		{"it was taken for no plan", func(p *Truth) { p.IsPlan = false }, Counts{Missing: all}},
	} {
		t.Run(c.why, func(t *testing.T) {
			got := example()
			c.spoil(&got)
			if diff := cmp.Diff(c.cells, Compare(got, example()).Cells()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCompareOfNoPlan(t *testing.T) {
	none := Truth{Kind: "procurement"}
	r := Compare(example(), none)
	if r.Plan != (Counts{Wrong: 1}) || r.Cells() != (Counts{Wrong: 16}) {
		t.Errorf("a plan made of another paper: plan %+v, cells %+v", r.Plan, r.Cells())
	}
	r = Compare(Truth{RegionCode: word("150000000")}, none)
	if r.Plan != (Counts{Right: 1}) || r.Akimat.Total() != 0 || r.Period.Total() != 0 || r.Cells().Total() != 0 {
		t.Errorf("another paper seen to be none: %+v", r)
	}
}

// TestWrongCostsDouble holds the rule by which readers are judged: of two plans that differ from the truth in
// one value, the one that says nothing is better, and by the weight of one more missing value.
func TestWrongCostsDouble(t *testing.T) {
	const right = 8
	missing, wrong := Counts{Right: right, Missing: 1}, Counts{Right: right, Wrong: 1}
	for _, c := range []struct {
		counts Counts
		want   float64
	}{
		{Counts{Right: right}, 1},
		{missing, 8.0 / 9},
		{Counts{Right: right, Missing: 2}, 8.0 / 10},
		{wrong, 8.0 / 10},
		{Counts{Right: 1, Wrong: 1, Missing: 1}, 1.0 / 4},
		{Counts{Wrong: 3}, 0},
		{Counts{}, 0},
	} {
		if got := c.counts.Score(); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%+v scores %v, want %v", c.counts, got, c.want)
		}
	}

	silent, mistaken := example(), example()
	silent.Items[0].DeadlineTo = nil
	mistaken.Items[0].DeadlineTo = word("2024-01-15")
	if s, m := Compare(silent, example()).Cells().Score(), Compare(mistaken, example()).Cells().Score(); s <= m {
		t.Errorf("a missing value scores %v, a wrong one %v", s, m)
	}
}

func TestVerdicts(t *testing.T) {
	for _, c := range []struct {
		why                  string
		spoil                func(got, want *Truth)
		plan, akimat, period Counts
	}{
		{"as it is", func(_, _ *Truth) {}, Counts{Right: 1}, Counts{Right: 1}, Counts{Right: 1}},
		{"another region", func(g, _ *Truth) { g.RegionCode = word("190000000") }, Counts{Right: 1}, Counts{Wrong: 1}, Counts{Right: 1}},
		{"a district too many", func(g, _ *Truth) { g.DistrictCode = word("151000000") }, Counts{Right: 1}, Counts{Wrong: 1}, Counts{Right: 1}},
		{"a district too few", func(_, w *Truth) { w.DistrictCode = word("151000000") }, Counts{Right: 1}, Counts{Missing: 1}, Counts{Right: 1}},
		{"no region", func(g, _ *Truth) { g.RegionCode = nil }, Counts{Right: 1}, Counts{Missing: 1}, Counts{Right: 1}},
		{"the paper does not say the period", func(g, w *Truth) {
			g.PeriodFrom, g.PeriodTo, w.PeriodFrom, w.PeriodTo = nil, nil, nil, nil
		}, Counts{Right: 1}, Counts{Right: 1}, Counts{}},
		{"a period of its own invention", func(_, w *Truth) { w.PeriodFrom, w.PeriodTo = nil, nil }, Counts{Right: 1}, Counts{Right: 1}, Counts{Wrong: 1}},
		{"half a period", func(g, _ *Truth) { g.PeriodTo = nil }, Counts{Right: 1}, Counts{Right: 1}, Counts{Missing: 1}},
		{"not seen to be a plan", func(g, _ *Truth) { *g = Truth{} }, Counts{Wrong: 1}, Counts{Missing: 1}, Counts{Missing: 1}},
	} {
		t.Run(c.why, func(t *testing.T) {
			got, want := example(), example()
			c.spoil(&got, &want)
			r := Compare(got, want)
			if r.Plan != c.plan || r.Akimat != c.akimat || r.Period != c.period {
				t.Errorf("plan %+v, akimat %+v, period %+v", r.Plan, r.Akimat, r.Period)
			}
		})
	}
}

// TestAlignMergedIssues: where one issue stands over several measures, the measures tell the items apart.
func TestAlignMergedIssues(t *testing.T) {
	issue := word("Нехватка питьевой воды в посёлке")
	want := Truth{IsPlan: true, Items: []Item{
		{Issue: issue, Measure: word("Пробурить скважину")},
		{Issue: issue, Measure: word("Подвоз воды цистернами")},
		{Issue: issue, Measure: word("Заменить насос")},
	}}
	got := Truth{IsPlan: true, Items: []Item{want.Items[0], want.Items[2]}}
	if c := Compare(got, want).Cells(); c != (Counts{Right: 4, Missing: 2}) {
		t.Errorf("%+v", c)
	}
}

func TestComparable(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"ГУ «Отдел ЖКХ»", `гу "отдел жкх"`, true},
		{"май – июнь", "май-июнь", true},
		{"Приём, учёт", "прием, учет;", true},
		{"строи\u00adтельство", "строительство", true},
		{"строка\nвторая", "строка вторая", true},
		{"( по согласованию )", "(по согласованию)", true},
		{"су құбыры", "су кубыры", false},
		{"1,5 км", "15 км", false},
		{"школа № 5", "школа № 6", false},
	} {
		if got := comparable(c.a) == comparable(c.b); got != c.same {
			t.Errorf("%q and %q: same %t", c.a, c.b, got)
		}
	}
}

// TestLaws: a plan against itself is right everywhere, and dropping items of it makes nothing wrong.
func TestLaws(t *testing.T) {
	text := rapid.Ptr(rapid.StringMatching(`[а-яёәқ]{3,12}( [а-яёәқ№0-9«»-]{1,9}){0,5}`), true)
	item := rapid.Custom(func(t *rapid.T) Item {
		return Item{
			ItemNo: text.Draw(t, "no"), Issue: text.Draw(t, "issue"), Measure: text.Draw(t, "measure"),
			CostKZT: rapid.Ptr(rapid.Int64Range(0, 1e12), true).Draw(t, "cost"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		want := Truth{IsPlan: true, Items: rapid.SliceOfN(item, 0, 12).Draw(t, "items")}
		all := 0
		for _, i := range want.Items {
			for _, f := range fields {
				if f.of(i) != nil {
					all++
				}
			}
		}
		self := Compare(want, want).Cells()
		// Items of a number or a sum alone cannot be told apart from their likes, and count as lost and invented.
		if self.Right+self.Missing != all || self.Missing != self.Wrong {
			t.Fatalf("against itself: %+v of %d", self, all)
		}
		named := Truth{IsPlan: true}
		for _, i := range want.Items {
			if i.Issue != nil {
				named.Items = append(named.Items, i)
			}
		}
		if c := Compare(named, named).Cells(); c.Wrong+c.Missing != 0 {
			t.Fatalf("against itself, every item with an issue: %+v", c)
		}
		r := Result{}
		r.Add(Compare(want, named))
		r.Add(Compare(named, want))
		if got := r.Cells().Total(); got != Compare(want, named).Cells().Total()+Compare(named, want).Cells().Total() {
			t.Fatalf("the sum of two results counts %d", got)
		}
	})
}

func TestDifferences(t *testing.T) {
	got := example()
	got.RegionCode = nil
	got.Items[0].CostKZT = tenge(12_500)
	var lines []string
	for _, d := range Compare(got, example()).Differences {
		lines = append(lines, d.String())
	}
	want := []string{
		` | akimat: null, the truth is "150000000"`,
		`1 Аварийное состояние моста через Илек | cost_kzt: "12500", the truth is "12500000"`,
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Error(diff)
	}
}
