package unpack

import (
	"bytes"
	"fmt"

	"github.com/qulaq-kz/qulaq"
)

// Kind is what a file is, judged by its bytes.
type Kind uint8

const (
	// Text is everything that announces nothing else: CSV, JSON, and bytes nobody knows.
	Text Kind = iota
	// Empty is a file of no bytes.
	Empty
	// Gzip is a gzip stream.
	Gzip
	// Zip is a zip; whether it is a workbook shows only in its list of members, so Sniff says Zip.
	Zip
	// Workbook is an XLSX. Only Archive.Next tells it from a Zip.
	Workbook
	// OldWorkbook is an Office file of before 2007: .xls, and .doc in the same container.
	OldWorkbook
	// LockedWorkbook is an XLSX with a password. It stands in the container of an OldWorkbook, and only
	// Archive.Next tells them apart.
	LockedWorkbook
	// OtherWorkbook is a spreadsheet in a format that is not read: .ods, .xlsb.
	OtherWorkbook
	// Document is a text document or a presentation in a zip: .docx, .pptx, .odt.
	Document
	// PDF is a PDF.
	PDF
	// Image is a picture: a scan.
	Image
	// RTF is a text document in the Rich Text Format.
	RTF
	// HTML is a page, as servers send instead of a file.
	HTML
	// RAR, SevenZip, Zstd, XZ and Bzip2 are packings that are not opened.
	RAR
	SevenZip
	Zstd
	XZ
	Bzip2
)

const (
	askForTable = "ask for the export as CSV, JSON or XLSX"
	saveAnew    = "open it in a spreadsheet program and save it as .xlsx or as CSV"
	packAnew    = "unpack it, and pack it as .zip or .gz"
)

// kinds says of every kind what it is called and what the operator can do about one that cannot be read.
var kinds = [...]struct{ code, called, hint string }{
	Text:           {"text", "text", ""},
	Empty:          {"empty", "empty", "fetch it again; a server that refuses may answer with no bytes at all"},
	Gzip:           {"gzip", "a gzip file", ""},
	Zip:            {"zip", "a zip", "pack its files directly, not as an archive inside an archive"},
	Workbook:       {"workbook", "a workbook", ""},
	OldWorkbook:    {"old_workbook", "an old Office file (.xls or .doc), not an export that can be read", saveAnew},
	LockedWorkbook: {"locked_workbook", "a workbook locked with a password", "save it without a password"},
	OtherWorkbook:  {"other_workbook", "a spreadsheet of another format (.ods or .xlsb), not an XLSX", saveAnew},
	Document:       {"document", "a text document or a presentation, not an export", askForTable},
	PDF:            {"pdf", "a PDF document, not an export", askForTable},
	Image:          {"image", "a picture, not an export", askForTable},
	RTF:            {"rtf", "an RTF document, not an export", askForTable},
	HTML:           {"html", "an HTML page, not an export", "look whether the address wants a login or moved, and fetch it again"},
	RAR:            {"rar", "a RAR archive, which is not opened", packAnew},
	SevenZip:       {"7z", "a 7z archive, which is not opened", packAnew},
	Zstd:           {"zstd", "a Zstandard file, which is not opened", packAnew},
	XZ:             {"xz", "an xz file, which is not opened", packAnew},
	Bzip2:          {"bzip2", "a bzip2 file, which is not opened", packAnew},
}

// String returns the kind's code, such as "gzip".
func (k Kind) String() string {
	if int(k) < len(kinds) {
		return kinds[k].code
	}
	return fmt.Sprintf("kind(%d)", uint8(k))
}

// signatures are the first bytes of the kinds that have a fixed beginning.
var signatures = [...]struct {
	first string
	kind  Kind
}{
	{"\x1f\x8b", Gzip},
	{"PK\x03\x04", Zip},
	{"PK\x05\x06", Zip}, // a zip without members
	{"\xd0\xcf\x11\xe0", OldWorkbook},
	{"%PDF-", PDF},
	{"\x89PNG\r\n\x1a\n", Image},
	{"\xff\xd8\xff", Image}, // JPEG
	{"II*\x00", Image},      // TIFF
	{"MM\x00*", Image},
	{"GIF8", Image},
	{"AT&TFORM", Image}, // DjVu
	{"{\\rtf", RTF},
	{"Rar!\x1a\x07", RAR},
	{"7z\xbc\xaf\x27\x1c", SevenZip},
	{"\x28\xb5\x2f\xfd", Zstd},
	{"\xfd7zXZ\x00", XZ},
	{"BZh91AY&SY", Bzip2},
}

// SniffLen is how many bytes from the beginning Sniff looks at.
const SniffLen = 1024

// Sniff tells the kind of a file from its first bytes, SniffLen of them or the whole file. It never
// returns Workbook, OtherWorkbook or Document, which begin as every Zip does, nor LockedWorkbook, which begins
// as an OldWorkbook.
func Sniff(first []byte) Kind {
	if len(first) == 0 {
		return Empty
	}
	for _, s := range signatures {
		if len(first) >= len(s.first) && string(first[:len(s.first)]) == s.first {
			return s.kind
		}
	}
	if isHTML(first[:min(len(first), SniffLen)]) {
		return HTML
	}
	return Text
}

func isHTML(first []byte) bool {
	first = bytes.TrimPrefix(first, []byte("\xef\xbb\xbf"))
	first = bytes.ToLower(bytes.TrimLeft(first, " \t\r\n"))
	starts := func(s string) bool { return bytes.HasPrefix(first, []byte(s)) }
	if starts("<!doctype html") || starts("<html") {
		return true
	}
	return (starts("<?xml") || starts("<!--")) && bytes.Contains(first, []byte("<html"))
}

// refusal is the error for a file of a kind that is not read. title is that of an HTML page.
func refusal(object, member string, k Kind, title string) *qulaq.Error {
	subject := "the file"
	if member != "" {
		subject = fmt.Sprintf("member %q", member)
	}
	called := kinds[k].called
	if title != "" {
		called = fmt.Sprintf("an HTML page titled %q, not an export", title)
	}
	return &qulaq.Error{
		Op: "open", Object: object, Kind: qulaq.Contract,
		Err: fmt.Errorf("%s is %s", subject, called), Hint: kinds[k].hint,
	}
}
