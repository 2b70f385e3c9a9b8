package table

import (
	"errors"

	"github.com/qulaq-kz/qulaq"
)

// Document is a paper as its reader found it: paragraphs and tables in the order in which a person reads
// them. It is held in memory whole, so everything about it has a limit.
type Document struct {
	Format   Format
	Name     string // the file's, or the member's of a zip; a label for people
	Title    string // what the file says of itself: <title>, the property of an office file; often wrong
	Pages    int    // 0 where the format has none
	Parts    []Part
	Findings []qulaq.Finding
	// Unread counts pages, pictures and other parts that may hold text that was not read: a scan is a
	// document with unread parts and hardly any text.
	Unread int
	// Recognised says that text came from recognition and may have wrong letters.
	Recognised bool
}

// Format names what a document was read from.
type Format string

// The formats of documents.
const (
	HTML Format = "html"
	DOCX Format = "docx"
	XLSX Format = "xlsx"
	XLS  Format = "xls"
	PDF  Format = "pdf"
	Text Format = "text"
)

// Part is a paragraph or a table.
type Part struct {
	Page int    // from 1; 0 where the format has none
	Text string // of a paragraph: one line, runs joined, spaces folded; empty for a table
	Grid *Grid  // nil for a paragraph
}

// Grid is a table of a document: every row has a cell for every column.
type Grid struct {
	Name  string // of the sheet; empty elsewhere
	Width int
	Rows  []Row
}

// Row is a row of a grid and its birthplace.
type Row struct {
	Line  int // which row of the source's table or sheet it is, from 1; rows that continue a table on a new page go on counting
	Page  int // from 1; 0 where the format has none
	Cells []Cell
}

// Cell is one place of a grid. A merged cell stands at every place that it covers, with the same text and
// the same Top and Left, so that a value which was merged down several rows is there in each of them.
type Cell struct {
	// Text has one space where there were several and a line break where the source has one on purpose: a
	// new paragraph, a <br>, Alt+Enter; not where a line merely was full.
	Text string
	// Top and Left are the index in Grid.Rows and the column of the first place of the merged cell; of a
	// cell that is not merged, its own place.
	Top, Left int
}

// Why a document cannot be read. They are reasons of a *qulaq.Error of kind Contract; find them with
// errors.Is.
var (
	ErrEncrypted = errors.New("it is encrypted")
	ErrDamaged   = errors.New("it is damaged")
	ErrTooLarge  = errors.New("it is larger than the limits allow")
	ErrFormat    = errors.New("it is of a format that is not read")
)
