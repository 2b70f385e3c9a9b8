package listing

import "time"

// Reading is what came on which page of a listing, read once from its first page to its last. The zero value has no
// page.
type Reading struct {
	pages [][]place
	known map[string]bool
	again map[string]Entry // those that came more than once, by id
}

// place is what an entry is known by where it stood.
type place struct {
	id string
	at time.Time
}

// Turn begins a page.
func (r *Reading) Turn() { r.pages = append(r.pages, nil) }

// Add notes an entry of the page, and says whether it came for the first time.
func (r *Reading) Add(e Entry) (fresh bool) {
	if r.known == nil {
		r.known, r.again = map[string]bool{}, map[string]Entry{}
	}
	last := &r.pages[len(r.pages)-1]
	*last = append(*last, place{e.ID, e.CreatedAt})
	fresh = !r.known[e.ID]
	if r.known[e.ID] = true; !fresh {
		e.Content, e.Files = "", nil
		r.again[e.ID] = e
	}
	return fresh
}

// everyPage is on how many pages, at least, something leads all of them that is no chance.
const everyPage = 3

// Displaced returns the entries that came on more than one page: one of them stands in the place of another that was not
// shown. Pins do not: entries that a site shows once more at the head of a page, out of the order of days where the newest
// come first, or at the head of every page. Twice on one page hides nothing either.
func (r *Reading) Displaced(newestFirst bool) (all []Entry) {
	leads := map[string]int{} // how many pages
	heads := make([]int, len(r.pages))
	pages := 0
	for n, page := range r.pages {
		for heads[n] < len(page) && r.again[page[heads[n]].id].ID != "" {
			leads[page[heads[n]].id]++
			heads[n]++
		}
		if len(page) > 0 {
			pages++
		}
	}
	on, told := map[string]int{}, map[string]bool{}
	for n, page := range r.pages {
		for i, p := range page {
			e, repeated := r.again[p.id]
			head := heads[n]
			older := newestFirst && head < len(page) && !p.at.IsZero() && p.at.Before(page[head].at)
			if !repeated || i < head && (older || pages >= everyPage && leads[p.id] == pages) {
				continue
			}
			if was := on[p.id]; was != 0 && was != n+1 && !told[p.id] {
				told[p.id] = true
				all = append(all, e)
			}
			on[p.id] = n + 1
		}
	}
	return all
}
