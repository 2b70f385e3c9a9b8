package govkz

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract"
	"github.com/qulaq-kz/qulaq/extract/listing"
)

// archived makes a snapshot of a page that needs no archive.
func archived(text string) qulaq.Snapshot {
	return qulaq.Snapshot{
		Source: "govkz/aqmola", Size: int64(len(text)),
		Origin: BaseURL + documentsPath + "?projects=aqmola&page=1&size=100&sort-by=created_date:DESC#lang=ru",
		Open:   func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil },
	}
}

func entries(text string) (all []listing.Entry, r Read, err error) {
	r, err = Entries(archived(text), func(e listing.Entry) error {
		all = append(all, e)
		return nil
	})
	return all, r, err
}

// element is one that has all that is needed, with some fields changed.
func element(changes string) string {
	fields := map[string]json.RawMessage{}
	base := `{"id":5,"title":"План","created_date":"2023-01-20T09:30:00.000+00:00","content":"","full_text":[]}`
	for _, text := range []string{base, changes} {
		if err := json.Unmarshal([]byte(text), &fields); err != nil {
			panic(err)
		}
	}
	b, err := json.Marshal(fields)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func TestCards(t *testing.T) {
	long := strings.Repeat("ж", 3000)
	for name, c := range map[string]struct {
		changes string
		want    string // of the entry
		finding qulaq.FindingKind
		subject string
	}{
		"as it should be":    {`{}`, "5|План|2023-01-20T09:30:00Z|false|", "", ""},
		"id as a text":       {`{"id":"a-7"}`, "a-7|План|2023-01-20T09:30:00Z|false|", "", ""},
		"no id":              {`{"id":null}`, "", listing.NoID, ""},
		"id of another form": {`{"id":{"n":1}}`, "", listing.NoID, ""},
		"id like a path":     {`{"id":"../../x"}`, "", listing.NoID, ""},
		"midnight":           {`{"created_date":"2020-03-01T00:00:00.000+00:00"}`, "5|План|2020-03-01T00:00:00Z|true|", "", ""},
		"another zone":       {`{"created_date":"2023-01-20T14:30:00.000+0500"}`, "5|План|2023-01-20T09:30:00Z|false|", "", ""},
		"midnight there":     {`{"created_date":"2023-01-20T00:00:00+06:00"}`, "5|План|2023-01-19T18:00:00Z|true|", "", ""},
		"no zone":            {`{"created_date":"2023-01-20T09:30:00"}`, "5|План|2023-01-20T09:30:00Z|false|", "", ""},
		"a day":              {`{"created_date":"2023-01-20"}`, "5|План|2023-01-20T00:00:00Z|true|", "", ""},
		"no time":            {`{"created_date":"вчера"}`, "5|План|0001-01-01T00:00:00Z|false|", listing.BadField, "created_date"},
		"an impossible day":  {`{"created_date":"2023-02-31T00:00:00Z"}`, "5|План|0001-01-01T00:00:00Z|false|", listing.BadField, "created_date"},
		"a time that is a number": {
			`{"created_date":1674207000}`, "5|План|0001-01-01T00:00:00Z|false|", listing.BadField, "created_date",
		},
		"year 0":              {`{"created_date":"0001-01-01T00:00:00Z"}`, "5|План|0001-01-01T00:00:00Z|false|", listing.BadField, "created_date"},
		"a title of two rows": {`{"title":"План \n\t 2"}`, "5|План 2|2023-01-20T09:30:00Z|false|", "", ""},
		"a long title":        {`{"title":"` + long + `"}`, "5|" + long[:4000] + "…|2023-01-20T09:30:00Z|false|", listing.BadField, "title"},
		"title of another form": {
			`{"title":["План"]}`, "5||2023-01-20T09:30:00Z|false|", listing.BadField, "title",
		},
		"no files":   {`{"full_text":null}`, "5|План|2023-01-20T09:30:00Z|false|", "", ""},
		"two files":  {`{"full_text":[{"document":"/uploads/a.12.PDF"},{"document":null},{"document":"/uploads/б в.docx"},{"document":"/uploads/a.12.PDF"}]}`, "5|План|2023-01-20T09:30:00Z|false|https://www.gov.kz/uploads/a.12.PDF a.12.PDF 12,https://www.gov.kz/uploads/%D0%B1%20%D0%B2.docx б в.docx -1", "", ""},
		"a bad file": {`{"full_text":[{"document":"javascript:x"}]}`, "5|План|2023-01-20T09:30:00Z|false|", listing.BadLink, "full_text"},
		"files of another form": {
			`{"full_text":{"document":"/uploads/a.pdf"}}`, "5|План|2023-01-20T09:30:00Z|false|", listing.BadField, "full_text",
		},
		"a new field": {`{"z":1}`, "5|План|2023-01-20T09:30:00Z|false|", qulaq.UnknownColumn, "z"},
	} {
		t.Run(name, func(t *testing.T) {
			// Two more keep the page's shape, for one odd entry is no change of it.
			all, r, err := entries("[" + element(c.changes) + "," + element(`{"id":1}`) + "," + element(`{"id":2}`) + "]")
			if err != nil || r.Cards != 3 {
				t.Fatal(r, err)
			}
			got := ""
			if len(all) == 3 {
				e := all[0]
				var files []string
				for _, f := range e.Files {
					files = append(files, fmt.Sprint(f.URL, " ", f.Name, " ", f.Bytes))
				}
				got = fmt.Sprintf("%s|%s|%s|%v|%s", e.ID, e.Title, e.CreatedAt.Format(time.RFC3339), e.Migrated, strings.Join(files, ","))
			}
			if got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
			var found qulaq.Finding
			if len(r.Findings) > 0 {
				found = r.Findings[0]
			}
			if len(r.Findings) > 1 || found.Kind != c.finding || found.Subject != c.subject || found.Kind != "" && (found.Line != 1 || found.Count != 1) {
				t.Errorf("%+v", r.Findings)
			}
		})
	}
}

func TestBoundsOfACard(t *testing.T) {
	files := strings.Repeat(`{"document":"/uploads/%d.pdf"},`, maxFiles+10)
	for i := range maxFiles + 10 {
		files = strings.Replace(files, "%d", fmt.Sprint(i), 1)
	}
	names := strings.TrimSuffix(strings.Repeat(`{"project_name":"Акимат"},{},`, maxNames+10), ",")
	all, r, err := entries("[" + element(`{"full_text":[`+strings.TrimSuffix(files, ",")+`],"gosorgan":{"items":[`+names+`]}}`) + "]")
	if err != nil || len(all[0].Files) != maxFiles || len(all[0].Organisations) != maxNames || len(r.Findings) != 2 {
		t.Errorf("%d files, %d names, %+v, %v", len(all[0].Files), len(all[0].Organisations), r.Findings, err)
	}
}

// TestOneEntryTooLarge loses that entry, says so, and keeps the others.
func TestOneEntryTooLarge(t *testing.T) {
	big := element(`{"id":9,"content":"` + strings.Repeat("x", maxElement) + `"}`)
	all, r, err := entries("[" + element(`{"id":1}`) + "," + big + "," + element(`{"id":2}`) + "]")
	if err != nil || len(all) != 2 || all[1].Index != 2 || len(r.Findings) != 1 || r.Findings[0].Kind != listing.BadCard || r.Findings[0].Line != 2 {
		t.Errorf("%d entries, %+v, %v", len(all), r.Findings, err)
	}
}

func TestShapes(t *testing.T) {
	many := func(n int, changes string) string {
		var all []string
		for i := range n {
			all = append(all, element(strings.Replace(changes, "%", fmt.Sprint(i), 1)))
		}
		return "[" + strings.Join(all, ",") + "]"
	}
	for name, c := range map[string]struct {
		text string
		want listing.Outcome // empty when all is well
	}{
		"empty":                          {"[]", ""},
		"empty with spaces":              {" [ \r\n] \n", ""},
		"BOM":                            {"\uFEFF[]", ""},
		"nothing":                        {"", listing.Cut},
		"only the beginning":             {"[", listing.Cut},
		"cut in a text":                  {`[{"id":"]`, listing.Cut},
		"cut behind a card":              {"[" + element("{}") + ",", listing.Cut},
		"null":                           {"null", listing.ChangedShape},
		"an object":                      {`{"items":[]}`, listing.ChangedShape},
		"two arrays":                     {"[][]", listing.ChangedShape},
		"a bracket too many":             {"[" + element("{}") + "}]", listing.ChangedShape},
		"two commas":                     {"[" + element("{}") + ",,]", listing.ChangedShape},
		"a comma at the end":             {"[" + element("{}") + ",]", listing.ChangedShape},
		"a comma at the beginning":       {"[," + element("{}") + "]", listing.ChangedShape},
		"one empty card":                 {"[{}]", listing.ChangedShape},
		"one good and one empty":         {"[{}," + element("{}") + "]", ""},
		"files by null":                  {many(9, `{"id":%,"full_text":null}`), ""},
		"files of another form":          {many(9, `{"id":%,"full_text":"/uploads/a.pdf"}`), listing.ChangedShape},
		"few files of another form":      {many(4, `{"id":%,"full_text":"/uploads/a.pdf"}`), ""},
		"texts of another form":          {many(9, `{"id":%,"content":{}}`), listing.ChangedShape},
		"no titles":                      {many(2, `{"id":%,"title":null}`), listing.ChangedShape},
		"times of another form":          {many(3, `{"id":%,"created_date":1674207000}`), listing.ChangedShape},
		"more than one page should have": {"[" + strings.Repeat("1,", maxElements+1) + "1]", listing.ChangedShape},
		"brackets that do not fit":       {`[{"id":1]]`, listing.ChangedShape},
		"gzip that is none":              {"\x1f\x8b\x08....", listing.Cut},
		"HTML":                           {"\n<!DOCTYPE html><title>x</title>", listing.ChangedShape},
		"XML":                            {"<error/>", listing.ChangedShape},
	} {
		_, _, err := entries(c.text)
		var got listing.Outcome
		if err != nil {
			got, _ = listing.Judge(err)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q: %v", name, got, c.want, err)
		}
	}
}

func TestTroubleOfTheArchive(t *testing.T) {
	broken := errors.New("the disk is broken")
	snap := archived("")
	snap.Open = func() (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(strings.NewReader("["+element("{}")), iotest.ErrReader(broken))), nil
	}
	if _, err := Entries(snap, func(listing.Entry) error { return nil }); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
	snap.Open = func() (io.ReadCloser, error) { return nil, broken }
	if _, err := Entries(snap, func(listing.Entry) error { return nil }); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
	snap = archived("[]")
	snap.Source = "eotinish"
	if _, err := Entries(snap, nil); qulaq.KindOf(err) != qulaq.Bug || err == nil {
		t.Errorf("%v", err)
	}
}

// TestGiantListing reads a page of 20 MB from the archive and holds the heap against 64 MB.
func TestGiantListing(t *testing.T) {
	var page bytes.Buffer
	page.WriteByte('[')
	text := strings.Repeat("<td>Жол жөндеу, ремонт дороги</td>", 2000)
	n := 0
	for ; page.Len() < 20<<20; n++ {
		if n > 0 {
			page.WriteByte(',')
		}
		page.WriteString(element(fmt.Sprintf(`{"id":%d,"content":"%s"}`, n, text)))
	}
	page.WriteByte(']')
	archive, err := extract.OpenArchive(t.TempDir(), func() time.Time { return noon })
	if err != nil {
		t.Fatal(err)
	}
	snap, err := archive.Put(t.Context(), &page, extract.Sighting{Source: "govkz/aqmola", Origin: archived("").Origin})
	if err != nil {
		t.Fatal(err)
	}
	page = bytes.Buffer{}
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	runtime.GC()
	var peak uint64
	start := time.Now()
	count := 0
	r, err := Entries(snap, func(listing.Entry) error {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		peak = max(peak, m.HeapInuse)
		count++
		return nil
	})
	if err != nil || r.Entries != n || count != n {
		t.Fatal(r.Entries, n, err)
	}
	t.Logf("%d entries of %d bytes in %s, at most %d MB of heap", n, snap.Size, time.Since(start), peak>>20)
	if peak > 64<<20 {
		t.Errorf("%d MB of heap", peak>>20)
	}
}

func FuzzEntries(f *testing.F) {
	f.Add("[" + element(`{"full_text":[{"document":"/uploads/a.5.pdf"}],"gosorgan":{"items":[{"project_name":"x"}]}}`) + "]")
	f.Add(`[{},{"id":1},2,"]",[{}]]`)
	f.Add("[{\"id\":1,\"title\":\"\xcf\xeb\xe0\xed\"}]")
	f.Add("\x1f\x8b\x08")
	f.Add("<html><input type=password>")
	f.Fuzz(func(t *testing.T, text string) {
		all, r, err := entries(text)
		if err != nil && qulaq.KindOf(err) == qulaq.Bug {
			t.Errorf("%v", err)
		}
		if len(all) > r.Cards || len(all) != r.Entries {
			t.Errorf("%d entries of %d cards, %+v", len(all), r.Cards, r)
		}
		for _, e := range all {
			if e.ID == "" || strings.ContainsAny(e.Title, "\n\x00") || !strings.HasPrefix(e.URL, BaseURL) {
				t.Errorf("%+v", e)
			}
		}
	})
}

// FuzzEachElement holds the splitter against the standard library: what that takes for an array has the same
// elements here.
func FuzzEachElement(f *testing.F) {
	f.Add(`[1, "a,]\"", {"b":[{}]} , null,[ ] ]`)
	f.Add(`[]`)
	f.Add(`["\\"]`)
	f.Fuzz(func(t *testing.T, text string) {
		var got []string
		err := eachElement(strings.NewReader(text), func(raw []byte, size int64) error {
			if int64(len(raw)) != size {
				t.Errorf("%d bytes of %d", len(raw), size)
			}
			got = append(got, strings.Trim(string(raw), " \t\r\n"))
			return nil
		})
		var want []json.RawMessage
		if json.Unmarshal([]byte(text), &want) != nil || want == nil {
			return // bad JSON may be found out by who reads the elements
		}
		if err != nil {
			t.Fatal(err)
		}
		var words []string
		for _, w := range want {
			words = append(words, string(w))
		}
		if diff := cmp.Diff(words, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestIsListing(t *testing.T) {
	for origin, want := range map[string]bool{
		"https://www.gov.kz/api/v1/public/content-manager/documents?projects=aktobe&page=1#lang=ru": true,
		"https://www.gov.kz/uploads/2023/1/20/0123_original.7.docx":                                 false,
		"https://www.gov.kz/api/v1/public/content-manager/documents":                                false,
		"%": false,
	} {
		if got := IsListing(origin); got != want {
			t.Errorf("%s: %t", origin, got)
		}
	}
}
