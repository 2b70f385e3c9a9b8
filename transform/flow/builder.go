// Package flow makes a table.Document's parts of what a reader of flowing text (HTML, DOCX) meets on its way:
// text, line breaks, paragraphs, tables, rows, cells. Such formats agree on what a table is and differ in
// how they say it, so that all they have in common is here.
//
// The calls may come in any order. A row or a cell that was not closed is closed by the next one, an end
// without a beginning is passed over, and text between the cells of a table stands before the table: what
// browsers do with broken markup, and what well-formed documents never need.
//
// Tables within tables:
//
//   - A table that holds others and has no row with two filled cells is there for the layout: it is looked
//     through, and its paragraphs and tables take its place.
//   - In any other table a small inner table, of up to three columns, is a part of its cell: a list of stages,
//     say. It is text there, a row a line.
//   - A larger inner table is a grid of its own behind the outer grid, and no text of its cell.
//
// So every text is there once.
//
// Where to look:
//
//	builder.go  the calls: where text goes, and which table is open
//	line.go     a paragraph as it is written: spaces, breaks, characters that nobody sees
//	grid.go     rows of cells that span others become a grid
package flow

import (
	"fmt"
	"strings"

	"github.com/qulaq-kz/qulaq/transform/table"
)

// Section is which part of a table a row belongs to. Heads are shown first and feet last, wherever they
// stand in the source.
type Section uint8

// The sections of a table.
const (
	Head Section = iota
	Body
	Foot
)

// Cell says how a cell lies in its table. Its first column is the next free one.
type Cell struct {
	Skip    int   // columns left out before it
	Columns int   // that it covers; less than 1 means 1
	Rows    int   // that it covers, its own included; 0 means 1, less than 0 all that are left of its section
	Merge   Merge // for formats that say row by row what is merged
}

// Merge is how a cell belongs to the one above it.
type Merge uint8

// A cell that continues has the text of the cell above it, if that one begins in the same column and starts
// or continues a merged cell itself. Else it is a cell of its own.
const (
	Single Merge = iota
	Starts
	Continues
)

// Builder collects a document. It is not safe for concurrent use. After an error, which Parts returns, all
// calls do nothing.
type Builder struct {
	levels   []level
	limits   table.Limits
	elements int   // paragraphs, rows and cells that may still come
	places   int   // of grids
	bytes    int64 // of text
	err      error
}

// level is a place that takes text: the document, a cell or an aside.
type level struct {
	kind  levelKind
	line  line
	label string       // the number of a list's item; see Label
	parts []table.Part // a paragraph's Text has line breaks; they go when it turns out to stand in no cell
	aside []table.Part // to come behind the present paragraph
	open  *sheet       // the table that is open here, nil when none is
}

type levelKind uint8

const (
	document levelKind = iota
	cellLevel
	asideLevel
)

// New returns a builder of a document within limits: Cells bounds the places of all grids, and paragraphs,
// rows and cells of the source; Columns the columns of a table; Depth tables within one another;
// DocumentBytes the text.
func New(limits table.Limits) *Builder {
	limits = limits.Defaults()
	return &Builder{
		levels: make([]level, 1, 8), limits: limits,
		elements: limits.Cells, places: limits.Cells, bytes: limits.DocumentBytes,
	}
}

// Err returns what Parts will return as an error, so that a reader can stop early.
func (b *Builder) Err() error { return b.err }

// Parts closes what is open and returns the document. The error is nil or wraps table.ErrTooLarge.
func (b *Builder) Parts() ([]table.Part, error) {
	for len(b.levels) > 1 && b.err == nil {
		b.pop()
	}
	b.EndTable()
	b.EndParagraph()
	if b.err != nil {
		return nil, b.err
	}
	parts := b.levels[0].parts
	for i := range parts {
		parts[i].Text = strings.ReplaceAll(parts[i].Text, "\n", " ")
	}
	return parts, nil
}

func (b *Builder) top() *level { return &b.levels[len(b.levels)-1] }

func (b *Builder) tooLarge(format string, args ...any) {
	if b.err == nil {
		b.err = fmt.Errorf("%w: "+format, append([]any{table.ErrTooLarge}, args...)...)
	}
}

// element counts a paragraph, a row or a cell of the source.
func (b *Builder) element() bool {
	if b.elements--; b.elements < 0 {
		b.tooLarge("more than %d paragraphs, rows and cells", b.limits.Cells)
	}
	return b.err == nil
}

// spend counts text that is kept.
func (b *Builder) spend(text int) bool {
	if b.bytes -= int64(text); b.bytes < 0 {
		b.tooLarge("more than %d bytes of text", b.limits.DocumentBytes)
	}
	return b.err == nil
}

// Text appends text to the present paragraph. White space of any sort is one space.
func (b *Builder) Text(text []byte) {
	if b.err != nil {
		return
	}
	l := b.top()
	for len(text) > 0 {
		rest, broken := l.line.add(text)
		if broken {
			b.EndParagraph()
		}
		text = rest
	}
	if int64(len(l.line.text)) > b.bytes {
		b.spend(len(l.line.text))
	}
}

// Break ends a line on purpose. Two in a row end the paragraph.
func (b *Builder) Break() { b.top().line.breaks++ }

// EndParagraph ends the present paragraph; one without text leaves no trace.
func (b *Builder) EndParagraph() {
	if b.err != nil {
		return
	}
	l := b.top()
	if text := l.line.take(); text != "" && b.spend(len(text)) && b.element() {
		l.parts = append(l.parts, table.Part{Text: text})
	}
	l.parts = append(l.parts, l.aside...)
	l.aside = nil
}

// Label gives the number that a list puts before the present paragraph. It is no text; but a cell that would
// be empty shows the first that it was given.
func (b *Builder) Label(label string) {
	if l := b.top(); l.label == "" {
		l.label = label
	}
}

// Aside begins something that stands beside the present paragraph, such as a text box. What it holds comes
// behind that paragraph. EndAside ends it.
func (b *Builder) Aside() { b.push(asideLevel) }

// EndAside ends what Aside began.
func (b *Builder) EndAside() {
	for i := len(b.levels) - 1; i > 0; i-- {
		if b.levels[i].kind == asideLevel {
			for len(b.levels) > i && b.err == nil {
				b.pop()
			}
			return
		}
	}
}

// push opens a level. The memory of lines is used again.
func (b *Builder) push(kind levelKind) {
	if b.err != nil {
		return
	}
	if len(b.levels) > b.limits.Depth {
		b.tooLarge("tables within one another, deeper than %d", b.limits.Depth)
		return
	}
	n := len(b.levels)
	if n < cap(b.levels) {
		b.levels = b.levels[:n+1]
		b.levels[n] = level{kind: kind, line: b.levels[n].line.reset()}
		return
	}
	b.levels = append(b.levels, level{kind: kind})
}

// pop closes the topmost level and hands what it holds to the one below.
func (b *Builder) pop() {
	b.endOpen()
	b.EndParagraph()
	if b.err != nil {
		return
	}
	l := b.top()
	b.levels = b.levels[:len(b.levels)-1]
	below := b.top()
	if l.kind == asideLevel {
		below.aside = append(below.aside, l.parts...)
		return
	}
	c := below.open.last()
	c.parts, c.label = l.parts, l.label
}

// sheet returns the innermost open table, nil when there is none, and whether a cell of it is open.
func (b *Builder) sheet() (s *sheet, inCell bool) {
	l := b.top()
	if l.open == nil && l.kind == cellLevel {
		return b.levels[len(b.levels)-2].open, true
	}
	return l.open, false
}

// Table begins a table. Directly inside another one, outside its cells, it ends that one first.
func (b *Builder) Table() {
	b.endOpen()
	b.EndParagraph()
	if b.err == nil {
		b.top().open = &sheet{section: Body}
	}
}

// Section says where the rows to come belong.
func (b *Builder) Section(section Section) {
	b.EndRow()
	if s, _ := b.sheet(); s != nil {
		s.section = section
	}
}

// Row begins a row of the innermost table.
func (b *Builder) Row() {
	b.EndRow()
	if s, _ := b.sheet(); s != nil && b.element() {
		s.line++
		s.rows = append(s.rows, row{line: s.line, section: s.section})
		s.inRow = true
	}
}

// Cell begins a cell of the innermost table. Without a row it begins one.
func (b *Builder) Cell(c Cell) {
	b.EndCell()
	s, _ := b.sheet()
	if s == nil {
		return
	}
	if !s.inRow {
		b.Row()
	}
	if b.element() {
		r := &s.rows[len(s.rows)-1]
		r.cells = append(r.cells, cell{Cell: c})
		b.push(cellLevel)
	}
}

// Widen lets the cell that was closed last cover more columns.
func (b *Builder) Widen(columns int) {
	s, inCell := b.sheet()
	if s == nil || inCell || !s.inRow {
		return
	}
	if c := s.last(); c != nil {
		c.Columns = min(max(c.Columns, 1)+columns, b.limits.Columns)
	}
}

// EndCell ends the open cell of the innermost table.
func (b *Builder) EndCell() {
	if _, inCell := b.sheet(); inCell {
		b.pop()
	}
}

// EndRow ends the open row of the innermost table.
func (b *Builder) EndRow() {
	b.EndCell()
	if s, _ := b.sheet(); s != nil {
		s.inRow = false
	}
}

// EndTable ends the innermost table.
func (b *Builder) EndTable() {
	b.EndCell()
	b.endOpen()
}

// endOpen ends the table that is open at the topmost level, outside its cells.
func (b *Builder) endOpen() {
	l := b.top()
	s := l.open
	if s == nil || b.err != nil {
		return
	}
	l.open = nil
	b.EndParagraph() // text between the cells
	if s.isLayout() {
		for _, r := range s.rows {
			for _, c := range r.cells {
				l.parts = append(l.parts, c.parts...)
			}
		}
		return
	}
	g := b.grid(s)
	if g == nil {
		return
	}
	l.parts = append(l.parts, table.Part{Grid: g})
	for _, r := range s.rows {
		for _, c := range r.cells {
			for _, p := range c.parts {
				if p.Grid != nil && !isSmall(p.Grid) {
					l.parts = append(l.parts, p)
				}
			}
		}
	}
}
