package publication

import (
	"fmt"
	"slices"
	"strings"
)

// rule is one line of the table: when it holds, what is said, and for what reason. The first rule that holds decides.
type rule struct {
	when   string // in words, for the docs
	state  State
	reason string // key of reasons.yaml
	holds  func(*situation) bool
}

// Reasons that others ask for: of a publication that may be another one, and of one that is not recognised any more.
const (
	periodUnknown  = "period_unknown"
	lost           = "lost"
	withdrawnMaybe = "withdrawn_maybe"
)

// rules is the whole table. What was found comes first, so that no look that fails can make it unsaid; then what makes
// it impossible to tell; then absence, of which overdue is the last and needs everything before it to be ruled out.
var rules = []rule{
	{
		"it is listed, can be read, and no due day is known", Published, "no_term",
		func(s *situation) bool { return s.readable() && s.o.DueOn == 0 && s.when.on != 0 },
	},
	{
		"it is listed, can be read, and is dated on or before the due day, but a whole healthy look after it did not show it", Published, "back_dated",
		func(s *situation) bool { return s.readable() && s.when.rank == inTime && s.when.without != nil },
	},
	{
		"it is listed, can be read, and was published on or before the due day", Published, "in_time",
		func(s *situation) bool { return s.readable() && s.when.rank == inTime },
	},
	{
		"it is listed, can be read, and was published after the due day", Late, "late",
		func(s *situation) bool { return s.readable() && s.when.rank == tooLate && s.when.on != 0 },
	},
	{
		"it is listed, can be read, bears no date, and a whole healthy look after the due day did not show it", Late, "late_at_least",
		func(s *situation) bool { return s.readable() && s.when.rank == tooLate },
	},
	{
		"it is listed, can be read, and nothing says on which day it was published", Published, "day_unknown",
		func(s *situation) bool { return s.readable() },
	},
	{
		"it is listed, and nothing of it can be read", Unreadable, "unreadable",
		func(s *situation) bool { return len(s.there) > 0 },
	},
	{
		"two healthy looks on different days no longer list it, and the latest look at some place failed, or is older than that or too old", Unverifiable, "withdrawn_unsure",
		func(s *situation) bool {
			return len(s.gone) > 0 && (len(s.failing()) > 0 || len(s.unseen(max(s.withdrawnOn(), s.today-MaxAge))) > 0)
		},
	},
	{
		"two healthy looks on different days no longer list it, and a publication is listed that may be it under another period", Unreadable, withdrawnMaybe,
		func(s *situation) bool { return len(s.gone) > 0 && len(s.unsure) > 0 },
	},
	{
		"two healthy looks on different days no longer list it, and it is in no other place", Withdrawn, "withdrawn",
		func(s *situation) bool { return len(s.gone) > 0 },
	},
	{
		"an earlier verdict rested on a publication that is now neither known as listed nor as gone", Unverifiable, lost,
		func(s *situation) bool { return s.previous.Was != "" },
	},
	{
		"nothing is known to be due", Pending, "nothing_due",
		func(s *situation) bool { return s.o.DueOn == 0 },
	},
	{
		"its time has not come: the period is not over, or its first day is to come", Pending, "too_early",
		func(s *situation) bool { return s.today < s.o.OpensOn },
	},
	{
		"a publication is listed that may be it and does not say its period, or says one that was not half over when it came out", Unreadable, periodUnknown,
		func(s *situation) bool { return len(s.unsure) > 0 },
	},
	{
		"it is listed in a place of another akimat, and in none of its own", Unverifiable, "astray",
		func(s *situation) bool { return len(s.astray) > 0 },
	},
	{
		"no place is known in which to look", Unverifiable, "no_place",
		func(s *situation) bool { return len(s.places) == 0 },
	},
	{
		"the latest look at some place failed, or a canary did in it or in the latest whole look", Unverifiable, "look_failed",
		func(s *situation) bool { return len(s.failing()) > 0 },
	},
	{
		"some place was not looked at since the time came, and grace lasts", Pending, "not_looked_yet",
		func(s *situation) bool { return len(s.unseen(s.o.OpensOn)) > 0 && s.today <= s.o.GraceUntil },
	},
	{
		"some place was not looked at since the time came, and grace is over", Unverifiable, "not_looked",
		func(s *situation) bool { return len(s.unseen(s.o.OpensOn)) > 0 },
	},
	{
		fmt.Sprintf("the latest whole healthy look at some place is more than %d days old", MaxAge), Unverifiable, "stale",
		func(s *situation) bool { return len(s.unseen(s.today-MaxAge)) > 0 },
	},
	{
		"looked everywhere, nothing there; it is not yet due", NotFound, "not_due",
		func(s *situation) bool { return s.today <= s.o.DueOn },
	},
	{
		"looked everywhere, nothing there; it is due, and grace lasts", NotFound, "within_grace",
		func(s *situation) bool { return s.today <= s.o.GraceUntil },
	},
	{
		"looked everywhere, nothing there; grace is over, and some place has no whole healthy look after it yet", NotFound, "awaiting_look",
		func(s *situation) bool { return len(s.unseen(s.o.GraceUntil+1)) > 0 },
	},
	{
		"the same after grace, of an announcement, and some place had no healthy look between the due day and the meeting: it may have been taken down since", Unverifiable, "not_watched",
		func(s *situation) bool { return !s.watched() },
	},
	{
		"the same after grace, and of this akimat nothing of the kind was recognised that was out by the due day (of announcements and results: fewer than two): it may look otherwise there (not of plans)", Unverifiable, "never_recognised",
		func(s *situation) bool { return !s.recognised },
	},
	{
		fmt.Sprintf("the same after grace, and some place was not watched when grace ended: until then no look that would have shown it, or the next one more than %d days later; and its site does not list, in one language, %d entries dated before the first day on which it may have been out: it may have left the listing before", MaxAge, several), Unverifiable, "watched_later",
		func(s *situation) bool { return len(s.shallow()) > 0 },
	},
	{
		"every place was read whole and in health after the last day of grace, some were not watched when it ended, and their sites list entries dated before the first day on which it may have been out, and nothing is there", Overdue, "overdue_reaching",
		func(s *situation) bool { return len(s.late()) > 0 },
	},
	{
		"every place was read whole and in health after the last day of grace, and nothing is there", Overdue, "overdue",
		func(*situation) bool { return true },
	},
}

// Gravity returns the states in the order in which the meetings of a half-year are summed up.
func Gravity() []State { return slices.Clone(gravity) }

// Rules returns the table of rules as Markdown, in their order.
func Rules() string {
	var b strings.Builder
	b.WriteString("| | when | state | reason |\n|---|---|---|---|\n")
	for i, r := range rules {
		fmt.Fprintf(&b, "| %d | %s | `%s` | %s |\n", i+1, r.when, r.state, r.reason)
	}
	return b.String()
}
