package layout

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

const (
	margin    = 0.09 // of a page's height: where running headers stand
	outerEdge = 0.15 // and where they stand when they are the first or last thing of the page
	sameEdge  = 6.0  // points: edges of one table on two pages
	sameShare = 0.04 // of the table's width, when the pages differ in size
	headRows  = 6    // rows at the top of a table that may be repeated on the next page
	noteLines = 4    // lines of a note at the foot of a page
	noteMarks = "*0123456789¹²³"
	fewBytes  = 8 // what is shorter than that is a number or a word, and no heading with a mark
)

// dropRunning takes away page numbers and what stands at the same height of several pages, digits aside.
func dropRunning(sheets []*sheet) {
	type place struct {
		text string
		y    int
	}
	pages := map[place]int{}
	key := func(l line, offset float64) place {
		return place{withoutDigits(l.text()), int(math.Floor(l.y0/8 + offset))}
	}
	inMargin := make([]func(line) bool, len(sheets))
	for i, s := range sheets {
		outermost, alone := s.outermost(), len(s.grids) == 0 && len(s.lines) == 1
		inMargin[i] = func(l line) bool {
			return (l.y1 < margin*s.page.Height || l.y0 > (1-margin)*s.page.Height || l.pieces == 1 && !alone && outermost(l)) && !s.betweenUprights(l)
		}
	}
	for i, s := range sheets {
		for _, l := range s.lines {
			if inMargin[i](l) { // two rasters: lines that are near one another share a step of one
				pages[key(l, 0)]++
				pages[key(l, 1000.5)]++
			}
		}
	}
	often := max(2, (len(sheets)*2+4)/5)
	for i, s := range sheets {
		s.dropNumber()
		s.lines = slices.DeleteFunc(s.lines, func(l line) bool {
			return inMargin[i](l) && (pages[key(l, 0)] >= often || pages[key(l, 1000.5)] >= often)
		})
		s.dropUnseen()
	}
}

// dropUnseen takes away words that lie beside the page: spreadsheets print a long line on every page that it would reach.
func (s *sheet) dropUnseen() {
	var words []Word
	for _, l := range s.lines {
		for _, w := range l.words {
			if x, y := w.middle(); x >= 0 && x <= s.page.Width && y >= 0 && y <= s.page.Height {
				words = append(words, w)
			}
		}
	}
	s.lines = lines(words)
}

// dropNumber takes away a page number above or below everything else.
func (s *sheet) dropNumber() {
	outermost := s.outermost()
	s.lines = slices.DeleteFunc(s.lines, func(l line) bool { return outermost(l) && pageNumber(l.text()) })
}

// outermost tells whether a line is the first or the last thing of the page, and near its edge: on a page that lies on its
// side, what an office program prints below the text stands well above the lower margin of others.
func (s *sheet) outermost() func(line) bool {
	top, bottom := math.Inf(1), math.Inf(-1) // of the tables
	for _, g := range s.grids {
		top, bottom = min(top, g.ys[0]+nearY), max(bottom, g.ys[len(g.ys)-1]-nearY)
	}
	first, last := math.Inf(1), math.Inf(-1) // of the lines
	for _, l := range s.lines {
		first, last = min(first, l.y0), max(last, l.y0)
	}
	return func(l line) bool {
		return l.y0 <= first && l.y1 < top && l.y0 < outerEdge*s.page.Height ||
			l.y0 >= last && l.y0 > bottom && l.y1 > (1-outerEdge)*s.page.Height
	}
}

func withoutDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return -1
		}
		return r
	}, s)
}

// pageNumber says whether a line is one: 2, - 2 -, 2/5.
func pageNumber(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case unicode.IsDigit(r):
			digits++
		case !strings.ContainsRune("-–—/ .", r):
			return false
		}
	}
	return digits > 0 && digits <= 6
}

// join makes one grid of a table that goes on over pages. Notes at the foot of a page and «continuation of the table» may
// stand between its pieces; they follow it then.
func join(blocks []block) []block {
	var out []block
	table := -1 // the last one of out, when nothing but notes follows it
	for _, b := range blocks {
		if b.grid == nil {
			if table >= 0 && !b.aside(out[table].grid) {
				table = -1
			}
			out = append(out, b)
			continue
		}
		if table >= 0 {
			above := out[table].grid
			if rows := above.rows; len(rows) > 0 && b.page == rows[len(rows)-1].page+1 && above.goesOn(b.grid) {
				above.append(b.grid)
				continue
			}
		}
		b.grid.settle()
		table = len(out)
		out = append(out, b)
	}
	return out
}

var (
	noteText      = regexp.MustCompile(`^(\*+|[¹²³⁴⁵]|\d{1,2}\)?) ?[\pL«]`)
	continuedText = regexp.MustCompile(`(?i)^(продолжение|кестенің жалғасы|жалғасы)(\s|$)`)
)

// aside says whether a paragraph only interrupts a table: a note at the foot of the page on which the table stops, or a
// line above it on the next one that says that it goes on.
func (b block) aside(g *grid) bool {
	if len(b.lines) == 0 || len(g.rows) == 0 {
		return false
	}
	switch last := g.rows[len(g.rows)-1]; b.page {
	case last.page:
		return len(b.lines) <= noteLines && b.top >= last.y1-nearY && noteText.MatchString(b.lines[0].text)
	case last.page + 1:
		return len(b.lines) == 1 && continuedText.MatchString(b.lines[0].text)
	}
	return false
}

// goesOn says whether the columns of a grid on the next page are those of this one, and gives both the edges
// of the one that has more.
func (g *grid) goesOn(next *grid) bool {
	a, b := g.xs, next.xs
	wa, wb := a[len(a)-1]-a[0], b[len(b)-1]-b[0]
	if math.Abs(a[0]-b[0]) > sameEdge || math.Abs(wa-wb) > sameEdge { // another margin or another size of page
		scaled := make([]float64, len(b))
		for i, x := range b {
			scaled[i] = a[0] + (x-b[0])/wb*wa
		}
		if len(a) != len(b) || !within(scaled, a, sameShare*wa) {
			return false
		}
		next.xs = scaled
		b = scaled
	}
	switch {
	case within(b, a, sameEdge) && within(a, b, sameEdge), len(a) == len(b) && within(b, a, sameShare*wa):
		if len(a) == len(b) {
			next.xs = a
			return true
		}
	case within(b, a, sameEdge):
	case within(a, b, sameEdge):
		g.spread(b)
		return true
	default:
		return false
	}
	next.spread(a)
	return true
}

// append adds the rows of the next page, without the repeated heading, and joins a row that was parted.
func (g *grid) append(next *grid) {
	next.settle()
	rows := next.rows
	head := g.rows[:min(headRows, len(g.rows))]
	for len(rows) > 0 &&
		(rows[0].blank() || slices.ContainsFunc(head, func(r row) bool { return sameText(r, rows[0]) })) {
		rows = rows[1:] // blank: only the lower padding of a row of the page before
	}
	dropped := len(next.rows) - len(rows)
	for _, h := range head {
		if len(rows) > 0 && rows[0].dropHead(h) {
			break
		}
	}
	if len(rows) > 0 && parted(g.rows[len(g.rows)-1], rows[0]) {
		last := g.rows[len(g.rows)-1].cells
		seen := map[*cell]bool{}
		for i, c := range rows[0].cells {
			if !seen[c] {
				last[i].goOn(c.lines)
				seen[c] = true
			}
		}
		first := rows[0].cells
		rows = rows[1:]
		// What was merged down from the parted row goes on below it.
		for _, r := range rows {
			for i, c := range r.cells {
				if slices.Contains(first, c) {
					r.cells[i] = last[i]
				}
			}
		}
	}
	if len(rows) > 0 && len(rows) == len(next.rows)-dropped {
		g.carry(rows)
	}
	if len(rows) > 0 && rows[0].numbered() {
		g.heal(g.rows[len(g.rows)-1], rows)
	}
	g.rows = append(g.rows, rows...)
	g.ys, g.closed = nil, next.closed
}

// carry goes on with cells that are open at the end of the page while others of the last row are closed by a border:
// they were merged down over it.
func (g *grid) carry(rows []row) {
	if !slices.Contains(g.closed, true) {
		return
	}
	last := g.rows[len(g.rows)-1]
	seen := map[*cell]bool{}
	for i, closed := range g.closed {
		c := rows[0].cells[i]
		if above := last.cells[i]; !closed && above != c {
			if !seen[c] {
				above.add(c.lines)
			}
			seen[c] = true
			replace(rows, i, c, above)
		}
	}
}

// dropHead takes away the lines of a heading that is repeated and that no border parts from the row below it, and says
// whether there was one.
func (r row) dropHead(head row) bool {
	named, longer := 0, false
	for i, c := range r.cells {
		own := head.cells[i].lines
		if len(c.lines) < len(own) || !slices.EqualFunc(c.lines[:len(own)], own, func(a, b textLine) bool { return a.text == b.text }) {
			return false
		}
		if len(own) > 0 {
			named++
		}
		longer = longer || len(c.lines) > len(own)
	}
	if named < 3 || named < len(r.cells)-1 || !longer {
		return false
	}
	for i, c := range r.cells {
		if i == 0 || r.cells[i-1] != c {
			c.lines = c.lines[len(head.cells[i].lines):]
		}
	}
	return true
}

// goOn appends the lines of the next page. A line that the end of the page cut through may have been drawn on both.
func (c *cell) goOn(ls []textLine) {
	if n := len(c.lines); n > 0 && len(ls) > 0 && c.lines[n-1].text == ls[0].text {
		ls = ls[1:]
	}
	c.add(ls)
}

// add appends lines, the first of which may go on with a word of the last.
func (c *cell) add(ls []textLine) {
	if n := len(c.lines); n > 0 && len(ls) > 0 {
		c.lines[n-1].fill(ls[0])
	}
	c.lines = append(c.lines, ls...)
}

// heal joins cells that were merged down over the end of a page: the text goes on in the first row of the
// next page, in small letters although every other cell of the column begins with a capital. When one cell
// does so, the cells without text in that row were merged too.
func (g *grid) heal(last row, rows []row) {
	merged := false
	for i, c := range rows[0].cells {
		above := last.cells[i]
		if i > 0 && above != c && len(above.lines) > 0 && startsLower(c) && g.capitals(i) {
			above.add(c.lines)
			replace(rows, i, c, above)
			merged = true
		}
	}
	for i, c := range rows[0].cells {
		if merged && len(c.lines) == 0 {
			replace(rows, i, c, last.cells[i])
		}
	}
}

// replace puts another cell where a cell stands in a column, from the first row down.
func replace(rows []row, column int, old, by *cell) {
	for _, r := range rows {
		if r.cells[column] != old {
			return
		}
		r.cells[column] = by
	}
}

func startsLower(c *cell) bool { return len(c.lines) > 0 && startsSmall(c.lines[0].text) }

// capitals says whether two cells of a column at least begin with a capital and none with a small letter.
func (g *grid) capitals(column int) bool {
	n := 0
	for _, r := range g.rows {
		c := r.cells[column]
		switch {
		case startsLower(c):
			return false
		case len(c.lines) > 0 && strings.IndexFunc(c.lines[0].text, unicode.IsUpper) == 0:
			n++
		}
	}
	return n >= 2
}

// sameText says whether two rows say the same, but for the mark of a note.
func sameText(a, b row) bool {
	return slices.EqualFunc(a.cells, b.cells, func(x, y *cell) bool {
		s, t := x.letters(), y.letters()
		return s == t || len(s) > fewBytes && len(t) > fewBytes && strings.Trim(s, noteMarks) == strings.Trim(t, noteMarks)
	})
}

// numbered says whether one of the first two cells is a number that an item may have.
func (r row) numbered() bool {
	return slices.ContainsFunc(r.cells[:min(2, len(r.cells))], func(c *cell) bool {
		return len(c.lines) == 1 && itemNumber.MatchString(c.lines[0].text)
	})
}

// letters returns the text without spaces.
func (c *cell) letters() string {
	var b strings.Builder
	for _, l := range c.lines {
		for _, f := range strings.Fields(l.text) {
			b.WriteString(f)
		}
	}
	return b.String()
}

// parted says whether a row at the top of a page is the rest of the last one of the page before: it has text
// but not in the first column, and neither goes across the table.
func parted(last, first row) bool {
	n := len(first.cells)
	return n > 1 && !first.blank() && len(first.cells[0].lines) == 0 &&
		first.cells[0] != first.cells[n-1] && last.cells[0] != last.cells[n-1]
}
