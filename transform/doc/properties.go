package doc

import (
	"fmt"
	"slices"

	"github.com/qulaq-kz/qulaq/transform/story"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// span is a part of the file whose characters have the same properties.
type span struct {
	start, end int // places in the stream WordDocument
	changes    []byte
}

// spans are in order.
type spans []span

// index returns the number of the span that has a place, -1 when none has.
func (s spans) index(place int) int {
	i, found := slices.BinarySearchFunc(s, place, func(x span, place int) int { return x.start - place })
	if !found {
		i--
	}
	if i < 0 || place >= s[i].end {
		return -1
	}
	return i
}

// at returns the properties of the character at a place.
func (s spans) at(place int) []byte {
	if i := s.index(place); i >= 0 {
		return s[i].changes
	}
	return nil
}

const pageSize = 512

// ranges reads the pages of properties that a list of the header names (2.8.5, 2.8.6). entry says how much of a page
// each of its ranges takes behind their places, and reads what a range has.
func (f *file) ranges(list int, entry entry) (spans, error) {
	plc, err := f.list(list)
	if err != nil {
		return nil, err
	}
	n := max(len(plc)-4, 0) / 8
	if n > len(f.main)/pageSize {
		return nil, damaged("more pages of properties than the file has")
	}
	var all spans
	for i := range n {
		at := int64(le.Uint32(plc[4*(n+1)+4*i:])&0x3FFFFF) * pageSize
		if at+pageSize > int64(len(f.main)) {
			return nil, damaged("a page of properties behind the end")
		}
		page := f.main[at : at+pageSize]
		count := int(page[pageSize-1])
		if 4*(count+1)+entry.size*count > pageSize-1 {
			return nil, damaged("a page of %d ranges", count)
		}
		for j := range count {
			x := span{start: int(le.Uint32(page[4*j:])), end: int(le.Uint32(page[4*j+4:]))}
			x.changes = entry.read(page, 2*int(page[4*(count+1)+entry.size*j]))
			all = append(all, x)
		}
		if len(all) > f.limits.Cells {
			return nil, fmt.Errorf("%w: more than %d ranges of properties", table.ErrTooLarge, f.limits.Cells)
		}
	}
	slices.SortStableFunc(all, func(a, b span) int { return a.start - b.start })
	return all, nil
}

// entry is how pages of properties differ.
type entry struct {
	size int
	read func(page []byte, at int) []byte
}

var (
	runEntry = entry{1, func(page []byte, at int) []byte { // 2.9.32
		if at == 0 {
			return nil
		}
		return cut(page, at+1, int(page[at]))
	}}
	paragraphEntry = entry{13, func(page []byte, at int) []byte { // 2.9.175
		if at == 0 {
			return nil
		}
		size := 2*int(page[at]) - 1
		if page[at] == 0 && at+1 < len(page) {
			at++
			size = 2 * int(page[at])
		}
		changes := cut(page, at+1, size)
		return changes[min(2, len(changes)):] // the number of the style
	}}
)

// cut returns a part of a page, as far as it is there.
func cut(page []byte, from, size int) []byte {
	from = min(from, len(page))
	return page[from:max(from, min(from+size, len(page)))]
}

// change is one property with its operand (2.2.5.1).
type change struct {
	code    uint16
	operand []byte
}

// The properties that are read.
const (
	runDeleted    = 0x0800
	runHidden     = 0x083C
	runPicture    = 0x6A03
	inTable       = 0x2416
	endsRow       = 0x2417
	endsInnerCell = 0x244B
	endsInnerRow  = 0x244C
	tableDepth    = 0x6649
	addedDepth    = 0x664A
	elsewhere     = 0x6646 // more properties, in the stream Data
	elsewhereToo  = 0x6645
	listLevelOf   = 0x260A
	listUse       = 0x460B
	rowDefinition = 0xD608
	rowMerge      = 0xD62B
)

// maxElsewhere is how many bytes of properties in the stream Data are read; many paragraphs may name the same ones.
const maxElsewhere = 64 << 20

// operandSizes are those by the upper three bits of a property's code; 0 means that the operand begins with its size.
var operandSizes = [8]int{1, 1, 2, 4, 2, 2, 0, 3}

// each calls f with every property of a list. A list that is cut ends where it is cut.
func each(list []byte, f func(change)) {
	for len(list) > 2 {
		code := le.Uint16(list)
		list = list[2:]
		size := operandSizes[code>>13]
		if size == 0 {
			switch {
			case code == rowDefinition && len(list) > 1:
				size = int(le.Uint16(list)) - 1
				list = list[2:]
			case code == 0xC615 && list[0] == 255: // tabs, too many for their size to be told
				return
			default:
				size = int(list[0])
				list = list[1:]
			}
		}
		if size < 0 || size > len(list) {
			return
		}
		f(change{code, list[:size]})
		list = list[size:]
	}
}

func (c change) on() bool { return len(c.operand) > 0 && c.operand[0]&1 == 1 }

// run is what is known of a character.
type run struct {
	hidden  bool
	picture int // place in the stream Data, -1 when it is none
}

func (f *file) run(changes []byte) run {
	r := run{picture: -1}
	each(changes, func(c change) {
		switch c.code {
		case runDeleted, runHidden:
			r.hidden = r.hidden || c.on()
		case runPicture:
			r.picture = int(le.Uint32(c.operand))
		}
	})
	return r
}

// paragraph is what is known of one.
type paragraph struct {
	inTable                  bool
	depth                    int
	row, innerCell, innerRow bool // what its end ends besides
	list, level              int  // by which number it names its list, 0 for none, and of which level it is
	story.Definition
}

func (f *file) paragraph(changes []byte) paragraph {
	var p paragraph
	f.apply(&p, changes, 0)
	if p.inTable && p.depth == 0 {
		p.depth = 1
	}
	p.depth = min(max(p.depth, 0), story.MaxDepth)
	return p
}

// apply lets properties change a paragraph; those that stand elsewhere may not lead elsewhere again.
func (f *file) apply(p *paragraph, changes []byte, level int) {
	each(changes, func(c change) {
		switch c.code {
		case inTable:
			p.inTable = c.on()
		case endsRow:
			p.row = c.on()
		case endsInnerCell:
			p.innerCell = c.on()
		case endsInnerRow:
			p.innerRow = c.on()
		case tableDepth:
			p.depth = int(int32(le.Uint32(c.operand)))
		case addedDepth:
			p.depth = min(p.depth, story.MaxDepth) + int(int32(le.Uint32(c.operand)))
		case listUse:
			p.list = int(le.Uint16(c.operand))
		case listLevelOf:
			p.level = int(c.operand[0])
		case rowDefinition:
			p.Definition = definition(c.operand)
		case rowMerge:
			if len(c.operand) >= 2 && int(c.operand[0]) < len(p.Ends) {
				merge(&p.Ends[c.operand[0]], c.operand[1])
			}
		case elsewhere, elsewhereToo:
			at := int64(le.Uint32(c.operand))
			if level == 0 && at+2 <= int64(len(f.data)) && f.elsewhere < maxElsewhere {
				more := cut(f.data, int(at)+2, int(le.Uint16(f.data[at:])))
				f.elsewhere += len(more)
				f.apply(p, more, 1)
			}
		}
	})
}

// definition reads where the cells of a row end (2.9.317).
func definition(operand []byte) (d story.Definition) {
	if len(operand) < 1 || len(operand) < 1+2*(int(operand[0])+1) {
		return d
	}
	n := int(operand[0])
	places, cells := operand[1:], operand[1+2*(n+1):]
	d.Left = int(int16(le.Uint16(places)))
	for i := range n {
		e := story.End{Right: int(int16(le.Uint16(places[2*i+2:])))}
		if 20*i+2 <= len(cells) { // fewer than n may be described
			flags := le.Uint16(cells[20*i:])
			e.Left = flags&3 == 1
			merge(&e, byte(flags>>5&3))
		}
		d.Ends = append(d.Ends, e)
	}
	return d
}

// merge takes how a cell is merged with those above and below: 1 goes on, 3 begins.
func merge(e *story.End, how byte) { e.Top, e.Above = how == 3, how == 1 }
