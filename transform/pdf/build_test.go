package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
)

// paper builds a PDF. Objects 1 to 4 are the catalog, the pages, a font and the first page; what tests add
// gets the numbers from 5.
type paper struct {
	objects []string // by number, from 1
	header  string
	trailer string // in addition to Root and Size
}

const plainFont = `<</Type/Font/Subtype/TrueType/BaseFont/Test/FirstChar 32/Widths[250]/FontDescriptor<</MissingWidth 500>>/Encoding/WinAnsiEncoding>>`

// newPaper makes a PDF of one page of 600 × 800 points with a stream of operators; more is added to the
// page's dictionary.
func newPaper(content, more string) *paper {
	p := &paper{header: "%PDF-1.7\n", objects: []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Count 1/Kids[4 0 R]/MediaBox[0 0 600 800]>>",
		plainFont,
		"",
	}}
	n := p.add(streamOf("", []byte(content)))
	p.objects[3] = fmt.Sprintf("<</Type/Page/Parent 2 0 R/Resources<</Font<</F 3 0 R/G 6 0 R>>/XObject<</X 6 0 R/Y 7 0 R>>>>/Contents %d 0 R %s>>", n, more)
	return p
}

func (p *paper) add(object string) int {
	p.objects = append(p.objects, object)
	return len(p.objects)
}

func streamOf(keys string, data []byte) string {
	return fmt.Sprintf("<<%s/Length %d>>stream\n%s\nendstream", keys, len(data), data)
}

func (p *paper) bytes() []byte {
	var b bytes.Buffer
	b.WriteString(p.header)
	offsets := make([]int, len(p.objects))
	for i, o := range p.objects {
		offsets[i] = b.Len() - strings.Index(p.header, "%PDF")
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	at := b.Len() - strings.Index(p.header, "%PDF")
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<</Root 1 0 R/Size %d %s>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, p.trailer, at)
	return b.Bytes()
}

// packed puts all objects but streams into an object stream, with a table that is a stream too.
func (p *paper) packed() []byte {
	var b, heads, bodies bytes.Buffer
	b.WriteString(p.header)
	size := len(p.objects) + 3
	rows := make([][4]byte, size)
	rows[0] = [4]byte{0, 0, 0, 0}
	inside, holder := 0, size-2
	for i, o := range p.objects {
		if strings.Contains(o, "stream\n") {
			rows[i+1] = [4]byte{1, byte(b.Len() >> 8), byte(b.Len()), 0}
			fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
			continue
		}
		rows[i+1] = [4]byte{2, byte(holder >> 8), byte(holder), byte(inside)}
		fmt.Fprintf(&heads, "%d %d ", i+1, bodies.Len())
		bodies.WriteString(o + "\n")
		inside++
	}
	rows[holder] = [4]byte{1, byte(b.Len() >> 8), byte(b.Len()), 0}
	keys := fmt.Sprintf("/Type/ObjStm/N %d/First %d/Filter/FlateDecode", inside, heads.Len())
	fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", holder, streamOf(keys, deflate(append(heads.Bytes(), bodies.Bytes()...))))
	at := b.Len()
	rows[size-1] = [4]byte{1, byte(at >> 8), byte(at), 0}
	var table []byte
	above := make([]byte, 4)
	for _, r := range rows { // predicted from the row above, as most programs do
		table = append(table, 2)
		for i, c := range r {
			table = append(table, c-above[i])
		}
		copy(above, r[:])
	}
	keys = fmt.Sprintf("/Type/XRef/W[1 2 1]/Root 1 0 R/Size %d/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4>>", size)
	fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n", size-1, streamOf(keys, deflate(table)), at)
	return b.Bytes()
}

func deflate(data []byte) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func hexed(data []byte) []byte { return append([]byte(hex.EncodeToString(data)), '>') }

func TestBuiltPapersAreWhole(t *testing.T) {
	p := newPaper("BT /F 10 Tf 50 700 Td (Hello) Tj ET", "")
	for name, data := range map[string][]byte{"plain": p.bytes(), "packed": p.packed()} {
		f, err := open(data, 1<<20)
		if err != nil || f.rebuilt {
			t.Errorf("%s: %v, its table had to be rebuilt: %v", name, err, f != nil && f.rebuilt)
		}
	}
}
