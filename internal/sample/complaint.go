package sample

import (
	"math/rand/v2"

	"github.com/qulaq-kz/qulaq"
)

// state is the state of a complaint. Each overdue state follows its timely one.
type state uint8

const (
	open state = iota
	openOverdue
	closed
	closedOverdue
)

// states spell the states as the two columns of the analytic export do, as a contact centre does, and as the codes
// of the warehouse do. A contact centre knows no terms.
var states = [...]struct{ working, overdue, call, code, callCode string }{
	open:          {"В работе", "В работе", "в работе", "open", "open"},
	openOverdue:   {"В работе с просрочкой", "В работе просрочено", "в работе", "open_overdue", "open"},
	closed:        {"Завершено", "Завершено", "закрыто", "closed", "closed"},
	closedOverdue: {"Завершено с просрочкой", "Завершено с просрочкой", "закрыто", "closed_overdue", "closed"},
}

// complaint is one complaint as the export shows it.
type complaint struct {
	number       int64
	registered   moment
	due          moment // the last second for the answer
	finished     moment // 0 while it is open
	state        state
	kind         *kind
	subject      *subject
	region       *region
	spelling     string    // of the region
	district     *district // as printed: number 0 is none
	body         sentence  // who answers
	legalEntity  bool
	duplicate    bool
	forwarded    bool
	forwardedOut bool
	part         int // of a forwarded complaint; 0 is the whole
	language     int
	text         []byte
	planted      [len(planted)]int64
}

// place is where the complaint is about, in the genitive, in a language.
func (c *complaint) place(language int) string {
	if c.district.number == 0 {
		return c.region.of[language]
	}
	return c.district.of[language]
}

// Shares, per mille. Duplicates and forwards are as counted in a real cut of 352,641 complaints, the rest is a guess.
const (
	shareLegalEntity  = 120
	shareDuplicate    = 26
	shareForwarded    = 207
	shareForwardedOut = 8
	sharePart         = 300 // of the forwarded
	shareNoDistrict   = 60
	shareForgotten    = 3 // never answered
	shareKazakh       = 420
)

// author makes complaints. It reuses one complaint and one source of randomness.
type author struct {
	spec       Spec
	words      *words
	calendar   calendar
	exported   moment
	pcg        rand.PCG
	rand       *rand.Rand
	complaint  complaint
	writesText bool
	// The analytic exports know whole seconds. Elsewhere milliseconds keep rows without ids apart.
	wholeSeconds bool
}

func newAuthor(s Spec, w *words, c calendar, writesText bool) *author {
	a := &author{spec: s, words: w, calendar: c, writesText: writesText}
	a.wholeSeconds = s.Format == Analytic || s.Format == AnalyticText
	a.exported = midnight(s.Exported) + clock(6, 0)
	a.rand = rand.New(&a.pcg)
	return a
}

// write returns the complaint of that number, registered at that place of the calendar. It is valid until the next
// call.
func (a *author) write(number, place int64) *complaint {
	a.pcg.Seed(a.spec.Seed, uint64(number))
	r, w, c := a.rand, a.words, &a.complaint
	*c = complaint{number: number, text: c.text[:0]}
	c.registered = a.calendar.at(place, r.Int64N(jitters))
	if a.wholeSeconds {
		c.registered -= c.registered % 1000
	}
	c.kind = &w.kinds[w.kindOf.draw(r)]
	month := a.calendar.month(c.registered.day())
	c.subject = &w.subjects[w.subjectOf[month].draw(r)]

	c.region = &w.regions[w.regionOf.draw(r)]
	c.spelling = c.region.spellings[c.region.spelledAs.draw(r)]
	c.district = &w.nowhere
	if !perMille(r, shareNoDistrict) {
		c.district = c.region.districts[c.region.districtOf.draw(r)]
	}
	bodies := w.bodies[c.subject.code]
	c.body = bodies[r.IntN(len(bodies))]

	c.legalEntity = perMille(r, shareLegalEntity)
	c.duplicate = perMille(r, shareDuplicate)
	c.forwarded = perMille(r, shareForwarded)
	c.forwardedOut = perMille(r, shareForwardedOut)
	if c.forwarded && perMille(r, sharePart) {
		c.part = 1 + r.IntN(3)
	}
	last := due(c.kind, c.registered)
	c.due = midnight(last+1) - 1000
	c.setState(a.answered(last), a.exported)

	if a.writesText {
		a.compose()
	}
	return c
}

// misplace moves the complaint to a region that does not exist.
func (a *author) misplace() {
	c := &a.complaint
	c.region, c.spelling, c.district = &a.words.unknown, a.words.unknown.spellings[0], &a.words.nowhere
	if a.writesText {
		a.compose()
	}
}

func perMille(r *rand.Rand, share int) bool { return r.IntN(1000) < share }

// answered draws when the complaint is answered, 0 for never: most within the term, some late, a few never.
func (a *author) answered(last qulaq.Day) moment {
	r, c := a.rand, &a.complaint
	at := clock(9, 0) + moment(r.Int64N(int64(clock(9, 30))/1000))*1000
	switch {
	case perMille(r, shareForgotten):
		return 0
	case perMille(r, c.region.late):
		return midnight(last+1+qulaq.Day(r.IntN(20))) + at
	}
	// The larger of two draws: answers crowd before the end of the term.
	days := max(1, int(last-c.registered.day()))
	return midnight(c.registered.day()+1+qulaq.Day(max(r.IntN(days), r.IntN(days)))) + at
}

// setState sets the state as of a moment.
func (c *complaint) setState(answered, asOf moment) {
	late := c.due < asOf
	c.state, c.finished = open, 0
	if answered != 0 && answered <= asOf {
		late = c.due < answered
		c.state, c.finished = closed, answered
	}
	if late {
		c.state++
	}
}

// rewind shows the complaint as it was on the evening of its registration.
func (c *complaint) rewind() { c.state, c.finished = open, 0 }
