// Package extract keeps the bytes that sources gave: each content once, with every place and time it was
// seen. It never interprets what the bytes mean.
//
// Where to look:
//
//	archive.go   the content-addressed store: Put, Open, Latest, Snapshots
//	object.go    how one object is packed, unpacked and proved
//	sighting.go  where and when bytes were seen; which day an export is of
//	journal.go   the file of sightings, one JSON object a line
//	prove.go     every object against its hash
//	retention.go what is kept, and what was removed on purpose
//	copy.go      a copy of all of it, for a backup
//
// The subpackages get the bytes: fetch is the polite HTTP client, inbox reads folders and addresses of
// exports; listing holds what listings of publications have in common, govkz asks the API of gov.kz for them,
// site reads pages of other sites.
//
// The archive on disk:
//
//	ROOT/archive/objects/ab/abcdef….zst   content packed with zstd
//	ROOT/archive/objects/ab/abcdef….raw   content that is packed already (zip, gzip, PDF, pictures)
//	ROOT/archive/incoming/                objects that are being written
//	ROOT/archive/sightings.ndjson         the journal
//	ROOT/archive/removed.ndjson           what retention removed, and when
//
// Exports may hold personal data, so files are readable by their owner only. File locks and inode numbers
// make this package one for Unix systems.
package extract
