package metrics

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"github.com/qulaq-kz/qulaq"
)

func fill(t *testing.T, s *Set, value float64) {
	t.Helper()
	for _, m := range Table() {
		if err := s.Put(m.Name, value, append([]string(nil), m.Labels...)...); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWrite(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "qulaq.prom")
	for _, value := range []float64{1, 2.5} {
		s := New()
		fill(t, s, value)
		if err := s.Write(path); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{`qulaq_rejects{pipeline="pipeline"} 2.5`, "qulaq_archive_bytes 2.5", "# TYPE qulaq_look_healthy gauge"} {
		if !strings.Contains(string(text), line+"\n") {
			t.Errorf("no line %q in\n%s", line, text)
		}
	}
	problems, err := promlint.New(strings.NewReader(string(text))).Lint()
	if err != nil || len(problems) > 0 {
		t.Errorf("lint: %v %v", problems, err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
		t.Errorf("the folder holds %v, %v", left, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o044 != 0o044 {
		t.Errorf("others cannot read it: %v, %v", info.Mode(), err)
	}
}

func TestWriteFails(t *testing.T) {
	err := New().Write(filepath.Join(t.TempDir(), "nowhere", "qulaq.prom"))
	if err == nil || qulaq.KindOf(err) != qulaq.Configuration || qulaq.Hint(err) == "" {
		t.Errorf("error %v", err)
	}
}

func TestPut(t *testing.T) {
	s := New()
	if err := s.Put("qulaq_nothing", 1); err == nil || qulaq.KindOf(err) != qulaq.Bug {
		t.Errorf("an unknown figure: %v", err)
	}
	if err := s.Put("qulaq_rejects", 1); err == nil || qulaq.KindOf(err) != qulaq.Bug {
		t.Errorf("a label too few: %v", err)
	}
	if err := s.Put("qulaq_rejects", 1, "a\xff\n\""); err != nil {
		t.Errorf("a label of odd bytes: %v", err)
	}
	families, err := s.Gatherer().Gather()
	if err != nil || len(families) != 1 {
		t.Errorf("gathered %v, %v; what was not put in is not there", families, err)
	}
}

// The table of the README is this one.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range Table() {
		name := m.Name
		if len(m.Labels) > 0 {
			name += "{" + strings.Join(m.Labels, ",") + "}"
		}
		if line := "| `" + name + "` | " + m.Help + " |"; !strings.Contains(string(text), line) {
			t.Errorf("the README has no line\n%s", line)
		}
	}
}
