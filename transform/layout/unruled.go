package layout

import (
	"cmp"
	"math"
	"regexp"
	"slices"
)

const (
	wideGap   = 0.9  // of the height of a line: between words that may stand in two columns
	manyRows  = 1000 // lines of a page; more are no text that a person reads
	mostWidth = 0.6  // share of a table's width over which a rule is drawn that ends a row
	someWidth = 0.3  // and one that ends a part of it
	fewEdges  = 3    // edges of rows that tell nothing yet
	fewRows   = 4    // that words tell, at least, where free space tells half as many at most
	rowGap    = 0.2  // of a line's height: how much more space parts rows than parts the lines of a cell
)

// itemNumber is what stands in a column of numbers: 1, 2., 3.1, 4)
var itemNumber = regexp.MustCompile(`^\d{1,4}(\.\d{1,3}){0,3}[.)]?$`)

// tableRuns finds runs of lines that are a table without upright borders: at least two lines of three
// pieces, and the lines between and below them that leave the same gutters free. It returns index pairs.
func tableRuns(ls []line) [][2]int {
	var out [][2]int
	if len(ls) > manyRows {
		return nil
	}
	for i := 0; i < len(ls); {
		if ls[i].pieces < 3 {
			i++
			continue
		}
		end, seeds := i+1, 1
		misses := 0
		for j := i + 1; j < len(ls) && misses < 12; j++ {
			if ls[j].y0-ls[j-1].y1 > 6*ls[j].height() {
				break
			}
			if ls[j].pieces < 3 {
				misses++
				continue
			}
			misses = 0
			if len(gutters(ls[i:j+1])) < 2 {
				break
			}
			seeds++
			end = j + 1
		}
		if seeds < 2 {
			i++
			continue
		}
		// The last row may end in lines of one or two columns.
		strips := gutters(ls[i:end])
		for end < len(ls) && ls[end].y0-ls[end-1].y1 < 0.6*ls[end].height() && !crosses(ls[end], strips) &&
			(continues(ls[end], strips) || wordsOn(ls[end], strips) || inColumns(ls[end], strips) &&
				(overlap(ls[end-1], ls[end]) || end+1 < len(ls) && overlap(ls[end], ls[end+1]) && inColumns(ls[end+1], strips))) {
			end++
		}
		// So may the heading begin.
		for i > 0 && (len(out) == 0 || out[len(out)-1][1] < i) && ls[i].y0-ls[i-1].y1 < 0.6*ls[i].height() && heads(ls[i-1], ls[i], strips) {
			i--
		}
		out = append(out, [2]int{i, end})
		i = end
	}
	return out
}

// heads says whether a line close above another one belongs to the same heading.
func heads(above, l line, strips [][2]float64) bool {
	free, fits := leaves(above, strips)
	return fits && (continues(above, free) || overlap(above, l) || above.pieces > 1 && inColumns(above, free)) || overTwo(above, l, strips)
}

// overlap says whether a line begins beside another one, half its height above or below: cells of two and of three
// lines, centred in one row, do.
func overlap(above, l line) bool { return above.y1-l.y0 > 0.2*min(above.height(), l.height()) }

// overTwo says whether a line close above another one is what stands over two columns of a heading.
func overTwo(above, l line, strips [][2]float64) bool {
	if l.y0-above.y1 > 0.3*l.height() || len(strips) == 0 || above.x0 <= strips[0][1] {
		return false
	}
	return !slices.ContainsFunc(above.segments(wideGap), func(s line) bool { return s.over(strips) > 1 })
}

// over counts the gutters over which a line runs.
func (l line) over(strips [][2]float64) int {
	n := 0
	for _, g := range strips {
		if m := (g[0] + g[1]) / 2; l.x0 < m && m < l.x1 {
			n++
		}
	}
	return n
}

// continues says whether a line lies in columns behind the first, and is not one run of words over several.
func continues(l line, strips [][2]float64) bool {
	if len(strips) == 0 || l.x0 <= strips[0][0] {
		return false
	}
	return !slices.ContainsFunc(l.segments(wideGap), func(s line) bool { return s.over(strips) > 1 })
}

// wordsOn says whether a line may be the end of a sentence in the first column: it begins in a small letter and keeps to
// the columns.
func wordsOn(l line, strips [][2]float64) bool {
	return startsSmall(l.text()) && inColumns(l, strips)
}

// inColumns says whether each piece of a line lies in one column.
func inColumns(l line, strips [][2]float64) bool {
	return !slices.ContainsFunc(l.segments(wideGap), func(s line) bool { return s.over(strips) > 0 })
}

// crosses says whether a word of the line lies over the middle of a gutter.
func crosses(l line, strips [][2]float64) bool {
	return slices.ContainsFunc(strips, func(s [2]float64) bool {
		m := (s[0] + s[1]) / 2
		return slices.ContainsFunc(l.words, func(w Word) bool { return w.X0 < m && w.X1 > m })
	})
}

// unruled makes a table of the lines of a run, or nil when it has less than three columns. rules are level
// lines of the page; where they lie between rows they part them.
func unruled(ls []line, rules []Rule) *grid {
	strips := gutters(ls)
	if len(strips) < 2 {
		return nil
	}
	xs := []float64{math.Inf(1)}
	for _, s := range strips {
		xs = append(xs, (s[0]+s[1])/2)
	}
	xs = append(xs, math.Inf(-1))
	last := len(xs) - 1
	for _, l := range ls {
		xs[0], xs[last] = min(xs[0], l.x0-1), max(xs[last], l.x1+1)
	}
	return rowsOf(ls, xs, rules)
}

// rowsOf makes a table of lines whose columns are known.
func rowsOf(ls []line, xs []float64, rules []Rule) *grid {
	words := wordsOf(ls)
	g := fillRows(words, xs, rowEdges(words, xs, rules))
	g.mergeDown(rules)
	return g
}

// mergeDown joins cells of one column between which no rule is drawn while one is drawn between those of other columns.
func (g *grid) mergeDown(rules []Rule) {
	from, to := g.textEdges()
	for i := 1; i < len(g.rows); i++ {
		over, drawn := drawnAt(rules, g.rows[i].y0, from, to)
		above, below := g.rows[i-1].cells, g.rows[i].cells
		if drawn == 0 || drawn == len(over) || above[0] == above[len(above)-1] || below[0] == below[len(below)-1] {
			continue
		}
		for c, has := range over {
			if !has {
				above[c].words = append(above[c].words, below[c].words...)
				below[c] = above[c]
			}
		}
	}
}

// drawnAt says over the middle of which columns' texts rules are drawn at a height, and over how many.
func drawnAt(rules []Rule, y float64, from, to []float64) (over []bool, n int) {
	over = make([]bool, len(from))
	for c := range over {
		x := (from[c] + to[c]) / 2
		over[c] = slices.ContainsFunc(rules, func(r Rule) bool { return math.Abs(r.Y0-y) < nearY && r.X0 < x && x < r.X1 })
		if over[c] {
			n++
		}
	}
	return over, n
}

func wordsOf(ls []line) []Word {
	var words []Word
	for _, l := range ls {
		words = append(words, l.words...)
	}
	return words
}

// fillRows makes a table of words whose columns and rows are known.
func fillRows(words []Word, xs, ys []float64) *grid {
	g := newGrid(xs, ys)
	g.unruled = true
	rows := make([][]Word, len(g.rows))
	for _, w := range words {
		_, y := w.middle()
		r := max(0, slot(ys, y))
		rows[r] = append(rows[r], w)
	}
	columns := make([][]line, len(xs)-1)
	for c, own := range byColumn(words, xs) {
		columns[c] = lines(own)
	}
	at := homes(columns)
	for i := range g.rows {
		g.put(i, rows[i])
		if at.strange(rows[i], xs) {
			across := &cell{words: rows[i]}
			for c := range g.rows[i].cells {
				g.rows[i].cells[c] = across
			}
		}
	}
	return g
}

// put fills a row with words. A single line that runs on over edges is one cell.
func (g *grid) put(r int, words []Word) {
	cells := g.rows[r].cells
	inner := g.xs[1 : len(g.xs)-1]
	if ls := lines(words); len(ls) == 1 {
		pieces := ls[0].segments(wideGap)
		over := func(x0, x1 float64) bool {
			return slices.ContainsFunc(inner, func(x float64) bool { return x0 < x && x < x1 })
		}
		if len(pieces) == 1 && over(ls[0].x0, ls[0].x1) || slices.ContainsFunc(words, func(w Word) bool { return over(w.X0, w.X1) }) {
			across := &cell{words: words}
			for c := range cells {
				cells[c] = across
			}
			return
		}
	}
	for c := range cells {
		cells[c] = &cell{}
	}
	for _, w := range words {
		x, _ := w.middle()
		c := max(0, slot(g.xs, x))
		cells[c].words = append(cells[c].words, w)
	}
}

// rowEdges finds where rows end: at level rules where there are some; else where all columns are empty over
// more than the space between two lines of a cell, and besides between numbers of the first column.
func rowEdges(words []Word, xs []float64, rules []Rule) []float64 {
	slices.SortFunc(words, func(a, b Word) int { return cmp.Compare(a.Y0, b.Y0) })
	top, bottom := words[0].Y0-1, words[0].Y1
	for _, w := range words {
		bottom = max(bottom, w.Y1+1)
	}
	columns := byColumn(words, xs)
	var numbers []float64
	for _, l := range lines(columns[0]) {
		if itemNumber.MatchString(l.text()) {
			numbers = append(numbers, l.y0)
		}
	}
	if ys := drawn(rules, xs, top, bottom); len(ys) > fewEdges && !crowded(ys, numbers) {
		return ys
	}
	usual := usualGap(columns)
	ys := []float64{top}
	reach := words[0].Y1
	for _, w := range words[1:] {
		if w.Y0-reach > usual+rowGap*w.height() {
			ys = append(ys, (w.Y0+reach)/2)
		}
		reach = max(reach, w.Y1)
	}
	ys = append(ys, bottom)
	switch {
	case len(numbers) == 0:
		rows := packedByWords(columns, usual)
		if len(rows)-1 >= max(fewRows, 2*(len(ys)-1)) || len(rows)-1 >= fewRows && within(ys, rows, nearY) {
			return rows
		}
		return splitAtStarts(ys, columns, usual)
	case severalNumbers(ys, numbers):
		if rows := packed(columns, usual); rows != nil {
			return rows
		}
	}
	return splitAtNumbers(apartAcross(ys, columns), numbers)
}

// byColumn deals words into columns.
func byColumn(words []Word, xs []float64) [][]Word {
	columns := make([][]Word, len(xs)-1)
	for _, w := range words {
		x, _ := w.middle()
		c := max(0, slot(xs, x))
		columns[c] = append(columns[c], w)
	}
	return columns
}

// crowded says whether so many numbers stand in one drawn row that rules were drawn below the heading and some rows alone.
func crowded(ys, numbers []float64) bool {
	in := map[int]int{}
	for _, y := range numbers {
		r := slot(ys, y+1)
		if in[r]++; in[r] >= fewNumbers {
			return true
		}
	}
	return false
}

// severalNumbers says whether two numbers stand in one row.
func severalNumbers(ys, numbers []float64) bool {
	for i := 1; i < len(numbers); i++ {
		if slot(ys, numbers[i]+1) == slot(ys, numbers[i-1]+1) {
			return true
		}
	}
	return false
}

// splitAtNumbers parts rows that have several numbers: above each number, or half-way between two where
// numbers stand in the middle of their rows.
func splitAtNumbers(ys, numbers []float64) []float64 {
	in := make([][]float64, len(ys)-1)
	for _, y := range numbers {
		r := max(0, slot(ys, y+1))
		in[r] = append(in[r], y)
	}
	centred := 0
	for r, n := range in {
		if len(n) == 1 && n[0]-ys[r] > 0.25*(ys[r+1]-ys[r]) {
			centred++
		} else if len(n) == 1 {
			centred--
		}
	}
	out := slices.Clone(ys)
	for r, n := range in {
		for i, y := range n {
			switch {
			case len(n) < 2:
			case centred <= 0 && y-ys[r] > nearY: // the first may have the heading above it
				out = append(out, y-1)
			case centred > 0 && i > 0:
				out = append(out, (n[i-1]+y)/2)
			}
		}
	}
	slices.Sort(out)
	return out
}

// drawn returns the heights at which level rules reach over most of a table, and its ends; where there are such, also
// those at which they reach over some columns: cells of the others are merged down.
func drawn(rules []Rule, xs []float64, top, bottom float64) []float64 {
	width := xs[len(xs)-1] - xs[0]
	rules = slices.Clone(rules)
	slices.SortFunc(rules, func(a, b Rule) int { return cmp.Compare(a.Y0, b.Y0) })
	ys, some := []float64{top, bottom}, []float64{}
	for start := 0; start < len(rules); {
		end, reach := start, 0.0
		for end < len(rules) && rules[end].Y0-rules[start].Y0 < nearY {
			reach += min(rules[end].X1, xs[len(xs)-1]) - max(rules[end].X0, xs[0])
			end++
		}
		switch y := rules[start].Y0; {
		case y <= top || y >= bottom:
		case reach > mostWidth*width:
			ys = append(ys, y)
		case reach > someWidth*width:
			some = append(some, y)
		}
		start = end
	}
	if len(ys) > fewEdges {
		ys = append(ys, some...)
	}
	slices.Sort(ys)
	return slices.CompactFunc(ys, func(a, b float64) bool { return math.Abs(b-a) < nearY })
}

// usualGap returns the free space between two lines of one cell: what few pairs of lines in a column, one
// below the other, fall below.
func usualGap(columns [][]Word) float64 {
	var gaps []float64
	for _, c := range columns {
		ls := lines(c)
		for i := 1; i < len(ls); i++ {
			gaps = append(gaps, ls[i].y0-ls[i-1].y1)
		}
	}
	if len(gaps) == 0 {
		return 0
	}
	slices.Sort(gaps)
	return max(0, gaps[len(gaps)/12])
}
