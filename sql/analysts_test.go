package warehousesql_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq/load"
	"github.com/qulaq-kz/qulaq/transform/region"
)

// many is n complaints that differ by their ids alone.
func many(n int, c complaint) []complaint {
	all := make([]complaint, n)
	for i := range all {
		all[i] = c
		all[i].id = fmt.Sprintf("%s %d", c.id, i)
	}
	return all
}

// claim is a row of claims; an empty day is null.
type claim struct {
	subject, channel, metric, from, to string
	value                              float64
	unit                               string
}

func insertClaims(all ...claim) string {
	values := make([]string, len(all))
	for i, c := range all {
		values[i] = fmt.Sprintf("('reports', 'c%d', '%s', '%[2]s', '%s', '%s', %s, %s, %g, '%s', 'exact', 'report', 'r1')",
			i, c.subject, c.channel, c.metric, orNull(c.from), orNull(c.to), c.value, c.unit)
	}
	return "INSERT INTO claims (source, claim_id, subject_code, subject, channel, metric, period_from, period_to, value, unit, qualifier, snapshot, load_id) VALUES " +
		strings.Join(values, ", ")
}

// Half a year and a year of claims.
const (
	july, december, january = "2022-07-01", "2022-12-31", "2022-01-01"
)

// answers are two half-years that the warehouse holds whole. In the first, Almaty answers 60 of 120 in time and leaves
// 20 late in work, East Kazakhstan all of 40, Abai all of 5, which is too few for a rank. In the second, Almaty has
// half as many again.
func answers() []complaint {
	var all []complaint
	for _, c := range []struct {
		n int
		complaint
	}{
		{60, complaint{"in time", "2022-07-02 10:00:00", "2022-07-04 10:00:00", city, "", "roads", "closed", "Акимат г. Алматы"}},
		{40, complaint{"late", "2022-12-30 10:00:00", "2023-01-09 10:00:00", city, "", "roads", "closed_overdue", "Акимат г. Алматы"}},
		{20, complaint{"still late", "2022-12-30 11:00:00", "", city, "", "water", "open_overdue", "Министерство транспорта"}},
		{7, complaint{"open", "2022-12-30 12:00:00", "", city, "", "water", "open", "Министерство транспорта"}},
		{3, complaint{"not ours", "2022-12-30 12:00:00", "", city, "", "water", "forwarded", "ТОО «Водоканал»"}},
		{40, complaint{"east", "2022-12-30 10:00:00", "2022-12-31 10:00:00", east, "", "roads", "closed", "Отдел ЖКХ"}},
		{5, complaint{"abai", "2022-12-30 10:00:00", "2022-12-31 10:00:00", abai, "", "roads", "closed", "Отдел ЖКХ"}},
		{195, complaint{"next", "2023-01-02 10:00:00", "2023-01-03 10:00:00", city, "", "roads", "closed", "Акимат г. Алматы"}},
		{20, complaint{"next east", "2023-06-29 10:00:00", "2023-06-30 10:00:00", east, "", "roads", "closed", "Отдел ЖКХ"}},
	} {
		all = append(all, many(c.n, c.complaint)...)
	}
	return all
}

// promised adds items of central bodies to the plans: two of a ministry, one of a ministry and an akimat together.
var promised = `INSERT INTO plan_items (source, item_id, plan_id, item_no, issue, responsible, cost_kzt, status, category_code, region_code, district_code, first_seen_on, snapshot, load_id) VALUES
	('govkz/akimvko', 'e', 'govkz/akimvko/2022-H2', '5', 'трасса', 'Министерство транспорта', 5000, 'funding_considered', 'roads', '630000000', NULL, '2023-01-10', 'docx', 'p1'),
	('govkz/akimvko', 'f', 'govkz/akimvko/2022-H2', '6', 'мост', 'Министерство транспорта', 7000, 'funded', 'roads', '630000000', NULL, '2023-01-10', 'docx', 'p1'),
	('govkz/akimvko', 'g', 'govkz/akimvko/2022-H2', '7', 'канал', 'Комитет по водным ресурсам, акимат ВКО', NULL, 'in_progress', 'water', '630000000', NULL, '2023-01-10', 'docx', 'p1')`

var said = insertClaims(
	claim{east, "akims", "issues_resolved_share", july, december, 99, "percent"},
	// Two reports differ about Almaty: 90 %, and 40 of 80.
	claim{city, "akims", "issues_resolved_share", july, december, 90, "percent"},
	claim{city, "akims_district", "issues_raised", july, december, 80, "count"},
	claim{city, "akims_district", "issues_resolved", july, december, 40, "count"},
	claim{"000000000", "akims", "issues_resolved_share", january, december, 75.5, "percent"},
	// More solved than raised is no share.
	claim{abai, "akims", "issues_raised", july, december, 10, "count"},
	claim{abai, "akims", "issues_resolved", july, december, 11, "count"},
	// A time that is neither a half-year nor a year has no records to compare with.
	claim{abai, "akims", "issues_resolved_share", "2022-08-01", "2022-08-31", 50, "percent"},

	claim{"000000000", "akims", "budget_needed", july, december, 485e9, "kzt"},
	claim{"000000000", "akims", "budget_allocated", july, december, 253.8e9, "kzt"},
	claim{city, "akims", "budget_needed", july, december, 10e9, "kzt"},
	claim{city, "akims_oblast", "budget_needed", july, december, 20e9, "kzt"},

	claim{"000000000", "akims", "issues_central_level", july, december, 62, "count"},
	claim{"000000000", "central_list", "issues_no_documents", july, december, 10, "count"},
	claim{"000000000", "central_list", "issues_funded", july, december, 5, "count"},
	claim{"000000000", "central_list", "budget_allocated", july, december, 20.2e9, "kzt"},
	claim{"000000000", "central_list", "issues_not_supported", july, december, 18, "count"},
	claim{"000000000", "central_list", "issues_resolved", july, december, 1, "count"},
	claim{"000000000", "central_list", "issues_resolved", july, december, 2, "count"},

	claim{"000000000", "ministers", "receptions_held", january, december, 216, "count"},
	claim{"000000000", "ministers", "citizens_received", january, december, 1498, "count"},
	claim{city, "akims", "citizens_received", july, december, 13, "count"},
	claim{east, "akims", "citizens_received", july, december, 0, "count"},
)

func analysts(t *testing.T) *load.Warehouse {
	t.Helper()
	w := warehouse(t)
	do(t, w, regions...)
	do(t, w, loaded...)
	do(t, w, plans...)
	do(t, w, promised, said, insert(answers()...))
	return w
}

func TestAnalystsViews(t *testing.T) {
	w := analysts(t)
	for _, c := range []struct {
		name, question string
		want           []string
	}{
		{
			"resolution by region", "SELECT half_year, region, complaints, open, open_overdue, closed_in_time, closed_overdue, decided, in_time_share_percent, overdue_share_percent, days_median, days_p90, rank FROM resolution_by_region WHERE year = 2022 ORDER BY region_today_code",
			[]string{
				"2022-H2 | область Абай | 5 | 0 | 0 | 5 | 0 | 5 | 100 | 0 | 1 | 1 | null",
				"2022-H2 | ВКО | 40 | 0 | 0 | 40 | 0 | 40 | 100 | 0 | 1 | 1 | 1",
				"2022-H2 | Алматы | 130 | 7 | 20 | 60 | 40 | 120 | 50 | 50 | 2 | 10 | 2",
			},
		},
		{
			"trends of a body", "SELECT toString(month), region_today_code, body_key, body_level, complaints, open, open_overdue, closed, closed_overdue, overdue FROM body_trends WHERE year = 2022 ORDER BY month, region_today_code, body",
			[]string{
				"2022-07-01 | 750000000 | akimat/750000000 | local | 60 | 0 | 0 | 60 | 0 | 0",
				"2022-12-01 | 100000000 | otdel/жкх | local | 5 | 0 | 0 | 5 | 0 | 0",
				"2022-12-01 | 630000000 | otdel/жкх | local | 40 | 0 | 0 | 40 | 0 | 0",
				"2022-12-01 | 750000000 | akimat/750000000 | local | 40 | 0 | 0 | 0 | 40 | 40",
				"2022-12-01 | 750000000 | ministry/transport | central | 27 | 7 | 20 | 0 | 0 | 20",
				"2022-12-01 | 750000000 | null | null | 3 | 0 | 0 | 0 | 0 | 0",
			},
		},
		{
			"late bodies", "SELECT half_year, body_key, name, body_level, region_today_code, complaints, decided, overdue, open_overdue, overdue_share_percent, rank, rank_by_share FROM overdue_leaders WHERE year = 2022 ORDER BY rank, name, region_today_code",
			[]string{
				"2022-H2 | akimat/750000000 | Акимат г. Алматы | local | 750000000 | 100 | 100 | 40 | 0 | 40 | 1 | 1",
				"2022-H2 | ministry/transport | Министерство транспорта | central | 750000000 | 27 | 20 | 20 | 20 | 100 | 2 | null",
				"2022-H2 | otdel/жкх | Отдел ЖКХ | local | 100000000 | 5 | 5 | 0 | 0 | 0 | 3 | null",
				"2022-H2 | otdel/жкх | Отдел ЖКХ | local | 630000000 | 40 | 40 | 0 | 0 | 0 | 3 | null",
				"2022-H2 | null | ТОО «Водоканал» | null | 750000000 | 3 | 0 | 0 | 0 | null | 3 | null",
			},
		},
		{
			"claims against records", "SELECT period, region, channel, reported_share_percent, reported_how, plans_share_percent, closed_in_time_percent, next_growth_percent, plan_items, complaints_decided, gap_plans, gap_complaints, gap_rank FROM claims_vs_records WHERE year = 2022 ORDER BY period, gap_rank, region, channel",
			[]string{
				"2022 | null | akims | 75.5 | share | 20 | 63.6 | null | 5 | 165 | 55.5 | 11.9 | 1",
				"2022-H2 | ВКО | akims | 99 | share | 20 | 100 | -50 | 5 | 40 | 79 | -1 | 1",
				"2022-H2 | Алматы | akims | 90 | share | null | 50 | 50 | null | 120 | null | 40 | 2",
				"2022-H2 | Алматы | akims_district | 50 | resolved of raised | null | 50 | 50 | null | 120 | null | 0 | 3",
				"2022-H2 | область Абай | null | null | null | null | 100 | null | null | 5 | null | null | null",
				"2022-H2 | null | null | null | null | 20 | 63.6 | 22.9 | 5 | 165 | null | null | null",
			},
		},
		{
			"growth needs two whole half-years", "SELECT period, next_growth_percent FROM claims_vs_records WHERE region_code = '750000000' ORDER BY period, channel",
			[]string{
				"2022-H2 | 50",
				"2022-H2 | 50",
				"2023-H1 | null",
			},
		},
		{
			"money", "SELECT period, region_code, part, category_code, items, items_with_cost, needed_kzt, allotted_kzt, missing_kzt, not_told_kzt, allotted_share_percent, claimed_needed_kzt, claimed_allotted_kzt, claimed_share_percent, claimed_gap_kzt FROM funding_gap ORDER BY period, region_code, part, category_code",
			[]string{
				"2022-H2 | 000000000 | all | null | 6 | 4 | 13000 | 8000 | 5000 | 0 | 61.5 | 4.85e+11 | 2.538e+11 | 52.3 | 2.312e+11",
				"2022-H2 | 630000000 | all | null | 6 | 4 | 13000 | 8000 | 5000 | 0 | 61.5 | null | null | null | null",
				"2022-H2 | 630000000 | category | roads | 3 | 3 | 13000 | 8000 | 5000 | null | 61.5 | null | null | null | null",
				"2022-H2 | 630000000 | category | water | 2 | 0 | null | null | null | null | null | null | null | null | null",
				"2022-H2 | 630000000 | category | null | 1 | 1 | 0 | null | null | 0 | null | null | null | null | null",
				"2022-H2 | 750000000 | all | null | 0 | 0 | null | null | null | null | null | null | null | null | null",
			},
		},
		{
			"central issues", "SELECT told_by, period, region_code, outcome, issues, share_percent, money_kzt FROM central_level_issues ORDER BY told_by, period, region_code, outcome",
			[]string{
				"plans | 2022-H2 | 000000000 | all | 2 | 100 | 12000",
				"plans | 2022-H2 | 000000000 | funded | 1 | 50 | 7000",
				"plans | 2022-H2 | 000000000 | funding_considered | 1 | 50 | 5000",
				"plans | 2022-H2 | 630000000 | all | 2 | 100 | 12000",
				"plans | 2022-H2 | 630000000 | funded | 1 | 50 | 7000",
				"plans | 2022-H2 | 630000000 | funding_considered | 1 | 50 | 5000",
				"reports | 2022-H2 | 000000000 | all | 62 | 100 | null",
				"reports | 2022-H2 | 000000000 | done | null | null | null",
				"reports | 2022-H2 | 000000000 | funded | 5 | 8.1 | 2.02e+10",
				"reports | 2022-H2 | 000000000 | not_supported | 18 | 29 | null",
				"reports | 2022-H2 | 000000000 | without_documents | 10 | 16.1 | null",
			},
		},
		{
			"receptions", "SELECT period, level, subject_code, complaints, receptions_held, citizens_received, received_per_1000, reception, toUInt8(is_short) FROM reception_demand WHERE year = 2022 ORDER BY period, level, subject_code",
			[]string{
				"2022 | central | 000000000 | 27 | 216 | 1498 | 55481.48 | some | 0",
				"2022 | central | ministry/transport | 27 | null | null | null | not_reported | 0",
				"2022 | local | 000000000 | 145 | null | null | null | not_reported | 0",
				"2022 | local | 100000000 | 5 | null | null | null | not_reported | 0",
				"2022 | local | 630000000 | 40 | null | null | null | not_reported | 0",
				"2022 | local | 750000000 | 100 | null | null | null | not_reported | 0",
				"2022-H2 | central | 000000000 | 27 | null | null | null | not_reported | 0",
				"2022-H2 | central | ministry/transport | 27 | null | null | null | not_reported | 0",
				"2022-H2 | local | 000000000 | 145 | null | null | null | not_reported | 0",
				"2022-H2 | local | 100000000 | 5 | null | null | null | not_reported | 0",
				"2022-H2 | local | 630000000 | 40 | null | 0 | 0 | none | 1",
				"2022-H2 | local | 750000000 | 100 | null | 13 | 130 | some | 0",
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, ask(t, w, c.question)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestPerThousandPeople(t *testing.T) {
	w := fewLoaded(t)
	want := []string{
		"2021-02-01 | Алматы | 750000000 | 1 | 1977258 | 1977258 | 0.000506 | 0.000506",
		"2021-02-01 | ВКО до реформы | 100000000 | 1 | 1363797 | null | 0.000733 | null",
		"2021-02-01 | ВКО до реформы | 630000000 | 1 | 1363797 | null | 0.000733 | null",
		"2021-03-01 | ВКО до реформы | null | 1 | 1363797 | null | 0.000733 | null",
		"2022-06-01 | ВКО | 630000000 | 1 | null | 732966 | null | 0.001364", // of June no one number is true
		"2022-06-01 | ВКО до реформы | 100000000 | 1 | null | 611858 | null | 0.001634",
		"2023-01-01 | ВКО | 630000000 | 1 | 730172 | 730172 | 0.00137 | 0.00137",
		"2023-01-01 | область Абай | 100000000 | 1 | 610189 | 610189 | 0.001639 | 0.001639",
	}
	got := ask(t, w, "SELECT toString(month), region, region_today_code, complaints, people, people_today, round(complaints_per_1000, 6), round(complaints_per_1000_today, 6) FROM complaint_trends WHERE year IN (2021, 2022, 2023) AND region_code IS NOT NULL AND month NOT IN ('2021-07-01', '2021-12-01') ORDER BY ALL")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestProblemMap(t *testing.T) {
	w := fewLoaded(t)
	do(t, w, promised)
	question := "SELECT category_code, body_level, body_key, body, region_today_code, district_today_code, open, overdue, oldest_days, mean_days, plan_items, money_needed_kzt, money_missing_kzt, toString(is_systemic), systemic_complaints, toString(as_of) FROM problem_map ORDER BY ALL"
	want := []string{
		"roads | central | ministry/transport | Министерство транспорта | 630000000 | null | 0 | 0 | null | null | 2 | 12000 | 5000 | null | null | 2023-01-06",
		"roads | central | ministry/transport | Министерство транспорта | null | null | 1 | 1 | 676 | 676 | 0 | null | null | null | null | 2023-01-06",
		"roads | null | null | null | 630000000 | null | 1 | 0 | 1 | 1 | 0 | null | null | null | null | 2023-01-06",
		"water | local | akimat/750000000 | Акимат г. Алматы | 750000000 | null | 1 | 0 | 695 | 695 | 0 | null | null | null | null | 2023-01-06",
		"water | null | null | Комитет по водным ресурсам, акимат ВКО | 630000000 | null | 0 | 0 | null | null | 1 | null | null | null | null | 2023-01-06",
		"water | null | null | null | 100000000 | 101000000 | 0 | 0 | null | null | 1 | null | null | null | null | 2023-01-06",
		"null | local | null | управление | 630000000 | null | 0 | 0 | null | null | 1 | 0 | null | null | null | 2023-01-06",
		"null | null | null | null | 100000000 | 101000000 | 2 | 0 | 213 | 106.5 | 0 | null | null | null | null | 2023-01-06",
		"null | null | null | null | 630000000 | null | 1 | 0 | 212 | 212 | 0 | null | null | null | null | 2023-01-06",
	}
	got := ask(t, w, question)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	do(t, w, "INSERT INTO systemic_groups (region_today_code, district_today_code, category_code, complaints) VALUES ('750000000', NULL, 'water', 3), ('750000000', NULL, 'water', 4), ('100000000', '101000000', 'water', 5)")
	marked := ask(t, w, "SELECT region_today_code, category_code, is_systemic, systemic_complaints FROM problem_map WHERE category_code = 'water' ORDER BY ALL")
	if diff := cmp.Diff([]string{"100000000 | water | true | 5", "630000000 | water | false | 0", "750000000 | water | true | 7"}, marked); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestSystemicGroups says that the table takes what the view gives.
func TestSystemicGroups(t *testing.T) {
	w := warehouse(t)
	do(t, w, regions...)
	do(t, w, loaded...)
	for day := range 3 {
		do(t, w, fmt.Sprintf("INSERT INTO complaints (source, complaint_id, registered_at, registered_raw, region_code, status, text, text_fingerprint, snapshot) VALUES ('eotinish', '%d', '2026-02-0%d 10:00:00', '2026-02-01 10:00:00', '%s', 'open', 'яма', 7, 'feed')", day, day+1, city))
	}
	do(t, w, "INSERT INTO systemic_groups SELECT * FROM systemic_issues")
	want := []string{"750000000 | Алматы | null | null | 3 | 3 | яма"}
	if diff := cmp.Diff(want, ask(t, w, "SELECT region_today_code, region, district_today_code, category_code, complaints, days, example FROM systemic_groups")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestReformDay says that one day is enough for the lookups of complaints_today and for the projections: no other day
// gave a code that was in use before it another land.
func TestReformDay(t *testing.T) {
	places, err := region.New()
	if err != nil {
		t.Fatal(err)
	}
	today := map[string]map[string]bool{} // what a code led to, by the side of the day
	reform := 0
	for _, u := range places.Units() {
		side := "since"
		if u.ValidTo != 0 && u.ValidTo.String() <= "2022-06-08" {
			side = "before"
		} else if u.ValidFrom == 0 || u.ValidFrom.String() < "2022-06-08" {
			side = "both"
		}
		leads := u.Successor
		if u.ValidTo == 0 {
			leads = u.Code
		}
		for _, s := range map[string][]string{"since": {"since"}, "before": {"before"}, "both": {"since", "before"}}[side] {
			key := u.Code + " " + s
			if today[key] == nil {
				today[key] = map[string]bool{}
			}
			today[key][leads] = true
			if len(today[key]) > 1 {
				t.Errorf("%s led to %v on one side of 8 June 2022", u.Code, today[key])
			}
		}
		if side == "since" {
			reform++
		}
	}
	if reform == 0 {
		t.Error("no place began on that day or later: the test looks at nothing")
	}
}

// TestProjections says that questions are answered from the projections, and that a swapped partition brings its own
// along.
func TestProjections(t *testing.T) {
	w := analysts(t)
	// An insert makes none: that is what a load must not pay for.
	made := "SELECT count() > 0 FROM system.projection_parts WHERE database = currentDatabase() AND table = 'complaints' AND active"
	if diff := cmp.Diff([]string{"0"}, ask(t, w, made)); diff != "" {
		t.Errorf("after an insert (-want +got):\n%s", diff)
	}
	do(t, w, "ALTER TABLE complaints MATERIALIZE PROJECTION by_district, MATERIALIZE PROJECTION by_place, MATERIALIZE PROJECTION by_body, MATERIALIZE PROJECTION by_status, MATERIALIZE PROJECTION by_matter SETTINGS mutations_sync = 2")
	for view, projection := range map[string]string{
		"reception_demand": "by_body", "complaint_trends": "by_place", "complaint_growth": "by_district", "complaint_leaders": "by_body", "timed_sources": "by_district", "held_half_years": "_minmax_count_projection", "local_bodies": "by_body", "resolution": "by_place",
		"resolution_by_region": "by_district", "overdue_leaders": "by_body", "anomalies": "by_place", "claims_vs_records": "by_district",
		"problem_map": "complaints", // by_status is read where that is less, in a large table
		"(SELECT category_code, body_level, count(), countIf(is_overdue), countIf(is_closed), avg(is_overdue) FROM complaints_today WHERE year = 2022 GROUP BY ALL)": "by_matter",
	} {
		with := ask(t, w, "SELECT * FROM (SELECT * FROM "+view+") ORDER BY ALL")
		without := ask(t, w, "SELECT * FROM (SELECT * FROM "+view+") ORDER BY ALL SETTINGS optimize_use_projections = 0")
		if diff := cmp.Diff(without, with); diff != "" {
			t.Errorf("%s differs with projections (-without +with):\n%s", view, diff)
		}
		plan := strings.Join(ask(t, w, "EXPLAIN SELECT * FROM "+view), "\n")
		if !strings.Contains(plan, projection+")") {
			t.Errorf("%s does not read %s", view, projection)
		}
	}
	do(t, w,
		"CREATE TABLE other AS complaints",
		"INSERT INTO other SELECT * FROM complaints WHERE toYYYYMM(registered_at) = 202212",
		"ALTER TABLE other MATERIALIZE PROJECTION by_district SETTINGS mutations_sync = 2",
		"DELETE FROM other WHERE startsWith(complaint_id, 'still late') SETTINGS lightweight_deletes_sync = 2",
		"ALTER TABLE complaints REPLACE PARTITION ('eotinish', 202212) FROM other")
	want := []string{"95 | 45"}
	if diff := cmp.Diff(want, ask(t, w, "SELECT sum(complaints), sumIf(complaints, status = 'closed') FROM complaint_trends WHERE month = '2022-12-01'")); diff != "" {
		t.Errorf("after a swap (-want +got):\n%s", diff)
	}
}
