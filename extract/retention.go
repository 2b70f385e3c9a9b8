package extract

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/qulaq-kz/qulaq"
)

// Object is a content that is kept, with who saw it.
type Object struct {
	Hash  qulaq.Hash
	Bytes int64 // on the disk
	// Births are how each source first saw it; none when the journal does not know it.
	Births []Sighting
	// Here are the places where it is what was last seen there.
	Here []Sighting
}

// First is the first sighting of all, the zero value when there is none.
func (o Object) First() (first Sighting) {
	for i, s := range o.Births {
		if i == 0 || s.SeenAt.Before(first.SeenAt) || s.SeenAt.Equal(first.SeenAt) && s.Source < first.Source {
			first = s
		}
	}
	return first
}

// Objects gives every object that is kept, in the order of their hashes.
func (a *Archive) Objects(ctx context.Context, each func(Object) error) error {
	births, here := a.journal.byContent()
	err := filepath.WalkDir(a.objects, func(path string, d fs.DirEntry, err error) error {
		if err := errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		name, _, _ := strings.Cut(d.Name(), ".")
		h, err := qulaq.ParseHash(name)
		if !d.Type().IsRegular() || err != nil {
			return nil
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		return each(Object{Hash: h, Bytes: info.Size(), Births: births[h], Here: here[h]})
	})
	if err != nil {
		return failed("list objects of", a.dir, err)
	}
	return nil
}

// byContent returns the first sightings and the last ones by content.
func (j *journal) byContent() (births, here map[qulaq.Hash][]Sighting) {
	j.mu.RLock()
	defer j.mu.RUnlock()
	births, here = map[qulaq.Hash][]Sighting{}, map[qulaq.Hash][]Sighting{}
	for _, s := range j.first {
		births[s.Hash] = append(births[s.Hash], s)
	}
	for _, s := range j.latest {
		here[s.Hash] = append(here[s.Hash], s)
	}
	return births, here
}

// Removal says that an object was removed on purpose, when and by which rule.
type Removal struct {
	Hash qulaq.Hash `json:"-"`
	On   time.Time  `json:"on"`
	Kind string     `json:"kind"` // of the retention's kinds: listings, exports, …
	Rule string     `json:"rule"` // "400d"
	Size int64      `json:"size"` // bytes that it took on the disk
	// Source and Name are those of its first sighting.
	Source string `json:"source"`
	Name   string `json:"name"`
	// Proof says that facts rested on it, and it was to be removed all the same.
	Proof bool `json:"proof,omitempty"`
}

// String is how a person is told.
func (r Removal) String() string {
	return fmt.Sprintf("removed by retention on %s (%s: %s)", r.On.In(qulaq.Almaty()).Format(time.DateOnly), r.Kind, r.Rule)
}

// ErrRemoved is the reason of an error about content that was removed on purpose.
var ErrRemoved = errors.New("it is not kept any more")

// removals is the file of what was removed, one JSON object a line, and what it says. It is only ever appended to.
type removals struct {
	path string

	mu sync.RWMutex
	of map[qulaq.Hash]Removal // the last one of each
}

type removalLine struct {
	Hash string `json:"hash"`
	Removal
}

// load reads the file. A torn last line, which a crash leaves, is of a removal that had not begun.
func (r *removals) load() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.of = map[qulaq.Hash]Removal{}
	file, err := os.Open(r.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return failed("read removals", r.path, err)
	}
	defer file.Close()
	lines := bufio.NewReader(file)
	for n := 1; ; n++ {
		text, err := lines.ReadString('\n')
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return failed("read removals", r.path, err)
		}
		var line removalLine
		err = json.Unmarshal([]byte(text), &line)
		if err == nil {
			line.Removal.Hash, err = qulaq.ParseHash(line.Hash)
		}
		if err != nil {
			return failed("read removals", r.path, fmt.Errorf("%w: line %d: %w", errDamaged, n, err))
		}
		r.of[line.Removal.Hash] = line.Removal
	}
}

// append writes removals down durably.
func (r *removals) append(all []Removal) error {
	var text strings.Builder
	for _, x := range all {
		line, err := json.Marshal(removalLine{x.Hash.String(), x})
		if err != nil {
			return err
		}
		text.Write(line)
		text.WriteByte('\n')
	}
	file, err := os.OpenFile(r.path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer file.Close()
	end, err := endOfLines(file)
	if err != nil {
		return err
	}
	if _, err := file.WriteAt([]byte(text.String()), end); err != nil {
		return err
	}
	if err := file.Truncate(end + int64(text.Len())); err != nil {
		return err
	}
	if err := errors.Join(file.Sync(), syncFolder(filepath.Dir(r.path))); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, x := range all {
		r.of[x.Hash] = x
	}
	return nil
}

// endOfLines returns where the last whole line ends.
func endOfLines(file *os.File) (end int64, err error) {
	lines := bufio.NewReader(file)
	for {
		line, err := lines.ReadSlice('\n')
		if err == io.EOF {
			return end, nil
		}
		if err != nil {
			return 0, err
		}
		end += int64(len(line))
	}
}

// Remove removes objects. All is written down durably before the first is gone: killed in between, the archive has more than
// it says, and the next removal does the rest. The journal keeps their sightings. Nobody may Put meanwhile.
func (a *Archive) Remove(ctx context.Context, all []Removal) error {
	if len(all) == 0 {
		return nil
	}
	if err := a.removals.append(all); err != nil {
		return failed("write removals", a.removals.path, err)
	}
	folders := map[string]bool{}
	for _, r := range all {
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, f := range forms {
			path := a.path(r.Hash, f)
			err := os.Remove(path)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return failed("remove object", r.Hash.Short(), err)
			}
			folders[filepath.Dir(path)] = true
		}
	}
	for folder := range folders {
		if err := syncFolder(folder); err != nil {
			return failed("remove objects", folder, err)
		}
	}
	return nil
}

// Removed says whether a content is not kept any more because it was removed on purpose. One that was kept anew is kept.
func (a *Archive) Removed(h qulaq.Hash) (Removal, bool) {
	a.removals.mu.RLock()
	r, ok := a.removals.of[h]
	a.removals.mu.RUnlock()
	return r, ok && !a.Has(h)
}

// Removals returns every content that was ever removed, with its last removal, by time.
func (a *Archive) Removals() []Removal {
	a.removals.mu.RLock()
	defer a.removals.mu.RUnlock()
	return slices.SortedFunc(maps.Values(a.removals.of), func(a, b Removal) int {
		return cmp.Or(a.On.Compare(b.On), bytes.Compare(a.Hash[:], b.Hash[:]))
	})
}

// gone is why a content cannot be opened.
func (a *Archive) gone(h qulaq.Hash) error {
	r, ok := a.Removed(h)
	if !ok {
		return corrupt(h, fs.ErrNotExist)
	}
	return &qulaq.Error{
		Op: "open object", Object: h.Short(), Kind: qulaq.Contract, Err: fmt.Errorf("%w: %s", ErrRemoved, r),
		Hint: "a backup of before that day may have it",
	}
}
