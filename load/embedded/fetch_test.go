package embedded

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq"
)

const fakeLibrary = "as good as a library"

// fakeRelease is a package that the machines of these tests use.
const fakeRelease = "@akimat/engine"

// pack makes a package.
func pack(t testing.TB, members ...tar.Header) []byte {
	t.Helper()
	var out bytes.Buffer
	gz := gzip.NewWriter(&out)
	w := tar.NewWriter(gz)
	for _, h := range members {
		content := fakeLibrary
		if h.Typeflag != tar.TypeReg {
			content = ""
		}
		if h.Size = int64(len(content)); w.WriteHeader(&h) != nil {
			t.Fatal("a bad header in the test")
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Close(), gz.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func goodPackage(t testing.TB) []byte {
	return pack(t,
		tar.Header{Name: "package/package.json", Typeflag: tar.TypeReg},
		tar.Header{Name: "package/libchdb.so", Typeflag: tar.TypeReg, Mode: 0o755})
}

// fakeNPM puts an npm on the PATH that packs these bytes, tells this integrity and keeps a log of its calls.
type fakeNPM struct{ dir string }

func newNPM(t *testing.T, packed []byte, integrity string) fakeNPM {
	t.Helper()
	n := fakeNPM{t.TempDir()}
	n.write(t, "packed", string(packed))
	n.write(t, "integrity", integrity+"\n")
	n.script(t, fmt.Sprintf(`#!/bin/sh
echo "$1 $2" >> %[1]s/calls
case "$1" in
view) cat %[1]s/integrity ;;
pack) sleep 0.2; cp %[1]s/packed engine.tgz ;;
esac
`, n.dir))
	t.Setenv("PATH", n.dir+":"+os.Getenv("PATH"))
	return n
}

func (n fakeNPM) script(t *testing.T, text string) {
	n.write(t, "npm", text)
	if err := os.Chmod(filepath.Join(n.dir, "npm"), 0o755); err != nil {
		t.Fatal(err)
	}
}

func (n fakeNPM) write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(n.dir, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (n fakeNPM) calls() []string {
	text, _ := os.ReadFile(filepath.Join(n.dir, "calls")) // not there: no calls
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

func sri(t testing.TB, packed []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x")
	if err := os.WriteFile(path, packed, 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := integrity(path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func sha(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:])
}

// testMachine is linux/amd64 with the release pinned, and darwin/arm64 with it not.
func testMachine(t testing.TB, goos, goarch string) machine {
	return machine{
		goos: goos, goarch: goarch,
		releases: map[string]release{
			"linux/amd64":  {name: fakeRelease, integrity: sri(t, goodPackage(t)), sha256: sha(fakeLibrary), loader: "/lib/ld"},
			"darwin/arm64": {name: fakeRelease},
		},
		exists: func(string) bool { return true },
		free:   func(string) (int64, error) { return 1e9, nil },
	}
}

// wantFetchError checks that a fetch fails as it should and leaves nothing behind that the next one believes.
func wantFetchError(t *testing.T, m machine, dir string, says, hint string) {
	t.Helper()
	_, err := fetch(t.Context(), FetchOptions{Dir: dir}, m)
	if err == nil {
		t.Fatal("no error")
	}
	t.Logf("%v (%s)", err, qulaq.Hint(err))
	if qulaq.KindOf(err) != qulaq.Configuration || !strings.Contains(err.Error(), says) || !strings.Contains(qulaq.Hint(err), hint) {
		t.Errorf("want kind configuration, %q and %q; got kind %v", says, hint, qulaq.KindOf(err))
	}
	if left, _ := filepath.Glob(filepath.Join(dir, Version, "partial")); len(left) > 0 {
		t.Error("a half-done fetch was left behind")
	}
}

func TestFetch(t *testing.T) {
	for _, test := range []struct {
		goos, goarch string
		calls        []string
	}{
		{"linux", "amd64", []string{"pack " + fakeRelease + "@" + Version}},
		{"darwin", "arm64", []string{"view " + fakeRelease + "@" + Version, "pack " + fakeRelease + "@" + Version}},
	} {
		t.Run(test.goos, func(t *testing.T) {
			npm := newNPM(t, goodPackage(t), sri(t, goodPackage(t)))
			m, dir := testMachine(t, test.goos, test.goarch), t.TempDir()
			// What a killed fetch left, and what a killed stamp left.
			leftover := filepath.Join(dir, Version, "partial", "half.tgz")
			if err := errors.Join(os.MkdirAll(filepath.Dir(leftover), 0o755), os.WriteFile(leftover, nil, 0o644)); err != nil {
				t.Fatal(err)
			}
			var stages []Stage
			lib, err := fetch(t.Context(), FetchOptions{Dir: dir, Progress: func(s Stage, _ int64) { stages = append(stages, s) }}, m)
			if err != nil {
				t.Fatal(err)
			}
			if text, err := os.ReadFile(lib); err != nil || string(text) != fakeLibrary || lib != filepath.Join(dir, Version, "libchdb.so") {
				t.Errorf("%s holds %q, %v", lib, text, err)
			}
			if diff := cmp.Diff([]Stage{Download, Verify, Unpack}, stages); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(test.calls, npm.calls()); diff != "" {
				t.Error(diff)
			}
			entries, _ := os.ReadDir(filepath.Dir(lib))
			var names []string
			for _, e := range entries {
				names = append(names, e.Name())
			}
			if diff := cmp.Diff([]string{"libchdb.so", "libchdb.so.verified", "lock"}, names); diff != "" {
				t.Error(diff)
			}

			t.Setenv("PATH", "") // again needs no npm
			again, err := fetch(t.Context(), FetchOptions{Dir: dir, Progress: func(s Stage, _ int64) { t.Errorf("again: %s", s) }}, m)
			if err != nil || again != lib {
				t.Errorf("again: %s, %v", again, err)
			}
		})
	}
}

func TestFetchOfTwoAtOnce(t *testing.T) {
	npm := newNPM(t, goodPackage(t), "")
	m, dir := testMachine(t, "linux", "amd64"), t.TempDir()
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			if _, err := fetch(context.Background(), FetchOptions{Dir: dir}, m); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	if got := npm.calls(); len(got) != 1 {
		t.Errorf("npm was called %d times: %q", len(got), got)
	}
}

func TestFetchIsCalledOff(t *testing.T) {
	newNPM(t, goodPackage(t), "").script(t, "#!/bin/sh\nsleep 60\n")
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	begun := time.Now()
	_, err := fetch(ctx, FetchOptions{Dir: t.TempDir()}, testMachine(t, "linux", "amd64"))
	if !errors.Is(err, context.DeadlineExceeded) || qulaq.KindOf(err) != qulaq.Transient {
		t.Errorf("kind %v: %v", qulaq.KindOf(err), err)
	}
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestFetchWaitIsCalledOff(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, Version), 0o755); err != nil {
		t.Fatal(err)
	}
	held(t, filepath.Join(dir, Version), owner{})
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	waits := 0
	_, err := fetch(ctx, FetchOptions{Dir: dir, Progress: func(s Stage, _ int64) {
		if s == Wait {
			waits++
		}
	}}, testMachine(t, "linux", "amd64"))
	if !errors.Is(err, context.DeadlineExceeded) || waits != 1 {
		t.Errorf("%d waits, %v", waits, err)
	}
}

func TestFetchRefusesOtherBytes(t *testing.T) {
	other := pack(t, tar.Header{Name: "package/libchdb.so", Typeflag: tar.TypeReg}, tar.Header{Name: "package/more", Typeflag: tar.TypeReg})
	for _, goos := range []string{"linux/amd64", "darwin/arm64"} {
		t.Run(goos, func(t *testing.T) {
			newNPM(t, other, sri(t, goodPackage(t)))
			system, arch, _ := strings.Cut(goos, "/")
			dir := t.TempDir()
			wantFetchError(t, testMachine(t, system, arch), dir, "bytes expected: the package has", "ask who runs it")
			if _, err := os.Stat(filepath.Join(dir, Version, "libchdb.so")); err == nil {
				t.Error("the library was put in place")
			}
		})
	}
	t.Run("library", func(t *testing.T) { // the package is right, the library is not
		newNPM(t, goodPackage(t), "")
		m := testMachine(t, "linux", "amd64")
		r := m.releases["linux/amd64"]
		r.sha256 = sha("something else")
		m.releases["linux/amd64"] = r
		wantFetchError(t, m, t.TempDir(), "bytes expected: the library has", "ask who runs it")
	})
	t.Run("untold", func(t *testing.T) { // npm says nothing about the package
		newNPM(t, goodPackage(t), "")
		wantFetchError(t, testMachine(t, "darwin", "arm64"), t.TempDir(), "bytes expected: the package has", "ask who runs it")
	})
}

func TestFetchWithoutNPM(t *testing.T) {
	t.Setenv("PATH", "")
	dir := t.TempDir()
	wantFetchError(t, testMachine(t, "linux", "amd64"), dir, "npm is not on the PATH", "install Node.js")
	wantFetchError(t, testMachine(t, "linux", "amd64"), dir, "npm", "warehouse: clickhouse://")
	wantFetchError(t, testMachine(t, "linux", "amd64"), dir, "npm", filepath.Join(dir, Version, "libchdb.so"))
}

func TestFetchWhenNPMFails(t *testing.T) {
	n := newNPM(t, nil, "")
	n.script(t, `#!/bin/sh
echo "npm warn something else" >&2
echo "npm error code E401" >&2
echo "npm error 401 Unauthorized - GET https://me:pw@registry.example.org/x" >&2
exit 1
`)
	dir := t.TempDir()
	wantFetchError(t, testMachine(t, "linux", "amd64"), dir, "npm failed (exit status 1): code E401; 401 Unauthorized - GET …", "npm")
	n.script(t, "#!/bin/sh\nexit 7\n")
	wantFetchError(t, testMachine(t, "linux", "amd64"), dir, "it did not say why", "npm")
	n.script(t, "#!/bin/sh\nexit 0\n")
	wantFetchError(t, testMachine(t, "linux", "amd64"), dir, "0 packages", "npm")
}

func TestFetchNeedsRoom(t *testing.T) {
	newNPM(t, goodPackage(t), "")
	m := testMachine(t, "linux", "amd64")
	m.free = func(string) (int64, error) { return 200e6, nil }
	wantFetchError(t, m, t.TempDir(), "200 MB of disk space are free, the engine needs 760", "make room")
	m.free = func(string) (int64, error) { return 0, errors.New("no answer") }
	wantFetchError(t, m, t.TempDir(), "no answer", "")
	if free, err := thisMachine().free(t.TempDir()); err != nil || free <= 0 {
		t.Errorf("this machine has %d bytes free, %v", free, err)
	}
}

func TestFetchForOtherMachines(t *testing.T) {
	const server = "warehouse: clickhouse://"
	for _, kind := range []string{"linux/riscv64", "windows/amd64", "freebsd/amd64", "darwin/386", "linux/"} {
		m := thisMachine()
		m.goos, m.goarch, _ = strings.Cut(kind, "/")
		wantFetchError(t, m, t.TempDir(), kind, server)
	}
	m := testMachine(t, "linux", "amd64")
	m.exists = func(path string) bool { return path != "/lib/ld" }
	wantFetchError(t, m, t.TempDir(), "musl", server)
}

func TestFetchIntoBadFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	wantFetchError(t, testMachine(t, "linux", "amd64"), file, "not a directory", "QULAQ_ENGINE_DIR")
}

func TestFetchAdoptsWhatSomebodyPutThere(t *testing.T) {
	t.Setenv("PATH", "") // npm must not be asked
	put := func(t *testing.T, content string) (dir, lib string) {
		t.Helper()
		dir = t.TempDir()
		lib = filepath.Join(dir, Version, "libchdb.so")
		if err := errors.Join(os.MkdirAll(filepath.Dir(lib), 0o755), os.WriteFile(lib, []byte(content), 0o644)); err != nil {
			t.Fatal(err)
		}
		return dir, lib
	}
	fetches := func(t *testing.T, dir string, m machine, want ...Stage) {
		t.Helper()
		var stages []Stage
		_, err := fetch(t.Context(), FetchOptions{Dir: dir, Progress: func(s Stage, _ int64) { stages = append(stages, s) }}, m)
		if err != nil || !slices.Equal(stages, want) {
			t.Errorf("stages %q, want %q; %v", stages, want, err)
		}
	}
	t.Run("right", func(t *testing.T) {
		dir, _ := put(t, fakeLibrary)
		m := testMachine(t, "linux", "amd64")
		fetches(t, dir, m, Adopt)
		fetches(t, dir, m)
	})
	t.Run("wrong", func(t *testing.T) {
		dir, lib := put(t, "another version")
		m := testMachine(t, "linux", "amd64")
		wantFetchError(t, m, dir, sha("another version"), "delete the file")
		if err := os.Remove(lib); err != nil {
			t.Fatal(err)
		}
	})
	t.Run("unknown", func(t *testing.T) { // nobody but the person who put it there can vouch for it
		dir, _ := put(t, "for a Mac")
		fetches(t, dir, testMachine(t, "darwin", "arm64"), Adopt)
	})
	t.Run("damaged later", func(t *testing.T) {
		dir, lib := put(t, fakeLibrary)
		m := testMachine(t, "linux", "amd64")
		fetches(t, dir, m, Adopt)
		if err := os.Truncate(lib, 3); err != nil {
			t.Fatal(err)
		}
		wantFetchError(t, m, dir, "not the library", "delete the file")
	})
	t.Run("stamped for another release", func(t *testing.T) {
		dir, lib := put(t, fakeLibrary)
		m := testMachine(t, "linux", "amd64")
		s := stamp{sha256: sha(fakeLibrary), size: int64(len(fakeLibrary)), release: fakeRelease + "@1.0.0"}
		if err := writeFile(lib+".verified", s.String()); err != nil {
			t.Fatal(err)
		}
		fetches(t, dir, m, Adopt)
		fetches(t, dir, m)
	})
}

func TestUnpackRefuses(t *testing.T) {
	many := make([]tar.Header, maxMembers+1)
	for i := range many {
		many[i] = tar.Header{Name: fmt.Sprintf("package/%d", i), Typeflag: tar.TypeReg}
	}
	huge := func() []byte { // a header that promises more than there may be
		var out bytes.Buffer
		gz := gzip.NewWriter(&out)
		if err := tar.NewWriter(gz).WriteHeader(&tar.Header{Name: libraryMember, Typeflag: tar.TypeReg, Size: maxLibrary + 1}); err != nil {
			t.Fatal(err)
		}
		gz.Close()
		return out.Bytes()
	}
	for name, test := range map[string]struct {
		packed []byte
		says   string
	}{
		"nothing":    {nil, "EOF"},
		"no gzip":    {[]byte("package/libchdb.so"), "gzip"},
		"cut":        {goodPackage(t)[:60], "unexpected EOF"},
		"no library": {pack(t, tar.Header{Name: "package/index.js", Typeflag: tar.TypeReg}), "holds no package/libchdb.so"},
		"elsewhere":  {pack(t, tar.Header{Name: "../libchdb.so", Typeflag: tar.TypeReg}), "holds no package/libchdb.so"},
		"a link":     {pack(t, tar.Header{Name: libraryMember, Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}), "no plain file"},
		"too many":   {pack(t, many...), "more than 100 members"},
		"too large":  {huge(), "larger than"},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			if _, err := unpack(&out, bytes.NewReader(test.packed)); err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("%v, want %q", err, test.says)
			}
		})
	}
}

func TestBounded(t *testing.T) {
	var out bytes.Buffer
	if _, err := out.ReadFrom(&bounded{r: strings.NewReader("four"), left: 5}); err != nil || out.String() != "four" {
		t.Errorf("below the bound: %q, %v", out.String(), err)
	}
	out.Reset()
	if _, err := out.ReadFrom(&bounded{r: strings.NewReader("far too long"), left: 5}); err != errTooLarge || out.String() != "far t" {
		t.Errorf("beyond the bound: %q, %v", out.String(), err)
	}
}

func TestCounting(t *testing.T) {
	var out bytes.Buffer
	var shown []int64
	stop := errors.New("stop")
	c := &counting{w: &out, report: func(done int64) error {
		shown = append(shown, done)
		if done > 3<<20 {
			return stop
		}
		return nil
	}}
	part, err := make([]byte, 700<<10), error(nil)
	for err == nil {
		_, err = c.Write(part)
	}
	if want := []int64{1400 << 10, 2800 << 10, 4200 << 10}; err != stop || !slices.Equal(shown, want) {
		t.Errorf("shown %d, want %d; %v", shown, want, err)
	}
}

func FuzzUnpack(f *testing.F) {
	f.Add(goodPackage(f))
	f.Add(pack(f, tar.Header{Name: libraryMember, Typeflag: tar.TypeSymlink, Linkname: "x"}))
	f.Add([]byte("\x1f\x8b"))
	f.Fuzz(func(t *testing.T, packed []byte) {
		var out bytes.Buffer
		s, err := unpack(&out, bytes.NewReader(packed))
		if err == nil && (s.size != int64(out.Len()) || s.sha256 != sha(out.String())) {
			t.Errorf("stamp %+v of %d bytes", s, out.Len())
		}
	})
}

func TestStampRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := stamp{
			sha256:  sha(rapid.String().Draw(t, "content")),
			size:    rapid.Int64Min(0).Draw(t, "size"),
			release: rapid.StringMatching(`@[a-z]+/[a-z0-9-]+@[0-9.]+`).Draw(t, "release"),
		}
		got, err := parseStamp(want.String())
		if err != nil || got != want {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

func FuzzParseStamp(f *testing.F) {
	f.Add(stamp{sha256: sha(""), size: 1, release: "a@1"}.String())
	f.Add("abc 1 a@1")
	f.Add(sha("") + " -1 a@1")
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := parseStamp(text)
		if err != nil {
			return
		}
		if again, err := parseStamp(s.String()); err != nil || again != s || s.size < 0 {
			t.Errorf("%+v read again is %+v, %v", s, again, err)
		}
	})
}

func TestNPMReason(t *testing.T) {
	for name, test := range map[string]struct{ printed, want string }{
		"nothing":    {"", "it did not say why"},
		"no version": {"npm warn a\nnpm error code ETARGET\nnpm error notarget No matching version found for @a/b@9.9.9.\nnpm error x\nnpm error more", "code ETARGET; notarget No matching version found for @a/b@9.9.9.; x"},
		"old style":  {"npm ERR! code ENOENT\nnpm ERR! path /home/aigerim/.npmrc", "code ENOENT; path …"},
		"a host":     {"npm error network request failed, reason: getaddrinfo ENOTFOUND npm.example.org", "network request failed, reason: getaddrinfo ENOTFOUND …"},
		"an address": {"npm error connect ECONNREFUSED 10.1.2.3:4873", "connect ECONNREFUSED …"},
		"a token":    {"npm error bad npm_abcdefghijkl and _authToken=s3cret and //host/:_password=s3cret", "bad … and … and …"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := npmReason(test.printed); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

func FuzzNPMReason(f *testing.F) {
	f.Add("npm error code E401\nnpm error GET https://a:b@c.d/e")
	f.Add("npm ERR! //c.d/:_authToken=x")
	f.Fuzz(func(t *testing.T, printed string) {
		if got := npmReason(printed); got == "" || strings.Contains(got, "://") || strings.Contains(got, "\n") {
			t.Errorf("%q", got)
		}
	})
}
