package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/table"
	"github.com/qulaq-kz/qulaq/transform/unpack"
	"github.com/qulaq-kz/qulaq/transform/xlsx/grid"
)

// Document reads a workbook as a paper: every sheet that is seen and holds something is a grid, in the order of
// the workbook. Unlike the tables of Open, grids have no header, merged cells have their value everywhere, and a
// date that shows as a month or a year is no more than that: 05.2024, 2024.
// The lines of text boxes are paragraphs above the grid of their sheet: titles and approvals stand in them. Hidden sheets,
// rows and columns are left out and stand in the findings; so do pictures, which are not read and count as unread.
// object names the file in errors.
//
// Errors are *qulaq.Error of kind Contract with table.ErrDamaged, ErrTooLarge, ErrEncrypted or ErrFormat.
func Document(data []byte, object string, l table.Limits) (*table.Document, error) {
	l = l.Defaults()
	l.UnpackedBytes = l.DocumentBytes
	w := &Workbook{object: object, limits: l, parts: map[string]string{}}
	if err := w.load(bytes.NewReader(data), int64(len(data))); err != nil {
		return nil, err
	}
	d := &document{Workbook: w, paper: &table.Document{Format: table.XLSX, Name: object}, left: l.Cells}
	if err := d.read(); err != nil {
		return nil, err
	}
	return d.paper, nil
}

// document is a workbook that is being read as a paper.
type document struct {
	*Workbook
	paper *table.Document
	left  int // cells that the sheets to come may have
}

func (d *document) read() error {
	title, err := d.title()
	if err != nil { // nothing depends on it
		d.found("", fmt.Sprintf("the title cannot be read: %v", err), 1)
	}
	d.paper.Title = title
	for _, ref := range d.sheets {
		name := unpack.Printable(ref.name)
		part, ok := d.parts[ref.relation]
		switch {
		case !ok:
			d.found(name, "a chart or a dialogue, not a table", 1)
		case ref.hidden:
			d.found(name, "a hidden sheet", 1)
		default:
			if err := d.readSheet(name, part); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *document) found(sheet, detail string, count int64) {
	d.paper.Findings = append(d.paper.Findings, qulaq.Finding{
		Kind: qulaq.NothingToRead, Subject: sheet, Table: sheet, Detail: detail, Count: count,
	})
}

// title returns what the properties of the file call it.
func (d *document) title() (string, error) {
	all, err := relations(d.zip, "")
	if err != nil {
		return "", err
	}
	var title []byte
	for _, r := range all {
		if r.kind != "core-properties" || !d.zip.Has(r.target) {
			continue
		}
		err := walk(d.zip, r.target, func(s *scanner) error {
			if string(s.name) != "title" || title != nil {
				return nil
			}
			var err error
			title, err = s.content(nil, maxTitle)
			return err
		})
		if err != nil {
			return "", err
		}
	}
	return unpack.Printable(string(title)), nil
}

const maxTitle = 1000 // bytes that are read of a title

func (d *document) readSheet(name, part string) error {
	r, err := d.zip.Open(part)
	if err != nil {
		return err
	}
	s := &sheet{book: d.Workbook, name: name, x: newScanner(r)}
	g := &grid.Sheet{Name: name}
	if err = d.walk(s, g); err != nil {
		err = d.fault(name, err)
	}
	if err := errors.Join(err, r.Close()); err != nil {
		return err
	}
	made, findings, err := g.Grid(d.left)
	if err != nil {
		return d.contract(name, err, "")
	}
	d.paper.Findings = append(d.paper.Findings, findings...)
	boxes, pictures, err := d.drawings(part)
	if err != nil {
		d.paper.Unread++
		d.found(name, fmt.Sprintf("what is drawn on the sheet cannot be read: %v", err), 1)
	}
	if pictures > 0 {
		d.paper.Unread += pictures
		d.found(name, fmt.Sprintf("pictures: %d; not read", pictures), int64(pictures))
	}
	for _, line := range boxes {
		d.paper.Parts = append(d.paper.Parts, table.Part{Text: line})
	}
	if made != nil {
		d.left -= made.Width * len(made.Rows)
		d.paper.Parts = append(d.paper.Parts, table.Part{Grid: made})
	}
	return nil
}

// walk reads all of a sheet that its grid is made of.
func (d *document) walk(s *sheet, g *grid.Sheet) error {
	var r row
	for {
		t, err := s.x.next()
		if err != nil || t == documentEnd {
			return err
		}
		if t != elementStart {
			continue
		}
		switch string(s.x.name) {
		case "col":
			if isTrue(s.x.attr("hidden")) {
				first, last := s.count("min"), s.count("max")
				if first > 0 {
					g.HideColumns(first-1, min(last, maxColumns)-1)
				}
			}
		case "row":
			hidden := isTrue(s.x.attr("hidden"))
			if err := s.readRow(&r); err != nil {
				return err
			}
			if err := d.put(g, &r, hidden); err != nil {
				return err
			}
		case "mergeCell":
			if g.Areas() >= d.left {
				return tooManyCells(d.left)
			}
			top, left, bottom, right, ok := area(s.x.attr("ref"))
			if !ok {
				return markupError(fmt.Sprintf("a merged cell at %.40q", s.x.attr("ref")))
			}
			g.Merge(top, left, bottom, right)
		}
	}
}

// put hands a row over to the grid.
func (d *document) put(g *grid.Sheet, r *row, hidden bool) error {
	if r.large {
		return sizeError(fmt.Sprintf("row %d has more than %d bytes", r.line, d.limits.RecordBytes))
	}
	if r.line > maxRows {
		return markupError(fmt.Sprintf("row %d, behind the last that a sheet can have", r.line))
	}
	line := int(r.line) - 1
	if hidden {
		g.HideRows(line, line)
	}
	if g.Cells()+len(r.cells) > d.left {
		return tooManyCells(d.left)
	}
	for _, c := range r.cells {
		g.Put(line, c.column, grid.Text(string(r.text(c))))
	}
	return nil
}

// maxRows is how many rows a sheet can have.
const maxRows = 1 << 20

func tooManyCells(most int) error { return sizeError(fmt.Sprintf("more than %d cells", most)) }

// count returns a number that an attribute of the present element gives, 0 when there is none.
func (s *sheet) count(attribute string) int {
	n, err := strconv.Atoi(string(s.x.attr(attribute)))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// area reads a reference such as A1:C3, or A1, as rows and columns from 0, both ends included.
func area(ref []byte) (top, left, bottom, right int, ok bool) {
	first, last, found := bytes.Cut(ref, []byte(":"))
	if !found {
		last = first
	}
	if top, left, ok = cellAt(first); !ok {
		return 0, 0, 0, 0, false
	}
	bottom, right, ok = cellAt(last)
	return top, left, bottom, right, ok && top <= bottom && left <= right
}

// cellAt reads a reference such as BC12.
func cellAt(ref []byte) (row, column int, ok bool) {
	digits := bytes.TrimLeft(ref, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	line, err := strconv.ParseInt(string(digits), 10, 32)
	if err != nil || line < 1 || line > maxRows {
		return 0, 0, false
	}
	column, err = columnOf(ref, line, -1)
	return int(line) - 1, column, err == nil && column >= 0
}
