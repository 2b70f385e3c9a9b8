package warehousesql_test

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq/load"
	"github.com/qulaq-kz/qulaq/load/embedded/embeddedtest"
	warehousesql "github.com/qulaq-kz/qulaq/sql"
)

func queries(t *testing.T) []warehousesql.Query {
	t.Helper()
	all, err := warehousesql.Queries()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// query returns the answer to a named question; values are of its parameters, by name, in place of the defaults.
func query(t *testing.T, w *load.Warehouse, q warehousesql.Query, values map[string]string) *load.Answer {
	t.Helper()
	var args []any
	for _, p := range q.Parameters {
		value, given := values[p.Name]
		if !given {
			value = p.Default
		}
		args = append(args, clickhouse.Named(p.Name, value))
	}
	a, err := w.Ask(context.Background(), q.Text, args...)
	if err != nil {
		t.Fatalf("%s: %v", q.Name, err)
	}
	return a
}

func TestQueriesAreQuestions(t *testing.T) {
	for _, q := range queries(t) {
		if !strings.HasSuffix(q.Question, "?") || strings.HasPrefix(q.Question, "-") {
			t.Errorf("%s does not begin with its question: %q", q.Name, q.Question)
		}
		if !strings.Contains(q.About, "Reads ") {
			t.Errorf("%s does not say what it reads", q.Name)
		}
		if len(q.Parameters) == 0 || strings.Contains(q.Text, "SET param_") {
			t.Errorf("%s: parameters %v, text %.60q", q.Name, q.Parameters, q.Text)
		}
		for _, p := range q.Parameters {
			if p.About == "" || !strings.Contains(q.Text, "{"+p.Name+":String}") {
				t.Errorf("%s: parameter %+v is not said or not used", q.Name, p)
			}
		}
	}
}

// TestQueriesOfAnEmptyWarehouse proves that they make nothing up: where nothing was read, the published figure stands alone, and a
// note says so.
func TestQueriesOfAnEmptyWarehouse(t *testing.T) {
	w := warehouse(t)
	published := 0
	for _, q := range queries(t) {
		a := query(t, w, q, nil)
		columns := a.Columns()
		note, theirs := slices.Index(columns, "note"), slices.Index(columns, "published")
		if note < 0 || theirs < 0 {
			t.Fatalf("%s has the columns %q", q.Name, columns)
		}
		difference := slices.Index(columns, "difference")
		lines := embeddedtest.Lines(t, a)
		if len(lines) == 0 {
			t.Errorf("%s shows no published figure", q.Name)
		}
		for _, line := range lines {
			cells := strings.Split(line, " | ")
			if cells[theirs] != "null" {
				published++
			}
			if cells[note] == "" || difference >= 0 && (cells[difference] != "null" || cells[difference-2] != "null") {
				t.Errorf("%s of nothing: %s", q.Name, line)
			}
		}
	}
	if published < 60 {
		t.Errorf("only %d published figures are shown", published)
	}
}

// stated are figures that two reports name.
func stated() []string {
	var all []string
	for i, c := range []struct {
		report, subject, channel, metric string
		from, to                         string
		value                            float64
		unit, qualifier                  string
	}{
		{"a", "150000000", "akims", "issues_resolved_share", "2022-01-01", "2022-12-31", 90, "percent", "exact"},
		{"a", "390000000", "akims", "issues_resolved_share", "2022-01-01", "2022-12-31", 93, "percent", "exact"},
		{"b", "390000000", "akims", "issues_resolved_share", "2022-01-01", "2022-12-31", 93, "percent", "exact"},
		{"a", "310000000", "akims", "issues_resolved_share", "2022-01-01", "2022-12-31", 60, "percent", "exact"},
		{"a", "000000000", "akims", "issues_raised", "2022-07-01", "2022-12-31", 33400, "count", "over"},
		{"a", "190000000", "akims", "issues_resolved", "2022-01-01", "2022-12-31", 294, "count", "exact"},
		{"b", "190000000", "akims", "issues_resolved", "2022-01-01", "2022-12-31", 37, "count", "exact"},
		{"a", "000000000", "akims", "issues_raised", "2012-07-01", "2012-12-31", 33400, "count", "over"}, // a slip of the pen stays where it is
		{"a", "000000000", "e_otinish", "appeals_growth", "2022-07-01", "2022-12-31", 18, "percent", "exact"},
		{"a", "000000000", "e_otinish", "appeals_local_share", "2022-01-01", "2022-12-31", 82, "percent", "exact"},
		{"a", "000000000", "ministers", "meetings_planned", "2022-01-01", "2022-12-31", 227, "count", "exact"},
		{"a", "000000000", "ministers", "meetings_held", "2022-01-01", "2022-12-31", 212, "count", "exact"},
		{"a", "000000000", "central_list", "issues_central_level", "2022-01-01", "2022-06-30", 14, "count", "exact"},
		{"a", "000000000", "central_list", "issues_resolved", "2022-01-01", "2022-06-30", 5, "count", "exact"},
		{"a", "000000000", "central_list", "issues_not_supported", "2022-01-01", "2022-06-30", 6, "count", "exact"},
		{"a", "000000000", "central_list", "issues_long_term", "2022-01-01", "2022-06-30", 3, "count", "exact"},
		{"a", "000000000", "akims", "budget_needed", "2022-07-01", "2022-12-31", 480e9, "kzt", "exact"},
		{"a", "630000000", "akims", "plan_not_published", "2022-07-01", "2022-12-31", 1, "count", "exact"},
		{"a", "000000000", "ministers", "citizens_received", "2022-01-01", "2022-12-31", 1498, "count", "exact"},
		{"a", "000000000", "akims", "meetings_held", "2022-01-01", "2022-06-30", 8500, "count", "exact"},
	} {
		all = append(all, fmt.Sprintf("INSERT INTO claims (source, claim_id, subject_code, subject, channel, metric, period_from, period_to, value, unit, qualifier, snapshot) VALUES "+
			"('reports', '%d', '%s', '%[2]s', '%s', '%s', '%s', '%s', %v, '%s', '%s', '%s')", i, c.subject, c.channel, c.metric, c.from, c.to, c.value, c.unit, c.qualifier, c.report))
	}
	return all
}

func TestQueries(t *testing.T) {
	w := warehouse(t)
	// Meetings of ministers: three planned for the first half-year, of them one held and one missed, one for the second; and a
	// reception. Meetings of akims of Almaty region: of a district and of a village; and one of another region.
	meetings := `INSERT INTO meetings (source, meeting_id, kind, level, region_code, planned_on, held_on, status, participants) VALUES
		('m', '1', 'meeting', 'ministry', NULL, '2022-05-10', '2022-05-11', 'held', 30), ('m', '2', 'meeting', 'ministry', NULL, '2022-05-20', NULL, 'missed', NULL),
		('m', '3', 'meeting', 'ministry', NULL, '2022-06-30', NULL, 'planned', NULL), ('m', '4', 'meeting', 'ministry', NULL, '2022-07-01', NULL, 'planned', NULL),
		('m', '5', 'reception', 'ministry', NULL, NULL, '2022-09-01', 'held', 14),
		('a', '6', 'meeting', 'district', '190000000', '2022-08-01', '2022-08-01', 'held', 100), ('a', '7', 'meeting', 'rural', '190000000', NULL, '2022-08-02', 'held', 20),
		('a', '8', 'meeting', 'city', '750000000', '2022-08-03', '2022-08-03', 'held', NULL), ('a', '9', 'meeting', 'city', '750000000', '2022-08-04', NULL, 'cancelled', NULL)`
	for _, group := range [][]string{regions, plans, verdicts, stated(), {meetings, "ALTER TABLE plan_items UPDATE responsible = 'Министерство транспорта' WHERE item_id = 'a' SETTINGS mutations_sync = 2", insert(
		// Two of local bodies in the first half of 2022, three in the second, and one of a ministry.
		complaint{"1", "2022-01-05 10:00:00", "", city, "", "water", "open", "Акимат г. Алматы"},
		complaint{"2", "2022-06-25 10:00:00", "", city, "", "water", "open", "Акимат г. Алматы"},
		complaint{"3", "2022-07-01 10:00:00", "", city, "", "roads", "open", "Акимат г. Алматы"},
		complaint{"4", "2022-08-01 10:00:00", "", city, "", "roads", "open", "Акимат г. Алматы"},
		complaint{"5", "2022-09-01 10:00:00", "", east, "", "roads", "open", "Отдел ЖКХ"},
		complaint{"6", "2022-12-31 10:00:00", "", "", "", "", "open", "Министерство транспорта"},
	)}} {
		do(t, w, group...)
	}
	for _, c := range []struct {
		name, period string
		want         []string // lines that must be there, in this order
	}{
		{"best_and_worst_regions", "2022", []string{
			"reports | Костанайская область | 2022 | 93 | 93 | 0 | ",
			"reports | г.Алматы | 2022 | null | 92.8 | null | no report that was read says it",
			"reports | Актюбинская область | 2022 | 90 | 94.7 | -4.7 | ",
			"reports | 310000000 | 2022 | 60 | null | null | no published figure",
			"plans | ВКО | 2022 | 50 | null | null | of 2 items; no published figure",
		}},
		{"issues_raised_and_solved", "2022", []string{
			"reports | Казахстан | akims | issues_raised | 2022 | null | 63000 | null | no report that was read says it",
			"reports | Казахстан | akims | issues_raised | 2022-H2 | 33400 | 33400 | 0 | not exact: about, over or under",
			"reports | Алматинская область | akims | issues_resolved | 2022 | null | 37 | null | reports disagree: 37 / 294",
			"plans | Казахстан | akims | items | 2022-H2 | 3 | null | null | items of 1 akimats: another thing than issues raised",
			"plans | Казахстан | akims | items_resolved | 2022-H2 | 1 | null | null | items of 1 akimats: another thing than issues raised",
		}},
		{"issues_raised_and_solved", "2012-H2", []string{
			"reports | 000000000 | akims | issues_raised | 2012-H2 | 33400 | null | null | no published figure",
		}},
		{"plans_not_published", "2022-H2", []string{
			"reports | Казахстан | null | 5 | null | no report that was read says it",
			"reports | Восточно-Казахстанская область | 1 | 1 | 0 | ",
			"verdicts | Казахстан | 0 | 5 | -5 | of 2 akimats on 2023-02-16; cannot be told: 1",
			"verdicts | ВКО | 0 | 1 | -1 | late",
			"verdicts | Алматы | null | null | null | unverifiable; not named in public",
		}},
		{"appeals_growth", "2022", []string{
			"reports | appeals_received | 2022 | null | 1.7e+06 | null | no report that was read says it",
			"reports | appeals_growth | 2022-H2 | 18 | 16 | 2 | ",
			"complaints | appeals_received | 2022 | 6 | 1.7e+06 | -1.699994e+06 | complaints of eotinish",
			"complaints | appeals_growth | 2022-H1 | null | null | null | no complaints of the half-year before",
			"complaints | appeals_growth | 2022-H2 | 50 | 16 | 34 | ",
		}},
		{"appeals_growth", "2023-H1", []string{
			"complaints | appeals_received | 2023-H1 | null | null | null | no complaints of this time",
			"complaints | appeals_growth | 2023-H1 | null | null | null | no complaints of this half-year",
		}},
		{"local_bodies_share", "2022", []string{
			"reports | 2022 | 82 | 82 | 0 | ",
			"complaints | 2022 | 83.3 | 82 | 1.3 | of 6 complaints; level of the body unknown: 0",
		}},
		{"leaders_by_complaints", "2022", []string{
			"г.Алматы | 4 | 1 | named by the Prime Minister | among our first four too",
			"ВКО | 1 | 2 | not named | ",
			"Актюбинская область | null | null | named by the Prime Minister | no complaints of this time",
		}},
		{"top_categories", "2022", []string{
			"construction | construction | null | null | null | null | most at meetings, most complaints | neither complaints nor items of this time",
			"roads | Дороги | 3 | 1 | 1 | 1 | not named | ",
			"water | Вода | 2 | 2 | 1 | 1 | not named | ",
		}},
		{"missed_meetings", "2022", []string{
			"reports | meetings_planned | 2022 | 227 | 227 | 0 | ",
			"reports | meetings_missed | 2022 | null | 15 | null | no report that was read says it",
			"reports | meetings_held | 2022 | 212 | 212 | 0 | ",
			"reports | meetings_planned | 2022-H1 | null | 55 | null | no report that was read says it",
			"meetings | meetings_planned | 2022 | 4 | 227 | -223 | as far as papers were read",
			"meetings | meetings_missed | 2022 | 1 | 15 | -14 | as far as papers were read",
			"meetings | meetings_held | 2022 | 1 | 212 | -211 | as far as papers were read",
			"meetings | meetings_planned | 2022-H1 | 3 | 55 | -52 | as far as papers were read",
			"reports | planned − held | 2022 | 15 | 15 | 0 | computed; beside it the meetings said to be missed",
		}},
		{"meetings_held", "2022", []string{
			"reports | Казахстан | akims | 2022-H1 | 8500 | 8500 | 0 | ",
			"meetings | Казахстан | akims | 2022-H1 | null | 8500 | null | no paper that was read tells of such a meeting",
			"meetings | Казахстан | akims | 2022-H2 | 3 | 19800 | -19797 | as far as papers were read",
			"meetings | Алматинская область | akims | 2022-H2 | 2 | 1161 | -1159 | as far as papers were read",
			"meetings | Алматинская область | akims_district | 2022-H2 | 1 | 386 | -385 | as far as papers were read",
			"meetings | Алматинская область | akims_rural | 2022-H2 | 1 | 765 | -764 | as far as papers were read",
		}},
		{"money_needed_and_allotted", "2022-H2", []string{
			"reports | Казахстан | akims | budget_needed | 2022-H2 | 480 | 485 | -5 | ",
			"plans | Казахстан | akims | budget_needed | 2022-H2 | 0 | null | null | named for 2 of 3 items: not the whole need",
			"plans | Казахстан | akims | budget_allocated | 2022-H2 | 0 | null | null | named for 2 of 3 items: not the whole need",
		}},
		{"outcome_of_central_issues", "2022", []string{
			"reports | issues_resolved | 2022-H1 | 5 | 5 | 0 | ",
			"reports | sum of the outcomes | 2022-H1 | 14 | 14 | 0 | computed; beside it the length of the list",
			"reports | sum of the outcomes | 2022-H2 | null | 62 | null | the reports do not name every outcome",
			"plans | done | 2022-H2 | 1 | null | null | items of plans for central bodies, another list",
		}},
		{"people_received", "", []string{
			"reports | Казахстан | ministers | citizens_received | null | 2022 | 1498 | 1498 | 0 | ",
			"reports | Казахстан | reception | citizens_received | null | 2019-07-22/2020-07-22 | null | 1777 | null | no report that was read says it",
			"meetings | Алматинская область | akims | participants | null | 2022-H2 | 120 | 94113 | -93993 | as far as papers were read",
			"meetings | Казахстан | ministers | receptions_held | null | 2022 | 1 | 216 | -215 | as far as papers were read",
			"meetings | Казахстан | ministers | citizens_received | null | 2022 | 14 | 1498 | -1484 | as far as papers were read",
		}},
	} {
		t.Run(c.name+" "+c.period, func(t *testing.T) {
			answered(t, w, c.name, c.period, c.want)
		})
	}
}

// answered says that the answer to a named question has these lines, in this order.
func answered(t *testing.T, w *load.Warehouse, name, period string, want []string) {
	t.Helper()
	all := queries(t)
	i := slices.IndexFunc(all, func(q warehousesql.Query) bool { return q.Name == name })
	if i < 0 {
		t.Fatalf("no such query: %s", name)
	}
	got := embeddedtest.Lines(t, query(t, w, all[i], map[string]string{"period": period}))
	kept := slices.DeleteFunc(slices.Clone(got), func(line string) bool { return !slices.Contains(want, line) })
	if diff := cmp.Diff(want, kept); diff != "" {
		t.Errorf("%s (-want +found, of all below):\n%s\n%s", name, diff, strings.Join(got, "\n"))
	}
}

// TestNobodyIsCalledLateBeforeTheDay has a plan that is not there, and need not be yet.
func TestNobodyIsCalledLateBeforeTheDay(t *testing.T) {
	w := warehouse(t)
	do(t, w, `INSERT INTO verdicts (run_id, judged_on, obligation_id, region_code, name, obligation, period, state) VALUES
		('m1', '2023-01-15', '1', '630000000', 'ВКО', 'action_plan', '2022-H2', 'not_found'), ('m1', '2023-01-15', '2', '750000000', 'Алматы', 'action_plan', '2022-H2', 'published')`)
	answered(t, w, "plans_not_published", "2022-H2", []string{
		"verdicts | Казахстан | 0 | 5 | -5 | of 2 akimats on 2023-01-15; cannot be told: 1",
		"verdicts | ВКО | null | 1 | null | not_found",
	})
}

// TestPublishedFigures holds the data set to what it says of itself.
func TestPublishedFigures(t *testing.T) {
	w := warehouse(t)
	names := []string{}
	for _, q := range queries(t) {
		names = append(names, q.Name)
	}
	slices.Sort(names)
	if diff := cmp.Diff(names, ask(t, w, "SELECT DISTINCT question FROM published_figures ORDER BY question")); diff != "" {
		t.Errorf("questions of figures (-queries +figures):\n%s", diff)
	}
	for law, question := range map[string]string{
		"every figure says whose, what and where from": `SELECT statement FROM published_figures
			WHERE subject = '' OR statement = '' OR said_by = '' OR source_title = '' OR NOT match(subject_code, '^[0-9]{9}$')`,
		"a figure is there once": `SELECT subject_code, channel, metric, period FROM published_figures
			GROUP BY subject_code, channel, metric, detail, period, value HAVING count() > 1`,
		"what is named has no value, the rest has one": `SELECT statement FROM published_figures
			WHERE (unit = 'named') != (value IS NULL) OR unit NOT IN ('count', 'percent', 'kzt', 'named') OR qualifier NOT IN ('exact', 'about', 'over', 'under')`,
		"shares are what their figures make, rounded, or cut to a tenth": `SELECT subject, period FROM
			(SELECT subject, period, anyIf(value, metric = 'issues_resolved_share') AS share, maxIf(value, metric = 'issues_resolved') / anyIf(value, metric = 'issues_raised') * 100 AS made
				FROM published_figures WHERE channel IN ('akims', 'ministers') GROUP BY subject, channel, period)
			WHERE share IS NOT NULL AND made IS NOT NULL AND abs(share - made) > if(share = round(share), 0.5, 0.1)`,
		"outcomes make the list": `SELECT period FROM published_figures WHERE channel = 'central_list' AND startsWith(metric, 'issues_') GROUP BY period
			HAVING sumIf(value, metric NOT IN ('issues_central_level', 'issues_selected_central')) != anyIf(value, metric = 'issues_central_level')`,
		"what was not held was missed": `SELECT 1 FROM published_figures WHERE channel = 'ministers' AND period = '2022'
			HAVING anyIf(value, metric = 'meetings_planned') - anyIf(value, metric = 'meetings_held') != anyIf(value, metric = 'meetings_missed')`,
		"half-years make the year": `SELECT channel, metric FROM published_figures WHERE metric LIKE 'meetings_%' AND subject_code = '000000000' GROUP BY channel, metric
			HAVING countIf(period != '2022') = 2 AND sumIf(value, period != '2022') != anyIf(value, period = '2022')`,
		"levels make the whole": `SELECT subject FROM published_figures WHERE metric = 'meetings_held' AND subject_code = '190000000' GROUP BY subject
			HAVING sumIf(value, channel != 'akims') != anyIf(value, channel = 'akims')`,
		"five did not publish": `SELECT 1 FROM published_figures WHERE metric = 'plan_not_published'
			HAVING countIf(subject_code != '000000000') != anyIf(value, subject_code = '000000000')`,
	} {
		if broken := ask(t, w, question); len(broken) > 0 {
			t.Errorf("%s: %q", law, broken)
		}
	}
	if addresses := ask(t, w, "SELECT DISTINCT assumeNotNull(url) FROM published_figures WHERE url IS NOT NULL"); slices.ContainsFunc(addresses, func(a string) bool {
		return !regexp.MustCompile(`^https://[a-z.]+/[a-z0-9/-]+$`).MatchString(a)
	}) {
		t.Errorf("addresses %q", addresses)
	}
}
