package register

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/money"
	"github.com/qulaq-kz/qulaq/transform/plan"
)

// paper is a publication as these tests tell them apart. Its items are words parted by spaces; "дорога=решено" has
// a status.
type paper struct {
	id, lang string // of the listing
	day      string // of the stamp; "" is none
	dated    string // the day that the paper bears; "" is none
	seen     string
	items    string
	written  string // language of the paper; that of the listing when empty
	from, to string // period of the meetings
	region   string
	kind     plan.Kind
	why      string // why it could not be read
}

func when(t testing.TB, day string) time.Time {
	t.Helper()
	if day == "" {
		return time.Time{}
	}
	at, err := time.ParseInLocation(time.DateOnly, day, qulaq.Almaty())
	if err != nil {
		t.Fatal(err)
	}
	return at.Add(12 * time.Hour)
}

func (p paper) form(t testing.TB) Form {
	t.Helper()
	f := Form{ID: p.id, Lang: p.lang, Stamp: when(t, p.day), SeenAt: when(t, p.seen), FileSeenAt: when(t, p.seen), Page: qulaq.Hash{1}, Index: 1}
	pl := &f.Result.Plan
	if p.dated != "" {
		pl.DatedOn = qulaq.DayOf(when(t, p.dated))
	}
	pl.Kind, pl.Region, pl.Lang, pl.Unreadable = p.kind, p.region, p.written, p.why
	if pl.Kind == "" {
		pl.Kind = plan.IsPlan
	}
	if pl.Lang == "" {
		pl.Lang = p.lang
	}
	if p.from != "" {
		pl.PeriodFrom, pl.PeriodTo = qulaq.DayOf(when(t, p.from)), qulaq.DayOf(when(t, p.to))
	}
	for i, word := range strings.Fields(p.items) {
		issue, status, _ := strings.Cut(word, "=")
		f.Result.Items = append(f.Result.Items, plan.Item{No: fmt.Sprint(i + 1), Issue: issue, StatusText: status, Cost: money.Cost{}})
	}
	return f
}

// plans lists plans as "id main published versions items".
func (f Facts) planLines() (all []string) {
	for _, p := range f.Plans {
		all = append(all, fmt.Sprintf("%s %s %s v%d %d", p.ID, p.MainID, days(p.Main.day), p.Versions, p.Items))
	}
	return all
}

// items lists items as "plan word first-vanished".
func (f Facts) itemLines() (all []string) {
	for _, i := range f.Items {
		word := i.Issue
		if i.StatusText != "" {
			word += "=" + i.StatusText
		}
		all = append(all, fmt.Sprintf("%s %s %s %s", i.PlanID, word, days(i.First), days(i.Vanished)))
	}
	slices.Sort(all)
	return all
}

func (f Facts) roleLines() (all []string) {
	for _, p := range f.Publications {
		all = append(all, strings.TrimSpace(fmt.Sprintf("%s %s %s", p.ID, p.Kind, p.Role)))
	}
	return all
}

func days(d qulaq.Day) string {
	if d == 0 {
		return "-"
	}
	return d.String()
}

const (
	h2   = "2022-07-01"
	h2to = "2022-12-31"
)

func TestNew(t *testing.T) {
	for _, c := range []struct {
		name                string
		papers              []paper
		plans, items, roles []string
	}{
		{
			name:   "one plan",
			papers: []paper{{id: "1", lang: "ru", day: "2023-01-20", seen: "2023-02-01", items: "дорога вода", from: h2, to: h2to}},
			plans:  []string{"s/2022-H2 1/ru 2023-01-20 v1 2"},
			items:  []string{"s/2022-H2 вода 2023-01-20 -", "s/2022-H2 дорога 2023-01-20 -"},
			roles:  []string{"1/ru plan current"},
		},
		{
			name: "without a stamp the day is that of the paper, unless it was seen before; with one it is the site's",
			papers: []paper{
				{id: "1", lang: "ru", dated: "2023-01-12", seen: "2023-02-01", items: "дорога", from: h2, to: h2to, region: "110000000"},
				{id: "2", lang: "ru", dated: "2023-03-12", seen: "2023-02-01", items: "дорога", from: h2, to: h2to, region: "150000000"},
				{id: "3", lang: "ru", day: "2023-01-20", dated: "2023-01-12", seen: "2023-02-01", items: "дорога", from: h2, to: h2to, region: "190000000"},
				{id: "4", lang: "ru", seen: "2023-02-01", items: "дорога", from: h2, to: h2to, region: "230000000"},
			},
			plans: []string{
				"s/110000000/2022-H2 1/ru 2023-01-12 v1 1", "s/150000000/2022-H2 2/ru - v1 1",
				"s/190000000/2022-H2 3/ru 2023-01-20 v1 1", "s/230000000/2022-H2 4/ru - v1 1",
			},
			items: []string{
				"s/110000000/2022-H2 дорога 2023-01-12 -", "s/150000000/2022-H2 дорога - -",
				"s/190000000/2022-H2 дорога 2023-01-20 -", "s/230000000/2022-H2 дорога - -",
			},
			roles: []string{"1/ru plan current", "2/ru plan current", "3/ru plan current", "4/ru plan current"},
		},
		{
			name: "a corrected plan replaces the first; what it dropped has vanished, what was read again stays",
			papers: []paper{
				{id: "1", lang: "ru", day: "2023-01-20", seen: "2023-02-01", items: "дорога вода свет", from: h2, to: h2to},
				{id: "2", lang: "ru", day: "2023-03-05", seen: "2023-03-06", items: "дорога=решено ВОДА газ", from: h2, to: h2to},
			},
			plans: []string{"s/2022-H2 2/ru 2023-03-05 v2 3"},
			items: []string{
				"s/2022-H2 ВОДА 2023-01-20 -", "s/2022-H2 газ 2023-03-05 -", "s/2022-H2 дорога=решено 2023-01-20 -", "s/2022-H2 свет 2023-01-20 2023-03-05",
			},
			roles: []string{"1/ru plan replaced", "2/ru plan current"},
		},
		{
			name: "an entry that was changed in place is another form of itself, of the day on which that was seen",
			papers: []paper{
				{id: "1", lang: "ru", day: "2023-01-20", seen: "2023-02-01", items: "дорога вода", from: h2, to: h2to},
				{id: "1", lang: "ru", day: "2023-01-20", seen: "2023-04-01", items: "дорога газ", from: h2, to: h2to},
			},
			plans: []string{"s/2022-H2 1/ru/2 2023-04-01 v2 2"},
			items: []string{"s/2022-H2 вода 2023-01-20 2023-04-01", "s/2022-H2 газ 2023-04-01 -", "s/2022-H2 дорога 2023-01-20 -"},
			roles: []string{"1/ru plan replaced", "1/ru/2 plan current"},
		},
		{
			name: "the same again is a copy and no version",
			papers: []paper{
				{id: "1", lang: "ru", day: "2023-01-20", seen: "2023-02-01", items: "дорога вода", from: h2, to: h2to},
				{id: "2", lang: "ru", day: "2023-01-25", seen: "2023-02-01", items: "дорога вода", from: h2, to: h2to},
			},
			plans: []string{"s/2022-H2 1/ru 2023-01-20 v1 2"},
			items: []string{"s/2022-H2 вода 2023-01-20 -", "s/2022-H2 дорога 2023-01-20 -"},
			roles: []string{"1/ru plan current", "2/ru plan copy"},
		},
		{
			name: "the plans of two meetings are two parts of one plan",
			papers: []paper{
				{id: "1", lang: "ru", day: "2023-01-20", seen: "2023-02-01", items: "дорога вода свет", from: h2, to: h2to},
				{id: "2", lang: "ru", day: "2023-01-25", seen: "2023-02-01", items: "газ вода школа мост", from: h2, to: h2to},
			},
			plans: []string{"s/2022-H2 2/ru 2023-01-25 v2 7"},
			items: []string{
				"s/2022-H2 вода 2023-01-20 -", "s/2022-H2 вода 2023-01-25 -", "s/2022-H2 газ 2023-01-25 -", "s/2022-H2 дорога 2023-01-20 -",
				"s/2022-H2 мост 2023-01-25 -", "s/2022-H2 свет 2023-01-20 -", "s/2022-H2 школа 2023-01-25 -",
			},
			roles: []string{"1/ru plan current", "2/ru plan current"},
		},
		{
			name: "two languages are one plan, whose Russian words count",
			papers: []paper{
				{id: "1", lang: "kk", day: "2023-01-20", seen: "2023-02-01", items: "жол су", from: h2, to: h2to},
				{id: "2", lang: "ru", day: "2023-01-25", seen: "2023-02-01", items: "дорога вода", from: h2, to: h2to},
			},
			plans: []string{"s/2022-H2 2/ru 2023-01-25 v1 2"},
			items: []string{"s/2022-H2 вода 2023-01-25 -", "s/2022-H2 дорога 2023-01-25 -"},
			roles: []string{"1/kk plan translation", "2/ru plan current"},
		},
		{
			name: "a Russian extract does not stand for the whole in Kazakh",
			papers: []paper{
				{id: "1", lang: "kk", day: "2023-01-20", seen: "2023-02-01", items: "жол су жарық", from: h2, to: h2to},
				{id: "2", lang: "ru", day: "2023-01-25", seen: "2023-02-01", items: "дорога", from: h2, to: h2to},
			},
			plans: []string{"s/2022-H2 1/kk 2023-01-20 v1 3"},
			items: []string{"s/2022-H2 жарық 2023-01-20 -", "s/2022-H2 жол 2023-01-20 -", "s/2022-H2 су 2023-01-20 -"},
			roles: []string{"1/kk plan current", "2/ru plan translation"},
		},
		{
			name: "a scan beside a plan that could be read replaces nothing",
			papers: []paper{
				{id: "1", lang: "ru", day: "2023-01-20", seen: "2023-02-01", items: "дорога", from: h2, to: h2to},
				{id: "2", lang: "ru", day: "2023-01-25", seen: "2023-02-01", why: "a scan", from: h2, to: h2to},
			},
			plans: []string{"s/2022-H2 1/ru 2023-01-20 v1 1"},
			items: []string{"s/2022-H2 дорога 2023-01-20 -"},
			roles: []string{"1/ru plan current", "2/ru plan unread"},
		},
		{
			name: "a plan of which nothing could be read is a plan, by its newest paper",
			papers: []paper{
				{id: "1", lang: "ru", day: "2023-01-20", seen: "2023-02-01", why: "a scan", from: h2, to: h2to},
				{id: "2", lang: "ru", day: "2023-01-25", seen: "2023-02-01", why: "a scan", from: h2, to: h2to},
			},
			plans: []string{"s/2022-H2 2/ru 2023-01-25 v2 0"},
			roles: []string{"1/ru plan replaced", "2/ru plan current"},
		},
		{
			name: "akimats and periods are kept apart; a paper without a period is a plan by itself",
			papers: []paper{
				{id: "1", lang: "ru", day: "2023-01-20", seen: "2023-02-01", items: "дорога", from: h2, to: h2to, region: "150000000"},
				{id: "2", lang: "ru", day: "2023-01-20", seen: "2023-02-01", items: "дорога", from: "2022-01-01", to: "2022-06-30", region: "150000000"},
				{id: "3", lang: "ru", day: "2023-01-20", seen: "2023-02-01", items: "дорога", region: "150000000"},
				{id: "4", lang: "ru", seen: "2023-02-01", items: "дорога", region: "150000000"},
			},
			plans: []string{
				"s/150000000/2022-H1 2/ru 2023-01-20 v1 1", "s/150000000/2022-H2 1/ru 2023-01-20 v1 1", "s/150000000/3 3/ru 2023-01-20 v1 1", "s/150000000/4 4/ru - v1 1",
			},
			items: []string{"s/150000000/2022-H1 дорога 2023-01-20 -", "s/150000000/2022-H2 дорога 2023-01-20 -", "s/150000000/3 дорога 2023-01-20 -", "s/150000000/4 дорога - -"},
			roles: []string{"1/ru plan current", "2/ru plan current", "3/ru plan current", "4/ru plan current"},
		},
		{
			name: "what is no plan is a publication all the same",
			papers: []paper{
				{id: "1", lang: "ru", day: "2023-01-20", seen: "2023-02-01", kind: plan.Lookalike},
				{id: "2", lang: "ru", day: "2023-01-20", seen: "2023-02-01", kind: plan.Lookalike, why: "it is encrypted"},
				{id: "3", lang: "ru", day: "2023-01-20", seen: "2023-02-01", kind: plan.Other},
			},
			roles: []string{"1/ru lookalike", "2/ru unreadable", "3/ru other"},
		},
		{
			name:   "an item twice in one plan is two items",
			papers: []paper{{id: "1", lang: "ru", day: "2023-01-20", seen: "2023-02-01", items: "дорога дорога", from: h2, to: h2to}},
			plans:  []string{"s/2022-H2 1/ru 2023-01-20 v1 2"},
			items:  []string{"s/2022-H2 дорога 2023-01-20 -", "s/2022-H2 дорога 2023-01-20 -"},
			roles:  []string{"1/ru plan current"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			var forms []Form
			for _, p := range c.papers {
				forms = append(forms, p.form(t))
			}
			got := New("s", forms)
			if diff := cmp.Diff(c.plans, got.planLines()); diff != "" {
				t.Errorf("plans (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.items, got.itemLines()); diff != "" {
				t.Errorf("items (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.roles, got.roleLines()); diff != "" {
				t.Errorf("publications (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPeriods(t *testing.T) {
	for want, span := range map[string][2]string{
		"2022": {"2022-01-01", "2022-12-31"}, "2022-H1": {"2022-01-01", "2022-06-30"}, "2022-H2": {"2022-07-01", "2022-12-31"},
		"2024-Q1": {"2024-01-01", "2024-03-31"}, "2023-Q4": {"2023-10-01", "2023-12-31"}, "2022-11-14..2023-02-01": {"2022-11-14", "2023-02-01"},
	} {
		if got := period(qulaq.DayOf(when(t, span[0])), qulaq.DayOf(when(t, span[1]))); got != want {
			t.Errorf("%v: %s, want %s", span, got, want)
		}
	}
}

// TestLaws checks what holds for all publications: their order does not matter, ids are unique, a plan counts as
// many items as it has now, and each plan has exactly the current publications that its items come from.
func TestLaws(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(0, 8).Draw(r, "papers")
		var forms []Form
		for i := range n {
			p := paper{
				id:   rapid.SampledFrom([]string{"1", "2", "3", "4"}).Draw(r, "id"),
				lang: rapid.SampledFrom([]string{"ru", "kk"}).Draw(r, "lang"),
				day:  rapid.SampledFrom([]string{"", "2023-01-10", "2023-02-10", "2023-03-10"}).Draw(r, "day"),
				seen: fmt.Sprintf("2023-04-%02d", 1+i), // no two forms of an entry are seen first at the same time
				kind: rapid.SampledFrom([]plan.Kind{plan.IsPlan, plan.IsPlan, plan.IsPlan, plan.Lookalike}).Draw(r, "kind"),
			}
			p.items = strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"а", "б", "в", "г", "д", "е=решено", "е"}), 0, 6).Draw(r, "items"), " ")
			if rapid.Bool().Draw(r, "period") {
				p.from, p.to = h2, h2to
			}
			forms = append(forms, p.form(t))
		}
		got := New("s", forms)
		shuffled := slices.Clone(forms)
		rand.New(rand.NewSource(1)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if diff := cmp.Diff(dump(got), dump(New("s", shuffled))); diff != "" {
			r.Fatalf("the order matters (-one +other):\n%s", diff)
		}
		if len(got.Publications) != len(forms) {
			r.Fatalf("%d publications of %d", len(got.Publications), len(forms))
		}
		ids := map[string]bool{}
		now := map[string]int{}
		for _, i := range got.Items {
			if ids[i.ID] {
				r.Fatalf("the item %s is there twice", i.ID)
			}
			ids[i.ID] = true
			if i.Vanished == 0 {
				now[i.PlanID]++
			} else if i.First > i.Vanished {
				r.Fatalf("%s vanished before it was seen", i.ID)
			}
		}
		current := map[string]bool{}
		for _, p := range got.Publications {
			if p.Role == Current {
				current[p.ID] = true
			}
		}
		for _, p := range got.Plans {
			if p.Items != now[p.ID] {
				r.Fatalf("%s counts %d items and has %d", p.ID, p.Items, now[p.ID])
			}
			if !current[p.MainID] {
				r.Fatalf("%s rests on %s, which is not current", p.ID, p.MainID)
			}
		}
	})
}

func dump(f Facts) []string {
	all := append(f.planLines(), f.roleLines()...)
	for _, i := range f.Items {
		all = append(all, i.ID+" "+i.Issue+"="+i.StatusText+" "+days(i.First)+" "+days(i.Vanished))
	}
	return all
}

func TestRecords(t *testing.T) {
	if New("s", nil).PlanRecord() != nil || New("s", nil).ItemRecord() != nil || New("s", nil).PublicationRecord() != nil {
		t.Error("nothing has a record")
	}
	f := New("s", []Form{
		paper{id: "1", lang: "ru", day: "2023-01-20", seen: "2023-02-01", items: "дорога вода", from: h2, to: h2to}.form(t),
		paper{id: "2", lang: "kk", seen: "2023-02-01", kind: plan.Other}.form(t),
	})
	for _, r := range []struct {
		name string
		rows int64
		got  int64
		want string // of one row, by JSON
		json func() ([]byte, error)
	}{
		{"plans", 1, f.PlanRecord().NumRows(), `"period_from":"2022-07-01"`, f.PlanRecord().MarshalJSON},
		{"items", 2, f.ItemRecord().NumRows(), `"cost_kzt":null`, f.ItemRecord().MarshalJSON},
		{"publications", 2, f.PublicationRecord().NumRows(), `"published_at":null`, f.PublicationRecord().MarshalJSON},
	} {
		text, err := r.json()
		if err != nil || r.got != r.rows || !strings.Contains(string(text), r.want) {
			t.Errorf("%s: %d rows, %v: %s", r.name, r.got, err, text)
		}
	}
}
