package pipelines

import (
	"context"
	"net/url"
	"path/filepath"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract/fetch"
	"github.com/qulaq-kz/qulaq/extract/inbox"
)

// looked is what a look at one place of a source found.
type looked struct {
	hashes   []qulaq.Hash
	twins    []Twin
	findings []qulaq.Finding
	errs     []error // of single files; the others were read
}

// look reads what is new at a place into the archive.
func (e *Environment) look(ctx context.Context, s ComplaintSource) (looked, error) {
	place, err := e.place(s)
	if err != nil {
		return looked{}, err
	}
	found, findings, err := place.Look(ctx)
	l := looked{findings: findings}
	first := map[qulaq.Hash]string{} // what lies there now, by its content
	for _, f := range found {
		if f.Err != nil {
			l.errs = append(l.errs, f.Err)
			continue
		}
		h, name := f.Snapshot.Hash, filepath.Base(f.Origin)
		l.hashes = append(l.hashes, h)
		if of, twice := first[h]; twice {
			l.twins = append(l.twins, Twin{Source: s.Source, Name: name, Of: of, Snapshot: h})
			continue
		}
		first[h] = name
	}
	return l, err
}

// place is where exports are found.
type place interface {
	Look(context.Context) ([]inbox.Found, []qulaq.Finding, error)
}

func (e *Environment) place(s ComplaintSource) (place, error) {
	if s.Path != "" {
		return inbox.Folder{Source: s.Source, Path: s.Path, Archive: e.Archive}, nil
	}
	client, err := e.client()
	if err != nil {
		return nil, err
	}
	return inbox.URL{Source: s.Source, URL: s.URL, Header: string(s.Header), Archive: e.Archive, Client: client}, nil
}

// client returns the polite client, one for all sources.
func (e *Environment) client() (*fetch.Client, error) {
	if e.http != nil {
		return e.http, nil
	}
	var hosts []string
	var addresses []string
	for _, s := range e.Config.Complaints {
		addresses = append(addresses, s.URL)
	}
	for _, s := range e.Config.Reports {
		addresses = append(addresses, s.URL)
	}
	for _, address := range addresses {
		if u, err := url.Parse(address); err == nil && u.Hostname() != "" {
			hosts = append(hosts, u.Hostname())
		}
	}
	n := e.Config.Network
	var err error
	e.http, err = fetch.New(fetch.Options{
		UserAgent: e.userAgent(), Hosts: hosts, AllowPrivate: n.AllowPrivate, Pause: n.Pause, Tries: n.Tries,
		Deadline: n.Timeout, MaxBytes: n.MaxBytes, Clock: e.Now,
	})
	return e.http, err
}

// RedactURL returns an address without its secrets.
func RedactURL(address string) string { return fetch.Redact(address) }
