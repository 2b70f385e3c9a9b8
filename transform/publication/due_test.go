package publication

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWorking(t *testing.T) {
	for text, want := range map[string]bool{
		"2022-07-30": false, // a Saturday
		"2022-08-01": true,
		"2023-01-02": false,
		"2023-01-03": false, // in place of Sunday, 1 January
		"2023-01-04": true,
		"2024-03-25": false, // in place of Saturday, 23 March
		"2025-03-25": false, // two of Nauryz fell on a weekend
		"2025-03-26": true,
		"2026-03-09": false, // in place of Sunday, 8 March
		"2025-09-01": false, // in place of Saturday, 30 August
		"2026-08-31": true,  // no Constitution Day in August any more
		"2026-03-24": false,
		"2027-03-15": false,
		"2021-12-17": false,
		"2024-12-17": true,
		"2024-01-08": true, // Christmas on a Sunday moves nothing
		"2022-10-25": false,
		"2021-10-25": true,
	} {
		if got := Working(day(t, text)); got != want {
			t.Errorf("Working(%s) = %v", text, got)
		}
	}
	if got := NextWorking(day(t, "2022-12-31")); got.String() != "2023-01-04" {
		t.Errorf("after New Year work begins on %s", got)
	}
}

func TestDue(t *testing.T) {
	type row struct{ Key, Search, Opens, Due, Grace, Norm, Basis string }
	show := func(all []Obligation) (rows []row) {
		for _, o := range all {
			due, grace, opens := "", "", ""
			if o.DueOn != 0 {
				opens, due, grace = o.OpensOn.String(), o.DueOn.String(), o.GraceUntil.String()
			}
			rows = append(rows, row{o.Key, o.SearchFrom.String(), opens, due, grace, o.Norm, string(o.Basis)})
		}
		return rows
	}
	own := func(kinds ...Kind) Config {
		c := DefaultConfig()
		c.Kinds = kinds
		return c
	}
	pavlodar := Subject{RegionCode: "550000000", Level: Oblast}
	ulytau := Subject{RegionCode: "620000000", Level: Oblast, Since: day(t, "2022-06-08")}
	met := pavlodar
	met.Meetings = []Meeting{{On: day(t, "2022-10-05")}}
	minister := Subject{RegionCode: "000000000", Body: "mzdrav", Level: Ministry, Meetings: []Meeting{{On: day(t, "2023-11-20")}, {On: day(t, "2024-02-01")}}}
	for _, c := range []struct {
		name     string
		config   Config
		who      Subject
		from, to string
		want     []row
	}{
		{
			"from the first half of 2022 on, with both wordings", DefaultConfig(), pavlodar, "2020-01-01", "2024-06-30", []row{
				{"550000000/action_plan/2022-H1", "2022-01-01", "2022-07-01", "2022-08-01", "2022-08-15", "plans-2022", "policy"}, // 30 July is a Saturday
				{"550000000/action_plan/2022-H2", "2022-07-01", "2023-01-01", "2023-01-30", "2023-02-13", "plans-2022", "policy"},
				{"550000000/action_plan/2023-H1", "2023-01-01", "2023-07-01", "2023-07-31", "2023-08-14", "plans-2022", "policy"}, // a Sunday
				{"550000000/calendar/2023", "2022-10-01", "2023-01-01", "2023-01-16", "2023-01-30", "calendar-2022", "policy"},    // a Sunday
				{"550000000/action_plan/2023-H2", "2023-07-01", "2024-01-01", "2024-01-30", "2024-02-13", "plans-2022", "policy"},
				{"550000000/action_plan/2024-H1", "2024-01-01", "2024-07-01", "2024-07-30", "2024-08-13", "plans-2024", "policy"},
				{"550000000/calendar/2024", "2023-10-01", "2024-01-01", "2024-01-15", "2024-01-29", "calendar-2024", "policy"},
			},
		},
		{
			"a region founded in June 2022 owes nothing for the half-year before", DefaultConfig(), ulytau, "2022-01-01", "2022-12-31", []row{
				{"620000000/action_plan/2022-H2", "2022-07-01", "2023-01-01", "2023-01-30", "2023-02-13", "plans-2022", "policy"},
			},
		},
		{
			"a district by its own code", DefaultConfig(), Subject{RegionCode: "550000000", DistrictCode: "553200000", Level: District}, "2022-07-01", "2022-07-01", []row{
				{"553200000/action_plan/2022-H2", "2022-07-01", "2023-01-01", "2023-01-30", "2023-02-13", "plans-2022", "policy"},
			},
		},
		{
			"nothing is known of meetings", own(Results), pavlodar, "2022-07-01", "2022-12-31", []row{
				{"550000000/results/2022-H2", "2022-07-01", "", "", "", "results", "policy"},
			},
		},
		{
			"a meeting is known", own(Announcement, Results), met, "2022-07-01", "2022-12-31", []row{
				{"550000000/announcement/2022-H2", "2022-07-01", "2022-10-02", "2022-10-02", "2022-10-16", "announcement", "policy"},
				{"550000000/results/2022-H2", "2022-07-01", "2022-10-06", "2022-10-17", "2022-10-31", "results", "policy"}, // a Saturday
			},
		},
		{
			"ministers: ten days by law, until that decree was repealed", own(Solutions, Summary, Schedule), minister, "2023-07-01", "2024-03-31", []row{
				{"mzdrav/solutions/2023-H2", "2023-07-01", "2023-11-21", "2023-11-30", "2023-12-14", "ministers-solutions-2022", "law"},
				{"mzdrav/summary/2024-Q1", "2024-01-01", "2024-04-01", "2024-04-10", "2024-04-24", "ministers-summary-2024", "policy"},
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := show(Due(c.config, []Subject{c.who}, day(t, c.from), day(t, c.to)))
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
		})
	}
	if n := len(Due(DefaultConfig(), []Subject{pavlodar}, -1<<31, 1<<31-1)); n != 2*78+1+78 { // plans of 2022 to 2099 and of the first half of 2100, calendars of 2023 to 2100
		t.Errorf("for ever are %d obligations", n)
	}
}

func TestReadNorms(t *testing.T) {
	good := "{id: a, kind: k, owes: [city], period: year, from: 2022-01-01, after: end, days: 3, basis: law, source: s}"
	for name, c := range map[string]struct{ text, want string }{
		"good":            {"- " + good, ""},
		"twice":           {"- " + good + "\n- " + good, "twice"},
		"unknown key":     {"- {id: a, colour: red}", "colour"},
		"no source":       {"- {id: a, kind: k}", "needed"},
		"period":          {"- " + strings.Replace(good, "period: year", "period: week", 1), "no period"},
		"after":           {"- " + strings.Replace(good, "after: end", "after: noon", 1), "start or end"},
		"basis":           {"- " + strings.Replace(good, "law", "custom", 1), "law or policy"},
		"a setting's law": {"- " + strings.Replace(good, "days: 3", "setting: plan_days_after_period", 1), "policy"},
		"setting":         {"- " + strings.NewReplacer("days: 3", "setting: x", "law", "policy").Replace(good), "no setting"},
		"ends before":     {"- " + strings.Replace(good, "after", "to: 2021-01-01, after", 1), "before"},
		"no day":          {"- " + strings.Replace(good, "2022-01-01", "soon", 1), "soon"},
	} {
		_, err := readNorms([]byte(c.text))
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	for _, n := range Norms() {
		if n.Note == "" || len(n.Owes) == 0 {
			t.Errorf("norm %s says too little of itself", n.ID)
		}
	}
}

func TestParsePeriod(t *testing.T) {
	for text, want := range map[string]string{
		"2022-H2": "2022-07-01 2022-12-31", "2024-Q1": "2024-01-01 2024-03-31", "2022": "2022-01-01 2022-12-31", "2022-10-05": "2022-10-05 2022-10-05",
		"2022-H3": "", "2022-Q5": "", "2022-02-30": "", "22-H1": "", "": "", "2022-h1": "", "0000": "", "1990-H2": "", "2022-H": "",
	} {
		p, err := ParsePeriod(text)
		if got := p.From.String() + " " + p.To.String(); err == nil && got != want || (err != nil) != (want == "") {
			t.Errorf("%q: %s, %v", text, got, err)
		}
	}
}

func FuzzParsePeriod(f *testing.F) {
	for _, s := range []string{"2022-H2", "2022-Q4", "1999", "2024-02-29", "1970-H1", "9999-Q4"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ParsePeriod(text)
		if err != nil {
			return
		}
		if p.Label != text || p.From > p.To || !p.Known() {
			t.Errorf("%q was read as %+v", text, p)
		}
	})
}
