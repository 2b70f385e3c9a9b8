// Package odt reads OpenDocument files (ISO/IEC 26300): texts (ODT) as paragraphs and tables, spreadsheets (ODS) as a
// grid a sheet.
//
// The text is what a person sees who has accepted all tracked changes. Left out besides: hidden text, comments, notes, headers
// and footers, and the numbers of lists but in cells that would be empty without them. The text of a text box stands behind the paragraph that the box is
// anchored in. Of a spreadsheet the cells are as they are shown; hidden sheets, rows and columns stand in the findings.
//
// Pictures that take up a good part of a page, and all pictures and boxes of a spreadsheet, are counted in
// Document.Unread. Pages are not known.
//
// Where to look:
//
//	odt.go    Read: the package, its styles, and what is no OpenDocument
//	text.go   paragraphs and tables of a text
//	list.go   numbers of lists
//	sheet.go  sheets
package odt

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/flow"
	"github.com/qulaq-kz/qulaq/transform/markup"
	"github.com/qulaq-kz/qulaq/transform/table"
	"github.com/qulaq-kz/qulaq/transform/unpack"
)

// The formats that documents of this package are read from.
const (
	Text  table.Format = "odt"
	Sheet table.Format = "ods"
)

// Read reads a document. object names it in errors and in the result.
//
// Errors are *qulaq.Error of kind Contract that wrap table.ErrEncrypted (a password), table.ErrFormat (a presentation, a
// drawing, or no OpenDocument), table.ErrDamaged, or table.ErrTooLarge.
func Read(data []byte, object string, l table.Limits) (*table.Document, error) {
	l = l.Defaults()
	d, err := read(data, object, l)
	if err == nil {
		return d, nil
	}
	failed := &qulaq.Error{Op: "read document", Object: object, Kind: qulaq.Contract, Err: err}
	switch {
	case errors.Is(err, table.ErrEncrypted):
		failed.Hint = "save it without a password"
	case errors.Is(err, table.ErrTooLarge):
		failed.Hint = "if the document is honest, raise the limits of documents"
	case errors.Is(err, table.ErrDamaged):
		failed.Hint = "the file was cut or damaged on its way: fetch it again"
	}
	return nil, failed
}

// reader goes through the content.
type reader struct {
	x      *markup.Scanner
	b      *flow.Builder
	doc    *table.Document
	limits table.Limits
	hidden map[string]bool // styles of text or sheets that are not shown
	lists  lists

	tables []*lay // that are open, in one another
	left   int    // cells that the sheets to come may have
}

func read(data []byte, object string, l table.Limits) (*table.Document, error) {
	p, err := open(data, object, l)
	if err != nil {
		return nil, err
	}
	manifest, err := p.part("META-INF/manifest.xml")
	if err != nil {
		return nil, err
	}
	if bytes.Contains(manifest, []byte("encryption-data")) {
		return nil, table.ErrEncrypted
	}
	content, err := p.part("content.xml")
	if err != nil {
		return nil, err
	}
	if content == nil {
		return nil, fmt.Errorf("%w: a zip without content.xml", table.ErrFormat)
	}
	r := &reader{
		x: markup.New(content, l.Depth), b: flow.New(l), doc: &table.Document{Name: object}, limits: l,
		hidden: map[string]bool{}, left: l.Cells,
		lists: lists{styles: map[string]*listStyle{}, named: map[string]*count{}, last: map[string]*count{}},
	}
	styles, err := p.part("styles.xml")
	if err != nil {
		return nil, err
	}
	if err := r.sharedStyles(markup.New(styles, l.Depth)); err != nil {
		return nil, err
	}
	if err := r.root(); err != nil {
		return nil, err
	}
	if r.doc.Title, err = p.title(); err != nil {
		return nil, err
	}
	if r.doc.Format == Text {
		r.doc.Parts, err = r.b.Parts()
	}
	return r.doc, err
}

// root reads content.xml: the styles, then the body.
func (r *reader) root() error {
	t, err := r.x.Next()
	if err != nil {
		return err
	}
	if t != markup.ElementStart || string(r.x.Name) != "document-content" {
		return fmt.Errorf("%w: content.xml has the root %.40q", table.ErrFormat, r.x.Name)
	}
	err = r.x.Children(func() error {
		switch string(r.x.Name) {
		case "automatic-styles":
			return r.x.Children(r.style)
		case "body":
			return r.x.Children(func() error {
				switch name := string(r.x.Name); name {
				case "text":
					r.doc.Format = Text
					return r.blocks()
				case "spreadsheet":
					r.doc.Format = Sheet
					return r.sheets()
				default:
					return fmt.Errorf("%w: an OpenDocument that is a %.40s", table.ErrFormat, name)
				}
			})
		}
		return nil
	})
	if err != nil {
		return err
	}
	if r.doc.Format == "" {
		return fmt.Errorf("%w: an OpenDocument without a body", table.ErrFormat)
	}
	_, err = r.x.Next() // there must be nothing behind the root
	return err
}

// sharedStyles reads the styles of lists of styles.xml; what cannot be read there is no style.
func (r *reader) sharedStyles(x *markup.Scanner) error {
	if t, err := x.Next(); err != nil || t != markup.ElementStart {
		return nil // the text does without
	}
	err := x.Children(func() error {
		return x.Children(func() error {
			if string(x.Name) == "list-style" {
				return r.lists.style(x)
			}
			return nil
		})
	})
	if errors.Is(err, table.ErrTooLarge) {
		return err
	}
	return nil
}

// style notes a style that hides what has it, and what lists look like.
func (r *reader) style() error {
	if string(r.x.Name) == "list-style" {
		return r.lists.style(r.x)
	}
	name := r.x.Attribute("name")
	return r.x.Children(func() error {
		display := r.x.Attribute("display")
		switch string(r.x.Name) {
		case "text-properties":
			if display == "none" {
				r.hidden[name] = true
			}
		case "table-properties":
			if display == "false" {
				r.hidden[name] = true
			}
		}
		return nil
	})
}

// parts is the package: a zip, read part by part into memory.
type parts struct {
	zip    *unpack.ZipFile
	limits table.Limits
	left   int64 // bytes that may still be unpacked
}

func open(data []byte, object string, l table.Limits) (*parts, error) {
	if !bytes.HasPrefix(data, []byte("PK")) {
		return nil, fmt.Errorf("%w: no zip", table.ErrFormat)
	}
	l.UnpackedBytes = min(l.UnpackedBytes, l.DocumentBytes)
	z, err := unpack.OpenZip(bytes.NewReader(data), int64(len(data)), object, l)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", table.ErrDamaged, err)
	}
	return &parts{zip: z, limits: l, left: l.DocumentBytes}, nil
}

// part reads a member; nil when there is none.
func (p *parts) part(name string) ([]byte, error) {
	if !p.zip.Has(name) {
		return nil, nil
	}
	r, err := p.zip.Open(name)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", table.ErrDamaged, err)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, p.left+1))
	if p.left -= int64(len(data)); p.left < 0 {
		return nil, fmt.Errorf("%w: its parts unpack to more than %d bytes", table.ErrTooLarge, p.limits.DocumentBytes)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", table.ErrDamaged, err)
	}
	return data, nil
}

// maxTitle is how many bytes are read of a title.
const maxTitle = 1000

// title returns the title that the document's properties give.
func (p *parts) title() (string, error) {
	data, err := p.part("meta.xml")
	if err != nil || data == nil {
		return "", err
	}
	x := markup.New(data, p.limits.Depth)
	var title []byte
	for {
		t, err := x.Next()
		if err != nil {
			return "", fmt.Errorf("meta.xml: %w", err)
		}
		if t == markup.End {
			return strings.Join(strings.Fields(strings.ToValidUTF8(string(title), "\ufffd")), " "), nil
		}
		if t == markup.ElementStart && string(x.Name) == "title" {
			if err := x.Content(func(text []byte) {
				if len(title) < maxTitle {
					title = append(title, text...)
				}
			}); err != nil {
				return "", fmt.Errorf("meta.xml: %w", err)
			}
		}
	}
}
