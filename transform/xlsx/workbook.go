package xlsx

import (
	"errors"
	"fmt"
	"io"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/table"
	"github.com/qulaq-kz/qulaq/transform/unpack"
	"github.com/qulaq-kz/qulaq/transform/xlsx/number"
)

// Workbook is the tables of a workbook: every sheet that has a header row is one, named by the sheet. It
// is a table.Source. It is not safe for concurrent use.
type Workbook struct {
	object   string
	limits   table.Limits
	zip      *unpack.ZipFile
	sheets   []sheetRef // not yet read
	parts    map[string]string
	strings  sharedStrings
	looks    []number.Look
	from1904 bool
	shown    int64 // bytes of cells of all sheets
	open     io.Closer
	given    int
	skipped  []qulaq.Finding
	err      error
}

var _ table.Source = (*Workbook)(nil)

// Open reads what stands beside the cells of a workbook of size bytes: the list of sheets, formats and
// shared strings. object names the file in errors. The bytes stay the caller's.
//
// Errors are *qulaq.Error of kind Contract for a damaged file, one that is no workbook, a bomb, or shared
// strings of more than 256 MiB; else what at returned.
func Open(at io.ReaderAt, size int64, object string, limits table.Limits) (*Workbook, error) {
	w := &Workbook{object: object, limits: limits.Defaults(), parts: map[string]string{}}
	if err := w.load(at, size); err != nil {
		return nil, err
	}
	for i, l := range w.looks {
		w.looks[i] = l.Whole()
	}
	return w, nil
}

func (w *Workbook) load(at io.ReaderAt, size int64) error {
	first := make([]byte, min(size, unpack.SniffLen))
	if _, err := at.ReadAt(first, 0); err != nil && err != io.EOF {
		return err
	}
	if kind := unpack.Sniff(first); kind != unpack.Zip {
		return w.contract("", fmt.Errorf("the file is no workbook but of kind %v: %w", kind, table.ErrFormat), "save it as .xlsx, without a password")
	}
	z, err := unpack.OpenZip(at, size, w.object, w.limits)
	if err != nil {
		return err
	}
	w.zip = z
	main, err := w.main()
	if err != nil {
		return err
	}
	beside, err := relations(z, main)
	if err != nil {
		return w.fault("", err)
	}
	for _, r := range beside {
		switch r.kind {
		case "worksheet":
			w.parts[r.id] = r.target
		case "styles":
			if w.looks, err = looks(z, r.target); err != nil {
				return w.fault("", err)
			}
		case "sharedStrings":
			if w.strings, err = readStrings(z, r.target, maxStringBytes); err != nil {
				return w.fault("", err)
			}
		}
	}
	w.sheets, w.from1904, err = contents(z, main)
	return w.fault("", err)
}

// main returns the part that lists the sheets.
func (w *Workbook) main() (string, error) {
	all, err := relations(w.zip, "")
	if err != nil {
		return "", w.fault("", err)
	}
	for _, r := range all {
		if r.kind == "officeDocument" {
			return r.target, nil
		}
	}
	return "", w.contract("", fmt.Errorf("the file is a zip without a workbook: %w", table.ErrFormat), "save it as .xlsx")
}

// Next returns the next table, or io.EOF after the last. Empty sheets are none. Hidden sheets, charts, and
// sheets of notes where no row has two cells are none either, and stand in Skipped. A sheet of rows without
// a header is an error: nobody knows what its columns mean. After an error every call returns it again.
func (w *Workbook) Next() (string, table.Reader, error) {
	for w.err == nil {
		if w.err = w.closeSheet(); w.err != nil {
			break
		}
		if len(w.sheets) == 0 {
			w.err = io.EOF
			if w.given == 0 {
				w.skip("", "no sheet of the workbook has a table")
			}
			break
		}
		ref := w.sheets[0]
		w.sheets = w.sheets[1:]
		name := unpack.Printable(ref.name)
		part, ok := w.parts[ref.relation]
		if !ok {
			w.skip(name, "a chart or a dialogue, not a table")
			continue
		}
		if ref.hidden {
			w.skip(name, "a hidden sheet")
			continue
		}
		s, err := w.sheet(name, part)
		if err != nil {
			w.err = err
			break
		}
		if s != nil {
			w.given++
			return name, s, nil
		}
	}
	return "", nil, w.err
}

// sheet opens a sheet and finds its header; nil when it holds no table.
func (w *Workbook) sheet(name, part string) (*sheet, error) {
	r, err := w.zip.Open(part)
	if err != nil {
		return nil, err
	}
	w.open = r
	s := &sheet{book: w, name: name, x: newScanner(r)}
	found, err := s.findHeader()
	if err != nil || !found {
		return nil, err
	}
	return s, nil
}

// Skipped returns the sheets that were passed over so far, one finding of kind qulaq.NothingToRead a sheet.
// When Next has returned io.EOF without any table, one more finding says so of the workbook as a whole.
func (w *Workbook) Skipped() []qulaq.Finding { return w.skipped }

// Close ends the reading. The bytes that Open was given stay open.
func (w *Workbook) Close() error { return w.closeSheet() }

func (w *Workbook) closeSheet() error {
	if w.open == nil {
		return nil
	}
	err := w.open.Close()
	w.open = nil
	return err
}

func (w *Workbook) skip(sheet, why string) {
	w.skipped = append(w.skipped, qulaq.Finding{Kind: qulaq.NothingToRead, Subject: sheet, Table: sheet, Detail: why, Count: 1})
}

// fault gives damage of the XML its place. Other errors have theirs.
func (w *Workbook) fault(sheet string, err error) error {
	if err == nil { // for every row
		return nil
	}
	var m markupError
	var z sizeError
	if errors.As(err, &m) || errors.As(err, &z) {
		return w.contract(sheet, err, "open it in a spreadsheet program and save it anew")
	}
	return err
}

func (w *Workbook) contract(sheet string, err error, hint string) error {
	if sheet != "" {
		err = fmt.Errorf("sheet %q: %w", sheet, err)
	}
	return &qulaq.Error{Op: "read workbook", Object: w.object, Kind: qulaq.Contract, Err: err, Hint: hint}
}
