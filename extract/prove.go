package extract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/qulaq-kz/qulaq"
)

// Damage is a content that the archive cannot give any more: its object is gone, or its bytes are others than those that
// were put.
type Damage struct {
	Hash qulaq.Hash
	// First is how some source first saw it; the zero value when the journal does not know it.
	First   Sighting
	Missing bool  // there is no object
	Err     error // what reading it said
}

// Prove reads every object to its end and compares, and looks for objects that the journal knows and nobody keeps, but for
// those that were removed on purpose. It tells of every damage, in the order of the hashes, and returns how many objects it
// read and their bytes on the disk. An error is of the folder and not of an object.
func (a *Archive) Prove(ctx context.Context, tell func(Damage) error) (objects int, size int64, err error) {
	known := a.journal.contents()
	kept := map[qulaq.Hash]bool{}
	err = filepath.WalkDir(a.objects, func(path string, d fs.DirEntry, err error) error {
		if err := errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		if !d.Type().IsRegular() {
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		objects, size = objects+1, size+info.Size()
		name, _, _ := strings.Cut(d.Name(), ".")
		h, err := qulaq.ParseHash(name)
		if err != nil {
			return tell(Damage{Err: fmt.Errorf("%s is no object of the archive", filepath.Base(path))})
		}
		kept[h] = true
		if err := a.readThrough(ctx, h); err != nil {
			return tell(Damage{Hash: h, First: known[h], Err: err})
		}
		return nil
	})
	if err != nil {
		return objects, size, failed("prove archive", a.dir, err)
	}
	for _, h := range slices.SortedFunc(maps.Keys(known), func(a, b qulaq.Hash) int { return bytes.Compare(a[:], b[:]) }) {
		if _, removed := a.Removed(h); !kept[h] && !removed {
			if err := tell(Damage{Hash: h, First: known[h], Missing: true, Err: fs.ErrNotExist}); err != nil {
				return objects, size, err
			}
		}
	}
	return objects, size, nil
}

// readThrough reads an object to its end, which proves it.
func (a *Archive) readThrough(ctx context.Context, h qulaq.Hash) error {
	r, err := a.Open(h)
	if err != nil {
		return err
	}
	defer r.Close()
	buf := make([]byte, 256<<10)
	for ctx.Err() == nil {
		if _, err := r.Read(buf); err != nil {
			if err == io.EOF {
				return nil
			}
			return err
		}
	}
	return ctx.Err()
}

// SetAside moves a damaged object out of the way, into the folder damaged: then the same content, when it is seen again, is
// kept anew, which the damaged one would prevent. Nothing is removed.
func (a *Archive) SetAside(h qulaq.Hash) (to string, err error) {
	folder := filepath.Join(a.dir, "damaged")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", failed("set aside", h.Short(), err)
	}
	for _, f := range forms {
		from := a.path(h, f)
		to = filepath.Join(folder, filepath.Base(from))
		err := os.Rename(from, to)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			err = errors.Join(syncFolder(folder), syncFolder(filepath.Dir(from)))
		}
		if err != nil {
			return "", failed("set aside", h.Short(), err)
		}
		return to, nil
	}
	return "", corrupt(h, fs.ErrNotExist)
}

// contents returns a first sighting of every content.
func (j *journal) contents() map[qulaq.Hash]Sighting {
	j.mu.RLock()
	defer j.mu.RUnlock()
	all := map[qulaq.Hash]Sighting{}
	for b, s := range j.first {
		if old, ok := all[b.hash]; !ok || s.SeenAt.Before(old.SeenAt) || s.SeenAt.Equal(old.SeenAt) && s.Source < old.Source {
			all[b.hash] = s
		}
	}
	return all
}
