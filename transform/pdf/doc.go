// Package pdf reads PDF files into the document model of package table: letters and ruling lines come from the
// files' own operators, package layout makes paragraphs and tables of them, and pages that are pictures are
// recognised by outside programs when those are there.
//
// It needs no other program for text. What was measured on 34 papers written by LibreOffice and Chromium (930
// cells with words to be right to the letter, 12 of them in pictures), with the same package layout behind
// each and nothing recognised:
//
//	this package                           97.5 % of the cells right, 0.4 s for all
//	pdftotext -bbox (no ruling lines)      54 %, 0.9 s; one paper not at all, its XML was none
//	github.com/ledongthuc/pdf (no lines)   15 %, 1.2 s
//
// The two others were given no ruling lines because they have none to give; lines are what makes the
// difference. The library was besides not fit for files from anywhere: it follows a ring of tables or object
// streams without end, it makes tables of the size that a file claims, and it wants the file's last bytes to
// be the format's end. So the objects are read here, by ISO 32000-1. A few pages take some milliseconds.
//
// # What a file may cost
//
// All streams together may unpack to Limits.DocumentBytes, objects that are read count as well, and so do
// forms that are shown again. Everything that nests has a depth, a ring is walked once, and a number in the
// file never decides what is allocated. Beyond a limit the error is table.ErrTooLarge.
//
// # What is not read
//
// Text on its way across the page (stamps), fields of forms, notes that readers left, text that is drawn as curves (a page
// that has no other counts as unread, and is recognised as scans are), and letters whose font names no characters or
// wrong ones: pages of such letters count as unread, and so do pages whose words no language has. A font that shows
// Cyrillic letters under the names of western ones («Ïëàí») is read. A
// table inside a cell becomes part of the cell or of the table around it.
//
// # Scans
//
// A page that is a picture is drawn, set straight (scans lie askew by up to three degrees), and its ruling lines are found
// and whitened, and so is the grain of its paper. What stands beside its tables is recognised as a page, every cell for
// itself: lines of neighbouring cells would run together. Cells and lone digits that were passed over are looked at once
// more, and a number of an item that was read wrong between others is the number between. Where the page is in Kazakh its
// model comes first, and letters that look alike are chosen by their neighbours.
//
// # Where to look
//
//	pdf.go      Read; which pages are scans
//	tables.go   where objects lie: the file's tables, or a search through it
//	file.go     objects by number; what they are
//	pages.go    the pages in order
//	object.go   bytes to objects
//	filter.go   packed streams
//	crypt.go    files that are encrypted with an empty password
//	font.go     bytes of a string to characters and widths; glyphs.tsv has the names of glyphs
//	legacy.go   fonts that name Cyrillic letters as western ones
//	content.go  operators of a page
//	paths.go    lines and areas that it draws
//	words.go    letters to words
//	scan.go     outside programs that recognise pages
//	picture.go  ruling lines, dirt and cuttings of a picture
//	skew.go     shades of a picture, and how it lies
//
// Everything is safe for concurrent use: a call shares nothing with another.
package pdf
