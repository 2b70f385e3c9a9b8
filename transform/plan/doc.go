// Package plan understands what akimats publish after meetings with the population: which document is an action
// plan on the issues raised there, of which akimat and period it is, and what its rows say. It is pure.
//
// Where to look:
//
//	plan.go        Read: from a publication to a plan, its items, rejects and findings
//	judge.go       Judge and Candidate: what sort of paper something is
//	mute.go        titles that leave open what an entry is
//	judge.tsv      the phrases that tell, with their weights
//	paper.go       a document with its title, what stands around it and its tables told apart
//	dated.go       the day that a paper bears
//	akimat.go      places in titles; the district of a line
//	period.go      the period of the meetings
//	sheet.go       the tables of a document, and their rows as cells
//	header.go      what the columns of a table hold
//	header.tsv     what columns are called
//	cards.go       items that are no rows: named fields in paragraphs and small tables
//	content.go     columns told by what stands in them
//	rows.go        rows: items, headings of sections, totals, notes, signatures
//	rows.tsv       how rows begin that are no items
//	item.go        a row as an item
//	lists.go       a row as several items
//	timed.go       a column that holds the deadline and something else
//	copies.go      the same plan twice in one publication
//	spelling.go    words that are misspelt, read wrong from pictures, or written in Latin letters
//	phrase.go      the notation of the tables and finding their phrases in texts
//	vocabulary.go  the reader and what it needs
package plan
