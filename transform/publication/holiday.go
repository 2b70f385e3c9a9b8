package publication

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/qulaq-kz/qulaq"
)

// holiday is a line of holidays.tsv.
type holiday struct {
	month    time.Month
	day      int
	from, to int // years
	moves    bool
}

//go:embed holidays.tsv
var holidaysFile string

var holidays = mustHolidays(holidaysFile)

// mustHolidays reads the table that is built in: only a broken build does not pass.
func mustHolidays(text string) []holiday {
	var all []holiday
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(f) != 5 {
			panic(fmt.Sprintf("holidays.tsv: %q has %d columns", line, len(f)))
		}
		on, err := time.Parse("01-02", f[0])
		if err != nil {
			panic(fmt.Sprintf("holidays.tsv: %v", err))
		}
		h := holiday{month: on.Month(), day: on.Day(), to: 9999, moves: f[3] == "moves"}
		if h.from, err = strconv.Atoi(f[1]); err != nil {
			panic(fmt.Sprintf("holidays.tsv: %v", err))
		}
		if f[2] != "" {
			if h.to, err = strconv.Atoi(f[2]); err != nil {
				panic(fmt.Sprintf("holidays.tsv: %v", err))
			}
		}
		all = append(all, h)
	}
	return all
}

// Working says whether a day is a working day of the five-day week: neither a Saturday or Sunday, nor a public
// holiday, nor the day off in place of one. Days that the Government moves by decree and Kurban Ait are not known.
func Working(d qulaq.Day) bool { return !weekend(d) && !daysOff(d.Time().Year())[d] }

// NextWorking returns the day itself when it is a working day, else the first one after it.
func NextWorking(d qulaq.Day) qulaq.Day {
	for !Working(d) {
		d++
	}
	return d
}

func weekend(d qulaq.Day) bool {
	w := d.Time().Weekday()
	return w == time.Saturday || w == time.Sunday
}

// daysOff returns the holidays of a year with the days off in their place.
func daysOff(year int) map[qulaq.Day]bool {
	off := map[qulaq.Day]bool{}
	var lost []qulaq.Day // holidays on a Saturday or Sunday, in the order of the year
	for _, h := range holidays {
		if year < h.from || year > h.to {
			continue
		}
		d := qulaq.Date(year, h.month, h.day)
		off[d] = true
		if h.moves && weekend(d) {
			lost = append(lost, d)
		}
	}
	for _, d := range lost {
		for off[d] || weekend(d) {
			d++
		}
		off[d] = true
	}
	return off
}
