package complaint

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq"
)

// String prints a wall time in the fullest of the forms that exports have.
func (w wall) String() string {
	return time.UnixMilli(int64(w)).UTC().Format("2006-01-02 15:04:05.000")
}

func TestParseWall(t *testing.T) {
	for s, want := range map[string]string{
		// The forms seen.
		"2026-04-14 22:01:00.000":       "2026-04-14 22:01:00.000",
		"2026/04/14 08:06:20.490209000": "2026-04-14 08:06:20.490", // of the text dump
		"2026-04-14":                    "2026-04-14 00:00:00.000",
		"14.04.2026":                    "2026-04-14 00:00:00.000",
		"14.04.2026 22:01":              "2026-04-14 22:01:00.000",
		"14.04.2026 22:01:59":           "2026-04-14 22:01:59.000",
		"2026-04-14T22:01:59":           "2026-04-14 22:01:59.000",
		"2026/04/14":                    "2026-04-14 00:00:00.000",
		"2026.04.14":                    "2026-04-14 00:00:00.000",
		"14-04-2026":                    "2026-04-14 00:00:00.000",
		"14/04/2026 10:00":              "2026-04-14 10:00:00.000",
		"04/05/2026":                    "2026-05-04 00:00:00.000",
		"14.04.2026 г.":                 "2026-04-14 00:00:00.000",
		"14.04.2026г":                   "2026-04-14 00:00:00.000",
		"14.04.2026 ж. 10:00":           "2026-04-14 10:00:00.000",
		// Fractions are cut, not rounded: a day never becomes the next.
		"2026-04-14 23:59:59.9":         "2026-04-14 23:59:59.900",
		"2026-04-14 23:59:59.99":        "2026-04-14 23:59:59.990",
		"2026-04-14 23:59:59.999999999": "2026-04-14 23:59:59.999",
		"2026-04-14 00:00:00.001":       "2026-04-14 00:00:00.001",
		// Edges of the calendar.
		"2024-02-29":          "2024-02-29 00:00:00.000",
		"29.02.2000 12:00":    "2000-02-29 12:00:00.000",
		"1969-12-31 23:59:59": "1969-12-31 23:59:59.000",
		"1900-02-28":          "1900-02-28 00:00:00.000",
		"0001-01-01":          "0001-01-01 00:00:00.000",
		"9999-12-31 23:59:59": "9999-12-31 23:59:59.000",
	} {
		got, ok := parseWall([]byte(s))
		if !ok || got.String() != want {
			t.Errorf("%q is %v, %v instead of %s", s, got, ok, want)
		}
	}
	for _, s := range []string{
		"", " ", "—", "вчера", "2026", "2026-04", "2026-4-14", "14.4.2026", "14.04.26", "04/14/2026", "14-04/2026", "20260414", "04-14-2026",
		"31.02.2026", "2026-02-31", "2026-02-29", "1900-02-29", "2100-02-29", "2026-04-31", "2026-13-01", "2026-00-10",
		"2026-01-00", "2026-01-32", "0000-01-01", "-001-01-01", "2026-04/14", "2026/04-14", "14.04-2026", "2o26-04-14",
		"2026-04-14 ", "2026-04-14T", "2026-04-14 22", "2026-04-14 22:", "2026-04-14 22:0", "2026-04-14 22:01:", "2026-04-14 22:01:0",
		"2026-04-14 22:01:00.", "2026-04-14 22:01:00,5", "2026-04-14 22:01:00.x", "2026-04-14 22:01:00.1234567890",
		"2026-04-14 24:00", "2026-04-14 23:60", "2026-04-14 23:59:60", "2026-04-14 -1:00", "2026-04-14 1:00:00",
		"2026-04-14 22:01:00 PM", "2026-04-14  22:01", "2026-04-14_22:01", " 2026-04-14",
		"14.04.2026 год", "14.04.2026 гг.", "14.04.2026г.10:00", "2026-04-14 г. г.", "31/04/2026", "2026.04-14",
		// With an offset: that is for parseTime.
		"2026-04-14T22:01:00Z", "2026-04-14T22:01:00+05:00", "2026-04-14 22:01:00.000 +0500",
		"１４.０４.２０２６", "2026-04-14 22:01:0٣",
	} {
		if got, ok := parseWall([]byte(s)); ok {
			t.Errorf("%q is %v", s, got)
		}
	}
}

// An offset makes a time certain, whatever the shift of the file is; without one the shift moves it.
func TestTimesWithAnOffset(t *testing.T) {
	z := newZone()
	for s, want := range map[string]struct{ local, instant string }{
		"2026-04-14T22:01:00+05:00":      {"2026-04-14 22:01:00.000", "2026-04-14T17:01:00Z"},
		"2026-04-14T22:01:00Z":           {"2026-04-15 03:01:00.000", "2026-04-14T22:01:00Z"},
		"2026-04-14 22:01:00.500 +0500":  {"2026-04-14 22:01:00.500", "2026-04-14T17:01:00Z"},
		"2026-04-14T22:01+06":            {"2026-04-14 21:01:00.000", "2026-04-14T16:01:00Z"},
		"14.04.2026 22:01:00-03:30":      {"2026-04-15 06:31:00.000", "2026-04-15T01:31:00Z"},
		"2023-04-14T22:01:00+05:00":      {"2023-04-14 23:01:00.000", "2023-04-14T17:01:00Z"}, // Almaty was six hours ahead
		"1969-12-31T23:59:59.999+00:00":  {"1970-01-01 05:59:59.999", "1969-12-31T23:59:59Z"},
		"2026-04-14 22:01:00":            {"2026-04-15 08:01:00.000", "2026-04-15T03:01:00Z"}, // the shift
		"14-04-2026":                     {"2026-04-14 10:00:00.000", "2026-04-14T05:00:00Z"},
		"2026-04-14T22:01:00.123456789Z": {"2026-04-15 03:01:00.123", "2026-04-14T22:01:00Z"},
	} {
		at, ok := parseTime([]byte(s))
		local, instant := z.local(at, 10*3600*wallSecond)
		if got := time.Unix(instant, 0).UTC().Format(time.RFC3339); !ok || local.String() != want.local || got != want.instant {
			t.Errorf("%q is %v local and %s, %v; want %s and %s", s, local, got, ok, want.local, want.instant)
		}
	}
	for _, s := range []string{
		"2026-04-14Z", "2026-04-14+05:00", "2026-04-14T22:01:00+15:00", "2026-04-14T22:01:00+05:60", "2026-04-14T22:01:00+5:00", "2026-04-14T22:01:00+0x:00",
		"2026-04-14T22:01:00  Z", "2026-04-14T22:01:00z", "2026-04-14T22:01:00 UTC", "2026-04-14T22:01:00ZZ", "2026-04-14T22:01:00+05:00Z", "2026-02-30T22:01:00Z", "+05:00", "Z",
		"2026-04-14T+05:00", "14-04-2026 -1200", "2026-04-14T22:01:00+", "2026-04-14T22:01:00+05:", "22:01 2026-04-14",
	} {
		if got, ok := parseTime([]byte(s)); ok {
			t.Errorf("%q is %+v", s, got)
		}
	}
}

// Offsets in an export: its deadlines do not measure a shift, and nothing is said to be unknown where every time is certain.
func TestExportWithOffsets(t *testing.T) {
	const header = "appeal_id,created_date,deadline,region,current_working_state\n"
	for _, c := range []struct {
		rows, registered, due, raw string
		findings                   int
	}{
		{"1,2026-04-14T22:01:00Z,2026-05-05T23:59:59+05:00,г.Алматы,В работе\n", "2026-04-15T03:01:00+05:00", "2026-05-05T23:59:59+05:00", "03:01:00", 0},
		{"1,2026-04-14 22:01:00,2026-05-05T13:59:59+05:00,г.Алматы,В работе\n", "2026-04-14T22:01:00+05:00", "2026-05-05T13:59:59+05:00", "22:01:00", 1},
		{"1,2026-04-14T22:01:00+05:00,2026-05-05 13:59:59,г.Алматы,В работе\n", "2026-04-14T22:01:00+05:00", "2026-05-05T23:59:59+05:00", "12:01:00", 0},
	} {
		got := readAll(t, snapshot("cut.csv", []byte(header+c.rows)), options(t, "eotinish"))
		if len(got.Facts) != 1 || len(got.Summary.Findings) != c.findings {
			t.Fatalf("%s: %+v", c.rows, got.Summary)
		}
		if r, d := field(got.Facts[0], "registered_at"), field(got.Facts[0], "due_at"); r != c.registered || d != c.due {
			t.Errorf("%s: registered %s, due %s; want %s, %s", c.rows, r, d, c.registered, c.due)
		}
		// So that what was printed and the shift of the file make the local time in every row.
		if raw := field(got.Facts[0], "registered_raw"); !strings.Contains(raw, c.raw) {
			t.Errorf("%s: raw %s, want %s", c.rows, raw, c.raw)
		}
	}
}

// What is a time is one again in the form that we print.
func FuzzParseWall(f *testing.F) {
	for _, s := range []string{
		"2026-04-14 22:01:00.000", "2026/04/14 08:06:20.490209000", "14.04.2026", "31.02.2026", "2024-02-29T23:59:59.9",
		"0001-01-01", "9999-12-31 23:59:59.999999999", "2026-04-14 ", "",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, s []byte) {
		w, ok := parseWall(s)
		if !ok {
			return
		}
		if back, ok := parseWall([]byte(w.String())); !ok || back != w {
			t.Fatalf("%q is %v, which is %v, %v", s, w, back, ok)
		}
		if w.day().String() != w.String()[:10] {
			t.Fatalf("the day of %v is %v", w, w.day())
		}
		if got := fmt.Sprintf("%02d:%02d:%02d", w.secondOfDay()/3600, w.secondOfDay()/60%60, w.secondOfDay()%60); got != w.String()[11:19] {
			t.Fatalf("the second of the day of %v is %s", w, got)
		}
	})
}

// dayOf says of every date what the standard library says, and refuses those that time.Date moves.
func TestDayOfIsThatOfTheStandardLibrary(t *testing.T) {
	check := func(year, month, day int) error {
		got, ok := dayOf(year, month, day)
		at := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
		exists := at.Year() == year && at.Month() == time.Month(month) && at.Day() == day
		if ok != exists || ok && got != qulaq.DayOf(at) {
			return fmt.Errorf("%d-%d-%d is day %d, %v; it should be %d, %v", year, month, day, got, ok, qulaq.DayOf(at), exists)
		}
		return nil
	}
	for year := 1896; year <= 2104; year++ { // every day of the years that matter
		for month := range 14 {
			for day := range 33 {
				if err := check(year, month, day); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		err := check(rapid.IntRange(1, 9999).Draw(t, "year"), rapid.IntRange(0, 13).Draw(t, "month"), rapid.IntRange(0, 32).Draw(t, "day"))
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestZone(t *testing.T) {
	z := newZone()
	for local, want := range map[string]string{
		"2026-04-15 08:01:00.000": "2026-04-15T03:01:00Z",
		"2024-02-29 00:00:00.000": "2024-02-28T18:00:00Z",
		"2024-02-29 22:59:59.000": "2024-02-29T16:59:59Z",
		// On 1 March 2024, at midnight, it became eleven again. The hour before means its first time.
		"2024-02-29 23:00:00.000": "2024-02-29T17:00:00Z",
		"2024-02-29 23:30:00.500": "2024-02-29T17:30:00Z",
		"2024-02-29 23:59:59.999": "2024-02-29T17:59:59Z",
		"2024-03-01 00:00:00.000": "2024-02-29T19:00:00Z",
		"2024-03-01 12:00:00.000": "2024-03-01T07:00:00Z",
		// The last summer time: back from +7 to +6 on 31 October 2004 at three.
		"2004-10-31 01:59:59.000": "2004-10-30T18:59:59Z",
		"2004-10-31 02:30:00.000": "2004-10-30T19:30:00Z",
		"2004-10-31 03:00:00.000": "2004-10-30T21:00:00Z",
		"2004-10-31 04:30:00.000": "2004-10-30T22:30:00Z",
		"2004-07-01 12:00:00.000": "2004-07-01T05:00:00Z",
		"1969-12-31 23:59:59.999": "1969-12-31T17:59:59Z",
	} {
		w, ok := parseWall([]byte(local))
		if !ok {
			t.Fatalf("%q is no time", local)
		}
		for range 2 { // from the zone, then from what is remembered of the day
			if got := time.Unix(z.unix(w), 0).UTC().Format(time.RFC3339); got != want {
				t.Errorf("%s in Almaty is %s instead of %s", local, got, want)
			}
		}
	}
}

// An instant shown on the wall and read back is itself, or the earlier one that looked the same.
func TestZoneReadsWhatItShows(t *testing.T) {
	z := newZone()
	loc := qulaq.Almaty()
	shown := func(at time.Time) wall {
		at = at.In(loc)
		_, offset := at.Zone()
		return wall(at.UnixMilli() + int64(offset)*1000)
	}
	check := func(t interface{ Fatalf(string, ...any) }, at time.Time) {
		w := shown(at)
		want := at.Unix()
		for _, earlier := range []time.Duration{time.Hour, 2 * time.Hour} {
			if shown(at.Add(-earlier)) == w {
				want = at.Add(-earlier).Unix()
			}
		}
		if got := z.unix(w); got != want {
			t.Fatalf("%v is read as %v instead of %v", w, time.Unix(got, 0).In(loc), time.Unix(want, 0).In(loc))
		}
	}
	// Every half hour around every change of the clocks since 1960.
	from := time.Date(1960, 1, 1, 0, 0, 0, 0, time.UTC)
	_, offset := from.In(loc).Zone()
	changes := 0
	for at := from; at.Year() < 2030; at = at.Add(time.Hour) {
		if _, o := at.In(loc).Zone(); o != offset {
			offset = o
			changes++
			for near := at.Add(-30 * time.Hour); near.Before(at.Add(30 * time.Hour)); near = near.Add(30 * time.Minute) {
				check(t, near)
			}
		}
	}
	if changes < 20 {
		t.Errorf("only %d changes of the clocks were found", changes)
	}
	rapid.Check(t, func(t *rapid.T) {
		check(t, time.UnixMilli(rapid.Int64Range(-1e12, 4e12).Draw(t, "at")))
	})
}

func TestShift(t *testing.T) {
	type clocks map[string]int64
	for name, c := range map[string]struct {
		counts clocks
		want   time.Duration
		ok     bool
	}{
		"e-Otinish":                       {clocks{"13:59:59": 1}, 10 * time.Hour, true},
		"local":                           {clocks{"23:59:59": 5}, 0, true},
		"another zone":                    {clocks{"17:59:59": 5}, 6 * time.Hour, true},
		"the end of the first hour":       {clocks{"00:59:59": 5}, 23 * time.Hour, true},
		"the end of the working day":      {clocks{"18:30:00": 5}, 0, false},
		"an hour, but not its end":        {clocks{"14:00:00": 5}, 0, false},
		"midnight":                        {clocks{"00:00:00": 5}, 0, false},
		"half of an hour":                 {clocks{"13:29:59": 5}, 0, false},
		"no deadline at all":              {nil, 0, false},
		"just half":                       {clocks{"13:59:59": 3, "10:00:00": 1, "11:00:00": 2}, 10 * time.Hour, true},
		"less than half":                  {clocks{"13:59:59": 3, "10:00:00": 2, "11:00:00": 2}, 0, false},
		"half, and half at no end":        {clocks{"13:59:59": 3, "01:00:00": 3}, 10 * time.Hour, true},
		"half, and half at a later one":   {clocks{"13:59:59": 3, "18:30:00": 3}, 10 * time.Hour, true},
		"the most common one is no end":   {clocks{"13:59:59": 3, "18:30:00": 4}, 0, false},
		"two ends with half of them each": {clocks{"13:59:59": 3, "23:59:59": 3}, 0, false},
		"two ends, one of them ahead":     {clocks{"13:59:59": 3, "23:59:59": 4}, 0, true},
	} {
		var one, parts deadlineTimes
		for clock, n := range c.counts {
			for i, day := range []string{"1969-12-31 ", "2026-04-21 ", "2026-04-22 "} { // the day does not matter
				w, ok := parseWall([]byte(day + clock + ".500"))
				if !ok {
					t.Fatal(clock)
				}
				share := n / 3
				if i == 0 {
					share = n - 2*(n/3)
				}
				var part deadlineTimes
				part.add(w, share)
				one.add(w, share)
				parts.merge(&part)
			}
		}
		for what, d := range map[string]*deadlineTimes{"counted at once": &one, "counted in parts": &parts} {
			got, ok := d.shift()
			if ok != c.ok || time.Duration(got)*time.Millisecond != c.want {
				t.Errorf("%s, %s: %v, %v instead of %v, %v", name, what, time.Duration(got)*time.Millisecond, ok, c.want, c.ok)
			}
		}
	}
}
