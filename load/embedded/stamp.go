package embedded

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

// stamp says that a library was checked: its hash, its size and the package it belongs to. It stands in a
// file beside the library, so that a start need not hash half a gigabyte.
type stamp struct {
	sha256  string
	size    int64
	release string // as release.String gives it
}

// maxStamp bounds the file, in bytes.
const maxStamp = 1 << 10

func (s stamp) String() string { return fmt.Sprintf("%s %d %s\n", s.sha256, s.size, s.release) }

// parseStamp reads what String wrote.
func parseStamp(text string) (stamp, error) {
	f := strings.Fields(text)
	if len(f) != 3 {
		return stamp{}, fmt.Errorf("a stamp has a hash, a size and a package, this has %d words", len(f))
	}
	if b, err := hex.DecodeString(f[0]); err != nil || len(b) != sha256.Size {
		return stamp{}, fmt.Errorf("%q is no SHA-256", f[0])
	}
	size, err := strconv.ParseInt(f[1], 10, 64)
	if err != nil || size < 0 {
		return stamp{}, fmt.Errorf("%q is no size", f[1])
	}
	return stamp{sha256: f[0], size: size, release: f[2]}, nil
}

// readStamp reads a stamp's file.
func readStamp(path string) (stamp, error) {
	f, err := os.Open(path)
	if err != nil {
		return stamp{}, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxStamp))
	if err != nil {
		return stamp{}, err
	}
	return parseStamp(string(text))
}

// stampOf hashes a file.
func stampOf(path string) (stamp, error) {
	f, err := os.Open(path)
	if err != nil {
		return stamp{}, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, io.LimitReader(f, maxLibrary+1))
	switch {
	case err != nil:
		return stamp{}, err
	case n > maxLibrary:
		return stamp{}, fmt.Errorf("the file is larger than %d bytes", int64(maxLibrary))
	}
	return stamp{sha256: hex.EncodeToString(h.Sum(nil)), size: n}, nil
}
