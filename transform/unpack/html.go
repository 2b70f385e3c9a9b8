package unpack

import (
	"io"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html/charset"
)

// titleBytes is how much of a page is read for its title. Titles stand at the beginning.
const titleBytes = 64 << 10

// Title returns the title of an HTML page, fit to be shown, or "" when its first 64 KiB hold none. The
// encoding is taken from the page. A page that cannot be read has no title: the caller is about to report
// the page itself.
func Title(page io.Reader) string {
	text, err := charset.NewReader(io.LimitReader(page, titleBytes), "text/html")
	if err != nil {
		return ""
	}
	doc, err := goquery.NewDocumentFromReader(text)
	if err != nil {
		return ""
	}
	return Printable(doc.Find("title").First().Text())
}
