package publication

import (
	"cmp"
	"slices"

	"github.com/qulaq-kz/qulaq"
)

// Found is a publication that was seen on a site, in one form. One whose kind cannot be told, because none of its files
// could be read, is handed in as the kind that it may be, not readable and without a period.
type Found struct {
	PublicationID string
	Place         // the listing that it stood in
	RegionCode    string
	DistrictCode  string // of a district's akimat; "" for a region's
	Kind          Kind
	Period        Period    // that it concerns; zero when it does not say
	StampedOn     qulaq.Day // as the site says; 0 unknown, also where the stamp is that of a migration
	Moved         bool      // StampedOn is the day on which the site was moved: it was out by then, nobody knows since when
	DatedOn       qulaq.Day // the first date of the document itself; 0 unknown
	FirstSeenOn   qulaq.Day // always known
	ListedOn      qulaq.Day // the day on which its entry was first seen, whatever it held then; 0: FirstSeenOn
	LastSeenOn    qulaq.Day
	GoneOn        qulaq.Day // the day of the first healthy look after LastSeenOn that did not list it; 0 while it is listed
	Meetings      int       // of a paper on meetings: how many it tells of
	Readable      bool      // something of what it has to say could be read
	Current       bool      // its content counts: false for replaced versions, translations and copies
	URL, Hash     string    // of the main file
	File          string    // SHA-256 of its file; "" where it stands in the listing itself
}

// changed says whether its entry held something else before, or said it otherwise: a page that is used again for every
// half-year, a title that was put right. The stamp is that of the entry then.
func (f Found) changed() bool { return f.ListedOn != 0 && f.ListedOn < f.FirstSeenOn }

// publishedOn returns the day on which it was published: as the site says, else as the document says; 0 unknown. A
// document is dated before it is published, so where its date is all there is, the doubt is in favour of the akimat;
// but a date from before the obligation is that of something else, such as the decree that the document names. What
// was seen earlier than it says was out by then: sites change the stamp of what they edit, and clocks are wrong. That it
// was out no sooner nobody can tell then, so the day on which it was seen counts only where that is in time.
func (f Found) publishedOn(o Obligation) qulaq.Day {
	on := f.StampedOn
	switch {
	case f.Moved && (o.DueOn == 0 || on > o.DueOn):
		on = 0
	case f.changed() && on <= o.DueOn:
		on = 0
	case on < republic, o.closes() && on < o.SearchFrom: // what is of a period was not published before it
		on = 0
	}
	if on == 0 && f.DatedOn >= o.SearchFrom {
		on = f.DatedOn
	}
	switch {
	case on != 0 && on <= f.FirstSeenOn, f.StampedOn == 0 && on == 0:
		return on
	case o.DueOn == 0 || f.FirstSeenOn <= o.DueOn:
		return f.FirstSeenOn
	}
	return 0
}

// as returns the publication as it was known on a day; ok is false when it was not known yet.
func (f Found) as(today qulaq.Day) (known Found, ok bool) {
	if f.GoneOn > today {
		f.GoneOn = 0
	}
	return f, f.FirstSeenOn <= today
}

// republic is the first day that a stamp can mean: one before it is that of a broken clock.
var republic = qulaq.Date(1991, 12, 16)

// fit says how well a publication meets an obligation.
type fit int

const (
	no    fit = iota
	maybe     // it is of the kind and the akimat, does not say its period, and was published when this one was to be
	yes
)

// meets says whether a publication meets an obligation. One that concerns a part of the period does: who published
// something for it is not named among those who did not. One that is known to tell of a meeting does, whatever its
// title makes of it: a calendar may say itself what became of a meeting.
func (f Found) meets(o Obligation) fit {
	if slices.ContainsFunc(o.Papers, func(r Ref) bool { return r.entry() == (Ref{f.Source, f.PublicationID}).entry() }) {
		return yes
	}
	if f.Kind != o.Kind || f.RegionCode != o.RegionCode || f.DistrictCode != o.DistrictCode {
		return no
	}
	on := cmp.Or(f.publishedOn(o), f.FirstSeenOn)
	if o.Single && o.term >= 0 && on < o.Period.To { // a paper on a whole half-year tells nothing of what is to come
		return no
	}
	early := o.closes() && on < o.earliest()
	switch { // what was published before its time was half over is no plan of it, whatever its title says
	case f.Period.Overlaps(o.Period) && early:
		return maybe
	case f.Period.Overlaps(o.Period):
		return yes
	case f.Period.Known() && !(o.closes() && on < f.Period.middle()):
		return no
	case f.StampedOn >= republic && f.StampedOn < o.SearchFrom && !f.changed(): // it is older, whenever it was seen
		return no
	}
	// It may be that of this period or of the next one, not of one long ago.
	if o.SearchFrom <= on && on <= o.Period.To+(o.Period.To-o.Period.From) {
		return maybe
	}
	return no
}

// shows says whether a publication shows that the program recognises what an obligation asks for, of whatever period.
// For plans a whole set of papers shows that; what calendars and announcements look like on a site is known only from
// one that was read there.
func (f Found) shows(o Obligation) bool {
	return f.Readable && f.Kind == o.Kind && f.RegionCode == o.RegionCode && f.DistrictCode == o.DistrictCode
}

// enough is how many publications show that an akimat publishes something for single meetings, and how that looks.
// One may be there by chance.
const enough = 2

// recognises says whether the publications show that what an obligation asks for is recognised on the akimat's site.
// Only those count that were out by the due day: who begins to publish calendars or to announce meetings on the site is
// not accused of those before.
func recognises(founds []Found, o Obligation) bool {
	if o.Kind == ActionPlan {
		return true
	}
	days := map[qulaq.Day]bool{}
	for _, f := range founds {
		if on := cmp.Or(f.StampedOn, f.FirstSeenOn); f.shows(o) && on <= o.DueOn {
			days[on] = true
		}
	}
	return len(days) >= enough || len(days) > 0 && !o.Single
}

// fades says whether a publication that is gone was only taken down when its time was over.
func (f Found) fades(o Obligation) bool { return o.Fades && f.GoneOn > o.Period.To }

// absences returns the healthy looks that did not list the publication any more, the first of each day.
func (f Found) absences(looks []*Look) []*Look {
	var all []*Look
	if f.GoneOn == 0 {
		return nil
	}
	for _, l := range looks {
		if l.Healthy() && l.Day() >= f.GoneOn && l.reaches(f.StampedOn) &&
			!slices.ContainsFunc(all, func(k *Look) bool { return k.Day() == l.Day() }) {
			all = append(all, l)
		}
	}
	return all
}

// gone says whether the publication was withdrawn: two healthy looks at its listing, on different days, did not show
// it. A single one may have met a site in the middle of a change.
func (f Found) gone(looks []*Look) bool { return len(f.absences(looks)) >= 2 }

// punctual says how a publication stands to a due day.
type punctual struct {
	rank    int       // inTime, dayUnknown or tooLate; the lower the better
	on      qulaq.Day // published on; 0 unknown
	late    int       // days after the due day, or at least so many
	without *Look     // the last look after the due day that did not show it, where the day is unknown or before that; nil when none did
}

const (
	inTime = iota
	dayUnknown
	tooLate
)

// punctuality says whether a publication was in time. Where its day is unknown, the day on which it was seen first is
// only an upper bound: it is late only if a healthy look at the whole listing, after the due day, did not show it.
func (f Found) punctuality(o Obligation, looks []*Look) punctual {
	on, due := f.publishedOn(o), o.DueOn
	switch {
	case on != 0 && (due == 0 || on <= due):
		p := punctual{rank: inTime, on: on}
		if on == f.StampedOn { // a document is dated before it is out; a site that says so is contradicted
			p.without = f.lacking(due, looks)
		}
		return p
	case on != 0:
		return punctual{rank: tooLate, on: on, late: int(on - due)}
	}
	if l := f.lacking(due, looks); l != nil {
		return punctual{rank: tooLate, late: int(l.Day() - due), without: l}
	}
	return punctual{rank: dayUnknown}
}

// lacking returns the first look of the last day between the due day and the one on which the entry of the publication
// was seen first on which a healthy look at the whole listing did not show it; nil when there was none. What an entry held
// before it was changed may have been the publication too, and not recognised.
func (f Found) lacking(due qulaq.Day, looks []*Look) (last *Look) {
	for _, l := range looks {
		if l.Healthy() && l.Since == 0 && due != 0 && l.Day() > due && l.Day() < cmp.Or(f.ListedOn, f.FirstSeenOn) && (last == nil || l.Day() > last.Day()) {
			last = l
		}
	}
	return last
}

// moved says whether what is gone was only moved: another entry that is listed has the same main file.
func moved(f Found, seen []Found) bool {
	return slices.ContainsFunc(seen, func(k Found) bool {
		return f.File != "" && k.File == f.File && k.GoneOn == 0 && (k.Place != f.Place || k.PublicationID != f.PublicationID)
	})
}

// first returns the punctuality of the publication that was out first: a plan that was replaced or translated later was
// published when its first version was.
func (s *situation) first(all []Found) punctual {
	of := make([]punctual, len(all))
	for i, f := range all {
		of[i] = f.punctuality(s.o, s.looksOf(f))
	}
	return slices.MinFunc(of, func(a, b punctual) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.late, b.late), ahead(a.without == nil, b.without == nil), cmp.Compare(a.on, b.on))
	})
}

// chosen returns the publication that stands for all: the one that stood for them before while it counts, else what
// is readable, what counts, the newest, Russian before others, the first id.
func chosen(all []Found, before string) Found {
	return slices.MinFunc(all, func(a, b Found) int {
		return cmp.Or(
			ahead(a.Current && a.Readable && a.PublicationID == before, b.Current && b.Readable && b.PublicationID == before),
			ahead(a.Readable, b.Readable),
			ahead(a.Current, b.Current),
			cmp.Compare(cmp.Or(b.StampedOn, b.FirstSeenOn), cmp.Or(a.StampedOn, a.FirstSeenOn)),
			ahead(a.Lang == "ru", b.Lang == "ru"),
		)
	})
}

// byID orders publications so that nothing depends on the order in which they are handed in.
func byID(a, b Found) int {
	return cmp.Or(
		cmp.Compare(a.PublicationID, b.PublicationID), cmp.Compare(a.Source, b.Source), cmp.Compare(a.Lang, b.Lang),
		cmp.Compare(a.FirstSeenOn, b.FirstSeenOn), cmp.Compare(a.LastSeenOn, b.LastSeenOn), cmp.Compare(a.StampedOn, b.StampedOn), cmp.Compare(a.DatedOn, b.DatedOn),
		cmp.Compare(a.Hash, b.Hash), cmp.Compare(a.URL, b.URL), ahead(a.Readable, b.Readable), ahead(a.Current, b.Current),
	)
}

// ahead orders what has a property before what has not.
func ahead(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}
