// Package unpack opens the wrapping a file came in: nothing, gzip or zip. It believes the first bytes, never
// the extension, and hands out the files inside one by one.
//
// Everything here comes from outside. Sizes written in headers are not believed: bytes are counted as they
// come out, and an archive that grows beyond its bounds is refused. Names of members are labels for people;
// nothing is ever written to a disk, so they are never paths.
//
// Where to look:
//
//	archive.go  Open and Next: the files inside a file
//	members.go  the members of a zip for readers of documents, who want those of every kind
//	zip.go      a zip whose reading is metered; also the ground of the workbook reader
//	meter.go    what came out of what, and when that is a bomb; what damaged bytes are called
//	kind.go     Sniff: what sort of file the first bytes announce
//	html.go     the title of a page that was served instead of an export
//	name.go     names of members, fit to be shown
package unpack
