package govkz

import (
	"context"
	"errors"
	"time"

	"github.com/qulaq-kz/qulaq/extract/fetch"
	"github.com/qulaq-kz/qulaq/extract/listing"
)

// errFirst ends the reading of a page behind its first entry.
var errFirst = errors.New("the first entry is enough")

// firstPage finds out, once, by which number the first page goes: programs that use the API disagree about
// 0 and 1. It asks for the newest entry alone, as page 1 and then as page 0. When page 0 has an entry that
// page 1 has not, pages are counted from 0; when it has the same, nothing or is an error, from 1. A listing
// without entries tells nothing: then it is read from 1, and the next listing is asked.
func (c *Client) firstPage(ctx context.Context, s Source, lang listing.Lang, l *listing.Look) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.first >= 0 {
		return c.first, nil
	}
	one, err := c.newest(ctx, s, lang, 1, l)
	if err != nil {
		return 0, err
	}
	zero, err := c.newest(ctx, s, lang, 0, l)
	var status fetch.StatusError
	if errors.As(err, &status) && (status == 400 || status == 404 || status == 500) {
		zero, err = "", nil
	}
	switch {
	case err != nil:
		return 0, err
	case zero == "" && one == "":
		return 1, nil
	case zero == "" || zero == one:
		c.first = 1
	default:
		c.first = 0
	}
	return c.first, nil
}

// forgetNumbering has the number of the first page asked for again.
func (c *Client) forgetNumbering() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.first = -1
}

// newest returns the id of the first entry of a page of one entry, or "" when it has none.
func (c *Client) newest(ctx context.Context, s Source, lang listing.Lang, page int, l *listing.Look) (id string, err error) {
	snap, err := c.page(ctx, s, lang, c.address(s.Slug, page, 1, time.Time{}), l)
	if err != nil {
		return "", err
	}
	read, err := Entries(snap, func(e listing.Entry) error {
		id = e.ID
		return errFirst
	})
	if err != nil && err != errFirst && read.Cards == 0 { // one odd card is not the shape of all
		return "", err
	}
	return id, nil
}
