// Package publication says who owes which publication by when, and what is to be said of it: that it was published,
// in time or late, that it cannot be read, that it was withdrawn, that it is overdue, or that nobody can tell. It is
// pure: what was found, what was looked at and which day it is are handed in, and the same input gives the same
// verdict in whatever order it comes.
//
// The first rule is that nobody is accused wrongly. A publication is overdue only when every place in which it was to
// be looked for was read to its end, after the last day of grace, by a look that all canaries call healthy; and what
// is no plan, such as a calendar, only where such of the same akimat were recognised before. A look that failed makes a
// verdict unverifiable and nothing else; what was found once stays found, whatever the site does later. The whole order
// of the rules is the table in rules.go, which Rules prints for the docs.
//
// All days are those of Asia/Almaty, but that of a publication, which is that of its akimat; the day 0 means unknown or none. Everything here is a value: many goroutines may
// use it.
//
// Where to look:
//
//	norms.yaml    the norms: who owes what for which period, their sources, and whether the day is law or policy
//	norm.go       the norms as Go values
//	holidays.tsv  public holidays
//	holiday.go    working days
//	zones.tsv     regions whose clocks were not those of Almaty
//	zone.go       the day in a region
//	period.go     half-years, quarters, years and their labels
//	due.go        Due: from norms and akimats to obligations
//	meetings.go   what is owed for each meeting that is known, summed up by half-years
//	look.go       looks at listings, and the canaries that tell a changed site from an empty one
//	found.go      what was found, which obligation it meets, on which day it was published, whether it is gone
//	judge.go      Judge: the verdict on one obligation, with its evidence
//	rules.go      the rules of the verdict, in their order, as a table
//	reasons.yaml  the reasons as sentences in Russian, Kazakh and English
//	reason.go     a reason with its figures
//	history.go    which verdicts are written down, and which are told to people
//	score.go      the score of openness
package publication
