// Package doc reads documents of Word 97 to 2003 (DOC) as paragraphs and tables, by MS-DOC.
//
// The text is what a person sees who has accepted all tracked changes: deleted and hidden text is left out, and so are
// instructions of fields (their results stay), notes, headers, footers and comments. A cell that holds nothing but the number
// of a list shows it; numbers that only a style gives are not known.
//
// The text of a text box stands behind the paragraph that the box is anchored in. Large pictures are counted in
// Document.Unread, and so are text boxes that are anchored nowhere. Pages are not known.
//
// Where to look:
//
//	doc.go         Read, and what is no DOC
//	pieces.go      where in the file the characters stand
//	properties.go  what is said of runs, paragraphs and rows
//	boxes.go       where text boxes are anchored
//	lists.go       numbers of lists
//	text.go        characters to paragraphs, cells and rows
package doc

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/cfb"
	"github.com/qulaq-kz/qulaq/transform/flow"
	"github.com/qulaq-kz/qulaq/transform/story"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// Format is what documents of this package are read from.
const Format table.Format = "doc"

// Is says whether a file is an OLE compound file that holds a text document.
func Is(data []byte) bool {
	c, err := cfb.Open(data)
	return err == nil && c.Has("WordDocument")
}

// Read reads a document. object names it in errors and in the result.
//
// Errors are *qulaq.Error of kind Contract that wrap table.ErrEncrypted (a password), table.ErrFormat (no text document, or
// one of Word 95 or older), table.ErrDamaged or table.ErrTooLarge.
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
	case errors.Is(err, table.ErrFormat):
		failed.Hint = "open it in a word processor and save it as .docx"
	case errors.Is(err, table.ErrTooLarge):
		failed.Hint = "if the document is honest, raise the limits of documents"
	case errors.Is(err, table.ErrDamaged):
		failed.Hint = "the file was cut or damaged on its way: fetch it again"
	}
	return nil, failed
}

func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{table.ErrDamaged}, args...)...)
}

var le = binary.LittleEndian

// file is an open document.
type file struct {
	main, table, data []byte // its streams; data may be missing
	limits            table.Limits
	text              int // characters of the document itself
	boxes             int // and of its text boxes
	elsewhere         int // bytes of properties that were read in the stream Data
}

// Places in the header of the stream WordDocument (2.5.1).
const (
	magicAt   = 0
	versionAt = 2
	flagsAt   = 10
	textAt    = 0x4C
	boxesAt   = 0x64
	listsAt   = 0x9A // of places and lengths in the stream of tables
	header    = 0x1AA

	wordMagic    = 0xA5EC
	word97       = 193
	isEncrypted  = 1 << 8
	isInOneTable = 1 << 9

	runsList       = 12
	paragraphsList = 13
	piecesList     = 33
	shapesList     = 40
	boxesList      = 56
	listsList      = 73
	listUsesList   = 74
)

func read(data []byte, object string, l table.Limits) (*table.Document, error) {
	if int64(len(data)) > l.DocumentBytes {
		return nil, fmt.Errorf("%w: %d bytes", table.ErrTooLarge, len(data))
	}
	f, err := open(data, l)
	if err != nil {
		return nil, err
	}
	pieces, err := f.pieces()
	if err != nil {
		return nil, err
	}
	paragraphs, err := f.ranges(paragraphsList, paragraphEntry)
	if err != nil {
		return nil, err
	}
	runs, err := f.ranges(runsList, runEntry)
	if err != nil {
		return nil, err
	}
	r := &reader{file: f, story: story.New(), paragraphs: paragraphs, runs: runs, elements: l.Cells, lists: f.lists(), anchored: f.textBoxes()}
	if err := r.read(pieces); err != nil {
		return nil, err
	}
	b := flow.New(l)
	story.Feed(b, r.story.End())
	d := &table.Document{Format: Format, Name: object, Unread: r.unread + f.shapes()}
	d.Parts, err = b.Parts()
	return d, err
}

func open(data []byte, l table.Limits) (*file, error) {
	c, err := cfb.Open(data)
	if err != nil {
		return nil, err
	}
	if c.Has("EncryptedPackage") {
		return nil, table.ErrEncrypted
	}
	if !c.Has("WordDocument") {
		return nil, fmt.Errorf("%w: a compound file without a text document", table.ErrFormat)
	}
	f := &file{limits: l}
	if f.main, err = c.Stream("WordDocument"); err != nil {
		return nil, err
	}
	if len(f.main) < 32 {
		return nil, damaged("a header of %d bytes", len(f.main))
	}
	if le.Uint16(f.main[magicAt:]) != wordMagic || le.Uint16(f.main[versionAt:]) < word97 {
		return nil, fmt.Errorf("%w: a document of Word 95 or older", table.ErrFormat)
	}
	flags := le.Uint16(f.main[flagsAt:])
	if flags&isEncrypted != 0 {
		return nil, table.ErrEncrypted
	}
	if len(f.main) < header {
		return nil, damaged("a header of %d bytes", len(f.main))
	}
	name := "0Table"
	if flags&isInOneTable != 0 {
		name = "1Table"
	}
	if f.table, err = c.Stream(name); err != nil {
		return nil, err
	}
	if c.Has("Data") {
		if f.data, err = c.Stream("Data"); err != nil {
			return nil, err
		}
	}
	text, boxes := le.Uint32(f.main[textAt:]), le.Uint32(f.main[boxesAt:])
	if uint64(text) > uint64(len(f.main)) || uint64(boxes) > uint64(len(f.main)) {
		return nil, damaged("a text of %d characters in %d bytes", text, len(f.main))
	}
	f.text, f.boxes = int(text), int(boxes)
	return f, nil
}

// list returns what the header names: bytes of the stream of tables.
func (f *file) list(n int) ([]byte, error) {
	at := listsAt + 8*n
	if at+8 > len(f.main) {
		return nil, nil // an older header, which ends before
	}
	start, size := le.Uint32(f.main[at:]), le.Uint32(f.main[at+4:])
	if uint64(start)+uint64(size) > uint64(len(f.table)) {
		return nil, damaged("table %d is behind the end", n)
	}
	return f.table[start : start+size], nil
}
