package warehousesql_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/qulaq-kz/qulaq/load"
	"github.com/qulaq-kz/qulaq/load/embedded/embeddedtest"
)

func TestMain(m *testing.M) { embeddedtest.Main(m) }

// warehouse makes an empty one with all tables and views.
func warehouse(t *testing.T) *load.Warehouse {
	t.Helper()
	addr, database := embeddedtest.Database(t)
	w, err := load.Open(t.Context(), load.Options{Address: "clickhouse://" + addr + "/" + database + embeddedtest.Hurried})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	if _, err := w.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return w
}

func do(t *testing.T, w *load.Warehouse, statements ...string) {
	t.Helper()
	for _, s := range statements {
		if err := w.Do(context.Background(), s); err != nil {
			t.Fatal(err)
		}
	}
}

// ask returns an answer as lines of values between bars.
func ask(t *testing.T, w *load.Warehouse, question string) []string {
	t.Helper()
	a, err := w.Ask(context.Background(), question)
	if err != nil {
		t.Fatal(err)
	}
	return embeddedtest.Lines(t, a)
}

const (
	abai = "100000000" // was a part of East Kazakhstan until 8 June 2022
	east = "630000000"
	city = "750000000" // Almaty, which no reform touched
)

// regions are the few places of these tests: East Kazakhstan was divided, its town Semei became a town of
// Abai, Oskemen stayed, and the code of the region stayed with its smaller rest.
var regions = []string{
	`INSERT INTO regions (code, level, region_code, name_ru, valid_from, valid_to, today_code) VALUES
	('630000000', 'region', '630000000', 'ВКО до реформы', NULL, '2022-06-08', NULL),
	('630000000', 'region', '630000000', 'ВКО', '2022-06-08', NULL, '630000000'),
	('100000000', 'region', '100000000', 'область Абай', '2022-06-08', NULL, '100000000'),
	('632800000', 'district', '630000000', 'Семей до реформы', NULL, '2022-06-08', '101000000'),
	('101000000', 'district', '100000000', 'Семей', '2022-06-08', NULL, '101000000'),
	('639900000', 'district', '630000000', 'район, который поделили', NULL, '2022-06-08', NULL),
	('631000000', 'district', '630000000', 'Усть-Каменогорск', NULL, NULL, '631000000'),
	('750000000', 'region', '750000000', 'Алматы', NULL, NULL, '750000000')`,
	`INSERT INTO bodies (body, body_key, kind, scope) VALUES
	('Акимат города Семей', 'akimat/101000000', 'akimat', 'local'), ('Акимат г. Алматы', 'akimat/750000000', 'akimat', 'local'),
	('Отдел ЖКХ', 'otdel/жкх', 'otdel', 'local'), ('Министерство транспорта', 'ministry/transport', 'ministry', 'central'),
	('Комитет по водным ресурсам', 'committee/водный', 'committee', 'central'), ('ТОО «Водоканал»', '', 'company', 'unknown')`,
	`INSERT INTO categories (code, name_ru) VALUES ('roads', 'Дороги'), ('water', 'Вода')`,
}

// complaint is a row of complaints; an empty code is null.
type complaint struct {
	id, registered   string // YYYY-MM-DD hh:mm:ss
	finished         string
	region, district string
	category, status string
	body             string
}

func orNull(s string) string {
	if s == "" {
		return "NULL"
	}
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}

func (c complaint) values() string {
	return fmt.Sprintf("('eotinish', %s, %s, toDateTime64(%[2]s, 3, 'UTC'), %s, %s, %s, %s, %s, %s, 'feed', 'l1')",
		orNull(c.id), orNull(c.registered), orNull(c.finished), orNull(c.region), orNull(c.district), orNull(c.category), orNull(c.status), orNull(c.body))
}

// insert puts complaints into the warehouse past all proof.
func insert(all ...complaint) string {
	values := make([]string, len(all))
	for i, c := range all {
		values[i] = c.values()
	}
	return "INSERT INTO complaints (source, complaint_id, registered_at, registered_raw, finished_at, region_code, district_code, category_code, status, body, snapshot, load_id) VALUES " +
		strings.Join(values, ", ")
}

// loaded is what the ledger says of the file that they came from.
var loaded = []string{
	`INSERT INTO snapshots (source, snapshot, state, seen_at) VALUES ('eotinish', 'feed', 'loaded', '2026-07-01 00:00:00')`,
	`INSERT INTO loads (source, snapshot, step, unit, at) VALUES ('eotinish', 'feed', 'intent', '', '2026-07-01 00:00:00'), ('eotinish', 'feed', 'done', '', '2026-07-01 00:00:01')`,
}

// plans are two plans of one akimat, one of them read twice in other words, and a paper that only looks like
// one. The first plan has three items now and one that was dropped.
var plans = []string{
	`INSERT INTO snapshots (source, snapshot, state, seen_at) VALUES ('govkz/akimvko', 'page', 'loaded', '2026-07-01 00:00:00'), ('govkz/akimvko', 'docx', 'loaded', '2026-07-01 00:00:00')`,
	`INSERT INTO publications (source, publication_id, lang, title, kind, role, plan_id, region_code, period_from, period_to, items, snapshot, load_id) VALUES
	('govkz/akimvko', '1/ru', 'ru', 'План', 'plan', 'replaced', 'govkz/akimvko/2022-H2', '630000000', '2022-07-01', '2022-12-31', 3, 'page', 'p1'),
	('govkz/akimvko', '2/ru', 'ru', 'План', 'plan', 'current', 'govkz/akimvko/2022-H2', '630000000', '2022-07-01', '2022-12-31', 3, 'page', 'p1'),
	('govkz/akimvko', '3/ru', 'ru', 'План развития', 'lookalike', '', '', '630000000', NULL, NULL, 0, 'page', 'p1'),
	('govkz/akimvko', '4/kk', 'kk', 'Жоспар', 'plan', 'current', 'govkz/akimvko/4', NULL, NULL, NULL, 0, 'page', 'p1')`,
	`INSERT INTO plans (source, plan_id, region_code, period_from, period_to, lang, published_on, versions, items, readable, publication_id, snapshot, load_id) VALUES
	('govkz/akimvko', 'govkz/akimvko/2022-H2', '630000000', '2022-07-01', '2022-12-31', 'ru', '2023-01-20', 2, 3, true, '2/ru', 'docx', 'p1'),
	('govkz/akimvko', 'govkz/akimvko/4', NULL, NULL, NULL, 'kk', NULL, 1, 0, false, '4/kk', 'page', 'p1')`,
	`INSERT INTO plan_items (source, item_id, plan_id, item_no, issue, responsible, deadline_to, cost_kzt, status, category_code, region_code, district_code, first_seen_on, vanished_on, snapshot, load_id) VALUES
	('govkz/akimvko', 'a', 'govkz/akimvko/2022-H2', '1', 'дорога', 'акимат', '2023-06-01', 1000, 'resolved', 'roads', '630000000', '631000000', '2023-01-10', NULL, 'docx', 'p1'),
	('govkz/akimvko', 'b', 'govkz/akimvko/2022-H2', '2', 'вода', '', NULL, NULL, 'no_documents', 'water', '630000000', '632800000', '2023-01-10', NULL, 'docx', 'p1'),
	('govkz/akimvko', 'c', 'govkz/akimvko/2022-H2', '3', 'свет', 'управление', NULL, 0, NULL, NULL, '630000000', NULL, '2023-01-20', NULL, 'docx', 'p1'),
	('govkz/akimvko', 'd', 'govkz/akimvko/2022-H2', '4', 'газ', '', NULL, 5, 'planned', NULL, '630000000', NULL, '2023-01-10', '2023-01-20', 'docx', 'p1')`,
	`INSERT INTO loads (target, source, snapshot, step, unit, at) VALUES ('plans', 'govkz/akimvko', 'list', 'intent', '', '2026-07-01 00:00:00'), ('plans', 'govkz/akimvko', 'list', 'done', '', '2026-07-01 00:00:01')`,
}

// verdicts are three nights of two obligations: one was overdue and is published late, one cannot be told. A
// fourth night is one of a clock that was ahead.
var verdicts = []string{
	`INSERT INTO verdicts (run_id, judged_on, obligation_id, region_code, name, obligation, period, due_on, grace_until, state, event, state_before, published_on, days_late, publication_id, evidence, evidence_sha256, checked_at, openness, openness_known, openness_parts) VALUES
	('m1', '2023-02-14', '630000000/action_plan/2022-H2', '630000000', 'ВКО', 'action_plan', '2022-H2', '2023-01-30', '2023-02-13', 'overdue', 'changed', 'not_found', NULL, NULL, '', '[{}]', 'page', '2023-02-14 03:00:00', 0, 0.55, {'published': 0}),
	('m2', '2023-02-15', '630000000/action_plan/2022-H2', '630000000', 'ВКО', 'action_plan', '2022-H2', '2023-01-30', '2023-02-13', 'overdue', '', '', NULL, NULL, '', '[{}]', 'page', '2023-02-15 03:00:00', 0, 0.55, {'published': 0}),
	('m3', '2023-02-16', '630000000/action_plan/2022-H2', '630000000', 'ВКО', 'action_plan', '2022-H2', '2023-01-30', '2023-02-13', 'late', 'changed', 'overdue', '2023-02-15', 16, '2/ru', '[{}]', 'docx', '2023-02-16 03:00:00', 70, 0.95, {'published': 1, 'in_time': 0}),
	('m4', '2098-01-08', '630000000/action_plan/2022-H2', '630000000', 'ВКО', 'action_plan', '2022-H2', '2023-01-30', '2023-02-13', 'unverifiable', 'changed', 'late', NULL, NULL, '', '[{}]', '', '2098-01-08 03:00:00', NULL, 0, {}),
	('m3', '2023-02-16', '750000000/action_plan/2022-H2', '750000000', 'Алматы', 'action_plan', '2022-H2', '2023-01-30', '2023-02-13', 'unverifiable', 'opened', '', NULL, NULL, '', '[]', '', NULL, NULL, 0, {})`,
}
