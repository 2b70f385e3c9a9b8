// Package meeting understands what akimats and ministries publish of their meetings with the people besides plans:
// calendars and schedules (what is to be held), announcements (one meeting, before it) and results (what was held, how
// many came, what they raised). It says which paper is which, whose and of what time, and what its rows say; and it
// joins the papers of one source, so that a meeting that was planned is known as held, moved, cancelled, or missed. It
// is pure.
//
// # Statuses
//
//	planned    a calendar or an announcement has it, and nothing says what became of it
//	held       results list it, or a paper says that it was held
//	cancelled  a paper says so
//	moved      a paper says that it was put off; the new day is in the note, as printed
//	missed     a paper says that it was not held; or results that cover its day and could be read to the last row do not
//	           list it, and list nothing at its place that could be it. Without such results it stays planned: nobody
//	           is accused because a paper was not found or not understood
//
// # When unsure
//
// A paper whose title does not say that it is a calendar, an announcement or results of meetings of an akim or a
// minister with the people is none of them. A day, a place or a level that is not understood is empty, and a finding.
//
// Where to look:
//
//	reader.go    Reader and what it needs; the notation of the tables
//	judge.go     Judge and Candidate: what sort of paper something is, whose, and of what time
//	words.tsv    the phrases that tell: of titles, levels, outcomes, rows that are no meetings
//	who.go       whose akim it is: the level
//	header.go    what the columns of a table hold
//	header.tsv   what columns are called
//	when.go      cells of days, months, quarters and hours
//	place.go     districts
//	paper.go     Read, and what comes of it: a paper and its rows
//	rows.go      the tables of a document: sections, and rows that are no meetings
//	row.go       a row as meetings
//	cell.go      cells, and the counts in them
//	notice.go    a meeting told in lines: «Дата: …», or in a sentence
//	facts.go     New: the papers of a source as one list of meetings, and what identifies a meeting
//	roles.go     which paper replaces or translates which
//	join.go      what was planned and what is told of it; which meetings were missed
//	record.go    rows as Arrow records
package meeting
