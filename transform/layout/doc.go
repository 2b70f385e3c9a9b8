// Package layout makes paragraphs and tables of words and ruling lines that lie somewhere on pages. It knows
// boxes alone, no file format, and reads no clock and no file.
//
// A table with drawn borders has the cells that the borders bound, merged ones included; sides may be open.
// Without upright borders, three or more columns that leave the same gaps free are a table; its rows end at
// level lines, else where all columns are empty, else above the numbers of the first column.
//
// A table that goes on over pages is one grid when its columns do: rows of the heading that are repeated are
// dropped, a row whose first cell is empty at the top of a page goes on the row before, and a cell that was
// merged down over the end of a page is put together when its text goes on in a small letter. Page numbers
// and what stands at the same height of several pages are dropped.
//
// # Hyphens
//
// The text of a cell is its lines with spaces between. A soft hyphen at the end of a line always parts a word, and so
// does U+2010, which programs put there, in a document that has it nowhere else.
// Of other hyphens the document decides: if it has the whole word elsewhere the hyphen goes («строи-» and
// «тельство»), if it has the first half with a hyphen within a line it stays («социально-экономический»).
// Where the document does not tell, the lists of words.tsv do, and last the share of lines with a hyphen at
// their ends: it is high where a program set the hyphens, and low where they belong to their words. A word
// that was cut without a hyphen because its column is narrower (LibreOffice does so) is put together when the
// line has no room for a letter more and the second piece is no word of its own.
//
// # Where to look
//
//	layout.go   Parts; what a page is
//	line.go     words to lines
//	ruled.go    borders to grids
//	above.go    a heading without borders above a bordered table
//	unruled.go  tables without borders
//	upright.go  tables with borders of columns alone
//	grid.go     cells, their words and texts
//	flow.go     paragraphs
//	pages.go    running headers; tables over several pages
//	hyphen.go   words at the ends of lines; words.tsv and starts.txt have the lists
//
// All functions are safe for concurrent use.
package layout
