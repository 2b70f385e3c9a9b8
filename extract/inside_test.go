package extract

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestNothingOutsideTheArchive puts contents whose origins and names lead out of it, and looks what is on the disk.
func TestNothingOutsideTheArchive(t *testing.T) {
	outside := t.TempDir()
	root := filepath.Join(outside, "deep", "data")
	if err := os.MkdirAll(root, 0o700); err != nil {
		t.Fatal(err)
	}
	a := open(t, root)
	part := rapid.SampledFrom([]string{"..", "/", "//", "a", "\x00", "~", "%2e%2e", "\\", "objects", "sightings.ndjson", "қала", "\n", ".zst", "file:", "C:"})
	path := rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(part, 1, 8).Draw(t, "parts"), "/") })
	rapid.Check(t, func(t *rapid.T) {
		s := Sighting{Source: path.Draw(t, "source"), Origin: path.Draw(t, "origin"), Name: path.Draw(t, "name")}
		if _, err := a.Put(t.Context(), strings.NewReader(rapid.String().Draw(t, "content")), s); err != nil {
			t.Fatal(err)
		}
	})
	err := filepath.WalkDir(outside, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		inside, err := filepath.Rel(filepath.Join(root, "archive"), path)
		if err != nil {
			return err
		}
		folder, name := filepath.Split(inside)
		if inside != "sightings.ndjson" && (len(name) != 64+len(packed) || folder != "objects/"+name[:2]+"/") {
			t.Errorf("%q was written", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	// A copy of it stays where it was told to.
	to := t.TempDir()
	if _, err := a.CopyTo(t.Context(), to); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(files(t, root), files(t, to)); diff != "" {
		t.Error(diff)
	}
}
