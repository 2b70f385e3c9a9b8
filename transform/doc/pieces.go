package doc

import (
	"golang.org/x/text/encoding/charmap"
)

// piece is a run of characters that stand together in the file.
type piece struct {
	start, end int  // characters of the text
	at         int  // of the first, in the stream WordDocument
	narrow     bool // one byte a character, in windows-1252; else UTF-16
}

// pieces reads the table of pieces (2.8.35), those of notes and text boxes behind those of the document itself.
func (f *file) pieces() ([]piece, error) {
	clx, err := f.list(piecesList)
	if err != nil {
		return nil, err
	}
	for len(clx) > 2 && clx[0] == 1 { // changes of fast saving, for pieces that name them
		skip := 3 + int(le.Uint16(clx[1:]))
		if skip > len(clx) {
			return nil, damaged("the table of pieces is cut")
		}
		clx = clx[skip:]
	}
	if len(clx) < 5 || clx[0] != 2 {
		return nil, damaged("no table of pieces")
	}
	size := int(le.Uint32(clx[1:]))
	if clx = clx[5:]; size < 16 || size > len(clx) || (size-4)%12 != 0 {
		return nil, damaged("a table of pieces of %d bytes", size)
	}
	n := (size - 4) / 12
	ends, places := clx[4:], clx[4*(n+1):]
	all := make([]piece, 0, n)
	start := 0
	for i := range n {
		end := int(le.Uint32(ends[4*i:]))
		place := le.Uint32(places[8*i+2:])
		p := piece{start: start, end: end, at: int(place & 0x3FFFFFFF), narrow: place&0x40000000 != 0}
		width := 2
		if p.narrow {
			p.at, width = p.at/2, 1
		}
		if end < start {
			return nil, damaged("pieces in no order")
		}
		if p.start < p.end {
			if there := max(0, len(f.main)-p.at) / width; there < p.end-p.start {
				if p.start+there < min(p.end, f.text) {
					return nil, damaged("a piece behind the end")
				}
				p.end = p.start + there // only notes and the like are cut
			}
			all = append(all, p)
		}
		start = end
	}
	if start < f.text {
		return nil, damaged("pieces of %d characters, the text has %d", start, f.text)
	}
	return all, nil
}

// char returns a character of a piece as a unit of UTF-16, and its place in the file.
func (f *file) char(p piece, n int) (unit uint16, at int) {
	if p.narrow {
		at = p.at + n - p.start
		return uint16(charmap.Windows1252.DecodeByte(f.main[at])), at
	}
	at = p.at + 2*(n-p.start)
	return le.Uint16(f.main[at:]), at
}
