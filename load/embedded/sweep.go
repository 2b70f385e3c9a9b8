package embedded

import (
	"io/fs"
	"os"
	"path/filepath"
)

// sweep removes what a full disk left of changes that were never made. The engine writes each change of rows, an UPDATE or a
// DELETE, into a file of its own first; it does not notice that the disk has no room for it, and later refuses to start over a
// file that is empty (release 26.7). Nothing is lost with it: what was to change is as it was, and the next run asks again.
func sweep(dir string) error {
	changes, err := fs.Glob(os.DirFS(dataPath(dir)), "store/*/*/mutation_*.txt")
	for _, name := range changes {
		path := filepath.Join(dataPath(dir), name)
		if info, err := os.Lstat(path); err != nil || info.Size() > 0 {
			continue // the engine says what is wrong with it
		}
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	return err
}
