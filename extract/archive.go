package extract

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/qulaq-kz/qulaq"
)

// DefaultLimit is the most bytes that one Put takes unless told otherwise: 16 GiB, fifty of the largest
// exports seen.
const DefaultLimit = 16 << 30

// abandoned is how old a file in incoming/ is when nobody can be writing it any more.
const abandoned = 24 * time.Hour

// Archive is a content-addressed store with a journal of sightings. It is safe for concurrent use by
// goroutines, and by several processes on one machine.
type Archive struct {
	// Limit is the most bytes that one Put takes. Set it before the first Put.
	Limit int64

	dir      string
	objects  string
	incoming string
	clock    func() time.Time
	journal  journal
	packers  sync.Pool // of *packer
	packed   sync.Map  // hash → size of what this Archive packed and nobody read yet
	removals removals
}

// OpenArchive opens the archive under root, and makes it where there is none. It cuts a torn last line off
// the journal and removes what a killed run left in incoming/ more than a day ago by clock. A journal that
// is damaged elsewhere is an error of kind Contract that names the line; a folder that cannot be written is
// one of kind Configuration.
func OpenArchive(root string, clock func() time.Time) (*Archive, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, failed("open archive", root, err)
	}
	dir := filepath.Join(root, "archive")
	a := &Archive{
		Limit:    DefaultLimit,
		dir:      dir,
		objects:  filepath.Join(dir, "objects"),
		incoming: filepath.Join(dir, "incoming"),
		clock:    clock,
		journal: journal{
			path:   filepath.Join(dir, "sightings.ndjson"),
			latest: map[place]Sighting{},
			first:  map[birth]Sighting{},
		},
		packers:  sync.Pool{New: func() any { return newPacker() }},
		removals: removals{path: filepath.Join(dir, "removed.ndjson")},
	}
	for _, d := range []string{a.objects, a.incoming} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			return nil, failed("open archive", dir, err)
		}
	}
	if err := a.journal.load(); err != nil {
		return nil, err
	}
	if err := a.removals.load(); err != nil {
		return nil, err
	}
	for _, d := range []string{root, dir} {
		if err := syncFolder(d); err != nil {
			return nil, failed("open archive", dir, err)
		}
	}
	if err := a.sweep(); err != nil {
		return nil, failed("clean", a.incoming, err)
	}
	return a, nil
}

// Dir returns the absolute path of the archive's folder.
func (a *Archive) Dir() string { return a.dir }

// sweep removes abandoned files from incoming/.
func (a *Archive) sweep() error {
	entries, err := os.ReadDir(a.incoming)
	if err != nil {
		return err
	}
	for _, e := range entries {
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // another process finished it
		}
		if err != nil {
			return err
		}
		if a.clock().Sub(info.ModTime()) < abandoned {
			continue
		}
		if err := os.Remove(filepath.Join(a.incoming, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// Put reads r to its end, keeps the content and writes down the sighting, in this order and durably: a
// sighting in the journal means that its object is on the disk. Content that is already kept, and a
// sighting that tells nothing new about its origin, write nothing.
//
// The snapshot carries the provenance of the first sighting of this content by this source, as Snapshots
// does, so that the facts made of it do not depend on the run.
//
// An error of r leaves nothing behind, keeps its kind, and is found by errors.Is; one that is no
// *qulaq.Error is Transient. Content beyond Limit is of kind Contract; no space on the disk, or no
// permission, of kind Configuration.
func (a *Archive) Put(ctx context.Context, r io.Reader, meta Sighting) (qulaq.Snapshot, error) {
	meta = meta.complete(a.clock())
	if err := meta.check(); err != nil {
		return qulaq.Snapshot{}, &qulaq.Error{Op: "archive", Object: meta.Origin, Kind: qulaq.Bug, Err: err}
	}
	c, err := a.keep(ctx, r)
	if err != nil {
		return qulaq.Snapshot{}, failed("archive", meta.Origin, err)
	}
	meta.Hash, meta.Size = c.hash, c.size
	if err := a.journal.append(meta); err != nil {
		return qulaq.Snapshot{}, err
	}
	snapshot, _ := a.Snapshot(meta.Source, meta.Hash)
	return snapshot, nil
}

// keep makes an object of r, unless there is one with the same content.
func (a *Archive) keep(ctx context.Context, r io.Reader) (c content, err error) {
	file, err := os.CreateTemp(a.incoming, "put-") // readable by the owner only
	if err != nil {
		return c, err
	}
	defer os.Remove(file.Name()) // fails when it has become the object
	defer file.Close()

	p := a.packers.Get().(*packer)
	defer a.packers.Put(p)
	if c, err = p.pack(ctx, file, r, a.Limit); err != nil || a.Has(c.hash) {
		return c, err
	}
	if err := file.Sync(); err != nil {
		return c, err
	}
	if err := file.Close(); err != nil {
		return c, err
	}
	target := a.path(c.hash, c.form)
	folder := filepath.Dir(target)
	err = os.Mkdir(folder, 0o700)
	if err == nil {
		err = syncFolder(a.objects)
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return c, err
	}
	if err := os.Rename(file.Name(), target); err != nil {
		return c, err
	}
	a.packed.Store(c.hash, c.size)
	return c, syncFolder(folder)
}

// path is where an object lies. Nothing but its hash names it.
func (a *Archive) path(h qulaq.Hash, f form) string {
	name := h.String()
	return filepath.Join(a.objects, name[:2], name+string(f))
}

// Has reports whether the content is kept. It does not prove it.
func (a *Archive) Has(h qulaq.Hash) bool {
	for _, f := range forms {
		if info, err := os.Lstat(a.path(h, f)); err == nil && info.Mode().IsRegular() {
			return true
		}
	}
	return false
}

// Open returns the bytes of a content. Reading proves them: instead of io.EOF comes an error of kind
// Contract when their SHA-256 is not h, so nothing should be believed before the end; only the first
// reading after Put packed the content is proved by its size and the packing's own checksum. The reader of
// content that was packed when it came (zip, gzip, PDF, pictures) is also an io.ReaderAt, which proves
// all of it before the first byte; ReadAt may be called concurrently, Read may not. An object that is
// not there is an error of kind Contract.
func (a *Archive) Open(h qulaq.Hash) (io.ReadCloser, error) {
	for _, f := range forms {
		file, err := os.Open(a.path(h, f))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, failed("open object", h.Short(), err)
		}
		if f == raw {
			return openRaw(file, h), nil
		}
		size := int64(-1)
		if packed, ok := a.packed.LoadAndDelete(h); ok {
			size = packed.(int64)
		}
		return openPacked(file, h, size)
	}
	return nil, a.gone(h)
}

// Latest returns what was last seen at an origin for a source.
func (a *Archive) Latest(source, origin string) (Sighting, bool) {
	return a.journal.latestOf(place{source, validText(origin)})
}

// Snapshot returns the content as a source first saw it.
func (a *Archive) Snapshot(source string, h qulaq.Hash) (qulaq.Snapshot, bool) {
	s, ok := a.journal.firstOf(birth{source, h})
	if !ok {
		return qulaq.Snapshot{}, false
	}
	return a.snapshot(s), true
}

// Snapshots returns every content that a source ever gave, once, with the provenance of its first sighting
// in the journal, ordered by ExportedAt and then by hash. Content that was removed on purpose is left out.
func (a *Archive) Snapshots(source string) []qulaq.Snapshot {
	var all []qulaq.Snapshot
	for _, s := range a.journal.births(source) {
		if _, removed := a.Removed(s.Hash); !removed {
			all = append(all, a.snapshot(s))
		}
	}
	return all
}

// Standing returns what each origin of a source showed last, ordered by origin. A content that stands at several is
// returned for each; one that was removed on purpose, for none.
func (a *Archive) Standing(source string) []qulaq.Snapshot {
	var all []qulaq.Snapshot
	for _, s := range a.journal.standing(source) {
		if _, removed := a.Removed(s.Hash); !removed {
			all = append(all, a.snapshot(s))
		}
	}
	return all
}

func (a *Archive) snapshot(s Sighting) qulaq.Snapshot {
	return qulaq.Snapshot{
		Hash: s.Hash, Size: s.Size,
		Source: s.Source, Origin: s.Origin, Name: s.Name,
		ExportedAt: s.ExportedAt, SeenAt: s.SeenAt,
		Open: func() (io.ReadCloser, error) { return a.Open(s.Hash) },
	}
}

// syncFolder makes the names in a folder durable.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	defer folder.Close()
	return folder.Sync()
}

// errDamaged is the reason of an error about a journal that says what this package never wrote.
var errDamaged = errors.New("damaged")

// troubles are the reasons that are not Transient, and what to do about them.
var troubles = []struct {
	is   error
	kind qulaq.Kind
	hint string
}{
	{ErrTooLarge, qulaq.Contract, "no export known is so large: look at the source, or raise the limit"},
	{errDamaged, qulaq.Contract, "other hands changed the journal, or the disk is failing: see `qulaq doctor`; restore it from a copy, or move it away to look at all sources anew"},
	{syscall.ENOSPC, qulaq.Configuration, "make space on the disk of the data folder"},
	{syscall.EDQUOT, qulaq.Configuration, "make space on the disk of the data folder"},
	{syscall.EROFS, qulaq.Configuration, "the data folder must lie on a disk that can be written"},
	{syscall.ENOTDIR, qulaq.Configuration, "the data folder must be a folder"},
	{fs.ErrPermission, qulaq.Configuration, "let the program read and write there"},
}

// failed wraps err once. It keeps the kind of an error that has one and finds that of others.
func failed(op, object string, err error) error {
	e := &qulaq.Error{Op: op, Object: object, Kind: qulaq.Transient, Err: err}
	var known *qulaq.Error
	if errors.As(err, &known) {
		e.Kind = known.Kind
		return e
	}
	for _, t := range troubles {
		if errors.Is(err, t.is) {
			e.Kind, e.Hint = t.kind, t.hint
			break
		}
	}
	return e
}
