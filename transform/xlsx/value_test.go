package xlsx

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
		want look
	}{
		{"General", number},
		{"", number},
		{"0", number},
		{"0.00E+00", number},
		{"# ##0,00\\ \"₸\"", number},
		{"#,##0.00 \"дней\"", number},
		{`0 "days"`, number},
		{"@", number},
		{"0.0%", number},
		{"[Red]-0", number},
		{"[$-409]General", number},
		{"[h]:mm", number},
		{"[mm]:ss", number},
		{"[ss]", number},
		{`"ИСТИНА";"ИСТИНА";"ЛОЖЬ"`, number},
		{`_-* #,##0.00\ _d_-`, number},
		{"dd.mm.yyyy", day},
		{"dd\\.mm\\.yyyy", day},
		{"mmm-yy", day},
		{"mmmm", day},
		{"d", day},
		{"[$-FC19]dd mmmm yyyy \\г\\.;@", day},
		{"[$-419]d mmm;@", day},
		{"YYYY-MM-DD", day},
		{"h:mm", clock},
		{"hh:mm:ss.000", clock},
		{"mm:ss", clock},
		{"h:mm AM/PM", clock},
		{"[$-F400]h:mm:ss AM/PM", clock},
		{"dd.mm.yyyy hh:mm", stamp},
		{"[$-7E0]dd/mm/yyyy\\ hh:mm", stamp},
		{"yyyy-mm-dd\"T\"hh:mm:ss", stamp},
		{"m/d/yy h:mm;0", stamp},
		{"0;dd.mm.yyyy", number},
		{"\"unclosed", number},
		{"[unclosed", number},
		{"[]", number},
		{"\\", number},
	} {
		if got := lookOf(c.code); got != c.want {
			t.Errorf("lookOf(%q) = %v, want %v", c.code, got, c.want)
		}
	}
}

func TestBuiltInLook(t *testing.T) {
	for id, want := range map[int]look{0: number, 1: number, 13: number, 14: day, 17: day, 18: clock, 21: clock, 22: stamp, 23: number, 37: number, 45: clock, 46: number, 47: clock, 49: number, 58: day, 59: number, -1: number} {
		if got := builtInLook(id); got != want {
			t.Errorf("builtInLook(%d) = %v, want %v", id, got, want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		raw  string
		look look
		want string
	}{
		{"20231219080620", number, "20231219080620"},
		{"2.023121908062E13", number, "20231219080620"},
		{"2.023121908062E+13", number, "20231219080620"},
		{"20231219080620.0", number, "20231219080620"},
		{"9007199254740993", number, "9007199254740993"}, // as written, beyond what a float holds
		{"-5", number, "-5"},
		{"-5.00", number, "-5"},
		{"0", number, "0"},
		{"0.257", number, "0.257"},
		{"0.250", number, "0.25"},
		{"0.30000000000000004", number, "0.3"},
		{"1234.5600000000001", number, "1234.56"},
		{"-1234.5600000000001", number, "-1234.56"},
		{"1E-7", number, "0.0000001"},
		{"1E+20", number, "100000000000000000000"},
		{"1E+300", number, "1E+300"},
		{"1E-300", number, "1E-300"},
		{"1E+999", number, "1E+999"},
		{" 5 ", number, "5"},
		{"five", number, "five"},
		{"NaN", number, "NaN"},
		{"NaN", day, "NaN"},
		{"Inf", stamp, "Inf"},
		{".", number, "."},
		{"", number, ""},
		{"46126", day, "2026-04-14"},
		{"46126", stamp, "2026-04-14 00:00:00.000"},
		{"46126.917361111111", stamp, "2026-04-14 22:01:00.000"},
		{"46126.9173611111", stamp, "2026-04-14 22:01:00.000"},
		{"46133.583321759259", stamp, "2026-04-21 13:59:59.000"},
		{"46126.99999999999", stamp, "2026-04-15 00:00:00.000"},
		{"46126.5", day, "2026-04-14 12:00:00.000"},
		{"46126.5", clock, "2026-04-14 12:00:00.000"},
		{"0.33773148148148", clock, "08:06:20.000"},
		{"0.33773148148148", stamp, "08:06:20.000"},
		{"0", clock, "00:00:00.000"},
		{"0", stamp, "0"},
		{"0", day, "0"},
		{"0.5", day, "0.5"},
		{"1", day, "1900-01-01"},
		{"59", day, "1900-02-28"},
		{"60", day, "60"}, // the day that never was
		{"61", day, "1900-03-01"},
		{"2958465", day, "9999-12-31"},
		{"2958466", day, "2958466"},
		{"2958465.9999999999", stamp, "2958466"},
		{"-1", day, "-1"},
		{"1E300", day, "1E300"},
	} {
		if got := string(appendNumber(nil, []byte(c.raw), c.look, false)); got != c.want {
			t.Errorf("%q as %v is %q, want %q", c.raw, c.look, got, c.want)
		}
	}
	if got := string(appendNumber(nil, []byte("0"), day, true)); got != "1904-01-01" {
		t.Errorf("day 0 of the calendar of 1904 is %q", got)
	}
	if got := string(appendNumber(nil, []byte("2957004"), day, true)); got != "2957004" {
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

func TestAppendText(t *testing.T) {
	for in, want := range map[string]string{
		"plain":          "plain",
		"_x000D_":        "\r",
		"a_x000d_\nb":    "a\r\nb",
		"_x005F_x000D_":  "_x000D_",
		"_xD83D__xDE00_": "😀",
		"_xD83D_":        "_xD83D_",
		"_xD83D__x0041_": "_xD83D_A",
		"_xDE00_":        "_xDE00_",
		"_x12_":          "_x12_",
		"_x+123_":        "_x+123_",
		"_xyzzy_x0041_":  "_xyzzyA",
		"_x000":          "_x000",
		"file_x_name":    "file_x_name",
		"_x0000_":        "\x00",
	} {
		if got := string(appendText(nil, []byte(in))); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestAppendISO(t *testing.T) {
	for in, want := range map[string]string{
		"2026-04-14T22:01:00":       "2026-04-14 22:01:00.000",
		"2026-04-14T22:01:00.5":     "2026-04-14 22:01:00.500",
		"2026-04-14":                "2026-04-14",
		"2026-04-14T22:01:00+05:00": "2026-04-14T22:01:00+05:00",
		"yesterday":                 "yesterday",
	} {
		if got := string(appendISO(nil, []byte(in))); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}
