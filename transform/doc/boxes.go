package doc

// box is where the text of a text box stands: characters of the whole file's text.
type box struct{ start, end int }

// The lengths of the texts that stand between that of the document and those of its text boxes (2.5.4).
var between = [...]int{0x50, 0x54, 0x58, 0x5C, 0x60}

const (
	shapeSize  = 26 // what is said of a shape (2.8.37), its number first
	boxSize    = 22 // and of a text box (2.8.32)
	boxShapeAt = 14 // the number of its shape
)

// textBoxes returns the text boxes by the characters at which they are anchored (2.8.37). What is damaged has none.
func (f *file) textBoxes() map[int][]box {
	if f.boxes < 2 { // their last mark is always there
		return nil
	}
	first := f.text
	for _, at := range between {
		n := le.Uint32(f.main[at:])
		if uint64(n) > uint64(len(f.main)) {
			return nil
		}
		first += int(n)
	}
	ofShape := map[uint32]box{}
	f.eachOf(boxesList, boxSize, func(start, end int, what []byte) {
		if start < end && end <= f.boxes {
			ofShape[le.Uint32(what[boxShapeAt:])] = box{first + start, first + end}
		}
	})
	boxes := map[int][]box{}
	f.eachOf(shapesList, shapeSize, func(anchor, _ int, what []byte) {
		shape := le.Uint32(what)
		if b, ok := ofShape[shape]; ok {
			boxes[anchor] = append(boxes[anchor], b)
			delete(ofShape, shape)
		}
	})
	return boxes
}

// eachOf calls do with every entry of a list of the header that begins with places in a text.
func (f *file) eachOf(list, size int, do func(start, end int, what []byte)) {
	plc, err := f.list(list)
	if err != nil { // the document is readable without
		return
	}
	n := max(len(plc)-4, 0) / (4 + size)
	for i := range n {
		do(int(le.Uint32(plc[4*i:])), int(le.Uint32(plc[4*(i+1):])), plc[4*(n+1)+size*i:][:size])
	}
}
