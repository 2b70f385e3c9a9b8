package site

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract"
	"github.com/qulaq-kz/qulaq/extract/fetch"
	"github.com/qulaq-kz/qulaq/extract/listing"
)

// Client reads sites. It is safe for concurrent use.
type Client struct {
	get listing.Getter
}

// New returns a client. The hosts of the profiles must be among client's Hosts.
func New(client *fetch.Client, archive *extract.Archive) *Client {
	return &Client{listing.Getter{Client: client, Archive: archive}}
}

// Look reads a site's listing from each of its start addresses to the last page. Every page is in the
// archive before its entries are given to each, in the order of the pages, each entry once.
//
// The look is complete exactly when the error is nil. An error of each ends the look and is returned as it
// is. Any other is a *qulaq.Error, as of fetch.Client.Get, or with a *listing.Trouble as its reason; a page
// with fewer or more entries than the profile expects is ChangedShape. A site never looks Empty: whether a
// page without entries is one that has none, or one that changed, cannot be told.
func (c *Client) Look(ctx context.Context, p Profile, each func(listing.Entry) error) (listing.Look, error) {
	l := listing.Look{Source: p.Archive()}
	var found listing.Findings
	seen := map[string]bool{}
	var err error
	for _, start := range p.Start {
		if err = c.pages(ctx, p, start, &l, &found, seen, each); err != nil {
			break
		}
	}
	l.Findings = found.List()
	l.Close(err)
	return l, err
}

// pages reads from one start address on.
func (c *Client) pages(ctx context.Context, p Profile, start string, l *listing.Look, found *listing.Findings, seen map[string]bool, each func(listing.Entry) error) error {
	turned := map[string]bool{}
	for address := start; ; {
		turned[address] = true
		snap, err := c.page(ctx, p, address, l)
		if err != nil {
			return err
		}
		r, err := p.page(snap, found)
		if r.next != nil && turned[r.next.String()] {
			r.next = nil // the last page points to itself, or back to the first
		}
		if err == nil {
			err = p.expected(r, snap.Origin, len(turned) == 1)
		}
		if err != nil {
			return err
		}
		for _, e := range r.entries {
			if seen[e.ID] {
				continue
			}
			seen[e.ID] = true
			l.Note(e)
			if err := each(e); err != nil {
				return err
			}
		}
		if r.next == nil {
			return nil
		}
		address = r.next.String()
		if len(turned) == p.Pages {
			return listing.Fail("read listing", snap.Origin, &listing.Trouble{
				Outcome: listing.ChangedShape, Detail: fmt.Sprintf("more than %d pages", p.Pages),
			})
		}
	}
}

// expected holds a page against what the profile expects of it.
func (p Profile) expected(r read, origin string, first bool) error {
	trouble := &listing.Trouble{Outcome: listing.ChangedShape}
	switch {
	case r.items == 0:
		return p.missing(p.Item, r.doc, origin)
	case r.items < p.Expect.Min && (first || r.next != nil):
		trouble.Detail = fmt.Sprintf("%d entries, at least %d are expected", r.items, p.Expect.Min)
	case r.items > p.Expect.Max:
		trouble.Detail = fmt.Sprintf("%d entries, at most %d are expected", r.items, p.Expect.Max)
	case len(r.entries)*2 < r.items:
		trouble.Detail = fmt.Sprintf("of %d entries only %d have a link", r.items, len(r.entries))
	default:
		return nil
	}
	return listing.Fail("read listing", origin, trouble)
}

// missing says what a page is that has no such element.
func (p Profile) missing(selector string, doc *goquery.Document, origin string) error {
	html, err := doc.Html()
	if err != nil {
		return err
	}
	t := listing.Unexpected([]byte(html))
	t.Detail = fmt.Sprintf("no element %q: %s", selector, t.Detail)
	return listing.Fail("read page", origin, t)
}

func (c *Client) page(ctx context.Context, p Profile, address string, l *listing.Look) (qulaq.Snapshot, error) {
	snap, attempts, err := c.get.Page(ctx, p.Archive(), fetch.Redact(address), p.request(address))
	l.Attempts = append(l.Attempts, attempts...)
	if err == nil {
		l.Pages++
		l.Bytes += snap.Size
		l.Hashes = append(l.Hashes, snap.Hash)
	}
	return snap, err
}

func (p Profile) request(address string) fetch.Request {
	return fetch.Request{URL: address, Header: http.Header{"Accept-Language": {string(p.Lang)}, "Accept": {"text/html"}}}
}

// Detailed is an entry with what its own page says.
type Detailed struct {
	Entry    listing.Entry
	Attempts []fetch.Attempt // none when the page was in the archive, or not needed
	Findings []qulaq.Finding
}

// Detail adds to an entry what its own page says: the body and more files. A page that could be read is
// fetched once; what changes on it later is not seen. Without a Body in the profile the entry comes back as
// it is; where its link is a file, with that file. Errors are as of Look.
func (c *Client) Detail(ctx context.Context, p Profile, e listing.Entry) (Detailed, error) {
	d := Detailed{Entry: e}
	if p.Body == "" {
		return d, nil
	}
	if f, ok := linkedFile(e.URL); ok {
		d.Entry.Files = append(slices.Clone(e.Files), f)
		return d, nil
	}
	origin := fetch.Redact(e.URL)
	if snap, ok := c.get.Known(p.Archive(), origin); ok {
		if known, err := p.detail(snap, e); err == nil {
			return known, nil
		} // else it was no such page then: a captcha, say
	}
	snap, attempts, err := c.get.Page(ctx, p.Archive(), origin, p.request(e.URL))
	if err == nil {
		d, err = p.detail(snap, e)
	}
	d.Attempts = attempts
	return d, err
}

// detail reads the page of an entry.
func (p Profile) detail(snap qulaq.Snapshot, e listing.Entry) (d Detailed, err error) {
	d.Entry = e
	doc, base, err := document(snap)
	if err != nil {
		return d, err
	}
	body := doc.Find(p.Body)
	if body.Length() == 0 {
		return d, p.missing(p.Body, doc, snap.Origin)
	}
	content, err := body.First().Html()
	if err != nil {
		return d, err
	}
	var found listing.Findings
	if len(content) > maxBody {
		content = ""
		found.Add(listing.BadField, "body", fmt.Sprintf("longer than %d bytes", maxBody), 0)
	}
	d.Entry.Content, d.Entry.Files = content, slices.Clone(e.Files)
	for _, f := range p.files(doc.Selection, base, 0, &found) {
		if !slices.Contains(d.Entry.Files, f) {
			d.Entry.Files = append(d.Entry.Files, f)
		}
	}
	d.Findings = found.List()
	return d, nil
}

// fileKinds are the extensions by which an address is a file and no page.
var fileKinds = []string{".pdf", ".doc", ".docx", ".xls", ".xlsx", ".zip", ".rar", ".7z", ".rtf", ".odt", ".ods"}

func linkedFile(address string) (listing.File, bool) {
	f, err := listing.Link(&url.URL{}, address)
	f.Bytes = -1
	return f, err == nil && slices.Contains(fileKinds, strings.ToLower(path.Ext(f.Name)))
}

// File returns a file of an entry, from the archive when it was ever fetched; see listing.Getter.File.
func (c *Client) File(ctx context.Context, p Profile, f listing.File) (listing.Fetched, error) {
	return c.get.File(ctx, p.Archive(), f)
}
