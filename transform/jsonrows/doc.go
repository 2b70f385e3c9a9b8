// Package jsonrows reads tables that are written as JSON objects. It knows, by the first 64 KiB:
//
//	[{…}, {…}]                  an array of objects
//	{"data": [{…}, {…}], …}     the same inside an object, under data, items or rows
//	{…}                         NDJSON: one object a line; blank lines are allowed
//	{…}
//
// in UTF-8, with or without a byte order mark. A member of an object is a cell:
//
//	string              as it is
//	number              as printed: 20231219080620 and 1.50 keep their digits
//	true, false         true, false
//	null, no member     empty
//	array, object       its JSON without white space
//
// Columns are the names in the first thousand objects, in the order in which they are first seen. Names
// that show up later are counted, see Reader.ExtraColumns: a table cannot grow a column in its middle. Of
// a name that an object has twice, the last value counts.
//
// The grammar of JSON is left to encoding/json. This package finds where records end, bounds them, and
// takes records apart that are known to be valid.
//
// Where to look:
//
//	reader.go  Reader: the columns, blocks, and which records are none
//	shape.go   which of the three shapes it is, and the records of each
//	object.go  one record taken apart
package jsonrows
