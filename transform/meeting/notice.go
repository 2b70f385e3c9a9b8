package meeting

import (
	"cmp"
	"regexp"
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
	if len(by) < 2 && !d.tells(text, d.paper.Sort) {
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
	m.Participants, m.Raised, m.Resolved = countIn(by, text, colParticipants), countIn(by, text, colRaised), countIn(by, text, colResolved)
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

// countIn returns the count that a field of a notice says, else the only one that its sentences say.
func countIn(by map[role]string, text string, what role) Count {
	if by[what] != "" {
		n, _ := count(by[what])
		return n
	}
	var all []string
	for _, form := range told[what] {
		for _, m := range form.FindAllStringSubmatch(text, 2) {
			all = append(all, m[1])
		}
	}
	if len(all) != 1 {
		return Count{}
	}
	n, _ := count(strings.TrimSpace(all[0]))
	return n
}

// told are the ways in which sentences say how many came, what they raised, and what of it was resolved.
var told = map[role][]*regexp.Regexp{
	colParticipants: {
		regexp.MustCompile(`(?i)(?:участие|участвовал\pL*|присутствовал\pL*|собрал\pL*|посетил\pL*)\s+(?:(?:более|около|свыше|порядка)\s+)?(\d[\d\x{a0} ]*)(?:человек|жител|граждан)`),
		regexp.MustCompile(`(?i)(\d[\d\x{a0} ]*)(?:человек\pL*|жител\pL*|граждан\pL*)\s+(?:приняли|участвовал|присутствовал)`),
		regexp.MustCompile(`(?i)(\d[\d\x{a0} ]*)(?:адам|тұрғын|азамат)\pL*\s+(?:қатыс|келді)`),
	},
	colRaised: {
		regexp.MustCompile(`(?i)(?:поднят\pL*|задан\pL*|озвучен\pL*|поступил\pL*|прозвучал\pL*)\s+(\d[\d\x{a0} ]*)(?:вопрос|обращени|предложени|проблем)`),
		regexp.MustCompile(`(?i)(\d[\d\x{a0} ]*)(?:мәселе|сұрақ|ұсыныс)\pL*\s+(?:көтеріл|қойыл|айтыл|түсті)`),
	},
	colResolved: {
		regexp.MustCompile(`(?i)из\s+(?:них|которых)\s+(\d+)\s+(?:вопрос\pL*\s+)?(?:были\s+)?(?:решен|решён|исполнен)`),
		regexp.MustCompile(`(?i)из\s+(?:них|которых)\s+(?:решено|исполнено)\s+(\d+)`),
	},
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

// tells says whether a text that bears no title is of a sort: as a whole, or in one of its sentences.
func (d *reading) tells(text string, of Sort) bool {
	if sort, _, _ := d.sortOf(text); sort == of {
		return true
	}
	for sentence := range strings.SplitSeq(sentenceEnd.ReplaceAllString(text, "$1\n"), "\n") {
		if sort, _, _ := d.sortOf(sentence); sort == of {
			return true
		}
	}
	return false
}

// sentenceEnd is no dot of an abbreviation: «г. Астана».
var sentenceEnd = regexp.MustCompile(`(\pL{3,}[.!?])\s`)

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
