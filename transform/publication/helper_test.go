package publication

import (
	"fmt"
	"testing"
	"time"

	"github.com/qulaq-kz/qulaq"
)

func day(t testing.TB, text string) qulaq.Day {
	t.Helper()
	if text == "" {
		return 0
	}
	d, err := qulaq.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// akimats are the twenty, with the days on which the youngest were founded.
func akimats(t testing.TB) []Subject {
	var all []Subject
	for _, code := range []string{"10", "11", "15", "19", "23", "27", "31", "33", "35", "39", "43", "47", "55", "59", "61", "62", "63", "71", "75", "79"} {
		s := Subject{RegionCode: code + "0000000", Level: Oblast}
		switch code {
		case "10", "33", "62":
			s.Since = day(t, "2022-06-08")
		case "71", "75", "79":
			s.Level = City
		}
		s.Places = []Place{{"govkz/" + code, "ru"}, {"govkz/" + code, "kk"}}
		all = append(all, s)
	}
	return all
}

// astana owes a plan for the second half of 2022: due on 30 January 2023, grace until 13 February.
func astana(t testing.TB) Obligation {
	t.Helper()
	for _, s := range akimats(t) {
		if s.RegionCode == "710000000" {
			return Due(DefaultConfig(), []Subject{s}, day(t, "2022-07-01"), day(t, "2022-07-01"))[0]
		}
	}
	t.Fatal("there is no Astana")
	return Obligation{}
}

// night is the hour of looks: 02:30 in Almaty.
func night(d qulaq.Day) time.Time {
	y, m, n := d.Time().Date()
	return time.Date(y, m, n, 2, 30, 0, 0, qulaq.Almaty())
}

// well is a healthy look.
func well(p Place, d qulaq.Day) Look {
	return Look{
		Place: p, At: night(d), Outcome: "healthy", Complete: true, Pages: 2, Entries: 150, KnownSeen: 5, Examined: true, Oldest: []qulaq.Day{qulaq.Date(2019, 3, 1), qulaq.Date(2019, 3, 1), qulaq.Date(2019, 3, 1)},
		Hashes: []string{fmt.Sprintf("%s %s", p, d)},
	}
}

// bad is a look that failed.
func bad(p Place, d qulaq.Day) Look {
	return Look{Place: p, At: night(d), Outcome: "unreachable", Examined: true}
}

// looks returns one look a night at each place, between two days.
func looks(o Obligation, from, to qulaq.Day, look func(Place, qulaq.Day) Look) []Look {
	var all []Look
	for d := from; d <= to; d++ {
		for _, p := range o.Places {
			all = append(all, look(p, d))
		}
	}
	return all
}

// plan is a readable plan that meets an obligation and was published on a day and seen on the next.
func plan(o Obligation, id string, on qulaq.Day) Found {
	return Found{
		PublicationID: id, Place: o.Places[0], RegionCode: o.RegionCode, DistrictCode: o.DistrictCode, Kind: o.Kind, Period: o.Period,
		StampedOn: on, FirstSeenOn: on + 1, LastSeenOn: on + 1, Readable: true, Current: true, URL: "https://example.kz/" + id, Hash: "hash of " + id, File: "hash of " + id,
	}
}
