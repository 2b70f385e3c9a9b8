// Package report reads what official reports and press releases claim: how many meetings were held, how many issues
// were raised and solved, how much money was needed. A text in Russian, Kazakh or English becomes claims, each with
// whose work it speaks of, of what time, and the sentence that says so.
//
// A claim is what a text says, not what is true: two texts that contradict each other make two claims. Of two values that
// one text has of the same work and time one is of a part, see odd.go. A wrong claim is worse than a missing one, so a
// number is only read where the words beside it say what it counts, what happened to it and whose it is. Reading is pure:
// no clock, no network; the same document gives the same claims.
//
// A sentence is read in steps, one file each:
//
//	paper.go     a document as paragraphs; wrapped.go: its lines as paragraphs; sentence.go: paragraphs as sentences
//	lex.go       a sentence as words, numbers and signs
//	words.go     the phrases of words.tsv found in it; forms.go: the forms of its verbs; company.go: words that count
//	             beside others
//	period.go    the times that it names; half.go: halves and quarters; year.go, day.go; role.go: what they are there for
//	number.go    the numbers that may be claims, reference.go: those that are names;
//	             digits.go, numeral.go: their values in digits and words; exact.go: how exact they are
//	place.go     the places that it names; strange.go: those that nobody knows; ministry.go: the ministries
//	channel.go   of whose work it speaks; level.go: of which level akims are
//	clause.go    which words belong to which number; counted.go: the noun behind it
//	metric.go    what a number counts and what happened to it: metrics.tsv
//	judge.go     what the figures of a sentence count, silent.go: which count nothing, claim.go: its claims; verb.go
//	             (what happened to a noun), noun.go (what a number without a noun counts), row.go and parallel.go (figures
//	             that their place tells), share.go (percentages; detail.go: of what), money.go (sums)
//	table.go     tables of figures, a place to a row
//	whose.go     of whose work a figure is; where.go: of which place; whom.go: of which ministry; when.go: of what time
//	dating.go    the years of times that do not say theirs
//	home.go      of which place a text is from its beginning on; owner.go: of which ministry; topic.go: of whom it goes on
//	memory.go    what a sentence takes from those before it: subject, time, channel; keep.go: whose work, of what time the
//	             text goes on; author.go: who tells of his own
//	odd.go       what is odd about the claims of a paper
//	report.go    the questions and answers
package report

import (
	"fmt"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/body"
	"github.com/qulaq-kz/qulaq/transform/pii"
	"github.com/qulaq-kz/qulaq/transform/region"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// Channel says of whose work, or of which list, a figure is.
type Channel string

// The channels.
const (
	Ministers     Channel = "ministers"
	Akims         Channel = "akims" // of all levels, or of one that is not said
	AkimsOblast   Channel = "akims_oblast"
	AkimsDistrict Channel = "akims_district"
	AkimsRural    Channel = "akims_rural"
	CentralList   Channel = "central_list" // issues that only central bodies can solve
	EOtinish      Channel = "e_otinish"    // the system of electronic appeals
	Reception     Channel = "reception"    // of the president's administration, and days of reception
	OtherChannel  Channel = "other"        // somebody else's, or that of several at once
)

// Metric says what is counted: "issues_resolved". The metrics are those of metrics.tsv.
type Metric string

// Unit is what a value is counted in.
type Unit string

// The units.
const (
	Count   Unit = "count"
	Percent Unit = "percent"
	KZT     Unit = "kzt"
)

// Qualifier says how the value relates to what is meant. «Почти» is about.
type Qualifier string

// The qualifiers.
const (
	Exact Qualifier = "exact"
	About Qualifier = "about"
	Over  Qualifier = "over"
	Under Qualifier = "under"
)

// Kinds of findings of reports.
const (
	// UnlikelyYear is a period far from all other times of its paper, as 2012 is in a report on 2022. The claim has
	// the period as printed.
	UnlikelyYear qulaq.FindingKind = "unlikely_year"
	// SecondValue is a second figure of the same work and time in a paper. One that is near the first contradicts it, and both
	// are claimed; one far from it is of a part that was not understood, and is no claim.
	SecondValue qulaq.FindingKind = "second_value"
	// NotAllRead is text beyond the limits of what is read.
	NotAllRead qulaq.FindingKind = "not_all_read"
)

// Place is where a claim stands.
type Place struct {
	Paragraph int // number of the part in the document, from 1
	Sentence  int // of the paragraph, or the row of a table, from 1
}

// Claim is a figure that a report states.
type Claim struct {
	SubjectCode string // KATO, nine digits; 000000000 is the country; of a ministry its key, "ministry:health"
	Subject     string // official Russian name of the place, or the ministry's name as the text has it
	Channel     Channel
	Metric      Metric
	Detail      *string    // what a share is of, or what a part is; nil where nothing is said
	PeriodFrom  *qulaq.Day // first and last day; both nil where the text does not say
	PeriodTo    *qulaq.Day
	Value       int64 // in hundredths of the unit: 75.5 percent is 7550, one tenge is 100
	Unit        Unit
	Qualifier   Qualifier
	Quote       string // the sentence, names of people masked
	Place       Place
}

// Hints say of a document what it does not say itself.
type Hints struct {
	Date   qulaq.Day // when it was published; 0 is unknown. «Прошлый год» is the one before it
	Region string    // KATO code of the region whose akimat published it, or ""
}

// Vocabularies are the normalisers that reports share with everybody else. They do not change.
type Vocabularies struct {
	Places   *region.Gazetteer
	Bodies   *body.Registry
	Personal *pii.Redactor // masks names of people in quotes
}

// Reader reads reports. It does not change, and many goroutines may use it.
type Reader struct {
	places   *region.Gazetteer
	bodies   *body.Registry
	personal *pii.Redactor
	words    *vocabulary
	metrics  metrics
	names    map[string]string // of regions and districts of today, in Russian
}

// New returns a reader. An error is of kind Bug: the tables contradict themselves.
func New(v Vocabularies) (*Reader, error) {
	r := &Reader{places: v.Places, bodies: v.Bodies, personal: v.Personal, names: make(map[string]string)}
	var err error
	if r.words, err = readVocabulary(wordsFile); err == nil {
		r.metrics, err = readMetrics(metricsFile)
	}
	if err != nil {
		return nil, &qulaq.Error{Op: "read the words of reports", Kind: qulaq.Bug, Err: err}
	}
	for _, u := range v.Places.Units() {
		if u.ValidTo == 0 {
			r.names[u.Code] = u.NameRU
		}
	}
	return r, nil
}

// Read returns the claims of a document in their order, and what was odd about them. A figure that is repeated with the
// same meaning is one claim, at its first place.
func (r *Reader) Read(doc *table.Document, h Hints) ([]Claim, []qulaq.Finding) {
	m := r.newMemory(doc, h)
	if len(m.sentences) == 0 {
		return nil, m.findings
	}
	m.seat = m.home()
	m.reset()
	if m.ministry = m.owner(); m.ministry.code != "" {
		m.base, m.report = Ministers, true
	}
	m.sole = m.soleMinistry()
	if m.day = m.onlyDay(); m.day != 0 {
		m.written = m.day.Time().Year()
	}
	if m.hints.Date != 0 {
		m.day = m.hints.Date
	}
	m.first = m.firstYear()
	if m.period = m.mainTime(); m.period.known {
		m.year = m.period.from.Time().Year()
	}
	for i := range m.sentences {
		m.read(i)
	}
	m.dropJoint()
	m.dropSecond()
	m.unlikelyYears()
	return m.claims, m.findings
}

// Paragraphs makes a document of plain paragraphs.
func Paragraphs(texts ...string) *table.Document {
	doc := &table.Document{Format: table.Text}
	for _, text := range texts {
		doc.Parts = append(doc.Parts, table.Part{Text: text})
	}
	return doc
}

// String shows a claim on one line, for people and tests.
func (c Claim) String() string {
	period := "-"
	if c.PeriodFrom != nil && c.PeriodTo != nil {
		period = c.PeriodFrom.String() + ".." + c.PeriodTo.String()
	}
	value := fmt.Sprint(c.Value / hundredths)
	if c.Value%hundredths != 0 {
		value = fmt.Sprintf("%.2f", float64(c.Value)/hundredths)
	}
	return fmt.Sprintf("%s %s %s %s %s %s %s", c.SubjectCode, c.Channel, c.Metric, period, value, c.Unit, c.Qualifier)
}
