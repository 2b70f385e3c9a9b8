package site

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

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

// langMark begins the fragment that the archive puts behind the address of a page of a listing. By it such a page is
// told from an entry's page, and its language is known.
const langMark = "lang="

// Look reads the listing of a site in one language from each of its start addresses to the last page. Every page is
// in the archive before its entries are given to each, in the order of the pages, each entry once; where one is
// displaced (see listing.Reading), the listing is read again, and the look is Cut when it is so again. With after set, where the profile Filters,
// entries dated before it are left out, and the look ends behind the first page that has no others.
//
// The look is complete exactly when the error is nil. An error of each ends the look and is returned as it is. Any
// other is a *qulaq.Error, as of fetch.Client.Get, or with a *listing.Trouble as its reason; a page with fewer or more
// entries than the profile expects is ChangedShape. A look is Empty only where the profile says how an empty listing
// looks: whether another page without entries is one that has none, or one that changed, cannot be told.
func (c *Client) Look(ctx context.Context, p Profile, lang listing.Lang, after time.Time, each func(listing.Entry) error) (listing.Look, error) {
	l := listing.Look{Source: p.Archive()}
	if !p.Filters() {
		after = time.Time{}
	}
	r := reader{c: c, p: p, lang: lang, after: after, each: each, look: &l, given: map[string]bool{}}
	var err error
	for _, start := range p.Listings[lang] {
		if err = r.listing(ctx, start); err != nil {
			break
		}
	}
	l.Findings = r.found.List()
	l.Close(err)
	return l, err
}

// reader is one look while it goes on.
type reader struct {
	c     *Client
	p     Profile
	lang  listing.Lang
	after time.Time
	each  func(listing.Entry) error
	look  *listing.Look
	found listing.Findings
	given map[string]bool // ids
}

// listing reads from one start address on, and once more where an entry was displaced: it stands in the place of
// another, which may be one that was published meanwhile and moved the others on, or one that was never shown.
func (r *reader) listing(ctx context.Context, start string) error {
	displaced, err := r.pages(ctx, start)
	if err != nil || displaced == nil {
		return err
	}
	if displaced, err = r.pages(ctx, start); err != nil || displaced == nil {
		return err
	}
	return listing.Unstable(&r.found, fetch.Redact(start), displaced)
}

// pages reads to the last page, and returns the entries that stand in the place of others.
func (r *reader) pages(ctx context.Context, start string) (displaced []listing.Entry, err error) {
	turned := map[string]bool{} // pages from this start on
	var reading listing.Reading
	barren := 0 // pages in a row with nothing new
	for at := start; ; {
		turned[at] = true
		snap, err := r.page(ctx, at)
		if err != nil {
			return nil, err
		}
		read, err := r.p.page(snap, r.lang, &r.found)
		if err != nil {
			return nil, err
		}
		next := ""
		if read.next != nil {
			next = read.next.String()
		}
		if next == at || next == start {
			next = "" // the last page points to itself, or back to the first
		}
		if err := r.p.expected(read, snap.Origin, len(turned) == 1, next != ""); err != nil {
			return nil, err
		}
		old, fresh := 0, 0
		reading.Turn()
		for _, e := range read.entries {
			if reading.Add(e) {
				fresh++
			}
			if !e.CreatedAt.IsZero() && e.CreatedAt.Before(r.after) {
				old++
				continue
			}
			if r.given[e.ID] {
				continue
			}
			r.given[e.ID] = true
			r.look.Note(e)
			if err := r.each(e); err != nil {
				return nil, err
			}
		}
		if barren++; fresh > 0 {
			barren = 0
		}
		switch {
		case next == "", old > 0 && old == len(read.entries):
			return reading.Displaced(r.p.NewestFirst), nil
		case turned[next]:
			return nil, changed(snap, "the next page is one that was read already: %s", fetch.Redact(next))
		case barren == 2: // once it may be that entries were published meanwhile and moved the others on
			return nil, changed(snap, "two pages in a row with nothing new")
		case len(turned) == r.p.Pages:
			return nil, changed(snap, "more than %d pages", r.p.Pages)
		}
		at = next
	}
}

func changed(page qulaq.Snapshot, form string, args ...any) error {
	return listing.Fail("read listing", page.Origin, &listing.Trouble{Outcome: listing.ChangedShape, Detail: fmt.Sprintf(form, args...)})
}

// expected holds a page against what the profile expects of it. more says that another page follows.
func (p Profile) expected(r read, origin string, first, more bool) error {
	trouble := &listing.Trouble{Outcome: listing.ChangedShape}
	switch {
	case r.items == 0 && r.none:
		return nil
	case r.items == 0:
		return p.missing(p.Item, r.doc, origin)
	case r.items < p.Expect.Min && (first || more):
		trouble.Detail = fmt.Sprintf("%d entries, at least %d are expected", r.items, p.Expect.Min)
	case r.items > p.Expect.Max:
		trouble.Detail = fmt.Sprintf("%d entries, at most %d are expected", r.items, p.Expect.Max)
	case len(r.entries)*2 < r.items:
		trouble.Detail = fmt.Sprintf("of %d entries only %d have a link", r.items, len(r.entries))
	case p.Date != "" && r.dated*2 < len(r.entries):
		trouble.Detail = fmt.Sprintf("of %d entries only %d have a date", len(r.entries), r.dated)
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

// page asks for one page of the listing, keeps it and counts it.
func (r *reader) page(ctx context.Context, at string) (qulaq.Snapshot, error) {
	origin := fetch.Redact(at) + "#" + langMark + string(r.lang)
	snap, attempts, err := r.c.get.Page(ctx, r.p.Archive(), origin, request(at, r.lang))
	l := r.look
	l.Attempts = append(l.Attempts, attempts...)
	if err == nil {
		l.Pages++
		l.Bytes += snap.Size
		l.Hashes = append(l.Hashes, snap.Hash)
	}
	return snap, err
}

func request(at string, lang listing.Lang) fetch.Request {
	return fetch.Request{URL: at, Header: http.Header{"Accept-Language": {string(lang)}, "Accept": {"text/html"}}}
}

// Check reads the first page of each listing and holds it against the profile. The error is as of Look; attempts are
// there with and without one.
func (c *Client) Check(ctx context.Context, p Profile) (attempts []fetch.Attempt, err error) {
	for _, lang := range p.Langs() {
		l := listing.Look{}
		r := reader{c: c, p: p, lang: lang, look: &l}
		for _, start := range p.Listings[lang] {
			var snap qulaq.Snapshot
			if snap, err = r.page(ctx, start); err == nil {
				var got read
				if got, err = p.page(snap, lang, &r.found); err == nil {
					err = p.expected(got, snap.Origin, true, got.next != nil)
				}
			}
			if err != nil {
				return append(attempts, l.Attempts...), err
			}
		}
		attempts = append(attempts, l.Attempts...)
	}
	return attempts, nil
}

// IsListing says whether what the archive holds of an origin is a page of a listing, and not an entry's page or file.
func IsListing(origin string) bool {
	u, err := url.Parse(origin)
	return err == nil && strings.HasPrefix(u.Fragment, langMark)
}

// Entries reads an archived page of a listing again and gives its entries one by one, in the order of the page. It
// needs no network. The error is that of each as it is, or a *qulaq.Error whose reason is a *listing.Trouble.
func (p Profile) Entries(snap qulaq.Snapshot, each func(listing.Entry) error) error {
	at, err := url.Parse(snap.Origin)
	if err != nil {
		return changed(snap, "its address cannot be parsed")
	}
	lang, _ := strings.CutPrefix(at.Fragment, langMark)
	var found listing.Findings
	r, err := p.page(snap, listing.Lang(lang), &found)
	if err == nil {
		err = p.expected(r, snap.Origin, false, false)
	}
	if err != nil {
		return err
	}
	for _, e := range r.entries {
		if err := each(e); err != nil {
			return err
		}
	}
	return nil
}

// Detailed is an entry with what its own page says.
type Detailed struct {
	Entry    listing.Entry
	Page     qulaq.Snapshot  // of the entry; zero when it was not needed
	Attempts []fetch.Attempt // none when the page was in the archive, or not needed
	Findings []qulaq.Finding
}

// Detail adds to an entry what stands behind its link: the file that it leads to; else, with a Body in the profile, the
// text of its page and more files. A page that could be read is fetched once; what changes on it later is not seen.
// Errors are as of Look.
func (c *Client) Detail(ctx context.Context, p Profile, e listing.Entry) (Detailed, error) {
	if known, ok := c.Kept(p, e); ok {
		return known, nil
	}
	d := Detailed{Entry: e}
	snap, attempts, err := c.get.Page(ctx, p.Archive(), fetch.Redact(e.URL), request(e.URL, e.Lang))
	if err == nil {
		d, err = p.detail(snap, e)
	}
	d.Attempts = attempts
	return d, err
}

// Kept is Detail by what the archive holds alone. ok is false, and the entry as it was, where its page is wanted and
// was never read: what came in its place, a captcha, say, does not count.
func (c *Client) Kept(p Profile, e listing.Entry) (d Detailed, ok bool) {
	d.Entry = e
	if f, isFile := linkedFile(e.URL); isFile {
		if !slices.Contains(e.Files, f) {
			d.Entry.Files = append(slices.Clone(e.Files), f)
		}
		return d, true
	}
	if p.Body == "" {
		return d, true
	}
	snap, seen := c.get.Known(p.Archive(), fetch.Redact(e.URL))
	if !seen {
		return d, false
	}
	known, err := p.detail(snap, e)
	if err != nil {
		return d, false
	}
	return known, true
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
	d.Page = snap
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
