// Package register turns what was read of all publications of one source into facts: which plan each is a
// version of, which version counts, which items a plan has now and which it had. It is pure: the same
// publications give the same facts, in whatever order they are handed in.
//
// # Which publications are one plan
//
// Plans of the same akimat for the same period of meetings are one plan; a paper that names no period is one by
// itself. Within a plan and a language, a publication that repeats half of the items of an earlier one is a later
// version of it, and replaces it; one that repeats less is another part of the plan, such as that of another
// meeting. Of the languages that with the most items counts, Russian before the others; the rest are
// translations. A paper none of whose items could be read replaces nothing.
//
// # Which items are one item
//
// Items of two versions are one when issue and measure say the same, letter case, signs and spaces aside. So a
// new status or deadline changes an item, and a new wording makes another.
//
// Where to look:
//
//	register.go  Form, Facts: from publications to rows
//	version.go   versions, parts and translations of a plan, and items through them
//	record.go    rows as Arrow records
package register
