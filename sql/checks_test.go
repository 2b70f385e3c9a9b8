package warehousesql_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/qulaq-kz/qulaq/load"
	warehousesql "github.com/qulaq-kz/qulaq/sql"
)

// TestChecks plants one violation after another; each is found by its check, and good data by none.
func TestChecks(t *testing.T) {
	plain := complaint{"x", "2026-02-01 10:00:00", "", city, "", "roads", "open", ""}
	with := func(change func(*complaint)) string {
		c := plain
		change(&c)
		return insert(c)
	}
	withText := func(text string) string {
		return strings.NewReplacer("load_id)", "load_id, text)", "'l1')", "'l1', '"+text+"')").Replace(with(func(c *complaint) { c.id = "y" }))
	}
	type plant struct{ name, plant, says string }
	plants := map[string][]plant{
		"complaint_ids": {
			{"an id twice", insert(plain), "x | 2"},
			{"an id twice in another month", with(func(c *complaint) { c.registered = "2026-03-01 10:00:00" }), "x | 2"},
		},
		"complaint_codes": {
			{"region", with(func(c *complaint) { c.id, c.region = "y", "999999999" }), "region_code | 999999999"},
			{"district in place of a region", with(func(c *complaint) { c.id, c.region = "y", "101000000" }), "region_code | 101000000"},
			{"region in place of a district", with(func(c *complaint) { c.id, c.district = "y", city }), "district_code | " + city},
			{"category", with(func(c *complaint) { c.id, c.category = "y", "nonsense" }), "category_code | nonsense"},
			{"empty category", strings.Replace(with(func(c *complaint) { c.id, c.category = "y", "no" }), "'no'", "''", 1), "category_code"},
			{"status", with(func(c *complaint) { c.id, c.status = "y", "lost" }), "status | lost"},
			{"kind", strings.NewReplacer("load_id)", "load_id, kind)", "'l1')", "'l1', 'song')").Replace(with(func(c *complaint) { c.id = "y" })), "kind | song"},
		},
		"region_validity": {
			{"a region before its time", with(func(c *complaint) { c.id, c.region, c.registered = "y", abai, "2022-06-07 23:59:59" }), abai},
			{"a district of another region", with(func(c *complaint) { c.id, c.district = "y", "101000000" }), "2026-02-01 00:00:00 +0000 UTC | 101000000 in " + city + " | 1"},
			{"a district after its time", with(func(c *complaint) {
				c.id, c.region, c.district, c.registered = "y", east, "632800000", "2022-06-08 00:00:00"
			}), "632800000"},
		},
		"complaint_times": {
			{"before independence", with(func(c *complaint) { c.id, c.registered = "y", "1991-12-15 10:00:00" }), "y"},
			{"after the file was read", with(func(c *complaint) { c.id, c.registered = "y", "2026-07-03 10:00:00" }), "y"},
			{"corrected by another shift", strings.NewReplacer("load_id)", "load_id, time_shift_minutes)", "'l1')", "'l1', 600)").Replace(with(func(c *complaint) { c.id = "y" })), "y"},
		},
		"birthplaces": {
			{"a file that nobody knows", strings.ReplaceAll(with(func(c *complaint) { c.id = "y" }), "'feed'", "'another'"), "another"},
			{"a file of another source", strings.ReplaceAll(with(func(c *complaint) { c.id = "y" }), "'eotinish'", "'cc109'"), "cc109"},
			{"a file that was refused", "ALTER TABLE snapshots UPDATE state = 'refused' WHERE source = 'eotinish' SETTINGS mutations_sync = 2", "feed"},
		},
		"personal_data": {
			{"a mailbox", withText("пишите на a.b@mail.kz"), "feed"},
			{"a mobile number", withText("звоните 8 (701) 123-45-67 вечером"), "feed"},
			{"a mobile number in full", withText("тел. +77011234567"), "feed"},
			{"an IIN", withText("ИИН: 900101300123"), "feed"},
		},
		"ledger": {
			{"an intent alone", "INSERT INTO loads (source, snapshot, step, at) VALUES ('eotinish', 'dead', 'intent', '2026-07-01 00:00:00')", "dead"},
			{"units done, not the whole", "INSERT INTO loads (source, snapshot, step, unit, at) VALUES ('cc109', 'feed', 'intent', '', '2026-07-01 00:00:00'), ('cc109', 'feed', 'done', 'a month', '2026-07-01 00:00:00')", "cc109"},
		},
	}
	item := func(columns, values string) string {
		return "INSERT INTO plan_items (source, item_id, plan_id, vanished_on, snapshot, load_id, " + columns + ") VALUES ('govkz/akimvko', 'x', 'govkz/akimvko/2022-H2', '2023-02-01', 'docx', 'p1', " + values + ")"
	}
	plants["plan_items"] = []plant{
		{"of no plan", "INSERT INTO plan_items (source, item_id, plan_id, snapshot) VALUES ('govkz/akimvko', 'x', 'no plan', 'docx')", "items of no plan"},
		{"more than the plan says", "INSERT INTO plan_items (source, item_id, plan_id, snapshot) VALUES ('govkz/akimvko', 'x', 'govkz/akimvko/2022-H2', 'docx')", "count of items"},
		{"a plan without its items", "INSERT INTO plans (source, plan_id, items, publication_id, snapshot) VALUES ('govkz/akimvko', 'empty', 2, '2/ru', 'docx')", "count of items | empty | 2"},
		{"twice", "INSERT INTO plan_items (source, item_id, plan_id, vanished_on, snapshot) VALUES ('govkz/akimvko', 'd', 'govkz/akimvko/2022-H2', '2023-02-01', 'docx')", "item twice | d | 2"},
		{"a plan twice", "INSERT INTO plans (source, plan_id, publication_id, snapshot) VALUES ('govkz/akimvko', 'govkz/akimvko/4', '4/kk', 'page')", "plan twice"},
		{"vanished before it was seen", item("first_seen_on", "'2023-02-02'"), "vanished before it was seen | x | 1"},
		{"a plan that nobody published", "INSERT INTO plans (source, plan_id, publication_id, snapshot) VALUES ('govkz/akimvko', 'secret', '1/ru', 'page')", "plan without publication | secret"},
	}
	plants["plan_codes"] = []plant{
		{"region", item("region_code", "'999999999'"), "region_code | 999999999"},
		{"district", item("district_code", "'"+city+"'"), "district_code | " + city},
		{"category", item("category_code", "'nonsense'"), "category_code | nonsense"},
		{"status", item("status", "'forgotten'"), "status | forgotten"},
		{"deadline", item("deadline_from, deadline_to", "'2023-02-01', '2023-01-31'"), "deadline | 2023-02-01 to 2023-01-31"},
		{"period", "INSERT INTO plans (source, plan_id, period_from, publication_id, snapshot) VALUES ('govkz/akimvko', 'half', '2023-01-01', '2/ru', 'page')", "period"},
		{"money", item("cost_kzt", "-1"), "cost_kzt | -1"},
	}
	plants["birthplaces"] = append(plants["birthplaces"],
		plant{"a plan item of a file that nobody knows", strings.Replace(item("issue", "''"), "'docx'", "'pdf'", 1), "plan item | govkz/akimvko | pdf"},
		plant{"items of a refused file", "ALTER TABLE plans DELETE WHERE snapshot = 'docx' SETTINGS mutations_sync = 2; ALTER TABLE snapshots UPDATE state = 'refused' WHERE snapshot = 'docx' SETTINGS mutations_sync = 2", "plan item | govkz/akimvko | docx"})
	plants["personal_data"] = append(plants["personal_data"],
		plant{"a mailbox in a title", "INSERT INTO publications (source, publication_id, title, snapshot, load_id) VALUES ('govkz/akimvko', '9/ru', 'План a.b@mail.kz', 'page', 'p1')", "govkz/akimvko"},
		plant{"a mailbox in a plan", item("responsible", "'a.b@mail.kz'"), "govkz/akimvko"})
	plants["ledger"] = append(plants["ledger"],
		plant{"of another table", "INSERT INTO loads (target, source, snapshot, step, at) VALUES ('plan_items', 'govkz/akimvko', 'list', 'intent', '2026-07-02 00:00:00')", "plan_items | govkz/akimvko | list"},
		plant{"after the last load of the source", "INSERT INTO loads (target, source, snapshot, step, at) VALUES ('plans', 'govkz/akimvko', 'list2', 'intent', '2026-07-02 00:00:00')", "plans | govkz/akimvko | list2"})
	accuse := func(columns, values string) string {
		return "INSERT INTO verdicts (obligation_id, judged_on, grace_until, state, " + columns + ") VALUES ('x', '2023-02-14', '2023-02-13', " + values + ")"
	}
	plants["verdicts"] = []plant{
		{"overdue without evidence", accuse("checked_at, evidence_sha256", "'overdue', '2023-02-14 03:00:00', 'page'"), "x | 2023-02-14"},
		{"overdue by an old look", accuse("checked_at, evidence, evidence_sha256", "'overdue', '2023-02-13 03:00:00', '[{}]', 'page'"), "overdue"},
		{"overdue without a look", accuse("evidence, evidence_sha256", "'overdue', '[{}]', 'page'"), "overdue | null"},
		{"published nowhere", accuse("evidence", "'published', '[{}]'"), "published"},
		{"a state that nobody knows", accuse("evidence", "'forgotten', '[{}]'"), "forgotten"},
	}
	claim := func(id string, value float64, unit, days string) string {
		return fmt.Sprintf("INSERT INTO claims (source, claim_id, metric, value, unit, qualifier, period_from, period_to, snapshot) VALUES ('reports', '%s', 'issues_resolved_share', %v, '%s', 'exact', %s, 'report')", id, value, unit, days)
	}
	plants["claims"] = []plant{
		{"more than all", claim("x", 101, "percent", "NULL, NULL"), "share | x | 101"},
		{"less than nothing", claim("x", -1, "count", "NULL, NULL"), "negative | x | -1"},
		{"days", claim("x", 1, "count", "'2023-01-02', '2023-01-01'"), "days | x"},
		{"a unit that nobody knows", claim("x", 1, "pound", "NULL, NULL"), "unit | x | pound"},
		{"twice", claim("good", 99, "percent", "NULL, NULL"), "twice | good | 2"},
	}
	plants["birthplaces"] = append(plants["birthplaces"], plant{"a claim of no report", strings.Replace(claim("x", 1, "count", "NULL, NULL"), "'report')", "'hearsay')", 1), "claim | reports | hearsay"})
	plants["personal_data"] = append(plants["personal_data"],
		plant{"a number in a report", strings.NewReplacer("(source,", "(quote, source,", "VALUES (", "VALUES ('звоните +7 701 123 45 67', ").Replace(claim("x", 1, "count", "NULL, NULL")), "reports | report"})
	plants["totals"] = []plant{
		{"rows of a file", "INSERT INTO snapshots (source, snapshot, state, rows, facts, rejected) VALUES ('eotinish', 'torn', 'loaded', 10, 8, 1)", "rows of a file | torn | 10 | 9"},
		{"more complaints than facts", "ALTER TABLE snapshots UPDATE rows = 1, facts = 1 WHERE snapshot = 'feed' SETTINGS mutations_sync = 2", "complaints of a file | feed | 1 | "},
		{"complaints lost of a month", "INSERT INTO loads (target, source, snapshot, step, unit, rows, at) VALUES ('complaints', 'eotinish', 'feed', 'done', '(''eotinish'',202602)', 2, '2026-07-01 00:00:01'), ('complaints', 'eotinish', 'feed', 'done', '(''eotinish'',201912)', 2, '2026-07-01 00:00:01')", "complaints of a month | ('eotinish',202602) | 2 | 1"},
		{"more rejects than rejected", "INSERT INTO rejects (source, snapshot, source_row, reason) VALUES ('eotinish', 'feed', 1, 'bad_date')", "rejects of a file | feed | 0 | 1"},
	}
	plants["orphans"] = []plant{
		{"a source that nobody knows", strings.ReplaceAll(with(func(c *complaint) { c.id = "y" }), "'eotinish'", "'hotline'"), "source | hotline | 1"},
		{"a load that nobody made", strings.ReplaceAll(with(func(c *complaint) { c.id = "y" }), "'l1'", "'l9'"), "load | l9 | 1"},
		{"rejects of no file", "INSERT INTO rejects (source, snapshot, source_row, reason) VALUES ('eotinish', 'nobody', 1, 'bad_date')", "file of rejects or findings | nobody | 1"},
		{"findings of another source's file", "INSERT INTO findings (source, snapshot, kind) VALUES ('cc109', 'feed', 'unknown_column')", "file of rejects or findings | feed | 1"},
		{"a verdict on nothing", "INSERT INTO verdicts (obligation_id, state, publication_id) VALUES ('x', 'published', '99/ru')", "publication of a verdict | 99/ru | 1"},
		{"a claim of no place", strings.NewReplacer("(source,", "(load_id, subject_code, source,", "VALUES (", "VALUES ('c1', '999999999', ").Replace(claim("x", 1, "count", "NULL, NULL")), "place of a claim | 999999999 | 1"},
	}
	plants["duplicate_keys"] = []plant{
		{"a place", "INSERT INTO regions (code, level, valid_from) VALUES ('100000000', 'region', '2022-06-08')", "regions | 100000000 region 2022-06-08 | 2"},
		{"a category", "INSERT INTO categories (code) VALUES ('roads')", "categories | roads | 2"},
		{"a source", "INSERT INTO sources (source) VALUES ('eotinish')", "sources | eotinish | 2"},
		{"a body", "INSERT INTO bodies (body) VALUES ('Отдел ЖКХ')", "bodies | Отдел ЖКХ | 2"},
		{"a settlement", "INSERT INTO settlements (code) VALUES ('101010100'), ('101010100')", "settlements | 101010100 | 2"},
		{"a file", "INSERT INTO snapshots (source, snapshot, state) VALUES ('eotinish', 'feed', 'refused')", "snapshots | eotinish feed | 2"},
		{"a verdict", "INSERT INTO verdicts (obligation_id, run_id) VALUES ('630000000/action_plan/2022-H2', 'm1')", "verdicts | 630000000/action_plan/2022-H2 m1 | 2"},
	}
	score := func(columns, values string) string {
		return "INSERT INTO verdicts (obligation_id, state, " + columns + ") VALUES ('x', 'pending', " + values + ")"
	}
	plants["shares"] = []plant{
		{"a score above all", score("openness", "101"), "UTC | 101 | 0"},
		{"a score below nothing", score("openness", "-1"), "UTC | -1 | 0"},
		{"more known than there is", score("openness_known", "1.5"), "1.5"},
		{"a part", score("openness_parts", "{'in_time': 2}"), "in_time"},
	}
	plants["days_in_order"] = []plant{
		{"a run", "INSERT INTO runs (run_id, started_at, finished_at) VALUES ('r9', '2026-07-01 02:00:00', '2026-07-01 01:00:00')", "run | r9"},
		{"a place", "INSERT INTO regions (code, level, valid_from, valid_to) VALUES ('990000000', 'region', '2022-06-08', '2018-06-19')", "place | 990000000 | 2022-06-08 | 2018-06-19"},
		{"a load", "INSERT INTO loads (load_id, step, at) VALUES ('l2', 'intent', '2026-07-01 02:00:00'), ('l2', 'done', '2026-07-01 01:00:00')", "load | l2"},
		{"a period", score("period_from, period_to", "'2022-12-31', '2022-07-01'"), "period of a verdict | x"},
		{"grace", score("due_on, grace_until", "'2023-01-30', '2023-01-29'"), "grace | x"},
		{"a state from tomorrow", score("judged_on, since", "'2023-01-30', '2023-01-31'"), "state | x | 2023-01-31 | 2023-01-30"},
		{"a plan", "INSERT INTO plans (source, plan_id, publication_id, first_published_on, published_on) VALUES ('govkz/akimvko', 'p', '2/ru', '2023-02-01', '2023-01-20')", "plan | p | 2023-02-01 | 2023-01-20"},
	}
	plants["complaint_days"] = []plant{
		{"an answer before the question", with(func(c *complaint) { c.id, c.finished = "y", "2026-01-31 10:00:00" }), "eotinish | finished before it was registered | 1 | y"},
		{"due before it came", strings.NewReplacer("load_id)", "load_id, due_at)", "'l1')", "'l1', '2026-01-31 10:00:00')").Replace(with(func(c *complaint) { c.id = "y" })), "eotinish | due before it was registered | 1 | y"},
	}
	plants["freshness"] = []plant{
		{"one file, and none since", "INSERT INTO runs (pipeline, started_at) VALUES ('complaints', '2026-08-16 02:00:00')", "eotinish | 2026-07-01 00:00:00 +0000 UTC | 2026-08-16 00:00:00 +0000 UTC | 45"},
		{"a file a week, and none since", "INSERT INTO snapshots (source, snapshot, state, seen_at) VALUES ('eotinish', 'second', 'loaded', '2026-07-08 00:00:00'), ('eotinish', 'third', 'loaded', '2026-07-15 00:00:00'); " +
			"INSERT INTO runs (pipeline, started_at) VALUES ('complaints', '2026-08-15 02:00:00')", "| 30"},
		{"a site that is never well", "INSERT INTO looks (source, at, outcome, complete) VALUES ('govkz/abay', '2026-07-02 03:00:00', 'captcha', false)", "govkz/abay"},
		{"a site that is read in part", "INSERT INTO looks (source, at, outcome, complete) VALUES ('govkz/akimvko', '2026-07-17 03:00:00', 'healthy', false); " +
			"INSERT INTO runs (pipeline, started_at) VALUES ('plans', '2026-07-17 02:00:00')", "govkz/akimvko | 2026-07-02"},
	}
	// months puts so many calls of a contact centre into the months from January 2024 on.
	months := func(counts ...int) string {
		var all []string
		for i, n := range counts {
			all = append(all, fmt.Sprintf("INSERT INTO complaints (source, complaint_id, registered_at, registered_raw, status, snapshot, load_id) "+
				"SELECT 'cc109', concat('m%d-', toString(number)), addMonths(toDateTime('2024-01-10 00:00:00', 'Asia/Almaty'), %[1]d) AS registered_at, toDateTime64(toString(registered_at), 3, 'UTC'), 'open', 'calls', 'l1' FROM numbers(%d)", i, n))
		}
		return strings.Join(all, "; ")
	}
	usual := []int{90, 100, 110, 95, 105, 100, 98, 102}
	plants["volumes_low"] = []plant{
		{"a month that was cut", months(append(usual, 30, 100)...), "cc109 | 2024-09-01 00:00:00 +0000 UTC | 30 | 100 | 40"},
		{"a month that never came", months(append(usual, 0, 100)...), "cc109 | 2024-09-01 00:00:00 +0000 UTC | 0 | 100 | 40"},
	}
	plants["volumes_high"] = []plant{
		{"a month that came twice", months(append(usual, 200, 100)...), "cc109 | 2024-09-01 00:00:00 +0000 UTC | 200 | 100 | 160"},
	}
	// said puts a figure of the second half of 2022, of the whole country, into the mouth of a report.
	said := func(report, channel, metric string, value float64) string {
		unit := "count"
		if strings.HasSuffix(metric, "_share") {
			unit = "percent"
		}
		return fmt.Sprintf("INSERT INTO claims (source, claim_id, subject_code, channel, metric, period_from, period_to, value, unit, qualifier, snapshot, load_id) "+
			"VALUES ('reports', '%s %s %s %v', '000000000', '%[2]s', '%[3]s', '2022-07-01', '2022-12-31', %[4]v, '%[5]s', 'exact', '%[1]s', 'c1')", report, channel, metric, value, unit)
	}
	year := func(s string) string { return strings.ReplaceAll(s, "2022-07-01", "2022-01-01") }
	first := func(s string) string { return strings.ReplaceAll(year(s), "2022-12-31", "2022-06-30") }
	plants["claim_parts"] = []plant{
		{"more outcomes than issues", said("a", "ministers", "issues_raised", 100) + "; " + said("a", "ministers", "issues_resolved", 70) + "; " + said("a", "ministers", "issues_in_progress", 40), "outcomes of issues | 000000000 | ministers | 2022-H2 | 100 | 110"},
		{"of the central list", said("a", "central_list", "issues_central_level", 10) + "; " + said("a", "central_list", "issues_funded", 11), "outcomes of issues | 000000000 | central_list | 2022-H2 | 10 | 11"},
		{"more meetings than planned", said("a", "ministers", "meetings_planned", 10) + "; " + said("a", "ministers", "meetings_held", 8) + "; " + said("a", "ministers", "meetings_missed", 3), "meetings | 000000000 | ministers | 2022-H2 | 10 | 11"},
		{"more money than needed", said("a", "akims", "budget_needed", 10) + "; " + said("a", "akims", "budget_allocated", 11), "money | 000000000 | akims | 2022-H2 | 10 | 11"},
		{"a share of other figures", said("a", "akims", "issues_raised", 100) + "; " + said("a", "akims", "issues_resolved", 60) + "; " + said("a", "akims", "issues_resolved_share", 99), "share of issues | 000000000 | akims | 2022-H2 | 99 | 60"},
		{"half-years that are more than the year", year(said("a", "akims", "meetings_held", 10)) + "; " + said("a", "akims", "meetings_held", 11), "half-years of meetings_held | 000000000 | akims | 2022 | 10 | 11"},
		{"half-years that are less than the year", year(said("a", "akims", "meetings_held", 10)) + "; " + said("a", "akims", "meetings_held", 5) + "; " + first(said("a", "akims", "meetings_held", 4)), "half-years of meetings_held | 000000000 | akims | 2022 | 10 | 9"},
	}
	plants["claim_contradictions"] = []plant{
		{"two reports", said("a", "akims", "issues_resolved", 294) + "; " + said("b", "akims", "issues_resolved", 37), "000000000 | akims | issues_resolved | 2022-H2 | [37 294] | 2"},
		{"one report", said("a", "akims", "issues_resolved_share", 99) + "; " + said("a", "akims", "issues_resolved_share", 75.5), "[75.5 99] | 1"},
	}
	meeting := func(columns, values string) string {
		return "INSERT INTO meetings (source, meeting_id, kind, snapshot, load_id, " + columns + ") VALUES ('govkz/akimvko', 'x', 'meeting', 'docx', 'p1', " + values + ")"
	}
	plants["meetings"] = []plant{
		{"status", meeting("status", "'forgotten'"), "status | x | forgotten"},
		{"kind", strings.Replace(meeting("status", "'held'"), "'meeting'", "'dance'", 1), "kind | x | dance"},
		{"level", meeting("status, level", "'held', 'street'"), "level | x | street"},
		{"region", meeting("status, region_code", "'held', '999999999'"), "region_code | x | 999999999"},
		{"district", meeting("status, district_code", "'held', '"+city+"'"), "district_code | x | " + city},
		{"days", meeting("status, planned_from, planned_to", "'planned', '2023-01-02', '2023-01-01'"), "days | x | 2023-01-02 to 2023-01-01"},
		{"people", meeting("status, participants", "'held', -1"), "count | x | -1//"},
		{"accused without a paper", meeting("status, planned_from", "'missed', '2023-01-02'"), "missed without a paper | x | 2023-01-02"},
	}
	plants["birthplaces"] = append(plants["birthplaces"],
		plant{"a meeting of a file that nobody knows", strings.Replace(meeting("status", "'held'"), "'docx'", "'pdf'", 1), "meeting | govkz/akimvko | pdf"},
		plant{"a paper of a page that nobody knows", "INSERT INTO meeting_papers (source, publication_id, snapshot, load_id) VALUES ('govkz/akimvko', '9/ru', 'gone', 'p1')", "paper on meetings | govkz/akimvko | gone"})
	plants["personal_data"] = append(plants["personal_data"], plant{"a mailbox at a meeting", meeting("status, note", "'held', 'a.b@mail.kz'"), "govkz/akimvko"})
	plants["orphans"] = append(plants["orphans"],
		plant{"a meeting that nobody loaded", strings.Replace(meeting("status", "'held'"), "'p1'", "'p9'", 1), "load | p9 | 1"},
		plant{"a paper that nobody loaded", "INSERT INTO meeting_papers (source, publication_id, snapshot, load_id) VALUES ('govkz/akimvko', '9/ru', 'page', 'p9')", "load | p9 | 1"})
	plants["duplicate_keys"] = append(plants["duplicate_keys"],
		plant{"a meeting", meeting("status", "'held'") + "; " + meeting("status", "'planned'"), "meetings | govkz/akimvko x | 2"},
		plant{"a norm", "INSERT INTO meeting_norms (norm, level) VALUES ('akims-2022', 'oblast')", "meeting_norms | akims-2022 oblast | 2"},
		plant{"people", "INSERT INTO population (region_code, year, territory) VALUES ('000000000', 2020, 'both')", "population | 000000000 2020 both | 2"})
	plants["ledger"] = append(plants["ledger"],
		plant{"of meetings", "INSERT INTO loads (target, source, snapshot, step, at) VALUES ('meetings', 'govkz/akimvko', 'list3', 'intent', '2026-07-02 00:00:00')", "meetings | govkz/akimvko | list3"})
	checks, err := warehousesql.Checks()
	if err != nil {
		t.Fatal(err)
	}
	w := warehouse(t)
	silent := func(when string) {
		t.Helper()
		for _, c := range checks {
			if got := ask(t, w, c.Text); len(got) > 0 {
				t.Fatalf("%s of %s: %q", c.Name, when, got)
			}
		}
	}
	silent("an empty warehouse")
	do(t, w, regions...)
	do(t, w, plans...)
	do(t, w, verdicts...)
	do(t, w, insert(append([]complaint{plain}, few...)...),
		"INSERT INTO sources (source, kind) VALUES ('eotinish', 'complaints'), ('cc109', 'complaints')",
		"INSERT INTO snapshots (source, snapshot, state, seen_at, rows, facts) VALUES ('eotinish', 'feed', 'loaded', '2026-07-01 00:00:00', 2000, 2000), ('cc109', 'calls', 'loaded', '2026-08-10 00:00:00', 2000, 2000), "+
			"('reports', 'report', 'loaded', '2026-07-01 00:00:00', 0, 0), ('reports', 'a', 'loaded', '2026-07-01 00:00:00', 0, 0), ('reports', 'b', 'loaded', '2026-07-01 00:00:00', 0, 0)",
		"INSERT INTO loads (load_id, target, source, snapshot, step, at) VALUES ('l1', 'complaints', 'eotinish', 'feed', 'intent', '2026-07-01 00:00:00'), ('l1', 'complaints', 'eotinish', 'feed', 'done', '2026-07-01 00:00:01'), "+
			"('p1', 'plans', 'govkz/akimvko', 'list', 'done', '2026-07-01 00:00:01'), ('p1', 'meetings', 'govkz/akimvko', 'list', 'done', '2026-07-01 00:00:01'), ('c1', 'claims', 'reports', 'report', 'done', '2026-07-01 00:00:01'), "+
			// The intent of a load that died and was overtaken by a later one of its source.
			"('dead', 'plans', 'govkz/akimvko', 'older list', 'intent', '2026-06-30 00:00:00'), ('dead', 'meetings', 'govkz/akimvko', 'older list', 'intent', '2026-06-30 00:00:00')",
		"INSERT INTO meetings (source, meeting_id, kind, level, region_code, planned_on, planned_from, planned_to, held_on, status, participants, snapshot, load_id) VALUES "+
			"('govkz/akimvko', 'm', 'meeting', 'oblast', '630000000', '2022-09-01', '2022-09-01', '2022-09-01', '2022-09-02', 'held', 40, 'page', 'p1')",
		"INSERT INTO meetings (source, meeting_id, kind, status, planned_from, results_id, snapshot, load_id) VALUES ('govkz/akimvko', 'n', 'meeting', 'missed', '2022-10-01', '7/ru', 'page', 'p1')",
		"INSERT INTO meeting_papers (source, publication_id, snapshot, load_id) VALUES ('govkz/akimvko', '7/ru', 'page', 'p1')",
		"INSERT INTO runs (run_id, pipeline, started_at, finished_at) VALUES ('r1', 'complaints', '2026-07-02 02:00:00', '2026-07-02 02:01:00'), ('r2', 'plans', '2026-07-02 02:00:00', '2026-07-02 02:01:00')",
		"INSERT INTO looks (source, at, outcome, complete) VALUES ('govkz/akimvko', '2026-07-02 02:00:00', 'healthy', true)",
		claim("good", 99, "percent", "'2022-07-01', '2022-12-31'"),
		// Figures that differ by what rounding does, and a year that its halves make.
		said("a", "reception", "issues_raised", 33400), said("b", "reception", "issues_raised", 33402), said("a", "reception", "issues_resolved", 33100),
		year(said("a", "reception", "issues_raised", 63000)), first(said("a", "reception", "issues_raised", 29600)))
	silent("good data")
	keep, restore := keeper(t, w)
	for _, c := range checks {
		if len(plants[c.Name]) == 0 {
			t.Errorf("no violation of %s is planted", c.Name)
		}
		for _, p := range plants[c.Name] {
			t.Run(c.Name+", "+p.name, func(t *testing.T) {
				statements := strings.Split(p.plant, "; ")
				keep(statements)
				do(t, w, statements...)
				if got := ask(t, w, c.Text); len(got) != 1 || !strings.Contains(got[0], p.says) {
					t.Errorf("found %q, want one line with %q", got, p.says)
				}
				restore(statements)
			})
		}
	}
	do(t, w, strings.Split(months(append(usual, 100, 97, 103, 100)...), "; ")...)
	silent("months as usual")
}

// keeper returns what keeps the rows of the tables that statements change, once, and what puts them back: quicker by far than
// filling the warehouse for each of them.
func keeper(t *testing.T, w *load.Warehouse) (keep, restore func(statements []string)) {
	t.Helper()
	table := regexp.MustCompile(`^(?:INSERT INTO|ALTER TABLE) ([a-z_]+)`)
	kept := map[string]bool{}
	changed := func(statements []string) []string {
		var names []string
		for _, s := range statements {
			if name := table.FindStringSubmatch(s)[1]; !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		return names
	}
	keep = func(statements []string) {
		for _, name := range changed(statements) {
			if !kept[name] {
				do(t, w, "CREATE TABLE kept_"+name+" ENGINE = Memory AS SELECT * FROM "+name)
				kept[name] = true
			}
		}
	}
	restore = func(statements []string) {
		for _, name := range changed(statements) {
			do(t, w, "TRUNCATE TABLE "+name+" SYNC", "INSERT INTO "+name+" SELECT * FROM kept_"+name)
		}
	}
	return keep, restore
}

func TestStatementsSayWhatTheyAre(t *testing.T) {
	views, err := warehousesql.Views()
	if err != nil {
		t.Fatal(err)
	}
	all := views
	checks, err := warehousesql.Checks()
	if err != nil {
		t.Fatal(err)
	}
	warnings := 0
	for _, c := range checks {
		if all = append(all, c.Statement); c.Warning {
			warnings++
		}
	}
	queries, err := warehousesql.Queries()
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range queries {
		all = append(all, q.Statement)
	}
	if warnings == 0 || warnings == len(checks) {
		t.Errorf("%d of %d checks warn", warnings, len(checks))
	}
	names := map[string]bool{}
	for _, s := range all {
		if s.About == "" || strings.HasPrefix(s.About, "-") || strings.HasPrefix(s.About, "Warning") || s.Name == "" || strings.ContainsAny(s.Name, "0123456789.") {
			t.Errorf("%s: %q is about %q", s.Name, s.Name, s.About)
		}
		if names[s.Name] {
			t.Errorf("%s is there twice", s.Name)
		}
		names[s.Name] = true
	}
}
