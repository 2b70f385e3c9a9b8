package govsim

import (
	"net/http"
	"strings"
	"sync"
	"time"
)

// Mishap is how an answer goes wrong. The zero value is an answer as it should be.
type Mishap struct {
	Times int // so many answers go wrong, then all is well; 0 means all of them

	Status     int               // of the answer, without a body worth reading: 403, 404, 429, 500, 503
	Header     map[string]string // besides: Retry-After, Location
	Body       string            // in place of the right one, with 200: a login page, a captcha, no JSON
	Media      string            // of Body; text/html unless said
	Drop       bool              // the connection is closed without a word
	CutAfter   int               // so many bytes of the right answer, then the connection is closed
	EndAfter   int               // so many bytes of the right answer, and the server says that this is all
	Wait       time.Duration     // before the answer
	Windows    bool              // the answer is in windows-1251, and no header says so
	Gzip       bool              // the answer is packed, unasked
	SizeCap    int               // pages have no more entries, whatever is asked for
	SamePage   bool              // every page is the first
	NoFilter   bool              // created_date is not looked at
	EmptyEvery int               // every nth entry is {}
	Empty      bool              // the listing has no entries any more
	Object     bool              // the array is the field "items" of an object
	Rename     map[string]string // fields of entries: old name → new; "" leaves the field out
}

// Pages that come in place of what was asked for.
const (
	LoginPage   = `<!doctype html><html><head><title>Вход в систему</title></head><body><form action="/auth"><input name="u"><input type="password" name="p"></form></body></html>`
	CaptchaPage = `<!doctype html><html><head><title>Проверка</title></head><body><p>Подтвердите, что вы не робот</p><img src="/captcha.png"></body></html>`
	ShellPage   = `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Единая платформа интернет-ресурсов государственных органов</title></head><body><div id="root"></div><script src="/main.js"></script></body></html>`
)

// Spoil makes what is asked for go wrong: the listing of a slug, or a path (of a file, "/graphql",
// "/robots.txt"). "*" is everything that has no mishap of its own. The zero Mishap puts it right again.
func (w *World) Spoil(slugOrPath string, m Mishap) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.mishaps[slugOrPath] = m
}

// RefuseAfter closes the connections of a client, by its address, after so many downloads of files. 0 means
// never. Forgive forgets what was downloaded.
func (w *World) RefuseAfter(downloads int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen.refuseAfter = downloads
}

// mishap takes the mishap of a slug or path, and counts it. The caller holds w.mu.
func (w *World) mishap(names ...string) Mishap {
	for _, name := range names {
		m, ok := w.mishaps[name]
		if !ok {
			continue
		}
		if m.Times > 0 {
			left := m
			if left.Times--; left.Times == 0 {
				delete(w.mishaps, name)
			} else {
				w.mishaps[name] = left
			}
		}
		return m
	}
	return Mishap{}
}

// seen is what the world noticed of its clients.
type seen struct {
	refuseAfter int
	downloads   map[string]int // client → files
	requests    []string

	crowd       sync.Mutex
	now, atOnce int
}

// enter counts a request that is being answered; leave ends it.
func (s *seen) enter() (leave func()) {
	s.crowd.Lock()
	defer s.crowd.Unlock()
	s.now++
	s.atOnce = max(s.atOnce, s.now)
	return func() {
		s.crowd.Lock()
		defer s.crowd.Unlock()
		s.now--
	}
}

// Requests returns every request so far: method and address.
func (w *World) Requests() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]string(nil), w.requests...)
}

// Count returns how many requests' addresses contain a text.
func (w *World) Count(part string) (n int) {
	for _, r := range w.Requests() {
		if strings.Contains(r, part) {
			n++
		}
	}
	return n
}

// AtOnce returns the most requests that were being answered at the same time.
func (w *World) AtOnce() int {
	w.crowd.Lock()
	defer w.crowd.Unlock()
	return w.atOnce
}

// Forget forgets all requests and downloads.
func (w *World) Forget() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.requests, w.downloads = nil, map[string]int{}
}

// drop closes the connection without a word. The server's handler ends with it.
func drop(http.ResponseWriter) { panic(http.ErrAbortHandler) }
