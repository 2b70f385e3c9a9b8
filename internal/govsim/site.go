package govsim

import (
	"fmt"
	"html"
	"net/url"
	"strings"
)

// Site is an akimat's site of its own, of pages of HTML: a listing, and behind each entry a page with its text and the
// links to its files. What the pages show is the same on every such site; see SiteProfile.
type Site struct {
	Listing string  // path of the first page: "/ru/plans"; the others are "/ru/plans?page=2" and so on
	PerPage int     // entries on a page; 10 when zero
	Entries []Entry // in the order in which they are listed
}

// SiteProfile is how such a site is read, without its addresses: the part of a profile that does not differ.
const SiteProfile = `item: .news-item
    link: a.title
    date: time
    date_forms: ["02.01.2006"]
    next: a[rel=next]
    body: article
    file: article a.file
    empty: p.nothing
    newest_first: true
    expect: {max: 50}
`

// Site puts up a site, in place of what stood at its listing before. The addresses of files are as a careless editor
// leaves them: relative, with spaces and Cyrillic letters.
func (w *World) Site(s Site) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for at := range w.pages {
		if at == s.Listing || strings.HasPrefix(at, s.Listing+"?") || strings.HasPrefix(at, s.Listing+"/") {
			delete(w.pages, at)
		}
	}
	if s.PerPage == 0 {
		s.PerPage = 10
	}
	put := func(at, media, body string) { w.pages[at] = page{media, []byte(body)} }
	for n := 0; n == 0 || n*s.PerPage < len(s.Entries); n++ {
		var b strings.Builder
		b.WriteString("<!doctype html><html><head><meta charset=utf-8><title>Официальный сайт акимата</title></head><body><nav><a href=\"/\">Главная</a></nav>")
		from, to := n*s.PerPage, min((n+1)*s.PerPage, len(s.Entries))
		for _, e := range s.Entries[from:to] {
			fmt.Fprintf(&b, "<div class=\"news-item\"><time>%s</time><a class=\"title\" href=\"%s/%d\">%s</a></div>\n",
				e.Created.Format("02.01.2006"), s.Listing, e.ID, html.EscapeString(e.Title))
		}
		if len(s.Entries) == 0 {
			b.WriteString(`<p class="nothing">Нет публикаций</p>`)
		}
		if to < len(s.Entries) {
			fmt.Fprintf(&b, `<a rel="next" href="?page=%d">»</a>`, n+2)
		}
		b.WriteString("</body></html>")
		at := s.Listing
		if n > 0 {
			at += fmt.Sprintf("?page=%d", n+1)
		}
		put(at, "text/html; charset=utf-8", b.String())
	}
	for _, e := range s.Entries {
		own := fmt.Sprintf("%s/%d", s.Listing, e.ID)
		text := "<!doctype html><html><head><meta charset=utf-8></head><body><article><h1>" + html.EscapeString(e.Title) + "</h1>" + e.Content
		for _, f := range e.Files {
			text += fmt.Sprintf(`<p><a class="file" href="%d/%s">скачать</a></p>`, e.ID, html.EscapeString(f.Name))
			w.pages[(&url.URL{Path: own + "/" + f.Name}).EscapedPath()] = page{"application/octet-stream", f.Data}
		}
		put(own, "text/html; charset=utf-8", text+"</article></body></html>")
	}
}
