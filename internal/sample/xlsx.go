package sample

import (
	"io"

	"github.com/xuri/excelize/v2"
)

// xlsxSink writes one sheet of text cells.
type xlsxSink struct {
	w     io.Writer
	book  *excelize.File
	sheet *excelize.StreamWriter
	rows  int
	cells []any
}

func newXLSXSink(w io.Writer) (*xlsxSink, error) {
	book := excelize.NewFile()
	sheet, err := book.NewStreamWriter(book.GetSheetName(0))
	return &xlsxSink{w: w, book: book, sheet: sheet}, err
}

func (x *xlsxSink) heading(columns []column) error {
	x.cells = x.cells[:0]
	for _, c := range columns {
		x.cells = append(x.cells, c.name)
	}
	return x.set()
}

func (x *xlsxSink) row(cells [][]byte) error {
	x.cells = x.cells[:0]
	for _, c := range cells {
		x.cells = append(x.cells, string(c))
	}
	return x.set()
}

func (x *xlsxSink) set() error {
	x.rows++
	corner, err := excelize.CoordinatesToCellName(1, x.rows)
	if err != nil {
		return err
	}
	return x.sheet.SetRow(corner, x.cells)
}

func (x *xlsxSink) close() error {
	if err := x.sheet.Flush(); err != nil {
		return err
	}
	if err := x.book.Write(x.w); err != nil {
		return err
	}
	return x.book.Close()
}
