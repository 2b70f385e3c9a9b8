package meeting

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/dates"
)

// when is the time of one meeting: a day, or a span of days in which it is to be. All 0: nothing is said of it.
type when struct{ on, from, to qulaq.Day }

// someYear stands in for a year that is not known, where only the form of a text matters. It has a 29 February.
const someYear = 2000

// longestSpan is how many days a heading or a section spans at most: those of a half-year.
const longestSpan = 184

// spanOf reads a text that names a month, a quarter or a half-year and nothing besides. Without a year the span is
// zero.
func spanOf(text string, year int) (span dates.Range, ok bool) {
	if len(text) > headerBytes {
		return dates.Range{}, false
	}
	form, known := dates.ParseDeadline(text, dates.Context{Year: someYear})
	if !known || form.From == 0 || form.To == 0 || form.To-form.From < 27 || form.To-form.From >= longestSpan {
		return dates.Range{}, false
	}
	span, _ = dates.ParseDeadline(text, dates.Context{Year: year})
	return span, true
}

var (
	fourDigits = regexp.MustCompile(`(?:^|\D)(20\d\d)(?:\D|$)`)
	// An hour: «11:00», «в 11.00», «11-00 ч.», «15 мая 11.00», with the end of it where one is said. In a column of
	// hours a bare 11.00 is one.
	hours = []*regexp.Regexp{
		regexp.MustCompile(`(?i)(?:^|[^\d.])(?:(?:в|с|сағат|час)\s*)?(\d{1,2}):(\d{2})(?::00)?(?:\s*[-–—]\s*\d{1,2}[:.]\d{2})?(?:-\pL+)?\s*(?:часов|час|ч|сағ\pL*)?\.?`),
		regexp.MustCompile(`(?i)(?:^|\s)(?:в|сағат)\s*(\d{1,2})[.\-–](\d{2})(?:[^.\d]|$)\s*(?:(?:часов|час|ч|сағ\pL*)(?:\.|\s|$))?`),
		regexp.MustCompile(`(?i)(?:^|[^\d.])(\d{1,2})[.\-–](\d{2})\s*(?:часов|час|ч|сағ\pL*)(?:\.|\s|$)`),
		regexp.MustCompile(`(?i)(?:г|года|ж|жылы|\d{4}|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)\.?,?\s+(\d{1,2})[.\-–](\d{2})\s*$`),
	}
	bare     = regexp.MustCompile(`^\D{0,3}(\d{1,2})[.:\-–](\d{2})(?:\D|$)`)
	list     = regexp.MustCompile(`[,;\n]|\s(?:и|және)\s`)
	weekday  = regexp.MustCompile(`(?i)(^|[^\pL])(понедельник|вторник|среда|среду|четверг|пятница|пятницу|суббота|субботу|воскресенье|дүйсенбі|сейсенбі|сәрсенбі|бейсенбі|жұма|сенбі|жексенбі|пн|вт|ср|чт|пт|сб|вс)\.?([^\pL]|$)`)
	until    = regexp.MustCompile(`(?i)^(до|к|не позднее)\s|дейін`)
	dayAlone = regexp.MustCompile(`^\d{1,2}$`)
	// A whole date within running text.
	dateIn = regexp.MustCompile(`\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})|\d{1,2}\s+\pL{3,9}\s+\d{4}|\d{4}\s+жыл\pL*\s+\d{1,2}\s+\pL+`)
)

// yearIn returns the only year that a text names, 0 when it names none or several.
func yearIn(text string) int {
	year := 0
	for _, m := range fourDigits.FindAllStringSubmatch(text, -1) {
		found, _ := strconv.Atoi(m[1]) // four digits always fit
		if year != 0 && year != found {
			return 0
		}
		year = found
	}
	return year
}

// clock returns the hour that a text says as hh:mm, and the text without it. In a column of hours a bare 11.00 is one.
func clock(text string, ofHours bool) (at, rest string) {
	forms := hours
	if ofHours {
		forms = append(slices.Clone(hours), bare)
	}
	for _, form := range forms {
		m := form.FindStringSubmatchIndex(text)
		if m == nil {
			continue
		}
		h, _ := strconv.Atoi(text[m[2]:m[3]])
		minute, _ := strconv.Atoi(text[m[4]:m[5]])
		if h > 23 || minute > 59 {
			continue
		}
		if rest = text[:m[0]] + " " + text[m[1]:]; form == hours[3] {
			rest = text[:m[2]] // its beginning is the day's
		}
		if h == 0 && minute == 0 { // a workbook's way to write a day
			return "", rest
		}
		return fmt.Sprintf("%02d:%02d", h, minute), rest
	}
	return "", text
}

// maxTimes is how many meetings one cell may list.
const maxTimes = 60

// times reads a cell that says when meetings are: one day, a list of days, a month, a quarter. known is false where
// any part of it is not understood; nothing of it is believed then. A bare number is a day of the month that the span
// is.
func times(text string, year int, span dates.Range) (all []when, known bool) {
	_, text = clock(text, false)
	text = weekday.ReplaceAllString(text, "$1 $3")
	pieces := list.Split(text, maxTimes+2)
	if len(pieces) > maxTimes {
		return nil, false
	}
	if y := yearIn(text); y != 0 {
		year = y
	}
	tail := "" // the month of the piece to the right: «15, 16 февраля»
	for i := len(pieces) - 1; i >= 0; i-- {
		piece := strings.TrimRight(oneLine(pieces[i]), " в-–—(")
		if piece == "" {
			continue
		}
		if dayAlone.MatchString(piece) && tail != "" {
			piece += tail
		} else if at := strings.IndexByte(piece, ' '); at > 0 && dayAlone.MatchString(piece[:at]) {
			tail = piece[at:]
		}
		w, ok := timeOf(piece, year, span)
		if !ok {
			return nil, false
		}
		all = append([]when{w}, all...)
	}
	return all, true
}

// timeOf reads one time.
func timeOf(text string, year int, span dates.Range) (when, bool) {
	if n, err := strconv.Atoi(text); err == nil {
		if day := span.From + qulaq.Day(n-1); span.From != 0 && n >= 1 && day <= span.To && span.To-span.From <= 31 {
			return when{on: day}, true
		}
		return when{}, false
	}
	r, known := dates.ParseDeadline(text, dates.Context{Year: year})
	switch {
	case !known, strings.Contains(text, "половин") && r.To-r.From >= longestSpan: // «вторая половина марта» is no half-year
		return when{}, false
	case r.From == 0 && r.To != 0 && !until.MatchString(text), r.From != 0 && r.From == r.To:
		return when{on: r.To}, true
	}
	return when{from: r.From, to: r.To}, true
}

// timeAndVenue reads a cell that says when and where: what comes before the first comma, or the only whole date of the
// cell, is when, and the rest is where.
func timeAndVenue(text string, year int) (all []when, venue string, known bool) {
	_, rest := clock(text, false)
	for i, c := range rest {
		if c != ',' && c != ';' && c != '\n' {
			continue
		}
		if all, known = times(rest[:i], year, dates.Range{}); known && len(all) == 1 && all[0].on != 0 {
			return all, strings.Trim(oneLine(rest[i:]), " ,;.–—-"), true
		}
		break
	}
	day, rest := dayIn(rest)
	if day == 0 {
		return nil, "", false
	}
	return []when{{on: day}}, strings.Trim(oneLine(rest), " ,;.–—-"), true
}

// dayIn returns the only whole date within running text, and the text without it; 0 when it has none or several.
func dayIn(text string) (day qulaq.Day, rest string) {
	rest = text
	for _, found := range dateIn.FindAllString(text, 20) {
		d, ok := dates.ParseDay(found)
		if !ok {
			continue
		}
		if day != 0 && d != day {
			return 0, text
		}
		day, rest = d, strings.Replace(rest, found, " ", 1)
	}
	return day, rest
}
