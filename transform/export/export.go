// Package export opens an export file as tables: it takes off the container (.gz, .zip) and chooses the
// reader of the format (text, workbook, JSON). It believes bytes, not names.
package export

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"slices"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/csv"
	"github.com/qulaq-kz/qulaq/transform/jsonrows"
	"github.com/qulaq-kz/qulaq/transform/table"
	"github.com/qulaq-kz/qulaq/transform/unpack"
	"github.com/qulaq-kz/qulaq/transform/xlsx"
)

// Options say what is known of a file and what it may cost.
type Options struct {
	CSV    csv.Options // of its text files; CSV.Limits is not looked at
	Limits table.Limits
}

// File is an open export. It implements table.Source. It is not safe for concurrent use.
type File struct {
	// Workbook says that the table last returned is a sheet: workbooks often hold sheets that are no
	// exports beside those that are.
	Workbook bool

	archive *unpack.Archive
	name    string // of the file, for errors
	o       Options
	sheets  *xlsx.Workbook // being read
	member  string         // its name
	skipped []qulaq.Finding
}

// Open opens a snapshot. Errors are of kind Contract, or what the snapshot returned.
func Open(snap qulaq.Snapshot, o Options) (*File, error) {
	o.Limits = o.Limits.Defaults()
	o.CSV.Limits = o.Limits
	bytes, err := snap.Open()
	if err != nil {
		return nil, err
	}
	archive, err := unpack.Open(bytes, snap.Name, o.Limits) // closes the bytes if it fails
	if err != nil {
		return nil, err
	}
	return &File{archive: archive, name: snap.Name, o: o}, nil
}

// Next implements table.Source.
func (f *File) Next() (string, table.Reader, error) {
	for {
		if f.sheets != nil {
			name, r, err := f.sheets.Next()
			if !errors.Is(err, io.EOF) {
				return join(f.member, name), r, err
			}
			f.skipped = append(f.skipped, f.sheets.Skipped()...)
			if err := f.sheets.Close(); err != nil {
				return "", nil, err
			}
			f.sheets = nil
		}
		m, err := f.archive.Next()
		if err != nil {
			return "", nil, err
		}
		f.Workbook = m.Kind == unpack.Workbook
		if f.Workbook {
			f.member = m.Name
			if f.sheets, err = xlsx.Open(m.At, m.Size, within(f.name, m.Name), f.o.Limits); err != nil {
				return m.Name, nil, err
			}
			continue
		}
		r, err := f.text(m.Reader)
		return m.Name, r, err
	}
}

// join names a sheet, and the workbook where that is a member of a zip.
func join(member, sheet string) string {
	if member == "" {
		return sheet
	}
	return member + "#" + sheet
}

// within names a member of a file, for errors.
func within(file, member string) string {
	if member == "" {
		return file
	}
	return file + ", " + member
}

// text tells JSON from text with separators by its first character.
func (f *File) text(r io.Reader) (table.Reader, error) {
	const enough = 4096
	b := bufio.NewReaderSize(r, enough)
	first, err := b.Peek(enough)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	first = bytes.TrimPrefix(first, []byte("\ufeff"))
	first = bytes.TrimLeft(first, " \t\r\n")
	if len(first) > 0 && (first[0] == '[' || first[0] == '{') {
		return jsonrows.NewReader(b, f.o.Limits)
	}
	return csv.NewReader(b, f.o.CSV)
}

// Findings returns what was passed over so far.
func (f *File) Findings() []qulaq.Finding {
	return append(slices.Clone(f.skipped), f.archive.Skipped()...)
}

// Close closes the file.
func (f *File) Close() error {
	var err error
	if f.sheets != nil {
		err = f.sheets.Close()
	}
	return errors.Join(err, f.archive.Close())
}
