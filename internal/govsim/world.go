// Package govsim is a small internet for tests and the demo: akimats that publish as they do on gov.kz, and
// pages of other sites, served from a Go value. It answers in the shape of the real API, and misbehaves in
// the ways that were seen, or must be expected, when told to. It counts what it is asked, so that a test can
// say how polite a client is.
//
// Where to look:
//
//	world.go     World: who publishes what
//	serve.go     the answers of the API, of files and of pages
//	mishap.go    how things go wrong
//	folder.go    a world from a folder of documents
//	serve/       the same as a command
package govsim

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

// Slugs are the twenty akimats of the regions.
var Slugs = []string{
	"abay", "aqmola", "aktobe", "almobl", "atyrau", "bko", "zhambyl", "zhetysu", "karaganda", "kostanay",
	"kyzylorda", "mangystau", "pavlodar", "sko", "ontustik", "ulytau", "akimvko", "astana", "almaty", "shymkent",
}

// Numbering says by which number the first page of a listing goes.
type Numbering int

// The numberings. Lenient counts from 1 and takes 0 for 1.
const (
	FromOne Numbering = iota
	FromZero
	Lenient
)

// World is a small internet. Fill it before it serves, or at any time through its methods: it is safe for
// concurrent use.
type World struct {
	mu sync.Mutex

	numbering Numbering
	robots    string
	akimats   map[string]*akimat
	files     map[string][]byte // path → content
	pages     map[string]page   // path, with its query → page
	mishaps   map[string]Mishap // slug or path
	nextID    int

	seen
}

type akimat struct {
	slug, name, parent string
	entries            []published // in the order of adding
}

// Entry is one publication.
type Entry struct {
	Title   string
	Created time.Time // exactly midnight UTC marks what was carried over from an older site
	Content string    // HTML
	Files   []File
	// Organisation and Activity are who publishes and in which section; the akimat's name and
	// "Документы" when empty.
	Organisation, Activity string
	// ID is the entry's number; 0 gives the next free one.
	ID int
}

// File is an attachment.
type File struct {
	Name string // only its extension is seen, as on the real platform
	Data []byte
	// Announced is the size that the address names; 0 means that of Data.
	Announced int
}

type published struct {
	Entry
	lang  string
	paths []string // of the files
}

type page struct {
	media string
	body  []byte
}

// New returns a world of twenty akimats that have published nothing. There is no robots.txt.
func New() *World {
	w := &World{
		akimats: map[string]*akimat{}, files: map[string][]byte{}, pages: map[string]page{},
		mishaps: map[string]Mishap{}, nextID: 1001,
	}
	w.seen.downloads = map[string]int{}
	for _, slug := range Slugs {
		w.Akimat(slug, "Акимат «"+slug+"»", "")
	}
	return w
}

// Akimat adds an organisation, or names it anew. parent is the slug of the one above, or empty.
func (w *World) Akimat(slug, name, parent string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.organisation(slug).name = name
	w.akimats[slug].parent = parent
}

func (w *World) organisation(slug string) *akimat {
	if w.akimats[slug] == nil {
		w.akimats[slug] = &akimat{slug: slug, name: slug}
	}
	return w.akimats[slug]
}

// Add publishes an entry under a slug in one language, "ru" or "kk". It returns the paths of the files.
func (w *World) Add(slug, lang string, e Entry) []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if e.ID == 0 {
		e.ID = w.nextID
	}
	w.nextID = max(w.nextID, e.ID) + 1
	p := published{Entry: e, lang: lang}
	for i, f := range e.Files {
		sum := sha256.Sum256([]byte(fmt.Sprint(e.ID, i, f.Name)))
		size := f.Announced
		if size == 0 {
			size = len(f.Data)
		}
		at := fmt.Sprintf("/uploads/%d/%d/%d/%s_original.%d%s",
			e.Created.Year(), e.Created.Month(), e.Created.Day(), hex.EncodeToString(sum[:16]), size, path.Ext(f.Name))
		w.files[at] = f.Data
		p.paths = append(p.paths, at)
	}
	w.organisation(slug).entries = append(w.organisation(slug).entries, p)
	return p.paths
}

// Remove takes back all that a slug has published. Its files stay where they are.
func (w *World) Remove(slug string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.organisation(slug).entries = nil
}

// Page puts a page of another site at a path; the path may have a query, which is then compared as it is.
func (w *World) Page(at, media string, body []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.pages[at] = page{media, body}
}

// Robots sets the text of robots.txt. An empty one means that there is none.
func (w *World) Robots(text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.robots = text
}

// CountPages sets how pages are numbered.
func (w *World) CountPages(n Numbering) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.numbering = n
}

// listing returns what fits a question, newest first. The caller holds w.mu.
func (w *World) listing(projects, lang string, after time.Time, title string) []published {
	how, slug, ok := strings.Cut(projects, ":")
	if !ok {
		how, slug = "eq", projects
	}
	var all []published
	for _, a := range w.akimats {
		if a.slug != slug && (how != "contains" || !strings.Contains(a.slug, slug)) {
			continue
		}
		for _, p := range a.entries {
			if p.lang == lang && (after.IsZero() || p.Created.After(after)) && strings.Contains(strings.ToLower(p.Title), strings.ToLower(title)) {
				if p.Organisation == "" {
					p.Organisation = a.name
				}
				all = append(all, p)
			}
		}
	}
	slices.SortFunc(all, func(a, b published) int {
		if c := b.Created.Compare(a.Created); c != 0 {
			return c
		}
		return b.ID - a.ID
	})
	return all
}
