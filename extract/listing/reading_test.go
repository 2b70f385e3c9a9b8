package listing

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// read notes pages of entries: a letter is an id, the digits behind it are its day, none is unknown.
func read(pages string) (r Reading) {
	for page := range strings.SplitSeq(pages, "|") {
		r.Turn()
		for _, word := range strings.Fields(page) {
			e := Entry{ID: word[:1]}
			if day := word[1:]; day != "" {
				e.CreatedAt = time.Date(2023, 1, int(day[0]-'0'), 0, 0, 0, 0, time.UTC)
			}
			r.Add(e)
		}
	}
	return r
}

func TestDisplaced(t *testing.T) {
	for _, c := range []struct {
		name, pages string
		want        string // ids, where the newest come first
		unordered   string // the same, where nothing is known of the order
	}{
		{"no page", "", "", ""},
		{"each once", "a9 b8|c7 d6", "", ""},
		{"something was published meanwhile", "a9 b8 c7|c7 d6|", "c", "c"},
		{"something took the place of another", "a9 b8|a9 d6|e5", "a", "a"},
		{"equal days in another order", "a9 b8 c8|c8 d7|", "c", "c"},
		{"equal days at the head of two pages", "c8 b8|c8 d8|e7", "c", "c"},
		{"twice on one page", "a9 b8 b8|c7", "", ""},
		{"twice on the only page", "a9 b8 c7 a9", "", ""},
		{"a pin on the first page", "d3 a9 b8|c7 d3", "", "d"},
		{"two pins on the first page", "d3 e2 a9 b8|c7 d3|e2", "", "d e"},
		{"a pin without a day", "d a9 b8|c7 d", "d", "d"},
		{"a pin on both pages", "d3 a9 b8|d3 c7|", "", "d"},
		{"a pin on every page, and in its place", "d3 a9 b8|d3 c7|d3 e1", "", ""},
		{"a pin on every page, the newest", "d9 a8 b7|d9 c6|d9 e1", "", ""},
		{"a pin on every page, without days", "d a b|d c|d e", "", ""},
		{"a pin, and something published meanwhile", "d3 a9 b8|b8 c7|d3", "b", "b d"},
		{"a page that is not turned", "a9 b8|a9 b8|", "a b", "a b"},
	} {
		r := read(c.pages)
		for _, newestFirst := range []bool{true, false} {
			var ids []string
			for _, e := range r.Displaced(newestFirst) {
				ids = append(ids, e.ID)
			}
			slices.Sort(ids)
			want := c.want
			if !newestFirst {
				want = c.unordered
			}
			if got := strings.Join(ids, " "); got != want {
				t.Errorf("%s, newest first %t: %q, want %q", c.name, newestFirst, got, want)
			}
		}
	}
}

// Whatever is published while a listing is read, the newest first, either nothing slips from page to page or an entry is
// displaced.
func TestLawPublishedMeanwhile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(2, 4).Draw(t, "entries of a page")
		var all []Entry // newest first
		publish := func() {
			n := len(all)
			all = slices.Insert(all, 0, Entry{ID: string(rune('a' + n)), CreatedAt: time.Date(2023, 1, 1+n/2, 0, 0, 0, 0, time.UTC)})
		}
		for range rapid.IntRange(1, 12).Draw(t, "entries") {
			publish()
		}
		var r Reading
		meanwhile := 0
		for at := 0; at < len(all); at += size {
			r.Turn()
			for _, e := range all[at:min(at+size, len(all))] {
				r.Add(e)
			}
			if at+size < len(all) {
				for range rapid.SampledFrom([]int{0, 0, 0, 1, 2}).Draw(t, "published") {
					publish()
					meanwhile++
				}
			}
		}
		if got := r.Displaced(true); (len(got) > 0) != (meanwhile > 0) {
			t.Fatalf("%d were published meanwhile, displaced: %v", meanwhile, got)
		}
	})
}
