// Package docx reads word processor documents (DOCX) as paragraphs and tables.
//
// The text is what a person sees who has accepted all tracked changes: insertions are there, deletions and the
// old places of moved text are not. Left out besides: hidden text, instructions of fields (their results
// stay), comments, footnotes, headers and footers, and the older of two ways of saying the same thing
// (mc:Fallback). The text of a text box stands behind the paragraph that the box is anchored in.
//
// Numbers of lists are counted by the word processor and are no text. In a cell that is otherwise empty,
// where a column of numbers is made that way, a decimal number is computed ("2.", "1.2."); elsewhere it is
// left out, and numbers in letters or Roman digits are nowhere computed.
//
// Pictures that take up a good part of a page, embedded objects and embedded documents are counted in
// Document.Unread. Pages are not known: a DOCX has none before it is printed.
//
// Where to look:
//
//	docx.go       Read, and what is no DOCX
//	part.go       the members of the package, and which of them is the document; package markup scans them
//	content.go    paragraphs, runs, fields
//	table.go      tables, rows, cells
//	drawing.go    pictures and text boxes
//	picture.go    Pictures: what may be a scan
//	symbol.go     characters of symbol fonts
//	numbering.go  the numbers of lists
package docx

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/flow"
	"github.com/qulaq-kz/qulaq/transform/markup"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// Read reads a document. object names it in errors and in the result.
//
// Errors are *qulaq.Error of kind Contract that wrap table.ErrEncrypted (a password), table.ErrFormat (an old
// .doc, or a zip without a document), table.ErrDamaged, or table.ErrTooLarge.
func Read(data []byte, object string, l table.Limits) (*table.Document, error) {
	_, r, err := read(data, object, l.Defaults())
	if err == nil {
		r.doc.Parts, err = r.b.Parts()
	}
	if err != nil {
		return nil, wrap(err, object)
	}
	return r.doc, nil
}

// wrap gives an error its object, its kind and a hint.
func wrap(err error, object string) error {
	failed := &qulaq.Error{Op: "read document", Object: object, Kind: qulaq.Contract, Err: err}
	switch {
	case errors.Is(err, table.ErrEncrypted):
		failed.Hint = "save it without a password"
	case errors.Is(err, table.ErrFormat):
		failed.Hint = "open it in a word processor and save it as .docx"
	case errors.Is(err, table.ErrTooLarge):
		failed.Hint = "if the document is honest, raise the limits of documents"
	case errors.Is(err, table.ErrDamaged):
		failed.Hint = "the file was cut or damaged on its way: fetch it again"
	}
	return failed
}

// read goes through the document's part; what it holds is then in the builder of the reader.
func read(data []byte, object string, l table.Limits) (*parts, *reader, error) {
	if err := refuse(data); err != nil {
		return nil, nil, err
	}
	p, err := open(data, object, l)
	if err != nil {
		return nil, nil, err
	}
	text, err := p.main()
	if err != nil {
		return nil, nil, err
	}
	styles, err := p.styles()
	if err != nil {
		return nil, nil, err
	}
	lists, err := p.numbering()
	if err != nil {
		return nil, nil, err
	}
	title, err := p.title()
	if err != nil {
		return nil, nil, err
	}
	r := &reader{
		x: markup.New(text, l.Depth), b: flow.New(l), styles: styles, lists: lists,
		doc: &table.Document{Format: table.DOCX, Name: object, Title: title},
	}
	return p, r, r.read()
}

// refuse names what is no zip. The container of Office files of before 2007 also holds documents with a
// password; the names of what is in it stand there in UTF-16 (MS-OFFCRYPTO, section 1.3.1; MS-DOC, section 2.1).
func refuse(data []byte) error {
	switch {
	case bytes.HasPrefix(data, []byte("PK")):
		return nil
	case !bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return fmt.Errorf("%w: not a DOCX", table.ErrFormat)
	case bytes.Contains(data, wide("EncryptedPackage")):
		return table.ErrEncrypted
	case bytes.Contains(data, wide("WordDocument")):
		return fmt.Errorf("%w: a document of Word 97 to 2003 (.doc)", table.ErrFormat)
	}
	return fmt.Errorf("%w: an Office file of before 2007 that holds no text document", table.ErrFormat)
}

// wide returns ASCII text in UTF-16, little end first.
func wide(text string) []byte { return []byte(strings.Join(strings.Split(text, ""), "\x00") + "\x00") }
