package extract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq"
)

var noon = time.Date(2026, 5, 20, 12, 0, 0, 0, qulaq.Almaty())

func at(t time.Time) func() time.Time { return func() time.Time { return t } }

func open(t testing.TB, root string) *Archive {
	t.Helper()
	a, err := OpenArchive(root, at(noon))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func seen(origin string) Sighting { return Sighting{Source: "eotinish", Origin: origin} }

func put(t testing.TB, a *Archive, content string, meta Sighting) qulaq.Snapshot {
	t.Helper()
	s, err := a.Put(context.Background(), strings.NewReader(content), meta)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func read(t testing.TB, s qulaq.Snapshot) string {
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

// files returns the paths below ROOT/archive, with sizes, without the journal.
func files(t testing.TB, root string) []string {
	t.Helper()
	var all []string
	dir := filepath.Join(root, "archive")
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && e.Name() != "sightings.ndjson" {
			rel, _ := filepath.Rel(dir, path)
			all = append(all, rel)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func journalLines(t testing.TB, root string) int {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, "archive", "sightings.ndjson"))
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Count(b, []byte("\n"))
}

// sameSnapshot compares all but the function.
var sameSnapshot = cmpopts.IgnoreFields(qulaq.Snapshot{}, "Open")

func TestPutAndOpen(t *testing.T) {
	text := strings.Repeat("жалоба;район Есиль\n", 200_000)
	for name, content := range map[string]struct{ bytes, ext string }{
		"empty":          {"", ".zst"},
		"one byte":       {"x", ".zst"},
		"text":           {text, ".zst"},
		"a chunk":        {text[:chunk], ".zst"},
		"a chunk and 1":  {text[:chunk+1], ".zst"},
		"gzip":           {"\x1f\x8b\x08" + text, ".raw"},
		"zip":            {"PK\x03\x04" + text, ".raw"},
		"zip of nothing": {"PK\x05\x06" + text[:18], ".raw"},
		"zstd":           {"\x28\xb5\x2f\xfd" + text, ".raw"},
		"pdf":            {"%PDF-1.7\n" + text, ".raw"},
		"jpeg":           {"\xff\xd8\xff\xe0", ".raw"},
		"png":            {"\x89PNG\r\n\x1a\n", ".raw"},
		"nearly a zip":   {"PK", ".zst"},
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			a := open(t, root)
			s := put(t, a, content.bytes, seen("/inbox/a.csv"))
			if s.Size != int64(len(content.bytes)) {
				t.Errorf("size %d, want %d", s.Size, len(content.bytes))
			}
			if got := read(t, s); got != content.bytes {
				t.Errorf("read %d bytes that differ from the %d put", len(got), len(content.bytes))
			}
			h := s.Hash.String()
			if diff := cmp.Diff([]string{"objects/" + h[:2] + "/" + h + content.ext}, files(t, root)); diff != "" {
				t.Error(diff)
			}
			if !a.Has(s.Hash) {
				t.Error("the object is there and Has says no")
			}
		})
	}
}

func TestEverythingPutIsReadBack(t *testing.T) {
	a := open(t, t.TempDir())
	words := []string{"жол", "су", "мусор во дворе", ";", "\n", "\x00", "PK\x03\x04"}
	rapid.Check(t, func(t *rapid.T) {
		// Sizes around the edges of chunks and of zstd's jobs, of repeating and of random bytes.
		size := rapid.SampledFrom([]int{0, 1, window, 4 * window, chunk, 2 * chunk}).Draw(t, "edge") +
			rapid.IntRange(0, 100).Draw(t, "more")
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		noise := rapid.IntRange(0, 10).Draw(t, "noise")
		var b bytes.Buffer
		for b.Len() < size {
			if random.IntN(10) < noise {
				fmt.Fprintf(&b, "%x", random.Uint64())
			} else {
				b.WriteString(words[random.IntN(len(words))])
			}
		}
		content := b.Bytes()[:size]
		step := rapid.SampledFrom([]int{511, 4096, 3 * chunk}).Draw(t, "step")
		s, err := a.Put(context.Background(), &slowReader{content, step}, seen("/a"))
		if err != nil {
			t.Fatal(err)
		}
		r, err := s.Open()
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		got, err := io.ReadAll(iotest.OneByteReader(io.LimitReader(r, 10)))
		if err != nil {
			t.Fatal(err)
		}
		rest, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(append(got, rest...), content) {
			t.Fatal("not the same bytes")
		}
	})
}

// slowReader gives at most step bytes at a time.
type slowReader struct {
	rest []byte
	step int
}

func (r *slowReader) Read(b []byte) (int, error) {
	if len(r.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(b[:min(len(b), r.step)], r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

func TestOneContentUnderTwoNames(t *testing.T) {
	root := t.TempDir()
	a := open(t, root)
	first := put(t, a, "a;b\n", seen("/inbox/export_2026-05-01.csv"))
	second := put(t, a, "a;b\n", seen("/inbox/copy_2026-05-02.csv"))
	if diff := cmp.Diff(first, second, sameSnapshot); diff != "" {
		t.Errorf("the second look changed the provenance: %s", diff)
	}
	if got := len(files(t, root)); got != 1 {
		t.Errorf("%d objects, want 1", got)
	}
	if got := journalLines(t, root); got != 2 {
		t.Errorf("%d sightings, want 2", got)
	}
	for _, origin := range []string{"/inbox/export_2026-05-01.csv", "/inbox/copy_2026-05-02.csv"} {
		if s, ok := a.Latest("eotinish", origin); !ok || s.Hash != first.Hash {
			t.Errorf("Latest(%s) = %v, %v", origin, s, ok)
		}
	}
	if _, ok := a.Latest("cc109", "/inbox/copy_2026-05-02.csv"); ok {
		t.Error("another source has seen nothing there")
	}
}

func TestUnchangedLookWritesNothing(t *testing.T) {
	root := t.TempDir()
	meta := seen("https://example.kz/export.csv")
	meta.ETag, meta.ModTime = `"1"`, noon
	put(t, open(t, root), "a;b\n", meta)

	later, err := OpenArchive(root, at(noon.Add(24*time.Hour)))
	if err != nil {
		t.Fatal(err)
	}
	meta.ModTime = noon.UTC() // the same moment
	s := put(t, later, "a;b\n", meta)
	if got := journalLines(t, root); got != 1 {
		t.Errorf("%d lines after an unchanged look, want 1", got)
	}
	if !s.SeenAt.Equal(noon) {
		t.Errorf("seen at %s, want the first time, %s", s.SeenAt, noon)
	}
	meta.ETag = `"2"`
	put(t, later, "a;b\n", meta)
	if got := journalLines(t, root); got != 2 {
		t.Errorf("%d lines after a look that brought a new ETag, want 2", got)
	}
}

func TestSnapshots(t *testing.T) {
	root := t.TempDir()
	a := open(t, root)
	put(t, a, "june", seen("/inbox/2026-06-01.csv"))
	put(t, a, "may", seen("/inbox/2026-05-01.csv"))
	put(t, a, "may too", seen("/inbox/copy/2026-05-01.csv"))
	put(t, a, "june", seen("/inbox/2026-04-01.csv"))
	other := seen("/109/2026-01-01.csv")
	other.Source = "cc109"
	put(t, a, "june", other)

	want := a.Snapshots("eotinish")
	var names []string
	for _, s := range want {
		names = append(names, s.Name+" "+read(t, s))
	}
	// "may too" has the smaller hash of the two of one day.
	if diff := cmp.Diff([]string{"2026-05-01.csv may too", "2026-05-01.csv may", "2026-06-01.csv june"}, names); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(want, open(t, root).Snapshots("eotinish"), sameSnapshot); diff != "" {
		t.Errorf("another run sees other snapshots: %s", diff)
	}
	if got := a.Snapshots("cc109"); len(got) != 1 || got[0].Origin != "/109/2026-01-01.csv" {
		t.Errorf("Snapshots(cc109) = %v", got)
	}
	if got := a.Snapshots("nobody"); got != nil {
		t.Errorf("Snapshots(nobody) = %v", got)
	}
}

func TestStanding(t *testing.T) {
	root := t.TempDir()
	a := open(t, root)
	put(t, a, "first", seen("/reports/b.txt"))
	put(t, a, "corrected", seen("/reports/b.txt"))
	put(t, a, "first", seen("/reports/c.txt")) // stands here, though it was born elsewhere
	put(t, a, "other", seen("/reports/a.txt"))
	put(t, a, "put aside", seen("/reports/a.txt"))
	put(t, a, "other", seen("/reports/a.txt"))
	elsewhere := seen("/109/2026-01-01.csv")
	elsewhere.Source = "cc109"
	put(t, a, "call", elsewhere)
	for name, archive := range map[string]*Archive{"this run": a, "another run": open(t, root)} {
		var got []string
		for _, s := range archive.Standing("eotinish") {
			got = append(got, s.Name+" "+read(t, s))
		}
		if diff := cmp.Diff([]string{"a.txt other", "b.txt corrected", "c.txt first"}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if got := a.Standing("nobody"); got != nil {
		t.Errorf("Standing(nobody) = %v", got)
	}
}

func TestReaderThatFails(t *testing.T) {
	cut := errors.New("the connection was cut")
	blocked := &qulaq.Error{Op: "fetch", Kind: qulaq.Blocked, Hint: "ask"}
	long := strings.Repeat("x", 3*chunk/2)
	for name, c := range map[string]struct {
		reader io.Reader
		reason error
		kind   qulaq.Kind
	}{
		"at once":             {iotest.ErrReader(cut), cut, qulaq.Transient},
		"in the first chunk":  {io.MultiReader(strings.NewReader("x"), iotest.ErrReader(cut)), cut, qulaq.Transient},
		"in the second chunk": {io.MultiReader(strings.NewReader(long), iotest.ErrReader(cut)), cut, qulaq.Transient},
		"as a cut body does":  {io.MultiReader(strings.NewReader("x"), iotest.ErrReader(io.ErrUnexpectedEOF)), io.ErrUnexpectedEOF, qulaq.Transient},
		"with a kind":         {iotest.ErrReader(blocked), blocked, qulaq.Blocked},
		"no permission":       {iotest.ErrReader(fs.ErrPermission), fs.ErrPermission, qulaq.Configuration},
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			a := open(t, root)
			_, err := a.Put(context.Background(), c.reader, seen("/a"))
			if !errors.Is(err, c.reason) || qulaq.KindOf(err) != c.kind {
				t.Errorf("error %v of kind %s", err, qulaq.KindOf(err))
			}
			if got := files(t, root); got != nil {
				t.Errorf("left behind: %v", got)
			}
			if _, ok := a.Latest("eotinish", "/a"); ok {
				t.Error("a sighting of what could not be read")
			}
		})
	}
}

func TestPutRefuses(t *testing.T) {
	root := t.TempDir()
	a := open(t, root)
	a.Limit = 2 * chunk
	if _, err := a.Put(context.Background(), strings.NewReader(strings.Repeat("x", 2*chunk+1)), seen("/a")); qulaq.KindOf(err) != qulaq.Contract || qulaq.Hint(err) == "" {
		t.Errorf("too large: %v", err)
	}
	put(t, a, strings.Repeat("x", 2*chunk), seen("/a"))

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := a.Put(ctx, strings.NewReader("y"), seen("/b")); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if _, err := a.Put(context.Background(), strings.NewReader("y"), Sighting{Source: "eotinish"}); qulaq.KindOf(err) != qulaq.Bug {
		t.Errorf("no origin: %v", err)
	}
	if _, err := a.Put(context.Background(), strings.NewReader("y"), seen(strings.Repeat("z", maxLine))); qulaq.KindOf(err) != qulaq.Contract {
		t.Errorf("a name without end: %v", err)
	}
	if got := journalLines(t, root); got != 1 {
		t.Errorf("%d lines, want 1", got)
	}
}

func TestDiskFull(t *testing.T) {
	p := newPacker()
	full := writerFunc(func([]byte) (int, error) { return 0, syscall.ENOSPC })
	for _, head := range []string{"", "\x1f\x8b"} { // packed and raw
		_, err := p.pack(context.Background(), full, strings.NewReader(head+strings.Repeat("жол ", chunk)), DefaultLimit)
		err = failed("archive", "/a", err)
		if !errors.Is(err, syscall.ENOSPC) || qulaq.KindOf(err) != qulaq.Configuration || qulaq.Hint(err) == "" {
			t.Errorf("%v, kind %s", err, qulaq.KindOf(err))
		}
	}
	// The packer is as good as new.
	var out bytes.Buffer
	c, err := p.pack(context.Background(), &out, strings.NewReader("a"), DefaultLimit)
	if err != nil || c.hash.Short() != "ca978112ca1b" { // SHA-256 of "a"
		t.Errorf("after a full disk: %v, %v", c, err)
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

func TestConcurrentPuts(t *testing.T) {
	root := t.TempDir()
	// Two handles, as two processes have.
	archives := []*Archive{open(t, root), open(t, root)}
	content := strings.Repeat("район Байқоңыр;", 300_000)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			s, err := archives[i%2].Put(context.Background(), strings.NewReader(content), seen(fmt.Sprintf("/inbox/%d.csv", i)))
			if err != nil || s.Size != int64(len(content)) {
				t.Errorf("put %d: %v", i, err)
			}
		})
	}
	all.Wait()
	if got := files(t, root); len(got) != 1 {
		t.Errorf("files: %v, want one object", got)
	}
	a := open(t, root)
	if got := journalLines(t, root); got != 8 {
		t.Errorf("%d sightings, want 8", got)
	}
	if got := a.Snapshots("eotinish"); len(got) != 1 || read(t, got[0]) != content {
		t.Errorf("%d snapshots, want the one", len(got))
	}
}

func TestNoGoroutineStaysBehind(t *testing.T) {
	a := open(t, t.TempDir())
	before := runtime.NumGoroutine()
	for i := range 20 {
		content := io.Reader(strings.NewReader(strings.Repeat("x", i*100_000)))
		if i%2 == 0 {
			content = io.MultiReader(content, iotest.ErrReader(errors.New("cut")))
		}
		s, err := a.Put(context.Background(), content, seen("/a"))
		if err != nil {
			continue
		}
		r, err := s.Open()
		if err != nil {
			t.Fatal(err)
		}
		io.CopyN(io.Discard, r, 10)
		r.Close()
	}
	for range 100 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d goroutines before, %d after", before, runtime.NumGoroutine())
}

func TestDamagedObject(t *testing.T) {
	text := strings.Repeat("жалоба;район Есиль\n", 10_000)
	for name, content := range map[string]string{"packed": text, "raw": "PK\x03\x04" + text} {
		for damage, change := range map[string]func([]byte) []byte{
			"a bit":          func(b []byte) []byte { b[len(b)/2] ^= 4; return b },
			"the last byte":  func(b []byte) []byte { b[len(b)-1] ^= 1; return b },
			"cut":            func(b []byte) []byte { return b[:len(b)-9] },
			"empty":          func([]byte) []byte { return nil },
			"another object": func([]byte) []byte { return []byte(packedAs(t, "another")) },
		} {
			t.Run(name+" "+damage, func(t *testing.T) {
				root := t.TempDir()
				a := open(t, root)
				s := put(t, a, content, seen("/a"))
				path := filepath.Join(root, "archive", files(t, root)[0])
				b, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, change(b), 0o600); err != nil {
					t.Fatal(err)
				}
				// The first reading by who packed it trusts size and checksum, which another whole object of
				// the same size would satisfy; every other reading proves the hash.
				if damage != "another object" || name == "raw" {
					r, err := s.Open()
					if err != nil {
						t.Fatal(err)
					}
					defer r.Close()
					_, err = io.Copy(io.Discard, r)
					checkCorrupt(t, err)
				}
				r, err := open(t, root).Open(s.Hash)
				if err != nil {
					t.Fatal(err)
				}
				defer r.Close()
				if at, ok := r.(io.ReaderAt); ok {
					_, err := at.ReadAt(make([]byte, 4), 0)
					checkCorrupt(t, err)
				}
				_, err = io.Copy(io.Discard, r)
				checkCorrupt(t, err)
				_, err = r.Read(make([]byte, 1))
				checkCorrupt(t, err)
			})
		}
	}
}

func packedAs(t *testing.T, content string) string {
	t.Helper()
	var out bytes.Buffer
	if _, err := newPacker().pack(context.Background(), &out, strings.NewReader(content), DefaultLimit); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func checkCorrupt(t *testing.T, err error) {
	t.Helper()
	if qulaq.KindOf(err) != qulaq.Contract || !strings.Contains(qulaq.Hint(err), "doctor") {
		t.Errorf("error %v of kind %s with hint %q", err, qulaq.KindOf(err), qulaq.Hint(err))
	}
}

func TestMissingObject(t *testing.T) {
	root := t.TempDir()
	a := open(t, root)
	s := put(t, a, "a;b\n", seen("/a"))
	if err := os.Remove(filepath.Join(root, "archive", files(t, root)[0])); err != nil {
		t.Fatal(err)
	}
	_, err := s.Open()
	checkCorrupt(t, err)
	if !errors.Is(err, fs.ErrNotExist) || a.Has(s.Hash) {
		t.Errorf("missing object: %v, Has %v", err, a.Has(s.Hash))
	}
	put(t, a, "a;b\n", seen("/a"))
	if read(t, s) != "a;b\n" {
		t.Error("a new Put did not mend it")
	}
}

func TestRandomAccess(t *testing.T) {
	content := "PK\x03\x04" + strings.Repeat("0123456789", 1000)
	s := put(t, open(t, t.TempDir()), content, seen("/a.xlsx"))
	r, err := s.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(io.NewSectionReader(r.(io.ReaderAt), 4000, s.Size-4000))
	if err != nil || string(b) != content[4000:] {
		t.Errorf("read %d bytes at random, %v", len(b), err)
	}
	if err := iotest.TestReader(io.NewSectionReader(r.(io.ReaderAt), 0, s.Size), []byte(content)); err != nil {
		t.Error(err)
	}
	if b, err := io.ReadAll(r); err != nil || string(b) != content {
		t.Errorf("then in order: %d bytes, %v", len(b), err)
	}
}

func TestKilledRunLeavesNothingThatHarms(t *testing.T) {
	root := t.TempDir()
	put(t, open(t, root), "a;b\n", seen("/a"))
	left := func(name string, age time.Duration) {
		path := filepath.Join(root, "archive", "incoming", name)
		if err := os.WriteFile(path, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, noon.Add(-age), noon.Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	left("put-old", 25*time.Hour)
	left("put-young", time.Hour)
	a := open(t, root)
	if got := a.Snapshots("eotinish"); len(got) != 1 || read(t, got[0]) != "a;b\n" {
		t.Errorf("snapshots: %v", got)
	}
	for _, f := range files(t, root) {
		if strings.HasSuffix(f, "put-old") {
			t.Error("an abandoned file was not swept away")
		}
	}
	if got := files(t, root); len(got) != 2 {
		t.Errorf("files: %v; the young one may still be written", got)
	}
}

func TestOwnerOnly(t *testing.T) {
	root := filepath.Join(t.TempDir(), "data")
	a := open(t, root)
	put(t, a, "a;b\n", seen("/a"))
	put(t, a, "PK\x03\x04", seen("/b"))
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %s", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestRootThatIsNoFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenArchive(file, at(noon)); qulaq.KindOf(err) != qulaq.Configuration || qulaq.Hint(err) == "" {
		t.Errorf("%v", err)
	}
}
