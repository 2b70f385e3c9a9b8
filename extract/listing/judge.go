package listing

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract/fetch"
)

// Trouble is the reason of an error about an answer that came and cannot be used.
type Trouble struct {
	Outcome Outcome // LoginPage, Captcha, ChangedShape or Cut
	Detail  string
}

// Error returns the detail.
func (t *Trouble) Error() string { return t.Detail }

// ways say of what kind each trouble is and what to do about it.
var ways = map[Outcome]struct {
	kind qulaq.Kind
	hint string
}{
	LoginPage:    {qulaq.Blocked, "the site wants to know who asks: look at the address by hand"},
	Captcha:      {qulaq.Blocked, "the site keeps programs out: ask its keeper, or fetch by hand"},
	ChangedShape: {qulaq.Contract, "the site answers otherwise than it did: look at the archived page, then mend the source or the program"},
	Cut:          {qulaq.Transient, "the answer is not whole; the next run asks again"},
}

// Fail makes the error of a trouble with something that was being done.
func Fail(op, object string, t *Trouble) error {
	w := ways[t.Outcome]
	return &qulaq.Error{Op: op, Object: object, Kind: w.kind, Err: t, Hint: w.hint}
}

// Unstable makes the error of a listing that was read twice and had displaced entries both times, and notes them: what
// they stand in place of was not shown, so what is not among the entries may be listed all the same.
func Unstable(found *Findings, object string, displaced []Entry) error {
	for _, e := range displaced {
		found.Add(Repeated, e.ID, e.Title, e.Index+1)
	}
	return Fail("read listing", object, &Trouble{Cut, fmt.Sprintf("read twice, and both times entries came on several pages, %d the second time, %q first: others were not shown in their place", len(displaced), displaced[0].ID)})
}

// Judge says what an error means for a look, and why.
func Judge(err error) (Outcome, string) {
	detail := Clip(err.Error(), 500)
	var t *Trouble
	var status fetch.StatusError
	kind := qulaq.KindOf(err)
	switch {
	case errors.As(err, &t):
		return t.Outcome, detail
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return Cut, detail // we stopped; the site is not to blame
	case errors.As(err, &status) && status == 429, kind == qulaq.Blocked:
		return Refused, detail
	case errors.As(err, &status) && status < 500, kind == qulaq.Contract:
		return ChangedShape, detail
	case kind == qulaq.Transient, kind == qulaq.Configuration:
		return Unreachable, detail
	}
	return Cut, detail // our own failure: a full disk, the one who takes the entries
}

//go:embed marks.tsv
var marksTable string

type mark struct {
	outcome     Outcome
	where, what string
}

var marks = func() (all []mark) {
	for line := range strings.Lines(marksTable) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if !strings.HasPrefix(line, "#") && len(f) == 3 {
			all = append(all, mark{Outcome(f[0]), f[1], f[2]})
		}
	}
	return all
}()

// pageBytes is how much of an unexpected page is looked at.
const pageBytes = 256 << 10

// IsPage reports whether bytes begin as HTML or XML does.
func IsPage(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\uFEFF")), " \t\r\n")
	return len(head) > 1 && head[0] == '<' && (head[1] == '!' || head[1] == '?' || 'a' <= head[1]|0x20 && head[1]|0x20 <= 'z')
}

// Unexpected says what a page is that came in place of something else.
func Unexpected(page []byte) *Trouble {
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(UTF8(page[:min(len(page), pageBytes)])))
	if err != nil {
		return &Trouble{ChangedShape, fmt.Sprintf("a page of HTML that cannot be read: %s", err)}
	}
	title := Clip(doc.Find("title").First().Text(), 100)
	shown := strings.ToLower(Clip(doc.Find("body").Not("script, style").Text(), pageBytes))
	for _, m := range marks {
		fits := false
		switch m.where {
		case "selector":
			fits = doc.Find(m.what).Length() > 0
		case "title":
			fits = strings.Contains(strings.ToLower(title), m.what)
		case "text":
			fits = strings.Contains(shown, m.what)
		}
		if fits {
			return &Trouble{m.outcome, fmt.Sprintf("a page of HTML %q, known by %s %s", title, m.where, m.what)}
		}
	}
	return &Trouble{ChangedShape, fmt.Sprintf("a page of HTML %q", title)}
}
