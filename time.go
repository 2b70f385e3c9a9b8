package qulaq

import (
	"fmt"
	"time"
	_ "time/tzdata" // the zone must be right on a machine without a zone database
)

// Almaty returns the zone of all local times, Asia/Almaty: UTC+5 since 1 March 2024, UTC+6 for the twenty
// years before it.
func Almaty() *time.Location { return almaty }

var almaty = func() *time.Location {
	l, err := time.LoadLocation("Asia/Almaty")
	if err != nil { // the database is built in, so only a broken build comes here
		panic(err)
	}
	return l
}()

// Day is a calendar day without time and zone, as days since 1970-01-01. A Day orders as days do.
type Day int32

// DayOf returns the calendar day that t shows in its own zone.
func DayOf(t time.Time) Day { return Date(t.Year(), t.Month(), t.Day()) }

// Date returns the day of a date, normalising as time.Date does.
func Date(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// ParseDay reads YYYY-MM-DD.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("%q is not a day like 2022-06-08", s)
	}
	return DayOf(t), nil
}

// Time returns midnight UTC of the day.
func (d Day) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// String returns YYYY-MM-DD.
func (d Day) String() string { return d.Time().Format(time.DateOnly) }
