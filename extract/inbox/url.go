package inbox

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract"
	"github.com/qulaq-kz/qulaq/extract/fetch"
)

// URL is an address that gives an export.
type URL struct {
	Source  string // the profile that reads it
	URL     string // http or https
	Header  string // one header, "Name: value", or empty; it is never shown
	Archive *extract.Archive
	Client  *fetch.Client
}

// Look asks for the file. The request is conditional when the archive has what the address last gave;
// where the query holds a secret (see fetch.Redact) it never is, because the archive cannot tell two such
// addresses apart. An answer of 304 is known and not read.
//
// There is always one Found, with the attempts; trouble is in its Err, see fetch.Client.Get for the kinds.
// An HTML page is kept as the server called it, in Media: it is for readers to refuse. The error is not nil
// only when ctx has ended.
func (u URL) Look(ctx context.Context) ([]Found, []qulaq.Finding, error) {
	found := u.look(ctx)
	return []Found{found}, nil, context.Cause(ctx)
}

func (u URL) look(ctx context.Context) Found {
	found := Found{Origin: fetch.Redact(u.URL)}
	header, err := u.header()
	if err != nil {
		found.Err = err
		return found
	}
	request := fetch.Request{URL: u.URL, Header: header}
	last, seen := u.Archive.Latest(u.Source, found.Origin)
	if seen && u.Archive.Has(last.Hash) && !strings.Contains(found.Origin, fetch.Hidden) {
		request.ETag, request.LastModified = last.ETag, last.LastModified
	}
	found.Attempts, found.Err = u.Client.Get(ctx, request, func(r *fetch.Response) (err error) {
		if r.Status == http.StatusNotModified {
			found.Media = last.MediaType
			found.Snapshot, _ = u.Archive.Snapshot(u.Source, last.Hash)
			return nil
		}
		found.Media = r.MediaType
		found.Snapshot, err = u.Archive.Put(ctx, r.Body, extract.Sighting{
			Source: u.Source, Origin: found.Origin, Name: nameOf(u.URL),
			Status: r.Status, ETag: r.ETag, LastModified: r.LastModified, MediaType: r.MediaType,
		})
		found.New = err == nil
		return err
	})
	return found
}

// header reads the configured header. Its errors do not show it.
func (u URL) header() (http.Header, error) {
	if u.Header == "" {
		return nil, nil
	}
	name, value, ok := strings.Cut(u.Header, ":")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	if !ok || name == "" || value == "" {
		return nil, &qulaq.Error{
			Op: "read header for", Object: fetch.Redact(u.URL), Kind: qulaq.Configuration,
			Err:  errors.New("it is not a name, a colon and a value"),
			Hint: "write it like \"Authorization: Bearer ${TOKEN}\" and set the variable in the environment",
		}
	}
	return http.Header{http.CanonicalHeaderKey(name): {value}}, nil
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
