package qulaq

import (
	"encoding/hex"
	"fmt"
	"io"
	"time"
)

// Hash is the SHA-256 of a snapshot's bytes as they were received, before any unpacking.
type Hash [32]byte

// String returns 64 lower-case hexadecimal digits.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// Short returns the first twelve digits, enough for people.
func (h Hash) Short() string { return h.String()[:12] }

// ParseHash reads 64 hexadecimal digits.
func ParseHash(s string) (Hash, error) {
	var h Hash
	if len(s) != 2*len(h) {
		return h, fmt.Errorf("a SHA-256 has %d hexadecimal digits, this has %d", 2*len(h), len(s))
	}
	_, err := hex.Decode(h[:], []byte(s))
	return h, err
}

// Snapshot is bytes that were read from somewhere once, and where and when: the birthplace of every fact.
type Snapshot struct {
	Hash   Hash
	Size   int64  // bytes as received
	Source string // the profile that reads it: "eotinish", "cc109", …
	Origin string // absolute path, or URL without credentials
	Name   string // last part of the origin: "export_2026-05.csv.gz"
	// ExportedAt is when the publisher made the file: a full date in its name, else its modification
	// time (of a file) or Last-Modified (of a URL), else SeenAt. Of two exports that disagree about a
	// complaint, the later one is believed.
	ExportedAt time.Time
	SeenAt     time.Time // when it was first read, by the clock that was passed in
	// Open returns the bytes from their beginning. The reader of a zip (and so of an XLSX) is also an
	// io.ReaderAt of Size bytes. The caller closes it.
	Open func() (io.ReadCloser, error)
}
