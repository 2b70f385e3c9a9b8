package warehousesql_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq/load"
	warehousesql "github.com/qulaq-kz/qulaq/sql"
)

func TestViewsOfAnEmptyWarehouse(t *testing.T) {
	w := warehouse(t)
	views, err := warehousesql.Views()
	if err != nil {
		t.Fatal(err)
	}
	if len(views) == 0 {
		t.Fatal("there are no views")
	}
	for _, v := range views {
		if v.Name == "published_figures" || v.Name == "compared_figures" {
			continue // data of the program, not of the warehouse
		}
		if got := ask(t, w, "SELECT * FROM "+v.Name); len(got) > 0 {
			t.Errorf("%s: %q", v.Name, got)
		}
	}
}

// Every view answers alike whatever the client has set join_use_nulls to, and its file lists every column of its query: one
// that it does not list would be left out in silence.
func TestViewsOfAnyClient(t *testing.T) {
	w := analysts(t)
	do(t, w, verdicts...)
	views, err := warehousesql.Views()
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range views {
		answer := func(setting string) []string {
			return ask(t, w, "SELECT count(), groupBitXor(cityHash64(toString(tuple(*)))) FROM "+v.Name+" SETTINGS join_use_nulls = "+setting)
		}
		if diff := cmp.Diff(answer("0"), answer("1")); diff != "" {
			t.Errorf("%s (-join_use_nulls 0 +1):\n%s", v.Name, diff)
		}
		text := ask(t, w, "SELECT as_select FROM system.tables WHERE database = currentDatabase() AND name = '"+v.Name+"'")[0]
		var names [2][]string // of the columns: as the query gives them, and as the file lists them
		for i, from := range []string{"(" + text + ")", v.Name} {
			a, err := w.Ask(t.Context(), "SELECT * FROM "+from+" LIMIT 0")
			if err != nil {
				t.Fatal(err)
			}
			names[i] = a.Columns()
			a.Close()
		}
		if diff := cmp.Diff(names[0], names[1]); diff != "" {
			t.Errorf("columns of %s (-its query +its file):\n%s", v.Name, diff)
		}
	}
}

// Two nights of three pipelines: only the newest one is told of. One file was loaded, one refused, one load was killed.
func TestLastNight(t *testing.T) {
	w := warehouse(t)
	do(t, w,
		`INSERT INTO runs (run_id, pipeline, state, started_at, finished_at, error) VALUES
		('a0', 'complaints', 'ok', '2026-06-29 02:00:00', '2026-06-29 02:01:00', ''),
		('b0', 'complaints', 'contract', '2026-07-01 02:00:00', '2026-07-01 02:05:00', 'one file is no good'),
		('c0', 'plans', 'died', '2026-07-01 02:10:00', NULL, ''),
		('d0', 'monitor', 'ok', '2026-07-01 03:00:00', '2026-07-01 03:01:00', '')`,
		`INSERT INTO loads (load_id, run_id, at, step, target, source, snapshot, unit, rows, repeated) VALUES
		('a1', 'a0', '2026-06-29 02:00:30', 'done', 'complaints', 'eotinish', 'old', '', 9, 0),
		('b1', 'b0', '2026-07-01 02:01:00', 'intent', 'complaints', 'eotinish', 'good', '', 100, 3),
		('b1', 'b0', '2026-07-01 02:02:00', 'done', 'complaints', 'eotinish', 'good', '(2026)', 97, 0),
		('b1', 'b0', '2026-07-01 02:02:00', 'done', 'complaints', 'eotinish', 'good', '', 100, 3),
		('b1', 'b0', '2026-07-01 02:04:00', 'done', 'systemic_groups', '', '', '', 5, 0),
		('c1', 'c0', '2026-07-01 02:11:00', 'intent', 'plans', 'govkz/akimvko', 'list', '', 4, 0)`,
		`INSERT INTO snapshots (source, snapshot, name, state, reason, rows, rejected, load_id) VALUES
		('eotinish', 'old', 'june.csv', 'loaded', '', 9, 0, 'a1'),
		('eotinish', 'good', 'july.csv', 'loaded', '', 103, 3, 'b1'),
		('eotinish', 'bad', 'torn.csv', 'refused', 'too many rejects', 10, 9, 'b2')`,
		`INSERT INTO rejects (source, snapshot, source_row, reason, load_id) VALUES
		('eotinish', 'good', 1, 'bad_date', 'b1'), ('eotinish', 'good', 2, 'bad_date', 'b1'), ('eotinish', 'good', 3, 'empty_id', 'b1'),
		('eotinish', 'bad', 1, 'field_count', 'b2')`)
	want := []string{
		"complaints | contract | eotinish | july.csv | done |  | 100 | 3 | 3 | {'bad_date':2,'empty_id':1}",
		"complaints | contract | eotinish | torn.csv | refused | too many rejects | 10 | 0 | 9 | {'field_count':1}",
		"plans | died | govkz/akimvko |  | unfinished |  | 4 | 0 | 0 | {}",
		"monitor | ok |  |  |  |  | 0 | 0 | 0 | {}",
	}
	got := ask(t, w, "SELECT pipeline, state, source, file, outcome, load_error, rows, repeated, rejected, toString(rejects) FROM last_night ORDER BY started_at, load_id")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// few are complaints of two half-years with known answers.
var few = []complaint{
	// First half of 2021: before the reform.
	{"semei", "2021-02-01 10:00:00", "2021-02-03 10:00:00", east, "632800000", "roads", "closed", "Акимат города Семей"},
	{"oskemen", "2021-02-02 10:00:00", "2021-02-06 10:00:00", east, "631000000", "roads", "closed_overdue", "Отдел ЖКХ"},
	{"divided", "2021-03-01 10:00:00", "", east, "", "roads", "open_overdue", "Министерство транспорта"},
	{"almaty", "2021-02-10 10:00:00", "", city, "", "water", "open", "Акимат г. Алматы"},
	{"nowhere", "2021-06-30 23:59:59", "", "", "", "", "unknown", ""},
	// Second half: one more in Almaty, twice as many.
	{"almaty2", "2021-07-01 00:00:00", "2021-07-11 00:00:00", city, "", "water", "closed", "Комитет по водным ресурсам"},
	{"almaty3", "2021-12-31 23:59:59", "", city, "", "water", "withdrawn", "ТОО «Водоканал»"},
	// After the reform, a year and a half later.
	{"new east", "2023-01-05 10:00:00", "", east, "", "roads", "open", ""},
	{"new semei", "2023-01-06 10:00:00", "", abai, "101000000", "", "open", ""},
	// The last day of the old division and the first of the new one.
	{"eve", "2022-06-07 23:59:59", "", east, "632800000", "", "open", ""},
	{"reform", "2022-06-08 00:00:00", "", east, "", "", "open", ""},
}

func fewLoaded(t *testing.T) *load.Warehouse {
	t.Helper()
	w := warehouse(t)
	do(t, w, regions...)
	do(t, w, loaded...)
	do(t, w, insert(few...))
	do(t, w, plans...)
	do(t, w, verdicts...)
	return w
}

func TestViews(t *testing.T) {
	w := fewLoaded(t)
	for _, c := range []struct {
		name, question string
		want           []string
	}{
		{
			"today's division and that of the day",
			"SELECT complaint_id, region, district, region_today_code, district_today_code FROM complaints_today ORDER BY complaint_id",
			[]string{
				"almaty | Алматы | null | 750000000 | null",
				"almaty2 | Алматы | null | 750000000 | null",
				"almaty3 | Алматы | null | 750000000 | null",
				"divided | ВКО до реформы | null | null | null",
				"eve | ВКО до реформы | Семей до реформы | 100000000 | 101000000",
				"new east | ВКО | null | 630000000 | null",
				"new semei | область Абай | Семей | 100000000 | 101000000",
				"nowhere | null | null | null | null",
				"oskemen | ВКО до реформы | Усть-Каменогорск | 630000000 | 631000000",
				"reform | ВКО | null | 630000000 | null",
				"semei | ВКО до реформы | Семей до реформы | 100000000 | 101000000",
			},
		},
		{
			"half-years, lateness, days and level of the body",
			"SELECT complaint_id, half_year, toString(month), toUInt8(is_overdue), toUInt8(is_closed), days_to_close, body_key, body_level FROM complaints_today WHERE half_year < '2022' ORDER BY complaint_id",
			[]string{
				"almaty | 2021-H1 | 2021-02-01 | 0 | 0 | null | akimat/750000000 | local",
				"almaty2 | 2021-H2 | 2021-07-01 | 0 | 1 | 10 | committee/водный | central",
				"almaty3 | 2021-H2 | 2021-12-01 | 0 | 0 | null | null | null",
				"divided | 2021-H1 | 2021-03-01 | 1 | 0 | null | ministry/transport | central",
				"nowhere | 2021-H1 | 2021-06-01 | 0 | 0 | null | null | null",
				"oskemen | 2021-H1 | 2021-02-01 | 1 | 1 | 4 | otdel/жкх | local",
				"semei | 2021-H1 | 2021-02-01 | 0 | 1 | 2 | akimat/101000000 | local",
			},
		},
		{
			"every complaint once", "SELECT count(), uniqExact(complaint_id) FROM complaints_today", []string{"11 | 11"},
		},
		{
			"trends", "SELECT toString(month), region_code, region, region_today_code, category_code, toString(status), complaints FROM complaint_trends WHERE month < '2021-04-01' ORDER BY ALL",
			[]string{
				"2021-02-01 | 630000000 | ВКО до реформы | 100000000 | roads | closed | 1",
				"2021-02-01 | 630000000 | ВКО до реформы | 630000000 | roads | closed_overdue | 1",
				"2021-02-01 | 750000000 | Алматы | 750000000 | water | open | 1",
				"2021-03-01 | 630000000 | ВКО до реформы | null | roads | open_overdue | 1",
			},
		},
		{
			"growth", "SELECT half_year, region_today_code, complaints, complaints_before, growth_percent, toString(first_day), toString(last_day) FROM complaint_growth WHERE half_year < '2022' ORDER BY half_year, region_today_code",
			[]string{
				"2021-H1 | 100000000 | 1 | null | null | 2021-02-01 | 2021-02-01",
				"2021-H1 | 630000000 | 1 | null | null | 2021-02-02 | 2021-02-02",
				"2021-H1 | 750000000 | 1 | null | null | 2021-02-10 | 2021-02-10",
				"2021-H1 | null | 2 | null | null | 2021-03-01 | 2021-06-30",
				"2021-H2 | 750000000 | 2 | null | null | 2021-07-01 | 2021-12-31", // the first half-year is not held whole,
			},
		},
		{
			"growth skips no half-year", "SELECT half_year, complaints, complaints_before FROM complaint_growth WHERE region_today_code = '100000000' ORDER BY half_year",
			[]string{"2021-H1 | 1 | null", "2022-H1 | 1 | null", "2023-H1 | 1 | null"},
		},
		{
			"local bodies", "SELECT half_year, region_today_code, complaints, local, central, level_unknown, local_share_percent FROM local_bodies WHERE half_year < '2022' ORDER BY half_year, region_today_code",
			[]string{
				"2021-H1 | 100000000 | 1 | 1 | 0 | 0 | 100",
				"2021-H1 | 630000000 | 1 | 1 | 0 | 0 | 100",
				"2021-H1 | 750000000 | 1 | 1 | 0 | 0 | 100",
				"2021-H1 | null | 2 | 0 | 1 | 1 | 0",
				"2021-H2 | 750000000 | 2 | 0 | 1 | 1 | 0",
			},
		},
		{
			"resolution", "SELECT toString(month), region_today_code, category_code, complaints, closed, overdue, overdue_in_work, overdue_share_percent, ifNotFinite(days_median, -1), ifNotFinite(days_p90, -1) FROM resolution WHERE month < '2022-01-01' ORDER BY ALL",
			[]string{
				"2021-02-01 | 100000000 | roads | 1 | 1 | 0 | 0 | 0 | 2 | 2",
				"2021-02-01 | 630000000 | roads | 1 | 1 | 1 | 0 | 100 | 4 | 4",
				"2021-02-01 | 750000000 | water | 1 | 0 | 0 | 0 | 0 | -1 | -1",
				"2021-03-01 | null | roads | 1 | 0 | 1 | 1 | 100 | -1 | -1",
				"2021-06-01 | null | null | 1 | 0 | 0 | 0 | null | -1 | -1",
				"2021-07-01 | 750000000 | water | 1 | 1 | 0 | 0 | 0 | 10 | 10",
				"2021-12-01 | 750000000 | water | 1 | 0 | 0 | 0 | 0 | -1 | -1",
			},
		},
		{
			"leaders", "SELECT dimension, value, complaints, overdue_share_percent, rank FROM complaint_leaders WHERE half_year = '2021-H1' AND dimension != 'body' ORDER BY ALL",
			[]string{
				"category | roads | 3 | 66.67 | 1", "category | water | 1 | 0 | 2",
				"region | 100000000 | 1 | 0 | 1", "region | 630000000 | 1 | 100 | 1", "region | 750000000 | 1 | 0 | 1",
			},
		},
		{
			"leaders of bodies", "SELECT value, rank FROM complaint_leaders WHERE half_year = '2021-H2' AND dimension = 'body' ORDER BY ALL",
			[]string{"Комитет по водным ресурсам | 1", "ТОО «Водоканал» | 1"},
		},
		{
			"items as they stand now", "SELECT item_id, akimat, half_year, district_today_code, toString(published_on) FROM plan_items_now ORDER BY item_id",
			[]string{"a | ВКО | 2022-H2 | 631000000 | 2023-01-20", "b | ВКО | 2022-H2 | 101000000 | 2023-01-20", "c | ВКО | 2022-H2 | null | 2023-01-20"},
		},
		{
			"status of publications", "SELECT name, period, toString(state), days_late, evidence_sha256 FROM publication_status ORDER BY name",
			[]string{"Алматы | 2022-H2 | unverifiable | null | ", "ВКО | 2022-H2 | late | 16 | docx"},
		},
		{
			"history of publications", "SELECT toString(judged_on), name, toString(event), toString(state_before), toString(state) FROM publication_history WHERE name = 'ВКО'",
			[]string{"2023-02-14 | ВКО | changed | not_found | overdue", "2023-02-16 | ВКО | changed | overdue | late"},
		},
		{
			"openness", "SELECT name, score, known, published, in_time, readable FROM openness ORDER BY name",
			[]string{"Алматы | null | 0 | null | null | null", "ВКО | 70 | 0.95 | 1 | 0 | null"},
		},
		{
			"progress", "SELECT akimat, half_year, items, without_status, resolved, under_way, waiting, resolved_share_percent, with_deadline, with_responsible, cost_kzt, with_cost FROM plan_progress",
			[]string{"ВКО | 2022-H2 | 3 | 1 | 1 | 0 | 1 | 50 | 1 | 2 | 1000 | 1"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, ask(t, w, c.question)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
