package number

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestLookOf(t *testing.T) {
	for _, c := range []struct {
		code string
		want Look
	}{
		{"General", Plain},
		{"", Plain},
		{"0", Plain},
		{"0.00E+00", Plain},
		{"# ##0,00\\ \"₸\"", Plain},
		{"#,##0.00 \"дней\"", Plain},
		{`0 "days"`, Plain},
		{"@", Plain},
		{"0.0%", Percent},
		{"#,##0.00%;[Red]-#,##0.00%", Percent},
		{`0"%"`, Plain},
		{"#,##0 dd", Plain},
		{"[Red]-0", Plain},
		{"[$-409]General", Plain},
		{"[h]:mm", Plain},
		{"[mm]:ss", Plain},
		{"[ss]", Plain},
		{`"ИСТИНА";"ИСТИНА";"ЛОЖЬ"`, Plain},
		{`_-* #,##0.00\ _d_-`, Plain},
		{"dd.mm.yyyy", Day},
		{"dd\\.mm\\.yyyy", Day},
		{"mmm-yy", Month},
		{"mmmm", Month},
		{"[$-419]mmmm\\ yyyy;@", Month},
		{"yyyy", Year},
		{"yy\\ \"г.\"", Year},
		{"d", Day},
		{"[$-FC19]dd mmmm yyyy \\г\\.;@", Day},
		{"[$-419]d mmm;@", Day},
		{"YYYY-MM-DD", Day},
		{"h:mm", Clock},
		{"hh:mm:ss.000", Clock},
		{"mm:ss", Clock},
		{"h:mm AM/PM", Clock},
		{"[$-F400]h:mm:ss AM/PM", Clock},
		{"dd.mm.yyyy hh:mm", Stamp},
		{"[$-7E0]dd/mm/yyyy\\ hh:mm", Stamp},
		{"yyyy-mm-dd\"T\"hh:mm:ss", Stamp},
		{"m/d/yy h:mm;0", Stamp},
		{"0;dd.mm.yyyy", Plain},
		{"\"unclosed", Plain},
		{"[unclosed", Plain},
		{"[]", Plain},
		{"\\", Plain},
	} {
		if got := LookOf(c.code); got != c.want {
			t.Errorf("LookOf(%q) = %v, want %v", c.code, got, c.want)
		}
	}
}

func TestBuiltIn(t *testing.T) {
	for id, want := range map[int]Look{0: Plain, 1: Plain, 8: Plain, 9: Percent, 10: Percent, 13: Plain, 14: Day, 16: Day, 17: Month, 18: Clock, 21: Clock, 22: Stamp, 23: Plain, 37: Plain, 45: Clock, 46: Plain, 47: Clock, 49: Plain, 58: Day, 59: Plain, -1: Plain} {
		if got := BuiltIn(id); got != want {
			t.Errorf("BuiltIn(%d) = %v, want %v", id, got, want)
		}
	}
}

func TestWhole(t *testing.T) {
	for l, want := range map[Look]Look{Plain: Plain, Day: Day, Clock: Clock, Stamp: Stamp, Month: Day, Year: Day, Percent: Plain} {
		if got := l.Whole(); got != want {
			t.Errorf("%v.Whole() = %v, want %v", l, got, want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		raw  string
		look Look
		want string
	}{
		{"20231219080620", Plain, "20231219080620"},
		{"2.023121908062E13", Plain, "20231219080620"},
		{"2.023121908062E+13", Plain, "20231219080620"},
		{"20231219080620.0", Plain, "20231219080620"},
		{"9007199254740993", Plain, "9007199254740993"}, // as written, beyond what a float holds
		{"-5", Plain, "-5"},
		{"-5.00", Plain, "-5"},
		{"0", Plain, "0"},
		{"0.257", Plain, "0.257"},
		{"0.250", Plain, "0.25"},
		{"0.30000000000000004", Plain, "0.3"},
		{"1234.5600000000001", Plain, "1234.56"},
		{"-1234.5600000000001", Plain, "-1234.56"},
		{"1E-7", Plain, "0.0000001"},
		{"1E+20", Plain, "100000000000000000000"},
		{"1E+300", Plain, "1E+300"},
		{"1E-300", Plain, "1E-300"},
		{"1E+999", Plain, "1E+999"},
		{" 5 ", Plain, "5"},
		{"five", Plain, "five"},
		{"NaN", Plain, "NaN"},
		{"NaN", Day, "NaN"},
		{"Inf", Stamp, "Inf"},
		{".", Plain, "."},
		{"", Plain, ""},
		{"46126", Day, "2026-04-14"},
		{"46126", Stamp, "2026-04-14 00:00:00.000"},
		{"46126.917361111111", Stamp, "2026-04-14 22:01:00.000"},
		{"46126.9173611111", Stamp, "2026-04-14 22:01:00.000"},
		{"46133.583321759259", Stamp, "2026-04-21 13:59:59.000"},
		{"46126.99999999999", Stamp, "2026-04-15 00:00:00.000"},
		{"46126.5", Day, "2026-04-14 12:00:00.000"},
		{"46126.5", Month, "04.2026"},
		{"46126", Year, "2026"},
		{"0", Month, "0"},
		{"46126.5", Clock, "2026-04-14 12:00:00.000"},
		{"0.33773148148148", Clock, "08:06:20.000"},
		{"0.33773148148148", Stamp, "08:06:20.000"},
		{"0", Clock, "00:00:00.000"},
		{"0", Stamp, "0"},
		{"0", Day, "0"},
		{"0.5", Day, "0.5"},
		{"1", Day, "1900-01-01"},
		{"59", Day, "1900-02-28"},
		{"60", Day, "60"}, // the day that never was
		{"61", Day, "1900-03-01"},
		{"2958465", Day, "9999-12-31"},
		{"2958466", Day, "2958466"},
		{"2958465.9999999999", Stamp, "2958466"},
		{"-1", Day, "-1"},
		{"0.5", Percent, "50%"},
		{"0.07", Percent, "7%"},
		{"-1.125", Percent, "-112.5%"},
		{"1", Percent, "100%"},
		{"NaN", Percent, "NaN"},
		{"1E307", Percent, "1E307"},
		{"1E300", Day, "1E300"},
	} {
		if got := string(Append(nil, []byte(c.raw), c.look, false)); got != c.want {
			t.Errorf("%q as %v is %q, want %q", c.raw, c.look, got, c.want)
		}
	}
	if got := string(Append(nil, []byte("0"), Day, true)); got != "1904-01-01" {
		t.Errorf("day 0 of the calendar of 1904 is %q", got)
	}
	if got := string(Append(nil, []byte("2957004"), Day, true)); got != "2957004" {
		t.Errorf("the day after the last of the calendar of 1904 is %q", got)
	}
}

// A number means the same after it was written without an exponent.
func TestPlainKeepsValue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := rapid.Float64().Draw(t, "f")
		raw := strconv.FormatFloat(f, rapid.SampledFrom([]byte("gEf")).Draw(t, "format"), -1, 64)
		got := string(appendPlain(nil, []byte(raw)))
		back, err := strconv.ParseFloat(got, 64)
		if err != nil || math.Abs(back-f) > 1e-14*math.Abs(f) {
			t.Fatalf("%s became %s", raw, got)
		}
		if a := math.Abs(f); a >= 1e-15 && a < 1e21 && strings.ContainsAny(got, "eE") {
			t.Fatalf("%s became %s", raw, got)
		}
	})
}

func TestISO(t *testing.T) {
	for in, want := range map[string]string{
		"2026-04-14T22:01:00":       "2026-04-14 22:01:00.000",
		"2026-04-14T22:01:00.5":     "2026-04-14 22:01:00.500",
		"2026-04-14":                "2026-04-14",
		"2026-04-14T22:01:00+05:00": "2026-04-14T22:01:00+05:00",
		"yesterday":                 "yesterday",
	} {
		if got := string(AppendISO(nil, []byte(in))); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}
