package meeting

import (
	"slices"
	"strconv"
	"strings"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/plan"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// Status says what became of a meeting; the package's comment says when it is which.
type Status string

// The statuses.
const (
	Planned   Status = "planned"
	Held      Status = "held"
	Missed    Status = "missed"
	Cancelled Status = "cancelled"
	Moved     Status = "moved"
)

// outcomes are asked in this order: «не проведена» has the word of «проведена» in it.
var outcomes = []Status{Missed, Moved, Cancelled, Held}

// Count is a number that a paper may leave out.
type Count struct {
	N      int64
	Stated bool
}

// Row is a meeting as one paper tells of it. An empty text is null, and so is a Day of 0. Texts are on one line and
// free of personal data.
type Row struct {
	Kind             Kind
	Level            Level
	Who              string // the cell that says whose meeting it is, as printed
	Region, District string // KATO of where it is held; of a district's or a rural akim's meeting, of his district
	Place            string // village, okrug or microdistrict, as printed
	Venue            string // the house or the square
	Time             string // hh:mm, local
	// PlannedOn is the day on which it was to be held. Where a paper names a month or a quarter, that is PlannedFrom
	// to PlannedTo; of a day these are the day.
	PlannedOn, PlannedFrom, PlannedTo qulaq.Day
	PlannedText                       string // as printed
	HeldOn                            qulaq.Day
	Status                            Status
	Note                              string // the cell that says what became of it
	Participants, Raised, Resolved    Count
	Measure                           string
	Lang                              string

	// Where it comes from.
	Hash   qulaq.Hash
	File   string
	Member string // name of the document when the file is an archive of several; "" otherwise
	Table  int    // of the document, from 1; 0 for lines of text
	Sheet  string // name of the sheet, "" where there is none
	Line   int    // see table.Row.Line; of text, which part of the document
	Page   int
}

// Where says in which table of its file a row stands: the member of an archive, the sheet, the table's number.
func (m *Row) Where() string {
	parts := slices.DeleteFunc([]string{m.Member, m.Sheet}, func(s string) bool { return s == "" })
	return strings.Join(append(parts, strconv.Itoa(m.Table)), ", ")
}

// Paper is what a publication says as a whole.
type Paper struct {
	Judgement
	PublishedOn qulaq.Day
	URL         string
	Hash        qulaq.Hash // of the file that rows were read from first, else of the first file
	File        string
	Format      table.Format
	Meetings    int
	Unreadable  string // why it has no rows; "" when it has
	// Whole says that every row of it was understood and nothing was left unread: only then what it does not list
	// means anything.
	Whole bool
}

// Result is all that came of a publication. One that is no paper on meetings has its judgement alone.
type Result struct {
	Paper    Paper
	Rows     []Row
	Rejects  []qulaq.Reject
	Findings []qulaq.Finding
}

// What is odd about papers on meetings, beside the kinds of the domain.
const (
	UnknownDay   qulaq.FindingKind = "unknown_day"   // a cell that says when, and is not understood; null
	UnknownCount qulaq.FindingKind = "unknown_count" // a cell of a count that is none; null
	CountsOnly   qulaq.FindingKind = "counts_only"   // a table that counts meetings and lists none; see transform/report
	TooMany      qulaq.FindingKind = "too_many_rows" // the rest of a paper is not read
	UnreadFile   qulaq.FindingKind = "unread_file"   // a file that could not be read
	UnreadPart   qulaq.FindingKind = "unread_part"   // pages or pictures of a document that were not read
	Recognised   qulaq.FindingKind = "recognised"    // text that came from recognition; letters may be wrong
	SameAgain    qulaq.FindingKind = "same_again"    // a document of the publication that says the same as another
)

// NoDay is the reason of a row that says neither when a meeting is nor what became of it.
const NoDay qulaq.Reason = "no_day"

// Bounds of what one publication may hold.
const (
	maxRows      = 20_000
	maxFindings  = 500
	maxRejects   = 500
	cellBytes    = 4 << 10
	sectionBytes = 300
	maxCount     = 10_000_000 // of people or issues: more is no count
)

// Read reads a publication. It never fails: what cannot be read is in the result.
func (r *Reader) Read(pub plan.Publication) Result {
	var docs []*table.Document
	for _, f := range pub.Files {
		docs = append(docs, f.Documents...)
	}
	res := Result{Paper: Paper{Judgement: r.Judge(pub.Title, docs), PublishedOn: pub.PublishedOn, URL: pub.URL}}
	p := &res.Paper
	if p.Region == "" {
		p.Region, p.District = pub.Region, pub.District
	}
	if len(pub.Files) > 0 {
		p.Hash, p.File = pub.Files[0].Hash, r.masked(pub.Files[0].Name)
	}
	if p.Sort == None {
		return res
	}
	d := &reading{Reader: r, paper: p, said: map[string]int{}}
	for _, f := range pub.Files {
		if f.Err != nil {
			d.find(UnreadFile, f.Name, f.Err.Error(), 0)
		}
		for _, doc := range f.Documents {
			from := len(d.rows)
			d.file, d.doc = f, doc
			d.document()
			d.once(from)
		}
	}
	res.Rows, res.Rejects, res.Findings = d.rows, d.rejects, d.findings
	d.close(&res)
	return res
}

// close says of the paper what its rows tell: how many there are, whether all was understood, and the year of a
// calendar whose title does not say it.
func (d *reading) close(res *Result) {
	p := &res.Paper
	p.Meetings = len(res.Rows)
	odd := []qulaq.FindingKind{UnknownDay, TooMany, UnreadFile, UnreadPart, Recognised, CountsOnly, plan.LongCell, qulaq.ManyFindings}
	p.Whole = p.Meetings > 0 && len(res.Rejects) == 0 && len(res.Findings) < maxFindings &&
		!slices.ContainsFunc(res.Findings, func(f qulaq.Finding) bool { return slices.Contains(odd, f.Kind) })
	if p.Meetings == 0 {
		p.Unreadable = "no meeting could be read of it"
		for _, f := range res.Findings {
			if f.Kind == UnreadFile || f.Kind == UnreadPart {
				p.Unreadable = f.Detail
			}
		}
		return
	}
	first := res.Rows[0]
	p.Hash, p.File = first.Hash, first.File
	if p.PeriodFrom == 0 && p.Sort == Calendar {
		p.PeriodFrom, p.PeriodTo = yearOf(res.Rows)
	}
	if p.Sort == Announcement && p.Meetings == 1 && first.PlannedOn != 0 {
		p.PeriodFrom, p.PeriodTo = first.PlannedOn, first.PlannedOn
	}
	if p.Region == "" {
		p.Region = first.Region
		for _, m := range res.Rows {
			if m.Region != p.Region {
				p.Region = ""
			}
		}
	}
}

// yearOf returns the year that all days of meetings are in, 0 when they are in several or one has none.
func yearOf(rows []Row) (from, to qulaq.Day) {
	year := 0
	for _, m := range rows {
		if m.PlannedTo == 0 || year != 0 && m.PlannedTo.Time().Year() != year {
			return 0, 0
		}
		year = m.PlannedTo.Time().Year()
	}
	return qulaq.Date(year, 1, 1), qulaq.Date(year, 12, 31)
}
