package xlsx

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

// look is what a number format makes of a number.
type look uint8

const (
	number look = iota // a number; so is a span of time ([h]:mm), which is no point in time
	day                // a date
	clock              // a time of day
	stamp              // both
)

// builtInLooks are the formats that a workbook uses by number without spelling them out (ECMA-376, part 1,
// section 18.8.30); 27 to 36 and 50 to 58 are dates of East Asian locales.
var builtInLooks = [...]struct {
	from, to int
	look     look
}{
	{14, 17, day},
	{18, 21, clock},
	{22, 22, stamp},
	{27, 36, day},
	{45, 45, clock},
	{47, 47, clock},
	{50, 58, day},
}

func builtInLook(id int) look {
	for _, b := range builtInLooks {
		if b.from <= id && id <= b.to {
			return b.look
		}
	}
	return number
}

// lookOf reads a format code, such as `dd.mm.yyyy\ hh:mm;@`. Codes are the same in files of every locale.
// Only the first section counts, that of positive numbers.
func lookOf(code string) look {
	code = strings.ToLower(code)
	var letters []byte // what is left without literals, colours and conditions
scan:
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case ';':
			break scan
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				break scan
			}
			i += end + 1
		case '\\', '_', '*': // the next character is a literal, a width, a filling
			i++
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				break scan
			}
			if inside := code[i+1 : i+end]; inside != "" && strings.Trim(inside, inside[:1]) == "" && strings.Contains("hms", inside[:1]) {
				return number // elapsed time
			}
			i += end
		case 'y', 'd', 'm', 'h', 's':
			letters = append(letters, c)
		case '#', '?', '@':
			return number
		case 'g': // general
			if strings.HasPrefix(code[i:], "general") {
				return number
			}
		}
	}
	hasTime := bytes.ContainsAny(letters, "hs")
	hasDay := bytes.ContainsAny(letters, "yd") || !hasTime && bytes.ContainsAny(letters, "m")
	switch {
	case hasDay && hasTime:
		return stamp
	case hasDay:
		return day
	case hasTime:
		return clock
	}
	return number
}

const (
	dayLayout   = time.DateOnly
	clockLayout = "15:04:05.000"
	stampLayout = dayLayout + " " + clockLayout
	millis      = 24 * 60 * 60 * 1000 // of a day
)

// The two calendars of workbooks. In the one of 1900, day 60 is 29 February 1900, which never was; later
// days are counted with it.
var (
	zero1900 = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	zero1904 = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
)

// appendNumber appends the text of a number that a cell holds and a format shows. What is no number is
// appended as it is; a number that its format cannot show, such as the date −1, stays a number.
func appendNumber(dst, raw []byte, l look, from1904 bool) []byte {
	raw = bytes.TrimSpace(raw)
	if l != number {
		if f, err := strconv.ParseFloat(string(raw), 64); err == nil {
			if text, ok := appendTime(dst, f, l, from1904); ok {
				return text
			}
		}
	}
	return appendPlain(dst, raw)
}

// appendTime appends a serial day number as a date, a time of day or both. A date without a time of day
// shows none, and neither does a time without a day show a day.
func appendTime(dst []byte, serial float64, l look, from1904 bool) ([]byte, bool) {
	if !(serial >= 0 && serial < 2958466) { // 31 December 9999; and no NaN
		return dst, false
	}
	days := int(serial)
	ms := int(math.Round((serial - float64(days)) * millis))
	if ms == millis {
		days, ms = days+1, 0
	}
	zero := zero1904
	if !from1904 {
		zero = zero1900
		if days < 60 {
			zero = zero.AddDate(0, 0, 1)
		}
	}
	t := zero.AddDate(0, 0, days).Add(time.Duration(ms) * time.Millisecond)
	switch {
	case days == 0 && (l == clock || l == stamp && ms > 0):
		return t.AppendFormat(dst, clockLayout), true
	case days == 0 && !from1904, days == 60 && !from1904, t.Year() > 9999:
		return dst, false
	case l == day && ms == 0:
		return t.AppendFormat(dst, dayLayout), true
	}
	return t.AppendFormat(dst, stampLayout), true
}

// appendISO appends a date that the file holds as ISO 8601 text (cells of type d) in the same layouts.
func appendISO(dst, raw []byte) []byte {
	raw = bytes.TrimSpace(raw)
	if t, err := time.Parse("2006-01-02T15:04:05", string(raw)); err == nil { // a fraction is read too
		return t.AppendFormat(dst, stampLayout)
	}
	return append(dst, raw...)
}

// appendPlain appends a number without an exponent and without a fraction of zeros. Whole numbers keep
// all their digits: ids have fourteen and more. Fractions are shown in the fifteen digits that a
// spreadsheet keeps, so that 0.30000000000000004 is 0.3. Beyond 10^21 and below 10^-15 the number stays as
// it is written.
func appendPlain(dst, raw []byte) []byte {
	digits := bytes.TrimPrefix(raw, []byte("-"))
	if isDigits(digits) {
		return append(dst, raw...)
	}
	f, err := strconv.ParseFloat(string(raw), 64)
	if size := math.Abs(f); err != nil || !(f == 0 || size >= 1e-15 && size < 1e21) {
		return append(dst, raw...)
	}
	if whole, fraction, found := bytes.Cut(digits, []byte(".")); found && isDigits(whole) && isZeros(fraction) {
		return append(dst, raw[:len(raw)-len(fraction)-1]...)
	}
	if f != math.Trunc(f) {
		var short [32]byte
		f, _ = strconv.ParseFloat(string(strconv.AppendFloat(short[:0], f, 'g', 15, 64)), 64)
	}
	return strconv.AppendFloat(dst, f, 'f', -1, 64)
}

func isDigits(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(b) > 0
}

func isZeros(b []byte) bool { return len(bytes.Trim(b, "0")) == 0 }

// appendText appends text in which the writer may have put characters that XML cannot hold as _xHHHH_
// (ECMA-376, part 1, section 22.9.2.19): a UTF-16 unit, or _x005F_ for an underscore that is none.
func appendText(dst, text []byte) []byte {
	for {
		i := bytes.Index(text, []byte("_x"))
		if i < 0 {
			return append(dst, text...)
		}
		dst = append(dst, text[:i]...)
		r, n := escaped(text[i:])
		if n == 0 {
			dst = append(dst, "_x"...)
			n = len("_x")
		} else {
			dst = append(dst, string(r)...)
		}
		text = text[i+n:]
	}
}

// escaped reads an _xHHHH_ at the beginning of text, or two that make one character, and returns the
// character and the number of bytes; 0 bytes when there is none.
func escaped(text []byte) (rune, int) {
	const length = len("_x0000_")
	unit := func(b []byte) (rune, bool) {
		if len(b) < length || b[0] != '_' || b[1] != 'x' || b[length-1] != '_' {
			return 0, false
		}
		n, err := strconv.ParseUint(string(b[2:length-1]), 16, 16)
		return rune(n), err == nil
	}
	r, ok := unit(text)
	if !ok {
		return 0, 0
	}
	if !utf16.IsSurrogate(r) {
		return r, length
	}
	low, ok := unit(text[length:])
	if both := utf16.DecodeRune(r, low); ok && both != utf8.RuneError {
		return both, 2 * length
	}
	return 0, 0
}
