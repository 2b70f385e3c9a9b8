package region

import (
	"cmp"
	_ "embed"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/qulaq-kz/qulaq"
)

// Level says what a unit is.
type Level string

// The levels.
const (
	Republic     Level = "republic"      // Kazakhstan as a whole
	Region       Level = "region"        // an oblast, or a city of republican significance
	District     Level = "district"      // a district, or a town with an administration of its own (Г.А.)
	CityDistrict Level = "city_district" // a district of Astana, Almaty or Shymkent
)

// Unit is a place between two reforms or renamings. A place whose name or extent changed has several units;
// Code and ValidFrom together are unique.
type Unit struct {
	Code      string // nine digits
	Level     Level
	Region    string    // code of the region it belongs to, its own for a region, "" for the republic
	NameRU    string    // official name of those days, in Russian
	NameKK    string    // the same in Kazakh
	NameEN    string    // of the republic and regions only, else ""
	ISO       string    // ISO 3166-2, of the republic and regions only: KZ-10; KZ-YUZ for South Kazakhstan
	ValidFrom qulaq.Day // first day; 0 is open: before all records
	ValidTo   qulaq.Day // first day on which it is no longer valid; 0 is open: valid today
	Successor string    // today's code; "" if it is itself valid today or was split
}

//go:embed units.tsv
var unitsTSV string

// row is a line of units.tsv, with what is derived from its neighbours.
type row struct {
	Unit
	aliases []string
	next    string // the code that bears the same identity today, "" for a unit of today
	split   bool
	origin  string // code of the unit it lay inside of before ValidFrom, or ""

	kind         kind   // as the type word of the Russian name says
	plainRU      string // official names as words.go spells them, to tell an exact spelling
	plainKK      string
	place        string    // today's code of the identity: the rows of one place follow each other in time
	siblings     []int     // rows of the place, this one among them, in the order of time
	originRow    int       // last row of origin before ValidFrom, or nowhere
	bornOf       string    // of a region: code of the region whose land it was before ValidFrom, or ""
	since, until qulaq.Day // ValidFrom and ValidTo with the ends of time for open
}

// validOn says whether the unit existed on a day.
func (r *row) validOn(day qulaq.Day) bool { return r.since <= day && day < r.until }

// today returns today's code of the unit, or "" if it was split.
func (r *row) today() string {
	if r.split {
		return ""
	}
	return r.place
}

// before says whether a line comes before another: by code, then by day, and without an overlap.
func (r *row) before(s *row) bool {
	return r.Code < s.Code || r.Code == s.Code && r.until <= s.since
}

// overlaps says whether there was a day on which both existed.
func (r *row) overlaps(s *row) bool { return r.since < s.until && s.since < r.until }

// The ends of time: an open validity.
const (
	dawn qulaq.Day = math.MinInt32
	dusk qulaq.Day = math.MaxInt32
)

// columns are the headings of units.tsv.
var columns = []string{"code", "level", "from", "to", "next", "split", "origin", "name_ru", "name_kk", "name_en", "iso", "aliases"}

// readUnits reads the lines of the table. An error names the line.
func readUnits(v *vocabulary, table string) ([]row, error) {
	var rows []row
	header := true
	for n, line := range strings.Split(table, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		fields := strings.Split(line, "\t")
		var err error
		switch {
		case header && !slices.Equal(fields, columns):
			err = fmt.Errorf("the headings are not %q", columns)
		case header:
			header = false
			continue
		default:
			var r row
			if r, err = readUnit(v, fields); err == nil && len(rows) > 0 && !rows[len(rows)-1].before(&r) {
				err = errors.New("the lines are not in the order of code and day")
			}
			rows = append(rows, r)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n+1, err)
		}
	}
	return rows, nil
}

// readUnit reads one line.
func readUnit(v *vocabulary, f []string) (row, error) {
	if len(f) != len(columns) {
		return row{}, fmt.Errorf("%d columns, not %d", len(f), len(columns))
	}
	r := row{
		Unit:  Unit{Code: f[0], Level: Level(f[1]), NameRU: f[7], NameKK: f[8], NameEN: f[9], ISO: f[10]},
		next:  f[4],
		split: f[5] == "split", origin: f[6],
		originRow: nowhere,
	}
	if f[11] != "" {
		r.aliases = strings.Split(f[11], "; ")
	}
	if !isCode(r.Code) || r.next != "" && !isCode(r.next) {
		return row{}, fmt.Errorf("%q or %q is no KATO code", r.Code, r.next)
	}
	if r.Level != Republic {
		r.Region = r.Code[:2] + "0000000"
	}
	if (r.Level == Region) != (r.Code == r.Region) {
		return row{}, fmt.Errorf("%s is no code of a %s", r.Code, r.Level)
	}
	var err error
	if r.ValidFrom, err = readDay(f[2]); err != nil {
		return row{}, err
	}
	if r.ValidTo, err = readDay(f[3]); err != nil {
		return row{}, err
	}
	r.since, r.until = dawn, dusk
	if r.ValidFrom != 0 {
		r.since = r.ValidFrom
	}
	if r.ValidTo != 0 {
		r.until = r.ValidTo
	}
	if r.since >= r.until || (r.ValidTo == 0) != (r.next == "") {
		return row{}, errors.New("the days and the next unit do not fit together")
	}
	r.place = r.Code
	if r.next != "" {
		r.place = r.next
		if !r.split {
			r.Successor = r.next
		}
	}
	return r, r.readNames(v)
}

// kindsOf are the kinds that a unit of a level may be.
var kindsOf = map[Level][]kind{
	Republic:     {untyped},
	Region:       {oblast, city},
	District:     {city, district},
	CityDistrict: {district},
}

// readNames finds out from the official names what the unit is: an oblast, a city or a district.
func (r *row) readNames(v *vocabulary) error {
	ru, kk := readPhrase(v, r.NameRU), readPhrase(v, r.NameKK)
	defer ru.release()
	defer kk.release()
	if !ru.name || !kk.name || ru.n == 0 || kk.n == 0 {
		return fmt.Errorf("unreadable names %q, %q", r.NameRU, r.NameKK)
	}
	_, w := ru.named(ru.whole())
	if !slices.Contains(kindsOf[r.Level], w.kind) {
		return fmt.Errorf("%q is no name of a %s", r.NameRU, r.Level)
	}
	r.kind = w.kind
	r.plainRU, r.plainKK = string(ru.plainText(ru.whole())), string(kk.plainText(kk.whole()))
	return nil
}

// link finds for every row the other rows of its place, its origin and its parent region.
func (g *Gazetteer) link() error {
	places := map[string][]int{}
	for i := range g.rows {
		r := &g.rows[i]
		g.byCode[r.Code] = append(g.byCode[r.Code], i)
		for _, j := range places[r.place] {
			if r.overlaps(&g.rows[j]) {
				return fmt.Errorf("%s and %s are one place on one day", g.rows[j].Code, r.Code)
			}
		}
		places[r.place] = append(places[r.place], i)
	}
	for place, siblings := range places {
		slices.SortFunc(siblings, func(i, j int) int { return cmp.Compare(g.rows[i].since, g.rows[j].since) })
		last := &g.rows[siblings[len(siblings)-1]]
		if last.Code != place || last.next != "" {
			return fmt.Errorf("%s is said to go on, and does not", place)
		}
	}
	for i := range g.rows {
		r := &g.rows[i]
		r.siblings = places[r.place]
		for _, j := range g.byCode[r.origin] {
			if g.rows[j].since < r.since {
				r.originRow = j
			}
		}
		if r.origin != "" && r.originRow == nowhere {
			return fmt.Errorf("%s comes from %s, which was not there", r.Code, r.origin)
		}
		if r.Level != Republic && (g.rowOf(r.Region, r.since) == nowhere || g.rowOf(r.Region, r.until-1) == nowhere) {
			return fmt.Errorf("%s lies in %s, which was not there", r.Code, r.Region)
		}
		if r.Level == Region {
			r.bornOf = g.parentOf(r)
		}
	}
	return nil
}

// parentOf returns the code of the region whose land a new region was, or "".
func (g *Gazetteer) parentOf(r *row) string {
	if r.originRow != nowhere {
		return g.rows[r.originRow].Region
	}
	if before := &g.rows[r.siblings[0]]; before.Region != r.Code {
		return before.Region
	}
	return ""
}

// rowOf returns the row of a code that was valid on a day, or nowhere.
func (g *Gazetteer) rowOf(code string, day qulaq.Day) int {
	for _, i := range g.byCode[code] {
		if g.rows[i].validOn(day) {
			return i
		}
	}
	return nowhere
}

func isCode(s string) bool {
	return len(s) == 9 && strings.Trim(s, "0123456789") == ""
}

func readDay(s string) (qulaq.Day, error) {
	if s == "" {
		return 0, nil
	}
	return qulaq.ParseDay(s)
}
