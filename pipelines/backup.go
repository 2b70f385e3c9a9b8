package pipelines

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract"
	"github.com/qulaq-kz/qulaq/load"
)

// ErrBroken is the reason of an error about a backup that is none, or gives back something else than was put in.
var ErrBroken = load.ErrBroken

// Manifest says what a backup holds. It is written last: a folder without one is no backup.
type Manifest struct {
	Format     int             `json:"format"`
	MadeAt     time.Time       `json:"made_at"`
	Program    string          `json:"program"`    // its version
	ClickHouse string          `json:"clickhouse"` // version of the engine or server
	Schema     int64           `json:"schema"`     // the newest migration
	Database   string          `json:"database"`
	Warehouse  string          `json:"warehouse"` // the folder in the backup; empty: a place of the server's own
	Tables     []load.TableSum `json:"tables"`
	Archive    *ArchiveCopy    `json:"archive"` // null: the backup was made without it
	// Reference are the files that `qulaq reference import` keeps, by name, with their SHA-256.
	Reference map[string]string `json:"reference"`
}

// ArchiveCopy says what the archive of a backup holds.
type ArchiveCopy struct {
	Objects int      `json:"objects"`
	Bytes   int64    `json:"bytes"`
	Journal string   `json:"journal_sha256"`
	Damaged []string `json:"damaged"` // what the archive could not give any more when it was copied
}

const (
	manifestFormat = 1
	manifestName   = "manifest.json"
	restoringName  = "restoring" // the mark, in the data folder
)

// Rows adds up the rows of all tables.
func (m *Manifest) Rows() (n uint64) {
	for _, t := range m.Tables {
		n += t.Rows
	}
	return n
}

// BackupOptions say what a backup is made of and where it goes.
type BackupOptions struct {
	Folder    string     // of the backup, on this machine
	Warehouse load.Place // where the server writes its part; "" is the folder
	NoArchive bool       // the archive is copied by other means
}

// Backup writes the warehouse, the archive and the reference files into a folder that is new or empty, and reads the
// archive's copy back. Who only visits may make one too: somebody writing meanwhile is noticed.
func (e *Environment) Backup(ctx context.Context, o BackupOptions) (*Manifest, error) {
	folder, err := e.emptyFolder(o.Folder)
	if err != nil {
		return nil, err
	}
	m := &Manifest{Format: manifestFormat, MadeAt: e.Now().Truncate(time.Second), Program: e.Version, Database: e.Warehouse.Database()}
	if m.ClickHouse, err = e.Warehouse.ServerVersion(ctx); err != nil {
		return nil, err
	}
	if m.Schema, err = e.Warehouse.SchemaVersion(ctx); err != nil {
		return nil, err
	}
	// The warehouse first: what it knows of the archive is there by then, and stays.
	if err := e.backUpWarehouse(ctx, o.Warehouse, folder, m); err != nil {
		return nil, err
	}
	if !o.NoArchive {
		journal, err := e.Archive.CopyTo(ctx, folder)
		if err != nil {
			return nil, err
		}
		if m.Archive, err = e.proveCopy(ctx, folder); err != nil {
			return nil, err
		}
		m.Archive.Journal = journal
	}
	reference, kept := filepath.Dir(e.settlementsFile()), filepath.Join(folder, "reference")
	if err := extract.CopyFolder(ctx, reference, kept); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, backupFailed(kept, err)
	}
	if m.Reference, err = sumFolder(kept); err != nil {
		return nil, backupFailed(kept, err)
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err == nil {
		err = writeDurably(filepath.Join(folder, manifestName), append(text, '\n'))
	}
	if err != nil {
		return nil, backupFailed(folder, err)
	}
	return m, nil
}

// emptyFolder makes the folder of a backup.
func (e *Environment) emptyFolder(path string) (string, error) {
	refuse := func(why string, args ...any) (string, error) {
		return "", &qulaq.Error{
			Op: "back up to", Object: path, Kind: qulaq.Configuration, Err: fmt.Errorf(why, args...),
			Hint: "name a new folder for every backup, on another disk",
		}
	}
	folder, err := filepath.Abs(path)
	if err != nil {
		return refuse("%w", err)
	}
	if inside, err := filepath.Rel(e.Config.Data, folder); err == nil && filepath.IsLocal(inside) {
		return refuse("it lies in the data folder and would be lost with it")
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return refuse("%w", err)
	}
	there, err := os.ReadDir(folder)
	if err != nil {
		return refuse("%w", err)
	}
	if len(there) > 0 {
		return refuse("it is not empty")
	}
	return folder, nil
}

// backUpWarehouse backs the tables up to the server's own place, or to the folder.
func (e *Environment) backUpWarehouse(ctx context.Context, elsewhere load.Place, folder string, m *Manifest) (err error) {
	name := func(try int) string { return strings.TrimSuffix(fmt.Sprintf("warehouse-%d", try+1), "-1") }
	last := 0
	m.Tables, _, err = e.Warehouse.Backup(ctx, func(try int) load.Place {
		if elsewhere != "" {
			return elsewhere
		}
		if try > 0 { // somebody wrote meanwhile: what it got is of no use
			_ = os.RemoveAll(filepath.Join(folder, name(last)))
		}
		last = try
		return load.InFolder(filepath.Join(folder, name(try)))
	})
	if elsewhere == "" {
		m.Warehouse = name(last)
	}
	return err
}

// proveCopy reads the archive under a root to its end.
func (e *Environment) proveCopy(ctx context.Context, root string) (*ArchiveCopy, error) {
	archive, err := extract.OpenArchive(root, e.Now)
	if err != nil {
		return nil, err
	}
	c := &ArchiveCopy{Damaged: []string{}}
	c.Objects, c.Bytes, err = archive.Prove(ctx, func(d extract.Damage) error {
		c.Damaged = append(c.Damaged, d.Hash.String())
		return nil
	})
	return c, err
}

func backupFailed(object string, err error) error {
	return &qulaq.Error{Op: "back up to", Object: object, Kind: qulaq.Configuration, Err: err, Hint: "is the folder on a disk with space that can be written?"}
}

// sumFolder returns the SHA-256 of all plain files of a folder; of one that is not there, none.
func sumFolder(folder string) (map[string]string, error) {
	sums := map[string]string{}
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return sums, nil
	}
	if err != nil {
		return nil, err
	}
	for _, d := range entries {
		if !d.Type().IsRegular() {
			continue
		}
		if sums[d.Name()], err = sumFile(filepath.Join(folder, d.Name())); err != nil {
			return nil, err
		}
	}
	return sums, nil
}

func sumFile(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// writeDurably writes a small file, whole or not at all.
func writeDurably(path string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return extract.WriteFile(path, bytes.NewReader(text))
}
