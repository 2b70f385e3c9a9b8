package fetch

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/qulaq-kz/qulaq"
)

// trouble is why a try did not do, and what follows from it.
type trouble struct {
	err      error
	kind     qulaq.Kind
	hint     string
	again    bool          // another try may help
	wait     time.Duration // what the server asked for
	ofReader bool          // not ours: the one who reads the body failed
	noAnswer bool          // of the network: no answer, or not all of it
	status   StatusError   // 0 when the trouble is another
}

// refused reports whether the server would not talk to us, for whatever reason of its own. The one who reads
// the body may find that out too: from a captcha.
func (t *trouble) refused() bool {
	return t.noAnswer || t.ofReader && qulaq.KindOf(t.err) == qulaq.Blocked || slices.Contains([]StatusError{401, 403, 407, 429, 451, 503}, t.status)
}

// follow sends one request and those that its redirects ask for.
func (c *Client) follow(ctx context.Context, q request, read func(*Response) error, attempts *[]Attempt) *trouble {
	to := q.url
	for range 1 + maxRedirects {
		if q.crawl {
			if t := c.leave(ctx, to, attempts); t != nil {
				return t
			}
		}
		next, t := c.attempt(ctx, q, to, read, attempts)
		if t != nil || next == nil {
			return t
		}
		to = next
	}
	return contract(fmt.Errorf("more than %d redirects", maxRedirects))
}

func contract(err error) *trouble { return &trouble{err: err, kind: qulaq.Contract} }

// attempt waits for the turn at the host, sends one request and records it. next is where it was
// redirected to.
func (c *Client) attempt(ctx context.Context, q request, to *url.URL, read func(*Response) error, attempts *[]Attempt) (next *url.URL, t *trouble) {
	turn, err := c.hosts.wait(ctx, strings.ToLower(to.Hostname()))
	switch {
	case errors.Is(err, ErrResting):
		return nil, &trouble{err: err, kind: qulaq.Transient, hint: "look at the errors before it; the next run asks again"}
	case err != nil:
		return nil, &trouble{err: err, kind: qulaq.Transient}
	}
	defer turn.end()
	a := Attempt{At: c.options.Clock(), URL: redact(to)}
	next, t = c.hop(ctx, q, to, read, &a)
	a.Duration = c.options.Clock().Sub(a.At)
	if t != nil {
		a.Error = t.err.Error()
	}
	*attempts = append(*attempts, a)
	tell(ctx, a)
	switch {
	case ctx.Err() != nil: // we gave up, nobody refused
	case t == nil || !t.refused():
		turn.answered()
	default:
		if turn.refused() {
			t.again = false
		}
	}
	return next, t
}

// hop sends one request and deals with its answer.
func (c *Client) hop(ctx context.Context, q request, to *url.URL, read func(*Response) error, a *Attempt) (next *url.URL, t *trouble) {
	ctx, watch, end := watched(ctx, c.options.Silence)
	defer end()
	resp, err := c.transport.RoundTrip(c.request(q, to).WithContext(ctx))
	watch.stop()
	if err != nil {
		return nil, ofNetwork(causeOr(ctx, err), to != q.url)
	}
	defer resp.Body.Close()
	a.Status = resp.StatusCode
	b := &body{ctx: ctx, from: resp.Body, watch: watch, limit: c.options.MaxBytes}
	defer func() { a.Bytes = b.count }()

	switch resp.StatusCode {
	case http.StatusOK:
		return nil, deliver(resp, to, b, q.mayBeEmpty, read)
	case http.StatusNotModified:
		if len(q.conditional) == 0 {
			return nil, contract(fmt.Errorf("%w to a request without a condition", StatusError(resp.StatusCode)))
		}
		if err := read(response(resp, to, http.NoBody)); err != nil {
			return nil, &trouble{err: err, ofReader: true}
		}
		return nil, nil
	}
	io.CopyN(io.Discard, b, 4<<10) // a short answer read to its end leaves the connection good for the next
	switch resp.StatusCode {
	case 301, 302, 303, 307, 308:
		if q.body != nil {
			return nil, contract(errors.New("a redirect of a question that was posted"))
		}
		return c.redirect(q, to, resp.Header.Get("Location"))
	}
	t = verdict(resp.StatusCode)
	t.wait = retryAfter(resp.Header, c.options.Clock())
	return nil, t
}

// request builds the request to one address. Headers of the caller go to the host he named and to no other.
func (c *Client) request(q request, to *url.URL) *http.Request {
	h := http.Header{"Accept": {"*/*"}}
	if strings.EqualFold(to.Host, q.url.Host) {
		maps.Copy(h, q.own)
	}
	maps.Copy(h, q.conditional)
	h.Set("User-Agent", c.options.UserAgent)
	h.Set("Accept-Encoding", "identity") // also keeps the transport from asking for gzip and unpacking it
	r := &http.Request{Method: http.MethodGet, URL: to, Host: to.Host, Header: h}
	if q.body != nil {
		r.Method, r.ContentLength = http.MethodPost, int64(len(q.body))
		r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(q.body)), nil }
		r.Body, _ = r.GetBody()
	}
	return r
}

// redirect decides whether to go where the server points.
func (c *Client) redirect(q request, from *url.URL, location string) (*url.URL, *trouble) {
	to, err := from.Parse(location)
	switch {
	case location == "" || err != nil:
		return nil, contract(errors.New("a redirect without a usable location"))
	case to.Scheme != "https" && (to.Scheme != "http" || from.Scheme == "https"):
		return nil, contract(fmt.Errorf("a redirect from %s to %s", from.Scheme, redact(to)))
	case !strings.EqualFold(to.Hostname(), q.url.Hostname()) && !c.named(to):
		t := contract(fmt.Errorf("a redirect to the host %q that no source names", to.Hostname()))
		t.hint = "if you trust that host, name it as a source's address"
		return nil, t
	}
	to.User, to.Fragment, to.RawFragment = nil, "", ""
	return to, nil
}

// deliver gives a body to read.
func deliver(resp *http.Response, from *url.URL, b *body, mayBeEmpty bool, read func(*Response) error) *trouble {
	// The archive and the readers know gzip and zstd by their first bytes, so a server that packs
	// without being asked does no harm with these.
	if e := strings.ToLower(resp.Header.Get("Content-Encoding")); !slices.Contains([]string{"", "identity", "gzip", "x-gzip", "zstd"}, e) {
		return contract(fmt.Errorf("the body is packed as %q, identity was asked for", e))
	}
	if resp.ContentLength > b.limit {
		return contract(fmt.Errorf("%w: %d bytes are announced, the limit is %d", errTooLarge, resp.ContentLength, b.limit))
	}
	buffered := bufio.NewReader(b)
	if _, err := buffered.Peek(1); err == io.EOF && !mayBeEmpty {
		t := contract(errors.New("HTTP 200 with an empty body"))
		t.hint = "an empty answer is what some servers give without a key or a right: check the address and the credentials"
		return t
	}
	if b.trouble() == nil {
		if err := read(response(resp, from, buffered)); err != nil && b.trouble() == nil {
			return &trouble{err: err, ofReader: true}
		}
	}
	switch err := b.trouble(); {
	case err == nil:
		return nil
	case errors.Is(err, errTooLarge):
		return contract(err)
	default:
		return ofNetwork(err, false)
	}
}

func response(resp *http.Response, from *url.URL, body io.Reader) *Response {
	named := resp.Header.Get("Content-Type")
	kind, _, err := mime.ParseMediaType(named)
	if err != nil {
		kind, _, _ = strings.Cut(strings.ToLower(named), ";")
	}
	return &Response{
		Status: resp.StatusCode, URL: redact(from), Size: resp.ContentLength, Body: body,
		MediaType: strings.TrimSpace(kind), ETag: resp.Header.Get("ETag"), LastModified: resp.Header.Get("Last-Modified"),
	}
}

// ofNetwork sorts what went wrong below HTTP.
func ofNetwork(err error, redirected bool) *trouble {
	var private privateError
	var certificate *tls.CertificateVerificationError
	var name *net.DNSError
	switch {
	case errors.As(err, &private) && redirected:
		return contract(fmt.Errorf("a redirect to a place that is not public: %w", err))
	case errors.As(err, &private):
		return &trouble{
			err: err, kind: qulaq.Configuration,
			hint: "sources live on public addresses; for trials set network.allow_private",
		}
	case errors.As(err, &certificate):
		return &trouble{
			err: err, kind: qulaq.Configuration,
			hint: "the server does not prove who it is: check the address, the clock of this machine and its root certificates",
		}
	case errors.As(err, &name):
		return &trouble{err: err, kind: qulaq.Transient, again: true, noAnswer: true, hint: "check the address and the network"}
	}
	return &trouble{err: err, kind: qulaq.Transient, again: true, noAnswer: true}
}

// verdicts say what an answer means that is no file. The first row that holds the status counts.
var verdicts = []struct {
	from, to int
	kind     qulaq.Kind
	again    bool
	hint     string
}{
	{429, 429, qulaq.Transient, true, "the server asks us to slow down: raise the pause between requests"},
	{503, 503, qulaq.Transient, true, ""},
	{500, 599, qulaq.Transient, false, ""}, // asked again at once, a broken server only breaks again
	{401, 401, qulaq.Blocked, false, "give credentials: header: \"Authorization: Bearer ${NAME}\", with NAME from the environment"},
	{403, 403, qulaq.Blocked, false, "the server refuses us: check the credentials in the header and their environment variable, or ask its keeper"},
	{407, 407, qulaq.Blocked, false, "a proxy on the way asks for credentials"},
	{451, 451, qulaq.Blocked, false, "the server refuses for legal reasons: ask its keeper"},
	{404, 404, qulaq.Configuration, false, "there is nothing at this address: check it"},
	{410, 410, qulaq.Configuration, false, "what was at this address is gone for good: ask for the new one"},
	{0, 999, qulaq.Contract, false, "the server does not answer as a file server does: try the address by hand"},
}

func verdict(status int) *trouble {
	t := &trouble{err: StatusError(status), status: StatusError(status)}
	for _, v := range verdicts {
		if v.from <= status && status <= v.to {
			t.kind, t.again, t.hint = v.kind, v.again, v.hint
			break
		}
	}
	return t
}
