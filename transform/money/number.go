package money

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"
)

// number is a decimal number as it is written, and whether one of its signs can be read in two ways.
type number struct {
	digits   uint64 // without the point
	decimals int    // how many of them stand behind it
	either   rune   // the one sign that stands before exactly three digits; decimals are then 3
	thousand bool   // those three are 000
	bad      bool   // no number anybody writes, or one too long
	plain    int    // how many digits, where there is nothing but digits
}

// maxDigits of a number: more do not fit tenge.
const maxDigits = 18

// scanNumber reads the number at the beginning of s and returns its length.
func scanNumber(s string) (n number, size int) {
	size = digitsOf(s)
	whole := s[:size]
	var groups []string // behind spaces
	for len(whole) <= 3 {
		gap := gapOf(s[size:])
		if gap == 0 || digitsOf(s[size+gap:]) != 3 {
			break
		}
		groups = append(groups, s[size+gap:size+gap+3])
		size += gap + 3
	}
	var signs []rune // of points and commas, and what stands behind them
	var behind []string
	for size+1 < len(s) && (s[size] == '.' || s[size] == ',') {
		d := digitsOf(s[size+1:])
		if d == 0 {
			break
		}
		signs, behind = append(signs, rune(s[size])), append(behind, s[size+1:size+1+d])
		size += 1 + d
	}
	text := whole + strings.Join(groups, "") + strings.Join(behind, "")
	last := len(signs) - 1
	switch {
	case len(text) > maxDigits:
		return number{bad: true}, size
	case last < 0:
		if len(groups) == 0 {
			n.plain = len(whole)
		}
	case last == 0:
		n.decimals = len(behind[0])
		if n.decimals == 3 && len(groups) == 0 && len(whole) <= 3 && whole[0] != '0' {
			n.either, n.thousand = signs[0], behind[0] == "000"
		}
	default:
		for i, b := range behind[:last] {
			n.bad = n.bad || len(b) != 3 || signs[i] != signs[0]
		}
		n.bad = n.bad || len(groups) > 0 || len(whole) > 3
		if signs[last] != signs[0] {
			n.decimals = len(behind[last])
		} else {
			n.bad = n.bad || len(behind[last]) != 3
		}
	}
	for _, d := range []byte(text) {
		n.digits = 10*n.digits + uint64(d-'0')
	}
	return n, size
}

func digitsOf(s string) int {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return i
		}
	}
	return len(s)
}

// gapOf returns the length of a space or apostrophe between two groups of digits.
func gapOf(s string) int {
	r, size := utf8.DecodeRuneInString(s)
	if unicode.IsSpace(r) && r != '\n' && r != '\r' || r == '\'' || r == '’' || r == '`' {
		return size
	}
	return 0
}

// year reports whether a number may be a year.
func (n number) year() bool { return n.plain == 4 && n.digits >= 1990 && n.digits <= 2099 }

// tenge returns what a number of a unit is in whole tenge, half up. It is not ok for a number that can be read
// in two ways, without a unit (but zero is zero), and beyond 2⁶³.
func (n number) tenge(unit Unit, english bool) (int64, bool) {
	if n.either != 0 {
		switch {
		case english && n.either == ',', !english && unit == Tenge:
			n.decimals = 0
		case english:
		case unit < Million || n.thousand:
			return 0, false
		}
	}
	switch {
	case n.bad:
		return 0, false
	case n.digits == 0:
		return 0, true
	case unit == Unspecified:
		return 0, false
	}
	part := uint64(1)
	for range n.decimals {
		part *= 10
	}
	high, low := bits.Mul64(n.digits, uint64(unit))
	low, carry := bits.Add64(low, part/2, 0)
	high += carry
	if high >= part {
		return 0, false
	}
	whole, _ := bits.Div64(high, low, part)
	if whole > 1<<63-1 {
		return 0, false
	}
	return int64(whole), true
}
