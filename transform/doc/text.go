package doc

import (
	"fmt"
	"unicode/utf16"

	"github.com/qulaq-kz/qulaq/transform/story"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// reader goes through the characters.
type reader struct {
	*file
	story      *story.Story
	paragraphs spans
	runs       spans
	elements   int // paragraphs, cells and rows that may still come
	lists      []use
	pieces     []piece
	anchored   map[int][]box // text boxes that are not read yet
	unread     int

	units  []uint16 // of the present paragraph that are not text yet
	fields []bool   // of every open field: whether its result was reached
	now    run
	until  int // place in the file where now ends
	since  int // and where it begins
}

// The characters that mean something (2.4.1).
const (
	pictureMark = 0x01
	cellMark    = 0x07
	shapeMark   = 0x08
	lineMark    = 0x0B
	pageMark    = 0x0C
	paraMark    = 0x0D
	columnMark  = 0x0E
	fieldBegin  = 0x13
	fieldResult = 0x14
	fieldEnd    = 0x15
	hardHyphen  = 0x1E
	softHyphen  = 0x1F
)

// maxFields is how many fields may be open within one another; beyond them marks are passed over.
const maxFields = 20

func (r *reader) read(pieces []piece) error {
	r.pieces = pieces
	boxes := len(r.anchored)
	if err := r.between(0, r.text); err != nil {
		return err
	}
	if r.boxes > 1 && (boxes == 0 || len(r.anchored) > 0) {
		r.unread++
	}
	return nil
}

// between reads some of the characters.
func (r *reader) between(start, end int) error {
	for _, p := range r.pieces {
		for n := max(p.start, start); n < min(p.end, end); n++ {
			unit, at := r.char(p, n)
			switch unit {
			case paraMark, cellMark, pageMark:
				r.mark(unit, at)
			case shapeMark:
				if err := r.readBoxes(n); err != nil {
					return err
				}
			default:
				r.character(unit, at)
			}
			if r.elements < 0 {
				return fmt.Errorf("%w: more than %d paragraphs, rows and cells", table.ErrTooLarge, r.limits.Cells)
			}
		}
	}
	r.flush()
	return nil
}

// readBoxes reads the text boxes that are anchored at a character.
func (r *reader) readBoxes(anchor int) error {
	boxes := r.anchored[anchor]
	delete(r.anchored, anchor)
	for _, b := range boxes {
		inner := *r
		inner.story, inner.units, inner.fields, inner.until = story.New(), nil, nil, 0
		if err := inner.between(b.start, b.end); err != nil {
			return err
		}
		r.elements, r.unread = inner.elements, inner.unread
		r.story.Asides = append(r.story.Asides, inner.story.End()...)
	}
	return nil
}

// mark ends a paragraph, a cell or a row.
func (r *reader) mark(unit uint16, at int) {
	p := r.paragraph(r.paragraphs.at(at))
	r.flush()
	r.elements -= 1 + len(p.Ends)
	depth := max(p.depth, 1)
	if p.list > 0 && p.list <= len(r.lists) && !p.row {
		r.story.Label = r.lists[p.list-1].next(p.level)
	}
	switch {
	case unit == pageMark: // the end of a section, or of a page within a paragraph
		r.story.Paragraph(p.depth)
	case unit == cellMark && p.row:
		r.story.Row(1, p.Definition)
	case unit == cellMark:
		r.elements--
		r.story.Cell(1)
	case p.innerRow:
		r.story.Row(depth, p.Definition)
	case p.innerCell:
		r.elements--
		r.story.Cell(depth)
	default:
		r.story.Paragraph(p.depth)
	}
	for i := range r.fields { // no instruction goes on in another paragraph: a forgotten mark hides the rest of its own
		r.fields[i] = true
	}
}

// character takes one of a paragraph.
func (r *reader) character(unit uint16, at int) {
	if at < r.since || at >= r.until {
		r.now, r.since, r.until = r.run(r.runs.at(at)), at, at+2
		if i := r.runs.index(at); i >= 0 {
			r.since, r.until = r.runs[i].start, max(r.runs[i].end, at+1)
		}
	}
	last := len(r.fields) - 1
	switch {
	case unit == fieldBegin:
		if len(r.fields) < maxFields {
			r.fields = append(r.fields, false)
		}
		return
	case unit == fieldResult:
		if last >= 0 {
			r.fields[last] = true
		}
		return
	case unit == fieldEnd:
		if last >= 0 {
			r.fields = r.fields[:last]
		}
		return
	case r.now.hidden:
		return
	}
	for _, result := range r.fields {
		if !result {
			return
		}
	}
	switch {
	case unit == pictureMark:
		if r.isLarge(r.now.picture) {
			r.unread++
		}
	case unit == lineMark:
		r.flush()
		r.story.Text(story.LineBreak)
	case unit == hardHyphen:
		r.units = append(r.units, '-')
	case unit == softHyphen:
	case unit == '\t' || unit == columnMark:
		r.units = append(r.units, ' ')
	case unit < ' ': // of notes, comments, drawings
	default:
		r.units = append(r.units, unit)
	}
}

func (r *reader) flush() {
	if len(r.units) > 0 {
		r.story.Text(string(utf16.Decode(r.units)))
		r.units = r.units[:0]
	}
}

// largePicture is the area, in square twips, from which on a picture may be a page of text: three tenths of an A4 sheet.
const largePicture = 0.3 * 11906 * 16838

// isLarge looks at the description of a picture in the stream Data (2.9.191).
func (f *file) isLarge(at int) bool {
	const goals, described = 28, 36
	if at < 0 || at+described > len(f.data) {
		return false
	}
	number := func(n int) float64 { return float64(int16(le.Uint16(f.data[at+goals+2*n:]))) }
	return number(0)*number(2)/1000*number(1)*number(3)/1000 >= largePicture
}

// shapes counts the large ones that lie over the text (2.9.253).
func (f *file) shapes() (large int) {
	plc, err := f.list(shapesList)
	if err != nil { // nothing that is read depends on it
		return 0
	}
	const size = shapeSize
	n := max(len(plc)-4, 0) / (4 + size)
	for i := range n {
		spa := plc[4*(n+1)+size*i:]
		side := func(k int) float64 { return float64(int32(le.Uint32(spa[4*k:]))) }
		if (side(3)-side(1))*(side(4)-side(2)) >= largePicture {
			large++
		}
	}
	return large
}
