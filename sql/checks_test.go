package warehousesql_test

import (
	"fmt"
	"strings"
	"testing"

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
			{"a district after its time", with(func(c *complaint) { c.id, c.district, c.registered = "y", "632800000", "2022-06-08 00:00:00" }), "632800000"},
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
	fill := func() {
		t.Helper()
		for _, table := range []string{"complaints", "regions", "bodies", "categories", "snapshots", "loads", "plans", "plan_items", "publications", "verdicts", "claims"} {
			do(t, w, "TRUNCATE TABLE "+table+" SYNC")
		}
		do(t, w, regions...)
		do(t, w, loaded...)
		do(t, w, insert(append([]complaint{plain}, few...)...))
		do(t, w, plans...)
		do(t, w, verdicts...)
		do(t, w, "INSERT INTO snapshots (source, snapshot, state, seen_at) VALUES ('reports', 'report', 'loaded', '2026-07-01 00:00:00')", claim("good", 99, "percent", "'2022-07-01', '2022-12-31'"))
		// The intent of a load that died and was overtaken by a later one of its source.
		do(t, w, "INSERT INTO loads (target, source, snapshot, step, at) VALUES ('plans', 'govkz/akimvko', 'older list', 'intent', '2026-06-30 00:00:00')")
	}
	silent("an empty warehouse")
	fill()
	silent("good data")
	for _, c := range checks {
		if len(plants[c.Name]) == 0 {
			t.Errorf("no violation of %s is planted", c.Name)
		}
		for _, p := range plants[c.Name] {
			t.Run(c.Name+", "+p.name, func(t *testing.T) {
				fill()
				do(t, w, strings.Split(p.plant, "; ")...)
				if got := ask(t, w, c.Text); len(got) != 1 || !strings.Contains(got[0], p.says) {
					t.Errorf("found %q, want one line with %q", got, p.says)
				}
			})
		}
	}
}

func TestStatementsSayWhatTheyAre(t *testing.T) {
	for name, list := range map[string]func() ([]warehousesql.Statement, error){"views": warehousesql.Views, "checks": warehousesql.Checks} {
		statements, err := list()
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range statements {
			if s.About == "" || strings.HasPrefix(s.About, "-") || s.Name == "" || strings.ContainsAny(s.Name, "0123456789.") {
				t.Errorf("%s: %q is about %q", name, s.Name, s.About)
			}
		}
	}
}
