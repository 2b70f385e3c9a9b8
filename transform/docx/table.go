package docx

import (
	"github.com/qulaq-kz/qulaq/transform/flow"
)

// rowState is what of a row is known before its first cell.
type rowState struct {
	begun bool
	skip  int  // columns left out before the next cell
	gone  bool // deleted or hidden
}

func (r *reader) table() error {
	outer := r.row
	r.row = nil
	r.b.Table()
	err := r.content()
	r.b.EndTable()
	r.row = outer
	return err
}

func (r *reader) tableRow() error {
	outer := r.row
	r.row = &rowState{}
	err := r.x.Children(func() error {
		if string(r.x.Name) == "trPr" {
			return r.rowProperties()
		}
		return r.element()
	})
	if !r.row.gone && !r.row.begun {
		r.b.Row()
	}
	r.b.EndRow()
	r.row = outer
	return err
}

func (r *reader) rowProperties() error {
	return r.x.Children(func() error {
		switch string(r.x.Name) {
		case "gridBefore":
			r.row.skip = r.x.Number("val")
		case "del":
			r.row.gone = true
		case "hidden":
			r.row.gone = on(r.x.Attribute("val"))
		}
		return nil
	})
}

// cell reads a cell. It is begun when its properties are known, which stand before its paragraphs.
func (r *reader) cell() error {
	row := r.row
	if row == nil || row.gone {
		return nil
	}
	c := flow.Cell{Skip: row.skip}
	var begun, gone bool
	widens := false // the older way to merge cells of a row
	begin := func() {
		if begun {
			return
		}
		begun = true
		if !row.begun {
			row.begun = true
			r.b.Row()
		}
		if widens {
			r.b.Widen(max(c.Columns, 1))
			gone = true
			return
		}
		r.b.Cell(c)
		row.skip = 0
	}
	err := r.x.Children(func() error {
		if string(r.x.Name) != "tcPr" {
			if begin(); gone {
				return nil
			}
			return r.element()
		}
		return r.x.Children(func() error {
			switch string(r.x.Name) {
			case "gridSpan":
				c.Columns = r.x.Number("val")
			case "vMerge":
				c.Merge = flow.Continues
				if r.x.Attribute("val") == "restart" {
					c.Merge = flow.Starts
				}
			case "hMerge":
				widens = row.begun && r.x.Attribute("val") != "restart"
			case "cellDel":
				begun, gone = true, true
			}
			return nil
		})
	})
	begin()
	if !gone {
		r.b.EndCell()
	}
	return err
}
