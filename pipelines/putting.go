package pipelines

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract"
)

// A restore writes down what it will put into the data folder before it puts the first of it there, so that one that was killed
// is continued, or taken back, without touching what somebody else put beside it.

// listName is the file in the data folder that says so, a put a line.
const listName = "restoring.files"

// put is a file of a restore.
type put struct {
	Path   string `json:"path"` // below the data folder, with slashes
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256,omitempty"` // "" of an object: its name is that of its content
}

func (e *Environment) listPath() string { return filepath.Join(e.Config.Data, listName) }

func (e *Environment) archiveFolder() string { return filepath.Join(e.Config.Data, "archive") }

// path is where a file of a restore lies.
func (e *Environment) path(p put) string {
	return filepath.Join(e.Config.Data, filepath.FromSlash(p.Path))
}

// toPut lists what a restore of a backup will put there. A reference file that is there already, the same, is not its own.
func (e *Environment) toPut(ctx context.Context, folder string, m *Manifest) (all []put, err error) {
	add := func(path string, named bool) error {
		inside, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		p := put{Path: filepath.ToSlash(inside), Bytes: info.Size()}
		if !named {
			p.SHA256, err = sumFile(path)
		}
		all = append(all, p)
		return err
	}
	if m.Archive != nil {
		archive := filepath.Join(folder, "archive")
		objects := filepath.Join(archive, "objects") + string(filepath.Separator)
		err = filepath.WalkDir(archive, func(path string, d fs.DirEntry, err error) error {
			if err := errors.Join(err, ctx.Err()); err != nil || !d.Type().IsRegular() {
				return err
			}
			return add(path, strings.HasPrefix(path, objects))
		})
	}
	for _, name := range slices.Sorted(maps.Keys(m.Reference)) {
		if _, there := os.Lstat(filepath.Join(filepath.Dir(e.settlementsFile()), name)); err == nil && errors.Is(there, fs.ErrNotExist) {
			err = add(filepath.Join(folder, "reference", name), false)
		}
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, broken("a part of it is missing", err)
	}
	if err != nil {
		return nil, restoreFailed(folder, err)
	}
	return all, nil
}

// writeList writes down what a restore will put there.
func (e *Environment) writeList(all []put) error {
	var b bytes.Buffer
	lines := json.NewEncoder(&b)
	for _, p := range all {
		if err := lines.Encode(p); err != nil {
			return restoreFailed(e.listPath(), err)
		}
	}
	if err := writeDurably(e.listPath(), b.Bytes()); err != nil {
		return restoreFailed(e.listPath(), err)
	}
	return nil
}

// readList reads it again. Where a restore of an earlier program was begun there is none, and nothing is known of its files.
func (e *Environment) readList() (all []put, err error) {
	text, err := os.ReadFile(e.listPath())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, restoreFailed(e.listPath(), err)
	}
	for lines := json.NewDecoder(bytes.NewReader(text)); lines.More(); {
		var p put
		if err := lines.Decode(&p); err != nil {
			return nil, restoreFailed(e.listPath(), err)
		}
		if !filepath.IsLocal(filepath.FromSlash(p.Path)) {
			return nil, restoreFailed(e.listPath(), fmt.Errorf("%q leads out of the data folder", p.Path))
		}
		all = append(all, p)
	}
	return all, nil
}

// is says whether what lies at a path is the file that a restore put there.
func (p put) is(path string, info fs.FileInfo) (bool, error) {
	if !info.Mode().IsRegular() || info.Size() != p.Bytes {
		return false, nil
	}
	if p.SHA256 == "" {
		return true, nil
	}
	sum, err := sumFile(path)
	return sum == p.SHA256, err
}

// wantOnly demands that the archive holds nothing but what the restore that was begun put there.
func (e *Environment) wantOnly(list []put) error {
	listed := map[string]put{}
	for _, p := range list {
		listed[e.path(p)] = p
	}
	err := filepath.WalkDir(e.archiveFolder(), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || extract.IsPart(d.Name()) {
			return err
		}
		info, err := d.Info()
		if err != nil || info.Size() == 0 {
			return err
		}
		p, ok := listed[path]
		if ok {
			ok, err = p.is(path, info)
		}
		if err == nil && !ok {
			err = &qulaq.Error{
				Op: "restore", Object: path, Kind: qulaq.Configuration, Err: errors.New("it is there, and the restore that was begun did not put it there"),
				Hint: "a restore overwrites nothing: move it away and begin again, or `qulaq restore --undo`",
			}
		}
		return err
	})
	var foreign *qulaq.Error
	switch {
	case err == nil || errors.Is(err, fs.ErrNotExist):
		return nil
	case errors.As(err, &foreign):
		return err
	}
	return restoreFailed(e.archiveFolder(), err)
}

// takeBack removes the files that a restore put there, and the parts of files that it was writing. What is another by now stays.
func (e *Environment) takeBack(list []put) error {
	folders := map[string]bool{}
	for _, p := range list {
		path := e.path(p)
		folders[filepath.Dir(path)] = true
		info, err := os.Lstat(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		same := false
		if err == nil {
			same, err = p.is(path, info)
		}
		if err == nil && same {
			err = os.Remove(path)
		}
		if err != nil {
			return restoreFailed(path, err)
		}
	}
	for folder := range folders {
		entries, err := os.ReadDir(folder)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return restoreFailed(folder, err)
		}
		for _, d := range entries {
			if !d.Type().IsRegular() || !extract.IsPart(d.Name()) {
				continue
			}
			if err := os.Remove(filepath.Join(folder, d.Name())); err != nil {
				return restoreFailed(folder, err)
			}
		}
	}
	return nil
}

// UndoRestore takes back a restore that was begun here and did not end: its files, and its tables where they have their names
// already. What it did not put there stays; where that cannot be told apart, nothing is removed of it and the folder stays
// marked. It may be called again.
func (e *Environment) UndoRestore(ctx context.Context) error {
	mark, begun, err := e.restoreMark()
	if err != nil {
		return err
	}
	if !begun {
		return &qulaq.Error{
			Op: "take back a restore in", Object: e.Config.Data, Kind: qulaq.Configuration, Err: errors.New("none was begun here that did not end"),
			Hint: "a restore that ended is a warehouse like any other: nothing takes it back",
		}
	}
	return e.undoRestore(ctx, mark)
}

func (e *Environment) undoRestore(ctx context.Context, mark restoreMark) error {
	list, err := e.readList()
	if err != nil {
		return err
	}
	// The warehouse first: when it is refused, nothing has changed.
	if err := e.Warehouse.TakeBack(ctx, mark.Tables, mark.Schema); err != nil {
		return err
	}
	if err := e.takeBack(list); err != nil {
		return err
	}
	if err := wantNoArchive(e.archiveFolder()); mark.Archive && err != nil {
		return &qulaq.Error{
			Op: "take back a restore in", Object: e.archiveFolder(), Kind: qulaq.Configuration,
			Err:  fmt.Errorf("a restore of %s was begun here, and what is there now is not known to be its own: %w", mark.From, err),
			Hint: "move " + e.archiveFolder() + " away and do this again, or end the restore that was begun: `qulaq restore " + mark.From + "`",
		}
	}
	return e.unmark()
}

// unmark says that no restore is under way any more.
func (e *Environment) unmark() error {
	for _, path := range []string{e.markPath(), e.listPath()} { // a list without a mark says nothing
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return restoreFailed(path, err)
		}
	}
	return nil
}
