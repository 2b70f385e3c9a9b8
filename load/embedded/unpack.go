package embedded

import (
	"archive/tar"
	"compress/gzip"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
)

// What a package may cost at most; the one that was measured has 4 members, 178 MB packed, 569 MB unpacked.
const (
	maxMembers  = 100
	maxPacked   = 1 << 30
	maxUnpacked = 3 << 30
	maxLibrary  = 2 << 30
)

// libraryMember is where the library lies in the package.
const libraryMember = "package/" + libraryName

// integrity returns the SHA-512 of a file in npm's form, "sha512-" and base64.
func integrity(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha512.New()
	n, err := io.Copy(h, io.LimitReader(f, maxPacked+1))
	switch {
	case err != nil:
		return "", err
	case n > maxPacked:
		return "", fmt.Errorf("the package is larger than %d bytes", maxPacked)
	}
	return "sha512-" + base64.StdEncoding.EncodeToString(h.Sum(nil)), nil
}

// unpack copies the library out of a gzipped tar to w and returns what it is. Everything else in the
// package is passed over, unwritten.
func unpack(w io.Writer, packed io.Reader) (stamp, error) {
	gz, err := gzip.NewReader(packed)
	if err != nil {
		return stamp{}, err
	}
	archive := tar.NewReader(&bounded{r: gz, left: maxUnpacked})
	for range maxMembers {
		m, err := archive.Next()
		switch {
		case err == io.EOF:
			return stamp{}, fmt.Errorf("the package holds no %s", libraryMember)
		case err != nil:
			return stamp{}, err
		case m.Name != libraryMember:
			continue
		case m.Typeflag != tar.TypeReg:
			return stamp{}, fmt.Errorf("%s is no plain file", libraryMember)
		case m.Size > maxLibrary:
			return stamp{}, fmt.Errorf("%s is larger than %d bytes", libraryMember, maxLibrary)
		}
		h := sha256.New()
		n, err := io.Copy(io.MultiWriter(w, h), archive)
		if err != nil {
			return stamp{}, err
		}
		return stamp{sha256: hex.EncodeToString(h.Sum(nil)), size: n}, nil
	}
	return stamp{}, fmt.Errorf("the package has more than %d members", maxMembers)
}

var errTooLarge = errors.New("the package unpacks to more than it may")

// bounded reads so many bytes and then fails; io.LimitReader would end in silence.
type bounded struct {
	r    io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooLarge
	}
	n, err := b.r.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}

// counting reports how much has passed, at every megabyte or so, and fails when the report does.
type counting struct {
	w           io.Writer
	done, shown int64
	report      func(done int64) error
}

func (c *counting) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.done += int64(n)
	if err == nil && c.done-c.shown >= 1<<20 {
		c.shown = c.done
		err = c.report(c.done)
	}
	return n, err
}
