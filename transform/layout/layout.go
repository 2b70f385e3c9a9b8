package layout

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/qulaq-kz/qulaq/transform/table"
)

// Word is letters that stand together, and the box around them in points; y grows downwards from the top of
// the page. The box of a word is as high as its font, so words of one line have boxes of nearly equal height.
type Word struct {
	X0, Y0, X1, Y1 float64
	Turn           int // quarter turns clockwise of the text's direction: 3 is read upwards
	Text           string
	Apart          bool // a space was written before it; else only the gap tells
}

// Rule is a line that is drawn on the page, level (Y0 = Y1) or upright (X0 = X1).
type Rule struct{ X0, Y0, X1, Y1 float64 }

// Page is what a page shows. Words come in any order.
type Page struct {
	Width, Height float64
	Words         []Word
	Rules         []Rule
	Fills         []Box // coloured areas; white ones are none
}

func (w Word) height() float64 { return w.Y1 - w.Y0 }
func (w Word) middle() (x, y float64) {
	return (w.X0 + w.X1) / 2, (w.Y0 + w.Y1) / 2
}

// maxWords is the most words of one page; a page full of small print has 3,000.
const maxWords = 20_000

// Parts makes paragraphs and tables of pages, in reading order. A table that goes on over pages is one grid.
// More than cells places in all grids, or 20,000 words on one page, are table.ErrTooLarge, the only error.
func Parts(pages []Page, cells int) ([]table.Part, error) {
	if cells <= 0 {
		cells = table.Limits{}.Defaults().Cells
	}
	sheets := make([]*sheet, len(pages))
	places := 0
	for i, p := range pages {
		if len(p.Words) > maxWords {
			return nil, fmt.Errorf("more than %d words on page %d: %w", maxWords, i+1, table.ErrTooLarge)
		}
		p = p.upright()
		s := &sheet{page: p, number: i + 1}
		s.find()
		rest := s.fill(p.Words)
		s.lines = lines(rest)
		s.grids = slices.DeleteFunc(s.grids, (*grid).blank)
		for _, g := range s.grids {
			s.splitRows(g)
		}
		s.headAbove()
		sheets[i] = s
	}
	dropRunning(sheets)
	for i, s := range sheets {
		s.restBelow()
		if i > 0 {
			s.restAbove(sheets[i-1])
		}
	}
	var blocks []block
	var above *grid
	for _, s := range sheets {
		own := s.blocks(above)
		above = s.last(own)
		blocks = append(blocks, own...)
	}
	blocks = beside(join(blocks))
	vocabulary := newVocabulary()
	for _, b := range blocks {
		vocabulary.learn(b.lines)
		if b.grid != nil {
			b.grid.teach(vocabulary)
		}
	}
	parts := make([]table.Part, 0, len(blocks))
	for _, b := range blocks {
		if b.grid == nil {
			parts = append(parts, table.Part{Page: b.page, Text: vocabulary.text(b.lines)})
			continue
		}
		if places += len(b.grid.rows) * b.grid.width(); places > cells {
			return nil, fmt.Errorf("more than %d cells in its tables: %w", cells, table.ErrTooLarge)
		}
		parts = append(parts, table.Part{Page: b.page, Grid: b.grid.finish(vocabulary)})
	}
	return parts, nil
}

// sheet is a page that is being read.
type sheet struct {
	page     Page
	number   int
	grids    []*grid // those with drawn borders
	rows     []Rule  // level rules that belong to no such grid
	uprights []span  // upright ones
	lines    []line  // of words outside of grids
}

// block is a paragraph or a table of one page.
type block struct {
	page  int
	top   float64
	lines []textLine
	grid  *grid
}

// find looks for tables of the page: with borders, with level rules cell by cell, of coloured cells.
func (s *sheet) find() {
	s.grids, s.rows, s.uprights = ruled(&s.page)
	if g := pieced(&s.page, s.grids); g != nil {
		s.grids = append(s.grids, g)
	}
	s.grids = append(s.grids, tiled(&s.page, s.grids)...)
}

// fill puts the words of the page into the cells of its grids and returns those outside.
func (s *sheet) fill(words []Word) []Word {
	var rest []Word
	for _, w := range words {
		placed := false
		for _, g := range s.grids {
			if placed = g.take(w); placed {
				break
			}
		}
		if !placed {
			rest = append(rest, w)
		}
	}
	for _, g := range s.grids {
		for i := range g.rows {
			g.rows[i].page = s.number
		}
	}
	return rest
}

// blocks makes what the page shows into blocks in reading order. above is the table with which the page before ended.
func (s *sheet) blocks(above *grid) []block {
	var out []block
	if g, n := s.continued(s.lines, above); g != nil {
		out, s.lines = append(out, s.table(g)), s.lines[n:]
	}
	for _, g := range s.grids {
		out = append(out, block{page: s.number, top: g.ys[0], grid: g})
	}
	// Text between two grids must not become one table or paragraph over them.
	tops := make([]float64, 0, len(s.grids))
	for _, g := range s.grids {
		tops = append(tops, g.ys[0])
	}
	slices.Sort(tops)
	for _, run := range runs(s.lines, tops) {
		out = append(out, s.flow(run)...)
	}
	slices.SortStableFunc(out, func(a, b block) int { return cmp.Compare(a.top, b.top) })
	return out
}

// table makes a table of lines a block.
func (s *sheet) table(g *grid) block {
	for i := range g.rows {
		g.rows[i].page = s.number
	}
	return block{page: s.number, top: g.ys[0], grid: g}
}

// runs parts lines, ordered from top to bottom, at some heights.
func runs(ls []line, at []float64) [][]line {
	var out [][]line
	start := 0
	for i := range ls {
		if i > start && slices.ContainsFunc(at, func(y float64) bool { return ls[i-1].y0 < y && y <= ls[i].y1 }) {
			out, start = append(out, ls[start:i]), i
		}
	}
	return append(out, ls[start:])
}

// upright turns a page that was written sideways, by the direction of most of its letters.
func (p Page) upright() Page {
	var letters [4]int
	for _, w := range p.Words {
		letters[w.Turn&3] += len(w.Text)
	}
	turn := 0
	for i, n := range letters {
		if n > letters[turn] {
			turn = i
		}
	}
	if turn == 0 {
		return p
	}
	out := Page{Width: p.Width, Height: p.Height}
	if turn != 2 {
		out.Width, out.Height = p.Height, p.Width
	}
	for _, w := range p.Words {
		w.X0, w.Y0, w.X1, w.Y1 = turned(w.X0, w.Y0, w.X1, w.Y1, turn, p.Width, p.Height)
		w.Turn = (w.Turn - turn) & 3
		out.Words = append(out.Words, w)
	}
	for _, r := range p.Rules {
		r.X0, r.Y0, r.X1, r.Y1 = turned(r.X0, r.Y0, r.X1, r.Y1, turn, p.Width, p.Height)
		out.Rules = append(out.Rules, r)
	}
	for _, f := range p.Fills {
		f.X0, f.Y0, f.X1, f.Y1 = turned(f.X0, f.Y0, f.X1, f.Y1, turn, p.Width, p.Height)
		out.Fills = append(out.Fills, f)
	}
	return out
}

// turned maps a box of a page of some width and height to where it lies when the page is turned so that text
// of the given direction reads from left to right.
func turned(x0, y0, x1, y1 float64, turn int, width, height float64) (a0, b0, a1, b1 float64) {
	switch turn & 3 {
	case 1:
		return y0, width - x1, y1, width - x0
	case 2:
		return width - x1, height - y1, width - x0, height - y0
	case 3:
		return height - y1, x0, height - y0, x1
	}
	return x0, y0, x1, y1
}
