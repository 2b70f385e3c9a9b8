package qulaq

import (
	"cmp"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestAlmaty(t *testing.T) {
	for utc, want := range map[string]string{
		"2024-02-29T17:59:59Z": "2024-02-29T23:59:59+06:00",
		"2024-02-29T18:00:00Z": "2024-02-29T23:00:00+05:00", // the hour that came twice
		"2024-02-29T19:00:00Z": "2024-03-01T00:00:00+05:00",
		"2026-07-01T00:00:00Z": "2026-07-01T05:00:00+05:00",
		"2005-07-01T00:00:00Z": "2005-07-01T06:00:00+06:00", // no summer time any more
	} {
		at, err := time.Parse(time.RFC3339, utc)
		if err != nil {
			t.Fatal(err)
		}
		if got := at.In(Almaty()).Format(time.RFC3339); got != want {
			t.Errorf("%s is %s in Almaty, not %s", utc, got, want)
		}
	}
}

func TestDays(t *testing.T) {
	for s, want := range map[string]Day{
		"1970-01-01": 0, "1969-12-31": -1, "1970-02-01": 31, "2000-03-01": 11017, "2022-06-08": 19151,
		"0001-01-01": -719162, "9999-12-31": 2932896,
	} {
		d, err := ParseDay(s)
		if err != nil || d != want {
			t.Errorf("ParseDay(%s) = %d, %v instead of %d", s, d, err, want)
		}
		if want.String() != s {
			t.Errorf("day %d is printed %s instead of %s", want, want, s)
		}
	}
	for _, s := range []string{
		"", "2022-6-8", "08.06.2022", "2022-06-31", "2023-02-29", "2022-13-01", "2022-06-08 ", "2022-06-08T00:00:00Z", "вчера",
	} {
		if d, err := ParseDay(s); err == nil {
			t.Errorf("%q is day %v without an error", s, d)
		}
	}
	if got := Date(2023, 2, 29); got.String() != "2023-03-01" {
		t.Errorf("the 29th of February 2023 is normalised to %v", got)
	}
}

// A day is the one that the clock on the wall shows, not the one in Greenwich.
func TestDayOfIsLocal(t *testing.T) {
	at := time.Date(2024, 2, 29, 18, 30, 0, 0, time.UTC) // half past eleven at night in Almaty
	if got := DayOf(at.In(Almaty())); got.String() != "2024-02-29" {
		t.Errorf("in Almaty it is %v", got)
	}
	at = at.Add(time.Hour)
	if got := DayOf(at.In(Almaty())); got.String() != "2024-03-01" {
		t.Errorf("an hour later it is %v", got)
	}
	if got := DayOf(at); got.String() != "2024-02-29" {
		t.Errorf("in Greenwich it is %v", got)
	}
}

func TestDaysOrderAndReturn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.Map(rapid.Int32Range(-719162, 2932896), func(n int32) Day { return Day(n) })
		a, b := day.Draw(t, "a"), day.Draw(t, "b")
		if back, err := ParseDay(a.String()); err != nil || back != a {
			t.Fatalf("%v came back as %v, %v", a, back, err)
		}
		if back := DayOf(a.Time()); back != a {
			t.Fatalf("%v came back from its midnight as %v", a, back)
		}
		if cmp.Compare(a, b) != a.Time().Compare(b.Time()) {
			t.Fatalf("%v and %v are not in the order of time", a, b)
		}
	})
}
