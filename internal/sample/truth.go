package sample

import (
	"github.com/qulaq-kz/qulaq"
)

// Truth is what a reader of the export must find, counted while the export was made. Counts of complaints count
// each complaint once and show its newest state; a month is that of the corrected local registration time.
type Truth struct {
	Rows       int64 `json:"rows"`       // rows below the heading: complaints, repeats and rejects
	Complaints int64 `json:"complaints"` // distinct complaints among the rows that are no rejects
	Repeated   int64 `json:"repeated"`   // rows that show a complaint again
	Bytes      int64 `json:"bytes"`      // of the export as packed

	Rejected map[qulaq.Reason]int64      `json:"rejected"` // rows by the reason they cannot become facts
	Findings map[qulaq.FindingKind]int64 `json:"findings"` // complaints that show the oddity

	ShiftHours int              `json:"shift_hours"` // how much earlier than local time the times are printed
	ByMonth    map[string]int64 `json:"by_month"`    // complaints by "2026-01"

	// The next three are nil where the export has no such column. The empty key counts complaints whose value is
	// unknown or not printed.
	ByRegion   map[string]int64 `json:"by_region"`   // by KATO code
	ByDistrict map[string]int64 `json:"by_district"` // by KATO code
	ByStatus   map[string]int64 `json:"by_status"`   // by open, open_overdue, closed, closed_overdue

	// ByCategory is by category code: what the complaint was made about. A classifier sees less than that, since
	// subjects are printed as broad categories, or as not yet classified.
	ByCategory map[string]int64 `json:"by_category"`

	// The last two are nil where no text is printed.
	ByLanguage map[string]int64 `json:"by_language"` // by "ru" and "kk"
	Planted    map[string]int64 `json:"planted"`     // invented iin, phone, email and name in the texts
}

// tally counts complaints by their places in the word lists, which is cheap; it becomes a Truth at the end.
type tally struct {
	complaints, repeated int64
	rejected             map[qulaq.Reason]int64
	findings             map[qulaq.FindingKind]int64
	first                qulaq.Day
	days                 []int64 // by day since the first
	regions, districts   []int64 // by number in the word list; 0 is none
	subjects             []int64
	states               [len(states)]int64
	languages            [len(languages)]int64
	planted              [len(planted)]int64
}

func newTally(s Spec, w *words) tally {
	return tally{
		first:    s.From,
		rejected: map[qulaq.Reason]int64{}, findings: map[qulaq.FindingKind]int64{},
		days: make([]int64, s.To-s.From+1), subjects: make([]int64, len(w.subjects)),
		regions: make([]int64, len(w.regions)+1), districts: make([]int64, w.districts+1),
	}
}

// complaint counts a complaint at its first row.
func (t *tally) complaint(c *complaint) {
	t.complaints++
	t.days[c.registered.day()-t.first]++
	t.regions[c.region.number]++
	t.districts[c.district.number]++
	t.subjects[c.subject.number]++
	t.states[c.state]++
	t.languages[c.language]++
	for i, n := range c.planted {
		t.planted[i] += n
	}
}

// truth turns the counts into words.
func (t *tally) truth(s Spec, w *words, has func(role) bool) Truth {
	truth := Truth{
		Rows: int64(s.Rows), Complaints: t.complaints, Repeated: t.repeated,
		Rejected: t.rejected, Findings: t.findings, ByMonth: map[string]int64{}, ByCategory: map[string]int64{},
	}
	if s.Shift {
		truth.ShiftHours = shiftHours
	}
	for i, n := range t.days {
		add(truth.ByMonth, (s.From + qulaq.Day(i)).String()[:len("2026-01")], n)
	}
	for i := range w.subjects {
		add(truth.ByCategory, w.subjects[i].code, t.subjects[i])
	}
	if has(regionCell) {
		truth.ByRegion = map[string]int64{}
		add(truth.ByRegion, "", t.regions[0])
		for i := range w.regions {
			add(truth.ByRegion, w.regions[i].code, t.regions[w.regions[i].number])
		}
	}
	if has(districtCell) {
		truth.ByDistrict = map[string]int64{}
		add(truth.ByDistrict, "", t.districts[0])
		for i := range w.regions {
			for _, d := range w.regions[i].districts {
				add(truth.ByDistrict, d.code, t.districts[d.number])
			}
		}
	}
	if has(stateCell) {
		truth.ByStatus = map[string]int64{}
		for i, st := range states {
			code := st.code
			if s.Format == CC109 {
				code = st.callCode
			}
			add(truth.ByStatus, code, t.states[i])
		}
	}
	if has(textCell) {
		truth.ByLanguage, truth.Planted = map[string]int64{}, map[string]int64{}
		for i, l := range languages {
			add(truth.ByLanguage, l, t.languages[i])
		}
		for i, p := range planted {
			add(truth.Planted, p, t.planted[i])
		}
	}
	return truth
}

// add leaves out what never occurred.
func add(m map[string]int64, key string, n int64) {
	if n > 0 {
		m[key] += n
	}
}
