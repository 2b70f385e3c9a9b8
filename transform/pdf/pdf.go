package pdf

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/layout"
	"github.com/qulaq-kz/qulaq/transform/table"
)

const (
	fewLetters   = 20   // a page with no more of them has no text
	manyCurves   = 2000 // a page without text that has so many shows letters as curves; a letter takes some twenty
	manyLetters  = 100  // so many of a page tell whether they make sense
	mostOfPage   = 0.5  // share of a page that pictures cover when it is a scan
	manyUnknown  = 0.3  // share of letters that nobody can name when a page's text is not readable
	leastSense   = 0.5  // share of Cyrillic and small letters and digits; fonts that name letters wrongly leave less
	allInvisible = 0.9  // share of letters under the picture when the text of a scan was recognised by others
)

// Read reads a PDF. Pages that are scans or curves, or whose letters no table names, are recognised when tools can do
// it, and else counted as Unread, as are pages that a file which was cut does not hold, and
// what a portfolio holds. Errors are *qulaq.Error of kind Contract, with table.ErrEncrypted,
// table.ErrTooLarge or table.ErrDamaged as their reason, or the context's own error. What recognition says
// when it fails is a finding: the page then stays unread.
func Read(ctx context.Context, data []byte, object string, limits table.Limits, tools Tools) (doc *table.Document, err error) {
	limits = limits.Defaults()
	trouble := func(reason error, hint string) error {
		return &qulaq.Error{Op: "read PDF", Object: object, Kind: qulaq.Contract, Err: reason, Hint: hint}
	}
	defer func() { // of this package's own: a file must never end the program
		if p := recover(); p != nil {
			doc, err = nil, trouble(fmt.Errorf("%w: reading it came to a panic: %v", table.ErrDamaged, p), "report this file")
		}
	}()
	if int64(len(data)) > limits.DocumentBytes {
		return nil, trouble(table.ErrTooLarge, "raise the limit of bytes of a document")
	}
	doc, err = read(ctx, data, limits, tools)
	switch {
	case err == nil:
		return doc, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, table.ErrEncrypted):
		return nil, trouble(err, "ask the publisher for a file without a password")
	case errors.Is(err, table.ErrTooLarge):
		return nil, trouble(err, "raise the limits of documents")
	}
	return nil, trouble(fmt.Errorf("%w: %w", table.ErrDamaged, err), "fetch it again; a browser's viewer may show more")
}

func read(ctx context.Context, data []byte, limits table.Limits, tools Tools) (*table.Document, error) {
	f, err := open(data, int(limits.DocumentBytes))
	if err != nil {
		return nil, err
	}
	pages, err := f.pages(limits.Pages)
	if f.lost > 0 && !f.rebuilt { // a table that leads to the pages and yet is wrong
		if err = f.rebuild(); err == nil {
			pages, err = f.pages(limits.Pages)
		}
	}
	if err != nil {
		return nil, err
	}
	doc := &table.Document{Format: table.PDF, Title: f.title(), Pages: len(pages), Unread: f.lost}
	scans := scanner{ctx: ctx, data: data, tools: tools}
	fonts := map[ref]*font{}
	layouts := make([]layout.Page, len(pages))
	words := 0
	for i, p := range pages {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		l, content, err := f.page(ctx, p, fonts)
		if err != nil {
			return nil, err
		}
		if words += len(l.Words); words > maxWords {
			return nil, table.ErrTooLarge
		}
		layouts[i] = l
		switch how := content.judge(l); how {
		case unread, foreign:
			better, ok := scans.page(i+1, l)
			switch {
			case ok:
				layouts[i] = better
			case how == foreign:
				layouts[i].Words = unframed(l.Words)
			default:
				if content.glyphs > fewLetters { // wrong letters are worse than none
					layouts[i].Words = nil
				}
				doc.Unread++
				continue
			}
			doc.Recognised = true
		}
	}
	doc.Findings = scans.findings
	if f.lost > 0 {
		doc.Findings = append(doc.Findings, qulaq.Finding{
			Kind: qulaq.NothingToRead, Subject: "pages", Detail: "the file was cut or damaged: pages of it, or their content, are not there", Count: int64(f.lost),
		})
	}
	if what := f.elsewhere(); what != "" {
		doc.Unread++
		doc.Findings = append(doc.Findings, qulaq.Finding{Kind: qulaq.NothingToRead, Subject: "file", Detail: what, Count: 1})
	}
	if doc.Parts, err = layout.Parts(layouts, limits.Cells); err != nil {
		return nil, err
	}
	return doc, nil
}

// elsewhere says where the text of a file stands whose pages are a cover that asks for another program; "" for others.
func (f *file) elsewhere() string {
	root := f.catalog()
	switch {
	case f.dict(root["Collection"]) != nil:
		return "a portfolio: the files in it are not read"
	case f.resolve(root["NeedsRendering"]) == true:
		return "a form that its program draws (XFA): it is not read"
	}
	return ""
}

// page interprets one page; a second time when it turns out that fonts were misread.
func (f *file) page(ctx context.Context, p page, fonts map[ref]*font) (layout.Page, pageContent, error) {
	l, content, err := f.interpret(ctx, p, fonts)
	misread := false
	for _, ft := range fonts {
		misread = ft.misread() || misread
	}
	if err == nil && misread {
		return f.interpret(ctx, p, fonts)
	}
	return l, content, err
}

func (f *file) interpret(ctx context.Context, p page, fonts map[ref]*font) (layout.Page, pageContent, error) {
	view, width, height := p.view()
	r := &reader{ctx: ctx, file: f, fonts: fonts}
	r.g = graphics{ctm: view, stretch: 1, lineWidth: 1}
	r.tm, r.lm = identity, identity
	var data []byte
	for _, o := range f.contents(p.dict) {
		s, ok := f.resolve(o).(*stream)
		if !ok {
			continue
		}
		part, err := f.unpack(s)
		if errors.Is(err, table.ErrTooLarge) {
			return layout.Page{}, r.out, err
		}
		data = append(append(data, part...), '\n') // a stream in an unknown filter is left out
	}
	if err := r.run(data, p.resources); err != nil {
		return layout.Page{}, r.out, err
	}
	return layout.Page{Width: width, Height: height, Words: r.builder.words, Rules: r.out.rules, Fills: r.out.fills}, r.out, nil
}

// verdict is what is to be done with a page.
type verdict uint8

const (
	readable verdict = iota
	unread           // a scan, or text that no table names
	foreign          // a scan with the text of somebody's recognition under it
)

func (c pageContent) judge(p layout.Page) verdict {
	scan := c.pictures >= mostOfPage*p.Width*p.Height && c.pictures > 0
	switch {
	case c.glyphs <= fewLetters && (scan || c.curves >= manyCurves), c.glyphs > 0 && float64(c.unknown) > manyUnknown*float64(c.glyphs),
		c.glyphs > manyLetters && float64(c.sense) < leastSense*float64(c.glyphs), !layout.Sensible(p.Words):
		return unread
	case scan && float64(c.invisible) > allInvisible*float64(c.glyphs):
		return foreign
	}
	return readable
}

// title returns what the file says of itself.
func (f *file) title() string {
	s, _ := f.resolve(f.dict(f.trailer["Info"])["Title"]).(text)
	if f.crypt != nil || len(s) > 2000 {
		return ""
	}
	b := string(s)
	switch {
	case strings.HasPrefix(b, "\xfe\xff"):
		var units []uint16
		for i := 2; i+1 < len(b); i += 2 {
			units = append(units, uint16(b[i])<<8|uint16(b[i+1]))
		}
		b = string(utf16.Decode(units))
	case strings.HasPrefix(b, "\xef\xbb\xbf"):
		b = strings.ToValidUTF8(b[3:], "\ufffd")
	case !utf8.ValidString(b):
		if decoded, err := charmap.Windows1252.NewDecoder().String(b); err == nil {
			b = decoded
		}
	}
	return strings.Join(strings.Fields(clean(b)), " ")
}
