package warehousesql_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// timed are plans of one akimat for times of every length, each with one resolved item and one whose words tell no state.
var timed = []string{
	`INSERT INTO plans (source, plan_id, region_code, period_from, period_to) VALUES
	('s', 'first half', '750000000', '2024-01-01', '2024-06-30'), ('s', 'last quarter', '750000000', '2024-10-01', '2024-12-31'),
	('s', 'year', '750000000', '2024-01-01', '2024-12-31'), ('s', 'nine months', '750000000', '2024-01-01', '2024-09-30'),
	('s', 'two years', '750000000', '2024-01-01', '2025-12-31'), ('s', 'unsaid', '750000000', NULL, NULL)`,
	`INSERT INTO plan_items (source, plan_id, item_id, status, cost_kzt, category_code, responsible)
	SELECT source, plan_id, concat(plan_id, state), state, 100, 'roads', 'Министерство транспорта' FROM plans ARRAY JOIN ['resolved', 'unknown'] AS state`,
}

// A plan of a whole year is not one of its first half.
func TestPlansOfAYear(t *testing.T) {
	w := warehouse(t)
	do(t, w, regions...)
	do(t, w, timed...)
	for question, want := range map[string][]string{
		"SELECT plan_id, half_year, year FROM plan_items_now WHERE status = 'resolved' ORDER BY plan_id": {
			"first half | 2024-H1 | 2024", "last quarter | 2024-H2 | 2024", "nine months | null | 2024", "two years | null | null", "unsaid | null | null", "year | 2024 | 2024",
		},
		"SELECT half_year, items, without_status, resolved, resolved_share_percent FROM plan_progress ORDER BY half_year": {
			"2024 | 2 | 1 | 1 | 100", "2024-H1 | 2 | 1 | 1 | 100", "2024-H2 | 2 | 1 | 1 | 100", "null | 6 | 3 | 3 | 100",
		},
		"SELECT period, year, items, needed_kzt, allotted_kzt FROM funding_gap WHERE part = 'all' AND region_code = '750000000' ORDER BY period": {
			"2024 | 2024 | 2 | 200 | 100", "2024-H1 | 2024 | 2 | 200 | 100", "2024-H2 | 2024 | 2 | 200 | 100",
		},
		"SELECT period, issues FROM central_level_issues WHERE outcome = 'all' AND region_code = '750000000' ORDER BY period": {
			"2024 | 2", "2024-H1 | 2", "2024-H2 | 2",
		},
	} {
		if diff := cmp.Diff(want, ask(t, w, question)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", question, diff)
		}
	}
	answered(t, w, "best_and_worst_regions", "2024", []string{"plans | Алматы | 2024 | 100 | null | null | of 3 items; no published figure"})
	answered(t, w, "best_and_worst_regions", "2024-H1", []string{"plans | Алматы | 2024-H1 | 100 | null | null | of 1 items; no published figure"})
}

// The records are of akims' work: a report on that of ministers has nothing to be compared with.
func TestClaimsOfOthersHaveNoGap(t *testing.T) {
	w := warehouse(t)
	do(t, w, regions...)
	do(t, w, timed...)
	do(t, w, insertClaims(
		claim{"000000000", "akims", "issues_resolved_share", "2024-01-01", "2024-12-31", 99, "percent"},
		claim{"000000000", "ministers", "issues_resolved_share", "2024-01-01", "2024-12-31", 74, "percent"},
	))
	want := []string{"akims | 99 | 100 | 3 | -1 | 1", "ministers | 74 | 100 | 3 | null | null"}
	got := ask(t, w, "SELECT channel, reported_share_percent, plans_share_percent, plan_items, gap_plans, gap_rank FROM claims_vs_records WHERE period = '2024' ORDER BY channel")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Money of which the plan does not say what became is neither allotted nor missing, and where all of it is missing, nothing
// is allotted: 0 percent, not unknown.
func TestShareOfMoneyAllotted(t *testing.T) {
	w := warehouse(t)
	do(t, w, regions...)
	do(t, w,
		`INSERT INTO plans (source, plan_id, region_code, period_from, period_to) SELECT 's', code, code, '2022-07-01', '2022-12-31' FROM regions WHERE level = 'region' AND valid_to IS NULL`,
		`INSERT INTO plan_items (source, plan_id, item_id, status, cost_kzt) VALUES
		('s', '100000000', '1', 'no_documents', 100), ('s', '630000000', '2', NULL, 100), ('s', '630000000', '3', 'unknown', 100),
		('s', '750000000', '4', 'funded', 30), ('s', '750000000', '5', 'long_term', 10), ('s', '750000000', '6', NULL, 160)`)
	want := []string{
		"000000000 | 500 | 30 | 110 | 360 | 21.4", "100000000 | 100 | null | 100 | null | 0",
		"630000000 | 200 | null | null | 200 | null", "750000000 | 200 | 30 | 10 | 160 | 75",
	}
	got := ask(t, w, "SELECT region_code, needed_kzt, allotted_kzt, missing_kzt, not_told_kzt, allotted_share_percent FROM funding_gap WHERE part = 'all' ORDER BY region_code")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
