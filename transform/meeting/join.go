package meeting

import (
	"cmp"
	"slices"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/fold"
)

// join puts what later papers say of meetings to what earlier ones planned. What none of them planned is a meeting of
// its own.
func join(planned, told []Fact) []Fact {
	all := slices.Clone(planned)
	taken := make([]bool, len(all))
	open := slices.Clone(told)
	for _, fits := range []func(p, t *Row) bool{sameDay, sameSpan} {
		var rest []Fact
		for _, t := range open {
			found := -1
			for i := range all[:len(planned)] {
				if taken[i] || !samePlace(&all[i].Row, &t.Row) || !fits(&all[i].Row, &t.Row) {
					continue
				}
				if found >= 0 && all[found].spot() != all[i].spot() {
					found = -2 // it may be either of two
					break
				}
				if found < 0 {
					found = i
				}
			}
			if found < 0 {
				rest = append(rest, t)
				continue
			}
			taken[found] = true
			all[found] = all[found].with(t)
		}
		open = rest
	}
	return append(all, open...)
}

// samePlace says whether two rows may be of one meeting by all but their days. What one of them does not say does not
// part them.
func samePlace(p, t *Row) bool {
	alike := func(a, b string) bool { return a == b || a == "" || b == "" }
	return p.Kind == t.Kind && p.Region == t.Region && alike(string(p.Level), string(t.Level)) && alike(p.District, t.District) &&
		alike(placeKey(p.Place), placeKey(t.Place)) && (p.Level != Ministry || alike(fold.RussianKey(p.Who), fold.RussianKey(t.Who)))
}

// sameDay says whether what is told is of the day that was planned.
func sameDay(p, t *Row) bool {
	return p.PlannedOn != 0 && (t.day() == p.PlannedOn || t.PlannedOn == p.PlannedOn)
}

// sameSpan says whether what is told is of a day of the month or quarter that was planned.
func sameSpan(p, t *Row) bool {
	return p.PlannedOn == 0 && p.PlannedFrom != 0 && p.PlannedFrom <= t.day() && t.day() <= p.PlannedTo
}

// day is the day of a meeting: on which it was held, else planned; 0 unknown.
func (m *Row) day() qulaq.Day { return cmp.Or(m.HeldOn, m.PlannedOn) }

// with returns a planned meeting with what a later paper says of it. The birthplace is that of the later paper, on
// which the status rests.
func (f Fact) with(t Fact) Fact {
	p := f
	f.Row = t.Row
	f.SeenAt, f.lang = t.SeenAt, t.lang
	f.AnnouncementID, f.ResultsID = cmp.Or(t.AnnouncementID, p.AnnouncementID), cmp.Or(t.ResultsID, p.ResultsID)
	f.Level, f.District = cmp.Or(t.Level, p.Level), cmp.Or(t.District, p.District)
	f.Who, f.Place, f.Venue, f.Time = cmp.Or(t.Who, p.Who), cmp.Or(t.Place, p.Place), cmp.Or(t.Venue, p.Venue), cmp.Or(t.Time, p.Time)
	if t.PlannedOn == 0 && t.PlannedTo == 0 {
		f.PlannedOn, f.PlannedFrom, f.PlannedTo, f.PlannedText = p.PlannedOn, p.PlannedFrom, p.PlannedTo, p.PlannedText
	}
	if t.ResultsID == "" && t.Status == Planned {
		f.Status = p.Status
	}
	return f
}

// miss finds the meetings that were planned and that results prove not to have been held.
func (f *Facts) miss() {
	for i := range f.Papers {
		p := &f.Papers[i]
		if !p.proves() {
			continue
		}
		unplanned := f.elsewhere(p) // where results list what no calendar planned
		for _, m := range f.Meetings {
			if m.ResultsID == p.ID && m.CalendarID == "" && m.AnnouncementID == "" {
				unplanned[m.spot()] = true
			}
		}
		for j := range f.Meetings {
			m := &f.Meetings[j]
			if m.Status != Planned || m.ResultsID != "" || !p.covers(m) || unplanned[m.spot()] || placed(m.Level) && len(unplanned) > 0 {
				continue
			}
			m.Status, m.ResultsID = Missed, p.ID
		}
	}
}

// elsewhere returns the places that results list which do not count, such as an earlier version or a translation: what
// stands there may have been held, whatever the paper that counts says.
func (f *Facts) elsewhere(but *Publication) map[string]bool {
	listed := map[string]bool{}
	for i := range f.Papers {
		p := &f.Papers[i]
		if p == but || p.Role == Current || p.Form.Result.Paper.Sort != Results {
			continue
		}
		for j := range p.Form.Result.Rows {
			listed[p.Form.Result.Rows[j].spot()] = true
		}
	}
	return listed
}

// placed says whether meetings of a level are told apart by the names of villages, which are spelled in many ways, and
// not by the codes of districts.
func placed(l Level) bool { return l != Oblast && l != City }

// proves says whether what a paper does not list was not held: it is results of an akim's meetings in a time that its
// title names, every row was understood and says where and when, and it is known when it was published.
func (p *Publication) proves() bool {
	x := p.Form.Result.Paper
	if p.Role != Current || x.Sort != Results || !x.Whole || x.Level == "" || x.Level == Ministry || x.Region == "" || x.PeriodFrom == 0 || p.Form.Stamp.IsZero() ||
		placed(x.Level) && x.District == "" {
		return false
	}
	return !slices.ContainsFunc(p.Form.Result.Rows, func(m Row) bool {
		return m.day() == 0 || m.District == "" || placed(x.Level) && placeKey(m.Place) == ""
	})
}

// covers says whether a planned meeting had to be listed: it is of the same akim and language, its place is known, and
// its day, or the last day of its month or quarter, lies in the time of the paper and before its publication.
func (p *Publication) covers(m *Fact) bool {
	x := p.Form.Result.Paper
	return m.Kind == x.Kind && m.Level == x.Level && m.Region == x.Region && m.District != "" && m.lang == x.Lang &&
		(!placed(x.Level) || m.District == x.District && placeKey(m.Place) != "") &&
		m.PlannedFrom >= x.PeriodFrom && m.PlannedFrom != 0 && m.PlannedTo <= x.PeriodTo && m.PlannedTo < qulaq.DayOf(p.Form.Stamp.In(qulaq.Almaty()))
}
