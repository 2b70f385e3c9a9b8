package xls

import (
	"errors"
	"fmt"
	"strings"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/cfb"
	"github.com/qulaq-kz/qulaq/transform/table"
	"github.com/qulaq-kz/qulaq/transform/xlsx/grid"
)

// streams are the names that say what a compound file is, in the order in which they are believed.
var streams = [...]struct {
	name string
	read bool  // a workbook
	why  error // why it is not read
	what string
	hint string
}{
	{"Workbook", true, nil, "", ""},
	{"Book", true, nil, "", ""},
	{"EncryptedPackage", false, table.ErrEncrypted, "an Office file locked with a password", "save it without a password"},
	{"WordDocument", false, table.ErrFormat, "an old text document (.doc)", "open it in a word processor and save it as .docx"},
	{"PowerPoint Document", false, table.ErrFormat, "an old presentation (.ppt)", "ask for the text or the table"},
}

const saveAnew = "open it in a spreadsheet program and save it as .xlsx"

// Read reads an old workbook: every sheet that is seen and holds something is a grid, in the order of the
// workbook, merged cells with their value everywhere, below the paragraphs of its text boxes. Hidden sheets, rows and
// columns are left out and stand in the findings; so do pictures, which are not read and count as unread. object names
// the file in errors. Any OLE compound file may be given: what is no workbook is an error that says what it is.
//
// Errors are *qulaq.Error of kind Contract with table.ErrDamaged, ErrTooLarge, ErrEncrypted or ErrFormat. A
// damaged sheet makes the whole workbook damaged.
func Read(data []byte, object string, l table.Limits) (*table.Document, error) {
	l = l.Defaults()
	fail := func(err error, hint string) error {
		return &qulaq.Error{Op: "read workbook", Object: object, Kind: qulaq.Contract, Err: err, Hint: hint}
	}
	if int64(len(data)) > l.DocumentBytes {
		return nil, fail(fmt.Errorf("%d bytes: %w", len(data), table.ErrTooLarge), "")
	}
	c, err := cfb.Open(data)
	if err != nil {
		return nil, fail(err, saveAnew)
	}
	for _, s := range streams {
		if !c.Has(s.name) {
			continue
		}
		if !s.read {
			return nil, fail(fmt.Errorf("%s: %w", s.what, s.why), s.hint)
		}
		d, err := readBook(c, s.name, l)
		if err != nil {
			hint := saveAnew
			if errors.Is(err, table.ErrEncrypted) {
				hint = "save it without a password"
			}
			return nil, fail(err, hint)
		}
		d.Name = object
		return d, nil
	}
	return nil, fail(fmt.Errorf("a compound file without a workbook: %w", table.ErrFormat), "")
}

func readBook(c *cfb.File, name string, l table.Limits) (*table.Document, error) {
	stream, err := c.Stream(name)
	if err != nil {
		return nil, err
	}
	b, err := openBook(stream)
	if err != nil {
		return nil, err
	}
	d := &table.Document{Format: table.XLS}
	left := l.Cells
	for _, ref := range b.sheets {
		found := func(detail string, count int) {
			d.Findings = append(d.Findings, qulaq.Finding{
				Kind: qulaq.NothingToRead, Subject: ref.name, Table: ref.name, Detail: detail, Count: int64(count),
			})
		}
		if !ref.cells {
			found("a chart or a macro, not a table", 1)
			continue
		}
		if ref.hidden {
			found("a hidden sheet", 1)
			continue
		}
		s := sheet{book: b, grid: grid.Sheet{Name: ref.name}, most: left}
		if err := s.read(ref.start); err != nil {
			return nil, fmt.Errorf("sheet %q: %w", ref.name, err)
		}
		g, findings, err := s.grid.Grid(left)
		if err != nil {
			return nil, fmt.Errorf("sheet %q: %w", ref.name, err)
		}
		d.Findings = append(d.Findings, findings...)
		for _, line := range s.boxes {
			if line = strings.Join(strings.Fields(line), " "); line != "" {
				d.Parts = append(d.Parts, table.Part{Text: line})
			}
		}
		if g != nil {
			left -= g.Width * len(g.Rows)
			d.Parts = append(d.Parts, table.Part{Grid: g})
		}
		if n := s.pictures; n > 0 {
			d.Unread += n
			found(fmt.Sprintf("pictures: %d; not read", n), n)
		}
	}
	return d, nil
}
