package publication

import (
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/qulaq-kz/qulaq"
)

// Period is a closed range of days with a name. The zero Period is unknown.
type Period struct {
	From, To qulaq.Day
	Label    string // 2022-H2, 2022-Q3, 2022, or a day: 2022-10-05
}

// Known says whether the period is known.
func (p Period) Known() bool { return p.From != 0 && p.To != 0 }

// Overlaps says whether both are known and share a day.
func (p Period) Overlaps(q Period) bool {
	return p.Known() && q.Known() && p.From <= q.To && q.From <= p.To
}

// middle is the first day on which half of the period is over.
func (p Period) middle() qulaq.Day { return p.From + (p.To-p.From+1)/2 }

// HalfYear returns the half-year that a day lies in.
func HalfYear(d qulaq.Day) Period { return months(d, 6, "H") }

// quarterOf returns the quarter that a day lies in.
func quarterOf(d qulaq.Day) Period { return months(d, 3, "Q") }

func months(d qulaq.Day, n int, letter string) Period {
	t := d.Time()
	i := (int(t.Month()) - 1) / n
	return Period{
		From:  qulaq.Date(t.Year(), time.Month(i*n+1), 1),
		To:    qulaq.Date(t.Year(), time.Month((i+1)*n+1), 1) - 1,
		Label: fmt.Sprintf("%04d-%s%d", t.Year(), letter, i+1),
	}
}

// yearOf returns the calendar year that a day lies in.
func yearOf(d qulaq.Day) Period {
	y := d.Time().Year()
	return Period{qulaq.Date(y, 1, 1), qulaq.Date(y, 13, 1) - 1, fmt.Sprintf("%04d", y)}
}

// dayAlone returns a day as a period.
func dayAlone(d qulaq.Day) Period { return Period{d, d, d.String()} }

var spans = map[span]func(qulaq.Day) Period{halfYear: HalfYear, quarter: quarterOf, year: yearOf}

var label = regexp.MustCompile(`^(\d{4})(?:-([HQ])([1-4])|-(\d\d-\d\d))?$`)

// ParsePeriod reads a label as a period's Label shows it: 2022-H2, 2022-Q3, 2022 or 2022-10-05.
func ParsePeriod(text string) (Period, error) {
	m := label.FindStringSubmatch(text)
	wrong := fmt.Errorf("%q is no period like 2022-H2, 2022-Q3, 2022 or 2022-10-05", text)
	if m == nil {
		return Period{}, wrong
	}
	y, _ := strconv.Atoi(m[1]) // four digits always fit
	i, _ := strconv.Atoi(m[3]) // one digit or none
	if y < 1991 {              // the republic is no older, and day 0 means none
		return Period{}, wrong
	}
	switch {
	case m[4] != "":
		d, err := qulaq.ParseDay(text)
		if err != nil {
			return Period{}, err
		}
		return dayAlone(d), nil
	case m[2] == "H" && i <= 2:
		return HalfYear(qulaq.Date(y, time.Month(6*i), 1)), nil
	case m[2] == "Q":
		return quarterOf(qulaq.Date(y, time.Month(3*i), 1)), nil
	case m[2] == "":
		return yearOf(qulaq.Date(y, 1, 1)), nil
	}
	return Period{}, wrong
}
