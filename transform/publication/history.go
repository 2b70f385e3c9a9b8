package publication

import "github.com/qulaq-kz/qulaq"

// Event says what happened between two verdicts.
type Event string

// The events.
const (
	Opened   Event = "opened"   // the first verdict on an obligation
	Changed  Event = "changed"  // another state
	Replaced Event = "replaced" // the same state, resting on another publication than before
)

// Entry is one line of an obligation's history. Lines are added and never changed: what was said on a day stays said.
type Entry struct {
	On            qulaq.Day
	Event         Event
	From, To      State  // From is "" for the first
	PublicationID string // that the new state rests on; "" when on none
	Was           string // that the state before rested on
	Verdict       Verdict
}

// Change says whether a verdict is to be written down after the previous one, which is zero when there was none. So
// judging again adds nothing, and neither does a day on which only figures changed.
func Change(previous, v Verdict) (Entry, bool) {
	e := Entry{On: v.JudgedOn, From: previous.State, To: v.State, PublicationID: v.PublicationID, Was: previous.PublicationID, Verdict: v}
	switch {
	case previous.State == "":
		e.Event = Opened
	case previous.State != v.State:
		e.Event = Changed
	case previous.PublicationID != v.PublicationID:
		e.Event = Replaced
	default:
		return Entry{}, false
	}
	return e, true
}

// Night is the state that an obligation was found in on one day.
type Night struct {
	On     qulaq.Day
	State  State
	Looked qulaq.Day // the day up to which all places were looked at in health; 0 when that is not known
}

// repeats says whether a night says of an absence what one before said, from the same looks: to judge them again is no
// new evidence. What was found needs no second look, and that nobody can tell rests on none.
func (x Night) repeats(before Night) bool {
	absent := x.State == NotFound || x.State == Overdue || x.State == Withdrawn
	return absent && x.State == before.State && x.Looked == before.Looked && x.Looked != 0
}

// Settled says whether people are to be told of the last night: its state has now been the same for exactly n nights,
// and the state that was settled before it was another one, which is returned as from ("" when none was). Nights come
// in the order of their days; of several on one day the last counts, and of those on which an absence rests on the same
// looks the first. So a state that flickers is not told, one that
// comes back after flickering is not told again, and one that lasts is told once.
func Settled(nights []Night, n int) (from, to State, ok bool) {
	n = max(n, 1)
	var settled, running State
	length := 0
	var last Night
	for i, x := range nights {
		if i+1 < len(nights) && nights[i+1].On == x.On {
			continue
		}
		if x.State != running {
			running, length = x.State, 0
		} else if ok = false; x.repeats(last) {
			continue
		}
		length, last = length+1, x
		ok = length == n && running != settled
		if ok {
			from, settled = settled, running
		}
	}
	if !ok {
		return "", "", false
	}
	return from, settled, true
}
