package sample

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/qulaq-kz/qulaq"
)

// version is part of every stamp: raise it when the same Spec begins to give other bytes.
const version = 1

// File is an export on disk.
type File struct {
	Name string // within its folder
	Spec Spec
}

// Demo returns the exports of the demo: what three sources handed out on 1 July 2026 about the half-year before.
// Of rows in all, three quarters are metadata of e-Otinish, the rest its texts and the calls of a contact centre.
func Demo(rows int, seed uint64) []File {
	texts, calls := rows*15/100, rows/10
	return []File{
		{"eotinish_2026-07-01.csv.gz", Spec{
			Format: Analytic, Rows: rows - texts - calls, Seed: seed,
			Encoding: UTF8BOM, Pack: Gzip, Shift: true, Dirty: 0.003, Repeats: 0.03,
		}},
		{"eotinish_text_2026-07-01.csv", Spec{Format: Text, Rows: texts, Seed: seed + 1, Dirty: 0.003, Repeats: 0.01}},
		{"cc109_2026-07-01.zip", Spec{
			Format: CC109, Rows: calls, Seed: seed + 2, Encoding: Windows1251, Pack: Zip, Dirty: 0.003,
		}},
	}
}

// Bench returns the export of the benchmark: a year of complaints with their texts, some 640 bytes a row, one in a
// hundred rows a repeat, nothing broken.
func Bench(rows int, seed uint64) []File {
	return []File{{fmt.Sprintf("bench_%d.csv", rows), Spec{
		Format: AnalyticText, Rows: rows, Seed: seed,
		From: qulaq.Date(2025, 1, 1), To: qulaq.Date(2025, 12, 31), Shift: true, Repeats: 0.01,
	}}}
}

// TruthName is the file beside the exports that holds a Manifest.
const TruthName = "truth.json"

// Manifest says what is in the files of a folder, by name.
type Manifest struct {
	Files map[string]Made `json:"files"`
}

// Made is a file that is finished.
type Made struct {
	Stamp string `json:"stamp"` // version and Spec
	Truth Truth  `json:"truth"`
}

// Make writes the files that are not there yet into a folder, creating it, and returns what is in the folder. A file
// is there when TruthName names it with the same Spec and version and its size is right; force makes all anew. Each
// file gets its name when it is whole, so an interrupted Make leaves no half of an export.
//
// Errors are *qulaq.Error of kind Configuration: the folder, TruthName or a Spec cannot be used. The end of the
// context can be told by errors.Is.
func Make(ctx context.Context, folder string, files []File, force bool) (Manifest, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return Manifest{}, unusable("create folder", folder, err)
	}
	manifest, err := readManifest(folder)
	if err != nil && !force {
		return Manifest{}, err
	}
	if manifest.Files == nil {
		manifest.Files = map[string]Made{}
	}
	for _, f := range files {
		if !force && manifest.has(folder, f) {
			continue
		}
		if err := manifest.make(ctx, folder, f); err != nil {
			return Manifest{}, err
		}
	}
	return manifest, nil
}

func (f File) stamp() string { return fmt.Sprintf("v%d %v", version, f.Spec) }

// has tells whether a file is there as it should be.
func (m Manifest) has(folder string, f File) bool {
	made, known := m.Files[f.Name]
	info, err := os.Stat(filepath.Join(folder, f.Name))
	return known && err == nil && made.Stamp == f.stamp() && made.Truth.Bytes == info.Size()
}

// make writes one file. The old one goes first and the entry is there before the new one: a name in the folder always
// stands for a whole file with the right entry.
func (m Manifest) make(ctx context.Context, folder string, f File) error {
	path := filepath.Join(folder, f.Name)
	part := path + ".part"
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return unusable("remove", path, err)
	}
	truth, err := writeFile(ctx, part, f.Spec)
	if err != nil {
		return err
	}
	m.Files[f.Name] = Made{Stamp: f.stamp(), Truth: truth}
	if err := m.save(folder); err != nil {
		return err
	}
	if err := os.Rename(part, path); err != nil {
		return unusable("rename", part, err)
	}
	return nil
}

func unusable(op, path string, err error) error {
	return &qulaq.Error{Op: op, Object: path, Kind: qulaq.Configuration, Err: err}
}

// writeFile leaves no file when it fails.
func writeFile(ctx context.Context, path string, s Spec) (t Truth, err error) {
	file, err := os.Create(path)
	if err != nil {
		return Truth{}, unusable("create", path, err)
	}
	defer func() {
		if closing := file.Close(); err == nil && closing != nil {
			err = unusable("close", path, closing)
		}
		if err != nil {
			os.Remove(path) // of two errors the first says more
		}
	}()
	buffer := bufio.NewWriterSize(interruptible{ctx, file}, 1<<20)
	if t, err = Write(buffer, s); err != nil {
		return Truth{}, err
	}
	if err = buffer.Flush(); err != nil {
		return Truth{}, unusable("write", path, err)
	}
	return t, nil
}

// interruptible is a writer that ends with its context.
type interruptible struct {
	ctx context.Context
	w   io.Writer
}

func (i interruptible) Write(p []byte) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	return i.w.Write(p)
}

// readManifest returns an empty manifest when there is none.
func readManifest(folder string) (Manifest, error) {
	path := filepath.Join(folder, TruthName)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Manifest{}, nil
	}
	var m Manifest
	if err == nil {
		err = json.Unmarshal(text, &m)
	}
	if err != nil {
		return Manifest{}, &qulaq.Error{
			Op: "read", Object: path, Kind: qulaq.Configuration, Err: err,
			Hint: "run again with -force to make the samples anew",
		}
	}
	return m, nil
}

func (m Manifest) save(folder string) error {
	path := filepath.Join(folder, TruthName)
	text, err := json.MarshalIndent(m, "", "  ")
	if err == nil {
		err = os.WriteFile(path+".part", append(text, '\n'), 0o644)
	}
	if err == nil {
		err = os.Rename(path+".part", path)
	}
	if err != nil {
		return unusable("write", path, err)
	}
	return nil
}
