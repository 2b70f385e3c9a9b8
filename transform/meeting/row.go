package meeting

import (
	"cmp"
	"slices"
	"strings"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/dates"
	"github.com/qulaq-kz/qulaq/transform/lang"
)

// named says whether a column holds something that a meeting has, so that a cell alone in it is no heading of a
// section.
func named(s *sheet, column int) bool {
	return column < len(s.columns) && s.columns[column].role != colUnknown && s.columns[column].role != colNumber
}

// meetings reads the meetings of a row.
func (d *reading) meetings(s *sheet, at int) {
	row := s.grid.Rows[at]
	found := 0
	for _, part := range partsOf(s) {
		base := d.base(s, at, part)
		for _, m := range d.told(s, at, part, base) {
			if m.Status == "" {
				continue
			}
			d.rows = append(d.rows, m)
			found++
		}
	}
	if found == 0 {
		d.reject(s, row, at)
	}
}

// partsOf returns the parts of a row: columns below one span of time are of one meeting. A table without spans is one.
func partsOf(s *sheet) []string {
	var parts []string
	for _, c := range s.columns {
		if c.part != "" && !slices.Contains(parts, c.part) {
			parts = append(parts, c.part)
		}
	}
	if len(parts) == 0 {
		return []string{""}
	}
	return parts
}

// base is what a row says of all its meetings of one part, but for their days.
func (d *reading) base(s *sheet, at int, part string) Row {
	row := s.grid.Rows[at]
	m := Row{
		Kind: d.paper.Kind, Level: cmp.Or(d.level, d.paper.Level), Region: cmp.Or(d.region, d.paper.Region),
		Hash: d.file.Hash, File: d.masked(d.file.Name), Member: d.member(), Table: s.number, Sheet: s.grid.Name, Line: row.Line, Page: row.Page,
	}
	by := map[role]string{}
	for _, c := range cells(s.grid, at) {
		if c.column >= len(s.columns) {
			break
		}
		column := s.columns[c.column]
		if text := d.text(c.text, row.Line); text != "" && (column.part == "" || column.part == part) && column.role != colSpan {
			by[column.role] = strings.TrimPrefix(by[column.role]+"; "+text, "; ")
		}
	}
	m.Who, m.Place, m.Venue = d.masked(by[colWho]), d.masked(by[colPlace]), d.masked(by[colVenue])
	m.Measure, m.Note = d.masked(by[colMeasure]), d.masked(by[colOutcome])
	var rest string
	if m.Time, rest = clock(by[colTime], true); m.Venue == "" && m.Time != "" {
		for _, c := range s.columns {
			if c.role == colTime && c.both {
				m.Venue = d.masked(strings.Trim(oneLine(rest), " ,;.–—-"))
			}
		}
	}
	m.Level = cmp.Or(d.levelIn(by[colWho], m.Region), m.Level)
	for _, c := range []struct {
		role role
		to   *Count
	}{{colParticipants, &m.Participants}, {colRaised, &m.Raised}, {colResolved, &m.Resolved}} {
		var known bool
		if *c.to, known = count(by[c.role]); !known {
			d.find(UnknownCount, by[c.role], "of "+string(c.role), row.Line)
		}
	}
	d.place(&m, by, row.Line)
	m.Lang = lang.Of([]byte(strings.Join([]string{by[colWho], by[colDistrict], by[colPlace], by[colVenue], by[colMeasure], d.paper.Title}, "\n")))
	return m
}

// place finds where a meeting is: the column of districts goes first, then the section, then what names a village or a
// house. Of a district's or a rural akim it is his district, which his paper names.
func (d *reading) place(m *Row, by map[role]string, line int) {
	if text := by[colRegion]; text != "" {
		if in, district := d.districtOf(text, m.Region); district != "" { // «Регион»: of a region's akim, his districts
			m.Region, by[colDistrict] = in, cmp.Or(by[colDistrict], text)
		} else if reg, _ := d.split(d.places.Resolve(text, 0).Code); reg != "" {
			m.Region = reg
		} else {
			d.find(qulaq.UnknownRegion, text, "", line)
		}
	}
	_, said := d.districtOf(by[colDistrict], m.Region)
	if by[colDistrict] != "" && said == "" && m.Place == "" {
		m.Place = d.masked(by[colDistrict]) // «Город, село»: what is no district is a place within one
	}
	m.District = cmp.Or(said, d.district)
	if m.District == "" && (m.Level == District || m.Level == Rural) {
		m.District = d.paper.District
	}
	for _, text := range []string{by[colPlace], by[colVenue], by[colWho]} {
		if m.District == "" {
			_, m.District = d.districtOf(text, m.Region)
		}
	}
	if d.paper.Sort == Announcement {
		m.District = cmp.Or(m.District, d.paper.Scope)
	}
	m.District = cmp.Or(m.District, d.paper.District)
	if m.District == "" && m.Level != Oblast && m.Level != Ministry && by[colDistrict] != "" {
		d.find(qulaq.UnknownDistrict, by[colDistrict], "no district of the paper's region", line)
	}
	if m.Region == "" && m.District != "" {
		m.Region, _ = d.split(m.District)
	}
}

// told returns the meetings of one part of a row, each with its days and its status.
func (d *reading) told(s *sheet, at int, part string, base Row) []Row {
	var planned, held []when
	var spans []Row
	silent, unknown := true, false
	read := func(c cell, column column) []when {
		year := cmp.Or(column.year, d.year)
		text := cut(c.text, cellBytes)
		all, known := times(text, year, cmp.Or(column.span, d.span))
		if !known && column.both {
			var venue string
			if all, venue, known = timeAndVenue(text, year); known {
				base.Venue = cmp.Or(base.Venue, d.masked(venue))
			}
		}
		if !known {
			unknown = true
			d.find(UnknownDay, c.text, "when it is", s.grid.Rows[at].Line)
		}
		if base.Time == "" {
			base.Time, _ = clock(text, false)
		}
		return all
	}
	for _, c := range cells(s.grid, at) {
		if c.column >= len(s.columns) {
			break
		}
		column, text := s.columns[c.column], oneLine(c.text)
		if column.part != part && column.part != "" || isDash(text) {
			continue
		}
		switch role := column.role; {
		case role == colSpan:
			silent = false
			spans = append(spans, d.inSpan(c, column, base)...)
		case role == colHeld, role == colWhen && d.paper.Sort == Results:
			silent = false
			held = append(held, read(c, column)...)
		case role == colPlanned, role == colWhen:
			silent = false
			planned = append(planned, read(c, column)...)
			base.PlannedText = d.masked(c.text)
		}
	}
	status := d.outcome(base.Note)
	if len(spans) == 0 && silent && d.span != (dates.Range{}) && d.paper.Sort == Calendar {
		planned, silent = []when{{from: d.span.From, to: d.span.To}}, false
	}
	all := spans
	if len(planned) == len(held) { // one and one, or lists that answer each other
		for i := range planned {
			all = append(all, base.on(planned[i], held[i], status))
		}
	} else {
		for _, w := range held {
			all = append(all, base.on(when{}, w, status))
		}
		if len(held) == 0 {
			for _, w := range planned {
				all = append(all, base.on(w, when{}, status))
			}
		}
	}
	if len(all) == 0 && (!silent && d.paper.Sort == Calendar || unknown || status != "") {
		all = append(all, base.on(when{}, when{}, status))
	}
	for i := range all {
		d.settle(&all[i], unknown)
	}
	return all
}

// on returns the meeting with its days.
func (m Row) on(planned, held when, status Status) Row {
	m.PlannedOn, m.PlannedFrom, m.PlannedTo = planned.on, cmp.Or(planned.on, planned.from), cmp.Or(planned.on, planned.to)
	m.HeldOn, m.Status = held.on, status
	return m
}

// settle gives a meeting its status where no cell says it: what results list with a day was held, what a calendar or
// an announcement lists is planned.
func (d *reading) settle(m *Row, unknown bool) {
	if m.Status == "" {
		switch {
		case m.HeldOn != 0:
			m.Status = Held
		case d.paper.Sort != Results || m.PlannedTo != 0:
			m.Status = Planned
		case unknown && m.Participants.N > 0:
			m.Status = Held // somebody came, on a day that is not understood
		}
	}
	if m.Status == Moved && m.PlannedOn != 0 && m.HeldOn > m.PlannedOn {
		m.Status = Held // put off, and then held on a day that a column of its own says
	}
	if m.Status == Held && m.HeldOn == 0 {
		m.HeldOn = m.PlannedOn // «проведена», beside the day of the calendar
	}
	if m.Status != Held {
		if m.HeldOn != 0 && m.PlannedOn == 0 { // results may say of a day that nothing was held on it
			m.PlannedOn, m.PlannedFrom, m.PlannedTo = m.HeldOn, m.HeldOn, m.HeldOn
		}
		m.HeldOn = 0
	}
}

// outcome returns what a cell says of a meeting, "" when it says nothing of it.
func (d *reading) outcome(text string) Status {
	if text == "" {
		return ""
	}
	key := keyed(text)
	for _, s := range outcomes {
		if d.says("outcome-"+string(s), key) != "" {
			return s
		}
	}
	return ""
}

// inSpan reads a cell below a month or a quarter: a mark, days, or the places that are met in it.
func (d *reading) inSpan(c cell, column column, base Row) []Row {
	whole := when{from: column.span.From, to: column.span.To}
	base.PlannedText = d.masked(strings.TrimSpace(column.part + ": " + c.text))
	at := func(w when, place string) Row {
		m := base
		if place != "" {
			if _, district := d.districtOf(place, m.Region); district != "" && m.District == "" {
				m.District = district
			} else {
				m.Place = cmp.Or(m.Place, d.masked(place))
			}
		}
		if d.paper.Sort == Results {
			return m.on(when{}, w, Held)
		}
		return m.on(w, when{}, "")
	}
	if d.says("mark", keyed(c.text)) != "" {
		return []Row{at(whole, "")}
	}
	if hour, _ := clock(c.text, false); base.Time == "" {
		base.Time = hour
	}
	var all []Row
	if list, known := times(cut(c.text, cellBytes), cmp.Or(column.year, d.year), column.span); known {
		for _, w := range list {
			if w == (when{}) {
				w = whole
			}
			all = append(all, at(w, ""))
		}
		return all
	}
	for _, piece := range strings.FieldsFunc(c.text, func(r rune) bool { return r == ';' || r == '\n' }) {
		day, rest := dayIn(piece)
		_, rest = clock(rest, false)
		w := whole
		if day != 0 {
			w = when{on: day}
		}
		if rest = strings.Trim(oneLine(rest), " .,–—-"); rest != "" && len(all) < maxTimes {
			all = append(all, at(w, rest))
		}
	}
	return all
}
