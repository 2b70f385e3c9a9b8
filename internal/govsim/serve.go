package govsim

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

const apiPath = "/api/v1/public/content-manager/"

// ServeHTTP answers as gov.kz does, or as a page of another site that was put at the path.
func (w *World) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	defer w.enter()()
	w.mu.Lock()
	w.requests = append(w.requests, r.Method+" "+r.URL.RequestURI())
	m := w.mishap(slugOf(r.URL), r.URL.Path, "*")
	refused := w.refuses(r)
	answer := w.answer(r, m)
	w.mu.Unlock()

	if m.Wait > 0 {
		select {
		case <-time.After(m.Wait):
		case <-r.Context().Done():
		}
	}
	if m.Drop || refused {
		drop(rw)
	}
	m.send(rw, answer)
}

// slugOf returns the slug whose listing is asked for.
func slugOf(u *url.URL) string {
	if !strings.HasPrefix(u.Path, apiPath) {
		return ""
	}
	projects := u.Query().Get("projects")
	if _, slug, ok := strings.Cut(projects, ":"); ok {
		return slug
	}
	return projects
}

// refuses counts a download. The caller holds w.mu.
func (w *World) refuses(r *http.Request) bool {
	client, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		client = r.RemoteAddr
	}
	if w.refuseAfter > 0 && w.downloads[client] >= w.refuseAfter {
		return true
	}
	if strings.HasPrefix(r.URL.Path, "/uploads/") {
		w.downloads[client]++
	}
	return false
}

// answer is what goes back when nothing is amiss.
type answer struct {
	status int
	media  string
	body   []byte
}

func jsonAnswer(status int, v any) answer {
	body, err := json.Marshal(v)
	if err != nil {
		return answer{status: http.StatusInternalServerError}
	}
	return answer{status, "application/json;charset=UTF-8", body}
}

func (w *World) answer(r *http.Request, m Mishap) answer {
	at := r.URL.Path
	if p, ok := w.pages[r.URL.RequestURI()]; ok {
		return answer{http.StatusOK, p.media, p.body}
	}
	switch {
	case at == "/robots.txt" && w.robots != "":
		return answer{http.StatusOK, "text/plain", []byte(w.robots)}
	case at == "/robots.txt":
		return answer{http.StatusNotFound, "text/html", []byte(ShellPage)}
	case at == "/graphql" && r.Method == http.MethodPost:
		return w.graphql()
	case at == apiPath+"documents":
		return w.documents(r, m)
	case strings.HasPrefix(at, apiPath+"documents/"):
		return jsonAnswer(http.StatusOK, struct{}{}) // seen: an empty object
	case at == apiPath+"news":
		return jsonAnswer(http.StatusBadRequest, map[string]string{"error": "notAllowed"})
	case strings.HasPrefix(at, "/uploads/"):
		if body, ok := w.files[at]; ok {
			return answer{http.StatusOK, "application/octet-stream", body}
		}
		return answer{http.StatusNotFound, "text/html", []byte(ShellPage)}
	}
	return answer{http.StatusOK, "text/html; charset=utf-8", []byte(ShellPage)} // every path is a page of the program
}

// documents answers for one page of a listing.
func (w *World) documents(r *http.Request, m Mishap) answer {
	q := r.URL.Query()
	after, ok := readAfter(q.Get("created_date"))
	if !ok {
		return jsonAnswer(http.StatusInternalServerError, map[string]string{"error": "Internal Server Error"})
	}
	if m.NoFilter {
		after = time.Time{}
	}
	number, size := whole(q.Get("page"), 1), whole(q.Get("size"), 10)
	if m.SizeCap > 0 {
		size = min(size, m.SizeCap)
	}
	switch w.numbering {
	case FromOne:
		if number < 1 {
			return jsonAnswer(http.StatusInternalServerError, map[string]string{"error": "Page index must not be less than zero"})
		}
		number--
	case Lenient:
		number = max(0, number-1)
	}
	if m.SamePage {
		number = 0
	}
	lang, _, _ := strings.Cut(cmp.Or(r.Header.Get("Accept-Language"), "ru"), ",")
	all := w.listing(q.Get("projects"), lang, after, q.Get("title"))
	if m.Empty {
		all = nil
	}
	from := min(max(0, number*size), len(all))
	cards := []map[string]any{}
	for i, p := range all[from:min(from+size, len(all))] {
		if m.EmptyEvery > 0 && (from+i+1)%m.EmptyEvery == 0 {
			cards = append(cards, map[string]any{})
			continue
		}
		cards = append(cards, p.card(m))
	}
	if m.Object {
		return jsonAnswer(http.StatusOK, map[string]any{"items": cards, "total": len(all)})
	}
	return jsonAnswer(http.StatusOK, cards)
}

// readAfter reads the filter "gt:TIME"; any other operator is answered with HTTP 500.
func readAfter(filter string) (t time.Time, ok bool) {
	if filter == "" {
		return t, true
	}
	text, ok := strings.CutPrefix(filter, "gt:")
	if !ok {
		return t, false
	}
	t, err := time.Parse("2006-01-02T15:04:05", text)
	return t, err == nil
}

func whole(text string, otherwise int) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return otherwise
	}
	return n
}

// card is an entry as the API writes it.
func (p published) card(m Mishap) map[string]any {
	items := func(field, value string) map[string]any {
		return map[string]any{"items": []map[string]string{{field: value}}}
	}
	files := []map[string]string{}
	for _, at := range p.paths {
		files = append(files, map[string]string{"document": at})
	}
	card := map[string]any{
		"id": p.ID, "title": p.Title, "content": p.Content,
		"created_date": p.Created.UTC().Format("2006-01-02T15:04:05.000+00:00"),
		"full_text":    files,
		"gosorgan":     items("project_name", p.Organisation),
		"activities":   items("title", cmp.Or(p.Activity, "Документы")),
	}
	for old, name := range m.Rename {
		if name != "" {
			card[name] = card[old]
		}
		delete(card, old)
	}
	return card
}

// graphql lists all organisations.
func (w *World) graphql() answer {
	list := []map[string]any{}
	for _, a := range w.akimats {
		one := map[string]any{"id": a.slug, "project_name": a.name, "parent_govorg": nil, "class": map[string]string{"name": "Акиматы"}}
		if a.parent != "" {
			one["parent_govorg"] = map[string]string{"id": a.parent}
		}
		list = append(list, one)
	}
	slices.SortFunc(list, func(a, b map[string]any) int { return strings.Compare(a["id"].(string), b["id"].(string)) })
	return jsonAnswer(http.StatusOK, map[string]any{"data": map[string]any{"projectdetails": list}})
}

// send writes the answer, spoilt as the mishap says.
func (m Mishap) send(rw http.ResponseWriter, a answer) {
	for name, value := range m.Header {
		rw.Header().Set(name, value)
	}
	switch {
	case m.Status != 0:
		a = answer{m.Status, "text/html", []byte("<html><body>" + http.StatusText(m.Status) + "</body></html>")}
	case m.Body != "":
		a = answer{http.StatusOK, cmp.Or(m.Media, "text/html"), []byte(m.Body)}
	}
	if m.Windows {
		if body, err := encoding.ReplaceUnsupported(charmap.Windows1251.NewEncoder()).Bytes(a.body); err == nil {
			a.body, a.media = body, "text/html"
		}
	}
	if m.Gzip {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		z.Write(a.body) // a buffer takes everything
		z.Close()
		a.body = b.Bytes()
		rw.Header().Set("Content-Encoding", "gzip")
	}
	if m.EndAfter > 0 {
		a.body = a.body[:min(m.EndAfter, len(a.body))]
	}
	rw.Header().Set("Content-Type", a.media)
	rw.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	rw.WriteHeader(a.status)
	if m.CutAfter > 0 && m.CutAfter < len(a.body) {
		rw.Write(a.body[:m.CutAfter])
		rw.(http.Flusher).Flush()
		drop(rw)
	}
	rw.Write(a.body) // a client that left is none of our trouble
}
