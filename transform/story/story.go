// Package story gathers the text of old word processor formats (RTF, DOC), which know no tables: they know paragraphs that
// end a cell and paragraphs that end a row, and a row says where each of its cells ends. From the ends of all rows the
// columns of a table are found.
package story

import (
	"slices"
	"strings"

	"github.com/qulaq-kz/qulaq/transform/flow"
)

// MaxDepth is how many tables, or text boxes, may be within one another; deeper ones join the deepest.
const MaxDepth = 32

// LineBreak stands in the text of a paragraph where a line ends on purpose. No text of a document has this character.
const LineBreak = "\v"

// Block is a paragraph or a table.
type Block struct {
	text  string
	label string
	rows  []row // of a table
}

type row struct {
	cells []cell
	Definition
}

type cell struct{ blocks []Block }

// Definition says how the cells of a row lie.
type Definition struct {
	Left int // where the first cell begins, in twentieths of a point
	Ends []End
}

// End is where a cell ends, in twentieths of a point, and how it is merged with others.
type End struct {
	Right int
	Left  bool // it is a part of the cell to its left
	Top   bool // the first of cells that are merged below one another
	Above bool // it is a part of the cell above
}

// Story is a text with its tables: that of the document or of a text box.
type Story struct {
	Label  string  // the number that a list puts before the present paragraph
	Asides []Block // what comes behind the present paragraph: text boxes
	par    []byte
	levels []level // the story, and the tables that are open in one another
}

// level is a place where blocks are gathered: the story, or the open cell of a table.
type level struct {
	cells  []cell // of the open row
	blocks []Block
	over   bool // a paragraph stood behind the last table
}

// New returns an empty story.
func New() *Story { return &Story{levels: make([]level, 1)} }

// Text adds to the present paragraph.
func (s *Story) Text(text string) { s.par = append(s.par, text...) }

// at makes the table of some depth the innermost one.
func (s *Story) at(depth int) *level {
	for len(s.levels) > depth+1 { // a table that is not gone on with; what it holds is not lost
		if inner := s.levels[len(s.levels)-1]; len(inner.cells)+len(inner.blocks) > 0 {
			s.endRow(Definition{})
		}
		s.levels = s.levels[:len(s.levels)-1]
	}
	for len(s.levels) <= depth {
		s.levels = append(s.levels, level{})
	}
	return &s.levels[depth]
}

// Paragraph ends the present paragraph, which stands in so many tables.
func (s *Story) Paragraph(depth int) {
	l := s.at(depth)
	if len(s.par) > 0 || s.Label != "" {
		l.blocks = append(l.blocks, Block{text: string(s.par), label: s.Label})
	}
	l.blocks = append(l.blocks, s.Asides...)
	s.par, s.Label, s.Asides, l.over = s.par[:0], "", nil, true
}

// Cell ends the present cell of a table.
func (s *Story) Cell(depth int) {
	s.Paragraph(depth)
	l := s.at(depth)
	l.cells = append(l.cells, cell{l.blocks})
	l.blocks, l.over = nil, false
}

// Row ends the present row of a table.
func (s *Story) Row(depth int, d Definition) {
	if len(s.par) > 0 || len(s.Asides) > 0 { // a cell that was not ended
		s.Cell(depth)
	}
	s.at(depth)
	s.endRow(d)
}

// endRow ends the row of the innermost table.
func (s *Story) endRow(d Definition) {
	l, outer := &s.levels[len(s.levels)-1], &s.levels[len(s.levels)-2]
	if len(l.blocks) > 0 {
		l.cells = append(l.cells, cell{l.blocks})
	}
	if len(l.cells) > 0 {
		last := len(outer.blocks) - 1
		if last < 0 || outer.over || outer.blocks[last].rows == nil {
			outer.blocks = append(outer.blocks, Block{})
			last++
		}
		outer.blocks[last].rows = append(outer.blocks[last].rows, row{l.cells, d})
	}
	*l, outer.over = level{}, false
}

// End closes what is open and returns the blocks.
func (s *Story) End() []Block {
	s.Paragraph(0)
	return s.levels[0].blocks
}

// Feed tells a builder of blocks.
func Feed(b *flow.Builder, blocks []Block) {
	for _, x := range blocks {
		if b.Err() != nil {
			return
		}
		if x.rows != nil {
			feedTable(b, x.rows)
			continue
		}
		if x.label != "" {
			b.Label(x.label)
		}
		for i, line := range strings.Split(x.text, LineBreak) {
			if i > 0 {
				b.Break()
			}
			b.Text([]byte(line))
		}
		b.EndParagraph()
	}
}

// near is how far apart, in twips, two ends may be that are meant to be one: a millimetre.
const near = 57

// columns are the places where a column of a table begins or ends.
type columns []int

// columnsOf finds them from all rows.
func columnsOf(rows []row) (all columns) {
	for _, r := range rows {
		if len(r.Ends) > 0 {
			all = append(all, r.Left)
		}
		for _, e := range r.Ends {
			all = append(all, e.Right)
		}
	}
	slices.Sort(all)
	apart := all[:0]
	for _, place := range all {
		if len(apart) == 0 || place-apart[len(apart)-1] > near {
			apart = append(apart, place)
		}
	}
	return apart
}

// of returns the number of the column that begins at a place.
func (c columns) of(place int) int {
	i, found := slices.BinarySearch(c, place)
	if !found {
		i-- // it is near the one before
	}
	return max(i, 0)
}

func feedTable(b *flow.Builder, rows []row) {
	all := columnsOf(rows)
	b.Table()
	for _, r := range rows {
		b.Row()
		place := r.Left
		for i, c := range r.cells {
			if i >= len(r.Ends) && len(r.Ends) > 0 && len(c.blocks) == 0 {
				continue // LibreOffice writes such cells behind a table in a cell
			}
			at := flow.Cell{Columns: 1}
			if i < len(r.Ends) {
				e := r.Ends[i]
				at.Columns = max(all.of(e.Right)-all.of(place), 1)
				if i == 0 {
					at.Skip = all.of(place)
				}
				place = e.Right
				switch {
				case e.Left && i > 0: // it is a part of the cell to its left
					b.Widen(at.Columns)
					continue
				case e.Top:
					at.Merge = flow.Starts
				case e.Above:
					at.Merge = flow.Continues
				}
			}
			b.Cell(at)
			Feed(b, c.blocks)
			b.EndCell()
		}
		b.EndRow()
	}
	b.EndTable()
}
