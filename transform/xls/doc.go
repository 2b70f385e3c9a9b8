// Package xls reads old workbooks (.xls, written by Excel 5 to 2003 and by others until today) as papers: every
// sheet that is seen is a grid, its numbers and dates as package xlsx shows them.
//
// An old workbook is a stream of records (BIFF8, or BIFF5 of before 1997) inside an OLE compound file (package cfb). Both are
// read by hand, in memory that the size of the file bounds. The Go libraries for .xls were looked at first:
// they panic on damaged files, as their own users report, and know neither merged cells nor hidden rows. The
// well-kept library for compound files, richardlehane/mscfb, follows nested folders by recursion and builds the
// whole path of each, so that a file of ten megabytes may cost all memory.
//
// The formats are described in MS-CFB and MS-XLS; numbers in comments are their sections.
//
// Where to look:
//
//	read.go     Read, and what else may be in a compound file
//	record.go   records, and values that go on in the next record
//	text.go     strings, and the table that cells share
//	globals.go  what stands before the sheets: their list, formats, code page
//	sheet.go    cells, merged areas, what is hidden
package xls
