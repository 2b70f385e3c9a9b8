package pipelines

import (
	"html"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq/extract/listing"
	"github.com/qulaq-kz/qulaq/transform/plan"
)

// candidate says whether an entry may be a plan or a paper on meetings: its title says so, or what stands above the
// first table of its text does. A plan may come under a title such as "information for residents".
func candidate(plans *plan.Reader, e listing.Entry) bool {
	return plans.Candidate(e.Title) || plans.Candidate(caption(e.Content))
}

// captionBytes is how much of a text is read before its first table.
const captionBytes = 2 << 10

var (
	firstTable = regexp.MustCompile(`(?i)<table[\s>]`)
	markup     = regexp.MustCompile(`<[^<>]*>`)
)

// caption returns what stands above the first table of a text in HTML, as far as the last few hundred words; "" where
// there is no table.
func caption(content string) string {
	at := firstTable.FindStringIndex(content)
	if at == nil {
		return ""
	}
	before := content[:at[0]]
	if cut := len(before) - captionBytes; cut > 0 {
		for !utf8.RuneStart(before[cut]) {
			cut++
		}
		before = before[cut:]
	}
	return strings.Join(strings.Fields(html.UnescapeString(markup.ReplaceAllString(before, " "))), " ")
}
