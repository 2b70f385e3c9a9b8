package document

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // tells the size of one
	"image/png"
	"strings"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/docx"
	"github.com/qulaq-kz/qulaq/transform/pdf"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// Bounds of a picture whose text is to be recognised. A page of A4 has 9 million points at 300 to the inch.
const (
	maxPoints = 25_000_000 // what it takes in memory before it is gray: eight bytes each at the most
	maxShape  = 5          // of its longer side, in shorter ones
)

// fewLetters is how many letters a paper has at most whose text is in its pictures: a heading, a signature.
const fewLetters = 1500

// readWord reads a DOCX. One without a table and with hardly any text, whose pages are pictures, is read by recognition
// where the programs for it are there: its pictures become the pages of a PDF, which is read like any scan.
func readWord(j *job, f file) (*table.Document, error) {
	d, err := docx.Read(f.data, f.object, j.limits)
	if err != nil || d.Unread == 0 || j.Outside.Tesseract == "" || j.Outside.PdfToPpm == "" || hasText(d) {
		return d, err
	}
	pictures, err := docx.Pictures(f.data, f.object, j.limits)
	if err != nil {
		return nil, err
	}
	var pages pageWriter
	for _, p := range pictures {
		if err := pages.add(p.Data); err != nil {
			d.Findings = append(d.Findings, qulaq.Finding{Kind: qulaq.NothingToRead, Subject: p.Name, Detail: "not recognised: " + err.Error(), Count: 1})
		}
		if int64(pages.size()) > j.limits.DocumentBytes {
			return nil, fail(f.object, fmt.Errorf("its pictures unpack to more than %d bytes: %w", j.limits.DocumentBytes, table.ErrTooLarge), "")
		}
	}
	if len(pages.pages) == 0 {
		return d, nil
	}
	scan, err := pdf.Read(j.ctx, pages.pdf(), f.object, j.limits, j.Outside)
	if err != nil {
		return nil, err
	}
	d.Findings = append(d.Findings, scan.Findings...)
	d.Unread += scan.Unread - len(pages.pages)
	d.Recognised = scan.Recognised
	for _, p := range scan.Parts {
		p.Page = 0 // the paper has none; its pictures are counted as they come
		d.Parts = append(d.Parts, p)
	}
	return d, nil
}

// hasText says whether a paper says so much in letters that its pictures are not what it consists of.
func hasText(d *table.Document) bool {
	letters := 0
	for _, p := range d.Parts {
		if p.Grid != nil {
			return true
		}
		letters += utf8.RuneCountInString(p.Text)
	}
	return letters > fewLetters
}

// pageWriter writes a PDF of pictures, one a page.
type pageWriter struct {
	pages []pictureObject
	bytes int
}

// pictureObject is a picture as PDF has it.
type pictureObject struct {
	width, height int
	color, filter string
	data          []byte
}

func (w *pageWriter) size() int { return w.bytes }

// add takes a JPEG as it is, and a PNG as its gray points. What a picture says of its size is looked at before anything is
// unpacked.
func (w *pageWriter) add(data []byte) error {
	c, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || format != "jpeg" && format != "png" {
		return errors.New("a picture of a format that is not read")
	}
	long, short := max(c.Width, c.Height), min(c.Width, c.Height)
	switch {
	case short < 1 || long > short*maxShape:
		return fmt.Errorf("a picture of %d by %d points is no page", c.Width, c.Height)
	case int64(c.Width)*int64(c.Height) > maxPoints:
		return fmt.Errorf("a picture of %d by %d points is larger than a page", c.Width, c.Height)
	}
	p := pictureObject{width: c.Width, height: c.Height, color: "/DeviceGray", filter: "/FlateDecode"}
	if format == "jpeg" {
		p.color, p.filter, p.data = colors[c.ColorModel], "/DCTDecode", data
	} else if p.data, err = gray(data); err != nil {
		return fmt.Errorf("a picture that cannot be read: %w", err)
	}
	w.pages = append(w.pages, p)
	w.bytes += len(p.data)
	return nil
}

// colors are the names by which PDF knows those of JPEGs.
var colors = map[color.Model]string{
	color.GrayModel: "/DeviceGray", color.YCbCrModel: "/DeviceRGB", color.RGBAModel: "/DeviceRGB", color.CMYKModel: "/DeviceCMYK/Decode[1 0 1 0 1 0 1 0]",
}

// gray unpacks a PNG and packs its gray points, white where it is transparent.
func gray(data []byte) ([]byte, error) {
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	z, err := zlib.NewWriterLevel(&out, zlib.BestSpeed)
	if err != nil {
		return nil, err
	}
	area := img.Bounds()
	row := make([]byte, area.Dx())
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := range row {
			r, g, b, a := img.At(area.Min.X+x, y).RGBA() // a part of a, of 65,535
			row[x] = byte(((299*r+587*g+114*b)/1000 + 0xffff - a) >> 8)
		}
		if _, err := z.Write(row); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// Sides of a sheet of A4, in points.
const (
	sheetShort = 595
	sheetLong  = 842
)

// pdf returns the file.
func (w *pageWriter) pdf() []byte {
	var b bytes.Buffer
	var at []int
	object := func(form string, args ...any) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n", len(at))
		fmt.Fprintf(&b, form, args...)
		b.WriteString("\nendobj\n")
	}
	stream := func(dictionary string, data []byte) {
		object("<<%s/Length %d>>stream\n%s\nendstream", dictionary, len(data), data)
	}
	const first = 3 // object of the first page; each takes three
	kids := make([]string, len(w.pages))
	for i := range w.pages {
		kids[i] = fmt.Sprintf("%d 0 R", first+3*i)
	}
	b.WriteString("%PDF-1.4\n")
	object("<</Type/Catalog/Pages 2 0 R>>")
	object("<</Type/Pages/Kids[%s]/Count %d>>", strings.Join(kids, " "), len(kids))
	for _, p := range w.pages {
		width := sheetShort
		if p.width > p.height {
			width = sheetLong
		}
		height := max(width*p.height/p.width, 1)
		n := len(at) + 1
		object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R/Resources<</XObject<</P %d 0 R>>>>>>", width, height, n+1, n+2)
		stream("", fmt.Appendf(nil, "%d 0 0 %d 0 0 cm /P Do", width, height))
		stream(fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace%s/Filter%s", p.width, p.height, p.color, p.filter), p.data)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}
