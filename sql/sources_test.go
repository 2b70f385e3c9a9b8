package warehousesql_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// by puts complaints into the warehouse as those of another source.
func by(source string, all ...complaint) string {
	return strings.ReplaceAll(insert(all...), "'eotinish'", "'"+source+"'")
}

// sided are two half-years that e-Otinish fills, of Almaty and, in the first alone, of East Kazakhstan. A contact centre that
// knows no deadline begins within the second, and a third half-year is not over.
var sided = []string{
	insert(append(append(append(
		many(40, complaint{"first", "2023-01-02 10:00:00", "2023-01-04 10:00:00", city, "", "roads", "closed", "Акимат г. Алматы"}),
		many(10, complaint{"late", "2023-06-30 10:00:00", "2023-07-30 10:00:00", city, "", "roads", "closed_overdue", "Акимат г. Алматы"})...),
		many(60, complaint{"second", "2023-07-01 10:00:00", "2023-07-02 10:00:00", city, "", "roads", "closed", "Акимат г. Алматы"})...),
		complaint{"end", "2023-12-31 23:30:00", "", city, "", "roads", "open", "Акимат г. Алматы"},
		complaint{"third", "2024-01-01 00:30:00", "", city, "", "roads", "open", "Акимат г. Алматы"},
		complaint{"east", "2023-02-02 10:00:00", "", east, "", "roads", "open", ""})...),
	by("cc109", many(100, complaint{"call", "2023-10-01 10:00:00", "", city, "", "roads", "closed", ""})...),
	by("dump", append(many(3, complaint{"text", "2023-07-01 10:00:00", "", city, "", "roads", "unknown", "Акимат г. Алматы"}),
		complaint{"text end", "2023-12-31 10:00:00", "", city, "", "roads", "unknown", "Акимат г. Алматы"})...),
}

// What one source tells says nothing of another: a source that begins is no growth, and one without deadlines is not in time.
func TestSourcesSideBySide(t *testing.T) {
	w := warehouse(t)
	do(t, w, regions...)
	do(t, w, sided...)
	for question, want := range map[string][]string{
		"SELECT half_year, region_today_code, complaints, complaints_compared, complaints_before, growth_percent FROM complaint_growth ORDER BY half_year, region_today_code": {
			"2023-H1 | 630000000 | 1 | null | null | null", "2023-H1 | 750000000 | 50 | null | null | null",
			"2023-H2 | 750000000 | 165 | 61 | 50 | 22", "2024-H1 | 750000000 | 1 | null | null | null",
		},
		"SELECT half_year, complaints, open, closed_in_time, decided, in_time_share_percent, overdue_share_percent FROM resolution_by_region WHERE region_today_code = '750000000' ORDER BY half_year": {
			"2023-H1 | 50 | 0 | 40 | 50 | 80 | 20", "2023-H2 | 61 | 1 | 60 | 60 | 100 | 0", "2024-H1 | 1 | 1 | 0 | 0 | null | null",
		},
		"SELECT sum(complaints), sum(closed), sum(overdue) FROM resolution WHERE month = '2023-10-01'":                                  {"0 | 0 | 0"},
		"SELECT source, sum(complaints) FROM complaint_trends GROUP BY source ORDER BY source":                                          {"cc109 | 100", "dump | 4", "eotinish | 113"},
		"SELECT source, sum(complaints), sum(closed) FROM body_trends GROUP BY source ORDER BY source":                                  {"cc109 | 100 | 100", "dump | 4 | 0", "eotinish | 113 | 100"},
		"SELECT value, complaints, overdue_share_percent FROM complaint_leaders WHERE half_year = '2023-H1' AND dimension = 'category'": {"roads | 51 | 19.61"},
		"SELECT value, complaints, overdue_share_percent FROM complaint_leaders WHERE half_year = '2023-H2' AND dimension != 'region' ORDER BY value": {
			"roads | 165 | 0", "Акимат г. Алматы | 65 | 0",
		},
		"SELECT region_code, closed_in_time_percent, complaints_decided FROM claims_vs_records WHERE period = '2023-H2' ORDER BY region_code": {
			"000000000 | 100 | 60", "750000000 | 100 | 60",
		},
		"SELECT source, half_year, number FROM held_half_years ORDER BY source, number": {"dump | 2023-H2 | 4048", "eotinish | 2023-H1 | 4047", "eotinish | 2023-H2 | 4048"},
		"SELECT period, region_code, next_growth_percent FROM claims_vs_records WHERE year = 2023 AND region_code IN ('750000000', '000000000') ORDER BY period, region_code": {
			"2023-H1 | 000000000 | 19.6", "2023-H1 | 750000000 | 22", "2023-H2 | 000000000 | null", "2023-H2 | 750000000 | null",
		},
		"SELECT name, complaints, decided FROM overdue_leaders WHERE half_year = '2023-H2'": {"Акимат г. Алматы | 61 | 60"},
		"SELECT period, level, subject_code, complaints FROM reception_demand WHERE year = 2023 ORDER BY period, level, subject_code": {
			"2023 | local | 000000000 | 111", "2023 | local | 750000000 | 111",
			"2023-H1 | local | 000000000 | 50", "2023-H1 | local | 750000000 | 50",
			"2023-H2 | local | 000000000 | 61", "2023-H2 | local | 750000000 | 61",
		},
		"SELECT source, count() FROM complaints_today GROUP BY source ORDER BY source": {"cc109 | 100", "dump | 4", "eotinish | 113"},
	} {
		if diff := cmp.Diff(want, ask(t, w, question)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", question, diff)
		}
	}
}

// What was published of e-Otinish is put beside complaints of e-Otinish, and a half-year that is not over has no growth.
func TestQuestionsOfOneSource(t *testing.T) {
	w := warehouse(t)
	do(t, w, regions...)
	do(t, w, `INSERT INTO bodies (body, scope) VALUES ('Акимат г. Алматы', 'local')`)
	do(t, w, sided...)
	do(t, w, by("dump", complaint{"text", "2023-08-01 10:00:00", "", east, "", "water", "unknown", "Министерство транспорта"}))
	answered(t, w, "appeals_growth", "2023", []string{
		"complaints | appeals_received | 2023 | 112 | null | null | complaints of eotinish",
		"complaints | appeals_growth | 2023-H2 | 22 | null | null | ",
	})
	answered(t, w, "appeals_growth", "2024-H1", []string{"complaints | appeals_growth | 2024-H1 | null | null | null | complaints of a part of this half-year only"})
	answered(t, w, "local_bodies_share", "2023", []string{"complaints | 2023 | 100 | null | null | of 112 complaints; level of the body unknown: 1"})
	answered(t, w, "leaders_by_complaints", "2023", []string{"Алматы | 111 | 1 | not named | ", "ВКО | 1 | 2 | not named | "})
	answered(t, w, "top_categories", "2023", []string{"roads | Дороги | 112 | 1 | null | null | not named | no items of this time"})
}
