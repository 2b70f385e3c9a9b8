package pdf

import (
	"errors"
	"fmt"

	"github.com/qulaq-kz/qulaq/transform/table"
)

var errNoPages = errors.New("it has no pages")

// page is one page and what it inherits.
type page struct {
	dict      dict
	resources dict
	box       []float64 // left, bottom, right, top
	rotate    int       // quarter turns clockwise, 0 to 3
}

// pages lists the pages in order; more than most are table.ErrTooLarge.
func (f *file) pages(most int) ([]page, error) {
	var out []page
	seen := map[ref]bool{}
	f.lost = 0
	var walk func(o object, above page, depth int) error
	walk = func(o object, above page, depth int) error {
		if r, ok := o.(ref); ok {
			if seen[r] {
				return nil
			}
			seen[r] = true
		}
		d, ok := f.resolve(o).(dict)
		if !ok || depth > maxNesting {
			f.lost++
			return nil
		}
		p := above
		p.dict = d
		if r := f.dict(d["Resources"]); r != nil {
			p.resources = r
		}
		if b := f.floats(d["MediaBox"], 4); b != nil {
			p.box = b
		}
		if b := f.floats(d["CropBox"], 4); b != nil {
			p.box = b
		}
		if r := f.resolve(d["Rotate"]); r != nil {
			p.rotate = ((f.int(r, 0)/90)%4 + 4) % 4
		}
		kids, isNode := f.resolve(d["Kids"]).(array)
		if !isNode {
			if len(out) >= most {
				return fmt.Errorf("more than %d pages: %w", most, table.ErrTooLarge)
			}
			out = append(out, p)
			if !f.hasContent(d) {
				f.lost++
			}
			return nil
		}
		for _, k := range kids {
			if err := walk(k, p, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	top := page{box: []float64{0, 0, 595, 842}}
	if err := walk(f.catalog()["Pages"], top, 0); err != nil {
		return nil, err
	}
	if f.left == 0 {
		return nil, table.ErrTooLarge
	}
	if len(out) == 0 {
		return nil, errNoPages
	}
	return out, nil
}

// hasContent says whether all that a page shows is in the file.
func (f *file) hasContent(page dict) bool {
	for _, o := range f.contents(page) {
		s, ok := f.resolve(o).(*stream)
		if _, isRef := o.(ref); isRef && (!ok || !s.whole) {
			return false
		}
	}
	return true
}

// contents lists the streams of a page.
func (f *file) contents(page dict) array {
	if list, ok := f.resolve(page["Contents"]).(array); ok {
		return list
	}
	return array{page["Contents"]}
}

// view returns the matrix from the page's own space to the page as it is seen, in points from its upper left
// corner, and the size of that.
func (p page) view() (m matrix, width, height float64) {
	x0, x1 := min(p.box[0], p.box[2]), max(p.box[0], p.box[2])
	y0, y1 := min(p.box[1], p.box[3]), max(p.box[1], p.box[3])
	width, height = x1-x0, y1-y0
	switch p.rotate {
	case 1:
		return matrix{0, 1, 1, 0, -y0, -x0}, height, width
	case 2:
		return matrix{-1, 0, 0, 1, x1, -y0}, width, height
	case 3:
		return matrix{0, -1, -1, 0, y1, x1}, height, width
	}
	return matrix{1, 0, 0, -1, -x0, y1}, width, height
}
