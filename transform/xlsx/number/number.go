// Package number says what the numbers of a spreadsheet mean: a plain number or, by its format, a date. Old
// and new workbooks share it.
package number

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"time"
)

// Look is what a number format makes of a number.
type Look uint8

const (
	Plain   Look = iota // a number; so is a span of time ([h]:mm), which is no point in time
	Day                 // a date
	Clock               // a time of day
	Stamp               // both
	Month               // a date that shows as its month: what is typed as «май 2024» becomes one
	Year                // a date that shows as its year
	Percent             // a share of one that shows as one of a hundred: 0.5 as 50%
)

// Whole returns Day for Month and Year, and Plain for Percent: for readers of data, who want all of a date however
// little shows, and numbers as they are.
func (l Look) Whole() Look {
	switch l {
	case Month, Year:
		return Day
	case Percent:
		return Plain
	}
	return l
}

// builtInLooks are the formats that a workbook uses by number without spelling them out (ECMA-376, part 1,
// section 18.8.30); 27 to 36 and 50 to 58 are dates of East Asian locales.
var builtInLooks = [...]struct {
	from, to int
	look     Look
}{
	{9, 10, Percent},
	{14, 16, Day},
	{17, 17, Month},
	{18, 21, Clock},
	{22, 22, Stamp},
	{27, 36, Day},
	{45, 45, Clock},
	{47, 47, Clock},
	{50, 58, Day},
}

// BuiltIn returns the look of a format that is known by its number alone.
func BuiltIn(id int) Look {
	for _, b := range builtInLooks {
		if b.from <= id && id <= b.to {
			return b.look
		}
	}
	return Plain
}

// LookOf reads a format code, such as `dd.mm.yyyy\ hh:mm;@`. Codes are the same in files of every locale.
// Only the first section counts, that of positive numbers.
func LookOf(code string) Look {
	code = strings.ToLower(code)
	var letters []byte // what is left without literals, colours and conditions
	digits := false
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
				return Plain // elapsed time
			}
			i += end
		case 'y', 'd', 'm', 'h', 's':
			letters = append(letters, c)
		case '%':
			return Percent
		case '#', '?', '@':
			digits = true
		case 'g': // general
			if strings.HasPrefix(code[i:], "general") {
				return Plain
			}
		}
	}
	has := func(any string) bool { return bytes.ContainsAny(letters, any) }
	switch {
	case digits:
		return Plain
	case has("yd") && has("hs"):
		return Stamp
	case has("hs"):
		return Clock
	case has("d"):
		return Day
	case has("m"):
		return Month
	case has("y"):
		return Year
	}
	return Plain
}

const (
	dayLayout   = time.DateOnly
	clockLayout = "15:04:05.000"
	stampLayout = dayLayout + " " + clockLayout
	monthLayout = "01.2006"
	yearLayout  = "2006"
	millis      = 24 * 60 * 60 * 1000 // of a day
)

// The two calendars of workbooks. In the one of 1900, day 60 is 29 February 1900, which never was; later
// days are counted with it.
var (
	zero1900 = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	zero1904 = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
)

// Append appends the text of a number that a cell holds and a format shows. What is no number is
// appended as it is; a number that its format cannot show, such as the date −1, stays a number.
func Append(dst, raw []byte, l Look, from1904 bool) []byte {
	raw = bytes.TrimSpace(raw)
	if l != Plain {
		if f, err := strconv.ParseFloat(string(raw), 64); err == nil {
			if share := f * 100; l == Percent && !math.IsNaN(share) && !math.IsInf(share, 0) {
				return append(appendPlain(dst, strconv.AppendFloat(nil, share, 'f', -1, 64)), '%')
			}
			if text, ok := appendTime(dst, f, l, from1904); ok {
				return text
			}
		}
	}
	return appendPlain(dst, raw)
}

// AppendFloat does the same for a number that the file holds in binary. What is none (NaN, infinity) has no
// text.
func AppendFloat(dst []byte, f float64, l Look, from1904 bool) []byte {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return dst
	}
	var raw [32]byte
	return Append(dst, strconv.AppendFloat(raw[:0], f, 'g', -1, 64), l, from1904)
}

// appendTime appends a serial day number as a date, a time of day or both. A date without a time of day
// shows none, and neither does a time without a day show a day.
func appendTime(dst []byte, serial float64, l Look, from1904 bool) ([]byte, bool) {
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
	case days == 0 && (l == Clock || l == Stamp && ms > 0):
		return t.AppendFormat(dst, clockLayout), true
	case days == 0 && !from1904, days == 60 && !from1904, t.Year() > 9999:
		return dst, false
	case l == Month:
		return t.AppendFormat(dst, monthLayout), true
	case l == Year:
		return t.AppendFormat(dst, yearLayout), true
	case l == Day && ms == 0:
		return t.AppendFormat(dst, dayLayout), true
	}
	return t.AppendFormat(dst, stampLayout), true
}

// AppendISO appends a date that the file holds as ISO 8601 text (cells of type d) in the same layouts.
func AppendISO(dst, raw []byte) []byte {
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
