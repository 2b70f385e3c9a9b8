package inbox

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/qulaq-kz/qulaq"
)

const (
	maxEntries = 10_000 // below one folder, with folders and everything that is passed over
	maxDepth   = 16     // of folders in folders
)

// errBound is the reason of an error about a folder that holds too much.
var errBound = errors.New("too much below one folder")

// unfinished are the endings of files that a browser or a transfer is still writing.
var unfinished = []string{".part", ".tmp", ".crdownload", ".partial", ".filepart"}

// walk is the list of what lies below a folder.
type walk struct {
	root     *os.Root
	files    []string // offered, relative, in order of name
	findings []qulaq.Finding
	failed   []failure
	entries  int
}

// failure is a folder that could not be looked into.
type failure struct {
	name string
	err  error
}

// list lists the files below root. Too many entries, too deep ones, and a root that cannot be read are errors.
func list(root *os.Root) (*walk, error) {
	w := &walk{root: root}
	if err := w.folder(".", 0); err != nil {
		return nil, err
	}
	slices.Sort(w.files)
	slices.SortFunc(w.findings, func(a, b qulaq.Finding) int { return strings.Compare(a.Subject, b.Subject) })
	return w, nil
}

// folder adds what is in one folder. It reads its names in parts, so that a folder of millions ends at the
// bound and not in memory.
func (w *walk) folder(name string, depth int) error {
	if depth > maxDepth {
		return fmt.Errorf("%w: %s lies deeper than %d folders", errBound, name, maxDepth)
	}
	folder, err := w.root.Open(name)
	if err != nil {
		return w.fail(name, err)
	}
	defer folder.Close()
	for {
		entries, err := folder.ReadDir(1000)
		for _, e := range entries {
			if w.entries++; w.entries > maxEntries {
				return fmt.Errorf("%w: more than %d entries", errBound, maxEntries)
			}
			if err := w.entry(path.Join(name, e.Name()), e, depth); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return w.fail(name, err)
		}
	}
}

// fail remembers that a folder could not be read. The outermost one ends the walk.
func (w *walk) fail(name string, err error) error {
	if name == "." {
		return err
	}
	w.failed = append(w.failed, failure{name, err})
	return nil
}

func (w *walk) entry(name string, e fs.DirEntry, depth int) error {
	base := e.Name()
	switch {
	case strings.HasPrefix(base, "."), strings.HasPrefix(base, "~$"):
		return nil // hidden files, and the locks of office programs
	case e.IsDir():
		return w.folder(name, depth+1)
	case slices.ContainsFunc(unfinished, func(end string) bool { return strings.HasSuffix(strings.ToLower(base), end) }):
		w.find(qulaq.StillWritten, name, "its name says that it is not finished")
	case e.Type().IsRegular():
		w.files = append(w.files, name)
	case e.Type() == fs.ModeSymlink:
		w.link(name)
	default:
		w.find(qulaq.NothingToRead, name, "neither a file nor a folder")
	}
	return nil
}

// link follows a symbolic link to a file inside the folder. os.Root refuses to leave it.
func (w *walk) link(name string) {
	if info, err := w.root.Stat(name); err == nil && info.Mode().IsRegular() {
		w.files = append(w.files, name)
		return
	}
	w.find(qulaq.NothingToRead, name, "a symbolic link that does not lead to a file inside this folder")
}

func (w *walk) find(kind qulaq.FindingKind, subject, detail string) {
	w.findings = append(w.findings, qulaq.Finding{Kind: kind, Subject: strings.ToValidUTF8(subject, "\uFFFD"), Detail: detail, Count: 1})
}
