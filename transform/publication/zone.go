package publication

import (
	_ "embed"
	"fmt"
	"strings"
	"time"

	"github.com/qulaq-kz/qulaq"
)

//go:embed zones.tsv
var zonesFile string

// zones are those of regions that have, or had, another one than Almaty, by code. Since 1 March 2024 all have UTC+5.
var zones = mustZones(zonesFile)

// mustZones reads the zones that are built in: only a broken build does not pass.
func mustZones(text string) map[string]*time.Location {
	all := map[string]*time.Location{}
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if i < 2 { // what it is, and the names of the columns
			continue
		}
		cells := strings.Split(line, "\t")
		zone, err := time.LoadLocation(cells[min(1, len(cells)-1)])
		if err != nil || len(cells) != 3 {
			panic(fmt.Sprintf("zones.tsv: %q: %v", line, err))
		}
		all[cells[0]] = zone
	}
	return all
}

// LocalDay returns the day that a moment was on the clocks of a region: whether an akimat was late is a matter of its own.
// Midnight in Almaty is how a day is kept that a site names without an hour; it is that day everywhere.
func LocalDay(regionCode string, at time.Time) qulaq.Day {
	zone, ok := zones[regionCode]
	if h, m, s := at.In(qulaq.Almaty()).Clock(); !ok || h+m+s+at.Nanosecond() == 0 {
		zone = qulaq.Almaty()
	}
	return qulaq.DayOf(at.In(zone))
}
