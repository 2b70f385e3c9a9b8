package govkz

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract/listing"
)

// Bounds of one entry's fields. The text itself is bounded by maxElement.
const (
	maxTitle = 2000 // characters
	maxName  = 500
	maxFiles = 200
	maxNames = 50
)

// columns are the fields of an element: those that a page must have, and those that say nothing for us.
var (
	neededAlways = []string{"id", "title", "created_date"}
	neededOften  = []string{"content", "full_text"} // some entries have a text, some a file
	known        = map[string]bool{
		"id": true, "title": true, "created_date": true, "content": true, "full_text": true,
		"gosorgan": true, "activities": true,
	}
)

var idForm = regexp.MustCompile(`^[0-9A-Za-z_-]{1,64}$`)

// card reads one element. An element that gives no entry is a finding.
func (p *page) card(raw []byte, size int64, index int) (e listing.Entry, ok bool) {
	line := index + 1
	p.cards++
	if raw == nil {
		p.unread++
		p.found.Add(listing.BadCard, "", fmt.Sprintf("an entry of %d bytes, the limit is %d", size, maxElement), line)
		return e, false
	}
	if !utf8.Valid(raw) {
		raw = listing.UTF8(raw)
		p.found.Add(listing.BadField, "encoding", "text that is not UTF-8, read as windows-1251", line)
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil || fields == nil {
		p.unread++
		p.found.Add(listing.BadCard, "", "an entry that is no JSON object", line)
		return e, false
	}
	if len(fields) == 0 {
		p.empty++
		p.found.Add(listing.EmptyCard, "", "an entry without fields", line)
		return e, false
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if !known[name] {
			p.found.Add(qulaq.UnknownColumn, name, "a field that this program does not read", line)
		}
	}
	c := card{fields: fields, line: line, has: p.has, found: &p.found}
	e = listing.Entry{
		ID: plainID(fields["id"]), Title: c.text("title", maxTitle), Lang: p.lang,
		Content: c.whole("content"), Page: p.hash, Index: index,
		Organisations: c.names("gosorgan", "project_name"), Activities: c.names("activities", "title"),
	}
	if e.ID == "" {
		p.unread++
		p.found.Add(listing.NoID, "", "an entry without an id", line)
		return e, false
	}
	p.has["id"]++
	e.CreatedAt, e.Migrated = c.time("created_date")
	e.Files = c.files("full_text", p.base)
	e.URL = p.base.ResolveReference(&url.URL{
		Path:     "/memleket/entities/" + p.slug + "/documents/details/" + e.ID,
		RawQuery: "lang=" + string(p.lang),
	}).String()
	return e, true
}

// card is one element's fields. A field of another form is a finding and reads as absent.
type card struct {
	fields map[string]json.RawMessage
	line   int
	has    map[string]int // of the page
	found  *listing.Findings
}

// read reports whether the field is there and could be read, and counts it as one that the page has. A null
// counts where entries may do without the field.
func (c card) read(name string, into any) bool {
	raw, ok := c.fields[name]
	if ok && string(raw) == "null" && slices.Contains(neededOften, name) {
		c.has[name]++
	}
	if !ok || string(raw) == "null" {
		return false
	}
	if err := json.Unmarshal(raw, into); err != nil {
		c.found.Add(listing.BadField, name, "a value of another form: "+string(raw[:min(len(raw), 100)]), c.line)
		return false
	}
	c.has[name]++
	return true
}

// plainID reads an id, which may be a number or a text; "" when it is neither.
func plainID(raw json.RawMessage) string {
	id := string(bytes.Trim(raw, `"`))
	if !idForm.MatchString(id) || id == "null" {
		return ""
	}
	return id
}

func (c card) whole(name string) (text string) {
	c.read(name, &text)
	return text
}

func (c card) text(name string, most int) string {
	text := listing.Clip(c.whole(name), most)
	if strings.HasSuffix(text, "…") && utf8.RuneCountInString(text) > most {
		c.found.Add(listing.BadField, name, fmt.Sprintf("longer than %d characters, cut", most), c.line)
	}
	return text
}

// timeForms are those of created_date. Without a zone it is UTC, as the zone that is always sent says.
var timeForms = []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999-0700", "2006-01-02T15:04:05.999999999", "2006-01-02"}

func (c card) time(name string) (at time.Time, midnight bool) {
	var text string
	if !c.read(name, &text) {
		return at, false
	}
	for _, form := range timeForms {
		t, err := time.Parse(form, text)
		if err == nil && t.Year() > 1990 && t.Year() < 2100 {
			h, m, s := t.Clock()
			return t.UTC(), h+m+s+t.Nanosecond() == 0
		}
	}
	c.has[name]--
	c.found.Add(listing.BadField, name, "no time: "+text, c.line)
	return at, false
}

// names reads {"items": [{FIELD: "…"}]}.
func (c card) names(name, field string) (all []string) {
	var list struct {
		Items []map[string]json.RawMessage `json:"items"`
	}
	c.read(name, &list)
	for _, item := range list.Items {
		var text string
		if err := json.Unmarshal(item[field], &text); err != nil || text == "" {
			continue // without a name, or named in another language only
		}
		if len(all) == maxNames {
			c.found.Add(listing.BadField, name, fmt.Sprintf("more than %d names", maxNames), c.line)
			break
		}
		all = append(all, listing.Clip(text, maxName))
	}
	return all
}

// files reads [{"document": "/uploads/…"}].
func (c card) files(name string, base *url.URL) (all []listing.File) {
	var list []struct {
		Document *string `json:"document"`
	}
	c.read(name, &list)
	seen := map[string]bool{}
	for _, item := range list {
		if item.Document == nil || *item.Document == "" {
			continue // a place for a file where none was put
		}
		f, err := listing.Link(base, *item.Document)
		switch {
		case err != nil:
			c.found.Add(listing.BadLink, name, err.Error()+": "+*item.Document, c.line)
		case len(all) == maxFiles:
			c.found.Add(listing.BadField, name, fmt.Sprintf("more than %d files", maxFiles), c.line)
			return all
		case !seen[f.URL]:
			seen[f.URL] = true
			all = append(all, f)
		}
	}
	return all
}
