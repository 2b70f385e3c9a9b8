package govkz

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract"
	"github.com/qulaq-kz/qulaq/extract/fetch"
	"github.com/qulaq-kz/qulaq/extract/listing"
	"github.com/qulaq-kz/qulaq/internal/govsim"
)

var noon = time.Date(2026, 5, 20, 12, 0, 0, 0, qulaq.Almaty())

// day is a time of publication.
func day(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 9, 30, 0, 0, time.UTC)
}

// stage is a small internet, a client of it, and a clock that only sleeping moves.
type stage struct {
	*govsim.World
	*Client
	archive *extract.Archive

	mu    sync.Mutex
	now   time.Time
	slept time.Duration
}

func (s *stage) clock() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

func (s *stage) sleep(ctx context.Context, d time.Duration) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now, s.slept = s.now.Add(d), s.slept+d
	return context.Cause(ctx)
}

func newStage(t testing.TB) *stage {
	t.Helper()
	s := &stage{World: govsim.New(), now: noon}
	server := httptest.NewServer(s.World)
	t.Cleanup(server.Close)
	var err error
	if s.archive, err = extract.OpenArchive(t.TempDir(), s.clock); err != nil {
		t.Fatal(err)
	}
	web, err := fetch.New(fetch.Options{
		UserAgent: "qulaq/test (+https://example.kz)", Hosts: []string{"127.0.0.1"}, AllowPrivate: true,
		Clock: s.clock, Sleep: s.sleep, Silence: 2 * time.Second,
	})
	if err != nil {
		t.Fatal(err)
	}
	if s.Client, err = New(server.URL, web, s.archive); err != nil {
		t.Fatal(err)
	}
	return s
}

func source(key string) Source {
	return Source{Key: key, Slug: key, Region: "110000000", Level: Oblast, HowSure: Seen, Name: Names{RU: key}}
}

// look returns the entries besides.
func (s *stage) look(ctx context.Context, of Source, after time.Time) ([]listing.Entry, listing.Look, error) {
	var all []listing.Entry
	l, err := s.Look(ctx, of, "ru", after, func(e listing.Entry) error {
		all = append(all, e)
		return nil
	})
	return all, l, err
}

// fill publishes n entries, one a day.
func (s *stage) fill(slug string, n int) {
	for i := range n {
		s.Add(slug, "ru", govsim.Entry{Title: fmt.Sprint("Приказ ", i+1), Created: day(2025, 1, 1+i)})
	}
}

func titles(all []listing.Entry) (t []string) {
	for _, e := range all {
		t = append(t, e.Title)
	}
	return t
}

func TestEntry(t *testing.T) {
	s := newStage(t)
	s.Add("aqmola", "ru", govsim.Entry{
		Title: "  План\nмероприятий ", Created: day(2023, 1, 20), Content: "<p>текст</p>", Organisation: "Аппарат акима",
		Files: []govsim.File{{Name: "План.DOCX", Data: []byte("PK\x03\x04план")}, {Name: "a.pdf", Data: []byte("%PDF-"), Announced: 77}},
	})
	s.Add("aqmola", "kk", govsim.Entry{Title: "Жоспар", Created: day(2023, 1, 20)})
	s.Add("aqmola", "ru", govsim.Entry{Title: "Старое", Created: time.Date(2020, 3, 1, 0, 0, 0, 0, time.UTC), ID: 7})

	got, l, err := s.look(t.Context(), source("aqmola"), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	base := s.base.String()
	want := []listing.Entry{{
		ID: "1001", Title: "План мероприятий", Lang: "ru", Content: "<p>текст</p>", CreatedAt: day(2023, 1, 20),
		URL:           base + "/memleket/entities/aqmola/documents/details/1001?lang=ru",
		Organisations: []string{"Аппарат акима"}, Activities: []string{"Документы"},
		Files: []listing.File{{Bytes: 12}, {Bytes: 77}},
	}, {
		ID: "7", Title: "Старое", Lang: "ru", CreatedAt: time.Date(2020, 3, 1, 0, 0, 0, 0, time.UTC), Migrated: true, Index: 1,
		URL:           base + "/memleket/entities/aqmola/documents/details/7?lang=ru",
		Organisations: []string{"Акимат «aqmola»"}, Activities: []string{"Документы"},
	}}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(listing.Entry{}, "Page"), cmpopts.IgnoreFields(listing.File{}, "URL", "Name"), cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
	for i, end := range []string{".12.DOCX", ".77.pdf"} {
		if f := got[0].Files[i]; !strings.HasPrefix(f.URL, base+"/uploads/2023/1/20/") || !strings.HasSuffix(f.URL, end) || !strings.HasSuffix(f.URL, "/"+f.Name) {
			t.Errorf("%+v", f)
		}
	}
	if l.Outcome != listing.Healthy || !l.Complete || l.Entries != 2 || !l.First.Equal(day(2023, 1, 20)) || !l.Last.Equal(l.First) || l.Source != "govkz/aqmola" {
		t.Errorf("%+v", l)
	}
	if l.Pages != 3 || len(l.Hashes) != 3 || l.Bytes == 0 || len(l.Findings) != 0 { // one for the numbering, one of entries, one empty
		t.Errorf("%+v", l)
	}
}

// TestOnlyWhatWorksIsAsked holds the questions against what the API is known to take.
func TestOnlyWhatWorksIsAsked(t *testing.T) {
	s := newStage(t)
	s.fill("aqmola", 3)
	got, _, err := s.look(t.Context(), source("aqmola"), day(2025, 1, 2))
	if err != nil || !slices.Equal(titles(got), []string{"Приказ 3"}) {
		t.Fatalf("%v, %v", titles(got), err)
	}
	api := "GET /api/v1/public/content-manager/documents?projects=aqmola&page="
	want := []string{
		"GET /robots.txt",
		api + "1&size=1&sort-by=created_date:DESC",
		api + "0&size=1&sort-by=created_date:DESC",
		api + "1&size=100&sort-by=created_date:DESC&created_date=gt:2025-01-02T09:30:00",
		api + "2&size=100&sort-by=created_date:DESC&created_date=gt:2025-01-02T09:30:00",
	}
	if diff := cmp.Diff(want, s.Requests()); diff != "" {
		t.Error(diff)
	}
}

func TestPaging(t *testing.T) {
	for name, numbering := range map[string]govsim.Numbering{"from 1": govsim.FromOne, "from 0": govsim.FromZero, "lenient": govsim.Lenient} {
		for _, sizeCap := range []int{0, 40} {
			for _, n := range []int{0, 1, 2, 100, 130} {
				t.Run(fmt.Sprint(name, " ", sizeCap, " ", n), func(t *testing.T) {
					s := newStage(t)
					s.CountPages(numbering)
					s.Spoil("aqmola", govsim.Mishap{SizeCap: sizeCap})
					s.fill("aqmola", n)
					got, l, err := s.look(t.Context(), source("aqmola"), time.Time{})
					if err != nil || len(got) != n || l.Entries != n || !l.Complete {
						t.Errorf("%d entries, %+v, %v", len(got), l.Outcome, err)
					}
					ids := map[string]bool{}
					for _, e := range got {
						ids[e.ID] = true
					}
					if len(ids) != n {
						t.Errorf("%d different ones", len(ids))
					}
					if want := listing.Empty; n == 0 && l.Outcome != want {
						t.Errorf("%s, want %s", l.Outcome, want)
					}
				})
			}
		}
	}
}

func TestNumberingIsAskedOnce(t *testing.T) {
	s := newStage(t)
	s.fill("sko", 1)
	for _, slug := range []string{"aqmola", "sko", "abay", "almaty"} { // the first has nothing, and tells nothing
		if _, _, err := s.look(t.Context(), source(slug), time.Time{}); err != nil {
			t.Fatal(err)
		}
	}
	if n := s.Count("&size=1&"); n != 4 {
		t.Errorf("asked %d times", n)
	}
}

func TestOutcomes(t *testing.T) {
	healthy := govsim.Mishap{}
	for name, c := range map[string]struct {
		mishap  govsim.Mishap
		want    listing.Outcome
		kind    qulaq.Kind
		says    string
		entries int
	}{
		"healthy":                 {healthy, listing.Healthy, 0, "", 12},
		"emptied":                 {govsim.Mishap{Empty: true}, listing.Empty, 0, "", 0},
		"packed unasked":          {govsim.Mishap{Gzip: true}, listing.Healthy, 0, "", 12},
		"windows-1251":            {govsim.Mishap{Windows: true}, listing.Healthy, 0, "", 12},
		"a few empty cards":       {govsim.Mishap{EmptyEvery: 5}, listing.Healthy, 0, "", 10},
		"all cards empty":         {govsim.Mishap{EmptyEvery: 1}, listing.ChangedShape, qulaq.Contract, "12 are empty", 0},
		"gone":                    {govsim.Mishap{Status: 404}, listing.ChangedShape, qulaq.Configuration, "404", 0},
		"notAllowed":              {govsim.Mishap{Status: 400}, listing.ChangedShape, qulaq.Contract, "400", 0},
		"forbidden":               {govsim.Mishap{Status: 403}, listing.Refused, qulaq.Blocked, "403", 0},
		"too many requests":       {govsim.Mishap{Status: 429, Header: map[string]string{"Retry-After": "7200"}}, listing.Refused, qulaq.Transient, "come back", 0},
		"slow down and then":      {govsim.Mishap{Status: 429, Header: map[string]string{"Retry-After": "3"}, Times: 2}, listing.Healthy, 0, "", 12},
		"broken":                  {govsim.Mishap{Status: 500}, listing.Unreachable, qulaq.Transient, "500", 0},
		"busy for ever":           {govsim.Mishap{Status: 503}, listing.Unreachable, qulaq.Transient, "503", 0},
		"no answer":               {govsim.Mishap{Drop: true}, listing.Unreachable, qulaq.Transient, "EOF", 0},
		"dropped and then":        {govsim.Mishap{Drop: true, Times: 3}, listing.Healthy, 0, "", 12},
		"slow":                    {govsim.Mishap{Wait: 30 * time.Millisecond}, listing.Healthy, 0, "", 12},
		"a cut connection":        {govsim.Mishap{CutAfter: 400}, listing.Unreachable, qulaq.Transient, "unexpected EOF", 0},
		"cut and nobody says so":  {govsim.Mishap{EndAfter: 1000}, listing.Cut, qulaq.Transient, "ends in the middle", 4},
		"packed and cut":          {govsim.Mishap{Gzip: true, EndAfter: 200}, listing.Cut, qulaq.Transient, "", -1},
		"a login page":            {govsim.Mishap{Body: govsim.LoginPage}, listing.LoginPage, qulaq.Blocked, "Вход", 0},
		"a captcha":               {govsim.Mishap{Body: govsim.CaptchaPage}, listing.Captcha, qulaq.Blocked, "captcha", 0},
		"the page of the program": {govsim.Mishap{Body: govsim.ShellPage}, listing.ChangedShape, qulaq.Contract, "Единая платформа", 0},
		"an object":               {govsim.Mishap{Object: true}, listing.ChangedShape, qulaq.Contract, "no JSON array", 0},
		"no JSON":                 {govsim.Mishap{Body: "Service Unavailable"}, listing.ChangedShape, qulaq.Contract, "no JSON array", 0},
		"an array of numbers":     {govsim.Mishap{Body: "[1,2]"}, listing.ChangedShape, qulaq.Contract, "cannot be read", 0},
		"the id is gone":          {govsim.Mishap{Rename: map[string]string{"id": "uuid"}}, listing.ChangedShape, qulaq.Contract, "cannot be read", 0},
		"the title is gone":       {govsim.Mishap{Rename: map[string]string{"title": "name"}}, listing.ChangedShape, qulaq.Contract, `"title"`, 12},
		"the date is another":     {govsim.Mishap{Rename: map[string]string{"created_date": "createdAt"}}, listing.ChangedShape, qulaq.Contract, `"created_date"`, 12},
		"the files are gone":      {govsim.Mishap{Rename: map[string]string{"full_text": "files"}}, listing.ChangedShape, qulaq.Contract, `"full_text"`, 12},
		"a field we do not read":  {govsim.Mishap{Rename: map[string]string{"activities": "sections"}}, listing.Healthy, 0, "", 12},
		"always the same page":    {govsim.Mishap{SamePage: true}, listing.ChangedShape, qulaq.Contract, "nothing new", 12},
		"the filter is not heard": {govsim.Mishap{NoFilter: true}, listing.Healthy, 0, "", 12},
		"a loop of redirects": {
			govsim.Mishap{Status: 302, Header: map[string]string{"Location": "/api/v1/public/content-manager/documents?projects=aqmola"}},
			listing.ChangedShape, qulaq.Contract, "redirects", 0,
		},
		"a redirect to another host": {
			govsim.Mishap{Status: 302, Header: map[string]string{"Location": "http://10.0.0.1/"}},
			listing.ChangedShape, qulaq.Contract, "10.0.0.1", 0,
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t)
			s.fill("aqmola", 12)
			s.first = 1 // known, so that the listing itself is what goes wrong
			s.Spoil("aqmola", c.mishap)
			got, l, err := s.look(t.Context(), source("aqmola"), day(2024, 1, 1))
			if l.Outcome != c.want || c.entries >= 0 && len(got) != c.entries {
				t.Errorf("%s with %d entries, want %s with %d: %v", l.Outcome, len(got), c.want, c.entries, err)
			}
			if l.Complete != (err == nil) || (err == nil) != (c.want == listing.Healthy || c.want == listing.Empty) {
				t.Errorf("complete %v, error %v", l.Complete, err)
			}
			if err != nil && (qulaq.KindOf(err) != c.kind || !strings.Contains(l.Detail, c.says) || l.Detail == "") {
				t.Errorf("kind %s, want %s: %s", qulaq.KindOf(err), c.kind, l.Detail)
			}
			if err == nil && l.Detail != "" {
				t.Errorf("detail %q", l.Detail)
			}
			if c.want != listing.Refused && c.want != listing.Unreachable && len(l.Hashes) == 0 && c.mishap.Status == 0 {
				t.Error("the answer is not in the archive")
			}
			if name == "windows-1251" && got[0].Title != "Приказ 12" {
				t.Errorf("%q", got[0].Title)
			}
			if name == "a field we do not read" && (len(l.Findings) != 1 || l.Findings[0].Kind != qulaq.UnknownColumn || l.Findings[0].Count != 12) {
				t.Errorf("%+v", l.Findings)
			}
			if name == "a few empty cards" && (len(l.Findings) != 1 || l.Findings[0].Kind != listing.EmptyCard || l.Findings[0].Count != 2) {
				t.Errorf("%+v", l.Findings)
			}
			if s.AtOnce() > 1 {
				t.Errorf("%d requests at once", s.AtOnce())
			}
		})
	}
}

func TestFilterThatIsNotHeard(t *testing.T) {
	s := newStage(t)
	s.fill("aqmola", 3)
	s.Spoil("aqmola", govsim.Mishap{NoFilter: true})
	_, l, err := s.look(t.Context(), source("aqmola"), day(2025, 1, 3))
	if err != nil || len(l.Findings) != 1 || l.Findings[0].Kind != listing.FilterFailed || l.Findings[0].Count != 2 {
		t.Errorf("%+v, %v", l.Findings, err)
	}
}

func TestRobotsRefuseTheAPI(t *testing.T) {
	s := newStage(t)
	s.fill("aqmola", 1)
	s.Robots("User-agent: *\nDisallow: /api/\n")
	_, l, err := s.look(t.Context(), source("aqmola"), time.Time{})
	if l.Outcome != listing.Refused || !errors.Is(err, fetch.ErrRobots) || qulaq.KindOf(err) != qulaq.Blocked || s.Count("/api/") != 0 {
		t.Errorf("%+v, %v", l, err)
	}
}

// TestPublishedMeanwhile: what is published between two pages moves the others on; read again, the listing is whole.
func TestPublishedMeanwhile(t *testing.T) {
	s := newStage(t)
	s.first = 1
	s.fill("aqmola", 10)
	s.Spoil("aqmola", govsim.Mishap{SizeCap: 4})
	n := 0
	l, err := s.Look(t.Context(), source("aqmola"), "ru", time.Time{}, func(listing.Entry) error {
		if n++; n == 1 {
			s.Add("aqmola", "ru", govsim.Entry{Title: "План", Created: day(2025, 3, 1)})
		}
		return nil
	})
	if err != nil || !l.Complete || l.Outcome != listing.Healthy || l.Entries != 11 || n != 11 || l.Pages != 8 || len(l.Findings) != 0 {
		t.Errorf("%d entries given, %+v, %v", n, l, err)
	}
}

// TestUnstableOrder: in the place of one entry another page's is seen again. Nobody can say then what is not listed.
func TestUnstableOrder(t *testing.T) {
	for name, c := range map[string]struct {
		times   int // so many readings of page 2 are wrong
		want    listing.Outcome
		entries int
	}{
		"never":      {0, listing.Healthy, 10},
		"once":       {1, listing.Healthy, 10},
		"every time": {99, listing.Cut, 9},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t)
			s.fill("aqmola", 10)
			s.Spoil("aqmola", govsim.Mishap{SizeCap: 4})
			wrong := c.times
			server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
				if r.URL.Query().Get("page") != "2" || wrong == 0 {
					s.ServeHTTP(rw, r)
					return
				}
				wrong--
				answer := httptest.NewRecorder()
				s.ServeHTTP(answer, r)
				var cards []map[string]any
				if err := json.Unmarshal(answer.Body.Bytes(), &cards); err != nil {
					t.Error(err)
				}
				cards[0]["id"], cards[0]["title"] = 1010, "Приказ 10" // the first of page 1, in place of "Приказ 6"
				if err := json.NewEncoder(rw).Encode(cards); err != nil {
					t.Error(err)
				}
			}))
			t.Cleanup(server.Close)
			var err error
			if s.Client, err = New(server.URL, s.get.Client, s.archive); err != nil {
				t.Fatal(err)
			}
			s.first = 1
			got, l, err := s.look(t.Context(), source("aqmola"), time.Time{})
			if l.Outcome != c.want || len(got) != c.entries || l.Complete != (c.want == listing.Healthy) || l.Complete != (err == nil) {
				t.Fatalf("%d entries, %+v, %v", len(got), l, err)
			}
			if slices.Contains(titles(got), "Приказ 6") != l.Complete {
				t.Errorf("%v", titles(got))
			}
			if c.want == listing.Cut && (len(l.Findings) != 1 || l.Findings[0].Kind != listing.Repeated || l.Findings[0].Subject != "1010" || qulaq.KindOf(err) != qulaq.Transient) {
				t.Errorf("%+v, %v", l.Findings, err)
			}
		})
	}
}

// TestNumberingIsAskedAgain: something was published while the numbering was asked, and page 0 is page 1.
func TestNumberingIsAskedAgain(t *testing.T) {
	s := newStage(t)
	s.CountPages(govsim.Lenient)
	s.fill("aqmola", 130)
	s.first = 0 // as it was taken
	got, l, err := s.look(t.Context(), source("aqmola"), time.Time{})
	if err != nil || !l.Complete || len(got) != 130 || s.first != 1 {
		t.Errorf("%d entries, counted from %d, %+v, %v", len(got), s.first, l, err)
	}
}

func TestMoreSlugs(t *testing.T) {
	s := newStage(t)
	s.fill("akimvko", 1)
	s.fill("vko", 2)
	of := source("akimvko")
	of.More = []string{"vko"}
	got, l, err := s.look(t.Context(), of, time.Time{})
	if err != nil || l.Entries != 3 || !strings.Contains(got[2].URL, "/entities/vko/") {
		t.Errorf("%+v, %v", l, err)
	}
}

func TestErrorOfEachEndsTheLook(t *testing.T) {
	s := newStage(t)
	s.fill("aqmola", 3)
	full := errors.New("the disk is full")
	l, err := s.Look(t.Context(), source("aqmola"), "ru", time.Time{}, func(listing.Entry) error { return full })
	if err != full || l.Complete || l.Outcome != listing.Cut || l.Entries != 1 {
		t.Errorf("%+v, %v", l, err)
	}
}

func TestCancelled(t *testing.T) {
	s := newStage(t)
	s.fill("aqmola", 300)
	ctx, cancel := context.WithCancel(t.Context())
	l, err := s.Look(ctx, source("aqmola"), "ru", time.Time{}, func(listing.Entry) error { cancel(); return nil })
	if !errors.Is(err, context.Canceled) || l.Complete || l.Outcome != listing.Cut {
		t.Errorf("%+v, %v", l, err)
	}
}

// TestReplay reads the archive alone and finds what the look found.
func TestReplay(t *testing.T) {
	s := newStage(t)
	s.fill("aqmola", 150)
	live, l, err := s.look(t.Context(), source("aqmola"), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	asked := len(s.Requests())
	var again []listing.Entry
	seen := map[string]bool{}
	for _, h := range l.Hashes {
		snap, ok := s.archive.Snapshot("govkz/aqmola", h)
		if !ok {
			t.Fatal("a page is not in the archive")
		}
		if _, err := Entries(snap, func(e listing.Entry) error {
			if !seen[e.ID] {
				seen[e.ID] = true
				again = append(again, e)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	ignorePlace := cmpopts.IgnoreFields(listing.Entry{}, "Page", "Index") // of the newest, which the numbering asked for
	byID := cmpopts.SortSlices(func(a, b listing.Entry) bool { return a.ID < b.ID })
	if diff := cmp.Diff(live, again, ignorePlace, byID); diff != "" {
		t.Error(diff)
	}
	if len(s.Requests()) != asked {
		t.Error("replaying used the network")
	}
}

// TestOnePageAtTwoAddresses: what was seen at one address is now at another, and so are the files.
func TestOnePageAtTwoAddresses(t *testing.T) {
	s := newStage(t)
	s.Add("aqmola", "ru", govsim.Entry{Title: "План", Created: day(2023, 1, 20), Files: []govsim.File{{Name: "a.docx", Data: []byte("PK")}}})
	if _, _, err := s.look(t.Context(), source("aqmola"), time.Time{}); err != nil {
		t.Fatal(err)
	}
	moved := httptest.NewServer(s.World)
	t.Cleanup(moved.Close)
	var err error
	if s.Client, err = New(moved.URL, s.get.Client, s.archive); err != nil {
		t.Fatal(err)
	}
	got, _, err := s.look(t.Context(), source("aqmola"), time.Time{})
	if err != nil || !strings.HasPrefix(got[0].Files[0].URL, moved.URL) || !strings.HasPrefix(got[0].URL, moved.URL) {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestNightWithNothingNew: twenty akimats in two languages cost the pauses that politeness asks for and
// little more.
func TestNightWithNothingNew(t *testing.T) {
	s := newStage(t)
	all, err := Sources(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, of := range all {
		s.fill(of.Slug, 3)
	}
	least := 2 * len(all)
	for range 2 { // the second night finds the numbering known
		s.Forget()
		for _, of := range all {
			for _, lang := range []listing.Lang{"ru", "kk"} {
				l, err := s.Look(t.Context(), of, lang, day(2026, 1, 1), func(listing.Entry) error { return errors.New("new?") })
				if err != nil || l.Outcome != listing.Empty {
					t.Fatalf("%s: %+v, %v", of.Key, l, err)
				}
			}
		}
		requests := len(s.Requests())
		if requests > least*11/10 {
			t.Errorf("%d requests for %d listings", requests, least)
		}
		if most := time.Duration(requests) * 500 * time.Millisecond; s.slept > most {
			t.Errorf("waited %s for %d requests", s.slept, requests)
		}
		t.Logf("%d requests for %d listings, %s of pauses", requests, least, s.slept)
		s.slept = 0
	}
}

func TestFile(t *testing.T) {
	s := newStage(t)
	s.Add("aqmola", "ru", govsim.Entry{Title: "План", Created: day(2023, 1, 20), Files: []govsim.File{
		{Name: "a.docx", Data: []byte("PK\x03\x04 one")},
		{Name: "b.pdf", Data: []byte("%PDF- two"), Announced: 5000},
		{Name: "c.xls", Data: []byte(govsim.LoginPage)},
		{Name: "d.pdf", Data: []byte(govsim.ShellPage)},
		{Name: "e.doc", Data: []byte("<html><body><table><tr><td>saved by an office program</td></tr></table></body></html>")},
		{Name: "f.docx", Data: nil},
		{Name: "g.docx", Data: []byte("PK\x03\x04 gone")},
	}})
	got, _, err := s.look(t.Context(), source("aqmola"), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	s.Spoil(strings.TrimPrefix(got[0].Files[6].URL, s.base.String()), govsim.Mishap{Status: 404})
	for i, want := range []struct {
		content  string
		kind     qulaq.Kind
		outcome  listing.Outcome
		findings int
	}{
		{content: "PK\x03\x04 one"},
		{content: "%PDF- two", findings: 1},
		{kind: qulaq.Blocked, outcome: listing.LoginPage},
		{kind: qulaq.Contract, outcome: listing.ChangedShape},
		{content: "<html><body><table><tr><td>saved by an office program</td></tr></table></body></html>"},
		{kind: qulaq.Contract, outcome: listing.ChangedShape},
		{kind: qulaq.Configuration, outcome: listing.ChangedShape},
	} {
		f := got[0].Files[i]
		for again := range 2 {
			fetched, err := s.File(t.Context(), source("aqmola"), f)
			if want.content == "" {
				outcome, _ := listing.Judge(fmt.Errorf("%w", err))
				if err == nil || qulaq.KindOf(err) != want.kind || outcome != want.outcome || fetched.Snapshot.Open != nil {
					t.Errorf("%s: %v, %s", f.Name, err, outcome)
				}
				continue
			}
			if err != nil || fetched.New != (again == 0) || len(fetched.Findings) != want.findings || len(fetched.Attempts) != 1-again {
				t.Errorf("%s: %+v, %v", f.Name, fetched, err)
				continue
			}
			r, err := fetched.Snapshot.Open()
			if err != nil {
				t.Fatal(err)
			}
			b, err := io.ReadAll(r)
			if err != nil || string(b) != want.content || fetched.Snapshot.Source != "govkz/aqmola" {
				t.Errorf("%s: %q, %v", f.Name, b, err)
			}
			r.Close()
		}
		if n := s.Count(f.Name); want.content != "" && n != 1 {
			t.Errorf("%s was fetched %d times", f.Name, n)
		}
	}
}

// TestRobotsRefuseTheFiles: the listing can be read and the files cannot, which is neither empty nor broken.
func TestRobotsRefuseTheFiles(t *testing.T) {
	s := newStage(t)
	s.Robots("User-agent: *\nDisallow: /search\nDisallow: /uploads\n")
	s.Add("aqmola", "ru", govsim.Entry{Title: "План", Created: day(2023, 1, 20), Files: []govsim.File{{Name: "a.docx", Data: []byte("PK")}}})
	got, l, err := s.look(t.Context(), source("aqmola"), time.Time{})
	if err != nil || l.Outcome != listing.Healthy {
		t.Fatal(l, err)
	}
	fetched, err := s.File(t.Context(), source("aqmola"), got[0].Files[0])
	outcome, _ := listing.Judge(err)
	if !errors.Is(err, fetch.ErrRobots) || qulaq.KindOf(err) != qulaq.Blocked || outcome != listing.Refused || s.Count("/uploads") != 0 {
		t.Errorf("%+v, %v", fetched, err)
	}
}

// TestServerThatTiresOfUs refuses after 90 downloads; the rest of the run leaves it alone.
func TestServerThatTiresOfUs(t *testing.T) {
	s := newStage(t)
	s.RefuseAfter(90)
	var files []govsim.File
	for i := range 120 {
		files = append(files, govsim.File{Name: "a.pdf", Data: []byte(fmt.Sprint("%PDF-", i))})
	}
	s.Add("aqmola", "ru", govsim.Entry{Title: "План", Created: day(2023, 1, 20), Files: files})
	got, _, err := s.look(t.Context(), source("aqmola"), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	fine, resting := 0, 0
	for _, f := range got[0].Files {
		_, err := s.File(t.Context(), source("aqmola"), f)
		switch {
		case err == nil:
			fine++
		case errors.Is(err, fetch.ErrResting):
			resting++
		}
	}
	// Four tries of one file and one of the next; and the transport itself asks again, once, when a
	// connection that was good for a request before is found closed.
	if fine != 90 || resting != 28 || s.Count("/uploads/") > 90+4+1+1 {
		t.Errorf("%d fine, %d at rest, %d requests", fine, resting, s.Count("/uploads/"))
	}
	s.Forget() // the next night
	s.sleep(t.Context(), 24*time.Hour)
	for _, f := range got[0].Files {
		if _, err := s.File(t.Context(), source("aqmola"), f); err != nil {
			t.Fatal(err)
		}
	}
	if n := s.Count("/uploads/"); n != 30 {
		t.Errorf("%d files were fetched on the next night, 30 were missing", n)
	}
}

func TestNew(t *testing.T) {
	for _, base := range []string{"", "www.gov.kz", "ftp://www.gov.kz", "https://user:s3cret@www.gov.kz"} {
		if _, err := New(base, nil, nil); qulaq.KindOf(err) != qulaq.Configuration || strings.Contains(fmt.Sprint(err), "s3cret") {
			t.Errorf("%q: %v", base, err)
		}
	}
}
