package publication

import (
	"testing"
	"time"
)

func TestLocalDay(t *testing.T) {
	for _, c := range []struct{ region, at, want string }{
		{"270000000", "2023-01-30T18:30:00Z", "2023-01-30"}, // half past eleven in Oral, half past midnight in Almaty
		{"150000000", "2023-01-30T18:30:00Z", "2023-01-30"},
		{"230000000", "2023-01-30T18:30:00Z", "2023-01-30"},
		{"430000000", "2023-01-30T18:30:00Z", "2023-01-30"},
		{"470000000", "2023-01-30T18:30:00Z", "2023-01-30"},
		{"270000000", "2023-01-30T19:00:00Z", "2023-01-31"},
		{"750000000", "2023-01-30T18:30:00Z", "2023-01-31"},
		{"390000000", "2023-01-30T18:30:00Z", "2023-01-31"},
		{"750000000", "2024-03-01T18:30:00Z", "2024-03-01"}, // one zone since
		{"270000000", "2024-03-01T18:30:00Z", "2024-03-01"},
		{"", "2023-01-30T18:30:00Z", "2023-01-31"},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := LocalDay(c.region, at); got != day(t, c.want) {
			t.Errorf("%s at %s: %s, want %s", c.region, c.at, got, c.want)
		}
	}
}
