package document

import (
	"bytes"
	"slices"
	"strings"

	"github.com/qulaq-kz/qulaq/transform/doc"
	"github.com/qulaq-kz/qulaq/transform/html"
	"github.com/qulaq-kz/qulaq/transform/odt"
	"github.com/qulaq-kz/qulaq/transform/pdf"
	"github.com/qulaq-kz/qulaq/transform/rtf"
	"github.com/qulaq-kz/qulaq/transform/table"
	"github.com/qulaq-kz/qulaq/transform/unpack"
	"github.com/qulaq-kz/qulaq/transform/xls"
	"github.com/qulaq-kz/qulaq/transform/xlsx"
)

// kind is what a file is.
type kind uint8

const (
	archive kind = iota
	gzipped
	htmlPage
	docxFile
	xlsxFile
	compound // an old workbook or text, or something else in their container
	openDocument
	rtfFile
	pdfFile
	plainText

	// What is not read.
	empty
	picture
	webArchive
	otherXML
	binaryWorkbook
	presentation
	packed
	unknown
)

// readers read one document each.
var readers = map[kind]func(*job, file) (*table.Document, error){
	xlsxFile: func(j *job, f file) (*table.Document, error) { return xlsx.Document(f.data, f.object, j.limits) },
	compound: func(j *job, f file) (*table.Document, error) {
		if doc.Is(f.data) {
			return doc.Read(f.data, f.object, j.limits)
		}
		return xls.Read(f.data, f.object, j.limits)
	},
	openDocument: func(j *job, f file) (*table.Document, error) { return odt.Read(f.data, f.object, j.limits) },
	rtfFile:      func(j *job, f file) (*table.Document, error) { return rtf.Read(f.data, f.object, j.limits) },
	plainText:    func(j *job, f file) (*table.Document, error) { return readText(f.data, f.object, j.limits) },
	htmlPage:     func(j *job, f file) (*table.Document, error) { return html.Read(f.data, f.object, j.limits) },
	docxFile:     readWord,
	pdfFile: func(j *job, f file) (*table.Document, error) {
		return pdf.Read(j.ctx, f.data, f.object, j.limits, j.Outside)
	},
}

const (
	fetchAgain = "the file was cut or damaged on its way: fetch it again"
	saveAnew   = "open it in an office program and save it as .docx or .xlsx"
)

// refusals say what a file of a kind that is not read is.
var refusals = map[kind]struct {
	what   string
	reason error
	hint   string
}{
	empty:          {"the file is empty", table.ErrDamaged, "fetch it again; a server that refuses may answer with no bytes at all"},
	picture:        {"the file is a picture", table.ErrFormat, "recognise its text, or ask for the document that it was made from"},
	webArchive:     {"the file is a page with its pictures in one (.mht)", table.ErrFormat, saveAnew},
	otherXML:       {"the file is XML of a kind that is not known", table.ErrFormat, saveAnew},
	binaryWorkbook: {"the file is a binary workbook (.xlsb)", table.ErrFormat, saveAnew},
	presentation:   {"the file is a presentation", table.ErrFormat, "ask for the text or the table"},
	packed:         {"the file is an archive that is not opened", table.ErrFormat, "unpack it, and pack it as .zip or .gz"},
	unknown:        {"the file is neither text nor of a known format", table.ErrFormat, "look at it by hand"},
}

// ofBytes says which kind the first bytes announce, where they alone decide.
var ofBytes = map[unpack.Kind]kind{
	unpack.Empty:       empty,
	unpack.Gzip:        gzipped,
	unpack.OldWorkbook: compound,
	unpack.PDF:         pdfFile,
	unpack.Image:       picture,
	unpack.RTF:         rtfFile,
	unpack.HTML:        htmlPage,
	unpack.RAR:         packed,
	unpack.SevenZip:    packed,
	unpack.Zstd:        packed,
	unpack.XZ:          packed,
	unpack.Bzip2:       packed,
}

func (j *job) kindOf(f file) (kind, error) {
	first := f.data[:min(len(f.data), unpack.SniffLen)]
	sniffed := unpack.Sniff(first)
	if k, ok := ofBytes[sniffed]; ok {
		return k, nil
	}
	if sniffed == unpack.Zip {
		return j.zipKind(f)
	}
	return textKind(f.data), nil
}

// zipKind tells office documents from archives by the names of their members.
func (j *job) zipKind(f file) (kind, error) {
	z, err := j.openZip(f)
	if err != nil {
		return 0, err
	}
	switch {
	case z.Has("word/document.xml"):
		return docxFile, nil
	case z.Has("xl/workbook.xml"):
		return xlsxFile, nil
	}
	k, err := z.Kind()
	switch {
	case err != nil:
		return 0, err
	case k == unpack.Workbook:
		return xlsxFile, nil
	case z.Has("content.xml") && (k == unpack.OtherWorkbook || k == unpack.Document):
		return openDocument, nil
	case k == unpack.OtherWorkbook:
		return binaryWorkbook, nil
	case k != unpack.Document:
		return archive, nil
	case z.Has("ppt/presentation.xml"):
		return presentation, nil
	}
	return docxFile, nil // its main part has another name
}

// pdfWithin is how far from its beginning a PDF may announce itself: some servers put lines before it, and every
// viewer passes over them.
const pdfWithin = 1024

// textKind tells what is or seems to be text.
func textKind(data []byte) kind {
	if bytes.Contains(data[:min(len(data), pdfWithin)], []byte("%PDF-")) {
		return pdfFile
	}
	data = bytes.TrimLeft(data, " \t\r\n") // pages that programs make may begin with much of it
	switch {
	case len(data) == 0:
		return empty
	case bytes.HasPrefix(bytes.TrimPrefix(data, []byte("\ufeff")), []byte(`{\rtf`)):
		return rtfFile
	}
	start, err := decode(data[:min(len(data), tagWithin)], true)
	if err != nil {
		return unknown
	}
	start = strings.ToLower(strings.TrimSpace(start))
	switch {
	case strings.HasPrefix(start, "mime-version:"):
		return webArchive
	case isMarkup(start):
		return htmlPage
	case strings.HasPrefix(start, "<?xml"):
		if strings.Contains(start, "<html") {
			return htmlPage
		}
		return otherXML
	}
	return plainText
}

// elements are those that the body of a page, given without its head, begins with.
var elements = map[string]bool{
	"!doctype": true, "html": true, "head": true, "body": true, "meta": true, "title": true, "style": true, "table": true,
	"tbody": true, "thead": true, "tr": true, "div": true, "p": true, "span": true, "center": true, "font": true, "b": true,
	"strong": true, "i": true, "em": true, "u": true, "a": true, "br": true, "hr": true, "ul": true, "ol": true, "h1": true,
	"h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "section": true, "article": true, "main": true,
	"figure": true, "img": true, "blockquote": true, "o:p": true, "!--": true, "script": true, "link": true,
}

// isMarkup says whether text in small letters begins with an element of HTML, or goes on with one: the body of a page
// may begin with words, with &nbsp; or with a tag that an editor made up.
func isMarkup(start string) bool {
	if slices.ContainsFunc(marks, func(mark string) bool { return strings.Contains(start, mark) }) {
		return true
	}
	tag, ok := strings.CutPrefix(start, "<")
	if !ok {
		return false
	}
	if strings.HasPrefix(tag, "!--") {
		return true
	}
	end := strings.IndexAny(tag, " \t\r\n/>")
	return end > 0 && elements[tag[:end]]
}

// tagWithin is how far into a text its first tags may stand, behind a title.
const tagWithin = 8 << 10

// marks are tags that nobody writes but in a page.
var marks = []string{"</p>", "</td>", "</tr>", "</table>", "</div>", "<br>", "<br/>", "<br />"}
