package sample

import (
	"math/bits"
	"sort"

	"github.com/qulaq-kz/qulaq"
)

// moment is local wall time in milliseconds since 1970-01-01 00:00, as if there were no zones.
type moment int64

const (
	hour       moment = 3_600_000
	fullDay           = 24 * hour
	shiftHours        = 10 // how much earlier e-Otinish exports its times
)

func midnight(d qulaq.Day) moment { return moment(d) * fullDay }

func (m moment) day() qulaq.Day { return qulaq.Day(m / fullDay) }

// clock is hours and minutes of a day.
func clock(hours, minutes moment) moment { return hours*hour + minutes*(hour/60) }

// calendar deals complaints out to moments: so many to a day, by its weekday and whether it is a holiday, and so
// many to an hour.
type calendar struct {
	first qulaq.Day
	upTo  []int64   // complaints registered before the day; one day more than there are
	hours [25]int64 // weight before the hour
	hour  [24]int64
	dates []string // from margin days before the first day to margin days after the export
}

// margin is how far a printed date may lie outside: a shifted time before, the end of a term after.
const margin = 60

// newCalendar deals out n complaints. A day weighs some ten thousand, all hours together less than a thousand.
func newCalendar(s Spec, n int64, r rhythm) calendar {
	c := calendar{first: s.From, hour: r.hour}
	weights := []int64{0}
	for d := s.From; d <= s.To; d++ {
		weight := r.weekday[weekday(d)] * r.month[d.Time().Month()-1]
		if percent, ok := r.holiday[d.String()[len("2026-"):]]; ok {
			weight = weight * percent / 100
		}
		weights = append(weights, weights[len(weights)-1]+weight)
	}
	total := weights[len(weights)-1]
	for _, w := range weights {
		c.upTo = append(c.upTo, n*w/total)
	}
	for h, w := range r.hour {
		c.hours[h+1] = c.hours[h] + w
	}
	for d := s.From - margin; d <= s.Exported+margin; d++ {
		c.dates = append(c.dates, d.String())
	}
	return c
}

// date returns YYYY-MM-DD.
func (c *calendar) date(d qulaq.Day) string { return c.dates[d-c.first+margin] }

// month counts from January, 0.
func (c *calendar) month(d qulaq.Day) int {
	date := c.date(d)
	return int(date[5]-'0')*10 + int(date[6]-'0') - 1
}

// appendClock prints the time of the day as 08:06:20.490.
func appendClock(dst []byte, m moment) []byte {
	dst = append(dst, "00:00:00.000"...)
	clock, seconds, millis := dst[len(dst)-12:], m%fullDay/1000, m%1000
	for i, digit := range [...]moment{
		0: seconds / 36000, 1: seconds / 3600 % 10,
		3: seconds / 600 % 6, 4: seconds / 60 % 10,
		6: seconds / 10 % 6, 7: seconds % 10,
		9: millis / 100, 10: millis / 10 % 10, 11: millis % 10,
	} {
		clock[i] += byte(digit)
	}
	return dst
}

// jitters is how many places a complaint may take within its slot of the day. The slot is wider than that, so the
// moments of a calendar only ever grow.
const (
	jitters   = 800
	slotWidth = 1000
)

// at returns when the complaint of a place in the row of all complaints is registered; jitter is below jitters.
func (c *calendar) at(place, jitter int64) moment {
	day := sort.Search(len(c.upTo)-1, func(d int) bool { return c.upTo[d+1] > place })
	ofDay := c.upTo[day+1] - c.upTo[day]
	slot := uint64((place-c.upTo[day])*slotWidth + jitter)
	// What has passed of the day's weight, in milliseconds of an hour of weight one.
	high, low := bits.Mul64(slot, uint64(c.hours[24]*int64(hour)))
	quotient, _ := bits.Div64(high, low, uint64(ofDay*slotWidth))
	passed := int64(quotient)
	h := 0
	for passed >= c.hours[h+1]*int64(hour) {
		h++
	}
	within := (passed - c.hours[h]*int64(hour)) / c.hour[h]
	return midnight(c.first+qulaq.Day(day)) + moment(h)*hour + moment(within)
}

// weekday counts from Monday, 0. The first of January 1970 was a Thursday.
func weekday(d qulaq.Day) int { return (int(d)%7 + 7 + 3) % 7 }

// due returns the last day for the answer. The day of registration is day 1; what comes after 18:30 is registered
// the next day, and a term of working days starts on one. Public holidays are not known here: e-Otinish knows them.
func due(k *kind, registered moment) qulaq.Day {
	d := registered.day()
	if registered-midnight(d) > clock(18, 30) {
		d++
	}
	if !k.working {
		return d + qulaq.Day(k.days-1)
	}
	if wd := weekday(d); wd > 4 {
		d += qulaq.Day(7 - wd)
	}
	weeks, rest := (k.days-1)/5, (k.days-1)%5
	if weekday(d)+rest > 4 {
		rest += 2
	}
	return d + qulaq.Day(7*weeks+rest)
}
