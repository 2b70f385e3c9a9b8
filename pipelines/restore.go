package pipelines

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract"
	"github.com/qulaq-kz/qulaq/load"
)

// RestoreOptions say what is restored.
type RestoreOptions struct {
	Folder    string     // of the backup
	Warehouse load.Place // where the server finds its part; "" is the folder
}

// RestoreVerb is the only one that opens a warehouse in which a restore was begun.
const RestoreVerb = "restore"

// restoreMark stands in the data folder while a restore is under way. A program that finds it does not begin.
type restoreMark struct {
	From     string          `json:"from"`
	Manifest string          `json:"manifest_sha256"` // of the backup, as it was when the restore began
	Archive  bool            `json:"archive"`         // the restore puts an archive there: the list says what
	Named    bool            `json:"named"`           // files and tables are restored and compared; views are still to be made
	Schema   int64           `json:"schema"`          // of the backup
	Tables   []load.TableSum `json:"tables"`          // that it puts there
}

// Restore reads a backup into an empty warehouse and an empty archive, and compares all with the manifest. From its first
// step to its last the data folder is marked: nothing but another restore may use it, so that half of a backup is never
// taken for the whole. A restore that was killed is continued by another of the same backup; before one of another backup it is
// taken back.
func (e *Environment) Restore(ctx context.Context, o RestoreOptions) (*Manifest, error) {
	folder, err := filepath.Abs(o.Folder)
	if err != nil {
		return nil, err
	}
	m, err := readManifest(folder)
	if err != nil {
		return nil, err
	}
	known, err := load.ProgramSchema()
	if err != nil {
		return nil, err
	}
	place := o.Warehouse
	switch {
	case m.Schema > known:
		return nil, &qulaq.Error{
			Op: "restore", Object: folder, Kind: qulaq.Configuration, Err: fmt.Errorf("its schema has %d migrations and this program knows %d", m.Schema, known),
			Hint: "restore it with the program that made it, version " + m.Program + ", or a newer one",
		}
	case place == "" && m.Warehouse == "":
		return nil, &qulaq.Error{
			Op: "restore", Object: folder, Kind: qulaq.Configuration, Err: errors.New("the warehouse is not in the folder: the server wrote it to a place of its own"),
			Hint: "name that place, as for the backup",
		}
	case place == "":
		place = load.InFolder(filepath.Join(folder, m.Warehouse))
	}
	this, err := sumFile(filepath.Join(folder, manifestName))
	if err != nil {
		return nil, restoreFailed(folder, err)
	}
	mark, begun, err := e.restoreMark()
	if err != nil {
		return nil, err
	}
	if begun && (mark.From != folder || mark.Manifest != this) {
		if err := e.undoRestore(ctx, mark); err != nil {
			return nil, err
		}
		mark, begun = restoreMark{}, false
	}
	whole := false // the warehouse is
	if mark.Named {
		if whole, err = e.Warehouse.Holds(ctx, m.Tables, m.Schema); err != nil {
			return nil, err
		}
	}
	if !whole {
		mark = restoreMark{From: folder, Manifest: this, Archive: m.Archive != nil, Schema: m.Schema, Tables: m.Tables}
		if err := e.restoreFiles(ctx, folder, m, mark, begun); err != nil {
			return nil, err
		}
		if begun { // killed between the last step of the tables and the mark after it, they are there already
			if whole, err = e.Warehouse.Holds(ctx, m.Tables, m.Schema); err != nil {
				return nil, err
			}
		}
		if !whole {
			if err := e.Warehouse.Restore(ctx, place, m.Database, m.Tables); err != nil {
				return nil, err
			}
		}
		mark.Named = true
		if err := e.mark(mark); err != nil {
			return nil, err
		}
	}
	if _, err := e.Migrate(ctx); err != nil {
		return nil, err
	}
	if err := e.unmark(); err != nil {
		return nil, err
	}
	// A run that was under way where the backup was made is not under way here.
	_, err = e.Warehouse.Bury(ctx, load.Everybody)
	return m, err
}

// restoreFiles copies archive and reference files, and proves them. begun is that a restore of the same backup was: what it put
// there stays.
func (e *Environment) restoreFiles(ctx context.Context, folder string, m *Manifest, mark restoreMark, begun bool) error {
	if err := wantNoOther(filepath.Dir(e.settlementsFile()), m.Reference); err != nil {
		return err
	}
	if !begun {
		if err := e.beginRestore(ctx, folder, m, mark); err != nil {
			return err
		}
		return e.copyFiles(ctx, folder, m)
	}
	list, err := e.readList()
	if err != nil {
		return err
	}
	if err := e.wantOnly(list); m.Archive != nil && err != nil {
		return err
	}
	err = e.copyFiles(ctx, folder, m)
	if !errors.Is(err, ErrBroken) {
		return err
	}
	// What lay there before may be what is broken: the disk, or the power, failed.
	if err := e.takeBack(list); err != nil {
		return err
	}
	return e.copyFiles(ctx, folder, m)
}

// beginRestore demands an empty place, writes down what will be put there, and marks it.
func (e *Environment) beginRestore(ctx context.Context, folder string, m *Manifest, mark restoreMark) error {
	if m.Archive != nil {
		if err := wantNoArchive(e.archiveFolder()); err != nil {
			return err
		}
	}
	if err := e.Warehouse.WantEmpty(ctx); err != nil {
		return err
	}
	list, err := e.toPut(ctx, folder, m)
	if err != nil {
		return err
	}
	if err := e.writeList(list); err != nil {
		return err
	}
	return e.mark(mark)
}

// copyFiles copies what is not there yet, and proves all of it.
func (e *Environment) copyFiles(ctx context.Context, folder string, m *Manifest) error {
	archive := e.archiveFolder()
	if err := restoreReference(ctx, filepath.Join(folder, "reference"), filepath.Dir(e.settlementsFile()), m.Reference); err != nil {
		return err
	}
	if m.Archive == nil {
		return nil
	}
	if err := extract.CopyFolder(ctx, filepath.Join(folder, "archive"), archive); err != nil {
		return restoreFailed(archive, err)
	}
	journal, err := sumFile(filepath.Join(archive, "sightings.ndjson"))
	if err != nil || journal != m.Archive.Journal {
		return broken("its journal of sightings is another one than was backed up", err)
	}
	got, err := e.proveCopy(ctx, e.Config.Data)
	if err != nil {
		return err
	}
	if got.Objects != m.Archive.Objects || got.Bytes != m.Archive.Bytes || !slices.Equal(got.Damaged, m.Archive.Damaged) {
		return broken(fmt.Sprintf("its archive has %d objects of %d bytes, %d damaged or missing, and should have %d of %d, %d",
			got.Objects, got.Bytes, len(got.Damaged), m.Archive.Objects, m.Archive.Bytes, len(m.Archive.Damaged)), nil)
	}
	return nil
}

// restoreReference copies the reference files and proves them. Of others that are there, a restore says nothing: they are
// imported.
func restoreReference(ctx context.Context, from, to string, want map[string]string) error {
	if len(want) == 0 {
		return nil
	}
	got, err := sumFolder(from)
	if err != nil || !maps.Equal(got, want) {
		return broken("its reference files are other ones than were backed up", err)
	}
	if err := extract.CopyFolder(ctx, from, to); err != nil {
		return restoreFailed(to, err)
	}
	if got, err = sumFolder(to); err != nil {
		return restoreFailed(to, err)
	}
	for name, sum := range want {
		if got[name] != sum {
			return restoreFailed(filepath.Join(to, name), errors.New("what was copied there is not what is read back"))
		}
	}
	return nil
}

// wantNoOther demands that of the files that will be restored into a folder none is there already with another content.
func wantNoOther(folder string, want map[string]string) error {
	for _, name := range slices.Sorted(maps.Keys(want)) {
		path := filepath.Join(folder, name)
		there, err := os.Lstat(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		sum := ""
		if err == nil && there.Mode().IsRegular() {
			sum, err = sumFile(path)
		}
		if err != nil {
			return restoreFailed(path, err)
		}
		if sum != want[name] {
			return &qulaq.Error{
				Op: "restore", Object: path, Kind: qulaq.Configuration, Err: errors.New("it is there already, and another one than was backed up"),
				Hint: "a restore overwrites nothing: move it away, or name an empty data folder",
			}
		}
	}
	return nil
}

// wantNoArchive demands an archive without objects and sightings.
func wantNoArchive(archive string) error {
	err := filepath.WalkDir(archive, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if info, err := d.Info(); err != nil || info.Size() == 0 {
			return err
		}
		return fmt.Errorf("the archive is not empty: it has %s", d.Name())
	})
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return &qulaq.Error{Op: "restore", Object: archive, Kind: qulaq.Configuration, Err: err, Hint: "a restore overwrites nothing: name an empty data folder"}
}

// readManifest reads what a backup says of itself.
func readManifest(folder string) (*Manifest, error) {
	path := filepath.Join(folder, manifestName)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, broken("it has no "+manifestName+", which is written last: it was never finished, or this is no backup", nil)
	}
	if err != nil {
		return nil, restoreFailed(path, err)
	}
	m := &Manifest{}
	if err := json.Unmarshal(text, m); err != nil {
		return nil, broken("its "+manifestName+" cannot be read", err)
	}
	switch {
	case m.Format != manifestFormat:
		return nil, broken(fmt.Sprintf("its form is %d, and this program reads %d", m.Format, manifestFormat), nil)
	case m.Database == "" || len(m.Tables) == 0:
		return nil, broken("its "+manifestName+" names no tables", nil)
	case m.Warehouse != "" && !filepath.IsLocal(m.Warehouse):
		return nil, broken("its "+manifestName+" leads out of the folder", nil)
	}
	return m, nil
}

// broken says why a backup cannot be believed.
func broken(why string, err error) error {
	all := fmt.Errorf("%w: %s", ErrBroken, why)
	if err != nil {
		all = fmt.Errorf("%w: %w", all, err)
	}
	return &qulaq.Error{Op: "restore", Kind: qulaq.Contract, Err: all, Hint: "take another backup; `qulaq restore` of it may be run on the same data folder"}
}

func restoreFailed(object string, err error) error {
	return &qulaq.Error{Op: "restore", Object: object, Kind: qulaq.Configuration, Err: err, Hint: "is there space, and may the program read and write there?"}
}

func (e *Environment) markPath() string { return filepath.Join(e.Config.Data, restoringName) }

func (e *Environment) mark(m restoreMark) error {
	text, err := json.Marshal(m)
	if err == nil {
		err = writeDurably(e.markPath(), append(text, '\n'))
	}
	if err != nil {
		return restoreFailed(e.markPath(), err)
	}
	return nil
}

// restoreMark reads the mark; not begun when there is none.
func (e *Environment) restoreMark() (m restoreMark, begun bool, err error) {
	text, err := os.ReadFile(e.markPath())
	if errors.Is(err, fs.ErrNotExist) {
		return m, false, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &m)
	}
	if err != nil {
		return m, false, restoreFailed(e.markPath(), err)
	}
	return m, true, nil
}

// wantWhole refuses a data folder in which a restore was begun and did not end.
func (e *Environment) wantWhole() error {
	m, begun, err := e.restoreMark()
	if err != nil || !begun {
		return err
	}
	return &qulaq.Error{
		Op: "open", Object: e.Config.Data, Kind: qulaq.Configuration, Err: errors.New("a restore was begun here and did not end"),
		Hint: fmt.Sprintf("`qulaq restore %s` goes on with it, `qulaq restore --undo` takes it back", m.From),
	}
}
