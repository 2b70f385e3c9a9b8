package meeting

import (
	"cmp"
	"strings"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/lang"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// Bounds of a notice: a longer text is an article, in which a day may be that of anything.
const (
	noticeLines = 40
	nameBytes   = 80 // of the name of a field: «Дата проведения»
)

// line is a line of a notice and where it stands.
type line struct {
	text string
	at   int // which part of the document, from 1
	page int
}

// notice reads one meeting that is told in lines: «Дата: 15 февраля 2023 года», or the only date of the text. Where
// several days are named nothing says which is the meeting's, and none is taken.
func (d *reading) notice() {
	lines := linesOf(d.doc)
	if len(lines) == 0 || len(lines) > noticeLines {
		return
	}
	by := map[role]string{}
	var all []string
	for _, l := range lines {
		all = append(all, l.text)
		for _, sign := range []string{":", " – ", " — ", " - "} {
			name, value, found := strings.Cut(l.text, sign)
			if !found || len(name) > nameBytes {
				continue
			}
			if c := d.columnOf(oneLine(name), d.year); c.role != colUnknown && by[c.role] == "" {
				by[c.role] = oneLine(value)
			}
			break
		}
	}
	text := strings.Join(all, "\n")
	if d.sortOfText(text) != d.paper.Sort && len(by) < 2 {
		return
	}
	day := d.noticeDay(by, text)
	if day == 0 {
		d.find(UnknownDay, d.doc.Name, "no day, or several", lines[0].at)
		return
	}
	m := Row{
		Kind: d.paper.Kind, Level: cmp.Or(d.levelIn(by[colWho], d.paper.Region), d.paper.Level, d.levelIn(text, d.paper.Region)), Region: d.paper.Region,
		Who: d.masked(by[colWho]), Place: d.masked(by[colPlace]), Venue: d.masked(by[colVenue]), Measure: d.masked(by[colMeasure]), Note: d.masked(by[colOutcome]),
		Lang: lang.Of([]byte(cut(text, cellBytes))), Hash: d.file.Hash, File: d.masked(d.file.Name), Member: d.member(), Line: lines[0].at, Page: lines[0].page,
	}
	if m.Time, _ = clock(by[colTime], true); m.Time == "" {
		m.Time, _ = clock(by[colWhen], false)
	}
	if m.Time == "" {
		_, rest := dayIn(text)
		m.Time, _ = clock(rest, false)
	}
	m.Participants, _ = count(by[colParticipants])
	m.Raised, _ = count(by[colRaised])
	m.Resolved, _ = count(by[colResolved])
	d.place(&m, by, lines[0].at)
	status := d.outcome(m.Note)
	if d.paper.Sort == Results {
		m = m.on(when{}, when{on: day}, cmp.Or(status, Held))
	} else {
		m = m.on(when{on: day}, when{}, status)
		m.PlannedText = day.String()
	}
	d.settle(&m, false)
	d.rows = append(d.rows, m)
}

// noticeDay returns the day of the field that says when, else the only day of the text.
func (d *reading) noticeDay(by map[role]string, text string) qulaq.Day {
	for _, r := range []role{colHeld, colWhen, colPlanned, colTime} {
		if list, known := times(by[r], d.year, d.span); known && len(list) == 1 && list[0].on != 0 {
			return list[0].on
		}
	}
	day, _ := dayIn(text)
	return day
}

// sortOfText says what a text is that bears no title.
func (d *reading) sortOfText(text string) Sort {
	sort, _, _ := d.sortOf(text)
	return sort
}

// linesOf returns the lines of a document: its paragraphs, and the rows of its small tables with the name of a field
// on the left.
func linesOf(doc *table.Document) []line {
	var all []line
	add := func(text string, at, page int) {
		for text := range strings.SplitSeq(text, "\n") {
			if text = oneLine(text); text != "" {
				all = append(all, line{cut(text, cellBytes), at, page})
			}
		}
	}
	for i, part := range doc.Parts {
		if part.Grid == nil {
			add(part.Text, i+1, part.Page)
			continue
		}
		for at, row := range part.Grid.Rows {
			if len(all) > noticeLines {
				return all
			}
			if own := own(part.Grid, at); len(own) == 2 {
				add(strings.TrimSuffix(oneLine(own[0].text), ":")+": "+oneLine(own[1].text), i+1, row.Page)
			}
		}
	}
	return all
}
