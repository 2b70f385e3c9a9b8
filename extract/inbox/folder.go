package inbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract"
	"github.com/qulaq-kz/qulaq/extract/fetch"
)

// looks is how often a file that was written a moment ago is looked at before it is left for the next run.
const looks = 3

// Folder is a folder that exports are put into.
//
// All regular files below it are offered, in order of their path, whatever they are called, except hidden
// ones (.name, also folders) and locks of office programs (~$name). Files whose name ends like that of an
// unfinished download (.part, .tmp, .crdownload, .partial, .filepart) give a finding StillWritten.
// Symbolic links are followed to files inside the folder; other links, and what is neither file nor
// folder, give a finding NothingToRead.
type Folder struct {
	Source string // the profile that reads its files
	Path   string
	// Archive is where new files go.
	Archive *extract.Archive
	// Settle is how long ago a file must have been written to be taken as it is; default 10 s. A younger
	// one is looked at again after Again, default 500 ms, and taken when it did not change.
	Settle, Again time.Duration
	// Wall is the clock of the file system, default time.Now: files are written at the real time also
	// when a run pretends another.
	Wall  func() time.Time
	Sleep func(context.Context, time.Duration) error // default fetch.Sleep
}

// Look offers the files. A file that is the same as when it was last seen (size, time of modification,
// inode) and whose content is in the archive is known and not read; any other is read into the archive. A
// file that changes meanwhile is not kept and gives a finding StillWritten: the next run takes it. Trouble
// with one file is in its Found and stops no other.
//
// An error means that the folder as a whole could not be looked at, or not to its end: a missing folder,
// no folder, more than 10,000 entries (Configuration), an archive that cannot be written, ctx. What was
// found before is returned with it. An empty folder is no error.
func (f Folder) Look(ctx context.Context) ([]Found, []qulaq.Finding, error) {
	f = f.defaults()
	if f.Path == "" {
		return nil, nil, unusable(f.Path, errors.New("no path"))
	}
	dir, err := filepath.Abs(f.Path)
	if err != nil {
		return nil, nil, unusable(f.Path, err)
	}
	if inside, err := filepath.Rel(dir, f.Archive.Dir()); err == nil && filepath.IsLocal(inside) {
		return nil, nil, unusable(dir, errors.New("the archive lies inside it and would eat itself"))
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, nil, unusable(dir, err)
	}
	defer root.Close()
	w, err := list(root)
	if err != nil {
		return nil, nil, unusable(dir, err)
	}

	var found []Found
	for _, bad := range w.failed {
		path := filepath.Join(dir, bad.name)
		found = append(found, Found{Origin: path, Err: unreadable(path, bad.err)})
	}
	young, err := f.settle(ctx, w, dir)
	if err != nil {
		return found, w.findings, err
	}
	for _, name := range w.files {
		if young[name] {
			w.find(qulaq.StillWritten, name, "it is being written: the next run takes it")
			continue
		}
		one, err := f.file(ctx, root, dir, name)
		if errors.Is(err, errChanged) {
			w.find(qulaq.StillWritten, name, "it changed while it was read: the next run takes it")
			continue
		}
		if err != nil {
			return found, w.findings, err
		}
		found = append(found, one)
	}
	return found, w.findings, nil
}

func (f Folder) defaults() Folder {
	if f.Settle == 0 {
		f.Settle = 10 * time.Second
	}
	if f.Again == 0 {
		f.Again = 500 * time.Millisecond
	}
	if f.Wall == nil {
		f.Wall = time.Now
	}
	if f.Sleep == nil {
		f.Sleep = fetch.Sleep
	}
	return f
}

// settle returns the files that do not keep still. It waits for all of them together, and not at all when
// none that is new was written lately.
func (f Folder) settle(ctx context.Context, w *walk, dir string) (map[string]bool, error) {
	before := map[string]state{}
	lately := f.Wall().Add(-f.Settle)
	for _, name := range w.files {
		s, err := stateOf(w.root.Stat(name))
		if err != nil || !s.modified.After(lately) {
			continue
		}
		if _, known := f.known(filepath.Join(dir, name), s); !known {
			before[name] = s
		}
	}
	restless := map[string]bool{}
	for name := range before {
		restless[name] = true
	}
	for look := 1; look < looks && len(restless) > 0; look++ {
		if err := f.Sleep(ctx, f.Again); err != nil {
			return nil, &qulaq.Error{Op: "wait for files to settle in", Object: f.Path, Kind: qulaq.Transient, Err: err}
		}
		for name := range restless {
			now, err := stateOf(w.root.Stat(name))
			if err != nil || now == before[name] {
				delete(restless, name) // an error shows again when the file is read
				continue
			}
			before[name] = now
		}
	}
	return restless, nil
}

// state is what shows that a file was changed or replaced.
type state struct {
	size     int64
	modified time.Time
	inode    uint64
	regular  bool
}

func stateOf(info fs.FileInfo, err error) (state, error) {
	if err != nil {
		return state{}, err
	}
	s := state{size: info.Size(), modified: info.ModTime().In(qulaq.Almaty()), regular: info.Mode().IsRegular()}
	if sys, ok := info.Sys().(*syscall.Stat_t); ok {
		s.inode = sys.Ino
	}
	return s, nil
}

// errChanged is the end of a file that is not what it was at its beginning.
var errChanged = errors.New("it changed while it was read")

// file finds one file. The error is not the file's: it is errChanged, or it stops the look.
func (f Folder) file(ctx context.Context, root *os.Root, dir, name string) (Found, error) {
	origin := filepath.Join(dir, name)
	one := Found{Origin: strings.ToValidUTF8(origin, "\uFFFD")}
	// Without O_NONBLOCK a pipe that took the file's place would hold us for ever.
	file, err := root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		one.Err = unreadable(origin, err)
		return one, nil
	}
	defer file.Close()
	now, err := stateOf(file.Stat())
	if err == nil && !now.regular {
		return one, errChanged
	}
	if err != nil {
		one.Err = unreadable(origin, err)
		return one, nil
	}
	if last, known := f.known(origin, now); known {
		one.Snapshot, _ = f.Archive.Snapshot(f.Source, last.Hash)
		return one, nil
	}
	r := &steady{file: file, path: origin, was: now}
	one.Snapshot, err = f.Archive.Put(ctx, r, extract.Sighting{
		Source: f.Source, Origin: origin, Name: filepath.Base(origin), ModTime: now.modified, Inode: now.inode,
	})
	switch {
	case err == nil:
		one.New = true
		return one, nil
	case errors.Is(err, errChanged):
		return Found{}, err
	case r.err != nil || errors.Is(err, extract.ErrTooLarge):
		one.Err = err
		return one, nil
	}
	return Found{}, err // of the archive, or of ctx: no other file would fare better
}

// known returns the latest sighting of a file that has not changed since and whose content is at hand.
func (f Folder) known(origin string, now state) (extract.Sighting, bool) {
	last, seen := f.Archive.Latest(f.Source, origin)
	return last, seen && last.Size == now.size && last.ModTime.Equal(now.modified) && last.Inode == now.inode &&
		f.Archive.Has(last.Hash)
}

// steady reads a file and refuses to end when the file is no longer what it was.
type steady struct {
	file *os.File
	path string
	was  state
	read int64
	err  error // of the file, as opposed to one of the archive
}

func (s *steady) Read(b []byte) (int, error) {
	n, err := s.file.Read(b)
	s.read += int64(n)
	switch {
	case err == io.EOF:
		now, err := stateOf(s.file.Stat())
		if err == nil && now == s.was && s.read == s.was.size {
			return n, io.EOF
		}
		s.err = errChanged
	case err != nil:
		s.err = unreadable(s.path, err)
	case s.read > s.was.size:
		s.err = errChanged // a file that grows faster than it is read must not be followed
	}
	return n, s.err
}

// unusable is the error of a folder that cannot be looked at.
func unusable(path string, err error) error {
	e := &qulaq.Error{Op: "look into folder", Object: path, Kind: qulaq.Configuration, Err: err, Hint: "check the path in the configuration"}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.Hint = "make the folder, or correct the path in the configuration"
	case errors.Is(err, fs.ErrPermission):
		e.Hint = "let the program read the folder"
	case errors.Is(err, errBound):
		e.Hint = fmt.Sprintf("move old exports away: they are in the archive; the limit is %d entries", maxEntries)
	}
	return e
}

// unreadable is the error of one file.
func unreadable(path string, err error) error {
	e := &qulaq.Error{Op: "read file", Object: path, Kind: qulaq.Transient, Err: err}
	if errors.Is(err, fs.ErrPermission) {
		e.Kind, e.Hint = qulaq.Configuration, "let the program read the file"
	}
	return e
}
