package unpack

import (
	"archive/zip"
	"errors"
	"io"
	"strings"
)

// Entry is a file in a zip, as the list of members has it.
type Entry struct {
	Name   string // fit to be shown
	Litter string // why it holds nothing for anybody: a companion file of macOS, a link; else ""
	file   *zip.File
}

// Entries returns the files of the zip in its own order, which is that of who packed it. Folders are none: their files are entries of their own.
func (z *ZipFile) Entries() []Entry {
	var all []Entry
	for _, f := range z.files {
		name := memberName(f.Name)
		if f.Mode().IsDir() || strings.HasSuffix(name, "/") {
			continue
		}
		e := Entry{Name: Printable(name), Litter: litter(name), file: f}
		if e.Litter == "" && !f.Mode().IsRegular() {
			e.Litter = "a link or a device, not a file"
		}
		all = append(all, e)
	}
	return all
}

// Bytes returns all that an entry holds. Errors are as those of Open.
func (z *ZipFile) Bytes(e Entry) (data []byte, err error) {
	r, err := z.open(e.file)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	return io.ReadAll(r)
}

// ClaimedTotal returns how many bytes the zip says that its members unpack to, all together. A member that
// holds more than the zip says is an error when it is read, so reading all costs no more than that.
func (z *ZipFile) ClaimedTotal() uint64 {
	total := uint64(0)
	for _, f := range z.files {
		sum := total + f.UncompressedSize64
		if sum < total {
			return ^uint64(0)
		}
		total = sum
	}
	return total
}
