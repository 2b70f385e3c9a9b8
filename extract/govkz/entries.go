package govkz

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract/listing"
)

// enough is how many cards must lack a field that some entries may lack before that is a change of shape.
const enough = 5

// Read is what the reading of one archived page gave.
type Read struct {
	Cards    int // elements of the page, whatever became of them
	Entries  int // of them given to each
	Findings []qulaq.Finding
}

// page is a page while it is read.
type page struct {
	hash qulaq.Hash
	base *url.URL
	slug string
	lang listing.Lang

	cards, empty, unread int
	has                  map[string]int // field → cards that have it in its form; of the fields that are read
	found                listing.Findings
}

// IsListing says whether what the archive holds of an origin is a page of a listing, and not a file.
func IsListing(origin string) bool {
	at, err := url.Parse(origin)
	return err == nil && at.Path == documentsPath && at.Query().Get("projects") != ""
}

// Entries reads an archived page of a listing again and gives its entries one by one, in the order of the
// page. It needs no network and holds one entry in memory. Entries and its Look give the same, but for what
// Look leaves out as repeated.
//
// The error is that of each as it is, or a *qulaq.Error whose reason is a *listing.Trouble where the page
// is cut, of HTML, no array, or where fields that are needed are not there; then entries may have been given
// already, and are good.
func Entries(snap qulaq.Snapshot, each func(listing.Entry) error) (Read, error) {
	p, err := newPage(snap)
	if err != nil {
		return Read{}, err
	}
	r, err := p.read(snap, each)
	r.Cards, r.Findings = p.cards, p.found.List()
	return r, err
}

// newPage takes from a snapshot's origin what was asked for.
func newPage(snap qulaq.Snapshot) (*page, error) {
	at, err := url.Parse(snap.Origin)
	if err != nil || !strings.HasPrefix(snap.Source, archivePrefix) || at.Host == "" || at.Query().Get("projects") == "" {
		return nil, &qulaq.Error{Op: "read listing", Object: snap.Origin, Kind: qulaq.Bug, Err: errors.New("no page of a listing of gov.kz")}
	}
	lang, _ := strings.CutPrefix(at.Fragment, langMark)
	base := &url.URL{Scheme: at.Scheme, Host: at.Host, Path: "/"}
	return &page{hash: snap.Hash, base: base, slug: at.Query().Get("projects"), lang: listing.Lang(lang), has: map[string]int{}}, nil
}

func (p *page) read(snap qulaq.Snapshot, each func(listing.Entry) error) (r Read, err error) {
	trouble := func(o listing.Outcome, form string, args ...any) error {
		return listing.Fail("read listing", snap.Origin, &listing.Trouble{Outcome: o, Detail: fmt.Sprintf(form, args...)})
	}
	body, err := listing.Open(snap)
	if err != nil {
		return r, err
	}
	defer body.Close()
	in := bufio.NewReader(body)
	head, err := in.Peek(512)
	if err != nil && err != io.EOF {
		return r, err
	}
	if listing.IsPage(head) {
		text, err := io.ReadAll(io.LimitReader(in, 256<<10))
		if err != nil {
			return r, err
		}
		return r, listing.Fail("read listing", snap.Origin, listing.Unexpected(text))
	}
	if strings.HasPrefix(string(head), "\uFEFF") {
		if _, err := in.Discard(len("\uFEFF")); err != nil {
			return r, err
		}
	}

	var ofEach error
	err = eachElement(in, func(raw []byte, size int64) error {
		e, ok := p.card(raw, size, p.cards)
		if !ok {
			return nil
		}
		r.Entries++
		ofEach = each(e)
		return ofEach
	})
	switch {
	case ofEach != nil:
		return r, ofEach
	case errors.Is(err, io.ErrUnexpectedEOF):
		return r, trouble(listing.Cut, "the page ends in the middle, behind %d entries", p.cards)
	case errors.Is(err, errNoArray), errors.Is(err, errTrailing), errors.Is(err, errTooMany):
		return r, trouble(listing.ChangedShape, "%s: it begins %q", err, listing.Clip(string(head), 100))
	case err != nil:
		return r, err // of the archive, or of what was packed
	}
	if why := p.changed(); why != "" {
		return r, trouble(listing.ChangedShape, "%s", why)
	}
	return r, nil
}

// changed says why a page is not of the shape that is known, or nothing. One entry may lack anything; a page
// is of another shape when most of its entries do.
func (p *page) changed() string {
	if p.cards == 0 {
		return ""
	}
	if whole := p.cards - p.empty - p.unread; whole*2 < p.cards {
		return fmt.Sprintf("of %d entries %d are empty and %d cannot be read", p.cards, p.empty, p.unread)
	}
	filled := p.cards - p.empty
	for _, name := range neededAlways {
		if p.has[name]*2 < filled {
			return fmt.Sprintf("only %d of %d entries have a field %q", p.has[name], filled, name)
		}
	}
	for _, name := range neededOften {
		if p.has[name] == 0 && filled >= enough {
			return fmt.Sprintf("none of %d entries has a field %q", filled, name)
		}
	}
	return ""
}
