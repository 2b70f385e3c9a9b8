package publication

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/qulaq-kz/qulaq"
)

// Look is one look at one listing: what answered, what was found. It is healthy only when it came to the end of the
// listing and every canary passed.
type Look struct {
	Place
	At       time.Time
	Since    qulaq.Day // only what was published from this day on was asked for; 0: the whole listing
	Outcome  string    // healthy, empty, or what went wrong: refused, unreachable, changed_shape, login_page, …
	Complete bool      // read to its end
	Pages    int
	Entries  int
	Hashes   []string // SHA-256 of the pages
	Error    string   // why it went wrong, for a person; without secrets

	// What became of the entries that earlier looks knew and that this one had to show. One whose title has become
	// another one's counts as missing.
	KnownSeen, KnownMissing int
	// What became of the plans among those seen: whether the program still takes them for plans.
	PlansKept, PlansLost int

	Oldest []qulaq.Day // the days of its oldest entries, in order; several of them at most
	Newest qulaq.Day   // the day of its newest entry; 0 unknown
	Moved  qulaq.Day   // of a whole look: the day that most of its entries bear, as a move of the site leaves it; 0 none

	Blank int // elements of the listing that gave no entry: a publication may be one of them
	Mute  int // entries whose title says nothing, where some titles said something before and none does now

	// Examined says that the canaries were asked; Failures are those that did not pass. See Examine.
	Examined bool
	Failures []Failure
}

// Acceptance is the word of an operator who has looked at a site that the canaries doubt: it changed for good, and what
// its listings in some languages show since then is what is usual there. The caller hands the canaries a history of those
// that begins with it.
type Acceptance struct {
	Source   string
	Langs    []string // of the listings that were doubted
	At       time.Time
	Who, Why string
}

// Day returns the day of the look in Almaty.
func (l Look) Day() qulaq.Day { return qulaq.DayOf(l.At.In(qulaq.Almaty())) }

// Answered says whether the listing was read to its end in its known shape, whatever the canaries say.
func (l Look) Answered() bool {
	return l.Complete && (l.Outcome == "healthy" || l.Outcome == "empty")
}

// Healthy says whether the look says anything about what is published. One that was not examined does not.
func (l Look) Healthy() bool { return l.Answered() && l.Examined && len(l.Failures) == 0 }

// reaches says whether the look would have shown what was published on a day or later. The day 0, which is unknown,
// is reached by a look at the whole listing only.
func (l Look) reaches(d qulaq.Day) bool { return l.Since == 0 || d != 0 && l.Since <= d }

// several entries of before a day show that a listing reaches back behind it: one or two may be pinned. That day is the
// first on which something may have been published; of plans, when half of their period is over.
const several = 3

// silence is how many days without an entry end the stretch that a listing is known to keep: statutes and rules of long
// ago stay where a site keeps no more than its newest year.
const silence = 2 * 366

// crowd is how many entries a listing needs for the day that most of them bear to be that of a move.
const crowd = 5

// Depth says of the days that the entries of a whole listing bear which the oldest are of those from which on no two
// years are without one, and on which day the site was moved; 0 where they do not say. Days before there was a republic are those
// of broken clocks.
func Depth(days []qulaq.Day) (oldest []qulaq.Day, moved qulaq.Day) {
	days = slices.DeleteFunc(slices.Clone(days), func(d qulaq.Day) bool { return d < republic })
	slices.Sort(days)
	if len(days) >= crowd {
		middle := days[len(days)/2] // the day of more than half is in the middle
		n := 0
		for _, d := range days {
			if d == middle {
				n++
			}
		}
		if 2*n > len(days) {
			moved = middle
		}
	}
	for i := len(days) - 1; i > 0; i-- {
		if days[i]-days[i-1] > silence {
			days = days[i:]
			break
		}
	}
	return days[:min(len(days), several)], moved
}

// Failure is a canary that did not pass, as a row of the warehouse holds it: its name, a colon and the figures.
type Failure string

// The canaries: what must hold for a listing to be the one that was known, with all that it had.
const (
	emptied      = "emptied"       // it has no entry at all; an akimat that published nothing, ever, is a wrong address
	knownMissing = "known_missing" // most of the entries that were known are not listed
	shrunk       = "shrunk"        // it has far fewer entries than usual
	blank        = "blank"         // it has elements that cannot be read; what is not among the others may be one of them
	mute         = "mute"          // the titles of most of its entries say nothing
	frozen       = "frozen"        // for long it has shown nothing newer, and it used to
	unrecognised = "unrecognised"  // it lists plans that were known, and the program does not take them for plans any more
)

// What is learned of a listing's volume. A listing grows as a rule; how far one look may fall behind the median is
// learned from how far the healthy ones did, with a fifth of room, within bounds.
const (
	volumeLooks    = 30 // so many looks back
	volumeNeeds    = 3  // with fewer there is little to compare with
	volumeRoom     = 0.8
	youngRoom      = 0.6 // of the few looks that there are
	leastTolerance = 0.4 // a listing that has lost 60 % is another one, whatever was seen before
)

// Learned says whether the canary compares what the site shows with what it showed before. Only such a failure is over
// when an operator accepts the site as it is. That a listing has no entries, or some that cannot be read, or that nothing
// on it is recognised is a doubt of what the program makes of it: no word of an operator teaches the program to see a plan.
func (f Failure) Learned() bool {
	name, _, _ := strings.Cut(string(f), ":")
	return slices.Contains([]string{knownMissing, shrunk, frozen}, name)
}

// What is learned of a listing's rhythm: the days on which looks saw a newer entry than before. A copy that is served from
// somebody's memory, or a slug that was left behind, holds all that it held and gets nothing new; but so does an
// akimat that publishes little, so only a listing that was seen to move often, and stands far longer than it ever did,
// is doubted.
const (
	rhythmDays  = 365 // so many days back
	rhythmMoves = 10  // with fewer there is no rhythm
	rhythmRoom  = 3   // times the longest pause
	leastPause  = 7   // days; less is a holiday
)

// Canaries returns the canaries that did not pass. The history is of the same place; only what is healthy and earlier
// in it is believed, so that a broken site does not teach what is usual. A listing that really lost most of its
// entries stays doubtful until somebody has looked and hands in a shorter history.
func Canaries(l Look, history []Look) []Failure {
	var failed []Failure
	add := func(name, format string, figures ...any) {
		failed = append(failed, Failure(name+": "+fmt.Sprintf(format, figures...)))
	}
	if l.Entries == 0 { // also of a look at what is new: it overlaps the one before, and shows its newest entries
		add(emptied, "0 entries")
	}
	if known := l.KnownSeen + l.KnownMissing; known >= 2 && 2*l.KnownMissing > known {
		add(knownMissing, "%d of %d", l.KnownMissing, known)
	}
	if l.Blank > 0 {
		add(blank, "%d besides %d entries", l.Blank, l.Entries)
	}
	if 2*l.Mute > l.Entries {
		add(mute, "%d of %d", l.Mute, l.Entries)
	}
	if plans := l.PlansKept + l.PlansLost; 2*l.PlansLost > plans {
		add(unrecognised, "%d of %d", l.PlansLost, plans)
	}
	if days, most := pause(l, history); most > 0 && days > max(rhythmRoom*most, leastPause) {
		add(frozen, "nothing newer than %s for %d days, %d at most are usual", l.Newest, days, most)
	}
	if least := usual(l, history); l.Entries > 0 && l.Since == 0 && l.Entries < least {
		add(shrunk, "%d entries, at least %d are usual", l.Entries, least)
	}
	return failed
}

// usual returns the least number of entries that is usual for a whole look, 0 when too little is known.
func usual(l Look, history []Look) int {
	past := slices.Clone(history)
	past = slices.DeleteFunc(past, func(h Look) bool {
		return h.Place != l.Place || h.Since != 0 || !h.Healthy() || !h.At.Before(l.At)
	})
	slices.SortFunc(past, func(a, b Look) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.Entries, b.Entries)) })
	past = past[:min(len(past), volumeLooks)]
	if len(past) == 0 {
		return 0
	}
	counts := make([]int, len(past))
	for i, h := range past {
		counts[i] = h.Entries
	}
	slices.Sort(counts)
	median := float64(counts[len(counts)/2])
	if len(past) < volumeNeeds {
		return int(median * youngRoom)
	}
	share := volumeRoom * min(float64(counts[0])/median, 1)
	return int(median * max(share, leastTolerance))
}

// pause returns for how many days looks have seen nothing newer at a listing, and how many it was at most before; 0 when
// too little is known.
func pause(l Look, history []Look) (days, most int) {
	past := slices.DeleteFunc(slices.Clone(history), func(h Look) bool {
		return h.Place != l.Place || h.Newest == 0 || !h.Healthy() || !h.At.Before(l.At) || h.Day() < l.Day()-rhythmDays
	})
	if len(past) <= rhythmMoves || l.Newest == 0 {
		return 0, 0
	}
	slices.SortFunc(past, func(a, b Look) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Newest, b.Newest)) })
	newest, since, moves := past[0].Newest, past[0].Day(), 0
	for _, h := range past[1:] {
		if h.Newest > newest {
			most = max(most, int(h.Day()-since))
			newest, since, moves = h.Newest, h.Day(), moves+1
		}
	}
	if moves < rhythmMoves || l.Newest > newest {
		return 0, 0
	}
	return int(l.Day() - since), most
}

// Examine returns the look with its canaries asked. What a look failed is written down with it: it is asked once,
// when the look is made. Of a listing that was not read to its end they say nothing, and are not asked.
func Examine(l Look, history []Look) Look {
	l.Examined, l.Failures = true, nil
	if l.Answered() {
		l.Failures = Canaries(l, history)
	}
	return l
}
