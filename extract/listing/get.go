package listing

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract"
	"github.com/qulaq-kz/qulaq/extract/fetch"
)

// Getter gets pages and files, by the polite client into the archive. It is safe for concurrent use.
type Getter struct {
	Client  *fetch.Client
	Archive *extract.Archive
}

// Page asks for an address and keeps the answer, whatever it is. Origin is what the archive calls it: the
// address, made longer by what else the answer depends on. The snapshot has that origin, though its content
// may have been seen elsewhere before: links on the page count from where it is now.
func (g Getter) Page(ctx context.Context, source, origin string, r fetch.Request) (page qulaq.Snapshot, attempts []fetch.Attempt, err error) {
	r.Crawl = true
	attempts, err = g.Client.Get(ctx, r, func(resp *fetch.Response) (err error) {
		page, err = g.put(ctx, source, origin, resp, resp.Body)
		page.Origin = origin
		return err
	})
	return page, attempts, err
}

func (g Getter) put(ctx context.Context, source, origin string, r *fetch.Response, body io.Reader) (qulaq.Snapshot, error) {
	return g.Archive.Put(ctx, body, extract.Sighting{
		Source: source, Origin: origin, Name: nameOf(r.URL),
		Status: r.Status, ETag: r.ETag, LastModified: r.LastModified, MediaType: r.MediaType,
	})
}

// maxUnpacked bounds a page that the server packed.
const maxUnpacked = 1 << 30

// Open returns the bytes of a page from the archive, unpacked where the server packed them without being
// asked. Who reads them reads to their end: what is wrong with packed ones may show there only, as an error
// that is not io.EOF. The caller closes it.
func Open(page qulaq.Snapshot) (io.ReadCloser, error) {
	body, err := page.Open()
	if err != nil {
		return nil, err
	}
	in := bufio.NewReader(body)
	head, err := in.Peek(2)
	if err != nil && err != io.EOF {
		body.Close()
		return nil, err
	}
	if string(head) != "\x1f\x8b" {
		return opened{in, body}, nil
	}
	z, err := gzip.NewReader(in)
	if err != nil {
		body.Close()
		return nil, Fail("unpack", page.Origin, &Trouble{Cut, "it is packed, and cannot be unpacked: " + err.Error()})
	}
	return opened{&unpacking{io.LimitReader(z, maxUnpacked), page.Origin}, body}, nil
}

type opened struct {
	io.Reader
	io.Closer
}

// unpacking says what errors of packed bytes mean.
type unpacking struct {
	io.Reader
	origin string
}

func (u *unpacking) Read(p []byte) (int, error) {
	n, err := u.Reader.Read(p)
	if err != nil && err != io.EOF {
		err = Fail("unpack", u.origin, &Trouble{Cut, "it is packed, and cannot be unpacked: " + err.Error()})
	}
	return n, err
}

// Known returns what a source last gave for an origin, when the archive has it. The snapshot has that origin.
func (g Getter) Known(source, origin string) (qulaq.Snapshot, bool) {
	last, seen := g.Archive.Latest(source, origin)
	if !seen || !g.Archive.Has(last.Hash) {
		return qulaq.Snapshot{}, false
	}
	snap, ok := g.Archive.Snapshot(source, last.Hash)
	snap.Origin = origin
	return snap, ok
}

// Fetched is a file of an entry.
type Fetched struct {
	Snapshot qulaq.Snapshot
	New      bool            // fetched now; false when the archive had it
	Attempts []fetch.Attempt // none when the archive had it
	Findings []qulaq.Finding
}

// File returns a file of an entry: from the archive when it was ever fetched, since files are put under a
// new name when they change, and from the site otherwise. A page of HTML in place of a file of another kind
// is an error whose reason is a *Trouble, and is not kept; other errors are those of fetch.Client.Get.
func (g Getter) File(ctx context.Context, source string, f File) (got Fetched, err error) {
	origin := fetch.Redact(f.URL)
	var known bool
	if got.Snapshot, known = g.Known(source, origin); !known {
		got.New = true
		r := fetch.Request{URL: f.URL, Crawl: true}
		got.Attempts, err = g.Client.Get(ctx, r, func(resp *fetch.Response) (err error) {
			body := bufio.NewReaderSize(resp.Body, pageBytes)
			if head, err := body.Peek(512); err != nil && err != io.EOF {
				return err
			} else if IsPage(head) {
				page, err := body.Peek(pageBytes)
				if err != nil && err != io.EOF {
					return err
				}
				if t := Unexpected(page); t.Outcome != ChangedShape || !mayBePage(f.Name) {
					return Fail("fetch file", origin, t)
				}
			}
			got.Snapshot, err = g.put(ctx, source, origin, resp, body)
			return err
		})
		if err != nil {
			return Fetched{Attempts: got.Attempts}, err
		}
	}
	if f.Bytes >= 0 && f.Bytes != got.Snapshot.Size {
		var found Findings
		found.Add(SizeDiffers, f.Name, fmt.Sprintf("%d bytes are announced, %d came", f.Bytes, got.Snapshot.Size), 0)
		got.Findings = found.List()
	}
	return got, nil
}

func mayBePage(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm", ".xhtml", ".mht", ".xml", ".svg", ".doc", ".xls", "": // office programs save HTML under their old extensions
		return true
	}
	return false
}

// announced is the size in a name of gov.kz: the number before the extension.
var announced = regexp.MustCompile(`\.([0-9]{1,12})\.[A-Za-z0-9]{1,5}$`)

// maxLink is the longest address, in bytes: a name of 255 Cyrillic letters takes 1,530 of them.
const maxLink = 2000

// Link reads an address that stands on a page at base. One that is no http or https address, carries a
// password or is longer than maxLink is an error.
func Link(base *url.URL, text string) (File, error) {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > maxLink {
		return File{}, errors.New("no address of a usable length")
	}
	to, err := base.Parse(text)
	if err != nil {
		return File{}, errors.New("an address that cannot be parsed")
	}
	if to.Scheme != "http" && to.Scheme != "https" || to.Hostname() == "" || to.User != nil {
		return File{}, errors.New("an address that is not http:// or https:// and a host")
	}
	to.Fragment, to.RawFragment = "", ""
	to.RawQuery = escaped(to.RawQuery)
	shown := to.String()
	if again, err := url.Parse(shown); err != nil || again.Host != to.Host || len(shown) > maxLink {
		return File{}, errors.New("an address that is another once it is written") // "//::", for one
	}
	f := File{URL: shown, Name: nameOf(shown), Bytes: -1}
	if m := announced.FindStringSubmatch(f.Name); m != nil {
		f.Bytes, _ = strconv.ParseInt(m[1], 10, 64) // twelve digits always fit
	}
	return f, nil
}

// escaped writes a query in the bytes that an address may have; its parser takes any.
func escaped(query string) string {
	var b strings.Builder
	for _, c := range []byte(query) {
		if c <= ' ' || c >= 0x7f {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// nameOf returns the last part of an address's path, or its host.
func nameOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	if name := path.Base(u.Path); name != "/" && name != "." {
		return name
	}
	return u.Hostname()
}
