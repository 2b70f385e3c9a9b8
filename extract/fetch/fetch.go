package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/http/httpguts"

	"github.com/qulaq-kz/qulaq"
)

// maxRedirects is how many redirects one try follows.
const maxRedirects = 5

// Options of a Client. The zero value of a field means its default.
type Options struct {
	// UserAgent says who we are and where to complain: "qulaq/1.2 (+https://…)". It has no default.
	UserAgent string
	// Hosts are the host names that the sources name. A redirect may lead to one of them or to the
	// host that was asked, and nowhere else; a crawling request to one of them only.
	Hosts []string
	// AllowPrivate lets addresses on loopback, private and reserved networks be reached.
	AllowPrivate bool

	Pause    time.Duration // between two requests to one host; default 500 ms
	Tries    int           // of one Get, the first included; default 4
	Backoff  time.Duration // upper bound of the first wait between tries, doubled for each further; default 1 s
	MaxWait  time.Duration // the longest Retry-After that is waited for; default 5 min
	Silence  time.Duration // longest time without a byte, before the headers and within the body; default 3 min
	Deadline time.Duration // for one Get with all its tries, waits and the body; default 1 h
	MaxBytes int64         // of a body; default 16 GiB

	// MaxCrawlDelay is the longest Crawl-delay of a robots.txt that is kept in place of Pause; default 30 s.
	MaxCrawlDelay time.Duration
	// Refusals is after how many refusals in a row a host rests: no connection, a cut one, 401, 403, 407,
	// 429, 451, 503, an error of kind Blocked from the one who reads the body. One more than Tries at the least; default 5. It rests for twelve hours, which is to
	// say for the remainder of a run.
	Refusals int

	Clock    func() time.Time                           // default time.Now
	Sleep    func(context.Context, time.Duration) error // default Sleep; ends early with the cause of the context
	Rand     func() float64                             // in [0, 1); default rand.Float64
	Resolver *net.Resolver                              // default the system's
	TLS      *tls.Config                                // default the system's roots
}

func (o Options) defaults() Options {
	def(&o.Pause, 500*time.Millisecond)
	def(&o.Tries, 4)
	def(&o.Backoff, time.Second)
	def(&o.MaxWait, 5*time.Minute)
	def(&o.Silence, 3*time.Minute)
	def(&o.Deadline, time.Hour)
	def(&o.MaxBytes, 16<<30)
	def(&o.MaxCrawlDelay, 30*time.Second)
	def(&o.Refusals, 5)
	o.Refusals = max(o.Refusals, o.Tries+1)
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Sleep == nil {
		o.Sleep = Sleep
	}
	if o.Rand == nil {
		o.Rand = rand.Float64
	}
	return o
}

func def[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

// Client asks servers politely. It is safe for concurrent use; requests to one host wait for one another.
type Client struct {
	options   Options
	hosts     hosts
	robots    robots
	transport http.RoundTripper
}

// New returns a client. Without a UserAgent it is an error of kind Configuration.
func New(o Options) (*Client, error) {
	if !httpguts.ValidHeaderFieldValue(o.UserAgent) || o.UserAgent == "" {
		return nil, &qulaq.Error{
			Op: "set up fetching", Kind: qulaq.Configuration, Err: errors.New("no honest user agent"),
			Hint: "say who asks and where to complain, like: qulaq/1.2 (+https://…)",
		}
	}
	var forbidden []netip.Prefix
	if !o.AllowPrivate {
		var err error
		if forbidden, err = privateNetworks(); err != nil {
			return nil, &qulaq.Error{Op: "read table of private networks", Kind: qulaq.Bug, Err: err}
		}
	}
	return newClient(o.defaults(), forbidden), nil
}

func newClient(o Options, forbidden []netip.Prefix) *Client {
	dialer := &net.Dialer{Timeout: 30 * time.Second, Resolver: o.Resolver, Control: guard(forbidden)}
	return &Client{
		options: o,
		hosts:   hosts{pause: o.Pause, refusals: o.Refusals, clock: o.Clock, sleep: o.Sleep, of: map[string]*host{}},
		robots:  robots{of: map[string]*book{}},
		transport: &http.Transport{
			DialContext:            dialer.DialContext, // and no Proxy: see the package's comment
			TLSClientConfig:        o.TLS,
			TLSHandshakeTimeout:    30 * time.Second,
			ForceAttemptHTTP2:      true,
			MaxIdleConnsPerHost:    1,
			MaxConnsPerHost:        1,
			IdleConnTimeout:        time.Minute,
			MaxResponseHeaderBytes: 64 << 10,
		},
	}
}

// Close ends the connections that wait for another request; the server need not wait for them. The client may still be used.
func (c *Client) Close() {
	if t, ok := c.transport.(*http.Transport); ok {
		t.CloseIdleConnections()
	}
}

// Request asks for one address.
type Request struct {
	URL string // http or https; a user and password in it become a header
	// Header is sent to the host of URL only, and never shown: credentials, Accept-Language.
	Header http.Header
	// ETag and LastModified are what the server said of the copy at hand. With one of them the
	// request is conditional.
	ETag, LastModified string
	// Crawl says that the program found the address, or made it, and no operator named it: then its host
	// must be one of Options.Hosts, and robots.txt is asked for and obeyed, in redirects too.
	Crawl bool
	// Body makes the request a POST. It must be a question that changes nothing, for it may be sent more
	// than once. Its Content-Type stands in Header. It is not sent on to where a redirect points.
	Body []byte
}

// Response is what the server sent.
type Response struct {
	Status       int    // 200; or 304 of a conditional request: the copy at hand is still good
	URL          string // redacted, after redirects
	MediaType    string // lower case, without parameters; empty when not told
	ETag         string
	LastModified string    // as sent
	Size         int64     // of the body, as announced; -1 when not told
	Body         io.Reader // empty with 304, never empty with 200; its errors belong to Get
}

// Attempt is one request that was sent, or could not be.
type Attempt struct {
	At       time.Time
	URL      string // redacted
	Status   int    // 0 when no answer came
	Error    string // why it did not do; empty when it did, and for a redirect that was followed
	Duration time.Duration
	Bytes    int64 // of the body that were read
}

// StatusError is the reason of an error about an answer that is neither 200 nor 304. Find it with
// errors.As.
type StatusError int

// Error returns the code and its meaning: "HTTP 404 Not Found".
func (s StatusError) Error() string {
	return strings.TrimSpace(fmt.Sprintf("HTTP %d %s", int(s), http.StatusText(int(s))))
}

// Get asks for an address and gives the answer to read, which may stop before the end of the body. The
// attempts are returned with and without an error.
//
// It tries again after trouble of the network, in the middle of a body too, and after 429 and 503: read
// may be called more than once, and starts afresh then. Redirects are followed, at most five of them.
//
// An error of read that is not one of the body is returned as it is. Any other is a *qulaq.Error:
//
//	Transient      the network, 429, 5xx, a Retry-After longer than MaxWait, Silence, Deadline, ctx, a
//	               host that rests (ErrResting), a robots.txt that could not be asked for
//	Contract       200 with an empty body, too large, packed in a way nobody asked for, a redirect to a
//	               foreign or private place, any other status; crawling to a host that no source names
//	Blocked        401, 403, 407, 451, robots.txt (ErrRobots)
//	Configuration  404, 410, an unusable address or header, a private address, an untrusted certificate
func (c *Client) Get(ctx context.Context, r Request, read func(*Response) error) ([]Attempt, error) {
	q, err := parse(r)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, c.options.Deadline, fmt.Errorf("%w: the limit is %s", errDeadline, c.options.Deadline))
	defer cancel()
	var attempts []Attempt
	t := c.persist(ctx, q, read, &attempts)
	switch {
	case t == nil:
		return attempts, nil
	case t.ofReader:
		return attempts, t.err
	}
	return attempts, &qulaq.Error{Op: "fetch", Object: redact(q.url), Kind: t.kind, Err: t.err, Hint: t.hint}
}

// persist tries until it is done, or until trying again is of no use.
func (c *Client) persist(ctx context.Context, q request, read func(*Response) error, attempts *[]Attempt) *trouble {
	for try := 1; ; try++ {
		t := c.follow(ctx, q, read, attempts)
		if t == nil || t.ofReader {
			return t
		}
		if t.again && try < c.options.Tries && ctx.Err() == nil {
			if t = c.rest(ctx, try, t); t == nil {
				continue
			}
		}
		if try > 1 {
			t.err = fmt.Errorf("%w (try %d)", t.err, try)
		}
		return t
	}
}

// rest waits before the next try. It returns the trouble that ends the trying, or nil.
func (c *Client) rest(ctx context.Context, try int, t *trouble) *trouble {
	if t.wait > c.options.MaxWait {
		then := c.options.Clock().Add(t.wait).In(qulaq.Almaty()).Format(time.RFC3339)
		t.err = fmt.Errorf("%w: the server asks to come back at %s", t.err, then)
		return t
	}
	wait := max(t.wait, backoff(try, c.options.Backoff, c.options.Rand()))
	if err := c.options.Sleep(ctx, wait); err != nil {
		t.err = fmt.Errorf("%w; waiting to try again: %w", t.err, err)
		return t
	}
	return nil
}

// request is a Request that was found usable.
type request struct {
	url         *url.URL // without user and password
	own         http.Header
	conditional http.Header
	body        []byte // of a POST
	crawl       bool
	mayBeEmpty  bool // 200 with an empty body is an answer
}

func parse(r Request) (request, error) {
	unusable := func(reason string) error {
		return &qulaq.Error{
			Op: "fetch", Object: Redact(r.URL), Kind: qulaq.Configuration, Err: errors.New(reason),
			Hint: "check the address and the header in the configuration",
		}
	}
	u, err := url.Parse(r.URL)
	if err != nil {
		return request{}, unusable("the address cannot be parsed") // the error would show it
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return request{}, unusable("the address is not http:// or https:// and a host")
	}
	q := request{own: r.Header.Clone(), conditional: http.Header{}, body: r.Body, crawl: r.Crawl}
	for name, values := range q.own {
		if !httpguts.ValidHeaderFieldName(name) {
			return request{}, unusable("the header's name is none")
		}
		if slices.ContainsFunc(values, func(v string) bool { return !httpguts.ValidHeaderFieldValue(v) }) {
			return request{}, unusable(fmt.Sprintf("the value of header %s is none", name))
		}
	}
	if q.own == nil {
		q.own = http.Header{}
	}
	if u.User != nil && q.own.Get("Authorization") == "" {
		password, _ := u.User.Password()
		basic := http.Request{Header: q.own}
		basic.SetBasicAuth(u.User.Username(), password)
	}
	if r.ETag != "" {
		q.conditional.Set("If-None-Match", r.ETag)
	}
	if r.LastModified != "" {
		q.conditional.Set("If-Modified-Since", r.LastModified)
	}
	bare := *u
	bare.User, bare.Fragment, bare.RawFragment = nil, "", ""
	q.url = &bare
	return q, nil
}
