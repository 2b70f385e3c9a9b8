package extract

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
)

const goodLine = `{"seen_at":"2026-05-20T12:00:00+05:00","source":"eotinish","origin":"/a.csv","name":"a.csv","size":3,` +
	`"exported_at":"2026-05-20T12:00:00+05:00","hash":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"}` + "\n"

func writeJournal(t *testing.T, root, content string) string {
	t.Helper()
	path := filepath.Join(root, "archive", "sightings.ndjson")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTornJournal(t *testing.T) {
	second := strings.Replace(goodLine, "/a.csv", "/b.csv", 1)
	for cut := range len(second) { // at every byte of the append that was killed
		root := t.TempDir()
		path := writeJournal(t, root, goodLine+second[:cut])
		a := open(t, root)
		if _, ok := a.Latest("eotinish", "/a.csv"); !ok {
			t.Fatalf("cut at %d: the whole line is lost", cut)
		}
		if _, ok := a.Latest("eotinish", "/b.csv"); ok {
			t.Fatalf("cut at %d: a torn line was believed", cut)
		}
		if b, _ := os.ReadFile(path); string(b) != goodLine {
			t.Fatalf("cut at %d: the journal is now %q", cut, b)
		}
	}
}

func TestTornByAnotherProcess(t *testing.T) {
	root := t.TempDir()
	a := open(t, root)
	put(t, a, "1", seen("/1"))
	put(t, open(t, root), "2", seen("/2"))
	f, err := os.OpenFile(filepath.Join(root, "archive", "sightings.ndjson"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	f.WriteString(goodLine[:50])
	f.Close()
	put(t, a, "3", seen("/3"))
	for name, archive := range map[string]*Archive{"the writer": a, "the next run": open(t, root)} {
		if got := len(archive.Snapshots("eotinish")); got != 3 {
			t.Errorf("%s sees %d snapshots, want 3", name, got)
		}
	}
}

func TestDamagedJournal(t *testing.T) {
	for name, line := range map[string]string{
		"no JSON":       "half a li\n",
		"empty":         "\n",
		"zeros":         "\x00\x00\x00\n",
		"null":          "null\n",
		"two values":    strings.TrimSpace(goodLine) + goodLine,
		"no source":     strings.Replace(goodLine, "eotinish", "", 1),
		"no origin":     strings.Replace(goodLine, "/a.csv", "", 1),
		"short hash":    strings.Replace(goodLine, "ca97", "", 1),
		"a path inside": strings.Replace(goodLine, "ca97", "../.", 1),
		"no time":       strings.Replace(goodLine, `"seen_at":"2026-05-20T12:00:00+05:00",`, "", 1),
		"no such time":  strings.Replace(goodLine, "2026-05-20", "2026-05-32", 1),
		"size":          strings.Replace(goodLine, `"size":3`, `"size":-3`, 1),
		"type":          strings.Replace(goodLine, `"size":3`, `"size":"3"`, 1),
		"long":          `{"x":"` + strings.Repeat("x", maxLine) + "\"}\n",
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			content := goodLine + line + goodLine
			path := writeJournal(t, root, content)
			_, err := OpenArchive(root, at(noon))
			if qulaq.KindOf(err) != qulaq.Contract || !strings.Contains(err.Error(), "line 2:") || qulaq.Hint(err) == "" {
				t.Errorf("%v, kind %s", err, qulaq.KindOf(err))
			}
			if b, _ := os.ReadFile(path); string(b) != content {
				t.Error("the evidence was changed")
			}
		})
	}
}

func TestJournalThatShrinks(t *testing.T) {
	root := t.TempDir()
	a := open(t, root)
	put(t, a, "1", seen("/1"))
	writeJournal(t, root, "")
	s := seen("/2").complete(noon)
	if err := a.journal.append(s); qulaq.KindOf(err) != qulaq.Contract {
		t.Errorf("%v", err)
	}
}

func TestModTimeThatSaysNothing(t *testing.T) {
	for _, modified := range []time.Time{time.Unix(0, 0), time.Unix(-1<<40, 0), time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC)} {
		root := t.TempDir()
		meta := seen("/a")
		meta.ModTime = modified
		put(t, open(t, root), "a", meta)
		s := put(t, open(t, root), "a", meta)
		if got := journalLines(t, root); got != 1 || !s.ExportedAt.Equal(noon) {
			t.Errorf("%s: %d lines, exported at %s", modified, got, s.ExportedAt)
		}
	}
}

func FuzzReplay(f *testing.F) {
	f.Add([]byte(goodLine))
	f.Add([]byte(goodLine + goodLine[:40]))
	f.Add([]byte(goodLine + "\n"))
	f.Add([]byte(strings.Replace(goodLine, "3,", `3,"mod_time":"2026-05-20T12:00:00.000000001Z","inode":7,"x":null,`, 1)))
	f.Fuzz(func(t *testing.T, data []byte) {
		var taken []Sighting
		whole, lines, err := replay(bytes.NewReader(data), func(s Sighting) { taken = append(taken, s) })
		if lines != len(taken) || lines != bytes.Count(data[:whole], []byte("\n")) {
			t.Fatalf("%d lines, %d taken, %d bytes", lines, len(taken), whole)
		}
		if err == nil && bytes.IndexByte(data[whole:], '\n') >= 0 {
			t.Fatal("a whole line was passed over")
		}
		// What was taken is written and taken again as it is.
		var again []byte
		for _, s := range taken {
			line, err := json.Marshal(s)
			if err != nil {
				t.Fatal(err)
			}
			again = append(append(again, line...), '\n')
		}
		var twice []Sighting
		if _, _, err := replay(bytes.NewReader(again), func(s Sighting) { twice = append(twice, s) }); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(taken, twice); diff != "" {
			t.Fatal(diff)
		}
	})
}
