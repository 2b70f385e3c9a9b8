package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/qulaq-kz/qulaq"
)

var (
	// ErrRobots is the reason of an error of kind Blocked: the site asks programs not to read the address.
	ErrRobots = errors.New("robots.txt does not allow it")
	// ErrResting is the reason of an error of kind Transient: the host refused so often that it is left alone.
	ErrResting = errors.New("the host rests")
)

// oneRun is how long what was learned about a host holds: longer than any run takes, shorter than from one
// night to the next.
const oneRun = 12 * time.Hour

// robots remembers what the robots.txt of every host said.
type robots struct {
	mu sync.Mutex
	of map[string]*book
}

// book is the robots.txt of one scheme, host and port. Its lock is held while it is asked for.
type book struct {
	mu    sync.Mutex
	asked time.Time // zero before the first answer
	rules rules
}

func (r *robots) book(of *url.URL) *book {
	r.mu.Lock()
	defer r.mu.Unlock()
	key := of.Scheme + "://" + strings.ToLower(of.Host)
	b := r.of[key]
	if b == nil {
		b = &book{}
		r.of[key] = b
	}
	return b
}

// leave asks whether a crawling request may go to an address: its host must be one that the sources name,
// and its robots.txt must allow it. nil is leave.
func (c *Client) leave(ctx context.Context, to *url.URL, attempts *[]Attempt) *trouble {
	if !c.named(to) {
		return &trouble{
			err: fmt.Errorf("the host %q is not one that a source names", to.Hostname()), kind: qulaq.Contract,
			hint: "if you trust that host, name it as a source's address",
		}
	}
	b := c.robots.book(to)
	b.mu.Lock()
	defer b.mu.Unlock()
	if now := c.options.Clock(); b.asked.IsZero() || now.Sub(b.asked) > oneRun {
		r, t := c.askRobots(ctx, to, attempts)
		if t != nil {
			return t
		}
		b.asked, b.rules = now, r
		c.hosts.delay(to.Hostname(), min(r.delay, c.options.MaxCrawlDelay))
	}
	target := to.EscapedPath()
	if target == "" {
		target = "/"
	}
	if to.RawQuery != "" {
		target += "?" + to.RawQuery
	}
	if !b.rules.allows(target) {
		return &trouble{err: ErrRobots, kind: qulaq.Blocked, hint: "the site asks programs not to read this address: ask its keeper for leave"}
	}
	return nil
}

// named reports whether the sources name the address's host.
func (c *Client) named(u *url.URL) bool {
	return slices.ContainsFunc(c.options.Hosts, func(h string) bool { return strings.EqualFold(h, u.Hostname()) })
}

// askRobots asks for the rules of an address's host. That there are none (any 4xx but 429) allows everything;
// that nobody could say allows nothing for now.
func (c *Client) askRobots(ctx context.Context, of *url.URL, attempts *[]Attempt) (rules, *trouble) {
	var text []byte
	q := request{
		url: &url.URL{Scheme: of.Scheme, Host: of.Host, Path: "/robots.txt"},
		own: http.Header{}, conditional: http.Header{}, mayBeEmpty: true,
	}
	t := c.persist(ctx, q, func(r *Response) (err error) {
		text, err = readSome(r.Body)
		return err
	}, attempts)
	var status StatusError
	switch {
	case t == nil:
		return readRobots(text, token(c.options.UserAgent)), nil
	case errors.As(t.err, &status) && 400 <= status && status < 500 && status != http.StatusTooManyRequests:
		return rules{}, nil
	}
	return rules{}, &trouble{
		err: fmt.Errorf("asking for robots.txt: %w", t.err), kind: qulaq.Transient,
		hint: "nothing of a host is read while nobody knows whether it may be",
	}
}

// readSome reads the beginning of a robots.txt, unpacked where the server packed it without being asked.
func readSome(body io.Reader) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(body, maxRobots))
	if err != nil || !bytes.HasPrefix(text, []byte("\x1f\x8b")) {
		return text, err
	}
	z, err := gzip.NewReader(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(z, maxRobots))
}
