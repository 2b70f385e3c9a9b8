// Package html reads pages as documents: whole ones, and bodies without <html> as content systems store them.
//
// A page is read token by token into paragraphs and tables, without a tree of its elements. A tree was tried
// first: as the standard wants it, an unclosed <b> is opened anew in every later paragraph, and 44 kB of such
// tags became 370 MB of tree; nesting beyond 512 elements it refuses. Without one, time and memory are in
// proportion to the page whatever it holds. What the standard says of unclosed cells, rows and paragraphs and
// of text that stands between cells is kept to; see also package flow, which knows what a table is.
//
// What is left out: what a browser does not show (scripts, styles, templates, the content of form fields,
// elements hidden by their own attributes; rules of style sheets are not looked at). Pictures that are not
// small, frames and embedded objects are counted in Document.Unread. A page that ends within a table, as one that was
// cut does, has a finding that says so.
//
// Where to look:
//
//	html.go      Read
//	encoding.go  which encoding a page is in
//	reader.go    tags and text
//	hidden.go    what is not shown
package html

import (
	"fmt"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/flow"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// Read reads a page or a part of one, in any of the encodings that findEncoding knows. object names it in
// errors and in the result. Markup is never wrong; errors are *qulaq.Error of kind Contract that wrap
// table.ErrTooLarge.
func Read(data []byte, object string, l table.Limits) (*table.Document, error) {
	l = l.Defaults()
	fail := func(err error) (*table.Document, error) {
		return nil, &qulaq.Error{
			Op: "read page", Object: object, Kind: qulaq.Contract, Err: err,
			Hint: "if the page is honest, raise the limits of documents",
		}
	}
	if int64(len(data)) > l.DocumentBytes {
		return fail(fmt.Errorf("%w: more than %d bytes", table.ErrTooLarge, l.DocumentBytes))
	}
	r := reader{b: flow.New(l), doc: &table.Document{Format: table.HTML, Name: object}}
	err := r.read(decode(data))
	if err == nil {
		r.doc.Parts, err = r.b.Parts()
	}
	if err != nil {
		return fail(err)
	}
	return r.doc, nil
}
