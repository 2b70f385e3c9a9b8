// Package layout makes paragraphs and tables of words and ruling lines that lie somewhere on pages. It knows
// boxes alone, no file format, and reads no clock and no file.
//
// A table with drawn borders has the cells that the borders bound, merged ones included; sides may be open. Where its
// rows have no borders they end where the pieces of the columns' borders meet, else above the numbers of the first
// column. Level rules that are drawn cell by cell, and coloured cells with seams between them, bound cells as well.
// Without upright borders, three or more columns that leave the same gaps free are a table; its rows end at
// level lines, else where all columns are empty, else where the cells of all rows stand best at their tops, in their
// middles or at their bottoms, else above the numbers of the first column. A level line that is drawn over some columns only leaves the cells
// of the others merged down. A gap may be as narrow as a space when no line of many crosses it and most lines leave far more, and narrower
// behind a column of nothing but numbers that count up, or where most lines of the next column begin at one edge. A
// line of one run that begins as cells do, at the left of the table or in its middle, may be a heading across: it says
// nothing of columns, and stands in a row of its own where it runs over them. The rows of few lines on the next page
// are told together with those above.
//
// A table that goes on over pages is one grid when its columns do: rows of the heading that are repeated are
// dropped, a row whose first cell is empty at the top of a page goes on the row before, and a cell that was
// merged down over the end of a page is put together when its text goes on in a small letter, or when the page's end left it
// open while other cells are closed. A note at the foot of the page, and a line that says that the table goes on, do not
// end it. Columns that found no room on a page, as spreadsheets print them on the next ones, are put beside the others by
// the heights of their rows. Page numbers and what stands at the same height of several pages are dropped.
//
// # Hyphens
//
// The text of a cell is its lines with spaces between. A soft hyphen at the end of a line always parts a word, and so
// does U+2010, which programs put there, in a document that has it nowhere else.
// Of other hyphens the document decides: if it has the whole word elsewhere the hyphen goes («строи-» and
// «тельство»), if it has the first half with a hyphen within a line it stays («социально-экономический»).
// Where the document does not tell, the lists of words.tsv do, and last how letters follow one another in Russian and
// Kazakh (letters.tsv, counted over the texts of this repository), together with what the other hyphens of the document
// look like. A word that was cut without a hyphen because its column is narrower (office programs and browsers do so) is
// put together when the line has no room for a letter more, both pieces are wider than the column, and their letters are
// likelier one word than two. So are dates and numbers of items.
//
// # Where to look
//
//	layout.go   Parts; what a page is
//	line.go     words to lines
//	ruled.go    borders to grids
//	split.go    rows without borders in bordered tables
//	pieced.go   tables of level rules drawn cell by cell
//	tiles.go    tables of coloured cells
//	above.go    a heading without borders above a bordered table
//	below.go    rows between level rules that the end of the page parts
//	unruled.go  tables without borders
//	gutters.go  the strips between their columns
//	packed.go   rows without borders that are no farther apart than lines
//	home.go     where the lines of columns stand, and what goes across them
//	upright.go  tables with borders of columns alone
//	continued.go  the rest of a table without borders on the next page
//	beside.go   tables that are wider than a page
//	grid.go     cells, their words and texts
//	flow.go     paragraphs
//	abreast.go  two blocks of text side by side
//	pages.go    running headers; tables over several pages
//	hyphen.go   words at the ends of lines; words.tsv and starts.txt have the lists
//	notes.go    marks of notes behind words
//	letters.go  which letters follow which; learn makes letters.tsv
//	spell.go    letters of Kazakh that recognition takes for Russian ones
//
// All functions are safe for concurrent use.
package layout
