package complaint

import (
	"bytes"
	"time"

	"github.com/qulaq-kz/qulaq"
)

// wall is a printed time without a zone: milliseconds since 1970-01-01 00:00:00 of the same printing.
type wall int64

const (
	wallSecond wall = 1000
	wallDay    wall = 24 * 60 * 60 * wallSecond
)

// day returns the calendar day.
func (w wall) day() qulaq.Day {
	d := w / wallDay
	if w%wallDay < 0 {
		d--
	}
	return qulaq.Day(d)
}

// secondOfDay returns the seconds since midnight.
func (w wall) secondOfDay() int { return int((w - wall(w.day())*wallDay) / wallSecond) }

// stamp is a printed time, and by how much the clock that it was read from is ahead of UTC where the print says so.
type stamp struct {
	wall
	ahead wall
	zoned bool
}

// parseTime reads a time with an offset behind it (Z, +05:00, +0500 or +05, after a space or not), or without one.
func parseTime(s []byte) (stamp, bool) {
	clock, ahead, zoned := cutOffset(s)
	w, ok := parseWall(clock)
	return stamp{w, ahead, zoned}, ok
}

// cutOffset takes the offset off a time. What is no offset stays, for the time to be refused.
func cutOffset(s []byte) (clock []byte, ahead wall, zoned bool) {
	n := len(s)
	if n < len("2026-04-14T22:01Z") {
		return s, 0, false
	}
	at := n - 1
	if s[at] != 'Z' {
		at = 0
		for _, width := range [...]int{len("+05:00"), len("+0500"), len("+05")} {
			if c := s[n-width]; c == '+' || c == '-' {
				at = n - width
				break
			}
		}
		if at == 0 {
			return s, 0, false
		}
		hours, minutes := number(s[at+1:at+3]), 0
		if digits := bytes.TrimPrefix(s[at+3:], []byte(":")); len(digits) > 0 {
			minutes = number(digits)
		}
		if hours < 0 || hours > 14 || minutes < 0 || minutes > 59 {
			return s, 0, false
		}
		if ahead = wall(hours*60+minutes) * 60 * wallSecond; s[at] == '-' {
			ahead = -ahead
		}
	}
	if clock = bytes.TrimSuffix(s[:at], []byte(" ")); bytes.IndexByte(clock, ':') < 0 { // 14-04-2026 ends like one
		return s, 0, false
	}
	return clock, ahead, true
}

// parseWall reads a time as exports print it: a date as 2026-04-14, 2026/04/14, 2026.04.14, 14.04.2026, 14/04/2026 or
// 14-04-2026 (the day stands before the month, as is the custom), with «г.» or «ж.» behind it or not, then, after
// a space or T, hours and minutes, and seconds with any fraction. A date alone is its midnight. It says no
// to impossible dates (31.02, and so most dates with the month first) and to anything else.
func parseWall(s []byte) (wall, bool) {
	if len(s) < 10 {
		return 0, false
	}
	var year, month, day int
	var ok bool
	switch {
	case isDateMark(s[4]) && s[7] == s[4]:
		year, month, day = number(s[0:4]), number(s[5:7]), number(s[8:10])
	case isDateMark(s[2]) && s[5] == s[2]:
		day, month, year = number(s[0:2]), number(s[3:5]), number(s[6:10])
	default:
		return 0, false
	}
	d, ok := dayOf(year, month, day)
	if !ok {
		return 0, false
	}
	w := wall(d) * wallDay
	s = s[10:]
	if len(s) >= 2 && (s[0] > '~' || s[1] > '~') {
		s = cutYear(s)
	}
	if len(s) == 0 {
		return w, true
	}
	clock, ok := parseClock(s[1:])
	return w + clock, ok && (s[0] == ' ' || s[0] == 'T')
}

func isDateMark(c byte) bool { return c == '-' || c == '/' || c == '.' }

// yearWords stand behind a date that people wrote.
var yearWords = [][]byte{[]byte("г."), []byte("ж."), []byte("г"), []byte("ж")}

// cutYear cuts the word for year off the beginning.
func cutYear(s []byte) []byte {
	after := bytes.TrimPrefix(s, []byte(" "))
	for _, word := range yearWords {
		if rest, ok := bytes.CutPrefix(after, word); ok {
			return rest
		}
	}
	return s
}

// parseClock reads hh:mm, hh:mm:ss or hh:mm:ss.fff…
func parseClock(s []byte) (wall, bool) {
	if len(s) < 5 || s[2] != ':' {
		return 0, false
	}
	hour, minute, second := number(s[0:2]), number(s[3:5]), 0
	var millis wall
	if s = s[5:]; len(s) > 0 {
		if len(s) < 3 || s[0] != ':' {
			return 0, false
		}
		second = number(s[1:3])
		if s = s[3:]; len(s) > 0 {
			if s[0] != '.' || len(s) == 1 || len(s) > 10 || number(s[1:]) < 0 {
				return 0, false
			}
			scale := wall(100)
			for _, c := range s[1:min(len(s), 4)] {
				millis += wall(c-'0') * scale
				scale /= 10
			}
		}
	}
	if hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 {
		return 0, false
	}
	return wall(hour*3600+minute*60+second)*wallSecond + millis, true
}

// number reads digits; -1 when there is anything else.
func number(s []byte) int {
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}

var monthDays = [...]int{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// dayOf counts days since 1970-01-01 in the Gregorian calendar; no for a date that does not exist.
// It computes what qulaq.Date does, without a time.Time, because three columns of every row pass here.
func dayOf(year, month, day int) (qulaq.Day, bool) {
	if year < 1 || month < 1 || month > 12 || day < 1 || day > monthDays[month-1] {
		return 0, false
	}
	if month == 2 && day == 29 && (year%4 != 0 || year%100 == 0 && year%400 != 0) {
		return 0, false
	}
	// Count from March, so that the leap day ends the year.
	y, m := year, month-3
	if m < 0 {
		y, m = y-1, m+12
	}
	days := 365*y + y/4 - y/100 + y/400 + (153*m+2)/5 + day - 1
	return qulaq.Day(days - 719468), true
}

// zone turns local wall times into instants. Offsets change at most on a few days in history, so the
// offset of a day is kept once its first and last second are known to agree. Not for concurrent use.
type zone struct {
	loc *time.Location
	// days holds what was last asked of, each day in the place of its number's last bits: the days of an export are
	// near one another.
	days [1 << 10]zoneDay
}

type zoneDay struct {
	day    qulaq.Day
	known  bool
	offset int64 // in seconds
}

func newZone() *zone { return &zone{loc: qulaq.Almaty()} }

// local returns what the clocks of Almaty showed at a printed time, and the seconds since 1970-01-01 UTC. A time that
// names its offset is certain: the shift of the file is not for it.
func (z *zone) local(s stamp, shift wall) (wall, int64) {
	if !s.zoned {
		return s.wall + shift, z.unix(s.wall + shift)
	}
	utc := s.wall - s.ahead
	second := utc / wallSecond
	if utc < 0 && utc%wallSecond != 0 {
		second--
	}
	_, offset := time.Unix(int64(second), 0).In(z.loc).Zone()
	return utc + wall(offset)*wallSecond, int64(second)
}

// noOffset marks a day on which the clocks changed.
const noOffset = 1 << 40

// unix returns the seconds since 1970-01-01 UTC of a local wall time. Of an hour that the clocks showed
// twice it means the first.
func (z *zone) unix(w wall) int64 {
	d := w.day()
	known := &z.days[uint(d)%uint(len(z.days))]
	if !known.known || known.day != d {
		start := d.Time()
		y, m, dd := start.Date()
		_, first := time.Date(y, m, dd, 0, 0, 0, 0, z.loc).Zone()
		_, last := time.Date(y, m, dd, 23, 59, 59, 0, z.loc).Zone()
		*known = zoneDay{d, true, int64(first)}
		if first != last {
			known.offset = noOffset
		}
	}
	seconds := int64(w / wallSecond)
	if w < 0 && w%wallSecond != 0 {
		seconds--
	}
	if known.offset != noOffset {
		return seconds - known.offset
	}
	t := time.Unix(seconds, 0).UTC()
	t = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, z.loc)
	// Which of two instants time.Date means it does not say. The first has the offset of the hours before.
	_, before := t.Add(-3 * time.Hour).Zone()
	if first := seconds - int64(before); first < t.Unix() {
		if _, offset := time.Unix(first, 0).In(z.loc).Zone(); offset == before {
			return first
		}
	}
	return t.Unix()
}

// deadlineTimes counts at which second of the day deadlines end.
type deadlineTimes struct {
	counts map[int]int64
	total  int64
	// nearly all deadlines end at the second of the one before: such a run is counted once
	second  int
	running int64
}

func (d *deadlineTimes) add(w wall, n int64) {
	if s := w.secondOfDay(); s != d.second {
		d.count()
		d.second = s
	}
	d.running += n
	d.total += n
}

// count puts the run down.
func (d *deadlineTimes) count() {
	if d.running == 0 {
		return
	}
	if d.counts == nil {
		d.counts = map[int]int64{}
	}
	d.counts[d.second] += d.running
	d.running = 0
}

func (d *deadlineTimes) merge(o *deadlineTimes) {
	o.count()
	for s, n := range o.counts {
		d.add(wall(s)*wallSecond, n)
	}
}

// shift returns by how much the printed times must be moved to be local. The deadlines tell it when at
// least half of them end at the same second and that second is the last one of some hour, as the end of a
// day in another zone is. When two such seconds have half of them each, nobody knows.
func (d *deadlineTimes) shift() (wall, bool) {
	d.count()
	end, found := 0, false
	for s, n := range d.counts {
		if n*2 < d.total || (s+1)%3600 != 0 {
			continue
		}
		if found {
			return 0, false
		}
		end, found = s, true
	}
	if !found {
		return 0, false
	}
	return wall(86399-end) * wallSecond, true
}
