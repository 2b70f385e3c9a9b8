package inbox

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract"
	"github.com/qulaq-kz/qulaq/extract/fetch"
)

var noon = time.Date(2026, 5, 20, 12, 0, 0, 0, qulaq.Almaty())

func archive(t *testing.T) *extract.Archive {
	t.Helper()
	a, err := extract.OpenArchive(t.TempDir(), func() time.Time { return noon })
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// write makes a file that was last written an hour before noon.
func write(t *testing.T, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	touch(t, path, noon.Add(-time.Hour))
	return path
}

func touch(t *testing.T, path string, modified time.Time) {
	t.Helper()
	if err := os.Chtimes(path, modified, modified); err != nil {
		t.Fatal(err)
	}
}

// folder looks at dir at noon and does not wait.
func folder(dir string, a *extract.Archive) Folder {
	return Folder{
		Source: "eotinish", Path: dir, Archive: a,
		Wall:  func() time.Time { return noon },
		Sleep: func(context.Context, time.Duration) error { return errors.New("nothing to wait for") },
	}
}

// show prints what was found, one line each: the path below dir, what became of it, the content.
func show(t *testing.T, dir string, found []Found, findings []qulaq.Finding) []string {
	t.Helper()
	var lines []string
	for _, f := range found {
		name, _ := filepath.Rel(dir, f.Origin)
		switch {
		case f.Err != nil:
			lines = append(lines, fmt.Sprint(name, " ", qulaq.KindOf(f.Err)))
		case f.New:
			lines = append(lines, name+" new "+content(t, f.Snapshot))
		default:
			lines = append(lines, name+" known "+content(t, f.Snapshot))
		}
	}
	for _, f := range findings {
		lines = append(lines, fmt.Sprintf("%s %s", f.Subject, f.Kind))
	}
	return lines
}

func content(t *testing.T, s qulaq.Snapshot) string {
	t.Helper()
	r, err := s.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func look(t *testing.T, f Folder, want ...string) []Found {
	t.Helper()
	found, findings, err := f.Look(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, show(t, f.Path, found, findings)); diff != "" {
		t.Error(diff)
	}
	return found
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	a := archive(t)
	look(t, folder(dir, a)) // empty: no error, nothing found

	write(t, dir, "export_2026-05-01.csv", "may")
	write(t, dir, "2026/04/export_2026-04-01.csv.gz", "\x1f\x8bapril")
	write(t, dir, "README", "hello")
	write(t, dir, "empty.csv", "")
	for _, name := range []string{
		".hidden", ".git/config", "~$export.xlsx", "a.part", "b.TMP", "c.csv.crdownload", "d.partial", "sub/e.filepart",
	} {
		write(t, dir, name, "x")
	}
	outside := write(t, t.TempDir(), "secret", "secret")
	for name, target := range map[string]string{
		"link.csv": "README", "out.csv": outside, "up.csv": "../" + filepath.Base(dir) + "/README", "gone.csv": "nothing", "linked": "2026", "self": "self",
	} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe.csv"), 0o600); err != nil {
		t.Fatal(err)
	}
	findings := []string{
		"a.part still_written", "b.TMP still_written", "c.csv.crdownload still_written", "d.partial still_written",
		"gone.csv nothing_to_read", "linked nothing_to_read", "out.csv nothing_to_read", "pipe.csv nothing_to_read",
		"self nothing_to_read", "sub/e.filepart still_written", "up.csv nothing_to_read",
	}
	found := look(t, folder(dir, a), append([]string{
		"2026/04/export_2026-04-01.csv.gz new \x1f\x8bapril", "README new hello", "empty.csv new ",
		"export_2026-05-01.csv new may", "link.csv new hello",
	}, findings...)...)
	s := found[3].Snapshot
	if want := time.Date(2026, 5, 1, 0, 0, 0, 0, qulaq.Almaty()); s.Name != "export_2026-05-01.csv" || s.Origin != filepath.Join(dir, s.Name) ||
		s.Source != "eotinish" || s.Size != 3 || !s.ExportedAt.Equal(want) || !s.SeenAt.Equal(noon) {
		t.Errorf("%+v", s)
	}
	if got := found[1].Snapshot.ExportedAt; !got.Equal(noon.Add(-time.Hour)) {
		t.Errorf("a file without a date in its name: exported at %s", got)
	}

	look(t, folder(dir, a), append([]string{
		"2026/04/export_2026-04-01.csv.gz known \x1f\x8bapril", "README known hello", "empty.csv known ",
		"export_2026-05-01.csv known may", "link.csv known hello",
	}, findings...)...)
}

// TestKnownIsNotRead puts other bytes behind the same size, time and inode: only reading would show them.
func TestKnownIsNotRead(t *testing.T) {
	dir, a := t.TempDir(), archive(t)
	path := write(t, dir, "a.csv", "old")
	look(t, folder(dir, a), "a.csv new old")
	write(t, dir, "a.csv", "new")
	look(t, folder(dir, a), "a.csv known old")

	for name, change := range map[string]func(){
		"time":   func() { touch(t, path, noon.Add(-2*time.Hour)) },
		"a tick": func() { touch(t, path, noon.Add(-2*time.Hour+time.Nanosecond)) },
		"size":   func() { write(t, dir, "a.csv", "longer") },
		"inode": func() {
			// Made while the old file is there, so that it cannot get its inode.
			if err := os.Rename(write(t, dir, "b", "longer"), path); err != nil {
				t.Fatal(err)
			}
		},
	} {
		change()
		found, _, err := folder(dir, a).Look(t.Context())
		if err != nil || len(found) != 1 || !found[0].New {
			t.Errorf("%s: %+v, %v", name, found, err)
		}
	}

	f := folder(dir, a)
	f.Source = "eotinish_text"
	if found, _, err := f.Look(t.Context()); err != nil || !found[0].New || found[0].Snapshot.Source != "eotinish_text" {
		t.Errorf("another source has not read it: %+v, %v", found, err)
	}
}

func TestObjectThatIsGone(t *testing.T) {
	dir, a := t.TempDir(), archive(t)
	write(t, dir, "a.csv", "x")
	look(t, folder(dir, a), "a.csv new x")
	if err := os.RemoveAll(filepath.Join(a.Dir(), "objects")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(a.Dir(), "objects"), 0o700); err != nil {
		t.Fatal(err)
	}
	look(t, folder(dir, a), "a.csv new x")
}

func TestYoungFile(t *testing.T) {
	for name, c := range map[string]struct {
		age    time.Duration
		writes int // looks during which it grows
		sleeps int
		want   string
	}{
		"settled":       {11 * time.Second, 0, 0, "a.csv new x"},
		"quiet":         {5 * time.Second, 0, 1, "a.csv new x"},
		"of the future": {-time.Hour, 0, 1, "a.csv new x"},
		"a last word":   {5 * time.Second, 1, 2, "a.csv new x+"},
		"it goes on":    {5 * time.Second, 9, 2, "a.csv still_written"},
	} {
		t.Run(name, func(t *testing.T) {
			dir, a := t.TempDir(), archive(t)
			path := write(t, dir, "a.csv", "x")
			touch(t, path, noon.Add(-c.age))
			sleeps := 0
			f := folder(dir, a)
			f.Sleep = func(_ context.Context, d time.Duration) error {
				if d != 500*time.Millisecond {
					t.Errorf("sleeps %s", d)
				}
				if sleeps++; sleeps <= c.writes {
					write(t, dir, "a.csv", "x"+strings.Repeat("+", sleeps))
				}
				return nil
			}
			look(t, f, c.want)
			if sleeps != c.sleeps {
				t.Errorf("slept %d times, want %d", sleeps, c.sleeps)
			}
			if strings.HasSuffix(c.want, "x") {
				f.Sleep = nil // now it is known, and nobody needs to wait for it
				f.Again = time.Hour
				look(t, f, "a.csv known x")
			}
		})
	}
}

func TestFileThatGoesWhileWeWait(t *testing.T) {
	dir, a := t.TempDir(), archive(t)
	gone := write(t, dir, "a.csv", "x")
	touch(t, gone, noon)
	write(t, dir, "b.csv", "y")
	f := folder(dir, a)
	f.Sleep = func(context.Context, time.Duration) error { return os.Remove(gone) }
	found := look(t, f, "a.csv transient", "b.csv new y")
	if !errors.Is(found[0].Err, fs.ErrNotExist) {
		t.Error(found[0].Err)
	}
}

func TestFileThatBecomesAPipe(t *testing.T) {
	dir, a := t.TempDir(), archive(t)
	path := write(t, dir, "a.csv", "x")
	touch(t, path, noon)
	f := folder(dir, a)
	looks := 0
	f.Sleep = func(context.Context, time.Duration) error {
		if looks++; looks > 1 {
			return nil // the pipe keeps still, and is opened
		}
		return errors.Join(os.Remove(path), syscall.Mkfifo(path, 0o600))
	}
	look(t, f, "a.csv still_written")
	if looks != 2 {
		t.Errorf("%d looks", looks)
	}
}

func TestRootThatGoes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "inbox")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	if w, err := list(root); err == nil {
		t.Errorf("a folder that is gone looks like an empty one: %+v", w)
	}
}

// TestSteady changes files while they are read.
func TestSteady(t *testing.T) {
	for name, change := range map[string]func(path string) error{
		"grows": func(path string) error {
			f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
			if err == nil {
				_, err = f.WriteString("more")
				err = errors.Join(err, f.Close())
			}
			return err
		},
		"shrinks":      func(path string) error { return os.Truncate(path, 10) },
		"is rewritten": func(path string) error { return os.WriteFile(path, make([]byte, 100_000), 0) },
		"is touched":   func(path string) error { return os.Chtimes(path, noon, noon) },
	} {
		t.Run(name, func(t *testing.T) {
			path := write(t, t.TempDir(), "a.csv", strings.Repeat("x", 100_000))
			file, err := os.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			defer file.Close()
			was, err := stateOf(file.Stat())
			if err != nil {
				t.Fatal(err)
			}
			s := &steady{file: file, path: path, was: was}
			if _, err := io.ReadFull(s, make([]byte, 50_000)); err != nil {
				t.Fatal(err)
			}
			if err := change(path); err != nil {
				t.Fatal(err)
			}
			a := archive(t)
			_, err = a.Put(t.Context(), s, extract.Sighting{Source: "eotinish", Origin: path})
			if !errors.Is(err, errChanged) {
				t.Errorf("%v", err)
			}
			if left, _ := os.ReadDir(filepath.Join(a.Dir(), "incoming")); len(left) != 0 || a.Snapshots("eotinish") != nil {
				t.Error("something of it was kept")
			}
		})
	}
}

func TestFolderThatCannotBeLookedAt(t *testing.T) {
	a := archive(t)
	dir := t.TempDir()
	file := write(t, dir, "file", "")
	deep := t.TempDir()
	write(t, deep, strings.Repeat("d/", maxDepth+1)+"a.csv", "")
	crowd := t.TempDir()
	for i := range maxEntries + 1 {
		if err := os.Symlink("x", filepath.Join(crowd, fmt.Sprint(i))); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct{ path, says string }{
		"missing":            {filepath.Join(dir, "none"), "no such file"},
		"a file":             {file, "not a directory"},
		"no path":            {"", "no path"},
		"too deep":           {deep, "deeper than"},
		"too many":           {crowd, "more than 10000 entries"},
		"around the archive": {filepath.Dir(a.Dir()), "the archive lies inside"},
		"the archive itself": {a.Dir(), "the archive lies inside"},
	} {
		found, _, err := folder(c.path, a).Look(t.Context())
		if qulaq.KindOf(err) != qulaq.Configuration || qulaq.Hint(err) == "" || !strings.Contains(err.Error(), c.says) || found != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := unusable(dir, fs.ErrPermission); qulaq.KindOf(err) != qulaq.Configuration || !strings.Contains(qulaq.Hint(err), "let the program") {
		t.Error(err)
	}
	if err := unreadable(file, fs.ErrPermission); qulaq.KindOf(err) != qulaq.Configuration || qulaq.Hint(err) == "" {
		t.Error(err)
	}
}

func TestTooLargeFileStopsNoOther(t *testing.T) {
	dir, a := t.TempDir(), archive(t)
	a.Limit = 3
	write(t, dir, "a.csv", "four")
	write(t, dir, "b.csv", "two")
	look(t, folder(dir, a), "a.csv contract", "b.csv new two")
}

func TestArchiveThatCannotBeWritten(t *testing.T) {
	dir, a := t.TempDir(), archive(t)
	write(t, dir, "a.csv", "x")
	write(t, dir, "b.csv", "y")
	if err := os.RemoveAll(filepath.Join(a.Dir(), "incoming")); err != nil {
		t.Fatal(err)
	}
	if found, _, err := folder(dir, a).Look(t.Context()); err == nil || found != nil {
		t.Errorf("%+v, %v", found, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := folder(dir, archive(t)).Look(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestNameThatIsNoUnicode(t *testing.T) {
	dir, a := t.TempDir(), archive(t)
	write(t, dir, "\xe6\xe0\xeb\xee\xe1\xfb.csv", "x") // жалобы in windows-1251
	write(t, dir, "\xe6.part", "x")
	look(t, folder(dir, a), "\uFFFD.csv new x", "\uFFFD.part still_written")
	look(t, folder(dir, a), "\uFFFD.csv known x", "\uFFFD.part still_written")
}

func client(t *testing.T) *fetch.Client {
	t.Helper()
	c, err := fetch.New(fetch.Options{
		UserAgent: "qulaq/test (+https://example.kz)", AllowPrivate: true, Pause: time.Nanosecond, Tries: 2,
		Sleep: func(context.Context, time.Duration) error { return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// server answers with h, which can be changed.
type server struct {
	*httptest.Server
	h http.HandlerFunc
}

func serve(t *testing.T) *server {
	t.Helper()
	s := &server{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.h(w, r) }))
	t.Cleanup(s.Close)
	return s
}

func ask(t *testing.T, u URL) Found {
	t.Helper()
	found, findings, err := u.Look(t.Context())
	if err != nil || len(found) != 1 || findings != nil {
		t.Fatalf("%v, %v, %v", found, findings, err)
	}
	f := found[0]
	if (f.Err == nil) != (f.Snapshot.Open != nil) {
		t.Errorf("a snapshot or an error, never both: %+v", f)
	}
	return f
}

func TestURL(t *testing.T) {
	a, s := archive(t), serve(t)
	u := URL{Source: "cc109", URL: s.URL + "/files/dump_2026-05-01.csv", Header: "X-Key:  s3cret ", Archive: a, Client: client(t)}
	version, body := `"1"`, "a;b\n"
	s.h = func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Key") != "s3cret" {
			t.Errorf("the header came as %q", r.Header.Get("X-Key"))
		}
		if r.Header.Get("If-None-Match") == version {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		w.Header().Set("ETag", version)
		io.WriteString(w, body)
	}
	first := ask(t, u)
	if !first.New || first.Media != "text/csv" || content(t, first.Snapshot) != body || first.Snapshot.Name != "dump_2026-05-01.csv" ||
		first.Snapshot.Origin != u.URL || len(first.Attempts) != 1 {
		t.Errorf("%+v", first)
	}
	again := ask(t, u)
	if again.New || again.Media != "text/csv" || again.Snapshot.Hash != first.Snapshot.Hash || again.Attempts[0].Status != 304 {
		t.Errorf("unchanged: %+v", again)
	}

	version, body = `"2"`, "a;b;c\n"
	if f := ask(t, u); !f.New || content(t, f.Snapshot) != body {
		t.Errorf("changed: %+v", f)
	}

	// Without the object, "not modified" would be of no use.
	if err := os.RemoveAll(filepath.Join(a.Dir(), "objects")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(a.Dir(), "objects"), 0o700); err != nil {
		t.Fatal(err)
	}
	if f := ask(t, u); !f.New || content(t, f.Snapshot) != body {
		t.Errorf("object gone: %+v", f)
	}

	// Another source's profile has not seen it.
	u.Source = "eotinish"
	if f := ask(t, u); !f.New || f.Snapshot.Source != "eotinish" {
		t.Errorf("another source: %+v", f)
	}
	journal, err := os.ReadFile(filepath.Join(a.Dir(), "sightings.ndjson"))
	if err != nil || bytes.Contains(journal, []byte("s3cret")) {
		t.Errorf("the journal holds a secret, or %v", err)
	}
}

func TestLastModified(t *testing.T) {
	const then = "Fri, 01 May 2026 07:00:00 GMT"
	a, s := archive(t), serve(t)
	s.h = func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-Modified-Since") == then {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Last-Modified", then)
		io.WriteString(w, "x")
	}
	u := URL{Source: "cc109", URL: s.URL, Archive: a, Client: client(t)}
	f := ask(t, u)
	if want := time.Date(2026, 5, 1, 12, 0, 0, 0, qulaq.Almaty()); !f.Snapshot.ExportedAt.Equal(want) || f.Snapshot.Name != "127.0.0.1" {
		t.Errorf("%+v", f.Snapshot)
	}
	if f := ask(t, u); f.New || f.Attempts[0].Status != 304 {
		t.Errorf("%+v", f)
	}
}

// TestSecretInTheQuery asks two addresses that look the same once their secrets are hidden.
func TestSecretInTheQuery(t *testing.T) {
	a, s := archive(t), serve(t)
	s.h = func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", `"1"`)
		io.WriteString(w, "file "+r.URL.Query().Get("token"))
	}
	for _, token := range []string{"s3cret1", "s3cret2"} {
		f := ask(t, URL{Source: "cc109", URL: s.URL + "/x?token=" + token, Archive: a, Client: client(t)})
		if content(t, f.Snapshot) != "file "+token || strings.Contains(f.Origin, "s3cret") {
			t.Errorf("%+v", f)
		}
	}
}

func TestURLTrouble(t *testing.T) {
	for name, c := range map[string]struct {
		h        http.HandlerFunc
		header   string
		kind     qulaq.Kind
		attempts int
	}{
		"200 and nothing": {func(http.ResponseWriter, *http.Request) {}, "", qulaq.Contract, 1},
		"401":             {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(401) }, "", qulaq.Blocked, 1},
		"404":             {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404) }, "", qulaq.Configuration, 1},
		"500":             {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }, "", qulaq.Transient, 1},
		"cut": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "5000000")
			w.Write(make([]byte, 3_000_000))
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		}, "", qulaq.Transient, 2},
		"too large":         {func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, 4_000_001)) }, "", qulaq.Contract, 1},
		"header, no colon":  {nil, "s3cret", qulaq.Configuration, 0},
		"header, no value":  {nil, "Authorization: ", qulaq.Configuration, 0},
		"header, no name":   {nil, ": s3cret", qulaq.Configuration, 0},
		"header, two lines": {nil, "A: s3cret\r\nB: s3cret", qulaq.Configuration, 0},
	} {
		t.Run(name, func(t *testing.T) {
			a, s := archive(t), serve(t)
			a.Limit = 4_000_000
			s.h = c.h
			f := ask(t, URL{Source: "cc109", URL: s.URL + "/x?apiKey=s3cret", Header: c.header, Archive: a, Client: client(t)})
			if qulaq.KindOf(f.Err) != c.kind || len(f.Attempts) != c.attempts {
				t.Errorf("%v of kind %s after %d attempts", f.Err, qulaq.KindOf(f.Err), len(f.Attempts))
			}
			if strings.Contains(fmt.Sprint(f.Err, qulaq.Hint(f.Err), f.Origin, f.Attempts), "s3cret") {
				t.Errorf("a secret is shown: %v", f.Err)
			}
			if left, _ := os.ReadDir(filepath.Join(a.Dir(), "incoming")); len(left) != 0 || a.Snapshots("cc109") != nil {
				t.Error("something of it was kept")
			}
		})
	}
}

func TestPackedFile(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	io.WriteString(z, strings.Repeat("a;b\n", 1000))
	z.Close()
	a, s := archive(t), serve(t)
	s.h = func(w http.ResponseWriter, _ *http.Request) { w.Write(packed.Bytes()) }
	f := ask(t, URL{Source: "cc109", URL: s.URL + "/x.csv.gz", Archive: a, Client: client(t)})
	if f.Snapshot.Size != int64(packed.Len()) || content(t, f.Snapshot) != packed.String() {
		t.Errorf("%+v", f)
	}
}

func TestURLCancelled(t *testing.T) {
	s := serve(t)
	ctx, cancel := context.WithCancel(t.Context())
	s.h = func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	}
	found, _, err := URL{Source: "cc109", URL: s.URL, Archive: archive(t), Client: client(t)}.Look(ctx)
	if !errors.Is(err, context.Canceled) || len(found) != 1 || !errors.Is(found[0].Err, context.Canceled) {
		t.Errorf("%v, %v", found, err)
	}
}

func TestNameOf(t *testing.T) {
	for address, want := range map[string]string{
		"https://a.kz/x/export%202026-05-01.csv?y=1": "export 2026-05-01.csv",
		"https://a.kz/x/":  "x",
		"https://a.kz/":    "a.kz",
		"https://a.kz":     "a.kz",
		"https://a.kz/%zz": "",
	} {
		if got := nameOf(address); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}
