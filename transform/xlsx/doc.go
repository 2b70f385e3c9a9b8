// Package xlsx reads workbooks (XLSX): Open as tables, where every sheet with a header row is one, and Document
// as a paper, where every sheet is a grid.
//
// Cells come out as text that does not depend on a locale or on how wide a column is:
//
//	text               as it is, runs of rich text joined
//	numbers            20231219080620, 0.257: all digits, no exponent, no zeros behind the point
//	dates              2026-05-21; with a time of day 2026-05-14 22:01:00.000; a time alone 08:06:20.000
//	truth values       TRUE, FALSE
//	formulas           the value that was computed last
//	errors (#N/A)      empty
//
// Whether a number is a date is told by its format, so a date that was formatted as a number stays a number.
// In tables, merged cells have their value in the first of them, the others are empty; grids have it in all.
//
// The XML of sheets is read by a scanner of this package. The library that writes the workbooks of the
// tests, excelize, was measured first: for 200,000 rows of 20 columns (200 MB of XML) it took 57 seconds,
// encoding/xml takes about 20 for the bare tokens, this package takes 5, in 25 MB of memory or in 65 with
// 800,000 shared strings. Worse, excelize streams rows without the formats of their cells, so that dates
// would be told from numbers only by loading the whole sheet. No temporary files are written.
//
// Where to look:
//
//	workbook.go  Open and Next: the sheets of a workbook
//	sheet.go     rows and cells, and which rows are none
//	header.go    which row is the header
//	value.go     characters that XML cannot hold
//	parts.go     what stands beside the cells: relations, formats, shared strings
//	markup.go    the scanner
//	document.go  a workbook as a paper
//	drawing.go   text boxes and pictures that lie on a sheet
//	number       numbers and dates, as in old workbooks
//	grid         merged and hidden cells, as in old workbooks
package xlsx
