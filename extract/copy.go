package extract

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// CopyTo copies the archive under another root, for a backup, and returns the SHA-256 of its journal. The journal is copied
// as it is at the beginning, and then every object, so that the copy has all that its journal knows, whoever puts things in
// meanwhile. Files that are there in their whole size are left as they are: a copy that was killed goes on. What is copied
// is not proved; OpenArchive and Prove do that.
func (a *Archive) CopyTo(ctx context.Context, root string) (journal string, err error) {
	dir := filepath.Join(root, "archive")
	fail := func(err error) (string, error) { return "", failed("copy archive to", dir, err) }
	if err := os.MkdirAll(filepath.Join(dir, "objects"), 0o700); err != nil {
		return fail(err)
	}
	journal, err = a.copyJournal(filepath.Join(dir, filepath.Base(a.journal.path)))
	if err != nil {
		return fail(err)
	}
	if err := CopyFolder(ctx, a.objects, filepath.Join(dir, "objects")); err != nil {
		return fail(err)
	}
	removed := filepath.Base(a.removals.path)
	if err := CopyFile(ctx, a.removals.path, filepath.Join(dir, removed)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fail(err)
	}
	return journal, nil
}

// copyJournal copies what the journal holds at this moment.
func (a *Archive) copyJournal(target string) (sum string, err error) {
	a.journal.mu.Lock()
	defer a.journal.mu.Unlock()
	err = a.journal.locked(func(f *os.File) error {
		hash := sha256.New()
		if err := WriteFile(target, io.TeeReader(io.NewSectionReader(f, 0, a.journal.end), hash)); err != nil {
			return err
		}
		sum = hex.EncodeToString(hash.Sum(nil))
		return nil
	})
	return sum, err
}

// CopyFolder copies all plain files below a folder. Those that are gone before it comes to them are left out.
func CopyFolder(ctx context.Context, from, to string) error {
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err := errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		inside, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, inside)
		switch {
		case d.IsDir():
			return os.MkdirAll(target, 0o700)
		case !d.Type().IsRegular():
			return nil
		}
		err = CopyFile(ctx, path, target)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	})
}

// CopyFile copies a file durably: there is never a part of it under the name of the target. A target of the same size is
// left as it is.
func CopyFile(ctx context.Context, from, to string) error {
	file, err := os.Open(from)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if there, err := os.Lstat(to); err == nil && there.Mode().IsRegular() && there.Size() == info.Size() {
		return nil
	}
	return WriteFile(to, interruptible{ctx, file})
}

// partPrefix begins the names of files that are being written.
const partPrefix = ".copy-"

// IsPart says whether a name is that of a file that was being written when the program was killed.
func IsPart(name string) bool { return strings.HasPrefix(name, partPrefix) }

// WriteFile makes a file of what a reader gives, durably, whole or not at all, readable by its owner only.
func WriteFile(path string, r io.Reader) error {
	folder := filepath.Dir(path)
	file, err := os.CreateTemp(folder, partPrefix)
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) // fails when it has got its name
	defer file.Close()
	if _, err := io.Copy(file, r); err != nil {
		return err
	}
	if err := file.Sync(); err != nil {
		return err
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return err
	}
	return syncFolder(folder)
}

// interruptible reads until its context ends.
type interruptible struct {
	ctx context.Context
	r   io.Reader
}

func (i interruptible) Read(p []byte) (int, error) {
	if err := context.Cause(i.ctx); err != nil {
		return 0, err
	}
	return i.r.Read(p)
}
