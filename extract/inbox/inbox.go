// Package inbox looks where complaint exports and reports come from: folders and addresses. It reads what
// is new or changed into the archive and says what is there; what it has read before and finds unchanged
// it does not read again.
//
// Where to look:
//
//	inbox.go    what is found
//	folder.go   a folder: which files are offered, which are known, which are still being written
//	walk.go     the files below a folder, bounded
//	url.go      an address
package inbox

import (
	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract/fetch"
)

// Found is one file of a folder, or the file at an address. It has a Snapshot or an Err, never both.
type Found struct {
	Origin   string // absolute path, or address without credentials
	Snapshot qulaq.Snapshot
	New      bool            // read by this look; false when known and unchanged
	Media    string          // what the server calls it: "text/html" is no export; empty for a file
	Attempts []fetch.Attempt // how it was asked for; nil for a file
	Err      error           // why it could not be read; others were
}
