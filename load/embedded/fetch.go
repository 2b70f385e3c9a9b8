package embedded

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/qulaq-kz/qulaq"
)

// libraryName is the library's file name on every platform, macOS too.
const libraryName = "libchdb.so"

// needed is the disk space that a fetch takes at its height, in bytes: 178 MB packed and 566 MB unpacked.
// npm's own cache takes another 178 MB, elsewhere.
const needed = 760e6

// Stage says what a fetch is busy with.
type Stage string

// The stages of a fetch, in order. Wait and Adopt happen only now and then.
const (
	Wait     Stage = "wait"     // another program is fetching
	Adopt    Stage = "adopt"    // a library that somebody put there is checked
	Download Stage = "download" // npm is at work; it does not say how far it is
	Verify   Stage = "verify"   // the package is compared with its hash
	Unpack   Stage = "unpack"
)

// FetchOptions say where the engine is kept. The zero value will do.
type FetchOptions struct {
	// Dir is the cache folder of engines; the library will be Dir/Version/libchdb.so. Empty means
	// qulaq/engine in the user's cache folder.
	Dir string
	// Progress, if set, is called when a stage begins, and while unpacking with the bytes done so far.
	// It is called from one goroutine and must be quick.
	Progress func(stage Stage, done int64)
}

// Fetch makes the engine's library present in the cache and returns its path. When it is there and was
// checked before, Fetch returns at once and touches neither npm nor the network. Otherwise it has npm bring
// the package of exactly Version, compares it with the hash pinned here (linux/amd64) or told by the
// registry (elsewhere), and puts the library in place in one step. A library that somebody put there is
// checked once and kept. Any number of programs may fetch at once; one works, the others wait.
//
// Errors are of kind Configuration and carry a hint: no package for this machine, no npm, npm failed, no
// room, a package or library that is not the one expected. A cancelled context gives kind Transient.
func Fetch(ctx context.Context, opts FetchOptions) (lib string, err error) {
	return fetch(ctx, opts, thisMachine())
}

func fetch(ctx context.Context, opts FetchOptions, m machine) (string, error) {
	rel, err := m.release()
	if err != nil {
		return "", err
	}
	dir := opts.Dir
	if dir == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return "", fetchError(ctx, "", err, "name a folder for the engine with QULAQ_ENGINE_DIR")
		}
		dir = filepath.Join(cache, "qulaq", "engine")
	}
	dir, err = filepath.Abs(filepath.Join(dir, Version))
	if err != nil {
		return "", fetchError(ctx, opts.Dir, err, "")
	}
	f := fetcher{dir: dir, rel: rel, free: m.free, progress: opts.Progress}
	if f.progress == nil {
		f.progress = func(Stage, int64) {}
	}
	if f.verified() {
		return f.library(), nil
	}
	if err := f.bring(ctx); err != nil {
		return "", err
	}
	return f.library(), nil
}

// fetcher brings one release to one folder.
type fetcher struct {
	dir      string
	rel      release
	free     func(folder string) (int64, error)
	progress func(Stage, int64)
}

func (f fetcher) library() string { return filepath.Join(f.dir, libraryName) }
func (f fetcher) stamp() string   { return f.library() + ".verified" }

// verified says whether the library is there, of the size that was stamped, and stamped for this release.
func (f fetcher) verified() bool {
	s, err := readStamp(f.stamp())
	if err != nil || s.release != f.rel.String() || f.rel.sha256 != "" && s.sha256 != f.rel.sha256 {
		return false
	}
	file, err := os.Stat(f.library())
	return err == nil && file.Mode().IsRegular() && file.Size() == s.size
}

// bring adopts or downloads the library under the folder's lock.
func (f fetcher) bring(ctx context.Context) error {
	if err := os.MkdirAll(f.dir, 0o755); err != nil {
		return fetchError(ctx, f.dir, err, "name a folder that can be written with QULAQ_ENGINE_DIR")
	}
	lock, err := tryLock(filepath.Join(f.dir, "lock"))
	if err == errLocked {
		f.progress(Wait, 0)
	}
	for err == errLocked {
		select {
		case <-ctx.Done():
			return fetchError(ctx, f.dir, ctx.Err(), "")
		case <-time.After(lockPause):
		}
		lock, err = tryLock(filepath.Join(f.dir, "lock"))
	}
	if err != nil {
		return fetchError(ctx, f.dir, err, "name a folder that can be written with QULAQ_ENGINE_DIR")
	}
	defer lock.Close()
	if f.verified() { // the other program brought it
		return nil
	}
	switch _, err := os.Stat(f.library()); {
	case err == nil:
		return f.adopt(ctx)
	case !errors.Is(err, fs.ErrNotExist):
		return fetchError(ctx, f.library(), err, "")
	}
	return f.download(ctx)
}

// adopt checks a library that bears no valid stamp: somebody put it there, or it was damaged. Where no hash
// is pinned, whoever put it there vouches for it.
func (f fetcher) adopt(ctx context.Context) error {
	f.progress(Adopt, 0)
	s, err := stampOf(f.library())
	if err != nil {
		return fetchError(ctx, f.library(), err, "")
	}
	if f.rel.sha256 != "" && s.sha256 != f.rel.sha256 {
		return fetchError(ctx, f.library(), fmt.Errorf("it is not the library of %s: SHA-256 %s, not %s", f.rel, s.sha256, f.rel.sha256),
			"delete the file and run again to fetch the right one")
	}
	s.release = f.rel.String()
	if err := writeFile(f.stamp(), s.String()); err != nil {
		return fetchError(ctx, f.stamp(), err, "")
	}
	return nil
}

// download has npm bring the package and puts its library in place. The work is done in a folder that the
// next fetch clears away if this one is killed.
func (f fetcher) download(ctx context.Context) error {
	work := filepath.Join(f.dir, "partial")
	if err := os.RemoveAll(work); err != nil {
		return fetchError(ctx, work, err, "")
	}
	free, err := f.free(f.dir)
	if err != nil {
		return fetchError(ctx, f.dir, err, "")
	}
	if free < needed {
		return fetchError(ctx, f.dir, fmt.Errorf("%d MB of disk space are free, the engine needs %d", free/1e6, int64(needed/1e6)),
			"make room, or name a folder on another disk with QULAQ_ENGINE_DIR")
	}
	if err := os.Mkdir(work, 0o700); err != nil {
		return fetchError(ctx, work, err, "")
	}
	defer os.RemoveAll(work)
	if err := f.downloadInto(ctx, work); err != nil {
		hint := "install Node.js with npm and see that it reaches its registry"
		if errors.Is(err, errUnexpected) {
			hint = "npm's registry serves other bytes than it should: ask who runs it"
		}
		return fetchError(ctx, f.rel.String(), err, hint+", or "+useServer+", or put libchdb.so at "+f.library())
	}
	return nil
}

// errUnexpected means bytes that are not the ones that were vouched for.
var errUnexpected = errors.New("these are not the bytes expected")

func (f fetcher) downloadInto(ctx context.Context, work string) error {
	f.progress(Download, 0)
	want := f.rel.integrity
	if want == "" {
		told, err := npm(ctx, work, "view", f.rel.String(), "dist.integrity")
		if err != nil {
			return err
		}
		want = strings.TrimSpace(told)
	}
	if _, err := npm(ctx, work, "pack", f.rel.String(), "--pack-destination=.", "--prefer-offline"); err != nil {
		return err
	}
	packed, err := filepath.Glob(filepath.Join(work, "*.tgz"))
	if err != nil || len(packed) != 1 {
		return fmt.Errorf("npm left %d packages instead of one", len(packed))
	}
	f.progress(Verify, 0)
	got, err := integrity(packed[0])
	if err != nil {
		return err
	}
	if got != want {
		return fmt.Errorf("%w: the package has %s, not %q", errUnexpected, got, want)
	}
	return f.place(ctx, packed[0], filepath.Join(work, libraryName))
}

// place unpacks the library into a work file and moves it into place. The stamp goes first: a stamp without
// a library is no harm, a library without a stamp would have to be hashed.
func (f fetcher) place(ctx context.Context, packed, unpacked string) error {
	f.progress(Unpack, 0)
	in, err := os.Open(packed)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(unpacked, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer out.Close()
	s, err := unpack(&counting{w: out, report: func(done int64) error {
		f.progress(Unpack, done)
		return ctx.Err()
	}}, in)
	if err != nil {
		return err
	}
	if f.rel.sha256 != "" && s.sha256 != f.rel.sha256 {
		return fmt.Errorf("%w: the library has SHA-256 %s, not %s", errUnexpected, s.sha256, f.rel.sha256)
	}
	if err := out.Sync(); err != nil {
		return err
	}
	s.release = f.rel.String()
	if err := writeFile(f.stamp(), s.String()); err != nil {
		return err
	}
	if err := os.Rename(unpacked, f.library()); err != nil {
		return err
	}
	return syncFolder(f.dir)
}

// writeFile replaces a small file in one step.
func writeFile(path, text string) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // fails when all went well
	defer f.Close()
	if err := f.Chmod(0o644); err != nil { // a cache may serve several users
		return err
	}
	if _, err := f.WriteString(text); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// syncFolder makes renames in a folder last.
func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// fetchError reports trouble of a fetch. It is the operator's to mend, unless the fetch was called off.
func fetchError(ctx context.Context, object string, err error, hint string) error {
	kind := qulaq.Configuration
	if ctx.Err() != nil {
		kind, hint = qulaq.Transient, ""
	}
	return &qulaq.Error{Op: "fetch engine", Object: object, Kind: kind, Err: err, Hint: hint}
}
