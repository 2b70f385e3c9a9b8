package report

import (
	"math"
	"strings"
)

// hundredths are how Values are counted.
const hundredths = 100

// maxValue is the largest value that is believed, in hundredths: a thousand trillions.
const maxValue = int64(1e15) * hundredths

// parseNumber reads the digits of a number times a power of ten, in hundredths. It fails for what is no number (dates,
// times, fractions like 1/3), for one that cannot be held exactly, and where the signs may mean two things.
//
// One sign before exactly three digits parts thousands where whole things are counted. Before a multiplier an English
// comma parts thousands, everything else begins the decimals.
func parseNumber(text string, power int, counted, english bool) (int64, bool) {
	if strings.ContainsAny(text, ":/") {
		return 0, false
	}
	fields := strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
	var signs []rune
	for _, r := range text {
		if r < '0' || r > '9' {
			signs = append(signs, r)
		}
	}
	decimals := ""
	if n := len(signs); n > 0 && (signs[n-1] == ',' || signs[n-1] == '.') {
		last := signs[n-1]
		same := 0
		for _, r := range signs {
			if r == last {
				same++
			}
		}
		thousands := len(fields[n]) == 3 && (same > 1 || n == 1 && (power == 0 && counted || english && last == ','))
		if same > 1 && !thousands {
			return 0, false
		}
		if !thousands {
			decimals, fields = fields[n], fields[:n]
		}
	}
	for i, f := range fields {
		if i > 0 && len(f) != 3 {
			return 0, false
		}
	}
	return scaled(strings.Join(fields, ""), decimals, power+2)
}

// scaled returns whole.decimals times ten to the power, if that is a whole number below maxValue.
func scaled(whole, decimals string, power int) (int64, bool) {
	for len(decimals) > 0 && decimals[len(decimals)-1] == '0' {
		decimals = decimals[:len(decimals)-1]
	}
	if len(decimals) > power || len(whole)+power > 18 {
		return 0, false
	}
	digits := whole + decimals + strings.Repeat("0", power-len(decimals))
	var v int64
	for _, d := range digits {
		if v > (math.MaxInt64-9)/10 {
			return 0, false
		}
		v = v*10 + int64(d-'0')
	}
	return v, v <= maxValue
}

var powers = map[string]int{"1e3": 3, "1e6": 6, "1e9": 9, "1e12": 12}

// powerOf returns the power of a multiplier that is glued to its number: «28тыс», "5bn".
func powerOf(suffix string) int {
	switch suffix {
	case "тыс", "мын":
		return 3
	case "млн", "mln":
		return 6
	case "млрд", "bn", "bln":
		return 9
	}
	return 0
}
