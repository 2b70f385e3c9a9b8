// Package sample makes complaint exports that look like the real ones, for the demo, the benchmark and tests:
// the analytic export of e-Otinish, its text dump and the dump of a contact centre 109. It plays the outside
// world, so it knows nothing of the rooms that read exports, and it says what is true of what it made.
//
// The same Spec gives the same bytes, on every machine: all randomness comes from a seeded PCG, all arithmetic is
// in whole numbers, and there is no clock. (The bytes of gzip, zip and XLSX also depend on the libraries that
// pack them.) A complaint is a function of the seed and of its number, so memory does not grow with the rows.
//
// Where to look:
//
//	spec.go        what can be asked for
//	truth.go       what is true of an export
//	write.go       the loop over rows
//	order.go       which row comes next: a new complaint, a repeat, a broken row
//	complaint.go   what happens to one complaint
//	calendar.go    when people write, and until when they must be answered
//	text.go        what they write
//	columns.go     which columns each export has
//	mishap.go      how rows get broken
//	csv.go json.go xlsx.go   how cells become bytes
//	words.go       the word lists of words/
//	files.go       exports on disk, with truth.json beside them
//
// Nobody's data is here. People, signatures and addresses are invented; the invented personal numbers pass a format
// check and belong to people to be born in December 2099, telephone numbers have a part 000 that no operator
// assigns, mailboxes are at example.com, example.org and example.net (RFC 2606).
package sample
