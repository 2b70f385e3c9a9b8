package docx

import (
	"strconv"
	"strings"
)

// largePicture is the area, in square points, from which on a picture may be a page of text: three tenths of
// an A4 sheet, half of what is left of it between the margins.
const largePicture = 0.3 * 595 * 842

// drawing is what is known of the present picture or shape.
type drawing struct {
	area     float64  // in square points
	pictures []string // relations that lead to its pictures
	boxed    bool     // it has a text box
	object   bool     // it stands for an embedded object
}

// drawing reads a picture, a shape or an embedded object: text boxes are read, the rest is judged by its size.
func (r *reader) drawing() error {
	d := drawing{object: string(r.x.Name) == "object"}
	if err := r.x.Children(func() error { return r.drawn(&d) }); err != nil {
		return err
	}
	if r.shown() && (d.object || d.area >= largePicture && (len(d.pictures) > 0 || !d.boxed)) {
		r.doc.Unread++
		r.pictures = append(r.pictures, d.pictures...)
	}
	return nil
}

// drawn reads an element of a drawing.
func (r *reader) drawn(d *drawing) error {
	next := func() error { return r.drawn(d) }
	switch string(r.x.Name) {
	case "AlternateContent":
		return r.alternate(next)
	case "txbxContent":
		d.boxed = true
		return r.textBox()
	case "extent": // in 914,400ths of an inch
		const perPoint = 12700
		d.area = max(d.area, float64(r.x.Number("cx"))/perPoint*float64(r.x.Number("cy"))/perPoint)
	case "shape", "rect":
		style := r.x.Attribute("style")
		d.area = max(d.area, points(style, "width")*points(style, "height"))
	case "blip":
		d.pictures = append(d.pictures, r.x.Attribute("embed"))
	case "imagedata":
		d.pictures = append(d.pictures, r.x.Attribute("id"))
	}
	return r.x.Children(next)
}

// textBox reads what stands in a box, beside the paragraph that the box is anchored in.
func (r *reader) textBox() error {
	if !r.shown() {
		return nil
	}
	fields, row := r.fields, r.row
	r.fields, r.row = nil, nil
	r.b.Aside()
	err := r.content()
	r.b.EndAside()
	r.fields, r.row = fields, row
	return err
}

// units are the lengths of VML in points.
var units = map[string]float64{"pt": 1, "in": 72, "cm": 72 / 2.54, "mm": 72 / 25.4, "px": 0.75, "pc": 12, "": 0.75}

// points reads a length from a style like "width:467.5pt;height:16cm"; 0 when it has none.
func points(style, name string) float64 {
	for rule := range strings.SplitSeq(style, ";") {
		key, value, _ := strings.Cut(rule, ":")
		if strings.TrimSpace(key) != name {
			continue
		}
		value = strings.TrimSpace(value)
		digits := len(strings.TrimRight(value, "abcdefghijklmnopqrstuvwxyz"))
		n, err := strconv.ParseFloat(value[:digits], 64)
		if err != nil {
			return 0
		}
		return n * units[value[digits:]]
	}
	return 0
}
