package publication

import (
	"cmp"
	"slices"
	"time"

	"github.com/qulaq-kz/qulaq"
)

// State says what is to be said of an obligation on a day.
type State string

// The states.
const (
	Pending      State = "pending"      // nothing can be expected yet, or nothing is known to be due
	Published    State = "published"    // in time, or on a day that nobody knows
	Late         State = "late"         // published after the due day
	Unreadable   State = "unreadable"   // there is something, and what it says cannot be read
	NotFound     State = "not_found"    // looked everywhere, nothing there; not yet due, or within grace
	Overdue      State = "overdue"      // the same, after grace
	Withdrawn    State = "withdrawn"    // was there and is gone: two looks on different days
	Unverifiable State = "unverifiable" // nobody can tell: a look failed, or a site changed
)

// States returns all states, in the order of the list above.
func States() []State {
	return []State{Pending, Published, Late, Unreadable, NotFound, Overdue, Withdrawn, Unverifiable}
}

// Verdict is what is said of one obligation on one day, with what it rests on.
type Verdict struct {
	State         State
	PublishedOn   qulaq.Day // 0 unknown or not published
	DaysLate      int       // from the due day to PublishedOn; of a late publication whose day is unknown, at least so many
	PublicationID string    // of the publication that stands for all; "" when there is none
	URL, Hash     string    // of its main file
	Reason        Reason
	Evidence      []Evidence
	Since         qulaq.Day // the first day of this state; of an unverifiable one, of the first look that failed
	CheckedAt     time.Time // up to when all places are known to have been looked at in health; zero: not all ever were
	JudgedOn      qulaq.Day
	DueOn         qulaq.Day // that it is measured by: of a half-year's meetings, that of the gravest
	GraceUntil    qulaq.Day
	Each          []Single // what is said of each meeting, where a half-year sums them up
	Was           State    // the last state that rested on a publication: once seen is not forgotten; "" none
}

// Evidence is one thing that a verdict rests on: a publication, or a look at a listing.
type Evidence struct {
	Place
	On            qulaq.Day // the day of the look, or the day on which the publication was seen last
	PublicationID string    // "" for a look
	For           string    `json:",omitempty"` // the day of the meeting that a publication is of, where a half-year sums them up
	URL           string    // of a publication
	Hashes        []string  // SHA-256 of the file, or of the pages of the listing
	Pages         int       // of a look, as the rest
	Entries       int
	Outcome       string // of a look; "accepted" of the word of an operator
	Failures      []Failure
	Note          string `json:",omitempty"` // of an acceptance: who, and why
}

// MaxAge is after how many days a look says nothing of today. It is longer than the pause between whole looks, which
// is a setting of a few days.
const MaxAge = 30

// standing says how well one place is known.
type standing struct {
	place    Place
	looks    []*Look     // up to today, by time, without those that another one of the same night stands for
	last     *Look       // the latest; nil when there was none
	proof    *Look       // the latest healthy one that would have shown the publication; nil when there was none
	bad      *Look       // the latest one that failed
	watched  qulaq.Day   // since when healthy looks that would have shown it followed one another, until grace was over; 0 when there was none
	oldest   []qulaq.Day // days of the oldest entries that were seen there since then, those of one look
	badSince qulaq.Day   // the day of the first look that failed after the place was last known to be well; 0 when it is
}

// situation is all that the rules ask about.
type situation struct {
	o        Obligation
	today    qulaq.Day
	previous Verdict
	places   []standing

	there  []Found // that meet the obligation and are listed
	gone   []Found // that meet it and were withdrawn
	unsure []Found // listed, of the kind and the akimat, without a period, or with one that it cannot be of
	astray []Found // that meet it and are listed in a place of another akimat
	when   punctual

	recognised bool // something of the kind was read on the akimat's site before; see recognises
}

// Judge says what is to be said of an obligation on a day. Founds and looks may be those of all akimats; what is of
// another one, or later than today, is left aside. Previous is the verdict before this one, zero when there was none.
// To judge again with the verdict that came out changes nothing.
//
// The previous verdict is asked for two things: since when the state lasts, and whether a publication was ever known. If
// one was and nothing is known of it now, the program is to blame or the facts are, and nobody else is accused; who has
// seen that the earlier verdict was wrong hands in a zero one.
func Judge(o Obligation, founds []Found, looks []Look, previous Verdict, today qulaq.Day) Verdict {
	if len(o.Each) > 0 {
		return judgeEach(o, founds, looks, previous, today)
	}
	s := &situation{o: o, today: today, previous: previous}
	s.look(looks)
	s.sort(founds)
	for _, r := range rules {
		if r.holds(s) {
			return s.verdict(r)
		}
	}
	return s.verdict(rules[len(rules)-1]) // the last rule always holds
}

// look keeps the looks at the planned places up to today, and says how each place stands.
func (s *situation) look(looks []Look) {
	for _, p := range s.o.Places {
		if s.at(p) == nil {
			s.places = append(s.places, standing{place: p})
		}
	}
	y, m, d := (s.today + 1).Time().Date()
	tomorrow := time.Date(y, m, d, 0, 0, 0, 0, qulaq.Almaty())
	for i := range looks {
		if p := s.at(looks[i].Place); p != nil && looks[i].At.Before(tomorrow) {
			p.looks = append(p.looks, &looks[i])
		}
	}
	for i := range s.places {
		s.places[i].stand(s.o.SearchFrom, s.o.GraceUntil)
	}
}

// at returns what is known of a planned place, nil when it is not planned.
func (s *situation) at(p Place) *standing {
	for i := range s.places {
		if s.places[i].place == p {
			return &s.places[i]
		}
	}
	return nil
}

// looksOf returns the looks that could show a publication.
func (s *situation) looksOf(f Found) []*Look {
	if p := s.at(f.Place); p != nil {
		return p.looks
	}
	return nil
}

// stand puts the looks in order and says what they come to.
func (p *standing) stand(searchFrom, graceUntil qulaq.Day) {
	if !slices.IsSortedFunc(p.looks, byTime) { // they are, as a rule
		slices.SortFunc(p.looks, byTime)
	}
	p.looks = unbroken(p.looks)
	doubted := false // by the canaries of a whole look: what is new says nothing about that
	for _, l := range p.looks {
		p.last = l
		if l.Since == 0 && l.Answered() && l.Examined {
			doubted = !l.Healthy()
		}
		if !l.Healthy() {
			p.bad = l
			if p.badSince == 0 {
				p.badSince = l.Day()
			}
			continue
		}
		if !doubted {
			p.badSince = 0
		}
		if l.reaches(searchFrom) {
			// What came and went in a pause nobody saw: who looked years ago has not watched since.
			if p.proof == nil || p.proof.Day() <= graceUntil && l.Day()-p.proof.Day() > MaxAge {
				p.watched, p.oldest = l.Day(), nil
			}
			p.proof = l
		}
		if len(l.Oldest) > len(p.oldest) || len(l.Oldest) == len(p.oldest) && slices.Compare(l.Oldest, p.oldest) < 0 {
			p.oldest = l.Oldest
		}
	}
}

// unbroken leaves those looks at one place aside that broke off before they were examined, where a finished one of the
// same night is there: what a night saw is its best look. Where none is, they count as looks that failed.
func unbroken(looks []*Look) []*Look {
	broken := func(l *Look) bool { return !l.Examined }
	if !slices.ContainsFunc(looks, broken) { // as a rule
		return looks
	}
	finished := map[qulaq.Day]bool{}
	for _, l := range looks {
		finished[l.Day()] = finished[l.Day()] || l.Examined
	}
	return slices.DeleteFunc(looks, func(l *Look) bool { return broken(l) && finished[l.Day()] })
}

// byTime orders the looks at one place. Of two at the same moment the one that failed comes last, and so counts; the
// rest of the order makes the verdict independent of the order in which looks are handed in.
func byTime(a, b *Look) int {
	if c := a.At.Compare(b.At); c != 0 {
		return c
	}
	return cmp.Or(
		ahead(a.Healthy(), b.Healthy()), cmp.Compare(b.Since, a.Since), slices.Compare(a.Hashes, b.Hashes),
		cmp.Compare(a.trouble(), b.trouble()), cmp.Compare(a.Entries, b.Entries), cmp.Compare(a.Pages, b.Pages),
	)
}

// sort tells the publications apart, each sort in the order of its ids.
func (s *situation) sort(founds []Found) {
	var all []Found
	var seen []Found
	for _, f := range founds {
		if f, known := f.as(s.today); known {
			seen = append(seen, f)
			switch fits := f.meets(s.o); {
			case fits != no && f.Kind == ActionPlan && len(s.places) > 0 && s.at(f.Place) == nil:
				if fits == yes && f.GoneOn == 0 {
					s.astray = append(s.astray, f)
				}
			case fits == yes:
				all = append(all, f)
			case fits == maybe:
				if !f.gone(s.looksOf(f)) {
					s.unsure = append(s.unsure, f)
				}
			}
		}
	}
	s.recognised = recognises(seen, s.o)
	slices.SortFunc(all, byID)
	slices.SortFunc(s.unsure, byID)
	slices.SortFunc(s.astray, byID)
	var elsewhere []Found // gone, and in another entry
	for _, f := range all {
		switch {
		case !f.gone(s.looksOf(f)) || f.fades(s.o):
			s.there = append(s.there, f)
		case moved(f, seen):
			elsewhere = append(elsewhere, f)
		default:
			s.gone = append(s.gone, f)
		}
	}
	if len(s.there) == 0 { // what is there by itself stands for it
		s.there = elsewhere
	}
	if len(all) > 0 {
		s.when = s.first(all)
	}
}

// readable says whether any publication that is there can be read.
func (s *situation) readable() bool {
	return slices.ContainsFunc(s.there, func(f Found) bool { return f.Readable })
}

// watched says whether what may be taken down again would have been seen: every place was looked at in health between
// the due day and the end of the period.
func (s *situation) watched() bool {
	return !s.o.Fades || !slices.ContainsFunc(s.places, func(p standing) bool {
		return !slices.ContainsFunc(p.looks, func(l *Look) bool {
			return l.Healthy() && s.o.DueOn <= l.Day() && l.Day() <= s.o.Period.To
		})
	})
}

// failing returns the places that are not well: the latest look failed, or a canary of the latest whole one did.
func (s *situation) failing() []standing {
	return s.where(func(p standing) bool { return p.badSince != 0 })
}

// unseen returns the places that no healthy look was at from a day on.
func (s *situation) unseen(from qulaq.Day) []standing {
	return s.where(func(p standing) bool { return p.proof == nil || p.proof.Day() < from })
}

// late returns the places that nobody was watching when grace ended.
func (s *situation) late() []standing {
	return s.where(func(p standing) bool { return p.watched > s.o.GraceUntil })
}

// shallow returns those of them that were not seen to reach back behind the first day on which it may have been
// published: what was published in time may have left the listing before anybody looked.
func (s *situation) shallow() []standing {
	return slices.DeleteFunc(s.late(), func(p standing) bool {
		reach := s.reach(p.place.Source)
		return reach != 0 && reach < s.o.earliest()
	})
}

// reach returns the day of the third oldest entry of a site, by the language whose listing reaches back the furthest: a
// site drops what is old in all of them; 0 when that is not known. Entries of two languages may be one paper.
func (s *situation) reach(source string) (day qulaq.Day) {
	for _, p := range s.places {
		if p.place.Source == source && len(p.oldest) >= several && (day == 0 || p.oldest[several-1] < day) {
			day = p.oldest[several-1]
		}
	}
	return day
}

func (s *situation) where(test func(standing) bool) []standing {
	var some []standing
	for _, p := range s.places {
		if test(p) {
			some = append(some, p)
		}
	}
	return some
}

// withdrawnOn is the first day on which the last of the withdrawn publications was not there.
func (s *situation) withdrawnOn() (day qulaq.Day) {
	for _, f := range s.gone {
		day = max(day, f.GoneOn)
	}
	return day
}

func (s *situation) verdict(r rule) Verdict {
	v := Verdict{
		State: r.state, Reason: s.reason(r.reason), JudgedOn: s.today, Since: s.today, Was: s.previous.Was, CheckedAt: s.checkedAt(),
		DueOn: s.o.DueOn, GraceUntil: s.o.GraceUntil,
	}
	if stands := s.standing(r.state); len(stands) > 0 {
		f := chosen(stands, s.previous.PublicationID)
		v.PublicationID, v.URL, v.Hash = f.PublicationID, f.URL, f.Hash
	}
	if r.state != Unverifiable && len(s.there)+len(s.gone) > 0 {
		v.PublishedOn, v.DaysLate, v.Was = s.when.on, s.when.late, r.state
	}
	if r.state == Unverifiable {
		for _, p := range s.failing() {
			v.Since = min(v.Since, p.badSince)
		}
	}
	if s.previous.State == r.state && s.previous.Since != 0 {
		v.Since = min(s.previous.Since, s.today)
	}
	v.Evidence = append(s.evidence(r.state), s.accepted()...)
	return v
}

// standing returns the publications that a state rests on.
func (s *situation) standing(state State) []Found {
	switch {
	case state == Pending || state == NotFound || state == Overdue:
		return nil
	case len(s.there) > 0:
		return s.there
	case len(s.gone) > 0:
		return s.gone
	}
	return append(slices.Clone(s.unsure), s.astray...)
}

// checkedAt returns the earliest of the latest healthy looks of all places.
func (s *situation) checkedAt() (at time.Time) {
	for i, p := range s.places {
		if p.proof == nil {
			return time.Time{}
		}
		if i == 0 || p.proof.At.Before(at) {
			at = p.proof.At
		}
	}
	return at
}

// evidence returns what a state rests on, each thing once: the publications; the looks that no longer listed them; of
// absence, the look at every place that proves it, and the latest one where that failed or proves nothing. A place that
// nobody looked at is named as such.
func (s *situation) evidence(state State) []Evidence {
	list := evidenceOf(s.standing(state))
	add := func(e Evidence) {
		if !slices.ContainsFunc(list, func(k Evidence) bool { return k.same(e) }) {
			list = append(list, e)
		}
	}
	if s.when.without != nil {
		add(evidenceOfLook(s.when.without))
	}
	if state == Published || state == Late {
		return list
	}
	for _, f := range s.gone {
		for _, l := range f.absences(s.looksOf(f))[:2] {
			add(evidenceOfLook(l))
		}
	}
	for _, p := range s.places {
		if p.proof != nil {
			add(evidenceOfLook(p.proof))
		}
		switch {
		case p.last == nil:
			add(Evidence{Place: p.place, Outcome: "not_looked"})
		case p.badSince != 0:
			add(evidenceOfLook(p.bad))
		case p.proof == nil:
			add(evidenceOfLook(p.last))
		}
	}
	return list
}

// accepted returns the words of operators on the sites, up to today.
func (s *situation) accepted() []Evidence {
	var list []Evidence
	for _, a := range s.o.Accepted {
		if on := qulaq.DayOf(a.At.In(qulaq.Almaty())); on <= s.today {
			list = append(list, Evidence{Place: Place{Source: a.Source}, On: on, Outcome: "accepted", Note: a.Who + ": " + a.Why})
		}
	}
	return list
}

// same says whether two pieces of evidence are one.
func (e Evidence) same(k Evidence) bool {
	return k.Place == e.Place && k.On == e.On && k.PublicationID == e.PublicationID && k.For == e.For && k.Outcome == e.Outcome && k.Note == e.Note && slices.Equal(k.Hashes, e.Hashes)
}

func evidenceOf(all []Found) []Evidence {
	var list []Evidence
	for _, f := range all {
		list = append(list, Evidence{Place: f.Place, On: f.LastSeenOn, PublicationID: f.PublicationID, URL: f.URL, Hashes: []string{f.Hash}})
	}
	return list
}

func evidenceOfLook(l *Look) Evidence {
	return Evidence{
		Place: l.Place, On: l.Day(), Hashes: slices.Clone(l.Hashes), Pages: l.Pages, Entries: l.Entries, Outcome: l.Outcome,
		Failures: slices.Clone(l.Failures),
	}
}
