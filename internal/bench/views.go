package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/qulaq-kz/qulaq/load"
	"github.com/qulaq-kz/qulaq/pipelines"
)

// asks is how often each question is put; the first time, nothing is in the caches of the engine.
const asks = 8

// viewSpeeds generates complaints in the engine and prints how fast the views answer over them: for each view the
// fastest answer and the 95th percentile in milliseconds, of all answers together view_p95, of the slowest view
// view_slowest, and problem_map in seconds. A question asks for the rows of one year with all their columns; the engine
// computes them and sends one hash. It also prints what the projections and the kept answer of anomalies take to make, and the load of the machine,
// without which the other figures mean little.
func viewSpeeds(ctx context.Context, dir string, rows int64) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	folder, err := os.MkdirTemp(dir, "views")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	e := pipelines.Environment{Config: pipelines.DefaultConfig(), Now: time.Now, Log: slog.New(slog.DiscardHandler), Version: "bench"}
	e.Config.Data = folder
	if err := e.OpenWarehouse(ctx, "bench", pipelines.Own); err != nil {
		return errors.Join(err, e.Close(ctx))
	}
	work := func() error {
		if _, err := e.Migrate(ctx); err != nil {
			return err
		}
		if err := fillWarehouse(ctx, e.Warehouse, rows); err != nil {
			return err
		}
		return errors.Join(keepAnomalies(ctx, e.Warehouse), askViews(ctx, e.Warehouse))
	}
	return errors.Join(work(), e.Close(ctx))
}

// fillWarehouse makes complaints and what belongs to them, and then the projections.
func fillWarehouse(ctx context.Context, w *load.Warehouse, rows int64) error {
	steps := []struct {
		name string // of the figure; empty when it tells nothing
		text string
	}{
		{"", placesTable},
		{"view_generate", complaintsOf(rows)},
		{"", bodiesOf},
		{"", plansOf},
		{"", planItemsOf},
		{"view_projections", "ALTER TABLE complaints MATERIALIZE PROJECTION by_district, MATERIALIZE PROJECTION by_place, " +
			"MATERIALIZE PROJECTION by_body, MATERIALIZE PROJECTION by_status, MATERIALIZE PROJECTION by_matter SETTINGS mutations_sync = 2"},
	}
	for _, s := range steps {
		start := time.Now()
		if err := w.Do(ctx, s.text); err != nil {
			return err
		}
		if s.name != "" {
			fmt.Printf("bench %s %.1f s\n", s.name, time.Since(start).Seconds())
		}
	}
	return nil
}

// keepAnomalies does what the end of a night does, and prints what it takes.
func keepAnomalies(ctx context.Context, w *load.Warehouse) error {
	entry := load.Entry{LoadID: "bench", At: time.Now(), Step: "done", Target: load.Complaints.Name, Version: "bench"}
	if err := w.Record(ctx, entry); err != nil {
		return err
	}
	start := time.Now()
	if err := w.Keep(ctx, load.AnomalyMonths, "bench", entry); err != nil {
		return err
	}
	fmt.Printf("bench view_anomalies_kept %.2f s\n", time.Since(start).Seconds())
	return nil
}

// yearQuestions are the views and what is asked of them, where that is not all rows of the year. The view on single
// complaints is asked to count: nobody reads millions of rows.
var yearQuestions = []struct{ view, question string }{
	{"complaints_today", "SELECT sum(cityHash64(*)) FROM (SELECT region_today_code, category_code, body_level, count(), countIf(is_overdue) FROM complaints_today WHERE year = 2025 GROUP BY ALL)"},
	{"complaint_trends", ""},
	{"complaint_growth", ""},
	{"local_bodies", ""},
	{"resolution", ""},
	{"complaint_leaders", ""},
	{"plan_items_now", ""},
	{"resolution_by_region", ""},
	{"body_trends", ""},
	{"overdue_leaders", ""},
	{"funding_gap", ""},
	{"central_level_issues", ""},
	{"claims_vs_records", ""},
	{"reception_demand", ""},
	{"anomalies", ""},
}

func askViews(ctx context.Context, w *load.Warehouse) error {
	var all []float64
	slowest := 0.0
	for _, q := range yearQuestions {
		if q.question == "" {
			q.question = "SELECT sum(cityHash64(*)) FROM (SELECT * FROM " + q.view + " WHERE year = 2025)"
		}
		times, err := askOften(ctx, w, q.question)
		if err != nil {
			return err
		}
		fmt.Printf("bench view_%s_min %.0f ms\n", q.view, slices.Min(times))
		fmt.Printf("bench view_%s_p95 %.0f ms\n", q.view, percentile95(times))
		all = append(all, times...)
		slowest = max(slowest, percentile95(times))
	}
	fmt.Printf("bench view_p95 %.0f ms\nbench view_slowest %.0f ms\n", percentile95(all), slowest)
	whole, err := askOften(ctx, w, "SELECT sum(cityHash64(*)) FROM (SELECT * FROM problem_map)")
	if err != nil {
		return err
	}
	fmt.Printf("bench problem_map_min %.2f s\nbench problem_map %.2f s\n", slices.Min(whole)/1000, percentile95(whole)/1000)
	if load, err := os.ReadFile("/proc/loadavg"); err == nil {
		fmt.Printf("bench load_average %s processes\n", strings.Fields(string(load))[0])
	}
	return nil
}

// askOften returns how many milliseconds each of the answers to one question took.
func askOften(ctx context.Context, w *load.Warehouse, question string) ([]float64, error) {
	var times []float64
	for range asks {
		start := time.Now()
		answer, err := w.Ask(ctx, question)
		if err != nil {
			return nil, err
		}
		for answer.Next() {
		}
		if err := errors.Join(answer.Err(), answer.Close()); err != nil {
			return nil, err
		}
		times = append(times, float64(time.Since(start).Microseconds())/1000)
	}
	return times, nil
}

// percentile95 is the smallest value that 95 of 100 do not exceed.
func percentile95(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[int(math.Ceil(0.95*float64(len(sorted))))-1]
}

// placesTable makes the places of complaints, before the reform (side 0) and since (side 1): each district as often as
// its share of a hundred complaints of its region, each region by its weight. Almaty, Astana, Karaganda and Aktobe
// lead.
const placesTable = `CREATE TABLE bench_places ENGINE = MergeTree ORDER BY (side, slot) AS
WITH map('750000000', 17, '710000000', 15, '350000000', 11, '150000000', 8, '190000000', 7, '610000000', 6, '790000000', 6, '550000000', 5,
	'390000000', 5, '310000000', 4, '270000000', 4, '110000000', 4, '230000000', 4, '470000000', 4, '630000000', 4, '430000000', 3,
	'590000000', 3, '100000000', 3, '330000000', 2, '620000000', 1) AS weights
SELECT side, toUInt32(row_number() OVER (PARTITION BY side ORDER BY region, district, n) - 1) AS slot, region, district, name
FROM
(
	SELECT side, region, district, name, arrayJoin(range(greatest(1, toUInt64(weights[region] * 100 / place / (log(districts) + 0.58))))) AS n
	FROM
	(
		SELECT side, region_code AS region, code AS district, name_ru AS name,
			row_number() OVER (PARTITION BY side, region_code ORDER BY cityHash64(code)) AS place,
			count() OVER (PARTITION BY side, region_code) AS districts
		FROM regions ARRAY JOIN [0, 1] AS side
		WHERE level IN ('district', 'city_district') AND if(side = 0,
			ifNull(valid_from, toDate32('1990-01-01')) < '2021-01-01' AND ifNull(valid_to, toDate32('2299-01-01')) >= '2022-06-08',
			valid_to IS NULL AND ifNull(valid_from, toDate32('1990-01-01')) <= '2022-06-08')
	)
)`

// complaintsOf makes complaints from January 2021 to June 2026, more from year to year, of three sources. A category
// tells in four of five cases which body answers; half of the bodies are of a district, three in ten of a region, the
// others central. Of the texts, one in twelve repeats one of forty of its place and category. Of the last ten weeks
// half is open.
func complaintsOf(rows int64) string {
	return fmt.Sprintf(`INSERT INTO complaints (source, complaint_id, reg_number, kind, applicant_type, registered_at, due_at, finished_at, region_code, district_code, body, category_code, category_how, status, lang, text, text_fingerprint, registered_raw, due_raw, finished_raw, snapshot, source_row, load_id)
WITH
	(SELECT groupArray(code) FROM (SELECT code FROM categories ORDER BY code)) AS codes,
	['здравоохранения', 'образования', 'ЖКХ', 'земельных отношений', 'строительства', 'транспорта и дорог', 'занятости', 'экологии', 'сельского хозяйства', 'внутренней политики', 'культуры', 'энергетики', 'предпринимательства', 'архитектуры'] AS matters,
	['полиции', 'государственных доходов', 'санитарного контроля', 'юстиции', 'по чрезвычайным ситуациям', 'экологии', 'труда', 'антимонопольной службы', 'по делам государственной службы', 'автомобильных дорог'] AS central
SELECT
	['eotinish', 'eotinish', 'eotinish', 'eotinish', 'eotinish', 'eotinish', 'eotinish', 'eotinish_text', 'eotinish_text', 'cc109'][1 + r1 %% 10] AS source,
	concat('26', leftPad(toString(number), 12, '0')),
	concat('ЖТ-', toString(toYear(registered)), '-', leftPad(toString(number), 8, '0')),
	['application', 'application', 'application', 'complaint', 'report'][1 + r1 %% 5],
	if(r1 %% 17 = 0, 'legal_entity', 'person'),
	registered, registered + INTERVAL 20 DAY,
	if(status LIKE 'closed%%', registered + toIntervalSecond(toUInt64(86400 * 14 * pow(r4 %% 1000 / 1000 + if(status = 'closed_overdue', 1.4, 0), 1.3))), NULL) AS finished,
	if(r2 %% 50 = 0, NULL, p.region) AS told_region,
	if(r2 %% 50 = 0 OR r3 %% 11 = 0, NULL, p.district) AS told_district,
	multiIf(
		source = 'cc109', NULL,
		r3 %% 100 < 50, concat('ГУ "Отдел ', matters[1 + matter %% 14], ' ', p.name, '"'),
		r3 %% 100 < 80, concat('ГУ "Управление ', matters[1 + matter %% 14], ' ', p.region, '"'),
		r3 %% 100 < 82, NULL,
		concat('Департамент ', central[1 + matter %% 10], ' по ', p.region)),
	if(r1 %% 40 = 0, NULL, codes[1 + category]) AS told_category,
	if(told_category IS NULL, NULL, 'source'),
	multiIf(
		registered > toDateTime('2026-04-20 00:00:00', 'Asia/Almaty') AND r1 %% 97 < 55, if(r1 %% 97 < 4, 'open_overdue', 'open'),
		r1 %% 400 = 1, 'open_overdue', r1 %% 33 = 2, 'closed_overdue', r1 %% 61 = 3, 'forwarded', r1 %% 89 = 4, 'withdrawn', 'closed') AS status,
	if(source = 'eotinish_text', 'ru', NULL),
	if(source = 'eotinish_text', if(repeats, concat('жалоба номер ', toString(r2 %% 40), ' повторно'), concat('жалоба ', hex(r3))), ''),
	if(source = 'eotinish_text', if(repeats, bitXor(cityHash64(ifNull(told_district, ''), ifNull(told_category, ''), r2 %% 40), toUInt64(r4 %% 3) * 7), r3), 0),
	registered, registered + INTERVAL 20 DAY, finished, 'bench', number, 'bench'
FROM
(
	SELECT number, cityHash64(number, 1) AS r1, cityHash64(number, 2) AS r2, cityHash64(number, 3) AS r3, cityHash64(number, 4) AS r4,
		toDateTime('2021-01-01 00:00:00', 'Asia/Almaty') + toUInt64(pow(number / %[1]d, 0.8) * 173400000) AS registered,
		if(registered < toDateTime('2022-06-08 00:00:00', 'Asia/Almaty'), 0, 1) AS side,
		toUInt32(r2 %% if(side = 0, (SELECT count() FROM bench_places WHERE side = 0), (SELECT count() FROM bench_places WHERE side = 1))) AS slot,
		toUInt64(28 * pow(r4 %% 10007 / 10007, 2.2)) AS category,
		if(r1 %% 5 < 4, category, r2 %% 14) AS matter,
		r3 %% 12 = 0 AS repeats
	FROM numbers(%[1]d)
) AS g
INNER JOIN bench_places AS p ON p.side = g.side AND p.slot = g.slot
SETTINGS max_partitions_per_insert_block = 1000, max_insert_block_size = 2000000, min_insert_block_size_rows = 2000000, min_insert_block_size_bytes = 2000000000`, rows)
}

const bodiesOf = `INSERT INTO bodies (body, body_key, name, kind, level, scope)
SELECT DISTINCT assumeNotNull(body) AS b, lowerUTF8(replaceAll(b, '"', '')), b, if(startsWith(b, 'Департамент'), 'department', 'upravlenie'), 'region', if(startsWith(b, 'Департамент'), 'central', 'local')
FROM complaints WHERE body IS NOT NULL`

// plansOf and planItemsOf make eight half-years of plans of twenty akimats, 200 items each.
const (
	plansOf = `INSERT INTO plans (source, plan_id, region_code, period_from, period_to, lang, readable)
SELECT 'bench', concat(code, '/', toString(half)), code, addMonths(toDate('2022-01-01'), 6 * half) AS first, addMonths(first, 6) - 1, 'ru', true
FROM regions ARRAY JOIN range(8) AS half WHERE level = 'region' AND valid_to IS NULL`
	planItemsOf = `INSERT INTO plan_items (source, item_id, plan_id, item_no, issue, responsible, cost_kzt, status, category_code, region_code)
SELECT 'bench', concat(plan_id, '/', toString(n)), plan_id, toString(n), 'дорога',
	['акимат области', 'Министерство транспорта', 'Управление строительства', 'Министерство здравоохранения, акимат'][1 + n % 4],
	if(n % 3 = 0, NULL, 1000000 * (n % 50)),
	['resolved', 'in_progress', 'planned', 'funded', 'funding_considered', 'no_documents', 'not_supported', 'long_term'][1 + n % 8],
	['roads', 'water', 'education', 'health'][1 + n % 4], region_code
FROM plans ARRAY JOIN range(200) AS n WHERE source = 'bench'`
)
