package report

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq/transform/document"
)

// Whole texts by many hands, written for this test: the text, a line of three hyphens, and its claims as a person reads
// them, a line each.
func TestTexts(t *testing.T) {
	files, err := filepath.Glob("testdata/texts/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no texts", err)
	}
	r := newReader(t)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text, want, ok := strings.Cut(string(data), "\n---\n")
			if !ok {
				t.Fatal("no claims below the text")
			}
			docs, err := new(document.Reader).Read(context.Background(), []byte(text), file)
			if err != nil || len(docs) != 1 {
				t.Fatal(len(docs), err)
			}
			claims, _ := r.Read(docs[0], Hints{})
			if diff := cmp.Diff(strings.Split(strings.TrimSpace(want), "\n"), short(claims)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
