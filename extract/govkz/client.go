package govkz

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract"
	"github.com/qulaq-kz/qulaq/extract/fetch"
	"github.com/qulaq-kz/qulaq/extract/listing"
)

// BaseURL is where the platform is.
const BaseURL = "https://www.gov.kz"

// The paths of the API.
const (
	documentsPath = "/api/v1/public/content-manager/documents"
	graphqlPath   = "/graphql"
)

// langMark begins the fragment that the archive puts behind an address: the language is asked for in a
// header, so the address alone would not say it.
const langMark = "lang="

const (
	pageSize   = 100
	maxPages   = 2000    // of one listing; the largest known has some 340
	maxEntries = 500_000 // of one look
	maxBytes   = 8 << 30 // of one look; a hundred entries with their texts take some twenty megabytes
)

// Client reads the platform. It is safe for concurrent use.
type Client struct {
	base *url.URL
	get  listing.Getter

	mu    sync.Mutex
	first int // number of the first page; -1 while it is not known
}

// New returns a client of the platform at base, which is BaseURL but for trials. The host of base must be
// one of client's Hosts. A base that is no address is an error of kind Configuration.
func New(base string, client *fetch.Client, archive *extract.Archive) (*Client, error) {
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return nil, &qulaq.Error{
			Op: "set up gov.kz", Object: fetch.Redact(base), Kind: qulaq.Configuration,
			Err: errors.New("not an address"), Hint: "plans.base_url is " + BaseURL + ", or that of a trial",
		}
	}
	return &Client{base: u, get: listing.Getter{Client: client, Archive: archive}, first: -1}, nil
}

// Documents is the address of the listing of documents of a slug, on the platform at base.
func (Source) Documents(base *url.URL, slug string) string {
	return base.ResolveReference(&url.URL{Path: documentsPath, RawQuery: "projects=" + url.QueryEscape(slug)}).String()
}

// address is that of one page of a listing. after is left out when zero.
func (c *Client) address(slug string, page, size int, after time.Time) string {
	query := "projects=" + url.QueryEscape(slug) + "&page=" + strconv.Itoa(page) + "&size=" + strconv.Itoa(size) +
		"&sort-by=created_date:DESC"
	if !after.IsZero() {
		// In UTC: were the server to take it for local time, it would only give five hours more.
		query += "&created_date=gt:" + after.UTC().Format("2006-01-02T15:04:05")
	}
	return c.base.ResolveReference(&url.URL{Path: documentsPath, RawQuery: query}).String()
}

// page asks for one page, keeps it and counts it.
func (c *Client) page(ctx context.Context, s Source, lang listing.Lang, address string, l *listing.Look) (qulaq.Snapshot, error) {
	snap, attempts, err := c.get.Page(ctx, s.Archive(), address+"#"+langMark+string(lang), fetch.Request{
		URL: address, Header: http.Header{"Accept-Language": {string(lang)}, "Accept": {"application/json"}},
	})
	l.Attempts = append(l.Attempts, attempts...)
	if err == nil {
		l.Pages++
		l.Bytes += snap.Size
		l.Hashes = append(l.Hashes, snap.Hash)
	}
	return snap, err
}

// Look reads the listing of an akimat in one language, page after page until one is empty, under each of
// its slugs. With after set it asks for entries created later only; what a publisher dates back is missed
// then, so now and then a look without it is needed. Every page is in the archive before its entries are
// given to each, newest first; an entry that was given is not given again, on whichever page it is repeated.
// A listing of which an entry is displaced (see listing.Reading) is read twice, and the look is Cut when it is so again:
// what should have stood there was not shown. What slips from one page to another because something was taken off
// meanwhile is not noticed: that would take as many requests again.
//
// The look is complete exactly when the error is nil. An error of each ends the look and is returned as it
// is. Any other is a *qulaq.Error; listing.Judge says what it means, and so does the look's Outcome:
// Transient and Blocked as of fetch.Client.Get, Blocked for a login page or a captcha, Transient for a page
// that is cut, Contract for a page of another shape.
func (c *Client) Look(ctx context.Context, s Source, lang listing.Lang, after time.Time, each func(listing.Entry) error) (listing.Look, error) {
	l := listing.Look{Source: s.Archive()}
	var found listing.Findings
	r := reader{c: c, s: s, lang: lang, after: after, each: each, look: &l, found: &found, seen: map[string]bool{}}
	err := r.all(ctx)
	l.Findings = append(l.Findings, found.List()...)
	l.Close(err)
	return l, err
}

// reader is one look while it goes on.
type reader struct {
	c     *Client
	s     Source
	lang  listing.Lang
	after time.Time
	each  func(listing.Entry) error
	look  *listing.Look
	found *listing.Findings
	seen  map[string]bool // ids
}

func (r *reader) all(ctx context.Context) error {
	first, err := r.c.firstPage(ctx, r.s, r.lang, r.look)
	if err != nil {
		return err
	}
	for _, slug := range r.s.Slugs() {
		if err := r.slug(ctx, slug, first); err != nil {
			return err
		}
	}
	return nil
}

// slug reads the listing of a slug, and once more where an entry was displaced: it stands in the place of another, which
// may be one that was published meanwhile and moved the others on, or one that was never shown, where the server orders
// equal days anew for every page.
func (r *reader) slug(ctx context.Context, slug string, first int) error {
	displaced, err := r.pages(ctx, slug, first)
	if err != nil || displaced == nil {
		return err
	}
	if first == 0 { // page 0 may be page 1 again, had something been published while the numbering was asked
		r.c.forgetNumbering()
		if first, err = r.c.firstPage(ctx, r.s, r.lang, r.look); err != nil {
			return err
		}
	}
	if displaced, err = r.pages(ctx, slug, first); err != nil || displaced == nil {
		return err
	}
	return listing.Unstable(r.found, slug, displaced)
}

// pages reads a listing from its first page to the empty one, and returns the entries that stand in the place of others.
func (r *reader) pages(ctx context.Context, slug string, first int) (displaced []listing.Entry, err error) {
	var reading listing.Reading
	barren := 0 // pages in a row with nothing new
	for n := first; n < first+maxPages; n++ {
		snap, err := r.c.page(ctx, r.s, r.lang, r.c.address(slug, n, pageSize, r.after), r.look)
		if err != nil {
			return nil, err
		}
		fresh := false
		reading.Turn()
		read, err := Entries(snap, func(e listing.Entry) error {
			fresh = reading.Add(e) || fresh
			return r.entry(e)
		})
		r.look.Findings = append(r.look.Findings, read.Findings...)
		switch {
		case err != nil:
			return nil, err
		case read.Cards == 0:
			return reading.Displaced(true), nil
		case len(r.seen) > maxEntries:
			return nil, r.endless(snap, "more than %d entries", maxEntries)
		case r.look.Bytes > maxBytes:
			return nil, r.endless(snap, "more than %d bytes", int64(maxBytes))
		case fresh:
			barren = 0
		default:
			// Once it may be entries that were moved on; twice in a row it is a server that does not turn the page.
			if barren++; barren == 2 {
				return nil, r.endless(snap, "two pages in a row with nothing new")
			}
		}
	}
	return nil, r.endless(qulaq.Snapshot{Origin: slug}, "more than %d pages", maxPages)
}

func (r *reader) endless(at qulaq.Snapshot, form string, args ...any) error {
	return listing.Fail("read listing", at.Origin, &listing.Trouble{Outcome: listing.ChangedShape, Detail: fmt.Sprintf(form, args...)})
}

// entry gives an entry on unless it was given before.
func (r *reader) entry(e listing.Entry) error {
	if r.seen[e.ID] {
		return nil
	}
	r.seen[e.ID] = true
	if !e.CreatedAt.IsZero() && e.CreatedAt.Before(r.after) {
		r.found.Add(listing.FilterFailed, "created_date", "entries from before "+r.after.Format(time.RFC3339), e.Index+1)
	}
	r.look.Note(e)
	return r.each(e)
}

// File returns a file of an entry, from the archive when it was ever fetched; see listing.Getter.File.
func (c *Client) File(ctx context.Context, s Source, f listing.File) (listing.Fetched, error) {
	return c.get.File(ctx, s.Archive(), f)
}
