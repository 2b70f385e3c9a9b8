// Package listing holds what all listings of publications have in common, whether an API gives them or a
// page of HTML: what one entry is, what a look at a listing found out, and how pages and files are got into
// the archive. That nothing is published, that nobody answered and that the page changed are different
// outcomes here, and stay so.
//
// Where to look:
//
//	listing.go  Entry, File, Look, Outcome
//	reading.go  Reading: which entries came on which page, and which stand in the place of another
//	get.go      Getter: a page or a file, by the polite client into the archive
//	judge.go    what an error or an unexpected page means: refusal, login page, captcha, another shape
//	marks.tsv   by what login pages and captchas are known
//	find.go     findings, counted and bounded
//	text.go     texts of any encoding, fit to be kept
//	yaml.go     an operator's file
package listing

import (
	"time"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract/fetch"
)

// Outcome says how a look at a listing ended.
type Outcome string

// The outcomes. Only the first two say anything about what was published.
const (
	Healthy      Outcome = "healthy"       // read to its end, with entries
	Empty        Outcome = "empty"         // read to its end, and there are none
	Refused      Outcome = "refused"       // HTTP 401, 403, 429, robots.txt: somebody does not want us
	Unreachable  Outcome = "unreachable"   // no answer, HTTP 5xx, a host that rests
	ChangedShape Outcome = "changed_shape" // an answer, and not one that can be understood: the address is gone, fields are others
	LoginPage    Outcome = "login_page"    // a page that asks who we are
	Captcha      Outcome = "captcha"       // a page that asks whether we are people
	Cut          Outcome = "cut"           // the answer ends in its middle, or we stopped before the end
)

// Lang is a language in which a listing was asked for: "ru", "kk" or "en". What an entry is really written
// in may differ.
type Lang string

// Entry is one publication as a listing shows it.
type Entry struct {
	ID    string // the publisher's own, or the address; unique within a source
	Title string // plain text on one line
	URL   string // the page for people; empty when not known
	// CreatedAt is when it was published, as the publisher says; zero when that is not told or no time.
	CreatedAt time.Time
	// Migrated says that CreatedAt is exactly midnight: on gov.kz that marks what was carried over from an
	// older site in 2019–2021, and is no time of publication.
	Migrated bool
	Lang     Lang
	// Content is the body as HTML, which may hold whole tables; empty when there is none.
	Content       string
	Files         []File
	Organisations []string // who publishes, by name
	Activities    []string // sections of the site
	Page          qulaq.Hash
	Index         int // in the page, from 0
}

// File is something attached to an entry.
type File struct {
	URL   string // absolute
	Name  string // last part of the address
	Bytes int64  // as its name announces; -1 when not told
}

// Look is what one look at a listing found out: the evidence that something was, or was not, to be seen.
type Look struct {
	Source   string // of the archive: "govkz/aqmola"
	Outcome  Outcome
	Detail   string // for a person; empty when Healthy or Empty
	Complete bool   // the end of the listing was seen: what is not among the entries is not listed
	Pages    int
	Entries  int   // different ones
	Bytes    int64 // of the pages
	// First and Last are the earliest and the latest CreatedAt, migrated entries left out.
	First, Last time.Time
	Hashes      []qulaq.Hash    // of the pages, in order
	Attempts    []fetch.Attempt // all requests, those for robots.txt too
	Findings    []qulaq.Finding
}

// Note counts an entry.
func (l *Look) Note(e Entry) {
	l.Entries++
	if e.CreatedAt.IsZero() || e.Migrated {
		return
	}
	if l.First.IsZero() || e.CreatedAt.Before(l.First) {
		l.First = e.CreatedAt
	}
	if e.CreatedAt.After(l.Last) {
		l.Last = e.CreatedAt
	}
}

// Close ends the look: it is complete when err is nil, and the outcome is that of err otherwise.
func (l *Look) Close(err error) {
	if err != nil {
		l.Outcome, l.Detail = Judge(err)
		return
	}
	l.Complete, l.Outcome = true, Healthy
	if l.Entries == 0 {
		l.Outcome = Empty
	}
}
