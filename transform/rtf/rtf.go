// Package rtf reads documents of Rich Text Format as paragraphs and tables, by the specification 1.9.1.
//
// The text is what a person sees who has accepted all tracked changes: deleted and hidden text is left out, and so are
// instructions of fields (their results stay), notes, headers, footers and what is there for readers that know no
// nested tables. The text of a text box stands behind the paragraph that the box is anchored in. The number that a list
// puts before a paragraph is no text; a cell that would be empty shows it.
//
// A table is nothing but rows in RTF. A row says where each of its cells ends, in twentieths of a point; from the ends of
// all rows the columns of the table are found.
//
// Pictures that take up a good part of a page and embedded objects are counted in Document.Unread. Pages are not known.
//
// Where to look:
//
//	rtf.go    Read; groups and control words
//	lex.go    bytes to tokens
//	words.go  what control words mean
//	text.go   bytes of code pages and numbers of Unicode to text
package rtf

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/flow"
	"github.com/qulaq-kz/qulaq/transform/story"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// Format is what documents of this package are read from.
const Format table.Format = "rtf"

// Read reads a document. object names it in errors and in the result.
//
// Errors are *qulaq.Error of kind Contract that wrap table.ErrFormat (no RTF), table.ErrDamaged (it ends too early) or
// table.ErrTooLarge.
func Read(data []byte, object string, l table.Limits) (*table.Document, error) {
	l = l.Defaults()
	d, err := read(data, object, l)
	if err == nil {
		return d, nil
	}
	failed := &qulaq.Error{Op: "read document", Object: object, Kind: qulaq.Contract, Err: err}
	switch {
	case errors.Is(err, table.ErrTooLarge):
		failed.Hint = "if the document is honest, raise the limits of documents"
	case errors.Is(err, table.ErrDamaged):
		failed.Hint = "the file was cut or damaged on its way: fetch it again"
	}
	return nil, failed
}

func read(data []byte, object string, l table.Limits) (*table.Document, error) {
	data = bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), " \t\r\n")
	if !bytes.HasPrefix(data, []byte(`{\rtf`)) {
		return nil, fmt.Errorf("%w: not RTF", table.ErrFormat)
	}
	if int64(len(data)) > l.DocumentBytes {
		return nil, fmt.Errorf("%w: %d bytes", table.ErrTooLarge, len(data))
	}
	r := &reader{
		lexer: lexer{data: data}, limits: l, elements: l.Cells,
		fonts: map[int]int{}, codePage: cyrillic,
		doc: &table.Document{Format: Format, Name: object},
	}
	r.stories = []*story.Story{story.New()}
	if err := r.run(); err != nil {
		return nil, err
	}
	b := flow.New(l)
	story.Feed(b, r.stories[0].End())
	var err error
	r.doc.Title = strings.Join(strings.Fields(r.title.String()), " ")
	r.doc.Parts, err = b.Parts()
	return r.doc, err
}

// reader goes through the tokens.
type reader struct {
	lexer
	limits   table.Limits
	elements int // paragraphs, cells and rows that may still come
	doc      *table.Document

	groups   []group
	fonts    map[int]int // number of a font → code page
	font     int         // that the table of fonts is describing
	usual    int         // font of text that names none
	codePage int         // of the document
	pending  []byte      // bytes of a code page that are not text yet
	pendCP   int
	high     rune // first half of a pair of UTF-16, or 0
	skip     int  // characters that stand in for one given by its number

	title   strings.Builder
	label   []byte
	picture picture        // that is being described
	stories []*story.Story // the document, and text boxes within one another
	row     rowState       // that is being described
	nested  rowState       // the same, of a table in a cell
}

// rowState is a row whose cells are being described.
type rowState struct {
	story.Definition
	next story.End // the cell that is being described
}

// group is what ends with a closing brace.
type group struct {
	to     destination
	star   bool // its first word is one that readers may pass over
	fresh  bool // no word was read yet
	font   int
	uc     int // characters that stand in for one given by its number
	hidden bool
	gone   bool // deleted by a change that is tracked
	inRow  bool
	depth  int // of tables
	begun  int // stories that were open before it
}

// destination is where the text of a group goes.
type destination uint8

const (
	body destination = iota
	nowhere
	fontTable
	titleText
	labelText
	nestedRow // properties of a row inside a cell: words count, text does not
	pictureData
	information // only what stands in groups of it counts
)

func (r *reader) top() *group { return &r.groups[len(r.groups)-1] }

func (r *reader) story() *story.Story { return r.stories[len(r.stories)-1] }

func (r *reader) run() error {
	for {
		t, err := r.next()
		if err != nil {
			return err
		}
		if t.kind != character && t.kind != plain {
			r.flush()
		}
		switch t.kind {
		case open:
			r.skip = 0
			if err := r.begin(); err != nil {
				return err
			}
		case closing:
			r.skip = 0
			r.close()
			if len(r.groups) == 0 {
				return nil // what follows is no part of the document
			}
		case word:
			if _, sign := signs[t.name]; sign && r.skip > 0 {
				r.skip--
				continue
			}
			if t.name != "bin" {
				r.skip = 0
			}
			r.word(t)
		case plain:
			r.plain(t.text)
		case character:
			if r.skip > 0 {
				r.skip--
				continue
			}
			r.codedByte(t.number)
		}
		if r.elements < 0 {
			return fmt.Errorf("%w: more than %d paragraphs, rows and cells", table.ErrTooLarge, r.limits.Cells)
		}
	}
}

func (r *reader) begin() error {
	if len(r.groups) >= r.limits.Depth {
		return fmt.Errorf("%w: groups within one another, deeper than %d", table.ErrTooLarge, r.limits.Depth)
	}
	g := group{uc: 1}
	if len(r.groups) > 0 {
		g = *r.top()
	}
	g.star, g.fresh, g.begun = false, true, len(r.stories)
	if g.to == information {
		g.to = nowhere
	}
	r.groups = append(r.groups, g)
	return nil
}

// picture says how large one is shown: in twips, before it is scaled by so many percent.
type picture struct{ width, height, scaleX, scaleY int }

func (p picture) area() float64 {
	return float64(max(p.width, 0)) * float64(p.scaleX) / 100 * float64(max(p.height, 0)) * float64(p.scaleY) / 100
}

// largePicture is the area, in square twips, from which on a picture may be a page of text: three tenths of an A4 sheet.
const largePicture = 0.3 * 11906 * 16838

func (r *reader) close() {
	g := *r.top()
	r.groups = r.groups[:len(r.groups)-1]
	outer := nowhere
	if len(r.groups) > 0 {
		outer = r.top().to
	}
	switch {
	case g.to == pictureData && outer != pictureData:
		if r.picture.area() >= largePicture {
			r.doc.Unread++
		}
	case g.to == labelText && outer != labelText:
		if s := r.story(); s.Label == "" {
			s.Label = strings.TrimSpace(string(r.label))
		}
	}
	for len(r.stories) > g.begun { // a text box ends: what it holds stands beside the paragraph
		blocks := r.story().End()
		r.stories = r.stories[:len(r.stories)-1]
		r.story().Asides = append(r.story().Asides, blocks...)
	}
}

// tables returns how deep in tables the present paragraph is.
func (g *group) tables() int {
	if g.depth == 0 && g.inRow {
		return 1
	}
	return min(max(g.depth, 0), story.MaxDepth)
}
