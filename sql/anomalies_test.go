package warehousesql_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestAnomalies has 30 months of two categories of one place. Roads have 10 a month and 30 every July, which is their
// season; one March has 60. Water begins in the last year and so does its only district.
func TestAnomalies(t *testing.T) {
	w := warehouse(t)
	do(t, w, regions...)
	do(t, w, loaded...)
	var all []complaint
	for m := range 30 {
		n := 10
		month := fmt.Sprintf("%d-%02d", 2022+m/12, m%12+1)
		switch {
		case month == "2024-03":
			n = 60
		case strings.HasSuffix(month, "-07"):
			n = 30
		}
		all = append(all, many(n, complaint{"roads " + month, month + "-15 10:00:00", "", city, "", "roads", "open", ""})...)
		if month == "2023-12" || month == "2024-01" {
			all = append(all, many(25, complaint{"water " + month, month + "-15 10:00:00", "", city, "", "water", "open", ""})...)
			all = append(all, many(21, complaint{"new " + month, month + "-15 10:00:00", "", abai, "101000000", "water", "open", ""})...)
		}
	}
	// The last month is not over, so its 50 say nothing yet.
	all = append(all, many(50, complaint{"now", "2024-07-10 10:00:00", "", city, "", "roads", "open", ""})...)
	do(t, w, insert(all...))
	want := []string{
		"eotinish | 2022-07-01 | 750000000 | null | roads | 30 | null | null | null | null | insufficient_history",
		"eotinish | 2023-07-01 | 750000000 | null | roads | 30 | 10 | 30 | 30 | 0 | usual",
		"eotinish | 2023-12-01 | 100000000 | 101000000 | water | 21 | null | null | null | null | insufficient_history",
		"eotinish | 2023-12-01 | 750000000 | null | water | 25 | 0 | 0 | 0 | 25 | jump",
		"eotinish | 2024-01-01 | 100000000 | 101000000 | water | 21 | null | null | null | null | insufficient_history",
		"eotinish | 2024-01-01 | 750000000 | null | water | 25 | 0 | 0 | 0 | 25 | jump",
		"eotinish | 2024-03-01 | 750000000 | null | roads | 60 | 10 | 10 | 10 | 15.81 | jump",
	}
	got := ask(t, w, "SELECT source, toString(month), region_today_code, district_today_code, category_code, complaints, recent, season, expected, score, state FROM anomalies ORDER BY ALL")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestAnomaliesOfSources has sources that begin, pause and end: what the warehouse does not hold is not zero, and what one
// source tells is no history of another.
func TestAnomaliesOfSources(t *testing.T) {
	months := func(n int, from string, count int) (all []complaint) {
		begin, err := time.Parse("2006-01", from)
		if err != nil {
			t.Fatal(err)
		}
		for m := range count {
			month := begin.AddDate(0, m, 0).Format("2006-01")
			all = append(all, many(n, complaint{month, month + "-28 10:00:00", "", city, "", "roads", "open", ""})...)
		}
		return append(all, complaint{"end", begin.AddDate(0, count, -1).Format("2006-01-02") + " 10:00:00", "", city, "", "", "open", ""})
	}
	for _, c := range []struct {
		name       string
		statements []string
		want       []string // month, complaints, recent, season, expected, score, state of those with a history
	}{
		{
			"seven months that were not loaded",
			[]string{insert(months(30, "2022-01", 12)...), insert(months(30, "2023-08", 6)...)},
			[]string{
				"eotinish | 2023-08-01 | 30 | 30 | 30 | 30 | 0 | usual", "eotinish | 2023-09-01 | 30 | 30 | 30 | 30 | 0 | usual",
				"eotinish | 2023-10-01 | 30 | 30 | 30 | 30 | 0 | usual", "eotinish | 2023-11-01 | 30 | 30 | 30 | 30 | 0 | usual",
				"eotinish | 2023-12-01 | 30 | 30 | 30 | 30 | 0 | usual", "eotinish | 2024-01-01 | 30 | 30 | 30 | 30 | 0 | usual",
			},
		},
		{
			"no earlier year of a calendar month is held",
			[]string{insert(months(30, "2022-01", 6)...), insert(months(30, "2023-01", 6)...), insert(months(90, "2023-07", 1)...)},
			[]string{"eotinish | 2023-07-01 | 90 | 30 | null | 30 | 10.95 | jump"},
		},
		{
			"half of the earlier years are held",
			[]string{insert(months(30, "2021-01", 12)...), insert(months(40, "2023-01", 2)...), insert(months(40, "2024-01", 1)...)},
			[]string{
				"eotinish | 2023-01-01 | 40 | 30 | 30 | 30 | 1.83 | usual", "eotinish | 2023-02-01 | 40 | 30 | 30 | 30 | 1.83 | usual",
				"eotinish | 2024-01-01 | 40 | 30 | 35 | 35 | 0.85 | usual",
			},
		},
		{
			"a source that begins beside one that goes on",
			[]string{insert(months(30, "2022-01", 14)...), by("cc109", months(90, "2023-01", 2)...)},
			[]string{"eotinish | 2023-01-01 | 30 | 30 | 30 | 30 | 0 | usual", "eotinish | 2023-02-01 | 30 | 30 | 30 | 30 | 0 | usual"},
		},
		{
			"one source is loaded further than another",
			[]string{
				insert(months(30, "2022-01", 14)...), by("cc109", months(60, "2022-01", 12)...),
				by("cc109", many(60, complaint{"not over", "2023-01-10 10:00:00", "", city, "", "roads", "open", ""})...),
			},
			[]string{"eotinish | 2023-01-01 | 30 | 30 | 30 | 30 | 0 | usual", "eotinish | 2023-02-01 | 30 | 30 | 30 | 30 | 0 | usual"},
		},
		{
			"a place without complaints in a month that is held",
			[]string{
				insert(months(30, "2022-01", 1)...), insert(append(many(5, complaint{"east", "2022-02-02 10:00:00", "", east, "", "roads", "open", ""}), months(30, "2022-03", 12)...)...),
			},
			[]string{"eotinish | 2023-01-01 | 30 | 30 | 30 | 30 | 0 | usual", "eotinish | 2023-02-01 | 30 | 30 | 0 | 30 | 0 | usual"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := warehouse(t)
			do(t, w, regions...)
			do(t, w, c.statements...)
			got := ask(t, w, "SELECT source, toString(month), complaints, recent, season, expected, score, state FROM anomalies WHERE state != 'insufficient_history' ORDER BY ALL")
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
