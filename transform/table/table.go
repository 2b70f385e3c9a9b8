// Package table is the model between readers and mappers: rows of raw cells, block by block, each row
// with the place it came from. Readers (csv, xlsx, jsonrows) fill blocks, mappers turn them into facts.
package table

import (
	"io"

	"github.com/qulaq-kz/qulaq"
)

// Limits bound what a file from outside may cost. The zero value of a field means its default.
type Limits struct {
	BlockBytes    int   // raw bytes of one block; default 4 MiB
	RecordBytes   int   // one record; default 4 MiB
	Columns       int   // fields of a header; default 1,024
	UnpackedBytes int64 // all that a container may unpack to; default 64 GiB
	Members       int   // files in a zip; default 1,000

	// Of a document, which is held in memory whole.
	DocumentBytes int64 // what all its parts unpack to; default 256 MiB
	Cells         int   // places in all its grids; default 1,000,000
	Depth         int   // markup and archives within one another; default 200
	Pages         int   // of a PDF; default 1,000
}

// Defaults fills what is zero.
func (l Limits) Defaults() Limits {
	def := func(v *int, d int) {
		if *v == 0 {
			*v = d
		}
	}
	def(&l.BlockBytes, 4<<20)
	def(&l.RecordBytes, 4<<20)
	def(&l.Columns, 1024)
	def(&l.Members, 1000)
	def(&l.Cells, 1_000_000)
	def(&l.Depth, 200)
	def(&l.Pages, 1000)
	if l.UnpackedBytes == 0 {
		l.UnpackedBytes = 64 << 30
	}
	if l.DocumentBytes == 0 {
		l.DocumentBytes = 256 << 20
	}
	return l
}

// MaxRows is the most rows a block holds, so that a row number fits sixteen bits.
const MaxRows = 1 << 15

// Span is where a cell stands in Block.Data.
type Span struct{ Start, End uint32 }

// Block is a run of rows of one table. Every row has exactly Width cells; rows that have not are in Bad.
// A block is filled by one goroutine and then owned by another; Reset makes it ready for the next filling
// and keeps its memory.
type Block struct {
	Data  []byte  // the arena: text in UTF-8
	Cells []Span  // row-major: cell c of row r is Cells[r*Width+c]
	Lines []int64 // birthplace of each row: see qulaq.Reject.Line
	Width int
	Bad   []qulaq.Reject // rows that are none; Table stays empty, the caller knows it
}

// Reset empties the block for a table of width columns.
func (b *Block) Reset(width int) {
	b.Data, b.Cells, b.Lines, b.Bad = b.Data[:0], b.Cells[:0], b.Lines[:0], b.Bad[:0]
	b.Width = width
}

// Rows returns how many whole rows the block holds.
func (b *Block) Rows() int { return len(b.Lines) }

// Cell returns the bytes of a cell. They are valid until the next Reset.
func (b *Block) Cell(row, column int) []byte {
	s := b.Cells[row*b.Width+column]
	return b.Data[s.Start:s.End]
}

// AppendCell copies a cell to the arena; the row is complete when EndRow is called. For readers that do
// not split a buffer in place.
func (b *Block) AppendCell(cell []byte) {
	start := uint32(len(b.Data))
	b.Data = append(b.Data, cell...)
	b.Cells = append(b.Cells, Span{start, uint32(len(b.Data))})
}

// EndRow completes a row of Width cells.
func (b *Block) EndRow(line int64) { b.Lines = append(b.Lines, line) }

// MaxRaw is how much of a rejected row is kept for people to look at, in bytes.
const MaxRaw = 2000

// Reader reads one table.
type Reader interface {
	// Header returns the names of the columns as printed, trimmed of space.
	Header() []string
	// Read resets the block and fills it with the next rows. It returns io.EOF, with an empty block, when
	// the table has ended well; any other error says why the rest of the table cannot be read, and then
	// none of it should be believed. Errors are *qulaq.Error of kind Contract (the bytes are at fault)
	// or whatever the underlying reader returned.
	Read(b *Block) error
}

// Source is a file of one or more tables: a text file has one, a zip or a workbook may have several.
type Source interface {
	// Next returns the next table and its name ("" for a plain file), or io.EOF after the last.
	// The reader of the table before is then no longer valid.
	Next() (name string, r Reader, err error)
	io.Closer
}
