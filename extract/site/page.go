package site

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract/listing"
)

// Bounds of a page. Documents are for File, not for here.
const (
	maxPage  = 16 << 20
	maxBody  = 8 << 20
	maxTitle = 2000
	maxFiles = 200
)

// document reads an archived page of HTML. The parser refuses more than 512 elements within one another.
func document(snap qulaq.Snapshot) (*goquery.Document, *url.URL, error) {
	trouble := func(o listing.Outcome, form string, args ...any) error {
		return listing.Fail("read page", snap.Origin, &listing.Trouble{Outcome: o, Detail: fmt.Sprintf(form, args...)})
	}
	base, err := url.Parse(snap.Origin)
	if err != nil {
		return nil, nil, trouble(listing.ChangedShape, "its address cannot be parsed")
	}
	body, err := listing.Open(snap)
	if err != nil {
		return nil, nil, err
	}
	defer body.Close()
	text, err := io.ReadAll(io.LimitReader(body, maxPage+1))
	switch {
	case err != nil:
		return nil, nil, err
	case len(text) > maxPage:
		return nil, nil, trouble(listing.ChangedShape, "the page is larger than %d bytes", maxPage)
	case !listing.IsPage(text):
		return nil, nil, trouble(listing.ChangedShape, "no page of HTML: it begins %q", listing.Clip(string(text[:min(len(text), 200)]), 100))
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(listing.UTF8(text))))
	if err != nil {
		return nil, nil, trouble(listing.ChangedShape, "%s", err)
	}
	if href, ok := doc.Find("base[href]").First().Attr("href"); ok {
		if f, err := listing.Link(base, href); err == nil {
			if u, err := url.Parse(f.URL); err == nil {
				base = u
			}
		}
	}
	return doc, base, nil
}

// read is what one page of a listing gave.
type read struct {
	entries []listing.Entry
	items   int      // elements that are entries, whatever became of them
	dated   int      // entries with a date
	none    bool     // the page shows what the profile says an empty listing shows
	next    *url.URL // nil when there is none
	doc     *goquery.Document
}

// page reads one page of the listing.
func (p Profile) page(snap qulaq.Snapshot, lang listing.Lang, found *listing.Findings) (r read, err error) {
	doc, base, err := document(snap)
	if err != nil {
		return r, err
	}
	r.doc = doc
	items := doc.Find(p.Item)
	r.items = items.Length()
	items.EachWithBreak(func(i int, item *goquery.Selection) bool {
		if i >= p.Expect.Max {
			return false
		}
		if e, ok := p.entry(item, base, i, found); ok {
			e.Page, e.Index, e.Lang = snap.Hash, i, lang
			if !e.CreatedAt.IsZero() {
				r.dated++
			}
			r.entries = append(r.entries, e)
		}
		return true
	})
	r.none = p.Empty != "" && doc.Find(p.Empty).Length() > 0
	if p.Next != "" {
		if href, ok := doc.Find(p.Next).First().Attr("href"); ok {
			f, err := listing.Link(base, href)
			if err != nil {
				found.Add(listing.BadLink, "next", err.Error(), 0)
			} else if r.next, err = url.Parse(f.URL); err != nil {
				return r, err // Link has just made it
			}
		}
	}
	return r, nil
}

// entry reads one element of a listing.
func (p Profile) entry(item *goquery.Selection, base *url.URL, index int, found *listing.Findings) (e listing.Entry, ok bool) {
	line := index + 1
	link := item
	if p.Link != "" {
		link = item.Find(p.Link).First()
	}
	title := link
	if p.Title != "" {
		title = item.Find(p.Title).First()
	}
	href, ok := link.Attr("href")
	if !ok {
		found.Add(listing.NoID, "", "an entry without a link", line)
		return e, false
	}
	to, err := listing.Link(base, href)
	if err != nil {
		found.Add(listing.BadLink, "link", err.Error(), line)
		return e, false
	}
	e = listing.Entry{ID: idOf(to.URL), URL: to.URL, Title: listing.Clip(title.Text(), maxTitle)}
	if e.Title == "" {
		found.Add(listing.BadField, "title", "an entry without a title", line)
	}
	if p.Date != "" {
		e.CreatedAt, ok = p.date(item.Find(p.Date).First())
		if !ok {
			found.Add(listing.BadField, "date", "no date: "+item.Find(p.Date).First().Text(), line)
		}
	}
	e.Files = p.files(item, base, line, found)
	return e, true
}

// idOf names an entry by its address: sixteen hexadecimal digits, which stay the same when the site moves to https or
// takes www. before its name. Where ids stand in the warehouse, a slash parts them from what follows.
func idOf(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	sum := sha256.Sum256([]byte(strings.TrimPrefix(rest, "www.")))
	return hex.EncodeToString(sum[:8])
}

func (p Profile) date(at *goquery.Selection) (time.Time, bool) {
	stated, _ := at.Attr("datetime")
	for _, text := range []string{listing.Clip(stated, 100), listing.Clip(at.Text(), 100)} {
		for _, form := range p.DateForms {
			if t, err := time.ParseInLocation(form, text, qulaq.Almaty()); err == nil && t.Year() > 1990 && t.Year() < 2100 {
				return t, true
			}
		}
	}
	return time.Time{}, false
}

// files reads the links to files below an element, each once.
func (p Profile) files(in *goquery.Selection, base *url.URL, line int, found *listing.Findings) (all []listing.File) {
	if p.File == "" {
		return nil
	}
	seen := map[string]bool{}
	in.Find(p.File).EachWithBreak(func(_ int, a *goquery.Selection) bool {
		href, ok := a.Attr("href")
		if !ok {
			return true
		}
		f, err := listing.Link(base, href)
		switch {
		case err != nil:
			found.Add(listing.BadLink, "file", err.Error(), line)
		case len(all) == maxFiles:
			found.Add(listing.BadField, "file", fmt.Sprintf("more than %d files", maxFiles), line)
			return false
		case !seen[f.URL]:
			seen[f.URL] = true
			f.Bytes = -1 // a number in the name means a size on gov.kz only
			all = append(all, f)
		}
		return true
	})
	return all
}
